"""What nbgrader finds by patterns, in courses whose own folders have names that read as patterns: ``Course [2026]``."""

import glob
import os
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

MODULES = (
    "nbgrader.apps.api",
    "nbgrader.converters.base",
    "nbgrader.exchange.default.collect",
    "nbgrader.exchange.default.exchange",
    "nbgrader.exchange.default.fetch_feedback",
    "nbgrader.exchange.default.list",
    "nbgrader.utils",
)
"""Those that look for folders and notebooks by patterns."""


class Glob(NamedTuple):
    """What stands in the place of Python's module in one of nbgrader's."""

    glob: Callable[[str], list[str]]


def folders_may_have_any_name() -> None:
    """Let nbgrader find a course, an exchange and a student's home whatever their folders are called.

    nbgrader has no setting for this. As it comes, it takes the whole path of a course for a pattern, and finds nothing
    below a folder with square brackets in its name.
    """
    for name in MODULES:
        import_module(name).glob = Glob(matching)  # type: ignore[attr-defined]  # a module of nbgrader's


def matching(pattern: str) -> list[str]:
    """The paths that a pattern matches; what is there just as it is written is meant as it is written."""
    parts = pattern.split(os.sep)
    there = 0
    while there < len(parts) and "*" not in parts[there] and os.path.lexists(os.sep.join(parts[: there + 1]) or os.sep):
        there += 1
    return glob.glob(os.sep.join([*map(glob.escape, parts[:there]), *parts[there:]]))
