"""Which statements of a cell run although one above them has stopped with an error: those that only bind names.

A line that works on the student's machine and not here, such as one that mounts a drive, would otherwise cost the
imports and definitions below it, which the student's own notebook has. Where that notebook stopped as well, nothing
is lost: names that were bound stay what they were.
"""

import ast
import builtins
from collections.abc import Collection, Iterator
from typing import Any

BLOCKS = (ast.If, ast.Try, ast.With)
BINDING = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Pass)


def may_go_on(statement: ast.stmt, error: BaseException | None) -> bool:
    """Whether the statements below this one may run: it was not interrupted, and was not written to stop the cell."""
    return isinstance(error, Exception | None) and not isinstance(statement, ast.Raise)


def keep_bound(statement: ast.stmt, bound: dict[str, Any], names: dict[str, Any]) -> None:
    """Undo what a statement has done to names that were bound, and to those of Python unless it imports them."""
    names.update(bound)
    of_python = {name: names[name] for name in vars(builtins) if name in names and name not in bound}
    if isinstance(statement, ast.Import | ast.ImportFrom):
        bound.update(of_python)
    else:
        for name in of_python:
            del names[name]


def only_binds(statement: ast.stmt, bound: Collection[str]) -> bool:
    """Whether a statement gives names to objects, and changes none that was there before.

    Imports, definitions and assignments do so, and conditions around nothing else.

    Parameters
    ----------
    statement : ast.stmt
    bound : collection of str
        The names that were bound before the error.
    """
    if isinstance(statement, BLOCKS):
        return all(only_binds(inner, bound) for inner in _statements_in(statement))
    if isinstance(statement, ast.Assign):
        return not any(_changes_one(target, bound) for target in statement.targets)
    if isinstance(statement, ast.AnnAssign):
        return not _changes_one(statement.target, bound)
    if isinstance(statement, ast.AugAssign):
        return _root(statement.target) not in (None, *bound)
    return isinstance(statement, BINDING)


def _statements_in(block: ast.stmt) -> Iterator[ast.stmt]:
    for child in ast.iter_child_nodes(block):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, ast.ExceptHandler):
            yield from child.body


def _changes_one(target: ast.expr, bound: Collection[str]) -> bool:
    """Whether an assignment to this changes an attribute or an item of what was bound before."""
    places = [node for node in ast.walk(target) if isinstance(node, ast.Attribute | ast.Subscript)]
    return any(_root(place) in (None, *bound) for place in places if isinstance(place.ctx, ast.Store))


def _root(target: ast.expr) -> str | None:
    """The name that leads to what is assigned to; None, if it is no name."""
    while isinstance(target, ast.Attribute | ast.Subscript):
        target = target.value
    return target.id if isinstance(target, ast.Name) else None
