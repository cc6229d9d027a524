"""One exercise of each kind, for the tests."""

import numpy as np

from autograder.exercises import Exercise, RightAnswers
from course.functions import Named

right = RightAnswers(__file__)

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


@linear_backward.wrong("averaged-rows", "It looks as if the rows were averaged.", spoils=("db",))
def averaged_rows(dz, x, W):
    return dz @ W.T, x.T @ dz, dz.mean(axis=0)


@linear_backward.wrong("transpose-missing", "x must be transposed for dW.", spoils=("dW",))
def scaled(dz, x, W):
    return dz @ W.T, 2 * (x.T @ dz), dz.sum(axis=0)


@linear_backward.wrong("last-row", "Only the last row is used.", spoils=("dW", "db"))
def last_row(dz, x, W):
    return dz @ W.T, np.outer(x[-1], dz[-1]), dz[-1]


@linear_backward.wrong("sign", "The sign is reversed.")
def sign(dz, x, W):
    return -dz @ W.T, -x.T @ dz, -dz.sum(axis=0)


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


value_product = Exercise("value_product", subject="Value", outputs=("data", "da", "db"), form="dict")


@value_product.draw
def two_numbers(rng):
    a, b = rng.normal(size=2).tolist()
    return dict(a=a, b=b)


@value_product.scenario(a=2.0, b=-3.0)
def product_and_sum(Value, a, b):
    a, b = Value(a), Value(b)
    total = a * b + a
    total.backward()
    return dict(data=total.data, da=a.grad, db=b.grad)


@value_product.wrong("overwrites", "Gradients add at forks: grad must be added to.", spoils=("da",))
class Overwrites(right.Value):
    def backward(self, upstream=1.0):
        self.grad = upstream
        for parent, slope in zip(self.parents, self._local, strict=False):
            parent.backward(upstream * slope)


@value_product.wrong("no-swap", "A product swaps the partners.", spoils=("da", "db"))
class NoSwap(right.Value):
    def __mul__(self, other):
        out = right.Value(self.data * other.data, (self, other))
        out._local = (self.data, other.data)
        return out


@value_product.wrong("upstream-dropped", "The gradient that arrives must be multiplied with.", spoils=("da", "db"))
class UpstreamDropped(right.Value):
    def backward(self, upstream=1.0):
        self.grad += 1.0
        for parent in self.parents:
            parent.backward(1.0)


@value_product.unusual
class WithClosures:
    def __init__(self, data, parents=()):
        self.data, self.parents, self.grad = data, parents, 0.0
        self.push = lambda g: None

    def __add__(self, other):
        out = type(self)(self.data + other.data)
        out.push = lambda g: (self.backward(g), other.backward(g))
        return out

    def __mul__(self, other):
        out = type(self)(self.data * other.data)
        out.push = lambda g: (self.backward(g * other.data), other.backward(g * self.data))
        return out

    def backward(self, g=1.0):
        self.grad = self.grad + g
        self.push(g)


@value_product.unusual
class WithArrays(right.Value):
    def __init__(self, data, parents=()):
        super().__init__(np.float64(data), parents)


running_mean = Exercise("running_mean", subject="RunningMean", outputs=("means",))


@running_mean.draw
def numbers(rng):
    return dict(values=rng.normal(size=6).tolist())


@running_mean.scenario(values=[1.0, 4.0, 10.0])
def run(RunningMean, values):
    mean = RunningMean()
    other = RunningMean()
    means = []
    for value in values:
        means.append(mean.update(value))
        other.update(0.0)
    return means


@running_mean.wrong("forgets", "Each call must remember the earlier ones.")
class Forgets(right.RunningMean):
    def update(self, value):
        return value


@running_mean.wrong("one-late", "The newest value counts as well.")
class OneLate(right.RunningMean):
    def update(self, value):
        before = self.total / max(self.count, 1)
        super().update(value)
        return before


@running_mean.wrong("sum", "This is the sum; the mean divides by the count.")
class NeverDivides(right.RunningMean):
    def update(self, value):
        super().update(value)
        return self.total


@running_mean.unusual
class KeepsAll:
    def __init__(self):
        self.values = []

    def update(self, value):
        self.values.append(value)
        return np.mean(self.values)


@running_mean.unusual
class Incremental:
    def __init__(self):
        self.n, self.mean = 0, 0.0

    def update(self, value):
        self.n += 1
        self.mean += (value - self.mean) / self.n
        return self.mean


batches = Exercise("batches", form="yields", properties=("batch-sizes", "every-row-once", "rows-keep-labels"))


@batches.draw
def rows(rng):
    return dict(x=rng.normal(size=(11, 2)), y=rng.normal(size=11), size=4, seed=int(rng.integers(1000)))


