"""Unit 08: what is asked, and what people write instead."""

import math

import numpy as np

from autograder.exercises import Exercise, Question, RightAnswers

right = RightAnswers(__file__)

SIZES = ((5, 3), (7, 3), (7, 4), (9, 4), (8, 5), (11, 3))
"""N and C: coprime, and N large enough for every class to occur."""

SOFTMAX = 'See 8.1, "Scores become probabilities".'
LOSS = 'See 8.2, "Surprise is the loss".'
BACK = 'See 8.3, "Backwards through softmax".'
BOTH = 'See 8.4, "Both together".'
HUNT = 'See the bug hunt, "right for one example".'


def logits(rng):
    """Logits (N, C) of moderate size, each row at a height of its own, and labels (N,) that cover every class."""
    n, c = SIZES[rng.integers(len(SIZES))]
    z = rng.uniform(-2, 2, size=(n, c)) + rng.uniform(-1, 1, size=(n, 1))
    y = rng.permutation(np.concatenate([np.arange(c), rng.integers(c, size=n - c)]))
    return z, y


def probabilities(rng):
    """Softmax of moderate logits, (N, C)."""
    e = np.exp(logits(rng)[0])
    return e / e.sum(axis=1, keepdims=True)


def rows_far_apart(rng):
    """Logits (N, C) whose rows lie near -1000, 0 and 1000, and labels (N,): no shift suits them all."""
    z, y = logits(rng)
    heights = rng.permutation(np.arange(len(z)) % 3 * 1000.0 - 1000)
    return z + heights[:, None], y


# ---- softmax

softmax = Exercise(
    "softmax",
    care=("unchanged", "one row", "float32", "views", "large logits", "large differences", "rows far apart"),
    rows=("z",),
    sizes={"N": ("z", 0), "C": ("z", 1)},
)


@softmax.draw
def moderate(rng):
    return dict(z=logits(rng)[0])


@softmax.draw(times=1, care="large logits")
def near_1000(rng):
    return dict(z=logits(rng)[0] + 1000)


@softmax.draw(times=1, care="large logits")
def near_minus_1000(rng):
    return dict(z=logits(rng)[0] - 1000)


@softmax.draw(times=1, care="large differences")
def two_far_above(rng):
    """Two classes of each row share it all: the others lie 1000 below."""
    z, _ = logits(rng)
    for row in z:
        row[rng.permutation(len(row))[:2]] += 1000
    return dict(z=z)


@softmax.draw(times=1, care="large differences")
def one_far_above(rng):
    """One class of each row lies near 1000 and the others near -1000."""
    z, y = logits(rng)
    z -= 1000
    z[np.arange(len(z)), y] += 2000
    return dict(z=z)


@softmax.draw(times=1, care="rows far apart")
def heights_of_their_own(rng):
    return dict(z=rows_far_apart(rng)[0])


@softmax.wrong(
    "columns-for-rows",
    f"""Each column adds up to 1 here. A row is an example, and its classes lie along axis 1: each row adds up to 1.
    {SOFTMAX}""",
)
def columns_for_rows(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)


