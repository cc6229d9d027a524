"""Unit 03: what is asked, and what people write instead."""

import itertools
import math
from functools import reduce

import numpy as np

from autograder.exercises import Exercise, Question, RightAnswers

right = RightAnswers(__file__)

QUESTIONS = [
    Question(
        "u03-dw",
        answer=18,
        why="A product swaps: the 6 that arrives at m, times the partner x = 3. Under x stands 6 · 2 = 12.",
        hints={
            12: "That is the gradient of x. A product multiplies by the other factor: which one is w's partner?",
            6: "6 is what arrives at m. It still has to pass the multiplication: w's partner is x = 3.",
            9: "The loss starts with 1, and the slope of e² is 2e = 6, not e = 3.",
            3: "3 is the local slope of m = w x. Multiply it by the 6 that arrives at m.",
            0.18: "That is the change of L for a nudge of 0.01. The gradient is the change for each unit of nudge.",
            -18: "The size is right. When w rises, m, s and e rise too, and with e = 3 so does L.",
            0.03: "That is how far m moves when w moves by 0.01. How far does it move for each unit, and how far L?",
            36: "That is 6 · 6. The 6 that arrives at m is right; the other factor at this gate is w's partner.",
        },
        otherwise="Read the list in 3.1: what arrives at m, and by how much does m move when w does? Multiply the two.",
    ),
    Question(
        "u03-fork",
        answer=-8.0632,
        why="0.8467 comes back along u and 9 · (−0.98999) = −8.9099 along v; a copy adds them.",
        hints={
            0.85: "That is the path through u alone. x acts through v as well.",
            0.8467: "That is the path through u alone. x acts through v as well.",
            -8.9099: "That is the path through v alone. x acts through u as well.",
            -7.5441: "The two paths are multiplied here. Each is a product; between the two stands a plus.",
            -4.0316: "This is the mean of the two. A copy adds what comes back.",
            9.7566: "Look at the sign of cos 3: it is −0.98999.",
            1.2701: "That is the value L. Its gradient is asked for.",
            8.0632: "The size is right. The path through v is negative, and the larger of the two.",
            -5.9399: "That is u' times v'. There are two paths: each is partner times slope, and the two are added.",
            -8.4866: "It looks as if the path through u were halved: the slope of x² is 2x = 6.",
            -3.6083: "It looks as if the path through v were halved: it is 9 · cos 3.",
            9.8344: "It looks as if the cosine were taken of 3 degrees. In radians, cos 3 = −0.98999.",
            9.3018: "It looks as if sine and cosine were taken of 3 degrees. Set the calculator to radians.",
            9.1411: "These are the numbers at u and v, added. Each path has one slope more: 2x, and cos x.",
        },
        otherwise="Finish the table in 3.3: one product for each path, then add the last column.",
        tolerance=0.0012,
    ),
    Question(
        "u03-paths",
        answer=59049,
        why="3¹⁰ = 59,049 paths and only 30 edges. One stage more: three times the paths, 3 more edges.",
        hints={
            30: "30 is the number of edges. A path chooses one of three edges at each of ten stages.",
            1000: "That is 10³. At each of ten stages there are three ways: 3 · 3 · … · 3, ten times.",
            81: "81 is for four stages. Each of the six further stages multiplies by 3.",
            270: "270 is 27 · 10. Each further stage does not add paths, it multiplies them by 3.",
            810: "810 is 81 · 10. Each further stage does not add paths, it multiplies them by 3.",
            19683: "That is 3⁹, for nine stages. One stage is still missing.",
            177147: "That is 3¹¹, for eleven stages. One stage is too many.",
            1024: "That is 2¹⁰. At each stage there are three ways, not two.",
        },
        tolerance=0,
        otherwise="Count small cases first: 3 paths with one stage, 9 with two, 81 with four. What does each stage do?",
    ),
    Question(
        "u03-vanish",
        answer="c",
        why="Nineteen links lie between: 0.394^19 is about 0.00000002, so about 50 million times smaller. "
        "The exact ratio is 72 million: the first links have a > 0.85856, so their slopes are smaller still.",
        hints={
            "a": "The factors multiply, they do not add: nineteen times a factor of 0.394.",
            "b": "20² would be two factors of 20. Here a factor of 0.394 is taken nineteen times.",
        },
        otherwise="There are three choices: a, b and c. Read 3.4, the sentence with 0.394.",
    ),
    Question(
        "u03-bug",
        answer="b",
        why="p acts on r directly and through s. The second line for dp throws the first away.",
        hints={
            "a": "A larger total makes the share smaller, so ds is negative for positive dr: the sign is right.",
            "c": "Both dp and ds contain dr. Follow the names: what does dp hold at the end?",
        },
        otherwise="There are three choices: a, b and c. Follow the names line by line: what does dp hold at the end?",
    ),
]

GATES = 'See 3.1, "A graph of small steps".'
PATH = 'See 3.2, "Backwards along one path".'
FORK = 'See 3.3, "At a fork, add".'
CHAIN = 'See 3.4, "A chain of any length".'


