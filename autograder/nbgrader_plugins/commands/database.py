"""``nbgrader db``: lists as spreadsheets write them, due dates that are not guessed, nothing lost that stays unsaid."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.apps import dbapp

from autograder.errors import AutograderError
from autograder.naming.tables import id_column, table_rows
from autograder.submissions.inbox import is_student_name
from autograder.submissions.timestamp import parse_timestamp

add_assignment, update_or_create_assignment = Gradebook.add_assignment, Gradebook.update_or_create_assignment
start_adding = dbapp.DbAssignmentAddApp.start


class GradebookOfCommands(Gradebook):
    """A gradebook in which what a command does not say stays as it is; what it says is empty is removed."""

    def update_or_create_student(self, name: str, **said: str | None) -> Any:
        """Update or add a student."""
        return super().update_or_create_student(name, **_what_is_said(said))

    def update_or_create_assignment(self, name: str, **said: str | None) -> Any:
        """Update or add an assignment."""
        return super().update_or_create_assignment(name, **_what_is_said(said))


def database_commands_lose_nothing() -> None:
    """Let ``nbgrader db`` and formgrader read due dates as ``grade`` reads times, and ``nbgrader db`` lose nothing.

    nbgrader has no setting for this. As it comes, it takes ``18:00:00 -0800`` for 18:13:20 UTC and ``05.01.2026`` for
    the first of May; a due date that was set is gone after the next ``nbgrader db assignment add``; and a list that a
    spreadsheet has written ends in a traceback, or half of it is imported.
    """
    Gradebook.add_assignment = with_due_date(add_assignment)
    Gradebook.update_or_create_assignment = with_due_date(update_or_create_assignment)
    dbapp.Gradebook = GradebookOfCommands
    dbapp.DbAssignmentAddApp.start = in_a_sentence(start_adding)
    dbapp.DbGenericImportApp.start = in_a_sentence(import_table)


def with_due_date(change: Callable[..., Any]) -> Callable[..., Any]:
    """A change of an assignment, with the due date read first; nothing is changed where it can't be."""

    def changed(gradebook: Gradebook, name: str, **values: Any) -> Any:
        if isinstance(values.get("duedate"), str):
            values["duedate"] = due_date(values["duedate"])
        return change(gradebook, name, **values)

    return changed


def due_date(text: str) -> datetime:
    """The time that a due date names, in UTC.

    Raises
    ------
    AutograderError
        If it names none, or one that could be read in more than one way.
    """
    try:
        return parse_timestamp(text)
    except (ValueError, OverflowError):
        raise AutograderError(
            f"The due date {text!r} names no date and time that can be read in one way only. Write it as "
            "2026-01-31 18:00:00 +0100, with the offset in numbers, or with UTC; nothing behind it means UTC."
        ) from None


def in_a_sentence(start: Callable[[Any], None]) -> Callable[[Any], None]:
    """A command of nbgrader's that ends with the sentence of an error, and not with its traceback."""

    def started(app: Any) -> None:
        try:
            start(app)
        except AutograderError as error:
            app.fail("%s", error)

    return started


def import_table(app: Any) -> None:
    """Import a CSV file, whole or not at all.

    Raises
    ------
    AutograderError
        If it can't be read, or one of its lines can't be imported.
    """
    dbapp.DbBaseApp.start(app)
    if len(app.extra_args) != 1:
        raise AutograderError("Name one CSV file.")
    entries = read_entries(Path(app.extra_args[0]), app.primary_key, app.expected_keys, app.log)
    with dbapp.Gradebook(app.coursedir.db_url, app.course_id, app.authenticator) as gradebook:
        for key, values in entries.items():
            getattr(gradebook, app.db_update_method_name)(key, **values)
    app.log.info("%d of %s are in the gradebook.", len(entries), app.extra_args[0])


def read_entries(file: Path, key: str, known: list[str], log: Any) -> dict[str, dict[str, Any]]:
    """What each line of a CSV file says; a line without a key, and a column without a place, have a warning.

    Raises
    ------
    AutograderError
    """
    columns, rows = _read(file)
    place = columns.index(key) if key in columns else id_column(columns) if key == "id" else None
    if place is None:
        raise AutograderError(f"{file} has no column {key}. Name one of {', '.join(columns) or 'its columns'} so.")
    unknown = [name for number, name in enumerate(columns) if name not in known and number != place]
    if unknown:
        log.warning("The gradebook has no place for these columns, which are left out: %s", ", ".join(unknown))
    entries: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(rows, 2):
        name = row[place] if len(row) > place else ""
        if name in entries:
            raise AutograderError(f"{file} has {name} twice. Remove one of the two lines.")
        if name and key == "id" and not is_student_name(name):
            raise AutograderError(f"{file} has the id {name!r}, which no folder of a student can have.")
        if name:
            entries[name] = _entry(dict(zip(columns, row, strict=False)), {*known} - {key})
        elif any(row):
            log.warning("Line %d of %s has no %s, and is left out.", number, file, key)
    return entries


def _read(file: Path) -> tuple[list[str], list[list[str]]]:
    """The names of the columns, in small letters, and the lines below them."""
    try:
        columns, *rows = table_rows(file.read_bytes()) or [[]]
    except (OSError, UnicodeDecodeError) as error:
        words = error.strerror if isinstance(error, OSError) else "it is not saved as UTF-8"
        raise AutograderError(f"{file} can't be read: {words}.") from error
    return [name.casefold() for name in columns], rows


def _entry(values: dict[str, str], known: set[str]) -> dict[str, Any]:
    """What a line says, without what it leaves empty."""
    said = {name: value for name, value in values.items() if name in known and value}
    return {name: due_date(value) if name == "duedate" else value for name, value in said.items()}


def _what_is_said(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value or None for name, value in said.items() if value is not None}
