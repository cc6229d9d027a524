"""Facts that the frames of an error give beyond its text: what the object keeps, what its siblings have, what fits.

As in :mod:`course.answers.frames`, objects are looked at from outside: nothing that they override runs.
"""

from collections.abc import Callable, Sequence

from course.answers.error_kinds import Fact
from course.answers.frames import Location
from course.answers.hints.calls import hint_of_call, hint_of_handed_over, hint_of_none
from course.answers.hints.lines import (
    hint_of_key,
    hint_of_operands,
    hint_of_product,
    hint_of_shape,
    hint_of_unpacking,
)
from course.answers.hints.objects import hint_of_attribute, hint_of_name
from course.answers.hints.rows import hint_of_index, hint_of_row

HINTS = {
    "name-of-object": 2,
    "name-of-method": 3,
    "others-have-it": 2,
    "kept-by-method": 3,
    "other-classes-have-it": 1,
    "nothing-kept": 3,
    "same-shapes": 1,
    "product-shapes": 3,
    "operands": 2,
    "keys-of-dict": 1,
    "shape-of": 2,
    "length-of": 3,
    "is-row": 3,
    "row-of-loop": 3,
    "array-as-index": 2,
    "value-called": 1,
    "item-in-round-brackets": 2,
    "changed-in-place": 2,
    "other-shape": 5,
}
"""The kinds of facts that are found here, with the least number of names that each is about."""


def hint_of(locations: Sequence[Location], error: BaseException, cause: Fact | None) -> Fact | None:
    """What the frames that led to an error give away, or None.

    Parameters
    ----------
    locations : sequence of (frame, line number)
        The student's own frames, the outermost first.
    error : BaseException
    cause : Fact or None
        What the error itself says.

    Returns
    -------
    Fact or None
        Its kind is one of ``HINTS``.
    """
    if not locations:
        return None
    if cause and cause.kind == "unknown-name":
        return hint_of_name(locations, cause.names[0])
    if issubclass(type(error), AttributeError) and (cause is None or cause.kind != "none-has-attribute"):
        return hint_of_attribute(locations, error)
    find = OF_KINDS.get(cause.kind) if cause else None
    return find(locations[-1], error) if find else None


OF_KINDS: dict[str, Callable[[Location, BaseException], Fact | None]] = {
    "number-called": hint_of_call,
    "no-function-called": hint_of_call,
    "none-has-attribute": hint_of_none,
    "broadcast-shapes": hint_of_handed_over,
    "matmul-shapes": hint_of_product,
    "arithmetic-of-many": hint_of_operands,
    "tuple-used": hint_of_operands,
    "missing-key": hint_of_key,
    "unpacking": hint_of_unpacking,
    "shape-too-short": hint_of_shape,
    "truth-of-array": hint_of_row,
    "array-into-entry": hint_of_row,
    "math-of-array": hint_of_row,
    "index-too-large": hint_of_index,
    "index-beyond-axis": hint_of_index,
}
"""What is looked for in the line of an error, by what the error says."""
