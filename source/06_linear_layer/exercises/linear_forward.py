"""linear_forward: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Numbers

from ._shared import three_sizes

FORWARD = 'See 6.1, "Forward, one row per example".'

linear_forward = Exercise(
    "linear_forward",
    care=("unchanged", "one row", "float32", "views"),
    rows=("x",),
    sizes={"N": ("x", 0), "D": ("x", 1), "M": ("b", 0)},
)


@linear_forward.draw
def layer(rng):
    n, d, m = three_sizes(rng)
    return dict(x=rng.normal(size=(n, d)), W=rng.normal(size=(d, m)), b=rng.normal(0.5, 1.0, size=m))


linear_forward.corners(x=Numbers("ND"), W=Numbers("DM"), b=Numbers("M"))


linear_forward.wrong(
    "bias-left-out",
    f"It looks as if b were left out. Each neuron adds its own bias, to every row. {FORWARD}",
    lambda x, W, b: x @ W,
)

linear_forward.wrong(
    "bias-subtracted",
    f"It looks as if b were subtracted. The formula adds it. {FORWARD}",
    lambda x, W, b: x @ W - b,
)

linear_forward.wrong(
    "bias-added-to-weights",
    f"""It looks as if b were added to W first: each bias is then multiplied by the inputs, too.
    It is added once, after the product. {FORWARD}""",
    lambda x, W, b: x @ (W + b),
)

linear_forward.wrong(
    "bias-multiplied",
    f"It looks as if b were a factor. It is added to the product. {FORWARD}",
    lambda x, W, b: x @ W * b,
)

linear_forward.wrong(
    "bias-summed",
    f"It looks as if all biases were added together, to every entry. Column m of z gets b[m] alone. {FORWARD}",
    lambda x, W, b: x @ W + np.sum(b),
)


@linear_forward.wrong(
    "bias-on-first-row",
    f"""The first row is right, the others lack the bias. Every example meets the same neurons:
    b is added to every row. {FORWARD}""",
)
def bias_on_first_row(x, W, b):
    z = x @ W
    z[0] += b
    return z


linear_forward.wrong(
    "bias-for-each-input",
    f"""It looks as if b were added inside the sum over the inputs, once for each of the D terms.
    It stands outside the sum. {FORWARD}""",
    lambda x, W, b: x @ W + x.shape[1] * b,
)

linear_forward.wrong(
    "bias-for-each-row",
    f"""It looks as if b were added N times, once for each row. Each row is an example of its own, and gets b once.
    {FORWARD}""",
    lambda x, W, b: x @ W + len(x) * b,
)

linear_forward.wrong(
    "product-turned-round",
    f"""In a sum here, (M, N) meets (M,). W.T @ x.T, say, is z with rows and columns exchanged, and b does not fit it.
    Rows are examples: (N, D) @ (D, M) fits without a transpose. {FORWARD}""",
    lambda x, W, b: W.T @ x.T + b,
)

linear_forward.wrong(
    "bias-down-the-columns",
    f"""In a sum here, (N, M) meets a column, (M, 1). Where N = M numpy would not complain, and each row would get
    a bias in place of each neuron; for one row, z would become (M, M). b is no column: (M,). {FORWARD}""",
    lambda x, W, b: x @ W + b[:, None],
)

linear_forward.wrong(
    "order-of-product",
    f"This is W @ x. Rows are examples here, so x stands on the left: (N, D) @ (D, M). {FORWARD}",
    lambda x, W, b: W @ x + b,
)

linear_forward.wrong(
    "columns-as-examples",
    f"This is the convention in which columns are examples, W.T @ x. Rows are examples here. {FORWARD}",
    lambda x, W, b: W.T @ x + b[:, None],
)

linear_forward.wrong(
    "x-transposed",
    f"x is transposed here, and its rows are then no longer examples. (N, D) @ (D, M) fits as it is. {FORWARD}",
    lambda x, W, b: x.T @ W + b,
)

linear_forward.wrong(
    "star-for-product",
    f"A star multiplies entry by entry. z needs a sum over the inputs: the matrix product, @. {FORWARD}",
    lambda x, W, b: x * W + b,
)

linear_forward.wrong(
    "result-transposed",
    f"""This is z with rows and columns exchanged: one row for each neuron. Asked for is one row for each example,
    (N, M). {FORWARD}""",
    lambda x, W, b: (x @ W + b).T,
)

linear_forward.wrong(
    "neurons-added",
    f"""It looks as if the M neurons were added up: one number for each example is left.
    Each neuron keeps its own column. {FORWARD}""",
    lambda x, W, b: (x @ W + b).sum(axis=1),
)

linear_forward.wrong(
    "examples-added",
    f"""It looks as if the N examples were added up: one row is left.
    Each example keeps its own row. {FORWARD}""",
    lambda x, W, b: (x @ W + b).sum(axis=0),
)

linear_forward.wrong(
    "first-example-for-all",
    f"All rows are the first example's. Row n of z comes from row n of x. {FORWARD}",
    lambda x, W, b: np.tile(x[0] @ W + b, (len(x), 1)),
)

linear_forward.wrong(
    "mean-over-inputs",
    f"It looks as if the products were averaged over the D inputs. The formula adds them up. {FORWARD}",
    lambda x, W, b: x @ W / x.shape[1] + b,
)

linear_forward.wrong(
    "mean-over-examples",
    f"""It looks as if something were divided by N, the number of rows. A row of z knows nothing of the other rows;
    the 1/N belongs to the loss. {FORWARD}""",
    lambda x, W, b: x @ W / len(x) + b,
)

linear_forward.wrong(
    "sigmoid-added",
    f"""It looks as if a sigmoid were applied. A linear layer gives z itself; what bends it comes in unit 7.
    {FORWARD}""",
    lambda x, W, b: 1 / (1 + np.exp(-(x @ W + b))),
)

linear_forward.wrong(
    "relu-added",
    f"The negative entries are cut to 0. A linear layer gives z itself; what bends it comes in unit 7. {FORWARD}",
    lambda x, W, b: np.maximum(x @ W + b, 0),
)

linear_forward.wrong(
    "W-transposed",
    f"This is x @ W.T. W has a column for each neuron, so it fits as it is: (N, D) @ (D, M). {FORWARD}",
    lambda x, W, b: x @ W.T + b,
)

linear_forward.wrong(
    "whole-numbers",
    """The decimals are cut off: is the result put into an array of whole numbers? np.zeros without dtype=int holds
    decimals.""",
    lambda x, W, b: np.trunc(x @ W + b),
)

linear_forward.wrong(
    "squeezed",
    f"""Is an axis of size 1 dropped? z always has two axes: (N, 1) for one neuron, (1, M) for a batch of one.
    {FORWARD}""",
    lambda x, W, b: np.squeeze(x @ W + b),
)


@linear_forward.unusual
def entry_by_entry(x, W, b):
    return [[sum(x_n[d] * W[d][m] for d in range(len(W))) + b[m] for m in range(len(b))] for x_n in x]


@linear_forward.unusual
def neuron_by_neuron(x, W, b):
    return np.column_stack([np.dot(x, w) + b_m for w, b_m in zip(W.T, b)])


@linear_forward.unusual
def with_a_column_of_ones(x, W, b):
    return np.hstack([x, np.ones((len(x), 1))]) @ np.vstack([W, b])


@linear_forward.unusual
def other_convention(x, W, b):
    return (W.T @ x.T + b.reshape(-1, 1)).T


@linear_forward.unusual
def sum_over_a_third_axis(x, W, b):
    z = np.sum(x[:, :, None] * W[None], axis=1)
    z += b
    return z.astype(np.float32)


@linear_forward.unusual
def with_einsum(x, W, b):
    return np.einsum("ij,jk->ik", x, W) + np.broadcast_to(b, (x.shape[0], W.shape[1]))
