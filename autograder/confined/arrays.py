"""Arrays that two processes hold both: what one writes into them reaches the other with the next message."""

import weakref
from typing import Any

import numpy as np

from .wire import BadMessage, numbers_of


class Arrays:
    """Arrays that both sides hold; each side's are known by its own numbers."""

    def __init__(self) -> None:
        self._mine: dict[int, np.ndarray] = {}
        self._numbers: dict[int, int] = {}
        self._theirs: dict[int, tuple[weakref.ref[np.ndarray], int]] = {}
        self._their_numbers: dict[int, int] = {}
        self._last: dict[tuple[str, int], bytes] = {}
        self._dropped: list[int] = []
        self._count = 0

    def reference(self, array: np.ndarray) -> list[Any]:
        """What stands for an array in a message."""
        number = self._their_numbers.get(id(array))
        if number is not None and self._their(number) is array:
            return ["yours", number]
        number = self._numbers.get(id(array))
        if number is None:
            self._count += 1
            number = self._numbers[id(array)] = self._count
            self._mine[number] = array
        self._last["mine", number] = numbers_of(array)
        return ["mine", number]

    def resolved(self, reference: list[Any]) -> np.ndarray:
        """The array that a reference stands for."""
        if reference[0] == "yours":
            if reference[1] not in self._mine:
                raise BadMessage("an array that was never handed out")
            return self._mine[reference[1]]
        _, number, fresh = reference
        known = self._their(number)
        if known is not None and known.shape == fresh.shape and known.dtype == fresh.dtype:
            _write(known, fresh)
            fresh = known
        else:
            self._theirs[number] = (weakref.ref(fresh, lambda gone: self._drop(number, gone)), id(fresh))
            self._their_numbers[id(fresh)] = number
        self._last["yours", number] = numbers_of(fresh)
        return fresh

    def _their(self, number: int) -> np.ndarray | None:
        return self._theirs[number][0]() if number in self._theirs else None

    def _drop(self, number: int, gone: Any) -> None:
        """The last use of an array of the other side on this one is over."""
        if number in self._theirs and self._theirs[number][0] is gone:
            _, place = self._theirs.pop(number)
            self._last.pop(("yours", number), None)
            if self._their_numbers.get(place) == number:
                del self._their_numbers[place]
            self._dropped.append(number)

    def changes(self) -> list[Any]:
        """What this side has written since the last message, and which arrays it no longer needs."""
        dropped, self._dropped = self._dropped, []
        held = [("mine", number, array) for number, array in self._mine.items()]
        held += [("yours", number, array) for number in list(self._theirs) if (array := self._their(number)) is not None]
        written = []
        for whose, number, array in held:
            now = numbers_of(array)
            if now != self._last[whose, number]:
                self._last[whose, number] = now
                written.append([whose, number, now])
        return [dropped, written]

    def apply(self, changes: Any) -> None:
        """Take over what the other side has written."""
        dropped, written = changes
        for number in dropped:
            array = self._mine.pop(number, None)
            if array is not None:
                self._numbers.pop(id(array), None)
                self._last.pop(("mine", number), None)
        for whose, number, data in written:
            ours = "yours" if whose == "mine" else "mine"
            array = self._mine.get(number) if ours == "mine" else self._their(number)
            if array is None:
                continue
            if len(data) != array.nbytes:
                raise BadMessage("an array that has changed its size")
            _write(array, np.frombuffer(data, array.dtype).reshape(array.shape))
            self._last[ours, number] = data


def _write(array: np.ndarray, numbers: np.ndarray) -> None:
    """Write into an array, though it may be marked read-only on this side."""
    if array.flags.writeable:
        array[...] = numbers
