"""The message of a verdict, made once and from its diagnosis alone."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from course.answers.compare import Difference, count_of_numbers
from course.answers.error_kinds import NumpyWarning
from course.answers.key import Case, Key
from course.answers.result import Failure, Kind
from course.checking.advice.circumstances import CIRCUMSTANCES, WARNING_ADVICE
from course.checking.entries.inputs_at_entry import inputs_at
from course.checking.entries.inputs_by_shape import by_shape
from course.checking.entries.where_to_look import where_to_look
from course.checking.error_messages import error_advice, failure_sentence
from course.checking.mistakes import claiming_less
from course.checking.patterns import WRONG_ORDER
from course.checking.verdict import Diagnosis, LackOfCare, Located, Verdict

FEW, FEW_BESIDE_SHAPES = 12, 8  # the most numbers that are shown in full; and where shapes are what counts
MOST_NAMED = 5  # the most results of a check cell that are gone through by their names, which are not the student's


def with_message(verdict: Verdict, **facts: Any) -> Verdict:
    """The verdict with these facts added to its diagnosis, and with the message that the diagnosis comes to."""
    assert verdict.diagnosis is not None, "a verdict is made from a diagnosis"
    diagnosis = replace(verdict.diagnosis, **facts)
    text = _message(diagnosis).encode("utf-8", "replace").decode()  # half of a surrogate pair is no character
    return replace(verdict, diagnosis=diagnosis, message=text)


def _message(d: Diagnosis) -> str:
    """What the student reads; two lines of it and a word on others that the answer calls, where these are not right."""
    text, urgent = "\n".join(filter(None, _lines(d))), ""
    if d.unknown_calls:
        urgent = f"Run the cell of {joined(d.unknown_calls)} first."
    elif d.wrong_calls:
        urgent = f"It calls {joined(d.wrong_calls)}, which is not right yet: mend that first."
    lines = [*text.splitlines()[:2], urgent] if urgent else [text]
    return "\n".join([*lines, *supplied_note(d)])


def supplied_note(d: Diagnosis) -> list[str]:
    """What is said where the course's own functions stood in for the student's."""
    names = ", ".join(d.supplied)
    return [f"Judged with the course's {names} in place of yours, so that one mistake costs once."] if names else []


def _lines(d: Diagnosis) -> list[str]:
    if d.kind is Kind.NOT_WRITTEN:
        below = "; the line raise NotImplementedError() still stands above what you wrote"
        return [f"not written yet{below if d.code_below_stub else ''}"]
    known = d.recognised.message if d.recognised else ""
    if d.kind is Kind.PROPERTY_BROKEN:
        return [f"{d.key.exercise} {d.missing}", known]
    if d.kind is Kind.CARE_NOT_TAKEN:
        return _care_lines(d, known)
    if d.kind is Kind.WRONG_OUTPUTS:
        return _wrong_lines(d)
    return _failure_lines(d, d.failure, known) if d.failure else ["right", *warning_advice(d.warnings)]


def _failure_lines(d: Diagnosis, failure: Failure, known: str) -> list[str]:
    located = d.located
    squares = f"Where all sizes are equal it runs. There, {_located(located)}" if located and not known else ""
    advice = known or (error_advice(failure.error) if failure.error else "")
    at_step = located.advice if located and not known else ""
    return [f"{d.key.exercise} {called_sentence(d.key, failure, d.case)}", squares, advice, at_step]


def called_sentence(key: Key, failure: Failure, case: Case | None) -> str:
    """What happened, with the inputs of the call where it stopped, as the end of a sentence."""
    inputs = case.inputs if case else {}
    sentence = failure_sentence(key, failure, list(inputs))
    called = failure.kind is Kind.RAISES_ERROR and inputs and not key.scenario
    return f"{sentence}\nIt was called with {described_inputs(inputs, FEW_BESIDE_SHAPES)}." if called else sentence


def _wrong_lines(d: Diagnosis) -> list[str]:
    """Worst entry, inputs, what was changed, first wrong step, mistake or advice, warnings."""
    gap, case, located = d.difference, d.case, d.located
    assert gap is not None and case is not None, "a wrong output differs in a draw"
    most = FEW_BESIDE_SHAPES if gap.kind == "shape" else FEW
    is_long = gap.kind == "value" and not few(case.inputs)
    there = inputs_at(gap.where, case.expected[d.output], case.inputs) if is_long else {}
    readable = bool(there or (case.inputs and shown_whole(case.inputs)))
    advice = [claiming_less(d.recognised, d.failing)] if d.recognised else where_to_look(d, readable)
    in_front = bool(d.recognised and d.recognised.mistake == WRONG_ORDER)
    shown = case.inputs and not (d.key.scenario and d.recognised)
    return [
        _headline(d.key, d.failing),
        *(advice if in_front else ()),
        _worst(d.key, d.output, gap, case),
        f"This was for {described_inputs(case.inputs, most)}." if shown else "",
        f"At this entry, {described_inputs(there)}." if there else "",
        f"{_changed(d.changed)} Mend that first: it may be the reason." if d.changed else "",
        _located(located, d.failing) if located else "",
        *(() if in_front else advice),
        *warning_advice(d.warnings),
    ]


def _located(located: Located, failing: Sequence[str] = ()) -> str:
    """The first wrong step, and what was seen of it."""
    before = ". Mend it first: what comes after it may be made from it."
    if located.output and tuple(failing) == (located.output,):
        return located.seen  # nothing after it is wrong, and the headline says what is right
    if located.right:
        before = f": {joined(located.right)} {'is' if len(located.right) == 1 else 'are'} right."
    return "\n".join(filter(None, [f"{located.step} is the first that is wrong{before}", located.seen]))


def _care_lines(d: Diagnosis, known: str) -> list[str]:
    first, *others = d.lacks
    also = [lack.aspect for lack in others if (first.aspect, lack.aspect) != ("unchanged", "views")]
    return [
        f"{d.key.exercise}: the values are right; one thing is left.",
        _lack(d.key, first),
        known,
        f"The same answer also fails on: {', '.join(also)}." if also else "",
        *warning_advice(d.warnings),
    ]


def _lack(key: Key, lack: LackOfCare) -> str:
    """The sentence on an aspect of care that an answer lacks."""
    if lack.changed:
        return _changed(lack.changed)
    found = f"numpy warns: {lack.warning}." if lack.warning else f"it {lack.missing}"
    if lack.case is None:
        return found
    if lack.unwritten:
        found = "it stops with NotImplementedError."
    elif lack.failure:
        found = f"it {called_sentence(key, lack.failure, lack.case)}"
    elif lack.difference:
        found = _worst(key, lack.output, lack.difference, lack.case)
    return f"{CIRCUMSTANCES.get(lack.aspect, f'With {lack.aspect},')} {found}"


def number(value: Any) -> str:
    """A number to about four decimals, large and small ones in scientific notation; whole ones as they are."""
    if not isinstance(value, int | float | np.generic | np.ndarray):
        return str(value) if value in ("True", "False") else repr(value)[:60]
    if np.asarray(value).dtype.kind in "iu":
        return str(int(value))
    x = float(value)
    if x == 0 or not np.isfinite(x):
        return f"{abs(x) if x == 0 else x:g}"
    return f"{x:.4f}" if 1e-3 <= abs(x) < 1e5 else f"{x:.4g}"


def told_apart(got: Any, expected: Any) -> tuple[str, str]:
    """Two numbers with so many digits that their difference has two of them, and does not look like rounding."""
    if all(isinstance(value, float | np.ndarray) and np.isfinite(value) for value in (got, expected)):
        gap, size = abs(float(got) - float(expected)), abs(float(expected))
        if 0 < gap < 1e-2 * size:
            digits = min(2 + int(np.ceil(np.log10(size / gap))), 15)
            return f"{float(got):.{digits}g}", f"{float(expected):.{digits}g}"
    return number(got), number(expected)


def _headline(key: Key, wrong: Sequence[str]) -> str:
    """Which outputs are right and which are not."""
    if key.form in ("one", "yields") or len(key.outputs) == 1 or (key.scenario and len(key.outputs) > MOST_NAMED):
        return f"{key.exercise} is not right yet."
    right, failing = [titled(key, o) for o in key.outputs if o not in wrong], [titled(key, o) for o in wrong]
    are, are_not = ("is" if len(names) == 1 else "are" for names in (right, failing))
    wrong_ones = f"{joined(failing)} {are_not} not"
    return f"{key.exercise}: {f'{joined(right)} {are} right, {wrong_ones}' if right else f'{wrong_ones} right yet'}."


def titled(key: Key, output: str) -> str:
    """What an output is called: its step's name, dW1, where the gradient of W1 comes back under the name W1."""
    return next((step.name for step in key.steps if step.output == output), output)


