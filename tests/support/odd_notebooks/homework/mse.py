"""Odd but honest notebooks of unit 01."""

import copy

from support.odd_notebooks.habits import code, is_answer
from support.odd_notebooks.homework.register import Homework, odd
from support.odd_notebooks.programs import text

UNIT = "01_mse"


@odd(UNIT)
def dispatch_on_types_and_shapes(nb: Homework) -> None:
    nb.write(
        "mse",
        """
from functools import singledispatch

@singledispatch
def mse(y_hat, y):
    raise TypeError(f"no mse of a {type(y_hat).__name__}")

@mse.register(np.ndarray)
def _(y_hat, y):
    e = (y_hat - y).ravel()
    return float(e @ e) / e.size

@mse.register(float)
@mse.register(np.floating)
def _(y_hat, y):
    return float((y_hat - y) ** 2)
""",
    )
    nb.write(
        "mse_grad",
        """
def mse_grad(y_hat, y):
    match y_hat.shape:
        case ():
            n = 1
        case (n,) | (n, 1):
            pass
        case (rows, columns):
            n = rows * columns
        case _:
            n = y_hat.size
    return 2 * (y_hat - y) / n
""",
    )


@odd(UNIT)
def star_args_walrus_and_letters_of_other_alphabets(nb: Homework) -> None:
    nb.write("add", "import operator\nadd = operator.add  # тоже функция")
    nb.write("predict", "def predict(*аргументы):\n    x, *wb = аргументы\n    return np.polyval(wb, x)")
    nb.write("mse", "# 平均二乗誤差\nmse = lambda ŷ, y, *_: (ε := np.asarray(ŷ) - y).ravel().dot(ε.ravel()) / ε.size")
    nb.write("mse_grad", "def mse_grad(ŷ, y, /, *, 二=2.0):\n    Δ = ŷ - y\n    return Δ * (二 / Δ.size)")


@odd(UNIT)
def assertions_about_the_types_of_what_comes_in(nb: Homework) -> None:
    nb.begin("predict", "def is_number(v): return isinstance(v, (float, int)) and not isinstance(v, bool)")
    nb.write(
        "predict",
        text(nb.cell("predict")).replace(
            "return w", "assert type(x) is np.ndarray and is_number(w) and is_number(b), (w, b)\n    return w"
        ),
    )
    nb.write(
        "add",
        "def add(a, b):\n    assert isinstance(a, float) and isinstance(b, float), (type(a), type(b))"
        "\n    return a.__add__(b)",
    )
    nb.write(
        "mae_grad",
        "def mae_grad(y_hat, y):\n    assert y_hat.dtype.kind == y.dtype.kind == 'f'\n"
        "    assert y_hat.flags.owndata or y_hat.base is not None\n"
        "    return np.copysign(1 / y_hat.size, y_hat - y)",
    )


@odd(UNIT)
def set_up_of_colab_above_imports(nb: Homework) -> None:
    nb.on_top("""
from google.colab import drive
drive.mount('/content/drive')
%cd /content/drive/MyDrive/backprop
import math, functools
""")
    nb.write("add", "def add(a, b):\n    return math.fsum((a, b))")


@odd(UNIT)
def a_question_answered_in_an_assertion(nb: Homework) -> None:
    nb.above(
        "mse",
        """
assert ask("u01-three-squares", 0.2033).right is not None
def squares(e):
    return e * e
""",
    )
    nb.write("mse", "def mse(y_hat, y):\n    return squares(y_hat - y).mean()")


@odd(UNIT)
def helpers_defined_once_a_question_is_answered(nb: Homework) -> None:
    nb.above(
        "mae_grad",
        """
if ask("u01-bug", "c"):
    def sign(e):
        return (e > 0) * 1.0 - (e < 0)
""",
    )
    nb.write("mae_grad", "def mae_grad(y_hat, y):\n    return sign(y_hat - y) / np.size(y)")


@odd(UNIT)
def a_look_at_what_a_play_made_above_an_answer(nb: Homework) -> None:
    nb.begin("mse_grad", "print(y_hat.shape, y_column.shape)  # of 1.4")
    nb.begin("mae_grad", "print('slope was', slope)")


@odd(UNIT)
def stubs_left_and_all_answers_in_a_section_at_the_end(nb: Homework) -> None:
    answers = [cell for cell in nb.cells if is_answer(cell)]
    texts = [text(cell) for cell in answers]
    for cell in answers:
        head, docstring, _ = text(cell).split('"""')
        cell["source"] = f'{head}"""{docstring}"""\n    # YOUR CODE HERE\n    raise NotImplementedError()'
    nb.at_the_end(*texts, "for answer in (add, predict, mse, mse_grad, mae_grad):\n    check(answer)")


@odd(UNIT)
def handed_out_cells_kept_below_as_a_clean_copy(nb: Homework) -> None:
    clean = copy.deepcopy(nb.cells)
    for cell in clean:
        del cell["id"]
        if is_answer(cell):
            cell["source"] = text(cell).split("    return")[0] + "    # YOUR CODE HERE\n    raise NotImplementedError()"
    nb.cells += clean


