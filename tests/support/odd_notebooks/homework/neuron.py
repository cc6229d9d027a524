"""Odd but honest notebooks of unit 05: how the answers are written."""

from support.odd_notebooks.homework.register import Homework, odd
from support.odd_notebooks.programs import text

UNIT = "05_neuron"
ANSWERS = (
    *("neuron_forward", "sigmoid", "binary_cross_entropy", "binary_cross_entropy_backward"),
    *("neuron_backward", "count_errors"),
)


@odd(UNIT)
def one_class_with_static_methods(nb: Homework) -> None:
    nb.below_given("""
class Neuron:
    n = np
    @staticmethod
    def forward(x, w, b): return (x * w).sum(-1) + b
    @classmethod
    def p(cls, z): return cls.n.exp(-cls.n.logaddexp(0, -z))
    @staticmethod
    def loss(z, y): return -np.where(y == 1, -np.logaddexp(0, -z), -np.logaddexp(0, z)).mean()
    def __init__(self, z, y): self.z, self.y = z, y
    @property
    def dz(self): return (self.p(self.z) - self.y) / np.shape(self.z)[0]
""")
    nb.write("neuron_forward", "neuron_forward = Neuron.forward")
    nb.write("sigmoid", "sigmoid = Neuron.p")
    nb.write("binary_cross_entropy", "binary_cross_entropy = Neuron.loss")
    nb.write("binary_cross_entropy_backward", "binary_cross_entropy_backward = lambda z, y: Neuron(z, y).dz")


@odd(UNIT)
def functions_of_single_numbers_made_into_functions_of_arrays(nb: Homework) -> None:
    nb.write(
        "sigmoid",
        """
import math
@np.errstate(over="raise")
def sigmoid(z):
    one = lambda v: 1 / (1 + math.exp(-v)) if v > -700 else math.exp(v) if v > -745 else 0.0
    return np.vectorize(one, otypes=[float])(z).astype(z.dtype).reshape(z.shape)
""",
    )
    nb.write(
        "count_errors",
        "def count_errors(z, y, threshold):\n    pairs = [(bool(t), bool(p >= threshold)) "
        "for t, p in zip(y.tolist(), sigmoid(z).tolist())]\n"
        "    return pairs.count((True, False)), pairs.count((False, True))",
    )


@odd(UNIT)
def gradients_as_a_named_tuple(nb: Homework) -> None:
    nb.write(
        "neuron_backward",
        "from collections import namedtuple\nGrads = namedtuple('Grads', 'dx dw db')\n\n"
        "def neuron_backward(dz, x, w):\n"
        "    return Grads(dx=np.einsum('n,d->nd', dz, w), dw=np.tensordot(dz, x, 1), "
        "db=float(np.add.reduce(dz)))",
    )
    nb.write(
        "count_errors",
        "from dataclasses import dataclass, astuple\n@dataclass(slots=True)\nclass Errors:\n"
        "    missed: int = 0\n    alarms: int = 0\n\n"
        "def count_errors(z, y, threshold):\n    e = Errors()\n    for p, sick in zip(sigmoid(z), y):"
        "\n        e.missed += bool(sick and p < threshold)\n"
        "        e.alarms += bool(not sick and p >= threshold)\n    return astuple(e)",
    )


@odd(UNIT)
def a_cell_magic_of_ones_own_above_each_answer(nb: Homework) -> None:
    nb.below_given("""
from IPython.core.magic import register_cell_magic
import time
@register_cell_magic
def stopwatch(line, cell):
    start = time.perf_counter()
    get_ipython().run_cell(cell)
    print(f"{line}: {time.perf_counter() - start:.1f} s")
""")
    for name in ANSWERS:
        nb.write(name, f"%%stopwatch {name}\n{text(nb.cell(name))}")


@odd(UNIT)
def a_time_limit_of_ones_own_around_each_answer(nb: Homework) -> None:
    nb.below_given("""
import signal, functools
def at_most(seconds):
    def outer(f):
        @functools.wraps(f)
        def inner(*args):
            def stop(*_): raise TimeoutError(f.__name__)
            before = signal.signal(signal.SIGALRM, stop)
            signal.setitimer(signal.ITIMER_REAL, seconds)
            try:
                return f(*args)
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, before)
        return inner
    return outer
""")
    for name in ANSWERS:
        nb.write(name, f"@at_most(5)\n{text(nb.cell(name))}")
    nb.after_check("sigmoid", "@at_most(0.1)\ndef endless():\n    while True: pass\nendless()")


@odd(UNIT)
def answers_computed_by_coroutines_in_a_thread(nb: Homework) -> None:
    nb.below_given(
        """
import asyncio, threading
loop = asyncio.new_event_loop()
threading.Thread(target=loop.run_forever, daemon=True).start()
def wait(coroutine):
    return asyncio.run_coroutine_threadsafe(coroutine, loop).result(timeout=20)
""",
        "async def nap():\n    await asyncio.sleep(0.01)\n    return 'rested'\n\nawait asyncio.gather(nap(), nap())",
    )
    nb.write(
        "neuron_forward",
        "async def forward(x, w, b):\n    await asyncio.sleep(0)\n    return x.dot(w) + b\n\n"
        "def neuron_forward(x, w, b):\n    return wait(forward(x, w, b))",
    )


@odd(UNIT)
def everything_within_try_and_except(nb: Homework) -> None:
    for name in ANSWERS:
        inner = text(nb.cell(name)).replace("\n", "\n    ")
        nb.write(
            name,
            f"try:\n    {inner}\nexcept Exception as problem:\n    print('oh no', problem)\nelse:\n    pass"
            f"\nfinally:\n    print('{name} is done')",
        )


@odd(UNIT)
def tools_that_look_at_everything(nb: Homework) -> None:
    nb.below_given(
        "import cProfile, tracemalloc, gc, sys\ngc.disable()\ntracemalloc.start()\n"
        "profile = cProfile.Profile()\nprofile.enable()"
    )
    nb.after_check(
        "sigmoid",
        "profile.disable()\nimport pstats\npstats.Stats(profile).print_stats(3)",
        "calls = []\ndef tracer(frame, event, arg):\n    calls.append(frame.f_code.co_name)\nsys.settrace(tracer)",
    )
    nb.at_the_end("sys.settrace(None)\nprint(len(calls), tracemalloc.get_traced_memory())\ngc.enable()\ngc.collect()")


@odd(UNIT)
def each_call_kept_in_files(nb: Homework) -> None:
    nb.below_given("""
import os, logging, tempfile, datetime
os.makedirs("logs", exist_ok=True)
logging.basicConfig(filename=f"logs/{datetime.date.today()}.log", level=logging.INFO, force=True)
def kept(f):
    def inner(*arrays):
        with tempfile.TemporaryDirectory() as folder:
            np.savez(os.path.join(folder, "in.npz"), *arrays)
            with np.load(os.path.join(folder, "in.npz")) as saved:
                out = f(*(saved[name][()] for name in saved.files))
        np.save("last", out)
        logging.info("%s -> %s", f.__name__, np.load("last.npy"))
        return out
    return inner
""")
    for name in ANSWERS[:4]:
        nb.write(name, f"@kept\n{text(nb.cell(name))}")


@odd(UNIT)
def a_module_of_ones_own_named_like_an_installed_one(nb: Homework) -> None:
    nb.below_given("%%writefile arrow.py\ndef weighted(x, w):\n    return x @ w")
    nb.write("neuron_forward", "import arrow\n\ndef neuron_forward(x, w, b):\n    return arrow.weighted(x, w) + b")
