"""square_net_grads, the bug hunt: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Numbers, RightAnswers

right = RightAnswers(__file__)

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


square_net_grads.corners(x=Numbers("ND"), y=Numbers("N"), W=Numbers("DH"), v=Numbers("H"))


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
