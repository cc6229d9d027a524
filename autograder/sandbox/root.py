"""What the sandbox sees of this machine: a Python, and a copy of ``course`` without keys, live figures and judging."""

import ast
import contextlib
import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.util import cache_from_source, find_spec
from pathlib import Path

from autograder.paths import Course
from autograder.sandbox.packages import hidden_packages, package_folders

HERE = Path(__file__).resolve().parent
AUTOGRADER_FOLDER = HERE.parent
COPIED_MODULES = ("course.data", "course.draw", "course.errors", "course.functions", "course.properties")
EXCLUDED_MODULES = (
    "course.keys",
    "course.widgets",
    "course.checking.check",
    "course.checking.questions",
    "course.answers.key_files",
)
IMPORTS_COURSE = re.compile(r"\b(?:from|import) +course\b")
PREFIX_FOLDERS = ("bin", "lib", "lib32", "lib64", "libexec", "share")
SYSTEM_PATHS = (
    *(f"/etc/{name}" for name in ("alternatives", "fonts", "ld.so.cache", "localtime", "mime.types", "nsswitch.conf")),
    "/nix/store",
)
ROOT_LINKS = ("/bin", "/lib", "/lib32", "/lib64", "/sbin")
SYSTEM_FILES = ("/dev/urandom", "/dev/random", "/proc/self", "/proc/cpuinfo", "/proc/meminfo")


@dataclass(frozen=True)
class SandboxRoot:
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


def sandbox_root(folder: Path, course: Course | None = None) -> SandboxRoot:
    """The root for a folder that holds what the sandbox imports already."""
    root = trial_root(folder)
    hidden = {*root.hidden, *hidden_packages(root.shown, course)} | ({course.root.resolve()} if course else set())
    return replace(root, hidden=tuple(sorted(hidden)))


def trial_root(folder: Path = HERE) -> SandboxRoot:
    """A root for a process that runs nothing of a student's: it hides no packages, which takes a while to find out."""
    packages = package_folders()
    prefixes = dict.fromkeys((Path("/usr"), Path("/usr/local"), Path(sys.base_prefix)))
    places = [prefix / name for prefix in prefixes for name in PREFIX_FOLDERS]
    shown = [path for path in (*places, *packages, *map(Path, SYSTEM_PATHS)) if path.exists()]
    python = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    hidden = tuple(sorted((AUTOGRADER_FOLDER, _package())))
    return SandboxRoot(folder.resolve(), python, packages, tuple(dict.fromkeys(shown)), hidden)


def landlock_paths(root: SandboxRoot) -> tuple[list[str], list[str]]:
    """For Landlock, which can't except anything: what can be read, and folders of which only the names are seen."""
    read, listed = set[str](), set[str]()
    above = {parent for path in root.hidden for parent in path.parents}
    known = dict.fromkeys(root.hidden, False) | dict.fromkeys(root.shown, True)
    todo = [*root.shown, *map(Path, ROOT_LINKS)]
    while todo:
        path = todo.pop().resolve()  # a rule for a link is one for what it leads to
        visible = next((known[place] for place in (path, *path.parents) if place in known), True)
        if not visible or str(path) in listed:
            continue
        if path in above:
            listed.add(str(path))
            todo += path.iterdir()
        else:
            read.add(str(path))
    return [*sorted(read), str(root.folder), *SYSTEM_FILES], sorted(listed)


def prepare_roots() -> None:
    """Find out ahead of time what :func:`build_root` has to know, for processes that are forked from this one."""
    _copied_files(_package())
    sandbox_root(HERE)


def build_root(folder: Path, course: Course | None = None) -> SandboxRoot:
    """Write what the sandbox imports, and say what else it may see.

    Parameters
    ----------
    folder : Path
        Replaced, if it is there.
    course : Course, optional
        Whose folder is hidden.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copytree(HERE / "confined", folder / "confined")
    package = _package()
    for source in _copied_files(package):
        _copy_module(source, folder / "course" / source.relative_to(package))
    shutil.copy(HERE / "confined" / "notebook" / "course_stub.py", folder / "course" / "__init__.py")
    _copy_font_list(folder / "fonts")
    return sandbox_root(folder, course)


def _copy_module(source: Path, target: Path) -> None:
    """Copy a file and, of a module, what Python has compiled it to, so that no sandbox compiles it again."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)  # with its time stamp, by which Python knows what was compiled from it
    if source.suffix == ".py":
        compiled = Path(cache_from_source(target))
        compiled.parent.mkdir(exist_ok=True)
        with contextlib.suppress(FileNotFoundError):  # it was not imported yet
            shutil.copy2(cache_from_source(source), compiled)


def _package() -> Path:
    spec = find_spec("course")
    assert spec is not None and spec.origin is not None, "autograder imports course itself"
    return Path(spec.origin).resolve().parent


@lru_cache(maxsize=1)
def _copied_files(package: Path) -> list[Path]:
    """The files of ``course`` that are offered, and those that these and the sandbox's own modules import."""
    todo = [path for name in COPIED_MODULES for path in _files_of(name, package)]
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
    text = path.read_text(encoding="utf-8")
    for node in _statements(ast.parse(text)) if IMPORTS_COURSE.search(text) else ():
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    files = []
    for name in names:
        first, *parts = name.split(".")
        excluded = any(f"{name}.".startswith(f"{module}.") for module in EXCLUDED_MODULES)
        if first == "course" and parts and not excluded:
            files += [package.joinpath(*parts[:k], "__init__.py") for k in range(1, len(parts) + 1)]
            files.append(package.joinpath(*parts).with_suffix(".py"))
    return [file for file in files if file.is_file()]


def _statements(tree: ast.Module) -> Iterator[ast.AST]:
    """All statements of a module, with those inside others; no expression, among which there are no imports."""
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        yield node
        for field in ("body", "orelse", "finalbody", "handlers", "cases"):
            todo += getattr(node, field, ())


def _copy_font_list(folder: Path) -> None:
    """matplotlib's list of fonts, if this machine has made one: making it takes a second."""
    folder.mkdir()
    default = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "matplotlib"
    with contextlib.suppress(OSError):
        for path in Path(os.environ.get("MPLCONFIGDIR") or default).glob("fontlist-*.json"):
            shutil.copy(path, folder)
