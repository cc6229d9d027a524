"""The parts of what an author declares: wrong answers, draws, what is differentiated, probes, questions."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course.answers.key_files import as_view

Answer = Callable[..., Any]


@dataclass(frozen=True)
class Wrong:
    """A known wrong answer.

    ``spoils`` are the outputs that it gets wrong (all, if empty); ``fails`` the aspects of care or the
    properties that it fails while its values are right; ``first`` the step that it gets wrong first, where the
    exercise has steps; ``free_number`` whether its numbers depend on one that is the student's choice.
    """

    mistake: str
    message: str
    answer: Answer
    spoils: tuple[str, ...] = ()
    fails: tuple[str, ...] = ()
    first: str = ""
    free_number: bool = False


@dataclass(frozen=True)
class Draw:
    """A function that draws inputs, how many times it is called, and for which aspect of care (or the core)."""

    inputs: Callable[..., dict[str, Any]]
    times: int
    care: str | None


@dataclass(frozen=True)
class Forward:
    """What a gradient is the gradient of; ``wrt`` names the forward argument that belongs to each output."""

    function: Answer
    upstream: str | None
    wrt: dict[str, str]
    at: Answer | None


@dataclass(frozen=True)
class Probing:
    """A function that makes the draws of a probe of one step from a draw of the exercise; see ``Exercise.probe``."""

    step: str
    message: str
    outputs: tuple[str, ...]
    draws: Callable[..., list[dict[str, Any]]]
    leave_out: int = 0
    factors: bool = False
    up_to: str = ""


@dataclass(frozen=True)
class Question:
    """A self-test question, asked in the notebook with ``ask(name, guess)``; it answers at once and has no points.

    ``answer`` is a number or a choice's letter; ``why`` what a right guess reads;
    ``hints`` what known wrong guesses read, ``otherwise`` what any other wrong guess reads: where to look.
    """

    name: str
    answer: float | str
    why: str
    hints: dict[float | str, str] = field(default_factory=dict)
    tolerance: float = 0.01
    otherwise: str = ""


def clean(message: str) -> str:
    """A message without the indentation and line breaks of the source."""
    return "\n".join(line.strip() for line in inspect.cleandoc(message).splitlines())


def _as_float32(array: np.ndarray) -> Any:
    return array.astype(np.float32) if array.dtype == np.float64 else array


def _as_list(array: np.ndarray) -> Any:
    return array.tolist()


DRESSES: dict[str, Callable[[np.ndarray], Any]] = {"float32": _as_float32, "views": as_view, "lists": _as_list}


def dressed(dress: Callable[[np.ndarray], Any], value: Any) -> Any:
    """A value with every array inside it in another dress."""
    if isinstance(value, np.ndarray):
        return dress(value)
    if isinstance(value, list):
        return [dressed(dress, item) for item in value]
    if isinstance(value, dict):
        return {name: dressed(dress, item) for name, item in value.items()}
    return value
