"""Odd but honest notebooks of unit 10: how layers and networks are written, and what stands around them."""

from support.odd_notebooks.homework.register import Homework, odd
from support.odd_notebooks.programs import text

UNIT = "10_mlp"


@odd(UNIT)
def layers_as_data_classes_of_a_base_class(nb: Homework) -> None:
    nb.above(
        "linear",
        """
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
import numpy.typing as npt
class Layer(ABC):
    kinds: dict[str, type] = {}
    def __init_subclass__(cls, **more):
        super().__init_subclass__(**more)
        Layer.kinds[cls.__name__] = cls
    @abstractmethod
    def forward(self, x: npt.NDArray) -> npt.NDArray: raise NotImplementedError
    @abstractmethod
    def backward(self, dz): raise NotImplementedError()
    __call__ = lambda self, x: self.forward(x)
""",
    )
    nb.write(
        "linear",
        """
@dataclass(eq=False)
class Linear(Layer):
    W: npt.NDArray[np.float64] = field(repr=False)
    b: npt.NDArray[np.float64]
    dW: npt.NDArray | None = None
    db: npt.NDArray | None = None
    def forward(self, x):
        self.x = x
        return np.einsum("nd,dm->nm", x, self.W, optimize=True) + self.b
    def backward(self, dz):
        self.dW, self.db = self.x.swapaxes(0, 1) @ dz, dz.sum(axis=-2)
        return np.einsum("nm,dm->nd", dz, self.W)
""",
    )
    nb.write(
        "relu",
        """
class ReLU(Layer):
    __slots__ = ("mask",)
    def forward(self, x):
        self.mask = np.heaviside(x, 0).astype(x.dtype)
        return self.mask * x
    def backward(self, dz):
        return dz * self.mask
""",
    )


@odd(UNIT)
def gradients_as_properties(nb: Homework) -> None:
    nb.write(
        "linear",
        """
class Linear:
    def __init__(self, W, b):
        self.p, self._cache = {"W": W, "b": b}, None
    W = property(lambda self: self.p["W"], lambda self, W: self.p.__setitem__("W", W))
    b = property(lambda self: self.p["b"], lambda self, b: self.p.__setitem__("b", b))
    @property
    def dW(self):
        return np.dot(self._cache[0].T, self._cache[1])
    @property
    def db(self):
        return np.sum(self._cache[1], 0)
    def forward(self, x):
        self._x = np.array(x)
        return linear_forward(x, self.W, self.b)
    def backward(self, dz):
        self._cache = (self._x, np.array(dz))
        return dz @ self.W.T
""",
    )


@odd(UNIT)
def methods_added_cell_by_cell(nb: Homework) -> None:
    nb.above(
        "mlp",
        "def add_to(cls):\n    def add(method):\n        setattr(cls, method.__name__, method)\n"
        "        return method\n    return add",
    )
    head, *methods = text(nb.cell("mlp")).split("\n    def ")
    nb.write("mlp", head)
    cells = []
    for method in methods:
        body = "\n".join(line.removeprefix("    ") for line in f"def {method}".splitlines())
        cells.append(f"@add_to(MLP)\n{body.strip()}")
    nb.below("mlp", *cells)


@odd(UNIT)
def a_class_that_extends_itself(nb: Homework) -> None:
    head, rest = text(nb.cell("mlp")).split("\n    def backward")
    nb.write("mlp", head)
    nb.below("mlp", f"class MLP(MLP):  # second half\n    def backward{rest}")


@odd(UNIT)
def parameters_as_views_of_one_vector(nb: Homework) -> None:
    nb.write(
        "mlp",
        """
class MLP(list):
    def __init__(self, sizes, seed):
        pairs = [*zip(sizes, sizes[1:])]
        self.theta = np.zeros(sum(i * o + o for i, o in pairs))
        rng, at = np.random.default_rng(seed), 0
        for i, o in pairs:
            W, b = self.theta[at:at + i * o].reshape(i, o), self.theta[at + i * o:(at := at + i * o + o)]
            W[:] = rng.standard_normal((i, o)) * np.sqrt(2 / i)
            self.extend([Linear(W, b), ReLU()])
        del self[-1]
    def forward(self, x):
        from functools import reduce
        return reduce(lambda a, layer: layer.forward(a), self, x)
    def backward(self, dz):
        for layer in self[::-1]:
            dz = layer.backward(dz)
        return dz
    def params(self):
        for layer in self[::2]:
            yield from (layer.W, layer.b)
    def grads(self):
        return tuple(g for layer in self[::2] for g in (layer.dW, layer.db))
""",
    )


