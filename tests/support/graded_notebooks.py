"""A notebook with right answers, and what came of grading it."""

import json
from dataclasses import dataclass, field
from typing import Any

import nbformat

from autograder.exercises.loader import exercises_of
from autograder.notebook import solution_cell
from autograder.verify.answer_source import source_as
from autograder.verify.simulated_class import fill_in


@dataclass
class Graded:
    """What came of a notebook: the graded cells that lost points, and what the student's own cells stopped with."""

    problem: str
    lost: dict[str, str] = field(default_factory=dict)
    stopped: list[tuple[str, str]] = field(default_factory=list)
    cells: list[dict[str, Any]] = field(default_factory=list)


def summary(executed):
    """What nbgrader will make of an executed notebook."""
    from nbgrader.utils import determine_grade

    found = Graded(executed.problem, cells=executed.notebook["cells"])
    for cell in found.cells:
        outputs = cell.get("outputs", [])
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            points, most = determine_grade(nbformat.from_dict(cell))
            if points != most:
                found.lost[cell["metadata"]["nbgrader"]["grade_id"]] = f"{points} of {most}: {outputs}"
        found.stopped += [(cell["source"], o["ename"]) for o in outputs if o["output_type"] == "error"]
    return found


def answered(course, unit, number=None):
    """The release with right answers; with a number, that unusual answer of each exercise that has one."""
    notebook = json.loads((course.release / unit / f"{unit}.ipynb").read_text(encoding="utf-8"))
    exercises = exercises_of(unit, course).values()
    texts = {}
    for subject in dict.fromkeys(exercise.subject for exercise in exercises):
        right = solution_cell(course, unit, subject).text
        unusual = [answer for e in exercises if e.subject == subject for answer in e.unusuals]
        texts[subject] = (
            right if number is None or not unusual else source_as(unusual[number % len(unusual)], subject, right)
        )
    fill_in(course, unit, notebook, texts)
    return notebook


def see_that_nothing_is_lost(found):
    assert found.lost == {}
    assert not found.problem
