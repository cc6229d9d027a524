"""What the place of an error gives away: what the object keeps, what other objects have, a star that is meant."""

import linecache
import traceback

import numpy as np
import pytest

from course.answers.error_kinds import Fact, classified
from course.answers.error_report import report_from

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
    return report_from(caught.value, places, "").hint


def layer_that_saw(names):
    layer = names["Layer"](np.ones((2, 2)))
    layer.forward(np.ones((3, 2)))
    return layer


@pytest.mark.parametrize("method", ["kept", "within"])
def test_name_that_the_object_keeps_is_told_to_be_asked_for_with_self(names, method):
    layer = layer_that_saw(names)
    assert given_away(getattr(layer, method)) == Fact("name-of-object", ("x", "self"))


def test_name_of_another_method_is_told_to_be_gone(names):
    assert given_away(layer_that_saw(names).lost) == Fact("name-of-method", ("mask", "forward", "self"))


def test_method_that_is_called_without_self_is_told(names):
    assert given_away(layer_that_saw(names).called) == Fact("name-of-object", ("forward", "self"))


def test_name_that_is_nowhere_in_the_class_gives_nothing_away(names):
    assert given_away(layer_that_saw(names).strange) is None
    assert given_away(names["plain"]) is None


def test_attribute_that_only_other_classes_have_names_them(names):
    assert given_away(names["Net"]().weights) == Fact("other-classes-have-it", ("Layer",))


def test_attribute_that_others_of_the_class_have_asks_for_the_call(names):
    net = names["Net"]()
    net.layers.pop(1)
    net.layers[1].backward(1)
    assert given_away(net.grads) == Fact("others-have-it", ("dW", "Layer"))


def test_attribute_that_none_has_is_told_beside_those_that_are_kept(names):
    assert given_away(names["Net"]().typing) == Fact("nothing-kept", ("w", "Layer", "W"))


def test_star_is_asked_for_where_the_shapes_are_equal_and_nowhere_else(names):
    found = given_away(names["squares"], np.ones((3, 5)), np.ones((3, 5)))
    assert found == Fact("same-shapes", ("da @ (1 - a ** 2)",))
    assert given_away(names["turned"], np.ones((2, 3)), np.ones((3, 2))) is None
    assert given_away(names["unfit"], np.ones((4, 3)), np.ones((2, 5))) is None


@pytest.mark.parametrize(
    ("raised", "cause"),
    [
        (
            "TypeError: Linear.forward() takes 1 positional argument but 2 were given",
            Fact("method-without-self"),
        ),
        ("TypeError: mse() takes 1 positional argument but 2 were given", None),
        ("TypeError: Linear() takes no arguments", Fact("class-without-init", ("Linear",))),
        (
            "TypeError: ReLU.forward() missing 1 required positional argument: 'x'",
            Fact("method-of-class", ("ReLU",)),
        ),
        ("TypeError: 'method' object is not iterable", Fact("function-not-called")),
        ("TypeError: 'list' object is not callable", Fact("no-function-called")),
        ("TypeError: 'numpy.ndarray' object is not callable", Fact("no-function-called")),
        ("TypeError: 'numpy.float64' object is not callable", Fact("number-called")),
        ("AttributeError: 'tuple' object has no attribute 'max'", Fact("tuple-used")),
        ("TypeError: tuple indices must be integers or slices, not str", Fact("tuple-used")),
        (
            "ValueError: setting an array element with a sequence. The array has an inhomogeneous shape",
            Fact("ragged-array"),
        ),
        ("ValueError: matmul: Input operand 1 has a mismatch", Fact("matmul-shapes")),
    ],
)
def test_error_that_many_meet_is_classified(raised, cause):
    assert classified(raised) == cause


def test_name_that_python_tells_is_the_cause_of_the_error(names):
    with pytest.raises(NameError) as caught:
        names["plain"]()
    assert report_from(caught.value, [], "").cause == Fact("unknown-name", ("x",))


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
