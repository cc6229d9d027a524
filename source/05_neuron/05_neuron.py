# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 5. One neuron decides
#
# A breast tumour: benign (harmless) or malignant (cancer)?
# One neuron turns measurements of its cells into a probability.
#
# **You will be able to**
#
# - turn any number into a probability, safely;
# - say what cross-entropy charges a neuron that is sure and wrong;
# - derive its gradient, and train the neuron;
# - hold out a test set, and choose a threshold by what errors cost.
#
# **You need** units 1 to 4: mean, chain rule, σ, `gd_step`, standardising.
#
# **Time** 135 minutes; the end of 5.2 is a good place to stop.
# **Points** {points as number: total}.
#
# The first cell fetches what we use.
# Run it.

# %% tags=["given"] nbgrader={"grade": false, "grade_id": "u05-given", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from course import ask, check, ready
from course.data import breast_cancer
from course.draw import decisions

# %% [markdown]
# |symbol|shape|what it is|
# |-|-|-|
# |`x`|(N,D)|measurements, one row for each tumour|
# |`y`|(N,)|truth: 0 benign, 1 malignant|
# |`w`,`b`|(D,), number|weights, bias|
# |`z`|(N,)|logits: the neuron's sums|
# |$p$|(N,)|probabilities of "malignant", $\sigma(z)$|
# |$L_n$, $L$|numbers|loss of row n; their mean|
# |`dz`,`dx`,`dw`,`db`|like z, x, w, b|slopes of $L$|
# |$t$|number|threshold: from $p\ge t$ on we say "malignant"|
#
# **When you are stuck:**
# read the message;
# write the shapes down;
# work one entry out by hand;
# open the first hint, then the second;
# read the recap of unit 3 or 4.
#
# The next cell holds `gd_step` from unit 4.

# %% tags=["given"] nbgrader={"grade": false, "grade_id": "u05-from-unit-04", "locked": true, "schema_version": 3, "solution": false, "task": false}
# From unit 04.
def gd_step(params, grads, lr):
    """One step of gradient descent for every parameter, as a new list."""
    return [p - lr * g for p, g in zip(params, grads)]

# %% [markdown]
# ## 5.1 A sum, then a probability
#
# **Derive.** Three tumours, two standardised measurements each; $w=(2,1)$, $b=-0.5$:
#
# |x|sum|z|
# |-|-|-|
# |(1.2, 0.4)|2·1.2+1·0.4−0.5|2.3000|
# |(−0.7, 0.9)|2·(−0.7)+1·0.9−0.5|−1.0000|
# |(0.3, −0.8)|?|?|
#
# For row n, counting from 0 as numpy does, $z_n=\sum_dx_{n,d}w_d+b$.
# Which product of the arrays `x` and `w` gives all rows at once?
#
# **Code.** Easy, 8 minutes, {points: neuron_forward}.
#
# <details><summary>Hint: where to start</summary>
#
# `x` is (N,D), `w` is (D,).
# Which axis has to disappear?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Which operator multiplies along the last axis of `x` and adds up?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u05-neuron-forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def neuron_forward(x, w, b):
    """The logit of each row: a weighted sum of its measurements, plus b.

    Parameters
    ----------
    x : ndarray, shape (N, D)
    w : ndarray, shape (D,)
    b : float

    Returns
    -------
    ndarray, shape (N,)
    """
    ### BEGIN SOLUTION
    return x @ w + b
    ### END SOLUTION


# %% [markdown]
# **Check.** The missing z is −0.7000.
# N and D differ, so a wrong axis can't hide.

# %% nbgrader={"grade": true, "grade_id": "u05-neuron-forward-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(neuron_forward)
# When graded: other sizes, a single row, float32, read-only arrays, and that the inputs are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("neuron_forward", neuron_forward)
### END HIDDEN TESTS

