"""Graded cells, run in this process, whose names of exercises stand for the student's objects in the other one.

What a student defines can't take the place of anything a test uses: ``check``, ``grade``, ``np`` and builtins are
this process's own, and the names of the unit's exercises are asked for over the line.
"""

import ast
import builtins
import contextlib
import copy
import io
import symtable
import sys
import traceback
import warnings
from functools import lru_cache
from types import CodeType, GeneratorType
from typing import Any

import numpy as np

from autograder.execution.outputs import printable
from autograder.judge.grade import caller_of
from autograder.sandbox.confined.rpc.codec import BadMessage
from autograder.sandbox.confined.rpc.peer import Silence
from course.checking.check import check_answer
from course.checking.error_messages import place_of
from course.errors import StoppedElsewhere
from course.functions import Stretch


def check(answer: Any, /, *, name: str | None = None, **results: Any) -> None:
    """Check an answer as a notebook does, wherever it runs."""
    check_answer(answer, name, results, sys._getframe(1).f_globals, caller_of)


OURS: dict[str, Any] = {"np": np, "check": check, "__name__": "__main__"}
MOST_ENTRIES = 2_000_000
MOST_TEXT = 100_000
FILE = "<graded cell>"


@lru_cache(maxsize=256)
def free_names(source: str) -> list[str]:
    """The names that a cell uses and neither defines nor has from Python or the grader."""

    def used(table: symtable.SymbolTable) -> set[str]:
        top = table.get_type() == "module"
        symbols = table.get_symbols()
        names = {s.get_name() for s in symbols if s.is_global() or (top and s.is_referenced() and not s.is_assigned())}
        return names.union(*(used(child) for child in table.get_children()))

    table = symtable.symtable(source, FILE, "exec")
    defined = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    return sorted(used(table) - defined - set(dir(builtins)) - set(OURS))


def run_graded(source: str, theirs: dict[str, Any], shown: "Shown") -> None:
    """Run a graded cell; what it prints, its value or its error go to ``shown``.

    Parameters
    ----------
    source : str
    theirs : dict
        What its free names stand for in the student's process.
    shown : Shown

    Raises
    ------
    Silence, BadMessage
        If the other process ends, is too slow, or does not keep to the rules.
    """
    names = theirs | OURS
    statements, last = _compiled(source)
    with contextlib.redirect_stdout(shown), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(statements, names)
            if last:
                value = eval(last, names)
                if value is not None:
                    shown.result(value)
        except Exception as error:
            if isinstance(error, Silence | BadMessage):
                raise
            shown.failed(error)


@lru_cache(maxsize=256)
def _compiled(source: str) -> tuple[CodeType, CodeType | None]:
    """A graded cell's statements, and the expression that it ends in, if it does."""
    tree = ast.parse(source, FILE)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    value = compile(ast.Expression(last.value), FILE, "eval") if isinstance(last, ast.Expr) else None
    return compile(tree, FILE, "exec"), value


class Shown(io.TextIOBase):
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
        self._left = MOST_TEXT

    def write(self, text: str) -> int:
        self._left -= len(text)
        if self._left >= 0:
            self.text.append(printable(text))
        return len(text)

    def result(self, value: Any) -> None:
        """The value of the last line: points are a plain float, whatever else came is not shown as one."""
        shown = repr(value) if type(value) in (float, int, str, bool) else f"<{type(value).__name__}>"
        data = {"text/plain": shown}
        self.outputs.append({"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": None})

    def failed(self, error: Exception) -> None:
        """An error, with the line of the graded cell where it came up."""
        kind, text, line = type(error).__name__, str(error), ""
        if isinstance(error, StoppedElsewhere):
            place = "\n".join(filter(None, [error.line, place_of(error.report)]))
            kind, text, line = map(printable, (error.kind, error.text, place))
        places = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == FILE]
        lines = [f"Line {places[-1]} of this cell:"] if places else []
        if line:
            lines.append(f"    {line}")
        lines.append(f"{kind}: {text}")
        self.outputs.append({"output_type": "error", "ename": kind, "evalue": text, "traceback": lines})


class Exports:
    """What the grader does for the student's process: right answers in place of wrong ones, small models to train."""

    def serve(self, operation: str, value: Any = None, *arguments: Any) -> Any:
        """Answer one question of the student's process.

        Raises
        ------
        PermissionError
            If it is nothing that the grader does.
        """
        if _entries(arguments) > MOST_ENTRIES:
            raise PermissionError("too many numbers at once")
        if operation == "call" and (callable(value)):
            given, named = arguments
            return value(*given, **named)
        if operation == "get" and _public(arguments[0]) and _open(value):
            return getattr(value, arguments[0])
        if operation == "set" and _public(arguments[0]) and _open(value):
            return setattr(value, *arguments)
        if operation == "copy" and (callable(value) or _open(value)):
            return copy.deepcopy(value) if arguments[0] else copy.copy(value)
        if operation == "operate" and type(value) is GeneratorType and arguments[0] in ("iter", "next"):
            return value if arguments[0] == "iter" else next(value)
        raise PermissionError(f"the grader does not {operation} that")


def _public(name: Any) -> bool:
    return type(name) is str and name.isidentifier() and not name.startswith("_")


def _open(value: Any) -> bool:
    """Whether an object's attributes may be asked for: models and instances of right answers, and no function."""
    return type(value) is Stretch or type(value).__module__ == "answers"


def _entries(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, list | tuple):
        return sum(map(_entries, value))
    return sum(map(_entries, value.values())) if isinstance(value, dict) else 0
