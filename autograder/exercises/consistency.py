"""Whether what an author declares about one exercise fits together, before any key is made of it."""

import copy
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.exercises.declarations import Draw, Forward
from autograder.exercises.known_answers import known_answer_faults
from autograder.exercises.spec import Exercise
from autograder.notebook import quiet

POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def declaration_faults(exercise: Exercise, right: Any, seed: int = 1) -> Iterator[str]:
    """What does not fit in an exercise's draws, scenario, known answers and what it differentiates, a sentence each.

    Parameters
    ----------
    exercise : Exercise
    right : callable or class
        The right answer.
    seed : int
        The draws are tried with numbers of this seed.
    """
    called = exercise.scenario_function or right
    names = _parameters(called)[1:] if exercise.scenario_function else _parameters(called)
    broken = False
    for draw in (*exercise.draws, *exercise.squares):
        for fault in _draw_faults(exercise, draw, called, names, seed):
            broken = True
            yield fault
    if exercise.scenario_function and exercise.shown is not None:
        yield from _scenario_faults(exercise, right)
    core = [draw.inputs for draw in exercise.draws if draw.care is None and not broken]
    yield from known_answer_faults(exercise, {_name(inputs): inputs(np.random.default_rng(seed)) for inputs in core})


def _parameters(function: Callable[..., Any]) -> list[inspect.Parameter]:
    """The parameters of a function; none where they can't be told."""
    try:
        return list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return [inspect.Parameter("inputs", inspect.Parameter.VAR_POSITIONAL)]


def _stops(function: Callable[..., Any], *arguments: Any) -> tuple[Any, str]:
    """What a function gives, and how it stops if it does."""
    try:
        with quiet():
            return function(*arguments), ""
    except Exception as error:
        return None, f"stops with {type(error).__name__}: {error}"


def _draw_faults(
    exercise: Exercise, draw: Draw, called: Any, names: list[inspect.Parameter], seed: int
) -> Iterator[str]:
    label = f"the draw {_name(draw.inputs)}"
    inputs, stopped = _stops(draw.inputs, np.random.default_rng(seed))
    if stopped:
        yield f"{label} {stopped}"
    elif not isinstance(inputs, dict):
        yield f"{label} gives a {type(inputs).__name__}; a draw returns a dict of the inputs by name."
    else:
        if not _fit(list(inputs), names):
            taken = ", ".join(str(parameter.replace(annotation=inspect.Parameter.empty)) for parameter in names)
            yield f"{label} gives {', '.join(inputs) or 'no inputs'}; {_name(called)} takes {taken}, in this order."
        used = dict.fromkeys([*exercise.rows, *(name for name, _ in exercise.sizes.values())])
        for name in (name for name in used if name not in inputs):
            yield f"{label} gives no {name}, which stands in rows or in sizes."
        if exercise.forward and draw.care is None:
            yield from _forward_faults(exercise.forward, exercise.outputs, inputs)


def _fit(inputs: list[str], parameters: list[inspect.Parameter]) -> bool:
    """Whether inputs that are handed over in their order arrive where their names say."""
    if any(parameter.kind is inspect.Parameter.VAR_POSITIONAL for parameter in parameters):
        return True
    taken = [parameter for parameter in parameters if parameter.kind in POSITIONAL]
    left_out = taken[len(inputs) :]
    return inputs == [p.name for p in taken[: len(inputs)]] and all(p.default is not p.empty for p in left_out)


def _forward_faults(forward: Forward, outputs: tuple[str, ...], inputs: dict[str, Any]) -> Iterator[str]:
    """What a function that is differentiated lacks where its arguments come from these inputs."""
    if forward.upstream and forward.upstream not in inputs:
        yield f"the upstream gradient {forward.upstream} is not among the inputs {', '.join(inputs)}."
        return
    point: Any = {name: value for name, value in inputs.items() if name != forward.upstream}
    if forward.at:
        point, stopped = _stops(lambda: forward.at(**point) if forward.at else None)
        if stopped or not isinstance(point, dict):
            yield f"at, which gives the arguments of {_name(forward.function)}, {stopped or 'gives no dict.'}"
            return
    parameters = {parameter.name: parameter for parameter in _parameters(forward.function)}
    if any(parameter.kind is inspect.Parameter.VAR_KEYWORD for parameter in parameters.values()):
        return
    takes = f"{_name(forward.function)} takes {', '.join(parameters)}"
    for output, argument in forward.wrt.items():
        if output not in outputs:
            yield f"wrt names {output}, which is none of the outputs {', '.join(outputs)}."
        elif argument not in parameters:
            yield f'{output} is differentiated with respect to {argument}, and {takes}: say wrt={{"{output}": ...}}.'
    lacking = [name for name, p in parameters.items() if p.default is p.empty and name not in point]
    strange = [name for name in point if name not in parameters]
    if lacking or strange:
        yield f"{takes}, and is given {', '.join(point)}: say with at= what its arguments are."


def _scenario_faults(exercise: Exercise, right: Any) -> Iterator[str]:
    label, shown = f"the scenario {_name(exercise.scenario_function)}", exercise.shown or {}
    lacking = [name for name in exercise.handed if name not in shown]
    if lacking:
        yield f"{label} hands over {', '.join(lacking)}, which is none of the inputs {', '.join(shown)}."
    _, stopped = _stops(exercise.answer(right), *copy.deepcopy(list(shown.values())))
    if stopped:
        yield f"{label} {stopped}"


def _name(function: Any) -> str:
    return str(getattr(function, "__name__", function))
