"""The live saturation in JupyterLab, by mouse and by keyboard."""

PICTURE = ".course-picture"
SENTENCE = ".course-sentence"
CELL = """
from course.widgets import saturation

saturation()
"""


def opened(lab):
    lab.run(CELL)
    lab.page.get_by_text("The course's sigmoid_forward is running.").wait_for()
    lab.changes(PICTURE, lambda: lab.press("guess: output a", ["ArrowLeft"] * 4))
    lab.changes(PICTURE, lambda: lab.drag("guess: output a", -60))
    lab.screenshot("saturation_asks")
    lab.page.get_by_role("button", name="That is my guess").focus()
    lab.changes(PICTURE, lambda: lab.page.keyboard.press("Enter"))
    lab.page.get_by_role("status").get_by_text("You said 0.").wait_for()


def turn(lab, name, key="ArrowDown"):
    """Choose the next entry of a menu by keyboard."""
    lab.page.get_by_label(name, exact=True).focus()
    lab.changes(PICTURE, lambda: lab.page.keyboard.press(key))


def said(lab, text):
    lab.page.get_by_role("status").get_by_text(text).wait_for()


def test_one_neuron_by_keyboard_mouse_and_play(lab):
    opened(lab)
    said(lab, "below 0.2 after 302 steps")
    lab.changes(PICTURE, lambda: lab.press("start w = b", ["ArrowRight"] * 9))
    said(lab, "from w = b = 2.45, loss ½(a − y)²: output 0.9926")
    said(lab, "below 0.2 after 577 steps")
    lab.changes(PICTURE, lambda: lab.drag("start w = b", -40))
    lab.changes(PICTURE, lambda: lab.press("step", ["ArrowRight"]))
    said(lab, "Step 1 of 600")
    lab.changes(PICTURE, lambda: lab.drag("step", 50))
    turn(lab, "loss")
    said(lab, "loss cross-entropy")
    lab.screenshot("saturation_neuron")
    lab.changes(PICTURE, lambda: lab.press("step", ["Home"]))
    said(lab, "Step 0 of 600")
    lab.page.get_by_role("button", name="Play", exact=True).focus()
    lab.changes(PICTURE, lambda: lab.page.keyboard.press("Enter"))
    said(lab, "Step 600 of 600")
    lab.page.get_by_role("button", name="Play", exact=True).wait_for()
    lab.alternative_text_is_the_sentence(PICTURE, SENTENCE)


def test_units_by_keyboard_and_mouse(lab):
    opened(lab)
    turn(lab, "look at")
    said(lab, "64 units with ReLU, 500 examples, bias 0.0. 0 of 64 units are dead")
    assert lab.handle("bias").get_attribute("aria-valuetext") == "0.0"
    lab.changes(PICTURE, lambda: lab.press("bias", ["ArrowLeft"] * 24))
    said(lab, "bias -2.4. 2 of 64 units are dead")
    lab.changes(PICTURE, lambda: lab.drag("bias", -25))
    lab.screenshot("saturation_units")
    turn(lab, "activation")
    said(lab, "64 units with leaky ReLU, slope 0.01, 500 examples")
    said(lab, "0 of 64 units are dead")
    assert lab.page.locator(f"{PICTURE} image").evaluate("e => e.getBBox().width") == 500
    lab.screenshot("saturation_leaky")
