"""momentum_step: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Numbers, Parameter, RightAnswers

from ._shared import entry, mixed, small

right = RightAnswers(__file__)

momentum_step = Exercise(
    "momentum_step",
    outputs=("params", "velocity"),
    care=("unchanged", "float32", "views"),
    stages=((("velocity",), "Look at the velocity first; the parameters follow from it."), (("params",), "")),
)


@momentum_step.draw
def moving(rng):
    params, grads = mixed(rng)
    velocity = [entry(rng, np.shape(p)) for p in params]
    return dict(
        params=params,
        grads=grads,
        velocity=velocity,
        lr=float(rng.uniform(0.05, 0.4)),
        beta=float(rng.uniform(0.6, 0.95)),
    )


@momentum_step.draw(times=1, care="a first step from rest")
def from_rest(rng):
    params, grads = mixed(rng)
    return dict(params=params, grads=grads, velocity=[np.zeros(np.shape(p)) for p in params], lr=0.1, beta=0.9)


def small_and_moving(rng):
    inputs = small(rng)
    velocity = [entry(rng, np.shape(p)) for p in inputs["params"]]
    return dict(params=inputs["params"], grads=inputs["grads"], velocity=velocity, lr=inputs["lr"], beta=0.9)


momentum_step.corners(
    base=small_and_moving,
    params=Numbers(),
    grads=Numbers(),
    velocity=Numbers(),
    lr=Parameter((1.0,)),  # 0 makes no step, and whoever divides by the rate is right elsewhere
    beta=Parameter((0.0, 1.0)),
)


@momentum_step.corners.at("size one")
def one_parameter(rng):
    params, grads, velocity = ([rng.normal(size=1).round(2)] for _ in range(3))
    return dict(params=params, grads=grads, velocity=velocity, lr=0.5, beta=0.5)


@momentum_step.wrong(
    "average-convention",
    """This is v ← β·v + (1 − β)·g, a running average: a convention of other texts, with steps 1 − β times as
    long. Here v ← β·v + g. See 4.4, "Three conventions".""",
)
def average_convention(params, grads, velocity, lr, beta):
    new = [beta * v + (1 - beta) * g for v, g in zip(velocity, grads)]
    return [p - lr * v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "rate-inside",
    """This is v ← β·v − lr·g with p ← p + v: a convention of other texts, in which v is the step itself. Here v holds
    gradients, and lr stands in p ← p − lr·v. See 4.4, "Three conventions".""",
)
def rate_inside(params, grads, velocity, lr, beta):
    new = [beta * v - lr * g for v, g in zip(velocity, grads)]
    return [p + v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "rate-inside-positive",
    """This is v ← β·v + lr·g with p ← p − v: a convention of other texts, with the rate inside the velocity.
    Here v ← β·v + g, and lr stands in p ← p − lr·v. See 4.4, "Three conventions".""",
)
def rate_inside_positive(params, grads, velocity, lr, beta):
    new = [beta * v + lr * g for v, g in zip(velocity, grads)]
    return [p - v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "nesterov",
    """The step is Nesterov's, p − lr·(g + β·v). Asked for is p ← p − lr·v with the new v. See 4.4.""",
    spoils=("params",),
)
def nesterov(params, grads, velocity, lr, beta):
    new = [beta * v + g for v, g in zip(velocity, grads)]
    return [p - lr * (g + beta * v) for p, g, v in zip(params, grads, new)], new


@momentum_step.wrong(
    "rate-inside-nesterov",
    """This is v ← β·v − lr·g, with the rate inside the velocity, and Nesterov's step, p + β·v − lr·g. Both belong to
    other texts. Here v ← β·v + g, and p ← p − lr·v. See 4.4, "Three conventions".""",
)
def rate_inside_nesterov(params, grads, velocity, lr, beta):
    new = [beta * v - lr * g for v, g in zip(velocity, grads)]
    return [p + beta * v - lr * g for p, g, v in zip(params, grads, new)], new


@momentum_step.wrong(
    "old-velocity",
    """It looks as if the parameters moved with the old velocity. Renew v first, then step with it. See 4.4.""",
    spoils=("params",),
)
def old_velocity(params, grads, velocity, lr, beta):
    new = [beta * v + g for v, g in zip(velocity, grads)]
    return [p - lr * v for p, v in zip(params, velocity)], new


@momentum_step.wrong(
    "plain-step",
    """It looks as if the parameters moved with the gradient alone, as in gd_step. Step with v. See 4.4.""",
    spoils=("params",),
)
def plain_step(params, grads, velocity, lr, beta):
    new = [beta * v + g for v, g in zip(velocity, grads)]
    return [p - lr * g for p, g in zip(params, grads)], new


momentum_step.wrong(
    "velocity-not-kept",
    """The velocity comes back as it was, so the next step would know nothing of this one.
    Return the new velocity. See 4.4.""",
    lambda params, grads, velocity, lr, beta: (right.momentum_step(params, grads, velocity, lr, beta)[0], velocity),
    spoils=("velocity",),
)

momentum_step.wrong(
    "velocity-forgotten",
    "It looks as if the velocity is the gradient alone: the old velocity, times beta, is missing. See 4.4.",
    lambda params, grads, velocity, lr, beta: ([p - lr * g for p, g in zip(params, grads)], grads),
)


