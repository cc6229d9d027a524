"""Unit 09: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Question, RightAnswers, Step

right = RightAnswers(__file__)


def sizes(rng):
    """N, D, H and C: no two equal, no two with a common factor."""
    return (int(size) for size in rng.permutation([3, 4, 5, 7]))


def parameters(rng, d, h, c):
    """Parameters with biases that are not zero, so that leaving one out shows; the second layer stands first, so that
    taking them by their places shows too."""
    first = {"W1": rng.normal(size=(d, h)) / np.sqrt(d), "b1": rng.normal(size=h) / 2}
    return {"W2": rng.normal(size=(h, c)) / np.sqrt(h), "b2": rng.normal(size=c) / 2, **first}


def batch(rng, n, d, h, c):
    """What a backward pass is given: parameters, the cache of the right forward pass, and dz2."""
    params = parameters(rng, d, h, c)
    x = rng.normal(size=(n, d))
    a1 = np.tanh(x @ params["W1"] + params["b1"])
    return dict(params=params, cache={"x": x, "a1": a1}, dz2=rng.normal(size=(n, c)))


# ---- init_two_layer

init_two_layer = Exercise(
    "init_two_layer",
    outputs=("W1", "b1", "W2", "b2"),
    form="dict",
    properties=(
        "two-layer-weights",
        "two-layer-biases",
        "zero-biases",
        "no-two-equal",
        "zero-mean",
        "spread-by-fan-in",
        "normally-drawn",
        "separately-drawn",
        "same-for-a-seed",
        "other-for-another-seed",
    ),
)


@init_two_layer.draw(times=2)
def small_network(rng):
    d, h, c, seed = (int(number) for number in rng.permutation([2, 3, 5, 7]))
    return dict(D=d, H=h, C=c, seed=seed)


@init_two_layer.draw(times=2)
def wide_network(rng):
    return dict(D=150, H=8, C=140, seed=1)


@init_two_layer.draw(times=1)
def wide_network_with_another_seed(rng):
    return dict(D=150, H=8, C=140, seed=2)


@init_two_layer.wrong(
    "rows-for-columns",
    """Rows of a weight matrix belong to its inputs, columns to its outputs: W1 turns D numbers into H, W2 turns H
    into C. See 9.1.""",
    fails="two-layer-weights",
)
def rows_for_columns(D, H, C, seed):
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.normal(size=(H, D)) / np.sqrt(D),
        "b1": np.zeros(H),
        "W2": rng.normal(size=(C, H)) / np.sqrt(H),
        "b2": np.zeros(C),
    }


@init_two_layer.wrong(
    "biases-as-rows",
    """A bias has one number for each unit of its layer, in an array with one axis: (H,) and (C,). See the table of
    symbols.""",
    fails="two-layer-biases",
)
def biases_as_rows(D, H, C, seed):
    params = right.init_two_layer(D, H, C, seed)
    return {**params, "b1": np.zeros((1, H)), "b2": np.zeros((1, C))}


@init_two_layer.wrong(
    "random-biases",
    """Only the weights have to differ from unit to unit. Biases start at zero. See 9.1.""",
    fails="zero-biases",
)
def random_biases(D, H, C, seed):
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.normal(size=(D, H)) / np.sqrt(D),
        "b1": rng.normal(size=H),
        "W2": rng.normal(size=(H, C)) / np.sqrt(H),
        "b2": rng.normal(size=C),
    }


@init_two_layer.wrong(
    "another-spread",
    """The fan-in of a layer is the number of its inputs: D for W1, H for W2. Each layer has its own. Divide standard
    normal numbers by the root of it; `normal` takes the mean first, then the standard deviation. See 9.1.""",
    fails="spread-by-fan-in",
)
def not_scaled(D, H, C, seed):
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.normal(size=(D, H)),
        "b1": np.zeros(H),
        "W2": rng.normal(size=(H, C)),
        "b2": np.zeros(C),
    }


@init_two_layer.wrong(
    "uniform-for-normal",
    """The spread is right, and the numbers stop short: they do not look like draws from a normal distribution.
    See 9.1.""",
    fails="normally-drawn",
)
def uniform(D, H, C, seed):
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.uniform(-1, 1, size=(D, H)) * np.sqrt(3 / D),
        "b1": np.zeros(H),
        "W2": rng.uniform(-1, 1, size=(H, C)) * np.sqrt(3 / H),
        "b2": np.zeros(C),
    }


@init_two_layer.wrong(
    "one-sided",
    """Weights lie on both sides of 0. `normal(size=…)` gives such numbers; `random` and an absolute value do not. The
    first argument of `normal` is the mean, the second the standard deviation. See 9.1.""",
    fails="zero-mean",
)
def one_sided(D, H, C, seed):
    rng = np.random.default_rng(seed)
    W1, W2 = rng.random((D, H)) / np.sqrt(D), rng.random((H, C)) / np.sqrt(H)
    return {"W1": W1, "b1": np.zeros(H), "W2": W2, "b2": np.zeros(C)}


@init_two_layer.wrong(
    "equal-units",
    """Units that start with the same weights get the same gradients, and stay equal for ever. Draw one number for each
    weight: size=(D, H). See 9.1.""",
    fails="no-two-equal",
)
def equal_units(D, H, C, seed):
    rng = np.random.default_rng(seed)
    W1 = np.repeat(rng.normal(size=(D, 1)), H, axis=1) / np.sqrt(D)
    return {"W1": W1, "b1": np.zeros(H), "W2": rng.normal(size=(H, C)) / np.sqrt(H), "b2": np.zeros(C)}


@init_two_layer.wrong(
    "generator-made-twice",
    """It looks as if a generator is made from the seed for each matrix: it starts with the same numbers each time.
    Make one, and draw both matrices from it.""",
    fails="separately-drawn",
)
def generator_made_twice(D, H, C, seed):
    W1 = np.random.default_rng(seed).normal(size=(D, H)) / np.sqrt(D)
    W2 = np.random.default_rng(seed).normal(size=(H, C)) / np.sqrt(H)
    return {"W1": W1, "b1": np.zeros(H), "W2": W2, "b2": np.zeros(C)}


@init_two_layer.wrong(
    "seed-left-out",
    """A generator that is made without the seed starts somewhere else each time. Hand it the seed.""",
    fails="same-for-a-seed",
)
def seed_left_out(D, H, C, seed):
    rng = np.random.default_rng()
    return {
        "W1": rng.normal(size=(D, H)) / np.sqrt(D),
        "b1": np.zeros(H),
        "W2": rng.normal(size=(H, C)) / np.sqrt(H),
        "b2": np.zeros(C),
    }


@init_two_layer.wrong(
    "seed-written-in",
    """It looks as if a seed of its own is written into the function. Use the one that it is given.""",
    fails="other-for-another-seed",
)
def seed_written_in(D, H, C, seed):
    rng = np.random.default_rng(0)
    return {
        "W1": rng.normal(size=(D, H)) / np.sqrt(D),
        "b1": np.zeros(H),
        "W2": rng.normal(size=(H, C)) / np.sqrt(H),
        "b2": np.zeros(C),
    }


@init_two_layer.unusual
def with_the_old_generator(D, H, C, seed):
    np.random.seed(seed)
    params = {}
    for k, (rows, columns) in enumerate([(D, H), (H, C)], 1):
        params[f"W{k}"] = np.random.randn(rows, columns) * rows**-0.5
        params[f"b{k}"] = np.zeros(columns)
    return params


@init_two_layer.unusual
def by_box_and_muller(D, H, C, seed):
    rng = np.random.RandomState(seed)

    def normal(rows, columns):
        u, v = rng.rand(rows, columns), rng.rand(rows, columns)
        return np.sqrt(-2 * np.log(1 - u) / rows) * np.cos(2 * np.pi * v)

    return {"b2": [0.0] * C, "W2": normal(H, C).tolist(), "b1": np.zeros(H, dtype=int), "W1": normal(D, H), "D": D}


@init_two_layer.unusual
def from_one_long_row(D, H, C, seed):
    numbers = np.random.default_rng([seed, 9]).standard_normal(D * H + H * C)
    W1 = numbers[: D * H].reshape(D, H)
    W2 = numbers[D * H :].reshape(C, H).T
    return dict(W1=W1 / np.sqrt(D), b1=np.zeros(H), W2=W2 / np.sqrt(H), b2=np.zeros(C, dtype=np.float32))


# ---- two_layer_forward

two_layer_forward = Exercise(
    "two_layer_forward",
    outputs=("z2", "cache"),
    care=("unchanged", "float32", "views"),
    stages=(
        (("cache",), "The cache is a dict with x and a1, under these names: what went in, and what left the tanh."),
        (("z2",), "z2 is made from a1 and the second layer's W2 and b2. See 9.2."),
    ),
)


@two_layer_forward.draw
def examples(rng):
    n, d, h, c = sizes(rng)
    return dict(params=parameters(rng, d, h, c), x=rng.normal(size=(n, d)))


@two_layer_forward.draw(times=1, care="one row")
def one_example(rng):
    d, h, c = (int(size) for size in rng.permutation([3, 4, 5]))
    return dict(params=parameters(rng, d, h, c), x=rng.normal(size=(1, d)))


@two_layer_forward.wrong(
    "tanh-left-out",
    """It looks as if a1 were z1 itself: the tanh is missing. Without it two layers are one: a line again. See 9.2.""",
)
def tanh_left_out(params, x):
    a1 = x @ params["W1"] + params["b1"]
    return a1 @ params["W2"] + params["b2"], {"x": x, "a1": a1}


@two_layer_forward.wrong(
    "tanh-at-the-end-too",
    """It looks as if a tanh were taken of z2 as well: logits come out of the last layer as they are.
    See 9.2.""",
    spoils=("z2",),
)
def tanh_at_the_end(params, x):
    a1 = np.tanh(x @ params["W1"] + params["b1"])
    return np.tanh(a1 @ params["W2"] + params["b2"]), {"x": x, "a1": a1}


@two_layer_forward.wrong(
    "softmax-at-the-end",
    """These are the probabilities. Asked for are the logits z2: the softmax belongs to the loss (unit 8).""",
    spoils=("z2",),
)
def softmax_at_the_end(params, x):
    a1 = np.tanh(x @ params["W1"] + params["b1"])
    e = np.exp(a1 @ params["W2"] + params["b2"])
    return e / e.sum(axis=1, keepdims=True), {"x": x, "a1": a1}


@two_layer_forward.wrong(
    "relu-for-tanh",
    """It looks as if negative entries of z1 became 0. That is the ReLU; this network has a tanh. See 9.2.""",
)
def relu_for_tanh(params, x):
    a1 = np.maximum(x @ params["W1"] + params["b1"], 0)
    return a1 @ params["W2"] + params["b2"], {"x": x, "a1": a1}


@two_layer_forward.wrong(
    "sigmoid-for-tanh",
    """It looks as if a1 lay between 0 and 1: that is the sigmoid. A tanh lies between −1 and 1. See 9.2.""",
)
def sigmoid_for_tanh(params, x):
    a1 = 1 / (1 + np.exp(-x @ params["W1"] - params["b1"]))
    return a1 @ params["W2"] + params["b2"], {"x": x, "a1": a1}


@two_layer_forward.wrong(
    "b1-left-out",
    """It looks as if b1 were left out. Each unit's line then goes through the origin. See 9.2.""",
)
def b1_left_out(params, x):
    a1 = np.tanh(x @ params["W1"])
    return a1 @ params["W2"] + params["b2"], {"x": x, "a1": a1}


