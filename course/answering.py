"""Calling an answer with one draw's inputs, and saying what came of it."""

import copy
import inspect
import itertools
import linecache
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

import numpy as np

from course.errors import NotPlain
from course.functions import Named
from course.key import Case, Key
from course.plain import Plain, plain, rows_of


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


def call(answer: Callable[..., Any], key: Key, case: Case) -> Answered:
    """Call the answer with copies of the inputs.

    Raises
    ------
    NotWritten
        If the answer itself raises NotImplementedError.
    """
    inputs = [_copied(value) for value in case.inputs.values()]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            value = answer(*inputs)
            if key.form == "yields":
                value = list(itertools.islice(value, key.most_items))
            tree = plain(value)
        except NotPlain as found:
            return Answered(problem=f"returns {found}.", problem_id="not-numbers")
        except NotImplementedError as error:
            if _raised_by_stub(error, answer):
                raise NotWritten from None
            return _raised(error, answer, key, case)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            return _raised(error, answer, key, case)
    changed = tuple(
        name
        for (name, before), after in zip(case.inputs.items(), inputs, strict=True)
        if _differs(before, after, key.unchanged_within)
    )
    warned = tuple(dict.fromkeys(str(w.message) for w in caught if issubclass(w.category, RuntimeWarning)))
    return _split(tree, key, changed, warned)


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
        return Answered(
            problem="returns None. Does it end in a return statement?",
            problem_id="returns-none",
            changed=changed,
        )
    if key.form in ("one", "yields"):
        outputs = {key.outputs[0]: tree}
    elif isinstance(tree, dict):
        missing = [name for name in key.outputs if name not in tree]
        if missing:
            return Answered(problem=f"returns a dict without {', '.join(missing)}.", problem_id="missing-outputs")
        outputs = {name: tree[name] for name in key.outputs}
    elif key.form == "dict":
        return Answered(problem=f"must return a dict with the keys {asked}.", problem_id="not-a-dict")
    else:
        if isinstance(tree, np.ndarray) and tree.ndim:
            tree = rows_of(tree)
        if not isinstance(tree, list):
            return Answered(
                problem=f"returns a single value; {len(key.outputs)} are asked for: {asked}.",
                problem_id="missing-outputs",
            )
        if len(tree) != len(key.outputs):
            return Answered(
                problem=f"returns {len(tree)} values; {len(key.outputs)} are asked for: {asked}.",
                problem_id="missing-outputs",
            )
        outputs = dict(zip(key.outputs, tree, strict=True))
    return Answered(outputs, changed=changed, warned=warned)


def _raised(error: BaseException, answer: Callable[..., Any], key: Key, case: Case) -> Answered:
    arity = _arity_problem(answer, case)
    if arity:
        return Answered(problem=arity, problem_id="wrong-arguments")
    text = raised_text(error)
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename != __file__]
    where = ""
    if isinstance(error, NotImplementedError) and frames:
        return Answered(
            problem=f"calls {frames[-1].name}, which is not written yet.",
            problem_id="needs-another",
            raised=text,
        )
    own = [f for f in frames if "site-packages" not in f.filename and "<frozen" not in f.filename]
    if own:
        line = (own[-1].line or linecache.getline(own[-1].filename, own[-1].lineno or 0)).strip()
        where = f", in the line\n    {line}" if line else ""
    shapes = described_inputs(case.inputs)
    return Answered(
        problem=f"stops with {text}{where}\nIt was called with {shapes}.",
        problem_id="raises-error",
        raised=text,
    )


def raised_text(error: BaseException) -> str:
    """The error's type and message, shortened; an error whose message can't be had is named alone."""
    try:
        message = str(error)
    except Exception:
        message = ""
    return f"{type(error).__name__}: {message[:300]}" if message else type(error).__name__


def _raised_by_stub(error: NotImplementedError, answer: Callable[..., Any]) -> bool:
    """Whether the NotImplementedError comes from the answer's own body, and not from what it calls."""
    frames = [f for f, _ in traceback.walk_tb(error.__traceback__) if f.f_code.co_filename != __file__]
    return not frames or frames[-1].f_code in own_code(answer)


def own_code(answer: object) -> set[CodeType]:
    """The code objects of an answer: of a function, a partial of one, a scenario's subject, or a class's methods."""
    for inner in ("subject", "func", "__wrapped__"):
        if not isinstance(answer, type) and hasattr(answer, inner):
            return own_code(getattr(answer, inner))
    if hasattr(answer, "__code__"):
        return {answer.__code__}
    kind = answer if isinstance(answer, type) else type(answer)
    return {member.__code__ for member in vars(kind).values() if hasattr(member, "__code__")}


def _arity_problem(answer: Callable[..., Any], case: Case) -> str | None:
    try:
        signature = inspect.signature(answer)
    except (TypeError, ValueError):
        return None
    try:
        signature.bind(*case.inputs.values())
    except TypeError:
        asked = ", ".join(case.inputs)
        return f"takes the arguments {signature}; it is called with {len(case.inputs)} of them: {asked}."
    return None


def described_inputs(inputs: dict[str, Any]) -> str:
    """Short words for the inputs: small numbers in full, arrays by their shape."""
    return ", ".join(f"{name} = {_short(value)}" for name, value in inputs.items())


def _short(value: Any) -> str:
    if isinstance(value, np.ndarray):
        if value.size <= 3 and value.ndim == 1:
            return np.array2string(value, precision=4, separator=", ")
        return f"an array of shape {value.shape}"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return f"a dict with {', '.join(value)}"
    return f"{value:.4g}" if isinstance(value, float) else repr(value)


def entries_in(value: Any) -> int:
    """How many numbers an input holds."""
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, list | tuple):
        return sum(map(entries_in, value))
    return sum(map(entries_in, value.values())) if isinstance(value, dict) else 1


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
    return value if isinstance(value, Named) else copy.deepcopy(value)


def _differs(before: Any, after: Any, within: float) -> bool:
    """Whether an input is no longer what it was."""
    if isinstance(before, np.ndarray):
        if not isinstance(after, np.ndarray) or before.shape != after.shape or before.dtype != after.dtype:
            return True
        if before.dtype.kind in "fc" and within:
            return not np.allclose(before, after, rtol=within, atol=within, equal_nan=True)
        return not np.array_equal(before, after, equal_nan=before.dtype.kind in "fc")
    if isinstance(before, list | tuple):
        return len(before) != len(after) or any(_differs(b, a, within) for b, a in zip(before, after, strict=True))
    if isinstance(before, dict):
        return before.keys() != after.keys() or any(_differs(before[k], after[k], within) for k in before)
    return False


def written(*answers: object) -> bool:
    """Whether none of these functions or classes is still the stub that the notebook was released with.

    Lets a cell that plays with an answer wait until there is one: ``if written(mse): …``.
    """
    return not any("NotImplementedError" in code.co_names for answer in answers for code in own_code(answer))
