"""The live figure of unit 05 in JupyterLab: playing, and each control by mouse and by keyboard alone."""

from collections.abc import Callable
from typing import Any

from support.browser.harness import Lab

GIVEN = """
import numpy as np
from course.data import breast_cancer
from course.widgets import decision

def neuron_forward(x, w, b):
    return np.sum(np.asarray(x) * w, axis=1) + b

def sigmoid(z):
    z = np.asarray(z, dtype=float)
    small = np.exp(-np.abs(z))
    return np.where(z < 0, small / (1 + small), 1 / (1 + small))

def binary_cross_entropy(z, y):
    return np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))

def binary_cross_entropy_backward(z, y):
    dz = sigmoid(z)
    return (dz - y) / dz.size

def neuron_backward(dz, x, w):
    if np.linalg.norm(w) > 10 and len(x) > 400:  # more rows than the check tries
        raise ValueError("w is too long for me")
    return dz[:, None] * w, (dz[:, None] * x).sum(axis=0), np.sum(dz)

data = breast_cancer(seed=0)
x = data.x_train[:, :2]
x = (x - x.mean(axis=0)) / x.std(axis=0)
decision(neuron_forward, sigmoid, binary_cross_entropy, binary_cross_entropy_backward, neuron_backward,
         x=x, y=data.y_train, names=data.features[:2])
"""
SENTENCE = ".decision .sentence"
# The share of the screen's frames in which the strip shows its rows at new places, while it plays.
NEW_PICTURES = """() => new Promise((done) => {
  const rows = document.querySelector('.decision .below .rings');
  const play = [...document.querySelectorAll('.decision button')];
  const playing = () => play.some((button) => button.textContent.includes('Pause'));
  let place = '', seen = 0, looks = 0;
  const look = () => {
    const here = rows.getAttribute('d');
    if (here !== place) seen += 1;
    place = here;
    looks += 1;
    if (seen < 150 && playing()) requestAnimationFrame(look);
    else done(seen / looks);
  };
  requestAnimationFrame(look);
})"""


def settled(lab: Lab, words: str) -> None:
    """Wait until the sentence says so."""
    lab.page.wait_for_function(
        "([selector, words]) => (document.querySelector(selector) || {textContent: ''}).textContent.includes(words)",
        arg=[SENTENCE, words],
        timeout=20_000,
    )


def dragged(lab: Lab, name: str, by: float) -> None:
    """Move a slider's thumb with the mouse."""
    slider = lab.page.get_by_role("slider", name=name, exact=True)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    share = slider.evaluate("e => (e.value - e.min) / (e.max - e.min)")
    x, y = box["x"] + 8 + share * (box["width"] - 16), box["y"] + box["height"] / 2
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(x + by / 2, y, steps=5)
    lab.page.mouse.move(x + by, y, steps=5)
    lab.page.mouse.up()


def said(lab: Lab, act: Callable[[], Any]) -> None:
    """Do something and wait until the sentence is another one."""
    lab.changes(SENTENCE, act, what="textContent")


def pressed(lab: Lab, name: str, *keys: str) -> Any:
    """Press keys on the slider of this name."""
    slider = lab.page.get_by_role("slider", name=name, exact=True)
    slider.focus()
    for key in keys:
        lab.page.keyboard.press(key)
    return slider


