"""Turns: how long a submission may run while others wait for a process, learnt from those that ran before it.

A submission that is slower than others of its unit were is stopped, and takes its next turn after all others, from its
start and with more time; in its last turn only its limits hold. No turn but the one that ends counts for anything.
"""

import statistics
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

LAST_TURN = 2
CELL_TIMES, CELL_SECONDS = (4.0, 20.0), (0.2, 5.0)
"""In each turn but the last, a cell may take so many times as long as it usually does, and so many seconds more."""
CELL_SECONDS_UNKNOWN = (2.0, 10.0)
"""The same, for a cell that no submission has passed yet: on top of the longest of those that some have passed, and
doubled for each that was stopped in it."""
MAX_DOUBLINGS = 6
TIMES, SECONDS = (3.0, 20.0), (2.0, 10.0)
"""The same, for all cells up to the one that runs."""
REMEMBERED = 15
"""Submissions of which it is remembered how long a cell took."""


class TurnOver(Exception):
    """The submission's turn is over, and it is to begin anew after all others."""


@dataclass
class CellPace:
    """How long the last submissions needed for one cell, and for all up to it; how many were stopped in it."""

    own: deque[float] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    all: deque[float] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    stopped: int = 0


class Pace:
    """How fast the submissions of one unit were that this process has run."""

    def __init__(self) -> None:
        self._cells: dict[int, CellPace] = {}

    def passed(self, cell: int, own: float, all_: float) -> None:
        """Note what a submission needed for a cell, and for all up to it."""
        pace = self._cells.setdefault(cell, CellPace())
        pace.own.append(own)
        pace.all.append(all_)

    def stopped(self, cell: int) -> None:
        """Note that a submission was stopped in a cell."""
        self._cells.setdefault(cell, CellPace()).stopped += 1

    def seconds_for(self, cell: int, turn: int) -> tuple[float, float]:
        """What a submission may need for a cell, and for all up to it, in a turn that is not the last."""
        pace = self._cells.get(cell, CellPace())
        if not pace.own:
            longest = max((statistics.median(other.own) for other in self._cells.values() if other.own), default=0.0)
            seconds = CELL_TIMES[turn] * longest + CELL_SECONDS_UNKNOWN[turn]
            return seconds * 2.0 ** min(pace.stopped, MAX_DOUBLINGS), float("inf")
        own = CELL_TIMES[turn] * statistics.median(pace.own) + CELL_SECONDS[turn]
        return own, TIMES[turn] * statistics.median(pace.all) + SECONDS[turn]


class Turn:
    """One turn of one submission.

    Parameters
    ----------
    pace : Pace
        Of its unit.
    number : int
        From 0 on.
    learns : bool
        Whether others are measured by it: not by a second run, which does not judge everything.
    """

    def __init__(self, pace: Pace, number: int, *, learns: bool = True) -> None:
        self._pace, self._number, self._learns = pace, number, learns
        self._clock: Callable[[], float] = lambda: 0.0
        self._began = self._cell_began = 0.0

    def begin(self, clock: Callable[[], float]) -> None:
        """Begin it, by this clock."""
        self._clock, self._began = clock, clock()
        self._cell_began = self._began

    def ends(self, cell: int) -> float:
        """When it ends, unless the submission has passed this cell before."""
        if self._number >= LAST_TURN:
            return float("inf")
        own, all_ = self._pace.seconds_for(cell, self._number)
        return min(self._cell_began + own, self._began + all_)

    def passed(self, cell: int) -> None:
        """Note that it has passed a cell."""
        before, self._cell_began = self._cell_began, self._clock()
        if self._learns:
            self._pace.passed(cell, self._cell_began - before, self._cell_began - self._began)

    def over(self, cell: int) -> TurnOver:
        """The error to raise when it ends in a cell."""
        self._pace.stopped(cell)
        return TurnOver()
