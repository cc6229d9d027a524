"""Trying one mutant: is it rejected, whatever is drawn, and if not, on which input is it wrong?"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from autograder.exercises import Exercise
from autograder.exercises.keys import build_seed, make_key
from autograder.exercises.loader import exercises_of
from autograder.mutants.known_right import right_texts, subject_of
from autograder.mutants.mutant import Mutant, mutants_of
from autograder.mutants.search.difference import Searcher, takes_long
from autograder.mutants.shown_inputs import as_text
from autograder.notebook import right_answer, right_namespace
from autograder.paths import Course
from course.answers.key import Key
from course.checking.judge import judge
from course.properties import JOINT

SEEDS = (1, 2)
"""What is drawn from besides the draws of the exercise's built key."""
REJECTED, EQUIVALENT, SURVIVING = "rejected", "equivalent", "surviving"


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant: its number among those of the exercise, its name, and how it fared.

    ``shown`` says on which input a surviving one differs.
    """

    number: int
    name: str
    operator: str
    state: str
    shown: str = ""


class Trials:
    """The mutants of one exercise, and all that trying them needs, which is made once.

    Parameters
    ----------
    course : Course
    unit : str
    name : str
        The exercise.
    """

    def __init__(self, course: Course, unit: str, name: str) -> None:
        self.course, self.unit = course, unit
        self.exercise: Exercise = exercises_of(unit, course)[name]
        self.names = right_namespace(course, unit)
        self.right = right_answer(course, unit, self.exercise.subject)

    @cached_property
    def mutants(self) -> list[Mutant]:
        """Every mutant of the notebook's right answer and of the unusual ones; none twice."""
        texts = right_texts(self.course, self.unit, self.exercise)
        return list({m.answer.whole(m.definition): m for text in texts for m in mutants_of(text)}.values())

    @cached_property
    def keys(self) -> list[Key]:
        """The built key and some fresh ones, without what only a message needs."""
        seeds = (build_seed(self.exercise.name), *(SEEDS[:1] if takes_long(self.exercise) else SEEDS))
        return [_bare(make_key(self.exercise, self.unit, self.right, seed)) for seed in seeds]

    @cached_property
    def searcher(self) -> Searcher:
        """What searches for inputs on which a mutant differs."""
        return Searcher(self.exercise, self.keys[0], [self.right, *self.exercise.unusuals])

    def prepare(self) -> None:
        """Make what all mutants need: the keys, and the inputs that the search tries."""
        self.keys  # noqa: B018 - made where they are first asked for
        self.searcher.examples()

    def outcome(self, number: int, searches: Callable[[], None] = lambda: None) -> Outcome:
        """What becomes of one mutant; it may take for ever.

        ``searches`` is called when judging has ended and the search for an input begins.
        """
        mutant = self.mutants[number]
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            state, shown = self._fate(mutant, searches)
        return Outcome(number, mutant.name, mutant.operator, state, shown)

    def _fate(self, mutant: Mutant, searches: Callable[[], None]) -> tuple[str, str]:
        def make() -> Any:
            return subject_of(self.exercise, mutant.code, self.names)

        try:
            make()
        except Exception:  # what can't be defined can't be right
            return REJECTED, ""
        passed = [self._passes(make(), key) for key in self.keys]
        if not any(passed):
            return REJECTED, ""
        searches()
        inputs = self.searcher.difference(make)
        if inputs is not None:
            return SURVIVING, as_text(inputs)
        if not all(passed):
            return SURVIVING, f"some draws: with {sum(passed)} of {len(passed)} seeds it passes"
        return EQUIVALENT, ""

    def _passes(self, subject: Any, key: Key) -> bool:
        """Whether an answer is judged right: first with one draw, since that suffices to reject most."""
        answer = self.exercise.answer(subject)
        alone = tuple(name for name in key.properties if name not in JOINT)
        first = replace(key, cases=key.cases[:1], corners=(), care={}, properties=alone)
        if bool(alone) == bool(key.properties) and not judge(answer, first).passed:
            return False
        return judge(answer, key).passed


def _bare(key: Key) -> Key:
    """A key without what only the words of a message need; whether an answer passes is the same."""
    cases, corners = (
        tuple(replace(case, mistakes={}, measured={}) for case in cases) for cases in (key.cases, key.corners)
    )
    return replace(key, cases=cases, corners=corners, steps=(), square=None, stages=())
