"""A training that was followed step by step: which rows it took, and whether each step and each loss is right.

The rows come in an order of the student's own, so nothing is compared with numbers of ours: the loss and the gradient
are computed again from the rows that a batch had and from the parameters that it met.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course.answers.normalize import as_array, plain
from course.errors import NotPlain
from course.functions import Pass, Stretch
from course.properties.shuffles import row_numbers, together

Loss = Callable[[np.ndarray, np.ndarray], tuple[float, np.ndarray]]
SEEDS = (0, 0, 1)
"""Besides the seed that is given: 0 twice, since 0 counts as nothing for `if seed` and `seed or …`; and its
neighbour."""
MOST_TOGETHER = 0.5
"""The share of rows that may share their batch with the row d places further, for the d where it is largest.

There are 25 to 30 rows in batches of 7 to 9, and a well mixed row does so with probability below 0.27. The different
orders of three trainings with four epochs are nine at least, where seed + epoch is the seed, so 225 rows: half of them
do so with probability exp(-26) by Chernoff's bound for independent rows, times 15 distances.
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
    """What four trainings of small models did, with the seeds 0, 0, 1 and one of yours.

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
    again = [_again(one, x, y, loss) for one in passes]
    return dict(
        batches=[len(one.x) for one in passes],
        steps=_steps(model, passes, [lr * slope for _, slope in again], size),
        replayed=_replayed(losses, passes, [value for value, _ in again], epochs),
        order=_order(runs, len(x), epochs),
    )


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
