"""The live line fit of unit 01: every number that its texts speak of, and what its controls do."""

import numpy as np
import pytest

from course.widgets.line_fit.figure import B_RANGE, W_RANGE, LineFit, line_fit
from course.widgets.line_fit.fit import Fit, own_mse, own_predict, sentence, verdict


@pytest.fixture
def fit():
    return Fit(own_predict, own_mse)


@pytest.fixture
def figure():
    opened = LineFit()
    opened.gate.show_me.click()
    return opened


def test_first_sight(fit):
    assert fit.loss() == pytest.approx(9.295, abs=1e-3)
    assert (fit.w, fit.b, fit.last) == (-0.5, 6.0, 7.9)
    assert fit.areas.mean() == pytest.approx(fit.loss())


def test_best_line(fit):
    w, b = fit.best()
    assert (w, b) == (pytest.approx(1.251, abs=1e-3), pytest.approx(1.238, abs=1e-3))
    assert fit.loss(w, b) == pytest.approx(0.201, abs=1e-3)


def test_best_line_is_the_lowest_by_nudging(fit):
    w, b = fit.best()
    at_best = Fit(own_predict, own_mse, w=w, b=b)
    assert min(at_best.nudged().values()) > 0


def test_slopes_that_the_question_asks_about(fit):
    nudged = fit.nudged()
    assert (nudged["w+"] - nudged["w-"]) / 0.2 == pytest.approx(-8.30, abs=0.005)
    assert (nudged["b+"] - nudged["b-"]) / 0.2 == pytest.approx(0.77, abs=0.005)
    assert nudged["w+"] == pytest.approx(-0.738, abs=1e-3)
    assert nudged["w-"] == pytest.approx(0.922, abs=1e-3)


def test_one_far_point_owns_nearly_half():
    pulled = Fit(own_predict, own_mse, last=2.0)
    w, b = pulled.best()
    assert (w, b) == (pytest.approx(0.409, abs=1e-3), pytest.approx(2.362, abs=1e-3))
    areas = Fit(own_predict, own_mse, w=w, b=b, last=2.0).areas
    assert areas[5] / areas.sum() == pytest.approx(0.44, abs=0.005)


def test_centring_makes_the_valley_rounder_and_keeps_the_line(fit):
    centred = fit.recounted(True)
    assert fit.elongation() ** 2 == pytest.approx(33, abs=1)
    assert (fit.elongation(), centred.elongation()) == (pytest.approx(5.8, abs=0.05), pytest.approx(1.7, abs=0.05))
    assert centred.b == pytest.approx(4.75)
    np.testing.assert_allclose(centred.guesses, fit.guesses)
    assert centred.recounted(False).b == pytest.approx(fit.b)


def test_map_holds_the_loss_of_every_line(fit):
    losses = fit.losses(np.array([-0.5, 1.0]), np.array([6.0, 2.0, 1.0]))
    assert losses.shape == (3, 2)
    assert losses[0, 0] == pytest.approx(fit.loss())
    assert losses[2, 1] == pytest.approx(fit.loss(1.0, 1.0))


def test_sentence_puts_the_numbers_into_the_formula(fit):
    assert sentence(fit) == (
        "Line w = -0.50, b = 6.00. Loss (23.04 + 6.76 + 3.24 + 0.81 + 2.56 + 19.36) / 6 = 9.295. "
        "Point 1 owns 41% of it. w + 0.1 changes the loss by -0.74, b + 0.1 by +0.09. "
        "Best line: w = 1.251, b = 1.238, loss 0.201. The curves of equal loss are 5.8 times as long as wide."
    )


@pytest.mark.parametrize(
    ("guess", "told"),
    [(None, ""), ("w", "You said w: right. "), ("b", "You said b: it is w. ")],
)
def test_guess_is_answered(fit, guess, told):
    assert verdict(fit, guess) == told


def test_map_and_sliders_wait_for_the_guess():
    figure = LineFit()
    assert figure.panel.controls == (figure.gate,)
    assert "Turn w up by 0.1, or b up by 0.1: which lowers the loss more?" in figure.panel.sentence
    assert "-0.74" not in figure.panel.sentence
    hidden = figure.panel.still()
    figure.gate.answer.click()
    assert figure.panel.sentence.startswith("You said w: right. Line w = -0.50")
    assert [control.description for control in figure.panel.controls] == [
        "slope w",
        "intercept b",
        "height of point 6",
        "centre x: count x from its mean, 2.5",
    ]
    assert figure.panel.still() != hidden


def test_every_control_changes_picture_and_sentence(figure):
    for control, value in ((figure.w, 1.0), (figure.b, 2.0), (figure.last, 2.0), (figure.centred, True)):
        picture, said = figure.panel.still()[0], figure.panel.sentence
        control.value = value
        assert figure.panel.still()[0] != picture, control.description
        assert figure.panel.sentence != said, control.description
    assert figure.panel.trouble == ""


def test_sliders_cover_what_the_map_shows(figure):
    assert (figure.w.min, figure.w.max) == W_RANGE == (-1.0, 3.0)
    assert (figure.b.min, figure.b.max) == B_RANGE == (-1.0, 7.0)
    assert (figure.last.min, figure.last.max) == (0.0, 10.0)


@pytest.mark.parametrize(("w", "b", "last"), [(-1, -1, 10), (3, 7, 0), (3, -1, 5)])
def test_picture_survives_the_corners(figure, w, b, last):
    figure.w.value, figure.b.value, figure.last.value = w, b, last
    assert figure.panel.trouble == ""


def test_centred_slider_keeps_the_line(figure):
    before = figure.fit.guesses
    figure.centred.value = True
    assert figure.b.value == pytest.approx(4.75)
    np.testing.assert_allclose(figure.fit.guesses, before)


def test_students_functions_run():
    calls = []

    def predict(x, w, b):
        calls.append("predict")
        return b + x * w

    def mse(y_hat, y):
        calls.append("mse")
        return ((y - y_hat) ** 2).sum() / y.size

    figure = LineFit(predict, mse)
    assert figure.panel.badge == "Your predict is running. Your mse is running."
    calls.clear()
    figure.w.value = 0.0
    assert set(calls) == {"predict", "mse"}


def test_course_runs_before_the_check_passes():
    panel = line_fit(mse=lambda y_hat, y: 0.0)
    assert "The course's mse is running. Yours takes over once its check passes." in panel.badge
    assert "The course's predict is running." in panel.badge


def test_students_exception_is_shown_and_the_figure_goes_on():
    broken = False

    def mse(y_hat, y):
        if broken:
            raise KeyError("forgotten")
        return ((y - y_hat) ** 2).sum() / y.size

    figure = LineFit(mse=mse)
    figure.gate.show_me.click()
    picture = figure.strips.shown
    broken = True
    figure.w.value = 1.0
    assert figure.panel.trouble.startswith("KeyError: 'forgotten'")
    assert figure.strips.shown == picture
    broken = False
    figure.w.value = 0.5
    assert figure.panel.trouble == ""
    assert figure.strips.shown != picture


def test_static_picture_and_its_text_stay(figure):
    data, metadata = figure.panel._repr_mimebundle_()
    assert data["text/plain"] == metadata["image/png"]["alt"] == sentence(figure.fit)
    assert "9.295" in data["text/plain"]