def draw_neuron(rng, side):
    """A neuron away from saturation, its target above (side 1) or below (side -1) the output."""
    while True:
        x, w = rng.uniform(0.5, 1.5, size=2) * rng.choice([-1, 1], size=2)
        b = float(rng.uniform(0.2, 0.8) * rng.choice([-1, 1]))
        z = float(w * x + b)
        if 0.3 < abs(z) < 2:
            break
    a = 1 / (1 + math.exp(-z))
    return dict(x=float(x), w=float(w), b=b, y=float(a + side * rng.uniform(0.3, 1.2)))


# chain_forward

chain_forward = Exercise("chain_forward", outputs=("z", "a", "loss"))


@chain_forward.draw(times=2)
def forward_below(rng):
    return draw_neuron(rng, -1)


@chain_forward.draw(times=2)
def forward_above(rng):
    return draw_neuron(rng, 1)


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


# chain_backward

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


@chain_backward.wrong(
    "local-slopes-only",
    f"""
    w, x and 1 are the local slopes of z = w x + b. Each is the last factor of a product; the ones before come from
    the loss. {PATH}""",
)
def local_slopes_only(x, w, b, y):
    return w, x, 1.0


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


# fork_backward

fork_backward = Exercise("fork_backward")


# Away from 0, from x = 2 (where 2x = x²), and from the zero of the gradient at 2.29. Each sign, and each sign of the
# cosine, has a draw.


@fork_backward.draw(times=1)
def angle(rng):
    return dict(x=float(rng.uniform(0.6, 1.3)))


@fork_backward.draw(times=1)
def negative_angle(rng):
    return dict(x=float(rng.uniform(-1.4, -0.8)))


@fork_backward.draw(times=1)
def obtuse_angle(rng):
    return dict(x=float(rng.uniform(2.6, 3.0)))


@fork_backward.draw(times=1)
def negative_obtuse_angle(rng):
    return dict(x=float(rng.uniform(-3.0, -2.6)))


@fork_backward.differentiates(wrt="x")
def product_of_two(x):
    return x**2 * math.sin(x)


@fork_backward.wrong(
    "only-through-u",
    f"""
    This is the path through u alone. x acts through v as well: add what comes back on both. {FORK}""",
)
def only_through_u(x):
    return 2 * x * np.sin(x)


@fork_backward.wrong(
    "only-through-v",
    f"""
    This is the path through v alone. x acts through u as well: add what comes back on both. It happens where the
    second gradient overwrites the first. {FORK}""",
)
def only_through_v(x):
    return x**2 * np.cos(x)


@fork_backward.wrong(
    "product-of-derivatives",
    f"""
    This is u' times v'. u does not depend on v: there are two paths from x, and the gradient has one term for
    each. {FORK}""",
)
def product_of_derivatives(x):
    return 2 * x * np.cos(x)


@fork_backward.wrong(
    "sum-of-derivatives",
    f"""
    This is u' + v', the gradient of u + v. L is u times v: at a product each gradient is multiplied by the partner.
    {FORK}""",
)
def sum_of_derivatives(x):
    return 2 * x + np.cos(x)


@fork_backward.wrong(
    "paths-multiplied",
    f"""
    It looks as if what comes back on the two paths were multiplied. Along a path multiply, across paths add. {FORK}""",
)
def paths_multiplied(x):
    return 2 * x * np.sin(x) * x**2 * np.cos(x)


@fork_backward.wrong(
    "both-paths-apart",
    f"""
    You return two numbers, one for each path. A copy adds them. {FORK}""",
)
def both_paths_apart(x):
    return 2 * x * np.sin(x), x**2 * np.cos(x)


@fork_backward.wrong(
    "both-paths-apart-v-first",
    f"""
    You return two numbers, one for each path. A copy adds them. {FORK}""",
)
def both_paths_apart_v_first(x):
    return [x**2 * np.cos(x), 2 * x * np.sin(x)]


@fork_backward.wrong(
    "sine-stays-sine",
    f"""
    It looks as if the derivative of sin were sin. It is cos, taken at x. {FORK}""",
)
def sine_stays_sine(x):
    return 2 * x * np.sin(x) + x**2 * np.sin(x)


@fork_backward.wrong(
    "paths-subtracted",
    f"""
    It looks as if one path were subtracted from the other, or sin differentiated to -cos. The derivative of sin is
    cos, and a copy adds what comes back. {FORK}""",
)
def paths_subtracted(x):
    return 2 * x * np.sin(x) - x**2 * np.cos(x)


@fork_backward.wrong(
    "paths-averaged",
    f"""
    It looks as if the mean of the two paths were taken. A nudge of x acts on both in full: add them. {FORK}""",
)
def paths_averaged(x):
    return (2 * x * np.sin(x) + x**2 * np.cos(x)) / 2


@fork_backward.wrong(
    "partners-not-swapped",
    f"""
    It looks as if du were u and dv were v. A product swaps: u receives v, and v receives u. {FORK}""",
)
def not_swapped(x):
    return x**2 * 2 * x + np.sin(x) * np.cos(x)


@fork_backward.wrong(
    "square-becomes-2",
    f"""
    It looks as if the derivative of x² were 2. It is 2x: the slope depends on where you are. {FORK}""",
)
def square_becomes_2(x):
    return 2 * np.sin(x) + x**2 * np.cos(x)


@fork_backward.wrong(
    "square-becomes-x",
    f"""
    It looks as if the derivative of x² were x. It is 2x. {FORK}""",
)
def square_becomes_x(x):
    return x * np.sin(x) + x**2 * np.cos(x)


