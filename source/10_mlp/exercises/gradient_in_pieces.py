"""gradient_in_pieces, the bug hunt: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Numbers, RightAnswers

right = RightAnswers(__file__)

PIECES = 'See "Bug hunt".'

gradient_in_pieces = Exercise(
    "gradient_in_pieces",
    care=("unchanged", "float32", "views"),
    sizes={"D": ("W", 0), "C": ("W", 1)},
)


def _pieces(rng, lengths):
    d, c = (int(size) for size in rng.permutation([7, 3]))
    pieces = [[rng.normal(size=(n, d)), rng.integers(c, size=n)] for n in lengths]
    pieces[0][1][:c] = np.arange(c)[: lengths[0]]
    return dict(pieces=pieces, W=rng.normal(size=(d, c)))


@gradient_in_pieces.draw
def the_last_is_short(rng):
    return _pieces(rng, [8, 8, int(rng.integers(1, 4))])


@gradient_in_pieces.draw(times=2)
def all_sizes(rng):
    return _pieces(rng, [9, 4, 2, 5])


@gradient_in_pieces.draw(times=1, care="one piece")
def one_piece(rng):
    return _pieces(rng, [6])


@gradient_in_pieces.draw(times=1, care="pieces of one row")
def single_rows(rng):
    return _pieces(rng, [1, 1, 1, 1])


def two_pieces(rng):
    pieces = [[rng.normal(size=(n, 2)), np.arange(n) % 3] for n in (3, 2)]
    return dict(pieces=pieces, W=rng.normal(size=(2, 3)))


gradient_in_pieces.corners(base=two_pieces, pieces=Numbers(), W=Numbers())


@gradient_in_pieces.corners.at("equal sizes")
def square_pieces(rng):
    pieces = [[rng.normal(size=(2, 2)).round(2), np.array([1, 0])] for _ in range(2)]
    return dict(pieces=pieces, W=rng.normal(size=(2, 2)).round(2))


@gradient_in_pieces.corners.at("equal sizes")
def as_many_rows_in_all_as_columns(rng):
    pieces = [[rng.normal(size=(n, 3)).round(2), np.arange(n) % 2] for n in (2, 1)]
    return dict(pieces=pieces, W=rng.normal(size=(3, 2)).round(2))


@gradient_in_pieces.corners.at("a class without rows")
def first_class_only(rng):
    pieces = [[rng.normal(size=(2, 2)).round(2), np.zeros(2, dtype=int)] for _ in range(2)]
    return dict(pieces=pieces, W=rng.normal(size=(2, 3)).round(2))


@gradient_in_pieces.differentiates(wrt="W")
def loss_of_pieces(pieces, W):
    total, rows = 0.0, 0
    for x, y in pieces:
        z = x @ W
        total += np.sum(np.logaddexp.reduce(z, axis=1) - z[np.arange(len(y)), y])
        rows += len(y)
    return total / rows


@gradient_in_pieces.wrong(
    "pieces-weigh-the-same",
    f"""Every piece counts the same here, so a row of a short piece counts more than the others. The loss is a mean over
    rows: what must each piece's gradient be multiplied with? {PIECES}""",
)
def same_weight(pieces, W):
    total = np.zeros_like(W)
    for x, y in pieces:
        total += x.T @ right.cross_entropy_backward(x @ W, y)
    return total / len(pieces)


@gradient_in_pieces.wrong(
    "pieces-summed",
    f"""The gradients of the pieces are added, and nothing is divided: this grows with the number of pieces.
    {PIECES}""",
)
def pieces_summed(pieces, W):
    total = np.zeros_like(W)
    for x, y in pieces:
        total += x.T @ right.cross_entropy_backward(x @ W, y)
    return total


@gradient_in_pieces.wrong(
    "divided-twice",
    f"""It looks as if the sum of the pieces' gradients is divided by the number of rows. Each piece's gradient is
    divided by its own rows already: undo that first. {PIECES}""",
)
def divided_twice(pieces, W):
    total = np.zeros_like(W)
    for x, y in pieces:
        total += x.T @ right.cross_entropy_backward(x @ W, y)
    return total / sum(len(y) for _, y in pieces)


