"""The source of a known answer as a student would have typed it, under the exercise's name."""

import ast
import copy
import inspect
import sys
import textwrap
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import resolve_name
from types import FunctionType, ModuleType
from typing import Any

from autograder.exercises import Exercise, Question, RightAnswers
from autograder.notebook import SOLUTION, free_names

Definition = ast.FunctionDef | ast.ClassDef
IMPORTED_ANYWAY = ("autograder.exercises", "course.functions")


def source_as(answer: Any, name: str, right: str) -> str:
    """The source of a known answer as a student would have typed it under the exercise's name.

    Parameters
    ----------
    answer : function or class
        From an author's file; a lambda becomes a function of one line.
    name : str
        The exercise's subject. The right answer to it is pasted above as ``right_NAME`` where it is used;
        any other ``right.mse(…)`` becomes ``mse(…)``, the student's own.
    right : str
        The text of the right answer.
    """
    module = sys.modules[answer.__module__]
    definition = _definition(answer, module)
    retyped = _Retyped(definition.name, name, name)
    text = ast.unparse(ast.fix_missing_locations(retyped.visit(definition)))
    parts = [*_needed(module, set(free_names(text)) - {name}, retyped), text]
    if retyped.uses_own_right:
        own = f"right_{name}"
        parts.insert(0, ast.unparse(_Retyped(name, own, name).visit(ast.parse(without_markers(right)))))
    return "\n\n\n".join(dict.fromkeys(parts))


def without_markers(text: str) -> str:
    """A solution cell's text without the lines that mark the solution."""

    def body(match: Any) -> str:
        return "\n".join(line for line in match[0].splitlines() if "### " not in line) + "\n"

    return SOLUTION.sub(body, text + "\n").rstrip("\n")


@lru_cache(maxsize=256)
def _tree(module: ModuleType) -> ast.Module:
    """The syntax tree of an author's file, parsed once for all the answers that it holds; nobody may change it."""
    return ast.parse(inspect.getsource(module))


def _definition(answer: Any, module: ModuleType) -> Definition:
    """A definition with the source of an answer."""
    if isinstance(answer, FunctionType) and answer.__name__ == "<lambda>":
        node = copy.deepcopy(_lambda(answer, _tree(module)))
        returned = ast.Return(node.body)
        return ast.FunctionDef(name="answer", args=node.args, body=[returned], decorator_list=[])
    definition = ast.parse(textwrap.dedent(inspect.getsource(answer))).body[0]
    assert isinstance(definition, Definition)
    return definition


def _lambda(answer: FunctionType, tree: ast.Module) -> ast.Lambda:
    """The lambda whose expression stands where the code of an answer comes from; ``inspect`` knows its line alone."""
    code = answer.__code__
    spans = [(line, column, last, end) for line, last, column, end in code.co_positions() if column != end]
    if spans:
        first, end = min(span[:2] for span in spans), max(span[2:] for span in spans)
        for node in ast.walk(tree):
            if isinstance(node, ast.Lambda) and _span(node.body) == (*first, *end):
                return node
    raise ValueError(f"{answer.__module__} has no lambda in line {code.co_firstlineno}.")


def _span(node: ast.expr) -> tuple[int | None, ...]:
    """Where an expression begins and ends: line and column of both."""
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset


class _Retyped(ast.NodeTransformer):
    """Renames a definition, drops its decorators, and turns ``right.name`` into ``name``, or into ``right_SUBJECT``."""

    def __init__(self, old: str, new: str, subject: str) -> None:
        self.old, self.new, self.subject = old, new, subject
        self.uses_own_right = False

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, Definition) and node.name == self.old:
            node.name, node.decorator_list = self.new, []
        elif isinstance(node, ast.Name) and node.id == self.old:
            return ast.copy_location(ast.Name(self.new, node.ctx), node)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "right":
            self.uses_own_right |= node.attr == self.subject
            attribute = f"right_{node.attr}" if node.attr == self.subject else node.attr
            return ast.copy_location(ast.Name(attribute, node.ctx), node)
        return self.generic_visit(node)


def _needed(module: ModuleType, names: set[str], retyped: _Retyped) -> list[str]:
    """The imports, constants and functions behind some names of an author's file, and what those need in turn."""
    declared = {n for n, value in vars(module).items() if isinstance(value, Exercise | Question | RightAnswers)}
    statements = {name: statement for statement in _tree(module).body for name in _bound(statement)}
    waiting, wanted = sorted(names), set[str]()
    while waiting:
        name = waiting.pop()
        if name in statements and name not in wanted | declared:
            wanted.add(name)
            waiting += sorted(free_names(_bare(statements[name], retyped)))
    parts: list[str] = []
    for statement in _tree(module).body:
        found = wanted & set(_bound(statement))
        if isinstance(statement, ast.ImportFrom) and statement.level and found:
            origin = resolve_name("." * statement.level + (statement.module or ""), module.__package__)
            parts += _needed(sys.modules[origin], found, retyped)
        elif found and getattr(statement, "module", None) not in IMPORTED_ANYWAY:
            parts.append(_bare(statement, retyped))
    return parts


def _bound(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement of a file binds."""
    if isinstance(statement, Definition):
        yield statement.name
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name.split(".")[0] for alias in statement.names)
    elif isinstance(statement, ast.Assign):
        for target in statement.targets:
            yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def _bare(statement: ast.stmt, retyped: _Retyped) -> str:
    """The text of a statement as a student would have it: without what an author decorates it with."""
    bare = copy.deepcopy(statement)
    if isinstance(bare, Definition):
        bare.decorator_list = []
    inner = _Retyped("", "", retyped.subject)
    text = ast.unparse(inner.visit(bare))
    retyped.uses_own_right |= inner.uses_own_right
    return text
