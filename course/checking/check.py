"""``check(answer)``: compare an answer with its key, and name the mistake."""

import sys
from dataclasses import replace
from types import FunctionType
from typing import Any

from course.answers.call import named_results
from course.answers.error_report import own_code
from course.answers.key_files import exercise_units, load_key
from course.checking import display
from course.checking.judge import judge, judge_results
from course.checking.messages import joined
from course.checking.verdict import Verdict
from course.context import current
from course.errors import CheckFailed, UnknownExercise


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
    names = sys._getframe(1).f_globals
    if isinstance(answer, str):
        key = load_key(name or answer)
        if not key.scenario and not results:
            raise UnknownExercise(f"Hand over the function itself, without quotes: check({key.exercise}).")
        verdict = judge_results(named_results(results, key), key)
    else:
        key = load_key(name or _name_of(answer, names))
        verdict = _with_culprit(judge(answer, key), answer, names)
    _tell(verdict)


def ready(*answers: Any) -> bool:
    """Whether the values of all these answers are right, so that a cell can play with them.

    Where they are not, one line says which answer the cell waits for: ``if ready(mse): …``.
    """
    names = sys._getframe(1).f_globals
    named = [(_name_of(answer, names), answer) for answer in answers]
    waiting = [name for name, answer in named if not _right(name, answer, names)]
    if waiting:
        it, check_of_it = ("it", "its check") if len(waiting) == 1 else ("them", "their checks")
        print(f"This cell waits for {joined(waiting)}: write {it}, or mend {it}, and run {check_of_it} first.")
    return not waiting


def _right(name: str, answer: Any, names: dict[str, Any]) -> bool:
    """Whether an exercise's values are right; where nothing here runs it, whether it is written."""
    key = load_key(name) if name in exercise_units() else None
    run = _run_of(name, names) if key and key.scenario else answer
    if key is None or run is None:
        return not any("NotImplementedError" in code.co_names for code in own_code(answer))
    return judge(run, key).right


def _run_of(name: str, names: dict[str, Any]) -> Any:
    """The function of a check cell that runs this exercise in the open, if it is there: its ``subject`` says so."""
    runs = [value for value in names.values() if type(value) is FunctionType]
    return next((run for run in runs if getattr(run.__dict__.get("subject"), "__name__", None) == name), None)


def _with_culprit(verdict: Verdict, answer: Any, names: dict[str, Any]) -> Verdict:
    """A wrong verdict, with a word on another exercise's function that the answer calls and that is wrong itself."""
    if verdict.passed or not verdict.written or not callable(answer):
        return verdict
    called = dict.fromkeys(name for code in own_code(answer) for name in code.co_names if name in exercise_units())
    own = getattr(answer, "subject", answer)
    absent = [name for name in called if f"NameError: name '{name}' is not defined" in verdict.message]
    wrong = [
        name for name in called if name in names and names[name] is not own and not _right(name, names[name], names)
    ]
    if not absent and not wrong:
        return verdict
    note = f"It calls {joined(wrong)}, which is not right yet: mend that first." if wrong else ""
    note = f"Run the cell of {joined(absent)} first." if absent else note
    return replace(verdict, message="\n".join([*verdict.message.splitlines()[:2], note]))


def _name_of(answer: Any, names: dict[str, Any]) -> str:
    """The exercise that the caller's globals bind to this object, else the answer's own name."""
    exercises = exercise_units()
    bound = [variable for variable, value in names.items() if value is answer and variable in exercises]
    own = getattr(answer, "__name__", None) or getattr(getattr(answer, "func", None), "__name__", None)
    own = own if isinstance(own, str) else "this answer"
    return own if own in bound or not bound else bound[0]


def _tell(verdict: Verdict) -> None:
    mode = current().mode
    if verdict.passed or (not verdict.written and mode != "validate") or mode == "autograde":
        print(display.as_text(verdict))
        return
    display.show_table(verdict)
    raise CheckFailed(display.as_text(verdict))
