"""Records results in the gradebook and the journal, several at a time, since each commit waits for the disk."""

import time
from types import TracebackType

from autograder.execution.job import Executed
from autograder.gradebook.writer import GradebookFailed, GradebookWriter
from autograder.grading.journal import Journal
from autograder.grading.results import Result
from autograder.paths import Course

FLUSH_SECONDS = 0.5
"""How long a result waits for others; one that a kill takes with it is graded again."""


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

    def record(self, key: tuple[str, str], data: bytes | None, fingerprint: str, timestamp: str = "") -> Result:
        """Record what came of a submission.

        Parameters
        ----------
        key : (str, str)
            The student and the unit.
        data : bytes or None
            Of an :class:`~autograder.execution.job.Executed`; None where the process that graded it has ended over it.
        fingerprint : str
            Of the submission.
        timestamp : str
            What its ``timestamp.txt`` says.

        Raises
        ------
        GradebookFailed
        """
        result = self._result(key, data, fingerprint, timestamp)
        self._pending.append(result)
        if time.monotonic() - self._flushed > FLUSH_SECONDS:
            self.flush()
        return result

    def _result(self, key: tuple[str, str], data: bytes | None, fingerprint: str, timestamp: str) -> Result:
        if data is None:
            return Result(*key, reason="grading it ended the process that graded it", fingerprint=fingerprint)
        executed = Executed.from_bytes(data)
        if executed.reason:
            return Result(*key, reason=executed.reason, fingerprint=fingerprint)
        points, most = self._gradebook.write(*key, executed.notebook, timestamp)
        verdict = "" if executed.verdict == "graded" else executed.verdict
        return Result(*key, points, most, fingerprint=fingerprint, verdict=verdict, sandbox=executed.sandbox)

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
