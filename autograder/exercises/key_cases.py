"""Computing a key's cases: what the right answer, the finite differences and the known wrong answers give."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.errors import BrokenUnit
from autograder.exercises.corners.plan import Corner
from autograder.exercises.declarations import DRESSES, Draw, clean, dressed
from autograder.exercises.gradcheck import gradients_of
from autograder.exercises.spec import Exercise
from autograder.notebook import quiet
from course.answers.call import NotWritten, call
from course.answers.compare import relative_error, wrong_outputs
from course.answers.key import Case, Key, Mistake, Outcome
from course.answers.normalize import Plain, fitted, simplified, without_numbers
from course.answers.result import Answered
from course.checking.messages import called_sentence
from course.errors import NotPlain

AGREEMENT = 1e-7
ON_CORE_DRAWS = ("unchanged", "no warnings")
UPSTREAM_IGNORED = "upstream-ignored"
UPSTREAM_MESSAGE = """{upstream} plays no part in this result. The layer above says how much each entry of the
forward result matters: multiply by it."""


class CaseMaker:
    """Computes the cases of one exercise."""

    def __init__(self, exercise: Exercise, unit: str, right: Any) -> None:
        self.exercise = exercise
        self.unit = unit
        self.right = exercise.answer(right)
        self.bare = self.key([], {})

    def key(self, core: list[Case], care: dict[str, tuple[Case, ...]], scenario: bool = False) -> Key:
        exercise = self.exercise
        mistakes = {w.mistake: Mistake(w.message, w.fails, w.first, w.free_number) for w in exercise.wrongs}
        if exercise.forward and exercise.forward.upstream:
            text = clean(UPSTREAM_MESSAGE.format(upstream=exercise.forward.upstream))
            mistakes.setdefault(UPSTREAM_IGNORED, Mistake(text))
        return Key(
            exercise=exercise.name,
            unit=self.unit,
            outputs=exercise.outputs,
            form=exercise.form,
            cases=tuple(core),
            care=care,
            mistakes=mistakes,
            properties=exercise.properties,
            stages=exercise.stages,
            bias_outputs=exercise.bias_outputs,
            tolerance=exercise.tolerance,
            absolute=exercise.absolute,
            unchanged_within=exercise.unchanged_within,
            most_items=exercise.most_items,
            in_order=exercise.in_order,
            steps=exercise.steps,
            scenario=scenario,
        )

    def case(self, inputs: dict[str, Any], core: bool = True) -> Case:
        """One case: expected values, finite differences and (lazily) the known wrong answers."""
        expected = {name: simplified(value) for name, value in self.answered(self.right, inputs).outputs.items()}
        if not expected:
            raise BrokenUnit(f"The right answer of {self.exercise.name} in {self.unit} gives nothing.")
        if self.exercise.properties:
            expected = {name: without_numbers(value) for name, value in expected.items()}
        sizes = {
            letter: int(np.shape(inputs[name])[axis])
            for letter, (name, axis) in self.exercise.sizes.items()
            if np.ndim(inputs[name]) > axis
        }
        measured = self.measured(inputs, expected) if core else {}
        mistakes = LazyMistakes(self, inputs, expected) if core else {}
        return Case(inputs, expected, measured, mistakes, sizes)

    def corner(self, corner: Corner, core: Sequence[Case]) -> Case:
        """A case at a corner, with the known mistakes that the ordinary draws don't show."""
        case = self.case(corner.inputs, core=False)
        mistakes = MistakesAtCorner(self, corner.inputs, case.expected, core)
        return replace(case, sizes={}, mistakes={} if self.exercise.properties else mistakes, corner=corner.kind)

    def answered(self, answer: Any, inputs: dict[str, Any]) -> Answered:
        """Call a right answer.

        Raises
        ------
        BrokenUnit
            If it does not give what the exercise asks for.
        """
        case, problem = Case(inputs, {}), "is not written."
        try:
            with quiet():
                answered = call(answer, self.bare, case)
            if not answered.failure:
                return answered
            problem = called_sentence(self.bare, answered.failure, case)
        except NotWritten:
            pass
        raise BrokenUnit(f"The right answer of {self.exercise.name} in {self.unit} {problem}")

    def measured(self, inputs: dict[str, Any], expected: dict[str, Plain]) -> dict[str, np.ndarray]:
        """Finite differences; where they disagree with the right answer the fault is ours, so they are left out."""
        forward = self.exercise.forward
        if forward is None:
            return {}
        found = gradients_of(forward, inputs)
        return {name: value for name, value in found.items() if relative_error(expected[name], value) <= AGREEMENT}

    def care(self, aspect: str, core: list[Case], rng: np.random.Generator) -> tuple[Case, ...]:
        """The draws of one aspect of care, each with what the known wrong answers that fail this aspect give."""
        cases = self._care_cases(aspect, core, rng)
        if self.exercise.properties:
            return cases
        return tuple(replace(case, mistakes=LazyMistakes(self, case.inputs, case.expected, aspect)) for case in cases)

    def told_apart(self, core: list[Case]) -> list[Case]:
        """The core draws, the first with what those wrong answers give that lack a property which others lack too."""
        times = Counter(name for wrong in self.exercise.wrongs for name in wrong.fails)
        shared = [name for name in self.exercise.properties if times[name] > 1]
        if not shared:
            return core
        first, *others = core
        return [replace(first, mistakes=LazyMistakes(self, first.inputs, first.expected, *shared)), *others]

    def _care_cases(self, aspect: str, core: list[Case], rng: np.random.Generator) -> tuple[Case, ...]:
        """The draws of one aspect of care: the author's own, or the first core draw in another dress."""
        own = [draw for draw in self.exercise.draws if draw.care == aspect]
        if own:
            return tuple(self.case(inputs, core=False) for inputs in _drawn(own, rng))
        if aspect in ON_CORE_DRAWS:
            return ()
        inputs = core[0].inputs
        if aspect == "one row":
            rows = self.exercise.rows
            return (self.case({n: v[:1] if n in rows else v for n, v in inputs.items()}, core=False),)
        if aspect not in DRESSES:
            raise BrokenUnit(f"{self.exercise.name} in {self.unit} asks for {aspect!r}, but has no draw for it.")
        inputs = {name: dressed(DRESSES[aspect], value) for name, value in inputs.items()}
        return (Case(inputs, core[0].expected),)


