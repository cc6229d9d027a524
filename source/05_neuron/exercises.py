"""Unit 05: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Question, RightAnswers

right = RightAnswers(__file__)


def labels(rng, n):
    """Zeros and ones in any order, both of them there, and not equally many."""
    ones = int(rng.integers(2, n // 2))
    return rng.permutation(np.repeat([1, 0], [ones, n - ones]))


def sizes_of(rng):
    """N and D, distinct and coprime."""
    n, d = rng.permutation([5, 7, 11, 9, 13])[:2]
    return (int(n), int(d)) if n > d else (int(d), int(n))


# ---- neuron_forward

neuron_forward = Exercise(
    "neuron_forward",
    care=("unchanged", "one row", "float32", "views"),
    rows=("x",),
    sizes={"N": ("x", 0), "D": ("x", 1)},
)


@neuron_forward.draw
def rows_and_weights(rng):
    n, d = rng.permutation([5, 7, 11])[:2]
    return dict(x=rng.normal(size=(n, d)), w=rng.normal(size=d), b=float(rng.uniform(0.5, 2)))


@neuron_forward.wrong(
    "bias-missing",
    """Each z is too small by b: the weighted sum is right, and b is not added. See 5.1.""",
)
def bias_missing(x, w, b):
    return x @ w


@neuron_forward.wrong(
    "bias-subtracted",
    """It looks as if b was taken away. z is the weighted sum plus b. See 5.1.""",
)
def bias_subtracted(x, w, b):
    return x @ w - b


@neuron_forward.wrong(
    "bias-in-each-product",
    """It looks as if b was added to each measurement, or to each product, before the sum. It is added once for each
    row, after the sum. See 5.1.""",
)
def bias_in_each(x, w, b):
    return (x * w + b).sum(axis=1)


@neuron_forward.wrong(
    "bias-inside",
    """It looks as if b was added to x before the weights. It is added after the weighted sum. See 5.1.""",
)
def bias_inside(x, w, b):
    return (x + b) @ w


@neuron_forward.wrong(
    "bias-on-weights",
    """It looks as if b was added to the weights: the parentheses stand round w + b. First the product, then b.
    See 5.1.""",
)
def bias_on_weights(x, w, b):
    return x @ (w + b)


@neuron_forward.wrong(
    "not-summed",
    """These are the products x·w, one for each measurement. A neuron adds them up: one number for each row.
    Which axis has to disappear? See 5.1.""",
)
def not_summed(x, w, b):
    return x * w + b


@neuron_forward.wrong(
    "mean-for-sum",
    """It looks as if the products were averaged over the measurements. A neuron adds them up. See 5.1.""",
)
def mean_for_sum(x, w, b):
    return (x * w).mean(axis=1) + b


@neuron_forward.wrong(
    "one-number-for-all",
    """This is one number. Each row is an example of its own, with its own z: sum over the measurements only.
    See 5.1.""",
)
def one_number(x, w, b):
    return np.sum(x * w) + b


@neuron_forward.wrong(
    "wrong-axis",
    """x.T turns rows into columns, so the sizes do not fit: w has one weight for each column of x. Write the shapes
    (N, D) and (D,) side by side. See 5.1.""",
)
def transposed(x, w, b):
    return x.T @ w + b


@neuron_forward.wrong(
    "sigmoid-inside",
    """This is the probability. Here the sum itself is asked for, the logit z; the sigmoid comes after it. See 5.1.""",
)
def sigmoid_inside(x, w, b):
    return 1 / (1 + np.exp(-(x @ w + b)))


@neuron_forward.wrong(
    "column-for-vector",
    """The numbers are right, as a column (N, 1). z has shape (N,): with (N, 1) against labels of shape (N,), numpy
    would compare every row with every other. See 5.1.""",
)
def column(x, w, b):
    return x @ w.reshape(-1, 1) + b


@neuron_forward.wrong(
    "squeezed",
    """With one row, np.squeeze takes the axis of rows away too, and the result is no longer (N,). Leave the axes as
    they are: the product sums over the measurements by itself. See 5.1.""",
    fails="one row",
)
def squeezed(x, w, b):
    return np.squeeze(x) @ w + b


@neuron_forward.wrong(
    "written-into-x",
    """*= writes into the array that it stands on, and x belongs to the caller: the next step would find other
    measurements. See 5.1.""",
    fails=("unchanged", "views"),
)
def written_into_x(x, w, b):
    x *= w
    return x.sum(axis=1) + b


@neuron_forward.wrong(
    "last-measurement-only",
    """Only the last measurement is in z: it looks as if the loop writes over what it had. Add each product to what is
    there already. See 5.1.""",
)
def last_measurement(x, w, b):
    return x[:, -1] * w[-1] + b


@neuron_forward.unusual
def row_by_row(x, w, b):
    return [sum(x_d * w_d for x_d, w_d in zip(row, w)) + b for row in x]


@neuron_forward.unusual
def by_einsum(x, w, b):
    return np.einsum("ij,j->i", x, w) + b


@neuron_forward.unusual
def column_of_ones(x, w, b):
    return np.column_stack([x, np.ones(len(x))]) @ np.append(w, b)


@neuron_forward.unusual
def weights_first(x, w, b):
    return np.add(np.dot(w, x.T), b)


# ---- sigmoid

sigmoid = Exercise("sigmoid", care=("unchanged", "float32", "views", "large inputs", "no warnings"))


@sigmoid.draw(times=2)
def a_row_of_logits(rng):
    return dict(z=rng.normal(0, 2, size=int(rng.choice([5, 7, 9]))))


@sigmoid.draw(times=1)
def a_table_of_logits(rng):
    n, d = rng.permutation([5, 3, 4])[:2]
    return dict(z=rng.normal(0, 2, size=(n, d)))


@sigmoid.draw(times=1, care="large inputs")
def far_out(rng):
    return dict(z=rng.permutation(np.array([1000.0, -1000.0, 745.5, -650.0, 40.0, -36.0, 1.5, -0.5, 0.0])))


@sigmoid.draw(times=1, care="no warnings")
def far_out_again(rng):
    return dict(z=rng.permutation(np.array([1000.0, -1000.0, 800.0, -800.0, 50.0, -20.0, 2.5, -1.5, 0.0])))


@sigmoid.wrong(
    "overflow",
    """The exponential of a large number is computed on the way. np.where(c, A, B) does not help by itself: it computes
    all of A and all of B before it chooses. Which exponent is never positive? See 5.1.""",
    fails="no warnings",
)
def naive(z):
    return 1 / (1 + np.exp(-z))


@sigmoid.wrong(
    "not-for-large-inputs",
    """If it is nan: e^z/(e^z + 1) is ∞/∞ in floats for large z; use it for negative z only. If it is a number: is z cut
    off at a limit? One that is too small gives one probability to all z beyond it. See 5.1, "Which way is safe".""",
    fails=("large inputs", "no warnings"),
)
def quotient(z):
    return np.exp(z) / (np.exp(z) + 1)


@sigmoid.wrong(
    "sign-of-exponent",
    """It looks as if p fell when z rises. Look at the sign in the exponent: the sigmoid of a large z is near 1.
    See 5.1.""",
)
def falling(z):
    return 1 / (1 + np.exp(z))


@sigmoid.wrong(
    "tanh-for-sigmoid",
    """This is the tanh of z, which lies between −1 and 1. A probability lies between 0 and 1. See 5.1.""",
)
def tanh(z):
    return np.tanh(z)


@sigmoid.wrong(
    "tanh-of-z",
    """This is (1 + tanh z)/2. That form is safe, but the tanh must be taken of z/2: this one is too steep.
    See 5.1.""",
)
def tanh_of_z(z):
    return 0.5 * (1 + np.tanh(z))


@sigmoid.wrong(
    "slope-of-sigmoid",
    """This is p(1 − p), the slope of the sigmoid. Asked for is p itself. See 5.1.""",
)
def slope(z):
    p = 1 / (1 + np.exp(-z))
    return p * (1 - p)


@sigmoid.wrong(
    "exponential-alone",
    """This is e^(−z), or 1 plus it, without the fraction: it is not between 0 and 1. See 5.1.""",
)
def no_fraction(z):
    return 1 + np.exp(-z)


@sigmoid.wrong(
    "parentheses",
    """It looks as if 1/1 was added to e^(−z): division comes first. Put the sum below the line in parentheses.
    See 5.1.""",
)
def no_parentheses(z):
    return 1 / 1 + np.exp(-z) - 1


@sigmoid.wrong(
    "minus-below",
    """It looks as if e^(−z) was taken away from 1 below the line. The two are added: 1 + e^(−z). See 5.1.""",
)
def minus_below(z):
    return 1 / (1 - np.exp(-z))


@sigmoid.wrong(
    "sigmoid-twice",
    """It looks as if the sigmoid was applied twice. It takes z once, and its result is p. See 5.1.""",
)
def twice(z):
    p = 1 / (1 + np.exp(-z))
    return 1 / (1 + np.exp(-p))


@sigmoid.wrong(
    "step",
    """These are decisions, 0 or 1. The sigmoid is smooth: between them lie all probabilities. See 5.1.""",
)
def hard_step(z):
    return (z > 0).astype(float)


@sigmoid.wrong(
    "relu",
    """This cuts z off at 0; it is no probability. Asked for is 1/(1 + e^(−z)). See 5.1.""",
)
def relu(z):
    return np.maximum(z, 0)


@sigmoid.wrong(
    "softmax",
    """These add up to 1 over all rows. Each z is a case of its own: its probability does not depend on the others.
    See 5.1.""",
)
def normalised(z):
    e = np.exp(z - z.max())
    return e / e.sum()


@sigmoid.wrong(
    "unsplit-size",
    """For z < 0 this gives 1 − p: it is computed from |z| alone, and what belongs to a negative z is left out.
    Which fraction stands there? See 5.1.""",
)
def of_size(z):
    return 1 / (1 + np.exp(-np.abs(z)))


@sigmoid.wrong(
    "split-size-for-all",
    """Right for z < 0; for z > 0 this is 1 − p: the fraction of a negative z is used for all. Which one stands there,
    written with e = e^(−|z|)? See 5.1.""",
)
def of_negative_size(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e)


@sigmoid.wrong(
    "math-exp",
    """math.exp takes one number, and z is an array. np.exp takes every entry by itself. See 5.1.""",
)
def math_exp(z):
    import math

    return 1 / (1 + math.exp(-z))


@sigmoid.wrong(
    "if-on-an-array",
    """`if` wants one answer, and z >= 0 has one for each entry. np.where or a mask chooses entry by entry.
    See 5.1.""",
)
def if_on_an_array(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))


@sigmoid.wrong(
    "written-into-z",
    """This writes into z, and z belongs to the caller: the loss still needs it. Build a new array. See 5.1.""",
    fails=("unchanged", "views"),
)
def written_into_z(z):
    z *= 0.5
    np.tanh(z, out=z)
    z += 1
    z *= 0.5
    return z


@sigmoid.unusual
def by_tanh(z):
    return 0.5 * (1 + np.tanh(z / 2))


@sigmoid.unusual
def by_masks(z):
    p = np.empty_like(z)
    plus = z >= 0
    p[plus] = 1 / (1 + np.exp(-z[plus]))
    below = np.exp(z[~plus])
    p[~plus] = below / (below + 1)
    return p


@sigmoid.unusual
def by_logaddexp(z):
    return np.exp(-np.logaddexp(0.0, -z))


@sigmoid.unusual
def number_by_number(z):
    import math

    def one(v):
        return 1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v))

    return np.vectorize(one)(z)


@sigmoid.unusual
def cut_far_out(z):
    return 1 / (1 + np.exp(-np.clip(z, -700, 700)))


@sigmoid.unusual
def warnings_off(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


# ---- binary_cross_entropy

binary_cross_entropy = Exercise(
    "binary_cross_entropy",
    care=("unchanged", "one row", "float32", "views", "large inputs"),
    rows=("z", "y"),
    sizes={"N": ("z", 0)},
)


def logits_and_labels(rng):
    """Some logits, right and wrong ones among both kinds of rows."""
    n = int(rng.choice([7, 9, 11, 13]))
    return dict(z=rng.normal(0.3, 1.5, size=n), y=labels(rng, n))


def large_logits_and_labels(rng):
    """Rows that are sure: of the truth and of its opposite, benign and malignant."""
    z = np.array([1000.0, -1000.0, 1000.0, -1000.0, 60.0, -45.0, 0.5])
    order = rng.permutation(7)
    return dict(z=z[order], y=np.array([1, 1, 0, 0, 0, 1, 1])[order])


binary_cross_entropy.draw(logits_and_labels)
binary_cross_entropy.draw(large_logits_and_labels, times=1, care="large inputs")


@binary_cross_entropy.wrong(
    "log-of-rounded-probability",
    """For z = 1000, e^z overflows; p is 1 and 1 − p is 0 in floats, and what was lost there no log brings back. A small
    number inside the log, or clipping, gives another loss (27.6 for 1000, say).
    Start from z, and never take e of a large number: see 5.2, "we start from z".""",
    fails="large inputs",
)
def from_probabilities(z, y):
    p = 1 / (1 + np.exp(-z))
    return -np.mean(np.where(y == 1, np.log(p), np.log(1 - p)))


@binary_cross_entropy.wrong(
    "logaddexp-of-one",
    """It looks as if logaddexp(1, z) was used: that is ln(e¹ + e^z). Which a has e^a = 1? See 5.2.""",
)
def e_for_one(z, y):
    return np.mean(np.logaddexp(1, z) - y * z)


@binary_cross_entropy.wrong(
    "mean-of-one-part",
    """The mean is taken of ln(1 + e^z) alone: the bracket closes before − yz, which is left for each row. One mean of
    both. See 5.2.""",
)
def bracket_too_early(z, y):
    return np.mean(np.logaddexp(0, z)) - y * z


@binary_cross_entropy.wrong(
    "array-with-one-entry",
    """The number is right, in an array with one entry, shape (1,). Return the number itself. See 5.2.""",
)
def in_an_array(z, y):
    return np.mean(np.logaddexp(0, z) - y * z, keepdims=True)


@binary_cross_entropy.wrong(
    "sum-for-mean",
    """This is the sum over the rows. The loss is their mean, so that it does not grow with the number of rows.
    See 5.2.""",
)
def summed(z, y):
    return np.sum(np.logaddexp(0, z) - y * z)


@binary_cross_entropy.wrong(
    "sign",
    """This has the opposite sign: a logarithm of a probability is negative, and the loss is minus it. See 5.2.""",
)
def sign(z, y):
    return np.mean(y * z - np.logaddexp(0, z))


@binary_cross_entropy.wrong(
    "not-averaged",
    """This is the loss of each row. Asked for is one number, their mean. See 5.2.""",
)
def not_averaged(z, y):
    return np.logaddexp(0, z) - y * z


@binary_cross_entropy.wrong(
    "malignant-rows-only",
    """It looks as if only rows with y = 1 are charged. A benign row that is called malignant has a loss too:
    −ln(1 − p). See 5.2.""",
)
def malignant_only(z, y):
    return np.mean(y * np.logaddexp(0, -z))


@binary_cross_entropy.wrong(
    "benign-rows-only",
    """It looks as if only rows with y = 0 are charged. A malignant row costs −ln p. See 5.2.""",
)
def benign_only(z, y):
    return np.mean((1 - y) * np.logaddexp(0, z))


@binary_cross_entropy.wrong(
    "labels-swapped",
    """It looks as if the two cases were exchanged: −ln p belongs to y = 1, −ln(1 − p) to y = 0. See 5.2.""",
)
def swapped(z, y):
    return np.mean(np.logaddexp(0, z) - (1 - y) * z)


@binary_cross_entropy.wrong(
    "sign-of-one-term",
    """It looks as if the two terms have different signs. Both −y ln p and −(1 − y) ln(1 − p) carry a minus: mind the
    parentheses. See 5.2.""",
)
def sign_of_one(z, y):
    p = 1 / (1 + np.exp(-z))
    return np.mean(-y * np.log(p) + (1 - y) * np.log(1 - p))


@binary_cross_entropy.wrong(
    "y-times-z-missing",
    """This is the mean of ln(1 + e^z), so every row is charged as benign. The labels play no part: where is y·z?
    See 5.2.""",
)
def no_labels(z, y):
    return np.mean(np.logaddexp(0, z))


@binary_cross_entropy.wrong(
    "y-times-z-added",
    """It looks as if y·z was added. A malignant row with a large z is right, so it must cost less: ln(1 + e^z) − yz.
    See 5.2.""",
)
def added(z, y):
    return np.mean(np.logaddexp(0, z) + y * z)


@binary_cross_entropy.wrong(
    "z-for-p",
    """It looks as if z went into the logarithm as if it were a probability: the log of a negative number is not
    defined. The function takes logits. See 5.2.""",
)
def logits_as_probabilities(z, y):
    return -np.mean(y * np.log(z) + (1 - y) * np.log(1 - z))


@binary_cross_entropy.wrong(
    "sigmoid-twice",
    """It looks as if the sigmoid was applied twice. It takes z once. See 5.2.""",
)
def sigmoid_twice(z, y):
    p = 1 / (1 + np.exp(-z))
    return np.mean(np.logaddexp(0, p) - y * p)


@binary_cross_entropy.wrong(
    "p-times-y",
    """It looks as if p, not z, is multiplied with y after ln(1 + e^z). It is yz that is taken away. See 5.2.""",
)
def p_times_y(z, y):
    return np.mean(np.logaddexp(0, z) - y / (1 + np.exp(-z)))


@binary_cross_entropy.wrong(
    "other-base",
    """This is right but for a factor 1/ln 2: the logarithm to base 2. Losses in this course are natural logarithms
    (np.log). See 5.2.""",
)
def base_two(z, y):
    return np.mean(np.logaddexp(0, z) - y * z) / np.log(2)


@binary_cross_entropy.wrong(
    "base-ten",
    """This is a logarithm to base 10. Losses in this course are natural logarithms (np.log). See 5.2.""",
)
def base_ten(z, y):
    return np.mean(np.logaddexp(0, z) - y * z) / np.log(10)


@binary_cross_entropy.wrong(
    "squared-error",
    """This is the mean squared error of p. It is flat where the neuron is wrong and sure; here each row costs −ln q.
    See 5.2.""",
)
def squared(z, y):
    p = 1 / (1 + np.exp(-z))
    return np.mean((p - y) ** 2)


@binary_cross_entropy.wrong(
    "probability-for-loss",
    """This is the mean of 1 − q. The loss of a row is −ln q, which grows without limit as q goes to 0. See 5.2.""",
)
def one_minus_q(z, y):
    p = 1 / (1 + np.exp(-z))
    return np.mean(np.where(y == 1, 1 - p, p))


@binary_cross_entropy.wrong(
    "log-of-mean",
    """It looks as if the mean was taken before the logarithm. First −ln q for each row, then the mean. See 5.2.""",
)
def log_of_mean(z, y):
    p = 1 / (1 + np.exp(-z))
    return -np.log(np.mean(np.where(y == 1, p, 1 - p)))


@binary_cross_entropy.wrong(
    "mean-by-class",
    """It looks as if benign and malignant rows were averaged apart, and the two means added. All rows count the same:
    one mean over N. See 5.2.""",
)
def mean_by_class(z, y):
    costs = np.logaddexp(0, z) - y * z
    return costs[y == 1].sum() / max((y == 1).sum(), 1) + costs[y == 0].sum() / max((y == 0).sum(), 1)


@binary_cross_entropy.wrong(
    "max-without-log",
    """Only max(z, 0) − yz is here: a row that is right costs nothing at all. The part ln(1 + e^(−|z|)) is missing.
    See 5.2.""",
)
def no_log(z, y):
    return np.mean(np.maximum(z, 0) - y * z)


@binary_cross_entropy.wrong(
    "written-into-z",
    """This writes into z, and z belongs to the caller: the gradient still needs it. Build a new array. See 5.2.""",
    fails=("unchanged", "views"),
)
def written_into_z_too(z, y):
    z[y == 1] *= -1
    return np.mean(np.logaddexp(0, z))


@binary_cross_entropy.unusual
def with_signs(z, y):
    return np.logaddexp(0, np.where(y == 1, -z, z)).mean()


@binary_cross_entropy.unusual
def by_maximum(z, y):
    return float(np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))))


@binary_cross_entropy.unusual
def row_after_row(z, y):
    import math

    total = 0.0
    for z_n, y_n in zip(z, y):
        wrong = -float(z_n) if y_n == 1 else float(z_n)
        total += wrong + math.log1p(math.exp(-wrong)) if wrong > 0 else math.log1p(math.exp(wrong))
    return total / len(z)


@binary_cross_entropy.unusual
def both_terms(z, y):
    return -np.average(y * -np.logaddexp(0, -z) + (1 - y) * -np.logaddexp(0, z))


@binary_cross_entropy.unusual
def softmax_of_two(z, y):
    pairs = np.column_stack([np.zeros(len(z)), z])
    top = pairs.max(axis=1)
    logs = top + np.log(np.exp(pairs - top[:, None]).sum(axis=1))
    return np.mean(logs - pairs[np.arange(len(z)), y])


# ---- binary_cross_entropy_backward

binary_cross_entropy_backward = Exercise(
    "binary_cross_entropy_backward",
    care=("unchanged", "one row", "float32", "views", "large inputs"),
    rows=("z", "y"),
    sizes={"N": ("z", 0)},
)
binary_cross_entropy_backward.draw(logits_and_labels)
binary_cross_entropy_backward.draw(large_logits_and_labels, times=1, care="large inputs")


@binary_cross_entropy_backward.differentiates(wrt="z")
def cross_entropy(z, y):
    return np.mean(np.logaddexp(0, z) - y * z)


@binary_cross_entropy_backward.wrong(
    "mean-forgotten",
    """Each entry is N times too large. The loss is a mean over the rows, so each row's share has 1/N; this is where it
    belongs, and nowhere else. See 5.3.""",
)
def no_mean(z, y):
    return right.sigmoid(z) - y


@binary_cross_entropy_backward.wrong(
    "averaged-twice",
    """Each entry is N times too small: the 1/N is there twice. See 5.3.""",
)
def mean_twice(z, y):
    return (right.sigmoid(z) - y) / len(y) ** 2


@binary_cross_entropy_backward.wrong(
    "sign",
    """This has the opposite sign. For a malignant row the loss falls when z rises, so dz is negative: p − 1.
    See 5.3.""",
)
def opposite(z, y):
    return (y - right.sigmoid(z)) / len(y)


@binary_cross_entropy_backward.wrong(
    "sigmoid-slope-left-in",
    """It looks as if p(1 − p) was multiplied in. It cancels against the slope of the logarithm: what is left is
    p − y. See 5.3, "Where has it gone?".""",
)
def slope_left_in(z, y):
    p = right.sigmoid(z)
    return (p - y) * p * (1 - p) / len(y)


@binary_cross_entropy_backward.wrong(
    "stops-at-p",
    """This is the slope in p, (p − y)/(p(1 − p)). One link is left, from p to z: times p(1 − p). See 5.3.""",
)
def stops_at_p(z, y):
    p = right.sigmoid(z)
    return (p - y) / (p * (1 - p)) / len(y)


@binary_cross_entropy_backward.wrong(
    "stops-at-p-without-mean",
    """This is (p − y)/(p(1 − p)), the slope of a row's loss in p. Two things are left: one link, from p to z, times
    p(1 − p); and the 1/N of the mean. See 5.3.""",
)
def stops_at_p_without_mean(z, y):
    p = right.sigmoid(z)
    return (p - y) / (p * (1 - p))


@binary_cross_entropy_backward.wrong(
    "labels-as-positions",
    """It looks as if dz[y] -= 1 was written: with y of zeros and ones that changes the entries 0 and 1, whatever rows
    are malignant. Subtract y, row by row. See 5.3.""",
)
def labels_as_positions(z, y):
    dz = np.array(right.sigmoid(z))
    dz[y] -= 1
    return dz / len(y)


@binary_cross_entropy_backward.wrong(
    "logits-for-probabilities",
    """It looks as if y was taken away from z. It is the probability p = σ(z) that is compared with y. See 5.3.""",
)
def z_for_p(z, y):
    return (z - y) / len(y)


@binary_cross_entropy_backward.wrong(
    "labels-ignored",
    """The labels play no part in this result: every row is treated as benign. What is the slope if y = 1? See 5.3.""",
)
def no_labels_here(z, y):
    return right.sigmoid(z) / len(y)


@binary_cross_entropy_backward.wrong(
    "every-row-malignant",
    """The labels play no part in this result: every row is treated as malignant. What is the slope if y = 0?
    See 5.3.""",
)
def all_malignant(z, y):
    return (right.sigmoid(z) - 1) / len(z)


@binary_cross_entropy_backward.wrong(
    "benign-rows-with-1-minus-p",
    """Right for y = 1; for y = 0 this is 1 − p. The loss of a benign row is ln(1 + e^z): does its slope grow with z, or
    fall? See 5.3.""",
)
def one_minus_p_if_benign(z, y):
    p = right.sigmoid(z)
    return np.where(y == 1, p - 1, 1 - p) / len(z)


@binary_cross_entropy_backward.wrong(
    "sizes-alone",
    """The signs are lost: these are the sizes of the slopes. For a malignant row the loss falls when z rises, so its dz
    is negative. See 5.3.""",
)
def sizes_alone(z, y):
    return np.abs(right.sigmoid(z) - y) / len(z)


@binary_cross_entropy_backward.wrong(
    "three-rows-always",
    """It looks as if 3 was divided by, whatever the number of rows. The table has three; N is the number of rows that
    are handed in. See 5.3.""",
)
def three_rows(z, y):
    return (right.sigmoid(z) - y) / 3


@binary_cross_entropy_backward.wrong(
    "malignant-rows-only",
    """Right for y = 1, and zero for y = 0. A benign row has a slope too: the one of ln(1 + e^z). See 5.3.""",
)
def only_malignant(z, y):
    return y * (right.sigmoid(z) - 1) / len(y)


@binary_cross_entropy_backward.wrong(
    "benign-rows-only",
    """Right for y = 0, and zero for y = 1. A malignant row has the slope p − 1. See 5.3.""",
)
def only_benign(z, y):
    return (1 - y) * right.sigmoid(z) / len(y)


@binary_cross_entropy_backward.wrong(
    "sign-of-benign-rows",
    """Right for y = 1, of the opposite sign for y = 0. When z rises, the loss of a benign row rises. See 5.3.""",
)
def sign_of_benign(z, y):
    p = right.sigmoid(z)
    return np.where(y == 1, p - 1, -p) / len(y)


@binary_cross_entropy_backward.wrong(
    "labels-swapped",
    """It looks as if the two cases were exchanged: p − 1 belongs to y = 1, p to y = 0. See 5.3.""",
)
def cases_swapped(z, y):
    return (right.sigmoid(z) - (1 - y)) / len(y)


@binary_cross_entropy_backward.wrong(
    "plus-y",
    """It looks as if y was added to p. The difference of the two is asked for. See 5.3.""",
)
def plus_y(z, y):
    return (right.sigmoid(z) + y) / len(y)


@binary_cross_entropy_backward.wrong(
    "factor-two",
    """Each entry is twice what it should be. The 2 belongs to the squared error; a logarithm brings none. See 5.3.""",
)
def factor_two(z, y):
    return 2 * (right.sigmoid(z) - y) / len(y)


@binary_cross_entropy_backward.wrong(
    "gradient-of-squared-error",
    """This is the gradient of the mean squared error of p, 2(p − y)p(1 − p)/N. Here the loss is the cross-entropy.
    See 5.3.""",
)
def of_squared_error(z, y):
    p = right.sigmoid(z)
    return 2 * (p - y) * p * (1 - p) / len(y)


@binary_cross_entropy_backward.wrong(
    "mean-of-rows",
    """This is one number. Each z has a slope of its own: dz has the shape of z. The mean in the loss is a division by
    N here, not a sum. See 5.3.""",
)
def one_mean(z, y):
    return np.mean(right.sigmoid(z) - y)


@binary_cross_entropy_backward.wrong(
    "decisions-for-probabilities",
    """It looks as if p was rounded to 0 or 1 first. A gradient needs the probability itself. See 5.3.""",
)
def rounded_first(z, y):
    return (np.round(right.sigmoid(z)) - y) / len(y)


@binary_cross_entropy_backward.wrong(
    "sigmoid-twice",
    """It looks as if the sigmoid was applied twice. It takes z once. See 5.3.""",
)
def sigma_of_sigma(z, y):
    return (right.sigmoid(right.sigmoid(z)) - y) / len(y)


@binary_cross_entropy_backward.wrong(
    "divided-by-malignant-rows",
    """It looks as if the number of malignant rows was divided by. The mean runs over all N rows. See 5.3.""",
)
def by_malignant(z, y):
    return (right.sigmoid(z) - y) / max(y.sum(), 1)


@binary_cross_entropy_backward.wrong(
    "slope-only",
    """This is p(1 − p)/N, the slope of the sigmoid. Where does the truth come in? See 5.3.""",
)
def slope_only(z, y):
    p = right.sigmoid(z)
    return p * (1 - p) / len(y)


@binary_cross_entropy_backward.wrong(
    "zero-over-zero",
    """If it is nan, there are two usual causes. e^z/(e^z + 1) is ∞/∞ in floats: call your sigmoid. Or p(1 − p) is 0 and
    divided by: cancel on paper first, p − y is left. See 5.3, "Where has it gone?".""",
    fails="large inputs",
)
def not_cancelled(z, y):
    p = right.sigmoid(z)
    return (p - y) / (p * (1 - p)) * (p * (1 - p)) / len(y)


@binary_cross_entropy_backward.wrong(
    "written-into-z",
    """This writes into z, and z belongs to the caller. Build a new array. See 5.3.""",
    fails=("unchanged", "views"),
)
def into_z(z, y):
    z[:] = (right.sigmoid(z) - y) / len(y)
    return z


@binary_cross_entropy_backward.unusual
def by_cases(z, y):
    return np.where(y == 1, -right.sigmoid(-z), right.sigmoid(z)) / np.size(z)


@binary_cross_entropy_backward.unusual
def one_after_the_other(z, y):
    dz = []
    for z_n, y_n in zip(z, y):
        dz.append((0.5 + 0.5 * np.tanh(z_n / 2) - y_n) / len(z))
    return dz


@binary_cross_entropy_backward.unusual
def subtracted_at_the_labels(z, y):
    dz = np.array(right.sigmoid(z))
    dz[y == 1] -= 1
    dz /= z.shape[0]
    return dz


@binary_cross_entropy_backward.unusual
def signed(z, y):
    s = 1 - 2 * y
    return s * np.exp(-np.logaddexp(0, -s * z)) * (1 / len(z))


# ---- neuron_backward

neuron_backward = Exercise(
    "neuron_backward",
    outputs=("dx", "dw", "db"),
    care=("unchanged", "one row", "float32", "views"),
    rows=("dz", "x"),
    bias_outputs=("db",),
    sizes={"N": ("x", 0), "D": ("x", 1)},
)


@neuron_backward.draw
def upstream_rows_and_weights(rng):
    n, d = rng.permutation([5, 7, 11])[:2]
    return dict(dz=rng.normal(size=n), x=rng.normal(size=(n, d)), w=rng.normal(size=d))


@neuron_backward.differentiates(upstream="dz")
def weighted_sums(x, w, b=0.0):
    return x @ w + b


@neuron_backward.wrong(
    "averaged-rows",
    """Is a mean over the rows taken in dw, db or both? Gradients add at forks: sums over n. The 1/N belongs to
    the loss, and dz has it inside already. See 5.4.""",
    spoils=("dw", "db"),
)
def averaged_rows(dz, x, w):
    return np.outer(dz, w), x.T @ dz / len(dz), dz.mean()


@neuron_backward.wrong(
    "averaged-db",
    """It looks as if db was averaged over the rows. Every row uses b, so its slope is the sum over the rows; the 1/N
    belongs to the loss. See 5.4.""",
    spoils=("db",),
)
def averaged_db(dz, x, w):
    return np.outer(dz, w), x.T @ dz, dz.mean()


@neuron_backward.wrong(
    "averaged-dw",
    """It looks as if dw was averaged over the rows. Gradients add at forks: a sum over n. The 1/N belongs to the loss,
    and dz has it inside already. See 5.4.""",
    spoils=("dw",),
)
def averaged_dw(dz, x, w):
    return np.outer(dz, w), (x * dz[:, None]).mean(axis=0), dz.sum()


@neuron_backward.wrong(
    "averaged-everything",
    """Something is N times too small here. The 1/N belongs to the loss, and dz has it inside already. See 5.4.""",
)
def averaged_everything(dz, x, w):
    dz = dz / len(dz)
    return np.outer(dz, w), x.T @ dz, dz.sum()


@neuron_backward.wrong(
    "upstream-ignored",
    """dz plays no part in a result here. The loss says how much each z matters: multiply by it. See 5.4.""",
)
def no_upstream(dz, x, w):
    return np.tile(w, (len(x), 1)), x.sum(axis=0), float(len(x))


@neuron_backward.wrong(
    "upstream-ignored-in-dx",
    """dz plays no part in dx: these are the weights alone. A nudge of an entry of x moves its z by the weight, and the
    loss by dz times that. See 5.4.""",
    spoils=("dx",),
)
def no_upstream_in_dx(dz, x, w):
    return np.tile(w, (len(x), 1)), x.T @ dz, dz.sum()


@neuron_backward.wrong(
    "upstream-ignored-in-db",
    """dz plays no part in db: this counts the rows. A nudge of b moves every z as much, and the loss by the sum of dz.
    See 5.4.""",
    spoils=("db",),
)
def no_upstream_in_db(dz, x, w):
    return np.outer(dz, w), x.T @ dz, float(len(dz))


@neuron_backward.wrong(
    "db-not-summed",
    """db has an entry for each row here. One b serves all rows, so its gradient is one number: their sum. See 5.4.""",
    spoils=("db",),
)
def db_not_summed(dz, x, w):
    return np.outer(dz, w), x.T @ dz, dz.copy()


@neuron_backward.wrong(
    "dw-not-summed",
    """dw has a row for each tumour here. One weight serves all rows, so their shares are added: which axis goes?
    See 5.4, "Gradients add at forks".""",
    spoils=("dw",),
)
def dw_not_summed(dz, x, w):
    return np.outer(dz, w), x * dz[:, None], dz.sum()


@neuron_backward.wrong(
    "last-row-only",
    """Only the last row is left here: it looks as if the loop writes over what it had. Gradients add at forks: add
    each row's share to what is there already. See 5.4.""",
    spoils=("dw", "db"),
)
def last_row(dz, x, w):
    return np.outer(dz, w), x[-1] * dz[-1], dz[-1]


