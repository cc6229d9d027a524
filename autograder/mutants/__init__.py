"""Mutants: right answers with one small change each, and whether judging rejects them."""
