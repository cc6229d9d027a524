"""Unit 07: what is asked, and what people write instead."""

import math

import numpy as np

from autograder.exercises import Exercise, Question, RightAnswers

right = RightAnswers(__file__)

BEND = 'See 7.1, "Why bend".'
SWITCH = 'See 7.2, "A switch".'
LEAK = 'See 7.3, "A leak".'
TANH = 'See 7.4, "Two flat ends".'
SIGMOID = 'See 7.5, "Certain and slow".'
BUG = 'See "Bug hunt: a gate that opens itself".'


def spread(rng, shape):
    """Numbers from -2.5 to 2.5 in any order: both signs, none within 0.05 of zero, the first one negative."""
    n = math.prod(shape)
    z = np.linspace(-2.3, 2.3, n) + rng.uniform(-0.1, 0.1, size=n)
    z = rng.permutation(z + np.copysign(0.05, z))
    k = int(np.argmax(z < 0))
    z[[0, k]] = z[[k, 0]]
    return z.reshape(shape)


def shape_of(rng, axes):
    """A shape with one, two or three axes, of unequal sizes."""
    if axes == 1:
        return (int(rng.choice([11, 13])),)
    return tuple(int(size) for size in rng.permutation([3, 5, 7] if axes == 2 else [2, 3, 5])[:axes])


def upstream(rng, shape):
    """A gradient that arrives: both signs, nothing near zero or one."""
    return rng.choice([-1, 1], size=shape) * rng.uniform(0.2, 2.0, size=shape)


# ---- relu_forward

relu_forward = Exercise("relu_forward", care=("unchanged", "float32", "views"), sizes={"N": ("z", 0)})


@relu_forward.draw(times=1)
def relu_rows(rng):
    return dict(z=spread(rng, shape_of(rng, 2)))


@relu_forward.draw(times=1)
def relu_vector(rng):
    return dict(z=spread(rng, shape_of(rng, 1)))


@relu_forward.draw(times=1)
def relu_stack(rng):
    return dict(z=spread(rng, shape_of(rng, 3)))


@relu_forward.wrong(
    "switch-for-value",
    f"""
    These are zeros and ones: the question whether z is positive. Where it is, ReLU hands z itself on. {BEND}""",
)
def switch_for_value(z):
    return (z > 0) * 1.0


@relu_forward.wrong(
    "negative-half",
    f"""
    The negative entries are kept and the positive ones are gone. ReLU takes the larger of z and 0. {BEND}""",
)
def negative_half(z):
    return np.minimum(z, 0)


@relu_forward.wrong(
    "absolute-value",
    f"""
    It looks as if the negative entries were turned positive. ReLU sets them to 0. {BEND}""",
)
def absolute_value(z):
    return np.abs(z)


@relu_forward.wrong(
    "turned-round",
    f"""
    It looks as if z had its sign changed first: only the negative entries come through, as positive numbers. {BEND}""",
)
def turned_round(z):
    return np.maximum(-z, 0)


@relu_forward.wrong(
    "no-bend",
    f"""
    z comes back as it was. With no bend, two layers are one linear layer. {BEND}""",
)
def no_bend(z):
    return z


@relu_forward.wrong(
    "all-zeros",
    f"""
    Every entry is 0. Was one decision taken for all of z? Each entry decides for itself. {BEND}""",
)
def all_zeros(z):
    return z if np.all(z > 0) else np.zeros_like(z)


@relu_forward.wrong(
    "capped-at-one",
    f"""
    Large entries are cut off at 1. ReLU has no upper end: a positive z is handed on whole. {BEND}""",
)
def capped_at_one(z):
    return np.clip(z, 0, 1)


@relu_forward.wrong(
    "threshold-one",
    f"""
    Entries between 0 and 1 are lost. The bend lies at 0. {BEND}""",
)
def threshold_one(z):
    return np.where(z > 1, z, 0.0)


@relu_forward.wrong(
    "leak",
    """
    Negative entries leak through with slope 0.01. That is the leaky ReLU of 7.3; here they are 0.""",
)
def leak(z):
    return np.where(z > 0, z, 0.01 * z)


@relu_forward.wrong(
    "softplus",
    f"""
    This is log(1 + e^z), a smooth bend called softplus. ReLU has a sharp one. {BEND}""",
)
def softplus(z):
    return np.log1p(np.exp(z))


@relu_forward.wrong(
    "squared",
    f"""
    The positive entries are squared. Is z multiplied by itself once too often? {BEND}""",
)
def squared(z):
    return z * np.maximum(z, 0)


@relu_forward.wrong(
    "max-along-an-axis",
    """
    np.max(z, 0) takes the largest entry along axis 0: the 0 is read as an axis. The function that compares two
    numbers, entry by entry, has a longer name.""",
)
def max_along_an_axis(z):
    return np.max(z, 0)


@relu_forward.wrong(
    "whole-numbers",
    """
    All decimals are cut off. np.vectorize makes everything of the type of its first result, and there it was 0, a
    whole number. Write 0.0, or take a function that works on whole arrays.""",
)
def whole_numbers(z):
    return np.vectorize(lambda v: v if v > 0 else 0)(z)


@relu_forward.wrong(
    "written-into-z",
    """
    An assignment into z, such as to z[...], writes into the caller's array. The backward pass still needs z.""",
    fails=("unchanged", "views"),
)
def written_into_z(z):
    z[z < 0] = 0
    return z


@relu_forward.unusual
def mean_with_size(z):
    return (z + abs(z)) / 2


@relu_forward.unusual
def masked_copy(z):
    a = np.array(z)
    a[a < 0] = 0
    return a


@relu_forward.unusual
def entry_by_entry(z):
    return [entry_by_entry(row) if np.ndim(row) else max(0.0, float(row)) for row in z]


@relu_forward.unusual
def open_clip(z):
    return np.clip(z, 0, None)


@relu_forward.unusual
def single_precision(z):
    return np.multiply(z, np.heaviside(z, 1), dtype=np.float32)


# ---- relu_backward

relu_backward = Exercise("relu_backward", care=("unchanged", "float32", "views"), sizes={"N": ("z", 0)})


@relu_backward.draw(times=1)
def relu_back_rows(rng):
    z = spread(rng, shape_of(rng, 2))
    return dict(da=upstream(rng, z.shape), z=z)


@relu_backward.draw(times=1)
def relu_back_vector(rng):
    z = spread(rng, shape_of(rng, 1))
    return dict(da=upstream(rng, z.shape), z=z)


@relu_backward.draw(times=1)
def relu_back_stack(rng):
    z = spread(rng, shape_of(rng, 3))
    return dict(da=upstream(rng, z.shape), z=z)


@relu_backward.differentiates(upstream="da", wrt="z")
def relu(z):
    return np.maximum(z, 0)


@relu_backward.wrong(
    "switch-looks-at-upstream",
    f"""
    It looks as if da decided what passes: its negative entries are set to 0. A gradient may be negative; what decides
    is the sign of z. {SWITCH}""",
)
def switch_looks_at_upstream(da, z):
    return np.maximum(da, 0)


@relu_backward.wrong(
    "everything-passes",
    f"""
    da comes back as it was: the switch is always on. A test such as a >= 0 on the output is always true, since ReLU's
    output is never negative. {SWITCH}""",
)
def everything_passes(da, z):
    return da * (np.maximum(z, 0) >= 0)


