"""relu_forward: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import ANY_SHAPE, Exercise, Numbers

from ._shared import BEND, shape_of, spread

relu_forward = Exercise("relu_forward", care=("unchanged", "float32", "views"), sizes={"N": ("z", 0)})


@relu_forward.draw(times=1)
def relu_rows(rng):
    return dict(z=spread(rng, shape_of(rng, 2)))


@relu_forward.draw(times=1)
def relu_vector(rng):
    return dict(z=spread(rng, shape_of(rng, 1)))


@relu_forward.draw(times=1)
def relu_stack(rng):
    return dict(z=spread(rng, shape_of(rng, 3)))


relu_forward.corners(z=Numbers(ANY_SHAPE, without={"negative values": "the ordinary draws have numbers of both signs"}))


@relu_forward.corners.at("ties")
def some_at_the_bend(rng):
    return dict(z=np.array([0.0, -1.5, 0.0, 2.0]))


relu_forward.wrong(
    "switch-for-value",
    f"""
    These are zeros and ones: the question whether z is positive. Where it is, ReLU hands z itself on. {BEND}""",
    lambda z: (z > 0) * 1.0,
)

relu_forward.wrong(
    "negative-half",
    f"""
    The negative entries are kept and the positive ones are gone. ReLU takes the larger of z and 0. {BEND}""",
    lambda z: np.minimum(z, 0),
)

relu_forward.wrong(
    "absolute-value",
    f"""
    It looks as if the negative entries were turned positive. ReLU sets them to 0. {BEND}""",
    lambda z: np.abs(z),
)

relu_forward.wrong(
    "turned-round",
    f"""
    It looks as if z had its sign changed first: only the negative entries come through, as positive numbers. {BEND}""",
    lambda z: np.maximum(-z, 0),
)

relu_forward.wrong(
    "no-bend",
    f"""
    z comes back as it was. With no bend, two layers are one linear layer. {BEND}""",
    lambda z: z,
)

relu_forward.wrong(
    "all-zeros",
    f"""
    Every entry is 0. Was one decision taken for all of z? Each entry decides for itself. {BEND}""",
    lambda z: z if np.all(z > 0) else np.zeros_like(z),
)

relu_forward.wrong(
    "capped-at-one",
    f"""
    Large entries are cut off at 1. ReLU has no upper end: a positive z is handed on whole. {BEND}""",
    lambda z: np.clip(z, 0, 1),
)

relu_forward.wrong(
    "threshold-one",
    f"""
    Entries between 0 and 1 are lost. The bend lies at 0. {BEND}""",
    lambda z: np.where(z > 1, z, 0.0),
)

relu_forward.wrong(
    "leak",
    """
    Negative entries leak through with slope 0.01. That is the leaky ReLU of 7.3; here they are 0.""",
    lambda z: np.where(z > 0, z, 0.01 * z),
)

relu_forward.wrong(
    "softplus",
    f"""
    This is log(1 + e^z), a smooth bend called softplus. ReLU has a sharp one. {BEND}""",
    lambda z: np.log1p(np.exp(z)),
)

relu_forward.wrong(
    "squared",
    f"""
    The positive entries are squared. Is z multiplied by itself once too often? {BEND}""",
    lambda z: z * np.maximum(z, 0),
)

relu_forward.wrong(
    "max-along-an-axis",
    """
    np.max(z, 0) takes the largest entry along axis 0: the 0 is read as an axis. The function that compares two
    numbers, entry by entry, has a longer name.""",
    lambda z: np.max(z, 0),
)

relu_forward.wrong(
    "whole-numbers",
    """
    All decimals are cut off. np.vectorize makes everything of the type of its first result, and there it was 0, a
    whole number. Write 0.0, or take a function that works on whole arrays.""",
    lambda z: np.vectorize(lambda v: v if v > 0 else 0)(z),
)


@relu_forward.wrong(
    "written-into-z",
    """
    An assignment into z, such as to z[...], writes into the caller's array. The backward pass still needs z.""",
    fails=("unchanged", "views"),
)
def written_into_z(z):
    z[z < 0] = 0
    return z


@relu_forward.unusual
def mean_with_size(z):
    return (z + abs(z)) / 2


@relu_forward.unusual
def masked_copy(z):
    a = np.array(z)
    a[a < 0] = 0
    return a


@relu_forward.unusual
def entry_by_entry(z):
    return [entry_by_entry(row) if np.ndim(row) else max(0.0, float(row)) for row in z]


@relu_forward.unusual
def open_clip(z):
    return np.clip(z, 0, None)


@relu_forward.unusual
def single_precision(z):
    return np.multiply(z, np.heaviside(z, 1), dtype=np.float32)
