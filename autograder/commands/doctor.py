"""``doctor``: what this environment has, what it lacks, and how to get that."""

import contextlib
import importlib.metadata
import importlib.util
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from autograder.errors import NoCourse
from autograder.gradebook.url import NoGradebook, gradebook_url, is_unfinished, known_units, without_password
from autograder.limits import Tier
from autograder.paths import here
from autograder.sandbox.sandbox import best_tier

NEEDED = {
    "numpy": "every notebook",
    "matplotlib": "the figures",
    "ipywidgets": "the live figures",
    "jupyterlab": "opening notebooks",
    "nbgrader": "releasing and grading",
    "jupytext": "building units",
    "click": "the command line",
    "rich": "progress and tables",
}
ONLY_FOR = {"distributed": "grade --dask", "psycopg": "--db postgresql://"}

INSTALL = "pip install -r requirements.txt; or anew: make clean, then make lab"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    what : str
    fine : bool
    seen : str
        What was found: a version, a number, a reason.
    remedy : str
        What to do if it is not fine.
    needed : bool
        Whether the course does not work without it.
    """

    what: str
    fine: bool
    seen: str
    remedy: str = ""
    needed: bool = True


def examine() -> int:
    """Print every finding; 0 if nothing needed is missing, else 1."""
    findings = [finding for look in LOOKS for finding in look()]
    table = Table()
    for heading in ("what", "state", "found", "what to do"):
        table.add_column(heading, overflow="fold")  # a path or a command that is cut short is of no use
    for finding in findings:
        state = "ok" if finding.fine else "missing" if finding.needed else "optional"
        table.add_row(finding.what, state, finding.seen, "" if finding.fine else finding.remedy)
    Console().print(table)
    missing = [finding.what for finding in findings if finding.needed and not finding.fine]
    if missing:
        Console().print(f"Missing: {', '.join(missing)}. The last column says what to do.")
    else:
        Console().print("Everything that is needed is there.")
    return 1 if missing else 0


def python() -> Iterator[Finding]:
    """The Python version."""
    fine = (3, 11) <= sys.version_info[:2] <= (3, 13)
    yield Finding(
        "Python 3.11 to 3.13",
        fine,
        sys.version.split()[0],
        "install one of these, then make clean and make lab PYTHON=python3.12 (or the one you have)",
    )


def packages() -> Iterator[Finding]:
    """The packages, and whether they are the pinned versions."""
    pinned = _pins()
    for name, purpose in NEEDED.items():
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, False, f"not installed; needed for {purpose}", INSTALL)
            continue
        if pinned.get(name, version) != version:
            yield Finding(name, False, f"{version}, where requirements.txt has {pinned[name]}", INSTALL, needed=False)
        else:
            yield Finding(name, True, version)
    for name, purpose in ONLY_FOR.items():
        if importlib.util.find_spec(name) is None:
            yield Finding(name, False, f"not installed; needed for {purpose}", INSTALL, needed=False)
    yield Finding(
        "this course as a package",
        importlib.util.find_spec("course") is not None and bool(_own_version()),
        _own_version() or "not installed, so a notebook in another folder can't import it",
        "pip install --no-deps -e .",
    )


def _own_version() -> str:
    try:
        return importlib.metadata.version("backprop-course")
    except importlib.metadata.PackageNotFoundError:
        return ""


def _pins() -> dict[str, str]:
    try:
        lines = (here().root / "requirements.txt").read_text(encoding="utf-8").splitlines()
    except (OSError, NoCourse):
        return {}
    pairs = [line.split(";")[0].strip().split("==") for line in lines if "==" in line.split(";")[0]]
    return dict(pairs)


def kernel() -> Iterator[Finding]:
    """The kernel that runs notebooks."""
    spec = Path(sys.prefix) / "share" / "jupyter" / "kernels" / "python3" / "kernel.json"
    try:
        seen = " ".join(json.loads(spec.read_text(encoding="utf-8"))["argv"][:3])
    except (OSError, ValueError, KeyError):
        yield Finding("Jupyter kernel python3", False, "none in this environment, so no notebook can run", INSTALL)
        return
    yield Finding("Jupyter kernel python3", True, seen)


def folders() -> Iterator[Finding]:
    """The course in the current directory, whether it is built, and room on the disk."""
    try:
        course = here()
    except NoCourse as error:
        yield Finding("course in this folder", False, "none", str(error))
        return
    units = course.units()
    yield Finding("course in this folder", True, f"{len(units)} units")
    unbuilt = [unit for unit in units if not course.notebook(unit).is_file()]
    seen = f"built for {len(units) - len(unbuilt)} of {len(units)} units"
    remedy = "before you grade: python -m autograder build"
    yield Finding("instructor notebooks", not unbuilt, seen, remedy, needed=False)
    free = shutil.disk_usage(course.root).free / 1e9
    yield Finding("1 GB of disk space", free > 1, f"{free:.1f} GB free", "delete demo/, and autograded/ of past terms")


def gradebook() -> Iterator[Finding]:
    """Whether the gradebook can be opened, and how many units are registered in it."""
    with contextlib.suppress(NoCourse):
        course = here()
        try:
            url = gradebook_url(course)
            registered = f"{len(known_units(url))} of {len(course.units())} units are registered"
            unfinished = is_unfinished(url)
        except NoGradebook as error:
            yield Finding("gradebook", False, "can't be used", str(error), needed=False)
            return
        if unfinished:
            remedy = "finish it: python -m autograder build"
            yield Finding("gradebook", False, "nbgrader stopped while it made it", remedy, needed=False)
            return
        yield Finding("gradebook", True, f"{without_password(url)}, where {registered}")


def sandbox() -> Iterator[Finding]:
    """How well a submission can be confined on this machine."""
    tier, reasons = best_tier()
    remedy = "apt install bubblewrap; without it, grade only notebooks that you trust"
    if tier is Tier.NONE:
        yield Finding("sandbox", False, f"none: {reasons}", remedy, needed=False)
        return
    yield Finding("sandbox", not reasons, f"{tier.value}; {reasons}" if reasons else tier.value, remedy, needed=False)


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (python, packages, kernel, folders, gradebook, sandbox)
