"""softmax_backward: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Chances, Exercise, Numbers, RightAnswers

from ._shared import probabilities

right = RightAnswers(__file__)

BACK = 'See 8.3, "Backwards through softmax".'

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


softmax_backward.corners(dp=Numbers("NC"), p=Chances("NC"))


@softmax_backward.differentiates(upstream="dp", wrt="z", at=lambda p: dict(z=np.log(p)))
def softmax_forward(z):
    return np.exp(z - np.logaddexp.reduce(z, axis=1)[:, None])


softmax_backward.wrong(
    "diagonal-only",
    f"""It looks as if the slope p(1 − p) of the sigmoid was used for each class on its own. A logit moves every p of
    its row: the other paths are missing, and gradients add at forks. {BACK}""",
    lambda dp, p: dp * p * (1 - p),
)

softmax_backward.wrong(
    "bare-sum-of-dp",
    f"It looks as if the plain sum of dp is taken away. Each dp in that sum is multiplied by its own p. {BACK}",
    lambda dp, p: p * (dp - dp.sum(axis=1, keepdims=True)),
)

softmax_backward.wrong(
    "bare-mean-of-dp",
    f"""It looks as if the plain mean of dp is taken away. It is a mean weighted with p: likely classes weigh more.
    {BACK}""",
    lambda dp, p: p * (dp - dp.mean(axis=1, keepdims=True)),
)

softmax_backward.wrong(
    "p-in-front-missing",
    f"""It looks as if the factor p of the class itself is missing. An unlikely class barely moves when its logit does.
    {BACK}""",
    lambda dp, p: dp - (dp * p).sum(axis=1, keepdims=True),
)

softmax_backward.wrong(
    "p-on-the-sum-only",
    f"p stands in front of the whole bracket: both terms carry it. Here dp alone has none. {BACK}",
    lambda dp, p: dp - p * (dp * p).sum(axis=1, keepdims=True),
)

softmax_backward.wrong(
    "p-on-dp-only",
    f"p stands in front of the whole bracket: both terms carry it. Here the sum has none. {BACK}",
    lambda dp, p: p * dp - (dp * p).sum(axis=1, keepdims=True),
)

softmax_backward.wrong(
    "dp-and-p-exchanged",
    f"""It looks as if dp stands in front of the bracket and p inside. It is the other way round: p is what all terms
    have in common. {BACK}""",
    lambda dp, p: dp * (p - (dp * p).sum(axis=1, keepdims=True)),
)

softmax_backward.wrong(
    "mean-for-sum",
    f"It looks as if the sum of dp · p became a mean. The paths add; nothing is divided by C. {BACK}",
    lambda dp, p: p * (dp - (dp * p).mean(axis=1, keepdims=True)),
)

softmax_backward.wrong(
    "through-the-logarithm",
    f"""It looks as if this is the gradient through ln p, the logarithm of softmax. Here dp arrives at p itself.
    {BACK}""",
    lambda dp, p: dp - p * dp.sum(axis=1, keepdims=True),
)

softmax_backward.wrong(
    "only-its-own-p",
    f"""It looks as if only dp · p is there. When a logit rises, the sum below the fraction rises too, and every p of
    the row falls a little: that part is missing. {BACK}""",
    lambda dp, p: dp * p,
)

softmax_backward.wrong(
    "only-the-others",
    f"It looks as if the direct part dp · p is missing: a logit raises its own exponential first of all. {BACK}",
    lambda dp, p: -p * (dp * p).sum(axis=1, keepdims=True),
)

softmax_backward.wrong(
    "own-path-missing",
    f"It looks as if the path from a logit to its own p is left out, and only the other classes are there. {BACK}",
    lambda dp, p: p * (dp * p - (dp * p).sum(axis=1, keepdims=True)),
)

softmax_backward.wrong(
    "upstream-ignored",
    f"""dp plays no part in this result. The layer above says how much each p of a row matters: multiply by it.
    {BACK}""",
    lambda dp, p: p * (1 - p),
)

softmax_backward.wrong(
    "columns-for-rows",
    f"""It looks as if the sum ran over the examples. A logit moves the p of its own row: sum over the classes.
    {BACK}""",
    lambda dp, p: p * (dp - (dp * p).sum(axis=0)),
)

softmax_backward.wrong(
    "one-sum-for-all",
    f"""It looks as if one sum was taken over all rows. Each row is an example of its own: it has its own sum.
    {BACK}""",
    lambda dp, p: p * (dp - (dp * p).sum()),
)

softmax_backward.wrong(
    "axis-lost",
    f"""The sum of each row has shape (N,), and numpy lays it along the last axis, where the classes are. It must stay
    a column, (N, 1): which argument keeps the axis? {BACK}""",
    lambda dp, p: p * (dp - (dp * p).sum(axis=1)),
)

softmax_backward.wrong(
    "rows-with-rows",
    f"""It looks as if dp @ p.T was used. It pairs every row with every other, (N, N). Only the pairs of a row with
    itself are asked for: one number for each row. {BACK}""",
    lambda dp, p: p * (dp - dp @ p.T),
)

softmax_backward.wrong(
    "sign",
    f"This has the opposite sign. A logit that rises raises its own p and lowers the others. {BACK}",
    lambda dp, p: p * ((dp * p).sum(axis=1, keepdims=True) - dp),
)

softmax_backward.wrong(
    "plus-for-minus",
    f"It looks as if the sum was added. When a logit rises, the other p of its row fall: a minus. {BACK}",
    lambda dp, p: p * (dp + (dp * p).sum(axis=1, keepdims=True)),
)

softmax_backward.wrong(
    "softmax-again",
    f"It looks as if softmax was applied to p. p is its result already, handed over from the forward pass. {BACK}",
    lambda dp, p: right.softmax_backward(dp, right.softmax(p)),
)

softmax_backward.wrong(
    "averaged-rows",
    f"This is divided by N. The 1/N belongs to the loss, and dp has it inside already. {BACK}",
    lambda dp, p: right.softmax_backward(dp, p) / len(p),
)

softmax_backward.wrong(
    "square-of-p-for-product",
    f"""It looks as if p_k² stands where p_k · p_j belongs. When logit j rises, class k loses a share p_k · p_j: the
    two classes are not the same one. {BACK}""",
    lambda dp, p: dp * p - (dp * p**2).sum(axis=1, keepdims=True),
)


softmax_backward.wrong(
    "dp-returned",
    f"""This is dp as it arrived: nothing has gone back through the softmax yet. From each p a path leads to every logit
    of its row. {BACK}""",
    lambda dp, p: dp.copy(),
)

softmax_backward.wrong(
    "last-path-only",
    f"""Only the path through the last class is left: each path overwrites the one before it. Paths add, so each one is
    added to what is there, with +=. {BACK}""",
    lambda dp, p: dp[:, -1:] * p[:, -1:] * (np.eye(p.shape[1])[-1] - p),
)

softmax_backward.wrong(
    "first-path-only",
    f"""Only the path through the first class is there. Every p of the row depends on each logit: one path leads through
    each class, and they add. {BACK}""",
    lambda dp, p: dp[:, :1] * p[:, :1] * (np.eye(p.shape[1])[0] - p),
)

softmax_backward.wrong(
    "last-row-only",
    f"""This is the gradient of the last row alone: each row overwrites the one before it. Keep one row for each
    example, shape (N, C). {BACK}""",
    lambda dp, p: right.softmax_backward(dp, p)[-1],
)


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


softmax_backward.accepted_mutant(
    "back_in_single_precision: np.float32(dp) → dp",
    "Without it the answer is the more exact one, since NumPy then computes in double precision.",
)
