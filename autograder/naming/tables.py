"""Lists of people that spreadsheets write: whatever divides their columns, and however they begin."""

import csv
import io
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from autograder.naming.people import composed

ID_COLUMNS = ("id", "student_id", "student id", "sis login id", "username", "login")
"""What the column of a student's id may be called, small letters or not."""


def table_rows(data: bytes) -> list[list[str]]:
    """The rows of a CSV file, the first of which names the columns; divided by commas, semicolons or tabs.

    Raises
    ------
    UnicodeDecodeError
        If it is saved in no form of Unicode.
    """
    utf_16 = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    text = composed(data.decode("utf-16" if utf_16 else "utf-8-sig"))
    head = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=head.count))
    return [[cell.strip() for cell in row] for row in rows]


def id_column(columns: list[str]) -> int | None:
    """Which column holds the ids of students, if one does."""
    names = [name.casefold() for name in columns]
    return next((names.index(name) for name in ID_COLUMNS if name in names), None)
