"""A training that was followed step by step: which rows it took, and whether each step and each loss is right.

The rows come in an order of the student's own, so nothing is compared with numbers of ours: the loss and the gradient
are computed again from the rows that a batch had and from the parameters that it met.
"""

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from course.answers.normalize import as_array, plain
from course.errors import NotPlain
from course.functions import Pass, Stretch
from course.properties.shuffles import Batches, pairs_in_both, row_numbers, together

Loss = Callable[[np.ndarray, np.ndarray], tuple[float, np.ndarray]]
SEEDS = (0, 0, 1)
"""Besides the seed that is given: 0 twice, since 0 counts as nothing for `if seed` and `seed or …`; and its
neighbour."""
MORE_SEEDS, FEW_EPOCHS = range(2, 10), 2
"""Seeds of short trainings, of which only the orders are looked at."""
UNMOVED = 1e-9
"""A learning rate that leaves each loss as it is."""
MOST_TOGETHER = 0.5
"""The share of rows that may share their batch with the row d places further, for the d where it is largest.

There are 25 to 30 rows in batches of 7 to 9, and a well mixed row does so with probability below 0.27. The different
orders of three trainings with four epochs are nine at least, where seed + epoch is the seed, so 225 rows: half of them
do so with probability exp(-26) by Chernoff's bound for independent rows, times 15 distances.
"""
MOST_PAIRS_IN_BOTH = 0.4
"""The share of the pairs of rows in one batch that may share one in another order too, on average over pairs of orders.

For orders drawn independently it is 0.23 to 0.26, with a standard deviation of 0.05 for one pair of orders. Any two
pairs of orders are uncorrelated, so that the average over the 45 pairs of ten seeds has one of 0.007. An order that is
turned round by the seed, whatever else it is, comes to 0.55 at least, one in which two rows trade places to 0.8.
"""
FEWEST_ORDERS = 0.75
"""The share of the epochs whose orders must be different. All should be; where a student draws a seed between 0 and 999
for each epoch, two of four are the same at times."""


def followed(
    train_mlp: Callable[..., Any],
    loss: Loss,
    x: np.ndarray,
    y: np.ndarray,
    lr: float,
    epochs: int,
    size: int,
    seed: int,
) -> dict[str, Any]:
    """What four trainings of small models did, with the seeds 0, 0, 1 and one of yours, and the orders of eight more.

    One more is of rows that are alike, with so small a learning rate that no loss changes.

    Parameters
    ----------
    train_mlp : callable
        Trains a model in place, and returns the loss of each epoch.
    loss : callable
        Of logits and labels: their mean loss, and its gradient with respect to the logits.
    x, y : ndarrays, shapes (N, C) and (N,)
        Different rows, and their labels.
    lr, epochs, size, seed
        As ``train_mlp`` takes them.

    Returns
    -------
    dict
        Of the last training: ``batches``, the rows in each backward pass; ``steps``, how long a step was over how long
        it should be, after full batches and after short ones, of all steps the one that is furthest from 1, and the
        largest part of a step that goes in another direction than minus the gradient; ``replayed``, the losses over
        those that were computed again. Of all: ``order``, ``"True"`` or ``"False"`` for what is asked of it.
    """
    runs = []
    for number in (*SEEDS, seed):
        model = Stretch(x.shape[1])
        losses = train_mlp(model, x.copy(), y.copy(), lr, epochs, size, number)
        passes = Stretch.record(model)
        runs.append(_in_epochs([row_numbers(one.x, x) for one in passes], epochs))
    more = []
    for number in MORE_SEEDS:
        short = Stretch(x.shape[1])
        train_mlp(short, x.copy(), y.copy(), lr, FEW_EPOCHS, size, number)
        more.append(_in_epochs([row_numbers(one.x, x) for one in Stretch.record(short)], FEW_EPOCHS))
    alike = np.zeros(2 * size, dtype=int)
    level = Stretch(x.shape[1])
    train_mlp(level, x[alike], y[alike], UNMOVED, FEW_EPOCHS + 1, size, seed)
    again = [_again(one, x, y, loss) for one in passes]
    return dict(
        batches=[len(one.x) for one in passes],
        steps=_steps(model, passes, [lr * slope for _, slope in again], size),
        replayed=_replayed(losses, passes, [value for value, _ in again], epochs),
        order=_order(runs, len(x), epochs) | _mixed_anew(runs, more, len(x)) | _to_the_end(level),
    )


def _to_the_end(level: Stretch) -> dict[str, str]:
    """Whether a training went on where no loss changes: all its epochs, and two batches in each."""
    return {"to the end where no loss changes": str(len(Stretch.record(level)) == 2 * (FEW_EPOCHS + 1))}


