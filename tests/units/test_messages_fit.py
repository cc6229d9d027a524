"""Messages that fit what a student wrote: nothing that was not written is blamed, and the inputs can be followed.

Each answer is one that somebody who learns this may well write. Parts of its message must be there, and others, which
led elsewhere, must not.
"""

import pytest
from support.judged_answers import COURSE, UNITS, verdict_on, written
from support.sampling import sample

from autograder.exercises.loader import exercises_of
from course.answers.result import Kind
from course.checking.messages import shown_whole

TRAINED = {"MLP", "train_mlp"}
"""What nobody works out by hand: their smallest draws hold a whole model."""
ONLY_IN_LONG_DRAWS = {
    ("cross_entropy", "classes-averaged-apart"),
    ("train_two_layer", "lowest-loss-kept"),
    ("train_two_layer", "best-params-returned"),
    ("gradient_in_pieces", "pieces-weigh-the-same"),
    ("gradient_in_pieces", "size-of-the-first"),
    ("gradient_in_pieces", "short-pieces-dropped"),
}
"""Classes or pieces of unequal sizes, and a loss that rises: few numbers don't show them."""
KNOWN = [
    (unit, name, wrong.mistake)
    for unit in COURSE.units()
    for name, exercise in exercises_of(unit, COURSE).items()
    if name not in TRAINED
    for wrong in exercise.wrongs
    if (name, wrong.mistake) not in ONLY_IN_LONG_DRAWS
]
SEEDS = (0, 1, 7)
CASES = [
    pytest.param(
        "01",
        "mse_grad",
        """
def mse_grad(y_hat, y):
    e = y_hat - y
    return 2 * e / e.size()
""",
        ["e.size is a value that the array has, and no function"],
        ["times sign"],
        id="mse_grad_5",
    ),
    pytest.param(
        "04",
        "fit_line",
        """
def fit_line(x, y, lr, steps):
    w, b = 0.0, 0.0
    losses = [mse(predict(x, w, b), y)]
    for step in range(steps):
        w, b = gd_step([w, b], line_grad(x, y, w, b), lr)
        losses = losses.append(mse(predict(x, w, b), y))
    return w, b, losses
""",
        ["losses.append changes what stands before the dot and gives back None"],
        ["return statement"],
        id="fit_line_4",
    ),
    pytest.param(
        "09",
        "two_layer_backward",
        """
def two_layer_backward(params, cache, dz2):
    da1, dW2, db2 = linear_backward(dz2, cache["a1"], params["W1"])
    dz1 = tanh_backward(da1, cache["a1"])
    dx, dW1, db1 = linear_backward(dz1, cache["x"], params["W1"])
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
""",
        ["Or is it W1, where the weights of layer 2 belong?"],
        [],
        id="two_layer_backward_5",
    ),
    pytest.param(
        "04",
        "momentum_step",
        """
def momentum_step(params, grads, velocity, lr, beta):
    new_params = []
    for i in range(len(params)):
        velocity[i] = beta * velocity[i] + grads[i]
        new_params.append(params[i] - lr * velocity[i])
    return new_params, velocity
""",
        ["It changes its input velocity", "velocity[…] = … does", "put these\ninto new lists"],
        ["*=, += and -= on an array"],
        id="momentum_step_2",
    ),
    pytest.param(
        "01",
        "mse_grad",
        """
def mse_grad(y_hat, y):
    e = y_hat
    e -= y
    return 2 * e / np.size(y)
""",
        ["It changes its input y_hat", "e = y_hat makes no copy"],
        ["A line such as"],
        id="mse_grad_3",
    ),
    pytest.param(
        "09",
        "two_layer_backward",
        """
def two_layer_backward(params, cache, dz2):
    x, a1 = cache["x"], cache["a1"]
    da1, dW2, db2 = linear_backward(dz2, x, params["W2"])
    dz1 = tanh_backward(da1, a1)
    dx, dW1, db1 = linear_backward(dz1, x, params["W1"])
    return dict(W1=dW1, b1=db1, W2=dW2, b2=db2)
""",
        ["db2, dW1 and db1 are right, dW2 is not", "dW2 is made of a1 and dz2"],
        ["Mend it first"],
        id="two_layer_backward_3",
    ),
    pytest.param(
        "01",
        "mae_grad",
        """
def mae_grad(y_hat, y):
    e = y_hat - y
    return e / np.sum(np.abs(e))
""",
        ["so a large one still gets a larger slope"],
        ["by hand"],
        id="mae_grad_5",
    ),
    pytest.param(
        "05",
        "binary_cross_entropy",
        """
def binary_cross_entropy(z, y):
    loss = np.logaddexp(0, -z) - y * z
    return np.mean(loss)
""",
        ["Mind the sign of z", "y = [1, 0]"],
        ["an array of shape"],
        id="binary_cross_entropy_5",
    ),
    pytest.param(
        "05",
        "neuron_backward",
        """
def neuron_backward(dz, x, w):
    dx = dz[:, None] * x
    dw = dz @ x
    db = dz.sum()
    return dx, dw, db
""",
        ["dx is dz times x itself"],
        ["an array of shape", "by hand"],
        id="neuron_backward_5",
    ),
    pytest.param(
        "07",
        "relu_backward",
        """
def relu_backward(da, z):
    return da * z > 0
""",
        ["Every entry is 0 or 1, as False and True are", "does it lack brackets of its own"],
        ["an array of shape"],
        id="relu_backward_5",
    ),
    pytest.param(
        "08",
        "softmax_backward",
        """
def softmax_backward(dp, p):
    dz = np.zeros_like(p)
    for j in range(p.shape[1]):
        dz[j] = p[j] * (dp[j] - np.sum(dp[j] * p[j]))
    return dz
""",
        ["as many are right as there are columns", "At this entry, dp[", "p["],
        ["by hand"],
        id="softmax_backward_5",
    ),
    pytest.param(
        "08",
        "cross_entropy_backward",
        """
def cross_entropy_backward(z, y):
    rows = np.arange(len(y))
    dz = softmax(z)
    dz[rows, y] = 1 - dz[rows, y]
    return dz / len(y)
""",
        ["The sign is wrong in the column that y names"],
        ["an array of shape"],
        id="cross_entropy_backward_5",
    ),
    pytest.param(
        "02",
        "numerical_gradient",
        """
def numerical_gradient(f, x, h=1e-5):
    flat = x.copy().ravel()
    slopes = np.zeros(flat.shape)
    for i in range(flat.size):
        up, down = flat.copy(), flat.copy()
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes.reshape(x.shape)
""",
        ["f is handed up, of shape (8,), and wants an array of the shape of x, ("],
        ["which axis is missing"],
        id="numerical_gradient_5",
    ),
    pytest.param(
        "06",
        "unbroadcast",
        """
def unbroadcast(dz, shape):
    while dz.ndim > len(shape):
        dz = dz.sum(axis=0)
    for axis in shape:
        if axis == 1:
            dz = dz.sum(axis=axis, keepdims=True)
    return dz
""",
        ["axis 1 were summed for each 1 in shape"],
        [],
        id="unbroadcast_5",
    ),
    pytest.param(
        "06",
        "unbroadcast",
        """
def unbroadcast(dz, shape):
    total = dz.sum(axis=0)
    return total.reshape(shape)
""",
        ["which axes are still to be added up"],
        [],
        id="unbroadcast_4",
    ),
    pytest.param(
        "03",
        "long_chain_backward",
        """
def long_chain_backward(da, a, w):
    K = len(w)
    dw = np.zeros(K)
    for k in range(K, 0, -1):
        dz = da * (1 - a[k] ** 2)
        dw[k] = dz * a[k - 1]
        da = dz * w[k]
    return da, dw
""",
        ["Index 4 is asked for, and that axis has 4 entries"],
        ["one too far"],
        id="long_chain_backward_5",
    ),
]


@pytest.mark.parametrize(("unit", "exercise", "text", "told", "untold"), CASES)
def test_message_fits_what_was_written(unit: str, exercise: str, text: str, told: list[str], untold: list[str]) -> None:
    for seed in SEEDS:
        verdict = verdict_on(UNITS[unit], exercise, written(UNITS[unit], exercise, text), seed)
        assert not verdict.passed
        assert [part for part in told if part not in verdict.message] == [], verdict.message
        assert [part for part in untold if part in verdict.message] == [], verdict.message


def test_message_on_a_wrong_number_shows_all_that_it_is_made_from() -> None:
    judged, hidden = 0, []
    for unit, name, mistake in sample(KNOWN, 50):
        (wrong,) = (wrong for wrong in exercises_of(unit, COURSE)[name].wrongs if wrong.mistake == mistake)
        verdict = verdict_on(unit, name, wrong.answer, 5)
        found = verdict.diagnosis
        if found and found.kind is Kind.WRONG_OUTPUTS and found.difference and found.difference.kind == "value":
            judged += 1
            if not shown_whole(found.case.inputs) and "At this entry" not in verdict.message:
                hidden.append((name, mistake, verdict.message))
    assert judged
    assert hidden == []
