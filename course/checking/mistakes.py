"""Recognising the mistake behind a wrong result: a known wrong answer first, then the patterns that gradients share."""

from collections.abc import Sequence

from course.answers.compare import same
from course.answers.key import Case, Key, Outcome
from course.answers.normalize import Plain, fitted
from course.answers.result import Answered
from course.checking.patterns import pattern
from course.checking.verdict import Recognised
from course.errors import NotPlain

AT_A_CORNER = {
    "equal sizes": """It is right where the sizes differ, and wrong where they are equal. Nothing may be chosen by
    whether the shapes fit: transpose and sum what the formula says.""",
    "size one": "It is right for larger arrays, and wrong where an axis has a single entry.",
    "three axes": "It is right for one and two axes, and wrong for three. Any shape is asked for.",
    "zeros": """It is right for other numbers, and wrong where there are zeros: is something divided by a number that
    may be 0?""",
    "negative values": "It is right for other numbers, and wrong where they are negative: is a sign lost?",
    "large values": "It is right for other numbers, and wrong where they are large: is something cut off?",
    "tiny values": """It is right for other numbers, and wrong where they are tiny: is something added to them, or are
    they taken for 0?""",
    "ties": """It is right elsewhere, and wrong where a number is exactly at the border: is the comparison the one
    that is asked for, and is nothing divided by that number?""",
    "edges of parameters": "It is right for other parameters, and wrong at this edge.",
    "a class without rows": """It is right where every class has a row, and wrong where one has none. How many classes
    there are is not to be told from the labels of a batch.""",
    "functions": "It is right for other functions, and wrong for this one.",
    "writable views": """It is right for other arrays, and wrong for a view such as a transposed one. There, ravel and
    reshape make copies: what is written into a copy never reaches x.""",
    "called again": """It is right in the first calls, and wrong in a later one, with other numbers: does it keep
    what an earlier call gave, or use a name of another cell?""",
    "loops to the end": """It is right for other runs. Take every step that is asked for, and keep each number as it
    comes.""",
}
"""What is said of an answer that is right in the ordinary draws and wrong there, where no known mistake explains it."""


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
    places = _permuted(key, answered) if len(failing) > 1 else None
    if places:
        return Recognised("wrong-order", _in_another_order(key, places))
    for output in [first] if first else failing:
        found = _known_output(key, answered, output, failing, steps) or pattern(key, answered, output)
        if found:
            return found
    return None


def recognise_error(key: Key, raised: str, case: Case | None = None) -> Recognised | None:
    """The known wrong answer that stops with the same error in all ordinary draws, or at this corner, if it is one."""
    shown = (case,) if case and case.corner else key.cases
    names = [
        name
        for name in key.mistakes
        if all(name in c.mistakes and c.mistakes[name].raised for c in shown)
        and shown[0].mistakes[name].raised == raised
    ]
    return Recognised(names[0], key.mistakes[names[0]].message) if len(names) == 1 else None


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


def mistake_that_fails(key: Key, aspect: str) -> Recognised | None:
    """The known mistake that fails an aspect of care, or a property."""
    return next((Recognised(name, m.message) for name, m in key.mistakes.items() if aspect in m.fails), None)


def _known_whole(key: Key, answered: Sequence[Answered]) -> Recognised | None:
    """The known wrong answer that gives the same numbers in every output of every draw."""
    for name, mistake in key.mistakes.items():
        if not mistake.fails and all(
            name in case.mistakes and _same_outputs(answer.outputs, case.mistakes[name].outputs)
            for answer, case in zip(answered, key.cases, strict=True)
        ):
            return Recognised(name, mistake.message, whole=True)
    return None


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


def _permuted(key: Key, answered: Sequence[Answered]) -> dict[str, str] | None:
    """Which output each output's value belongs to, if all are expected values, each used once, in every draw."""
    if key.form not in ("several", "dict"):
        return None
    places: dict[str, str] = {}
    for answer, case in zip(answered, key.cases, strict=True):
        left, places = list(key.outputs), {}
        for output in key.outputs:
            found = [o for o in left if _is(answer.outputs[output], case.expected[o])]
            if not found:
                return None
            places[output] = output if output in found else found[0]
            left.remove(places[output])
    return places


def _is(value: Plain, expected: Plain) -> bool:
    """Whether a value is what is expected, lists for arrays too."""
    try:
        return same(fitted(value, expected), expected)
    except NotPlain:
        return False


def _in_another_order(key: Key, places: dict[str, str]) -> str:
    if key.form == "several":
        return f"These are the right values in another order. Return {', '.join(key.outputs)}."
    moved = [f"{name} holds the right {place}" for name, place in places.items() if name != place]
    return f"These are the right values under other names: {', '.join(moved)}."
