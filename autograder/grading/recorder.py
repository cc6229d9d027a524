"""Records results in the gradebook and the journal, several at a time, since each commit waits for the disk."""

import time
from dataclasses import replace
from types import TracebackType
from typing import NamedTuple

from autograder.errors import reason_of
from autograder.execution.job import Executed, grader_version, version_of
from autograder.gradebook.entry import EntryFailed, GradebookFailed
from autograder.gradebook.writer import GradebookWriter
from autograder.grading.journal import Journal
from autograder.grading.results import Result
from autograder.limits import Limits, Tier
from autograder.paths import Course
from autograder.submissions.parse import fingerprint_of
from autograder.submissions.timestamp import NO_TIMESTAMP, Timestamp

FLUSH_SECONDS = 0.5
"""How long a result waits for others; one that a kill takes with it is graded again."""


class ReadSubmission(NamedTuple):
    """A submission that was read: whose it is, its fingerprint, and what lies beside its notebook."""

    student: str
    unit: str
    fingerprint: str
    timestamp: Timestamp = NO_TIMESTAMP
    secret: str = ""


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
        return replace(earlier, points=entered.points, max_points=entered.max_points)

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
        result = self._result(read, data)
        self._pending.append(result)
        if time.monotonic() - self._flushed > FLUSH_SECONDS:
            self.flush()
        return result

    def _result(self, read: ReadSubmission, data: bytes | None) -> Result:
        student, unit, fingerprint, timestamp, secret = read
        if data is None:
            reason = "grading it ended the process that graded it"
            return Result(student, unit, reason=reason, fingerprint=fingerprint)
        try:
            executed = Executed.from_bytes(data)
            if executed.reason:
                return Result(student, unit, reason=executed.reason, fingerprint=fingerprint)
            points, most = self._gradebook.write(student, unit, executed.notebook, timestamp, secret)
            entered = self._gradebook.entered(student, unit)
        except (EntryFailed, TypeError, ValueError, RecursionError) as error:
            return Result(student, unit, reason=reason_of(error), fingerprint=fingerprint)
        fingerprint = self._fingerprint(read, entered.fingerprint if entered else "")
        verdict = "; ".join(filter(None, (executed.problem, timestamp.note)))
        return Result(student, unit, points, most, fingerprint=fingerprint, verdict=verdict, sandbox=executed.sandbox)

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