@neuron_backward.wrong(
    "product-of-sums",
    """dw looks like the sum of dz times the sum of x. Each row's dz belongs to its own x: multiply first, then add.
    See 5.4.""",
    spoils=("dw",),
)
def product_of_sums(dz, x, w):
    return np.outer(dz, w), dz.sum() * x.sum(axis=0), dz.sum()


@neuron_backward.wrong(
    "x-missing",
    """dw is the same for every weight: it looks as if x is missing. Weight d reaches z_n through x_nd. See 5.4.""",
    spoils=("dw",),
)
def x_missing(dz, x, w):
    return np.outer(dz, w), dz.sum() * np.ones(len(w)), dz.sum()


@neuron_backward.wrong(
    "x-and-w-swapped",
    """It looks as if x and w changed places: multiplication hands each its partner. dx has w in it, dw has x.
    See 5.4.""",
    spoils=("dx", "dw"),
)
def partners_swapped(dz, x, w):
    return x * dz[:, None], dz.sum() * w, dz.sum()


@neuron_backward.wrong(
    "weights-missing-in-dx",
    """dx is the same in every column: it looks as if w is missing. Measurement d reaches z_n through w_d. See 5.4.""",
    spoils=("dx",),
)
def no_weights(dz, x, w):
    return np.outer(dz, np.ones(len(w))), x.T @ dz, dz.sum()


