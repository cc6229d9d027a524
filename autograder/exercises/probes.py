"""The draws that tell the first wrong step of a composite result: probes of hidden steps, and draws of equal sizes."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.errors import BrokenUnit
from autograder.exercises.declarations import Probing
from autograder.exercises.spec import Exercise
from course.answers.compare import same
from course.answers.key import Case, Probe, Square, Step
from course.checking.first_wrong import beyond

MakeCase = Callable[..., Case]
AGREEMENT = 1e-9


def probed_steps(
    exercise: Exercise, case: MakeCase, inputs: dict[str, Any], rng: np.random.Generator
) -> tuple[Step, ...]:
    """The steps of an exercise with their probes, made from one draw's inputs.

    Parameters
    ----------
    exercise : Exercise
    case : callable
        Makes a case, with what the right answer gives, from inputs.
    inputs : dict
    rng : Generator

    Raises
    ------
    BrokenUnit
        If a probe names no hidden step, or the right answer fails it.
    """
    hidden = [step.name for step in exercise.steps if not step.output]
    for probing in exercise.probes:
        if probing.step not in hidden:
            raise BrokenUnit(f"{exercise.name} has a probe of {probing.step}, which is no hidden step of it.")
    made = []
    for k, step in enumerate(exercise.steps):
        later = tuple(s.output for s in exercise.steps[k + 1 :] if s.output)
        probes = [_probe(exercise, p, later, case, inputs, rng) for p in exercise.probes if p.step == step.name]
        made.append(replace(step, probes=tuple(probes)))
    return tuple(made)


def square_draws(exercise: Exercise, case: MakeCase, rng: np.random.Generator) -> Square | None:
    """The draws of equal sizes of an exercise that has some, and its steps with probes of that size."""
    drawn = [draw.inputs(rng) for draw in exercise.squares for _ in range(draw.times)]
    if not drawn:
        return None
    return Square(tuple(case(inputs, core=False) for inputs in drawn), probed_steps(exercise, case, drawn[0], rng))


def _probe(
    exercise: Exercise,
    probing: Probing,
    later: Sequence[str],
    case: MakeCase,
    inputs: dict[str, Any],
    rng: np.random.Generator,
) -> Probe:
    cases = [case(drawn, core=False) for drawn in probing.draws(rng, **copy.deepcopy(inputs))]
    outputs = probing.outputs or tuple(later)
    for other in [] if probing.factors else cases[1:]:
        for output in outputs:
            one, two = (beyond(c.expected[output], probing.leave_out) for c in (cases[0], other))
            if not same(one, two, AGREEMENT):
                raise BrokenUnit(
                    f"{exercise.name}: the probe {probing.draws.__name__} of {probing.step} asks for the same {output} "
                    "in all its draws, and the right answer gives others."
                )
    return Probe(outputs, tuple(cases), probing.message, probing.leave_out, probing.factors, probing.up_to)
