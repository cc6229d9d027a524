"""A second round of attacks, thought up with fresh eyes; each module is a theme of its own."""
