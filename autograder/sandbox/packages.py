"""Installed packages: which a submission may import, and what is hidden from it of all others.

A notebook is promised what the course needs, and what the units themselves import. Whatever else lies in the folders of
packages that the grader imports from, and every other such folder of this machine, is hidden: among it may be what
differentiates.
"""

import contextlib
import os
import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import Distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from autograder.paths import Course

FOLDER_NAMES = ("site-packages", "dist-packages")
COURSE = ("backprop-course", frozenset({"lab"}))
NEEDED = tuple(
    (name, frozenset[str]()) for name in ("numpy", "matplotlib", "ipywidgets", "anywidget", "ipython", "msgpack")
)
"""What the sandbox itself imports, where the course is not installed as a package."""
METADATA = (".dist-info", ".egg-info")
VERSION = re.compile(r"-(?=\d)")
"""Where a package's version begins in the name of the folder of its metadata."""
REQUIRES = re.compile(r"^Requires-Dist: *(.+)$", re.M)
ONLY_EXTRA = re.compile(r"^(?!.*\bor\b).*;.*\bextra *==")
"""A requirement of an optional part."""
IMPORT = re.compile(r"^ *(?:import|from) +(\w+)", re.M)
MAX_DEPTH = 5
"""How far below a folder that is shown others of packages are looked for."""
NO_PACKAGES = ("bin", "sbin", "share")
"""Folders of a prefix in which none lie, or only at the top."""
NOT_SEARCHED = ("/nix/store",)
"""There each package has a folder of its own, and those that are needed are links to others."""


def package_folders() -> tuple[Path, ...]:
    """The folders from which installed packages are imported, here and in the sandbox."""
    return tuple(path for path in map(Path, sys.path) if path.name in FOLDER_NAMES and path.is_dir())


def is_of_packages(path: Path) -> bool:
    """Whether this is a folder of packages, or one of what lies in it."""
    return path.name in FOLDER_NAMES or path.parent.name in FOLDER_NAMES


def hidden_packages(shown: Iterable[Path], course: Course | None = None) -> set[Path]:
    """All that is to be hidden: other folders of packages, and in our own what a submission does not need.

    Parameters
    ----------
    shown : iterable of Path
        What can be read, unless it is hidden.
    course : Course, optional
        What its units import is needed.
    """
    own = package_folders()
    others = {folder for path in shown if str(path) not in NOT_SEARCHED for folder in _folders_below(path)} - set(own)
    return others | _not_needed(own, _imported_by_units(course) if course else frozenset())


@lru_cache(maxsize=64)
def _folders_below(top: Path) -> tuple[Path, ...]:
    """The folders of packages below a folder."""
    found, todo = [], [(str(top), 1 if top.name in NO_PACKAGES else MAX_DEPTH)]
    while todo:
        folder, depth = todo.pop()
        for name in _folders_in(folder):
            if name in FOLDER_NAMES:
                found.append(Path(folder, name))
            elif depth > 0:
                todo.append((os.path.join(folder, name), depth - 1))
    return tuple(found)


def _folders_in(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []


@lru_cache(maxsize=8)
def _not_needed(own: tuple[Path, ...], imported: frozenset[str]) -> frozenset[Path]:
    """What lies in these folders and belongs to no package that is needed."""
    installed = _installed(own, tuple(folder.stat().st_mtime_ns for folder in own))
    entries = {name: _entries_of(name, package) for name, package in installed.items()}
    roots = [COURSE] if COURSE[0] in installed else list(NEEDED)
    roots += [(name, frozenset()) for name, owned in entries.items() if imported & {e.split(".")[0] for e in owned}]
    needed = _with_requirements(roots, installed)
    kept = {entry for name in needed for entry in entries[name]}
    other = {entry for name in installed.keys() - needed for entry in entries[name]} - kept
    return frozenset(folder / entry for folder in own for entry in other if (folder / entry).exists())


@lru_cache(maxsize=8)
def _installed(folders: tuple[Path, ...], _versions: tuple[int, ...]) -> dict[str, Distribution]:
    """The packages in some folders, by name, as the folder of their metadata has it: to read that takes much longer."""
    places = [place for folder in reversed(folders) for place in folder.iterdir() if place.suffix in METADATA]
    return {canonicalize_name(VERSION.split(place.stem)[0]): Distribution.at(place) for place in places}


@lru_cache(maxsize=1024)
def _entries_of(name: str, installed: Distribution) -> set[str]:
    """The files and folders at the top that belong to a package."""
    record = installed.read_text("RECORD")
    if record is not None:
        names = {line.split("/", 1)[0].split(",", 1)[0] for line in record.splitlines()}
    else:  # a distribution of Linux leaves the record out
        named = (installed.read_text("top_level.txt") or name.replace("-", "_")).split()
        names = {name + end for name in named for end in ("", ".py")}
    return {name for name in names if name and not name.startswith((".", "__pycache__")) and ".dist-info" not in name}


def _with_requirements(roots: list[tuple[str, frozenset[str]]], installed: dict[str, Distribution]) -> set[str]:
    """The names of these packages and of all that they require, of what is installed."""
    found, todo = set[tuple[str, frozenset[str]]](), list(roots)
    while todo:
        name, extras = todo.pop()
        if name in installed and (name, extras) not in found:
            found.add((name, extras))
            todo += _required_by(installed[name], extras)
    return {name for name, _ in found}


@lru_cache(maxsize=1024)
def _required_by(package: Distribution, extras: frozenset[str]) -> list[tuple[str, frozenset[str]]]:
    required = [Requirement(line) for line in _requirements_of(package) if extras or not ONLY_EXTRA.search(line)]
    return [
        (canonicalize_name(one.name), frozenset(one.extras))
        for one in required
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in extras or {""})
    ]


def _requirements_of(package: Distribution) -> list[str]:
    """The lines that say what a package requires: its description, below them, is long and is not read."""
    metadata = package.read_text("METADATA")
    return list(package.requires or ()) if metadata is None else REQUIRES.findall(metadata.split("\n\n", 1)[0])


def _imported_by_units(course: Course) -> frozenset[str]:
    """The modules at the top that the notebooks of a course's units import."""
    found = set[str]()
    for unit in course.units():
        with contextlib.suppress(OSError, ValueError):
            found.update(IMPORT.findall(course.text(unit).read_text(encoding="utf-8")))
    return frozenset(found)
