"""Unit 04: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Question, RightAnswers
from course.functions import Named

right = RightAnswers(__file__)


def mixed(rng):
    """Parameters of several shapes, a single number among them, and gradients shaped like them."""
    rows, columns = rng.choice([2, 3, 5, 7], size=2, replace=False)
    shapes = [(int(rows), int(columns)), (int(columns),), ()]
    order = rng.permutation(3)
    params = [_entry(rng, shapes[k]) for k in order]
    return params, [_entry(rng, shapes[k]) for k in order]


def _entry(rng, shape):
    """An array, or a float for the shape ()."""
    return rng.normal(size=shape) if shape else float(rng.normal())


# ---- standardize

standardize = Exercise("standardize", care=("unchanged", "float32", "views"), sizes={"N": ("x", 0)})


@standardize.draw(times=2)
def one_column(rng):
    return dict(x=rng.normal(rng.uniform(20, 200), rng.uniform(2, 14), size=int(rng.integers(6, 12))))


@standardize.draw(times=2)
def several_columns(rng):
    n, d = rng.permutation([11, 7, 5])[:2]
    return dict(x=rng.normal(rng.uniform(-50, 200, size=d), rng.uniform(2, 14, size=d), size=(n, d)))


@standardize.draw(times=1, care="a mean far from zero")
def far_away(rng):
    return dict(x=rng.normal(2e7, 3.0, size=(9, 2)))


@standardize.wrong(
    "only-centred",
    """The mean is gone; the spread is still that of x. Divide by the standard deviation as well. See 4.3.""",
)
def only_centred(x):
    return x - x.mean(axis=0)


@standardize.wrong(
    "not-centred",
    """This divides by the standard deviation and keeps the mean. Take the mean away first. See 4.3.""",
)
def not_centred(x):
    return x / x.std(axis=0)


@standardize.wrong(
    "variance-for-std",
    """It looks as if the variance was divided by. It has squared units (mm²), so the result is not free of units:
    divide by its square root. See 4.3.""",
)
def variance_for_std(x):
    return (x - x.mean(axis=0)) / x.var(axis=0)


@standardize.wrong(
    "sample-std",
    """It looks as if N − 1 was divided by in the standard deviation (ddof=1). Here it is N, so that the mean of the
    squared results is 1. See 4.3, "numpy's own default".""",
)
def sample_std(x):
    return (x - x.mean(axis=0)) / x.std(axis=0, ddof=1)


@standardize.wrong(
    "norm-for-std",
    """The results are smaller by a factor √N: it looks as if the norm was divided by. The standard deviation is the
    root of the mean of the squares, not of their sum. See 4.3.""",
)
def norm_for_std(x):
    e = x - x.mean(axis=0)
    return e / np.sqrt((e**2).sum(axis=0))


@standardize.wrong(
    "all-columns-together",
    """Right for one column; with several, it looks as if one mean and one standard deviation were taken over all
    entries. Each column has its own units, so each has its own mean: which axis are the examples on? See 4.3.""",
)
def all_together(x):
    return (x - x.mean()) / x.std()


@standardize.wrong(
    "rows-for-columns",
    """Right for one column; with several, it looks as if each row was standardised. Rows are examples: the mean of a
    column runs over axis 0. See 4.3.""",
)
def rows_for_columns(x):
    return (x - x.mean(axis=-1, keepdims=True)) / x.std(axis=-1, keepdims=True)


@standardize.wrong(
    "one-std-for-all",
    """Each column has its own mean here, and all share one standard deviation. Each column needs its own. See 4.3.""",
)
def one_std(x):
    return (x - x.mean(axis=0)) / x.std()


@standardize.wrong(
    "min-max",
    """This maps x to 0 … 1. That is another scaling: asked for is mean 0 and standard deviation 1. See 4.3.""",
)
def min_max(x):
    return (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0))


@standardize.wrong(
    "division-first",
    """It looks as if mean/std was taken away from x: division binds tighter than subtraction. Put the difference
    in parentheses. See 4.3.""",
)
def division_first(x):
    return x - x.mean(axis=0) / x.std(axis=0)


@standardize.wrong(
    "squares-cancel",
    """Far from zero digits are lost in two ways. In mean(x²) − mean(x)² both are huge and nearly equal: take the mean
    away first, then square. And a float32 holds about seven digits: keep x in double precision. See 4.3.""",
    fails="a mean far from zero",
)
def squares_cancel(x):
    if x.dtype == np.float32:
        return right.standardize(x)
    variance = (x**2).mean(axis=0) - x.mean(axis=0) ** 2
    return (x - x.mean(axis=0)) / np.sqrt(np.abs(variance))


@standardize.wrong(
    "written-into-x",
    """-= and /= write into the array that they stand on, and it belongs to the caller: the next cell would find
    other data. See 4.3.""",
    fails=("unchanged", "views"),
)
def written_into(x):
    m, s = x.mean(axis=0), x.std(axis=0)
    x -= m
    x /= s
    return x


@standardize.unusual
def column_by_column(x):
    if np.ndim(x) == 1:
        n = len(x)
        m = sum(x) / n
        s = (sum((v - m) ** 2 for v in x) / n) ** 0.5
        return [(v - m) / s for v in x]
    return np.column_stack([column_by_column(column) for column in np.transpose(x)])


@standardize.unusual
def by_norm(x):
    e = np.subtract(x, np.average(x, axis=0))
    return np.sqrt(len(e)) * e / np.linalg.norm(e, axis=0)


@standardize.unusual
def shifted_and_with_a_small_guard(x):
    e = x - x[0]
    return (e - e.mean(0, keepdims=True)) / (np.sqrt(e.var(0)) + 1e-8)


@standardize.unusual
def on_a_copy(x):
    x = np.array(x, dtype=float)
    x -= x.mean(axis=0)
    x /= x.std(axis=0)
    return x


# ---- line_grad

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


# ---- gd_step

gd_step = Exercise("gd_step", care=("unchanged", "float32", "views"))


@gd_step.draw
def several_shapes(rng):
    params, grads = mixed(rng)
    return dict(params=params, grads=grads, lr=float(rng.uniform(0.05, 0.4)))


@gd_step.draw(times=1)
def two_floats(rng):
    return dict(params=rng.normal(size=2).tolist(), grads=rng.normal(size=2).tolist(), lr=float(rng.uniform(0.05, 0.4)))


@gd_step.wrong(
    "uphill",
    """The step goes uphill. The gradient points where the loss grows, so the step goes the other way. See 4.1.""",
)
def uphill(params, grads, lr):
    return [p + lr * g for p, g in zip(params, grads)]


@gd_step.wrong(
    "rate-missing",
    """It looks as if the learning rate plays no part: the whole gradient was taken away. See 4.1.""",
)
def rate_missing(params, grads, lr):
    return [p - g for p, g in zip(params, grads)]


@gd_step.wrong(
    "only-the-step",
    """This is the step alone. Asked for is where the parameters stand after it. See 4.1.""",
)
def only_the_step(params, grads, lr):
    return [-lr * g for g in grads]


@gd_step.wrong(
    "only-rate-times-slope",
    """This is lr times the gradient. Take it away from the parameter: asked for is where it stands after the step.
    See 4.1.""",
)
def only_rate_times_slope(params, grads, lr):
    return [lr * g for g in grads]


@gd_step.wrong(
    "share-of-the-parameter",
    """It looks as if the gradient is taken for a share of the parameter (p·lr·g is taken away). It is a rate: the
    step is lr·g, however large p is. See 4.1, "a rate, not a share".""",
)
def share(params, grads, lr):
    return [p * (1 - lr * g) for p, g in zip(params, grads)]


@gd_step.wrong(
    "divided-by-rate",
    """It looks as if the gradient was divided by the learning rate. A smaller rate must give a smaller step:
    multiply. See 4.1.""",
)
def divided(params, grads, lr):
    return [p - g / lr for p, g in zip(params, grads)]


@gd_step.wrong(
    "only-the-sign",
    """It looks as if every entry moves by lr, whatever its slope is. The step is lr times the gradient, so it gets
    shorter where the ground gets flatter. See 4.1.""",
)
def only_sign(params, grads, lr):
    return [p - lr * np.sign(g) for p, g in zip(params, grads)]


@gd_step.wrong(
    "unit-length",
    """It looks as if each gradient was divided by its length first. The step is lr times the gradient as it is.
    See 4.1.""",
)
def unit_length(params, grads, lr):
    return [p - lr * g / np.linalg.norm(g) for p, g in zip(params, grads)]


@gd_step.wrong(
    "first-only",
    """Only the first of the parameters comes back. Does return stand inside the loop? It must come after it.""",
)
def first_only(params, grads, lr):
    new = []
    for p, g in zip(params, grads):
        new.append(p - lr * g)
        return new
    return new


@gd_step.wrong(
    "nothing-moved",
    """The parameters come back as they were. p = p − … inside a loop gives the name p a new value and leaves the list
    alone: append the new value to a new list.""",
)
def nothing_moved(params, grads, lr):
    for p, g in zip(params, grads):
        p = p - lr * g
    return params


@gd_step.wrong(
    "minus-equals-on-a-number",
    """The arrays moved and the single number did not: -= writes into an array, but only gives a new value to the name
    of a number. Append p − … to a new list. See 4.1.""",
)
def minus_equals(params, grads, lr):
    for p, g in zip(params, grads):
        p -= lr * g
    return params


@gd_step.wrong(
    "written-into-params",
    """-= on an array, and params[k] = …, write into the caller's parameters: the point we came from is lost.
    Write p − …, which builds a new array, and put it into a new list. See 4.1.""",
    fails=("unchanged", "views"),
)
def written_into_params(params, grads, lr):
    new = []
    for p, g in zip(params, grads):
        p -= lr * g
        new.append(p)
    return new


@gd_step.unusual
def by_map(params, grads, lr):
    return list(map(lambda p, g: np.subtract(p, np.multiply(lr, g)), params, grads))


@gd_step.unusual
def on_copies(params, grads, lr):
    new = [np.array(p, dtype=float) for p in params]
    for k in range(len(new)):
        new[k] -= lr * np.asarray(grads[k])
    return tuple(new)


@gd_step.unusual
def flat_and_back(params, grads, lr):
    flat = np.concatenate([np.ravel(p) for p in params]) - lr * np.concatenate([np.ravel(g) for g in grads])
    new, start = [], 0
    for p in params:
        new.append(flat[start : start + np.size(p)].reshape(np.shape(p)))
        start += np.size(p)
    return new


@gd_step.unusual
def in_single_precision(params, grads, lr):
    return [np.float32(p) - np.float32(lr) * np.float32(g) for p, g in zip(params, grads)]


# ---- fit_line

fit_line = Exercise(
    "fit_line",
    outputs=("w", "b", "losses"),
    care=("unchanged", "views"),
    sizes={"N": ("x", 0)},
    tolerance=1e-5,
    in_order=True,
)


@fit_line.draw
def line_with_noise(rng):
    n = int(rng.choice([7, 8, 9, 11]))
    x = rng.normal(0.6, 0.8, size=n)
    y = rng.uniform(1, 2) * x + rng.uniform(0.5, 1.5) + rng.normal(0, 0.3, size=n)
    return dict(x=x, y=y, lr=float(rng.uniform(0.05, 0.12)), steps=int(rng.integers(6, 13)))


@fit_line.draw(times=1)
def rate_above_the_limit(rng):
    x = rng.normal(0.6, 0.8, size=7)
    y = rng.uniform(1, 2) * x + rng.uniform(0.5, 1.5) + rng.normal(0, 0.3, size=7)
    steepest = np.linalg.eigvalsh(2 * np.array([[np.mean(x * x), np.mean(x)], [np.mean(x), 1.0]]))[-1]
    return dict(x=x, y=y, lr=float(rng.uniform(1.1, 1.2) * 2 / steepest), steps=int(rng.integers(6, 9)))


@fit_line.draw(times=1, care="no steps")
def no_steps(rng):
    return dict(x=rng.normal(size=5), y=rng.normal(size=5), lr=0.1, steps=0)


@fit_line.wrong(
    "uphill",
    """It looks as if the line walks uphill. The step goes against the gradient. See 4.1.""",
)
def uphill_fit(x, y, lr, steps):
    w, b, losses = 0.0, 0.0, [np.mean(y**2)]
    for _ in range(steps):
        e = w * x + b - y
        w, b = w + lr * 2 * np.mean(e * x), b + lr * 2 * np.mean(e)
        losses.append(np.mean((w * x + b - y) ** 2))
    return w, b, losses


@fit_line.wrong(
    "first-loss-missing",
    """The losses lack the one at (0, 0), before any step: steps + 1 are asked for. See 4.2.""",
    spoils=("losses",),
)
def first_loss_missing(x, y, lr, steps):
    w, b, losses = right.fit_line(x, y, lr, steps)
    return w, b, losses[1:]


@fit_line.wrong(
    "last-loss-missing",
    """The losses lack the one after the last step: steps + 1 are asked for. See 4.2.""",
    spoils=("losses",),
)
def last_loss_missing(x, y, lr, steps):
    w, b, losses = right.fit_line(x, y, lr, steps)
    return w, b, losses[:-1]


@fit_line.wrong(
    "last-loss-only",
    """One number came back for losses. A list is asked for: the loss at the start and after each step. See 4.2.""",
    spoils=("losses",),
)
def last_loss_only(x, y, lr, steps):
    w, b, losses = right.fit_line(x, y, lr, steps)
    return w, b, losses[-1]


@fit_line.wrong(
    "loss-before-the-step",
    """Each later loss is one step old: it looks as if it is made of the residual from before the step. Work the
    prediction out anew after the step. See 4.2.""",
    spoils=("losses",),
)
def loss_before_step(x, y, lr, steps):
    w, b, losses = right.fit_line(x, y, lr, steps)
    return w, b, losses[:1] + losses[:-1] if steps else losses


@fit_line.wrong(
    "summed-losses",
    """The losses are N times too large. The loss of unit 01 is a mean. See 4.2.""",
    spoils=("losses",),
)
def summed_losses(x, y, lr, steps):
    w, b, losses = right.fit_line(x, y, lr, steps)
    return w, b, [loss * len(x) for loss in losses]


@fit_line.wrong(
    "sequential-update",
    """It looks as if w moves before db is measured, so that the two slopes are taken at different points.
    Measure both slopes at the same point, then move both. See 4.2, "one point, one gradient".""",
)
def sequential(x, y, lr, steps):
    w, b, losses = 0.0, 0.0, [np.mean(y**2)]
    for _ in range(steps):
        w = w - lr * 2 * np.mean((w * x + b - y) * x)
        b = b - lr * 2 * np.mean(w * x + b - y)
        losses.append(np.mean((w * x + b - y) ** 2))
    return w, b, losses


@fit_line.wrong(
    "gradient-not-renewed",
    """It looks as if the gradient is measured once, at (0, 0), and used for every step. It belongs to one point: after
    each step it must be measured anew. See 4.2.""",
)
def not_renewed(x, y, lr, steps):
    dw, db = -2 * np.mean(x * y), -2 * np.mean(y)
    ws, bs = -lr * dw * np.arange(steps + 1), -lr * db * np.arange(steps + 1)
    return ws[-1], bs[-1], [np.mean((w * x + b - y) ** 2) for w, b in zip(ws, bs)]


@fit_line.wrong(
    "b-never-moves",
    """It looks as if only w takes steps, and b stays 0. See 4.2.""",
)
def b_never_moves(x, y, lr, steps):
    w, losses = 0.0, [np.mean(y**2)]
    for _ in range(steps):
        w = w - lr * 2 * np.mean((w * x - y) * x)
        losses.append(np.mean((w * x - y) ** 2))
    return w, 0.0, losses


@fit_line.wrong(
    "one-step-too-many",
    """It looks as if one step more is taken. Does the step come after the last loss too? See 4.2.""",
    spoils=("w", "b"),
)
def one_too_many(x, y, lr, steps):
    w, b, _ = right.fit_line(x, y, lr, steps + 1)
    return w, b, right.fit_line(x, y, lr, steps)[2]


@fit_line.wrong(
    "one-step-short",
    """It looks as if one step is missing: range(1, steps) and range(steps - 1) both take steps − 1. See 4.2.""",
)
def one_short(x, y, lr, steps):
    return right.fit_line(x, y, lr, steps - 1) if steps else (0.0, 0.0, [np.mean(y**2)])


@fit_line.wrong(
    "other-start",
    """It looks as if the start is (1, 1). Start from w = 0 and b = 0. See 4.2.""",
)
def other_start(x, y, lr, steps):
    w, b = 1.0, 1.0
    losses = [np.mean((w * x + b - y) ** 2)]
    for _ in range(steps):
        e = w * x + b - y
        w, b = w - lr * 2 * np.mean(e * x), b - lr * 2 * np.mean(e)
        losses.append(np.mean((w * x + b - y) ** 2))
    return w, b, losses


@fit_line.wrong(
    "best-line-at-once",
    """This is the best line, where the descent is heading. Asked for is where it stands after so many steps.
    See 4.2.""",
    spoils=("w", "b"),
)
def best_at_once(x, y, lr, steps):
    if not steps:
        return right.fit_line(x, y, lr, steps)
    w, b = np.polyfit(x, y, 1)
    return w, b, right.fit_line(x, y, lr, steps)[2]


@fit_line.wrong(
    "step-thrown-away",
    """It looks as if w and b stay 0. gd_step returns new values: put them back, in w and b. See 4.2.""",
)
def thrown_away(x, y, lr, steps):
    return 0.0, 0.0, (steps + 1) * [np.mean(y**2)]


@fit_line.wrong(
    "w-and-b-change-places",
    """It looks as if w and b change places at each step: gd_step returns the new values in the order of params.
    See 4.2.""",
)
def change_places(x, y, lr, steps):
    w, b, losses = 0.0, 0.0, [np.mean(y**2)]
    for _ in range(steps):
        b, w = right.gd_step([w, b], right.line_grad(x, y, w, b), lr)
        losses.append(np.mean((w * x + b - y) ** 2))
    return w, b, losses


@fit_line.wrong(
    "returned-from-the-loop",
    """It looks as if only one step is taken: does return stand inside the loop? It must come after it. See 4.2.""",
)
def from_the_loop(x, y, lr, steps):
    w, b, losses = 0.0, 0.0, [np.mean(y**2)]
    for _ in range(steps):
        w, b = right.gd_step([w, b], right.line_grad(x, y, w, b), lr)
        losses.append(np.mean((w * x + b - y) ** 2))
        return w, b, losses
    return w, b, losses


@fit_line.wrong(
    "appended-after-the-loop",
    """losses holds the first loss and the last one. It looks as if append stands after the loop: it belongs inside, so
    that each step leaves its loss. See 4.2.""",
    spoils=("losses",),
)
def after_the_loop(x, y, lr, steps):
    w, b, losses = right.fit_line(x, y, lr, steps)
    return w, b, [losses[0], losses[-1]] if steps else losses


@fit_line.wrong(
    "losses-made-anew",
    """losses holds the last loss only. Is the list made anew in each round? Make it once, before the loop.
    See 4.2.""",
    spoils=("losses",),
)
def made_anew(x, y, lr, steps):
    w, b, losses = right.fit_line(x, y, lr, steps)
    return w, b, losses[-1:]


@fit_line.wrong(
    "losses-of-the-last-step",
    """losses holds the two losses around the last step. Is the list made anew in each round? Make it once, before the
    loop. See 4.2.""",
    spoils=("losses",),
)
def around_the_last_step(x, y, lr, steps):
    w, b, losses = right.fit_line(x, y, lr, steps)
    return w, b, losses[-2:]


@fit_line.wrong(
    "best-seen",
    """It looks as if the w and b with the lowest loss so far come back. Asked for are those after the last step, even
    where the loss grows. See 4.2.""",
    spoils=("w", "b"),
)
def best_seen(x, y, lr, steps):
    losses = right.fit_line(x, y, lr, steps)[2]
    w, b, _ = right.fit_line(x, y, lr, int(np.argmin(losses)))
    return w, b, losses


@fit_line.unusual
def by_matrix(x, y, lr, steps):
    X = np.stack([x, np.ones(len(x))], axis=1)
    theta, losses = np.zeros(2), []
    for k in range(steps + 1):
        residual = X @ theta - y
        losses.append(residual @ residual / len(x))
        if k < steps:
            theta = theta - lr * 2 / len(x) * residual @ X
    return theta[0], theta[1], np.array(losses)


@fit_line.unusual
def closed_form(x, y, lr, steps):
    X = np.column_stack([x, np.ones(len(x))])
    values, vectors = np.linalg.eigh(2 * X.T @ X / len(x))
    best = np.linalg.lstsq(X, y, rcond=None)[0]
    powers = (1 - lr * values) ** np.arange(steps + 1)[:, None]
    thetas = best - (powers * (vectors.T @ best)) @ vectors.T
    return [*thetas[-1], ((thetas @ X.T - y) ** 2).mean(axis=1)]


@fit_line.unusual
def recursive(x, y, lr, steps):
    if steps == 0:
        return 0.0, 0.0, [np.mean(np.square(y))]
    w, b, losses = recursive(x, y, lr, steps - 1)
    w, b = right.gd_step([w, b], right.line_grad(x, y, w, b), lr)
    return w, b, [*losses, np.mean((w * x + b - y) ** 2)]


@fit_line.unusual
def with_plain_floats(x, y, lr, steps):
    pairs = list(zip(x.tolist(), y.tolist()))
    n, w, b, losses = len(pairs), 0.0, 0.0, []
    for k in range(steps + 1):
        losses += [sum((w * u + b - v) ** 2 for u, v in pairs) / n]
        if k == steps:
            break
        dw = sum(2 * (w * u + b - v) * u for u, v in pairs) / n
        db = sum(2 * (w * u + b - v) for u, v in pairs) / n
        w, b = w - lr * dw, b - lr * db
    return w, b, losses


# ---- momentum_step

momentum_step = Exercise(
    "momentum_step",
    outputs=("params", "velocity"),
    care=("unchanged", "float32", "views"),
    stages=((("velocity",), "Look at the velocity first; the parameters follow from it."), (("params",), "")),
)


@momentum_step.draw
def moving(rng):
    params, grads = mixed(rng)
    velocity = [_entry(rng, np.shape(p)) for p in params]
    return dict(
        params=params,
        grads=grads,
        velocity=velocity,
        lr=float(rng.uniform(0.05, 0.4)),
        beta=float(rng.uniform(0.6, 0.95)),
    )


@momentum_step.draw(times=1, care="a first step from rest")
def from_rest(rng):
    params, grads = mixed(rng)
    return dict(params=params, grads=grads, velocity=[np.zeros(np.shape(p)) for p in params], lr=0.1, beta=0.9)


@momentum_step.wrong(
    "average-convention",
    """This is v ← β·v + (1 − β)·g, a running average: a convention of other texts, with steps 1 − β times as
    long. Here v ← β·v + g. See 4.4, "Three conventions".""",
)
def average_convention(params, grads, velocity, lr, beta):
    new = [beta * v + (1 - beta) * g for v, g in zip(velocity, grads)]
    return [p - lr * v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "rate-inside",
    """This is v ← β·v − lr·g with p ← p + v: a convention of other texts, in which v is the step itself. Here v holds
    gradients, and lr stands in p ← p − lr·v. See 4.4, "Three conventions".""",
)
def rate_inside(params, grads, velocity, lr, beta):
    new = [beta * v - lr * g for v, g in zip(velocity, grads)]
    return [p + v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "rate-inside-positive",
    """This is v ← β·v + lr·g with p ← p − v: a convention of other texts, with the rate inside the velocity.
    Here v ← β·v + g, and lr stands in p ← p − lr·v. See 4.4, "Three conventions".""",
)
def rate_inside_positive(params, grads, velocity, lr, beta):
    new = [beta * v + lr * g for v, g in zip(velocity, grads)]
    return [p - v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "nesterov",
    """The step is Nesterov's, p − lr·(g + β·v). Asked for is p ← p − lr·v with the new v. See 4.4.""",
    spoils=("params",),
)
def nesterov(params, grads, velocity, lr, beta):
    new = [beta * v + g for v, g in zip(velocity, grads)]
    return [p - lr * (g + beta * v) for p, g, v in zip(params, grads, new)], new


