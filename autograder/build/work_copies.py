"""Copies of the released notebooks to work on, so that neither a build nor a pull touches anyone's answers."""

import shutil

from autograder.errors import AutograderError
from autograder.paths import Course


def copy_to_work(course: Course) -> list[str]:
    """Copy every released unit that is not in ``work/`` yet; returns the units copied.

    Raises
    ------
    AutograderError
        If nothing is released.
    """
    released = sorted(path.parent for path in course.release.glob("*/*.ipynb"))
    if not released:
        raise AutograderError("release/ holds no notebook. Run: python -m autograder build")
    copied = []
    for folder in released:
        target = course.root / "work" / folder.name
        if not target.exists():
            half = target.with_name(f".{folder.name}.half")
            shutil.rmtree(half, ignore_errors=True)
            shutil.copytree(folder, half)
            half.rename(target)
            copied.append(folder.name)
    return copied
