"""Judging one answer against one key: the verdict, and the diagnosis that its message is made from.

The same code judges in the student's notebook and in the grader; only where the key comes from, and where the answer
runs, differs.
"""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from course.answers.call import Caller, LocalCaller, NotWritten
from course.answers.compare import LEAST_TOLERANCE, Difference, output_difference, relative_error, wrong_outputs
from course.answers.key import Case, Key
from course.answers.normalize import fitted
from course.answers.result import Answered, Failure, Kind
from course.checking import mistakes
from course.checking.entries.draw_to_show import draw_to_show
from course.checking.first_wrong import first_wrong, first_wrong_in_squares, settled
from course.checking.messages import few, titled, with_message
from course.checking.patterns import NEARLY_RIGHT, input_without_part
from course.checking.verdict import Diagnosis, Evidence, LackOfCare, Recognised, Verdict, fraction_of
from course.errors import NotPlain
from course.properties import ANOTHER_FORM, lacking, lacking_in_all

GENERIC_MISTAKES = {"shape": "wrong-shape", "finite": "not-finite", "form": "not-numbers"}
Core = Sequence[tuple[Answered, Case]]
"""The core draws, each with what was answered."""


@np.errstate(all="ignore")
def judge(answer: Any, key: Key) -> Verdict:
    """Judge an answer on every draw of the key.

    Parameters
    ----------
    answer : Caller or object
        What calls the answer; of any other object, a call in this process is what is judged.
    key : Key

    Returns
    -------
    Verdict
        Never raises for anything that the answer does, except KeyboardInterrupt.
    """
    caller = answer if issubclass(type(answer), Caller) else LocalCaller(answer)
    try:
        return with_message(_judged(caller, key))
    except NotWritten:
        below = not key.scenario and caller.code_below_stub
        diagnosis = Diagnosis(key, Kind.NOT_WRITTEN, code_below_stub=below)
        return with_message(_verdict(diagnosis, mistake=str(Kind.NOT_WRITTEN), written=False))


@np.errstate(all="ignore")
def judge_results(answered: Answered, key: Key) -> Verdict:
    """Judge the named results of a scenario that ran in the open."""
    if answered.failure:
        return with_message(_failed(key, answered.failure))
    core = [(_in_form(answered, key.cases[0]), key.cases[0])]
    if failing := wrong_outputs(key, [(a.outputs, case) for a, case in core]):
        return with_message(_wrong(key, core, failing))
    return with_message(_verdict(Diagnosis(key, from_results=True), 1.0, passed=True, right=True))


def _judged(caller: Caller, key: Key) -> Verdict:
    """The verdict, without its message; raises NotWritten for a stub."""
    if caller.refusal:
        return _failed(key, caller.refusal)
    cases, core, stopped = (*key.cases, *key.corners), [], None
    for answered, case in zip(caller.call_until_failure(key, cases), cases, strict=False):
        if answered.failure:
            stopped = answered.failure, case
        else:
            core.append((_in_form(answered, case), case))
    failing = {} if key.properties else wrong_outputs(key, [(answered.outputs, case) for answered, case in core])
    if stopped and not (stopped[1].corner and failing):
        return _failed(key, *stopped, caller)
    if stopped:
        return replace(_wrong(key, core, failing, caller), fraction=0.0)
    if key.properties:
        return _broken_property(key, core) or _with_care(caller, key, core)
    return _wrong(key, core, failing, caller) if failing else _with_care(caller, key, core)


def _verdict(diagnosis: Diagnosis, fraction: float = 0.0, **about: Any) -> Verdict:
    return Verdict(diagnosis.key.exercise, fraction, diagnosis=diagnosis, **about)


def _in_form(answered: Answered, case: Case) -> Answered:
    """The outputs as arrays where arrays are expected, where that can be done."""
    outputs = dict(answered.outputs)
    for name, expected in case.expected.items():
        with contextlib.suppress(NotPlain):
            outputs[name] = fitted(outputs[name], expected)
    return replace(answered, outputs=outputs)


def _broken_property(key: Key, core: Core) -> Verdict | None:
    runs = [(answered.outputs, case.inputs) for answered, case in core]
    for name in key.properties:
        missing = lacking_in_all(name, runs)
        if missing:
            known = mistakes.recognise_property(key, name, [a for a, _ in core]) if missing != ANOTHER_FORM else None
            diagnosis = Diagnosis(key, Kind.PROPERTY_BROKEN, missing=missing, recognised=known)
            return _verdict(diagnosis, mistake=known.mistake if known else name)
    return None


def _failed(key: Key, failure: Failure, case: Case | None = None, caller: Caller | None = None) -> Verdict:
    """The verdict where a call gave no values."""
    known = mistakes.recognise_error(key, failure.error.raised, case) if failure.error else None
    located = first_wrong_in_squares(key, caller) if failure.error and caller else None
    diagnosis = Diagnosis(key, failure.kind, case=case, failure=failure, recognised=known, located=located)
    mistake = known.mistake if known else failure.mistake
    return _verdict(diagnosis, mistake=mistake, step=located.step if located else "")


