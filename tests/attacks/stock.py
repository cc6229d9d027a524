"""The attacks against ``nbgrader autograde`` as it comes, beside what becomes of them here, as a table.

``python tests/attacks/stock.py [-o FILE] [--here] [--first] [ROW…]`` from the course's folder. Each attack is
graded in a copy of the course of its own, in a container without network, with an honest submission after it, so that
real harm is done to neither this machine nor the next attack. It takes about ten seconds an attack; with ``--here``
only the column of this grader is made.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from support.courses import SMALL, copy_course

from attacks.attack import Attack
from attacks.handed_in import ALL, UNIT, HandedIn
from attacks.round import graded, limits_of, theme
from attacks.themes import THEMES
from autograder.build.release import build
from autograder.paths import Course

SECONDS = 150
MEMORY = 3 << 30
CONFIG = "c.CourseDirectory.course_id = 'stock'\nc.CourseDirectory.ignore = ['*.py', '__pycache__']\n"
"""nbgrader as it comes: without our execution."""
HEAD = "| row | attack | stock nbgrader 0.9.6 | here |\n|---|---|---|---|"


def main(arguments: list[str]) -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("-o", "--output", type=Path)
    options.add_argument("--here", action="store_true", help="leave stock nbgrader out")
    options.add_argument("--first", action="store_true", help="only the first attack of each row")
    options.add_argument("rows", nargs="*", type=int)
    wanted = options.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="stock-") as folder:
        built = copy_course(SMALL, Path(folder) / "built")
        list(build(built, built.units()))
        lines, seen = [HEAD], set[int]()
        attacks = sorted(((one, name) for name in THEMES for one in theme(name)), key=lambda pair: pair[0].row)
        for one, name in attacks:
            if wanted.rows and one.row not in wanted.rows or wanted.first and one.row in seen:
                continue
            seen.add(one.row)
            stock = "" if wanted.here else one.stock and f"not tried: {one.stock}" or on_stock(one, built)
            told = (one.make.__doc__ or "").strip().splitlines()[0]
            lines.append(f"| {one.row} | {told} | {stock} | {here(one, name, built)} |")
            print(lines[-1], flush=True)
    if wanted.output:
        wanted.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


def copied(built: Course, one: Attack) -> Iterator[Course]:
    """A course of its own with the attack handed in, and an honest student after it."""
    with tempfile.TemporaryDirectory(prefix="attack-", ignore_cleanup_errors=True) as folder:
        root = Path(folder) / "course"
        shutil.copytree(built.root, root)
        course = Course(root)
        one.hand_in(course)
        HandedIn(course, "zoe").save()
        yield course


def here(one: Attack, name: str, built: Course) -> str:
    """What this grader makes of it."""
    for course in copied(built, one):
        result, honest = graded(course, limits_of(name))
        return told(one, result.points, honest.points, result.reason or result.verdict)
    raise AssertionError


def on_stock(one: Attack, built: Course) -> str:
    """What ``nbgrader autograde`` makes of it, in a container."""
    for course in copied(built, one):
        (course.root / "nbgrader_config.py").write_text(CONFIG)
        words = ["bwrap", "--dev-bind", "/", "/", "--tmpfs", "/tmp", "--bind", str(course.root), str(course.root)]
        words += ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--proc", "/proc", "--die-with-parent"]
        for place in (Path.home(), ROOT):
            words += ["--ro-bind", str(place), str(place)] if place.exists() else []
        words += ["--tmpfs", str(Path.home() / ".ipython"), "--chdir", str(course.root)]
        program = Path(sys.executable).parent / "nbgrader"
        environment = {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}
        for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "MPLCONFIGDIR"):
            environment[name] = f"/tmp/{name.lower()}"
        command = ["prlimit", f"--as={MEMORY}", *words, str(program), "autograde", UNIT]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=SECONDS, env=environment, errors="replace", check=False
            )
            ended = "" if done.returncode == 0 else f"the batch ended with code {done.returncode}"
        except subprocess.TimeoutExpired:
            ended = f"the batch had not ended after {SECONDS} s"
        points = points_of(course)
        return told(one, points.get(one.student), points.get("zoe"), ended)
    raise AssertionError


def points_of(course: Course) -> dict[str, float]:
    """What stands in the gradebook, asked for by a process that nothing has touched."""
    code = (
        "import json, sys\nfrom nbgrader.api import Gradebook\n"
        "with Gradebook('sqlite:///' + sys.argv[1]) as book:\n"
        "    print(json.dumps({s.student.id: s.score for a in book.assignments for s in a.submissions}))"
    )
    command = [sys.executable, "-c", code, str(course.root / "gradebook.db")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else {}


def told(one: Attack, points: float | None, honest: float | None, words: str) -> str:
    """One field of the table."""
    earned = "no points" if points is None else f"{points:g} points"
    due = "" if points == one.earns else f", {one.earns:g} due"
    others = "" if honest == ALL else f"; the honest student after it: {honest or 0:g} of {ALL:g}"
    return f"{earned}{due}{f'; {words}' if words else ''}{others}".replace("|", "/")


if __name__ == "__main__":
    main(sys.argv[1:])
