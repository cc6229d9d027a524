"""cross_entropy: what is asked, and what people write instead."""

import math

import numpy as np

from autograder.exercises import Exercise, Labels, Numbers, RightAnswers

from ._shared import (
    labelled,
    labelled_far_apart,
    labelled_near_1000,
    labelled_near_minus_1000,
    logits,
    nearly_sure,
    sure_and_right,
    truth_far_below,
)

right = RightAnswers(__file__)

LOSS = 'See 8.2, "Surprise is the loss".'

cross_entropy = Exercise(
    "cross_entropy",
    care=("unchanged", "one row", "float32", "views", "large logits", "large differences", "rows far apart"),
    rows=("z", "y"),
    sizes={"N": ("z", 0), "C": ("z", 1)},
)

cross_entropy.draw(labelled)

cross_entropy.draw(labelled_near_1000, times=1, care="large logits")

cross_entropy.draw(labelled_near_minus_1000, times=1, care="large logits")


@cross_entropy.draw(times=1, care="large differences")
def truth_40_below(rng):
    """The truth is very unlikely in every row, so that no row's loss hides another's."""
    z, y = logits(rng)
    z[np.arange(len(y)), y] -= 40
    return dict(z=z, y=y)


cross_entropy.draw(truth_far_below, times=1, care="large differences")
cross_entropy.draw(sure_and_right, times=1, care="large differences")
cross_entropy.draw(nearly_sure, times=1, care="large differences")

cross_entropy.draw(labelled_far_apart, times=1, care="rows far apart")

cross_entropy.corners(
    z=Numbers("NC"),
    y=Labels("N", "C"),
    without={
        "large values": "large logits are an aspect of care",
        "size one": "with one class the loss is 0, whatever z is; a batch of one is an aspect of care",
    },
)


cross_entropy.wrong(
    "sum-for-mean",
    f"This is N times too large: the losses of the rows are added. The loss is their mean. {LOSS}",
    lambda z, y: len(y) * right.cross_entropy(z, y),
)

cross_entropy.wrong(
    "divided-by-classes",
    f"""It looks as if the losses of the rows are added and divided by C, the number of columns. The mean is over the N
    rows. {LOSS}""",
    lambda z, y: len(z) * right.cross_entropy(z, y) / z.shape[1],
)

cross_entropy.wrong(
    "times-the-classes",
    f"This is C times too large. The mean is over the N rows alone. {LOSS}",
    lambda z, y: z.shape[1] * right.cross_entropy(z, y),
)


@cross_entropy.wrong(
    "averaged-over-classes",
    f"""This is C times too small. Each row has one loss, that of its true class: the mean is over N rows, not over
    N · C entries. {LOSS}""",
)
def averaged_over_classes(z, y):
    targets = np.eye(z.shape[1])[y]
    return -np.mean(targets * np.log(right.softmax(z)))


cross_entropy.wrong(
    "sign",
    f"This is negative. ln p is below 0, since p is below 1: the loss is −ln p. {LOSS}",
    lambda z, y: -right.cross_entropy(z, y),
)

cross_entropy.wrong(
    "one-loss-per-row",
    f"These are N losses, one for each row. Asked for is one number, their mean. {LOSS}",
    lambda z, y: -np.log(right.softmax(z)[np.arange(len(y)), y]),
)

cross_entropy.wrong(
    "every-row-with-every-label",
    f"""It looks as if p[:, y] was used. That takes, for every row, the columns of all labels: N · N numbers.
    Each row needs one, at its own label: which row numbers belong beside y? {LOSS}""",
    lambda z, y: -np.log(right.softmax(z)[:, y]).mean(),
)

cross_entropy.wrong(
    "labels-as-row-numbers",
    f"""It looks as if p[y] was used. A single index picks whole rows, and y holds columns: two indices are needed, a
    row number and a class. {LOSS}""",
    lambda z, y: -np.log(right.softmax(z)[y]).mean(),
)

