"""long_chain_backward: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Numbers, RightAnswers

from ._shared import CHAIN, GATES, PATH, draw_chain, draw_large_chain

right = RightAnswers(__file__)

long_chain_backward = Exercise(
    "long_chain_backward",
    outputs=("dx", "dw"),
    care=("unchanged", "views", "float32"),
    sizes={"K": ("w", 0)},
)


def draw_cache(rng, links):
    """An upstream gradient, and a cache of the right forward pass."""
    chain = draw_chain(rng, links)
    da = float(rng.choice([-1, 1]) * rng.uniform(1.3, 2.5))
    return dict(da=da, a=right.long_chain_forward(**chain), w=chain["w"])


@long_chain_backward.draw(times=1)
def cache_of_four(rng):
    """One draw at least has a negative beginning, and one a positive upstream gradient."""
    chain = draw_chain(rng, 4)
    return with_its_cache(float(rng.uniform(1.3, 2.5)), [-abs(chain["x"])], chain["w"])


@long_chain_backward.draw(times=2)
def cache_of_any_length(rng):
    return draw_cache(rng, int(rng.integers(5, 9)))


@long_chain_backward.draw(times=1, care="a chain of one link")
def single_link_backward(rng):
    return draw_cache(rng, 1)


def with_its_cache(da, a, w):
    """The right forward pass from a[0]."""
    return dict(da=da, a=right.long_chain_forward(float(a[0]), w), w=w)


long_chain_backward.corners(
    with_its_cache,
    da=Numbers(),
    a=Numbers(),
    w=Numbers("K"),
    without={"size one": "a chain of one link is an aspect of care"},
)


@long_chain_backward.corners.at("large values")
def large_chain_backward(rng):
    chain = draw_large_chain(rng)
    return with_its_cache(2.0, [chain["x"]], chain["w"])


@long_chain_backward.differentiates(upstream="da", at=lambda a, w: dict(x=float(a[0]), w=w))
def end_of_chain(x, w):
    return right.long_chain_forward(x, w)[-1]


long_chain_backward.wrong(
    "upstream-ignored",
    f"""
    da plays no part in this result. It says how much the loss moves with a_K: the way back starts with it, not
    with 1. {CHAIN}""",
    lambda da, a, w: right.long_chain_backward(1.0, a, w),
)


@long_chain_backward.wrong(
    "slope-forgotten",
    f"""
    The slope of tanh is missing. Each link has two steps, a product and a tanh, and each step has a factor. {CHAIN}""",
)
def slope_forgotten(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dw[k] = da * a[k]
        da = da * w[k]
    return da, dw


@long_chain_backward.wrong(
    "slope-at-input",
    f"""
    It looks as if the slope 1 - a² were taken with the link's input. It is written with the link's output: for w[k]
    that is a[k + 1]. {CHAIN}""",
)
def slope_at_input(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "cache-off-by-one",
    f"""
    The cache is off by one. a has one entry more than w: for the link with w[k], a[k] is the input and a[k + 1] the
    output. {CHAIN}""",
)
def cache_off_by_one(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k] ** 2)
        dw[k] = dz * a[k - 1]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "slope-at-z",
    f"""
    It looks as if 1 - z² were taken, with z before tanh. The slope is 1 - a², with the result of tanh. {CHAIN}""",
)
def slope_before_tanh(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - (w[k] * a[k]) ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "tanh-twice",
    f"""
    It looks as if tanh were applied to a once more before its slope was taken. a is the result of tanh already:
    the slope is 1 - a². {CHAIN}""",
)
def tanh_twice(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - np.tanh(a[k + 1]) ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "slope-not-squared",
    f"""
    It looks as if the slope of tanh were 1 - a. The a is squared: 1 - a². {CHAIN}""",
)
def slope_not_squared(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1])
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "slope-with-plus",
    f"""
    It looks as if the slope of tanh were 1 + a². The sign in the slope: 1 - a². {CHAIN}""",
)
def slope_with_plus(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 + a[k + 1] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "no-brackets",
    f"""
    It looks as if the brackets of (1 - a²) were missing. In Python, da*1 - a**2 multiplies first: da is multiplied by 1
    alone, and then a² is taken away. {CHAIN}""",
)
def no_brackets_in_chain(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * 1 - a[k + 1] ** 2
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "last-output-for-every-link",
    f"""
    It looks as if a[-1] gave the slope of every link. Each link has its own output: a[k + 1]. {CHAIN}""",
)
def last_output_for_every_link(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[-1] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "da-lost-on-the-way",
    f"""
    It looks as if da were used for dw but lost on the way: what is passed on is da times slope times w[k].
    {CHAIN}""",
)
def da_lost_on_the_way(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = 1 - a[k + 1] ** 2
        dw[k] = da * dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "dx-one-factor-too-many",
    f"""
    One factor w_1 too many: after the last turn da is dx already. {CHAIN}""",
    spoils=("dx",),
)
def dx_one_factor_too_many(da, a, w):
    dx, dw = right.long_chain_backward(da, a, w)
    return dx * w[0], dw


@long_chain_backward.wrong(
    "slope-of-sigmoid",
    f"""
    a(1 - a) is the slope of the sigmoid. Here every link is a tanh, and its slope is 1 - a². {CHAIN}""",
)
def slope_of_sigmoid(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * a[k + 1] * (1 - a[k + 1])
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "output-for-input",
    f"""
    It looks as if dw used the link's output. In the product w_k a_(k-1) the partner of the weight is the link's
    input. {CHAIN}""",
    spoils=("dw",),
)
def output_for_input(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k + 1]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "dw-stops-one-link-early",
    f"""
    dw holds the gradients before tanh, dz. The weight's own step is still missing: multiply by its partner, the
    link's input. {CHAIN}""",
    spoils=("dw",),
)
def dw_stops_early(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dw[k] = da * (1 - a[k + 1] ** 2)
        da = dw[k] * w[k]
    return da, dw


@long_chain_backward.wrong(
    "x-for-every-link",
    f"""
    Every link was given x as its input. The input of the link with w[k] is a[k]. {CHAIN}""",
    spoils=("dw",),
)
def x_for_every_link(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[0]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "passed-on-too-early",
    f"""
    It looks as if da was already passed on when dw used it: dw contains w[k] as well. At the link's own product, dw
    takes what arrives, before it is multiplied by w[k]. {CHAIN}""",
    spoils=("dw",),
)
def passed_on_too_early(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2)
        da = dz * w[k]
        dw[k] = da * a[k]
    return da, dw


@long_chain_backward.wrong(
    "da-piles-up",
    f"""
    It looks as if da were added to on the way. A chain is one path: what leaves a link takes the place of what
    arrived. Adding is for paths that meet. {CHAIN}""",
)
def da_piles_up(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k]
        da += dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "dw-is-w",
    """
    It looks as if dw = w stood before the loop. That makes no copy: both names mean one array, so dw[k] overwrites
    w[k] before it is used, and the caller's w is changed too. Begin with np.zeros(len(w)).""",
)
def dw_is_w(da, a, w):
    dw = w
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "two-links-only",
    f"""
    Only the first two links are used, whatever w is. The number of links is not fixed: it is len(w). {CHAIN}""",
)
def two_links_only_back(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(2)):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "two-links-in-all",
    f"""
    dw has two entries, whatever w is. The number of links is not fixed: it is len(w). {CHAIN}""",
)
def two_links_in_all(da, a, w):
    dw = np.zeros(2)
    for k in reversed(range(2)):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "returned-from-the-first-turn",
    f"""
    It looks as if the work ended with the first turn. Is return inside the loop? It belongs after it. {CHAIN}""",
)
def returned_from_the_first_turn_back(da, a, w):
    dw = np.zeros(len(w))
    dz = da * (1 - a[-1] ** 2)
    dw[-1] = dz * a[-2]
    return dz * w[-1], dw


