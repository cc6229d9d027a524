"""``check(answer)``: compare an answer with its key, and name the mistake."""

import os
import sys
from typing import Any

from course import display
from course.answering import named_results
from course.errors import CheckFailed, UnknownExercise
from course.judging import Verdict, judge, judge_results
from course.key import exercise_units, load_key


def check(answer: Any, /, *, name: str | None = None, **results: Any) -> None:
    """Check an answer and print one line for each aspect that passed.

    Parameters
    ----------
    answer : callable or str
        The function to check; or, for a class or a longer scenario, the exercise's name,
        with the results it came to as keywords: ``check("value_backward", da=a.grad)``.
    name : str, optional
        The exercise, where neither the variable nor the function is called like it.

    Raises
    ------
    CheckFailed
        If the answer is wrong: the message says where and why. A stub that has not been written yet only
        prints so, except while nbgrader validates.
    UnknownExercise
        If no exercise has this name.
    """
    if isinstance(answer, str):
        key = load_key(name or answer)
        if not key.scenario and not results:
            raise UnknownExercise(f"Hand over the function itself, without quotes: check({key.exercise}).")
        verdict = judge_results(named_results(results, key), key)
    else:
        key = load_key(name or _name_of(answer, sys._getframe(1).f_globals))
        verdict = judge(answer, key)
    _tell(verdict)


def _name_of(answer: Any, names: dict[str, Any]) -> str:
    """The exercise that the caller's globals bind to this object, else the answer's own name."""
    exercises = exercise_units()
    bound = [variable for variable, value in names.items() if value is answer and variable in exercises]
    own = getattr(answer, "__name__", None) or getattr(getattr(answer, "func", None), "__name__", None)
    own = own if isinstance(own, str) else "this answer"
    return own if own in bound or not bound else bound[0]


def _tell(verdict: Verdict) -> None:
    mode = os.environ.get("NBGRADER_EXECUTION", "")
    if verdict.passed or (not verdict.written and mode != "validate") or mode == "autograde":
        print(display.as_text(verdict))
        return
    display.show_table(verdict)
    raise CheckFailed(display.as_text(verdict))
