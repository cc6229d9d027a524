"""Unit 06: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Question, RightAnswers

right = RightAnswers(__file__)

SIZES = (3, 4, 5, 7)
"""Pairwise coprime, so that a factor tells which size it comes from."""

FORWARD = 'See 6.1, "Forward, one row per example".'
BACKWARD = 'See 6.2, "Backward, one entry first".'
STRETCHED = 'See 6.4, "Undoing a broadcast".'
PAIRS = 'See "Bug hunt: pairs of rows".'


def three_sizes(rng):
    """N, D and M, all different."""
    return rng.permutation(SIZES)[:3]


# ---- linear_forward

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


@linear_forward.wrong(
    "bias-left-out",
    f"""It looks as if b were left out. Each neuron adds its own bias, to every row. {FORWARD}""",
)
def bias_left_out(x, W, b):
    return x @ W


@linear_forward.wrong(
    "bias-subtracted",
    f"""It looks as if b were subtracted. The formula adds it. {FORWARD}""",
)
def bias_subtracted(x, W, b):
    return x @ W - b


@linear_forward.wrong(
    "bias-added-to-weights",
    f"""It looks as if b were added to W first: each bias is then multiplied by the inputs, too.
    It is added once, after the product. {FORWARD}""",
)
def bias_added_to_weights(x, W, b):
    return x @ (W + b)


@linear_forward.wrong(
    "bias-multiplied",
    f"""It looks as if b were a factor. It is added to the product. {FORWARD}""",
)
def bias_multiplied(x, W, b):
    return x @ W * b


@linear_forward.wrong(
    "bias-summed",
    f"""It looks as if all biases were added together, to every entry. Column m of z gets b[m] alone. {FORWARD}""",
)
def bias_summed(x, W, b):
    return x @ W + np.sum(b)


@linear_forward.wrong(
    "bias-on-first-row",
    f"""The first row is right, the others lack the bias. Every example meets the same neurons:
    b is added to every row. {FORWARD}""",
)
def bias_on_first_row(x, W, b):
    z = x @ W
    z[0] += b
    return z


@linear_forward.wrong(
    "bias-for-each-input",
    f"""It looks as if b were added inside the sum over the inputs, once for each of the D terms.
    It stands outside the sum. {FORWARD}""",
)
def bias_for_each_input(x, W, b):
    return x @ W + x.shape[1] * b


@linear_forward.wrong(
    "bias-for-each-row",
    f"""It looks as if b were added N times, once for each row. Each row is an example of its own, and gets b once.
    {FORWARD}""",
)
def bias_for_each_row(x, W, b):
    return x @ W + len(x) * b


@linear_forward.wrong(
    "product-turned-round",
    f"""In a sum here, (M, N) meets (M,). W.T @ x.T, say, is z with rows and columns exchanged, and b does not fit it.
    Rows are examples: (N, D) @ (D, M) fits without a transpose. {FORWARD}""",
)
def product_turned_round(x, W, b):
    return W.T @ x.T + b


@linear_forward.wrong(
    "bias-down-the-columns",
    f"""In a sum here, (N, M) meets a column, (M, 1). Where N = M numpy would not complain, and each row would get
    a bias in place of each neuron; for one row, z would become (M, M). b is no column: (M,). {FORWARD}""",
)
def bias_down_the_columns(x, W, b):
    return x @ W + b[:, None]


@linear_forward.wrong(
    "order-of-product",
    f"""This is W @ x. Rows are examples here, so x stands on the left: (N, D) @ (D, M). {FORWARD}""",
)
def order_of_product(x, W, b):
    return W @ x + b


@linear_forward.wrong(
    "columns-as-examples",
    f"""This is the convention in which columns are examples, W.T @ x. Rows are examples here. {FORWARD}""",
)
def columns_as_examples(x, W, b):
    return W.T @ x + b[:, None]


@linear_forward.wrong(
    "x-transposed",
    f"""x is transposed here, and its rows are then no longer examples. (N, D) @ (D, M) fits as it is. {FORWARD}""",
)
def x_transposed(x, W, b):
    return x.T @ W + b


@linear_forward.wrong(
    "star-for-product",
    f"""A star multiplies entry by entry. z needs a sum over the inputs: the matrix product, @. {FORWARD}""",
)
def star_for_product(x, W, b):
    return x * W + b


@linear_forward.wrong(
    "result-transposed",
    f"""This is z with rows and columns exchanged: one row for each neuron. Asked for is one row for each example,
    (N, M). {FORWARD}""",
)
def result_transposed(x, W, b):
    return (x @ W + b).T


@linear_forward.wrong(
    "neurons-added",
    f"""It looks as if the M neurons were added up: one number for each example is left.
    Each neuron keeps its own column. {FORWARD}""",
)
def neurons_added(x, W, b):
    return (x @ W + b).sum(axis=1)


@linear_forward.wrong(
    "examples-added",
    f"""It looks as if the N examples were added up: one row is left.
    Each example keeps its own row. {FORWARD}""",
)
def examples_added(x, W, b):
    return (x @ W + b).sum(axis=0)


@linear_forward.wrong(
    "first-example-for-all",
    f"""All rows are the first example's. Row n of z comes from row n of x. {FORWARD}""",
)
def first_example_for_all(x, W, b):
    return np.tile(x[0] @ W + b, (len(x), 1))


@linear_forward.wrong(
    "mean-over-inputs",
    f"""It looks as if the products were averaged over the D inputs. The formula adds them up. {FORWARD}""",
)
def mean_over_inputs(x, W, b):
    return x @ W / x.shape[1] + b


@linear_forward.wrong(
    "mean-over-examples",
    f"""It looks as if something were divided by N, the number of rows. A row of z knows nothing of the other rows;
    the 1/N belongs to the loss. {FORWARD}""",
)
def mean_over_examples(x, W, b):
    return x @ W / len(x) + b


@linear_forward.wrong(
    "sigmoid-added",
    f"""It looks as if a sigmoid were applied. A linear layer gives z itself; what bends it comes in unit 7.
    {FORWARD}""",
)
def sigmoid_added(x, W, b):
    return 1 / (1 + np.exp(-(x @ W + b)))


