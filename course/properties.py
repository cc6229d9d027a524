"""Properties that a result must have, where many results are right: a shuffle, an initialiser, an order.

Each takes the outputs by name and the inputs by name, and returns None, or a sentence that says what is
missing and reads on from the exercise's name. The notebook's text states every property it asks for.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from course.errors import CourseError, NotPlain
from course.plain import Plain, as_array

Property = Callable[[dict[str, Plain], dict[str, Any]], str | None]
PROPERTIES: dict[str, Property] = {}


def stated(check: Property) -> Property:
    """Enter a property under its function's name, with hyphens."""
    PROPERTIES[check.__name__.replace("_", "-")] = check
    return check


def hold(name: str, outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """None if the property holds, else what is missing.

    Raises
    ------
    CourseError
        If there is no property of this name.
    """
    if name not in PROPERTIES:
        raise CourseError(f"There is no property {name!r}; there are: {', '.join(PROPERTIES)}.")
    return PROPERTIES[name](outputs, inputs)


def lacking(name: str, outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """As :func:`hold`, of a result that may have any form."""
    try:
        return hold(name, outputs, inputs)
    except (NotPlain, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return "gives a result of another form than the one asked for."


@stated
def every_row_once(outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """The batches together hold every row of x exactly once."""
    (batches,) = outputs.values()
    xs, x = np.concatenate([as_array(batch[0]) for batch in batches]), inputs["x"]
    if len(xs) != len(x):
        return f"hands out {len(xs)} rows; x has {len(x)}."
    return None if np.allclose(_sorted_rows(xs), _sorted_rows(x)) else "does not hand out every row exactly once."


@stated
def rows_keep_labels(outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """Every row of a batch stands beside its own label."""
    (batches,) = outputs.values()
    pairs = np.concatenate([np.column_stack([as_array(batch[0]), as_array(batch[1])]) for batch in batches])
    asked = np.column_stack([inputs["x"], inputs["y"]])
    same = len(pairs) == len(asked) and np.allclose(_sorted_rows(pairs), _sorted_rows(asked))
    return None if same else "separates rows of x from their labels."


def _sorted_rows(array: np.ndarray) -> np.ndarray:
    return np.array(sorted(array.reshape(len(array), -1).tolist()))


@stated
def batch_sizes(outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """Every batch has `size` rows; the last holds what is left."""
    (batches,) = outputs.values()
    n, size = len(inputs["x"]), inputs["size"]
    asked = [size] * (n // size) + ([n % size] if n % size else [])
    got = [len(as_array(batch[0])) for batch in batches]
    return None if got == asked else f"makes batches of {got} rows; {asked} are asked for."
