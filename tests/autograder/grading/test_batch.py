"""Grading a class: by ``python -m autograder grade`` and by nbgrader as it comes, good submissions and bad ones."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest
from support.pretending_pool import IdlePool, with_all_points
from support.sampling import sample

from autograder.__main__ import main
from autograder.commands.demo import demonstrate, disagreements, sandboxes
from autograder.errors import AutograderError
from autograder.execution.job import Executed
from autograder.grading import batch
from autograder.grading.batch import grade_all
from autograder.grading.results import Result
from autograder.limits import Tier
from autograder.notebook import points_of
from autograder.paths import Course
from autograder.sandbox import sandbox
from autograder.verify.simulated_class import hand_in, simulated_class

UNIT = "01_kinds"
PROGRAMS = Path(sys.executable).parent


def nbgrader(course, *arguments):
    """Run nbgrader's own command in the course's folder."""
    environment = {**os.environ, "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(
        [str(PROGRAMS / "nbgrader"), *arguments], capture_output=True, text=True, cwd=course.root, env=environment,
        check=False,
    )  # fmt: skip


def points_in_gradebook(course):
    """The points of every submission, as nbgrader's database has them."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as book:
        return {
            (submission.student.id, assignment.name): round(submission.score, 2)
            for assignment in book.assignments
            for submission in assignment.submissions
        }


def class_graded(built, root, students, seed):
    """A simulated class, graded by our command in a copy of a built course."""
    shutil.copytree(built.root, root)
    place = Course(root)
    units = sample([u for u in place.units() if points_of(place, u)], 3)
    people = simulated_class(place, units, students, seed)
    for student in people:
        hand_in(place, student)
    return place, people, grade_all(place, [], workers=2)


@pytest.fixture(scope="module")
def graded(built_small_course, tmp_path_factory):
    """A class of ten in the small course, graded by our command; and what each student's points should be."""
    return class_graded(built_small_course, tmp_path_factory.mktemp("graded") / "course", 10, seed=3)


@pytest.fixture(scope="module")
def graded_real(built_course, tmp_path_factory):
    """A class of four in the real course."""
    return class_graded(built_course, tmp_path_factory.mktemp("graded_real") / "course", 4, seed=5)


def test_graded_points_are_the_expected_ones(graded):
    _, people, results = graded
    assert disagreements(people, results) == []
    assert len({result.points for result in results}) > 3


def test_graded_points_of_the_real_units_are_the_expected_ones(graded_real):
    _, people, results = graded_real
    assert disagreements(people, results) == []
    assert len(results) == len(people) * len(people[0].units)


def test_no_live_figure_runs_while_a_submission_is_graded(graded_real):
    place, _, _ = graded_real
    found = 0
    for path in (place.root / "autograded").glob("*/*/*.ipynb"):
        for cell in json.loads(path.read_text())["cells"]:
            if cell["cell_type"] == "code" and "live" in cell["metadata"].get("tags", []):
                assert cell["outputs"] == []
                found += 1
    assert found >= 10


def graded_by_nbgrader(built, place, students, root):
    """The submissions of some students in a copy of the course as it was built, executed by nbgrader as it comes."""
    copy = Course(root)
    shutil.copytree(built.root, root)
    for student in students:
        shutil.copytree(place.submitted / student, copy.submitted / student)
    with (root / "nbgrader_config.py").open("a") as config:
        config.write('\nc.pop("Autograde")\n')
    for unit in sorted({path.parent.name for path in copy.submitted.glob("*/*/*.ipynb")}):
        done = nbgrader(copy, "autograde", unit)
        assert done.returncode == 0, done.stderr
    return points_in_gradebook(copy)


def test_stock_nbgrader_autograde_gives_the_same_points(graded, built_small_course, tmp_path):
    place, people, results = graded
    students = sample([student.name for student in people], 3)
    found = graded_by_nbgrader(built_small_course, place, students, tmp_path / "course")
    assert found == {(r.student, r.unit): r.points for r in results if r.student in students}