@momentum_step.wrong(
    "old-velocity",
    """It looks as if the parameters moved with the old velocity. Renew v first, then step with it. See 4.4.""",
    spoils=("params",),
)
def old_velocity(params, grads, velocity, lr, beta):
    new = [beta * v + g for v, g in zip(velocity, grads)]
    return [p - lr * v for p, v in zip(params, velocity)], new


@momentum_step.wrong(
    "plain-step",
    """It looks as if the parameters moved with the gradient alone, as in gd_step. Step with v. See 4.4.""",
    spoils=("params",),
)
def plain_step(params, grads, velocity, lr, beta):
    new = [beta * v + g for v, g in zip(velocity, grads)]
    return [p - lr * g for p, g in zip(params, grads)], new


@momentum_step.wrong(
    "velocity-not-kept",
    """The velocity comes back as it was, so the next step would know nothing of this one.
    Return the new velocity. See 4.4.""",
    spoils=("velocity",),
)
def velocity_not_kept(params, grads, velocity, lr, beta):
    return right.momentum_step(params, grads, velocity, lr, beta)[0], velocity


@momentum_step.wrong(
    "velocity-forgotten",
    """It looks as if the velocity is the gradient alone: the old velocity, times beta, is missing. See 4.4.""",
)
def velocity_forgotten(params, grads, velocity, lr, beta):
    return [p - lr * g for p, g in zip(params, grads)], grads


