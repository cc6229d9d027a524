"""Which submitted cell is which cell of the course: by id, then grade_id, then text, then what it defines."""

import re
from dataclasses import dataclass, field

from autograder.submissions.parse import Notebook, SubmittedCell
from autograder.submissions.reference import DEFINES, Master, Slot


@dataclass
class Matched:
    """Where submitted cells belong; cells are counted as submitted, places as in the source.

    Attributes
    ----------
    slots : dict of int to int
        The cell that takes each place.
    extras : dict of int to list of int
        The cells that take none, after each place; after -1 those at the top.
    twins : dict of int to int
        The place that an extra cell would have if another had not taken it.
    renamed : set of int
        Cells that had lost their names.
    """

    slots: dict[int, int] = field(default_factory=dict)
    extras: dict[int, list[int]] = field(default_factory=dict)
    twins: dict[int, int] = field(default_factory=dict)
    renamed: set[int] = field(default_factory=set)

    def offer(self, index: int, place: int | None) -> None:
        """Give a cell its place, unless another has it."""
        if place is None:
            return
        if place in self.slots:
            self.twins.setdefault(index, place)
        else:
            self.slots[place] = index
            self.twins.pop(index, None)


def matched(own: Master, submitted: Notebook) -> Matched:
    """Find the place of each submitted cell.

    Cells with a grade_id keep their ids from release to release. The ids of others are counted within a section,
    so they are believed only where the submission was made from this very release; else the text decides.
    """
    found = Matched()
    _by_name(own, submitted, found)
    named = set(found.slots.values())
    _by_text(own, submitted, found)
    _by_definition(own, submitted, found)
    placed = {index: place for place, index in found.slots.items()}
    found.renamed = set(placed) - named
    last = -1
    for index in range(len(submitted.cells)):
        last = placed.get(index, last)
        if index not in placed:
            found.extras.setdefault(last, []).append(index)
    return found


def same(one: str, other: str) -> bool:
    """Whether two texts differ at most by line ends and by blanks around them."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _by_name(own: Master, submitted: Notebook, found: Matched) -> None:
    this_release = submitted.version == own.version
    ids = {slot.id: place for place, slot in enumerate(own.slots) if slot.grade_id or this_release}
    grade_ids = {slot.grade_id: place for place, slot in enumerate(own.slots) if slot.grade_id}
    for index, cell in enumerate(submitted.cells):
        place = ids.get(cell.id or "")
        if place is not None and (own.slots[place].grade_id or cell.grade_id not in grade_ids):
            found.offer(index, place)
    taken = set(found.slots.values())
    for index, cell in enumerate(submitted.cells):
        if index not in taken:
            found.offer(index, grade_ids.get(cell.grade_id or ""))


def _left(submitted: Notebook, found: Matched) -> list[tuple[int, SubmittedCell]]:
    """The cells that no name gave a place to."""
    taken = set(found.slots.values()) | set(found.twins)
    return [(index, cell) for index, cell in enumerate(submitted.cells) if index not in taken]


def _free(own: Master, found: Matched) -> list[tuple[int, Slot]]:
    return [(place, slot) for place, slot in enumerate(own.slots) if place not in found.slots]


def _by_text(own: Master, submitted: Notebook, found: Matched) -> None:
    """Cells with the very text that was handed out, in order: some programs drop ids and metadata."""
    places: dict[tuple[str, str], list[int]] = {}
    for place, slot in _free(own, found):
        places.setdefault((slot.cell_type, _plain(slot.released)), []).append(place)
    for index, cell in _left(submitted, found):
        waiting = places.get((cell.kind, _plain(cell.text)))
        if waiting:
            found.offer(index, waiting.pop(0))


def _by_definition(own: Master, submitted: Notebook, found: Matched) -> None:
    """A solution cell that was cut and pasted into a fresh one: if that cell alone binds the same names."""
    left = {index: cell for index, cell in _left(submitted, found) if cell.kind == "code"}
    defined = {
        index: {function or name for function, name in DEFINES.findall(cell.text)} for index, cell in left.items()
    }
    for place, slot in _free(own, found):
        fitting = [index for index, names in defined.items() if slot.names and set(slot.names) <= names]
        if len(fitting) == 1 and binding(slot, submitted) == fitting:
            found.offer(fitting[0], place)
            del defined[fitting[0]]


def binding(slot: Slot, submitted: Notebook) -> list[int]:
    """The submitted cells that bind a name which this slot defines: its stub would overwrite their answer."""
    if not slot.names:
        return []
    name = f"(?:{'|'.join(map(re.escape, slot.names))})"
    binds = re.compile(rf"^[ \t]*(?:(?:async +)?(?:def|class) +{name}\b|{name}[ \t]*(?:[:,][^=\n]*)?=(?!=))", re.M)
    return [n for n, cell in enumerate(submitted.cells) if cell.kind == "code" and binds.search(cell.text)]
