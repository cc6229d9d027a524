"""What ``nbgrader_config.py`` says is honoured by ``grade``, or refused by name."""

import os
import shutil
from dataclasses import replace

import pytest
from nbgrader.api import Gradebook
from support.pretending_pool import pretending_pool

from autograder.__main__ import main
from autograder.build.work_copies import copy_to_work
from autograder.configuration.limit_settings import limits_of
from autograder.configuration.settings import configured, is_wanted, load_config
from autograder.errors import AutograderError
from autograder.gradebook.url import gradebook_url
from autograder.grading import batch
from autograder.grading.batch import grade_all
from autograder.limits import Limits

UNIT = "01_kinds"


@pytest.fixture
def say(own_small_course):
    """Write more into the configuration of a course of one's own."""

    def write(*lines):
        with (own_small_course.root / "nbgrader_config.py").open("a") as config:
            config.write("\n".join(["", *lines, ""]))
        return own_small_course

    return write


@pytest.fixture
def ran(own_small_course, monkeypatch):
    """The jobs that were run, where nothing is executed."""
    jobs = []

    class Remembering(pretending_pool(own_small_course, UNIT)):
        def results(self, given):
            for read, job in given:
                jobs.append(job)
                yield from super().results([(read, job)])

    monkeypatch.setattr(batch, "LocalPool", Remembering)
    return jobs


def hand_in(folder, *students):
    for student in students:
        (folder / student / UNIT).mkdir(parents=True)
        (folder / student / UNIT / f"{UNIT}.ipynb").write_text("{}")


def entered(place):
    with Gradebook(gradebook_url(place)) as book:
        return sorted(submission.student.id for submission in book.find_assignment(UNIT).submissions)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_folders_are_those_of_the_configuration(elsewhere, say, ran, at, tmp_path):
    base = tmp_path / "term" if elsewhere else "of_this_term"
    names = ("submitted", "autograded", "release")
    place = say(*(f"c.CourseDirectory.{name}_directory = {f'{base}/{name}'!r}" for name in names))
    folder = place.root / base
    folder.mkdir()
    shutil.move(place.release, folder / "release")
    hand_in(place.submitted, "zoe")
    hand_in(folder / "submitted", "ada")
    at(place)
    assert main(["grade"]) == 0
    assert entered(place) == ["ada"]
    assert (folder / "autograded" / "ada" / UNIT / f"{UNIT}.ipynb").is_file()
    assert not (place.root / "autograded").exists()
    assert copy_to_work(place) == ([UNIT], [])
    assert main(["build"]) == 0
    assert not place.release.exists() and (folder / "release" / UNIT / f"{UNIT}.ipynb").is_file()


@pytest.mark.parametrize(
    "line", ["c.CourseDirectory.student_id_exclude = 'bob, eve'", "c.CourseDirectory.student_id = 'a*'"]
)
def test_students_whom_the_configuration_leaves_out_are_named_and_not_graded(line, say, ran, at, capsys):
    place = say(line)
    hand_in(place.submitted, "ada", "bob", "eve")
    at(place)
    assert main(["grade"]) == 0
    assert capsys.readouterr().err.startswith(
        "nbgrader_config.py leaves out bob, eve (CourseDirectory.student_id_exclude or student_id).\n"
    )
    assert entered(place) == ["ada"]
    assert main(["grade", "--student", "bob"]) == 2
    assert "Take that out of it to grade them." in capsys.readouterr().err
    assert is_wanted(place, "ada") and not is_wanted(place, "eve")


FIVE_MINUTES = Limits(seconds_per_cell=300.0)
READ = {
    "c.ExecutePreprocessor.timeout = 90": Limits(seconds_per_cell=90.0),
    "c.Execute.timeout = 90; c.ExecutePreprocessor.timeout = 30": Limits(seconds_per_cell=90.0),
    "c.NotebookClient.timeout = 90": replace(Limits(), seconds_per_cell=60.0),
    "c.ExecutePreprocessor.timeout = None": FIVE_MINUTES,
    "c.ExecutePreprocessor.timeout = -1": FIVE_MINUTES,
    "c.ExecutePreprocessor.timeout = 900": Limits(900.0, 900.0, 900),
    "c.Grader.seconds_per_cell = 120": Limits(seconds_per_cell=120.0),
    "c.Grader.seconds_per_cell = 20; c.Execute.timeout = 90": Limits(seconds_per_cell=20.0),
    "c.Grader.seconds = 20": Limits(seconds_per_cell=20.0, seconds=20.0),
    "c.Grader.seconds = 1000.5": Limits(seconds=1000.5, cpu_seconds=1001),
    "c.Grader.memory_mb = 4000; c.Grader.processes = 8": Limits(memory_mb=4000, processes=8),
}


