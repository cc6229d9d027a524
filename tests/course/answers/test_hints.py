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
    def both(self):
        return [W, x, np.sum(x)]
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

def step(params, grads, lr):
    return params - lr * grads

def slopes(z, cache):
    return z * cache["z1"] * cache["a1"]

def opened(cache):
    x, z1, a1 = cache
    return a1

def sized(x):
    N, D = x.shape
    return N * D

def columns(x):
    return x.shape[1]

def relu(z):
    a = np.zeros(len(z))
    for i in range(len(z)):
        a[i] = max(z[i], 0)
    return a

def filled(z):
    a = np.zeros(len(z))
    for i in range(len(z)):
        a[i] = np.tanh(z[i])
    return a

def signs(z, y):
    found = np.zeros(len(z))
    for e in z - y:
        if e > 0:
            found += 1 / len(y)
    return found

def signs_at_once(z, y):
    return [1 / len(y) if e > 0 else -1 / len(y) for e in z - y]

def signs_of_pairs(z, y):
    total = 0
    for k, (a, b) in enumerate(zip(z, y)):
        if a > b:
            total += 1 / len(str(k))
    return total

def largest(z):
    return max(z, len(z))

def largest_of_row(z):
    for e in z[0]:
        e = z
        if e > 0:
            return e

def counted(z):
    return [z[i] for i in range(z.size)]

def too_far(z):
    return [z[i] for i in range(z.size + 1)]

def picked(z, y):
    return z[np.arange(len(y)), y]

def size_called(e):
    return 2 * e / e.size()

def shape_called(e):
    return e / e.shape(0)

def turned_round(e):
    return e @ e.T()

def star_missing(e):
    two = 2
    return two(e)

def losses_gone(steps):
    losses = [1.0]
    for _ in range(steps):
        losses = losses.append(2.0)
    return losses

def kept_none(steps):
    losses = [1.0].sort()
    return len(losses)

def never_given(steps):
    losses = None
    losses.append(1.0)

def flat_nudge(f, x):
    flat = x.ravel()
    return f(flat)

def fitting_nudge(f, x):
    return f(x) + x.T
