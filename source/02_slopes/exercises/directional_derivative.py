"""directional_derivative: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, RightAnswers
from course.functions import Named

from ._shared import ALIKE, LARGE

right = RightAnswers(__file__)

directional_derivative = Exercise("directional_derivative", care=("unchanged",), tolerance=1e-5, unchanged_within=ALIKE)


@directional_derivative.draw(times=1)
def along_waves(rng):
    weights = rng.uniform(1.2, 2.4, size=3).round(1)
    f = Named("sum_of_sines", weights=weights)
    x = (rng.uniform(0.3, 1.2, size=3) / weights).round(2)
    return dict(f=f, x=x, v=rng.uniform(0.5, 2, size=3).round(1))


@directional_derivative.draw(times=1)
def across_neighbours(rng):
    shape = tuple(int(n) for n in rng.permutation([2, 3]))
    f = Named("product_of_neighbours", weights=rng.uniform(0.8, 2, size=shape).round(1))
    return dict(f=f, x=rng.uniform(0.5, 2, size=shape).round(1), v=-rng.uniform(0.5, 2, size=shape).round(1))


@directional_derivative.draw(times=2)
def along_with_a_large_step(rng):
    shape = tuple(int(n) for n in rng.permutation([2, 3]))
    f = Named("rounded_squares", weights=rng.uniform(0.7, 1.9, size=shape).round(2), digits=5)
    x, v = rng.uniform(0.5, 2, size=shape).round(2), rng.uniform(0.5, 2, size=shape).round(2)
    return dict(f=f, x=x, v=v, h=round(LARGE * float(rng.uniform(1, 2)), 2))


@directional_derivative.corners.at("functions")
def constant(rng):
    f = Named("weighted_sum", weights=np.zeros(2))
    return dict(f=f, x=rng.uniform(1, 2, size=2).round(1), v=np.array([1.0, -2.0]))


@directional_derivative.corners.at("functions")
def falling(rng):
    f = Named("weighted_sum", weights=np.array([-1.0, -2.0]))
    return dict(f=f, x=rng.uniform(1, 2, size=2).round(1), v=np.array([1.0, 1.0]))


@directional_derivative.corners.at("zeros")
def no_direction(rng):
    f = Named("weighted_sum_of_squares", weights=np.ones(2))
    return dict(f=f, x=rng.uniform(1, 2, size=2).round(1), v=np.zeros(2))


@directional_derivative.corners.at("zeros")
def from_the_origin(rng):
    f = Named("weighted_sum", weights=np.array([3.0, -1.0]))
    return dict(f=f, x=np.zeros(2), v=rng.uniform(1, 2, size=2).round(1))


@directional_derivative.corners.at("negative values")
def neighbours_of_both_signs(rng):
    """A function that is neither even nor odd: a value at x can't stand for one at abs(x)."""
    f = Named("product_of_neighbours", weights=np.ones(2))
    return dict(f=f, x=rng.uniform(1, 3, size=2).round(1) * [-1, 1], v=np.array([2.0, -1.0]))


@directional_derivative.corners.at("large values")
def squares_far_out(rng):
    f = Named("weighted_sum_of_squares", weights=np.array([3.0, -2.0]))
    return dict(f=f, x=rng.integers(200, 900, size=2).astype(float), v=np.array([20.0, -30.0]))


@directional_derivative.corners.at("tiny values")
def near_the_origin(rng):
    f = Named("product_of_neighbours", weights=np.ones(2))
    return dict(f=f, x=rng.uniform(1e-5, 3e-5, size=2).round(6), v=np.array([2.0, 1.0]))


@directional_derivative.corners.at("size one")
def single_entry(rng):
    f = Named("weighted_sum_of_squares", weights=np.ones(1))
    return dict(f=f, x=rng.uniform(1, 2, size=1).round(1), v=np.array([-2.0]))


@directional_derivative.corners.at("equal sizes")
def square(rng):
    f = Named("weighted_sum_of_squares", weights=np.array([[1.0, 2.0], [3.0, 4.0]]))
    x = rng.permutation([1.0, 2.0, 3.0, 4.0]).reshape(2, 2)
    return dict(f=f, x=x, v=np.array([[1.0, 0.5], [2.0, 1.0]]))


