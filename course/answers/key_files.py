"""Keys on disk: one JSON file a unit, and an index of which unit has which exercise.

They lie in ``course/keys`` or, for a course of one's own, in ``keys``.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from course.answers.key import Case, Key, Mistake, Outcome, Probe, Square, Step
from course.context import keys_folder
from course.errors import UnknownExercise
from course.functions import Named

FORMAT = 1
OPTIONAL = (
    "properties",
    "bias_outputs",
    "tolerance",
    "absolute",
    "unchanged_within",
    "most_items",
    "scenario",
    "in_order",
)


def as_view(array: np.ndarray) -> np.ndarray:
    """The same numbers as a read-only view that is not contiguous in memory."""
    view = np.zeros((*array.shape, 2), array.dtype)[..., 0]
    view[...] = array
    view.flags.writeable = False
    return view


def encoded(value: Any, digits: int | None = None) -> Any:
    """A value as JSON can hold it; floats are rounded to so many significant digits where asked."""
    if isinstance(value, np.ndarray):
        entries = value.ravel().tolist()
        if digits and value.dtype.kind == "f":
            entries = [float(f"{entry:.{digits}g}") for entry in entries]
        array = {"array": entries, "shape": list(value.shape), "dtype": value.dtype.name}
        return array if value.flags.writeable else {**array, "view": True}
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


def decoded(value: Any) -> Any:
    """The value that :func:`encoded` turned into JSON."""
    if isinstance(value, list):
        return [decoded(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "array" in value:
        array = np.array(value["array"], dtype=value["dtype"]).reshape(value["shape"])
        return as_view(array) if value.get("view") else array
    if "function" in value:
        return Named(value["function"], **{name: decoded(item) for name, item in value["parameters"].items()})
    if "tuple" in value:
        return tuple(decoded(item) for item in value["tuple"])
    return {name: decoded(item) for name, item in value["dict"].items()}


def key_to_json(key: Key) -> dict[str, Any]:
    """A key as plain JSON; what has its default value is left out."""
    entry: dict[str, Any] = {
        "outputs": list(key.outputs),
        "form": key.form,
        "cases": [_case_to_json(case) for case in key.cases],
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


def key_from_json(exercise: str, unit: str, entry: Mapping[str, Any]) -> Key:
    """The key that :func:`key_to_json` wrote."""
    optional = {name: entry[name] for name in OPTIONAL if name in entry}
    for name in ("properties", "bias_outputs"):
        if name in optional:
            optional[name] = tuple(optional[name])
    return Key(
        exercise=exercise,
        unit=unit,
        outputs=tuple(entry["outputs"]),
        form=entry["form"],
        cases=tuple(_case_from_json(case) for case in entry["cases"]),
        care={aspect: tuple(map(_case_from_json, cases)) for aspect, cases in entry["care"].items()},
        mistakes={
            name: Mistake(m["message"], tuple(m["fails"]), m.get("first", "")) for name, m in entry["mistakes"].items()
        },
        stages=tuple((tuple(outputs), text) for outputs, text in entry["stages"]),
        steps=tuple(map(_step_from_json, entry.get("steps", []))),
        square=_square_from_json(entry.get("square")),
        **optional,
    )


def _mistake_to_json(mistake: Mistake) -> dict[str, Any]:
    first = {"first": mistake.first} if mistake.first else {}
    return {"message": mistake.message, "fails": list(mistake.fails), **first}


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


def _step_from_json(step: Mapping[str, Any]) -> Step:
    probes = tuple(
        Probe(**{**p, "outputs": tuple(p["outputs"]), "draws": tuple(map(_case_from_json, p["draws"]))})
        for p in step["probes"]
    )
    return Step(step["name"], step["output"], step["advice"], probes)


def _square_from_json(square: Mapping[str, Any] | None) -> Square | None:
    if square is None:
        return None
    return Square(tuple(map(_case_from_json, square["cases"])), tuple(map(_step_from_json, square["steps"])))


def _case_to_json(case: Case) -> dict[str, Any]:
    return {
        "inputs": {name: encoded(value) for name, value in case.inputs.items()},
        "expected": {name: encoded(value) for name, value in case.expected.items()},
        "measured": {name: encoded(value, 12) for name, value in case.measured.items()},
        "sizes": case.sizes,
        "mistakes": {
            name: {"raised": o.raised} if o.raised else {k: encoded(v, 9) for k, v in o.outputs.items()}
            for name, o in case.mistakes.items()
        },
    }


def _case_from_json(case: Mapping[str, Any]) -> Case:
    mistakes = {}
    for name, outcome in case["mistakes"].items():
        if "raised" in outcome:
            mistakes[name] = Outcome(raised=outcome["raised"])
        else:
            mistakes[name] = Outcome({k: decoded(v) for k, v in outcome.items()})
    return Case(
        inputs={name: decoded(value) for name, value in case["inputs"].items()},
        expected={name: decoded(value) for name, value in case["expected"].items()},
        measured={name: decoded(value) for name, value in case["measured"].items()},
        mistakes=mistakes,
        sizes=case["sizes"],
    )


@lru_cache(maxsize=8)
def _index(folder: Any) -> dict[str, dict[str, str]]:
    index = folder / "index.json"
    return json.loads(index.read_text(encoding="utf-8")) if index.is_file() else {"exercises": {}, "questions": {}}


def exercise_units() -> dict[str, str]:
    """The unit of every exercise that has a key."""
    return _index(keys_folder())["exercises"]


def unit_keys(unit: str) -> dict[str, Any]:
    """Everything that a unit's built key file holds."""
    return _unit_keys(keys_folder(), unit)


@lru_cache(maxsize=4)
def _unit_keys(folder: Any, unit: str) -> dict[str, Any]:
    return json.loads((folder / f"{unit}.json").read_text(encoding="utf-8"))


def load_key(exercise: str) -> Key:
    """The built key of an exercise.

    Raises
    ------
    UnknownExercise
        If no unit has an exercise of this name.
    """
    return _load_key(keys_folder(), exercise)


@lru_cache(maxsize=64)
def _load_key(folder: Any, exercise: str) -> Key:
    units = _index(folder)["exercises"]
    if exercise not in units:
        raise UnknownExercise(
            f"There is no exercise {exercise!r} in this course. Say which one is meant: check(answer, name='mse')."
        )
    return key_from_json(exercise, units[exercise], _unit_keys(folder, units[exercise])["exercises"][exercise])


def find_question(name: str) -> dict[str, Any]:
    """A self-test question: its answer, its tolerance, why, and hints for known wrong guesses.

    Raises
    ------
    UnknownExercise
        If no unit has a question of this name.
    """
    units = _index(keys_folder())["questions"]
    if name not in units:
        raise UnknownExercise(f"There is no question {name!r} in this course; its name stands in the cell as released.")
    return unit_keys(units[name])["questions"][name]