@long_chain_backward.wrong(
    "dw-times-w",
    f"""
    It looks as if dw were multiplied by w. A product swaps: the weight's gradient is multiplied by the link's input,
    and the weight by which the gradient is passed on is for the input. {CHAIN}""",
    spoils=("dw",),
)
def dw_times_w(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dw[k] = da = da * (1 - a[k + 1] ** 2) * w[k]
    return da, dw


@long_chain_backward.wrong(
    "dw-reversed",
    f"""
    dw has the right numbers in reverse order. The way back meets the last weight first; the result starts with the
    first, like w. {CHAIN}""",
    spoils=("dw",),
)
def dw_reversed(da, a, w):
    dx, dw = right.long_chain_backward(da, a, w)
    return dx, dw[::-1]


@long_chain_backward.wrong(
    "passed-on-without-w",
    f"""
    The gradient is passed on to the link before without its weight. From z back to the link's input lies the product:
    multiply by w[k]. {CHAIN}""",
)
def passed_on_without_w(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        da = da * (1 - a[k + 1] ** 2)
        dw[k] = da * a[k]
    return da, dw


@long_chain_backward.wrong(
    "partners-not-swapped",
    f"""
    It looks as if the weight's gradient were multiplied by the weight, and the input's by the input. A product swaps.
    {GATES}""",
)
def partners_in_place(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * w[k]
        da = dz * a[k]
    return da, dw


@long_chain_backward.wrong(
    "weight-of-the-link-before",
    f"""
    The gradient is passed on with another link's weight. Link k multiplied its input by w[k], so the way back
    multiplies by w[k] too. {CHAIN}""",
    spoils=("dw",),
)
def weight_of_the_link_before(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k - 1]
    return da, dw


@long_chain_backward.wrong(
    "moved-weight",
    """
    It looks as if w[k] took a step before it was used to pass the gradient on. All gradients are taken at the same
    point; steps come after.""",
)
def moved_weight(da, a, w):
    w, dw = np.array(w), np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k]
        w[k] -= 0.1 * dw[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "dx-stops-one-link-early",
    f"""
    dx is what arrives before the first product, dz_1. One step more leads to x: multiply by w_1. {CHAIN}""",
    spoils=("dx",),
)
def dx_stops_early(da, a, w):
    dx, dw = right.long_chain_backward(da, a, w)
    return dx / w[0], dw


@long_chain_backward.wrong(
    "dx-is-da1",
    f"""
    dx is the gradient of a_1. x is a_0: the first link still lies between. {CHAIN}""",
    spoils=("dx",),
)
def dx_is_da1(da, a, w):
    dx, dw = right.long_chain_backward(da, a, w)
    return dx / w[0] / (1 - a[1] ** 2), dw


@long_chain_backward.wrong(
    "dx-is-first-dw",
    """
    dx has the value of the first entry of dw. They share all factors but the last: x's partner is w_1, and w_1's
    is x.""",
    spoils=("dx",),
)
def dx_is_first_dw(da, a, w):
    _, dw = right.long_chain_backward(da, a, w)
    return dw[0], dw


@long_chain_backward.wrong(
    "each-link-alone",
    f"""
    It looks as if every link received da itself. Only the last one does; the others receive what the link after them
    passes on. {CHAIN}""",
)
def each_link_alone(da, a, w):
    dz = da * (1 - a[1:] ** 2)
    return dz[0] * w[0], dz * a[:-1]


@long_chain_backward.wrong(
    "front-to-back",
    f"""
    It looks as if the loop ran from the first link to the last. da arrives at the end of the chain: the last link
    comes first. {CHAIN}""",
    spoils=("dw",),
)
def front_to_back(da, a, w):
    dw = np.zeros(len(w))
    for k in range(len(w)):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "added-along-path",
    f"""
    It looks as if slopes were added along the chain. Along a path multiply; add only where paths meet. {PATH}""",
)
def sums_along_chain(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da + (1 - a[k + 1] ** 2)
        dw[k] = dz + a[k]
        da = dz + w[k]
    return da, dw


@long_chain_backward.wrong(
    "first-link-left-out",
    f"""
    It looks as if the loop ended one link early: the first link, with w[0], is left out.
    In Python, range(K - 1, 0, -1) stops before 0. {CHAIN}""",
)
def first_link_left_out(da, a, w):
    dw = np.zeros(len(w))
    for k in range(len(w) - 1, 0, -1):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "writes-into-cache",
    """
    Make arrays of your own: a and w belong to the caller, who may need them again.""",
    fails=("unchanged", "views"),
)
def writes_into_cache(da, a, w):
    dx, dw = right.long_chain_backward(da, a, w)
    a[1:] = 1 - a[1:] ** 2
    w[:] = dw
    return dx, w


long_chain_backward.wrong(
    "sign-of-the-upstream-lost",
    f"""It looks as if the sign of da is lost: where da is negative, every gradient turns round. {CHAIN}""",
    lambda da, a, w: right.long_chain_backward(abs(da), a, w),
)


@long_chain_backward.wrong(
    "minus-square",
    f"""
    It looks as if the slope of tanh were -a², so the 1 is left out. It is 1 - a². {CHAIN}""",
)
def minus_square(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * -(a[k + 1] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "slope-left-out-going-down",
    f"""
    The slope of tanh is used for dw, and left out of what goes further down: da * w[k] is passed on in place of
    dz * w[k]. {CHAIN}""",
)
def slope_left_out_going_down(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k]
        da = da * w[k]
    return da, dw


@long_chain_backward.wrong(
    "slope-left-out-of-dw",
    f"""
    The slope of tanh is used going down, and left out of dw: the weight stands behind its tanh, so dw takes dz and
    not da. {CHAIN}""",
    spoils=("dw",),
)
def slope_left_out_of_dw(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = da * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "slope-of-the-last-link-left-out",
    f"""
    The slope of the last link is left out: da arrives at a_K, and before the product with w_K lies a tanh. {CHAIN}""",
)
def slope_of_the_last_link_left_out(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2) if k < len(w) - 1 else da
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "slope-of-the-first-link-left-out",
    f"""
    The slope of the first link is left out. Each link has its own tanh, the one with w[0] too: does the loop end one
    link too early? {CHAIN}""",
)
def slope_of_the_first_link_left_out(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2) if k else da
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.wrong(
    "slope-counted-twice",
    f"""
    The slope of tanh is counted twice on the way down: it is in dz already. {CHAIN}""",
)
def slope_counted_twice(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        slope = 1 - a[k + 1] ** 2
        dw[k] = da * slope * a[k]
        da = da * slope * w[k] * slope
    return da, dw


@long_chain_backward.wrong(
    "square-of-the-difference",
    f"""
    It looks as if the whole difference were squared, (1 - a)². Only a is: 1 - a². {CHAIN}""",
)
def square_of_the_difference(da, a, w):
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1]) ** 2
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw


