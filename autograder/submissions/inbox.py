"""What lies in ``submitted/``: which notebooks can be graded, and why the others can't."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.errors import AutograderError, UnreadableSubmission
from autograder.paths import Course
from autograder.submissions.safe_open import read_bytes

MAX_CHARACTERS = 100
TIMESTAMP_FILE = "timestamp.txt"
NAME_CHARACTERS = " ._@+-'"
"""Nothing that a file pattern, a terminal, a page or a table would read otherwise; no comma, at which tables divide."""


@dataclass(frozen=True)
class Submission:
    """One student's folder for one unit."""

    student: str
    unit: str
    folder: Path

    @property
    def notebook(self) -> Path:
        return self.folder / f"{self.unit}.ipynb"


def find_submissions(course: Course, units: list[str], students: list[str] | None) -> list[Submission]:
    """Every submission of these units and students, in order.

    Raises
    ------
    AutograderError
        If nothing was submitted, or a named student handed in nothing.
    """
    for unit in units:
        course.text(unit)
    wanted = units or course.units()
    found = [
        Submission(printable_name(folder.parent.name), folder.name, folder)
        for folder in sorted(course.submitted.glob("*/*"))
        if folder.is_dir() and folder.name in wanted and (not students or folder.parent.name in students)
    ]
    missing = sorted(set(students or ()) - {submission.student for submission in found})
    if missing:
        raise AutograderError(f"submitted/ holds nothing of {', '.join(missing)}. Check the name of the folder.")
    if not found:
        raise AutograderError(
            "There is nothing to grade. Put notebooks at submitted/STUDENT/UNIT/UNIT.ipynb, then grade again."
        )
    return found


def is_student_name(name: str) -> bool:
    """Whether a folder can be a student's: letters of any script with their marks, digits, and a few signs."""
    if not name[:1].isalnum() or name.endswith(" ") or len(name) > MAX_CHARACTERS:
        return False
    return all(sign in NAME_CHARACTERS or unicodedata.category(sign)[0] in "LMN" for sign in name)


def printable_name(name: str) -> str:
    """A folder's name; with what can't be printed escaped, which no student's name passes."""
    return name if name.isprintable() else ascii(name)


def read_submission(course: Course, submission: Submission) -> bytes:
    """The bytes of a submission.

    Raises
    ------
    UnreadableSubmission
        With the reason.
    """
    if not is_student_name(submission.student):
        raise UnreadableSubmission(
            "the folder's name can't be a student's; name it with letters, digits, blanks and . _ - @ + ' alone"
        )
    own = course.notebook(submission.unit), course.text(submission.unit)
    return read_bytes(submission.notebook, within=course.submitted, never=own)


def read_timestamp(folder: Path) -> str:
    """What ``timestamp.txt`` in a folder says; nothing, where there is no such file that can be read."""
    try:
        return read_bytes(folder / TIMESTAMP_FILE)[:100].decode("utf-8").strip()
    except (UnreadableSubmission, UnicodeDecodeError):
        return ""


def parse_timestamp(timestamp: str) -> datetime | None:
    """The time that a timestamp names, in UTC as nbgrader keeps it; none, where it names no time."""
    from nbgrader.utils import parse_utc

    try:
        return parse_utc(timestamp) if timestamp else None
    except (ValueError, OverflowError):
        return None