@linear_forward.wrong(
    "relu-added",
    f"""The negative entries are cut to 0. A linear layer gives z itself; what bends it comes in unit 7. {FORWARD}""",
)
def relu_added(x, W, b):
    return np.maximum(x @ W + b, 0)


@linear_forward.wrong(
    "W-transposed",
    f"""This is x @ W.T. W has a column for each neuron, so it fits as it is: (N, D) @ (D, M). {FORWARD}""",
)
def w_transposed(x, W, b):
    return x @ W.T + b


@linear_forward.wrong(
    "whole-numbers",
    """The decimals are cut off: is the result put into an array of whole numbers? np.zeros without dtype=int holds
    decimals.""",
)
def whole_numbers(x, W, b):
    return np.trunc(x @ W + b)


@linear_forward.wrong(
    "squeezed",
    f"""Is an axis of size 1 dropped, or the number of rows written in by hand? A batch of one is still a batch:
    one row, shape (1, M). {FORWARD}""",
    fails="one row",
)
def squeezed(x, W, b):
    return np.squeeze(x @ W + b)


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


# ---- linear_backward

linear_backward = Exercise(
    "linear_backward",
    outputs=("dx", "dW", "db"),
    care=("unchanged", "one row", "float32", "views"),
    rows=("dz", "x"),
    sizes={"N": ("x", 0), "D": ("x", 1), "M": ("dz", 1)},
    bias_outputs=("db",),
    stages=(
        (("dx",), f"Take one entry, dx[n, d]. It acts on z[n, m] for every neuron m: add over m. {BACKWARD}"),
        (("dW",), f"Take one entry, dW[d, m]. It acts on z[n, m] in every row: add over n. {BACKWARD}"),
        (("db",), f"Take one entry, db[m]. It acts on z[n, m] in every row: add over n, for each m apart. {BACKWARD}"),
    ),
)


@linear_backward.draw
def batch(rng):
    n, d, m = three_sizes(rng)
    return dict(dz=rng.normal(size=(n, m)), x=rng.normal(size=(n, d)), W=rng.normal(size=(d, m)))


@linear_backward.differentiates(upstream="dz", at=lambda x, W: dict(x=x, W=W, b=np.zeros(W.shape[1])))
def layer_with_bias(x, W, b):
    return x @ W + b


@linear_backward.wrong(
    "upstream-ignored",
    f"""dz plays no part in a result here. The part above says how much each entry of z matters: multiply by it.
    {BACKWARD}""",
)
def upstream_ignored(dz, x, W):
    ones = np.ones_like(dz)
    return ones @ W.T, x.T @ ones, ones.sum(axis=0)


@linear_backward.wrong(
    "dx-without-upstream",
    f"""dz plays no part in dx. It looks as if each row were a sum of weights: each weight is first multiplied
    by the entry of dz that it leads to. {BACKWARD}""",
    spoils=("dx",),
)
def dx_without_upstream(dz, x, W):
    return np.ones_like(dz) @ W.T, x.T @ dz, dz.sum(axis=0)


@linear_backward.wrong(
    "dW-without-upstream",
    f"""dz plays no part in dW. It looks as if each entry were a sum of inputs: each input is first multiplied
    by the dz of its row. {BACKWARD}""",
    spoils=("dW",),
)
def dw_without_upstream(dz, x, W):
    return dz @ W.T, x.T @ np.ones_like(dz), dz.sum(axis=0)


@linear_backward.wrong(
    "db-counts-rows",
    f"""db is N in every place. A nudge of b moves z in N rows; how much each row matters is said by dz. {BACKWARD}""",
    spoils=("db",),
)
def db_counts_rows(dz, x, W):
    return dz @ W.T, x.T @ dz, np.full(dz.shape[1], float(len(dz)))


@linear_backward.wrong(
    "db-ones",
    f"""db is 1 in every place. That is the local slope of z in b; it still has to meet dz, in every row. {BACKWARD}""",
    spoils=("db",),
)
def db_ones(dz, x, W):
    return dz @ W.T, x.T @ dz, np.ones(dz.shape[1])


@linear_backward.wrong(
    "W-not-transposed",
    f"""In a product here, M meets D, as in dz @ W: (N, M) and (D, M). Write down the shapes of the two that meet.
    Which index is under the sum, and must meet itself? {BACKWARD}""",
)
def w_not_transposed(dz, x, W):
    return dz @ W, x.T @ dz, dz.sum(axis=0)


@linear_backward.wrong(
    "x-not-transposed",
    f"""In a product here, D meets N, as in x @ dz: (N, D) and (N, M). Write down the shapes of the two that meet.
    Is each the right partner? Which index is under the sum, and must meet itself? {BACKWARD}""",
)
def x_not_transposed(dz, x, W):
    return dz @ W.T, x @ dz, dz.sum(axis=0)


@linear_backward.wrong(
    "star-for-product",
    f"""(N, D) and (N, M) meet entry by entry here, as in x * dz. One weight's gradient is a sum over the examples:
    which product adds? {BACKWARD}""",
)
def star_for_dw(dz, x, W):
    return dz @ W.T, x * dz, dz.sum(axis=0)


@linear_backward.wrong(
    "star-for-dx",
    f"""(N, M) and (D, M) meet entry by entry here, as in dz * W. One input's gradient is a sum over the neurons:
    which product adds? {BACKWARD}""",
)
def star_for_dx(dz, x, W):
    return dz * W, x.T @ dz, dz.sum(axis=0)


@linear_backward.wrong(
    "dW-transposed",
    f"""This is dW with rows and columns exchanged. A gradient has the shape of what it belongs to: (D, M).
    {BACKWARD}""",
    spoils=("dW",),
)
def dw_transposed(dz, x, W):
    return dz @ W.T, dz.T @ x, dz.sum(axis=0)


@linear_backward.wrong(
    "dx-transposed",
    f"""This is dx with rows and columns exchanged. A gradient has the shape of what it belongs to: (N, D).
    {BACKWARD}""",
    spoils=("dx",),
)
def dx_transposed(dz, x, W):
    return W @ dz.T, x.T @ dz, dz.sum(axis=0)


