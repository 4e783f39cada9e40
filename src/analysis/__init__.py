"""Evaluate a city's town twinnings, reproducibly."""

__version__ = "0.1.0"
