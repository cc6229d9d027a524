"""What is said fits what was written: wrong answers as people write them, and words of the message that they get."""

import pytest
from support.judged_answers import UNITS, verdict_on, written

LISTS = "Arithmetic does not go through a list, a tuple or a dict."
TRAIN = """
def train_mlp(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        seen = []
        for xb, yb in minibatches(x, y, batch_size, seed + epoch):
            z = model.forward(xb)
            seen.append(LOSS)
            BACKWARD
            for p, g in zip(model.params(), model.grads()):
                p -= lr * g
        losses.append(np.mean(seen))
    return losses
"""
LOSS, BACKWARD = "cross_entropy(z, yb)", "model.backward(cross_entropy_backward(z, yb))"
NETWORK = """
class MLP:
    def __init__(self, sizes, seed):
        normal = np.random.default_rng(seed).normal
        self.layers = []
        for m, n in PAIRS:
            self.layers += [Linear(normal(size=(m, n)) * np.sqrt(2 / m), np.zeros(n)), ReLU()]
        self.layers.pop()
    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x
    def backward(self, dz):
        ORDER
            dz = layer.backward(dz)
        return dz
    def params(self):
        return [p for layer in self.layers if isinstance(layer, Linear) for p in (layer.W, layer.b)]
    def grads(self):
        return [g for layer in self.layers if isinstance(layer, Linear) for g in (layer.dW, layer.db)]
"""
PAIRS, ORDER = "zip(sizes, sizes[1:])", "for layer in self.layers[::-1]:"


def training(loss=LOSS, backward=BACKWARD):
    return TRAIN.replace("LOSS", loss).replace("BACKWARD", backward)


def network(pairs=PAIRS, order=ORDER):
    return NETWORK.replace("PAIRS", pairs).replace("ORDER", order)


CELLS = [
    ("04", "gd_step", "def gd_step(params, grads, lr):\n    return params - lr * grads", [LISTS, "params is a list"]),
    (
        "04",
        "gd_step",
        "def gd_step(params, grads, lr):\n    return np.array(params) - lr * np.array(grads)",
        ["Keep them in a list and go through it, several lists together with zip."],
    ),
    (
        "09",
        "train_two_layer",
        "def train_two_layer(params, x, y, lr, steps):\n"
        "    z, cache = two_layer_forward(params, x)\n"
        "    return params - lr * two_layer_backward(params, cache, cross_entropy_backward(z, y)), []",
        [LISTS, "params is a dict"],
    ),
    (
        "09",
        "two_layer_backward",
        "def two_layer_backward(params, cache, dz2):\n    return 1 - np.tanh(cache['z1']) ** 2",
        ["cache is a dict with x, a1.", "Ask for one that it has, or work the value out from those."],
    ),
    (
        "02",
        "numerical_gradient",
        "def numerical_gradient(f, x, h=1e-5):\n"
        "    gradient = np.zeros(x.shape)\n"
        "    for index in np.ndindex(2, 3):\n"
        "        gradient[index] = f(x[index] + h) - f(x[index] - h)\n"
        "    return gradient",
        ["this one has 1, and 2 are given", "as np.ndindex(x.shape) does"],
    ),
    (
        "02",
        "numerical_gradient",
        "def numerical_gradient(f, x, h=1e-5):\n"
        "    gradient = np.zeros(len(x))\n"
        "    for k in range(len(x)):\n"
        "        gradient[k] = x[k] * h\n"
        "    return gradient",
        ["x[k] is a whole row there, and no number", "as np.zeros(x.shape) has them"],
    ),
    (
        "02",
        "numerical_gradient",
        "def numerical_gradient(f, x, h=1e-5):\n    return [[h] * x.shape[1] for _ in range(x.shape[0])]",
        ["There, x has shape (3,).", "A shape has one for each axis", "hand on x.shape as a whole"],
    ),
    (
        "06",
        "linear_backward",
        "def linear_backward(dz, x, W):\n    return x.T @ dz",
        ["returns one array of shape (", "3 results are asked for, with commas: dx, dW, db."],
    ),
    ("10", "train_mlp", training(backward="pass"), ["backward is what keeps .dW: is it called for each Linear"]),
    (
        "10",
        "train_mlp",
        training(backward="dz = cross_entropy_backward(z, yb)").replace("model.grads()", "[0] * 99"),
        ["Without model.backward before it, model.grads() has nothing new"],
    ),
    ("10", "train_mlp", training(loss="cross_entropy(z, y)"), ["Index 9 is asked for, and that axis has 9 entries"]),
    (
        "10",
        "MLP",
        network(order="self.layers.reverse()\n        for layer in self.layers:"),
        ["does\nself.layers.reverse() turn the list itself round?"],
    ),
    ("10", "MLP", network("[(sizes[0], sizes[1]), (sizes[1], sizes[-1])]"), ["There are two layers, whatever sizes"]),
    ("10", "MLP", network("[(sizes[0], sizes[1]), (sizes[1], sizes[2])]"), ["those of the first three sizes"]),
    ("10", "Linear", "class Linear:\n    def __init__(self, W, b):\n        self.W = W", ["has no method forward"]),
    (
        "05",
        "binary_cross_entropy",
        "def binary_cross_entropy(z, y):\n    return np.mean(z + np.log(1 + np.exp(-z)) - y * z)",
        ["For z = −1000, e^(−z) overflows"],
    ),
]