@linear_backward.wrong(
    "db-not-summed",
    f"""db has one row for each example here. Every row of z uses the same b, and gradients add at forks:
    which axis has b not got? {BACKWARD}""",
    spoils=("db",),
)
def db_not_summed(dz, x, W):
    return dz @ W.T, x.T @ dz, dz


@linear_backward.wrong(
    "db-wrong-axis",
    f"""db has one number for each example. b has one for each neuron: the other axis has to go. {BACKWARD}""",
    spoils=("db",),
)
def db_wrong_axis(dz, x, W):
    return dz @ W.T, x.T @ dz, dz.sum(axis=1)


@linear_backward.wrong(
    "db-one-number",
    f"""db is one number: the sum of all of dz. Each neuron has its own bias, so only the axis of the examples goes.
    {BACKWARD}""",
    spoils=("db",),
)
def db_one_number(dz, x, W):
    return dz @ W.T, x.T @ dz, dz.sum()


@linear_backward.wrong(
    "db-column",
    f"""The numbers of db stand in a column, (M, 1). b has shape (M,), and so has db. {BACKWARD}""",
    spoils=("db",),
)
def db_column(dz, x, W):
    return dz @ W.T, x.T @ dz, dz.sum(axis=0)[:, None]


@linear_backward.wrong(
    "averaged-rows",
    f"""It looks as if the rows were averaged in db. Every row of z uses b, so its gradient is the sum over rows.
    The 1/N belongs to the loss: it is already inside dz. {BACKWARD}""",
    spoils=("db",),
)
def averaged_rows(dz, x, W):
    return dz @ W.T, x.T @ dz, dz.mean(axis=0)


@linear_backward.wrong(
    "averaged-dW",
    f"""It looks as if dW were divided by N. The 1/N belongs to the loss: it is already inside dz. {BACKWARD}""",
    spoils=("dW",),
)
def averaged_dw(dz, x, W):
    return dz @ W.T, x.T @ dz / len(x), dz.sum(axis=0)


@linear_backward.wrong(
    "averaged-twice",
    f"""dW and db are divided by N here. The 1/N belongs to the loss: it is already inside dz, and a second one
    makes the steps N times too short. {BACKWARD}""",
    spoils=("dW", "db"),
)
def averaged_twice(dz, x, W):
    return dz @ W.T, x.T @ dz / len(x), dz.sum(axis=0) / len(x)


@linear_backward.wrong(
    "averaged-all",
    f"""Something is divided by N here. The 1/N belongs to the loss: it is already inside dz. {BACKWARD}""",
)
def averaged_all(dz, x, W):
    n = len(x)
    return dz @ W.T / n, x.T @ dz / n, dz.sum(axis=0) / n


@linear_backward.wrong(
    "dW-divided-by-M",
    f"""dW is divided by M, the number of neurons. Each weight leads to one neuron, and its shares add over the
    examples: nothing is divided. {BACKWARD}""",
    spoils=("dW",),
)
def dw_divided_by_m(dz, x, W):
    return dz @ W.T, x.T @ dz / dz.shape[1], dz.sum(axis=0)


@linear_backward.wrong(
    "dW-divided-by-D",
    f"""dW is divided by D, the number of inputs. Each weight comes from one input, and its shares add over the
    examples: nothing is divided. {BACKWARD}""",
    spoils=("dW",),
)
def dw_divided_by_d(dz, x, W):
    return dz @ W.T, x.T @ dz / x.shape[1], dz.sum(axis=0)


@linear_backward.wrong(
    "dx-divided-by-M",
    f"""dx is divided by M, the number of neurons. Every neuron uses the input: their shares add, and nothing is
    divided. {BACKWARD}""",
    spoils=("dx",),
)
def dx_divided_by_m(dz, x, W):
    return dz @ W.T / dz.shape[1], x.T @ dz, dz.sum(axis=0)


@linear_backward.wrong(
    "db-mean-of-all",
    f"""db is one number: the sum of all of dz, divided by N. Each neuron has its own bias, so only the axis of the
    examples goes; and nothing is divided. {BACKWARD}""",
    spoils=("db",),
)
def db_mean_of_all(dz, x, W):
    return dz @ W.T, x.T @ dz, np.sum(dz) / len(dz)


@linear_backward.wrong(
    "sums-multiplied",
    f"""It looks as if x and dz were summed over the rows first, and multiplied afterwards.
    Multiply row by row, then add: row 0 of x never meets row 1 of dz. {BACKWARD}""",
    spoils=("dW",),
)
def sums_multiplied(dz, x, W):
    return dz @ W.T, np.outer(x.sum(axis=0), dz.sum(axis=0)), dz.sum(axis=0)


@linear_backward.wrong(
    "sum-times-mean",
    f"""It looks as if dW were the sum of x times the mean of dz. That passes where dz is all ones.
    Multiply row by row, then add. {BACKWARD}""",
    spoils=("dW",),
)
def sum_times_mean(dz, x, W):
    return dz @ W.T, np.outer(x.sum(axis=0), dz.mean(axis=0)), dz.sum(axis=0)


@linear_backward.wrong(
    "first-row-only",
    f"""The first example alone is used here. Every example uses the same weights and biases: their shares add up.
    {BACKWARD}""",
    spoils=("dW", "db"),
)
def first_row_only(dz, x, W):
    return dz @ W.T, np.outer(x[0], dz[0]), dz[0]


@linear_backward.wrong(
    "last-row-only",
    f"""The last example alone is left here: does a loop overwrite what it should add to? {BACKWARD}""",
    spoils=("dW", "db"),
)
def last_row_only(dz, x, W):
    for x_n, dz_n in zip(x, dz):
        dW, db = np.outer(x_n, dz_n), dz_n
    return dz @ W.T, dW, db


@linear_backward.wrong(
    "dx-of-sums",
    f"""It looks as if dz and W were summed over the neurons first, and multiplied afterwards.
    Multiply neuron by neuron, then add. {BACKWARD}""",
    spoils=("dx",),
)
def dx_of_sums(dz, x, W):
    return np.outer(dz.sum(axis=1), W.sum(axis=1)), x.T @ dz, dz.sum(axis=0)


