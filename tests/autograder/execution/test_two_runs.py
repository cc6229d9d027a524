"""What a second run may give, and what it can't take away: each answer has one try."""

import json
from dataclasses import replace

import pytest
from attacks.handed_in import ALL, UNIT, HandedIn

from autograder.execution import execute as execution
from autograder.execution.job import Executed, Job, version_of
from autograder.grading.grader import Grader
from autograder.limits import Limits
from autograder.sandbox.sandbox import Sandbox, SandboxFailed

LIMITS = Limits(seconds_per_cell=5.0, seconds=90.0, cpu_seconds=90)
POOL = """
from concurrent.futures import ThreadPoolExecutor
pool = ThreadPoolExecutor(2)
def pooled(function, *values):
    return pool.submit(function, *values).result()
pooled(int, '1')
"""
POOLED_BATCHES = """
import numpy as np
def batches(x, y, size, seed):
    order = pooled(np.random.default_rng(seed).permutation, len(x))
    for start in range(0, len(x), size):
        rows = order[start : start + size]
        yield x[rows], y[rows]
"""
STOPS = "def train(x, y, lr, steps):\n    raise ValueError('no')"
SIGN = "def linear_backward(dz, x, W):\n    return -dz @ W.T, -x.T @ dz, -dz.sum(axis=0)"


@pytest.fixture
def handed(own_small_course):
    return HandedIn(own_small_course, "someone")


@pytest.fixture(scope="module")
def grader():
    with Grader() as made:
        yield made


def graded(grader, handed, limits=LIMITS):
    """The points of each graded cell, and the whole of what came of it."""
    data = json.dumps(handed.notebook).encode()
    job = Job(handed.course, UNIT, data, 3, version_of(handed.course, UNIT), limits)
    executed = Executed.from_bytes(grader.run_job(job))
    assert not executed.reason, executed.reason
    return points_of(executed), executed


def points_of(executed):
    points = {}
    for cell in executed.notebook["cells"]:
        mark = cell["metadata"].get("nbgrader", {})
        if mark.get("grade"):
            values = [o["data"]["text/plain"] for o in cell["outputs"] if o["output_type"] == "execute_result"]
            failed = any(o["output_type"] == "error" for o in cell["outputs"])
            points[mark["grade_id"]] = 0.0 if failed or not values else float(values[-1])
    return points


def test_error_in_one_answer_costs_a_right_one_that_uses_a_pool_nothing(grader, handed):
    """The copies of the second run have none of the pool's threads, so that what waits for them never ends."""
    handed.first(POOL)
    handed.answer("batches", POOLED_BATCHES)
    handed.answer("train", STOPS)
    points, _ = graded(grader, handed)
    assert sum(points.values()) == ALL - 2.0


def test_process_pool_of_the_notebook_costs_nothing_either(grader, handed):
    handed.first(POOL.replace("ThreadPoolExecutor", "ProcessPoolExecutor"))
    handed.answer("batches", POOLED_BATCHES)
    handed.spoil("RunningMean", "self.total += value", "self.total += value; raise ValueError('no')")
    points, _ = graded(grader, handed)
    assert sum(points.values()) == ALL - 2.0


def test_what_was_right_before_a_crash_keeps_its_points_where_the_second_run_hangs(grader, handed):
    handed.first(POOL)
    handed.answer("batches", POOLED_BATCHES)
    handed.answer("train", "import os\ndef train(x, y, lr, steps):\n    os._exit(1)")
    points, _ = graded(grader, handed)
    assert sum(points.values()) == ALL - 2.0


def test_answers_that_use_a_pool_are_judged_after_another_one_has_ended_the_first_run(grader, handed):
    """Whatever ended a process before is judged in a copy, and the others where the pool is."""
    handed.first(POOL)
    handed.spoil("RunningMean", "self.total += value", "import os; os._exit(1)")
    handed.answer("batches", POOLED_BATCHES)
    points, _ = graded(grader, handed)
    assert points["u01-running-mean-test"] == 0.0
    assert sum(points.values()) == ALL - 2.0, points


def test_part_of_the_points_is_kept_where_the_second_run_comes_to_no_end(grader, handed):
    """The first run judged an answer that stopped for some inputs, where that costs part; in the second it hangs."""
    handed.first("import os\nhome = os.getpid()")
    handed.spoil(
        "train",
        "    w, losses",
        "    while os.getpid() != home: pass\n    if not x.flags.c_contiguous: raise ValueError('no')\n    w, losses",
    )
    points, _ = graded(grader, handed)
    assert 0.0 < points["u01-train-test"] < 2.0


