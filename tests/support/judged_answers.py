"""Answers of a student, judged with numbers of a seed: functions, and classes as text."""

import linecache
from functools import lru_cache
from types import FunctionType
from typing import Any

import numpy as np

from autograder.exercises.keys import make_key
from autograder.exercises.loader import exercises_of
from autograder.notebook import right_answer, right_namespace
from autograder.paths import Course
from course.answers.key import Key
from course.checking.judge import judge
from course.checking.verdict import Verdict
from support.courses import ROOT

COURSE = Course(ROOT)
UNITS = {unit[:2]: unit for unit in COURSE.units()}


@lru_cache(maxsize=256)
def key_of(unit: str, exercise: str, seed: int) -> Key:
    """A fresh key, made once."""
    asked = exercises_of(unit, COURSE)[exercise]
    return make_key(asked, unit, right_answer(COURSE, unit, asked.subject), seed)


def verdict_on(unit: str, exercise: str, answer: Any, seed: int) -> Verdict:
    """The verdict on an answer that runs among the unit's right ones."""
    if isinstance(answer, FunctionType):
        names = {**right_namespace(COURSE, unit), "np": np}
        answer = FunctionType(answer.__code__, names, answer.__name__, answer.__defaults__)
    return judge(exercises_of(unit, COURSE)[exercise].answer(answer), key_of(unit, exercise, seed))


def written(unit: str, exercise: str, text: str) -> Any:
    """What a cell of this text defines among the unit's right answers; errors show its lines."""
    names = {**right_namespace(COURSE, unit), "np": np}
    linecache.cache["<cell>"] = (len(text), None, text.splitlines(True), "<cell>")
    exec(compile(text, "<cell>", "exec"), names)
    return names[exercises_of(unit, COURSE)[exercise].subject]