@softmax.wrong(
    "python-sum",
    f"""Each column adds up to 1 here: the sum ran over the rows, as Python's own sum does. Use .sum with an axis; the
    classes lie along axis 1. {SOFTMAX}""",
)
def python_sum(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / sum(e)


@softmax.wrong(
    "shifted-above-only",
    f"""It looks as if the maximum was taken away above the fraction line and not below. Then c does not cancel: the
    same exponentials stand above and below. {SOFTMAX}""",
)
def shifted_above_only(z):
    return np.exp(z - z.max(axis=1, keepdims=True)) / np.exp(z).sum(axis=1, keepdims=True)


@softmax.wrong(
    "one-sum-for-all",
    f"""All entries together add up to 1 here. Each row is an example of its own and needs its own sum.
    {SOFTMAX}""",
)
def one_sum_for_all(z):
    e = np.exp(z - z.max())
    return e / e.sum()


@softmax.wrong(
    "axis-lost",
    f"""The sum (or the maximum) of each row has shape (N,), and numpy lays it along the last axis, where the classes
    are. It must stay a column, (N, 1): which argument keeps the axis? {SOFTMAX}""",
)
def axis_lost(z):
    e = np.exp(z)
    return e / e.sum(axis=1)


@softmax.wrong(
    "not-normalised",
    f"""These are the exponentials. They are positive, but a row does not add up to 1 yet: divide by its sum.
    {SOFTMAX}""",
)
def not_normalised(z):
    return np.exp(z)


@softmax.wrong(
    "shifted-not-normalised",
    f"""These are the exponentials of the shifted logits. The largest of each row is 1, but the row does not add up
    to 1 yet: divide by its sum. {SOFTMAX}""",
)
def shifted_not_normalised(z):
    return np.exp(z - z.max(axis=1, keepdims=True))


@softmax.wrong(
    "share-of-logits",
    f"""It looks as if the logits themselves were divided by their sum. They can be negative, and so can their sum: the
    exponential comes first. {SOFTMAX}""",
)
def share_of_logits(z):
    return z / z.sum(axis=1, keepdims=True)


@softmax.wrong(
    "shifted-shares",
    f"""It looks as if z − min or z − max was divided by its sum, without the exponential. Only with it does a
    difference of logits become a ratio of probabilities. {SOFTMAX}""",
)
def shifted_shares(z):
    d = z - z.min(axis=1, keepdims=True)
    return d / d.sum(axis=1, keepdims=True)


@softmax.wrong(
    "logarithm-returned",
    f"""These are the logarithms of the probabilities: all negative. Asked for are the probabilities. {SOFTMAX}""",
)
def logarithm_returned(z):
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


@softmax.wrong(
    "sigmoid-of-each",
    f"""It looks as if the sigmoid of each logit was taken on its own. Here the classes compete: each one's share
    depends on the others, and a row adds up to 1. {SOFTMAX}""",
)
def sigmoid_of_each(z):
    return 1 / (1 + np.exp(-z))


@softmax.wrong(
    "minus-in-exponent",
    f"""The lowest logit has the largest probability here. The exponent is z, without a minus (that belongs to the
    sigmoid). {SOFTMAX}""",
)
def minus_in_exponent(z):
    e = np.exp(-z)
    return e / e.sum(axis=1, keepdims=True)


@softmax.wrong(
    "two-for-e",
    f"""It looks as if powers of 2 stand in place of powers of e. Use the exponential. {SOFTMAX}""",
)
def two_for_e(z):
    e = 2.0**z
    return e / e.sum(axis=1, keepdims=True)


@softmax.wrong(
    "winner-takes-all",
    f"""The largest logit has 1 and the others 0. Softmax leaves each class a share: for 2, 1, 0.1 the largest has
    0.6590. {SOFTMAX}""",
)
def winner_takes_all(z):
    return np.eye(z.shape[1])[z.argmax(axis=1)]


@softmax.wrong(
    "divided-by-the-largest",
    f"""It looks as if the logits were divided by the largest of their row before the exponential. That changes the
    differences between them. Subtract it: only that leaves p as it is. {SOFTMAX}""",
)
def divided_by_the_largest(z):
    e = np.exp(z / z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@softmax.wrong(
    "maximum-of-columns",
    f"""It looks as if the maximum of each column was taken away. Within a row the classes then move by different
    amounts, and p changes. One number for the whole row: its own maximum. {SOFTMAX}""",
)
def maximum_of_columns(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=1, keepdims=True)


@softmax.wrong(
    "mean-for-sum",
    f"""Each row adds up to C. It looks as if the mean of the exponentials was divided by: it is their sum.
    {SOFTMAX}""",
)
def mean_for_sum(z):
    e = np.exp(z)
    return e / e.mean(axis=1, keepdims=True)


@softmax.wrong(
    "length-for-sum",
    f"""The squares of each row add up to 1 here. Divide by the sum of the exponentials, not by their length.
    {SOFTMAX}""",
)
def length_for_sum(z):
    e = np.exp(z)
    return e / np.linalg.norm(e, axis=1, keepdims=True)


@softmax.wrong(
    "softmax-twice",
    f"""It looks as if softmax was applied twice. Once is enough: its result adds up to 1 already. {SOFTMAX}""",
)
def softmax_twice(z):
    return right.softmax(right.softmax(z))


@softmax.wrong(
    "another-shift",
    f"""The shift of each row is not its largest logit (is it the mean, or the smallest?). Then a logit 1000 above the
    others still overflows. Which c makes the largest exponent exactly 0? {SOFTMAX}""",
    fails="large differences",
)
def another_shift(z):
    e = np.exp(z - z.mean(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@softmax.wrong(
    "one-maximum-for-all",
    f"""It looks as if one maximum was taken for the whole array. A row far below it becomes all zeros, and 0/0 is nan.
    Each row is an example of its own: it has its own maximum. {SOFTMAX}""",
    fails="rows far apart",
)
def one_maximum_for_all(z):
    e = np.exp(z - np.max(z))
    return e / e.sum(axis=1, keepdims=True)


@softmax.wrong(
    "no-shift",
    f"""exp(1000) is too large for a float (inf), and exp(−1000) is 0; inf/inf and 0/0 are nan.
    The same c may be added to a whole row and p stays: which c makes the largest exponent of each row 0? {SOFTMAX}""",
    fails=("large logits", "large differences", "rows far apart"),
)
def no_shift(z):
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


@softmax.wrong(
    "written-into-z",
    f"""-= writes into the array that it stands on, and z belongs to the caller, who still needs the logits.
    {SOFTMAX}""",
    fails=("unchanged", "views"),
)
def written_into_z(z):
    z -= z.max(axis=1, keepdims=True)
    return right.softmax(z)


@softmax.unusual
def entry_by_entry(z):
    rows = []
    for row in z:
        top = max(row)
        e = [math.exp(v - top) for v in row]
        rows.append([v / sum(e) for v in e])
    return rows


@softmax.unusual
def by_log_sum_exp(z):
    return np.exp(z - np.logaddexp.reduce(z, axis=-1)[..., None])


@softmax.unusual
def by_einsum(z):
    e = np.exp(z - np.sort(z)[:, -1:])
    return np.einsum("nc,n->nc", e, 1 / e.sum(-1))


@softmax.unusual
def on_its_side(z):
    e = np.exp(z.T - z.max(1))
    return (e / e.sum(0)).T


@softmax.unusual
def one_over_ratios(z):
    with np.errstate(over="ignore"):
        return 1 / np.exp(z[:, None, :] - z[:, :, None]).sum(axis=2)


@softmax.unusual
def on_a_copy_in_single_precision(z):
    z = np.array(z)
    z -= z.max(axis=1)[:, np.newaxis]
    e = np.exp(z, dtype=np.float32, casting="same_kind")
    return e / (e.sum(axis=1).reshape(-1, 1) + np.float32(1e-9))


@softmax.unusual
def along_the_axis(z):
    def one(row):
        e = np.exp(row - row.max())
        return e / e.sum()

    return np.apply_along_axis(one, 1, z)


# ---- cross_entropy

cross_entropy = Exercise(
    "cross_entropy",
    care=("unchanged", "one row", "float32", "views", "large logits", "large differences", "rows far apart"),
    rows=("z", "y"),
    sizes={"N": ("z", 0), "C": ("z", 1)},
)


@cross_entropy.draw
def labelled(rng):
    z, y = logits(rng)
    return dict(z=z, y=y)


@cross_entropy.draw(times=1, care="large logits")
def labelled_near_1000(rng):
    z, y = logits(rng)
    return dict(z=z + 1000, y=y)


@cross_entropy.draw(times=1, care="large logits")
def labelled_near_minus_1000(rng):
    z, y = logits(rng)
    return dict(z=z - 1000, y=y)


@cross_entropy.draw(times=1, care="large differences")
def truth_40_below(rng):
    """The truth is very unlikely in every row, so that no row's loss hides another's."""
    z, y = logits(rng)
    z[np.arange(len(y)), y] -= 40
    return dict(z=z, y=y)


@cross_entropy.draw(times=1, care="large differences")
def truth_far_below(rng):
    """The truth lies near -1000, another class near 1000."""
    z, y = logits(rng)
    z[np.arange(len(y)), y] -= 1000
    z[np.arange(len(y)), y - 1] += 1000
    return dict(z=z, y=y)


@cross_entropy.draw(times=1, care="rows far apart")
def labelled_far_apart(rng):
    z, y = rows_far_apart(rng)
    return dict(z=z, y=y)


@cross_entropy.wrong(
    "sum-for-mean",
    f"""This is N times too large: the losses of the rows are added. The loss is their mean. {LOSS}""",
)
def sum_for_mean(z, y):
    return len(y) * right.cross_entropy(z, y)


@cross_entropy.wrong(
    "times-the-classes",
    f"""This is C times too large. The mean is over the N rows alone. {LOSS}""",
)
def times_the_classes(z, y):
    return z.shape[1] * right.cross_entropy(z, y)


@cross_entropy.wrong(
    "averaged-over-classes",
    f"""This is C times too small. Each row has one loss, that of its true class: the mean is over N rows, not over
    N · C entries. {LOSS}""",
)
def averaged_over_classes(z, y):
    targets = np.eye(z.shape[1])[y]
    return -np.mean(targets * np.log(right.softmax(z)))


@cross_entropy.wrong(
    "sign",
    f"""This is negative. ln p is below 0, since p is below 1: the loss is −ln p. {LOSS}""",
)
def sign_of_loss(z, y):
    return -right.cross_entropy(z, y)


@cross_entropy.wrong(
    "one-loss-per-row",
    f"""These are N losses, one for each row. Asked for is one number, their mean. {LOSS}""",
)
def one_loss_per_row(z, y):
    return -np.log(right.softmax(z)[np.arange(len(y)), y])


@cross_entropy.wrong(
    "every-row-with-every-label",
    f"""It looks as if p[:, y] was used. That takes, for every row, the columns of all labels: N · N numbers.
    Each row needs one, at its own label: which row numbers belong beside y? {LOSS}""",
)
def every_row_with_every_label(z, y):
    return -np.log(right.softmax(z)[:, y]).mean()


@cross_entropy.wrong(
    "labels-as-row-numbers",
    f"""It looks as if p[y] was used. A single index picks whole rows, and y holds columns: two indices are needed, a
    row number and a class. {LOSS}""",
)
def loss_of_labels_as_row_numbers(z, y):
    return -np.log(right.softmax(z)[y]).mean()


@cross_entropy.wrong(
    "arange-of-labels",
    f"""Is it np.arange(y)? np.arange wants one number, how many rows there are, and got the whole y.
    (An if, or Python's own max, stops like this too: it asks one question where there is one for each entry.)
    {LOSS}""",
)
def arange_of_labels(z, y):
    return -np.log(right.softmax(z)[np.arange(y), y]).mean()


@cross_entropy.wrong(
    "classes-before-rows",
    f"""Rows come first, then columns: p[row numbers, classes]. Are the two exchanged? (Or does a loop over the classes
    run one too far?) {LOSS}""",
)
def classes_before_rows(z, y):
    return -np.log(right.softmax(z)[y, np.arange(len(y))]).mean()


@cross_entropy.wrong(
    "table-of-rows",
    f"""A column (N, 1) and a row (N,) made an (N, N) table: every row with every other. Give both the same shape.
    {LOSS}""",
)
def table_of_rows(z, y):
    top = z.max(axis=1, keepdims=True)
    return top + np.log(np.exp(z - top).sum(axis=1)) - z[np.arange(len(y)), y]


@cross_entropy.wrong(
    "table-of-logarithms",
    f"""A column (N, 1) and a row (N,) made an (N, N) table: every row with every other. Give both the same shape.
    {LOSS}""",
)
def table_of_logarithms(z, y):
    return np.log(np.exp(z).sum(axis=1, keepdims=True)) - z[np.arange(len(y)), y]


@cross_entropy.wrong(
    "labels-counted-from-1",
    f"""It looks as if the labels were counted from 1. They are 0 … C−1, as Python counts; y − 1 makes −1 of class 0,
    and that is the last column. {LOSS}""",
)
def labels_counted_from_1(z, y):
    return -np.log(right.softmax(z)[np.arange(len(y)), y - 1]).mean()


@cross_entropy.wrong(
    "label-ignored",
    f"""It looks as if every row's loss was that of the surest class. The label says which class was true: its p
    counts, likely or not. {LOSS}""",
)
def label_ignored(z, y):
    return -np.log(right.softmax(z).max(axis=1)).mean()


@cross_entropy.wrong(
    "all-classes",
    f"""It looks as if −ln p of all classes was added up. Only the class that happened surprises. {LOSS}""",
)
def all_classes(z, y):
    return -np.log(right.softmax(z)).sum(axis=1).mean()


@cross_entropy.wrong(
    "all-entries",
    f"""This is the mean of −ln p over all entries: the labels play no part. Only the class that happened surprises.
    {LOSS}""",
)
def all_entries(z, y):
    return -np.log(right.softmax(z)).mean()


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


@cross_entropy.wrong(
    "log-of-the-mean",
    f"""It looks as if the mean of p was taken before the logarithm. Each row has its own surprise: logarithm first,
    then the mean. {LOSS}""",
)
def log_of_the_mean(z, y):
    return -np.log(right.softmax(z)[np.arange(len(y)), y].mean())


@cross_entropy.wrong(
    "no-logarithm",
    f"""This is 1 − p of the true class, a mean of them. The loss is −ln p. {LOSS}""",
)
def no_logarithm(z, y):
    return 1 - right.softmax(z)[np.arange(len(y)), y].mean()


@cross_entropy.wrong(
    "minus-p",
    f"""This is −p of the true class, a mean of them: the logarithm is missing. {LOSS}""",
)
def minus_p(z, y):
    return -right.softmax(z)[np.arange(len(y)), y].mean()


@cross_entropy.wrong(
    "squared-error",
    f"""It looks as if the squares of p − y were used. The loss here is −ln p of the true class. {LOSS}""",
)
def squared_error(z, y):
    return ((right.softmax(z) - np.eye(z.shape[1])[y]) ** 2).sum(axis=1).mean()


@cross_entropy.wrong(
    "sum-of-exponentials-missing",
    f"""This is −z of the true class. What is left out is ln Σ exp(z) of its row: a large logit says nothing while
    the others are as large. {LOSS}""",
)
def sum_of_exponentials_missing(z, y):
    return -z[np.arange(len(y)), y].mean()


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


@cross_entropy.wrong(
    "bracket-too-long",
    f"""It looks as if the true logit stands inside the logarithm, ln(Σ exp(z) − z). The logarithm ends with the sum.
    {LOSS}""",
)
def bracket_too_long(z, y):
    return np.log(np.exp(z).sum(axis=1) - z[np.arange(len(y)), y]).mean()


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
    "base-10",
    f"""It looks as if log10 was used. The logarithm here is the natural one: np.log. {LOSS}""",
)
def base_10(z, y):
    return right.cross_entropy(z, y) / np.log(10)


@cross_entropy.wrong(
    "base-2",
    f"""It looks as if log2 was used. The logarithm here is the natural one: np.log. {LOSS}""",
)
def base_2(z, y):
    return right.cross_entropy(z, y) / np.log(2)


@cross_entropy.wrong(
    "softmax-twice",
    f"""It looks as if softmax was applied twice. z holds logits: from there to p it is one softmax. {LOSS}""",
)
def loss_after_two_softmaxes(z, y):
    return right.cross_entropy(right.softmax(z), y)


@cross_entropy.wrong(
    "sigmoid-for-softmax",
    f"""It looks as if p is the sigmoid of the true logit. With several classes it is softmax of the row. {LOSS}""",
)
def loss_with_sigmoid(z, y):
    return np.log1p(np.exp(-z[np.arange(len(y)), y])).mean()


@cross_entropy.wrong(
    "axis-lost",
    f"""The sum (or the maximum) of each row has shape (N,), and numpy lays it along the last axis, where the classes
    are. Beside (N, C) it must stay a column, (N, 1): which argument keeps the axis? {LOSS}""",
)
def loss_axis_lost(z, y):
    log_p = z - np.log(np.exp(z).sum(axis=1))
    return -log_p[np.arange(len(y)), y].mean()


@cross_entropy.wrong(
    "labels-for-one-hot",
    f"""It looks as if the class numbers y were multiplied with ln p. A class number only says where to look: which
    entry of each row is it? {LOSS}""",
)
def loss_of_class_numbers(z, y):
    return -(y * np.log(right.softmax(z))).sum(axis=1).mean()


@cross_entropy.wrong(
    "class-number-as-weight",
    f"""It looks as if the class numbers y were multiplied with ln p. A class number only says where to look: which
    entry of each row is it? {LOSS}""",
)
def class_number_as_weight(z, y):
    return -(y[:, None] * np.log(right.softmax(z))).sum(axis=1).mean()


@cross_entropy.wrong(
    "logarithm-of-p",
    """Where the truth lies far below, p underflows to 0 and ln 0 is −inf. A small number added to p (or a clip) only
    hides it: the loss is then that number's, not the row's.
    ln p is a difference of logits: no p is needed. See 8.2, "Without p".""",
    fails="large differences",
)
def logarithm_of_p(z, y):
    return -np.log(right.softmax(z)[np.arange(len(y)), y] + 1e-12).mean()


@cross_entropy.wrong(
    "one-maximum-for-all",
    """It looks as if one maximum was taken for the whole array. A row far below it becomes all zeros, and ln 0 is
    −inf. Each row is an example of its own: it has its own maximum. See 8.2, "Without p".""",
    fails="rows far apart",
)
def loss_with_one_maximum(z, y):
    s = z - z.max()
    return np.mean(np.log(np.exp(s).sum(axis=1)) - s[np.arange(len(y)), y])


@cross_entropy.wrong(
    "no-shift",
    """exp(1000) is too large for a float (inf), and exp(−1000) is 0, of which ln is −inf.
    Take the row's largest logit away before the exponential. See 8.2, "Without p".""",
    fails=("large logits", "large differences", "rows far apart"),
)
def loss_without_shift(z, y):
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(y)), y])


