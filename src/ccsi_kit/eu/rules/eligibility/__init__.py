"""Costs that ESF+ pays for."""