@fork_backward.wrong(
    "stops-one-link-early",
    f"""
    These are the gradients of u and v, added. Each path has one step more, from u or v back to x. {FORK}""",
)
def stops_at_u_and_v(x):
    return np.sin(x) + x**2


@fork_backward.wrong(
    "sine-of-square",
    f"""
    This is the gradient of sin(x²), one function inside the other. Here x² and sin x stand side by side. {FORK}""",
)
def sine_of_square(x):
    return 2 * x * np.cos(x**2)


@fork_backward.wrong(
    "value",
    """
    This is L, the value. Its gradient with respect to x is asked for.""",
)
def value(x):
    return x**2 * np.sin(x)


@fork_backward.wrong(
    "degrees",
    """
    It looks as if x were taken for degrees. numpy's sin and cos take radians, as x is.""",
)
def degrees(x):
    return 2 * x * np.sin(np.radians(x)) + x**2 * np.cos(np.radians(x))


@fork_backward.wrong(
    "converted-to-radians",
    """
    It looks as if x were converted to radians. It is in radians already, and numpy's sin and cos take radians.""",
)
def converted_to_radians(x):
    x = np.radians(x)
    return 2 * x * np.sin(x) + x**2 * np.cos(x)


@fork_backward.wrong(
    "cosine-from-sine",
    f"""
    It looks as if cos x were taken as the root of 1 - sin² x. A root is never negative; cos x is, beyond a right angle:
    use np.cos. {FORK}""",
)
def cosine_from_sine(x):
    return 2 * x * np.sin(x) + x**2 * np.sqrt(1 - np.sin(x) ** 2)


@fork_backward.wrong(
    "slope-without-sign",
    f"""
    It looks as if the derivative of x² were 2|x|. It is 2x: left of 0 the parabola falls. {FORK}""",
)
def slope_without_sign(x):
    return 2 * abs(x) * np.sin(x) + x**2 * np.cos(x)


@fork_backward.wrong(
    "square-with-sign",
    f"""
    It looks as if u were x|x|. x² is never negative: x * x, or x**2. {FORK}""",
)
def square_with_sign(x):
    return 2 * x * np.sin(x) + x * abs(x) * np.cos(x)


@fork_backward.unusual
def factored(x):
    return x * (2 * math.sin(x) + x * math.cos(x))


@fork_backward.unusual
def accumulated(x):
    gradients = {"x": np.float64(0)}
    for partner, slope in ((np.sin(x), x + x), (x * x, np.sin(x + np.pi / 2))):
        gradients["x"] += partner * slope
    return gradients["x"]


@fork_backward.unusual
def by_complex_step(x):
    x = x + 1e-30j
    return (x**2 * np.sin(x)).imag / 1e-30


@fork_backward.unusual
def dot_of_paths(x):
    return np.array(np.dot([np.sin(x), x**2], [2 * x, np.cos(x)]))


# long_chain_forward


def draw_chain(rng, links):
    """A chain whose tanh stay away from saturation."""
    w = rng.uniform(0.7, 1.5, size=links) * rng.choice([-1, 1], size=links)
    return dict(x=float(rng.choice([-1, 1]) * rng.uniform(0.4, 1.0)), w=w)


long_chain_forward = Exercise(
    "long_chain_forward", care=("unchanged", "views", "float32"), sizes={"K": ("w", 0)}, in_order=True
)


@long_chain_forward.draw(times=1)
def chain_of_four(rng):
    return draw_chain(rng, 4)


@long_chain_forward.draw(times=2)
def chain_forward_of_any_length(rng):
    return draw_chain(rng, int(rng.integers(5, 10)))


@long_chain_forward.draw(times=1, care="a chain of one link")
def single_link_forward(rng):
    return draw_chain(rng, 1)


@long_chain_forward.wrong(
    "no-a0",
    f"""
    The first entry, a_0 = x, is missing. The backward pass needs it: link 1 received x. {CHAIN}""",
)
def no_a0(x, w):
    a = x
    values = []
    for w_k in w:
        a = np.tanh(w_k * a)
        values.append(a)
    return np.array(values)


@long_chain_forward.wrong(
    "a0-left-at-zero",
    f"""
    a_0 is 0, and so is all that follows. Put x into the first place before the loop. {CHAIN}""",
)
def a0_left_at_zero(x, w):
    a = np.zeros(len(w) + 1)
    for k in range(len(w)):
        a[k + 1] = np.tanh(w[k] * a[k])
    return a


@long_chain_forward.wrong(
    "first-link-left-out",
    f"""
    a_1 is 0, and so is all that follows: it looks as if the loop began one link late. Link 1 uses w[0]. {CHAIN}""",
)
def first_link_left_out_forward(x, w):
    a = np.zeros(len(w) + 1)
    a[0] = x
    return a


@long_chain_forward.wrong(
    "two-links-only",
    f"""
    The result has two links, whatever w is. The number of links is not fixed: it is len(w). {CHAIN}""",
)
def two_links_only(x, w):
    a = [x]
    for k in range(2):
        a.append(np.tanh(w[k] * a[k]))
    return np.array(a)


