"""Read and check the tables of a register."""

from analysis.problems import DataError
from analysis.tables.register import REQUIRED, SHARED, Register, read_register

__all__ = ["REQUIRED", "SHARED", "DataError", "Register", "read_register"]
