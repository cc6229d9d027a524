"""What an instructor should know of a rebuilt submission, in words: what was dropped, put back or taken anew."""

from collections.abc import Iterator

from autograder.submissions.match import CellMatches, same_text
from autograder.submissions.parse import Notebook, SubmittedCell
from autograder.submissions.reference import ReferenceCell, ReferenceNotebook

MAX_NAMES = 8


def notes_on(reference: ReferenceNotebook, unit: str, submitted: Notebook, matches: CellMatches) -> list[str]:
    """All notes on one submission. Only the course's own names stand in them, none of the student's words."""
    return [
        *_origin(reference, unit, submitted),
        *_missing(reference, submitted, matches),
        *_changed(reference, submitted, matches),
    ] + [*_surplus(reference, submitted, matches)]


def _origin(reference: ReferenceNotebook, unit: str, submitted: Notebook) -> Iterator[str]:
    if submitted.unit not in ("", unit):
        yield "It says that it was made from another unit."
    if not submitted.version:
        yield "It does not say which release it was made from."
    elif submitted.version != reference.version:
        yield "It was made from another release of the unit, and graded with the cells of this one."


def _missing(reference: ReferenceNotebook, submitted: Notebook, matches: CellMatches) -> Iterator[str]:
    gone = [course_cell for place, course_cell in enumerate(reference.cells) if place not in matches.placed]
    locked = [
        course_cell
        for course_cell in gone
        if course_cell.kind == "graded" or (course_cell.kind == "given" and course_cell.cell_type == "code")
    ]
    answers = [course_cell for course_cell in gone if course_cell.solution]
    code = [course_cell for course_cell in answers if course_cell.cell_type == "code"]
    texts = [course_cell for course_cell in answers if course_cell.cell_type != "code"]
    yield from _format_note(locked, "Cells of the course were missing and were put back: {}.")
    yield from _format_note(
        code, "Answers were missing, and their stubs were put back where no other cell defines the name: {}."
    )
    yield from _format_note(texts, "Answers in words were missing, and count as not given: {}.")
    if submitted.version == reference.version:
        deleted = [
            course_cell
            for course_cell in gone
            if course_cell.kind == "student" and not course_cell.solution and course_cell.cell_type == "code"
        ]
        yield from _format_note(deleted, "The student deleted these cells, and they were not put back: {}.")


def _changed(reference: ReferenceNotebook, submitted: Notebook, matches: CellMatches) -> Iterator[str]:
    pairs = [(reference.cells[place], submitted.cells[index]) for place, index in sorted(matches.placed.items())]
    if submitted.version == reference.version:
        edited = [course_cell for course_cell, cell in pairs if not same_text(cell.text, course_cell.released)]
        code = [c for c in edited if c.kind == "given" and c.cell_type == "code"]
        yield from _format_note(
            code, "The student changed given cells; the course's own ran first, then these as changed: {}."
        )
        yield from _format_note(
            [c for c in edited if c.kind in ("given", "graded") and c not in code],
            "The student changed given cells; they ran as the course has them: {}.",
        )
        yield from _format_note(
            [course_cell for course_cell in edited if course_cell.kind == "live" and course_cell.cell_type == "code"],
            "The student changed cells of live figures; they ran without the figures: {}.",
        )
    turned = [course_cell for course_cell, cell in pairs if course_cell.solution and course_cell.cell_type != cell.kind]
    yield from _format_note(
        turned, "Answers stood in cells of another type, and were taken as the type that was asked for: {}."
    )
    pictures = [course_cell for course_cell, cell in pairs if course_cell.solution and "](attachment:" in cell.text]
    yield from _format_note(pictures, "Answers contained pasted pictures, which were not taken over: {}.")
    renamed = [
        course_cell for place, course_cell in enumerate(reference.cells) if matches.placed.get(place) in matches.renamed
    ]
    yield from _format_note(renamed, "Cells had lost their names and were known by their text: {}.")


def is_changed_course_code(course_cell: ReferenceCell, cell: SubmittedCell) -> bool:
    """Whether the course's own code was changed, so that it may define what an answer needs."""
    ours = course_cell.kind in ("given", "graded") and course_cell.cell_type == "code"
    return ours and cell.kind == "code" and not same_text(cell.text, course_cell.released)


def _surplus(reference: ReferenceNotebook, submitted: Notebook, matches: CellMatches) -> Iterator[str]:
    duplicates = [reference.cells[place] for place in sorted(set(matches.duplicates.values()))]
    yield from _format_note(
        duplicates, "Cells were there more than once; the first counted, and the others ran where they stood: {}."
    )
    if matches.copied:
        count = len(matches.copied)
        cells = "cell that is given in other units is" if count == 1 else "cells that are given in other units are"
        yield f"{count} code {cells} nobody's answer."
    extras = [index for index in matches.extras if index not in matches.duplicates and index not in matches.copied]
    code = sum(submitted.cells[index].kind == "code" for index in extras)
    if code:
        yield f"{code} code {'cell' if code == 1 else 'cells'} of the student's own ran in place."


def _format_note(course_cells: list[ReferenceCell], sentence: str) -> Iterator[str]:
    """The sentence with the names of these cells, if there are any."""
    if course_cells:
        names = [course_cell.id for course_cell in course_cells[:MAX_NAMES]]
        more = [f"{len(course_cells) - MAX_NAMES} more"] if len(course_cells) > MAX_NAMES else []
        yield sentence.format(", ".join([*names, *more]))
