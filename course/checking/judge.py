"""Judging one answer against one key: the verdict, and the words that a student reads.

The same code judges in the student's notebook and in the grader; only where the key comes from differs.
"""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from course.answers.advice import explained
from course.answers.call import Answered, NotWritten, call, each, until_problem
from course.answers.compare import Difference, relative_error
from course.answers.error_report import code_under_stub
from course.answers.key import Case, Key
from course.answers.normalize import fitted
from course.checking import messages as wording
from course.checking.first_wrong import Located, first_wrong, settled
from course.checking.mistakes import recognise, recognise_error
from course.checking.patterns import Recognised
from course.checking.robustness import care_failure, difference_in
from course.checking.verdict import Evidence, Verdict, fraction_of
from course.errors import NotPlain
from course.properties import ANOTHER_FORM, lacking_in_all


@dataclass
class _Core:
    """The core draws: what was answered, which outputs failed and how."""

    answered: list[Answered] = field(default_factory=list)
    failing: dict[str, tuple[int, Difference]] = field(default_factory=dict)


@np.errstate(all="ignore")
def judge(answer: Callable[..., Any], key: Key) -> Verdict:
    """Judge an answer on every draw of the key.

    Parameters
    ----------
    answer : callable
        Called with each draw's inputs, positionally.
    key : Key

    Returns
    -------
    Verdict
        Never raises for anything that the answer does, except KeyboardInterrupt.
    """
    if not callable(answer):
        return _failed(key, "not-a-function", f"is {wording.kind_of(answer)}, not a function.")
    try:
        core = _Core()
        for answered, case in zip(until_problem(answer, key, key.cases), key.cases, strict=False):
            if answered.problem:
                return _problem(key, answered, answer)
            core.answered.append(_in_form(answered, case))
        if key.properties:
            broken = _broken_property(key, core)
            if broken:
                return broken
        else:
            _compare(key, core)
        if core.failing:
            return _wrong(key, core, answer)
        return _with_care(answer, key, core)
    except NotWritten:
        message = "not written yet"
        if not key.scenario and code_under_stub(answer):
            message += "; the line raise NotImplementedError() still stands above what you wrote"
        return Verdict(key.exercise, mistake="not-written", message=message, written=False)


@np.errstate(all="ignore")
def judge_results(answered: Answered, key: Key) -> Verdict:
    """Judge the named results of a scenario that ran in the open."""
    if answered.problem:
        return _problem(key, answered)
    core = _Core([_in_form(answered, key.cases[0])])
    _compare(key, core)
    if core.failing:
        return _wrong(key, core)
    aspects = ((", ".join(key.outputs), "right"),)
    return Verdict(key.exercise, 1.0, passed=True, right=True, aspects=aspects, message="right")


def _in_form(answered: Answered, case: Case) -> Answered:
    """The outputs as arrays where arrays are expected, where that can be done."""
    outputs = dict(answered.outputs)
    for name, expected in case.expected.items():
        with contextlib.suppress(NotPlain):
            outputs[name] = fitted(outputs[name], expected)
    return replace(answered, outputs=outputs)


def _compare(key: Key, core: _Core, cases: Sequence[Case] = ()) -> None:
    for k, (answered, case) in enumerate(zip(core.answered, cases or key.cases, strict=True)):
        for output in key.outputs:
            found = difference_in(key, output, answered, case)
            if found and output not in core.failing:
                core.failing[output] = (k, found)


def _broken_property(key: Key, core: _Core) -> Verdict | None:
    runs = [(answered.outputs, case.inputs) for answered, case in zip(core.answered, key.cases, strict=True)]
    for name in key.properties:
        sentence = lacking_in_all(name, runs)
        if sentence:
            named = key.mistakes.items() if sentence != ANOTHER_FORM else ()
            known = next((i for i, m in named if name in m.fails), None)
            lines = [f"{key.exercise} {sentence}"]
            if known:
                lines.append(key.mistakes[known].message)
            return Verdict(key.exercise, mistake=known or name, message="\n".join(lines))
    return None


def _problem(key: Key, answered: Answered, answer: Callable[..., Any] | None = None) -> Verdict:
    known = recognise_error(key, answered.raised) if answered.raised else None
    advice = known.message if known else explained(answered.raised or "", answered.asked, answered.problem or "")
    located = _in_squares(key, answer) if answered.raised and answer else None
    told = f"Where all sizes are equal it runs. There, {located.sentence}" if located else ""
    sentence = "\n".join(
        filter(None, [answered.problem, told, advice, located.advice if located and not known else ""])
    )
    verdict = _failed(key, known.mistake if known else answered.problem_id, sentence)
    return replace(verdict, step=located.step) if located else verdict


def _in_squares(key: Key, answer: Callable[..., Any]) -> Located | None:
    """The first wrong step of an answer that stopped with an error, in draws whose sizes are all equal."""
    if key.square is None:
        return None
    core = _Core([call(answer, key, case) for case in key.square.cases])
    if any(answered.problem for answered in core.answered):
        return None
    _compare(key, core, key.square.cases)
    pairs = list(zip(core.answered, key.square.cases, strict=True))
    return first_wrong(key, key.square.steps, answer, pairs, core.failing)


