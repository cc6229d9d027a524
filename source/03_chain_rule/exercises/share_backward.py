"""share_backward, the bug hunt: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Numbers

from ._shared import FORK

BUG = 'See "Bug hunt: a share that falls".'

share_backward = Exercise(
    "share_backward",
    outputs=("dp", "dq"),
    stages=((("dq",), "Begin with dq: one path alone leads to q, through s. dp uses ds too."),),
)


@share_backward.draw(times=2)
def two_parts(rng):
    p, q = rng.uniform(0.6, 2.5, size=2).tolist()
    return dict(dr=float(rng.uniform(1.3, 2.5)), p=p, q=q)


@share_backward.draw(times=1)
def two_parts_of_what_should_fall(rng):
    p, q = rng.uniform(0.6, 2.5, size=2).tolist()
    return dict(dr=-float(rng.uniform(1.3, 2.5)), p=p, q=q)


POSITIVE = dict.fromkeys(("zeros", "negative values"), "p and q are positive, says the text")
share_backward.corners(dr=Numbers(), p=Numbers(without=POSITIVE), q=Numbers(without=POSITIVE))


@share_backward.corners.at("tiny values")
def small_total(rng):
    p, q = rng.uniform(0.02, 0.03, size=2).round(3).tolist()
    return dict(dr=2.0, p=p, q=q)


@share_backward.differentiates(upstream="dr")
def share(p, q):
    return p / (p + q)


@share_backward.wrong(
    "overwritten-at-fork",
    f"""
    dp holds the path through s alone: the direct one was overwritten. Two paths meet at p, so both are added. {BUG}""",
    spoils=("dp",),
)
def overwritten_at_fork(dr, p, q):
    ds = -dr * p / (p + q) ** 2
    return ds, ds


@share_backward.wrong(
    "only-the-direct-path",
    f"""
    dp holds the direct path alone. p is a part of the total s as well: the path through s is added. {BUG}""",
    spoils=("dp",),
)
def only_the_direct_path(dr, p, q):
    s = p + q
    return dr / s, -dr * p / s**2


@share_backward.wrong(
    "paths-multiplied",
    f"""
    It looks as if what comes back on the two paths to p were multiplied. Across paths add. {FORK}""",
    spoils=("dp",),
)
def parts_multiplied(dr, p, q):
    s = p + q
    ds = -dr * p / s**2
    return dr / s * ds, ds


@share_backward.wrong(
    "paths-subtracted",
    f"""
    It looks as if the path through s were subtracted; its minus sign is in ds already. A copy adds what comes back.
    {FORK}""",
    spoils=("dp",),
)
def parts_subtracted(dr, p, q):
    s = p + q
    ds = -dr * p / s**2
    return dr / s - ds, ds


@share_backward.wrong(
    "paths-averaged",
    f"""
    This is the mean of the two paths. A copy adds. {FORK}""",
    spoils=("dp",),
)
def parts_averaged(dr, p, q):
    s = p + q
    ds = -dr * p / s**2
    return (dr / s + ds) / 2, ds


@share_backward.wrong(
    "also-added-to-q",
    f"""
    The direct path is added to dq as well. Only one edge leaves q, the one to s. {BUG}""",
    spoils=("dq",),
)
def also_added_to_q(dr, p, q):
    s = p + q
    ds = -dr * p / s**2
    return dr / s + ds, dr / s + ds


@share_backward.wrong(
    "quotient-sign",
    f"""
    It looks as if the minus sign of the denominator were missing. A larger total makes the share smaller: ds is
    negative for positive dr. {BUG}""",
)
def quotient_sign(dr, p, q):
    s = p + q
    ds = dr * p / s**2
    return dr / s + ds, ds


@share_backward.wrong(
    "denominator-not-squared",
    f"""
    The slope of 1/s is -1/s², with the square. It looks as if the square were missing. {BUG}""",
)
def denominator_not_squared(dr, p, q):
    s = p + q
    ds = -dr * p / s
    return dr / s + ds, ds


@share_backward.wrong(
    "upstream-ignored",
    f"""
    dr plays no part in this result. It says how much the loss moves with r: every path starts with it. {BUG}""",
)
def slopes_of_share(dr, p, q):
    s = p + q
    return q / s**2, -p / s**2


@share_backward.wrong(
    "upstream-lost-on-one-path",
    f"""
    dr is missing on the path through s. Every path starts with the gradient that arrives. {BUG}""",
)
def upstream_lost_on_one_path(dr, p, q):
    s = p + q
    ds = -p / s**2
    return dr / s + ds, ds


@share_backward.wrong(
    "upstream-lost-on-the-direct-path",
    f"""
    dr is missing on the direct path from p. Every path starts with the gradient that arrives. {BUG}""",
    spoils=("dp",),
)
def upstream_lost_on_the_direct_path(dr, p, q):
    s = p + q
    ds = -dr * p / s**2
    return 1 / s + ds, ds


@share_backward.wrong(
    "direct-path-without-upstream",
    f"""
    dp is the local slope of the direct path, 1/s. Two things are missing: dr, with which every path starts, and the
    path through s. {BUG}""",
    spoils=("dp",),
)
def direct_path_without_upstream(dr, p, q):
    s = p + q
    return 1 / s, -dr * p / s**2


@share_backward.wrong(
    "numerator-lost",
    f"""
    It looks as if ds were -dr/s². r is p times 1/s, and a product swaps: p is a factor of ds. {BUG}""",
)
def numerator_lost(dr, p, q):
    s = p + q
    ds = -dr / s**2
    return dr / s + ds, ds


@share_backward.wrong(
    "opposites",
    f"""
    This dq is minus what dp should be, as if the total stayed the same. p and q move one at a time: follow the edge
    from q alone. {BUG}""",
    spoils=("dq",),
)
def opposites(dr, p, q):
    dp = dr * q / (p + q) ** 2
    return dp, -dp


@share_backward.wrong(
    "p-and-q-exchanged",
    f"""
    It looks as if p and q were exchanged above the line. If q is 0 the share is 1 whatever p is, so dp must be 0; if
    p is 0, dq must be 0. Which of p and q stands above in each? {BUG}""",
)
def p_and_q_exchanged(dr, p, q):
    s = p + q
    return dr * p / s**2, -dr * q / s**2


share_backward.wrong(
    "sign-of-the-upstream-lost",
    f"""It looks as if the sign of dr is lost: where dr is negative, both gradients turn round. {BUG}""",
    lambda dr, p, q: (abs(dr) * q / (p + q) ** 2, -abs(dr) * p / (p + q) ** 2),
)


@share_backward.wrong(
    "path-through-s-twice",
    f"""
    The path through s is counted twice in dp. Two paths lead to p, the direct one and the one through s: each counts
    once. {BUG}""",
    spoils=("dp",),
)
def path_through_s_twice(dr, p, q):
    s = p + q
    ds = -dr * p / s**2
    return dr / s + 2 * ds, ds


@share_backward.wrong(
    "direct-path-twice",
    f"""
    The direct path is counted twice in dp. Two paths lead to p, the direct one and the one through s: each counts
    once. {BUG}""",
    spoils=("dp",),
)
def direct_path_twice(dr, p, q):
    s = p + q
    ds = -dr * p / s**2
    return 2 * dr / s + ds, ds


@share_backward.wrong(
    "times-2-for-the-square",
    f"""
    It looks as if s * 2 stood for s squared: Python divides by s and multiplies by 2. A power is written s**2.
    {BUG}""",
)
def times_2_for_the_square(dr, p, q):
    s = p + q
    ds = -dr * p / s * 2
    return dr / s + ds, ds


@share_backward.wrong(
    "total-without-brackets",
    f"""
    It looks as if the brackets of (p + q)² were missing: Python divides by p alone, and then adds. {BUG}""",
)
def total_without_brackets(dr, p, q):
    ds = -dr * p / p + q**2
    return dr / (p + q) + ds, ds


@share_backward.unusual
def closed_form(dr, p, q):
    total = (p + q) ** 2
    return {"dq": -dr * p / total, "dp": dr * q / total}


@share_backward.unusual
def through_shares(dr, p, q):
    r = p / (p + q)
    return dr * r * (1 - r) / np.array([p, -q])


@share_backward.unusual
def added_up(dr, p, q):
    grad = dict(p=0.0, q=0.0)
    for name, slope in (("p", 1 / (p + q)), ("p", -p * (p + q) ** -2), ("q", -p * (p + q) ** -2)):
        grad[name] += float(dr) * slope
    return list(grad.values())