@two_layer_forward.wrong(
    "b2-left-out",
    """z2 lacks b2. The second layer has a bias too. See 9.2.""",
    spoils=("z2",),
)
def b2_left_out(params, x):
    a1 = np.tanh(x @ params["W1"] + params["b1"])
    return a1 @ params["W2"], {"x": x, "a1": a1}


@two_layer_forward.wrong(
    "bias-after-tanh",
    """It looks as if b1 were added after the tanh. It belongs to z1, before it. See 9.2.""",
)
def bias_after_tanh(params, x):
    a1 = np.tanh(x @ params["W1"]) + params["b1"]
    return a1 @ params["W2"] + params["b2"], {"x": x, "a1": a1}


@two_layer_forward.wrong(
    "tanh-twice",
    """It looks as if the tanh were taken twice. Once is enough: a1 is its result. See 9.2.""",
)
def tanh_twice(params, x):
    a1 = np.tanh(np.tanh(x @ params["W1"] + params["b1"]))
    return a1 @ params["W2"] + params["b2"], {"x": x, "a1": a1}


@two_layer_forward.wrong(
    "cache-holds-z1",
    """z2 is right. The cache holds z1 under the name a1: keep what comes out of the tanh, since its slope is
    written with it. See 9.2.""",
    spoils=("cache",),
)
def cache_holds_z1(params, x):
    z1 = x @ params["W1"] + params["b1"]
    return np.tanh(z1) @ params["W2"] + params["b2"], {"x": x, "a1": z1}


@two_layer_forward.wrong(
    "cache-holds-slope",
    """z2 is right. The cache holds the slope, 1 − a1², under the name a1: dW2 will need a1 itself. See 9.2.""",
    spoils=("cache",),
)
def cache_holds_slope(params, x):
    a1 = np.tanh(x @ params["W1"] + params["b1"])
    return a1 @ params["W2"] + params["b2"], {"x": x, "a1": 1 - a1**2}


@two_layer_forward.wrong(
    "cache-swapped",
    """z2 is right. In the cache x and a1 have changed places. See 9.2.""",
    spoils=("cache",),
)
def cache_swapped(params, x):
    a1 = np.tanh(x @ params["W1"] + params["b1"])
    return a1 @ params["W2"] + params["b2"], {"x": a1, "a1": x}


@two_layer_forward.wrong(
    "weights-transposed",
    """x (N, D) goes with W1 (D, H), and a1 (N, H) with W2 (H, C), both as they are. In the line above two others meet:
    is one transposed, does x go into the second layer, or is one taken from params by its place, not by its name?
    See 9.2.""",
)
def weights_transposed(params, x):
    a1 = np.tanh(x @ params["W1"].T + params["b1"])
    return a1 @ params["W2"].T + params["b2"], {"x": x, "a1": a1}


@two_layer_forward.wrong(
    "cache-is-params",
    """It writes x and a1 into params. The parameters belong to the caller: make a dict of your own for the cache.""",
    fails="unchanged",
)
def cache_is_params(params, x):
    z2, cache = right.two_layer_forward(params, x)
    params.update(cache)
    return z2, params


@two_layer_forward.unusual
def row_by_row(params, x):
    a1 = [np.tanh(params["W1"].T @ row + params["b1"]) for row in x]
    z2 = np.stack([params["W2"].T @ a + params["b2"] for a in a1])
    return z2, dict(a1=a1, x=x, z2=z2, params=params)


@two_layer_forward.unusual
def with_exponentials(params, x):
    e = np.exp(2 * (np.einsum("nd,dh->nh", x, params["W1"]) + params["b1"][None]))
    a1 = (e - 1) / (e + 1)
    return np.dot(a1, params["W2"]) + params["b2"], {"z1": np.log(e) / 2, "a1": a1, "x": x.copy()}


