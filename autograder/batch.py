"""Grading everything that was submitted: each submission ends in points or in a reason, and none stops the rest."""

import json
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from autograder.bookkeeping import Books
from autograder.errors import AutograderError
from autograder.limits import Limits, Tier
from autograder.places import Course
from autograder.progress import steps
from autograder.sandbox import Sandbox, chosen
from autograder.site import build_site
from autograder.submissions import Submission, UnreadableSubmission, read, submissions
from autograder.work import Executed, execute


@dataclass(frozen=True)
class Result:
    """What became of one submission: its points, or the reason why there are none.

    ``verdict`` says what went wrong on the way where points were earned all the same.
    """

    student: str
    unit: str
    points: float | None = None
    max_points: float | None = None
    reason: str = ""
    fingerprint: str = ""
    verdict: str = ""

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
    course: Course,
    units: list[str],
    students: list[str] | None = None,
    *,
    workers: int = 1,
    resume: bool = False,
    tier: Tier | None = None,
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
    tier : Tier, optional
        How submissions are shut in; as well as this machine can, unless it is said.

    Returns
    -------
    list of Result
        One for each submission, in order.

    Raises
    ------
    NoSandbox
        If nothing here can shut them in, and to do without was not asked for.
    """
    tier = chosen(tier)
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
    todo = [submission for submission in found if (submission.student, submission.unit) in ready]
    with steps("Grading", len(ready)) as done, Books(course) as books:
        for submission, executed in _run(course, todo, workers, tier):
            place = submission.student, submission.unit
            result = _entered(books, place, executed, ready[place])
            results[place] = result
            journal.write(result)
            done(f"{place[0]} {place[1]}")
    return [results[submission.student, submission.unit] for submission in found]


def _entered(books: Books, place: tuple[str, str], executed: Executed | str, fingerprint: str) -> Result:
    """Enter what came of a submission in the gradebook."""
    if isinstance(executed, str):
        return Result(*place, reason=executed, fingerprint=fingerprint)
    points, most = books.enter(*place, executed.notebook)
    verdict = "" if executed.verdict == "graded" else executed.verdict
    return Result(*place, points, most, fingerprint=fingerprint, verdict=verdict)


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


def _run(
    course: Course, todo: list[Submission], workers: int, tier: Tier
) -> Iterator[tuple[Submission, Executed | str]]:
    """Execute in worker processes; a worker that dies costs its own submission only."""
    context = multiprocessing.get_context("spawn")
    while todo:
        finished: set[Submission] = set()
        with ProcessPoolExecutor(min(workers, len(todo)), context, _open_sandbox, (course, tier)) as pool:
            running = {pool.submit(_execute_one, course, s): s for s in todo}
            try:
                for future in as_completed(running):
                    submission = running[future]
                    executed = future.result()
                    finished.add(submission)
                    yield submission, executed
            except BrokenProcessPool:
                pass
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        todo = [submission for submission in todo if submission not in finished]
        if todo and not finished:
            yield todo.pop(0), "grading it ended the process that graded it"


_sandbox: Any = None


def _open_sandbox(course: Course, tier: Tier) -> None:
    """Once in each worker: what the sandbox shows, and a warm parent in it."""
    global _sandbox
    os.chdir(course.root)
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    folder = Path(tempfile.mkdtemp(prefix="grading-"))
    _sandbox = Sandbox(build_site(folder / "site", course), Limits(), tier)
    Finalize(None, _close_sandbox, (folder,), exitpriority=10)


def _close_sandbox(folder: Path) -> None:
    _sandbox.stop()
    shutil.rmtree(folder, ignore_errors=True)


def _execute_one(course: Course, submission: Submission) -> Executed | str:
    """Execute one submission; the reason, if that can't be done."""
    try:
        return execute(course, submission.unit, submission.notebook.read_bytes(), _sandbox)
    except (AutograderError, OSError) as error:
        return str(error)


def print_results(results: list[Result]) -> int:
    """Print a table; the exit code is 1 if any submission could not be graded."""
    table = Table("student", "unit", "points", "of", "what went wrong")
    for result in results:
        points = "" if result.points is None else f"{result.points:g}"
        most = "" if result.max_points is None else f"{result.max_points:g}"
        table.add_row(result.student, result.unit, points, most, result.reason or result.verdict)
    Console().print(table)
    refused = sum(not result.graded for result in results)
    Console().print(f"{len(results) - refused} graded, {refused} not.")
    return 1 if refused else 0
