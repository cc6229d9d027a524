"""fit_line: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import AsDrawn, Exercise, Numbers, Parameter, RightAnswers

right = RightAnswers(__file__)

fit_line = Exercise(
    "fit_line",
    outputs=("w", "b", "losses"),
    care=("unchanged", "views"),
    sizes={"N": ("x", 0)},
    tolerance=1e-5,
    in_order=True,
)


@fit_line.draw
def line_with_noise(rng):
    n = int(rng.choice([7, 8, 9, 11]))
    x = rng.normal(0.6, 0.8, size=n)
    y = rng.uniform(1, 2) * x + rng.uniform(0.5, 1.5) + rng.normal(0, 0.3, size=n)
    return dict(x=x, y=y, lr=float(rng.uniform(0.05, 0.12)), steps=int(rng.integers(6, 13)))


@fit_line.draw(times=1)
def rate_above_the_limit(rng):
    """Steep enough that no number of it stays small, and an odd number of steps, after which the sign shows."""
    x = np.append(rng.uniform(1, 3, size=6), 8.0)
    y = rng.uniform(1, 2) * x + rng.uniform(0.5, 1.5) + rng.normal(0, 0.3, size=7)
    steepest = np.linalg.eigvalsh(2 * np.array([[np.mean(x * x), np.mean(x)], [np.mean(x), 1.0]]))[-1]
    return dict(x=x, y=y, lr=float(rng.uniform(1.2, 1.25) * 2 / steepest), steps=7)


@fit_line.draw(times=1, care="no steps")
def no_steps(rng):
    return dict(x=rng.normal(size=5), y=rng.normal(size=5), lr=0.1, steps=0)


fit_line.corners(
    x=Numbers(
        "N",
        {
            "large values": "with a learning rate that suits x as it is drawn, the losses would overflow",
            "tiny values": "a closed form of the descent divides by the curvature, which is tiny there",
        },
    ),
    y=Numbers("N"),
    lr=AsDrawn("it must suit x"),
    steps=Parameter((1,)),
)


@fit_line.corners.at("loops to the end")
def plateau(rng):
    """The losses hardly change, so a loop that waits for progress ends early."""
    return dict(x=rng.normal(size=3).round(1), y=rng.normal(size=3).round(1), lr=1e-9, steps=4)


@fit_line.corners.at("loops to the end")
def best_from_the_start(rng):
    return dict(x=rng.normal(size=3).round(1), y=np.zeros(3), lr=0.1, steps=3)


@fit_line.wrong(
    "uphill",
    """It looks as if the line walks uphill. The step goes against the gradient. See 4.1.""",
)
def uphill_fit(x, y, lr, steps):
    w, b, losses = 0.0, 0.0, [np.mean(y**2)]
    for _ in range(steps):
        e = w * x + b - y
        w, b = w + lr * 2 * np.mean(e * x), b + lr * 2 * np.mean(e)
        losses.append(np.mean((w * x + b - y) ** 2))
    return w, b, losses


@fit_line.wrong(
    "first-loss-missing",
    """The losses lack the one at (0, 0), before any step: steps + 1 are asked for. See 4.2.""",
    spoils=("losses",),
)
def first_loss_missing(x, y, lr, steps):
    w, b, losses = right.fit_line(x, y, lr, steps)
    return w, b, losses[1:]


@fit_line.wrong(
    "last-loss-missing",
    """The losses lack the one after the last step: steps + 1 are asked for. See 4.2.""",
    spoils=("losses",),
)
def last_loss_missing(x, y, lr, steps):
    w, b, losses = right.fit_line(x, y, lr, steps)
    return w, b, losses[:-1]


@fit_line.wrong(
    "last-loss-only",
    """One number came back for losses. A list is asked for: the loss at the start and after each step. See 4.2.""",
    spoils=("losses",),
)
def last_loss_only(x, y, lr, steps):
    w, b, losses = right.fit_line(x, y, lr, steps)
    return w, b, losses[-1]


@fit_line.wrong(
    "loss-before-the-step",
    """Each later loss is one step old: it looks as if it is made of the residual from before the step. Work the
    prediction out anew after the step. See 4.2.""",
    spoils=("losses",),
)
def loss_before_step(x, y, lr, steps):
    w, b, losses = right.fit_line(x, y, lr, steps)
    return w, b, losses[:1] + losses[:-1] if steps else losses


@fit_line.wrong(
    "summed-losses",
    """The losses are N times too large. The loss of unit 01 is a mean. See 4.2.""",
    spoils=("losses",),
)
def summed_losses(x, y, lr, steps):
    w, b, losses = right.fit_line(x, y, lr, steps)
    return w, b, [loss * len(x) for loss in losses]


@fit_line.wrong(
    "sequential-update",
    """It looks as if w moves before db is measured, so that the two slopes are taken at different points.
    Measure both slopes at the same point, then move both. See 4.2, "one point, one gradient".""",
)
def sequential(x, y, lr, steps):
    w, b, losses = 0.0, 0.0, [np.mean(y**2)]
    for _ in range(steps):
        w = w - lr * 2 * np.mean((w * x + b - y) * x)
        b = b - lr * 2 * np.mean(w * x + b - y)
        losses.append(np.mean((w * x + b - y) ** 2))
    return w, b, losses


@fit_line.wrong(
    "gradient-not-renewed",
    """It looks as if the gradient is measured once, at (0, 0), and used for every step. It belongs to one point: after
    each step it must be measured anew. See 4.2.""",
)
def not_renewed(x, y, lr, steps):
    dw, db = -2 * np.mean(x * y), -2 * np.mean(y)
    ws, bs = -lr * dw * np.arange(steps + 1), -lr * db * np.arange(steps + 1)
    return ws[-1], bs[-1], [np.mean((w * x + b - y) ** 2) for w, b in zip(ws, bs)]


@fit_line.wrong(
    "b-never-moves",
    """It looks as if only w takes steps, and b stays 0. See 4.2.""",
)
def b_never_moves(x, y, lr, steps):
    w, losses = 0.0, [np.mean(y**2)]
    for _ in range(steps):
        w = w - lr * 2 * np.mean((w * x - y) * x)
        losses.append(np.mean((w * x - y) ** 2))
    return w, 0.0, losses


@fit_line.wrong(
    "one-step-too-many",
    """It looks as if one step more is taken. Does the step come after the last loss too? See 4.2.""",
    spoils=("w", "b"),
)
def one_too_many(x, y, lr, steps):
    w, b, _ = right.fit_line(x, y, lr, steps + 1)
    return w, b, right.fit_line(x, y, lr, steps)[2]


fit_line.wrong(
    "factor-2-missing",
    "The steps are half as long as they should be: the derivative of e² is 2e. See 4.1.",
    lambda x, y, lr, steps: right.fit_line(x, y, lr / 2, steps),
)

fit_line.wrong(
    "one-step-short",
    "It looks as if one step is missing: range(1, steps) and range(steps - 1) both take steps − 1. See 4.2.",
    lambda x, y, lr, steps: right.fit_line(x, y, lr, steps - 1) if steps else (0.0, 0.0, [np.mean(y**2)]),
)


@fit_line.wrong(
    "other-start",
    """It looks as if the start is (1, 1). Start from w = 0 and b = 0. See 4.2.""",
)
def other_start(x, y, lr, steps):
    w, b = 1.0, 1.0
    losses = [np.mean((w * x + b - y) ** 2)]
    for _ in range(steps):
        e = w * x + b - y
        w, b = w - lr * 2 * np.mean(e * x), b - lr * 2 * np.mean(e)
        losses.append(np.mean((w * x + b - y) ** 2))
    return w, b, losses


@fit_line.wrong(
    "best-line-at-once",
    """This is the best line, where the descent is heading. Asked for is where it stands after so many steps.
    See 4.2.""",
    spoils=("w", "b"),
)
def best_at_once(x, y, lr, steps):
    if not steps:
        return right.fit_line(x, y, lr, steps)
    w, b = np.linalg.lstsq(np.stack([x, np.ones_like(x)], axis=1), y, rcond=None)[0]
    return w, b, right.fit_line(x, y, lr, steps)[2]


fit_line.wrong(
    "step-thrown-away",
    "It looks as if w and b stay 0. gd_step returns new values: put them back, in w and b. See 4.2.",
    lambda x, y, lr, steps: (0.0, 0.0, (steps + 1) * [np.mean(y**2)]),
)


@fit_line.wrong(
    "w-and-b-change-places",
    """It looks as if w and b change places at each step: gd_step returns the new values in the order of params.
    See 4.2.""",
)
def change_places(x, y, lr, steps):
    w, b, losses = 0.0, 0.0, [np.mean(y**2)]
    for _ in range(steps):
        b, w = right.gd_step([w, b], right.line_grad(x, y, w, b), lr)
        losses.append(np.mean((w * x + b - y) ** 2))
    return w, b, losses


@fit_line.wrong(
    "returned-from-the-loop",
    """It looks as if only one step is taken: does return stand inside the loop? It must come after it. See 4.2.""",
)
def from_the_loop(x, y, lr, steps):
    w, b, losses = 0.0, 0.0, [np.mean(y**2)]
    for _ in range(steps):
        w, b = right.gd_step([w, b], right.line_grad(x, y, w, b), lr)
        losses.append(np.mean((w * x + b - y) ** 2))
        return w, b, losses
    return w, b, losses


@fit_line.wrong(
    "appended-after-the-loop",
    """losses holds the first loss and the last one. It looks as if append stands after the loop: it belongs inside, so
    that each step leaves its loss. See 4.2.""",
    spoils=("losses",),
)
def after_the_loop(x, y, lr, steps):
    w, b, losses = right.fit_line(x, y, lr, steps)
    return w, b, [losses[0], losses[-1]] if steps else losses


@fit_line.wrong(
    "losses-made-anew",
    """losses holds the last loss only. Is the list made anew in each round? Make it once, before the loop.
    See 4.2.""",
    spoils=("losses",),
)
def made_anew(x, y, lr, steps):
    w, b, losses = right.fit_line(x, y, lr, steps)
    return w, b, losses[-1:]


@fit_line.wrong(
    "losses-of-the-last-step",
    """losses holds the two losses around the last step. Is the list made anew in each round? Make it once, before the
    loop. See 4.2.""",
    spoils=("losses",),
)
def around_the_last_step(x, y, lr, steps):
    w, b, losses = right.fit_line(x, y, lr, steps)
    return w, b, losses[-2:]


@fit_line.wrong(
    "best-seen",
    """It looks as if the w and b with the lowest loss so far come back. Asked for are those after the last step, even
    where the loss grows. See 4.2.""",
    spoils=("w", "b"),
)
def best_seen(x, y, lr, steps):
    losses = right.fit_line(x, y, lr, steps)[2]
    w, b, _ = right.fit_line(x, y, lr, int(np.argmin(losses)))
    return w, b, losses


@fit_line.unusual
def by_matrix(x, y, lr, steps):
    X = np.stack([x, np.ones(len(x))], axis=1)
    theta, losses = np.zeros(2), []
    for k in range(steps + 1):
        residual = X @ theta - y
        losses.append(residual @ residual / len(x))
        if k < steps:
            theta = theta - lr * 2 / len(x) * residual @ X
    return theta[0], theta[1], np.array(losses)


@fit_line.unusual
def closed_form(x, y, lr, steps):
    X = np.column_stack([x, np.ones(len(x))])
    values, vectors = np.linalg.eigh(2 * X.T @ X / len(x))
    best = np.linalg.lstsq(X, y, rcond=None)[0]
    powers = (1 - lr * values) ** np.arange(steps + 1)[:, None]
    thetas = best - (powers * (vectors.T @ best)) @ vectors.T
    return [*thetas[-1], ((thetas @ X.T - y) ** 2).mean(axis=1)]


@fit_line.unusual
def recursive(x, y, lr, steps):
    if steps == 0:
        return 0.0, 0.0, [np.mean(np.square(y))]
    w, b, losses = recursive(x, y, lr, steps - 1)
    w, b = right.gd_step([w, b], right.line_grad(x, y, w, b), lr)
    return w, b, [*losses, np.mean((w * x + b - y) ** 2)]


@fit_line.unusual
def with_plain_floats(x, y, lr, steps):
    pairs = list(zip(x.tolist(), y.tolist()))
    n, w, b, losses = len(pairs), 0.0, 0.0, []
    for k in range(steps + 1):
        losses += [sum((w * u + b - v) ** 2 for u, v in pairs) / n]
        if k == steps:
            break
        dw = sum(2 * (w * u + b - v) * u for u, v in pairs) / n
        db = sum(2 * (w * u + b - v) for u, v in pairs) / n
        w, b = w - lr * dw, b - lr * db
    return w, b, losses