@two_layer_forward.unusual
def with_columns_of_ones(params, x):
    ones = np.ones((len(x), 1))
    a1 = np.tanh(np.hstack([x, ones]) @ np.vstack([params["W1"], params["b1"]]))
    return [(np.hstack([a1, ones]) @ np.vstack([params["W2"], params["b2"]])).tolist(), {"x": x.tolist(), "a1": a1}]


# ---- two_layer_backward

two_layer_backward = Exercise(
    "two_layer_backward",
    outputs=("W2", "b2", "W1", "b1"),
    form="dict",
    care=("unchanged", "float32", "views"),
    sizes={"N": ("dz2", 0), "C": ("dz2", 1)},
    steps=(
        Step("dW2", "W2", "dW2 is made of a1 and dz2, summed over the rows. See 9.3, the first lines of the table."),
        Step("db2", "b2", "db2 is dz2, summed over the rows. See 9.3."),
        Step(
            "da1",
            advice="""da1 is made of dz2 and W2: a1 reaches the loss through every logit. Print it for the corner of
            9.3: it must be 0.5603, −0.1401.""",
        ),
        Step("dz1", advice="dz1 is da1 times the slope of the tanh, entry by entry. See 9.3."),
        Step("dW1", "W1", "dW1 is made of x and dz1, as dW2 is of a1 and dz2. See 9.3."),
        Step("db1", "b1", "db1 is dz1, summed over the rows. See 9.3."),
    ),
)


@two_layer_backward.draw
def network(rng):
    return batch(rng, *sizes(rng))


@two_layer_backward.draw(times=1, care="one row")
def network_with_one_row(rng):
    return batch(rng, 1, *(int(size) for size in rng.permutation([3, 4, 5])))


@two_layer_backward.square
def all_sizes_equal(rng):
    return batch(rng, 4, 4, 4, 4)


@two_layer_backward.probe(
    "da1",
    "We tried another dz2 and another W2 that make the same da1. The gradients of the first layer changed, so da1 is "
    "made of something else.",
)
def same_da1_from_other_factors(rng, params, cache, dz2):
    c = dz2.shape[1]
    R = np.linalg.qr(rng.normal(size=(c, c)))[0] * rng.uniform(0.5, 2, size=c)
    other = {**params, "W2": params["W2"] @ np.linalg.inv(R).T}
    return [dict(params=params, cache=cache, dz2=dz2), dict(params=other, cache=cache, dz2=dz2 @ R)]


@two_layer_backward.probe(
    "da1",
    "We changed dz2 in all rows but the first. What the first row adds to dW1 changed too, so rows are mixed.",
    outputs=("W1",),
    up_to="dz1",
)
def other_rows(rng, params, cache, dz2):
    x = np.zeros_like(cache["x"])
    x[0] = cache["x"][0]
    cache = {"x": x, "a1": np.tanh(x @ params["W1"] + params["b1"])}
    other = np.concatenate([dz2[:1], rng.normal(size=dz2[1:].shape)])
    return [dict(params=params, cache=cache, dz2=dz2), dict(params=params, cache=cache, dz2=other)]


@two_layer_backward.probe(
    "da1",
    "We changed the first unit's weights in W2. What the other units pass back changed too, so units are mixed.",
    leave_out=1,
    up_to="dz1",
)
def another_first_unit(rng, params, cache, dz2):
    W2 = params["W2"].copy()
    W2[0] = rng.normal(size=W2.shape[1])
    return [dict(params=params, cache=cache, dz2=dz2), dict(params={**params, "W2": W2}, cache=cache, dz2=dz2)]


@two_layer_backward.probe("dz1", outputs=("W1",), factors=True)
def other_slopes(rng, params, cache, dz2):
    """Each row of dW1 is a row of dz1: rows of x that are 1 in one place, and slopes that differ."""
    n = min(len(dz2), cache["x"].shape[1])
    x, drawn = np.eye(n, cache["x"].shape[1]), []
    for _ in range(2):
        W1, b1 = rng.normal(size=params["W1"].shape), rng.normal(size=len(params["b1"]))
        cache = {"x": x, "a1": np.tanh(x @ W1 + b1)}
        drawn.append(dict(params={**params, "W1": W1, "b1": b1}, cache=cache, dz2=dz2[:n]))
    return drawn


@two_layer_backward.differentiates(
    upstream="dz2", at=lambda params, cache: {**params, "x": cache["x"]}, wrt={k: k for k in ("W2", "b2", "W1", "b1")}
)
def logits(W1, b1, W2, b2, x):
    return np.tanh(x @ W1 + b1) @ W2 + b2


def chained(dz2, da1, dz1, params, cache):
    """The gradients that follow from these intermediates, whether they are right or wrong."""
    x, a1 = cache["x"], cache["a1"]
    return {"W2": a1.T @ dz2, "b2": dz2.sum(axis=0), "W1": x.T @ dz1, "b1": dz1.sum(axis=0)}


@two_layer_backward.wrong(
    "averaged-rows",
    """It looks as if the rows were averaged. The 1/N belongs to the loss, and dz2 has it inside: the shares of the
    rows are added. See 9.3, and 6.2 of unit 6.""",
    first="dW2",
)
def averaged_rows(params, cache, dz2):
    return {name: gradient / len(dz2) for name, gradient in right.two_layer_backward(params, cache, dz2).items()}


@two_layer_backward.wrong(
    "slope-for-a1",
    """It looks as if the slope, 1 − a1², stood in the place of a1. W2 multiplies a1 itself. See 9.3.""",
    spoils=("W2",),
    first="dW2",
)
def slope_for_a1(params, cache, dz2):
    return {**right.two_layer_backward(params, cache, dz2), "W2": (1 - cache["a1"] ** 2).T @ dz2}


@two_layer_backward.wrong(
    "z1-for-a1",
    """It looks as if z1 stood in the place of a1. W2 multiplies what comes out of the tanh. See 9.3.""",
    spoils=("W2",),
    first="dW2",
)
def z1_for_a1(params, cache, dz2):
    return {**right.two_layer_backward(params, cache, dz2), "W2": np.arctanh(cache["a1"]).T @ dz2}


@two_layer_backward.wrong(
    "transposed-products",
    """dW2 is transposed. A gradient has the shape of its parameter: which factor comes first? See 9.3.""",
    spoils=("W2", "W1"),
    first="dW2",
)
def transposed_products(params, cache, dz2):
    grads = right.two_layer_backward(params, cache, dz2)
    return {**grads, "W2": grads["W2"].T, "W1": grads["W1"].T}


@two_layer_backward.wrong(
    "one-product-transposed",
    """dW2 is transposed, dW1 is not. A gradient has the shape of its parameter: which factor comes first? See 9.3.""",
    spoils=("W2",),
    first="dW2",
)
def one_product_transposed(params, cache, dz2):
    grads = right.two_layer_backward(params, cache, dz2)
    return {**grads, "W2": grads["W2"].T}


@two_layer_backward.wrong(
    "biases-as-rows",
    """A gradient has the shape of its parameter, so that the step can take it away: b2 has one axis, (C,), and so has
    its gradient. Leave keepdims out. See 9.3.""",
    spoils=("b2", "b1"),
    first="db2",
)
def biases_as_rows_of_gradients(params, cache, dz2):
    grads = right.two_layer_backward(params, cache, dz2)
    return {**grads, "b2": grads["b2"][None], "b1": grads["b1"][None]}


@two_layer_backward.wrong(
    "averaged-biases",
    """It looks as if the biases' gradients were averaged over the rows. Every row uses b, so their shares are added.
    See 9.3.""",
    spoils=("b2", "b1"),
    first="db2",
)
def averaged_biases(params, cache, dz2):
    grads = right.two_layer_backward(params, cache, dz2)
    return {**grads, "b2": grads["b2"] / len(dz2), "b1": grads["b1"] / len(dz2)}