@linear_backward.wrong(
    "dx-multiplied-by-x",
    f"""It looks as if dx were multiplied by x as well. A product swaps the partners: x's partner is W, and x itself
    is gone. {BACKWARD}""",
    spoils=("dx",),
)
def dx_multiplied_by_x(dz, x, W):
    return dz @ W.T * x, x.T @ dz, dz.sum(axis=0)


@linear_backward.wrong(
    "dW-multiplied-by-W",
    f"""It looks as if dW were multiplied by W as well. A product swaps the partners: W's partner is x, and W itself
    is gone. {BACKWARD}""",
    spoils=("dW",),
)
def dw_multiplied_by_w(dz, x, W):
    return dz @ W.T, x.T @ dz * W, dz.sum(axis=0)


@linear_backward.wrong(
    "sign",
    f"""A sign is turned round here. The gradient points uphill; it is the step that turns round. {BACKWARD}""",
)
def sign(dz, x, W):
    return -dz @ W.T, -x.T @ dz, -dz.sum(axis=0)


@linear_backward.wrong(
    "doubled",
    f"""A factor 2 is too much here. It comes from a square, in the loss: it is already inside dz. {BACKWARD}""",
)
def doubled(dz, x, W):
    return 2 * dz @ W.T, 2 * x.T @ dz, 2 * dz.sum(axis=0)


@linear_backward.wrong(
    "x-reshaped",
    f"""dW has the right shape and wrong numbers: was x reshaped to (D, N)? That fills new rows with old ones.
    A transpose exchanges rows and columns. {BACKWARD}""",
    spoils=("dW",),
)
def x_reshaped(dz, x, W):
    return dz @ W.T, x.reshape(x.shape[1], x.shape[0]) @ dz, dz.sum(axis=0)


@linear_backward.wrong(
    "W-reshaped",
    f"""dx has the right shape and wrong numbers: was W reshaped to (M, D)? That fills new rows with old ones.
    A transpose exchanges rows and columns. {BACKWARD}""",
    spoils=("dx",),
)
def w_reshaped(dz, x, W):
    return dz @ W.reshape(W.shape[1], W.shape[0]), x.T @ dz, dz.sum(axis=0)


@linear_backward.wrong(
    "dx-summed",
    f"""dx is one row: the examples were added up. Each row of x is used by one row of z alone, so each keeps its own
    gradient. {BACKWARD}""",
    spoils=("dx",),
)
def dx_summed(dz, x, W):
    return (dz @ W.T).sum(axis=0), x.T @ dz, dz.sum(axis=0)


@linear_backward.wrong(
    "order-of-results",
    """A right value stands in another's place. Return dx first, then dW, then db.""",
)
def order_of_results(dz, x, W):
    return x.T @ dz, dz.sum(axis=0), dz @ W.T


@linear_backward.wrong(
    "after-the-step",
    f"""It looks as if W had moved before dx was taken. All gradients belong to one point. {BACKWARD}""",
    spoils=("dx",),
)
def after_the_step(dz, x, W):
    dW = x.T @ dz
    return dz @ (W - dW).T, dW, dz.sum(axis=0)


@linear_backward.wrong(
    "written-into-W",
    """An input belongs to the caller: the next cell would find other numbers in it. +=, /= and a[...] = write into
    the array itself, and a second name, such as dW = W, makes no copy.""",
    fails=("unchanged", "views"),
)
def written_into_w(dz, x, W):
    dx = dz @ W.T
    dW = W
    dW[...] = x.T @ dz
    return dx, dW, dz.sum(axis=0)


@linear_backward.wrong(
    "squeezed",
    f"""Is an axis of size 1 dropped, or the number of rows written in by hand? For a batch of one, dx is one row,
    shape (1, D), like x. {BACKWARD}""",
    fails="one row",
)
def squeezed_back(dz, x, W):
    return np.squeeze(dz @ W.T), x.T @ dz, dz.sum(axis=0)


@linear_backward.unusual
def row_by_row(dz, x, W):
    dW = sum(np.outer(x_n, dz_n) for x_n, dz_n in zip(x, dz))
    return np.array([W @ dz_n for dz_n in dz]), dW, np.einsum("nm->m", dz)


@linear_backward.unusual
def three_loops(dz, x, W):
    N, D, M = len(x), len(W), len(W[0])
    dx, dW, db = np.zeros((N, D)), np.zeros((D, M)), [0.0] * M
    for n in range(N):
        for m in range(M):
            db[m] += dz[n, m]
            for d in range(D):
                dx[n, d] += dz[n, m] * W[d, m]
                dW[d, m] += x[n, d] * dz[n, m]
    return dx, dW, db


@linear_backward.unusual
def as_dict(dz, x, W):
    db = np.sum(dz, axis=0, keepdims=True)
    return {"db": db, "dW": np.tensordot(x, dz, axes=(0, 0)), "dx": np.inner(dz, W)}


@linear_backward.unusual
def with_a_column_of_ones_back(dz, x, W):
    both = np.column_stack([x, np.ones(len(x))]).T @ dz
    return [(W @ dz.T).T, both[:-1], both[-1]]


@linear_backward.unusual
def by_complex_step(dz, x, W):
    def slopes(forward, point):
        found, h = np.zeros(point.shape), 1e-30
        for index in np.ndindex(point.shape):
            moved = point.astype(complex)
            moved[index] += 1j * h
            found[index] = np.sum(dz * forward(moved)).imag / h
        return found

    z = np.asarray(x) @ np.asarray(W)
    return slopes(lambda x: x @ W, x), slopes(lambda W: x @ W, W), slopes(lambda b: z + b, np.zeros(z.shape[1]))


@linear_backward.unusual
def single_precision(dz, x, W):
    dz, x, W = (np.asarray(a, dtype=np.float32) for a in (dz, x, W))
    return [dz.dot(W.T), np.matmul(x.T, dz), np.ones(len(dz), np.float32) @ dz]


# ---- unbroadcast

unbroadcast = Exercise(
    "unbroadcast",
    care=("unchanged", "float32", "views"),
    stages=(
        (
            ("unbroadcast",),
            f"""Write shape below the shape of dz, both ending at the right. Which axes are missing in shape, which
            have 1 there? All of these are added up; the second kind stays, with size 1. {STRETCHED}""",
        ),
    ),
)


