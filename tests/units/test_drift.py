"""What is built and committed is what the sources give, and gives nothing away."""

import ast
import json
import re

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


README = (ROOT / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d\d) (.+?) \| (.+?) \|$", re.M)


def differing_rows(readme):
    """What the README's table of units says otherwise than the units do, a sentence a difference."""
    rows = ROW.findall(readme)
    listed = [number for number, *_ in rows]
    if listed != [unit[:2] for unit in UNITS]:
        yield f"README.md lists the units {', '.join(listed)}; source/ holds {', '.join(UNITS)}."
    for number, title, written in rows:
        for unit in (unit for unit in UNITS if unit.startswith(number)):
            exercises = exercises_of(unit, Course(ROOT))
            for name in re.findall(r"`(\w+)`", written):
                if name not in exercises:
                    yield f"README.md, row {number} {title}: {unit} has no exercise {name}."


def test_readme_lists_the_units_with_exercises_that_they_have():
    differing = list(differing_rows(README))
    if differing:
        pytest.fail("\n".join(differing), pytrace=False)


@pytest.mark.parametrize(
    "line, changed, sentence",
    [
        (
            "`mse_grad`, on real",
            "`mse_gradient`, on real",
            "row 01 How wrong is a guess?: 01_mse has no exercise mse_gradient.",
        ),
        ("| 03 Credit", "| 33 Credit", "README.md lists the units 00, 01, 02, 33, 04,"),
    ],
)
def test_readme_row_that_differs_is_named(line, changed, sentence):
    assert line in README
    (said,) = differing_rows(README.replace(line, changed))
    assert sentence in said