# %% [markdown]
# **Derive.** The sigmoid of unit 3 makes z a probability: $p=\sigma(z)=1/(1+e^{-z})$.
# For our rows: 0.9089, 0.2689, 0.3318.
# Multiply both parts of the fraction by $e^z$:
#
# $$\frac{1}{1+e^{-z}}=\frac{e^z}{e^z+1}$$
#
# One number, two ways to compute it.
# A float ends near $e^{709}$; beyond, numpy warns of an overflow.
# Which way is safe at z=−1000, which at z=1000?
#
# **Code.** Medium, 15 minutes, {points: sigmoid}.
# Find a way without overflow: numpy's warning costs points.
#
# <details><summary>Hint: where to start</summary>
#
# `np.where(c, A, B)` computes all of A and all of B before it chooses.
# Which exponent is never positive, for any z?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Call $e=e^{-|z|}$.
# What is each fraction, written with $e$?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u05-sigmoid", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid(z):
    """The probability 1 / (1 + exp(-z)), without overflow.

    Parameters
    ----------
    z : ndarray of floats, any shape

    Returns
    -------
    ndarray, shaped like z
        Between 0 and 1.
    """
    ### BEGIN SOLUTION
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)
    ### END SOLUTION


# %% [markdown]
# **Check.** First ordinary z, then z as large as ±1000, with no warning.
#
# **Reflect** when it is right.
# Which rows get p=0.5, if there are two measurements?
#
# <details><summary>One answer</summary>
#
# Those with z=0, so $w_0x_0+w_1x_1=-b$: a straight line.
# The neuron decides by the side of that line.
#
# </details>

# %% nbgrader={"grade": true, "grade_id": "u05-sigmoid-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(sigmoid)
# When graded: z as large as 1000 without warnings, float32, read-only arrays, and that z is left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("sigmoid", sigmoid)
### END HIDDEN TESTS

# %% [markdown]
# ## 5.2 Wrong and sure
#
# **Derive.** Let q be the probability that the neuron gave to the truth: p if y=1, 1−p if y=0.
# The loss of a row is −ln q.
# Our three tumours:
#
# |y|p|q|−ln q|
# |-|-|-|-|
# |1|0.9089|0.9089|0.0955|
# |0|0.2689|0.7311|0.3133|
# |1|0.3318|?|?|
#
# A row that got q=1 costs nothing; q=0.01 costs 4.6052.
# A neuron that knows nothing says p=0.5 to all: each row costs ln 2=0.6931.
#
# Finish the last row.
# What is the mean of the last column?
# Type it in place of `None`.

# %%
guess = None
ask("u05-mean-loss", guess)

# %% [markdown]
# Both cases in one line, the cross-entropy:
#
# $$L_n=-y_n\ln p_n-(1-y_n)\ln(1-p_n)$$
#
# At z=−1000, p is 0 in floats, and ln 0 is −∞.
# So we start from z.
# If y=1: $-\ln\sigma(z)=\ln(1+e^{-z})$.
# If y=0: $-\ln(1-\sigma(z))=\ln(1+e^z)$.
# Since $1+e^z=e^z(1+e^{-z})$, the second is larger by z.
# So take the second, and z away if y=1:
#
# $$L_n=\ln(1+e^{z_n})-y_nz_n$$
#
# **Code.** Medium, 18 minutes, {points: binary_cross_entropy}.
# Here $e^{1000}$ overflows still.
#
# <details><summary>Hint: where to start</summary>
#
# If z is large, what is left of $\ln(1+e^z)$ after you pull $e^z$ out of the bracket?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# `np.logaddexp(a,b)` is $\ln(e^a+e^b)$, safely.
# Which number has $e^a=1$?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u05-binary-cross-entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def binary_cross_entropy(z, y):
    """Mean cross-entropy of the probabilities sigmoid(z), computed from the logits.

    Parameters
    ----------
    z : ndarray, shape (N,)
        Logits, of any size.
    y : ndarray of int, shape (N,)
        0 or 1.

    Returns
    -------
    float
        In natural logarithms, averaged over the rows.
    """
    ### BEGIN SOLUTION
    return np.mean(np.logaddexp(0, z) - y * z)
    ### END SOLUTION


