"""log_softmax_backward, the bug hunt: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Chances, Exercise, Numbers, RightAnswers

from ._shared import probabilities

right = RightAnswers(__file__)

HUNT = 'See the bug hunt, "right for one example".'

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


log_softmax_backward.corners(dq=Numbers("NC"), p=Chances("NC", {"zeros": "the logarithm of 0 is not finite"}))


@log_softmax_backward.differentiates(upstream="dq", wrt="z", at=lambda p: dict(z=np.log(p)))
def log_softmax_forward(z):
    return z - np.logaddexp.reduce(z, axis=1)[:, None]


log_softmax_backward.wrong(
    "left-as-it-was",
    f"""This is still the broken function: its sum runs over all rows. A row of z moves the same row of q, and no
    other. {HUNT}""",
    lambda dq, p: dq - p * dq.sum(),
)

log_softmax_backward.wrong(
    "columns-for-rows",
    f"It looks as if the sum runs over the examples (axis 0). It runs over the classes of one row. {HUNT}",
    lambda dq, p: dq - p * dq.sum(axis=0),
)

log_softmax_backward.wrong(
    "axis-lost",
    f"""The sum of each row has shape (N,), and numpy lays it along the last axis, where the classes are. It must stay
    a column, (N, 1). {HUNT}""",
    lambda dq, p: dq - p * dq.sum(axis=1),
)

log_softmax_backward.wrong(
    "sum-missing",
    f"""It looks as if the sum is gone altogether: each logit moves every q of its row, so all of them come back to
    it, and gradients add at forks. {HUNT}""",
    lambda dq, p: dq - p * dq,
)

log_softmax_backward.wrong(
    "mean-for-sum",
    f"It looks as if the sum became a mean. Gradients add at forks; nothing is divided. {HUNT}",
    lambda dq, p: dq - p * dq.mean(axis=1, keepdims=True),
)

log_softmax_backward.wrong(
    "softmax-in-its-place",
    f"This is the backward pass of softmax, from 8.3. Here the gradient dq arrives at q = ln p, not at p. {HUNT}",
    lambda dq, p: right.softmax_backward(dq, p),
)

log_softmax_backward.wrong(
    "sum-of-8-3",
    f"""It looks as if dq · p was added up. Here the total is of dq alone; the p inside the sum belongs to 8.3. {HUNT}
    """,
    lambda dq, p: dq - p * (dq * p).sum(axis=1, keepdims=True),
)

log_softmax_backward.wrong(
    "p-before-both",
    f"""It looks as if p stands before both terms, as in 8.3. Here dq comes back to its own z whole; only the total is
    multiplied by p. {HUNT}""",
    lambda dq, p: p * (dq - dq.sum(axis=1, keepdims=True)),
)

log_softmax_backward.wrong(
    "mean-of-the-totals",
    f"""It looks as if the sum over all rows was divided by N. Each row has its own total, not the mean of all. {HUNT}
    """,
    lambda dq, p: dq - p * dq.sum() / len(dq),
)

log_softmax_backward.wrong(
    "p-inside-the-sum",
    f"""It looks as if p went inside the sum. It belongs to the logit that is nudged, so it stands before the sum.
    {HUNT}""",
    lambda dq, p: dq - (p * dq).sum(axis=1, keepdims=True),
)

log_softmax_backward.wrong(
    "p-missing",
    f"It looks as if the p before the sum is missing. The logarithm of the sum has the slope p. {HUNT}",
    lambda dq, p: dq - dq.sum(axis=1, keepdims=True),
)

log_softmax_backward.wrong(
    "sign",
    f"This has the opposite sign. q = z − ln Σ exp(z): dq comes back to its own z with a plus. {HUNT}",
    lambda dq, p: p * dq.sum(axis=1, keepdims=True) - dq,
)

log_softmax_backward.wrong(
    "plus-for-minus",
    f"""It looks as if the sum was added. The logarithm of the sum is taken away from z, so its gradient is too.
    {HUNT}""",
    lambda dq, p: dq + p * dq.sum(axis=1, keepdims=True),
)

log_softmax_backward.wrong(
    "stopped-at-p",
    f"It looks as if this is dq/p, the gradient at p. One step is left, through softmax to z. {HUNT}",
    lambda dq, p: dq / p,
)

log_softmax_backward.wrong(
    "softmax-again",
    f"It looks as if softmax was applied to p. p is its result already. {HUNT}",
    lambda dq, p: dq - right.softmax(p) * dq.sum(axis=1, keepdims=True),
)

log_softmax_backward.wrong(
    "averaged-rows",
    f"This is divided by N. The 1/N belongs to the loss, and dq has it inside already. {HUNT}",
    lambda dq, p: right.log_softmax_backward(dq, p) / len(p),
)


log_softmax_backward.wrong(
    "p-alone-taken-away",
    f"""It looks as if p alone is taken away. It is multiplied by the row's total of dq first: that total is 1 only
    where dq is. {HUNT}""",
    lambda dq, p: dq - p,
)

log_softmax_backward.wrong(
    "p-alone-added",
    f"""It looks as if p is added. It is taken away, and multiplied by the row's total of dq first. {HUNT}""",
    lambda dq, p: dq + p,
)

log_softmax_backward.wrong(
    "dq-taken-from-p",
    f"""This is p − dq. dq comes back to its own z with a plus, and p, multiplied by the row's total of dq, with a
    minus. {HUNT}""",
    lambda dq, p: p - dq,
)

log_softmax_backward.wrong(
    "dq-returned",
    f"""This is dq as it arrived. ln Σ exp(z) is taken away on the way forwards, and it depends on every logit of the
    row: its part is missing. {HUNT}""",
    lambda dq, p: dq.copy(),
)


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
