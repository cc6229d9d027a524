"""What every grading process needs, imported and found out once, by the process that they are forked from."""

import course.draw
from autograder.grading import grader
from autograder.sandbox.root import prepare_roots

__all__ = ["course", "grader"]

prepare_roots()
