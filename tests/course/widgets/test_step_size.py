"""The live step sizes of unit 02: every number that its texts speak of, and what its controls do."""

import math

import numpy as np
import pytest

from course.widgets.step_size.figure import (
    BOTH_SIDES,
    ONE_SIDE,
    SCENES,
    STEPS,
    Scene,
    StepSize,
    best_step,
    own_derivative,
    reference,
    slopes,
    step_size,
    subtraction,
)

SIN = SCENES["sin at x = 1"]
RELU = SCENES["ReLU at x = 0.001"]


def errors(scene, precision, scheme):
    return np.abs(slopes(scene, precision, own_derivative)[scheme] - scene.slope)


def at(h):
    return int(np.flatnonzero(np.isclose(STEPS, h, rtol=1e-9, atol=0))[0])


@pytest.fixture
def figure():
    opened = StepSize(None, dict(SCENES))
    opened.gate.show_me.click()
    return opened


@pytest.mark.parametrize(("scheme", "h", "error"), [(ONE_SIDE, 1e-8, 3e-9), (BOTH_SIDES, 1e-5, 1.1e-11)])
def test_best_step_of_sin(scheme, h, error):
    found = best_step(errors(SIN, "float64", scheme))
    assert found == (pytest.approx(h), pytest.approx(error, rel=0.05))


@pytest.mark.parametrize(("h", "error"), [(1e-12, 4.3e-5), (1e-15, 1.5e-2)])
def test_smaller_steps_are_worse_to_one_side(h, error):
    assert errors(SIN, "float64", ONE_SIDE)[at(h)] == pytest.approx(error, rel=0.05)


@pytest.mark.parametrize(("scheme", "rise"), [(ONE_SIDE, 1), (BOTH_SIDES, 2)])
def test_right_arm_rises_with_the_power_that_taylor_gives(scheme, rise):
    found = errors(SIN, "float64", scheme)
    assert math.log10(found[at(1e-2)] / found[at(1e-3)]) == pytest.approx(rise, abs=0.01)


def test_left_arm_rises_as_h_falls():
    found = errors(SIN, "float64", BOTH_SIDES)
    decades = np.log10(found[at(1e-8) :: 4])
    slope = np.polyfit(np.arange(decades.size), decades, 1)[0]
    assert slope == pytest.approx(1, abs=0.2)


def test_median_best_steps_of_sigmoid_over_many_places():
    best = {ONE_SIDE: [], BOTH_SIDES: []}
    f = SCENES["sigmoid at x = 1"].f
    for x in np.linspace(-3, 3, 61):
        scene = Scene(f, x, (1 - math.tanh(x / 2) ** 2) / 4)
        for scheme, measured in slopes(scene, "float64", own_derivative).items():
            best[scheme].append(math.log10(STEPS[np.abs(measured - scene.slope).argmin()]))
    assert np.median(best[ONE_SIDE]) == pytest.approx(math.log10(3e-8), abs=0.5)
    assert np.median(best[BOTH_SIDES]) == pytest.approx(math.log10(1.8e-5), abs=0.5)


@pytest.mark.parametrize(("h", "slope"), [(0.1, 0.505), (1e-5, 1.0)])
def test_wide_step_reaches_over_the_corner_of_relu(h, slope):
    assert slopes(RELU, "float64", own_derivative)[BOTH_SIDES][at(h)] == pytest.approx(slope, rel=1e-9)


def test_float32_loses_most_digits():
    found = errors(SIN, "float32", ONE_SIDE)
    assert found[at(1e-5)] == pytest.approx(4e-3, rel=0.05)
    assert slopes(SIN, "float32", own_derivative)[BOTH_SIDES][at(1e-8)] == 0
    assert best_step(found) == (pytest.approx(1e-4), pytest.approx(3e-4, rel=0.1))
    assert best_step(errors(SIN, "float32", BOTH_SIDES)) == (pytest.approx(1e-2), pytest.approx(1e-5, rel=0.05))


def test_exact_slopes_agree_with_extrapolated_ones():
    for name, scene in SCENES.items():
        if "ReLU" not in name:
            assert reference(scene.f, scene.x) == pytest.approx(scene.slope, rel=1e-11), name


