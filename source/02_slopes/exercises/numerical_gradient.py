"""numerical_gradient: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, RightAnswers
from course.functions import Named

from ._shared import ALIKE, LARGE

right = RightAnswers(__file__)

numerical_gradient = Exercise("numerical_gradient", care=("unchanged",), tolerance=1e-5, unchanged_within=ALIKE)


@numerical_gradient.draw(times=1)
def vector_of_waves(rng):
    weights = rng.uniform(1.2, 2.4, size=3).round(1)
    return dict(f=Named("sum_of_sines", weights=weights), x=(rng.uniform(0.3, 1.2, size=3) / weights).round(2))


@numerical_gradient.draw(times=1)
def matrix_of_squares(rng):
    shape = tuple(int(n) for n in rng.permutation([2, 4]))
    f = Named("weighted_sum_of_squares", weights=rng.uniform(0.8, 2, size=shape).round(1))
    x = rng.uniform(0.5, 2, size=shape).round(1)
    x[0, 0] = 0.0  # a step in proportion to the entry does not move it
    return dict(f=f, x=x)


@numerical_gradient.draw(times=1)
def three_axes_of_waves(rng):
    shape = tuple(int(n) for n in rng.permutation([2, 3, 5]))
    weights = rng.uniform(1.2, 2.4, size=shape)
    return dict(f=Named("sum_of_sines", weights=weights), x=rng.uniform(0.3, 1.2, size=shape) / weights)


@numerical_gradient.draw(times=2)
def matrix_with_a_large_step(rng):
    shape = tuple(int(n) for n in rng.permutation([2, 3]))
    f = Named("rounded_squares", weights=rng.uniform(0.7, 1.9, size=shape).round(2), digits=6)
    return dict(f=f, x=rng.uniform(0.5, 2, size=shape).round(2), h=round(LARGE * float(rng.uniform(1, 2)), 2))


@numerical_gradient.corners.at("functions")
def constant(rng):
    return dict(f=Named("weighted_sum", weights=np.zeros((2, 2))), x=rng.uniform(1, 2, size=(2, 2)).round(1))


@numerical_gradient.corners.at("functions")
def falling(rng):
    return dict(f=Named("weighted_sum", weights=np.array([-1.0])), x=rng.uniform(1, 2, size=1).round(1))


@numerical_gradient.corners.at("negative values")
def neighbours_of_both_signs(rng):
    """A function that is neither even nor odd: a value or a slope at x can't stand for one at abs(x)."""
    x = rng.uniform(1, 3, size=2).round(1) * [-1, 1]
    return dict(f=Named("product_of_neighbours", weights=np.ones(2)), x=x)


@numerical_gradient.corners.at("zeros")
def rest_of_squares(rng):
    f = Named("weighted_sum_of_squares", weights=rng.uniform(1, 2, size=(1, 3)).round(1))
    return dict(f=f, x=np.zeros((1, 3)))


@numerical_gradient.corners.at("large values")
def far_out(rng):
    """Each slope depends on the other entry too: those that are not nudged count as they are."""
    f = Named("rounded_squares", weights=np.array([3.0, -2.0]), digits=6)
    return dict(f=f, x=rng.integers(200, 900, size=2).astype(float), h=0.25)


@numerical_gradient.corners.at("equal sizes")
def square(rng):
    """Neither x nor its gradient is its own transpose, and each slope depends on the other entries."""
    f = Named("product_of_neighbours", weights=np.array([[1.0, 2.0], [3.0, 4.0]]))
    return dict(f=f, x=rng.permutation([1.0, 2.0, 3.0, 4.0]).reshape(2, 2))


@numerical_gradient.corners.at("tiny values")
def near_the_origin(rng):
    x = rng.uniform(1e-5, 3e-5, size=2).round(6)
    return dict(f=Named("product_of_neighbours", weights=np.ones(2)), x=x)


@numerical_gradient.corners.at("writable views")
def transposed(rng):
    x = rng.permutation([1.0, 2.0, 3.0, 4.0]).reshape(2, 2)
    return dict(f=Named("weighted_sum_of_squares", weights=np.ones((2, 2))), x=x.T)


def at_one_and_two(weights, x=(1.0, 2.0)):
    return dict(f=Named("weighted_sum_of_squares", weights=np.array(weights)), x=np.array(x))


@numerical_gradient.corners.at("called again")
def some_squares(rng):
    return at_one_and_two([1.0, 3.0])


@numerical_gradient.corners.at("called again")
def other_squares(rng):
    return at_one_and_two([2.0, 1.0])


@numerical_gradient.corners.at("called again")
def the_squares_elsewhere(rng):
    return at_one_and_two([2.0, 1.0], x=(-1.0, 4.0))


numerical_gradient.wrong(
    "all-at-once",
    """All entries are nudged together, so every place holds the sum of all slopes.
    Nudge one entry, measure, put it back, then take the next. See 2.4, "One slope for each entry".""",
    lambda f, x, h=1e-5: np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h)),
)

