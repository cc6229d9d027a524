"""Unit 10: what is asked, and what people write instead."""

import copy

import numpy as np

from autograder.exercises import Exercise, Question, RightAnswers
from course.answers.key import Step
from course.functions import Stretch

right = RightAnswers(__file__)

LAYER = 'See 10.1, "A layer that remembers".'
SWITCH = 'See 10.1, "ReLU".'
NETWORK = "See 10.2."
INIT = 'See 10.2, "how large".'
BATCHES = "See 10.3."
TRAINING = "See 10.4."
PIECES = 'See "Bug hunt".'

# ---- Linear

Linear = Exercise(
    "Linear",
    outputs=("z", "dx", "dW", "db", "moved"),
    form="dict",
    care=("unchanged", "one row", "float32", "views"),
    rows=("x", "dz", "x2", "dz2"),
    stages=(
        (
            ("z",),
            f"""z[0] and z[1] are what forward gives for x and x2: x @ W + b. Is z[0] right, and z[1] not? Then the
            backward in between moved W or b: it makes gradients, and leaves the weights alone. {LAYER}""",
        ),
        (("dW",), f"dW[0] and dW[1] are .dW after each backward: made of that batch's x and dz, and no other. {LAYER}"),
        (("db",), f"db[0] and db[1] are .db after each backward: dz, summed over its rows. {LAYER}"),
        (("dx",), f"dx[0] and dx[1] are what backward returns: made of dz and W. {LAYER}"),
        (("moved",), f"moved is what forward gives for x once .W and .b are halved where they lie. {LAYER}"),
    ),
)

LITTLE = dict(
    W=np.array([[1.0, -2.0], [0.5, 3.0], [2.0, 1.0]]),
    b=np.array([0.1, -0.2]),
    x=np.array([[1.0, 2.0, 3.0], [-1.0, 0.5, 2.0]]),
    dz=np.array([[1.0, -0.5], [0.25, 2.0]]),
    x2=np.array([[4.0, 0.0, -2.0]]),
    dz2=np.array([[-1.0, 0.5]]),
)


@Linear.draw
def two_batches(rng):
    n, m, d, k = (int(size) for size in rng.permutation([5, 3, 7, 4]))
    return dict(
        W=rng.normal(size=(d, m)),
        b=rng.normal(size=m),
        x=rng.normal(size=(n, d)),
        dz=rng.normal(size=(n, m)),
        x2=rng.normal(size=(k, d)),
        dz2=rng.normal(size=(k, m)),
    )


@Linear.scenario(hands=("W", "b", "x", "dz", "x2", "dz2"), **LITTLE)
def one_layer_and_another(Linear, W, b, x, dz, x2, dz2):
    layer, other = Linear(W.copy(), b.copy()), Linear(-W, b + 1)
    results, before = dict(z=[], dx=[], dW=[], db=[]), x.copy()
    for batch, upstream in ((x, dz), (x2, dz2)):
        layer.forward(-batch)
        results["z"].append(np.array(layer.forward(batch)))
        other.forward(2 * batch)
        results["dx"].append(layer.backward(upstream))
        results["dW"].append(np.array(layer.dW))
        results["db"].append(np.array(layer.db))
    layer.W *= 0.5
    layer.b *= 0.5
    results["moved"] = layer.forward(before)
    return results


@Linear.wrong(
    "bias-in-a-row",
    """db is a table with one row: keepdims keeps the axis that was summed away. A gradient has the shape of its
    parameter, (M,), or no step can take it away from b. See 10.1.""",
    spoils=("db",),
)
class BiasInARow(right.Linear):
    def backward(self, dz):
        dx = right.Linear.backward(self, dz)
        self.db = dz.sum(axis=0, keepdims=True)
        return dx


@Linear.wrong(
    "gradients-added",
    """The first backward is right, the second holds the first one too: it looks as if += were used. .dW and .db are
    the gradients of the last backward call: replace them. See 10.1, "A layer that remembers".""",
    spoils=("dW", "db"),
)
class AddsUp:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.dW, self.db = np.zeros_like(W), np.zeros_like(b)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dz):
        self.dW += self.x.T @ dz
        self.db += dz.sum(axis=0)
        return dz @ self.W.T


@Linear.wrong(
    "first-batch-kept",
    f"""It looks as if the layer keeps the very first x that it saw. Each forward must replace it: backward belongs to
    the last forward. {LAYER}""",
    spoils=("dW",),
)
class KeepsTheFirst(right.Linear):
    def forward(self, x):
        if not hasattr(self, "first"):
            self.first = x
        return x @ self.W + self.b

    def backward(self, dz):
        rows = min(len(self.first), len(dz))
        self.dW = self.first[:rows].T @ dz[:rows]
        self.db = dz.sum(axis=0)
        return dz @ self.W.T


@Linear.wrong(
    "one-memory-for-all",
    f"""It looks as if x is kept for the class, so that all layers share one. Another layer ran its forward in between,
    and this one then used its x. Keep it in self. {LAYER}""",
    spoils=("dW",),
)
class SharedMemory(right.Linear):
    kept = []

    def forward(self, x):
        self.kept[:] = [x]
        return x @ self.W + self.b

    def backward(self, dz):
        self.dW = self.kept[0].T @ dz
        self.db = dz.sum(axis=0)
        return dz @ self.W.T


@Linear.wrong(
    "bias-averaged",
    f"""It looks as if db is a mean over rows. Every row of z uses b, so its gradients add; the 1/N is in dz already.
    {LAYER}""",
    spoils=("db",),
)
class BiasAveraged(right.Linear):
    def backward(self, dz):
        dx = super().backward(dz)
        self.db = dz.mean(axis=0)
        return dx


@Linear.wrong(
    "all-averaged",
    f"""It looks as if dW and db are divided by the number of rows. The 1/N belongs to the loss, and dz has it already.
    {LAYER}""",
    spoils=("dW", "db"),
)
class AllAveraged(right.Linear):
    def backward(self, dz):
        dx = super().backward(dz)
        self.dW = self.dW / len(dz)
        self.db = self.db / len(dz)
        return dx


@Linear.wrong(
    "bias-not-summed",
    f"""db still has a row for each example. Every row of z uses the same b: add the rows. {LAYER}""",
    spoils=("db",),
)
class BiasNotSummed(right.Linear):
    def backward(self, dz):
        dx = super().backward(dz)
        self.db = dz
        return dx


@Linear.wrong(
    "bias-one-number",
    f"""db is a single number. b has an entry for each column of z, so only the rows are added. {LAYER}""",
    spoils=("db",),
)
class BiasOneNumber(right.Linear):
    def backward(self, dz):
        dx = super().backward(dz)
        self.db = dz.sum()
        return dx


@Linear.wrong(
    "dW-transposed",
    f"""dW has the shape of W turned round. Write the shapes: (D, N) times (N, M) has the shape of W. {LAYER}""",
    spoils=("dW",),
)
class WeightsTransposed(right.Linear):
    def backward(self, dz):
        dx = super().backward(dz)
        self.dW = self.dW.T
        return dx


@Linear.wrong(
    "upstream-ignored",
    f"""dz plays no part in this result. The layer above says how much each entry of z matters: multiply by it.
    {LAYER}""",
    spoils=("dx", "dW", "db"),
)
class UpstreamIgnored(right.Linear):
    def backward(self, dz):
        return super().backward(np.ones_like(dz))


@Linear.wrong(
    "bias-left-out",
    f"""It looks as if forward gives x @ W without b. {LAYER}""",
    spoils=("z", "moved"),
)
class BiasLeftOut(right.Linear):
    def forward(self, x):
        self.x = x
        return x @ self.W


@Linear.wrong(
    "weights-not-live",
    f"""Changing layer.W and layer.b changes nothing here: forward works with other arrays. Training writes into .W and
    .b, so these must be the arrays that forward uses. {LAYER}""",
    spoils=("moved",),
)
class NotLive(right.Linear):
    def __init__(self, W, b):
        super().__init__(W, b)
        self.mine = W.copy(), b.copy()

    def forward(self, x):
        super().forward(x)
        return x @ self.mine[0] + self.mine[1]


@Linear.wrong(
    "all-three-returned",
    f"""backward returns three things. Asked for is dx alone; dW and db stay in the layer, as .dW and .db. {LAYER}""",
    spoils=("dx",),
)
class ReturnsAll(right.Linear):
    def backward(self, dz):
        return super().backward(dz), self.dW, self.db


@Linear.wrong(
    "dx-not-returned",
    f"""backward returns None. The layer below waits for dx: return it. {LAYER}""",
    spoils=("dx",),
)
class ReturnsNothing(right.Linear):
    def backward(self, dz):
        super().backward(dz)


@Linear.wrong(
    "steps-by-itself",
    f"""It looks as if backward moves the weights. It computes gradients and nothing else; the step is taken when all
    layers have theirs. {LAYER}""",
    spoils=("z", "dx", "moved"),
)
class StepsByItself(right.Linear):
    def backward(self, dz):
        dx = super().backward(dz)
        self.W = self.W - self.dW
        self.b = self.b - self.db
        return dx


