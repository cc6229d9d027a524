"""Whether the wrong and unusual answers that an author declares can be tried: their ids, messages, names and inputs."""

import contextlib
import copy
import inspect
import itertools
from collections import Counter
from collections.abc import Iterator
from typing import Any

from autograder.errors import BrokenUnit
from autograder.exercises.declarations import Answer, Wrong
from autograder.exercises.spec import Exercise
from autograder.notebook import quiet

Inputs = dict[str, Any]


def known_answer_faults(exercise: Exercise, draws: dict[str, Inputs]) -> Iterator[str]:
    """What does not fit in an exercise's known answers, a sentence each.

    Parameters
    ----------
    exercise : Exercise
    draws : dict
        By the name of each draw that is not for an aspect of care, inputs that it gave.
    """
    for mistake, times in Counter(wrong.mistake for wrong in exercise.wrongs).items():
        if times > 1:
            yield f'{times} wrong answers have the id "{mistake}"; give each one an id of its own.'
    for wrong in exercise.wrongs:
        yield from _wrong_faults(exercise, wrong)
    answers = [(f"the wrong answer {wrong.mistake}", wrong.answer) for wrong in exercise.wrongs]
    answers += [(f"the unusual answer {answer.__name__}", answer) for answer in exercise.unusuals]
    for label, answer in answers:
        for draw, inputs in draws.items():
            fault = _call_fault(exercise, answer, draw, inputs)
            if fault:
                yield f"{label} {fault}"
                break


def _wrong_faults(exercise: Exercise, wrong: Wrong) -> Iterator[str]:
    """What a wrong answer says of itself that the exercise has not."""
    label = f"the wrong answer {wrong.mistake}"
    if not wrong.message.strip():
        yield f"{label} has no message; say what the student got wrong, and where to look."
    aspects = [*exercise.care, *exercise.properties]
    for word, named, known, kind in (
        ("fails", wrong.fails, aspects, "aspect of care or property"),
        ("spoils", wrong.spoils, list(exercise.outputs), "output"),
    ):
        for name in (name for name in named if name not in known):
            there_are = ", ".join(known) or "none"
            yield f'{label} says {word}="{name}", which is no {kind} of this exercise; there are: {there_are}.'


def _call_fault(exercise: Exercise, answer: Answer, draw: str, inputs: Inputs) -> str:
    """Why an answer can't be called with the inputs of a draw as its author means it to be, or nothing.

    An answer may stop with any error but one in the unit itself: students' wrong answers stop as well.
    """
    if not exercise.scenario_function and (taken := _takes_other(answer, inputs)) is not None:
        return (
            f"takes {taken or 'nothing'}, and the draw {draw} gives {', '.join(inputs)}; let it take these in this "
            "order, or *inputs where a student's would take others."
        )
    with contextlib.suppress(Exception), quiet():
        try:
            value = exercise.answer(answer)(*copy.deepcopy(list(inputs.values())))
            if exercise.form == "yields":
                list(itertools.islice(value, exercise.most_items))
        except BrokenUnit as broken:
            return f"can't be tried: {broken}"
    return ""


def _takes_other(answer: Answer, inputs: Inputs) -> str | None:
    """The parameters of an answer that can't be called with so many inputs; None where it can, or nobody knows."""
    try:
        signature = inspect.signature(answer)
    except (TypeError, ValueError):
        return None
    try:
        signature.bind(*inputs.values())
    except TypeError:
        return str(signature.replace(return_annotation=signature.empty))[1:-1]
    return None
