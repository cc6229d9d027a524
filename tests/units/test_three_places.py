"""A known answer earns what its author says, under stock nbgrader and isolated, and validates where that is all.

Validate says what ``check`` says: full points pass, anything less fails, a lack of care too. Where a check cell runs a
scenario in the open, its results alone are compared: they must show every known lack of care.
"""

import functools
import os

import nbformat
import pytest
from nbclient import NotebookClient
from support.courses import ROOT
from support.sampling import sample
from support.three_places import SEED, Tried, all_tried, answers_to, before, graded_cells, points_in, typed, wrongs_of

from autograder.exercises.loader import exercises_of
from autograder.paths import Course
from autograder.verify.simulated_class import declared_points

COURSE = Course(ROOT)
GRADED = {unit: graded_cells(COURSE, unit) for unit in COURSE.units()}
EXERCISES = [(unit, name) for unit, cells in GRADED.items() for name in cells]
UNITS = [unit for unit, cells in GRADED.items() if cells]
each_exercise = pytest.mark.parametrize(("unit", "name"), EXERCISES, ids=[f"{u}-{n}" for u, n in EXERCISES])


@functools.cache
def tried(unit: str) -> dict[str, dict[str, Tried]]:
    """The answers to a unit's exercises in every place, tried when first asked for."""
    return all_tried(COURSE, unit)


def declared(unit: str, name: str) -> dict[str, float]:
    """The points of each answer by its author's declaration."""
    exercise, full = exercises_of(unit, COURSE)[name], GRADED[unit][name][0].points
    wrongs = {f"wrong: {w.mistake}": declared_points(COURSE, unit, exercise, w) for w in wrongs_of(exercise)}
    return {known: wrongs.get(known, full) for known in answers_to(exercise)}


@each_exercise
def test_stock_nbgrader_gives_the_declared_points(unit: str, name: str) -> None:
    assert {known: found.stock for known, found in tried(unit)[name].items()} == declared(unit, name)


@each_exercise
def test_isolated_points_are_the_declared_ones(unit: str, name: str) -> None:
    assert {known: found.isolated for known, found in tried(unit)[name].items()} == declared(unit, name)


@each_exercise
def test_validate_passes_where_points_are_full_and_nowhere_else(unit: str, name: str) -> None:
    full = GRADED[unit][name][0].points
    passes = {known: points == full for known, points in declared(unit, name).items()}
    assert {known: found.validates for known, found in tried(unit)[name].items()} == passes


@pytest.fixture
def of_this_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOGRADER_SEED", str(SEED))


@pytest.mark.parametrize("unit", sample(UNITS, 3))
@pytest.mark.usefixtures("of_this_seed")
def test_kernel_comes_to_the_same(unit: str) -> None:
    """One answer to each exercise, wrong and unusual in turn, in a kernel as JupyterLab and nbgrader start it."""
    chosen: dict[str, str] = {}
    cells = [nbformat.v4.new_code_cell(source) for source in before(COURSE, unit)]
    for number, (name, (graded, released)) in enumerate(GRADED[unit].items()):
        exercise = exercises_of(unit, COURSE)[name]
        answers = answers_to(exercise)
        chosen[name] = list(answers)[-1 if number % 2 else number % len(answers)]
        answer = typed(COURSE, unit, exercise, answers[chosen[name]])
        for mode, text in (("autograde", graded.text), ("validate", released)):
            cells.append(nbformat.v4.new_code_cell(answer))
            cells.append(nbformat.v4.new_code_cell(f"import os\nos.environ['NBGRADER_EXECUTION'] = '{mode}'"))
            cells.append(nbformat.v4.new_code_cell(text, metadata={"exercise": name}))
        cells.extend(nbformat.v4.new_code_cell(source) for source in before(COURSE, unit))
    notebook = nbformat.v4.new_notebook(cells=cells)
    client = NotebookClient(notebook, timeout=600, kernel_name="python3", allow_errors=True)
    client.execute(env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=str(ROOT))
    shown = [(c.metadata["exercise"], c.outputs) for c in notebook.cells if "exercise" in c.metadata]
    for (name, stock), (_, validated) in zip(shown[::2], shown[1::2], strict=True):
        graded, found = GRADED[unit][name][0], tried(unit)[name][chosen[name]]
        assert points_in(graded, stock) == found.stock, name
        assert (points_in(graded, validated) == graded.points) == found.validates, name
