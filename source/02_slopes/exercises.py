"""Unit 02: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Question, RightAnswers
from course.functions import Named

right = RightAnswers(__file__)

# Where h is given it is large, and f is rounded: a central difference of a rounded parabola is right
# for large steps of any kind, a one-sided one is not, and one that ignores h meets the rounding.
LARGE = 0.2
ALIKE = 1e-12

numerical_derivative = Exercise("numerical_derivative", tolerance=1e-5)


@numerical_derivative.draw(times=1)
def wave(rng):
    rate = rng.uniform(2, 3)
    return dict(f=Named("sin", rate=float(rate)), x=float(rng.uniform(0.7, 1.2) / rate))


@numerical_derivative.draw(times=1)
def growth(rng):
    return dict(f=Named("polynomial", coefficients=rng.uniform(0.5, 2, size=5)), x=float(rng.uniform(0.5, 1.5)))


@numerical_derivative.draw(times=1)
def decay(rng):
    return dict(f=Named("exponential", rate=float(-rng.uniform(1, 2))), x=float(rng.uniform(-1, 0.5)))


@numerical_derivative.draw(times=1)
def at_zero(rng):
    return dict(f=Named("polynomial", coefficients=rng.uniform(0.5, 2, size=4)), x=0.0)


@numerical_derivative.draw(times=4)
def with_a_large_step(rng):
    f = Named("rounded_squares", weights=float(rng.uniform(1, 1.9)))
    return dict(f=f, x=float(rng.uniform(0.8, 1.6)), h=LARGE * float(rng.uniform(1, 2)))


@numerical_derivative.wrong(
    "one-sided",
    """It looks as if your two points don't lie at equal distances from x: x and x + h, or x - h and x + 2h.
    Its error shrinks with h; the central one with h². See 2.1, "A nudge to each side".""",
)
def one_sided(f, x, h=1e-5):
    return (f(x + h) - f(x)) / h


@numerical_derivative.wrong(
    "one-sided-finer",
    """It looks as if you step to one side only, with a step of your own where none is given.
    Its error shrinks with h; the central one with h². Measure on both sides of x. See 2.1, "A nudge to each side".""",
)
def one_sided_finer(f, x, h=1e-8):
    return (f(x + h) - f(x)) / h


@numerical_derivative.wrong(
    "one-sided-back",
    """It looks as if your two points don't lie at equal distances from x: x - h and x, or x - 2h and x + h.
    Its error shrinks with h; the central one with h². See 2.1, "A nudge to each side".""",
)
def one_sided_back(f, x, h=1e-5):
    return (f(x) - f(x - h)) / h


@numerical_derivative.wrong(
    "not-halved",
    """This is twice the slope: your two points lie twice as far apart as the distance you divide by.
    How far is it from one to the other? See 2.1, "A nudge to each side".""",
)
def not_halved(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / h


@numerical_derivative.wrong(
    "points-too-close",
    """Half of the slope: your two points are only h apart, and you divide by 2h. See 2.1, "A nudge to each side".""",
)
def points_too_close(f, x, h=1e-5):
    return (f(x + h / 2) - f(x - h / 2)) / (2 * h)


@numerical_derivative.wrong(
    "uneven-steps",
    """This is one and a half times the slope: it looks as if one nudge is h and the other 2h.
    Both points lie h away from x. See 2.1, "A nudge to each side".""",
)
def uneven_steps(f, x, h=1e-5):
    return (f(x + h) - f(x - 2 * h)) / (2 * h)


@numerical_derivative.wrong(
    "brackets-missing-below",
    """Python reads a / 2 * h from the left: it divides by 2 and then multiplies by h.
    Put the whole distance in brackets. See 2.1, "A nudge to each side".""",
)
def brackets_missing_below(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / 2 * h


@numerical_derivative.wrong(
    "brackets-missing-above",
    """Python divides before it subtracts, so only the second value is divided.
    Put the whole rise in brackets. See 2.1, "A nudge to each side".""",
)
def brackets_missing_above(f, x, h=1e-5):
    return f(x + h) - f(x - h) / (2 * h)


@numerical_derivative.wrong(
    "reversed",
    """The sign is reversed: the rise is what f gains from the left point to the right one.
    See 2.1, "A nudge to each side".""",
)
def reversed_sign(f, x, h=1e-5):
    return (f(x - h) - f(x + h)) / (2 * h)


@numerical_derivative.wrong(
    "not-divided",
    """This is the rise alone. A slope is the rise divided by the distance. See 2.1, "A nudge to each side".""",
)
def not_divided(f, x, h=1e-5):
    return f(x + h) - f(x - h)


@numerical_derivative.wrong(
    "divided-by-2-only",
    """This is half of the rise. A slope is the rise divided by the whole distance, and h is a part of that.
    See 2.1, "A nudge to each side".""",
)
def divided_by_2_only(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / 2


@numerical_derivative.wrong(
    "sign-lost",
    """The size is right, the sign is lost: a curve that falls has a negative slope.
    See 2.1, "A nudge to each side".""",
)
def sign_lost(f, x, h=1e-5):
    return abs(f(x + h) - f(x - h)) / (2 * h)


@numerical_derivative.wrong(
    "slope-of-the-cube",
    """This is 3x², the slope of x³ alone. Any function may arrive: use the f that arrives, and measure it.
    See 2.1, "A nudge to each side".""",
)
def slope_of_the_cube(f, x, h=1e-5):
    return 3 * x**2


@numerical_derivative.wrong(
    "cube-measured",
    """This measures x³, the example of the text. Any function may arrive: use the f that arrives.
    See 2.1, "A nudge to each side".""",
)
def cube_measured(f, x, h=1e-5):
    return ((x + h) ** 3 - (x - h) ** 3) / (2 * h)


@numerical_derivative.wrong(
    "own-distance",
    """It looks as if the rise is divided by 2e-5, whatever h is. The function is called with an h of its own here:
    write the distance with the h that arrives. See 2.1, "A nudge to each side".""",
)
def own_distance(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / 2e-5


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


@numerical_derivative.wrong(
    "step-in-proportion",
    """It looks as if x is multiplied by 1 + h, or the step is h times x: where x is 0 it does not move at all.
    Add h. See 2.1, "A nudge to each side".""",
)
def step_times_x(f, x, h=1e-5):
    return (f(x + h * x) - f(x - h * x)) / (2 * h * np.float64(x))


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


numerical_gradient = Exercise("numerical_gradient", care=("unchanged",), tolerance=1e-5, unchanged_within=ALIKE)


@numerical_gradient.draw(times=1)
def vector_of_waves(rng):
    weights = rng.uniform(1.2, 2.4, size=7)
    return dict(f=Named("sum_of_sines", weights=weights), x=rng.uniform(0.3, 1.2, size=7) / weights)


@numerical_gradient.draw(times=1)
def matrix_of_squares(rng):
    shape = tuple(int(n) for n in rng.permutation([3, 5]))
    f = Named("weighted_sum_of_squares", weights=rng.uniform(0.8, 2, size=shape))
    x = rng.uniform(0.5, 2, size=shape)
    x[0, 0] = 0.0  # a step in proportion to the entry does not move it
    return dict(f=f, x=x)


@numerical_gradient.draw(times=1)
def three_axes_of_waves(rng):
    shape = tuple(int(n) for n in rng.permutation([2, 3, 5]))
    weights = rng.uniform(1.2, 2.4, size=shape)
    return dict(f=Named("sum_of_sines", weights=weights), x=rng.uniform(0.3, 1.2, size=shape) / weights)


@numerical_gradient.draw(times=2)
def matrix_with_a_large_step(rng):
    shape = tuple(int(n) for n in rng.permutation([2, 5]))
    f = Named("rounded_squares", weights=rng.uniform(0.7, 1.9, size=shape))
    return dict(f=f, x=rng.uniform(0.5, 2, size=shape), h=LARGE * float(rng.uniform(1, 2)))


@numerical_gradient.wrong(
    "all-at-once",
    """All entries are nudged together, so every place holds the sum of all slopes.
    Nudge one entry, measure, put it back, then take the next. See 2.4, "One slope for each entry".""",
)
def all_at_once(f, x, h=1e-5):
    return np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h))


@numerical_gradient.wrong(
    "single-number",
    """A single number came back: x + h nudges all entries together. There is one slope for each entry of x.
    See 2.4, "One slope for each entry".""",
)
def single_number(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


@numerical_gradient.wrong(
    "one-sided",
    """It looks as if each entry is nudged to one side only. The central difference measures on both sides.
    See 2.1, "A nudge to each side".""",
)
def one_sided_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        nudged = x.copy()
        nudged[index] += h
        gradient[index] = (f(nudged) - f(x)) / h
    return gradient


@numerical_gradient.wrong(
    "one-sided-finer",
    """It looks as if each entry is nudged to one side only, with a step of your own where none is given.
    The central difference measures on both sides. See 2.1, "A nudge to each side".""",
)
def one_sided_finer_gradient(f, x, h=1e-8):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        nudged = x.copy()
        nudged[index] += h
        gradient[index] = (f(nudged) - f(x)) / h
    return gradient


@numerical_gradient.wrong(
    "one-sided-back",
    """It looks as if the two points don't lie at equal distances from the entry: one side only, or h and 2h.
    The central difference steps h to each side. See 2.1, "A nudge to each side".""",
)
def one_sided_back_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        nudged = x.copy()
        nudged[index] -= h
        gradient[index] = (f(x) - f(nudged)) / h
    return gradient


@numerical_gradient.wrong(
    "points-too-close",
    """Half of the slope: the two points are only h apart, and the rise is divided by 2h.
    See 2.1, "A nudge to each side".""",
)
def points_too_close_gradient(f, x, h=1e-5):
    return right.numerical_gradient(f, x, h / 2) / 2


@numerical_gradient.wrong(
    "ndindex-of-x",
    """If it is np.ndindex that stops here: it counts through a shape, not through an array.
    Which property of x holds its sizes? See 2.4, "One slope for each entry".""",
)
def ndindex_of_x(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x):
        up, down = x.copy(), x.copy()
        up[index] += h
        down[index] -= h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient


@numerical_gradient.wrong(
    "brackets-missing-above",
    """Python divides before it subtracts, so only the second value is divided.
    Put the whole rise in brackets. See 2.1, "A nudge to each side".""",
)
def brackets_missing_above_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += h
        down[index] -= h
        gradient[index] = f(up) - f(down) / (2 * h)
    return gradient


@numerical_gradient.wrong(
    "not-divided",
    """These are the rises alone. A slope is the rise divided by the distance. See 2.1, "A nudge to each side".""",
)
def not_divided_gradient(f, x, h=1e-5):
    return right.numerical_gradient(f, x, h) * (2 * h)


@numerical_gradient.wrong(
    "brackets-missing-below",
    """Python reads a / 2 * h from the left: it divides by 2 and then multiplies by h.
    Put the whole distance in brackets. See 2.1, "A nudge to each side".""",
)
def brackets_missing_below_gradient(f, x, h=1e-5):
    return right.numerical_gradient(f, x, h) * (2 * h) / 2 * h


@numerical_gradient.wrong(
    "reversed",
    """The sign is reversed: the rise is what f gains from the lower point to the upper one.
    See 2.1, "A nudge to each side".""",
)
def reversed_gradient(f, x, h=1e-5):
    return -right.numerical_gradient(f, x, h)


@numerical_gradient.wrong(
    "returned-too-early",
    """Only the first entry is filled: how far is `return` indented? Inside the loop it ends the loop in the first turn.
    See 2.4, "One slope for each entry".""",
)
def returned_too_early(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += h
        down[index] -= h
        gradient[index] = (f(up) - f(down)) / (2 * h)
        return gradient
    return gradient


@numerical_gradient.wrong(
    "others-zero",
    """It looks as if all entries but the nudged one are 0 while f is measured. They keep the numbers of x:
    nudge a copy of x, not an array of zeros. See 2.4, "One slope for each entry".""",
)
def others_zero(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up, down = np.zeros(x.shape), np.zeros(x.shape)
        up[index] = x[index] + h
        down[index] = x[index] - h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient


@numerical_gradient.wrong(
    "put-back-too-far",
    """It looks as if each entry is put back by 2h: from x - h that leads to x + h, and the later slopes are measured
    at another place. How far is it from x - h back to x? See 2.4, "One slope for each entry".""",
)
def put_back_too_far(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        x[index] += h
        up = f(x)
        x[index] -= 2 * h
        gradient[index] = (up - f(x)) / (2 * h)
        x[index] += 2 * h
    return gradient


@numerical_gradient.wrong(
    "written-into-x",
    """It looks as if the slopes are written into x itself, so the later ones are measured at another place:
    `gradient = x` makes a second name. Make a new array for the slopes. See 2.4, "One slope for each entry".""",
)
def written_into_x(f, x, h=1e-5):
    gradient = x
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += h
        down[index] -= h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient


@numerical_gradient.wrong(
    "one-entry-alone",
    """It looks as if f gets one nudged entry alone. f takes an array shaped like x:
    nudge the entry inside a copy of x, and hand over the copy. See 2.4, "One slope for each entry".""",
)
def one_entry_alone(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        gradient[index] = (f(x[index] + h) - f(x[index] - h)) / (2 * h)
    return gradient


@numerical_gradient.wrong(
    "step-in-proportion",
    """It looks as if an entry is multiplied by 1 + h: an entry that is 0 does not move at all.
    Add h. See 2.4, "One slope for each entry".""",
)
def step_in_proportion_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] *= 1 + h
        down[index] *= 1 - h
        gradient[index] = (f(up) - f(down)) / (up[index] - down[index])
    return gradient


@numerical_gradient.wrong(
    "multiplied",
    """It looks as if an entry is multiplied by 1 + h, so it moves by h times itself, and the rise is divided by 2h.
    Add h. See 2.4, "One slope for each entry".""",
)
def multiplied(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] *= 1 + h
        down[index] *= 1 - h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient


@numerical_gradient.wrong(
    "not-halved",
    """Every entry is twice the slope: the two points lie twice as far apart as the distance you divide by.
    How far is it from one to the other? See 2.1, "A nudge to each side".""",
)
def not_halved_gradient(f, x, h=1e-5):
    return 2 * right.numerical_gradient(f, x, h)


@numerical_gradient.wrong(
    "uneven-steps",
    """Every entry is one and a half times the slope: one nudge is h and the other 2h.
    Both points lie h away from x. See 2.1, "A nudge to each side".""",
)
def uneven_steps_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += h
        down[index] -= 2 * h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient


@numerical_gradient.wrong(
    "second-nudge-returns",
    """This is about half of the slope. After + h, a step of - h leads back to x, not to the other side of it:
    the two points are h apart. See 2.4, "One slope for each entry".""",
)
def second_nudge_returns(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        nudged = x.copy()
        nudged[index] += h
        up = f(nudged)
        nudged[index] -= h
        gradient[index] = (up - f(nudged)) / (2 * h)
    return gradient


@numerical_gradient.wrong(
    "first-axis-only",
    """It looks as if the loop runs over the first axis only, so a whole row is nudged together.
    x may have any number of axes; every single entry needs its own turn. See 2.4, "One slope for each entry".""",
)
def first_axis_only(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for k in range(len(x)):
        up, down = x.copy(), x.copy()
        up[k] += h
        down[k] -= h
        gradient[k] = (f(up) - f(down)) / (2 * h)
    return gradient


@numerical_gradient.wrong(
    "flattened",
    """The slopes lie in one long row. The gradient has the shape of x: one slope in the place of each entry.
    See 2.4, "One slope for each entry".""",
)
def flattened(f, x, h=1e-5):
    return right.numerical_gradient(f, x, h).ravel()


@numerical_gradient.wrong(
    "not-restored",
    """An entry is nudged and not put back, so the later slopes are measured at another place.
    After each entry, x must be what it was. See 2.4, "One slope for each entry".""",
)
def not_restored(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        x[index] += h
        up = f(x)
        x[index] -= 2 * h
        gradient[index] = (up - f(x)) / (2 * h)
    return gradient


@numerical_gradient.wrong(
    "same-array",
    """Every entry is 0: the nudges up and down cancel, because `up = x` makes a second name, not a second array.
    Use a copy. See 2.4, "One slope for each entry".""",
)
def same_array(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up = x
        up[index] += h
        down = x
        down[index] -= h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient


@numerical_gradient.wrong(
    "integer-results",
    """The slopes have lost their decimals: they were put into an array of integers.
    Make the array for the results with dtype float. See 2.4, "One slope for each entry".""",
)
def integer_results(f, x, h=1e-5):
    return right.numerical_gradient(f, x, h).astype(int)


@numerical_gradient.wrong(
    "h-ignored",
    """The function is called with an h of its own here, and f is rounded, so a short step sees the rounding.
    Use the h that arrives, and hand it on where you call another function. See 2.2, "How small may h be?".""",
)
def h_ignored_gradient(f, x, h=1e-5):
    return right.numerical_gradient(f, x)


@numerical_gradient.wrong(
    "h-ignored-1e-6",
    """The function is called with an h of its own here, and f is rounded, so a short step sees the rounding.
    Use the h that arrives. See 2.2, "How small may h be?".""",
)
def h_of_a_millionth_gradient(f, x, h=1e-5):
    return right.numerical_gradient(f, x, 1e-6)


@numerical_gradient.wrong(
    "h-ignored-1e-8",
    """The function is called with an h of its own here, and f is rounded, so a short step sees the rounding.
    Use the h that arrives. See 2.2, "How small may h be?".""",
)
def h_far_too_small_gradient(f, x, h=1e-5):
    return right.numerical_gradient(f, x, 1e-8)


@numerical_gradient.wrong(
    "own-distance",
    """It looks as if the rise is divided by 2e-5, whatever h is. The function is called with an h of its own here:
    write the distance with the h that arrives. See 2.1, "A nudge to each side".""",
)
def own_distance_gradient(f, x, h=1e-5):
    return right.numerical_gradient(f, x, h) * (2 * h) / 2e-5


@numerical_gradient.wrong(
    "caller-loses-x",
    """The copy went into the variable x, and the nudged array stayed with the caller.
    Nudge the copy, or put the entry itself back. See 2.4, "One slope for each entry".""",
    fails="unchanged",
)
def caller_loses_x(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        kept = x.copy()
        x[index] += h
        up = f(x)
        x[index] -= 2 * h
        gradient[index] = (up - f(x)) / (2 * h)
        x = kept
    return gradient


@numerical_gradient.unusual
def in_place_and_back(f, x, h=1e-5):
    gradient = np.empty_like(x)
    for k in range(x.size):
        kept = x.flat[k]
        x.flat[k] = kept + h
        up = f(x)
        x.flat[k] = kept - h
        gradient.flat[k] = (up - f(x)) / (2 * h)
        x.flat[k] = kept
    return gradient


@numerical_gradient.unusual
def back_by_addition(f, x, h=1e-5):
    flat = x.reshape(-1)
    slopes = []
    for k in range(flat.size):
        flat[k] += h
        up = f(x)
        flat[k] -= 2 * h
        down = f(x)
        flat[k] += h
        slopes.append((up - down) / (2 * h))
    return np.reshape(slopes, x.shape).tolist()


@numerical_gradient.unusual
def by_directions(f, x, h=1e-5):
    directions = np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([f(x + h * e) - f(x - h * e) for e in directions]).reshape(x.shape) / (2 * h)


@numerical_gradient.unusual
def with_an_iterator(f, x, h=1e-6):
    gradient = np.zeros(x.shape)
    places = np.nditer(x, flags=["multi_index"])
    while not places.finished:
        e = np.zeros(x.shape)
        e[places.multi_index] = 1
        gradient[places.multi_index] = right.numerical_derivative(lambda t, e=e: f(x + t * e), 0.0, h)
        places.iternext()
    return gradient


@numerical_gradient.unusual
def four_points(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(*x.shape):
        for step, weight in ((1, 8), (-1, -8), (2, -1), (-2, 1)):
            nudged = np.array(x)
            nudged[index] = nudged[index] + step * h
            gradient[index] += weight * f(nudged) / (12 * h)
    return gradient


ZEROS, TINY, NEAR = "arrays of zeros", "tiny arrays", "nearly equal arrays"
relative_error = Exercise("relative_error", care=("unchanged", "float32", "views"))


@relative_error.draw
def two_arrays(rng):
    shape = tuple(int(n) for n in rng.permutation([3, 5])[: rng.integers(1, 3)])
    a = rng.normal(size=shape) + 0.5
    return dict(a=a, b=rng.uniform(1.1, 1.6) * a + 0.5 * rng.normal(size=shape))


@relative_error.draw(times=1)
def three_axes(rng):
    return dict(a=-rng.uniform(1, 2, size=(2, 5, 3)), b=rng.uniform(-0.9, 0.9, size=(2, 5, 3)))


@relative_error.draw(times=1)
def each_sums_to_zero(rng):
    a, b = (rng.integers(1, 6, size=3).astype(float) for _ in range(2))
    return dict(a=np.append(a, -a.sum()), b=np.insert(-b, 0, b.sum()))


@relative_error.draw(times=1, care=ZEROS)
def both_zero(rng):
    return dict(a=np.zeros((2, 3)), b=np.zeros((2, 3)))


@relative_error.draw(times=1, care=ZEROS)
def one_zero(rng):
    return dict(a=np.zeros(4), b=rng.normal(size=4) + 2)


@relative_error.draw(times=1, care=TINY)
def tiny_and_opposite(rng):
    a = 1e-9 * rng.uniform(1, 2, size=(2, 3))
    return dict(a=a, b=-a)


@relative_error.draw(times=1, care=NEAR)
def nearly_equal(rng):
    a = rng.uniform(1, 2, size=5)
    return dict(a=a, b=a + 1e-6 * rng.normal(size=5))


@relative_error.draw(times=1, care=NEAR)
def still_nearer(rng):
    a = rng.uniform(1, 2, size=(3, 2))
    return dict(a=a, b=a + 1e-8 * rng.uniform(1, 2, size=(3, 2)))


@relative_error.wrong(
    "absolute",
    """This is the length of the difference alone. Whether 0.001 is much depends on the size of a and b:
    divide by their lengths. See 2.3, "When are two slopes the same?".""",
)
def absolute(a, b):
    return np.linalg.norm(a - b)


@relative_error.wrong(
    "over-the-larger",
    """Here the larger of the two lengths is below; the definition has the sum of both.
    See 2.3, "When are two slopes the same?".""",
)
def over_the_larger(a, b):
    return np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b))


@relative_error.wrong(
    "over-b-only",
    """Only b is below. The definition treats both alike: the sum of both lengths.
    See 2.3, "When are two slopes the same?".""",
)
def over_b_only(a, b):
    return np.linalg.norm(a - b) / np.linalg.norm(b)


@relative_error.wrong(
    "over-a-only",
    """Only a is below. The definition treats both alike: the sum of both lengths.
    See 2.3, "When are two slopes the same?".""",
)
def over_a_only(a, b):
    return np.linalg.norm(a - b) / np.linalg.norm(a)


@relative_error.wrong(
    "length-of-the-sum",
    """It looks as if the arrays are added before the length is taken: where they differ in sign they cancel.
    Take each length, then add. See 2.3, "When are two slopes the same?".""",
)
def length_of_the_sum(a, b):
    return np.linalg.norm(a - b) / np.linalg.norm(a + b)


@relative_error.wrong(
    "difference-of-lengths",
    """Two arrays of one length can point in quite different directions.
    Subtract the arrays first, then take the length. See 2.3, "When are two slopes the same?".""",
)
def difference_of_lengths(a, b):
    one, other = np.linalg.norm(a), np.linalg.norm(b)
    return abs(one - other) / (one + other)


@relative_error.wrong(
    "brackets-missing",
    """Python divides before it adds, so only the first length is below the line. Put the sum in brackets.
    See 2.3, "When are two slopes the same?".""",
)
def brackets_missing(a, b):
    return np.linalg.norm(a - b) / np.linalg.norm(a) + np.linalg.norm(b)


@relative_error.wrong(
    "sum-above",
    """It looks as if the length of a + b is above the line: that is large where the two agree.
    Which array is all zeros when a and b are equal? See 2.3, "When are two slopes the same?".""",
)
def sum_above(a, b):
    return np.linalg.norm(a + b) / (np.linalg.norm(a) + np.linalg.norm(b))


@relative_error.wrong(
    "largest-entries",
    """It looks as if the largest entries are compared. The length ‖a‖ is the root of the sum of all squared entries.
    See 2.3, "When are two slopes the same?".""",
)
def largest_entries(a, b):
    return np.max(np.abs(a - b)) / (np.max(np.abs(a)) + np.max(np.abs(b)))


@relative_error.wrong(
    "sums-taken-for-sizes",
    """Positive and negative entries cancel in a sum, so a sum of 0 doesn't mean an array of zeros.
    Ask whether the number below the line is 0. See 2.3, "When are two slopes the same?".""",
)
def sums_taken_for_sizes(a, b):
    if np.sum(a) + np.sum(b) == 0:
        return 0.0
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


@relative_error.wrong(
    "root-missing",
    """These are squared lengths: the square root is missing. See 2.3, "When are two slopes the same?".""",
)
def root_missing(a, b):
    return np.sum((a - b) ** 2) / (np.sum(a**2) + np.sum(b**2))


@relative_error.wrong(
    "sums-of-sizes",
    """It looks as if absolute values are added up. The length ‖a‖ is the root of the sum of squares.
    See 2.3, "When are two slopes the same?".""",
)
def sums_of_sizes(a, b):
    return np.sum(np.abs(a - b)) / (np.sum(np.abs(a)) + np.sum(np.abs(b)))


@relative_error.wrong(
    "worst-entry",
    """This is the relative error of the worst entry. Here the whole arrays are compared, by their lengths.
    See 2.3, "When are two slopes the same?".""",
)
def worst_entry(a, b):
    return np.max(np.abs(a - b) / (np.abs(a) + np.abs(b)))


@relative_error.wrong(
    "mean-of-entries",
    """This is the mean of the relative errors of the entries, where tiny entries count as much as large ones.
    Here the whole arrays are compared, by their lengths. See 2.3, "When are two slopes the same?".""",
)
def mean_of_entries(a, b):
    return np.mean(np.abs(a - b) / (np.abs(a) + np.abs(b)))


@relative_error.wrong(
    "entry-by-entry",
    """One number is asked for: the length of the whole difference, divided by the sum of the two lengths.
    See 2.3, "When are two slopes the same?".""",
)
def entry_by_entry(a, b):
    return np.abs(a - b) / (np.abs(a) + np.abs(b))


@relative_error.wrong(
    "zero-over-zero",
    """Two arrays of zeros agree, so the error is 0.0, and dividing 0 by 0 is not defined.
    One array of zeros beside another that is not is an error of 1. See 2.3, "When are two slopes the same?".""",
    fails=ZEROS,
)
def zero_over_zero(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


@relative_error.wrong(
    "tiny-counts-as-zero",
    """Only two arrays of exact zeros have error 0.0; small arrays are compared like large ones.
    So nothing is added below the line, and no small number counts as zero.
    See 2.3, "When are two slopes the same?".""",
    fails=TINY,
)
def tiny_counts_as_zero(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b) + 1e-8)


@relative_error.wrong(
    "nearly-counts-as-equal",
    """Only equal arrays have error 0.0. Return the number however small it is: the reader decides what is small enough.
    See 2.3, "When are two slopes the same?".""",
    fails=NEAR,
)
def nearly_counts_as_equal(a, b):
    if np.allclose(a, b, atol=0):
        return 0.0
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


@relative_error.unusual
def by_hand(a, b):
    def length(v):
        return sum(float(entry) ** 2 for entry in np.ravel(v)) ** 0.5

    above, below = length(np.subtract(a, b)), length(a) + length(b)
    return 0.0 if below == 0 else above / below


@relative_error.unusual
def with_dot_products(a, b):
    a, b = np.asarray(a).ravel(), np.asarray(b).ravel()
    d = a - b
    if np.array_equal(a, b):
        return 0
    return np.sqrt(d @ d) / (np.sqrt(a @ a) + np.sqrt(b @ b))


@relative_error.unusual
def with_einsum(a, b):
    gap, one, other = (np.sqrt(np.einsum("i,i->", v.ravel(), v.ravel())) for v in (b - a, a, b))
    return np.float32(gap / max(one + other, 1e-300))


@relative_error.unusual
def guarded_by_where(a, b):
    below = np.hypot.reduce(a, axis=None) + np.hypot.reduce(b, axis=None)
    return np.divide(np.linalg.norm(a - b), below, out=np.zeros(()), where=below > 0)


directional_derivative = Exercise("directional_derivative", care=("unchanged",), tolerance=1e-5, unchanged_within=ALIKE)


@directional_derivative.draw(times=1)
def along_waves(rng):
    weights = rng.uniform(1.2, 2.4, size=5)
    f = Named("sum_of_sines", weights=weights)
    return dict(f=f, x=rng.uniform(0.3, 1.2, size=5) / weights, v=rng.uniform(0.5, 2, size=5))


@directional_derivative.draw(times=1)
def across_neighbours(rng):
    shape = tuple(int(n) for n in rng.permutation([2, 3]))
    f = Named("product_of_neighbours", weights=rng.uniform(0.8, 2, size=shape))
    return dict(f=f, x=rng.uniform(0.5, 2, size=shape), v=-rng.uniform(0.5, 2, size=shape))


@directional_derivative.draw(times=2)
def along_with_a_large_step(rng):
    shape = tuple(int(n) for n in rng.permutation([3, 4]))
    f = Named("rounded_squares", weights=rng.uniform(0.7, 1.9, size=shape), digits=5)
    x, v = rng.uniform(0.5, 2, size=shape), rng.uniform(0.5, 2, size=shape)
    return dict(f=f, x=x, v=v, h=LARGE * float(rng.uniform(1, 2)))


@directional_derivative.wrong(
    "same-array",
    """It is 0: `start` and `x` are still two names of one array, so f is measured twice at the same place.
    How do you make a new array instead of changing x? See the bug hunt.""",
)
def start_is_x(f, x, v, h=1e-5):
    start = x
    x += h * v
    return (f(x) - f(start)) / h


@directional_derivative.wrong(
    "one-sided",
    """The array is mended, and the step still goes to one side only. Measure at both sides of x, as in 2.1.
    See the bug hunt.""",
)
def only_ahead(f, x, v, h=1e-5):
    return (f(x + h * v) - f(x)) / h


@directional_derivative.wrong(
    "one-sided-back",
    """It looks as if you step back only, from x - h·v to x. Measure at both sides of x, as in 2.1.
    See the bug hunt.""",
)
def only_back(f, x, v, h=1e-5):
    return (f(x) - f(x - h * v)) / h


@directional_derivative.wrong(
    "not-halved",
    """This is twice the slope: the two points lie twice as many steps of h apart as you divide by.
    See 2.1, "A nudge to each side".""",
)
def twice_the_slope(f, x, v, h=1e-5):
    return (f(x + h * v) - f(x - h * v)) / h


@directional_derivative.wrong(
    "points-too-close",
    """Half of the slope: your two points are only one step of h apart, and you divide by two.
    See 2.1, "A nudge to each side".""",
)
def half_the_slope(f, x, v, h=1e-5):
    return (f(x + h / 2 * v) - f(x - h / 2 * v)) / (2 * h)


@directional_derivative.wrong(
    "brackets-missing-below",
    """Python reads a / 2 * h from the left: it divides by 2 and then multiplies by h.
    Put the whole distance in brackets. See 2.1, "A nudge to each side".""",
)
def multiplied_by_h(f, x, v, h=1e-5):
    return (f(x + h * v) - f(x - h * v)) / 2 * h


@directional_derivative.wrong(
    "brackets-missing-above",
    """Python divides before it subtracts, so only the second value is divided.
    Put the whole rise in brackets. See 2.1, "A nudge to each side".""",
)
def second_value_divided(f, x, v, h=1e-5):
    return f(x + h * v) - f(x - h * v) / (2 * h)


@directional_derivative.wrong(
    "not-divided",
    """This is the rise alone. A slope is the rise divided by the distance. See 2.1, "A nudge to each side".""",
)
def rise_alone(f, x, v, h=1e-5):
    return f(x + h * v) - f(x - h * v)


@directional_derivative.wrong(
    "reversed",
    """The sign is reversed: v points from the second point to the first. The rise is what f gains along v.
    See 2.1, "A nudge to each side".""",
)
def reversed_direction(f, x, v, h=1e-5):
    return (f(x - h * v) - f(x + h * v)) / (2 * h)


@directional_derivative.wrong(
    "h-plus-v",
    """It looks as if x moves by h + v. A small step along v is h times v: for h = 0.1 and v = (1, 2) it is (0.1, 0.2).
    See the bug hunt.""",
)
def h_plus_v(f, x, v, h=1e-5):
    return (f(x + (h + v)) - f(x - (h + v))) / (2 * h)


@directional_derivative.wrong(
    "h-beside-v",
    """It looks as if h and v are both added to x. A small step along v is h times v: for h = 0.1 and v = (1, 2)
    it is (0.1, 0.2). See the bug hunt.""",
)
def h_beside_v(f, x, v, h=1e-5):
    return (f(x + h + v) - f(x - h + v)) / (2 * h)


@directional_derivative.wrong(
    "whole-v",
    """It looks as if x moves by the whole of v. Move by h times v only, and divide by 2h. See the bug hunt.""",
)
def whole_v(f, x, v, h=1e-5):
    return (f(x + v) - f(x - v)) / (2 * h)


@directional_derivative.wrong(
    "h-missing",
    """It looks as if x moves by the whole of v, and h plays no part: that is the slope over a long way, not at x.
    Move by h times v. See the bug hunt.""",
)
def h_missing(f, x, v, h=1e-5):
    return (f(x + v) - f(x - v)) / 2


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


@directional_derivative.wrong(
    "v-ignored",
    """v plays no part: all entries are nudged by the same h. Entry k moves by h times its own entry of v.
    See the bug hunt.""",
)
def v_ignored(f, x, v, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


@directional_derivative.wrong(
    "v-of-length-one",
    """It looks as if v was divided by its length. Here v counts as it is: twice as long, twice the slope.
    See the bug hunt.""",
)
def v_of_length_one(f, x, v, h=1e-5):
    v = v / np.linalg.norm(v)
    return (f(x + h * v) - f(x - h * v)) / (2 * h)


@directional_derivative.wrong(
    "entry-by-entry",
    """One number is asked for: how fast f changes when all of x moves along v. See the bug hunt.""",
)
def slopes_times_v(f, x, v, h=1e-5):
    return right.numerical_gradient(f, x, h) * v


@directional_derivative.wrong(
    "divided-by-v",
    """It looks as if the rise was divided by a distance that holds v: that gives one number for each entry.
    The step is h; v is already in the two points. See the bug hunt.""",
)
def divided_by_v(f, x, v, h=1e-5):
    return (f(x + h * v) - f(x - h * v)) / (2 * h * v)


@directional_derivative.wrong(
    "h-ignored",
    """The function is called with an h of its own here, and f is rounded, so a short step sees the rounding.
    Use the h that arrives, and hand it on where you call another function. See 2.2, "How small may h be?".""",
)
def own_step(f, x, v, h=1e-5):
    return right.directional_derivative(f, x, v)


@directional_derivative.wrong(
    "h-ignored-1e-8",
    """The function is called with an h of its own here, and f is rounded, so a short step sees the rounding.
    Use the h that arrives. See 2.2, "How small may h be?".""",
)
def own_tiny_step(f, x, v, h=1e-5):
    return right.directional_derivative(f, x, v, 1e-8)


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


QUESTIONS = [
    Question(
        "u02-mean",
        answer=12.0001,
        why="The two errors, +0.0601 and -0.0599, nearly cancel. What is left is 0.0001, which is h².",
        hints={
            12: "That is the exact slope. Take the mean of the two measured ones in the last row.",
            12.0601: "That is the slope to the right alone. Take the mean of both.",
            11.9401: "That is the slope to the left alone. Take the mean of both.",
            12.01: "That is the row above, for h = 0.1.",
            13: "That is the first row, for h = 1.",
            24.0002: "That is their sum. The mean is half of it.",
            12.001: "Add 11.9401 and 12.0601, then halve. How many zeros follow the point?",
            12.0061: "Add 11.9401 and 12.0601, then halve.",
        },
        tolerance=1e-7,
        otherwise="Add 11.9401 and 12.0601, then halve.",
    ),
    Question(
        "u02-best-h",
        answer="b",
        why="For b the two terms are 1.7e-11 and 1e-11, for a and c one of them is at least 1.7e-5. "
        "The two are equal where h³ is about 6e-16: near 1e-5. Below that, the lost digits win.",
        hints={
            "a": "Here the bend of the curve is the larger error: h²/6 is still about 1.7e-5.",
            "c": "Here few digits are left: 1e-16 divided by 1e-12 is 1e-4.",
        },
        otherwise="Put each h into the formula of 2.2. The choices are a, b and c.",
    ),
    Question(
        "u02-days",
        answer=46.3,
        why="2·10⁹ passes of 0.002 s are 4·10⁶ s, and a day has 86,400 s. That buys one gradient, one step; "
        "a million of them would take about 127,000 years. So measuring is for testing small networks.",
        hints={
            23.15: "There are two passes for each parameter.",
            92.6: "The factor 2 is counted once too often: 2·10⁹ passes take 0.002 s each.",
            138.9: "0.006 s is what backpropagation takes. A measured slope needs forward passes only, of 0.002 s.",
            4e6: "Those are the seconds. A day has 86,400.",
            66_667: "Those are the minutes. A day has 1440.",
            1111.1: "Those are the hours. A day has 24.",
            2e9: "Those are the passes. Each takes 0.002 s.",
            127_000: "Those are the years for a million gradients. How many days does one take?",
        },
        tolerance=0.02,
        otherwise="How many passes, how many seconds each, and how many seconds has a day? Read the lines above.",
    ),
    Question(
        "u02-bug",
        answer="b",
        why="`start = x` gives the array a second name. After `x += …` both names show the moved array.",
        hints={
            "a": "Here f is 5, and a step of 1e-5 changes it by about 6e-5: that is far from the last digit.",
            "c": "v may have any length; twice the length means twice the slope, and not 0.",
        },
        otherwise="The choices are a, b and c. How many arrays are there after `start = x`?",
    ),
]
