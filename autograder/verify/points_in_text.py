"""Points that a text names by hand, held against the graded cells: in a unit's header, and in any sentence."""

import re
from collections.abc import Iterator
from typing import Any

from autograder.notebook import Cell
from autograder.points import GRADE_CALL, TOTAL, told

NUMBERS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty"""
WORDS = NUMBERS.split()
AMOUNT = rf"(\d+(?:\.\d+)?|{'|'.join(WORDS)})"
EXERCISE_POINTS = re.compile(
    r"(?:\bminutes?\b\W{1,3}(?:and |for )?|\b(?:worth|earns?|brings?|counts?|counts? for) )"
    rf"{AMOUNT} points?\b|\b{AMOUNT} points? for (?:it|this|that|the exercise)\b",
    re.I,
)
"""As in "Medium, 10 minutes, 4 points.", "It is worth 4 points." or "There are 4 points for it."."""
UNIT_POINTS = re.compile(rf"\b{AMOUNT} of {AMOUNT} points?\b", re.I)
"""As in "9 of 18 points": said of the whole unit."""
HEADER = re.compile(rf"^.*\*\*Points\*\*:? {AMOUNT}\b(?P<parts>(?:.+\n?)*)", re.M)
"""As in "**Points** 5: `mse` 3, bug hunt 2.", up to the next blank line."""
PART = re.compile(rf"([^,;:]+?) {AMOUNT}(?=[,;.]|$)", re.M)


def points_faults(label: str, cell: Cell, following: list[Cell], cells: list[Cell]) -> Iterator[str]:
    """Points that a cell names and a graded cell, or all of them, contradict.

    Parameters
    ----------
    label : str
        How a message names the cell.
    cell : Cell
        With text, or with code whose comments and docstrings may name points.
    following : list of Cell
        Those after it; after a cell of code, with that one.
    cells : list of Cell
        All of the unit.
    """
    yield from _header_faults(label, cell.text, _graded(cells))
    spoken = re.sub(r"[\s*#]+", " ", cell.text)
    total = _graded(cells)[TOTAL]
    for match in EXERCISE_POINTS.finditer(spoken):
        sentence = re.split(r"[.:;!?] ", spoken[: match.end()])[-1]
        said = _number(match[1] or match[2])
        if re.search(r"\bunit\b", sentence):
            yield from _unit_fault(label, said, total)
        elif said != (due := _points_of_next(following)):
            whose = "the exercise after it" if cell.kind == "markdown" else "its exercise"
            yield f"{label} says {told(said)}; {whose} has {told(due)}."
    for match in UNIT_POINTS.finditer(spoken):
        yield from _unit_fault(label, _number(match[2]), total)


def _graded(cells: list[Cell]) -> dict[str, float]:
    """The points of each exercise by name, and those of the whole unit."""
    graded = [cell for cell in cells if cell.graded]
    points = {name: cell.points for cell in graded for name in GRADE_CALL.findall(cell.text)}
    return {**points, TOTAL: sum(cell.points for cell in graded)}


def _number(said: Any) -> float:
    return float(WORDS.index(said.lower()) if said.lower() in WORDS else said)


def _unit_fault(label: str, said: float, total: float) -> Iterator[str]:
    if said != total:
        yield f"{label} says that the unit has {told(said)}; its graded cells have {told(total)}."


def _header_faults(label: str, text: str, points: dict[str, float]) -> Iterator[str]:
    """What the list of points in a unit's header says otherwise than the graded cells do."""
    for header in HEADER.finditer(text):
        yield from _unit_fault(label, _number(header[1]), points[TOTAL])
        parts = [(name.strip(" \n`"), _number(said)) for name, said in PART.findall(header["parts"])]
        wrong = [(name, said) for name, said in parts if name in points and said != points[name]]
        for name, said in wrong:
            yield f"{label} says that {name} has {told(said)}; its graded cell has {told(points[name])}."
        added = sum(said for _, said in parts)
        if parts and not wrong and added != points[TOTAL]:
            yield f"{label} lists {told(added)} in all; the graded cells of the unit have {told(points[TOTAL])}."


def _points_of_next(following: list[Cell]) -> float:
    """The points of the next exercise: of the first graded cell, unless a second solution comes before it."""
    code = [cell for cell in following if cell.graded or cell.solution]
    graded = next((place for place, cell in enumerate(code) if cell.graded), len(code))
    return code[graded].points if graded <= 1 and graded < len(code) else 0.0