cross_entropy.wrong(
    "arange-of-labels",
    f"""Is it np.arange(y)? np.arange wants one number, how many rows there are, and got the whole y.
    (An if, or Python's own max, stops like this too: it asks one question where there is one for each entry.)
    {LOSS}""",
    lambda z, y: -np.log(right.softmax(z)[np.arange(y), y]).mean(),
)

cross_entropy.wrong(
    "classes-before-rows",
    f"""Rows come first, then columns: p[row numbers, classes]. Are the two exchanged? (Or does a loop over the classes
    run one too far?) {LOSS}""",
    lambda z, y: -np.log(right.softmax(z)[y, np.arange(len(y))]).mean(),
)


@cross_entropy.wrong(
    "table-of-rows",
    f"""A column (N, 1) and a row (N,) made an (N, N) table: every row with every other. Give both the same shape.
    {LOSS}""",
)
def table_of_rows(z, y):
    top = z.max(axis=1, keepdims=True)
    return top + np.log(np.exp(z - top).sum(axis=1)) - z[np.arange(len(y)), y]


cross_entropy.wrong(
    "table-of-logarithms",
    f"""A column (N, 1) and a row (N,) made an (N, N) table: every row with every other. Give both the same shape.
    {LOSS}""",
    lambda z, y: np.log(np.exp(z).sum(axis=1, keepdims=True)) - z[np.arange(len(y)), y],
)

cross_entropy.wrong(
    "labels-counted-from-1",
    f"""It looks as if the labels were counted from 1. They are 0 … C−1, as Python counts; y − 1 makes −1 of class 0,
    and that is the last column. {LOSS}""",
    lambda z, y: -np.log(right.softmax(z)[np.arange(len(y)), y - 1]).mean(),
)

cross_entropy.wrong(
    "label-ignored",
    f"""It looks as if every row's loss was that of the surest class. The label says which class was true: its p
    counts, likely or not. {LOSS}""",
    lambda z, y: -np.log(right.softmax(z).max(axis=1)).mean(),
)

cross_entropy.wrong(
    "all-classes",
    f"It looks as if −ln p of all classes was added up. Only the class that happened surprises. {LOSS}",
    lambda z, y: -np.log(right.softmax(z)).sum(axis=1).mean(),
)

cross_entropy.wrong(
    "all-entries",
    f"""This is the mean of −ln p over all entries: the labels play no part. Only the class that happened surprises.
    {LOSS}""",
    lambda z, y: -np.log(right.softmax(z)).mean(),
)


@cross_entropy.wrong(
    "p-in-front",
    f"""This is −Σ p ln p: how surprised the scores expect to be. It does not contain the label. In front of ln p
    stands the truth: 1 for the true class, 0 for the others. {LOSS}""",
)
def p_in_front(z, y):
    p = right.softmax(z)
    return -(p * np.log(p)).sum(axis=1).mean()


@cross_entropy.wrong(
    "binary-terms-too",
    f"""It looks as if each class was treated as a yes-or-no question, with ln(1 − p) for the others. Here one of C
    classes is chosen: −ln p of the true class is all. {LOSS}""",
)
def binary_terms_too(z, y):
    p = right.softmax(z)
    t = np.eye(z.shape[1])[y]
    return -(t * np.log(p) + (1 - t) * np.log(1 - p)).sum(axis=1).mean()


cross_entropy.wrong(
    "log-of-the-mean",
    f"""It looks as if the mean of p was taken before the logarithm. Each row has its own surprise: logarithm first,
    then the mean. {LOSS}""",
    lambda z, y: -np.log(right.softmax(z)[np.arange(len(y)), y].mean()),
)

cross_entropy.wrong(
    "no-logarithm",
    f"This is 1 − p of the true class, a mean of them. The loss is −ln p. {LOSS}",
    lambda z, y: 1 - right.softmax(z)[np.arange(len(y)), y].mean(),
)

