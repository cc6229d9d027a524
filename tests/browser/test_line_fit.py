"""The live line fit in JupyterLab, by mouse and by keyboard."""

PICTURE = ".course-picture"
SENTENCE = ".course-sentence"
CELL = """\
import numpy as np

from course.widgets import line_fit


def predict(x, w, b):
    return b + x * w


def mse(y_hat, y):
    if abs(np.ravel(y)[-1] - 0.3) < 1e-9:
        raise ValueError("my own mistake")
    return ((y - y_hat) ** 2).sum() / y.size


line_fit(predict=predict, mse=mse)
"""


def test_line_fit_by_keyboard_and_mouse(lab):
    lab.run(CELL)
    page = lab.page
    page.get_by_role("group", name="A line through six points").get_by_text("Your mse is running.").wait_for()
    lab.screenshot("line_fit_asks")
    page.get_by_label("your guess").focus()
    page.keyboard.press("Tab")  # to the button beside the menu
    lab.changes(PICTURE, lambda: page.keyboard.press("Enter"))
    page.get_by_role("status").get_by_text("You said w: right.").wait_for()
    moves = {
        "slope w": lambda: lab.press("slope w", ["ArrowRight"]),
        "intercept b": lambda: lab.press("intercept b", ["PageDown"]),
        "height of point 6": lambda: lab.press("height of point 6", ["Home"]),
    }
    for name, move in moves.items():
        lab.changes(SENTENCE, lambda move=move: lab.changes(PICTURE, move))
        assert lab.handle(name).get_attribute("aria-valuetext")
    for name, by in (("slope w", 120), ("intercept b", -100), ("height of point 6", 50)):
        lab.changes(PICTURE, lambda name=name, by=by: lab.drag(name, by))
    page.get_by_label("centre x").focus()
    lab.changes(PICTURE, lambda: page.keyboard.press("Space"))
    page.get_by_role("status").get_by_text("1.7 times as long as wide").wait_for()
    lab.alternative_text_is_the_sentence(PICTURE, SENTENCE)
    lab.screenshot("line_fit")


def test_line_fit_shows_the_students_exception_and_goes_on(lab):
    lab.run(CELL, name="trouble.ipynb")
    page = lab.page
    lab.changes(PICTURE, lambda: page.get_by_role("button", name="Show me").click())
    lab.press("height of point 6", ["Home", "ArrowRight", "ArrowRight", "ArrowRight"])
    page.get_by_role("alert").get_by_text("ValueError: my own mistake, line 12").wait_for()
    lab.screenshot("line_fit_trouble")
    lab.changes(PICTURE, lambda: lab.press("height of point 6", ["End"]))
    page.locator(".course-trouble").wait_for(state="hidden")
