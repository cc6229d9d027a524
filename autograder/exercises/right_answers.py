"""The right answers of a unit, for an author who says what else is right or wrong."""

from pathlib import Path
from typing import Any

from autograder.errors import BrokenUnit
from autograder.notebook import right_namespace
from autograder.paths import Course


class RightAnswers:
    """The right answers of the unit that a file of exercises belongs to, by name: ``right.mse(y_hat, y)``.

    They are read from the notebook's solution cells when first used; where these change, the file is loaded again.

    Parameters
    ----------
    file : str
        ``__file__`` of the author's file.
    """

    def __init__(self, file: str) -> None:
        unit = Path(file).resolve().parent.parent
        self._course, self._unit = Course(unit.parent.parent), unit.name
        self._namespace: dict[str, Any] | None = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if self._namespace is None:
            self._namespace = right_namespace(self._course, self._unit)
        if name not in self._namespace:
            raise BrokenUnit(f"{self._course.shown(self._course.text(self._unit))} defines no {name}.")
        return self._namespace[name]
