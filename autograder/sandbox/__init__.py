"""A process for each submission, shut in as well as this machine can."""
