"""The live figure of unit 04 in JupyterLab: playing, and each control by mouse and by keyboard alone."""

import os
import signal
from collections.abc import Callable
from typing import Any

from support.browser.harness import Lab

GIVEN = """
from course.widgets import descent

def gd_step(params, grads, lr):
    moved = []
    for here, slope in zip(params, grads):
        moved.append(here + slope * (-lr))
    return moved

descent(step=gd_step, starts=[(-4, 1), (3, -1.5)])
"""
MOMENTUM = """
def momentum_step(params, grads, velocity, lr, beta):
    faster = [slope + beta * old for slope, old in zip(grads, velocity)]
    return gd_step(params, faster, lr), faster

import os
open("kernel", "w").write(str(os.getpid()))

descent(step=gd_step, momentum_step=momentum_step)
"""
# The share of the screen's frames in which the ball is seen at a new place, from Play to the stop.
NEW_PICTURES = """() => new Promise((done) => {
  const ball = document.querySelector('.descent .place .ball');
  let place = '', seen = 0, looks = 0;
  const look = () => {
    const here = ball.getAttribute('cx') + ' ' + ball.getAttribute('cy');
    if (here !== place) seen += 1;
    place = here;
    looks += 1;
    if (seen < 150) requestAnimationFrame(look);
    else done(seen / looks);
  };
  requestAnimationFrame(look);
})"""


def settled(lab: Lab, words: str, timeout: float = 20_000) -> None:
    """Wait until the sentence says so."""
    lab.page.wait_for_function(
        "words => (document.querySelector('.descent .sentence') || {textContent: ''}).textContent.includes(words)",
        arg=words,
        timeout=timeout,
    )


def button(lab: Lab, name: str) -> Any:
    """The button whose words end so."""
    return lab.page.get_by_role("button", name=name)


def moved(lab: Lab, act: Callable[[], Any], what: str = "polyline.path", attribute: str = "points") -> None:
    """Do something and wait until the first path is another one."""
    selector = f".descent .place {what}"
    before = lab.page.locator(selector).first.get_attribute(attribute)
    act()
    lab.page.wait_for_function(
        "([selector, attribute, before]) => document.querySelector(selector).getAttribute(attribute) !== before",
        arg=[selector, attribute, before],
        timeout=15_000,
    )


def drawn(lab: Lab, act: Callable[[], Any]) -> None:
    """Do something and wait until the first ball stands elsewhere."""
    moved(lab, act, ".ball", "cx")


def dragged(lab: Lab, name: str, by: float) -> None:
    """Move a slider's thumb with the mouse."""
    slider = lab.page.get_by_role("slider", name=name, exact=True)
    box = slider.bounding_box()
    share = slider.evaluate("e => (e.value - e.min) / (e.max - e.min)")
    x, y = box["x"] + 8 + share * (box["width"] - 16), box["y"] + box["height"] / 2
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(x + by / 2, y, steps=5)
    lab.page.mouse.move(x + by, y, steps=5)
    lab.page.mouse.up()


def test_descent_by_mouse(lab: Lab) -> None:
    lab.run(GIVEN)
    page = lab.page
    settled(lab, "Step 0 of 60")
    assert page.locator(".descent .badge").inner_text() == "Your gd_step is running."
    assert button(lab, "Play").is_disabled()
    lab.screenshot("descent_first")
    page.locator(".descent .gate input[type=checkbox]").check()
    place = page.locator(".descent .place svg").bounding_box()
    for right, down in ((112, 240), (120, 150), (128, 230)):
        page.mouse.click(place["x"] + right, place["y"] + down)
    page.locator(".descent .gate input[type=number]").fill("20")
    button(lab, "That is my guess").click()
    assert page.evaluate(NEW_PICTURES) > 0.4
    settled(lab, "Start 1: The goal (loss below 0.01) is reached at step 36. Start 2:")
    settled(lab, "You guessed 20; it was 36. Your dots are")
    lab.screenshot("descent_played")
    moved(lab, lambda: dragged(lab, "learning rate", 20))
    settled(lab, "It diverges: each step is")
    assert page.locator(".descent polyline.ghost").count() == 4  # two starts in two plots
    lab.screenshot("descent_diverges")
    lab.changes(".descent .sentence", lambda: dragged(lab, "number of steps", -100), what="textContent")
    page.get_by_label("the start", exact=True).check()
    drawn(lab, lambda: button(lab, "Rewind").click())
    drawn(lab, lambda: page.mouse.click(place["x"] + 300, place["y"] + 100))
    drawn(lab, lambda: dragged(lab, "start x", -60))
    drawn(lab, lambda: button(lab, "Step ▶").click())
    drawn(lab, lambda: button(lab, "Step back").click())
    lab.screenshot("descent_clicked")


