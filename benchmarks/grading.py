"""How fast a class is graded, sandbox on, beside stock ``nbgrader autograde`` on the same submissions in the same run.

A simulated class: 40 submissions of unit 01, where much of the time is the start of the command, both commands timed
from start to end; and 400 of four units, of which stock nbgrader grades some, its starts taken off.
Run with ``make bench``; ``--submissions 2000`` shows memory over a longer run. Prints a table for each, one for memory,
and one for what a submission costs; exits 1 if grades differ or a promise is broken: 20 times the throughput of stock
nbgrader with 2 workers, at most 60 ms (median) on top of what a submission's own cells need, and less than 1.5 GB that
does not grow.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

os.environ.setdefault("AUTOGRADER_SEED", "20")

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]

from parts.own_cells import Measured, measured
from support.courses import copy_course

from autograder.build.release import build
from autograder.gradebook.writer import GradebookWriter
from autograder.paths import Course
from autograder.sandbox.sandbox import best_tier
from autograder.sandbox.usage import family, share
from autograder.verify.simulated_class import hand_in, simulated_class

UNITS = ("01", "02", "03", "04")
FEW = 40
"""Submissions of the first unit, graded as well: much of what they take is the start of the command."""
WORKERS = 2
TIMES, MOST_OVERHEAD, MOST_MEMORY, MOST_GROWTH = 20.0, 0.060, 1.5e9, 1.1
STOCK = "c.CourseDirectory.course_id = 'backprop'\nc.CourseDirectory.ignore = ['*.py', '__pycache__']\n"
PROGRAMS = Path(sys.executable).parent
LOOK_EVERY = 0.5

Scores = dict[tuple[str, str], list[tuple[str, float | None]]]


def class_of(folder: Path, chosen: tuple[str, ...], submissions: int) -> Course:
    """A course that is built, with so many submissions; students beyond the hundredth hand in what others did."""
    place = copy_course(ROOT, folder)
    os.chdir(place.root)
    units = [unit for unit in place.units() if unit.startswith(chosen)]
    for unit in set(place.units()) - set(units):
        shutil.rmtree(place.source / unit)
    list(build(place, units))
    students = max(1, submissions // len(units))
    for student in simulated_class(place, units, min(students, 100), seed=1):
        hand_in(place, student)
    for number in range(101, students + 1):
        original = place.submitted / f"student{(number - 1) % 100 + 1:03d}"
        shutil.copytree(original, place.submitted / f"student{number:03d}")
    return place


def graded_by_us(place: Course) -> tuple[float, list[float]]:
    """Seconds of ``python -m autograder grade``, start and all, and the memory of all its processes along the way."""
    words = [sys.executable, "-m", "autograder", "grade", "--workers", str(WORKERS)]
    start = time.perf_counter()
    with subprocess.Popen(
        words, cwd=place.root, env=compiling(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as run:
        memory: list[float] = []
        over = threading.Event()

        def look() -> None:
            while not over.wait(LOOK_EVERY):
                memory.append(sum(map(share, family(run.pid))))

        looking = threading.Thread(target=look)
        looking.start()
        run.wait()
        seconds = time.perf_counter() - start
        over.set()
        looking.join()
    return seconds, memory


def graded_by_stock(place: Course, students: int, *, starts: bool) -> tuple[float, int]:
    """Seconds of stock ``nbgrader autograde`` for so many students, with its starts or without, and the submissions."""
    (place.root / "nbgrader_config.py").write_text(STOCK)
    for folder in sorted(place.submitted.iterdir())[students:]:
        shutil.rmtree(folder)
    environment = {**compiling(), "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}

    def autograde() -> float:
        start = time.perf_counter()
        for unit in place.units():
            words = [str(PROGRAMS / "nbgrader"), "autograde", unit]
            subprocess.run(words, cwd=place.root, env=environment, check=False, capture_output=True)
        return time.perf_counter() - start

    seconds = autograde()
    if not starts:
        seconds -= autograde()  # the second time everything is there already
    return seconds, students * len(place.units())


def compiling() -> dict[str, str]:
    """This environment, in which Python keeps what it has compiled, as it does where nobody says otherwise."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def scores_in(place: Course) -> Scores:
    """The automatic score of every graded cell in the gradebook, by submission."""
    with GradebookWriter(place) as books:
        return {
            (submission.student.id, assignment.name): sorted(
                (grade.name, grade.auto_score) for notebook in submission.notebooks for grade in notebook.grades
            )
            for assignment in books.gradebook.assignments
            for submission in assignment.submissions
        }


