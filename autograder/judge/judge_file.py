"""Judging a file of answers in a process of its own, which is ended when an answer does not return."""

import json
import multiprocessing
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import Enum
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from autograder.errors import UnreadableAnswers
from autograder.exercises.loader import exercises_of
from autograder.judge.answer_file import pieces_of, run
from autograder.judge.context import GradingContext
from autograder.judge.grade import judged, points_for
from autograder.judge.seeds import fresh_seed
from autograder.notebook import given_namespace, points_of, right_namespace
from autograder.paths import Course
from course.answers.key_files import running
from course.checking import display

START_TIMEOUT = 60.0


class Stop(Enum):
    """Why an answer was not judged, by the id of the mistake."""

    TIMEOUT = "never-returned"
    CRASH = "crashed"


ADVICE = {Stop.TIMEOUT: "Look at its loops: what makes each of them end?", Stop.CRASH: "Remove such calls."}


@dataclass(frozen=True)
class Judgement:
    """The verdict on one exercise of a file, as ``--json`` prints it."""

    exercise: str
    points: float
    max_points: float
    passed: bool
    mistake: str | None
    message: str
    seed: int


def judge_file(
    course: Course, unit: str, file: str, *, seed: int | None = None, limit: float = 20.0
) -> list[Judgement]:
    """Judge every exercise of the unit that a file defines.

    Parameters
    ----------
    course : Course
    unit : str
    file : str
        A Python file or a notebook.
    seed : int, optional
        Draw the numbers from this seed.
    limit : float
        Seconds for each exercise; one that takes longer is stopped, and the rest are judged.

    Raises
    ------
    UnknownUnit, UnreadableAnswers
    """
    course.text(unit)
    path = Path(file)
    pieces_of(path)
    seed = fresh_seed() if seed is None else seed
    judgements: list[Judgement] = []
    finished: set[str] = set()
    while True:
        stopped = None
        for kind, value in _worker_reports(course, unit, path, seed, finished, limit):
            if kind == "note":
                print(value, file=sys.stderr)
            elif kind == "judged":
                judgements.append(Judgement(**value))
                finished.add(value["exercise"])
            else:
                stopped = value
        if stopped is None:
            break
        judgements.append(stopped)
        finished.add(stopped.exercise)
    order = list(exercises_of(unit, course))
    if not judgements:
        print(f"{file} defines none of the exercises of {unit}: {', '.join(order)}.", file=sys.stderr)
    return sorted(judgements, key=lambda judgement: order.index(judgement.exercise))


def _worker_reports(
    course: Course, unit: str, path: Path, seed: int, finished: set[str], limit: float
) -> Iterator[tuple[str, Any]]:
    """What a worker process reports until it ends; ``stopped`` with a judgement where it had to be ended."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    notes_wanted = not finished
    worker = context.Process(target=_work, args=(theirs, course, unit, path, seed, sorted(finished)), daemon=True)
    worker.start()
    theirs.close()
    current = None
    try:
        while True:
            if not ours.poll(limit if current else max(START_TIMEOUT, limit)):
                how = f"did not return within {limit:g} s and was stopped."
                yield "stopped", _ended(course, unit, current, Stop.TIMEOUT, how, path, seed)
                return
            kind, value = ours.recv()
            if kind == "begins":
                current = value
            elif kind == "ended":
                return
            elif kind != "note" or notes_wanted:
                yield kind, value
                current = None if kind == "judged" else current
    except (EOFError, ConnectionResetError):
        how = "ended the Python process that it ran in."
        yield "stopped", _ended(course, unit, current, Stop.CRASH, how, path, seed)
    finally:
        worker.kill()
        worker.join()
        ours.close()


def _ended(course: Course, unit: str, name: str | None, stop: Stop, how: str, path: Path, seed: int) -> Judgement:
    if name is None:
        raise UnreadableAnswers(f"Running {path} {how} Its definitions must end; a loop or a call stands outside them.")
    message = f"{name} {how}\n{ADVICE[stop]}"
    return Judgement(name, 0.0, points_of(course, unit).get(name, 0.0), False, stop.value, message, seed)


def _work(pipe: Connection, course: Course, unit: str, path: Path, seed: int, finished: list[str]) -> None:
    """The main function of the worker: run the file and judge what it defines, with nothing printed."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    os.environ["NBGRADER_EXECUTION"] = "autograde"  # for the file's own code, whose live figures are left out by this
    os.chdir(course.root)  # where its own paths begin
    with running(GradingContext.of(course, seed)):
        _judge_answers(pipe, course, unit, path, seed, finished)
    pipe.send(("ended", None))


def _judge_answers(pipe: Connection, course: Course, unit: str, path: Path, seed: int, finished: list[str]) -> None:
    """Report each verdict as it comes."""
    right = right_namespace(course, unit)
    exercises = exercises_of(unit, course)
    points = points_of(course, unit)
    supplied = {exercise.subject: right[exercise.subject] for exercise in exercises.values()}
    answers = run(pieces_of(path), {**given_namespace(course, unit), **supplied})
    for note in answers.notes:
        pipe.send(("note", note))
    for name, exercise in exercises.items():
        subject = answers.namespace.get(exercise.subject)
        if name in finished or subject is None or subject is supplied[exercise.subject]:
            continue
        pipe.send(("begins", name))
        verdict = judged(name, subject, unit, seed, course)
        most = points.get(name, 0.0)
        message = display.as_text(verdict)
        judgement = Judgement(name, points_for(verdict, most), most, verdict.passed, verdict.mistake, message, seed)
        pipe.send(("judged", asdict(judgement)))


def format_judgements(judgements: list[Judgement], as_json: bool) -> str:
    """The verdicts as JSON, or as a student reads them."""
    if as_json:
        return json.dumps([asdict(judgement) for judgement in judgements], indent=1, ensure_ascii=False)
    parts = [f"{j.message}\n  {j.points:g} of {j.max_points:g} points" for j in judgements]
    total, most = sum(j.points for j in judgements), sum(j.max_points for j in judgements)
    return "\n\n".join([*parts, f"{total:g} of {most:g} points for what this file defines."])
