"""A submission in the making: the released notebook with right answers, for an attack to spoil."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.exercises.loader import exercises_of
from autograder.notebook import solution_cell
from autograder.paths import Course
from autograder.verify.simulated_class import fill_in

UNIT = "01_kinds"
ALL = 18.0
"""The points of the small course's unit, which all of its right answers earn."""


@dataclass
class HandedIn:
    """What one student hands in.

    Attributes
    ----------
    course : Course
    student, unit : str
    notebook : dict or None
        The released notebook with every right answer. An attack that writes its files itself sets it to None.
    """

    course: Course
    student: str
    unit: str = UNIT
    notebook: dict[str, Any] | None = None
    _count: int = field(default=0, repr=False)

    def __post_init__(self) -> None:
        path = self.course.release / self.unit / f"{self.unit}.ipynb"
        self.notebook = json.loads(path.read_text(encoding="utf-8"))
        subjects = dict.fromkeys(exercise.subject for exercise in exercises_of(self.unit, self.course).values())
        rights = {subject: solution_cell(self.course, self.unit, subject).text for subject in subjects}
        fill_in(self.course, self.unit, self.notebook, rights)
        self.folder.mkdir(parents=True)

    @property
    def folder(self) -> Path:
        """``submitted/STUDENT/UNIT``; it exists."""
        return self.course.submitted / self.student / self.unit

    @property
    def path(self) -> Path:
        """Where the notebook belongs."""
        return self.folder / f"{self.unit}.ipynb"

    @property
    def cells(self) -> list[dict[str, Any]]:
        """The notebook's cells."""
        assert self.notebook is not None
        return self.notebook["cells"]

    def solution(self, subject: str) -> dict[str, Any]:
        """The cell in which a subject is answered."""
        grade_id = solution_cell(self.course, self.unit, subject).grade_id
        return next(cell for cell in self.cells if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)

    def answer(self, subject: str, text: str) -> None:
        """Answer something else."""
        self.solution(subject)["source"] = text

    def spoil(self, subject: str, old: str, new: str) -> None:
        """Replace a part of a right answer."""
        cell = self.solution(subject)
        assert old in cell["source"], cell["source"]
        cell["source"] = cell["source"].replace(old, new)

    def stub(self, *subjects: str) -> None:
        """Leave answers out: all, if none is named."""
        for cell in self.cells:
            mark = cell["metadata"].get("nbgrader", {})
            wanted = not subjects or any(cell is self.solution(subject) for subject in subjects)
            if mark.get("solution") and not mark.get("grade") and wanted:
                cell["source"] = "# YOUR CODE HERE\nraise NotImplementedError()"

    def after(self, subject: str, code: str) -> None:
        """Put a code cell of one's own between an answer and its graded cell."""
        self._insert(self.cells.index(self.solution(subject)) + 1, code)

    def first(self, code: str) -> None:
        """Put a code cell of one's own before everything."""
        self._insert(0, code)

    def last(self, code: str) -> None:
        """Put a code cell of one's own after everything."""
        self._insert(len(self.cells), code)

    def _insert(self, place: int, code: str) -> None:
        self._count += 1
        cell = {"cell_type": "code", "id": f"own-{self._count}", "metadata": {}, "source": code}
        self.cells.insert(place, {**cell, "execution_count": None, "outputs": []})

    def save(self) -> None:
        """Write the notebook, unless there is none."""
        if self.notebook is not None:
            self.path.write_text(json.dumps(self.notebook, indent=1), encoding="utf-8")
