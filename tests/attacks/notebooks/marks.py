"""Rows 33 to 39 and 47: metadata that lies, and cells that were edited, deleted, doubled and moved."""

import copy

from attacks.attack import attack
from attacks.handed_in import ALL

FALSE = "def slope(f, x, h=1e-5):\n    return 0.0"
WITHOUT_SLOPE = ALL - 2


def mark(cell):
    """nbgrader's metadata of a cell."""
    return cell["metadata"].get("nbgrader", {})


def marked(handed, grade_id):
    """The cell with this name."""
    return next(cell for cell in handed.cells if mark(cell).get("grade_id") == grade_id)


@attack(row=33, earns=WITHOUT_SLOPE)
def tags_that_skip_a_test(handed):
    """Cells that nbclient would skip, or whose errors it would accept."""
    handed.answer("slope", FALSE)
    for cell in handed.cells:
        cell["metadata"]["tags"] = [
            "skip-execution",
            "raises-exception",
            "otter_ignore",
            "remove_cell",
            "live",
            "given",
        ]


@attack(row=33, earns=WITHOUT_SLOPE)
def tags_that_skip_every_answer(handed):
    """Answers as they should be and one that is wrong, all tagged as live figures."""
    handed.answer("slope", FALSE)
    for cell in handed.cells:
        if mark(cell).get("solution"):
            cell["metadata"] |= {"tags": ["live"], "jupyter": {"source_hidden": True}, "deletable": False}


@attack(row=34, earns=WITHOUT_SLOPE)
def edited_test(handed):
    """The test of a wrong answer gives full points."""
    handed.answer("slope", FALSE)
    marked(handed, "u01-slope-test")["source"] = "2.0"


@attack(row=34, earns=WITHOUT_SLOPE)
def more_points(handed):
    """A hundred points for each test."""
    handed.answer("slope", FALSE)
    for cell in handed.cells:
        mark(cell).update(points=100, max_score=100)


@attack(row=34, earns=WITHOUT_SLOPE)
def tests_of_another_type(handed):
    """Tests as text, which nobody runs."""
    handed.answer("slope", FALSE)
    for cell in handed.cells:
        if mark(cell).get("grade"):
            cell["cell_type"] = "markdown"
            cell.pop("outputs")
            cell.pop("execution_count")


@attack(row=35, earns=WITHOUT_SLOPE)
def flags_turned_round(handed):
    """Tests say that they are answers, and answers that they are tests."""
    handed.answer("slope", FALSE)
    for cell in handed.cells:
        own = mark(cell)
        own.update(
            grade=not own.get("grade"), solution=not own.get("solution"), locked=not own.get("locked"), task=True
        )


@attack(row=35, earns=WITHOUT_SLOPE)
def renamed_cells(handed):
    """Other names in the metadata; the cells' own ids are as they were."""
    handed.answer("slope", FALSE)
    for cell in handed.cells:
        if mark(cell):
            mark(cell)["grade_id"] = "mine-" + mark(cell)["grade_id"]


@attack(row=35, earns=ALL - 2)
def names_exchanged(handed):
    """The cells of two exercises under each other's names; they run where they stand, the right slope last."""
    one, two = handed.solution("slope"), handed.solution("batches")
    one["id"], two["id"] = two["id"], one["id"]
    one["metadata"], two["metadata"] = two["metadata"], one["metadata"]
    two["source"] = "def batches(x, y, size, seed):\n    return []\n\n\n" + FALSE


@attack(row=35, earns=ALL)
def names_of_no_type(handed):
    """Names that are numbers, lists and very long."""
    for cell in handed.cells:
        if mark(cell):
            mark(cell)["grade_id"] = [1]
    handed.cells[0]["id"] = "x" * 100_000
    handed.cells[1]["id"] = {"a": 1}
    handed.cells[2]["id"] = 3


@attack(row=36, earns=WITHOUT_SLOPE)
def deleted_tests(handed):
    """No test is left."""
    handed.answer("slope", FALSE)
    handed.notebook["cells"] = [cell for cell in handed.cells if not mark(cell).get("grade")]


@attack(row=36, earns=WITHOUT_SLOPE)
def metadata_stripped(handed):
    """No metadata is left."""
    handed.answer("slope", FALSE)
    handed.notebook["metadata"] = {}
    for cell in handed.cells:
        cell["metadata"] = {}


@attack(row=36, earns=WITHOUT_SLOPE)
def everything_stripped(handed):
    """Neither metadata nor ids are left: the text alone says which cell is which."""
    handed.answer("slope", FALSE)
    handed.notebook |= {"metadata": {}, "nbformat_minor": 4}
    for cell in handed.cells:
        cell["metadata"] = {}
        del cell["id"]


@attack(row=36, earns=WITHOUT_SLOPE)
def deleted_answer(handed):
    """An answer's cell is gone: it comes back unanswered."""
    handed.cells.remove(handed.solution("slope"))


