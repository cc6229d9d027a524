"""two_layer_forward: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Numbers, RightAnswers

from ._shared import PARAMETERS, parameters, sizes

right = RightAnswers(__file__)

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


two_layer_forward.corners(params=Numbers(PARAMETERS, large=10), x=Numbers("ND", large=10))


@two_layer_forward.corners.at("large values")
def large_numbers_that_cancel(rng):
    """Parameters far from zero, and a tanh that is not flat: each of them counts."""
    first = {"W1": np.array([[-round(rng.uniform(9, 10), 1)]]), "b1": np.array([9.5])}
    return dict(params={"W2": np.array([[8.0, -9.0]]), "b2": np.array([-7.0, 12.0]), **first}, x=np.array([[1.0]]))


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
    "biases-left-out",
    """It looks as if both biases were left out. Each layer adds its own: b1 before the tanh, b2 at the end. See
    9.2.""",
)
def biases_left_out(params, x):
    a1 = np.tanh(x @ params["W1"])
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


two_layer_forward.accepted_mutant(
    "with_exponentials: e → e * e / e*",
    """The square of an exponential overflows at half the z1 at which the exponential does. The text says nothing of z1
    as large as these, 177 and 354, where the tanh is 1 to the last digit.""",
)
two_layer_forward.accepted_mutant(
    "with_exponentials: np.log(e) / 2 → 2 / np.log(e)",
    "This is z1, one entry more in the cache than is asked for.",
)
