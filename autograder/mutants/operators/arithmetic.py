"""Operators of arithmetic: signs, factors, terms, constants, comparisons, clipping and rounding."""

import ast
from collections.abc import Iterator

from autograder.mutants.operators.places import Place, expression, is_operand, is_result, operator

OTHERS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.MatMult: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq, ast.GtE),
    ast.NotEq: (ast.Eq, ast.Gt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}


@operator
def another_operator(place: Place) -> Iterator[ast.expr]:
    """``a + b`` becomes ``a - b``, ``a * b`` becomes ``a / b``, and so on."""
    node = place.node
    if isinstance(node, ast.BinOp):
        for other in OTHERS.get(type(node.op), ()):
            yield ast.BinOp(node.left, other(), node.right)


@operator
def dropped_part(place: Place) -> Iterator[ast.expr]:
    """Of a sum, a product or a power, one side is left."""
    node = place.node
    if isinstance(node, ast.BinOp):
        yield node.left
        if isinstance(node.op, ast.Sub):
            yield ast.UnaryOp(ast.USub(), node.right)
        else:
            yield node.right


@operator
def swapped_sides(place: Place) -> Iterator[ast.expr]:
    """``a - b`` becomes ``b - a``."""
    node = place.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub | ast.Div | ast.MatMult | ast.Pow):
        yield ast.BinOp(node.right, node.op, node.left)


@operator
def sign(place: Place) -> Iterator[ast.expr]:
    """A minus is left out, or put before a result."""
    node = place.node
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node.operand
    elif isinstance(node, ast.expr) and is_result(place):
        yield ast.UnaryOp(ast.USub(), node)


@operator
def absolute_value(place: Place) -> Iterator[ast.expr]:
    """A variable or a result loses its sign."""
    if is_operand(place) or is_result(place):
        yield expression("abs(a)", a=place.node)


@operator
def divided_by_itself(place: Place) -> Iterator[ast.expr]:
    """``a`` becomes ``a * a / a``: all the same but at zero."""
    if is_operand(place) and isinstance(place.parent, ast.BinOp):
        yield expression("a * a / a", a=place.node)


@operator
def factor(place: Place) -> Iterator[ast.expr]:
    """A result is twice as large."""
    if is_result(place):
        yield expression("2 * a", a=place.node)


@operator
def other_number(place: Place) -> Iterator[ast.expr]:
    """A number is one more or less, half as large, ten times as large, negative, or zero."""
    value = place.node.value if isinstance(place.node, ast.Constant) else None
    others: list[float] = []
    if isinstance(value, int) and not isinstance(value, bool):
        others = [value + 1, value - 1, -value, 2 * value]
    elif isinstance(value, float):
        others = [0.0, value * 10, value / 10] if abs(value) < 0.01 else [0.0, value + 1, value / 2]
    yield from (ast.Constant(other) for other in dict.fromkeys(others) if other != value)


@operator
def other_comparison(place: Place) -> Iterator[ast.expr]:
    """``<`` becomes ``<=``, and ``>``."""
    node = place.node
    if isinstance(node, ast.Compare):
        for other in COMPARISONS[type(node.ops[0])]:
            yield ast.Compare(node.left, [other(), *node.ops[1:]], node.comparators)


@operator
def other_condition(place: Place) -> Iterator[ast.expr]:
    """``and`` becomes ``or``; ``not`` is left out; a branch is always taken, or never."""
    node = place.node
    if isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    if isinstance(place.parent, ast.If | ast.IfExp) and place.field == "test":
        yield from (ast.Constant(True), ast.Constant(False))


@operator
def clipped(place: Place) -> Iterator[ast.expr]:
    """A variable or a result is cut at ±6; a size, which would be no whole number then, is not."""
    if is_operand(place) or is_result(place):
        yield expression("np.clip(a, -6.0, 6.0)", a=place.node)


@operator
def rounded(place: Place) -> Iterator[ast.expr]:
    """A result has so many decimals, or none."""
    if is_result(place):
        yield from (expression(text, a=place.node) for text in ("np.round(a, 4)", "np.round(a)"))