@momentum_step.wrong(
    "beta-missing",
    """It looks as if v ← v + g: without beta nothing is ever forgotten, and v grows for ever. See 4.4.""",
)
def beta_missing(params, grads, velocity, lr, beta):
    new = [v + g for v, g in zip(velocity, grads)]
    return [p - lr * v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "gradient-taken-away",
    """It looks as if v ← β·v − g. Here the gradient is added to v; the minus stands in p ← p − lr·v. See 4.4.""",
)
def gradient_taken_away(params, grads, velocity, lr, beta):
    new = [beta * v - g for v, g in zip(velocity, grads)]
    return [p - lr * v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "beta-written-in",
    """It looks as if 0.9 is written where beta should stand. beta is an argument: each draw has its own. See 4.4.""",
)
def beta_written_in(params, grads, velocity, lr, beta):
    new = [0.9 * v + g for v, g in zip(velocity, grads)]
    return [p - lr * v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "minus-equals-on-a-number",
    """It looks as if the velocity of each array is renewed and that of the single number is not: *= and +=
    write into an array, but only give a new value to the name of a number. Append β·v + g to a new list. See 4.4.""",
)
def into_names(params, grads, velocity, lr, beta):
    for v, g in zip(velocity, grads):
        v *= beta
        v += g
    return right.gd_step(params, velocity, lr), velocity


