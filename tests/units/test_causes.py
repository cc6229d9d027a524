"""Wrong answers as people write them: the cause is named, and the same one for every seed.

They were found in public courses, issue trackers and forums, and are written in another way than in the exercises' own
lists. Each is judged with new numbers.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from support.judged_answers import COURSE, UNITS, verdict_on

from autograder.exercises.loader import exercises_of

SEEDS = (0, 1, 7, 12, 99)
CAUSES: list[Any] = []


def cause(unit: str, exercise: str, mistake: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Enter a wrong answer, with the id of the mistake that is to be named."""

    def enter(answer: Callable[..., Any]) -> Callable[..., Any]:
        CAUSES.append(pytest.param(UNITS[unit], exercise, answer, mistake, id=f"{exercise}-{mistake}-{len(CAUSES)}"))
        return answer

    return enter


# Paths and slopes, from unit 03 on


cause("03", "fork_backward", "path-through-u-twice")(
    lambda x: np.sin(x) * 2 * x + np.sin(x) * 2 * x + x * x * np.cos(x)
)
cause("03", "fork_backward", "path-through-v-twice")(lambda x: 2 * x * (np.sin(x) + x * np.cos(x)))
cause("03", "fork_backward", "slope-left-out-on-u")(lambda x: np.sin(x) + x * x * np.cos(x))
cause("03", "fork_backward", "slope-left-out-on-v")(lambda x: np.sin(x) * 2 * x + x * x)
cause("03", "fork_backward", "cosine-on-both-paths")(lambda x: (2 * x * np.sin(x) + x * x) * np.cos(x))


@cause("03", "share_backward", "path-through-s-twice")
def total_twice(dr, p, q):
    dp = dr / (p + q)
    dq = dr * -p / (p + q) ** 2
    dp += dq
    dp += dq
    return dp, dq


@cause("03", "share_backward", "direct-path-twice")
def direct_twice(dr, p, q):
    dp = dr / (p + q) + dr / (p + q) - dr * p / (p + q) ** 2
    return dp, -dr * p / (p + q) ** 2


@cause("03", "share_backward", "times-2-for-the-square")
def doubled(dr, p, q):
    ds = -(dr * p) / (p + q) * 2
    return dr / (p + q) + ds, ds


@cause("03", "chain_backward", "slope-left-out-to-x")
def from_da_to_x(x, w, b, y):
    a = chain_forward(x, w, b, y)[1]
    error = 2 * (a - y)
    return error * w, error * a * (1 - a) * x, error * a * (1 - a)


@cause("03", "chain_backward", "slope-left-out-to-w")
def from_da_to_w(x, w, b, y):
    a = chain_forward(x, w, b, y)[1]
    error = 2 * (a - y)
    return error * a * (1 - a) * w, error * x, error * a * (1 - a)


@cause("03", "chain_backward", "slope-left-out-to-b")
def from_da_to_b(x, w, b, y):
    a = chain_forward(x, w, b, y)[1]
    error = 2 * (a - y)
    return error * a * (1 - a) * w, error * a * (1 - a) * x, error


@cause("03", "chain_backward", "error-without-brackets")
def two_a_minus_y(x, w, b, y):
    a = chain_forward(x, w, b, y)[1]
    slope = (2 * a - y) * a * (1 - a)
    return slope * w, slope * x, slope


@cause("03", "long_chain_backward", "minus-square")
def chain_of_minus_squares(da, a, w):
    dw = np.zeros_like(w)
    for k in range(len(w) - 1, -1, -1):
        da = -da * a[k + 1] ** 2
        dw[k] = da * a[k]
        da = da * w[k]
    return da, dw


@cause("03", "long_chain_backward", "slope-left-out-going-down")
def slope_for_weights_only(da, a, w):
    dw = np.zeros_like(w)
    for k in range(len(w) - 1, -1, -1):
        dw[k] = da * (1 - a[k + 1] ** 2) * a[k]
        da *= w[k]
    return da, dw


