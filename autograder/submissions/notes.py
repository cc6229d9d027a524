"""What an instructor should know of a rebuilt submission, in words: what was dropped, put back or taken anew."""

from collections.abc import Iterator

from autograder.submissions.match import Matched, binding, same
from autograder.submissions.parse import Notebook, SubmittedCell
from autograder.submissions.reference import Master, Slot

MAX_NAMES = 8


def notes_on(own: Master, unit: str, submitted: Notebook, found: Matched) -> list[str]:
    """All notes on one submission. Only the course's own names stand in them, none of the student's words."""
    return [*_origin(own, unit, submitted), *_missing(own, submitted, found), *_changed(own, submitted, found)] + [
        *_surplus(own, submitted, found)
    ]


def _origin(own: Master, unit: str, submitted: Notebook) -> Iterator[str]:
    if submitted.unit not in ("", unit):
        yield "It says that it was made from another unit."
    if not submitted.version:
        yield "It does not say which release it was made from."
    elif submitted.version != own.version:
        yield "It was made from another release of the unit, and graded with the cells of this one."


def _missing(own: Master, submitted: Notebook, found: Matched) -> Iterator[str]:
    gone = [slot for place, slot in enumerate(own.slots) if place not in found.slots]
    locked = [slot for slot in gone if slot.kind == "graded" or (slot.kind == "given" and slot.cell_type == "code")]
    answers = [slot for slot in gone if slot.solution]
    elsewhere = [slot for slot in answers if binding(slot, submitted)]
    stubs = [slot for slot in answers if slot not in elsewhere]
    yield from _said(locked, "Missing, and put back: {}.")
    yield from _said(stubs, "Missing answers, put back unanswered: {}.")
    yield from _said(elsewhere, "Missing answers, left to the other cells that define the same: {}.")
    if submitted.version == own.version:
        deleted = [slot for slot in gone if slot.kind == "student" and not slot.solution and slot.cell_type == "code"]
        yield from _said(deleted, "Deleted by the student, and not put back: {}.")


def _changed(own: Master, submitted: Notebook, found: Matched) -> Iterator[str]:
    pairs = [(own.slots[place], submitted.cells[index]) for place, index in sorted(found.slots.items())]
    if submitted.version == own.version:
        edited = [slot for slot, cell in pairs if not same(cell.text, slot.released)]
        yield from _said(
            [slot for slot in edited if slot.kind in ("given", "graded")],
            "Changed by the student, and run as the course has them: {}.",
        )
        yield from _said(
            [slot for slot in edited if slot.kind == "skipped" and slot.cell_type == "code"],
            "Live figures that the student changed; they don't run: {}.",
        )
    turned = [slot for slot, cell in pairs if slot.solution and slot.cell_type != cell.kind]
    yield from _said(turned, "Answers in cells of another type, taken as the type that was asked for: {}.")
    pictures = [slot for slot, cell in pairs if slot.solution and "](attachment:" in cell.text]
    yield from _said(pictures, "Answers with pasted pictures, which are not taken over: {}.")
    renamed = [slot for place, slot in enumerate(own.slots) if found.slots.get(place) in found.renamed]
    yield from _said(renamed, "Without their names, and known by their text: {}.")


def changed(slot: Slot, cell: SubmittedCell) -> bool:
    """Whether the course's own code was changed, so that it may define what an answer needs."""
    ours = slot.kind in ("given", "graded") and slot.cell_type == "code"
    return ours and cell.kind == "code" and not same(cell.text, slot.released)


def _surplus(own: Master, submitted: Notebook, found: Matched) -> Iterator[str]:
    twins = [own.slots[place] for place in sorted(set(found.twins.values()))]
    yield from _said(twins, "There more than once; the first took the place, the others run where they stood: {}.")
    extras = [index for indices in found.extras.values() for index in indices if index not in found.twins]
    code = sum(submitted.cells[index].kind == "code" for index in extras)
    if code:
        yield f"{code} code {'cell' if code == 1 else 'cells'} of the student's own ran where they stood."


def _said(slots: list[Slot], sentence: str) -> Iterator[str]:
    """The sentence with the names of these cells, if there are any."""
    if slots:
        names = [slot.id for slot in slots[:MAX_NAMES]]
        more = [f"{len(slots) - MAX_NAMES} more"] if len(slots) > MAX_NAMES else []
        yield sentence.format(", ".join([*names, *more]))
