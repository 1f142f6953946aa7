"""Incidents to releases; refuses by default."""
