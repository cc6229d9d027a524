"""What an answer returns, as plain values: everything is taken for what it is, and nothing may run code of its own."""

from collections import OrderedDict, defaultdict, namedtuple
from enum import IntEnum
from typing import Any

import numpy as np
import pytest
from support.odd_notebooks.strange_objects import EvilMeta, generator, never_judged, trapped, wrong_numbers

from course.answers.normalize import as_array, described, fitted, leaves, plain, simplified
from course.errors import NotPlain


def refused(value: Any) -> str:
    with pytest.raises(NotPlain) as found:
        plain(value)
    return str(found.value)


class Level(IntEnum):
    HIGH = 3


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (1.5, "f"),
        (3, "i"),
        (True, "i"),
        (np.bool(True), "f"),
        (np.float32(1.5), "f"),
        (np.float16(1.5), "f"),
        (np.longdouble(1.5), "f"),
        (np.int8(3), "i"),
        (np.uint64(2**63), "u"),
        (Level.HIGH, "i"),
        (10**30, "f"),
        (2j, "c"),
        (complex(2, 0), "f"),
        (np.complex64(2), "f"),
        (np.array(3.0), "f"),
    ],
)
def test_plain_number_becomes_an_array_of_no_dimensions(number: Any, kind: str) -> None:
    array = plain(number)
    assert type(array) is np.ndarray
    assert array.shape == ()
    assert array.dtype.kind == kind


def test_plain_number_keeps_its_value() -> None:
    values = [1.5, 3, True, 10**30, np.float32(0.25), complex(2, 0), trapped(float)(1.5), trapped(int)(7)]
    assert [float(plain(value)) for value in values] == [1.5, 3.0, 1.0, 1e30, 0.25, 2.0, 1.5, 7.0]


@pytest.mark.parametrize("value", [np.array(None), np.array([None, None])])
def test_plain_array_of_nothing_is_none(value: Any) -> None:
    assert plain(value) is None


def test_plain_keeps_float32_apart_from_float64() -> None:
    assert plain(np.float32(1)).dtype == np.float32
    assert plain(np.ones(3, np.float32)).dtype == np.float32


def test_plain_array_is_a_copy_of_the_base_class() -> None:
    original = np.arange(3.0)
    copy = plain(original)
    original[:] = 0
    assert copy.tolist() == [0.0, 1.0, 2.0]
    assert type(plain(wrong_numbers()["evil array"])) is np.ndarray


def test_plain_complex_array_with_no_imaginary_part_is_real() -> None:
    assert plain(np.array([1 + 0j, 2 - 0j])).dtype == np.float64
    assert plain(np.array([1 + 1e-30j])).dtype == np.complex128


def test_plain_text_of_any_kind_is_str() -> None:
    texts = [plain(text) for text in ("a", np.str_("a"), trapped(str)("a"))]
    assert texts == ["a", "a", "a"]
    assert {type(text) for text in texts} == {str}


def test_plain_tuples_and_dicts_of_any_kind_keep_their_items() -> None:
    pair = namedtuple("pair", "x y")
    assert [float(v) for v in plain(pair(1.0, 2.0))] == [1.0, 2.0]
    assert [float(v) for v in plain(trapped(tuple)([1.0, 2.0]))] == [1.0, 2.0]
    assert list(plain(OrderedDict(b=1.0, a=2.0))) == ["b", "a"]
    assert list(plain(defaultdict(float, a=2.0))) == ["a"]
    assert list(plain({np.str_("W"): 1.0})) == ["W"]


@pytest.mark.parametrize("name", never_judged())
def test_plain_refuses_what_is_no_value(name: str) -> None:
    message = refused(never_judged()[name])
    assert 0 < len(message) < 200