@odd(UNIT)
def worked_in_a_copy_below_the_handed_out_cells(nb: Homework) -> None:
    handed_out_cells_kept_below_as_a_clean_copy(nb)
    half = len(nb.cells) // 2
    ids = [cell.pop("id") for cell in nb.cells[:half]]
    nb.cells = nb.cells[half:] + nb.cells[:half]
    for cell, name in zip(nb.cells[:half], ids, strict=True):
        cell["id"] = name


@odd(UNIT)
def the_line_of_the_stub_left_where_it_does_no_harm(nb: Homework) -> None:
    nb.go_on("add", "    raise NotImplementedError()")
    nb.write(
        "predict",
        "def predict(x, w, b):\n    # YOUR CODE HERE\n    try:\n        raise NotImplementedError()\n"
        "    except NotImplementedError:\n        return b + w * x",
    )
    nb.write(
        "mse",
        "def mse(y_hat, y):\n    # YOUR CODE HERE\n    if y_hat is None:\n"
        "        raise NotImplementedError()\n    return np.square(y_hat - y).mean()",
    )


@odd(UNIT)
def other_ways_to_show_values(nb: Homework) -> None:
    nb.on_top(
        "from IPython.core.interactiveshell import InteractiveShell\nInteractiveShell.ast_node_interactivity = 'all'",
        "%automagic off\n%autocall 1\n%precision 3\n%pprint\n%doctest_mode\n%doctest_mode",
        "%config InteractiveShell.ast_node_interactivity = 'last_expr_or_assign'",
        "%config InlineBackend.figure_formats = ['svg', 'pdf']\n%config Completer.use_jedi = False",
    )
    nb.go_on("mse", "mse(np.ones(2), np.zeros(2)); mse(np.ones((2, 1)), np.zeros((2, 1)));\ntwo = 2")


@odd(UNIT)
def a_module_of_ones_own_named_like_a_package(nb: Homework) -> None:
    nb.above("mse", "%%writefile autograd.py\nimport numpy as np\n\n\ndef squared(e):\n    return np.square(e)")
    nb.write("mse", "from autograd import squared\n\n\ndef mse(y_hat, y):\n    return squared(y_hat - y).mean()")


@odd(UNIT)
def a_module_written_twice_and_reloaded(nb: Homework) -> None:
    nb.above(
        "mse_grad",
        "%%writefile slopes.py\ndef error(y_hat, y):\n    return y_hat + y",
        "import importlib, slopes\nslopes.error(1, 2)",
        "%%writefile slopes.py\ndef error(y_hat, y):\n    return y_hat - y",
        "importlib.reload(slopes)\nslopes.error(1, 2)",
    )
    nb.write("mse_grad", "def mse_grad(y_hat, y):\n    return slopes.error(y_hat, y) * 2 / y.size")


@odd(UNIT)
def tests_of_ones_own(nb: Homework) -> None:
    nb.go_on("add", "import doctest\ndoctest.run_docstring_examples(add, globals(), verbose=True)")
    nb.after_check(
        "mse",
        """
import unittest
from __main__ import mse as again

class TestMse(unittest.TestCase):
    def test_zero(self):
        self.assertEqual(again(np.ones(3), np.ones(3)), 0)
    def test_wrong_on_purpose(self):
        self.assertTrue(mse(np.ones(3), np.zeros(3)) == 2)

unittest.main(argv=["notebook"], exit=False)
""",
        "unittest.main()",
    )


@odd(UNIT)
def input_with_a_default(nb: Homework) -> None:
    nb.on_top("name = input('Your name? ') or 'Ada'\nprint('Hello', name)")
    nb.begin("mse", "factor = float(input('Weight of the errors? [1] ') or 1)")
    nb.write("mse", text(nb.cell("mse")).replace("return np.mean(", "return factor * np.mean("))


@odd(UNIT)
def one_single_cell_in_a_fresh_notebook(nb: Homework) -> None:
    source = "\n\n".join(text(cell) for cell in nb.cells if cell["cell_type"] == "code")
    nb.cells[:] = [code(source)]


@odd(UNIT)
def turned_into_a_script_and_back(nb: Homework) -> None:
    cells = [code("#!/usr/bin/env python\n# coding: utf-8")]
    for number, cell in enumerate(nb.cells):
        if cell["cell_type"] == "markdown":
            cells.append(code("\n".join(f"# {line}" for line in text(cell).splitlines())))
        else:
            cells.append(code(f"# In[{number}]:\n\n\n{text(cell)}\n\n\n"))
    nb.cells[:] = cells


@odd(UNIT)
def cells_joined_two_by_two(nb: Homework) -> None:
    cells = [cell for cell in nb.cells if cell["cell_type"] == "code"]
    for first, second in zip(cells[::2], cells[1::2], strict=False):
        first["source"] = f"{text(first)}\n\n{text(second)}"
    nb.cells[:] = cells[::2]
