"""neuron_backward: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Numbers, RightAnswers

right = RightAnswers(__file__)

neuron_backward = Exercise(
    "neuron_backward",
    withheld=("neuron_forward",),
    outputs=("dx", "dw", "db"),
    care=("unchanged", "one row", "float32", "views"),
    rows=("dz", "x"),
    bias_outputs=("db",),
    sizes={"N": ("x", 0), "D": ("x", 1)},
)


@neuron_backward.draw
def upstream_rows_and_weights(rng):
    n, d = rng.permutation([5, 7, 11])[:2]
    return dict(dz=rng.normal(size=n), x=rng.normal(size=(n, d)), w=rng.normal(size=d))


neuron_backward.corners(dz=Numbers("N"), x=Numbers("ND"), w=Numbers("D"))


@neuron_backward.differentiates(upstream="dz")
def weighted_sums(x, w, b=0.0):
    return x @ w + b


neuron_backward.wrong(
    "averaged-rows",
    """Is a mean over the rows taken in dw, db or both? Gradients add at forks: sums over n. The 1/N belongs to
    the loss, and dz has it inside already. See 5.4.""",
    lambda dz, x, w: (np.outer(dz, w), x.T @ dz / len(dz), dz.mean()),
    spoils=("dw", "db"),
)

neuron_backward.wrong(
    "averaged-db",
    """It looks as if db was averaged over the rows. Every row uses b, so its slope is the sum over the rows; the 1/N
    belongs to the loss. See 5.4.""",
    lambda dz, x, w: (np.outer(dz, w), x.T @ dz, dz.mean()),
    spoils=("db",),
)

neuron_backward.wrong(
    "averaged-dw",
    """It looks as if dw was averaged over the rows. Gradients add at forks: a sum over n. The 1/N belongs to the loss,
    and dz has it inside already. See 5.4.""",
    lambda dz, x, w: (np.outer(dz, w), (x * dz[:, None]).mean(axis=0), dz.sum()),
    spoils=("dw",),
)


@neuron_backward.wrong(
    "averaged-everything",
    """Something is N times too small here. The 1/N belongs to the loss, and dz has it inside already. See 5.4.""",
)
def averaged_everything(dz, x, w):
    dz = dz / len(dz)
    return np.outer(dz, w), x.T @ dz, dz.sum()


neuron_backward.wrong(
    "upstream-ignored",
    "dz plays no part in a result here. The loss says how much each z matters: multiply by it. See 5.4.",
    lambda dz, x, w: (np.tile(w, (len(x), 1)), x.sum(axis=0), float(len(x))),
)

neuron_backward.wrong(
    "upstream-ignored-in-dx",
    """dz plays no part in dx: these are the weights alone. A nudge of an entry of x moves its z by the weight, and the
    loss by dz times that. See 5.4.""",
    lambda dz, x, w: (np.tile(w, (len(x), 1)), x.T @ dz, dz.sum()),
    spoils=("dx",),
)

neuron_backward.wrong(
    "upstream-ignored-in-db",
    """dz plays no part in db: this counts the rows. A nudge of b moves every z as much, and the loss by the sum of dz.
    See 5.4.""",
    lambda dz, x, w: (np.outer(dz, w), x.T @ dz, float(len(dz))),
    spoils=("db",),
)

neuron_backward.wrong(
    "db-not-summed",
    "db has an entry for each row here. One b serves all rows, so its gradient is one number: their sum. See 5.4.",
    lambda dz, x, w: (np.outer(dz, w), x.T @ dz, dz.copy()),
    spoils=("db",),
)

neuron_backward.wrong(
    "dw-not-summed",
    """dw has a row for each tumour here. One weight serves all rows, so their shares are added: which axis goes?
    See 5.4, "Gradients add at forks".""",
    lambda dz, x, w: (np.outer(dz, w), x * dz[:, None], dz.sum()),
    spoils=("dw",),
)

neuron_backward.wrong(
    "x-reshaped",
    """dw has the right shape and wrong numbers: was x reshaped to (D, N)? That fills new rows with old ones. A
    transpose exchanges rows and columns. See 5.4.""",
    lambda dz, x, w: (np.outer(dz, w), x.reshape(x.shape[1], x.shape[0]) @ dz, dz.sum()),
    spoils=("dw",),
)

neuron_backward.wrong(
    "last-row-only",
    """Only the last row is left here: it looks as if the loop writes over what it had. Gradients add at forks: add
    each row's share to what is there already. See 5.4.""",
    lambda dz, x, w: (np.outer(dz, w), x[-1] * dz[-1], dz[-1]),
    spoils=("dw", "db"),
)