class LazyMistakes(Mapping[str, Outcome]):
    """What each known wrong answer gives for one draw, computed when first asked for.

    With ``aspects`` of care, or properties, these are the answers that fail one of them; without, those that fail none.
    """

    def __init__(self, maker: CaseMaker, inputs: dict[str, Any], expected: dict[str, Plain], *aspects: str) -> None:
        self.maker = maker
        self.inputs = inputs
        self.expected = expected
        self.aspects = set(aspects)
        self.found: dict[str, Outcome] | None = None

    def all(self) -> dict[str, Outcome]:
        """Every outcome by the mistake's id."""
        if self.found is None:
            self.found = {}
            for wrong in self.maker.exercise.wrongs:
                if self.aspects & set(wrong.fails) if self.aspects else not wrong.fails:
                    self.found[wrong.mistake] = self._outcome(self.maker.exercise.answer(wrong.answer))
            if not self.aspects:
                self._ignore_upstream()
        return self.found

    def _ignore_upstream(self) -> None:
        """The right answer with an upstream gradient of ones stands for every answer that ignores it."""
        forward = self.maker.exercise.forward
        if forward and forward.upstream and self.found is not None and UPSTREAM_IGNORED not in self.found:
            ones = {**self.inputs, forward.upstream: np.ones_like(self.inputs[forward.upstream])}
            self.found[UPSTREAM_IGNORED] = Outcome(self.maker.answered(self.maker.right, ones).outputs)

    def _outcome(self, answer: Any) -> Outcome:
        case = Case(self.inputs, {})
        try:
            with quiet():
                answered = call(answer, self.maker.bare, case)
        except NotWritten:
            return Outcome(raised="NotImplementedError")
        failure = answered.failure
        if failure:
            raised = failure.error.raised if failure.error else called_sentence(self.maker.bare, failure, case)
            return Outcome(raised=raised)
        return Outcome({name: self._as_expected(name, value) for name, value in answered.outputs.items()})

    def _as_expected(self, name: str, value: Plain) -> Plain:
        try:
            return fitted(value, self.expected[name])
        except NotPlain:
            return value

    def __getitem__(self, name: str) -> Outcome:
        return self.all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.all())

    def __len__(self) -> int:
        return len(self.all())


class MistakesAtCorner(LazyMistakes):
    """What those known wrong answers give at a corner that are right in the ordinary draws and wrong there."""

    def __init__(
        self, maker: CaseMaker, inputs: dict[str, Any], expected: dict[str, Plain], core: Sequence[Case]
    ) -> None:
        super().__init__(maker, inputs, expected)
        self.core = core

    def all(self) -> dict[str, Outcome]:
        """By the mistake's id."""
        if self.found is None:
            found = {}
            for wrong in self.maker.exercise.wrongs:
                if not wrong.fails and not any(_shows(self.maker.bare, case, wrong.mistake) for case in self.core):
                    found[wrong.mistake] = self._outcome(self.maker.exercise.answer(wrong.answer))
            here = Case(self.inputs, self.expected, mistakes=found)
            self.found = {name: outcome for name, outcome in found.items() if _shows(self.maker.bare, here, name)}
        return self.found


def _shows(key: Key, case: Case, mistake: str) -> bool:
    """Whether a case shows a known mistake: it stops there, or an output is wrong."""
    outcome = case.mistakes[mistake]
    return bool(outcome.raised or wrong_outputs(key, [(outcome.outputs, case)]))


def _drawn(draws: list[Draw], rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """The inputs of each draw, as often as it asks for."""
    for draw in draws:
        for _ in range(draw.times):
            yield draw.inputs(rng)
