"""Building a unit: text notebook → instructor notebook → release notebook and keys."""

import json
import re
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from autograder.build.key_writer import write_index, write_keys
from autograder.cell_metadata import refuse_bad_cells
from autograder.errors import EditedNotebook
from autograder.files import write_if_changed
from autograder.gradebook.nbgrader_api import NbgraderFailed, nbgrader_api, reason_of
from autograder.gradebook.url import finish, gradebook_url
from autograder.notebook import cells_of_notebook, hash_of
from autograder.paths import Course
from autograder.points import with_placeholders, with_points

DISTRIBUTION = "backprop-course"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
SPACING = "lines_to_next_cell"
"""jupytext's own: where a text has other blank lines than it would put there, which its versions count differently."""


def build(course: Course, units: list[str], take_edits: bool = False, db: str | None = None) -> Iterator[str]:
    """Build units one after the other, and yield each one's name when it is done.

    Parameters
    ----------
    course : Course
    units : list of str
    take_edits : bool
        Carry edits of the instructor notebooks over into the texts first.
    db : str, optional
        The gradebook's url, see :func:`~autograder.gradebook.url.gradebook_url`.

    Raises
    ------
    UnknownUnit, BrokenUnit, EditedNotebook, NbgraderFailed, NoGradebook
    """
    for unit in units:
        course.text(unit)
        if take_edits:
            take_over(course, unit)
        refuse_if_edited(course, unit)
        refuse_bad_cells(course, unit)
    url = gradebook_url(course, db)
    finish(url)  # nbgrader would answer a database that is not there, or of another version, with a traceback
    api = nbgrader_api(course, url)
    for unit in units:
        write_if_changed(course.notebook(unit), instructor_notebook(course, unit))
        make_release(course, unit, api)
        write_keys(course, unit)
        yield unit
    write_index(course)


def make_release(course: Course, unit: str, api: Any) -> None:
    """Let nbgrader make the release notebook elsewhere, and put it where the one before it was.

    Raises
    ------
    NbgraderFailed
        The release that there was is still there.
    """
    with tempfile.TemporaryDirectory(prefix=".release-", dir=course.root) as folder:
        api.coursedir.release_directory = folder
        result = api.generate_assignment(unit, force=True, create=True)
        made, released = Path(folder) / unit, course.release / unit
        if not (result["success"] and made.is_dir()):
            raise NbgraderFailed(f"nbgrader could not make the release of {unit}: {reason_of(result)}")
        released.parent.mkdir(exist_ok=True)
        if released.exists():
            released.rename(Path(folder) / f"{unit}.before")
        made.rename(released)


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