@neuron_backward.wrong(
    "dx-has-x",
    """It looks as if dx has x in it. A nudge of x_nd moves z_n by w_d times as much, whatever x is. See 5.4.""",
    spoils=("dx",),
)
def x_in_dx(dz, x, w):
    return dz[:, None] * x * w, x.T @ dz, dz.sum()


@neuron_backward.wrong(
    "dw-has-w",
    """It looks as if dw has w in it. A nudge of w_d moves z_n by x_nd times as much, whatever w is. See 5.4.""",
    spoils=("dw",),
)
def w_in_dw(dz, x, w):
    return np.outer(dz, w), (x.T @ dz) * w, dz.sum()


@neuron_backward.wrong(
    "dx-outer-with-x",
    """dx has more columns than x: it looks like every dz times every entry of x. A nudge of x_nd moves z_n by w_d: w is
    the partner, one weight for each column. See 5.4.""",
    spoils=("dx",),
)
def dx_outer_with_x(dz, x, w):
    return np.outer(dz, x), x.T @ dz, dz.sum()


@neuron_backward.wrong(
    "dx-is-w",
    """dx is w itself, one row. That is how much z_n moves with each entry of its row of x; how much L moves with z_n
    is said by dz, row by row. See 5.4.""",
    spoils=("dx",),
)
def dx_is_w(dz, x, w):
    return w.copy(), x.T @ dz, dz.sum()


