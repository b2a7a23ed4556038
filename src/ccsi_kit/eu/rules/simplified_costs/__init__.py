"""Simplified cost options."""
