"""Which submitted cell is which cell of the course: by id, then grade_id, then text, then what it defines."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from autograder.submissions.parse import Notebook, SubmittedCell
from autograder.submissions.reference import DEFINITION, HandedOut, ReferenceCell, ReferenceNotebook, plain_text

UnitsElsewhere = Callable[[], Mapping[str, HandedOut]]

BINDING = re.compile(
    r"^(?:async +)?(?:def|class) +(\w+)"
    r"|^(?:from .*)?import +(.+)"
    r"|^(?=\S)((?:(?:(?!\w\(|lambda\b)[^=#'\"<>!\n])+=(?!=))+)",
    re.M,
)
"""What stands where names are bound: in a definition, an import or an assignment, also of several names."""


@dataclass
class CellMatches:
    """Which submitted cell is which cell of the source; cells are numbered as submitted, places as in the source.

    Attributes
    ----------
    placed : dict of int to int
        The cell that takes each place.
    extras : list of int
        The cells that take none.
    duplicates : dict of int to int
        The place that an extra cell would have if another had not taken it.
    renamed : set of int
        Cells that had lost their names.
    defining : set of int
        Of these, the cells that are known by what they define alone.
    copied : set of int
        Cells that another unit of the course gives, wherever they stand: what they define is nobody's answer.
    answered : dict of int to int
        For a solution's place whose own cell is missing, was left as it was handed out, or says nothing of the names
        that are asked for there: the cell further down that binds them.
    """

    placed: dict[int, int] = field(default_factory=dict)
    extras: list[int] = field(default_factory=list)
    duplicates: dict[int, int] = field(default_factory=dict)
    renamed: set[int] = field(default_factory=set)
    defining: set[int] = field(default_factory=set)
    copied: set[int] = field(default_factory=set)
    answered: dict[int, int] = field(default_factory=dict)

    def assign(self, index: int, place: int | None) -> None:
        """Give a cell its place, unless another has it."""
        if place is None:
            return
        if place in self.placed:
            self.duplicates.setdefault(index, place)
        else:
            self.placed[place] = index
            self.duplicates.pop(index, None)


def match_cells(reference: ReferenceNotebook, submitted: Notebook, elsewhere: UnitsElsewhere) -> CellMatches:
    """Find the place of each submitted cell.

    Cells with a grade_id keep their ids from release to release. The ids of others are counted within a section,
    so they are believed only where the submission was made from this very release; else the text decides.

    Parameters
    ----------
    reference : ReferenceNotebook
    submitted : Notebook
    elsewhere : callable
        Gives what the course's other units hand out.
    """
    matches = CellMatches()
    _by_name(reference, submitted, matches)
    named = set(matches.placed.values())
    _by_text(reference, submitted, matches)
    matches.copied = _copied_cells(reference, submitted, matches, elsewhere)
    _by_definition(reference, submitted, matches)
    placed = set(matches.placed.values())
    matches.renamed = placed - named
    matches.extras = [index for index in range(len(submitted.cells)) if index not in placed]
    _find_answers_below(reference, submitted, matches)
    return matches


def same_text(one: str, other: str) -> bool:
    """Whether two texts differ at most by blanks at the ends of lines, and by blank lines around them."""
    return _normalized(one) == _normalized(other)


def _normalized(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def _by_name(reference: ReferenceNotebook, submitted: Notebook, matches: CellMatches) -> None:
    this_release = submitted.version == reference.version
    ids = {
        course_cell.id: place
        for place, course_cell in enumerate(reference.cells)
        if course_cell.grade_id or this_release
    }
    grade_ids = {
        course_cell.grade_id: place for place, course_cell in enumerate(reference.cells) if course_cell.grade_id
    }
    for index, cell in enumerate(submitted.cells):
        place = ids.get(cell.id or "")
        if place is not None and (reference.cells[place].grade_id or cell.grade_id not in grade_ids):
            matches.assign(index, place)
    taken = set(matches.placed.values())
    for index, cell in enumerate(submitted.cells):
        if index not in taken:
            matches.assign(index, grade_ids.get(cell.grade_id or ""))


def _unmatched_cells(submitted: Notebook, matches: CellMatches) -> list[tuple[int, SubmittedCell]]:
    """The cells that no name gave a place to."""
    taken = set(matches.placed.values()) | set(matches.duplicates)
    return [(index, cell) for index, cell in enumerate(submitted.cells) if index not in taken]


def _free_places(reference: ReferenceNotebook, matches: CellMatches) -> list[tuple[int, ReferenceCell]]:
    return [(place, course_cell) for place, course_cell in enumerate(reference.cells) if place not in matches.placed]


def _by_text(reference: ReferenceNotebook, submitted: Notebook, matches: CellMatches) -> None:
    """Cells with the very text of the release, in order: some programs drop ids and metadata."""
    places: dict[tuple[str, str], list[int]] = {}
    for place, course_cell in _free_places(reference, matches):
        places.setdefault((course_cell.cell_type, _normalized(course_cell.released)), []).append(place)
    for index, cell in _unmatched_cells(submitted, matches):
        waiting = places.get((cell.kind, _normalized(cell.text)))
        if waiting:
            matches.assign(index, waiting.pop(0))


def _copied_cells(
    reference: ReferenceNotebook, submitted: Notebook, matches: CellMatches, elsewhere: UnitsElsewhere
) -> set[int]:
    """The cells that another unit gives just so, and this one does not hand out in their place."""
    places = {index: place for place, index in matches.placed.items()}
    given = frozenset[str]().union(*(unit.code for unit in elsewhere().values()))
    copied = {index for index, cell in enumerate(submitted.cells) if plain_text(cell.text) in given}
    return {
        index
        for index in copied
        if index not in places or not same_text(submitted.cells[index].text, reference.cells[places[index]].released)
    }


def origin_of(submitted: Notebook, elsewhere: Mapping[str, HandedOut]) -> str:
    """The other unit that a notebook was made from; empty where it says and shows nothing of one.

    It shows one by most of its cells, so that it need not say anything.
    """
    if submitted.unit in elsewhere:
        return submitted.unit
    for unit, handed in elsewhere.items():
        known = (cell.grade_id in handed.names or plain_text(cell.text) in handed.texts for cell in submitted.cells)
        if sum(known) * 2 > len(submitted.cells):
            return unit
    return ""


def _by_definition(reference: ReferenceNotebook, submitted: Notebook, matches: CellMatches) -> None:
    """A solution cell that was cut and pasted into a fresh one: if that cell alone defines the same names.

    It runs where it stands all the same. A cell that begins with a magic may hold anything, such as a file's text.
    """
    defined = {
        index: {function or name for function, name in DEFINITION.findall(cell.text)}
        for index, cell in _unmatched_cells(submitted, matches)
        if cell.kind == "code" and index not in matches.copied and not cell.text.lstrip().startswith("%%")
    }
    for place, course_cell in _free_places(reference, matches):
        fitting = [index for index, names in defined.items() if course_cell.names and set(course_cell.names) <= names]
        if len(fitting) == 1:
            matches.assign(fitting[0], place)
            matches.defining.add(fitting[0])
            del defined[fitting[0]]


def _find_answers_below(reference: ReferenceNotebook, submitted: Notebook, matches: CellMatches) -> None:
    """Where students have answered who left the cell that was handed out, for instance in a copy at the end."""
    bound = _names_bound_by_the_student(reference, submitted, matches)
    last = -1
    for place, course_cell in enumerate(reference.cells):
        last = matches.placed.get(place, last)
        own = submitted.cells[last].text if place in matches.placed else course_cell.released
        said = () if same_text(own, course_cell.released) else re.findall(r"\w+", re.sub("#.*", "", own))
        first = {name: below for below in sorted(bound, reverse=True) if below > last for name in bound[below]}
        found = [first[name] for name in course_cell.names if name in first and name not in said]
        if found:
            matches.answered[place] = max(found)


def _names_bound_by_the_student(
    reference: ReferenceNotebook, submitted: Notebook, matches: CellMatches
) -> dict[int, frozenset[str]]:
    """What each cell binds whose text is the student's; the course's own code runs as the course has it."""
    places = {index: place for place, index in matches.placed.items()} | matches.duplicates
    own: dict[int, frozenset[str]] = {}
    for index, cell in enumerate(submitted.cells):
        course_cell = reference.cells[places[index]] if index in places else None
        handed_out = index in matches.copied or (course_cell and same_text(cell.text, course_cell.released))
        if cell.kind == "code" and not handed_out:
            own[index] = _bound_names(cell.text)
    return own


def _bound_names(text: str) -> frozenset[str]:
    """The names that a cell's text seems to bind at its outermost level. Students' texts are not parsed here."""
    parts = [part for found in BINDING.findall(text) for part in found]
    return frozenset(re.findall(r"(?<![\w.])\w+(?![\w.\[])", " ".join(parts)))
