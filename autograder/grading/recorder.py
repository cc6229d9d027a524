"""Records results in the gradebook and the journal, several at a time, since each commit waits for the disk."""

import contextlib
import time
from dataclasses import replace
from types import TracebackType
from typing import Any, NamedTuple

from autograder.errors import reason_of
from autograder.execution.job import Executed, grader_version, version_of
from autograder.gradebook.entry import EntryFailed, GradebookFailed
from autograder.gradebook.records import Score
from autograder.gradebook.writer import GradebookWriter
from autograder.grading.journal import Journal
from autograder.grading.results import Result
from autograder.limits import Limits, Tier
from autograder.paths import Course
from autograder.points import told
from autograder.submissions.inbox import is_student_name
from autograder.submissions.parse import fingerprint_of
from autograder.submissions.timestamp import NO_TIMESTAMP, Timestamp

FLUSH_SECONDS = 0.5
"""How long a result waits for others; one that a kill takes with it is graded again."""


class ReadSubmission(NamedTuple):
    """A submission that was read: whose it is, its fingerprint, what lies beside its notebook, and a note on it."""

    student: str
    unit: str
    fingerprint: str
    timestamp: Timestamp = NO_TIMESTAMP
    secret: str = ""
    note: str = ""


def _result(read: ReadSubmission, score: Score | None, **more: Any) -> Result:
    found = vars(score) if score else {}
    return Result(read.student, read.unit, fingerprint=read.fingerprint, **found, **more)


def _late(score: Score) -> str:
    """What being late has cost, in words."""
    return f"{told(score.late_penalty)} taken off for being late" if score.late_penalty else ""


class ResultRecorder:
    """The only writer of results.

    Parameters
    ----------
    course : Course
    journal : Journal
    db : str, optional
        The gradebook's url.
    limits : Limits, optional
        What one submission may take in this run.
    tier : Tier, optional
        How submissions are confined in this run; somehow, unless it is said.
    """

    def __init__(
        self,
        course: Course,
        journal: Journal,
        db: str | None = None,
        limits: Limits | None = None,
        tier: Tier | None = None,
    ) -> None:
        self._course, self._journal = course, journal
        self._run = f"{limits or Limits()} {'unconfined' if tier is Tier.NONE else 'confined'}"
        self._gradebook = GradebookWriter(course, db)
        self._pending: list[Result] = []
        self._flushed = time.monotonic()

    def current_result(self, read: ReadSubmission) -> Result | None:
        """What the last run made of a submission, if it is what this run would make of it.

        That depends on the submission and its time, the unit, the grader, and how it runs; and on the gradebook: it
        still has to hold the entry, and to say the same of being late. What was given by hand since then is no part of
        that, and counts in the points.
        """
        earlier = self._journal.finished.get((read.student, read.unit))
        if not earlier or not earlier.graded:
            return None
        entered = self._gradebook.entered(read.student, read.unit)
        if entered is None or earlier.fingerprint != self._fingerprint(read, entered.fingerprint):
            return None
        points = round(max(entered.points - earlier.late_penalty, 0.0), 2)
        return replace(earlier, points=points, max_points=entered.max_points)

    def _fingerprint(self, read: ReadSubmission, entry: str) -> str:
        """A fingerprint of all that a result depends on."""
        programs = version_of(self._course, read.unit), grader_version()
        return fingerprint_of("\n".join((repr(read), *programs, self._run, entry)).encode())

    def record(self, read: ReadSubmission, data: bytes | None) -> Result:
        """Record what came of a submission.

        Parameters
        ----------
        read : ReadSubmission
        data : bytes or None
            Of an :class:`~autograder.execution.job.Executed`; None where the process that graded it has ended over it.

        Raises
        ------
        GradebookFailed
        """
        if data is None:
            return self.refuse(read, "grading it ended the process that graded it")
        try:
            executed = Executed.from_bytes(data)
            if executed.reason:
                return self.refuse(read, executed.reason)
            score = self._gradebook.write(read.student, read.unit, executed.notebook, read.timestamp, read.secret)
            entered = self._gradebook.entered(read.student, read.unit)
        except (EntryFailed, TypeError, ValueError, RecursionError) as error:
            return self.refuse(read, reason_of(error))
        words = executed.problem, read.timestamp.note, _late(score)
        verdict, notes = "; ".join(filter(None, words)), tuple(filter(None, (read.note, *executed.notes)))
        fingerprint = self._fingerprint(read, entered.fingerprint if entered else "")
        graded = _result(read, score, verdict=verdict, sandbox=executed.sandbox, notes=notes)
        return self._keep(replace(graded, fingerprint=fingerprint))

    def refuse(self, read: ReadSubmission, reason: str) -> Result:
        """Record that a submission can't be graded: the last one before it that could be counts.

        Raises
        ------
        GradebookFailed
        """
        score = None
        if is_student_name(read.student):  # what can't be a student's is in no gradebook
            with contextlib.suppress(EntryFailed):
                score = self._gradebook.refuse(read.student, read.unit, reason, read.timestamp, read.secret)
        return self._keep(_result(read, score, reason=reason))

    def _keep(self, result: Result) -> Result:
        self._pending.append(result)
        if time.monotonic() - self._flushed > FLUSH_SECONDS:
            self.flush()
        return result

    def flush(self) -> None:
        """Write all that was recorded to the disk: to the gradebook first, then to the journal."""
        self._gradebook.commit()  # also where it was only read: a server would keep that transaction open
        if self._pending:
            self._journal.write(self._pending)
            self._pending = []
        self._flushed = time.monotonic()

    def __enter__(self) -> "ResultRecorder":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if not isinstance(error, GradebookFailed):
                self.flush()
        finally:
            self._gradebook.close()
