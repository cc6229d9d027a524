"""nbgrader's gradebook: which database it is, and reading and writing it."""
