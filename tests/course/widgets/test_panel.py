"""The base of the live figures: whose code runs, controls, words, trouble, and what stays in the notebook."""

import base64
import io
import math
import subprocess
import sys
import threading
import time

import ipywidgets
import numpy as np
import pytest
from PIL import Image
from support.courses import ROOT

from course import widgets
from course.widgets.kit.controls import Gate, rate_slider, slider, tick
from course.widgets.kit.panel import WIDGET_VIEW, Panel, Voice, bundle, show
from course.widgets.kit.picture import Picture, canvas
from course.widgets.kit.shapes import Bar
from course.widgets.kit.standing_in import standing_in


def own(y_hat, y):
    return 0.0


def right_mse(y_hat, y):
    total = sum((a - b) ** 2 for a, b in zip(y_hat.ravel(), y.ravel(), strict=True))
    return total / y.size


@pytest.fixture
def panel():
    return Panel(ipywidgets.Image(), name="a figure", badge="It's yours.", still=lambda: (b"pixels", "image/png"))


def test_right_answer_runs_and_the_badge_says_so():
    stand = standing_in("mse", right_mse, own)
    assert (stand.function, stand.badge, stand.yours) == (right_mse, "Your mse is running.", True)


@pytest.mark.parametrize(
    "answer", [None, 3, lambda y_hat, y: 1.0, lambda: None], ids=["none", "number", "wrong", "arity"]
)
def test_course_stands_in_for_what_is_not_right(answer):
    stand = standing_in("mse", answer, own)
    assert stand.function is own
    assert stand.badge == "The course's mse is running. Yours takes over once its check passes."
    assert not stand.yours


def test_course_stands_in_for_a_stub():
    def mse(y_hat, y):
        raise NotImplementedError()

    assert standing_in("mse", mse, own).function is own


def test_any_function_is_taken_for_what_is_no_exercise():
    assert standing_in("my_surface", right_mse, own).badge == "Your my_surface is running."


def test_exception_is_shown_as_text_and_the_figure_goes_on(panel):
    numbers = []

    @panel.safely
    def moved(value):
        numbers.append(1 / value)

    moved(0)
    assert panel.trouble.startswith("ZeroDivisionError: division by zero")
    assert "The picture shows the last values that worked" in panel.trouble
    moved(2)
    assert numbers == [0.5]
    assert panel.trouble == ""


def test_trouble_of_a_callback_that_another_one_woke_stays(panel):
    inner = panel.safely(lambda: 1 / 0)
    panel.safely(inner)()
    assert panel.trouble.startswith("ZeroDivisionError")


