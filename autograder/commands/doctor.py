"""What of the environment is missing, and how to get it."""

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
from autograder.gradebook.url import NoGradebook, gradebook_url, known_units, without_password
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
    "rich": "progress and tables",
}
ONLY_FOR = {"distributed": "grade --dask", "psycopg": "--db postgresql://"}

INSTALL = "make lab, or pip install -r requirements.txt and pip install --no-deps -e ."


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is there, and what to do if not."""

    what: str
    fine: bool
    seen: str
    remedy: str = ""
    needed: bool = True


def examine() -> int:
    """Print every finding; 0 if nothing needed is missing, else 1."""
    findings = [finding for look in LOOKS for finding in look()]
    table = Table("what", "", "seen", "what to do")
    for finding in findings:
        state = "ok" if finding.fine else "missing" if finding.needed else "not there"
        table.add_row(finding.what, state, finding.seen, "" if finding.fine else finding.remedy)
    Console().print(table)
    missing = [finding.what for finding in findings if finding.needed and not finding.fine]
    Console().print(f"Missing: {', '.join(missing)}." if missing else "Everything that is needed is there.")
    return 1 if missing else 0


def python() -> Iterator[Finding]:
    """The Python version."""
    fine = (3, 11) <= sys.version_info[:2] <= (3, 13)
    yield Finding("Python 3.11 to 3.13", fine, sys.version.split()[0], "install one of these and delete .venv")


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
            yield Finding(name, False, f"{version}, pinned {pinned[name]}", INSTALL, needed=False)
        else:
            yield Finding(name, True, version)
    for name, purpose in ONLY_FOR.items():
        if importlib.util.find_spec(name) is None:
            yield Finding(name, False, f"not installed; needed for {purpose}", INSTALL, needed=False)
    yield Finding(
        "this course, installed",
        importlib.util.find_spec("course") is not None and bool(_own_version()),
        _own_version() or "notebooks in other folders can't import it",
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
        yield Finding("kernel python3", False, "no kernel in this environment", INSTALL)
        return
    yield Finding("kernel python3", True, seen)


def folders() -> Iterator[Finding]:
    """The course in the current directory, whether it is built, and room on the disk."""
    try:
        course = here()
    except NoCourse as error:
        yield Finding("a course here", False, "none", str(error))
        return
    units = course.units()
    yield Finding("a course here", True, f"{len(units)} units")
    unbuilt = [unit for unit in units if not course.notebook(unit).is_file()]
    seen = f"{len(units) - len(unbuilt)} of {len(units)} units"
    yield Finding("instructor notebooks built", not unbuilt, seen, "python -m autograder build", needed=False)
    free = shutil.disk_usage(course.root).free / 1e9
    yield Finding("1 GB of free disk", free > 1, f"{free:.1f} GB", "delete demo/ and autograded/ of past terms")


def gradebook() -> Iterator[Finding]:
    """Whether the gradebook can be opened, where it is a database server's or another file."""
    with contextlib.suppress(NoCourse):
        course = here()
        try:
            url = gradebook_url(course)
            seen = f"{without_password(url)}, {len(known_units(url))} units"
        except NoGradebook as error:
            yield Finding("gradebook", False, "can't be opened", str(error), needed=False)
            return
        yield Finding("gradebook", True, seen)


def sandbox() -> Iterator[Finding]:
    """How far a submission can be shut in here."""
    tier, reasons = best_tier()
    remedy = "apt install bubblewrap; grade strangers' notebooks only on a machine that has it"
    if tier is Tier.NONE:
        yield Finding("sandbox", False, f"none: {reasons}", remedy, needed=False)
        return
    yield Finding("sandbox", not reasons, f"{tier.value}; {reasons}" if reasons else tier.value, remedy, needed=False)


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (python, packages, kernel, folders, gradebook, sandbox)