@pytest.mark.parametrize(("unit", "exercise", "text", "words"), CELLS)
def test_message_says_what_to_do_next(unit, exercise, text, words):
    answer = written(UNITS[unit], exercise, text)
    for seed in (3, 4):
        message = verdict_on(UNITS[unit], exercise, answer, seed).message
        assert [word for word in words if word not in message] == [], message


NOT_SAID = [
    ("10", "train_mlp", training(loss="cross_entropy(z, y)"), "Does a loop run one too far, or over a size"),
    ("10", "MLP", network(order="self.layers.reverse()\n        for layer in self.layers:"), "A matrix product needs"),
    (
        "05",
        "binary_cross_entropy",
        "def binary_cross_entropy(z, y):\n    return np.mean(z + np.log(1 + np.exp(-z)) - y * z)",
        "For z = 1000, ",
    ),
    (
        "09",
        "two_layer_backward",
        "def two_layer_backward(params, cache, dz2):\n"
        "    dW2, da1, db2 = linear_backward(dz2, cache['a1'], params['W2'])\n"
        "    dW1, _, db1 = linear_backward(tanh_backward(da1, cache['a1']), cache['x'], params['W1'])\n"
        "    return {'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}",
        "Where all sizes are equal",
    ),
]


@pytest.mark.parametrize(("unit", "exercise", "text", "words"), NOT_SAID)
def test_message_does_not_say_what_was_not_done(unit, exercise, text, words):
    answer = written(UNITS[unit], exercise, text)
    assert words not in verdict_on(UNITS[unit], exercise, answer, 3).message


@pytest.mark.parametrize(
    ("exercise", "result"),
    [
        ("numerical_derivative", "7.0 * f(x)"),
        ("numerical_gradient", "np.full(x.shape, f(x))"),
        ("directional_derivative", "f(x)"),
    ],
)
def test_numbers_of_a_message_can_be_worked_out_by_hand(exercise, result):
    """All numbers of the draw that is shown are there, and none has more than two decimals."""
    text = f"def {exercise}(f, x, *more):\n    return {result}"
    lines = verdict_on(UNITS["02"], exercise, written(UNITS["02"], exercise, text), 3).message.splitlines()
    shown = next(line for line in lines if line.startswith("This was for f(x) = "))
    numbers = [part.strip("[]()., ") for part in shown.split() if part.strip("[]()., ").replace(".", "").isdigit()]
    assert numbers and all(len(number.partition(".")[2]) <= 2 for number in numbers), shown
    assert "numbers of shape" not in shown
