"""What the sandbox sees of this machine: a Python, and a copy of ``course`` without keys, live figures and judging."""

import ast
import contextlib
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from autograder.paths import Course

HERE = Path(__file__).resolve().parent
ENGINE = HERE.parent
OFFERED = ("course.data", "course.draw", "course.errors", "course.functions", "course.properties")
NEVER = (
    "course.keys",
    "course.widgets",
    "course.checking.check",
    "course.checking.questions",
    "course.answers.key_files",
)
FOLDERS = ("bin", "lib", "lib32", "lib64", "libexec", "share")
SYSTEM = (
    *(f"/etc/{name}" for name in ("alternatives", "fonts", "ld.so.cache", "localtime", "mime.types", "nsswitch.conf")),
    "/nix/store",
)
PACKAGES = ("site-packages", "dist-packages")
DIFFERENTIATORS = ("autograd", "casadi", "functorch", "jax", "sympy", "tensorflow", "tinygrad", "torch")
"""Packages that would give a gradient without its formula."""
LINKS = ("/bin", "/lib", "/lib32", "/lib64", "/sbin")


@dataclass(frozen=True)
class Site:
    """What a sandbox shows of this machine, all of it read-only.

    Attributes
    ----------
    folder : Path
        Holds ``confined`` and the sandbox's own ``course``.
    python : Path
    packages : tuple of Path
        Where installed packages are imported from.
    shown : tuple of Path
        What can be read.
    hidden : tuple of Path
        What can't, though it may lie in a folder that is shown.
    """

    folder: Path
    python: Path
    packages: tuple[Path, ...]
    shown: tuple[Path, ...]
    hidden: tuple[Path, ...]


def site_of(folder: Path, course: Course | None = None) -> Site:
    """A site whose folder stands already."""
    hidden = {ENGINE, _package()} | ({course.root.resolve()} if course else set())
    packages = tuple(path for path in map(Path, sys.path) if path.name in PACKAGES and path.is_dir())
    hidden |= {path for folder in packages for name in DIFFERENTIATORS if (path := folder / name).is_dir()}
    prefixes = dict.fromkeys((Path("/usr"), Path("/usr/local"), Path(sys.base_prefix)))
    places = [prefix / name for prefix in prefixes for name in FOLDERS]
    shown = [path for path in (*places, *packages, *map(Path, SYSTEM)) if path.exists()]
    python = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    return Site(folder.resolve(), python, packages, tuple(dict.fromkeys(shown)), tuple(sorted(hidden)))


def build_site(folder: Path, course: Course | None = None, *, extra: Mapping[str, str] | None = None) -> Site:
    """Write what the sandbox imports, and say what else it may see.

    Parameters
    ----------
    folder : Path
        Replaced, if it is there.
    course : Course, optional
        Whose folder is hidden.
    extra : dict of str to str, optional
        More files, or others in the place of some: for tests.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    junk = shutil.ignore_patterns("__pycache__")
    shutil.copytree(HERE / "confined", folder / "confined", ignore=junk)
    package = _package()
    for source in _needed(package):
        target = folder / "course" / source.relative_to(package)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    shutil.copy(HERE / "confined" / "course_stub.py", folder / "course" / "__init__.py")
    for name, text in (extra or {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    _bring_fonts(folder / "fonts")
    return site_of(folder, course)


def _package() -> Path:
    spec = find_spec("course")
    assert spec is not None and spec.origin is not None, "autograder imports course itself"
    return Path(spec.origin).resolve().parent


def _needed(package: Path) -> list[Path]:
    """The files of ``course`` that are offered, and those that these and the sandbox's own modules import."""
    todo = [path for name in OFFERED for path in _files_of(name, package)]
    for path in (HERE / "confined").rglob("*.py"):
        todo += _imported(path, package)
    found: set[Path] = set()
    while todo:
        path = todo.pop()
        if path not in found:
            found.add(path)
            todo += _imported(path, package) if path.suffix == ".py" else []
    return sorted(found)


def _files_of(name: str, package: Path) -> list[Path]:
    """The files of an offered module; of a package, all that it has beside its code too."""
    place = package.joinpath(*name.split(".")[1:])
    if not place.is_dir():
        return [place.with_suffix(".py")]
    return [path for path in place.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def _imported(path: Path, package: Path) -> list[Path]:
    """The modules of ``course`` that a file imports, with the packages that they lie in."""
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    files = []
    for name in names:
        first, *parts = name.split(".")
        if first == "course" and parts and not any(f"{name}.".startswith(f"{never}.") for never in NEVER):
            files += [package.joinpath(*parts[:k], "__init__.py") for k in range(1, len(parts) + 1)]
            files.append(package.joinpath(*parts).with_suffix(".py"))
    return [file for file in files if file.is_file()]


def _bring_fonts(folder: Path) -> None:
    """matplotlib's list of fonts, if this machine has made one: making it takes a second."""
    folder.mkdir()
    default = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "matplotlib"
    with contextlib.suppress(OSError):
        for path in Path(os.environ.get("MPLCONFIGDIR") or default).glob("fontlist-*.json"):
            shutil.copy(path, folder)