@cause("03", "long_chain_backward", "slope-left-out-of-dw")
def slope_going_down_only(da, a, w):
    dw = np.zeros_like(w)
    for k in range(len(w) - 1, -1, -1):
        dw[k] = da * a[k]
        da = da * (1 - a[k + 1] ** 2) * w[k]
    return da, dw


@cause("03", "long_chain_backward", "slope-of-the-last-link-left-out")
def da_for_the_last_dz(da, a, w):
    dz, dw = da, np.zeros_like(w)
    for k in range(len(w) - 1, -1, -1):
        dw[k] = dz * a[k]
        da = dz * w[k]
        dz = da * (1 - a[k] ** 2)
    return da, dw


# tanh and the leaky ReLU


cause("07", "tanh_backward", "minus-square")(lambda da, a: -da * a * a)
cause("07", "leaky_relu_forward", "slope-on-the-wrong-side")(lambda z, slope=0.01: np.minimum(slope * z, z))
cause("07", "leaky_relu_forward", "leak-on-both-sides")(lambda z, slope=0.01: z * (z > 0) + z * slope)
cause("07", "leaky_relu_backward", "slope-on-the-wrong-side")(
    lambda da, z, slope=0.01: da * np.where(z < 0, 1.0, slope)
)
cause("07", "leaky_relu_backward", "slope-on-the-wrong-side-alone")(
    lambda da, z, slope=0.01: np.where(z > 0, da * slope, 0)
)
cause("07", "leaky_relu_backward", "slopes-on-the-wrong-sides")(lambda da, z, slope=0.01: np.where(z < 0, 1, slope))
cause("07", "leaky_relu_backward", "leak-on-both-sides")(lambda da, z, slope=0.01: da * ((z > 0) + slope))
cause("07", "leaky_relu_backward", "leak-of-z")(lambda da, z, slope=0.01: np.where(z < 0, z * slope, da))
cause("07", "sigmoid_forward", "clipped")(lambda z: 1 / (1 + np.exp(-np.clip(z, -6, 6))))


# Means over rows


cause("01", "mse", "divided-then-multiplied")(lambda y_hat, y: np.sum(np.square(y - y_hat)) / 2 * np.size(y))
cause("07", "relu_backward", "picked-out")(lambda da, z: da[z >= 0])
cause("08", "cross_entropy_backward", "averaged-over-the-rows")(
    lambda z, y: np.mean(softmax(z) - np.eye(z.shape[1])[y], axis=0)
)
cause("08", "cross_entropy_backward", "true-class-alone")(lambda z, y: -(softmax(z)[range(len(y)), y] ** -1.0) / len(y))
cause("01", "mse_grad", "no-two-and-rows")(lambda y_hat, y: (y_hat - y) / y_hat.shape[0])
cause("01", "mse_grad", "divided-by-columns")(lambda y_hat, y: (y_hat - y) * 2 / y.shape[-1])


# Softmax and its loss


cause("08", "softmax_backward", "dp-returned")(lambda dp, p: dp * 1.0)


@cause("08", "softmax_backward", "last-path-only")
def each_path_overwrites(dp, p):
    dz = np.zeros(p.shape)
    for i in range(p.shape[0]):
        for j in range(p.shape[1]):
            for k in range(p.shape[1]):
                dz[i, j] = dp[i, k] * p[i, k] * ((j == k) - p[i, j])
    return dz


@cause("08", "softmax_backward", "last-row-only")
def each_row_overwrites(dp, p):
    for one, share in zip(dp, p, strict=True):
        dz = (np.diag(share) - np.outer(share, share)) @ one
    return dz


cause("08", "log_softmax_backward", "p-alone-taken-away")(lambda dq, p: -p + dq)
cause("08", "log_softmax_backward", "p-alone-added")(lambda dq, p: p + dq)
cause("08", "log_softmax_backward", "dq-taken-from-p")(lambda dq, p: p - dq)
cause("08", "log_softmax_backward", "dq-returned")(lambda dq, p: dq + 0)