cross_entropy.wrong(
    "minus-p",
    f"This is −p of the true class, a mean of them: the logarithm is missing. {LOSS}",
    lambda z, y: -right.softmax(z)[np.arange(len(y)), y].mean(),
)

cross_entropy.wrong(
    "squared-error",
    f"It looks as if the squares of p − y were used. The loss here is −ln p of the true class. {LOSS}",
    lambda z, y: ((right.softmax(z) - np.eye(z.shape[1])[y]) ** 2).sum(axis=1).mean(),
)

cross_entropy.wrong(
    "sum-of-exponentials-missing",
    f"""This is −z of the true class. What is left out is ln Σ exp(z) of its row: a large logit says nothing while
    the others are as large. {LOSS}""",
    lambda z, y: -z[np.arange(len(y)), y].mean(),
)


@cross_entropy.wrong(
    "maximum-not-added-back",
    f"""It looks as if the row's maximum was taken away inside the sum of exponentials, and not from the logit of the
    true class. Both must be shifted alike, or the maximum added to the logarithm again. {LOSS}""",
)
def maximum_not_added_back(z, y):
    top = z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z - top).sum(axis=1)) - z[np.arange(len(y)), y])


@cross_entropy.wrong(
    "maximum-taken-away-again",
    f"""It looks as if the row's maximum was taken away after the logarithm as well. Inside the sum it was taken away:
    outside, it comes back with a plus. {LOSS}""",
)
def maximum_taken_away_again(z, y):
    top = z.max(axis=1)
    return np.mean(np.log(np.exp(z - top[:, None]).sum(axis=1)) - top - z[np.arange(len(y)), y])


cross_entropy.wrong(
    "bracket-too-long",
    f"""It looks as if the true logit stands inside the logarithm, ln(Σ exp(z) − z). The logarithm ends with the sum.
    {LOSS}""",
    lambda z, y: np.log(np.exp(z).sum(axis=1) - z[np.arange(len(y)), y]).mean(),
)


@cross_entropy.wrong(
    "maximum-subtracted-twice",
    f"""It looks as if the true logit was shifted, and the maximum then added to the logarithm as well. One of the two:
    shift both terms alike, or neither. {LOSS}""",
)
def maximum_subtracted_twice(z, y):
    top = z.max(axis=1)
    logs = top + np.log(np.exp(z - top[:, None]).sum(axis=1))
    return np.mean(logs - (z[np.arange(len(y)), y] - top))


@cross_entropy.wrong(
    "columns-for-rows",
    f"""It looks as if softmax ran down the columns. Rows are examples: the classes of one example lie along axis 1.
    {LOSS}""",
)
def loss_of_columns(z, y):
    p = np.exp(z) / np.exp(z).sum(axis=0)
    return -np.log(p[np.arange(len(y)), y]).mean()


@cross_entropy.wrong(
    "one-sum-for-all",
    f"""It looks as if the exponentials of all rows went into one sum. Each row has its own. {LOSS}""",
)
def loss_with_one_sum(z, y):
    p = np.exp(z) / np.exp(z).sum()
    return -np.log(p[np.arange(len(y)), y]).mean()


@cross_entropy.wrong(
    "one-sum-after-the-shift",
    f"""It looks as if the exponentials of all rows went into one sum, after each row's maximum was taken away. Each row
    has its own sum. {LOSS}""",
)
def loss_with_one_sum_after_the_shift(z, y):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return -np.log((e / e.sum())[np.arange(len(y)), y]).mean()


cross_entropy.wrong(
    "one-loss-per-class",
    f"""There is one number for each class: the mean runs down the columns alone, over axis 0. Asked for is one number
    for all: add up each row first. {LOSS}""",
    lambda z, y: -(np.eye(z.shape[1])[y] * np.log(right.softmax(z))).mean(axis=0),
)

