"""cross_entropy_backward: what is asked, and what people write instead."""

import math

import numpy as np

from autograder.exercises import Exercise, Labels, Numbers, RightAnswers

from ._shared import (
    labelled,
    labelled_far_apart,
    labelled_near_1000,
    labelled_near_minus_1000,
    sure_and_right,
    truth_far_below,
)

right = RightAnswers(__file__)

BOTH = 'See 8.4, "Both together".'

cross_entropy_backward = Exercise(
    "cross_entropy_backward",
    outputs=("dz",),
    care=("unchanged", "one row", "float32", "views", "large logits", "large differences", "rows far apart"),
    rows=("z", "y"),
    sizes={"N": ("z", 0), "C": ("z", 1)},
)

cross_entropy_backward.draw(labelled)

cross_entropy_backward.draw(labelled_near_1000, times=1, care="large logits")

cross_entropy_backward.draw(labelled_near_minus_1000, times=1, care="large logits")

cross_entropy_backward.draw(truth_far_below, times=2, care="large differences")
cross_entropy_backward.draw(sure_and_right, times=1, care="large differences")

cross_entropy_backward.draw(labelled_far_apart, times=1, care="rows far apart")


cross_entropy_backward.corners(
    z=Numbers("NC"),
    y=Labels("N", "C"),
    without={
        "large values": "large logits are an aspect of care",
        "size one": "with one class the loss is 0, whatever z is; a batch of one is an aspect of care",
    },
)


@cross_entropy_backward.differentiates()
def mean_surprise(z, y):
    return np.mean(np.logaddexp.reduce(z, axis=1) - z[np.arange(len(y)), y])


cross_entropy_backward.wrong(
    "sum-for-mean",
    f"""This is N times too large. The loss is a mean over N rows, so its gradient has the 1/N; and it is here, in the
    loss, that it belongs. {BOTH}""",
    lambda z, y: right.softmax(z) - np.eye(z.shape[1])[y],
)

cross_entropy_backward.wrong(
    "averaged-twice",
    f"This is N times too small: the 1/N of the mean is counted twice. {BOTH}",
    lambda z, y: (right.softmax(z) - np.eye(z.shape[1])[y]) / len(y) ** 2,
)

cross_entropy_backward.wrong(
    "averaged-over-entries",
    f"This is C times too small. The mean of the loss runs over the N rows, not over all N · C entries. {BOTH}",
    lambda z, y: (right.softmax(z) - np.eye(z.shape[1])[y]) / z.size,
)

cross_entropy_backward.wrong(
    "classes-for-rows",
    f"It looks as if this was divided by C. The mean of the loss runs over the N rows: divide by N. {BOTH}",
    lambda z, y: (right.softmax(z) - np.eye(z.shape[1])[y]) / z.shape[1],
)

cross_entropy_backward.wrong(
    "sign",
    f"""This has the opposite sign. A higher logit of the true class lowers the loss: its entry is negative.
    {BOTH}""",
    lambda z, y: (np.eye(z.shape[1])[y] - right.softmax(z)) / len(y),
)

cross_entropy_backward.wrong(
    "plus-one",
    f"It looks as if 1 was added for the true class. It is taken away: p − y. {BOTH}",
    lambda z, y: (right.softmax(z) + np.eye(z.shape[1])[y]) / len(y),
)


@cross_entropy_backward.wrong(
    "every-label-in-every-row",
    f"""1 was taken away from every class here. That happens with p − 1, and with p[:, y] -= 1.
    Only the true class of each row loses 1: which row numbers belong beside y? {BOTH}""",
)
def every_label_in_every_row(z, y):
    p = right.softmax(z)
    p[:, y] -= 1
    return p / len(y)


@cross_entropy_backward.wrong(
    "labels-as-row-numbers",
    f"""It looks as if p[y] -= 1 was used. A single index picks whole rows, and y holds columns: two indices are
    needed, a row number and a class. {BOTH}""",
)
def labels_as_row_numbers(z, y):
    p = right.softmax(z)
    p[y] -= 1
    return p / len(y)


