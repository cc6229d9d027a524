"""How an answer is called with the inputs of a draw, and what came of it.

A :class:`Caller` calls one answer. :class:`LocalCaller` does so in this process; the grader has another one for answers
that run in the sandbox.
"""

import contextlib
import functools
import inspect
import itertools
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import CodeType, FunctionType, MethodType
from typing import Any

import numpy as np

from course.answers.compare import copied, is_changed, outputs_of
from course.answers.error_kinds import NumpyWarning, warning_from
from course.answers.error_report import is_of_stub, text_of
from course.answers.key import Case, Key
from course.answers.normalize import plain
from course.answers.result import Answered, Failure, Kind, failure_of, kind_of
from course.errors import NotPlain

MAX_WRAPPED = 20


class NotWritten(Exception):
    """The answer is the untouched stub."""


class Caller:
    """Calls one answer, and knows of it what judging asks beside its results.

    Attributes
    ----------
    subject : object
        What the student defined: the answer itself, or the class that a scenario around it runs.
    """

    subject: Any

    def answers(self, key: Key, cases: Sequence[Case]) -> Iterator[Answered | None]:
        """What the answer gives for each draw, one after the other; None where it is the untouched stub."""
        raise NotImplementedError

    @property
    def refusal(self) -> Failure | None:
        """Why it can't be called at all, or None."""
        return None

    @property
    def name(self) -> str | None:
        """The answer's own name, if it has one."""
        return None

    @property
    def own_code(self) -> set[CodeType]:
        """The code that the student wrote for it, where that is in this process."""
        return set()

    @property
    def code_below_stub(self) -> bool:
        """Whether something was written below the stub's raise, where it is never reached."""
        return False

    def call(self, key: Key, case: Case) -> Answered:
        """What the answer gives for one draw.

        Raises
        ------
        NotWritten
            If the answer itself raises NotImplementedError.
        """
        return _written(next(iter(self.answers(key, (case,)))))

    def call_each(self, key: Key, cases: Sequence[Case]) -> list[Answered | None]:
        """What the answer gives for each draw; None where it is not written."""
        return list(self.answers(key, cases))

    def call_until_failure(self, key: Key, cases: Sequence[Case]) -> list[Answered]:
        """What the answer gives for one draw after the other, up to the first that comes to nothing.

        Raises
        ------
        NotWritten
        """
        found: list[Answered] = []
        for answered in self.answers(key, cases):
            found.append(_written(answered))
            if found[-1].failure:
                break
        return found


def _written(answered: Answered | None) -> Answered:
    if answered is None:
        raise NotWritten
    return answered


class LocalCaller(Caller):
    """Calls an answer in this process.

    Parameters
    ----------
    answer : object
        A function or another callable; what has a ``subject``, as a scenario has, is called around that.
    """

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    @property
    def subject(self) -> Any:
        return getattr(self.answer, "subject", self.answer)

    def answers(self, key: Key, cases: Sequence[Case]) -> Iterator[Answered | None]:
        for case in cases:
            try:
                yield call(self.answer, key, case)
            except NotWritten:
                yield None

    @property
    def refusal(self) -> Failure | None:
        return None if callable(self.answer) else Failure(Kind.NOT_A_FUNCTION, found=kind_of(self.answer))

    @property
    def name(self) -> str | None:
        own = getattr(self.answer, "__name__", None) or getattr(getattr(self.answer, "func", None), "__name__", None)
        return own if isinstance(own, str) else None

    @property
    def own_code(self) -> set[CodeType]:
        return own_code(self.answer)

    @property
    def code_below_stub(self) -> bool:
        with contextlib.suppress(Exception):
            lines = [line.strip() for line in inspect.getsource(self.answer).splitlines()]
            below = lines[lines.index("raise NotImplementedError()") + 1 :]
            return any(line and not line.startswith("#") for line in below)
        return False


def call(answer: Callable[..., Any], key: Key, case: Case) -> Answered:
    """What an answer gives when it is called with copies of the inputs, and which of these it changes.

    Raises
    ------
    NotWritten
        If the answer itself raises NotImplementedError.
    """
    answered, inputs = called(answer, key, case)
    return with_changed(answered, case, inputs, key)


def called(answer: Callable[..., Any], key: Key, case: Case) -> tuple[Answered, dict[str, Any]]:
    """What an answer gives, and the copies of the inputs as they are after it.

    Raises
    ------
    NotWritten
        If the answer itself raises NotImplementedError.
    """
    inputs = {name: copied(value) for name, value in case.inputs.items()}
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        try:
            value = answer(*inputs.values())
            if key.form == "yields" and hasattr(type(value), "__iter__"):
                value = list(itertools.islice(value, key.most_items))
            tree = plain(value)
        except NotPlain as reason:
            return Answered(failure=Failure(Kind.NOT_NUMBERS, found=str(reason))), inputs
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            if is_of_stub(error, answer, own_code(answer)):
                raise NotWritten from None
            return Answered(failure=failure_of(error, answer, case.inputs)), inputs
    found = outputs_of(tree, key)
    if isinstance(found, Failure):
        return Answered(failure=found), inputs
    return Answered(found, warnings=_numpy_warnings(caught)), inputs


def with_changed(answered: Answered, case: Case, inputs: Mapping[str, Any], key: Key) -> Answered:
    """What an answer gave, with the names of the inputs that are not after it what they are in the case."""
    if answered.failure and answered.failure.kind is not Kind.RETURNS_NONE:
        return answered
    changed = (name for name, value in case.inputs.items() if is_changed(value, inputs[name], key.unchanged_within))
    return replace(answered, changed=tuple(changed))


def _numpy_warnings(caught: Sequence[warnings.WarningMessage]) -> tuple[NumpyWarning, ...]:
    texts = dict.fromkeys(text_of(w.message) for w in caught if issubclass(w.category, RuntimeWarning))
    return tuple(map(warning_from, texts))


def named_results(results: dict[str, object], key: Key) -> Answered:
    """The results that a scenario in the notebook came to, as if an answer had returned them."""
    try:
        tree = {name: plain(value) for name, value in results.items()}
    except NotPlain as reason:
        return Answered(failure=Failure(Kind.RESULTS_NOT_NUMBERS, found=str(reason)))
    missing = tuple(name for name in key.outputs if name not in tree)
    if missing:
        return Answered(failure=Failure(Kind.MISSING_RESULTS, names=missing))
    return Answered({name: tree[name] for name in key.outputs})


def own_code(answer: object) -> set[CodeType]:
    """The code objects of an answer: of a function, of what a partial or a decorator holds, or a class's methods."""
    for _ in range(MAX_WRAPPED):
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
