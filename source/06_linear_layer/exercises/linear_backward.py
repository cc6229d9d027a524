"""linear_backward: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Numbers

from ._shared import three_sizes

BACKWARD = 'See 6.2, "Backward, one entry first".'

linear_backward = Exercise(
    "linear_backward",
    withheld=("linear_forward",),
    outputs=("dx", "dW", "db"),
    care=("unchanged", "one row", "float32", "views"),
    rows=("dz", "x"),
    sizes={"N": ("x", 0), "D": ("x", 1), "M": ("dz", 1)},
    bias_outputs=("db",),
    stages=(
        (("dx",), f"Take one entry, dx[n, d]. It acts on z[n, m] for every neuron m: add over m. {BACKWARD}"),
        (("dW",), f"Take one entry, dW[d, m]. It acts on z[n, m] in every row: add over n. {BACKWARD}"),
        (("db",), f"Take one entry, db[m]. It acts on z[n, m] in every row: add over n, for each m apart. {BACKWARD}"),
    ),
)


@linear_backward.draw
def batch(rng):
    n, d, m = three_sizes(rng)
    return dict(dz=rng.normal(size=(n, m)), x=rng.normal(size=(n, d)), W=rng.normal(size=(d, m)))


linear_backward.corners(dz=Numbers("NM"), x=Numbers("ND"), W=Numbers("DM"))


@linear_backward.differentiates(upstream="dz", at=lambda x, W: dict(x=x, W=W, b=np.zeros(W.shape[1])))
def layer_with_bias(x, W, b):
    return x @ W + b


@linear_backward.wrong(
    "upstream-ignored",
    f"""dz plays no part in a result here. The part above says how much each entry of z matters: multiply by it.
    {BACKWARD}""",
)
def upstream_ignored(dz, x, W):
    ones = np.ones_like(dz)
    return ones @ W.T, x.T @ ones, ones.sum(axis=0)


linear_backward.wrong(
    "dx-without-upstream",
    f"""dz plays no part in dx. It looks as if each row were a sum of weights: each weight is first multiplied
    by the entry of dz that it leads to. {BACKWARD}""",
    lambda dz, x, W: (np.ones_like(dz) @ W.T, x.T @ dz, dz.sum(axis=0)),
    spoils=("dx",),
)

linear_backward.wrong(
    "dW-without-upstream",
    f"""dz plays no part in dW. It looks as if each entry were a sum of inputs: each input is first multiplied
    by the dz of its row. {BACKWARD}""",
    lambda dz, x, W: (dz @ W.T, x.T @ np.ones_like(dz), dz.sum(axis=0)),
    spoils=("dW",),
)

linear_backward.wrong(
    "db-counts-rows",
    f"db is N in every place. A nudge of b moves z in N rows; how much each row matters is said by dz. {BACKWARD}",
    lambda dz, x, W: (dz @ W.T, x.T @ dz, np.full(dz.shape[1], float(len(dz)))),
    spoils=("db",),
)

linear_backward.wrong(
    "db-ones",
    f"db is 1 in every place. That is the local slope of z in b; it still has to meet dz, in every row. {BACKWARD}",
    lambda dz, x, W: (dz @ W.T, x.T @ dz, np.ones(dz.shape[1])),
    spoils=("db",),
)

linear_backward.wrong(
    "W-not-transposed",
    f"""In a product here, M meets D, as in dz @ W: (N, M) and (D, M). Write down the shapes of the two that meet.
    Which index is under the sum, and must meet itself? {BACKWARD}""",
    lambda dz, x, W: (dz @ W, x.T @ dz, dz.sum(axis=0)),
)

linear_backward.wrong(
    "x-not-transposed",
    f"""In a product here, D meets N, as in x @ dz: (N, D) and (N, M). Write down the shapes of the two that meet.
    Is each the right partner? Which index is under the sum, and must meet itself? {BACKWARD}""",
    lambda dz, x, W: (dz @ W.T, x @ dz, dz.sum(axis=0)),
)

linear_backward.wrong(
    "star-for-product",
    f"""(N, D) and (N, M) meet entry by entry here, as in x * dz. One weight's gradient is a sum over the examples:
    which product adds? {BACKWARD}""",
    lambda dz, x, W: (dz @ W.T, x * dz, dz.sum(axis=0)),
)

linear_backward.wrong(
    "star-for-dx",
    f"""(N, M) and (D, M) meet entry by entry here, as in dz * W. One input's gradient is a sum over the neurons:
    which product adds? {BACKWARD}""",
    lambda dz, x, W: (dz * W, x.T @ dz, dz.sum(axis=0)),
)

linear_backward.wrong(
    "dW-transposed",
    f"""This is dW with rows and columns exchanged. A gradient has the shape of what it belongs to: (D, M).
    {BACKWARD}""",
    lambda dz, x, W: (dz @ W.T, dz.T @ x, dz.sum(axis=0)),
    spoils=("dW",),
)

linear_backward.wrong(
    "dx-transposed",
    f"""This is dx with rows and columns exchanged. A gradient has the shape of what it belongs to: (N, D).
    {BACKWARD}""",
    lambda dz, x, W: (W @ dz.T, x.T @ dz, dz.sum(axis=0)),
    spoils=("dx",),
)

linear_backward.wrong(
    "db-not-summed",
    f"""db has one row for each example here. Every row of z uses the same b, and gradients add at forks:
    which axis has b not got? {BACKWARD}""",
    lambda dz, x, W: (dz @ W.T, x.T @ dz, dz),
    spoils=("db",),
)

linear_backward.wrong(
    "db-wrong-axis",
    f"db has one number for each example. b has one for each neuron: the other axis has to go. {BACKWARD}",
    lambda dz, x, W: (dz @ W.T, x.T @ dz, dz.sum(axis=1)),
    spoils=("db",),
)

linear_backward.wrong(
    "db-one-number",
    f"""db is one number: the sum of all of dz. Each neuron has its own bias, so only the axis of the examples goes.
    {BACKWARD}""",
    lambda dz, x, W: (dz @ W.T, x.T @ dz, dz.sum()),
    spoils=("db",),
)

linear_backward.wrong(
    "db-column",
    f"The numbers of db stand in a column, (M, 1). b has shape (M,), and so has db. {BACKWARD}",
    lambda dz, x, W: (dz @ W.T, x.T @ dz, dz.sum(axis=0)[:, None]),
    spoils=("db",),
)

linear_backward.wrong(
    "averaged-rows",
    f"""It looks as if the rows were averaged in db. Every row of z uses b, so its gradient is the sum over rows.
    The 1/N belongs to the loss: it is already inside dz. {BACKWARD}""",
    lambda dz, x, W: (dz @ W.T, x.T @ dz, dz.mean(axis=0)),
    spoils=("db",),
)

linear_backward.wrong(
    "db-made-of-dW",
    f"""It looks as if db were summed from dW. x is in that, and b never meets x: sum dz itself. {BACKWARD}""",
    lambda dz, x, W: (dz @ W.T, x.T @ dz, (x.T @ dz).sum(axis=0)),
    spoils=("db",),
)

linear_backward.wrong(
    "averaged-dW",
    f"It looks as if dW were divided by N. The 1/N belongs to the loss: it is already inside dz. {BACKWARD}",
    lambda dz, x, W: (dz @ W.T, x.T @ dz / len(x), dz.sum(axis=0)),
    spoils=("dW",),
)

linear_backward.wrong(
    "averaged-twice",
    f"""dW and db are divided by N here. The 1/N belongs to the loss: it is already inside dz, and a second one
    makes the steps N times too short. {BACKWARD}""",
    lambda dz, x, W: (dz @ W.T, x.T @ dz / len(x), dz.sum(axis=0) / len(x)),
    spoils=("dW", "db"),
)


@linear_backward.wrong(
    "averaged-all",
    f"""Something is divided by N here. The 1/N belongs to the loss: it is already inside dz. {BACKWARD}""",
)
def averaged_all(dz, x, W):
    n = len(x)
    return dz @ W.T / n, x.T @ dz / n, dz.sum(axis=0) / n


linear_backward.wrong(
    "dW-divided-by-M",
    f"""dW is divided by M, the number of neurons. Each weight leads to one neuron, and its shares add over the
    examples: nothing is divided. {BACKWARD}""",
    lambda dz, x, W: (dz @ W.T, x.T @ dz / dz.shape[1], dz.sum(axis=0)),
    spoils=("dW",),
)

linear_backward.wrong(
    "dW-divided-by-D",
    f"""dW is divided by D, the number of inputs. Each weight comes from one input, and its shares add over the
    examples: nothing is divided. {BACKWARD}""",
    lambda dz, x, W: (dz @ W.T, x.T @ dz / x.shape[1], dz.sum(axis=0)),
    spoils=("dW",),
)

linear_backward.wrong(
    "dx-divided-by-M",
    f"""dx is divided by M, the number of neurons. Every neuron uses the input: their shares add, and nothing is
    divided. {BACKWARD}""",
    lambda dz, x, W: (dz @ W.T / dz.shape[1], x.T @ dz, dz.sum(axis=0)),
    spoils=("dx",),
)

linear_backward.wrong(
    "db-mean-of-all",
    f"""db is one number: the sum of all of dz, divided by N. Each neuron has its own bias, so only the axis of the
    examples goes; and nothing is divided. {BACKWARD}""",
    lambda dz, x, W: (dz @ W.T, x.T @ dz, np.sum(dz) / len(dz)),
    spoils=("db",),
)

linear_backward.wrong(
    "sums-multiplied",
    f"""It looks as if x and dz were summed over the rows first, and multiplied afterwards.
    Multiply row by row, then add: row 0 of x never meets row 1 of dz. {BACKWARD}""",
    lambda dz, x, W: (dz @ W.T, np.outer(x.sum(axis=0), dz.sum(axis=0)), dz.sum(axis=0)),
    spoils=("dW",),
)

linear_backward.wrong(
    "sum-times-mean",
    f"""It looks as if dW were the sum of x times the mean of dz. That passes where dz is all ones.
    Multiply row by row, then add. {BACKWARD}""",
    lambda dz, x, W: (dz @ W.T, np.outer(x.sum(axis=0), dz.mean(axis=0)), dz.sum(axis=0)),
    spoils=("dW",),
)

linear_backward.wrong(
    "first-row-only",
    f"""The first example alone is used here. Every example uses the same weights and biases: their shares add up.
    {BACKWARD}""",
    lambda dz, x, W: (dz @ W.T, np.outer(x[0], dz[0]), dz[0]),
    spoils=("dW", "db"),
)


@linear_backward.wrong(
    "last-row-only",
    f"""The last example alone is left here: does a loop overwrite what it should add to? {BACKWARD}""",
    spoils=("dW", "db"),
)
def last_row_only(dz, x, W):
    for x_n, dz_n in zip(x, dz):
        dW, db = np.outer(x_n, dz_n), dz_n
    return dz @ W.T, dW, db


linear_backward.wrong(
    "dx-of-sums",
    f"""It looks as if dz and W were summed over the neurons first, and multiplied afterwards.
    Multiply neuron by neuron, then add. {BACKWARD}""",
    lambda dz, x, W: (np.outer(dz.sum(axis=1), W.sum(axis=1)), x.T @ dz, dz.sum(axis=0)),
    spoils=("dx",),
)

linear_backward.wrong(
    "dx-multiplied-by-x",
    f"""It looks as if dx were multiplied by x as well. A product swaps the partners: x's partner is W, and x itself
    is gone. {BACKWARD}""",
    lambda dz, x, W: (dz @ W.T * x, x.T @ dz, dz.sum(axis=0)),
    spoils=("dx",),
)

linear_backward.wrong(
    "dW-multiplied-by-W",
    f"""It looks as if dW were multiplied by W as well. A product swaps the partners: W's partner is x, and W itself
    is gone. {BACKWARD}""",
    lambda dz, x, W: (dz @ W.T, x.T @ dz * W, dz.sum(axis=0)),
    spoils=("dW",),
)

linear_backward.wrong(
    "sign",
    f"A sign is turned round here. The gradient points uphill; it is the step that turns round. {BACKWARD}",
    lambda dz, x, W: (-dz @ W.T, -x.T @ dz, -dz.sum(axis=0)),
)

linear_backward.wrong(
    "doubled",
    f"A factor 2 is too much here. It comes from a square, in the loss: it is already inside dz. {BACKWARD}",
    lambda dz, x, W: (2 * dz @ W.T, 2 * x.T @ dz, 2 * dz.sum(axis=0)),
)

linear_backward.wrong(
    "x-reshaped",
    f"""dW has the right shape and wrong numbers: was x reshaped to (D, N)? That fills new rows with old ones.
    A transpose exchanges rows and columns. {BACKWARD}""",
    lambda dz, x, W: (dz @ W.T, x.reshape(x.shape[1], x.shape[0]) @ dz, dz.sum(axis=0)),
    spoils=("dW",),
)

linear_backward.wrong(
    "W-reshaped",
    f"""dx has the right shape and wrong numbers: was W reshaped to (M, D)? That fills new rows with old ones.
    A transpose exchanges rows and columns. {BACKWARD}""",
    lambda dz, x, W: (dz @ W.reshape(W.shape[1], W.shape[0]), x.T @ dz, dz.sum(axis=0)),
    spoils=("dx",),
)

linear_backward.wrong(
    "dx-summed",
    f"""dx is one row: the examples were added up. Each row of x is used by one row of z alone, so each keeps its own
    gradient. {BACKWARD}""",
    lambda dz, x, W: ((dz @ W.T).sum(axis=0), x.T @ dz, dz.sum(axis=0)),
    spoils=("dx",),
)

linear_backward.wrong(
    "order-of-results",
    "A right value stands in another's place. Return dx first, then dW, then db.",
    lambda dz, x, W: (x.T @ dz, dz.sum(axis=0), dz @ W.T),
)


@linear_backward.wrong(
    "after-the-step",
    f"""It looks as if W had moved before dx was taken. All gradients belong to one point. {BACKWARD}""",
    spoils=("dx",),
)
def after_the_step(dz, x, W):
    dW = x.T @ dz
    return dz @ (W - dW).T, dW, dz.sum(axis=0)


@linear_backward.wrong(
    "written-into-W",
    """An input belongs to the caller: the next cell would find other numbers in it. +=, /= and a[...] = write into
    the array itself, and a second name, such as dW = W, makes no copy.""",
    fails=("unchanged", "views"),
)
def written_into_w(dz, x, W):
    dx = dz @ W.T
    dW = W
    dW[...] = x.T @ dz
    return dx, dW, dz.sum(axis=0)


linear_backward.wrong(
    "squeezed",
    f"""Is an axis of size 1 dropped? dx always has the shape of x: (N, 1) for one measurement, (1, D) for a batch of
    one. {BACKWARD}""",
    lambda dz, x, W: (np.squeeze(dz @ W.T), x.T @ dz, dz.sum(axis=0)),
    spoils=("dx",),
)


@linear_backward.unusual
def row_by_row(dz, x, W):
    dW = sum(np.outer(x_n, dz_n) for x_n, dz_n in zip(x, dz))
    return np.array([W @ dz_n for dz_n in dz]), dW, np.einsum("nm->m", dz)


@linear_backward.unusual
def three_loops(dz, x, W):
    N, D, M = len(x), len(W), len(W[0])
    dx, dW, db = np.zeros((N, D)), np.zeros((D, M)), [0.0] * M
    for n in range(N):
        for m in range(M):
            db[m] += dz[n, m]
            for d in range(D):
                dx[n, d] += dz[n, m] * W[d, m]
                dW[d, m] += x[n, d] * dz[n, m]
    return dx, dW, db


@linear_backward.unusual
def as_dict(dz, x, W):
    db = np.sum(dz, axis=0, keepdims=True)
    return {"db": db, "dW": np.tensordot(x, dz, axes=(0, 0)), "dx": np.inner(dz, W)}


@linear_backward.unusual
def with_a_column_of_ones_back(dz, x, W):
    both = np.column_stack([x, np.ones(len(x))]).T @ dz
    return [(W @ dz.T).T, both[:-1], both[-1]]


@linear_backward.unusual
def by_complex_step(dz, x, W):
    def slopes(forward, point):
        found, h = np.zeros(point.shape), 1e-30
        for index in np.ndindex(point.shape):
            moved = point.astype(complex)
            moved[index] += 1j * h
            found[index] = np.sum(dz * forward(moved)).imag / h
        return found

    z = np.asarray(x) @ np.asarray(W)
    return slopes(lambda x: x @ W, x), slopes(lambda W: x @ W, W), slopes(lambda b: z + b, np.zeros(z.shape[1]))


@linear_backward.unusual
def single_precision(dz, x, W):
    dz, x, W = (np.asarray(a, dtype=np.float32) for a in (dz, x, W))
    return [dz.dot(W.T), np.matmul(x.T, dz), np.ones(len(dz), np.float32) @ dz]
