"""What a build changes in a unit that a gradebook holds already, and how that is told before it is done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from autograder.errors import AutograderError
from autograder.gradebook.units.cells import CellKey, UnitCells
from autograder.points import told


class UnitWouldChange(AutograderError):
    """A unit that is graded already would change, which was not asked for."""


@dataclass(frozen=True)
class Given:
    """How much a class has got for one cell: scores in all, those by hand, and comments by hand."""

    grades: int = 0
    by_hand: int = 0
    comments: int = 0

    def __str__(self) -> str:
        parts = [
            count(self.grades, "grade") + (f" ({self.by_hand} by hand)" if self.by_hand else "") if self.grades else "",
            count(self.comments, "comment") if self.comments else "",
        ]
        return " and ".join(filter(None, parts))


@dataclass(frozen=True)
class UnitChanges:
    """What a build changes in a unit.

    Attributes
    ----------
    unit : str
    submissions : int
        How many the gradebook holds; without any, nothing has to be told.
    renamed : dict of CellKey to CellKey
    dropped, added : list of CellKey
    repointed : dict of CellKey to (float, float)
        The most points as they were and as they will be, under the cell's new name.
    points : dict of CellKey to float
        The most points of dropped and added cells.
    given : dict of CellKey to Given
        What the class has got for the cells that the gradebook holds.
    """

    unit: str
    submissions: int = 0
    renamed: dict[CellKey, CellKey] = field(default_factory=dict)
    dropped: list[CellKey] = field(default_factory=list)
    added: list[CellKey] = field(default_factory=list)
    repointed: dict[CellKey, tuple[float, float]] = field(default_factory=dict)
    points: dict[CellKey, float] = field(default_factory=dict)
    given: dict[CellKey, Given] = field(default_factory=dict)

    @property
    def concerns_students(self) -> bool:
        """Whether something that somebody was graded for will not be as it was."""
        return bool(self.submissions and (self.renamed or self.dropped or self.added or self.repointed))

    def sentences(self) -> Iterator[str]:
        """What will happen, a line each."""
        yield f"{self.unit} is graded already: the gradebook holds {count(self.submissions, 'submission')} of it."
        for key in self.dropped:
            yield f"  dropped: {self._cell(key)}{self._with(key, ', with ')}"
        for old, key in self.renamed.items():
            yield f"  renamed: {old.name} to {key.name}{self._with(old, ', which keeps ')}"
        for key in self.added:
            yield f"  added: {self._cell(key)}"
        before = {key: old for old, key in self.renamed.items()}
        for key, (old_points, points) in self.repointed.items():
            by_hand = self.given.get(before.get(key, key), Given()).by_hand
            kept = f"; {count(by_hand, 'score')} by hand {'stays' if by_hand == 1 else 'stay'}" if by_hand else ""
            yield f"  points: {key.name} had {old_points:g} and will have {points:g}{kept}"

    @property
    def advice(self) -> str:
        """What to do once it has happened."""
        graded = "was graded" if self.submissions == 1 else "were graded"
        return (
            f"{count(self.submissions, 'submission')} of {self.unit} {graded} as it was before. "
            f"Grade again: python -m autograder grade {self.unit}"
        )

    def _cell(self, key: CellKey) -> str:
        return key.name if key.solution else f"{key.name} ({told(self.points[key])})"

    def _with(self, key: CellKey, words: str) -> str:
        given = str(self.given.get(key, ""))
        return words + given if given else ""


def count(number: int, noun: str) -> str:
    """``1 grade``, ``2 grades``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def compare(
    unit: str,
    before: UnitCells,
    after: UnitCells,
    names: Sequence[tuple[str, str]] = (),
    given: dict[CellKey, Given] | None = None,
    submissions: int = 0,
) -> UnitChanges:
    """What changes from one build of a unit to the next.

    Parameters
    ----------
    unit : str
    before, after : UnitCells
    names : sequence of (str, str)
        Cells that have only got another name; what an exercise's other cells append to its name stays.
    given : dict of CellKey to Given, optional
    submissions : int
    """
    gone = [key for key in before.cells if key not in after.cells]
    come = [key for key in after.cells if key not in before.cells]
    was: dict[CellKey, CellKey] = {}
    for key in gone:
        for new in _new_names(key, names):
            if new in come:
                was.setdefault(new, key)
    renamed = {old: new for new, old in was.items()}
    dropped = [key for key in gone if key not in renamed]
    added = [key for key in come if key not in was]
    kept = {key: was.get(key, key) for key in after.cells if key not in added}
    return UnitChanges(
        unit,
        submissions,
        renamed,
        dropped,
        added,
        repointed={
            key: (before.points(old), after.points(key))
            for key, old in kept.items()
            if before.points(old) != after.points(key)
        },
        points={**{key: before.points(key) for key in dropped}, **{key: after.points(key) for key in added}},
        given=given or {},
    )


def _new_names(key: CellKey, names: Sequence[tuple[str, str]]) -> Iterator[CellKey]:
    for old, new in names:
        if key.name == old or key.name.startswith(f"{old}-"):
            yield key._replace(name=new + key.name.removeprefix(old))


def refuse_unused_names(changes: list[UnitChanges], names: Sequence[tuple[str, str]]) -> None:
    """Refuse a name that is said to be another one's, where no cell of that name goes and none of the other comes.

    Raises
    ------
    AutograderError
    """
    pairs = [pair for change in changes for pair in change.renamed.items()]
    for old, new in names:
        if not any(now in _new_names(was, [(old, new)]) for was, now in pairs):
            raise AutograderError(
                f"--rename {old}={new} fits no cell: {old} has to be a grade_id that the gradebook holds and the unit "
                f"has no more, and {new} one that the unit has and the gradebook does not hold."
            )


def refuse_unasked(changes: list[UnitChanges]) -> None:
    """Refuse to change units that are graded already.

    Raises
    ------
    UnitWouldChange
        With all that would happen, and how to have it done.
    """
    lines = [line for change in changes for line in change.sentences()]
    units = " ".join(change.unit for change in changes)
    if any(change.dropped for change in changes):
        lines.append("The scores and comments of what is dropped are written to a file beside the gradebook first.")
    if any(change.dropped and change.added for change in changes):
        lines.append("Where a cell has only got another grade_id, add --rename OLD=NEW, and it keeps what it has.")
    lines.append(f"Nothing is changed yet. If that is what you want: python -m autograder build {units} --change")
    raise UnitWouldChange("\n".join(lines))