@relu_backward.wrong(
    "upstream-ignored",
    f"""
    These are the slopes alone, zeros and ones; da plays no part. Multiply by what arrives. {SWITCH}""",
)
def relu_upstream_ignored(da, z):
    return np.where(z > 0, 1.0, 0.0)


@relu_backward.wrong(
    "value-for-slope",
    f"""
    It looks as if da were multiplied by ReLU's value. Its slope is asked for: where z is positive, a grows one for
    one with z. {SWITCH}""",
)
def value_for_slope(da, z):
    return da * np.maximum(z, 0)


@relu_backward.wrong(
    "forward-again",
    f"""
    This is the forward pass once more: z where it is positive. What passes through the switch on the way back is
    da. {SWITCH}""",
)
def forward_again(da, z):
    return np.where(z > 0, z, 0.0)


@relu_backward.wrong(
    "switch-reversed",
    f"""
    The gradient passes where z is negative, and stops where z is positive. It must be the other way round. {SWITCH}""",
)
def switch_reversed(da, z):
    return da * (z < 0)


@relu_backward.wrong(
    "product-bent",
    f"""
    It looks as if the product of da and z decided, or were bent. The switch depends on z alone. {SWITCH}""",
)
def product_bent(da, z):
    return np.maximum(da * z, 0)


@relu_backward.wrong(
    "switch-sees-product",
    f"""
    The gradient passes where da and z have the same sign. The switch depends on z alone. {SWITCH}""",
)
def switch_sees_product(da, z):
    return da * (da * z > 0)


@relu_backward.wrong(
    "both-must-be-positive",
    f"""
    The gradient passes only where z and da are both positive. A negative gradient passes as well. {SWITCH}""",
)
def both_must_be_positive(da, z):
    return np.where((z > 0) & (da > 0), da, 0.0)


@relu_backward.wrong(
    "times-z",
    f"""
    It looks as if da were multiplied by z. ReLU is no product: its slope is 0 or 1. {SWITCH}""",
)
def relu_times_z(da, z):
    return da * z


@relu_backward.wrong(
    "sign-for-slope",
    f"""
    It looks as if the slope were -1 where z is negative. That is the slope of |z|; ReLU is flat there. {SWITCH}""",
)
def sign_for_slope(da, z):
    return da * np.sign(z)


@relu_backward.wrong(
    "leaky-slope",
    """
    A little passes where z is negative. That is the leaky ReLU of 7.3; ReLU is flat there, so its slope is 0.""",
)
def leaky_slope(da, z):
    return np.where(z > 0, da, 0.01 * da)


@relu_backward.wrong(
    "sigmoid-for-switch",
    f"""
    It looks as if the slope were the sigmoid of z. That belongs to softplus, a smooth bend; here it is 0 or 1.
    {SWITCH}""",
)
def sigmoid_for_switch(da, z):
    return da / (1 + np.exp(-z))


@relu_backward.wrong(
    "capped-z-for-slope",
    f"""
    It looks as if z, cut off at 0 and 1, stood for the slope. Between 0 and 1 the slope is 1 as well. {SWITCH}""",
)
def capped_z(da, z):
    return da * np.clip(z, 0, 1)


@relu_backward.wrong(
    "switch-at-one",
    f"""
    Nothing passes where z lies between 0 and 1. The bend is at 0. {SWITCH}""",
)
def switch_at_one(da, z):
    return da * (z > 1)


@relu_backward.wrong(
    "added",
    f"""
    It looks as if the slope were added to da. Along a path slopes multiply. {SWITCH}""",
)
def relu_added(da, z):
    return da + (z > 0)


@relu_backward.wrong(
    "always-flat",
    f"""
    Everything is 0. Was one decision taken for all of z? Each entry is a switch of its own. {SWITCH}""",
)
def always_flat(da, z):
    return da if np.all(z > 0) else np.zeros_like(da)


@relu_backward.wrong(
    "whole-numbers",
    """
    All decimals are cut off. np.vectorize makes everything of the type of its first result, and there it was 0, a
    whole number. Write 0.0, or take a function that works on whole arrays.""",
)
def relu_whole_numbers(da, z):
    return np.vectorize(lambda d, v: d if v > 0 else 0)(da, z)


@relu_backward.wrong(
    "written-into-input",
    """
    An assignment into da or z writes into the caller's array. Whoever handed it over may need it again: at a fork, da
    goes to two places.""",
    fails=("unchanged", "views"),
)
def written_into_da(da, z):
    da[z < 0] = 0
    return da


@relu_backward.unusual
def half_at_the_kink(da, z):
    return da * np.heaviside(z, 0.5)


@relu_backward.unusual
def looks_at_the_output(da, z):
    return np.where(np.asarray(right.relu_forward(z)) == 0, 0, da)


@relu_backward.unusual
def each_entry(da, z):
    dz = np.zeros(np.shape(z))
    for k in np.ndindex(dz.shape):
        if z[k] >= 0:
            dz[k] = da[k]
    return dz


@relu_backward.unusual
def on_a_copy(da, z):
    dz = np.array(da, dtype=np.float32)
    dz[np.less(z, 0)] = 0
    return dz


@relu_backward.unusual
def by_measuring(da, z):
    z, h = np.asarray(z, dtype=float), 1e-4
    return da * (np.abs(z + h) + 2 * h - np.abs(z - h)) / (4 * h)


# ---- leaky_relu_forward, practice

leaky_relu_forward = Exercise("leaky_relu_forward", care=("unchanged", "float32", "views"), practice=True)


@leaky_relu_forward.draw(times=1)
def leaky_rows(rng):
    return dict(z=spread(rng, shape_of(rng, 2)), slope=float(rng.uniform(0.05, 0.15)))


@leaky_relu_forward.draw(times=2)
def leaky_vector(rng):
    return dict(z=spread(rng, shape_of(rng, 1)), slope=float(rng.uniform(0.2, 0.4)))


@leaky_relu_forward.draw(times=1, care="slope left out")
def leaky_default(rng):
    return dict(z=spread(rng, shape_of(rng, 3)))


@leaky_relu_forward.wrong(
    "no-leak",
    f"""
    Negative entries are 0: this is ReLU. Here slope times z leaks through. {LEAK}""",
)
def no_leak(z, slope=0.01):
    return np.maximum(z, 0)


@leaky_relu_forward.wrong(
    "slope-not-used",
    f"""
    It looks as if the slope were 0.01 whatever the caller asks for. 0.01 is what it is when it is left out. {LEAK}""",
)
def slope_not_used(z, slope=0.01):
    return np.where(z > 0, z, 0.01 * z)


@leaky_relu_forward.wrong(
    "leak-turned-positive",
    f"""
    The leak has the wrong sign. The line rises on both sides: from a negative z a small negative number comes out.
    {LEAK}""",
)
def leak_turned_positive(z, slope=0.01):
    return np.where(z > 0, z, -slope * z)


@leaky_relu_forward.wrong(
    "slope-for-value",
    f"""
    Every negative entry became slope itself. slope times z is asked for. {LEAK}""",
)
def slope_for_value(z, slope=0.01):
    return np.where(z > 0, z, slope)


@leaky_relu_forward.wrong(
    "slope-on-the-wrong-side",
    f"""
    The positive side is made flat and the negative one is steep. slope belongs to the negative side. {LEAK}""",
)
def slope_on_the_wrong_side(z, slope=0.01):
    return np.where(z > 0, slope * z, z)


