"""MLP: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, RightAnswers, Step
from course.properties.first_weights import first_weights

right = RightAnswers(__file__)

NETWORK = "See 10.2."
INIT = 'See 10.2, "how large".'

MLP = Exercise(
    "MLP",
    outputs=(
        "sizes",
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
        "weights",
        "biases",
        "seeds",
    ),
    form="dict",
    care=("unchanged", "float32"),
    steps=(
        Step(
            "sizes",
            "sizes",
            f"""sizes is the list that was handed to MLP, as it is afterwards. It belongs to the caller: pop and append
            change it, so take a copy first, or go through it with zip. {NETWORK}""",
        ),
        Step(
            "params",
            "params",
            "These are the shapes of params(): W1 and b1 of the first layer, then W2 and b2, and so on: a pair for "
            "each two neighbours in sizes.\nMore of them than your layers have? Make the list of layers in __init__, "
            f"so that no two models share it. {NETWORK}",
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
            ("weights",),
            """weights tells of each W at the start, rounded to one decimal. spread is the root mean square of its
            numbers, divided by √(2/fan-in), and fan-in is the number of rows of W: 1 for He initialisation. mean is
            their mean, divided by their root mean square: 0. distinct is the share of them that are different: 1. See
            10.2, "how large".""",
        ),
        (("biases",), f"biases is the largest bias at the start, in size: biases start at 0. {INIT}"),
        (
            ("seeds",),
            """seeds is all True when one seed, 0 too, always gives the same weights, another seed other numbers in each
            W, and no layer has the numbers of another. See 10.2, "how large".""",
        ),
    ),
)


def _sizes(values):
    """[D, H1, …, C] of a list W1, b1, W2, b2, …"""
    return [len(values[0]), *(len(b) for b in values[1::2])]


def _layers(rng, sizes):
    """Weights and biases for a network of these sizes, of the size that He's rule gives."""
    values = []
    for m, n in zip(sizes[:-1], sizes[1:]):
        values += [rng.normal(size=(m, n)) * (2 / m) ** 0.5, 0.3 * rng.normal(size=n)]
    return values


SEEN = {"first": False}
"""First weights are looked at in the ordinary draws and in those that `check` hands over, which is enough."""


def _in_turn(weights, biases):
    return [value for pair in zip(weights, biases) for value in pair]


def _network_inputs(rng, sizes, n=6, k=4):
    """Values for every parameter, and two batches with their upstream gradients."""
    return dict(
        values=_layers(rng, sizes),
        x=rng.normal(size=(n, sizes[0])),
        dz=rng.normal(size=(n, sizes[-1])),
        x2=rng.normal(size=(k, sizes[0])),
        dz2=rng.normal(size=(k, sizes[-1])),
    )


@MLP.draw(times=2)
def three_layers(rng):
    return _network_inputs(rng, [int(size) for size in rng.permutation([4, 7, 5, 3])], n=11, k=8)


@MLP.corners.at("equal sizes")
def all_two(rng):
    """The only corner of the whole network: its layers are tried at the others by themselves.

    Each unit is on, the numbers are large, and nothing arrives at the second row: its gradients are exactly zero.
    """
    inputs = _network_inputs(rng, [2, 2, 2, 2], n=2, k=2)
    values = [np.array([[7.5, 1.0], [0.5, 2.0]]) + rng.uniform(0, 0.4, size=(2, 2)).round(1) for _ in range(3)]
    biases = [rng.uniform(8, 12, size=2).round(1) for _ in range(3)]
    x = np.array([[7.0, 0.5], [1.0, -2.0]]) + rng.uniform(0, 0.4, size=(2, 2)).round(1)
    return {**inputs, "values": _in_turn(values, biases), "x": x, "dz": np.array([[9.0, -7.0], [0.0, 0.0]])}


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
    return {**_network_inputs(rng, [5, 3]), **SEEN}


@MLP.draw(times=1, care="six layers")
def six_layers(rng):
    return {**_network_inputs(rng, [4, 9, 8, 7, 10, 6, 3], n=13), **SEEN}


