"""What honest students do to a notebook beside answering it: each habit changes a notebook with right answers."""

import ast
import copy
from collections.abc import Callable
from typing import Any

from programs import text

Notebook = dict[str, Any]
Habit = Callable[[Notebook], None]

SCRATCH = {
    "prints": "print('x' * 200)\nprint({1: [2]}, flush=True)",
    "stderr": "import sys\nsys.stderr.write('careful\\n')\nprint('oh', file=sys.stderr)",
    "warning": "import warnings\nwarnings.warn('careful')\nwarnings.warn('gone', DeprecationWarning)",
    "logger": (
        "import logging, sys\n"
        "logging.basicConfig(level=logging.DEBUG, stream=sys.stderr, force=True)\n"
        "log = logging.getLogger('mine')\n"
        "log.addHandler(logging.StreamHandler())\n"
        "log.warning('bound here')"
    ),
    "figure": "from matplotlib import pyplot as plt\nplt.plot([1, 2], [3, 4])\nplt.title('$x^2$')\nplt.show()",
    "figures left open": (
        "import matplotlib.pyplot as plt\nfor _ in range(3):\n    fig, ax = plt.subplots()\n    ax.hist([1, 2, 2])"
    ),
    "numpy's errors raised": "import numpy\nnumpy.seterr(all='raise')\nnumpy.set_printoptions(precision=2, suppress=True)",
    "numpy by other names": "import numpy as xp, numpy\nfrom numpy import array, dot as product\nfrom numpy.linalg import *",
    "seed": "import numpy, random\nnumpy.random.seed(1)\nrandom.seed(1)",
    "inline": "%matplotlib inline\n%config InlineBackend.figure_format = 'retina'",
    "timeit": "%timeit -n 1 -r 1 sum(range(10))\n%time sum(range(10))",
    "timed cell": "%%time\nseconds = 1",
    "timeit cell": "%%timeit -n 1 -r 1\nsum(range(10))",
    "captured": "%%capture mine\nprint('hidden')",
    "who": "%who\n%whos\n%lsmagic",
    "autoreload": "%load_ext autoreload\n%autoreload 2",
    "other magics": "%pwd\n%precision 3\n%xmode Verbose\n%history -n 1-2\n%env HOME\n%pdb off\n%alias_magic t timeit",
    "echo": "!echo hello\nfiles = !ls",
    "bash": "%%bash\necho hello",
    "file of code": "open('mine.py', 'w').write('mine = 3')\n%run mine.py\nimport mine\nassert mine.mine == 3",
    "file": "open('notes.txt', 'w').write('x')\nprint(open('notes.txt').read())",
    "help": "np.mean?\n?print\nhelp(len)",
    "pip": "%pip list\n!pip --version",
    "page": "%%html\n<b>hello</b>",
    "script": "%%javascript\nalert(1)",
    "rich objects": (
        "from IPython.display import HTML, Image, Latex, Markdown, SVG, Audio, clear_output, display\n"
        "import numpy as np\n"
        "display(HTML('<b>b</b>'), Markdown('**b**'), Latex('$x$'), {'a': 1})\n"
        "display(SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>'))\n"
        "handle = display('first', display_id=True)\n"
        "handle.update('second')\n"
        "clear_output(wait=True)\n"
        "class Card:\n    def _repr_html_(self):\n        return '<i>card</i>'\n"
        "Card()"
    ),
    "object whose picture fails": "class Odd:\n    def _repr_html_(self):\n        1 / 0\nOdd()",
    "widget": (
        "import ipywidgets as widgets\n"
        "slider = widgets.IntSlider()\n"
        "display(slider)\n"
        "@widgets.interact(n=(1, 3))\ndef shown(n=1):\n    print(n)"
    ),
    "output widget": (
        "import ipywidgets as widgets\nout = widgets.Output()\nwith out:\n    print('inside')\nout.clear_output()\nout"
    ),
    "await": "import asyncio\nawait asyncio.sleep(0)",
    "thread": "import threading\nt = threading.Thread(target=print, args=('t',))\nt.start()\nt.join()",
    "subprocess": "import subprocess, sys\nsubprocess.run(['echo', 'hi'], check=True)",
    "sleep": "import time\ntime.sleep(0.05)",
    "everything of course": "from course import *",
    "everything of numpy's names": "from math import sqrt, pi\nfrom functools import partial, reduce\nimport itertools as it",
    "course's drawing": "import course, course.draw, course.data\nfrom course.data import *\nfrom course.draw import *",
    "garbage": "import gc\ngc.collect()\n_ = 3\n__ = 4",
    "future": "from __future__ import annotations",
    "shown twice": "get_ipython().run_line_magic('pwd', '')\nget_ipython().user_ns['mine'] = 1",
    "long": "# " + "-" * 5000 + "\nlong = '" + "é" * 5000 + "'",
    "empty": "",
    "comment": "# just a note",
    "unicode": "grüße = 'λ→∂'\nprint(grüße, '😀')",
    "output to a file": "import sys\nkept = sys.stdout\nsys.stdout = open('log', 'w')\nprint(1)\nsys.stdout.close()",
    "output back": "import sys\nsys.stdout = sys.__stdout__\nprint(1)",
    "much printed": "print('x' * 12_000_000)\nprint([0] * 100_000)",
    "much shown": "from IPython.display import HTML, display\ndisplay(HTML('x' * 40_000_000))",
    "half a character": "print('\\ud83d')\n'\\ud83d'",
    "many lines": "for n in range(300_000): print(n)",
    "streams kept": "import sys\nout, err = sys.stdout, sys.stderr",
    "many threads print": (
        "import threading\n"
        "ts = [threading.Thread(target=lambda: [print('a', n) for n in range(200)]) for _ in range(8)]\n"
        "[t.start() for t in ts]\n[t.join() for t in ts]"
    ),
    "thread goes on": (
        "import threading, time\n"
        "def tick():\n    while True:\n        print('tick')\n        time.sleep(0.001)\n"
        "threading.Thread(target=tick, daemon=True).start()"
    ),
    "pool": "from multiprocessing import Pool\nwith Pool(2) as pool:\n    print(pool.map(abs, [-1, 2]))",
    "fork that prints": "import os\nif not os.fork():\n    print('child', flush=True)\n    os._exit(0)",
    "asyncio.run": "import asyncio\ntry:\n    asyncio.run(asyncio.sleep(0))\nexcept RuntimeError:\n    pass",
    "Agg": "import matplotlib\nmatplotlib.use('Agg')\nimport matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()",
    "styles": "import matplotlib.pyplot as plt\nplt.style.use('ggplot')\nplt.rcParams['figure.dpi'] = 50\nplt.plot([1])",
    "latex in figures": "import matplotlib.pyplot as plt\nplt.rcParams['text.usetex'] = True\nplt.title('x')\nplt.plot([1])",
    "animation": (
        "import matplotlib.pyplot as plt\nfrom matplotlib.animation import FuncAnimation\n"
        "fig = plt.figure()\nFuncAnimation(fig, lambda n: [], frames=2)"
    ),
    "widget backend": "%matplotlib widget",
    "notebook backend": "%matplotlib notebook",
    "qt": "%matplotlib qt",
    "gui": "%gui qt",
    "autosave": "%autosave 30",
    "kernel's magics": "%connect_info\n%clear",
    "errors for warnings": "import warnings\nwarnings.filterwarnings('error')",
    "no warnings": "import warnings\nwarnings.filterwarnings('ignore')\nimport numpy\nnumpy.seterr(all='ignore')",
    "fault handler": "import faulthandler\nfaulthandler.enable()",
    "output of a program": "import subprocess, sys\nsubprocess.run(['echo', 'hi'], stdout=sys.stdout)",
    "file numbers": "import sys\nsys.stdout.fileno()\nsys.stdout.isatty()",
    "alarm": "import signal\nsignal.signal(signal.SIGALRM, lambda *a: None)\nsignal.alarm(1)",
    "other folder": "%cd /tmp\nimport os\nos.makedirs('d', exist_ok=True)\nos.chdir('d')",
    "figures of the course": "from course.widgets import descent\nimport course.widgets as w\ndescent(step=None)\nw.anything",
    "check by its place": "from course.check import check, ready\nfrom course.asking import ask\ncheck(print)",
    "checked within": "from course import check, CheckFailed\ntry:\n    check(print)\nexcept CheckFailed:\n    pass",
    "frames": "import inspect\ninspect.currentframe().f_globals\nimport linecache\nIn[-1]; Out",
    "source": "import inspect\ndef one():\n    return 1\nassert 'return 1' in inspect.getsource(one)",
    "pickled": "import pickle\nclass P: pass\npickle.loads(pickle.dumps(P()))",
    "dataclass": "from dataclasses import dataclass\n@dataclass\nclass D:\n    x: int = 1\nD()",
    "typed": "from typing import *\nimport numpy.typing as npt\nx_typed: npt.NDArray = None",
    "debugged": "%debug",
    "atexit": "import atexit\natexit.register(print, 'bye')",
    "recursion": "import sys\nsys.setrecursionlimit(20_000)",
    "tabs": "if True:\n\tx_tab = 1",
}
"""Cells that do no harm, in the notebook or when graded."""

