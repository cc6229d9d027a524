"""What the role of a cell changes in how it runs: whose the names are that it binds, and which statements are left out.

An answer counts wherever the student has bound its name, and in whatever way: that is seen when the cells have run.
"""

import ast
import contextlib
from collections.abc import Iterator
from types import ModuleType
from typing import Any


class StudentNames:
    """The names that the student's cells have bound, apart from those that the course's own cells bind.

    Parameters
    ----------
    shell : InteractiveShell
        What its namespace holds by now is the course's.
    """

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._given = dict(shell.user_ns)
        shell.bound = self.own

    def own(self) -> dict[str, Any]:
        """What the student has bound; a name counts from when it stands for another object than the course's."""
        return _bound_since(self._given, self._shell.user_ns)

    @contextlib.contextmanager
    def running(self, role: str) -> Iterator[None]:
        """Run a cell as its role demands, see ``autograder.submissions.rebuild.Rebuilt``.

        What a ``given`` cell binds is the course's. A ``stub`` binds only what the student has not bound. A ``live``
        cell runs without its figures.
        """
        if role == "given":
            before = dict(self._shell.user_ns)
            yield
            self._given |= _bound_since(before, self._shell.user_ns)
        elif role == "stub":
            own = self.own()
            yield
            self._shell.user_ns.update(own)
        elif role == "live":
            transformer = WithoutFigures(self._shell.user_ns)
            self._shell.ast_transformers.append(transformer)
            yield
            with contextlib.suppress(ValueError):
                self._shell.ast_transformers.remove(transformer)
        else:
            yield


def _bound_since(before: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    """The names that stand for another object than before; copied first, since threads may bind others meanwhile."""
    return {name: value for name, value in dict(names).items() if before.get(name, before) is not value}


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