@Linear.wrong(
    "gradients-not-kept",
    f"""After backward the layer has no .dW and no .db. Keep them: self.dW = …, self.db = …. {LAYER}""",
)
class GradientsNotKept(right.Linear):
    def backward(self, dz):
        return dz @ self.W.T


GradientsNotKept.__name__ = "Linear"


@Linear.wrong(
    "output-kept",
    f"""It looks as if the layer keeps its output z. dW is made of x and dz: keep x. {LAYER}""",
    spoils=("dW",),
)
class KeepsTheOutput(right.Linear):
    def forward(self, x):
        self.x = x @ self.W + self.b
        return self.x


@Linear.wrong(
    "W-not-transposed",
    f"""It looks as if dx = dz @ W. The shapes (N, M) and (D, M) do not fit: W must be transposed. {LAYER}""",
)
class NotTransposed(right.Linear):
    def backward(self, dz):
        super().backward(dz)
        return dz @ self.W


@Linear.wrong(
    "written-into-dz",
    f"""dz belongs to the layer above, and here it is written to. Build a new array. {LAYER}""",
    fails=("unchanged", "views"),
)
class WritesIntoUpstream(right.Linear):
    def backward(self, dz):
        dx = super().backward(dz)
        dz *= 0
        return dx


@Linear.unusual
class RowByRow:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.rows = [np.array(row) for row in x]
        return np.array([self.b + sum(v * w for v, w in zip(row, self.W)) for row in self.rows])

    def backward(self, dz):
        self.dW = sum(np.outer(row, d) for row, d in zip(self.rows, dz))
        self.db = sum(np.array(d) for d in dz)
        return [self.W @ d for d in dz]


@Linear.unusual
class ByEinsum:
    def __init__(self, W, b):
        self.__dict__.update(W=np.array(W), b=np.array(b), dW=None, db=None)

    def forward(self, x):
        self._memory = dict(x=x.copy())
        return np.einsum("nd,dm->nm", x, self.W) + self.b

    def backward(self, dz):
        x = self._memory.pop("x")
        self.dW, self.db = np.einsum("nd,nm->dm", x, dz), np.einsum("nm->m", dz)
        return np.einsum("nm,dm->nd", dz, self.W)


@Linear.unusual
class WithAColumnOfOnes:
    def __init__(self, W, b):
        self.all = np.vstack([W, b])
        self.W, self.b = self.all[:-1], self.all[-1]

    def forward(self, x):
        self.x = np.column_stack([x, np.ones(len(x))])
        return self.x @ self.all

    def backward(self, dz):
        whole = self.x.T @ dz
        self.dW, self.db = whole[:-1], whole[-1]
        return (self.W @ dz.T).T


@Linear.unusual
class FromTheFunctions:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.backward = None

    def forward(self, x):
        def backward(dz):
            dx, self.dW, self.db = dz @ self.W.T, x.T @ dz, np.ones(len(dz), dz.dtype) @ dz
            return dx

        self.backward = backward
        return np.dot(x, self.W) + self.b


# ---- ReLU

ReLU = Exercise(
    "ReLU",
    outputs=("a", "dz"),
    form="dict",
    care=("unchanged", "one row", "float32", "views"),
    rows=("z", "da", "z2", "da2"),
)


def _away_from_zero(rng, shape):
    """Normal numbers, none within 0.1 of zero."""
    z = rng.normal(size=shape)
    return z + 0.1 * np.sign(z)


@ReLU.draw
def two_batches_of_z(rng):
    n, m, k = (int(size) for size in rng.permutation([5, 7, 4]))
    return dict(
        z=_away_from_zero(rng, (n, m)),
        da=_away_from_zero(rng, (n, m)),
        z2=_away_from_zero(rng, (k, m)),
        da2=_away_from_zero(rng, (k, m)),
    )


@ReLU.scenario(
    hands=("z", "da", "z2", "da2"),
    z=np.array([[1.5, -2.0, 0.5], [-0.5, 3.0, -1.0]]),
    da=np.array([[1.0, 2.0, -3.0], [4.0, -5.0, 6.0]]),
    z2=np.array([[-2.5, 0.25, 2.0]]),
    da2=np.array([[7.0, -8.0, 9.0]]),
)
def one_switch_and_another(ReLU, z, da, z2, da2):
    layer, other = ReLU(), ReLU()
    results = dict(a=[], dz=[])
    for batch, upstream in ((z, da), (z2, da2)):
        layer.forward(-batch)
        results["a"].append(np.array(layer.forward(batch)))
        other.forward(np.roll(batch, 1, axis=1))
        results["dz"].append(layer.backward(upstream))
    return results


@ReLU.wrong(
    "mask-from-gradient",
    f"""It looks as if the sign of the gradient decides. What counts is where the input of forward was positive, not the
    gradient. {SWITCH}""",
    spoils=("dz",),
)
class MaskFromGradient(right.ReLU):
    def backward(self, dz):
        return dz * (dz > 0)


@ReLU.wrong(
    "upstream-ignored",
    f"""This is the slope alone, 0 or 1. Multiply by the gradient that arrives. {SWITCH}""",
    spoils=("dz",),
)
class SlopeAlone(right.ReLU):
    def forward(self, x):
        self.mask = x > 0
        return np.maximum(x, 0)

    def backward(self, dz):
        return self.mask * 1.0


@ReLU.wrong(
    "all-passed",
    f"""The gradient passes everywhere. Where the input was negative the output is 0 whatever the input, so nothing
    passes there. A mask like output >= 0 is true everywhere: is it > 0? {SWITCH}""",
    spoils=("dz",),
)
class AllPassed(right.ReLU):
    def backward(self, dz):
        return dz * 1.0


@ReLU.wrong(
    "multiplied-by-value",
    f"""It looks as if the gradient is multiplied with the value of the ReLU. Its slope is 1 where it is on, however
    large the value. {SWITCH}""",
    spoils=("dz",),
)
class MultipliedByValue(right.ReLU):
    def forward(self, x):
        self.value = np.maximum(x, 0)
        return self.value

    def backward(self, dz):
        return dz * self.value


@ReLU.wrong(
    "mask-reversed",
    f"""The gradient passes where the unit is off, and stops where it is on. It is the other way round. {SWITCH}""",
    spoils=("dz",),
)
class MaskReversed(right.ReLU):
    def forward(self, x):
        self.off = x < 0
        return np.maximum(x, 0)

    def backward(self, dz):
        return dz * self.off


@ReLU.wrong(
    "first-batch-kept",
    f"""It looks as if the mask of an earlier batch is used. Each forward must replace it. {SWITCH}""",
    spoils=("dz",),
)
class KeepsTheFirstMask(right.ReLU):
    def forward(self, x):
        if not hasattr(self, "mask"):
            self.mask = x > 0
        return np.maximum(x, 0)

    def backward(self, dz):
        rows = np.arange(len(dz)) % len(self.mask)
        return dz * self.mask[rows]


@ReLU.wrong(
    "one-memory-for-all",
    f"""It looks as if the mask is kept for the class, so that all ReLUs share one: another one ran in between. Keep it
    in self. {SWITCH}""",
    spoils=("dz",),
)
class SharedMask(right.ReLU):
    kept = []

    def forward(self, x):
        self.kept[:] = [x > 0]
        return np.maximum(x, 0)

    def backward(self, dz):
        return dz * self.kept[0]


@ReLU.wrong(
    "absolute-value",
    f"""It looks as if negative inputs are turned round. ReLU makes them 0. {SWITCH}""",
    spoils=("a",),
)
class AbsoluteValue(right.ReLU):
    def forward(self, x):
        super().forward(x)
        return np.abs(x)


@ReLU.wrong(
    "mask-for-value",
    f"""forward gives 0 and 1 here. Where the input is positive, ReLU gives the input itself. {SWITCH}""",
    spoils=("a",),
)
class MaskForValue(right.ReLU):
    def forward(self, x):
        super().forward(x)
        return (x > 0) * 1.0


@ReLU.wrong(
    "not-returned",
    f"""backward returns None. The layer below waits for the gradient: return it. {SWITCH}""",
    spoils=("dz",),
)
class NotReturned(right.ReLU):
    def backward(self, dz):
        super().backward(dz)


@ReLU.wrong(
    "written-into-inputs",
    f"""An assignment such as dz[mask] = 0 writes into the caller's array, which is still needed. Build a new array.
    {SWITCH}""",
    fails=("unchanged", "views"),
)
class WritesIntoInputs(right.ReLU):
    def forward(self, x):
        self.off = x <= 0
        return np.where(self.off, 0.0, x)

    def backward(self, dz):
        dz[self.off] = 0
        return dz


@ReLU.unusual
class HalfTheSum:
    def forward(self, x):
        self.slope = 0.5 * (1 + np.sign(x))
        return 0.5 * (x + np.abs(x))

    def backward(self, dz):
        return np.multiply(self.slope, dz)


@ReLU.unusual
class OnCopies:
    def forward(self, x):
        self.out = np.array(x)
        self.out[self.out < 0] = 0
        return self.out

    def backward(self, dz):
        dz = np.array(dz)
        dz[self.out == 0] = 0
        return dz


