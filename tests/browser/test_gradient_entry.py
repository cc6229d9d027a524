"""The live figure of unit 06 in JupyterLab, by mouse and by keyboard alone."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import TimeoutError
from support.browser.harness import Lab

CELL = """\
import numpy as np

from course.widgets import gradient_entry


def linear_backward(dz, x, W):
    if x.shape == (4, 3) and x[0, 2] == 0:
        raise ValueError("my own mistake")
    outer = [np.outer(a, d) for a, d in zip(x, dz)]
    return np.dot(dz, W.T), np.sum(outer, axis=0), np.add.reduce(dz)


gradient_entry(linear_backward)
"""
PICTURE = ".course-stage svg"


def settled(lab: Lab, words: str) -> None:
    """Wait until the sentence says so."""
    says = "words => document.querySelector('.course-sentence').textContent.includes(words)"
    try:
        lab.page.wait_for_function(says, arg=words, timeout=10_000)
    except TimeoutError:
        assert words in lab.page.locator(".course-sentence").inner_text()


def cell(lab: Lab, name: str) -> Any:
    """The cell of a grid whose label begins so."""
    return lab.page.get_by_role("gridcell", name=name)


def drawn(lab: Lab, entry: str, act: Callable[[], Any]) -> None:
    """Do something and wait until the picture is that of an entry."""
    act()
    lab.page.wait_for_function(
        "name => document.querySelector('.course-stage svg').getAttribute('aria-label') === name",
        arg=f"Which numbers make dW{entry}",
    )


def test_gradient_entry_by_keyboard(lab: Lab) -> None:
    lab.run(CELL)
    page, keys = lab.page, lab.page.keyboard
    page.get_by_role("group", name="Which numbers make one entry of dW").get_by_text("Your linear_backward").wait_for()
    settled(lab, "Which example adds most to dW[1, 0]?")
    lab.screenshot("gradient_entry_asks")
    page.get_by_label("your guess").focus()
    keys.press("Tab")
    keys.press("Enter")
    settled(lab, "You said example 0: it adds 0 · 0.5 = 0. Example 3 adds most")
    for n in (2, 3):
        page.get_by_label(f"example {n}", exact=True).focus()
        keys.press("Space")
    settled(lab, "Your linear_backward gives 0: the same.")
    lab.screenshot("gradient_entry_zero")
    page.get_by_role("button", name="Start again").focus()
    keys.press("Enter")
    settled(lab, "gives 1: the same.")
    cell(lab, "dW[1, 0]").focus()
    assert page.locator("[aria-label='entries of dW'] [tabindex='0']").count() == 1
    for key, entry in (("ArrowRight", "[1, 1]"), ("ArrowDown", "[2, 1]"), ("Home", "[0, 0]"), ("End", "[2, 1]")):
        drawn(lab, entry, lambda key=key: keys.press(key))
        assert cell(lab, f"dW{entry}").evaluate("e => e === document.activeElement")
        assert cell(lab, f"dW{entry}").get_attribute("aria-selected") == "true"
        settled(lab, f"dW{entry}, input")
    drawn(lab, "[1, 1]", lambda: keys.press("ArrowUp"))
    cell(lab, "x[0, 0]").focus()
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        keys.press(key)
    settled(lab, "Your linear_backward gives 0.5: the same.")
    settled(lab, "Set to 0: x[1, 1].")
    cell(lab, "x[1, 1] = 0; press to bring it back").wait_for()
    for name, key, words in (
        ("loss over the examples", "ArrowDown", "each dz is divided by 4"),
        ("product for dW", "ArrowDown", "refused. The inner sizes are 3 and 4."),
    ):
        page.get_by_label(name, exact=True).focus()
        for press in ("Space", key, "Enter"):
            keys.press(press)
        settled(lab, words)
    lab.screenshot("gradient_entry_refused")


def test_gradient_entry_by_mouse(lab: Lab) -> None:
    lab.run(CELL, name="mouse.ipynb")
    page = lab.page
    page.get_by_role("button", name="Show me").click()
    settled(lab, "0 + 0 − 1 + 2 = 1")
    page.mouse.move(5, 5)
    lab.screenshot("gradient_entry")
    cells, drawing = cell(lab, "dW[1, 0]").bounding_box(), page.locator(PICTURE).bounding_box()
    frame = page.locator(f"{PICTURE} g[aria-label='dW[1, 0] = 1'] rect").last.bounding_box()
    assert abs(cells["x"] - frame["x"]) < 3 and abs(cells["y"] - frame["y"]) < 3  # the cell lies on its drawing
    boxes = [page.get_by_label(f"example {n}", exact=True).bounding_box() for n in range(4)]
    assert all(drawing["x"] <= box["x"] and box["x"] + box["width"] < drawing["x"] + 98 for box in boxes)
    drawn(lab, "[2, 1]", lambda: cell(lab, "dW[2, 1]").hover())
    drawn(lab, "[1, 0]", lambda: page.mouse.move(5, 5))  # hovering is over: back to what was chosen
    drawn(lab, "[0, 1]", lambda: cell(lab, "dW[0, 1]").click())
    page.mouse.move(5, 5)
    settled(lab, "dW[0, 1], input 0 to neuron 1")
    page.get_by_label("example 0", exact=True).click()
    settled(lab, "Example 0 is off: its dz is 0.")
    cell(lab, "dz[2, 1]").click()
    settled(lab, "Set to 0: dz[2, 1].")
    lab.screenshot("gradient_entry_off")
    cell(lab, "x[0, 2]").click()
    page.get_by_role("alert").get_by_text("ValueError: my own mistake, line 8").wait_for()
    cell(lab, "x[0, 2]").click()
    page.locator(".course-trouble").wait_for(state="hidden")
    page.get_by_label("loss over the examples").select_option("mean")
    settled(lab, "each dz is divided by 3")
    page.get_by_label("product for dW").select_option("dzᵀ x")
    settled(lab, "it is dW turned over")
    lab.screenshot("gradient_entry_turned")
    page.get_by_role("button", name="Start again").click()
    settled(lab, "Your linear_backward gives 0: the same.")