def test_digits_cancel():
    left = subtraction(SIN, 1e-12, ONE_SIDE, "float64")
    assert (left.high, left.low) == (" 0.84147098480843685", " 0.84147098480789650")
    assert left.difference == " 0.00000000000054035"
    assert left.lost == 12
    assert left.difference[slice(*left.columns)] == "000000000000"


@pytest.mark.parametrize(
    ("scene", "h", "precision", "lost"),
    [(SIN, 1e-17, "float64", 17), (SIN, 1e-8, "float32", 9), (SCENES["x³ at x = 2"], 1.0, "float64", 0)],
)
def test_all_digits_cancel_or_none(scene, h, precision, lost):
    assert subtraction(scene, h, ONE_SIDE, precision).lost == lost


def test_default_is_worth_a_question(figure):
    assert figure.h.value == pytest.approx(1e-12)
    assert "measured 0.5402900349, exact 0.5403023059, error 1.2e-05. 11 of 17 digits cancel" in figure.panel.sentence
    assert (
        "h = 1e-05 is best to both sides (error 1e-11) and h = 1e-08 to one side (error 3e-09)" in figure.panel.sentence
    )


def test_errors_and_controls_wait_for_the_guess():
    figure = StepSize(None, dict(SCENES))
    assert "error 1" not in figure.panel.sentence
    assert figure.panel.controls == (figure.gate,)
    picture = figure.panel.still()[0]
    figure.guess.h.value = 1e-7
    assert figure.panel.still()[0] != picture
    figure.gate.answer.click()
    assert figure.panel.sentence.startswith("You guessed h = 1e-07. sin at x = 1, float64, to both sides")
    assert len(figure.panel.controls) == 4


def test_every_control_changes_picture_and_sentence(figure):
    changes = (
        (figure.h, 1e-3),
        (figure.scheme, ONE_SIDE),
        (figure.scene, "x³ at x = 2"),
        (figure.precision, "float32"),
    )
    for control, value in changes:
        picture, said = figure.panel.still()[0], figure.panel.sentence
        control.value = value
        assert figure.panel.still()[0] != picture, control.description
        assert figure.panel.sentence != said, control.description
    assert figure.panel.trouble == ""


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("h", [1.0, 1e-16])
def test_picture_survives_the_ends(figure, name, h):
    figure.scene.value, figure.h.value, figure.precision.value = name, h, "float32"
    assert figure.panel.trouble == ""


def test_each_arrow_key_reaches_the_next_dot(figure):
    assert 10**figure.h.step == pytest.approx(STEPS[0] / STEPS[1])
    assert (10**figure.h.min, 10**figure.h.max) == (pytest.approx(1e-16), pytest.approx(1.0))


def test_students_function_runs():
    calls = []

    def numerical_derivative(f, x, h=1e-5):
        calls.append(h)
        high, low = f(x + h), f(x - h)
        return (high - low) / h * 0.5

    figure = StepSize(numerical_derivative, dict(SCENES))
    assert figure.panel.badge == "Your numerical_derivative is running."
    calls.clear()
    figure.precision.value = "float32"
    assert len(calls) == len(STEPS)


def test_course_runs_before_the_check_passes():
    panel = step_size(lambda f, x, h=1e-5: (f(x + h) - f(x)) / h)
    assert panel.badge == "The course's numerical_derivative is running. Yours takes over once its check passes."


def test_own_function_that_raises_is_told_and_the_figure_goes_on():
    def f(x):
        return {}[x]

    figure = StepSize(None, {"your function": Scene(f, 1.0, 0.5), **SCENES})
    assert figure.panel.trouble.startswith("KeyError: ")
    figure.scene.value = "exp at x = 1"
    assert figure.panel.trouble == ""


def test_own_function_has_gaps_where_it_is_not_defined():
    panel = step_size(f=math.log, x=1.0, slope=1.0)
    assert panel.trouble == ""
    panel.controls[0].show_me.click()
    assert panel.sentence.startswith("your function at x = 1, float64, to both sides")
    assert "h = 1e-06 is best to both sides" in panel.sentence


def test_own_function_without_its_slope_is_measured_against_an_extrapolated_one():
    panel = step_size(f=lambda x: x * x * x, x=2.0)
    assert "your function at x = 2" in panel.sentence


def test_static_picture_and_its_text_stay(figure):
    data, metadata = figure.panel._repr_mimebundle_()
    assert data["text/plain"] == metadata["image/png"]["alt"] == figure.panel.sentence
