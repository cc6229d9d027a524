"""nbgrader's own command on the course's configuration: what was handed in is rebuilt and shut in, as by ``grade``."""

import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from autograder.gradebook.nbgrader_api import nbgrader_api
from autograder.gradebook.url import gradebook_url
from autograder.grading.batch import grade_all
from autograder.limits import Limits, Tier
from autograder.nbgrader_plugins import exporter as nbgrader_steps
from autograder.paths import Course
from autograder.verify.simulated_class import hand_in, simulated_class

UNIT = "01_kinds"
PROGRAMS = Path(sys.executable).parent
EMPTIES = """import ast
class Drop(ast.NodeTransformer):
    def visit_Module(self, node):
        return ast.Module([], [])
get_ipython().ast_transformers.append(Drop())"""
"""In the kernel that runs the tests, this makes every later cell do nothing: full marks."""


def ran(course, *command, **environment):
    """Run a program of the environment in the course's folder, as from a shell."""
    path = f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [str(PROGRAMS / command[0]), *command[1:]], capture_output=True, text=True, cwd=course.root, check=False,
        env={**os.environ, "PATH": path, **environment},
    )  # fmt: skip


@pytest.fixture(autouse=True)
def end_graders():
    """End the processes that began to grade for this one during the test; at its end, they are ended anyway."""
    before = multiprocessing.active_children()

    def end():
        for child in multiprocessing.active_children():
            if child not in before:
                child.terminate()
                child.join()

    yield end
    end()


def pressed(course, student):
    """Autograde one student in this process, as formgrader's button does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader adds a submission in a way that SQLAlchemy remarks on
        result = nbgrader_api(course, gradebook_url(course)).autograde(UNIT, student)
    assert result["success"], result["error"]


def released(course):
    return json.loads((course.release / UNIT / f"{UNIT}.ipynb").read_text())


def submit(course, student, text, name=f"{UNIT}.ipynb"):
    folder = course.submitted / student / UNIT
    folder.mkdir(parents=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def book_of(course):
    """Every grade and comment in the gradebook."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as book:
        return {
            (submission.student.id, entry.name): (
                (entry.auto_score, entry.manual_score, entry.needs_manual_grade)
                if hasattr(entry, "auto_score")
                else (entry.auto_comment, entry.manual_comment)
            )
            for submission in book.assignment_submissions(UNIT)
            for notebook in submission.notebooks
            for entry in (*notebook.grades, *notebook.comments)
        }


def points_in(course):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as book:
        return {entry.student.id: round(entry.score, 2) for entry in book.assignment_submissions(UNIT)}


def autograded(course):
    """The executed notebooks, by student."""
    found = (course.root / "autograded").glob(f"*/{UNIT}/{UNIT}.ipynb")
    return {path.parents[1].name: json.loads(path.read_text()) for path in found}


def test_nbgrader_and_grade_give_the_same_books_and_notebooks(own_small_course, tmp_path, monkeypatch):
    place = own_small_course
    people = simulated_class(place, [UNIT], 5, seed=3)
    for student in people:
        hand_in(place, student)
    theirs = Course(tmp_path / "theirs")
    shutil.copytree(place.root, theirs.root)
    monkeypatch.setenv("AUTOGRADER_SEED", "5")
    grade_all(place, [UNIT], workers=2)
    done = ran(theirs, "nbgrader", "autograde", UNIT)
    assert done.returncode == 0, done.stderr
    assert points_in(theirs) == {student.name: student.expected(UNIT) for student in people}
    assert book_of(theirs) == book_of(place)
    assert autograded(theirs) == autograded(place)
    assert len(autograded(theirs)) == 5


