"""How long a student waits: import, check and build, each beside a named alternative in the same run.

Run with ``make bench``. Prints a table; exits 1 if a promise is broken: `import course` 0.4 s, `check` 0.05 s for each
exercise, `build` of all units 10 s.
"""

import contextlib
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.courses import copy_course

from autograder.exercises.loader import exercises_of
from autograder.notebook import right_namespace
from autograder.paths import Course
from course import check
from course.answers import key_files

IMPORT_LIMIT, CHECK_LIMIT, BUILD_LIMIT = 0.4, 0.05, 10.0


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """The median time of some work."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def python(*arguments: str, cwd: Path = ROOT) -> Callable[[], object]:
    """A run of this Python in a process of its own."""
    return lambda: subprocess.run([sys.executable, *arguments], cwd=cwd, check=True, capture_output=True)


def imports() -> tuple[float, float]:
    """``import course`` beside ``import numpy``, a part of it; the start of Python is taken off."""
    start = seconds(python("-c", "pass"))
    return seconds(python("-c", "import course")) - start, seconds(python("-c", "import numpy")) - start


def checks(course: Course) -> dict[str, tuple[float, float]]:
    """The first ``check`` of each right answer, key read from disk, beside the bare calls on the same draws."""
    found = {}
    for unit in course.units():
        right = right_namespace(course, unit)
        for name, exercise in exercises_of(unit, course).items():
            if exercise.scenario_function:
                continue
            answer = right[name]

            def first_check(answer: object = answer, name: str = name) -> None:
                key_files._load_key.cache_clear()
                key_files._unit_keys.cache_clear()
                with contextlib.redirect_stdout(io.StringIO()):
                    check(answer, name=name)

            def bare_calls(answer: Callable[..., object] = answer, name: str = name) -> None:
                for case in key_files.load_key(name).cases:
                    answer(*case.inputs.values())

            found[name] = seconds(first_check), seconds(bare_calls)
    return found


def builds() -> tuple[float, float]:
    """Building all units from nothing, beside nbgrader's own command, which makes the release and no keys."""
    with tempfile.TemporaryDirectory() as folder:
        place = copy_course(ROOT, Path(folder) / "course")
        ours = seconds(python("-m", "autograder", "build", cwd=place.root), 1)
        program = Path(sys.executable).parent / "nbgrader"
        os.environ["PATH"] = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
        theirs = seconds(
            lambda: subprocess.run(
                [program, "generate_assignment", "--force", *place.units()[:1]],
                cwd=place.root, check=False, capture_output=True,
            ),
            1,
        )  # fmt: skip
        return ours, theirs * len(place.units())


def main() -> int:
    """Measure and print; 1 if a promise is broken."""
    course = Course(ROOT)
    table = Table("what", "seconds", "promised", "beside", "ratio")
    kept = []

    def row(what: str, ours: float, limit: float, beside: str, theirs: float) -> None:
        kept.append(ours <= limit)
        table.add_row(what, f"{ours:.4f}", f"{limit:g}", f"{beside}: {theirs:.5f}", f"{ours / theirs:.1f}")

    row("import course", *_with(imports(), IMPORT_LIMIT, "import numpy"))
    for name, times in checks(course).items():
        row(f"check({name})", *_with(times, CHECK_LIMIT, "the bare calls"))
    row("build, all units", *_with(builds(), BUILD_LIMIT, "nbgrader generate_assignment, a process a unit"))
    Console().print(table)
    return 0 if all(kept) else 1


def _with(times: tuple[float, float], limit: float, beside: str) -> tuple[float, float, str, float]:
    return times[0], limit, beside, times[1]


if __name__ == "__main__":
    sys.exit(main())
