"""One attack: what is handed in, what its honest part earns, and what has to be said of it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from attacks.handed_in import ALL, UNIT, HandedIn
from autograder.grading.batch import Result
from autograder.paths import Course

ATTACKS: dict[str, list["Attack"]] = {}
"""By the module, which holds a theme."""


@dataclass
class Outcome:
    """What came of an attack.

    Attributes
    ----------
    result : Result
    cells : list of dict
        Of the executed notebook; empty where nothing was executed.
    course : Course
    """

    result: Result
    cells: list[dict[str, Any]]
    course: Course

    def outputs(self, grade_id: str) -> list[dict[str, Any]]:
        """What a known cell shows."""
        return next(c["outputs"] for c in self.cells if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)

    def shown(self) -> str:
        """All that any cell shows."""
        return "\n".join(str(output) for cell in self.cells for output in cell.get("outputs", ()))

    def own(self) -> str:
        """All that the student's own extra cells show, as text."""
        outputs = [out for c in self.cells if c["id"].startswith("extra--") for out in c.get("outputs", ())]
        return "\n".join(map(_as_text, outputs))


def _as_text(output: dict[str, Any]) -> str:
    if output["output_type"] == "stream":
        return "".join(output["text"])
    return str(output["data"]) if "data" in output else f"{output['ename']}: {output['evalue']}"


@dataclass
class Attack:
    """A row of the table of what a submission can carry, or a variant of one.

    Attributes
    ----------
    row : int
    name : str
    make : callable
        Spoils a :class:`HandedIn`.
    earns : float
        Points of what is right in it.
    most : float
        Where it ends at a moment that nobody knows: points of what is right in all of it, ``earns`` being the least.
    verdict, reason : str
        Words that have to be in the result's, some of them with | between; none, if nothing is to be said.
    student, unit : str
    stock : str
        Why it is not tried on stock nbgrader; nothing, if it is.
    """

    row: int
    name: str
    make: Callable[[HandedIn], None]
    earns: float
    most: float
    verdict: str
    reason: str
    student: str
    unit: str
    stock: str
    checks: list[Callable[[Outcome], None]] = field(default_factory=list)

    def hand_in(self, course: Course) -> None:
        """Write it below ``submitted/``."""
        handed = HandedIn(course, self.student, self.unit)
        self.make(handed)
        handed.save()

    def afterwards(self, check: Callable[[Outcome], None]) -> Callable[[Outcome], None]:
        """Add what has to hold of the outcome: a decorator."""
        self.checks.append(check)
        return check

    def outcome(self, course: Course, result: Result) -> Outcome:
        """The outcome, with what was executed."""
        path = course.root / "autograded" / self.student / self.unit / f"{self.unit}.ipynb"
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"] if path.is_file() else []
        return Outcome(result, cells, course)


def attack(
    row: int,
    earns: float = ALL,
    *,
    most: float | None = None,
    verdict: str = "",
    reason: str = "",
    student: str | None = None,
    unit: str = UNIT,
    stock: str = "",
) -> Callable[[Callable[[HandedIn], None]], Attack]:
    """Register a function as an attack; the first line of its docstring says what it tries."""

    def register(make: Callable[[HandedIn], None]) -> Attack:
        name = make.__name__.replace("_", "-")
        student_name, highest = student or f"m-{name}", earns if most is None else most
        made = Attack(row, name, make, earns, highest, verdict, reason, student_name, unit, stock)
        ATTACKS.setdefault(make.__module__, []).append(made)
        return made

    return register
