"""batches: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise

batches = Exercise("batches", form="yields", properties=("batch-sizes", "every-row-once", "rows-keep-labels"))


@batches.draw
def rows(rng):
    return dict(x=rng.normal(size=(11, 2)), y=rng.normal(size=11), size=4, seed=int(rng.integers(1000)))


@batches.wrong("drops-last", "The last, short batch is missing.", fails="batch-sizes")
def drops_last(x, y, size, seed):
    for start in range(0, len(x) - size + 1, size):
        yield x[start : start + size], y[start : start + size]


@batches.wrong("shuffled-apart", "x and y must be shuffled by the same order.", fails="rows-keep-labels")
def shuffled_apart(x, y, size, seed):
    rng = np.random.default_rng(seed)
    xs, ys = rng.permutation(x), rng.permutation(y)
    for start in range(0, len(x), size):
        yield xs[start : start + size], ys[start : start + size]


@batches.wrong("same-batch", "Every row belongs to one batch.", fails="every-row-once")
def repeated(x, y, size, seed):
    for start in range(0, len(x), size):
        count = min(size, len(x) - start)
        yield x[:count], y[:count]


@batches.unusual
def as_list(x, y, size, seed):
    return [(x[k : k + size], y[k : k + size]) for k in range(0, len(x), size)]


@batches.unusual
def other_random_numbers(x, y, size, seed):
    order = np.argsort(np.random.RandomState(seed).uniform(size=len(x)))
    return ((x[part], y[part]) for part in np.split(order, range(size, len(x), size)))
