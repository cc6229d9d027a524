"""Results on their way into the gradebook and the journal: several at a time, since each time waits for the disk."""

import time
from types import TracebackType

from autograder.bookkeeping import Books, GradebookFailed
from autograder.journal import Journal
from autograder.places import Course
from autograder.results import Result
from autograder.work import Executed

SECONDS = 0.5
"""How long a result waits for others; one that a kill takes with it is graded again."""


class Entering:
    """The only one who writes results.

    Parameters
    ----------
    course : Course
    journal : Journal
    db : str, optional
        The gradebook's url.
    """

    def __init__(self, course: Course, journal: Journal, db: str | None = None) -> None:
        self._books, self._journal = Books(course, db), journal
        self._waiting: list[Result] = []
        self._settled = time.monotonic()

    def take(self, place: tuple[str, str], data: bytes | None, fingerprint: str, stamp: str = "") -> Result:
        """Take what came of a submission.

        Parameters
        ----------
        place : (str, str)
            The student and the unit.
        data : bytes or None
            Of an :class:`~autograder.work.Executed`; None where the process that graded it has ended over it.
        fingerprint : str
            Of the submission.
        stamp : str
            What its ``timestamp.txt`` says.

        Raises
        ------
        GradebookFailed
        """
        result = self._result(place, data, fingerprint, stamp)
        self._waiting.append(result)
        if time.monotonic() - self._settled > SECONDS:
            self.settle()
        return result

    def _result(self, place: tuple[str, str], data: bytes | None, fingerprint: str, stamp: str) -> Result:
        if data is None:
            return Result(*place, reason="grading it ended the process that graded it", fingerprint=fingerprint)
        executed = Executed.unpacked(data)
        if executed.reason:
            return Result(*place, reason=executed.reason, fingerprint=fingerprint)
        points, most = self._books.enter(*place, executed.notebook, stamp)
        verdict = "" if executed.verdict == "graded" else executed.verdict
        return Result(*place, points, most, fingerprint=fingerprint, verdict=verdict, sandbox=executed.sandbox)

    def settle(self) -> None:
        """See that all that was taken is on the disk: in the gradebook first, then in the journal."""
        if self._waiting:
            self._books.keep()
            self._journal.write(self._waiting)
            self._waiting = []
        self._settled = time.monotonic()

    def __enter__(self) -> "Entering":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if not isinstance(error, GradebookFailed):
                self.settle()
        finally:
            self._books.close()
