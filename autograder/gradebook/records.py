"""A submission's grades and comments in the gradebook, loaded once."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Score:
    """What the gradebook has for one submission.

    Attributes
    ----------
    points : float or None
        With the penalty taken off; None, where nothing was ever graded.
    max_points : float
    late_penalty : float
        What is taken off for being late.
    """

    points: float | None
    max_points: float
    late_penalty: float = 0.0


class SubmissionRecords:
    """What nbgrader's SaveAutoGrades looks up, cell by cell, without a search of the whole gradebook each time.

    Parameters
    ----------
    session
        SQLAlchemy's.
    submission
        nbgrader's ``SubmittedAssignment``.

    Attributes
    ----------
    db
        The session, which SaveAutoGrades commits to.
    """

    def __init__(self, session: Any, submission: Any) -> None:
        (notebook,) = submission.notebooks
        self.db, self._notebook = session, notebook
        self._grades = {grade.cell_id: grade for grade in notebook.grades}
        self._comments = {comment.cell_id: comment for comment in notebook.comments}
        self._cells = {cell.name: cell for cell in _kinds(notebook.notebook, "grade", "solution", "task")}
        self._add_missing_rows(notebook)

    def _add_missing_rows(self, notebook: Any) -> None:
        """Rows for cells that the unit has got since the submission was first graded."""
        from nbgrader.api import Comment, Grade

        for cell in _kinds(notebook.notebook, "grade", "task"):
            if cell.id not in self._grades:
                self._grades[cell.id] = Grade(cell_id=cell.id, notebook_id=notebook.id)
        for cell in _kinds(notebook.notebook, "solution", "task"):
            if cell.id not in self._comments:
                self._comments[cell.id] = Comment(cell_id=cell.id, notebook_id=notebook.id)
        self.db.add_all([*self._grades.values(), *self._comments.values()])

    def find_grade(self, name: str, *place: str) -> Any:
        """The grade of a cell."""
        return self._grades[self._cells[name].id]

    def find_comment(self, name: str, *place: str) -> Any:
        """The comment on a cell."""
        return self._comments[self._cells[name].id]

    def set_late_penalty(self, penalty: float | None) -> None:
        """Set what handing in late costs, if it does."""
        self._notebook.late_submission_penalty = penalty

    @property
    def graded(self) -> bool:
        """Whether anything has given points yet: grading, or somebody by hand."""
        scores = [(grade.auto_score, grade.manual_score) for grade in self._grades.values()]
        return any(score is not None for pair in scores for score in pair)

    def score(self) -> Score:
        """What all of this comes to."""
        points, most = self.points()
        penalty = self._notebook.late_submission_penalty or 0.0
        return Score(round(max(points - penalty, 0.0), 2), most, penalty) if self.graded else Score(None, most)

    def points(self) -> tuple[float, float]:
        """The points, by hand where somebody has given them so, no penalty taken off; and the most that there are."""
        total = most = 0.0
        sizes = {cell.id: cell.max_score for cell in self._cells.values() if hasattr(cell, "max_score")}
        for cell, grade in self._grades.items():
            given = grade.auto_score if grade.manual_score is None else grade.manual_score
            total += (given or 0.0) + (grade.extra_credit or 0.0)
            most += sizes.get(cell, 0.0)
        return round(total, 2), most


def _kinds(notebook: Any, *kinds: str) -> list[Any]:
    return [cell for kind in kinds for cell in getattr(notebook, f"{kind}_cells")]