@directional_derivative.corners.at("writable views")
def transposed(rng):
    x = rng.permutation([1.0, 2.0, 3.0, 4.0]).reshape(2, 2)
    f = Named("weighted_sum_of_squares", weights=np.ones((2, 2)))
    return dict(f=f, x=x.T, v=np.array([[1.0, 0.5], [2.0, 1.0]]))


def at_one_and_two(weights, x=(1.0, 2.0), v=(1.0, 1.0)):
    return dict(f=Named("weighted_sum_of_squares", weights=np.array(weights)), x=np.array(x), v=np.array(v))


@directional_derivative.corners.at("called again")
def some_squares(rng):
    return at_one_and_two([1.0, 3.0])


@directional_derivative.corners.at("called again")
def other_squares(rng):
    return at_one_and_two([2.0, 1.0])


@directional_derivative.corners.at("called again")
def the_squares_in_another_direction(rng):
    return at_one_and_two([2.0, 1.0], v=(3.0, 1.0))


@directional_derivative.corners.at("called again")
def the_squares_elsewhere(rng):
    return at_one_and_two([2.0, 1.0], x=(-1.0, 4.0))


@directional_derivative.wrong(
    "same-array",
    """It is 0: `start` and `x` are still two names of one array, so f is measured twice at the same place.
    How do you make a new array instead of changing x? See the bug hunt.""",
)
def start_is_x(f, x, v, h=1e-5):
    start = x
    x += h * v
    return (f(x) - f(start)) / h


directional_derivative.wrong(
    "one-sided",
    """The array is mended, and the step still goes to one side only. Measure at both sides of x, as in 2.1.
    See the bug hunt.""",
    lambda f, x, v, h=1e-5: (f(x + h * v) - f(x)) / h,
)

directional_derivative.wrong(
    "one-sided-back",
    """It looks as if you step back only, from x - h·v to x. Measure at both sides of x, as in 2.1.
    See the bug hunt.""",
    lambda f, x, v, h=1e-5: (f(x) - f(x - h * v)) / h,
)

directional_derivative.wrong(
    "not-halved",
    """This is twice the slope: the two points lie twice as many steps of h apart as you divide by.
    See 2.1, "A nudge to each side".""",
    lambda f, x, v, h=1e-5: (f(x + h * v) - f(x - h * v)) / h,
)

directional_derivative.wrong(
    "points-too-close",
    """Half of the slope: your two points are only one step of h apart, and you divide by two.
    See 2.1, "A nudge to each side".""",
    lambda f, x, v, h=1e-5: (f(x + h / 2 * v) - f(x - h / 2 * v)) / (2 * h),
)

directional_derivative.wrong(
    "brackets-missing-below",
    """Python reads a / 2 * h from the left: it divides by 2 and then multiplies by h.
    Put the whole distance in brackets. See 2.1, "A nudge to each side".""",
    lambda f, x, v, h=1e-5: (f(x + h * v) - f(x - h * v)) / 2 * h,
)

directional_derivative.wrong(
    "brackets-missing-above",
    """Python divides before it subtracts, so only the second value is divided.
    Put the whole rise in brackets. See 2.1, "A nudge to each side".""",
    lambda f, x, v, h=1e-5: f(x + h * v) - f(x - h * v) / (2 * h),
)

directional_derivative.wrong(
    "not-divided",
    """This is the rise alone. A slope is the rise divided by the distance. See 2.1, "A nudge to each side".""",
    lambda f, x, v, h=1e-5: f(x + h * v) - f(x - h * v),
)

directional_derivative.wrong(
    "reversed",
    """The sign is reversed: v points from the second point to the first. The rise is what f gains along v.
    See 2.1, "A nudge to each side".""",
    lambda f, x, v, h=1e-5: (f(x - h * v) - f(x + h * v)) / (2 * h),
)

directional_derivative.wrong(
    "h-plus-v",
    """It looks as if x moves by h + v. A small step along v is h times v: for h = 0.1 and v = (1, 2) it is (0.1, 0.2).
    See the bug hunt.""",
    lambda f, x, v, h=1e-5: (f(x + (h + v)) - f(x - (h + v))) / (2 * h),
)

directional_derivative.wrong(
    "h-beside-v",
    """It looks as if h and v are both added to x. A small step along v is h times v: for h = 0.1 and v = (1, 2)
    it is (0.1, 0.2). See the bug hunt.""",
    lambda f, x, v, h=1e-5: (f(x + h + v) - f(x - h + v)) / (2 * h),
)