neuron_backward.wrong(
    "product-of-sums",
    """dw looks like the sum of dz times the sum of x. Each row's dz belongs to its own x: multiply first, then add.
    See 5.4.""",
    lambda dz, x, w: (np.outer(dz, w), dz.sum() * x.sum(axis=0), dz.sum()),
    spoils=("dw",),
)

neuron_backward.wrong(
    "x-missing",
    "dw is the same for every weight: it looks as if x is missing. Weight d reaches z_n through x_nd. See 5.4.",
    lambda dz, x, w: (np.outer(dz, w), dz.sum() * np.ones(len(w)), dz.sum()),
    spoils=("dw",),
)

neuron_backward.wrong(
    "x-and-w-swapped",
    """It looks as if x and w changed places: multiplication hands each its partner. dx has w in it, dw has x.
    See 5.4.""",
    lambda dz, x, w: (x * dz[:, None], dz.sum() * w, dz.sum()),
    spoils=("dx", "dw"),
)

neuron_backward.wrong(
    "dx-from-x",
    """dx is dz times x itself: x stands where its partner belongs. A nudge of x_nd moves z_n by w_d times as much.
    See 5.4.""",
    lambda dz, x, w: (x * dz[:, None], x.T @ dz, dz.sum()),
    spoils=("dx",),
)

neuron_backward.wrong(
    "dw-from-w",
    """dw is the sum of dz times w itself: w stands where its partner belongs. A nudge of w_d moves z_n by x_nd times as
    much. See 5.4.""",
    lambda dz, x, w: (np.outer(dz, w), dz.sum() * w, dz.sum()),
    spoils=("dw",),
)

neuron_backward.wrong(
    "weights-missing-in-dx",
    "dx is the same in every column: it looks as if w is missing. Measurement d reaches z_n through w_d. See 5.4.",
    lambda dz, x, w: (np.outer(dz, np.ones(len(w))), x.T @ dz, dz.sum()),
    spoils=("dx",),
)

neuron_backward.wrong(
    "dx-has-x",
    "It looks as if dx has x in it. A nudge of x_nd moves z_n by w_d times as much, whatever x is. See 5.4.",
    lambda dz, x, w: (dz[:, None] * x * w, x.T @ dz, dz.sum()),
    spoils=("dx",),
)

neuron_backward.wrong(
    "dw-has-w",
    "It looks as if dw has w in it. A nudge of w_d moves z_n by x_nd times as much, whatever w is. See 5.4.",
    lambda dz, x, w: (np.outer(dz, w), (x.T @ dz) * w, dz.sum()),
    spoils=("dw",),
)

neuron_backward.wrong(
    "dx-outer-with-x",
    """dx has more columns than x: it looks like every dz times every entry of x. A nudge of x_nd moves z_n by w_d: w is
    the partner, one weight for each column. See 5.4.""",
    lambda dz, x, w: (np.outer(dz, x), x.T @ dz, dz.sum()),
    spoils=("dx",),
)

neuron_backward.wrong(
    "dx-is-w",
    """dx is w itself, one row. That is how much z_n moves with each entry of its row of x; how much L moves with z_n
    is said by dz, row by row. See 5.4.""",
    lambda dz, x, w: (w.copy(), x.T @ dz, dz.sum()),
    spoils=("dx",),
)