def test_callbacks_of_two_threads_never_overlap(panel):
    inside, seen = [], []

    @panel.safely
    def slow():
        inside.append(1)
        time.sleep(0.005)
        seen.append(len(inside))
        inside.pop()

    threads = [threading.Thread(target=lambda: [slow() for _ in range(5)]) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [1] * 15


def test_badge_and_sentence_are_plain_text(panel):
    assert panel.badge == "It's yours."
    panel.badge = "a < b"
    assert panel._badge.value == "<b>a &lt; b</b>"
    panel.say("loss 9.295")
    assert panel.sentence == "loss 9.295"


def test_at_most_four_controls(panel):
    with pytest.raises(ValueError, match="at most 4 controls at a time; these are 5"):
        panel.controls = [slider("w", 0, 0, 1, 0.1) for _ in range(5)]


def test_output_holds_widget_picture_and_text_but_no_state(panel):
    panel.say("w = 1")
    data, metadata = panel._repr_mimebundle_()
    assert sorted(data) == sorted([WIDGET_VIEW, "image/png", "text/html", "text/plain"])
    assert data[WIDGET_VIEW] == {"version_major": 2, "version_minor": 0, "model_id": panel.model_id}
    assert base64.b64decode(data["image/png"]) == b"pixels"
    assert data["text/plain"] == metadata["image/png"]["alt"] == "w = 1"
    assert '<img alt="w = 1"' in data["text/html"]
    assert bundle(panel, b"pixels", "image/png", "w = 1") == (data, metadata)


def test_show_prints_the_text_outside_a_notebook(panel, capsys):
    show(panel, b"pixels", "image/png", "the numbers")
    assert capsys.readouterr().out == "the numbers\n"


def test_rate_steps_by_a_tenth_and_the_default_is_a_step():
    rate = rate_slider("learning rate", 0.09, 0.005, 2.2)
    assert 10**rate.step == pytest.approx(1.1)
    steps = (math.log10(rate.value) - rate.min) / rate.step
    assert steps == pytest.approx(round(steps))
    assert 0.005 <= 10**rate.min < 0.0056 and 1.99 < 10**rate.max <= 2.2


def test_every_control_has_a_name():
    for control in (slider("w", 0, 0, 1, 0.1), rate_slider("h", 1, 0.1, 10), tick("centre x")):
        assert control.description


@pytest.mark.parametrize(("button", "guess"), [("answer", "b"), ("show_me", None)])
def test_gate_opens_once(button, guess):
    opened = []
    gate = Gate("Which?", ipywidgets.Dropdown(options=["a", "b"], value="b", description="guess"), opened.append)
    getattr(gate, button).click()
    gate.show_me.click()
    assert opened == [guess]
    assert gate.layout.display == "none"


def test_words_stay_in_an_element_that_is_announced():
    for part in (
        'setAttribute("role", "status")',
        '"aria-live", "polite"',
        '"role", "alert"',
        '"aria-label"',
        ".alt = ",
    ):
        assert part in Voice._esm
    assert Voice(sentence="a").sentence == "a"


@pytest.fixture
def picture():
    fig = canvas(2, 1)
    fig.add_axes((0.1, 0.2, 0.8, 0.6)).set(xlim=(0, 10), ylim=(0, 1))
    return Picture(fig)


def test_picture_has_a_fixed_size(picture):
    assert picture.film.size == [200, 100]
    assert (picture.film.layout.width, picture.film.layout.height) == ("200px", "100px")


def test_ground_is_sharp_on_a_fine_screen(picture):
    assert picture.film.ground == b""
    picture.ground()
    assert Image.open(io.BytesIO(picture.film.ground)).size == (400, 200)


def test_pixels_of_an_axes_count_from_the_upper_left(picture):
    ax = picture.fig.axes[0]
    assert picture.pixels(ax, [0, 10], [0, 1]) == [(20, 80), (180, 20)]
    assert picture.pixels(ax, [0, np.nan, 5], 1.0) == [(20, 20), (100, 20)]
    clipped = picture.clipped(ax, [])
    assert (clipped.at, clipped.size) == ((20, 20), (160, 60))


def test_still_shows_what_rests_and_what_moves_over_the_ground(picture):
    bare, mimetype = picture.still([])
    assert mimetype == "image/png"
    picture.rest([Bar((30, 30), (20, 20), fill="#0072B2")])
    shown = Image.open(io.BytesIO(picture.still([Bar((100, 30), (20, 20), fill="#D55E00")])[0])).convert("RGB")
    assert shown.size == (300, 150)
    assert (shown.getpixel((60, 60)), shown.getpixel((165, 60))) == ((0, 0x72, 0xB2), (0xD5, 0x5E, 0))
    picture.rest([])
    assert picture.still([])[0] == bare


def test_unknown_figure_names_the_known_ones():
    known = (
        "boundary, decision, descent, digits_training, gradient_entry, "
        "graph_steps, line_fit, logits, saturation, step_size"
    )
    with pytest.raises(AttributeError, match=f"no figure 'spiral'; it has {known}"):
        widgets.spiral  # noqa: B018


def test_nothing_heavy_is_imported_before_a_figure_is_asked_for():
    code = """
import sys, course, course.widgets
print([name for name in ("matplotlib", "ipywidgets", "anywidget", "IPython") if name in sys.modules])
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT).stdout == "[]\n"
