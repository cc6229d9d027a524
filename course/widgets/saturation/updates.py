"""Training of one sigmoid neuron whose target is 0: its update in each step is error × slope (unit 07)."""

from dataclasses import dataclass

import numpy as np

from course.draw.activations import GOAL, RATE, TRUTH
from course.widgets.saturation.activations import Activation

STEPS = 600
START_STEP = 0.05
STARTS = START_STEP * np.arange(81)
SQUARE, CROSS = "½(a − y)²", "cross-entropy"


def output_gradient(loss: str, a: np.ndarray) -> np.ndarray:
    """dL/da, shaped like a: the error a − y; with the cross-entropy it is divided by a(1 − a)."""
    error = a - TRUTH
    return error / (a - a * a) if loss == CROSS else error


@dataclass(frozen=True)
class Moment:
    """The neuron at one place.

    Attributes
    ----------
    z, a : float
        The activation's input and output.
    da, slope, dz : float
        dL/da, the slope of the activation, and dL/dz, which is their product.
    """

    z: float
    a: float
    da: float
    slope: float
    dz: float


@dataclass(frozen=True, eq=False)
class Run:
    """600 steps from one start.

    Attributes
    ----------
    start : float
        Weight and bias at first.
    loss : str
    z, a, da, slope, dz : ndarray, shape (STEPS + 1,)
        Before each step and after the last.
    """

    start: float
    loss: str
    z: np.ndarray
    a: np.ndarray
    da: np.ndarray
    slope: np.ndarray
    dz: np.ndarray

    @property
    def below(self) -> int | None:
        """After how many steps the output is first below the goal; None where it never is."""
        found = np.flatnonzero(self.a < GOAL)
        return int(found[0]) if len(found) else None

    @property
    def fate(self) -> str:
        """When the output falls below the goal, in words."""
        within = f"never below {GOAL:g} within {STEPS} steps"
        return within if self.below is None else f"below {GOAL:g} after {self.below} steps"

    def at(self, step: int) -> Moment:
        """The neuron after so many steps."""
        rows = (self.z, self.a, self.da, self.slope, self.dz)
        return Moment(*(float(row[step]) for row in rows))

    def sentence(self, step: int) -> str:
        """The state in words: error × slope at this step, when the goal is reached, and where dL/dz is largest."""
        now, best = self.at(step), int(self.dz.argmax())
        return (
            f"Step {step} of {STEPS} from w = b = {self.start:.2f}, loss {self.loss}: output {now.a:.4f}, "
            f"{formula(now, self.loss)}. Over the run: {self.fate}; "
            f"most is paid at step {best}: {self.dz[best]:.4f}, output {self.a[best]:.2f}."
        )


def formula(now: Moment, loss: str) -> str:
    """Error × slope with the numbers put in."""
    first = "error" if loss == SQUARE else "loss slope"
    return f"{first} {now.da:.4g} × slope {now.slope:.4g} = pay {now.dz:.4g}"


class Runs:
    """Runs from all starts, side by side, computed when they are first asked for.

    Parameters
    ----------
    activation : Activation
        Its forward and backward are the neuron's.
    """

    def __init__(self, activation: Activation) -> None:
        self.activation = activation
        self._traces: dict[str, tuple[np.ndarray, ...]] = {}

    def run(self, start: float, loss: str) -> Run:
        """The run from one of ``STARTS``."""
        if loss not in self._traces:
            self._traces[loss] = self._trace(loss)
        k = round(start / START_STEP)
        return Run(float(STARTS[k]), loss, *(rows[:, k] for rows in self._traces[loss]))

    def moment(self, z: np.ndarray, loss: str) -> tuple[np.ndarray, ...]:
        """Of each z: z, a, dL/da, the slope, and dL/dz; all shaped like z."""
        a = self.activation.outputs(z)
        da = output_gradient(loss, a)
        return z, a, da, self.activation.gradients(np.ones_like(z), z, a), self.activation.gradients(da, z, a)

    def _trace(self, loss: str) -> tuple[np.ndarray, ...]:
        """Gradient descent from every start; arrays of shape (STEPS + 1, len(STARTS))."""
        w, b = STARTS.copy(), STARTS.copy()
        rows = []
        for _ in range(STEPS + 1):
            z = w + b  # the input is 1
            a = self.activation.outputs(z)
            dz = self.activation.gradients(output_gradient(loss, a), z, a)
            rows.append((z, a, dz))
            w, b = w - RATE * dz, b - RATE * dz
        z, a, dz = map(np.array, zip(*rows, strict=True))
        return z, a, output_gradient(loss, a), self.activation.gradients(np.ones_like(a), z, a), dz
