"""Spain in ccsi-kit: local registers, numbers, lists and words."""
