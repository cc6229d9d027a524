"""Running gradient descent with the student's step function, and recording every point, gradient, velocity and loss."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.widgets.descent.surface import Surface

Step = Callable[..., Any]
Point = tuple[float, float]
FAR = 1e9
MOST_STEPS = 3000


@dataclass(frozen=True, eq=False)
class Trace:
    """What one descent did.

    Attributes
    ----------
    points : ndarray, shape (n + 1, 2)
        The start and the point after each step.
    slopes, velocities : ndarrays, shape (n + 1, 2)
        At each point: its gradient, and the velocity that led there (zero at the start).
    losses : ndarray, shape (n + 1,)
    error : Exception or None
        What the function raised; the trace ends there.
    left : bool
        Whether it ended because the point was too far away to go on.
    """

    points: np.ndarray
    slopes: np.ndarray
    velocities: np.ndarray
    losses: np.ndarray
    error: Exception | None = None
    left: bool = False

    @property
    def steps(self) -> int:
        """How many steps were taken."""
        return len(self.losses) - 1

    def table(self) -> np.ndarray:
        """All of it, shape (n + 1, 7): point, slope, velocity, loss."""
        return np.column_stack([self.points, self.slopes, self.velocities, self.losses])


def plain_step(params: list[Any], grads: list[Any], lr: float) -> list[Any]:
    """One step against the gradient: the course's own, until the student's passes its check."""
    moves = [np.multiply(-lr, gradient) for gradient in grads]
    return [np.add(here, move) for here, move in zip(params, moves, strict=True)]


def rolling_step(
    params: list[Any], grads: list[Any], velocity: list[Any], lr: float, beta: float
) -> tuple[list[Any], list[Any]]:
    """One step with momentum: the course's own, until the student's passes its check."""
    faster = [np.add(gradient, np.multiply(beta, old)) for gradient, old in zip(grads, velocity, strict=True)]
    return plain_step(params, faster, lr), faster


def descend(
    surface: Surface,
    start: Point,
    lr: float,
    steps: int,
    *,
    momentum: float = 0.0,
    gd_step: Step = plain_step,
    momentum_step: Step = rolling_step,
) -> Trace:
    """Run gradient descent on a surface.

    Parameters
    ----------
    surface : Surface
    start : tuple of float
    lr : float
    steps : int
        At most so many: fewer if the point runs away or the function raises.
    momentum : float
        Above 0, ``momentum_step`` takes the steps, otherwise ``gd_step``.
    gd_step, momentum_step : callable
        Called with lists that hold one array of shape (2,), as in unit 04.

    Returns
    -------
    Trace
        Never raises for what the functions do: the exception is in the trace.
    """
    rows: list[np.ndarray] = []
    error = None
    with np.errstate(all="ignore"):
        try:
            rows.extend(_walk(surface, start, lr, min(steps, MOST_STEPS), momentum, gd_step, momentum_step))
        except Exception as raised:  # the student's function may raise anything; the figure shows it
            error = raised
    if not rows:  # the surface itself raised: the start is known, and nothing else
        rows.append(np.array([*start, *[np.nan] * 5]))
    table = np.array(rows)
    left = not _near(table[-1, :2])
    return Trace(table[:, :2], table[:, 2:4], table[:, 4:6], table[:, 6], error, left)


def _walk(
    surface: Surface, start: Point, lr: float, steps: int, momentum: float, gd_step: Step, momentum_step: Step
) -> Iterator[np.ndarray]:
    """The rows of the table, one after each step: what was walked before an exception is kept."""
    point, velocity = np.array(start, dtype=float), np.zeros(2)
    for k in range(steps + 1):
        slope, loss = _looked_at(surface, point)
        yield np.concatenate([point, slope, velocity, [loss]])
        if k == steps or not _near(point):
            return
        if momentum > 0:
            point, velocity = _rolled(momentum_step, point, slope, velocity, lr, momentum)
        else:
            point, velocity = _stepped(gd_step, point, slope, lr), slope


def _near(point: np.ndarray) -> bool:
    """Whether it is still worth going on from here; not where an entry is infinite or no number."""
    return bool((np.abs(point) < FAR).all())


def _looked_at(surface: Surface, point: np.ndarray) -> tuple[np.ndarray, float]:
    x, y = (float(value) for value in point)
    try:
        return np.array([float(value) for value in surface.slope(x, y)]), float(surface.height(x, y))
    except OverflowError:  # Python's own floats raise where numpy's become infinite
        return np.full(2, np.inf), np.inf


def _stepped(gd_step: Step, point: np.ndarray, slope: np.ndarray, lr: float) -> np.ndarray:
    return _pair(gd_step([point.copy()], [slope.copy()], lr), "gd_step")


def _rolled(
    momentum_step: Step, point: np.ndarray, slope: np.ndarray, velocity: np.ndarray, lr: float, beta: float
) -> tuple[np.ndarray, np.ndarray]:
    result = momentum_step([point.copy()], [slope.copy()], [velocity.copy()], lr, beta)
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise ValueError("momentum_step did not return two lists: the new params and the new velocity.")
    return _pair(result[0], "momentum_step"), _pair(result[1], "momentum_step")


def _pair(result: Any, name: str) -> np.ndarray:
    """The one array of two numbers in the list that a step function returned."""
    if not isinstance(result, tuple | list) or len(result) != 1:
        raise ValueError(f"{name} was given a list of one array and did not return one: {result!r:.80}")
    new = np.array(result[0], dtype=float)
    if new.shape != (2,):
        raise ValueError(f"{name} was given an array of shape (2,) and returned one of shape {new.shape}.")
    return new