@two_layer_backward.wrong(
    "biases-not-summed",
    """db2 has one row for each example. Every row uses the same b, so the rows are added. See 9.3.""",
    spoils=("b2", "b1"),
    first="db2",
)
def biases_not_summed(params, cache, dz2):
    dz1 = dz2 @ params["W2"].T * (1 - cache["a1"] ** 2)
    return {**right.two_layer_backward(params, cache, dz2), "b2": dz2, "b1": dz1}


@two_layer_backward.wrong(
    "biases-along-the-other-axis",
    """db2 is summed along the other axis: one number for each example. b2 has one for each class. See 9.3.""",
    spoils=("b2", "b1"),
    first="db2",
)
def other_axis(params, cache, dz2):
    dz1 = dz2 @ params["W2"].T * (1 - cache["a1"] ** 2)
    return {**right.two_layer_backward(params, cache, dz2), "b2": dz2.sum(axis=1), "b1": dz1.sum(axis=1)}


@two_layer_backward.wrong(
    "w2-not-transposed",
    """dz2 has C columns and W2 has H rows, so as they are they do not fit. da1 has H columns. Which of the two must be
    turned? See 9.3.""",
    first="da1",
)
def w2_not_transposed(params, cache, dz2):
    da1 = dz2 @ params["W2"]
    return chained(dz2, da1, da1 * (1 - cache["a1"] ** 2), params, cache)


@two_layer_backward.wrong(
    "dz2-lost-at-da1",
    """dW2 and db2 use dz2, and da1 does not: it looks as if da1 were a sum of weights. What arrives must be passed on
    with them. See 9.3.""",
    spoils=("W1", "b1"),
    first="da1",
)
def dz2_lost(params, cache, dz2):
    da1 = np.ones_like(dz2) @ params["W2"].T
    return chained(dz2, da1, da1 * (1 - cache["a1"] ** 2), params, cache)


@two_layer_backward.wrong(
    "w2-lost-at-da1",
    """It looks as if da1 were the sum of dz2 over the classes. a1 reaches each logit through its own weight: W2
    belongs in da1. See 9.3.""",
    spoils=("W1", "b1"),
    first="da1",
)
def w2_lost(params, cache, dz2):
    da1 = np.repeat(dz2.sum(axis=1, keepdims=True), len(params["W2"]), axis=1)
    return chained(dz2, da1, da1 * (1 - cache["a1"] ** 2), params, cache)


@two_layer_backward.wrong(
    "w2-moved-first",
    """It looks as if W2 had moved before da1 was made. All gradients are made with the same parameters: first all of
    them, then the step. See 9.3.""",
    spoils=("W1", "b1"),
    first="da1",
)
def w2_moved_first(params, cache, dz2):
    W2 = params["W2"] - cache["a1"].T @ dz2
    da1 = dz2 @ W2.T
    return chained(dz2, da1, da1 * (1 - cache["a1"] ** 2), params, cache)


@two_layer_backward.wrong(
    "a1-in-da1",
    """Beside the slope there is one more factor, a1. da1 is made of dz2 and W2 alone. See 9.3.""",
    spoils=("W1", "b1"),
    first="da1",
)
def a1_in_da1(params, cache, dz2):
    da1 = dz2 @ params["W2"].T * cache["a1"]
    return chained(dz2, da1, da1 * (1 - cache["a1"] ** 2), params, cache)


@two_layer_backward.wrong(
    "b1-in-da1",
    """It looks as if b1 were added to da1. A bias is added on the way forwards; da1 is made of dz2 and W2 alone.
    See 9.3.""",
    spoils=("W1", "b1"),
    first="da1",
)
def b1_in_da1(params, cache, dz2):
    da1 = dz2 @ params["W2"].T + params["b1"]
    return chained(dz2, da1, da1 * (1 - cache["a1"] ** 2), params, cache)


@two_layer_backward.wrong(
    "averaged-over-classes",
    """It looks as if da1 were a mean over the logits: dz2 @ W2.T adds them, each with its weight. See 9.3.""",
    spoils=("W1", "b1"),
    first="da1",
)
def averaged_over_classes(params, cache, dz2):
    da1 = dz2 @ params["W2"].T / dz2.shape[1]
    return chained(dz2, da1, da1 * (1 - cache["a1"] ** 2), params, cache)


@two_layer_backward.wrong(
    "tanh-skipped",
    """It looks as if da1 were used for dz1. Between a1 and z1 lies the tanh: one more factor, its slope. See 9.3.""",
    spoils=("W1", "b1"),
    first="dz1",
)
def tanh_skipped(params, cache, dz2):
    da1 = dz2 @ params["W2"].T
    return chained(dz2, da1, da1, params, cache)


@two_layer_backward.wrong(
    "slope-without-square",
    """It looks as if 1 − a1 stood for the slope of the tanh. The slope is 1 − a1². See 9.3.""",
    spoils=("W1", "b1"),
    first="dz1",
)
def slope_without_square(params, cache, dz2):
    da1 = dz2 @ params["W2"].T
    return chained(dz2, da1, da1 * (1 - cache["a1"]), params, cache)


@two_layer_backward.wrong(
    "arguments-swapped",
    """It looks as if da1 and a1 had changed places at the tanh: a1(1 − da1²). What arrives comes first:
    tanh_backward(da, a). See 9.3.""",
    spoils=("W1", "b1"),
    first="dz1",
)
def arguments_swapped(params, cache, dz2):
    da1 = dz2 @ params["W2"].T
    return chained(dz2, da1, cache["a1"] * (1 - da1**2), params, cache)


@two_layer_backward.wrong(
    "slope-at-da1",
    """It looks as if the slope were 1 − da1². It is written with the tanh's result: 1 − a1². See 9.3.""",
    spoils=("W1", "b1"),
    first="dz1",
)
def slope_at_da1(params, cache, dz2):
    da1 = dz2 @ params["W2"].T
    return chained(dz2, da1, da1 * (1 - da1**2), params, cache)


@two_layer_backward.wrong(
    "slope-twice",
    """It looks as if da1 passed the tanh twice: its slope is a factor two times. Once is enough. See 9.3.""",
    spoils=("W1", "b1"),
    first="dz1",
)
def slope_twice(params, cache, dz2):
    da1 = dz2 @ params["W2"].T
    return chained(dz2, da1, da1 * (1 - cache["a1"] ** 2) ** 2, params, cache)


@two_layer_backward.wrong(
    "slope-with-plus",
    """It looks as if 1 + a1² stood for the slope of the tanh. The slope is 1 − a1². See 9.3.""",
    spoils=("W1", "b1"),
    first="dz1",
)
def slope_with_plus(params, cache, dz2):
    da1 = dz2 @ params["W2"].T
    return chained(dz2, da1, da1 * (1 + cache["a1"] ** 2), params, cache)


@two_layer_backward.wrong(
    "divided-by-slope",
    """It looks as if da1 were divided by the slope of the tanh. Along a path slopes multiply. See 9.3.""",
    spoils=("W1", "b1"),
    first="dz1",
)
def divided_by_slope(params, cache, dz2):
    da1 = dz2 @ params["W2"].T
    return chained(dz2, da1, da1 / (1 - cache["a1"] ** 2), params, cache)


@two_layer_backward.wrong(
    "slope-at-z1",
    """It looks as if the slope were 1 − z1². It is written with the tanh's result: 1 − a1². See 9.3.""",
    spoils=("W1", "b1"),
    first="dz1",
)
def slope_at_z1(params, cache, dz2):
    da1, z1 = dz2 @ params["W2"].T, np.arctanh(cache["a1"])
    return chained(dz2, da1, da1 * (1 - z1**2), params, cache)


