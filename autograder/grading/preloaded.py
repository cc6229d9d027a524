"""What every grading process needs, imported and found out once, by the process that they are forked from."""

import gc

gc.disable()  # what is imported stays, so that to look through it again and again finds nothing

from autograder.grading import grader  # noqa: E402 - with the collector off
from autograder.sandbox.root import prepare_roots  # noqa: E402 - with the collector off

__all__ = ["grader"]

prepare_roots()
gc.freeze()
gc.enable()
