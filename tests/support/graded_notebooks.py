"""A notebook with right answers, and what came of grading it."""

import json
from dataclasses import dataclass, field
from typing import Any

import nbformat

from autograder.exercises.keys import make_key
from autograder.exercises.loader import exercises_of
from autograder.notebook import right_namespace, solution_cell
from autograder.verify.answer_source import source_as
from autograder.verify.simulated_class import fill_in
from course.checking.judge import judge


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
    """The release with right answers; with a number, that unusual answer of each exercise that has one.

    Where unusual answers don't fit together, so that the student's own notebook would say that one of them is wrong,
    those that it calls are the ordinary ones.
    """
    notebook = json.loads((course.release / unit / f"{unit}.ipynb").read_text(encoding="utf-8"))
    exercises = exercises_of(unit, course).values()
    subjects = dict.fromkeys(exercise.subject for exercise in exercises)
    rights = {subject: solution_cell(course, unit, subject).text for subject in subjects}
    texts = dict(rights)
    for subject in subjects if number is not None else ():
        unusual = [answer for e in exercises if e.subject == subject for answer in e.unusuals]
        if unusual:
            texts[subject] = source_as(unusual[number % len(unusual)], subject, rights[subject])
    while misfit := _called_by_a_misfit(course, unit, texts, rights):
        texts |= {subject: rights[subject] for subject in misfit}
    fill_in(course, unit, notebook, texts)
    return notebook


def _called_by_a_misfit(course, unit, texts, rights):
    """The unusual answers that others call, of which the student's own notebook would say that they are wrong."""
    right = right_namespace(course, unit)
    names = dict(right)
    for text in texts.values():
        exec(text, names)
    wrong = []
    for exercise in exercises_of(unit, course).values():
        key = make_key(exercise, unit, right[exercise.subject], 1)
        if not judge(exercise.answer(names[exercise.subject]), key).passed:
            wrong.append(exercise.subject)
    return {
        subject
        for subject, text in texts.items()
        if text != rights[subject] and any(f"{subject}(" in texts[other] for other in wrong if other != subject)
    }


def see_that_nothing_is_lost(found):
    assert found.lost == {}, found.lost
    assert not found.problem
