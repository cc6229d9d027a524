"""The live figure of unit 10 in JupyterLab: playing, and each control by mouse and by keyboard alone."""

from collections.abc import Callable
from typing import Any

from support.browser.harness import Lab

GIVEN = """
import numpy as np
from course.data import digits
from course.widgets import digits_training

class MLP:
    def __init__(self, sizes, seed):
        rng = np.random.default_rng(seed)
        self.parts = [[rng.normal(0, np.sqrt(2 / m), (m, n)), np.zeros(n)] for m, n in zip(sizes, sizes[1:])]

    def forward(self, x):
        self.inputs = []
        for W, b in self.parts:
            self.inputs.append(np.maximum(x, 0) if self.inputs else x)
            x = self.inputs[-1] @ W + b
        return x

    def backward(self, dz):
        self.slopes = []
        for (W, _), a in zip(self.parts[::-1], self.inputs[::-1]):
            self.slopes[:0] = [a.T @ dz, dz.sum(axis=0)]
            dz = dz @ W.T * (a > 0) if a is not self.inputs[0] else dz @ W.T
        return dz

    def params(self):
        return sum(self.parts, [])

    def grads(self):
        return self.slopes

def train_mlp(model, x, y, lr, epochs, batch_size, seed):
    if lr > 5:
        raise ValueError("the rate is too large for me")
    losses = []
    for epoch in range(epochs):
        order = np.random.default_rng(seed + epoch).permutation(len(x))
        for k in range(0, len(x), batch_size):
            rows = order[k:k + batch_size]
            z = model.forward(x[rows])
            p = np.exp(z - z.max(axis=1, keepdims=True))
            p /= p.sum(axis=1, keepdims=True)
            losses.append(0.0)
            model.backward((p - np.eye(z.shape[1])[y[rows]]) / len(rows))
            for array, slope in zip(model.params(), model.grads()):
                array -= lr * slope
    return losses

digits_training(MLP, train_mlp, data=digits(seed=0))
"""
SENTENCE = ".digits_training .sentence"
# The share of the screen's frames in which the bars under the first image change, from Play on.
NEW_PICTURES = """() => new Promise((done) => {
  const bars = document.querySelector('.digits_training .tile svg');
  let place = '', seen = 0, looks = 0;
  const look = () => {
    const here = bars.innerHTML;
    if (here !== place) seen += 1;
    place = here;
    looks += 1;
    if (seen < 120) requestAnimationFrame(look);
    else done(seen / looks);
  };
  requestAnimationFrame(look);
})"""


def settled(lab: Lab, *parts: str) -> None:
    """Wait until the sentence says all of it."""
    lab.page.wait_for_function(
        "([selector, parts]) => { const e = document.querySelector(selector);"
        " return e && parts.every((part) => e.textContent.includes(part)); }",
        arg=[SENTENCE, list(parts)],
        timeout=20_000,
    )


def said(lab: Lab, act: Callable[[], Any]) -> None:
    """Do something and wait until the sentence is another one."""
    lab.changes(SENTENCE, act, what="textContent")


def dragged(lab: Lab, name: str, by: float) -> None:
    """Move a slider's thumb with the mouse."""
    slider = lab.page.get_by_role("slider", name=name, exact=True)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    share = slider.evaluate("e => (e.value - e.min) / (e.max - e.min)")
    x, y = box["x"] + 8 + share * (box["width"] - 16), box["y"] + box["height"] / 2
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(x + by, y, steps=5)
    lab.page.mouse.up()


def pressed(lab: Lab, name: str, *keys: str) -> None:
    """Press keys on the slider of this name."""
    lab.page.get_by_role("slider", name=name, exact=True).focus()
    for key in keys:
        lab.page.keyboard.press(key)


def typed(lab: Lab, name: str, value: str) -> None:
    """Type a number beside the slider of this name."""
    lab.page.get_by_label(f"{name}, typed", exact=True).fill(value)
    lab.page.keyboard.press("Enter")