@pytest.mark.parametrize("lines", READ)
def test_limits_are_those_of_the_configuration(lines, say, ran, at):
    place = say(lines)
    hand_in(place.submitted, "ada")
    at(place)
    assert main(["grade"]) == 0
    assert [job.limits for job in ran] == [READ[lines]]


REFUSED = {
    "c.Grader.seconds_per_cel = 9": "c.Grader.seconds_per_cel in nbgrader_config.py is no limit of the grader. "
    "Did you mean seconds_per_cell?",
    "c.Grader.zeal = 9": "is no limit of the grader. It has seconds_per_cell, seconds, cpu_seconds, memory_mb,",
    "c.Grader.memory_mb = '2 GB'": "c.Grader.memory_mb in nbgrader_config.py is '2 GB', where a whole number above 0",
    "c.Grader.memory_mb = 1.5": "is 1.5, where a whole number above 0 is wanted.",
    "c.Grader.seconds = 0": "is 0, where a number above 0 is wanted.",
    "c.Grader.seconds = float('nan')": "is nan, where a number above 0 is wanted.",
    "c.Grader.seconds = float('inf')": "is inf, where a number above 0 is wanted.",
    "c.Grader.processes = True": "is True, where a whole number above 0 is wanted.",
    "c.Grader.seconds = 30; c.Grader.seconds_per_cell = 60": "c.Grader.seconds in nbgrader_config.py is 30, less than",
    "c.Execute.timeout = 'long'": "c.Execute.timeout in nbgrader_config.py is 'long', where a number of seconds",
    "c.CourseDirectory.submitted_directory = ''": "is '', which names no folder.",
    "c.CourseDirectory.directory_structure = '{assignment_id}/{student_id}/{nbgrader_step}'": (
        "c.CourseDirectory.directory_structure in nbgrader_config.py can't be honoured: submissions are looked for at"
    ),
    "c.CourseDirectory.source_directory = 'units'": "c.CourseDirectory.source_directory in nbgrader_config.py can't",
    "c.CourseDirectory.root = '/elsewhere'": "c.CourseDirectory.root in nbgrader_config.py is not",
    "c.CourseDirectory.assignment_id = '01_kinds'": "name the units behind the command. Remove it.",
    "c.ExecutePreprocessor.kernel_name = 'python2'": "each submission runs in a sandbox with the grader's own Python.",
    "c.Autograde.autograde_preprocessors = ['mine.Own']": "c.Autograde.autograde_preprocessors in nbgrader_config.py",
    "c.Autograde.exclude_overwriting = {'ps1': ['data.csv']}": "nothing but the notebook is taken of a submission.",
    "c.Grader.seconds = seconds": "nbgrader_config.py can't be read (NameError: name 'seconds' is not defined).",
    "c = (": "nbgrader_config.py can't be read (SyntaxError",
}


@pytest.mark.parametrize("lines", REFUSED)
def test_what_can_not_be_honoured_is_refused_by_name_in_one_sentence(lines, say, ran, at, capsys):
    place = say(lines)
    hand_in(place.submitted, "ada")
    at(place)
    assert main(["grade"]) == 2
    said = capsys.readouterr().err
    assert REFUSED[lines] in said and said.count("\n") == 1
    assert ran == []


def test_configuration_that_changes_is_read_anew(say):
    place = say()
    assert limits_of(load_config(place)) == Limits()
    say("c.Grader.seconds_per_cell = 7")
    assert limits_of(load_config(place)).seconds_per_cell == 7.0
    load_config(place).Grader.seconds_per_cell = 8
    assert limits_of(load_config(place)).seconds_per_cell == 7.0, "what a caller changes is the caller's own"
    (place.root / "nbgrader_config.py").unlink()
    with pytest.raises(AutograderError, match=r"has no nbgrader_config\.py"):
        configured(place)


@pytest.mark.parametrize("shared", [True, False])
def test_what_is_written_can_be_replaced_by_the_group_if_that_is_said(say, ran, shared):
    course = say(f"c.CourseDirectory.groupshared = {shared}")
    hand_in(course.submitted, "ada")
    before = os.umask(0o022)
    try:
        grade_all(course, [UNIT])
    finally:
        os.umask(before)
    folder = course.root / "autograded" / "ada" / UNIT
    for path in (folder, folder / f"{UNIT}.ipynb", course.root / ".grading"):
        assert bool(path.stat().st_mode & 0o020) == shared
    assert not folder.stat().st_mode & 0o002
