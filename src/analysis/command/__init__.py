"""The command `twinning`: its arguments, what they select, what it does and how it tells of it."""
