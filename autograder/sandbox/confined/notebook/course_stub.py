"""What ``course`` offers inside the sandbox: nothing is judged there.

This becomes the front of the package there, in the place of ``course/__init__.py``: graded cells call the real
``check`` in the grader's own process.
"""

import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from course.errors import CheckFailed, CourseError

__all__ = ["CheckFailed", "CourseError", "ask", "check", "ready"]


@dataclass(frozen=True)
class Reply:
    """What :func:`ask` gives, like the course's own: true where there was a guess."""

    right: bool
    text: str
    answered: bool

    def __bool__(self) -> bool:
        return self.answered

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


def ask(name: str, guess: Any = None) -> Reply:
    """Questions have no points: whatever is guessed counts as right, so that the cell goes on as in the end it did."""
    said = "Questions are left out when it is graded."
    print(said)
    guessed = guess is not None and guess is not ...
    return Reply(guessed, said, guessed)


class AbsentFigure:
    """Stands for a live figure that a cell keeps: what is asked of it, or done to it, is nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self

    def __getitem__(self, key: Any) -> Any:
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return self

    def _ipython_display_(self) -> None:
        """Show nothing."""


class Figures(types.ModuleType):
    """Stands for ``course.widgets``: a cell that asks for a live figure goes on without."""

    def __getattr__(self, name: str) -> Callable[..., AbsentFigure]:
        if name.startswith("_"):
            raise AttributeError(name)
        return no_figure


def no_figure(*arguments: Any, **options: Any) -> AbsentFigure:
    """No figure is drawn while a submission is graded."""
    print("Live figures are left out when it is graded.")
    return AbsentFigure()


sys.modules["course.widgets"] = Figures("course.widgets")
# Imported by its own place, each of these is the function that the package shows.
for _place in ("course.checking.check", "course.checking.questions", "course.check", "course.asking"):
    sys.modules[_place] = sys.modules[__name__]
