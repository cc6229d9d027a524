"""The whole way on one machine: build, a simulated class, grading, feedback, and a table of what came of it."""

import multiprocessing
import shutil
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import lru_cache
from typing import Any

from rich.console import Console

from autograder.build.release import build
from autograder.commands.class_table import class_tables, same_points
from autograder.gradebook.nbgrader_api import NbgraderFailed, nbgrader_api, reason_of
from autograder.gradebook.url import gradebook_url
from autograder.grading.batch import grade_all
from autograder.grading.results import Result
from autograder.limits import Tier
from autograder.notebook import points_of
from autograder.paths import Course
from autograder.progress import steps
from autograder.sandbox.sandbox import best_tier
from autograder.verify.simulated_class import Student, hand_in, simulated_students

FOLDER = "demo"
GRADEBOOK = "sqlite:///gradebook.db"
"""The class's own, wherever ``nbgrader_config.py`` says that the course's is."""
OWN_CLASS = """
# The class's own folders, and everybody in it, wherever the course has its own.
for name in ("submitted", "autograded", "feedback", "release"):
    c.CourseDirectory[f"{name}_directory"] = name
c.CourseDirectory.student_id, c.CourseDirectory.student_id_exclude = "*", ""
"""
"""Behind what ``nbgrader_config.py`` says."""
UNSHUT = (
    "Graded without a sandbox, because nothing on this machine can shut a submission in. The simulated class hands in "
    "the course's own known answers, so nothing is lost by it; never grade strangers' notebooks like this."
)


def demonstrate(course: Course, students: int, seed: int, workers: int, tier: Tier | None = None) -> int:
    """Grade a simulated class in a folder of its own; 0 if all points are as expected, else 1.

    Nothing of the course itself is touched: the class lives in ``demo/``, which is made anew each time.

    Parameters
    ----------
    course : Course
    students, seed, workers : int
    tier : Tier, optional
        How submissions are shut in; as well as this machine can, unless it is said. The answers are the course's own:
        where nothing can shut them in, they run all the same.
    """
    console = Console()
    place = prepare(course)
    units = [unit for unit in place.units() if place.exercises(unit).is_dir()]
    with steps("Building", len(units)) as done:
        for unit in build(place, units, db=GRADEBOOK):
            done(unit)
    graded_units = [unit for unit in units if has_points(place, unit)]
    people = handed_in_class(place, graded_units, students, seed)
    results = grade_all(place, [], workers=workers, tier=tier or best_tier()[0], db=GRADEBOOK)
    write_feedback(place, graded_units, workers)
    for table in class_tables(people, results, console.width):
        console.print(table, "")
    wrong = disagreements(people, results)
    shown = place.root.relative_to(course.root)
    for line in sandboxes(results):
        console.print(line)
    console.print(f"Feedback: {shown}/feedback/STUDENT/UNIT/UNIT.html\nGradebook: {shown}/gradebook.db")
    console.print("All points are as expected." if not wrong else "Not as expected:\n" + "\n".join(wrong))
    return 1 if wrong else 0


def prepare(course: Course) -> Course:
    """A fresh course folder with the course's sources."""
    root = course.root / FOLDER
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    config = (course.root / "nbgrader_config.py").read_text(encoding="utf-8")
    (root / "nbgrader_config.py").write_text(config + OWN_CLASS, encoding="utf-8")
    ignored = shutil.ignore_patterns("*.ipynb", "__pycache__", ".ipynb_checkpoints")
    shutil.copytree(course.source, root / "source", ignore=ignored)
    return Course(root)


def has_points(course: Course, unit: str) -> bool:
    """Whether a unit has anything to grade."""
    return bool(points_of(course, unit))


def handed_in_class(course: Course, units: list[str], students: int, seed: int) -> list[Student]:
    """A simulated class whose notebooks lie in ``submitted/``."""
    people = []
    with steps("Handing in", students) as done:
        for student in simulated_students(course, units, students, seed):
            hand_in(course, student)
            people.append(student)
            done(student.name)
    return people


def write_feedback(course: Course, units: list[str], workers: int) -> None:
    """Let nbgrader write the feedback that students read, in so many processes.

    Raises
    ------
    NbgraderFailed
    """
    spawn = multiprocessing.get_context("spawn")
    with (
        steps("Feedback", len(units)) as done,
        ProcessPoolExecutor(max(1, min(workers, len(units))), mp_context=spawn) as pool,
    ):
        waiting = {pool.submit(_write_pages, course, unit): unit for unit in units}
        for written in as_completed(waiting):
            unit = waiting[written]
            if trouble := written.result():
                pool.shutdown(cancel_futures=True)
                raise NbgraderFailed(f"nbgrader could not write the feedback for {unit}: {trouble}")
            done(unit)


def _write_pages(course: Course, unit: str) -> str:
    """Write the pages of one unit; why that can't be done, or nothing."""
    result = _api(course).generate_feedback(unit, force=True)
    return "" if result["success"] else reason_of(result)


@lru_cache(maxsize=1)
def _api(course: Course) -> Any:
    return nbgrader_api(course, gradebook_url(course, GRADEBOOK))


def sandboxes(results: list[Result]) -> list[str]:
    """A sentence for each way in which what was graded was shut in while it ran."""
    found = {result.sandbox for result in results if result.graded}
    return [
        UNSHUT if tier is Tier.NONE else f"Each submission was graded in a sandbox of its own ({tier.value})."
        for tier in Tier
        if tier.value in found
    ]


def disagreements(people: list[Student], results: list[Result]) -> list[str]:
    """Where graded points are not the expected ones, a sentence each."""
    points = {(result.student, result.unit): result for result in results}
    found = []
    for student in people:
        for unit, answers in student.units.items():
            result = points.get((student.name, unit))
            expected = student.expected(unit)
            if not same_points(result.points if result else None, expected):
                wrote = ", ".join(f"{w.subject} {w.kind}" for w in answers)
                got = result.points if result else None
                why = f"; {result.reason}" if result and result.reason else ""
                found.append(f"{student.name} {unit}: {got} graded, {expected:g} expected ({wrote}){why}")
    return found
