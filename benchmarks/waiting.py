"""How long honest students wait for notebooks that never end: the same class graded alone, and among them.

Twenty notebooks of unit 04, and twenty more with an endless loop in a cell, on two workers. Prints when the last honest
result was there, both ways in the same run; exits 1 if that takes more than twice as long, or if points differ.
"""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests")]

from support.courses import copy_course

from autograder.build.release import build
from autograder.grading import batch
from autograder.grading.recorder import ReadSubmission, ResultRecorder
from autograder.limits import Limits
from autograder.paths import Course
from autograder.verify.simulated_class import hand_in, simulated_class

UNIT, STUDENTS, WORKERS, SEED = "04_gradient_descent", 20, 2, 20
MOST_TIMES = 2.0
LIMITS = Limits(seconds_per_cell=10.0, seconds=20.0)
"""Shorter than those of a course, so that the end is not long to be waited for: nobody honest meets them."""


def class_of(folder: Path) -> Course:
    """A course with its honest submissions."""
    place = copy_course(ROOT, folder)
    os.chdir(place.root)
    for unit in set(place.units()) - {UNIT}:
        shutil.rmtree(place.source / unit)
    list(build(place, [UNIT]))
    for student in simulated_class(place, [UNIT], STUDENTS, seed=1):
        hand_in(place, student)
    return place


def add_endless(place: Course) -> None:
    """Hand each of the notebooks in once more, with an endless loop in one of its cells, for other students."""
    draw = random.Random(SEED)
    for folder in sorted(place.submitted.iterdir()):
        copied = folder.with_name(f"{folder.name}-endless")
        shutil.copytree(folder, copied)
        path = copied / UNIT / f"{UNIT}.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        own = [cell for cell in notebook["cells"] if "solution" in str(cell["metadata"].get("nbgrader"))]
        cell = draw.choice([cell for cell in own if cell["metadata"]["nbgrader"]["solution"]])
        cell["source"] = "".join(cell["source"]) + "\nwhile True: pass"
        path.write_text(json.dumps(notebook), encoding="utf-8")


def graded(place: Course) -> tuple[float, dict[str, float | None]]:
    """Seconds until the last honest submission is recorded, and their points."""
    start, last = time.perf_counter(), 0.0

    class Timed(ResultRecorder):
        def record(self, read: ReadSubmission, data: bytes | None) -> batch.Result:
            nonlocal last
            if not read.student.endswith("-endless"):
                last = time.perf_counter() - start
            return super().record(read, data)

    batch.ResultRecorder = Timed  # type: ignore[misc]
    results = batch.grade_all(place, [UNIT], workers=WORKERS, seed=SEED, limits=LIMITS)
    return last, {r.student: r.points for r in results if not r.student.endswith("-endless")}


def main() -> int:
    """Measure and print; 1 if it takes too long."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = class_of(Path(folder))
        alone, points = graded(place)
        add_endless(place)
        among, same = graded(place)
        os.chdir(ROOT)
    table = Table(f"{STUDENTS} honest notebooks", "seconds until the last is done", "times")
    table.add_row("alone", f"{alone:.1f}", "1")
    table.add_row(f"among {STUDENTS} that never end", f"{among:.1f}", f"{among / alone:.2f}")
    table.caption = (
        f"{WORKERS} workers, load {os.getloadavg()[0]:.1f}; points {'equal' if points == same else 'DIFFER'}"
    )
    Console(width=110).print(table)
    return 0 if among <= MOST_TIMES * alone and points == same else 1


if __name__ == "__main__":
    sys.exit(main())
