"""A submission's grades and comments in the gradebook, loaded once."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple


class Entered(NamedTuple):
    """What a gradebook holds of a submission: its points, the most that there are, and a fingerprint of its entry."""

    points: float
    max_points: float
    fingerprint: str


class EnteredScores(NamedTuple):
    """What a gradebook holds of a submission, as other programs may have left it.

    Attributes
    ----------
    automatic : float
        The points that were given by no hand.
    points, max_points : float
        All points, and the most that there are.
    seconds_late : float
        As the due date is now.
    entry : str
        What was entered: the time, the penalty, and each cell with its most points and its automatic score.
    """

    automatic: float
    points: float
    max_points: float
    seconds_late: float
    entry: str


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


class NeverCommitted:
    """In the place of a session whose owner commits it."""

    def commit(self) -> None:
        """Nothing."""


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
        What SaveAutoGrades commits to after each cell: nothing, so that all cells are written together.
    """

    def __init__(self, session: Any, submission: Any) -> None:
        (notebook,) = submission.notebooks
        self.db, self._session, self._notebook = NeverCommitted(), session, notebook
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
        self._session.add_all([*self._grades.values(), *self._comments.values()])

    def find_grade(self, name: str, *place: str) -> Any:
        """The grade of a cell."""
        return self._grades[self._cells[name].id]

    def find_comment(self, name: str, *place: str) -> Any:
        """The comment on a cell."""
        return self._comments[self._cells[name].id]

    def set_late_penalty(self, penalty: float | None) -> None:
        """Set what handing in late costs, if it does."""
        self._notebook.late_submission_penalty = penalty

    def wait_for_nobody(self) -> None:
        """Ask nobody for points by hand, where there is no answer to give them for."""
        for grade in self._grades.values():
            grade.needs_manual_grade = False

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


def entered_scores(session: Any, student: str, unit: str) -> EnteredScores | None:
    """What a gradebook holds of a submission; None, where it holds none. Nothing is written."""
    from nbgrader.api import Assignment, BaseCell, Grade, SubmittedAssignment, SubmittedNotebook

    submitted = (
        session.query(
            SubmittedNotebook.id,
            SubmittedNotebook.late_submission_penalty,
            SubmittedAssignment.timestamp,
            SubmittedAssignment.extension,
            Assignment.duedate,
        )
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == unit, SubmittedAssignment.student_id == student)
        .one_or_none()
    )
    if submitted is None:
        return None
    grades = (
        session.query(BaseCell.name, Grade.max_score, Grade.auto_score, Grade.score)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .filter(Grade.notebook_id == submitted.id)
        .all()
    )
    cells = sorted(((name, most, auto) for name, most, auto, _ in grades), key=repr)
    late = 0.0
    if submitted.timestamp and submitted.duedate:
        due = submitted.duedate + (submitted.extension or timedelta())
        late = max(0.0, (submitted.timestamp - due).total_seconds())
    return EnteredScores(
        automatic=round(sum(auto or 0.0 for _, _, auto, _ in grades), 2),
        points=round(sum(score for *_, score in grades), 2),
        max_points=sum(most for _, most, _, _ in grades),
        seconds_late=late,
        entry=json.dumps([str(submitted.timestamp), submitted.late_submission_penalty, cells]),
    )