def stretched_to(rng, letters, shape):
    """A gradient with one axis for each letter, and the shape it is to go back to, in letters and ones."""
    size = dict(zip("anm", map(int, rng.permutation(SIZES)[:3])), **{"1": 1})
    return dict(dz=rng.normal(size=[size[k] for k in letters]), shape=tuple(size[k] for k in shape))


@unbroadcast.draw(times=1)
def one_axis_added(rng):
    return stretched_to(rng, "nm", "m")


@unbroadcast.draw(times=1)
def last_axis_stretched(rng):
    return stretched_to(rng, "nm", "n1")


@unbroadcast.draw(times=1)
def first_axis_stretched(rng):
    return stretched_to(rng, "nm", "1m")


@unbroadcast.draw(times=1)
def two_axes_added(rng):
    return stretched_to(rng, "anm", "m")


@unbroadcast.draw(times=1)
def added_and_stretched(rng):
    return stretched_to(rng, "anm", "n1")


@unbroadcast.draw(times=1)
def added_and_first_stretched(rng):
    return stretched_to(rng, "anm", "1m")


@unbroadcast.draw(times=1)
def middle_axis_stretched(rng):
    return stretched_to(rng, "anm", "a1m")


@unbroadcast.draw(times=1)
def two_axes_stretched(rng):
    return stretched_to(rng, "anm", "1n1")


@unbroadcast.draw(times=1)
def one_entry(rng):
    return stretched_to(rng, "nm", "11")


@unbroadcast.draw(times=1)
def single_number(rng):
    return stretched_to(rng, "nm", "")


@unbroadcast.draw(times=1)
def nothing_stretched(rng):
    return stretched_to(rng, "nm", "nm")


@unbroadcast.draw(times=1)
def ones_on_both_sides(rng):
    return stretched_to(rng, "n1", "n1")


@unbroadcast.draw(times=1)
def a_one_added(rng):
    return stretched_to(rng, "1m", "m")


@unbroadcast.draw(times=1, care="axes of equal size")
def equal_and_added(rng):
    return stretched_to(rng, "nn", "n")


@unbroadcast.draw(times=1, care="axes of equal size")
def equal_and_stretched(rng):
    return stretched_to(rng, "nn", "n1")


@unbroadcast.draw(times=1, care="axes of equal size")
def equal_and_both(rng):
    return stretched_to(rng, "nnn", "1n")


@unbroadcast.differentiates(upstream="dz", wrt="x", at=lambda shape: dict(x=np.zeros(shape)))
def stretched(x):
    return x  # the sum of dz * x stretches x by itself


@unbroadcast.wrong(
    "upstream-ignored",
    f"""This counts the copies. How much each copy matters is said by dz: add its entries in place of ones.
    {STRETCHED}""",
)
def copies_counted(dz, shape):
    return np.full(shape, dz.size / np.prod(shape))


@unbroadcast.wrong(
    "not-summed",
    f"""This is dz as it arrived. A gradient has the shape of what it belongs to: add up what was stretched.
    {STRETCHED}""",
)
def not_summed(dz, shape):
    return dz * 1.0


@unbroadcast.wrong(
    "averaged",
    f"""It looks as if the copies were averaged. Each copy acts on the loss, so their gradients add. {STRETCHED}""",
)
def averaged(dz, shape):
    return right.unbroadcast(dz, shape) * np.prod(shape) / dz.size


@unbroadcast.wrong(
    "first-copy-only",
    f"""It looks as if the first copy alone were taken. All copies are one number that is used again and again:
    their gradients add. {STRETCHED}""",
)
def first_copy_only(dz, shape):
    for _ in range(dz.ndim - len(shape)):
        dz = dz[0]
    for k, size in enumerate(shape):
        if size == 1:
            dz = np.take(dz, [0], axis=k)
    return dz


@unbroadcast.wrong(
    "largest-copy",
    f"""It looks as if the largest copy were taken. That is how a maximum passes a gradient on; a copy adds.
    {STRETCHED}""",
)
def largest_copy(dz, shape):
    for _ in range(dz.ndim - len(shape)):
        dz = dz.max(axis=0)
    for k, size in enumerate(shape):
        if size == 1:
            dz = dz.max(axis=k, keepdims=True)
    return dz


@unbroadcast.wrong(
    "leading-axes-only",
    f"""The axes that were added in front are summed; axes of size 1 in shape, which were stretched, are not.
    {STRETCHED}""",
)
def leading_axes_only(dz, shape):
    while dz.ndim > len(shape):
        dz = dz.sum(axis=0)
    return dz


@unbroadcast.wrong(
    "one-leading-axis",
    f"""It looks as if one added axis at most were summed. There can be several: (A, N, M) from (M,) has two.
    {STRETCHED}""",
)
def one_leading_axis(dz, shape):
    if dz.ndim > len(shape):
        dz = dz.sum(axis=0)
    for k, size in enumerate(shape):
        if size == 1:
            dz = dz.sum(axis=k, keepdims=True)
    return dz


@unbroadcast.wrong(
    "stretched-axes-only",
    f"""Axes of size 1 are summed; axes that were added in front are not, and are still there. {STRETCHED}""",
)
def stretched_axes_only(dz, shape):
    added = dz.ndim - len(shape)
    for k, size in enumerate(shape):
        if size == 1:
            dz = dz.sum(axis=added + k, keepdims=True)
    return dz


@unbroadcast.wrong(
    "front-not-summed",
    f"""Axes are counted from the left here, and those that were added in front are still there. First add up the axes
    in front; then the axes of both shapes have the same numbers. {STRETCHED}""",
)
def front_not_summed(dz, shape):
    for k, size in enumerate(shape):
        if size == 1:
            dz = dz.sum(axis=k, keepdims=True)
    return dz


@unbroadcast.wrong(
    "front-kept-with-size-1",
    f"""The axes in front are summed, and still there with size 1. Then axis k of dz is not axis k of shape, and the
    wrong ones are summed next. Let the axes in front go. {STRETCHED}""",
)
def front_kept(dz, shape):
    dz = dz.sum(axis=tuple(range(dz.ndim - len(shape))), keepdims=True)
    for k, size in enumerate(shape):
        if size == 1:
            dz = dz.sum(axis=k, keepdims=True)
    return dz


