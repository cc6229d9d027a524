"""The live saturation of unit 07: every number that its texts speak of, and what its controls do."""

import io

import numpy as np
import pytest
from PIL import Image

from course.draw.activations import EXAMPLES, UNITS, pushed
from course.widgets.kit.picture import Picture
from course.widgets.kit.shapes import Shape
from course.widgets.saturation.activations import (
    KNOWN,
    LEAKY,
    OWN,
    RELU,
    SIGMOID,
    TANH,
    Activation,
    activation,
    centred_units,
    layer,
)
from course.widgets.saturation.figure import NEURON, Saturation, saturation
from course.widgets.saturation.figure import UNITS as MANY
from course.widgets.saturation.marks import Cells, Marks, _png
from course.widgets.saturation.picture import SHADES, SaturationPicture
from course.widgets.saturation.updates import CROSS, SQUARE, STARTS, STEPS, Runs

CENTRED = centred_units()


@pytest.fixture(scope="module")
def runs():
    return Runs(activation(SIGMOID, {}))


@pytest.fixture(autouse=True)
def _ground_not_drawn(monkeypatch):
    """The PNG behind the shapes is looked at in test_panel.py; here it would only take time."""
    monkeypatch.setattr(Picture, "ground", lambda picture: None)


@pytest.fixture
def figure():
    opened = Saturation({})
    opened.gate.show_me.click()
    return opened


def dead_at(name, bias):
    return int(layer(activation(name, {}), bias, CENTRED).dead.sum())


# ---- the numbers of the one neuron


@pytest.mark.parametrize(
    ("start", "output", "dz", "square", "cross"),
    [(0.75, 0.8176, 0.1219, 107, 22), (2, 0.9820, 0.0173, 302, 31), (4, 0.9997, 0.0003, None, 44)],
)
def test_steps_are_counted_as_in_the_notebook(runs, start, output, dz, square, cross):
    run = runs.run(start, SQUARE)
    assert (run.a[0], run.dz[0]) == (pytest.approx(output, abs=5e-5), pytest.approx(dz, abs=5e-5))
    assert (run.below, runs.run(start, CROSS).below) == (square, cross)


def test_only_the_sum_of_w_and_b_counts(runs):
    """0.75 and 0.75 stand for the notebook's 0.6 and 0.9."""
    w, b = 0.6, 0.9
    for step in range(STEPS + 1):
        a = 1 / (1 + np.exp(-(w + b)))
        assert runs.run(0.75, SQUARE).a[step] == pytest.approx(a)
        w, b = w - 0.15 * a * a * (1 - a), b - 0.15 * a * a * (1 - a)


def test_slowest_start_that_arrives(runs):
    arrived = [float(start) for start in STARTS if runs.run(start, SQUARE).below is not None]
    assert max(arrived) == pytest.approx(2.45)
    assert runs.run(2.45, SQUARE).below == 577
    assert max(runs.run(start, CROSS).below for start in STARTS) == 44


def test_most_is_paid_at_two_thirds(runs):
    outputs = np.linspace(0.001, 0.999, 999)
    pays = runs.moment(np.log(outputs / (1 - outputs)), SQUARE)[-1]
    assert (outputs[pays.argmax()], pays.max()) == (pytest.approx(0.667), pytest.approx(4 / 27, abs=1e-6))
    assert runs.run(2, SQUARE).dz.argmax() == 215
    assert runs.run(2, SQUARE).a[215] == pytest.approx(0.66, abs=0.005)


def test_pay_is_error_times_slope(runs):
    for loss in (SQUARE, CROSS):
        run = runs.run(2, loss)
        np.testing.assert_allclose(run.dz, run.da * run.slope, atol=1e-12)
    np.testing.assert_allclose(run.dz, run.a, atol=1e-12)  # the slope cancels, and y is 0


def test_sentence_puts_the_numbers_into_the_formula(runs):
    assert runs.run(2, SQUARE).sentence(0) == (
        "Step 0 of 600 from w = b = 2.00, loss ½(a − y)²: output 0.9820, "
        "error 0.982 × slope 0.01766 = pay 0.01735. Over the run: below 0.2 after 302 steps; "
        "most is paid at step 215: 0.1481, output 0.66."
    )
    assert "loss slope 55.6 × slope 0.01766 = pay 0.982" in runs.run(2, CROSS).sentence(0)
    assert "never below 0.2 within 600 steps" in runs.run(4, SQUARE).sentence(600)


# ---- the numbers of the 64 units


