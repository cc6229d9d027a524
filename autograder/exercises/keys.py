"""Making a key: drawing inputs and computing what the right answer, the finite differences and the known
wrong answers give for them."""

import copy
import inspect
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.errors import BrokenUnit
from autograder.exercises.gradcheck import numerical_gradients
from autograder.exercises.key_maker import DRESSES, dressed
from autograder.exercises.probes import probed_steps, square_draws
from autograder.exercises.spec import Draw, Exercise, clean
from autograder.notebook import quiet
from course.answers.call import NotWritten, call
from course.answers.compare import relative_error
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


def build_seed(name: str) -> int:
    """The seed of an exercise's built key: always the same for its name."""
    return zlib.crc32(name.encode())


def make_key(exercise: Exercise, unit: str, right: Any, seed: int) -> Key:
    """Draw afresh and compute everything that judging needs.

    Parameters
    ----------
    exercise : Exercise
    unit : str
    right : callable or class
        The right answer.
    seed : int
        The same seed gives the same key.

    Returns
    -------
    Key
        The known wrong answers are computed when first looked at: a right answer never needs them.

    Raises
    ------
    BrokenUnit
        If the right answer does not run.
    """
    maker = _Maker(exercise, unit, right)
    rng = np.random.default_rng(seed)
    core = [maker.case(draw.inputs(rng)) for draw in exercise.draws if draw.care is None for _ in range(draw.times)]
    if not core:
        raise BrokenUnit(f"The exercise {exercise.name} of {unit} has no draw: say how its inputs are drawn.")
    key = maker.key(core, {aspect: maker.care(aspect, core, rng) for aspect in exercise.care})
    steps = probed_steps(exercise, maker.case, core[0].inputs, rng)
    return replace(key, steps=steps, square=square_draws(exercise, maker.case, rng))


def make_shown_key(exercise: Exercise, unit: str, right: Any) -> Key:
    """The key of a scenario, with the inputs that the notebook's check cell uses in the open.

    Where the cell's function takes inputs, the key has what can be seen by handing over some: whether they are left
    unchanged, probes of hidden steps, and draws of equal sizes.
    """
    maker = _Maker(exercise, unit, right)
    shown = copy.deepcopy(exercise.shown or {})

    def handed(inputs: dict[str, Any], core: bool = True) -> Case:
        case = maker.case(inputs, core=core)
        given = {name: inputs[name] for name in exercise.handed}
        return Case(given, case.expected, mistakes=case.mistakes, sizes=case.sizes)

    if not exercise.handed:
        return maker.key([handed(shown)], {}, scenario=True)
    care: dict[str, tuple[Case, ...]] = {"unchanged": ()} if "unchanged" in exercise.care else {}
    key = maker.key([handed(shown)], care, scenario=True)
    rng = np.random.default_rng(build_seed(exercise.name))
    return replace(key, steps=probed_steps(exercise, handed, shown, rng), square=square_draws(exercise, handed, rng))


class _Maker:
    """Computes the cases of one exercise."""

    def __init__(self, exercise: Exercise, unit: str, right: Any) -> None:
        self.exercise = exercise
        self.unit = unit
        self.right = exercise.answer(right)
        self.bare = self.key([], {})

    def key(self, core: list[Case], care: dict[str, tuple[Case, ...]], scenario: bool = False) -> Key:
        exercise = self.exercise
        mistakes = {wrong.mistake: Mistake(wrong.message, wrong.fails, wrong.first) for wrong in exercise.wrongs}
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
        point = {name: value for name, value in inputs.items() if name != forward.upstream}
        upstream = inputs[forward.upstream] if forward.upstream else None
        if forward.at:
            point = forward.at(**point)
        defaults = {
            name: parameter.default
            for name, parameter in inspect.signature(forward.function).parameters.items()
            if parameter.default is not parameter.empty
        }
        found = numerical_gradients(forward.function, {**defaults, **point}, forward.wrt, upstream)
        return {name: value for name, value in found.items() if relative_error(expected[name], value) <= AGREEMENT}

    def care(self, aspect: str, core: list[Case], rng: np.random.Generator) -> tuple[Case, ...]:
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
    """What each known wrong answer gives for one draw, computed when first asked for."""

    def __init__(self, maker: _Maker, inputs: dict[str, Any], expected: dict[str, Plain]) -> None:
        self.maker = maker
        self.inputs = inputs
        self.expected = expected
        self.found: dict[str, Outcome] | None = None

    def all(self) -> dict[str, Outcome]:
        """Every outcome by the mistake's id; a mistake of care only is left out."""
        if self.found is None:
            self.found = {}
            for wrong in self.maker.exercise.wrongs:
                if not wrong.fails:
                    self.found[wrong.mistake] = self._outcome(self.maker.exercise.answer(wrong.answer))
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


def _drawn(draws: list[Draw], rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """The inputs of each draw, as often as it asks for."""
    for draw in draws:
        for _ in range(draw.times):
            yield draw.inputs(rng)
