"""Grading everything that was submitted: each submission ends in points or in a reason, and none stops the rest."""

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from autograder.collect.roster import Roster
from autograder.errors import AutograderError, reason_of
from autograder.execution.job import Job, version_of
from autograder.gradebook.secret import read_secret
from autograder.gradebook.url import gradebook_url, known_units
from autograder.grading.journal import Journal
from autograder.grading.local_pool import LocalPool
from autograder.grading.recorder import ReadSubmission, ResultRecorder
from autograder.grading.results import Result
from autograder.judge.context import fresh_seed
from autograder.limits import Limits, Tier
from autograder.paths import Course
from autograder.progress import steps
from autograder.sandbox.sandbox import choose_tier
from autograder.submissions.inbox import Submission, find_submissions, read_submission
from autograder.submissions.parse import fingerprint_of
from autograder.submissions.timestamp import read_timestamp

if TYPE_CHECKING:
    from autograder.grading.dask_pool import DaskPool

SubmissionKey = tuple[str, str]


def grade_all(
    course: Course,
    units: list[str],
    students: list[str] | None = None,
    *,
    workers: int = 1,
    resume: bool = False,
    seed: int | None = None,
    tier: Tier | None = None,
    limits: Limits | None = None,
    db: str | None = None,
    dask: str | None = None,
    roster: Roster | None = None,
) -> list[Result]:
    """Grade submissions into nbgrader's gradebook and ``autograded/``.

    Parameters
    ----------
    course : Course
    units : list of str
        All that were submitted, if empty.
    students : list of str, optional
    workers : int
        How many notebooks run at a time on this machine.
    resume : bool
        Leave out what the last run finished, if the submission has not changed since; the numbers are its own again.
    seed : int, optional
        What the graded cells draw their numbers from; a new one for each run, unless it is said.
    tier : Tier, optional
        How submissions are confined; as well as this machine can, unless it is said.
    limits : Limits, optional
        What one submission may take.
    db : str, optional
        The gradebook's url, see :func:`~autograder.gradebook.url.gradebook_url`.
    dask : str, optional
        The address of a Dask scheduler, whose workers grade in place of this machine.
    roster : Roster, optional
        Whose names are looked at before anything is graded.

    Returns
    -------
    list of Result
        One for each submission, in order.

    Raises
    ------
    NoSandbox
        If nothing here can shut them in, and to do without was not asked for.
    AnotherRun
        If another process grades this course.
    ClusterFailed
        If the cluster is not there, or goes away.
    """
    found = (roster or Roster()).checked(find_submissions(course, units, students))
    named = sorted({submission.unit for submission in found if not submission.misplaced})
    require_built(course, named, db)
    tier = choose_tier(tier) if dask is None else tier
    results: dict[SubmissionKey, Result] = {}
    with (
        _open_pool(course, named, workers, tier, dask) as pool,
        Journal(course, resume, fresh_seed() if seed is None else seed) as journal,
        steps("Grading", len(found)) as done,
        ResultRecorder(course, journal, db) as recorder,
    ):

        def keep(result: Result) -> None:
            results[result.key] = result
            done(" ".join(result.key))

        jobs = _jobs(course, found, journal, tier, limits or Limits(), keep)
        with contextlib.closing(pool.results(jobs)) as outcomes:
            for outcome in outcomes:
                if outcome is None:
                    recorder.flush()
                else:
                    keep(recorder.record(*outcome))
    return [results[submission.student, submission.unit] for submission in found]


@contextlib.contextmanager
def _open_pool(
    course: Course, units: list[str], workers: int, tier: Tier | None, dask: str | None
) -> Iterator["LocalPool | DaskPool"]:
    """The processes that do the work: of this machine, or of a cluster."""
    if dask is None:
        yield LocalPool(workers)
        return
    from autograder.grading.dask_pool import DaskPool

    with DaskPool(dask, {unit: version_of(course, unit) for unit in units}, tier) as cluster:
        yield cluster


def _jobs(
    course: Course,
    found: list[Submission],
    journal: Journal,
    tier: Tier | None,
    limits: Limits,
    keep: Callable[[Result], None],
) -> Iterator[tuple[ReadSubmission, Job]]:
    """The jobs that are left, one unit after the other, each read when it is asked for; other results are kept."""
    for submission in sorted(found, key=lambda s: (s.unit, s.student)):
        job = _job(course, submission, journal, tier, limits)
        if isinstance(job, Result):
            keep(job)
        else:
            yield job


def _job(
    course: Course, submission: Submission, journal: Journal, tier: Tier | None, limits: Limits
) -> tuple[ReadSubmission, Job] | Result:
    """The job for a submission; or its result, where there is nothing to do."""
    key = submission.student, submission.unit
    try:
        data, timestamp = read_submission(course, submission), read_timestamp(submission.folder)
        secret = read_secret(submission.folder)
    except Exception as error:
        return Result(*key, reason=reason_of(error))
    read = ReadSubmission(
        *key, fingerprint_of(data + f"{timestamp}{secret}".encode()), timestamp, secret, submission.note
    )
    earlier = journal.finished.get(key)
    if earlier and earlier.graded and earlier.fingerprint == read.fingerprint:
        return earlier
    version = version_of(course, submission.unit)
    return read, Job(course, submission.unit, data, journal.seed, version, limits, tier, turn=0)


def require_built(course: Course, units: list[str], db: str | None = None) -> None:
    """Refuse units that the gradebook does not know.

    Raises
    ------
    AutograderError
        If a unit was not built here, or into another gradebook.
    NoGradebook
        If the gradebook can't be opened.
    """
    known = known_units(gradebook_url(course, db))
    missing = [unit for unit in units if unit not in known or not course.notebook(unit).is_file()]
    if missing:
        option = " --db URL" if db else ""
        raise AutograderError(
            f"The gradebook does not know {', '.join(missing)} yet. Run: python -m autograder build{option}"
        )
