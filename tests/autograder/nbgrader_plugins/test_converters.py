"""nbgrader's own batches and formgrader's list: one folder or file that nobody can use is told of, the rest goes on."""

import json
import os
import shutil
import unicodedata
import warnings
from datetime import datetime

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties
from support.ordinary_user import as_ordinary_user

from autograder.errors import AutograderError
from autograder.execution.job import Executed
from autograder.gradebook.nbgrader_api import nbgrader_api
from autograder.gradebook.refusal import stands_refused
from autograder.gradebook.url import gradebook_url
from autograder.nbgrader_plugins.exporter import IsolatedExecute

UNIT = "01_kinds"
PEOPLE = ("ada", "ben", "zoe")
EMPTY = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


@pytest.fixture
def place(own_small_course, monkeypatch):
    """A course to which three handed something in; what is executed earns all points, without the slow part."""
    notebook = nbformat.from_dict(json.loads(own_small_course.notebook(UNIT).read_text()))
    for student in PEOPLE:
        folder = own_small_course.submitted / student / UNIT
        folder.mkdir(parents=True)
        (folder / f"{UNIT}.ipynb").write_text(EMPTY)
        (folder / "timestamp.txt").write_text("2026-03-01 18:00:00 -0800")
    monkeypatch.setattr(IsolatedExecute, "_executed", lambda *arguments: Executed(notebook))
    return own_small_course


def api_of(course):
    return nbgrader_api(course, gradebook_url(course))


