"""Each live figure where students meet it: in the release notebook, run as a whole, by keyboard and by mouse."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from support.browser.harness import ALL_RAN, ROOT, Lab

RELEASE = ROOT / "release"
UNITS = sorted(path.parent.name for path in RELEASE.glob("*/*.ipynb") if "course.widgets import" in path.read_text())
FIGURES = ".course-panel"
HELD = "figure => figure.innerHTML"


def changes(figure: Any, act: Any, what: str) -> None:
    """Do something and wait until the figure looks another way."""
    figure.page.wait_for_function(
        "() => [...document.querySelectorAll('[role=status]')].every(e => e.getAttribute('aria-busy') !== 'true')"
    )
    before = figure.evaluate(HELD)
    act()
    figure.page.wait_for_function(
        "([figure, before]) => figure.innerHTML !== before", arg=[figure.element_handle(), before]
    )
    assert figure.evaluate(HELD) != before, what


def move_sliders(figure: Any) -> None:
    """Each slider by an arrow key, then by the mouse."""
    page = figure.page
    for slider in figure.get_by_role("slider").all():
        if not slider.is_visible() or not slider.is_enabled():
            continue
        name = slider.get_attribute("aria-label") or slider.evaluate("e => e.labels?.[0]?.textContent")
        assert name, "A slider has no name."
        slider.scroll_into_view_if_needed()
        slider.focus()
        at_end = slider.evaluate("e => Number(e.value ?? e.ariaValueNow) >= Number(e.max ?? e.ariaValueMax)")
        changes(figure, lambda at_end=at_end: page.keyboard.press("ArrowLeft" if at_end else "ArrowRight"), name)
        changes(figure, lambda slider=slider: drag(page, slider), name)


def drag(page: Any, slider: Any) -> None:
    """Take the handle and pull it towards the middle of the page's width, and some way back."""
    box = slider.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for by in (25, -40):
        page.mouse.move(x + by, y, steps=3)
    page.mouse.up()


def move_the_rest(figure: Any) -> None:
    """Each menu and each tick box, by keyboard: Space opens a menu in Chromium, an arrow and Enter choose."""
    keys = figure.page.keyboard
    for menu in figure.get_by_role("combobox").all():
        if menu.is_visible():
            menu.scroll_into_view_if_needed()
            menu.focus()
            changes(figure, lambda: [keys.press(key) for key in ("Space", "ArrowDown", "Enter")], "menu")
    for box in figure.get_by_role("checkbox").all():
        if box.is_visible():
            box.focus()
            changes(figure, lambda: keys.press("Space"), "tick box")


@pytest.mark.parametrize("unit", UNITS)
def test_live_figures_of_the_release_notebook(lab: Lab, tmp_path: Path, unit: str) -> None:
    copied = lab.folder / tmp_path.name
    shutil.copytree(RELEASE / unit, copied / unit)
    lab.open(f"{copied.name}/{unit}/{unit}.ipynb")
    lab.page.evaluate("() => void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    lab.page.wait_for_function(ALL_RAN, timeout=120_000)
    figures = lab.page.locator(FIGURES)
    assert figures.count() >= 1
    for number, figure in enumerate(figures.all()):
        figure.scroll_into_view_if_needed()
        show_me = figure.get_by_role("button", name="Show me")
        if show_me.count():
            show_me.first.click()
            show_me.first.wait_for(state="hidden")
        move_sliders(figure)
        move_the_rest(figure)
        assert figure.get_by_role("status").first.inner_text()
        figure.screenshot(path=str(lab.artifacts / f"{unit}_{number + 1}.png"))
