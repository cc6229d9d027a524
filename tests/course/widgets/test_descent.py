"""The live figure of unit 04: its computation, its words, and that it goes on living."""

import base64
import re

import numpy as np
import pytest
from support.courses import ROOT

from course.widgets import descent
from course.widgets.descent.figure import Descent
from course.widgets.descent.outcome import arrival, factor, fate, last_of_interest
from course.widgets.descent.scene import sentence
from course.widgets.descent.surface import differences, disagreement, own_surface
from course.widgets.descent.surfaces import SURFACES
from course.widgets.descent.trace import FAR, MOST_STEPS, descend, plain_step, rolling_step
from course.widgets.kit.formatting import number

RAVINE, BOWL = SURFACES["ravine"], SURFACES["bowl"]
WIDGETS = ROOT / "course" / "widgets"
SCRIPT = "\n".join(
    path.read_text(encoding="utf-8") for path in [*WIDGETS.glob("kit/*.js"), *WIDGETS.glob("descent/*.js")]
)


def my_step(params, grads, lr):
    """A student's own, right."""
    moved = []
    for here, slope in zip(params, grads, strict=True):
        moved.append(here + slope * (-lr))
    return moved


def wrong_sign(params, grads, lr):
    return [p + lr * g for p, g in zip(params, grads, strict=True)]


def walked(surface, lr, steps, start=None, momentum=0.0):
    """A trace on a surface of the course."""
    surface = SURFACES[surface]
    return descend(surface, start or surface.start, lr, steps, momentum=momentum)


def steps_to_goal(surface, lr, steps, **given):
    """The first step at the goal and the step from which on it is kept."""
    return arrival(walked(surface, lr, steps, **given), SURFACES[surface])


def stretch(trace):
    """How far from where it started across the ravine: the first step beyond |y| = 3."""
    return int(np.argmax(np.abs(trace.points[:, 1]) > 3))


# ---- the numbers that FIGURES.md, the unit and the figure speak of


@pytest.mark.parametrize(
    ("lr", "expected"),
    [
        (0.01, 333),
        (0.02, 166),
        (0.04, 82),
        (0.045, 73),
        (0.05, 66),
        (0.08, 41),
        (0.09, 36),
        (0.0952, 38),
        (2 / 21, 38),
        (0.098, 85),
        (0.099, 171),
    ],
)
def test_ravine_arrives_after(lr, expected):
    assert steps_to_goal("ravine", lr, 400) == (expected, expected)


def test_fastest_rate_on_the_ravine_is_a_little_above_the_default():
    arrivals = {lr: steps_to_goal("ravine", lr, 60)[0] for lr in (0.089, 0.0915, 0.0925, 0.094, 0.0945)}
    assert arrivals == {0.089: 36, 0.0915: 35, 0.0925: 35, 0.094: 35, 0.0945: 36}


def test_ravine_at_the_limit_bounces_for_ever():
    trace = walked("ravine", 0.1, 300)
    assert np.abs(trace.points[:, 1]) == pytest.approx(1)
    assert fate(trace, RAVINE).endswith("It bounces for ever: each step is as long as the last and changes side.")


@pytest.mark.parametrize(("lr", "leaves", "factor_told"), [(0.102, 29, "1.04"), (0.11, 7, "1.2")])
def test_ravine_above_the_limit_leaves(lr, leaves, factor_told):
    trace = walked("ravine", lr, 60)
    assert stretch(trace) == leaves
    assert factor(trace) == pytest.approx(1 - 20 * lr, rel=1e-2)
    assert fate(trace, RAVINE).startswith(
        f"It diverges: each step is {factor_told} times the last and changes side. Loss "
    )


def test_two_key_presses_go_from_fine_to_explosion():
    once, twice = (walked("ravine", float(f"{RAVINE.lr * 1.1**k:.4g}"), 300) for k in (1, 2))
    assert "is reached" in fate(once, RAVINE)
    assert "It diverges" in fate(twice, RAVINE)