@long_chain_backward.unusual
def backwards_with_zip(da, a, w):
    dw = []
    for w_k, a_in, a_out in zip(w[::-1], a[-2::-1], a[:0:-1]):
        dz = da / np.cosh(w_k * a_in) ** 2 if abs(a_out) < 1 else 0.0
        dw.insert(0, dz * a_in)
        da = dz * w_k
    return {"dw": dw, "dx": da}


@long_chain_backward.unusual
def products_from_the_end(da, a, w):
    slopes = 1 - np.square(a[1:])
    factors = np.append(slopes * w, 1.0)
    arrives = da * np.multiply.accumulate(factors[::-1])[::-1]
    return arrives[0], arrives[1:] * slopes * a[:-1]


@long_chain_backward.unusual
def recursive_back(da, a, w):
    if not len(w):
        return da, np.zeros(0)
    dz = da * (1 + a[-1]) * (1 - a[-1])
    dx, dw = recursive_back(dz * w[-1], a[:-1], w[:-1])
    return dx, np.append(dw, dz * a[-2])


@long_chain_backward.unusual
def forward_mode(da, a, w):
    def end(x, w):
        for w_k in w:
            x = np.tanh(w_k * x)
        return x.imag / 1e-30

    w = np.asarray(w, dtype=complex)
    dw = [da * end(complex(a[0]), w + 1e-30j * row) for row in np.eye(len(w))]
    return [da * end(a[0] + 1e-30j, w), np.array(dw)]


@long_chain_backward.unusual
def float32_arrays(da, a, w):
    dw, grad = np.zeros_like(w, dtype=np.float32), np.float32(da)
    for k in range(len(w) - 1, -1, -1):
        grad = grad * np.float32(1 - a[k + 1] * a[k + 1])
        dw[k] = grad * a[k]
        grad = np.float32(grad * w[k])
    return np.array(grad), dw
