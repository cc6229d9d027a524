"""Unit 01: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Question, RightAnswers

right = RightAnswers(__file__)


def guesses(rng, *shape, lowest=-6.3):
    """Guesses and true values of one shape, shape (*shape): no error near zero, both signs among them."""
    y = rng.uniform(lowest, 6.3, size=shape)
    sides = np.where(np.arange(y.size) % 2, 1.0, -1.0) * rng.choice([-1, 1])
    errors = (sides * rng.uniform(0.2, 1.6, size=y.size)).reshape(shape)
    return dict(y_hat=np.asarray(y + errors), y=np.asarray(y))


def three(rng):
    """Three guesses and masses in kg with one decimal, so that a message can be followed by hand."""
    return {name: value.round(1) for name, value in guesses(rng, 3, lowest=2.7).items()}


def column(rng):
    """A column of numbers with one decimal, for the same reason."""
    return {name: value.round(1) for name, value in guesses(rng, rng.choice([5, 7]), 1).items()}


def table(rng):
    return guesses(rng, *rng.permutation([4, 11]))


def single(rng):
    """Shape (): a single number as numpy holds it."""
    return guesses(rng)


def takes_any_shape(exercise):
    """The draws of a function of two arrays of one shape, whatever that shape is."""
    for shape in (three, column, table):
        exercise.draw(shape, times=1)
    exercise.draw(times=1, care="single numbers")(single)


# ---------------------------------------------------------------------------------------------------- add

add = Exercise("add")


@add.draw(times=1)
def easy_numbers(rng):
    """For the first message of the course: the difference is above zero."""
    return dict(a=round(rng.uniform(5.2, 8.9), 1), b=round(rng.uniform(2.1, 4.9), 1))


@add.draw(times=1)
def second_below_zero(rng):
    return dict(a=round(rng.uniform(2, 5), 6), b=-round(rng.uniform(6, 9), 6))


@add.draw(times=1)
def first_below_zero(rng):
    return dict(a=-round(rng.uniform(2, 5), 6), b=round(rng.uniform(6, 9), 6))


@add.wrong(
    "subtracted",
    """
    This is the difference a - b. It is the wrong answer that 1.1 asks you to type first.
    Every message reads like this: what is wrong, for which numbers, and why.
    Now go back up, write the sum instead, and run both cells again.""",
)
def subtracted(a, b):
    return a - b


@add.wrong("subtracted-backwards", "This is b - a. The sum has a plus between the two.")
def subtracted_backwards(a, b):
    return b - a


@add.wrong("multiplied", "This is the product of a and b; the sum is asked for.")
def multiplied(a, b):
    return a * b


@add.wrong("one-ignored", "This is a alone. Does b stand in the function at all?")
def one_ignored(a, b):
    return a


@add.wrong("averaged", "This is half of the sum: the mean of a and b. The sum is asked for.")
def averaged(a, b):
    return (a + b) / 2


@add.wrong("cut-to-integer", "The decimals are lost: int() cuts them off. Return the sum as it is.")
def cut_to_integer(a, b):
    return int(a + b)


@add.wrong("signs-lost", "The sizes are added: the minus of a number below zero is lost. -2 and 5 give 3, not 7.")
def signs_lost(a, b):
    return abs(a) + abs(b)


@add.wrong("sign-of-the-sum-lost", "The minus of the sum is lost: 2 and -5 give -3. Return the sum as it is.")
def sign_of_the_sum_lost(a, b):
    return abs(a + b)


@add.unusual
def by_sum(a, b):
    return sum((a, b))


@add.unusual
def minus_minus(a, b):
    return np.float64(a) - -b


@add.unusual
def by_array(a, b):
    return np.array([a, b]).sum(keepdims=False)


# ------------------------------------------------------------------------------------------------ predict

predict = Exercise("predict", care=("unchanged", "one row", "float32", "views"), rows=("x",))


def line(rng, size, decimals, rising=1, above=-1):
    """Flippers and a line that rises (or falls) and starts below (or above) zero."""
    return dict(
        x=rng.uniform(1.7, 2.4, size=size).round(decimals),
        w=rising * round(rng.uniform(3, 7), decimals - 1),
        b=above * round(rng.uniform(2, 8), decimals - 1),
    )


@predict.draw(times=1)
def three_flippers(rng):
    return line(rng, 3, 2)


@predict.draw(times=1)
def falling(rng):
    """Every guess is below zero, so a minus that is lost shows."""
    return line(rng, rng.choice([5, 7]), 6, rising=-1)


@predict.draw(times=1)
def from_above_zero(rng):
    return line(rng, rng.choice([8, 11]), 6, above=1)


@predict.wrong(
    "swapped",
    """
    w and b have changed places. w multiplies x, b is added once.
    See 1.2, the column "5·x − 6".""",
)
def swapped(x, w, b):
    return b * x + w


@predict.wrong("no-intercept", "b is missing: the line always passes through 0. Add b to every guess. See 1.2.")
def no_intercept(x, w, b):
    return w * x


@predict.wrong("intercept-subtracted", "b is subtracted. It is added, also where it is itself negative. See 1.2.")
def intercept_subtracted(x, w, b):
    return w * x - b


@predict.wrong(
    "intercept-multiplied",
    """
    b is added before the product, so w multiplies b as well.
    The product comes first, then b is added. See 1.2.""",
)
def intercept_multiplied(x, w, b):
    return w * (x + b)


@predict.wrong("added", "x and w are added. A slope multiplies: w kilograms for each decimetre. See 1.2.")
def added(x, w, b):
    return x + w + b


@predict.wrong(
    "one-number",
    """
    This is one number, the mean of the guesses. One guess for each penguin is asked for:
    the result has the shape of x. See 1.2.""",
)
def one_number(x, w, b):
    return np.mean(w * x + b)


@predict.wrong(
    "summed",
    """
    The products are summed to one number. One guess for each penguin is asked for:
    the result has the shape of x. See 1.2.""",
)
def summed_guesses(x, w, b):
    return np.sum(w * x) + b


@predict.wrong(
    "column",
    """
    The guesses are right but stand in a column, shape (N, 1). x has shape (N,), and so has the result.
    What a column does to the loss is shown in 1.4.""",
)
def as_column(x, w, b):
    return (w * x + b).reshape(-1, 1)


@predict.wrong(
    "writes-into-x",
    """
    A line such as x *= w writes into the caller's array. Build a new array: w * x.
    See "When you are stuck".""",
    fails=("unchanged", "views"),
)
def writes_into_x(x, w, b):
    x *= w
    x += b
    return x


@predict.wrong("slope-without-sign", "The minus of w is lost: a line may fall. Take w as it is given. See 1.2.")
def slope_without_sign(x, w, b):
    return abs(w) * x + b


@predict.wrong(
    "size-subtracted",
    """
    The size of b is always subtracted. b is added with its own sign: above zero it lifts the line. See 1.2.""",
)
def size_subtracted(x, w, b):
    return w * x - abs(b)


@predict.wrong(
    "guesses-without-sign",
    """
    The minus of a guess is lost. A line gives whatever w·x + b gives, below zero too:
    see the penguin without flippers in 1.2.""",
)
def guesses_without_sign(x, w, b):
    return np.abs(w * x + b)


@predict.wrong(
    "cut-at-zero",
    """
    No guess is below zero. A mass is not, but the line gives whatever w·x + b gives:
    see the penguin without flippers in 1.2.""",
)
def cut_at_zero(x, w, b):
    return np.maximum(w * x + b, 0)


@predict.wrong(
    "decimals-lost",
    """
    The decimals are lost: an array of integers, dtype=int, cuts them off, and so does int().
    np.zeros makes an array that keeps them. See 1.2.""",
)
def decimals_lost(x, w, b):
    result = np.zeros(len(x), dtype=int)
    for n in range(len(x)):
        result[n] = w * x[n] + b
    return result


@predict.wrong(
    "example-typed-in", "This is always 5·x − 6, the line of the example. Use w and b as they are given. See 1.2."
)
def example_typed_in(x, w, b):
    return 5 * x - 6


@predict.unusual
def one_by_one(x, w, b):
    return [b + w * x_n for x_n in x]


@predict.unusual
def by_polynomial(x, w, b):
    return np.polyval([w, b], x)


@predict.unusual
def by_matrix(x, w, b):
    return np.column_stack([x, np.ones(len(x))]) @ np.array([w, b])


@predict.unusual
def half_as_precise(x, w, b):
    return np.add(np.multiply(x, w), b).astype(np.float32)


# ---------------------------------------------------------------------------------------------------- mse

mse = Exercise("mse", care=("unchanged", "float32", "views"))
takes_any_shape(mse)


@mse.wrong(
    "summed",
    """
    This is the sum of the squares. A mean divides it by the number of entries,
    so that 333 penguins do not cost more than three. See 1.3.""",
)
def summed(y_hat, y):
    return np.sum((y_hat - y) ** 2)


@mse.wrong("root", "This is the root of the mean squared error. No root is asked for. See 1.3.")
def root(y_hat, y):
    return np.sqrt(np.mean((y_hat - y) ** 2))


@mse.wrong(
    "halved",
    """
    This is half of the mean. Some books put ½ before the loss, so that the 2 of the derivative goes away.
    This course does not. See 1.3.""",
)
def halved(y_hat, y):
    return 0.5 * np.mean((y_hat - y) ** 2)


@mse.wrong("absolute", "The errors are averaged by their size, without the square. See 1.3.")
def absolute(y_hat, y):
    return np.mean(np.abs(y_hat - y))


@mse.wrong(
    "squared-too-late",
    """
    The errors are averaged first and squared then, so errors of opposite sign cancel.
    Square each error first, then take the mean. See 1.3.""",
)
def squared_too_late(y_hat, y):
    return np.mean(y_hat - y) ** 2


@mse.wrong("not-squared", "This is the mean of the errors: too high and too low cancel. Square each first. See 1.3.")
def not_squared(y_hat, y):
    return np.mean(y_hat - y)


@mse.wrong(
    "squares-subtracted",
    """
    The squares of guess and truth are subtracted. The error comes first, then its square:
    (5 - 3)² is 4, and 5² - 3² is 16. See 1.3.""",
)
def squares_subtracted(y_hat, y):
    return np.mean(y_hat**2 - y**2)


@mse.wrong(
    "not-averaged",
    """
    These are the squared errors, one for each entry. The loss is a single number: their mean. See 1.3.""",
)
def not_averaged(y_hat, y):
    return (y_hat - y) ** 2


@mse.wrong(
    "averaged-over-rows",
    """
    The mean runs over the first axis alone. For a table, shape (N, M), one number for each column is left.
    The mean is over all entries. See 1.3.""",
)
def averaged_over_rows(y_hat, y):
    return np.mean((y_hat - y) ** 2, axis=0)


@mse.wrong(
    "divided-by-rows",
    """
    The sum is divided by the number of rows. That is right for shape (N,) and wrong for a table, shape (N, M):
    the mean is over all N times M entries. See 1.3.""",
)
def divided_by_rows(y_hat, y):
    return np.sum((y_hat - y) ** 2) / len(y)


@mse.wrong(
    "every-pair",
    """
    Every guess is compared with every penguin: a column minus a row gives all pairs.
    Print the shape of y_hat - y inside the function. See 1.4.""",
)
def every_pair(y_hat, y):
    return np.mean((y_hat.reshape(-1, 1) - y.reshape(-1)) ** 2)


@mse.wrong(
    "halved-sum",
    """
    This is half of the sum of the squares. Our loss is their mean: no ½, divided by the number of entries. See 1.3.""",
)
def halved_sum(y_hat, y):
    return np.sum((y_hat - y) ** 2) / 2


@mse.wrong(
    "spread-only",
    """
    This is the variance of the errors: it measures how they scatter around their own mean.
    If every guess is 1 kg too high, it is 0 and the loss is 1. See 1.3.""",
)
def spread_only(y_hat, y):
    return np.var(y_hat - y)


@mse.wrong(
    "only-truth-squared",
    """
    Only y is squared: a power binds closer than a minus. Brackets around the error come first, then its square.
    See 1.3.""",
)
def only_truth_squared(y_hat, y):
    return np.mean(y_hat - y**2)


@mse.wrong("one-star", "Each error is doubled: one star multiplies. A power is written with two. See 1.3.")
def one_star(y_hat, y):
    return np.mean((y_hat - y) * 2)


@mse.wrong("added", "Guess and truth are added. The error is their difference, guess minus truth. See 1.3.")
def added_up(y_hat, y):
    return np.mean((y_hat + y) ** 2)


@mse.wrong(
    "divided-twice",
    """
    It is divided by the number of entries twice: the mean has already done so. See 1.3.""",
)
def divided_twice(y_hat, y):
    return np.mean((y_hat - y) ** 2) / y.size


@mse.wrong(
    "divided-by-three",
    """
    It is divided by 3, whatever the shape. 3 was the number of penguins in the example.
    How many entries are there here? See 1.3.""",
)
def divided_by_three(y_hat, y):
    return np.sum((y_hat - y) ** 2) / 3


@mse.wrong(
    "averaged-over-columns",
    """
    The mean runs over the last axis only, and an axis is left. The loss is the mean over all entries. See 1.3.""",
)
def averaged_over_columns(y_hat, y):
    return np.mean((y_hat - y) ** 2, axis=-1) if y.ndim else (y_hat - y) ** 2


@mse.wrong(
    "shares-not-added",
    """
    These are the squared errors, each divided by the number of entries. Their sum is the mean:
    the loss is a single number. See 1.3.""",
)
def shares_not_added(y_hat, y):
    return (y_hat - y) ** 2 / y.size


@mse.wrong("caret", "In Python the power is written with two stars: ** 2. The sign ^ works on the bits of integers.")
def caret(y_hat, y):
    return np.mean((y_hat - y) ^ 2)


@mse.wrong(
    "writes-into-guesses",
    """
    A line such as y_hat -= y writes into the caller's array. Build a new array for the errors.
    See "When you are stuck".""",
    fails=("unchanged", "views"),
)
def writes_into_guesses(y_hat, y):
    y_hat -= y
    y_hat *= y_hat
    return y_hat.mean()


@mse.wrong(
    "needs-an-axis",
    """
    A single number has shape () and no rows to loop over. np.mean and np.size take any shape. See 1.3.""",
    fails="single numbers",
)
def needs_an_axis(y_hat, y):
    return sum(np.sum((a - b) ** 2) for a, b in zip(y_hat, y)) / y.size


@mse.unusual
def entry_by_entry(y_hat, y):
    total = 0.0
    for k in np.ndindex(y.shape):
        total += (y[k] - y_hat[k]) ** 2
    return total / y.size


@mse.unusual
def by_dot(y_hat, y):
    e = (y - y_hat).ravel()
    return e @ e / e.size


@mse.unusual
def multiplied_out(y_hat, y):
    return np.mean(y_hat**2) - 2 * np.mean(y_hat * y) + np.mean(y**2)


@mse.unusual
def variance_and_bias(y_hat, y):
    e = np.subtract(y_hat, y)
    return np.var(e) + e.mean() ** 2


@mse.unusual
def single_precision(y_hat, y):
    return np.mean(np.square(y_hat - y), dtype=np.float32)


@mse.unusual
def guarded(y_hat, y):
    if np.shape(y_hat) != np.shape(y):
        raise ValueError(f"y_hat has shape {np.shape(y_hat)}, y has shape {np.shape(y)}.")
    return float(np.linalg.norm(np.ravel(y_hat - y)) ** 2 / np.size(y))


# ----------------------------------------------------------------------------------------------- mse_grad

mse_grad = Exercise("mse_grad", care=("unchanged", "float32", "views"))
takes_any_shape(mse_grad)


@mse_grad.differentiates(wrt="y_hat")
def forward(y_hat, y):
    return np.mean((y_hat - y) ** 2)


@mse_grad.wrong("no-two", "Every entry is half of what it should be. The derivative of e² is 2e. See 1.5.")
def no_two(y_hat, y):
    return (y_hat - y) / y.size


@mse_grad.wrong(
    "no-mean",
    """
    The mean is missing. The loss divides by the number of entries, so each slope is divided by it too.
    See 1.5: for three penguins, each square counts one third.""",
)
def no_mean(y_hat, y):
    return 2 * (y_hat - y)


@mse_grad.wrong(
    "errors-only", "These are the errors. Two factors are missing: the 2 of the square, and the mean's. See 1.5."
)
def errors_only(y_hat, y):
    return y_hat - y


@mse_grad.wrong(
    "divided-by-rows",
    """
    It is divided by the number of rows. That is right for shape (N,) and wrong for a table, shape (N, M):
    the loss is a mean over all N times M entries. See 1.5.""",
)
def divided_by_rows_grad(y_hat, y):
    return 2 * (y_hat - y) / len(y)


@mse_grad.wrong(
    "sign",
    """
    Every sign is reversed. Where a guess is too high, raising it raises the loss: the slope is positive there.
    Which of the two comes first in the error, the guess or the truth? See 1.5.""",
)
def sign(y_hat, y):
    return 2 * (y - y_hat) / y.size


@mse_grad.wrong(
    "absolute",
    """
    No entry is negative. Where a guess is too low, raising it lowers the loss: that slope is below zero.
    Keep the error's sign. See 1.5.""",
)
def absolute_grad(y_hat, y):
    return 2 * np.abs(y_hat - y) / y.size