# %% [markdown]
# **Check.** For the three tumours it gives 0.5040.
# Then logits of ±1000: a row that is wrong by so much costs 1000, not infinity.

# %% nbgrader={"grade": true, "grade_id": "u05-binary-cross-entropy-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(binary_cross_entropy)
# When graded: logits as large as 1000, a single row, float32, read-only arrays, and inputs left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("binary_cross_entropy", binary_cross_entropy)
### END HIDDEN TESTS

# %% [markdown]
# **Play.** A malignant row, y=1; the neuron is sure that it is benign.
# From z=−6 to z=−8 the squared error $(p-1)^2$ grows by 0.0043.
# By how much does the cross-entropy grow?
# The figure follows your guess.
#
# <details><summary>What the figure shows, in words</summary>
#
# The squared error is flat at the left: at z=−6 a nudge of z moves it by only 0.0049 times as much.
# The cross-entropy is nearly a straight line there, with slope −0.9975.
#
# </details>
#
# **Reflect.** Why is that good for learning?
#
# <details><summary>One answer</summary>
#
# Where it is wrong and sure, a neuron needs a large gradient.
# The saturated one of unit 3 had nearly none.
#
# </details>

# %%
guess = None
if ask("u05-wrong-and-sure", guess) and ready(sigmoid, binary_cross_entropy):
    decisions.wrong_and_sure(sigmoid, binary_cross_entropy)

# %% [markdown]
# This is the stopping place: 9 of {points: total}.
# Save; later, run all cells from the top.
#
# ## 5.3 What is left of the chain
#
# **Derive.** One malignant row: $L_n=\ln(1+e^{-z})$.
# Its slope is $-e^{-z}/(1+e^{-z})$.
# Since $1-p=1-\frac1{1+e^{-z}}=\frac{e^{-z}}{1+e^{-z}}$, that is $-(1-p)=p-1$.
# At z=−0.7: −0.6682.
#
# Now you: the slope of $\ln(1+e^z)$, for a benign row.
# Which formula, with y in it, covers both?
#
# $L$ is the mean of N losses, so each row's share has 1/N:
#
# |z|y|slope of $L_n$|dz|
# |-|-|-|-|
# |2.3|1|−0.0911|−0.0304|
# |−1.0|0|?|?|
# |−0.7|1|−0.6682|−0.2227|
#
# **Code.** Medium, 12 minutes, {points: binary_cross_entropy_backward}.
#
# <details><summary>Hint: where to start</summary>
#
# Benign: does your slope have p in it?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# What do you subtract from p, if y is 1, and if y is 0?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u05-binary-cross-entropy-backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def binary_cross_entropy_backward(z, y):
    """Gradient of the mean cross-entropy in the logits.

    Parameters
    ----------
    z : ndarray, shape (N,)
    y : ndarray of int, shape (N,)

    Returns
    -------
    ndarray, shape (N,)
        dL/dz, with the 1/N of the mean inside.
    """
    ### BEGIN SOLUTION
    return (sigmoid(z) - y) / len(y)
    ### END SOLUTION


# %% [markdown]
# **Check.** Your `dz` is compared with finite differences of the loss.
# By hand: the missing dz is 0.0896.
#
# **Reflect** when it is right.
# In unit 3 the chain had a factor $p(1-p)$.
# Where has it gone?
#
# <details><summary>One answer</summary>
#
# It cancels.
# In p the slope is $(p-y)/(p(1-p))$, large where the neuron is wrong and sure.
# Times $p(1-p)$ leaves $p-y$.
#
# </details>

# %% nbgrader={"grade": true, "grade_id": "u05-binary-cross-entropy-backward-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(binary_cross_entropy_backward)
# When graded: logits as large as 1000, a single row, float32, read-only arrays, and inputs left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("binary_cross_entropy_backward", binary_cross_entropy_backward)
### END HIDDEN TESTS

