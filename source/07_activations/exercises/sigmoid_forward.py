"""sigmoid_forward: what is asked, and what people write instead."""

import math

import numpy as np

from autograder.exercises import ANY_SHAPE, Exercise, Numbers

from ._shared import SIGMOID, shape_of, spread

sigmoid_forward = Exercise("sigmoid_forward", care=("unchanged", "float32", "views"), sizes={"N": ("z", 0)})


@sigmoid_forward.draw(times=1)
def sigmoid_rows(rng):
    return dict(z=spread(rng, shape_of(rng, 2)))


@sigmoid_forward.draw(times=1)
def sigmoid_vector(rng):
    return dict(z=spread(rng, shape_of(rng, 1)))


@sigmoid_forward.draw(times=1)
def sigmoid_stack(rng):
    return dict(z=spread(rng, shape_of(rng, 3)))


@sigmoid_forward.draw(times=1, care="no warnings")
def sigmoid_far_out(rng):
    return dict(z=rng.permutation([-1000.0, -800.0, -30.0, -0.5, 0.4, 25.0, 750.0, 1000.0]))


@sigmoid_forward.draw(times=1, care="no warnings")
def far_below(rng):
    """Nothing but tiny results, so that a bound for z shows."""
    return dict(z=rng.permutation([-1000.0, -30.0, -25.0]))


sigmoid_forward.corners(z=Numbers(ANY_SHAPE), without={"large values": "large inputs are an aspect of care"})


sigmoid_forward.wrong(
    "falls",
    f"""
    This falls where the sigmoid rises. Look at the sign in the exponent, or at which of two branches is which.
    {SIGMOID}""",
    lambda z: 1 / (1 + np.exp(z)),
)

sigmoid_forward.wrong(
    "denominator-without-brackets",
    """
    It looks as if 1/1 + e^(-z) were computed. Python divides first: the whole denominator needs brackets.""",
    lambda z: 1 / 1 + np.exp(-z),
)

sigmoid_forward.wrong(
    "tanh",
    f"""
    This is tanh, between -1 and 1. The sigmoid lies between 0 and 1. {SIGMOID}""",
    lambda z: np.tanh(z),
)

sigmoid_forward.wrong(
    "twice-as-steep",
    f"""
    This is the sigmoid of 2z. A tanh can be made into a sigmoid, but of half its argument. {SIGMOID}""",
    lambda z: (np.tanh(z) + 1) / 2,
)

sigmoid_forward.wrong(
    "one-branch-for-both",
    f"""
    Right for positive z. With |z| in the exponent, z and -z get the same value; the two signs need two numerators.
    {SIGMOID}""",
    lambda z: 1 / (1 + np.exp(-np.abs(z))),
)


@sigmoid_forward.wrong(
    "other-branch-for-both",
    f"""
    Right for negative z. With |z| in the exponent, z and -z get the same value; the two signs need two numerators.
    {SIGMOID}""",
)
def other_branch_for_both(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e)


sigmoid_forward.wrong(
    "half-not-added",
    f"""
    This lies between -½ and ½: half of a tanh. Every value is ½ too small. {SIGMOID}""",
    lambda z: 0.5 * np.tanh(z / 2),
)

sigmoid_forward.wrong(
    "largest-subtracted",
    f"""
    It looks as if the largest entry of z were taken away first. That keeps e^z small, but the sigmoid looks at each
    entry alone: no entry may change the others. {SIGMOID}""",
    lambda z: 1 / (1 + np.exp(-(z - z.max()))),
)

sigmoid_forward.wrong(
    "shares-of-a-sum",
    f"""
    These numbers add up to 1 over all of z. Each entry of a sigmoid stands alone: divide by 1 + e^z of its own.
    {SIGMOID}""",
    lambda z: np.exp(z) / np.sum(np.exp(z)),
)

sigmoid_forward.wrong(
    "one-missing",
    f"""
    The 1 in the denominator is missing: this is e^z, which has no upper end. {SIGMOID}""",
    lambda z: 1 / np.exp(-z),
)

