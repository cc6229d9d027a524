"""A student's whole way through a unit in JupyterLab: open, run, err, mend, pass every check, save, press Validate."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from support.browser.harness import ERRORS, ROOT, Lab

from autograder.exercises.loader import exercises_of
from autograder.notebook import solution_cell
from autograder.paths import Course
from autograder.verify.answer_source import without_markers

COURSE = Course(ROOT)
OUTPUT = ".jp-OutputArea-output"
CELL = "window.jupyterapp.shell.currentWidget.content.widgets.find(cell => cell.model.id === id)"
HIGHEST_COUNT = """() => Math.max(0, ...window.jupyterapp.shell.currentWidget.content.widgets
  .map(cell => cell.model.type === 'code' ? cell.model.executionCount || 0 : 0))"""
IDLE = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'"
RAN_SINCE = f"""before => window.jupyterapp.shell.currentWidget.content.widgets
  .filter(cell => cell.model.type === 'code' && cell.model.sharedModel.getSource().trim())
  .every(cell => cell.model.executionCount > before) && {IDLE}"""
STOPPED_SINCE = f"""([id, before]) => {{
  const cell = {CELL};
  return cell.model.executionCount > before && !!cell.node.querySelector('{ERRORS}') && {IDLE};
}}"""


@dataclass(frozen=True)
class Journey:
    """A unit, and a mistake on the way: in one exercise's answer a right line is written wrong, and this is said."""

    unit: str
    exercise: str
    right: str
    wrong: str
    said: tuple[str, ...]


JOURNEYS = {
    "unit 01": Journey(
        "01_mse",
        "mse_grad",
        "2 / np.size(y)",
        "1 / np.size(y)",
        (
            "✗ 0.4333",
            "mse_grad is not right yet.",
            "Every entry is half of what it should be. The derivative of e² is 2e.",
        ),
    ),
    "unit 10": Journey(
        "10_mlp",
        "train_mlp",
        "p -= lr * g",
        "p += lr * g",
        ("train_mlp", "The loss grows: the step goes uphill. It is minus lr times the gradient."),
    ),
}


@pytest.fixture(params=JOURNEYS)
def journey(request: pytest.FixtureRequest) -> Journey:
    """One after the other."""
    return JOURNEYS[request.param]


@pytest.fixture
def notebook(lab: Lab, tmp_path: Path, journey: Journey) -> str:
    """The released notebook in a copy of the test's own (the server lives on, and its kernels), opened."""
    copied = lab.folder / tmp_path.name
    shutil.copytree(COURSE.release, copied)
    name = f"{copied.name}/{journey.unit}/{journey.unit}.ipynb"
    lab.open(name)
    return name


def right_answers(unit: str) -> dict[str, tuple[str, str]]:
    """For each exercise its cell's id and what a right student writes there."""
    cells = {name: solution_cell(COURSE, unit, name) for name in exercises_of(unit, COURSE)}
    return {name: (cell.grade_id, without_markers(cell.text)) for name, cell in cells.items()}


def write(lab: Lab, cell: str, text: str) -> None:
    """Put a text into a cell."""
    lab.page.evaluate(f"([id, text]) => {CELL}.model.sharedModel.setSource(text)", [cell, text])


def run_all(lab: Lab) -> int:
    """Begin to run all cells; gives the highest count of the cells before."""
    before = lab.page.evaluate(HIGHEST_COUNT)
    lab.page.evaluate("() => void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    return before


def outputs(lab: Lab, cell: str) -> str:
    """What stands below a cell."""
    node = lab.page.evaluate_handle(f"id => {CELL}.node", cell).as_element()
    return "\n".join(output.inner_text() for output in node.query_selector_all(OUTPUT))


def validate(lab: Lab) -> str:
    """Press nbgrader's button, and read and close its answer."""
    lab.page.get_by_text("Validate", exact=True).first.click()
    dialog = lab.page.locator(".jp-Dialog")
    dialog.wait_for(timeout=90_000)
    words = dialog.inner_text()
    dialog.locator("button.jp-mod-accept").click()
    dialog.wait_for(state="detached")
    return words


def test_untouched_notebook_does_not_validate(lab: Lab, notebook: str) -> None:
    words = validate(lab)
    assert "Success" not in words
    assert "failed" in words


def test_journey_from_a_named_mistake_to_validated(lab: Lab, notebook: str, journey: Journey) -> None:
    page, right = lab.page, right_answers(journey.unit)
    page.wait_for_function(RAN_SINCE, arg=run_all(lab), timeout=120_000)
    assert page.locator(ERRORS).all_inner_texts() == []  # an untouched notebook runs through
    for name, (cell, text) in right.items():
        wrong = text.replace(journey.right, journey.wrong) if name == journey.exercise else text
        assert (wrong == text) == (name != journey.exercise)
        write(lab, cell, wrong)
    mended, text = right[journey.exercise]
    checked = f"{mended}-test"
    page.wait_for_function(STOPPED_SINCE, arg=[checked, run_all(lab)], timeout=120_000)
    mistake = outputs(lab, checked)
    for words in journey.said:
        assert words in mistake
    assert "Traceback" not in mistake and "CheckFailed" not in mistake
    page.evaluate(f"id => {CELL}.node.scrollIntoView()", checked)
    page.screenshot(path=str(lab.artifacts / f"journey_{journey.unit}_mistake.png"))
    write(lab, mended, text)
    page.wait_for_function(RAN_SINCE, arg=run_all(lab), timeout=120_000)
    assert page.locator(ERRORS).all_inner_texts() == []
    for cell, _ in right.values():
        assert "not right yet" not in outputs(lab, f"{cell}-test")
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    saved = {cell.id: cell.source for cell in nbformat.read(lab.folder / notebook, as_version=4).cells}
    assert all(saved[cell] == text for cell, text in right.values())
    assert "Success! Your notebook passes all the tests." in validate(lab)
    page.screenshot(path=str(lab.artifacts / f"journey_{journey.unit}_validated.png"))
