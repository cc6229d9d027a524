"""Points stand once, in the metadata of a graded cell; the text cells of a unit name them by placeholders.

``{points: mse}`` becomes "4 points", ``{points as number: mse}`` becomes "4", and with ``total`` in the place of a name
both stand for the points of the whole unit, wherever a text cell has them.
Code cells, and braces of any other kind, stay as they are.
"""

import json
import math
import re
from typing import Any

from autograder.errors import BrokenUnit

TOTAL = "total"
PLACEHOLDER = re.compile(r"\{points(?P<as_number> as number)?:\s*(?P<name>[^{}\n]*?)\s*\}")
GRADE_CALL = re.compile(r"""^grade\(["'](\w+)["']""", re.M)
TEXT_CELL = re.compile(r"^# %%[^\n]*\[markdown\].*?(?=^# %%|\Z)", re.M | re.S)
CODE_CELL = re.compile(r"^# %%[^\n]*?nbgrader=(?P<more>[^\n]*)\n(?P<text>.*?)(?=^# %%|\Z)", re.M | re.S)


def told(points: float) -> str:
    """Points as a sentence names them: ``1 point``, ``2.5 points``."""
    return f"{points:g} point{'' if points == 1 else 's'}"


def number_of_points(metadata: dict[str, Any]) -> float | None:
    """The points of a cell, or None where its nbgrader metadata have no number that can be points."""
    points = metadata.get("points")
    if isinstance(points, bool) or not isinstance(points, int | float):
        return None
    return float(points) if 0 <= points < math.inf else None


def points_in(text: str, unit: str) -> dict[str, float]:
    """The points of each exercise that a graded cell of a text notebook calls ``grade`` for.

    Raises
    ------
    BrokenUnit
        If the metadata of a cell is no JSON object.
    """
    points = {}
    for cell in CODE_CELL.finditer(text):
        try:
            metadata, _ = json.JSONDecoder().raw_decode(cell["more"])
        except ValueError as error:
            raise BrokenUnit(
                f"{unit}: what follows nbgrader= in a cell is no JSON ({error}): {cell['more']}"
            ) from error
        if not isinstance(metadata, dict):
            raise BrokenUnit(f"{unit}: what follows nbgrader= in a cell is no JSON object: {cell['more']}")
        for name in GRADE_CALL.findall(cell["text"]) if metadata.get("grade") else ():
            points[name] = number_of_points(metadata) or 0.0
    return points


def with_points(text: str, unit: str) -> str:
    """A text notebook with the points filled in.

    Raises
    ------
    BrokenUnit
        If a placeholder names no graded exercise, or the metadata of a cell is no JSON object.
    """
    points = points_in(text, unit)
    points = {**points, TOTAL: sum(points.values())}

    def fill(match: re.Match[str]) -> str:
        name = match["name"]
        if name not in points:
            known = ", ".join(points)
            raise BrokenUnit(f"{unit}: {match[0]} names no graded exercise of this unit; it may name {known}.")
        return f"{points[name]:g}" if match["as_number"] else told(points[name])

    return TEXT_CELL.sub(lambda cell: PLACEHOLDER.sub(fill, cell[0]), text)


def with_placeholders(edited: str, written: str, filled: str) -> str:
    """A text cell that was edited after it was built, with its placeholders where its lines are as they were built.

    Parameters
    ----------
    edited : str
        The cell as it is now.
    written : str
        The same cell as its author wrote it, with placeholders.
    filled : str
        And as it was built from that.
    """
    lines = dict(zip(filled.split("\n"), written.split("\n"), strict=True))
    return "\n".join(lines.get(line, line) for line in edited.split("\n"))
