"""Training of a two-layer network: its losses, and its parameters and outputs over the plane after chosen steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from course.widgets.boundary.networks import Network, Params, checked, unplugged
from course.widgets.kit.formatting import factor_in_words, number

STEPS = 1000
MOST_STEPS = 10_000
SPACING = ((20, 1), (40, 2), (100, 5), (200, 10), (400, 20), (1000, 50), (MOST_STEPS, 500))
"""Up to a step, every so many steps a picture is kept: early ones are dense."""
CELLS = 60
COARSE = 30
STILL = 1e-9
LATE = 20
"""A loss that still rises in the last so many steps has not come to rest."""
SAME = 1e-6
NEARLY_ALL = 0.99


@dataclass(frozen=True, eq=False)
class Trace:
    """What one training did.

    Attributes
    ----------
    steps : tuple of int
        Those whose parameters were kept; the first is 0.
    params : tuple of dict
        After each of them.
    losses : ndarray, shape (steps[-1] + 1,)
        At the start and after each step, also of those not kept.
    onward : tuple of dict
        After two more steps, where the loss still rises at the end.
    error : Exception or None
        What a function raised; the trace ends before it.
    """

    steps: tuple[int, ...]
    params: tuple[Params, ...]
    losses: np.ndarray
    onward: tuple[Params, ...] = ()
    error: Exception | None = None

    @property
    def hidden(self) -> int:
        """How many hidden units there are."""
        return self.params[0]["b1"].size


@dataclass(frozen=True, eq=False)
class Maps:
    """What the network says after each kept step, k of them.

    Attributes
    ----------
    gap : ndarray, shape (k, CELLS, CELLS)
        The difference of the two logits, positive for class 1: rows from below, columns from the left.
    units : ndarray, shape (k, COARSE, COARSE, H)
        Each hidden unit's output.
    point_gap : ndarray, shape (k, N)
        The difference at the data.
    point_units : ndarray, shape (k, N, H)
    """

    gap: np.ndarray
    units: np.ndarray
    point_gap: np.ndarray
    point_units: np.ndarray

    def right(self, y: np.ndarray) -> np.ndarray:
        """How many points are on their side after each kept step, shape (k,)."""
        return ((self.point_gap > 0) == (y == 1)).sum(axis=1)


def kept(steps: int) -> tuple[int, ...]:
    """The steps after which a picture is kept: 0, 1, 2, … close together, later ones further apart."""
    found, low = [0], 0
    for high, by in SPACING:
        found += range(low + by, min(high, steps) + 1, by)
        low = high
    return tuple(found if found[-1] == steps else [*found, steps])


def train(network: Network, params: Params, x: np.ndarray, y: np.ndarray, lr: float, steps: int = STEPS) -> Trace:
    """Gradient descent from these parameters, in pieces that end at the kept steps.

    Parameters
    ----------
    network : Network
    params : dict
    x : ndarray, shape (N, 2)
    y : ndarray of int, shape (N,)
    lr : float
    steps : int
        Fewer are taken if a function raises.

    Returns
    -------
    Trace

    Raises
    ------
    Exception
        Whatever the training raises before the first loss is known.
    """
    hidden = params["b1"].size

    def on(here: Params, by: int) -> tuple[Params, list[float]]:
        given = {name: array.copy() for name, array in here.items()}
        after, losses = network.train_two_layer(given, x.copy(), y.copy(), lr, by)
        if len(losses) != by + 1:
            raise ValueError(f"train_two_layer gave {len(losses)} losses for {by} steps; there should be {by + 1}.")
        return checked(after, hidden), [float(loss) for loss in losses]

    along, seen, losses, error = kept(steps), [params], on(params, 0)[1], None
    onward: list[Params] = []
    try:
        for low, high in pairwise(along):
            after, more = on(seen[-1], high - low)
            seen.append(after)
            losses += more[1:]
        if rises(losses[-LATE - 1 :]).any():
            onward = [seen[-1]]
            onward += [on(seen[-1], by)[0] for by in (1, 2)]
    except Exception as raised:  # the student's function may raise anything; the figure shows it
        error = raised
    return Trace(along[: len(seen)], tuple(seen), np.array(losses), tuple(onward), error)


def rises(losses: Sequence[float] | np.ndarray) -> np.ndarray:
    """The steps after which the loss is larger than before them."""
    return np.flatnonzero(np.diff(losses) > STILL) + 1


def plane(reach: float) -> np.ndarray:
    """The middles of all cells of a square around 0, row by row from below, shape (CELLS², 2)."""
    axis = reach * ((2 * np.arange(CELLS) + 1) / CELLS - 1)
    return np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)


def maps(network: Network, trace: Trace, x: np.ndarray, reach: float, off: tuple[int, ...] = ()) -> Maps:
    """What the forward pass says of the plane and of the data after each kept step.

    Parameters
    ----------
    network : Network
    trace : Trace
    x : ndarray, shape (N, 2)
    reach : float
        Half a side of the plane.
    off : tuple of int
        Units whose output weights are taken as 0; their own maps stay.

    Returns
    -------
    Maps
    """
    places = np.concatenate([plane(reach), x])
    gaps, units = [], []
    for params in trace.params:
        z, cache = network.two_layer_forward(unplugged(params, off), places.copy())
        logits = np.asarray(z, dtype=float)
        gaps.append(logits[:, 1] - logits[:, 0])
        units.append(np.asarray(cache["a1"], dtype=float))
    gap, unit, cells, k = np.array(gaps), np.array(units), CELLS**2, len(gaps)
    share = CELLS // COARSE
    blocks = unit[:, :cells].reshape(k, COARSE, share, COARSE, share, -1).mean(axis=(2, 4))
    return Maps(gap[:, :cells].reshape(k, CELLS, CELLS), blocks, gap[:, cells:], unit[:, cells:])


def lines(params: Params) -> int:
    """How many of the units' lines differ: w·x + b = 0 is the same line as −w·x − b = 0."""
    found: list[np.ndarray] = []
    for unit in np.vstack([params["W1"], params["b1"]]).T:
        if not any(min(np.abs(unit - old).max(), np.abs(unit + old).max()) < SAME for old in found):
            found.append(unit)
    return len(found)


