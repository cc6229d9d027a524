"""nbgrader's gradebook, opened once by the only one who writes into it, and the executed notebooks beside it."""

import contextlib
import errno
import logging
import math
import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import writes_json

from autograder.configuration.settings import load_config
from autograder.errors import AutograderError
from autograder.files import write_if_changed
from autograder.gradebook import entry
from autograder.gradebook.nbgrader_api import importing_nbgrader
from autograder.gradebook.records import Entered, Score, SubmissionRecords, entered_scores
from autograder.gradebook.refusal import write_refusal
from autograder.gradebook.secret import keep_secret
from autograder.gradebook.url import explaining_failures, gradebook_url
from autograder.paths import Course
from autograder.scores import require_scores
from autograder.submissions.parse import fingerprint_of
from autograder.submissions.timestamp import NO_TIMESTAMP, TIMESTAMP_FILE, Timestamp


class GradebookWriter:
    """The gradebook of a course, and the folder ``autograded/``.

    Parameters
    ----------
    course : Course
    db : str, optional
        The gradebook's url, see :func:`~autograder.gradebook.url.gradebook_url`.

    Raises
    ------
    NoGradebook
        If it can't be opened.
    OSError
        If there can be no ``autograded/``.
    """

    def __init__(self, course: Course, db: str | None = None) -> None:
        with importing_nbgrader():
            from nbgrader.preprocessors import SaveAutoGrades

        self.course, self._folder = course, course.autograded
        _require_writable(self._folder)
        self._url = gradebook_url(course, db)
        with explaining_failures(self._url):
            self.gradebook = open_gradebook(self._url)
        entry.leave_transactions_to_us(self.gradebook.db)
        self._scores = SaveAutoGrades()
        self._scores.log = logging.getLogger(__name__)
        self._scores.notebook_id = self._scores.assignment_id = self._scores.student_id = ""

    def write(
        self,
        student: str,
        unit: str,
        notebook: dict[str, Any],
        timestamp: Timestamp = NO_TIMESTAMP,
        secret: str = "",
    ) -> Score:
        """Write an executed notebook, for good with :meth:`commit`; manual scores and comments stay.

        Parameters
        ----------
        student, unit : str
        notebook : dict
        timestamp : Timestamp
            When it was handed in. Where that is late, the course's plugin for late submissions says what it costs.
        secret : str
            What nbgrader's exchange will release its feedback by; none, where it was not handed in there.

        Returns
        -------
        Score

        Raises
        ------
        EntryFailed
            If this submission can't be entered; nothing of it is, and others can.
        GradebookFailed
            If the gradebook can't be written.
        OSError
            If the disk is full.
        """
        with _quiet(), entry.one_entry(self.gradebook.db, self._url, self.course.root):
            require_scores(notebook)
            node = nbformat.from_dict(notebook)
            score = self._enter_scores(student, unit, node, timestamp)
            self.gradebook.db.flush()
            folder = self._folder / student / unit
            write_if_changed(folder / f"{unit}.ipynb", writes_json(node))
            if timestamp.time:  # by which nbgrader tells whether what was graded is what was handed in last
                write_if_changed(folder / TIMESTAMP_FILE, str(timestamp))
            keep_secret(folder, secret)
            return score

    def entered(self, student: str, unit: str) -> Entered | None:
        """What the gradebook holds of a submission, also of what is not committed yet; None, where there is nothing.

        Its fingerprint stands for all that a result consists of besides what was given by hand: automatic scores, the
        most points, what being late costs as the due date and the course's plugin are now, and the executed notebook.

        Raises
        ------
        GradebookFailed
            If the gradebook can't be read.
        """
        with _quiet(), entry.explaining_failures(self.gradebook.db, self._url):
            held = entered_scores(self.gradebook.db, student, unit)
        try:
            notebook = (self._folder / student / unit / f"{unit}.ipynb").read_bytes()
        except OSError:
            return None
        if held is None:
            return None
        try:
            late = repr(self._penalty(student, held.automatic, held.seconds_late))
        except AutograderError as error:
            late = str(error)
        parts = held.entry.encode(), f"{held.seconds_late:g} {late}".encode(), fingerprint_of(notebook).encode()
        return Entered(held.points, held.max_points, fingerprint_of(b"\n".join(parts)))

    def refuse(
        self, student: str, unit: str, reason: str, timestamp: Timestamp = NO_TIMESTAMP, secret: str = ""
    ) -> Score:
        """Enter that a submission can't be graded: the last one before it that could be counts, else it has no points.

        Its reason stands above the graded notebook, in formgrader and on the page that the student gets back. What was
        graded before keeps its time; the secret is the new one's, so that the student finds the page.

        Raises
        ------
        EntryFailed, GradebookFailed, OSError
            As :meth:`write` does.
        """
        with _quiet(), entry.one_entry(self.gradebook.db, self._url, self.course.root):
            _, records = self._records(student, unit)
            if not records.graded:
                self._records(student, unit, timestamp)[1].wait_for_nobody()
            self.gradebook.db.flush()
            folder = self._folder / student / unit
            write_refusal(folder / f"{unit}.ipynb", reason, records.graded)
            if secret:
                keep_secret(folder, secret)
            return records.score()

    def _records(self, student: str, unit: str, timestamp: Timestamp = NO_TIMESTAMP) -> tuple[Any, SubmissionRecords]:
        """nbgrader's submission, with a new time if there is one, and what the gradebook has of it."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # nbgrader adds a submission in a way that SQLAlchemy remarks on
            self.gradebook.update_or_create_student(student)
            known = timestamp.time or timestamp.note  # what can't be read takes the place of an earlier time, too
            options = {"timestamp": timestamp.time} if known else {}
            submission = self.gradebook.update_or_create_submission(unit, student, **options)
            return submission, SubmissionRecords(self.gradebook.db, submission)

    def _enter_scores(self, student: str, unit: str, node: Any, timestamp: Timestamp) -> Score:
        submission, records = self._records(student, unit, timestamp)
        self._scores.gradebook = records
        for number, cell in enumerate(node.cells):
            self._scores.preprocess_cell(cell, {}, number)
        records.set_late_penalty(self._penalty(student, records.points()[0], submission.total_seconds_late))
        return records.score()

    def _penalty(self, student: str, points: float, seconds_late: float) -> float | None:
        """What the course's plugin takes off for handing in late; None, where nothing is said."""
        if seconds_late <= 0:
            return None
        from nbgrader.preprocessors import AssignLatePenalties

        step = AssignLatePenalties(config=load_config(self.course))
        step.init_plugin()
        try:
            penalty = step.plugin_inst.late_submission_penalty(student, points, seconds_late)
            penalty = None if penalty is None else float(penalty)
        except Exception as error:
            raise AutograderError(
                f"the course's plugin for late submissions stopped with {type(error).__name__}: {error}"
            ) from error
        if penalty is not None and math.isnan(penalty):
            raise AutograderError("the course's plugin for late submissions gave no number")
        return None if penalty is None else min(max(penalty, 0.0), points)

    def commit(self) -> None:
        """Commit all that was written.

        Raises
        ------
        GradebookFailed
        """
        with _quiet(), entry.explaining_failures(self.gradebook.db, self._url):
            entry.commit(self.gradebook.db)

    def close(self) -> None:
        """Close the gradebook."""
        self.gradebook.close()

    def __enter__(self) -> "GradebookWriter":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _require_writable(folder: Path) -> None:
    """See that there is a folder in which others can be made: to be told once, and not for each submission."""
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def open_gradebook(url: str, course_id: str = "default_course") -> Any:
    """nbgrader's gradebook; where it can't begin, the connection that it has made by then is closed."""
    from nbgrader.api import Gradebook

    gradebook = Gradebook.__new__(Gradebook)
    try:
        gradebook.__init__(url, course_id)
    except BaseException:
        if hasattr(gradebook, "db"):
            gradebook.close()
        raise
    return gradebook


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep nbgrader from logging a traceback of what is reported in one sentence anyway."""
    log = logging.getLogger("tornado.application")
    before = log.disabled
    log.disabled = True
    try:
        yield
    finally:
        log.disabled = before
