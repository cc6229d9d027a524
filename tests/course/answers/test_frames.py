"""Where an answer stopped: the calls that led there, which layer, the shapes in the line."""

import linecache
import traceback

import numpy as np
import pytest

from course.answers.error_report import report_from
from course.answers.frames import CallSite, Item, tree_of

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


def reported(call, *arguments, known=()):
    with pytest.raises((ValueError, AttributeError)) as caught:
        call(*arguments)
    places = [p for p in traceback.walk_tb(caught.tb) if p[0].f_code.co_filename == "<layers>"]
    return report_from(caught.value, places, "", known)


def test_place_names_the_calls_the_layer_and_the_shapes(net):
    report = reported(net.backward, np.ones((6, 3)))
    assert report.shapes == (("dz", (6, 2)), ("self.W", (4, 5)))
    assert report.calls == (
        CallSite("Net.backward", None, "dz = layer.backward(dz)"),
        CallSite("Layer.backward", Item("self.layers", 1, 2), "return dz @ self.W.T"),
    )


def test_place_of_a_single_call_tells_the_shapes_of_items_too(net):
    report = reported(net.by_name, np.ones((6, 3)))
    assert report.shapes == (("dz", (6, 3)), ("self.params['W2']", (7, 1)), ("self.layers[k - 1].W", (4, 5)))
    assert report.calls == ()


def test_shapes_that_are_told_elsewhere_are_left_out(net):
    known = ["dz", "self.params['W2']", "self.layers[k - 1].W"]
    report = reported(net.by_name, np.ones((6, 3)), known=known)
    assert (report.shapes, report.calls, report.hint) == ((), (), None)


def test_layer_without_an_attribute_is_named(net):
    net.layers[0].dW = 0
    assert reported(net.by_name, np.ones((6, 3))).missing_in is None
    assert reported(net.gone).missing_in == Item("self.layers", 1, 2)


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
    lines = [site.line for site in report_from(caught.value, places, "").calls]
    assert lines == ["Sly.stops(sly)", "return np.ones(2) + np.ones(3)"]


def test_line_with_an_escape_that_is_none_is_a_tree_all_the_same():
    assert tree_of("y = '\\d' + x").body