@pytest.mark.parametrize("name", wrong_numbers())
def test_plain_takes_a_value_in_disguise_without_running_its_code(name: str) -> None:
    for _, leaf in leaves(plain(wrong_numbers()[name])):
        assert leaf is None or type(leaf) in (str, np.ndarray)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("set", "a set, which has no order"),
        ("function", "a function; perhaps its parentheses are missing"),
        ("lambda", "a function; perhaps its parentheses are missing"),
        ("generator", "a generator (from yield, or from round brackets around a comprehension)"),
        ("map", "a map object; list(…) makes a list of it"),
        ("dict values", "a dict_values object; list(…) makes a list of it"),
        ("class", "a class"),
        ("evil class of classes", "a class"),
        ("instance of an evil class of classes", "an object of type Evil"),
        ("matrix", "an np.matrix, for which * and shapes mean other things; use np.array"),
        ("masked array", "a masked array; use np.array"),
        ("object array", "an array of dtype object"),
        ("text array", "an array of dtype <U1"),
        ("duration", "an array of dtype timedelta64[s]"),
        ("giant array", "more than 1,000,000 entries"),
        ("list of giants", "more than 1,000,000 entries"),
        ("crowded list", "more than 1,000,000 entries"),
        ("deep list", "lists nested more than 12 deep"),
        ("list in itself", "lists nested more than 12 deep"),
        ("huge whole number", "a whole number too large for a float"),
        ("dict with numbers as keys", "a dict whose keys are not all text"),
        ("Decimal", "an object of type Decimal"),
        ("bytes", "an object of type bytes"),
    ],
)
def test_plain_says_what_was_found(name: str, words: str) -> None:
    assert words in refused(never_judged()[name])


def test_described_shortens_a_long_name() -> None:
    assert len(described(type("X" * 10_000, (), {})())) < 100


def test_described_asks_nothing_of_a_class_of_classes() -> None:
    assert described(EvilMeta("Evil", (), {})()) == "an object of type Evil"
    assert described(generator()).startswith("a generator")


def test_as_array_stacks_nested_lists() -> None:
    assert as_array(plain([[1, 2], [3, 4], [5, 6]])).shape == (3, 2)
    assert as_array(plain([np.ones(2), (1.0, 2.0)])).shape == (2, 2)
    assert as_array(plain([])).shape == (0,)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([[1.0], [1.0, 2.0]], "a list whose items have different shapes"),
        ([1.0, None], "a list with None in it"),
        ([[1.0], ["a"]], "a list with text in it"),
        ([{"a": 1.0}], "a list with a dict in it"),
        ("a", "text"),
        (None, "None"),
        ({"a": 1.0}, "a dict"),
    ],
)
def test_as_array_says_what_is_in_the_way(value: Any, words: str) -> None:
    with pytest.raises(NotPlain) as found:
        as_array(plain(value))
    assert str(found.value) == words


def test_simplified_joins_lists_of_numbers_alone() -> None:
    assert simplified(plain([1.0, 2])).tolist() == [1.0, 2.0]
    tree = simplified(plain({"a": [1.0, 2.0], "b": [np.ones(2), 3.0]}))
    assert tree["a"].tolist() == [1.0, 2.0]
    assert isinstance(tree["b"], list)


@pytest.mark.parametrize(
    ("value", "like", "words"),
    [
        ([1.0, 2.0], [np.zeros(2), np.zeros(3), np.zeros(1)], "a list of 2 where a list of 3 is expected"),
        (1.0, [np.zeros(2)], "a single number where a list of 1 is expected"),
        ({"a": 1.0}, [np.zeros(2)], "a dict where a list of 1 is expected"),
        (np.ones((2, 3)), {"W": np.zeros(2)}, "an array of shape (2, 3) where a dict with the keys W is expected"),
        ({"b": 1.0}, {"W": np.zeros(2), "b": np.zeros(1)}, "a dict without W"),
        (1.0, "left", "a single number where text is expected"),
        (["left"], "left", "a list where text is expected"),
        ([], "left", "a list where text is expected"),
        ([1.0, 2.0], None, "a list where None is expected"),
        (None, "left", "None where text is expected"),
    ],
)
def test_fitted_says_what_was_expected(value: Any, like: Any, words: str) -> None:
    with pytest.raises(NotPlain) as found:
        fitted(plain(value), like)
    assert str(found.value) == words


def test_fitted_takes_an_array_for_a_list_and_a_list_for_an_array() -> None:
    rows = fitted(plain(np.arange(6.0).reshape(2, 3)), [np.zeros(3), np.zeros(3)])
    assert [row.tolist() for row in rows] == [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]
    assert fitted(plain([[1, 2], [3, 4]]), np.zeros((2, 2))).shape == (2, 2)


def test_fitted_leaves_out_keys_that_nobody_asked_for() -> None:
    assert list(fitted(plain({"dx": 1.0, "dW": 2.0}), {"dW": np.zeros(())})) == ["dW"]


def test_leaves_are_named_as_python_writes_them() -> None:
    assert [path for path, _ in leaves(plain({"W": [1.0, [2.0]], "b": "x"}))] == ["['W'][0]", "['W'][1][0]", "['b']"]
