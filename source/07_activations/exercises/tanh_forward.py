"""tanh_forward: what is asked, and what people write instead."""

import math

import numpy as np

from autograder.exercises import ANY_SHAPE, Exercise, Numbers

from ._shared import BEND, TANH, shape_of, spread

tanh_forward = Exercise("tanh_forward", care=("unchanged", "float32", "views"), sizes={"N": ("z", 0)})


@tanh_forward.draw(times=1)
def tanh_rows(rng):
    return dict(z=spread(rng, shape_of(rng, 2)))


@tanh_forward.draw(times=1)
def tanh_vector(rng):
    return dict(z=spread(rng, shape_of(rng, 1)))


@tanh_forward.draw(times=1)
def tanh_stack(rng):
    return dict(z=spread(rng, shape_of(rng, 3)))


@tanh_forward.draw(times=1, care="large inputs")
def tanh_far_out(rng):
    return dict(z=rng.permutation([-1000.0, -800.0, -30.0, -0.5, 0.4, 25.0, 750.0, 1000.0]))


tanh_forward.corners(z=Numbers(ANY_SHAPE), without={"large values": "large inputs are an aspect of care"})


tanh_forward.wrong(
    "sigmoid",
    f"""
    This is the sigmoid, between 0 and 1. tanh lies between -1 and 1. {TANH}""",
    lambda z: 1 / (1 + np.exp(-z)),
)

tanh_forward.wrong(
    "half-as-steep",
    f"""
    This is the tanh of z/2. In (e^z - 1)/(e^z + 1) both exponents would have to be 2z. {TANH}""",
    lambda z: (np.exp(z) - 1) / (np.exp(z) + 1),
)

tanh_forward.wrong(
    "falls",
    f"""
    This falls where tanh rises. Look at the order in the numerator: e^z comes first. {TANH}""",
    lambda z: (np.exp(-z) - np.exp(z)) / (np.exp(z) + np.exp(-z)),
)

tanh_forward.wrong(
    "upside-down",
    f"""
    Numerator and denominator are exchanged: this is never between -1 and 1. The difference stands above. {TANH}""",
    lambda z: (np.exp(z) + np.exp(-z)) / (np.exp(z) - np.exp(-z)),
)

tanh_forward.wrong(
    "no-brackets",
    f"""
    It looks as if the numerator had no brackets. Python divides first: only e^(-z) was divided. {TANH}""",
    lambda z: np.exp(z) - np.exp(-z) / (np.exp(z) + np.exp(-z)),
)

tanh_forward.wrong(
    "sinh",
    f"""
    This is (e^z - e^(-z))/2, which grows for ever. Divide by the sum of the two, not by 2. {TANH}""",
    lambda z: np.sinh(z),
)

tanh_forward.wrong(
    "tan",
    f"""
    This is tan, of angles. The h in tanh stands for hyperbolic: another function. {TANH}""",
    lambda z: np.tan(z),
)

tanh_forward.wrong(
    "arctan",
    f"""
    This is arctan: it bends like tanh, but ends near 1.57. {TANH}""",
    lambda z: np.arctan(z),
)

tanh_forward.wrong(
    "cut-off",
    f"""
    This is z, cut off at -1 and 1. tanh bends gently, and is below 1 everywhere. {TANH}""",
    lambda z: np.clip(z, -1, 1),
)

tanh_forward.wrong(
    "no-bend",
    f"""
    z comes back as it was. With no bend, two layers are one linear layer. {BEND}""",
    lambda z: z,
)

tanh_forward.wrong(
    "slope-for-value",
    f"""
    This is the slope of tanh, 1 at the origin. The forward pass asks for its value. {TANH}""",
    lambda z: 1 / np.cosh(z) ** 2,
)

tanh_forward.wrong(
    "twice",
    f"""
    It looks as if tanh were taken twice. {TANH}""",
    lambda z: np.tanh(np.tanh(z)),
)

tanh_forward.wrong(
    "overflow",
    f"""
    The formula is right, and its exponentials are too large for a float: e^709 is about the limit. numpy has a
    function for this. {TANH}""",
    lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)),
    fails="large inputs",
)

tanh_forward.wrong(
    "written-into-z",
    """
    The result is written into z, which belongs to the caller. Build a new array.""",
    lambda z: np.tanh(z, out=z),
    fails=("unchanged", "views"),
)


@tanh_forward.unusual
def by_sigmoid(z):
    e = np.exp(-2 * np.abs(z))
    return np.sign(z) * (1 - e) / (1 + e)


@tanh_forward.unusual
def by_expm1(z):
    e = np.expm1(-2 * np.abs(z))
    return np.copysign(e / (e + 2), z)


@tanh_forward.unusual
def by_math(z):
    return np.vectorize(math.tanh)(z)


@tanh_forward.unusual
def clipped_first(z):
    z = np.clip(z, -40, 40)
    return np.sinh(z) / np.cosh(z)