def autograded(course, **options):
    """What nbgrader says over grading the class, and whose notebooks there are afterwards."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader adds a submission in a way that SQLAlchemy remarks on
        result = api_of(course).autograde(UNIT, "*", **options)
    assert result["success"] == (" is left out: " not in result["log"] and " is not graded: " not in result["log"])
    made = (course.root / "autograded").glob(f"*/{UNIT}/{UNIT}.ipynb")
    return result["log"], sorted(path.parents[1].name for path in made if not stands_refused(path))


def fed_back(course):
    """What nbgrader says over writing the feedback, and whose pages there are afterwards."""
    result = api_of(course).generate_feedback(UNIT, force=True)
    assert result["success"] == (" is left out: " not in result["log"])
    made = (course.root / "feedback").glob(f"*/{UNIT}/{UNIT}.html")
    return result["log"], sorted(path.parents[1].name for path in made)


@pytest.mark.parametrize("locked", ["ben", f"ben/{UNIT}"])
@pytest.mark.parametrize("mode", [0o000, 0o644])
def test_folder_that_may_not_be_entered_has_its_reason(place, locked, mode):
    (place.submitted / locked).chmod(mode)
    log, made = as_ordinary_user(lambda: autograded(place))
    assert made == ["ada", "zoe"]
    assert f"ben {UNIT} is not graded: 01_kinds.ipynb can't be opened (Permission denied); change" in log
    with Gradebook(gradebook_url(place)) as book:
        grades = {
            submission.student.id: {grade.auto_score for grade in submission.notebooks[0].grades}
            for submission in book.find_assignment(UNIT).submissions
        }
    assert grades["ben"] == {None} and None not in grades["ada"] | grades["zoe"], "no points, and not 0"


def test_folder_without_a_notebook_has_its_reason(place):
    (place.submitted / "ben" / UNIT / f"{UNIT}.ipynb").unlink()
    log, made = autograded(place)
    assert made == ["ada", "zoe"]
    assert f"ben {UNIT} is not graded: there is no 01_kinds.ipynb in the folder, which holds timestamp.txt" in log


def scores(place):
    with Gradebook(gradebook_url(place)) as book:
        return {submission.student.id: submission.score for submission in book.find_assignment(UNIT).submissions}


SPOILT = {
    "link": lambda path: (path.unlink(), path.symlink_to("/dev/null")),
    "page": lambda path: path.write_text("<html>please log in</html>"),
}


@pytest.mark.parametrize("spoil", SPOILT)
def test_resubmission_that_cannot_be_graded_leaves_what_was_graded_before(place, spoil):
    _, made = autograded(place)
    before = scores(place)
    assert made == list(PEOPLE) and before["ben"] == 18.0
    path = place.submitted / "ben" / UNIT / f"{UNIT}.ipynb"
    SPOILT[spoil](path)
    log, made = autograded(place, force=True)
    assert f"ben {UNIT} is not graded: 01_kinds.ipynb is " in log
    assert made == ["ada", "zoe"] and scores(place) == before
    page = place.root / "feedback" / "ben" / UNIT / f"{UNIT}.html"
    assert fed_back(place)[1] == list(PEOPLE)
    assert "A later submission of this notebook could not be graded" in page.read_text()
    assert "u01-slope" in (place.root / "autograded" / "ben" / UNIT / f"{UNIT}.ipynb").read_text()
    path.unlink()
    path.write_text(EMPTY)
    assert autograded(place)[1] == list(PEOPLE)
    fed_back(place)
    assert "could not be graded" not in page.read_text()


def test_notebook_that_was_replaced_is_graded_again_though_no_newer_time_says_so(place, monkeypatch):
    nothing = json.loads(place.notebook(UNIT).read_text())
    for cell in nothing["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            cell["outputs"] = [{"output_type": "error", "ename": "E", "evalue": "", "traceback": []}]
    autograded(place)
    assert scores(place)["ben"] == 18.0
    monkeypatch.setattr(IsolatedExecute, "_executed", lambda *arguments: Executed(nbformat.from_dict(nothing)))
    (place.submitted / "ben" / UNIT / f"{UNIT}.ipynb").write_text(EMPTY + "\n")
    log, _ = autograded(place, force=False)
    assert "Skipping" not in log
    assert scores(place)["ben"] == 0.0


@pytest.mark.parametrize("force", [True, False])
@pytest.mark.parametrize("ends", [KeyboardInterrupt, AutograderError])
def test_what_was_graded_before_stays_where_grading_again_is_stopped(place, monkeypatch, force, ends):
    autograded(place)
    folder = place.root / "autograded" / "ben" / UNIT
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    whole = IsolatedExecute._executed

    def stops(exporter, submission):
        if submission.student == "ben":
            raise ends("stopped")
        return whole(exporter, submission)

    monkeypatch.setattr(IsolatedExecute, "_executed", stops)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert not api_of(place).autograde(UNIT, "*", force=force)["success"]
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert after.keys() == before.keys()
    if ends is KeyboardInterrupt:
        assert after == before
    else:
        graded = json.loads(after[f"{UNIT}.ipynb"])
        assert graded["cells"][1:] == json.loads(before[f"{UNIT}.ipynb"])["cells"]


def test_submission_that_stops_the_grader_is_entered_when_the_batch_is_over(place, monkeypatch):
    whole = IsolatedExecute._executed

    def stops(exporter, submission):
        if submission.student == "ben":
            raise AutograderError("it is another notebook")
        return whole(exporter, submission)

    autograded(place)
    monkeypatch.setattr(IsolatedExecute, "_executed", stops)
    log, made = autograded(place, force=True)
    assert "ben 01_kinds is not graded: it is another notebook" in log and made == ["ada", "zoe"]
    assert scores(place)["ben"] == 18.0
    fed_back(place)
    page = (place.root / "feedback" / "ben" / UNIT / f"{UNIT}.html").read_text()
    assert "A later submission of this notebook could not be graded" in page and "it is another notebook." in page


def test_misplaced_work_has_its_reason(place):
    (place.submitted / "ben" / UNIT).rename(place.submitted / "ben" / f"{UNIT} (1)")
    (place.submitted / f"gina_{UNIT}.ipynb").write_text("{}")
    log, made = autograded(place)
    assert made == ["ada", "zoe"]
    assert f"ben {UNIT} (1) is not graded: no unit has just this name; rename the folder to {UNIT}" in log
    assert f"gina_{UNIT}.ipynb is not graded: it lies in no student's folder; move it to STUDENT/{UNIT}" in log


def test_copy_under_another_name_is_to_be_renamed(place):
    folder = place.submitted / "ben" / UNIT
    (folder / f"{UNIT}.ipynb").rename(folder / f"{UNIT} (1).ipynb")
    log, made = autograded(place)
    assert made == ["ada", "zoe"]
    assert f"there is no {UNIT}.ipynb; rename {UNIT} (1).ipynb to {UNIT}.ipynb" in log


def test_name_with_its_accents_apart_is_to_be_renamed(place):
    apart = unicodedata.normalize("NFD", "bén")
    (place.submitted / "ben").rename(place.submitted / apart)
    log, made = autograded(place)
    assert made == ["ada", "zoe"]
    assert "the accents of the folder's name are written apart; rename the folder to bén" in log


def test_name_in_other_capitals_is_no_new_student(place):
    with Gradebook(gradebook_url(place)) as book:
        book.add_student("ben")
    (place.submitted / "ben").rename(place.submitted / "Ben")
    log, made = autograded(place)
    assert made == ["ada", "zoe"]
    assert "Ben 01_kinds is not graded: the gradebook has no student of this name; if it is ben's, rename the" in log


def as_file(folder):
    folder.write_text("mine")


def as_link(folder):
    folder.symlink_to("gone")


def as_full_folder_without_rights(folder):
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "mine").write_text("")
    (folder / "deep").chmod(0o500)


INSTEAD = [as_file, as_link, as_full_folder_without_rights]


@pytest.mark.parametrize("make", INSTEAD)
@pytest.mark.parametrize("whose", ["ben", f"ben/{UNIT}"])
def test_place_of_a_graded_notebook_that_takes_none_is_left_out(place, make, whose):
    path = place.root / "autograded" / whose
    path.parent.mkdir(parents=True)
    make(path)
    log, made = as_ordinary_user(lambda: autograded(place, force=True))
    if make is as_full_folder_without_rights and whose == "ben":
        assert made == ["ada", "ben", "zoe"], "what lies beside it hinders nobody"
        return
    assert made == ["ada", "zoe"]
    assert (
        f"it can't write to {place.root / 'autograded' / 'ben' / UNIT}; remove that, or change its permissions" in log
    )


@pytest.mark.parametrize("make", INSTEAD)
def test_place_of_a_page_of_feedback_that_takes_none_is_left_out(place, make):
    autograded(place)
    path = place.root / "feedback" / "ben" / UNIT
    path.parent.mkdir(parents=True)
    make(path)
    log, made = as_ordinary_user(lambda: fed_back(place))
    assert made == ["ada", "zoe"]
    assert f"it can't write to {path}; remove that, or change its permissions, and grade it again." in log


def test_student_who_was_removed_from_the_gradebook_keeps_nobody_from_a_page(place):
    autograded(place)
    with Gradebook(gradebook_url(place)) as book:
        book.remove_student("ben")
    result = api_of(place).generate_feedback(UNIT, force=True)
    assert not result["success"] and "Traceback" not in result["log"]
    folder = place.root / "autograded" / "ben" / UNIT
    assert (
        f"ben {UNIT} has no page: the gradebook holds nothing of it; grade it again, or remove {folder} if"
        in result["log"]
    )
    assert sorted(path.name for path in (place.root / "feedback").iterdir()) == ["ada", "zoe"]


def test_points_without_a_graded_notebook_are_told_of(place):
    autograded(place)
    shutil.rmtree(place.root / "autograded" / "ben" / UNIT)
    result = api_of(place).generate_feedback(UNIT, force=True)
    assert not result["success"]
    assert f"ben {UNIT} has no page: there is no graded notebook of it; grade it again." in result["log"]
    assert sorted(path.name for path in (place.root / "feedback").iterdir()) == ["ada", "zoe"]
    assert api_of(place).generate_feedback(UNIT, "ada", force=True)["success"], "who was not asked for has no line"


def test_new_points_never_stand_on_an_earlier_notebook(place, monkeypatch):
    autograded(place)
    monkeypatch.setattr(AssignLatePenalties, "preprocess", lambda *arguments: 1 / 0)
    api_of(place).autograde(UNIT, "ben", force=True)
    assert not (place.root / "autograded" / "ben" / UNIT).exists()
    log = api_of(place).generate_feedback(UNIT, force=True)["log"]
    assert f"ben {UNIT} has no page: there is no graded notebook of it; grade it again." in log


UNREAD = {
    "zone": lambda path: path.write_text("2026-01-01 00:00:00 ../../x"),
    "pipe": os.mkfifo,
    "folder": os.mkdir,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "link": lambda path: path.symlink_to("/proc/self/mem"),
}


def test_timestamp_that_is_no_time_costs_nobody_a_place_in_formgraders_list(place):
    for kind, make in UNREAD.items():
        folder = place.submitted / kind / UNIT
        shutil.copytree(place.submitted / "ben" / UNIT, folder)
        (folder / "timestamp.txt").unlink()
        make(folder / "timestamp.txt")
    times = {**dict.fromkeys(PEOPLE, "2026-03-02T02:00:00"), **dict.fromkeys(UNREAD)}
    for _ in range(2):  # before it was graded, and after
        assert {each["student"]: each["timestamp"] for each in api_of(place).get_submissions(UNIT)} == times
        assert autograded(place)[1] == sorted(times)
    assert api_of(place).get_autograded_students(UNIT) == set(times)
    assert os.listdir(place.root / "autograded" / "pipe" / UNIT) == [f"{UNIT}.ipynb"]
    assert fed_back(place)[1] == sorted(times)


def test_offset_in_numbers_counts(place):
    autograded(place)
    with Gradebook(gradebook_url(place)) as book:
        assert book.find_submission(UNIT, "ben").timestamp == datetime(2026, 3, 2, 2)
    path = place.root / "autograded" / "ben" / UNIT / "timestamp.txt"
    assert path.read_text() == "2026-03-02 02:00:00 UTC"


@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), KeyError("x"), RecursionError("too deep")])
def test_whatever_is_raised_over_one_submission_is_its_reason(place, monkeypatch, error):
    whole = IsolatedExecute._executed

    def fails(self, submission):
        if submission.student == "ben":
            raise error
        return whole(self, submission)

    monkeypatch.setattr(IsolatedExecute, "_executed", fails)
    log, made = autograded(place)
    assert made == ["ada", "zoe"]
    assert f"ben {UNIT} is not graded: " in log