@momentum_step.wrong(
    "beta-missing",
    """It looks as if v ← v + g: without beta nothing is ever forgotten, and v grows for ever. See 4.4.""",
)
def beta_missing(params, grads, velocity, lr, beta):
    new = [v + g for v, g in zip(velocity, grads)]
    return [p - lr * v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "gradient-taken-away",
    """It looks as if v ← β·v − g. Here the gradient is added to v; the minus stands in p ← p − lr·v. See 4.4.""",
)
def gradient_taken_away(params, grads, velocity, lr, beta):
    new = [beta * v - g for v, g in zip(velocity, grads)]
    return [p - lr * v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "beta-written-in",
    """It looks as if 0.9 is written where beta should stand. beta is an argument: each draw has its own. See 4.4.""",
)
def beta_written_in(params, grads, velocity, lr, beta):
    new = [0.9 * v + g for v, g in zip(velocity, grads)]
    return [p - lr * v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "minus-equals-on-a-number",
    """It looks as if the velocity of each array is renewed and that of the single number is not: *= and +=
    write into an array, but only give a new value to the name of a number. Append β·v + g to a new list. See 4.4.""",
)
def into_names(params, grads, velocity, lr, beta):
    for v, g in zip(velocity, grads):
        v *= beta
        v += g
    return right.gd_step(params, velocity, lr), velocity


@momentum_step.wrong(
    "beta-on-the-gradient",
    """It looks as if beta multiplies the gradient. It is the old velocity that fades by beta; the gradient comes in
    whole. See 4.4.""",
)
def beta_on_gradient(params, grads, velocity, lr, beta):
    new = [v + beta * g for v, g in zip(velocity, grads)]
    return [p - lr * v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "beta-on-both",
    """It looks as if beta multiplies the sum: v ← β·(v + g). The new gradient comes in whole. See 4.4.""",
)
def beta_on_both(params, grads, velocity, lr, beta):
    new = [beta * (v + g) for v, g in zip(velocity, grads)]
    return [p - lr * v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "shares-exchanged",
    """It looks as if v ← (1 − β)·v + β·g. It is the old velocity that is multiplied by β, and the gradient comes in
    whole: v ← β·v + g. See 4.4, "Three conventions".""",
)
def shares_exchanged(params, grads, velocity, lr, beta):
    new = [(1 - beta) * v + beta * g for v, g in zip(velocity, grads)]
    return [p - lr * v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "velocity-without-rate",
    """It looks as if the step is lr·g + β·v, with the old velocity outside the rate. It is lr times the new
    velocity, which holds both. See 4.4.""",
    spoils=("params",),
)
def velocity_without_rate(params, grads, velocity, lr, beta):
    new = [beta * v + g for v, g in zip(velocity, grads)]
    return [p - lr * g - beta * v for p, g, v in zip(params, grads, velocity)], new


@momentum_step.wrong(
    "uphill",
    """The step goes uphill. It is p ← p − lr·v. See 4.4.""",
    spoils=("params",),
)
def uphill_momentum(params, grads, velocity, lr, beta):
    new = [beta * v + g for v, g in zip(velocity, grads)]
    return [p + lr * v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "rate-missing",
    """The learning rate is missing in the step. It is p ← p − lr·v. See 4.4.""",
    spoils=("params",),
)
def rate_missing_momentum(params, grads, velocity, lr, beta):
    new = [beta * v + g for v, g in zip(velocity, grads)]
    return [p - v for p, v in zip(params, new)], new


@momentum_step.wrong(
    "written-into-inputs",
    """The velocity and the parameters that arrive belong to the caller. β·v + g and p − lr·v make new arrays: put these
    into new lists, and not into velocity or params. See 4.4.""",
    fails=("unchanged", "views"),
)
def written_into_inputs(params, grads, velocity, lr, beta):
    new_params, new_velocity = [], []
    for p, g, v in zip(params, grads, velocity):
        v *= beta
        v += g
        p -= lr * v
        new_params.append(p)
        new_velocity.append(v)
    return new_params, new_velocity


@momentum_step.unusual
def in_one_loop(params, grads, velocity, lr, beta):
    pairs = []
    for p, g, v in zip(params, grads, velocity):
        pairs.append((p - lr * beta * v - lr * g, g + v * beta))
    moved, new = zip(*pairs)
    return moved, new


@momentum_step.unusual
def with_gd_step(params, grads, velocity, lr, beta):
    velocity = right.gd_step(grads, velocity, -beta)
    return right.gd_step(params, velocity, lr), velocity


@momentum_step.unusual
def as_a_dict(params, grads, velocity, lr, beta):
    copies = [np.array(v, dtype=float) for v in velocity]
    for v, g in zip(copies, grads):
        v *= beta
        v += g
    return {"velocity": copies, "params": [np.subtract(p, lr * v) for p, v in zip(params, copies)]}


@momentum_step.unusual
def rate_inside_and_taken_out(params, grads, velocity, lr, beta):
    steps = [-lr * beta * np.asarray(v) - lr * np.asarray(g) for v, g in zip(velocity, grads)]
    return [p + s for p, s in zip(params, steps)], [-s / lr for s in steps]
