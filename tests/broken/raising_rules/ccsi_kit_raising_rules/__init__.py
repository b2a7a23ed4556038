"""A package with a planted fault."""
