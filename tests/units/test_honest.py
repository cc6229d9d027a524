"""The honest student is never hurt: right answers earn all points, whatever else a notebook holds, whoever saved it."""

import json
import re

import pytest
from support.courses import SMALL, copy_course
from support.graded_notebooks import answered, see_that_nothing_is_lost
from support.odd_notebooks import bindings, habits, rearranging, scratch_cells
from support.odd_notebooks.programs import PROGRAMS, colab_alone, jupyterlab, text, trailing_spaces
from support.sampling import sample

from autograder.build.release import build
from autograder.exercises.loader import exercises_of
from autograder.grading.batch import grade_all
from autograder.notebook import points_of
from autograder.paths import Course

SMALL_UNIT = "01_kinds"
UNITS = Course(SMALL.parents[1]).units()


@pytest.fixture
def notebook(built_small_course):
    """The small course's notebook with right answers; the test may change it."""
    return answered(built_small_course, SMALL_UNIT)


@pytest.mark.parametrize("unit", UNITS)
def test_right_and_unusual_answers_of_every_unit_earn_all_points(unit, graded, built_course):
    most = max((len(exercise.unusuals) for exercise in exercises_of(unit, built_course).values()), default=0)
    for number in (None, *sample(range(most), most)):
        found = graded(built_course, unit, answered(built_course, unit, number))
        see_that_nothing_is_lost(found)
        assert len([cell for cell in found.cells if cell["metadata"].get("nbgrader", {}).get("grade")]) == len(
            points_of(built_course, unit)
        )


@pytest.mark.parametrize("unit", sample(UNITS, 3))
def test_a_notebook_with_every_habit_earns_all_points_in_every_unit(unit, graded, built_course):
    mine = answered(built_course, unit, UNITS.index(unit))
    habits.in_answers(habits.noisy)(mine)
    rearranging.split_in_two(mine)
    rearranging.words_changed(mine)
    rearranging.interrupted_run(mine)
    habits.spread([scratch_cells.SCRATCH[name] for name in scratch_cells.ORDINARY])(mine)
    habits.spread(list(scratch_cells.FAILING.values()))(mine)
    see_that_nothing_is_lost(graded(built_course, unit, mine, PROGRAMS[UNITS.index(unit) % len(PROGRAMS)]))


@pytest.mark.parametrize("name", scratch_cells.SCRATCH)
def test_cell_that_does_no_harm_works_in_a_cell_of_its_own_and_above_an_answer(
    name, graded, built_small_course, notebook
):
    source = scratch_cells.SCRATCH[name]
    if not source.startswith("%%"):
        habits.in_answers(lambda answer: f"{source}\n{answer}")(notebook)
    habits.spread([source] * 2)(notebook)
    found = graded(built_small_course, SMALL_UNIT, notebook)
    see_that_nothing_is_lost(found)
    assert found.stopped == []


@pytest.mark.parametrize("name", scratch_cells.FAILING)
def test_cell_that_fails_costs_nothing_but_itself(name, graded, built_small_course, notebook):
    habits.spread([scratch_cells.FAILING[name]] * 2)(notebook)
    found = graded(built_small_course, SMALL_UNIT, notebook)
    see_that_nothing_is_lost(found)
    assert {source for source, _ in found.stopped} <= {scratch_cells.FAILING[name]}


@pytest.mark.parametrize("change", habits.OTHER_TEXTS, ids=lambda change: change.__name__)
def test_answer_written_otherwise_earns_all_points(change, graded, built_small_course, notebook):
    habits.in_answers(change)(notebook)
    see_that_nothing_is_lost(graded(built_small_course, SMALL_UNIT, notebook))


@pytest.mark.parametrize("form", habits.FORMS)
def test_answer_that_is_no_plain_function_earns_all_points(form, graded, built_small_course, notebook):
    habits.in_answers(habits.wrapped(habits.FORMS[form]))(notebook)
    see_that_nothing_is_lost(graded(built_small_course, SMALL_UNIT, notebook))


@pytest.mark.parametrize("form", bindings.FORMS)
def test_deleted_answer_whose_name_is_bound_in_any_way_earns_all_points(form, graded, built_small_course, notebook):
    bindings.bound(bindings.FORMS[form])(notebook)
    see_that_nothing_is_lost(graded(built_small_course, SMALL_UNIT, notebook))


@pytest.mark.parametrize("form", bindings.FILES)
def test_answer_that_a_cell_writes_to_a_file_earns_all_points(form, graded, built_small_course, notebook):
    bindings.from_file(bindings.FILES[form])(notebook)
    see_that_nothing_is_lost(graded(built_small_course, SMALL_UNIT, notebook))


