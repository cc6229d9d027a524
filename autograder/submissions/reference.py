"""A unit's own notebook cell by cell, as it is graded and as it was handed out; and what other units hand out."""

import contextlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from autograder.errors import AutograderError
from autograder.notebook import hash_of
from autograder.paths import Course
from autograder.points import with_points

Kind = Literal["given", "student", "graded", "stub", "live", "copied", "skipped"]
FUNCTION = re.compile(r"^(?:async +)?(?:def|class) ", re.M)
DEFINITION = re.compile(r"^(?:async +)?(?:def|class) +(\w+)|^(\w+) *(?::[^=\n]+)?=(?!=)", re.M)


@dataclass(frozen=True)
class ReferenceCell:
    """One cell of the source notebook.

    Attributes
    ----------
    kind : str
        Whose text runs here, and how; see :class:`autograder.submissions.rebuild.Rebuilt`.
    text : str
        What stands here if no text of the student's does: the source's, with the stub in place of a solution.
    released : str
        What the student was handed: without hidden tests.
    solution : bool
        Whether an answer is asked for here.
    names : tuple of str
        What a solution cell defines.
    """

    id: str
    grade_id: str
    cell_type: str
    metadata: dict[str, Any]
    kind: Kind
    text: str
    released: str
    solution: bool
    names: tuple[str, ...]


@dataclass(frozen=True)
class ReferenceNotebook:
    """A unit's source notebook, and the version of its text that it was built from."""

    cells: tuple[ReferenceCell, ...]
    metadata: dict[str, Any]
    version: str


def reference_notebook(course: Course, unit: str) -> ReferenceNotebook:
    """A unit's own notebook; read once for each build.

    Raises
    ------
    AutograderError
        If the unit was not built, or its text has changed since.
    """
    paths = course.text(unit), course.notebook(unit), course.release / unit / f"{unit}.ipynb"
    try:
        return _read_reference(paths, tuple(path.stat().st_mtime_ns for path in paths))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AutograderError(
            f"{unit} is not built as it stands now. Run: python -m autograder build {unit}"
        ) from error


@lru_cache(maxsize=64)
def _read_reference(paths: tuple[Path, Path, Path], _modified: tuple[int, ...]) -> ReferenceNotebook:
    text, source, release = (path.read_text(encoding="utf-8") for path in paths)
    text = with_points(text, paths[0].stem)
    notebook, released_notebook = json.loads(source), json.loads(release)
    versions = {hash_of(text), *(made["metadata"]["course"]["text"] for made in (notebook, released_notebook))}
    if len(versions) > 1:
        raise ValueError("built from different texts")
    released = {cell["id"]: cell for cell in released_notebook["cells"]}
    cells = tuple(_reference_cell(cell, released[cell["id"]]) for cell in notebook["cells"])
    return ReferenceNotebook(cells, notebook["metadata"], versions.pop())


def _reference_cell(cell: dict[str, Any], released: dict[str, Any]) -> ReferenceCell:
    metadata = dict(cell["metadata"])
    info = metadata.get("nbgrader", {})
    solution = bool(info.get("solution"))
    released_text = "".join(released["source"])
    if solution:
        # nbgrader tells by this whether anything was answered.
        metadata["nbgrader"] = {**info, "checksum": released["metadata"]["nbgrader"]["checksum"]}
    return ReferenceCell(
        id=cell["id"],
        grade_id=info.get("grade_id") or "",
        cell_type=cell["cell_type"],
        metadata=metadata,
        kind=_kind(metadata),
        text=released_text if solution else "".join(cell["source"]),
        released=released_text,
        solution=solution,
        names=_names(released_text) if solution and cell["cell_type"] == "code" else (),
    )


def _kind(metadata: dict[str, Any]) -> Kind:
    """Never ``graded`` where a student writes: what is graded runs in the trusted process."""
    info, tags = metadata.get("nbgrader", {}), metadata.get("tags", ())
    if info.get("solution"):
        return "student"
    if info.get("grade"):
        return "graded"
    if "live" in tags:
        return "live"
    return "given" if info.get("locked") or info.get("task") or "given" in tags else "student"


def _names(text: str) -> tuple[str, ...]:
    """What a text defines at its outermost level."""
    return tuple(dict.fromkeys(function or name for function, name in DEFINITION.findall(text)))


@dataclass(frozen=True)
class HandedOut:
    """What the released notebook of a unit holds.

    Attributes
    ----------
    names : frozenset of str
        The grade_ids of its cells.
    texts : frozenset of str
        The texts of its cells, see :func:`plain_text`.
    code : frozenset of str
        Of these, the code that might be taken for an answer and asks for none: given cells, and those of functions.
    """

    names: frozenset[str]
    texts: frozenset[str]
    code: frozenset[str]


def plain_text(text: str) -> str:
    """A text without blanks, blank lines and lines of comment; two that differ in these alone are the same."""
    lines = ("".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line and not line.startswith("#"))


def handed_out(course: Course, but: str) -> dict[str, HandedOut]:
    """What the course hands out in all units that are released, but for one."""
    found = {}
    for unit in course.units():
        path = course.release / unit / f"{unit}.ipynb"
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):  # not released, or not whole
            found[unit] = _read_release(path, path.stat().st_mtime_ns)
    found.pop(but, None)
    return found


@lru_cache(maxsize=64)
def _read_release(path: Path, _modified: int) -> HandedOut:
    names, texts, code = set(), set(), set()
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        info, text = cell["metadata"].get("nbgrader", {}), "".join(cell["source"])
        names.add(info.get("grade_id"))
        texts.add(plain_text(text))
        defines = _kind(cell["metadata"]) == "given" or FUNCTION.search(text)
        if cell["cell_type"] == "code" and defines and not info.get("solution"):
            code.add(plain_text(text))
    return HandedOut(frozenset(filter(None, names)), frozenset(filter(None, texts)), frozenset(filter(None, code)))
