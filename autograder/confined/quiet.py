"""What ``course`` offers inside the sandbox: nothing is judged there.

This becomes the front of the package there, in the place of ``course/__init__.py``: graded cells call the real
``check`` in the grader's own process.
"""

from typing import Any

from course.errors import CheckFailed, CourseError

__all__ = ["CheckFailed", "CourseError", "ask", "check", "ready"]


class Unanswered:
    """What :func:`ask` gives: false, and nothing to see as a cell's last line."""

    def __bool__(self) -> bool:
        return False

    def _ipython_display_(self) -> None:
        """Show nothing."""


def check(answer: Any, /, *, name: str | None = None, **results: Any) -> None:
    """Say that the answer is checked later."""
    own = name or (answer if isinstance(answer, str) else getattr(answer, "__name__", None))
    print(f"{own}: checked when it is graded" if isinstance(own, str) else "checked when it is graded")


def ready(*answers: Any) -> bool:
    """Nothing is played with while a submission is graded."""
    print("This cell is left out when it is graded.")
    return False


def ask(name: str, guess: Any = None) -> Unanswered:
    """Questions have no points: they are not answered."""
    print("Questions are left out when it is graded.")
    return Unanswered()
