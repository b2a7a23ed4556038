"""Co-financing rates of ESF+."""
