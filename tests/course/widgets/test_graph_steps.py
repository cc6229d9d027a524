"""The live graph of unit 03: its computation, its picture, its controls, without a browser."""

import base64
import io
import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from PIL import Image

from course.widgets import graph_steps as public
from course.widgets.graph_steps.computation_graph import gradients_of, nudged, passes, values_of
from course.widgets.graph_steps.examples import FORK, GRAPHS, NEURON, SQUARED_ERROR, TWO_INPUTS, USED_TWICE
from course.widgets.graph_steps.figure import GraphSteps
from course.widgets.graph_steps.layouts import LAYOUTS, WIDTH
from course.widgets.graph_steps.picture import Scene, picture
from course.widgets.graph_steps.words import Moment, formulas, number_in, reply, short

NAMES = sorted(GRAPHS)
PNG = b"\x89PNG\r\n\x1a\n"


def first(graph):
    return passes(graph, graph.numbers)


def forward(x, w, b, y):
    a = 1 / (1 + np.exp(-w * x - b))
    return {"z": w * x + b, "a": a, "loss": (a - y) ** 2}


def backward(x, w, b, y):
    a = forward(x, w, b, y)["a"]
    dz = 2 * (a - y) * a * (1 - a)
    return np.array([dz * w, dz * x, dz])


def fork(x):
    return 2 * x * np.sin(x) + x * x * np.cos(x)


@pytest.fixture
def figure():
    return GraphSteps(None, None, None, "squared_error")


# The computation


@pytest.mark.parametrize(
    ("graph", "values", "gradients"),
    [
        (SQUARED_ERROR, dict(m=3, s=2, e=-2, L=4), dict(L=1, e=-4, s=-4, y=4, m=-4, b=-4, w=-8, x=-6)),
        (TWO_INPUTS, dict(z=1, a=0.731), dict(z=0.1966, w0=-0.1966, x0=0.3932, w1=-0.3932, x1=-0.5898, w2=0.1966)),
        (USED_TWICE, dict(c=-6, L=-4), dict(a1=-3, a2=1, a=-2, b=2)),
        (NEURON, dict(z=-0.7, a=0.3318, L=0.4465), dict(a=-1.3364, z=-0.2963, w=-0.5926, x=-0.0741, b=-0.2963)),
        (FORK, dict(u=9, v=0.14112, L=1.2701), dict(x1=0.8467, x2=-8.9099, x=-8.0632)),
    ],
    ids=lambda case: getattr(case, "title", None),
)
def test_first_numbers_of_each_graph(graph, values, gradients):
    run = first(graph)
    for name, value in values.items():
        assert run.values[name] == pytest.approx(value, abs=6e-5 if name != "a" else 2e-4)
    for name, gradient in gradients.items():
        assert run.gradients[name] == pytest.approx(gradient, abs=6e-5)


def test_first_numbers_are_those_of_the_unit():
    assert SQUARED_ERROR.numbers == dict(w=1.5, x=2, b=-1, y=4)
    assert TWO_INPUTS.numbers == dict(w0=2, w1=-3, w2=-3, x0=-1, x1=-2)
    assert NEURON.numbers == dict(x=2, w=0.25, b=-1.2, y=1)


@pytest.mark.parametrize("key", NAMES)
def test_gradients_are_what_nudges_measure(key):
    rng = np.random.default_rng(3)
    graph = GRAPHS[key]
    run = passes(graph, {name: rng.uniform(-2, 2) for name in graph.numbers})
    for name in graph.names:
        assert nudged(run, name).slope == pytest.approx(run.gradients[name], rel=1e-5, abs=1e-8), name


def test_a_nudge_of_w_moves_the_loss_by_nearly_dw_times_the_nudge():
    nudge = nudged(first(SQUARED_ERROR), "w")
    assert nudge.after == pytest.approx(3.9204)
    assert nudge.change == pytest.approx(-0.0796)
    assert first(SQUARED_ERROR).gradients["w"] * 0.01 == pytest.approx(-0.08)


