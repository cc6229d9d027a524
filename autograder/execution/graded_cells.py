"""Running graded cells in this process, where the names of exercises stand for the student's objects in the sandbox.

What a student defines can't take the place of anything a test uses: ``check``, ``grade``, ``np`` and builtins are
this process's own, and the names of the unit's exercises are requested from the sandbox.
"""

import ast
import contextlib
import copy
import io
import traceback
import warnings
from functools import lru_cache
from inspect import isfunction
from types import CodeType, GeneratorType
from typing import Any

import numpy as np

from autograder.execution.outputs import printable
from autograder.judge.grade import check
from autograder.sandbox.confined.rpc.codec import BadMessage
from autograder.sandbox.confined.rpc.transport import PeerLost
from course.checking.error_messages import place_of
from course.errors import StoppedElsewhere
from course.functions import Stretch

GRADER_NAMES: dict[str, Any] = {"np": np, "check": check, "__name__": "__main__"}
MAX_ENTRIES = 2_000_000
MAX_TEXT = 100_000
CELL_FILENAME = "<graded cell>"


def run_graded(source: str, answers: dict[str, Any], output: "CellOutput") -> None:
    """Run a graded cell; what it prints, its value or its error go to ``output``.

    Parameters
    ----------
    source : str
    answers : dict
        What its free names stand for in the student's process.
    output : CellOutput

    Raises
    ------
    PeerLost, BadMessage
        If the other process ends, is too slow, or does not keep to the rules.
    """
    names = answers | GRADER_NAMES
    statements, last = _compiled(source)
    with contextlib.redirect_stdout(output), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(statements, names)
            if last:
                value = eval(last, names)
                if value is not None:
                    output.result(value)
        except Exception as error:
            if isinstance(error, PeerLost | BadMessage):
                raise
            output.failed(error)


@lru_cache(maxsize=256)
def _compiled(source: str) -> tuple[CodeType, CodeType | None]:
    """A graded cell's statements, and the expression that it ends in, if it does."""
    tree = ast.parse(source, CELL_FILENAME)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    value = compile(ast.Expression(last.value), CELL_FILENAME, "eval") if isinstance(last, ast.Expr) else None
    return compile(tree, CELL_FILENAME, "exec"), value


class CellOutput(io.TextIOBase):
    """What a graded cell shows: its own prints, its value, its error.

    Attributes
    ----------
    text : list of str
    outputs : list of dict
        In nbformat's form, after the text.
    """

    def __init__(self) -> None:
        self.text: list[str] = []
        self.outputs: list[dict[str, Any]] = []
        self._left = MAX_TEXT

    def write(self, text: str) -> int:
        self._left -= len(text)
        if self._left >= 0:
            self.text.append(printable(text))
        return len(text)

    def result(self, value: Any) -> None:
        """The value of the last line: points are a plain float, whatever else came is not shown as one."""
        output = repr(value) if type(value) in (float, int, str, bool) else f"<{type(value).__name__}>"
        data = {"text/plain": output}
        self.outputs.append({"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": None})

    def failed(self, error: Exception) -> None:
        """An error, with the line of the graded cell where it came up."""
        kind, text, line = type(error).__name__, str(error), ""
        if isinstance(error, StoppedElsewhere):
            place = "\n".join(filter(None, [error.line, place_of(error.report)]))
            kind, text, line = map(printable, (error.kind, error.text, place))
        places = [
            frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == CELL_FILENAME
        ]
        lines = [f"Line {places[-1]} of this cell:"] if places else []
        if line:
            lines.append(f"    {line}")
        lines.append(f"{kind}: {text}")
        self.outputs.append({"output_type": "error", "ename": kind, "evalue": text, "traceback": lines})


class Exports:
    """What the grader does for the student's process with what it lends: right answers, small models to train.

    A student may call whatever is lent, look at an object's public attributes, and copy it. Of an object that a right
    answer gave, numbers can be handed out to be written to, and set. A model of the course's own is changed by
    nothing but its methods.
    """

    def serve(self, operation: str, value: Any = None, *arguments: Any) -> Any:
        """Serve one request of the student's process.

        Raises
        ------
        PermissionError
            If it is nothing that the grader does.
        AttributeError
            If an object has no such attribute, or none that is lent.
        """
        if _entries(arguments) > MAX_ENTRIES:
            raise PermissionError("too many numbers at once")
        found = getattr(self, f"_{operation}", None) if operation in OPERATIONS else None
        if found is None:
            raise PermissionError(f"the grader does not {operation} that")
        return found(value, *arguments)

    def _call(self, value: Any, given: list[Any], named: dict[str, Any]) -> Any:
        if not callable(value):
            raise PermissionError("the grader does not call that")
        return value(*given, **named)

    def _methods(self, value: Any) -> list[str]:
        """The names of the methods of an object, or of a class."""
        kind = value if isinstance(value, type) else type(value)
        names = [name for name in dir(kind) if _is_public(name)] if _is_lent(kind) else []
        return [name for name in names if isfunction(getattr(kind, name))]

    def _method(self, value: Any, name: str, given: list[Any], named: dict[str, Any]) -> Any:
        if name not in self._methods(type(value)):
            raise _missing(value, name)
        return getattr(value, name)(*given, **named)

    def _get(self, value: Any, name: str) -> Any:
        if not (_is_public(name) and _is_lent(type(value)) and hasattr(value, name)):
            raise _missing(value, name)
        found = getattr(value, name)
        return found if _is_of_answer(type(value)) or callable(found) else copy.deepcopy(found)

    def _set(self, value: Any, name: str, number: Any) -> bool:
        """Set a number, or an array, in the place of another; false where a student may not."""
        known = vars(value).get(name) if _is_public(name) and _is_of_answer(type(value)) else None
        if not (isinstance(known, NUMBERS) and isinstance(number, NUMBERS)):
            return False
        setattr(value, name, number)
        return True

    def _copy(self, value: Any, deep: bool) -> Any:
        if not _is_lent(type(value)):
            raise PermissionError("the grader does not copy that")
        return copy.deepcopy(value) if deep else copy.copy(value)

    def _next(self, value: Any) -> Any:
        if type(value) is not GeneratorType:
            raise PermissionError("the grader does not go through that")
        return next(value)


OPERATIONS = ("call", "methods", "method", "get", "set", "copy", "next")
NUMBERS = (np.ndarray, np.generic, int, float)


def _missing(value: Any, name: Any) -> AttributeError:
    return AttributeError(f"'{type(value).__name__}' object has no attribute '{name}'")


def _is_public(name: Any) -> bool:
    return type(name) is str and name.isidentifier() and not name.startswith("_")


def _is_lent(kind: type) -> bool:
    """Whether objects of this class have attributes for a student: models, and what right answers give; no function."""
    return kind is Stretch or _is_of_answer(kind)


def _is_of_answer(kind: type) -> bool:
    return kind.__module__ == "answers"


def _entries(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, list | tuple):
        return sum(map(_entries, value))
    return sum(map(_entries, value.values())) if isinstance(value, dict) else 0