@long_chain_forward.wrong(
    "four-links-only",
    f"""
    The result has four links, whatever w is. The number of links is not fixed: it is len(w). {CHAIN}""",
)
def four_links_only(x, w):
    a = np.zeros(5)
    a[0] = x
    for k in range(4):
        a[k + 1] = np.tanh(w[k] * a[k])
    return a


@long_chain_forward.wrong(
    "returned-from-the-first-turn",
    f"""
    Two values come back: x and the first link. Is return inside the loop? It belongs after it. {CHAIN}""",
)
def returned_from_the_first_turn(x, w):
    return np.array([x, np.tanh(w[0] * x)])


@long_chain_forward.wrong(
    "loop-stops-after-one-link",
    f"""
    After the first link all values are 0. Is return inside the loop? It belongs after it. {CHAIN}""",
)
def loop_stops_after_one_link(x, w):
    a = np.zeros(len(w) + 1)
    a[0] = x
    a[1] = np.tanh(w[0] * x)
    return a


@long_chain_forward.wrong(
    "last-only",
    f"""
    This is a_K alone. All values are asked for, from a_0 = x on: the way back needs them. {CHAIN}""",
)
def last_only(x, w):
    a = x
    for w_k in w:
        a = np.tanh(w_k * a)
    return a


@long_chain_forward.wrong(
    "every-link-from-x",
    f"""
    It looks as if every link received x. Link k receives a_(k-1), the result of the link before. {CHAIN}""",
)
def every_link_from_x(x, w):
    return np.concatenate([[x], np.tanh(np.asarray(w) * x)])


@long_chain_forward.wrong(
    "no-tanh",
    f"""
    The tanh is missing: these are products alone. {CHAIN}""",
)
def no_tanh(x, w):
    return np.concatenate([[x], x * np.cumprod(w)])


@long_chain_forward.wrong(
    "tanh-of-product",
    f"""
    It looks as if tanh were taken once, of the product of all weights so far. It belongs into every link. {CHAIN}""",
)
def tanh_of_product(x, w):
    return np.concatenate([[x], np.tanh(x * np.cumprod(w))])


@long_chain_forward.wrong(
    "weight-outside-tanh",
    f"""
    The weight stands outside of tanh. First multiply, then take tanh of the product. {CHAIN}""",
)
def weight_outside_tanh(x, w):
    a = [x]
    for w_k in w:
        a.append(w_k * np.tanh(a[-1]))
    return np.array(a)


@long_chain_forward.wrong(
    "tanh-of-weight",
    f"""
    tanh was taken of the weight alone. Which part stands inside the bracket of tanh? {CHAIN}""",
)
def tanh_of_weight(x, w):
    a = [x]
    for w_k in w:
        a.append(np.tanh(w_k) * a[-1])
    return np.array(a)


@long_chain_forward.wrong(
    "weight-added",
    f"""
    The weight is added to the value. A weight multiplies. {CHAIN}""",
)
def weight_added(x, w):
    a = [x]
    for w_k in w:
        a.append(np.tanh(w_k + a[-1]))
    return np.array(a)


@long_chain_forward.wrong(
    "weights-reversed",
    f"""
    The weights are used from the last to the first. Forwards, link 1 uses the first of them. {CHAIN}""",
)
def weights_reversed(x, w):
    a = [x]
    for w_k in reversed(w):
        a.append(np.tanh(w_k * a[-1]))
    return np.array(a)


@long_chain_forward.wrong(
    "weights-off-by-one",
    f"""
    The weights are off by one: link 1 uses the last, w[-1]. Python counts from 0, so a[k + 1] comes from w[k].
    {CHAIN}""",
)
def weights_off_by_one(x, w):
    a = [x]
    for k in range(len(w)):
        a.append(np.tanh(w[k - 1] * a[-1]))
    return np.array(a)


@long_chain_forward.wrong(
    "first-weight-only",
    f"""
    Every link uses the first weight. Link k has a weight of its own. {CHAIN}""",
)
def first_weight_only(x, w):
    a = [x]
    for _ in w:
        a.append(np.tanh(w[0] * a[-1]))
    return np.array(a)


@long_chain_forward.wrong(
    "x-squashed",
    f"""
    a_0 has gone through tanh already. It is x itself: the first tanh belongs to link 1. {CHAIN}""",
)
def x_squashed(x, w):
    a = [np.tanh(x)]
    for w_k in w:
        a.append(np.tanh(w_k * a[-1]))
    return np.array(a)


@long_chain_forward.wrong(
    "tanh-twice",
    f"""
    It looks as if tanh were taken twice: a_(k-1) is already the result of a tanh. Multiply it by w_k, then take tanh
    once. {CHAIN}""",
)
def tanh_taken_twice(x, w):
    a = [x]
    for w_k in w:
        a.append(np.tanh(w_k * np.tanh(a[-1])))
    return np.array(a)


@long_chain_forward.wrong(
    "sigmoid-for-tanh",
    """
    This is a chain of sigmoids. Here every link is a tanh.""",
)
def sigmoid_for_tanh(x, w):
    a = [x]
    for w_k in w:
        a.append(1 / (1 + np.exp(-w_k * a[-1])))
    return np.array(a)


@long_chain_forward.wrong(
    "before-tanh",
    f"""
    These are the products before tanh. What is stored and passed on is the result of tanh. {CHAIN}""",
)
def before_tanh(x, w):
    a, values = x, [x]
    for w_k in w:
        values.append(w_k * a)
        a = np.tanh(w_k * a)
    return np.array(values)


