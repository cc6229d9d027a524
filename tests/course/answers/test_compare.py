"""Whether a value is as good as the expected one: shape, finiteness, then the norm-relative error."""

from typing import Any

import numpy as np
import pytest

from course.answers.compare import Difference, close, difference, indexed, relative_error, same
from course.answers.normalize import plain

EXPECTED = np.array([1.0, -2.0, 3.0])


def compared(got: Any, expected: Any = EXPECTED, tolerance: float = 1e-6, absolute: float = 1e-12, bias: bool = False):
    return difference(plain(got), expected, tolerance, absolute, bias)


def found(got: Any, expected: Any = EXPECTED, **options: Any) -> Difference:
    gap = compared(got, expected, **options)
    assert gap is not None
    return gap


@pytest.mark.parametrize(
    "got", [EXPECTED, EXPECTED.tolist(), (1, -2, 3), EXPECTED.astype(np.float32), [1.0, -2, 3 + 0j]]
)
def test_difference_of_the_same_numbers_in_another_dress_is_none(got: Any) -> None:
    assert compared(got) is None


@pytest.mark.parametrize("got", [1.0, [1.0], [[1.0, -2.0, 3.0]], [[1.0], [-2.0], [3.0]], np.ones((3, 3)), []])
def test_difference_never_broadcasts(got: Any) -> None:
    assert found(got).kind == "shape"


def test_difference_takes_a_row_for_a_bias_only_where_told() -> None:
    assert compared([[1.0, -2.0, 3.0]], bias=True) is None
    assert found([[1.0], [-2.0], [3.0]], bias=True).kind == "shape"
    assert found([[1.0, -2.0, 4.0]], bias=True).where == "[2]"


def test_difference_of_a_row_of_a_bias_of_one_is_none() -> None:
    assert compared([[1.0]], np.array([1.0]), bias=True) is None
    assert found(1.0, np.array([1.0]), bias=True).kind == "shape"


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_difference_that_is_not_finite_is_found_first(bad: float) -> None:
    gap = found([1.0, bad, 99.0])
    assert (gap.kind, gap.where) == ("finite", "[1]")


def test_difference_of_equal_infinities_is_none() -> None:
    expected = np.array([1.0, np.inf, -np.inf])
    assert compared([1.0, np.inf, -np.inf], expected) is None
    assert found([1.0, -np.inf, -np.inf], expected).kind == "finite"


def test_difference_points_at_a_number_where_infinity_is_expected() -> None:
    gap = found([0.0, 1.0, 5.0], np.array([0.0, 1.0, np.inf]))
    assert (gap.kind, gap.where) == ("value", "[2]")


def test_difference_points_at_the_worst_entry() -> None:
    assert found([1.0, -2.5, 3.1]).where == "[1]"
    assert found(np.zeros((2, 2)), np.array([[1.0, 2.0], [-4.0, 3.0]])).where == "[1, 0]"
    assert found(2.0, np.array(1.0)).where == ""


def test_difference_in_order_points_at_the_first_wrong_entry() -> None:
    gap = difference(plain([1.0, -2.1, 9.0]), EXPECTED, 1e-6, 1e-12, in_order=True)
    assert gap is not None and gap.where == "[1]"
    gap = difference(plain([0.0, 1.0, 9.0]), np.array([0.0, np.inf, 5.0]), 1e-6, 1e-12, in_order=True)
    assert gap is not None and gap.where == "[1]"


def test_difference_inside_a_list_and_a_dict_is_named_with_its_path() -> None:
    assert found([[1.0, 2.0], [3.0]], [np.array([1.0, 2.0]), np.array([4.0])]).where == "[1][0]"
    assert found({"W": [1.0, 5.0]}, {"W": np.array([1.0, 2.0])}).where == "['W'][1]"


@pytest.mark.parametrize(("factor", "right"), [(0.5, True), (2.0, False)])
def test_difference_ends_at_the_tolerance(factor: float, right: bool) -> None:
    shift = factor * 1e-6 * np.linalg.norm(EXPECTED)
    assert (compared(EXPECTED + [0, shift, 0]) is None) is right


@pytest.mark.parametrize(("factor", "right"), [(0.5, True), (2.0, False)])
def test_difference_of_float32_ends_at_a_larger_tolerance(factor: float, right: bool) -> None:
    shift = factor * 1e-4 * np.linalg.norm(EXPECTED)
    assert (compared((EXPECTED + [0, shift, 0]).astype(np.float32)) is None) is right


