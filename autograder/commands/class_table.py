"""A class's points by unit as tables that fit a width: no name is cut off, and where points differ both are shown."""

from dataclasses import dataclass

from rich import box
from rich.console import JustifyMethod
from rich.markup import escape
from rich.table import Table

from autograder.grading.results import Result
from autograder.verify.simulated_class import Student

ROUNDING = 0.011


@dataclass(frozen=True)
class _Column:
    """A heading, a cell for each student, and what stands below the last one."""

    head: str
    cells: list[str]
    foot: str = ""

    @property
    def width(self) -> int:
        """With the space before it."""
        return max(map(len, (self.head, self.foot, *self.cells))) + 1


def same_points(graded: float | None, expected: float) -> bool:
    """Whether graded points are the expected ones."""
    return graded is not None and abs(graded - expected) < ROUNDING


def class_tables(people: list[Student], results: list[Result], width: int) -> list[Table]:
    """As few tables as the units need to fit a width, one below the other; the totals are in the last one.

    Units have their numbers for headings, and each cell has the graded points, to one decimal; where these are not the
    expected ones, both stand there.

    Parameters
    ----------
    people : list of Student
    results : list of Result
    width : int
        Of the terminal, in characters.
    """
    names = _Column("student", [student.name for student in people], "possible")
    units = _unit_columns(people, results)
    totals = _total_columns(people, results)
    for count in range(1, len(units) + 1):
        size = -(-len(units) // count)
        bands = [units[start : start + size] for start in range(0, len(units), size)]
        bands[-1] = [*bands[-1], *totals]
        if all(names.width + sum(column.width for column in band) <= width for band in bands):
            break
    return [_table([names, *band], "Points by unit" if band is bands[0] else None) for band in bands]


def _unit_columns(people: list[Student], results: list[Result]) -> list[_Column]:
    """A column for each unit."""
    found = {result.key: result for result in results}
    columns = []
    for unit in sorted({result.unit for result in results}):
        of_unit = [found.get((student.name, unit)) for student in people]
        cells = [
            _cell(result.points if result else None, student.expected(unit))
            for result, student in zip(of_unit, people, strict=True)
        ]
        most = max((result.max_points or 0.0 for result in of_unit if result), default=0.0)
        columns.append(_Column(unit.split("_")[0], cells, f"{most:g}"))
    return columns


def _total_columns(people: list[Student], results: list[Result]) -> list[_Column]:
    """What each student got and should have got in all."""
    graded = [sum(result.points or 0.0 for result in results if result.student == student.name) for student in people]
    expected = [sum(map(student.expected, student.units)) for student in people]
    most = {result.unit: result.max_points or 0.0 for result in results if result.max_points}
    return [
        _Column("graded", [f"{points:g}" for points in graded], f"{sum(most.values()):g}"),
        _Column("expected", [f"{points:g}" for points in expected]),
    ]


def _cell(graded: float | None, expected: float) -> str:
    if graded is not None and same_points(graded, expected):
        return f"{round(graded, 1):g}"
    return f"{'none' if graded is None else f'{graded:g}'}, not {expected:g}"


def _table(columns: list[_Column], title: str | None) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, show_edge=False, padding=0, show_footer=True)
    for number, column in enumerate(columns):
        side: JustifyMethod = "right" if number else "left"
        table.add_column(column.head, escape(column.foot), justify=side, no_wrap=True, min_width=column.width - 1)
    for row in zip(*(column.cells for column in columns), strict=True):
        table.add_row(*map(escape, row))
    return table