@odd(UNIT)
def parameters_of_a_class_of_ones_own(nb: Homework) -> None:
    nb.above(
        "mlp",
        "class Param(np.ndarray):\n    'An array with a name.'\n    name = '?'\n"
        "def param(a, name):\n    p = np.asarray(a).view(Param)\n    p.name = name\n    return p",
    )
    nb.write(
        "mlp",
        text(nb.cell("mlp")).replace(
            "Linear(W, np.zeros(fan_out))", "Linear(param(W, 'W'), param(np.zeros(fan_out), 'b'))"
        ),
    )


@odd(UNIT)
def weights_in_files_mapped_into_memory(nb: Homework) -> None:
    nb.above(
        "mlp",
        "import tempfile\ndef mapped(a):\n    m = np.memmap(tempfile.TemporaryFile(), a.dtype, 'w+', 0, "
        "a.shape)\n    m[:] = a\n    return m",
    )
    nb.write("mlp", text(nb.cell("mlp")).replace("Linear(W,", "Linear(mapped(W),"))


@odd(UNIT)
def scenarios_of_the_checks_tried_out_above_the_next_answer(nb: Homework) -> None:
    nb.begin("relu", "tried = linear_run(*(np.ones((2, 2)), np.ones(2)), *[np.ones((3, 2))] * 4)\nprint(tried['dW'])")
    nb.begin("minibatches", "print(relu_run(*[np.ones((3, 2))] * 4)['dz'])")


@odd(UNIT)
def the_model_of_the_check_tried_out_above_the_next_answer(nb: Homework) -> None:
    nb.begin(
        "gradient_in_pieces",
        "toy = Stretch(3)\nprint(train_mlp(toy, np.eye(3), np.arange(3), 0.1, 2, 2, 0), toy.params())",
    )


@odd(UNIT)
def gradients_of_pieces_by_a_pool_of_processes(nb: Homework) -> None:
    nb.write(
        "gradient_in_pieces",
        """
from multiprocessing import Pool, get_context
def _piece(job):
    x, y, W = job
    return x.T @ cross_entropy_backward(x @ W, y) * len(y), len(y)

def gradient_in_pieces(pieces, W):
    with get_context("fork").Pool(2) as pool:
        sums, rows = zip(*pool.map(_piece, [(x, y, W) for x, y in pieces]))
    return sum(sums, start=np.zeros_like(W)) / sum(rows)
""",
    )


@odd(UNIT)
def a_question_tried_until_it_is_right(nb: Homework) -> None:
    nb.above(
        "gradient_in_pieces",
        """
letters = iter("abcdefgh")
while not ask("u10-zero", next(letters)).right:
    pass
def rows_of(pieces):
    return sum(len(y) for _, y in pieces)
""",
    )
    nb.write(
        "gradient_in_pieces", text(nb.cell("gradient_in_pieces")).replace("total / rows", "total / rows_of(pieces)")
    )


@odd(UNIT)
def weights_kept_transposed_and_handed_out_as_new_views(nb: Homework) -> None:
    nb.write(
        "linear",
        """
class Linear:
    def __init__(self, W, b):
        self.rows, self.b, self._grads = W.T, b, {}
    W = property(lambda self: self.rows.T, lambda self, W: setattr(self, "rows", W.T))
    def __getattr__(self, name):
        if name in ("dW", "db"):
            return self._grads[name]
        raise AttributeError(name)
    def forward(self, x):
        self._x = x
        return (self.rows @ x.T).T + self.b
    def backward(self, dz):
        self._grads = {"dW": (dz.T @ self._x).T, "db": [*map(sum, zip(*dz))]}
        return dz @ self.rows
""",
    )
    nb.write("mlp", text(nb.cell("mlp")).replace("(layer.W, layer.b)]", "(layer.W[:], layer.b.view())]"))
