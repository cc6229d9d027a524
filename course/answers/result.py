"""What one call of an answer gave: values by output, or the failure that says why there are none."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np

from course.answers.error_kinds import NumpyWarning
from course.answers.error_report import ErrorReport, report_of, unwritten_function
from course.answers.normalize import Plain, described


class Kind(StrEnum):
    """What can be wrong with an answer."""

    NOT_WRITTEN = "not-written"
    NOT_A_FUNCTION = "not-a-function"
    WRONG_ARGUMENTS = "wrong-arguments"
    RAISES_ERROR = "raises-error"
    NEEDS_ANOTHER = "needs-another"
    RETURNS_NONE = "returns-none"
    NOT_NUMBERS = "not-numbers"
    RESULTS_NOT_NUMBERS = "results-not-numbers"
    NOT_A_DICT = "not-a-dict"
    DICT_INCOMPLETE = "dict-incomplete"
    SINGLE_VALUE = "single-value"
    OTHER_NUMBER_OF_VALUES = "other-number-of-values"
    MISSING_RESULTS = "missing-results"
    PROPERTY_BROKEN = "property-broken"
    WRONG_OUTPUTS = "wrong-outputs"
    CARE_NOT_TAKEN = "care-not-taken"


SHARED_MISTAKES = {
    Kind.RESULTS_NOT_NUMBERS: "not-numbers",
    Kind.DICT_INCOMPLETE: "missing-outputs",
    Kind.SINGLE_VALUE: "missing-outputs",
    Kind.OTHER_NUMBER_OF_VALUES: "missing-outputs",
}
"""Kinds of failure that a verdict does not tell apart."""


@dataclass(frozen=True)
class Failure:
    """Why a call gave no values.

    Attributes
    ----------
    kind : Kind
    found : str
        What stands in the place of a function or of numbers, as :mod:`course.answers.normalize` describes it.
    names : tuple of str
        The arguments that the answer takes; the function that is not written; the keys of the dict that it returned;
        or the results that are missing.
    count : int
        How many values were returned.
    shape : tuple of int
        The shape of the one array that was returned in place of several values; empty where it was none.
    error : ErrorReport or None
        The error that was raised, if one was.
    """

    kind: Kind
    found: str = ""
    names: tuple[str, ...] = ()
    count: int = 0
    shape: tuple[int, ...] = ()
    error: ErrorReport | None = None

    @property
    def mistake(self) -> str:
        """The id that a verdict gives it."""
        return SHARED_MISTAKES.get(self.kind, str(self.kind))


@dataclass(frozen=True, eq=False)
class Answered:
    """What one call gave: values by output, or the failure; inputs that it changed, and warnings of numpy's."""

    outputs: dict[str, Plain] = field(default_factory=dict)
    failure: Failure | None = None
    changed: tuple[str, ...] = ()
    warnings: tuple[NumpyWarning, ...] = ()

    @property
    def raised(self) -> str | None:
        """The error that the answer stopped with, as keys hold it; nothing where it gave values."""
        if self.failure is None:
            return None
        return self.failure.error.raised if self.failure.error else str(self.failure.kind)


def failure_of(error: BaseException, answer: Callable[..., Any], inputs: dict[str, Any]) -> Failure:
    """Why an answer that was called with these inputs stopped with an error."""
    report = report_of(error, inputs)
    taken = _arguments_that_do_not_fit(answer, inputs)
    if taken is not None:
        return Failure(Kind.WRONG_ARGUMENTS, names=taken, error=report)
    unwritten = unwritten_function(error)
    if unwritten:
        return Failure(Kind.NEEDS_ANOTHER, names=(unwritten,), error=report)
    return Failure(Kind.RAISES_ERROR, error=report)


def _arguments_that_do_not_fit(answer: Callable[..., Any], inputs: dict[str, Any]) -> tuple[str, ...] | None:
    """The arguments that an answer takes, where it can't be called with these inputs; else None."""
    try:
        signature = inspect.signature(answer)
        names = [str(p).split(":")[0].split("=")[0].strip() for p in signature.parameters.values()]
    except Exception:
        return None
    try:
        signature.bind(*inputs.values())
    except TypeError:
        return tuple(names)
    return None


def kind_of(value: object) -> str:
    """What an object is that is no function, with its article."""
    if value is None:
        return "None"
    for kind, words in (((int, float, complex, np.number), "a number"), (np.ndarray, "an array"), (str, "text")):
        if issubclass(type(value), kind):
            return words
    return described(value)