@cross_entropy_backward.wrong(
    "arange-of-labels",
    f"""Is it np.arange(y)? np.arange wants one number, how many rows there are, and got the whole y.
    (An if, or Python's own max, stops like this too: it asks one question where there is one for each entry.)
    {BOTH}""",
)
def dz_with_arange_of_labels(z, y):
    p = right.softmax(z)
    p[np.arange(y), y] -= 1
    return p / len(y)


@cross_entropy_backward.wrong(
    "classes-before-rows",
    f"""Rows come first, then columns: p[row numbers, classes]. Are the two exchanged? (Or does a loop over the classes
    run one too far?) {BOTH}""",
)
def dz_with_classes_before_rows(z, y):
    p = right.softmax(z)
    p[y, np.arange(len(y))] -= 1
    return p / len(y)


@cross_entropy_backward.wrong(
    "true-class-only",
    f"""Only the true class has an entry here. The other logits push its p down, so their entries are p, not 0: each
    row adds up to 0. {BOTH}""",
)
def true_class_only(z, y):
    t = np.eye(z.shape[1])[y]
    return t * (right.softmax(z) - 1) / len(y)


@cross_entropy_backward.wrong(
    "slope-once-more",
    f"""It looks as if p − y was multiplied by p(1 − p) once more. The slope of softmax is in p − y already: it
    cancelled the 1/p of the logarithm. {BOTH}""",
)
def slope_once_more(z, y):
    p = right.softmax(z)
    return (p - np.eye(z.shape[1])[y]) * p * (1 - p) / len(y)


@cross_entropy_backward.wrong(
    "through-softmax-twice",
    f"""It looks as if p − y was sent through softmax_backward. It is the gradient at z already: both steps are in
    it. {BOTH}""",
)
def through_softmax_twice(z, y):
    p = right.softmax(z)
    return right.softmax_backward((p - np.eye(z.shape[1])[y]) / len(y), p)


cross_entropy_backward.wrong(
    "logits-for-probabilities",
    f"It looks as if this is z − y, with the logits. The p of p − y is softmax of the logits. {BOTH}",
    lambda z, y: (z - np.eye(z.shape[1])[y]) / len(y),
)

cross_entropy_backward.wrong(
    "truth-left-out",
    f"This is p, divided by N: the labels play no part. At the true class 1 is taken away. {BOTH}",
    lambda z, y: right.softmax(z) / len(y),
)

cross_entropy_backward.wrong(
    "stopped-at-p",
    f"""This is the gradient with respect to p: −1/p at the true class. One step is left, through softmax to z.
    {BOTH}""",
    lambda z, y: -np.eye(z.shape[1])[y] / right.softmax(z) / len(y),
)

cross_entropy_backward.wrong(
    "mean-over-y-only",
    f"It looks as if only y was divided by N. The 1/N stands before the whole difference p − y. {BOTH}",
    lambda z, y: right.softmax(z) - np.eye(z.shape[1])[y] / len(y),
)

cross_entropy_backward.wrong(
    "mean-over-p-only",
    f"""It looks as if p was divided by N, and then a whole 1 was taken away. The 1/N stands before the whole
    difference p − y. {BOTH}""",
    lambda z, y: right.softmax(z) / len(y) - np.eye(z.shape[1])[y],
)

cross_entropy_backward.wrong(
    "labels-for-one-hot",
    f"""y holds class numbers, N of them, and p has N rows of C. In p − y the truth is a row too: 1 at the true class,
    0 elsewhere. {BOTH}""",
    lambda z, y: (right.softmax(z) - y) / len(y),
)

cross_entropy_backward.wrong(
    "class-number-subtracted",
    f"""It looks as if the class number itself was taken away from every p of its row. It only says where the 1
    stands. {BOTH}""",
    lambda z, y: (right.softmax(z) - y[:, None]) / len(y),
)


