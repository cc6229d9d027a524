"""count_errors: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import AsDrawn, Exercise, Labels, Numbers, RightAnswers

from ._shared import labels

right = RightAnswers(__file__)

count_errors = Exercise(
    "count_errors",
    outputs=("missed", "false_alarms"),
    care=("unchanged", "one row"),
    rows=("z", "y"),
    sizes={"N": ("z", 0)},
)


@count_errors.draw
def rows_with_a_threshold(rng):
    low = bool(rng.integers(2))
    while True:
        n = int(rng.choice([41, 47, 53]))
        y = labels(rng, n)
        z = rng.normal(1.6 * y - 0.8, 1.6)
        t = float(rng.uniform(0.12, 0.3) if low else rng.uniform(0.7, 0.88))
        p = 0.5 * (1 + np.tanh(z / 2))
        missed, alarms = int((p[y == 1] < t).sum()), int((p[y == 0] >= t).sum())
        logits = int((z[y == 1] < t).sum()), int((z[y == 0] >= t).sum())
        middle = int((z[y == 1] < 0).sum()), int((z[y == 0] >= 0).sum())
        apart = np.min(np.abs(p - t)) > 0.003 and np.min(np.abs(z - t)) > 0.003
        counts = (missed, alarms, *logits, *middle)
        if apart and len(set(counts[0::2])) == 3 and len(set(counts[1::2])) == 3 and missed != alarms and min(counts):
            return dict(z=z, y=y, threshold=t)


count_errors.corners(
    z=Numbers("N"), y=Labels("N", 2), threshold=AsDrawn("0 and 1 have no logit, and logits may be compared")
)


@count_errors.corners.at("ties")
def exactly_at_the_threshold(rng):
    """A logit of 0 has probability 0.5, and counts as called."""
    return dict(z=np.array([0.0, 0.0, 0.0, 1.5]), y=rng.permutation([0, 1, 1, 0]), threshold=0.5)


@count_errors.corners.at("large values")
def many_errors(rng):
    """Eight patients missed, and nine false alarms."""
    y = rng.permutation(np.repeat([1, 0], [10, 11]))
    z = np.where(y == 1, -1.0, 1.0)
    z[[np.argmax(y == 1), np.argmax(y == 0)]] = 2.0, -2.0
    z[[20 - np.argmax(y[::-1] == 1), 20 - np.argmax(y[::-1] == 0)]] = 2.0, -2.0
    return dict(z=z, y=y, threshold=0.6)


FOUR_ROWS = dict(z=np.array([-2.0, -1.0, 1.0, 2.0]), y=np.array([0, 1, 0, 1]))


@count_errors.corners.at("called again")
def a_low_threshold(rng):
    return dict(**FOUR_ROWS, threshold=0.2)


@count_errors.corners.at("called again")
def a_high_threshold(rng):
    return dict(**FOUR_ROWS, threshold=0.8)


@count_errors.corners.at("called again")
def other_logits_and_a_high_threshold(rng):
    return dict(z=np.array([2.0, 1.0, -1.0, -2.0]), y=FOUR_ROWS["y"], threshold=0.8)


@count_errors.wrong(
    "logits-against-threshold",
    """It looks as if z is still compared with the threshold; the sigmoid on both sides is no other comparison.
    A threshold is a probability, a logit any number: which function takes the one to the other? See the bug hunt.""",
)
def logits_compared(z, y, threshold):
    called = z >= threshold
    return np.sum(~called & (y == 1)), np.sum(called & (y == 0))


@count_errors.wrong(
    "threshold-ignored",
    """It looks as if 0.5 (or z = 0) decides in place of the threshold that is handed in. See the bug hunt.""",
)
def always_half(z, y, threshold):
    called = z >= 0
    return np.sum(~called & (y == 1)), np.sum(called & (y == 0))


@count_errors.wrong(
    "swapped",
    """A count stands in the other's place. Missed are malignant rows that are called benign. See the bug
    hunt.""",
)
def in_the_other_order(z, y, threshold):
    called = right.sigmoid(z) >= threshold
    return np.sum(called & (y == 0)), np.sum(~called & (y == 1))


@count_errors.wrong(
    "turned-round",
    """It looks as if the comparison was turned round, or the rows that are called rightly were counted. A row is called
    malignant if p is at or above the threshold; an error is a call against the truth. See the bug hunt.""",
)
def turned_round(z, y, threshold):
    called = right.sigmoid(z) < threshold
    return np.sum(~called & (y == 1)), np.sum(called & (y == 0))


@count_errors.wrong(
    "one-minus-threshold",
    """It looks as if p was compared with 1 − t, or 1 − p with t. A row is called malignant if p itself reaches t.
    See the bug hunt.""",
)
def one_minus_threshold(z, y, threshold):
    called = right.sigmoid(z) >= 1 - threshold
    return np.sum(~called & (y == 1)), np.sum(called & (y == 0))


@count_errors.wrong(
    "and-before-equals",
    """It looks as if & took its part before ==, as it does without parentheses: a & y == 0 is (a & y) == 0.
    Put the comparison in parentheses. See the bug hunt.""",
    spoils=("false_alarms",),
)
def and_before_equals(z, y, threshold):
    called = right.sigmoid(z) >= threshold
    return np.sum(~called & y == 1), np.sum(called & y == 0)


@count_errors.wrong(
    "arrays-with-one-entry",
    """A number stands in an array with one entry, shape (1,). Return the number itself.""",
)
def in_arrays(z, y, threshold):
    called = right.sigmoid(z) >= threshold
    return np.sum(~called & (y == 1), keepdims=True), np.sum(called & (y == 0), keepdims=True)


@count_errors.wrong(
    "sigmoid-of-threshold",
    """It looks as if the sigmoid was put on the threshold. The threshold is a probability already; z is not. See the
    bug hunt.""",
)
def sigmoid_of_threshold(z, y, threshold):
    called = z >= 1 / (1 + np.exp(-threshold))
    return np.sum(~called & (y == 1)), np.sum(called & (y == 0))


@count_errors.wrong(
    "shares-for-counts",
    """These are shares of all rows. The counts themselves are asked for: a sum, not a mean. See the bug hunt.""",
)
def shares(z, y, threshold):
    called = right.sigmoid(z) >= threshold
    return np.mean(~called & (y == 1)), np.mean(called & (y == 0))


@count_errors.wrong(
    "rates-for-counts",
    """These are rates: missed as a share of the malignant rows, false alarms of the benign ones. The counts themselves
    are asked for. See the bug hunt.""",
)
def rates(z, y, threshold):
    called = right.sigmoid(z) >= threshold
    return np.mean(~called[y == 1]) if y.any() else 0.0, np.mean(called[y == 0]) if not y.all() else 0.0


@count_errors.wrong(
    "errors-together",
    """It looks as if errors of both kinds, or all right calls, were counted together. A miss and a false alarm do not
    cost the same: count them apart. See the bug hunt.""",
)
def errors_together(z, y, threshold):
    called = right.sigmoid(z) >= threshold
    return np.sum(called != y), np.sum(called == y)


@count_errors.wrong(
    "all-calls",
    """It looks as if all rows called benign, or all called malignant, were counted. An error is a call against the
    truth: y must play a part. See the bug hunt.""",
)
def all_calls(z, y, threshold):
    called = right.sigmoid(z) >= threshold
    return np.sum(~called), np.sum(called)


@count_errors.wrong(
    "logs-for-odds",
    """It looks as if z is compared with the logarithm of the threshold. The logit of t is ln(t/(1 − t)); or take the
    sigmoid of z. See the bug hunt.""",
)
def log_of_threshold(z, y, threshold):
    called = z >= np.log(threshold)
    return np.sum(~called & (y == 1)), np.sum(called & (y == 0))


@count_errors.unusual
def by_log_odds(z, y, threshold):
    t = np.log(threshold / (1 - threshold))
    return len(z[(y == 1) & (z < t)]), len(z[(y == 0) & (z >= t)])


@count_errors.unusual
def counted_in_a_loop(z, y, threshold):
    missed = false_alarms = 0
    for p, truth in zip(right.sigmoid(z), y):
        if truth == 1 and p < threshold:
            missed += 1
        if truth == 0 and p >= threshold:
            false_alarms += 1
    return missed, false_alarms


@count_errors.unusual
def by_differences(z, y, threshold):
    called = (0.5 + 0.5 * np.tanh(z / 2) >= threshold).astype(int)
    return np.array([np.count_nonzero(called - y == -1), np.count_nonzero(called - y == 1)])
