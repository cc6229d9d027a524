"""line_grad: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Numbers

line_grad = Exercise(
    "line_grad",
    outputs=("dw", "db"),
    care=("unchanged", "one row", "float32", "views"),
    rows=("x", "y"),
    sizes={"N": ("x", 0)},
)


@line_grad.draw
def points(rng):
    n = int(rng.choice([5, 7, 9, 11]))
    x, y = rng.normal(0.8, 1.0, size=n), rng.normal(1.5, 2.0, size=n)
    return dict(x=x, y=y, w=float(rng.uniform(0.5, 2)), b=float(rng.uniform(0.5, 2)))


line_grad.corners(x=Numbers("N"), y=Numbers("N"), w=Numbers(), b=Numbers())


@line_grad.differentiates()
def loss_of_line(x, y, w, b):
    return np.mean((w * x + b - y) ** 2)


@line_grad.wrong(
    "factor-2-missing",
    """This is half of what it should be. The derivative of e² is 2e: where is the 2? See 4.1.""",
)
def no_two(x, y, w, b):
    e = w * x + b - y
    return np.mean(e * x), np.mean(e)


@line_grad.wrong(
    "factor-2-missing-in-db",
    """db is half of what it should be. The derivative of e² is 2e for dw and db alike. See 4.1.""",
    spoils=("db",),
)
def no_two_in_db(x, y, w, b):
    e = w * x + b - y
    return 2 * np.mean(e * x), np.mean(e)


@line_grad.wrong(
    "factor-2-missing-in-dw",
    """dw is half of what it should be. The derivative of e² is 2e for dw and db alike. See 4.1.""",
    spoils=("dw",),
)
def no_two_in_dw(x, y, w, b):
    e = w * x + b - y
    return np.mean(e * x), 2 * np.mean(e)


@line_grad.wrong(
    "three-for-n",
    """It looks as if a sum is multiplied by 2/3. 3 was the number of points in the table; here there are N.
    See 4.1.""",
)
def three_for_n(x, y, w, b):
    e = w * x + b - y
    return 2 / 3 * np.sum(e * x), 2 / 3 * np.sum(e)


@line_grad.wrong(
    "bare-sums",
    """It looks as if this is a bare sum, of e·x or of e. The loss is a mean, so there is a 1/N; and the
    derivative of e² is 2e, so there is a 2. See 4.1.""",
)
def bare_sums(x, y, w, b):
    e = w * x + b - y
    return np.sum(e * x), np.sum(e)


@line_grad.wrong(
    "residual-squared",
    """It looks as if the residual is still squared. The derivative of e² is 2e: the square is gone. See 4.1.""",
)
def residual_squared(x, y, w, b):
    e = w * x + b - y
    return 2 * np.mean(e**2 * x), 2 * np.mean(e**2)


@line_grad.wrong(
    "sum-for-mean",
    """This is N times too large: the shares of the points are summed. The loss is a mean, so its gradient has the
    1/N. See 4.1.""",
)
def summed(x, y, w, b):
    e = w * x + b - y
    return 2 * np.sum(e * x), 2 * np.sum(e)


@line_grad.wrong(
    "averaged-twice",
    """This is N times too small. mse_grad has the 1/N inside, since it belongs to the loss: the shares of the points
    are then added, not averaged once more. See 4.1.""",
)
def averaged_twice(x, y, w, b):
    e = (2 / len(x)) * (w * x + b - y)
    return np.mean(e * x), np.mean(e)


@line_grad.wrong(
    "sign",
    """This has the opposite sign. The residual is prediction minus truth; a gradient points uphill, and the step is
    what turns round. See 4.1.""",
)
def sign(x, y, w, b):
    e = y - (w * x + b)
    return 2 * np.mean(e * x), 2 * np.mean(e)


@line_grad.wrong(
    "x-in-the-other",
    """It looks as if the x is missing in dw, or stands in db. It is w that x multiplies, so the x belongs to dw; and dw
    is returned first. See 4.1.""",
)
def swapped(x, y, w, b):
    e = w * x + b - y
    return 2 * np.mean(e), 2 * np.mean(e * x)


@line_grad.wrong(
    "x-missing",
    """It looks as if dw has no x. A nudge of w moves the prediction at x by x times as much: multiply by x.
    See 4.1.""",
    spoils=("dw",),
)
def no_x(x, y, w, b):
    e = w * x + b - y
    return 2 * np.mean(e), 2 * np.mean(e)


@line_grad.wrong(
    "x-in-db-too",
    """It looks as if db has an x. A nudge of b moves every prediction by as much, whatever x is: no x in db.
    See 4.1.""",
    spoils=("db",),
)
def x_in_both(x, y, w, b):
    e = w * x + b - y
    return 2 * np.mean(e * x), 2 * np.mean(e * x)


@line_grad.wrong(
    "product-of-means",
    """It looks as if dw is mean(residual) times mean(x). Multiply point by point first, then take the mean.
    See 4.1.""",
    spoils=("dw",),
)
def product_of_means(x, y, w, b):
    e = w * x + b - y
    return 2 * np.mean(e) * np.mean(x), 2 * np.mean(e)


@line_grad.wrong(
    "not-summed",
    """One number is left for each point. w and b are used by every point, so the shares add up to one number each.
    See 4.1.""",
)
def not_summed(x, y, w, b):
    e = 2 * (w * x + b - y) / len(x)
    return e * x, e


@line_grad.wrong(
    "b-not-summed",
    """db has one number for each point. b is used by every point: its shares add up to one number. See 4.1.""",
    spoils=("db",),
)
def b_not_summed(x, y, w, b):
    e = 2 * (w * x + b - y) / len(x)
    return np.sum(e * x), e


@line_grad.wrong(
    "b-left-out",
    """It looks as if the prediction here is w·x without b. See 4.1, and predict in the given cell.""",
)
def b_left_out(x, y, w, b):
    e = w * x - y
    return 2 * np.mean(e * x), 2 * np.mean(e)


@line_grad.wrong(
    "absolute-residual",
    """It looks as if the size of the residual was taken. Its sign says whether the line lies above or below the point:
    keep it. See 4.1.""",
)
def absolute(x, y, w, b):
    e = np.abs(w * x + b - y)
    return 2 * np.mean(e * x), 2 * np.mean(e)


line_grad.wrong(
    "sign-of-w-lost",
    "It looks as if the sign of w is lost: a line may fall, and then w is negative. See 4.1.",
    lambda x, y, w, b: (2 * np.mean((abs(w) * x + b - y) * x), 2 * np.mean(abs(w) * x + b - y)),
)


@line_grad.unusual
def point_by_point(x, y, w, b):
    dw = db = 0.0
    for x_n, y_n in zip(x, y):
        dw += 2 * (w * x_n + b - y_n) * x_n / len(x)
        db += 2 * (w * x_n + b - y_n) / len(x)
    return dw, db


@line_grad.unusual
def with_a_column_of_ones(x, y, w, b):
    X = np.column_stack([x, np.ones_like(x)])
    return 2 / len(x) * X.T @ (X @ np.array([w, b]) - y)


@line_grad.unusual
def from_means(x, y, w, b):
    return {
        "db": 2 * (w * np.mean(x) + b - np.mean(y)),
        "dw": 2 * (w * np.mean(x * x) + b * np.mean(x) - np.mean(x * y)),
    }


@line_grad.unusual
def by_complex_step(x, y, w, b):
    def loss(w, b):
        return np.mean((w * x.astype(float) + b - y) ** 2)

    h = 1e-30
    return [loss(w + 1j * h, b).imag / h, loss(w, b + 1j * h).imag / h]


@line_grad.unusual
def single_precision(x, y, w, b):
    x, y = np.float32(x), np.float32(y)
    e = np.float32(2 / len(x)) * (np.float32(w) * x + np.float32(b) - y)
    return e @ x, e.sum()


line_grad.accepted_mutant(
    "single_precision: np.float32(x) → x",
    """Single precision in all but one factor. Its result is a double, and whether the rounding stays within the
    tolerance of doubles depends on the numbers: nothing in it is wrong but the rounding.""",
)