@mse_grad.wrong(
    "value-not-slope",
    """
    These are the squared errors divided by the number of entries: what each penguin adds to the loss.
    The gradient says how fast that changes. What is the derivative of e²? See 1.5.""",
)
def value_not_slope(y_hat, y):
    return (y_hat - y) ** 2 / y.size


@mse_grad.wrong(
    "square-kept",
    """
    The square is still there beside its factor 2. The derivative of e² is 2e: the power goes down to one. See 1.5.""",
)
def square_kept(y_hat, y):
    return 2 * (y_hat - y) ** 2 / y.size


@mse_grad.wrong(
    "precedence",
    """
    The 2 multiplies the guess alone: 2 * y_hat - y. The 2 belongs to the whole error.
    Where do brackets go? See 1.5.""",
)
def precedence(y_hat, y):
    return (2 * y_hat - y) / y.size


@mse_grad.wrong(
    "divided-too-early",
    """
    Only y is divided: a division binds closer than a minus. Put brackets around the error. See 1.5.""",
)
def divided_too_early(y_hat, y):
    return 2 * (y_hat - y / y.size)


@mse_grad.wrong(
    "averaged-twice",
    """
    It is divided by the number of entries twice. The mean in the loss brings this factor once. See 1.5.""",
)
def averaged_twice(y_hat, y):
    return 2 * (y_hat - y) / y.size**2


