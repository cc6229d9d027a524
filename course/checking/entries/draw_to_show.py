"""Which draw a message shows: of those in which an output is wrong, one that a person can work out by hand."""

from collections.abc import Sequence

from course.answers.compare import Difference, count_of_numbers, output_difference
from course.answers.key import Case, Key
from course.answers.result import Answered
from course.checking.messages import few, shown_whole

OF_ORDINARY_NUMBERS = ("equal sizes", "called again"), ("size one", "three axes")
"""The corners that have small sizes and ordinary numbers, those first whose sizes show more."""


def draw_to_show(
    key: Key, core: Sequence[tuple[Answered, Case]], output: str, number: int, gap: Difference
) -> tuple[int, Difference]:
    """The draw with the fewest numbers in which an output is wrong in the same way, and how it differs there.

    Where the ordinary draws hold many numbers, the small ones at corners stand in for them, if they show the same. What
    is wrong with a shape is seen best where all sizes differ.

    Parameters
    ----------
    key : Key
    core : sequence of (Answered, Case)
        What was answered in each draw.
    output : str
    number, gap
        The draw in which the output was found to be wrong, and how it differs there.
    """
    if gap.kind not in ("value", "finite") or core[number][1].corner:
        return number, gap
    found = [(_rank(core[number][1]), number, gap)]
    for k, (answered, case) in enumerate(core):
        if case.corner and any(case.corner in kinds for kinds in OF_ORDINARY_NUMBERS):
            other = output_difference(key, output, answered.outputs, case)
            if other and other.kind == gap.kind:
                found.append((_rank(case), k, other))
    return min(found, key=lambda one: one[0])[1:]


def _rank(case: Case) -> tuple[int, int, int]:
    """How hard a draw is to work out by hand: whether it holds few numbers in all, or in each input; the corner."""
    hard = 0 if few(case.inputs) else 1 if shown_whole(case.inputs) else 2
    at_corner = next((k for k, kinds in enumerate(OF_ORDINARY_NUMBERS, 1) if case.corner in kinds), 0)
    return hard, at_corner, count_of_numbers(case.inputs)
