"""A submission of which a graded cell was never run earns nothing by that cell."""

import shutil

import pytest

from attacks.handed_in import HandedIn
from autograder.execution import job as jobs
from autograder.execution.job import Job, execute, version_of
from autograder.gradebook.writer import GradebookWriter
from autograder.limits import Limits
from autograder.paths import Course
from autograder.sandbox.confined.rpc.transport import PeerClosed
from autograder.sandbox.root import build_root
from autograder.sandbox.sandbox import Sandbox


@pytest.mark.parametrize("run", ["first", "second"])
def test_stubs_whose_process_does_not_begin_earn_nothing(run, built_small_course, tmp_path, monkeypatch):
    """nbgrader takes a graded cell without an output for one that passed."""
    course = Course(tmp_path / "course")
    shutil.copytree(built_small_course.root, course.root)
    handed = HandedIn(course, "ada")
    handed.stub()
    if run == "second":
        handed.answer("slope", "def slope(f, x, h=1e-5):\n    import os\n    os._exit(0)")
    handed.save()
    whole, begun = jobs.NotebookRun, []

    def begins(*arguments, **named):
        begun.append(named)
        if len(begun) == 1 + (run == "second"):
            raise PeerClosed
        return whole(*arguments, **named)

    monkeypatch.setattr(jobs, "NotebookRun", begins)
    with Sandbox(build_root(tmp_path / "root", course), Limits()) as sandbox:
        job = Job(course, handed.unit, handed.path.read_bytes(), 1, version_of(course, handed.unit))
        done = execute(job, sandbox)
    with GradebookWriter(course) as book:
        points, _ = book.write("ada", handed.unit, done.notebook)
        book.commit()
    assert (points, done.problem) == (0.0, "its process did not begin")