@mse_grad.wrong(
    "one-number",
    """
    This is one number. Each guess has a slope of its own: the result has the shape of y_hat.
    No sum and no mean is left, only the factor that the mean brings. See 1.5.""",
)
def one_number_grad(y_hat, y):
    return 2 * np.mean(y_hat - y)


@mse_grad.wrong(
    "averaged-over-rows",
    """
    A mean runs over the first axis, and an axis is lost. Each guess has a slope of its own:
    the result has the shape of y_hat. See 1.5.""",
)
def averaged_over_rows_grad(y_hat, y):
    return 2 * np.mean(y_hat - y, axis=0)


@mse_grad.wrong(
    "mean-everywhere",
    """
    The mean error stands in every place. A guess changes its own square alone: take its own error. See 1.5.""",
)
def mean_everywhere(y_hat, y):
    return np.full(y.shape, 2 * np.mean(y_hat - y) / y.size)


@mse_grad.wrong(
    "every-pair",
    """
    Every guess is compared with every penguin: a column minus a row gives all pairs.
    Print the shape of y_hat - y inside the function. See 1.4.""",
)
def every_pair_grad(y_hat, y):
    return 2 * (y_hat.reshape(-1, 1) - y.reshape(-1)) / y.size


@mse_grad.wrong(
    "writes-into-guesses",
    """
    A line such as y_hat -= y writes into the caller's array. Build a new array for the errors.
    See "When you are stuck".""",
    fails=("unchanged", "views"),
)
def writes_into_guesses_grad(y_hat, y):
    y_hat -= y
    y_hat *= 2 / y_hat.size
    return y_hat


