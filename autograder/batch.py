"""Grading everything that was submitted: each submission ends in points or in a reason, and none stops the rest."""

import json
import multiprocessing
import os
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from autograder.errors import AutograderError
from autograder.nbgraders import nbgrader_api, said
from autograder.places import Course
from autograder.progress import steps
from autograder.submissions import Submission, UnreadableSubmission, read, submissions

TRIES_WHEN_LOCKED = 5


@dataclass(frozen=True)
class Result:
    """What became of one submission: its points, or the reason why there are none."""

    student: str
    unit: str
    points: float | None = None
    max_points: float | None = None
    reason: str = ""
    fingerprint: str = ""

    @property
    def graded(self) -> bool:
        return not self.reason


class Journal:
    """What a run has finished, a line each, so that a run that was stopped can go on.

    Parameters
    ----------
    course : Course
    resume : bool
        Keep what the last run wrote; otherwise start empty.
    """

    def __init__(self, course: Course, resume: bool) -> None:
        self.path = course.root / ".grading" / "journal.jsonl"
        self.path.parent.mkdir(exist_ok=True)
        self.done: dict[tuple[str, str], Result] = {}
        if resume and self.path.is_file():
            for line in self.path.read_text(encoding="utf-8").splitlines():
                try:
                    result = Result(**json.loads(line))
                except (ValueError, TypeError):
                    continue
                self.done[result.student, result.unit] = result
        else:
            self.path.write_text("", encoding="utf-8")

    def write(self, result: Result) -> None:
        """Enter one finished submission, and see that it reaches the disk."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(result)) + "\n")
            file.flush()
            os.fsync(file.fileno())


def grade_all(
    course: Course, units: list[str], students: list[str] | None = None, *, workers: int = 1, resume: bool = False
) -> list[Result]:
    """Grade submissions into nbgrader's gradebook and ``autograded/``.

    Parameters
    ----------
    course : Course
    units : list of str
        All that were submitted, if empty.
    students : list of str, optional
    workers : int
        How many notebooks run at a time.
    resume : bool
        Leave out what the last run finished, if the submission has not changed since.

    Returns
    -------
    list of Result
        One for each submission, in order.
    """
    found = submissions(course, units, students)
    see_that_units_are_built(course, sorted({submission.unit for submission in found}))
    journal = Journal(course, resume)
    results: dict[tuple[str, str], Result] = {}
    ready: dict[tuple[str, str], str] = {}
    for submission in found:
        place = submission.student, submission.unit
        try:
            fingerprint = read(course, submission)
        except UnreadableSubmission as error:
            results[place] = Result(*place, reason=str(error))
            continue
        earlier = journal.done.get(place)
        if earlier and earlier.graded and earlier.fingerprint == fingerprint:
            results[place] = earlier
        else:
            ready[place] = fingerprint
    with steps("Grading", len(ready)) as done:
        for place, reason in _run(course, [s for s in found if (s.student, s.unit) in ready], workers):
            result = Result(*place, reason=reason, fingerprint=ready[place])
            results[place] = result
            journal.write(result)
            done(f"{place[0]} {place[1]}")
    return _with_points(course, [results[submission.student, submission.unit] for submission in found])


def see_that_units_are_built(course: Course, units: list[str]) -> None:
    """See that the gradebook knows the units.

    Raises
    ------
    AutograderError
        If a unit was not built here.
    """
    missing = [unit for unit in units if not course.notebook(unit).is_file()]
    if missing or not (course.root / "gradebook.db").is_file():
        raise AutograderError(
            f"The gradebook does not know {', '.join(missing or units)} yet. Run: python -m autograder build"
        )


def _run(course: Course, todo: list[Submission], workers: int) -> Iterator[tuple[tuple[str, str], str]]:
    """Grade in worker processes; a worker that dies costs its own submission only."""
    context = multiprocessing.get_context("spawn")
    while todo:
        finished: set[Submission] = set()
        with ProcessPoolExecutor(min(workers, len(todo)), context, _open_nbgrader, (course,)) as pool:
            running: dict[Future[str], Submission] = {pool.submit(_grade_one, s.student, s.unit): s for s in todo}
            try:
                for future in as_completed(running):
                    submission = running[future]
                    reason = future.result()
                    finished.add(submission)
                    yield (submission.student, submission.unit), reason
            except BrokenProcessPool:
                pass
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        todo = [submission for submission in todo if submission not in finished]
        if todo and not finished:
            first = todo.pop(0)
            yield (first.student, first.unit), "grading it ended the process that graded it"


_api: Any = None


def _open_nbgrader(course: Course) -> None:
    """Once in each worker: nbgrader takes seconds to import."""
    global _api
    os.chdir(course.root)
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    _api = nbgrader_api(course)


def _grade_one(student: str, unit: str) -> str:
    """Grade one submission with nbgrader; the reason if that failed, else nothing.

    A failure is tried again once: two kernels that start in the same moment can reach for the same port.
    A database that another worker holds is waited for.
    """
    for attempt in range(TRIES_WHEN_LOCKED):
        result = _api.autograde(unit, student, force=True, create=True)
        if result["success"]:
            return ""
        locked = "database is locked" in f"{result.get('error')}{result.get('log')}"
        if attempt and not locked:
            break
        time.sleep(0.2 * 2**attempt)
    return f"nbgrader could not grade it: {said(result)}"


def _with_points(course: Course, results: list[Result]) -> list[Result]:
    """The results with the points that stand in the gradebook."""
    from nbgrader.api import Gradebook, MissingEntry

    graded = []
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as book:
        for result in results:
            if not result.graded:
                graded.append(result)
                continue
            try:
                entry = book.find_submission(result.unit, result.student)
            except MissingEntry:
                graded.append(Result(result.student, result.unit, reason="nbgrader entered no points for it"))
                continue
            graded.append(Result(result.student, result.unit, round(entry.score, 2), entry.max_score))
    return graded


def print_results(results: list[Result]) -> int:
    """Print a table; the exit code is 1 if any submission could not be graded."""
    table = Table("student", "unit", "points", "of", "reason where there are none")
    for result in results:
        points = "" if result.points is None else f"{result.points:g}"
        most = "" if result.max_points is None else f"{result.max_points:g}"
        table.add_row(result.student, result.unit, points, most, result.reason)
    Console().print(table)
    refused = sum(not result.graded for result in results)
    Console().print(f"{len(results) - refused} graded, {refused} not.")
    return 1 if refused else 0
