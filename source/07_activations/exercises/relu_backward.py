"""relu_backward: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import ANY_SHAPE, Exercise, Numbers, RightAnswers

from ._shared import at_the_bend_nothing_arrives, shape_of, spread, upstream

right = RightAnswers(__file__)

SWITCH = 'See 7.2, "A switch".'

relu_backward = Exercise("relu_backward", care=("unchanged", "float32", "views"), sizes={"N": ("z", 0)})


@relu_backward.draw(times=1)
def relu_back_rows(rng):
    z = spread(rng, shape_of(rng, 2))
    return dict(da=upstream(rng, z.shape), z=z)


@relu_backward.draw(times=1)
def relu_back_vector(rng):
    z = spread(rng, shape_of(rng, 1))
    return dict(da=upstream(rng, z.shape), z=z)


@relu_backward.draw(times=1)
def relu_back_stack(rng):
    z = spread(rng, shape_of(rng, 3))
    return dict(da=upstream(rng, z.shape), z=z)


NOT_NEAR = {
    "negative values": "the ordinary draws have numbers of both signs",
    "tiny values": "a slope measured so near the bend sees both sides of it",
}


def somewhere_on(da, z):
    """At least one entry is on: where every result is 0, the rounding of a measured slope would count."""
    return at_the_bend_nothing_arrives(da, z if np.any(z > 0) else np.abs(z))


relu_backward.corners(
    somewhere_on,
    da=Numbers(ANY_SHAPE),
    z=Numbers(ANY_SHAPE, NOT_NEAR),
)


@relu_backward.corners.at("ties")
def some_at_the_bend(rng):
    """Where z is 0 several slopes are right, so no gradient arrives there; nothing may be divided by z or by a."""
    return at_the_bend_nothing_arrives(upstream(rng, (4,)).round(2), np.array([0.0, -1.5, 0.0, 2.0]))


@relu_backward.differentiates(upstream="da", wrt="z")
def relu(z):
    return np.maximum(z, 0)


relu_backward.wrong(
    "switch-looks-at-upstream",
    f"""
    It looks as if da decided what passes: its negative entries are set to 0. A gradient may be negative; what decides
    is the sign of z. {SWITCH}""",
    lambda da, z: np.maximum(da, 0),
)

relu_backward.wrong(
    "everything-passes",
    f"""
    da comes back as it was: the switch is always on. A test such as a >= 0 on the output is always true, since ReLU's
    output is never negative. {SWITCH}""",
    lambda da, z: da * (np.maximum(z, 0) >= 0),
)

relu_backward.wrong(
    "upstream-ignored",
    f"""
    These are the slopes alone, zeros and ones; da plays no part. Multiply by what arrives. {SWITCH}""",
    lambda da, z: np.where(z > 0, 1.0, 0.0),
)

relu_backward.wrong(
    "value-for-slope",
    f"""
    It looks as if da were multiplied by ReLU's value. Its slope is asked for: where z is positive, a grows one for
    one with z. {SWITCH}""",
    lambda da, z: da * np.maximum(z, 0),
)

relu_backward.wrong(
    "forward-again",
    f"""
    This is the forward pass once more: z where it is positive. What passes through the switch on the way back is
    da. {SWITCH}""",
    lambda da, z: np.where(z > 0, z, 0.0),
)

relu_backward.wrong(
    "switch-reversed",
    f"""
    The gradient passes where z is negative, and stops where z is positive. It must be the other way round. {SWITCH}""",
    lambda da, z: da * (z < 0),
)

relu_backward.wrong(
    "product-bent",
    f"""
    It looks as if the product of da and z decided, or were bent. The switch depends on z alone. {SWITCH}""",
    lambda da, z: np.maximum(da * z, 0),
)

relu_backward.wrong(
    "switch-sees-product",
    f"""
    The gradient passes where da and z have the same sign. The switch depends on z alone. {SWITCH}""",
    lambda da, z: da * (da * z > 0),
)

relu_backward.wrong(
    "both-must-be-positive",
    f"""
    The gradient passes only where z and da are both positive. A negative gradient passes as well. {SWITCH}""",
    lambda da, z: np.where((z > 0) & (da > 0), da, 0.0),
)

relu_backward.wrong(
    "picked-out",
    f"""
    It looks as if da[z > 0] were returned: the entries that pass, in a row, and the others left out. The gradient has
    the shape of z, with 0 where nothing passes. {SWITCH}""",
    lambda da, z: da[z > 0],
)


relu_backward.wrong(
    "times-z",
    f"""
    It looks as if da were multiplied by z. ReLU is no product: its slope is 0 or 1. {SWITCH}""",
    lambda da, z: da * z,
)

relu_backward.wrong(
    "sign-for-slope",
    f"""
    It looks as if the slope were -1 where z is negative. That is the slope of |z|; ReLU is flat there. {SWITCH}""",
    lambda da, z: da * np.sign(z),
)

relu_backward.wrong(
    "leaky-slope",
    """
    A little passes where z is negative. That is the leaky ReLU of 7.3; ReLU is flat there, so its slope is 0.""",
    lambda da, z: np.where(z > 0, da, 0.01 * da),
)

relu_backward.wrong(
    "sigmoid-for-switch",
    f"""
    It looks as if the slope were the sigmoid of z. That belongs to softplus, a smooth bend; here it is 0 or 1.
    {SWITCH}""",
    lambda da, z: da / (1 + np.exp(-z)),
)

relu_backward.wrong(
    "capped-z-for-slope",
    f"""
    It looks as if z, cut off at 0 and 1, stood for the slope. Between 0 and 1 the slope is 1 as well. {SWITCH}""",
    lambda da, z: da * np.clip(z, 0, 1),
)

relu_backward.wrong(
    "switch-at-one",
    f"""
    Nothing passes where z lies between 0 and 1. The bend is at 0. {SWITCH}""",
    lambda da, z: da * (z > 1),
)

relu_backward.wrong(
    "added",
    f"""
    It looks as if the slope were added to da. Along a path slopes multiply. {SWITCH}""",
    lambda da, z: da + (z > 0),
)

relu_backward.wrong(
    "always-flat",
    f"""
    Everything is 0. Was one decision taken for all of z? Each entry is a switch of its own. {SWITCH}""",
    lambda da, z: da if np.all(z > 0) else np.zeros_like(da),
)

relu_backward.wrong(
    "whole-numbers",
    """
    All decimals are cut off. np.vectorize makes everything of the type of its first result, and there it was 0, a
    whole number. Write 0.0, or take a function that works on whole arrays.""",
    lambda da, z: np.vectorize(lambda d, v: d if v > 0 else 0)(da, z),
)


@relu_backward.wrong(
    "written-into-input",
    """
    An assignment into da or z writes into the caller's array. Whoever handed it over may need it again: at a fork, da
    goes to two places.""",
    fails=("unchanged", "views"),
)
def written_into_da(da, z):
    da[z < 0] = 0
    return da


@relu_backward.unusual
def half_at_the_kink(da, z):
    return da * np.heaviside(z, 0.5)


@relu_backward.unusual
def looks_at_the_output(da, z):
    return np.where(np.asarray(right.relu_forward(z)) == 0, 0, da)


@relu_backward.unusual
def each_entry(da, z):
    dz = np.zeros(np.shape(z))
    for k in np.ndindex(dz.shape):
        if z[k] >= 0:
            dz[k] = da[k]
    return dz


@relu_backward.unusual
def on_a_copy(da, z):
    dz = np.array(da, dtype=np.float32)
    dz[np.less(z, 0)] = 0
    return dz


@relu_backward.unusual
def by_measuring(da, z):
    z, h = np.asarray(z, dtype=float), 1e-4
    return da * (np.abs(z + h) + 2 * h - np.abs(z - h)) / (4 * h)


relu_backward.accepted_mutant(
    "by_measuring: np.asarray(z, dtype=float) → 2 * np.asarray(z, dtype=float)",
    """The slope depends on the sign of z alone, which 2z has too. What is measured is rounded, and differently for 2z;
    for a da of 1,000 that is seen.""",
)
relu_backward.accepted_mutant(
    "by_measuring: 0.0001 → 1e-05",
    "A smaller step measures the same slope. What is measured is rounded, and for a da of 1,000 that rounding is seen.",
)