@mse_grad.wrong(
    "no-brackets",
    """
    There are no brackets around the error: the 2 belongs to y_hat alone, and the division to y alone. See 1.5.""",
)
def no_brackets(y_hat, y):
    return 2 * y_hat - y / y.size


@mse_grad.wrong(
    "truth-left-whole",
    """
    Only y_hat carries the factor. It belongs to the whole error: where do brackets go? See 1.5.""",
)
def truth_left_whole(y_hat, y):
    return 2 / y.size * y_hat - y


@mse_grad.wrong(
    "divided-by-three",
    """
    It is divided by 3, whatever the shape. 3 was the number of penguins in the example.
    How many entries are there here? See 1.5.""",
)
def divided_by_three_grad(y_hat, y):
    return 2 * (y_hat - y) / 3


@mse_grad.wrong(
    "needs-an-axis",
    """
    A single number has shape (): no rows to loop over, no entries to set. A difference of whole arrays takes any shape.
    See 1.5.""",
    fails="single numbers",
)
def needs_an_axis_grad(y_hat, y):
    return np.array([2 * (a - b) / y.size for a, b in zip(y_hat, y)])


@mse_grad.unusual
def entry_by_entry_grad(y_hat, y):
    result = np.zeros(y.shape)
    for k in np.ndindex(y.shape):
        result[k] = 2 / y.size * (y_hat[k] - y[k])
    return result