cross_entropy.wrong(
    "one-sum-per-class",
    f"""There is one number for each class: the sum runs down the columns. Asked for is one number, the mean over the
    rows. {LOSS}""",
    lambda z, y: -(np.eye(z.shape[1])[y] * np.log(right.softmax(z))).sum(axis=0),
)

cross_entropy.wrong(
    "one-loss-per-entry",
    f"""There is one number for each row and each class. All but those of the true classes are 0: add them up, and
    divide by N. {LOSS}""",
    lambda z, y: -np.eye(z.shape[1])[y] * np.log(right.softmax(z)),
)

cross_entropy.wrong(
    "logarithm-of-every-class",
    f"""This is −ln p of every class of every row. Pick the one of the true class in each row, and take the mean. {LOSS}
    """,
    lambda z, y: -np.log(right.softmax(z)),
)

cross_entropy.wrong(
    "classes-averaged-apart",
    f"""It looks as if each class had a mean of its own, and these were averaged. Every row counts the same, however
    many rows its class has: one mean over all rows. {LOSS}""",
    lambda z, y: np.mean([-np.log(right.softmax(z)[y == c, c]).mean() for c in np.unique(y)]),
)

cross_entropy.wrong(
    "class-means-added",
    f"""It looks as if each class had a mean of its own, and these were added. Every row counts the same: one mean over
    all rows. {LOSS}""",
    lambda z, y: np.sum([-np.log(right.softmax(z)[y == c, c]).mean() for c in np.unique(y)]),
)


cross_entropy.wrong(
    "base-10",
    f"It looks as if log10 was used. The logarithm here is the natural one: np.log. {LOSS}",
    lambda z, y: right.cross_entropy(z, y) / np.log(10),
)

cross_entropy.wrong(
    "base-2",
    f"It looks as if log2 was used. The logarithm here is the natural one: np.log. {LOSS}",
    lambda z, y: right.cross_entropy(z, y) / np.log(2),
)

cross_entropy.wrong(
    "softmax-twice",
    f"It looks as if softmax was applied twice. z holds logits: from there to p it is one softmax. {LOSS}",
    lambda z, y: right.cross_entropy(right.softmax(z), y),
)

cross_entropy.wrong(
    "sigmoid-for-softmax",
    f"It looks as if p is the sigmoid of the true logit. With several classes it is softmax of the row. {LOSS}",
    lambda z, y: np.log1p(np.exp(-z[np.arange(len(y)), y])).mean(),
)


@cross_entropy.wrong(
    "axis-lost",
    f"""The sum (or the maximum) of each row has shape (N,), and numpy lays it along the last axis, where the classes
    are. Beside (N, C) it must stay a column, (N, 1): which argument keeps the axis? {LOSS}""",
)
def loss_axis_lost(z, y):
    log_p = z - np.log(np.exp(z).sum(axis=1))
    return -log_p[np.arange(len(y)), y].mean()


cross_entropy.wrong(
    "labels-for-one-hot",
    f"""It looks as if the class numbers y were multiplied with ln p. A class number only says where to look: which
    entry of each row is it? {LOSS}""",
    lambda z, y: -(y * np.log(right.softmax(z))).sum(axis=1).mean(),
)

cross_entropy.wrong(
    "class-number-as-weight",
    f"""It looks as if the class numbers y were multiplied with ln p. A class number only says where to look: which
    entry of each row is it? {LOSS}""",
    lambda z, y: -(y[:, None] * np.log(right.softmax(z))).sum(axis=1).mean(),
)

cross_entropy.wrong(
    "logarithm-of-p",
    """Where the truth lies far below, p underflows to 0 and ln 0 is −inf.
    ln p is a difference of logits: no p is needed. See 8.2, "Without p".""",
    lambda z, y: -np.log(right.softmax(z)[np.arange(len(y)), y]).mean(),
    fails="large differences",
)

