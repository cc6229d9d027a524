"""binary_cross_entropy: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Labels, Numbers

from ._shared import large_negative_logits, large_positive_logits, logits_and_labels

binary_cross_entropy = Exercise(
    "binary_cross_entropy",
    care=("unchanged", "one row", "float32", "views", "large inputs"),
    rows=("z", "y"),
    sizes={"N": ("z", 0)},
)

binary_cross_entropy.draw(logits_and_labels)

binary_cross_entropy.draw(large_positive_logits, times=1, care="large inputs")

binary_cross_entropy.draw(large_negative_logits, times=1, care="large inputs")


binary_cross_entropy.corners(
    z=Numbers("N"), y=Labels("N", 2), without={"large values": "large inputs are an aspect of care"}
)


@binary_cross_entropy.wrong(
    "log-of-rounded-probability",
    """For z = 1000, p is 1 and 1 − p is 0 in floats; for z = −1000, p is 0. What was lost there no log brings back.
    Start from z, and never take e of a large number: see 5.2, "we start from z".""",
    fails="large inputs",
)
def from_probabilities(z, y):
    p = 1 / (1 + np.exp(-z))
    return -np.mean(np.where(y == 1, np.log(p), np.log(1 - p)))


binary_cross_entropy.wrong(
    "clipped-or-a-small-number-added",
    """The loss stops growing: it looks as if z or p is clipped, a small number added inside the log, or an infinite
    loss replaced (nan_to_num). Then a row that is sure and wrong costs what that number says, and not what z says.
    Start from z, and never take e of a large number: see 5.2, "we start from z".""",
    lambda z, y: -np.mean(np.log(np.where(y == 1, 1 / (1 + np.exp(-z)), 1 / (1 + np.exp(z))) + 1e-12)),
    fails="large inputs",
    free_number=True,
)

binary_cross_entropy.wrong(
    "exponential-of-large-z",
    """For z = 1000, e^z overflows, and its logarithm can't bring z back; for z = −1000 the result is right.
    Never take e of a large positive number: see 5.2, "we start from z".""",
    lambda z, y: np.mean(np.log(1 + np.exp(z)) - y * z),
    fails="large inputs",
)

binary_cross_entropy.wrong(
    "exponential-of-large-minus-z",
    """For z = −1000, e^(−z) overflows, and its logarithm can't bring z back; for z = 1000 the result is right.
    Never take e of a large positive number: see 5.2, "we start from z".""",
    lambda z, y: np.mean(z + np.log(1 + np.exp(-z)) - y * z),
    fails="large inputs",
)


binary_cross_entropy.wrong(
    "logaddexp-of-one",
    "It looks as if logaddexp(1, z) was used: that is ln(e¹ + e^z). Which a has e^a = 1? See 5.2.",
    lambda z, y: np.mean(np.logaddexp(1, z) - y * z),
)

binary_cross_entropy.wrong(
    "mean-of-one-part",
    """The mean is taken of ln(1 + e^z) alone: the bracket closes before − yz, which is left for each row. One mean of
    both. See 5.2.""",
    lambda z, y: np.mean(np.logaddexp(0, z)) - y * z,
)

binary_cross_entropy.wrong(
    "array-with-one-entry",
    "The number is right, in an array with one entry, shape (1,). Return the number itself. See 5.2.",
    lambda z, y: np.mean(np.logaddexp(0, z) - y * z, keepdims=True),
)

binary_cross_entropy.wrong(
    "sum-for-mean",
    """This is the sum over the rows. The loss is their mean, so that it does not grow with the number of rows.
    See 5.2.""",
    lambda z, y: np.sum(np.logaddexp(0, z) - y * z),
)

binary_cross_entropy.wrong(
    "sign",
    "This has the opposite sign: a logarithm of a probability is negative, and the loss is minus it. See 5.2.",
    lambda z, y: np.mean(y * z - np.logaddexp(0, z)),
)

binary_cross_entropy.wrong(
    "not-averaged",
    "This is the loss of each row. Asked for is one number, their mean. See 5.2.",
    lambda z, y: np.logaddexp(0, z) - y * z,
)

binary_cross_entropy.wrong(
    "malignant-rows-only",
    """It looks as if only rows with y = 1 are charged. A benign row that is called malignant has a loss too:
    −ln(1 − p). See 5.2.""",
    lambda z, y: np.mean(y * np.logaddexp(0, -z)),
)

binary_cross_entropy.wrong(
    "benign-rows-only",
    "It looks as if only rows with y = 0 are charged. A malignant row costs −ln p. See 5.2.",
    lambda z, y: np.mean((1 - y) * np.logaddexp(0, z)),
)

binary_cross_entropy.wrong(
    "labels-swapped",
    """It looks as if the two cases were exchanged, or −z stood for z: −ln p belongs to y = 1, −ln(1 − p) to y = 0.
    See 5.2.""",
    lambda z, y: np.mean(np.logaddexp(0, z) - (1 - y) * z),
)


@binary_cross_entropy.wrong(
    "sign-of-one-term",
    """It looks as if the two terms have different signs. Both −y ln p and −(1 − y) ln(1 − p) carry a minus: mind the
    parentheses. See 5.2.""",
)
def sign_of_one(z, y):
    p = 1 / (1 + np.exp(-z))
    return np.mean(-y * np.log(p) + (1 - y) * np.log(1 - p))


binary_cross_entropy.wrong(
    "y-times-z-missing",
    """This is the mean of ln(1 + e^z), so every row is charged as benign. The labels play no part: where is y·z?
    See 5.2.""",
    lambda z, y: np.mean(np.logaddexp(0, z)),
)

binary_cross_entropy.wrong(
    "y-times-z-added",
    """It looks as if y·z was added. A malignant row with a large z is right, so it must cost less: ln(1 + e^z) − yz.
    See 5.2.""",
    lambda z, y: np.mean(np.logaddexp(0, z) + y * z),
)

binary_cross_entropy.wrong(
    "minus-z-and-y-times-z",
    """This is the mean of ln(1 + e^(−z)) − yz. ln(1 + e^(−z)) is the cost of a malignant row already; yz is taken away
    from ln(1 + e^z). Mind the sign of z. See 5.2.""",
    lambda z, y: np.mean(np.logaddexp(0, -z) - y * z),
)

binary_cross_entropy.wrong(
    "minus-z-alone",
    """This is the mean of ln(1 + e^(−z)), so every row is charged as malignant. The labels play no part. See 5.2.""",
    lambda z, y: np.mean(np.logaddexp(0, -z)),
)

binary_cross_entropy.wrong(
    "z-for-p",
    """It looks as if z went into the logarithm as if it were a probability: the log of a negative number is not
    defined. The function takes logits. See 5.2.""",
    lambda z, y: -np.mean(y * np.log(z) + (1 - y) * np.log(1 - z)),
)


@binary_cross_entropy.wrong(
    "sigmoid-twice",
    """It looks as if the sigmoid was applied twice. It takes z once. See 5.2.""",
)
def sigmoid_twice(z, y):
    p = 1 / (1 + np.exp(-z))
    return np.mean(np.logaddexp(0, p) - y * p)


binary_cross_entropy.wrong(
    "p-times-y",
    "It looks as if p, not z, is multiplied with y after ln(1 + e^z). It is yz that is taken away. See 5.2.",
    lambda z, y: np.mean(np.logaddexp(0, z) - y / (1 + np.exp(-z))),
)

binary_cross_entropy.wrong(
    "every-label-with-every-row",
    """Every label meets every row: y as a column and z as a row (or the other way round) make a table of shape (N, N).
    Only its diagonal is asked for. Print the shapes, and keep both as (N,). See 5.2.""",
    lambda z, y: np.mean(np.logaddexp(0, z) - y[:, None] * z),
)

binary_cross_entropy.wrong(
    "table-of-all-pairs-summed",
    """Every label meets every row: y as a column and z as a row (or the other way round) make a table of shape (N, N),
    and all of it is added up and divided by N. Only its diagonal is asked for: keep both as (N,). See 5.2.""",
    lambda z, y: np.sum(np.logaddexp(0, z) - y[:, None] * z) / len(y),
)

binary_cross_entropy.wrong(
    "other-base",
    """This is right but for a factor 1/ln 2: the logarithm to base 2. Losses in this course are natural logarithms
    (np.log). See 5.2.""",
    lambda z, y: np.mean(np.logaddexp(0, z) - y * z) / np.log(2),
)

binary_cross_entropy.wrong(
    "base-ten",
    "This is a logarithm to base 10. Losses in this course are natural logarithms (np.log). See 5.2.",
    lambda z, y: np.mean(np.logaddexp(0, z) - y * z) / np.log(10),
)


@binary_cross_entropy.wrong(
    "squared-error",
    """This is the mean squared error of p. It is flat where the neuron is wrong and sure; here each row costs −ln q.
    See 5.2.""",
)
def squared(z, y):
    p = 1 / (1 + np.exp(-z))
    return np.mean((p - y) ** 2)


@binary_cross_entropy.wrong(
    "probability-for-loss",
    """This is the mean of 1 − q. The loss of a row is −ln q, which grows without limit as q goes to 0. See 5.2.""",
)
def one_minus_q(z, y):
    p = 1 / (1 + np.exp(-z))
    return np.mean(np.where(y == 1, 1 - p, p))


@binary_cross_entropy.wrong(
    "log-of-mean",
    """It looks as if the mean was taken before the logarithm. First −ln q for each row, then the mean. See 5.2.""",
)
def log_of_mean(z, y):
    p = 1 / (1 + np.exp(-z))
    return -np.log(np.mean(np.where(y == 1, p, 1 - p)))


@binary_cross_entropy.wrong(
    "mean-by-class",
    """It looks as if benign and malignant rows were averaged apart, and the two means added. All rows count the same:
    one mean over N. See 5.2.""",
)
def mean_by_class(z, y):
    costs = np.logaddexp(0, z) - y * z
    return costs[y == 1].sum() / max((y == 1).sum(), 1) + costs[y == 0].sum() / max((y == 0).sum(), 1)


binary_cross_entropy.wrong(
    "max-without-log",
    """Only max(z, 0) − yz is here: a row that is right costs nothing at all. The part ln(1 + e^(−|z|)) is missing.
    See 5.2.""",
    lambda z, y: np.mean(np.maximum(z, 0) - y * z),
)


@binary_cross_entropy.wrong(
    "written-into-z",
    """This writes into z, and z belongs to the caller: the gradient still needs it. Build a new array. See 5.2.""",
    fails=("unchanged", "views"),
)
def written_into_z_too(z, y):
    z[y == 1] *= -1
    return np.mean(np.logaddexp(0, z))


@binary_cross_entropy.unusual
def with_signs(z, y):
    return np.logaddexp(0, np.where(y == 1, -z, z)).mean()


@binary_cross_entropy.unusual
def by_maximum(z, y):
    return float(np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))))


@binary_cross_entropy.unusual
def row_after_row(z, y):
    import math

    total = 0.0
    for z_n, y_n in zip(z, y):
        wrong = -float(z_n) if y_n == 1 else float(z_n)
        total += wrong + math.log1p(math.exp(-wrong)) if wrong > 0 else math.log1p(math.exp(wrong))
    return total / len(z)


@binary_cross_entropy.unusual
def both_terms(z, y):
    return -np.average(y * -np.logaddexp(0, -z) + (1 - y) * -np.logaddexp(0, z))


@binary_cross_entropy.unusual
def softmax_of_two(z, y):
    pairs = np.column_stack([np.zeros(len(z)), z])
    top = pairs.max(axis=1)
    logs = top + np.log(np.exp(pairs - top[:, None]).sum(axis=1))
    return np.mean(logs - pairs[np.arange(len(z)), y])
