"""mae_grad: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import ANY_SHAPE, Exercise, Numbers

from ._shared import takes_any_shape

mae_grad = Exercise("mae_grad", care=("unchanged", "float32", "views"))

takes_any_shape(mae_grad)


def none_exactly_right(y_hat, y):
    """Guesses moved away from the true values, as the text says that none is exactly right."""
    return dict(y_hat=np.where(y_hat == y, y + 0.5, y_hat), y=y)


mae_grad.corners(
    none_exactly_right,
    y_hat=Numbers(ANY_SHAPE),
    y=Numbers(ANY_SHAPE),
    without={"equal sizes": "a square of signs is often its own transpose; one that is not is drawn below"},
)


@mae_grad.corners.at("equal sizes")
def above_and_below(rng):
    y = rng.uniform(3, 6, size=(2, 2)).round(1)
    return dict(y_hat=y + np.array([[0.5, 1.0], [-0.5, 0.5]]), y=y)


@mae_grad.differentiates(wrt="y_hat")
def mean_absolute_error(y_hat, y):
    return np.mean(np.abs(y_hat - y))


mae_grad.wrong(
    "value-not-slope",
    """
    This is still the broken function: |e| divided by the number of entries, a value where a slope is asked for.
    How steep is |e| for e = 0.2, and how steep for e = 2? See 1.6.""",
    lambda y_hat, y: np.abs(y_hat - y) / y.size,
)

mae_grad.wrong(
    "error-kept",
    """
    The sign is right now, and the size of the error is still there. The V of |e| is equally steep
    everywhere on one side: the slope does not depend on how large e is. See 1.6.""",
    lambda y_hat, y: (y_hat - y) / y.size,
)

mae_grad.wrong(
    "of-the-square",
    "This is the gradient of the mean squared error. Here the loss is a mean of |e|. See 1.6.",
    lambda y_hat, y: 2 * (y_hat - y) / y.size,
)

mae_grad.wrong(
    "sign",
    """
    Every sign is reversed. Where a guess is too high, raising it raises the loss: the slope is positive. See 1.6.""",
    lambda y_hat, y: np.sign(y - y_hat) / y.size,
)

mae_grad.wrong(
    "no-mean",
    """
    The signs are right; the mean is missing. The loss divides by the number of entries, and so does each slope.
    See 1.6: the measured slopes are a third, not 1.""",
    lambda y_hat, y: np.sign(y_hat - y),
)

mae_grad.wrong(
    "divided-by-rows",
    """
    It is divided by the number of rows. The mean is over all entries: N times M of them in a table. See 1.5.""",
    lambda y_hat, y: np.sign(y_hat - y) / len(y),
)

mae_grad.wrong(
    "never-negative",
    """
    Every entry is positive. Left of zero the V goes down: the slope is negative there. See 1.6.""",
    lambda y_hat, y: np.ones_like(y) / y.size,
)

mae_grad.wrong(
    "minus-the-value",
    """
    This is the broken function with a minus in front. A value with another sign is still a value. See 1.6.""",
    lambda y_hat, y: -np.abs(y_hat - y) / y.size,
)

mae_grad.wrong(
    "right-side-only",
    """
    Where the guess is too low the result is 0. The V goes down there, its slope is not flat. See 1.6.""",
    lambda y_hat, y: (y_hat > y) / y.size,
)

mae_grad.wrong(
    "one-number",
    "This is one number. Each guess has a slope of its own: the result has the shape of y_hat. See 1.6.",
    lambda y_hat, y: np.mean(np.sign(y_hat - y)),
)

mae_grad.wrong(
    "truth-forgotten",
    """
    This is the sign of the guess: y plays no part. What counts is on which side of the truth the guess lies.
    See 1.6.""",
    lambda y_hat, y: np.sign(y_hat) / y.size,
)

mae_grad.wrong(
    "doubled",
    """
    Every entry is twice what it should be. The 2 of 1.5 came from a square, and |e| has none. See 1.6.""",
    lambda y_hat, y: 2 * np.sign(y_hat - y) / y.size,
)

mae_grad.wrong(
    "averaged-twice",
    """
    It is divided by the number of entries twice. The mean in the loss brings this factor once. See 1.6.""",
    lambda y_hat, y: np.sign(y_hat - y) / y.size**2,
)

mae_grad.wrong(
    "divided-by-three",
    """
    It is divided by 3, whatever the shape. 3 was the number of penguins in the example.
    How many entries are there here? See 1.5.""",
    lambda y_hat, y: np.sign(y_hat - y) / 3,
)

mae_grad.wrong(
    "size-doubled",
    """
    This is 2|e| divided by the number of entries, with the rule for a square. |e| has another slope:
    how steep is the V at e = 0.2, and how steep at e = 2? See 1.6.""",
    lambda y_hat, y: 2 * np.abs(y_hat - y) / y.size,
)

mae_grad.wrong(
    "size-doubled-no-mean",
    """
    This is 2|e|: the rule for a square, and no mean. How steep is the V of |e| at e = 0.2, and how steep at e = 2?
    See 1.6.""",
    lambda y_hat, y: 2 * np.abs(y_hat - y),
)


mae_grad.wrong(
    "divided-by-all-sizes",
    """
    Each error is divided by the sizes of all errors together, so a large one still gets a larger slope. The V is
    equally steep everywhere on one side: what is left of an error is its sign, and the mean's factor. See 1.6.""",
    lambda y_hat, y: (y_hat - y) / np.sum(np.abs(y_hat - y)),
)


@mae_grad.wrong(
    "needs-an-axis",
    """
    A single number has shape (): no rows to loop over, no entries to set. A function of whole arrays takes any shape.
    See 1.5.""",
    fails="single numbers",
)
def needs_an_axis_mae(y_hat, y):
    e = y_hat - y
    e[e > 0] = 1
    e[e < 0] = -1
    return e / e.size


@mae_grad.wrong(
    "writes-into-guesses",
    """
    y_hat belongs to the caller. Build a new array for the errors: y_hat - y makes one.
    See "When you are stuck".""",
    fails=("unchanged", "views"),
)
def writes_into_guesses_mae(y_hat, y):
    y_hat -= y
    return np.sign(y_hat) / y_hat.size


mae_grad.wrong(
    "two-axes-counted",
    """It is right for one and two axes. An array may have more: y.size counts the entries of any array. See 1.5.""",
    lambda y_hat, y: np.sign(y_hat - y) / (len(y) * y.shape[1] if y.ndim > 1 else y.size),
)


@mae_grad.unusual
def by_where(y_hat, y):
    return np.where(y_hat > y, 1.0, -1.0) / np.size(y)


@mae_grad.unusual
def by_quotient(y_hat, y):
    e = y_hat - y
    return e / (np.abs(e) * e.size)


@mae_grad.unusual
def by_comparison(y_hat, y):
    return ((y_hat > y).astype(float) - (y_hat < y)) / y.size


@mae_grad.unusual
def entry_by_entry_mae(y_hat, y):
    result = np.zeros(y.shape)
    for k in np.ndindex(y.shape):
        result[k] = 1 / y.size if y_hat[k] > y[k] else -1 / y.size
    return result.tolist()


@mae_grad.unusual
def copied_sign(y_hat, y):
    return np.copysign(np.float32(1 / y.size), (y_hat - y).astype(np.float32))
