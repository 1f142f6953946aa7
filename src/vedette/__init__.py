"""Vedette keeps the record of an armed conflict from what is published about it."""

__version__ = "0.1.0"
