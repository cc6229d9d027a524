"""When the cell that runs must have ended: by its own limit, by that of the notebook, or because others wait."""

import time
from collections.abc import Callable

from autograder.execution.turns import Turn
from autograder.limits import Limits
from autograder.sandbox.confined.rpc.transport import PeerTimeout


class Deadlines:
    """The deadlines of one run of a notebook.

    Parameters
    ----------
    limits : Limits
    clock : callable
        The time as it passes for the student's process.
    turn : Turn, optional
        How long it may run while others wait.

    Attributes
    ----------
    cell : int
        The number of the cell that runs, from 1 on.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic, turn: Turn | None = None) -> None:
        self.clock, self.cell = clock, 0
        self._seconds_per_cell, self._end, self._turn = limits.seconds_per_cell, clock() + limits.seconds, turn
        self._bound_by_turn = False
        if turn:
            turn.begin(clock)

    def next(self) -> float:
        """The deadline of what is requested now, on the clock."""
        end = min(self.clock() + self._seconds_per_cell, self._end)
        turn_end = self._turn.ends(self.cell) if self._turn else end
        self._bound_by_turn = turn_end < end
        return min(end, turn_end)

    def kept(self) -> None:
        """Note that the cell has ended in time."""
        if self._turn:
            self._turn.passed(self.cell)

    def require_turn(self, error: Exception | None = None) -> None:
        """Stop the run if the deadline that was missed is that of its turn.

        Parameters
        ----------
        error : Exception, optional
            What it ended in; only a :class:`PeerTimeout` means that a deadline was missed.

        Raises
        ------
        TurnOver
        """
        if self._turn and self._bound_by_turn and (error is None or isinstance(error, PeerTimeout)):
            raise self._turn.over(self.cell)
