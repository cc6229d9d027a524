"""The places of a syntax tree that a mutant may change, and the register of what changes them."""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

Replacement = ast.AST | list[ast.stmt]
"""What stands in a node's place: another node, or statements for one."""
Definition = ast.FunctionDef | ast.ClassDef
FUNCTIONS = (ast.FunctionDef, ast.Lambda)


@dataclass(frozen=True)
class Place:
    """A node of an answer, where it hangs, and what an operator has to know of its surroundings.

    Attributes
    ----------
    node : AST
    parent : AST
    field : str
        The parent's field that holds the node.
    index : int or None
        Its number there, where the field holds a list.
    function : FunctionDef or None
        The innermost function around it, not a lambda.
    """

    node: ast.AST
    parent: ast.AST
    field: str
    index: int | None
    function: ast.FunctionDef | None

    def put(self, replacement: Replacement) -> Callable[[], None]:
        """Put something in the node's place; what comes back restores the tree."""
        before = getattr(self.parent, self.field)
        after: object = replacement
        if self.index is not None:
            items = replacement if isinstance(replacement, list) else [replacement]
            after = [*before[: self.index], *items, *before[self.index + 1 :]]
        setattr(self.parent, self.field, after)
        return lambda: setattr(self.parent, self.field, before)


Operator = Callable[[Place], Iterable[Replacement]]
OPERATORS: dict[str, Operator] = {}
"""Each operator under its name, in the order in which they are applied."""


def operator(function: Operator) -> Operator:
    """Enter an operator under its function's name, with blanks."""
    OPERATORS[function.__name__.replace("_", " ")] = function
    return function


def places_of(definition: Definition) -> Iterator[Place]:
    """Every place of a definition, from the top; docstrings, annotations and decorators are no part of an answer."""
    holder = ast.Module([definition], [])
    yield from _places(definition, holder, "body", 0, None)


def _places(
    node: ast.AST, parent: ast.AST, field: str, index: int | None, function: ast.FunctionDef | None
) -> Iterator[Place]:
    yield Place(node, parent, field, index, function)
    inner = node if isinstance(node, ast.FunctionDef) else function
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        if isinstance(value, ast.AST):
            yield from _places(value, node, name, None, inner)
        elif isinstance(value, list):
            for number, item in enumerate(value):
                if isinstance(item, ast.AST) and not is_docstring(item, node, number):
                    yield from _places(item, node, name, number, inner)


def is_docstring(node: ast.AST, parent: ast.AST, index: int) -> bool:
    """Whether a statement is the docstring of a function or a class."""
    if index or not isinstance(parent, Definition) or not isinstance(node, ast.Expr):
        return False
    return isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def parameters_of(function: ast.FunctionDef | None) -> list[str]:
    """The names that a function takes, without ``self``."""
    if function is None:
        return []
    return [argument.arg for argument in function.args.args if argument.arg != "self"]


def expression(text: str, **parts: ast.AST) -> ast.expr:
    """An expression in which nodes stand for names: ``expression("abs(a)", a=node)``."""
    return _Filled(parts).visit(ast.parse(text, mode="eval").body)


def statements(text: str, **parts: ast.AST) -> list[ast.stmt]:
    """Statements in which nodes stand for names."""
    return [_Filled(parts).visit(statement) for statement in ast.parse(text).body]


class _Filled(ast.NodeTransformer):
    """Puts nodes in the place of names."""

    def __init__(self, parts: dict[str, ast.AST]) -> None:
        self.parts = parts

    def visit_Name(self, node: ast.Name) -> ast.AST:  # noqa: N802 - the name that ast calls it by
        return self.parts.get(node.id, node)


def is_result(place: Place) -> bool:
    """Whether an expression is what a statement returns, yields, or gives a name, alone or as one of several."""
    if not isinstance(place.node, ast.expr) or isinstance(place.node, ast.Tuple | ast.List | ast.Dict | ast.Constant):
        return False
    if isinstance(place.parent, ast.Tuple | ast.List):
        return isinstance(place.parent.ctx, ast.Load) and place.field == "elts"
    if isinstance(place.parent, ast.Return | ast.Yield | ast.Assign | ast.Dict):
        return place.field in ("value", "values")
    return isinstance(place.parent, ast.Lambda) and place.field == "body"


def is_operand(place: Place) -> bool:
    """Whether a node is a variable that something is computed with."""
    if not (isinstance(place.node, ast.Name) and isinstance(place.node.ctx, ast.Load)):
        return False
    if isinstance(place.parent, ast.Call):
        return place.field == "args"
    return isinstance(place.parent, ast.BinOp | ast.UnaryOp | ast.Compare)
