"""Records results in the gradebook and the journal, several at a time, since each commit waits for the disk."""

import contextlib
import time
from types import TracebackType
from typing import Any, NamedTuple

from autograder.errors import reason_of
from autograder.execution.job import Executed
from autograder.gradebook.entry import EntryFailed, GradebookFailed
from autograder.gradebook.records import Score
from autograder.gradebook.writer import GradebookWriter
from autograder.grading.journal import Journal
from autograder.grading.results import Result
from autograder.paths import Course
from autograder.points import told
from autograder.submissions.inbox import is_student_name
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
        if data is None:
            return self.refuse(read, "grading it ended the process that graded it")
        try:
            executed = Executed.from_bytes(data)
            if executed.reason:
                return self.refuse(read, executed.reason)
            score = self._gradebook.write(read.student, read.unit, executed.notebook, read.timestamp, read.secret)
        except (EntryFailed, TypeError, ValueError, RecursionError) as error:
            return self.refuse(read, reason_of(error))
        words = executed.problem, read.timestamp.note, _late(score)
        verdict, notes = "; ".join(filter(None, words)), tuple(executed.notes)
        result = _result(read, score, verdict=verdict, sandbox=executed.sandbox, notes=notes)
        return self._keep(result)

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
