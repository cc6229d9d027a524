"""One unit as it is built, in a folder beside what is released, and how it takes the place of what was there."""

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.gradebook.nbgrader_api import NbgraderFailed, reason_of
from autograder.gradebook.units.cells import ScratchGradebook, UnitCells
from autograder.paths import Course


@dataclass(frozen=True)
class PreparedUnit:
    """A unit that was built and is not released yet.

    Attributes
    ----------
    course : Course
    unit : str
    files : dict of Path to Path
        Where each file or folder lies that was made, by the place that it will take.
    cells : UnitCells
        What nbgrader would enter in the gradebook.
    """

    course: Course
    unit: str
    files: dict[Path, Path]
    cells: UnitCells

    def put_in_place(self, undo: ExitStack) -> None:
        """Put what was made in the place of what was there.

        Parameters
        ----------
        undo : ExitStack
            Gets what puts everything back.

        Raises
        ------
        OSError
        """
        for place, made in self.files.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.exists():
                aside = made.with_name(f"{made.name}.before")
                place.rename(aside)
                undo.callback(aside.rename, place)
            made.rename(place)
            undo.callback(place.rename, made)


def prepare(
    course: Course, unit: str, notebook: str, api: Any, folder: Path, keys_of: Callable[[], str | None]
) -> PreparedUnit:
    """Let nbgrader make a unit's release notebook, and make its keys; nothing of the course is changed.

    Parameters
    ----------
    course : Course
    unit : str
    notebook : str
        The instructor notebook, as JSON.
    api
        nbgrader's, which reads and writes in the folder from now on.
    folder : Path
        In the course's own folder, where a file can be moved from without being copied.
    keys_of : callable
        Gives what :func:`~autograder.build.key_writer.changed_keys` gives for the unit.

    Raises
    ------
    NbgraderFailed, BrokenUnit
    """
    source, release = folder / "source", folder / "release"
    left_out = shutil.ignore_patterns(f"{unit}.ipynb", "exercises", "__pycache__", ".ipynb_checkpoints")
    shutil.copytree(course.source / unit, source / unit, ignore=left_out)
    made = source / unit / f"{unit}.ipynb"
    made.write_text(notebook, encoding="utf-8")
    scratch = ScratchGradebook(folder / f"{unit}.db")
    try:
        api.coursedir.source_directory = source.relative_to(course.root).as_posix()
        api.coursedir.release_directory = release.relative_to(course.root).as_posix()
        api.coursedir.db_url = scratch.url
        result = api.generate_assignment(unit, force=True, create=True)
        if not (result["success"] and (release / unit).is_dir()):
            raise NbgraderFailed(f"nbgrader could not make the release of {unit}: {reason_of(result)}")
        cells = scratch.read(unit)
    finally:
        scratch.close()
    files = {course.release / unit: release / unit}
    place = course.notebook(unit)
    if not place.is_file() or place.read_text(encoding="utf-8") != notebook:
        files[place] = made
    if keys := keys_of():
        files[course.keys / f"{unit}.json"] = folder / f"{unit}.json"
        (folder / f"{unit}.json").write_text(keys, encoding="utf-8")
    return PreparedUnit(course, unit, files, cells)