def test_descent_by_keyboard(lab: Lab) -> None:
    lab.run(GIVEN.replace("descent(step=gd_step, starts=[(-4, 1), (3, -1.5)])", MOMENTUM))
    page, keys = lab.page, lab.page.keyboard
    settled(lab, "Step 0 of 60")
    page.locator(".descent .gate input[type=number]").focus()
    keys.type("12")
    keys.press("Enter")
    settled(lab, "You guessed 12; it was 36.")
    assert (
        page.locator(".descent .place svg").get_attribute("aria-label")
        == page.locator(".descent .sentence").inner_text()
    )
    rate = page.get_by_role("slider", name="learning rate", exact=True)
    rate.focus()
    keys.press("ArrowRight")
    settled(lab, "Learning rate 0.099.")
    assert rate.get_attribute("aria-valuetext") == "0.099"
    keys.press("ArrowRight")
    settled(lab, "It diverges: each step is 1.178 times the last and changes side.")
    page.get_by_label("learning rate, typed", exact=True).fill("0.11")
    keys.press("Enter")
    settled(lab, "It diverges: each step is 1.2 times the last and changes side.")
    page.get_by_role("slider", name="momentum", exact=True).focus()
    for _ in range(10):
        keys.press("ArrowRight")
    settled(lab, "Learning rate 0.11, momentum 0.5.")
    settled(lab, "The goal (loss below 0.01) is reached at step 11.")
    lab.screenshot("descent_momentum")
    page.get_by_label("the start", exact=True).focus()
    page.get_by_label("the step", exact=True).focus()
    keys.press("ArrowRight")
    page.locator(".descent .place").focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowUp"):
        keys.press(key)
    settled(lab, "Cross at (−3.8, 1.18).")
    keys.press("Enter")
    page.get_by_label("surface", exact=True).focus()
    keys.press("ArrowDown")
    settled(lab, "Learning rate 0.3, momentum 0.5. Step 0 of 60")
    button(lab, "Show me").focus()
    keys.press("Enter")
    settled(lab, "The goal (loss below 0.01) is reached at step")
    lab.screenshot("descent_bowl")
    without_kernel(lab)


def without_kernel(lab: Lab) -> None:
    """While the kernel stands still, playing, stepping and rewinding go on; a setting says what it waits for."""
    page, keys = lab.page, lab.page.keyboard
    kernel = int((lab.folder / "kernel").read_text())
    os.kill(kernel, signal.SIGSTOP)
    try:
        button(lab, "Rewind").focus()
        keys.press("Enter")
        settled(lab, "Step 0 of 60")
        button(lab, "Play").focus()
        keys.press("Enter")
        settled(lab, "is reached at step")
        button(lab, "Step back").focus()
        keys.press("Enter")
        page.get_by_role("slider", name="start x", exact=True).focus()
        keys.press("ArrowRight")
        settled(lab, "The kernel does not answer")
    finally:
        os.kill(kernel, signal.SIGCONT)
    settled(lab, "Learning rate 0.3")


def test_two_figures_of_a_notebook_keep_their_choices_apart(lab: Lab) -> None:
    lab.run(GIVEN, "descent(step=gd_step)", name="two.ipynb")
    figures = lab.page.locator(".descent")
    for figure in figures.all():
        figure.get_by_role("button", name="Show me").click()
        figure.get_by_role("radio", name="the step").wait_for()
    for figure in figures.all():
        assert figure.get_by_role("radio", name="the step").is_checked()
