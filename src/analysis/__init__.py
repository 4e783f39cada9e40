"""Evaluate a city's town twinnings, reproducibly."""

__version__ = "0.2.0"
