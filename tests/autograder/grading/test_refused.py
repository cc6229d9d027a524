"""A submission that can't be graded: table, gradebook, export and feedback say the same of it."""

import csv
import json

import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin
from support.pretending_pool import IdlePool, pretending_pool

from autograder.__main__ import main
from autograder.execution.job import Executed
from autograder.gradebook.nbgrader_api import nbgrader_api
from autograder.gradebook.url import gradebook_url
from autograder.grading import batch
from autograder.grading.batch import grade_all

UNIT, MOST = "01_kinds", 18.0
LATER = "A later submission of this notebook could not be graded"
NEVER = "This submission could not be graded"
REASON = "01_kinds.ipynb is a symbolic link; hand in the notebook itself"


@pytest.fixture
def place(own_small_course, at, monkeypatch):
    """A course in which nothing is executed, and whoever can be read earns all points."""
    monkeypatch.setattr(batch, "LocalPool", pretending_pool(own_small_course, UNIT))
    at(own_small_course)
    return own_small_course


def notebook_of(place, student):
    return place.submitted / student / UNIT / f"{UNIT}.ipynb"


def hand_in(place, student):
    path = notebook_of(place, student)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_text("{}")


def hand_in_a_link(place, student):
    path = notebook_of(place, student)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(place.notebook(UNIT))


def exported(place):
    """What ``nbgrader export`` says: each student's score."""
    target = place.root / "grades.csv"
    with Gradebook(gradebook_url(place)) as book:
        CsvExportPlugin(to=str(target)).export(book)
    with target.open() as rows:
        return {row["student_id"]: float(row["score"]) for row in csv.DictReader(rows)}


def pages(place):
    """The pages of feedback, by student."""
    done = nbgrader_api(place, gradebook_url(place)).generate_feedback(UNIT, force=True)
    assert done["success"], done
    return {path.parts[-3]: path.read_text() for path in (place.root / "feedback").glob(f"*/{UNIT}/{UNIT}.html")}


def graded(capsys):
    """What ``grade`` prints, in one line, and its exit code."""
    code = main(["grade"])
    return " ".join(capsys.readouterr().out.replace("│", " ").split()), code


def test_last_submission_that_could_be_graded_counts_and_everything_says_so(place, capsys):
    hand_in(place, "ada")
    assert graded(capsys)[1] == 0
    hand_in_a_link(place, "ada")
    for _ in range(2):
        table, code = graded(capsys)
        assert code == 1
        assert f"ada {UNIT} 18 18 not graded, and the submission before it counts: {REASON}" in table
        assert "Where one that was not graded has points, they are those of the submission before it." in table
        assert exported(place) == {"ada": MOST}
        page = pages(place)["ada"]
        assert page.count(LATER) == 1 and "is a symbolic link" in page
        assert "01_kinds: 18 of" in " ".join(page.split())
    hand_in(place, "ada")
    assert graded(capsys)[1] == 0
    assert LATER not in pages(place)["ada"]


def test_first_submission_that_is_refused_is_everywhere_without_points(place, capsys):
    hand_in(place, "ada")
    hand_in_a_link(place, "zoe")
    table, code = graded(capsys)
    assert code == 1
    assert (
        f"zoe {UNIT} 0 18 {REASON}" in table and f"{UNIT} 1 1 9.0 9.0 0 18 18" in table and "1 graded, 1 not." in table
    )
    assert "they are those of the submission before it" not in table
    assert exported(place) == {"ada": MOST, "zoe": 0.0}
    page = pages(place)["zoe"]
    assert NEVER in page and "is a symbolic link" in page and "01_kinds: 0 of" in " ".join(page.split())
    hand_in_a_link(place, "zoe")
    assert {result.student: result.points for result in grade_all(place, [])} == {"ada": MOST, "zoe": None}
    hand_in(place, "zoe")
    assert graded(capsys)[1] == 0
    assert exported(place)["zoe"] == MOST
    assert NEVER not in pages(place)["zoe"]


@pytest.mark.parametrize("data", [None, Executed({}, reason="it is a notebook of version 3").to_bytes()])
def test_submission_that_is_refused_where_it_runs_is_entered_too(data, place, monkeypatch):
    for student in ("ada", "zoe"):
        hand_in(place, student)
    grade_all(place, [], ["ada"])

    class Refusing(IdlePool):
        def results(self, jobs):
            for read, _ in jobs:
                yield read, data

    monkeypatch.setattr(batch, "LocalPool", Refusing)
    results = {result.student: result for result in grade_all(place, [])}
    assert not any(result.graded for result in results.values())
    assert (results["ada"].points, results["zoe"].points) == (MOST, None)
    assert exported(place) == {"ada": MOST, "zoe": 0.0}
    found = pages(place)
    assert LATER in found["ada"] and NEVER in found["zoe"]


def test_points_by_hand_are_points_and_the_penalty_stays(place):
    hand_in(place, "ada")
    grade_all(place, [])
    with Gradebook(gradebook_url(place)) as book:
        (notebook,) = book.find_submission(UNIT, "ada").notebooks
        notebook.late_submission_penalty = 5.0
        book.db.commit()
    hand_in_a_link(place, "ada")
    (result,) = grade_all(place, [])
    assert (result.points, result.late_penalty) == (MOST - 5, 5.0)
    assert exported(place) == {"ada": MOST - 5}


@pytest.mark.parametrize("name", ["=1+1", "ada ", "a" * 101])
def test_folder_that_can_be_no_students_gets_a_line_and_is_in_no_gradebook(name, place, capsys):
    hand_in(place, "ada")
    hand_in(place, name)
    assert "1 graded, 1 not." in graded(capsys)[0]
    assert exported(place) == {"ada": MOST}
    assert not (place.root / "autograded" / name).exists()


def test_names_of_files_are_text_on_the_page(place):
    folder = place.submitted / "ada" / UNIT
    folder.mkdir(parents=True)
    (folder / "<img src=x onerror=alert(1)>[a](b) **c** $x$").write_text("")
    grade_all(place, [])
    cell = json.loads((place.root / "autograded" / "ada" / UNIT / f"{UNIT}.ipynb").read_text())["cells"][0]
    assert "<img" not in cell["source"] and "**c**" not in cell["source"]
    page = pages(place)["ada"]
    assert "&lt;img src=x onerror=alert(1)&gt;[a](b) **c** $x$" in page


def test_graded_notebook_that_is_gone_or_spoilt_is_no_hindrance(place):
    for student in ("ada", "ben"):
        hand_in(place, student)
    grade_all(place, [])
    (place.root / "autograded" / "ada" / UNIT / f"{UNIT}.ipynb").unlink()
    (place.root / "autograded" / "ben" / UNIT / f"{UNIT}.ipynb").write_text('{"cells": 3}')
    for student in ("ada", "ben"):
        hand_in_a_link(place, student)
    assert [result.points for result in grade_all(place, [])] == [MOST, MOST]
    assert all(LATER in page for page in pages(place).values())


def test_nobody_is_asked_for_points_by_hand_where_there_is_no_answer(place):
    hand_in_a_link(place, "ada")
    grade_all(place, [UNIT])
    with Gradebook(gradebook_url(place)) as book:
        assert not book.find_submission(UNIT, "ada").needs_manual_grade
    hand_in(place, "ada")
    grade_all(place, [UNIT])
    with Gradebook(gradebook_url(place)) as book:
        assert book.find_submission(UNIT, "ada").score == MOST
