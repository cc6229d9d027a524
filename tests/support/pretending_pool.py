"""Grading without its slow part: every submission comes back as executed, with all points."""

import json
from contextlib import AbstractContextManager

from autograder.execution.job import Executed


def with_all_points(notebook):
    """A notebook whose graded cells show all of their points; the same object."""
    for cell in notebook["cells"]:
        mark = cell["metadata"].get("nbgrader", {})
        if mark.get("grade") and not mark.get("solution"):
            cell["outputs"] = [points(mark["points"])]
    return notebook


def points(number):
    """The output of a graded cell that gives so many points."""
    data = {"text/plain": repr(number)}
    return {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}


def executed_notebook(course, unit):
    """A unit's own notebook as if it were executed, with all points."""
    return with_all_points(json.loads(course.notebook(unit).read_text()))


class IdlePool(AbstractContextManager):
    """In the place of ``LocalPool``: it starts no process; what comes of jobs is for others to say."""

    def __init__(self, count):
        pass

    def __exit__(self, *error):
        pass

    def start(self, *wanted):
        """Start nothing."""


def pretending_pool(course, unit):
    """A class in the place of ``LocalPool``, for one unit."""
    data = Executed(executed_notebook(course, unit)).to_bytes()

    class PretendingPool(IdlePool):
        def results(self, jobs):
            for read, _ in jobs:
                yield read, data

    return PretendingPool