@neuron_backward.wrong(
    "dx-transposed",
    """dx is the transpose of the right one: it has shape (D, N). Rows are examples, in dx as in x. See 5.4.""",
    spoils=("dx",),
)
def dx_transposed(dz, x, w):
    return np.outer(w, dz), x.T @ dz, dz.sum()


@neuron_backward.wrong(
    "dx-one-row",
    """dx looks like one row for all: sum of dz times w. Each row of x touches its own z only, so nothing is added
    here. See 5.4.""",
    spoils=("dx",),
)
def dx_one_row(dz, x, w):
    return dz.sum() * w, x.T @ dz, dz.sum()


@neuron_backward.wrong(
    "dx-summed",
    """dx is one number for each row here. It has the shape of x: one entry for each measurement of each row.
    See 5.4.""",
    spoils=("dx",),
)
def dx_summed(dz, x, w):
    return dz * w.sum(), x.T @ dz, dz.sum()


@neuron_backward.wrong(
    "x-in-db",
    """It looks as if db has x in it. A nudge of b moves every z by as much, whatever x is. See 5.4.""",
    spoils=("db",),
)
def x_in_db(dz, x, w):
    return np.outer(dz, w), x.T @ dz, (x.T @ dz).sum()


@neuron_backward.wrong(
    "sigmoid-slope-again",
    """It looks as if a slope p(1 − p) was multiplied in. dz is the slope in z already: between z and w there is no
    sigmoid. See 5.4.""",
)
def slope_again(dz, x, w):
    p = right.sigmoid(x @ w)
    dz = dz * p * (1 - p)
    return np.outer(dz, w), x.T @ dz, dz.sum()


