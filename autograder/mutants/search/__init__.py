"""Searching for an input on which a mutant differs from the right answers, with hypothesis."""