"""


@pytest.fixture
def names():
    names = {"np": np}
    linecache.cache["<classes>"] = (len(CLASSES), None, CLASSES.splitlines(True), "<classes>")
    exec(compile(CLASSES, "<classes>", "exec"), names)
    yield names
    del linecache.cache["<classes>"]


def given_away(call, *arguments):
    with pytest.raises(Exception) as caught:
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


def test_other_names_of_the_object_in_the_line_are_told_likewise(names):
    assert given_away(layer_that_saw(names).both) == Fact("name-of-object", ("W", "self", "x"))


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


def test_attribute_that_a_method_keeps_names_the_method(names):
    net = names["Net"]()
    net.layers.pop(1)
    assert given_away(net.grads) == Fact("kept-by-method", ("dW", "backward", "Layer"))


def test_attribute_that_none_has_is_told_beside_those_that_are_kept(names):
    assert given_away(names["Net"]().typing) == Fact("nothing-kept", ("w", "Layer", "W"))


def test_star_is_asked_for_where_the_shapes_are_equal_and_nowhere_else(names):
    found = given_away(names["squares"], np.ones((3, 5)), np.ones((3, 5)))
    assert found == Fact("same-shapes", ("da @ (1 - a ** 2)",))
    turned = given_away(names["turned"], np.ones((2, 3)), np.ones((3, 2)))
    assert turned == Fact("product-shapes", ("x @ W.T", "(2, 3)", "(2, 3)"))
    unfit = given_away(names["unfit"], np.ones((4, 3)), np.ones((2, 5)))
    assert unfit == Fact("product-shapes", ("x @ W", "(4, 3)", "(2, 5)"))
    row = given_away(names["unfit"], np.ones((4, 3)), np.ones(4))
    assert row == Fact("product-shapes", ("x @ W", "(4, 3)", "(4,)"))


TABLE = np.ones((7, 3))


@pytest.mark.parametrize(
    ("name", "arguments", "hint"),
    [
        ("step", ([1.0], [2.0], 0.1), Fact("operands", ("params", "list", "grads", "list"))),
        ("step", ({"W": 1.0}, {"W": 1.0}, 0.1), Fact("operands", ("params", "dict", "grads", "dict"))),
        ("step", (np.ones(2), (2.0,), 0.1), Fact("operands", ("grads", "tuple"))),
        ("slopes", (1.0, {"x": 1.0, "a1": 2.0}), Fact("keys-of-dict", ("cache", "x", "a1"))),
        ("opened", ({"x": 1.0, "a1": 2.0},), Fact("keys-of-dict", ("cache", "x", "a1"))),
        ("opened", ([1.0, 2.0],), Fact("length-of", ("cache", "list", "2"))),
        ("sized", (np.ones(7),), Fact("shape-of", ("x", "(7,)"))),
        ("columns", (np.ones(7),), Fact("shape-of", ("x", "(7,)"))),
        ("relu", (TABLE,), Fact("is-row", ("z[i]", "z", "(7, 3)", "z", "2", "7", "21"))),
        ("filled", (TABLE,), Fact("is-row", ("z[i]", "z", "(7, 3)", "z", "2", "7", "21"))),
        ("counted", (TABLE,), Fact("is-row", ("z[i]", "z", "(7, 3)"))),
        ("too_far", (np.ones(7),), None),
        ("signs", (TABLE, TABLE), Fact("row-of-loop", ("e", "z - y", "(7, 3)", "y", "2", "7", "21"))),
        ("signs_at_once", (TABLE, TABLE), Fact("row-of-loop", ("e", "z - y", "(7, 3)", "y", "2", "7", "21"))),
        ("signs_of_pairs", (TABLE, TABLE), Fact("row-of-loop", ("a", "z", "(7, 3)"))),
        ("largest", (TABLE,), None),
        ("largest_of_row", (TABLE,), None),
        ("size_called", (np.ones(3),), Fact("value-called", ("e.size",))),
        ("shape_called", (TABLE,), Fact("item-in-round-brackets", ("e.shape", "0"))),
        ("turned_round", (TABLE,), Fact("value-called", ("e.T",))),
        ("star_missing", (np.ones(3),), None),
        ("losses_gone", (3,), Fact("changed-in-place", ("losses", "losses.append"))),
        ("kept_none", (3,), Fact("changed-in-place", ("losses", "[1.0].sort"))),
        ("never_given", (3,), None),
        ("flat_nudge", (lambda x: x + TABLE, TABLE), Fact("other-shape", ("f", "flat", "(21,)", "x", "(7, 3)"))),
        ("fitting_nudge", (lambda x: x + TABLE, TABLE), None),
        ("picked", (TABLE, np.zeros(9, dtype=int)), Fact("array-as-index", ("np.arange(len(y)), y", "z"))),
    ],
)
def test_line_of_the_error_tells_what_its_values_are(names, name, arguments, hint):
    assert given_away(names[name], *arguments) == hint


@pytest.mark.parametrize(
    ("raised", "cause"),
    [
        (
            "TypeError: Linear.forward() takes 1 positional argument but 2 were given",
            Fact("method-without-self"),
        ),
        ("TypeError: mse() takes 1 positional argument but 2 were given", Fact("call-arguments", ("mse",))),
        ("TypeError: mse() missing 1 required positional argument: 'y'", Fact("call-arguments", ("mse",))),
        ("TypeError: can't multiply sequence by non-int of type 'float'", Fact("arithmetic-of-many")),
        ("TypeError: unsupported operand type(s) for -: 'list' and 'float'", Fact("arithmetic-of-many")),
        ("TypeError: unsupported operand type(s) for *: 'numpy.float64' and 'dict'", Fact("arithmetic-of-many")),
        ("TypeError: unsupported operand type(s) for ** or pow(): 'list' and 'int'", Fact("arithmetic-of-many")),
        ("TypeError: '>' not supported between instances of 'list' and 'int'", Fact("arithmetic-of-many")),
        ("TypeError: unsupported operand type(s) for *: 'float' and 'NoneType'", Fact("none-has-attribute")),
        ("TypeError: cannot unpack non-iterable NoneType object", Fact("none-has-attribute")),
        ("TypeError: cannot unpack non-iterable float object", Fact("number-gone-through")),
        ("TypeError: 'numpy.float64' object is not iterable", Fact("number-gone-through")),
        ("TypeError: object of type 'float' has no len()", Fact("number-gone-through")),
        ("TypeError: len() of unsized object", Fact("number-gone-through")),
        ("KeyError: 'z1'", Fact("missing-key")),
        ("IndexError: tuple index out of range", Fact("shape-too-short")),
        (
            "IndexError: too many indices for array: array is 1-dimensional, but 2 were indexed",
            Fact("too-many-indices", ("1", "2")),
        ),
        ("IndexError: arrays used as indices must be of integer (or boolean) type", Fact("index-not-whole")),
        ("TypeError: list indices must be integers or slices, not str", Fact("index-not-whole")),
        ("TypeError: 'float' object cannot be interpreted as an integer", Fact("whole-number-wanted")),
        ("TypeError: Cannot interpret '3' as a data type", Fact("shape-without-brackets")),
        ("AttributeError: 'float' object has no attribute 'shape'", Fact("number-has-no-attribute", ("shape",))),
        ("AttributeError: 'list' object has no attribute 'shape'", Fact("list-has-no-attribute", ("shape",))),
        ("AttributeError: 'dict' object has no attribute 'W1'", Fact("dict-has-no-attribute", ("W1",))),
        ("AttributeError: 'numpy.ndarray' object has no attribute 'exp'", Fact("array-has-no-attribute", ("exp",))),
        ("AttributeError: module 'numpy' has no attribute 'relu'", Fact("numpy-has-no-attribute", ("relu",))),
        ("ZeroDivisionError: float division by zero", Fact("division-by-zero")),
        ("RecursionError: maximum recursion depth exceeded", Fact("endless-recursion")),
        ("ModuleNotFoundError: No module named 'torch'", Fact("no-module")),
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
        (
            "IndexError: index 4 is out of bounds for axis 0 with size 3",
            Fact("index-beyond-axis", ("4", "3")),
        ),
        ("IndexError: index -5 is out of bounds for axis 0 with size 3", Fact("index-too-large")),
        ("IndexError: list index out of range", Fact("index-too-large")),
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