@two_layer_backward.wrong(
    "tanh-taken-again",
    """It looks as if the tanh of a1 were taken before its slope. a1 is the tanh's result already. See 9.3.""",
    spoils=("W1", "b1"),
    first="dz1",
)
def tanh_taken_again(params, cache, dz2):
    da1 = dz2 @ params["W2"].T
    return chained(dz2, da1, da1 * (1 - np.tanh(cache["a1"]) ** 2), params, cache)


@two_layer_backward.wrong(
    "slope-of-sigmoid",
    """It looks as if a1(1 − a1) stood for the slope. That is the sigmoid's; the tanh's is 1 − a1². See 9.3.""",
    spoils=("W1", "b1"),
    first="dz1",
)
def slope_of_sigmoid(params, cache, dz2):
    da1, a1 = dz2 @ params["W2"].T, cache["a1"]
    return chained(dz2, da1, da1 * a1 * (1 - a1), params, cache)


@two_layer_backward.wrong(
    "slope-of-relu",
    """It looks as if da1 were kept where a1 > 0 and dropped elsewhere. That is the ReLU; the tanh's slope is 1 − a1².
    See 9.3.""",
    spoils=("W1", "b1"),
    first="dz1",
)
def slope_of_relu(params, cache, dz2):
    da1 = dz2 @ params["W2"].T
    return chained(dz2, da1, da1 * (cache["a1"] > 0), params, cache)


@two_layer_backward.wrong(
    "value-for-slope",
    """It looks as if da1 were multiplied with a1. The factor is the slope of the tanh, 1 − a1². See 9.3.""",
    spoils=("W1", "b1"),
    first="dz1",
)
def value_for_slope(params, cache, dz2):
    da1 = dz2 @ params["W2"].T
    return chained(dz2, da1, da1 * cache["a1"], params, cache)


@two_layer_backward.wrong(
    "slope-alone",
    """It looks as if dz1 were the slope alone. It multiplies what arrives, da1. See 9.3.""",
    spoils=("W1", "b1"),
    first="dz1",
)
def slope_alone(params, cache, dz2):
    return chained(dz2, None, 1 - cache["a1"] ** 2, params, cache)


@two_layer_backward.wrong(
    "slope-added",
    """It looks as if the slope of the tanh were added to da1. Along a path slopes multiply. See 9.3.""",
    spoils=("W1", "b1"),
    first="dz1",
)
def slope_added(params, cache, dz2):
    da1 = dz2 @ params["W2"].T
    return chained(dz2, da1, da1 + (1 - cache["a1"] ** 2), params, cache)


@two_layer_backward.wrong(
    "slope-negative",
    """The gradients of the first layer have the opposite sign. Is it a1² − 1? A tanh never falls: its slope is
    1 − a1². See 9.3.""",
    spoils=("W1", "b1"),
    first="da1 or dz1",
)
def slope_negative(params, cache, dz2):
    da1 = dz2 @ params["W2"].T
    return chained(dz2, da1, da1 * (cache["a1"] ** 2 - 1), params, cache)


@two_layer_backward.wrong(
    "averaged-in-the-first-layer",
    """The gradients of the first layer are N times too small. dz2 has the 1/N inside, and da1 and dz1 pass it on: it
    is not divided a second time. See 9.3.""",
    spoils=("W1", "b1"),
    first="da1 or dz1",
)
def averaged_in_the_first_layer(params, cache, dz2):
    da1 = dz2 @ params["W2"].T / len(dz2)
    return chained(dz2, da1, da1 * (1 - cache["a1"] ** 2), params, cache)


@two_layer_backward.wrong(
    "da1-in-dw1",
    """db1 is right, so dz1 is. It looks as if dW1 were made with da1, before the tanh's slope. See 9.3.""",
    spoils=("W1",),
    first="dW1",
)
def da1_in_dw1(params, cache, dz2):
    return {**right.two_layer_backward(params, cache, dz2), "W1": cache["x"].T @ (dz2 @ params["W2"].T)}


@two_layer_backward.wrong(
    "da1-in-db1",
    """dW1 is right, so dz1 is. It looks as if db1 were made with da1, before the tanh's slope. See 9.3.""",
    spoils=("b1",),
    first="db1",
)
def da1_in_db1(params, cache, dz2):
    return {**right.two_layer_backward(params, cache, dz2), "b1": (dz2 @ params["W2"].T).sum(axis=0)}


@two_layer_backward.wrong(
    "steps-instead-of-gradients",
    """All that it is given belongs to the caller. `a1 **= 2` and `p -= …` write into what is there; `a1**2` makes a
    new array. No step either: asked for are the gradients alone.""",
    fails=("unchanged", "views"),
)
def moves_the_parameters(params, cache, dz2):
    grads = right.two_layer_backward(params, cache, dz2)
    for name, gradient in grads.items():
        params[name] -= 0.1 * gradient
    return grads


@two_layer_backward.unusual
def as_sums_over_rows(params, cache, dz2):
    W1, b1, W2, b2 = 0, 0, 0, 0
    for x_n, a_n, dz_n in zip(cache["x"], cache["a1"], dz2):
        back = (params["W2"] @ dz_n) / np.cosh(np.arctanh(a_n)) ** 2
        W2, b2 = W2 + np.outer(a_n, dz_n), b2 + dz_n
        W1, b1 = W1 + np.outer(x_n, back), b1 + back
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@two_layer_backward.unusual
def by_einsum_with_extras(params, cache, dz2):
    x, a1 = cache["x"], cache["a1"]
    da1 = np.einsum("nc,hc->nh", dz2, params["W2"])
    dz1 = da1 - da1 * a1 * a1
    return dict(
        W1=np.einsum("nd,nh->dh", x, dz1),
        b1=dz1.sum(axis=0, keepdims=True)[0],
        W2=np.einsum("nh,nc->hc", a1, dz2),
        b2=np.einsum("nc->c", dz2),
        x=dz1 @ params["W1"].T,
    )


@two_layer_backward.unusual
def forwards_once_more(params, cache, dz2):
    x = cache["x"]
    z1 = x @ params["W1"] + params["b1"]
    dz1 = np.dot(dz2, np.transpose(params["W2"])) * (4 / (np.exp(z1) + np.exp(-z1)) ** 2)
    ones = np.ones((1, len(x)))
    return {
        "W2": (dz2.T @ np.tanh(z1)).T,
        "b2": (ones @ dz2)[0],
        "W1": np.tensordot(x, dz1, axes=(0, 0)),
        "b1": (ones @ dz1)[0].tolist(),
    }


@two_layer_backward.unusual
def by_complex_step(params, cache, dz2):
    grads = {}
    for name, value in params.items():
        grads[name] = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            moved = {k: v.astype(complex) for k, v in params.items()}
            moved[name][index] += 1e-30j
            z2 = np.tanh(cache["x"] @ moved["W1"] + moved["b1"]) @ moved["W2"] + moved["b2"]
            grads[name][index] = np.sum(dz2 * z2.imag) / 1e-30
    return grads


# ---- train_two_layer

train_two_layer = Exercise(
    "train_two_layer",
    outputs=("params", "losses"),
    care=("unchanged", "views"),
    tolerance=1e-5,
    in_order=True,
    stages=(
        (
            ("losses",),
            """losses[0] is the loss before the first step. If it is right and losses[1] is not, the first step is
            wrong.
            Take steps = 1, and print the four gradients before the step. See 9.4.""",
        ),
        (("params",), "The losses are right: which step do the params that are returned belong to? See 9.4."),
    ),
)


def points(rng, n, d, h, c, steps):
    """A small problem whose labels cover every class."""
    y = rng.permutation(np.arange(n) % c)
    x = rng.normal(size=(n, d))
    return dict(params=parameters(rng, d, h, c), x=x, y=y, lr=float(rng.uniform(0.3, 0.9)), steps=steps)


