"""Whether one value equals another as an answer: shape first, then finiteness, then the norm-relative error.

Also whether an input is still what it was, and the copy of it that an answer is called with.
"""

import copy
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.answers.key import Case, Key
from course.answers.normalize import Plain, fitted, leaves, rows_of
from course.answers.result import Failure, Kind
from course.errors import NotPlain

FLOAT32_TOLERANCE, FLOAT32_ROUNDING = 1e-4, 5e-6
"""How exact an answer in float32 is: where an exercise asks for float32 too, and where it is only rounded."""
LEAST_TOLERANCE = {"float32": FLOAT32_TOLERANCE}
"""The least tolerance in the draws of an aspect of care, where it has one."""


@dataclass(frozen=True)
class Difference:
    """Where and how an output differs.

    ``kind`` is ``form``, ``shape``, ``finite`` or ``value``; ``where`` the path and index of the worst entry;
    ``text`` says what stands there in place of the form asked for, ``nothing`` whether that is None.
    """

    kind: str
    where: str = ""
    got: Any = None
    expected: Any = None
    text: str = ""
    nothing: bool = False


def outputs_of(tree: Plain, key: Key) -> dict[str, Plain] | Failure:
    """The returned value as one entry for each output, or why that can't be."""
    if tree is None:
        return Failure(Kind.RETURNS_NONE)
    if key.form in ("one", "yields"):
        return {key.outputs[0]: tree}
    if isinstance(tree, dict):
        if any(name not in tree for name in key.outputs):
            return Failure(Kind.DICT_INCOMPLETE, names=tuple(tree))
        return {name: tree[name] for name in key.outputs}
    if key.form == "dict":
        return Failure(Kind.NOT_A_DICT)
    shape = tree.shape if isinstance(tree, np.ndarray) else ()
    if isinstance(tree, np.ndarray) and tree.ndim:
        tree = rows_of(tree)
    if not isinstance(tree, list):
        return Failure(Kind.SINGLE_VALUE)
    if len(tree) != len(key.outputs):
        return Failure(Kind.OTHER_NUMBER_OF_VALUES, count=len(tree), shape=shape)
    return dict(zip(key.outputs, tree, strict=True))


def output_difference(
    key: Key, output: str, outputs: dict[str, Plain], case: Case, loose: float = 0.0
) -> Difference | None:
    """How an output differs from what the case expects, or None; ``loose`` is the least tolerance."""
    return difference(
        outputs[output],
        case.expected[output],
        max(key.tolerance, loose),
        key.absolute,
        bias=output in key.bias_outputs,
        in_order=key.in_order,
        float32=FLOAT32_TOLERANCE if key.scenario or "float32" in key.care else FLOAT32_ROUNDING,
    )


def count_of_numbers(value: Any) -> int:
    """How many numbers an input holds."""
    if isinstance(value, np.ndarray):
        return value.size
    items = value.values() if isinstance(value, dict) else value
    return sum(map(count_of_numbers, items)) if isinstance(value, list | tuple | dict) else 1


def wrong_outputs(key: Key, answered: Sequence[tuple[dict[str, Plain], Case]]) -> dict[str, tuple[int, Difference]]:
    """The outputs that are wrong in any draw, each with the number of a draw and how it differs there.

    Ordinary draws go before corners, since a mistake is known by those, and few numbers before many, to be followed.
    """
    found: dict[str, tuple[int, Difference]] = {}
    ranks = [(bool(case.corner), sum(map(count_of_numbers, case.inputs.values()))) for _, case in answered]
    for number in sorted(range(len(answered)), key=ranks.__getitem__):
        outputs, case = answered[number]
        for output in key.outputs:
            gap = output_difference(key, output, outputs, case)
            if gap and output not in found:
                found[output] = (number, gap)
    return found


@np.errstate(all="ignore")
def difference(
    got: Plain,
    expected: Plain,
    tolerance: float,
    absolute: float,
    bias: bool = False,
    in_order: bool = False,
    float32: float = FLOAT32_TOLERANCE,
) -> Difference | None:
    """The first leaf in which an output differs from the expected one.

    Parameters
    ----------
    got, expected : plain values
    tolerance : float
        Largest ‖got − expected‖ / ‖expected‖.
    absolute : float
        What ‖got − expected‖ may be on top of that, such as where the expected value is zero.
    bias : bool
        Whether (1, M) is as good as (M,).
    in_order : bool
        Whether to name the first wrong entry in place of the worst.
    float32 : float
        The least tolerance where the answer is float32.

    Returns
    -------
    Difference or None
    """
    try:
        got = fitted(got, expected)
    except NotPlain as reason:
        return Difference("form", text=str(reason), nothing=reason.nothing)
    for (path, g), (_, e) in zip(leaves(got), leaves(expected), strict=True):
        single = isinstance(g, np.ndarray) and g.dtype in (np.float32, np.float16)
        found = _leaf_difference(path, g, e, max(tolerance, float32 * single), absolute, bias, in_order)
        if found:
            return found
    return None


