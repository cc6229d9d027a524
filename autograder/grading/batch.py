"""Grading everything that was submitted: each submission ends in points or in a reason, and none stops the rest."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from autograder.collect.roster import Roster
from autograder.configuration.limit_settings import limits_of
from autograder.configuration.settings import configured, is_wanted, load_config, share_with_group
from autograder.errors import AutograderError, reason_of
from autograder.execution.job import Job, version_of
from autograder.gradebook.secret import read_secret
from autograder.gradebook.url import gradebook_url, known_units
from autograder.grading.journal import Journal
from autograder.grading.local_pool import LocalPool
from autograder.grading.recorder import ReadSubmission, ResultRecorder
from autograder.grading.results import Result
from autograder.judge.seeds import fresh_seed
from autograder.limits import Limits, Tier
from autograder.paths import Course
from autograder.progress import steps
from autograder.sandbox.sandbox import choose_tier
from autograder.submissions.inbox import Submission, find_submissions, read_submission
from autograder.submissions.parse import fingerprint_of
from autograder.submissions.reference import reference_notebook
from autograder.submissions.timestamp import read_timestamp

if TYPE_CHECKING:
    from autograder.grading.dask_pool import DaskPool as Cluster

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
    roster: Callable[[], Roster] | None = None,
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
        Leave out what the last run finished, if nothing has changed since that its result depends on; the numbers are
        its own again.
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
    roster : callable, optional
        Gives the roster whose names are looked at before anything is graded.

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
    course = configured(course)
    share_with_group(course)
    limits = limits or limits_of(load_config(course))
    submitted = wanted_submissions(course, units, students)
    with contextlib.ExitStack() as opened:
        pool: LocalPool | Cluster
        if dask is None:
            tier = choose_tier(tier)
            pool = opened.enter_context(LocalPool(workers))
            pool.start(len(submitted), course, tier, limits)  # while this process imports what the gradebook needs
        found = (roster() if roster else Roster()).checked(submitted)
        named = sorted({submission.unit for submission in found if not submission.misplaced})
        require_built(course, named, db)
        if dask is not None:
            from autograder.grading.dask_pool import DaskPool

            pool = opened.enter_context(DaskPool(dask, {unit: version_of(course, unit) for unit in named}, tier))
        journal = opened.enter_context(_open_journal(course, resume, seed))
        done = opened.enter_context(steps("Grading", len(found)))
        recorder = opened.enter_context(ResultRecorder(course, journal, db, limits, tier))
        results: dict[SubmissionKey, Result] = {}

        def keep(result: Result) -> None:
            results[result.key] = result
            done(" ".join(result.key))

        jobs = _jobs(course, found, journal.seed, recorder, tier, limits, keep)
        for outcome in opened.enter_context(contextlib.closing(pool.results(jobs))):
            if outcome is None:
                recorder.flush()
            else:
                keep(recorder.record(*outcome))
        recorder.flush()
        journal.end()
    return [results[submission.student, submission.unit] for submission in found]


def wanted_submissions(course: Course, units: list[str], students: list[str] | None) -> list[Submission]:
    """Every submission of these units and students, but for those whom ``nbgrader_config.py`` leaves out.

    Raises
    ------
    AutograderError
        If none is left, or a student was named who is left out.
    """
    found = find_submissions(course, units, students)
    left_out = sorted({submission.student for submission in found if not is_wanted(course, submission.student)})
    if left_out:
        words = (
            f"nbgrader_config.py leaves out {', '.join(left_out)} (CourseDirectory.student_id_exclude or student_id)"
        )
        found = [submission for submission in found if submission.student not in left_out]
        if students or not found:
            raise AutograderError(f"{words}. Take that out of it to grade them.")
        print(f"{words}.", file=sys.stderr)
    return found


def _open_journal(course: Course, resume: bool, seed: int | None) -> Journal:
    """The journal of this run; says what would be lost of one that was stopped."""
    journal = Journal(course, resume, fresh_seed() if seed is None else seed)
    if journal.stopped_after:
        print(
            f"The last run was stopped when {journal.stopped_after} were done. This one begins anew; to go on with "
            "that one, press Ctrl-C now and run it again with --resume.",
            file=sys.stderr,
        )
    return journal


def _jobs(
    course: Course,
    found: list[Submission],
    seed: int,
    recorder: ResultRecorder,
    tier: Tier | None,
    limits: Limits,
    keep: Callable[[Result], None],
) -> Iterator[tuple[ReadSubmission, Job]]:
    """The jobs that are left, one unit after the other, each read when it is asked for; other results are kept."""
    for submission in sorted(found, key=lambda s: (s.unit, s.student)):
        job = _job(course, submission, seed, recorder, tier, limits)
        if isinstance(job, Result):
            keep(job)
        else:
            yield job


def _job(
    course: Course, submission: Submission, seed: int, recorder: ResultRecorder, tier: Tier | None, limits: Limits
) -> tuple[ReadSubmission, Job] | Result:
    """The job for a submission; or its result, where there is nothing to do."""
    key = submission.student, submission.unit
    if submission.misplaced:
        return Result(*key, reason=submission.misplaced)
    timestamp, secret = read_timestamp(submission.folder), read_secret(submission.folder)
    try:
        data = read_submission(course, submission)
    except Exception as error:
        reason = course.without_root(reason_of(error))
        return recorder.refuse(ReadSubmission(*key, "", timestamp, secret), reason)
    fingerprint = fingerprint_of(data + f"{timestamp}{secret}".encode())
    read = ReadSubmission(*key, fingerprint, timestamp, secret, submission.note)
    if earlier := recorder.current_result(read):
        return earlier
    version = version_of(course, submission.unit)
    return read, Job(course, submission.unit, data, seed, version, limits, tier, turn=0)


def require_built(course: Course, units: list[str], db: str | None = None) -> None:
    """Refuse units that the gradebook does not know, and those whose text has changed since they were built.

    Raises
    ------
    AutograderError
        If a unit was not built here, or into another gradebook, or not as it stands now.
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
    for unit in units:
        reference_notebook(course, unit)
