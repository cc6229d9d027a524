"""Building a unit: text notebook → instructor notebook → release notebook and keys."""

import json
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import Any

from autograder.build.key_writer import keys_of_units, write_index
from autograder.build.prepared_unit import PreparedUnit, prepare
from autograder.cell_metadata import refuse_bad_cells
from autograder.configuration.settings import configured, share_with_group
from autograder.errors import EditedNotebook
from autograder.gradebook.nbgrader_api import nbgrader_api
from autograder.gradebook.units.changes import UnitChanges, refuse_unasked, refuse_unused_names
from autograder.gradebook.units.dropped import write_dropped
from autograder.gradebook.units.writer import UnitWriter
from autograder.gradebook.url import finish, gradebook_folder, gradebook_url
from autograder.notebook import cells_of_notebook, hash_of
from autograder.paths import Course
from autograder.points import with_placeholders, with_points

DISTRIBUTION = "backprop-course"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
SPACING = "lines_to_next_cell"
"""jupytext's own: where a text has other blank lines than it would put there, which its versions count differently."""


def build(
    course: Course,
    units: list[str],
    take_edits: bool = False,
    db: str | None = None,
    *,
    change: bool = False,
    names: Sequence[tuple[str, str]] = (),
    tell: Callable[[str], None] = print,
) -> Iterator[str]:
    """Build units, and yield the name of each one that is made; all of them are released together after the last one.

    Where anything fails, also the gradebook's part of it, every unit is as it was before.

    Parameters
    ----------
    course : Course
    units : list of str
    take_edits : bool
        Carry edits of the instructor notebooks over into the texts first.
    db : str, optional
        The gradebook's url, see :func:`~autograder.gradebook.url.gradebook_url`.
    change : bool
        Change units that the gradebook holds grades of.
    names : sequence of (str, str)
        Cells of such units that have only got another grade_id: the earlier one and the present one.
    tell : callable
        Is called with each line that says what is changed in such units.

    Raises
    ------
    UnknownUnit, BrokenUnit, EditedNotebook, NbgraderFailed, NoGradebook, GradebookFailed, UnitWouldChange
    """
    course = configured(course)
    share_with_group(course)
    for unit in units:
        course.text(unit)
        if take_edits:
            take_over(course, unit)
        refuse_if_edited(course, unit)
        refuse_bad_cells(course, unit)
    url = gradebook_url(course, db)
    finish(url)  # nbgrader would answer a database that is not there, or of another version, with a traceback
    api = nbgrader_api(course, url)
    with tempfile.TemporaryDirectory(prefix=".release-", dir=course.root) as folder:
        made = []
        with keys_of_units(course, units) as keys:
            for unit in units:
                made.append(prepare(course, unit, instructor_notebook(course, unit), api, Path(folder), keys[unit]))
                yield unit
        with UnitWriter(url, api.coursedir.course_id) as book:
            changes = [book.changes(unit.unit, unit.cells, names) for unit in made]
            refuse_unused_names(changes, names)
            of_graded = [of_unit for of_unit in changes if of_unit.concerns_students]
            if of_graded and not change:
                refuse_unasked(of_graded)
            for of_unit in of_graded:
                for line in of_unit.sentences():
                    tell(line)
            _release(course, made, changes, book, gradebook_folder(course, url), tell)
        for of_unit in of_graded:
            tell(of_unit.advice)


def _release(
    course: Course,
    made: list[PreparedUnit],
    changes: list[UnitChanges],
    book: UnitWriter,
    folder: Path,
    tell: Callable[[str], None],
) -> None:
    """Put all units in the place of what was there, in the gradebook and on the disk: every one of them, or none.

    Raises
    ------
    GradebookFailed, OSError, BrokenUnit
    """
    index = course.keys / "index.json"
    with ExitStack() as undo:
        undo.callback(_restore, index, index.read_bytes() if index.is_file() else None)
        for unit, of_unit in zip(made, changes, strict=True):
            if rows := book.dropped_rows(of_unit):
                path = write_dropped(folder, of_unit.unit, rows)
                undo.callback(path.unlink)
                tell(f"  What is dropped is kept in {course.shown(path)}.")
            book.apply(of_unit, unit.cells)
            unit.put_in_place(undo)
        write_index(course)
        book.commit()
        undo.pop_all()


def _restore(path: Path, before: bytes | None) -> None:
    if before is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(before)


