"""nbgrader's gradebook, opened once by the only one who writes into it, and the executed notebooks beside it."""

import contextlib
import logging
import warnings
from collections.abc import Iterator
from typing import Any

import nbformat
from nbformat.v4 import writes_json

from autograder.errors import AutograderError
from autograder.files import write_if_changed
from autograder.gradebook.nbgrader_api import load_config
from autograder.gradebook.records import SubmissionRecords
from autograder.gradebook.url import explaining_failures, format_cause, gradebook_url
from autograder.paths import Course
from autograder.submissions.inbox import TIMESTAMP_FILE, parse_timestamp


class GradebookFailed(AutograderError):
    """The gradebook can't be written."""


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
    """

    def __init__(self, course: Course, db: str | None = None) -> None:
        from nbgrader.preprocessors import SaveAutoGrades

        self.course = course
        self._url = gradebook_url(course, db)
        with explaining_failures(self._url):
            self.gradebook = _opened(self._url)
        session: Any = self.gradebook.db
        session.commit = session.flush  # nbgrader's own, a dozen for each submission, wait for the disk each time
        self._scores = SaveAutoGrades()
        self._scores.log = logging.getLogger(__name__)
        self._scores.notebook_id = self._scores.assignment_id = self._scores.student_id = ""

    def write(self, student: str, unit: str, notebook: dict[str, Any], timestamp: str = "") -> tuple[float, float]:
        """Write an executed notebook, for good with :meth:`commit`; manual scores and comments stay.

        Parameters
        ----------
        student, unit : str
        notebook : dict
        timestamp : str
            When it was handed in, as ``timestamp.txt`` has it. Where that is late, the course's plugin for late
            submissions says what it costs.

        Returns
        -------
        (float, float)
            The points, and the most that there are.

        Raises
        ------
        GradebookFailed
            If the gradebook can't be written.
        """
        with self._explaining_failures():
            return self._write(student, unit, notebook, timestamp)

    def _write(self, student: str, unit: str, notebook: dict[str, Any], timestamp: str) -> tuple[float, float]:
        node, time = nbformat.from_dict(notebook), parse_timestamp(timestamp)
        folder = self.course.root / "autograded" / student / unit
        write_if_changed(folder / f"{unit}.ipynb", writes_json(node))
        if timestamp:  # by which formgrader tells whether what was graded is what was handed in last
            write_if_changed(folder / TIMESTAMP_FILE, timestamp)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # nbgrader adds a submission in a way that SQLAlchemy remarks on
            self.gradebook.update_or_create_student(student)
            options = {"timestamp": time} if time else {}
            submission = self.gradebook.update_or_create_submission(unit, student, **options)
            records = SubmissionRecords(self.gradebook.db, submission)
        self._scores.gradebook = records
        for number, cell in enumerate(node.cells):
            self._scores.preprocess_cell(cell, {}, number)
        records.set_late_penalty(self._penalty(student, records.points()[0], submission.total_seconds_late))
        return records.points()

    def _penalty(self, student: str, points: float, seconds_late: float) -> float | None:
        """What the course's plugin takes off for handing in late; None, where nothing is said."""
        if seconds_late <= 0:
            return None
        from nbgrader.preprocessors import AssignLatePenalties

        step = AssignLatePenalties(config=load_config(self.course))
        step.init_plugin()
        try:
            penalty = step.plugin_inst.late_submission_penalty(student, points, seconds_late)
            return None if penalty is None else min(max(float(penalty), 0.0), points)
        except Exception as error:
            raise AutograderError(
                f"The course's plugin for late submissions stopped with {type(error).__name__}: {error}. "
                "Mend it, or take it out of nbgrader_config.py, then use --resume."
            ) from error

    def commit(self) -> None:
        """Commit all that was written.

        Raises
        ------
        GradebookFailed
        """
        with self._explaining_failures():
            type(self.gradebook.db).commit(self.gradebook.db)

    @contextlib.contextmanager
    def _explaining_failures(self) -> Iterator[None]:
        """One sentence for what a database raises; what was written and not committed is rolled back."""
        from nbgrader.api import InvalidEntry
        from sqlalchemy.exc import SQLAlchemyError

        try:
            with _quiet():
                yield
        except (SQLAlchemyError, InvalidEntry) as error:
            with contextlib.suppress(SQLAlchemyError):
                self.gradebook.db.rollback()
            raise GradebookFailed(
                f"The gradebook can't be written ({format_cause(error, self._url)}). "
                "What was finished is kept: mend that, then use --resume."
            ) from error

    def close(self) -> None:
        """Close the gradebook."""
        self.gradebook.close()

    def __enter__(self) -> "GradebookWriter":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _opened(url: str) -> Any:
    """nbgrader's gradebook; where it can't begin, the connection that it has made by then is closed."""
    from nbgrader.api import Gradebook

    gradebook = Gradebook.__new__(Gradebook)
    try:
        gradebook.__init__(url)
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
