"""leaky_relu_backward, practice: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import ANY_SHAPE, Exercise, Numbers, Parameter, RightAnswers

from ._shared import LEAK, at_the_bend_nothing_arrives, shape_of, spread, upstream

right = RightAnswers(__file__)

leaky_relu_backward = Exercise("leaky_relu_backward", care=("unchanged", "float32", "views"), practice=True)


@leaky_relu_backward.draw(times=1)
def leaky_back_rows(rng):
    z = spread(rng, shape_of(rng, 2))
    return dict(da=upstream(rng, z.shape), z=z, slope=float(rng.uniform(0.05, 0.15)))


@leaky_relu_backward.draw(times=2)
def leaky_back_vector(rng):
    z = spread(rng, shape_of(rng, 1))
    return dict(da=upstream(rng, z.shape), z=z, slope=float(rng.uniform(0.2, 0.4)))


@leaky_relu_backward.draw(times=1, care="slope left out")
def leaky_back_default(rng):
    z = spread(rng, shape_of(rng, 3))
    return dict(da=upstream(rng, z.shape), z=z)


leaky_relu_backward.corners(
    at_the_bend_nothing_arrives, da=Numbers(ANY_SHAPE), z=Numbers(ANY_SHAPE), slope=Parameter((0.0, 1.0, 2.0))
)


@leaky_relu_backward.corners.at("ties")
def some_at_the_bend(rng):
    """Where z is 0 several slopes are right, so no gradient arrives there; nothing may be divided by z or by a."""
    return at_the_bend_nothing_arrives(upstream(rng, (4,)).round(2), np.array([0.0, -1.5, 0.0, 2.0]), slope=0.1)


@leaky_relu_backward.differentiates(upstream="da", wrt="z")
def leaky_relu(z, slope):
    return np.maximum(z, 0) + slope * np.minimum(z, 0)


leaky_relu_backward.wrong(
    "no-leak",
    f"""
    Nothing passes where z is negative: this is ReLU's gradient. Here slope times da passes. {LEAK}""",
    lambda da, z, slope=0.01: da * (z > 0),
)

leaky_relu_backward.wrong(
    "slope-not-used",
    f"""
    It looks as if the slope were 0.01 whatever the caller asks for. 0.01 is what it is when it is left out. {LEAK}""",
    lambda da, z, slope=0.01: np.where(z > 0, da, 0.01 * da),
)

leaky_relu_backward.wrong(
    "switch-looks-at-upstream",
    f"""
    It looks as if the sign of da decided. What decides is the sign of z. {LEAK}""",
    lambda da, z, slope=0.01: np.where(da > 0, da, slope * da),
)

leaky_relu_backward.wrong(
    "upstream-ignored",
    f"""
    These are the slopes alone; da plays no part. Multiply by what arrives. {LEAK}""",
    lambda da, z, slope=0.01: np.where(z > 0, 1.0, slope),
)

leaky_relu_backward.wrong(
    "upstream-lost-on-the-left",
    f"""
    da is missing where z is negative: slope stands there alone. Multiply it by what arrives. {LEAK}""",
    lambda da, z, slope=0.01: np.where(z > 0, da, slope),
)

leaky_relu_backward.wrong(
    "leak-turned-round",
    f"""
    The leak has the wrong sign. The line rises on both sides, so its slope is positive on both. {LEAK}""",
    lambda da, z, slope=0.01: np.where(z > 0, da, -slope * da),
)

leaky_relu_backward.wrong(
    "slope-on-the-wrong-side",
    f"""
    slope stands where z is positive. It belongs to the negative side. {LEAK}""",
    lambda da, z, slope=0.01: np.where(z > 0, slope * da, da),
)

leaky_relu_backward.wrong(
    "slope-everywhere",
    f"""
    Every entry is multiplied by slope. Where z is positive the slope is 1. {LEAK}""",
    lambda da, z, slope=0.01: slope * da,
)

leaky_relu_backward.wrong(
    "everything-passes",
    f"""
    da comes back as it was. Where z is negative only slope times da passes. {LEAK}""",
    lambda da, z, slope=0.01: da,
)

leaky_relu_backward.wrong(
    "value-for-slope",
    f"""
    It looks as if da were multiplied by the value of the leaky ReLU. Its slope is asked for: 1, or slope. {LEAK}""",
    lambda da, z, slope=0.01: da * np.where(z > 0, z, slope * z),
)

