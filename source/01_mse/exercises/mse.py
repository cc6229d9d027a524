"""mse: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import ANY_SHAPE, Exercise, Numbers

from ._shared import takes_any_shape

mse = Exercise("mse", care=("unchanged", "float32", "views"))

takes_any_shape(mse)

mse.corners(y_hat=Numbers(ANY_SHAPE), y=Numbers(ANY_SHAPE))


@mse.corners.at("zeros")
def all_guesses_right(rng):
    y = rng.uniform(3, 6, size=3).round(1)
    return dict(y_hat=y.copy(), y=y)


mse.wrong(
    "divided-then-multiplied",
    """
    It looks as if the sum is divided by 2 and then multiplied by the number of entries: sum / 2 * size. What stands
    below the line together needs brackets; and no ½ belongs to our loss, which divides by the number alone.
    See 1.3.""",
    lambda y_hat, y: np.sum((y_hat - y) ** 2) / 2 * y.size,
)


mse.wrong(
    "summed",
    """
    This is the sum of the squares. A mean divides it by the number of entries,
    so that 333 penguins do not cost more than three. See 1.3.""",
    lambda y_hat, y: np.sum((y_hat - y) ** 2),
)

mse.wrong(
    "root",
    "This is the root of the mean squared error. No root is asked for. See 1.3.",
    lambda y_hat, y: np.sqrt(np.mean((y_hat - y) ** 2)),
)

mse.wrong(
    "halved",
    """
    This is half of the mean. Some books put ½ before the loss, so that the 2 of the derivative goes away.
    This course does not. See 1.3.""",
    lambda y_hat, y: 0.5 * np.mean((y_hat - y) ** 2),
)

mse.wrong(
    "absolute",
    "The errors are averaged by their size, without the square. See 1.3.",
    lambda y_hat, y: np.mean(np.abs(y_hat - y)),
)

mse.wrong(
    "squared-too-late",
    """
    The errors are averaged first and squared then, so errors of opposite sign cancel.
    Square each error first, then take the mean. See 1.3.""",
    lambda y_hat, y: np.mean(y_hat - y) ** 2,
)

mse.wrong(
    "not-squared",
    "This is the mean of the errors: too high and too low cancel. Square each first. See 1.3.",
    lambda y_hat, y: np.mean(y_hat - y),
)

mse.wrong(
    "squares-subtracted",
    """
    The squares of guess and truth are subtracted. The error comes first, then its square:
    (5 - 3)² is 4, and 5² - 3² is 16. See 1.3.""",
    lambda y_hat, y: np.mean(y_hat**2 - y**2),
)

mse.wrong(
    "not-averaged",
    """
    These are the squared errors, one for each entry. The loss is a single number: their mean. See 1.3.""",
    lambda y_hat, y: (y_hat - y) ** 2,
)

mse.wrong(
    "averaged-over-rows",
    """
    The mean runs over the first axis alone. For a table, shape (N, M), one number for each column is left.
    The mean is over all entries. See 1.3.""",
    lambda y_hat, y: np.mean((y_hat - y) ** 2, axis=0),
)

mse.wrong(
    "divided-by-rows",
    """
    The sum is divided by the number of rows. That is right for shape (N,) and wrong for a table, shape (N, M):
    the mean is over all N times M entries. See 1.3.""",
    lambda y_hat, y: np.sum((y_hat - y) ** 2) / len(y),
)

mse.wrong(
    "every-pair",
    """
    Every guess is compared with every penguin: a column minus a row gives all pairs.
    Print the shape of y_hat - y inside the function. See 1.4.""",
    lambda y_hat, y: np.mean((y_hat.reshape(-1, 1) - y.reshape(-1)) ** 2),
)

mse.wrong(
    "halved-sum",
    """
    This is half of the sum of the squares. Our loss is their mean: no ½, divided by the number of entries. See 1.3.""",
    lambda y_hat, y: np.sum((y_hat - y) ** 2) / 2,
)

mse.wrong(
    "spread-only",
    """
    This is the variance of the errors: it measures how they scatter around their own mean.
    If every guess is 1 kg too high, it is 0 and the loss is 1. See 1.3.""",
    lambda y_hat, y: np.var(y_hat - y),
)

mse.wrong(
    "only-truth-squared",
    """
    Only y is squared: a power binds closer than a minus. Brackets around the error come first, then its square.
    See 1.3.""",
    lambda y_hat, y: np.mean(y_hat - y**2),
)

mse.wrong(
    "one-star",
    "Each error is doubled: one star multiplies. A power is written with two. See 1.3.",
    lambda y_hat, y: np.mean((y_hat - y) * 2),
)

mse.wrong(
    "added",
    "Guess and truth are added. The error is their difference, guess minus truth. See 1.3.",
    lambda y_hat, y: np.mean((y_hat + y) ** 2),
)

mse.wrong(
    "divided-twice",
    """
    It is divided by the number of entries twice: the mean has already done so. See 1.3.""",
    lambda y_hat, y: np.mean((y_hat - y) ** 2) / y.size,
)

mse.wrong(
    "divided-by-three",
    """
    It is divided by 3, whatever the shape. 3 was the number of penguins in the example.
    How many entries are there here? See 1.3.""",
    lambda y_hat, y: np.sum((y_hat - y) ** 2) / 3,
)

mse.wrong(
    "averaged-over-columns",
    """
    The mean runs over the last axis only, and an axis is left. The loss is the mean over all entries. See 1.3.""",
    lambda y_hat, y: np.mean((y_hat - y) ** 2, axis=-1) if y.ndim else (y_hat - y) ** 2,
)

mse.wrong(
    "shares-not-added",
    """
    These are the squared errors, each divided by the number of entries. Their sum is the mean:
    the loss is a single number. See 1.3.""",
    lambda y_hat, y: (y_hat - y) ** 2 / y.size,
)

mse.wrong(
    "caret",
    "In Python the power is written with two stars: ** 2. The sign ^ works on the bits of integers.",
    lambda y_hat, y: np.mean((y_hat - y) ^ 2),
)


@mse.wrong(
    "writes-into-guesses",
    """
    y_hat belongs to the caller. Build a new array for the errors: y_hat - y makes one.
    See "When you are stuck".""",
    fails=("unchanged", "views"),
)
def writes_into_guesses(y_hat, y):
    y_hat -= y
    y_hat *= y_hat
    return y_hat.mean()


mse.wrong(
    "needs-an-axis",
    """
    A single number has shape () and no rows to loop over. np.mean and np.size take any shape. See 1.3.""",
    lambda y_hat, y: sum(np.sum((a - b) ** 2) for a, b in zip(y_hat, y)) / y.size,
    fails="single numbers",
)


mse.wrong(
    "two-axes-counted",
    """It is right for one and two axes. An array may have more: y.size counts the entries of any array. See 1.5.""",
    lambda y_hat, y: np.sum((y_hat - y) ** 2) / (len(y) * y.shape[1] if y.ndim > 1 else y.size),
)


@mse.unusual
def entry_by_entry(y_hat, y):
    total = 0.0
    for k in np.ndindex(y.shape):
        total += (y[k] - y_hat[k]) ** 2
    return total / y.size


@mse.unusual
def by_dot(y_hat, y):
    e = (y - y_hat).ravel()
    return e @ e / e.size


@mse.unusual
def multiplied_out(y_hat, y):
    return np.mean(y_hat**2) - 2 * np.mean(y_hat * y) + np.mean(y**2)


@mse.unusual
def variance_and_bias(y_hat, y):
    e = np.subtract(y_hat, y)
    return np.var(e) + e.mean() ** 2


@mse.unusual
def single_precision(y_hat, y):
    return np.mean(np.square(y_hat - y), dtype=np.float32)


@mse.unusual
def guarded(y_hat, y):
    if np.shape(y_hat) != np.shape(y):
        raise ValueError(f"y_hat has shape {np.shape(y_hat)}, y has shape {np.shape(y)}.")
    return float(np.linalg.norm(np.ravel(y_hat - y)) ** 2 / np.size(y))