@neuron_backward.wrong(
    "sign",
    """A sign is turned round here. The gradient is asked for; the step is what turns round. See 5.4.""",
)
def negative(dz, x, w):
    return -np.outer(dz, w), -(x.T @ dz), -dz.sum()


@neuron_backward.wrong(
    "untransposed",
    """x @ dz does not fit: x is (N, D), dz is (N,). dw is a sum over the rows, so N must stand on both sides that meet:
    which of the two is turned? See 5.4.""",
)
def untransposed(dz, x, w):
    return np.outer(dz, w), x @ dz, dz.sum()


@neuron_backward.wrong(
    "elementwise",
    """dz * w multiplies entry by entry, and the sizes N and D do not fit. dx has an entry for each pair of a row and a
    weight. See 5.4.""",
)
def elementwise(dz, x, w):
    return dz * w, x.T @ dz, dz.sum()


@neuron_backward.wrong(
    "squeezed",
    """With one row, np.squeeze takes the axis of rows away too, and the product no longer fits. Leave the axes as they
    are. See 5.4.""",
    fails="one row",
)
def squeezed_back(dz, x, w):
    return np.outer(dz, w), np.squeeze(x).T @ dz, dz.sum()


@neuron_backward.wrong(
    "written-into-x",
    """This writes into x, and x belongs to the caller: the next step would find other measurements. See 5.4.""",
    fails=("unchanged", "views"),
)
def into_x(dz, x, w):
    x *= dz[:, None]
    return np.outer(dz, w), x.sum(axis=0), dz.sum()


