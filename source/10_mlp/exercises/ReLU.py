"""ReLU: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import AsDrawn, Exercise, Numbers, RightAnswers

right = RightAnswers(__file__)

SWITCH = 'See 10.1, "ReLU".'

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


def at_the_bend_nothing_arrives(z, da, z2, da2):
    """Where z is 0 several slopes are right."""
    return dict(z=z, da=np.where(z == 0, 0.0, da), z2=z2, da2=np.where(z2 == 0, 0.0, da2))


FIRST_BATCH = "the first batch is tried in its place"
ReLU.corners(
    at_the_bend_nothing_arrives,
    z=Numbers("NM"),
    da=Numbers("NM"),
    z2=AsDrawn(FIRST_BATCH, "NM"),
    da2=AsDrawn(FIRST_BATCH, "NM"),
)


@ReLU.corners.at("three axes")
def stacks(rng):
    z, da, z2, da2 = (_away_from_zero(rng, (2, 3, 2)).round(2) for _ in range(4))
    return dict(z=z, da=da, z2=z2, da2=da2)


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
    "max-along-an-axis",
    f"""np.max(x, 0) takes the largest entry along axis 0: the 0 is read as an axis. The function that compares two
    numbers, entry by entry, has a longer name. {SWITCH}""",
    spoils=("a",),
)
class MaxAlongAnAxis(right.ReLU):
    def forward(self, x):
        super().forward(x)
        return np.max(x, 0)


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
        self.seen = np.ravel(x).tolist()
        return np.reshape([max(v, 0.0) for v in self.seen], np.shape(x)).tolist()

    def backward(self, dz):
        passed = [g if v > 0 else 0.0 for g, v in zip(np.ravel(dz).tolist(), self.seen)]
        return np.reshape(passed, np.shape(dz)).tolist()
