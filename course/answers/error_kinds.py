"""What Python's and numpy's errors and warnings say only in their text, as facts: classified once, where one is caught.

The sentences that a student reads about each kind are in :mod:`course.checking.advice.errors`.
"""

import re
from dataclasses import dataclass

TEXT_KINDS = (
    ("used-before-set", r"^UnboundLocalError: .*'(\w+)'"),
    ("none-has-attribute", r"^AttributeError: 'NoneType' object|^TypeError: .*\bNoneType\b"),
    ("attribute-not-kept", r"^AttributeError: '(?!Stretch)[A-Z]\w*' object has no attribute '(\w+)'"),
    ("dict-has-no-attribute", r"^AttributeError: 'dict' object has no attribute '(\w+)'"),
    ("list-has-no-attribute", r"^AttributeError: 'list' object has no attribute '(\w+)'"),
    (
        "number-has-no-attribute",
        r"^AttributeError: '(?:int|float|bool|numpy\.(?!ndarray)\w+)' object has no attribute '(\w+)'",
    ),
    ("array-has-no-attribute", r"^AttributeError: 'numpy\.ndarray' object has no attribute '(\w+)'"),
    ("numpy-has-no-attribute", r"^AttributeError: module 'numpy[\w.]*' has no attribute '(\w+)'"),
    ("truth-of-array", r"truth value of an array"),
    ("method-without-self", r"^TypeError: \w+(?:\.\w+)+\(\) takes \d+ positional arguments? but \d+ w"),
    ("class-without-init", r"^TypeError: (\w+)\(\) takes no arguments"),
    ("method-of-class", r"^TypeError: (\w+)\.\w+\(\) missing \d+ required positional argument"),
    (
        "call-arguments",
        r"^TypeError: (\w+)\(\) (?:missing \d+ required|takes (?:from )?\d+ |got (?:an unexpected"
        r"|multiple))",
    ),
    ("function-not-called", r"^TypeError: .*'(?:method|function)'"),
    ("no-function-called", r"'(?:list|tuple|dict|numpy\.ndarray)' object is not callable"),
    (
        "tuple-used",
        r"'tuple' object has no attribute|tuple indices must be integers|for [^ ]+: '(?:tuple' and"
        r"|\w+' and 'tuple')",
    ),
    (
        "arithmetic-of-many",
        r"can't multiply sequence by non-int|unsupported operand type\(s\) for [^:]+: (?:'(?:list"
        r"|dict)' and|'[\w.]+' and '(?:list|dict)')|bad operand type for [^:]+: '(?:list|tuple|dict)'"
        r"|can only concatenate (?:list|tuple)|not supported between instances of (?:'(?:list|tuple"
        r"|dict)'|'[\w.]+' and '(?:list|tuple|dict)')",
    ),
    ("number-called", r"'(?:int|float|numpy\.(?!ndarray)\w+)' object is not callable"),
    (
        "number-indexed",
        r"'(?:int|float|numpy\.float64)' object (?:is not subscriptable|does not support item assignment)",
    ),
    (
        "number-gone-through",
        r"'(?:int|float|numpy\.\w+)' object is not iterable|cannot unpack non-iterable (?:int|float"
        r"|numpy)|iteration over a 0-d array|object of type '(?:int|float|numpy\.\w+)' has no len"
        r"|len\(\) of unsized object",
    ),
    (
        "index-not-whole",
        r"only integers, slices|(?:list|string) indices must be integers"
        r"|arrays used as indices must be of integer",
    ),
    ("whole-number-wanted", r"cannot be interpreted as an integer|only integer scalar arrays can be converted"),
    ("shape-without-brackets", r"Cannot interpret '.*' as a data type"),
    ("missing-key", r"^KeyError: "),
    ("power-caret", r"bitwise_xor|unsupported operand type\(s\) for \^"),
    ("whole-number-array", r"^(?:numpy\.)?_?UFunc\w*CastingError|Cannot cast ufunc"),
    ("math-of-array", r"only 0-dimensional arrays can be converted|only length-1 arrays"),
    ("read-only", r"read-only"),
    ("no-such-axis", r"^(?:numpy\.exceptions\.)?AxisError"),
    ("shape-too-short", r"^IndexError: tuple index out of range"),
    ("too-many-indices", r"too many indices for array: array is (\d+)-dimensional, but (\d+) were indexed"),
    ("overflow", r"^OverflowError"),
    ("division-by-zero", r"^ZeroDivisionError"),
    ("endless-recursion", r"^RecursionError"),
    ("no-module", r"^(?:ModuleNotFoundError|ImportError)"),
    ("list-not-filled", r"^IndexError: list assignment index out of range"),
    ("index-beyond-axis", r"^IndexError: index (\d+) is out of bounds for axis \d+ with size (\d+)"),
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
ERROR_KINDS = {
    "unknown-name": 1,
    "method-missing": 1,
    **{kind: re.compile(pattern).groups for kind, pattern in TEXT_KINDS},
}
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
