"""How a text notebook must look: short cells, a word before each, checks that only use what they may."""

import symtable
from collections.abc import Iterator

from autograder.notebook import SOLUTION, Cell, cells_of, free_names, stub_of
from autograder.paths import Course

MOST_CELLS, MOST_CODE_LINES, MOST_ANSWER_LINES, MOST_WORDS = 45, 15, 25, 120
TEST_NAMES = {"check", "grade", "np"}


def text_faults(course: Course, unit: str) -> Iterator[str]:
    """Everything in a unit's text that breaks a rule of form, a sentence each."""
    cells = cells_of(course, unit)
    still = [cell for cell in cells if "live" not in cell.tags]
    if len(still) > MOST_CELLS:
        yield f"{unit} has {len(still)} cells besides live ones; {MOST_CELLS} are enough."
    before = ""
    defined = {name for cell in cells if cell.solution for name in _defined(cell.text)}
    for number, cell in enumerate(cells, 1):
        label = f"{unit}, cell {number} ({cell.grade_id or cell.text.splitlines()[0][:40] if cell.text else 'empty'})"
        if not cell.text.strip():
            yield f"{label} is empty."
        elif cell.kind == "markdown":
            words = len(cell.text.split())
            if words > MOST_WORDS:
                yield f"{label} has {words} words; {MOST_WORDS} are enough."
        else:
            yield from _code_faults(label, cell, before, defined)
        before = cell.kind


def _code_faults(label: str, cell: Cell, before: str, defined: set[str]) -> Iterator[str]:
    most = MOST_ANSWER_LINES if cell.solution else MOST_CODE_LINES
    shown = stub_of(cell.text) if cell.solution else cell.text
    lines = [line for line in shown.splitlines() if line.strip()]
    if not cell.graded and len(lines) > most:
        yield f"{label} has {len(lines)} lines; {most} are enough."
    if before != "markdown":
        yield f"{label} stands without a sentence of purpose before it."
    if cell.solution and not SOLUTION.search(cell.text + "\n"):
        yield f"{label} is a solution cell with nothing between BEGIN SOLUTION and END SOLUTION."
    if cell.graded:
        strange = free_names(cell.text) - TEST_NAMES - defined
        if strange:
            names = ", ".join(sorted(strange))
            yield f"{label} is graded and uses {names}; it may use check, grade, np and this unit's answers."


def _defined(text: str) -> set[str]:
    table = symtable.symtable(text, "cell", "exec")
    return {s.get_name() for s in table.get_symbols() if s.is_assigned()}