@cross_entropy.wrong(
    "written-into-z",
    """-= writes into the array that it stands on, and z belongs to the caller, who still needs the logits.
    See 8.2, "Without p".""",
    fails=("unchanged", "views"),
)
def loss_written_into_z(z, y):
    z -= z.max(axis=1, keepdims=True)
    return right.cross_entropy(z, y)


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


# ---- softmax_backward

softmax_backward = Exercise(
    "softmax_backward",
    care=("unchanged", "one row", "float32", "views"),
    rows=("dp", "p"),
    sizes={"N": ("p", 0), "C": ("p", 1)},
)


@softmax_backward.draw
def upstream_and_p(rng):
    p = probabilities(rng)
    return dict(dp=rng.normal(size=p.shape), p=p)


@softmax_backward.differentiates(upstream="dp", wrt="z", at=lambda p: dict(z=np.log(p)))
def softmax_forward(z):
    return np.exp(z - np.logaddexp.reduce(z, axis=1)[:, None])


@softmax_backward.wrong(
    "diagonal-only",
    f"""It looks as if the slope p(1 − p) of the sigmoid was used for each class on its own. A logit moves every p of
    its row: the other paths are missing, and gradients add at forks. {BACK}""",
)
def diagonal_only(dp, p):
    return dp * p * (1 - p)


