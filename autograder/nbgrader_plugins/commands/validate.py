"""``nbgrader validate`` and JupyterLab's Validate button: what was not tried does not pass, and nothing is a traceback.

nbgrader interrupts a cell that takes too long and goes on; but it looks for errors in graded cells alone, so a notebook
with an endless loop in a cell of the student's own passes all the tests. When it is graded, such a cell takes up the
notebook's time. So does a notebook pass in which another platform has left no graded cell, and a file that is not
there. Where a cell can't be interrupted, was copied, or wants a kernel of another machine, nbgrader ends with a
traceback.
"""

import os
from textwrap import fill
from typing import Any

import nbformat
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager
from nbclient.exceptions import CellTimeoutError
from nbformat.v4 import new_code_cell, new_output
from nbgrader import validator as nbgrader_validator
from nbgrader.apps import validateapp
from nbgrader.nbgraderformat import MetadataValidator, SchemaTooNewError, SchemaTooOldError, ValidationError
from nbgrader.preprocessors import Execute
from nbgrader.validator import Validator

from autograder.errors import AutograderError
from autograder.nbgrader_plugins.commands.folder_names import Glob, matching

ADVICE = "This cell took too long and was interrupted: look for a loop that never ends."
TOO_LONG = {"ename": CellTimeoutError.__name__, "evalue": "", "traceback": [ADVICE]}
GRADED_ALL_THE_SAME = "Run all cells in order: each check says what it finds. What you hand in is graded all the same."
NO_CHECKS = (
    "None of the course's checks can be told from other cells in this notebook, as in one that another platform has "
    f"saved. {GRADED_ALL_THE_SAME}"
)
CHANGED_MARK = f"The course no longer knows this cell: its metadata was changed. {GRADED_ALL_THE_SAME}"
UNREADABLE = "This is no notebook that can be read ({}). Open it in Jupyter, save it, and validate it again."
WIDTH = 80
"""nbgrader shortens longer lines."""
UNSOUND = (ValidationError, SchemaTooOldError, SchemaTooNewError, KeyError, TypeError, AttributeError)

execute_cell, failed_graded_cells, validated = Execute.preprocess_cell, Validator._get_failed_cells, Validator.validate


class UnreadableNotebook(AutograderError):
    """A file that holds no notebook."""


def validate_tells_of_endless_loops(config: Any) -> None:
    """Let nbgrader count a cell that took too long as one that failed, and tell of what it can't try at all.

    nbgrader has no setting for this but to count every cell with a warning as one that failed.
    """
    config.ExecutePreprocessor.error_on_timeout = TOO_LONG
    Execute.preprocess_cell = execute_cell_if_the_kernel_listens
    Validator._get_failed_cells = failed_cells
    Validator.validate = validate_if_it_can_be_read
    nbgrader_validator.read_nb = read_notebook
    validateapp.glob = Glob(lambda pattern: matching(pattern) or [pattern])  # what is not there is told of, too


def execute_cell_if_the_kernel_listens(step: Execute, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
    """Execute a cell; after one that can't be interrupted, none, since each would wait for it again."""
    if getattr(step, "kernel_listens", True):
        try:
            return execute_cell(step, cell, resources, index)
        except CellTimeoutError:
            step.kernel_listens = False
            cell.outputs = [new_output("error", **TOO_LONG)]
    return cell, resources


def validate_if_it_can_be_read(validator: Validator, filename: str) -> dict[str, Any]:
    """What nbgrader finds in a notebook; of a file that is none, a sentence in the place of a cell that failed."""
    try:
        found: dict[str, Any] = validated(validator, filename)
    except UnreadableNotebook as error:
        return {
            "failed": [
                {"source": os.path.basename(filename), "error": str(error), "raw_error": fill(str(error), WIDTH)}
            ]
        }
    return found


def read_notebook(name: str, as_version: int) -> Any:
    """A notebook that this machine can run, in which each graded cell is there once.

    Of cells with one name the first is the course's, as it is for the grader. Where the kernel is one of another
    machine, the course's own Python takes its place.

    Raises
    ------
    UnreadableNotebook
    """
    try:
        notebook = nbformat.read(name, as_version=as_version)
    except OSError as error:
        raise UnreadableNotebook(UNREADABLE.format(error.strerror)) from error
    except (ValueError, nbformat.ValidationError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableNotebook(UNREADABLE.format("it is empty or damaged")) from error
    seen: set[str] = set()
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader")
        if mark is not None and (mark.get("grade_id") in seen or not _is_sound(cell)):
            cell.metadata["changed_mark"] = mark.get("grade_id") not in seen
            del cell.metadata["nbgrader"]
        elif mark is not None:
            seen.add(mark["grade_id"])
    kernel = notebook.metadata.get("kernelspec", {})
    if kernel.get("name") and kernel["name"] not in KernelSpecManager().find_kernel_specs():
        kernel["name"] = NATIVE_KERNEL_NAME
    return notebook


def _is_sound(cell: Any) -> bool:
    """Whether nbgrader can use what its metadata says of a cell, or itself tells of another type of cell."""
    mark = cell.metadata["nbgrader"]
    try:
        return (
            mark.get("cell_type", cell.cell_type) != cell.cell_type or MetadataValidator().validate_cell(cell) is None
        )
    except UNSOUND:
        return False


def failed_cells(validator: Validator, notebook: Any) -> list[Any]:
    """The cells that failed, in their order: those that nbgrader finds, and those that it does not look for."""
    failed = {id(cell) for cell in failed_graded_cells(validator, notebook)}
    if not any("nbgrader" in cell.metadata or "changed_mark" in cell.metadata for cell in notebook.cells):
        return [_untried("(the whole notebook)", NO_CHECKS)]
    found = []
    for cell in notebook.cells:
        if cell.metadata.get("changed_mark"):
            found.append(_untried(cell.source, CHANGED_MARK))
        elif id(cell) in failed or any(map(_is_too_long, cell.get("outputs", ()))):
            found.append(cell)
    return found


def _untried(source: str, words: str) -> Any:
    return new_code_cell(
        source, outputs=[new_output("error", ename="Untried", evalue="", traceback=[fill(words, WIDTH)])]
    )


def _is_too_long(output: Any) -> bool:
    return bool(output.get("ename") == CellTimeoutError.__name__)