@MLP.draw(times=1, care="a batch of one")
def batch_of_one(rng):
    return {**_network_inputs(rng, [4, 9, 8, 3], n=1), **SEEN}


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
def two_networks(MLP, values, x, dz, x2, dz2, first=True):
    sizes, before = _sizes(values), x.copy()
    given = list(sizes)
    model, other = MLP(given, 1), MLP(list(sizes), 2)
    shapes = [np.shape(p) for p in model.params()]
    if shapes != [v.shape for v in values]:
        return {**dict.fromkeys(two_networks.outputs), "sizes": given if shapes else None, "params": shapes}
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
    values = dict(sizes=given, params=shapes, live=str(live), z=z, dx=dx, moved=moved)
    starts = first_weights(MLP) if first else dict.fromkeys(("weights", "biases", "seeds"), "looked at in another draw")
    return dict(**values, **_by_name(grads), **starts)


two_networks.outputs = MLP.outputs


def _by_name(grads):
    """The gradients of the last layer, of the first, and of those between (a list unless it is one)."""
    weights, biases = grads[::2], grads[1::2]
    between = [part[1] if len(part) == 3 else part[1:-1] for part in (weights, biases)]
    named = dict(zip(("dW2", "db2"), between))
    return named | dict(dW3=weights[-1], db3=biases[-1], dW1=weights[0], db1=biases[0])


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
    "two-layers-written-in",
    f"""There are two layers, whatever sizes says. sizes may be of any length of two or more: a loop over its neighbours
    makes a layer for each pair. {NETWORK}""",
    spoils=("params", "live", "z", *GRADS, "moved", "weights", "biases", "seeds"),
)
class TwoLayers(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__([sizes[0], sizes[1], sizes[-1]], seed)


@MLP.wrong(
    "the-first-two-layers",
    f"""There are two layers, those of the first three sizes. sizes may be of any length of two or more: a loop over its
    neighbours makes a layer for each pair. {NETWORK}""",
    spoils=("params", "live", "z", *GRADS, "moved", "weights", "biases", "seeds"),
)
class FirstTwoLayers(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes[:3], seed)


@MLP.wrong(
    "three-sizes-unpacked",
    f"""sizes is unpacked into three names, for two layers. It may be of any length of two or more: a loop over its
    neighbours makes a layer for each pair. {NETWORK}""",
)
class ThreeSizes(right.MLP):
    def __init__(self, sizes, seed):
        D, H, C = sizes
        super().__init__([D, H, C], seed)


@MLP.wrong(
    "three-layers-written-in",
    f"""There are three layers, whatever sizes says. It may be of any length of two or more: a loop over its neighbours
    makes a layer for each pair. {NETWORK}""",
)
class ThreeLayers(right.MLP):
    def __init__(self, sizes, seed):
        D, H1, H2, C = sizes
        super().__init__([D, H1, H2, C], seed)


@MLP.wrong(
    "layers-turned-round-for-good",
    f"""The first forward and backward run, and the next forward finds the layers in another order: does
    self.layers.reverse() turn the list itself round? It stays so. reversed(self.layers) goes through it backwards and
    leaves it. {NETWORK}""",
)
class TurnedRound(right.MLP):
    def backward(self, dz):
        self.layers.reverse()
        for layer in self.layers:
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
    spoils=("params", "live", "z", *GRADS, "moved", "weights", "biases", "seeds"),
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
    spoils=("params", "live", "z", *GRADS, "moved", "weights", "biases", "seeds"),
)
class BiasesLeftOut(right.MLP):
    def params(self):
        return super().params()[::2]


@MLP.wrong(
    "last-layer-first",
    f"""params() begins with the last layer. The order is W1, b1, W2, b2, and so on. {NETWORK}""",
    spoils=("params", "live", "z", *GRADS, "moved", "weights", "biases", "seeds"),
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
    spoils=("weights",),
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
    spoils=("weights",),
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
    spoils=("weights",),
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
    spoils=("weights",),
)
class NotScaled(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed)
        for W in self.params()[::2]:
            W *= (len(W) / 2) ** 0.5


@MLP.wrong(
    "written-in",
    """It looks as if the weights are 0.01 times standard normal numbers in every layer. He's rule gives each layer
    its own size: √(2/fan-in). See 10.2, "how large".""",
    spoils=("weights",),
)
class WrittenIn(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed)
        for W in self.params()[::2]:
            W *= 0.01 * (len(W) / 2) ** 0.5