@softmax_backward.wrong(
    "bare-sum-of-dp",
    f"""It looks as if the plain sum of dp is taken away. Each dp in that sum is multiplied by its own p. {BACK}""",
)
def bare_sum_of_dp(dp, p):
    return p * (dp - dp.sum(axis=1, keepdims=True))


@softmax_backward.wrong(
    "bare-mean-of-dp",
    f"""It looks as if the plain mean of dp is taken away. It is a mean weighted with p: likely classes weigh more.
    {BACK}""",
)
def bare_mean_of_dp(dp, p):
    return p * (dp - dp.mean(axis=1, keepdims=True))


@softmax_backward.wrong(
    "p-in-front-missing",
    f"""It looks as if the factor p of the class itself is missing. An unlikely class barely moves when its logit does.
    {BACK}""",
)
def p_in_front_missing(dp, p):
    return dp - (dp * p).sum(axis=1, keepdims=True)


@softmax_backward.wrong(
    "p-on-the-sum-only",
    f"""p stands in front of the whole bracket: both terms carry it. Here dp alone has none. {BACK}""",
)
def p_on_the_sum_only(dp, p):
    return dp - p * (dp * p).sum(axis=1, keepdims=True)


@softmax_backward.wrong(
    "p-on-dp-only",
    f"""p stands in front of the whole bracket: both terms carry it. Here the sum has none. {BACK}""",
)
def p_on_dp_only(dp, p):
    return p * dp - (dp * p).sum(axis=1, keepdims=True)


