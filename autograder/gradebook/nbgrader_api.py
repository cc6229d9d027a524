"""nbgrader's own programming interface, set up for the course in the current directory."""

import os
import sys
import warnings
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError
from autograder.paths import Course


class NbgraderFailed(AutograderError):
    """nbgrader could not do what it was asked."""


def load_config(course: Course) -> Any:
    """What the course's ``nbgrader_config.py`` says."""
    from traitlets.config import PyFileConfigLoader

    return PyFileConfigLoader("nbgrader_config.py", path=str(course.root)).load_config()


def nbgrader_api(course: Course, db_url: str) -> Any:
    """An ``NbGraderAPI`` with the course's ``nbgrader_config.py`` and a gradebook.

    nbgrader starts ``alembic`` by name when it makes a gradebook, so the environment's programs are put on PATH.
    """
    programs = str(Path(sys.prefix) / ("Scripts" if os.name == "nt" else "bin"))
    if programs not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = programs + os.pathsep + os.environ.get("PATH", "")
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


def last_log_line(result: dict[str, Any]) -> str:
    """The last line that is not blank of what nbgrader logged or raised."""
    text = result.get("error") or result.get("log") or ""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "nbgrader gave no reason."
