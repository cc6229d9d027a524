"""Rebuilding a submission: the course's own notebook, with the student's text where the student may write.

From a submission come only the texts of its cells; :mod:`autograder.submissions.match` tells which cell is which.
Metadata, tags, ids, points and all locked cells are the source notebook's.
"""

import copy
from dataclasses import dataclass, field
from typing import Any

from autograder.paths import Course
from autograder.submissions.match import cells_that_define, match_cells
from autograder.submissions.notes import is_changed_course_code, notes_on
from autograder.submissions.parse import Notebook
from autograder.submissions.reference import Kind, ReferenceCell, reference_notebook

ELSEWHERE = "# This cell was deleted; another cell defines what belongs here."


@dataclass
class Rebuilt:
    """A notebook that can be graded.

    Attributes
    ----------
    notebook : dict
        nbformat 4.5.
    roles : list of str
        For each cell: ``given`` (the course's own code) and ``student`` (the student's text) run in the sandbox,
        ``graded`` (the course's own) outside it, ``skipped`` (live figures, and whatever is not code) not at all.
    notes : list of str
        For the instructor: what was dropped or put back. They hold no words of the student's.
    belongs : bool
        Whether any answer or graded cell of the unit was found; if not, it is another notebook.
    """

    notebook: dict[str, Any]
    roles: list[Kind] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    belongs: bool = True

    def add(self, name: str, kind: str, text: str, metadata: dict[str, Any], role: Kind) -> None:
        """Append a cell; one that is not code is skipped whatever its role."""
        cell: dict[str, Any] = {"cell_type": kind, "id": name, "metadata": metadata, "source": text}
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        self.notebook["cells"].append(cell)
        self.roles.append(role if kind == "code" else "skipped")


def rebuild(course: Course, unit: str, submitted: Notebook) -> Rebuilt:
    """Put the student's texts into the source notebook.

    The course's cells stand in the source's order. A cell that is none of them runs where it stood: after the
    nearest known cell before it. What a student made of the course's own code runs before it, for an answer may need
    an import that was added there. A deleted graded, given or solution cell comes back; other deleted cells don't.
    Whatever the submission holds, there is a result.

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
    matches = match_cells(reference, submitted)
    rebuilt = Rebuilt({"cells": [], "metadata": copy.deepcopy(reference.metadata), "nbformat": 4, "nbformat_minor": 5})
    asked = {place for place, cell in enumerate(reference.cells) if cell.solution or cell.kind == "graded"}
    rebuilt.belongs = bool(asked & set(matches.placed)) or not asked
    rebuilt.notes = notes_on(reference, unit, submitted, matches)
    number = 0
    for place in range(-1, len(reference.cells)):
        index = matches.placed.get(place)
        if place >= 0:
            if index is not None and is_changed_course_code(reference.cells[place], submitted.cells[index]):
                number += 1
                rebuilt.add(f"extra--{number}", "code", submitted.cells[index].text, {}, "student")
            _add_course_cell(rebuilt, reference.cells[place], index, submitted)
        for extra in matches.extras.get(place, ()):
            number += 1
            cell, duplicate = submitted.cells[extra], matches.duplicates.get(extra)
            live = duplicate is not None and reference.cells[duplicate].kind == "skipped"
            rebuilt.add(f"extra--{number}", cell.kind, cell.text, {}, "skipped" if live else "student")
    return rebuilt


def _add_course_cell(rebuilt: Rebuilt, cell: ReferenceCell, index: int | None, submitted: Notebook) -> None:
    """Add one of the course's cells, with its own text or the student's; a deleted one only if it has to be there."""
    kind, text = cell.cell_type, cell.text
    if cell.kind in ("student", "skipped"):
        if index is not None:
            text = submitted.cells[index].text
            kind = kind if cell.solution else submitted.cells[index].kind
        elif not cell.solution:
            return
        elif cells_that_define(cell, submitted):
            text = ELSEWHERE
    rebuilt.add(cell.id, kind, text, copy.deepcopy(cell.metadata), cell.kind)
