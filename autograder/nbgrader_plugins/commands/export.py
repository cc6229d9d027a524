"""``nbgrader export`` with a line for each exercise; nbgrader's own has one for each submission."""

import csv
from typing import Any

from nbgrader.plugins import ExportPlugin

COLUMNS = ("assignment", "student_id", "exercise", "score", "max_score", "auto_score", "manual_score", "extra_credit")


class ExerciseScores(ExportPlugin):
    """The points of each student for each graded cell, without what being late costs."""

    def export(self, gradebook: Any) -> None:
        """Write them to the file that ``--to`` names, ``exercises.csv`` if none is named."""
        target = self.to or "exercises.csv"
        self.log.info("Exporting the points of each exercise to %s", target)
        with open(target, "w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(COLUMNS)
            for assignment in gradebook.assignments:
                if not self.assignment or assignment.name in self.assignment:
                    rows.writerows(self._rows(gradebook, assignment.name))

    def _rows(self, gradebook: Any, unit: str) -> list[tuple[Any, ...]]:
        graded = [
            (submission.student.id, grade)
            for submission in gradebook.assignment_submissions(unit)
            if not self.student or submission.student.id in self.student
            for notebook in submission.notebooks
            for grade in notebook.grades
        ]
        return sorted(
            (
                (unit, student, grade.name, grade.score, grade.max_score)
                + (grade.auto_score, grade.manual_score, grade.extra_credit)
                for student, grade in graded
            ),
            key=lambda row: row[:3],
        )
