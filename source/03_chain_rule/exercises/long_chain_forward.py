"""long_chain_forward: what is asked, and what people write instead."""

import itertools
import math

import numpy as np

from autograder.exercises import Exercise, Numbers

from ._shared import CHAIN, draw_chain, draw_large_chain

long_chain_forward = Exercise(
    "long_chain_forward", care=("unchanged", "views", "float32"), sizes={"K": ("w", 0)}, in_order=True
)


@long_chain_forward.draw(times=1)
def chain_of_four(rng):
    return draw_chain(rng, 4)


@long_chain_forward.draw(times=2)
def chain_forward_of_any_length(rng):
    return draw_chain(rng, int(rng.integers(5, 10)))


@long_chain_forward.draw(times=1, care="a chain of one link")
def single_link_forward(rng):
    return draw_chain(rng, 1)


long_chain_forward.corners(
    x=Numbers(), w=Numbers("K"), without={"size one": "a chain of one link is an aspect of care"}
)
long_chain_forward.corners.at("large values")(draw_large_chain)


@long_chain_forward.wrong(
    "no-a0",
    f"""
    The first entry, a_0 = x, is missing. The backward pass needs it: link 1 received x. {CHAIN}""",
)
def no_a0(x, w):
    a = x
    values = []
    for w_k in w:
        a = np.tanh(w_k * a)
        values.append(a)
    return np.array(values)


@long_chain_forward.wrong(
    "a0-left-at-zero",
    f"""
    a_0 is 0, and so is all that follows. Put x into the first place before the loop. {CHAIN}""",
)
def a0_left_at_zero(x, w):
    a = np.zeros(len(w) + 1)
    for k in range(len(w)):
        a[k + 1] = np.tanh(w[k] * a[k])
    return a


@long_chain_forward.wrong(
    "first-link-left-out",
    f"""
    a_1 is 0, and so is all that follows: it looks as if the loop began one link late. Link 1 uses w[0]. {CHAIN}""",
)
def first_link_left_out_forward(x, w):
    a = np.zeros(len(w) + 1)
    a[0] = x
    return a


@long_chain_forward.wrong(
    "two-links-only",
    f"""
    The result has two links, whatever w is. The number of links is not fixed: it is len(w). {CHAIN}""",
)
def two_links_only(x, w):
    a = [x]
    for k in range(2):
        a.append(np.tanh(w[k] * a[k]))
    return np.array(a)


@long_chain_forward.wrong(
    "four-links-only",
    f"""
    The result has four links, whatever w is. The number of links is not fixed: it is len(w). {CHAIN}""",
)
def four_links_only(x, w):
    a = np.zeros(5)
    a[0] = x
    for k in range(4):
        a[k + 1] = np.tanh(w[k] * a[k])
    return a


long_chain_forward.wrong(
    "returned-from-the-first-turn",
    f"""
    Two values come back: x and the first link. Is return inside the loop? It belongs after it. {CHAIN}""",
    lambda x, w: np.array([x, np.tanh(w[0] * x)]),
)


@long_chain_forward.wrong(
    "loop-stops-after-one-link",
    f"""
    After the first link all values are 0. Is return inside the loop? It belongs after it. {CHAIN}""",
)
def loop_stops_after_one_link(x, w):
    a = np.zeros(len(w) + 1)
    a[0] = x
    a[1] = np.tanh(w[0] * x)
    return a


@long_chain_forward.wrong(
    "last-only",
    f"""
    This is a_K alone. All values are asked for, from a_0 = x on: the way back needs them. {CHAIN}""",
)
def last_only(x, w):
    a = x
    for w_k in w:
        a = np.tanh(w_k * a)
    return a


long_chain_forward.wrong(
    "every-link-from-x",
    f"""
    It looks as if every link received x. Link k receives a_(k-1), the result of the link before. {CHAIN}""",
    lambda x, w: np.concatenate([[x], np.tanh(np.asarray(w) * x)]),
)

long_chain_forward.wrong(
    "no-tanh",
    f"""
    The tanh is missing: these are products alone. {CHAIN}""",
    lambda x, w: np.concatenate([[x], x * np.cumprod(w)]),
)

long_chain_forward.wrong(
    "tanh-of-product",
    f"""
    It looks as if tanh were taken once, of the product of all weights so far. It belongs into every link. {CHAIN}""",
    lambda x, w: np.concatenate([[x], np.tanh(x * np.cumprod(w))]),
)


