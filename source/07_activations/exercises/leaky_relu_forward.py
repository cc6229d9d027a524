"""leaky_relu_forward, practice: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import ANY_SHAPE, Exercise, Numbers, Parameter

from ._shared import LEAK, shape_of, spread

leaky_relu_forward = Exercise("leaky_relu_forward", care=("unchanged", "float32", "views"), practice=True)


@leaky_relu_forward.draw(times=1)
def leaky_rows(rng):
    return dict(z=spread(rng, shape_of(rng, 2)), slope=float(rng.uniform(0.05, 0.15)))


@leaky_relu_forward.draw(times=2)
def leaky_vector(rng):
    return dict(z=spread(rng, shape_of(rng, 1)), slope=float(rng.uniform(0.2, 0.4)))


@leaky_relu_forward.draw(times=1, care="slope left out")
def leaky_default(rng):
    return dict(z=spread(rng, shape_of(rng, 3)))


leaky_relu_forward.corners(z=Numbers(ANY_SHAPE), slope=Parameter((0.0, 1.0, 2.0)))


@leaky_relu_forward.corners.at("ties")
def some_at_the_bend(rng):
    return dict(z=np.array([0.0, -1.5, 0.0, 2.0]), slope=0.1)


leaky_relu_forward.wrong(
    "no-leak",
    f"""
    Negative entries are 0: this is ReLU. Here slope times z leaks through. {LEAK}""",
    lambda z, slope=0.01: np.maximum(z, 0),
)

leaky_relu_forward.wrong(
    "slope-not-used",
    f"""
    It looks as if the slope were 0.01 whatever the caller asks for. 0.01 is what it is when it is left out. {LEAK}""",
    lambda z, slope=0.01: np.where(z > 0, z, 0.01 * z),
)

leaky_relu_forward.wrong(
    "leak-turned-positive",
    f"""
    The leak has the wrong sign. The line rises on both sides: from a negative z a small negative number comes out.
    {LEAK}""",
    lambda z, slope=0.01: np.where(z > 0, z, -slope * z),
)

leaky_relu_forward.wrong(
    "slope-for-value",
    f"""
    Every negative entry became slope itself. slope times z is asked for. {LEAK}""",
    lambda z, slope=0.01: np.where(z > 0, z, slope),
)

leaky_relu_forward.wrong(
    "slope-on-the-wrong-side",
    f"""
    The positive side is made flat and the negative one is steep. slope belongs to the negative side. {LEAK}""",
    lambda z, slope=0.01: np.where(z > 0, slope * z, z),
)

leaky_relu_forward.wrong(
    "slope-everywhere",
    f"""
    Every entry is multiplied by slope: this is a straight line again. Positive entries stay as they are. {LEAK}""",
    lambda z, slope=0.01: slope * z,
)

leaky_relu_forward.wrong(
    "slope-subtracted",
    f"""
    It looks as if slope were added to z, or taken away. It is a slope: it multiplies. {LEAK}""",
    lambda z, slope=0.01: np.where(z > 0, z, z - slope),
)

leaky_relu_forward.wrong(
    "divided-by-slope",
    f"""
    Negative entries are divided by slope, and grow. slope is small so that little leaks through: multiply. {LEAK}""",
    lambda z, slope=0.01: np.where(z > 0, z, z / slope),
)

leaky_relu_forward.wrong(
    "exponential-leak",
    f"""
    This is the exponential unit, ELU: its left side bends. The leak is a straight line, slope times z. {LEAK}""",
    lambda z, slope=0.01: np.where(z > 0, z, slope * np.expm1(np.minimum(z, 0))),
)

leaky_relu_forward.wrong(
    "added-to-z",
    f"""
    The leak is added to z on the negative side. It takes the place of z there. {LEAK}""",
    lambda z, slope=0.01: z + slope * np.minimum(z, 0),
)


leaky_relu_forward.wrong(
    "leak-on-both-sides",
    f"""
    The leak is added where z is positive as well, which gives (1 + slope) z. On that side z stays as it is. {LEAK}""",
    lambda z, slope=0.01: np.maximum(z, 0) + slope * z,
)

leaky_relu_forward.wrong(
    "slope-on-the-wrong-side-alone",
    f"""
    slope stands on the positive side, and the negative one is 0. It is the negative side that leaks. {LEAK}""",
    lambda z, slope=0.01: slope * np.maximum(z, 0),
)


@leaky_relu_forward.wrong(
    "written-into-z",
    """
    An assignment into z writes into the caller's array. Build a new one.""",
    fails=("unchanged", "views"),
)
def leaky_written_into_z(z, slope=0.01):
    z[z < 0] *= slope
    return z


leaky_relu_forward.wrong(
    "larger-of-the-two",
    f"""The larger of z and slope·z is z only while the slope is below 1. Choose by whether z > 0. {LEAK}""",
    lambda z, slope=0.01: np.maximum(z, slope * z),
)


@leaky_relu_forward.unusual
def larger_or_smaller_of_the_two(z, slope=0.01):
    return (np.maximum if slope <= 1 else np.minimum)(z, slope * z)


@leaky_relu_forward.unusual
def two_halves(z, slope=0.01):
    return np.clip(z, 0, None) + slope * np.clip(z, None, 0)


@leaky_relu_forward.unusual
def leaky_entry_by_entry(z, slope=0.01):
    return [leaky_entry_by_entry(v, slope) if np.ndim(v) else float(v) * (1 if v > 0 else slope) for v in z]
