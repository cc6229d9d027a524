"""What judging comes to: the verdict, and the diagnosis that its message is made from."""

from dataclasses import dataclass, field

from course.answers.compare import Difference
from course.answers.error_kinds import NumpyWarning
from course.answers.key import Case, Key
from course.answers.normalize import Plain
from course.answers.result import Failure, Kind

CARE_SHARE = 0.05
MAX_CARE = 0.25

EITHER = " or "


@dataclass(frozen=True, eq=False)
class Evidence:
    """One wrong array beside the expected one, for the table that a notebook shows."""

    output: str
    got: Plain
    expected: Plain


@dataclass(frozen=True)
class Recognised:
    """A mistake that was recognised: its id, its author's message, and whether it explains all that came out."""

    mistake: str
    message: str
    whole: bool = False


@dataclass(frozen=True)
class Located:
    """The first wrong step of a composite result; several where nothing tells them apart.

    Attributes
    ----------
    steps : tuple of str
    right : tuple of str
        The steps before it, all of them right.
    output : str
        The output that holds the step, if there is one.
    advice : str
        What its author says about it.
    seen : str
        What a probe that fails shows, in its author's words; or that it is a factor that is wrong.
    """

    steps: tuple[str, ...]
    right: tuple[str, ...] = ()
    output: str = ""
    advice: str = ""
    seen: str = ""

    @property
    def step(self) -> str:
        """The name of the step, or ``da1 or dz1``."""
        return EITHER.join(self.steps)


@dataclass(frozen=True, eq=False)
class LackOfCare:
    """An aspect of care that an answer lacks, with what shows it: the first of these that is there.

    Attributes
    ----------
    aspect : str
    case : Case or None
        The draw that shows it.
    changed : tuple of str
        Inputs that were written to.
    unwritten : bool
        Whether the answer stops there as a stub does.
    failure : Failure or None
    warning : str
        What numpy warns of.
    missing : str
        What a property says is missing.
    output, difference
        The wrong output, and how it differs.
    """

    aspect: str
    case: Case | None = None
    changed: tuple[str, ...] = ()
    unwritten: bool = False
    failure: Failure | None = None
    warning: str = ""
    missing: str = ""
    output: str = ""
    difference: Difference | None = None


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """What is known of an answer: all that its message says, before there is a sentence of it.

    Attributes
    ----------
    key : Key
        Of the exercise.
    kind : Kind or None
        What failed; None where nothing did.
    case : Case or None
        The draw that shows it, with its inputs.
    failure : Failure or None
        Why a call gave no values.
    missing : str
        What a property says is missing.
    failing : tuple of str
        The outputs that are wrong.
    output, difference
        The wrong output that is shown, and how it differs at its worst entry.
    lacks : tuple of LackOfCare
    kept : tuple of str
        The aspects of care that the answer takes.
    recognised : Recognised or None
        The known mistake.
    located : Located or None
        The first wrong step; of an answer that stopped, where all sizes are equal.
    stage_advice : str
        What the author says about the stage of the computation that fails.
    changed : tuple of str
        Inputs that were written to, where wrong outputs may come from that.
    warnings : tuple of NumpyWarning
    relative_error : float or None
        The largest relative error against finite differences, where there are some.
    from_results : bool
        Whether named results were judged, and no function was called.
    code_below_stub : bool
        Whether the stub's raise still stands above what was written.
    unknown_calls, wrong_calls : tuple of str
        Functions of other exercises that the answer calls: those not defined yet, and those that are wrong.
    supplied : tuple of str
        Functions of other exercises that the course's own stood in for.
    """

    key: Key
    kind: Kind | None = None
    case: Case | None = None
    failure: Failure | None = None
    missing: str = ""
    failing: tuple[str, ...] = ()
    output: str = ""
    difference: Difference | None = None
    lacks: tuple[LackOfCare, ...] = ()
    kept: tuple[str, ...] = ()
    recognised: Recognised | None = None
    located: Located | None = None
    stage_advice: str = ""
    changed: tuple[str, ...] = ()
    warnings: tuple[NumpyWarning, ...] = ()
    relative_error: float | None = None
    from_results: bool = False
    code_below_stub: bool = False
    unknown_calls: tuple[str, ...] = ()
    wrong_calls: tuple[str, ...] = ()
    supplied: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What came of judging.

    ``fraction`` of the points, 0 to 1; ``right`` whether all values are right, with or without the care asked for;
    ``mistake`` the id of the mistake, or None; ``step`` the first wrong step of a composite result, where it was found;
    ``message`` what the student reads, made from the ``diagnosis``.
    """

    exercise: str
    fraction: float = 0.0
    passed: bool = False
    right: bool = False
    mistake: str | None = None
    message: str = ""
    evidence: Evidence | None = None
    written: bool = True
    step: str = ""
    diagnosis: Diagnosis | None = field(default=None, compare=False, repr=False)


def care_share(key: Key) -> float:
    """The share of the points that each aspect of care carries."""
    return min(CARE_SHARE, MAX_CARE / len(key.care)) if key.care else 0.0


def fraction_of(key: Key, failing: int, failed_aspects: int) -> float:
    """The share of the points when so many outputs fail the core and the rest fail so many aspects."""
    right = (len(key.outputs) - failing) / len(key.outputs)
    return right * (1 - care_share(key) * failed_aspects)
