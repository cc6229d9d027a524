"""chain_backward: what is asked, and what people write instead."""

import math
from functools import reduce

import numpy as np

from autograder.exercises import Exercise, Numbers, RightAnswers

from ._shared import GATES, PATH, draw_large_neuron, draw_neuron

right = RightAnswers(__file__)

chain_backward = Exercise(
    "chain_backward",
    outputs=("dx", "dw", "db"),
    stages=(
        (
            ("db",),
            "Begin with db: an addition passes on, so db is the gradient that arrives at z. dx and dw use it too.",
        ),
    ),
)


@chain_backward.draw(times=2)
def backward_below(rng):
    return draw_neuron(rng, -1)


@chain_backward.draw(times=2)
def backward_above(rng):
    return draw_neuron(rng, 1)


ALONE = {"large values": "z would be large as well; in draw_large_neuron it is not"}
chain_backward.corners(x=Numbers(without=ALONE), w=Numbers(without=ALONE), b=Numbers(without=ALONE), y=Numbers())
chain_backward.corners.at("large values")(draw_large_neuron)


@chain_backward.corners.at("large values")
def steep(rng):
    """Where a moves by more than 6 for each unit of w."""
    return draw_large_neuron(rng, z=1)


@chain_backward.corners.at("zeros")
def nothing_to_mend(rng):
    """The output is the target, exactly, so that every gradient is 0."""
    x = float(rng.integers(2, 9))
    return dict(x=x, w=0.5, b=-0.5 * x, y=0.5)


@chain_backward.differentiates()
def loss_of_neuron(x, w, b, y):
    return right.chain_forward(x, w, b, y)[2]


@chain_backward.wrong(
    "slope-at-z",
    f"""
    It looks as if z(1 - z) stood for the slope of the sigmoid. The slope is a(1 - a): it is written with the
    sigmoid's output. {PATH}""",
)
def slope_at_z(x, w, b, y):
    z, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * (a - y) * z * (1 - z)
    return dz * w, dz * x, dz


