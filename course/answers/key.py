"""What is known of one exercise: its draws with their numbers, the known mistakes, and the care it asks for.

``check`` reads keys from files, where they hold numbers and messages and no formula; the grader makes them anew from
the right answer, with fresh draws. Both are judged by the same code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course.answers.normalize import Plain


@dataclass(frozen=True)
class Mistake:
    """A known wrong answer: what the student reads, which aspects of care it fails, which step it gets wrong first.

    With ``free_number`` its numbers depend on one that is the student's choice, such as a small one that is added: it
    is recognised by the draws in which it is wrong, and how.
    """

    message: str
    fails: tuple[str, ...] = ()
    first: str = ""
    free_number: bool = False


@dataclass(frozen=True)
class Outcome:
    """What one call of an answer gave.

    ``outputs`` holds plain values by name; ``raised`` the error as text where there was one.
    """

    outputs: dict[str, Plain] = field(default_factory=dict)
    raised: str | None = None


@dataclass(frozen=True, eq=False)
class Case:
    """One draw: the inputs in the order of the signature, and the numbers to compare with.

    ``measured`` holds finite differences by output; ``mistakes`` what each known wrong answer gives;
    ``sizes`` the letters of the shapes, such as ``{"N": 5}``; ``corner`` the kind of corner that the draw is at.
    """

    inputs: dict[str, Any]
    expected: dict[str, Plain]
    measured: dict[str, np.ndarray] = field(default_factory=dict)
    mistakes: Mapping[str, Outcome] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    corner: str = ""


@dataclass(frozen=True)
class Probe:
    """Draws that show whether one step is right, whatever comes after it.

    In a single draw the ``outputs`` must be right, which proves the step; in several they must be the same in all, but
    for so many first entries of the last axis as are left out. One output that is so is enough. With ``factors``, what
    is the same in all is by how much each entry is wrong: then the step before may be as wrong as this one.
    ``up_to`` is the last step in which what the probe shows may arise, where that is a later one.
    """

    outputs: tuple[str, ...]
    draws: tuple[Case, ...]
    message: str = ""
    leave_out: int = 0
    factors: bool = False
    up_to: str = ""


@dataclass(frozen=True)
class Step:
    """One intermediate of a composite result; the steps of a key stand in the order in which they are computed.

    ``output`` is the output that holds it, or empty where it is hidden inside the answer;
    ``advice`` what to look at when it is the first that is wrong.
    """

    name: str
    output: str = ""
    advice: str = ""
    probes: tuple[Probe, ...] = ()


@dataclass(frozen=True)
class Square:
    """Draws whose sizes are all equal, for answers that stop with an error where sizes differ; and their steps."""

    cases: tuple[Case, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Key:
    """All that judging one exercise needs.

    ``form`` is ``one`` (a single value), ``several`` (in the order of ``outputs``), ``dict``,
    or ``yields`` (an iterator, of which at most ``most_items`` are taken).
    ``care`` maps each aspect to its own draws; an aspect without draws is seen on the core draws.
    ``corners`` are draws that count like ``cases``, with inputs that those hardly ever have, such as equal sizes; they
    hold only those known mistakes that the ordinary draws don't show.
    ``steps`` are those of a composite result, of which a message names the first that is wrong.
    """

    exercise: str
    unit: str
    outputs: tuple[str, ...]
    form: str
    cases: tuple[Case, ...]
    corners: tuple[Case, ...] = ()
    care: dict[str, tuple[Case, ...]] = field(default_factory=dict)
    mistakes: dict[str, Mistake] = field(default_factory=dict)
    properties: tuple[str, ...] = ()
    stages: tuple[tuple[tuple[str, ...], str], ...] = ()
    bias_outputs: tuple[str, ...] = ()
    tolerance: float = 1e-6
    absolute: float = 1e-12
    unchanged_within: float = 0.0
    most_items: int = 1000
    scenario: bool = False
    in_order: bool = False
    steps: tuple[Step, ...] = ()
    square: Square | None = None
