"""Submissions that nbgrader was to grade and that can't be: entered in the gradebook as ``grade`` enters them."""

import contextlib
import shutil
from typing import Any

from autograder.errors import AutograderError
from autograder.gradebook.entry import EntryFailed
from autograder.gradebook.refusal import stands_refused
from autograder.gradebook.secret import read_secret
from autograder.gradebook.writer import GradebookWriter
from autograder.paths import Course
from autograder.submissions.inbox import Submission, is_student_name
from autograder.submissions.timestamp import read_timestamp


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
        convert = converter.convert_notebooks

        def convert_notebooks() -> None:
            try:
                convert()
            finally:
                self._enter()

        converter.convert_notebooks = convert_notebooks

    def add(self, submission: Submission, reason: str) -> None:
        """Enter this reason at the end."""
        if is_student_name(submission.student) and not submission.misplaced:  # else it is nobody's in the gradebook
            self._refused.append((submission, self._course.without_root(reason)))

    def forget(self, submission: Submission) -> None:
        """Let nbgrader grade what stands as refused: it passes over what it finds graded."""
        folder = self._course.autograded / submission.student / submission.unit
        if stands_refused(folder / f"{submission.unit}.ipynb"):
            with contextlib.suppress(OSError):
                shutil.rmtree(folder)

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
