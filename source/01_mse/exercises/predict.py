"""predict: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Numbers

predict = Exercise("predict", care=("unchanged", "one row", "float32", "views"), rows=("x",))


def line(rng, size, decimals, rising=1, above=-1):
    """Flippers and a line that rises (or falls) and starts below (or above) zero."""
    return dict(
        x=rng.uniform(1.7, 2.4, size=size).round(decimals),
        w=rising * round(rng.uniform(3, 7), decimals - 1),
        b=above * round(rng.uniform(2, 8), decimals - 1),
    )


@predict.draw(times=1)
def three_flippers(rng):
    return line(rng, 3, 2)


@predict.draw(times=1)
def falling(rng):
    """Every guess is below zero, so a minus that is lost shows."""
    return line(rng, rng.choice([5, 7]), 6, rising=-1)


@predict.draw(times=1)
def from_above_zero(rng):
    return line(rng, rng.choice([8, 11]), 6, above=1)


predict.corners(x=Numbers("N"), w=Numbers(), b=Numbers())


@predict.corners.at("tiny values")
def flat_line(rng):
    """So flat and so near zero that rounding to some decimals leaves nothing."""
    return dict(x=rng.uniform(1, 2, size=2).round(1), w=3e-5, b=2e-5)


predict.wrong(
    "swapped",
    """
    w and b have changed places. w multiplies x, b is added once.
    See 1.2, the column "5·x − 6".""",
    lambda x, w, b: b * x + w,
)

predict.wrong(
    "no-intercept",
    "b is missing: the line always passes through 0. Add b to every guess. See 1.2.",
    lambda x, w, b: w * x,
)

predict.wrong(
    "intercept-subtracted",
    "b is subtracted. It is added, also where it is itself negative. See 1.2.",
    lambda x, w, b: w * x - b,
)

predict.wrong(
    "intercept-multiplied",
    """
    b is added before the product, so w multiplies b as well.
    The product comes first, then b is added. See 1.2.""",
    lambda x, w, b: w * (x + b),
)

predict.wrong(
    "added",
    "x and w are added. A slope multiplies: w kilograms for each decimetre. See 1.2.",
    lambda x, w, b: x + w + b,
)

predict.wrong(
    "one-number",
    """
    This is one number, the mean of the guesses. One guess for each penguin is asked for:
    the result has the shape of x. See 1.2.""",
    lambda x, w, b: np.mean(w * x + b),
)

predict.wrong(
    "summed",
    """
    The products are summed to one number. One guess for each penguin is asked for:
    the result has the shape of x. See 1.2.""",
    lambda x, w, b: np.sum(w * x) + b,
)

predict.wrong(
    "column",
    """
    The guesses are right but stand in a column, shape (N, 1). x has shape (N,), and so has the result.
    What a column does to the loss is shown in 1.4.""",
    lambda x, w, b: (w * x + b).reshape(-1, 1),
)


@predict.wrong(
    "writes-into-x",
    """
    x belongs to the caller. Build a new array: w * x makes one.
    See "When you are stuck".""",
    fails=("unchanged", "views"),
)
def writes_into_x(x, w, b):
    x *= w
    x += b
    return x


predict.wrong(
    "slope-without-sign",
    "The minus of w is lost: a line may fall. Take w as it is given. See 1.2.",
    lambda x, w, b: abs(w) * x + b,
)

predict.wrong(
    "size-subtracted",
    """
    The size of b is always subtracted. b is added with its own sign: above zero it lifts the line. See 1.2.""",
    lambda x, w, b: w * x - abs(b),
)

predict.wrong(
    "guesses-without-sign",
    """
    The minus of a guess is lost. A line gives whatever w·x + b gives, below zero too:
    see the penguin without flippers in 1.2.""",
    lambda x, w, b: np.abs(w * x + b),
)

predict.wrong(
    "cut-at-zero",
    """
    No guess is below zero. A mass is not, but the line gives whatever w·x + b gives:
    see the penguin without flippers in 1.2.""",
    lambda x, w, b: np.maximum(w * x + b, 0),
)


@predict.wrong(
    "decimals-lost",
    """
    The decimals are lost: an array of integers, dtype=int, cuts them off, and so does int().
    np.zeros makes an array that keeps them. See 1.2.""",
)
def decimals_lost(x, w, b):
    result = np.zeros(len(x), dtype=int)
    for n in range(len(x)):
        result[n] = w * x[n] + b
    return result


predict.wrong(
    "example-typed-in",
    "This is always 5·x − 6, the line of the example. Use w and b as they are given. See 1.2.",
    lambda x, w, b: 5 * x - 6,
)


@predict.unusual
def one_by_one(x, w, b):
    return [b + w * x_n for x_n in x]


@predict.unusual
def by_polynomial(x, w, b):
    return np.polyval([w, b], x)


@predict.unusual
def by_matrix(x, w, b):
    return np.column_stack([x, np.ones(len(x))]) @ np.array([w, b])


@predict.unusual
def half_as_precise(x, w, b):
    return np.add(np.multiply(x, w), b).astype(np.float32)