@unbroadcast.wrong(
    "first-one-only",
    f"""It looks as if only the first axis of size 1 were summed. There can be several. {STRETCHED}""",
)
def first_one_only(dz, shape):
    while dz.ndim > len(shape):
        dz = dz.sum(axis=0)
    return dz.sum(axis=shape.index(1), keepdims=True) if 1 in shape else dz


@unbroadcast.wrong(
    "ones-dropped",
    f"""The right axes are summed, and those of size 1 are gone from the result. (N, 1) is not (N,):
    which argument of sum keeps them? {STRETCHED}""",
)
def ones_dropped(dz, shape):
    added = dz.ndim - len(shape)
    ones = [added + k for k, size in enumerate(shape) if size == 1]
    return dz.sum(axis=(*range(added), *ones))


@unbroadcast.wrong(
    "added-axes-kept",
    f"""The right axes are summed, and those that were added in front are still there, with size 1.
    They were never the input's own: let them go. {STRETCHED}""",
)
def added_axes_kept(dz, shape):
    added = dz.ndim - len(shape)
    ones = [added + k for k, size in enumerate(shape) if size == 1]
    return dz.sum(axis=(*range(added), *ones), keepdims=True)


@unbroadcast.wrong(
    "shapes-aligned-left",
    f"""It looks as if the shapes were compared from the left. numpy compares them from the right:
    new axes are added in front. {STRETCHED}""",
)
def aligned_left(dz, shape):
    ones = [k for k, size in enumerate(shape) if size == 1]
    while dz.ndim > len(shape):
        dz = dz.sum(axis=-1)
    return dz.sum(axis=tuple(ones), keepdims=True)


@unbroadcast.wrong(
    "first-axis-always",
    f"""It looks as if the first axis were summed, whatever shape says. Compare the two shapes, axis by axis.
    {STRETCHED}""",
)
def first_axis_always(dz, shape):
    return dz.sum(axis=0)


@unbroadcast.wrong(
    "last-axis-always",
    f"""It looks as if the last axis were summed, whatever shape says. Compare the two shapes, axis by axis.
    {STRETCHED}""",
)
def last_axis_always(dz, shape):
    return dz.sum(axis=-1)


@unbroadcast.wrong(
    "total-everywhere",
    f"""Every entry is the sum of all of dz. Each entry of the input gets the gradients of its own copies alone.
    {STRETCHED}""",
)
def total_everywhere(dz, shape):
    return np.full(shape, dz.sum())


@unbroadcast.wrong(
    "number-forgotten",
    f"""Arrays are right; for shape () dz comes back as it was. A single number, too, was copied to every place:
    () has no axis, so all axes of dz are added ones. {STRETCHED}""",
)
def number_forgotten(dz, shape):
    return right.unbroadcast(dz, shape) if shape else dz


@unbroadcast.wrong(
    "number-in-an-array",
    f"""Arrays are right; for shape () the number stands in an array of shape (1,). () has no axis at all.
    {STRETCHED}""",
)
def number_in_an_array(dz, shape):
    return right.unbroadcast(dz, shape) if shape else np.array([dz.sum()])


@unbroadcast.wrong(
    "cut-to-size",
    f"""It looks as if the first entries of dz were taken, and the others dropped. Each copy acts on the loss:
    none of them is dropped, they add. {STRETCHED}""",
)
def cut_to_size(dz, shape):
    return np.resize(dz, shape)


@unbroadcast.wrong(
    "kept-axes-summed",
    f"""It looks as if the axes that both shapes share were summed. Those are the ones to keep. {STRETCHED}""",
)
def kept_axes_summed(dz, shape):
    added = dz.ndim - len(shape)
    kept = tuple(added + k for k, size in enumerate(shape) if size > 1)
    return dz.sum(axis=kept)


@unbroadcast.wrong(
    "matched-by-size",
    f"""It looks as if axes were recognised by their sizes. Two axes can have one size, and then only the place counts:
    numpy compares shapes from the right. {STRETCHED}""",
    fails="axes of equal size",
)
def matched_by_size(dz, shape):
    gone = tuple(k for k, size in enumerate(dz.shape) if size not in shape)
    return dz.sum(axis=gone).reshape(shape)


@unbroadcast.wrong(
    "written-into-dz",
    f"""The sum was made inside dz, which belongs to the caller. sum gives a new array: use that. {STRETCHED}""",
    fails=("unchanged", "views"),
)
def written_into_dz(dz, shape):
    total = right.unbroadcast(dz, shape)
    dz[...] = total
    return total


@unbroadcast.unusual
def axis_by_axis(dz, shape):
    while np.ndim(dz) > len(shape):
        dz = np.add.reduce(dz, axis=0)
    for k in range(len(shape)):
        if dz.shape[k] != shape[k]:
            dz = np.expand_dims(dz.sum(axis=k), k)
    return dz


@unbroadcast.unusual
def padded_and_reshaped(dz, shape):
    padded = (1,) * (dz.ndim - len(shape)) + tuple(shape)
    axes = tuple(k for k in range(dz.ndim) if padded[k] < dz.shape[k])
    return np.sum(dz, axis=axes, keepdims=True).reshape(shape)


@unbroadcast.unusual
def entry_by_entry_added(dz, shape):
    places = np.broadcast_to(np.arange(int(np.prod(shape))).reshape(shape), dz.shape)
    total = np.zeros(int(np.prod(shape)))
    np.add.at(total, places.ravel(), dz.ravel())
    return total.reshape(shape).tolist()


@unbroadcast.unusual
def by_counting(dz, shape):
    places = np.broadcast_to(np.reshape(range(int(np.prod(shape))), shape), dz.shape)
    total = np.bincount(places.ravel(), weights=dz.ravel())
    return np.float32(total.reshape(shape)) if shape else float(total[0])


