"""Docstrings that no encoding can hold: since Python 3.13 a cell with one does not compile, and before that it did."""

import ast
from typing import TypeVar

from course.text import encodable

Tree = TypeVar("Tree", bound=ast.AST)


class UnencodableDocstrings:
    """A transformer of syntax trees, as IPython takes them, after which such a text is a statement like any other.

    The text keeps its value. It is made an f-string, which Python never takes for a docstring.
    """

    def visit(self, tree: Tree) -> Tree:
        """Change the tree in place; gives the tree."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                text = node.value.value
                if isinstance(text, str) and encodable(text) != text:
                    node.value = ast.copy_location(ast.JoinedStr([node.value]), node.value)
        return tree
