"""mse_grad: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import ANY_SHAPE, Exercise, Numbers, RightAnswers

from ._shared import takes_any_shape

right = RightAnswers(__file__)

mse_grad = Exercise("mse_grad", care=("unchanged", "float32", "views"))

takes_any_shape(mse_grad)


mse_grad.corners(y_hat=Numbers(ANY_SHAPE), y=Numbers(ANY_SHAPE))


@mse_grad.corners.at("zeros")
def all_guesses_right(rng):
    y = rng.uniform(3, 6, size=3).round(1)
    return dict(y_hat=y.copy(), y=y)


@mse_grad.corners.at("tiny values")
def nearly_right(rng):
    """So near that rounding to some decimals leaves nothing."""
    return dict(y_hat=np.array([3e-5, -2e-5]) * rng.uniform(1, 1.2), y=np.zeros(2))


@mse_grad.differentiates(wrt="y_hat")
def forward(y_hat, y):
    return np.mean((y_hat - y) ** 2)


mse_grad.wrong(
    "no-two",
    "Every entry is half of what it should be. The derivative of e² is 2e. See 1.5.",
    lambda y_hat, y: (y_hat - y) / y.size,
)

mse_grad.wrong(
    "no-mean",
    """
    The mean is missing. The loss divides by the number of entries, so each slope is divided by it too.
    See 1.5: for three penguins, each square counts one third.""",
    lambda y_hat, y: 2 * (y_hat - y),
)

mse_grad.wrong(
    "errors-only",
    "These are the errors. Two factors are missing: the 2 of the square, and the mean's. See 1.5.",
    lambda y_hat, y: y_hat - y,
)

mse_grad.wrong(
    "divided-by-rows",
    """
    It is divided by the number of rows. That is right for shape (N,) and wrong for a table, shape (N, M):
    the loss is a mean over all N times M entries. See 1.5.""",
    lambda y_hat, y: 2 * (y_hat - y) / len(y),
)

mse_grad.wrong(
    "no-two-and-rows",
    """
    Two things are wrong. The 2 is missing: the derivative of e² is 2e. And it is divided by the number of rows, where
    the mean runs over all N times M entries of a table. See 1.5.""",
    lambda y_hat, y: (y_hat - y) / len(y),
)

mse_grad.wrong(
    "divided-by-columns",
    """
    It is divided by the length of the last axis. The loss is a mean over all N times M entries of a table: y.size.
    See 1.5.""",
    lambda y_hat, y: 2 * (y_hat - y) / y.shape[-1],
)

mse_grad.wrong(
    "no-two-and-columns",
    """
    Two things are wrong. The 2 is missing: the derivative of e² is 2e. And it is divided by the length of the last
    axis, where the mean runs over all N times M entries of a table. See 1.5.""",
    lambda y_hat, y: (y_hat - y) / y.shape[-1],
)


mse_grad.wrong(
    "sign",
    """
    Every sign is reversed. Where a guess is too high, raising it raises the loss: the slope is positive there.
    Which of the two comes first in the error, the guess or the truth? See 1.5.""",
    lambda y_hat, y: 2 * (y - y_hat) / y.size,
)

mse_grad.wrong(
    "absolute",
    """
    No entry is negative. Where a guess is too low, raising it lowers the loss: that slope is below zero.
    Keep the error's sign. See 1.5.""",
    lambda y_hat, y: 2 * np.abs(y_hat - y) / y.size,
)

mse_grad.wrong(
    "value-not-slope",
    """
    These are the squared errors divided by the number of entries: what each penguin adds to the loss.
    The gradient says how fast that changes. What is the derivative of e²? See 1.5.""",
    lambda y_hat, y: (y_hat - y) ** 2 / y.size,
)

mse_grad.wrong(
    "square-kept",
    """
    The square is still there beside its factor 2. The derivative of e² is 2e: the power goes down to one. See 1.5.""",
    lambda y_hat, y: 2 * (y_hat - y) ** 2 / y.size,
)

mse_grad.wrong(
    "precedence",
    """
    The 2 multiplies the guess alone: 2 * y_hat - y. The 2 belongs to the whole error.
    Where do brackets go? See 1.5.""",
    lambda y_hat, y: (2 * y_hat - y) / y.size,
)

mse_grad.wrong(
    "divided-too-early",
    """
    Only y is divided: a division binds closer than a minus. Put brackets around the error. See 1.5.""",
    lambda y_hat, y: 2 * (y_hat - y / y.size),
)

mse_grad.wrong(
    "averaged-twice",
    """
    It is divided by the number of entries twice. The mean in the loss brings this factor once. See 1.5.""",
    lambda y_hat, y: 2 * (y_hat - y) / y.size**2,
)

