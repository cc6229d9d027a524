"""best_of_restarts: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, RightAnswers
from course.functions import Named

right = RightAnswers(__file__)

best_of_restarts = Exercise("best_of_restarts", care=("unchanged",), tolerance=1e-5)


def _valleys(tilt):
    return Named("two_valleys", tilt=tilt), Named("two_valleys_slope", tilt=tilt)


@best_of_restarts.draw(times=1)
def left_is_deeper(rng):
    f, df = _valleys(float(rng.uniform(0.2, 0.35)))
    starts = [float(rng.uniform(1.2, 1.4)), float(rng.uniform(-0.4, -0.2)), float(rng.uniform(-0.7, -0.5)), 1.0]
    return dict(f=f, df=df, starts=starts, lr=float(rng.uniform(0.06, 0.09)), steps=int(rng.integers(7, 11)))


@best_of_restarts.draw(times=1)
def right_is_deeper(rng):
    f, df = _valleys(-float(rng.uniform(0.2, 0.35)))
    starts = [-1.0, float(rng.uniform(-1.4, -1.2)), float(rng.uniform(0.4, 0.6)), float(rng.uniform(-1.0, -0.8))]
    return dict(f=f, df=df, starts=starts, lr=float(rng.uniform(0.06, 0.09)), steps=int(rng.integers(10, 14)))


@best_of_restarts.draw(times=1)
def several_valleys(rng):
    f, df = (Named(name, depth=1.0) for name in ("wavy_bowl", "wavy_bowl_slope"))
    starts = [float(rng.uniform(2.2, 2.4)), 5.0, float(rng.uniform(-0.15, -0.05)), float(rng.uniform(-3.5, -3.3))]
    return dict(f=f, df=df, starts=starts, lr=float(rng.uniform(0.05, 0.08)), steps=int(rng.integers(9, 14)))


@best_of_restarts.draw(times=1)
def a_rate_that_oversteps(rng):
    f, df = _valleys(0.3)
    starts = [1.2, float(rng.uniform(-1.47, -1.45)), float(rng.uniform(1.6, 1.7))]
    return dict(f=f, df=df, starts=starts, lr=0.5, steps=5)


@best_of_restarts.draw(times=1)
def ends_above_the_first_start(rng):
    f, df = _valleys(0.3)
    starts = [float(rng.uniform(-1.466, -1.462)), 1.2, float(rng.uniform(-1.476, -1.474)), 1.65]
    return dict(f=f, df=df, starts=starts, lr=0.5, steps=5)


@best_of_restarts.draw(times=1)
def all_ends_above_zero(rng):
    f, df = (Named(name, depth=1.0) for name in ("wavy_bowl", "wavy_bowl_slope"))
    starts = [float(rng.uniform(4.8, 5.0)), float(rng.uniform(-3.5, -3.3)), float(rng.uniform(5.5, 5.7))]
    return dict(f=f, df=df, starts=starts, lr=float(rng.uniform(0.05, 0.08)), steps=int(rng.integers(9, 14)))


@best_of_restarts.draw(times=1, care="one start")
def one_start(rng):
    f, df = _valleys(0.3)
    return dict(f=f, df=df, starts=[float(rng.uniform(1.6, 2.0))], lr=0.05, steps=6)


@best_of_restarts.draw(times=1, care="no steps")
def no_restart_steps(rng):
    f, df = _valleys(0.3)
    return dict(f=f, df=df, starts=[0.1, float(rng.uniform(-1.3, -1.1)), 1.4], lr=0.05, steps=0)


def _descend(df, x, lr, steps):
    for _ in range(steps):
        x = x - lr * df(x)
    return x


def _parabola():
    return Named("polynomial", coefficients=[0.0, 0.0, 1.0]), Named("polynomial", coefficients=[0.0, 2.0])


@best_of_restarts.corners.at("loops to the end")
def almost_flat(rng):
    f, df = _parabola()
    return dict(f=f, df=df, starts=[1e-4, round(rng.uniform(2e-4, 9e-4), 5)], lr=0.1, steps=5)


@best_of_restarts.corners.at("loops to the end")
def one_start_at_rest(rng):
    """On the hill between the valleys: the slope is exactly 0."""
    f, df = _valleys(0.0)
    return dict(f=f, df=df, starts=[0.0, round(rng.uniform(0.3, 0.6), 2)], lr=0.05, steps=6)


@best_of_restarts.corners.at("large values")
def start_far_out(rng):
    f, df = _valleys(0.3)
    return dict(f=f, df=df, starts=[-round(rng.uniform(7, 8), 2)], lr=0.01, steps=3)


@best_of_restarts.corners.at("functions")
def constant(rng):
    f, df = Named("polynomial", coefficients=[1.5]), Named("polynomial", coefficients=[0.0])
    return dict(f=f, df=df, starts=[round(rng.uniform(1, 2), 2)], lr=0.1, steps=3)


@best_of_restarts.corners.at("functions")
def falling_line(rng):
    """Steep and far out: no slope, no start and no end is a small number. The first two descents are alike."""
    f, df = Named("polynomial", coefficients=[1.0, -20.0]), Named("polynomial", coefficients=[-20.0])
    far = round(rng.uniform(11, 12), 2)
    return dict(f=f, df=df, starts=[0.5, 0.5, far, -far], lr=0.1, steps=3)


@best_of_restarts.corners.at("edges of parameters")
def one_step(rng):
    f, df = _valleys(0.3)
    return dict(f=f, df=df, starts=[0.1, round(rng.uniform(-1.3, -1.1), 2)], lr=0.05, steps=1)


def _into_two_valleys(lr=0.05, steps=3):
    f, df = _valleys(0.3)
    return dict(f=f, df=df, starts=[0.5, 1.5], lr=lr, steps=steps)


@best_of_restarts.corners.at("called again")
def few_small_steps(rng):
    return _into_two_valleys()


@best_of_restarts.corners.at("called again")
def few_larger_steps(rng):
    return _into_two_valleys(lr=0.1)


@best_of_restarts.corners.at("called again")
def more_small_steps(rng):
    return _into_two_valleys(steps=5)


best_of_restarts.wrong(
    "best-start",
    """It looks as if the start with the lowest f was chosen first, and only that one walked. A low start can lie in the
    shallow valley: let each start walk, then compare the ends. See 4.5.""",
    lambda f, df, starts, lr, steps: _descend(df, min(starts, key=f), lr, steps),
)

best_of_restarts.wrong(
    "height-for-place",
    "This is the lowest f, the height. Asked for is the x where it lies. See 4.5.",
    lambda f, df, starts, lr, steps: min(f(_descend(df, x, lr, steps)) for x in starts),
)

best_of_restarts.wrong(
    "start-for-end",
    "This is the start of the best descent. Asked for is the x where that descent ends. See 4.5.",
    lambda f, df, starts, lr, steps: min(starts, key=lambda x: f(_descend(df, x, lr, steps))),
)

best_of_restarts.wrong(
    "lowest-x",
    """This is the end with the smallest x. Asked for is the end where f is smallest: min(ends) compares the wrong
    numbers. See 4.5.""",
    lambda f, df, starts, lr, steps: min(_descend(df, x, lr, steps) for x in starts),
)

best_of_restarts.wrong(
    "highest",
    "This is the end with the highest f. The lowest is asked for. See 4.5.",
    lambda f, df, starts, lr, steps: max((_descend(df, x, lr, steps) for x in starts), key=f),
)

best_of_restarts.wrong(
    "last-end",
    "This is the end of the last descent, whatever its height. Keep the best end so far, and compare. See 4.5.",
    lambda f, df, starts, lr, steps: [_descend(df, x, lr, steps) for x in starts][-1],
)

best_of_restarts.wrong(
    "first-end",
    "This is the end of the first descent only. Does return stand inside the loop over starts? See 4.5.",
    lambda f, df, starts, lr, steps: _descend(df, starts[0], lr, steps),
)


@best_of_restarts.wrong(
    "walks-on",
    """It looks as if each descent begins where the last one ended, and not at its own start. See 4.5.""",
)
def walks_on(f, df, starts, lr, steps):
    x, ends = starts[0], []
    for _ in starts:
        x = _descend(df, x, lr, steps)
        ends.append(x)
    return min(ends, key=f)


best_of_restarts.wrong(
    "lowest-on-the-way",
    """This is the lowest point seen on the way. Asked for is where the best descent ends; with a large rate the end
    can lie higher. See 4.5.""",
    lambda f, df, starts, lr, steps: min((_descend(df, x, lr, k) for x in starts for k in range(steps + 1)), key=f),
)

best_of_restarts.wrong(
    "zero-among-the-ends",
    """It looks as if the search for the best begins at best = 0, a place where no descent ended, and here f is low
    there. Begin with the first end, or with None. See 4.5.""",
    lambda f, df, starts, lr, steps: min([0.0, *(_descend(df, x, lr, steps) for x in starts)], key=f),
)

best_of_restarts.wrong(
    "start-among-the-ends",
    """It looks as if the search for the best begins at the first start, where no descent ended. Begin with the first
    end, or with None. See 4.5.""",
    lambda f, df, starts, lr, steps: min([starts[0], *(_descend(df, x, lr, steps) for x in starts)], key=f),
)

best_of_restarts.wrong(
    "index-for-place",
    "This is the number of the best end in the list. Asked for is that end itself, an x. See 4.5.",
    lambda f, df, starts, lr, steps: int(np.argmin([f(_descend(df, x, lr, steps)) for x in starts])),
)

best_of_restarts.wrong(
    "from-the-start-each-time",
    """It looks as if each step is taken from the start again, so that only one counts. The next step begins where
    the last one ended, and the slope is measured there. See 4.5.""",
    lambda f, df, starts, lr, steps: min((_descend(df, x, lr, min(steps, 1)) for x in starts), key=f),
)

best_of_restarts.wrong(
    "slope-not-renewed",
    """It looks as if the slope is measured once, at the start, and used for every step. After each step it must be
    measured anew. See 4.5.""",
    lambda f, df, starts, lr, steps: min((x - steps * lr * df(x) for x in starts), key=f),
)

best_of_restarts.wrong(
    "uphill",
    "Each descent walks uphill, to a hilltop or away to infinity. Is it minus lr times df? See 4.1.",
    lambda f, df, starts, lr, steps: min((_descend(df, x, -lr, steps) for x in starts), key=f),
)

best_of_restarts.wrong(
    "height-for-slope",
    "It looks as if x moves by lr·f(x). The step is lr times the slope, df(x). See 4.1.",
    lambda f, df, starts, lr, steps: min((_descend(f, x, lr, steps) for x in starts), key=f),
)


@best_of_restarts.wrong(
    "lowest-after-a-step",
    """This is the lowest of the points after each step. Asked for is where the best descent ends; with a large rate
    the end can lie higher. See 4.5.""",
)
def after_a_step(f, df, starts, lr, steps):
    return min((_descend(df, x, lr, k) for x in starts for k in range(min(steps, 1), steps + 1)), key=f)


best_of_restarts.wrong(
    "compared-before-the-step",
    """It looks as if heights are compared before each step, so that no end is ever seen. Compare the ends, after the
    loop over the steps. See 4.5.""",
    lambda f, df, starts, lr, steps: min((_descend(df, x, lr, k) for x in starts for k in range(max(steps, 1))), key=f),
)

best_of_restarts.wrong(
    "mean-of-ends",
    "It looks as if the ends were averaged. Between two valleys lies a hill: choose one of the ends. See 4.5.",
    lambda f, df, starts, lr, steps: np.mean([_descend(df, x, lr, steps) for x in starts]),
)

best_of_restarts.wrong(
    "flattest",
    "This is the end with the smallest slope. A flat place can be high up: compare f at the ends. See 4.5.",
    lambda f, df, starts, lr, steps: min((_descend(df, x, lr, steps) for x in starts), key=lambda x: abs(df(x))),
)

best_of_restarts.wrong(
    "one-step-short",
    "It looks as if each descent is one step short. range(1, steps) and range(steps - 1) take steps − 1 of them.",
    lambda f, df, starts, lr, steps: min((_descend(df, x, lr, steps - 1) for x in starts), key=f),
)


@best_of_restarts.wrong(
    "written-into-starts",
    """It writes into the list of starts. The caller still needs it: use a variable of your own.""",
    fails="unchanged",
)
def written_into_starts(f, df, starts, lr, steps):
    for k in range(len(starts)):
        for _ in range(steps):
            starts[k] -= lr * df(starts[k])
    return min(starts, key=f)


@best_of_restarts.unusual
def by_sorting_pairs(f, df, starts, lr, steps):
    ends = []
    for x in starts:
        for _ in range(steps):
            (x,) = right.gd_step([x], [df(x)], lr)
        ends.append((f(x), x))
    return sorted(ends)[0][1]


@best_of_restarts.unusual
def by_columns(f, df, starts, lr, steps):
    x = np.array(starts, dtype=float)
    slopes, heights = np.vectorize(df), np.vectorize(f)
    for _ in range(steps):
        x = x - lr * slopes(x)
    return x[np.argmin(heights(x))]


@best_of_restarts.unusual
def by_recursion(f, df, starts, lr, steps):
    def walk(x, left):
        return x if left == 0 else walk(x - lr * df(x), left - 1)

    best = None
    for start in reversed(starts):
        end = walk(start, steps)
        if best is None or f(end) <= f(best):
            best = end
    return np.array(best)
