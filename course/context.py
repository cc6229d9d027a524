"""Where a check runs: in which course and in which mode. A grader says so; in a notebook the environment does."""

import contextlib
import os
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any


@dataclass
class Context:
    """What a check has to know besides the answer.

    Attributes
    ----------
    folder : Path
        In the course whose keys are used.
    mode : str
        ``autograde``: a wrong answer only prints, so that partial credit can follow; ``validate``: it always raises,
        an unwritten one too; empty in a student's notebook.
    """

    folder: Path
    mode: str = ""


_running: ContextVar[Context | None] = ContextVar("running", default=None)


def current() -> Context:
    """The context of the grading job that runs in this thread.

    Where none runs, as in a student's notebook and where nbgrader itself executes one, it is made of the directory
    that was current first and of nbgrader's variable ``NBGRADER_EXECUTION``.
    """
    return _running.get() or Context(_first_directory(), os.environ.get("NBGRADER_EXECUTION", ""))


@lru_cache(maxsize=1)
def _first_directory() -> Path:
    """The current directory as it was at first: a notebook may change it."""
    return Path.cwd()


@contextlib.contextmanager
def running(context: Context) -> Iterator[None]:
    """Let this context be the current one of this thread while the block runs."""
    token = _running.set(context)
    try:
        yield
    finally:
        _running.reset(token)


def keys_folder() -> Any:
    """The keys of the course in which a check runs, else those installed with this package."""
    return _keys_above(current().folder)


@lru_cache(maxsize=8)
def _keys_above(directory: Path) -> Any:
    for folder in (directory, *directory.parents):
        for place in (folder / "course" / "keys", folder / "keys"):
            if (place / "index.json").is_file():
                return place
    return resources.files("course.keys")
