"""Patterns in which entries of an output are wrong: each is seen where it is there in every draw, and only there."""

from typing import Any

import numpy as np
import pytest

from course.answers.key import Case, Key
from course.checking.entries.patterns_by_entry import by_entry

RNG = np.random.default_rng(3)
Y = np.array([2, 0, 1, 1, 0])
EXPECTED = RNG.normal(size=(5, 3))
Z = RNG.normal(size=(5, 3))
KEY = Key("dz", "00_tests", ("dz",), "one", (Case({"z": Z, "y": Y}, {"dz": EXPECTED}),))
NAMED = np.arange(3) == Y[:, None]
ROWS = np.arange(5)[:, None]


def told(got: Any, expected: np.ndarray = EXPECTED) -> str:
    found = by_entry(KEY, [(np.asarray(got, dtype=float), expected)])
    return found.message if found else ""


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (NAMED, "in the column that y names"),
        (~NAMED, "in the columns that y does not name"),
        (Z > 0, "where z is positive"),
        (Z < 0, "where z is negative"),
        (EXPECTED < 0, "where it should be negative"),
        (EXPECTED > 0, "where it should be positive"),
    ],
)
def test_place_of_wrong_signs_is_named(wrong: np.ndarray, words: str) -> None:
    assert told(np.where(wrong, -EXPECTED, EXPECTED)) == (
        f"The sizes are right. The sign is wrong {words}, and right elsewhere."
    )


def test_wrong_signs_at_no_place_with_a_name_are_told() -> None:
    wrong = np.zeros((5, 3), dtype=bool)
    wrong[1, :2] = wrong[3, 2] = True
    assert told(np.where(wrong, -EXPECTED, EXPECTED)) == (
        "The sizes are right, and the signs of some entries are wrong: which ones?"
    )


@pytest.mark.parametrize("got", [EXPECTED > 0, Z > 0])
def test_zeros_and_ones_are_told_to_come_of_a_comparison(got: np.ndarray) -> None:
    assert told(got).startswith("Every entry is 0 or 1, as False and True are")


@pytest.mark.parametrize(
    ("count", "words"), [(3, "Does a loop run over shape[1], where each turn is for a row?"), (4, "end too early?")]
)
def test_rows_that_were_never_filled_are_told(count: int, words: str) -> None:
    assert told(np.where(count > ROWS, EXPECTED, 0.0)).endswith(words)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (2 * EXPECTED, EXPECTED),
        (np.zeros((5, 3)), EXPECTED),
        (np.ones((5, 3)), EXPECTED),
        (-EXPECTED, EXPECTED),
        (np.where(ROWS < 3, EXPECTED, 7.0), EXPECTED),
        (np.where(ROWS < 3, 2 * EXPECTED, 0.0), EXPECTED),
        (np.where(ROWS > 2, EXPECTED, 0.0), EXPECTED),
        ((Z > 0) * 1.0, (Z < 0) * 1.0),
    ],
)
def test_what_is_wrong_in_another_way_has_no_pattern(got: np.ndarray, expected: np.ndarray) -> None:
    assert told(got, expected) == ""


def test_pattern_must_be_there_in_every_draw() -> None:
    half = np.where(NAMED, -EXPECTED, EXPECTED)
    key = Key("dz", "00_tests", ("dz",), "one", KEY.cases * 2)
    assert by_entry(key, [(half, EXPECTED), (half, EXPECTED)])
    assert not by_entry(key, [(half, EXPECTED), (2 * half, EXPECTED)])