@batches.wrong("drops-last", "The last, short batch is missing.", fails="batch-sizes")
def drops_last(x, y, size, seed):
    for start in range(0, len(x) - size + 1, size):
        yield x[start : start + size], y[start : start + size]


@batches.wrong("shuffled-apart", "x and y must be shuffled by the same order.", fails="rows-keep-labels")
def shuffled_apart(x, y, size, seed):
    rng = np.random.default_rng(seed)
    xs, ys = rng.permutation(x), rng.permutation(y)
    for start in range(0, len(x), size):
        yield xs[start : start + size], ys[start : start + size]


@batches.wrong("same-batch", "Every row belongs to one batch.", fails="every-row-once")
def repeated(x, y, size, seed):
    for start in range(0, len(x), size):
        count = min(size, len(x) - start)
        yield x[:count], y[:count]


@batches.unusual
def as_list(x, y, size, seed):
    return [(x[k : k + size], y[k : k + size]) for k in range(0, len(x), size)]


@batches.unusual
def other_random_numbers(x, y, size, seed):
    order = np.argsort(np.random.RandomState(seed).uniform(size=len(x)))
    return ((x[part], y[part]) for part in np.split(order, range(size, len(x), size)))


slope = Exercise("slope", tolerance=1e-5)


@slope.draw
def smooth(rng):
    return dict(f=Named("polynomial", coefficients=rng.normal(size=4)), x=float(rng.uniform(0.5, 2)))


@slope.wrong("not-halved", "The step is 2h long.")
def not_halved(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / h


@slope.wrong("value", "This is the value, not the slope.")
def value(f, x, h=1e-5):
    return f(x)


@slope.wrong("backwards", "The difference is the wrong way round.")
def backwards(f, x, h=1e-5):
    return (f(x - h) - f(x + h)) / (2 * h)


@slope.unusual
def richardson(f, x, h=1e-3):
    def central(h):
        return (f(x + h) - f(x - h)) / (2 * h)

    return (4 * central(h / 2) - central(h)) / 3


@slope.unusual
def small_step(f, x, h=1e-6):
    return (f(x + h) - f(x - h)) / (2 * h)


layer_gradients = Exercise("layer_gradients", outputs=("dW", "db"), form="dict", sizes={"N": ("x", 0)})


@layer_gradients.draw
def layer(rng):
    return dict(
        params={"W": rng.normal(size=(7, 3)), "b": rng.normal(size=3)},
        x=rng.normal(size=(5, 7)),
        dz=rng.normal(size=(5, 3)),
    )


@layer_gradients.wrong("swapped-keys", "The keys are mixed up.")
def swapped(params, x, dz):
    return {"db": x.T @ dz, "dW": dz.sum(axis=0)}


@layer_gradients.wrong("not-summed", "b is used by every row.", spoils=("db",))
def not_summed(params, x, dz):
    return {"dW": x.T @ dz, "db": dz}


@layer_gradients.wrong("averaged", "The 1/N is in dz.")
def averaged(params, x, dz):
    return {"dW": x.T @ dz / len(x), "db": dz.mean(axis=0)}


@layer_gradients.unusual
def with_more_keys(params, x, dz):
    return {"dW": np.tensordot(x, dz, (0, 0)), "db": sum(dz), "dx": dz @ params["W"].T}


@layer_gradients.unusual
def by_zip(params, x, dz):
    return dict(zip(("dW", "db"), (x.T @ dz, dz.sum(0)), strict=True))


train = Exercise("train", outputs=("w", "losses"), care=("unchanged",), sizes={"N": ("x", 0)})


@train.draw
def line(rng):
    x = rng.normal(size=9)
    return dict(x=x, y=1.5 * x + rng.normal(size=9), lr=0.1, steps=12)


@train.wrong("ascent", "This climbs.")
def ascent(x, y, lr, steps):
    w, losses = 0.0, [np.mean(y**2)]
    for _ in range(steps):
        w += lr * 2 * np.mean((w * x - y) * x)
        losses.append(np.mean((w * x - y) ** 2))
    return w, losses


@train.wrong("one-loss-short", "There is a loss before the first step too.", spoils=("losses",))
def one_short(x, y, lr, steps):
    w, losses = right.train(x, y, lr, steps)
    return w, losses[1:]


@train.wrong("no-descent", "w does not move.")
def stands(x, y, lr, steps):
    return 0.0, [np.mean(y**2)] * (steps + 1)


@train.unusual
def closed_form(x, y, lr, steps):
    a, c = np.mean(x * x), np.mean(x * y)
    ws = c / a * (1 - (1 - 2 * lr * a) ** np.arange(steps + 1))
    return ws[-1], ((ws[:, None] * x - y) ** 2).mean(axis=1)


@train.unusual
def with_array(x, y, lr, steps):
    w, losses = right.train(x, y, lr, steps)
    return [w, np.array(losses)]
