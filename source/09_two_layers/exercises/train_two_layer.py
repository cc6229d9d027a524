"""train_two_layer: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import AsDrawn, Exercise, Labels, Numbers, Parameter, RightAnswers

from ._shared import PARAMETERS, parameters

right = RightAnswers(__file__)

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


GROWS = {"large values": "rounding errors grow from step to step"}
train_two_layer.corners(
    params=Numbers(PARAMETERS, GROWS),
    x=Numbers("ND", GROWS),
    y=Labels("N", "C"),
    lr=AsDrawn("it must suit the other inputs"),
    steps=Parameter((1,)),
)


@train_two_layer.corners.at("loops to the end")
def rising_losses(rng):
    """A learning rate so large that the loss rises on the way, and ends above its lowest value."""
    while True:
        inputs = {**points(rng, 3, 2, 2, 3, 4), "lr": 30.0}
        losses = right.train_two_layer(**inputs)[1]
        if losses[-1] > min(losses) + 0.1:
            return inputs


@train_two_layer.corners.at("large values")
def large_inputs_and_more_steps(rng):
    """x is large where the tanh is not flat: its gradients count."""
    inputs = points(rng, 3, 2, 2, 3, 8)
    signs = rng.choice([-1, 1], size=(3, 2))
    params = {**inputs["params"], "W1": inputs["params"]["W1"] / 20}
    return {**inputs, "params": params, "x": (signs * rng.uniform(7, 10, size=(3, 2))).round(1), "lr": 0.01}


@train_two_layer.corners.at("loops to the end")
def plateau(rng):
    """The losses hardly change, so a loop that waits for progress ends early."""
    return {**points(rng, 3, 2, 2, 3, 4), "lr": 1e-9}


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


train_two_layer.wrong(
    "one-step-short",
    """It takes one step too few, and repeats nothing: count the steps of your loop. range(1, steps) has
    steps − 1 of them.""",
    lambda params, x, y, lr, steps: right.train_two_layer(params, x, y, lr, steps - 1),
)


@train_two_layer.wrong(
    "one-step-too-many",
    """The parameters have moved once more than asked for: the step after the last loss is one too many. See 9.4.""",
    spoils=("params",),
)
def one_step_too_many(params, x, y, lr, steps):
    _, losses = right.train_two_layer(params, x, y, lr, steps)
    return right.train_two_layer(params, x, y, lr, steps + 1)[0], losses


train_two_layer.wrong(
    "uphill",
    "The loss grows: the step goes uphill. A gradient points where the loss grows; go the other way. See 9.4.",
    lambda params, x, y, lr, steps: right.train_two_layer(params, x, y, -lr, steps),
)

train_two_layer.wrong(
    "rate-missing",
    "It looks as if the learning rate plays no part: whole gradients were taken away. See 9.4.",
    lambda params, x, y, lr, steps: right.train_two_layer(params, x, y, 1.0, steps),
)

train_two_layer.wrong(
    "averaged-twice",
    """It looks as if the gradients were divided by N once more: the steps are N times too short. dz2 from
    cross_entropy_backward has the 1/N inside. See 9.4.""",
    lambda params, x, y, lr, steps: right.train_two_layer(params, x, y, lr / len(x), steps),
)

train_two_layer.wrong(
    "summed-gradients",
    """It looks as if the 1/N were missing in the gradients: the steps are N times too long. The loss is a mean, so dz2
    has a 1/N. See 9.4.""",
    lambda params, x, y, lr, steps: right.train_two_layer(params, x, y, lr * len(x), steps),
)


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


train_two_layer.wrong(
    "one-parameter-after-the-other",
    """It looks as if each parameter moved before the gradient of the next was made. All four gradients are made with
    the same parameters, those before the step: first all of them, then all parameters move. See 9.4.""",
    lambda params, x, y, lr, steps: _in_turn(params, x, y, lr, steps, (("W1",), ("b1",), ("W2",), ("b2",))),
)


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

train_two_layer.wrong(
    "second-layer-first",
    f"It looks as if the second layer {IN_TURN}",
    lambda params, x, y, lr, steps: _in_turn(params, x, y, lr, steps, (("W2", "b2"), ("W1", "b1"))),
)

train_two_layer.wrong(
    "first-layer-first",
    f"It looks as if the first layer {IN_TURN}",
    lambda params, x, y, lr, steps: _in_turn(params, x, y, lr, steps, (("W1", "b1"), ("W2", "b2"))),
)


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


@train_two_layer.wrong(
    "lowest-loss-kept",
    """It looks as if a loss that is higher than the one before is left out for the lower one. With a large learning
    rate the loss rises at times: list each one as it is. See 9.4.""",
    spoils=("losses",),
)
def lowest_loss_kept(params, x, y, lr, steps):
    params, losses = right.train_two_layer(params, x, y, lr, steps)
    return params, np.minimum.accumulate(losses).tolist()


@train_two_layer.wrong(
    "best-params-returned",
    """It looks as if the params with the lowest loss are returned. Asked for are those after the last step, whatever
    their loss. See 9.4.""",
    spoils=("params",),
)
def best_params_returned(params, x, y, lr, steps):
    runs = [right.train_two_layer(params, x, y, lr, k) for k in range(steps + 1)]
    return min(runs, key=lambda run: run[1][-1])[0], runs[-1][1]


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
