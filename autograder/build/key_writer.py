"""Building the keys of a unit, and the index of all."""

import contextlib
import json
import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from autograder.build.key_json import key_to_json
from autograder.errors import BrokenUnit
from autograder.exercises.consistency import declaration_faults
from autograder.exercises.gradcheck import disagreements
from autograder.exercises.keys import build_seed, make_key, make_shown_key
from autograder.exercises.loader import asked_in
from autograder.files import write_if_changed
from autograder.notebook import right_answer
from autograder.paths import Course
from course.answers.key_files import FORMAT

AGREEMENT = 1e-10
SEVERAL = 3
"""So many units that another process is worth its start."""


@contextlib.contextmanager
def keys_of_units(course: Course, units: Sequence[str]) -> Iterator[dict[str, Callable[[], str | None]]]:
    """For each unit what gives its :func:`changed_keys`; those of several are made meanwhile, in another process."""
    if len(units) < SEVERAL:
        yield {unit: partial(changed_keys, course, unit) for unit in units}
        return
    server = multiprocessing.get_context("forkserver")
    quietly = signal.SIGINT, signal.SIG_IGN  # an interrupt ends the build, which ends that process
    executor = ProcessPoolExecutor(1, mp_context=server, initializer=signal.signal, initargs=quietly)
    try:
        yield {unit: executor.submit(changed_keys, course, unit).result for unit in units}
    finally:
        executor.shutdown(cancel_futures=True)


def changed_keys(course: Course, unit: str) -> str | None:
    """The unit's numbers as JSON text; None, where the keys on disk agree with them and may stay as they are.

    Raises
    ------
    BrokenUnit
        If a right answer and its finite differences disagree.
    """
    asked = asked_in(unit, course)
    lines = []
    for name, exercise in asked.exercises.items():
        right = right_answer(course, unit, exercise.subject)
        for fault in declaration_faults(exercise, right):
            raise BrokenUnit(f"{unit}: {name}: {fault}")
        if exercise.scenario_function:
            key = make_shown_key(exercise, unit, right)
        else:
            key = make_key(exercise, unit, right, build_seed(name))
        for fault in () if key.scenario else disagreements(exercise, key.cases):
            raise BrokenUnit(f"{unit}: {name}: {fault}")
        lines.append(f"{json.dumps(name)}: {_compact(key_to_json(key))}")
    questions = {
        question.name: {
            "answer": question.answer,
            "tolerance": question.tolerance,
            "why": question.why,
            "otherwise": question.otherwise,
            "hints": [[guess, text] for guess, text in question.hints.items()],
        }
        for question in asked.questions.values()
    }
    text = (
        f'{{"format": {FORMAT},\n"exercises": {{\n'
        + ",\n".join(lines)
        + f'\n}},\n"questions": {_compact(questions)}}}\n'
    )
    path = course.keys / f"{unit}.json"
    return None if path.is_file() and same_keys(_json_or_none(path), json.loads(text)) else text


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _json_or_none(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None


def same_keys(one: Any, other: Any) -> bool:
    """Whether two key files agree, in whatever order they hold the exercises."""
    return agree(_sorted_by_name(one), _sorted_by_name(other))


def _sorted_by_name(keys: Any) -> Any:
    if isinstance(keys, dict) and isinstance(keys.get("exercises"), dict):
        return {**keys, "exercises": dict(sorted(keys["exercises"].items()))}
    return keys


def agree(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal but for the last digits, which processors round differently."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other or one != one and other != other or abs(one - other) <= AGREEMENT * max(1.0, abs(one))
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(agree(one[k], other[k]) for k in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(agree, one, other))
    return bool(one == other)


def write_index(course: Course) -> None:
    """Write which unit each exercise and question belongs to.

    Raises
    ------
    BrokenUnit
        If two units use one name.
    """
    index: dict[str, dict[str, str]] = {"exercises": {}, "questions": {}}
    for path in sorted(course.keys.glob("[0-9]*.json")):
        if path.stem not in course.units():
            path.unlink()
            continue
        keys = json.loads(path.read_text(encoding="utf-8"))
        for kind, entries in index.items():
            for name in keys[kind]:
                if name in entries:
                    raise BrokenUnit(
                        f"{name} stands in {entries[name]} and in {path.stem}; names are unique in the course."
                    )
                entries[name] = path.stem
    write_if_changed(course.keys / "index.json", json.dumps(index, indent=1) + "\n")
