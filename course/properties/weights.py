"""Properties of first weights: shapes, biases, and that each weight is a normal number drawn on its own.

Weights are looked at after they were multiplied by √fan-in, so that all should be standard normal numbers. A matrix
with many entries is looked at by itself, the smaller ones of all draws together.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from course.answers.normalize import Plain, as_array
from course.properties.random_numbers import correlated, many_in_common, single, units_differ
from course.properties.registry import Run, jointly, stated
from course.properties.seeds import both_seeds, seed_pairs

MANY = 500
"""What is said of random numbers is said of so many at least."""
LIMIT = 6.0
"""A measure of n numbers may be so many of its standard deviations off. A normal number is beyond that with probability
2e-9. Some 20 such measures are taken for an answer, so a right one fails with probability 4e-8.

The standard deviations, for n normal numbers of standard deviation s: of their mean s/√n; of their standard deviation
s/√(2n); of Geary's ratio, the mean size over the standard deviation, √(1 - 3/π)/√n = 0.2123/√n, around √(2/π) = 0.798;
of a correlation 1/√n. Uniform numbers have the ratio 0.866: of 1,000 they are 10 standard deviations off.
"""
GEARY, GEARY_SPREAD = (2 / np.pi) ** 0.5, (1 - 3 / np.pi) ** 0.5
MOST_EQUAL = 0.02
"""The share of a matrix's entries, one more in any case, that may be equal to others: float32 numbers are so at times.

