"""The first wrong step of a composite result, such as a backward pass, found from what comes out of it.

A step that is an output is compared. A step hidden inside the answer is right if any later output is right, since
that was made from it; or if its probes hold: draws in which what comes after it can't hide it.
"""

import itertools
from collections.abc import Mapping, Sequence

import numpy as np

from course.answers.call import Caller, NotWritten
from course.answers.compare import Difference, close, output_difference, same, wrong_outputs
from course.answers.key import Case, Key, Probe, Step
from course.answers.normalize import Plain, fitted, leaves
from course.answers.result import Answered
from course.checking.verdict import Located
from course.errors import NotPlain

Failing = Mapping[str, tuple[int, Difference]]
EITHER_BY_A_FACTOR = "A factor that is the same for all entries can come in at either, or in all that follows."
EITHER_BY_FACTORS = "Each entry is wrong by a factor that can come in at either, or in all that follows."


def first_wrong(
    key: Key,
    steps: Sequence[Step],
    caller: Caller | None,
    core: Sequence[tuple[Answered, Case]],
    failing: Failing,
) -> Located | None:
    """The first step that is wrong, or None where the exercise has no steps.

    Parameters
    ----------
    key : Key
    steps : sequence of Step
        In the order of computation.
    caller : Caller or None
        For the probes; None where only the results are there.
    core : sequence of (Answered, Case)
        What was answered in each draw.
    failing : mapping
        The outputs that are wrong, with the draw and the difference.
    """
    right: list[str] = []
    for k, step in enumerate(steps):
        later = [s.output for s in steps[k + 1 :] if s.output]
        if step.output:
            if step.output in failing:
                return _located(right, [step])
        elif _may_be_wrong(later, failing):
            return _hidden(key, steps[k:], caller, core, right)
        right.append(step.name)
    return None


def _may_be_wrong(later: Sequence[str], failing: Failing) -> bool:
    """Whether every later output is wrong, at least one of them in its values: wrong shapes arise where they stand."""
    return all(o in failing for o in later) and any(failing[o][1].kind in ("value", "finite") for o in later)


def _hidden(
    key: Key,
    steps: Sequence[Step],
    caller: Caller | None,
    core: Sequence[tuple[Answered, Case]],
    right: list[str],
) -> Located:
    """The wrong one among hidden steps that follow each other; two names where nothing tells them apart."""
    count = next((k for k, s in enumerate(steps) if s.output), len(steps))
    hidden, after = steps[:count], steps[count:]
    nearest = [s.output for s in itertools.takewhile(lambda s: s.output, after)]
    before = right
    open_steps: list[Step] = []
    for k, step in enumerate(hidden):
        failed = _failed_probe(key, step, caller) if caller else None
        if failed:
            last = next((n for n, s in enumerate(hidden) if s.name == failed.up_to), k)
            return _located(right, [*open_steps, *hidden[k : last + 1]], failed.message)
        if caller and any(not probe.factors for probe in step.probes):
            right = [*right, *(s.name for s in open_steps), step.name]
            open_steps = []
        else:
            open_steps.append(step)
    if _one_factor(nearest, core):
        return _located(before, hidden, EITHER_BY_A_FACTOR if count > 1 else "")
    if count > 1 and caller and _by_factors(key, hidden, caller):
        return _located(before, hidden, EITHER_BY_FACTORS)
    return _located(right, open_steps or steps[count : count + 1] or hidden[-1:])


def first_wrong_in_squares(key: Key, caller: Caller) -> Located | None:
    """The first wrong step of an answer that stopped with an error, in draws whose sizes are all equal."""
    if key.square is None:
        return None
    core = [(caller.call(key, case), case) for case in key.square.cases]
    if any(answered.failure for answered, _ in core):
        return None
    failing = wrong_outputs(key, [(answered.outputs, case) for answered, case in core])
    return first_wrong(key, key.square.steps, caller, core, failing)


def _by_factors(key: Key, hidden: Sequence[Step], caller: Caller) -> bool:
    """Whether each entry is wrong by the same factor in all draws of a probe that looks for that."""
    for probe in (p for step in hidden for p in step.probes if p.factors):
        try:
            answered = [caller.call(key, case) for case in probe.draws]
        except NotWritten:
            return False
        if any(a.failure for a in answered):
            return False
        found = [_factors(probe.outputs, a, case) for a, case in zip(answered, probe.draws, strict=True)]
        if all(f is not None and same(found[0], f) for f in found):
            return True
    return False


