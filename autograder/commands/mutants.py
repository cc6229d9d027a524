"""``mutants``: whether judging rejects right answers with one small change each."""

import os
from collections.abc import Sequence

import click

from autograder.commands.options import COUNT


@click.command("mutants")
@click.argument("units", nargs=-1, metavar="[UNIT]...", help="Which units; all of them, if none is named.")
@click.option(
    "--workers",
    type=COUNT,
    default=os.cpu_count() or 1,
    metavar="N",
    help="How many processes try mutants at a time. Default: one for each processor.",
)
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped, as far as nothing has changed since.")
def mutants_command(units: Sequence[str], workers: int, resume: bool) -> int:
    """Change right answers, and list the changes that pass."""
    import time

    from autograder.mutants.report import print_found
    from autograder.mutants.run import find_survivors
    from autograder.paths import here

    course, began = here(), time.monotonic()
    found = find_survivors(course, list(units) or course.units(), workers=workers, resume=resume)
    return print_found(found, time.monotonic() - began)