Two float32 normal numbers are equal with probability 2e-8: of the 1,200 of the largest matrix, 1 % of answers have one
such pair, and none has 25. Of 49 entries two pairs are equal with probability 3e-10.
"""


ALIKE = 0.1
"""Two standard deviations of 1,000 numbers or more that differ by less are taken for the same: each is within 2 %."""
OTHER_RULES: tuple[tuple[Callable[[int, int], float], str], ...] = (
    (lambda fan_in, _: (2 / fan_in) ** 0.5, "√2 times as much is the rule for a ReLU."),
    (lambda fan_in, _: 1 / fan_in, "It is 1/fan-in: the root is missing."),
    (lambda _, fan_out: fan_out**-0.5, "It is 1/√(fan-out): the size of the columns, and not of the rows, is used."),
    (lambda *fans: (2 / sum(fans)) ** 0.5, "It is Glorot's rule, √(2/(fan-in + fan-out))."),
)
"""Standard deviations of other rules for a weight matrix, each with what is said of it."""


class Group(NamedTuple):
    """Numbers that are looked at together: what they are called, the numbers, and the matrix if it is a single one."""

    words: str
    numbers: np.ndarray
    matrix: np.ndarray | None = None


def _weights(outputs: dict[str, Plain]) -> dict[str, np.ndarray]:
    return {name: as_array(value).astype(float) for name, value in outputs.items() if name.startswith("W")}


def _standard(W: np.ndarray) -> np.ndarray:
    """The entries of a matrix, scaled so that they should be standard normal numbers."""
    return W.ravel() * len(W) ** 0.5


def _groups(runs: Sequence[Run]) -> Iterator[Group]:
    """The entries of each large matrix, and of all smaller ones of a name together; the same inputs count once."""
    small: dict[str, list[np.ndarray]] = {}
    for outputs in {repr(sorted(inputs.items())): outputs for outputs, inputs in runs}.values():
        for name, W in _weights(outputs).items():
            if W.size >= MANY:
                yield Group(f"the entries of {name}, shape {W.shape},", _standard(W), W)
            else:
                small.setdefault(name, []).append(_standard(W))
    for name, parts in small.items():
        numbers = np.concatenate(parts)
        if numbers.size >= MANY:
            yield Group(f"the entries of {name} in {len(parts)} small networks, times √(fan-in),", numbers)


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
def no_two_equal(outputs: dict[str, Plain], inputs: dict[str, Any]) -> str | None:
    """No two entries of a weight matrix are of equal size, and no two units have nearly the same weights."""
    for name, W in _weights(outputs).items():
        if W.size * (1 - single(W)) > 1 + MOST_EQUAL * W.size or not units_differ(W):
            return f"gives {name} entries that are equal to each other; each weight is drawn on its own."
    return None


@jointly
def zero_mean(runs: Sequence[Run]) -> str | None:
    """The weights have the mean 0."""
    for words, numbers, W in _groups(runs):
        mean = np.mean(numbers if W is None else W)
        if not abs(np.mean(numbers)) * numbers.size**0.5 <= LIMIT * np.std(numbers):
            return f"gives {words} the mean {mean:.4f}; asked for is 0."
    return None


@jointly
def spread_by_fan_in(runs: Sequence[Run]) -> str | None:
    """The weights have the standard deviation 1/√fan-in."""
    for words, numbers, W in _groups(runs):
        spread, scale, asked = float(np.std(numbers)), 1.0, "1"
        if abs(spread - 1) * (2 * numbers.size) ** 0.5 <= LIMIT:
            continue
        if W is not None:
            scale = len(W) ** -0.5
            asked = f"1/√{len(W)} = {scale:.4f}"
        return f"gives {words} the standard deviation {spread * scale:.4f}; asked for is {asked}.{_other_rule(runs)}"
    return None


def _other_rule(runs: Sequence[Run]) -> str:
    """A sentence on the rule by which all large matrices are spread, where it is a known one."""
    matrices = [W for _, numbers, W in _groups(runs) if W is not None and abs(np.std(numbers) - 1) > ALIKE]
    for rule, words in OTHER_RULES:
        if matrices and all(abs(np.std(W) / rule(*W.shape) - 1) < ALIKE for W in matrices):
            return f" {words}"
    spreads = [float(np.std(W)) for W in matrices]
    if len({len(W) for W in matrices}) > 1 and max(spreads) < (1 + ALIKE) * min(spreads):
        return " All layers have the same one: is a number written in?"
    return ""


@jointly
def normally_drawn(runs: Sequence[Run]) -> str | None:
    """The weights are as large on average, and lie on both sides of 0 as often, as normal numbers."""
    for words, numbers, _ in _groups(runs):
        n = numbers.size
        ratio, above = float(np.mean(np.abs(numbers)) / np.std(numbers)), float(np.mean(numbers > 0))
        if not abs(ratio - GEARY) * n**0.5 <= LIMIT * GEARY_SPREAD:
            return (
                f"gives {words} a mean size of {ratio:.3f} standard deviations; that of normal numbers is {GEARY:.3f}."
            )
        if not abs(above - 0.5) * n**0.5 <= LIMIT / 2:
            return (
                f"gives {words} a positive sign in {above:.0%} of all cases; half of all normal numbers are positive."
            )
    return None


@jointly
def separately_drawn(runs: Sequence[Run]) -> str | None:
    """No weight matrix is made from the numbers of another."""
    for outputs, _ in runs:
        for (one, W), (other, V) in combinations(_weights(outputs).items(), 2):
            if _made_from(W, V):
                return f"gives {other} the random numbers of {one} once more."
    return None


@jointly
def each_matrix_by_the_seed(runs: Sequence[Run]) -> str | None:
    """With another seed, every weight matrix has other numbers."""
    for (outputs, inputs), (others, again) in seed_pairs(runs):
        for name, W in _weights(outputs).items():
            if _made_from(W, _weights(others)[name]):
                return f"gives {name} the same numbers for {both_seeds(inputs, again)}."
    return None


def _made_from(W: np.ndarray, V: np.ndarray) -> bool:
    """Whether one matrix holds numbers of the other, scaled to its fan-in or not, or follows it entry by entry."""
    many = min(W.size, V.size) >= MANY
    scaled = len(W) != len(V) and many_in_common(_standard(W), _standard(V))
    return scaled or many_in_common(W, V) or (many and correlated(W, V, LIMIT))
