"""The mutants that an exercise's author accepts as equal to the right answer, and which of these entries are stale."""

import re
from collections.abc import Iterator

from autograder.exercises import Exercise
from autograder.mutants.trial import Outcome


class Accepted:
    """The entries of one exercise.

    Each is the name of a mutant, in which ``*`` stands for anything; see ``Exercise.accepted_mutant``.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._used: set[str] = set()

    def holds(self, outcome: Outcome) -> bool:
        """Whether an entry names this mutant."""
        names = [entry for entry in self._exercise.accepted_mutants if _matches(entry, outcome.name)]
        self._used.update(names)
        return bool(names)

    def stale_entries(self) -> Iterator[str]:
        """A sentence for each entry that names no mutant which passes, or for which no input was found this time."""
        for entry in self._exercise.accepted_mutants:
            if entry not in self._used:
                yield (
                    f'{self._exercise.name} accepts the mutant "{entry}", and none that passes has this name: '
                    "take the entry out, or write the name as it is now."
                )


def _matches(entry: str, name: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, entry.split("*"))), name) is not None
