"""Where the courses are that tests build, grade and break, and copies of their sources."""

import shutil
from pathlib import Path

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
