"""Odd but honest notebooks of unit 09: what stands around the answers."""

from support.odd_notebooks.habits import code
from support.odd_notebooks.homework.register import Homework, odd
from support.odd_notebooks.programs import text

UNIT = "09_two_layers"


@odd(UNIT)
def given_cell_changed_so_that_functions_take_more(nb: Homework) -> None:
    cell = nb.cells[nb.place("u09-from-units-06-and-07")]
    cell["source"] = text(cell).replace("def linear_forward(x, W, b):", "def linear_forward(x, W, b, trace=None):")
    nb.write("two_layer_forward", text(nb.cell("two_layer_forward")).replace('params["b1"])', 'params["b1"], None)'))


@odd(UNIT)
def a_bar_that_depends_on_the_kind_of_shell(nb: Homework) -> None:
    nb.below_given("""
class Bar:
    def __init__(self, rows): self.rows = rows
    def __iter__(self):
        for n, row in enumerate(self.rows):
            print(f"\\r{n:4d} " + "#" * n, end="", flush=True)
            yield row
        print()
plain = lambda rows: rows
progress = {"ZMQInteractiveShell": Bar, "TerminalInteractiveShell": plain}[get_ipython().__class__.__name__]
""")
    nb.write(
        "train_two_layer", text(nb.cell("train_two_layer")).replace("in range(steps)", "in progress(range(steps))")
    )


@odd(UNIT)
def a_plot_that_grows_while_training(nb: Homework) -> None:
    nb.below_given("import matplotlib.pyplot as plt\nfrom IPython.display import clear_output, display\nplt.ion()")
    nb.write(
        "train_two_layer",
        text(nb.cell("train_two_layer")).replace(
            "    losses.append(cross_entropy(two_layer_forward(params, x)[0], y))\n",
            "    losses.append(cross_entropy(two_layer_forward(params, x)[0], y))\n"
            "    fig, ax = plt.subplots(figsize=(1, 1))\n    ax.semilogy(losses)\n"
            "    clear_output(wait=True)\n    display(fig)\n    plt.pause(0.001)\n",
        ),
    )


@odd(UNIT)
def a_package_with_relative_imports(nb: Homework) -> None:
    nb.below_given(
        "import os, sys\nos.makedirs('netz', exist_ok=True)\nsys.path.insert(0, os.getcwd())",
        "%%writefile netz/__init__.py\nfrom .größen import skaliert",
        "%%writefile netz/größen.py\nfrom .. import netz as _\n",
        "%%file netz/größen.py\n"
        "import numpy as np\n\n\ndef skaliert(rng, i, o):\n    return rng.normal(0, i ** -0.5, (i, o))",
    )
    nb.write(
        "init_two_layer",
        "from netz import skaliert\n\ndef init_two_layer(D, H, C, seed):\n"
        "    rng = np.random.default_rng([seed, 7])\n"
        "    return dict(W1=skaliert(rng, D, H), b1=np.zeros(H), W2=skaliert(rng, H, C), "
        "b2=np.zeros(C))",
    )


@odd(UNIT)
def reset_on_top_and_names_tidied_up(nb: Homework) -> None:
    nb.on_top("%reset -f", "# clean start\nget_ipython().run_line_magic('reset', '-sf')")
    nb.after_check(
        "two_layer_forward",
        "tmp_a = tmp_b = 1\n%reset_selective -f ^tmp_\nkeep = 2\n%xdel keep",
        "%who_ls\n%reset -f out",
    )
    nb.at_the_end("%reset -f in", "%reset -f")


@odd(UNIT)
def cells_that_are_switched_off(nb: Homework) -> None:
    nb.after_check(
        "train_two_layer",
        "%%script false --no-raise-error\nwhile True: pass",
        "%%script echo off\n1 / 0",
        "if False:\n    undefined()",
        "'''\nold = two_layer_forward(\n'''",
        "#%%\n# In[12]:\n;",
    )
    for cell in nb.cells:
        if cell["cell_type"] == "code" and text(cell).startswith("guess = None"):
            cell["source"] = f"%%script false --no-raise-error\n{text(cell)}"


@odd(UNIT)
def cells_for_other_languages_and_programs(nb: Homework) -> None:
    nb.below_given(
        "%%latex\n$x$",
        "%%markdown\n# hm",
        "%%svg\n<svg/>",
        "%%sh\ncd /; ls | head -2",
        "%%perl\nprint 1",
        "%%python3\nprint(1)",
        "!git status\n!nvidia-smi\n!ls C:\\Users",
        "%%prun\nsorted(range(9))",
        "%load_ext line_profiler",
        "%lprun -f np.sum np.sum([1])",
        "%%cython\ncdef int a = 1",
        "%load_ext nb_black",
        "%store np",
        "%logstart -o log.py\n%logoff",
        "%macro m 1\n%recall 1",
        "%rerun 1",
        "%bookmark here\n%dhist",
        "%notebook out.ipynb",
        "%save s 1",
        "%%!\necho 1",
        "%ls\n%cat x",
    )


@odd(UNIT)
def signals_and_restarts_in_scratch_cells(nb: Homework) -> None:
    nb.after_check(
        "init_two_layer",
        "import signal, os\nsignal.raise_signal(signal.SIGINT)",
        "os.kill(os.getpid(), signal.SIGINT)",
        "import _thread\n_thread.interrupt_main()\nfor _ in range(9): pass",
        "import IPython\nIPython.Application.instance().kernel.do_shutdown(True)",
        "get_ipython().kernel.do_shutdown(restart=True)",
        "import sys\nsys.exit()",
        "get_ipython().ask_exit()",
    )


@odd(UNIT)
def helper_moved_below_the_checks_that_do_not_need_it(nb: Homework) -> None:
    nb.cells.insert(
        nb.place("9-4-twenty-points-first"), code("def step(p, g, lr):\n    return {k: p[k] - lr * g[k] for k in p}")
    )
    nb.write(
        "train_two_layer",
        text(nb.cell("train_two_layer")).replace(
            "{name: p - lr * grads[name] for name, p in params.items()}", "step(params, grads, lr)"
        ),
    )
    nb.after_check("train_two_layer", "del step")
