"""numerical_derivative: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise
from course.functions import Named

from ._shared import LARGE

numerical_derivative = Exercise("numerical_derivative", tolerance=1e-5)


@numerical_derivative.draw(times=1)
def wave(rng):
    rate = round(float(rng.uniform(2, 3)), 1)
    return dict(f=Named("sin", rate=rate), x=round(float(rng.uniform(0.7, 1.2) / rate), 2))


@numerical_derivative.draw(times=1)
def growth(rng):
    coefficients = rng.uniform(0.5, 2, size=5).round(1)
    return dict(f=Named("polynomial", coefficients=coefficients), x=round(float(rng.uniform(0.5, 1.5)), 1))


@numerical_derivative.draw(times=1)
def decay(rng):
    rate = -round(float(rng.uniform(1, 2)), 1)
    return dict(f=Named("exponential", rate=rate), x=round(float(rng.uniform(-1, 0.5)), 1))


@numerical_derivative.draw(times=1)
def at_zero(rng):
    return dict(f=Named("polynomial", coefficients=rng.uniform(0.5, 2, size=4).round(1)), x=0.0)


@numerical_derivative.draw(times=4)
def with_a_large_step(rng):
    f = Named("rounded_squares", weights=round(float(rng.uniform(1, 1.9)), 2), digits=6)
    x, h = rng.uniform(0.8, 1.6), LARGE * rng.uniform(1, 2)
    return dict(f=f, x=round(float(x), 2), h=round(float(h), 2))


@numerical_derivative.corners.at("functions")
def constant(rng):
    return dict(f=Named("polynomial", coefficients=[2.5]), x=round(rng.uniform(1, 2), 2))


@numerical_derivative.corners.at("functions")
def falling_line(rng):
    return dict(f=Named("polynomial", coefficients=[1.0, -round(rng.uniform(2, 4), 1)]), x=1.0)


@numerical_derivative.corners.at("negative values")
def parabola_on_the_left(rng):
    """A function that is neither even nor odd: a value at x can't stand for one at -x."""
    return dict(f=Named("polynomial", coefficients=[0.0, 1.0, 1.0]), x=-round(rng.uniform(2, 4), 1))


@numerical_derivative.corners.at("large values")
def parabola_far_out(rng):
    return dict(f=Named("polynomial", coefficients=[0.0, 0.0, 1.0]), x=float(rng.integers(20, 90)))


@numerical_derivative.corners.at("tiny values")
def foot_of_a_parabola(rng):
    return dict(f=Named("polynomial", coefficients=[0.0, 0.0, 1.0]), x=round(rng.uniform(1e-5, 2e-5), 6))


@numerical_derivative.corners.at("called again")
def the_line_once_more(rng):
    """The x of the falling line, and another function."""
    return dict(f=Named("polynomial", coefficients=[0.0, 5.0]), x=1.0)


@numerical_derivative.corners.at("called again")
def the_parabola_elsewhere(rng):
    return dict(f=Named("polynomial", coefficients=[0.0, 1.0, 1.0]), x=round(rng.uniform(2, 4), 1))


numerical_derivative.wrong(
    "one-sided",
    """It looks as if your two points don't lie at equal distances from x: x and x + h, or x - h and x + 2h.
    Its error shrinks with h; the central one with h². See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: (f(x + h) - f(x)) / h,
)

numerical_derivative.wrong(
    "one-sided-finer",
    """It looks as if you step to one side only, with a step of your own where none is given.
    Its error shrinks with h; the central one with h². Measure on both sides of x. See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-8: (f(x + h) - f(x)) / h,
)

numerical_derivative.wrong(
    "one-sided-back",
    """It looks as if your two points don't lie at equal distances from x: x - h and x, or x - 2h and x + h.
    Its error shrinks with h; the central one with h². See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: (f(x) - f(x - h)) / h,
)

numerical_derivative.wrong(
    "not-halved",
    """This is twice the slope: your two points lie twice as far apart as the distance you divide by.
    How far is it from one to the other? See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: (f(x + h) - f(x - h)) / h,
)

numerical_derivative.wrong(
    "points-too-close",
    """Half of the slope: your two points are only h apart, and you divide by 2h. See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: (f(x + h / 2) - f(x - h / 2)) / (2 * h),
)

numerical_derivative.wrong(
    "one-side-over-2h",
    """About half of the slope: one of your two points is x itself, h away from x + h, and you divide by 2h.
    See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: (f(x + h) - f(x)) / (2 * h),
)

numerical_derivative.wrong(
    "other-side-over-2h",
    """About half of the slope: one of your two points is x itself, h away from x - h, and you divide by 2h.
    See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: (f(x) - f(x - h)) / (2 * h),
)

numerical_derivative.wrong(
    "uneven-steps",
    """This is one and a half times the slope: it looks as if one nudge is h and the other 2h.
    Both points lie h away from x. See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: (f(x + h) - f(x - 2 * h)) / (2 * h),
)

