"""Every released notebook, run top to bottom: untouched, with right answers, and with a wrong one."""

import pytest
from support.courses import ROOT
from support.notebook_runs import execute, printed, right_texts

from autograder.exercises.loader import asked_in
from autograder.notebook import points_of
from autograder.paths import Course

UNITS = Course(ROOT).units()


def check_cells(notebook):
    return [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade")]


@pytest.fixture(scope="module", params=UNITS)
def untouched(request, built_course):
    return request.param, execute(built_course, request.param, {})


@pytest.fixture(scope="module", params=UNITS)
def solved(request, built_course):
    return request.param, execute(built_course, request.param, right_texts(built_course, request.param), guesses=True)


def test_untouched_notebook_says_that_nothing_is_written_yet(untouched, course):
    unit, notebook = untouched
    cells = check_cells(notebook)
    assert len(cells) == len(points_of(course, unit))
    for cell in cells:
        assert printed(cell).endswith("not written yet\n"), cell.id


def test_untouched_notebook_has_nothing_on_stderr(untouched):
    for cell in untouched[1].cells:
        assert not [o for o in cell.get("outputs", []) if o.get("name") == "stderr"], cell.id


def test_right_answers_pass_every_check(solved):
    unit, notebook = solved
    for cell in check_cells(notebook):
        assert "right" in printed(cell), cell.id
        assert "not written" not in printed(cell)


def test_right_answers_leave_no_warning(solved):
    for cell in solved[1].cells:
        assert not [o for o in cell.get("outputs", []) if o.get("name") == "stderr"], cell.id


def test_every_figure_has_alternative_text(solved):
    unit, notebook = solved
    pictures = [o.data for c in notebook.cells for o in c.get("outputs", []) if "image/png" in o.get("data", {})]
    assert pictures
    for data in pictures:
        assert len(data["text/plain"].split()) > 8, data["text/plain"]
        live = "application/vnd.jupyter.widget-view+json" in data
        assert live or "alt=" in data["text/html"]


def test_every_question_is_asked_in_the_notebook(course):
    for unit in UNITS:
        text = course.text(unit).read_text(encoding="utf-8")
        for name in asked_in(unit, course).questions:
            assert f'ask("{name}", ' in text, name


def test_wrong_answer_stops_run_all_with_its_message(built_course):
    from nbclient.exceptions import CellExecutionError

    with pytest.raises(CellExecutionError, match="is not right yet"):
        execute(built_course, "01_mse", {"add": "def add(a, b):\n    return a - b"})


def test_wrong_answer_shows_no_traceback(built_course):
    notebook = execute(built_course, "01_mse", {"add": "def add(a, b):\n    return a - b"}, allow_errors=True)
    (error,) = [o for c in notebook.cells for o in c.get("outputs", []) if o.output_type == "error"]
    assert error.ename == "CheckFailed"
    assert error.traceback[0] == "add is not right yet."
    assert not any("Traceback" in line or "File " in line for line in error.traceback)
