"""Recognising the mistake behind a wrong result: a known wrong answer first, then the patterns that gradients share."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from course.answers.compare import LEAST_TOLERANCE, output_difference, same
from course.answers.error_kinds import classified
from course.answers.key import Case, Key, Outcome
from course.answers.normalize import Plain
from course.answers.result import Answered
from course.checking.advice.at_corners import AT_A_CORNER
from course.checking.patterns import is_nearly, pattern, permuted
from course.checking.verdict import Recognised
from course.properties import lacking_in_all

BOTH = "Two mistakes give this result. It may be the first: {0}\nOr it may be the second: {1}"


def recognise(
    key: Key, answered: Sequence[Answered], failing: Sequence[str], first: str = "", steps: Sequence[str] = ()
) -> Recognised | None:
    """The mistake behind the failing outputs, or None where it is no known one.

    Parameters
    ----------
    key : Key
    answered : sequence of Answered
    failing : sequence of str
    first : str
        The output that is known to be the first that is wrong.
    steps : sequence of str
        The steps one of which is known to be the first that is wrong: a mistake that begins elsewhere is not meant.
    """
    whole = _known_whole(key, answered)
    if whole:
        return whole
    found = (permuted(key, answered) if len(failing) > 1 else None) or _with_free_number(key, answered)
    if found:
        return found
    for output in [first] if first else failing:
        found = _known_output(key, answered, output, failing, steps) or pattern(key, answered, output)
        if found:
            return found
    return None


def recognise_error(key: Key, raised: str, case: Case | None = None) -> Recognised | None:
    """The known wrong answer that stops with the same error in all ordinary draws, or in this one first, or at this
    corner; of several, the one in which two shapes stand in the same order.
    """
    shown = (case,) if case and case.corner else key.cases
    stops = {n: [bool(n in c.mistakes and c.mistakes[n].raised) for c in shown] for n in key.mistakes}
    first = [n for n, where in stops.items() if any(where) and shown[where.index(True)] is case]
    for names in ([n for n, where in stops.items() if all(where)], first):
        texts = {n: (case or shown[0]).mistakes[n].raised for n in names}
        same_text = [n for n, text in texts.items() if text == raised]
        alike = [n for n, text in texts.items() if _ordered(text) == _ordered(raised)]
        if found := _any_of(key, same_text or alike):
            return found
    return None


def _ordered(raised: str | None) -> str:
    """An error's text with the shapes of two operands in one order, since a product may be written either way round."""
    return re.sub(r"(\([\d,]*\)) (\([\d,]*\))", lambda shapes: " ".join(sorted(shapes.groups())), raised or "")


def recognise_lack(key: Key, aspect: str, draws: Sequence[tuple[Case, Answered | None]]) -> Recognised | None:
    """The known wrong answer that fails an aspect of care as this answer does, or None.

    Parameters
    ----------
    key : Key
    aspect : str
    draws : sequence of (Case, Answered or None)
        The draws of the aspect, each with what was answered. Where known wrong answers give the same numbers, these are
        meant; else those that go wrong in the same way in each draw: by an error of the same kind, by a shape, by what
        is not finite, or by other numbers; else those that do so in the first draw in which this answer goes wrong.
        Without draws all that fail the aspect are meant.
    """
    names = [name for name, mistake in key.mistakes.items() if aspect in mistake.fails]
    known = [
        (answered, case, {name: case.mistakes[name] for name in names})
        for case, answered in draws
        if answered and all(name in case.mistakes for name in names)
    ]
    equal = [n for n in names if all(_as_known(answered, outcomes[n]) for answered, _, outcomes in known)]
    if equal:
        return _any_of(key, equal)
    ways = [_way(key, aspect, case, answered.outputs, answered.raised) for answered, case, _ in known]
    theirs = {
        n: [_way(key, aspect, case, outcomes[n].outputs, outcomes[n].raised) for _, case, outcomes in known]
        for n in names
    }
    first = next((k for k, way in enumerate(ways) if way), 0)
    alike = [n for n in names if theirs[n] == ways]
    return _any_of(key, alike or [n for n in names if ways and theirs[n][first] == ways[first]])


def recognise_property(key: Key, name: str, answered: Sequence[Answered]) -> Recognised | None:
    """The known wrong answer that lacks a property; of several the one of which the same is said in the first draw."""
    names = [mistake for mistake, about in key.mistakes.items() if name in about.fails]
    if len(names) > 1:
        case = key.cases[0]
        ours = lacking_in_all(name, [(answered[0].outputs, case.inputs)])
        theirs = {n: lacking_in_all(name, [(case.mistakes[n].outputs, case.inputs)]) for n in names}
        names = [n for n in names if ours and theirs[n] == ours]
    return _any_of(key, names)


def _as_known(answered: Answered, outcome: Outcome) -> bool:
    """Whether an answer stops with the same error as a known wrong one, or gives the same numbers."""
    if answered.failure or outcome.raised is not None:
        return answered.raised == outcome.raised
    return _same_outputs(answered.outputs, outcome.outputs)


def _way(key: Key, aspect: str, case: Case, outputs: dict[str, Plain], raised: str | None) -> list[tuple[Any, ...]]:
    """How an answer goes wrong in a draw: the kind of error, or how each output differs, by a little or by more."""
    if raised is not None:
        fact = classified(raised)
        return [("stops", fact.kind if fact else raised.split(":")[0])]
    gaps = {name: output_difference(key, name, outputs, case, LEAST_TOLERANCE.get(aspect, 0.0)) for name in key.outputs}
    return [
        (name, gap.kind, np.shape(gap.got) if gap.kind == "shape" else is_nearly(outputs[name], case.expected[name]))
        for name, gap in gaps.items()
        if gap
    ]


