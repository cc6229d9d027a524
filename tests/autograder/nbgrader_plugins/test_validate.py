"""``nbgrader validate``: a notebook with a cell that took too long does not pass, wherever the student calls it."""

import json
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
from autograder.nbgrader_plugins.commands import validate
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


def noted(folder, change):
    """Write a notebook with two graded cells of which the second fails, changed as another program would."""
    second = {"grade_id": "second", "task": False}
    cells = [
        new_code_cell("assert 1 + 1 == 2", metadata={"nbgrader": {**MARK, "task": False}}),
        new_code_cell("assert 1 + 1 == 3", metadata={"nbgrader": {**MARK, **second}}),
    ]
    notebook = new_notebook(cells=cells)
    change(notebook)
    (folder / "unit.ipynb").write_text(json.dumps(notebook))


def without_metadata(notebook):
    for cell in notebook.cells:
        cell.metadata = {"id": "AbC", "colab": {"base_uri": "https://localhost/"}}


def of_another_version(notebook):
    notebook.cells[0].metadata["nbgrader"]["schema_version"] = 99


def with_a_spoilt_mark(notebook):
    notebook.cells[0].metadata["nbgrader"] = {"grade_id": 3}


def with_a_copied_cell(notebook):
    notebook.cells.insert(1, new_code_cell("assert 1 + 1 == 4", metadata=notebook.cells[0].metadata))


def with_a_kernel_of_another_machine(notebook):
    notebook.metadata["kernelspec"] = {"name": "conda-env-ml-py", "display_name": "ml", "language": "python"}


def with_cells_of_one_id(notebook):
    for cell in notebook.cells:
        cell["id"] = "same"


def second_fails_alone(said):
    assert "VALIDATION FAILED ON 1 CELL(S)!" in said and "assert 1 + 1 == 3" in said


def whole_notebook_is_told_of(said):
    assert "None of the course's checks can be told from other cells" in said


def first_is_told_of_too(said):
    assert "VALIDATION FAILED ON 2 CELL(S)!" in said and "The course no longer knows this cell" in said


@pytest.mark.parametrize(
    ("change", "holds"),
    [
        (without_metadata, whole_notebook_is_told_of),
        (of_another_version, first_is_told_of_too),
        (with_a_spoilt_mark, first_is_told_of_too),
        (with_a_copied_cell, second_fails_alone),
        (with_a_kernel_of_another_machine, second_fails_alone),
        (with_cells_of_one_id, second_fails_alone),
    ],
)
def test_what_other_programs_and_students_did_to_a_notebook_is_no_traceback_and_no_success(home, change, holds):
    noted(home.root, change)
    said = validated(home, **INSTALLED)
    assert PASSED not in said
    holds(said)


@pytest.mark.parametrize("content", [None, b"", b"[]", b"{}", b"<html>", b"\xff\xfe"])
def test_file_that_holds_no_notebook_is_told_of(home, content):
    if content is not None:
        (home.root / "unit.ipynb").write_bytes(content)
    said = validated(home, **INSTALLED)
    assert PASSED not in said and "This is no notebook that can be read" in said


def test_name_with_brackets_is_a_name(home):
    write(home.root)
    (home.root / "unit.ipynb").rename(home.root / "unit [1].ipynb")
    assert PASSED in ran(home, "nbgrader", "validate", "unit [1].ipynb", **INSTALLED).stdout


def test_every_unit_of_the_course_has_cells_that_are_known(course):
    for unit in course.units():
        notebook = nbformat.read(course.root / "release" / unit / f"{unit}.ipynb", as_version=4)
        assert any("nbgrader" in cell.metadata for cell in notebook.cells), unit
