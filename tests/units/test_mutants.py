"""Small changes of right answers are noticed: a sample of them, another one each day."""

import pytest
from support.sampling import draws, everything

from autograder.exercises.loader import exercises_of
from autograder.mutants.accepted import Accepted
from autograder.mutants.trial import SURVIVING, Trials
from autograder.mutants.workers import Batch, try_all

ONE_OF, ONE_OF_WHEN_ALL = 200, 20


def sampled(course, unit, name):
    """The numbers of the mutants of an exercise that this run tries."""
    step = ONE_OF_WHEN_ALL if everything() else ONE_OF
    return tuple(range(draws(1)[0] % step, len(Trials(course, unit, name).mutants), step))


@pytest.mark.parametrize("number", range(1, 11))
def test_no_mutant_of_a_right_answer_passes(course, number):
    unit = course.units()[number]
    exercises = exercises_of(unit, course)
    batches = [Batch(unit, name, numbers) for name in exercises if (numbers := sampled(course, unit, name))]
    passed = [
        f"{name}: {outcome.name}: {outcome.shown}"
        for _, name, outcome in try_all(course, batches, 1)
        if outcome.state == SURVIVING and not Accepted(exercises[name]).holds(outcome)
    ]
    assert passed == []
