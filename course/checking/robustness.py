"""The care that an answer takes: inputs left alone, a batch of one, float32, views, and what an exercise adds."""

from collections.abc import Sequence

from course.answers.call import Answered
from course.answers.compare import FLOAT32_TOLERANCE, Difference, difference
from course.answers.key import Case, Key
from course.checking import messages as wording
from course.properties import lacking


def difference_in(key: Key, output: str, answered: Answered, case: Case, loose: float = 0.0) -> Difference | None:
    """How an output differs from what the case expects, or None."""
    return difference(
        answered.outputs[output],
        case.expected[output],
        max(key.tolerance, loose),
        key.absolute,
        bias=output in key.bias_outputs,
        in_order=key.in_order,
    )


def care_failure(
    key: Key, core: Sequence[Answered], aspect: str, cases: Sequence[tuple[Case, Answered | None]]
) -> str | None:
    """The sentence for an aspect of care that the answer lacks, or None.

    Parameters
    ----------
    key : Key
    core : sequence of Answered
        What was answered in the core draws, which some aspects are about.
    aspect : str
    cases : sequence of (Case, Answered or None)
        The draws of this aspect with what was answered; None where the answer stops as the stub does.
    """
    if aspect == "unchanged":
        changed = dict.fromkeys(name for answered in core for name in answered.changed)
        return wording.changed(list(changed)) if changed else None
    if aspect == "no warnings" and not cases:
        warned = [text for answered in core for text in answered.warned]
        return f"numpy warns: {warned[0]}." if warned else None
    for case, answered in cases:
        found = _case_failure(key, aspect, case, answered)
        if found:
            return f"{wording.under(aspect)} {found}"
    return None


def _case_failure(key: Key, aspect: str, case: Case, answered: Answered | None) -> str | None:
    """What goes wrong in one draw of an aspect of care, or None."""
    if answered is None:
        return "it stops with NotImplementedError."
    if answered.problem:
        return f"it {answered.problem}"
    if aspect == "no warnings" and answered.warned:
        return f"numpy warns: {answered.warned[0]}."
    if key.properties:
        broken = [lacking(name, answered.outputs, case.inputs) for name in key.properties]
        return next((f"it {sentence}" for sentence in broken if sentence), None)
    loose = FLOAT32_TOLERANCE if aspect == "float32" else 0.0
    for output in key.outputs:
        gap = difference_in(key, output, answered, case, loose)
        if gap:
            return wording.worst(key, output, gap, case)
    return None
