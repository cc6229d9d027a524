"""In which order a rebuilt notebook runs: the student's cells as they stood, the rest as the course has it."""

import copy
import json

import pytest
from support.rebuilt_notebooks import UNIT, by_id, code, roles, text

pytestmark = pytest.mark.xdist_group("rebuild")

GIVEN = "one-exercise-of-each-kind-2"


def moved(notebook, name, to):
    """Put the cell with this name where another one stands, or at the end."""
    cell = next(cell for cell in notebook["cells"] if cell.get("id") == name)
    notebook["cells"].remove(cell)
    names = [cell.get("id") for cell in notebook["cells"]]
    notebook["cells"].insert(names.index(to) if to else len(names), cell)


def order(result, *names):
    """Those of these cells that there are, in the order in which they run; an extra cell by its text."""
    shown = [cell["source"] if cell["id"].startswith("extra") else cell["id"] for cell in result.notebook["cells"]]
    return [name for name in shown if name in names]


def test_exercise_that_was_moved_below_its_helper_stays_there(again, own):
    own["cells"].append(code("helper = 1"))
    for name in ("u01-slope", "u01-slope-test"):
        moved(own, name, None)
    found = order(again(own), "u01-slope", "helper = 1", "u01-slope-test", "u01-train")
    assert found == ["u01-train", "helper = 1", "u01-slope", "u01-slope-test"]


def test_test_that_was_left_above_its_answer_follows_it_and_what_was_added_there(again, own):
    moved(own, "u01-slope", None)
    own["cells"].append(code("helper = 1"))
    found = order(again(own), "u01-slope", "helper = 1", "u01-slope-test", "play-4")
    assert found == ["play-4", "u01-slope", "helper = 1", "u01-slope-test"]


def test_test_that_was_moved_below_a_helper_stays_there_and_later_ones_follow(again, own):
    own["cells"].append(code("helper = 1"))
    moved(own, "u01-linear-backward-test", None)
    found = order(again(own), "u01-linear-backward", "helper = 1", "u01-linear-backward-test", "u01-slope-test")
    assert found == ["u01-linear-backward", "helper = 1", "u01-linear-backward-test", "u01-slope-test"]


def test_given_cell_that_was_moved_down_runs_before_what_follows_it_in_the_course(again, own):
    own["cells"].insert(0, code("top = 1"))
    moved(own, GIVEN, None)
    found = order(again(own), GIVEN, "top = 1", "u01-linear-backward", "u01-slope")
    assert found == ["top = 1", GIVEN, "u01-linear-backward", "u01-slope"]


def test_answer_that_was_moved_up_takes_what_is_given_along(again, own):
    own["cells"].insert(0, code("top = 1"))
    moved(own, "u01-slope", own["cells"][1]["id"])
    found = order(again(own), GIVEN, "top = 1", "u01-linear-backward", "u01-slope")
    assert found == ["top = 1", GIVEN, "u01-slope", "u01-linear-backward"]


def test_changed_given_code_runs_after_the_courses_own_wherever_that_goes(again, own):
    cell = by_id(own)[GIVEN]
    cell["source"] = "import os"
    moved(own, GIVEN, None)
    found = order(again(own), GIVEN, "import os", "u01-linear-backward", "u01-slope")
    assert found == [GIVEN, "import os", "u01-linear-backward", "u01-slope"]


def stub(place, name):
    """An answer's cell as it was handed out."""
    release = json.loads((place.release / UNIT / f"{UNIT}.ipynb").read_text())
    return text(by_id(release)[name])


SLOPE = "def slope(f, x, h=1e-5):\n    return (f(x + h) - f(x - h)) / (2 * h)"
FORMS = [
    SLOPE,
    f"%%time\n{SLOPE}",
    "mine = slope = lambda f, x: 0.0",
    "(slope) = print",
    "slope: object = print",
    "other, slope = 1, print",
    "from math import sin as slope",
]


