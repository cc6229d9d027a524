"""Grading an inbox with work in odd places: each thing is graded or has a line, and the exit code says so."""

import shutil

from autograder.commands.command_line import main

UNIT = "01_kinds"


def hand_in(place, name):
    target = place.submitted / name
    target.parent.mkdir(parents=True)
    shutil.copy(place.release / UNIT / f"{UNIT}.ipynb", target)


def test_grade_names_what_is_misplaced_and_what_was_graded_under_another_name(
    own_small_course, at, capsys, monkeypatch
):
    monkeypatch.setenv("COLUMNS", "300")
    place = own_small_course
    hand_in(place, f"ada/{UNIT}/{UNIT} (1).ipynb")
    at(place)
    assert main(["grade", "--workers", "1"]) == 0
    assert f"graded from {UNIT} (1).ipynb, for there is no {UNIT}.ipynb" in capsys.readouterr().out
    hand_in(place, f"bob/{UNIT} (1)/{UNIT}.ipynb")
    (place.submitted / f"gina_{UNIT}.ipynb").write_text("{}")
    (place.submitted / ".DS_Store").write_text("")
    assert main(["grade", "--workers", "1", "--resume"]) == 1
    shown = capsys.readouterr().out
    assert f"rename the folder to {UNIT}" in shown
    assert f"move it to STUDENT/{UNIT}/{UNIT}.ipynb" in shown
    assert "1 graded, 2 not." in shown


def test_inbox_with_nothing_but_misplaced_work_needs_no_gradebook(own_small_course, at, capsys):
    hand_in(own_small_course, f"bob/{UNIT} (1)/{UNIT}.ipynb")
    at(own_small_course)
    assert main(["grade"]) == 1
    assert "0 graded, 1 not." in capsys.readouterr().out
