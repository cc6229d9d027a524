"""Which draw a message shows: the smallest one that shows the same, and that a person can work out by hand."""

from typing import Any

import numpy as np
import pytest

from course.answers.compare import output_difference
from course.answers.key import Case, Key
from course.answers.result import Answered
from course.checking.entries.draw_to_show import draw_to_show
from course.checking.judge import judge


def case(count: int, corner: str = "") -> Case:
    x = np.arange(1.0, count + 1)
    return Case({"x": x}, {"double": 2 * x}, corner=corner)


def shown(*cases: Case, answer: Any = lambda x: 3 * x) -> Case:
    """The draw that is shown of those in which an answer is wrong, the first of them being the one that was found."""
    key = Key("double", "00_tests", ("double",), "one", cases)
    core = [(Answered({"double": answer(c.inputs["x"])}), c) for c in cases]
    gap = output_difference(key, "double", core[0][0].outputs, cases[0])
    assert gap is not None
    number, other = draw_to_show(key, core, "double", 0, gap)
    assert number == 0 or other == output_difference(key, "double", core[number][0].outputs, cases[number])
    return cases[number]


@pytest.mark.parametrize("corner", ["equal sizes", "called again", "size one", "three axes"])
def test_small_draw_stands_in_for_one_of_many_numbers(corner: str) -> None:
    many, small = case(30), case(4, corner)
    assert shown(many, small) is small


def test_fewest_numbers_are_shown_of_sizes_that_show_more() -> None:
    many, one, equal, again = case(30), case(1, "size one"), case(8, "equal sizes"), case(6, "called again")
    assert shown(many, one, equal, again) is again


@pytest.mark.parametrize("corner", ["zeros", "large values", "tiny values", "ties", "functions"])
def test_draw_of_numbers_that_are_not_ordinary_is_not_shown(corner: str) -> None:
    many = case(30)
    assert shown(many, case(4, corner)) is many


def test_draw_that_is_read_as_it_is_stays() -> None:
    few = case(10)
    assert shown(few, case(4, "equal sizes")) is few


def test_small_draw_in_which_the_answer_is_right_is_not_shown() -> None:
    many = case(30)
    assert shown(many, case(4, "equal sizes"), answer=lambda x: x * (3 if len(x) > 9 else 2)) is many


def test_small_draw_that_is_wrong_in_another_way_is_not_shown() -> None:
    many = case(30)
    assert shown(many, case(4, "equal sizes"), answer=lambda x: 3 * x if len(x) > 9 else 3.0 * x[:2]) is many


def test_shapes_are_shown_where_sizes_differ() -> None:
    many = case(30)
    assert shown(many, case(4, "equal sizes"), answer=lambda x: x[:, None]) is many


def test_corner_that_alone_is_wrong_stays() -> None:
    large = case(30, "called again")
    assert shown(large, case(4, "equal sizes")) is large


def test_message_shows_the_numbers_of_the_small_draw() -> None:
    key = Key("double", "00_tests", ("double",), "one", (case(30),), (case(2, "called again"),))

    def double(x):
        return x * x + 2 * x

    message = judge(double, key).message
    assert "double[1] is 8.0000; expected 4.0000." in message
    assert "This was for x = [1, 2]." in message
    assert "with the numbers above" in message