numerical_derivative.wrong(
    "brackets-missing-below",
    """Python reads a / 2 * h from the left: it divides by 2 and then multiplies by h.
    Put the whole distance in brackets. See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: (f(x + h) - f(x - h)) / 2 * h,
)

numerical_derivative.wrong(
    "brackets-missing-above",
    """Python divides before it subtracts, so only the second value is divided.
    Put the whole rise in brackets. See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: f(x + h) - f(x - h) / (2 * h),
)

numerical_derivative.wrong(
    "reversed",
    """The sign is reversed: the rise is what f gains from the left point to the right one.
    See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: (f(x - h) - f(x + h)) / (2 * h),
)

numerical_derivative.wrong(
    "not-divided",
    """This is the rise alone. A slope is the rise divided by the distance. See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: f(x + h) - f(x - h),
)

numerical_derivative.wrong(
    "divided-by-2-only",
    """This is half of the rise. A slope is the rise divided by the whole distance, and h is a part of that.
    See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: (f(x + h) - f(x - h)) / 2,
)

numerical_derivative.wrong(
    "sign-lost",
    """The size is right, the sign is lost: a curve that falls has a negative slope.
    See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: abs(f(x + h) - f(x - h)) / (2 * h),
)

numerical_derivative.wrong(
    "slope-of-the-cube",
    """This is 3x², the slope of x³ alone. Any function may arrive: use the f that arrives, and measure it.
    See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: 3 * x**2,
)

numerical_derivative.wrong(
    "cube-measured",
    """This measures x³, the example of the text. Any function may arrive: use the f that arrives.
    See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: ((x + h) ** 3 - (x - h) ** 3) / (2 * h),
)

numerical_derivative.wrong(
    "own-distance",
    """It looks as if the rise is divided by 2e-5, whatever h is. The function is called with an h of its own here:
    write the distance with the h that arrives. See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: (f(x + h) - f(x - h)) / 2e-5,
)


@numerical_derivative.wrong(
    "h-ignored",
    """The function is called with an h of its own here, and f is rounded, so a short step sees the rounding.
    Use the h that arrives, not a number written into the function. See 2.2, "How small may h be?".""",
)
def h_ignored(f, x, h=1e-5):
    h = 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)


@numerical_derivative.wrong(
    "h-ignored-1e-6",
    """The function is called with an h of its own here, and f is rounded, so a short step sees the rounding.
    Use the h that arrives, not a number written into the function. See 2.2, "How small may h be?".""",
)
def h_of_a_millionth(f, x, h=1e-6):
    h = 1e-6
    return (f(x + h) - f(x - h)) / (2 * h)


@numerical_derivative.wrong(
    "h-ignored-1e-8",
    """The function is called with an h of its own here, and f is rounded, so a short step sees the rounding.
    Use the h that arrives, not a number written into the function. See 2.2, "How small may h be?".""",
)
def h_far_too_small(f, x, h=1e-8):
    h = 1e-8
    return (f(x + h) - f(x - h)) / (2 * h)


numerical_derivative.wrong(
    "step-in-proportion",
    """It looks as if x is multiplied by 1 + h, or the step is h times x: where x is 0 it does not move at all.
    Add h. See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: (f(x + h * x) - f(x - h * x)) / (2 * h * np.float64(x)),
)


@numerical_derivative.wrong(
    "h-ignored-1e-4",
    """The function is called with an h of its own here, and f is rounded, so a short step sees the rounding.
    Use the h that arrives, not a number written into the function. See 2.2, "How small may h be?".""",
)
def h_of_a_ten_thousandth(f, x, h=1e-4):
    h = 1e-4
    return (f(x + h) - f(x - h)) / (2 * h)


@numerical_derivative.wrong(
    "step-too-small",
    """It looks as if the step is 1e-12. Two values that close share nearly all their digits, and what is left is noise.
    Use the h that arrives. See 2.2, "How small may h be?".""",
)
def step_too_small(f, x, h=1e-12):
    h = 1e-12
    return (f(x + h) - f(x - h)) / (2 * h)


@numerical_derivative.unusual
def mean_of_both_sides(f, x, h=1e-5):
    ahead = (f(x + h) - f(x)) / h
    behind = (f(x) - f(x - h)) / h
    return 0.5 * (ahead + behind)


@numerical_derivative.unusual
def richardson(f, x, h=1e-4):
    def central(step):
        return (f(x + step) - f(x - step)) / (2 * step)

    return (4 * central(h / 2) - central(h)) / 3


@numerical_derivative.unusual
def five_points(f, x, h=1e-5):
    values = [f(x + k * h) for k in (-2, -1, 0, 1, 2)]
    return np.dot([1, -8, 0, 8, -1], values) / (12 * h)


@numerical_derivative.unusual
def half_of_h_to_each_side(f, x, h=1e-5):
    return (f(x + h / 2) - f(x - h / 2)) / h


@numerical_derivative.unusual
def step_in_proportion(f, x, h=1e-6):
    h = h * max(1.0, abs(x))
    right_point, left_point = x + h, x - h
    return np.array((f(right_point) - f(left_point)) / (right_point - left_point))
