"""Where a course keeps its things, from the current directory upwards, and where its environment has its programs."""

import os
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from autograder.errors import NoCourse, UnknownUnit

FOLDERS = ("submitted_directory", "autograded_directory", "release_directory")
"""The folders of a course that ``nbgrader_config.py`` may name, by nbgrader's names for them."""


@dataclass(frozen=True)
class Course:
    """The folders of one course.

    Attributes
    ----------
    root : Path
    submitted_directory, autograded_directory, release_directory : str
        From the root on, or from the root of the disk, see :func:`autograder.configuration.settings.configured`.
    """

    root: Path
    submitted_directory: str = "submitted"
    autograded_directory: str = "autograded"
    release_directory: str = "release"

    @property
    def source(self) -> Path:
        return self.root / "source"

    @property
    def release(self) -> Path:
        return self.root / self.release_directory

    @property
    def keys(self) -> Path:
        """Where built keys go: into the package where it stands in the course's own folder, else beside it."""
        package = self.root / "course"
        return package / "keys" if (package / "__init__.py").is_file() else self.root / "keys"

    @property
    def submitted(self) -> Path:
        return self.root / self.submitted_directory

    @property
    def autograded(self) -> Path:
        return self.root / self.autograded_directory

    def units(self) -> list[str]:
        """The names of all units, in order."""
        try:
            return sorted(name for name in os.listdir(self.source) if self._is_unit(name))
        except FileNotFoundError:
            return []

    def _is_unit(self, name: str) -> bool:
        return os.path.isfile(os.path.join(self.source, name, f"{name}.py"))

    def text(self, unit: str) -> Path:
        """The text notebook of a unit.

        Raises
        ------
        UnknownUnit
            The message lists the units that there are.
        """
        if os.path.basename(unit) != unit or not self._is_unit(unit):
            known = "\n  ".join(self.units())
            raise UnknownUnit(f"There is no unit {unit!r}. The units are:\n  {known}")
        return self.source / unit / f"{unit}.py"

    def notebook(self, unit: str) -> Path:
        """The instructor notebook that is built from the text."""
        return self.source / unit / f"{unit}.ipynb"

    def exercises(self, unit: str) -> Path:
        """The folder of the unit's exercises: a file for each, and one for the self-test questions."""
        return self.source / unit / "exercises"

    def exercise_files(self, unit: str) -> list[Path]:
        """The Python files of the unit's exercises, sorted by name; none where there is no such folder."""
        return sorted(self.exercises(unit).glob("*.py"))

    def without_root(self, words: str) -> str:
        """A sentence that names the course's files from the course's folder on."""
        return words.replace(f"{self.root}{os.sep}", "")

    def shown(self, path: Path) -> str:
        """A path as a message names it: from the course's folder on."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)


@lru_cache(maxsize=8)
def _course_at(directory: Path) -> Course:
    for folder in (directory, *directory.parents):
        if (folder / "nbgrader_config.py").is_file() and (folder / "source").is_dir():
            return Course(folder)
    raise NoCourse(
        f"{directory} is not inside a course: no folder above it has nbgrader_config.py and source/. "
        "Change to the course's folder first."
    )


def here() -> Course:
    """The course that the current directory belongs to.

    Raises
    ------
    NoCourse
    """
    return _course_at(Path(os.getcwd()).resolve())


def put_programs_on_path() -> None:
    """Let what this process starts by name be found where the environment was not activated.

    nbgrader starts ``alembic`` so, when it makes a gradebook.
    """
    programs = str(Path(sys.prefix) / ("Scripts" if os.name == "nt" else "bin"))
    places = os.environ.get("PATH", "").split(os.pathsep)
    if programs not in places:
        os.environ["PATH"] = os.pathsep.join(filter(None, [programs, *places]))
