"""Copies of the released notebooks to work on, so that neither a build nor a pull touches anyone's answers."""

import shutil
from pathlib import Path

from autograder.configuration.settings import configured
from autograder.errors import AutograderError
from autograder.paths import Course


def copy_to_work(course: Course) -> tuple[list[str], list[str]]:
    """Copy every released unit that is not in ``work/`` yet; gives the units copied, and those left as they are.

    Raises
    ------
    AutograderError
        If nothing is released; or if some units can't be copied, after all others are.
    """
    course = configured(course)
    released = sorted(path.parent for path in course.release.glob("*/*.ipynb"))
    if not released:
        raise AutograderError("release/ holds no notebook. Run: python -m autograder build")
    copied, left, refused = [], [], []
    for folder in released:
        target = course.root / "work" / folder.name
        try:
            if target.exists():
                left.append(folder.name)
            else:
                _copy_whole(folder, target)
                copied.append(folder.name)
        except OSError as error:
            refused.append(f"{course.shown(target)} can't be made ({_first_cause(error)}).")
    if refused:
        raise AutograderError("\n".join([*refused, "The other units are there. Mend that, and run it again."]))
    return copied, left


def _copy_whole(folder: Path, target: Path) -> None:
    """Copy a folder whole or not at all."""
    half = target.with_name(f".{target.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(folder, half)
    half.rename(target)


def _first_cause(error: OSError) -> str:
    """What the system says; copying a folder gathers what it says of each file in it."""
    if isinstance(error, shutil.Error):
        _, _, words = error.args[0][0]
        return str(words)
    return error.strerror or str(error)
