"""neuron_forward: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Numbers

neuron_forward = Exercise(
    "neuron_forward",
    care=("unchanged", "one row", "float32", "views"),
    rows=("x",),
    sizes={"N": ("x", 0), "D": ("x", 1)},
)


@neuron_forward.draw
def rows_and_weights(rng):
    n, d = rng.permutation([5, 7, 11])[:2]
    return dict(x=rng.normal(size=(n, d)), w=rng.normal(size=d), b=float(rng.uniform(0.5, 2)))


neuron_forward.corners(x=Numbers("ND"), w=Numbers("D"), b=Numbers())


neuron_forward.wrong(
    "bias-missing",
    "Each z is too small by b: the weighted sum is right, and b is not added. See 5.1.",
    lambda x, w, b: x @ w,
)

neuron_forward.wrong(
    "bias-subtracted",
    "It looks as if b was taken away. z is the weighted sum plus b. See 5.1.",
    lambda x, w, b: x @ w - b,
)

neuron_forward.wrong(
    "bias-in-each-product",
    """It looks as if b was added to each measurement, or to each product, before the sum. It is added once for each
    row, after the sum. See 5.1.""",
    lambda x, w, b: (x * w + b).sum(axis=1),
)

neuron_forward.wrong(
    "bias-inside",
    "It looks as if b was added to x before the weights. It is added after the weighted sum. See 5.1.",
    lambda x, w, b: (x + b) @ w,
)

neuron_forward.wrong(
    "bias-on-weights",
    """It looks as if b was added to the weights: the parentheses stand round w + b. First the product, then b.
    See 5.1.""",
    lambda x, w, b: x @ (w + b),
)

neuron_forward.wrong(
    "not-summed",
    """These are the products x·w, one for each measurement. A neuron adds them up: one number for each row.
    Which axis has to disappear? See 5.1.""",
    lambda x, w, b: x * w + b,
)

neuron_forward.wrong(
    "mean-for-sum",
    "It looks as if the products were averaged over the measurements. A neuron adds them up. See 5.1.",
    lambda x, w, b: (x * w).mean(axis=1) + b,
)

neuron_forward.wrong(
    "one-number-for-all",
    """This is one number. Each row is an example of its own, with its own z: sum over the measurements only.
    See 5.1.""",
    lambda x, w, b: np.sum(x * w) + b,
)

neuron_forward.wrong(
    "wrong-axis",
    """x.T turns rows into columns, so the sizes do not fit: w has one weight for each column of x. Write the shapes
    (N, D) and (D,) side by side. See 5.1.""",
    lambda x, w, b: x.T @ w + b,
)

neuron_forward.wrong(
    "sigmoid-inside",
    "This is the probability. Here the sum itself is asked for, the logit z; the sigmoid comes after it. See 5.1.",
    lambda x, w, b: 1 / (1 + np.exp(-(x @ w + b))),
)

neuron_forward.wrong(
    "column-for-vector",
    """The numbers are right, as a column (N, 1). z has shape (N,): with (N, 1) against labels of shape (N,), numpy
    would compare every row with every other. See 5.1.""",
    lambda x, w, b: x @ w.reshape(-1, 1) + b,
)

neuron_forward.wrong(
    "squeezed",
    """np.squeeze takes every axis of size 1 away: that of the rows where there is one row, and that of the
    measurements where there is one of these. Leave the axes as they are: the product sums by itself. See 5.1.""",
    lambda x, w, b: np.squeeze(x) @ w + b,
)


@neuron_forward.wrong(
    "written-into-x",
    """*= writes into the array that it stands on, and x belongs to the caller: the next step would find other
    measurements. See 5.1.""",
    fails=("unchanged", "views"),
)
def written_into_x(x, w, b):
    x *= w
    return x.sum(axis=1) + b


neuron_forward.wrong(
    "last-measurement-only",
    """Only the last measurement is in z: it looks as if the loop writes over what it had. Add each product to what is
    there already. See 5.1.""",
    lambda x, w, b: x[:, -1] * w[-1] + b,
)


@neuron_forward.unusual
def row_by_row(x, w, b):
    return [sum(x_d * w_d for x_d, w_d in zip(row, w)) + b for row in x]


@neuron_forward.unusual
def by_einsum(x, w, b):
    return np.einsum("ij,j->i", x, w) + b


@neuron_forward.unusual
def column_of_ones(x, w, b):
    return np.column_stack([x, np.ones(len(x))]) @ np.append(w, b)


@neuron_forward.unusual
def weights_first(x, w, b):
    return np.add(np.dot(w, x.T), b)