def test_x_of_zero_stops_dw_and_leaves_db():
    run = passes(SQUARED_ERROR, SQUARED_ERROR.numbers | {"x": 0.0})
    assert run.gradients["w"] == 0
    assert run.gradients["b"] == -10


@pytest.mark.parametrize(("rate", "loss"), [(0.1, 0.0), (0.05, 1.0)])
def test_one_step_against_the_gradients_of_w_and_b(rate, loss):
    run = first(SQUARED_ERROR)
    moved = {name: run.values[name] - rate * run.gradients[name] for name in "wb"}
    assert values_of(SQUARED_ERROR, run.numbers | moved)["L"] == pytest.approx(loss)
    assert rate != 0.1 or moved == pytest.approx(dict(w=2.3, b=-0.6))


@pytest.mark.parametrize(("rate", "grows"), [(0.19, False), (0.2, False), (0.21, True)])
def test_steps_above_a_rate_of_a_fifth_diverge(rate, grows):
    numbers = dict(SQUARED_ERROR.numbers)
    for _ in range(40):
        run = passes(SQUARED_ERROR, numbers)
        numbers |= {name: numbers[name] - rate * run.gradients[name] for name in "wb"}
    assert (run.values["L"] > 4 + 1e-6) == grows


def test_a_students_numbers_stand_at_their_edges():
    ends = dict(dx=1.0, dw=2.0, db=3.0)
    run = passes(NEURON, NEURON.numbers, lambda *numbers: (10.0, 0.5, 7.0), lambda *numbers: ends)
    assert (run.values["z"], run.values["a"], run.values["L"]) == (10, 0.5, 7)
    assert run.values["e"] == -0.5  # what follows goes on from them
    assert (run.gradients["x"], run.gradients["w"], run.gradients["b"]) == (1, 2, 3)
    assert "but your function gives 2" in formulas(Moment(NEURON, 10), run)[0]


# The words


def test_positions_of_the_squared_error():
    moments = [Moment(SQUARED_ERROR, position) for position in range(9)]
    assert moments[0].last == 8
    assert [m.asked for m in moments] == [None, None, None, None, "e", "y", "b", "w", None]
    assert [m.gate.sign if m.gate else "" for m in moments] == ["", "×", "+", "−", "e²", "e²", "−", "+", "×"]
    assert [len(m.values) for m in moments] == [4, 5, 6, 7, 8, 8, 8, 8, 8]
    assert [len(m.gradients) for m in moments] == [0, 0, 0, 0, 1, 2, 4, 6, 8]


@pytest.mark.parametrize(
    ("key", "position", "lines"),
    [
        ("squared_error", 2, ["s = m + b = 3 + (−1) = 2"]),
        ("squared_error", 5, ["de = dL · 2·e = 1 · 2·(−2) = −4"]),
        ("squared_error", 8, ["dw = dm · x = −4 · 2 = −8", "dx = dm · w = −4 · 1.5 = −6"]),
        ("two_inputs", 5, ["dz = da · a·(1 − a) = 1 · 0.7311·(1 − 0.7311) = 0.1966"]),
        ("used_twice", 1, ["a1 = a2 = a = 2"]),
        ("used_twice", 6, ["da = da1 + da2 = (−3) + 1 = −2"]),
        ("fork", 6, ["dx2 = dv · cos x2 = 9 · cos 3 = −8.9099"]),
    ],
)
def test_formula_with_the_numbers_put_in(key, position, lines):
    assert formulas(Moment(GRAPHS[key], position), first(GRAPHS[key])) == lines