@pytest.mark.parametrize(
    ("lr", "momentum", "expected"),
    [(0.09, 0.5, (14, 14)), (0.11, 0.5, (11, 11)), (0.05, 0.9, (36, 71)), (0.05, 0.5, (29, 29)), (0.05, 0, (66, 66))],
)
def test_ravine_with_momentum(lr, momentum, expected):
    assert steps_to_goal("ravine", lr, 200, momentum=momentum) == expected


@pytest.mark.parametrize("momentum", [0, 0.5, 0.9])
def test_limit_of_the_rate_grows_with_momentum(momentum):
    limit = 2 * (1 + momentum) / 20
    assert walked("ravine", 0.999 * limit, 3000, momentum=momentum).losses[-1] < 0.01
    assert walked("ravine", 1.001 * limit, 3000, momentum=momentum).losses[-1] > 10


def test_bowl_at_three_rates():
    assert steps_to_goal("bowl", 1, 5) == (1, 1)
    back = walked("bowl", 2, 6)
    assert (back.points[::2] == BOWL.start).all()
    assert fate(walked("bowl", 2.1, 60), BOWL).startswith(
        "It diverges: each step is 1.1 times the last and changes side."
    )


def test_two_valleys_end_where_the_figure_says():
    gentle, rolling = walked("two valleys", 0.1, 300), walked("two valleys", 0.1, 300, momentum=0.9)
    assert gentle.points[-1, 0] == pytest.approx(1.33, abs=5e-3) and gentle.losses[-1] == pytest.approx(0.412, abs=5e-4)
    assert rolling.points[-1, 0] == pytest.approx(-1.48, abs=5e-3)
    assert rolling.losses[-1] == pytest.approx(-0.435, abs=5e-4)
    jitter = walked("two valleys", 0.5, 300).points[-2:, 0]
    assert sorted(jitter) == pytest.approx([-1.69, -1.12], abs=5e-3)
    assert walked("two valleys", 0.7, 60).left
    assert "It diverges, faster and faster" in fate(walked("two valleys", 0.7, 60), SURFACES["two valleys"])


def test_watershed_of_the_two_valleys():
    ends = [walked("two valleys", 0.1, 500, start=(x, 0)).points[-1, 0] for x in (0.05, 0.2)]
    assert ends[0] < -1 and ends[1] > 1


def test_smallest_rate_that_escapes_the_right_valley():
    """Twelve presses of ×1.1 from the default; half the presses more, and it never comes to rest."""
    rates = [float(f"{0.1 * 1.1**presses:.4g}") for presses in (11, 12, 17)]
    assert rates == [0.2853, 0.3138, 0.5054]
    assert [steps_to_goal("two valleys", lr, 60) for lr in rates] == [(None, None), (13, 13), (None, None)]


def test_run_that_comes_back_at_the_very_end_is_not_said_to_stay():
    assert steps_to_goal("two valleys", 0.6727, 200) == (9, None)


@pytest.mark.parametrize(("y", "expected"), [(0, None), (0.001, 74), (0.05, 33)])
def test_saddle_lets_go_at(y, expected):
    assert steps_to_goal("saddle", 0.1, 2000, start=(-2, y))[0] == expected


def test_saddle_from_its_ridge_stands_still():
    assert "where it stands still" in fate(walked("saddle", 0.1, 300, start=(-2, 0)), SURFACES["saddle"])


def test_plateau_is_slow_far_out():
    assert steps_to_goal("plateau", 0.1, 200, start=(3, 0))[0] == 161
    far = walked("plateau", 0.1, 500, start=(4, 0))
    assert arrival(far, SURFACES["plateau"]) == (None, None)
    assert far.slopes[0, 0] == pytest.approx(0.0013, abs=5e-5)


