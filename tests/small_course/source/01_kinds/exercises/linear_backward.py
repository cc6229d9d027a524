"""linear_backward: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise

linear_backward = Exercise(
    "linear_backward",
    outputs=("dx", "dW", "db"),
    care=("unchanged", "one row", "float32", "views"),
    rows=("dz", "x"),
    sizes={"N": ("x", 0), "M": ("dz", 1)},
    bias_outputs=("db",),
)


@linear_backward.draw
def batch(rng):
    n, d, m = rng.permutation([5, 7, 3])
    return dict(dz=rng.normal(size=(n, m)), x=rng.normal(size=(n, d)), W=rng.normal(size=(d, m)))


@linear_backward.differentiates(upstream="dz", at=lambda x, W: dict(x=x, W=W, b=np.zeros(W.shape[1])))
def forward(x, W, b):
    return x @ W + b


linear_backward.wrong(
    "averaged-rows",
    "It looks as if the rows were averaged.",
    lambda dz, x, W: (dz @ W.T, x.T @ dz, dz.mean(axis=0)),
    spoils=("db",),
)

linear_backward.wrong(
    "transpose-missing",
    "x must be transposed for dW.",
    lambda dz, x, W: (dz @ W.T, 2 * (x.T @ dz), dz.sum(axis=0)),
    spoils=("dW",),
)

linear_backward.wrong(
    "last-row",
    "Only the last row is used.",
    lambda dz, x, W: (dz @ W.T, np.outer(x[-1], dz[-1]), dz[-1]),
    spoils=("dW", "db"),
)

linear_backward.wrong("sign", "The sign is reversed.", lambda dz, x, W: (-dz @ W.T, -x.T @ dz, -dz.sum(axis=0)))


@linear_backward.wrong("in-place", "dz belongs to the caller.", fails=("unchanged", "views"))
def in_place(dz, x, W):
    result = dz @ W.T, x.T @ dz, dz.sum(axis=0)
    dz *= 0
    return result


@linear_backward.unusual
def row_by_row(dz, x, W):
    dW = sum(np.outer(x_n, dz_n) for x_n, dz_n in zip(x, dz, strict=True))
    return np.array([W @ dz_n for dz_n in dz]), dW, np.einsum("nm->m", dz)


@linear_backward.unusual
def as_dict(dz, x, W):
    return {"dW": np.einsum("nd,nm->dm", x, dz), "dx": np.inner(dz, W), "db": dz.sum(axis=0, keepdims=True)}


@linear_backward.unusual
def single_precision(dz, x, W):
    dz, x, W = (np.asarray(a, dtype=np.float32) for a in (dz, x, W))
    return [dz @ W.T, x.T @ dz, np.ones(len(dz), np.float32) @ dz]