@neuron_backward.unusual
def loops(dz, x, w):
    n, d = x.shape
    dx, dw, db = np.zeros((n, d)), np.zeros(d), 0.0
    for i in range(n):
        for j in range(d):
            dx[i, j] += dz[i] * w[j]
            dw[j] += dz[i] * x[i, j]
        db += dz[i]
    return dx, dw, db


@neuron_backward.unusual
def einsums(dz, x, w):
    return [np.einsum("n,d->nd", dz, w), np.einsum("nd,n->d", x, dz), np.einsum("n->", dz)]


@neuron_backward.unusual
def columns_and_rows(dz, x, w):
    up = np.reshape(dz, (-1, 1))
    return up @ np.reshape(w, (1, -1)), (up.T @ x)[0], np.sum(up, axis=0)


@neuron_backward.unusual
def dots_with_ones(dz, x, w):
    return dz[:, np.newaxis] * w, dz @ x, np.ones(len(dz)) @ dz


# ---- count_errors

count_errors = Exercise(
    "count_errors",
    outputs=("missed", "false_alarms"),
    care=("unchanged", "one row"),
    rows=("z", "y"),
    sizes={"N": ("z", 0)},
)


@count_errors.draw
def rows_with_a_threshold(rng):
    low = bool(rng.integers(2))
    while True:
        n = int(rng.choice([41, 47, 53]))
        y = labels(rng, n)
        z = rng.normal(1.6 * y - 0.8, 1.6)
        t = float(rng.uniform(0.12, 0.3) if low else rng.uniform(0.7, 0.88))
        p = 0.5 * (1 + np.tanh(z / 2))
        missed, alarms = int((p[y == 1] < t).sum()), int((p[y == 0] >= t).sum())
        logits = int((z[y == 1] < t).sum()), int((z[y == 0] >= t).sum())
        middle = int((z[y == 1] < 0).sum()), int((z[y == 0] >= 0).sum())
        apart = np.min(np.abs(p - t)) > 0.003 and np.min(np.abs(z - t)) > 0.003
        counts = (missed, alarms, *logits, *middle)
        if apart and len(set(counts[0::2])) == 3 and len(set(counts[1::2])) == 3 and missed != alarms and min(counts):
            return dict(z=z, y=y, threshold=t)


