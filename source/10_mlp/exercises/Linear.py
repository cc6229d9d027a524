"""Linear: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import AsDrawn, Exercise, Numbers, RightAnswers

right = RightAnswers(__file__)

LAYER = 'See 10.1, "A layer that remembers".'

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
        (
            ("dx",),
            f"""dx[0] and dx[1] are what backward returns: made of dz and W; dx[2] that for x and dz again, once .W
            and .b are halved where they lie. {LAYER}""",
        ),
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


FIRST_BATCH = "the first batch is tried in its place"
Linear.corners(
    W=Numbers("DM"),
    b=Numbers("M"),
    x=Numbers("ND"),
    dz=Numbers("NM"),
    x2=AsDrawn(FIRST_BATCH, "ND"),
    dz2=AsDrawn(FIRST_BATCH, "NM"),
)


@Linear.scenario(hands=("W", "b", "x", "dz", "x2", "dz2"), **LITTLE)
def one_layer_and_another(Linear, W, b, x, dz, x2, dz2):
    layer, other = Linear(W.copy(), b.copy()), Linear(-W, b + 1)
    results, before = dict(z=[], dx=[], dW=[], db=[]), (x.copy(), dz.copy())
    for batch, upstream in ((x, dz), (x2, dz2)):
        layer.forward(-batch)
        results["z"].append(np.array(layer.forward(batch)))
        other.forward(2 * batch)
        results["dx"].append(layer.backward(upstream))
        results["dW"].append(np.array(layer.dW))
        results["db"].append(np.array(layer.db))
    layer.W *= np.full(W.shape, 0.5)
    layer.b *= 0.5
    results["moved"] = layer.forward(before[0])
    results["dx"].append(layer.backward(before[1]))
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
    "db-made-of-dW",
    f"""It looks as if db is summed from dW. x is in that, and b never meets x: sum dz itself. {LAYER}""",
    spoils=("db",),
)
class BiasFromWeights(right.Linear):
    def backward(self, dz):
        dx = super().backward(dz)
        self.db = self.dW.sum(axis=0)
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
    "copy-for-backward",
    f"""backward works with a copy of W that was made in __init__, a transposed one, say. Training writes into .W, and
    the copy stays as it was: take W from self.W in every backward. {LAYER}""",
    spoils=("dx",),
)
class CopyForBackward(right.Linear):
    def __init__(self, W, b):
        super().__init__(W, b)
        self.turned = W.T.copy()

    def backward(self, dz):
        super().backward(dz)
        return dz @ self.turned


@Linear.wrong(
    "transposed-where-it-does-not-fit",
    f"""It looks as if W is transposed only where the shapes do not fit. Where they are equal, dz @ W fits and is wrong:
    the transpose is always needed. {LAYER}""",
    spoils=("dx",),
)
class TransposedWhereItDoesNotFit(right.Linear):
    def backward(self, dz):
        dx = super().backward(dz)
        return dz @ self.W if self.W.shape[0] == self.W.shape[1] else dx


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
    "gradients-in-local-names",
    f"""backward returns dx, and .dW and .db are still None: dW = … and db = … make names of the method alone, which are
    gone when it ends. Keep them: self.dW = …, self.db = …. {LAYER}""",
    spoils=("dW", "db"),
)
class GradientsInLocalNames(right.Linear):
    def backward(self, dz):
        dx = super().backward(dz)
        self.dW, self.db = None, None
        return dx


@Linear.wrong(
    "gradients-still-zero",
    f"""backward returns dx, and .dW and .db are still the zeros of __init__: dW = … and db = … make names of the method
    alone, which are gone when it ends. Keep them: self.dW = …, self.db = …. {LAYER}""",
    spoils=("dW", "db"),
)
class GradientsStillZero(right.Linear):
    def backward(self, dz):
        dx = super().backward(dz)
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)
        return dx


@Linear.wrong(
    "W-kept-transposed",
    f"""It looks as if the layer keeps W transposed as .W. Whoever trains it takes a step from .W by .dW: both have the
    shape (D, M). {LAYER}""",
)
class KeptTransposed(right.Linear):
    def __init__(self, W, b):
        super().__init__(W.T, b)

    def forward(self, x):
        self.x = x
        return x @ self.W.T + self.b

    def backward(self, dz):
        self.dW, self.db = self.x.T @ dz, dz.sum(axis=0)
        return dz @ self.W


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
        return (self.W @ np.transpose(dz)).T


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