cross_entropy.wrong(
    "small-number-in-the-logarithm",
    """It looks as if a small number is added to p, p is clipped, or an infinite loss is replaced (nan_to_num).
    Where the truth lies far below, the loss is then that number's, not the row's. ln p is a difference of logits:
    no p is needed. See 8.2, "Without p".""",
    lambda z, y: -np.log(right.softmax(z)[np.arange(len(y)), y] + 1e-12).mean(),
    fails="large differences",
    free_number=True,
)

cross_entropy.wrong(
    "clipped-logits",
    """It looks as if the logits are clipped. Then the loss of a row is that of the cut logits.
    Take the row's largest logit away before the exponential. See 8.2, "Without p".""",
    lambda z, y: right.cross_entropy(np.clip(z, -500, 500), y),
    fails=("large logits", "large differences", "rows far apart"),
    free_number=True,
)


@cross_entropy.wrong(
    "one-maximum-for-all",
    """It looks as if one maximum was taken for the whole array. A row far below it becomes all zeros, and ln 0 is
    −inf. Each row is an example of its own: it has its own maximum. See 8.2, "Without p".""",
    fails="rows far apart",
)
def loss_with_one_maximum(z, y):
    s = z - z.max()
    return np.mean(np.log(np.exp(s).sum(axis=1)) - s[np.arange(len(y)), y])


cross_entropy.wrong(
    "no-shift",
    """exp(1000) is too large for a float (inf), and exp(−1000) is 0, of which ln is −inf.
    Take the row's largest logit away before the exponential. See 8.2, "Without p".""",
    lambda z, y: np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(y)), y]),
    fails=("large logits", "large differences", "rows far apart"),
)


@cross_entropy.wrong(
    "written-into-z",
    """-= writes into the array that it stands on, and z belongs to the caller, who still needs the logits.
    See 8.2, "Without p".""",
    fails=("unchanged", "views"),
)
def loss_written_into_z(z, y):
    z -= z.max(axis=1, keepdims=True)
    return right.cross_entropy(z, y)


@cross_entropy.wrong(
    "one-hot-of-the-labels",
    f"""The one-hot rows are as wide as the largest label + 1. The highest class need not occur in a batch: make them
    as wide as z, z.shape[1]. {LOSS}""",
)
def one_hot_of_the_labels(z, y):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.sum(log_p * np.eye(np.max(y) + 1)[y]) / len(y)


@cross_entropy.unusual
def row_by_row(z, y):
    total = 0.0
    for z_n, y_n in zip(z, y):
        top = max(z_n)
        total += top + math.log(sum(math.exp(v - top) for v in z_n)) - z_n[y_n]
    return float(total / len(y))


@cross_entropy.unusual
def by_logaddexp(z, y):
    return np.average(np.logaddexp.reduce(z, axis=1) - np.take_along_axis(z, y[:, None], axis=1)[:, 0])


@cross_entropy.unusual
def distances_to_the_truth(z, y):
    d = z - z[range(len(y)), y][:, None]
    return np.array(np.logaddexp.reduce(d, axis=1).mean())


@cross_entropy.unusual
def with_one_hot_rows(z, y):
    s = z - z.max(-1)[:, None]
    log_p = s - np.log(np.exp(s).sum(-1, keepdims=True))
    return -np.einsum("nc,nc->", np.eye(z.shape[1])[y], log_p) / len(y)


@cross_entropy.unusual
def in_single_precision(z, y):
    s = (z - z.max(axis=1, keepdims=True)).astype(np.float32)
    return np.mean(np.log(np.exp(s).sum(axis=1)) - s[np.arange(len(y)), y], dtype=np.float32)


cross_entropy.accepted_mutant(
    "in_single_precision: (z - z.max(axis=1, keepdims=True)).astype(np.float32) → np.round(*, 4)",
    """Results in single precision are taken to four digits, since that is asked for. Four decimals of the logits leave
    the loss within that, or just outside, as the numbers are.""",
)
