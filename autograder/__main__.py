"""``python -m autograder COMMAND``: build, verify, judge, grade, work, demo, doctor."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from autograder.errors import AutograderError
from course.errors import CourseError

Command = Callable[[argparse.Namespace], int]
DATABASE = "the gradebook, as postgresql://USER@HOST/DATABASE or sqlite:///PATH (default: as nbgrader_config.py says)"


def build_command(options: argparse.Namespace) -> int:
    """Build release notebooks and keys."""
    from autograder.build.release import build
    from autograder.paths import here
    from autograder.progress import steps

    course = here()
    units = options.units or course.units()
    for unit in units:
        course.text(unit)
    with steps("Building", len(units)) as done:
        for unit in build(course, units, options.take_edits, options.db):
            done(unit)
    return 0


def verify_command(options: argparse.Namespace) -> int:
    """Say in what a unit does not keep its word."""
    from autograder.paths import here
    from autograder.verify.report import course_faults

    course = here()
    found = 0
    for fault in course_faults(course, options.units or course.units()):
        print(fault)
        found += 1
    print(f"{found} fault{'' if found == 1 else 's'}." if found else "Every unit keeps its word.")
    return 1 if found else 0


def judge_command(options: argparse.Namespace) -> int:
    """Judge the answers in a file."""
    from autograder.judge.judge_file import judge_file, told
    from autograder.paths import here

    verdicts = judge_file(here(), options.unit, options.file, seed=options.seed, limit=options.timeout)
    print(told(verdicts, as_json=options.json))
    return 0


def grade_command(options: argparse.Namespace) -> int:
    """Grade what was submitted."""
    from autograder.grading.batch import grade_all
    from autograder.grading.results import print_results
    from autograder.limits import Tier
    from autograder.paths import here

    course = here()
    tier = Tier.NONE if options.no_sandbox else None
    results = grade_all(
        course,
        options.units,
        options.student,
        workers=options.workers,
        resume=options.resume,
        seed=options.seed,
        tier=tier,
        db=options.db,
        dask=options.dask,
    )
    return print_results(results)


def work_command(options: argparse.Namespace) -> int:
    """Copy the released notebooks to work/, leaving what is there as it is."""
    from autograder.build.work_copies import copy_to_work
    from autograder.paths import here

    course = here()
    copied = copy_to_work(course)
    print(f"work/: {len(copied)} notebooks copied from release/, {len(course.units()) - len(copied)} left as they are.")
    return 0


def demo_command(options: argparse.Namespace) -> int:
    """Show the whole way with a simulated class."""
    from autograder.commands.demo import demonstrate
    from autograder.paths import here

    return demonstrate(here(), options.students, options.seed, options.workers)


def doctor_command(options: argparse.Namespace) -> int:
    """Say what the environment lacks."""
    from autograder.commands.doctor import examine

    return examine()


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(
        prog="python -m autograder", description="Build, judge and grade the units of a course."
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Command) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        sub.set_defaults(run=run)
        return sub

    build = command("build", build_command)
    build.add_argument("units", nargs="*", metavar="UNIT", help="all, if none is named")
    build.add_argument(
        "--take-edits", action="store_true", help="carry edits of source/UNIT/UNIT.ipynb over into the text first"
    )
    build.add_argument("--db", metavar="URL", help=DATABASE)
    verify = command("verify", verify_command)
    verify.add_argument("units", nargs="*", metavar="UNIT", help="all, if none is named")
    judge = command("judge", judge_command)
    judge.add_argument("unit", metavar="UNIT")
    judge.add_argument("file", metavar="FILE", help="a Python file or a notebook")
    judge.add_argument("--json", action="store_true", help="verdicts as JSON and nothing else")
    judge.add_argument("--seed", type=int, help="draw the numbers of an earlier verdict again")
    judge.add_argument("--timeout", type=float, default=20.0, metavar="SECONDS", help="for each exercise (default 20)")
    grade = command("grade", grade_command)
    grade.add_argument("units", nargs="*", metavar="UNIT", help="all that were submitted, if none is named")
    grade.add_argument("--student", action="append", metavar="ID", help="only this student; may be repeated")
    grade.add_argument(
        "--workers", type=positive, default=os.cpu_count() or 1, metavar="N", help="how many at a time on this machine"
    )
    grade.add_argument("--resume", action="store_true", help="go on with a run that was stopped")
    grade.add_argument("--seed", type=int, help="draw the numbers of an earlier run again")
    grade.add_argument("--no-sandbox", action="store_true", help="run what was handed in with all your rights")
    grade.add_argument("--db", metavar="URL", help=DATABASE)
    grade.add_argument("--dask", metavar="ADDRESS", help="let the workers of the Dask scheduler at this address grade")
    command("work", work_command)
    demo = command("demo", demo_command)
    demo.add_argument("--students", type=positive, default=24, metavar="N")
    demo.add_argument("--seed", type=int, default=1, metavar="S")
    demo.add_argument("--workers", type=positive, default=os.cpu_count() or 1, metavar="N")
    command("doctor", doctor_command)
    return top


def positive(text: str) -> int:
    """A whole number of at least one."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not at least 1")
    return number


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; what a user can mend is one sentence and exit code 2, never a traceback."""
    options = parser().parse_args(arguments)
    try:
        return options.run(options)
    except (AutograderError, CourseError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped. What was finished is kept.", file=sys.stderr)
        return 130
    except OSError as error:
        again = " with --resume" if hasattr(options, "resume") else ""
        print(
            f"{error.filename or 'A file'}: {error.strerror or error}. "
            f"Nothing was lost; mend that and run it again{again}.",
            file=sys.stderr,
        )
        return 2


if __name__ == "__main__":
    sys.exit(main())
