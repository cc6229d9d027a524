"""A confined process for each submission, seen from outside; what runs in it is in ``confined``."""