@chain_backward.wrong(
    "sigmoid-twice",
    f"""
    It looks as if the sigmoid were applied to a once more before its slope was taken. a is its output already:
    the slope is a(1 - a). {PATH}""",
)
def slope_of_sigmoid_of_a(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    s = 1 / (1 + np.exp(-a))
    dz = 2 * (a - y) * s * (1 - s)
    return dz * w, dz * x, dz


@chain_backward.wrong(
    "slope-at-x",
    f"""
    It looks as if the slope of the sigmoid were taken at x. The sigmoid received z: a slope is taken at what its own
    step received. {PATH}""",
)
def slope_at_x(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    s = 1 / (1 + np.exp(-x))
    dz = 2 * (a - y) * s * (1 - s)
    return dz * w, dz * x, dz


@chain_backward.wrong(
    "activation-skipped",
    f"""
    The slope of the sigmoid is missing. Between a and z lies one more step, so the product has one more factor.
    {PATH}""",
)
def activation_skipped(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * (a - y)
    return dz * w, dz * x, dz


@chain_backward.wrong(
    "half-a-slope",
    f"""
    It looks as if a stood for the slope of the sigmoid. The slope is a(1 - a), small at both ends. {PATH}""",
)
def half_a_slope(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * (a - y) * a
    return dz * w, dz * x, dz


@chain_backward.wrong(
    "other-half-of-slope",
    f"""
    It looks as if 1 - a stood for the slope of the sigmoid. The slope is a(1 - a). {PATH}""",
)
def other_half_of_slope(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * (a - y) * (1 - a)
    return dz * w, dz * x, dz


@chain_backward.wrong(
    "slope-of-tanh",
    f"""
    1 - a² is the slope of tanh. Here a is a sigmoid, and its slope is a(1 - a). {PATH}""",
)
def slope_of_tanh(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * (a - y) * (1 - a**2)
    return dz * w, dz * x, dz


@chain_backward.wrong(
    "slope-not-a-product",
    f"""
    It looks as if 1 - 2a were taken for the slope of the sigmoid. The slope is the product a(1 - a). {PATH}""",
)
def slope_not_a_product(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * (a - y) * (1 - 2 * a)
    return dz * w, dz * x, dz


@chain_backward.wrong(
    "no-brackets",
    f"""
    It looks as if the brackets of a(1 - a) were missing. In Python, a*1 - a multiplies first: only a 1 is multiplied,
    and then a is taken away. {PATH}""",
)
def no_brackets(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * (a - y) * a * 1 - a
    return dz * w, dz * x, dz


@chain_backward.wrong(
    "square-without-2",
    f"""
    This is half of what it should be. The slope of e² is 2e: the 2 is missing at the first step back.
    {PATH}""",
)
def square_without_2(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = (a - y) * a * (1 - a)
    return dz * w, dz * x, dz


@chain_backward.wrong(
    "target-minus-output",
    f"""
    This has the opposite sign. The loss is (a - y)², and its slope in a is 2(a - y), not 2(y - a). {PATH}""",
)
def target_minus_output(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * (y - a) * a * (1 - a)
    return dz * w, dz * x, dz


@chain_backward.wrong(
    "error-without-sign",
    f"""
    The size is right, the sign is not always. It looks as if |a - y| stood for a - y: the sign says which way.
    {PATH}""",
)
def error_without_sign(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * abs(a - y) * a * (1 - a)
    return dz * w, dz * x, dz


@chain_backward.wrong(
    "loss-for-its-slope",
    f"""
    It looks as if the loss (a - y)² itself were sent back. What is sent back is its slope, 2(a - y). {PATH}""",
)
def loss_for_its_slope(x, w, b, y):
    _, a, loss = right.chain_forward(x, w, b, y)
    dz = loss * a * (1 - a)
    return dz * w, dz * x, dz


@chain_backward.wrong(
    "twice-the-loss",
    f"""
    It looks as if the slope of the loss were 2 (a - y)². Differentiating takes one power off: the slope is 2(a - y).
    {PATH}""",
)
def twice_the_loss(x, w, b, y):
    _, a, loss = right.chain_forward(x, w, b, y)
    dz = 2 * loss * a * (1 - a)
    return dz * w, dz * x, dz


@chain_backward.wrong(
    "error-of-z",
    f"""
    It looks as if the error were z - y. The loss compares a with y, so its slope is 2(a - y). {PATH}""",
)
def error_of_z(x, w, b, y):
    z, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * (z - y) * a * (1 - a)
    return dz * w, dz * x, dz


@chain_backward.wrong(
    "constant-2",
    f"""
    It looks as if the slope of e² were 2. It is 2e, so it depends on how large the error e = a - y is. {PATH}""",
)
def constant_2(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * a * (1 - a)
    return dz * w, dz * x, dz


@chain_backward.wrong(
    "starts-at-a",
    f"""
    This is the gradient of a. The loss is one step further: its slope, 2(a - y), is the first factor. {PATH}""",
)
def starts_at_a(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = a * (1 - a)
    return dz * w, dz * x, dz


chain_backward.wrong(
    "local-slopes-only",
    f"""
    w, x and 1 are the local slopes of z = w x + b. Each is the last factor of a product; the ones before come from
    the loss. {PATH}""",
    lambda x, w, b, y: (w, x, 1.0),
)


@chain_backward.wrong(
    "added-along-path",
    f"""
    It looks as if the slopes along a path were added. Along a path slopes multiply; only across paths do they add.
    {PATH}""",
)
def added_along_path(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * (a - y) + a * (1 - a)
    return dz + w, dz + x, dz + 1


@chain_backward.wrong(
    "slopes-added-at-z",
    f"""
    It looks as if dz were 2(a - y) plus a(1 - a). Both lie on one path, one behind the other: multiply them. {PATH}""",
)
def slopes_added_at_z(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * (a - y) + a * (1 - a)
    return dz * w, dz * x, dz


@chain_backward.wrong(
    "partners-not-swapped",
    f"""
    It looks as if dx were multiplied by x, or dw by w. A product swaps: the gradient of w is multiplied by x, that of
    x by w. The results are asked for in the order dx, dw, db. {GATES}""",
    spoils=("dx", "dw"),
)
def partners_not_swapped(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * (a - y) * a * (1 - a)
    return dz * x, dz * w, dz


@chain_backward.wrong(
    "stops-one-link-early",
    f"""
    This is dz. The path has one step more, the product w x: multiply by the partner. {PATH}""",
    spoils=("dx", "dw"),
)
def stops_one_link_early(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * (a - y) * a * (1 - a)
    return dz, dz, dz


@chain_backward.wrong(
    "divided-by-partner",
    f"""
    It looks as if this were divided by the partner. When w moves by 1, z moves by x: multiply by it. {GATES}""",
    spoils=("dx", "dw"),
)
def divided_by_partner(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * (a - y) * a * (1 - a)
    return dz / w, dz / x, dz


@chain_backward.wrong(
    "dx-without-w",
    f"""
    dx is dz. From z back to x lies the product w x, so one factor is missing. {PATH}""",
    spoils=("dx",),
)
def dx_without_w(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * (a - y) * a * (1 - a)
    return dz, dz * x, dz


@chain_backward.wrong(
    "dw-without-x",
    f"""
    dw is dz. From z back to w lies the product w x, so one factor is missing. {PATH}""",
    spoils=("dw",),
)
def dw_without_x(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * (a - y) * a * (1 - a)
    return dz * w, dz, dz


@chain_backward.wrong(
    "db-times-b",
    f"""
    It looks as if db were multiplied by b. z moves one for one with b: an addition passes the gradient on. {GATES}""",
    spoils=("db",),
)
def db_times_b(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * (a - y) * a * (1 - a)
    return dz * w, dz * x, dz * b


@chain_backward.wrong(
    "db-zero",
    f"""
    db is 0 here. b has no partner, but z moves with it one for one: its local slope is 1. {GATES}""",
    spoils=("db",),
)
def db_zero(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * (a - y) * a * (1 - a)
    return dz * w, dz * x, 0.0


@chain_backward.wrong(
    "dx-with-moved-w",
    """
    It looks as if w took a step before dx was computed. All gradients are taken at the same point; steps come
    after.""",
    spoils=("dx",),
)
def dx_with_moved_w(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = 2 * (a - y) * a * (1 - a)
    dw = dz * x
    w = w - 0.1 * dw
    return dz * w, dw, dz


@chain_backward.wrong(
    "slope-left-out-to-x",
    f"""
    It looks as if dx were made of da: the slope a(1 - a) is left out on the way to x. What arrives at the product w x
    is dz. {PATH}""",
    spoils=("dx",),
)
def slope_left_out_to_x(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    da = 2 * (a - y)
    dz = da * a * (1 - a)
    return da * w, dz * x, dz


@chain_backward.wrong(
    "slope-left-out-to-w",
    f"""
    It looks as if dw were made of da: the slope a(1 - a) is left out on the way to w. What arrives at the product w x
    is dz. {PATH}""",
    spoils=("dw",),
)
def slope_left_out_to_w(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    da = 2 * (a - y)
    dz = da * a * (1 - a)
    return dz * w, da * x, dz


@chain_backward.wrong(
    "slope-left-out-to-b",
    f"""
    It looks as if db were da: the slope a(1 - a) is left out on the way to b. What arrives at the addition is dz.
    {PATH}""",
    spoils=("db",),
)
def slope_left_out_to_b(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    da = 2 * (a - y)
    dz = da * a * (1 - a)
    return dz * w, dz * x, da


@chain_backward.wrong(
    "error-without-brackets",
    f"""
    It looks as if 2 * a - y stood for 2 * (a - y). In Python the 2 then multiplies a alone: the error needs brackets.
    {PATH}""",
)
def error_without_brackets(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    dz = (2 * a - y) * a * (1 - a)
    return dz * w, dz * x, dz


@chain_backward.unusual
def slope_from_z(x, w, b, y):
    z = w * x + b
    error = 1 / (1 + math.exp(-z)) - y
    dz = 2 * error / (4 * math.cosh(z / 2) ** 2)
    return {"db": dz, "dw": dz * x, "dx": dz * w}


@chain_backward.unusual
def complex_step(x, w, b, y):
    def loss(x, w, b):
        return (1 / (1 + np.exp(-(w * x + b))) - y) ** 2

    h = 1e-30
    return [float(np.imag(loss(x + i, w + j, b + k)) / h) for i, j, k in (1j * h * np.eye(3))]


@chain_backward.unusual
def matrix_product(x, w, b, y):
    _, a, _ = right.chain_forward(x, w, b, y)
    jacobians = np.array([[2 * a - 2 * y]]), np.array([[a - a**2]]), np.array([[w, x, 1.0]])
    return reduce(np.matmul, jacobians)[0]


@chain_backward.unusual
def dual_numbers(x, w, b, y):
    gradients = []
    for x1, w1, b1 in ((1, 0, 0), (0, 1, 0), (0, 0, 1)):
        z, z1 = w * x + b, w1 * x + w * x1 + b1
        a = 1 / (1 + np.exp(-z))
        a1 = np.exp(-z) / (1 + np.exp(-z)) ** 2 * z1
        gradients.append(np.float64(2 * (a - y) * a1))
    return tuple(gradients)
