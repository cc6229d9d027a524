"""Rows 1, 2 and 60: code that never ends, in a cell and in a graded call."""

from attacks.attack import attack
from attacks.handed_in import ALL
from autograder.limits import Limits

LIMITS = Limits(seconds_per_cell=5.0, seconds=90.0, cpu_seconds=90, memory_mb=600, processes=20)


@attack(row=1, earns=ALL, verdict="a cell took too long, and was interrupted")
def endless_loop(handed):
    """A cell that never ends, after one answer was graded: it is interrupted, and the others are graded."""
    handed.after("Value", "while True: pass")


@attack(row=1, earns=ALL, verdict="a cell took too long, and was interrupted")
def endless_sleep(handed):
    """The same, asleep."""
    handed.after("Value", "import time\ntime.sleep(1e6)")


@attack(row=1, earns=4.0, verdict="took too long", stock="the same as the other loops, a minute for each cell")
def endless_loop_in_c(handed):
    """A loop that no interrupt reaches, since it is not Python's."""
    handed.after("Value", "sum(range(10**15))")


@attack(row=2, earns=4.0, verdict="took too long")
def loop_that_catches_everything(handed):
    """Neither an interrupt nor an alarm stops it."""
    handed.after(
        "Value",
        """
import signal, time
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    try:
        while True: time.sleep(0.01)
    except BaseException:
        pass
""",
    )


@loop_that_catches_everything.afterwards
def what_comes_after_it_is_not_run(outcome):
    assert "not run" in str(outcome.outputs("u01-slope-test"))


@attack(row=60, earns=14.0)
def answer_that_hangs(handed):
    """The first graded call never ends; the other answers are judged."""
    handed.answer("linear_backward", "def linear_backward(dz, x, W):\n    while True: pass")


@answer_that_hangs.afterwards
def its_cell_says_so(outcome):
    assert "took too long" in str(outcome.outputs("u01-linear-backward-test"))


@attack(row=60, earns=14.0)
def operator_that_hangs(handed):
    """A class whose product never ends, called by a scenario of the grader's."""
    handed.spoil("Value", "out._local = (other.data, self.data)", "while True: pass")


@attack(row=60, earns=16.0)
def answer_that_hangs_and_catches_everything(handed):
    """It can't be talked out of it."""
    loop = "    while True:\n        try:\n            while True: pass\n        except BaseException: pass"
    handed.answer("slope", f"def slope(f, x, h=1e-5):\n{loop}")


@attack(row=60, earns=16.0)
def endless_batches(handed):
    """A generator without end: it is read for a while only."""
    handed.answer("batches", "def batches(x, y, size, seed):\n    while True:\n        yield x[:size], y[:size]")


@attack(row=60, earns=14.0)
def answer_that_crashes(handed):
    """One crash for each call, each costs its own cell alone."""
    handed.answer("slope", "import os\ndef slope(f, x, h=1e-5):\n    os._exit(1)")
    handed.answer("train", "import ctypes\ndef train(x, y, lr, steps):\n    ctypes.string_at(0)")


@attack(row=60, earns=ALL, stock="it concerns a process that nbgrader has not")
def first_judging_crashes_in_a_fork_alone(handed):
    """A counter in the answer's own process: each graded cell sees it as it was."""
    handed.first("calls = []")
    handed.spoil("slope", "    return", "    calls.append(1)\n    assert len(calls) < 100\n    return")
