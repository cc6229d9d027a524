"""gd_step: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Numbers, Parameter

from ._shared import mixed, small

gd_step = Exercise("gd_step", care=("unchanged", "float32", "views"))


@gd_step.draw
def several_shapes(rng):
    params, grads = mixed(rng)
    return dict(params=params, grads=grads, lr=float(rng.uniform(0.05, 0.4)))


@gd_step.draw(times=1)
def two_floats(rng):
    return dict(params=rng.normal(size=2).tolist(), grads=rng.normal(size=2).tolist(), lr=float(rng.uniform(0.05, 0.4)))


gd_step.corners(base=small, params=Numbers(), grads=Numbers(), lr=Parameter((0.0, 1.0)))


@gd_step.corners.at("equal sizes")
def alike(rng):
    params, grads = ([rng.normal(size=(2, 2)).round(2) for _ in range(2)] for _ in range(2))
    return dict(params=params, grads=grads, lr=0.5)


@gd_step.corners.at("size one")
def one_parameter(rng):
    return dict(params=[rng.normal(size=1).round(2)], grads=[rng.normal(size=1).round(2)], lr=0.5)


gd_step.wrong(
    "uphill",
    "The step goes uphill. The gradient points where the loss grows, so the step goes the other way. See 4.1.",
    lambda params, grads, lr: [p + lr * g for p, g in zip(params, grads)],
)

gd_step.wrong(
    "rate-missing",
    "It looks as if the learning rate plays no part: the whole gradient was taken away. See 4.1.",
    lambda params, grads, lr: [p - g for p, g in zip(params, grads)],
)

gd_step.wrong(
    "only-the-step",
    "This is the step alone. Asked for is where the parameters stand after it. See 4.1.",
    lambda params, grads, lr: [-lr * g for g in grads],
)

gd_step.wrong(
    "only-rate-times-slope",
    """This is lr times the gradient. Take it away from the parameter: asked for is where it stands after the step.
    See 4.1.""",
    lambda params, grads, lr: [lr * g for g in grads],
)

gd_step.wrong(
    "share-of-the-parameter",
    """It looks as if the gradient is taken for a share of the parameter (p·lr·g is taken away). It is a rate: the
    step is lr·g, however large p is. See 4.1, "a rate, not a share".""",
    lambda params, grads, lr: [p * (1 - lr * g) for p, g in zip(params, grads)],
)

gd_step.wrong(
    "divided-by-rate",
    """It looks as if the gradient was divided by the learning rate. A smaller rate must give a smaller step:
    multiply. See 4.1.""",
    lambda params, grads, lr: [p - g / lr for p, g in zip(params, grads)],
)

gd_step.wrong(
    "only-the-sign",
    """It looks as if every entry moves by lr, whatever its slope is. The step is lr times the gradient, so it gets
    shorter where the ground gets flatter. See 4.1.""",
    lambda params, grads, lr: [p - lr * np.sign(g) for p, g in zip(params, grads)],
)

gd_step.wrong(
    "unit-length",
    """It looks as if each gradient was divided by its length first. The step is lr times the gradient as it is.
    See 4.1.""",
    lambda params, grads, lr: [p - lr * g / np.linalg.norm(g) for p, g in zip(params, grads)],
)


@gd_step.wrong(
    "first-only",
    """Only the first of the parameters comes back. Does return stand inside the loop? It must come after it.""",
)
def first_only(params, grads, lr):
    new = []
    for p, g in zip(params, grads):
        new.append(p - lr * g)
        return new
    return new


@gd_step.wrong(
    "nothing-moved",
    """The parameters come back as they were. p = p − … inside a loop gives the name p a new value and leaves the list
    alone: append the new value to a new list.""",
)
def nothing_moved(params, grads, lr):
    for p, g in zip(params, grads):
        p = p - lr * g
    return params


@gd_step.wrong(
    "minus-equals-on-a-number",
    """The arrays moved and the single number did not: -= writes into an array, but only gives a new value to the name
    of a number. Append p − … to a new list. See 4.1.""",
)
def minus_equals(params, grads, lr):
    for p, g in zip(params, grads):
        p -= lr * g
    return params


@gd_step.wrong(
    "written-into-params",
    """-= on an array, and params[k] = …, write into the caller's parameters: the point we came from is lost.
    Write p − …, which builds a new array, and put it into a new list. See 4.1.""",
    fails=("unchanged", "views"),
)
def written_into_params(params, grads, lr):
    new = []
    for p, g in zip(params, grads):
        p -= lr * g
        new.append(p)
    return new


@gd_step.unusual
def by_map(params, grads, lr):
    return list(map(lambda p, g: np.subtract(p, np.multiply(lr, g)), params, grads))


@gd_step.unusual
def on_copies(params, grads, lr):
    new = [np.array(p, dtype=float) for p in params]
    for k in range(len(new)):
        new[k] -= lr * np.asarray(grads[k])
    return tuple(new)


@gd_step.unusual
def flat_and_back(params, grads, lr):
    flat = np.concatenate([np.ravel(p) for p in params]) - lr * np.concatenate([np.ravel(g) for g in grads])
    new, start = [], 0
    for p in params:
        new.append(flat[start : start + np.size(p)].reshape(np.shape(p)))
        start += np.size(p)
    return new


@gd_step.unusual
def in_single_precision(params, grads, lr):
    return [np.float32(p) - np.float32(lr) * np.float32(g) for p, g in zip(params, grads)]
