"""Records results in the gradebook and the journal, several at a time, since each commit waits for the disk."""

import time
from types import TracebackType
from typing import NamedTuple

from autograder.errors import reason_of
from autograder.execution.job import Executed
from autograder.gradebook.entry import EntryFailed, GradebookFailed
from autograder.gradebook.writer import GradebookWriter
from autograder.grading.journal import Journal
from autograder.grading.results import Result
from autograder.paths import Course
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


class ResultRecorder:
    """The only writer of results.

    Parameters
    ----------
    course : Course
    journal : Journal
    db : str, optional
        The gradebook's url.
    """

    def __init__(self, course: Course, journal: Journal, db: str | None = None) -> None:
        self._gradebook, self._journal = GradebookWriter(course, db), journal
        self._pending: list[Result] = []
        self._flushed = time.monotonic()

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
        student, unit, fingerprint, timestamp, secret, note = read
        if data is None:
            reason = "grading it ended the process that graded it"
            return Result(student, unit, reason=reason, fingerprint=fingerprint)
        try:
            executed = Executed.from_bytes(data)
            if executed.reason:
                return Result(student, unit, reason=executed.reason, fingerprint=fingerprint)
            points, most = self._gradebook.write(student, unit, executed.notebook, timestamp, secret)
        except (EntryFailed, TypeError, ValueError, RecursionError) as error:
            return Result(student, unit, reason=reason_of(error), fingerprint=fingerprint)
        verdict = "; ".join(filter(None, (executed.problem, note, timestamp.note)))
        return Result(student, unit, points, most, fingerprint=fingerprint, verdict=verdict, sandbox=executed.sandbox)

    def flush(self) -> None:
        """Write all that was recorded to the disk: to the gradebook first, then to the journal."""
        if self._pending:
            self._gradebook.commit()
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
