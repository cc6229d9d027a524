"""Odd but honest notebooks of unit 10: how a network is trained."""

from support.odd_notebooks.homework.register import Homework, odd
from support.odd_notebooks.programs import text

UNIT = "10_mlp"
STEP = "                p -= lr * g\n"


def _step_by(nb: Homework, source: str) -> None:
    """Take the step of training in another way."""
    right = text(nb.cell("train_mlp"))
    assert STEP in right
    nb.write("train_mlp", right.replace(STEP, f"                {source}\n"))


@odd(UNIT)
def steps_by_copyto(nb: Homework) -> None:
    _step_by(nb, "np.copyto(p, p - lr * g)")


@odd(UNIT)
def steps_by_out(nb: Homework) -> None:
    _step_by(nb, "np.subtract(p, np.multiply(lr, g), out=p)")


@odd(UNIT)
def steps_entry_by_entry(nb: Homework) -> None:
    _step_by(nb, "for i in np.ndindex(p.shape): p[i] = p[i] - lr * g[i]")


@odd(UNIT)
def steps_by_flat_put_and_at(nb: Homework) -> None:
    _step_by(
        nb,
        "p.flat[:1] -= lr * np.ravel(g)[:1]; rest = np.arange(1, p.size); "
        "np.subtract.at(p.reshape(-1), rest, lr * np.ravel(g)[1:])",
    )


@odd(UNIT)
def steps_by_an_iterator_that_writes(nb: Homework) -> None:
    _step_by(nb, "for a, d in np.nditer([p, g], op_flags=[['readwrite'], ['readonly']]): a[...] = a - lr * d")


@odd(UNIT)
def parameters_fetched_once_before_training(nb: Homework) -> None:
    nb.write(
        "train_mlp",
        """
class SGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params, self.lr, self.mu = params, lr, momentum
        self.v = [np.zeros_like(p) for p in params]
    def step(self, grads):
        for p, v, g in zip(self.params, self.v, grads, strict=True):
            v[:] = self.mu * v + g
            p -= self.lr * v

def train_mlp(model, x, y, lr=0.1, epochs=10, batch_size=32, seed=0, *, callbacks=(), verbose=True):
    optimiser, history = SGD(model.params(), lr), []
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        seen = [(cross_entropy(z := model.forward(xb), yb), len(yb), model.backward(cross_entropy_backward(z, yb)),
                 optimiser.step(model.grads()))[:2] for xb, yb in minibatches(x, y, batch_size, int(rng.integers(1e9)))]
        history.append(float(np.dot(*map(np.array, zip(*seen))) / len(x)))
    return history
""",
    )


@odd(UNIT)
def a_pool_of_threads_for_every_product(nb: Homework) -> None:
    nb.below_given(
        "from concurrent.futures import ThreadPoolExecutor\nworkers = ThreadPoolExecutor(max_workers=2)\n"
        "list(workers.map(abs, range(4)))"
    )
    nb.write(
        "train_mlp",
        text(nb.cell("train_mlp")).replace("cross_entropy(z, yb)", "workers.submit(cross_entropy, z, yb).result()"),
    )


@odd(UNIT)
def training_in_a_thread_of_its_own(nb: Homework) -> None:
    right = text(nb.cell("train_mlp")).replace("def train_mlp", "def _train")
    nb.write(
        "train_mlp",
        f"""
import threading
{right}

def train_mlp(*args):
    results = []
    thread = threading.Thread(target=lambda: results.append(_train(*args)))
    thread.start()
    thread.join()
    return results[0]
""",
    )


@odd(UNIT)
def batches_fetched_ahead_by_a_thread(nb: Homework) -> None:
    nb.write(
        "minibatches",
        """
import queue, threading
def minibatches(x, y, size, seed):
    waiting = queue.Queue(maxsize=2)
    def fill():
        order = np.random.default_rng(seed).permutation(len(x))
        for rows in np.split(order, np.arange(size, len(x), size)):
            waiting.put((x[rows], y[rows]))
        waiting.put(None)
    threading.Thread(target=fill, daemon=True).start()
    yield from iter(waiting.get, None)
""",
    )


@odd(UNIT)
def batches_as_a_class(nb: Homework) -> None:
    nb.write(
        "minibatches",
        """
class minibatches:
    def __init__(self, x, y, size, seed):
        self.x, self.y, self.size, self.rng = x, y, size, np.random.RandomState(seed)
    def __len__(self):
        return -(-len(self.x) // self.size)
    def __iter__(self):
        order = self.rng.permutation(len(self.x))
        return ((self.x[r], self.y[r]) for r in np.array_split(order, range(self.size, len(order), self.size)))
""",
    )


@odd(UNIT)
def the_best_parameters_kept(nb: Homework) -> None:
    right = text(nb.cell("train_mlp"))
    nb.write(
        "train_mlp",
        right.replace(
            "        losses.append(total / len(x))\n",
            "        losses.append(total / len(x))\n        if losses[-1] == min(losses):\n"
            "            best = [p.copy() for p in model.params()]\n            np.savez('best.npz', *best)\n"
            "            twin = copy.deepcopy(model)\n"
            "            assert all(map(np.array_equal, twin.params(), best))\n",
        ),
    )
    nb.begin("train_mlp", "import copy")


@odd(UNIT)
def a_report_of_each_epoch(nb: Homework) -> None:
    nb.begin("train_mlp", "import time, matplotlib.pyplot as plt\nHISTORY = {}")
    nb.write(
        "train_mlp",
        text(nb.cell("train_mlp")).replace(
            "        losses.append(total / len(x))\n",
            "        losses.append(total / len(x))\n"
            "        HISTORY.setdefault((lr, seed, batch_size), []).append(losses[-1])\n"
            "        print(f'{type(model).__name__} epoch {epoch:>3}/{epochs} loss {losses[-1]:.4f} '\n"
            "              f'norm {sum(float(np.linalg.norm(p)) for p in model.params()):.2f}', end='\\r')\n"
            "        plt.figure(); plt.plot(losses); plt.close()\n        time.sleep(0.001)\n",
        ),
    )


@odd(UNIT)
def the_name_of_a_model_with_a_default(nb: Homework) -> None:
    nb.write(
        "train_mlp",
        text(nb.cell("train_mlp")).replace(
            "    losses = []\n",
            "    name = getattr(model, 'name', model.__class__.__name__)\n    layers = getattr(model, 'layers', [])\n"
            "    assert callable(model.forward) and hasattr(model, 'grads') and not isinstance(model, (list, dict))\n"
            "    before = {id(p): p.copy() for p in model.params()}\n    losses = []\n",
        ),
    )
