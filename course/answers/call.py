"""Calling an answer with one draw's inputs, and saying what came of it."""

import copy
import itertools
import math
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course.answers.error_report import asked_there, raised_by_stub, raised_text, stopped, text_of
from course.answers.key import Case, Key
from course.answers.normalize import Plain, plain, rows_of
from course.errors import NotPlain


class NotWritten(Exception):
    """The answer is the untouched stub."""


@dataclass(frozen=True)
class Answered:
    """What one call gave: values by output, or the sentence that says why there are none."""

    outputs: dict[str, Plain] = field(default_factory=dict)
    problem: str | None = None
    problem_id: str | None = None
    raised: str | None = None
    changed: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


def call(answer: Callable[..., Any], key: Key, case: Case) -> Answered:
    """Call the answer with copies of the inputs; one that runs in another process is asked to do so there.

    Raises
    ------
    NotWritten
        If the answer itself raises NotImplementedError.
    """
    elsewhere = getattr(type(answer), "__answered__", None)
    if elsewhere:
        return _given(next(iter(elsewhere(answer, key, (case,)))))
    inputs = [_copied(value) for value in case.inputs.values()]
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        try:
            value = answer(*inputs)
            if key.form == "yields" and hasattr(type(value), "__iter__"):
                value = list(itertools.islice(value, key.most_items))
            tree = plain(value)
        except NotPlain as found:
            return Answered(problem=f"returns {found}.", problem_id="not-numbers")
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            if raised_by_stub(error, answer):
                raise NotWritten from None
            problem, problem_id = stopped(error, answer, case.inputs)
            asked = asked_there(error, case.inputs)
            return Answered(problem=problem, problem_id=problem_id, raised=raised_text(error), asked=asked)
    changed = tuple(
        name
        for (name, before), after in zip(case.inputs.items(), inputs, strict=True)
        if _differs(before, after, key.unchanged_within)
    )
    warned = tuple(dict.fromkeys(text_of(w.message) for w in caught if issubclass(w.category, RuntimeWarning)))
    return _split(tree, key, changed, warned)


def until_problem(answer: Callable[..., Any], key: Key, cases: Sequence[Case]) -> list[Answered]:
    """What the answer gives for one draw after the other, up to the first that comes to nothing.

    Raises
    ------
    NotWritten
    """
    elsewhere = getattr(type(answer), "__answered__", None)
    found: list[Answered] = []
    for answered in elsewhere(answer, key, cases) if elsewhere else (call(answer, key, case) for case in cases):
        found.append(_given(answered))
        if answered.problem:
            break
    return found


def each(answer: Callable[..., Any], key: Key, cases: Sequence[Case]) -> list[Answered | None]:
    """What the answer gives for each draw; None where it is not written."""
    elsewhere = getattr(type(answer), "__answered__", None)
    return list(elsewhere(answer, key, cases)) if elsewhere else [_or_none(answer, key, case) for case in cases]


def _or_none(answer: Callable[..., Any], key: Key, case: Case) -> Answered | None:
    try:
        return call(answer, key, case)
    except NotWritten:
        return None


def _given(answered: Answered | None) -> Answered:
    if answered is None:
        raise NotWritten
    return answered


def named_results(results: dict[str, object], key: Key) -> Answered:
    """The results that a scenario in the notebook came to, as if an answer had returned them."""
    try:
        tree = {name: plain(value) for name, value in results.items()}
    except NotPlain as found:
        return Answered(problem=f"has {found} among its results.", problem_id="not-numbers")
    missing = [name for name in key.outputs if name not in tree]
    if missing:
        return Answered(problem=f"needs the results {', '.join(missing)} as well.", problem_id="missing-results")
    return Answered({name: tree[name] for name in key.outputs})


def _split(tree: Plain, key: Key, changed: tuple[str, ...], warned: tuple[str, ...]) -> Answered:
    """The returned value as one entry for each output."""
    asked = ", ".join(key.outputs)
    if tree is None:
        ending = "Does it end in a return statement?"
        if key.form == "yields":
            ending = "Each item is handed out by yield, or all of them are returned as one list."
        return Answered(
            problem=f"returns None. {ending}",
            problem_id="returns-none",
            changed=changed,
        )
    if key.form in ("one", "yields"):
        outputs = {key.outputs[0]: tree}
    elif isinstance(tree, dict):
        missing = [name for name in key.outputs if name not in tree]
        if missing:
            others = [name for name in tree if name not in key.outputs]
            has = f" It has {', '.join(others)}." if others else ""
            problem = f"returns a dict without {', '.join(missing)}.{has}"
            return Answered(problem=problem, problem_id="missing-outputs")
        outputs = {name: tree[name] for name in key.outputs}
    elif key.form == "dict":
        return Answered(problem=f"must return a dict with the keys {asked}.", problem_id="not-a-dict")
    else:
        whole = isinstance(tree, np.ndarray)
        if isinstance(tree, np.ndarray) and tree.ndim:
            tree = rows_of(tree)
        if not isinstance(tree, list):
            return Answered(
                problem=f"returns a single value; {len(key.outputs)} are asked for: {asked}.",
                problem_id="missing-outputs",
            )
        if len(tree) != len(key.outputs):
            found = "1 value" if len(tree) == 1 else f"{len(tree)} values"
            if whole:
                found = f"one array with {len(tree)} {'entry' if len(tree) == 1 else 'entries'}"
            return Answered(
                problem=f"returns {found}; {len(key.outputs)} results are asked for, with commas: {asked}.",
                problem_id="missing-outputs",
            )
        outputs = dict(zip(key.outputs, tree, strict=True))
    return Answered(outputs, changed=changed, warned=warned)


def _copied(value: Any) -> Any:
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
        return [_copied(item) for item in value]
    if isinstance(value, tuple):
        return tuple(_copied(item) for item in value)
    if isinstance(value, dict):
        return {name: _copied(item) for name, item in value.items()}
    return copy.deepcopy(value)


def _differs(before: Any, after: Any, within: float) -> bool:
    """Whether an input is no longer what it was."""
    if type(before) is not type(after):
        return True
    if isinstance(before, np.ndarray):
        if before.shape != after.shape or before.dtype != after.dtype:
            return True
        if before.dtype.kind in "fc" and within:
            return not np.allclose(before, after, rtol=within, atol=within, equal_nan=True)
        return not np.array_equal(before, after, equal_nan=before.dtype.kind in "fc")
    if isinstance(before, list | tuple):
        return len(before) != len(after) or any(_differs(b, a, within) for b, a in zip(before, after, strict=True))
    if isinstance(before, dict):
        return before.keys() != after.keys() or any(_differs(before[k], after[k], within) for k in before)
    if isinstance(before, float):
        return before == before and not math.isclose(before, after, rel_tol=within, abs_tol=within)
    return isinstance(before, int | str) and before != after
