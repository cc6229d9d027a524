"""What ``grade --resume`` leaves out: results that would be the same again, and none that something else is behind."""

import re
import shutil
from datetime import datetime, timedelta

import pytest
from attacks.handed_in import ALL, UNIT, HandedIn
from nbgrader.api import Gradebook
from support.pretending_pool import IdlePool, pretending_pool

from autograder.__main__ import main
from autograder.build.release import build
from autograder.execution import job
from autograder.grading import batch, recorder
from autograder.grading.batch import grade_all
from autograder.limits import Limits, Tier

STUDENTS = ["ada", "ben"]
LATE = "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"
OWN_PLUGIN = """
from nbgrader.plugins import LateSubmissionPlugin

class TakesOff(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 3

c.AssignLatePenalties.plugin_class = TakesOff
"""


def book_of(place):
    return Gradebook(f"sqlite:///{place.root / 'gradebook.db'}")


@pytest.fixture
def ran(own_small_course, at, monkeypatch):
    """The students whose submissions a run executed, which gives all points; ada and ben handed in on March the 2nd."""
    place, found = own_small_course, []
    for student in STUDENTS:
        handed = HandedIn(place, student)
        handed.save()
        (handed.folder / "timestamp.txt").write_text("2026-03-02 12:00:00 UTC")
    at(place)
    with book_of(place) as book:
        book.update_or_create_assignment(UNIT, duedate=datetime(2026, 3, 5))

    class Noting(IdlePool):
        def results(self, jobs):
            for read, data in pretending_pool(place, UNIT)(1).results(jobs):  # of the unit as it is by then
                found.append(read.student)
                yield read, data

    monkeypatch.setattr(batch, "LocalPool", Noting)
    assert main(["grade"]) == 0
    found.clear()
    return found


@pytest.fixture
def place(own_small_course):
    return own_small_course


def resumed(place, **how):
    return {result.student: result for result in grade_all(place, [], resume=True, **how)}


def penalty(place, student):
    with book_of(place) as book:
        (notebook,) = book.find_submission(UNIT, student).notebooks
        return notebook.late_submission_penalty


def test_nothing_is_done_again_where_nothing_has_changed(place, ran):
    assert {student: result.points for student, result in resumed(place).items()} == dict.fromkeys(STUDENTS, ALL)
    assert ran == []


def change_points(place):
    text = place.text(UNIT)
    old, new = (f'"u01-train-test", "locked": true, "points": {points}' for points in (2, 3))
    text.write_text(text.read_text().replace(old, new))
    list(build(place, [UNIT], change=True))


def test_points_that_changed_are_in_the_resumed_results(place, ran):
    change_points(place)
    assert {result.points for result in resumed(place).values()} == {ALL + 1}
    assert ran == STUDENTS


def change_exercise(place):
    path = place.exercises(UNIT) / "slope.py"
    path.write_text(path.read_text() + "\n")
    list(build(place, [UNIT]))


def delete_gradebook(place):
    (place.root / "gradebook.db").unlink()
    list(build(place, [UNIT]))


def remove_assignment(place):
    with book_of(place) as book:
        book.remove_assignment(UNIT)
    list(build(place, [UNIT]))


def delete_notebooks(place):
    shutil.rmtree(place.root / "autograded")


def cut_off_notebooks(place):
    for path in (place.root / "autograded").glob("*/*/*.ipynb"):
        path.write_bytes(b"")


def grade_elsewhere(place):
    with book_of(place) as book:
        for student in STUDENTS:
            book.find_grade("u01-train-test", UNIT, UNIT, student).auto_score = 0.5
        book.db.commit()


def move_due_date(place):
    with book_of(place) as book:
        book.update_or_create_assignment(UNIT, duedate=datetime(2026, 3, 1, 12))


CHANGES = [
    change_exercise,
    delete_gradebook,
    remove_assignment,
    delete_notebooks,
    cut_off_notebooks,
    grade_elsewhere,
    move_due_date,
]


