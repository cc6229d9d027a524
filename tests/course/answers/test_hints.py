"""What the place of an error gives away: what the object keeps, what other objects have, a star that is meant."""

import linecache
import traceback

import numpy as np
import pytest

from course.answers.error_kinds import ERROR_KINDS, TEXT_KINDS, Fact, classified
from course.answers.error_report import ErrorReport, report_from
from course.answers.hints import HINTS
from course.checking import error_messages
from course.checking.error_messages import error_advice, place_of

CLASSES = """
class Layer:
    def __init__(self, W):
        self.W = W
    def forward(self, x):
        self.x = x
        mask = x > 0
        return x @ self.W
    def kept(self):
        return x
    def lost(self):
        return mask
    def called(self):
        return forward(1)
    def strange(self):
        return nowhere
    def within(self):
        return [x for _ in "a"]
    def backward(self, dz):
        self.dW = dz

class Switch:
    pass

class Net:
    def __init__(self):
        self.layers = [Layer(np.ones((2, 2))), Switch(), Layer(np.ones((2, 3)))]
    def weights(self):
        return [layer.W for layer in self.layers]
    def grads(self):
        return [layer.dW for layer in self.layers]
    def typing(self):
        return [layer.w for layer in self.layers]

def plain():
    return x

def squares(da, a):
    return da @ (1 - a**2)

def turned(x, W):
    return x @ W.T

def unfit(x, W):
    return x @ W
"""


@pytest.fixture
def names():
    names = {"np": np}
    linecache.cache["<classes>"] = (len(CLASSES), None, CLASSES.splitlines(True), "<classes>")
    exec(compile(CLASSES, "<classes>", "exec"), names)
    yield names
    del linecache.cache["<classes>"]


def given_away(call, *arguments):
    with pytest.raises((NameError, AttributeError, ValueError)) as caught:
        call(*arguments)
    places = [p for p in traceback.walk_tb(caught.tb) if p[0].f_code.co_filename == "<classes>"]
    report = report_from(caught.value, places, "")
    return place_of(ErrorReport(report.kind, report.text, hint=report.hint))


def advice_on(raised, arguments=(), **facts):
    """What is advised on an error with this type and text, as far as that tells its kind."""
    kind, _, text = raised.partition(": ")
    facts.setdefault("cause", classified(raised))
    return error_advice(ErrorReport(kind, text, arguments=arguments, **facts))


def unknown(name):
    return Fact("unknown-name", (name,))


def layer_that_saw(names):
    layer = names["Layer"](np.ones((2, 2)))
    layer.forward(np.ones((3, 2)))
    return layer


@pytest.mark.parametrize("method", ["kept", "within"])
def test_name_that_the_object_keeps_is_told_to_be_asked_for_with_self(names, method):
    layer = layer_that_saw(names)
    assert given_away(getattr(layer, method)) == "x belongs to the object: in a method it is called self.x."


def test_name_of_another_method_is_told_to_be_gone(names):
    told = given_away(layer_that_saw(names).lost)
    assert told.startswith("mask is a name of forward, and gone when that ends.")
    assert told.endswith("self.mask = …, and asked for as self.mask.")


def test_method_that_is_called_without_self_is_told(names):
    assert "self.forward" in given_away(layer_that_saw(names).called)


def test_name_that_is_nowhere_in_the_class_gives_nothing_away(names):
    assert given_away(layer_that_saw(names).strange) == ""
    assert given_away(names["plain"]) == ""


def test_attribute_that_only_other_classes_have_names_them(names):
    told = given_away(names["Net"]().weights)
    assert told == "Here Layer objects have it: isinstance(…, Layer) asks whether one is such an object."


def test_attribute_that_others_of_the_class_have_asks_for_the_call(names):
    net = names["Net"]()
    net.layers.pop(1)
    net.layers[1].backward(1)
    told = given_away(net.grads)
    assert told == "Others have it: is the method that keeps .dW called for each Layer before this line runs?"


def test_attribute_that_none_has_is_told_beside_those_that_are_kept(names):
    assert given_away(names["Net"]().typing) == "Nothing was kept under .w. This Layer keeps W."


def test_star_is_asked_for_where_the_shapes_are_equal_and_nowhere_else(names):
    told = given_away(names["squares"], np.ones((3, 5)), np.ones((3, 5)))
    assert told == "da @ (1 - a ** 2): the two have the same shape. Is * meant, entry by entry?"
    assert given_away(names["turned"], np.ones((2, 3)), np.ones((3, 2))) == ""
    assert given_away(names["unfit"], np.ones((4, 3)), np.ones((2, 5))) == ""


def test_advice_for_products_does_not_speak_of_the_star():
    advice = advice_on("ValueError: matmul: Input operand 1 has a mismatch")
    assert "A matrix product needs shapes that fit" in advice
    assert "*" not in advice


def test_name_is_not_told_from_itself():
    assert "Python tells" not in advice_on("NameError", ("W", "b"), cause=unknown("W"))
    assert "Python tells w from W" in advice_on("NameError", ("W", "b"), cause=unknown("w"))


def test_name_that_was_told_already_is_not_told_twice():
    assert advice_on("NameError", cause=unknown("x"), hint=Fact("name-of-object", ("x", "self"))) == ""
    assert advice_on("NameError", cause=unknown("x")).startswith("x is not known here.")


@pytest.mark.parametrize(
    ("raised", "words"),
    [
        ("TypeError: Linear.forward() takes 1 positional argument but 2 were given", "has its def line self"),
        ("TypeError: Linear() takes no arguments", "two underscores on each side"),
        ("TypeError: ReLU.forward() missing 1 required positional argument: 'x'", "ReLU() with brackets makes one"),
        ("TypeError: 'method' object is not iterable", "call it, with brackets behind its name"),
        ("TypeError: 'list' object is not callable", "self.name = … hides the method of that name"),
        ("AttributeError: 'tuple' object has no attribute 'max'", "This is a tuple"),
        ("TypeError: tuple indices must be integers or slices, not str", "This is a tuple"),
        ("ValueError: setting an array element with a sequence. The array has an inhomogeneous shape", "flat"),
        ("TypeError: 'numpy.float64' object is not callable", "Is a times sign missing?"),
        ("TypeError: 'numpy.ndarray' object is not callable", "Square brackets pick an item."),
    ],
)
def test_error_that_many_meet_is_explained(raised, words):
    assert words in advice_on(raised)


def test_function_that_takes_too_few_arguments_is_not_told_of_self():
    assert "self" not in advice_on("TypeError: mse() takes 1 positional argument but 2 were given")


def test_name_that_python_tells_is_the_cause_of_the_error(names):
    with pytest.raises(NameError) as caught:
        names["plain"]()
    assert report_from(caught.value, [], "").cause == unknown("x")


def test_name_of_an_enclosing_function_without_a_value_is_another_error():
    def outer():
        def inner():
            return later

        inner()
        later = 1
        return later

    with pytest.raises(NameError) as caught:
        outer()
    assert report_from(caught.value, [], "").cause is None


def test_every_kind_of_error_and_hint_has_its_sentence():
    assert {kind for kind, _ in TEXT_KINDS} == set(error_messages.ADVICE) == set(ERROR_KINDS) - {"unknown-name"}
    for kind, count in HINTS.items():
        hint = Fact(kind, tuple(f"name{k}" for k in range(count)))
        assert "name0" in place_of(ErrorReport("E", "", hint=hint))
    for kind, count in ERROR_KINDS.items():
        words = advice_on("E", cause=Fact(kind, ("name",) * count))
        assert ("name" in words or not count) and "{" not in words
