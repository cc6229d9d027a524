"""The sentences on each kind of error, of warning and of circumstance; no code."""
