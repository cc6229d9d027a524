"""Answers with random parts: everything that the text asks for is looked at, and nothing else, whatever the seed.

What is wrong here is not among the known wrong answers, each of which ``verify`` tries; what is right is written in
ways that are rarely seen.
"""

import hashlib
import random
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from support.courses import ROOT
from support.sampling import everything

from autograder.exercises.keys import make_key
from autograder.exercises.loader import exercises_of
from autograder.notebook import right_namespace
from autograder.paths import Course
from course.answers.key import Key
from course.answers.key_files import load_key
from course.checking.judge import judge
from course.checking.verdict import Verdict

COURSE = Course(ROOT)
UNITS = {"init_two_layer": "09_two_layers", "MLP": "10_mlp", "minibatches": "10_mlp", "train_mlp": "10_mlp"}
RIGHT = {unit: right_namespace(COURSE, unit) for unit in set(UNITS.values())}
ours = RIGHT["10_mlp"]
MANY, FEW = 50, 8 if everything() else 2
Answer = Callable[..., Any]
Answers = dict[str, Answer]


@cache
def fresh_key(name: str, seed: int) -> Key:
    """The key of a grading run."""
    unit = UNITS[name]
    return make_key(exercises_of(unit, COURSE)[name], unit, RIGHT[unit][name], seed)


def verdicts(name: str, answer: Answer, seeds: int) -> list[Verdict]:
    """What grading says with each of so many seeds."""
    exercise = exercises_of(UNITS[name], COURSE)[name]
    return [judge(exercise.answer(answer), fresh_key(name, seed)) for seed in range(seeds)]


def all_rejected(name: str, answer: Answer, seeds: int) -> None:
    assert not any(verdict.passed for verdict in verdicts(name, answer, seeds))


def all_passed(name: str, answer: Answer, seeds: int) -> None:
    assert {verdict.message.splitlines()[0] for verdict in verdicts(name, answer, seeds) if not verdict.passed} == set()


def collected(answers: Answers) -> Callable[[Answer], Answer]:
    """Enter a function under its name."""

    def enter(answer: Answer) -> Answer:
        answers[answer.__name__] = answer
        return answer

    return enter


# Batches


def batches_of(order: Callable[[np.random.Generator, int, int, int], Any]) -> Answer:
    """An answer that cuts an order of the row numbers, made of a generator, N, the size and the seed."""

    def answer(x: np.ndarray, y: np.ndarray, size: int, seed: int) -> Any:
        rows = np.asarray(order(np.random.default_rng(seed), len(x), size, seed), int)
        return [(x[rows[k : k + size]], y[rows[k : k + size]]) for k in range(0, len(rows), size)]

    return answer


def two_trade_places(rng, n, size, seed):
    rows = np.arange(n)
    one, other = rng.choice(n, 2, replace=False)
    rows[[one, other]] = rows[[other, one]]
    return rows


def fixed_batches_shuffled(rng, n, size, seed):
    parts = np.split(np.random.default_rng(0).permutation(n), range(size, n, size))
    return np.concatenate([*(parts[k] for k in rng.permutation(len(parts) - 1)), parts[-1]])


def shuffled_within_batches(rng, n, size, seed):
    return np.concatenate([rng.permutation(part) for part in np.split(np.arange(n), range(size, n, size))])


def steps_of_five(rng, n, size, seed):
    rows = np.concatenate([np.arange(k, n, 5) for k in range(5)])
    return np.roll(rows, rng.integers(n))


