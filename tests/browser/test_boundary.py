"""The live figure of unit 09 in JupyterLab: playing, and each control by mouse and by keyboard alone."""

from collections.abc import Callable
from typing import Any

from support.browser.harness import Lab

GIVEN = """
import numpy as np
from course.widgets import boundary

def init_two_layer(D, H, C, seed):
    rng = np.random.default_rng(seed)
    W1 = rng.normal(size=(D, H)) / D**0.5
    return {"W1": W1, "b1": np.zeros(H), "W2": rng.normal(size=(H, C)) / H**0.5, "b2": np.zeros(C)}

def two_layer_forward(params, x):
    if params["W1"].shape[1] == 13:
        raise ValueError("thirteen is too many for me")
    hidden = np.tanh(x @ params["W1"] + params["b1"])
    return hidden @ params["W2"] + params["b2"], {"x": x, "a1": hidden}

def two_layer_backward(params, cache, dz2):
    a1 = cache["a1"]
    dz1 = dz2 @ params["W2"].T * (1 - a1 * a1)
    return {"W1": cache["x"].T @ dz1, "b1": dz1.sum(0), "W2": a1.T @ dz2, "b2": dz2.sum(0)}

def train_two_layer(params, x, y, lr, steps):
    losses, targets = [], np.eye(params["b2"].size)[y]
    for k in range(steps + 1):
        z2, cache = two_layer_forward(params, x)
        e = np.exp(z2 - z2.max(1, keepdims=True))
        p = e / e.sum(1, keepdims=True)
        losses.append(-np.log((p * targets).sum(1)).mean())
        if k < steps:
            grads = two_layer_backward(params, cache, (p - targets) / len(x))
            params = {name: params[name] - lr * grads[name] for name in params}
    return params, losses

boundary(init_two_layer, two_layer_forward, two_layer_backward, train_two_layer, data="XOR")
"""
SENTENCE = ".boundary .sentence"
# The share of the screen's frames in which the boundary is drawn anew, from Play on.
NEW_PICTURES = """() => new Promise((done) => {
  const line = document.querySelector('.boundary .border:not(.ghost)');
  let place = '', seen = 0, looks = 0;
  const look = () => {
    const here = line.getAttribute('d');
    if (here !== place) seen += 1;
    place = here;
    looks += 1;
    if (seen < 150) requestAnimationFrame(look);
    else done(seen / looks);
  };
  requestAnimationFrame(look);
})"""


