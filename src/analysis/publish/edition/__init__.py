"""All reports of an edition: planned, built, published together, and compared."""