@gradient_in_pieces.wrong(
    "rows-summed",
    f"""This is the gradient of the sum over all rows. The loss is a mean: divide by the number of rows. {PIECES}""",
)
def rows_summed(pieces, W):
    total = np.zeros_like(W)
    for x, y in pieces:
        total += len(y) * x.T @ right.cross_entropy_backward(x @ W, y)
    return total


@gradient_in_pieces.wrong(
    "weighted-and-averaged",
    f"""Each piece's gradient is multiplied by its rows, and the sum divided by the number of pieces. What is it a mean
    over? {PIECES}""",
)
def weighted_and_averaged(pieces, W):
    total = np.zeros_like(W)
    for x, y in pieces:
        total += len(y) * x.T @ right.cross_entropy_backward(x @ W, y)
    return total / len(pieces)


@gradient_in_pieces.wrong(
    "weight-reversed",
    f"""It looks as if each piece's gradient is divided by its rows once more, so that short pieces count most. A piece
    counts as many times as it has rows. {PIECES}""",
)
def weight_reversed(pieces, W):
    total = np.zeros_like(W)
    for x, y in pieces:
        total += x.T @ right.cross_entropy_backward(x @ W, y) / len(y)
    return total / len(pieces)


@gradient_in_pieces.wrong(
    "last-piece-only",
    f"""This is the gradient of the last piece alone: does = stand where += should? {PIECES}""",
)
def last_piece(pieces, W):
    x, y = pieces[-1]
    return x.T @ right.cross_entropy_backward(x @ W, y)


@gradient_in_pieces.wrong(
    "first-piece-only",
    f"""This is the gradient of the first piece alone. Does return stand inside the loop? {PIECES}""",
)
def first_piece(pieces, W):
    x, y = pieces[0]
    return x.T @ right.cross_entropy_backward(x @ W, y)


@gradient_in_pieces.wrong(
    "size-of-the-first",
    f"""It looks as if every piece is taken to have as many rows as the first. Count each piece's own rows. {PIECES}""",
)
def size_of_the_first(pieces, W):
    total, n = np.zeros_like(W), len(pieces[0][1])
    for x, y in pieces:
        total += n * x.T @ right.cross_entropy_backward(x @ W, y)
    return total / sum(len(y) for _, y in pieces)


gradient_in_pieces.wrong(
    "sign",
    f"The sign is reversed. A gradient points uphill; the step is what turns round. {PIECES}",
    lambda pieces, W: -right.gradient_in_pieces(pieces, W),
)


@gradient_in_pieces.wrong(
    "short-pieces-dropped",
    f"""It looks as if pieces that are shorter than the first are left out. Every row counts. {PIECES}""",
)
def short_left_out(pieces, W):
    full = [piece for piece in pieces if len(piece[1]) == len(pieces[0][1])]
    return right.gradient_in_pieces(full, W)


@gradient_in_pieces.wrong(
    "written-into-weights",
    f"""It writes into W, which the caller still needs. Build a new array. {PIECES}""",
    fails=("unchanged", "views"),
)
def written_into_weights(pieces, W):
    dW = right.gradient_in_pieces(pieces, W)
    W -= dW
    return dW


@gradient_in_pieces.unusual
def all_together(pieces, W):
    x = np.concatenate([part[0] for part in pieces])
    y = np.concatenate([part[1] for part in pieces])
    return x.T @ right.cross_entropy_backward(x @ W, y)


@gradient_in_pieces.unusual
def row_by_row(pieces, W):
    count, dW = 0, np.zeros(W.shape)
    for x, y in pieces:
        for row, label in zip(x, y):
            p = np.exp(row @ W - np.max(row @ W))
            p = p / p.sum()
            p[label] -= 1
            dW += np.outer(row, p)
            count += 1
    return dW / count


@gradient_in_pieces.unusual
def by_np_average(pieces, W):
    parts = [x.T @ right.cross_entropy_backward(x @ W, y) for x, y in pieces]
    return np.average(parts, axis=0, weights=[len(y) for _, y in pieces]).tolist()


@gradient_in_pieces.unusual
def running_mean(pieces, W):
    dW, rows = 0.0, 0
    for x, y in pieces:
        rows += len(x)
        dW = dW + (x.T @ right.cross_entropy_backward(x @ W, y) - dW) * len(x) / rows
    return dW
