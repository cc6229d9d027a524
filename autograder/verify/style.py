"""How a text notebook must look: short code, a word before it, checks that only use what they may, the right points."""

import re
import symtable
from collections.abc import Iterator

from autograder.notebook import SOLUTION, Cell, cells_of, free_names, stub_of
from autograder.paths import Course
from autograder.verify.points_in_text import points_faults

MAX_CODE_LINES, MAX_ANSWER_LINES = 15, 25
TEST_NAMES = {"check", "grade", "np"}


def text_faults(course: Course, unit: str) -> Iterator[str]:
    """Everything in a unit's text that breaks a rule of form, a sentence each."""
    cells = cells_of(course, unit)
    before = ""
    defined = {name for cell in cells if cell.solution for name in _defined(cell)}
    for number, cell in enumerate(cells):
        first_line = next(iter(cell.text.strip().splitlines()), "empty")
        label = f"{unit}, cell {number + 1} ({cell.grade_id or first_line[:40]})"
        if not cell.text.strip():
            yield f"{label} is empty."
        else:
            yield from points_faults(label, cell, cells[number + (cell.kind == "markdown") :], cells)
        if cell.text.strip() and cell.kind != "markdown":
            yield from _code_faults(label, cell, before, defined)
        before = cell.kind


def _code_faults(label: str, cell: Cell, before: str, defined: set[str]) -> Iterator[str]:
    wrong = _not_python(cell)
    if wrong:
        yield f"{label} is not Python: {wrong}"
    most = MAX_ANSWER_LINES if cell.solution else MAX_CODE_LINES
    shown = stub_of(cell.text) if cell.solution else cell.text
    lines = [line for line in shown.splitlines() if line.strip()]
    if not cell.graded and len(lines) > most:
        yield f"{label} has {len(lines)} lines; {most} are enough."
    if before != "markdown":
        yield f"{label} stands without a sentence of purpose before it."
    if cell.solution and not SOLUTION.search(cell.text + "\n"):
        yield f"{label} is a solution cell with nothing between BEGIN SOLUTION and END SOLUTION."
    if cell.graded and not wrong:
        strange = free_names(cell.text) - TEST_NAMES - defined
        if strange:
            names = ", ".join(sorted(strange))
            yield f"{label} is graded and uses {names}; it may use check, grade, np and this unit's answers."


def _not_python(cell: Cell) -> str:
    """What is wrong with the syntax of an answer or a graded cell; other cells may hold magics."""
    try:
        symtable.symtable(cell.text if cell.solution or cell.graded else "", "cell", "exec")
    except SyntaxError as error:
        return str(error)
    return ""


def _defined(cell: Cell) -> set[str]:
    """The names that a cell assigns."""
    if _not_python(cell):
        return set(re.findall(r"^(?:def|class) (\w+)", cell.text, re.M))
    table = symtable.symtable(cell.text, "cell", "exec")
    return {s.get_name() for s in table.get_symbols() if s.is_assigned()}