@mse_grad.unusual
def complex_step(y_hat, y):
    result = np.zeros(y.shape)
    for k in np.ndindex(y.shape):
        nudged = y_hat.astype(complex)
        nudged[k] += 1e-20j
        result[k] = np.mean((nudged - y) ** 2).imag / 1e-20
    return result


@mse_grad.unusual
def measured(y_hat, y, h=1e-4):
    result = np.zeros(y.shape)
    for k in np.ndindex(y.shape):
        up, down = np.array(y_hat, dtype=float), np.array(y_hat, dtype=float)
        up[k] += h
        down[k] -= h
        result[k] = (right.mse(up, y) - right.mse(down, y)) / (2 * h)
    return result


@mse_grad.unusual
def as_lists(y_hat, y):
    return np.divide(np.subtract(y, y_hat), -0.5 * np.size(y)).tolist()


@mse_grad.unusual
def in_single_precision(y_hat, y):
    e = np.asarray(y_hat, dtype=np.float32) - np.asarray(y, dtype=np.float32)
    return (e + e) / np.float32(e.size)


@mse_grad.unusual
def by_product_rule(y_hat, y):
    e = y_hat - y
    share = np.ones_like(e) / np.prod(e.shape)
    return share * 1.0 * e + share * e * 1.0


# ----------------------------------------------------------------------------------------------- mae_grad

