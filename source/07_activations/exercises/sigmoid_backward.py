"""sigmoid_backward: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import ANY_SHAPE, Exercise, Numbers, Outputs

from ._shared import SIGMOID, shape_of, spread, upstream

sigmoid_backward = Exercise("sigmoid_backward", care=("unchanged", "float32", "views"), sizes={"N": ("a", 0)})


@sigmoid_backward.differentiates(upstream="da", wrt="z", at=lambda a: dict(z=np.log(a / (1 - a))))
def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


def _sigmoids(rng, axes):
    """Outputs of a sigmoid, away from both ends."""
    return sigmoid(spread(rng, shape_of(rng, axes)))


@sigmoid_backward.draw(times=1)
def sigmoid_back_rows(rng):
    a = _sigmoids(rng, 2)
    return dict(da=upstream(rng, a.shape), a=a)


@sigmoid_backward.draw(times=1)
def sigmoid_back_vector(rng):
    a = _sigmoids(rng, 1)
    return dict(da=upstream(rng, a.shape), a=a)


@sigmoid_backward.draw(times=1)
def sigmoid_back_stack(rng):
    a = _sigmoids(rng, 3)
    return dict(da=upstream(rng, a.shape), a=a)


sigmoid_backward.corners(
    da=Numbers(ANY_SHAPE),
    a=Outputs(
        ANY_SHAPE,
        {"large values": "an output of exactly 0 or 1 has no logit, and answers that go back to z are right"},
        function=sigmoid,
    ),
)


@sigmoid_backward.corners.at("large values")
def nearly_flat(rng):
    da = upstream(rng, (3,)).round(2)
    return dict(da=da, a=sigmoid(np.array([-8.0, -9.0, -7.0])))


@sigmoid_backward.wrong(
    "sigmoid-twice",
    f"""
    It looks as if the sigmoid were applied to a once more. a is its output already: no exponential is needed.
    {SIGMOID}""",
)
def sigmoid_of_output(da, a):
    s = 1 / (1 + np.exp(-a))
    return da * s * (1 - s)


sigmoid_backward.wrong(
    "slope-of-tanh",
    f"""
    It looks as if the slope were 1 - a². That belongs to tanh; here a is a sigmoid. {SIGMOID}""",
    lambda da, a: da * (1 - a**2),
)

sigmoid_backward.wrong(
    "half-a-slope",
    f"""
    It looks as if a stood for the slope. The slope has two factors, and is small at both ends. {SIGMOID}""",
    lambda da, a: da * a,
)

sigmoid_backward.wrong(
    "other-half-of-slope",
    f"""
    It looks as if 1 - a stood for the slope. The slope has two factors, and is small at both ends. {SIGMOID}""",
    lambda da, a: da * (1 - a),
)

sigmoid_backward.wrong(
    "upstream-ignored",
    f"""
    These are the slopes alone; da plays no part. Multiply by what arrives. {SIGMOID}""",
    lambda da, a: a * (1 - a),
)

sigmoid_backward.wrong(
    "no-brackets",
    f"""
    It looks as if the brackets of 1 - a were missing: Python multiplies first, and then takes a away. {SIGMOID}""",
    lambda da, a: da * a * 1 - a,
)

sigmoid_backward.wrong(
    "brackets-missing-after-multiplying",
    f"""
    It looks as if da * a - a² were computed: da reaches only the first term. The difference needs brackets. {SIGMOID}
    """,
    lambda da, a: da * a - a**2,
)

sigmoid_backward.wrong(
    "square-alone",
    f"""
    It looks as if a² stood for the slope. One of the two factors is not a: the slope is small at both ends. {SIGMOID}
    """,
    lambda da, a: da * a**2,
)

sigmoid_backward.wrong(
    "value-for-slope",
    f"""
    It looks as if da were multiplied by the sigmoid of a. a is the sigmoid's output already; its slope is asked for.
    {SIGMOID}""",
    lambda da, a: da / (1 + np.exp(-a)),
)

sigmoid_backward.wrong(
    "largest-slope-everywhere",
    f"""
    It looks as if the slope were 0.25 everywhere. That is the largest it can be, where a is 0.5. {SIGMOID}""",
    lambda da, a: 0.25 * da,
)

sigmoid_backward.wrong(
    "sign",
    f"""
    This has the opposite sign. The sigmoid rises everywhere, so its slope is positive. {SIGMOID}""",
    lambda da, a: da * a * (a - 1),
)

sigmoid_backward.wrong(
    "slope-squared",
    f"""
    The slope is multiplied in twice. Between z and a lies one sigmoid. {SIGMOID}""",
    lambda da, a: da * (a * (1 - a)) ** 2,
)

sigmoid_backward.wrong(
    "a-squared",
    f"""
    There is an a too many in the slope. {SIGMOID}""",
    lambda da, a: da * a**2 * (1 - a),
)

sigmoid_backward.wrong(
    "square-taken-away",
    f"""
    It looks as if the slope were a(1 - a²). Nothing is squared in it. {SIGMOID}""",
    lambda da, a: da * a * (1 - a**2),
)

sigmoid_backward.wrong(
    "slope-not-a-product",
    f"""
    It looks as if 1 - 2a were taken for the slope. That is how the slope changes; the slope is a product. {SIGMOID}""",
    lambda da, a: da * (1 - 2 * a),
)

sigmoid_backward.wrong(
    "plus-for-minus",
    f"""
    It looks as if the slope were a(1 + a). It must go to 0 when a goes to 1. {SIGMOID}""",
    lambda da, a: da * a * (1 + a),
)

sigmoid_backward.wrong(
    "divided-by-slope",
    f"""
    It looks as if da were divided by the slope. Along a path slopes multiply. {SIGMOID}""",
    lambda da, a: da / (a * (1 - a)),
)

sigmoid_backward.wrong(
    "slope-of-upstream",
    f"""
    It looks as if the slope were taken from da. It belongs to a; da is multiplied in. {SIGMOID}""",
    lambda da, a: da * (1 - da),
)

sigmoid_backward.wrong(
    "upstream-in-bracket",
    f"""
    It looks as if da stood inside the bracket as well. The slope is made of a alone; da is multiplied in once.
    {SIGMOID}""",
    lambda da, a: a * (1 - da * a),
)

sigmoid_backward.wrong(
    "added",
    f"""
    It looks as if the slope were added to da. Along a path slopes multiply. {SIGMOID}""",
    lambda da, a: da + a * (1 - a),
)

sigmoid_backward.wrong(
    "everything-passes",
    f"""
    da comes back as it was. Between z and a lies the sigmoid, so there is one more factor. {SIGMOID}""",
    lambda da, a: da,
)


@sigmoid_backward.wrong(
    "written-into-input",
    """
    The work is done inside da or a, which belong to the caller. The layer above needs a for its own gradient.""",
    fails=("unchanged", "views"),
)
def sigmoid_written_into_da(da, a):
    da *= a
    da *= 1 - a
    return da


@sigmoid_backward.unusual
def distance_from_the_middle(da, a):
    return da * (0.25 - (a - 0.5) ** 2)


@sigmoid_backward.unusual
def by_way_of_z(da, a):
    z = np.log(a) - np.log1p(-a)
    return da / (4 * np.cosh(z / 2) ** 2)


@sigmoid_backward.unusual
def sigmoid_complex_step(da, a):
    z = np.log(a / (1 - a)).astype(complex) + 1e-20j
    return da * (1 / (1 + np.exp(-z))).imag / 1e-20


@sigmoid_backward.unusual
def with_a_loop(da, a):
    dz = np.empty(np.shape(a))
    for k, v in np.ndenumerate(a):
        dz[k] = da[k] * (v - v * v)
    return dz.tolist()


@sigmoid_backward.unusual
def in_single_precision(da, a):
    da, a = np.float32(da), np.float32(a)
    return da * a - da * a * a