def instructor_notebook(course: Course, unit: str) -> str:
    """The instructor notebook as JSON text: the same text gives the same bytes."""
    import jupytext

    text = with_points(course.text(unit).read_text(encoding="utf-8"), unit)
    notebook = jupytext.reads(text, fmt="py:percent")
    for cell, name in zip(notebook.cells, cell_ids(notebook.cells), strict=True):
        cell["id"] = name
        cell["metadata"].pop(SPACING, None)
    cells = cells_hash(notebook)
    notebook["metadata"] = {
        "kernelspec": KERNEL,
        "language_info": {"name": "python"},
        "course": {"unit": unit, "release": version(DISTRIBUTION), "text": hash_of(text), "cells": cells},
    }
    notebook["nbformat"], notebook["nbformat_minor"] = 4, 5
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def cell_ids(cells: list[Any]) -> list[str]:
    """An id for each cell that stays the same from build to build: its grade_id, or its heading and a number."""
    names: list[str] = []
    heading = "start"
    for cell in cells:
        found = re.search(r"^#+ +(.+)$", cell["source"], re.M) if cell["cell_type"] == "markdown" else None
        if found:
            heading = re.sub(r"[^a-z0-9]+", "-", found[1].lower()).strip("-")[:40] or "cell"
        name = cell["metadata"].get("nbgrader", {}).get("grade_id") or heading
        number, unique = 1, name
        while unique in names:
            number += 1
            unique = f"{name}-{number}"
        names.append(unique)
    return names


def cells_hash(notebook: Any) -> str:
    """A fingerprint of what an author can edit in a notebook; outputs and counts play no part."""
    return hash_of(repr(cells_of_notebook(notebook)))


def refuse_if_edited(course: Course, unit: str) -> None:
    """Refuse to build over an instructor notebook that was edited after it was built.

    Raises
    ------
    EditedNotebook
    """
    path = course.notebook(unit)
    if not path.is_file():
        return
    notebook = _read_notebook(path)
    built = notebook["metadata"].get("course", {}).get("cells")
    if built != cells_hash(notebook):
        shown = path.relative_to(course.root)
        raise EditedNotebook(
            f"{shown} was edited after it was built, and building would overwrite that. "
            f"To keep the edits: python -m autograder build {unit} --take-edits. To drop them: delete {shown}."
        )


def take_over(course: Course, unit: str) -> None:
    """Carry edits of the instructor notebook over into the text notebook.

    Raises
    ------
    EditedNotebook
        If the text has changed since as well, so that one of the two would be lost.
    """
    import jupytext
    import nbformat

    path = course.notebook(unit)
    if not path.is_file():
        return
    notebook = _read_notebook(path)
    built = notebook["metadata"].get("course", {})
    if built.get("cells") == cells_hash(notebook):
        return
    text = course.text(unit)
    written = text.read_text(encoding="utf-8")
    filled = with_points(written, unit)
    if built.get("text") != hash_of(filled):
        raise EditedNotebook(
            f"Both {path.name} and {text.name} changed since the last build. Copy the edits from the notebook into "
            f"{text.relative_to(course.root)} by hand, then delete the notebook."
        )
    clean = nbformat.from_dict(notebook)
    _take_from_text(clean["cells"], *(jupytext.reads(version, fmt="py:percent").cells for version in (written, filled)))
    clean["metadata"] = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "jupytext": {"notebook_metadata_filter": "kernelspec,-jupytext", "cell_metadata_filter": "nbgrader,tags,-all"},
    }
    text.write_text(jupytext.writes(clean, fmt="py:percent"), encoding="utf-8")
    path.unlink()


def _take_from_text(cells: list[Any], written: list[Any], filled: list[Any]) -> None:
    """Give cells what only the text has: its blank lines between cells, and placeholders for points."""
    for name, before, built in zip(cell_ids(filled), written, filled, strict=True):
        for cell in (cell for cell in cells if cell["id"] == name):
            if SPACING in before["metadata"]:
                cell["metadata"][SPACING] = before["metadata"][SPACING]
            cell["source"] = with_placeholders(cell["source"], before["source"], built["source"])


def _read_notebook(path: Path) -> Any:
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cells_of_notebook(notebook)
        notebook["metadata"].get("course")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EditedNotebook(f"{path} is not a notebook any more. Delete it; it is built from the text.") from error
    return notebook
