"""What a submission's own cells need in a warm process, beside what grading it in the sandbox takes."""

import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from typing import Any
from unittest import mock

import course as course_package
from autograder.execution import execute as work
from autograder.execution.job import Job, version_of
from autograder.execution.run import NotebookRun
from autograder.grading.grader import Grader
from autograder.paths import Course
from autograder.sandbox.confined import ipython as interactive
from autograder.sandbox.confined.notebook import course_stub as quiet
from autograder.sandbox.confined.rpc.peer import Peer
from autograder.sandbox.sandbox import Sandbox, best_tier
from autograder.submissions.parse import parse_notebook
from autograder.submissions.rebuild import rebuild

STUDENTS = 15
PARTS = {
    "making its process": [(Sandbox, "fork")],
    "reading and rebuilding the notebook": [(work, "parse_notebook"), (work, "rebuild")],
    "the student's cells": [(NotebookRun, "_run_student_cell")],
    "the graded cells": [(NotebookRun, "_run_graded_cell")],
    "of these, waiting for answers": [],
}
QUESTIONS = {"answered": "of these, waiting for answers"}
SEED = 20


@dataclass
class Measured:
    """Seconds: in the sandbox, its own cells, of these the student's, and parts of the way in the sandbox."""

    isolated: float
    own: float
    students: float
    parts: dict[str, float] = field(default_factory=dict)


def measured(course: Course) -> list[Measured]:
    """Each submission of some students both ways, one after the other."""
    os.chdir(course.root)
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    interactive.warm()
    course_package.ready, course_package.ask = quiet.ready, quiet.ask  # as in the sandbox: nothing is played with
    paths = sorted(course.submitted.glob("*/*/*.ipynb"), key=lambda path: (path.parent.name, path))
    wanted = sorted({path.parent.parent.name for path in paths})[:STUDENTS]
    paths = [path for path in paths if path.parent.parent.name in wanted]
    alone = [own_cells(course, path.parent.name, path.read_bytes()) for path in paths]
    found = []
    with Grader() as grader:  # after the forks, which make memory slow for a while
        for path, (own, students) in zip(paths, alone, strict=True):
            unit = path.parent.name
            job = Job(course, unit, path.read_bytes(), SEED, version_of(course, unit), tier=best_tier()[0])
            with parts() as taken:
                start = time.perf_counter()
                grader.run_job(job)
                found.append(Measured(time.perf_counter() - start, own, students, dict(taken)))
    return found


def own_cells(course: Course, unit: str, data: bytes) -> tuple[float, float]:
    """Seconds of all cells of a submission in a fork of this warm process, and of the student's alone.

    The keys of the graded cells are made before, as they are for all but the first submission of a run.
    """
    rebuilt = rebuild(course, unit, parse_notebook(data, unit))
    cells = zip(rebuilt.notebook["cells"], rebuilt.roles, strict=True)
    sources = [(role, cell["source"]) for cell, role in cells if role not in ("live", "skipped")]
    listen, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(tell, json.dumps(_times(sources)).encode())
        finally:
            os._exit(0)
    os.close(tell)
    with os.fdopen(listen) as said:
        every, students = json.loads(said.read())
    os.waitpid(child, 0)
    return every, students


def _times(sources: list[tuple[str, str]]) -> tuple[float, float]:
    """Run all cells once to make keys and load what is loaded once, then again in a fork, with a clock."""
    shell = interactive.Shell.instance()
    sys.stderr = StringIO()

    def run() -> tuple[float, float]:
        every = students = 0.0
        for role, source in sources:
            start = time.perf_counter()
            with redirect_stdout(StringIO()):
                shell.run_cell(source)
            taken = time.perf_counter() - start
            every += taken
            students += 0.0 if role == "graded" else taken
        return every, students

    run()
    shell.reset()
    return run()


@contextmanager
def parts() -> Iterator[dict[str, float]]:
    """Seconds in parts of the way, added up while the block runs."""
    taken: dict[str, float] = defaultdict(float, dict.fromkeys(PARTS, 0.0))

    def timed(function: Callable[..., Any], part: str) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                taken[part] += time.perf_counter() - start

        return call

    request = Peer.request

    def asked(peer: Peer, operation: str, *arguments: Any) -> Any:
        part = QUESTIONS.get(operation)
        return (timed(request, part) if part else request)(peer, operation, *arguments)

    patches = [mock.patch.object(Peer, "request", asked)]
    for part, places in PARTS.items():
        patches += [mock.patch.object(place, name, timed(getattr(place, name), part)) for place, name in places]
    for patch in patches:
        patch.start()
    try:
        yield taken
    finally:
        for patch in patches:
            patch.stop()
