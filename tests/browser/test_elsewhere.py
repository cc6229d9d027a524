"""The four figures outside JupyterLab: alive in Notebook 7 and in Voila, a still picture where no kernel runs."""

import os
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from support.browser.harness import ROOT, TOKEN, Lab, notebook

FIGURES = ("line_fit", "step_size", "graph_steps", "descent")
CELLS = tuple(f"from course.widgets import {name}\n\n{name}()" for name in FIGURES)
# The name of each figure's group, what moves, where it is written, and the slider that moves it.
PARTS = {
    "line_fit": ("A line through six points", ".course-picture", "innerHTML", "slope w"),
    "step_size": ("The error of a measured slope", ".course-picture", "innerHTML", "step h"),
    "graph_steps": ("A computation graph, step by step", ".course-stage svg", "outerHTML", "position"),
    "descent": ("Gradient descent, step by step", ".place polyline.path", "points", "learning rate"),
}
STILL = "img[src^='data:image/png']"
VOILA_MISSING = "Voila is missing: pip install voila"


def changed(page: Any, element: Any, attribute: str, act: Callable[[], Any]) -> None:
    """Do something and wait until the element, or the one that took its place, is another."""
    read = "(e, attribute) => e.getAttribute(attribute) ?? e[attribute]"
    before = element.evaluate(read, attribute)
    act()
    for _ in range(200):
        if element.evaluate(read, attribute) != before:
            return
        page.evaluate("() => new Promise(requestAnimationFrame)")
    raise AssertionError(f"The picture has not changed: {before[:200]}")


def each_figure_moves(lab: Lab, place: str) -> None:
    """See each figure, open its question, and move one slider with the keyboard."""
    for figure, (name, picture, attribute, slider) in PARTS.items():
        group = lab.page.get_by_role("group", name=name)
        group.wait_for(timeout=90_000)
        shown = group.locator(picture).first
        shown.wait_for(state="attached")
        show_me = group.get_by_role("button", name="Show me")
        if show_me.count():
            show_me.click()
        handle = group.get_by_role("slider", name=slider, exact=True)
        handle.focus()
        changed(lab.page, shown, attribute, lambda: lab.page.keyboard.press("ArrowRight"))
        group.screenshot(path=str(lab.artifacts / f"{place}_{figure}.png"))


def test_figures_move_in_notebook_7(lab: Lab) -> None:
    notebook(lab.folder / "seven.ipynb", *CELLS)
    page = lab.page
    page.goto(f"{lab.address}/notebooks/seven.ipynb?token={TOKEN}", wait_until="domcontentloaded")
    page.get_by_text("Python 3 (ipykernel)").first.wait_for(timeout=90_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    each_figure_moves(lab, "notebook")


def test_figures_move_in_voila(lab: Lab) -> None:
    if find_spec("voila") is None:
        pytest.fail(VOILA_MISSING)  # to skip is not to pass
    notebook(lab.folder / "voila.ipynb", *CELLS)
    lab.page.goto(f"{lab.address}/voila/render/voila.ipynb?token={TOKEN}", wait_until="domcontentloaded")
    each_figure_moves(lab, "voila")


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notebook with the four figures, run and saved as JupyterLab saves: without the widgets' states."""
    path = notebook(tmp_path_factory.mktemp("executed") / "executed.ipynb", *CELLS)
    document = nbformat.read(path, as_version=4)
    client = NotebookClient(document, timeout=120, kernel_name="python3", store_widget_state=False)
    client.execute(env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])})
    nbformat.write(document, path)
    return path


def pictures(path: Path) -> list[str]:
    """The still picture of each figure in a saved notebook; its words are beside it."""
    outputs = [cell.outputs[0] for cell in nbformat.read(path, as_version=4).cells]
    assert all(output.metadata["image/png"]["alt"] == output.data["text/plain"] for output in outputs)
    return ["".join(output.data["image/png"].split()) for output in outputs]


def test_still_pictures_survive_nbconvert(executed: Path) -> None:
    page = BeautifulSoup(HTMLExporter().from_filename(str(executed))[0], "html.parser")
    found = ["".join(image["src"].split(",")[1].split()) for image in page.select(STILL)]
    assert found == pictures(executed)
    assert len(found) == len(FIGURES)
    assert all(len(image["alt"]) > 100 for image in page.select(STILL))


def test_still_pictures_show_in_an_untrusted_notebook(lab: Lab, executed: Path) -> None:
    (lab.folder / "untrusted.ipynb").write_bytes(executed.read_bytes())
    lab.open("untrusted.ipynb")
    page = lab.page
    assert page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.content.widgets.every(cell => !cell.model.trusted)"
    )
    shown = page.locator(f".jp-OutputArea {STILL}")
    shown.nth(len(FIGURES) - 1).wait_for()
    assert shown.count() == len(FIGURES)
    for picture in shown.all():
        assert picture.evaluate("image => image.complete && image.naturalWidth") > 200
    lab.screenshot("untrusted")
