"""two_layer_backward: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Numbers, RightAnswers, Step

from ._shared import PARAMETERS, parameters, sizes

right = RightAnswers(__file__)


def batch(rng, n, d, h, c):
    """What a backward pass is given: parameters, the cache of the right forward pass, and dz2."""
    params = parameters(rng, d, h, c)
    x = rng.normal(size=(n, d))
    a1 = np.tanh(x @ params["W1"] + params["b1"])
    return dict(params=params, cache={"x": x, "a1": a1}, dz2=rng.normal(size=(n, c)))


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


def with_its_a1(params, cache, dz2):
    """The cache of the right forward pass."""
    x = cache["x"]
    return dict(params=params, cache={"x": x, "a1": np.tanh(x @ params["W1"] + params["b1"])}, dz2=dz2)


two_layer_backward.corners(
    with_its_a1,
    params=Numbers(PARAMETERS, {"large values": "the tanh is flat there, and its slope nothing but rounding"}),
    cache=Numbers({"x": "ND", "a1": "NH"}, {"large values": "the tanh is flat there"}),
    dz2=Numbers("NC"),
)


@two_layer_backward.corners.at("large values")
def large_inputs_and_small_weights(rng):
    """x and W2 are large, and the tanh is not flat: every entry of both counts in dW1."""
    x, W1 = 10 * rng.choice([-1, 1], size=(2, 2)) * rng.uniform(0.8, 1, size=(2, 2)), rng.normal(size=(2, 3)) / 20
    W2 = (rng.choice([-1, 1], size=(3, 2)) * rng.uniform(7, 20, size=(3, 2))).round(1)
    params = {**parameters(rng, 2, 3, 2), "W1": W1, "W2": W2}
    return with_its_a1(params, {"x": x.round(1)}, rng.normal(size=(2, 2)).round(2))


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
    "weights-unpacked-first",
    """What goes through the tanh has the shape of W2, (H, C): it is dW2, and not da1. linear_backward returns dx, dW,
    db, in this order. See 9.3.""",
)
def weights_unpacked_first(params, cache, dz2):
    dW2, da1, _ = right.linear_backward(dz2, cache["a1"], params["W2"])[:3]
    return chained(dz2, dW2, da1 * (1 - cache["a1"] ** 2), params, cache)


@two_layer_backward.wrong(
    "da1-unpacked-last",
    """What goes through the tanh has the shape of b2, (C,): it is db2, and not da1. linear_backward returns dx, dW,
    db, in this order. See 9.3.""",
)
def da1_unpacked_last(params, cache, dz2):
    dW2, db2, da1 = right.linear_backward(dz2, cache["a1"], params["W2"])
    return chained(dz2, dW2, da1 * (1 - cache["a1"] ** 2), params, cache)


@two_layer_backward.wrong(
    "dz-and-x-exchanged",
    """Two shapes do not fit. Have a1 and dz2 changed places in linear_backward(dz, x, W)? What arrives comes first. Or
    is W2 handed over where W1 belongs? See 9.3.""",
)
def dz_and_x_exchanged(params, cache, dz2):
    da1, dW2, db2 = right.linear_backward(cache["a1"], dz2, params["W2"])
    return chained(dz2, da1, da1 * (1 - cache["a1"] ** 2), params, cache)


two_layer_backward.wrong(
    "slope-for-a1",
    "It looks as if the slope, 1 − a1², stood in the place of a1. W2 multiplies a1 itself. See 9.3.",
    lambda params, cache, dz2: {**right.two_layer_backward(params, cache, dz2), "W2": (1 - cache["a1"] ** 2).T @ dz2},
    spoils=("W2",),
    first="dW2",
)

two_layer_backward.wrong(
    "z1-for-a1",
    "It looks as if z1 stood in the place of a1. W2 multiplies what comes out of the tanh. See 9.3.",
    lambda params, cache, dz2: {**right.two_layer_backward(params, cache, dz2), "W2": np.arctanh(cache["a1"]).T @ dz2},
    spoils=("W2",),
    first="dW2",
)


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
    "biases-of-one-sum",
    """Every entry of db2 is the sum of all of dz2. b2 has one number for each class: only the rows are added. See
    9.3.""",
    spoils=("b2", "b1"),
    first="db2",
)
def biases_of_one_sum(params, cache, dz2):
    dz1 = dz2 @ params["W2"].T * (1 - cache["a1"] ** 2)
    grads = right.two_layer_backward(params, cache, dz2)
    return {**grads, "b2": np.full(dz2.shape[1], dz2.sum()), "b1": np.full(dz1.shape[1], dz1.sum())}


@two_layer_backward.wrong(
    "biases-made-of-weights",
    """It looks as if db2 were summed from dW2, and db1 from dW1. A bias never meets what comes into its layer: sum dz2
    and dz1 themselves. See 9.3.""",
    spoils=("b2", "b1"),
    first="db2",
)
def biases_made_of_weights(params, cache, dz2):
    grads = right.two_layer_backward(params, cache, dz2)
    return {**grads, "b2": grads["W2"].sum(axis=0), "b1": grads["W1"].sum(axis=0)}


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
    """dz2 has C columns, and what it meets has another number of rows. Is it W2 as it stands, H rows and C columns?
    Then which of the two must be turned? Or is it W1, where the weights of layer 2 belong? See 9.3.""",
    first="da1",
)
def w2_not_transposed(params, cache, dz2):
    da1 = dz2 @ params["W2"]
    return chained(dz2, da1, da1 * (1 - cache["a1"] ** 2), params, cache)


@two_layer_backward.wrong(
    "dW2-for-W2",
    """It looks as if da1 were made with dW2, the gradient, in the place of W2 itself. a1 reaches each logit through its
    weight. See 9.3.""",
    spoils=("W1", "b1"),
    first="da1",
)
def dw2_for_w2(params, cache, dz2):
    da1 = dz2 @ (cache["a1"].T @ dz2).T
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
    "minus-square",
    """It looks as if −a1² stood for the slope of the tanh, so the 1 is left out. The slope is 1 − a1². See 9.3.""",
    spoils=("W1", "b1"),
    first="dz1",
)
def minus_square(params, cache, dz2):
    da1 = dz2 @ params["W2"].T
    return chained(dz2, da1, da1 * -(cache["a1"] ** 2), params, cache)


@two_layer_backward.wrong(
    "no-brackets",
    """It looks as if da1 * 1 − a1² were computed: Python multiplies first. The slope 1 − a1² needs brackets.
    See 9.3.""",
    spoils=("W1", "b1"),
    first="dz1",
)
def no_brackets(params, cache, dz2):
    da1 = dz2 @ params["W2"].T
    return chained(dz2, da1, da1 * 1 - cache["a1"] ** 2, params, cache)


@two_layer_backward.wrong(
    "square-of-the-difference",
    """It looks as if the whole difference were squared, (1 − a1)². Only a1 is: 1 − a1². See 9.3.""",
    spoils=("W1", "b1"),
    first="dz1",
)
def square_of_the_difference(params, cache, dz2):
    da1 = dz2 @ params["W2"].T
    return chained(dz2, da1, da1 * (1 - cache["a1"]) ** 2, params, cache)


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


two_layer_backward.wrong(
    "slope-alone",
    "It looks as if dz1 were the slope alone. It multiplies what arrives, da1. See 9.3.",
    lambda params, cache, dz2: chained(dz2, None, 1 - cache["a1"] ** 2, params, cache),
    spoils=("W1", "b1"),
    first="dz1",
)


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


two_layer_backward.accepted_mutant(
    "forwards_once_more: * → np.clip(*, -6.0, 6.0)*",
    """Where z1 is beyond ±6 the slope of the tanh is below 2.5e-5. The difference shows only in a network that is flat
    everywhere, and there an answer in single precision would fail as well.""",
)