@ReLU.unusual
class ByLoops:
    def __init__(self):
        self.seen = None

    def forward(self, x):
        self.seen = [[float(v) for v in row] for row in x]
        return [[max(v, 0.0) for v in row] for row in self.seen]

    def backward(self, dz):
        return [[g if v > 0 else 0.0 for g, v in zip(gs, vs)] for gs, vs in zip(dz, self.seen)]


# ---- MLP

MLP = Exercise(
    "MLP",
    outputs=(
        "params",
        "live",
        "z",
        "dW3",
        "db3",
        "dW2",
        "db2",
        "dW1",
        "db1",
        "dx",
        "moved",
        "spread",
        "biases",
        "seeds",
    ),
    form="dict",
    care=("unchanged", "float32"),
    steps=(
        Step(
            "params",
            "params",
            f"These are the shapes of params(): W1 and b1 of the first layer, then W2 and b2, and so on.\n"
            "More of them than your layers have? Make the list of layers in __init__, so that no two models share it. "
            f"{NETWORK}",
        ),
        Step(
            "live",
            "live",
            f"""live is True when numbers written into the arrays of params() are there when params() is called again.
            Hand out the layers' own .W and .b, no copies, and make the layers once, in __init__. {NETWORK}""",
        ),
        Step(
            "z",
            "z",
            f"""Forward: Linear, ReLU, Linear, ReLU, Linear; nothing after the last. A forward and a backward of another
            batch came before: neither may move the weights. {NETWORK}""",
        ),
        Step("dW3", "dW3", f"dW3 is made of the input of the last Linear and the dz that arrives. {NETWORK}"),
        Step("db3", "db3", f"db3 is made of the dz that arrives. {NETWORK}"),
        Step("da2", advice=f"da2 is what backward of the last Linear returns. {NETWORK}"),
        Step("dz2", advice=f"dz2 is what the second ReLU makes of da2. {NETWORK}"),
        Step("dW2", "dW2", f"dW2 is made of the input of the second Linear and dz2. {NETWORK}"),
        Step("db2", "db2", f"db2 is made of dz2. {NETWORK}"),
        Step("da1", advice=f"da1 is what backward of the second Linear returns. {NETWORK}"),
        Step("dz1", advice=f"dz1 is what the first ReLU makes of da1. {NETWORK}"),
        Step("dW1", "dW1", f"dW1 is made of x and dz1. {NETWORK}"),
        Step("db1", "db1", f"db1 is made of dz1. {NETWORK}"),
        Step("dx", "dx", f"dx is what backward of the first Linear returns. {NETWORK}"),
    ),
    stages=(
        (("moved",), f"After the arrays of params() are halved in place, forward must use the halved ones. {NETWORK}"),
        (
            ("spread",),
            """spread is the root mean square of each W, divided by √(2/fan-in) and rounded to one decimal: 1 for He
            initialisation. fan-in is the number of rows of W. See 10.2, "how large".""",
        ),
        (("biases",), f"biases is the largest bias at the start, in size: biases start at 0. {INIT}"),
        (
            ("seeds",),
            """seeds is True, True, True when one seed always gives the same weights, another seed others, and layers of
            one shape numbers of their own. See 10.2, "how large".""",
        ),
    ),
)

WIDE = (400, 300, 200, 50)


def _sizes(values):
    """[D, H1, …, C] of a list W1, b1, W2, b2, …"""
    return [len(values[0]), *(len(b) for b in values[1::2])]


def _layers(rng, sizes):
    """Weights and biases for a network of these sizes, of the size that He's rule gives."""
    values = []
    for m, n in zip(sizes[:-1], sizes[1:]):
        values += [rng.normal(size=(m, n)) * (2 / m) ** 0.5, 0.3 * rng.normal(size=n)]
    return values


def _network_inputs(rng, sizes, n=6, k=4):
    """Values for every parameter, and two batches with their upstream gradients."""
    return dict(
        values=_layers(rng, sizes),
        x=rng.normal(size=(n, sizes[0])),
        dz=rng.normal(size=(n, sizes[-1])),
        x2=rng.normal(size=(k, sizes[0])),
        dz2=rng.normal(size=(k, sizes[-1])),
    )


@MLP.draw
def three_layers(rng):
    return _network_inputs(rng, [int(size) for size in rng.permutation([4, 7, 5, 3])], n=11, k=8)


@MLP.square
def all_equal(rng):
    return _network_inputs(rng, [4, 4, 4, 4], n=4, k=4)


@MLP.probe(
    "da2",
    "The same da2, made from another dz and another W3, gives other gradients further down.",
    outputs=("dW2", "db2"),
)
def other_dz_and_last_weights(rng, values, x, dz, x2, dz2):
    mix = rng.normal(size=(dz.shape[1],) * 2) + 2 * np.eye(dz.shape[1])
    turned = [*values[:-2], values[-2] @ np.linalg.inv(mix).T, values[-1]]
    return [dict(values=v, x=x, dz=d, x2=x2, dz2=dz2) for v, d in ((values, dz), (turned, dz @ mix))]


@MLP.probe(
    "da1",
    "The same da1, made from another dz2 and another W2, gives other gradients further down.",
    outputs=("dW1", "db1", "dx"),
)
def second_layer_in_other_units(rng, values, x, dz, x2, dz2):
    W1, b1, W2, b2, W3, b3 = values
    scale = rng.uniform(0.4, 2.5, size=len(b2))
    scaled = [W1, b1, W2 * scale, b2 * scale, W3 / scale[:, None], b3]
    return [dict(values=v, x=x, dz=dz, x2=x2, dz2=dz2) for v in (values, scaled)]


@MLP.probe("da2", outputs=("dW2", "db2"))
@MLP.probe("da1", outputs=("dW1", "db1", "dx"))
def every_unit_on(rng, values, x, dz, x2, dz2):
    """Biases that make each z positive, the logits too: no ReLU has anything to stop."""
    a, positive = x, []
    for W, b in zip(values[::2], values[1::2]):
        z = a @ W
        positive += [W, rng.uniform(0.5, 1.5, size=len(b)) - z.min(axis=0)]
        a = z + positive[-1]
    return [dict(values=positive, x=x, dz=dz, x2=x2, dz2=dz2)]


@MLP.draw(times=1, care="one layer")
def one_layer(rng):
    return _network_inputs(rng, [5, 3])


@MLP.draw(times=1, care="six layers")
def six_layers(rng):
    return _network_inputs(rng, [4, 9, 8, 7, 10, 6, 3], n=13)


@MLP.draw(times=1, care="a batch of one")
def batch_of_one(rng):
    return _network_inputs(rng, [4, 9, 8, 3], n=1)


def _waves(sizes):
    """Weights and biases that can be typed in a line: sines of 0, 1, 2, … and so on."""
    shapes = [shape for m, n in zip(sizes[:-1], sizes[1:]) for shape in ((m, n), (n,))]
    return [np.sin(np.arange(np.prod(shape)) + k).reshape(shape) for k, shape in enumerate(shapes)]


@MLP.scenario(
    hands=("values", "x", "dz", "x2", "dz2"),
    values=_waves([4, 3, 5, 2]),
    x=np.cos(np.arange(12.0)).reshape(3, 4),
    dz=np.cos(np.arange(6.0)).reshape(3, 2),
    x2=np.cos(np.arange(8.0)).reshape(2, 4),
    dz2=np.cos(np.arange(4.0)).reshape(2, 2),
)
def two_networks(MLP, values, x, dz, x2, dz2):
    sizes, before = _sizes(values), x.copy()
    model, other = MLP(list(sizes), 1), MLP(list(sizes), 2)
    shapes = [np.shape(p) for p in model.params()]
    if shapes != [v.shape for v in values]:
        return {**dict.fromkeys(two_networks.outputs), "params": shapes}
    for p, v in zip(model.params(), values):
        p[...] = v
    live = all(np.allclose(p, v) for p, v in zip(model.params(), values))
    model.forward(x2)
    model.backward(dz2)
    z = np.array(model.forward(x))
    other.forward(x2)
    dx = model.backward(dz)
    grads = [np.array(g) for g in model.grads()]
    grads += [None] * (len(values) - len(grads))
    for p in model.params():
        p *= 0.5
    moved = model.forward(before)
    return dict(params=shapes, live=str(live), z=z, dx=dx, moved=moved, **_by_name(grads), **_start(MLP))


two_networks.outputs = MLP.outputs


def _by_name(grads):
    """The gradients of the last layer, of the first, and of those between (a list unless it is one)."""
    weights, biases = grads[::2], grads[1::2]
    between = [part[1] if len(part) == 3 else part[1:-1] for part in (weights, biases)]
    named = dict(zip(("dW2", "db2"), between))
    return named | dict(dW3=weights[-1], db3=biases[-1], dW1=weights[0], db1=biases[0])


def _start(MLP):
    """What can be said of random first weights: their spread, the biases, what the seed does."""
    one, again, another = (list(MLP(list(WIDE), seed).params()) for seed in (5, 5, 6))
    spread = [np.round(np.sqrt(np.mean(W**2) * len(W) / 2), 1) for W in one[::2]]
    alike = list(MLP([8, 8, 8], 5).params())
    told = (
        np.array_equal(one[0], again[0]),
        not np.array_equal(one[0], another[0]),
        not np.array_equal(alike[0], alike[2]),
    )
    return dict(spread=spread, biases=max(np.max(np.abs(b)) for b in one[1::2]), seeds=[str(bool(t)) for t in told])


