"""product_step, the bug hunt: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Numbers, Parameter, RightAnswers

right = RightAnswers(__file__)

product_step = Exercise("product_step")


@product_step.draw(times=4)
def two_factors(rng):
    u, v = rng.uniform(0.4, 1.6, size=2).tolist()
    return dict(u=u, v=v, target=float(rng.uniform(2, 4)), lr=float(rng.uniform(0.03, 0.15)))


product_step.corners(u=Numbers(), v=Numbers(), target=Numbers(), lr=Parameter((0.0, 1.0)))


@product_step.wrong(
    "sequential-update",
    """u is right and v is not: v's slope is measured with the new u. Both slopes belong to the point where the step
    begins; measure both, then move both. See 4.2, "one point, one gradient".""",
)
def sequential_product(u, v, target, lr):
    u = u - lr * 2 * (u * v - target) * v
    v = v - lr * 2 * (u * v - target) * u
    return u, v


@product_step.wrong(
    "sequential-the-other-way",
    """v is right and u is not: now v moves first, and u's slope is measured with the new v. Changing the order moves
    the mistake; measure both slopes, then move both. See 4.2, "one point, one gradient".""",
)
def sequential_v_first(u, v, target, lr):
    v = v - lr * 2 * (u * v - target) * u
    u = u - lr * 2 * (u * v - target) * v
    return u, v


@product_step.wrong(
    "half-mended",
    """It looks as if the residual is kept from before the step, and the slope of v is still multiplied with the new u.
    Every part of both slopes belongs to the point where the step begins.""",
)
def half_mended(u, v, target, lr):
    e = u * v - target
    u = u - lr * 2 * e * v
    v = v - lr * 2 * e * u
    return u, v


@product_step.wrong(
    "new-u-in-the-bracket",
    """The last factor is the old u, but the new u still stands inside the bracket. Keep the residual from before the
    step as well.""",
)
def new_in_bracket(u, v, target, lr):
    new = u - lr * 2 * (u * v - target) * v
    return new, v - lr * 2 * (new * v - target) * u


@product_step.wrong(
    "own-factor",
    """It looks as if u's slope is multiplied with u, and v's with v. A product swaps the partners: a nudge of u
    moves u·v by v. See 3.1 of unit 03.""",
)
def own_factor(u, v, target, lr):
    e = u * v - target
    return u - lr * 2 * e * u, v - lr * 2 * e * v


@product_step.wrong(
    "uphill",
    """Both moved away from the target: the step goes against the slope. See 4.1.""",
)
def uphill_product(u, v, target, lr):
    e = u * v - target
    return u + lr * 2 * e * v, v + lr * 2 * e * u


@product_step.wrong(
    "factor-2-missing",
    """Both steps are half as long as they should be: the derivative of e² is 2e.""",
)
def half_product(u, v, target, lr):
    e = u * v - target
    return u - lr * e * v, v - lr * e * u


@product_step.wrong(
    "partner-missing",
    """It looks as if u and v move by the slope of the loss in u·v alone. A nudge of u moves u·v by v, and one of v
    by u: each slope has its partner as a factor. See 3.1 of unit 03.""",
)
def partner_missing(u, v, target, lr):
    e = u * v - target
    return u - lr * 2 * e, v - lr * 2 * e


product_step.wrong(
    "swapped",
    "These are the right values in the other order. Return u first, then v.",
    lambda u, v, target, lr: right.product_step(u, v, target, lr)[::-1],
)


@product_step.wrong(
    "slopes-only",
    """These are the two slopes. Asked for is where u and v stand after the step.""",
)
def slopes_only(u, v, target, lr):
    e = u * v - target
    return 2 * e * v, 2 * e * u


@product_step.unusual
def both_at_once(u, v, target, lr):
    return np.array([u, v]) - 2 * lr * (u * v - target) * np.array([v, u])


@product_step.unusual
def undone_and_redone(u, v, target, lr):
    new_u = u - lr * 2 * (u * v - target) * v
    v -= lr * 2 * (u * v - target) * u
    return [new_u, v]


@product_step.unusual
def by_helper(u, v, target, lr):
    def slope(of, partner):
        h = 1e-20
        return (((of + 1j * h) * partner - target) ** 2).imag / h

    return right.gd_step([u, v], [slope(u, v), slope(v, u)], lr)
