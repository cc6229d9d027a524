"""Finite differences of a forward pass: the witness that every gradient is compared with."""

import inspect
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from autograder.exercises.declarations import Forward
from autograder.exercises.spec import Exercise
from autograder.notebook import quiet
from course.answers.key import Case

STEP = 1e-5


def gradients_of(forward: Forward, inputs: dict[str, Any]) -> dict[str, np.ndarray]:
    """Finite differences of what an exercise differentiates, at the inputs of a draw; see `numerical_gradients`."""
    point = {name: value for name, value in inputs.items() if name != forward.upstream}
    upstream = inputs[forward.upstream] if forward.upstream else None
    if forward.at:
        point = forward.at(**point)
    defaults = {
        name: parameter.default
        for name, parameter in inspect.signature(forward.function).parameters.items()
        if parameter.default is not parameter.empty
    }
    with quiet():
        return numerical_gradients(forward.function, {**defaults, **point}, forward.wrt, upstream)


def disagreements(exercise: Exercise, cases: Sequence[Case]) -> Iterator[str]:
    """Where finite differences are not what the right answer gives: a sentence on the first such draw."""
    forward = exercise.forward
    drawn = [draw.inputs.__name__ for draw in exercise.draws if draw.care is None for _ in range(draw.times)]
    if forward is None:
        return
    for draw, case in zip(drawn, cases, strict=True):
        missing = [output for output in forward.wrt if output not in case.measured]
        if missing:
            found, names = gradients_of(forward, case.inputs), ", ".join(missing)
            if all(np.all(np.isfinite(found[output])) for output in missing):
                yield f"the right {names} and the finite differences of forward disagree."
            else:
                yield (
                    f"forward gives a value that is not finite for the draw {draw}, or close to it, so {names} can't "
                    "be held against finite differences; draw inputs where forward is finite."
                )
            return


def numerical_gradients(
    forward: Callable[..., Any], inputs: dict[str, Any], wrt: dict[str, str], upstream: Any = None
) -> dict[str, np.ndarray]:
    """Central differences of ``sum(upstream * forward(**inputs))``.

    Parameters
    ----------
    forward : callable
        Called with ``inputs`` as keywords.
    inputs : dict
        Floats and float64 arrays, and whatever else forward takes.
    wrt : dict
        The forward argument that each output is the gradient of.
    upstream : array, optional
        The gradient that arrives at forward's result; without it, the result is a single number.

    Returns
    -------
    dict of ndarray
        One gradient for each key of ``wrt``, shaped like its argument. The error is of the order of
        ``STEP`` squared, about 1e-10 for functions and inputs of size one.
    """
    return {output: _gradient(forward, inputs, name, upstream) for output, name in wrt.items()}


def _gradient(forward: Callable[..., Any], inputs: dict[str, Any], name: str, upstream: Any) -> np.ndarray:
    x = np.array(inputs[name], dtype=float)
    gradient = np.zeros_like(x)
    scalar = not isinstance(inputs[name], np.ndarray)
    for index in np.ndindex(x.shape):
        values = []
        for sign in (1, -1):
            moved = x.copy()
            moved[index] += sign * STEP
            result = forward(**{**inputs, name: float(moved) if scalar else moved})
            values.append(float(np.sum(result if upstream is None else np.asarray(upstream) * result)))
        gradient[index] = (values[0] - values[1]) / (2 * STEP)
    return gradient