def _factors(outputs: Sequence[str], answered: Answered, case: Case) -> np.ndarray | None:
    """What each entry that should not be 0 must be multiplied with to be what was answered."""
    pairs = [(_like(answered.outputs[o], case.expected[o]), case.expected[o]) for o in outputs]
    if any(not isinstance(got, np.ndarray) or got.shape != e.shape or got.dtype.kind not in "iuf" for got, e in pairs):
        return None
    return np.concatenate([(got[e != 0] / e[e != 0]).ravel() for got, e in pairs])


def settled(key: Key, located: Located, mistake: str, whole: bool) -> Located:
    """The first step that a known mistake gets wrong, where its author says which: numbers alone can leave it open.

    Where the mistake was told from one output alone (not ``whole``), its author's word decides between the steps that
    were left open, and no more: other steps may be right here.
    """
    first = key.mistakes[mistake].first if mistake in key.mistakes else ""
    names = [step.name for step in key.steps]
    if first not in names or first == located.step:
        return located
    if not whole and first not in located.steps:
        return located
    k = names.index(first)
    return _located(names[:k], [key.steps[k]])


def _failed_probe(key: Key, step: Step, caller: Caller) -> Probe | None:
    """The probe that shows a step to be wrong: right results in a single draw prove it right, whatever others say;
    else all that compare several draws must hold."""
    single = [probe for probe in step.probes if len(probe.draws) == 1]
    if any(_holds(key, probe, caller) for probe in single):
        return None
    several = [probe for probe in step.probes if len(probe.draws) > 1 and not probe.factors] or single
    return next((probe for probe in several if not _holds(key, probe, caller)), None)


def _holds(key: Key, probe: Probe, caller: Caller) -> bool:
    """Whether one of the probe's outputs is right in its draw, or the same in all its draws."""
    try:
        answered = [caller.call(key, case) for case in probe.draws]
    except NotWritten:
        return False
    if any(a.failure for a in answered):
        return False
    if len(probe.draws) == 1:
        return any(output_difference(key, o, answered[0].outputs, probe.draws[0]) is None for o in probe.outputs)
    for output in probe.outputs:
        like = probe.draws[0].expected[output]
        first, *others = (beyond(_like(a.outputs[output], like), probe.leave_out) for a in answered)
        if all(same(first, other) for other in others):
            return True
    return False


def beyond(value: Plain, count: int) -> Plain:
    """An array without so many first entries of its last axis."""
    return value[..., count:] if count and isinstance(value, np.ndarray) and value.ndim else value


def _like(value: Plain, expected: Plain) -> Plain:
    try:
        return fitted(value, expected)
    except NotPlain:
        return value


def _one_factor(outputs: Sequence[str], core: Sequence[tuple[Answered, Case]]) -> bool:
    """Whether, in every draw, all these outputs are the right ones times one and the same number other than 1."""
    for answered, case in core:
        got = [leaf for o in outputs for _, leaf in leaves(_like(answered.outputs[o], case.expected[o]))]
        expected = [leaf for o in outputs for _, leaf in leaves(case.expected[o])]
        if [np.shape(g) for g in got] != [np.shape(e) for e in expected]:
            return False
        one, other = (np.concatenate([np.ravel(leaf) for leaf in part]) for part in (got, expected))
        if one.dtype.kind not in "iuf" or not np.all(np.isfinite(one)) or not np.any(other):
            return False
        factor = float(np.dot(one, other)) / float(np.dot(other, other))
        if abs(factor - 1) < 1e-6 or not close(one, factor * other, 1e-6):
            return False
    return bool(outputs)


def _located(right: Sequence[str], steps: Sequence[Step], seen: str = "") -> Located:
    return Located(
        steps=tuple(step.name for step in steps),
        right=tuple(right),
        output=steps[0].output if len(steps) == 1 else "",
        advice="\n".join(dict.fromkeys(step.advice for step in steps if step.advice)),
        seen=seen,
    )