@train_two_layer.draw
def few_steps(rng):
    d, h, c = (int(size) for size in rng.permutation([2, 3, 5]))
    return points(rng, int(rng.choice([7, 11, 13])), d, h, c, int(rng.integers(4, 8)))


@train_two_layer.draw(times=1, care="no steps")
def no_steps(rng):
    return points(rng, 7, 2, 5, 3, 0)


def _gradients(params, x, y):
    """Right gradients of the mean cross-entropy, and the loss."""
    a1 = np.tanh(x @ params["W1"] + params["b1"])
    z2 = a1 @ params["W2"] + params["b2"]
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(p[np.arange(len(y)), y]))
    dz2 = (p - np.eye(z2.shape[1])[y]) / len(y)
    dz1 = dz2 @ params["W2"].T * (1 - a1**2)
    return {"W1": x.T @ dz1, "b1": dz1.sum(axis=0), "W2": a1.T @ dz2, "b2": dz2.sum(axis=0)}, loss


@train_two_layer.wrong(
    "first-loss-missing",
    """The loss before the first step is missing: steps + 1 losses are asked for. See 9.4.""",
    spoils=("losses",),
)
def first_loss_missing(params, x, y, lr, steps):
    params, losses = right.train_two_layer(params, x, y, lr, steps)
    return params, losses[1:]


@train_two_layer.wrong(
    "last-loss-missing",
    """The loss after the last step is missing: steps + 1 losses are asked for. See 9.4.""",
    spoils=("losses",),
)
def last_loss_missing(params, x, y, lr, steps):
    params, losses = right.train_two_layer(params, x, y, lr, steps)
    return params, losses[:-1]


@train_two_layer.wrong(
    "loss-of-the-step-before",
    """The params are right. It looks as if each loss but the first belongs to the logits before the step: after a step
    the logits are made anew. See 9.4.""",
    spoils=("losses",),
)
def loss_of_the_step_before(params, x, y, lr, steps):
    params, losses = right.train_two_layer(params, x, y, lr, steps)
    return params, [losses[0], *losses[:-1]]


@train_two_layer.wrong(
    "forward-before-the-loop",
    """It looks as if the forward pass runs once, before the loop: the steps use its logits and its cache again and
    again. Each step needs its own, with the parameters as they are then. See 9.4.""",
)
def forward_before_the_loop(params, x, y, lr, steps):
    z2, cache = right.two_layer_forward(params, x)
    dz2 = right.cross_entropy_backward(z2, y)
    loss = right.cross_entropy(z2, y)
    for _ in range(steps):
        grads = right.two_layer_backward(params, cache, dz2)
        params = {name: value - lr * grads[name] for name, value in params.items()}
    return params, [loss] * (steps + 1)


@train_two_layer.wrong(
    "one-step-short",
    """It takes one step too few, and repeats nothing: count the steps of your loop. range(1, steps) has
    steps − 1 of them.""",
)
def one_step_short(params, x, y, lr, steps):
    return right.train_two_layer(params, x, y, lr, steps - 1)


@train_two_layer.wrong(
    "one-step-too-many",
    """The parameters have moved once more than asked for: the step after the last loss is one too many. See 9.4.""",
    spoils=("params",),
)
def one_step_too_many(params, x, y, lr, steps):
    _, losses = right.train_two_layer(params, x, y, lr, steps)
    return right.train_two_layer(params, x, y, lr, steps + 1)[0], losses


@train_two_layer.wrong(
    "uphill",
    """The loss grows: the step goes uphill. A gradient points where the loss grows; go the other way. See 9.4.""",
)
def uphill(params, x, y, lr, steps):
    return right.train_two_layer(params, x, y, -lr, steps)


@train_two_layer.wrong(
    "rate-missing",
    """It looks as if the learning rate plays no part: whole gradients were taken away. See 9.4.""",
)
def rate_missing(params, x, y, lr, steps):
    return right.train_two_layer(params, x, y, 1.0, steps)


@train_two_layer.wrong(
    "averaged-twice",
    """It looks as if the gradients were divided by N once more: the steps are N times too short. dz2 from
    cross_entropy_backward has the 1/N inside. See 9.4.""",
)
def averaged_twice(params, x, y, lr, steps):
    return right.train_two_layer(params, x, y, lr / len(x), steps)


@train_two_layer.wrong(
    "summed-gradients",
    """It looks as if the 1/N were missing in the gradients: the steps are N times too long. The loss is a mean, so dz2
    has a 1/N. See 9.4.""",
)
def summed_gradients(params, x, y, lr, steps):
    return right.train_two_layer(params, x, y, lr * len(x), steps)


@train_two_layer.wrong(
    "summed-losses",
    """The losses are N times too large. The loss is the mean over the examples. See 9.4.""",
    spoils=("losses",),
)
def summed_losses(params, x, y, lr, steps):
    params, losses = right.train_two_layer(params, x, y, lr, steps)
    return params, [len(x) * loss for loss in losses]


@train_two_layer.wrong(
    "gradients-not-renewed",
    """It looks as if the gradients were made once, before the loop, and used for every step. The next step starts
    from other parameters: make them anew. See 9.4.""",
)
def not_renewed(params, x, y, lr, steps):
    grads, loss = _gradients(params, x, y)
    losses = [loss]
    for _ in range(steps):
        params = {name: value - lr * grads[name] for name, value in params.items()}
        losses.append(_gradients(params, x, y)[1])
    return params, losses


@train_two_layer.wrong(
    "one-parameter-after-the-other",
    """It looks as if each parameter moved before the gradient of the next was made. All four gradients are made with
    the same parameters, those before the step: first all of them, then all parameters move. See 9.4.""",
)
def one_after_the_other(params, x, y, lr, steps):
    return _in_turn(params, x, y, lr, steps, (("W1",), ("b1",), ("W2",), ("b2",)))


def _in_turn(params, x, y, lr, steps, parts):
    """Training in which these parts move one after the other, each with gradients of its own."""
    losses = [_gradients(params, x, y)[1]]
    for _ in range(steps):
        for part in parts:
            grads = _gradients(params, x, y)[0]
            params = {**params, **{name: params[name] - lr * grads[name] for name in part}}
        losses.append(_gradients(params, x, y)[1])
    return params, losses


IN_TURN = """moves before the other layer's gradients are made. All four gradients are made with the same parameters,
    those
    before the step: first all of them, then all four move. See 9.4."""


@train_two_layer.wrong("second-layer-first", f"It looks as if the second layer {IN_TURN}")
def second_layer_first(params, x, y, lr, steps):
    return _in_turn(params, x, y, lr, steps, (("W2", "b2"), ("W1", "b1")))


@train_two_layer.wrong("first-layer-first", f"It looks as if the first layer {IN_TURN}")
def first_layer_first(params, x, y, lr, steps):
    return _in_turn(params, x, y, lr, steps, (("W1", "b1"), ("W2", "b2")))


@train_two_layer.wrong(
    "W2-moved-in-between",
    """It looks as if W2 moved before da1 was made: da1 needs the W2 of the forward pass. First all four gradients,
    then the step. See 9.4.""",
)
def w2_moved_in_between(params, x, y, lr, steps):
    losses = [_gradients(params, x, y)[1]]
    for _ in range(steps):
        z2, cache = right.two_layer_forward(params, x)
        dz2 = right.cross_entropy_backward(z2, y)
        last = right.two_layer_backward(params, cache, dz2)
        params = {**params, **{name: params[name] - lr * last[name] for name in ("W2", "b2")}}
        first = right.two_layer_backward(params, cache, dz2)
        params = {**params, **{name: params[name] - lr * first[name] for name in ("W1", "b1")}}
        losses.append(_gradients(params, x, y)[1])
    return params, losses


