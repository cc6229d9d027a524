"""What a call came to and what an error says, as plain data for the other process, and back.

The side that reads does not trust the one that writes. Kinds come from closed sets, texts and lists are cut,
and everything of another form is a :class:`BadMessage`.
"""

from collections.abc import Mapping
from typing import Any

from course.answers.call import with_changed
from course.answers.error_kinds import ERROR_KINDS, WARNING_KINDS, Fact, NumpyWarning
from course.answers.error_report import ErrorReport
from course.answers.frames import CallSite, Item
from course.answers.hints.hint import HINTS
from course.answers.key import Case, Key
from course.answers.normalize import plain
from course.answers.result import Answered, Failure, Kind
from course.errors import NotPlain

from . import codec

MAX_TEXT, MAX_NAME = 300, 100
MAX_NAMES, MAX_WARNINGS, MAX_AXES = 100, 20, 32
OF_CALLS = {
    str(kind): kind
    for kind in (
        Kind.WRONG_ARGUMENTS,
        Kind.RAISES_ERROR,
        Kind.NEEDS_ANOTHER,
        Kind.RETURNS_NONE,
        Kind.NOT_NUMBERS,
        Kind.NOT_A_DICT,
        Kind.DICT_INCOMPLETE,
        Kind.SINGLE_VALUE,
        Kind.OTHER_NUMBER_OF_VALUES,
    )
}
"""What a call can come to in the other process."""
LOST = object()
"""Stands for an input that can't be sent any more, and so is not what it was."""
WRONG_FORM = (TypeError, ValueError, KeyError, IndexError, AttributeError, NotPlain)


def reply_to(answered: Answered, values: bytes, inputs: bytes) -> list[Any]:
    """What a call came to, with its outputs, and its inputs as they are after it, as bytes."""
    failure = answered.failure
    return [
        True,
        values,
        _failure_data(failure) if failure else None,
        inputs,
        [[warning.text, warning.kind] for warning in answered.warnings[:MAX_WARNINGS]],
    ]


def inputs_as_bytes(inputs: dict[str, Any]) -> bytes:
    """The inputs of a call as they are after it; nothing, if they can't be sent any more."""
    try:
        return codec.packed(inputs, refused, lambda array: [])
    except (codec.NotSent, codec.BadMessage):
        return b""


def _failure_data(failure: Failure) -> list[Any]:
    error = error_data(failure.error) if failure.error else None
    return [str(failure.kind), failure.found, _cut(failure.names), failure.count, list(failure.shape), error]


def error_data(report: ErrorReport) -> list[Any]:
    """An error's report; the first item is the name of its type."""
    return [
        report.kind,
        report.text,
        report.line,
        [[name, list(shape)] for name, shape in report.shapes[:MAX_NAMES]],
        _item_data(report.missing_in),
        [[site.function, _item_data(site.item), site.line] for site in report.calls],
        _fact_data(report.cause),
        _fact_data(report.hint),
        _cut(report.arguments),
        report.stub,
    ]


def _cut(names: tuple[str, ...]) -> list[str]:
    """The first names, as text of its own type."""
    return [str.__str__(name)[:MAX_NAME] for name in names[:MAX_NAMES] if issubclass(type(name), str)]


def _item_data(item: Item | None) -> list[Any] | None:
    return [item.list_name, item.index, item.length] if item else None


def _fact_data(fact: Fact | None) -> list[Any] | None:
    return [fact.kind, _cut(fact.names)] if fact else None


def answered_from(reply: Any, key: Key, case: Case, sent: bytes) -> Answered | None:
    """What a call came to by the other side's reply; None where the answer is the untouched stub.

    Whether an input was changed is found here, by what came back.

    Parameters
    ----------
    reply : object
    key : Key
    case : Case
        With the inputs that were sent.
    sent : bytes
        These inputs as they were sent.

    Raises
    ------
    BadMessage
        If it is no such reply.
    """
    try:
        if reply[0] is False:
            return None
        _, values, failed, inputs, warnings = reply
        failure = _failure_from(failed, case) if failed is not None else None
        found = codec.unpacked(values, refused, refused)
        answered = Answered(
            {name: plain(found[name]) for name in key.outputs} if not failure else {},
            failure,
            warnings=tuple(_warning_from(warning) for warning in warnings[:MAX_WARNINGS]),
        )
        if inputs == sent:
            return answered
        after = codec.unpacked(inputs, refused, refused) if inputs else dict.fromkeys(case.inputs, LOST)
        return with_changed(answered, case, after, key)
    except WRONG_FORM:
        raise codec.BadMessage("an answer of another form") from None


def error_from(data: Any) -> ErrorReport:
    """An error's report by what the other side says.

    Raises
    ------
    BadMessage
        If it is no such report.
    """
    try:
        return _error_from(data)
    except WRONG_FORM:
        raise codec.BadMessage("an error of another form") from None


def refused(reference: Any) -> Any:
    """No object goes this way."""
    raise codec.BadMessage("an object where numbers are due")


def _failure_from(data: Any, case: Case) -> Failure:
    kind, found, names, count, shape, error = data
    report = _error_from(error, case.inputs) if error is not None else None
    if OF_CALLS[kind] is Kind.RAISES_ERROR and report is None:
        raise ValueError("an error without its report")
    sizes = tuple(map(_whole, shape[:MAX_AXES]))
    return Failure(OF_CALLS[kind], _text(found), _names(names), _whole(count), sizes, report)


def _error_from(data: Any, inputs: Mapping[str, Any] | None = None) -> ErrorReport:
    """An error's report; of the arguments' names those of inputs are kept."""
    kind, text, line, shapes, missing_in, calls, cause, hint, arguments, stub = data
    return ErrorReport(
        _text(kind, MAX_NAME),
        _text(text),
        _text(line),
        tuple((_text(name), tuple(map(_whole, shape[:MAX_AXES]))) for name, shape in shapes[:MAX_NAMES]),
        _item_from(missing_in),
        tuple(CallSite(_text(name), _item_from(item), _text(where)) for name, item, where in calls[:MAX_NAMES]),
        _fact_from(cause, ERROR_KINDS),
        _fact_from(hint, HINTS),
        tuple(name for name in inputs or () if name in arguments),
        _text(stub),
    )


def _warning_from(data: Any) -> NumpyWarning:
    text, kind = data
    return NumpyWarning(_text(text), kind if kind in WARNING_KINDS else "")


def _item_from(data: Any) -> Item | None:
    if data is None:
        return None
    name, index, length = data
    return Item(_text(name, MAX_NAME), _whole(index), _whole(length))


def _fact_from(data: Any, fewest_names: Mapping[str, int]) -> Fact | None:
    """A fact of a known kind, with at least as many names as are said of it."""
    if data is None:
        return None
    kind, names = data
    fact = Fact(_text(kind), _names(names))
    if len(fact.names) < fewest_names[fact.kind]:
        raise ValueError("a fact without its names")
    return fact


def _names(data: Any) -> tuple[str, ...]:
    return tuple(_text(name, MAX_NAME) for name in data[:MAX_NAMES])


def _text(data: Any, most: int = MAX_TEXT) -> str:
    return str.__str__(data)[:most]


def _whole(data: Any) -> int:
    if type(data) is not int or not 0 <= data < 10**15:
        raise ValueError("no whole number of a size that an array can have")
    return data