@pytest.mark.parametrize(
    ("bias", "dead"), [(0, 0), (-1, 0), (-2, 0), (-2.3, 0), (-2.4, 2), (-3, 33), (-3.7, 63), (-3.8, 64), (-4, 64)]
)
def test_dead_units_are_those_of_the_notebook(bias, dead):
    assert dead_at(RELU, bias) == dead


@pytest.mark.parametrize("name", [LEAKY, TANH, SIGMOID])
def test_no_other_unit_dies(name):
    assert [dead_at(name, bias) for bias in (-6, -3, 3)] == [0, 0, 0]


def test_slopes_that_the_text_speaks_of():
    assert activation(SIGMOID, {}).slopes(np.array([0.0, 2, 5, 10])) == pytest.approx(
        [0.25, 0.105, 0.00665, 4.5e-5], rel=0.01
    )
    assert activation(TANH, {}).slopes(np.array([3.0])) == pytest.approx([0.0099], rel=0.01)


def test_units_are_the_notebooks_in_order_of_their_largest_z():
    np.testing.assert_allclose(np.sort(CENTRED.max(axis=0))[::-1], CENTRED.max(axis=0))
    np.testing.assert_allclose(np.sort(pushed(-3.0).ravel()), np.sort((CENTRED - 3).ravel()))
    assert CENTRED.shape == (EXAMPLES, UNITS)


def test_saturated_is_not_dead():
    assert layer(activation(TANH, {}), -3.0, CENTRED).flat == pytest.approx(0.503, abs=5e-4)
    shown = layer(activation(TANH, {}), -6.0, CENTRED)
    assert (shown.dead.sum(), shown.on) == (0, 1.0)
    assert shown.flat == pytest.approx(0.9986, abs=5e-4)
    assert shown.sentence.startswith("64 units with tanh, 500 examples, bias -6.0. 0 of 64 units are dead")


# ---- the picture


def shade_counts(picture, name, bias):
    shown = layer(activation(name, {}), bias, CENTRED)
    (cells,) = (shape for shape in picture.units(shown, None) if isinstance(shape, Cells))
    return np.bincount(cells.kinds.ravel(), minlength=6), shown


def test_off_is_white_and_shades_are_those_of_the_legend():
    picture = SaturationPicture()
    counts, shown = shade_counts(picture, RELU, -2.0)
    assert (counts[0], counts[5]) == ((shown.slopes == 0).sum(), (shown.slopes == 1).sum())
    assert SHADES[0] == "#FFFFFF"
    counts, shown = shade_counts(picture, LEAKY, -2.0)
    assert (counts[0], counts[3]) == (0, (shown.slopes == 0.01).sum())
    counts, shown = shade_counts(picture, SIGMOID, -6.0)
    assert counts[1] == (shown.slopes < 0.001).sum() > 0
    assert counts[0] == 0


def test_cells_keep_their_colours():
    kinds = np.array([[0, 1], [2, 0]])
    image = Image.open(io.BytesIO(_png(kinds, ("#FFFFFF", "#0072B2", "#D55E00")))).convert("RGB")
    assert [image.getpixel(at) for at in ((0, 0), (1, 0), (0, 1))] == [(255,) * 3, (0, 0x72, 0xB2), (0xD5, 0x5E, 0)]


def test_marks_without_points_draw_nothing():
    empty: Shape = Marks([])
    assert empty.svg() == ""


# ---- the controls


def test_pay_and_runs_wait_for_the_guess():
    figure = Saturation({})
    assert figure.panel.controls == (figure.gate,)
    assert "At which output is a neuron paid most" in figure.panel.sentence
    assert "pay" not in figure.panel.sentence.split("The truth")[0]
    hidden = figure.strips.shown
    figure.guess.value = 0.7
    assert figure.strips.shown != hidden
    assert figure.panel.sentence.startswith("Output 0.70: error 0.7, slope 0.21.")
    figure.gate.answer.click()
    assert figure.panel.sentence.startswith(
        "You said 0.70: error 0.7 × slope 0.21 = pay 0.147. Most is paid at output 0.67: 0.1481. Step 0 of 600"
    )


def test_at_most_four_controls_in_each_look(figure):
    assert [getattr(control, "description", "step") for control in figure.panel.controls] == [
        "look at",
        "start w = b",
        "loss",
        "step",
    ]
    figure.look.value = MANY
    assert [control.description for control in figure.panel.controls] == ["look at", "activation", "bias"]


