"""Who is in the class: nbgrader's students, or a CSV file; names that are unknown, alike or absent."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.configuration.settings import load_config
from autograder.errors import AutograderError
from autograder.gradebook.url import explaining_failures, gradebook_url, known_units
from autograder.naming.people import folded
from autograder.naming.tables import id_column, table_rows
from autograder.paths import Course
from autograder.submissions.inbox import Submission, is_student_name

STUDENT_COLUMNS = ("id", "first_name", "last_name", "email", "lms_user_id")
ALIKE = 0.8
"""The share of letters that two names have in common, from which on one may be the other misspelt."""
MAX_SHOWN = 20


@dataclass(frozen=True)
class Roster:
    """The class as it is known before a run.

    Attributes
    ----------
    people : dict of str to tuple of str
        The ids of students, and whatever else names each one: their names, numbers and addresses elsewhere.
    source : str
        Where that stands, for the words of a line.
    closed : bool
        Whether nobody else can be graded.
    """

    people: dict[str, tuple[str, ...]] = field(default_factory=dict)
    source: str = "the gradebook"
    closed: bool = False

    def alike(self, name: str) -> tuple[str, bool]:
        """The student whose id is most like a name, and whether only capitals, accents and signs differ."""
        ids = {folded(student): student for student in self.people}
        if folded(name) in ids:
            return ids[folded(name)], True
        (near,) = difflib.get_close_matches(folded(name), ids, 1, ALIKE) or ("",)
        return ids.get(near, ""), False

    def checked(self, found: Iterable[Submission]) -> list[Submission]:
        """These submissions; those of names that are no student's have the reason why they are not graded."""
        reasons: dict[str, str] = {}
        checked = []
        for submission in found:
            if submission.unit and not submission.misplaced:
                if submission.student not in reasons:
                    reasons[submission.student] = self._reason(submission.student)
                submission = replace(submission, misplaced=reasons[submission.student])
            checked.append(submission)
        return checked

    def _reason(self, name: str) -> str:
        """Why a name is taken for no student's; empty if it is one's, or a new one's."""
        if name in self.people:
            return ""
        near, same = self.alike(name) if self.people else ("", False)
        if not self.closed and not same:
            return ""
        advice = f"if it is {near}'s, rename the folder; else " if near else ""
        return f"{self.source} has no student of this name; {advice}add it there"

    def lines(self, handed_in: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Which students are new, and of whom there is nothing for a unit of which there is something of others.

        Parameters
        ----------
        handed_in : iterable of (str, str)
            Student and unit of each submission.
        """
        if not self.people:
            return
        students = defaultdict[str, set[str]](set)
        for student, unit in handed_in:
            students[unit].add(student)
        own = sorted(set().union(*students.values()) - set(self.people))
        alike = {name: self.alike(name)[0] for name in own}
        names = [f"{name} (did you mean {near}?)" if near else name for name, near in alike.items()]
        yield from _line(f"Not in {self.source} before", names)
        for unit in sorted(students):
            yield from _line(f"Nothing for {unit} of", sorted(set(self.people) - students[unit]))


def _line(words: str, names: list[str]) -> Iterator[str]:
    if names:
        more = f" and {len(names) - MAX_SHOWN} more" if len(names) > MAX_SHOWN else ""
        yield f"{words}: {', '.join(names[:MAX_SHOWN])}{more}."


def class_roster(course: Course, db: str | None = None, file: Path | None = None) -> Roster:
    """The roster of a course: a CSV file where one is named, else the students of the gradebook.

    With a file, or where ``nbgrader_config.py`` says ``Autograde.create_student = False``, nobody else is graded.

    Raises
    ------
    AutograderError
        If the file can't be read.
    NoGradebook
        If the gradebook can't be opened.
    """
    if file is not None:
        return Roster(read_people(file), file.name, closed=True)
    closed = load_config(course).Autograde.get("create_student") is False
    return Roster(_known_students(gradebook_url(course, db)), closed=closed)


def _known_students(url: str) -> dict[str, tuple[str, ...]]:
    from sqlalchemy import column, create_engine, select, table

    if not known_units(url):
        return {}
    with explaining_failures(url):
        engine = create_engine(url)
        try:
            with engine.connect() as connection:
                wanted: Any = select(*map(column, STUDENT_COLUMNS)).select_from(table("student"))
                rows = connection.execute(wanted).all()
        finally:
            engine.dispose()
    columns = [name.replace("_", " ") for name in STUDENT_COLUMNS]
    people = {}
    for student, *others in rows:
        cells = [str(cell or "") for cell in others]
        people[student] = (*filter(None, cells), *_full_names(columns[1:], cells))
    return people


def read_people(file: Path) -> dict[str, tuple[str, ...]]:
    """The students of a CSV file: a column ``id`` as ``nbgrader db student import`` reads it, and any others.

    Raises
    ------
    AutograderError
        If it has no such column, or an id twice.
    """
    try:
        head, *rows = table_rows(file.read_bytes()) or [[]]
    except (OSError, UnicodeDecodeError) as error:
        words = error.strerror if isinstance(error, OSError) else "it is not saved as UTF-8"
        raise AutograderError(f"The roster {file} can't be read: {words}.") from error
    columns = [name.casefold() for name in head]
    found = id_column(columns)
    if found is None:
        raise AutograderError(
            f"The roster {file} has no column id. Name one of {', '.join(columns) or 'its columns'} so."
        )
    people: dict[str, tuple[str, ...]] = {}
    for cells in rows:
        student = cells[found] if len(cells) > found else ""
        if student in people:
            raise AutograderError(f"The roster {file} has {student} twice. Remove one of the two lines.")
        if student and not is_student_name(student):
            raise AutograderError(f"The roster {file} has the id {student!r}, which no folder of a student can have.")
        if student:
            people[student] = (*filter(None, cells[:found] + cells[found + 1 :]), *_full_names(columns, cells))
    return people


def _full_names(columns: list[str], cells: list[str]) -> list[str]:
    """First and last name together, in both orders."""
    named = {
        name.replace("_", " ").replace("surname", "last name"): cell for name, cell in zip(columns, cells, strict=False)
    }
    first, last = named.get("first name", ""), named.get("last name", "")
    return [f"{first} {last}", f"{last} {first}"] if first and last else []
