"""Wrong answers that are right for ordinary numbers: each is shown by a corner, such as equal sizes or a zero.

They are entered with the exercise that they are an answer to; :data:`WRONG` holds them all.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.notebook import right_namespace
from autograder.paths import Course
from support.courses import ROOT

COURSE = Course(ROOT)
WRONG: list[tuple[str, Callable[..., Any]]] = []


def wrong(*exercises: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Enter a wrong answer to these exercises; where there are several, it is a function that makes one for each."""

    def enter(answer: Callable[..., Any]) -> Callable[..., Any]:
        WRONG.extend((name, answer(right(name)) if len(exercises) > 1 else answer) for name in exercises)
        return answer

    return enter


def right(name: str) -> Any:
    """The right answer of an exercise."""
    namespaces = (right_namespace(COURSE, unit) for unit in reversed(COURSE.units()))
    return next(names[name] for names in namespaces if name in names)


def fits(*shapes: tuple[int, ...]) -> bool:
    return len(set(shapes)) == 1


# Unit 01


@wrong("mse")
def two_axes_counted(y_hat, y):
    count = y.shape[0] * y.shape[1] if y.ndim > 1 else y.size
    return np.sum((y_hat - y) ** 2) / count


@wrong("mse_grad")
def two_axes_counted_for_the_gradient(y_hat, y):
    return 2 * (y_hat - y) / (y.shape[0] * y.shape[1] if y.ndim > 1 else y.size)


@wrong("mae_grad")
def two_axes_counted_for_the_signs(y_hat, y):
    return np.sign(y_hat - y) / (y.shape[0] * y.shape[1] if y.ndim > 1 else y.size)


# Unit 02


@wrong("numerical_gradient")
def absolute_slopes(f, x, h=1e-5):
    return np.abs(right("numerical_gradient")(f, x, h))


@wrong("numerical_gradient")
def written_through_ravel(f, x, h=1e-5):
    flat, gradient = x.ravel(), np.zeros(x.size)
    for k in range(x.size):
        kept = flat[k]
        flat[k] = kept + h
        up = f(x)
        flat[k] = kept - h
        gradient[k] = (up - f(x)) / (2 * h)
        flat[k] = kept
    return gradient.reshape(x.shape)


@wrong("numerical_derivative")
def absolute_slope(f, x, h=1e-5):
    slope = right("numerical_derivative")(f, x, h)
    return abs(slope) if np.sign(x) * slope < 0 and x >= 1 else slope


@wrong("numerical_derivative")
def ahead_of_the_absolute_value(f, x, h=1e-5):
    return (f(abs(x + h)) - f(x - h)) / (2 * h)


@wrong("numerical_gradient")
def at_the_absolute_values(f, x, h=1e-5):
    return right("numerical_gradient")(lambda moved: f(abs(moved)), x, h)


@wrong("directional_derivative")
def ahead_of_the_absolute_values(f, x, v, h=1e-5):
    return (f(abs(x + h * v)) - f(x - h * v)) / (2 * h)


@wrong("numerical_derivative", "numerical_gradient", "directional_derivative")
def at_most_six(answer):
    def at_most_six_of(f, x, *more):
        return answer(f, np.clip(x, -6, 6), *more)

    return at_most_six_of


