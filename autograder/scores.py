"""Whether each graded cell of an executed notebook shows what its score is taken from: an error, or a number."""

import math
from typing import Any

from autograder.errors import AutograderError

DECISIVE = ("error", "execute_result")
"""Outputs that nbgrader makes a score of; the first of them is the one that counts."""


def require_scores(notebook: dict[str, Any]) -> None:
    """Refuse a notebook with a graded cell that was not judged.

    nbgrader gives full points for a cell that shows nothing, or something else than a number of points.

    Parameters
    ----------
    notebook : dict
        As it was executed, in nbformat's form.

    Raises
    ------
    AutograderError
    """
    for cell in notebook["cells"]:
        mark = cell["metadata"].get("nbgrader", {})
        judged = cell["cell_type"] == "code" and mark.get("grade") and not mark.get("solution")
        if judged and not _has_score(cell["outputs"]):
            raise AutograderError(f"the graded cell {mark.get('grade_id')} has neither points nor an error")


def _has_score(outputs: list[dict[str, Any]]) -> bool:
    first = next((output for output in outputs if output["output_type"] in DECISIVE), None)
    if first is None or first["output_type"] == "error":
        return first is not None
    try:
        points = float(first["data"]["text/plain"])
    except (KeyError, TypeError, ValueError):
        return False
    return math.isfinite(points) and points >= 0.0
