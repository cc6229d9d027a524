"""What a student does to a notebook with right answers, and the list of all that did so."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from support.odd_notebooks.habits import code
from support.odd_notebooks.programs import jupyterlab, text

Change = Callable[["Homework"], None]
HOMEWORK: dict[str, "OddHomework"] = {}
"""By a telling name."""


@dataclass(frozen=True)
class OddHomework:
    """What one student made of one unit's notebook."""

    unit: str
    change: Change


@dataclass
class Homework:
    """One student's notebook; it begins as the release with right answers.

    Attributes
    ----------
    unit : str
    cells : list of dict
    save : callable
        The program that it is saved with.
    """

    unit: str
    cells: list[dict[str, Any]]
    save: Callable[[dict[str, Any]], bytes] = jupyterlab

    def named(self, name: str) -> str:
        """The id of an answer's cell."""
        return f"u{self.unit[:2]}-{name.replace('_', '-')}"

    def place(self, cell_id: str) -> int:
        """Where a cell of the course stands."""
        return next(place for place, cell in enumerate(self.cells) if cell.get("id") == cell_id)

    def cell(self, name: str) -> dict[str, Any]:
        """An answer's cell."""
        return self.cells[self.place(self.named(name))]

    def write(self, name: str, source: str) -> None:
        """Answer in other words."""
        self.cell(name)["source"] = source.strip("\n")

    def begin(self, name: str, source: str) -> None:
        """Write lines above the answer, in its cell."""
        self.write(name, f"{source}\n\n{text(self.cell(name))}")

    def go_on(self, name: str, source: str) -> None:
        """Write lines below the answer, in its cell."""
        self.write(name, f"{text(self.cell(name))}\n\n{source}")

    def above(self, name: str, *sources: str) -> None:
        """Add cells above an answer's cell."""
        self._insert(self.place(self.named(name)), sources)

    def below(self, name: str, *sources: str) -> None:
        """Add cells between an answer's cell and its check."""
        self._insert(self.place(self.named(name)) + 1, sources)

    def after_check(self, name: str, *sources: str) -> None:
        """Add cells below the check of an answer."""
        self._insert(self.place(self.named(name) + "-test") + 1, sources)

    def on_top(self, *sources: str) -> None:
        """Add cells above the notebook's first code cell."""
        self._insert(self.place(f"u{self.unit[:2]}-given"), sources)

    def below_given(self, *sources: str) -> None:
        """Add cells below the course's first code cell."""
        self._insert(self.place(f"u{self.unit[:2]}-given") + 1, sources)

    def at_the_end(self, *sources: str) -> None:
        """Add cells at the end."""
        self._insert(len(self.cells), sources)

    def _insert(self, place: int, sources: tuple[str, ...]) -> None:
        self.cells[place:place] = [code(source.strip("\n")) for source in sources]


def odd(unit: str) -> Callable[[Change], Change]:
    """Register what a student made of a unit's notebook: a decorator."""

    def register(change: Change) -> Change:
        HOMEWORK[f"{unit[:2]}: {change.__name__.replace('_', ' ')}"] = OddHomework(unit, change)
        return change

    return register