@softmax_backward.wrong(
    "dp-and-p-exchanged",
    f"""It looks as if dp stands in front of the bracket and p inside. It is the other way round: p is what all terms
    have in common. {BACK}""",
)
def dp_and_p_exchanged(dp, p):
    return dp * (p - (dp * p).sum(axis=1, keepdims=True))


@softmax_backward.wrong(
    "mean-for-sum",
    f"""It looks as if the sum of dp · p became a mean. The paths add; nothing is divided by C. {BACK}""",
)
def back_mean_for_sum(dp, p):
    return p * (dp - (dp * p).mean(axis=1, keepdims=True))


@softmax_backward.wrong(
    "through-the-logarithm",
    f"""It looks as if this is the gradient through ln p, the logarithm of softmax. Here dp arrives at p itself.
    {BACK}""",
)
def through_the_logarithm(dp, p):
    return dp - p * dp.sum(axis=1, keepdims=True)


@softmax_backward.wrong(
    "only-its-own-p",
    f"""It looks as if only dp · p is there. When a logit rises, the sum below the fraction rises too, and every p of
    the row falls a little: that part is missing. {BACK}""",
)
def only_its_own_p(dp, p):
    return dp * p


@softmax_backward.wrong(
    "only-the-others",
    f"""It looks as if the direct part dp · p is missing: a logit raises its own exponential first of all. {BACK}""",
)
def only_the_others(dp, p):
    return -p * (dp * p).sum(axis=1, keepdims=True)


@softmax_backward.wrong(
    "own-path-missing",
    f"""It looks as if the path from a logit to its own p is left out, and only the other classes are there. {BACK}""",
)
def own_path_missing(dp, p):
    return p * (dp * p - (dp * p).sum(axis=1, keepdims=True))


@softmax_backward.wrong(
    "upstream-ignored",
    f"""dp plays no part in this result. The layer above says how much each p of a row matters: multiply by it.
    {BACK}""",
)
def upstream_ignored(dp, p):
    return p * (1 - p)


@softmax_backward.wrong(
    "columns-for-rows",
    f"""It looks as if the sum ran over the examples. A logit moves the p of its own row: sum over the classes.
    {BACK}""",
)
def back_over_columns(dp, p):
    return p * (dp - (dp * p).sum(axis=0))


@softmax_backward.wrong(
    "one-sum-for-all",
    f"""It looks as if one sum was taken over all rows. Each row is an example of its own: it has its own sum.
    {BACK}""",
)
def back_with_one_sum(dp, p):
    return p * (dp - (dp * p).sum())


@softmax_backward.wrong(
    "axis-lost",
    f"""The sum of each row has shape (N,), and numpy lays it along the last axis, where the classes are. It must stay
    a column, (N, 1): which argument keeps the axis? {BACK}""",
)
def back_axis_lost(dp, p):
    return p * (dp - (dp * p).sum(axis=1))


@softmax_backward.wrong(
    "rows-with-rows",
    f"""It looks as if dp @ p.T was used. It pairs every row with every other, (N, N). Only the pairs of a row with
    itself are asked for: one number for each row. {BACK}""",
)
def rows_with_rows(dp, p):
    return p * (dp - dp @ p.T)


@softmax_backward.wrong(
    "sign",
    f"""This has the opposite sign. A logit that rises raises its own p and lowers the others. {BACK}""",
)
def back_sign(dp, p):
    return p * ((dp * p).sum(axis=1, keepdims=True) - dp)


@softmax_backward.wrong(
    "plus-for-minus",
    f"""It looks as if the sum was added. When a logit rises, the other p of its row fall: a minus. {BACK}""",
)
def plus_for_minus(dp, p):
    return p * (dp + (dp * p).sum(axis=1, keepdims=True))


@softmax_backward.wrong(
    "softmax-again",
    f"""It looks as if softmax was applied to p. p is its result already, handed over from the forward pass. {BACK}""",
)
def softmax_again(dp, p):
    return right.softmax_backward(dp, right.softmax(p))


@softmax_backward.wrong(
    "averaged-rows",
    f"""This is divided by N. The 1/N belongs to the loss, and dp has it inside already. {BACK}""",
)
def averaged_rows(dp, p):
    return right.softmax_backward(dp, p) / len(p)


@softmax_backward.wrong(
    "square-of-p-for-product",
    f"""It looks as if p_k² stands where p_k · p_j belongs. When logit j rises, class k loses a share p_k · p_j: the
    two classes are not the same one. {BACK}""",
)
def square_of_p(dp, p):
    return dp * p - (dp * p**2).sum(axis=1, keepdims=True)