def _failed(key: Key, mistake: str | None, sentence: str) -> Verdict:
    return Verdict(key.exercise, mistake=mistake, message=f"{key.exercise} {sentence}")


def _wrong(key: Key, core: _Core, answer: Callable[..., Any] | None = None) -> Verdict:
    """The verdict where at least one output is wrong: worst entry, first wrong step, mistake, advice."""
    failing = [output for output in key.outputs if output in core.failing]
    located = first_wrong(key, key.steps, answer, list(zip(core.answered, key.cases, strict=True)), core.failing)
    shown = _first_to_show(key, failing)
    order = sorted(failing, key=lambda output: output != shown)
    begins = (located.output, located.steps) if located else ("", [])
    found = recognise(key, core.answered, order, *begins)
    located = settled(key, located, found.mistake, found.whole) if found else located
    first = (located.output if located else "") or shown
    number, gap = core.failing[first]
    case, answered = key.cases[number], core.answered[number]
    lines = [wording.headline(key, failing), wording.worst(key, first, gap, case)]
    if case.inputs:
        lines.append(f"This was for {wording.described_inputs(case.inputs)}.")
    changed = [name for a in core.answered for name in a.changed] if "unchanged" in key.care else []
    if changed:
        lines.append(f"{wording.changed(changed)} Mend that first: it may be the reason.")
    if located:
        lines.append(located.sentence)
    lines.extend(
        [found.message] if found else [*_where_to_look(key, failing, located), wording.advice(gap, case.inputs)]
    )
    lines.extend(wording.warned(answered.warned))
    evidence = (
        Evidence(wording.titled(key, first), answered.outputs[first], case.expected[first])
        if gap.kind == "value"
        else None
    )
    return Verdict(
        key.exercise,
        fraction_of(key, len(failing), 0) if len(failing) < len(key.outputs) else 0.0,
        mistake=_mistake_id(found, gap, located),
        message="\n".join(line for line in lines if line),
        evidence=evidence,
        step=located.step if located else "",
    )


def _where_to_look(key: Key, failing: list[str], located: Located | None) -> list[str]:
    """The author's words on the first wrong step, or on the stage that fails."""
    if located:
        return [located.advice]
    return [next((text for outputs, text in key.stages if set(outputs) & set(failing)), "")]


def _first_to_show(key: Key, failing: list[str]) -> str:
    """The failing output nearest to the loss: the stages say which; otherwise the first."""
    return next((output for outputs, _ in key.stages for output in outputs if output in failing), failing[0])


def _mistake_id(found: Recognised | None, gap: Difference, located: Located | None) -> str | None:
    if found:
        return found.mistake
    generic = {"shape": "wrong-shape", "finite": "not-finite", "form": "not-numbers"}.get(gap.kind)
    return generic or (f"first-wrong-{located.step.replace(' ', '-')}" if located else None)


def _with_care(answer: Callable[..., Any], key: Key, core: _Core) -> Verdict:
    """The core passed: see what care the answer takes."""
    failures: list[tuple[str, str]] = []
    aspects = [(", ".join(key.outputs) if key.form != "one" else "values", _right_in(key, core))]
    cared_for = iter(each(answer, key, [case for cases in key.care.values() for case in cases]))
    for aspect, cases in key.care.items():
        sentence = care_failure(key, core.answered, aspect, [(case, next(cared_for)) for case in cases])
        if sentence:
            failures.append((aspect, sentence))
        else:
            aspects.append((aspect, wording.CARE_KEPT.get(aspect, "right")))
    advice = wording.warned(tuple(dict.fromkeys(w for a in core.answered for w in a.warned)))
    fraction = fraction_of(key, 0, len(failures))
    if not failures:
        message = "\n".join(["right", *advice])
        return Verdict(key.exercise, fraction, passed=True, right=True, message=message, aspects=tuple(aspects))
    aspect, sentence = failures[0]
    known = next((name for name, m in key.mistakes.items() if aspect in m.fails), None)
    lines = [f"{key.exercise}: the values are right; one thing is left.", sentence]
    if known:
        lines.append(key.mistakes[known].message)
    others = [a for a, _ in failures[1:] if (aspect, a) != ("unchanged", "views")]
    if others:
        lines.append(f"The same answer also fails on: {', '.join(others)}.")
    return Verdict(
        key.exercise,
        fraction,
        right=True,
        mistake=known or f"fails-{aspect.replace(' ', '-')}",
        message="\n".join([*lines, *advice]),
        aspects=tuple(aspects),
    )


def _right_in(key: Key, core: _Core) -> str:
    errors = [
        relative_error(answered.outputs[output], measured)
        for answered, case in zip(core.answered, key.cases, strict=True)
        for output, measured in case.measured.items()
    ]
    if key.properties:
        return f"right: as asked in {len(key.cases)} draws"
    text = "right on this example" if key.scenario else f"right in {len(key.cases)} draws"
    return f"{text}; finite differences agree (relative error {max(errors):.0e})" if errors else text
