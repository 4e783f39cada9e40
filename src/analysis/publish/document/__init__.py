"""A report as a small tree of blocks, read from the outputs of an executed notebook."""
