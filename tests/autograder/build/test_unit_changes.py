"""A unit that is graded already changes: what is told, what is kept, and that it happens as a whole or not at all."""

import csv
import json
import re
import shutil

import pytest
from attacks.handed_in import UNIT, HandedIn
from nbgrader.api import Gradebook, SourceCell
from support.gradebook_contents import contents
from support.pretending_pool import pretending_pool

from autograder.__main__ import main
from autograder.build import release as release_module
from autograder.build.release import build
from autograder.gradebook.entry import GradebookFailed
from autograder.gradebook.nbgrader_api import NbgraderFailed, nbgrader_api
from autograder.gradebook.units.changes import UnitWouldChange
from autograder.gradebook.units.writer import UnitWriter
from autograder.gradebook.url import gradebook_url
from autograder.grading import batch

CELL = r'# %% nbgrader={{"grade": {graded}, "grade_id": "{name}".*?(?=\n# %%|\Z)'
METADATA = '{{"grade_id": "u01-more{}", {}, "locked": false, "schema_version": 3, "task": false}}'
ADDED = f'''
# %% nbgrader={METADATA.format("", '"grade": false, "solution": true')}
def slope(f, x, h=1e-5):
    """The central difference of f at x."""
    ### BEGIN SOLUTION
    return (f(x + h) - f(x - h)) / (2 * h)
    ### END SOLUTION


# %% nbgrader={METADATA.format("-test", '"grade": true, "points": 3, "solution": false')}
check(slope)
### BEGIN HIDDEN TESTS
from autograder import grade

grade("slope", slope)
### END HIDDEN TESTS
'''


def book_of(place):
    return Gradebook(f"sqlite:///{place.root / 'gradebook.db'}")


@pytest.fixture
def graded(own_small_course, at, monkeypatch):
    """Ada and ben are graded; two scores and two comments are by hand."""
    place = own_small_course
    for student in ("ada", "ben"):
        HandedIn(place, student).save()
    at(place)
    monkeypatch.setattr(batch, "LocalPool", lambda count: pretending_pool(place, UNIT)(count))  # as it is built then
    assert main(["grade"]) == 0
    with book_of(place) as book:
        for student, exercise, score in (("ada", "u01-slope", 1.5), ("ben", "u01-train", 0.5)):
            grade = book.find_grade(f"{exercise}-test", UNIT, UNIT, student)
            grade.manual_score, grade.needs_manual_grade = score, True  # as it is where graded again
            book.find_comment(exercise, UNIT, UNIT, student).manual_comment = f"See me, {student}."
        book.db.commit()
    return place


def edit(place, *changes):
    text = place.text(UNIT)
    written = text.read_text()
    for old, new in changes:
        written, number = re.subn(old, lambda _, new=new: new, written, flags=re.S)
        assert number == 1, old
    text.write_text(written)


def without(place, exercise):
    edit(place, *((CELL.format(graded=graded, name=name), "") for graded, name in (
        ("false", exercise), ("true", f"{exercise}-test"),
    )))  # fmt: skip


def drop_slope(place):
    without(place, "u01-slope")
    (place.exercises(UNIT) / "slope.py").unlink()


def rename_train(place):
    text = place.text(UNIT)
    text.write_text(text.read_text().replace("u01-train", "u01-training"))


def add_exercise(place):
    place.text(UNIT).write_text(place.text(UNIT).read_text() + ADDED)


def change_points(place):
    edit(place, ('"u01-train-test", "locked": true, "points": 2', '"u01-train-test", "locked": true, "points": 3'))


def released(place):
    """Every file that a build makes, and what it holds."""
    folders = place.release, place.keys, place.source
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*.*") if path.suffix != ".py"}


def graded_by(place, *arguments):
    """What the gradebook holds once everybody was graded again."""
    assert main(["grade", *arguments]) == 0
    return contents(place)


def test_graded_unit_is_not_changed_unasked_and_what_would_happen_is_told(graded, capsys):
    before, entries = released(graded), contents(graded)
    drop_slope(graded)
    change_points(graded)
    capsys.readouterr()
    assert main(["build", UNIT]) == 2
    assert capsys.readouterr().err.splitlines()[-6:] == [
        "01_kinds is graded already: the gradebook holds 2 submissions of it.",
        "  dropped: u01-slope, with 1 comment",
        "  dropped: u01-slope-test (2 points), with 2 grades (1 by hand)",
        "  points: u01-train-test had 2 and will have 3; 1 score by hand stays",
        "The scores and comments of what is dropped are written to a file beside the gradebook first.",
        "Nothing is changed yet. If that is what you want: python -m autograder build 01_kinds --change",
    ]
    assert released(graded) == before
    assert contents(graded) == entries


