"""softmax: what is asked, and what people write instead."""

import math

import numpy as np

from autograder.exercises import Exercise, Numbers, RightAnswers

from ._shared import logits, rows_far_apart

right = RightAnswers(__file__)

SOFTMAX = 'See 8.1, "Scores become probabilities".'

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


softmax.corners(z=Numbers("NC"), without={"large values": "large logits are an aspect of care"})


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


softmax.wrong(
    "shifted-above-only",
    f"""It looks as if the maximum was taken away above the fraction line and not below. Then c does not cancel: the
    same exponentials stand above and below. {SOFTMAX}""",
    lambda z: np.exp(z - z.max(axis=1, keepdims=True)) / np.exp(z).sum(axis=1, keepdims=True),
)


@softmax.wrong(
    "one-sum-for-all",
    f"""All entries together add up to 1 here. Each row is an example of its own and needs its own sum.
    {SOFTMAX}""",
)
def one_sum_for_all(z):
    e = np.exp(z - z.max())
    return e / e.sum()


@softmax.wrong(
    "one-sum-after-the-shift",
    f"""All entries together add up to 1 here. The maximum is taken row by row, and the sum over all of them: each row
    needs its own sum. {SOFTMAX}""",
)
def one_sum_after_the_shift(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum()


@softmax.wrong(
    "axis-lost",
    f"""The sum (or the maximum) of each row has shape (N,), and numpy lays it along the last axis, where the classes
    are. It must stay a column, (N, 1): which argument keeps the axis? {SOFTMAX}""",
)
def axis_lost(z):
    e = np.exp(z)
    return e / e.sum(axis=1)


softmax.wrong(
    "not-normalised",
    f"""These are the exponentials. They are positive, but a row does not add up to 1 yet: divide by its sum.
    {SOFTMAX}""",
    lambda z: np.exp(z),
)

softmax.wrong(
    "shifted-not-normalised",
    f"""These are the exponentials of the shifted logits. The largest of each row is 1, but the row does not add up
    to 1 yet: divide by its sum. {SOFTMAX}""",
    lambda z: np.exp(z - z.max(axis=1, keepdims=True)),
)

softmax.wrong(
    "share-of-logits",
    f"""It looks as if the logits themselves were divided by their sum. They can be negative, and so can their sum: the
    exponential comes first. {SOFTMAX}""",
    lambda z: z / z.sum(axis=1, keepdims=True),
)


@softmax.wrong(
    "shifted-shares",
    f"""It looks as if z − min or z − max was divided by its sum, without the exponential. Only with it does a
    difference of logits become a ratio of probabilities. {SOFTMAX}""",
)
def shifted_shares(z):
    d = z - z.min(axis=1, keepdims=True)
    return d / d.sum(axis=1, keepdims=True)


softmax.wrong(
    "logarithm-returned",
    f"These are the logarithms of the probabilities: all negative. Asked for are the probabilities. {SOFTMAX}",
    lambda z: z - np.log(np.exp(z).sum(axis=1, keepdims=True)),
)

softmax.wrong(
    "sigmoid-of-each",
    f"""It looks as if the sigmoid of each logit was taken on its own. Here the classes compete: each one's share
    depends on the others, and a row adds up to 1. {SOFTMAX}""",
    lambda z: 1 / (1 + np.exp(-z)),
)


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


softmax.wrong(
    "winner-takes-all",
    f"""The largest logit has 1 and the others 0. Softmax leaves each class a share: for 2, 1, 0.1 the largest has
    0.6590. {SOFTMAX}""",
    lambda z: np.eye(z.shape[1])[z.argmax(axis=1)],
)


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


softmax.wrong(
    "softmax-twice",
    f"It looks as if softmax was applied twice. Once is enough: its result adds up to 1 already. {SOFTMAX}",
    lambda z: right.softmax(right.softmax(z)),
)


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
    "maximum-with-0",
    f"""Right for large positive logits; where a whole row is very negative, all its exponentials are 0, and 0/0 is nan.
    It looks as if the maximum is never less than 0. Take each row's own largest logit away, a negative one too.
    {SOFTMAX}""",
    fails=("large logits", "rows far apart"),
)
def maximum_with_0(z):
    e = np.exp(z - np.maximum(0, z.max(axis=1, keepdims=True)))
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


softmax.wrong(
    "clipped",
    f"""It looks as if the logits are clipped. Two that are both cut to one number get the same share, and they did not
    have it. The same c may be added to a whole row and p stays: which c makes the largest exponent of each row 0?
    {SOFTMAX}""",
    lambda z: right.softmax(np.clip(z, -500, 500)),
    fails=("large logits", "large differences", "rows far apart"),
    free_number=True,
)


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
