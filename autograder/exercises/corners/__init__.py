"""Corners of the kinds of input that exercises take, such as equal sizes, zeros and first seeds, and draws at them."""
