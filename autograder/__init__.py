"""The instructor's engine: building units, judging answers, grading classes."""

from autograder.grading import grade

__all__ = ["grade"]
