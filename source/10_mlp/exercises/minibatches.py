"""minibatches: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import AsDrawn, Exercise, RightAnswers, Seed

right = RightAnswers(__file__)

BATCHES = "See 10.3."

minibatches = Exercise(
    "minibatches",
    form="yields",
    properties=(
        "batch-pairs",
        "batch-sizes",
        "batch-shapes",
        "every-row-once",
        "rows-keep-labels",
        "same-for-a-seed",
        "other-for-another-seed",
        "rows-moved",
        "rows-mixed",
        "mixed-by-the-seed",
        "every-batch-mixed",
    ),
    care=("unchanged", "views"),
)


def _rows(rng, n, size):
    return dict(x=rng.normal(size=(n, 3)), y=np.arange(n) % 10, size=size, seed=int(rng.integers(1000)))


@minibatches.draw(times=1)
def with_a_short_batch(rng):
    return _rows(rng, 23, 5)


def _many_rows(seed):
    """Enough rows to tell whether they are mixed: ten batches of 10, and one of 6."""
    return dict(x=np.arange(106.0).reshape(-1, 1), y=np.arange(106) % 10, size=10, seed=seed)


@minibatches.draw(times=2)
def twice_the_same(rng):
    return _many_rows(0)


@minibatches.draw(times=1)
def any_other_seed(rng):
    return _many_rows(int(rng.integers(3, 10**6)))


@minibatches.draw(times=1)
def that_divides(rng):
    return _rows(rng, 24, 8)


@minibatches.draw(times=1, care="a size above N")
def one_batch(rng):
    return _rows(rng, 7, 50)


@minibatches.draw(times=1, care="size 1")
def singles(rng):
    return _rows(rng, 9, 1)


TOLD_APART = "rows are told apart by their numbers"
minibatches.corners(
    base=lambda rng: _many_rows(0), x=AsDrawn(TOLD_APART), y=AsDrawn(TOLD_APART), size=AsDrawn("see below"), seed=Seed()
)


@minibatches.corners.at("edges of parameters")
def one_full_batch(rng):
    return _rows(rng, 6, 6)


@minibatches.wrong(
    "first-batch-returned",
    f"""Each batch is handed out by a yield inside the loop, as xb, yb; or all of them are returned as a list of pairs,
    after the loop. A return inside the loop ends the function with its first batch. {BATCHES}""",
    fails="batch-pairs",
)
def first_batch_returned(x, y, size, seed):
    rows = np.random.default_rng(seed).permutation(len(x))[:size]
    return x[rows], y[rows]


@minibatches.wrong(
    "last-dropped",
    f"""Each batch has `size` rows, and the rows that are left at the end make a last, short batch. {BATCHES}""",
    fails="batch-sizes",
)
def last_dropped(x, y, size, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    for k in range(len(x) // size):
        rows = order[k * size : (k + 1) * size]
        yield x[rows], y[rows]


@minibatches.wrong(
    "slices-overlap",
    f"""The slices overlap: each begins one row after the one before. The next batch begins where the last one ended,
    `size` rows further: range takes a step as its third number. {BATCHES}""",
    fails="batch-sizes",
)
def slices_overlap(x, y, size, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    for k in range(len(x)):
        rows = order[k : k + size]
        yield x[rows], y[rows]


@minibatches.wrong(
    "full-slices-overlap",
    f"""The slices overlap: each begins one row after the one before. The next batch begins where the last one ended,
    `size` rows further, and the rows that are left make a short one: range takes a step as its third number.
    {BATCHES}""",
    fails="batch-sizes",
)
def full_slices_overlap(x, y, size, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    for k in range(len(x) - size + 1):
        rows = order[k : k + size]
        yield x[rows], y[rows]


@minibatches.wrong(
    "one-row-too-many",
    f"""Each batch has a row too many, which the next one takes again. A slice ends before its second number: from k to
    k + size there are `size` rows. {BATCHES}""",
    fails="batch-sizes",
)
def one_row_too_many(x, y, size, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    for k in range(0, len(x), size):
        rows = order[k : k + size + 1]
        yield x[rows], y[rows]


@minibatches.wrong(
    "one-row-too-few",
    f"""Each batch has a row too few, and that row is never used. A slice ends before its second number: from k to
    k + size there are `size` rows. {BATCHES}""",
    fails="batch-sizes",
)
def one_row_too_few(x, y, size, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    for k in range(0, len(x), size):
        rows = order[k : k + size - 1]
        yield x[rows], y[rows]


@minibatches.wrong(
    "an-empty-batch-at-the-end",
    f"""The last batch is empty. The loop runs one turn too many: stop when no rows are left. {BATCHES}""",
    fails="batch-sizes",
)
def an_empty_batch(x, y, size, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    for k in range(len(x) // size + 2):
        rows = order[k * size : (k + 1) * size]
        yield x[rows], y[rows]


@minibatches.wrong(
    "all-that-is-left",
    f"""Each batch holds all rows that are left. A slice needs its end as well: k + size. {BATCHES}""",
    fails="batch-sizes",
)
def all_that_is_left(x, y, size, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    for k in range(0, len(x), size):
        yield x[order[k:]], y[order[k:]]


@minibatches.wrong(
    "size-as-the-end",
    f"""Only the first batch holds rows. A slice ends at a place and not after a number of rows: its end is k + size.
    {BATCHES}""",
    fails="batch-sizes",
)
def size_as_the_end(x, y, size, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    for k in range(0, len(x), size):
        yield x[order[k:size]], y[order[k:size]]


@minibatches.wrong(
    "size-for-the-number-of-batches",
    f"""There are `size` batches. size is how many rows a batch has, and not how many batches there are. {BATCHES}""",
    fails="batch-sizes",
)
def size_as_number(x, y, size, seed):
    for rows in np.array_split(np.random.default_rng(seed).permutation(len(x)), size):
        yield x[rows], y[rows]


@minibatches.wrong(
    "drawn-again-and-again",
    f"""Some rows come twice and others never. Is each batch drawn on its own? Shuffle once, then cut. (random.shuffle
    of Python can't shuffle the rows of an array: it copies some over others.) {BATCHES}""",
    fails="every-row-once",
)
def drawn_again(x, y, size, seed):
    rng = np.random.default_rng(seed)
    for k in range(0, len(x), size):
        rows = rng.integers(len(x), size=min(size, len(x) - k))
        yield x[rows], y[rows]


