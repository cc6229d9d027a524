"""The sentences of a verdict."""

from typing import Any

import numpy as np

from course.answers.compare import Difference
from course.answers.key import Case, Key
from course.answers.normalize import described

CARE_KEPT = {
    "unchanged": "the inputs are left as they were",
    "one row": "right for a batch of one",
    "float32": "right for float32 inputs",
    "views": "right for views and read-only arrays",
    "lists": "right for plain lists",
    "no warnings": "no warnings from numpy",
}

UNDER = {
    "one row": "For a batch of one,",
    "float32": "With float32 inputs,",
    "views": "With inputs that are read-only views (not contiguous in memory),",
    "lists": "With plain lists as inputs,",
    "no warnings": "For the inputs of this test,",
}

FEW = 8
"""The most numbers that are shown in full."""

SUGGESTIONS = (
    (
        "overflow",
        "A number grew too large for a float (overflow): is an exponential of a large number taken?",
    ),
    ("divide by zero", "Something is divided by zero."),
    ("invalid value", "An operation had no defined result (such as 0/0, or the log of a negative number)."),
)


def kind_of(value: object) -> str:
    """What an object is, with its article."""
    if value is None:
        return "None"
    if issubclass(type(value), int | float | complex | np.number):
        return "a number"
    if issubclass(type(value), np.ndarray):
        return "an array"
    if issubclass(type(value), str):
        return "text"
    return described(value)


def number(value: Any) -> str:
    """A number to about four decimals, large and small ones in scientific notation; whole ones as they are."""
    if isinstance(value, str) and value in ("True", "False"):
        return value
    if not isinstance(value, int | float | np.generic | np.ndarray):
        return repr(value)[:60]
    if np.asarray(value).dtype.kind in "iu":
        return str(int(value))
    x = float(value)
    if x == 0 or not np.isfinite(x):
        return f"{abs(x) if x == 0 else x:g}"
    return f"{x:.4f}" if 1e-3 <= abs(x) < 1e5 else f"{x:.4g}"


def headline(key: Key, failing: list[str]) -> str:
    """Which outputs are right and which are not."""
    right = [titled(key, name) for name in key.outputs if name not in failing]
    failing = [titled(key, name) for name in failing]
    if key.form in ("one", "yields") or len(key.outputs) == 1:
        return f"{key.exercise} is not right yet."
    if not right:
        return f"{key.exercise}: {joined(failing)} {'is' if len(failing) == 1 else 'are'} not right yet."
    are = "is" if len(right) == 1 else "are"
    are_not = "is" if len(failing) == 1 else "are"
    return f"{key.exercise}: {joined(right)} {are} right, {joined(failing)} {are_not} not."


def titled(key: Key, output: str) -> str:
    """What an output is called: its step's name, dW1, where the gradient of W1 comes back under the name W1."""
    return next((step.name for step in key.steps if step.output == output), output)


def joined(names: list[str]) -> str:
    """Names as a sentence lists them."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def worst(key: Key, output: str, gap: Difference, case: Case) -> str:
    """The line with the worst entry, or with the two shapes."""
    name = key.exercise if key.form in ("one", "yields") else titled(key, output)
    if gap.kind == "form":
        ending = " Does what should give it end in a return statement?" if gap.text == "None" else ""
        return f"{name}{gap.where} is {gap.text}.{ending}"
    if gap.kind == "shape":
        if not gap.expected.shape:
            return f"{name}{gap.where} has shape {gap.got.shape}; a single number is expected."
        got = f"has shape {gap.got.shape}" if gap.got.shape else "is a single number"
        return f"{name}{gap.where} {got}; expected {'' if gap.got.shape else 'shape '}{gap.expected.shape}."
    if gap.kind == "finite":
        return f"{name}{gap.where} is {number(gap.got)}; expected {number(gap.expected)}."
    source = "finite differences give" if output in case.measured else "expected"
    got, expected = number(gap.got), number(gap.expected)
    if got == expected:
        got, expected = f"{float(gap.got):.12g}", f"{float(gap.expected):.12g}"
    return f"{name}{gap.where} is {got}; {source} {expected}."


def advice(gap: Difference, inputs: dict[str, Any]) -> str:
    """What to do where no mistake was recognised."""
    if gap.kind == "shape":
        return "Write the shape beside every array in the function; the first line where it surprises you is the one."
    if gap.kind == "value" and not isinstance(gap.expected, str):
        numbers = "with the numbers above" if inputs and few(inputs) else "for a small example"
        what = "this one entry" if "[" in gap.where else "this number"
        return f"Work {what} out by hand {numbers}, and compare each step."
    if gap.kind == "finite":
        return "Print the steps in between: which one is the first that is not finite?"
    return ""


def changed(names: list[str]) -> str:
    """The sentence about inputs that were written to."""
    which = joined(list(dict.fromkeys(names)))
    return f"It changes its input {which}. Work on a copy, or build a new array: the caller still needs it."


def under(aspect: str) -> str:
    """The circumstance of an aspect of care, as the beginning of a sentence."""
    return UNDER.get(aspect, f"With {aspect},")


def warned(texts: tuple[str, ...]) -> list[str]:
    """Advice from numpy's warnings."""
    found = [advice for word, advice in SUGGESTIONS if any(word in text for text in texts)]
    return found[:2]


def described_inputs(inputs: dict[str, Any]) -> str:
    """Short words for the inputs: a few numbers in full, more of them by their shape."""
    return ", ".join(f"{name} = {_short(value)}" for name, value in inputs.items())


def few(value: Any) -> bool:
    """Whether an input, or all of them, holds so few numbers that they can be read."""
    return _entries(value) <= FEW


def _entries(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, dict):
        return sum(map(_entries, value.values()))
    return sum(map(_entries, value)) if isinstance(value, list | tuple) else 1


def _single(value: Any) -> bool:
    return isinstance(value, int | float | np.number)


def _row(values: Any, brackets: str) -> str:
    return f"{brackets[0]}{', '.join(map(_short, values))}{brackets[1]}"


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return f"a dict with {', '.join(value)}"
    if isinstance(value, tuple) and few(value):
        return repr(tuple(np.asarray(item).item() for item in value)) if all(map(_single, value)) else _row(value, "()")
    if isinstance(value, list | tuple) or np.ndim(value):
        if few(value):
            return _row(value, "[]")
        return f"an array of shape {value.shape}" if isinstance(value, np.ndarray) else f"a list of {len(value)}"
    if isinstance(value, np.ndarray | np.generic):
        value = value.item()
    return f"{value:.4g}" if isinstance(value, float) else repr(value)