leaky_relu_backward.wrong(
    "value-on-the-right",
    f"""
    It looks as if z stood for the slope where z is positive. There a grows one for one with z: the slope is 1.
    {LEAK}""",
    lambda da, z, slope=0.01: da * np.where(z > 0, z, slope),
)

leaky_relu_backward.wrong(
    "leak-times-z",
    f"""
    The leak is multiplied by z once more. The slope of slope times z is slope alone. {LEAK}""",
    lambda da, z, slope=0.01: np.where(z > 0, da, slope * da * z),
)

leaky_relu_backward.wrong(
    "one-minus-slope",
    f"""
    It looks as if 1 - slope passed where z is negative. It is slope that passes. {LEAK}""",
    lambda da, z, slope=0.01: np.where(z > 0, da, (1 - slope) * da),
)

leaky_relu_backward.wrong(
    "divided-by-slope",
    f"""
    It looks as if da were divided by slope where z is negative. Multiply. {LEAK}""",
    lambda da, z, slope=0.01: np.where(z > 0, da, da / slope),
)


leaky_relu_backward.wrong(
    "slope-on-the-wrong-side-alone",
    f"""
    slope stands where z is positive, and nothing passes where it is negative. It is the negative side that leaks: there
    slope times da passes, and on the positive side da itself. {LEAK}""",
    lambda da, z, slope=0.01: slope * da * (z > 0),
)

leaky_relu_backward.wrong(
    "slopes-on-the-wrong-sides",
    f"""
    These are slopes alone, and each on the wrong side. Where z is positive the slope is 1, where it is negative it is
    slope; multiply both by da. {LEAK}""",
    lambda da, z, slope=0.01: np.where(z > 0, slope, 1.0),
)

leaky_relu_backward.wrong(
    "leak-on-both-sides",
    f"""
    The leak is added where z is positive as well, so that 1 + slope passes there. On that side da passes as it is.
    {LEAK}""",
    lambda da, z, slope=0.01: da * (z > 0) + slope * da,
)

leaky_relu_backward.wrong(
    "leak-of-z",
    f"""
    Where z is negative slope times z stands. That is the forward pass: here slope times da passes. {LEAK}""",
    lambda da, z, slope=0.01: np.where(z > 0, da, slope * z),
)


@leaky_relu_backward.wrong(
    "written-into-input",
    """
    An assignment into da or z writes into the caller's array. Build a new one.""",
    fails=("unchanged", "views"),
)
def leaky_written_into_da(da, z, slope=0.01):
    da[z < 0] *= slope
    return da


@leaky_relu_backward.unusual
def slopes_by_arithmetic(da, z, slope=0.01):
    return da * (slope + (1 - slope) * (z > 0))


leaky_relu_backward.wrong(
    "divided-by-z",
    f"""The ratio of a and z is the slope, but 0/0 where z is 0. Take the slope itself, 1 or slope. {LEAK}""",
    lambda da, z, slope=0.01: da * right.leaky_relu_forward(z, slope) / z,
)

leaky_relu_backward.wrong(
    "larger-of-the-two",
    f"""The larger of 1 and the slope stands where z > 0; that is the slope's own place once it is above 1.
    Choose by whether z > 0. {LEAK}""",
    lambda da, z, slope=0.01: da * np.where(z > 0, max(1.0, slope), min(1.0, slope)),
)

leaky_relu_backward.wrong(
    "decided-by-the-output",
    f"""The output is 0 also where z < 0, when the slope is 0. Decide by z. {LEAK}""",
    lambda da, z, slope=0.01: da * np.where(right.leaky_relu_forward(z, slope) >= 0, 1.0, slope),
)


@leaky_relu_backward.unusual
def ratio_of_output_and_input(da, z, slope=0.01):
    safe = np.where(z == 0, 1.0, z)
    return da * np.asarray(right.leaky_relu_forward(safe, slope)) / safe


@leaky_relu_backward.unusual
def leaky_each_entry(da, z, slope=0.01):
    pairs = zip(np.ravel(da), np.ravel(z))
    return np.reshape([d if v >= 0 else slope * d for d, v in pairs], np.shape(z))
