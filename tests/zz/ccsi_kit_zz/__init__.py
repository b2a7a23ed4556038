"""A fictitious country, for tests."""