FAILING = {
    "raises": "1 / 0",
    "assertion": "assert False, 'not yet'",
    "syntax": "def half(:",
    "unknown name": "no_such_name",
    "stub": "def later():\n    raise NotImplementedError()\nlater()",
    "exit": "import sys\nsys.exit('done')",
    "exit by name": "exit()",
    "quit": "quit",
    "system exit": "raise SystemExit(3)",
    "interrupt": "raise KeyboardInterrupt",
    "input": "name = input('Your name? ')",
    "password": "import getpass\ngetpass.getpass()",
    "no such package": "import no_such_package",
    "no such magic": "%no_such_magic",
    "no such program": "%%ruby\nputs 1",
    "no such file": "%run no_such.py\nopen('no_such.csv')",
    "network": "import urllib.request\nurllib.request.urlopen('http://localhost:9/')",
    "deep": "def deep():\n    return deep()\ndeep()",
    "group": "raise ExceptionGroup('two', [ValueError('a'), TypeError('b')])",
    "bad error": "class Bad(Exception):\n    def __str__(self):\n        raise ValueError('no text')\nraise Bad",
    "unclosed": "print('a",
    "timeit answer": "%timeit -n 1 -r 1 no_such_name",
    "breakpoint": "breakpoint()",
    "debugger on errors": "%pdb on\n1 / 0",
    "folder gone": "import os\nos.makedirs('gone')\nos.chdir('gone')\nos.rmdir('../gone')\nopen('x', 'w')",
}
"""Cells that fail, each alone, and leave the rest as it is."""


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


def everywhere(*sources: str) -> Habit:
    """Cells added at the top, before and after each answer, after each test, and at the end."""

    def habit(notebook: Notebook) -> None:
        cells: list[Notebook] = [code(source) for source in sources]
        for cell in notebook["cells"]:
            around = [code(source) for source in sources] if cell["cell_type"] == "code" else []
            cells += [*around, cell]
        notebook["cells"] = [*cells, *(code(source) for source in sources)]

    return habit


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


KEEPS_STREAMS = "import sys, logging\nlogging.basicConfig(level=0, stream=sys.stderr)\nmy_log = logging.getLogger('me')\nmy_out = sys.stdout"


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
