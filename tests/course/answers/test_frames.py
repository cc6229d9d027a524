"""Where an answer stopped: the calls that led there, which layer, the shapes in the line."""

import linecache
import traceback

import numpy as np
import pytest

from course.answers.error_report import report_from
from course.answers.frames import tree_of
from course.checking.error_messages import place_of

LAYERS = """
class Layer:
    def __init__(self, W):
        self.W = W
    def backward(self, dz):
        return dz @ self.W.T

class Net:
    def __init__(self):
        self.layers = [Layer(np.ones((2, 3))), Layer(np.ones((4, 5)))]
        self.params = {"W2": np.ones((7, 1))}
    def backward(self, dz):
        for layer in self.layers:
            dz = layer.backward(dz)
    def by_name(self, dz):
        k = 2
        return dz + self.params["W2"] + self.layers[k - 1].W
    def gone(self):
        return [layer.dW for layer in self.layers]
"""


@pytest.fixture
def net():
    names = {"np": np}
    linecache.cache["<layers>"] = (len(LAYERS), None, LAYERS.splitlines(True), "<layers>")
    exec(compile(LAYERS, "<layers>", "exec"), names)
    yield names["Net"]()
    del linecache.cache["<layers>"]


def said_of(call, *arguments, known=()):
    with pytest.raises((ValueError, AttributeError)) as caught:
        call(*arguments)
    places = [p for p in traceback.walk_tb(caught.tb) if p[0].f_code.co_filename == "<layers>"]
    return place_of(report_from(caught.value, places, "", known))


def test_place_names_the_calls_the_layer_and_the_shapes(net):
    assert said_of(net.backward, np.ones((6, 3))).splitlines() == [
        "There, dz has shape (6, 2), self.W (4, 5).",
        "The way there:",
        "    Net.backward: dz = layer.backward(dz)",
        "    Layer.backward of self.layers[1] (there are 2): return dz @ self.W.T",
    ]


def test_place_of_a_single_call_tells_the_shapes_of_items_too(net):
    expected = "There, dz has shape (6, 3), self.params['W2'] (7, 1), self.layers[k - 1].W (4, 5)."
    assert said_of(net.by_name, np.ones((6, 3))) == expected


def test_shapes_that_are_told_elsewhere_are_left_out(net):
    known = ["dz", "self.params['W2']", "self.layers[k - 1].W"]
    assert said_of(net.by_name, np.ones((6, 3)), known=known) == ""


def test_layer_without_an_attribute_is_named(net):
    net.layers[0].dW = 0
    assert "It is missing in" not in said_of(net.by_name, np.ones((6, 3)))
    message = said_of(net.gone)
    assert message.startswith("It is missing in self.layers[1] (there are 2).")


def test_objects_of_the_student_run_no_code_of_theirs():
    class Sly:
        def __getattribute__(self, name):
            raise RuntimeError("looked at")

        def __eq__(self, other):
            raise RuntimeError("compared")

        def stops(self):
            return np.ones(2) + np.ones(3)

    sly = Sly()
    with pytest.raises(ValueError, match="broadcast") as caught:
        Sly.stops(sly)
    places = list(traceback.walk_tb(caught.tb))
    assert "Sly.stops" in place_of(report_from(caught.value, places, ""))


def test_line_with_an_escape_that_is_none_is_a_tree_all_the_same():
    assert tree_of("y = '\\d' + x").body