@cross_entropy_backward.wrong(
    "labels-counted-from-1",
    f"""It looks as if the labels were counted from 1. They are 0 … C−1, as Python counts; y − 1 makes −1 of class 0,
    and that is the last column. {BOTH}""",
)
def truth_one_to_the_left(z, y):
    p = right.softmax(z)
    p[np.arange(len(y)), y - 1] -= 1
    return p / len(y)


@cross_entropy_backward.wrong(
    "columns-for-rows",
    f"""It looks as if softmax ran down the columns. Rows are examples: the classes of one example lie along axis 1.
    {BOTH}""",
)
def dz_of_columns(z, y):
    p = np.exp(z) / np.exp(z).sum(axis=0)
    return (p - np.eye(z.shape[1])[y]) / len(y)


@cross_entropy_backward.wrong(
    "one-sum-for-all",
    f"""It looks as if the exponentials of all rows went into one sum. Each row has its own. {BOTH}""",
)
def dz_with_one_sum(z, y):
    p = np.exp(z) / np.exp(z).sum()
    return (p - np.eye(z.shape[1])[y]) / len(y)


@cross_entropy_backward.wrong(
    "one-sum-after-the-shift",
    f"""It looks as if the exponentials of all rows went into one sum, after each row's maximum was taken away. Each row
    has its own sum. {BOTH}""",
)
def dz_with_one_sum_after_the_shift(z, y):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return (e / e.sum() - np.eye(z.shape[1])[y]) / len(y)


cross_entropy_backward.wrong(
    "averaged-over-the-rows",
    f"""There is one number for each class: the rows are averaged away. Each logit has a slope of its own, (N, C):
    divide by N, and add nothing up. {BOTH}""",
    lambda z, y: (right.softmax(z) - np.eye(z.shape[1])[y]).mean(axis=0),
)

cross_entropy_backward.wrong(
    "true-class-alone",
    f"""There is one number for each row, −1/p of its true class. That is the slope at p; every logit of the row has
    one, (N, C), and p − y is what is left of both steps. {BOTH}""",
    lambda z, y: -1 / right.softmax(z)[np.arange(len(y)), y] / len(y),
)


cross_entropy_backward.wrong(
    "sigmoid-for-softmax",
    f"""It looks as if p is the sigmoid of each logit. With one class of several to choose, it is softmax of the row.
    {BOTH}""",
    lambda z, y: (1 / (1 + np.exp(-z)) - np.eye(z.shape[1])[y]) / len(y),
)

cross_entropy_backward.wrong(
    "softmax-twice",
    f"It looks as if softmax was applied twice. z holds logits: from there to p it is one softmax. {BOTH}",
    lambda z, y: (right.softmax(right.softmax(z)) - np.eye(z.shape[1])[y]) / len(y),
)


@cross_entropy_backward.wrong(
    "through-a-zero",
    f"""The two slopes are multiplied one after the other here. Where the true p underflows to 0 (or to a number that
    was added to it), −1/p times p is no longer −1. Multiplied on paper they leave p − y, and nothing to divide by.
    {BOTH}""",
    fails="large differences",
)
def through_a_zero(z, y):
    p = right.softmax(z)
    dp = -np.eye(z.shape[1])[y] / p / len(y)
    return right.softmax_backward(dp, p)


@cross_entropy_backward.wrong(
    "small-number-below-the-line",
    f"""It looks as if a small number is added to the p that is divided by, or p is clipped. Where the true p
    underflows, −1/p times p is then no longer −1. Multiplied on paper they leave p − y, and nothing to divide by.
    {BOTH}""",
    fails="large differences",
    free_number=True,
)
def through_a_small_number(z, y):
    p = right.softmax(z)
    dp = -np.eye(z.shape[1])[y] / (p + 1e-12) / len(y)
    return right.softmax_backward(dp, p)


