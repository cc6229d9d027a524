"""Building: the same text gives the same bytes, edits are never lost, a broken unit is told in one sentence."""

import json
import shutil

import pytest
from support.courses import SMALL, copy_course

from autograder.__main__ import main
from autograder.build.key_writer import agree, same_keys
from autograder.build.release import build, cell_ids, instructor_notebook, take_over
from autograder.errors import AutograderError, BrokenUnit, EditedNotebook
from autograder.paths import Course
from autograder.submissions.reference import reference_notebook

UNIT = "01_kinds"


def snapshot(course):
    folders = course.root / "source", course.release, course.keys
    return {path: path.read_bytes() for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()}


def test_build_twice_changes_nothing(own_small_course):
    before = snapshot(own_small_course)
    list(build(own_small_course, [UNIT]))
    assert snapshot(own_small_course) == before


def test_build_registers_the_assignment_even_where_nothing_changed(own_small_course):
    from nbgrader.api import Gradebook

    (own_small_course.root / "gradebook.db").unlink()
    list(build(own_small_course, [UNIT]))
    with Gradebook(f"sqlite:///{own_small_course.root / 'gradebook.db'}") as book:
        assert book.find_assignment(UNIT).max_score == 18


def test_release_has_stubs_where_answers_were(built_small_course):
    notebook = json.loads((built_small_course.release / UNIT / f"{UNIT}.ipynb").read_text())
    sources = {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}
    assert sources["u01-slope"].endswith("    # YOUR CODE HERE\n    raise NotImplementedError()")
    assert sources["u01-slope-test"] == "check(slope)"


def test_release_carries_its_version_and_no_jupytext_metadata(built_small_course):
    metadata = json.loads((built_small_course.release / UNIT / f"{UNIT}.ipynb").read_text())["metadata"]
    assert metadata["course"]["release"] == "2026.1"
    assert "jupytext" not in metadata


def test_build_refuses_an_edited_instructor_notebook(own_small_course, at, capsys):
    path = own_small_course.notebook(UNIT)
    path.write_text(path.read_text().replace("The central difference of f at x.", "Edited by hand."))
    before = snapshot(own_small_course)
    at(own_small_course)
    assert main(["build", UNIT]) == 2
    said = capsys.readouterr().err
    assert "source/01_kinds/01_kinds.ipynb was edited after it was built" in said
    assert "python -m autograder build 01_kinds --take-edits" in said
    assert snapshot(own_small_course) == before


def test_build_does_not_mind_outputs_in_the_instructor_notebook(own_small_course):
    path = own_small_course.notebook(UNIT)
    notebook = json.loads(path.read_text())
    notebook["cells"][1]["execution_count"] = 7
    path.write_text(json.dumps(notebook))
    assert list(build(own_small_course, [UNIT])) == [UNIT]


def test_take_edits_carries_them_into_the_text(own_small_course):
    path = own_small_course.notebook(UNIT)
    path.write_text(path.read_text().replace("The central difference of f at x.", "Edited by hand."))
    text = own_small_course.text(UNIT).read_text()
    list(build(own_small_course, [UNIT], take_edits=True))
    assert own_small_course.text(UNIT).read_text() == text.replace(
        "The central difference of f at x.", "Edited by hand."
    )
    assert "Edited by hand." in (own_small_course.release / UNIT / f"{UNIT}.ipynb").read_text()


def test_take_edits_refuses_where_the_text_changed_too(own_small_course):
    path = own_small_course.notebook(UNIT)
    path.write_text(path.read_text().replace("The central difference of f at x.", "Edited by hand."))
    own_small_course.text(UNIT).write_text(own_small_course.text(UNIT).read_text() + "\n# %% [markdown]\n# More.\n")
    with pytest.raises(EditedNotebook, match="Both 01_kinds.ipynb and 01_kinds.py changed since the last build"):
        list(build(own_small_course, [UNIT], take_edits=True))


def test_build_says_which_cell_does_not_run(tmp_path):
    place = copy_course(SMALL, tmp_path)
    place.text(UNIT).write_text(place.text(UNIT).read_text().replace("import numpy as np", "import nonesuch as np"))
    with pytest.raises(BrokenUnit, match="stops with ModuleNotFoundError: No module named 'nonesuch'"):
        list(build(place, [UNIT]))