@momentum_step.wrong(
    "beta-on-the-gradient",
    """It looks as if beta multiplies the gradient. It is the old velocity that fades by beta; the gradient comes in
    whole. See 4.4.""",
)
def beta_on_gradient(params, grads, velocity, lr, beta):
    new = [v + beta * g for v, g in zip(velocity, grads)]
    return [p - lr * v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "beta-on-both",
    """It looks as if beta multiplies the sum: v ← β·(v + g). The new gradient comes in whole. See 4.4.""",
)
def beta_on_both(params, grads, velocity, lr, beta):
    new = [beta * (v + g) for v, g in zip(velocity, grads)]
    return [p - lr * v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "uphill",
    """The step goes uphill. It is p ← p − lr·v. See 4.4.""",
    spoils=("params",),
)
def uphill_momentum(params, grads, velocity, lr, beta):
    new = [beta * v + g for v, g in zip(velocity, grads)]
    return [p + lr * v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "rate-missing",
    """The learning rate is missing in the step. It is p ← p − lr·v. See 4.4.""",
    spoils=("params",),
)
def rate_missing_momentum(params, grads, velocity, lr, beta):
    new = [beta * v + g for v, g in zip(velocity, grads)]
    return [p - v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "written-into-inputs",
    """*=, += and -= on an array write into the caller's velocity and parameters. Build new arrays: β·v + g, and so on.
    See 4.4.""",
    fails=("unchanged", "views"),
)
def written_into_inputs(params, grads, velocity, lr, beta):
    new_params, new_velocity = [], []
    for p, g, v in zip(params, grads, velocity):
        v *= beta
        v += g
        p -= lr * v
        new_params.append(p)
        new_velocity.append(v)
    return new_params, new_velocity


