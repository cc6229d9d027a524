"""Where the courses are that tests build, grade and break, copies of their sources, and what is built of them."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.build.release import build
from autograder.paths import Course

ROOT = Path(__file__).resolve().parents[2]
SMALL = ROOT / "tests" / "small_course"


def copy_course(source: Path, target: Path) -> Course:
    """A course's sources alone, as they are after a fresh clone."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(source / "nbgrader_config.py", target)
    ignored = shutil.ignore_patterns("*.ipynb", "__pycache__", ".ipynb_checkpoints")
    shutil.copytree(source / "source", target / "source", ignore=ignored)
    return Course(target)


def built_once(source: Path, target: Path) -> Course:
    """A course built in a folder that all processes of a run share; the first that asks for it builds it."""
    with lock(target.with_name(f"{target.name}.lock")) as done:
        if not done.read_text():
            place = copy_course(source, target)
            list(build(place, place.units()))
            done.write_text("built")
    return Course(target)


@contextmanager
def lock(path: Path) -> Iterator[Path]:
    """Hold a file for this process alone, and give it: what is written into it is there for the next."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # ends with the process, whatever happens
        yield path