def _any_of(key: Key, names: Sequence[str], whole: bool = False) -> Recognised | None:
    """The mistake that these ids name; both where two are possible, and None where more are."""
    messages = list(dict.fromkeys(key.mistakes[name].message for name in names))
    if not 1 <= len(messages) <= 2:
        return None
    return Recognised(names[0], "\n".join(messages) if len(messages) == 1 else BOTH.format(*messages), whole)


def recognise_at_corners(key: Key, core: Sequence[tuple[Answered, Case]], shown: Case) -> Recognised:
    """The known mistake that gives these numbers at all corners, else words on the corner that is shown."""
    corners = [(answered, case) for answered, case in core if case.corner]
    for name in (name for name in key.mistakes if any(name in case.mistakes for case in key.corners)):
        if all(_same_as(case.mistakes.get(name), answered, case) for answered, case in corners):
            return Recognised(name, key.mistakes[name].message, whole=True)
    return Recognised(f"wrong-at-{shown.corner.replace(' ', '-')}", " ".join(AT_A_CORNER.get(shown.corner, "").split()))


def _same_as(outcome: Outcome | None, answered: Answered, case: Case) -> bool:
    """Whether an answer gives what a known mistake gives there; what is not kept of it is right."""
    theirs = case.expected if outcome is None else outcome.outputs
    return all(name in theirs and same(answered.outputs[name], theirs[name]) for name in answered.outputs)


def _known_whole(key: Key, answered: Sequence[Answered]) -> Recognised | None:
    """The known wrong answer that gives the same numbers in every output of every draw."""
    names = [
        name
        for name, mistake in key.mistakes.items()
        if not mistake.fails
        and all(
            name in case.mistakes and _same_outputs(answer.outputs, case.mistakes[name].outputs)
            for answer, case in zip(answered, key.cases, strict=True)
        )
    ]
    return _any_of(key, names, whole=True)


def _with_free_number(key: Key, answered: Sequence[Answered]) -> Recognised | None:
    """The known wrong answer with a number of its student's choice that is right and wrong in the same draws."""
    pairs = list(zip(answered, key.cases, strict=True))
    ways = [_way(key, "", case, answer.outputs, None) for answer, case in pairs]
    names = [
        name
        for name, mistake in key.mistakes.items()
        if mistake.free_number
        and all(name in case.mistakes for case in key.cases)
        and ways == [_way(key, "", c, c.mistakes[name].outputs, c.mistakes[name].raised) for c in key.cases]
    ]
    return None if all(ways) else _any_of(key, names)


def _same_outputs(ours: dict[str, Plain], theirs: dict[str, Plain]) -> bool:
    return ours.keys() == theirs.keys() and all(same(ours[name], theirs[name]) for name in ours)


def _known_output(
    key: Key, answered: Sequence[Answered], output: str, failing: Sequence[str], steps: Sequence[str]
) -> Recognised | None:
    """The known wrong answer that gives this output's numbers, where they differ from the right ones; before others
    one that gets no output wrong which is right here."""
    alike = None
    for name, mistake in key.mistakes.items():
        if mistake.fails or any(output not in c.mistakes[name].outputs for c in key.cases if name in c.mistakes):
            continue
        if steps and mistake.first and mistake.first not in steps:
            continue
        pairs = [
            (answer.outputs[output], case.mistakes[name].outputs[output])
            for answer, case in zip(answered, key.cases, strict=True)
            if name in case.mistakes
        ]
        if _gets_wrong(key, name, output) and all(same(got, wrong) for got, wrong in pairs):
            if not (steps and mistake.first) and _other_elsewhere(key, answered, name, output, failing):
                continue
            found = Recognised(name, mistake.message)
            if not any(_gets_wrong(key, name, other) for other in key.outputs if other not in failing):
                return found
            alike = alike or (found if steps and mistake.first else None)
    return alike


def _other_elsewhere(key: Key, answered: Sequence[Answered], mistake: str, output: str, failing: Sequence[str]) -> bool:
    """Whether a known wrong answer gets another failing output wrong too, and by other numbers: then its words, which
    are about both, are not true here."""
    for other in failing:
        if other == output or not _gets_wrong(key, mistake, other):
            continue
        pairs = [
            (answer.outputs[other], case.mistakes[mistake].outputs.get(other))
            for answer, case in zip(answered, key.cases, strict=True)
            if mistake in case.mistakes
        ]
        if not all(same(got, wrong) for got, wrong in pairs):
            return True
    return False


def _gets_wrong(key: Key, mistake: str, output: str) -> bool:
    """Whether a known wrong answer gets an output wrong in any draw."""
    pairs = [(c.mistakes[mistake].outputs.get(output), c.expected[output]) for c in key.cases if mistake in c.mistakes]
    return any(not same(wrong, right) for wrong, right in pairs)


def claiming_less(found: Recognised, failing: Sequence[str]) -> str:
    """An author's message; of a mistake told from one output, without parts that call a wrong one right."""
    message = left = found.message
    for output in () if found.whole else failing:
        left = re.sub(rf"(?:^|(?<=[.:?] ))[^.:?]*\b{re.escape(output)} (?:is|are) right\b[^.:?]*[.:?] ?", "", left)
    word = left.split(" ")[0]
    return left.replace(word, word.capitalize(), 1) if left and left != message and word.islower() else left or message


def first_to_show(key: Key, failing: list[str]) -> str:
    """The failing output nearest to the loss: the stages say which; otherwise the first."""
    return next((output for outputs, _ in key.stages for output in outputs if output in failing), failing[0])
