"""Patterns in which entries of an output are wrong: zeros and ones, some signs, the last rows left out."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course.answers.compare import close
from course.answers.key import Case, Key
from course.checking.verdict import Recognised

Pairs = Sequence[tuple[np.ndarray, np.ndarray]]
"""In each draw what was answered for an output, and what is expected, of the same shape."""


def by_entry(key: Key, pairs: Pairs) -> Recognised | None:
    """A pattern that shows in every draw, or None."""
    if not all(got.dtype.kind in "iuf" and expected.dtype.kind in "iuf" for got, expected in pairs):
        return None
    return _zeros_and_ones(pairs) or _some_signs(key, pairs) or _last_rows_left_out(pairs, key.tolerance)


def _zeros_and_ones(pairs: Pairs) -> Recognised | None:
    """What a comparison gives, True and False, where numbers are expected."""
    got, expected = (np.concatenate([array.ravel() for array in arrays]) for arrays in zip(*pairs, strict=True))
    if set(np.unique(got)) != {0, 1} or set(np.unique(expected)) <= {0, 1}:
        return None
    return Recognised(
        "zeros-and-ones",
        "Every entry is 0 or 1, as False and True are: this is what a comparison gives. A comparison takes all that "
        "stands on each side of it: does it lack brackets of its own, or is it still to be multiplied with something?",
    )


def _some_signs(key: Key, pairs: Pairs) -> Recognised | None:
    """The right sizes, some of them with the wrong sign."""
    if not all(close(np.abs(got), np.abs(e), key.tolerance) for got, e in pairs):
        return None
    wrong = [got * e < 0 for got, e in pairs]
    right = [got * e > 0 for got, e in pairs]
    if not any(map(np.any, wrong)) or not any(map(np.any, right)):
        return None
    for words, places in _places(key.cases, pairs):
        if all(np.array_equal(w, p & (w | r)) for w, r, p in zip(wrong, right, places, strict=True)):
            return Recognised("some-signs", f"The sizes are right. The sign is wrong {words}, and right elsewhere.")
    return Recognised("some-signs", "The sizes are right, and the signs of some entries are wrong: which ones?")


def _places(cases: Sequence[Case], pairs: Pairs) -> list[tuple[str, list[np.ndarray]]]:
    """Places of an output that can be named, with the words for them: by its sign, by an input's, by a label."""
    expected = [e for _, e in pairs]
    by_labels, by_signs = [], []
    for name in cases[0].inputs:
        values: list[Any] = [case.inputs.get(name) for case in cases]
        if all(_are_labels(v, e) for v, e in zip(values, expected, strict=True)):
            named = [np.arange(e.shape[1]) == v[:, None] for v, e in zip(values, expected, strict=True)]
            by_labels.append((f"in the column that {name} names", named))
            by_labels.append((f"in the columns that {name} does not name", [~mask for mask in named]))
        if all(isinstance(v, np.ndarray) and v.shape == e.shape for v, e in zip(values, expected, strict=True)):
            by_signs.append((f"where {name} is positive", [v > 0 for v in values]))
            by_signs.append((f"where {name} is negative", [v < 0 for v in values]))
    should_be = [
        ("where it should be negative", [e < 0 for e in expected]),
        ("where it should be positive", [e > 0 for e in expected]),
    ]
    return [*by_labels, *should_be, *by_signs]


def _are_labels(value: Any, expected: np.ndarray) -> bool:
    """Whether an input holds a column of the output for each of its rows."""
    return (
        isinstance(value, np.ndarray)
        and value.dtype.kind in "iu"
        and expected.ndim == 2
        and value.shape == expected.shape[:1]
        and bool(np.all((value >= 0) & (value < expected.shape[1])))
    )


def _last_rows_left_out(pairs: Pairs, tolerance: float) -> Recognised | None:
    """Right rows first, and after them nothing but zeros."""
    counts = [_right_before_zeros(got, expected, tolerance) for got, expected in pairs]
    if any(count == 0 for count in counts) or all(n == len(e) for n, (_, e) in zip(counts, pairs, strict=True)):
        return None
    of_columns = all(e.ndim > 1 and n == min(e.shape[:2]) for n, (_, e) in zip(counts, pairs, strict=True))
    part = "rows" if pairs[0][1].ndim > 1 else "entries"
    why = "does a loop end too early?"
    if of_columns:
        why = "as many are right as there are columns. Does a loop run over shape[1], where each turn is for a row?"
    return Recognised(
        "last-rows-left-out", f"The first {part} are right and the last ones are 0, as if never filled: {why}"
    )


def _right_before_zeros(got: np.ndarray, expected: np.ndarray, tolerance: float) -> int:
    """How many rows are right, if all after them are 0 and should not be; otherwise 0."""
    if not expected.ndim:
        return 0
    filled = [bool(np.any(row)) for row in got]
    count = len(filled) - filled[::-1].index(True) if any(filled) else 0
    left_out = all(np.any(row) for row in expected[count:])
    return count if left_out and count and close(got[:count], expected[:count], tolerance) else 0
