"""Odd but honest notebooks of unit 09: how the answers are written."""

from support.odd_notebooks.homework.register import Homework, odd
from support.odd_notebooks.programs import text

UNIT = "09_two_layers"


@odd(UNIT)
def dictionaries_of_other_kinds(nb: Homework) -> None:
    nb.write(
        "init_two_layer",
        """
from collections import OrderedDict, defaultdict
def init_two_layer(D, H, C, seed):
    rng = np.random.RandomState(seed)
    params = OrderedDict()
    for k, (i, o) in enumerate(((D, H), (H, C)), start=1):
        params[f"W{k}"] = rng.randn(i, o) * i ** -0.5
        params[f"b{k}"] = np.zeros((o,))
    return params
""",
    )
    nb.write(
        "two_layer_backward",
        """
def two_layer_backward(params, cache, dz2):
    grads = defaultdict(lambda: 0)
    grads["W2"] += cache["a1"].T @ dz2
    grads["b2"] += np.ones(len(dz2)) @ dz2
    dz1 = (dz2 @ params["W2"].T) * (1 - cache["a1"]) * (1 + cache["a1"])
    grads["W1"] += np.einsum("nd,nh->dh", cache["x"], dz1)
    grads["b1"] += np.einsum("nh->h", dz1)
    return grads
""",
    )


@odd(UNIT)
def a_cache_with_more_in_it(nb: Homework) -> None:
    nb.write(
        "two_layer_forward",
        """
def two_layer_forward(params, x):
    z1 = x @ params["W1"] + params["b1"]
    a1 = np.tanh(z1)
    cache = dict(x=x, z1=z1, a1=a1, shapes=[list(v.shape) for v in (x, z1, a1)], note="tanh", batch=len(x))
    return (a1 @ params["W2"] + params["b2"], cache)
""",
    )


@odd(UNIT)
def given_functions_rewritten_to_return_dictionaries(nb: Homework) -> None:
    nb.above(
        "two_layer_forward",
        """
def linear_forward(x, W, b, cache=None):
    if cache is not None:
        cache.append((x, W))
    return np.matmul(x, W) + b

def linear_backward(dz, x, W):
    return {"x": dz @ W.T, "W": x.T @ dz, "b": dz.sum(0)}
""",
    )
    nb.write(
        "two_layer_backward",
        """
def two_layer_backward(params, cache, dz2):
    top = linear_backward(dz2, cache["a1"], params["W2"])
    low = linear_backward(tanh_backward(top["x"], cache["a1"]), cache["x"], params["W1"])
    return {"W1": low["W"], "b1": low["b"], "W2": top["W"], "b2": top["b"]}
""",
    )


@odd(UNIT)
def reverse_mode_of_ones_own(nb: Homework) -> None:
    nb.below_given("""
class Var:
    def __init__(self, value, back=lambda g: None): self.value, self.grad, self._back = value, 0, back
    def __matmul__(self, other):
        def back(g):
            self.backward(g @ other.value.T)
            other.backward(self.value.T @ g)
        return Var(self.value @ other.value, back)
    def __add__(self, other):
        return Var(self.value + other.value, lambda g: (self.backward(g), other.backward(g.sum(0))))
    def tanh(self):
        a = np.tanh(self.value)
        return Var(a, lambda g: self.backward(g * (1 - a * a)))
    def backward(self, g):
        self.grad = self.grad + g
        self._back(g)
""")
    nb.write(
        "two_layer_backward",
        """
def two_layer_backward(params, cache, dz2):
    v = {name: Var(p) for name, p in params.items()}
    ((Var(cache["x"]) @ v["W1"] + v["b1"]).tanh() @ v["W2"] + v["b2"]).backward(dz2)
    return {name: var.grad for name, var in v.items()}
""",
    )


@odd(UNIT)
def training_as_a_chain_of_iterators(nb: Homework) -> None:
    nb.write(
        "train_two_layer",
        """
import itertools, collections
def _descent(params, x, y, lr):
    while True:
        z, cache = two_layer_forward(params, x)
        yield params, cross_entropy(z, y)
        g = two_layer_backward(params, cache, cross_entropy_backward(z, y))
        params = {**{k: params[k] - lr * g[k] for k in params}}

def train_two_layer(params, x, y, lr, steps):
    path = itertools.islice(_descent(params, x, y, lr), steps + 1)
    seen, losses = itertools.tee(path)
    (last, _), = collections.deque(seen, maxlen=1)
    return last, [loss for _, loss in losses]
""",
    )