GRADS = ("dW3", "db3", "dW2", "db2", "dW1", "db1", "dx")
BUT_DB3 = ("dW3", "dW2", "db2", "dW1", "db1", "dx")


@MLP.wrong(
    "relu-after-the-last",
    f"""It looks as if a ReLU follows the last layer too. Logits must be free to be negative: none after the last.
    {NETWORK}""",
    spoils=("z", *GRADS, "moved"),
    first="z",
)
class ReluAfterTheLast(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed)
        self.final = right.ReLU()

    def forward(self, x):
        return self.final.forward(super().forward(x))

    def backward(self, dz):
        return super().backward(self.final.backward(dz))


@MLP.wrong(
    "no-relu",
    f"""It looks as if there is no ReLU between the layers. Without one, several linear layers are no more than one.
    {NETWORK}""",
    spoils=("z", *BUT_DB3, "moved"),
    first="z",
)
class NoRelu(right.MLP):
    def forward(self, x):
        self.linears = [layer for layer in self.layers if hasattr(layer, "W")]
        for layer in self.linears:
            x = layer.forward(x)
        return x

    def backward(self, dz):
        for layer in self.linears[::-1]:
            dz = layer.backward(dz)
        return dz


@MLP.wrong(
    "one-relu-for-all",
    f"""It looks as if one ReLU serves all places. It remembers only what it saw last; each place needs its own.
    {NETWORK}""",
)
class OneRelu(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed)
        only = right.ReLU()
        self.layers = [layer if hasattr(layer, "W") else only for layer in self.layers]


@MLP.wrong(
    "relu-skipped-going-back",
    f"""It looks as if backward visits the Linear layers only. A ReLU stops the gradient where it was off.
    {NETWORK}""",
    spoils=("dW2", "db2", "dW1", "db1", "dx"),
    first="dz2",
)
class ReluSkipped(right.MLP):
    def backward(self, dz):
        for layer in self.layers[::-1]:
            if hasattr(layer, "W"):
                dz = layer.backward(dz)
        return dz


@MLP.wrong(
    "same-upstream-for-all",
    f"""It looks as if every layer is handed the gradient that arrives at the top. Each layer hands its own dx to the
    one below. {NETWORK}""",
)
class SameUpstream(right.MLP):
    def backward(self, dz):
        for layer in self.layers[::-1]:
            dx = layer.backward(dz)
        return dx


@MLP.wrong(
    "forward-order",
    f"""It looks as if backward visits the layers in the order of forward. It begins at the loss: last layer first.
    {NETWORK}""",
)
class ForwardOrder(right.MLP):
    def backward(self, dz):
        for layer in self.layers:
            dz = layer.backward(dz)
        return dz


@MLP.wrong(
    "weights-then-biases",
    f"""It looks as if params() lists all weights, then all biases. The order is W1, b1, W2, b2, and so on.
    {NETWORK}""",
    spoils=("params", "live", "z", *GRADS, "moved", "spread", "biases", "seeds"),
)
class WeightsThenBiases(right.MLP):
    def params(self):
        both = super().params()
        return both[::2] + both[1::2]

    def grads(self):
        both = super().grads()
        return both[::2] + both[1::2]


@MLP.wrong(
    "biases-left-out",
    f"""params() hands out the weights alone. The biases are trained as well: W1, b1, W2, b2, and so on. {NETWORK}""",
    spoils=("params", "live", "z", *GRADS, "moved", "spread", "biases", "seeds"),
)
class BiasesLeftOut(right.MLP):
    def params(self):
        return super().params()[::2]


@MLP.wrong(
    "last-layer-first",
    f"""params() begins with the last layer. The order is W1, b1, W2, b2, and so on. {NETWORK}""",
    spoils=("params", "live", "z", *GRADS, "moved", "spread", "biases", "seeds"),
)
class LastLayerFirst(right.MLP):
    def params(self):
        return [p for layer in self.layers[::-1] if hasattr(layer, "W") for p in (layer.W, layer.b)]

    def grads(self):
        return [g for layer in self.layers[::-1] if hasattr(layer, "W") for g in (layer.dW, layer.db)]


@MLP.wrong(
    "copies",
    f"""params() hands out copies: what is written into them is lost, and no training would change the model. Hand out
    the layers' own .W and .b. {NETWORK}""",
    spoils=("live", "z", *BUT_DB3, "moved"),
    first="live",
)
class Copies(right.MLP):
    def params(self):
        return [p.copy() for p in super().params()]


@MLP.wrong(
    "grads-backwards",
    f"""It looks as if grads() lists the last layer's gradients first, as backward made them. They stand in the order of
    params(): dW1, db1, dW2, db2, and so on. {NETWORK}""",
    spoils=("dW3", "db3", "dW1", "db1"),
)
class GradsBackwards(right.MLP):
    def grads(self):
        return [g for layer in self.layers[::-1] if hasattr(layer, "W") for g in (layer.dW, layer.db)]


@MLP.wrong(
    "gradients-added",
    f"""It looks as if the gradients of an earlier backward are still in these. Each backward replaces them.
    {NETWORK}""",
    spoils=("dW3", "db3", "dW2", "db2", "dW1", "db1"),
)
class AddsUpGrads(right.MLP):
    def backward(self, dz):
        dx = super().backward(dz)
        before = getattr(self, "total", None)
        self.total = [g if before is None else g + before[k] for k, g in enumerate(super().grads())]
        return dx

    def grads(self):
        return self.total


@MLP.wrong(
    "averaged-again",
    f"""Every gradient is smaller by the number of rows: it looks as if it is divided by N. The 1/N belongs to the loss,
    and dz has it already. {NETWORK}""",
    spoils=("dW3", "db3", "dW2", "db2", "dW1", "db1"),
)
class AveragedAgain(right.MLP):
    def backward(self, dz):
        self.rows = len(dz)
        return super().backward(dz)

    def grads(self):
        return [g / self.rows for g in super().grads()]


@MLP.wrong(
    "dx-not-returned",
    f"""backward returns None. Return what the first layer hands down. {NETWORK}""",
    spoils=("dx",),
)
class NoDx(right.MLP):
    def backward(self, dz):
        super().backward(dz)


@MLP.wrong(
    "one-over-fan-in",
    """Each weight is smaller than He's rule asks by a factor 0.7: the variance is 2/fan-in, since a ReLU switches off
    about half. See 10.2, "how large".""",
    spoils=("spread",),
)
class OneOverFanIn(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed)
        for W in self.params()[::2]:
            W *= 0.5**0.5


@MLP.wrong(
    "variance-for-std",
    """The weights are far too small: it looks as if 2/fan-in is handed over as the standard deviation. It is the
    variance; the standard deviation is its root. See 10.2, "how large".""",
    spoils=("spread",),
)
class VarianceForStd(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed)
        for W in self.params()[::2]:
            W *= (2 / len(W)) ** 0.5


@MLP.wrong(
    "fan-out-for-fan-in",
    """It looks as if the size is set by the columns of W. Each entry of z is a sum over fan-in terms, the rows of W:
    they decide. See 10.2, "how large".""",
    spoils=("spread",),
)
class FanOut(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed)
        for W in self.params()[::2]:
            W *= (W.shape[0] / W.shape[1]) ** 0.5


@MLP.wrong(
    "not-scaled",
    """These weights have standard deviation 1, whatever the number of inputs. Divide by √(fan-in/2).
    See 10.2, "how large".""",
    spoils=("spread",),
)
class NotScaled(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed)
        for W in self.params()[::2]:
            W *= (len(W) / 2) ** 0.5


@MLP.wrong(
    "zero-weights",
    """All weights start at 0. Then all hidden units are 0, and so are all gradients but the last db: nothing can begin
    to differ. See 10.2, "how large".""",
    spoils=("spread", "seeds"),
)
class ZeroWeights(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed)
        for W in self.params():
            W *= 0


@MLP.wrong(
    "random-biases",
    """The biases do not start at 0. Only the weights are random. See 10.2, "how large".""",
    spoils=("biases",),
)
class RandomBiases(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed)
        rng = np.random.default_rng(seed)
        for b in self.params()[1::2]:
            b += rng.normal(size=b.shape)


@MLP.wrong(
    "seed-ignored",
    """Two models with one seed have different weights: hand the seed to the generator. See 10.2, "how large".""",
    spoils=("seeds",),
)
class SeedIgnored(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, np.random.default_rng().integers(2**31))


@MLP.wrong(
    "seed-written-in",
    """Two models with different seeds have the same weights: it looks as if the seed is written in. It is an argument.
    See 10.2, "how large".""",
    spoils=("seeds",),
)
class SeedWrittenIn(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, 0)


@MLP.wrong(
    "generator-made-anew",
    """Two layers of one shape start with the same weights: it looks as if a generator is made from the seed for each
    layer, and it begins with the same numbers each time. Make one, before the loop. See 10.2, "how large".""",
    spoils=("seeds",),
)
class GeneratorMadeAnew(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed)
        for W in self.params()[::2]:
            W[...] = np.random.default_rng(seed).normal(size=W.shape) * np.sqrt(2 / len(W))