@long_chain_forward.wrong(
    "writes-into-w",
    """
    Make an array of your own for the values: w belongs to the caller.""",
    fails=("unchanged", "views"),
)
def writes_into_w(x, w):
    a = x
    for k in range(len(w)):
        w[k] = np.tanh(w[k] * a)
        a = w[k]
    return np.append(x, w)


@long_chain_forward.unusual
def accumulated_values(x, w):
    return list(itertools.accumulate(w, lambda a, w_k: math.tanh(w_k * a), initial=x))


@long_chain_forward.unusual
def recursive(x, w):
    if len(w) == 0:
        return np.array([x])
    return np.concatenate(([x], recursive(np.tanh(x * w[0]), w[1:])))


@long_chain_forward.unusual
def by_exponentials(x, w):
    a = np.full(len(w) + 1, x, dtype=float)
    for k, w_k in enumerate(w, start=1):
        a[k] = 1 - 2 / (np.exp(2 * w_k * a[k - 1]) + 1)
    return a


@long_chain_forward.unusual
def single_precision(x, w):
    a = np.zeros(w.size + 1, dtype=np.float32)
    a[0] = x
    for k in range(w.size):
        a[k + 1] = np.tanh(np.float32(w[k]) * a[k])
    return a


# long_chain_backward

long_chain_backward = Exercise(
    "long_chain_backward",
    outputs=("dx", "dw"),
    care=("unchanged", "views", "float32"),
    sizes={"K": ("w", 0)},
)


def draw_cache(rng, links):
    """An upstream gradient, and a cache of the right forward pass."""
    chain = draw_chain(rng, links)
    da = float(rng.choice([-1, 1]) * rng.uniform(1.3, 2.5))
    return dict(da=da, a=right.long_chain_forward(**chain), w=chain["w"])


@long_chain_backward.draw(times=1)
def cache_of_four(rng):
    return draw_cache(rng, 4)


@long_chain_backward.draw(times=2)
def cache_of_any_length(rng):
    return draw_cache(rng, int(rng.integers(5, 9)))


@long_chain_backward.draw(times=1, care="a chain of one link")
def single_link_backward(rng):
    return draw_cache(rng, 1)


@long_chain_backward.differentiates(upstream="da", at=lambda a, w: dict(x=float(a[0]), w=w))
def end_of_chain(x, w):
    return right.long_chain_forward(x, w)[-1]


@long_chain_backward.wrong(
    "upstream-ignored",
    f"""
    da plays no part in this result. It says how much the loss moves with a_K: the way back starts with it, not
    with 1. {CHAIN}""",
)
def upstream_ignored(da, a, w):
    return right.long_chain_backward(1.0, a, w)


@long_chain_backward.wrong(
    "slope-forgotten",
    f"""
    The slope of tanh is missing. Each link has two steps, a product and a tanh, and each step has a factor. {CHAIN}""",
)
def slope_forgotten(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dw[k] = da * a[k]
        da = da * w[k]
    return da, dw


@long_chain_backward.wrong(
    "slope-at-input",
    f"""
    It looks as if the slope 1 - a² were taken with the link's input. It is written with the link's output: for w[k]
    that is a[k + 1]. {CHAIN}""",
)
def slope_at_input(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "cache-off-by-one",
    f"""
    The cache is off by one. a has one entry more than w: for the link with w[k], a[k] is the input and a[k + 1] the
    output. {CHAIN}""",
)
def cache_off_by_one(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k] ** 2)
        dw[k] = dz * a[k - 1]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "slope-at-z",
    f"""
    It looks as if 1 - z² were taken, with z before tanh. The slope is 1 - a², with the result of tanh. {CHAIN}""",
)
def slope_before_tanh(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - (w[k] * a[k]) ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "tanh-twice",
    f"""
    It looks as if tanh were applied to a once more before its slope was taken. a is the result of tanh already:
    the slope is 1 - a². {CHAIN}""",
)
def tanh_twice(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - np.tanh(a[k + 1]) ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "slope-not-squared",
    f"""
    It looks as if the slope of tanh were 1 - a. The a is squared: 1 - a². {CHAIN}""",
)
def slope_not_squared(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1])
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "slope-with-plus",
    f"""
    It looks as if the slope of tanh were 1 + a². The sign in the slope: 1 - a². {CHAIN}""",
)
def slope_with_plus(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 + a[k + 1] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "no-brackets",
    f"""
    It looks as if the brackets of (1 - a²) were missing. In Python, da*1 - a**2 multiplies first: da is multiplied by 1
    alone, and then a² is taken away. {CHAIN}""",
)
def no_brackets_in_chain(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * 1 - a[k + 1] ** 2
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "last-output-for-every-link",
    f"""
    It looks as if a[-1] gave the slope of every link. Each link has its own output: a[k + 1]. {CHAIN}""",
)
def last_output_for_every_link(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[-1] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "da-lost-on-the-way",
    f"""
    It looks as if da were used for dw but lost on the way: what is passed on is da times slope times w[k].
    {CHAIN}""",
)
def da_lost_on_the_way(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = 1 - a[k + 1] ** 2
        dw[k] = da * dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "dx-one-factor-too-many",
    f"""
    One factor w_1 too many: after the last turn da is dx already. {CHAIN}""",
    spoils=("dx",),
)
def dx_one_factor_too_many(da, a, w):
    dx, dw = right.long_chain_backward(da, a, w)
    return dx * w[0], dw