@pytest.fixture(scope="module")
def strange(built_small_course, tmp_path_factory):
    """Good submissions with bad ones between them, as nbgrader's command left them; and what it said."""
    place = Course(tmp_path_factory.mktemp("strange") / "course")
    shutil.copytree(built_small_course.root, place.root)
    good = released(place)
    twice = released(place)
    twice["cells"].append(dict(twice["cells"][3], id="another"))
    schema = released(place)
    for cell in schema["cells"]:
        cell["metadata"].get("nbgrader", {}).update(schema_version=99)
    submit(place, "ada", json.dumps(good))
    submit(place, "ben", "")
    submit(place, "cat", "<html>please log in</html>")
    submit(place, "dan", json.dumps(twice))
    submit(place, "eve", json.dumps({"cells": 3, "nbformat": 4, "metadata": {}}))
    submit(place, "fay", json.dumps({**good, "nbformat": 3}))
    submit(place, "gus", json.dumps(good), name="other.ipynb")
    submit(place, "hal", json.dumps(schema))
    for student in ("ida", "joe"):
        (place.submitted / student / UNIT).mkdir(parents=True)
    (place.submitted / "ida" / UNIT / f"{UNIT}.ipynb").symlink_to(place.notebook(UNIT))
    os.mkfifo(place.submitted / "joe" / UNIT / f"{UNIT}.ipynb")
    submit(place, "kim\nlee", json.dumps(good))
    zoe = submit(place, "zoe", json.dumps(good))
    (zoe / "mine.txt").symlink_to(place.root / "gradebook.db")
    (zoe / "data.csv").write_text("1,2\n")
    os.mkfifo(zoe / "timestamp.txt")
    return place, ran(place, "nbgrader", "autograde", UNIT)


REASONS = {
    "ben": "01_kinds.ipynb is empty; save the notebook and hand it in again",
    "cat": "01_kinds.ipynb is a web page, not the notebook; download the notebook itself and hand it in",
    "eve": "01_kinds.ipynb has the form of no notebook of version 4; start from the released notebook",
    "fay": "it is a notebook of version 3; open it in Jupyter and save it",
    "ida": "01_kinds.ipynb is a symbolic link; hand in the notebook itself",
    "joe": "01_kinds.ipynb is a named pipe, not a file; hand in the notebook itself",
}


@pytest.mark.parametrize("student", REASONS)
def test_submission_that_nobody_can_grade_gets_its_reason(strange, student):
    place, done = strange
    assert f"{student} {UNIT} is not graded: {REASONS[student]}\n" in done.stderr
    (cell,) = autograded(place)[student]["cells"]
    assert cell["source"].startswith("**This submission could not be graded:**")


def test_bad_submissions_leave_the_rest_of_the_batch_graded(strange):
    place, done = strange
    assert done.returncode == 1
    assert {"ada", "zoe"} <= set(autograded(place))
    assert r"'kim\nlee' 01_kinds is not graded: the folder's name can't be a student's; name it with" in done.stderr


def test_nothing_but_the_notebook_is_taken_from_a_submission(strange):
    place, _ = strange
    assert sorted(path.name for path in (place.root / "autograded" / "zoe" / UNIT).iterdir()) == [f"{UNIT}.ipynb"]


