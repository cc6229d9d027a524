"""A student's process with no sandbox around it, and a notebook's cells that run in it one after the other."""

import os
import time
from typing import Any

from autograder.execution.run import NotebookRun
from autograder.judge.context import GradingContext
from autograder.limits import Limits
from autograder.paths import Course
from support.courses import ROOT
from support.unconfined import serve_unconfined

LIMITS = Limits(seconds_per_cell=20.0, seconds=120.0, output_bytes=100_000)


class Served:
    """A student's process, and its cells one after the other."""

    def __init__(self, limits: Limits = LIMITS, **options: Any) -> None:
        self.child, self.line = serve_unconfined()
        self.run = NotebookRun(self.line, limits, GradingContext.of(Course(ROOT), 5), **options)

    def __enter__(self) -> "Served":
        return self

    def __exit__(self, *error: object) -> None:
        """Hang up: the process ends the copies that it was told to end, and then itself."""
        self.run.close()
        for _ in range(500):
            if os.waitpid(self.child, os.WNOHANG)[0]:
                return
            time.sleep(0.01)
        os.kill(self.child, 9)
        os.waitpid(self.child, 0)

    def student(self, *sources: str) -> list[dict[str, Any]]:
        """Run cells of the student's; gives all their outputs."""
        return [output for source in sources for output in self.run.cell("student", source)]

    def graded(self, source: str) -> list[dict[str, Any]]:
        """Run a graded cell; gives its outputs."""
        return self.run.cell("graded", source)


def points(outputs: list[dict[str, Any]]) -> float:
    """What nbgrader would read from a graded cell."""
    if any(output["output_type"] == "error" for output in outputs):
        return 0.0
    values = [output["data"]["text/plain"] for output in outputs if output["output_type"] == "execute_result"]
    return float(values[-1]) if values else 0.0
