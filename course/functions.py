"""Named functions that exercises pass to an answer: a key can name them, since it holds numbers only.

A :class:`Named` function prints what it is, so that a message can say with which function an answer failed.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from course.errors import CourseError

MOST_CALLS = 50_000
MOST_SHOWN = 8
"""The most numbers that a function shows of a parameter."""


class EndlessLoop(CourseError):
    """A function was called so often that the loop around it can't be meant to end."""


class Named:
    """A function of one argument with a name and numbers as parameters.

    Parameters
    ----------
    name : str
        One of :data:`FAMILIES`.
    parameters : numbers or arrays
        What the family takes besides its argument.
    """

    def __init__(self, name: str, **parameters: Any) -> None:
        if name not in FAMILIES:
            raise CourseError(f"There is no function family {name!r}; there are: {', '.join(FAMILIES)}.")
        self.name = name
        self.parameters = parameters
        self.__name__ = name

        self.calls = 0

    def __call__(self, x: Any) -> Any:
        self.calls += 1
        if self.calls > MOST_CALLS:
            raise EndlessLoop(f"{self.name} was called more than {MOST_CALLS:,} times: does a loop never end?")
        return FAMILIES[self.name](x, **self.parameters)

    def __repr__(self) -> str:
        formula = (FAMILIES[self.name].__doc__ or self.name).splitlines()[0].rstrip(".")
        given = ", ".join(f"{name} = {_in_words(value)}" for name, value in self.parameters.items())
        return f"{formula}{', with ' if given else ''}{given}"


def _in_words(value: Any) -> str:
    """A parameter: a few numbers in full, more of them by their shape."""
    return str(np.round(value, 4).tolist()) if np.size(value) <= MOST_SHOWN else f"numbers of shape {np.shape(value)}"


def sin(x, rate=1.0):
    """sin(rate·x)."""
    return np.sin(rate * x)


def polynomial(x, coefficients):
    """c₀ + c₁x + c₂x² + …"""
    return np.polynomial.polynomial.polyval(x, np.asarray(coefficients))


def exponential(x, rate=1.0):
    """exp(rate·x)."""
    return np.exp(rate * x)


def weighted_sum(x, weights):
    """Σ weights·x, a float, for an array of any shape."""
    return float(np.sum(np.asarray(weights) * np.asarray(x)))


def weighted_sum_of_squares(x, weights):
    """Σ weights·x²."""
    return float(np.sum(np.asarray(weights) * np.asarray(x) ** 2))


def sum_of_sines(x, weights):
    """Σ sin(weights·x)."""
    return float(np.sum(np.sin(np.asarray(weights) * np.asarray(x))))


def product_of_neighbours(x, weights):
    """Σ weightsₖ·xₖ·xₖ₊₁, of neighbours in the flattened array."""
    flat = np.ravel(x)
    return float(np.sum(np.ravel(weights)[:-1] * flat[:-1] * flat[1:]))


def two_valleys(x, tilt=0.3):
    """¼(x² − 2)² + tilt·x."""
    return float(0.25 * (x**2 - 2) ** 2 + tilt * x)


def two_valleys_slope(x, tilt=0.3):
    """x(x² − 2) + tilt."""
    return float(x * (x**2 - 2) + tilt)


def wavy_bowl(x, depth=1.0):
    """x²/10 + depth·sin 2x."""
    return float(0.1 * x**2 + depth * np.sin(2 * x))


def wavy_bowl_slope(x, depth=1.0):
    """x/5 + 2·depth·cos 2x."""
    return float(0.2 * x + 2 * depth * np.cos(2 * x))


def rounded_squares(x, weights, digits=6):
    """Σ weights·x² + Σ xₖ·xₖ₊₁, rounded.

    A tiny step sees the rounding only.
    """
    flat = np.ravel(x)
    total = np.sum(np.ravel(weights) * flat**2) + np.sum(flat[:-1] * flat[1:])
    return float(np.round(total, digits))


FAMILIES: dict[str, Callable[..., Any]] = {
    family.__name__: family
    for family in (
        sin,
        polynomial,
        exponential,
        weighted_sum,
        weighted_sum_of_squares,
        sum_of_sines,
        product_of_neighbours,
        two_valleys,
        two_valleys_slope,
        wavy_bowl,
        wavy_bowl_slope,
        rounded_squares,
    )
}


class Pass(NamedTuple):
    """A backward pass through a :class:`Stretch`: the parameters that its forward pass met, and the rows."""

    stretch: np.ndarray
    shift: np.ndarray
    x: np.ndarray


class Stretch:
    """A small model to hand to a function that trains: each score of x is stretched and shifted.

    Parameters
    ----------
    classes : int
        How many scores each row of x has.
    """

    def __init__(self, classes: int) -> None:
        self.stretch, self.shift = np.ones(classes), np.zeros(classes)
        self._record: list[Pass] = []
        self._slopes: list[np.ndarray] = []

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Logits of the shape of x, (N, C)."""
        self._met = Pass(self.stretch.copy(), self.shift.copy(), np.array(x))
        return self.stretch * x + self.shift

    def backward(self, dz: np.ndarray) -> np.ndarray:
        """The gradient with respect to x; those of the parameters are kept."""
        x = self._met.x
        if len(self._record) >= MOST_CALLS:
            raise EndlessLoop(f"There were more than {MOST_CALLS:,} backward passes: does a loop never end?")
        if np.shape(dz) != x.shape:
            raise ValueError(
                f"backward is given shape {np.shape(dz)}; it wants the gradient of the loss for each logit, shape "
                f"{x.shape}"
            )
        self._record.append(self._met)
        self._slopes = [np.einsum("nc,nc->c", dz, x), np.einsum("nc->c", dz)]
        return self.stretch * dz

    def params(self) -> list[np.ndarray]:
        """The stretches and the shifts, the arrays themselves."""
        return [self.stretch, self.shift]

    def grads(self) -> list[np.ndarray]:
        """Their gradients, in the same order."""
        return self._slopes

    def record(self) -> list[Pass]:
        """All backward passes in their order, as far as they had rows."""
        return [Pass(*map(np.copy, one)) for one in self._record if np.ndim(one.x) == 2 and len(one.x)]
