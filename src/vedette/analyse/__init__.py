"""Counts and figures over the store."""