@long_chain_backward.wrong(
    "slope-of-sigmoid",
    f"""
    a(1 - a) is the slope of the sigmoid. Here every link is a tanh, and its slope is 1 - a². {CHAIN}""",
)
def slope_of_sigmoid(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * a[k + 1] * (1 - a[k + 1])
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "output-for-input",
    f"""
    It looks as if dw used the link's output. In the product w_k a_(k-1) the partner of the weight is the link's
    input. {CHAIN}""",
    spoils=("dw",),
)
def output_for_input(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k + 1]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "dw-stops-one-link-early",
    f"""
    dw holds the gradients before tanh, dz. The weight's own step is still missing: multiply by its partner, the
    link's input. {CHAIN}""",
    spoils=("dw",),
)
def dw_stops_early(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dw[k] = da * (1 - a[k + 1] ** 2)
        da = dw[k] * w[k]
    return da, dw


@long_chain_backward.wrong(
    "x-for-every-link",
    f"""
    Every link was given x as its input. The input of the link with w[k] is a[k]. {CHAIN}""",
    spoils=("dw",),
)
def x_for_every_link(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[0]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "passed-on-too-early",
    f"""
    It looks as if da was already passed on when dw used it: dw contains w[k] as well. At the link's own product, dw
    takes what arrives, before it is multiplied by w[k]. {CHAIN}""",
    spoils=("dw",),
)
def passed_on_too_early(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2)
        da = dz * w[k]
        dw[k] = da * a[k]
    return da, dw


@long_chain_backward.wrong(
    "da-piles-up",
    f"""
    It looks as if da were added to on the way. A chain is one path: what leaves a link takes the place of what
    arrived. Adding is for paths that meet. {CHAIN}""",
)
def da_piles_up(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k]
        da += dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "dw-is-w",
    """
    It looks as if dw = w stood before the loop. That makes no copy: both names mean one array, so dw[k] overwrites
    w[k] before it is used, and the caller's w is changed too. Begin with np.zeros(len(w)).""",
)
def dw_is_w(da, a, w):
    dw = w
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "two-links-only",
    f"""
    Only the first two links are used, whatever w is. The number of links is not fixed: it is len(w). {CHAIN}""",
)
def two_links_only_back(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(2)):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "two-links-in-all",
    f"""
    dw has two entries, whatever w is. The number of links is not fixed: it is len(w). {CHAIN}""",
)
def two_links_in_all(da, a, w):
    dw = np.zeros(2)
    for k in reversed(range(2)):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "returned-from-the-first-turn",
    f"""
    It looks as if the work ended with the first turn. Is return inside the loop? It belongs after it. {CHAIN}""",
)
def returned_from_the_first_turn_back(da, a, w):
    dw = np.zeros(len(w))
    dz = da * (1 - a[-1] ** 2)
    dw[-1] = dz * a[-2]
    return dz * w[-1], dw