mae_grad = Exercise("mae_grad", care=("unchanged", "float32", "views"))
takes_any_shape(mae_grad)


@mae_grad.differentiates(wrt="y_hat")
def mean_absolute_error(y_hat, y):
    return np.mean(np.abs(y_hat - y))


@mae_grad.wrong(
    "value-not-slope",
    """
    This is still the broken function: |e| divided by the number of entries, a value where a slope is asked for.
    How steep is |e| for e = 0.2, and how steep for e = 2? See 1.6.""",
)
def value_not_slope_mae(y_hat, y):
    return np.abs(y_hat - y) / y.size


@mae_grad.wrong(
    "error-kept",
    """
    The sign is right now, and the size of the error is still there. The V of |e| is equally steep
    everywhere on one side: the slope does not depend on how large e is. See 1.6.""",
)
def error_kept(y_hat, y):
    return (y_hat - y) / y.size


@mae_grad.wrong(
    "of-the-square", "This is the gradient of the mean squared error. Here the loss is a mean of |e|. See 1.6."
)
def of_the_square(y_hat, y):
    return 2 * (y_hat - y) / y.size


@mae_grad.wrong(
    "sign",
    """
    Every sign is reversed. Where a guess is too high, raising it raises the loss: the slope is positive. See 1.6.""",
)
def sign_mae(y_hat, y):
    return np.sign(y - y_hat) / y.size