def test_rosenbrock_at_three_rates():
    assert steps_to_goal("Rosenbrock", 0.01, 3000)[0] == 396
    wandering = walked("Rosenbrock", 0.02, 3000)
    assert arrival(wandering, SURFACES["Rosenbrock"]) == (195, None)
    assert wandering.losses[-1] == pytest.approx(0.013, abs=5e-4)
    assert "reached at step 195, and left again" in fate(wandering, SURFACES["Rosenbrock"])
    assert steps_to_goal("Rosenbrock", 0.05, 3000) == (None, None)


def test_product_of_two_weights():
    dead = walked("w1*w2", 0.15, 300, start=(0.5, -0.5))
    assert np.abs(dead.points[-1]).max() < 1e-6 and dead.losses[-1] == pytest.approx(0.5)
    trace = walked("w1*w2", 0.15, 300, start=(0.55, -0.45))
    assert trace.points[-1] == pytest.approx([1.02, 0.98], abs=5e-3)
    assert arrival(trace, SURFACES["w1*w2"])[0] == 26


# ---- surfaces


@pytest.mark.parametrize("name", SURFACES)
def test_slope_of_each_surface_is_what_finite_differences_give(name):
    surface = SURFACES[name]
    rng = np.random.default_rng(4)
    for _ in range(5):
        x, y = rng.uniform(surface.view[0::2], surface.view[1::2])
        assert surface.slope(x, y) == pytest.approx(differences(surface.height)(x, y), rel=1e-5, abs=1e-7)


@pytest.mark.parametrize("name", SURFACES)
def test_first_sight_of_each_surface(name):
    """The start is in the picture, the lowest points are flat, and the default rate is one to try."""
    surface = SURFACES[name]
    left, right, bottom, top = surface.view
    assert left < surface.start[0] < right and bottom < surface.start[1] < top
    assert surface.rates[0] < surface.lr < surface.rates[1]
    for x, y in surface.lowest:
        assert surface.slope(x, y) == pytest.approx((0, 0), abs=1e-4)
        assert surface.height(x, y) >= surface.floor


def test_own_surface_by_finite_differences_and_by_a_given_gradient():
    by_differences = own_surface(lambda x, y: x**2 + 3 * y**2)
    assert by_differences.slope(1.0, 2.0) == pytest.approx((2, 12))
    assert disagreement(by_differences, 1.0, 2.0) == ""
    wrong = own_surface(lambda x, y: x**2 + 3 * y**2, lambda x, y: (-2 * x, 6 * y))
    assert disagreement(wrong, 1.0, 2.0) == (
        "The gradient given at (1, 2) is (−2, 12); finite differences of the loss give (2, 12)."
    )


def my_loss(x, y):
    """Not written for arrays."""
    return x * x + y * y if x > 0 else 2 * x * x + y * y


def test_own_surface_drives_the_figure():
    figure = descent(my_step, surface=my_loss, start=(2, 1), lr=0.2)
    assert figure.scene["name"] == "my_loss" and len(figure.scene["contours"]) == 16
    assert figure.surfaces == ["my_loss", *SURFACES]
    assert figure.badge.endswith("The surface is your own; its gradient is taken by finite differences.")
    assert descent(my_step, surface=my_loss, goal=0.5).scene["goal"] == "loss below 0.5"
    wrong = descent(my_step, surface=my_loss, gradient=lambda x, y: (2 * x, -2 * y), start=(2, 1))
    assert "is (4, −2); finite differences of the loss give (4, 2)" in wrong.trouble
    assert wrong.badge.endswith("its gradient is the one you gave.")


def test_unknown_surface_is_told_which_there_are():
    with pytest.raises(ValueError, match="There is no surface 'hill'; there are: ravine, bowl, two valleys"):
        descent(surface="hill")


# ---- traces and words