def test_limits_of_the_configuration_are_those_of_nbgraders_batch(own_small_course, monkeypatch):
    place, ran = own_small_course, []

    class Remembering:
        def result(self, job):
            ran.append(job)

    with (place.root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.Grader.seconds_per_cell = 7\nc.ExecutePreprocessor.timeout = 90\n")
    submit(place, "ada", json.dumps(released(place)))
    monkeypatch.setattr(nbgrader_steps, "_pool", Remembering)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader adds a submission in a way that SQLAlchemy remarks on
        assert not nbgrader_api(place, gradebook_url(place)).autograde(UNIT, "ada")["success"]
    assert [job.limits for job in ran] == [Limits(seconds_per_cell=7.0)]


def test_limit_that_is_none_is_one_sentence_of_nbgraders_too(own_small_course):
    with (own_small_course.root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.Grader.seconds_per_cell = 'long'\n")
    submit(own_small_course, "ada", json.dumps(released(own_small_course)))
    done = ran(own_small_course, "nbgrader", "autograde", UNIT)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "c.Grader.seconds_per_cell in nbgrader_config.py is 'long', where a number above 0 is wanted." in done.stderr


def test_folders_of_the_command_line_are_those_of_nbgraders_batch(own_small_course):
    place = own_small_course
    submit(place, "ada", json.dumps(released(place)))
    place.submitted.rename(place.root / "handed_in")
    done = ran(place, "nbgrader", "autograde", UNIT, "--CourseDirectory.submitted_directory=handed_in")
    assert done.returncode == 0, done.stderr
    assert any(cell.get("outputs") for cell in autograded(place)["ada"]["cells"]), "it was executed"


@pytest.fixture
def forged(own_small_course):
    """A course in which ada's notebook turns off whatever runs after her first cell."""
    notebook = released(own_small_course)
    cell = {
        "cell_type": "code",
        "id": "mine",
        "metadata": {},
        "source": EMPTIES,
        "outputs": [],
        "execution_count": None,
    }
    notebook["cells"].insert(0, cell)
    submit(own_small_course, "ada", json.dumps(notebook))
    return own_small_course


def test_forged_marks_are_earned_in_stock_execution_and_not_in_ours(forged):
    config = forged.root / "nbgrader_config.py"
    ours = config.read_text()
    config.write_text(f'{ours}\nc.pop("Autograde")\n')
    assert ran(forged, "nbgrader", "autograde", UNIT).returncode == 0
    assert points_in(forged) == {"ada": 18.0}
    config.write_text(ours)
    pressed(forged, "ada")
    assert points_in(forged) == {"ada": 0.0}


def test_no_execute_forges_nothing_either(forged):
    assert ran(forged, "nbgrader", "autograde", UNIT, "--no-execute").returncode == 0
    assert points_in(forged) == {"ada": 0.0}


WITHOUT = """import sys
from autograder.nbgrader_plugins import exporter as nbgrader_steps
from autograder.gradebook.url import gradebook_url
from autograder.limits import Tier
from nbgrader.apps import NbGraderApp
nbgrader_steps.best_tier = lambda: (Tier.NONE, "bubblewrap: bwrap is not installed")
NbGraderApp.launch_instance(sys.argv[1:])"""


def test_without_a_sandbox_nothing_is_run(own_small_course):
    place = own_small_course
    submit(place, "ada", json.dumps(released(place)))
    done = ran(place, "python", "-c", WITHOUT, "autograde", UNIT)
    assert done.returncode == 1
    assert "bwrap is not installed" in done.stderr and "c.IsolatedExecute.sandbox = False" in done.stderr
    assert not (place.root / "autograded").exists()


def test_without_a_sandbox_it_is_run_if_that_is_asked_for(own_small_course, monkeypatch):
    place = own_small_course
    submit(place, "ada", json.dumps(released(place)))
    with (place.root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.IsolatedExecute.sandbox = False\n")
    monkeypatch.setattr(nbgrader_steps, "best_tier", lambda: (Tier.NONE, "bubblewrap: bwrap is not installed"))
    pressed(place, "ada")
    assert list(autograded(place)) == ["ada"]


def test_grading_again_keeps_manual_scores_comments_and_the_stamp(own_small_course, end_graders):
    from nbgrader.api import Gradebook

    place = own_small_course
    folder = submit(place, "ada", json.dumps(released(place)))
    (folder / "timestamp.txt").write_text("2026-03-01 12:00:00 UTC\n")
    pressed(place, "ada")
    with Gradebook(f"sqlite:///{place.root / 'gradebook.db'}") as book:
        assert book.find_submission(UNIT, "ada").timestamp.isoformat() == "2026-03-01T12:00:00"
        book.find_grade("u01-slope-test", UNIT, UNIT, "ada").manual_score = 1.5
        book.find_comment("u01-slope", UNIT, UNIT, "ada").manual_comment = "See me."
        book.db.commit()
    end_graders()  # whatever ends one, another takes its place
    pressed(place, "ada")
    assert points_in(place) == {"ada": 1.5}
    assert book_of(place)["ada", "u01-slope"] == ("No response.", "See me.")
    assert (place.root / "autograded" / "ada" / UNIT / "timestamp.txt").read_text() == "2026-03-01 12:00:00 UTC"
