"""One batch: all attacks of a theme between two honest students, and what is left of it afterwards."""

import contextlib
import hashlib
import importlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from attacks.attack import ATTACKS, Attack, Outcome
from attacks.handed_in import UNIT, HandedIn
from autograder.grading.batch import Result, grade_all
from autograder.grading.local_pool import start_importing
from autograder.limits import Limits, Tier
from autograder.naming.people import composed, printable_name
from autograder.paths import Course
from autograder.sandbox.confined.kernel.processes import become_subreaper
from autograder.sandbox.usage import family

HONEST = ("ada", "zoe")
"""Who comes before all attacks, and who after them."""
LIMITS = Limits(
    seconds_per_cell=20.0, seconds=60.0, cpu_seconds=60, memory_mb=600, processes=40, file_mb=16, disk_mb=32, files=2000
)
"""What a theme has that names none of its own."""
SECONDS_TO_END = 5.0


@dataclass
class Round:
    """What came of a theme.

    Attributes
    ----------
    course : Course
    outcomes : dict of str to Outcome
        By the attack's name.
    honest : list of Result
    scores : list of (float or None, float or None, float)
        Every grade in the gradebook: automatic, manual, most.
    changed : list of str
        Files of the course that are not what they were.
    processes : list of str
        Command lines of what still runs.
    files : list of str
        What lies in the folder for passing files.
    """

    course: Course
    outcomes: dict[str, Outcome]
    honest: list[Result]
    scores: list[tuple[float | None, float | None, float]]
    changed: list[str]
    processes: list[str]
    files: list[str]


def theme(name: str) -> list[Attack]:
    """The attacks of a module."""
    importlib.import_module(f"attacks.{name}")
    return ATTACKS[f"attacks.{name}"]


def limits_of(name: str) -> Limits:
    """The limits of a theme: its module's ``LIMITS``."""
    return getattr(importlib.import_module(f"attacks.{name}"), "LIMITS", LIMITS)


def workers_of(name: str) -> int:
    """How many workers grade a theme: its module's ``WORKERS``; with one, all come from one zygote, by name."""
    return getattr(importlib.import_module(f"attacks.{name}"), "WORKERS", 2)


def fought(course: Course, name: str, tier: Tier | None = None) -> Round:
    """Grade a theme's attacks in one batch.

    Parameters
    ----------
    course : Course
        A built small course of its own.
    name : str
        The theme.
    tier : Tier, optional
        The best there is, unless it is said.
    """
    attacks = theme(name)
    for student in HONEST:
        HandedIn(course, student).save()
    for one in attacks:
        one.hand_in(course)
    become_subreaper()
    start_importing()  # the process that grading processes are forked from stays
    before, alive = _sums(course), set(family(os.getpid()))
    with passing_files() as folder:
        results = {result.student: result for result in graded(course, limits_of(name), tier, workers_of(name))}
        files = sorted(map(str, folder.rglob("*")))
    after = _sums(course)
    return Round(
        course,
        {one.name: one.outcome(course, results[printable_name(composed(one.student))]) for one in attacks},
        [results[student] for student in HONEST],
        _scores(course),
        sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path)),
        _left(alive),
        files,
    )


def graded(course: Course, limits: Limits, tier: Tier | None = None, workers: int = 2) -> list[Result]:
    """Grade all that was handed in to a course, with these limits."""
    return grade_all(course, [], workers=workers, tier=tier, limits=limits)


@contextlib.contextmanager
def passing_files() -> Iterator[Path]:
    """A folder of one's own for all that is to be there for a while only."""
    folder = Path(tempfile.mkdtemp(prefix="attacks-"))
    folder.chmod(0o755)
    try:
        with mock.patch.dict(os.environ, TMPDIR=str(folder)):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sums(course: Course) -> dict[str, str]:
    """What stands in the course's own files and in the honest submissions."""
    folders = [course.root / "source", course.release, *(course.submitted / student / UNIT for student in HONEST)]
    paths = [path for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts]
    paths.append(course.root / "nbgrader_config.py")
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths if path.is_file()}


def _scores(course: Course) -> list[tuple[float | None, float | None, float]]:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as book:
        grades = [
            grade
            for assignment in book.assignments
            for submission in assignment.submissions
            for notebook in submission.notebooks
            for grade in notebook.grades
        ]
        return [(grade.auto_score, grade.manual_score, grade.max_score) for grade in grades]


def _left(alive: set[int]) -> list[str]:
    """The command lines of what this process has started since, or has become the parent of, and still runs."""
    until = time.monotonic() + SECONDS_TO_END
    while True:
        words = [_words(process) for process in set(family(os.getpid())) - alive]
        left = [line for line in words if line and "resource_tracker" not in line]
        if not left or time.monotonic() > until:
            return left
        time.sleep(0.05)


def _words(process: int) -> str:
    """A process's command line; nothing, once it has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")[:200]
    except OSError:
        return ""
