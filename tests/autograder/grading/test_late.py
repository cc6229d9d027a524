"""When something was handed in: ``grade`` enters it as ``nbgrader autograde`` does, and what being late costs."""

import os
from datetime import datetime

import pytest
from attacks.handed_in import ALL, UNIT, HandedIn
from nbgrader.api import Gradebook
from support.pretending_pool import pretending_pool

from autograder.__main__ import main
from autograder.grading import batch

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


@pytest.fixture
def quick(place, monkeypatch):
    """The same course, in which nothing is executed and everybody earns all points."""
    monkeypatch.setattr(batch, "LocalPool", pretending_pool(place, UNIT))
    return place


UNREAD = {
    "yesterday, more or less": "it names no date and time",
    "2026-03-02 12:00:00 PST": "it names no date and time",
    "2026-03-02 12:00:00 ../../x": "it names no date and time",
    "2026-03-02 12:00:00 /proc/self/mem": "it names no date and time",
    os.mkfifo: "it is a named pipe, not a file",
    os.mkdir: "it is a folder",
}


@pytest.mark.parametrize("stamp", UNREAD)
def test_stamp_that_is_no_time_is_noted_and_the_run_goes_on(stamp, quick, capsys):
    path = quick.submitted / "ben" / UNIT / "timestamp.txt"
    assert main(["grade"]) == 0
    if isinstance(stamp, str):
        path.write_text(stamp)
    else:
        path.unlink()
        stamp(path)
    for again in ([], ["--resume"]):
        capsys.readouterr()
        assert main(["grade", *again]) == 0
        table = " ".join(capsys.readouterr().out.replace("│", " ").split())
        assert f"ben {UNIT} 18 18 timestamp.txt is left out of account: {UNREAD[stamp]}" in table
        assert entered(quick)["ben"] == (None, ALL), "the time of what was handed in before is not this one's"


@pytest.mark.parametrize(
    "stamp", ["2026-03-01 18:00:00 -0800", "2026-03-02 03:00:00 +01:00", "\ufeff2026-03-02T02:00:00Z\r\n"]
)
def test_offset_in_numbers_counts_and_is_written_in_utc(stamp, quick):
    (quick.submitted / "ben" / UNIT / "timestamp.txt").write_text(stamp)
    assert main(["grade"]) == 0
    assert entered(quick)["ben"] == ("2026-03-02T02:00:00", ALL)
    assert (quick.root / "autograded" / "ben" / UNIT / "timestamp.txt").read_text() == "2026-03-02 02:00:00 UTC"


def test_stamp_that_was_mended_is_taken_with_resume(quick):
    path = quick.submitted / "ben" / UNIT / "timestamp.txt"
    path.write_text("05.03.2026")
    assert main(["grade"]) == 0
    path.write_text("2026-03-05 12:00:00 +01:00")
    assert main(["grade", "--resume"]) == 0
    assert entered(quick)["ben"] == ("2026-03-05T11:00:00", ALL)


STOPS = """
from nbgrader.plugins import LateSubmissionPlugin

class Stops(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return score / 0

c.AssignLatePenalties.plugin_class = Stops
"""


GIVES_NO_NUMBER = STOPS.replace("score / 0", "float('nan')")
REASONS = {STOPS: "stopped with ZeroDivisionError: float division by zero", GIVES_NO_NUMBER: "gave no number"}


@pytest.mark.parametrize("plugin", REASONS)
def test_plugin_that_stops_over_one_submission_is_its_reason(plugin, quick, capsys):
    config = quick.root / "nbgrader_config.py"
    whole = config.read_text()
    config.write_text(whole + plugin)
    assert main(["grade"]) == 1
    table = " ".join(capsys.readouterr().out.replace("│", " ").split())
    assert f"the course's plugin for late submissions {REASONS[plugin]}); mend that" in table
    assert "2 graded, 1 not." in table
    config.write_text(whole)
    assert main(["grade", "--resume"]) == 0
    assert entered(quick)["ben"] == ("2026-03-02T12:00:00", ALL)