mse_grad.wrong(
    "one-number",
    """
    This is one number. Each guess has a slope of its own: the result has the shape of y_hat.
    No sum and no mean is left, only the factor that the mean brings. See 1.5.""",
    lambda y_hat, y: 2 * np.mean(y_hat - y),
)

mse_grad.wrong(
    "averaged-over-rows",
    """
    A mean runs over the first axis, and an axis is lost. Each guess has a slope of its own:
    the result has the shape of y_hat. See 1.5.""",
    lambda y_hat, y: 2 * np.mean(y_hat - y, axis=0),
)

mse_grad.wrong(
    "mean-everywhere",
    """
    The mean error stands in every place. A guess changes its own square alone: take its own error. See 1.5.""",
    lambda y_hat, y: np.full(y.shape, 2 * np.mean(y_hat - y) / y.size),
)

mse_grad.wrong(
    "mean-error-everywhere",
    """
    Twice the mean of all errors stands in every place: np.mean belongs to the loss. A guess changes its own square
    alone: take its own error, and divide by the number of entries. See 1.5.""",
    lambda y_hat, y: np.full(np.shape(y), 2 * np.mean(y_hat - y)),
)

mse_grad.wrong(
    "every-pair",
    """
    Every guess is compared with every penguin: a column minus a row gives all pairs.
    Print the shape of y_hat - y inside the function. See 1.4.""",
    lambda y_hat, y: 2 * (y_hat.reshape(-1, 1) - y.reshape(-1)) / y.size,
)


@mse_grad.wrong(
    "writes-into-guesses",
    """
    y_hat belongs to the caller. Build a new array for the errors: y_hat - y makes one.
    See "When you are stuck".""",
    fails=("unchanged", "views"),
)
def writes_into_guesses_grad(y_hat, y):
    y_hat -= y
    y_hat *= 2 / y_hat.size
    return y_hat


mse_grad.wrong(
    "no-brackets",
    """
    There are no brackets around the error: the 2 belongs to y_hat alone, and the division to y alone. See 1.5.""",
    lambda y_hat, y: 2 * y_hat - y / y.size,
)

mse_grad.wrong(
    "truth-left-whole",
    """
    Only y_hat carries the factor. It belongs to the whole error: where do brackets go? See 1.5.""",
    lambda y_hat, y: 2 / y.size * y_hat - y,
)

mse_grad.wrong(
    "divided-by-three",
    """
    It is divided by 3, whatever the shape. 3 was the number of penguins in the example.
    How many entries are there here? See 1.5.""",
    lambda y_hat, y: 2 * (y_hat - y) / 3,
)

mse_grad.wrong(
    "needs-an-axis",
    """
    A single number has shape (): no rows to loop over, no entries to set. A difference of whole arrays takes any shape.
    See 1.5.""",
    lambda y_hat, y: np.array([2 * (a - b) / y.size for a, b in zip(y_hat, y)]),
    fails="single numbers",
)


mse_grad.wrong(
    "two-axes-counted",
    """It is right for one and two axes. An array may have more: y.size counts the entries of any array. See 1.5.""",
    lambda y_hat, y: 2 * (y_hat - y) / (len(y) * y.shape[1] if y.ndim > 1 else y.size),
)


@mse_grad.unusual
def entry_by_entry_grad(y_hat, y):
    result = np.zeros(y.shape)
    for k in np.ndindex(y.shape):
        result[k] = 2 / y.size * (y_hat[k] - y[k])
    return result


@mse_grad.unusual
def complex_step(y_hat, y):
    result = np.zeros(y.shape)
    for k in np.ndindex(y.shape):
        nudged = y_hat.astype(complex)
        nudged[k] += 1e-20j
        result[k] = np.mean((nudged - y) ** 2).imag / 1e-20
    return result


@mse_grad.unusual
def measured(y_hat, y, h=1e-4):
    result = np.zeros(y.shape)
    for k in np.ndindex(y.shape):
        up, down = np.array(y_hat, dtype=float), np.array(y_hat, dtype=float)
        up[k] += h
        down[k] -= h
        result[k] = (right.mse(up, y) - right.mse(down, y)) / (2 * h)
    return result


@mse_grad.unusual
def as_lists(y_hat, y):
    return np.divide(np.subtract(y, y_hat), -0.5 * np.size(y)).tolist()


@mse_grad.unusual
def in_single_precision(y_hat, y):
    e = np.asarray(y_hat, dtype=np.float32) - np.asarray(y, dtype=np.float32)
    return (e + e) / np.float32(e.size)


@mse_grad.unusual
def by_product_rule(y_hat, y):
    e = y_hat - y
    share = np.ones_like(e) / np.prod(e.shape)
    return share * 1.0 * e + share * e * 1.0