@leaky_relu_forward.wrong(
    "slope-everywhere",
    f"""
    Every entry is multiplied by slope: this is a straight line again. Positive entries stay as they are. {LEAK}""",
)
def slope_everywhere(z, slope=0.01):
    return slope * z


@leaky_relu_forward.wrong(
    "slope-subtracted",
    f"""
    It looks as if slope were added to z, or taken away. It is a slope: it multiplies. {LEAK}""",
)
def slope_subtracted(z, slope=0.01):
    return np.where(z > 0, z, z - slope)


@leaky_relu_forward.wrong(
    "divided-by-slope",
    f"""
    Negative entries are divided by slope, and grow. slope is small so that little leaks through: multiply. {LEAK}""",
)
def divided_by_slope(z, slope=0.01):
    return np.where(z > 0, z, z / slope)


@leaky_relu_forward.wrong(
    "exponential-leak",
    f"""
    This is the exponential unit, ELU: its left side bends. The leak is a straight line, slope times z. {LEAK}""",
)
def exponential_leak(z, slope=0.01):
    return np.where(z > 0, z, slope * np.expm1(np.minimum(z, 0)))


@leaky_relu_forward.wrong(
    "added-to-z",
    f"""
    The leak is added to z on the negative side. It takes the place of z there. {LEAK}""",
)
def added_to_z(z, slope=0.01):
    return z + slope * np.minimum(z, 0)


@leaky_relu_forward.wrong(
    "written-into-z",
    """
    An assignment into z writes into the caller's array. Build a new one.""",
    fails=("unchanged", "views"),
)
def leaky_written_into_z(z, slope=0.01):
    z[z < 0] *= slope
    return z


@leaky_relu_forward.unusual
def larger_of_the_two(z, slope=0.01):
    return np.maximum(z, slope * z)


@leaky_relu_forward.unusual
def two_halves(z, slope=0.01):
    return np.clip(z, 0, None) + slope * np.clip(z, None, 0)


@leaky_relu_forward.unusual
def leaky_entry_by_entry(z, slope=0.01):
    return [leaky_entry_by_entry(v, slope) if np.ndim(v) else float(v) * (1 if v > 0 else slope) for v in z]


# ---- leaky_relu_backward, practice

leaky_relu_backward = Exercise("leaky_relu_backward", care=("unchanged", "float32", "views"), practice=True)


@leaky_relu_backward.draw(times=1)
def leaky_back_rows(rng):
    z = spread(rng, shape_of(rng, 2))
    return dict(da=upstream(rng, z.shape), z=z, slope=float(rng.uniform(0.05, 0.15)))


@leaky_relu_backward.draw(times=2)
def leaky_back_vector(rng):
    z = spread(rng, shape_of(rng, 1))
    return dict(da=upstream(rng, z.shape), z=z, slope=float(rng.uniform(0.2, 0.4)))


@leaky_relu_backward.draw(times=1, care="slope left out")
def leaky_back_default(rng):
    z = spread(rng, shape_of(rng, 3))
    return dict(da=upstream(rng, z.shape), z=z)


@leaky_relu_backward.differentiates(upstream="da", wrt="z")
def leaky_relu(z, slope):
    return np.maximum(z, 0) + slope * np.minimum(z, 0)


@leaky_relu_backward.wrong(
    "no-leak",
    f"""
    Nothing passes where z is negative: this is ReLU's gradient. Here slope times da passes. {LEAK}""",
)
def no_leak_back(da, z, slope=0.01):
    return da * (z > 0)


@leaky_relu_backward.wrong(
    "slope-not-used",
    f"""
    It looks as if the slope were 0.01 whatever the caller asks for. 0.01 is what it is when it is left out. {LEAK}""",
)
def slope_not_used_back(da, z, slope=0.01):
    return np.where(z > 0, da, 0.01 * da)


@leaky_relu_backward.wrong(
    "switch-looks-at-upstream",
    f"""
    It looks as if the sign of da decided. What decides is the sign of z. {LEAK}""",
)
def leaky_looks_at_upstream(da, z, slope=0.01):
    return np.where(da > 0, da, slope * da)


@leaky_relu_backward.wrong(
    "upstream-ignored",
    f"""
    These are the slopes alone; da plays no part. Multiply by what arrives. {LEAK}""",
)
def leaky_upstream_ignored(da, z, slope=0.01):
    return np.where(z > 0, 1.0, slope)


@leaky_relu_backward.wrong(
    "upstream-lost-on-the-left",
    f"""
    da is missing where z is negative: slope stands there alone. Multiply it by what arrives. {LEAK}""",
)
def upstream_lost_on_the_left(da, z, slope=0.01):
    return np.where(z > 0, da, slope)


@leaky_relu_backward.wrong(
    "leak-turned-round",
    f"""
    The leak has the wrong sign. The line rises on both sides, so its slope is positive on both. {LEAK}""",
)
def leak_turned_round(da, z, slope=0.01):
    return np.where(z > 0, da, -slope * da)


@leaky_relu_backward.wrong(
    "slope-on-the-wrong-side",
    f"""
    slope stands where z is positive. It belongs to the negative side. {LEAK}""",
)
def slope_on_the_wrong_side_back(da, z, slope=0.01):
    return np.where(z > 0, slope * da, da)


@leaky_relu_backward.wrong(
    "slope-everywhere",
    f"""
    Every entry is multiplied by slope. Where z is positive the slope is 1. {LEAK}""",
)
def slope_everywhere_back(da, z, slope=0.01):
    return slope * da


@leaky_relu_backward.wrong(
    "everything-passes",
    f"""
    da comes back as it was. Where z is negative only slope times da passes. {LEAK}""",
)
def leaky_everything_passes(da, z, slope=0.01):
    return da


@leaky_relu_backward.wrong(
    "value-for-slope",
    f"""
    It looks as if da were multiplied by the value of the leaky ReLU. Its slope is asked for: 1, or slope. {LEAK}""",
)
def leaky_value_for_slope(da, z, slope=0.01):
    return da * np.where(z > 0, z, slope * z)


@leaky_relu_backward.wrong(
    "value-on-the-right",
    f"""
    It looks as if z stood for the slope where z is positive. There a grows one for one with z: the slope is 1.
    {LEAK}""",
)
def value_on_the_right(da, z, slope=0.01):
    return da * np.where(z > 0, z, slope)


@leaky_relu_backward.wrong(
    "leak-times-z",
    f"""
    The leak is multiplied by z once more. The slope of slope times z is slope alone. {LEAK}""",
)
def leak_times_z(da, z, slope=0.01):
    return np.where(z > 0, da, slope * da * z)


@leaky_relu_backward.wrong(
    "one-minus-slope",
    f"""
    It looks as if 1 - slope passed where z is negative. It is slope that passes. {LEAK}""",
)
def one_minus_slope(da, z, slope=0.01):
    return np.where(z > 0, da, (1 - slope) * da)


@leaky_relu_backward.wrong(
    "divided-by-slope",
    f"""
    It looks as if da were divided by slope where z is negative. Multiply. {LEAK}""",
)
def divided_by_slope_back(da, z, slope=0.01):
    return np.where(z > 0, da, da / slope)


@leaky_relu_backward.wrong(
    "written-into-input",
    """
    An assignment into da or z writes into the caller's array. Build a new one.""",
    fails=("unchanged", "views"),
)
def leaky_written_into_da(da, z, slope=0.01):
    da[z < 0] *= slope
    return da