@minibatches.wrong(
    "shuffled-apart",
    f"""x and y are shuffled by two different orders, so images get wrong labels. One order serves both. {BATCHES}""",
    fails="rows-keep-labels",
)
def shuffled_apart(x, y, size, seed):
    rng = np.random.default_rng(seed)
    mixed, labels = rng.permutation(x), rng.permutation(y)
    for k in range(0, len(x), size):
        yield mixed[k : k + size], labels[k : k + size]


@minibatches.wrong(
    "seed-ignored",
    f"""Hand the seed to the generator, 0 as well, and make the generator inside the function. {BATCHES}""",
    fails="same-for-a-seed",
)
def seed_ignored(x, y, size, seed):
    order = np.random.default_rng().permutation(len(x))
    for k in range(0, len(x), size):
        rows = order[k : k + size]
        yield x[rows], y[rows]


@minibatches.wrong(
    "not-shuffled",
    f"""It looks as if the rows come in one order for several seeds: as they stand, by a seed that is written in, or by
    a part of the seed. Hand all of it to the generator. {BATCHES}""",
    fails="other-for-another-seed",
)
def not_shuffled(x, y, size, seed):
    for k in range(0, len(x), size):
        yield x[k : k + size], y[k : k + size]


@minibatches.wrong(
    "labels-in-a-column",
    f"""The labels of a batch have two axes. y has one, (N,), and so have the labels of a batch. {BATCHES}""",
    fails="batch-shapes",
)
def labels_in_a_column(x, y, size, seed):
    for xb, yb in right.minibatches(x, y, size, seed):
        yield xb, yb[:, None]


