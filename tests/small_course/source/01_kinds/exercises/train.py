"""train: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, RightAnswers

right = RightAnswers(__file__)

train = Exercise("train", outputs=("w", "losses"), care=("unchanged", "views"), sizes={"N": ("x", 0)})


@train.draw
def line(rng):
    x = rng.normal(size=9)
    return dict(x=x, y=1.5 * x + rng.normal(size=9), lr=0.1, steps=12)


@train.wrong("ascent", "This climbs.")
def ascent(x, y, lr, steps):
    w, losses = 0.0, [np.mean(y**2)]
    for _ in range(steps):
        w += lr * 2 * np.mean((w * x - y) * x)
        losses.append(np.mean((w * x - y) ** 2))
    return w, losses


@train.wrong("one-loss-short", "There is a loss before the first step too.", spoils=("losses",))
def one_short(x, y, lr, steps):
    w, losses = right.train(x, y, lr, steps)
    return w, losses[1:]


train.wrong("no-descent", "w does not move.", lambda x, y, lr, steps: (0.0, [np.mean(y**2)] * (steps + 1)))


@train.unusual
def closed_form(x, y, lr, steps):
    a, c = np.mean(x * x), np.mean(x * y)
    ws = c / a * (1 - (1 - 2 * lr * a) ** np.arange(steps + 1))
    return ws[-1], ((ws[:, None] * x - y) ** 2).mean(axis=1)


@train.unusual
def with_array(x, y, lr, steps):
    w, losses = right.train(x, y, lr, steps)
    return [w, np.array(losses)]