@MLP.unusual
class PlainArrays:
    def __init__(self, sizes, seed):
        rng = np.random.RandomState(seed)
        self.theta = []
        for k in range(len(sizes) - 1):
            self.theta.append(rng.randn(sizes[k], sizes[k + 1]) / np.sqrt(sizes[k] / 2))
            self.theta.append(np.zeros(sizes[k + 1]))
        self.slopes = [np.zeros_like(t) for t in self.theta]

    def forward(self, x):
        self.inputs = [x]
        for k in range(0, len(self.theta), 2):
            z = self.inputs[-1] @ self.theta[k] + self.theta[k + 1]
            self.inputs.append(np.where(z > 0, z, 0))
        return z

    def backward(self, dz):
        for k in range(len(self.theta) - 2, -1, -2):
            below = self.inputs[k // 2]
            self.slopes[k][...] = below.T @ dz
            self.slopes[k + 1][...] = dz.sum(axis=0)
            da = dz @ self.theta[k].T
            dz = da * (below > 0)
        return da

    def params(self):
        return list(self.theta)

    def grads(self):
        return list(self.slopes)


@MLP.unusual
class UniformAndRecursive:
    def __init__(self, sizes, seed):
        d, h, *rest = sizes
        bound = np.sqrt(6 / d)
        rng = seed if isinstance(seed, np.random.Generator) else np.random.default_rng(seed)
        self.below = right.Linear(rng.uniform(-bound, bound, (d, h)), np.zeros(h))
        self.above = type(self)([h, *rest], rng) if rest else None
        self.switch = right.ReLU()

    def forward(self, x):
        z = self.below.forward(x)
        return self.above.forward(self.switch.forward(z)) if self.above else z

    def backward(self, dz):
        if self.above:
            dz = self.switch.backward(self.above.backward(dz))
        return self.below.backward(dz)

    def params(self):
        return [self.below.W, self.below.b, *(self.above.params() if self.above else [])]

    def grads(self):
        return [self.below.dW, self.below.db, *(self.above.grads() if self.above else [])]


@MLP.unusual
class OneLongArray:
    def __init__(self, sizes, seed):
        shapes = [shape for m, n in zip(sizes, sizes[1:]) for shape in ((m, n), (n,))]
        ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
        self.flat = np.zeros(ends[-1])
        self.views = [part.reshape(s) for part, s in zip(np.split(self.flat, ends[:-1]), shapes)]
        rng = np.random.default_rng([seed, 10])
        for W in self.views[::2]:
            W[...] = rng.standard_normal(W.shape) * np.sqrt(2.0 / W.shape[0])

    def forward(self, x):
        layers = [right.Linear(W, b) for W, b in zip(self.views[::2], self.views[1::2])]
        self.chain = [layers[0]]
        for layer in layers[1:]:
            self.chain += [right.ReLU(), layer]
        for part in self.chain:
            x = part.forward(x)
        return x

    def backward(self, dz):
        for part in self.chain[::-1]:
            dz = part.backward(dz)
        return dz

    def params(self):
        return tuple(self.views)

    def grads(self):
        return tuple(g for part in self.chain[::2] for g in (part.dW, part.db))


# ---- minibatches

minibatches = Exercise(
    "minibatches",
    form="yields",
    properties=(
        "batch-pairs",
        "batch-sizes",
        "batch-shapes",
        "every-row-once",
        "rows-keep-labels",
        "same-for-a-seed",
        "other-for-another-seed",
        "rows-mixed",
    ),
    care=("unchanged", "views"),
)


def _rows(rng, n, size):
    return dict(x=rng.normal(size=(n, 3)), y=np.arange(n) % 10, size=size, seed=int(rng.integers(1000)))


@minibatches.draw(times=1)
def with_a_short_batch(rng):
    return _rows(rng, 23, 5)


def _fixed(seed):
    rng = np.random.default_rng(10)
    return _rows(rng, 17, 3) | dict(seed=seed)


@minibatches.draw(times=2)
def twice_the_same(rng):
    return _fixed(3)


@minibatches.draw(times=1)
def another_seed(rng):
    return _fixed(4)


@minibatches.draw(times=1)
def that_divides(rng):
    return _rows(rng, 24, 8)


@minibatches.draw(times=1, care="a size above N")
def one_batch(rng):
    return _rows(rng, 7, 50)


@minibatches.draw(times=1, care="size 1")
def singles(rng):
    return _rows(rng, 9, 1)


@minibatches.wrong(
    "first-batch-returned",
    f"""Each batch is handed out by a yield inside the loop, as xb, yb; or all of them are returned as a list of pairs,
    after the loop. A return inside the loop ends the function with its first batch. {BATCHES}""",
    fails="batch-pairs",
)
def first_batch_returned(x, y, size, seed):
    rows = np.random.default_rng(seed).permutation(len(x))[:size]
    return x[rows], y[rows]


@minibatches.wrong(
    "last-dropped",
    f"""Each batch has `size` rows, and the rows that are left at the end make a last, short batch. {BATCHES}""",
    fails="batch-sizes",
)
def last_dropped(x, y, size, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    for k in range(len(x) // size):
        rows = order[k * size : (k + 1) * size]
        yield x[rows], y[rows]


@minibatches.wrong(
    "drawn-again-and-again",
    f"""Some rows come twice and others never. Is each batch drawn on its own? Shuffle once, then cut. (random.shuffle
    of Python can't shuffle the rows of an array: it copies some over others.) {BATCHES}""",
    fails="every-row-once",
)
def drawn_again(x, y, size, seed):
    rng = np.random.default_rng(seed)
    for k in range(0, len(x), size):
        rows = rng.integers(len(x), size=min(size, len(x) - k))
        yield x[rows], y[rows]


@minibatches.wrong(
    "shuffled-apart",
    f"""x and y are shuffled by two different orders, so images get wrong labels. One order serves both. {BATCHES}""",
    fails="rows-keep-labels",
)
def shuffled_apart(x, y, size, seed):
    rng = np.random.default_rng(seed)
    mixed, labels = rng.permutation(x), rng.permutation(y)
    for k in range(0, len(x), size):
        yield mixed[k : k + size], labels[k : k + size]


@minibatches.wrong(
    "seed-ignored",
    f"""Hand the seed to the generator, and make the generator inside the function. {BATCHES}""",
    fails="same-for-a-seed",
)
def seed_ignored(x, y, size, seed):
    order = np.random.default_rng().permutation(len(x))
    for k in range(0, len(x), size):
        rows = order[k : k + size]
        yield x[rows], y[rows]


@minibatches.wrong(
    "not-shuffled",
    f"""It looks as if the rows come in one order always, as they stand or by a seed that is written in. {BATCHES}""",
    fails="other-for-another-seed",
)
def not_shuffled(x, y, size, seed):
    for k in range(0, len(x), size):
        yield x[k : k + size], y[k : k + size]


@minibatches.wrong(
    "labels-in-a-column",
    f"""The labels of a batch have two axes. y has one, (N,), and so have the labels of a batch. {BATCHES}""",
    fails="batch-shapes",
)
def labels_in_a_column(x, y, size, seed):
    for xb, yb in right.minibatches(x, y, size, seed):
        yield xb, yb[:, None]


@minibatches.wrong(
    "blocks",
    f"""It looks as if the rows are cut first, and the pieces shuffled. Neighbours then stay together for ever: shuffle
    the rows, then cut. {BATCHES}""",
    fails="rows-mixed",
)
def blocks(x, y, size, seed):
    starts = np.arange(0, len(x) - size + 1, size)
    for k in np.random.default_rng(seed).permutation(starts):
        yield x[k : k + size], y[k : k + size]
    if len(x) % size:
        yield x[len(starts) * size :], y[len(starts) * size :]


@minibatches.wrong(
    "shuffled-in-place",
    f"""It shuffles the caller's x and y. Shuffle the row numbers, and pick rows by them. {BATCHES}""",
    fails=("unchanged", "views"),
)
def in_place(x, y, size, seed):
    np.random.default_rng(seed).shuffle(x)
    np.random.default_rng(seed).shuffle(y)
    for k in range(0, len(x), size):
        yield x[k : k + size].copy(), y[k : k + size].copy()


@minibatches.unusual
def as_a_list(x, y, size, seed):
    order = np.argsort(np.random.RandomState(seed).uniform(size=len(x)))
    return [[x[part], y[part]] for part in np.split(order, range(size, len(x), size))]


@minibatches.unusual
def by_the_random_module(x, y, size, seed):
    import random

    pairs = list(zip(x, y))
    random.Random(seed).shuffle(pairs)
    while pairs:
        batch, pairs = pairs[:size], pairs[size:]
        yield np.array([row for row, _ in batch]), np.array([label for _, label in batch])


@minibatches.unusual
def both_permuted_with_one_seed(x, y, size, seed):
    xs = np.random.default_rng(seed).permutation(x)
    ys = np.random.default_rng(seed).permutation(y)
    pieces = -(-len(xs) // size)
    return ((xs[k * size : k * size + size], ys[k * size : k * size + size]) for k in range(pieces))


# ---- train_mlp

train_mlp = Exercise(
    "train_mlp",
    outputs=("losses", "logits", "batch_losses", "batch_logits", "batches", "reshuffled", "seeds"),
    form="dict",
    care=("unchanged",),
    tolerance=1e-5,
    stages=(
        (("losses",), f"losses are those of training with all rows in one batch, a number for each epoch. {TRAINING}"),
        (("logits",), f"logits are what the model gives after that training: its arrays must have moved. {TRAINING}"),
        (
            ("batch_losses",),
            f"""batch_losses are those of training with several batches. All rows are alike here, so that no order
            plays a part: each number is the mean of the losses of that epoch's batches. {TRAINING}""",
        ),
        (
            ("batch_logits",),
            f"batch_logits are what the model gives after that: one step for each batch, at once. {TRAINING}",
        ),
        (
            ("batches",),
            f"batches are the numbers of rows in each backward pass of a training with a short last batch. {TRAINING}",
        ),
        (("reshuffled",), f"reshuffled is True when not all epochs take the rows in the same order. {TRAINING}"),
        (
            ("seeds",),
            f"""seeds is True, True when one seed always gives the same order of rows, and another seed another order.
            {TRAINING}""",
        ),
    ),
)


@train_mlp.draw
def a_few_classes(rng):
    n, size = ((12, 5), (15, 4), (14, 6))[int(rng.integers(3))]
    c = int(rng.choice([3, 4]))
    return dict(
        sizes=[c, int(rng.integers(5, 9)), c],
        x=rng.normal(size=(n, c)),
        y=rng.permutation(np.arange(n) % c),
        lr=float(rng.uniform(0.1, 0.4)),
        epochs=int(rng.integers(4, 7)),
        size=size,
        seed=int(rng.integers(100)),
    )


@train_mlp.scenario(
    hands=("x", "y", "lr", "epochs", "size", "seed"),
    sizes=[],
    x=np.array([[2.0, 1.0, 0.0], [0.0, 2.0, 1.0], [1.0, 0.0, 2.0], [1.0, 2.0, 3.0], [3.0, 0.0, 1.0]]),
    y=np.array([0, 1, 2, 1, 0]),
    lr=0.5,
    epochs=4,
    size=2,
    seed=0,
)
def three_trainings(train_mlp, sizes, x, y, lr, epochs, size, seed):
    whole = right.MLP(sizes, 3) if sizes else Stretch(x.shape[1])
    alike, mixed, again, another = (Stretch(x.shape[1]) for _ in range(4))
    rows, before, labels = np.zeros(3 * size, dtype=int), x.copy(), y.copy()
    batch_losses = train_mlp(alike, x[rows], y[rows], lr, epochs, size, seed)
    losses = train_mlp(whole, x, y, lr, epochs, len(x), seed)
    for model, number in ((mixed, seed), (again, seed), (another, seed + 1)):
        train_mlp(model, before.copy(), labels.copy(), lr, epochs, size, number)
    return dict(
        losses=losses,
        logits=np.array(whole.forward(before)),
        batch_losses=batch_losses,
        batch_logits=alike.forward(before),
        batches=[len(batch) for batch in mixed.passes],
        reshuffled=str(mixed.orders(epochs) > 1),
        seeds=[str(mixed.rows() == again.rows()), str(mixed.rows() != another.rows())],
    )


@train_mlp.wrong(
    "same-order-each-epoch",
    f"""Every epoch takes the rows in the same order: minibatches gets the same seed each time. Give it another one for
    each epoch. {TRAINING}""",
    spoils=("reshuffled",),
)
def same_order(model, x, y, lr, epochs, batch_size, seed):
    return [right.train_mlp(model, x, y, lr, 1, batch_size, seed)[0] for _ in range(epochs)]


@train_mlp.wrong(
    "seed-ignored",
    f"""Two trainings with one seed take the rows in different orders: the seed plays no part. Hand it to minibatches,
    another number made from it for each epoch. {TRAINING}""",
    spoils=("seeds",),
)
def seed_plays_no_part(model, x, y, lr, epochs, batch_size, seed):
    return right.train_mlp(model, x, y, lr, epochs, batch_size, int(np.random.default_rng().integers(2**31)))


@train_mlp.wrong(
    "seed-written-in",
    f"""Trainings with different seeds take the rows in the same order: it looks as if the epoch alone is the seed of
    minibatches. Make that seed from both. {TRAINING}""",
    spoils=("seeds",),
)
def epoch_for_seed(model, x, y, lr, epochs, batch_size, seed):
    return right.train_mlp(model, x, y, lr, epochs, batch_size, 0)


@train_mlp.wrong(
    "uphill",
    f"""The loss grows: the step goes uphill. It is minus lr times the gradient. {TRAINING}""",
    spoils=("losses", "logits", "batch_losses", "batch_logits"),
)
def uphill(model, x, y, lr, epochs, batch_size, seed):
    return right.train_mlp(model, x, y, -lr, epochs, batch_size, seed)


@train_mlp.wrong(
    "nothing-moved",
    f"""The model is as it was. p = p - … gives the name p a new array and leaves the model's own alone: -= writes into
    it. {TRAINING}""",
    spoils=("losses", "logits", "batch_losses", "batch_logits"),
)
def nothing_moved(model, x, y, lr, epochs, batch_size, seed):
    return right.train_mlp(model, x, y, 0.0, epochs, batch_size, seed)


@train_mlp.wrong(
    "a-copy-trained",
    f"""The losses are right, and the model is as it was: it looks as if a copy was trained. Write into the arrays of
    model.params(). {TRAINING}""",
    spoils=("logits", "batch_logits", "batches", "reshuffled", "seeds"),
)
def a_copy(model, x, y, lr, epochs, batch_size, seed):
    return right.train_mlp(copy.deepcopy(model), x, y, lr, epochs, batch_size, seed)


@train_mlp.wrong(
    "rate-missing",
    f"""It looks as if the learning rate plays no part: the whole gradient is taken away. {TRAINING}""",
    spoils=("losses", "logits", "batch_losses", "batch_logits"),
)
def rate_missing(model, x, y, lr, epochs, batch_size, seed):
    return right.train_mlp(model, x, y, 1.0, epochs, batch_size, seed)


@train_mlp.wrong(
    "averaged-again",
    f"""The steps are smaller by the number of rows in the batch: it looks as if the gradient is divided by it.
    cross_entropy_backward has the 1/N already. {TRAINING}""",
    spoils=("losses", "logits", "batch_losses", "batch_logits"),
)
def averaged_again(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        seen = []
        for xb, yb in right.minibatches(x, y, batch_size, seed + epoch):
            z = model.forward(xb)
            seen.append(right.cross_entropy(z, yb))
            model.backward(right.cross_entropy_backward(z, yb) / len(yb))
            for p, g in zip(model.params(), model.grads()):
                p -= lr * g
        losses.append(np.mean(seen))
    return losses


@train_mlp.wrong(
    "losses-summed",
    f"""It looks as if the losses of an epoch's batches are added. Asked for is their mean. {TRAINING}""",
    spoils=("batch_losses",),
)
def summed(model, x, y, lr, epochs, batch_size, seed):
    pieces = -(-len(x) // batch_size)
    return [pieces * loss for loss in right.train_mlp(model, x, y, lr, epochs, batch_size, seed)]


@train_mlp.wrong(
    "rows-not-divided",
    f"""Every loss is too large by the number of rows: the losses of all rows are added. Divide by len(x).
    {TRAINING}""",
    spoils=("losses", "batch_losses"),
)
def not_divided(model, x, y, lr, epochs, batch_size, seed):
    return [len(x) * loss for loss in right.train_mlp(model, x, y, lr, epochs, batch_size, seed)]


@train_mlp.wrong(
    "loss-of-the-last-batch",
    f"""It looks as if each number is the loss of the epoch's last batch alone. Asked for is the mean over the epoch.
    {TRAINING}""",
    spoils=("batch_losses",),
)
def last_batch(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        for xb, yb in right.minibatches(x, y, batch_size, seed + epoch):
            z = model.forward(xb)
            loss = right.cross_entropy(z, yb)
            model.backward(right.cross_entropy_backward(z, yb))
            for p, g in zip(model.params(), model.grads()):
                p -= lr * g
        losses.append(loss)
    return losses


@train_mlp.wrong(
    "loss-after-the-epoch",
    f"""It looks as if the loss is measured after each epoch, over all rows. Asked for is the mean of the losses seen
    while training, each before its step; it costs no further forward pass. {TRAINING}""",
    spoils=("losses", "batch_losses"),
)
def after_the_epoch(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        right.train_mlp(model, x, y, lr, 1, batch_size, seed + epoch)
        losses.append(right.cross_entropy(model.forward(x), y))
    return losses


@train_mlp.wrong(
    "loss-after-the-step",
    f"""It looks as if each batch's loss is measured after its step, by another forward pass. Asked for is the loss
    before it: the z that backward needs gives it at once. {TRAINING}""",
    spoils=("losses", "batch_losses"),
)
def after_the_step(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        seen = []
        for xb, yb in right.minibatches(x, y, batch_size, seed + epoch):
            model.backward(right.cross_entropy_backward(model.forward(xb), yb))
            for p, g in zip(model.params(), model.grads()):
                p -= lr * g
            seen.append(right.cross_entropy(model.forward(xb), yb))
        losses.append(np.mean(seen))
    return losses


@train_mlp.wrong(
    "reaches-into-layers",
    f"""It looks for the layers inside the model. Another model may have none: use what every model has, params() and
    grads(). {TRAINING}""",
)
def into_layers(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        seen = []
        for xb, yb in right.minibatches(x, y, batch_size, seed + epoch):
            z = model.forward(xb)
            seen.append(right.cross_entropy(z, yb))
            model.backward(right.cross_entropy_backward(z, yb))
            for layer in model.layers:
                if hasattr(layer, "W"):
                    layer.W -= lr * layer.dW
                    layer.b -= lr * layer.db
        losses.append(np.mean(seen))
    return losses


@train_mlp.wrong(
    "a-loss-for-each-batch",
    f"""There is a number for each batch. Asked for is one for each epoch, their mean. {TRAINING}""",
    spoils=("batch_losses",),
)
def for_each_batch(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        for xb, yb in right.minibatches(x, y, batch_size, seed + epoch):
            losses += right.train_mlp(model, xb, yb, lr, 1, len(xb), 0)
    return losses


@train_mlp.wrong(
    "mean-since-the-start",
    f"""It looks as if the list of losses is never emptied: each number is the mean since the start. A new epoch
    starts a new mean. {TRAINING}""",
    spoils=("losses", "batch_losses"),
)
def since_the_start(model, x, y, lr, epochs, batch_size, seed):
    losses = np.array(right.train_mlp(model, x, y, lr, epochs, batch_size, seed))
    return np.cumsum(losses) / np.arange(1, epochs + 1)


@train_mlp.wrong(
    "one-epoch-only",
    f"""Only one epoch is trained. Does return stand inside the loop, or is there no loop over epochs? {TRAINING}""",
    spoils=("losses", "logits", "batch_losses", "batch_logits", "batches"),
)
def one_epoch(model, x, y, lr, epochs, batch_size, seed):
    return right.train_mlp(model, x, y, lr, 1, batch_size, seed)


@train_mlp.wrong(
    "batch-size-ignored",
    f"""It looks as if all rows are taken at once, whatever batch_size says. {TRAINING}""",
    spoils=("batch_losses", "batch_logits", "batches"),
)
def all_at_once(model, x, y, lr, epochs, batch_size, seed):
    return right.train_mlp(model, x, y, lr, epochs, len(x), seed)


@train_mlp.wrong(
    "one-step-an-epoch",
    f"""It looks as if the step is taken once an epoch, after the loop over batches. Each batch ends in a step: that is
    what small batches are for. {TRAINING}""",
    spoils=("batch_losses", "batch_logits"),
)
def one_step(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        seen = []
        for xb, yb in right.minibatches(x, y, batch_size, seed + epoch):
            z = model.forward(xb)
            seen.append(right.cross_entropy(z, yb))
            model.backward(right.cross_entropy_backward(z, yb))
        for p, g in zip(model.params(), model.grads()):
            p -= lr * g
        losses.append(np.mean(seen))
    return losses


@train_mlp.wrong(
    "short-batch-dropped",
    f"""The last, short batch of each epoch is not trained on. {TRAINING}""",
    spoils=("batches",),
)
def short_dropped(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        order = np.random.default_rng(seed + epoch).permutation(len(x))
        rows = order[: len(x) - len(x) % batch_size]
        losses += right.train_mlp(model, x[rows], y[rows], lr, 1, batch_size, seed + epoch)
    return losses


@train_mlp.wrong(
    "labels-of-other-rows",
    f"""It looks as if labels are taken from y in its own order, while the rows of x are shuffled: yb stands beside xb.
    {TRAINING}""",
    spoils=("losses", "logits"),
)
def other_labels(model, x, y, lr, epochs, batch_size, seed):
    return right.train_mlp(model, x, np.roll(y, 1), lr, epochs, batch_size, seed)


@train_mlp.wrong(
    "upstream-missing",
    f"""It looks as if backward is handed the logits. It wants the gradient of the loss with respect to them:
    cross_entropy_backward. {TRAINING}""",
    spoils=("losses", "logits", "batch_losses", "batch_logits"),
)
def logits_back(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        seen = []
        for xb, yb in right.minibatches(x, y, batch_size, seed + epoch):
            z = model.forward(xb)
            seen.append(right.cross_entropy(z, yb))
            model.backward(z)
            for p, g in zip(model.params(), model.grads()):
                p -= lr * g
        losses.append(np.mean(seen))
    return losses


@train_mlp.wrong(
    "dx-for-grads",
    f"""It looks as if the step uses what backward returns. That is dx, the gradient of the batch; those of the
    parameters are in model.grads(), once backward has run. {TRAINING}""",
)
def dx_for_grads(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        seen = []
        for xb, yb in right.minibatches(x, y, batch_size, seed + epoch):
            z = model.forward(xb)
            seen.append(right.cross_entropy(z, yb))
            dx = model.backward(right.cross_entropy_backward(z, yb))
            for p, g in zip(model.params(), dx):
                p -= lr * g
        losses.append(np.mean(seen))
    return losses


@train_mlp.wrong(
    "losses-not-returned",
    f"""No losses come back. Does it end in a return statement? {TRAINING}""",
    spoils=("losses", "batch_losses"),
)
def not_returned(model, x, y, lr, epochs, batch_size, seed):
    right.train_mlp(model, x, y, lr, epochs, batch_size, seed)


@train_mlp.wrong(
    "shuffled-in-place",
    f"""It shuffles the caller's x and y. They are still needed as they were: let minibatches pick the rows.
    {TRAINING}""",
    fails="unchanged",
)
def shuffles_in_place(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        np.random.default_rng(seed + epoch).shuffle(x)
        np.random.default_rng(seed + epoch).shuffle(y)
        losses += right.train_mlp(model, x, y, lr, 1, batch_size, seed + epoch)
    return losses


@train_mlp.unusual
def mean_of_batch_means(model, x, y, lr, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    params, losses = model.params(), []
    for _ in range(epochs):
        seen = []
        for xb, yb in list(right.minibatches(x, y, batch_size, rng.integers(10**9))):
            z = model.forward(xb)
            seen.append(float(right.cross_entropy(z, yb)))
            model.backward(right.cross_entropy_backward(z, yb))
            for k, g in enumerate(model.grads()):
                params[k][...] = params[k] - lr * g
        losses.append(sum(seen) / len(seen))
    return losses


@train_mlp.unusual
def with_its_own_batches(model, x, y, lr, epochs, batch_size, seed):
    rng = np.random.RandomState(seed)
    losses = np.zeros(epochs)
    for e in range(epochs):
        order = rng.permutation(len(x))
        while len(order):
            rows, order = order[:batch_size], order[batch_size:]
            z = model.forward(x[rows])
            p = np.exp(z - z.max(1, keepdims=True))
            p = p / p.sum(1, keepdims=True)
            losses[e] -= np.log(p[range(len(rows)), y[rows]]).sum() / len(x)
            model.backward((p - np.eye(z.shape[1])[y[rows]]) / len(rows))
            [np.subtract(w, lr * g, out=w) for w, g in zip(model.params(), model.grads())]
    return losses


@train_mlp.unusual
def with_a_generator_inside(model, x, y, lr, epochs, batch_size, seed):
    def epoch(number):
        for xb, yb in right.minibatches(x, y, batch_size, 1000 * seed + number):
            z = model.forward(xb)
            yield len(yb) / len(y) * right.cross_entropy(z, yb)
            model.backward(right.cross_entropy_backward(z, yb))
            for p, g in zip(model.params(), model.grads()):
                p += -lr * g

    return tuple(sum(epoch(number)) for number in range(epochs))


# ---- gradient_in_pieces, the bug hunt

gradient_in_pieces = Exercise(
    "gradient_in_pieces",
    care=("unchanged", "float32", "views"),
    sizes={"D": ("W", 0), "C": ("W", 1)},
)


def _pieces(rng, lengths):
    d, c = (int(size) for size in rng.permutation([7, 3]))
    pieces = [[rng.normal(size=(n, d)), rng.integers(c, size=n)] for n in lengths]
    pieces[0][1][:c] = np.arange(c)[: lengths[0]]
    return dict(pieces=pieces, W=rng.normal(size=(d, c)))


@gradient_in_pieces.draw
def the_last_is_short(rng):
    return _pieces(rng, [8, 8, int(rng.integers(1, 4))])


@gradient_in_pieces.draw(times=2)
def all_sizes(rng):
    return _pieces(rng, [9, 4, 2, 5])


@gradient_in_pieces.draw(times=1, care="one piece")
def one_piece(rng):
    return _pieces(rng, [6])


@gradient_in_pieces.draw(times=1, care="pieces of one row")
def single_rows(rng):
    return _pieces(rng, [1, 1, 1, 1])


@gradient_in_pieces.differentiates(wrt="W")
def loss_of_pieces(pieces, W):
    total, rows = 0.0, 0
    for x, y in pieces:
        z = x @ W
        total += np.sum(np.logaddexp.reduce(z, axis=1) - z[np.arange(len(y)), y])
        rows += len(y)
    return total / rows


@gradient_in_pieces.wrong(
    "pieces-weigh-the-same",
    f"""Every piece counts the same here, so a row of a short piece counts more than the others. The loss is a mean over
    rows: what must each piece's gradient be multiplied with? {PIECES}""",
)
def same_weight(pieces, W):
    total = np.zeros_like(W)
    for x, y in pieces:
        total += x.T @ right.cross_entropy_backward(x @ W, y)
    return total / len(pieces)


@gradient_in_pieces.wrong(
    "pieces-summed",
    f"""The gradients of the pieces are added, and nothing is divided: this grows with the number of pieces.
    {PIECES}""",
)
def pieces_summed(pieces, W):
    total = np.zeros_like(W)
    for x, y in pieces:
        total += x.T @ right.cross_entropy_backward(x @ W, y)
    return total


@gradient_in_pieces.wrong(
    "divided-twice",
    f"""It looks as if the sum of the pieces' gradients is divided by the number of rows. Each piece's gradient is
    divided by its own rows already: undo that first. {PIECES}""",
)
def divided_twice(pieces, W):
    total = np.zeros_like(W)
    for x, y in pieces:
        total += x.T @ right.cross_entropy_backward(x @ W, y)
    return total / sum(len(y) for _, y in pieces)


@gradient_in_pieces.wrong(
    "rows-summed",
    f"""This is the gradient of the sum over all rows. The loss is a mean: divide by the number of rows. {PIECES}""",
)
def rows_summed(pieces, W):
    total = np.zeros_like(W)
    for x, y in pieces:
        total += len(y) * x.T @ right.cross_entropy_backward(x @ W, y)
    return total


@gradient_in_pieces.wrong(
    "weighted-and-averaged",
    f"""Each piece's gradient is multiplied by its rows, and the sum divided by the number of pieces. What is it a mean
    over? {PIECES}""",
)
def weighted_and_averaged(pieces, W):
    total = np.zeros_like(W)
    for x, y in pieces:
        total += len(y) * x.T @ right.cross_entropy_backward(x @ W, y)
    return total / len(pieces)


@gradient_in_pieces.wrong(
    "weight-reversed",
    f"""It looks as if each piece's gradient is divided by its rows once more, so that short pieces count most. A piece
    counts as many times as it has rows. {PIECES}""",
)
def weight_reversed(pieces, W):
    total = np.zeros_like(W)
    for x, y in pieces:
        total += x.T @ right.cross_entropy_backward(x @ W, y) / len(y)
    return total / len(pieces)


@gradient_in_pieces.wrong(
    "last-piece-only",
    f"""This is the gradient of the last piece alone: does = stand where += should? {PIECES}""",
)
def last_piece(pieces, W):
    x, y = pieces[-1]
    return x.T @ right.cross_entropy_backward(x @ W, y)


@gradient_in_pieces.wrong(
    "first-piece-only",
    f"""This is the gradient of the first piece alone. Does return stand inside the loop? {PIECES}""",
)
def first_piece(pieces, W):
    x, y = pieces[0]
    return x.T @ right.cross_entropy_backward(x @ W, y)


@gradient_in_pieces.wrong(
    "size-of-the-first",
    f"""It looks as if every piece is taken to have as many rows as the first. Count each piece's own rows. {PIECES}""",
)
def size_of_the_first(pieces, W):
    total, n = np.zeros_like(W), len(pieces[0][1])
    for x, y in pieces:
        total += n * x.T @ right.cross_entropy_backward(x @ W, y)
    return total / sum(len(y) for _, y in pieces)


@gradient_in_pieces.wrong(
    "sign",
    f"""The sign is reversed. A gradient points uphill; the step is what turns round. {PIECES}""",
)
def sign(pieces, W):
    return -right.gradient_in_pieces(pieces, W)


@gradient_in_pieces.wrong(
    "short-pieces-dropped",
    f"""It looks as if pieces that are shorter than the first are left out. Every row counts. {PIECES}""",
)
def short_left_out(pieces, W):
    full = [piece for piece in pieces if len(piece[1]) == len(pieces[0][1])]
    return right.gradient_in_pieces(full, W)


@gradient_in_pieces.wrong(
    "written-into-weights",
    f"""It writes into W, which the caller still needs. Build a new array. {PIECES}""",
    fails=("unchanged", "views"),
)
def written_into_weights(pieces, W):
    dW = right.gradient_in_pieces(pieces, W)
    W -= dW
    return dW


@gradient_in_pieces.unusual
def all_together(pieces, W):
    x = np.concatenate([part[0] for part in pieces])
    y = np.concatenate([part[1] for part in pieces])
    return x.T @ right.cross_entropy_backward(x @ W, y)


@gradient_in_pieces.unusual
def row_by_row(pieces, W):
    count, dW = 0, np.zeros(W.shape)
    for x, y in pieces:
        for row, label in zip(x, y):
            p = np.exp(row @ W - np.max(row @ W))
            p = p / p.sum()
            p[label] -= 1
            dW += np.outer(row, p)
            count += 1
    return dW / count


@gradient_in_pieces.unusual
def by_np_average(pieces, W):
    parts = [x.T @ right.cross_entropy_backward(x @ W, y) for x, y in pieces]
    return np.average(parts, axis=0, weights=[len(y) for _, y in pieces]).tolist()


@gradient_in_pieces.unusual
def running_mean(pieces, W):
    dW, rows = 0.0, 0
    for x, y in pieces:
        rows += len(x)
        dW = dW + (x.T @ right.cross_entropy_backward(x @ W, y) - dW) * len(x) / rows
    return dW


# ---- questions

questions = [
    Question(
        "u10-parameters",
        answer=17226,
        tolerance=0,
        why="64·128 + 128 = 8,320, then 128·64 + 64 = 8,256, then 64·10 + 10 = 650.",
        hints={
            17024: "These are the weights. Each layer has a bias for each of its outputs too.",
            17290: "The inputs have no bias: a layer has as many biases as outputs.",
            266: "That is the sum of the sizes. Each pair of neighbouring sizes makes a matrix.",
            202: "These are the biases alone.",
            17098: "The first layer's biases are missing.",
        },
        otherwise="Three layers: for each, rows times columns, and a bias for each column. Then add.",
    ),
    Question(
        "u10-start",
        answer=2.302585,
        tolerance=0.001,
        why="Every class gets p = 1/10, and −ln(1/10) = ln 10 = 2.3026.",
        hints={
            0.1: "That is p. The loss is −ln p.",
            0.0: "A loss of 0 is a model that is sure and right.",
            1.0: "That is −log to base 10. Losses here are natural logarithms.",
            3.3219: "That is −log to base 2. Losses here are natural logarithms.",
            0.105361: "That is −ln 0.9. The right class gets p = 1/10.",
            0.693147: "That is ln 2, for two classes. Here are ten.",
        },
        otherwise="All ten logits are equal, so each class gets p = 1/10. The loss of a row is −ln p.",
    ),
    Question(
        "u10-zero",
        answer="c",
        why="All hidden units are ReLU(0) = 0, so dW of the last layer is 0; its W is 0, so nothing goes further down.",
        hints={
            "a": "Follow dW3: it is made of the hidden units, and they are all 0. When would that end?",
            "b": "Nothing overflows. Follow dW3: what are the hidden units?",
        },
        otherwise="There are three choices: a, b and c. With all parameters 0, work out the hidden units, then dW3.",
    ),
    Question(
        "u10-fit",
        answer="b",
        why="It knows the 100 by heart, and that is not all that there is to know of digits: it overfits.",
        hints={
            "a": "That would be as good as with 1,297 images, or better. Do 100 show every way of writing a 7?",
            "c": "10 % is guessing. Much of what 100 images teach holds for others too.",
        },
        otherwise="There are three choices: a, b and c. What is learned from 100 images: these images, or digits?",
    ),
    Question(
        "u10-updates",
        answer=410,
        tolerance=0,
        why="1,297 / 32 = 40.53, so 41 batches an epoch, the last with 17 images; ten epochs.",
        hints={
            400: "The 17 images left over make a batch too.",
            405: "A batch is a whole batch: 40.53 of them are 41, the last one short.",
            405.3125: "A batch is a whole batch: 40.53 of them are 41, the last one short.",
            41: "That is one epoch. Ten are trained.",
            320: "32 is the size of a batch, not the number of them.",
            12970: "That is the number of images seen. 32 of them share a step.",
        },
        otherwise="How many batches of 32 hold 1,297 images, the last one short? Times ten epochs.",
    ),
    Question(
        "u10-bug",
        answer="b",
        why="A piece's gradient is a mean over its rows. Pieces of unequal length need unequal weights.",
        hints={
            "a": "The shapes fit: (D, n) times (n, C) is the shape of W.",
            "c": "The probabilities of a row need that row only, so pieces can't disturb each other.",
        },
        otherwise="There are three choices: a, b and c. Take pieces of 3 rows and 1 row: what does each row weigh?",
    ),
]
