"""In which order a rebuilt notebook runs: the student's cells as they stood, the rest as the course has it."""

import pytest
from support.rebuilt_notebooks import by_id, code, roles

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


def test_changed_course_code_runs_before_the_courses_own_wherever_that_goes(again, own):
    cell = by_id(own)[GIVEN]
    cell["source"] = "import os"
    moved(own, GIVEN, None)
    assert order(again(own), GIVEN, "import os", "u01-slope") == ["import os", GIVEN, "u01-slope"]


def test_deleted_cells_come_back_after_what_was_added_in_their_place(again, own):
    at = [cell["id"] for cell in own["cells"]].index("u01-slope")
    own["cells"][at : at + 2] = [code("(slope) = print")]
    found = order(again(own), "u01-batches-test", "(slope) = print", "u01-slope", "u01-slope-test")
    assert found == ["u01-batches-test", "(slope) = print", "u01-slope", "u01-slope-test"]
    assert roles(again(own))["u01-slope"] == "stub"
