"""tanh_backward: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import ANY_SHAPE, Exercise, Numbers, Outputs

from ._shared import TANH, shape_of, spread, upstream

tanh_backward = Exercise("tanh_backward", care=("unchanged", "float32", "views"), sizes={"N": ("a", 0)})


@tanh_backward.draw(times=1)
def tanh_back_rows(rng):
    a = np.tanh(spread(rng, shape_of(rng, 2)))
    return dict(da=upstream(rng, a.shape), a=a)


@tanh_backward.draw(times=1)
def tanh_back_vector(rng):
    a = np.tanh(spread(rng, shape_of(rng, 1)))
    return dict(da=upstream(rng, a.shape), a=a)


@tanh_backward.draw(times=1)
def tanh_back_stack(rng):
    a = np.tanh(spread(rng, shape_of(rng, 3)))
    return dict(da=upstream(rng, a.shape), a=a)


tanh_backward.corners(da=Numbers(ANY_SHAPE), a=Outputs(ANY_SHAPE, function=np.tanh))


@tanh_backward.differentiates(upstream="da", wrt="z", at=lambda a: dict(z=np.arctanh(a)))
def tanh(z):
    return np.tanh(z)


tanh_backward.wrong(
    "not-squared",
    f"""
    It looks as if the slope were 1 - a. a is squared: the slope is the same for a and -a. {TANH}""",
    lambda da, a: da * (1 - a),
)

tanh_backward.wrong(
    "tanh-twice",
    f"""
    It looks as if tanh were applied to a once more. a is its output already: no new tanh or cosh is needed. {TANH}""",
    lambda da, a: da * (1 - np.tanh(a) ** 2),
)

tanh_backward.wrong(
    "tanh-for-slope",
    f"""
    It looks as if da were multiplied by tanh of a. a is tanh's output already; its slope is asked for. {TANH}""",
    lambda da, a: da * np.tanh(a),
)

tanh_backward.wrong(
    "root-of-slope",
    f"""
    It looks as if a root were taken of 1 - a². The slope is 1 - a² itself. {TANH}""",
    lambda da, a: da * np.sqrt(1 - a**2),
)

tanh_backward.wrong(
    "slope-of-sigmoid",
    f"""
    It looks as if the slope were a(1 - a). That belongs to the sigmoid of 7.5; here a is a tanh. {TANH}""",
    lambda da, a: da * a * (1 - a),
)

tanh_backward.wrong(
    "sign",
    f"""
    This has the opposite sign. tanh rises everywhere, so its slope is positive. {TANH}""",
    lambda da, a: da * (a**2 - 1),
)

tanh_backward.wrong(
    "plus-for-minus",
    f"""
    It looks as if the slope were 1 + a². It is steepest, with slope 1, where a = 0. {TANH}""",
    lambda da, a: da * (1 + a**2),
)

tanh_backward.wrong(
    "square-of-the-difference",
    f"""
    It looks as if the whole difference were squared, (1 - a)². Only a is. {TANH}""",
    lambda da, a: da * (1 - a) ** 2,
)

tanh_backward.wrong(
    "slope-squared",
    f"""
    The slope is multiplied in twice. Between z and a lies one tanh. {TANH}""",
    lambda da, a: da * (1 - a**2) ** 2,
)

tanh_backward.wrong(
    "upstream-ignored",
    f"""
    These are the slopes alone; da plays no part. Multiply by what arrives. {TANH}""",
    lambda da, a: 1 - a**2,
)

tanh_backward.wrong(
    "no-brackets",
    f"""
    It looks as if da * 1 - a² were computed: Python multiplies first. The difference needs brackets. {TANH}""",
    lambda da, a: da * 1 - a**2,
)

tanh_backward.wrong(
    "square-alone",
    f"""
    It looks as if a² stood for the slope. It is what is missing to 1. {TANH}""",
    lambda da, a: da * a**2,
)

tanh_backward.wrong(
    "minus-square",
    f"""
    It looks as if the slope were -a², so the 1 is left out. The slope is 1 - a². {TANH}""",
    lambda da, a: da * -(a**2),
)


tanh_backward.wrong(
    "times-output",
    f"""
    It looks as if da were multiplied by a. tanh is no product: multiply by its slope. {TANH}""",
    lambda da, a: da * a,
)

tanh_backward.wrong(
    "second-derivative",
    f"""
    -2a is how the slope changes with a. The slope itself is asked for. {TANH}""",
    lambda da, a: da * -2 * a,
)

tanh_backward.wrong(
    "square-differentiated",
    f"""
    It looks as if the slope were 1 - 2a. Nothing has to be differentiated any more: the square stays. {TANH}""",
    lambda da, a: da * (1 - 2 * a),
)

tanh_backward.wrong(
    "divided-by-slope",
    f"""
    It looks as if da were divided by the slope. Along a path slopes multiply. {TANH}""",
    lambda da, a: da / (1 - a**2),
)

tanh_backward.wrong(
    "upstream-squared",
    f"""
    It looks as if the slope were taken from da. It belongs to a; da is multiplied in. {TANH}""",
    lambda da, a: da * (1 - da**2),
)

tanh_backward.wrong(
    "added",
    f"""
    It looks as if the slope were added to da. Along a path slopes multiply. {TANH}""",
    lambda da, a: da + (1 - a**2),
)

tanh_backward.wrong(
    "everything-passes",
    f"""
    da comes back as it was. Between z and a lies the tanh, so there is one more factor. {TANH}""",
    lambda da, a: da,
)


@tanh_backward.wrong(
    "written-into-input",
    """
    The work is done inside da or a, which belong to the caller. The layer above needs a for its own gradient.""",
    fails=("unchanged", "views"),
)
def tanh_written_into_a(da, a):
    a *= -a
    a += 1
    return da * a


@tanh_backward.unusual
def by_cosh(da, a):
    return da / np.cosh(np.arctanh(a)) ** 2


@tanh_backward.unusual
def two_factors(da, a):
    return np.multiply(da, (1 - a) * (1 + a))


@tanh_backward.unusual
def tanh_complex_step(da, a):
    h = 1e-20
    return np.imag(np.tanh(np.arctanh(a.astype(float)) + 1j * h)) / h * da


@tanh_backward.unusual
def by_einsum(da, a):
    return np.array(da) - np.einsum("...,...,...->...", da, a, a)


@tanh_backward.unusual
def nested_lists(da, a):
    if np.ndim(da):
        return [nested_lists(d, v) for d, v in zip(da, a)]
    return float(da) * (1 - float(a) ** 2)