neuron_backward.wrong(
    "dx-transposed",
    "dx is the transpose of the right one: it has shape (D, N). Rows are examples, in dx as in x. See 5.4.",
    lambda dz, x, w: (np.outer(w, dz), x.T @ dz, dz.sum()),
    spoils=("dx",),
)

neuron_backward.wrong(
    "dx-one-row",
    """dx looks like one row for all: sum of dz times w. Each row of x touches its own z only, so nothing is added
    here. See 5.4.""",
    lambda dz, x, w: (dz.sum() * w, x.T @ dz, dz.sum()),
    spoils=("dx",),
)

neuron_backward.wrong(
    "dx-summed",
    """dx is one number for each row here. It has the shape of x: one entry for each measurement of each row.
    See 5.4.""",
    lambda dz, x, w: (dz * w.sum(), x.T @ dz, dz.sum()),
    spoils=("dx",),
)

neuron_backward.wrong(
    "x-in-db",
    "It looks as if db has x in it. A nudge of b moves every z by as much, whatever x is. See 5.4.",
    lambda dz, x, w: (np.outer(dz, w), x.T @ dz, (x.T @ dz).sum()),
    spoils=("db",),
)


@neuron_backward.wrong(
    "sigmoid-slope-again",
    """It looks as if a slope p(1 − p) was multiplied in. dz is the slope in z already: between z and w there is no
    sigmoid. See 5.4.""",
)
def slope_again(dz, x, w):
    p = right.sigmoid(x @ w)
    dz = dz * p * (1 - p)
    return np.outer(dz, w), x.T @ dz, dz.sum()


neuron_backward.wrong(
    "sign",
    "A sign is turned round here. The gradient is asked for; the step is what turns round. See 5.4.",
    lambda dz, x, w: (-np.outer(dz, w), -(x.T @ dz), -dz.sum()),
)

neuron_backward.wrong(
    "untransposed",
    """x @ dz does not fit: x is (N, D), dz is (N,). dw is a sum over the rows, so N must stand on both sides that meet:
    which of the two is turned? See 5.4.""",
    lambda dz, x, w: (np.outer(dz, w), x @ dz, dz.sum()),
)

neuron_backward.wrong(
    "elementwise",
    """dz * w multiplies entry by entry, and the sizes N and D do not fit. dx has an entry for each pair of a row and a
    weight. See 5.4.""",
    lambda dz, x, w: (dz * w, x.T @ dz, dz.sum()),
)

neuron_backward.wrong(
    "squeezed",
    """np.squeeze takes every axis of size 1 away: that of the rows where there is one row, and that of the
    measurements where there is one of these. Leave the axes as they are. See 5.4.""",
    lambda dz, x, w: (np.outer(dz, w), np.squeeze(x).T @ dz, dz.sum()),
    spoils=("dw",),
)


@neuron_backward.wrong(
    "written-into-x",
    """This writes into x, and x belongs to the caller: the next step would find other measurements. See 5.4.""",
    fails=("unchanged", "views"),
)
def into_x(dz, x, w):
    x *= dz[:, None]
    return np.outer(dz, w), x.sum(axis=0), dz.sum()


@neuron_backward.unusual
def loops(dz, x, w):
    n, d = x.shape
    dx, dw, db = np.zeros((n, d)), np.zeros(d), 0.0
    for i in range(n):
        for j in range(d):
            dx[i, j] += dz[i] * w[j]
            dw[j] += dz[i] * x[i, j]
        db += dz[i]
    return dx, dw, db


@neuron_backward.unusual
def einsums(dz, x, w):
    return [np.einsum("n,d->nd", dz, w), np.einsum("nd,n->d", x, dz), np.einsum("n->", dz)]


@neuron_backward.unusual
def columns_and_rows(dz, x, w):
    up = np.reshape(dz, (-1, 1))
    return up @ np.reshape(w, (1, -1)), (up.T @ x)[0], np.sum(up, axis=0)


@neuron_backward.unusual
def dots_with_ones(dz, x, w):
    return dz[:, np.newaxis] * w, dz @ x, np.ones(len(dz)) @ dz