@mae_grad.wrong(
    "no-mean",
    """
    The signs are right; the mean is missing. The loss divides by the number of entries, and so does each slope.
    See 1.6: the measured slopes are a third, not 1.""",
)
def no_mean_mae(y_hat, y):
    return np.sign(y_hat - y)


@mae_grad.wrong(
    "divided-by-rows",
    """
    It is divided by the number of rows. The mean is over all entries: N times M of them in a table. See 1.5.""",
)
def divided_by_rows_mae(y_hat, y):
    return np.sign(y_hat - y) / len(y)


@mae_grad.wrong(
    "never-negative",
    """
    Every entry is positive. Left of zero the V goes down: the slope is negative there. See 1.6.""",
)
def never_negative(y_hat, y):
    return np.ones_like(y) / y.size


@mae_grad.wrong(
    "minus-the-value",
    """
    This is the broken function with a minus in front. A value with another sign is still a value. See 1.6.""",
)
def minus_the_value(y_hat, y):
    return -np.abs(y_hat - y) / y.size


@mae_grad.wrong(
    "right-side-only",
    """
    Where the guess is too low the result is 0. The V goes down there, its slope is not flat. See 1.6.""",
)
def right_side_only(y_hat, y):
    return (y_hat > y) / y.size


@mae_grad.wrong(
    "one-number", "This is one number. Each guess has a slope of its own: the result has the shape of y_hat. See 1.6."
)
def one_number_mae(y_hat, y):
    return np.mean(np.sign(y_hat - y))


@mae_grad.wrong(
    "truth-forgotten",
    """
    This is the sign of the guess: y plays no part. What counts is on which side of the truth the guess lies.
    See 1.6.""",
)
def truth_forgotten(y_hat, y):
    return np.sign(y_hat) / y.size


@mae_grad.wrong(
    "doubled",
    """
    Every entry is twice what it should be. The 2 of 1.5 came from a square, and |e| has none. See 1.6.""",
)
def doubled_mae(y_hat, y):
    return 2 * np.sign(y_hat - y) / y.size


@mae_grad.wrong(
    "averaged-twice",
    """
    It is divided by the number of entries twice. The mean in the loss brings this factor once. See 1.6.""",
)
def averaged_twice_mae(y_hat, y):
    return np.sign(y_hat - y) / y.size**2


@mae_grad.wrong(
    "divided-by-three",
    """
    It is divided by 3, whatever the shape. 3 was the number of penguins in the example.
    How many entries are there here? See 1.5.""",
)
def divided_by_three_mae(y_hat, y):
    return np.sign(y_hat - y) / 3


@mae_grad.wrong(
    "size-doubled",
    """
    This is 2|e| divided by the number of entries, with the rule for a square. |e| has another slope:
    how steep is the V at e = 0.2, and how steep at e = 2? See 1.6.""",
)
def size_doubled(y_hat, y):
    return 2 * np.abs(y_hat - y) / y.size


@mae_grad.wrong(
    "size-doubled-no-mean",
    """
    This is 2|e|: the rule for a square, and no mean. How steep is the V of |e| at e = 0.2, and how steep at e = 2?
    See 1.6.""",
)
def size_doubled_no_mean(y_hat, y):
    return 2 * np.abs(y_hat - y)


@mae_grad.wrong(
    "needs-an-axis",
    """
    A single number has shape (): no rows to loop over, no entries to set. A function of whole arrays takes any shape.
    See 1.5.""",
    fails="single numbers",
)
def needs_an_axis_mae(y_hat, y):
    e = y_hat - y
    e[e > 0] = 1
    e[e < 0] = -1
    return e / e.size


@mae_grad.wrong(
    "writes-into-guesses",
    """
    A line such as y_hat -= y writes into the caller's array. Build a new array for the errors.
    See "When you are stuck".""",
    fails=("unchanged", "views"),
)
def writes_into_guesses_mae(y_hat, y):
    y_hat -= y
    return np.sign(y_hat) / y_hat.size


@mae_grad.unusual
def by_where(y_hat, y):
    return np.where(y_hat > y, 1.0, -1.0) / np.size(y)


@mae_grad.unusual
def by_quotient(y_hat, y):
    e = y_hat - y
    return e / (np.abs(e) * e.size)


