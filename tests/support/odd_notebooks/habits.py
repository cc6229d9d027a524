"""What honest students do to a notebook beside answering it: each habit changes a notebook with right answers."""

import ast
import copy
from collections.abc import Callable
from typing import Any

from support.odd_notebooks.programs import text

Notebook = dict[str, Any]
Habit = Callable[[Notebook], None]


def code(source: str, **more: Any) -> Notebook:
    """A code cell as a program makes it."""
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None, **more}


def is_answer(cell: Notebook) -> bool:
    """Whether an answer is asked for in a cell."""
    return bool(cell["metadata"].get("nbgrader", {}).get("solution")) and cell["cell_type"] == "code"


def number_new(notebook: Notebook) -> None:
    """Give the cells that a student added an id, as programs do."""
    for number, cell in enumerate(notebook["cells"]):
        cell.setdefault("id", f"f00d{number:04x}")


def spread(sources: list[str]) -> Habit:
    """One cell after the other, put before the notebook's code cells in turn; what is left comes at the end."""

    def habit(notebook: Notebook) -> None:
        waiting = list(sources)
        cells = []
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code" and waiting:
                cells.append(code(waiting.pop(0)))
            cells.append(cell)
        notebook["cells"] = cells + [code(source) for source in waiting]

    return habit


def in_answers(change: Callable[[str], str]) -> Habit:
    """Something done to the text of each answer."""

    def habit(notebook: Notebook) -> None:
        for cell in notebook["cells"]:
            if is_answer(cell):
                cell["source"] = change(text(cell))

    return habit


KEEPS_STREAMS = """
import sys, logging
logging.basicConfig(level=0, stream=sys.stderr)
my_log, my_out = logging.getLogger("me"), sys.stdout
"""


def into_kept_streams(source: str) -> str:
    """Each function writes into what an earlier cell bound."""
    return _with_noise(source, "my_log.warning('x'); print('x', file=my_out); my_out.flush()")


def noisy(source: str) -> str:
    """Each function prints, logs and warns before it does its work."""
    return _with_noise(source, "print('here'); import sys, logging; sys.stderr.write('x\\n'); logging.warning('y')")


def _with_noise(source: str, noise_source: str) -> str:
    noise = ast.parse(noise_source).body
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.body[_after_docstring(node) : _after_docstring(node)] = copy.deepcopy(noise)
    return ast.unparse(ast.fix_missing_locations(tree))


def without_docstrings(source: str) -> str:
    """No docstrings, no comments, other spacing."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and _after_docstring(node) and len(node.body) > 1:
            del node.body[0]
    return ast.unparse(tree)


def with_hints(source: str) -> str:
    """Type hints, of names that were never imported too."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for argument in node.args.args:
                argument.annotation = ast.parse("npt.NDArray | None", mode="eval").body
            node.returns = ast.parse("'tuple[np.ndarray, ...] | float'", mode="eval").body
    return "from __future__ import annotations\n" + ast.unparse(ast.fix_missing_locations(tree))


def with_numpy_by_another_name(source: str) -> str:
    """numpy imported in the cell under a name of the student's own."""
    return "import numpy as mynp\n" + source.replace("np.", "mynp.")


def _after_docstring(node: ast.FunctionDef | ast.ClassDef) -> int:
    first = node.body[0]
    return int(isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant))


def wrapped(form: str) -> Callable[[str], str]:
    """Each outermost function under another name, and the asked name bound to an object that calls it."""

    def change(source: str) -> str:
        parts = []
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef):
                name, node.name = node.name, f"_my_{node.name}"
                parts += [ast.unparse(node), form.format(name=name)]
            else:
                parts.append(ast.unparse(node))
        return "\n\n\n".join(parts)

    return change


FORMS = {
    "partial": "import functools\n{name} = functools.partial(_my_{name})",
    "lambda": "{name} = lambda *a, **k: _my_{name}(*a, **k)",
    "object that is called": (
        "class Mine:\n    def __call__(self, *a, **k):\n        return _my_{name}(*a, **k)\n\n\n{name} = Mine()"
    ),
    "method": "class Mine:\n    def f(self, *a, **k):\n        return _my_{name}(*a, **k)\n\n\n{name} = Mine().f",
    "static method": "class Mine:\n    f = staticmethod(_my_{name})\n\n\n{name} = Mine.f",
    "decorated": (
        "import functools\ndef mine(f):\n    @functools.wraps(f)\n    def inner(*a, **k):\n        return f(*a, **k)\n"
        "    return inner\n\n\n{name} = mine(_my_{name})"
    ),
    "another name": "{name} = _my_{name}",
}


def timed_answers(source: str) -> str:
    """A magic in the first line of each answer."""
    return "%%time\n" + source


def captured_answers(source: str) -> str:
    """The output of each answer's cell is caught."""
    return "%%capture\n" + source


def tried_out(source: str) -> str:
    """Below each answer, in its own cell: a line that fails, a picture, a line of a magic."""
    return f"{source}\n\n%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1])\nprint('defined')\n1 / 0"


def padded(source: str) -> str:
    """Comments and blank lines, a leading one too."""
    return f"\n\n# my answer\n\n{source}\n\n# done\n\n"


OTHER_TEXTS = [
    *(noisy, without_docstrings, with_hints, with_numpy_by_another_name),
    *(timed_answers, captured_answers, tried_out, padded),
]
"""What the text of an answer may look like."""
