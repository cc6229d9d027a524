"""Released notebooks, filled in and run top to bottom as a student's JupyterLab would."""

import json
import re

import nbformat
from nbclient import NotebookClient

from autograder.exercises.loader import asked_in, exercises_of
from autograder.notebook import solution_cell
from autograder.verify.simulated_class import fill_in


def execute(course, unit, texts, guesses=False, **options):
    """Run a released notebook with some answers filled in, as a student's JupyterLab would."""
    path = course.release / unit / f"{unit}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    fill_in(course, unit, notebook, texts)
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
        if guesses:
            cell["source"] = with_right_guess(cell["source"], asked_in(unit, course).questions)
    notebook = nbformat.reads(json.dumps(notebook), as_version=4)
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": path.parent}}, **options
    ).execute()
    return notebook


def with_right_guess(text, questions):
    """A cell that asks a question, with the right guess typed in."""
    asked = re.search(r'ask\("([\w-]+)"', text)
    return text.replace("guess = None", f"guess = {questions[asked[1]].answer!r}") if asked else text


def right_texts(course, unit):
    return {e.subject: solution_cell(course, unit, e.subject).text for e in exercises_of(unit, course).values()}


def printed(cell):
    return "".join(o.get("text", "") for o in cell.get("outputs", []) if o.get("name") == "stdout")