def settled(lab: Lab, words: str) -> None:
    """Wait until the sentence says so."""
    lab.page.wait_for_function(
        "([selector, words]) => (document.querySelector(selector) || {textContent: ''}).textContent.includes(words)",
        arg=[SENTENCE, words],
        timeout=30_000,
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


def test_boundary_by_mouse(lab: Lab) -> None:
    lab.run(GIVEN)
    page = lab.page
    page.get_by_text(
        "Before the first step 51.5 % of the points are right. What percentage after step 1000?"
    ).wait_for()
    assert page.locator(".boundary .badge").inner_text() == "Your four functions are running."
    assert not page.get_by_role("slider", name="hidden units", exact=True).is_visible()
    lab.screenshot("boundary_asks")
    page.locator(".boundary .gate input").fill("75")
    page.get_by_role("button", name="That is my guess").click()
    assert page.evaluate(NEW_PICTURES) > 0.4
    lab.screenshot("boundary_playing")
    settled(
        lab, "Step 1000 of 1000: XOR, 2 hidden units, learning rate 1, seed 0. Loss 0.2001, 91 % of 200 points right"
    )
    settled(lab, "The loss falls at every step. You guessed 75 %; it is 91 %.")
    lab.screenshot("boundary_played")
    unit = page.get_by_role("button", name="Unplug unit 1,")
    unit.click()
    settled(lab, "50 % of 200 points right, 2 different lines. Unplugged: unit 1; the loss is that of all units.")
    assert unit.get_attribute("aria-pressed") == "true"
    assert page.locator(".boundary .border.ghost").first.get_attribute("d")
    lab.screenshot("boundary_unplugged")
    unit.click()
    settled(lab, "91 % of 200 points right")
    said(lab, lambda: dragged(lab, "hidden units", 150))
    said(lab, lambda: dragged(lab, "learning rate", -20))
    lab.screenshot("boundary_many")
    page.get_by_role("radio", name="data and start").check()
    page.get_by_role("combobox", name="data").select_option("spiral")
    settled(lab, ": spiral, ")
    said(lab, lambda: dragged(lab, "seed", 40))
    page.get_by_role("checkbox", name="all units start equal to the first").check()
    settled(lab, "1 different line.")
    lab.screenshot("boundary_equal")
    said(lab, lambda: dragged(lab, "step", -60))
    for name in ("Later ▶", "◀ Earlier", "Rewind"):
        said(lab, lambda name=name: page.get_by_role("button", name=name).click())
    settled(lab, "Step 0 of 1000")
    page.locator(".boundary .field").first.scroll_into_view_if_needed()
    box = page.locator(".boundary .field svg").first.bounding_box()
    said(lab, lambda: page.mouse.click(box["x"] + 250, box["y"] + 80))
    assert page.locator(SENTENCE).inner_text().startswith("Ringed point (")
    lab.screenshot("boundary_rewound")


def pressed(lab: Lab, name: str, *keys: str) -> Any:
    """Press keys on the slider of this name."""
    slider = lab.page.get_by_role("slider", name=name, exact=True)
    slider.focus()
    for key in keys:
        lab.page.keyboard.press(key)
    return slider


def typed(lab: Lab, name: str, value: str) -> None:
    """Type a number beside the slider of this name."""
    lab.page.get_by_label(f"{name}, typed", exact=True).fill(value)
    lab.page.keyboard.press("Enter")


def test_boundary_by_keyboard(lab: Lab) -> None:
    lab.run(GIVEN)
    page, keys = lab.page, lab.page.keyboard
    page.locator(".boundary .gate input").focus()
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")  # Show me
    keys.press("Enter")  # on Pause, which has the focus
    page.get_by_role("button", name="Play").wait_for()
    typed(lab, "step", "305")
    settled(lab, "Step 300 of 1000")
    assert pressed(lab, "step", "ArrowRight").get_attribute("aria-valuetext") == "320"
    settled(lab, "Step 320 of 1000")
    pressed(lab, "step", "End")
    settled(lab, "Step 1000 of 1000")
    label = page.locator(".boundary .field svg").first.get_attribute("aria-label")
    assert label == f"The boundary over the points. {page.locator(SENTENCE).inner_text()}"
    pressed(lab, "hidden units", "ArrowRight")
    settled(lab, "3 hidden units, learning rate 1,")
    assert "2 hidden units" in page.locator(".boundary .old svg").get_attribute("aria-label")
    pressed(lab, "learning rate", "ArrowRight")
    settled(lab, "learning rate 1.1,")
    page.get_by_role("button", name="Unplug unit 1,").focus()
    keys.press("ArrowRight")
    keys.press("Enter")
    settled(lab, "Unplugged: unit 2;")
    keys.press("Home")
    keys.press("Space")
    settled(lab, "Unplugged: unit 1, 2;")
    lab.screenshot("boundary_keyboard")
    page.get_by_role("radio", name="the network").focus()
    keys.press("ArrowRight")
    page.get_by_role("combobox", name="data").focus()
    keys.press("m")
    settled(lab, ": moons, 3 hidden units, learning rate 1.1, seed 0.")
    pressed(lab, "seed", "ArrowRight")
    settled(lab, "seed 1.")
    page.get_by_role("checkbox", name="all units start equal to the first").focus()
    keys.press("Space")
    settled(lab, "equal at the start")
    page.locator(".boundary .field").first.focus()
    said(lab, lambda: keys.press("Home"))
    said(lab, lambda: keys.press("ArrowRight"))
    page.get_by_role("radio", name="data and start").focus()
    keys.press("ArrowLeft")
    typed(lab, "hidden units", "13")
    page.get_by_role("alert").get_by_text("ValueError: thirteen is too many for me, line ").wait_for()
    lab.screenshot("boundary_trouble")
    typed(lab, "hidden units", "16")
    page.locator(".boundary .trouble").wait_for(state="hidden")
    settled(lab, "16 hidden units")
    page.get_by_role("button", name="Play").focus()
    keys.press("Enter")
    page.get_by_role("button", name="Pause").wait_for()
    assert page.evaluate(NEW_PICTURES) > 0.4
    said(lab, lambda: keys.press("Enter"))
    page.get_by_role("button", name="Rewind").focus()
    said(lab, lambda: keys.press("Enter"))
