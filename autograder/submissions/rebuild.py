"""Rebuilding a submission: the course's own notebook, with the student's text where the student may write.

From a submission come only the texts of its cells; :mod:`autograder.submissions.match` tells which cell is which.
Metadata, tags, ids, points and all locked cells are the source notebook's.
"""

import copy
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from autograder.paths import Course
from autograder.submissions.match import CellMatches, UnitsElsewhere, match_cells, origin_of, same_text
from autograder.submissions.notes import is_changed_course_code, notes_on
from autograder.submissions.order import Step, run_order
from autograder.submissions.parse import Notebook, SubmittedCell
from autograder.submissions.reference import (
    Kind,
    ReferenceCell,
    ReferenceNotebook,
    handed_out,
    reference_notebook,
)

DELETED = "\n\n# This cell was deleted. It is put back for what no other cell defines."


@dataclass
class Rebuilt:
    """A notebook that can be graded.

    Attributes
    ----------
    notebook : dict
        nbformat 4.5.
    roles : list of str
        For each cell: ``given`` (the course's own code), ``student`` (the student's text), ``stub`` (an answer's cell
        that was deleted or left as it was), ``live`` (a live figure's) and ``copied`` (given in another unit) run in
        the sandbox, ``graded`` (the course's own) outside it, ``skipped`` (whatever is not code) not at all. What a
        role changes in how a cell runs is in :mod:`autograder.sandbox.confined.notebook.cell_roles`.
    notes : list of str
        For the instructor: what was dropped or put back. They hold no words of the student's.
    belongs : bool
        Whether any answer or graded cell of the unit was found; if not, it is another notebook.
    origin : str
        The other unit of the course that this other notebook was made from, if it is one.
    extras : int
        How many cells of the student's own there are.
    """

    notebook: dict[str, Any]
    roles: list[Kind] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    belongs: bool = True
    origin: str = ""
    extras: int = 0

    def add(self, name: str, kind: str, text: str, metadata: dict[str, Any], role: Kind) -> None:
        """Append a cell; one that is not code is skipped whatever its role."""
        cell: dict[str, Any] = {"cell_type": kind, "id": name, "metadata": metadata, "source": text}
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        self.notebook["cells"].append(cell)
        self.roles.append(role if kind == "code" else "skipped")

    def add_extra(self, cell: SubmittedCell, role: Kind) -> None:
        """Append a cell of the student's own."""
        self.extras += 1
        self.add(f"extra--{self.extras}", cell.kind, cell.text, {}, role)


def rebuild(course: Course, unit: str, submitted: Notebook) -> Rebuilt:
    """Put the student's texts into the source notebook.

    The student's cells keep the student's order, and the course's own code that of the course; see
    :mod:`autograder.submissions.order`. What a student made of the course's own code runs too, for an answer may need
    an import that was added there, or a function that was made to take more: of a given cell after it, of a graded one
    before it. A deleted graded, given or solution cell comes back; other deleted cells
    don't. Whatever the submission holds, there is a result.

    Parameters
    ----------
    course : Course
    unit : str
    submitted : Notebook
        From :func:`autograder.submissions.parse.parse_notebook`.

    Returns
    -------
    Rebuilt

    Raises
    ------
    AutograderError
        If the unit is not built.
    """
    reference = reference_notebook(course, unit)
    elsewhere = partial(handed_out, course, but=unit)
    matches = match_cells(reference, submitted, elsewhere)
    rebuilt = Rebuilt({"cells": [], "metadata": copy.deepcopy(reference.metadata), "nbformat": 4, "nbformat_minor": 5})
    rebuilt.belongs, rebuilt.origin = _whose(reference, submitted, matches, elsewhere)
    rebuilt.notes = notes_on(reference, unit, submitted, matches)
    changed = {
        index
        for place, index in matches.placed.items()
        if is_changed_course_code(reference.cells[place], submitted.cells[index])
    }
    for step in run_order(reference, matches, len(submitted.cells), changed):
        _add_step(rebuilt, step, reference, submitted, matches)
    return rebuilt


def _whose(
    reference: ReferenceNotebook, submitted: Notebook, matches: CellMatches, elsewhere: UnitsElsewhere
) -> tuple[bool, str]:
    """Whether a notebook is one of this unit; else the other unit that it was made from, where that is to be seen.

    A cell that is known by what it defines alone shows nothing, for later units define what earlier ones ask for.
    """
    asked = {place for place, cell in enumerate(reference.cells) if cell.solution or cell.kind == "graded"}
    found = {place: index for place, index in matches.placed.items() if place in asked}
    if any(index not in matches.defining for index in found.values()):
        return True, ""
    origin = origin_of(submitted, elsewhere())
    return not origin and bool(found or not asked), origin


def _add_step(
    rebuilt: Rebuilt, step: Step, reference: ReferenceNotebook, submitted: Notebook, matches: CellMatches
) -> None:
    """Add one of the course's cells, with its own text or the student's, or a cell of the student's own."""
    cell = None if step.submitted is None else submitted.cells[step.submitted]
    copied = step.submitted in matches.copied
    if step.place is not None:
        _add_course_cell(rebuilt, reference.cells[step.place], cell, copied)
    elif cell is not None and step.submitted is not None:
        twin = matches.duplicates.get(step.submitted)
        rebuilt.add_extra(cell, _role_of(None if twin is None else reference.cells[twin], cell.text, copied))


def _add_course_cell(rebuilt: Rebuilt, course_cell: ReferenceCell, cell: SubmittedCell | None, copied: bool) -> None:
    kind, text, role = course_cell.cell_type, course_cell.text, course_cell.kind
    if role in ("student", "live"):
        if cell is not None:
            text = cell.text
            kind = kind if course_cell.solution else cell.kind
        role = _role_of(course_cell, text, copied)
        if cell is None and kind == "code":
            text += DELETED
    rebuilt.add(course_cell.id, kind, text, copy.deepcopy(course_cell.metadata), role)


def _role_of(course_cell: ReferenceCell | None, text: str, copied: bool) -> Kind:
    """How the student's text runs: of one of the course's cells, or of a cell of the student's own."""
    if copied:
        return "copied"
    if course_cell is None:
        return "student"
    if course_cell.kind == "live":
        return "live"
    return "stub" if course_cell.solution and same_text(text, course_cell.released) else "student"