# %% [markdown]
# ## 5.4 Back through the sum
#
# **Derive.** `dz` has arrived.
# Weight $w_0$ touches $z_n$ in every row, each time multiplied by $x_{n,0}$.
# Gradients add at forks:
#
# $$\frac{\partial L}{\partial w_0}=\sum_n\mathrm{d}z_n\,x_{n,0}$$
#
# Our rows: $-0.0304\cdot1.2+0.0896\cdot(-0.7)-0.2227\cdot0.3=-0.1660$.
# Work out $w_1$ in the same way.
# Then one entry of `dx`, such as that of $x_{0,1}$: which z does it touch?
# Then b.
#
# **Code.** Medium, 18 minutes, {points: neuron_backward}.
#
# <details><summary>Hint: where to start</summary>
#
# `dx` is (N,D), `dw` (D,), `db` one number.
# Which of them is a sum over rows?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Entry (n,d) of `dx` is $\mathrm{d}z_n$ times what?
# Which product makes a table of all pairs?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u05-neuron-backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def neuron_backward(dz, x, w):
    """Gradients of the loss through z = x·w + b.

    Parameters
    ----------
    dz : ndarray, shape (N,)
        dL/dz, from the loss.
    x : ndarray, shape (N, D)
    w : ndarray, shape (D,)

    Returns
    -------
    dx, dw : ndarrays, shaped like x and w
    db : float
    """
    ### BEGIN SOLUTION
    return np.outer(dz, w), x.T @ dz, dz.sum()
    ### END SOLUTION


# %% [markdown]
# **Check.** `dz` is random here, so leaving it out can't hide.
# By hand: $\mathrm{d}w_1=0.2467$ (0.2466 from the rounded dz), $\mathrm{d}b=-0.1635$, $\mathrm{d}x_{0,1}=-0.0304$.
#
# **Reflect** when it is right.
# `dw` is not divided by N here.
# Why not?
#
# <details><summary>One answer</summary>
#
# The 1/N belongs to the mean in the loss, and `dz` has it inside already.
#
# </details>

# %% nbgrader={"grade": true, "grade_id": "u05-neuron-backward-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(neuron_backward)
# When graded: other sizes, a single row, float32, read-only arrays, and that the inputs are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("neuron_backward", neuron_backward)
### END HIDDEN TESTS

# %% [markdown]
# ## 5.5 It learns
#
# 569 tumours, 30 measurements each, of cell nuclei in a microscope image.
#
# **Two sets.** A neuron may do well on its own rows and badly on new ones.
# So 142 rows, the **test set**, are put aside first.
# The other 427, the **training set**, decide all we choose: w, b, mean, standard deviation, threshold.
# (Where there is more to choose, such as a rate, some of them are put aside to choose by: unit 10 has such a
# **validation set**.)
#
# **Why the training set's mean?**
# One tumour must get the same numbers, whoever else is measured.
# A single new row has standard deviation 0: it can't be standardised by itself.
# And a mean that has seen the test rows makes the test less new.
#
# Unscaled, one step of rate 1 takes the loss from 0.6931 to 48,479.

# %%
data = breast_cancer(seed=0)
mean, std = data.x_train.mean(axis=0), data.x_train.std(axis=0)
x_train, x_test = (data.x_train - mean) / std, (data.x_test - mean) / std
y_train, y_test = data.y_train, data.y_test
print(x_train.shape, "malignant:", y_train.sum())
print(x_test.shape, "malignant:", y_test.sum())

# %% [markdown]
# The next cell puts your functions together: forward, loss gradient, backward, step.
# It starts at zero and keeps every (w, b) on the way.
# `np.asarray` and `decisions.gradients` are there for answers that return lists or a dict, or a `db` of shape (1,).

# %%
def train(x, y, lr, steps):
    """Gradient descent from zero: every [w, b] on the way, steps + 1 of them."""
    path = [[np.zeros(x.shape[1]), 0.0]]
    for _ in range(steps):
        w, b = path[-1]
        z = np.asarray(neuron_forward(x, w, b))
        dz = np.asarray(binary_cross_entropy_backward(z, y))
        dx, dw, db = decisions.gradients(neuron_backward(dz, x, w))
        path.append(gd_step([w, b], [dw, db], lr))
    return path

