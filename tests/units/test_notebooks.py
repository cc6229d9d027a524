"""Every released notebook, run top to bottom: untouched, then in the same kernel solved; and one with a mistake."""

import re
from typing import Any, NamedTuple

import pytest
from nbclient.exceptions import CellExecutionError
from support.courses import ROOT
from support.notebook_runs import kernel, printed, released, right_texts, run_all

from autograder.exercises.loader import asked_in
from autograder.notebook import points_of
from autograder.paths import Course

UNITS = Course(ROOT).units()


class Ran(NamedTuple):
    """A unit's notebook after Run All, untouched and then solved."""

    unit: str
    untouched: Any
    solved: Any

    def said(self) -> str:
        """All that the solved notebook prints."""
        return "".join(map(printed, self.solved.cells))


@pytest.fixture(scope="module", params=UNITS)
def ran(request, built_course):
    unit = request.param
    with kernel() as running:
        untouched = run_all(built_course, unit, released(built_course, unit, {}), running)
        solved = released(built_course, unit, right_texts(built_course, unit), guesses=True)
        return Ran(unit, untouched, run_all(built_course, unit, solved, running))


def of_unit(unit):
    return pytest.mark.parametrize("ran", [unit], indirect=True, scope="module")


def check_cells(notebook):
    return [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade")]


def test_untouched_notebook_says_that_nothing_is_written_yet(ran, course):
    cells = check_cells(ran.untouched)
    assert len(cells) == len(points_of(course, ran.unit))
    for cell in cells:
        assert printed(cell).endswith("not written yet\n"), cell.id


def test_notebook_has_nothing_on_stderr(ran):
    for cell in [*ran.untouched.cells, *ran.solved.cells]:
        assert not [o for o in cell.get("outputs", []) if o.get("name") == "stderr"], cell.id


def test_right_answers_pass_every_check(ran):
    for cell in check_cells(ran.solved):
        assert "right" in printed(cell), cell.id
        assert "not written" not in printed(cell)


def test_every_figure_has_alternative_text(ran):
    pictures = [o.data for c in ran.solved.cells for o in c.get("outputs", []) if "image/png" in o.get("data", {})]
    assert pictures
    for data in pictures:
        assert len(data["text/plain"].split()) > 8, data["text/plain"]
        live = "application/vnd.jupyter.widget-view+json" in data
        assert live or "alt=" in data["text/html"]


@of_unit("09_two_layers")
def test_unit_9_ends_with_xor_solved_and_says_so(ran):
    found = re.findall(r"XOR: your network gets ([\d.]+)% of 200 points right; its loss is 0\.0\d+\.", ran.said())
    assert found == ["100.0"]


@of_unit("10_mlp")
def test_unit_10_reads_97_percent_of_digits_it_never_saw_and_says_so(ran):
    (found,) = re.findall(r"Your network reads ([\d.]+)% of the held-out digits: \d+ of 500\.", ran.said())
    assert float(found) >= 97


@pytest.mark.parametrize(
    ("ran", "waits"),
    [("09_two_layers", "train_two_layer"), ("10_mlp", "minibatches and train_mlp")],
    indirect=["ran"],
    scope="module",
)
def test_unwritten_network_is_waited_for(ran, waits):
    text = "".join(map(printed, ran.untouched.cells))
    assert re.search(rf"This cell waits for .*{waits}: write them", text)
    assert "your network gets" not in text.lower()
    assert "your network reads" not in text.lower()


def test_every_question_is_asked_in_the_notebook(course):
    for unit in UNITS:
        text = course.text(unit).read_text(encoding="utf-8")
        for name in asked_in(unit, course).questions:
            assert f'ask("{name}", ' in text, name


def test_wrong_answer_stops_run_all_with_its_message_and_no_traceback(built_course):
    notebook = released(built_course, "01_mse", {"add": "def add(a, b):\n    return a - b"})
    with kernel() as running, pytest.raises(CellExecutionError, match="is not right yet"):
        run_all(built_course, "01_mse", notebook, running)
    (error,) = [o for c in notebook.cells for o in c.get("outputs", []) if o.output_type == "error"]
    assert error.ename == "CheckFailed"
    assert error.traceback[0] == "add is not right yet."
    assert not any("Traceback" in line or "File " in line for line in error.traceback)
