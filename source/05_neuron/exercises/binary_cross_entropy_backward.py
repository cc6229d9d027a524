"""binary_cross_entropy_backward: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Labels, Numbers, RightAnswers

from ._shared import large_logits_and_labels, logits_and_labels, sure_and_right

right = RightAnswers(__file__)

binary_cross_entropy_backward = Exercise(
    "binary_cross_entropy_backward",
    care=("unchanged", "one row", "float32", "views", "large inputs"),
    rows=("z", "y"),
    sizes={"N": ("z", 0)},
)

binary_cross_entropy_backward.draw(logits_and_labels)

binary_cross_entropy_backward.draw(large_logits_and_labels, times=1, care="large inputs")
binary_cross_entropy_backward.draw(sure_and_right, times=1, care="large inputs")


binary_cross_entropy_backward.corners(
    z=Numbers("N"), y=Labels("N", 2), without={"large values": "large inputs are an aspect of care"}
)


@binary_cross_entropy_backward.corners.at("loops to the end")
def rows_alike(rng):
    """A loop that waits for something new ends early."""
    return dict(z=np.full(4, round(rng.uniform(0.5, 1), 2)), y=np.ones(4, dtype=int))


@binary_cross_entropy_backward.differentiates(wrt="z")
def cross_entropy(z, y):
    return np.mean(np.logaddexp(0, z) - y * z)


binary_cross_entropy_backward.wrong(
    "mean-forgotten",
    """Each entry is N times too large. The loss is a mean over the rows, so each row's share has 1/N; this is where it
    belongs, and nowhere else. See 5.3.""",
    lambda z, y: right.sigmoid(z) - y,
)

binary_cross_entropy_backward.wrong(
    "averaged-twice",
    "Each entry is N times too small: the 1/N is there twice. See 5.3.",
    lambda z, y: (right.sigmoid(z) - y) / len(y) ** 2,
)

binary_cross_entropy_backward.wrong(
    "sign",
    """This has the opposite sign. For a malignant row the loss falls when z rises, so dz is negative: p − 1.
    See 5.3.""",
    lambda z, y: (y - right.sigmoid(z)) / len(y),
)


@binary_cross_entropy_backward.wrong(
    "sigmoid-slope-left-in",
    """It looks as if p(1 − p) was multiplied in. It cancels against the slope of the logarithm: what is left is
    p − y. See 5.3, "Where has it gone?".""",
)
def slope_left_in(z, y):
    p = right.sigmoid(z)
    return (p - y) * p * (1 - p) / len(y)


@binary_cross_entropy_backward.wrong(
    "stops-at-p",
    """This is the slope in p, (p − y)/(p(1 − p)). One link is left, from p to z: times p(1 − p). See 5.3.""",
)
def stops_at_p(z, y):
    p = right.sigmoid(z)
    return (p - y) / (p * (1 - p)) / len(y)


@binary_cross_entropy_backward.wrong(
    "stops-at-p-without-mean",
    """This is (p − y)/(p(1 − p)), the slope of a row's loss in p. Two things are left: one link, from p to z, times
    p(1 − p); and the 1/N of the mean. See 5.3.""",
)
def stops_at_p_without_mean(z, y):
    p = right.sigmoid(z)
    return (p - y) / (p * (1 - p))


@binary_cross_entropy_backward.wrong(
    "labels-as-positions",
    """It looks as if dz[y] -= 1 was written: with y of zeros and ones that changes the entries 0 and 1, whatever rows
    are malignant. Subtract y, row by row. See 5.3.""",
)
def labels_as_positions(z, y):
    dz = np.array(right.sigmoid(z))
    dz[y] -= 1
    return dz / len(y)


binary_cross_entropy_backward.wrong(
    "logits-for-probabilities",
    "It looks as if y was taken away from z. It is the probability p = σ(z) that is compared with y. See 5.3.",
    lambda z, y: (z - y) / len(y),
)

binary_cross_entropy_backward.wrong(
    "labels-ignored",
    "The labels play no part in this result: every row is treated as benign. What is the slope if y = 1? See 5.3.",
    lambda z, y: right.sigmoid(z) / len(y),
)

binary_cross_entropy_backward.wrong(
    "every-row-malignant",
    """The labels play no part in this result: every row is treated as malignant. What is the slope if y = 0?
    See 5.3.""",
    lambda z, y: (right.sigmoid(z) - 1) / len(z),
)


@binary_cross_entropy_backward.wrong(
    "benign-rows-with-1-minus-p",
    """Right for y = 1; for y = 0 this is 1 − p. The loss of a benign row is ln(1 + e^z): does its slope grow with z, or
    fall? See 5.3.""",
)
def one_minus_p_if_benign(z, y):
    p = right.sigmoid(z)
    return np.where(y == 1, p - 1, 1 - p) / len(z)


binary_cross_entropy_backward.wrong(
    "sizes-alone",
    """The signs are lost: these are the sizes of the slopes. For a malignant row the loss falls when z rises, so its dz
    is negative. See 5.3.""",
    lambda z, y: np.abs(right.sigmoid(z) - y) / len(z),
)

binary_cross_entropy_backward.wrong(
    "three-rows-always",
    """It looks as if 3 was divided by, whatever the number of rows. The table has three; N is the number of rows that
    are handed in. See 5.3.""",
    lambda z, y: (right.sigmoid(z) - y) / 3,
)

binary_cross_entropy_backward.wrong(
    "malignant-rows-only",
    "Right for y = 1, and zero for y = 0. A benign row has a slope too: the one of ln(1 + e^z). See 5.3.",
    lambda z, y: y * (right.sigmoid(z) - 1) / len(y),
)

binary_cross_entropy_backward.wrong(
    "benign-rows-only",
    "Right for y = 0, and zero for y = 1. A malignant row has the slope p − 1. See 5.3.",
    lambda z, y: (1 - y) * right.sigmoid(z) / len(y),
)


@binary_cross_entropy_backward.wrong(
    "sign-of-benign-rows",
    """Right for y = 1, of the opposite sign for y = 0. When z rises, the loss of a benign row rises. See 5.3.""",
)
def sign_of_benign(z, y):
    p = right.sigmoid(z)
    return np.where(y == 1, p - 1, -p) / len(y)


binary_cross_entropy_backward.wrong(
    "labels-swapped",
    "It looks as if the two cases were exchanged: p − 1 belongs to y = 1, p to y = 0. See 5.3.",
    lambda z, y: (right.sigmoid(z) - (1 - y)) / len(y),
)

binary_cross_entropy_backward.wrong(
    "plus-y",
    "It looks as if y was added to p. The difference of the two is asked for. See 5.3.",
    lambda z, y: (right.sigmoid(z) + y) / len(y),
)

binary_cross_entropy_backward.wrong(
    "factor-two",
    "Each entry is twice what it should be. The 2 belongs to the squared error; a logarithm brings none. See 5.3.",
    lambda z, y: 2 * (right.sigmoid(z) - y) / len(y),
)


@binary_cross_entropy_backward.wrong(
    "gradient-of-squared-error",
    """This is the gradient of the mean squared error of p, 2(p − y)p(1 − p)/N. Here the loss is the cross-entropy.
    See 5.3.""",
)
def of_squared_error(z, y):
    p = right.sigmoid(z)
    return 2 * (p - y) * p * (1 - p) / len(y)


binary_cross_entropy_backward.wrong(
    "mean-of-rows",
    """This is one number. Each z has a slope of its own: dz has the shape of z. The mean in the loss is a division by
    N here, not a sum. See 5.3.""",
    lambda z, y: np.mean(right.sigmoid(z) - y),
)

binary_cross_entropy_backward.wrong(
    "decisions-for-probabilities",
    "It looks as if p was rounded to 0 or 1 first. A gradient needs the probability itself. See 5.3.",
    lambda z, y: (np.round(right.sigmoid(z)) - y) / len(y),
)

binary_cross_entropy_backward.wrong(
    "sigmoid-twice",
    "It looks as if the sigmoid was applied twice. It takes z once. See 5.3.",
    lambda z, y: (right.sigmoid(right.sigmoid(z)) - y) / len(y),
)

binary_cross_entropy_backward.wrong(
    "divided-by-malignant-rows",
    "It looks as if the number of malignant rows was divided by. The mean runs over all N rows. See 5.3.",
    lambda z, y: (right.sigmoid(z) - y) / max(y.sum(), 1),
)


@binary_cross_entropy_backward.wrong(
    "slope-only",
    """This is p(1 − p)/N, the slope of the sigmoid. Where does the truth come in? See 5.3.""",
)
def slope_only(z, y):
    p = right.sigmoid(z)
    return p * (1 - p) / len(y)


@binary_cross_entropy_backward.wrong(
    "zero-over-zero",
    """If it is nan, there are two usual causes. e^z/(e^z + 1) is ∞/∞ in floats: call your sigmoid. Or p(1 − p) is 0 and
    divided by: cancel on paper first, p − y is left. See 5.3, "Where has it gone?".""",
    fails="large inputs",
)
def not_cancelled(z, y):
    p = right.sigmoid(z)
    return (p - y) / (p * (1 - p)) * (p * (1 - p)) / len(y)


@binary_cross_entropy_backward.wrong(
    "small-number-below-the-line",
    """It looks as if a small number is added below the line, or p is clipped, so that nothing is divided by 0. For a
    row that is sure and wrong the two slopes then no longer cancel. Cancel them on paper first, p − y is left. See 5.3,
    "Where has it gone?".""",
    fails="large inputs",
    free_number=True,
)
def not_quite_cancelled(z, y):
    p = right.sigmoid(z)
    return (-y / (p + 1e-12) + (1 - y) / (1 - p + 1e-12)) * p * (1 - p) / len(y)


binary_cross_entropy_backward.wrong(
    "clipped-probabilities",
    """It looks as if p is clipped, or z. Where every row is sure of the truth, dz is 0 but for the bound. p − y divides
    by nothing and takes no logarithm: it needs none. See 5.3.""",
    lambda z, y: (np.clip(right.sigmoid(z), 1e-7, 1 - 1e-7) - y) / len(y),
    fails="large inputs",
    free_number=True,
)


@binary_cross_entropy_backward.wrong(
    "written-into-z",
    """This writes into z, and z belongs to the caller. Build a new array. See 5.3.""",
    fails=("unchanged", "views"),
)
def into_z(z, y):
    z[:] = (right.sigmoid(z) - y) / len(y)
    return z


@binary_cross_entropy_backward.unusual
def by_cases(z, y):
    return np.where(y == 1, -right.sigmoid(-z), right.sigmoid(z)) / np.size(z)


@binary_cross_entropy_backward.unusual
def one_after_the_other(z, y):
    dz = []
    for z_n, y_n in zip(z, y):
        dz.append((0.5 + 0.5 * np.tanh(z_n / 2) - y_n) / len(z))
    return dz


@binary_cross_entropy_backward.unusual
def subtracted_at_the_labels(z, y):
    dz = np.array(right.sigmoid(z))
    dz[y == 1] -= 1
    dz /= z.shape[0]
    return dz


@binary_cross_entropy_backward.unusual
def signed(z, y):
    s = 1 - 2 * y
    return s * np.exp(-np.logaddexp(0, -s * z)) * (1 / len(z))
