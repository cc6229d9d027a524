"""Rebuilding a submission: the course's own notebook, with the student's text where the student may write.

From a submission come only the texts of its cells; :mod:`autograder.submissions.match` tells which cell is which.
Metadata, tags, ids, points and all locked cells are the source notebook's.
"""

import copy
from dataclasses import dataclass, field
from typing import Any

from autograder.paths import Course
from autograder.submissions.match import binding, matched
from autograder.submissions.notes import changed, notes_on
from autograder.submissions.parse import Notebook
from autograder.submissions.reference import Kind, Slot, master

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
        From :func:`autograder.submissions.parse.read_notebook`.

    Returns
    -------
    Rebuilt

    Raises
    ------
    AutograderError
        If the unit is not built.
    """
    own = master(course, unit)
    found = matched(own, submitted)
    rebuilt = Rebuilt({"cells": [], "metadata": copy.deepcopy(own.metadata), "nbformat": 4, "nbformat_minor": 5})
    asked = {place for place, slot in enumerate(own.slots) if slot.solution or slot.kind == "graded"}
    rebuilt.belongs = bool(asked & set(found.slots)) or not asked
    rebuilt.notes = notes_on(own, unit, submitted, found)
    number = 0
    for place in range(-1, len(own.slots)):
        index = found.slots.get(place)
        if place >= 0:
            if index is not None and changed(own.slots[place], submitted.cells[index]):
                number += 1
                rebuilt.add(f"extra--{number}", "code", submitted.cells[index].text, {}, "student")
            _fill(rebuilt, own.slots[place], index, submitted)
        for extra in found.extras.get(place, ()):
            number += 1
            cell, twin = submitted.cells[extra], found.twins.get(extra)
            live = twin is not None and own.slots[twin].kind == "skipped"
            rebuilt.add(f"extra--{number}", cell.kind, cell.text, {}, "skipped" if live else "student")
    return rebuilt


def _fill(rebuilt: Rebuilt, slot: Slot, index: int | None, submitted: Notebook) -> None:
    """Add one of the course's cells, with its own text or the student's; a deleted one only if it has to be there."""
    kind, text = slot.cell_type, slot.text
    if slot.kind in ("student", "skipped"):
        if index is not None:
            text = submitted.cells[index].text
            kind = kind if slot.solution else submitted.cells[index].kind
        elif not slot.solution:
            return
        elif binding(slot, submitted):
            text = ELSEWHERE
    rebuilt.add(slot.id, kind, text, copy.deepcopy(slot.metadata), slot.kind)
