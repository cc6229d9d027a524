"""An answer and its graded cell, run where they run in a course: validated, under stock nbgrader, isolated.

One process for each unit makes IPython's shell, runs the cells that answers build on and draws the numbers; forks of it
then try the answers to an exercise, one after the other, as if a student typed each into the cell and ran it. A kernel
runs cells in the same shell and adds the way of their outputs to JupyterLab, which no graded cell asks after, but for
the table beside a message; a test holds for each unit that a kernel comes to the same.
"""

import functools
import gc
import json
import logging
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import closing
from typing import Any, NamedTuple

import nbformat
from IPython.core.interactiveshell import InteractiveShell

from autograder.execution.outputs import Outputs
from autograder.execution.run import NotebookRun
from autograder.exercises import Exercise, Wrong
from autograder.exercises.loader import exercises_of
from autograder.judge import grade as grading
from autograder.judge.context import GradingContext
from autograder.limits import Limits
from autograder.notebook import GRADE_CALL, Cell, cells_of, cells_of_notebook, right_answer, solution_cell
from autograder.paths import Course
from autograder.sandbox.confined import shell as student_shell
from autograder.sandbox.confined.notebook import outputs as student_outputs
from autograder.verify.answer_source import source_as, without_markers
from course.answers.key_files import load_key
from support.sampling import sample
from support.unconfined import serve_unconfined

SEED = 5
ONE_OF = 4
MOST_TEXT = 1_000_000


class Tried(NamedTuple):
    """What an answer came to: points under stock nbgrader and isolated, and whether it validates."""

    stock: float
    isolated: float
    validates: bool


LIMITS = Limits(seconds_per_cell=600.0, seconds=3600.0)
"""A busy machine is no fault of an answer."""


def wrongs_of(exercise: Exercise) -> list[Wrong]:
    """The known wrong answers that this run tries."""
    return sample(exercise.wrongs, ONE_OF)


def answers_to(exercise: Exercise) -> dict[str, Any]:
    """The known answers that this run tries, wrong ones and then unusual ones, by a name."""
    wrongs = {f"wrong: {wrong.mistake}": wrong.answer for wrong in wrongs_of(exercise)}
    return wrongs | {f"unusual: {answer.__name__}": answer for answer in sample(exercise.unusuals, ONE_OF)}


def typed(course: Course, unit: str, exercise: Exercise, answer: Any) -> str:
    """An answer as a student would have typed it."""
    return source_as(answer, exercise.subject, solution_cell(course, unit, exercise.subject).text)


def graded_cells(course: Course, unit: str) -> dict[str, tuple[Cell, str]]:
    """The graded cell of each exercise that has points, and its text as students have it."""
    path = course.release / unit / f"{unit}.ipynb"
    released = {cell.grade_id: cell.text for cell in cells_of_notebook(json.loads(path.read_text(encoding="utf-8")))}
    cells = [cell for cell in cells_of(course, unit) if cell.graded]
    return {name: (cell, released[cell.grade_id]) for cell in cells for name in GRADE_CALL.findall(cell.text)}


def before(course: Course, unit: str) -> list[str]:
    """The cells that answers build on: what is given, and the right answers."""
    cells = [cell for cell in cells_of(course, unit) if cell.kind == "code"]
    return [without_markers(cell.text) for cell in cells if cell.solution or "given" in cell.tags]


def points_in(cell: Cell, outputs: list[dict[str, Any]]) -> float:
    """The points that nbgrader reads from the outputs of a graded cell."""
    from nbgrader.utils import determine_grade

    about = {"grade": True, "solution": False, "points": cell.points, "schema_version": 3}
    written = nbformat.v4.new_code_cell(cell.text, metadata={"nbgrader": about})
    written.outputs = [nbformat.from_dict(output) for output in outputs]
    return float(determine_grade(written, logging.getLogger("nbgrader"))[0])


def all_tried(course: Course, unit: str) -> dict[str, dict[str, Tried]]:
    """Try the answers to a unit's exercises in every place; by exercise and the answer's name."""
    from nbgrader.utils import determine_grade  # noqa: F401 - imported once, before the forks

    found = in_fork(lambda: _all_here(course, unit))
    return {name: {known: Tried(*tried) for known, tried in of.items()} for name, of in found.items()}


def in_fork(work: Callable[[], Any]) -> Any:
    """What the work gives in a fork of this process, as JSON brings it over.

    Raises
    ------
    RuntimeError
        With the fork's traceback, or what ended it.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(reading)
            with open(writing, "w", encoding="utf-8") as pipe:
                try:
                    said = json.dumps([True, work()])
                except BaseException:
                    said = json.dumps([False, traceback.format_exc()])
                pipe.write(said)
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    worked, found = json.loads(said) if said else (False, f"the process ended with status {status}")
    if not worked:
        raise RuntimeError(found)
    return found


def _all_here(course: Course, unit: str) -> dict[str, dict[str, Tried]]:
    os.chdir(course.root)
    os.environ["AUTOGRADER_SEED"] = str(SEED)
    student_shell.warm()
    shell = InteractiveShell.instance()
    for source in before(course, unit):
        shell.run_cell(source).raise_error()
    _draw(course, unit)
    gc.collect()
    gc.freeze()  # a fork that collects would copy every page
    found = {}
    for name, (graded, released) in graded_cells(course, unit).items():
        exercise = exercises_of(unit, course)[name]
        texts = {known: typed(course, unit, exercise, answer) for known, answer in answers_to(exercise).items()}
        shown = in_fork(lambda t=texts, g=graded, r=released: [_in_the_shell(shell, x, g.text, r) for x in t.values()])
        isolated = _isolated(course, list(texts.values()), graded.text)
        found[name] = {
            known: Tried(points_in(graded, stock), points_in(graded, alone), points_in(graded, valid) == graded.points)
            for known, (stock, valid), alone in zip(texts, shown, isolated, strict=True)
        }
    return found


def _draw(course: Course, unit: str) -> None:
    """Draw each exercise's numbers once: with one seed they are the same in every place and for every answer."""
    make_key = grading.make_key = functools.cache(grading.make_key)
    for name, exercise in exercises_of(unit, course).items():
        key = make_key(exercise, unit, right_answer(course, unit, exercise.subject), SEED)
        for case in key.cases:
            len(case.mistakes)  # makes them all
        load_key(name)


def _in_the_shell(shell: Any, answer: str, graded: str, released: str) -> list[list[dict[str, Any]]]:
    """The outputs of a graded cell in the student's shell: as nbgrader grades it, and as it validates what is released.

    Each time the answer is defined anew, and its names are gone afterwards.
    """
    outputs = Outputs(MOST_TEXT)
    student_outputs.connect(shell, lambda *message: outputs.take(list(message)))
    found, names = [], dict(shell.user_ns)
    for mode, cell in (("autograde", graded), ("validate", released)):
        os.environ["NBGRADER_EXECUTION"] = mode
        shell.run_cell(answer)
        outputs.found = []
        shell.run_cell(cell)
        sys.stdout.flush()
        sys.stderr.flush()
        found.append(outputs.found)
        shell.user_ns.clear()
        shell.user_ns.update(names)
    return found


def _isolated(course: Course, answers: list[str], graded: str) -> list[list[dict[str, Any]]]:
    """The outputs of a graded cell that runs here while each answer runs in the student's process."""
    child, line = serve_unconfined()
    try:
        with closing(NotebookRun(line, LIMITS, GradingContext.of(course, SEED), in_place=True)) as run:
            found = []
            for answer in answers:
                run.cell("student", answer)
                found.append(run.cell("graded", graded))
            assert not run.problem, run.problem
            return found
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
