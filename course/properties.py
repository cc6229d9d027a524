"""Properties that a result must have, where many results are right: a shuffle, an initialiser, an order.

Each takes the outputs by name and the inputs by name, and returns None, or a sentence that says what is
missing and reads on from the exercise's name; a joint one takes such a pair for every draw, since it compares them.
The notebook's text states every property it asks for.
"""

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from course.answers.compare import same
from course.answers.normalize import Plain, as_array
from course.errors import CourseError, NotPlain

Run = tuple[dict[str, Plain], dict[str, Any]]
Property = Callable[[dict[str, Plain], dict[str, Any]], str | None]
JointProperty = Callable[[Sequence[Run]], str | None]
PROPERTIES: dict[str, Property] = {}
JOINT: dict[str, JointProperty] = {}
OF_ANOTHER_FORM = (NotPlain, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
MANY = 500
"""So many random numbers have a standard deviation that is within 12 % of the one they were drawn with."""
WITHIN = 0.12
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
def batch_pairs(outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """What is handed out is pairs, of rows and their labels."""
    (batches,) = outputs.values()
    right = isinstance(batches, list) and all(isinstance(batch, list) and len(batch) == 2 for batch in batches)
    return None if right else "does not hand out pairs (xb, yb)."


@stated
def batch_sizes(outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """Every batch has `size` rows; the last holds what is left."""
    (batches,) = outputs.values()
    n, size = len(inputs["x"]), inputs["size"]
    asked = [size] * (n // size) + ([n % size] if n % size else [])
    got = [len(as_array(batch[0])) for batch in batches]
    return None if got == asked else f"makes batches of {got} rows; {asked} are asked for."


@stated
def batch_shapes(outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """Every batch is rows of x, with as many axes as x has, beside labels with one axis."""
    (batches,) = outputs.values()
    for batch in batches:
        xb, yb = as_array(batch[0]).shape, as_array(batch[1]).shape
        if xb[1:] != inputs["x"].shape[1:] or yb != xb[:1]:
            asked = (len(batch[0]), *inputs["x"].shape[1:])
            return f"makes a batch of shapes {xb} and {yb}; {asked} and {asked[:1]} are asked for."
    return None


def _differing(inputs: dict[str, Any], others: dict[str, Any]) -> list[str]:
    """The names of the inputs that differ between two draws."""
    return [name for name in inputs if not np.array_equal(inputs[name], others[name])]


@jointly
def same_for_a_seed(runs: Sequence[Run]) -> str | None:
    """Two draws with the same inputs give the same result."""
    for (one, inputs), (other, again) in combinations(runs, 2):
        if _differing(inputs, again) == [] and not same(one, other, 0.0):
            return f"gives other numbers when it is called twice with seed={inputs['seed']}; they must be the same."
    return None


@jointly
def other_for_another_seed(runs: Sequence[Run]) -> str | None:
    """Two draws that differ in the seed alone give different results."""
    for (one, inputs), (other, again) in combinations(runs, 2):
        if _differing(inputs, again) == ["seed"] and same(one, other):
            return f"gives the same numbers for seed={inputs['seed']} and seed={again['seed']}: does it use the seed?"
    return None


def _weights(outputs: dict[str, Plain]) -> dict[str, np.ndarray]:
    return {name: as_array(value).astype(float) for name, value in outputs.items() if name.startswith("W")}


@stated
def two_layer_weights(outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """W1 and W2 have the shapes (D, H) and (H, C)."""
    d, h, c = (inputs[letter] for letter in "DHC")
    return _other_shape(outputs, inputs, dict(W1=(d, h), W2=(h, c)))


@stated
def two_layer_biases(outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """b1 and b2 have the shapes (H,) and (C,)."""
    return _other_shape(outputs, inputs, dict(b1=(inputs["H"],), b2=(inputs["C"],)))


def _other_shape(outputs: dict[str, Plain], inputs: dict[str, Any], shapes: dict[str, tuple[int, ...]]) -> str | None:
    for name, shape in shapes.items():
        got = as_array(outputs[name]).shape
        if got != shape:
            sizes = ", ".join(f"{letter}={inputs[letter]}" for letter in "DHC")
            return f"gives {name} the shape {got} for {sizes}; expected {shape}."
    return None


@stated
def zero_biases(outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """Every bias is zero."""
    wrong = [name for name, value in outputs.items() if name.startswith("b") and np.any(as_array(value))]
    return f"gives {wrong[0]} entries that are not 0; biases start at 0." if wrong else None


@stated
def spread_by_fan_in(outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """Each weight matrix with many entries has the standard deviation 1/√(its number of rows)."""
    for name, W in _weights(outputs).items():
        spread, asked = float(np.std(W)), len(W) ** -0.5
        if W.size < MANY:
            continue
        if not abs(spread - asked) <= WITHIN * asked:
            he = " √2 times as much is the rule for a ReLU." if abs(spread / asked - 2**0.5) < WITHIN else ""
            return (
                f"gives the entries of {name}, shape {W.shape}, the standard deviation {spread:.4f}; "
                f"asked for is 1/√{len(W)} = {asked:.4f}.{he}"
            )
    return None


@stated
def zero_mean(outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """Each weight matrix with many entries has the mean 0."""
    for name, W in _weights(outputs).items():
        if W.size >= MANY and not abs(np.mean(W)) <= 6 * np.std(W) / W.size**0.5:
            return f"gives the entries of {name} the mean {np.mean(W):.4f}; asked for is 0."
    return None


@stated
def no_two_equal(outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """No two entries of a weight matrix are equal."""
    for name, W in _weights(outputs).items():
        if len(np.unique(W)) < W.size:
            return f"gives {name} entries that are equal to each other; each weight is drawn on its own."
    return None


@stated
def normally_drawn(outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """Of many weights some lie beyond 2.5 standard deviations, as normal numbers do."""
    for name, W in _weights(outputs).items():
        if W.size >= MANY and np.max(np.abs(W)) < 2.5 * np.std(W):
            return f"gives {name} no entry beyond 2.5 standard deviations; of so many normal numbers some lie there."
    return None


@stated
def separately_drawn(outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """No two weight matrices hold the same random numbers in another size."""
    for (one, W), (other, V) in combinations(_weights(outputs).items(), 2):
        size = min(W.size, V.size)
        if size > 2 and abs(np.corrcoef(W.ravel()[:size], V.ravel()[:size])[0, 1]) > 1 - 1e-9:
            return f"gives {other} the random numbers of {one} once more, in another size."
    return None


@stated
def rows_mixed(outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """Some batch holds rows that are no neighbours in x, where there are enough rows to tell."""
    (batches,) = outputs.values()
    x = inputs["x"].reshape(len(inputs["x"]), -1)
    if inputs["size"] < 2 or len(batches) < 2:
        return None
    for batch in batches:
        rows = as_array(batch[0]).reshape(-1, x.shape[1])
        places = np.sort([int(np.argmin(np.abs(x - row).sum(axis=1))) for row in rows])
        if np.any(np.diff(places) > 1):
            return None
    return "hands out batches of rows that stand together in x."