def joined(names: Sequence[str]) -> str:
    """Names as a sentence lists them."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _worst(key: Key, output: str, gap: Difference, case: Case) -> str:
    """The line with the worst entry, or with the two shapes."""
    name = key.exercise if key.form in ("one", "yields") else titled(key, output)
    name = f"In the check cell, {name}" if key.scenario and len(key.outputs) > MOST_NAMED else name
    if gap.kind == "form":
        ending = " Does what should give it end in a return statement?" if gap.nothing else ""
        return f"{name}{gap.where} is {gap.text}.{ending}"
    if gap.kind == "shape":
        if not gap.expected.shape:
            return f"{name}{gap.where} has shape {gap.got.shape}; a single number is expected."
        got = f"has shape {gap.got.shape}" if gap.got.shape else "is a single number"
        return f"{name}{gap.where} {got}; expected {'' if gap.got.shape else 'shape '}{gap.expected.shape}."
    if gap.kind == "finite":
        return f"{name}{gap.where} is {number(gap.got)}; expected {number(gap.expected)}."
    source = "finite differences give" if output in case.measured else "expected"
    got, expected = told_apart(gap.got, gap.expected)
    return f"{name}{gap.where} is {got}; {source} {expected}."


def _changed(names: Sequence[str]) -> str:
    """The sentence about inputs that were written to."""
    which = joined(list(dict.fromkeys(names)))
    first = names[0]
    how = f"-=, += and *= do that, {first}[…] = … does, and so does a second name: e = {first} makes no copy"
    return f"It changes its input {which} ({how}). Work on a copy, or build a new array: the caller still needs it."


def warning_advice(warnings: Sequence[NumpyWarning]) -> list[str]:
    """What at most two of numpy's warnings mean."""
    return [advice for kind, advice in WARNING_ADVICE.items() if any(kind == w.kind for w in warnings)][:2]