@momentum_step.unusual
def in_one_loop(params, grads, velocity, lr, beta):
    pairs = []
    for p, g, v in zip(params, grads, velocity):
        pairs.append((p - lr * beta * v - lr * g, g + v * beta))
    moved, new = zip(*pairs)
    return moved, new


@momentum_step.unusual
def with_gd_step(params, grads, velocity, lr, beta):
    velocity = right.gd_step(grads, velocity, -beta)
    return right.gd_step(params, velocity, lr), velocity


@momentum_step.unusual
def as_a_dict(params, grads, velocity, lr, beta):
    copies = [np.array(v, dtype=float) for v in velocity]
    for v, g in zip(copies, grads):
        v *= beta
        v += g
    return {"velocity": copies, "params": [np.subtract(p, lr * v) for p, v in zip(params, copies)]}


@momentum_step.unusual
def rate_inside_and_taken_out(params, grads, velocity, lr, beta):
    steps = [-lr * beta * np.asarray(v) - lr * np.asarray(g) for v, g in zip(velocity, grads)]
    return [p + s for p, s in zip(params, steps)], [-s / lr for s in steps]


# ---- best_of_restarts

best_of_restarts = Exercise("best_of_restarts", care=("unchanged",), tolerance=1e-5)


def _valleys(tilt):
    return Named("two_valleys", tilt=tilt), Named("two_valleys_slope", tilt=tilt)


@best_of_restarts.draw(times=1)
def left_is_deeper(rng):
    f, df = _valleys(float(rng.uniform(0.2, 0.35)))
    starts = [float(rng.uniform(1.2, 1.4)), float(rng.uniform(-0.4, -0.2)), float(rng.uniform(-0.7, -0.5)), 1.0]
    return dict(f=f, df=df, starts=starts, lr=float(rng.uniform(0.06, 0.09)), steps=int(rng.integers(7, 11)))


