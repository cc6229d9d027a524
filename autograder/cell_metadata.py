"""Whether the nbgrader metadata of a unit's cells, and the hidden tests in them, are what nbgrader and the grader need.

``verify`` tells each fault as a sentence; ``build`` refuses before it writes anything.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from autograder.errors import BrokenUnit
from autograder.paths import Course
from autograder.points import number_of_points, points_in

HIDDEN = re.compile(r"^### BEGIN HIDDEN TESTS\n.*?^### END HIDDEN TESTS\n?", re.M | re.S)
MARKER = re.compile(r"^ *### (?:BEGIN|END) HIDDEN TESTS", re.M)
CHECK = re.compile(r"^[^#\n]*\bcheck\(", re.M)
GRADE = re.compile(r"""^grade\(["']\w+["']""", re.M)
GRADE_ANYWHERE = re.compile(r"""^[^#\n]*?(?<!\w)(grade\(\s*["']\w+["'])""", re.M)
GRADE_ID = re.compile(r"[\w-]+", re.A)
BLOCK = "### BEGIN HIDDEN TESTS … ### END HIDDEN TESTS"


def refuse_bad_cells(course: Course, unit: str) -> None:
    """Refuse a unit whose cells nbgrader or the grader could make nothing of.

    Raises
    ------
    BrokenUnit
        With every fault, one a line.
    """
    found = list(cell_faults(course, unit))
    if found:
        raise BrokenUnit("\n".join(found))


def cell_faults(course: Course, unit: str) -> Iterator[str]:
    """What is wrong with the grade_ids, the points and the hidden tests of a unit's cells, a sentence each.

    Raises
    ------
    BrokenUnit
        If the metadata of a cell is no JSON object.
    """
    import jupytext

    text = course.text(unit).read_text(encoding="utf-8")
    points_in(text, unit)
    places: dict[str, list[int]] = defaultdict(list)
    for number, cell in enumerate(jupytext.reads(text, fmt="py:percent").cells, 1):
        info = cell["metadata"].get("nbgrader", {})
        label = f"{unit}, {_place(number, cell, info)}"
        if any(info.get(role) for role in ("grade", "solution", "locked", "task")):
            yield from _metadata_faults(label, info)
            places[str(info.get("grade_id", ""))].append(number)
        if cell["cell_type"] == "code":
            yield from _hidden_test_faults(label, cell["source"] + "\n", bool(info.get("grade")))
    for grade_id, numbers in places.items():
        if len(numbers) > 1 and grade_id:
            cells = f"{', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
            yield f'{unit}: the cells {cells} have the same grade_id "{grade_id}"; give each one of its own.'


def _place(number: int, cell: Any, info: dict[str, Any]) -> str:
    """A cell as a message names it, as ``text_faults`` does."""
    first_line = next(iter(cell["source"].strip().splitlines()), "empty")
    return f"cell {number} ({info.get('grade_id') or first_line[:40]})"


def _metadata_faults(label: str, info: dict[str, Any]) -> Iterator[str]:
    grade_id = info.get("grade_id")
    if not grade_id:
        yield f'{label} has no grade_id; write "grade_id": "…" into its metadata, a name that no other cell has.'
    elif not isinstance(grade_id, str) or not GRADE_ID.fullmatch(grade_id):
        yield f"{label} has the grade_id {grade_id!r}; it may hold letters, digits, - and _ alone."
    if info.get("grade") and number_of_points(info) is None:
        given = f"the points {info['points']!r}" if "points" in info else "no points"
        yield f'{label} is graded and has {given}; write "points": 4, or another number, into its metadata.'


def _hidden_test_faults(label: str, text: str, graded: bool) -> Iterator[str]:
    blocks, shown = HIDDEN.findall(text), HIDDEN.sub("", text)
    if MARKER.search(shown):
        yield f"{label} begins or ends a hidden test alone; it stands as {BLOCK}, each at the start of a line."
    elif call := GRADE_ANYWHERE.search(shown):
        yield f"{label} calls {call[1]}, …) outside {BLOCK}, so students would see it; put it between the two."
    elif not graded and blocks:
        yield f'{label} has a hidden test and is not graded; write "grade": true into its metadata.'
    elif graded and not blocks:
        yield f'{label} is graded and has no hidden test; put grade("…", …) between {BLOCK.replace(" … ", " and ")}.'
    elif any(not GRADE.search(block) for block in blocks):
        yield f'{label} has a hidden test without grade("…", …) at the start of a line, so nothing is graded.'
    if graded and not CHECK.search(shown):
        yield f"{label} is graded and has no check(…), so a student can't try the answer."
