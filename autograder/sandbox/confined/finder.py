"""Finding modules in the sandbox: a package that is hidden is not there, as on a machine that does not have it.

This keeps nobody out, which the sandbox does. Without it an import of such a package would find an empty folder, or
stop with a PermissionError, where an honest notebook waits for an ImportError.
"""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType


def hide(places: Sequence[str]) -> None:
    """Find no module in these files and folders."""
    within = tuple(f"{place}/" for place in places)

    class VisibleFinder(PathFinder):
        @classmethod
        def find_spec(
            cls, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
        ) -> ModuleSpec | None:
            spec = super().find_spec(fullname, path, target)
            found = [] if spec is None else [spec.origin or "", *(spec.submodule_search_locations or ())]
            return None if any(f"{place}/".startswith(within) for place in found) else spec

    sys.meta_path[:] = [VisibleFinder if finder is PathFinder else finder for finder in sys.meta_path]
