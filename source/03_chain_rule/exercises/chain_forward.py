"""chain_forward: what is asked, and what people write instead."""

import math

import numpy as np

from autograder.exercises import Exercise, Numbers

from ._shared import GATES, draw_large_neuron, draw_neuron

chain_forward = Exercise("chain_forward", outputs=("z", "a", "loss"))


@chain_forward.draw(times=2)
def forward_below(rng):
    return draw_neuron(rng, -1)


@chain_forward.draw(times=2)
def forward_above(rng):
    return draw_neuron(rng, 1)


ALONE = {"large values": "z would be large as well; in draw_large_neuron it is not"}
chain_forward.corners(x=Numbers(without=ALONE), w=Numbers(without=ALONE), b=Numbers(without=ALONE), y=Numbers())
chain_forward.corners.at("large values")(draw_large_neuron)


@chain_forward.wrong(
    "bias-forgotten",
    f"""
    It looks as if b were left out. The weighted input and the bias are added: z has two terms.
    {GATES}""",
)
def bias_forgotten(x, w, b, y):
    a = 1 / (1 + np.exp(-w * x))
    return w * x, a, (a - y) ** 2


@chain_forward.wrong(
    "bias-inside",
    f"""
    It looks as if the bias were multiplied by w as well. Multiplication first, then addition: b stands outside the
    product. {GATES}""",
)
def bias_inside(x, w, b, y):
    z = w * (x + b)
    a = 1 / (1 + np.exp(-z))
    return z, a, (a - y) ** 2


@chain_forward.wrong(
    "bias-subtracted",
    f"""
    It looks as if b were subtracted. The formula adds it.
    {GATES}""",
)
def bias_subtracted(x, w, b, y):
    z = w * x - b
    a = 1 / (1 + np.exp(-z))
    return z, a, (a - y) ** 2


@chain_forward.wrong(
    "sum-for-product",
    f"""
    It looks as if w and x were added. A weight multiplies its input.
    {GATES}""",
)
def sum_for_product(x, w, b, y):
    z = w + x + b
    a = 1 / (1 + np.exp(-z))
    return z, a, (a - y) ** 2


@chain_forward.wrong(
    "exponent-sign",
    f"""
    It looks as if a fell when z rises. Look at the sign in the exponent: the sigmoid of a large z is near 1.
    {GATES}""",
    spoils=("a", "loss"),
)
def exponent_sign(x, w, b, y):
    z = w * x + b
    a = 1 / (1 + np.exp(z))
    return z, a, (a - y) ** 2


@chain_forward.wrong(
    "minus-for-w-only",
    """
    It looks as if the minus in the exponent belonged to w x alone. It belongs to all of z: brackets, or use z itself.
    See 3.1, "A graph of small steps".""",
    spoils=("a", "loss"),
)
def minus_for_w_only(x, w, b, y):
    a = 1 / (1 + np.exp(-w * x + b))
    return w * x + b, a, (a - y) ** 2


@chain_forward.wrong(
    "denominator-without-brackets",
    """
    It looks as if a were 1 + e^(-z). In Python, 1/1 + ... divides first: the whole denominator needs brackets.""",
    spoils=("a", "loss"),
)
def denominator_without_brackets(x, w, b, y):
    z = w * x + b
    a = 1 / 1 + np.exp(-z)
    return z, a, (a - y) ** 2


@chain_forward.wrong(
    "tanh-for-sigmoid",
    """
    It looks as if a were the tanh of z, which lies between -1 and 1. The sigmoid lies between 0 and 1.""",
    spoils=("a", "loss"),
)
def tanh_for_sigmoid(x, w, b, y):
    z = w * x + b
    a = np.tanh(z)
    return z, a, (a - y) ** 2


@chain_forward.wrong(
    "sigmoid-twice",
    """
    It looks as if the sigmoid were applied twice. It takes z once, and its result is a.""",
    spoils=("a", "loss"),
)
def sigmoid_twice(x, w, b, y):
    z = w * x + b
    a = 1 / (1 + np.exp(-1 / (1 + np.exp(-z))))
    return z, a, (a - y) ** 2


@chain_forward.wrong(
    "no-activation",
    """
    It looks as if z stood in the place of a. Between the two lies the sigmoid.""",
    spoils=("a", "loss"),
)
def no_activation(x, w, b, y):
    z = w * x + b
    return z, z, (z - y) ** 2


@chain_forward.wrong(
    "loss-of-z",
    """
    The loss compares z with y. What the neuron says is a: the loss compares a with y.""",
    spoils=("loss",),
)
def loss_of_z(x, w, b, y):
    z = w * x + b
    return z, 1 / (1 + np.exp(-z)), (z - y) ** 2


@chain_forward.wrong(
    "not-squared",
    """
    This is the error a - y. The loss is its square, which is never negative.""",
    spoils=("loss",),
)
def not_squared(x, w, b, y):
    z = w * x + b
    a = 1 / (1 + np.exp(-z))
    return z, a, a - y


@chain_forward.wrong(
    "target-squared",
    """
    It looks as if y alone were squared. In Python, ** comes before the minus: the difference needs brackets.""",
    spoils=("loss",),
)
def target_squared(x, w, b, y):
    z = w * x + b
    a = 1 / (1 + np.exp(-z))
    return z, a, a - y**2


@chain_forward.wrong(
    "absolute-error",
    """
    This is the size of the error, |a - y|. The loss here is its square.""",
    spoils=("loss",),
)
def absolute_error(x, w, b, y):
    z = w * x + b
    a = 1 / (1 + np.exp(-z))
    return z, a, abs(a - y)


@chain_forward.wrong(
    "halved-loss",
    """
    The loss is half of what is asked for. Some texts put a half in front; here the loss is the square alone.""",
    spoils=("loss",),
)
def halved_loss(x, w, b, y):
    z = w * x + b
    a = 1 / (1 + np.exp(-z))
    return z, a, (a - y) ** 2 / 2


@chain_forward.unusual
def sigmoid_by_tanh(x, w, b, y):
    z = np.dot([w, b], [x, 1.0])
    a = 0.5 + 0.5 * np.tanh(z / 2)
    return [z, a, a * a - 2 * a * y + y * y]


@chain_forward.unusual
def with_math(x, w, b, y):
    z = math.fsum((w * x, b))
    a = math.exp(z) / (1 + math.exp(z))
    return {"loss": pow(y - a, 2), "a": a, "z": z}


@chain_forward.unusual
def stable_and_stacked(x, w, b, y):
    z = b + x * w
    a = np.exp(-np.logaddexp(0, -z))
    return np.array([z, a, np.square(a - y)])