@unbroadcast.unusual
def with_einsum_letters(dz, shape):
    letters = "abcdefgh"[: dz.ndim]
    own = letters[dz.ndim - len(shape) :]
    kept = "".join(letter for letter, size in zip(own, shape) if size != 1)
    return np.reshape(np.einsum(f"{letters}->{kept}", dz), shape)


# ---- scores_backward

scores_backward = Exercise(
    "scores_backward",
    outputs=("dq", "dk"),
    care=("unchanged", "one row", "float32", "views"),
    rows=("ds", "q"),
    sizes={"N": ("q", 0), "M": ("k", 0), "D": ("q", 1)},
)


@scores_backward.draw
def two_lists_of_rows(rng):
    n, d, m = three_sizes(rng)
    return dict(ds=rng.normal(size=(n, m)), q=rng.normal(size=(n, d)), k=rng.normal(size=(m, d)))


@scores_backward.differentiates(upstream="ds")
def scores(q, k):
    return q @ k.T


@scores_backward.wrong(
    "ds-not-transposed",
    f"""In a product here, M meets N, as in ds @ q: (N, M) and (N, D). Write down the shapes of the two that meet.
    Which size must vanish, and so meet itself? {PAIRS}""",
)
def ds_not_transposed(ds, q, k):
    return ds @ k, ds @ q


@scores_backward.wrong(
    "ds-transposed-in-dq",
    f"""In a product here, N meets M, as in ds.T @ k: (M, N) and (M, D). Which array has rows n, to meet N?
    Which has columns m, to meet M? {PAIRS}""",
)
def ds_transposed_in_dq(ds, q, k):
    return ds.T @ k, ds.T @ q


@scores_backward.wrong(
    "k-transposed",
    f"""In a product here, M meets D, as in ds @ k.T: (N, M) and (D, M). dq has the shape of q, (N, D): which size must
    vanish, and so meet itself? {PAIRS}""",
)
def k_transposed(ds, q, k):
    return ds @ k.T, ds.T @ q


@scores_backward.wrong(
    "dk-transposed",
    f"""This is dk with rows and columns exchanged. It has the shape of k, (M, D). {PAIRS}""",
    spoils=("dk",),
)
def dk_transposed(ds, q, k):
    return ds @ k, q.T @ ds


@scores_backward.wrong(
    "dq-transposed",
    f"""This is dq with rows and columns exchanged. It has the shape of q, (N, D). {PAIRS}""",
    spoils=("dq",),
)
def dq_transposed(ds, q, k):
    return k.T @ ds.T, ds.T @ q


@scores_backward.wrong(
    "upstream-ignored",
    f"""ds plays no part in a result here. It says how much each score matters: multiply by it. {PAIRS}""",
)
def scores_upstream_ignored(ds, q, k):
    ones = np.ones_like(ds)
    return ones @ k, ones.T @ q


@scores_backward.wrong(
    "sums-multiplied",
    f"""It looks as if ds and q were summed over the rows first, and multiplied afterwards. Row 0 of q meets row 0 of ds
    alone: multiply first, then add. {PAIRS}""",
    spoils=("dk",),
)
def scores_of_sums(ds, q, k):
    return ds @ k, np.outer(ds.sum(axis=0), q.sum(axis=0))


@scores_backward.wrong(
    "sum-times-mean",
    f"""It looks as if dk were the sum of ds times the mean of q, which passes where ds is all ones.
    Multiply row by row, then add. {PAIRS}""",
    spoils=("dk",),
)
def scores_sum_times_mean(ds, q, k):
    return ds @ k, np.outer(ds.sum(axis=0), q.mean(axis=0))


@scores_backward.wrong(
    "averaged-dk",
    f"""It looks as if dk were divided by N. The rows' shares add; a 1/N belongs to the loss, and is already
    inside ds. {PAIRS}""",
    spoils=("dk",),
)
def averaged_dk(ds, q, k):
    return ds @ k, ds.T @ q / len(q)


@scores_backward.wrong(
    "averaged-both",
    f"""It looks as if a mean were taken over what is to be added up. The shares add; a mean belongs to the loss, and
    is already inside ds. {PAIRS}""",
)
def averaged_both(ds, q, k):
    return ds @ k / len(k), ds.T @ q / len(q)


@scores_backward.wrong(
    "scaled",
    """It looks as if something were divided by √D, as some networks do with their scores. These scores are q·k alone:
    nothing is divided.""",
)
def scaled(ds, q, k):
    return ds @ k / np.sqrt(q.shape[1]), ds.T @ q / np.sqrt(q.shape[1])


@scores_backward.wrong(
    "partners-kept",
    f"""It looks as if a gradient were made from its own array, such as dq from q. A product swaps the partners: dq is
    made from k, dk from q. {PAIRS}""",
)
def partners_kept(ds, q, k):
    return ds.sum(axis=1)[:, None] * q, ds.sum(axis=0)[:, None] * k


@scores_backward.wrong(
    "sign",
    """A sign is turned round here. The gradient points uphill; it is the step that turns round.""",
)
def scores_sign(ds, q, k):
    return -ds @ k, -ds.T @ q


@scores_backward.wrong(
    "order-of-results",
    """A right value stands in the other's place. Return dq first, then dk.""",
)
def scores_order(ds, q, k):
    return ds.T @ q, ds @ k


@scores_backward.wrong(
    "squeezed",
    """Is an axis of size 1 dropped, or the number of rows written in by hand? With one row in q, dq has one row as
    well: shape (1, D).""",
    fails="one row",
)
def scores_squeezed(ds, q, k):
    return np.squeeze(ds @ k), ds.T @ q


@scores_backward.wrong(
    "written-into-k",
    """An input belongs to the caller: the next cell would find other numbers in it. +=, /= and a[...] = write into
    the array itself, and a second name, such as dk = k, makes no copy.""",
    fails=("unchanged", "views"),
)
def written_into_k(ds, q, k):
    dq, dk = ds @ k, k
    dk[...] = ds.T @ q
    return dq, dk


@scores_backward.unusual
def pair_by_pair(ds, q, k):
    dq, dk = np.zeros(q.shape), np.zeros(k.shape)
    for n, q_n in enumerate(q):
        for m, k_m in enumerate(k):
            dq[n] += ds[n, m] * k_m
            dk[m] += ds[n, m] * q_n
    return dq, dk


