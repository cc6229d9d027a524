"""What is changed in a cell before it runs: docstrings that no encoding can hold, and figures that nobody sees."""

import ast
from types import ModuleType
from typing import Any, TypeVar

from course.text import encodable

Tree = TypeVar("Tree", bound=ast.AST)


class UnencodableDocstrings:
    """A transformer of syntax trees, as IPython takes them, for docstrings that no encoding can hold.

    Since Python 3.13 a cell with one does not compile, and before that it did. Here it is a statement like any other.
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


class WithoutFigures(ast.NodeTransformer):
    """A transformer of syntax trees, as IPython takes them, that leaves out what shows one of the course's figures.

    Imports, definitions and whatever else a cell does are kept, since other cells may need them.

    Parameters
    ----------
    names : dict
        What the cells before have bound.
    """

    def __init__(self, names: dict[str, Any]) -> None:
        self._names = names
        self._imported: set[str] = set()

    def visit(self, node: ast.AST) -> ast.AST:
        """Change the tree in place; gives what stands for the node. What is defined stays as it is."""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            return node
        if isinstance(node, ast.Import):
            self._imported.update(a.asname or "course" for a in node.names if _is_of_the_course(a.name))
        elif isinstance(node, ast.ImportFrom) and _is_of_the_course(node.module or ""):
            self._imported.update(a.asname or a.name for a in node.names)
        elif isinstance(node, ast.Expr) and self._shows(node.value):
            return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)

    def _shows(self, value: ast.expr) -> bool:
        """Whether a statement is a call of something of the course's, whose value nothing keeps."""
        if not isinstance(value, ast.Call):
            return False
        called = value.func
        while isinstance(called, ast.Call | ast.Attribute):
            called = called.func if isinstance(called, ast.Call) else called.value
        if not isinstance(called, ast.Name):
            return False
        bound = self._names.get(called.id)
        module = bound.__name__ if isinstance(bound, ModuleType) else getattr(bound, "__module__", None)
        return called.id in self._imported or (isinstance(module, str) and _is_of_the_course(module))


def _is_of_the_course(module: str) -> bool:
    return module.split(".")[0] == "course"
