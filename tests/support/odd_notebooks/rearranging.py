"""What honest students make of the order of a notebook's cells: each changes a notebook with right answers."""

import ast
import copy
from typing import Any

from support.odd_notebooks.habits import Notebook, code, is_answer
from support.odd_notebooks.programs import text


def split_in_two(notebook: Notebook) -> None:
    """Each answer's function in a cell of its own under another name; the answer calls it."""
    cells = []
    for cell in notebook["cells"]:
        if is_answer(cell):
            first, second = _halves(text(cell))
            cells += [code(first), {**cell, "source": second}]
        else:
            cells.append(cell)
    notebook["cells"] = cells


def _halves(source: str) -> tuple[str, str]:
    helpers, answers = [], []
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            arguments = ", ".join(a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs))
            answer = copy.deepcopy(node)
            node.name = f"helper_{node.name}"
            answer.body = ast.parse(f"return {node.name}({arguments})").body
            helpers.append(ast.unparse(node))
            answers.append(ast.unparse(ast.fix_missing_locations(answer)))
        else:
            answers.append(ast.unparse(node))
    return "\n\n\n".join(helpers), "\n\n\n".join(answers)


def helpers_at_the_end(notebook: Notebook) -> None:
    """Each answer calls a function that only the cell after it defines."""
    split_in_two(notebook)
    cells = notebook["cells"]
    for place in range(len(cells) - 1):
        if is_answer(cells[place + 1]):
            cells[place], cells[place + 1] = cells[place + 1], cells[place]


def _split_with_tests(notebook: Notebook) -> tuple[list[Notebook], list[list[Notebook]]]:
    """Everything else, and each exercise: a helper that the answer needs when it is defined, the answer, the test."""
    others, exercises = [], list[list[Notebook]]()
    for cell in notebook["cells"]:
        if is_answer(cell):
            first, second = _halves(text(cell))
            helper, second = f"{first}\n\n\nneeded = 1", f"assert needed\n\n\n{second}\n\n\nneeded_later = needed"
            exercises.append([code(helper), {**cell, "source": second}])
        elif cell["metadata"].get("nbgrader", {}).get("grade") and cell["cell_type"] == "code":
            exercises[-1].append(cell)
        else:
            others.append(cell)
    return others, exercises


def exercises_below_their_helpers(notebook: Notebook) -> None:
    """The helpers stand at the end, below the course's last cell, and each exercise was moved there with its test."""
    others, exercises = _split_with_tests(notebook)
    notebook["cells"] = [*others, *(cell for exercise in exercises for cell in exercise)]


def answers_below_their_helpers(notebook: Notebook) -> None:
    """As before, but the tests were left where they were."""
    _, exercises = _split_with_tests(notebook)
    moved = [cell for exercise in exercises for cell in exercise[:2]]
    notebook["cells"] = [*(cell for cell in notebook["cells"] if not is_answer(cell)), *moved]


def last_exercise_first(notebook: Notebook) -> None:
    """The exercises in the opposite order, each below its helper."""
    others, exercises = _split_with_tests(notebook)
    notebook["cells"] = [*others, *(cell for exercise in reversed(exercises) for cell in exercise)]


def first_exercise_below_a_helper_in_a_later_answer(notebook: Notebook) -> None:
    """The helper stands in the cell of the last answer, and the first answer was moved below that, its test not."""
    answers = [cell for cell in notebook["cells"] if is_answer(cell)]
    first, second = _halves(text(answers[0]))
    answers[-1]["source"] = f"{text(answers[-1])}\n\n\n{first}\nneeded = 1"
    answers[0]["source"] = f"assert needed\n{second}"
    notebook["cells"].remove(answers[0])
    notebook["cells"].insert(notebook["cells"].index(answers[-1]) + 1, answers[0])


def tests_below_helpers(notebook: Notebook) -> None:
    """The answers stand where they were; their helpers are at the end, and the tests were moved below them."""
    others, exercises = _split_with_tests(notebook)
    for _, answer, *_ in exercises:
        answer["source"] = text(answer).replace("assert needed", "").replace("needed_later = needed", "")
    tests = [cell for exercise in exercises for cell in exercise[2:]]
    helpers = [exercise[0] for exercise in exercises]
    notebook["cells"] = [*others, *(exercise[1] for exercise in exercises), *helpers, *tests]


def answers_at_the_end(notebook: Notebook) -> None:
    """All answers moved below everything else."""
    notebook["cells"].sort(key=is_answer)


def answers_at_the_top(notebook: Notebook) -> None:
    """All answers moved above everything else."""
    notebook["cells"].sort(key=lambda cell: not is_answer(cell))


def answers_pasted_into_fresh_cells(notebook: Notebook) -> None:
    """Cut and paste: the answers' cells have no names any more."""
    for place, cell in enumerate(notebook["cells"]):
        if is_answer(cell):
            notebook["cells"][place] = code(text(cell))


def stub_left_above(notebook: Notebook) -> None:
    """The cell that was handed out is left as it is, and the answer stands in a cell below it."""
    cells = []
    for cell in notebook["cells"]:
        if is_answer(cell):
            names = [node for node in ast.parse(text(cell)).body if hasattr(node, "name")]
            stubs = "\n".join(f"class {n.name}: pass" if isinstance(n, ast.ClassDef) else _stub(n) for n in names)
            cells += [{**cell, "source": stubs}, code(text(cell))]
        else:
            cells.append(cell)
    notebook["cells"] = cells


def _stub(node: Any) -> str:
    return f"def {node.name}({ast.unparse(node.args)}):\n    # YOUR CODE HERE\n    raise NotImplementedError()"


def drafts_above(notebook: Notebook) -> None:
    """A wrong draft of each answer in a cell above it."""
    cells = []
    for cell in notebook["cells"]:
        if is_answer(cell):
            names = [node.name for node in ast.parse(text(cell)).body if hasattr(node, "name")]
            cells.append(code("\n".join(f"def {name}(*a, **k):\n    return 42" for name in names)))
        cells.append(cell)
    notebook["cells"] = cells


def words_changed(notebook: Notebook) -> None:
    """Notes written into every text cell, and texts of the student's own."""
    cells = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = text(cell) + "\n\nMine: <script>x</script> $\\frac{1}{2}$"
        cells += [cell, {"cell_type": "markdown", "metadata": {}, "source": "My own words."}]
    notebook["cells"] = cells


def interrupted_run(notebook: Notebook) -> None:
    """Outputs of a run that was stopped, then of another kernel."""
    error = {"output_type": "error", "ename": "KeyboardInterrupt", "evalue": "", "traceback": ["\x1b[31mstopped"]}
    stream = {"output_type": "stream", "name": "stderr", "text": ["old\n"]}
    points = {"output_type": "execute_result", "data": {"text/plain": "0.0"}, "metadata": {}, "execution_count": 7}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [stream, points, error], 99


REARRANGED = [
    *(split_in_two, helpers_at_the_end, answers_at_the_end, answers_at_the_top, answers_pasted_into_fresh_cells),
    *(stub_left_above, drafts_above, words_changed, interrupted_run),
    *(exercises_below_their_helpers, answers_below_their_helpers, last_exercise_first, tests_below_helpers),
    first_exercise_below_a_helper_in_a_later_answer,
]
"""Where it may stand, and what may have been made of the rest."""
