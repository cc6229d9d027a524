"""Properties of batches: every row once beside its own label, well mixed, and mixed anew by another seed."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from course.answers.normalize import Plain, as_array
from course.properties.registry import Run, jointly, stated
from course.properties.seeds import both_seeds, seed_pairs
from course.properties.shuffles import moved_alike, pairs_in_both, row_numbers, together

ENOUGH_ROWS = 100
"""Mixing is looked at where x has so many rows, in batches of four or more.

How often that rejects a good shuffle, with 106 rows in ten batches of 10 and one of 6: a row shares its batch with the
row d places further with probability 0.084. For 40 % of 106 rows that is exp(-39) by Chernoff's bound for independent
rows (exp(-20) if only half of them counted as independent), times 53 distances. How many rows are moved by the same
number of places is a Poisson number with mean 1 for each of 106 numbers: 43 or more has probability 1e-53. Of the pairs
in one order, 8 % share a batch in another order too, 39 of 465: a quarter, 116, has probability 1e-23. A batch of 6 has
the same rows for two seeds with probability 1/C(106, 6) = 6e-10.
"""
MOST_TOGETHER, MOST_MOVED_ALIKE, MOST_PAIRS_IN_BOTH = 0.4, 0.4, 0.25
FEWEST_IN_A_BATCH = 4
Inputs = dict[str, Any]


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
    if got == asked:
        return None
    order = " The short one comes last: shuffle the rows, not the batches." if sorted(got) == sorted(asked) else ""
    return f"makes batches of {got} rows; {asked} are asked for.{order}"


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


def _numbered(outputs: dict[str, Plain], inputs: dict[str, Any]) -> list[np.ndarray] | None:
    """The rows of each batch by their numbers in x; None where there are too few to say whether they are mixed."""
    (batches,) = outputs.values()
    if len(inputs["x"]) < ENOUGH_ROWS or inputs["size"] < FEWEST_IN_A_BATCH or len(batches) < 2:
        return None
    return [row_numbers(as_array(batch[0]), inputs["x"]) for batch in batches]


@jointly
def rows_moved(runs: Sequence[Run]) -> str | None:
    """The rows do not come in the order of x, also where it begins at another row or a few rows trade places.

    Pieces of x that trade places can be in order by chance, in one draw and not in all: that is left to ``rows_mixed``,
    which finds them together.
    """
    numbered = [(found, len(inputs["x"])) for outputs, inputs in runs if (found := _numbered(outputs, inputs))]
    in_order = [(batches, n) for batches, n in numbered if moved_alike(batches, n) > MOST_MOVED_ALIKE]
    in_all = bool(in_order) and len(in_order) == len(numbered)
    if in_all or any(together([batches], n)[1] <= MOST_TOGETHER for batches, n in in_order):
        return "hands out most rows in the order in which they stand in x."
    return None


@stated
def rows_mixed(outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """There is no distance at which rows of x share a batch much more often than others."""
    numbered = _numbered(outputs, inputs)
    if numbered is None:
        return None
    apart, share = together([numbered], len(inputs["x"]))
    if share <= MOST_TOGETHER:
        return None
    if apart == 1:
        return "hands out batches of rows that stand together in x."
    return f"hands out batches of rows that stand {apart} places apart in x."


@jointly
def mixed_by_the_seed(runs: Sequence[Run]) -> str | None:
    """With another seed, rows that shared a batch are scattered."""
    for batches, others, inputs, again in _numbered_pairs(runs):
        if pairs_in_both(batches, others, len(inputs["x"])) > MOST_PAIRS_IN_BOTH:
            return f"puts mostly the same rows together for {both_seeds(inputs, again)}."
    return None


@jointly
def every_batch_mixed(runs: Sequence[Run]) -> str | None:
    """With another seed, every batch holds other rows, the last one too."""
    for batches, others, inputs, again in _numbered_pairs(runs):
        for number, (batch, same_place) in enumerate(zip(batches, others, strict=True)):
            if len(batch) >= FEWEST_IN_A_BATCH and set(batch.tolist()) == set(same_place.tolist()):
                return f"puts the same rows into batch {number} for {both_seeds(inputs, again)}."
    return None


def _numbered_pairs(runs: Sequence[Run]) -> Iterator[tuple[list[np.ndarray], list[np.ndarray], Inputs, Inputs]]:
    """The batches, as row numbers, and the inputs of two draws that differ in the seed, for all pairs of such draws."""
    numbered = {id(outputs): _numbered(outputs, inputs) for outputs, inputs in runs}
    for (one, inputs), (other, again) in seed_pairs(runs):
        batches, others = numbered[id(one)], numbered[id(other)]
        if batches and others:
            yield batches, others, inputs, again
