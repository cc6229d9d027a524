"""scores_backward: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Numbers, RightAnswers

from ._shared import three_sizes

right = RightAnswers(__file__)

PAIRS = 'See "Bug hunt: pairs of rows".'

scores_backward = Exercise(
    "scores_backward",
    withheld=("linear_forward", "linear_backward"),
    outputs=("dq", "dk"),
    care=("unchanged", "one row", "float32", "views"),
    rows=("ds", "q"),
    sizes={"N": ("q", 0), "M": ("k", 0), "D": ("q", 1)},
)


@scores_backward.draw
def two_lists_of_rows(rng):
    n, d, m = three_sizes(rng)
    return dict(ds=rng.normal(size=(n, m)), q=rng.normal(size=(n, d)), k=rng.normal(size=(m, d)))


scores_backward.corners(ds=Numbers("NM"), q=Numbers("ND"), k=Numbers("MD"))


@scores_backward.differentiates(upstream="ds")
def scores(q, k):
    return q @ k.T


scores_backward.wrong(
    "ds-not-transposed",
    f"""In a product here, M meets N, as in ds @ q: (N, M) and (N, D). Write down the shapes of the two that meet.
    Which size must vanish, and so meet itself? {PAIRS}""",
    lambda ds, q, k: (ds @ k, ds @ q),
)

scores_backward.wrong(
    "ds-transposed-in-dq",
    f"""In a product here, N meets M, as in ds.T @ k: (M, N) and (M, D). Which array has rows n, to meet N?
    Which has columns m, to meet M? {PAIRS}""",
    lambda ds, q, k: (ds.T @ k, ds.T @ q),
)

scores_backward.wrong(
    "k-transposed",
    f"""In a product here, M meets D, as in ds @ k.T: (N, M) and (D, M). dq has the shape of q, (N, D): which size must
    vanish, and so meet itself? {PAIRS}""",
    lambda ds, q, k: (ds @ k.T, ds.T @ q),
)

scores_backward.wrong(
    "dk-transposed",
    f"This is dk with rows and columns exchanged. It has the shape of k, (M, D). {PAIRS}",
    lambda ds, q, k: (ds @ k, q.T @ ds),
    spoils=("dk",),
)

scores_backward.wrong(
    "dq-transposed",
    f"This is dq with rows and columns exchanged. It has the shape of q, (N, D). {PAIRS}",
    lambda ds, q, k: (k.T @ ds.T, ds.T @ q),
    spoils=("dq",),
)


@scores_backward.wrong(
    "upstream-ignored",
    f"""ds plays no part in a result here. It says how much each score matters: multiply by it. {PAIRS}""",
)
def scores_upstream_ignored(ds, q, k):
    ones = np.ones_like(ds)
    return ones @ k, ones.T @ q


scores_backward.wrong(
    "sums-multiplied",
    f"""It looks as if ds and q were summed over the rows first, and multiplied afterwards. Row 0 of q meets row 0 of ds
    alone: multiply first, then add. {PAIRS}""",
    lambda ds, q, k: (ds @ k, np.outer(ds.sum(axis=0), q.sum(axis=0))),
    spoils=("dk",),
)

scores_backward.wrong(
    "sum-times-mean",
    f"""It looks as if dk were the sum of ds times the mean of q, which passes where ds is all ones.
    Multiply row by row, then add. {PAIRS}""",
    lambda ds, q, k: (ds @ k, np.outer(ds.sum(axis=0), q.mean(axis=0))),
    spoils=("dk",),
)

scores_backward.wrong(
    "averaged-dk",
    f"""It looks as if dk were divided by N. The rows' shares add; a 1/N belongs to the loss, and is already
    inside ds. {PAIRS}""",
    lambda ds, q, k: (ds @ k, ds.T @ q / len(q)),
    spoils=("dk",),
)

scores_backward.wrong(
    "averaged-both",
    f"""It looks as if a mean were taken over what is to be added up. The shares add; a mean belongs to the loss, and
    is already inside ds. {PAIRS}""",
    lambda ds, q, k: (ds @ k / len(k), ds.T @ q / len(q)),
)

scores_backward.wrong(
    "scaled",
    """It looks as if something were divided by √D, as some networks do with their scores. These scores are q·k alone:
    nothing is divided.""",
    lambda ds, q, k: (ds @ k / np.sqrt(q.shape[1]), ds.T @ q / np.sqrt(q.shape[1])),
)

scores_backward.wrong(
    "partners-kept",
    f"""It looks as if a gradient were made from its own array, such as dq from q. A product swaps the partners: dq is
    made from k, dk from q. {PAIRS}""",
    lambda ds, q, k: (ds.sum(axis=1)[:, None] * q, ds.sum(axis=0)[:, None] * k),
)

scores_backward.wrong(
    "ds-reshaped",
    f"""dk has the right shape and wrong numbers: was ds reshaped to (M, N)? That fills new rows with old ones.
    A transpose exchanges rows and columns. {PAIRS}""",
    lambda ds, q, k: (ds @ k, ds.reshape(len(k), len(q)) @ q),
    spoils=("dk",),
)

scores_backward.wrong(
    "sign",
    "A sign is turned round here. The gradient points uphill; it is the step that turns round.",
    lambda ds, q, k: (-ds @ k, -ds.T @ q),
)

scores_backward.wrong(
    "order-of-results",
    "A right value stands in the other's place. Return dq first, then dk.",
    lambda ds, q, k: (ds.T @ q, ds @ k),
)

scores_backward.wrong(
    "squeezed",
    """Is an axis of size 1 dropped? dq always has the shape of q: (N, 1) where the rows hold one number, (1, D) where
    q has one row.""",
    lambda ds, q, k: (np.squeeze(ds @ k), ds.T @ q),
    spoils=("dq",),
)


@scores_backward.wrong(
    "written-into-k",
    """An input belongs to the caller: the next cell would find other numbers in it. +=, /= and a[...] = write into
    the array itself, and a second name, such as dk = k, makes no copy.""",
    fails=("unchanged", "views"),
)
def written_into_k(ds, q, k):
    dq, dk = ds @ k, k
    dk[...] = ds.T @ q
    return dq, dk


@scores_backward.unusual
def pair_by_pair(ds, q, k):
    dq, dk = np.zeros(q.shape), np.zeros(k.shape)
    for n, q_n in enumerate(q):
        for m, k_m in enumerate(k):
            dq[n] += ds[n, m] * k_m
            dk[m] += ds[n, m] * q_n
    return dq, dk


@scores_backward.unusual
def as_a_linear_layer(ds, q, k):
    dq, dW, _ = right.linear_backward(ds, q, k.T)
    return dq, dW.T


@scores_backward.unusual
def letters_only(ds, q, k):
    return {"dk": np.einsum("nm,nd->md", ds, q), "dq": np.einsum("nm,md->nd", ds, k).tolist()}


@scores_backward.unusual
def over_a_third_axis(ds, q, k):
    ds, q, k = (np.asarray(a, dtype=np.float32) for a in (ds, q, k))
    return [(ds[:, :, None] * k).sum(axis=1), (ds[:, :, None] * q[:, None]).sum(axis=0)]
