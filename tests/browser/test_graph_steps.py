"""The live figure of unit 03 in JupyterLab, by mouse and by keyboard alone."""

from playwright.sync_api import TimeoutError
from support.browser.harness import Lab

CELL = "from course.widgets import graph_steps\n\ngraph_steps()"
PICTURE = ".course-stage svg"


def settled(lab: Lab, words: str) -> None:
    """Wait until the sentence says so, and the kernel has nothing more to do."""
    says = "words => document.querySelector('.course-sentence').textContent.includes(words)"
    try:
        lab.page.wait_for_function(says, arg=words, timeout=10_000)
    except TimeoutError:
        assert words in lab.page.locator(".course-sentence").inner_text()
    lab.catch_up()


def box_of(lab: Lab, name: str):
    """The empty box where this gradient belongs."""
    box = lab.page.get_by_label(f"{name} =", exact=True)
    box.wait_for()
    return box


def next_graph(lab: Lab) -> None:
    """Take the menu's next entry with the keyboard: JupyterLab keeps the arrow keys of a closed menu to itself."""
    lab.page.get_by_label("graph", exact=True).focus()
    for key in ("Space", "ArrowDown", "Enter"):
        lab.page.keyboard.press(key)


def test_graph_steps_by_keyboard(lab: Lab) -> None:
    lab.run(CELL)
    keys = lab.page.keyboard
    box_of(lab, "de").focus()
    for name, wrong, right in (("de", None, "-4"), ("dy", "-4", "4"), ("db", None, "-4"), ("dw", "2", "-8")):
        assert box_of(lab, name).input_value() == ""
        assert box_of(lab, name).evaluate("e => e === document.activeElement")  # the box moves on and keeps the focus
        if wrong:
            keys.type(wrong)
            keys.press("Enter")
            settled(lab, f"Not {wrong.replace('-', '−')}.")
            keys.press("ControlOrMeta+a")
        keys.type(right)
        keys.press("Enter")
        settled(lab, f"Yes, {name} = {right.replace('-', '−')}.")
    settled(lab, "All gradients are known: dw = −8, dx = −6, db = −4, dy = 4")
    lab.screenshot("graph_steps_end")
    lab.page.get_by_label("x =", exact=True).focus()
    for value in (1.5, 1, 0.5, 0):
        keys.press("ArrowDown")
        settled(lab, f"where w = 1.5, x = {value:g}, b")
    settled(lab, "dw = 0, dx = −15, db = −10")
    assert lab.page.get_by_role("img", name="w = 1.5, gradient dw = 0", exact=True).count() == 1
    lab.page.get_by_role("button", name="nudge b", exact=True).focus()
    keys.press("Enter")
    settled(lab, "Nudge b from −1 to −0.99")
    lab.screenshot("graph_steps_zero")
    lab.press("position", ["ArrowLeft"] * 8)
    settled(lab, "Step 0 of 8")
    next_graph(lab)
    settled(lab, "Step 5 of 10")


def test_graph_steps_by_mouse(lab: Lab) -> None:
    lab.run(CELL)
    page = lab.page
    box = box_of(lab, "de").bounding_box()
    frame = page.get_by_role("img", name="e = −2, gradient de asked for", exact=True).locator("rect").bounding_box()
    ends = [part["x"] + part["width"] for part in (box, frame)]
    assert abs(ends[0] - ends[1]) < 3 and abs(box["y"] - frame["y"]) < 3  # the box stands in its frame
    lab.screenshot("graph_steps_first")
    page.get_by_role("button", name="Step forward", exact=True).click()
    settled(lab, "Step 5 of 8")
    page.get_by_role("button", name="Step back", exact=True).click()
    settled(lab, "Step 4 of 8")
    box_of(lab, "de").click()
    page.keyboard.type("-4")
    page.get_by_role("button", name="Step forward", exact=True).click()  # hands the guess in, and is no second step
    settled(lab, "Step 5 of 8")
    assert box_of(lab, "dy").input_value() == ""
    lab.drag("position", -600)
    settled(lab, "Step 0 of 8")
    lab.drag("position", 600)
    settled(lab, "Step 8 of 8")
    page.get_by_label("w =", exact=True).fill("2.3")
    page.get_by_label("b =", exact=True).fill("-0.6")
    page.keyboard.press("Enter")
    settled(lab, "where w = 2.3, x = 2, b = −0.6")
    page.get_by_role("button", name="nudge m", exact=True).click()
    settled(lab, "Nudge m")
    for key in ("neuron", "two_inputs", "used_twice", "fork"):
        before = page.locator(PICTURE).get_attribute("aria-label")
        next_graph(lab)
        page.wait_for_function(
            "before => document.querySelector('.course-stage svg').getAttribute('aria-label') !== before", arg=before
        )
        lab.screenshot(f"graph_steps_{key}")
