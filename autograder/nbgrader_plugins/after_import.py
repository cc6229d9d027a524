"""Calling functions once a package is imported, whoever imports it: some packages take long, and may not be needed."""

import sys
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any


def call_after_import(package: str, function: Callable[[], Any]) -> None:
    """Call a function now, if a package at the top is imported already, or else right after it is.

    Parameters
    ----------
    package : str
    function : callable
    """
    if package in sys.modules:
        function()
        return
    _FINDER.waiting.setdefault(package, []).append(function)
    if _FINDER not in sys.meta_path:
        sys.meta_path.insert(0, _FINDER)


class _Finder(MetaPathFinder):
    """Finds packages as they are found anyway, and calls what waits for them when they are loaded."""

    def __init__(self) -> None:
        self.waiting: dict[str, list[Callable[[], Any]]] = {}

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None, /
    ) -> ModuleSpec | None:
        functions = self.waiting.pop(name, None)
        spec = find_spec(name) if functions else None
        if spec is None or spec.loader is None or functions is None:
            return None
        load = spec.loader.exec_module

        def load_and_call(module: ModuleType) -> None:
            load(module)
            for function in functions:
                function()

        spec.loader.exec_module = load_and_call  # type: ignore[method-assign]  # of this one loader alone
        return spec


_FINDER = _Finder()
