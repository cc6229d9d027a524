"""A course of one unit, whose answers have few mutants."""

import pytest

from autograder.paths import Course

UNIT = "01_tiny"
TEXT = '''# ---
# jupyter:
#   jupytext:
#     text_representation:
#       format_name: percent
# ---

# %% tags=["given"]
import numpy as np


# %% nbgrader={"grade": false, "grade_id": "u01-scaled", "locked": false, "schema_version": 3, "solution": true}
def scaled(x, factor):
    """x, with each entry multiplied."""
    ### BEGIN SOLUTION
    return factor * x
    ### END SOLUTION


# %% nbgrader={"grade": false, "grade_id": "u01-halvings", "locked": false, "schema_version": 3, "solution": true}
def halvings(n):
    """How often n can be halved until it is 0."""
    ### BEGIN SOLUTION
    count = 0
    while n > 0:
        n //= 2
        count += 1
    return count
    ### END SOLUTION
'''
SCALED = """
import numpy as np

from autograder.exercises import Exercise

scaled = Exercise("scaled", care=("unchanged",))


@scaled.draw
def positive(rng):
    return dict(x=rng.uniform(1, 2, size=int(rng.choice([3, 5]))), factor=float(rng.choice([1.0, 2.0])))


@scaled.unusual
def by_broadcasting(x, factor):
    return np.full(len(x), factor) * x
"""
HALVINGS = """
from autograder.exercises import Exercise

halvings = Exercise("halvings")


@halvings.draw
def whole(rng):
    return dict(n=int(rng.integers(5, 1000)))
"""


@pytest.fixture
def tiny_course(tmp_path):
    """The course, with exercises that a test may change."""
    (tmp_path / "nbgrader_config.py").touch()
    folder = tmp_path / "source" / UNIT / "exercises"
    folder.mkdir(parents=True)
    folder.with_name(f"{UNIT}.py").write_text(TEXT)
    (folder / "scaled.py").write_text(SCALED)
    (folder / "halvings.py").write_text(HALVINGS)
    return Course(tmp_path)