@softmax_backward.wrong(
    "written-into-dp",
    f"""-= and *= write into the array that they stand on, and dp belongs to the caller. {BACK}""",
    fails=("unchanged", "views"),
)
def written_into_dp(dp, p):
    dp -= (dp * p).sum(axis=1, keepdims=True)
    return p * dp


@softmax_backward.unusual
def with_whole_matrices(dp, p):
    jacobians = np.einsum("nj,jk->njk", p, np.eye(p.shape[1])) - np.einsum("nj,nk->njk", p, p)
    return np.einsum("nk,nkj->nj", dp, jacobians)


@softmax_backward.unusual
def row_after_row(dp, p):
    return [(np.diag(p_n) - np.outer(p_n, p_n)) @ dp_n for dp_n, p_n in zip(dp, p)]


@softmax_backward.unusual
def class_against_class(dp, p):
    n, c = p.shape
    dz = np.zeros((n, c))
    for i in range(n):
        for j in range(c):
            dz[i, j] = sum(p[i, j] * p[i, k] * (dp[i, j] - dp[i, k]) for k in range(c))
    return dz


@softmax_backward.unusual
def two_products(dp, p):
    g = dp * p
    return g - p * np.add.reduce(g, axis=1)[:, None]


@softmax_backward.unusual
def by_a_complex_step(dp, p):
    z, dz, h = np.log(p).astype(float), np.zeros(p.shape), 1e-30
    for j in range(p.shape[1]):
        moved = z.astype(complex)
        moved[:, j] += 1j * h
        e = np.exp(moved)
        dz[:, j] = (dp * (e / e.sum(axis=1, keepdims=True)).imag).sum(axis=1) / h
    return dz


@softmax_backward.unusual
def back_in_single_precision(dp, p):
    dp, p = np.float32(dp), np.asfortranarray(p, dtype=np.float32)
    return p * (dp - np.matmul(dp[:, None, :], p[:, :, None])[:, 0])


# ---- cross_entropy_backward

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
cross_entropy_backward.draw(labelled_far_apart, times=1, care="rows far apart")


@cross_entropy_backward.differentiates()
def mean_surprise(z, y):
    return np.mean(np.logaddexp.reduce(z, axis=1) - z[np.arange(len(y)), y])


@cross_entropy_backward.wrong(
    "sum-for-mean",
    f"""This is N times too large. The loss is a mean over N rows, so its gradient has the 1/N; and it is here, in the
    loss, that it belongs. {BOTH}""",
)
def no_1_over_n(z, y):
    return right.softmax(z) - np.eye(z.shape[1])[y]


@cross_entropy_backward.wrong(
    "averaged-twice",
    f"""This is N times too small: the 1/N of the mean is counted twice. {BOTH}""",
)
def averaged_twice(z, y):
    return (right.softmax(z) - np.eye(z.shape[1])[y]) / len(y) ** 2


@cross_entropy_backward.wrong(
    "averaged-over-entries",
    f"""This is C times too small. The mean of the loss runs over the N rows, not over all N · C entries. {BOTH}""",
)
def averaged_over_entries(z, y):
    return (right.softmax(z) - np.eye(z.shape[1])[y]) / z.size


@cross_entropy_backward.wrong(
    "classes-for-rows",
    f"""It looks as if this was divided by C. The mean of the loss runs over the N rows: divide by N. {BOTH}""",
)
def classes_for_rows(z, y):
    return (right.softmax(z) - np.eye(z.shape[1])[y]) / z.shape[1]


@cross_entropy_backward.wrong(
    "sign",
    f"""This has the opposite sign. A higher logit of the true class lowers the loss: its entry is negative.
    {BOTH}""",
)
def y_minus_p(z, y):
    return (np.eye(z.shape[1])[y] - right.softmax(z)) / len(y)


@cross_entropy_backward.wrong(
    "plus-one",
    f"""It looks as if 1 was added for the true class. It is taken away: p − y. {BOTH}""",
)
def plus_one(z, y):
    return (right.softmax(z) + np.eye(z.shape[1])[y]) / len(y)


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


@cross_entropy_backward.wrong(
    "logits-for-probabilities",
    f"""It looks as if this is z − y, with the logits. The p of p − y is softmax of the logits. {BOTH}""",
)
def logits_for_probabilities(z, y):
    return (z - np.eye(z.shape[1])[y]) / len(y)


@cross_entropy_backward.wrong(
    "truth-left-out",
    f"""This is p, divided by N: the labels play no part. At the true class 1 is taken away. {BOTH}""",
)
def truth_left_out(z, y):
    return right.softmax(z) / len(y)


@cross_entropy_backward.wrong(
    "stopped-at-p",
    f"""This is the gradient with respect to p: −1/p at the true class. One step is left, through softmax to z.
    {BOTH}""",
)
def stopped_at_p(z, y):
    return -np.eye(z.shape[1])[y] / right.softmax(z) / len(y)


@cross_entropy_backward.wrong(
    "mean-over-y-only",
    f"""It looks as if only y was divided by N. The 1/N stands before the whole difference p − y. {BOTH}""",
)
def mean_over_y_only(z, y):
    return right.softmax(z) - np.eye(z.shape[1])[y] / len(y)


@cross_entropy_backward.wrong(
    "mean-over-p-only",
    f"""It looks as if p was divided by N, and then a whole 1 was taken away. The 1/N stands before the whole
    difference p − y. {BOTH}""",
)
def mean_over_p_only(z, y):
    return right.softmax(z) / len(y) - np.eye(z.shape[1])[y]


@cross_entropy_backward.wrong(
    "labels-for-one-hot",
    f"""y holds class numbers, N of them, and p has N rows of C. In p − y the truth is a row too: 1 at the true class,
    0 elsewhere. {BOTH}""",
)
def labels_for_one_hot(z, y):
    return (right.softmax(z) - y) / len(y)