@minibatches.wrong(
    "begun-elsewhere",
    f"""It looks as if the order of x begins at another row, or a few rows trade places. Every row must be able to come
    anywhere: a generator's `permutation` gives the row numbers in such an order. {BATCHES}""",
    fails="rows-moved",
)
def begun_elsewhere(x, y, size, seed):
    shuffled = np.random.default_rng(seed).permutation(len(x))
    order = np.roll(np.arange(len(x)), shuffled[0])
    order[shuffled[:3]] = order[np.roll(shuffled[:3], 1)]
    for k in range(0, len(x), size):
        rows = order[k : k + size]
        yield x[rows], y[rows]


@minibatches.wrong(
    "blocks",
    f"""It looks as if the rows are cut first, and the pieces shuffled. The same rows then stay together for ever:
    shuffle the rows, then cut. {BATCHES}""",
    fails="rows-mixed",
)
def blocks(x, y, size, seed):
    starts = np.arange(0, len(x) - size + 1, size)
    for k in np.random.default_rng(seed).permutation(starts):
        yield x[k : k + size], y[k : k + size]
    if len(x) % size:
        yield x[len(starts) * size :], y[len(starts) * size :]


@minibatches.wrong(
    "one-order-for-all",
    f"""It looks as if one order serves all seeds, and begins elsewhere or has its batches in another order. Make the
    order itself from the seed. {BATCHES}""",
    fails="mixed-by-the-seed",
)
def one_order_for_all(x, y, size, seed):
    order = np.random.default_rng(10).permutation(len(x))
    *full, last = [order[k : k + size] for k in range(0, len(x), size)]
    for k in np.random.default_rng(seed).permutation(len(full)):
        yield x[full[k]], y[full[k]]
    yield x[last], y[last]


@minibatches.wrong(
    "one-batch-never-mixed",
    f"""It looks as if some rows are not shuffled with the others: those that are left at the end? Shuffle all rows,
    then cut. {BATCHES}""",
    fails="every-batch-mixed",
)
def one_batch_never_mixed(x, y, size, seed):
    full = len(x) - len(x) % size
    order = np.append(np.random.default_rng(seed).permutation(full), np.arange(full, len(x)))
    for k in range(0, len(x), size):
        rows = order[k : k + size]
        yield x[rows], y[rows]


@minibatches.wrong(
    "shuffled-in-place",
    f"""It shuffles the caller's x and y. Shuffle the row numbers, and pick rows by them. {BATCHES}""",
    fails=("unchanged", "views"),
)
def in_place(x, y, size, seed):
    np.random.default_rng(seed).shuffle(x)
    np.random.default_rng(seed).shuffle(y)
    for k in range(0, len(x), size):
        yield x[k : k + size].copy(), y[k : k + size].copy()


@minibatches.unusual
def as_a_list(x, y, size, seed):
    order = np.argsort(np.random.RandomState(seed).uniform(size=len(x)))
    return [[x[part], y[part]] for part in np.split(order, range(size, len(x), size))]


@minibatches.unusual
def by_the_random_module(x, y, size, seed):
    import random

    pairs = list(zip(x, y))
    random.Random(seed).shuffle(pairs)
    while pairs:
        batch, pairs = pairs[:size], pairs[size:]
        yield np.array([row for row, _ in batch]), np.array([label for _, label in batch])


@minibatches.unusual
def both_permuted_with_one_seed(x, y, size, seed):
    xs = np.random.default_rng(seed).permutation(x)
    ys = np.random.default_rng(seed).permutation(y)
    pieces = -(-len(xs) // size)
    return ((xs[k * size : k * size + size], ys[k * size : k * size + size]) for k in range(pieces))


@minibatches.unusual
def each_row_gets_a_batch(x, y, size, seed):
    batch_of = np.random.default_rng(seed).permutation(np.arange(len(x)) // size)
    for k in range(batch_of.max() + 1):
        yield x[batch_of == k], y[batch_of == k]
