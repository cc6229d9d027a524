"""Exercises of every form, made on the spot for any shapes, and their right answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.exercises import Exercise
from autograder.exercises.keys import make_key
from course.answers.key import Key
from course.checking import display
from course.checking.judge import judge
from course.checking.verdict import Diagnosis, Verdict
from course.functions import Named


@dataclass
class Asked:
    """An exercise with its right answer and one key."""

    exercise: Exercise
    right: Callable[..., Any]
    seed: int = 0

    def __post_init__(self) -> None:
        self.key: Key = make_key(self.exercise, "00_tests", self.right, self.seed)

    def judge(self, answer: Any) -> Verdict:
        return judge(answer, self.key)


def refused(verdict: Verdict) -> Diagnosis:
    """The diagnosis of a verdict that must not have passed, and whose message is short and about the exercise."""
    assert verdict.diagnosis is not None
    assert not verdict.passed
    assert verdict.fraction < 1
    assert type(verdict.message) is str
    assert verdict.message.startswith(verdict.exercise)
    assert len(verdict.message) < 1500
    assert display.as_text(verdict) == verdict.message
    return verdict.diagnosis


def mse_grad(y_hat, y):
    return 2 * np.subtract(y_hat, y) / np.size(y)


def asked_mse_grad(shape: Sequence[int] = (5,), care: Sequence[str] = (), seed: int = 0, scale: float = 1.0) -> Asked:
    """A gradient of any shape; the batch is the first axis."""
    rows = ("y_hat", "y") if shape else ()
    exercise = Exercise("mse_grad", care=care, rows=rows, sizes={"N": ("y", 0)})

    @exercise.draw
    def targets(rng):
        return dict(y_hat=scale * rng.normal(size=shape), y=scale * rng.normal(size=shape))

    @exercise.differentiates(wrt="y_hat")
    def mse(y_hat, y):
        return np.mean((y_hat - y) ** 2)

    @exercise.wrong("sum", "The loss is a mean.")
    def sum_of_squares(y_hat, y):
        return 2 * (y_hat - y)

    @exercise.wrong("in-place", "y_hat belongs to the caller.", fails="unchanged")
    def in_place(y_hat, y):
        y_hat -= y
        return 2 * y_hat / np.size(y)

    return Asked(exercise, mse_grad, seed)


def linear_backward(dz, x, W):
    return dz @ W.T, x.T @ dz, dz.sum(axis=0)


def asked_linear_backward(sizes: Sequence[int] = (5, 7, 3), care: Sequence[str] = (), seed: int = 0) -> Asked:
    """Three outputs, of which db may be (1, M)."""
    n, d, m = sizes
    exercise = Exercise(
        "linear_backward",
        outputs=("dx", "dW", "db"),
        care=care,
        rows=("dz", "x"),
        sizes={"N": ("x", 0), "M": ("dz", 1)},
        bias_outputs=("db",),
        stages=((("dx",), "Begin with dx."),),
    )

    @exercise.draw
    def batch(rng):
        return dict(dz=rng.normal(size=(n, m)), x=rng.normal(size=(n, d)), W=rng.normal(size=(d, m)))

    @exercise.differentiates(upstream="dz", at=lambda x, W: dict(x=x, W=W, b=np.zeros(W.shape[1])))
    def forward(x, W, b):
        return x @ W + b

    @exercise.wrong("averaged-rows", "It looks as if the rows were averaged.", spoils=("db",))
    def averaged_rows(dz, x, W):
        return dz @ W.T, x.T @ dz, dz.mean(axis=0)

    @exercise.wrong("x-not-transposed", "x must be transposed for dW.")
    def x_not_transposed(dz, x, W):
        return dz @ W.T, x @ dz, dz.sum(axis=0)

    return Asked(exercise, linear_backward, seed)


def gd_step(params, grads, lr):
    return [p - lr * g for p, g in zip(params, grads, strict=True)]


def asked_gd_step(shapes: Sequence[Sequence[int]] = ((7, 3), (3,)), care: Sequence[str] = (), seed: int = 0) -> Asked:
    """Lists of arrays in and out."""
    exercise = Exercise("gd_step", care=care)

    @exercise.draw
    def parameters(rng):
        return dict(
            params=[rng.normal(size=shape) for shape in shapes],
            grads=[rng.normal(size=shape) for shape in shapes],
            lr=float(rng.uniform(0.1, 1)),
        )

    @exercise.wrong("ascent", "This climbs.")
    def ascent(params, grads, lr):
        return [p + lr * g for p, g in zip(params, grads, strict=True)]

    return Asked(exercise, gd_step, seed)


def loss(y_hat, y):
    return float(np.mean((y_hat - y) ** 2))


def asked_loss(size: int = 5, care: Sequence[str] = (), seed: int = 0) -> Asked:
    """A single number."""
    exercise = Exercise("loss", care=care, rows=("y_hat", "y"), sizes={"N": ("y", 0)})

    @exercise.draw
    def targets(rng):
        return dict(y_hat=rng.normal(size=size), y=rng.normal(size=size))

    return Asked(exercise, loss, seed)


def slope(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


def asked_slope(seed: int = 0) -> Asked:
    """A function that takes a function."""
    exercise = Exercise("slope", tolerance=1e-5)

    @exercise.draw
    def smooth(rng):
        return dict(f=Named("polynomial", coefficients=rng.normal(size=4)), x=float(rng.uniform(0.5, 2)))

    return Asked(exercise, slope, seed)


def both_gradients(params, x, dz):
    return {"dW": x.T @ dz, "db": dz.sum(axis=0)}


def asked_both_gradients(care: Sequence[str] = (), seed: int = 0) -> Asked:
    """Dicts in and out."""
    exercise = Exercise("both_gradients", outputs=("dW", "db"), form="dict", care=care)

    @exercise.draw
    def layer(rng):
        params = {"W": rng.normal(size=(7, 3)), "b": rng.normal(size=3)}
        return dict(params=params, x=rng.normal(size=(5, 7)), dz=rng.normal(size=(5, 3)))

    return Asked(exercise, both_gradients, seed)


def partial_sums(values):
    total = 0.0
    for value in values:
        total += value
        yield total


def asked_partial_sums(care: Sequence[str] = (), seed: int = 0) -> Asked:
    """A generator, of a list of numbers."""
    exercise = Exercise("partial_sums", form="yields", care=care, most_items=50)

    @exercise.draw
    def numbers(rng):
        return dict(values=rng.normal(size=6).tolist())

    return Asked(exercise, partial_sums, seed)


def winner(scores):
    return ["left", "middle", "right"][int(np.argmax(scores))]


def asked_winner(seed: int = 0) -> Asked:
    """An answer that is text."""
    exercise = Exercise("winner")

    @exercise.draw
    def scores(rng):
        return dict(scores=rng.normal(size=3))

    return Asked(exercise, winner, seed)


EVERY_FORM: dict[str, Callable[[], Asked]] = {
    "one": asked_mse_grad,
    "several": asked_linear_backward,
    "dict": asked_both_gradients,
    "yields": asked_partial_sums,
    "list": asked_gd_step,
    "number": asked_loss,
    "function": asked_slope,
    "text": asked_winner,
}