@count_errors.wrong(
    "logits-against-threshold",
    """It looks as if z is still compared with the threshold; the sigmoid on both sides is no other comparison.
    A threshold is a probability, a logit any number: which function takes the one to the other? See the bug hunt.""",
)
def logits_compared(z, y, threshold):
    called = z >= threshold
    return np.sum(~called & (y == 1)), np.sum(called & (y == 0))


@count_errors.wrong(
    "threshold-ignored",
    """It looks as if 0.5 (or z = 0) decides in place of the threshold that is handed in. See the bug hunt.""",
)
def always_half(z, y, threshold):
    called = z >= 0
    return np.sum(~called & (y == 1)), np.sum(called & (y == 0))


@count_errors.wrong(
    "swapped",
    """A count stands in the other's place. Missed are malignant rows that are called benign. See the bug
    hunt.""",
)
def in_the_other_order(z, y, threshold):
    called = right.sigmoid(z) >= threshold
    return np.sum(called & (y == 0)), np.sum(~called & (y == 1))


@count_errors.wrong(
    "turned-round",
    """It looks as if the comparison was turned round, or the rows that are called rightly were counted. A row is called
    malignant if p is at or above the threshold; an error is a call against the truth. See the bug hunt.""",
)
def turned_round(z, y, threshold):
    called = right.sigmoid(z) < threshold
    return np.sum(~called & (y == 1)), np.sum(called & (y == 0))


@count_errors.wrong(
    "one-minus-threshold",
    """It looks as if p was compared with 1 − t, or 1 − p with t. A row is called malignant if p itself reaches t.
    See the bug hunt.""",
)
def one_minus_threshold(z, y, threshold):
    called = right.sigmoid(z) >= 1 - threshold
    return np.sum(~called & (y == 1)), np.sum(called & (y == 0))


@count_errors.wrong(
    "and-before-equals",
    """It looks as if & took its part before ==, as it does without parentheses: a & y == 0 is (a & y) == 0.
    Put the comparison in parentheses. See the bug hunt.""",
    spoils=("false_alarms",),
)
def and_before_equals(z, y, threshold):
    called = right.sigmoid(z) >= threshold
    return np.sum(~called & y == 1), np.sum(called & y == 0)


@count_errors.wrong(
    "arrays-with-one-entry",
    """A number stands in an array with one entry, shape (1,). Return the number itself.""",
)
def in_arrays(z, y, threshold):
    called = right.sigmoid(z) >= threshold
    return np.sum(~called & (y == 1), keepdims=True), np.sum(called & (y == 0), keepdims=True)


@count_errors.wrong(
    "sigmoid-of-threshold",
    """It looks as if the sigmoid was put on the threshold. The threshold is a probability already; z is not. See the
    bug hunt.""",
)
def sigmoid_of_threshold(z, y, threshold):
    called = z >= 1 / (1 + np.exp(-threshold))
    return np.sum(~called & (y == 1)), np.sum(called & (y == 0))