sigmoid_forward.wrong(
    "minus-for-plus",
    f"""
    It looks as if the denominator were 1 - e^(-z), which is 0 at z = 0. It is a sum. {SIGMOID}""",
    lambda z: 1 / (1 - np.exp(-z)),
)

sigmoid_forward.wrong(
    "twice",
    f"""
    It looks as if the sigmoid were taken twice. {SIGMOID}""",
    lambda z: 1 / (1 + np.exp(-1 / (1 + np.exp(-z)))),
)

sigmoid_forward.wrong(
    "slope-for-value",
    f"""
    This is the slope of the sigmoid, 0.25 at most. The forward pass asks for its value. {SIGMOID}""",
    lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
)

sigmoid_forward.wrong(
    "logarithm",
    f"""
    This is the logarithm of the sigmoid: never positive. {SIGMOID}""",
    lambda z: -np.log1p(np.exp(-z)),
)

sigmoid_forward.wrong(
    "hard",
    f"""
    This is 0 or 1. The sigmoid changes gradually: a step has no slope to learn from. {SIGMOID}""",
    lambda z: (z > 0) * 1.0,
)

sigmoid_forward.wrong(
    "straight-middle",
    f"""
    This is a straight line, cut off at 0 and 1. The sigmoid bends everywhere. {SIGMOID}""",
    lambda z: np.clip(0.5 + z / 4, 0, 1),
)

sigmoid_forward.wrong(
    "overflow",
    f"""
    Right for small z; this is about large ones. A warning, or nan: e to a large power is no float any more. Only e to
    a negative power is safe, and np.where works out both of its branches, also the one that is thrown away.
    A value a little off: is z cut off (clip) too early? {SIGMOID}""",
    lambda z: np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z))),
    fails="no warnings",
)


sigmoid_forward.wrong(
    "not-for-large-inputs",
    f"""
    Right for small z. For large ones e^z is no float any more, and e^z/(1 + e^z) is inf/inf, which is nan: that form is
    for negative z alone. Where z is positive, divide 1 by 1 + e^(-z). {SIGMOID}""",
    lambda z: np.exp(z) / (1 + np.exp(z)),
    fails="no warnings",
)


@sigmoid_forward.wrong(
    "written-into-z",
    """
    The result is written into z, which belongs to the caller. Build a new array.""",
    fails=("unchanged", "views"),
)
def sigmoid_written_into_z(z):
    z[...] = (np.tanh(z / 2) + 1) / 2
    return z


sigmoid_forward.wrong(
    "clipped",
    f"""
    It looks as if z were clipped, or the result. That keeps the warning away and gives other numbers: far out, the
    sigmoid still comes nearer to 0 and to 1. {SIGMOID}""",
    lambda z: 1 / (1 + np.exp(-np.clip(z, -5, 5))),
    fails="no warnings",
    free_number=True,
)


sigmoid_forward.wrong(
    "clipped-far-out",
    f"""
    It looks as if z were clipped, or the result. That keeps the warning away and gives other numbers: far out, the
    sigmoid still comes nearer to 0 and to 1. {SIGMOID}""",
    lambda z: 1 / (1 + np.exp(-np.clip(z, -10, 10))),
    fails="no warnings",
    free_number=True,
)


@sigmoid_forward.unusual
def by_tanh(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


@sigmoid_forward.unusual
def by_logaddexp(z):
    return np.exp(-np.logaddexp(0, -z))


@sigmoid_forward.unusual
def masks_for_each_sign(z):
    a = np.empty(z.shape)
    up = z >= 0
    a[up] = 1 / (1 + np.exp(-z[up]))
    a[~up] = np.exp(z[~up]) / (1 + np.exp(z[~up]))
    return a


@sigmoid_forward.unusual
def with_clip(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


@sigmoid_forward.unusual
def two_safe_halves(z):
    return np.where(z > 0, 1 / (1 + np.exp(-np.maximum(z, 0))), 1 - 1 / (1 + np.exp(np.minimum(z, 0))))


@sigmoid_forward.unusual
def one_at_a_time(z):
    if np.ndim(z):
        return [one_at_a_time(v) for v in z]
    e = math.exp(-abs(z))
    return 1 / (1 + e) if z > 0 else e / (1 + e)