@mae_grad.unusual
def by_comparison(y_hat, y):
    return ((y_hat > y).astype(float) - (y_hat < y)) / y.size


@mae_grad.unusual
def entry_by_entry_mae(y_hat, y):
    result = np.zeros(y.shape)
    for k in np.ndindex(y.shape):
        result[k] = 1 / y.size if y_hat[k] > y[k] else -1 / y.size
    return result.tolist()


@mae_grad.unusual
def copied_sign(y_hat, y):
    return np.copysign(np.float32(1 / y.size), (y_hat - y).astype(np.float32))


# ---------------------------------------------------------------------------------------------- questions

questions = [
    Question(
        "u01-three-squares",
        answer=0.23,
        why="0.4900 + 0.1600 + 0.0400 = 0.6900, and a third of it is 0.2300 kg².",
        hints={
            0.69: "This is the sum of the three squares. Divide it by their number.",
            0.04: "This is the third square. Now the mean of all three.",
            -0.1667: "This is the mean of the errors. Square each error first.",
            0.1667: "This is the mean of the errors without its sign. Square each error first.",
            0.2033: "The third square was subtracted. (-0.20)² is 0.04: a square is never below zero.",
            0.2167: "The third square is missing: what is (-0.20)²?",
            0.325: "This is the mean of the first two squares. There are three penguins.",
            0.0278: "This is the square of the mean error. Square first, then take the mean.",
            0.4333: "This is the mean of the errors without their signs. Square each error first.",
            0.4796: "This is the root of the mean. Leave the root out.",
            0.345: "Divide by three: there are three penguins.",
            0.115: "This is half of the mean. No ½ belongs to our loss.",
        },
        tolerance=0.001,
        otherwise="Square the third error, add the three squares, divide by 3. Read the table in 1.3.",
    ),
    Question(
        "u01-valley",
        answer="c",
        why="At a flipper of about 2 dm, half a kg more for each dm makes every guess about 1 kg heavier. b must "
        "take that 1 kg away. The loss is 0.179 at (5, -6), 0.182 at (5.5, -7), and 0.874 at (5.5, -6).",
        hints={
            "a": "Then the guesses get heavier twice: through w, and through b. How long is a flipper, about?",
            "b": "Then every guess gets heavier by half a kg for each dm of flipper. How long is a flipper, about?",
        },
        otherwise="The choices are a, b and c. Read the end of 1.3.",
    ),
    Question(
        "u01-entries",
        answer=9,
        why="Row i, column j holds guess j minus mass i: every pair, 3 times 3. Nothing is refused, and nothing warns.",
        hints={
            3: "That is what equal shapes give. Here numpy stretches both: the column to the right, the row downwards.",
            6: "The shapes are not added. The column is repeated for each entry of the row.",
            1: "A difference keeps its entries. How many pairs of a column entry and a row entry are there?",
        },
        otherwise="Write the difference as a table, a row for each mass and a column for each guess. Read 1.4.",
    ),
    Question(
        "u01-third-entry",
        answer=-2 / 3 * 0.2,
        why="2 · (-0.20) / 3 = -0.1333. It is below zero: raise this guess, and the loss falls.",
        hints={
            -0.4: "This is 2e. The loss is a mean: each square counts one third.",
            -0.2: "This is the error. The slope of e² is 2e, and each square counts one third.",
            -0.0667: "This is e/3. The slope of e² is 2e.",
            0.1333: "The size is right. Is this guess too high or too low?",
            0.0133: "This is e²/3: what this penguin adds to the loss. How fast does that change?",
            0.2667: "This is the second entry.",
            -0.4667: "This is the first entry.",
        },
        tolerance=0.003,
        otherwise="The third error is -0.20. Go the same way as for the first, in 1.5.",
    ),
    Question(
        "u01-bug",
        answer="b",
        why="It returns |e| / size: what each entry adds to the loss. "
        "A slope says how fast this changes when the guess moves.",
        hints={
            "a": "Reverse every sign of its column: does it agree with the measured slopes then?",
            "c": "Multiply its column by any number: can it agree with the measured slopes?",
        },
        otherwise="The choices are a, b and c. Read the table in 1.6.",
    ),
]