def test_feedback_says_what_the_student_should_know(graded):
    place, people, _ = graded
    done = nbgrader(place, "generate_feedback", UNIT, "--force")
    assert done.returncode == 0, done.stderr
    wrong = next(s for s in people if any(w.kind == "wrong: not-halved" for w in s.units[UNIT]))
    page = (place.root / "feedback" / wrong.name / UNIT / f"{UNIT}.html").read_text()
    assert "The step is 2h long." in page
    assert re.search(r"Graded with new numbers \(seed \d+\): 0 of 2 points\.", page)
    assert "def central" not in page


def test_known_class_is_graded_without_stderr_in_graded_cells(graded):
    place, people, _ = graded
    for path in (place.root / "autograded").glob("*/*/*.ipynb"):
        for cell in json.loads(path.read_text())["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade"):
                assert not [o for o in cell["outputs"] if o.get("name") == "stderr"], path


def submit(course, student, text, name=f"{UNIT}.ipynb"):
    folder = course.submitted / student / UNIT
    folder.mkdir(parents=True)
    (folder / name).write_text(text, encoding="utf-8")


def released(course):
    return json.loads((course.release / UNIT / f"{UNIT}.ipynb").read_text())


def test_bad_submissions_get_a_reason_and_the_others_are_graded(own_small_course):
    place = own_small_course
    good, twice, foreign = released(place), released(place), released(place)
    copy = dict(twice["cells"][3], id="another")
    twice["cells"].append(copy)
    foreign["cells"] = [{"cell_type": "code", "id": "mine", "metadata": {}, "source": "1 + 1"}]
    schema = released(place)
    for cell in schema["cells"]:
        cell["metadata"].get("nbgrader", {}).update(schema_version=99)
    submit(place, "ada", json.dumps(good))
    submit(place, "ben", "")
    submit(place, "cat", "<html>please log in</html>")
    submit(place, "dan", json.dumps(twice))
    submit(place, "eve", json.dumps(foreign))
    submit(place, "fay", json.dumps({"cells": 3, "nbformat": 4, "metadata": {}}))
    submit(place, "gus", json.dumps({**good, "nbformat": 3}))
    submit(place, "hal", json.dumps(good), name="other.ipynb")
    submit(place, "ida", json.dumps(schema))
    submit(place, "zoe", json.dumps(good))
    results = {result.student: result for result in grade_all(place, [UNIT], workers=2)}
    reasons = {student: result.reason for student, result in results.items()}
    assert (reasons["ada"], results["ada"].points) == ("", 0.0)
    assert (reasons["zoe"], results["zoe"].points) == ("", 0.0)
    assert reasons["ben"] == "01_kinds.ipynb is empty; save the notebook and hand it in again"
    assert reasons["cat"] == (
        "01_kinds.ipynb is a web page, not the notebook; download the notebook itself and hand it in"
    )
    assert (reasons["dan"], results["dan"].points) == ("", 0.0), "a cell that stands there twice is rebuilt"
    assert reasons["eve"] == "it is another notebook: none of its cells belongs to 01_kinds"
    assert reasons["fay"] == (
        "01_kinds.ipynb has the form of no notebook of version 4; start from the released notebook"
    )
    assert reasons["gus"] == "it is a notebook of version 3; open it in Jupyter and save it"
    assert reasons["hal"] == "there is no 01_kinds.ipynb in the folder, which holds other.ipynb"
    assert (reasons["ida"], results["ida"].points) == ("", 0.0), "no metadata of a submission is believed"


def test_symbolic_link_is_not_followed(own_small_course):
    place = own_small_course
    folder = place.submitted / "ada" / UNIT
    folder.mkdir(parents=True)
    (folder / f"{UNIT}.ipynb").symlink_to(place.notebook(UNIT))
    (result,) = grade_all(place, [])
    assert result.reason == "01_kinds.ipynb is a symbolic link; hand in the notebook itself"


def test_grading_again_keeps_manual_scores_and_comments(own_small_course):
    from nbgrader.api import Gradebook

    place = own_small_course
    submit(place, "ada", json.dumps(released(place)))
    grade_all(place, [])
    url = f"sqlite:///{place.root / 'gradebook.db'}"
    with Gradebook(url) as book:
        book.find_grade("u01-slope-test", UNIT, UNIT, "ada").manual_score = 1.5
        book.find_comment("u01-slope", UNIT, UNIT, "ada").manual_comment = "See me."
        book.db.commit()
    (result,) = grade_all(place, [])
    assert result.points == 1.5
    with Gradebook(url) as book:
        assert book.find_comment("u01-slope", UNIT, UNIT, "ada").comment == "See me."