@best_of_restarts.draw(times=1)
def right_is_deeper(rng):
    f, df = _valleys(-float(rng.uniform(0.2, 0.35)))
    starts = [-1.0, float(rng.uniform(-1.4, -1.2)), float(rng.uniform(0.4, 0.6)), float(rng.uniform(-1.0, -0.8))]
    return dict(f=f, df=df, starts=starts, lr=float(rng.uniform(0.06, 0.09)), steps=int(rng.integers(10, 14)))


@best_of_restarts.draw(times=1)
def several_valleys(rng):
    f, df = (Named(name, depth=1.0) for name in ("wavy_bowl", "wavy_bowl_slope"))
    starts = [float(rng.uniform(2.2, 2.4)), 5.0, float(rng.uniform(-0.15, -0.05)), float(rng.uniform(-3.5, -3.3))]
    return dict(f=f, df=df, starts=starts, lr=float(rng.uniform(0.05, 0.08)), steps=int(rng.integers(9, 14)))


@best_of_restarts.draw(times=1)
def a_rate_that_oversteps(rng):
    f, df = _valleys(0.3)
    starts = [1.2, float(rng.uniform(-1.47, -1.45)), float(rng.uniform(1.6, 1.7))]
    return dict(f=f, df=df, starts=starts, lr=0.5, steps=5)


@best_of_restarts.draw(times=1)
def ends_above_the_first_start(rng):
    f, df = _valleys(0.3)
    starts = [float(rng.uniform(-1.466, -1.462)), 1.2, float(rng.uniform(-1.476, -1.474)), 1.65]
    return dict(f=f, df=df, starts=starts, lr=0.5, steps=5)


@best_of_restarts.draw(times=1)
def all_ends_above_zero(rng):
    f, df = (Named(name, depth=1.0) for name in ("wavy_bowl", "wavy_bowl_slope"))
    starts = [float(rng.uniform(4.8, 5.0)), float(rng.uniform(-3.5, -3.3)), float(rng.uniform(5.5, 5.7))]
    return dict(f=f, df=df, starts=starts, lr=float(rng.uniform(0.05, 0.08)), steps=int(rng.integers(9, 14)))


@best_of_restarts.draw(times=1, care="one start")
def one_start(rng):
    f, df = _valleys(0.3)
    return dict(f=f, df=df, starts=[float(rng.uniform(1.6, 2.0))], lr=0.05, steps=6)


@best_of_restarts.draw(times=1, care="no steps")
def no_restart_steps(rng):
    f, df = _valleys(0.3)
    return dict(f=f, df=df, starts=[0.1, float(rng.uniform(-1.3, -1.1)), 1.4], lr=0.05, steps=0)


def _descend(df, x, lr, steps):
    for _ in range(steps):
        x = x - lr * df(x)
    return x


@best_of_restarts.wrong(
    "best-start",
    """It looks as if the start with the lowest f was chosen first, and only that one walked. A low start can lie in the
    shallow valley: let each start walk, then compare the ends. See 4.5.""",
)
def best_start(f, df, starts, lr, steps):
    return _descend(df, min(starts, key=f), lr, steps)


@best_of_restarts.wrong(
    "height-for-place",
    """This is the lowest f, the height. Asked for is the x where it lies. See 4.5.""",
)
def height(f, df, starts, lr, steps):
    return min(f(_descend(df, x, lr, steps)) for x in starts)


@best_of_restarts.wrong(
    "start-for-end",
    """This is the start of the best descent. Asked for is the x where that descent ends. See 4.5.""",
)
def start_for_end(f, df, starts, lr, steps):
    return min(starts, key=lambda x: f(_descend(df, x, lr, steps)))


@best_of_restarts.wrong(
    "lowest-x",
    """This is the end with the smallest x. Asked for is the end where f is smallest: min(ends) compares the wrong
    numbers. See 4.5.""",
)
def lowest_x(f, df, starts, lr, steps):
    return min(_descend(df, x, lr, steps) for x in starts)


@best_of_restarts.wrong(
    "highest",
    """This is the end with the highest f. The lowest is asked for. See 4.5.""",
)
def highest(f, df, starts, lr, steps):
    return max((_descend(df, x, lr, steps) for x in starts), key=f)


@best_of_restarts.wrong(
    "last-end",
    """This is the end of the last descent, whatever its height. Keep the best end so far, and compare. See 4.5.""",
)
def last_end(f, df, starts, lr, steps):
    return [_descend(df, x, lr, steps) for x in starts][-1]


@best_of_restarts.wrong(
    "first-end",
    """This is the end of the first descent only. Does return stand inside the loop over starts? See 4.5.""",
)
def first_end(f, df, starts, lr, steps):
    return _descend(df, starts[0], lr, steps)


@best_of_restarts.wrong(
    "walks-on",
    """It looks as if each descent begins where the last one ended, and not at its own start. See 4.5.""",
)
def walks_on(f, df, starts, lr, steps):
    x, ends = starts[0], []
    for _ in starts:
        x = _descend(df, x, lr, steps)
        ends.append(x)
    return min(ends, key=f)


@best_of_restarts.wrong(
    "lowest-on-the-way",
    """This is the lowest point seen on the way. Asked for is where the best descent ends; with a large rate the end
    can lie higher. See 4.5.""",
)
def on_the_way(f, df, starts, lr, steps):
    return min((_descend(df, x, lr, k) for x in starts for k in range(steps + 1)), key=f)


@best_of_restarts.wrong(
    "zero-among-the-ends",
    """It looks as if the search for the best begins at best = 0, a place where no descent ended, and here f is low
    there. Begin with the first end, or with None. See 4.5.""",
)
def zero_among_the_ends(f, df, starts, lr, steps):
    return min([0.0, *(_descend(df, x, lr, steps) for x in starts)], key=f)


@best_of_restarts.wrong(
    "start-among-the-ends",
    """It looks as if the search for the best begins at the first start, where no descent ended. Begin with the first
    end, or with None. See 4.5.""",
)
def start_among_the_ends(f, df, starts, lr, steps):
    return min([starts[0], *(_descend(df, x, lr, steps) for x in starts)], key=f)


