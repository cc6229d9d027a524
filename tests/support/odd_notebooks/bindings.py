"""Ways to bind the name of an answer whose own cell was deleted: each changes a notebook with right answers."""

import ast

from support.odd_notebooks.habits import Habit, Notebook, code, is_answer, wrapped
from support.odd_notebooks.programs import text

FORMS = {
    "chain": "loss = {name} = _my_{name}",
    "brackets": "({name}) = _my_{name}",
    "pair": "def both():\n    return _my_{name}, 1\n{name}, other = both()",
    "list": "[{name}] = [_my_{name}]",
    "rest": "*_, {name} = 1, 2, _my_{name}",
    "annotated": "{name}: object = _my_{name}",
    "walrus": "({name} := _my_{name})",
    "walrus in a condition": "if ({name} := _my_{name}) is not None:\n    print('bound')",
    "walrus in a comprehension": "found = [({name} := each) for each in [_my_{name}]]",
    "loop": "for {name} in [_my_{name}]:\n    pass",
    "with": "import contextlib\nwith contextlib.nullcontext(_my_{name}) as {name}:\n    pass",
    "match": "match _my_{name}:\n    case {name}:\n        pass",
    "after an import": "import math; {name} = _my_{name}",
    "within if": "if True:\n    def {name}(*a, **k):\n        return _my_{name}(*a, **k)",
    "within try": "try:\n    {name} = no_such_name\nexcept NameError:\n    {name} = _my_{name}",
    "within except": "try:\n    raise KeyError(_my_{name})\nexcept KeyError as error:\n    {name} = error.args[0]",
    "within a coroutine": "async def bind():\n    global {name}\n    {name} = _my_{name}\nawait bind()",
    "decorator": "@(lambda function: _my_{name})\ndef {name}():\n    pass",
    "deleted and bound anew": "{name} = 1\ndel {name}\n{name} = _my_{name}",
    "global": "def bind():\n    global {name}\n    {name} = _my_{name}\nbind()",
    "globals": "globals()['{name}'] = _my_{name}",
    "globals updated": "globals().update({name}=_my_{name})",
    "vars": "vars()['{name}'] = _my_{name}",
    "exec": "exec('{name} = _my_{name}')",
    "module": "import sys\nsetattr(sys.modules['__main__'], '{name}', _my_{name})",
    "imported module": "import __main__\n__main__.{name} = _my_{name}",
    "thread": "import threading\nt = threading.Thread(target=exec, args=('{name} = _my_{name}', globals()))\n"
    "t.start()\nt.join()",
    "shell": "get_ipython().user_ns['{name}'] = _my_{name}",
    "pushed": "get_ipython().push({{'{name}': _my_{name}}})",
    "magic": "%time {name} = _my_{name}",
    "statement after statement": "x = 1; {name} = _my_{name}",
    "twice in a line": "{name} = 1; {name} = _my_{name}",
}
"""What comes after a function of another name."""

FILES = {
    "run": "%run {file}.py",
    "run in the namespace": "%run -i {file}.py",
    "imported": "from {file} import {name}",
    "alias": "from {file} import {name} as mine, {name} as {name}",
    "imported as": "import {file} as mine\n{name} = mine.{name}",
    "star": "from {file} import *",
    "executed": "exec(open('{file}.py').read())",
    "loaded": "import importlib\n{name} = importlib.import_module('{file}').{name}",
}
"""What comes after a file with the answer, which another cell has written."""


def bound(form: str) -> Habit:
    """Each answer's cell is gone, and a fresh one binds the name in its own way."""
    change = wrapped(form)

    def habit(notebook: Notebook) -> None:
        for place, cell in enumerate(notebook["cells"]):
            if is_answer(cell):
                notebook["cells"][place] = code(change(text(cell)))

    return habit


def from_file(form: str) -> Habit:
    """Each answer is written to a file by a cell at the top, and taken from there by one where it was asked for."""

    def habit(notebook: Notebook) -> None:
        files = []
        for place, cell in enumerate(notebook["cells"]):
            if is_answer(cell):
                names = [node.name for node in ast.parse(text(cell)).body if hasattr(node, "name")]
                file = f"answer_{names[0].lower()}"
                files.append(code(f"%%writefile {file}.py\nimport numpy as np\n\n\n{text(cell)}\n"))
                binds = "\n".join(form.format(file=file, name=name) for name in names)
                notebook["cells"][place] = code(binds)
        notebook["cells"][:0] = files

    return habit


def above_stubs(stubs: dict[str, str]) -> Habit:
    """Each answer stands in a fresh cell, and the cell that was handed out is left as it is below it.

    Parameters
    ----------
    stubs : dict
        The released text of each cell, by its id.
    """

    def habit(notebook: Notebook) -> None:
        cells = []
        for cell in notebook["cells"]:
            if is_answer(cell):
                cells.append(code(text(cell)))
                cell = {**cell, "source": stubs[cell["id"]]}
            cells.append(cell)
        notebook["cells"] = cells

    return habit


def defined_in_live_cells(notebook: Notebook) -> None:
    """Each live figure's cell imports and defines what the answers below it need, above the figure and below it."""
    first = next(place for place, cell in enumerate(notebook["cells"]) if _is_live(cell))
    for cell in notebook["cells"]:
        if _is_live(cell):
            above = "import numpy as livenp\n\n\ndef live(value):\n    return value\n\n\n"
            below = "\n\n\nclass Live:\n    number = live(1)\n\n\nif Live.number:\n    from math import pi as live_pi"
            cell["source"] = above + text(cell) + below
    for cell in filter(is_answer, notebook["cells"][first:]):
        cell["source"] = "assert live_pi > Live.number\n" + text(cell).replace("np.", "livenp.")


def _is_live(cell: Notebook) -> bool:
    return cell["cell_type"] == "code" and "live" in cell["metadata"].get("tags", [])
