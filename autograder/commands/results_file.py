"""What came of each submission as a table that a spreadsheet reads: a line each, with all notes."""

import csv
import io
import os
from pathlib import Path

from autograder.errors import AutograderError
from autograder.files import write_if_changed
from autograder.grading.results import Result
from autograder.paths import Course

HEADINGS = ("student", "unit", "points", "max_points", "late_penalty", "graded", "why_not", "what_went_wrong", "notes")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet computes instead of showing it."""


def place_of_results(course: Course, named: str | None) -> Path:
    """Where the table goes: to the file that is named, if it can be written, or beside the journal.

    Raises
    ------
    AutograderError
        To be told before anything is graded.
    """
    if named is None:
        return course.root / ".grading" / "results.csv"
    path = Path(named).absolute()
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK | os.X_OK):
        raise AutograderError(
            f"{named} can't be written. Name a file in a folder that is there and that you may change."
        )
    return path


def write_results(path: Path, results: list[Result]) -> None:
    """Write a line for each submission, whole or not at all.

    Raises
    ------
    OSError
    """
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(HEADINGS)
    for result in results:
        points, most = ("" if value is None else f"{value:g}" for value in (result.counted, result.max_points))
        words = result.reason, result.verdict, " ".join(result.notes)
        graded = "yes" if result.graded else "no"
        numbers = points, most, f"{result.late_penalty:g}", graded
        rows.writerow([_shown(result.student), _shown(result.unit), *numbers, *map(_shown, words)])
    write_if_changed(path, text.getvalue())


def _shown(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