@best_of_restarts.wrong(
    "index-for-place",
    """This is the number of the best end in the list. Asked for is that end itself, an x. See 4.5.""",
)
def index(f, df, starts, lr, steps):
    return int(np.argmin([f(_descend(df, x, lr, steps)) for x in starts]))


@best_of_restarts.wrong(
    "from-the-start-each-time",
    """It looks as if each step is taken from the start again, so that only one counts. The next step begins where
    the last one ended, and the slope is measured there. See 4.5.""",
)
def from_the_start(f, df, starts, lr, steps):
    return min((_descend(df, x, lr, min(steps, 1)) for x in starts), key=f)


@best_of_restarts.wrong(
    "slope-not-renewed",
    """It looks as if the slope is measured once, at the start, and used for every step. After each step it must be
    measured anew. See 4.5.""",
)
def slope_not_renewed(f, df, starts, lr, steps):
    return min((x - steps * lr * df(x) for x in starts), key=f)


@best_of_restarts.wrong(
    "uphill",
    """Each descent walks uphill, to a hilltop or away to infinity. Is it minus lr times df? See 4.1.""",
)
def uphill_restarts(f, df, starts, lr, steps):
    return min((_descend(df, x, -lr, steps) for x in starts), key=f)


@best_of_restarts.wrong(
    "height-for-slope",
    """It looks as if x moves by lr·f(x). The step is lr times the slope, df(x). See 4.1.""",
)
def height_for_slope(f, df, starts, lr, steps):
    return min((_descend(f, x, lr, steps) for x in starts), key=f)


@best_of_restarts.wrong(
    "lowest-after-a-step",
    """This is the lowest of the points after each step. Asked for is where the best descent ends; with a large rate
    the end can lie higher. See 4.5.""",
)
def after_a_step(f, df, starts, lr, steps):
    return min((_descend(df, x, lr, k) for x in starts for k in range(min(steps, 1), steps + 1)), key=f)


@best_of_restarts.wrong(
    "compared-before-the-step",
    """It looks as if heights are compared before each step, so that no end is ever seen. Compare the ends, after the
    loop over the steps. See 4.5.""",
)
def before_the_step(f, df, starts, lr, steps):
    return min((_descend(df, x, lr, k) for x in starts for k in range(max(steps, 1))), key=f)


@best_of_restarts.wrong(
    "mean-of-ends",
    """It looks as if the ends were averaged. Between two valleys lies a hill: choose one of the ends. See 4.5.""",
)
def mean_of_ends(f, df, starts, lr, steps):
    return np.mean([_descend(df, x, lr, steps) for x in starts])


@best_of_restarts.wrong(
    "flattest",
    """This is the end with the smallest slope. A flat place can be high up: compare f at the ends. See 4.5.""",
)
def flattest(f, df, starts, lr, steps):
    return min((_descend(df, x, lr, steps) for x in starts), key=lambda x: abs(df(x)))


@best_of_restarts.wrong(
    "one-step-short",
    """It looks as if each descent is one step short. range(1, steps) and range(steps - 1) take steps − 1 of them.""",
)
def one_step_short(f, df, starts, lr, steps):
    return min((_descend(df, x, lr, steps - 1) for x in starts), key=f)


@best_of_restarts.wrong(
    "written-into-starts",
    """It writes into the list of starts. The caller still needs it: use a variable of your own.""",
    fails="unchanged",
)
def written_into_starts(f, df, starts, lr, steps):
    for k in range(len(starts)):
        for _ in range(steps):
            starts[k] -= lr * df(starts[k])
    return min(starts, key=f)


@best_of_restarts.unusual
def by_sorting_pairs(f, df, starts, lr, steps):
    ends = []
    for x in starts:
        for _ in range(steps):
            (x,) = right.gd_step([x], [df(x)], lr)
        ends.append((f(x), x))
    return sorted(ends)[0][1]


@best_of_restarts.unusual
def by_columns(f, df, starts, lr, steps):
    x = np.array(starts, dtype=float)
    slopes, heights = np.vectorize(df), np.vectorize(f)
    for _ in range(steps):
        x = x - lr * slopes(x)
    return x[np.argmin(heights(x))]


@best_of_restarts.unusual
def by_recursion(f, df, starts, lr, steps):
    def walk(x, left):
        return x if left == 0 else walk(x - lr * df(x), left - 1)

    best = None
    for start in reversed(starts):
        end = walk(start, steps)
        if best is None or f(end) <= f(best):
            best = end
    return np.array(best)


# ---- product_step, the bug hunt

product_step = Exercise("product_step")


@product_step.draw(times=4)
def two_factors(rng):
    u, v = rng.uniform(0.4, 1.6, size=2).tolist()
    return dict(u=u, v=v, target=float(rng.uniform(2, 4)), lr=float(rng.uniform(0.03, 0.15)))


@product_step.wrong(
    "sequential-update",
    """u is right and v is not: v's slope is measured with the new u. Both slopes belong to the point where the step
    begins; measure both, then move both. See 4.2, "one point, one gradient".""",
)
def sequential_product(u, v, target, lr):
    u = u - lr * 2 * (u * v - target) * v
    v = v - lr * 2 * (u * v - target) * u
    return u, v


@product_step.wrong(
    "sequential-the-other-way",
    """v is right and u is not: now v moves first, and u's slope is measured with the new v. Changing the order moves
    the mistake; measure both slopes, then move both. See 4.2, "one point, one gradient".""",
)
def sequential_v_first(u, v, target, lr):
    v = v - lr * 2 * (u * v - target) * u
    u = u - lr * 2 * (u * v - target) * v
    return u, v


@product_step.wrong(
    "half-mended",
    """It looks as if the residual is kept from before the step, and the slope of v is still multiplied with the new u.
    Every part of both slopes belongs to the point where the step begins.""",
)
def half_mended(u, v, target, lr):
    e = u * v - target
    u = u - lr * 2 * e * v
    v = v - lr * 2 * e * u
    return u, v


@product_step.wrong(
    "new-u-in-the-bracket",
    """The last factor is the old u, but the new u still stands inside the bracket. Keep the residual from before the
    step as well.""",
)
def new_in_bracket(u, v, target, lr):
    new = u - lr * 2 * (u * v - target) * v
    return new, v - lr * 2 * (new * v - target) * u