@long_chain_backward.wrong(
    "dw-times-w",
    f"""
    It looks as if dw were multiplied by w. A product swaps: the weight's gradient is multiplied by the link's input,
    and the weight by which the gradient is passed on is for the input. {CHAIN}""",
    spoils=("dw",),
)
def dw_times_w(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dw[k] = da = da * (1 - a[k + 1] ** 2) * w[k]
    return da, dw


@long_chain_backward.wrong(
    "dw-reversed",
    f"""
    dw has the right numbers in reverse order. The way back meets the last weight first; the result starts with the
    first, like w. {CHAIN}""",
    spoils=("dw",),
)
def dw_reversed(da, a, w):
    dx, dw = right.long_chain_backward(da, a, w)
    return dx, dw[::-1]


@long_chain_backward.wrong(
    "passed-on-without-w",
    f"""
    The gradient is passed on to the link before without its weight. From z back to the link's input lies the product:
    multiply by w[k]. {CHAIN}""",
)
def passed_on_without_w(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        da = da * (1 - a[k + 1] ** 2)
        dw[k] = da * a[k]
    return da, dw


@long_chain_backward.wrong(
    "partners-not-swapped",
    f"""
    It looks as if the weight's gradient were multiplied by the weight, and the input's by the input. A product swaps.
    {GATES}""",
)
def partners_in_place(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * w[k]
        da = dz * a[k]
    return da, dw


@long_chain_backward.wrong(
    "weight-of-the-link-before",
    f"""
    The gradient is passed on with another link's weight. Link k multiplied its input by w[k], so the way back
    multiplies by w[k] too. {CHAIN}""",
    spoils=("dw",),
)
def weight_of_the_link_before(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k - 1]
    return da, dw


@long_chain_backward.wrong(
    "moved-weight",
    """
    It looks as if w[k] took a step before it was used to pass the gradient on. All gradients are taken at the same
    point; steps come after.""",
)
def moved_weight(da, a, w):
    w, dw = np.array(w), np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k]
        w[k] -= 0.1 * dw[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "dx-stops-one-link-early",
    f"""
    dx is what arrives before the first product, dz_1. One step more leads to x: multiply by w_1. {CHAIN}""",
    spoils=("dx",),
)
def dx_stops_early(da, a, w):
    dx, dw = right.long_chain_backward(da, a, w)
    return dx / w[0], dw


@long_chain_backward.wrong(
    "dx-is-da1",
    f"""
    dx is the gradient of a_1. x is a_0: the first link still lies between. {CHAIN}""",
    spoils=("dx",),
)
def dx_is_da1(da, a, w):
    dx, dw = right.long_chain_backward(da, a, w)
    return dx / w[0] / (1 - a[1] ** 2), dw


@long_chain_backward.wrong(
    "dx-is-first-dw",
    """
    dx has the value of the first entry of dw. They share all factors but the last: x's partner is w_1, and w_1's
    is x.""",
    spoils=("dx",),
)
def dx_is_first_dw(da, a, w):
    _, dw = right.long_chain_backward(da, a, w)
    return dw[0], dw


@long_chain_backward.wrong(
    "each-link-alone",
    f"""
    It looks as if every link received da itself. Only the last one does; the others receive what the link after them
    passes on. {CHAIN}""",
)
def each_link_alone(da, a, w):
    dz = da * (1 - a[1:] ** 2)
    return dz[0] * w[0], dz * a[:-1]


@long_chain_backward.wrong(
    "front-to-back",
    f"""
    It looks as if the loop ran from the first link to the last. da arrives at the end of the chain: the last link
    comes first. {CHAIN}""",
    spoils=("dw",),
)
def front_to_back(da, a, w):
    dw = np.zeros(len(w))
    for k in range(len(w)):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "added-along-path",
    f"""
    It looks as if slopes were added along the chain. Along a path multiply; add only where paths meet. {PATH}""",
)
def sums_along_chain(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da + (1 - a[k + 1] ** 2)
        dw[k] = dz + a[k]
        da = dz + w[k]
    return da, dw


@long_chain_backward.wrong(
    "first-link-left-out",
    f"""
    It looks as if the loop ended one link early: the first link, with w[0], is left out.
    In Python, range(K - 1, 0, -1) stops before 0. {CHAIN}""",
)
def first_link_left_out(da, a, w):
    dw = np.zeros(len(w))
    for k in range(len(w) - 1, 0, -1):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "writes-into-cache",
    """
    Make arrays of your own: a and w belong to the caller, who may need them again.""",
    fails=("unchanged", "views"),
)
def writes_into_cache(da, a, w):
    dx, dw = right.long_chain_backward(da, a, w)
    a[1:] = 1 - a[1:] ** 2
    w[:] = dw
    return dx, w


@long_chain_backward.unusual
def backwards_with_zip(da, a, w):
    dw = []
    for w_k, a_in, a_out in zip(w[::-1], a[-2::-1], a[:0:-1]):
        dz = da / np.cosh(w_k * a_in) ** 2 if abs(a_out) < 1 else 0.0
        dw.insert(0, dz * a_in)
        da = dz * w_k
    return {"dw": dw, "dx": da}


@long_chain_backward.unusual
def products_from_the_end(da, a, w):
    slopes = 1 - np.square(a[1:])
    factors = np.append(slopes * w, 1.0)
    arrives = da * np.multiply.accumulate(factors[::-1])[::-1]
    return arrives[0], arrives[1:] * slopes * a[:-1]


@long_chain_backward.unusual
def recursive_back(da, a, w):
    if not len(w):
        return da, np.zeros(0)
    dz = da * (1 + a[-1]) * (1 - a[-1])
    dx, dw = recursive_back(dz * w[-1], a[:-1], w[:-1])
    return dx, np.append(dw, dz * a[-2])


@long_chain_backward.unusual
def forward_mode(da, a, w):
    def end(x, w):
        for w_k in w:
            x = np.tanh(w_k * x)
        return x.imag / 1e-30

    w = np.asarray(w, dtype=complex)
    dw = [da * end(complex(a[0]), w + 1e-30j * row) for row in np.eye(len(w))]
    return [da * end(a[0] + 1e-30j, w), np.array(dw)]


@long_chain_backward.unusual
def float32_arrays(da, a, w):
    dw, grad = np.zeros_like(w, dtype=np.float32), np.float32(da)
    for k in range(len(w) - 1, -1, -1):
        grad = grad * np.float32(1 - a[k + 1] * a[k + 1])
        dw[k] = grad * a[k]
        grad = np.float32(grad * w[k])
    return np.array(grad), dw


# share_backward: the bug hunt

BUG = 'See "Bug hunt: a share that falls".'

share_backward = Exercise(
    "share_backward",
    outputs=("dp", "dq"),
    stages=((("dq",), "Begin with dq: one path alone leads to q, through s. dp uses ds too."),),
)


@share_backward.draw
def two_parts(rng):
    p, q = rng.uniform(0.6, 2.5, size=2).tolist()
    return dict(dr=float(rng.choice([-1, 1]) * rng.uniform(1.3, 2.5)), p=p, q=q)


@share_backward.differentiates(upstream="dr")
def share(p, q):
    return p / (p + q)


@share_backward.wrong(
    "overwritten-at-fork",
    f"""
    dp holds the path through s alone: the direct one was overwritten. Two paths meet at p, so both are added. {BUG}""",
    spoils=("dp",),
)
def overwritten_at_fork(dr, p, q):
    ds = -dr * p / (p + q) ** 2
    return ds, ds


@share_backward.wrong(
    "only-the-direct-path",
    f"""
    dp holds the direct path alone. p is a part of the total s as well: the path through s is added. {BUG}""",
    spoils=("dp",),
)
def only_the_direct_path(dr, p, q):
    s = p + q
    return dr / s, -dr * p / s**2


@share_backward.wrong(
    "paths-multiplied",
    f"""
    It looks as if what comes back on the two paths to p were multiplied. Across paths add. {FORK}""",
    spoils=("dp",),
)
def parts_multiplied(dr, p, q):
    s = p + q
    ds = -dr * p / s**2
    return dr / s * ds, ds


@share_backward.wrong(
    "paths-subtracted",
    f"""
    It looks as if the path through s were subtracted; its minus sign is in ds already. A copy adds what comes back.
    {FORK}""",
    spoils=("dp",),
)
def parts_subtracted(dr, p, q):
    s = p + q
    ds = -dr * p / s**2
    return dr / s - ds, ds


@share_backward.wrong(
    "paths-averaged",
    f"""
    This is the mean of the two paths. A copy adds. {FORK}""",
    spoils=("dp",),
)
def parts_averaged(dr, p, q):
    s = p + q
    ds = -dr * p / s**2
    return (dr / s + ds) / 2, ds


@share_backward.wrong(
    "also-added-to-q",
    f"""
    The direct path is added to dq as well. Only one edge leaves q, the one to s. {BUG}""",
    spoils=("dq",),
)
def also_added_to_q(dr, p, q):
    s = p + q
    ds = -dr * p / s**2
    return dr / s + ds, dr / s + ds


@share_backward.wrong(
    "quotient-sign",
    f"""
    It looks as if the minus sign of the denominator were missing. A larger total makes the share smaller: ds is
    negative for positive dr. {BUG}""",
)
def quotient_sign(dr, p, q):
    s = p + q
    ds = dr * p / s**2
    return dr / s + ds, ds


@share_backward.wrong(
    "denominator-not-squared",
    f"""
    The slope of 1/s is -1/s², with the square. It looks as if the square were missing. {BUG}""",
)
def denominator_not_squared(dr, p, q):
    s = p + q
    ds = -dr * p / s
    return dr / s + ds, ds


@share_backward.wrong(
    "upstream-ignored",
    f"""
    dr plays no part in this result. It says how much the loss moves with r: every path starts with it. {BUG}""",
)
def slopes_of_share(dr, p, q):
    s = p + q
    return q / s**2, -p / s**2


@share_backward.wrong(
    "upstream-lost-on-one-path",
    f"""
    dr is missing on the path through s. Every path starts with the gradient that arrives. {BUG}""",
)
def upstream_lost_on_one_path(dr, p, q):
    s = p + q
    ds = -p / s**2
    return dr / s + ds, ds


@share_backward.wrong(
    "upstream-lost-on-the-direct-path",
    f"""
    dr is missing on the direct path from p. Every path starts with the gradient that arrives. {BUG}""",
    spoils=("dp",),
)
def upstream_lost_on_the_direct_path(dr, p, q):
    s = p + q
    ds = -dr * p / s**2
    return 1 / s + ds, ds


@share_backward.wrong(
    "direct-path-without-upstream",
    f"""
    dp is the local slope of the direct path, 1/s. Two things are missing: dr, with which every path starts, and the
    path through s. {BUG}""",
    spoils=("dp",),
)
def direct_path_without_upstream(dr, p, q):
    s = p + q
    return 1 / s, -dr * p / s**2


@share_backward.wrong(
    "numerator-lost",
    f"""
    It looks as if ds were -dr/s². r is p times 1/s, and a product swaps: p is a factor of ds. {BUG}""",
)
def numerator_lost(dr, p, q):
    s = p + q
    ds = -dr / s**2
    return dr / s + ds, ds


@share_backward.wrong(
    "opposites",
    f"""
    This dq is minus what dp should be, as if the total stayed the same. p and q move one at a time: follow the edge
    from q alone. {BUG}""",
    spoils=("dq",),
)
def opposites(dr, p, q):
    dp = dr * q / (p + q) ** 2
    return dp, -dp


@share_backward.wrong(
    "p-and-q-exchanged",
    f"""
    It looks as if p and q were exchanged above the line. If q is 0 the share is 1 whatever p is, so dp must be 0; if
    p is 0, dq must be 0. Which of p and q stands above in each? {BUG}""",
)
def p_and_q_exchanged(dr, p, q):
    s = p + q
    return dr * p / s**2, -dr * q / s**2


@share_backward.unusual
def closed_form(dr, p, q):
    total = (p + q) ** 2
    return {"dq": -dr * p / total, "dp": dr * q / total}


@share_backward.unusual
def through_shares(dr, p, q):
    r = p / (p + q)
    return dr * r * (1 - r) / np.array([p, -q])


@share_backward.unusual
def added_up(dr, p, q):
    grad = dict(p=0.0, q=0.0)
    for name, slope in (("p", 1 / (p + q)), ("p", -p * (p + q) ** -2), ("q", -p * (p + q) ** -2)):
        grad[name] += float(dr) * slope
    return list(grad.values())
