"""How long honest students wait for notebooks that never end: the same class graded alone, and among them.

Twenty notebooks of unit 04, and twenty more with an endless loop in a cell, on two workers. Prints when the last honest
result was there, both ways in the same run; exits 1 if that takes more than twice as long, or if points differ.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from unittest import mock

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.courses import copy_course

from autograder.build.release import build
from autograder.grading import batch
from autograder.grading.recorder import ReadSubmission, ResultRecorder
from autograder.paths import Course
from autograder.verify.simulated_class import hand_in, simulated_class

UNIT, STUDENTS, WORKERS, SEED = "04_gradient_descent", 20, 2, 20
MOST_TIMES = 2.0


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


class AllDone(Exception):
    """Every honest submission is recorded; the others need not be waited for."""


def graded(place: Course) -> tuple[float, dict[str, float | None]]:
    """Seconds until the last honest submission is recorded, and their points."""
    start = time.perf_counter()
    points: dict[str, float | None] = {}

    class Timed(ResultRecorder):
        def record(self, read: ReadSubmission, data: bytes | None) -> batch.Result:
            result = super().record(read, data)
            if not read.student.endswith("-endless"):
                points[read.student] = result.points
            if len(points) == STUDENTS:
                raise AllDone
            return result

    with mock.patch.object(batch, "ResultRecorder", Timed), contextlib.suppress(AllDone):
        batch.grade_all(place, [UNIT], workers=WORKERS, seed=SEED)
    return time.perf_counter() - start, points


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
