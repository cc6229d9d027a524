"""What ``grade`` prints when it is done: a summary of each unit, what needs a look, and notes on submissions."""

import re
import statistics
from collections.abc import Callable, Iterable

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograder.grading.results import Result

REDIRECTED_WIDTH = 160
"""Columns of a table in a file or a pipe, which nobody's window cuts off."""
MAX_NAMES = 3


def print_report(
    results: list[Result], verbose: bool = False, written: str = "", about_the_class: Iterable[str] = ()
) -> int:
    """Print what came of a class; the exit code is 1 if any submission could not be graded.

    Parameters
    ----------
    results : list of Result
    verbose : bool
        A line for each submission with all notes; otherwise only for those that were not graded or met trouble.
    written : str
        The file that has all of it.
    about_the_class : iterable of str
        Sentences on who is new and who is absent.
    """
    console = Console()
    if not console.is_terminal:
        console = Console(width=max(console.width, REDIRECTED_WIDTH))
    shown = results if verbose else [result for result in results if result.reason or result.verdict]
    if shown:
        console.print(_lines(shown, with_notes=verbose))
    console.print(_summary(results))
    for sentence in [] if verbose else _counted_notes(results):
        console.print(escape(sentence), highlight=False)
    refused = [result for result in results if not result.graded]
    console.print(f"{len(results) - len(refused)} graded, {len(refused)} not.")
    if any(result.points is not None for result in refused):
        console.print("Where one that was not graded has points, they are those of the submission before it.")
    for sentence in about_the_class:
        console.print(escape(sentence), highlight=False)
    if written:
        console.print(f"A line for each submission, with all notes: {escape(written)}", soft_wrap=True)
    return 1 if refused else 0


def _lines(results: list[Result], with_notes: bool) -> Table:
    """A line for each submission; no name is cut off, so that no two look the same."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    for head in ("student", "unit"):
        table.add_column(head, overflow="fold")
    for head in ("points", "of"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("what to know" if with_notes else "what went wrong", overflow="fold")
    for result in results:
        numbers = _number(result.counted), _number(result.max_points)
        words = explained(result), *(result.notes if with_notes else ())
        table.add_row(*map(escape, (result.student, result.unit, *numbers, " ".join(filter(None, words)))))
    return table


def explained(result: Result) -> str:
    """Why a submission was not graded, or what went wrong where it was."""
    if result.reason and result.points is not None:
        return f"not graded, and the submission before it counts: {result.reason}"
    return result.reason or result.verdict


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


COLUMNS: tuple[tuple[str, Callable[[list[Result], list[float]], str]], ...] = (
    ("graded", lambda results, points: str(sum(result.graded for result in results))),
    ("not", lambda results, points: str(sum(not result.graded for result in results))),
    ("mean", lambda results, points: f"{statistics.mean(points):.1f}" if points else ""),
    ("median", lambda results, points: f"{statistics.median(points):.1f}" if points else ""),
    ("lowest", lambda results, points: f"{min(points):g}" if points else ""),
    ("highest", lambda results, points: f"{max(points):g}" if points else ""),
    ("of", lambda results, points: _number(max((result.max_points or 0.0 for result in results), default=None))),
)
"""What a unit's row says of its results and their points."""


def _summary(results: list[Result]) -> Table:
    """A row for each unit. Points are those that the gradebook has."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    table.add_column("unit", overflow="fold")
    for head, _ in COLUMNS:
        table.add_column(head, justify="right", no_wrap=True)
    for unit in sorted({result.unit for result in results if result.graded or result.max_points is not None}):
        of_unit = [result for result in results if result.unit == unit]
        points = [result.counted for result in of_unit if result.counted is not None]
        table.add_row(escape(unit), *(tell(of_unit, points) for _, tell in COLUMNS))
    return table


def _counted_notes(results: list[Result]) -> list[str]:
    """Each kind of note once, with how many submissions of a unit it is about, and some of their names."""
    found: dict[tuple[str, str], list[str]] = {}
    for result in results:
        for kind in dict.fromkeys(map(_kind, result.notes)):
            found.setdefault((result.unit, kind), []).append(result.student)
    return [f"{unit}, {_names(students)}: {kind}" for (unit, kind), students in sorted(found.items())]


def _kind(note: str) -> str:
    """A note without what differs from one submission to the next: its count, and the cells that it names."""
    return re.sub(r"^\d+ code cells?", "Code cells", note).partition(":")[0].rstrip(".") + "."


def _names(students: list[str]) -> str:
    more = len(students) - MAX_NAMES
    shown = students if more <= 1 else [*students[:MAX_NAMES], f"{more} others"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