@pytest.mark.parametrize("form", ["{name} = _my_{name}", "globals()['{name}'] = _my_{name}"])
@pytest.mark.parametrize("program", [jupyterlab, colab_alone, trailing_spaces])
def test_answer_above_the_stub_that_was_left_earns_all_points(form, program, graded, built_small_course, notebook):
    released = json.loads((built_small_course.release / SMALL_UNIT / f"{SMALL_UNIT}.ipynb").read_text())
    habits.in_answers(habits.wrapped(form))(notebook)
    bindings.above_stubs({cell["id"]: text(cell) for cell in released["cells"]})(notebook)
    see_that_nothing_is_lost(graded(built_small_course, SMALL_UNIT, notebook, program))


@pytest.mark.parametrize(
    "unit", [UNITS[5], *sample(["01_mse", "02_slopes", "04_gradient_descent", "09_two_layers"], 1)]
)
def test_what_the_cells_of_live_figures_define_is_there_for_the_answers(unit, graded, built_course):
    mine = answered(built_course, unit)
    bindings.defined_in_live_cells(mine)
    assert "live_pi > Live.number" in json.dumps(mine)
    found = graded(built_course, unit, mine)
    see_that_nothing_is_lost(found)
    assert "Live figures are left out" not in json.dumps(found.cells)


@pytest.mark.parametrize("habit", rearranging.REARRANGED, ids=lambda habit: habit.__name__)
def test_notebook_rearranged_earns_all_points(habit, graded, built_small_course, notebook):
    habit(notebook)
    see_that_nothing_is_lost(graded(built_small_course, SMALL_UNIT, notebook))


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
@pytest.mark.parametrize(
    "habit", [rearranging.split_in_two, rearranging.answers_pasted_into_fresh_cells, rearranging.drafts_above]
)
def test_notebook_of_any_program_earns_all_points(program, habit, graded, built_small_course, notebook):
    habit(notebook)
    see_that_nothing_is_lost(graded(built_small_course, SMALL_UNIT, notebook, program))


def test_streams_kept_in_an_earlier_cell_can_be_written_to_while_an_answer_is_graded(
    graded, built_small_course, notebook
):
    habits.in_answers(habits.into_kept_streams)(notebook)
    habits.spread([habits.KEEPS_STREAMS])(notebook)
    found = graded(built_small_course, SMALL_UNIT, notebook)
    see_that_nothing_is_lost(found)
    assert "WARNING:me:x" in str([cell["outputs"] for cell in found.cells if cell["id"] == "u01-slope-test"])


@pytest.mark.parametrize("changed", ["given", "graded"])
def test_import_added_to_one_of_the_courses_own_cells_is_there_for_the_answer(
    changed, graded, built_small_course, notebook
):
    own = {cell["id"]: cell for cell in notebook["cells"]}
    cell = own["one-exercise-of-each-kind-2" if changed == "given" else "u01-linear-backward-test"]
    cell["source"] = "import numpy as mynp\n" + text(cell)
    habits.in_answers(lambda answer: answer.replace("np.", "mynp."))(notebook)
    see_that_nothing_is_lost(graded(built_small_course, SMALL_UNIT, notebook))


@pytest.fixture(scope="module")
def newer(built_small_course, tmp_path_factory):
    """The unit after a later release: demos and texts added and gone, a test mended, ids counted anew."""
    later = copy_course(built_small_course.root, tmp_path_factory.mktemp("newer"))
    path = later.text(SMALL_UNIT)
    changed = re.sub(
        r"(?m)^(# %% nbgrader=.*-test\")",
        r"# %% [markdown]\n# New words.\n\n# %%\nnew_demo = 1\n\n\1",
        path.read_text(),
    )
    path.write_text(changed.replace("check(slope)\n", "check(slope)\n# Mended.\n"))
    list(build(later, [SMALL_UNIT]))
    return later


@pytest.mark.parametrize("program", [jupyterlab, colab_alone])
def test_notebook_made_from_an_older_release_earns_all_points(program, graded, newer, notebook):
    habits.spread([scratch_cells.SCRATCH["prints"]])(notebook)
    found = graded(newer, SMALL_UNIT, notebook, program)
    see_that_nothing_is_lost(found)
    assert "# Mended." in json.dumps(found.cells)


def test_notebooks_that_have_lost_their_metadata_are_graded_in_a_batch(own_small_course, notebook):
    for program in PROGRAMS:
        folder = own_small_course.submitted / program.__name__ / SMALL_UNIT
        folder.mkdir(parents=True)
        (folder / f"{SMALL_UNIT}.ipynb").write_bytes(program(notebook))
    results = grade_all(own_small_course, [], workers=2)
    assert {result.student: (result.points, result.reason, result.verdict) for result in results} == {
        program.__name__: (18.0, "", "") for program in PROGRAMS
    }
