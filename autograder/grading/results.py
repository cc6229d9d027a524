"""What became of each submission."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """What became of one submission: its points, or the reason why it is not graded.

    Attributes
    ----------
    student, unit : str
    points, max_points : float or None
        As the gradebook has them, with what being late costs taken off. Those of a submission that is not graded are
        the points of the last one before it that was; None, where there is none.
    reason : str
        Why it is not graded.
    fingerprint : str
        Of what was handed in.
    verdict : str
        What went wrong on the way where points were earned all the same.
    sandbox : str
        What the submission was shut in by while it ran.
    late_penalty : float
        What is taken off for being late.
    notes : tuple of str
        What an instructor should know of the submission, a sentence each.
    """

    student: str
    unit: str
    points: float | None = None
    max_points: float | None = None
    reason: str = ""
    fingerprint: str = ""
    verdict: str = ""
    sandbox: str = ""
    late_penalty: float = 0.0
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "notes", tuple(self.notes))  # JSON knows lists alone

    @property
    def graded(self) -> bool:
        return not self.reason

    @property
    def counted(self) -> float | None:
        """The points that the gradebook counts: 0 for what it knows and what was never graded."""
        return 0.0 if self.points is None and self.max_points is not None else self.points

    @property
    def key(self) -> tuple[str, str]:
        """The student and the unit."""
        return self.student, self.unit
