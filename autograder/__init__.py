"""The instructor's engine: building units, judging answers, grading classes."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.judge.grade import grade

__all__ = ["grade"]


def __getattr__(name: str) -> Any:
    """``grade``, imported when a hidden test asks for it: commands that don't judge begin without numpy."""
    if name in __all__:
        from autograder.judge.grade import grade

        return grade
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