@pytest.mark.parametrize("change", CHANGES)
def test_everybody_is_graded_again_after(change, place, ran):
    change(place)
    resumed(place)
    assert ran == STUDENTS
    ran.clear()
    resumed(place)
    assert ran == []
    with book_of(place) as book:
        assert [book.find_submission(UNIT, student).score for student in STUDENTS] == [ALL, ALL]


def test_student_who_was_removed_from_the_gradebook_is_graded_again(place, ran):
    with book_of(place) as book:
        book.remove_student("ben")
    resumed(place)
    assert ran == ["ben"]
    with book_of(place) as book:
        assert book.find_submission(UNIT, "ben").score == ALL


def test_due_date_that_moved_costs_what_the_plugin_says_and_no_more(place, ran):
    with (place.root / "nbgrader_config.py").open("a") as config:
        config.write(LATE)
    resumed(place)
    assert ran == [], "nobody was late, so that the plugin changes nothing"
    move_due_date(place)
    resumed(place)
    assert (ran, penalty(place, "ada"), penalty(place, "ben")) == (STUDENTS, ALL, ALL)
    with book_of(place) as book:
        book.find_submission(UNIT, "ben").extension = timedelta(days=3)
        book.db.commit()
    ran.clear()
    resumed(place)
    assert (ran, penalty(place, "ada"), penalty(place, "ben")) == (["ben"], ALL, None)


def test_plugin_that_takes_off_something_else_is_asked_again(place, ran):
    move_due_date(place)
    resumed(place)
    ran.clear()
    config = place.root / "nbgrader_config.py"
    whole = config.read_text()
    for number in (3, 4):
        config.write_text(whole + re.sub("return 3", f"return {number}", OWN_PLUGIN))
        resumed(place)
        assert (ran, penalty(place, "ada")) == (STUDENTS, number)
        ran.clear()


def test_scores_and_comments_by_hand_are_kept_shown_and_nothing_is_graded_again(place, ran):
    with (place.root / "nbgrader_config.py").open("a") as config:
        config.write(LATE)
    move_due_date(place)
    resumed(place)
    ran.clear()
    with book_of(place) as book:
        grade = book.find_grade("u01-train-test", UNIT, UNIT, "ada")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 0.5, 0.25, False
        book.find_comment("u01-train", UNIT, UNIT, "ada").manual_comment = "See me."
        book.db.commit()
    results = resumed(place)
    assert ran == []
    assert (results["ada"].points, results["ben"].points) == (0.0, 0.0), "being late costs everything"
    with book_of(place) as book:
        assert book.find_submission(UNIT, "ada").score == ALL - 1.25


def test_another_gradebook_gets_everything(place, ran):
    list(build(place, [UNIT], db="sqlite:///other.db"))
    resumed(place, db="sqlite:///other.db")
    assert ran == STUDENTS
    with Gradebook(f"sqlite:///{place.root / 'other.db'}") as book:
        assert book.find_submission(UNIT, "ada").score == ALL


def test_other_limits_and_no_sandbox_may_give_another_result(place, ran):
    resumed(place, limits=Limits(seconds=600.0))
    assert ran == STUDENTS
    ran.clear()
    resumed(place, tier=Tier.NONE)
    assert ran == STUDENTS
    ran.clear()
    resumed(place)
    assert ran == STUDENTS


def test_another_grader_may_give_another_result(place, ran, monkeypatch):
    assert re.fullmatch("[0-9a-f]{16}", job.grader_version())
    monkeypatch.setattr(recorder, "grader_version", lambda: "of tomorrow")
    resumed(place)
    assert ran == STUDENTS


def test_stamp_that_could_not_be_read_and_is_gone_takes_its_note_along(place, ran):
    path = place.submitted / "ada" / UNIT / "timestamp.txt"
    path.write_text("yesterday")
    assert "left out of account" in resumed(place)["ada"].verdict
    path.unlink()
    assert resumed(place)["ada"].verdict == ""
