"""When something was handed in: ``grade`` enters it as ``nbgrader autograde`` does, and what being late costs."""

from datetime import datetime

import pytest
from attacks.handed_in import ALL, UNIT, HandedIn
from nbgrader.api import Gradebook

from autograder.__main__ import main

ZERO = "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"


@pytest.fixture
def place(own_small_course, at):
    """A course whose unit is due on the first of March; ada was in time, ben was late, zoe has no stamp."""
    for student, stamp in (("ada", "2026-03-01 11:00:00 UTC"), ("ben", "2026-03-02 12:00:00 UTC\n"), ("zoe", "")):
        handed = HandedIn(own_small_course, student)
        handed.save()
        if stamp:
            (handed.folder / "timestamp.txt").write_text(stamp)
    at(own_small_course)
    with book_of(own_small_course) as book:
        book.update_or_create_assignment(UNIT, duedate=datetime(2026, 3, 1, 12))
    return own_small_course


def book_of(place):
    return Gradebook(f"sqlite:///{place.root / 'gradebook.db'}")


def entered(place):
    """For each student the time that the gradebook knows, and the score with the penalty taken off."""
    with book_of(place) as book:
        found = {}
        for student in ("ada", "ben", "zoe"):
            submission = book.find_submission(UNIT, student)
            (notebook,) = submission.notebooks
            time = submission.timestamp and submission.timestamp.isoformat()
            found[student] = (time, notebook.score - (notebook.late_submission_penalty or 0.0))
        return found


def test_time_is_entered_and_costs_nothing_unless_the_course_says_so(place):
    assert main(["grade"]) == 0
    assert entered(place) == {
        "ada": ("2026-03-01T11:00:00", ALL),
        "ben": ("2026-03-02T12:00:00", ALL),
        "zoe": (None, ALL),
    }
    assert (place.root / "autograded" / "ben" / UNIT / "timestamp.txt").read_text() == "2026-03-02 12:00:00 UTC"


def test_late_submission_costs_what_the_courses_plugin_says(place):
    with (place.root / "nbgrader_config.py").open("a") as config:
        config.write(ZERO)
    assert main(["grade"]) == 0
    assert {student: score for student, (_, score) in entered(place).items()} == {"ada": ALL, "ben": 0.0, "zoe": ALL}


def test_stamp_that_is_no_time_is_left_out_of_account(place):
    (place.submitted / "ben" / UNIT / "timestamp.txt").write_text("yesterday, more or less")
    assert main(["grade"]) == 0
    assert entered(place)["ben"] == (None, ALL)


STOPS = """
from nbgrader.plugins import LateSubmissionPlugin

class Stops(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return score / 0

c.AssignLatePenalties.plugin_class = Stops
"""


def test_plugin_that_stops_is_told_in_a_sentence(place, capsys):
    with (place.root / "nbgrader_config.py").open("a") as config:
        config.write(STOPS)
    assert main(["grade"]) == 2
    assert "late submissions stopped with ZeroDivisionError" in capsys.readouterr().err
