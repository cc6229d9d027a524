"""Operators of what stays and what is shared: copies, changes in place, seeds, defaults, results that are kept."""

import ast
import copy
from collections.abc import Iterator

from autograder.mutants.operators.places import (
    Place,
    Replacement,
    expression,
    is_docstring,
    is_operand,
    operator,
    parameters_of,
    statements,
)


@operator
def no_copy(place: Place) -> Iterator[ast.expr]:
    """A copy is left out."""
    node = place.node
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name in ("np.array", "np.copy", "list", "dict", "copy.deepcopy") and node.args:
            yield node.args[0]
        elif isinstance(node.func, ast.Attribute) and node.func.attr in ("copy", "astype"):
            yield node.func.value


@operator
def copy_instead(place: Place) -> Iterator[ast.expr]:
    """What is kept or handed out is a copy."""
    node = place.node
    kept = isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)
    if kept and isinstance(place.parent, ast.Assign | ast.Tuple | ast.Return | ast.List) and place.field != "targets":
        yield expression("np.array(a)", a=node)


@operator
def in_place(place: Place) -> Iterator[Replacement]:
    """``e = a - b`` becomes ``a -= b``, which changes what ``a`` stands for."""
    node = place.node
    if not (isinstance(node, ast.Assign | ast.Return) and isinstance(node.value, ast.BinOp)):
        return
    left, kind, right = node.value.left, node.value.op, node.value.right
    if isinstance(left, ast.Name) and not isinstance(kind, ast.MatMult):
        rest = copy.copy(node)
        rest.value = left
        yield [ast.AugAssign(ast.Name(left.id, ast.Store()), kind, right), rest]


@operator
def not_in_place(place: Place) -> Iterator[Replacement]:
    """``a += b`` becomes ``a = a + b``, which leaves what ``a`` stood for as it was."""
    node = place.node
    if isinstance(node, ast.AugAssign):
        value = ast.BinOp(expression(ast.unparse(node.target)), node.op, node.value)
        yield ast.Assign([node.target], value, lineno=0)
    elif isinstance(node, ast.Assign) and isinstance(target := node.targets[0], ast.Subscript):
        yield from (
            ast.Assign([ast.Name(name.id, ast.Store())], node.value, lineno=0)
            for name in [target.value]
            if isinstance(name, ast.Name)
        )


@operator
def zero_as_nothing(place: Place) -> Iterator[ast.expr]:
    """An argument that is zero is taken for one that was not given."""
    if _is_handed_on(place):
        yield expression("(a or None)", a=place.node)


@operator
def halved_argument(place: Place) -> Iterator[ast.expr]:
    """Two neighbouring whole numbers are handed on as one."""
    if _is_handed_on(place):
        yield expression("a // 2", a=place.node)


@operator
def remainder_of_argument(place: Place) -> Iterator[ast.expr]:
    """Numbers from ten on are handed on as smaller ones."""
    if _is_handed_on(place):
        yield expression("a % 10", a=place.node)


def _is_handed_on(place: Place) -> bool:
    """Whether a variable is a parameter that is handed on to a call."""
    handed = isinstance(place.parent, ast.Call) and is_operand(place)
    return handed and isinstance(place.node, ast.Name) and place.node.id in parameters_of(place.function)


@operator
def default_always(place: Place) -> Iterator[ast.expr]:
    """A parameter that has a default always has it."""
    if place.function and is_operand(place) and isinstance(place.node, ast.Name):
        arguments = place.function.args
        names = [argument.arg for argument in arguments.args][-len(arguments.defaults) or len(arguments.args) :]
        if place.node.id in names:
            yield arguments.defaults[names.index(place.node.id)]


@operator
def emptied_parameter(place: Place) -> Iterator[Replacement]:
    """The caller's list is emptied by a function that goes through it."""
    node = place.node
    if isinstance(node, ast.FunctionDef):
        for name in parameters_of(node):
            if name in _gone_through(node):
                text = f"if isinstance({name}, list): {name} = [{name}.pop(0) for _ in range(len({name}))]"
                yield _with_body(node, [*statements(text), *_body(node)])


def _gone_through(function: ast.FunctionDef) -> set[str]:
    """The variables whose items a function takes one after the other."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.For | ast.comprehension):
            found |= {inner.id for inner in ast.walk(node.iter) if isinstance(inner, ast.Name)}
    return found


@operator
def first_result_kept(place: Place) -> Iterator[Replacement]:
    """A function gives its first result again, always, or wherever the shapes are the same."""
    node = place.node
    if isinstance(node, ast.FunctionDef) and node is place.function or not isinstance(node, ast.FunctionDef):
        return
    if node.name == "__init__" or any(isinstance(inner, ast.Yield | ast.YieldFrom) for inner in ast.walk(node)):
        return
    owner = "self" if node.args.args and node.args.args[0].arg == "self" else node.name
    for key in ("0", f"repr([np.shape(a) for a in ({''.join(name + ', ' for name in parameters_of(node))})])"):
        begin = statements(
            f"if not hasattr({owner}, '_kept'): {owner}._kept = {{}}\n"
            f"if ('{node.name}', {key}) in {owner}._kept: return {owner}._kept['{node.name}', {key}]"
        )
        kept = _Kept(f"{owner}._kept['{node.name}', {key}]")
        yield _with_body(node, [*begin, *(kept.visit(copy.deepcopy(statement)) for statement in _body(node))])


class _Kept(ast.NodeTransformer):
    """Keeps under a name what each return of a function gives."""

    def __init__(self, target: str) -> None:
        self.target = target

    def visit_Return(self, node: ast.Return) -> list[ast.stmt]:  # noqa: N802 - the name that ast calls it by
        if node.value is None:
            return [node]
        return statements(f"{self.target} = value\nreturn {self.target}", value=node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:  # noqa: N802 - the name that ast calls it by
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.Lambda:  # noqa: N802 - the name that ast calls it by
        return node


def _body(function: ast.FunctionDef) -> list[ast.stmt]:
    """The statements of a function without its docstring."""
    return function.body[1:] if is_docstring(function.body[0], function, 0) else function.body


def _with_body(function: ast.FunctionDef, body: list[ast.stmt]) -> ast.FunctionDef:
    """The function with another body below its docstring."""
    other = copy.copy(function)
    other.body = [*function.body[: len(function.body) - len(_body(function))], *body]
    return other