def test_digits_training_by_mouse(lab: Lab) -> None:
    lab.run(GIVEN)
    page = lab.page
    page.get_by_text("After which epoch are 260 of the 273 validation images read right for the first time?").wait_for()
    assert page.locator(".digits_training .badge").inner_text() == "Your MLP and train_mlp are running."
    assert not page.get_by_role("slider", name="epoch", exact=True).is_visible()
    lab.screenshot("digits_asks")
    page.locator(".digits_training .gate input").fill("2")
    page.get_by_role("button", name="That is my guess").click()
    assert page.evaluate(NEW_PICTURES) > 0.4
    settled(lab, "Epoch 20 of 20", "0.146 in validation, 264 of 273 right.", "You guessed epoch 2; it is epoch 3.")
    lab.screenshot("digits_played")
    curve = page.locator(".digits_training .curves svg").first
    box = curve.bounding_box()
    page.mouse.click(box["x"] + 52 + (7.4 / 20.8) * 342, box["y"] + 80)
    settled(lab, "Epoch 7 of 20", "256 of 273 right.", "Of the 12 hard digits,")
    page.get_by_role("gridcell", name="true 9, answered 8: 4").click()
    settled(lab, "True 9, answered 8: 4 images.")
    assert page.locator(".digits_training .tile:visible").count() == 4
    lab.screenshot("digits_cell")
    said(lab, lambda: page.get_by_label("mistakes, surest first").check())
    said(lab, lambda: page.locator(".digits_training .tile").nth(2).click())
    assert page.locator(SENTENCE).inner_text().startswith("Image ")
    for name in ("Step ▶", "Step back", "Rewind"):
        said(lab, lambda name=name: page.get_by_role("button", name=name).click())
    dragged(lab, "epoch", 200)
    settled(lab, "Epoch 20 of 20", "Surest mistake: a 5 read as 9 with p = 0.998.")
    dragged(lab, "learning rate", 20)
    settled(lab, "learning rate 1,", "Epoch 20 of 20")
    dragged(lab, "learning rate", 20)
    settled(lab, "learning rate 2,", "It ends no better than a guess, ln 10 = 2.303.")
    assert page.locator(".digits_training polyline.ghost").first.get_attribute("points")
    lab.screenshot("digits_dead")
    dragged(lab, "batch size", 50)
    settled(lab, "batch 128")
    page.get_by_label("the network").check()
    dragged(lab, "first weights ×", -40)
    settled(lab, "first weights × 0.1")
    page.get_by_label("network", exact=True).select_option("64-10")
    settled(lab, "64-10, learning rate 2, batch 128, first weights × 0.1")


def test_digits_training_by_keyboard(lab: Lab) -> None:
    lab.run(GIVEN)
    page, keys = lab.page, lab.page.keyboard
    settled(lab, "Epoch 0 of 20, 64-128-64-10, learning rate 0.5")
    page.locator(".digits_training .gate input").focus()
    for key in ("Tab", "Tab", "Enter"):  # Show me
        keys.press(key)
    page.get_by_role("button", name="Pause").wait_for()
    keys.press("Enter")  # at once: at its end it would begin anew
    page.get_by_role("button", name="Play").wait_for()
    typed(lab, "epoch", "1")
    settled(lab, "Epoch 1 of 20", "213 of 273 right.")
    page.locator(".digits_training .cell").first.focus()
    for key in ("ArrowDown", *["ArrowRight"] * 8):
        keys.press(key)
    settled(lab, "True 1, answered 8: 16 images.")
    assert page.evaluate("() => document.activeElement.getAttribute('aria-label')") == "true 1, answered 8: 16"
    assert page.locator(".digits_training .cell[tabindex='0']").count() == 1
    keys.press("Escape")
    settled(lab, "Surest mistake: ")
    page.locator(".digits_training .tile").first.focus()
    said(lab, lambda: keys.press("ArrowRight"))
    assert page.locator(SENTENCE).inner_text().startswith("Image ")
    pressed(lab, "epoch", "End")
    settled(lab, "Epoch 20 of 20", "264 of 273 right.")
    page.locator(".digits_training .chooser input").first.focus()
    keys.press("Space")
    settled(lab, "Of the 12 hard digits, 3 are read right.")
    for svg in page.locator(".digits_training .curves svg").all():
        assert svg.get_attribute("aria-label").endswith(page.locator(SENTENCE).inner_text())
    pressed(lab, "batch size", "ArrowRight")
    settled(lab, "batch 128", "Epoch 20 of 20")
    pressed(lab, "batch size", "ArrowLeft")
    settled(lab, "batch 32", "Epoch 20 of 20")
    typed(lab, "learning rate", "9")
    page.get_by_role("alert").get_by_text("ValueError: the rate is too large for me, line ").wait_for()
    lab.screenshot("digits_trouble")
    typed(lab, "learning rate", "0.2")
    page.locator(".digits_training .trouble").wait_for(state="hidden")
    settled(lab, "learning rate 0.2", "261 of 273 right.")
    page.get_by_label("the network").focus()
    keys.press("Space")
    pressed(lab, "first weights ×", "Home")
    settled(lab, "first weights × 0:", "It ends no better than a guess")
    page.get_by_label("network", exact=True).focus()
    for key in ("Space", "ArrowUp", "Enter"):
        keys.press(key)
    settled(lab, "64-32-10, learning rate 0.2")
    lab.screenshot("digits_keyboard")