def described_inputs(inputs: dict[str, Any], most: int = FEW) -> str:
    """Short words for the inputs: up to so many numbers of each in full, more of them by their shape."""
    words = {f"{name}{'(x)' if callable(value) else ''}": _short(value, most) for name, value in inputs.items()}
    return ", ".join(f"{name} = {text}" for name, text in words.items())


def few(value: Any, most: int = FEW) -> bool:
    """Whether an input, or all of them together, holds so few numbers that they can be followed by hand."""
    return count_of_numbers(value) <= most


def shown_whole(inputs: dict[str, Any]) -> bool:
    """Whether each of some inputs is shown in full."""
    return all(map(few, inputs.values()))


def _row(values: Any, brackets: str) -> str:
    return f"{brackets[0]}{', '.join(map(_short, values))}{brackets[1]}"


def _short(value: Any, most: int = FEW) -> str:
    if isinstance(value, dict | list | tuple) or (isinstance(value, np.ndarray) and value.ndim):
        return _in_full(value) if few(value, most) else by_shape(value)
    if isinstance(value, np.ndarray | np.generic):
        value = value.item()
    return f"{value:.4g}" if isinstance(value, float) else repr(value)


def _in_full(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name!r}: {_short(item)}' for name, item in value.items())}}}"
    if isinstance(value, tuple) and all(isinstance(item, int | float | np.number) for item in value):
        return repr(tuple(np.asarray(item).item() for item in value))
    return _row(value, "()" if isinstance(value, tuple) else "[]")
