"""Arrays that two processes share: what one writes into its copy reaches the other with the next message.

Between them an array is one object; one of a class of the student's own goes over as the plain array that it is
underneath. The grader forgets a student's array as soon as it no longer needs it. The
student's process keeps one of the grader's for as long as the grader has it, so that it is the same object whenever
it comes: student code may know it by its identity.
"""

import sys
from typing import Any

import numpy as np

from .codec import BadMessage, NotSent, numbers_of, plain_array

MAX_ARRAYS = 20_000
MAX_BYTES = 100_000_000
"""Of all arrays that are kept equal at a time."""
UNUSED_REFERENCES = 4
"""References to an array that nobody else holds: this table's, a list's, a loop's, and that of the question itself."""


class SharedArrays:
    """The arrays that one process shares with another; each process numbers its own.

    Parameters
    ----------
    lends : bool
        Whether this is the grader's process, whose arrays the other one keeps until it is told that they are gone.
    """

    def __init__(self, lends: bool) -> None:
        self._lends = lends
        self._own: dict[int, np.ndarray] = {}
        self._remote: dict[int, np.ndarray] = {}
        self._references: dict[int, list[Any]] = {}
        self._last: dict[tuple[str, int], bytes] = {}
        self._unused: set[tuple[str, int]] = set()
        """Of the grader's arrays, those that student code no longer holds, as both sides know."""
        self._count = 0
        self._size = 0

    def reference(self, array: np.ndarray) -> list[Any]:
        """What stands for an array in a message: which process it comes from, and its number there."""
        known = self._references.get(id(array))
        if known is None:
            if not self._fits(array):
                raise NotSent("too many numbers at once")
            self._count += 1
            self._own[self._count] = array
            known = self._references[id(array)] = ["mine", self._count]
        if known[0] == "mine":
            self._last["mine", known[1]] = numbers_of(plain_array(array))
            self._unused.discard(("mine", known[1]))
        return known

    def resolve(self, reference: list[Any]) -> np.ndarray:
        """The array that a reference stands for; one of the other process comes with its numbers."""
        if reference[0] == "yours":
            if reference[1] not in self._own:
                raise BadMessage("an array that was never handed out")
            self._unused.discard(("mine", reference[1]))
            return self._own[reference[1]]
        whose, number, fresh = reference
        if whose != "mine" or type(number) is not int:
            raise BadMessage("an array of another form")
        self._unused.discard(("yours", number))
        known = self._remote.get(number)
        if known is not None and known.shape == fresh.shape and known.dtype == fresh.dtype:
            _write(known, fresh)
            fresh = known
        else:
            if known is not None:
                self._forget(known)
            if not self._fits(fresh):
                raise BadMessage("too many numbers at once")
            self._remote[number] = fresh
            self._references[id(fresh)] = ["yours", number]
        self._last["yours", number] = numbers_of(fresh)
        return fresh

    def changes(self) -> list[Any]:
        """What this side has written since the last message, and which arrays it no longer needs.

        An array of the grader's that is gone is one that was written None.
        """
        written: list[Any] = []
        for number, array in list(self._own.items()):
            if ("mine", number) in self._unused and sys.getrefcount(array) <= UNUSED_REFERENCES:
                self._forget_own(number)
                written.append(["mine", number, None])
            else:
                self._append_change("mine", number, array, written)
        dropped = []
        for number, array in list(self._remote.items()):
            self._append_change("yours", number, array, written)
            if sys.getrefcount(array) <= UNUSED_REFERENCES and ("yours", number) not in self._unused:
                dropped.append(number)
        for number in dropped:
            if self._lends:
                self._forget_remote(number)
            else:
                self._unused.add(("yours", number))
        return [dropped, written]

    def _fits(self, array: np.ndarray) -> bool:
        """Count one more array; whether that is not too much."""
        self._size += array.nbytes
        return self._size <= MAX_BYTES and len(self._own) + len(self._remote) < MAX_ARRAYS

    def _forget_own(self, number: int) -> None:
        self._forget(self._own.pop(number))
        self._last.pop(("mine", number), None)
        self._unused.discard(("mine", number))

    def _forget_remote(self, number: int) -> None:
        self._forget(self._remote.pop(number))
        del self._last["yours", number]
        self._unused.discard(("yours", number))

    def _forget(self, array: np.ndarray) -> None:
        self._size -= array.nbytes
        self._references.pop(id(array), None)

    def _append_change(self, whose: str, number: int, array: np.ndarray, written: list[Any]) -> None:
        now = numbers_of(plain_array(array))
        if now != self._last[whose, number]:
            self._last[whose, number] = now
            written.append([whose, number, now])

    def apply(self, changes: Any) -> None:
        """Take over what the other side has written."""
        dropped, written = changes
        for whose, number, data in written:
            ours, table = ("yours", self._remote) if whose == "mine" else ("mine", self._own)
            array = table.get(number)
            if array is None:
                continue
            if data is None and whose == "mine":
                self._forget_remote(number)
                continue
            array = plain_array(array)
            if type(data) is not bytes or len(data) != array.nbytes:
                raise BadMessage("an array that has changed its size")
            _write(array, np.frombuffer(data, array.dtype).reshape(array.shape))
            self._last[ours, number] = data
        for number in set(dropped) & self._own.keys():
            if self._lends:
                self._unused.add(("mine", number))
            else:
                self._forget_own(number)


def _write(array: np.ndarray, numbers: np.ndarray) -> None:
    """Write into an array; one that is read-only stays as it is."""
    if array.flags.writeable:
        array[...] = numbers
