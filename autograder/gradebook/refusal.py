"""The graded notebook of a submission that can't be graded: above what was graded before it stands the reason."""

import html
import json
from pathlib import Path
from typing import Any

from autograder.files import write_if_changed

CELL_ID = "not-graded"
KEPT = (
    "**A later submission of this notebook could not be graded:** {reason}.\n\n"
    "The points are those of the submission before it."
)
NOTHING = "**This submission could not be graded:** {reason}.\n\nThere are no points for it yet."


def write_refusal(path: Path, reason: str, graded_before: bool) -> None:
    """Write a reason above a graded notebook, in place of an earlier one; where none was graded, it stands alone.

    Parameters
    ----------
    path : Path
        Of the graded notebook.
    reason : str
    graded_before : bool
        Whether an earlier submission has points.

    Raises
    ------
    OSError
    """
    words = (KEPT if graded_before else NOTHING).format(reason=_inert(reason))
    cell = {"cell_type": "markdown", "id": CELL_ID, "metadata": {}, "source": words}
    notebook = _graded(path) if graded_before else _empty()
    notebook["cells"] = [cell, *(found for found in notebook["cells"] if found.get("id") != CELL_ID)]
    write_if_changed(path, json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


def stands_refused(path: Path) -> bool:
    """Whether what was handed in last could not be graded, as the graded notebook says."""
    return any(cell.get("id") == CELL_ID for cell in _graded(path)["cells"][:1])


def _graded(path: Path) -> dict[str, Any]:
    """What was graded before; a notebook without cells where it is not there any more, or was spoilt."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(notebook, dict) and all(isinstance(cell, dict) for cell in notebook["cells"]):
            return notebook
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return _empty()


def _empty() -> dict[str, Any]:
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": [], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _inert(reason: str) -> str:
    """A reason may hold names of files that a student chose: as markdown, they are text and nothing else."""
    text = "".join(f"\\{sign}" if sign in "\\`*_{}[]()#!|~$" else sign for sign in html.escape(reason, quote=False))
    return text.rstrip(".")