@pytest.mark.parametrize(("got", "right"), [(0.0, True), (-0.0, True), (5e-13, True), (1e-11, False)])
def test_difference_from_zero_is_absolute(got: float, right: bool) -> None:
    assert (compared([got], np.zeros(1)) is None) is right


@pytest.mark.parametrize("scale", [1e-290, 1e-200, 1e-20, 1e20, 1e200, 1e300])
def test_difference_is_seen_at_any_scale(scale: float) -> None:
    assert compared(scale * EXPECTED, scale * EXPECTED, absolute=0.0) is None
    assert found(1.001 * scale * EXPECTED, scale * EXPECTED, absolute=0.0).kind == "value"


def test_difference_of_the_largest_numbers_does_not_overflow() -> None:
    assert found([1e308, -1e308], np.array([-1e308, 1e308])).kind == "value"
    assert found([1e308], np.array([5e-324])).kind == "value"


def test_difference_of_whole_numbers_does_not_wrap_around() -> None:
    assert found(np.array([255], np.uint8), np.array([-1])).kind == "value"
    assert found(np.array([0], np.uint8), np.array([256])).kind == "value"
    assert found(np.array([-(2**63)]), np.array([2**63 - 1])).kind == "value"
    assert compared(np.array([3], np.uint8), np.array([3])) is None


def test_difference_of_booleans_is_that_of_numbers() -> None:
    assert compared([True, False], np.array([1.0, 0.0])) is None
    assert found([True, True], np.array([1.0, 0.0])).where == "[1]"


@pytest.mark.parametrize("shape", [(0,), (0, 3), (3, 0)])
def test_difference_of_empty_arrays_is_their_shape(shape: tuple[int, ...]) -> None:
    assert compared(np.zeros(shape), np.zeros(shape)) is None
    assert found(np.zeros((0, 4)), np.zeros(shape)).kind == "shape"


@pytest.mark.parametrize("expected", ["left", None, {"a": "left"}, [np.zeros(2), "left"]])
@pytest.mark.parametrize("got", ["right", None, 1.0, [], ["left"], [1.0, 2.0], {}, {"a": 1.0}, [[0.0, 0.0], "right"]])
def test_difference_of_text_and_other_forms_is_told(got: Any, expected: Any) -> None:
    gap = compared(got, expected)
    assert (gap is None) == (got is None and expected is None)


def test_difference_of_form_says_what_was_found() -> None:
    assert found("left").text == "text"
    assert found([1.0, None, 3.0]).text == "a list with None in it"
    assert found([1 + 2j, 0, 0]).text == "an array of complex numbers"
    assert found(2j, np.array(1.0)).text == "a complex number"
    assert found([[1.0]], [np.zeros(1), np.zeros(2)]).text == "a list of 1 where a list of 2 is expected"


def test_close_holds_for_nan_where_nan_is_expected() -> None:
    assert close(np.array([np.nan, 1.0]), np.array([np.nan, 1.0]), 1e-6)
    assert not close(np.array([1.0, np.nan]), np.array([np.nan, 1.0]), 1e-6)
    assert not close(np.array([np.nan]), np.array([1.0]), 1e-6)
    assert close(np.zeros(0), np.zeros(0), 1e-6)


def test_relative_error_of_zeros_is_zero() -> None:
    assert relative_error(np.zeros(3), np.zeros(3)) == 0.0
    assert relative_error(np.array([1.0]), np.array([3.0])) == pytest.approx(0.5)
    assert relative_error(np.ones((1, 3)), np.ones(3)) == 0.0


def test_same_needs_one_form() -> None:
    assert same([np.ones(2), "a"], [np.ones(2), "a"])
    assert not same([np.ones(2), "a"], [np.ones(2), "b"])
    assert not same([np.ones(2)], np.ones((1, 2)))
    assert not same(np.ones(2), "a")
    assert not same(np.ones(2), np.ones((1, 2)))
    assert not same(np.array([1j]), np.array([1j]))


def test_same_is_looser_for_float32() -> None:
    assert same(np.float32(1.00001) * np.ones(2, np.float32), np.ones(2))
    assert not same(1.00001 * np.ones(2), np.ones(2))


def test_indexed_is_as_python_writes_it() -> None:
    assert [indexed(index) for index in ((), (1,), (1, 2))] == ["", "[1]", "[1, 2]"]
