"""The instructor's engine: building units, judging answers, grading classes."""

from autograder.judge.grade import grade

__all__ = ["grade"]