def test_the_courses_own_steps_are_those_of_the_unit():
    params, velocity = rolling_step([np.array([-4.0, 1.0])], [np.array([-4.0, 20.0])], [np.zeros(2)], 0.05, 0.9)
    assert params[0] == pytest.approx([-3.8, 0]) and velocity[0] == pytest.approx([-4, 20])
    assert plain_step([1.0], [2.0], 0.1) == pytest.approx([0.8])


def test_function_that_writes_over_its_arguments_spoils_no_trace():
    def writes(params, grads, lr):
        params[0] -= lr * grads[0]
        grads[0][:] = 0
        return params

    mine, right = (descend(RAVINE, (-4, 1), 0.09, 10, gd_step=step) for step in (writes, plain_step))
    assert mine.table() == pytest.approx(right.table())


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (None, "gd_step was given a list of one array and did not return one: None"),
        ([np.zeros(3)], r"gd_step was given an array of shape \(2,\) and returned one of shape \(3,\)"),
    ],
)
def test_step_of_another_form_is_told_so(result, words):
    trace = descend(RAVINE, (-4, 1), 0.09, 10, gd_step=lambda params, grads, lr: result)
    assert re.match(words, str(trace.error)) and trace.steps == 0


def test_trace_stops_when_it_is_far_away():
    trace = walked("ravine", 1.0, MOST_STEPS)
    assert trace.left and trace.steps < 20 and np.abs(trace.points[-1]).max() > FAR


def test_losses_that_overflow_are_no_crash():
    surface = own_surface(lambda x, y: float(x) ** 4 + float(y) ** 4)
    trace = descend(surface, (4, 1), 1.0, 60)
    assert trace.error is None and "It diverges" in fate(trace, surface)


def test_playing_stops_where_nothing_new_comes():
    assert last_of_interest(walked("ravine", 0.09, 60), RAVINE) == 36
    assert last_of_interest(walked("ravine", 0.11, 60), RAVINE) == 6
    assert last_of_interest(walked("ravine", 0.1, 60), RAVINE) == 60


@pytest.mark.parametrize(("value", "words"), [(-1.2, "−1.2"), (3.4471e9, "3.447e9"), (5e-5, "5e−5"), (0.0, "0")])
def test_numbers_are_short(value, words):
    assert number(value) == words


# ---- the figure


def test_badge_says_whose_step_runs():
    assert descent(my_step).badge == "Your gd_step is running."
    own = "The course's gd_step is running. Yours takes over once its check passes."
    assert descent().badge == own
    assert descent(wrong_sign).badge == own
    assert "reached at step 36" in descent(wrong_sign).sentence


def test_momentum_has_a_control_and_a_badge_of_its_own():
    plain, rolling = descent(my_step), descent(my_step, rolling_step, momentum=0.5)
    assert not plain.with_momentum and rolling.with_momentum
    assert rolling.badge == "Your momentum_step is running."
    assert "learning rate 0.09, momentum 0.5." in rolling.sentence and "step 14." in rolling.sentence
    assert descent(my_step, rolling_step).badge == "Your gd_step is running."


def test_wish_of_the_browser_brings_another_trace():
    figure = descent(my_step)
    before, scene = figure.trace, figure.scene
    for serial, wish in enumerate(({"lr": 0.099}, {"x": 3.0}, {"y": -1.0}, {"steps": 20}, {"momentum": 0.5}), start=1):
        figure.wish = {**wish, "serial": serial}
        assert figure.run["serial"] == serial
        assert figure.trace != before
        before = figure.trace
    assert figure.scene is scene
    figure.wish = {"surface": "bowl", "serial": 9}
    assert figure.scene["name"] == "bowl" and figure.run["lr"] == BOWL.lr


