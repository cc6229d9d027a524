"""A grading run that is killed at any moment and resumed leaves the gradebook of one that nobody disturbed.

``KILLS=20 python -m pytest tests/autograder/grading/test_kills.py`` tries so many moments; as a rule one is tried in a
small class, and with all known answers three in a large one.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest
from support.courses import ROOT
from support.gradebook_contents import contents
from support.sampling import everything

from autograder.paths import Course
from autograder.verify.simulated_class import hand_in, simulated_class

UNIT = "01_kinds"
STUDENTS = 100 if everything() else 30
KILLS = int(os.environ.get("KILLS", "3" if everything() else "1"))
GRADE = [sys.executable, "-m", "autograder", "grade", "--workers", "2", "--seed", "11"]


def grading(course, *more):
    """A grading run in a process group of its own, so that a kill reaches the command and nothing else."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([*GRADE, *more], cwd=course.root, env=environment, start_new_session=True, **quiet)


def remaining(course):
    """The processes that still have the course's folder as their own, once those that end by themselves have ended."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        found = [process for process in os.listdir("/proc") if process.isdigit() and _folder(process) == course.root]
        if not found:
            return []
        time.sleep(0.1)
    return found


def _folder(process):
    try:
        return os.readlink(f"/proc/{process}/cwd")
    except OSError:
        return None


@pytest.fixture(scope="module")
def class_to_grade(built_small_course, tmp_path_factory):
    root = tmp_path_factory.mktemp("kills") / "course"
    shutil.copytree(built_small_course.root, root)
    course = Course(root)
    for student in simulated_class(course, [UNIT], STUDENTS, seed=3):
        hand_in(course, student)
    return course


@pytest.fixture(scope="module")
def undisturbed(class_to_grade):
    """The gradebook of a run that nobody disturbed, and the seconds that it took."""
    root = class_to_grade.root.with_name("undisturbed")
    shutil.copytree(class_to_grade.root, root)
    start = time.monotonic()
    assert grading(Course(root)).wait() == 0
    return contents(Course(root)), time.monotonic() - start


@pytest.mark.parametrize("kill", range(KILLS))
def test_run_that_is_killed_and_resumed_gives_the_gradebook_of_one_that_is_not(kill, class_to_grade, undisturbed):
    expected, seconds = undisturbed
    course = Course(class_to_grade.root.with_name(f"killed-{kill}"))
    shutil.copytree(class_to_grade.root, course.root)
    moment = random.SystemRandom().uniform(0.2, 0.95) * seconds
    run = grading(course)
    time.sleep(moment)
    over = run.poll() is not None
    if not over:
        os.kill(run.pid, signal.SIGKILL)
    run.wait()
    assert remaining(course) == [], "what the killed run had started is still there"
    assert grading(course, "--resume").wait() == 0
    assert contents(course) == expected, f"killed after {moment:.2f} s of {seconds:.2f}"
    assert not list(course.root.rglob("*.half"))