def nearly_all_from(trace: Trace, right: np.ndarray, points: int) -> int | None:
    """The kept step from which on 99 % of the points, or more, are on their side; None where there is none."""
    below = np.flatnonzero(right < NEARLY_ALL * points)
    first = int(below[-1]) + 1 if len(below) else 0
    return trace.steps[first] if first < len(trace.steps) else None


def fate(trace: Trace) -> str:
    """What came of a training, in a sentence with the numbers that say so."""
    losses, last = trace.losses, trace.steps[-1]
    if trace.error is not None:
        return f"A function raised an exception after step {last}."
    if not np.isfinite(losses).all():
        return f"It diverges: the loss is no number from step {int(np.argmin(np.isfinite(losses)))} on."
    up = rises(losses)
    if not len(up):
        return "The loss falls at every step."
    often = f"The loss rises in {len(up)} of {last} steps"
    if not trace.onward:
        return f"{often}, last at step {int(up[-1])}; after that it falls."
    late = losses[-LATE:]
    between = f"It does not settle: {often[0].lower()}{often[1:]}, in the last {LATE} between "
    return f"{between}{number(late.min())} and {number(late.max())}; {_swing(trace.onward)}."


def _swing(onward: Sequence[Params]) -> str:
    """The last step beside the one before it, as a factor."""
    flat = np.array([np.concatenate([array.ravel() for array in params.values()]) for params in onward])
    before, after = np.diff(flat, axis=0)
    size = float(before @ before)
    return factor_in_words(float(after @ before) / size) if size else "the weights stand still"