@count_errors.wrong(
    "shares-for-counts",
    """These are shares of all rows. The counts themselves are asked for: a sum, not a mean. See the bug hunt.""",
)
def shares(z, y, threshold):
    called = right.sigmoid(z) >= threshold
    return np.mean(~called & (y == 1)), np.mean(called & (y == 0))


@count_errors.wrong(
    "rates-for-counts",
    """These are rates: missed as a share of the malignant rows, false alarms of the benign ones. The counts themselves
    are asked for. See the bug hunt.""",
)
def rates(z, y, threshold):
    called = right.sigmoid(z) >= threshold
    return np.mean(~called[y == 1]) if y.any() else 0.0, np.mean(called[y == 0]) if not y.all() else 0.0


@count_errors.wrong(
    "errors-together",
    """It looks as if errors of both kinds, or all right calls, were counted together. A miss and a false alarm do not
    cost the same: count them apart. See the bug hunt.""",
)
def errors_together(z, y, threshold):
    called = right.sigmoid(z) >= threshold
    return np.sum(called != y), np.sum(called == y)


@count_errors.wrong(
    "all-calls",
    """It looks as if all rows called benign, or all called malignant, were counted. An error is a call against the
    truth: y must play a part. See the bug hunt.""",
)
def all_calls(z, y, threshold):
    called = right.sigmoid(z) >= threshold
    return np.sum(~called), np.sum(called)


@count_errors.wrong(
    "logs-for-odds",
    """It looks as if z is compared with the logarithm of the threshold. The logit of t is ln(t/(1 − t)); or take the
    sigmoid of z. See the bug hunt.""",
)
def log_of_threshold(z, y, threshold):
    called = z >= np.log(threshold)
    return np.sum(~called & (y == 1)), np.sum(called & (y == 0))


@count_errors.unusual
def by_log_odds(z, y, threshold):
    t = np.log(threshold / (1 - threshold))
    return len(z[(y == 1) & (z < t)]), len(z[(y == 0) & (z >= t)])


@count_errors.unusual
def counted_in_a_loop(z, y, threshold):
    missed = false_alarms = 0
    for p, truth in zip(right.sigmoid(z), y):
        if truth == 1 and p < threshold:
            missed += 1
        if truth == 0 and p >= threshold:
            false_alarms += 1
    return missed, false_alarms


@count_errors.unusual
def by_differences(z, y, threshold):
    called = (0.5 + 0.5 * np.tanh(z / 2) >= threshold).astype(int)
    return np.array([np.count_nonzero(called - y == -1), np.count_nonzero(called - y == 1)])


# ---- questions

questions = [
    Question(
        "u05-mean-loss",
        answer=0.504,
        tolerance=0.002,
        why="−ln 0.3318 = 1.1032, and (0.0955 + 0.3133 + 1.1032)/3 = 0.5040. Knowing nothing costs 0.6931.",
        hints={
            1.1032: "That is the missing number of the last row. Now the mean of the three.",
            1.512: "That is the sum of the three. The loss is their mean.",
            0.2706: "The last row has y = 1, so q is p = 0.3318, not 1 − p.",
            0.3678: "Divide the sum of all three rows by 3.",
            0.6931: "That is a neuron that says 0.5 to all. Ours gave 0.9089, 0.7311 and 0.3318 to the truth.",
            -0.504: "The logarithm of a number below 1 is negative, and the loss is minus it.",
            0.2189: "That is a logarithm to base 10. Use the natural one: np.log.",
            0.7271: "That is a logarithm to base 2. Use the natural one: np.log.",
        },
        otherwise="First −ln 0.3318 (in Python: -np.log(0.3318)), then the mean of the three numbers.",
    ),
    Question(
        "u05-wrong-and-sure",
        answer=1.998,
        tolerance=0.01,
        why="From 6.0025 to 8.0003: each further step in the wrong direction costs as much again.",
        hints={
            0.0043: "That is the growth of the squared error. The loss here is ln(1 + e^(−z)).",
            8.0003: "That is the loss at z = −8. Take away the one at z = −6.",
            6.0025: "That is the loss at z = −6. How much more is it at z = −8?",
            -1.998: "It grows: the row is malignant, and z = −8 is still more wrong than −6.",
            0.00214: "That is for a benign row, where a negative z is right. Here y = 1.",
        },
        otherwise="With y = 1 a row costs ln(1 + e^(−z)). For z = −6 that is ln(1 + 403.4), and for z = −8?",
    ),
    Question(
        "u05-still",
        answer="b",
        why="0.2840. As many rows are right, but w grows: the neuron gets surer, and the loss sees it.",
        hints={
            "a": "Accuracy sees only the side of the line. The loss sees the probability of each row.",
            "c": "Each step goes downhill on these very rows. Their loss can't rise with a rate that is small enough.",
        },
        otherwise="Read 5.2: what does the loss know of a row, beyond its side of the line?",
    ),
    Question(
        "u05-threshold",
        answer=1 / 11,
        tolerance=0.005,
        why="10p = 1 − p gives p = 1/11 = 0.0909. From there on, a call of malignant is the cheaper one.",
        hints={
            0.1: "Near. Calling malignant costs 1 − p, not 1: 10p = 1 − p.",
            0.09: "Close: type 1/11, or four decimals.",
            0.5: "That holds if both errors cost the same: p = 1 − p.",
            0.9091: "That is for false alarms that cost 10 misses. Which error is the expensive one?",
            0.9: "Which error is the expensive one? To miss less, we say malignant at a lower p.",
            11: "You have the number of shares. The threshold is a probability: one of these shares.",
        },
        otherwise="Solve 10p = 1 − p for p.",
    ),
    Question(
        "u05-forty",
        answer="b",
        why="0.0084 on its own 40 rows, 0.1509 on the test set: it learns these, and little that holds for all.",
        hints={
            "a": "Fewer rows are easier to fit: 30 weights find a way to get 40 rows right.",
            "c": "Its own rows, yes. But what holds for 40 rows only is of no use for the next one.",
        },
        otherwise="Read 5.5: what is the test set there for?",
    ),
    Question(
        "u05-bug",
        answer="b",
        why="z = 0.1 means p = 0.525. All thresholds between 0 and 1 lie between p = 0.5 and p = 0.731.",
        hints={
            "a": "The counts at 0.5 are 40 missed and 11 false alarms, not 33 and 17. Swapping gives 17 and 33.",
            "c": "A low threshold must call more rows malignant, and it does: 36 missed after 40. It moves too little.",
        },
        otherwise="Which numbers can z be, and which numbers can a threshold be?",
    ),
]
