"""Reading a unit's text notebook: its right answers, its stubs, its points."""

import ast
import builtins
import contextlib
import hashlib
import io
import json
import re
import symtable
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from autograder.errors import BrokenUnit
from autograder.paths import Course
from autograder.points import GRADE_CALL, number_of_points, with_points

SOLUTION = re.compile(r"^( *)### BEGIN SOLUTION\n.*?^ *### END SOLUTION\n?", re.M | re.S)
FIGURES = ("course.draw", "course.widgets")
STUB = "# YOUR CODE HERE\nraise NotImplementedError()\n"


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook: what it holds and what its metadata says."""

    kind: str
    text: str
    grade_id: str | None = None
    solution: bool = False
    graded: bool = False
    points: float = 0.0
    tags: tuple[str, ...] = ()


def hash_of(text: str) -> str:
    """A short fingerprint of a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def cells_of_notebook(notebook: dict[str, Any]) -> list[Cell]:
    """The cells of a notebook given as JSON."""
    cells = []
    for cell in notebook["cells"]:
        source = cell["source"]
        info = cell.get("metadata", {}).get("nbgrader", {})
        cells.append(
            Cell(
                kind=cell["cell_type"],
                text="".join(source) if isinstance(source, list) else source,
                grade_id=info.get("grade_id"),
                solution=bool(info.get("solution")),
                graded=bool(info.get("grade")),
                points=number_of_points(info) or 0.0,
                tags=tuple(cell.get("metadata", {}).get("tags", ())),
            )
        )
    return cells


def cells_of(course: Course, unit: str) -> list[Cell]:
    """The cells of a unit: from the built notebook where it is up to date (fast), else from the text."""
    path = course.text(unit)
    stat = path.stat()
    return list(_cells(path, course.notebook(unit), stat.st_mtime_ns, stat.st_size))


@lru_cache(maxsize=64)
def _cells(path: Path, built: Path, _modified: int, _size: int) -> tuple[Cell, ...]:
    text = with_points(path.read_text(encoding="utf-8"), path.stem)
    with contextlib.suppress(OSError, ValueError, KeyError):
        notebook = json.loads(built.read_text(encoding="utf-8"))
        if notebook["metadata"]["course"]["text"] == hash_of(text):
            return tuple(cells_of_notebook(notebook))
    import jupytext

    return tuple(cells_of_notebook(jupytext.reads(text, fmt="py:percent")))


def stub_of(text: str) -> str:
    """A solution cell as it is released: each solution replaced by the stub, at its indentation."""

    def stub(match: re.Match[str]) -> str:
        return "".join(match[1] + line + "\n" for line in STUB.splitlines())

    return SOLUTION.sub(stub, text if text.endswith("\n") else text + "\n").rstrip("\n")


def points_of(course: Course, unit: str) -> dict[str, float]:
    """The points of each exercise that a graded cell calls ``grade`` for."""
    points = {}
    for cell in cells_of(course, unit):
        if cell.graded:
            for name in GRADE_CALL.findall(cell.text):
                points[name] = cell.points
    return points


def solution_cell(course: Course, unit: str, name: str) -> Cell:
    """The solution cell that defines a function or class.

    Raises
    ------
    BrokenUnit
        If none does.
    """
    defines = re.compile(rf"^(def|class) {re.escape(name)}\b|^{re.escape(name)} *=", re.M)
    for cell in cells_of(course, unit):
        if cell.solution and cell.kind == "code" and defines.search(cell.text):
            return cell
    raise BrokenUnit(f"{course.shown(course.text(unit))} has no solution cell that defines {name}.")


@lru_cache(maxsize=256)
def free_names(source: str) -> frozenset[str]:
    """The names that a cell reads, and neither binds itself nor has from Python."""
    table = symtable.symtable(source, "<cell>", "exec")
    bound = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    return frozenset(_names_read(table) - bound - set(dir(builtins)))


def _names_read(table: symtable.SymbolTable) -> set[str]:
    """The global names that a scope and the scopes in it read."""
    top = table.get_type() == "module"
    read = [symbol for symbol in table.get_symbols() if symbol.is_referenced()]
    names = {symbol.get_name() for symbol in read if top or symbol.is_global()}
    return names.union(*map(_names_read, table.get_children()))


def given_namespace(course: Course, unit: str, *, draws: bool = True) -> dict[str, Any]:
    """What the unit's cells tagged ``given`` define: imports, and functions of earlier units.

    Parameters
    ----------
    course : Course
    unit : str
    draws : bool
        Import figures as well, which takes half a second where nothing has drawn before.

    Raises
    ------
    BrokenUnit
        If a cell does not run; the message says which.
    """
    namespace: dict[str, Any] = {"__name__": "answers"}
    for cell in cells_of(course, unit):
        if cell.kind == "code" and "given" in cell.tags:
            _run(course, unit, cell, namespace, draws)
    return namespace


@lru_cache(maxsize=64)
def _right(course: Course, unit: str, _modified: int, _size: int) -> dict[str, Any]:
    namespace = given_namespace(course, unit, draws=False)
    for cell in cells_of(course, unit):
        if cell.solution and cell.kind == "code":
            _run(course, unit, cell, namespace)
    return namespace


def right_namespace(course: Course, unit: str) -> dict[str, Any]:
    """What the unit defines when every solution cell holds its right answer.

    Raises
    ------
    BrokenUnit
        If a cell does not run; the message says which.
    """
    stat = course.text(unit).stat()
    return _right(course, unit, stat.st_mtime_ns, stat.st_size)


def right_answer(course: Course, unit: str, subject: str) -> Any:
    """The right answer to a subject.

    Raises
    ------
    BrokenUnit
        If no solution cell defines it.
    """
    namespace = right_namespace(course, unit)
    if subject not in namespace:
        raise BrokenUnit(f"{course.shown(course.text(unit))} has no solution cell that defines {subject}.")
    return namespace[subject]


def _run(course: Course, unit: str, cell: Cell, namespace: dict[str, Any], draws: bool = True) -> None:
    try:
        place = f"<{unit}: {cell.grade_id or 'given'}>"
        tree = ast.parse(cell.text, place)
        tree.body = [statement for statement in tree.body if draws or not _imports_figures(statement)]
        with quiet():
            exec(compile(tree, place, "exec"), namespace)
    except Exception as error:
        raise BrokenUnit(
            f"The cell {cell.grade_id or 'given'} of {course.shown(course.text(unit))} stops with "
            f"{type(error).__name__}: {error}"
        ) from error


def _imports_figures(statement: ast.stmt) -> bool:
    """Whether a statement imports figures, which no right answer draws."""
    return isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith(FIGURES)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """No prints and no warnings from code that is run for its definitions."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