def test_trace_holds_seven_numbers_a_step_for_each_start():
    figure = descent(my_step, starts=[(-4, 1), (3, -1.5), (1, 1)], steps=20)
    table = np.frombuffer(figure.trace).reshape(3, 21, 7)
    assert [run["length"] for run in figure.run["runs"]] == [21, 21, 21]
    assert table[:, 0, :2].tolist() == [[-4, 1], [3, -1.5], [1, 1]]
    assert figure.sentence.count("From (") == 3
    figure.wish = {"x": 2.0, "y": 0.5, "steps": 20}
    assert np.frombuffer(figure.trace).reshape(3, 21, 7)[:, 0, 0].tolist() == [2, 3, 1]


def test_exception_is_shown_and_the_figure_goes_on():
    figure = descent(my_step)

    def cliff(params, grads, lr):
        if lr > 0.1:
            raise ZeroDivisionError("lr is too large for me")
        return my_step(params, grads, lr)

    figure._step = figure._step.__class__(cliff, "Your gd_step is running.", yours=True)
    figure.wish = {"lr": 0.2}
    assert figure.trouble.startswith("ZeroDivisionError: lr is too large for me\nThe picture shows the steps before it")
    assert figure.run["runs"][0]["fate"] == "The function raised an exception after step 0."
    figure.wish = {"lr": 0.05}
    assert figure.trouble == "" and "step 66" not in figure.sentence and figure.run["runs"][0]["length"] == 61


def test_own_surface_that_raises_leaves_a_figure():
    def broken(x, y):
        raise KeyError("not this")

    figure = descent(my_step, surface=broken)
    assert figure.trouble.startswith("KeyError: 'not this'") and "ravine stands in for your surface" in figure.trouble
    assert figure.run["surface"] == "ravine"


def test_still_picture_stands_beside_the_widget():
    figure = descent(my_step)
    data, metadata = figure._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == figure.model_id
    assert data["text/plain"] == metadata["image/png"]["alt"] == figure.sentence
    assert figure.sentence == (
        "ravine, ½(x² + 20y²), learning rate 0.09. From (−4, 1): The goal (loss below 0.01) is reached at step 36."
    )
    picture = base64.b64decode(data["image/png"])
    assert picture.startswith(b"\x89PNG")
    assert base64.b64decode(figure._repr_mimebundle_()[0]["image/png"]) == picture  # built twice, the same bytes
    figure.wish = {"lr": 0.11}
    assert base64.b64decode(figure._repr_mimebundle_()[0]["image/png"]) != picture


@pytest.mark.parametrize("name", SURFACES)
def test_each_surface_has_a_still_picture_and_words(name):
    figure = descent(surface=name)
    assert figure._repr_mimebundle_()[0]["image/png"]
    assert figure.sentence == sentence(figure.surface, figure.run, figure.traces)
    assert figure.trouble == ""


# ---- what the page holds


def test_controls_are_native_and_have_names():
    assert Descent._esm.count("export default") == 1 and "import " not in Descent._esm.replace("important ", "")
    assert SCRIPT.count('type: "range", "aria-label": name') == 1
    assert SCRIPT.count('"aria-label": `${name}, typed`') == 1
    for name in ("learning rate", "momentum", "number of steps", "start x", "start y"):
        assert f'Slider("{name}"' in SCRIPT
    assert 'role: "status", "aria-live": "polite"' in SCRIPT and 'role: "alert"' in SCRIPT
    assert "prefers-reduced-motion" in Descent._esm


def test_each_step_of_the_rate_multiplies_by_1_1():
    assert "const FACTOR = 1.1;" in SCRIPT
    assert 'lr: new FactorSlider("learning rate"' in SCRIPT and 'steps: new FactorSlider("number of steps"' in SCRIPT


def test_everything_that_is_drawn_stands_in_the_package():
    scripts = [*WIDGETS.glob("descent/*.js"), *(WIDGETS / "kit" / f"{name}.js" for name in ("plane", "controls"))]
    assert len(scripts) == 6
    for script in scripts:
        source = script.read_text(encoding="utf-8")
        assert source in Descent._esm and len(source.splitlines()) <= 250