directional_derivative.wrong(
    "whole-v",
    "It looks as if x moves by the whole of v. Move by h times v only, and divide by 2h. See the bug hunt.",
    lambda f, x, v, h=1e-5: (f(x + v) - f(x - v)) / (2 * h),
)

directional_derivative.wrong(
    "h-missing",
    """It looks as if x moves by the whole of v, and h plays no part: that is the slope over a long way, not at x.
    Move by h times v. See the bug hunt.""",
    lambda f, x, v, h=1e-5: (f(x + v) - f(x - v)) / 2,
)


@directional_derivative.wrong(
    "second-step-returns",
    """This is about half of the slope: after + h·v, a step of - h·v leads back to x, not to the other side of it.
    See the bug hunt.""",
)
def back_at_the_start(f, x, v, h=1e-5):
    x = x + h * v
    ahead = f(x)
    x = x - h * v
    return (ahead - f(x)) / (2 * h)


directional_derivative.wrong(
    "v-ignored",
    """v plays no part: all entries are nudged by the same h. Entry k moves by h times its own entry of v.
    See the bug hunt.""",
    lambda f, x, v, h=1e-5: (f(x + h) - f(x - h)) / (2 * h),
)


@directional_derivative.wrong(
    "v-of-length-one",
    """It looks as if v was divided by its length. Here v counts as it is: twice as long, twice the slope.
    See the bug hunt.""",
)
def v_of_length_one(f, x, v, h=1e-5):
    v = v / np.linalg.norm(v)
    return (f(x + h * v) - f(x - h * v)) / (2 * h)


directional_derivative.wrong(
    "entry-by-entry",
    "One number is asked for: how fast f changes when all of x moves along v. See the bug hunt.",
    lambda f, x, v, h=1e-5: right.numerical_gradient(f, x, h) * v,
)

directional_derivative.wrong(
    "divided-by-v",
    """It looks as if the rise was divided by a distance that holds v: that gives one number for each entry.
    The step is h; v is already in the two points. See the bug hunt.""",
    lambda f, x, v, h=1e-5: (f(x + h * v) - f(x - h * v)) / (2 * h * v),
)

directional_derivative.wrong(
    "h-ignored",
    """The function is called with an h of its own here, and f is rounded, so a short step sees the rounding.
    Use the h that arrives, and hand it on where you call another function. See 2.2, "How small may h be?".""",
    lambda f, x, v, h=1e-5: right.directional_derivative(f, x, v),
)

directional_derivative.wrong(
    "h-ignored-1e-8",
    """The function is called with an h of its own here, and f is rounded, so a short step sees the rounding.
    Use the h that arrives. See 2.2, "How small may h be?".""",
    lambda f, x, v, h=1e-5: right.directional_derivative(f, x, v, 1e-8),
)


@directional_derivative.wrong(
    "x-left-moved",
    """`x += …` and `v *= …` write into the caller's array. Make a new array for each side, or bring the old one back.
    See the bug hunt.""",
    fails="unchanged",
)
def x_left_moved(f, x, v, h=1e-5):
    x += h * v
    ahead = f(x)
    x -= 2 * h * v
    return (ahead - f(x)) / (2 * h)


@directional_derivative.unusual
def gradient_times_direction(f, x, v, h=1e-5):
    return np.sum(right.numerical_gradient(f, x, h) * v)


@directional_derivative.unusual
def along_a_line(f, x, v, h=1e-5):
    return right.numerical_derivative(lambda t: f(x + t * v), 0.0, h)


@directional_derivative.unusual
def moved_and_brought_back(f, x, v, h=1e-5):
    start = x.copy()
    x += h * v
    ahead = f(x)
    x[...] = start - h * v
    behind = f(x)
    x[...] = start
    return (ahead - behind) / h / 2


@directional_derivative.unusual
def two_one_sided_ones(f, x, v, h=1e-5):
    middle = f(x)
    rises = [f(x + h * v) - middle, middle - f(x - h * v)]
    return sum(rises) / len(rises) / h


directional_derivative.accepted_mutant(
    "*: 1e-05 → 0.0001",
    """With a step of 1e-4 where none is given it is a central difference as well. Only along a direction of length 100
    or so are its digits fewer than those that are compared.""",
)