WRONG_ORDERS = {
    "turned-by-the-seed": lambda rng, n, size, seed: np.roll(np.arange(n), seed),
    "turned-at-random": lambda rng, n, size, seed: np.roll(np.arange(n), rng.integers(n)),
    "two-trade-places": two_trade_places,
    "backwards": lambda rng, n, size, seed: np.roll(np.arange(n)[::-1], rng.integers(n)),
    "steps-of-five": steps_of_five,
    "multiples": lambda rng, n, size, seed: (rng.choice([3, 5, 7, 9, 11]) * np.arange(n) + rng.integers(n)) % n,
    "within-batches": shuffled_within_batches,
    "first-half-only": lambda rng, n, size, seed: np.append(rng.permutation(n // 2), np.arange(n // 2, n)),
    "last-batch-as-it-stands": lambda rng, n, size, seed: np.append(
        rng.permutation(n - n % size), np.arange(n - n % size, n)
    ),
    "first-batch-as-it-stands": lambda rng, n, size, seed: np.append(
        np.arange(min(size, n)), min(size, n) + rng.permutation(n - min(size, n))
    ),
    "fixed-batches": fixed_batches_shuffled,
    "fixed-order-turned": lambda rng, n, size, seed: np.roll(np.random.default_rng(1).permutation(n), rng.integers(n)),
    "if-seed": lambda rng, n, size, seed: rng.permutation(n) if seed else np.arange(n),
    "seed-or-none": lambda rng, n, size, seed: np.random.default_rng(seed or None).permutation(n),
    "half-the-seed": lambda rng, n, size, seed: np.random.default_rng(seed // 2).permutation(n),
    "odd-or-even": lambda rng, n, size, seed: np.random.default_rng(seed % 2).permutation(n),
    "with-replacement": lambda rng, n, size, seed: rng.integers(n, size=n),
    "rows-repeated": lambda rng, n, size, seed: np.append(rng.permutation(n)[:-1], 0),
    "everything-twice": lambda rng, n, size, seed: np.append(rng.permutation(n), rng.permutation(n)),
    "global-generator": lambda rng, n, size, seed: np.random.permutation(n),
}


def random_module(rng, n, size, seed):
    return random.Random(seed).sample(range(n), n)


def by_hashes(rng, n, size, seed):
    return sorted(range(n), key=lambda row: hashlib.md5(f"{seed}:{row}".encode()).digest())


def by_hand(rng, n, size, seed):
    rows = list(range(n))
    for last in range(n - 1, 0, -1):
        other = int(rng.integers(last + 1))
        rows[last], rows[other] = rows[other], rows[last]
    return rows


def sorted_within_batches(rng, n, size, seed):
    return np.concatenate([np.sort(part) for part in np.split(rng.permutation(n), range(size, n, size))])


RIGHT_ORDERS = {
    "random-module": random_module,
    "by-hashes": by_hashes,
    "by-hand": by_hand,
    "sorted-within-batches": sorted_within_batches,
    "backwards-afterwards": lambda rng, n, size, seed: rng.permutation(n)[::-1],
    "by-choice": lambda rng, n, size, seed: rng.choice(n, n, replace=False),
    "old-generator": lambda rng, n, size, seed: np.random.RandomState(seed).permutation(n),
    "other-generator": lambda rng, n, size, seed: np.random.Generator(np.random.MT19937(seed)).permutation(n),
    "seed-of-its-own": lambda rng, n, size, seed: np.random.default_rng(1000 * seed + 7).permutation(n),
    "shuffled-three-times": lambda rng, n, size, seed: rng.permutation(rng.permutation(rng.permutation(n))),
    "smallest-of-normal": lambda rng, n, size, seed: np.argsort(rng.normal(size=n)),
}


@pytest.mark.parametrize("order", WRONG_ORDERS)
def test_batches_in_a_wrong_order_are_rejected(order: str) -> None:
    all_rejected("minibatches", batches_of(WRONG_ORDERS[order]), MANY)
    assert not judge(batches_of(WRONG_ORDERS[order]), load_key("minibatches")).passed


@pytest.mark.parametrize("order", RIGHT_ORDERS)
def test_batches_in_any_right_order_pass(order: str) -> None:
    all_passed("minibatches", batches_of(RIGHT_ORDERS[order]), MANY)
    assert judge(batches_of(RIGHT_ORDERS[order]), load_key("minibatches")).passed


# Training


def trained(
    batches: Callable[..., Any] = ours["minibatches"],
    seed_of: Callable[[int, int], Any] = lambda seed, epoch: seed + epoch,
    rate: Callable[..., float] = lambda lr, xb, size: lr,
    loss_of: Callable[..., float] = lambda losses, sizes: float(np.average(losses, weights=sizes)),
) -> Answer:
    """A training with other batches, another seed for each epoch, other steps or another mean of the losses."""

    def train_mlp(model, x, y, lr, epochs, batch_size, seed):
        means = []
        for epoch in range(epochs):
            losses, sizes = [], []
            for xb, yb in batches(x, y, batch_size, seed_of(seed, epoch)):
                z = model.forward(xb)
                losses.append(ours["cross_entropy"](z, yb))
                sizes.append(len(yb))
                model.backward(ours["cross_entropy_backward"](z, yb))
                for p, g in zip(model.params(), model.grads(), strict=True):
                    p -= rate(lr, xb, batch_size) * g
            means.append(loss_of(losses, sizes))
        return means

    return train_mlp


def labels_apart(x, y, size, seed):
    mixed, labels = np.random.default_rng(seed).permutation(x), np.random.default_rng([seed, 1]).permutation(y)
    return [(mixed[k : k + size], labels[k : k + size]) for k in range(0, len(x), size)]


def sorted_by_label(x, y, size, seed):
    rows = np.argsort(y, kind="stable")
    return [(x[rows[k : k + size]], y[rows[k : k + size]]) for k in range(0, len(x), size)]


def momentum(model, x, y, lr, epochs, batch_size, seed):
    before = [0.0] * len(model.params())
    losses = []
    for epoch in range(epochs):
        for xb, yb in ours["minibatches"](x, y, batch_size, seed + epoch):
            z = model.forward(xb)
            losses.append(len(yb) * ours["cross_entropy"](z, yb))
            model.backward(ours["cross_entropy_backward"](z, yb))
            before = [0.5 * v + g for v, g in zip(before, model.grads(), strict=True)]
            for p, v in zip(model.params(), before, strict=True):
                p -= lr * v
    return [sum(part) / len(x) for part in np.array_split(losses, epochs)]


WRONG_TRAININGS = {
    "turned": trained(batches_of(WRONG_ORDERS["turned-by-the-seed"])),
    "two-trade-places": trained(batches_of(two_trade_places)),
    "within-batches": trained(batches_of(shuffled_within_batches)),
    "with-replacement": trained(batches_of(WRONG_ORDERS["with-replacement"])),
    "rows-repeated": trained(batches_of(WRONG_ORDERS["rows-repeated"])),
    "everything-twice": trained(batches_of(WRONG_ORDERS["everything-twice"])),
    "labels-apart": trained(labels_apart),
    "sorted-by-label": trained(sorted_by_label),
    "first-epoch-as-it-stands": trained(
        lambda x, y, size, seed: batches_of(lambda rng, n, size, seed: rng.permutation(n) if seed else np.arange(n))(
            x, y, size, seed
        ),
        lambda seed, epoch: epoch and seed + epoch,
    ),
    "seed-alone": trained(seed_of=lambda seed, epoch: seed),
    "epoch-alone": trained(seed_of=lambda seed, epoch: epoch),
    "seed-times-epoch": trained(seed_of=lambda seed, epoch: seed * epoch),
    "seed-times-next-epoch": trained(seed_of=lambda seed, epoch: seed * (epoch + 1)),
    "half-the-seed": trained(seed_of=lambda seed, epoch: seed // 2 + epoch),
    "odd-or-even": trained(seed_of=lambda seed, epoch: seed % 2 + 10 * epoch),
    "pairs-of-epochs": trained(seed_of=lambda seed, epoch: 10 * seed + epoch // 2),
    "two-orders-in-turn": trained(seed_of=lambda seed, epoch: 10 * seed + epoch % 2),
    "seed-or-none": trained(seed_of=lambda seed, epoch: seed + epoch if seed else None),
    "no-seed": trained(seed_of=lambda seed, epoch: None),
    "uphill-where-rows-differ": trained(rate=lambda lr, xb, size: -lr if np.ptp(xb) and len(xb) <= size < 20 else lr),
    "uphill-after-full-batches": trained(rate=lambda lr, xb, size: -lr if len(xb) == size < 20 else lr),
    "short-batch-scaled": trained(rate=lambda lr, xb, size: lr * len(xb) / size),
    "short-batch-enlarged": trained(rate=lambda lr, xb, size: lr * size / len(xb)),
    "short-batch-without-a-step": trained(rate=lambda lr, xb, size: lr if len(xb) == size else 0.0),
    "rate-with-two-percent-more": trained(rate=lambda lr, xb, size: 1.02 * lr if len(xb) < 20 else lr),
    "short-loss-counted-whole": trained(loss_of=lambda losses, sizes: sum(losses) * sizes[0] / sum(sizes)),
    "first-loss-alone": trained(loss_of=lambda losses, sizes: losses[0]),
    "median": trained(loss_of=lambda losses, sizes: float(np.median(losses))),
    "momentum": momentum,
    "noise-on-the-rows": trained(
        lambda x, y, size, seed: [
            (xb + 0.1 * (len(xb) <= size < 20 and len(np.unique(xb, axis=0)) > 1), yb)
            for xb, yb in ours["minibatches"](x, y, size, seed)
        ]
    ),
}


def all_orders_first(model, x, y, lr, epochs, batch_size, seed):
    rng = random.Random(f"rows {seed}")
    orders = [rng.sample(range(len(x)), len(x)) for _ in range(epochs)]
    losses = []
    for order in orders:
        total = 0.0
        for start in range(0, len(x), batch_size):
            rows = sorted(order[start : start + batch_size])
            model.forward(x)
            z = model.forward(x[rows].astype(np.float32))
            total += ours["cross_entropy"](z, y[rows]) * len(rows)
            model.backward(ours["cross_entropy_backward"](z, y[rows]))
            for k, g in enumerate(model.grads()):
                model.params()[k][:] -= lr * g
        losses.append(total / len(x))
    return np.array(losses)


def step_before_the_next_batch(model, x, y, lr, epochs, batch_size, seed):
    rng, losses, left = np.random.default_rng(seed), np.zeros(epochs), []
    for epoch in range(epochs):
        batches = list(ours["minibatches"](x, y, batch_size, int(rng.integers(1000))))
        for xb, yb in batches:
            for p, g in left:
                p -= lr * g
            z = model.forward(xb)
            losses[epoch] += ours["cross_entropy"](z, yb) / len(batches)
            model.backward(ours["cross_entropy_backward"](z, yb))
            left = list(zip(model.params(), model.grads(), strict=True))
    for p, g in left:
        p -= lr * g
    return losses


RIGHT_TRAININGS = {
    "mean-of-the-losses": trained(loss_of=lambda losses, sizes: float(np.mean(losses))),
    "seed-and-epoch": trained(seed_of=lambda seed, epoch: [seed, epoch]),
    "many-seeds-apart": trained(seed_of=lambda seed, epoch: 1000 * seed + epoch),
    "sequence": trained(seed_of=lambda seed, epoch: np.random.SeedSequence(seed).spawn(epoch + 1)[epoch]),
    "sorted-within-batches": trained(batches_of(sorted_within_batches)),
    "by-hashes": trained(batches_of(by_hashes)),
    "all-orders-first": all_orders_first,
    "step-before-the-next-batch": step_before_the_next_batch,
}


@pytest.mark.parametrize("training", WRONG_TRAININGS)
def test_wrong_trainings_are_rejected(training: str) -> None:
    all_rejected("train_mlp", WRONG_TRAININGS[training], FEW)


@pytest.mark.parametrize("training", RIGHT_TRAININGS)
def test_right_trainings_pass(training: str) -> None:
    all_passed("train_mlp", RIGHT_TRAININGS[training], FEW)


# First weights


def normal_weights(shapes, seed, gain=1.0):
    """Matrices of these shapes with the variance gain/fan-in."""
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape) * (gain / shape[0]) ** 0.5 for shape in shapes]


def unit_numbers(make):
    """Weights from other numbers than normal ones, made of a generator and a shape, with standard deviation 1."""
    return lambda shapes, seed, gain=1.0: [
        make(rng, shape) * (gain / shape[0]) ** 0.5 for rng in [np.random.default_rng(seed)] for shape in shapes
    ]


def changed(change):
    """The right weights, each matrix changed with its number and its shape at hand."""
    return lambda shapes, seed, gain=1.0: [
        change(W, k, (gain / len(W)) ** 0.5, seed) for k, W in enumerate(normal_weights(shapes, seed, gain))
    ]


def zero_but_for_one(W, k, scale, seed):
    one = np.zeros_like(W)
    one[0, 0] = scale * W.size**0.5
    return one


def copied(turn):
    """Weights whose later matrices are made of the numbers of the first."""

    def make(shapes, seed, gain=1.0):
        first = np.random.default_rng(seed).normal(size=shapes[0])
        numbers = [np.resize(turn(first) if k else first, shape) for k, shape in enumerate(shapes)]
        return [N * (gain / len(N)) ** 0.5 for N in numbers]

    return make


def other_seed_later(other):
    return lambda shapes, seed, gain=1.0: [
        *normal_weights(shapes[:1], seed, gain),
        *normal_weights(shapes[1:], other(seed), gain),
    ]


WRONG_WEIGHTS = {
    "absolute-values": changed(lambda W, k, scale, seed: np.abs(W)),
    "absolute-values-in-one": changed(lambda W, k, scale, seed: np.abs(W) if k else W),
    "all-equal": changed(lambda W, k, scale, seed: np.full_like(W, scale)),
    "equal-units": changed(lambda W, k, scale, seed: np.repeat(W[:, :1], W.shape[1], axis=1)),
    "equal-rows": changed(lambda W, k, scale, seed: np.repeat(W[:1], W.shape[0], axis=0)),
    "equal-units-later": changed(lambda W, k, scale, seed: np.repeat(W[:, :1], W.shape[1], axis=1) if k else W),
    "nearly-equal-units": changed(lambda W, k, scale, seed: W[:, :1] + 1e-4 * W),
    "units-that-are-multiples": changed(lambda W, k, scale, seed: W[:, :1] * (np.abs(W[:1]) + scale) / scale / 1.9),
    "zero-but-for-one": changed(zero_but_for_one),
    "half-of-them-zero": changed(lambda W, k, scale, seed: np.where(W > 0, W, 0) * 2**0.5),
    "half-of-the-rows-again": changed(lambda W, k, scale, seed: np.concatenate([W[: -(-len(W) // 2)]] * 2)[: len(W)]),
    "mirrored": changed(lambda W, k, scale, seed: np.concatenate([W[: -(-len(W) // 2)], -W])[: len(W)]),
    "signs": unit_numbers(lambda rng, shape: rng.choice([-1.0, 1.0], size=shape)),
    "copied": copied(lambda N: N),
    "copied-and-transposed": copied(lambda N: N.T),
    "copied-from-the-end": copied(lambda N: -N.ravel()[::-1]),
    "copied-in-another-order": copied(lambda N: np.random.default_rng(1).permutation(N.ravel())),
    "later-ones-fixed": other_seed_later(lambda seed: 1),
    "later-ones-by-chance": other_seed_later(lambda seed: None),
    "seed-or-none": lambda shapes, seed, gain=1.0: normal_weights(shapes, seed or None, gain),
    "half-the-seed": lambda shapes, seed, gain=1.0: normal_weights(shapes, seed // 2, gain),
    "odd-or-even": lambda shapes, seed, gain=1.0: normal_weights(shapes, seed % 2, gain),
    "one-fifth-too-large": lambda shapes, seed, gain=1.0: normal_weights(shapes, seed, 1.44 * gain),
    "one-fifth-too-small": lambda shapes, seed, gain=1.0: normal_weights(shapes, seed, 0.64 * gain),
    "variance-for-spread": changed(lambda W, k, scale, seed: W * scale),
    "mean-off": changed(lambda W, k, scale, seed: W + 0.3 * scale),
}
NOT_NORMAL = {
    "uniform": unit_numbers(lambda rng, shape: rng.uniform(-(3**0.5), 3**0.5, size=shape)),
    "uniform-in-one": lambda shapes, seed, gain=1.0: [
        *normal_weights(shapes[:1], seed, gain),
        *unit_numbers(lambda rng, shape: rng.uniform(-(3**0.5), 3**0.5, size=shape))(shapes[1:], [seed, 1], gain),
    ],
    "laplace": unit_numbers(lambda rng, shape: rng.laplace(scale=0.5**0.5, size=shape)),
    "exponential": unit_numbers(lambda rng, shape: rng.exponential(size=shape) - 1),
    "evenly-spaced": unit_numbers(
        lambda rng, shape: (
            rng.permutation(np.linspace(-(3**0.5), 3**0.5, np.prod(shape))).reshape(shape) * rng.uniform(0.999, 1.001)
        )
    ),
    "product-of-two": unit_numbers(lambda rng, shape: rng.normal(size=shape) * rng.normal(size=shape)),
    "few-entries-uniform": lambda shapes, seed, gain=1.0: (
        NOT_NORMAL["uniform"] if max(np.prod(shape) for shape in shapes) < 500 else normal_weights
    )(shapes, seed, gain),
    "few-entries-too-large": lambda shapes, seed, gain=1.0: normal_weights(
        shapes, seed, gain * (2 if max(np.prod(shape) for shape in shapes) < 500 else 1)
    ),
    "few-entries-in-order": lambda shapes, seed, gain=1.0: [
        W if W.size >= 500 else np.linspace(-0.1, 0.1, W.size).reshape(W.shape)
        for W in normal_weights(shapes, seed, gain)
    ],
}


def by_the_random_module(shapes, seed, gain=1.0):
    gauss = random.Random(seed).gauss
    return [np.array([[gauss(0, (gain / d) ** 0.5) for _ in range(h)] for _ in range(d)]) for d, h in shapes]


def a_generator_for_each(shapes, seed, gain=1.0):
    return [normal_weights([shape], [seed, k], gain)[0] for k, shape in enumerate(shapes)]


def next_seed_for_the_next(shapes, seed, gain=1.0):
    return [normal_weights([shape], 1000 * seed + k, gain)[0] for k, shape in enumerate(shapes)]


def last_first(shapes, seed, gain=1.0):
    return normal_weights(shapes[::-1], seed, gain)[::-1]


def old_generator(shapes, seed, gain=1.0):
    np.random.seed(seed)
    return [np.random.randn(*shape) * np.sqrt(gain / shape[0]) for shape in shapes]


RIGHT_WEIGHTS = {
    "random-module": by_the_random_module,
    "generator-for-each": a_generator_for_each,
    "next-seed-for-the-next": next_seed_for_the_next,
    "last-first": last_first,
    "old-generator": old_generator,
    "float32": changed(lambda W, k, scale, seed: W.astype(np.float32)),
    "other-generator": lambda shapes, seed, gain=1.0: normal_weights(shapes, np.random.MT19937(seed), gain),
    "signs-of-their-own": changed(
        lambda W, k, scale, seed: np.abs(W) * np.random.default_rng([seed, k]).choice([-1, 1], size=W.shape)
    ),
}
RIGHT_FOR_ANY_MEAN_ZERO = {
    "uniform": NOT_NORMAL["uniform"],
    "triangular": unit_numbers(lambda rng, shape: (rng.random(shape) - rng.random(shape)) * 6**0.5),
}


def two_layers(make: Answer) -> Answer:
    """init_two_layer with weights that are made otherwise."""

    def init_two_layer(D, H, C, seed):
        W1, W2 = make([(D, H), (H, C)], seed)
        return dict(W1=W1, b1=np.zeros(H), W2=W2, b2=np.zeros(C))

    return init_two_layer


def network(make: Answer) -> type:
    """MLP with weights that are made otherwise."""

    class MLP(ours["MLP"]):
        def __init__(self, sizes, seed):
            super().__init__(sizes, seed)
            weights = make(list(zip(sizes, sizes[1:], strict=False)), seed, 2.0)
            for layer, W in zip(self.layers[::2], weights, strict=True):
                layer.W = W

    return MLP


@pytest.mark.parametrize("weights", {**WRONG_WEIGHTS, **NOT_NORMAL})
def test_two_layers_with_wrong_weights_are_rejected(weights: str) -> None:
    answer = two_layers({**WRONG_WEIGHTS, **NOT_NORMAL}[weights])
    all_rejected("init_two_layer", answer, MANY)
    assert not judge(answer, load_key("init_two_layer")).passed


@pytest.mark.parametrize("weights", RIGHT_WEIGHTS)
def test_two_layers_with_any_right_weights_pass(weights: str) -> None:
    all_passed("init_two_layer", two_layers(RIGHT_WEIGHTS[weights]), MANY)
    assert judge(two_layers(RIGHT_WEIGHTS[weights]), load_key("init_two_layer")).passed


@pytest.mark.parametrize("weights", WRONG_WEIGHTS)
def test_networks_with_wrong_weights_are_rejected(weights: str) -> None:
    all_rejected("MLP", network(WRONG_WEIGHTS[weights]), FEW)


@pytest.mark.parametrize("weights", {**RIGHT_WEIGHTS, **RIGHT_FOR_ANY_MEAN_ZERO})
def test_networks_with_any_right_weights_pass(weights: str) -> None:
    all_passed("MLP", network({**RIGHT_WEIGHTS, **RIGHT_FOR_ANY_MEAN_ZERO}[weights]), FEW)