@MLP.wrong(
    "mean-of-both-fans",
    """It looks as if the variance is 2/(fan-in + fan-out): Glorot's rule. He's is 2/fan-in. See 10.2, "how large".""",
    spoils=("weights",),
)
class MeanOfBothFans(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed)
        for W in self.params()[::2]:
            W *= (len(W) / sum(W.shape)) ** 0.5


@MLP.wrong(
    "uniform-from-0",
    """It looks as if the weights are uniform numbers between 0 and 1, times √(2/fan-in): none is negative, and
    they are too small. `normal` gives numbers on both sides of 0. See 10.2, "how large".""",
    spoils=("weights",),
)
class UniformFrom0(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed)
        rng = np.random.default_rng(seed)
        for W in self.params()[::2]:
            W[...] = rng.random(W.shape) * np.sqrt(2 / len(W))


@MLP.wrong(
    "zero-weights",
    """All weights start at 0. Then all hidden units are 0, and so are all gradients but the last db: nothing can begin
    to differ. See 10.2, "how large".""",
    spoils=("weights", "seeds"),
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
    """Two models with the seed 0 have different weights: hand the seed to the generator, also where it is 0. See 10.2,
    "how large".""",
    spoils=("seeds",),
)
class SeedIgnored(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, np.random.default_rng().integers(2**31))


@MLP.wrong(
    "seed-written-in",
    """Models with different seeds have the same weights: it looks as if a seed is written in, or a part of the seed is
    used. It is an argument: hand all of it to the generator. See 10.2, "how large".""",
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


@MLP.wrong(
    "absolute-values",
    """No weight is negative: the spread is right, and the mean is not 0. Then all units of a layer say nearly the same.
    Leave the signs that the generator gives. See 10.2, "how large".""",
    spoils=("weights",),
)
class AbsoluteValues(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed)
        for W in self.params()[::2]:
            W[...] = np.abs(W)


@MLP.wrong(
    "all-equal",
    """All weights of a matrix are the same number, so all units of that layer give the same. With every matrix like
    that they get equal gradients, and stay equal: draw a number for each weight, size=(fan_in, fan_out).
    See 10.2, "how large".""",
    spoils=("weights", "seeds"),
)
class AllEqual(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed)
        for W in self.params()[::2]:
            W[...] = np.sqrt(2 / len(W))


@MLP.wrong(
    "equal-units",
    """All columns of a matrix are the same: the units of that layer start with the same weights, and give the same
    until the next layer's weights tell them apart. Draw a number for each weight, size=(fan_in, fan_out).
    See 10.2, "how large".""",
    spoils=("weights",),
)
class EqualUnits(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed)
        for W in self.params()[::2]:
            W[...] = W[:, :1]


@MLP.wrong(
    "zero-but-for-one",
    """Nearly all weights of a matrix are 0. Draw a number for each of them, with the spread that He's rule gives.
    See 10.2, "how large".""",
    spoils=("weights", "seeds"),
)
class ZeroButForOne(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed)
        for W in self.params()[::2]:
            W[...] = 0
            W[0, 0] = np.sqrt(2 * W.shape[1])


ONE_SEEDED = 'Only the first matrix follows the seed. Draw the others with the same generator. See 10.2, "how large".'


@MLP.wrong("one-matrix-seeded", ONE_SEEDED, spoils=("seeds",))
class OneMatrixSeeded(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed)
        for W in self.params()[2::2]:
            W[...] = np.random.default_rng().normal(0, np.sqrt(2 / len(W)), size=W.shape)


@MLP.wrong("others-written-in", ONE_SEEDED, spoils=("seeds",))
class OthersWrittenIn(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(sizes, seed)
        for k, W in enumerate(self.params()[2::2]):
            W[...] = np.random.default_rng(21 + k).normal(0, np.sqrt(2 / len(W)), size=W.shape)


@MLP.wrong(
    "list-emptied",
    f"""The list of sizes belongs to the caller, and here it is changed: pop and append do that. Take a copy first, or
    go through it with zip(sizes, sizes[1:]). {NETWORK}""",
    spoils=("sizes",),
    first="sizes",
)
class EmptiesTheList(right.MLP):
    def __init__(self, sizes, seed):
        super().__init__(list(sizes), seed)
        sizes.pop()


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
