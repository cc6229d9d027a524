"""Rows 54, 57 and 58: what befalls the grader itself costs no points; what it says is its own, in one sentence."""

import contextlib
import errno
import sqlite3
import subprocess
import sys

import pytest
from support.courses import ROOT

from attacks.handed_in import ALL, UNIT, HandedIn
from autograder import files as writing
from autograder.__main__ import main
from autograder.commands.grade_report import print_report
from autograder.gradebook import writer as bookkeeping
from autograder.grading import journal
from autograder.grading.batch import grade_all
from autograder.grading.results import Result
from autograder.progress import steps

PEOPLE = ("ada", "ben", "zoe")
DIES = """
import os, signal, sys
from pathlib import Path
from autograder.gradebook import writer as bookkeeping
from autograder.grading import journal
from autograder import files as writing
from autograder.grading.batch import grade_all
from autograder.paths import Course

def dying(function, before):
    def call(*arguments, **named):
        if "ben" not in str(arguments):
            return function(*arguments, **named)
        if not before:
            function(*arguments, **named)
        os.kill(os.getpid(), signal.SIGKILL)
    return call

if __name__ == "__main__":
    {patch}
    grade_all(Course(Path(sys.argv[1])), [], workers=1)
"""
MOMENTS = {
    "before the notebook is written": "bookkeeping.write_if_changed = dying(bookkeeping.write_if_changed, True)",
    "while the notebook is written": "Path.replace = dying(Path.replace, True)",
    "before the scores are written": "bookkeeping.write_if_changed = dying(bookkeeping.write_if_changed, False)",
    "before the journal is written": "journal.Journal.write = dying(journal.Journal.write, True)",
    "after the journal was written": "journal.Journal.write = dying(journal.Journal.write, False)",
}


@pytest.fixture
def place(own_small_course, at):
    """A course to which three handed in right answers; it is the current directory."""
    for student in PEOPLE:
        HandedIn(own_small_course, student).save()
    at(own_small_course)
    return own_small_course


def points(results):
    return [(result.student, result.points, result.reason) for result in results]


def see_that_all_are_graded(place):
    """Everybody has all points, in the gradebook too, and nothing half-made is left."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{place.root / 'gradebook.db'}") as book:
        (assignment,) = book.assignments
        assert {s.student.id: s.score for s in assignment.submissions} == dict.fromkeys(PEOPLE, ALL)
    assert sorted(path.parents[1].name for path in (place.root / "autograded").rglob("*.ipynb")) == list(PEOPLE)
    assert not list(place.root.rglob("*.half"))


@pytest.mark.parametrize("moment", MOMENTS)
def test_run_that_is_killed_between_two_writes_goes_on_with_resume(moment, place, tmp_path):
    script = tmp_path / "alone" / "dies.py"  # beside a folder named course it would import that
    script.parent.mkdir()
    script.write_text(DIES.replace("{patch}", MOMENTS[moment]))
    done = subprocess.run([sys.executable, script, place.root], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == -9, done.stderr
    assert points(grade_all(place, [], workers=2, resume=True)) == [(student, ALL, "") for student in PEOPLE]
    see_that_all_are_graded(place)


def said(capsys):
    """What was said on stderr, without the progress bar: one sentence and no traceback."""
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err + captured.out
    return captured.err.splitlines()[-1]


def test_gradebook_that_another_program_has_locked_is_told_in_a_sentence_and_the_run_goes_on_later(place, capsys):
    other = sqlite3.connect(place.root / "gradebook.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert main(["grade"]) == 2
    finally:
        other.close()
    assert "gradebook" in said(capsys)
    assert main(["grade", "--resume"]) == 0
    see_that_all_are_graded(place)


@pytest.mark.parametrize("full", ["autograded", "journal"])
def test_full_disk_is_told_in_a_sentence_and_the_run_goes_on_later(full, place, capsys, monkeypatch):
    """A student's notebook, or the lines of finished ones in the journal, find no place."""
    owner, name = {
        "autograded": (writing.Path, "replace"),
        "journal": (journal.os, "fsync"),
    }[full]
    whole, calls = getattr(owner, name), []

    def fails(*arguments):
        calls.append(arguments)
        if len(calls) == 2:  # the journal begins with a line of the run's own
            raise OSError(errno.ENOSPC, "No space left on device")
        return whole(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, fails)
        assert main(["grade", "--workers", "1"]) == 2
    words = said(capsys)
    assert "No space left on device. Nothing was lost; mend that and run it again with --resume." in words
    assert {"autograded": "01_kinds.ipynb: ", "journal": "journal.jsonl: "}[full] in words
    assert main(["grade", "--resume"]) == 0
    see_that_all_are_graded(place)


def test_gradebook_on_a_full_disk_is_told_in_a_sentence(place, capsys):
    """SQLite says that the disk is full when the gradebook may not grow."""
    path = place.root / "gradebook.db"
    with contextlib.closing(sqlite3.connect(path)) as book:
        pages = book.execute("PRAGMA page_count").fetchone()[0]
    limit = bookkeeping.GradebookWriter.__init__

    def limited(self, *arguments):
        limit(self, *arguments)
        self.gradebook.db.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        self.gradebook.db.commit()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bookkeeping.GradebookWriter, "__init__", limited)
        code = main(["grade", "--workers", "1"])
    if code:
        words = said(capsys)
        assert "full" in words and "--resume" in words
    assert main(["grade", "--resume"]) == 0
    see_that_all_are_graded(place)


def test_table_shows_names_and_reasons_as_they_are(capsys):
    """Marks that the table's own writer would obey, and a tag that would end it with an error."""
    names = ("[bold]x", "[/bold]", "[link=http://x]y", "a\\[b]")
    print_report([Result(name, UNIT, reason=f"the reason of {name}") for name in names])
    out = capsys.readouterr().out
    for name in names:
        assert name in out


def test_progress_shows_names_as_they_are(capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    with steps("Grading", 2) as done:
        done("[/bold] 01")
        done("[red]x 01")
    assert "[red]x 01" in capsys.readouterr().err


def test_nothing_that_a_name_holds_reaches_the_terminal(own_small_course, at, capsys):
    for name in ("\x1b[2Jx", "a\rb", "\u202enep", "[/red]".replace("/", "")):
        HandedIn(own_small_course, name).save()
    at(own_small_course)
    assert main(["grade"]) == 1
    captured = capsys.readouterr()
    for sign in ("\x1b[2J", "a\rb", "\u202e"):
        assert sign not in captured.out + captured.err
    assert "[red]" in captured.out