def throughput(console: Console, folder: Path, units: tuple[str, ...], submissions: int, stock_students: int) -> bool:
    """Both ways of grading, and whether the promises about them hold."""
    ours = class_of(folder / "ours", units, submissions)
    stock = Course(folder / "stock")
    shutil.copytree(ours.root, stock.root)
    count = sum(1 for _ in ours.submitted.glob("*/*"))
    graded_by_us(Course(shutil.copytree(ours.root, folder / "first")))  # compiles what was never imported
    seconds, memory = graded_by_us(ours)
    stock_seconds, stock_count = graded_by_stock(stock, stock_students, starts=submissions <= FEW)
    mine, theirs = scores_in(ours), scores_in(stock)
    same = sum(mine[place] == theirs[place] for place in theirs)
    times = (count / seconds) / (stock_count / stock_seconds)
    table = Table("", "submissions", "seconds", "a second", "times stock")
    table.add_row("python -m autograder grade, start included", *_speed(count, seconds), f"{times:.1f}")
    name = "start included" if submissions <= FEW else "its starts taken off"
    table.add_row(f"nbgrader autograde, {name}", *_speed(stock_count, stock_seconds), "1")
    table.caption = (
        f"{same} of {stock_count} submissions with equal scores in every cell. {WORKERS} workers on {os.cpu_count()} "
        f"cores, sandbox: {best_tier()[0].value}, load {os.getloadavg()[0]:.1f}"
    )
    console.print(table)
    fast = times >= TIMES and same == stock_count == len(theirs)
    return fast and (submissions <= FEW or _is_flat(console, memory))


def _is_flat(console: Console, memory: list[float]) -> bool:
    """Print the memory along a run, and whether it keeps the promise."""
    fifths = [max(memory[k * len(memory) // 5 : (k + 1) * len(memory) // 5] or [0.0]) for k in range(5)]
    table = Table("memory of all processes, MB", *(f"{20 * k} to {20 * k + 20} %" for k in range(5)))
    table.add_row("largest in each fifth of the run", *(f"{size / 1e6:.0f}" for size in fifths))
    console.print(table)
    return max(fifths) < MOST_MEMORY and fifths[4] <= MOST_GROWTH * max(fifths[1], 1.0)


def _speed(count: int, seconds: float) -> tuple[str, str, str]:
    return str(count), f"{seconds:.1f}", f"{count / seconds:.2f}"


def overhead(console: Console, place: Course) -> bool:
    """What grading one submission takes on top of its own cells, and whether that is little enough."""
    found: list[Measured] = measured(place)
    own = statistics.median(one.own for one in found)
    isolated = statistics.median(one.isolated for one in found)
    over = statistics.median(one.isolated - one.own for one in found)
    table = Table("one submission, one worker, median", "ms")
    table.add_row("its cells by themselves in a warm process, graded cells in the same", f"{own * 1e3:.1f}")
    table.add_row("of these the student's cells", f"{statistics.median(one.students for one in found) * 1e3:.1f}")
    table.add_row("graded in the sandbox", f"{isolated * 1e3:.1f}")
    table.add_row("overhead", f"{over * 1e3:.1f}", style="bold")
    for part in found[0].parts:
        table.add_row(f"  {part}", f"{statistics.median(one.parts[part] for one in found) * 1e3:.1f}")
    table.caption = f"{len(found)} submissions"
    console.print(table)
    return over <= MOST_OVERHEAD


def main() -> int:
    """Measure and print; 1 if a promise is broken."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--submissions", type=int, default=400)
    options.add_argument("--stock-students", type=int, default=6, help="whose submissions stock nbgrader grades")
    chosen = options.parse_args()
    console = Console(width=110)
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few", Path(folder) / "many"
        kept = [throughput(console, few, UNITS[:1], FEW, FEW)]
        kept.append(throughput(console, many, UNITS, chosen.submissions, chosen.stock_students))
        kept.append(overhead(console, Course(many / "ours")))
        os.chdir(ROOT)
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
