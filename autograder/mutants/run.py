"""Trying all mutants of some units, or a sample of them, and what is found: counts, survivors, stale entries."""

import importlib.util
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from autograder.errors import AutograderError
from autograder.exercises.loader import exercises_of
from autograder.mutants.accepted import Accepted
from autograder.mutants.finished import Finished
from autograder.mutants.trial import REJECTED, SURVIVING, Outcome, Trials
from autograder.mutants.workers import Batch, try_all
from autograder.paths import Course
from autograder.progress import steps

MADE, ACCEPTED = "made", "accepted"
BATCH_SIZE = 50


class NoHypothesis(AutograderError):
    """The library that searches inputs is not installed."""


@dataclass
class Found:
    """What a run found of one unit.

    ``counts`` says how many mutants were made, rejected, equivalent, accepted and surviving; ``survivors`` holds those
    last with their exercises; ``stale`` a sentence for each entry of the accepted ones that no longer fits.
    """

    unit: str
    counts: Counter[str] = field(default_factory=Counter)
    survivors: list[tuple[str, Outcome]] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)


def find_survivors(
    course: Course, units: Sequence[str], *, workers: int, resume: bool = False, share: tuple[int, int] = (0, 1)
) -> list[Found]:
    """Try the mutants of each unit's right and unusual answers.

    Parameters
    ----------
    course : Course
    units : sequence of str
    workers : int
        How many processes try them at a time.
    resume : bool
        Go on with a run that was stopped.
    share : pair of int
        Of each exercise, with ``(2, 40)``, every fortieth mutant, from the third on. Whether an entry of the accepted
        ones is stale is only said where all are tried.

    Raises
    ------
    UnknownUnit, BrokenUnit, NoHypothesis
    """
    if importlib.util.find_spec("hypothesis") is None:
        raise NoHypothesis(
            "The search for an input on which a mutant is wrong needs hypothesis, which is not installed here. "
            'Install what a contributor needs: pip install -e ".[lab,dev]".'
        )
    for unit in units:
        course.text(unit)
    first, step = share
    with Finished(course, list(units), resume) as finished:
        wanted = {
            (unit, name): range(first % step, len(Trials(course, unit, name).mutants), step)
            for unit in units
            for name in exercises_of(unit, course)
        }
        batches = _batches(wanted, finished)
        with steps("Trying mutants", sum(len(batch.numbers) for batch in batches)) as done:
            for tried in try_all(course, batches, workers):
                finished.write(tried)
                done(tried[1])
        tried_of = {place: [finished.outcomes[*place, k] for k in numbers] for place, numbers in wanted.items()}
    return [_found(course, unit, tried_of, whole=step == 1) for unit in units]


def _batches(wanted: dict[tuple[str, str], range], finished: Finished) -> list[Batch]:
    """What is left to do, in pieces that keep all workers busy."""
    batches = []
    for (unit, name), numbers in wanted.items():
        left = [number for number in numbers if (unit, name, number) not in finished.outcomes]
        pieces = (left[start : start + BATCH_SIZE] for start in range(0, len(left), BATCH_SIZE))
        batches += [Batch(unit, name, tuple(piece)) for piece in pieces]
    return batches


def _found(course: Course, unit: str, tried: dict[tuple[str, str], list[Outcome]], whole: bool) -> Found:
    found = Found(unit)
    for name, exercise in exercises_of(unit, course).items():
        accepted = Accepted(exercise)
        for outcome in tried[unit, name]:
            found.counts[MADE] += 1
            known = outcome.state != REJECTED and accepted.holds(outcome)
            if known and outcome.state == SURVIVING:
                found.counts[ACCEPTED] += 1
                continue
            found.counts[outcome.state] += 1
            if outcome.state == SURVIVING:
                found.survivors.append((name, outcome))
        if whole:
            found.stale += accepted.stale_entries()
    return found