def test_dropped_exercise_goes_and_what_students_got_for_it_is_kept_in_a_file(graded, capsys):
    before = contents(graded)
    drop_slope(graded)
    capsys.readouterr()
    assert main(["build", UNIT, "--change"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "  dropped: u01-slope-test (2 points), with 2 grades (1 by hand)" in said
    assert "  What is dropped is kept in gradebook.db.dropped-01_kinds-1.csv." in said
    assert said[-1] == (
        "2 submissions of 01_kinds were graded as it was before. Grade again: python -m autograder grade 01_kinds"
    )
    with (graded.root / "gradebook.db.dropped-01_kinds-1.csv").open() as file:
        kept = {(row["student"], row["grade_id"]): row for row in csv.DictReader(file)}
    assert kept["ada", "u01-slope"]["manual_comment"] == "See me, ada."
    assert kept["ada", "u01-slope-test"]["manual_score"] == "1.5"
    assert kept["ben", "u01-slope-test"]["auto_score"] == "2.0"
    gone = {key for key in before if key[2] in ("u01-slope", "u01-slope-test")}
    assert graded_by(graded) == {key: words for key, words in before.items() if key not in gone}
    with book_of(graded) as book:
        assert book.find_assignment(UNIT).max_score == 16


def test_renamed_exercise_keeps_its_scores_and_comments(graded, capsys):
    before = contents(graded)
    rename_train(graded)
    capsys.readouterr()
    assert main(["build", UNIT, "--change", "--rename", "u01-train=u01-training"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "  renamed: u01-train-test to u01-training-test, which keeps 2 grades (1 by hand)" in said
    assert "  renamed: u01-train to u01-training, which keeps 1 comment" in said
    assert list(graded.root.glob("*.csv")) == []
    renamed = {(*key[:2], re.sub("^u01-train", "u01-training", key[2]), key[3]): before[key] for key in before}
    assert contents(graded) == renamed == graded_by(graded)


def test_rename_that_is_not_declared_is_suggested(graded, capsys):
    rename_train(graded)
    assert main(["build", UNIT]) == 2
    assert "Where a cell has only got another grade_id, add --rename OLD=NEW" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["u01-nothing=u01-training", "u01-train=u01-slope", "u01-slope=u01-training"])
def test_rename_that_fits_no_cell_is_refused(graded, capsys, name):
    rename_train(graded)
    before = released(graded)
    assert main(["build", UNIT, "--change", "--rename", name]) == 2
    assert f"--rename {name} fits no cell" in capsys.readouterr().err
    assert released(graded) == before


@pytest.mark.parametrize("name", ["u01-train", "=u01-train", "u01-train="])
def test_rename_of_another_form_is_told(small_course, at, capsys, name):
    at(small_course)
    assert main(["build", "--rename", name]) == 2
    assert f"'{name}' is not of the form OLD=NEW" in capsys.readouterr().err


def test_added_exercise_is_there_for_everybody_and_waits_to_be_graded(graded, capsys):
    before = contents(graded)
    add_exercise(graded)
    capsys.readouterr()
    assert main(["build", UNIT, "--change"]) == 0
    assert "  added: u01-more-test (3 points)" in capsys.readouterr().out.splitlines()
    added = {key: words for key, words in contents(graded).items() if key not in before}
    assert added["ada", UNIT, "u01-more-test", "grade"] == (None, None, None, True, 0.0, 3.0)
    assert added["ben", UNIT, "u01-more", "comment"] == (None, None)
    after = graded_by(graded)
    assert after["ada", UNIT, "u01-more-test", "grade"][3] is False
    assert {key: after[key] for key in before} == before


def test_changed_points_keep_scores_by_hand_and_wait_to_be_graded_again(graded):
    before = contents(graded)
    change_points(graded)
    assert main(["build", UNIT, "--change"]) == 0
    after = contents(graded)
    assert after["ada", UNIT, "u01-train-test", "grade"][3:] == (True, 2.0, 3.0)
    assert after["ben", UNIT, "u01-train-test", "grade"][1] == 0.5
    after = graded_by(graded)
    assert after["ada", UNIT, "u01-train-test", "grade"][3:] == (False, 3.0, 3.0)
    changed = {key for key in after if after[key] != before[key]}
    assert changed == {(student, UNIT, "u01-train-test", "grade") for student in ("ada", "ben")}


@pytest.mark.parametrize("change", [drop_slope, rename_train, add_exercise, change_points])
def test_no_feedback_is_made_of_what_was_graded_before_the_change(graded, change):
    change(graded)
    assert main(["build", UNIT, "--change"]) == 0
    api = nbgrader_api(graded, gradebook_url(graded))
    page = graded.root / "feedback" / "ada" / UNIT / f"{UNIT}.html"
    found = api.generate_feedback(UNIT, force=True)
    assert not found["success"]
    assert f"ada {UNIT} was graded before the unit changed; grade it again first." in found["log"]
    assert not page.exists()
    assert main(["grade", "--resume"]) == 0
    assert api.generate_feedback(UNIT, force=True)["success"]
    assert page.exists()


def test_nbgraders_own_step_leaves_the_release_that_there_was(graded):
    path = graded.notebook(UNIT)
    notebook = json.loads(path.read_text())
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] != "u01-slope-test"]
    path.write_text(json.dumps(notebook))
    folder = graded.release / UNIT
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    found = nbgrader_api(graded, gradebook_url(graded)).generate_assignment(UNIT, force=True)
    assert not found["success"]
    assert f"run: python -m autograder build {UNIT} --change" in found["log"]
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert [place.name for place in graded.root.glob(".release*")] == []


def test_unit_without_submissions_changes_without_a_word(own_small_course, at, capsys):
    place = own_small_course
    drop_slope(place)
    at(place)
    assert main(["build", UNIT]) == 0
    assert capsys.readouterr().out == ""
    with book_of(place) as book:
        assert book.find_assignment(UNIT).max_score == 16
        assert "u01-slope" not in {source.name for source in book.db.query(SourceCell)}


def test_text_that_changes_no_exercise_needs_no_leave(graded, capsys):
    edit(graded, ("The central difference of f at x.", "The slope of f at x."))
    before = contents(graded)
    capsys.readouterr()
    assert main(["build", UNIT]) == 0
    assert capsys.readouterr().out == ""
    assert contents(graded) == before
    with book_of(graded) as book:
        assert "The slope of f" in book.find_source_cell("u01-slope", UNIT, UNIT).source


def fails(error):
    def stop(*_):
        raise error

    return stop


FAILURES = {
    "the gradebook refuses it": (UnitWriter, "apply", GradebookFailed("It is locked.")),
    "the disk is full": (release_module, "write_index", OSError(28, "No space left on device")),
    "it is stopped before the end": (UnitWriter, "commit", KeyboardInterrupt()),
}


@pytest.mark.parametrize("kind", FAILURES)
def test_change_that_fails_leaves_everything_as_it_was(graded, monkeypatch, kind):
    place, function, error = FAILURES[kind]
    before, entries = released(graded), contents(graded)
    drop_slope(graded)
    monkeypatch.setattr(place, function, fails(error))
    with pytest.raises(type(error)):
        list(build(graded, [UNIT], change=True))
    assert released(graded) == before
    assert contents(graded) == entries
    assert [path.name for path in graded.root.iterdir() if ".release" in path.name or path.suffix == ".csv"] == []


def test_no_unit_is_changed_where_one_of_them_fails(graded):
    second = graded.source / "02_more"
    shutil.copytree(graded.exercises(UNIT), second / "exercises")
    broken = graded.text(UNIT).read_text().replace("u01-", "u02-").replace("    ### END SOLUTION\n", "", 1)
    (second / "02_more.py").write_text(broken)
    edit(graded, ("The central difference of f at x.", "The slope of f at x."))
    before = released(graded)
    with pytest.raises(NbgraderFailed, match="nbgrader could not make the release of 02_more"):
        list(build(graded, [UNIT, "02_more"]))
    assert released(graded) == before


def test_pictures_beside_a_unit_are_released_with_it(graded):
    (graded.source / UNIT / "figure.svg").write_text("<svg/>")
    list(build(graded, [UNIT]))
    assert (graded.release / UNIT / "figure.svg").read_text() == "<svg/>"


def test_another_drop_has_a_file_of_its_own(graded):
    drop_slope(graded)
    list(build(graded, [UNIT], change=True))
    without(graded, "u01-train")
    (graded.exercises(UNIT) / "train.py").unlink()
    with pytest.raises(UnitWouldChange):
        list(build(graded, [UNIT]))
    list(build(graded, [UNIT], change=True))
    assert sorted(path.name for path in graded.root.glob("*.csv")) == [
        "gradebook.db.dropped-01_kinds-1.csv",
        "gradebook.db.dropped-01_kinds-2.csv",
    ]


def test_whole_way_of_a_change_with_everybody_graded_for_real(own_small_course, at, capsys):
    place = own_small_course
    handed = HandedIn(place, "ada")
    handed.save()
    at(place)
    assert main(["grade", "--workers", "1"]) == 0
    drop_slope(place)
    assert main(["build", "--change"]) == 0
    capsys.readouterr()
    assert main(["grade", "--workers", "1", "--verbose"]) == 0
    assert f"ada {UNIT} 16 16" in " ".join(capsys.readouterr().out.replace("│", " ").split())
    executed = json.loads((place.root / "autograded" / "ada" / UNIT / f"{UNIT}.ipynb").read_text())
    assert "u01-slope-test" not in {cell["id"] for cell in executed["cells"]}