@product_step.wrong(
    "own-factor",
    """It looks as if u's slope is multiplied with u, and v's with v. A product swaps the partners: a nudge of u
    moves u·v by v. See 3.1 of unit 03.""",
)
def own_factor(u, v, target, lr):
    e = u * v - target
    return u - lr * 2 * e * u, v - lr * 2 * e * v


@product_step.wrong(
    "uphill",
    """Both moved away from the target: the step goes against the slope. See 4.1.""",
)
def uphill_product(u, v, target, lr):
    e = u * v - target
    return u + lr * 2 * e * v, v + lr * 2 * e * u


@product_step.wrong(
    "factor-2-missing",
    """Both steps are half as long as they should be: the derivative of e² is 2e.""",
)
def half_product(u, v, target, lr):
    e = u * v - target
    return u - lr * e * v, v - lr * e * u


@product_step.wrong(
    "swapped",
    """These are the right values in the other order. Return u first, then v.""",
)
def swapped_product(u, v, target, lr):
    return right.product_step(u, v, target, lr)[::-1]


@product_step.wrong(
    "slopes-only",
    """These are the two slopes. Asked for is where u and v stand after the step.""",
)
def slopes_only(u, v, target, lr):
    e = u * v - target
    return 2 * e * v, 2 * e * u


@product_step.unusual
def both_at_once(u, v, target, lr):
    return np.array([u, v]) - 2 * lr * (u * v - target) * np.array([v, u])


@product_step.unusual
def undone_and_redone(u, v, target, lr):
    new_u = u - lr * 2 * (u * v - target) * v
    v -= lr * 2 * (u * v - target) * u
    return [new_u, v]


@product_step.unusual
def by_helper(u, v, target, lr):
    def slope(of, partner):
        h = 1e-20
        return (((of + 1j * h) * partner - target) ** 2).imag / h

    return right.gd_step([u, v], [slope(u, v), slope(v, u)], lr)


# ---- questions

FASTER = "So far a larger rate was faster. But 2/20 = 0.1 is the limit: what does 1 − lr·20 do to y near it?"
NEAR = "That is near. Each step multiplies y by −0.96, so the loss in y is 10·0.96²ⁿ after n steps: when is it 0.01?"

questions = [
    Question(
        "u04-last-row",
        answer=-5.64,
        tolerance=0.002,
        why="2/3 · (−0.48 − 1.625 − 6.355) = −5.64. In the same way db = 2/3 · (−2.6) = −1.7333.",
        hints={
            -6.355: "That is the missing number. dw is a slope of the whole loss: all three rows play a part.",
            -8.46: "That is the sum of the three rows. The derivative of a mean of three squares has 2/3 before it.",
            -2.82: "The derivative of e² is 2e: the factor 2 is missing.",
            -16.92: "This is twice the sum: divide by the number of points, since the loss is a mean.",
            -11.28: "This is twice too much: is the factor 2 counted twice?",
            -4.2367: "That is the slope of the last point alone, shared by three. Add the other two rows.",
            -12.71: "That is the slope of the last point's square alone. The loss is the mean over three points.",
            -5.6: "Close: keep four decimals.",
            5.64: "The sign: each residual e = wx + b − y is negative here, so the line lies too low.",
            -1.7333: "That is db. For dw each residual is multiplied with its x.",
        },
        otherwise="Make the last e·x first: −1.55 times 4.1. Then read the formula below the table, for three points.",
    ),
    Question(
        "u04-rate",
        answer=85,
        tolerance=0.05,
        why="At 0.098 each step multiplies y by 1 − 0.098·20 = −0.96: it changes side and loses only 4 % of its size.",
        hints={
            **dict.fromkeys((10, 15, 20, 25, 28, 30, 33, 34), FASTER),
            36: "That is the count at 0.09. Compute 1 − lr·20 for 0.09 and for 0.098: how fast does each die out?",
            41: "That is the count at 0.08. Compute 1 − lr·20 for 0.08 and for 0.098: how fast does each die out?",
            **dict.fromkeys((78, 92), NEAR),
            166: "That is the count at 0.02. Compute 1 − lr·20 for 0.098: how fast does y die out?",
        },
        otherwise="0.098 is below the limit 2/20 = 0.1, so it does arrive. "
        "Compute 1 − 20·0.098: each step multiplies y by it, and the loss in y begins at 10.",
    ),
    Question(
        "u04-ravine",
        answer="c",
        why="w is at 21 and b still near 0. Along the floor, halving what is left takes 3.6 million steps.",
        hints={
            "a": "That holds for the standardised data, where w and b need the same rate.",
            "b": "The rate is below the limit 2/81,169 = 2.46e-5, so nothing grows.",
        },
        otherwise="Compare the rate with the limit across the ravine, in 4.3.",
    ),
    Question(
        "u04-momentum",
        answer="b",
        why="Until the loss stays below 0.01: 66 steps with 0, 29 with 0.5, 71 with 0.9, which rolls past and back.",
        hints={
            "a": "A heavy ball is fast, and it is also slow to stop.",
            "c": "With beta 0.5 the path needs less than half of those steps.",
        },
        otherwise="Read the table of 4.4: what does a constant slope add up to?",
    ),
    Question(
        "u04-cycle",
        answer="b",
        why="The first wide step, 0.5, jumps the hill to −1.074; the short ones settle in the deeper valley at −1.484.",
        hints={
            "a": "Work out the first step: the slope at 2.2 is 6.548, and the rate is 0.5. Where does x land?",
            "c": "A rate that stays 0.5 does that. Here two shorter steps follow each wide one.",
        },
        otherwise="Work out the first step: the slope at 2.2 is 6.548, and the rate is 0.5. Where does x land?",
    ),
    Question(
        "u04-bug",
        answer="c",
        why="From (0.5, 0.5) u and v must stay equal, and they do not: v's slope was measured after u had moved.",
        hints={
            "a": "The signs are right: u·v = 0.25 is below 1, and both grow.",
            "b": "The partner is right: u's slope has v in it, since a nudge of u moves u·v by v.",
        },
        otherwise='Work both lines out by hand from u = v = 0.5, and read 4.2, "one point, one gradient".',
    ),
]
