"""What became of each submission, and the table that says so."""

from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape
from rich.table import Table


@dataclass(frozen=True)
class Result:
    """What became of one submission: its points, or the reason why there are none.

    ``verdict`` says what went wrong on the way where points were earned all the same, ``sandbox`` what the submission
    was shut in by while it ran.
    """

    student: str
    unit: str
    points: float | None = None
    max_points: float | None = None
    reason: str = ""
    fingerprint: str = ""
    verdict: str = ""
    sandbox: str = ""

    @property
    def graded(self) -> bool:
        return not self.reason

    @property
    def key(self) -> tuple[str, str]:
        """The student and the unit."""
        return self.student, self.unit


def print_results(results: list[Result]) -> int:
    """Print a table; the exit code is 1 if any submission could not be graded."""
    table = Table("student", "unit", "points", "of", "what went wrong")
    for result in results:
        points = "" if result.points is None else f"{result.points:g}"
        most = "" if result.max_points is None else f"{result.max_points:g}"
        words = (result.student, result.unit, points, most, result.reason or result.verdict)
        table.add_row(*map(escape, words))
    Console().print(table)
    refused = sum(not result.graded for result in results)
    Console().print(f"{len(results) - refused} graded, {refused} not.")
    return 1 if refused else 0
