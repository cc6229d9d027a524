"""Odd but honest notebooks of unit 05: what stands around the answers."""

import copy

from support.odd_notebooks.habits import code, is_answer
from support.odd_notebooks.homework.neuron import ANSWERS, UNIT
from support.odd_notebooks.homework.platforms import deepnote, kaggle, pyodide
from support.odd_notebooks.homework.register import Homework, odd
from support.odd_notebooks.programs import text


@odd(UNIT)
def set_up_that_names_the_person_and_the_machine(nb: Homework) -> None:
    nb.on_top("""
import getpass, os, platform, socket, datetime, zoneinfo
print(getpass.getuser(), os.environ["USER"], platform.node(), socket.gethostname(), os.cpu_count())
print(datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Berlin")))
import math
from functools import reduce
""")
    nb.write(
        "neuron_forward",
        "def neuron_forward(x, w, b):\n"
        "    return reduce(lambda z, d: z + x[:, d] * w[d], range(x.shape[1]), 0 * x[:, 0]) + b",
    )


@odd(UNIT)
def packages_installed_above_imports(nb: Homework) -> None:
    nb.on_top(
        "import sys, subprocess\n%pip install -q numpy\n"
        "subprocess.check_call([sys.executable, '-m', 'pip', '--version'])\nimport math"
    )
    nb.write(
        "neuron_backward", "def neuron_backward(dz, x, w):\n    return dz[:, None] @ w[None], dz @ x, math.fsum(dz)"
    )


@odd(UNIT)
def packages_of_jupyterlite_above_imports(nb: Homework) -> None:
    nb.on_top("import piplite\nawait piplite.install(['numpy'])\nimport operator")
    nb.write(
        "count_errors",
        "def count_errors(z, y, threshold):\n    called = operator.ge(sigmoid(z), threshold)\n"
        "    return operator.and_(y == 1, ~called).sum(), operator.and_(y == 0, called).sum()",
    )
    nb.save = pyodide


@odd(UNIT)
def settings_by_an_argument_parser(nb: Homework) -> None:
    nb.below_given(
        """
import argparse, locale, decimal
locale.setlocale(locale.LC_ALL, "")
decimal.getcontext().prec = 50
parser = argparse.ArgumentParser()
parser.add_argument("--eps", type=float, default=0.0)
args, _ = parser.parse_known_args()
config = vars(parser.parse_args([]))
""",
        "parser.parse_args(['--no-such'])",
    )
    nb.write(
        "neuron_backward",
        "def neuron_backward(dz, x, w):\n    db = sum(map(decimal.Decimal, dz.tolist()))\n"
        "    return np.multiply.outer(dz, w), dz @ x, float(db) + config['eps'] + args.eps",
    )


@odd(UNIT)
def unit_one_in_the_same_notebook(nb: Homework) -> None:
    nb.on_top(
        "import numpy as np\nfrom course import ask, check, data, ready\nfrom course.draw import line_fit",
        "def predict(x, w, b):\n    return w * x + b",
        "check(predict)",
        "def mse(y_hat, y):\n    return np.mean((y_hat - y) ** 2)",
        "check(mse)",
    )
    nb.save = kaggle


@odd(UNIT)
def jit_where_it_is_installed(nb: Homework) -> None:
    nb.below_given(
        "try:\n    from numba import njit\nexcept ImportError:\n    njit = lambda f: f\n"
        "try:\n    import torch; assert torch.cuda.is_available()\nexcept Exception:\n    device = 'cpu'"
    )
    for name in ANSWERS:
        nb.write(name, f"@njit\n{text(nb.cell(name))}")
    nb.cells[:] = [cell for cell in nb.cells if cell["cell_type"] == "code"]


@odd(UNIT)
def older_versions_kept_with_the_metadata(nb: Homework) -> None:
    for name in ANSWERS:
        kept = copy.deepcopy(nb.cell(name))
        del kept["id"]
        kept["source"] = f"# old version, wrong\n{text(kept).replace('return ', 'return 2 * ')}"
        nb.cells.insert(nb.place(nb.named(name)), kept)
    nb.save = deepnote


@odd(UNIT)
def names_of_python_taken_when_all_is_done(nb: Homework) -> None:
    nb.below_given(
        "_check = check\ndef check(answer, **more):\n    print('trying', answer.__name__)\n"
        "    return _check(answer, **more)"
    )
    nb.at_the_end(
        "sum = max = list = len = zip = print = 0\ncheck = grade = np = None\nsigmoid = sigmoid_of_zero = 0.5",
        "del neuron_forward, neuron_backward, x_train",
    )


@odd(UNIT)
def a_look_at_what_a_play_made_above_the_last_answer(nb: Homework) -> None:
    for number, guess in ((6, "'a'"), (8, "0.1"), (12, "'b'")):
        cell = nb.cells[nb.place(f"5-5-it-learns-{number}")]
        cell["source"] = text(cell).replace("guess = None", f"guess = {guess}")
    nb.begin("count_errors", "print(path[-1], few[-1][1], p[:5])  # of 5.5")


@odd(UNIT)
def each_answer_cut_into_a_fresh_cell_below_the_emptied_one(nb: Homework) -> None:
    for name in ANSWERS:
        cell = nb.cell(name)
        assert is_answer(cell)
        nb.cells.insert(nb.place(cell["id"]) + 1, code(text(cell)))
        cell["source"] = "# see below"
