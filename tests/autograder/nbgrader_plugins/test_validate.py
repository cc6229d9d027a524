"""``nbgrader validate``: a notebook with a cell that took too long does not pass, wherever the student calls it."""

import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.preprocessors import Execute
from nbgrader.server_extensions.validate_assignment.handlers import ValidateAssignmentHandler
from nbgrader.validator import Validator
from support.courses import ROOT
from support.programs import ran

from autograder.limits import Limits
from autograder.nbgrader_plugins import validate
from autograder.paths import Course

LOOP = "while True:\n    pass"
STUBBORN = "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass"
INSTALLED = {"JUPYTER_CONFIG_PATH": str(ROOT / "tools" / "jupyter")}
"""Where the file is read that an installation puts into the environment."""
MARK = {"grade": True, "grade_id": "test", "locked": True, "points": 1, "schema_version": 3, "solution": False}
PASSED = "Success! Your notebook passes all the tests."


@pytest.fixture
def home(tmp_path):
    """A student's folder, with no configuration of its own."""
    (tmp_path / "home").mkdir()
    return Course(tmp_path / "home")


def write(folder, before="", after=""):
    graded = new_code_cell("assert 1 + 1 == 2", metadata={"nbgrader": {**MARK, "task": False}})
    nbformat.write(new_notebook(cells=[new_code_cell(before), graded, new_code_cell(after)]), folder / "unit.ipynb")


def validated(course, **environment):
    said = ran(course, "nbgrader", "validate", "--Execute.timeout=5", "unit.ipynb", **environment)
    assert said.returncode == 0, said.stderr
    return said.stdout


@pytest.mark.parametrize("cells", [{"before": LOOP}, {"after": LOOP}, {"before": STUBBORN}])
def test_loop_that_never_ends_does_not_pass_in_a_students_folder(home, cells):
    write(home.root, **cells)
    said = validated(home, **INSTALLED)
    assert "VALIDATION FAILED ON 1 CELL(S)!" in said and PASSED not in said
    assert "    while True:" in said
    assert validate.ADVICE in said


def test_loop_that_never_ends_does_not_pass_in_the_courses_folder(home):
    shutil.copy(ROOT / "nbgrader_config.py", home.root)
    write(home.root, before=LOOP)
    assert validate.ADVICE in validated(home)


def test_warning_or_an_error_in_a_cell_of_ones_own_still_passes(home):
    write(home.root, before="import warnings\nwarnings.warn('look')", after="1 / 0")
    assert PASSED in validated(home, **INSTALLED)


def test_button_in_jupyterlab_tells_of_it_too(home, monkeypatch):
    monkeypatch.chdir(home.root)
    monkeypatch.setenv(*INSTALLED.copy().popitem())
    monkeypatch.setattr(Validator, "_get_failed_cells", validate.failed_graded_cells)
    monkeypatch.setattr(Execute, "preprocess_cell", validate.execute_cell)
    write(home.root, after=LOOP)
    config = ValidateAssignmentHandler.load_config(None)
    assert config.ExecutePreprocessor.timeout == Limits().seconds_per_cell
    config.Execute.timeout = 5
    (failed,) = Validator(config=config).validate(str(home.root / "unit.ipynb"))["failed"]
    assert failed["source"] == LOOP
    assert failed["raw_error"].endswith(validate.ADVICE)
