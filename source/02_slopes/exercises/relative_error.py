"""relative_error: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import ANY_SHAPE, Exercise, Numbers

ZEROS, TINY, NEAR = "arrays of zeros", "tiny arrays", "nearly equal arrays"

relative_error = Exercise("relative_error", care=("unchanged", "float32", "views"))


@relative_error.draw
def two_arrays(rng):
    shape = tuple(int(n) for n in rng.permutation([3, 5])[: rng.integers(1, 3)])
    a = rng.normal(size=shape) + 0.5
    return dict(a=a, b=rng.uniform(1.1, 1.6) * a + 0.5 * rng.normal(size=shape))


@relative_error.draw(times=1)
def three_axes(rng):
    return dict(a=-rng.uniform(1, 2, size=(2, 5, 3)), b=rng.uniform(-0.9, 0.9, size=(2, 5, 3)))


@relative_error.draw(times=1)
def each_sums_to_zero(rng):
    a, b = (rng.integers(1, 6, size=3).astype(float) for _ in range(2))
    return dict(a=np.append(a, -a.sum()), b=np.insert(-b, 0, b.sum()))


@relative_error.draw(times=1, care=ZEROS)
def both_zero(rng):
    return dict(a=np.zeros((2, 3)), b=np.zeros((2, 3)))


@relative_error.draw(times=1, care=ZEROS)
def one_zero(rng):
    return dict(a=np.zeros(4), b=rng.normal(size=4) + 2)


@relative_error.draw(times=1, care=TINY)
def tiny_and_opposite(rng):
    a = 1e-9 * rng.uniform(1, 2, size=(2, 3))
    return dict(a=a, b=-a)


@relative_error.draw(times=1, care=NEAR)
def nearly_equal(rng):
    a = rng.uniform(1, 2, size=5)
    return dict(a=a, b=a + 1e-6 * rng.normal(size=5))


@relative_error.draw(times=1, care=NEAR)
def still_nearer(rng):
    a = rng.uniform(1, 2, size=(3, 2))
    return dict(a=a, b=a + 1e-8 * rng.uniform(1, 2, size=(3, 2)))


CARED_FOR = {"zeros": "arrays of zeros are an aspect of care", "tiny values": "tiny arrays are an aspect of care"}
relative_error.corners(a=Numbers(ANY_SHAPE, CARED_FOR), b=Numbers(ANY_SHAPE, CARED_FOR))


@relative_error.corners.at("zeros")
def zeros_among_the_entries(rng):
    """Entries of a, of b, of both and of their difference."""
    return dict(a=np.array([0.0, 0.0, 3.0, 2.0]), b=np.array([0.0, float(rng.integers(1, 9)), 0.0, 2.0]))


@relative_error.corners.at("ties")
def two_alike(rng):
    a = rng.uniform(1, 9, size=3).round(1)
    return dict(a=a, b=a.copy())


relative_error.wrong(
    "absolute",
    """This is the length of the difference alone. Whether 0.001 is much depends on the size of a and b:
    divide by their lengths. See 2.3, "When are two slopes the same?".""",
    lambda a, b: np.linalg.norm(a - b),
)

relative_error.wrong(
    "over-the-larger",
    """Here the larger of the two lengths is below; the definition has the sum of both.
    See 2.3, "When are two slopes the same?".""",
    lambda a, b: np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b)),
)

relative_error.wrong(
    "over-b-only",
    """Only b is below. The definition treats both alike: the sum of both lengths.
    See 2.3, "When are two slopes the same?".""",
    lambda a, b: np.linalg.norm(a - b) / np.linalg.norm(b),
)

relative_error.wrong(
    "over-a-only",
    """Only a is below. The definition treats both alike: the sum of both lengths.
    See 2.3, "When are two slopes the same?".""",
    lambda a, b: np.linalg.norm(a - b) / np.linalg.norm(a),
)

relative_error.wrong(
    "length-of-the-sum",
    """It looks as if the arrays are added before the length is taken: where they differ in sign they cancel.
    Take each length, then add. See 2.3, "When are two slopes the same?".""",
    lambda a, b: np.linalg.norm(a - b) / np.linalg.norm(a + b),
)


@relative_error.wrong(
    "difference-of-lengths",
    """Two arrays of one length can point in quite different directions.
    Subtract the arrays first, then take the length. See 2.3, "When are two slopes the same?".""",
)
def difference_of_lengths(a, b):
    one, other = np.linalg.norm(a), np.linalg.norm(b)
    return abs(one - other) / (one + other)


relative_error.wrong(
    "brackets-missing",
    """Python divides before it adds, so only the first length is below the line. Put the sum in brackets.
    See 2.3, "When are two slopes the same?".""",
    lambda a, b: np.linalg.norm(a - b) / np.linalg.norm(a) + np.linalg.norm(b),
)

relative_error.wrong(
    "sum-above",
    """It looks as if the length of a + b is above the line: that is large where the two agree.
    Which array is all zeros when a and b are equal? See 2.3, "When are two slopes the same?".""",
    lambda a, b: np.linalg.norm(a + b) / (np.linalg.norm(a) + np.linalg.norm(b)),
)

relative_error.wrong(
    "largest-entries",
    """It looks as if the largest entries are compared. The length ‖a‖ is the root of the sum of all squared entries.
    See 2.3, "When are two slopes the same?".""",
    lambda a, b: np.max(np.abs(a - b)) / (np.max(np.abs(a)) + np.max(np.abs(b))),
)


@relative_error.wrong(
    "sums-taken-for-sizes",
    """Positive and negative entries cancel in a sum, so a sum of 0 doesn't mean an array of zeros.
    Ask whether the number below the line is 0. See 2.3, "When are two slopes the same?".""",
)
def sums_taken_for_sizes(a, b):
    if np.sum(a) + np.sum(b) == 0:
        return 0.0
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


relative_error.wrong(
    "root-missing",
    """These are squared lengths: the square root is missing. See 2.3, "When are two slopes the same?".""",
    lambda a, b: np.sum((a - b) ** 2) / (np.sum(a**2) + np.sum(b**2)),
)

relative_error.wrong(
    "sums-of-sizes",
    """It looks as if absolute values are added up. The length ‖a‖ is the root of the sum of squares.
    See 2.3, "When are two slopes the same?".""",
    lambda a, b: np.sum(np.abs(a - b)) / (np.sum(np.abs(a)) + np.sum(np.abs(b))),
)

relative_error.wrong(
    "worst-entry",
    """This is the relative error of the worst entry. Here the whole arrays are compared, by their lengths.
    See 2.3, "When are two slopes the same?".""",
    lambda a, b: np.max(np.abs(a - b) / (np.abs(a) + np.abs(b))),
)

relative_error.wrong(
    "mean-of-entries",
    """This is the mean of the relative errors of the entries, where tiny entries count as much as large ones.
    Here the whole arrays are compared, by their lengths. See 2.3, "When are two slopes the same?".""",
    lambda a, b: np.mean(np.abs(a - b) / (np.abs(a) + np.abs(b))),
)

relative_error.wrong(
    "entry-by-entry",
    """One number is asked for: the length of the whole difference, divided by the sum of the two lengths.
    See 2.3, "When are two slopes the same?".""",
    lambda a, b: np.abs(a - b) / (np.abs(a) + np.abs(b)),
)

relative_error.wrong(
    "zero-over-zero",
    """Two arrays of zeros agree, so the error is 0.0, and dividing 0 by 0 is not defined.
    One array of zeros beside another that is not is an error of 1. See 2.3, "When are two slopes the same?".""",
    lambda a, b: np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)),
    fails=ZEROS,
)

relative_error.wrong(
    "tiny-counts-as-zero",
    """Only two arrays of exact zeros have error 0.0; small arrays are compared like large ones.
    So nothing is added below the line, and no small number counts as zero.
    See 2.3, "When are two slopes the same?".""",
    lambda a, b: np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b) + 1e-8),
    fails=TINY,
)


@relative_error.wrong(
    "nearly-counts-as-equal",
    """Only equal arrays have error 0.0. Return the number however small it is: the reader decides what is small enough.
    See 2.3, "When are two slopes the same?".""",
    fails=NEAR,
)
def nearly_counts_as_equal(a, b):
    if np.allclose(a, b, atol=0):
        return 0.0
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


@relative_error.unusual
def by_hand(a, b):
    def length(v):
        return sum(float(entry) ** 2 for entry in np.ravel(v)) ** 0.5

    above, below = length(np.subtract(a, b)), length(a) + length(b)
    return 0.0 if below == 0 else above / below


@relative_error.unusual
def with_dot_products(a, b):
    a, b = np.asarray(a).ravel(), np.asarray(b).ravel()
    d = a - b
    if not d.any():
        return 0
    return np.sqrt(d @ d) / (np.sqrt(a @ a) + np.sqrt(b @ b))


@relative_error.unusual
def with_einsum(a, b):
    gap, one, other = (np.sqrt(np.einsum("i,i->", v.ravel(), v.ravel())) for v in (b - a, a, b))
    return np.float32(gap / max(one + other, 1e-300))


@relative_error.unusual
def guarded_by_where(a, b):
    below = np.hypot.reduce(a, axis=None) + np.hypot.reduce(b, axis=None)
    return np.divide(np.linalg.norm(a - b), below, out=np.zeros(()), where=below > 0)
