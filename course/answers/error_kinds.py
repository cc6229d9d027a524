"""What Python's and numpy's errors and warnings say only in their text, as facts: classified once, where one is caught.

The sentences that a student reads about each kind are in :mod:`course.checking.error_messages`.
"""

import re
from dataclasses import dataclass

TEXT_KINDS = (
    ("used-before-set", r"^UnboundLocalError: .*'(\w+)'"),
    ("none-has-attribute", r"^AttributeError: 'NoneType' object"),
    ("attribute-not-kept", r"^AttributeError: '(?!Stretch)[A-Z]\w*' object has no attribute '(\w+)'"),
    ("truth-of-array", r"truth value of an array"),
    ("method-without-self", r"^TypeError: \w+(?:\.\w+)+\(\) takes \d+ positional arguments? but \d+ w"),
    ("class-without-init", r"^TypeError: (\w+)\(\) takes no arguments"),
    ("method-of-class", r"^TypeError: (\w+)\.\w+\(\) missing \d+ required positional argument"),
    ("function-not-called", r"^TypeError: .*'(?:method|function)'"),
    ("no-function-called", r"'(?:list|tuple|dict|numpy\.ndarray)' object is not callable"),
    (
        "tuple-used",
        r"'tuple' object has no attribute|tuple indices must be integers|for [^ ]+: '(?:tuple' and|\w+' and 'tuple')",
    ),
    ("number-called", r"'(?:int|float|numpy\.(?!ndarray)\w+)' object is not callable"),
    (
        "number-indexed",
        r"'(?:int|float|numpy\.float64)' object (?:is not subscriptable|does not support item assignment)",
    ),
    ("power-caret", r"bitwise_xor|unsupported operand type\(s\) for \^"),
    ("whole-number-array", r"^(?:numpy\.)?_?UFunc\w*CastingError|Cannot cast ufunc"),
    ("math-of-array", r"only 0-dimensional arrays can be converted|only length-1 arrays"),
    ("read-only", r"read-only"),
    ("no-such-axis", r"^(?:numpy\.exceptions\.)?AxisError|^IndexError: tuple index out of range"),
    ("overflow", r"^OverflowError"),
    ("list-not-filled", r"^IndexError: list assignment index out of range"),
    ("index-too-large", r"^IndexError: .*out of (?:bounds|range)"),
    ("unpacking", r"^ValueError: (?:too many|not enough) values to unpack"),
    ("ragged-array", r"inhomogeneous shape"),
    ("array-into-entry", r"setting an array element with a sequence"),
    ("matmul-shapes", r"matmul: Input operand"),
    ("dot-shapes", r"shapes .* not aligned"),
    ("reshape-size", r"cannot reshape array of size"),
    ("output-too-small", r"non-broadcastable output operand"),
    ("broadcast-shapes", r"could not be broadcast together"),
)
"""Each kind with the pattern of an error's type and text; the groups of a pattern are the names of the fact."""
ERROR_KINDS = {"unknown-name": 1, **{kind: re.compile(pattern).groups for kind, pattern in TEXT_KINDS}}
"""All kinds of errors, with the number of names that each is about."""
WARNING_KINDS = ("overflow", "divide by zero", "invalid value")
"""The kinds of numpy's warnings, as numpy words them."""


@dataclass(frozen=True)
class Fact:
    """One thing that an error or its frames give away: its kind, from a closed set, and the names it is about."""

    kind: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class NumpyWarning:
    """A warning of numpy's: its text, and the kind of it, or nothing where it is another."""

    text: str
    kind: str = ""


def classified(raised: str) -> Fact | None:
    """The kind of error that a type and text stand for, with the names in it, or None where it is no known kind."""
    for kind, pattern in TEXT_KINDS:
        found = re.search(pattern, raised)
        if found:
            return Fact(kind, found.groups())
    return None


def warning_from(text: str) -> NumpyWarning:
    """A warning with its kind."""
    return NumpyWarning(text, next((kind for kind in WARNING_KINDS if kind in text), ""))
