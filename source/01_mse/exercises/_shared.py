"""Unit 01: what several exercises share."""

import numpy as np


def guesses(rng, *shape, lowest=-6.3):
    """Guesses and true values of one shape, shape (*shape): no error near zero, both signs among them."""
    y = rng.uniform(lowest, 6.3, size=shape)
    sides = np.where(np.arange(y.size) % 2, 1.0, -1.0) * rng.choice([-1, 1])
    errors = (sides * rng.uniform(0.2, 1.6, size=y.size)).reshape(shape)
    return dict(y_hat=np.asarray(y + errors), y=np.asarray(y))


def three(rng):
    """Three guesses and masses in kg with one decimal, so that a message can be followed by hand."""
    return {name: value.round(1) for name, value in guesses(rng, 3, lowest=2.7).items()}


def column(rng):
    """A column of numbers with one decimal, for the same reason."""
    return {name: value.round(1) for name, value in guesses(rng, rng.choice([5, 7]), 1).items()}


def table(rng):
    return guesses(rng, *rng.permutation([4, 11]))


def single(rng):
    """Shape (): a single number as numpy holds it."""
    return guesses(rng)


def takes_any_shape(exercise):
    """The draws of a function of two arrays of one shape, whatever that shape is."""
    for shape in (three, column, table):
        exercise.draw(shape, times=1)
    exercise.draw(times=1, care="single numbers")(single)