@leaky_relu_backward.unusual
def slopes_by_arithmetic(da, z, slope=0.01):
    return da * (slope + (1 - slope) * (z > 0))


@leaky_relu_backward.unusual
def ratio_of_output_and_input(da, z, slope=0.01):
    return da * np.asarray(right.leaky_relu_forward(z, slope)) / z


@leaky_relu_backward.unusual
def leaky_each_entry(da, z, slope=0.01):
    pairs = zip(np.ravel(da), np.ravel(z))
    return np.reshape([d if v >= 0 else slope * d for d, v in pairs], np.shape(z))


# ---- tanh_forward

tanh_forward = Exercise("tanh_forward", care=("unchanged", "float32", "views"), sizes={"N": ("z", 0)})


@tanh_forward.draw(times=1)
def tanh_rows(rng):
    return dict(z=spread(rng, shape_of(rng, 2)))


@tanh_forward.draw(times=1)
def tanh_vector(rng):
    return dict(z=spread(rng, shape_of(rng, 1)))


@tanh_forward.draw(times=1)
def tanh_stack(rng):
    return dict(z=spread(rng, shape_of(rng, 3)))


@tanh_forward.draw(times=1, care="large inputs")
def tanh_far_out(rng):
    return dict(z=rng.permutation([-1000.0, -800.0, -30.0, -0.5, 0.4, 25.0, 750.0, 1000.0]))


@tanh_forward.wrong(
    "sigmoid",
    f"""
    This is the sigmoid, between 0 and 1. tanh lies between -1 and 1. {TANH}""",
)
def sigmoid_for_tanh(z):
    return 1 / (1 + np.exp(-z))


@tanh_forward.wrong(
    "half-as-steep",
    f"""
    This is the tanh of z/2. In (e^z - 1)/(e^z + 1) both exponents would have to be 2z. {TANH}""",
)
def half_as_steep(z):
    return (np.exp(z) - 1) / (np.exp(z) + 1)


@tanh_forward.wrong(
    "falls",
    f"""
    This falls where tanh rises. Look at the order in the numerator: e^z comes first. {TANH}""",
)
def falls(z):
    return (np.exp(-z) - np.exp(z)) / (np.exp(z) + np.exp(-z))


@tanh_forward.wrong(
    "upside-down",
    f"""
    Numerator and denominator are exchanged: this is never between -1 and 1. The difference stands above. {TANH}""",
)
def upside_down(z):
    return (np.exp(z) + np.exp(-z)) / (np.exp(z) - np.exp(-z))


@tanh_forward.wrong(
    "no-brackets",
    f"""
    It looks as if the numerator had no brackets. Python divides first: only e^(-z) was divided. {TANH}""",
)
def tanh_no_brackets(z):
    return np.exp(z) - np.exp(-z) / (np.exp(z) + np.exp(-z))


@tanh_forward.wrong(
    "sinh",
    f"""
    This is (e^z - e^(-z))/2, which grows for ever. Divide by the sum of the two, not by 2. {TANH}""",
)
def sinh(z):
    return np.sinh(z)


@tanh_forward.wrong(
    "tan",
    f"""
    This is tan, of angles. The h in tanh stands for hyperbolic: another function. {TANH}""",
)
def tan(z):
    return np.tan(z)


@tanh_forward.wrong(
    "arctan",
    f"""
    This is arctan: it bends like tanh, but ends near 1.57. {TANH}""",
)
def arctan(z):
    return np.arctan(z)


@tanh_forward.wrong(
    "cut-off",
    f"""
    This is z, cut off at -1 and 1. tanh bends gently, and is below 1 everywhere. {TANH}""",
)
def cut_off(z):
    return np.clip(z, -1, 1)


@tanh_forward.wrong(
    "no-bend",
    f"""
    z comes back as it was. With no bend, two layers are one linear layer. {BEND}""",
)
def tanh_no_bend(z):
    return z


@tanh_forward.wrong(
    "slope-for-value",
    f"""
    This is the slope of tanh, 1 at the origin. The forward pass asks for its value. {TANH}""",
)
def tanh_slope_for_value(z):
    return 1 / np.cosh(z) ** 2


@tanh_forward.wrong(
    "twice",
    f"""
    It looks as if tanh were taken twice. {TANH}""",
)
def tanh_twice_over(z):
    return np.tanh(np.tanh(z))


@tanh_forward.wrong(
    "overflow",
    f"""
    The formula is right, and its exponentials are too large for a float: e^709 is about the limit. numpy has a
    function for this. {TANH}""",
    fails="large inputs",
)
def tanh_overflow(z):
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))


@tanh_forward.wrong(
    "written-into-z",
    """
    The result is written into z, which belongs to the caller. Build a new array.""",
    fails=("unchanged", "views"),
)
def tanh_written_into_z(z):
    return np.tanh(z, out=z)


@tanh_forward.unusual
def by_sigmoid(z):
    e = np.exp(-2 * np.abs(z))
    return np.sign(z) * (1 - e) / (1 + e)


@tanh_forward.unusual
def by_expm1(z):
    e = np.expm1(-2 * np.abs(z))
    return np.copysign(e / (e + 2), z)


@tanh_forward.unusual
def by_math(z):
    return np.vectorize(math.tanh)(z)


@tanh_forward.unusual
def clipped_first(z):
    z = np.clip(z, -40, 40)
    return np.sinh(z) / np.cosh(z)


# ---- tanh_backward

tanh_backward = Exercise("tanh_backward", care=("unchanged", "float32", "views"), sizes={"N": ("a", 0)})


@tanh_backward.draw(times=1)
def tanh_back_rows(rng):
    a = np.tanh(spread(rng, shape_of(rng, 2)))
    return dict(da=upstream(rng, a.shape), a=a)


@tanh_backward.draw(times=1)
def tanh_back_vector(rng):
    a = np.tanh(spread(rng, shape_of(rng, 1)))
    return dict(da=upstream(rng, a.shape), a=a)


@tanh_backward.draw(times=1)
def tanh_back_stack(rng):
    a = np.tanh(spread(rng, shape_of(rng, 3)))
    return dict(da=upstream(rng, a.shape), a=a)


@tanh_backward.differentiates(upstream="da", wrt="z", at=lambda a: dict(z=np.arctanh(a)))
def tanh(z):
    return np.tanh(z)


@tanh_backward.wrong(
    "not-squared",
    f"""
    It looks as if the slope were 1 - a. a is squared: the slope is the same for a and -a. {TANH}""",
)
def not_squared(da, a):
    return da * (1 - a)


@tanh_backward.wrong(
    "tanh-twice",
    f"""
    It looks as if tanh were applied to a once more. a is its output already: no new tanh or cosh is needed. {TANH}""",
)
def tanh_twice(da, a):
    return da * (1 - np.tanh(a) ** 2)


@tanh_backward.wrong(
    "tanh-for-slope",
    f"""
    It looks as if da were multiplied by tanh of a. a is tanh's output already; its slope is asked for. {TANH}""",
)
def tanh_for_slope(da, a):
    return da * np.tanh(a)


@tanh_backward.wrong(
    "root-of-slope",
    f"""
    It looks as if a root were taken of 1 - a². The slope is 1 - a² itself. {TANH}""",
)
def root_of_slope(da, a):
    return da * np.sqrt(1 - a**2)


