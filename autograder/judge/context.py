"""What judging has to know of the grading job that runs: its course, its seed, and what the graded cell has judged."""

from dataclasses import dataclass, field

from autograder.judge.seeds import fresh_seed
from autograder.paths import Course, here
from course.answers import key_files
from course.checking.judge import Verdict


@dataclass(kw_only=True)
class GradingContext(key_files.Context):
    """The context in which graded cells run.

    Attributes
    ----------
    course : Course
    seed : int
        What the numbers of hidden tests are drawn from.
    passed : set of str
        The exercises whose answers were judged right in this submission.
    verdicts : dict of str to Verdict
        Those that the graded cell has reached, by exercise. A cell that runs again, to export right answers to a
        copy of the student's process, gives an answer no further try by these.
    results : dict of str to bool
        Whether each answer that the graded cell has judged is right.
    lends : bool
        Whether right answers may be lent.
    errors_stand : bool
        Whether an answer that stops with an error is judged by that. If not, it will be judged again, and nothing is
        lent to it now.
    """

    course: Course
    seed: int
    passed: set[str] = field(default_factory=set)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    results: dict[str, bool] = field(default_factory=dict)
    lends: bool = True
    errors_stand: bool = True

    def begin_cell(self, errors_stand: bool) -> None:
        """Begin a graded cell."""
        self.verdicts.clear()
        self.results.clear()
        self.lends, self.errors_stand = True, errors_stand

    def keep(self, name: str, verdict: Verdict) -> None:
        """Keep whether an answer is right."""
        self.results[name] = verdict.passed
        if verdict.passed:
            self.passed.add(name)

    @property
    def cell_is_right(self) -> bool:
        """Whether the graded cell has judged something, and nothing wrong."""
        return bool(self.results) and all(self.results.values())

    @classmethod
    def of(cls, course: Course, seed: int) -> "GradingContext":
        """The context of a job."""
        return cls(folder=course.root, mode="autograde", course=course, seed=seed)


def current() -> GradingContext:
    """The context of the grading job that runs in this thread.

    Where none runs, as where nbgrader itself executes a notebook, it is made of the current directory and of the
    variable ``AUTOGRADER_SEED``; without that the seed is a new one.
    """
    found = key_files.current()
    if isinstance(found, GradingContext):
        return found
    return GradingContext(folder=found.folder, mode=found.mode, course=here(), seed=fresh_seed())
