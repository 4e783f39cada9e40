"""Notebooks executed by papermill, in kernels of their own, several at once."""