@cause("08", "softmax", "one-sum-after-the-shift")
def one_total(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / np.sum(e)


@cause("08", "cross_entropy", "one-sum-after-the-shift")
def loss_of_one_total(z, y):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.mean(-np.log(e[range(len(y)), y] / np.sum(e)))


@cause("08", "cross_entropy_backward", "one-sum-after-the-shift")
def slope_of_one_total(z, y):
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum()
    p[range(len(y)), y] -= 1
    return p / len(y)


cause("08", "cross_entropy", "one-loss-per-class")(
    lambda z, y: -np.mean(np.eye(z.shape[1])[y] * np.log(softmax(z)), axis=0)
)
cause("08", "cross_entropy", "one-loss-per-entry")(
    lambda z, y: -np.log(softmax(z)) * (np.arange(z.shape[1]) == y[:, None])
)
cause("08", "cross_entropy", "classes-averaged-apart")(
    lambda z, y: np.mean([np.mean(-np.log(softmax(z)[np.arange(len(y)), y])[y == c]) for c in range(z.shape[1])])
)


# A small number, a clip, an exponential


for small in (1e-5, 1e-7, 1e-8, 1e-10, 1e-15):
    cause("08", "cross_entropy", "small-number-in-the-logarithm")(
        lambda z, y, small=small: -np.mean(np.log(softmax(z)[np.arange(len(y)), y] + small))
    )
    cause("05", "binary_cross_entropy", "clipped-or-a-small-number-added")(
        lambda z, y, small=small: (
            -np.mean(y * np.log(1 / (1 + np.exp(-z)) + small) + (1 - y) * np.log(1 - 1 / (1 + np.exp(-z)) + small))
        )
    )
cause("08", "cross_entropy", "small-number-in-the-logarithm")(
    lambda z, y: -np.mean(np.log(np.clip(softmax(z), 1e-7, 1 - 1e-7)[np.arange(len(y)), y]))
)
for small in (1e-5, 1e-8, 1e-15):
    cause("05", "binary_cross_entropy_backward", "small-number-below-the-line")(
        lambda z, y, small=small: (
            ((1 - y) / (1 - sigmoid(z) + small) - y / (sigmoid(z) + small)) * sigmoid(z) * (1 - sigmoid(z)) / len(y)
        )
    )
    cause("08", "cross_entropy_backward", "small-number-below-the-line")(
        lambda z, y, small=small: softmax_backward(
            -np.eye(z.shape[1])[y] / (softmax(z) + small) / len(z),
            softmax(z),
        )
    )
cause("08", "cross_entropy", "logarithm-of-p")(lambda z, y: -np.mean(np.log(softmax(z))[np.arange(len(y)), y]))
for bound in (30, 300, 700):
    cause("08", "softmax", "clipped")(
        lambda z, bound=bound: (
            np.exp(np.clip(z, -bound, bound)) / np.exp(np.clip(z, -bound, bound)).sum(axis=1, keepdims=True)
        )
    )
    cause("05", "binary_cross_entropy", "clipped-or-a-small-number-added")(
        lambda z, y, bound=bound: np.mean(np.log(1 + np.exp(np.clip(z, -bound, bound))) - y * np.clip(z, -bound, bound))
    )
cause("05", "binary_cross_entropy", "exponential-of-large-z")(lambda z, y: np.mean(np.log1p(np.exp(z)) - y * z))
cause("05", "binary_cross_entropy", "exponential-of-large-minus-z")(
    lambda z, y: np.mean(np.log(1 + np.exp(-z)) + z - z * y)
)
cause("05", "binary_cross_entropy", "log-of-rounded-probability")(
    lambda z, y: -np.mean(y * np.log(1 / (1 + np.exp(-z))) + (1 - y) * np.log(1 - 1 / (1 + np.exp(-z))))
)


# Two layers


@cause("09", "two_layer_backward", "weights-unpacked-first")
def weights_first(params, cache, dz2):
    dW2, da1, db2 = linear_backward(dz2, cache["a1"], params["W2"])
    dW1, _, db1 = linear_backward((1 - cache["a1"] ** 2) * da1, cache["x"], params["W1"])
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


@cause("09", "two_layer_backward", "da1-unpacked-last")
def weights_biases_inputs(params, cache, dz2):
    dW2, db2, da1 = linear_backward(dz2, cache["a1"], params["W2"])
    dW1, db1, _ = linear_backward(tanh_backward(da1, cache["a1"]), cache["x"], params["W1"])
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


@cause("09", "two_layer_backward", "minus-square")
def minus_the_square(params, cache, dz2):
    da1, dW2, db2 = linear_backward(dz2, cache["a1"], params["W2"])
    _, dW1, db1 = linear_backward(-da1 * cache["a1"] ** 2, cache["x"], params["W1"])
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


# Batches


def sliced(begins: Callable[[int, int], range], ends: Callable[[int, int], int]) -> Callable[..., Any]:
    """Batches that begin at these places of a shuffled order, and end at those."""

    def batches(x, y, size, seed):
        order = np.random.default_rng(seed).permutation(len(x))
        return [(x[order[k : ends(k, size)]], y[order[k : ends(k, size)]]) for k in begins(len(x), size)]

    class Batches:
        __name__ = "minibatches"
        __call__ = staticmethod(batches)

    return Batches()


for begins, ends, mistake in (
    (lambda n, size: range(n), lambda k, size: k + size, "slices-overlap"),
    (lambda n, size: range(n - size + 1), lambda k, size: k + size, "full-slices-overlap"),
    (lambda n, size: range(0, n, size), lambda k, size: k + size + 1, "one-row-too-many"),
    (lambda n, size: range(0, n, size), lambda k, size: k + size - 1, "one-row-too-few"),
    (lambda n, size: range(0, n, size), lambda k, size: None, "all-that-is-left"),
    (lambda n, size: range(0, n, size), lambda k, size: size, "size-as-the-end"),
    (lambda n, size: range(0, n - n % size, size), lambda k, size: k + size, "last-dropped"),
):
    cause("10", "minibatches", mistake)(sliced(begins, ends))


# Of a trial


cause("01", "mae_grad", "divided-by-all-sizes")(lambda y_hat, y: (y_hat - y) / np.abs(y_hat - y).sum())
cause("05", "binary_cross_entropy", "minus-z-and-y-times-z")(
    lambda z, y: (np.log1p(np.exp(-np.abs(z))) + np.maximum(-z, 0) - y * z).mean()
)
cause("05", "binary_cross_entropy", "labels-swapped")(
    lambda z, y: np.where(y == 1, np.logaddexp(0, z), np.logaddexp(0, -z)).mean()
)
cause("05", "binary_cross_entropy", "minus-z-alone")(lambda z, y: np.logaddexp(-z, 0).sum() / len(y))
cause("05", "neuron_backward", "dx-from-x")(lambda dz, x, w: (dz[:, None] * x, dz @ x, dz.sum()))
cause("05", "neuron_backward", "dw-from-w")(lambda dz, x, w: (dz[:, None] * w, w * np.sum(dz), np.sum(dz)))


@cause("06", "unbroadcast", "size-for-axis")
def ones_as_axes(dz, shape):
    dz = dz.sum(axis=tuple(range(dz.ndim - len(shape))))
    for axis in shape:
        if axis == 1:
            dz = dz.sum(axis=axis, keepdims=True)
    return dz


@pytest.mark.parametrize(("unit", "exercise", "answer", "mistake"), CAUSES)
def test_cause_of_a_wrong_answer_is_named_for_every_seed(unit, exercise, answer, mistake):
    verdicts = [verdict_on(unit, exercise, answer, seed) for seed in SEEDS]
    assert not any(verdict.passed for verdict in verdicts)
    assert {verdict.mistake for verdict in verdicts} == {mistake}
    wrongs = exercises_of(unit, COURSE)[exercise].wrongs
    told = next(wrong.message for wrong in wrongs if wrong.mistake == mistake)
    assert all(told.splitlines()[0] in verdict.message for verdict in verdicts)
