"""What one unit hands out is never an answer in another, although later units print what earlier ones ask for."""

import json
from itertools import permutations

import pytest
from support.rebuilt_notebooks import by_id, code, without_names

from autograder.errors import UnreadableSubmission
from autograder.execution.execute import execute
from autograder.execution.job import Job, version_of
from autograder.limits import Limits
from autograder.notebook import cells_of, points_of, solution_cell
from autograder.submissions.parse import parse_notebook
from autograder.submissions.rebuild import rebuild
from autograder.submissions.reference import handed_out, plain_text
from autograder.verify.simulated_class import fill_in

pytestmark = pytest.mark.xdist_group("other_units")
GIVING = {"02_slopes": ("01_mse", "u02-from-unit-01"), "10_mlp": ("08_softmax", "u10-from-earlier")}
"""Units that print answers, one that asks for these, and the cell in which they stand."""


def release_of(course, unit):
    return json.loads((course.release / unit / f"{unit}.ipynb").read_text())


def rebuilt(course, unit, notebook):
    return rebuild(course, unit, parse_notebook(json.dumps(notebook).encode(), "a.ipynb"))


def unchanged(notebook):
    return notebook


def without_metadata(notebook):
    """As Colab saves it."""
    notebook["metadata"] = {}
    return notebook


def nothing_but_texts(notebook):
    return without_names(without_metadata(notebook))


def reformatted(notebook):
    for cell in notebook["cells"]:
        cell["source"] = "# Mine.\n\n" + "".join(cell["source"]).replace(" = ", "=").replace("\n\n\n", "\n")
    return notebook


@pytest.mark.parametrize("change", [unchanged, without_metadata, nothing_but_texts, reformatted])
def test_renamed_notebook_of_another_unit_belongs_to_that_one(built_course, change):
    made = {unit: change(release_of(built_course, unit)) for unit in built_course.units()}
    for unit, other in permutations(made, 2):
        result = rebuilt(built_course, unit, made[other])
        assert (result.belongs, result.origin) == (False, other), f"{other} as {unit}"


def test_answered_notebook_of_another_unit_belongs_to_that_one(built_course):
    made = release_of(built_course, "02_slopes")
    names = list(points_of(built_course, "02_slopes"))
    fill_in(
        built_course, "02_slopes", made, {name: solution_cell(built_course, "02_slopes", name).text for name in names}
    )
    by_id(made)["u02-from-unit-01"]["source"] = "def mse(y_hat, y):\n    return 0.0\n\n\nmse_grad = mse"
    for change in (unchanged, nothing_but_texts):
        assert rebuilt(built_course, "01_mse", change(made)).origin == "02_slopes"


def test_reason_names_the_unit_that_was_handed_in_and_the_one_that_was_asked_for(built_course):
    data = (built_course.release / "02_slopes" / "02_slopes.ipynb").read_bytes()
    job = Job(built_course, "01_mse", data, 1, version_of(built_course, "01_mse"), Limits(), None, turn=0)
    with pytest.raises(UnreadableSubmission) as caught:
        execute(job, None)
    assert str(caught.value) == "it is the notebook of 02_slopes, not of 01_mse; hand in 01_mse.ipynb"


@pytest.mark.parametrize("other", GIVING)
@pytest.mark.parametrize("keeps_names", [True, False])
def test_given_cell_of_another_unit_is_no_answer_where_it_is_pasted(built_course, other, keeps_names):
    unit, name = GIVING[other]
    cell = by_id(release_of(built_course, other))[name]
    pasted = cell if keeps_names else code("".join(cell["source"]))
    own = release_of(built_course, unit)
    own["cells"].append(pasted)
    result = rebuilt(built_course, unit, own)
    assert result.belongs
    assert dict(zip(by_id(result.notebook), result.roles, strict=True))["extra--1"] == "copied"
    assert "1 code cell that is given in other units is nobody's answer." in result.notes


PASTED_INTO = {"02_slopes": "u01-mse", "10_mlp": "u08-cross-entropy"}


@pytest.mark.parametrize("other", GIVING)
@pytest.mark.parametrize("kind", ["code", "markdown"])
def test_given_cell_of_another_unit_is_no_answer_in_an_answers_own_cell(built_course, other, kind):
    unit, name = GIVING[other]
    own = release_of(built_course, unit)
    answer = by_id(own)[PASTED_INTO[other]]
    answer |= {"source": by_id(release_of(built_course, other))[name]["source"], "cell_type": kind}
    own["cells"].append(code("".join(answer["source"]), metadata=dict(answer["metadata"])))
    result = rebuilt(built_course, unit, own)
    roles = dict(zip(by_id(result.notebook), result.roles, strict=True))
    assert (roles[PASTED_INTO[other]], roles["extra--1"]) == ("copied", "copied"), "nor in a copy of that cell"


def test_course_cell_that_another_unit_has_too_is_this_units_own(built_course):
    """Several units begin with the same imports."""
    for unit in built_course.units():
        result = rebuilt(built_course, unit, release_of(built_course, unit))
        assert "copied" not in result.roles and result.notes == []


@pytest.mark.parametrize("other", GIVING)
def test_given_cell_of_another_unit_takes_the_place_of_no_answer_that_was_deleted(built_course, other):
    unit, name = GIVING[other]
    own = release_of(built_course, unit)
    asked = [cell for cell in own["cells"] if cell["metadata"].get("nbgrader", {}).get("solution")]
    own["cells"] = [cell for cell in own["cells"] if cell not in asked]
    own["cells"].append(code("".join(by_id(release_of(built_course, other))[name]["source"])))
    result = rebuilt(built_course, unit, own)
    roles = dict(zip(by_id(result.notebook), result.roles, strict=True))
    assert roles["extra--1"] == "copied"
    assert {roles[cell["id"]] for cell in asked if cell["cell_type"] == "code"} == {"stub"}


def test_no_right_answer_reads_like_what_another_unit_gives(built_course):
    for unit in built_course.units():
        given = frozenset().union(*(other.code for other in handed_out(built_course, but=unit).values()))
        answers = {plain_text(cell.text) for cell in cells_of(built_course, unit) if cell.solution}
        assert given
        assert not given & answers


def test_unit_that_is_not_released_hands_out_nothing(own_small_course):
    assert handed_out(own_small_course, but="").keys() == set(own_small_course.units())
    notebook = own_small_course.release / "01_kinds" / "01_kinds.ipynb"
    notebook.write_text("{")
    assert handed_out(own_small_course, but="") == {}
    notebook.unlink()
    assert handed_out(own_small_course, but="") == {}