@scores_backward.unusual
def as_a_linear_layer(ds, q, k):
    dq, dW, _ = right.linear_backward(ds, q, k.T)
    return dq, dW.T


@scores_backward.unusual
def letters_only(ds, q, k):
    return {"dk": np.einsum("nm,nd->md", ds, q), "dq": np.einsum("nm,md->nd", ds, k).tolist()}


@scores_backward.unusual
def over_a_third_axis(ds, q, k):
    ds, q, k = (np.asarray(a, dtype=np.float32) for a in (ds, q, k))
    return [(ds[:, :, None] * k).sum(axis=1), (ds[:, :, None] * q[:, None]).sum(axis=0)]


# ---- questions

questions = [
    Question(
        "u06-last-row",
        answer=1.1,
        why="0.5 + 0.2 + 0.6 − 0.2 = 1.1: the last row of x with the second column of W, and then the bias −0.2.",
        hints={
            1.3: "That is the product. The bias of this neuron, −0.2, is still missing.",
            1.5: "The bias of this neuron is negative: −0.2.",
            0.4: "That is the first neuron's z. The second uses the second column of W.",
            0.1: "Look at the sign of the first product: −1 · −0.5 = +0.5.",
            1.4: "That bias belongs to the first neuron. The second has −0.2.",
            0.5: "That is the first product alone: two more, and the bias.",
            -0.1: "Is the last product −0.6? x is 1 and the weight is 0.6.",
        },
        otherwise="The last row of x is (−1, 2, 1); the second column of W is (−0.5, 0.1, 0.6). "
        "Multiply in pairs, add up, then add −0.2.",
    ),
    Question(
        "u06-count",
        answer=48000,
        why="z has 40 · 20 = 800 entries, and each needs 60 products: N·D·M in all.",
        hints={
            800: "That is the number of entries of z. Each of them needs several products.",
            2400: "That is the number of entries of x. Each of them is used by every neuron.",
            1200: "That is the number of entries of W. Each of them is used in every row.",
            3600: "That counts the entries of x and of W. How many products go into one entry of z?",
            120: "The three sizes are multiplied, not added: how many products go into one entry of z?",
            47200: "Each entry of z needs 60 products, and 59 additions between them.",
            48800: "With the additions of the bias, perhaps. Asked for are the multiplications alone.",
            96000: "That counts additions too. Asked for are the multiplications alone.",
        },
        tolerance=0,
        otherwise="How many entries has z? How many products go into each of them?",
    ),
    Question(
        "u06-entry",
        answer=1,
        why="0 + 0 − 1 + 2 = 1. The largest input, 3, adds nothing: its dz is 0.",
        hints={
            2: "That is the last product alone. The four add up.",
            -1: "That is the sum of the first three rows. The last is 2 · 1.",
            0.25: "That is the mean of the four products. They add up: a nudge of this weight moves all four rows.",
            3: "Signs: the third product is 1 · (−1) = −1.",
            6: "That is the sum of the inputs. Each is multiplied by the dz of its row first.",
            0.5: "That is the sum of dz: it belongs to the bias. Each is multiplied by the input of its row first.",
            3.5: "That is the entry beside it, for the second neuron: take dz's first column.",
        },
        otherwise="Multiply row by row: the input of the row by its dz. Then add the four products.",
    ),
    Question(
        "u06-errors",
        answer="c",
        why="Near 1e-11: central differences miss by h² at most, and then by rounding.",
        hints={
            "a": "So large an error means a mistake. In unit 2, central differences with h = 1e-5 missed by 1e-11.",
            "b": "That is one side, or float32. In unit 2, central differences with h = 1e-5 missed by 1e-11.",
        },
        otherwise="There are three choices: a, b and c. How small were they in unit 2?",
    ),
    Question(
        "u06-pass",
        answer=2,
        tolerance=0,
        why="The one that ignores dz, and the sum of x times the mean of dz. The others differ even for ones: "
        "5 rows and 3 neurons can't be confused.",
        hints={
            0: "One of the eight puts ones in the place of dz. What does a dz of ones tell about it?",
            1: "The one with ones for dz passes. Another has the mean of dz, which is 1 here: which?",
            3: "One too many: with 5 rows, a sum over 5 is told from a sum over 3, and from a mean.",
            4: "So many pass if all sizes are 4. Here they are 5, 7 and 3: a wrong axis shows in the shape.",
            5: "Too many. There are 5 rows: a sum over 5 is told from a mean, and from a single row.",
            8: "The shapes are checked too, and a sum over 5 ones is not their mean.",
        },
        otherwise="Go through the eight one by one, and put 1 for every dz. "
        "Which of them give what the right one gives?",
    ),
    Question(
        "u06-copies",
        answer=12,
        tolerance=0,
        why="c is stretched from (5, 1) to (4, 5, 3): each entry is used 4 · 3 times, and 12 gradients come back.",
        hints={
            3: "That is the axis of size 1 alone. In front a whole axis of 4 was added as well.",
            4: "That is the added axis alone. The axis of size 1 was stretched to 3 as well.",
            7: "The copies multiply: 4 times, and each of those 3 times.",
            60: "60 is the number of entries of dz. They are shared by the 5 entries of c.",
            5: "5 is the number of entries of c. How many of the 60 entries of dz belong to each?",
            15: "Compare the shapes from the right: 1 meets 3, 5 meets 5, and nothing meets 4.",
            20: "Compare the shapes from the right: 1 meets 3, 5 meets 5, and nothing meets 4.",
        },
        otherwise="Write (4, 5, 3) and below it (5, 1), aligned to the right. "
        "Which axes has c not got, or only with 1?",
    ),
    Question(
        "u06-bug",
        answer="b",
        why="Row m of k meets column m of ds. ds @ q takes row m: the same only where ds equals its transpose, "
        "as an array of ones with N = M does.",
        hints={
            "a": "ds is (N, M) and k is (M, D): the product has the shape of q, and each row of q meets each row of k.",
            "c": "A matrix product adds already: over the M rows of k for dq.",
        },
        otherwise="There are three choices: a, b and c. Try it with N = 2 and M = 3: which line stops?",
    ),
]
