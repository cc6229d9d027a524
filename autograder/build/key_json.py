"""A key as JSON, as :mod:`course.answers.key_files` reads it."""

from typing import Any

import numpy as np

from course.answers.key import Case, Key, Mistake, Outcome, Step
from course.answers.key_files import OPTIONAL, WRITEABLE
from course.functions import Named


def key_to_json(key: Key) -> dict[str, Any]:
    """A key as plain JSON; what has its default value is left out."""
    entry: dict[str, Any] = {
        "outputs": list(key.outputs),
        "form": key.form,
        "cases": [_case_to_json(case) for case in key.cases],
        **({"corners": [_case_to_json(case) for case in key.corners]} if key.corners else {}),
        "care": {aspect: [_case_to_json(case) for case in cases] for aspect, cases in key.care.items()},
        "mistakes": {name: _mistake_to_json(m) for name, m in key.mistakes.items()},
        "stages": [[list(outputs), text] for outputs, text in key.stages],
    }
    for name in OPTIONAL:
        value = getattr(key, name)
        if value != Key.__dataclass_fields__[name].default:
            entry[name] = list(value) if isinstance(value, tuple) else value
    if key.steps:
        entry["steps"] = [_step_to_json(step) for step in key.steps]
    if key.square:
        entry["square"] = {
            "cases": [_case_to_json(case) for case in key.square.cases],
            "steps": [_step_to_json(step) for step in key.square.steps],
        }
    return entry


def _mistake_to_json(mistake: Mistake) -> dict[str, Any]:
    more = {"first": mistake.first, "free_number": mistake.free_number}
    return {"message": mistake.message, "fails": list(mistake.fails), **{k: v for k, v in more.items() if v}}


def _step_to_json(step: Step) -> dict[str, Any]:
    probes = [
        {
            "outputs": list(p.outputs),
            "draws": [_case_to_json(case) for case in p.draws],
            "message": p.message,
            "leave_out": p.leave_out,
            **({"factors": True} if p.factors else {}),
            **({"up_to": p.up_to} if p.up_to else {}),
        }
        for p in step.probes
    ]
    return {"name": step.name, "output": step.output, "advice": step.advice, "probes": probes}


def _case_to_json(case: Case) -> dict[str, Any]:
    """A case, without the parts that are empty."""
    entry: dict[str, Any] = {
        "inputs": {name: encoded(value) for name, value in case.inputs.items()},
        "expected": {name: encoded(value) for name, value in case.expected.items()},
    }
    parts = {
        "measured": {name: encoded(value, 12) for name, value in case.measured.items()},
        "sizes": case.sizes,
        "corner": case.corner,
        "mistakes": {name: _outcome_to_json(outcome) for name, outcome in case.mistakes.items()},
    }
    return entry | {name: part for name, part in parts.items() if part}


def _outcome_to_json(outcome: Outcome) -> dict[str, Any]:
    if outcome.raised:
        return {"raised": outcome.raised}
    return {name: encoded(value, 9) for name, value in outcome.outputs.items()}


def encoded(value: Any, digits: int | None = None) -> Any:
    """A value as JSON can hold it; floats are rounded to so many significant digits where asked."""
    if isinstance(value, np.ndarray):
        entries = value.ravel().tolist()
        if digits and value.dtype.kind == "f":
            entries = [float(f"{entry:.{digits}g}") for entry in entries]
        array = {"array": entries, "shape": list(value.shape), "dtype": value.dtype.name}
        if value.flags.writeable and value.flags.c_contiguous:
            return array
        return {**array, "view": WRITEABLE if value.flags.writeable else True}
    if isinstance(value, Named):
        parameters = {name: encoded(item) for name, item in value.parameters.items()}
        return {"function": value.name, "parameters": parameters}
    if isinstance(value, dict):
        return {"dict": {name: encoded(item, digits) for name, item in value.items()}}
    if isinstance(value, tuple):
        return {"tuple": [encoded(item, digits) for item in value]}
    if isinstance(value, list):
        return [encoded(item, digits) for item in value]
    if isinstance(value, np.generic):
        return value.item()
    return value
