"""The sentences about a call that gave no values: what happened, where it stopped, and what to do about it.

What is said of each kind of error stands in :mod:`course.checking.advice.errors`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from course.answers.error_kinds import Fact
from course.answers.error_report import ErrorReport
from course.answers.frames import CallSite, Item
from course.answers.key import Key
from course.answers.result import Failure, Kind
from course.checking.advice.errors import ADVICE, AS_MANY_ROWS, HINTS, IN_PLAIN_WORDS, ROWS_COUNTED, WITHOUT_ADVICE

MAX_NAMES = 6
ROWS_TAKEN_FOR_NUMBERS = ("is-row", "row-of-loop")


def failure_sentence(key: Key, failure: Failure, inputs: Sequence[str]) -> str:
    """What happened, as the end of a sentence that begins with the exercise's name.

    Parameters
    ----------
    key : Key
    failure : Failure
    inputs : sequence of str
        The names of the inputs of the draw.
    """
    if failure.kind is Kind.RAISES_ERROR and failure.error:
        return error_sentence(failure.error)
    if failure.kind is Kind.WRONG_ARGUMENTS:
        taken = f"the arguments ({', '.join(failure.names)})" if failure.names else "no arguments"
        given = f"{len(inputs)} of them: {', '.join(inputs)}" if inputs else "none"
        return f"takes {taken}; it is called with {given}."
    names = ", ".join(failure.names)
    return {
        Kind.NOT_A_FUNCTION: f"is {failure.found}, not a function.",
        Kind.NEEDS_ANOTHER: f"calls {names}, which is not written yet.",
        Kind.NOT_NUMBERS: f"returns {failure.found}.",
        Kind.RESULTS_NOT_NUMBERS: f"has {failure.found} among its results.",
        Kind.MISSING_RESULTS: f"needs the results {names} as well.",
    }.get(failure.kind) or _other_values(key, failure)


def _other_values(key: Key, failure: Failure) -> str:
    """What is said of a value that is not the results asked for."""
    asked = ", ".join(key.outputs)
    if failure.kind is Kind.RETURNS_NONE:
        by_yield = "Each item is handed out by yield, or all of them are returned as one list."
        return f"returns None. {by_yield if key.form == 'yields' else 'Does it end in a return statement?'}"
    if failure.kind is Kind.NOT_A_DICT:
        return f"must return a dict with the keys {asked}."
    if failure.kind is Kind.DICT_INCOMPLETE:
        missing = [name for name in key.outputs if name not in failure.names]
        others = [name for name in failure.names if name not in key.outputs]
        has = f" It has {', '.join(others)}." if others else ""
        return f"returns a dict without {', '.join(missing)}.{has}"
    if failure.kind is Kind.SINGLE_VALUE:
        return f"returns a single value; {len(key.outputs)} are asked for: {asked}."
    found = f"{failure.count} {'value' if failure.count == 1 else 'values'}"
    if failure.shape:
        found = f"one array of shape {failure.shape}"
    return f"returns {found}; {len(key.outputs)} results are asked for, with commas: {asked}."


def error_sentence(report: ErrorReport) -> str:
    """The error, the line, and what is known of the place."""
    where = f", in the line\n    {report.line}" if report.line else "."
    place = place_of(report)
    return f"stops with {_raised(report)}{where}{_on_a_new_line(place)}"


def _raised(report: ErrorReport) -> str:
    """The type and the text of an error, the text in plain words where numpy's are not."""
    pattern, words = IN_PLAIN_WORDS.get(report.cause.kind if report.cause else "", ("", ""))
    text = re.sub(pattern, words, report.text) if pattern else report.text
    return replace(report, text=text).raised


def _on_a_new_line(text: str) -> str:
    return f"\n{text}" if text else ""


def place_of(report: ErrorReport) -> str:
    """What is known of the place of an error, in a few lines; nothing where the line alone says it all."""
    there = ""
    if report.missing_in:
        there = f"It is missing in {_written(report.missing_in)}."
    elif report.shapes:
        first, *others = report.shapes[:MAX_NAMES]
        there = f"There, {first[0]} has shape {first[1]}{''.join(f', {name} {shape}' for name, shape in others)}."
    way = [f"    {_call(site)}" for site in report.calls]
    return "\n".join(filter(None, [there, _hint(report), *(["The way there:", *way] if way else [])]))


def _call(site: CallSite) -> str:
    where = f" of {_written(site.item)}" if site.item else ""
    return f"{site.function}{where}{f': {site.line}' if site.line else ''}"


def _written(item: Item) -> str:
    return f"{item.list_name}[{item.index}] (there are {item.length})"


def _hint(report: ErrorReport) -> str:
    if report.hint is None:
        return ""
    kind, names = report.hint.kind, report.hint.names
    if kind == "other-classes-have-it":
        return (
            f"Here {' and '.join(names)} objects have it: isinstance(…, {names[0]}) asks whether one is such an object."
        )
    if kind == "nothing-kept":
        return f"Nothing was kept under .{names[0]}. This {names[1]} keeps {', '.join(names[2:])}."
    if kind == "keys-of-dict":
        return f"{names[0]} is a dict with {', '.join(names[1:])}." if names[1:] else f"{names[0]} is an empty dict."
    if kind == "name-of-object":
        likewise = [f"{other} is {names[1]}.{other}" for other in names[2:]]
        also = f" Likewise, {' and '.join(likewise)}." if likewise else ""
        return f"{HINTS[kind].format(*names)}{also}"
    if kind == "operands":
        each = [f"{names[k]} is a {names[k + 1]}" for k in range(0, len(names) - 1, 2)]
        return f"There, {' and '.join(each)}."
    return " ".join(filter(None, [HINTS[kind].format(*names), _rows_counted(report.hint)]))


def _rows_counted(hint: Fact) -> str:
    """The sentence on a len that counts rows, where one is taken and it was a row that was no number."""
    counted = hint.names[3:7] if hint.kind in ROWS_TAKEN_FOR_NUMBERS else ()
    if len(counted) < 4:
        return ""
    _, _, rows, entries = counted
    return (AS_MANY_ROWS if rows == entries else ROWS_COUNTED).format(*counted)


def error_advice(report: ErrorReport) -> str:
    """One or two sentences about what to do, or nothing; what is said of the place is not said twice."""
    cause, hint = report.cause, report.hint
    if cause is None or report.missing_in or (hint and hint.kind in WITHOUT_ADVICE):
        return ""
    if cause.kind == "unknown-name":
        return _unknown_name(cause.names[0], report.arguments)
    return ADVICE[cause.kind].format(*cause.names)


def _unknown_name(name: str, arguments: Sequence[str]) -> str:
    """A name that is not known: numpy's without its np, two inputs glued together, or made somewhere else."""
    for one in arguments:
        if name.startswith(one) and name[len(one) :] in arguments:
            return f"A product needs a star: {one} * {name[len(one) :]}."
    alike = next((one for one in arguments if one.lower() == name.lower() and one != name), None)
    if alike:
        return f"Python tells {name} from {alike}: a capital letter makes another name."
    if name == "math":
        return "math is not imported here, and its functions take one number. numpy has them for arrays, under np."
    if hasattr(np, name) and name != "e":
        return f"In numpy it is called np.{name}."
    return (
        f"{name} is not known here. A name made inside another function is gone when that ends; what this function "
        f"has is what it makes itself, and {', '.join(arguments) or 'its arguments'}."
    )
