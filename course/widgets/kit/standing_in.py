"""Which function a figure runs: the student's once it passes its check, until then the course's own."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.answers.key_files import exercise_units, load_key
from course.checking.judge import judge


@dataclass(frozen=True)
class StandIn:
    """The function that a figure runs, and the words that say whose it is.

    Attributes
    ----------
    function : callable
    badge : str
        One or two sentences for the figure's first line.
    yours : bool
        Whether the function is the student's.
    """

    function: Callable[..., Any]
    badge: str
    yours: bool


def standing_in(
    exercise: str, answer: Any, own: Callable[..., Any], runs: Callable[[Any], bool] | None = None
) -> StandIn:
    """The student's answer if its values are right, else the course's own function.

    Parameters
    ----------
    exercise : str
        The exercise that the answer belongs to; of what is no exercise, any function is taken.
    answer : object
        What the student handed over; None where nothing was.
    own : callable
        Stands in meanwhile.
    runs : callable, optional
        Says of a class, or of what else is checked by a scenario in the notebook, whether a small run comes out right.

    Returns
    -------
    StandIn
    """
    if _can_run(exercise, answer, runs):
        return StandIn(answer, f"Your {exercise} is running.", yours=True)
    badge = f"The course's {exercise} is running. Yours takes over once its check passes."
    return StandIn(own, badge, yours=False)


def _can_run(exercise: str, answer: Any, runs: Callable[[Any], bool] | None) -> bool:
    if not callable(answer):
        return False
    if exercise not in exercise_units():
        return True
    key = load_key(exercise)
    if not key.scenario:
        return judge(answer, key).right
    return runs is None or _comes_out(runs, answer)


def _comes_out(runs: Callable[[Any], bool], answer: Any) -> bool:
    """Whether a small run is right; an answer that raises is not."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return runs(answer)
        except Exception:  # the student's code may raise anything
            return False
