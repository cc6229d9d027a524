"""The report on an error that an answer stopped with: type, text, line, the calls that led there, what it gives away.

Like returned values, errors are looked at from outside: nothing that they override runs, except an error's own text,
which may fail.
"""

import os
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import CodeType, TracebackType

from course.answers.error_kinds import Fact, classified
from course.answers.frames import (
    CallSite,
    Item,
    Location,
    calls_to,
    item_lacking_attribute,
    line_of,
    shapes_in_line,
)
from course.answers.hints.hint import hint_of
from course.answers.normalize import name_of
from course.errors import StoppedElsewhere

AUTHORS_MODULES = "exercises_of_"
"""How the names of the modules begin in which an author says how exercises are asked."""
ASKING = ("autograder.exercises.", AUTHORS_MODULES)
"""The same, and those of the modules that call what an author says."""
PACKAGE = os.path.dirname(os.path.dirname(__file__))
JUDGING = {PACKAGE, *(os.path.join(PACKAGE, name) for name in ("answers", "checking", "properties"))}
"""The folders whose functions call an answer or compare what it gives: no frame of theirs is the student's."""
MAX_TEXT = 300


@dataclass(frozen=True)
class ErrorReport:
    """What is known of an error.

    Attributes
    ----------
    kind, text : str
        The type's name, and what the error says.
    line : str
        The line of code that raised it, where its text is to be had.
    shapes : tuple of (str, tuple of int)
        The arrays in the student's line, unless all of them are inputs.
    missing_in : Item or None
        Which item of a list lacks an attribute.
    calls : tuple of CallSite
        The calls that led to the line, where there is more than one.
    cause : Fact or None
        What the error says, as one of :data:`course.answers.error_kinds.ERROR_KINDS`.
    hint : Fact or None
        What its frames give away, as one of :data:`course.answers.hints.hint.HINTS`.
    arguments : tuple of str
        The names of the arguments of the student's function that stopped.
    stub : str
        The function whose stub raised it, if one did: ``mse`` or ``Linear.forward``.
    """

    kind: str
    text: str
    line: str = ""
    shapes: tuple[tuple[str, tuple[int, ...]], ...] = ()
    missing_in: Item | None = None
    calls: tuple[CallSite, ...] = ()
    cause: Fact | None = None
    hint: Fact | None = None
    arguments: tuple[str, ...] = ()
    stub: str = ""

    @property
    def raised(self) -> str:
        """The type and the text, as keys hold them for known wrong answers that stop."""
        return f"{self.kind}: {self.text}" if self.text else self.kind


def text_of(error: object) -> str:
    """The text of an error or a warning, shortened; none where it can't be had."""
    try:
        return str.__str__(str(error))[:MAX_TEXT]
    except KeyboardInterrupt:
        raise
    except BaseException:
        return ""


def raised_text(error: BaseException) -> str:
    """The error's type and text."""
    return ErrorReport(name_of(type(error)), text_of(error)).raised


def report_of(error: BaseException, inputs: Iterable[str] = ()) -> ErrorReport:
    """The report on an error that an answer raised, here or in another process.

    Parameters
    ----------
    error : BaseException
    inputs : iterable of str
        The names of the inputs of the draw.
    """
    if type(error) is StoppedElsewhere:
        return error.report
    named = list(inputs)
    own = [location for location in student_frames(error) if not _in_library(location)]
    line = line_of(own[-1])[:MAX_TEXT] if own else ""
    own = [location for location in own if not _in_exercises(location)]
    frame = next((f for f, _ in reversed(own) if not f.f_code.co_name.startswith("<")), None)
    arguments = frame.f_code.co_varnames[: frame.f_code.co_argcount] if frame else tuple(named)
    return report_from(error, own, line, named, arguments=arguments)


def report_from(
    error: BaseException,
    own: Sequence[Location],
    line: str,
    inputs: Sequence[str] = (),
    arguments: tuple[str, ...] = (),
    stub: str = "",
) -> ErrorReport:
    """The report on an error whose student's frames, the outermost first, are known."""
    cause = _cause_of(error, line)
    shapes = shapes_in_line(own[-1]) if own else {}
    attribute = issubclass(type(error), AttributeError)
    return ErrorReport(
        kind=name_of(type(error)),
        text=text_of(error),
        line=line,
        shapes=tuple(shapes.items()) if set(shapes) - set(inputs) else (),
        missing_in=item_lacking_attribute(error, own) if attribute else None,  # type: ignore[arg-type]
        calls=calls_to(own),
        cause=cause,
        hint=hint_of(own, error, cause),
        arguments=arguments,
        stub=stub,
    )


def _cause_of(error: BaseException, line: str) -> Fact | None:
    """What an error says; of a name that is not known Python tells the name itself, and a line calls its methods."""
    if type(error) is NameError and error.name and not _is_free_variable(error):
        return Fact("unknown-name", (error.name,))
    cause = classified(raised_text(error))
    is_called = cause and cause.kind == "attribute-not-kept" and f".{cause.names[0]}(" in line
    return Fact("method-missing", cause.names) if cause and is_called else cause


def _is_free_variable(error: NameError) -> bool:
    """Whether the name is one of an enclosing function that has given it no value yet."""
    locations = list(traceback.walk_tb(_trace(error)))
    return bool(locations) and error.name in locations[-1][0].f_code.co_freevars


def student_frames(error: BaseException) -> list[Location]:
    """The frames of an error that are not the judging's own, the outermost first."""
    return [
        location
        for location in traceback.walk_tb(_trace(error))
        if os.path.dirname(location[0].f_code.co_filename) not in JUDGING
    ]


def is_of_stub(error: BaseException, answer: object, own_code: set[CodeType]) -> bool:
    """Whether it is the NotImplementedError of a stub in the answer's own body, and not in what that calls.

    Of an answer in another process its name decides; else its own code, which stands in this one.
    """
    if type(error) is StoppedElsewhere:
        subject = getattr(answer, "subject", answer)
        return bool(error.unwritten) and error.unwritten.split(".")[0] == getattr(subject, "__name__", None)
    if not issubclass(type(error), NotImplementedError):
        return False
    locations = student_frames(error)
    return not locations or locations[-1][0].f_code in own_code


def unwritten_function(error: BaseException) -> str:
    """The function that an answer calls and whose stub raised, or nothing where another error was raised."""
    if type(error) is StoppedElsewhere:
        return error.unwritten.split(".")[-1]
    locations = student_frames(error)
    is_stub = issubclass(type(error), NotImplementedError) and bool(locations)
    return locations[-1][0].f_code.co_name if is_stub else ""


def _in_library(location: Location) -> bool:
    file = location[0].f_code.co_filename
    return "site-packages" in file or "<frozen" in file


def _in_exercises(location: Location) -> bool:
    """Whether it runs where an author says how an exercise is asked."""
    return str(location[0].f_globals.get("__name__", "")).startswith(ASKING)


def _trace(error: BaseException) -> TracebackType | None:
    return BaseException.__dict__["__traceback__"].__get__(error)