# %% [markdown]
# **Play: does it still learn?** First two measurements: radius (size) and texture (spread of the grey values).
# After one step of rate 1, 371 of 427 rows are on their right side of the line, loss 0.5438.
# After step 30 it is again 371.
# The loss?
# Type the letter in quotation marks, such as `"a"`; the figure follows.
#
# - a: the same, since accuracy stands still
# - b: lower
# - c: higher, it went too far
#
# <details><summary>In words (open after your guess)</summary>
#
# The line turns, with about as many rows right; w grows from length 0.40 to 3.82, so the neuron gets surer.
# Step 300: 377 right, loss 0.2685.
# Circles are benign, triangles malignant.
#
# </details>

# %%
guess = None
answers = (neuron_forward, sigmoid, binary_cross_entropy, binary_cross_entropy_backward, neuron_backward)
if ask("u05-still", guess) and ready(*answers):
    path = train(x_train[:, :2], y_train, lr=1.0, steps=300)
    decisions.decision_lines(x_train[:, :2], y_train, path, neuron_forward, binary_cross_entropy)

# %% [markdown]
# **Derive: the threshold.** At t=0.5, the training rows:
#
# ||called malignant|called benign|
# |-|-|-|
# |malignant|129|33 missed|
# |benign|17 false alarms|248|
#
# A false alarm costs an examination, and fear.
# A missed case is a cancer left untreated: say it costs 10 false alarms.
# Calling a row benign then costs 10p on average; calling it malignant 1−p.
# At which p are both equal?
# Type this threshold as a number, or as in 2/5.
#
# <details><summary>In words (open after your guess)</summary>
#
# From 0.5 down to 1/11: 6 missed, not 33, and 96 false alarms, not 17.
# Stars: cheapest are 0.47 if a miss costs 1, and 0.15 if 10: our p are estimates.
#
# </details>
#
# The loss does not know the 10: people choose it.

# %%
guess = None
if ask("u05-threshold", guess) and ready(*answers):
    w, b = train(x_train[:, :2], y_train, lr=1.0, steps=300)[-1]
    p = sigmoid(np.asarray(neuron_forward(x_train[:, :2], w, b)))
    decisions.thresholds(p, y_train, miss_costs=(1, 10))

# %% [markdown] tags=["live"]
# **Play live: more often right, or surer?**
# Each row stands in the plane, and at its p in the strip below.
# Guess how many are right after step 300, then Play.
# Drag the threshold in the strip, or move its slider.
# Predict first:
#
# 1. What grows from step 1 to step 300?
# 2. Threshold 0.09: how many false alarms at both steps?
# 3. A miss costs 10: which threshold is the cheapest at step 300?
#
# <details><summary>What there is to see</summary>
#
# 1. Rows right: 371, then 377. Length of w: 0.40, 3.82; loss 0.5438, 0.2685.
# 2. All 265, since each p is still above 0.25; then 98 (96 at 1/11).
# 3. 0.15: it costs 130, and 0.09 costs 158.
#
# </details>

# %% tags=["live"]
from course.widgets import decision

decision(
    neuron_forward, sigmoid, binary_cross_entropy, binary_cross_entropy_backward, neuron_backward,
    x=x_train[:, :2], y=y_train, names=data.features[:2],
)

# %% [markdown]
# **Play: all thirty.** 300 steps of rate 1 on 427 rows: training loss 0.0550, test loss 0.0557.
# At t=0.5 the test set has 2 missed, 1 false alarm.
# With 40 rows only?
# Type the letter, such as `"a"`.
#
# - a: both losses higher
# - b: training lower, test higher
# - c: both lower
#
# <details><summary>In words (open after your guess)</summary>
#
# Their loss: 0.0084, all right.
# Test loss: 0.1214 at step 30, then up to 0.1509.
# Stopping by this curve would use the test set up; a validation set is there for that.
#
# </details>
#
# **Reflect.** If the test rows are standardised by their own mean and std, what changes?
#
# <details><summary>One answer</summary>
#
# Test loss 0.0882, not 0.0557: a tumour now gets numbers that w was not learned for.
#
# </details>

