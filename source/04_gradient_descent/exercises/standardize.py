"""standardize: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Numbers, RightAnswers

right = RightAnswers(__file__)

standardize = Exercise("standardize", care=("unchanged", "float32", "views"), sizes={"N": ("x", 0)})


@standardize.draw(times=2)
def one_column(rng):
    return dict(x=rng.normal(rng.uniform(20, 200), rng.uniform(2, 14), size=9))


@standardize.draw(times=2)
def several_columns(rng):
    n, d = rng.permutation([11, 7, 5])[:2]
    return dict(x=rng.normal(rng.uniform(-50, 200, size=d), rng.uniform(2, 14, size=d), size=(n, d)))


@standardize.draw(times=1, care="a mean far from zero")
def far_away(rng):
    return dict(x=rng.normal(2e7, 3.0, size=(9, 2)))


standardize.corners(
    x=Numbers("ND"),
    without={
        "equal sizes": "two rows become 1 and -1 whatever they are; three are drawn below",
        "zeros": "no column is constant, says the text",
        "size one": "a single row is a constant column; one column is drawn below",
        "tiny values": "adding 1e-8 to the standard deviation is a habit that the text does not forbid",
    },
)


@standardize.corners.at("equal sizes")
def as_many_rows_as_columns(rng):
    """The middle number of the first column is its mean, exactly, and the mean of the second one is 0."""
    x = rng.normal(50, 5, size=(3, 3)).round(1)
    x[:, 0], x[:, 1] = rng.permutation([48.0, 50.0, 52.0]), rng.permutation([-2.0, -1.0, 3.0])
    return dict(x=x)


@standardize.corners.at("size one")
def a_single_column(rng):
    return dict(x=rng.normal(50, 5, size=(4, 1)).round(1))


@standardize.corners.at("large values")
def one_outlier(rng):
    """Further out than three standard deviations, where some clip."""
    return dict(x=np.append(rng.normal(0, 0.2, size=23).round(1), 12.0))


standardize.wrong(
    "only-centred",
    "The mean is gone; the spread is still that of x. Divide by the standard deviation as well. See 4.3.",
    lambda x: x - x.mean(axis=0),
)

standardize.wrong(
    "not-centred",
    "This divides by the standard deviation and keeps the mean. Take the mean away first. See 4.3.",
    lambda x: x / x.std(axis=0),
)

standardize.wrong(
    "variance-for-std",
    """It looks as if the variance was divided by. It has squared units (mm²), so the result is not free of units:
    divide by its square root. See 4.3.""",
    lambda x: (x - x.mean(axis=0)) / x.var(axis=0),
)

standardize.wrong(
    "sample-std",
    """It looks as if N − 1 was divided by in the standard deviation (ddof=1). Here it is N, so that the mean of the
    squared results is 1. See 4.3, "numpy's own default".""",
    lambda x: (x - x.mean(axis=0)) / x.std(axis=0, ddof=1),
)


@standardize.wrong(
    "norm-for-std",
    """The results are smaller by a factor √N: it looks as if the norm was divided by. The standard deviation is the
    root of the mean of the squares, not of their sum. See 4.3.""",
)
def norm_for_std(x):
    e = x - x.mean(axis=0)
    return e / np.sqrt((e**2).sum(axis=0))


standardize.wrong(
    "all-columns-together",
    """Right for one column; with several, it looks as if one mean and one standard deviation were taken over all
    entries. Each column has its own units, so each has its own mean: which axis are the examples on? See 4.3.""",
    lambda x: (x - x.mean()) / x.std(),
)

standardize.wrong(
    "rows-for-columns",
    """Right for one column; with several, it looks as if each row was standardised. Rows are examples: the mean of a
    column runs over axis 0. See 4.3.""",
    lambda x: (x - x.mean(axis=-1, keepdims=True)) / x.std(axis=-1, keepdims=True),
)

standardize.wrong(
    "one-std-for-all",
    "Each column has its own mean here, and all share one standard deviation. Each column needs its own. See 4.3.",
    lambda x: (x - x.mean(axis=0)) / x.std(),
)

standardize.wrong(
    "min-max",
    "This maps x to 0 … 1. That is another scaling: asked for is mean 0 and standard deviation 1. See 4.3.",
    lambda x: (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0)),
)

standardize.wrong(
    "range-for-std",
    """The mean is gone, and it looks as if the range, max − min, was divided by. That is another scaling: divide by the
    standard deviation. See 4.3.""",
    lambda x: (x - x.mean(axis=0)) / (x.max(axis=0) - x.min(axis=0)),
)

standardize.wrong(
    "division-first",
    """It looks as if mean/std was taken away from x: division binds tighter than subtraction. Put the difference
    in parentheses. See 4.3.""",
    lambda x: x - x.mean(axis=0) / x.std(axis=0),
)


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
