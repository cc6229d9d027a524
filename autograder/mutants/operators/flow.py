"""Operators of the order of things: loops that end early, early returns, statements that are left out."""

import ast
from collections.abc import Iterator

from autograder.mutants.operators.places import Place, Replacement, expression, operator, statements


@operator
def shorter_loop(place: Place) -> Iterator[ast.expr]:
    """A loop leaves out its last round, or its first."""
    node = place.node
    if isinstance(place.parent, ast.For | ast.comprehension) and place.field == "iter" and isinstance(node, ast.expr):
        yield expression("list(a)[:-1]", a=node)
        yield expression("list(a)[1:]", a=node)


@operator
def loop_in_another_order(place: Place) -> Iterator[ast.expr]:
    """A loop runs backwards, or no longer does."""
    node = place.node
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "reversed":
        yield expression("list(a)", a=node.args[0])
    elif isinstance(place.parent, ast.For) and place.field == "iter" and isinstance(node, ast.expr):
        yield expression("list(a)[::-1]", a=node)


@operator
def single_round(place: Place) -> Iterator[ast.stmt]:
    """A loop ends after its first round."""
    node = place.node
    if isinstance(node, ast.For):
        yield ast.For(node.target, node.iter, [*node.body, ast.Break()], node.orelse)
    elif isinstance(node, ast.While):
        yield ast.While(node.test, [*node.body, ast.Break()], node.orelse)


@operator
def early_return(place: Place) -> Iterator[ast.stmt]:
    """What is returned below a loop is returned in its first round, or in its second."""
    node = place.node
    body = getattr(place.parent, place.field)
    after = body[-1] if isinstance(body, list) else None
    if isinstance(node, ast.For) and isinstance(after, ast.Return):
        yield ast.For(node.target, node.iter, [*node.body, after], node.orelse)


@operator
def stops_where_nothing_moves(place: Place) -> Iterator[Replacement]:
    """A loop ends when what it computes hardly changes from round to round."""
    node = place.node
    if isinstance(node, ast.For):
        for name in _assigned(node):
            guard = f"if np.shape({name}) == np.shape(_before) and np.allclose({name}, _before, 1e-4, 1e-4): break"
            before = statements(f"_before = {name}")
            if name in _used(node):
                yield ast.For(node.target, node.iter, [*before, *node.body, *statements(guard)], node.orelse)


def _assigned(loop: ast.For) -> list[str]:
    """The variables that the body of a loop gives a value."""
    targets = [target for one in loop.body if isinstance(one, ast.Assign) for target in one.targets]
    return [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]


def _used(loop: ast.For) -> set[str]:
    """The variables that a loop reads before it gives them a value: the first statement does."""
    first = loop.body[0]
    return {node.id for node in ast.walk(first) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


@operator
def stops_by_the_curve(place: Place) -> Iterator[Replacement]:
    """A loop ends when the numbers that it appends rise, or hardly fall; or it appends the lowest one so far."""
    node = place.node
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and len(node.value.args) == 1):
        return
    called, value = node.value.func, node.value.args[0]
    if not (isinstance(called, ast.Attribute) and called.attr == "append" and isinstance(called.value, ast.Name)):
        return
    curve = called.value.id
    yield statements(f"{curve}.append(min([*{curve}, value]))", value=value)
    if isinstance(place.parent, ast.For):
        for test in (f"{curve}[-1] > {curve}[-2]", f"abs({curve}[-1] - {curve}[-2]) < 1e-3"):
            yield [node, *statements(f"if len({curve}) > 1 and {test}: break")]


@operator
def left_out_statement(place: Place) -> Iterator[Replacement]:
    """A statement is left out that changes something."""
    node = place.node
    changes = isinstance(node, ast.AugAssign | ast.Expr) or (
        isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name | ast.Tuple)
    )
    if changes and isinstance(node, ast.stmt):
        yield ast.Pass()
