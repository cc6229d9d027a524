"""Building a unit: text notebook → instructor notebook → release notebook and keys."""

import json
import re
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from autograder.errors import BrokenUnit, EditedNotebook
from autograder.exercises import asked_in
from autograder.keymaking import build_seed, make_key, make_shown_key
from autograder.nbgraders import NbgraderFailed, nbgrader_api, said
from autograder.places import Course
from autograder.source import cells_of_notebook, hash_of, right_answer
from course.key_files import FORMAT, key_to_json

AGREEMENT = 1e-10
DISTRIBUTION = "backprop-course"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def build(course: Course, units: list[str], take_edits: bool = False) -> Iterator[str]:
    """Build units one after the other, and yield each one's name when it is done.

    Parameters
    ----------
    course : Course
    units : list of str
    take_edits : bool
        Carry edits of the instructor notebooks over into the texts first.

    Raises
    ------
    UnknownUnit, BrokenUnit, EditedNotebook, NbgraderFailed
    """
    for unit in units:
        course.text(unit)
        if take_edits:
            take_over(course, unit)
        refuse_if_edited(course, unit)
    api = nbgrader_api(course)
    for unit in units:
        write_if_changed(course.notebook(unit), instructor_notebook(course, unit))
        result = api.generate_assignment(unit, force=True, create=True)
        if not result["success"]:
            raise NbgraderFailed(f"nbgrader could not make the release of {unit}: {said(result)}")
        write_keys(course, unit)
        yield unit
    write_index(course)


def instructor_notebook(course: Course, unit: str) -> str:
    """The instructor notebook as JSON text: the same text gives the same bytes."""
    import jupytext

    text = course.text(unit).read_text(encoding="utf-8")
    notebook = jupytext.reads(text, fmt="py:percent")
    for cell, name in zip(notebook.cells, cell_ids(notebook.cells), strict=True):
        cell["id"] = name
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
    if built.get("text") != hash_of(text.read_text(encoding="utf-8")):
        raise EditedNotebook(
            f"Both {path.name} and {text.name} changed since the last build. Copy the edits from the notebook into "
            f"{text.relative_to(course.root)} by hand, then delete the notebook."
        )
    clean = nbformat.from_dict(notebook)
    clean["metadata"] = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "jupytext": {"notebook_metadata_filter": "kernelspec,-jupytext", "cell_metadata_filter": "nbgrader,tags,-all"},
    }
    text.write_text(jupytext.writes(clean, fmt="py:percent"), encoding="utf-8")
    path.unlink()


def _read_notebook(path: Path) -> Any:
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cells_of_notebook(notebook)
        notebook["metadata"].get("course")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EditedNotebook(f"{path} is not a notebook any more. Delete it; it is built from the text.") from error
    return notebook


def write_keys(course: Course, unit: str) -> None:
    """Write the unit's numbers; a key on disk that agrees with them is left as it is.

    Raises
    ------
    BrokenUnit
        If a right answer and its finite differences disagree.
    """
    asked = asked_in(unit, course)
    lines = []
    for name, exercise in asked.exercises.items():
        right = right_answer(course, unit, exercise.subject)
        if exercise.scenario_function:
            key = make_shown_key(exercise, unit, right)
        else:
            key = make_key(exercise, unit, right, build_seed(name))
        for case in key.cases:
            lost = set(exercise.forward.wrt) - set(case.measured) if exercise.forward and not key.scenario else set()
            if lost:
                raise BrokenUnit(
                    f"{unit}: the right {', '.join(sorted(lost))} of {name} is not what finite differences give."
                )
        lines.append(f"{json.dumps(name)}: {_compact(key_to_json(key))}")
    questions = {
        question.name: {
            "answer": question.answer,
            "tolerance": question.tolerance,
            "why": question.why,
            "otherwise": question.otherwise,
            "hints": [[guess, text] for guess, text in question.hints.items()],
        }
        for question in asked.questions.values()
    }
    text = (
        f'{{"format": {FORMAT},\n"exercises": {{\n'
        + ",\n".join(lines)
        + f'\n}},\n"questions": {_compact(questions)}}}\n'
    )
    path = course.keys / f"{unit}.json"
    if not (path.is_file() and agree(_json_or_none(path), json.loads(text))):
        write_if_changed(path, text)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _json_or_none(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None


def agree(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal but for the last digits, which processors round differently."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other or one != one and other != other or abs(one - other) <= AGREEMENT * max(1.0, abs(one))
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(agree(one[k], other[k]) for k in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(agree, one, other))
    return bool(one == other)


def write_index(course: Course) -> None:
    """Write which unit each exercise and question belongs to.

    Raises
    ------
    BrokenUnit
        If two units use one name.
    """
    index: dict[str, dict[str, str]] = {"exercises": {}, "questions": {}}
    for path in sorted(course.keys.glob("[0-9]*.json")):
        if path.stem not in course.units():
            path.unlink()
            continue
        keys = json.loads(path.read_text(encoding="utf-8"))
        for kind, entries in index.items():
            for name in keys[kind]:
                if name in entries:
                    raise BrokenUnit(
                        f"{name} stands in {entries[name]} and in {path.stem}; names are unique in the course."
                    )
                entries[name] = path.stem
    write_if_changed(course.keys / "index.json", json.dumps(index, indent=1) + "\n")


def write_if_changed(path: Path, text: str) -> None:
    """Write a file whole or not at all, and only if it changes."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".half")
    try:
        half.write_text(text, encoding="utf-8")
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