@tanh_backward.wrong(
    "slope-of-sigmoid",
    f"""
    It looks as if the slope were a(1 - a). That belongs to the sigmoid of 7.5; here a is a tanh. {TANH}""",
)
def slope_of_sigmoid(da, a):
    return da * a * (1 - a)


@tanh_backward.wrong(
    "sign",
    f"""
    This has the opposite sign. tanh rises everywhere, so its slope is positive. {TANH}""",
)
def tanh_sign(da, a):
    return da * (a**2 - 1)


@tanh_backward.wrong(
    "plus-for-minus",
    f"""
    It looks as if the slope were 1 + a². It is steepest, with slope 1, where a = 0. {TANH}""",
)
def plus_for_minus(da, a):
    return da * (1 + a**2)


@tanh_backward.wrong(
    "square-of-the-difference",
    f"""
    It looks as if the whole difference were squared, (1 - a)². Only a is. {TANH}""",
)
def square_of_the_difference(da, a):
    return da * (1 - a) ** 2


@tanh_backward.wrong(
    "slope-squared",
    f"""
    The slope is multiplied in twice. Between z and a lies one tanh. {TANH}""",
)
def tanh_slope_squared(da, a):
    return da * (1 - a**2) ** 2


@tanh_backward.wrong(
    "upstream-ignored",
    f"""
    These are the slopes alone; da plays no part. Multiply by what arrives. {TANH}""",
)
def tanh_upstream_ignored(da, a):
    return 1 - a**2


@tanh_backward.wrong(
    "no-brackets",
    f"""
    It looks as if da * 1 - a² were computed: Python multiplies first. The difference needs brackets. {TANH}""",
)
def tanh_back_no_brackets(da, a):
    return da * 1 - a**2


@tanh_backward.wrong(
    "square-alone",
    f"""
    It looks as if a² stood for the slope. It is what is missing to 1. {TANH}""",
)
def square_alone(da, a):
    return da * a**2


@tanh_backward.wrong(
    "times-output",
    f"""
    It looks as if da were multiplied by a. tanh is no product: multiply by its slope. {TANH}""",
)
def times_output(da, a):
    return da * a


@tanh_backward.wrong(
    "second-derivative",
    f"""
    -2a is how the slope changes with a. The slope itself is asked for. {TANH}""",
)
def second_derivative(da, a):
    return da * -2 * a


@tanh_backward.wrong(
    "square-differentiated",
    f"""
    It looks as if the slope were 1 - 2a. Nothing has to be differentiated any more: the square stays. {TANH}""",
)
def square_differentiated(da, a):
    return da * (1 - 2 * a)


@tanh_backward.wrong(
    "divided-by-slope",
    f"""
    It looks as if da were divided by the slope. Along a path slopes multiply. {TANH}""",
)
def divided_by_slope_of_tanh(da, a):
    return da / (1 - a**2)


@tanh_backward.wrong(
    "upstream-squared",
    f"""
    It looks as if the slope were taken from da. It belongs to a; da is multiplied in. {TANH}""",
)
def upstream_squared(da, a):
    return da * (1 - da**2)


@tanh_backward.wrong(
    "added",
    f"""
    It looks as if the slope were added to da. Along a path slopes multiply. {TANH}""",
)
def tanh_added(da, a):
    return da + (1 - a**2)


@tanh_backward.wrong(
    "everything-passes",
    f"""
    da comes back as it was. Between z and a lies the tanh, so there is one more factor. {TANH}""",
)
def tanh_everything_passes(da, a):
    return da


@tanh_backward.wrong(
    "written-into-input",
    """
    The work is done inside da or a, which belong to the caller. The layer above needs a for its own gradient.""",
    fails=("unchanged", "views"),
)
def tanh_written_into_a(da, a):
    a *= -a
    a += 1
    return da * a


@tanh_backward.unusual
def by_cosh(da, a):
    return da / np.cosh(np.arctanh(a)) ** 2


@tanh_backward.unusual
def two_factors(da, a):
    return np.multiply(da, (1 - a) * (1 + a))


@tanh_backward.unusual
def tanh_complex_step(da, a):
    h = 1e-20
    return np.imag(np.tanh(np.arctanh(a.astype(float)) + 1j * h)) / h * da


@tanh_backward.unusual
def by_einsum(da, a):
    return np.array(da) - np.einsum("...,...,...->...", da, a, a)


@tanh_backward.unusual
def nested_lists(da, a):
    if np.ndim(da):
        return [nested_lists(d, v) for d, v in zip(da, a)]
    return float(da) * (1 - float(a) ** 2)


# ---- sigmoid_forward

sigmoid_forward = Exercise("sigmoid_forward", care=("unchanged", "float32", "views"), sizes={"N": ("z", 0)})


@sigmoid_forward.draw(times=1)
def sigmoid_rows(rng):
    return dict(z=spread(rng, shape_of(rng, 2)))


@sigmoid_forward.draw(times=1)
def sigmoid_vector(rng):
    return dict(z=spread(rng, shape_of(rng, 1)))


@sigmoid_forward.draw(times=1)
def sigmoid_stack(rng):
    return dict(z=spread(rng, shape_of(rng, 3)))


@sigmoid_forward.draw(times=1, care="no warnings")
def sigmoid_far_out(rng):
    return dict(z=rng.permutation([-1000.0, -800.0, -30.0, -0.5, 0.4, 25.0, 750.0, 1000.0]))


@sigmoid_forward.wrong(
    "falls",
    f"""
    This falls where the sigmoid rises. Look at the sign in the exponent, or at which of two branches is which.
    {SIGMOID}""",
)
def sigmoid_falls(z):
    return 1 / (1 + np.exp(z))


@sigmoid_forward.wrong(
    "denominator-without-brackets",
    """
    It looks as if 1/1 + e^(-z) were computed. Python divides first: the whole denominator needs brackets.""",
)
def denominator_without_brackets(z):
    return 1 / 1 + np.exp(-z)


@sigmoid_forward.wrong(
    "tanh",
    f"""
    This is tanh, between -1 and 1. The sigmoid lies between 0 and 1. {SIGMOID}""",
)
def tanh_for_sigmoid(z):
    return np.tanh(z)


@sigmoid_forward.wrong(
    "twice-as-steep",
    f"""
    This is the sigmoid of 2z. A tanh can be made into a sigmoid, but of half its argument. {SIGMOID}""",
)
def twice_as_steep(z):
    return (np.tanh(z) + 1) / 2


@sigmoid_forward.wrong(
    "one-branch-for-both",
    f"""
    Right for positive z. With |z| in the exponent, z and -z get the same value; the two signs need two numerators.
    {SIGMOID}""",
)
def one_branch_for_both(z):
    return 1 / (1 + np.exp(-np.abs(z)))


@sigmoid_forward.wrong(
    "other-branch-for-both",
    f"""
    Right for negative z. With |z| in the exponent, z and -z get the same value; the two signs need two numerators.
    {SIGMOID}""",
)
def other_branch_for_both(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e)


@sigmoid_forward.wrong(
    "half-not-added",
    f"""
    This lies between -½ and ½: half of a tanh. Every value is ½ too small. {SIGMOID}""",
)
def half_not_added(z):
    return 0.5 * np.tanh(z / 2)


@sigmoid_forward.wrong(
    "largest-subtracted",
    f"""
    It looks as if the largest entry of z were taken away first. That keeps e^z small, but the sigmoid looks at each
    entry alone: no entry may change the others. {SIGMOID}""",
)
def largest_subtracted(z):
    return 1 / (1 + np.exp(-(z - z.max())))