def test_build_of_an_unknown_unit_lists_the_units(small_course, at, capsys):
    at(small_course)
    assert main(["build", "99_none"]) == 2
    assert capsys.readouterr().err == "There is no unit '99_none'. The units are:\n  01_kinds\n"


def test_build_outside_a_course_says_where_to_go(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["build"]) == 2
    assert "is not inside a course" in capsys.readouterr().err


def test_keys_that_agree_are_left_as_they_are(own_small_course):
    path = own_small_course.keys / f"{UNIT}.json"
    text = path.read_text()
    number = next(word for word in text.split(",") if word.replace(".", "").replace("-", "").isdigit() and "." in word)
    path.write_text(text.replace(number, repr(float(number) * (1 + 1e-14)), 1))
    kept = path.read_text()
    list(build(own_small_course, [UNIT]))
    assert path.read_text() == kept != text


def test_keys_that_disagree_are_written_anew(own_small_course):
    path = own_small_course.keys / f"{UNIT}.json"
    text = path.read_text()
    path.write_text(text.replace("0.", "1.", 1))
    list(build(own_small_course, [UNIT]))
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ([1.0, {"a": 2.0}], [1.0 + 1e-13, {"a": 2.0}], True),
        ([1.0], [1.0 + 1e-8], False),
        ({"a": 1}, {"b": 1}, False),
        ([1, 2], [1], False),
        (float("nan"), float("nan"), True),
        ("1", 1, False),
        (True, 1, False),
    ],
)
def test_agree(one, other, same):
    assert agree(one, other) is same


def test_instructor_notebook_is_the_same_text_each_time(small_course):
    assert instructor_notebook(small_course, UNIT) == instructor_notebook(small_course, UNIT)


def test_cell_ids_come_from_grade_ids_and_headings():
    def cell(kind, source, **metadata):
        return {"cell_type": kind, "source": source, "metadata": metadata}

    cells = [
        cell("code", "x"),
        cell("markdown", "## 6.2 Backward, twice"),
        cell("code", "x", nbgrader={"grade_id": "u06-a"}),
        cell("markdown", "text"),
    ]
    assert cell_ids(cells) == ["start", "6-2-backward-twice", "u06-a", "6-2-backward-twice-2"]


def test_two_units_with_one_name_are_refused(tmp_path):
    place = copy_course(SMALL, tmp_path)
    other = place.source / "02_again"
    shutil.copytree(place.exercises(UNIT), place.exercises("02_again"))
    (other / "02_again.py").write_text(place.text(UNIT).read_text().replace("u01-", "u02-"))
    with pytest.raises(BrokenUnit, match="names are unique in the course"):
        list(build(place, place.units()))


COST = "Each slope costs {points: slope} of {points: total}, {points as number: slope} of {points as number: total}."


@pytest.fixture(scope="module")
def built_with_points(tmp_path_factory):
    """A small course whose text names points, built."""
    place = copy_course(SMALL, tmp_path_factory.mktemp("points"))
    text = place.text(UNIT).read_text()
    place.text(UNIT).write_text(text.replace("# This unit exists", f"# {COST}\n# It exists"))
    list(build(place, [UNIT]))
    return place


@pytest.fixture
def course_with_points(built_with_points, tmp_path):
    """The same in a folder of the test's own."""
    shutil.copytree(built_with_points.root, tmp_path / "course")
    return Course(tmp_path / "course")


def test_points_are_filled_in_and_stand_in_the_release(course_with_points):
    for path in (course_with_points.notebook(UNIT), course_with_points.release / UNIT / f"{UNIT}.ipynb"):
        assert "Each slope costs 2 points of 18 points, 2 of 18." in path.read_text()
    assert COST in course_with_points.text(UNIT).read_text()


def test_submissions_of_a_unit_whose_text_names_points_are_rebuilt(course_with_points):
    assert reference_notebook(course_with_points, UNIT).cells
    text = course_with_points.text(UNIT)
    text.write_text(text.read_text().replace("{points: total},", "17 points,"))
    with pytest.raises(AutograderError, match="01_kinds is not built as it stands now"):
        reference_notebook(course_with_points, UNIT)


