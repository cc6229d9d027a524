"""Turns: how long a submission may run while others wait for a process, learnt from those that ran before it.

A submission that runs longer than others of its unit did is stopped and takes its next turn after all others, from its
start and with more time; in its last turn only its limits hold. No turn but the last one counts for anything.
"""

import statistics
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

LAST_TURN = 2
TIMES = (4.0, 20.0)
"""How many times as long as others it may take, in each turn but the last."""
SECONDS = (0.5, 5.0)
"""Seconds that it has on top of that."""
SECONDS_UNKNOWN = (2.0, 10.0)
"""The same, for a cell that no submission has passed yet; doubled for each that was stopped in it."""
MAX_DOUBLINGS = 6
REMEMBERED = 15
"""Submissions of which it is remembered when they had passed a cell."""


class TurnOver(Exception):
    """The submission's turn is over, and it is to begin anew after all others."""


class Pace:
    """When the submissions of one unit, which this process has run, had passed each of its cells."""

    def __init__(self) -> None:
        self._passed: dict[int, deque[float]] = {}
        self._stopped: dict[int, int] = {}

    def passed(self, cell: int, seconds: float) -> None:
        """Note that a submission has passed a cell, so many seconds after its start."""
        self._passed.setdefault(cell, deque(maxlen=REMEMBERED)).append(seconds)

    def stopped(self, cell: int) -> None:
        """Note that a submission was stopped in a cell."""
        self._stopped[cell] = self._stopped.get(cell, 0) + 1

    def seconds_until(self, cell: int, turn: int) -> float:
        """How many seconds after its start a submission must have passed a cell, in a turn that is not the last."""
        known = max((number for number in self._passed if number <= cell), default=None)
        usual = 0.0 if known is None else statistics.median(self._passed[known])
        if known == cell:
            return TIMES[turn] * usual + SECONDS[turn]
        doublings = min(self._stopped.get(cell, 0), MAX_DOUBLINGS)
        return float(TIMES[turn] * usual + SECONDS_UNKNOWN[turn] * 2**doublings)


@dataclass
class Turn:
    """One turn of one submission.

    Attributes
    ----------
    pace : Pace
        Of its unit.
    number : int
        From 0 on.
    learns : bool
        Whether others are measured by it: not by a second run, which does not judge everything.
    """

    pace: Pace
    number: int
    learns: bool = True

    def begin(self, clock: Callable[[], float]) -> None:
        """Begin it, by this clock."""
        self._clock, self._began = clock, clock()

    def ends(self, cell: int) -> float:
        """When it ends, unless the submission has passed this cell before."""
        if self.number >= LAST_TURN:
            return float("inf")
        return self._began + self.pace.seconds_until(cell, self.number)

    def passed(self, cell: int) -> None:
        """Note that it has passed a cell."""
        if self.learns:
            self.pace.passed(cell, self._clock() - self._began)

    def over(self, cell: int) -> TurnOver:
        """The error to raise when it ends in a cell."""
        self.pace.stopped(cell)
        return TurnOver()