@attack(row=36, earns=0.0)
def every_answer_deleted(handed):
    """No answer is left, and nothing stands for one."""
    handed.notebook["cells"] = [cell for cell in handed.cells if not mark(cell).get("solution")]


@attack(row=36, earns=WITHOUT_SLOPE)
def deleted_answer_bound_to_what_is_there(handed):
    """An answer's cell is gone, and its name is bound to what the notebook has without an answer."""
    cell = handed.solution("slope")
    cell["id"], cell["metadata"] = "mine", {}
    cell["source"] = (
        "from course import *\nfrom course.functions import *\nslope = slope if 'slope' in dir() else check"
    )


@attack(row=37, earns=ALL)
def doubled_tests(handed):
    """Every test twice, under the same names: it is graded once."""
    for cell in [cell for cell in handed.cells if mark(cell).get("grade")]:
        handed.cells.insert(handed.cells.index(cell), copy.deepcopy(cell))


@attack(row=37, earns=ALL)
def doubled_notebook(handed):
    """All cells twice."""
    handed.cells.extend(copy.deepcopy(handed.cells))


@attack(row=37, earns=WITHOUT_SLOPE)
def doubled_answer(handed):
    """A right answer, and a wrong one in a copy of its cell below: the last that runs counts, as in the notebook."""
    cell = handed.solution("slope")
    handed.cells.insert(handed.cells.index(cell) + 1, {**copy.deepcopy(cell), "source": FALSE})


@attack(row=37, earns=ALL)
def ids_twice(handed):
    """The same id on every cell, and no other name to go by but the metadata's."""
    for cell in handed.cells:
        cell["id"] = "same"


@attack(row=38, earns=ALL)
def reversed_cells(handed):
    """The last cell first: answers run in this order, and tests after them."""
    handed.cells.reverse()


@attack(row=38, earns=ALL)
def tests_first(handed):
    """All tests at the top: each runs after its answer."""
    handed.cells.sort(key=lambda cell: not mark(cell).get("grade"))


@attack(row=38, earns=ALL)
def courses_code_last(handed):
    """What the course gives, at the end, after names that it would bind were bound otherwise: it runs first."""
    handed.first("np = check = None")
    handed.cells.sort(key=lambda cell: "given" in cell["metadata"].get("tags", []))


@attack(row=38, earns=WITHOUT_SLOPE)
def answer_again_after_the_tests(handed):
    """The right answer at the very end, under the name of the answer's own cell, which holds a wrong one."""
    again = copy.deepcopy(handed.solution("slope"))
    handed.answer("slope", FALSE)
    handed.cells.append(again)


@attack(row=38, earns=ALL - 4)
def test_of_a_wrong_answer_last(handed):
    """The first test last, so that others would be judged before it, which may call its right answer."""
    handed.answer("linear_backward", "def linear_backward(dz, x, W):\n    return 0, 0, 0")
    test = marked(handed, "u01-linear-backward-test")
    handed.cells.remove(test)
    handed.cells.append(test)


@test_of_a_wrong_answer_last.afterwards
def tests_run_in_the_courses_order(outcome):
    graded = [cell["id"] for cell in outcome.cells if mark(cell).get("grade")]
    assert graded[0] == "u01-linear-backward-test"


@attack(row=38, earns=WITHOUT_SLOPE)
def definitions_after_the_tests(handed):
    """The right answer at the very end, where its test has run already."""
    right = handed.solution("slope")["source"]
    handed.answer("slope", FALSE)
    handed.last(right)


@attack(row=39, earns=ALL)
def schema_99(handed):
    """Metadata of a version that nobody knows."""
    for cell in handed.cells:
        if mark(cell):
            mark(cell)["schema_version"] = 99


@attack(row=39, earns=ALL)
def schema_of_old(handed):
    """Metadata as in 2015, and some of no kind at all."""
    for number, cell in enumerate(handed.cells):
        if mark(cell):
            mark(cell)["schema_version"] = (0, "3", None, [], -1)[number % 5]
            mark(cell).pop("locked")


@attack(row=47, earns=ALL)
def kernel_of_another_language(handed):
    """A notebook for bash: everything runs in the course's Python."""
    handed.notebook["metadata"]["kernelspec"] = {"name": "bash", "language": "bash", "display_name": "Bash"}
    handed.notebook["metadata"]["language_info"] = {"name": "bash"}


@attack(row=47, earns=ALL)
def kernel_with_a_command(handed):
    """Kernels whose names are paths and commands."""
    handed.notebook["metadata"]["kernelspec"] = {"name": "../../x; touch /tmp/x", "argv": ["/bin/sh", "-c", "x"]}


@attack(row=47, earns=ALL)
def no_kernel(handed):
    """No kernel at all, and a list for metadata."""
    handed.notebook["metadata"] = []
