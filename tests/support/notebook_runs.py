"""Released notebooks, filled in and run top to bottom as a student's JupyterLab would."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import nbformat
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

from autograder.exercises.loader import asked_in, exercises_of
from autograder.notebook import solution_cell
from autograder.paths import Course
from autograder.verify.simulated_class import fill_in


@contextmanager
def kernel() -> Iterator[KernelManager]:
    """A kernel that runs one notebook after the other, as it does for a student who runs all, answers, and runs all."""
    manager = KernelManager(kernel_name="python3")
    try:
        yield manager
    finally:
        if manager.has_kernel:
            manager.shutdown_kernel(now=True)


def released(course: Course, unit: str, texts: dict[str, str], guesses: bool = False) -> Any:
    """A released notebook with some answers filled in, and the right guess at each question if that is asked for."""
    path = course.release / unit / f"{unit}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    fill_in(course, unit, notebook, texts)
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
        if guesses:
            cell["source"] = with_right_guess(cell["source"], asked_in(unit, course).questions)
    return nbformat.reads(json.dumps(notebook), as_version=4)


def run_all(course: Course, unit: str, notebook: Any, kernel: KernelManager) -> Any:
    """Run a unit's notebook in its folder; gives the notebook, which has its outputs then.

    Raises
    ------
    CellExecutionError
        At the first cell that stops with an error.
    """
    place = {"metadata": {"path": course.release / unit}}
    client = NotebookClient(notebook, km=kernel, timeout=120, resources=place)
    try:
        client.execute()
    finally:
        if client.kc is not None:
            client.kc.stop_channels()
    return notebook


def with_right_guess(text: str, questions: dict[str, Any]) -> str:
    """A cell that asks a question, with the right guess typed in."""
    asked = re.search(r'ask\("([\w-]+)"', text)
    return text.replace("guess = None", f"guess = {questions[asked[1]].answer!r}") if asked else text


def right_texts(course: Course, unit: str) -> dict[str, str]:
    """The right answers to all exercises of a unit."""
    return {e.subject: solution_cell(course, unit, e.subject).text for e in exercises_of(unit, course).values()}


def printed(cell: Any) -> str:
    """What a cell printed."""
    return "".join(o.get("text", "") for o in cell.get("outputs", []) if o.get("name") == "stdout")
