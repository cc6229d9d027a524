"""What judging comes to: the verdict, with the evidence that a notebook shows beside it."""

from dataclasses import dataclass

from course.answers.key import Key
from course.answers.normalize import Plain

CARE_SHARE = 0.05
MOST_CARE = 0.25


@dataclass(frozen=True)
class Evidence:
    """One wrong array beside the expected one, for the table that a notebook shows."""

    output: str
    got: Plain
    expected: Plain


@dataclass(frozen=True)
class Verdict:
    """What came of judging.

    ``fraction`` of the points, 0 to 1; ``right`` whether all values are right, with or without the care asked for;
    ``aspects`` what passed, as (name, sentence); ``mistake`` the id of the mistake recognised, or None;
    ``step`` the first wrong step of a composite result, where it was told.
    """

    exercise: str
    fraction: float = 0.0
    passed: bool = False
    right: bool = False
    mistake: str | None = None
    message: str = ""
    aspects: tuple[tuple[str, str], ...] = ()
    evidence: Evidence | None = None
    written: bool = True
    step: str = ""


def care_share(key: Key) -> float:
    """The share of the points that each aspect of care carries."""
    return min(CARE_SHARE, MOST_CARE / len(key.care)) if key.care else 0.0


def fraction_of(key: Key, failing: int, failed_aspects: int) -> float:
    """The share of the points when so many outputs fail the core and the rest fail so many aspects."""
    right = (len(key.outputs) - failing) / len(key.outputs)
    return right * (1 - care_share(key) * failed_aspects)
