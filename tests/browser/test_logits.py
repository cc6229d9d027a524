"""The live logits in JupyterLab, by mouse and by keyboard."""

PICTURE = ".course-picture"
SENTENCE = ".course-sentence"
CELL = """\
import numpy as np

from course.widgets import logits


def softmax(z):
    if abs(z[0, 0] + 4.8) < 1e-9:
        raise ValueError("my own mistake")
    return np.stack([np.exp(row - row.max()) / np.exp(row - row.max()).sum() for row in z])


logits(softmax=softmax)
"""


def choose(lab, menu, key):
    """Go to another entry of a menu with the keyboard alone."""
    lab.page.get_by_label(menu, exact=True).focus()
    lab.page.keyboard.press(key)


def test_logits_by_keyboard_and_mouse(lab):
    lab.run(CELL)
    page = lab.page
    page.get_by_role("group", name="Three logits").get_by_text("Your softmax is running.").wait_for()
    lab.screenshot("logits_asks")
    choose(lab, "your guess", "ArrowDown")
    page.keyboard.press("Tab")
    lab.changes(SENTENCE, lambda: page.keyboard.press("Enter"))
    page.get_by_role("status").get_by_text("You said “to ln 3 = 1.0986”: right.").wait_for()
    for name in ("logit z0", "logit z1", "logit z2"):
        lab.changes(SENTENCE, lambda name=name: lab.changes(PICTURE, lambda: lab.press(name, ["ArrowRight"])))
        assert lab.handle(name).get_attribute("aria-valuetext")
        lab.changes(PICTURE, lambda name=name: lab.drag(name, -60))
    lab.screenshot("logits_moved")
    choose(lab, "what to move", "ArrowDown")
    for name, keys, by in (("temperature T", ["Home"], 90), ("true class", ["ArrowLeft"], 200)):
        lab.changes(PICTURE, lambda name=name, keys=keys: lab.press(name, keys))
        lab.changes(PICTURE, lambda name=name, by=by: lab.drag(name, by))
    step = page.get_by_role("button", name="One step downhill, rate 1")
    step.focus()
    lab.changes(PICTURE, lambda: page.keyboard.press("Enter"))
    page.get_by_role("status").get_by_text("1 step downhill, losses").wait_for()
    lab.changes(PICTURE, step.click)
    page.get_by_role("status").get_by_text("2 steps downhill, losses").wait_for()
    lab.screenshot("logits_steps")
    lab.changes(PICTURE, page.get_by_role("button", name="Take it back").click)
    choose(lab, "what to move", "End")
    lab.changes(PICTURE, lambda: lab.press("c, added to all", ["End"]))
    lab.changes(PICTURE, lambda: choose(lab, "e^s computed", "ArrowDown"))
    page.get_by_text("The formula as it stands is running").wait_for()
    page.get_by_role("status").get_by_text("the largest float32, so it is inf; inf/inf = nan").wait_for()
    lab.screenshot("logits_naive")
    lab.changes(PICTURE, lambda: lab.drag("c, added to all", -150))


def test_logits_show_the_students_exception_and_go_on(lab):
    lab.run(CELL, name="trouble.ipynb")
    page = lab.page
    lab.changes(SENTENCE, page.get_by_role("button", name="Show me").click)
    lab.press("logit z0", ["Home", "ArrowRight", "ArrowRight"])
    page.get_by_role("alert").get_by_text("ValueError: my own mistake, line 8").wait_for()
    lab.screenshot("logits_trouble")
    lab.changes(PICTURE, lambda: lab.press("logit z0", ["End"]))
    page.locator(".course-trouble").wait_for(state="hidden")
