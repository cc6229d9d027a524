"""nbgrader's own programming interface, set up for the course in the current directory."""

import contextlib
import gc
import re
import sys
import warnings
from collections.abc import Iterator
from typing import Any

from autograder.configuration.settings import load_config
from autograder.errors import AutograderError
from autograder.paths import Course, put_programs_on_path

RAISED = re.compile(r"[A-Za-z_][\w.]*(?:Error|Exception)\b")
"""The line in which Python names the error that was raised."""


class NbgraderFailed(AutograderError):
    """nbgrader could not do what it was asked."""


@contextlib.contextmanager
def importing_nbgrader() -> Iterator[None]:
    """Import nbgrader without the search for garbage: what is imported stays, and is never looked through again."""
    first, enabled = "nbgrader" not in sys.modules, gc.isenabled()
    if first:
        gc.disable()
    try:
        yield
    finally:
        if first:
            gc.freeze()
            if enabled:
                gc.enable()


def nbgrader_api(course: Course, db_url: str) -> Any:
    """An ``NbGraderAPI`` with the course's ``nbgrader_config.py`` and a gradebook."""
    put_programs_on_path()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from nbgrader.apps import NbGraderAPI
        except ImportError as error:
            raise NbgraderFailed(
                f"nbgrader can't be imported ({error}). Run `make lab` once, or pip install -r requirements.txt."
            ) from error
        config = load_config(course)
        config.CourseDirectory.root = str(course.root)
        config.CourseDirectory.db_url = db_url
        return NbGraderAPI(config=config)


def reason_of(result: dict[str, Any]) -> str:
    """Why nbgrader failed: the last error that it logged or raised by name, else the last line that it logged.

    Its own last words point to a traceback, which nobody sees who reads this.
    """
    text = "\n".join(filter(None, [result.get("error"), result.get("log")]))
    lines = [line.strip().removeprefix("[ERROR] ") for line in text.splitlines() if line.strip()]
    lines = [line for line in lines if "traceback" not in line.lower()]
    named = [line for line in lines if RAISED.match(line)]
    return (named or lines or ["nbgrader gave no reason."])[-1]