@train_two_layer.wrong(
    "always-from-the-start",
    """It looks as if each step begins at the start again: the loop makes new parameters and does not use them in the
    next step. Give the new dict the name that the loop reads. See 9.4.""",
)
def always_from_the_start(params, x, y, lr, steps):
    one, losses = right.train_two_layer(params, x, y, lr, min(steps, 1))
    return one, [losses[0]] * steps + losses[-1:]


@train_two_layer.wrong(
    "parameter-for-gradient",
    """It looks as if the step takes away a share of the parameters themselves, p − η p. What points uphill is their
    gradient: p − η dp. See 9.4.""",
)
def parameter_for_gradient(params, x, y, lr, steps):
    losses = [_gradients(params, x, y)[1]]
    for _ in range(steps):
        params = {name: value - lr * value for name, value in params.items()}
        losses.append(_gradients(params, x, y)[1])
    return params, losses


@train_two_layer.wrong(
    "logits-for-shares",
    """It looks as if dz2 were made of the logits: z2 less 1 at the true class. The softmax is missing:
    cross_entropy_backward(z2, y) has it. See 9.4.""",
)
def logits_for_shares(params, x, y, lr, steps):
    losses = [_gradients(params, x, y)[1]]
    for _ in range(steps):
        z2, cache = right.two_layer_forward(params, x)
        grads = right.two_layer_backward(params, cache, (z2 - np.eye(z2.shape[1])[y]) / len(y))
        params = {name: params[name] - lr * grads[name] for name in params}
        losses.append(_gradients(params, x, y)[1])
    return params, losses


@train_two_layer.wrong(
    "last-loss-repeated",
    """The last loss is the one before it once more. After the last step there is one more forward pass, with the moved
    parameters. See 9.4.""",
    spoils=("losses",),
)
def last_loss_repeated(params, x, y, lr, steps):
    params, losses = right.train_two_layer(params, x, y, lr, steps)
    return params, [*losses[:-1], losses[max(len(losses) - 2, 0)]]


@train_two_layer.wrong(
    "biases-stand-still",
    """The weights move and the biases stand still. All four are parameters. See 9.4.""",
)
def biases_stand_still(params, x, y, lr, steps):
    losses = [_gradients(params, x, y)[1]]
    for _ in range(steps):
        grads = _gradients(params, x, y)[0]
        params = {**params, **{name: params[name] - lr * grads[name] for name in ("W1", "W2")}}
        losses.append(_gradients(params, x, y)[1])
    return params, losses


@train_two_layer.wrong(
    "second-layer-only",
    """Only W2 and b2 move. The first layer learns at the same time: all four parameters move in each step. See 9.4.""",
)
def second_layer_only(params, x, y, lr, steps):
    losses = [_gradients(params, x, y)[1]]
    for _ in range(steps):
        grads = _gradients(params, x, y)[0]
        params = {**params, **{name: params[name] - lr * grads[name] for name in ("W2", "b2")}}
        losses.append(_gradients(params, x, y)[1])
    return params, losses


@train_two_layer.wrong(
    "row-by-row",
    """It looks as if a step was taken for each example. Full batch: one step uses all of them. See 9.4.""",
)
def row_by_row_training(params, x, y, lr, steps):
    losses = [_gradients(params, x, y)[1]]
    for _ in range(steps):
        for n in range(len(x)):
            grads = _gradients(params, x[n : n + 1], y[n : n + 1])[0]
            params = {name: value - lr * grads[name] for name, value in params.items()}
        losses.append(_gradients(params, x, y)[1])
    return params, losses


@train_two_layer.wrong(
    "nothing-moved",
    """The parameters come back as they were, and every loss is the same. A new value that is given to a loop's own
    name is lost: build a new dict. See 9.4.""",
)
def nothing_moved(params, x, y, lr, steps):
    loss = _gradients(params, x, y)[1]
    return params, [loss] * (steps + 1)


@train_two_layer.wrong(
    "written-into-params",
    """The parameters that it was given are others afterwards: params[name] = … writes into the caller's dict, and -=
    into the caller's arrays, also in a copy of the dict. The caller may want to start there once more. See 9.4.""",
    fails=("unchanged", "views"),
)
def written_into_params(params, x, y, lr, steps):
    params = dict(params)
    losses = [_gradients(params, x, y)[1]]
    for _ in range(steps):
        grads = _gradients(params, x, y)[0]
        for name in params:
            params[name] -= lr * grads[name]
        losses.append(_gradients(params, x, y)[1])
    return params, losses


@train_two_layer.unusual
def on_copies(params, x, y, lr, steps):
    params = {name: value.copy() for name, value in params.items()}
    losses = np.empty(steps + 1)
    for k in range(steps + 1):
        grads, losses[k] = _gradients(params, x, y)
        if k < steps:
            for name in params:
                params[name] -= lr * grads[name]
    return params, losses


@train_two_layer.unusual
def by_recursion(params, x, y, lr, steps):
    z2, cache = right.two_layer_forward(params, x)
    top = z2.max(axis=1)
    loss = float(np.mean(top + np.log(np.exp(z2.T - top).sum(axis=0)) - z2[np.arange(len(y)), y]))
    if steps == 0:
        return params, [loss]
    p = np.exp(z2.T - top)
    dz2 = (p / p.sum(axis=0)).T / len(y)
    np.subtract.at(dz2, (np.arange(len(y)), y), 1 / len(y))
    grads = right.two_layer_backward(params, cache, dz2)
    params, losses = by_recursion({name: params[name] - lr * grads[name] for name in params}, x, y, lr, steps - 1)
    return params, [loss, *losses]


@train_two_layer.unusual
def as_a_dict_of_results(params, x, y, lr, steps):
    points_on_the_way = [params]
    for _ in range(steps):
        here = points_on_the_way[-1]
        grads, _ = _gradients(here, x, y)
        points_on_the_way.append({name: np.subtract(here[name], lr * grads[name]) for name in here})
    losses = [np.float64(_gradients(here, x, y)[1]) for here in points_on_the_way]
    return {"losses": tuple(losses), "params": points_on_the_way[-1]}


# ---- square_net_grads, the bug hunt

BUG = 'See "Bug hunt: units that square".'

square_net_grads = Exercise(
    "square_net_grads",
    outputs=("dW", "dv"),
    care=("unchanged",),
    stages=((("dv",), "Look at dv first: it has no slope in it. See the formula of the loss."), (("dW",), "")),
    sizes={"N": ("x", 0)},
)


@square_net_grads.draw
def square_units(rng):
    n, d, h = (int(size) for size in rng.permutation([3, 4, 7]))
    W = rng.normal(size=(d, h))
    return dict(x=rng.normal(size=(n, d)), y=rng.normal(size=n), W=W, v=rng.normal(size=h))


@square_net_grads.differentiates()
def loss_of_squares(x, y, W, v):
    return np.mean(((x @ W) ** 2 @ v - y) ** 2)


def _squares(x, y, W, v):
    """The residual's gradient, and what the units receive."""
    z = x @ W
    return 2 * (z**2 @ v - y) / len(y), z


@square_net_grads.wrong(
    "slope-at-a",
    f"""The slope of the square in dW is still taken at its result. The slope of z² is 2z: a slope is taken at what its
    own step received. {BUG}""",
    spoils=("dW",),
)
def slope_at_a(x, y, W, v):
    e, z = _squares(x, y, W, v)
    return {"dW": x.T @ (np.outer(e, v) * 2 * z**2), "dv": (z**2).T @ e}


@square_net_grads.wrong(
    "slope-without-2",
    f"""dW is half of what it should be. The slope of z² is 2z. {BUG}""",
    spoils=("dW",),
)
def slope_without_2(x, y, W, v):
    e, z = _squares(x, y, W, v)
    return {"dW": x.T @ (np.outer(e, v) * z), "dv": (z**2).T @ e}


