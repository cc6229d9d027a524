"""``check(answer)``: compare an answer with its key, and name the mistake."""

import sys
from types import FunctionType
from typing import Any

from course.answers.call import Caller, LocalCaller, named_results
from course.answers.key_files import current, exercise_units, load_key
from course.checking import display
from course.checking.judge import judge, judge_results
from course.checking.messages import joined, with_message
from course.checking.verdict import Diagnosis, Verdict
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
    if isinstance(answer, str):
        key = load_key(name or answer)
        if not key.scenario and not results:
            raise UnknownExercise(f"Hand over the function itself, without quotes: check({key.exercise}).")
        verdict = judge_results(named_results(results, key), key)
    else:
        names, caller = sys._getframe(1).f_globals, LocalCaller(answer)
        key = load_key(name or _exercise_of(answer, caller.name, names))
        verdict = _with_others_at_fault(judge(caller, key), caller, names)
    _show(verdict)


def ready(*answers: Any) -> bool:
    """Whether the values of all these answers are right, so that a cell can play with them.

    Where they are not, one line says which answer the cell waits for: ``if ready(mse): …``.
    """
    names = sys._getframe(1).f_globals
    named = [(_exercise_of(answer, LocalCaller(answer).name, names), answer) for answer in answers]
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
        return not any("NotImplementedError" in code.co_names for code in LocalCaller(answer).own_code)
    return judge(run, key).right


def _run_of(name: str, names: dict[str, Any]) -> Any:
    """The function of a check cell that runs this exercise in the open, if it is there: its ``subject`` says so."""
    runs = [value for value in names.values() if type(value) is FunctionType]
    return next((run for run in runs if getattr(run.__dict__.get("subject"), "__name__", None) == name), None)


def _with_others_at_fault(verdict: Verdict, caller: Caller, names: dict[str, Any]) -> Verdict:
    """A wrong verdict, with the functions of other exercises that the answer calls and that are missing or wrong."""
    if verdict.passed or not verdict.written or caller.refusal or verdict.diagnosis is None:
        return verdict
    called = {name: None for code in caller.own_code for name in code.co_names if name in exercise_units()}
    unknown = tuple(name for name in called if name == _unknown_name(verdict.diagnosis))
    wrong = tuple(
        name
        for name in called
        if name in names and names[name] is not caller.subject and not _right(name, names[name], names)
    )
    return with_message(verdict, unknown_calls=unknown, wrong_calls=wrong) if unknown or wrong else verdict


def _unknown_name(diagnosis: Diagnosis) -> str:
    """The name that the answer stopped at since nothing is called so yet, or nothing."""
    cause = diagnosis.failure.error.cause if diagnosis.failure and diagnosis.failure.error else None
    return cause.names[0] if cause and cause.kind == "unknown-name" else ""


def _exercise_of(answer: Any, own: str | None, names: dict[str, Any]) -> str:
    """The exercise that the caller's globals bind to this object, else the answer's own name."""
    exercises = exercise_units()
    bound = [variable for variable, value in names.items() if value is answer and variable in exercises]
    own = own or "this answer"
    return own if own in bound or not bound else bound[0]


def _show(verdict: Verdict) -> None:
    """Print a verdict, or raise it where the answer is wrong."""
    mode = current().mode
    if verdict.passed or (not verdict.written and mode != "validate") or mode == "autograde":
        print(display.as_text(verdict))
        return
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if hasattr(shell, "kernel"):
        display.show_table(verdict.evidence)
    raise CheckFailed(verdict.message if verdict.written else display.as_text(verdict))
