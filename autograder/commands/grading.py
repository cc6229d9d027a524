"""The command ``grade``: what was submitted ends in points or reasons, and a summary of the class."""

import gc
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import click

from autograder.commands.options import COUNT, DATABASE


@click.command("grade")
@click.argument("units", nargs=-1, metavar="[UNIT]...", help="Which units; all that were submitted, if none is named.")
@click.option("--student", "students", multiple=True, metavar="ID", help="Only this student; may be repeated.")
@click.option(
    "--workers",
    type=COUNT,
    default=os.cpu_count() or 1,
    metavar="N",
    help="How many notebooks run at a time on this machine. Default: one for each processor.",
)
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped.")
@click.option("--seed", type=int, metavar="S", help="Draw the numbers of an earlier run again.")
@click.option("--no-sandbox", is_flag=True, help="Run what was handed in with all your rights.")
@click.option("--db", metavar="URL", help=DATABASE)
@click.option("--roster", type=click.Path(path_type=Path), metavar="CSV", help="Grade only who stands in this list.")
@click.option("--dask", metavar="ADDRESS", help="Let the workers of the Dask scheduler at this address grade.")
@click.option("--verbose", is_flag=True, help="Print a line for each submission, with all notes.")
@click.option("--csv", "table", metavar="FILE", help="Write a line for each submission to this file, with all notes.")
def grade_command(
    units: Sequence[str],
    students: Sequence[str],
    workers: int,
    resume: bool,
    seed: int | None,
    no_sandbox: bool,
    db: str | None,
    roster: Path | None,
    dask: str | None,
    verbose: bool,
    table: str | None,
) -> int:
    """Grade what was submitted, and print a summary of the class."""
    from autograder.grading.local_pool import start_importing

    gc.disable()  # what is imported stays, so that to look through it again and again finds nothing
    if dask is None:
        start_importing()
    from autograder.collect.roster import Roster, class_roster
    from autograder.commands.grade_report import print_report
    from autograder.commands.results_file import place_of_results, write_results
    from autograder.grading.batch import grade_all
    from autograder.limits import Tier
    from autograder.paths import here

    course = here()
    place = place_of_results(course, table)
    tier = Tier.NONE if no_sandbox else None

    @cache
    def known() -> Roster:
        found = class_roster(course, db, roster)
        gc.freeze()
        gc.enable()
        return found

    results = grade_all(
        course,
        list(units),
        list(students),
        workers=workers,
        resume=resume,
        seed=seed,
        tier=tier,
        db=db,
        dask=dask,
        roster=known,
    )
    write_results(place, results)
    about_the_class = [] if students else known().lines(r.key for r in results if r.unit in course.units())
    return print_report(results, verbose, table or course.shown(place), about_the_class)
