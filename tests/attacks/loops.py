"""Rows 1 and 2: code that never ends."""

from attacks.attack import attack
from autograder.limits import Limits

LIMITS = Limits(seconds_per_cell=2.0, seconds=12.0, cpu_seconds=30, memory_mb=600)


@attack(row=1, earns=4.0, verdict="took too long")
def endless_loop(handed):
    """A cell that never ends, after one answer was graded."""
    handed.after("Value", "while True: pass")
