"""The live step sizes in JupyterLab, by mouse and by keyboard."""

PICTURE = ".course-picture"
SENTENCE = ".course-sentence"
CELL = """
from course.widgets import step_size

step_size()
"""


def test_step_size_by_keyboard_and_mouse(lab):
    lab.run(CELL)
    page = lab.page
    page.get_by_text("The course's numerical_derivative is running.").wait_for()
    lab.changes(PICTURE, lambda: lab.press("guess: best h", ["ArrowRight"] * 4))
    lab.changes(PICTURE, lambda: lab.drag("guess: error there", -60))
    lab.screenshot("step_size_asks")
    page.get_by_role("button", name="That is my guess").focus()
    lab.changes(PICTURE, lambda: page.keyboard.press("Enter"))
    page.get_by_role("status").get_by_text("You guessed h = 1e-08.").wait_for()
    assert lab.handle("step h").get_attribute("aria-valuetext") == "1.0e-12"
    lab.changes(PICTURE, lambda: lab.press("step h", ["ArrowRight"]))
    page.get_by_role("status").get_by_text("h = 1.8e-12").wait_for()
    lab.changes(PICTURE, lambda: lab.drag("step h", 80))
    for name in ("measured", "function", "numbers"):
        menu = page.get_by_label(name, exact=True)
        menu.focus()
        lab.changes(PICTURE, lambda: page.keyboard.press("ArrowDown"))
    page.get_by_role("status").get_by_text("x³ at x = 2, float32, to one side").wait_for()
    lab.alternative_text_is_the_sentence(PICTURE, SENTENCE)
    lab.screenshot("step_size")
