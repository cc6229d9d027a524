"""The network of unit 10 three times, with the same numbers in: the course's right answers, PyTorch, scikit-learn.

Each is trained with plain stochastic gradient descent on the same rows in the same order, and gives the mean loss of
each epoch.
"""

import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / ".peers"))
MISSING = "PyTorch and scikit-learn are missing: run `make peers`, which installs them in .peers/."

try:
    import torch
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier
except ImportError as error:
    raise SystemExit(f"{MISSING} ({error})") from None

from autograder.notebook import right_namespace
from autograder.paths import Course

UNIT = "10_mlp"
Train = Callable[[int], list[float]]


def right_answers() -> dict[str, Any]:
    """What unit 10 defines when every solution cell holds its right answer."""
    return right_namespace(Course(ROOT), UNIT)


def model_of(sizes: list[int], seed: int, kind: type = np.float32) -> Any:
    """The course's MLP, its numbers in the precision asked for."""
    model = right_answers()["MLP"](sizes, seed)
    for layer in model.layers[::2]:
        layer.W, layer.b = layer.W.astype(kind), layer.b.astype(kind)
    return model


def torch_model(params: list[np.ndarray]) -> Any:
    """PyTorch's network with copies of these numbers, [W1, b1, W2, …]."""
    layers: list[Any] = []
    for W, b in zip(params[::2], params[1::2], strict=True):
        linear = torch.nn.Linear(*W.shape, dtype=torch.from_numpy(W).dtype)
        linear.weight.data = torch.from_numpy(W.T.copy())
        linear.bias.data = torch.from_numpy(b.copy())
        layers += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def orders(rows: int, batch: int, epochs: int) -> list[np.ndarray]:
    """The order of the rows in each epoch, as the course's minibatches have it with seed + epoch."""
    numbers = np.arange(rows)
    batches = right_answers()["minibatches"]
    return [
        np.concatenate([xb for xb, _ in batches(numbers[:, None], numbers, batch, epoch)]).ravel()
        for epoch in range(epochs)
    ]


def course(params: list[np.ndarray], x: np.ndarray, y: np.ndarray, lr: float, batch: int) -> Train:
    """Unit 10's right answers."""
    sizes = [len(params[0]), *(len(b) for b in params[1::2])]
    model = model_of(sizes, 0, params[0].dtype.type)
    for own, given in zip(model.params(), params, strict=True):
        own[...] = given
    train = right_answers()["train_mlp"]
    return lambda epochs: [float(loss) for loss in train(model, x, y, lr, epochs, batch, 0)]


def pytorch(params: list[np.ndarray], x: np.ndarray, y: np.ndarray, lr: float, batch: int) -> Train:
    """PyTorch in its usual, eager way."""
    model = torch_model(params)
    descent = torch.optim.SGD(model.parameters(), lr=lr)
    cross_entropy = torch.nn.CrossEntropyLoss()
    xs, ys = torch.from_numpy(x), torch.from_numpy(y)

    def epoch(order: Any) -> float:
        total = 0.0
        for start in range(0, len(order), batch):
            rows = order[start : start + batch]
            descent.zero_grad()
            loss = cross_entropy(model(xs[rows]), ys[rows])
            loss.backward()
            descent.step()
            total += len(rows) * loss.item()
        return total / len(order)

    return lambda epochs: [epoch(torch.from_numpy(order)) for order in orders(len(x), batch, epochs)]


def sklearn(params: list[np.ndarray], x: np.ndarray, y: np.ndarray, lr: float, batch: int) -> Train:
    """scikit-learn's MLPClassifier, without penalty and momentum."""
    rival = MLPClassifier(
        tuple(len(b) for b in params[1:-1:2]),
        solver="sgd",
        alpha=0.0,
        momentum=0.0,
        batch_size=batch,
        learning_rate_init=lr,
        shuffle=False,
        max_iter=1,
    )

    def epoch(order: np.ndarray) -> float:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            rival.partial_fit(x[order], y[order], classes=np.arange(len(params[-1])))
        return float(rival.loss_)

    # The first call makes the arrays; then they get the numbers.
    rival.set_params(learning_rate_init=1e-30)
    epoch(np.arange(min(batch, len(x))))
    for own, given in zip((*rival.coefs_, *rival.intercepts_), (*params[::2], *params[1::2]), strict=True):
        own[...] = given
    rival._optimizer.learning_rate_init = rival._optimizer.learning_rate = lr
    return lambda epochs: [epoch(order) for order in orders(len(x), batch, epochs)]


RIVALS = {"course, unit 10": course, "PyTorch": pytorch, "scikit-learn": sklearn}
