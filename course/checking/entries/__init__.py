"""Which entries of an output are wrong, in which draw they are shown, and what the inputs are there."""
