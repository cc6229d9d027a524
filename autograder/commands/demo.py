"""The whole way on one machine: build, a simulated class, grading, feedback, and a table of what came of it."""

import shutil

from rich.console import Console
from rich.table import Table

from autograder.build.release import build
from autograder.gradebook.nbgrader_api import NbgraderFailed, last_log_line, nbgrader_api
from autograder.gradebook.url import gradebook_url
from autograder.grading.batch import grade_all
from autograder.grading.results import Result
from autograder.notebook import points_of
from autograder.paths import Course
from autograder.progress import steps
from autograder.sandbox.sandbox import best_tier
from autograder.verify.simulated_class import Student, hand_in, simulated_class

FOLDER = "demo"
GRADEBOOK = "sqlite:///gradebook.db"
"""The class's own, wherever ``nbgrader_config.py`` says that the course's is."""
ROUNDING = 0.011


def demonstrate(course: Course, students: int, seed: int, workers: int) -> int:
    """Grade a simulated class in a folder of its own; 0 if all points are as expected, else 1.

    Nothing of the course itself is touched: the class lives in ``demo/``, which is made anew each time.
    """
    console = Console()
    place = prepare(course)
    units = [unit for unit in place.units() if place.exercises(unit).is_dir()]
    with steps("Building", len(units)) as done:
        for unit in build(place, units, db=GRADEBOOK):
            done(unit)
    graded_units = [unit for unit in units if has_points(place, unit)]
    people = simulated_class(place, graded_units, students, seed)
    for student in people:
        hand_in(place, student)
    console.print(
        "The simulated class hands in our own known answers, so they are graded without a sandbox. "
        "Never grade strangers' notebooks like this on a machine that matters."
    )
    # These answers are the course's own: where nothing can shut them in, they run all the same.
    results = grade_all(place, [], workers=workers, tier=best_tier()[0], db=GRADEBOOK)
    write_feedback(place, graded_units)
    console.print(comparison(people, results))
    wrong = disagreements(people, results)
    shown = place.root.relative_to(course.root)
    console.print(f"Feedback: {shown}/feedback/STUDENT/UNIT/UNIT.html   Gradebook: {shown}/gradebook.db")
    console.print("All points are as expected." if not wrong else "Not as expected:\n" + "\n".join(wrong))
    return 1 if wrong else 0


def prepare(course: Course) -> Course:
    """A fresh course folder with the course's sources."""
    root = course.root / FOLDER
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    shutil.copy(course.root / "nbgrader_config.py", root)
    ignored = shutil.ignore_patterns("*.ipynb", "__pycache__", ".ipynb_checkpoints")
    shutil.copytree(course.source, root / "source", ignore=ignored)
    return Course(root)


def has_points(course: Course, unit: str) -> bool:
    """Whether a unit has anything to grade."""
    return bool(points_of(course, unit))


def write_feedback(course: Course, units: list[str]) -> None:
    """Let nbgrader write the feedback that students read.

    Raises
    ------
    NbgraderFailed
    """
    api = nbgrader_api(course, gradebook_url(course, GRADEBOOK))
    with steps("Feedback", len(units)) as done:
        for unit in units:
            result = api.generate_feedback(unit, force=True)
            if not result["success"]:
                raise NbgraderFailed(f"nbgrader could not write the feedback for {unit}: {last_log_line(result)}")
            done(unit)


def comparison(people: list[Student], results: list[Result]) -> Table:
    """A table of expected and graded points, a row for each student; where they differ, both stand in the cell."""
    units = sorted({result.unit for result in results})
    points = {(result.student, result.unit): result.points for result in results}
    table = Table("student", *(unit.split("_")[0] for unit in units), "expected", "graded", "", title="Points by unit")
    for student in people:
        graded = [points.get((student.name, unit)) for unit in units]
        expected = [student.expected(unit) for unit in units]
        cells = [_shown(g, e) for g, e in zip(graded, expected, strict=True)]
        agree = all(_same(g, e) for g, e in zip(graded, expected, strict=True))
        total = sum(g or 0.0 for g in graded)
        table.add_row(student.name, *cells, f"{sum(expected):g}", f"{total:g}", "as expected" if agree else "differs")
    return table


def _same(graded: float | None, expected: float) -> bool:
    return graded is not None and abs(graded - expected) < ROUNDING


def _shown(graded: float | None, expected: float) -> str:
    return f"{graded:g}" if graded is not None and _same(graded, expected) else f"{graded} for {expected:g}"


def disagreements(people: list[Student], results: list[Result]) -> list[str]:
    """Where graded points are not the expected ones, a sentence each."""
    points = {(result.student, result.unit): result for result in results}
    found = []
    for student in people:
        for unit, answers in student.units.items():
            result = points.get((student.name, unit))
            expected = student.expected(unit)
            if not _same(result.points if result else None, expected):
                wrote = ", ".join(f"{w.subject} {w.kind}" for w in answers)
                got = result.points if result else None
                why = f"; {result.reason}" if result and result.reason else ""
                found.append(f"{student.name} {unit}: {got} graded, {expected:g} expected ({wrote}){why}")
    return found