@pytest.mark.parametrize("left", ["stub", "nothing", "# slope: see below", "print('at the end')"])
@pytest.mark.parametrize("answer", FORMS)
def test_test_follows_an_answer_below_what_was_left_in_its_place(again, own, place, answer, left):
    by_id(own)["u01-slope"]["source"] = stub(place, "u01-slope") if left == "stub" else left
    if left == "nothing":
        own["cells"].remove(by_id(own)["u01-slope"])
    own["cells"] += [code("below = 1"), {**code("text"), "cell_type": "markdown"}, code(answer), code("helper = 1")]
    cells = again(own).notebook["cells"]
    texts, names = [cell["source"] for cell in cells], [cell["id"] for cell in cells]
    found = [texts.index(answer), texts.index("helper = 1"), names.index("u01-slope-test"), len(names) - 1]
    assert found == sorted(found)
    assert names[-1] == "u01-train-test"


def test_test_stays_where_the_answer_stands_above_it(again, own, place):
    by_id(own)["u01-slope"]["source"] = stub(place, "u01-slope")
    at = [cell["id"] for cell in own["cells"]].index("u01-slope")
    own["cells"].insert(at + 1, code(SLOPE))
    own["cells"].append(code("slope = 3"))
    found = order(again(own), "u01-slope", SLOPE, "u01-slope-test", "slope = 3")
    assert found == ["u01-slope", SLOPE, "u01-slope-test", "slope = 3"]


@pytest.mark.parametrize("answer", [SLOPE, "if True:\n    slope = print", "globals()['slope'] = print"])
def test_test_of_an_answer_in_its_own_cell_stays_whatever_follows(again, own, answer):
    by_id(own)["u01-slope"]["source"] = answer
    own["cells"].append(code(f"{SLOPE}  # again"))
    found = order(again(own), "u01-slope-test", f"{SLOPE}  # again")
    assert found == ["u01-slope-test", f"{SLOPE}  # again"]


@pytest.mark.parametrize(
    "source", ["print(slope=3)", "x = {'slope': 3}", "a.slope = 3", "    slope = 3", "# slope = 3"]
)
def test_what_binds_no_answer_moves_no_test(again, own, place, source):
    by_id(own)["u01-slope"]["source"] = stub(place, "u01-slope")
    own["cells"].append(code(source))
    assert order(again(own), "u01-slope-test", source) == ["u01-slope-test", source]


def test_answers_in_one_cell_of_the_course_take_the_tests_along(again, own, place):
    by_id(own)["u01-slope"]["source"] = stub(place, "u01-slope")
    by_id(own)["u01-train"]["source"] = f"{text(by_id(own)['u01-train'])}\n\n{SLOPE}"
    found = order(again(own), "u01-slope", "u01-slope-test", "u01-train", "u01-train-test")
    assert found == ["u01-slope", "u01-train", "u01-slope-test", "u01-train-test"]


def test_tests_follow_the_answers_of_a_copy_one_by_one(again, own, place):
    """The copied check ends what belongs to an answer, so that what comes later in the copy plays no part."""
    copied = copy.deepcopy(own["cells"])
    for cell in copied:
        del cell["id"]
    for name in ("u01-slope", "u01-train"):
        by_id(own)[name]["source"] = stub(place, name)
    own["cells"] += [*copied, code("later = 1")]
    slope, train = (text(cell) for cell in copied if text(cell).startswith(("def slope", "def train")))
    assert order(again(own), slope, "u01-slope-test", train, "u01-train-test", "later = 1") == [
        *(slope, "u01-slope-test", train, "u01-train-test", "later = 1")
    ]


def test_deleted_cells_come_back_after_what_was_added_in_their_place(again, own):
    at = [cell["id"] for cell in own["cells"]].index("u01-slope")
    own["cells"][at : at + 2] = [code("(slope) = print")]
    found = order(again(own), "u01-batches-test", "(slope) = print", "u01-slope", "u01-slope-test")
    assert found == ["u01-batches-test", "(slope) = print", "u01-slope", "u01-slope-test"]
    assert roles(again(own))["u01-slope"] == "stub"
