"""Grading without its slow part: every submission comes back as executed, with all points."""

import json

import nbformat

from autograder.execution.job import Executed


def pretending_pool(course, unit):
    """A class in the place of ``LocalPool``, for one unit."""
    data = Executed(nbformat.from_dict(json.loads(course.notebook(unit).read_text()))).to_bytes()

    class PretendingPool:
        def __init__(self, count):
            pass

        def results(self, jobs):
            for read, _ in jobs:
                yield read, data

    return PretendingPool
