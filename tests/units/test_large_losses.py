"""Where a rate is too large, a loss is large, but an answer that takes the logarithm of a probability still gets it."""

import sys

import numpy as np
import pytest

from autograder.exercises.loader import exercises_of

SEEDS = range(120, 160)
"""Two of these gave a loss above 700 when nothing but a large one was asked of the draw."""
MOST = 700
"""The loss of a row whose probability, exp(-700), is no subnormal number yet."""


@pytest.fixture(scope="module")
def declared(course):
    """The module in which unit 10's training is declared."""
    exercise = exercises_of("10_mlp", course)["train_mlp"]
    return sys.modules[exercise.unusuals[0].__module__]


def losses_of_rows(right, inputs):
    """The loss of every row before each step of a training with all rows in one batch."""
    model, x, y = right.MLP(inputs["sizes"], 3), inputs["x"].copy(), inputs["y"]
    for _ in range(inputs["epochs"]):
        z = model.forward(x)
        yield np.logaddexp.reduce(z, axis=1) - z[np.arange(len(y)), y]
        right.train_mlp(model, x, y, inputs["lr"], 1, len(x), 0)


def test_no_probability_is_rounded_to_zero(declared):
    for seed in SEEDS:
        inputs = declared.a_rate_that_is_too_large(np.random.default_rng(seed))
        largest = [losses.max() for losses in losses_of_rows(declared.right, inputs)]
        assert 8 < max(largest) < MOST, (seed, largest)