def _leaf_difference(
    path: str, got: Plain, expected: Plain, tolerance: float, absolute: float, bias: bool, in_order: bool
) -> Difference | None:
    if not isinstance(expected, np.ndarray):
        return None if got == expected else Difference("value", path, got, expected)
    if bias and got.shape == (1, *expected.shape):
        got = got[0]
    if got.shape != expected.shape:
        return Difference("shape", path, got, expected)
    if got.dtype.kind == "c":
        return Difference("form", path, text="an array of complex numbers" if got.ndim else "a complex number")
    bad = ~(np.isfinite(got) | (np.isinf(expected) & (got == expected)))
    if bad.any():
        index = tuple(int(k) for k in np.argwhere(bad)[0])
        return Difference("finite", path + indexed(index), got[index], expected[index])
    if close(got, expected, tolerance, absolute):
        return None
    gap = np.where(got == expected, 0.0, np.abs(got.astype(float) - expected))
    if in_order:
        gap = (np.isinf(gap) | (gap > tolerance * np.abs(expected) + absolute)).astype(float)
    index = tuple(int(k) for k in np.unravel_index(np.argmax(gap), gap.shape)) if gap.ndim else ()
    return Difference("value", path + indexed(index), got[index], expected[index])


def close(got: np.ndarray, expected: np.ndarray, tolerance: float, absolute: float = 1e-12) -> bool:
    """Whether two arrays of one shape are equal to a norm-relative tolerance; infinities must coincide."""
    finite = np.isfinite(expected)
    if not np.array_equal(got[~finite], expected[~finite], equal_nan=True):
        return False
    with np.errstate(all="ignore"):
        e = expected[finite].astype(float)
        gap = got[finite].astype(float) - e
        scale = float(np.max(np.abs([e, gap]), initial=0.0))  # so that no square overflows
        if not scale:
            return True
        size, gap_size = np.linalg.norm(e / scale), np.linalg.norm(gap / scale)
        return bool(gap_size <= tolerance * size + absolute / scale)


def relative_error(got: Plain, measured: np.ndarray) -> float:
    """‖got − measured‖ / (‖got‖ + ‖measured‖), 0 where both are zero."""
    g = np.asarray(got, dtype=float).ravel()
    gap = float(np.linalg.norm(g - measured.ravel()))
    total = float(np.linalg.norm(g) + np.linalg.norm(measured))
    return gap / total if total else 0.0


def same(one: Plain, other: Plain, tolerance: float = 1e-6) -> bool:
    """Whether two plain values agree in form, shape and numbers, NaN equal to NaN."""
    ours, theirs = leaves(one), leaves(other)
    if [path for path, _ in ours] != [path for path, _ in theirs]:
        return False
    return all(_same_leaf(a, b, tolerance) for (_, a), (_, b) in zip(ours, theirs, strict=True))


def _same_leaf(one: Plain, other: Plain, tolerance: float) -> bool:
    if not isinstance(one, np.ndarray) or not isinstance(other, np.ndarray):
        return type(one) is type(other) and one == other
    if one.shape != other.shape or "c" in (one.dtype.kind, other.dtype.kind):
        return False
    if np.float32 in (one.dtype, other.dtype):
        tolerance = max(tolerance, FLOAT32_TOLERANCE)
    return close(one, other, tolerance, 1e-9 * tolerance)


def copied(value: Any) -> Any:
    """A copy that keeps the memory layout and the read-only flag, which care checks rely on."""
    if isinstance(value, np.ndarray):
        if value.base is not None and not value.flags.c_contiguous:
            spread = np.zeros((*value.shape, 2), value.dtype)
            view = spread[..., 0]
        else:
            view = np.empty_like(value)
        view[...] = value
        view.flags.writeable = value.flags.writeable
        return view
    if isinstance(value, list):
        return [copied(item) for item in value]
    if isinstance(value, tuple):
        return tuple(copied(item) for item in value)
    if isinstance(value, dict):
        return {name: copied(item) for name, item in value.items()}
    return copy.deepcopy(value)


def is_changed(before: Any, after: Any, within: float) -> bool:
    """Whether an input is no longer what it was, but for a relative and absolute change ``within`` which it stays."""
    if type(before) is not type(after):
        return True
    if isinstance(before, np.ndarray):
        if before.shape != after.shape or before.dtype != after.dtype:
            return True
        if before.dtype.kind in "fc" and within:
            return not np.allclose(before, after, rtol=within, atol=within, equal_nan=True)
        return not np.array_equal(before, after, equal_nan=before.dtype.kind in "fc")
    if isinstance(before, list | tuple):
        return len(before) != len(after) or any(is_changed(b, a, within) for b, a in zip(before, after, strict=True))
    if isinstance(before, dict):
        return before.keys() != after.keys() or any(is_changed(before[k], after[k], within) for k in before)
    if isinstance(before, float):
        return before == before and not math.isclose(before, after, rel_tol=within, abs_tol=within)
    return isinstance(before, int | str) and before != after


def indexed(index: tuple[int, ...]) -> str:
    """An index as it is written in Python: ``[1]``, ``[1, 2]``, or nothing for a single number."""
    return f"[{', '.join(map(str, index))}]" if index else ""