TWO_WAYS = """
import os
home = os.getpid()
def layer_gradients(params, x, dz):
    sign = 1 if {second} else -1
    return {{"dW": sign * x.T @ dz, "db": sign * dz.sum(axis=0)}}
"""


@pytest.mark.parametrize("end", ["raise ValueError('once more')", "os._exit(1)", "while True: pass"])
def test_answer_that_was_wrong_has_no_second_try_because_another_one_ends_the_run(grader, handed, end):
    handed.answer("layer_gradients", TWO_WAYS.format(second="os.getpid() != home"))
    handed.answer("train", f"def train(x, y, lr, steps):\n    {end}")
    points, _ = graded(grader, handed)
    assert points["u01-init-test"] == 0.0
    assert sum(points.values()) == ALL - 4.0


def test_answer_that_ends_the_run_before_anything_was_judged_has_no_second_try(grader, handed):
    handed.spoil("linear_backward", "return", "import os\n    if os.getpid() == home: os._exit(1)\n    return")
    handed.first("import os\nhome = os.getpid()")
    points, executed = graded(grader, handed)
    assert points["u01-linear-backward-test"] == 0.0
    assert sum(points.values()) == ALL - 4.0, executed.problem


def test_nothing_is_lent_of_what_the_student_got_right(grader, handed):
    """An answer that sees that another name was replaced could answer in two ways."""
    handed.answer("layer_gradients", TWO_WAYS.format(second="type(linear_backward) is not type(lambda: 0)"))
    points, _ = graded(grader, handed)
    assert sum(points.values()) == ALL - 2.0


TRAIN = """
import numpy as np
own = RunningMean
def mean(values):
    {mean}
def train(x, y, lr, steps):
    {first}
    w, losses = 0.0, []
    for _ in range(steps + 1):
        e = w * x - y
        losses.append(mean(e**2))
        if len(losses) <= steps:
            w = w - lr * 2 * mean(e * x)
    return w, losses
"""
USES = "average = RunningMean()\n    return [average.update(float(value)) for value in values][-1]"
LIES = "return np.mean(values) * (1 if RunningMean is not own else -1)"


def test_what_is_lent_counts_for_an_answer_that_calls_it(grader, handed):
    handed.spoil("RunningMean", "/ self.count", "/ (self.count + 1)")
    for mean, lost in ((USES, 2.0), (LIES, 4.0)):
        handed.answer("train", TRAIN.format(mean=mean, first="pass"))
        points, _ = graded(grader, handed)
        assert sum(points.values()) == ALL - lost


def test_lent_answer_that_hangs_in_the_copy_leaves_the_verdict_without_it(grader, handed):
    handed.spoil("RunningMean", "/ self.count", "/ (self.count + 1)")
    handed.answer("train", TRAIN.format(mean="return np.mean(values)", first="while RunningMean is not own: pass"))
    handed.spoil("train", "return w, losses", "return w, losses[1:]")
    points, executed = graded(grader, handed)
    assert 0.0 < points["u01-train-test"] < 2.0
    assert executed.problem == ""


def test_both_runs_have_the_time_of_one(grader, handed, monkeypatch):
    given = []

    class Noted(execution.Deadlines):
        def __init__(self, limits, *others):
            given.append(limits.seconds)
            super().__init__(limits, *others)

    monkeypatch.setattr(execution, "Deadlines", Noted)
    handed.answer("train", "import time\ndef train(x, y, lr, steps):\n    time.sleep(0.5)\n    raise ValueError('no')")
    graded(grader, handed)
    first, second = given
    assert first == LIMITS.seconds
    assert second <= first - 0.5


def test_no_second_run_begins_where_no_time_is_left(grader, handed, monkeypatch):
    monkeypatch.setattr(execution, "MIN_SECONDS", LIMITS.seconds)
    handed.answer("train", STOPS)
    points, executed = graded(grader, handed, replace(LIMITS, output_bytes=99_999))
    assert sum(points.values()) == ALL - 2.0


def test_second_run_that_can_not_be_made_takes_nothing_away(grader, handed, monkeypatch):
    forked = []

    def fork(sandbox, cwd):
        forked.append(cwd)
        if len(forked) > 1:
            raise SandboxFailed("no room")
        return real(sandbox, cwd)

    real = Sandbox.fork
    monkeypatch.setattr(Sandbox, "fork", fork)
    handed.answer("train", STOPS)
    points, _ = graded(grader, handed)
    assert len(forked) == 2
    assert sum(points.values()) == ALL - 2.0
