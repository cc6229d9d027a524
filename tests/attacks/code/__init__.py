"""Attacks by code that is run: in a cell, and in an answer that is graded."""
