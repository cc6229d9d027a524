"""Keys as files, one JSON file a unit with an index of all, read for the course in which a check runs.

They lie in ``course/keys`` or, for a course of one's own, in ``keys``. A grader says where a check runs and in which
mode; in a notebook the environment does.
"""

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from course.answers.key import Case, Key, Mistake, Outcome, Probe, Square, Step
from course.errors import UnknownExercise
from course.functions import Named

FORMAT = 1
WRITEABLE = "writeable"
"""How a view is marked that may be written to."""
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


def as_view(array: np.ndarray, writeable: bool = False) -> np.ndarray:
    """The same numbers as a transposed view that is not contiguous in memory, read-only unless told otherwise."""
    view = np.zeros((*array.shape[::-1], 2), array.dtype)[..., 0].T
    view[...] = array
    view.flags.writeable = writeable
    return view


def decoded(value: Any) -> Any:
    """The value that the builder turned into JSON."""
    if isinstance(value, list):
        return [decoded(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "array" in value:
        array = np.array(value["array"], dtype=value["dtype"]).reshape(value["shape"])
        return as_view(array, value["view"] == WRITEABLE) if "view" in value else array
    if "function" in value:
        return Named(value["function"], **{name: decoded(item) for name, item in value["parameters"].items()})
    if "tuple" in value:
        return tuple(decoded(item) for item in value["tuple"])
    return {name: decoded(item) for name, item in value["dict"].items()}


def key_from_json(exercise: str, unit: str, entry: Mapping[str, Any]) -> Key:
    """The key that the builder wrote."""
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
        corners=tuple(map(_case_from_json, entry.get("corners", ()))),
        care={aspect: tuple(map(_case_from_json, cases)) for aspect, cases in entry["care"].items()},
        mistakes={
            name: Mistake(m["message"], tuple(m["fails"]), m.get("first", ""), m.get("free_number", False))
            for name, m in entry["mistakes"].items()
        },
        stages=tuple((tuple(outputs), text) for outputs, text in entry["stages"]),
        steps=tuple(map(_step_from_json, entry.get("steps", []))),
        square=_square_from_json(entry.get("square")),
        **optional,
    )


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


def _case_from_json(case: Mapping[str, Any]) -> Case:
    mistakes = {}
    for name, outcome in case.get("mistakes", {}).items():
        if "raised" in outcome:
            mistakes[name] = Outcome(raised=outcome["raised"])
        else:
            mistakes[name] = Outcome({k: decoded(v) for k, v in outcome.items()})
    return Case(
        inputs={name: decoded(value) for name, value in case["inputs"].items()},
        expected={name: decoded(value) for name, value in case["expected"].items()},
        measured={name: decoded(value) for name, value in case.get("measured", {}).items()},
        mistakes=mistakes,
        sizes=case.get("sizes", {}),
        corner=case.get("corner", ""),
    )


@dataclass
class Context:
    """What a check has to know besides the answer.

    Attributes
    ----------
    folder : Path
        In the course whose keys are used.
    mode : str
        ``autograde``: a wrong answer only prints, so that partial credit can follow; ``validate``: it always raises,
        an unwritten one too; empty in a student's notebook.
    """

    folder: Path
    mode: str = ""


_running: ContextVar[Context | None] = ContextVar("running", default=None)


def current() -> Context:
    """The context of the grading job that runs in this thread.

    Where none runs, as in a student's notebook and where nbgrader itself executes one, it is made of the directory
    that was current first and of nbgrader's variable ``NBGRADER_EXECUTION``.
    """
    return _running.get() or Context(_first_directory(), os.environ.get("NBGRADER_EXECUTION", ""))


@lru_cache(maxsize=1)
def _first_directory() -> Path:
    """The current directory as it was at first: a notebook may change it."""
    return Path.cwd()


@contextlib.contextmanager
def running(context: Context) -> Iterator[None]:
    """Let this context be the current one of this thread while the block runs."""
    token = _running.set(context)
    try:
        yield
    finally:
        _running.reset(token)


def keys_folder() -> Any:
    """The keys of the course in which a check runs, else those installed with this package."""
    return _keys_above(current().folder)


@lru_cache(maxsize=8)
def _keys_above(directory: Path) -> Any:
    for folder in (directory, *directory.parents):
        for place in (folder / "course" / "keys", folder / "keys"):
            if (place / "index.json").is_file():
                return place
    return resources.files("course.keys")


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