@pytest.mark.parametrize(
    ("built", "edited", "written"),
    [
        ("The central difference of f at x.", "Edited by hand.", None),
        ("It exists for the tests", "It is made for them", None),
        ("costs 2 points of", "costs 3 points of", "Each slope costs 3 points of 18 points, 2 of 18."),
    ],
    ids=["in another cell", "in another line of the cell", "in the line itself"],
)
def test_take_edits_keeps_placeholders_where_nothing_was_edited(course_with_points, built, edited, written):
    path = course_with_points.notebook(UNIT)
    text = course_with_points.text(UNIT).read_text()
    path.write_text(path.read_text().replace(built, edited))
    take_over(course_with_points, UNIT)
    assert course_with_points.text(UNIT).read_text() == text.replace(*((COST, written) if written else (built, edited)))


def test_placeholder_of_no_exercise_is_told_in_a_sentence(tmp_path, at, capsys):
    place = copy_course(SMALL, tmp_path)
    place.text(UNIT).write_text(place.text(UNIT).read_text().replace("# This unit", "# {points: slop} This unit"))
    at(place)
    assert main(["build"]) == 2
    assert "01_kinds: {points: slop} names no graded exercise of this unit; it may name linear_backward, " in (
        capsys.readouterr().err
    )


def test_release_holds_the_notebook_alone(built_small_course):
    assert [path.name for path in (built_small_course.release / UNIT).iterdir()] == [f"{UNIT}.ipynb"]


def test_keys_agree_in_whatever_order_their_exercises_come():
    one = {"format": 1, "exercises": {"a": {"x": 1, "y": 2}, "b": {}}, "questions": {}}
    other = {"format": 1, "exercises": {"b": {}, "a": {"x": 1, "y": 2}}, "questions": {}}
    turned = {"format": 1, "exercises": {"a": {"y": 2, "x": 1}, "b": {}}, "questions": {}}
    assert same_keys(one, other)
    assert not same_keys(one, turned)
    assert not same_keys(None, one)


GRADED = '"grade_id": "u01-slope-test", "locked": true, "points": 2'
CELLS = {
    "grade_id twice": (
        '"grade_id": "u01-slope"',
        '"grade_id": "u01-batches"',
        '01_kinds: the cells 9 and 11 have the same grade_id "u01-batches"; give each one of its own.',
    ),
    "no grade_id": (
        '"grade_id": "u01-slope", ',
        "",
        "01_kinds, cell 11 (def slope(f, x, h=1e-5):) has no grade_id; "
        'write "grade_id": "…" into its metadata, a name that no other cell has.',
    ),
    "no points": (
        GRADED,
        GRADED.replace(', "points": 2', ""),
        '01_kinds, cell 12 (u01-slope-test) is graded and has no points; write "points": 4, or another number, '
        "into its metadata.",
    ),
}


@pytest.mark.parametrize("kind", CELLS)
def test_build_refuses_bad_metadata_before_it_writes_anything(own_small_course, at, capsys, kind):
    old, changed, sentence = CELLS[kind]
    text = own_small_course.text(UNIT)
    assert text.read_text().count(old) == 1
    text.write_text(text.read_text().replace(old, changed))
    before = snapshot(own_small_course)
    at(own_small_course)
    assert main(["build"]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == sentence
    assert snapshot(own_small_course) == before


def test_release_stays_where_nbgrader_fails_and_the_reason_is_told(own_small_course, at, capsys):
    text = own_small_course.text(UNIT)
    text.write_text(text.read_text().replace("    ### END SOLUTION\n", "", 1))
    before = snapshot(own_small_course)
    at(own_small_course)
    assert main(["build"]) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith("nbgrader could not make the release of 01_kinds: RuntimeError: ")
    assert "traceback" not in said
    after = snapshot(own_small_course)
    released = own_small_course.release / UNIT / f"{UNIT}.ipynb"
    assert after[released] == before[released]
    assert [path.name for path in own_small_course.root.glob(".release*")] == []
