"""``nbgrader export`` with a line for each exercise: the same points as in the gradebook, by hand or not."""

import csv
import warnings

import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin
from support.programs import ran

from autograder.gradebook.url import gradebook_url

UNIT = "01_kinds"


@pytest.fixture
def graded(own_small_course):
    """Two students with points of every kind."""
    with warnings.catch_warnings(), Gradebook(gradebook_url(own_small_course)) as book:
        warnings.simplefilter("ignore")  # nbgrader adds a submission in a way that SQLAlchemy remarks on
        for student, points in (("zoë", 2), ("ada", 1)):
            book.add_student(student)
            book.add_submission(UNIT, student)
            grade = book.find_grade("u01-slope-test", UNIT, UNIT, student)
            grade.auto_score, grade.extra_credit = points, 0.5
        book.find_grade("u01-slope-test", UNIT, UNIT, "ada").manual_score = 1.5
        book.db.commit()
    return own_small_course


def exported(course, *options):
    said = ran(course, "nbgrader", "export", "--exporter=autograder.nbgrader_plugins.ExerciseScores", *options)
    assert said.returncode == 0, said.stderr
    with (course.root / "exercises.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_exercise_has_a_line_and_their_sum_is_nbgraders(graded):
    rows = exported(graded)
    ada = next(row for row in rows if row["student_id"] == "ada" and row["exercise"] == "u01-slope-test")
    assert (ada["score"], ada["max_score"], ada["auto_score"]) == ("2.0", "2.0", "1.0")
    assert (ada["manual_score"], ada["extra_credit"]) == ("1.5", "0.5")
    with Gradebook(gradebook_url(graded)) as book:
        CsvExportPlugin(to=str(graded.root / "whole.csv")).export(book)
    with (graded.root / "whole.csv").open(encoding="utf-8") as file:
        for whole in csv.DictReader(file):
            own = [row for row in rows if row["student_id"] == whole["student_id"]]
            assert sum(float(row["score"]) for row in own) == float(whole["raw_score"])
            assert sum(float(row["max_score"]) for row in own) == float(whole["max_score"])


def test_one_student_can_be_asked_for(graded):
    rows = exported(graded, "--ExportPlugin.student=['zoë']")
    assert {row["student_id"] for row in rows} == {"zoë"}
