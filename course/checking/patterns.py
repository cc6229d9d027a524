"""Patterns that need no list of mistakes: a factor, a transpose, one row right, an input without part, and others."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np

from course.answers.compare import close, same
from course.answers.key import Case, Key
from course.answers.normalize import Plain, as_array, fitted, leaves, plain
from course.answers.result import Answered
from course.checking.entries.patterns_by_entry import by_entry
from course.checking.verdict import Recognised
from course.errors import NotPlain


def pattern(key: Key, answered: Sequence[Answered], output: str) -> Recognised | None:
    """Patterns of one output that need no list: one number for all, a factor, a transpose, right where z > 0."""
    try:
        pairs = [
            (_flat(answer.outputs[output]), _flat(case.expected[output]))
            for answer, case in zip(answered, key.cases, strict=True)
        ]
    except NotPlain:
        return None
    if any(got.dtype.kind == "c" for got, _ in pairs):
        return None
    if found := _one_number(pairs) or _all_pairs(pairs):
        return found
    if all(got.shape == expected.shape for got, expected in pairs):
        return (
            _rounded(pairs)
            or _factor(key, pairs)
            or _partly_right(key, pairs)
            or by_entry(key, pairs)
            or _nearly(pairs)
        )
    if all(got.T.shape == e.shape and close(got.T, e, key.tolerance) for got, e in pairs):
        return Recognised(
            "transposed", "This is the transpose of the right result. Write the shapes beside each array."
        )
    return None


def _flat(tree: Plain) -> np.ndarray:
    """A single array as it is; a list or dict of arrays as one long row."""
    if isinstance(tree, list | dict):
        parts = [as_array(leaf).ravel() for _, leaf in leaves(tree)]
        return np.concatenate(parts) if parts else np.zeros(0)
    return as_array(tree)


FACTOR_WORDS = {
    "-1": "has the opposite sign.",
    "2": "is twice the expected value: is a factor 2 counted twice, or a ½ left out?",
    "1/2": "is half of the expected value: is a factor 2 missing, or counted where there is none?",
}
MOST_DECIMALS = 8
MANY = 4
"""How many different numbers must be expected where one number for all is told of."""
NEARLY_RIGHT, WRONG_ORDER = "nearly-right", "wrong-order"
NEARLY = 3e-3
"""How far from the expected values, relative to their size, something counts as nearly right."""


def _one_number(pairs: list[tuple[np.ndarray, np.ndarray]]) -> Recognised | None:
    """The same number in every entry of every draw, where others are expected."""
    got, expected = (np.concatenate([np.ravel(part) for part in parts]) for parts in zip(*pairs, strict=True))
    if not got.size or got.dtype.kind not in "iuf" or not np.all(np.isfinite(got)):
        return None
    if np.ptp(got) or len(np.unique(expected)) < MANY:
        return None
    return Recognised(
        "one-number",
        f"Every number is {got[0]:.4g}, in every draw. Is a result returned that was not worked out yet, or does a "
        "condition choose one branch for all?",
    )


def _all_pairs(pairs: list[tuple[np.ndarray, np.ndarray]]) -> Recognised | None:
    """A table of all pairs in the place of a row or a column."""
    if not all(e.shape != g.shape == 2 * (e.size,) and e.size in e.shape for g, e in pairs):
        return None
    return Recognised(
        "all-pairs",
        "Every entry meets every other: a column and a row, combined entry by entry, are stretched to a table of all "
        "pairs. Print the shapes of the two, and give them the same one.",
    )


def _rounded(pairs: list[tuple[np.ndarray, np.ndarray]]) -> Recognised | None:
    """The right values with their last decimals cut off."""
    for decimals in range(MOST_DECIMALS):
        cut = [np.round(expected, decimals) for _, expected in pairs]
        if all(np.any(c) and np.array_equal(got, c) for (got, _), c in zip(pairs, cut, strict=True)):
            return Recognised(
                "rounded", f"The result is rounded to {decimals} decimals. Return it as it is: all digits are needed."
            )
    return None


def is_nearly(got: Plain, expected: Plain) -> bool:
    """Whether a value is the expected one but for a little."""
    try:
        one, other = _flat(got), _flat(expected)
    except NotPlain:
        return False
    numbers = one.shape == other.shape and one.dtype.kind in "iuf"
    return numbers and bool(np.any(other)) and close(one.astype(float), other, NEARLY)


def _nearly(pairs: list[tuple[np.ndarray, np.ndarray]]) -> Recognised | None:
    """The right values but for a little in every draw, as where a small number is added to what is divided by."""
    if all(is_nearly(got, expected) for got, expected in pairs):
        return Recognised(
            NEARLY_RIGHT,
            "This is nearly right in every draw: something small is off. Is a number written in where an argument is "
            "asked for, one added inside a logarithm or below a fraction line, something clipped, or a digit cut off?",
        )
    return None


def _factor(key: Key, pairs: list[tuple[np.ndarray, np.ndarray]]) -> Recognised | None:
    """A factor that is the same for all entries: N, 1/N, M, 2, ½, −1, or another constant."""
    ratios = []
    for got, expected in pairs:
        size = float(np.sum(expected.astype(float) ** 2))
        if not size or not np.all(np.isfinite(got)):
            return None
        ratio = float(np.sum(got * expected)) / size
        if not ratio or not close(np.asarray(got / ratio, dtype=float), expected, max(key.tolerance, 1e-6)):
            return None
        ratios.append(ratio)
    entries = "Every entry" if any(expected.ndim for _, expected in pairs) else "It"
    for letter in key.cases[0].sizes:
        sizes = [case.sizes.get(letter, 1) for case in key.cases]
        if min(sizes) == 1:
            continue
        if np.allclose(ratios, sizes, rtol=1e-4):
            return Recognised(f"factor-{letter}", f"{entries} {_too_large(letter)}")
        if np.allclose(ratios, 1 / np.array(sizes), rtol=1e-4):
            return Recognised(f"factor-1/{letter}", f"{entries} {_too_small(letter)}")
    for name, value in (("-1", -1.0), ("2", 2.0), ("1/2", 0.5)):
        if np.allclose(ratios, value, rtol=1e-4):
            return Recognised(f"factor-{name}", f"{entries} {FACTOR_WORDS[name]}")
    if len(ratios) > 1 and np.allclose(ratios, ratios[0], rtol=1e-4) and abs(ratios[0] - 1) > 1e-3:
        return Recognised("factor", f"{entries} is {ratios[0]:.4g} times the expected value.")
    return None


def _too_large(letter: str) -> str:
    return f"is {letter} times the expected value: a sum stands where a mean over {letter} is asked for."


def _too_small(letter: str) -> str:
    reason = (
        "it is averaged once too often. The 1/N belongs to the loss, and to nothing else."
        if letter == "N"
        else f"a mean over {letter} stands where a sum is asked for."
    )
    return f"is 1/{letter} of the expected value: {reason}"


def _partly_right(key: Key, pairs: list[tuple[np.ndarray, np.ndarray]]) -> Recognised | None:
    if all(_only_right(g, e, np.arange(len(e)) == 0, key.tolerance) for g, e in pairs if e.ndim) and pairs[0][1].ndim:
        part = "row" if pairs[0][1].ndim > 1 else "entry"
        if key.in_order:
            order = f"The first {part} is right and the second is not: look at what is done between the two."
            return Recognised("first-row-only", order)
        return Recognised("first-row-only", f"The first {part} is right and the others are not: are all of them used?")
    for name in key.cases[0].inputs:
        masks = [case.inputs.get(name) for case in key.cases]
        if all(
            isinstance(m, np.ndarray)
            and m.ndim
            and m.dtype.kind == "f"
            and m.shape == e.shape
            and _only_right(g.ravel(), e.ravel(), m.ravel() > 0, key.tolerance)
            for m, (g, e) in zip(masks, pairs, strict=True)
        ):
            return Recognised(
                "right-where-positive", f"The entries are right where {name} > 0 and wrong where it is not."
            )
    return None


def _only_right(got: np.ndarray, expected: np.ndarray, rows: np.ndarray, tolerance: float) -> bool:
    """Whether these rows are right, and each of the others is wrong."""
    others = np.flatnonzero(~rows)
    return bool(
        rows.any()
        and len(others)
        and close(got[rows], expected[rows], tolerance)
        and not any(close(got[k], expected[k], tolerance) for k in others)
    )


def permuted(key: Key, answered: Sequence[Answered]) -> Recognised | None:
    """The right values in another order, or under other names, in every draw."""
    if key.form not in ("several", "dict"):
        return None
    places: dict[str, str] = {}
    for answer, case in zip(answered, key.cases, strict=True):
        left, places = list(key.outputs), {}
        for output in key.outputs:
            found = [o for o in left if _is(answer.outputs[output], case.expected[o])]
            if not found:
                return None
            places[output] = output if output in found else found[0]
            left.remove(places[output])
    return Recognised(WRONG_ORDER, _in_another_order(key, places))


def _is(value: Plain, expected: Plain) -> bool:
    """Whether a value is what is expected, lists for arrays too."""
    try:
        return same(fitted(value, expected), expected)
    except NotPlain:
        return False


def _in_another_order(key: Key, places: dict[str, str]) -> str:
    if key.form == "several":
        return f"These are the right values in another order. Return {', '.join(key.outputs)}."
    moved = [f"{name} holds the right {place}" for name, place in places.items() if name != place]
    return f"These are the right values under other names: {', '.join(moved)}."


def input_without_part(key: Key, core: Sequence[tuple[Answered, Case]], output: str) -> Recognised | None:
    """An input that plays no part in an output: where the same call is made with another one, nothing changes."""
    again = [(answered.outputs[output], case) for answered, case in core if case.corner == "called again"]
    seen: dict[str, bool] = {}
    for (got, case), (other, changed) in combinations(again, 2):
        differing = [name for name, value in case.inputs.items() if not _alike(value, changed.inputs.get(name))]
        if len(differing) == 1 and not _alike(case.expected[output], changed.expected[output]):
            seen[differing[0]] = seen.get(differing[0], True) and _alike(got, other)
    unused = [name for name, same_result in seen.items() if same_result]
    if len(unused) != 1:
        return None
    where = "it" if len(key.outputs) == 1 else output
    return Recognised(
        f"no-part-of-{unused[0]}",
        f"{unused[0]} plays no part in {where}: where {unused[0]} alone is another one, the same comes out.",
    )


def _alike(one: Any, other: Any) -> bool:
    """Whether two inputs, or two results, are the same."""
    return one is other if callable(one) or callable(other) else same(plain(one), plain(other))
