"""Submissions that nbgrader was to grade and that can't be: entered as ``grade`` enters them, above what was there."""

import contextlib
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError
from autograder.files import write_bytes_if_changed
from autograder.gradebook.entry import EntryFailed
from autograder.gradebook.secret import SECRET_FILE, read_secret
from autograder.gradebook.writer import GradebookWriter
from autograder.paths import Course
from autograder.submissions.inbox import Submission, is_student_name
from autograder.submissions.timestamp import TIMESTAMP_FILE, read_timestamp


class Refusals:
    """What could not be graded of a batch of nbgrader's; entered when the batch is over, and nbgrader has let go.

    Parameters
    ----------
    converter
        nbgrader's, of this batch.
    course : Course
    """

    def __init__(self, converter: Any, course: Course) -> None:
        self._converter, self._course = converter, course
        self._refused: list[tuple[Submission, str]] = []
        self._graded_before: dict[Path, bytes] = {}
        convert = converter.convert_notebooks

        def convert_notebooks() -> None:
            try:
                convert()
            finally:
                self._put_back()
                self._enter()

        converter.convert_notebooks = convert_notebooks

    def add(self, submission: Submission, reason: str) -> None:
        """Enter this reason at the end."""
        if is_student_name(submission.student) and not submission.misplaced:  # else it is nobody's in the gradebook
            self._refused.append((submission, self._course.without_root(reason)))

    def keep(self, submission: Submission) -> None:
        """Keep what was graded before of a submission that is graded now: nbgrader removes it where it can't be."""
        self._put_back()
        folder = self._course.autograded / submission.student / submission.unit
        for name in (f"{submission.unit}.ipynb", TIMESTAMP_FILE, SECRET_FILE):
            with contextlib.suppress(OSError):
                self._graded_before[folder / name] = (folder / name).read_bytes()

    def let_go(self) -> None:
        """Let go of what was graded before: from now on the gradebook may have the points of what is graded now."""
        self._graded_before.clear()

    def _put_back(self) -> None:
        """Put back what was graded before, where grading it again has left nothing."""
        if not any(path.suffix == ".ipynb" and path.exists() for path in self._graded_before):
            for path, data in self._graded_before.items():
                with contextlib.suppress(OSError):
                    write_bytes_if_changed(path, data)
        self._graded_before.clear()

    def _enter(self) -> None:
        if not self._refused:
            return
        try:
            with GradebookWriter(self._course, self._converter.coursedir.db_url) as book:
                for submission, reason in self._refused:
                    with contextlib.suppress(EntryFailed):
                        beside = read_timestamp(submission.folder), read_secret(submission.folder)
                        book.refuse(submission.student, submission.unit, reason, *beside)
                book.commit()
        except (AutograderError, OSError) as error:
            self._converter.log.error("What was not graded is not entered either: %s", error)