@odd(UNIT)
def checks_of_all_that_comes_in(nb: Homework) -> None:
    nb.below_given("""
def look(params, x, **numbers):
    assert type(params) is dict and sorted(params) == ["W1", "W2", "b1", "b2"], list(params)
    assert all(type(p) is np.ndarray and p.dtype.kind == "f" for p in (*params.values(), x))
    for name, value in numbers.items():
        assert isinstance(value, int if name == "steps" else float), (name, type(value))
""")
    nb.write(
        "train_two_layer",
        text(nb.cell("train_two_layer")).replace(
            "    losses = []\n",
            "    look(params, x, lr=lr, steps=steps)\n    y.dtype.kind in 'iu' or 1 / 0\n    losses = []\n",
        ),
    )
    nb.write(
        "init_two_layer",
        text(nb.cell("init_two_layer")).replace(
            "    generator", "    assert {type(v) for v in (D, H, C, seed)} == {int}\n    generator", 1
        ),
    )


@odd(UNIT)
def one_flat_vector_with_views(nb: Homework) -> None:
    nb.write(
        "init_two_layer",
        """
def _views(flat, D, H, C):
    parts = np.split(flat, np.cumsum([D * H, H, H * C]))
    return dict(zip(("W1", "b1", "W2", "b2"), (p.reshape(s) for p, s in zip(parts, ((D, H), H, (H, C), C)))))

def init_two_layer(D, H, C, seed):
    params = _views(np.zeros(D * H + H + H * C + C), D, H, C)
    rng = np.random.default_rng(seed)
    for name in "W1", "W2":
        params[name][...] = rng.standard_normal(params[name].shape) / np.sqrt(len(params[name]))
    return params
""",
    )


@odd(UNIT)
def a_pool_of_threads_for_products(nb: Homework) -> None:
    nb.below_given(
        "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor(2)\n"
        "def product(a, b):\n    return pool.submit(np.matmul, a, b).result()"
    )
    nb.write(
        "square_net_grads",
        "def square_net_grads(x, y, W, v):\n    z = product(x, W)\n"
        "    e = 2 * (product(z**2, v) - y) / len(y)\n"
        "    return product(x.T, e[:, None] * v * 2 * z), product((z**2).T, e)",
    )


@odd(UNIT)
def a_network_of_closures(nb: Homework) -> None:
    nb.below_given("""
def layer(W, b, f=lambda z: z, slope=lambda a: 1):
    def forward(x):
        a = f(x @ W + b)
        def backward(da):
            dz = da * slope(a)
            return dz @ W.T, x.T @ dz, dz.sum(0)
        return a, backward
    return forward
two = lambda p: (layer(p["W1"], p["b1"], np.tanh, lambda a: 1 - a**2), layer(p["W2"], p["b2"]))
""")
    nb.write(
        "two_layer_forward",
        "def two_layer_forward(params, x):\n    hidden, top = two(params)\n"
        "    a1, _ = hidden(x)\n    return top(a1)[0], {'x': x, 'a1': a1}",
    )
    nb.write(
        "two_layer_backward",
        "def two_layer_backward(params, cache, dz2):\n    hidden, top = two(params)\n"
        "    da, W2, b2 = top(cache['a1'])[1](dz2)\n"
        "    _, W1, b1 = hidden(cache['x'])[1](da)\n"
        "    return {k: v for k, v in locals().items() if k in params}",
    )


@odd(UNIT)
def a_task_that_goes_on_in_the_background(nb: Homework) -> None:
    nb.below_given("""
import asyncio
async def heartbeat():
    for beat in range(3):
        await asyncio.sleep(0.01)
        print("beat", beat)
task = asyncio.create_task(heartbeat())
from math import sqrt
""")
    nb.write("init_two_layer", text(nb.cell("init_two_layer")).replace("np.sqrt", "sqrt"))