@pytest.mark.parametrize(
    ("guess", "right", "words"),
    [
        (-8, True, "Yes, dw = −8."),
        (8, False, "The size is right, the sign is not."),
        (2, False, "That is the local slope; multiply it by what arrives, −4."),
        (5, False, "What arrives is dm = −4, and × multiplies it by the partner."),
    ],
)
def test_reply_to_a_guess(guess, right, words):
    told = reply(guess, Moment(SQUARED_ERROR, 7), first(SQUARED_ERROR))
    assert told[0] == right
    assert words in told[1]


def test_reply_at_a_copy_names_what_comes_back():
    assert "A copy adds what comes back: da1 = −3, da2 = 1." in reply(7, Moment(USED_TWICE, 5), first(USED_TWICE))[1]


def test_numbers_as_people_type_them():
    assert [number_in(text) for text in ("−8", " -8.0 ", "0,5", "eight")] == [-8, -8, 0.5, None]
    shown = {-0.0: "0", -2.0: "−2", 0.33181: "0.3318", -0.001975: "−0.00198", 1e-14: "0", 5e8: "5e+08"}
    assert {number: short(number) for number in shown} == shown


# The picture


@pytest.mark.parametrize("key", NAMES)
def test_every_edge_and_gate_has_a_label_and_stands_inside(key):
    graph = GRAPHS[key]
    scene = Scene(first(graph), Moment(graph, 2 * len(graph.gates)), LAYOUTS[key])
    drawing = picture(scene)
    root = ElementTree.fromstring(drawing.svg())
    assert root.get("role") == "group" and graph.title in root.get("aria-label")
    labels = [g.get("aria-label") for g in root.iter("{http://www.w3.org/2000/svg}g") if g.get("role") == "img"]
    for name in graph.names:
        assert any(label.startswith(f"{name} = ") and f"gradient d{name} = " in label for label in labels), name
    assert sum(label.startswith("gate ") for label in labels) == len(graph.gates)
    points = [point for edge in LAYOUTS[key].edges.values() for point in (*edge.points, edge.label)]
    assert all(0 <= x <= WIDTH and 0 <= y <= LAYOUTS[key].foot for x, y in points)


def test_the_current_gate_is_told_by_a_ring_and_in_words():
    graph = SQUARED_ERROR
    svgs = [
        picture(Scene(first(graph), Moment(graph, position), LAYOUTS["squared_error"])).svg() for position in (0, 1)
    ]
    assert [svg.count("<circle") for svg in svgs] == [4, 5]
    assert "gate × from w and x to m, the current step" in svgs[1]


@pytest.mark.parametrize("key", NAMES)
def test_the_same_scene_gives_the_same_bytes(key):
    scene = Scene(first(GRAPHS[key]), Moment(GRAPHS[key], 1), LAYOUTS[key], still=True)
    pictures = [picture(scene).png() for _ in range(2)]
    assert pictures[0] == pictures[1]
    assert pictures[0].startswith(PNG)


@pytest.mark.parametrize("key", NAMES)
def test_the_longest_text_ends_inside_the_picture(key):
    graph = GRAPHS[key]
    run = passes(graph, dict.fromkeys(graph.numbers, -1.3456))
    for position in range(len(graph.gates), 2 * len(graph.gates) + 1):
        moment = Moment(graph, position)
        drawing = picture(Scene(run, moment, LAYOUTS[key], run, nudged(run, graph.names[-1]), still=True))
        pixels = np.asarray(Image.open(io.BytesIO(drawing.png(scale=1))).convert("L"))
        assert pixels[:, -3:].min() == 255, position
        assert pixels[-3:].min() == 255, position


# The figure


def test_first_sight_asks_for_de(figure):
    assert figure.position.value == 4
    assert figure.box.description == "de ="
    assert "Which number is de?" in figure.panel.sentence
    assert "dy = " not in figure.strips.shown