numerical_gradient.wrong(
    "single-number",
    """A single number came back: x + h nudges all entries together. There is one slope for each entry of x.
    See 2.4, "One slope for each entry".""",
    lambda f, x, h=1e-5: (f(x + h) - f(x - h)) / (2 * h),
)


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


numerical_gradient.wrong(
    "points-too-close",
    """Half of the slope: the two points are only h apart, and the rise is divided by 2h.
    See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: right.numerical_gradient(f, x, h / 2) / 2,
)


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


numerical_gradient.wrong(
    "not-divided",
    """These are the rises alone. A slope is the rise divided by the distance. See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: right.numerical_gradient(f, x, h) * (2 * h),
)

numerical_gradient.wrong(
    "brackets-missing-below",
    """Python reads a / 2 * h from the left: it divides by 2 and then multiplies by h.
    Put the whole distance in brackets. See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: right.numerical_gradient(f, x, h) * (2 * h) / 2 * h,
)

numerical_gradient.wrong(
    "reversed",
    """The sign is reversed: the rise is what f gains from the lower point to the upper one.
    See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: -right.numerical_gradient(f, x, h),
)


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


numerical_gradient.wrong(
    "not-halved",
    """Every entry is twice the slope: the two points lie twice as far apart as the distance you divide by.
    How far is it from one to the other? See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: 2 * right.numerical_gradient(f, x, h),
)


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
    "first-nudge-missing",
    """This is about half of the slope. One of the two points is x itself: f is measured before the nudge of + h,
    and the rise over one h is divided by 2h. Nudge to both sides. See 2.4, "One slope for each entry".""",
)
def first_nudge_missing(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        nudged = x.copy()
        nudged[index] -= h
        gradient[index] = (f(x) - f(nudged)) / (2 * h)
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


numerical_gradient.wrong(
    "flattened",
    """The slopes lie in one long row. The gradient has the shape of x: one slope in the place of each entry.
    See 2.4, "One slope for each entry".""",
    lambda f, x, h=1e-5: right.numerical_gradient(f, x, h).ravel(),
)


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


numerical_gradient.wrong(
    "integer-results",
    """The slopes have lost their decimals: they were put into an array of integers.
    Make the array for the results with dtype float. See 2.4, "One slope for each entry".""",
    lambda f, x, h=1e-5: right.numerical_gradient(f, x, h).astype(int),
)

numerical_gradient.wrong(
    "h-ignored",
    """The function is called with an h of its own here, and f is rounded, so a short step sees the rounding.
    Use the h that arrives, and hand it on where you call another function. See 2.2, "How small may h be?".""",
    lambda f, x, h=1e-5: right.numerical_gradient(f, x),
)

numerical_gradient.wrong(
    "h-ignored-1e-6",
    """The function is called with an h of its own here, and f is rounded, so a short step sees the rounding.
    Use the h that arrives. See 2.2, "How small may h be?".""",
    lambda f, x, h=1e-5: right.numerical_gradient(f, x, 1e-6),
)

numerical_gradient.wrong(
    "h-ignored-1e-8",
    """The function is called with an h of its own here, and f is rounded, so a short step sees the rounding.
    Use the h that arrives. See 2.2, "How small may h be?".""",
    lambda f, x, h=1e-5: right.numerical_gradient(f, x, 1e-8),
)

numerical_gradient.wrong(
    "own-distance",
    """It looks as if the rise is divided by 2e-5, whatever h is. The function is called with an h of its own here:
    write the distance with the h that arrives. See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: right.numerical_gradient(f, x, h) * (2 * h) / 2e-5,
)


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


numerical_gradient.wrong(
    "absolute-slopes",
    """No slope is negative. Where f falls as the entry grows, its slope is below zero: leave the sign.
    See 2.1, "A nudge to each side".""",
    lambda f, x, h=1e-5: np.abs(right.numerical_gradient(f, x, h)),
)


@numerical_gradient.wrong(
    "written-through-ravel",
    """For a view such as a transposed array, ravel and reshape make a copy, and what is written into that never
    reaches x. Use the index, as in x[index], or hand f the copy that is nudged.
    See 2.4, "One slope for each entry".""",
)
def written_through_ravel(f, x, h=1e-5):
    flat = x.ravel()
    gradient = np.zeros(x.size)
    for k in range(x.size):
        kept = flat[k]
        flat[k] = kept + h
        up = f(x)
        flat[k] = kept - h
        gradient[k] = (up - f(x)) / (2 * h)
        flat[k] = kept
    return gradient.reshape(x.shape)


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
    slopes = []
    for index in np.ndindex(x.shape):
        x[index] += h
        up = f(x)
        x[index] -= 2 * h
        down = f(x)
        x[index] += h
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
