"""The command ``collect``: exports of Canvas and Moodle into ``submitted/``, with a line for whatever is left out."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.commands.options import DATABASE

if TYPE_CHECKING:
    from autograder.collect.collect import Collected


@click.command("collect")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE...",
    help="Zip files as downloaded.",
)
@click.option("--unit", metavar="UNIT", default="", help="The unit of notebooks whose names speak of none.")
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    metavar="CSV",
    help="A list with a column id, and others that name each student as the platform does. Default: the gradebook's.",
)
@click.option("--times", is_flag=True, help="Take the times of the archive's files as the times of handing in.")
@click.option("--replace", is_flag=True, help="Replace notebooks that were put into submitted/ in another way, too.")
@click.option("--db", metavar="URL", help=DATABASE)
def collect_command(
    files: Sequence[Path], unit: str, roster: Path | None, times: bool, replace: bool, db: str | None
) -> int:
    """Bring what Canvas or Moodle exports into submitted/."""
    from autograder.collect.collect import collect
    from autograder.collect.roster import class_roster
    from autograder.paths import here

    course = here()
    people = class_roster(course, db, roster)
    return _print_collected(collect(course, files, people, unit=unit, times=times, replace=replace))


def _print_collected(collected: "Collected") -> int:
    """Print what became of it; the exit code is 1 if anything was left out."""
    for line in collected.notes:
        print(line)
    for name, reason in collected.left_out:
        print(f"Left out: {name}: {reason.rstrip('.')}.")
    units = Counter(unit for _, unit in collected.taken)
    by_unit = ", ".join(f"{count} of {unit}" for unit, count in sorted(units.items()))
    print(f"{len(collected.taken)} collected{f' ({by_unit})' if units else ''}, {len(collected.left_out)} left out.")
    return 1 if collected.left_out else 0