@sigmoid_forward.wrong(
    "shares-of-a-sum",
    f"""
    These numbers add up to 1 over all of z. Each entry of a sigmoid stands alone: divide by 1 + e^z of its own.
    {SIGMOID}""",
)
def shares_of_a_sum(z):
    return np.exp(z) / np.sum(np.exp(z))


@sigmoid_forward.wrong(
    "one-missing",
    f"""
    The 1 in the denominator is missing: this is e^z, which has no upper end. {SIGMOID}""",
)
def one_missing(z):
    return 1 / np.exp(-z)


@sigmoid_forward.wrong(
    "minus-for-plus",
    f"""
    It looks as if the denominator were 1 - e^(-z), which is 0 at z = 0. It is a sum. {SIGMOID}""",
)
def minus_for_plus(z):
    return 1 / (1 - np.exp(-z))


@sigmoid_forward.wrong(
    "twice",
    f"""
    It looks as if the sigmoid were taken twice. {SIGMOID}""",
)
def sigmoid_twice(z):
    return 1 / (1 + np.exp(-1 / (1 + np.exp(-z))))


@sigmoid_forward.wrong(
    "slope-for-value",
    f"""
    This is the slope of the sigmoid, 0.25 at most. The forward pass asks for its value. {SIGMOID}""",
)
def sigmoid_slope_for_value(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2


@sigmoid_forward.wrong(
    "logarithm",
    f"""
    This is the logarithm of the sigmoid: never positive. {SIGMOID}""",
)
def log_sigmoid(z):
    return -np.log1p(np.exp(-z))


@sigmoid_forward.wrong(
    "hard",
    f"""
    This is 0 or 1. The sigmoid changes gradually: a step has no slope to learn from. {SIGMOID}""",
)
def hard(z):
    return (z > 0) * 1.0


@sigmoid_forward.wrong(
    "straight-middle",
    f"""
    This is a straight line, cut off at 0 and 1. The sigmoid bends everywhere. {SIGMOID}""",
)
def straight_middle(z):
    return np.clip(0.5 + z / 4, 0, 1)


@sigmoid_forward.wrong(
    "overflow",
    f"""
    Right for small z; this is about large ones. A warning, or nan: e to a large power is no float any more. Only e to
    a negative power is safe, and np.where works out both of its branches, also the one that is thrown away.
    A value a little off: is z cut off (clip) too early? {SIGMOID}""",
    fails="no warnings",
)
def overflow(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


@sigmoid_forward.wrong(
    "written-into-z",
    """
    The result is written into z, which belongs to the caller. Build a new array.""",
    fails=("unchanged", "views"),
)
def sigmoid_written_into_z(z):
    z[...] = (np.tanh(z / 2) + 1) / 2
    return z


@sigmoid_forward.unusual
def by_tanh(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


@sigmoid_forward.unusual
def by_logaddexp(z):
    return np.exp(-np.logaddexp(0, -z))


@sigmoid_forward.unusual
def masks_for_each_sign(z):
    a = np.empty(z.shape)
    up = z >= 0
    a[up] = 1 / (1 + np.exp(-z[up]))
    a[~up] = np.exp(z[~up]) / (1 + np.exp(z[~up]))
    return a


@sigmoid_forward.unusual
def with_clip(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


@sigmoid_forward.unusual
def two_safe_halves(z):
    return np.where(z > 0, 1 / (1 + np.exp(-np.maximum(z, 0))), 1 - 1 / (1 + np.exp(np.minimum(z, 0))))


@sigmoid_forward.unusual
def one_at_a_time(z):
    if np.ndim(z):
        return [one_at_a_time(v) for v in z]
    e = math.exp(-abs(z))
    return 1 / (1 + e) if z > 0 else e / (1 + e)


# ---- sigmoid_backward

sigmoid_backward = Exercise("sigmoid_backward", care=("unchanged", "float32", "views"), sizes={"N": ("a", 0)})


def _sigmoids(rng, axes):
    """Outputs of a sigmoid, away from both ends."""
    return 1 / (1 + np.exp(-spread(rng, shape_of(rng, axes))))


@sigmoid_backward.draw(times=1)
def sigmoid_back_rows(rng):
    a = _sigmoids(rng, 2)
    return dict(da=upstream(rng, a.shape), a=a)


@sigmoid_backward.draw(times=1)
def sigmoid_back_vector(rng):
    a = _sigmoids(rng, 1)
    return dict(da=upstream(rng, a.shape), a=a)


@sigmoid_backward.draw(times=1)
def sigmoid_back_stack(rng):
    a = _sigmoids(rng, 3)
    return dict(da=upstream(rng, a.shape), a=a)


@sigmoid_backward.differentiates(upstream="da", wrt="z", at=lambda a: dict(z=np.log(a / (1 - a))))
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


@sigmoid_backward.wrong(
    "sigmoid-twice",
    f"""
    It looks as if the sigmoid were applied to a once more. a is its output already: no exponential is needed.
    {SIGMOID}""",
)
def sigmoid_of_output(da, a):
    s = 1 / (1 + np.exp(-a))
    return da * s * (1 - s)


@sigmoid_backward.wrong(
    "slope-of-tanh",
    f"""
    It looks as if the slope were 1 - a². That belongs to tanh; here a is a sigmoid. {SIGMOID}""",
)
def slope_of_tanh(da, a):
    return da * (1 - a**2)


@sigmoid_backward.wrong(
    "half-a-slope",
    f"""
    It looks as if a stood for the slope. The slope has two factors, and is small at both ends. {SIGMOID}""",
)
def half_a_slope(da, a):
    return da * a


@sigmoid_backward.wrong(
    "other-half-of-slope",
    f"""
    It looks as if 1 - a stood for the slope. The slope has two factors, and is small at both ends. {SIGMOID}""",
)
def other_half_of_slope(da, a):
    return da * (1 - a)


@sigmoid_backward.wrong(
    "upstream-ignored",
    f"""
    These are the slopes alone; da plays no part. Multiply by what arrives. {SIGMOID}""",
)
def sigmoid_upstream_ignored(da, a):
    return a * (1 - a)


@sigmoid_backward.wrong(
    "no-brackets",
    f"""
    It looks as if the brackets of 1 - a were missing: Python multiplies first, and then takes a away. {SIGMOID}""",
)
def sigmoid_no_brackets(da, a):
    return da * a * 1 - a


@sigmoid_backward.wrong(
    "brackets-missing-after-multiplying",
    f"""
    It looks as if da * a - a² were computed: da reaches only the first term. The difference needs brackets. {SIGMOID}
    """,
)
def da_in_one_term(da, a):
    return da * a - a**2


@sigmoid_backward.wrong(
    "square-alone",
    f"""
    It looks as if a² stood for the slope. One of the two factors is not a: the slope is small at both ends. {SIGMOID}
    """,
)
def sigmoid_square_alone(da, a):
    return da * a**2


@sigmoid_backward.wrong(
    "value-for-slope",
    f"""
    It looks as if da were multiplied by the sigmoid of a. a is the sigmoid's output already; its slope is asked for.
    {SIGMOID}""",
)
def sigmoid_value_for_slope(da, a):
    return da / (1 + np.exp(-a))


@sigmoid_backward.wrong(
    "largest-slope-everywhere",
    f"""
    It looks as if the slope were 0.25 everywhere. That is the largest it can be, where a is 0.5. {SIGMOID}""",
)
def largest_slope_everywhere(da, a):
    return 0.25 * da


@sigmoid_backward.wrong(
    "sign",
    f"""
    This has the opposite sign. The sigmoid rises everywhere, so its slope is positive. {SIGMOID}""",
)
def sigmoid_sign(da, a):
    return da * a * (a - 1)


@sigmoid_backward.wrong(
    "slope-squared",
    f"""
    The slope is multiplied in twice. Between z and a lies one sigmoid. {SIGMOID}""",
)
def sigmoid_slope_squared(da, a):
    return da * (a * (1 - a)) ** 2


@sigmoid_backward.wrong(
    "a-squared",
    f"""
    There is an a too many in the slope. {SIGMOID}""",
)
def a_squared(da, a):
    return da * a**2 * (1 - a)


@sigmoid_backward.wrong(
    "square-taken-away",
    f"""
    It looks as if the slope were a(1 - a²). Nothing is squared in it. {SIGMOID}""",
)
def square_taken_away(da, a):
    return da * a * (1 - a**2)


@sigmoid_backward.wrong(
    "slope-not-a-product",
    f"""
    It looks as if 1 - 2a were taken for the slope. That is how the slope changes; the slope is a product. {SIGMOID}""",
)
def slope_not_a_product(da, a):
    return da * (1 - 2 * a)


@sigmoid_backward.wrong(
    "plus-for-minus",
    f"""
    It looks as if the slope were a(1 + a). It must go to 0 when a goes to 1. {SIGMOID}""",
)
def sigmoid_plus_for_minus(da, a):
    return da * a * (1 + a)


@sigmoid_backward.wrong(
    "divided-by-slope",
    f"""
    It looks as if da were divided by the slope. Along a path slopes multiply. {SIGMOID}""",
)
def divided_by_slope_of_sigmoid(da, a):
    return da / (a * (1 - a))


@sigmoid_backward.wrong(
    "slope-of-upstream",
    f"""
    It looks as if the slope were taken from da. It belongs to a; da is multiplied in. {SIGMOID}""",
)
def slope_of_upstream(da, a):
    return da * (1 - da)


@sigmoid_backward.wrong(
    "upstream-in-bracket",
    f"""
    It looks as if da stood inside the bracket as well. The slope is made of a alone; da is multiplied in once.
    {SIGMOID}""",
)
def upstream_in_bracket(da, a):
    return a * (1 - da * a)


@sigmoid_backward.wrong(
    "added",
    f"""
    It looks as if the slope were added to da. Along a path slopes multiply. {SIGMOID}""",
)
def sigmoid_added(da, a):
    return da + a * (1 - a)


@sigmoid_backward.wrong(
    "everything-passes",
    f"""
    da comes back as it was. Between z and a lies the sigmoid, so there is one more factor. {SIGMOID}""",
)
def sigmoid_everything_passes(da, a):
    return da


@sigmoid_backward.wrong(
    "written-into-input",
    """
    The work is done inside da or a, which belong to the caller. The layer above needs a for its own gradient.""",
    fails=("unchanged", "views"),
)
def sigmoid_written_into_da(da, a):
    da *= a
    da *= 1 - a
    return da


@sigmoid_backward.unusual
def distance_from_the_middle(da, a):
    return da * (0.25 - (a - 0.5) ** 2)


@sigmoid_backward.unusual
def by_way_of_z(da, a):
    z = np.log(a) - np.log1p(-a)
    return da / (4 * np.cosh(z / 2) ** 2)


@sigmoid_backward.unusual
def sigmoid_complex_step(da, a):
    z = np.log(a / (1 - a)).astype(complex) + 1e-20j
    return da * (1 / (1 + np.exp(-z))).imag / 1e-20


@sigmoid_backward.unusual
def with_a_loop(da, a):
    dz = np.empty(np.shape(a))
    for k, v in np.ndenumerate(a):
        dz[k] = da[k] * (v - v * v)
    return dz.tolist()


@sigmoid_backward.unusual
def in_single_precision(da, a):
    da, a = np.float32(da), np.float32(a)
    return da * a - da * a * a


# ---- silu_backward: the bug hunt

silu_backward = Exercise("silu_backward", care=("unchanged", "float32", "views"), sizes={"N": ("z", 0)})


@silu_backward.draw(times=1)
def silu_rows(rng):
    z = spread(rng, shape_of(rng, 2))
    return dict(da=upstream(rng, z.shape), z=z)


@silu_backward.draw(times=1)
def silu_vector(rng):
    z = spread(rng, shape_of(rng, 1))
    return dict(da=upstream(rng, z.shape), z=z)


@silu_backward.draw(times=1)
def silu_stack(rng):
    z = spread(rng, shape_of(rng, 3))
    return dict(da=upstream(rng, z.shape), z=z)


@silu_backward.differentiates(upstream="da", wrt="z")
def silu(z):
    return z / (1 + np.exp(-z))


@silu_backward.wrong(
    "gate-held-still",
    f"""
    This is the direct path alone, as if the gate stood still. z moves the gate as well: two paths, and they add.
    {BUG}""",
)
def gate_held_still(da, z):
    return da / (1 + np.exp(-z))


@silu_backward.wrong(
    "only-through-the-gate",
    f"""
    This is the path through the gate alone. z is also a factor of its own: that path was in the broken function.
    {BUG}""",
)
def only_through_the_gate(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * z * s * (1 - s)


@silu_backward.wrong(
    "partner-forgotten",
    f"""
    On the path through the gate a factor z is missing: a product passes each factor the other one. {BUG}""",
)
def partner_forgotten(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * (s + s * (1 - s))


@silu_backward.wrong(
    "partners-not-swapped",
    f"""
    Each factor gets da times the other factor: da · gate goes to z, da · z goes to the gate. Here it is the other way
    round. {BUG}""",
)
def partners_not_swapped(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * z + da * s * s * (1 - s)


@silu_backward.wrong(
    "half-a-slope",
    f"""
    On the path through the gate the sigmoid's slope is not whole: it has two factors. {BUG}""",
)
def silu_half_a_slope(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * (s + z * (1 - s))


@silu_backward.wrong(
    "other-half-of-slope",
    f"""
    On the path through the gate the sigmoid's slope is the gate itself. It has two factors. {BUG}""",
)
def silu_other_half(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * (s + z * s)


@silu_backward.wrong(
    "one-minus-forgotten",
    f"""
    On the path through the gate its slope looks like the gate squared. The second factor is 1 - gate. {BUG}""",
)
def one_minus_forgotten(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * s * (1 + z * s)


@silu_backward.wrong(
    "gate-alone",
    f"""
    This is the gradient of a sigmoid alone. In SiLU z is a factor as well: two paths lead from z to a, and they add.
    {BUG}""",
)
def gate_alone(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * s * (1 - s)


@silu_backward.wrong(
    "output-taken-for-a-sigmoid",
    f"""
    It looks as if a = z times the gate were taken for a sigmoid's output. Only the gate is one. {BUG}""",
)
def output_taken_for_a_sigmoid(da, z):
    a = z / (1 + np.exp(-z))
    return da * a * (1 - a)


@silu_backward.wrong(
    "gate-not-passed",
    f"""
    It looks as if z were added to the gate. The path from the gate back to z goes through the sigmoid: its slope is
    missing. {BUG}""",
)
def gate_not_passed(da, z):
    return da * (1 / (1 + np.exp(-z)) + z)


@silu_backward.wrong(
    "upstream-lost-on-the-gate",
    f"""
    da is missing on the path through the gate. Every path starts with the gradient that arrives. {BUG}""",
)
def upstream_lost_on_the_gate(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * s + z * s * (1 - s)


@silu_backward.wrong(
    "upstream-lost-on-the-direct-path",
    f"""
    da is missing on the direct path. Every path starts with the gradient that arrives. {BUG}""",
)
def upstream_lost_directly(da, z):
    s = 1 / (1 + np.exp(-z))
    return s + da * z * s * (1 - s)


@silu_backward.wrong(
    "upstream-ignored",
    f"""
    da plays no part. Multiply both paths by what arrives. {BUG}""",
)
def silu_upstream_ignored(da, z):
    s = 1 / (1 + np.exp(-z))
    return s + z * s * (1 - s)


@silu_backward.wrong(
    "upstream-twice",
    f"""
    da is multiplied in twice on the path through the gate. Once is enough. {BUG}""",
)
def upstream_twice(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * (s + da * z * s * (1 - s))


@silu_backward.wrong(
    "paths-multiplied",
    f"""
    It looks as if the two paths were multiplied. Across paths gradients add. {BUG}""",
)
def paths_multiplied(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * s * z * s * (1 - s)


@silu_backward.wrong(
    "paths-multiplied-da-twice",
    f"""
    It looks as if the two paths were multiplied, each with its da. Along a path slopes multiply; across paths
    gradients add. {BUG}""",
)
def paths_multiplied_da_twice(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * s * da * z * s * (1 - s)


@silu_backward.wrong(
    "paths-subtracted",
    f"""
    It looks as if the path through the gate were taken away. Across paths gradients add. {BUG}""",
)
def paths_subtracted(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * (s - z * s * (1 - s))


@silu_backward.wrong(
    "paths-averaged",
    f"""
    This is the mean of the two paths. Across paths gradients add. {BUG}""",
)
def paths_averaged(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * (s + z * s * (1 - s)) / 2


@silu_backward.wrong(
    "slope-of-tanh",
    f"""
    The slope of the gate looks like 1 - s², which belongs to tanh. The gate is a sigmoid. {BUG}""",
)
def silu_slope_of_tanh(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * (s + z * (1 - s**2))


@silu_backward.wrong(
    "gate-twice",
    f"""
    It looks as if the sigmoid were applied to the gate once more before its slope was taken. The slope of a sigmoid is
    written with its output. {BUG}""",
)
def gate_twice(da, z):
    s = 1 / (1 + np.exp(-z))
    t = 1 / (1 + np.exp(-s))
    return da * (s + z * t * (1 - t))


@silu_backward.wrong(
    "slope-from-the-output",
    f"""
    It looks as if a = z times the gate stood in the sigmoid's slope. The slope is made of the gate alone. {BUG}""",
)
def slope_from_the_output(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * (s + z * (z * s) * (1 - z * s))


@silu_backward.wrong(
    "slope-at-z",
    f"""
    It looks as if z(1 - z) stood for the slope of the gate. It is written with the sigmoid's output, the gate.
    {BUG}""",
)
def slope_at_z(da, z):
    return da * (1 / (1 + np.exp(-z)) + z * z * (1 - z))


@silu_backward.wrong(
    "value-for-slope",
    f"""
    It looks as if da were multiplied by the value of SiLU. Its slope is asked for. {BUG}""",
)
def silu_value_for_slope(da, z):
    return da * z / (1 + np.exp(-z))


@silu_backward.wrong(
    "written-into-input",
    """
    The work is done inside da or z, which belong to the caller. Build a new array.""",
    fails=("unchanged", "views"),
)
def silu_written_into_da(da, z):
    da *= right.silu_backward(np.ones_like(z), z)
    return da


@silu_backward.unusual
def silu_closed_form(da, z):
    s = right.sigmoid_forward(z)
    return da * s * (1 + z * (1 - s))


@silu_backward.unusual
def from_the_value(da, z):
    s = 1 / (1 + np.exp(-z))
    a = z * s
    return np.multiply(da, a + s * (1 - a))


@silu_backward.unusual
def silu_complex_step(da, z):
    w = z.astype(complex) + 1e-20j
    return da * (w / (1 + np.exp(-w))).imag / 1e-20


@silu_backward.unusual
def quotient_rule(da, z):
    e = np.exp(z)
    return da * e * (1 + e + z) / (1 + e) ** 2


@silu_backward.unusual
def added_up_entry_by_entry(da, z):
    dz = np.zeros(np.shape(z))
    for k in np.ndindex(dz.shape):
        s = 1 / (1 + math.exp(-z[k]))
        dz[k] += da[k] * s
        dz[k] += da[k] * z[k] * s * (1 - s)
    return dz


# ---- questions

QUESTIONS = [
    Question(
        "u07-hat",
        answer=0,
        why="5 − 2·4 + 3 = 0. The three slopes 1, −2 and 1 add up to 0: from 2 on, the sum is flat.",
        hints={
            5: "That is the first of the three. At 5 all three are on.",
            -3: "That is 5 − 2·4, the first two. The third is ReLU(5 − 2).",
            16: "It looks as if the minus before the 2 were missing.",
            8: "That is the first and the third. The second is −2·ReLU(5 − 1).",
            4: "The second stands with −2: 5 − 2·4 + 3.",
            -8: "That is the second alone. Add the first and the third.",
            -10: "It looks as if x − 1 and x − 2 were left out, or one sign were wrong: 5 − 2·4 + 3.",
            3: "That is the third alone. Add the first two.",
            1: "That is the height at x = 1. At 5 all three are on: work out each.",
        },
        otherwise="Work out ReLU(5), ReLU(5 − 1) and ReLU(5 − 2). Then add them with 1, −2 and 1 before them.",
    ),
    Question(
        "u07-dead",
        answer="a",
        why="A unit that is off for one example has 499 more. It is off for all with chance 0.9772⁵⁰⁰: 1 in 100,000.",
        hints={
            "b": "Off for one example is not off for all 500. The chance for all is 0.9772, multiplied 500 times.",
            "c": "Nearly all entries are off. A unit is dead only if its entries are off for all 500 examples.",
        },
        otherwise="Dead means off for every example. What is 0.9772, multiplied 500 times?",
    ),
    Question(
        "u07-start",
        answer="c",
        why="Its error is the smallest, but error times slope is the largest: 0.1219, against 0.0173 and 0.0003.",
        hints={
            "a": "Its error is the largest: 0.9997. But it is multiplied by the slope a(1 − a) = 0.0003.",
            "b": "Work out error times slope for the three: a · a(1 − a). Which is the largest?",
        },
        otherwise="Work out error times slope for the three: a · a(1 − a). Which is the largest?",
    ),
    Question(
        "u07-bug",
        answer="b",
        why="z is a factor, and it sets the gate as well. Only the first path is there; at a fork, gradients add.",
        hints={
            "a": "The gate of the forward pass is σ(z), with z: that is right. Where else does z act?",
            "c": "da stands where it must: every path starts with it. How many paths lead from z to a?",
        },
        otherwise="Draw the graph of a = z · σ(z). How many edges leave z?",
    ),
]