@pytest.fixture
def counted(own_small_course, monkeypatch):
    """Grading with the slow part replaced: which submissions would have run, and what happens to them."""
    ran = []

    class Pretending(IdlePool):
        def __init__(self, count):
            made = nbformat.reads(json.dumps(released(own_small_course)), 4)
            self.notebook = Executed(with_all_points(made)).to_bytes()

        def results(self, jobs):
            for place, _ in jobs:
                ran.append(place[0])
                if place[0] == "stops":
                    raise KeyboardInterrupt
                yield place, self.notebook

    monkeypatch.setattr(batch, "LocalPool", Pretending)
    return ran


def test_resume_goes_on_where_a_run_was_stopped(own_small_course, counted):
    place = own_small_course
    for student in ("ada", "ben", "stops", "zoe"):
        submit(place, student, json.dumps(released(place)))
    with pytest.raises(KeyboardInterrupt):
        grade_all(place, [])
    shutil.rmtree(place.submitted / "stops")
    notebook = place.submitted / "ben" / UNIT / f"{UNIT}.ipynb"
    notebook.write_text(notebook.read_text() + "\n")
    counted.clear()
    results = grade_all(place, [], resume=True)
    assert counted == ["ben", "zoe"], "ada is done; ben has changed since; zoe had not been reached"
    assert [result.student for result in results] == ["ada", "ben", "zoe"]


def test_run_without_resume_starts_anew(own_small_course, counted):
    place = own_small_course
    submit(place, "ada", json.dumps(released(place)))
    grade_all(place, [])
    grade_all(place, [])
    assert counted == ["ada", "ada"]


def test_journal_survives_a_line_that_was_cut_off(own_small_course, counted):
    place = own_small_course
    submit(place, "ada", json.dumps(released(place)))
    grade_all(place, [])
    journal = place.root / ".grading" / "journal.jsonl"
    journal.write_text(journal.read_text() + '{"student": "be')
    grade_all(place, [], resume=True)
    assert counted == ["ada"]


def test_without_a_sandbox_nothing_is_run_unless_that_is_asked_for(own_small_course, at, counted, monkeypatch, capsys):
    place = own_small_course
    submit(place, "ada", json.dumps(released(place)))
    at(place)
    monkeypatch.setattr(sandbox, "best_tier", lambda: (Tier.NONE, "bubblewrap: bwrap is not installed"))
    assert main(["grade"]) == 2
    said = capsys.readouterr().err
    assert "bwrap is not installed" in said and "--no-sandbox" in said
    assert counted == []
    assert main(["grade", "--no-sandbox"]) == 0
    assert counted == ["ada"]


def test_grade_takes_named_students_only(own_small_course, counted):
    place = own_small_course
    for student in ("ada", "ben"):
        submit(place, student, json.dumps(released(place)))
    assert [result.student for result in grade_all(place, [UNIT], ["ben"])] == ["ben"]
    with pytest.raises(AutograderError, match="submitted/ holds nothing of eve"):
        grade_all(place, [UNIT], ["eve"])


def test_grade_with_nothing_submitted_says_where_to_put_it(own_small_course, at, capsys):
    at(own_small_course)
    assert main(["grade"]) == 2
    assert "Put notebooks at submitted/STUDENT/UNIT/UNIT.ipynb" in capsys.readouterr().err


def test_grade_before_build_says_to_build(own_small_course, at, capsys):
    place = own_small_course
    submit(place, "ada", json.dumps(released(place)))
    (place.root / "gradebook.db").unlink()
    at(place)
    assert main(["grade"]) == 2
    assert "Run: python -m autograder build" in capsys.readouterr().err


def test_demo_shows_expected_beside_graded_points(own_small_course, capsys):
    assert demonstrate(own_small_course, students=3, seed=2, workers=2) == 0
    out = capsys.readouterr().out
    assert "student003" in out
    assert "All points are as expected." in out
    assert (own_small_course.root / "demo" / "feedback" / "student001" / UNIT / f"{UNIT}.html").is_file()


