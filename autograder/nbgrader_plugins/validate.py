"""``nbgrader validate`` and JupyterLab's Validate button: a cell that took too long is told of, whichever it is.

nbgrader interrupts such a cell and goes on; but it looks for errors in graded cells alone, so a notebook with an
endless loop in a cell of the student's own passes all the tests. When it is graded, such a cell takes up the notebook's
time. Where a cell can't be interrupted, nbgrader ends with a traceback.
"""

from typing import Any

from nbclient.exceptions import CellTimeoutError
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from nbgrader.validator import Validator

ADVICE = "This cell took too long and was interrupted: look for a loop that never ends."
TOO_LONG = {"ename": CellTimeoutError.__name__, "evalue": "", "traceback": [ADVICE]}

execute_cell, failed_graded_cells = Execute.preprocess_cell, Validator._get_failed_cells


def validate_tells_of_endless_loops(config: Any) -> None:
    """Let nbgrader count a cell that took too long as one that failed, and say what to look for.

    nbgrader has no setting for this but to count every cell with a warning as one that failed.
    """
    config.ExecutePreprocessor.error_on_timeout = TOO_LONG
    Execute.preprocess_cell = execute_cell_if_the_kernel_listens
    Validator._get_failed_cells = failed_cells


def execute_cell_if_the_kernel_listens(step: Execute, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
    """Execute a cell; after one that can't be interrupted, none, since each would wait for it again."""
    if getattr(step, "kernel_listens", True):
        try:
            return execute_cell(step, cell, resources, index)
        except CellTimeoutError:
            step.kernel_listens = False
            cell.outputs = [new_output("error", **TOO_LONG)]
    return cell, resources


def failed_cells(validator: Validator, notebook: Any) -> list[Any]:
    """The cells that failed, in their order: those that nbgrader finds, and those that took too long."""
    failed = {id(cell) for cell in failed_graded_cells(validator, notebook)}
    return [cell for cell in notebook.cells if id(cell) in failed or any(map(_is_too_long, cell.get("outputs", ())))]


def _is_too_long(output: Any) -> bool:
    return bool(output.get("ename") == CellTimeoutError.__name__)