# %%
guess = None
if ask("u05-forty", guess) and ready(*answers):
    few = train(x_train[:40], y_train[:40], lr=1.0, steps=300)
    many = train(x_train, y_train, lr=1.0, steps=300)
    runs = {"40 rows, their own loss": (few, x_train[:40], y_train[:40])}
    runs |= {"40 rows, test loss": (few, x_test, y_test), "427 rows, test loss": (many, x_test, y_test)}
    decisions.loss_curves(runs, neuron_forward, binary_cross_entropy)

# %% [markdown]
# ## Bug hunt: errors that hardly move
#
# ```python
# def count_errors(z, y, threshold):
#     called = z >= threshold
#     missed = np.sum(~called & (y == 1))
#     false_alarms = np.sum(called & (y == 0))
#     return missed, false_alarms
# ```
#
# On the training rows with two measurements it counts 40 missed at t=0.5, and still 36 at t=0.1.
# The figure above has 33 missed at 0.5, and 6 at 1/11.
# Find the bug, and name it; type the letter in quotation marks, such as `"a"`:
#
# - a: missed and false alarms are swapped
# - b: a logit is compared with a probability
# - c: `>=` should be `<`

# %%
guess = None
ask("u05-bug", guess)

# %% [markdown]
# **Code: mend it.** Easy, 8 minutes, {points: count_errors}.
#
# <details><summary>Hint: where to start</summary>
#
# Between which two numbers does t lie, and between which does `z`?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Which of your functions takes the one to the other?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u05-count-errors", "locked": false, "schema_version": 3, "solution": true, "task": false}
def count_errors(z, y, threshold):
    """Errors at a threshold: rows with probability >= threshold are called malignant.

    Parameters
    ----------
    z : ndarray, shape (N,)
        Logits.
    y : ndarray of int, shape (N,)
        0 benign, 1 malignant.
    threshold : float
        A probability.

    Returns
    -------
    missed, false_alarms : int
        Malignant rows called benign, and benign rows called malignant.
    """
    ### BEGIN SOLUTION
    sick, called = y == 1, sigmoid(z) >= threshold
    return np.sum(sick & ~called), np.sum(called & ~sick)
    ### END SOLUTION


# %% [markdown]
# **Check.** Thresholds far from 0.5, on both sides, and no row exactly at one.

# %% nbgrader={"grade": true, "grade_id": "u05-count-errors-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(count_errors)
# When graded: other rows and thresholds, a single row, and that the inputs are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("count_errors", count_errors)
### END HIDDEN TESTS

# %% [markdown]
# ## Recap
#
# ||formula|
# |-|-|
# |neuron|$z_n=\sum_dx_{n,d}w_d+b$|
# |sigmoid|$p=1/(1+e^{-z})=e^z/(e^z+1)$|
# |loss|$L=\frac1N\sum_n(\ln(1+e^{z_n})-y_nz_n)$|
# |safe|$\ln(1+e^z)=\max(z,0)+\ln(1+e^{-\lvert{z}\rvert})$|
# |slopes|$\mathrm{d}z_n=(p_n-y_n)/N$|
# ||$\mathrm{d}w_d=\sum_n\mathrm{d}z_nx_{n,d}$, $\mathrm{d}b=\sum_n\mathrm{d}z_n$, $\mathrm{d}x_{n,d}=\mathrm{d}z_nw_d$|
# |threshold|a miss costs c false alarms: $t=1/(1+c)$|
#
# 569 rows are a lesson, not a medical device.
#
# **Next.** Unit 6: many neurons side by side, one matrix of weights.
#
# **Sources.** Street, Wolberg and Mangasarian 1993, "Nuclear feature extraction for breast tumor diagnosis" (the data).
# Cox 1958, "The regression analysis of binary sequences".
# Elkan 2001, "The foundations of cost-sensitive learning".
# Goodfellow, Bengio and Courville 2016, "Deep Learning", section 6.2.
