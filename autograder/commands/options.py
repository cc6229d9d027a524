"""What several options of the command line share: numbers within bounds, and the gradebook."""

import math
from collections.abc import Callable

import click

DATABASE = "The gradebook, as postgresql://USER@HOST/DATABASE or sqlite:///PATH. Default: as nbgrader_config.py says."


class Number(click.ParamType[float]):
    """A number within bounds.

    Parameters
    ----------
    kind : type
        ``int`` or ``float``.
    wanted : str
        What an error says is wanted.
    fits : callable
        Whether a number is within the bounds.
    """

    name = "number"

    def __init__(self, kind: type[float], wanted: str, fits: Callable[[float], bool]) -> None:
        self._kind, self._wanted, self._fits = kind, wanted, fits

    def convert(self, value: str | float, param: click.Parameter | None, context: click.Context | None) -> float:
        """The number that was typed; else an error, to which click adds the name of the option."""
        try:
            number = self._kind(value)
        except ValueError:
            number = math.nan
        if not self._fits(number):
            self.fail(f"{value!r} is not {self._wanted}.", param, context)
        return number


class Rename(click.ParamType[tuple[str, str]]):
    """``OLD=NEW``: two names."""

    name = "rename"

    def convert(
        self, value: str | tuple[str, str], param: click.Parameter | None, context: click.Context | None
    ) -> tuple[str, str]:
        """The two names; else an error, to which click adds the name of the option."""
        old, _, new = value.partition("=") if isinstance(value, str) else (value[0], "=", value[1])
        if not old or not new:
            self.fail(f"{value!r} is not of the form OLD=NEW, with two grade_ids.", param, context)
        return old, new


RENAME = Rename()
COUNT = Number(int, "a whole number of at least 1", lambda number: number >= 1)
SEED = Number(int, "a whole number of at least 0", lambda number: number >= 0)
SECONDS = Number(float, "a number of seconds above 0", lambda number: 0 < number < math.inf)
