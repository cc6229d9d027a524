"""What the role of a cell changes in how it runs: whose the names are that it binds.

An answer counts wherever the student has bound its name, and in whatever way: that is seen when the cells have run.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

from .syntax_trees import WithoutFigures


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

    def own(self, wanted: list[str] | None = None) -> dict[str, Any]:
        """What the student has bound, of these names or all: what stands for no object of the course's own."""
        own = _bound_since(self._given, self._shell.user_ns)
        return own if wanted is None else {name: own[name] for name in wanted if name in own}

    @contextlib.contextmanager
    def running(self, role: str) -> Iterator[None]:
        """Run a cell as its role demands, see ``autograder.submissions.rebuild.Rebuilt``.

        What a ``given`` cell binds is the course's. A ``stub`` binds only what the student has not bound, and so does
        a ``copied`` cell, which another unit gives: what it binds is the course's. A ``live`` cell runs without its
        figures.
        """
        if role in ("given", "copied"):
            before, own = dict(self._shell.user_ns), self.own()
            yield
            self._given |= _bound_since(before, self._shell.user_ns)
            if role == "copied":
                self._shell.user_ns.update(own)
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