def test_every_control_changes_picture_and_sentence(figure):
    changes = (
        (figure.start, 0.75),
        (figure.step, 20),
        (figure.loss, CROSS),
        (figure.look, MANY),
        (figure.bias, -3.0),
        (figure.name, TANH),
        (figure.look, NEURON),
    )
    for control, value in changes:
        picture, said = figure.strips.shown, figure.panel.sentence
        control.value = value
        assert figure.strips.shown != picture, control.description
        assert figure.panel.sentence != said, control.description
    assert figure.panel.trouble == ""


def test_time_runs_back_to_the_same_picture(figure):
    first = figure.strips.shown
    figure.step.value = 300
    figure.step.value = 0
    assert figure.strips.shown == first


def test_last_run_stays_as_a_ghost(figure):
    assert "before" not in figure.strips.shown
    figure.start.value = 0.75
    assert "grey, before: below 0.2 after 302 steps" in figure.strips.shown
    figure.step.value = 20
    assert "grey, before: below 0.2 after 302 steps" in figure.strips.shown
    figure.loss.value = CROSS
    assert "grey, before: below 0.2 after 107 steps" in figure.strips.shown


def test_last_units_stay_as_a_ghost(figure):
    figure.look.value = MANY
    figure.bias.value = -3.0
    assert "before, with ReLU, bias 0.0: 0 dead" in figure.strips.shown
    figure.name.value = LEAKY
    assert "before, with ReLU, bias -3.0: 33 dead" in figure.strips.shown


def test_picture_survives_the_ends(figure):
    for loss, start in ((SQUARE, 0.0), (SQUARE, 4.0), (CROSS, 0.0), (CROSS, 4.0)):
        figure.loss.value, figure.start.value, figure.step.value = loss, start, STEPS
        assert figure.panel.trouble == ""
    figure.look.value = MANY
    for name in KNOWN:
        figure.name.value = name
        figure.bias.value, figure.bias.value = -6.0, 3.0
        assert figure.panel.trouble == ""


# ---- whose code runs


def test_students_functions_run():
    calls = []

    def sigmoid_forward(z):
        calls.append("forward")
        return 0.5 * (1 + np.tanh(0.5 * z))

    def sigmoid_backward(da, a):
        calls.append("backward")
        return a * da - a * a * da

    figure = Saturation({SIGMOID: (sigmoid_forward, sigmoid_backward)})
    assert figure.panel.badge == "Your sigmoid_forward is running. Your sigmoid_backward is running."
    calls.clear()
    figure.gate.show_me.click()
    assert {"forward", "backward"} == set(calls)


def test_course_runs_before_the_check_passes():
    panel = saturation(relu=(lambda z: z, lambda da, z: da))
    assert panel.badge.startswith("The course's sigmoid_forward is running.")
    panel.controls[0].show_me.click()
    panel.controls[0].value = MANY
    assert "The course's relu_backward is running. Yours takes over once its check passes." in panel.badge
    assert "0 of 64 units are dead" in panel.sentence


def test_students_exception_is_shown_and_the_figure_goes_on():
    broken = False

    def relu_backward(da, z):
        if broken:
            raise KeyError("forgotten")
        return np.multiply(da, np.heaviside(z, 0))

    figure = Saturation({RELU: (None, relu_backward)})
    figure.gate.show_me.click()
    figure.look.value = MANY
    picture = figure.strips.shown
    broken = True
    figure.bias.value = -3.0
    assert figure.panel.trouble.startswith("KeyError: 'forgotten'")
    assert figure.strips.shown == picture
    broken = False
    figure.bias.value = -2.0
    assert figure.panel.trouble == ""
    assert figure.strips.shown != picture


def test_own_bend_comes_first_in_the_menu():
    figure = Saturation({OWN: (lambda z: z**3 / 10, lambda da, z: da * 0.3 * z * z)})
    figure.gate.show_me.click()
    figure.look.value = MANY
    assert figure.panel.badge == "Your own bend is running."
    assert figure.panel.sentence.startswith("64 units with your own bend, 500 examples")
    assert figure.panel.trouble == ""


def test_functions_get_copies():
    def greedy(z):
        z[...] = 0
        return z + 0.5

    z = np.ones(3)
    Activation("greedy", greedy, lambda da, a: greedy(da), "a").slopes(z)
    np.testing.assert_array_equal(z, 1)


def test_static_picture_and_its_text_stay(figure):
    data, metadata = figure.panel._repr_mimebundle_()
    assert data["text/plain"] == metadata["image/png"]["alt"] == figure.panel.sentence
    assert "302" in data["text/plain"]
