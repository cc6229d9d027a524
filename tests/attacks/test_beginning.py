"""A submission of which a graded cell was never run earns nothing by that cell, however it comes about."""

import json

import pytest
from support.pretending_pool import executed_notebook, points

from attacks.handed_in import HandedIn
from autograder.errors import AutograderError
from autograder.execution import execute as execution
from autograder.execution.job import Executed, Job, version_of
from autograder.gradebook.entry import EntryFailed
from autograder.gradebook.writer import GradebookWriter
from autograder.grading.grader import Grader
from autograder.limits import Limits
from autograder.nbgrader_plugins import exporter
from autograder.sandbox.confined.rpc.transport import PeerClosed
from autograder.submissions.inbox import Submission

CELL = "u01-slope-test"


def graded_where_a_process_does_not_begin(handed, monkeypatch, failing):
    """What comes of a submission when one of its processes never serves."""
    whole, begun = execution.NotebookRun, []

    def begins(*arguments, **named):
        begun.append(named)
        if len(begun) == failing:
            raise PeerClosed
        return whole(*arguments, **named)

    monkeypatch.setattr(execution, "NotebookRun", begins)
    data, version = json.dumps(handed.notebook).encode(), version_of(handed.course, handed.unit)
    with Grader() as grader:
        done = Executed.from_bytes(grader.run_job(Job(handed.course, handed.unit, data, 1, version, Limits())))
    assert len(begun) == failing
    return done


def test_submission_whose_process_does_not_begin_is_not_graded(own_small_course, monkeypatch):
    """nbgrader takes a graded cell without an output for one that passed; and nothing of the student's has run."""
    handed = HandedIn(own_small_course, "ada")
    handed.stub()
    done = graded_where_a_process_does_not_begin(handed, monkeypatch, failing=1)
    assert (done.reason, done.notebook) == ("its process did not begin; grade it again", {})


def test_second_run_that_does_not_begin_leaves_what_the_first_one_came_to(own_small_course, monkeypatch):
    handed = HandedIn(own_small_course, "ada")
    handed.stub()
    handed.answer("slope", "def slope(f, x, h=1e-5):\n    import os\n    os._exit(0)")
    done = graded_where_a_process_does_not_begin(handed, monkeypatch, failing=2)
    with GradebookWriter(own_small_course) as book:
        score = book.write("ada", handed.unit, done.notebook)
    assert (score.points, done.problem) == (0.0, "the notebook ended the process that it ran in")


NO_SCORES = {
    "nothing": [],
    "text": [{"output_type": "stream", "name": "stdout", "text": "2.0"}],
    "a picture": [{"output_type": "display_data", "data": {"text/plain": "2.0"}, "metadata": {}}],
    "no number": [points("2.0")],
    "not a number": [points(float("nan"))],
    "less than nothing": [points(-1.0)],
    "something else first": [points([1.0]), points(1.0)],
}


@pytest.fixture
def unscored(request, own_small_course):
    """A course, and a notebook in which one graded cell shows something that is no score."""
    notebook = executed_notebook(own_small_course, "01_kinds")
    (cell,) = (cell for cell in notebook["cells"] if cell["id"] == CELL)
    cell["outputs"] = request.param
    return own_small_course, notebook


with_no_score = pytest.mark.parametrize("unscored", NO_SCORES.values(), ids=NO_SCORES, indirect=True)


@with_no_score
def test_gradebook_takes_no_graded_cell_that_was_not_judged(unscored):
    course, notebook = unscored
    with GradebookWriter(course) as book, pytest.raises(EntryFailed, match=f"{CELL} has neither points nor an error"):
        book.write("ada", "01_kinds", notebook)


@with_no_score
def test_nbgrader_is_given_no_graded_cell_that_was_not_judged(unscored, monkeypatch):
    course, notebook = unscored

    class Pool:
        def result(self, job):
            return Executed(notebook).to_bytes()

    handed = HandedIn(course, "ada")
    handed.save()
    plugin = exporter.IsolatedExecute.__new__(exporter.IsolatedExecute)
    plugin.course, plugin._seed, plugin._tier, plugin._limits = course, 1, None, Limits()
    monkeypatch.setattr(exporter, "_pool", Pool)
    with pytest.raises(AutograderError, match=f"{CELL} has neither points nor an error"):
        plugin._executed(Submission("ada", handed.unit, handed.folder))


@pytest.mark.parametrize("shown", [points(0.0), {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}])
def test_gradebook_takes_no_points_and_an_error(own_small_course, shown):
    notebook = executed_notebook(own_small_course, "01_kinds")
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            cell["outputs"] = [shown]
    with GradebookWriter(own_small_course) as book:
        assert book.write("ada", "01_kinds", notebook).points == 0.0
