"""Bring other people's formats into the tables of a register."""