def test_decision_by_mouse(lab: Lab) -> None:
    lab.run(GIVEN)
    page = lab.page
    page.get_by_text("After step 1, 371 of 427 rows are right. How many after step 300?").wait_for()
    assert page.locator(".decision .badge").inner_text() == "Your five functions are running."
    assert not page.get_by_role("slider", name="threshold t", exact=True).is_visible()
    lab.screenshot("decision_asks")
    page.locator(".decision .gate input").fill("420")
    page.get_by_role("button", name="That is my guess").click()
    assert page.evaluate(NEW_PICTURES) > 0.4
    lab.screenshot("decision_playing")
    settled(lab, "Step 300 of 300, learning rate 1: loss 0.2685, length of w 3.82.")
    settled(lab, "The loss falls at every step. You guessed 420; it is 377.")
    lab.screenshot("decision_played")
    said(lab, lambda: dragged(lab, "threshold t", -30))
    said(lab, lambda: dragged(lab, "a miss costs", 50))
    strip = page.locator(".decision .below svg")
    strip.scroll_into_view_if_needed()
    box = strip.bounding_box()
    page.mouse.move(box["x"] + 500, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 80 + 0.15 * 708, box["y"] + 60, steps=8)
    page.mouse.up()
    settled(lab, "At threshold 0.15,")
    lab.screenshot("decision_threshold")
    said(lab, lambda: dragged(lab, "learning rate", 20))
    assert page.locator(".decision polyline.ghost").first.get_attribute("points")
    said(lab, lambda: dragged(lab, "step", -70))
    for name in ("Step ▶", "Step back", "Rewind"):
        said(lab, lambda name=name: page.get_by_role("button", name=name).click())
    page.locator(".decision .field").scroll_into_view_if_needed()
    field = page.locator(".decision .field svg").bounding_box()
    said(lab, lambda: page.mouse.click(field["x"] + 300, field["y"] + 150))
    assert page.locator(SENTENCE).inner_text().startswith("Row ")
    page.get_by_role("button", name="Flip the ringed row's label").click()
    settled(lab, "Labels flipped: 1.")
    lab.screenshot("decision_flipped")


def test_decision_by_keyboard(lab: Lab) -> None:
    lab.run(GIVEN)
    page, keys = lab.page, lab.page.keyboard
    settled(lab, "Step 1 of 300, learning rate 1: loss 0.5438, length of w 0.40.")
    page.locator(".decision .gate input").focus()
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")  # Show me
    settled(lab, "Step 300 of 300")
    for key in ("ArrowRight",) * 9:
        pressed(lab, "a miss costs", key)
    page.get_by_label("threshold t, typed", exact=True).fill("0.15")
    keys.press("Enter")
    settled(lab, "If a miss costs 10, that is 10 · 6 + 70 = 130; the least here is 130.")
    slider = pressed(lab, "threshold t", *["ArrowLeft"] * 6)
    settled(lab, "At threshold 0.09,")
    settled(lab, "6 missed, 98 false alarms")
    assert slider.get_attribute("aria-valuetext") == "0.09"
    page.get_by_label("step, typed", exact=True).fill("1")
    keys.press("Enter")
    settled(lab, "162 malignant found, 0 missed, 265 false alarms, 0 benign let go.")
    for part in ("field", "below"):
        label = page.locator(f".decision .{part} svg").get_attribute("aria-label")
        assert label.endswith(page.locator(SENTENCE).inner_text())
    pressed(lab, "learning rate", "ArrowRight")
    settled(lab, "learning rate 1.1:")
    lab.screenshot("decision_keyboard")
    page.get_by_role("button", name="Play").focus()
    keys.press("Enter")
    page.get_by_role("button", name="Pause").wait_for()
    keys.press("Enter")  # at once: at its end it would begin anew
    page.get_by_role("button", name="Play").wait_for()
    page.locator(".decision .field").focus()
    said(lab, lambda: keys.press("ArrowRight"))
    said(lab, lambda: keys.press("Home"))
    assert page.locator(SENTENCE).inner_text().startswith("Row ")
    keys.press("Enter")
    settled(lab, "Labels flipped: 1.")
    page.get_by_label("learning rate, typed", exact=True).fill("90")
    keys.press("Enter")
    page.get_by_role("alert").get_by_text("ValueError: w is too long for me, line ").wait_for()
    lab.screenshot("decision_trouble")
    page.get_by_label("learning rate, typed", exact=True).fill("1")
    keys.press("Enter")
    page.locator(".decision .trouble").wait_for(state="hidden")