@long_chain_forward.wrong(
    "weight-outside-tanh",
    f"""
    The weight stands outside of tanh. First multiply, then take tanh of the product. {CHAIN}""",
)
def weight_outside_tanh(x, w):
    a = [x]
    for w_k in w:
        a.append(w_k * np.tanh(a[-1]))
    return np.array(a)


@long_chain_forward.wrong(
    "tanh-of-weight",
    f"""
    tanh was taken of the weight alone. Which part stands inside the bracket of tanh? {CHAIN}""",
)
def tanh_of_weight(x, w):
    a = [x]
    for w_k in w:
        a.append(np.tanh(w_k) * a[-1])
    return np.array(a)


@long_chain_forward.wrong(
    "weight-added",
    f"""
    The weight is added to the value. A weight multiplies. {CHAIN}""",
)
def weight_added(x, w):
    a = [x]
    for w_k in w:
        a.append(np.tanh(w_k + a[-1]))
    return np.array(a)


@long_chain_forward.wrong(
    "weights-reversed",
    f"""
    The weights are used from the last to the first. Forwards, link 1 uses the first of them. {CHAIN}""",
)
def weights_reversed(x, w):
    a = [x]
    for w_k in reversed(w):
        a.append(np.tanh(w_k * a[-1]))
    return np.array(a)


@long_chain_forward.wrong(
    "weights-off-by-one",
    f"""
    The weights are off by one: link 1 uses the last, w[-1]. Python counts from 0, so a[k + 1] comes from w[k].
    {CHAIN}""",
)
def weights_off_by_one(x, w):
    a = [x]
    for k in range(len(w)):
        a.append(np.tanh(w[k - 1] * a[-1]))
    return np.array(a)


@long_chain_forward.wrong(
    "first-weight-only",
    f"""
    Every link uses the first weight. Link k has a weight of its own. {CHAIN}""",
)
def first_weight_only(x, w):
    a = [x]
    for _ in w:
        a.append(np.tanh(w[0] * a[-1]))
    return np.array(a)


@long_chain_forward.wrong(
    "x-squashed",
    f"""
    a_0 has gone through tanh already. It is x itself: the first tanh belongs to link 1. {CHAIN}""",
)
def x_squashed(x, w):
    a = [np.tanh(x)]
    for w_k in w:
        a.append(np.tanh(w_k * a[-1]))
    return np.array(a)


@long_chain_forward.wrong(
    "tanh-twice",
    f"""
    It looks as if tanh were taken twice: a_(k-1) is already the result of a tanh. Multiply it by w_k, then take tanh
    once. {CHAIN}""",
)
def tanh_taken_twice(x, w):
    a = [x]
    for w_k in w:
        a.append(np.tanh(w_k * np.tanh(a[-1])))
    return np.array(a)


@long_chain_forward.wrong(
    "sigmoid-for-tanh",
    """
    This is a chain of sigmoids. Here every link is a tanh.""",
)
def sigmoid_for_tanh(x, w):
    a = [x]
    for w_k in w:
        a.append(1 / (1 + np.exp(-w_k * a[-1])))
    return np.array(a)


@long_chain_forward.wrong(
    "before-tanh",
    f"""
    These are the products before tanh. What is stored and passed on is the result of tanh. {CHAIN}""",
)
def before_tanh(x, w):
    a, values = x, [x]
    for w_k in w:
        values.append(w_k * a)
        a = np.tanh(w_k * a)
    return np.array(values)


@long_chain_forward.wrong(
    "writes-into-w",
    """
    Make an array of your own for the values: w belongs to the caller.""",
    fails=("unchanged", "views"),
)
def writes_into_w(x, w):
    a = x
    for k in range(len(w)):
        w[k] = np.tanh(w[k] * a)
        a = w[k]
    return np.append(x, w)


@long_chain_forward.unusual
def accumulated_values(x, w):
    return list(itertools.accumulate(w, lambda a, w_k: math.tanh(w_k * a), initial=x))


@long_chain_forward.unusual
def recursive(x, w):
    if len(w) == 0:
        return np.array([x])
    return np.concatenate(([x], recursive(np.tanh(x * w[0]), w[1:])))


@long_chain_forward.unusual
def by_exponentials(x, w):
    a = np.full(len(w) + 1, x, dtype=float)
    for k, w_k in enumerate(w, start=1):
        a[k] = 1 - 2 / (np.exp(2 * w_k * a[k - 1]) + 1)
    return a


@long_chain_forward.unusual
def single_precision(x, w):
    a = np.zeros(w.size + 1, dtype=np.float32)
    a[0] = x
    for k in range(w.size):
        a[k + 1] = np.tanh(np.float32(w[k]) * a[k])
    return a