def test_every_control_changes_the_picture(figure):
    def changed(act):
        before = figure.strips.shown
        act()
        return figure.strips.shown != before

    assert changed(lambda: setattr(figure.position, "value", 0))
    assert changed(figure.forth.click)
    assert changed(figure.back.click)
    assert changed(lambda: setattr(figure.position, "value", 8))
    for name in figure.fields:
        assert changed(lambda name=name: setattr(figure.fields[name], "value", figure.fields[name].value + 0.5)), name
    for name in figure.nudges:
        assert changed(figure.nudges[name].click), name
    for key in ("neuron", "two_inputs", "used_twice", "fork"):
        assert changed(lambda key=key: setattr(figure.menu, "value", key)), key
        assert figure.position.max == 2 * len(GRAPHS[key].gates)
    assert figure.panel.trouble == ""


def test_right_guesses_play_on_to_the_end(figure):
    for name, guess in (("de", "-4"), ("dy", "4"), ("db", "−4"), ("dw", "-8.0")):
        assert figure.box.description == f"{name} ="
        figure.box.value = guess
        assert figure.panel.sentence.startswith(f"Yes, {name} = ")
        assert figure.box.value == ""
    assert "All gradients are known: dw = −8, dx = −6, db = −4, dy = 4" in figure.panel.sentence
    assert figure.box.layout.display == "none"


@pytest.mark.parametrize(("guess", "words"), [("4", "the sign is not"), ("four", "Type a number")])
def test_wrong_guess_stays_in_its_box(figure, guess, words):
    figure.box.value = guess
    assert words in figure.panel.sentence
    assert (figure.position.value, figure.box.value) == (4, guess)


@pytest.mark.parametrize("first_message", ["guess", "click"])
def test_guess_handed_in_by_a_click_on_step_forward_is_one_step(figure, first_message):
    if first_message == "guess":
        figure.box.value = "-4"
        figure.forth.click()
    else:
        figure.forth.click()
        figure.box.value = "-4"
    assert figure.position.value == 5
    assert "Yes, de = −4." in figure.panel.sentence
    assert figure.box.value == ""


def test_steps_end_at_both_ends(figure):
    for button, end in ((figure.back, 0), (figure.forth, 8)):
        for _ in range(10):
            button.click()
        assert figure.position.value == end


def test_the_run_before_a_change_stays_in_grey(figure):
    figure.position.value = 8
    for value in (1.5, 1.0, 0.5, 0.0):
        figure.fields["x"].value = value
    assert ">Before: w = 1.5, x = 2, b = −1, y = 4, L = 4<" in figure.strips.shown
    assert ">Before: dw = −8, dx = −6, db = −4, dy = 4<" in figure.strips.shown
    figure.fields["b"].value = 0.0
    assert ">Before: w = 1.5, x = 0, b = −1, y = 4, L = 25<" in figure.strips.shown


def test_nudge_stands_beside_the_gradient(figure):
    figure.nudges["w"].click()
    assert "Nudge w from 1.5 to 1.51: L goes from 4 to 3.9204: a change of −0.0796." in figure.panel.sentence
    assert "the slope is −8. dw is not known yet." in figure.panel.sentence
    figure.position.value = 8
    figure.nudges["w"].click()
    assert "dw · 0.01 = −0.08." in figure.panel.sentence
    assert "It agrees with dw = −8." in figure.panel.sentence


# Whose code runs


def test_badges_say_whose_code_runs(figure):
    assert (
        figure.panel.badge
        == "The course's code computes this graph. In the menu, those called yours run your functions."
    )
    figure.menu.value = "neuron"
    assert figure.panel.badge == (
        "The course's chain_forward and chain_backward are running. Yours take over once their checks pass."
    )
    figure.menu.value = "fork"
    assert figure.panel.badge == "The course's fork_backward is running. Yours takes over once its check passes."
    assert GraphSteps(forward, backward, None, "neuron").panel.badge == (
        "Your chain_forward and chain_backward are running."
    )
    assert GraphSteps(forward, lambda x, w, b, y: (x, w, b), None, "neuron").panel.badge == (
        "Your chain_forward is running. The course's chain_backward is running. Yours takes over once its check passes."
    )
    assert GraphSteps(None, None, fork, "fork").panel.badge == "Your fork_backward is running."