cross_entropy_backward.wrong(
    "clipped-probabilities",
    f"""It looks as if p is clipped. Where every row is sure of the truth, nothing is left to learn, and dz is 0 but for
    the bound. p − y divides by nothing and takes no logarithm: it needs none. {BOTH}""",
    lambda z, y: (np.clip(right.softmax(z), 1e-7, 1 - 1e-7) - np.eye(z.shape[1])[y]) / len(y),
    fails="large differences",
    free_number=True,
)


@cross_entropy_backward.wrong(
    "one-maximum-for-all",
    """It looks as if one maximum was taken for the whole array, here or in your softmax. A row far below it becomes
    all zeros, and 0/0 is nan. Each row is an example of its own: it has its own maximum.
    See 8.1, "Scores become probabilities".""",
    fails="rows far apart",
)
def dz_with_one_maximum(z, y):
    p = np.exp(z - z.max())
    p /= p.sum(axis=1, keepdims=True)
    return (p - np.eye(z.shape[1])[y]) / len(y)


@cross_entropy_backward.wrong(
    "no-shift",
    """exp(1000) is too large for a float (inf), and exp(−1000) is 0; inf/inf and 0/0 are nan.
    Is the softmax in here your stable one? See 8.1, "Scores become probabilities".""",
    fails=("large logits", "large differences", "rows far apart"),
)
def dz_without_shift(z, y):
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return (p - np.eye(z.shape[1])[y]) / len(y)


cross_entropy_backward.wrong(
    "clipped-logits",
    """It looks as if the logits are clipped, here or in your softmax. Two that are cut to one number get the same
    share, and they did not have it. See 8.1, "Scores become probabilities".""",
    lambda z, y: right.cross_entropy_backward(np.clip(z, -500, 500), y),
    fails=("large logits", "rows far apart"),
    free_number=True,
)


@cross_entropy_backward.wrong(
    "written-into-z",
    f"""-= writes into the array that it stands on, and z belongs to the caller, who still needs the logits.
    {BOTH}""",
    fails=("unchanged", "views"),
)
def dz_written_into_z(z, y):
    z -= z.max(axis=1, keepdims=True)
    return right.cross_entropy_backward(z, y)


cross_entropy_backward.wrong(
    "one-hot-of-the-labels",
    f"""The one-hot rows are as wide as the largest label + 1. The highest class need not occur in a batch: make them
    as wide as z, z.shape[1]. {BOTH}""",
    lambda z, y: (right.softmax(z) - np.eye(np.max(y) + 1)[y]) / len(y),
)


@cross_entropy_backward.unusual
def with_a_mask(z, y):
    p = right.softmax(z)
    true = np.arange(z.shape[1]) == y[:, None]
    return np.where(true, p - 1, p) / len(y)


@cross_entropy_backward.unusual
def with_one_hot_targets(z, y):
    t = np.zeros(z.shape)
    np.put_along_axis(t, y[:, None], 1.0, axis=1)
    return np.true_divide(np.exp(z - np.logaddexp.reduce(z, axis=1)[:, None]) - t, len(z))


@cross_entropy_backward.unusual
def entry_after_entry(z, y):
    dz = []
    for z_n, y_n in zip(z, y):
        e = [math.exp(v - max(z_n)) for v in z_n]
        dz.append([(e_c / sum(e) - (c == y_n)) / len(y) for c, e_c in enumerate(e)])
    return dz


@cross_entropy_backward.unusual
def minus_the_others(z, y):
    p = np.exp(z - z.max(-1, keepdims=True))
    p /= p.sum(-1, keepdims=True)
    rows = np.arange(len(y))
    p[rows, y] = 0
    p[rows, y] = -p.sum(axis=1)
    return p / len(y)


@cross_entropy_backward.unusual
def subtracted_in_single_precision(z, y):
    p = right.softmax(z).astype(np.float32)
    np.subtract.at(p, (range(len(y)), y), 1)
    return p * np.float32(1 / len(y))
