"""Operators of arrays: axes, shapes, transposes, rows, and functions of the same kind."""

import ast
from collections.abc import Iterator

from autograder.mutants.operators.places import Place, expression, is_result, operator

MODULES = ("np", "math", "np.random", "np.linalg")
ALIKE = {
    "sum": ("mean",),
    "mean": ("sum",),
    "max": ("min",),
    "min": ("max",),
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "argmax": ("argmin",),
    "argmin": ("argmax",),
    "std": ("var",),
    "var": ("std",),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "zeros_like": ("ones_like",),
    "ones_like": ("zeros_like",),
    "log": ("log2", "log1p"),
    "log1p": ("log",),
    "exp": ("exp2", "expm1"),
    "expm1": ("exp",),
    "sqrt": ("square",),
    "square": ("sqrt",),
    "sin": ("cos",),
    "cos": ("sin",),
    "add": ("subtract",),
    "subtract": ("add",),
    "multiply": ("divide",),
    "divide": ("multiply",),
    "normal": ("uniform",),
    "permutation": ("arange",),
    "where": (),
}


@operator
def function_of_the_same_kind(place: Place) -> Iterator[ast.expr]:
    """``np.sum`` becomes ``np.mean``, ``z.max()`` becomes ``z.min()``."""
    node = place.node
    if isinstance(place.parent, ast.Call) and place.field == "func":
        if isinstance(node, ast.Attribute):
            yield from (ast.Attribute(node.value, other, node.ctx) for other in ALIKE.get(node.attr, ()))
        elif isinstance(node, ast.Name):
            yield from (ast.Name(other, node.ctx) for other in ALIKE.get(node.id, ()) if node.id in ("max", "min"))


@operator
def other_axis(place: Place) -> Iterator[ast.expr]:
    """The axis of a sum, a mean or a maximum is another one, or none, or its ``keepdims`` is turned."""
    node = place.node
    if not isinstance(node, ast.Call):
        return
    for number, keyword in enumerate(node.keywords):
        rest = [*node.keywords[:number], *node.keywords[number + 1 :]]
        if keyword.arg in ("axis", "keepdims"):
            yield ast.Call(node.func, node.args, rest)
        if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant):
            yield ast.Call(node.func, node.args, [*rest, ast.keyword("axis", ast.Constant(-1))])


@operator
def first_two_axes_counted(place: Place) -> Iterator[ast.expr]:
    """The number of entries is that of the first two axes."""
    node, count = place.node, "np.prod(np.shape(a)[:2], dtype=int)"
    if isinstance(node, ast.Attribute) and node.attr == "size" and ast.unparse(node) != "np.size":
        yield expression(count, a=node.value)
    elif isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
        forms = {"np.size": count, "np.mean": f"np.sum(a) / {count}"}
        yield from (expression(forms[name], a=node.args[0]) for name in [ast.unparse(node.func)] if name in forms)


@operator
def transpose(place: Place) -> Iterator[ast.expr]:
    """A transpose is left out, or put on one side of a product."""
    node = place.node
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        yield ast.BinOp(expression("a.T", a=node.left), node.op, node.right)
        yield ast.BinOp(node.left, node.op, expression("a.T", a=node.right))


@operator
def transpose_where_shapes_do_not_fit(place: Place) -> Iterator[ast.expr]:
    """A product is taken without its transposes wherever the shapes allow it."""
    node = place.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        left, right = _untransposed(node.left), _untransposed(node.right)
        if left is not node.left or right is not node.right:
            text = "(a @ b if np.shape(a)[-1] == np.shape(b)[0] else c)"
            yield expression(text, a=left, b=right, c=node)


def _untransposed(node: ast.expr) -> ast.expr:
    return node.value if isinstance(node, ast.Attribute) and node.attr == "T" else node


@operator
def transposed_where_square(place: Place) -> Iterator[ast.expr]:
    """A result with as many rows as columns is transposed."""
    if is_result(place):
        yield expression("(lambda r: r.T if np.ndim(r) == 2 and r.shape[0] == r.shape[1] else r)(a)", a=place.node)


@operator
def another_row(place: Place) -> Iterator[ast.expr]:
    """An entry is taken from the row before, or the rows of a result are moved by one."""
    node = place.node
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        first = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) and node.slice.elts else node.slice
        if isinstance(first, ast.Name):
            moved = expression("k - 1", k=first)
            whole = ast.Tuple([moved, *node.slice.elts[1:]], ast.Load()) if isinstance(node.slice, ast.Tuple) else moved
            yield ast.Subscript(node.value, whole, node.ctx)
    if is_result(place):
        yield expression("np.roll(a, 1, axis=0)", a=place.node)


@operator
def shorter_slice(place: Place) -> Iterator[ast.expr]:
    """A slice begins one later, or ends one earlier."""
    node = place.node
    if isinstance(node, ast.Slice):
        yield ast.Slice(expression("a + 1", a=node.lower or ast.Constant(0)), node.upper, node.step)
        yield ast.Slice(node.lower, expression("a - 1", a=node.upper or ast.Constant(0)), node.step)


@operator
def swapped_arguments(place: Place) -> Iterator[ast.expr]:
    """Two neighbouring arguments of a call change places."""
    node = place.node
    if isinstance(node, ast.Call) and not any(isinstance(argument, ast.Starred) for argument in node.args):
        for k in range(len(node.args) - 1):
            one, other = node.args[k : k + 2]
            yield ast.Call(node.func, [*node.args[:k], other, one, *node.args[k + 2 :]], node.keywords)


@operator
def argument_alone(place: Place) -> Iterator[ast.expr]:
    """A call of a function with one argument is left out: ``np.log(a)`` becomes ``a``, and ``a.ravel()`` too."""
    node = place.node
    if isinstance(node, ast.Call) and not isinstance(place.parent, ast.Expr):
        if len(node.args) == 1 and not isinstance(node.args[0], ast.Starred | ast.GeneratorExp):
            yield node.args[0]
        elif isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) not in MODULES:
            yield node.func.value


@operator
def swapped_results(place: Place) -> Iterator[ast.expr]:
    """Two neighbouring results change places."""
    node = place.node
    if isinstance(node, ast.Tuple) and isinstance(place.parent, ast.Return | ast.Yield | ast.Assign):
        for k in range(len(node.elts) - 1):
            one, other = node.elts[k : k + 2]
            yield ast.Tuple([*node.elts[:k], other, one, *node.elts[k + 2 :]], node.ctx)