@cross_entropy_backward.wrong(
    "class-number-subtracted",
    f"""It looks as if the class number itself was taken away from every p of its row. It only says where the 1
    stands. {BOTH}""",
)
def class_number_subtracted(z, y):
    return (right.softmax(z) - y[:, None]) / len(y)


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
    "sigmoid-for-softmax",
    f"""It looks as if p is the sigmoid of each logit. With one class of several to choose, it is softmax of the row.
    {BOTH}""",
)
def dz_with_sigmoid(z, y):
    return (1 / (1 + np.exp(-z)) - np.eye(z.shape[1])[y]) / len(y)


@cross_entropy_backward.wrong(
    "softmax-twice",
    f"""It looks as if softmax was applied twice. z holds logits: from there to p it is one softmax. {BOTH}""",
)
def dz_after_two_softmaxes(z, y):
    return (right.softmax(right.softmax(z)) - np.eye(z.shape[1])[y]) / len(y)


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


@cross_entropy_backward.wrong(
    "written-into-z",
    f"""-= writes into the array that it stands on, and z belongs to the caller, who still needs the logits.
    {BOTH}""",
    fails=("unchanged", "views"),
)
def dz_written_into_z(z, y):
    z -= z.max(axis=1, keepdims=True)
    return right.cross_entropy_backward(z, y)


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


# ---- log_softmax_backward, the bug hunt

log_softmax_backward = Exercise(
    "log_softmax_backward",
    care=("unchanged", "one row", "float32", "views"),
    rows=("dq", "p"),
    sizes={"N": ("p", 0), "C": ("p", 1)},
)


@log_softmax_backward.draw
def upstream_of_logarithms(rng):
    p = probabilities(rng)
    return dict(dq=rng.normal(size=p.shape), p=p)


@log_softmax_backward.differentiates(upstream="dq", wrt="z", at=lambda p: dict(z=np.log(p)))
def log_softmax_forward(z):
    return z - np.logaddexp.reduce(z, axis=1)[:, None]


@log_softmax_backward.wrong(
    "left-as-it-was",
    f"""This is still the broken function: its sum runs over all rows. A row of z moves the same row of q, and no
    other. {HUNT}""",
)
def left_as_it_was(dq, p):
    return dq - p * dq.sum()


@log_softmax_backward.wrong(
    "columns-for-rows",
    f"""It looks as if the sum runs over the examples (axis 0). It runs over the classes of one row. {HUNT}""",
)
def hunt_over_columns(dq, p):
    return dq - p * dq.sum(axis=0)


@log_softmax_backward.wrong(
    "axis-lost",
    f"""The sum of each row has shape (N,), and numpy lays it along the last axis, where the classes are. It must stay
    a column, (N, 1). {HUNT}""",
)
def hunt_axis_lost(dq, p):
    return dq - p * dq.sum(axis=1)


@log_softmax_backward.wrong(
    "sum-missing",
    f"""It looks as if the sum is gone altogether: each logit moves every q of its row, so all of them come back to
    it, and gradients add at forks. {HUNT}""",
)
def sum_missing(dq, p):
    return dq - p * dq


@log_softmax_backward.wrong(
    "mean-for-sum",
    f"""It looks as if the sum became a mean. Gradients add at forks; nothing is divided. {HUNT}""",
)
def hunt_mean_for_sum(dq, p):
    return dq - p * dq.mean(axis=1, keepdims=True)


@log_softmax_backward.wrong(
    "softmax-in-its-place",
    f"""This is the backward pass of softmax, from 8.3. Here the gradient dq arrives at q = ln p, not at p. {HUNT}""",
)
def softmax_in_its_place(dq, p):
    return right.softmax_backward(dq, p)


@log_softmax_backward.wrong(
    "sum-of-8-3",
    f"""It looks as if dq · p was added up. Here the total is of dq alone; the p inside the sum belongs to 8.3. {HUNT}
    """,
)
def sum_of_8_3(dq, p):
    return dq - p * (dq * p).sum(axis=1, keepdims=True)


@log_softmax_backward.wrong(
    "p-before-both",
    f"""It looks as if p stands before both terms, as in 8.3. Here dq comes back to its own z whole; only the total is
    multiplied by p. {HUNT}""",
)
def p_before_both(dq, p):
    return p * (dq - dq.sum(axis=1, keepdims=True))


@log_softmax_backward.wrong(
    "mean-of-the-totals",
    f"""It looks as if the sum over all rows was divided by N. Each row has its own total, not the mean of all. {HUNT}
    """,
)
def mean_of_the_totals(dq, p):
    return dq - p * dq.sum() / len(dq)


@log_softmax_backward.wrong(
    "p-inside-the-sum",
    f"""It looks as if p went inside the sum. It belongs to the logit that is nudged, so it stands before the sum.
    {HUNT}""",
)
def p_inside_the_sum(dq, p):
    return dq - (p * dq).sum(axis=1, keepdims=True)


@log_softmax_backward.wrong(
    "p-missing",
    f"""It looks as if the p before the sum is missing. The logarithm of the sum has the slope p. {HUNT}""",
)
def p_missing(dq, p):
    return dq - dq.sum(axis=1, keepdims=True)


@log_softmax_backward.wrong(
    "sign",
    f"""This has the opposite sign. q = z − ln Σ exp(z): dq comes back to its own z with a plus. {HUNT}""",
)
def hunt_sign(dq, p):
    return p * dq.sum(axis=1, keepdims=True) - dq


@log_softmax_backward.wrong(
    "plus-for-minus",
    f"""It looks as if the sum was added. The logarithm of the sum is taken away from z, so its gradient is too.
    {HUNT}""",
)
def hunt_plus(dq, p):
    return dq + p * dq.sum(axis=1, keepdims=True)


@log_softmax_backward.wrong(
    "stopped-at-p",
    f"""It looks as if this is dq/p, the gradient at p. One step is left, through softmax to z. {HUNT}""",
)
def hunt_stopped_at_p(dq, p):
    return dq / p