def _in_epochs(batches: Sequence[Any], epochs: int) -> list[list[Any]]:
    """The batches of each epoch, if all have equally many."""
    ends = [round(len(batches) * k / epochs) for k in range(epochs + 1)]
    return [list(batches[start:end]) for start, end in zip(ends, ends[1:], strict=False) if end > start]


def _order(runs: list[list[list[np.ndarray]]], rows: int, epochs: int) -> dict[str, str]:
    """What can be said of the orders that the trainings took the rows in."""
    orders = [[tuple(np.concatenate(epoch).tolist()) for epoch in run] for run in runs]
    first, again, *others = orders
    different = [first, *others]
    by_epoch = [len(set(same_epoch)) for same_epoch in zip(*different, strict=False)]
    batches = {o: epoch for run in zip(orders, runs, strict=True) for o, epoch in zip(*run, strict=True)}
    told = {
        "every row once": all(sorted(order) == list(range(rows)) for run in orders for order in run or [()]),
        "rows mixed": bool(batches) and together(list(batches.values()), rows)[1] <= MOST_TOGETHER,
        "other in each epoch": all(len(set(run)) >= FEWEST_ORDERS * epochs for run in orders),
        "same for one seed": first == again,
        "other for each seed": len(set(map(tuple, different))) == len(different),
        "each epoch by the seed": bool(by_epoch) and min(by_epoch) > 1,
    }
    return {name: str(bool(holds)) for name, holds in told.items()}


def _mixed_anew(runs: list[list[list[np.ndarray]]], more: list[list[list[np.ndarray]]], rows: int) -> dict[str, str]:
    """Whether rows that share a batch are scattered by another seed, and in another epoch of one training."""
    different = [*runs[1:], *more]
    first_epochs = [run[0] for run in different if run]
    by_seed = [first_epochs, [run[-1] for run in more if run]]
    told = {
        "mixed anew by the seed": all(_in_common(orders, rows) <= MOST_PAIRS_IN_BOTH for orders in by_seed),
        "mixed anew in each epoch": np.mean([_in_common(run, rows) for run in different]) <= MOST_PAIRS_IN_BOTH,
    }
    return {name: str(bool(holds)) for name, holds in told.items()}


def _in_common(orders: Sequence[Batches], rows: int) -> float:
    """The share of the pairs of rows in one batch that share one in another order too, on average."""
    return float(np.mean([pairs_in_both(*two, rows) for two in combinations(orders, 2)] or [1.0]))


def _again(one: Pass, x: np.ndarray, y: np.ndarray, loss: Loss) -> tuple[float, np.ndarray]:
    """The loss of a batch, and its gradient with respect to the stretches and the shifts, one after the other."""
    rows = row_numbers(one.x, x)
    model = Stretch(x.shape[1])
    model.stretch, model.shift = one.stretch, one.shift
    value, dz = loss(model.forward(x[rows]), y[rows])
    model.backward(dz)
    return float(value), np.concatenate(model.grads())


def _steps(model: Stretch, passes: Sequence[Pass], slopes: Sequence[np.ndarray], size: int) -> dict[str, float]:
    """The steps after full batches and after short ones over those asked for, the worst of each; and the part aside.

    ``slopes`` are the gradients times the learning rate.
    """
    places = [np.concatenate([one.stretch, one.shift]) for one in passes] + [np.concatenate(model.params())]
    found: dict[bool, list[float]] = {False: [], True: []}
    aside = 0.0
    for one, slope, start, end in zip(passes, slopes, places, places[1:], strict=False):
        step, length = start - end, float(slope @ slope) or 1.0
        share = float(step @ slope) / length
        found[len(one.x) < size].append(share)
        aside = max(aside, float(np.linalg.norm(step - share * slope)) / length**0.5)
    worst = [max(some, key=lambda share: abs(share - 1), default=0.0) for some in found.values()]
    return {"after full batches": worst[0], "after the short batch": worst[1], "aside": round(aside, 6)}


def _replayed(losses: Any, passes: Sequence[Pass], values: Sequence[float], epochs: int) -> list[float] | None:
    """The losses of the epochs over those computed again: the mean over rows, or over batches if that is nearer."""
    sizes = [len(one.x) for one in passes]
    weights = [_in_epochs(some, epochs) for some in (sizes, [1] * len(sizes))]
    means = [
        [float(np.average(epoch, weights=w)) for epoch, w in zip(_in_epochs(values, epochs), some, strict=True)]
        for some in weights
    ]
    try:
        told = as_array(plain(losses))
    except NotPlain:
        return None
    if told.shape != np.shape(means[0]):
        return None
    ratios = [told / mean for mean in means]
    return [float(ratio) for ratio in min(ratios, key=lambda some: float(np.max(np.abs(some - 1))))]
