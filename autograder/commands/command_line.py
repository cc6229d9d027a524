"""The command line: each command with its arguments and options, and how an error is told.

A command imports what it needs when it runs, so that ``--help`` stays quick.
"""

import os
import sys
from collections.abc import Sequence

import click

from autograder.commands.collecting import collect_command
from autograder.commands.grading import grade_command
from autograder.commands.mutants import mutants_command
from autograder.commands.options import COUNT, DATABASE, RENAME, SECONDS, SEED
from autograder.errors import AutograderError
from course.errors import CourseError

PROGRAM = "python -m autograder"


class InOrder(click.Group):
    """A group that lists its commands in the order in which they are written, not by the alphabet."""

    def list_commands(self, context: click.Context) -> list[str]:
        """The names of the commands."""
        return list(self.commands)


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Build, judge and grade the units of the course in the current directory."""


@commands.command("build")
@click.argument("units", nargs=-1, metavar="[UNIT]...", help="Which units; all of them, if none is named.")
@click.option("--take-edits", is_flag=True, help="First carry edits of source/UNIT/UNIT.ipynb over into the text.")
@click.option(
    "--change", is_flag=True, help="Change exercises of a unit that is graded already; else it says what would."
)
@click.option(
    "--rename",
    "names",
    type=RENAME,
    multiple=True,
    metavar="OLD=NEW",
    help="This grade_id was OLD before, and keeps its scores and comments; may be repeated.",
)
@click.option("--db", metavar="URL", help=DATABASE)
def build_command(
    units: Sequence[str], take_edits: bool, change: bool, names: Sequence[tuple[str, str]], db: str | None
) -> int:
    """Build release notebooks and keys."""
    from autograder.build.release import build
    from autograder.paths import here
    from autograder.progress import steps

    course = here()
    wanted = list(units) or course.units()
    for unit in wanted:
        course.text(unit)
    with steps("Building", len(wanted)) as done:
        for unit in build(course, wanted, take_edits, db, change=change, names=names):
            done(unit)
    return 0


@commands.command("verify")
@click.argument("units", nargs=-1, metavar="[UNIT]...", help="Which units; all of them, if none is named.")
def verify_command(units: Sequence[str]) -> int:
    """Prove that each unit does what it says."""
    from autograder.paths import here
    from autograder.verify.report import course_faults

    course = here()
    found = 0
    for fault in course_faults(course, list(units) or course.units()):
        print(fault)
        found += 1
    print(f"{found} fault{'' if found == 1 else 's'}." if found else "Every unit keeps its word.")
    return 1 if found else 0


commands.add_command(mutants_command)


@commands.command("judge")
@click.argument("unit", help="The unit that the answers belong to.")
@click.argument("file", help="A Python file or a notebook.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON and nothing else.")
@click.option("--seed", type=int, metavar="S", help="Draw the numbers of an earlier verdict again.")
@click.option(
    "--timeout", type=SECONDS, default=20.0, show_default=True, metavar="SECONDS", help="Limit for each exercise."
)
def judge_command(unit: str, file: str, as_json: bool, seed: int | None, timeout: float) -> int:
    """Judge the answers in one file, without a class."""
    from autograder.judge.judge_file import format_judgements, judge_file
    from autograder.paths import here

    print(format_judgements(judge_file(here(), unit, file, seed=seed, limit=timeout), as_json=as_json))
    return 0


commands.add_command(collect_command)
commands.add_command(grade_command)


@commands.command("work")
def work_command() -> int:
    """Copy released notebooks to work/; keep those that are there."""
    from autograder.build.work_copies import copy_to_work
    from autograder.paths import here

    copied, left = copy_to_work(here())
    print(f"work/: {len(copied)} notebooks copied from release/, {len(left)} left as they are.")
    return 0


@commands.command("demo")
@click.option("--students", type=COUNT, default=24, show_default=True, metavar="N", help="How many are in the class.")
@click.option(
    "--seed",
    type=SEED,
    default=1,
    show_default=True,
    metavar="S",
    help="Decides who answers what: the same seed gives the same class.",
)
@click.option(
    "--workers",
    type=COUNT,
    default=os.cpu_count() or 1,
    metavar="N",
    help="How many notebooks run at a time. Default: one for each processor.",
)
def demo_command(students: int, seed: int, workers: int) -> int:
    """Build, hand in, grade: the whole way with a simulated class."""
    from autograder.commands.demo import demonstrate
    from autograder.paths import here

    return demonstrate(here(), students, seed, workers)


@commands.command("doctor")
def doctor_command() -> int:
    """Say what this environment lacks, and how to get it."""
    from autograder.commands.doctor import examine

    return examine()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; a user's mistake gives a sentence and exit code 2, never a traceback.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of this process, if none are given.

    Returns
    -------
    int
        The exit code.
    """
    context: click.Context | None = None
    try:
        with commands.make_context(PROGRAM, list(sys.argv[1:] if arguments is None else arguments)) as context:
            return int(commands.invoke(context))
    except click.exceptions.Exit as done:  # --help
        return done.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        message, code = error.format_message(), 2
    except click.UsageError as error:
        message, code = usage_error(error, context.invoked_subcommand if context else None), 2
    except (AutograderError, CourseError) as error:
        message, code = str(error), 2
    except KeyboardInterrupt:
        again = " Go on with it by --resume." if context and context.invoked_subcommand == "grade" else ""
        message, code = f"Stopped. What was finished is kept.{again}", 130
    except OSError as error:
        again = " with --resume" if context and context.invoked_subcommand == "grade" else ""
        what = f"{error.filename or 'A file'}: {error.strerror or error}"
        message, code = f"{what}. Nothing was lost; mend that and run it again{again}.", 2
    print(message, file=sys.stderr)
    return code


def usage_error(error: click.UsageError, command: str | None) -> str:
    """What is wrong with a command line, and where to read what the command takes."""
    called = f"{PROGRAM} {command}" if command else PROGRAM
    return f"{error.format_message()}\nRun {called} --help to see what it takes."