@square_net_grads.wrong(
    "slope-left-out",
    f"""It looks as if the slope of the square were missing now. Between a and z lies the square: its slope is a
    factor. {BUG}""",
    spoils=("dW",),
)
def slope_left_out(x, y, W, v):
    e, z = _squares(x, y, W, v)
    return {"dW": x.T @ np.outer(e, v), "dv": (z**2).T @ e}


@square_net_grads.wrong(
    "size-for-slope",
    f"""It looks as if the slope were 2√a, which is never negative. The root of z² has forgotten the sign of z: use z
    itself. {BUG}""",
    spoils=("dW",),
)
def size_for_slope(x, y, W, v):
    e, z = _squares(x, y, W, v)
    return {"dW": x.T @ (np.outer(e, v) * 2 * np.abs(z)), "dv": (z**2).T @ e}


@square_net_grads.wrong(
    "v-left-out",
    f"""It looks as if v were missing in dW. Unit h reaches the result through v_h: it is a factor. {BUG}""",
    spoils=("dW",),
)
def v_left_out(x, y, W, v):
    e, z = _squares(x, y, W, v)
    return {"dW": x.T @ (e[:, None] * 2 * z), "dv": (z**2).T @ e}


@square_net_grads.wrong(
    "z-in-dv",
    f"""It looks as if dv were made with z. v multiplies a = z². {BUG}""",
    spoils=("dv",),
)
def z_in_dv(x, y, W, v):
    e, z = _squares(x, y, W, v)
    return {"dW": x.T @ (np.outer(e, v) * 2 * z), "dv": z.T @ e}


@square_net_grads.wrong(
    "factor-2-missing",
    """Both are half of what they should be: the slope of the squared error e² is 2e.""",
)
def factor_2_missing(x, y, W, v):
    e, z = _squares(x, y, W, v)
    return {"dW": x.T @ (np.outer(e, v) * z), "dv": (z**2).T @ e / 2}


@square_net_grads.wrong(
    "sum-for-mean",
    """Both are N times too large: the loss is a mean, so 1/N is in its gradient.""",
)
def sum_for_mean(x, y, W, v):
    e, z = _squares(x, y, W, v)
    return {"dW": len(y) * x.T @ (np.outer(e, v) * 2 * z), "dv": len(y) * (z**2).T @ e}


@square_net_grads.wrong(
    "sign",
    """Both have the opposite sign: the residual is prediction minus truth.""",
)
def opposite_sign(x, y, W, v):
    e, z = _squares(x, y, W, v)
    return {"dW": -x.T @ (np.outer(e, v) * 2 * z), "dv": -(z**2).T @ e}


@square_net_grads.wrong(
    "written-into-y",
    """It changes y. -= on an array writes into it: work on a new one.""",
    fails="unchanged",
)
def written_into_y(x, y, W, v):
    grads = right.square_net_grads(x, y, W, v)
    y -= (x @ W) ** 2 @ v
    return grads


@square_net_grads.unusual
def unit_by_unit(x, y, W, v):
    e, z = _squares(x, y, W, v)
    columns = [v_h * 2 * (e * z_h) @ x for v_h, z_h in zip(v, z.T)]
    return {"dv": [e @ z_h**2 for z_h in z.T], "dW": np.column_stack(columns)}


@square_net_grads.unusual
def example_by_example(x, y, W, v):
    dW, dv = np.zeros_like(W), np.zeros_like(v)
    for x_n, y_n in zip(x, y):
        z = x_n @ W
        e = 2 * (np.sum(v * z * z) - y_n) / len(y)
        dv += e * z * z
        dW += np.outer(x_n, 2 * e * v * z)
    return {"dW": dW, "dv": dv}


@square_net_grads.unusual
def with_the_roots_sign(x, y, W, v):
    z = x @ W
    a = np.square(z)
    e = 2 * (a @ v - y) / np.size(y)
    slope = 2 * np.sqrt(a) * np.sign(z)
    return dict(dW=np.einsum("nd,n,h,nh->dh", x, e, v, slope), dv=np.einsum("n,nh->h", e, a))


# ---- questions

QUESTIONS = [
    Question(
        "u09-line",
        answer=75,
        why="Three corners of four: a line can cut off one corner. XOR would need two opposite corners on each side.",
        hints={
            0.75: "That is the share. Type it as a percentage.",
            3: "Three of four corners is right. Type it as a percentage.",
            50: "That is guessing. Tilt the line so that it cuts off one corner alone.",
            100: "Then two opposite corners lie on one side, and the other two on the other. Try to draw that line.",
            25: "A line that gets 25 % right gets 75 % right when its two sides change names.",
        },
        tolerance=0.001,
        otherwise="Draw the four corners, and a line: how many corners can it have on the right side?",
    ),
    Question(
        "u09-dz1",
        answer=-0.1199,
        why="−0.1401 · 0.8556. In the same way dW1's rows are 1 · dz1 and −1 · dz1, and db1 is dz1.",
        hints={
            -0.1401: "That is da1. It still has to pass the tanh: multiply with its slope.",
            0.8556: "That is the slope of the tanh. It multiplies what arrives, da1.",
            0.7155: "A path multiplies: da1 times the slope, not plus.",
            -0.1637: "It looks as if da1 were divided by the slope. Multiply.",
            0.0532: "It looks as if da1 were multiplied with a1. The factor is the slope of the tanh.",
            0.2396: "Both numbers stand in the second column: −0.1401, and 0.8556.",
            -0.0682: "The slope in the second column is 0.8556; 0.4869 belongs to the first.",
        },
        tolerance=0.005,
        otherwise="See the first column: 0.5603 · 0.4869 = 0.2728.",
    ),
    Question(
        "u09-twenty",
        answer="c",
        why="Eight units can learn twenty points by heart. With our generator the loss ends near 0.011.",
        hints={
            "a": "That is guessing, where it starts: ln 2. Training should do better than that.",
            "b": "Two hidden units often stop near there. Eight have room for every point.",
        },
        otherwise="Read the last lines of 9.4 before the code: what must the loss do on twenty points?",
    ),
    Question(
        "u09-units",
        answer=3,
        why="Two lines leave a strip open at both ends, or a wedge. Three make a triangle, rounded by the tanh.",
        hints={
            1: "One line cuts the plane in two. The disc needs a fence all around.",
            2: "Two lines make a strip or a wedge, and both go on without end.",
            4: "Four are enough. Do fewer do?",
            8: "Eight are enough. Do fewer do?",
        },
        tolerance=0,
        otherwise="Draw a disc, and straight lines around it. How few close the fence?",
    ),
    Question(
        "u09-symmetry",
        answer=1,
        why="Equal units get equal gradients in every step. Eight equal units are one unit, eight times as strong.",
        hints={
            8: "What would make them differ? Each has the same weights, so it gets the same gradients.",
            2: "What would make some of them differ from the others? Each gets the same gradients.",
            4: "What would make some of them differ from the others? Each gets the same gradients.",
            0: "There is a line: the one that all of them share.",
        },
        tolerance=0,
        otherwise="Write da1 for two units with equal rows in W2. Is there anything that tells them apart?",
    ),
    Question(
        "u09-bug",
        answer="b",
        why="The slope of z² is 2z. At z = −1 it is −2; the broken line has 2a = 2, of the wrong sign.",
        hints={
            "a": "v multiplies a, so dv has a in it: that line is right.",
            "c": "np.outer gives one row for each example and one column for each unit, as da must have.",
        },
        otherwise="The letters are a, b and c. Follow one unit with z = −1 from a back to z.",
    ),
]
