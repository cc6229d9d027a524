"""What is said of an answer that stopped with an error, and whether it was written at all.

Like returned values, errors and callables are looked at from outside: nothing that they override runs,
except an error's own text, which may fail.
"""

import contextlib
import functools
import inspect
import os
import traceback
from collections.abc import Callable
from types import CodeType, FrameType, FunctionType, MethodType, TracebackType
from typing import Any

from course.answers import location as placing
from course.answers.hints import clue
from course.answers.normalize import name_of
from course.checking.messages import described_inputs
from course.errors import StoppedElsewhere

AUTHORS_MODULES = "exercises_of_"
"""How the names of the modules begin in which an author says how exercises are asked."""
ASKING = ("autograder.exercises.", AUTHORS_MODULES)
"""The same, and those of the modules that call what an author says."""
PACKAGE = os.path.dirname(os.path.dirname(__file__))
JUDGING = {PACKAGE, *(os.path.join(PACKAGE, name) for name in ("answers", "checking"))}
"""The folders whose functions call an answer or compare what it gives: no frame of theirs is the student's."""
MOST_WRAPPED = 20
MOST_TEXT = 300


def text_of(error: object) -> str:
    """The text of an error or a warning, shortened; none where it can't be had."""
    try:
        return str.__str__(str(error))[:MOST_TEXT]
    except KeyboardInterrupt:
        raise
    except BaseException:
        return ""


def raised_text(error: BaseException) -> str:
    """The error's type and text."""
    if type(error) is StoppedElsewhere:
        return str(error)
    name, text = name_of(type(error)), text_of(error)
    return f"{name}: {text}" if text else name


def asked_there(error: BaseException, inputs: dict[str, Any]) -> tuple[str, ...]:
    """The names of the arguments of the student's own function that stopped; none where that is not known."""
    if type(error) is StoppedElsewhere:
        return ()
    own = [frame for frame, _ in traceback.walk_tb(_trace(error)) if not _of_others(frame)]
    frame = next((f for f in reversed(own) if not f.f_code.co_name.startswith("<")), None)
    if frame is None:
        return tuple(inputs)
    return frame.f_code.co_varnames[: frame.f_code.co_argcount]


def _of_others(frame: FrameType) -> bool:
    file = frame.f_code.co_filename
    return _ours(file) or _library(file) or _asking(frame)


def stopped(error: BaseException, answer: Callable[..., Any], inputs: dict[str, Any]) -> tuple[str, str]:
    """The sentence about an answer that stopped, and the id of the problem."""
    arity = _arity_problem(answer, inputs)
    if arity:
        return arity, "wrong-arguments"
    if type(error) is StoppedElsewhere:
        return _stopped_elsewhere(error, inputs)
    places = [place for place in traceback.walk_tb(_trace(error)) if not _ours(place[0].f_code.co_filename)]
    if issubclass(type(error), NotImplementedError) and places:
        return f"calls {places[-1][0].f_code.co_name}, which is not written yet.", "needs-another"
    own = [place for place in places if not _library(place[0].f_code.co_filename)]
    line = placing.line_of(own[-1])[:MOST_TEXT] if own else ""
    where = f", in the line\n    {line}" if line else "."
    own = [place for place in own if not _asking(place[0])]
    told = placing.told(own, error, list(inputs), clue(own, error, text_of(error)))
    return f"stops with {raised_text(error)}{where}{_on_a_new_line(told)}{_called(inputs)}", "raises-error"


def _stopped_elsewhere(error: StoppedElsewhere, inputs: dict[str, Any]) -> tuple[str, str]:
    if error.unwritten:
        return f"calls {error.unwritten.split('.')[-1]}, which is not written yet.", "needs-another"
    where = f", in the line\n    {error.line}" if error.line else ""
    return f"stops with {error}{where or '.'}{_called(inputs)}", "raises-error"


def _on_a_new_line(text: str) -> str:
    return f"\n{text}" if text else ""


def _called(inputs: dict[str, Any]) -> str:
    """With what it was called, as the end of a sentence."""
    return f"\nIt was called with {described_inputs(inputs)}." if inputs else ""


def raised_by_stub(error: BaseException, answer: Callable[..., Any]) -> bool:
    """Whether it is the NotImplementedError of a stub in the answer's own body, and not in what it calls."""
    if type(error) is StoppedElsewhere:
        subject = getattr(answer, "subject", answer)
        return bool(error.unwritten) and error.unwritten.split(".")[0] == getattr(subject, "__name__", None)
    if not issubclass(type(error), NotImplementedError):
        return False
    frames = [f for f, _ in traceback.walk_tb(_trace(error)) if not _ours(f.f_code.co_filename)]
    return not frames or frames[-1].f_code in own_code(answer)


def _ours(file: str) -> bool:
    return os.path.dirname(file) in JUDGING


def _library(file: str) -> bool:
    return "site-packages" in file or "<frozen" in file


def _asking(frame: FrameType) -> bool:
    """Whether it runs where an author says how an exercise is asked."""
    return str(frame.f_globals.get("__name__", "")).startswith(ASKING)


def _trace(error: BaseException) -> TracebackType | None:
    return BaseException.__dict__["__traceback__"].__get__(error)


def code_under_stub(answer: object) -> bool:
    """Whether something was written below the stub's raise, where it is never reached."""
    with contextlib.suppress(Exception):
        lines = [line.strip() for line in inspect.getsource(answer).splitlines()]  # type: ignore[arg-type]
        below = lines[lines.index("raise NotImplementedError()") + 1 :]
        return any(line and not line.startswith("#") for line in below)
    return False


def own_code(answer: object) -> set[CodeType]:
    """The code objects of an answer: of a function, of what a partial or a decorator holds, or a class's methods."""
    for _ in range(MOST_WRAPPED):
        inner = _inside(answer)
        if inner is None:
            break
        answer = inner
    if type(answer) is FunctionType:
        return {answer.__code__}
    kind = answer if issubclass(type(answer), type) else type(answer)
    members = type.__dict__["__dict__"].__get__(kind).values()
    return {member.__code__ for member in members if type(member) is FunctionType}


def _inside(answer: object) -> object:
    """What an answer is a wrapper of: a method, a partial, a decorated function, a scenario's subject; or None."""
    if type(answer) is MethodType:
        return answer.__func__
    if issubclass(type(answer), functools.partial):
        return functools.partial.__dict__["func"].__get__(answer)
    own: dict[str, object] = {}
    if not issubclass(type(answer), type):
        with contextlib.suppress(Exception):
            own = object.__getattribute__(answer, "__dict__")
    return own.get("subject") or own.get("__wrapped__")


def _arity_problem(answer: Callable[..., Any], inputs: dict[str, Any]) -> str | None:
    try:
        signature = inspect.signature(answer)
        names = [str(p).split(":")[0].split("=")[0].strip() for p in signature.parameters.values()]
    except Exception:
        return None
    try:
        signature.bind(*inputs.values())
    except TypeError:
        taken = f"the arguments ({', '.join(names)})" if names else "no arguments"
        asked = f"{len(inputs)} of them: {', '.join(inputs)}" if inputs else "none"
        return f"takes {taken}; it is called with {asked}."
    return None
