"""Activation functions with their slopes, and the slopes of 64 units that share a bias (unit 07)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from course.draw.activations import EXAMPLES, UNITS, pushed
from course.widgets.kit.standing_in import standing_in

Function = Callable[..., Any]
Pair = tuple[Any, Any]

OWN = "your own bend"
FLAT = 0.01
"""Where the slope is below this, the unit is saturated for that example."""


class Known(NamedTuple):
    """One of the course's activations: its exercises, its functions, and whether backward is given z or a."""

    exercises: str
    forward: Function
    backward: Function
    keeps: str


def _leaky_forward(z: np.ndarray, slope: float = 0.01) -> np.ndarray:
    return np.maximum(z, z * slope)


def _leaky_backward(da: np.ndarray, z: np.ndarray, slope: float = 0.01) -> np.ndarray:
    return np.where(np.sign(z) == 1, da, da * slope)


KNOWN = {
    "sigmoid": Known("sigmoid", lambda z: np.tanh(z / 2) / 2 + 0.5, lambda da, a: (a - a * a) * da, "a"),
    "ReLU": Known("relu", lambda z: (z + np.abs(z)) / 2, lambda da, z: np.where(np.sign(z) == 1, da, 0), "z"),
    "leaky ReLU, slope 0.01": Known("leaky_relu", _leaky_forward, _leaky_backward, "z"),
    "tanh": Known("tanh", lambda z: np.sinh(z) / np.cosh(z), lambda da, a: da - a * a * da, "a"),
}
SIGMOID, RELU, LEAKY, TANH = KNOWN


@dataclass(frozen=True)
class Activation:
    """An activation function, forwards and backwards.

    Attributes
    ----------
    name : str
    forward : callable
        z to a.
    backward : callable
        dL/da, and z or a, to dL/dz.
    keeps : str
        Which of "z" and "a" the backward function is given.
    badge : str
        Whose code runs.
    """

    name: str
    forward: Function
    backward: Function
    keeps: str = "z"
    badge: str = ""

    def outputs(self, z: np.ndarray) -> np.ndarray:
        """The outputs a, shaped like z."""
        return np.asarray(self.forward(z.copy()), dtype=float)

    def gradients(self, da: np.ndarray, z: np.ndarray, a: np.ndarray) -> np.ndarray:
        """dL/dz, from dL/da; shaped like z."""
        return np.asarray(self.backward(da.copy(), (a if self.keeps == "a" else z).copy()), dtype=float)

    def slopes(self, z: np.ndarray) -> np.ndarray:
        """The slope at each z: what backward makes of a gradient of 1."""
        a = self.outputs(z) if self.keeps == "a" else z
        return self.gradients(np.ones_like(z), z, a)


def activation(name: str, answers: Mapping[str, Pair]) -> Activation:
    """An activation that runs the student's functions where they are right.

    Parameters
    ----------
    name : str
        Of ``KNOWN``, or ``OWN``.
    answers : mapping of str to pair of functions
        What the reader handed over, forward and backward, by the same names.
    """
    there, back = answers.get(name, (None, None))
    if name == OWN:
        return Activation(name, there, back, "z", "Your own bend is running.")
    known = KNOWN[name]
    forward = standing_in(f"{known.exercises}_forward", there, known.forward)
    backward = standing_in(f"{known.exercises}_backward", back, known.backward)
    return Activation(name, forward.function, backward.function, known.keeps, f"{forward.badge} {backward.badge}")


def centred_units(seed: int = 0) -> np.ndarray:
    """The inputs z of the 64 units with bias 0, in order of their largest z; shape (EXAMPLES, UNITS)."""
    z = pushed(0.0, seed)
    return z[:, np.argsort(-z.max(axis=0), kind="stable")]


@dataclass(frozen=True, eq=False)
class Layer:
    """64 units that share a bias, on 500 examples.

    Attributes
    ----------
    name : str
        Of the activation.
    bias : float
    z : ndarray, shape (EXAMPLES, UNITS)
    first : ndarray, shape (UNITS,)
        The outputs for the first example.
    slopes : ndarray, shape (EXAMPLES, UNITS)
        Of the activation at z.
    """

    name: str
    bias: float
    z: np.ndarray
    first: np.ndarray
    slopes: np.ndarray

    @cached_property
    def open(self) -> np.ndarray:
        """Where the slope is not 0; bool, shape (EXAMPLES, UNITS)."""
        return self.slopes != 0

    @cached_property
    def dead(self) -> np.ndarray:
        """Which units get no gradient from any example; bool, shape (UNITS,)."""
        return np.logical_not(self.open.any(axis=0))

    @property
    def on(self) -> float:
        """The share of entries whose slope is not 0."""
        return float(self.open.mean())

    @property
    def flat(self) -> float:
        """The share of entries whose slope is below a hundredth."""
        return float((np.abs(self.slopes) < FLAT).mean())

    @property
    def sentence(self) -> str:
        """The state in words: how many units are dead, how many entries are on or nearly flat."""
        return (
            f"{UNITS} units with {self.name}, {EXAMPLES} examples, bias {self.bias:.1f}. "
            f"{self.dead.sum()} of {UNITS} units are dead: off for every example. "
            f"{self.on:.2%} of all entries are on; {self.flat:.2%} have a slope below {FLAT:g} or none. "
            f"Mean slope {self.slopes.mean():.4f}. "
            f"For example 1, z goes from {self.z[0].min():.1f} to {self.z[0].max():.1f}."
        )


def layer(of: Activation, bias: float, centred: np.ndarray) -> Layer:
    """The units with this activation and bias.

    Parameters
    ----------
    of : Bend
    bias : float
    centred : ndarray, shape (EXAMPLES, UNITS)
        Their z with bias 0.
    """
    z = centred + bias
    return Layer(of.name, bias, z, of.outputs(z[0]), of.slopes(z))
