"""What a notebook of the course imports: ``from course import ask, check, ready``."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from course.errors import CheckFailed, CourseError

if TYPE_CHECKING:
    from course.checking.check import check, ready
    from course.checking.questions import ask

__all__ = ["CheckFailed", "CourseError", "ask", "check", "ready"]
PLACES = {"ask": "questions", "check": "check", "ready": "check"}


def __getattr__(name: str) -> Any:
    """What judges answers, imported when it is asked for: programs that only need the rest begin without numpy."""
    if name not in PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"course.checking.{PLACES[name]}"), name)


def __dir__() -> list[str]:
    return [*globals(), *PLACES]
