"""The register of properties: how one is entered under its name, and whether it holds.

Each takes the outputs by name and the inputs by name, and returns None, or a sentence that says what is
missing and reads on from the exercise's name; a joint one takes such a pair for every draw, since it compares them.
"""

from collections.abc import Callable, Sequence
from typing import Any

from course.answers.normalize import Plain
from course.errors import CourseError, NotPlain

Run = tuple[dict[str, Plain], dict[str, Any]]
Property = Callable[[dict[str, Plain], dict[str, Any]], str | None]
JointProperty = Callable[[Sequence[Run]], str | None]
PROPERTIES: dict[str, Property] = {}
JOINT: dict[str, JointProperty] = {}
OF_ANOTHER_FORM = (NotPlain, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
ANOTHER_FORM = "gives a result of another form than the one asked for."


def stated(check: Property) -> Property:
    """Enter a property under its function's name, with hyphens."""
    PROPERTIES[check.__name__.replace("_", "-")] = check
    return check


def jointly(check: JointProperty) -> JointProperty:
    """Enter a property of all draws together under its function's name, with hyphens."""
    JOINT[check.__name__.replace("_", "-")] = check
    return check


def hold(name: str, outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """None if the property holds, else what is missing.

    Raises
    ------
    CourseError
        If there is no property of this name.
    """
    if name not in PROPERTIES:
        raise CourseError(f"There is no property {name!r}; there are: {', '.join([*PROPERTIES, *JOINT])}.")
    return PROPERTIES[name](outputs, inputs)


def lacking(name: str, outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """As :func:`hold`, of a result that may have any form; a joint property says nothing of a single draw."""
    if name in JOINT:
        return None
    try:
        return hold(name, outputs, inputs)
    except OF_ANOTHER_FORM:
        return ANOTHER_FORM


def lacking_in_all(name: str, runs: Sequence[Run]) -> str | None:
    """The first sentence about what is missing in these draws, one by one or, of a joint property, together."""
    if name in JOINT:
        try:
            return JOINT[name](runs)
        except OF_ANOTHER_FORM:
            return ANOTHER_FORM
    return next(filter(None, (lacking(name, outputs, inputs) for outputs, inputs in runs)), None)
