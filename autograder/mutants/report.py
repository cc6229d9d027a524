"""What a run of mutants found, as a table by unit and a list of survivors."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from autograder.mutants.run import ACCEPTED, MADE, Found
from autograder.mutants.trial import EQUIVALENT, REJECTED, SURVIVING

COLUMNS = (MADE, REJECTED, EQUIVALENT, ACCEPTED, SURVIVING)


def print_found(found: Sequence[Found], seconds: float) -> int:
    """Print everything; the exit code is 1 if a mutant survives or an entry is stale."""
    console = Console()
    for unit in found:
        for name, outcome in unit.survivors:
            line = f"{unit.unit}, {name}: {outcome.name} ({outcome.operator})\n    differs for {outcome.shown}"
            console.print(line, markup=False, highlight=False, soft_wrap=True)
        for sentence in unit.stale:
            console.print(f"{unit.unit}: {sentence}", markup=False, highlight=False, soft_wrap=True)
    console.print(_table(found))
    survivors, stale = sum(len(unit.survivors) for unit in found), sum(len(unit.stale) for unit in found)
    console.print(f"{_counted(survivors, 'mutant survives', 'mutants survive')}; {seconds:.0f} seconds.")
    return 1 if survivors or stale else 0


def _table(found: Sequence[Found]) -> Table:
    table = Table("unit", show_footer=len(found) > 1)
    table.columns[0].footer = "all"
    for name in COLUMNS:
        table.add_column(name, justify="right", footer=str(sum(unit.counts[name] for unit in found)))
    for unit in found:
        table.add_row(unit.unit, *(str(unit.counts[name]) for name in COLUMNS))
    return table


def _counted(count: int, one: str, several: str) -> str:
    return f"{count or 'No'} {one if count in (0, 1) else several}"