def _wrong(
    key: Key, core: Core, differing: Mapping[str, tuple[int, Difference]], caller: Caller | None = None
) -> Verdict:
    """The verdict where at least one output is wrong: worst entry, first wrong step, mistake, advice."""
    failing = [output for output in key.outputs if output in differing]
    ordinary = {output: found for output, found in differing.items() if not core[found[0]][1].corner}
    located = first_wrong(key, key.steps, caller, core[: len(key.cases)], ordinary) if key.steps and ordinary else None
    shown = mistakes.first_to_show(key, [output for output in failing if output in ordinary] or failing)
    order = sorted(failing, key=lambda output: output != shown)
    begins = (located.output, located.steps) if located else ("", ())
    if ordinary:
        found = mistakes.recognise(key, [answered for answered, _ in core[: len(key.cases)]], order, *begins)
        found = found or input_without_part(key, core, begins[0] or order[0])
    else:
        found = mistakes.recognise_at_corners(key, core, core[differing[shown][0]][1])
    if caller and found and (found.mistake == NEARLY_RIGHT or found.mistake not in key.mistakes and not ordinary):
        found = _shown_by_care(caller, key, core) or found
    located = settled(key, located, found.mistake, found.whole) if found and located else located
    first = (located.output if located else "") or shown
    number, gap = differing[first]
    if not few(core[number][1].inputs):
        number, gap = draw_to_show(key, core, first, number, gap)
    answered, case = core[number]
    diagnosis = Diagnosis(
        key,
        Kind.WRONG_OUTPUTS,
        case=case,
        failing=tuple(failing),
        output=first,
        difference=gap,
        recognised=found,
        located=located,
        stage_advice=next((text for outputs, text in key.stages if set(outputs) & set(failing)), ""),
        changed=tuple(name for a, _ in core for name in a.changed) if "unchanged" in key.care else (),
        warnings=answered.warnings,
    )
    mistake = found.mistake if found else GENERIC_MISTAKES.get(gap.kind)
    step = located.step if located else ""
    evidence = Evidence(titled(key, first), answered.outputs[first], case.expected[first])
    return _verdict(
        diagnosis,
        fraction_of(key, len(failing), 0) if len(failing) < len(key.outputs) else 0.0,
        mistake=mistake or (f"first-wrong-{step.replace(' ', '-')}" if step else None),
        evidence=evidence if gap.kind == "value" else None,
        step=step,
    )


def _with_care(caller: Caller, key: Key, core: Core) -> Verdict:
    """The verdict where the core passed: see what care the answer takes."""
    pairs = _care_draws(caller, key)
    found = {aspect: _lack_of_care(key, core, aspect, cases) for aspect, cases in pairs.items()}
    named = {aspect: mistakes.recognise_lack(key, aspect, pairs[aspect]) for aspect, lack in found.items() if lack}
    lacks = tuple(sorted(filter(None, found.values()), key=lambda lack: named[lack.aspect] is None))
    known = named[lacks[0].aspect] if lacks else None
    diagnosis = Diagnosis(
        key,
        Kind.CARE_NOT_TAKEN if lacks else None,
        lacks=lacks,
        kept=tuple(aspect for aspect, lack in found.items() if not lack),
        recognised=known,
        warnings=tuple(dict.fromkeys(w for answered, case in core if not case.corner for w in answered.warnings)),
        relative_error=_relative_error(key, core),
    )
    unnamed = f"fails-{lacks[0].aspect.replace(' ', '-')}" if lacks else None
    mistake = known.mistake if known else unnamed
    fraction = fraction_of(key, 0, len(lacks)) if lacks else 1.0
    return _verdict(diagnosis, fraction, passed=not lacks, right=True, mistake=mistake)


def _care_draws(caller: Caller, key: Key) -> dict[str, list[tuple[Case, Answered | None]]]:
    """The draws of each aspect of care, each with what was answered."""
    cared_for = iter(caller.call_each(key, [case for cases in key.care.values() for case in cases]))
    return {aspect: [(case, next(cared_for)) for case in cases] for aspect, cases in key.care.items()}


def _shown_by_care(caller: Caller, key: Key, core: Core) -> Recognised | None:
    """The known mistake of an answer that is nearly right, where a draw of an aspect of care shows it in full."""
    found = (
        mistakes.recognise_lack(key, aspect, draws)
        for aspect, draws in _care_draws(caller, key).items()
        if draws and _lack_of_care(key, core, aspect, draws)
    )
    return next(filter(None, found), None)


def _relative_error(key: Key, core: Core) -> float | None:
    """The largest relative error against finite differences, where there are some."""
    pairs = [(answered.outputs[output], value) for answered, case in core for output, value in case.measured.items()]
    return max(relative_error(*pair) for pair in pairs) if pairs else None


def _lack_of_care(
    key: Key, core: Core, aspect: str, cases: Sequence[tuple[Case, Answered | None]]
) -> LackOfCare | None:
    """What shows that an answer lacks an aspect of care, or None.

    The draws of the aspect come with what was answered, None where the answer stops as the stub does; an aspect without
    draws is seen on the core draws.
    """
    if aspect == "unchanged":
        changed = tuple(dict.fromkeys(name for answered, _ in core for name in answered.changed))
        return LackOfCare(aspect, changed=changed) if changed else None
    if aspect == "no warnings" and not cases:
        texts = [warning.text for answered, _ in core for warning in answered.warnings]
        return LackOfCare(aspect, warning=texts[0]) if texts else None
    return next(filter(None, (_lack_in_case(key, aspect, case, answered) for case, answered in cases)), None)


def _lack_in_case(key: Key, aspect: str, case: Case, answered: Answered | None) -> LackOfCare | None:
    """What goes wrong in one draw of an aspect of care, or None."""
    lack = LackOfCare(aspect, case)
    if answered is None:
        return replace(lack, unwritten=True)
    if answered.failure:
        return replace(lack, failure=answered.failure)
    if aspect == "no warnings" and answered.warnings:
        return replace(lack, warning=answered.warnings[0].text)
    if key.properties:
        missing = next(filter(None, (lacking(name, answered.outputs, case.inputs) for name in key.properties)), "")
        return replace(lack, missing=missing) if missing else None
    for output in key.outputs:
        gap = output_difference(key, output, answered.outputs, case, LEAST_TOLERANCE.get(aspect, 0.0))
        if gap:
            return replace(lack, output=output, difference=gap)
    return None