def test_the_students_functions_drive_the_figure():
    called = []

    def counted(*numbers):
        called.append(numbers)
        return backward(*numbers)

    figure = GraphSteps(forward, counted, None, "neuron")
    called.clear()
    figure.fields["x"].value = 0.0
    assert called[0] == (0.0, 0.25, -1.2, 1.0)
    figure.position.value = 10
    assert "dw = 0, db = −0.2734" in figure.panel.sentence


def test_an_exception_is_shown_and_the_figure_goes_on():
    def touchy(x):
        if x == 2.75:  # no number that the check tries
            raise ZeroDivisionError("x is odd")
        return fork(x)

    figure = GraphSteps(None, None, touchy, "fork")
    figure.fields["x"].value = 2.75
    assert "ZeroDivisionError: x is odd" in figure.panel.trouble
    figure.forth.click()
    assert figure.position.value == 5
    assert "ZeroDivisionError" in figure.panel.trouble  # the picture is still that of x = 3
    assert "x = 3" in figure.panel.sentence
    figure.fields["x"].value = 1.0
    assert figure.panel.trouble == ""
    assert "x = 1" in figure.panel.sentence


def test_an_exception_at_first_sight_leaves_the_courses_picture():
    def stops(x):
        if np.isclose(x, 3):
            raise ValueError("not 3")
        return fork(x)

    figure = GraphSteps(None, None, stops, "fork")
    assert "ValueError: not 3" in figure.panel.trouble
    assert "<svg" in figure.strips.shown


# What every reader gets


def test_still_picture_and_words_without_a_kernel():
    data, metadata = public()._repr_mimebundle_()
    assert base64.b64decode(data["image/png"]).startswith(PNG)
    assert "L = e² = (−2)² = 4" in data["text/plain"]
    assert metadata["image/png"]["alt"] == data["text/plain"]


def test_still_picture_has_the_numbers_of_the_fields(figure):
    assert ">w = 1.5<" in picture(figure._scene(still=True)).svg()
    assert ">w = 1.5<" not in figure.strips.shown  # there the field says it


@pytest.mark.parametrize("key", NAMES)
def test_every_control_has_a_name_and_a_fixed_place(key):
    figure = GraphSteps(None, None, None, key)
    controls = [figure.menu, figure.position, figure.back, figure.forth, *figure.stage.children[2:]]
    names = [control.description for control in controls]
    assert all(names) and len(set(names)) == len(names)
    for control in figure.stage.children[2:]:
        assert re.fullmatch(r"-?[\d.]+px", control.layout.left), control.description
        assert min(float(control.layout.left[:-2]), float(control.layout.top[:-2])) >= 0


@pytest.mark.parametrize("key", NAMES)
def test_no_control_covers_another(key):
    figure = GraphSteps(None, None, None, key)
    for position in range(len(GRAPHS[key].gates), 2 * len(GRAPHS[key].gates)):
        figure.position.value = position
        boxes = []
        for control in figure.stage.children[2:]:
            width = float((control.layout.width or "94px")[:-2])
            height = 20 if control in figure.nudges.values() else 28 if control in figure.fields.values() else 26
            left, top = float(control.layout.left[:-2]), float(control.layout.top[:-2])
            boxes.append((control.description, left, top, left + width, top + height))
        for i, (one, l0, t0, r0, b0) in enumerate(boxes):
            for other, l1, t1, r1, b1 in boxes[i + 1 :]:
                assert r0 <= l1 or r1 <= l0 or b0 <= t1 or b1 <= t0, (one, other)


def test_the_stand_ins_agree_with_the_graph():
    assert gradients_of(FORK, values_of(FORK, dict(x=3.0)))["x"] == pytest.approx(fork(3.0))
