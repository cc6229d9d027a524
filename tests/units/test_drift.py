"""What is built and committed is what the sources give, and gives nothing away."""

import ast
import json

import pytest
from support.courses import ROOT

from autograder.build.key_writer import same_keys
from autograder.exercises.loader import exercises_of
from autograder.notebook import SOLUTION, cells_of, cells_of_notebook
from autograder.paths import Course

UNITS = Course(ROOT).units()


@pytest.mark.parametrize("unit", UNITS)
def test_release_is_what_the_source_gives(built_course, unit):
    ours = (ROOT / "release" / unit / f"{unit}.ipynb").read_text(encoding="utf-8")
    assert ours == (built_course.release / unit / f"{unit}.ipynb").read_text(encoding="utf-8"), "run `make build`"


@pytest.mark.parametrize("unit", UNITS)
def test_keys_are_what_the_source_gives(built_course, unit):
    ours = json.loads((ROOT / "course" / "keys" / f"{unit}.json").read_text(encoding="utf-8"))
    theirs = json.loads((built_course.keys / f"{unit}.json").read_text(encoding="utf-8"))
    assert same_keys(ours, theirs), "run `make build`"


def test_nothing_is_released_that_has_no_source():
    assert sorted(path.name for path in (ROOT / "release").iterdir()) == UNITS
    assert sorted(path.stem for path in (ROOT / "course" / "keys").glob("[0-9]*.json")) == UNITS


def test_releases_hold_one_notebook_each():
    for unit in UNITS:
        assert [path.name for path in (ROOT / "release" / unit).iterdir()] == [f"{unit}.ipynb"]


@pytest.mark.parametrize("unit", UNITS)
def test_release_holds_no_solution_and_no_hidden_test(course, unit):
    """No line of code of a solution or of a known wrong answer stands in the release, the keys or the package."""
    public = (ROOT / "release" / unit / f"{unit}.ipynb").read_text(encoding="utf-8")
    public += (ROOT / "course" / "keys" / f"{unit}.json").read_text(encoding="utf-8")
    for marker in ("BEGIN SOLUTION", "BEGIN HIDDEN", "from autograder"):
        assert marker not in public
    for cell in cells_of_notebook(json.loads((ROOT / "release" / unit / f"{unit}.ipynb").read_text(encoding="utf-8"))):
        if cell.solution:
            assert "raise NotImplementedError()" in cell.text


def telling_lines(text):
    """The statements of a solution that say something: long enough not to stand anywhere by accident."""
    lines = [line.strip() for line in text.splitlines() if "### " not in line]
    return {line for line in lines if len(line) > 22 and not line.startswith(("#", '"', "def ", "class ", "return dx"))}


@pytest.mark.parametrize("unit", UNITS)
def test_students_find_no_line_of_a_solution(course, unit):
    package = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "course").rglob("*.py"))
    release = (ROOT / "release" / unit / f"{unit}.ipynb").read_text(encoding="utf-8")
    release_code = "\n".join(cell.text for cell in cells_of_notebook(json.loads(release)) if not cell.solution)
    for cell in cells_of(course, unit):
        if not cell.solution:
            continue
        for body in SOLUTION.finditer(cell.text + "\n"):
            for line in telling_lines(body[0]):
                assert line not in release_code, (unit, line)
                assert line not in package, (unit, line)


@pytest.mark.parametrize("unit", UNITS)
def test_keys_hold_numbers_and_words_only(unit):
    """No known wrong answer's source stands in a key."""
    key = (ROOT / "course" / "keys" / f"{unit}.json").read_text(encoding="utf-8")
    for path in Course(ROOT).exercise_files(unit):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Return | ast.Lambda):
                line = ast.unparse(node.body if isinstance(node, ast.Lambda) else node)
                assert len(line) < 20 or line not in key, line


def test_every_exercise_has_a_key():
    index = json.loads((ROOT / "course" / "keys" / "index.json").read_text(encoding="utf-8"))["exercises"]
    assert index == {name: unit for unit in UNITS for name in exercises_of(unit, Course(ROOT))}
