"""Grading a notebook of a unit as a worker does."""

import pytest
from support.graded_notebooks import summary
from support.odd_notebooks import habits
from support.odd_notebooks.programs import jupyterlab

from autograder.execution.execute import execute
from autograder.execution.job import Job, version_of
from autograder.limits import Limits
from autograder.sandbox.root import build_root
from autograder.sandbox.sandbox import Sandbox


@pytest.fixture(scope="module")
def sandbox(built_course, tmp_path_factory):
    """One zygote for all notebooks of these tests."""
    with Sandbox(build_root(tmp_path_factory.mktemp("site") / "site", built_course), Limits()) as sandbox:
        yield sandbox


@pytest.fixture
def graded(sandbox):
    """Grade a notebook as a worker does."""

    def run(course, unit, notebook, save=jupyterlab):
        habits.number_new(notebook)
        return summary(execute(Job(course, unit, save(notebook), 5, version_of(course, unit)), sandbox))

    return run