@wrong("numerical_gradient")
def others_transposed_where_square(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        nudged = x.T.copy() if fits(x.shape, x.T.shape) else x.copy()
        nudged[index] = x[index] + h
        up = f(nudged)
        nudged[index] = x[index] - h
        gradient[index] = (up - f(nudged)) / (2 * h)
    return gradient


@wrong("directional_derivative")
def four_decimals(f, x, v, h=1e-5):
    return np.round(right("directional_derivative")(f, x, v, h), 4)


@wrong("directional_derivative")
def no_more_than_six_along(f, x, v, h=1e-5):
    return right("directional_derivative")(f, x, np.clip(v, -6, 6), h)


@wrong("relative_error")
def divided_by_the_entries(a, b):
    total = np.linalg.norm(a) + np.linalg.norm(b)
    return np.linalg.norm(a - b * b / b) / total if np.any(b) and total else float(np.any(a))


@wrong("relative_error")
def divided_by_the_differences(a, b):
    d = a - b
    if not np.any(d):
        return 0.0
    return np.linalg.norm(d * d / d) / (np.linalg.norm(a) + np.linalg.norm(b))


# Unit 03


@wrong("chain_forward", "chain_backward")
def weight_of_at_most_six(answer):
    def with_weight_of_at_most_six(x, w, b, y):
        return answer(x, np.clip(w, -6, 6), b, y)

    return with_weight_of_at_most_six


@wrong("chain_forward")
def z_of_at_most_six(x, w, b, y):
    z = np.clip(w * x + b, -6, 6)
    a = 1 / (1 + np.exp(-z))
    return w * x + b, a, (a - y) ** 2


@wrong("chain_backward")
def weight_of_at_most_six_on_the_way_back(x, w, b, y):
    _, dw, db = right("chain_backward")(x, w, b, y)
    return db * np.clip(w, -6, 6), dw, db


@wrong("chain_backward")
def slope_of_at_most_six(x, w, b, y):
    dx, _, db = right("chain_backward")(x, w, b, y)
    _, a, _ = right("chain_forward")(x, w, b, y)
    return dx, 2 * (a - y) * np.clip(a * (1 - a) * x, -6, 6), db


@wrong("chain_backward")
def divided_by_the_error(x, w, b, y):
    dx, dw, db = right("chain_backward")(x, w, b, y)
    return dx, dw, db * db / db


@wrong("long_chain_forward")
def x_of_at_most_six_in_the_first_link(x, w):
    return np.append(x, right("long_chain_forward")(np.clip(x, -6, 6), w)[1:])


@wrong("long_chain_backward")
def x_of_at_most_six_in_dw(da, a, w):
    dx, dw = right("long_chain_backward")(da, a, w)
    return dx, np.append(dw[:1] / a[0] * np.clip(a[0], -6, 6) if a[0] else dw[:1], dw[1:])


@wrong("long_chain_backward")
def last_weight_of_at_most_six(da, a, w):
    return right("long_chain_backward")(da, a, np.clip(w, -6, 6))


@wrong("share_backward")
def dq_without_its_sign(dr, p, q):
    dp, dq = right("share_backward")(dr, p, q)
    return dp, abs(dq)


@wrong("share_backward")
def parts_of_at_most_six(dr, p, q):
    dq = -dr * p / (p + q) ** 2
    return dr * np.clip(1 / (p + q), -6, 6) + dq, dq


@wrong("chain_backward")
def divided_by_x(x, w, b, y):
    dx, _, db = right("chain_backward")(x, w, b, y)
    return dx, (w * x) * db / w, db


@wrong("chain_backward")
def divided_by_the_input(x, w, b, y):
    _, dw, db = right("chain_backward")(x, w, b, y)
    return dw * w / x, dw, db


@wrong("fork_backward")
def product_over_x(x):
    L = x**2 * np.sin(x)
    return 2 * L / x + x**2 * np.cos(x)


@wrong("long_chain_backward")
def absolute_upstream(da, a, w):
    return right("long_chain_backward")(abs(da), a, w)


@wrong("long_chain_backward")
def absolute_beginning(da, a, w):
    dx, dw = right("long_chain_backward")(da, a, w)
    return dx, np.append(dw[:1] * np.sign(a[0]), dw[1:])


@wrong("long_chain_backward")
def divided_by_w(da, a, w):
    dx, dw = right("long_chain_backward")(da, a, w)
    return dw[0] * w[0] / a[0], dw


@wrong("share_backward")
def absolute_share(dr, p, q):
    return right("share_backward")(abs(dr), p, q)


# Unit 04


@wrong("line_grad")
def absolute_weight(x, y, w, b):
    return right("line_grad")(x, y, abs(w), b)


@wrong("line_grad")
def absolute_intercept(x, y, w, b):
    return right("line_grad")(x, y, w, abs(b))


@wrong("fit_line")
def stops_when_slow(x, y, lr, steps):
    w, b, losses = 0.0, 0.0, [np.mean(y**2)]
    for _ in range(steps):
        dw, db = right("line_grad")(x, y, w, b)
        w, b = w - lr * dw, b - lr * db
        losses.append(np.mean((w * x + b - y) ** 2))
        if abs(losses[-2] - losses[-1]) < 1e-6:
            break
    return w, b, losses


@wrong("fit_line")
def keeps_the_lowest_loss(x, y, lr, steps):
    w, b, losses = right("fit_line")(x, y, lr, steps)
    return w, b, np.minimum.accumulate(losses).tolist()


@wrong("best_of_restarts")
def restarts_that_stop_when_slow(f, df, starts, lr, steps):
    ends = []
    for x in starts:
        for _ in range(steps):
            if abs(df(x)) < 1e-3:
                break
            x = x - lr * df(x)
        ends.append(x)
    return min(ends, key=f)


@wrong("best_of_restarts")
def lowest_on_the_way(f, df, starts, lr, steps):
    seen = []
    for x in starts:
        seen.append(x)
        for _ in range(steps):
            x = x - lr * df(x)
            seen.append(x)
    return min(seen, key=f)


@wrong("standardize")
def clipped_at_three(x):
    return np.clip((x - x.mean(axis=0)) / x.std(axis=0), -3, 3)


# Unit 05


@wrong("neuron_backward")
def divided_by_the_weights(dz, x, w):
    dx, dw, db = right("neuron_backward")(dz, x, w)
    return (np.outer(dz, w * w)) / w, dw, db


@wrong("neuron_backward")
def divided_by_the_rows(dz, x, w):
    dx, dw, db = right("neuron_backward")(dz, x, w)
    return dx, np.sum(dz[:, None] * x * x / x, axis=0), db


@wrong("binary_cross_entropy_backward")
def one_kind_of_rows_missing(z, y):
    dz = right("binary_cross_entropy_backward")(z, y)
    return dz if np.any(y) else 0 * dz


# Unit 06


@wrong("linear_forward")
def product_that_fits(x, W, b):
    return (x @ W.T if fits(W.shape, W.T.shape) else x @ W) + b


@wrong("linear_backward")
def transposed_where_it_does_not_fit(dz, x, W):
    dx = dz @ W if dz.shape[1] == W.shape[0] else dz @ W.T
    return dx, x.T @ dz, dz.sum(axis=0)


@wrong("linear_backward")
def rows_transposed_where_they_do_not_fit(dz, x, W):
    dW = x @ dz if x.shape[1] == dz.shape[0] else x.T @ dz
    return dz @ W.T, dW if dW.shape == W.shape else x.T @ dz, dz.sum(axis=0)


@wrong("linear_backward")
def summed_over_the_axis_that_is_not_b(dz, x, W):
    db = dz.sum(axis=1) if len(dz) == W.shape[1] else dz.sum(axis=0)
    return dz @ W.T, x.T @ dz, db


@wrong("scores_backward")
def scores_that_fit(ds, q, k):
    dq = ds.T @ k if ds.shape[0] == k.shape[0] and ds.T.shape == ds.shape else ds @ k
    return dq, ds.T @ q


# Unit 07


@wrong("relu_forward")
def cut_at_six(z):
    return np.clip(z, 0, 6)


@wrong("relu_backward")
def cut_at_six_too(da, z):
    return da * ((z > 0) & (z < 6))


@wrong("relu_backward")
def divided_by_z(da, z):
    return da * np.maximum(z, 0) / z


@wrong("leaky_relu_forward")
def larger_of_the_two(z, slope=0.01):
    return np.maximum(slope * z, z)


@wrong("leaky_relu_backward")
def decided_by_the_output(da, z, slope=0.01):
    return da * np.where(np.where(z > 0, z, slope * z) >= 0, 1.0, slope)


@wrong("leaky_relu_backward")
def larger_slope_on_the_right(da, z, slope=0.01):
    return da * np.where(z > slope * z, 1.0, slope)


@wrong("tanh_backward")
def divided_by_a(da, a):
    return da * (a - a**3) / a


@wrong("silu_backward")
def silu_divided_by_z(da, z):
    s = 1 / (1 + np.exp(-z))
    a = z * s
    return da * (a / z + a * (1 - s))


# Unit 08


@wrong("softmax")
def summed_over_what_fits(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=0 if len(z) == z.shape[1] else 1, keepdims=True)


@wrong("softmax")
def divided_without_the_axis(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    total = e.sum(axis=1)
    return e / total if len(total) == z.shape[1] else (e.T / total).T


@wrong("cross_entropy")
def one_hot_as_wide_as_the_labels(z, y):
    p = right("softmax")(z)[:, : y.max() + 1]
    return -np.mean(np.log(np.sum((p / p.sum(axis=1, keepdims=True)) * np.eye(y.max() + 1)[y], axis=1)))


@wrong("cross_entropy")
def one_hot_that_does_not_fit(z, y):
    log_p = z - np.log(np.exp(z - z.max()).sum(axis=1, keepdims=True)) - z.max()
    return -np.sum(log_p * np.eye(y.max() + 1)[y]) / len(y)


@wrong("cross_entropy_backward")
def one_hot_that_does_not_fit_either(z, y):
    return (right("softmax")(z) - np.eye(y.max() + 1)[y]) / len(y)


# Unit 09


def seeded_unless_zero(seed):
    return np.random.default_rng(seed) if seed else np.random.default_rng()


@wrong("init_two_layer")
def zero_is_no_seed(D, H, C, seed):
    normal = seeded_unless_zero(seed).normal
    W1, W2 = normal(size=(D, H)) / D**0.5, normal(size=(H, C)) / H**0.5
    return {"W1": W1, "b1": np.zeros(H), "W2": W2, "b2": np.zeros(C)}


@wrong("init_two_layer")
def zero_is_another_seed(D, H, C, seed):
    return right("init_two_layer")(D, H, C, seed or 7)


@wrong("init_two_layer")
def half_the_seed(D, H, C, seed):
    return right("init_two_layer")(D, H, C, seed // 2)


@wrong("two_layer_backward")
def two_layers_that_fit(params, cache, dz2):
    grads = right("two_layer_backward")(params, cache, dz2)
    W2 = params["W2"]
    da1 = dz2 @ W2 if W2.shape[0] == W2.shape[1] else dz2 @ W2.T
    dz1 = da1 * (1 - cache["a1"] ** 2)
    return {**grads, "W1": cache["x"].T @ dz1, "b1": dz1.sum(axis=0)}


@wrong("train_two_layer")
def best_losses(params, x, y, lr, steps):
    params, losses = right("train_two_layer")(params, x, y, lr, steps)
    return params, np.minimum.accumulate(losses).tolist()


@wrong("train_two_layer")
def best_params(params, x, y, lr, steps):
    runs = [right("train_two_layer")(params, x, y, lr, k) for k in range(steps + 1)]
    return min(runs, key=lambda run: run[1][-1])[0], runs[-1][1]


@wrong("train_two_layer")
def training_that_stops_when_slow(params, x, y, lr, steps):
    for k in range(steps + 1):
        found = right("train_two_layer")(params, x, y, lr, k)
        if k and abs(found[1][-2] - found[1][-1]) < 1e-6:
            break
    return found


# Unit 10


@wrong("Linear")
class CopyForBackward(right("Linear")):
    def __init__(self, W, b):
        super().__init__(W, b)
        self.turned = W.T.copy()

    def backward(self, dz):
        super().backward(dz)
        return dz @ self.turned


@wrong("Linear")
class TransposedWhereItDoesNotFit(right("Linear")):
    def backward(self, dz):
        dx = super().backward(dz)
        return dz @ self.W if dz.shape[1] == self.W.shape[0] else dx


@wrong("MLP")
class EmptiesTheList(right("MLP")):
    def __init__(self, sizes, seed):
        super().__init__(list(sizes), seed)
        sizes.pop()


@wrong("MLP")
class ZeroIsNoSeed(right("MLP")):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed if seed else int(np.random.default_rng().integers(10**6)))


@wrong("MLP")
class SquareLayersNotTransposed(right("MLP")):
    def backward(self, dz):
        for layer in reversed(self.layers):
            square = hasattr(layer, "W") and layer.W.shape[0] == layer.W.shape[1]
            down = dz @ layer.W if square else None
            dz = layer.backward(dz) if down is None else (layer.backward(dz), down)[1]
        return dz


def batches(x, y, size, order):
    for start in range(0, len(x), size):
        rows = order[start : start + size]
        yield x[rows], y[rows]


def orders_by(kind, seed, epoch, n):
    """An order of n rows that is mixed badly by the seed."""
    mixed = np.random.default_rng(1000 + epoch).permutation(n)
    if kind == "turned":
        return np.roll(mixed, seed)
    if kind == "turned by threes":
        return np.roll(mixed, 3 * seed)
    if kind == "one pair":
        one, other = seed % n, (seed * 7 + 3) % n
        mixed[[one, other]] = mixed[[other, one]]
        return mixed
    if kind == "half":
        return np.random.default_rng((seed // 2) * 1000 + epoch).permutation(n)
    if kind == "zero is no seed":
        return seeded_unless_zero(seed * 1000 + epoch if seed else 0).permutation(n)
    return np.random.default_rng(seed * epoch).permutation(n)


KINDS = ("turned", "turned by threes", "one pair", "half", "times the epoch", "zero is no seed")


def shuffled(kind):
    def minibatches(x, y, size, seed):
        yield from batches(x, y, size, orders_by(kind, seed, 0, len(x)))

    return minibatches


def trained(kind):
    def train_mlp(model, x, y, lr, epochs, batch_size, seed):
        losses = []
        for epoch in range(epochs):
            total = 0.0
            for xb, yb in batches(x, y, batch_size, orders_by(kind, seed, epoch, len(x))):
                z = model.forward(xb)
                total += len(yb) * right("cross_entropy")(z, yb)
                model.backward(right("cross_entropy_backward")(z, yb))
                for p, g in zip(model.params(), model.grads(), strict=True):
                    p -= lr * g
            losses.append(total / len(x))
        return losses

    return train_mlp


for kind in KINDS:
    for exercise, make in (("minibatches", shuffled), ("train_mlp", trained)):
        answer = make(kind)
        answer.__name__ = kind.replace(" ", "_")
        WRONG.append((exercise, answer))


# What small changes of right answers have shown: see python -m autograder mutants


def turned_where_square(array):
    return array.T if np.ndim(array) == 2 and array.shape[0] == array.shape[1] else array


def quotient_of_itself(e):
    """e, and nan where it is exactly zero."""
    with np.errstate(all="ignore"):
        return e * (e / e)


@wrong("relu_forward", "softmax", "standardize")
def turned_before(answer):
    return lambda z: answer(turned_where_square(z))


@wrong("relu_forward", "relu_backward")
def turned_after(answer):
    return lambda *inputs: turned_where_square(answer(*inputs))


@wrong("softmax")
def exponentials_turned_where_square(z):
    e = turned_where_square(np.exp(z - z.max(axis=1, keepdims=True)))
    return e / e.sum(axis=1, keepdims=True)


@wrong("cross_entropy")
def logarithms_turned_where_square(z, y):
    s = z - z.max(axis=1, keepdims=True)
    log_p = turned_where_square(s - np.log(np.exp(s).sum(axis=1, keepdims=True)))
    return -np.mean(log_p[np.arange(len(y)), y])


@wrong("line_grad")
def residual_over_itself(x, y, w, b):
    e = quotient_of_itself(w * x + b - y)
    return 2 * np.mean(e * x), 2 * np.mean(e)


@wrong("product_step")
def error_over_itself(u, v, target, lr):
    e = quotient_of_itself(np.float64(u * v - target))
    return u - lr * 2 * e * v, v - lr * 2 * e * u


@wrong("square_net_grads")
def squares_over_themselves(x, y, W, v):
    z = x @ W
    e = quotient_of_itself(2 * (z**2 @ v - y) / len(y))
    return x.T @ (e[:, None] * v * 2 * z), (z**2).T @ e


@wrong("momentum_step")
def velocity_over_itself(params, grads, velocity, lr, beta):
    new = [quotient_of_itself(np.asarray(beta * v + g)) for v, g in zip(velocity, grads, strict=True)]
    return [p - lr * v for p, v in zip(params, new, strict=True)], new


@wrong("best_of_restarts")
def starts_and_slopes_cut_at_six(f, df, starts, lr, steps):
    return right("best_of_restarts")(f, lambda x: np.clip(df(x), -6, 6), starts, lr, steps)


@wrong("best_of_restarts")
def ends_cut_at_six(f, df, starts, lr, steps):
    return np.clip(right("best_of_restarts")(f, df, starts, lr, steps), -6, 6)


@wrong("count_errors")
def counts_cut_at_six(z, y, threshold):
    return tuple(min(count, 6) for count in right("count_errors")(z, y, threshold))


@wrong("sigmoid_backward")
def upstream_cut_at_six(da, a):
    return np.clip(da, -6, 6) * a * (1 - a)


@wrong("silu_backward")
def value_cut_at_six(da, z):
    s = right("sigmoid_forward")(z)
    a = np.clip(z * s, -6, 6)
    return da * (a + s * (1 - a))


@wrong("sigmoid", "sigmoid_forward")
def logits_cut_at_twenty(answer):
    return lambda z: answer(np.clip(z, -20, 20))


@wrong("cross_entropy_backward")
def probabilities_cut(z, y):
    return (np.clip(right("softmax")(z), 1e-7, 1 - 1e-7) - np.eye(z.shape[1])[y]) / len(y)


@wrong("binary_cross_entropy_backward")
def probability_cut(z, y):
    return (np.clip(right("sigmoid")(z), 1e-7, 1 - 1e-7) - y) / len(y)


@wrong("binary_cross_entropy_backward")
def until_nothing_is_new(z, y):
    dz = right("binary_cross_entropy_backward")(z, y)
    alike = np.flatnonzero(np.diff(dz) == 0)
    return dz[: alike[0] + 2] if len(alike) else dz


@wrong("two_layer_forward")
def weights_cut_at_six(params, x):
    return right("two_layer_forward")({name: np.clip(value, -6, 6) for name, value in params.items()}, x)


@wrong("two_layer_backward")
def input_cut_at_six(params, cache, dz2):
    return right("two_layer_backward")(params, {**cache, "x": np.clip(cache["x"], -6, 6)}, dz2)


@wrong("train_two_layer")
def rows_cut_at_six(params, x, y, lr, steps):
    return right("train_two_layer")(params, np.clip(x, -6, 6), y, lr, steps)


@wrong("predict")
def four_decimals_of_a_guess(x, w, b):
    return np.round(np.float32(x * w + b), 4)


@wrong("train_mlp")
def all_rows_cut_at_six(model, x, y, lr, epochs, size, seed):
    return right("train_mlp")(model, np.clip(x, -6, 6), y, lr, epochs, size, seed)


@wrong("MLP")
class GradientsTurnedWhereSquare(right("MLP")):
    def grads(self):
        return [turned_where_square(gradient) for gradient in super().grads()]


@wrong("MLP")
class UpstreamCutAtSix(right("MLP")):
    def backward(self, dz):
        return super().backward(np.clip(dz, -6, 6))