TIERS = [Tier.NONE, *(tier for tier in (Tier.BUBBLEWRAP, Tier.LANDLOCK) if not sandbox.tier_problem(tier))]


@pytest.mark.parametrize("tier", sample(TIERS, len(TIERS)))
def test_demo_says_what_shut_the_submissions_in(own_small_course, capsys, tier):
    assert demonstrate(own_small_course, students=1, seed=2, workers=1, tier=tier) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert ("without a sandbox" in out) == (tier is Tier.NONE)
    assert (f"in a sandbox of its own ({tier.value})." in out) == (tier is not Tier.NONE)


def test_demo_names_every_sandbox_that_its_results_name():
    graded = [Result("ada", UNIT, 3.0, 18.0, sandbox=tier.value) for tier in (Tier.LANDLOCK, Tier.BUBBLEWRAP)]
    refused = Result("ben", UNIT, reason="it is empty", sandbox="none")
    assert sandboxes([*graded, refused]) == [
        "Each submission was graded in a sandbox of its own (bubblewrap).",
        "Each submission was graded in a sandbox of its own (Landlock).",
    ]


def test_demo_says_where_points_differ(built_small_course):
    people = simulated_class(built_small_course, [UNIT], 2, seed=1)
    wrong = [Result("student001", UNIT, 17.0, 18.0)]
    found = disagreements(people, wrong)
    assert found[0].startswith("student001 01_kinds: 17.0 graded, 18 expected (linear_backward right,")
    assert found[1].startswith("student002 01_kinds: None graded, 0 expected")


@pytest.fixture
def validated(own_small_course):
    """Validate the released notebook with some answers filled in, as nbgrader's button does."""
    from autograder.notebook import solution_cell
    from autograder.verify.simulated_class import fill_in

    def run(names, **texts):
        notebook = released(own_small_course)
        rights = {name: solution_cell(own_small_course, UNIT, name).text for name in names}
        fill_in(own_small_course, UNIT, notebook, {**rights, **texts})
        folder = own_small_course.root / "validating"
        folder.mkdir()
        (folder / f"{UNIT}.ipynb").write_text(json.dumps(notebook))
        return nbgrader(own_small_course, "validate", f"validating/{UNIT}.ipynb").stdout

    return run


SUBJECTS = ["linear_backward", "Value", "RunningMean", "batches", "slope", "layer_gradients", "train"]


def test_validate_fails_an_untouched_notebook(validated):
    said = validated([])
    assert "VALIDATION FAILED ON 7 CELL(S)" in said
    assert "slope: not written yet" in said


def test_validate_names_the_mistake_of_a_wrong_answer(validated):
    said = validated(SUBJECTS, slope="def slope(f, x, h=1e-5):\n    return (f(x + h) - f(x - h)) / h")
    assert "VALIDATION FAILED ON 1 CELL(S)" in said
    assert "The step is 2h long." in said


def test_validate_passes_right_answers(validated):
    assert "Success! Your notebook passes all the tests." in validated(SUBJECTS)


@pytest.fixture
def server(graded, tmp_path):
    """A Jupyter server on the graded course, with formgrader as nbgrader installs it; ended whatever happens."""
    place, _, _ = graded
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}
    for kind in ("CONFIG", "DATA", "RUNTIME"):
        environment[f"JUPYTER_{kind}_DIR"] = str(tmp_path / kind.lower())
    process = subprocess.Popen(
        [PROGRAMS / "jupyter-server", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"]
        + ["--ServerApp.port_retries=0", "--IdentityProvider.token=known"],
        cwd=place.root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def fetched(server, path):
    """What the server gives, as JSON, once it is up."""
    process, url = server
    for _ in range(600):
        assert process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(f"{url}{path}?token=known", timeout=30) as answer:
                return json.loads(answer.read())
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"{path} was never there")


def test_formgrader_shows_the_graded_class(server, graded):
    _, people, _ = graded
    (assignment,) = fetched(server, "/formgrader/api/assignments")
    assert (assignment["name"], assignment["max_score"]) == (UNIT, 18.0)
    assert assignment["num_submissions"] == len(people)
    submissions = fetched(server, f"/formgrader/api/submissions/{UNIT}")
    assert {s["student"]: round(s["score"], 2) for s in submissions} == {s.name: s.expected(UNIT) for s in people}
