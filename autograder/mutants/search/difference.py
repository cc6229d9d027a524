"""Whether a mutant differs from the right answers of an exercise, and the smallest input that shows it."""

import contextlib
import copy
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

from autograder.exercises import Exercise
from autograder.mutants.search.domain import Domain
from autograder.mutants.search.inputs import inputs_of
from autograder.mutants.search.smaller import complexity, smallest
from course.answers.call import NotWritten, call
from course.answers.compare import output_difference
from course.answers.key import Case, Key
from course.answers.normalize import leaves
from course.answers.result import Answered
from course.properties import lacking_in_all

Inputs = dict[str, Any]
MAKE = Callable[[], Any]
"""Makes a mutant anew, so that it remembers nothing."""
EXAMPLES, FEW = 150, 20
MARGIN, ROUNDING = 1e-5, 1e-10
"""A difference must be larger than these, relative to the right result and as it is: rounding alone is none."""
QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.large_base_example]
OWN_CHOICES = "own choices"


class OwnChoices(HypothesisProvider):
    """Hypothesis's choices without the numbers that it finds in whatever modules are loaded.

    With them, a line in any module of the project would change which inputs are tried.
    """

    def _maybe_draw_constant(self, *arguments: Any, **options: Any) -> None:
        """Never draw one of the numbers that were found."""


AVAILABLE_PROVIDERS[OWN_CHOICES] = f"{__name__}.{OwnChoices.__name__}"
FIXED = settings(database=None, derandomize=True, deadline=None, suppress_health_check=QUIET, backend=OWN_CHOICES)


def takes_long(exercise: Exercise) -> bool:
    """Whether one call of an answer is a whole story: then fewer inputs and seeds have to do."""
    return bool(exercise.properties or exercise.scenario_function)


class Searcher:
    """Searches the inputs of one exercise.

    Parameters
    ----------
    exercise : Exercise
    key : Key
        For how its results are compared; its first draw is what a mutant is called with before any other input, so
        that one which keeps its first result shows it.
    rights : sequence
        Answers that are right. An input counts only where all of them agree: elsewhere, what is right is left open.
    """

    def __init__(self, exercise: Exercise, key: Key, rights: Sequence[Any]) -> None:
        self.exercise = exercise
        self.key = replace(key, mistakes={}, steps=(), square=None, absolute=max(key.absolute, ROUNDING))
        self.rights = [exercise.answer(right) for right in rights]
        self.first = key.cases[0].inputs
        self.domain = Domain(exercise)
        self._examples: list[tuple[Inputs, list[Answered]]] | None = None

    def difference(self, make: MAKE) -> Inputs | None:
        """A small input on which a mutant differs from all right answers, or None where none is found."""
        mutant = self.exercise.answer(make())
        suspects = [(inputs, runs) for inputs, runs in self.examples() if self._another(mutant, inputs, runs)]
        differing = [inputs for inputs, runs in suspects if self._differs(make, inputs, runs)]
        if not differing:
            return None

        def shows(inputs: Inputs) -> bool:
            runs = self._runs(self.rights[0], inputs) if self.domain.allows(inputs) else None
            return runs is not None and self._differs(make, inputs, runs)

        return smallest(min(differing, key=complexity), shows, 60 if takes_long(self.exercise) else 400)

    def examples(self) -> list[tuple[Inputs, list[Answered]]]:
        """Inputs with what the notebook's right answer gives, always the same ones."""
        if self._examples is None:
            collected: list[tuple[Inputs, list[Answered]]] = []

            @settings(FIXED, max_examples=FEW if takes_long(self.exercise) else EXAMPLES, phases=[Phase.generate])
            @given(inputs_of(self.exercise))
            def collect(inputs: Inputs) -> None:
                runs = self._runs(self.rights[0], inputs)
                if runs is not None:
                    collected.append((inputs, runs))

            with contextlib.suppress(Unsatisfiable):
                collect()
            self._examples = collected
        return self._examples

    def _differs(self, make: MAKE, inputs: Inputs, right: list[Answered]) -> bool:
        """Whether a mutant gives something else than the right answers, which agree."""
        mutant = self.exercise.answer(make())
        self._runs(mutant, self.first)
        if not self._another(mutant, inputs, right):
            return False
        return not any(self._another(other, inputs, right) for other in self.rights[1:])

    def _another(self, answer: Any, inputs: Inputs, right: list[Answered]) -> bool:
        runs = self._runs(answer, inputs)
        if runs is None:
            return True
        if self.key.properties:
            return self._lacks(runs, inputs)
        for got, expected in zip(runs, right, strict=True):
            case = Case(inputs, expected.outputs)
            if "unchanged" in self.key.care and got.changed != expected.changed:
                return True
            if any(output_difference(self.key, name, got.outputs, case, MARGIN) for name in self.key.outputs):
                return True
        return False

    def _runs(self, answer: Any, inputs: Inputs) -> list[Answered] | None:
        """What an answer gives for the inputs, or None where that is no whole result or lacks a property."""
        runs = []
        for given_inputs in self._variants(inputs):
            try:
                answered = call(answer, self.key, Case(copy.deepcopy(given_inputs), {}))
            except NotWritten:
                return None
            if answered.failure or not _finite(answered):
                return None
            runs.append(answered)
        if self.key.properties and answer is self.rights[0] and self._lacks(runs, inputs):
            return None
        return runs

    def _variants(self, inputs: Inputs) -> list[Inputs]:
        """The inputs; where a property is asked for, also once more, and with the next seed."""
        if not self.key.properties:
            return [inputs]
        others = [{**inputs, "seed": inputs["seed"] + 1}] if isinstance(inputs.get("seed"), int) else []
        return [inputs, inputs, *others]

    def _lacks(self, runs: list[Answered], inputs: Inputs) -> bool:
        pairs = [(run.outputs, one) for run, one in zip(runs, self._variants(inputs), strict=True)]
        if "unchanged" in self.key.care and any(run.changed for run in runs):
            return True
        return any(lacking_in_all(name, pairs) for name in self.key.properties)


def _finite(answered: Answered) -> bool:
    """Whether all numbers of a result are finite."""
    found = (leaf for output in answered.outputs.values() for _, leaf in leaves(output))
    return all(np.isfinite(leaf).all() for leaf in found if isinstance(leaf, np.ndarray) and leaf.dtype.kind in "fiub")
