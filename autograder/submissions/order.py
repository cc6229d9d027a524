"""In which order the cells of a rebuilt notebook run: the student's cells in the student's own order.

Whatever order a student's cells have, their text could have been written in any other, so nothing is earned by it. The
course's own code keeps the course's order: a given cell runs no later than what follows it in the course, a graded
cell no earlier than the answers and graded cells before it, wherever these answers stand.
"""

from collections.abc import Collection
from typing import NamedTuple

from autograder.submissions.match import CellMatches
from autograder.submissions.reference import ReferenceNotebook


class Position(NamedTuple):
    """Where a cell runs; positions are compared part by part.

    Attributes
    ----------
    submitted : int
        The submitted cell that it runs with.
    side : int
        Whether it runs before that cell (-1), in its place (0) or after it (1).
    place : int
        Cells that run with the same one, on the same side, have the order of their places in the course.
    version : int
        What the student made of the course's own cell runs before that (-1) or after it (1).
    """

    submitted: int
    side: int = 0
    place: int = 0
    version: int = 0


class Step(NamedTuple):
    """One cell of the rebuilt notebook.

    Attributes
    ----------
    place : int or None
        Its place in the course; none for a cell of the student's own.
    submitted : int or None
        The submitted cell; none if the course's cell is put back.
    """

    place: int | None
    submitted: int | None


def run_order(reference: ReferenceNotebook, matches: CellMatches, count: int, changed: Collection[int]) -> list[Step]:
    """The cells of a rebuilt notebook, in order.

    Parameters
    ----------
    reference : ReferenceNotebook
    matches : CellMatches
    count : int
        How many cells were submitted.
    changed : collection of int
        Those that are the course's own code, changed by the student.
    """
    ends = _ends_of_extras(reference, matches, count)
    positions = {place: Position(index) for place, index in matches.placed.items()}
    _put_back(reference, matches, ends, positions)
    _move_given_cells_up(reference, positions)
    _move_graded_cells_down(reference, matches, ends, positions)
    steps = {Step(place, matches.placed.get(place)): position for place, position in positions.items()}
    steps |= {Step(None, index): Position(index) for index in matches.extras}
    for place, index in matches.placed.items():
        if index in changed:
            graded = reference.cells[place].kind == "graded"
            position = Position(index, version=-1) if graded else positions[place]._replace(version=1)
            steps[Step(None, index)] = position
    return sorted(steps, key=lambda step: steps[step])


def _ends_of_extras(reference: ReferenceNotebook, matches: CellMatches, count: int) -> dict[int, int]:
    """For each submitted cell the last of the student's own that follow it directly; for -1, those at the top.

    A copy of a graded cell ends them: it stands where the student had finished the answer.
    """
    tests = {index for index, place in matches.duplicates.items() if reference.cells[place].kind == "graded"}
    extras, ends = set(matches.extras) - tests, dict[int, int]()
    for index in reversed(range(-1, count)):
        ends[index] = ends[index + 1] if index + 1 in extras else index
    return ends


def _put_back(
    reference: ReferenceNotebook, matches: CellMatches, ends: dict[int, int], positions: dict[int, Position]
) -> None:
    """Give deleted cells that have to be there a position: after the cell before them, and what was added there."""
    last = -1
    for place, cell in enumerate(reference.cells):
        last = matches.placed.get(place, last)
        if place not in positions and (cell.solution or cell.kind in ("given", "graded")):
            positions[place] = Position(ends[last], 1, place)


def _move_given_cells_up(reference: ReferenceNotebook, positions: dict[int, Position]) -> None:
    first: Position | None = None
    for place in sorted(positions, reverse=True):
        cell = reference.cells[place]
        if cell.cell_type != "code" or cell.kind == "graded":
            continue
        if cell.kind == "given" and first and first < positions[place]:
            positions[place] = Position(first.submitted, first.side or -1, place)
        first = min(first, positions[place]) if first else positions[place]


def _move_graded_cells_down(
    reference: ReferenceNotebook, matches: CellMatches, ends: dict[int, int], positions: dict[int, Position]
) -> None:
    last: Position | None = None
    for place in sorted(positions):
        cell = reference.cells[place]
        if cell.kind == "graded" and last and positions[place] < last:
            after = last.side >= 0
            positions[place] = Position(ends[last.submitted] if after else last.submitted, 1 if after else -1, place)
        if cell.cell_type == "code" and (cell.solution or cell.kind in ("given", "graded")):
            below = matches.answered.get(place)
            position = positions[place] if below is None else Position(below)
            last = max(last, position) if last else position