@log_softmax_backward.wrong(
    "softmax-again",
    f"""It looks as if softmax was applied to p. p is its result already. {HUNT}""",
)
def hunt_softmax_again(dq, p):
    return dq - right.softmax(p) * dq.sum(axis=1, keepdims=True)


@log_softmax_backward.wrong(
    "averaged-rows",
    f"""This is divided by N. The 1/N belongs to the loss, and dq has it inside already. {HUNT}""",
)
def hunt_averaged(dq, p):
    return right.log_softmax_backward(dq, p) / len(p)


@log_softmax_backward.wrong(
    "written-into-dq",
    f"""-= writes into the array that it stands on, and dq belongs to the caller. {HUNT}""",
    fails=("unchanged", "views"),
)
def written_into_dq(dq, p):
    dq -= p * dq.sum(axis=1, keepdims=True)
    return dq


@log_softmax_backward.unusual
def one_example_after_the_other(dq, p):
    return [dq_n - p_n * sum(dq_n) for dq_n, p_n in zip(dq, p)]


@log_softmax_backward.unusual
def as_a_matrix_product(dq, p):
    c = p.shape[1]
    return dq - p * (dq @ np.ones((c, c)))


@log_softmax_backward.unusual
def through_p(dq, p):
    return right.softmax_backward(dq / p, p)


@log_softmax_backward.unusual
def hunt_in_single_precision(dq, p):
    dq, p = np.float32(dq), np.float32(p)
    return dq - np.einsum("nj,nk->nj", p, dq)


# ---- questions

questions = [
    Question(
        "u08-last-row",
        answer=0.0986,
        tolerance=0.003,
        why="1.1052/11.2125 = 0.0986. The three shares add up to 1, so 1 − 0.6590 − 0.2424 gives the same.",
        hints={
            0.1: "Close: keep four decimals.",
            0.099: "Close: keep four decimals.",
            1.1052: "That is the exponential. Divide it by the sum of the three.",
            0.1093: "It looks as if the other two exponentials alone were added: 10.1073. The sum holds all three.",
            0.0323: "That is 0.1/3.1, a share of the logits. The exponential comes first.",
            9.86: "As a share, not in percent.",
            0.9014: "That is 1 minus the share: what the other two have together.",
        },
        otherwise="Divide the last exponential, 1.1052, by the sum below the column, 11.2125.",
    ),
    Question(
        "u08-temperature",
        answer="b",
        why="Divided by a large T, all logits are near 0, and exp(0) = 1 for each: the shares are equal, 1/3.",
        hints={
            "a": "That happens for T near 0: the differences grow, and the largest logit takes all.",
            "c": "Adding a number to all logits changes nothing; dividing them by T changes their differences.",
        },
        otherwise="Divide 2, 1 and 0.1 by 1000: what is left of their differences?",
    ),
    Question(
        "u08-guess",
        answer=2.3026,
        tolerance=0.002,
        why="Ten equal logits give p = 1/10 for each class, and −ln(1/10) = ln 10 = 2.3026, whichever class is true.",
        hints={
            1: "It looks as if log10 was used: the logarithm here is the natural one.",
            3.3219: "It looks as if log2 was used: the logarithm here is the natural one.",
            0.1: "That is p of the true class. The loss is −ln of it.",
            0.9: "That is 1 − p. The loss is −ln p.",
            10: "That is the number of classes. What is p of each, and −ln of it?",
            1.0986: "That is ln 3, for three classes. How many are there now?",
            0: "A loss of 0 needs p = 1 for the true class.",
        },
        otherwise="With equal logits every class has the same p. Which? The loss is −ln of it.",
    ),
    Question(
        "u08-one-entry",
        answer=0.1422,
        tolerance=0.004,
        why="0.1124 + 0.1598 − 0.1300 = 0.1422. The paths add.",
        hints={
            0.14: "Close: keep four decimals.",
            0.1124: "That is the first path alone. A nudge of z₀ moves all three p.",
            0.2721: "Those are the first two paths. The third has dp₂ = 2 and the slope −p₂p₀.",
            -0.1299: "That is the last path alone. The three paths add.",
            0.402: "The third path must be negative: p₂ falls when z₀ rises.",
            0.4021: "The third path must be negative: p₂ falls when z₀ rises.",
            0.2072: "It looks as if the third path was counted once instead of twice: dp₂ is 2.",
        },
        otherwise="The last row: dp₂ = 2 times the slope −p₂p₀ = −0.0650. Then add the three products.",
    ),
    Question(
        "u08-pull",
        answer=-0.9014,
        tolerance=0.001,
        why="The path through p₂: −1/p₂ times p₂(1 − p₂) leaves −(1 − p₂) = p₂ − 1. The row adds up to 0.",
        hints={
            -0.9: "Close: keep four decimals.",
            0.0986: "That is p₂. For the true class the slope p₂(1 − p₂) is multiplied by −1/p₂.",
            0.9014: "The sign: a higher logit of the true class lowers the loss.",
            -10.1455: "That is dp₂ = −1/p₂. Multiply it by the slope p₂(1 − p₂).",
            0.0889: "That is the slope p₂(1 − p₂). Multiply it by dp₂ = −1/p₂.",
            -0.0986: "The slope from z₂ to its own p₂ is p₂(1 − p₂), not p₂².",
            -1: "That is −y₂ alone, or −1/p₂ times p₂. The slope has one more factor, 1 − p₂.",
        },
        otherwise="Multiply −10.1455 by p₂(1 − p₂) = 0.088851.",
    ),
    Question(
        "u08-bug",
        answer="c",
        why="With one row, the sum over all entries is the sum over the row. With two, each row takes the other's too.",
        hints={
            "a": "With a plus, one row alone would be wrong already. Add up dz for one row, then for two.",
            "b": "One row alone is right, p as it is. What does a second row change?",
        },
        otherwise="For one row the function is right. Which operation in it sees more than one row?",
    ),
]
