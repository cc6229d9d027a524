# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 6. Many neurons, many examples
#
# Unit 5 had one neuron.
# Here a whole layer of them meets a whole batch of examples, in one line.
#
# **You will be able to**
#
# - write a linear layer forwards and backwards;
# - find the array form of a gradient from shapes and one entry;
# - say which tests a wrong gradient passes;
# - send a gradient back through numpy's broadcasting.
#
# **You need** units 2, 3 and 5: measured gradients, gates, one neuron.
#
# **Time** 120 minutes; the end of 6.2 is a good place to stop.
# **Points** {points as number: total}: `linear_forward` {points as number: linear_forward}, `linear_backward` {points as number: linear_backward}, `unbroadcast` {points as number: unbroadcast}, bug hunt {points as number: scores_backward}.
#
# The first cell fetches what we use.
# Run it.

# %% tags=["given"] nbgrader={"grade": false, "grade_id": "u06-given", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from course import ask, check, ready
from course.draw import layers

# %% [markdown]
# |symbol|shape|what it is|
# |-|-|-|
# |N, D, M|numbers|examples, inputs of each, neurons|
# |$x$|(N,D)|inputs: a row for each example|
# |$W$|(D,M)|weights: a column for each neuron|
# |$b$|(M,)|biases: one for each neuron|
# |$z$|(N,M)|what the layer gives|
# |$L$|number|the loss|
# |`dz`,`dx`,`dW`,`db`|like z, x, W, b|slope of L in each entry|
# |$n$, $d$, $m$|0, 1, 2 …|which example, input, neuron|
# |$r$|(N,M)|random numbers for a test (6.3)|
# |$c$|any|an array that numpy stretches (6.4)|
#
# **When you are stuck:**
# read the message;
# write the shapes down;
# work one entry out by hand;
# open the first hint, then the second;
# read the recap of unit 5.
#
# The next cell holds two functions of unit 2.

# %% tags=["given"] nbgrader={"grade": false, "grade_id": "u06-from-earlier", "locked": true, "schema_version": 3, "solution": false, "task": false}
# From unit 02.
def numerical_gradient(f, x, h=1e-5):
    """The slope of f for each entry of x, by central differences."""
    slopes = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = h
        slopes[place] = (f(x + step) - f(x - step)) / (2 * h)
    return slopes


def relative_error(a, b):
    """How far two arrays are apart, compared with their sizes."""
    return np.linalg.norm(a - b) / max(np.linalg.norm(a) + np.linalg.norm(b), 1e-300)

# %% [markdown]
# ## 6.1 Forward, one row per example
#
# **Derive.** Four examples, three inputs each, two neurons:
#
# $$x=\begin{pmatrix}1&0&2\\0&3&1\\2&1&0\\-1&2&1\end{pmatrix}\quad W=\begin{pmatrix}0.2&-0.5\\0.4&0.1\\-0.3&0.6\end{pmatrix}\quad b=\begin{pmatrix}0.1&-0.2\end{pmatrix}$$
#
# The first example and the first neuron: 1·0.2 + 0·0.4 − 2·0.3 + 0.1 = −0.3000.
#
# |example|first neuron|second neuron|
# |-|-|-|
# |0|−0.3000|0.5000|
# |1|1.0000|0.7000|
# |2|0.9000|−1.1000|
# |3|0.4000|?|
#
# Fill in the missing number.
# Type it in place of `None`.

# %%
guess = None
ask("u06-last-row", guess)

# %% [markdown]
# In letters, counting from 0 as numpy does:
#
# $$z_{n,m}=\sum_d x_{n,d}\,W_{d,m}+b_m$$
#
# The index $d$ stands inside the sum and is gone in $z$.
# Shapes say the same: of (N,D) and (D,M), the two D meet and vanish.
# $b_m$ has no $n$: the same biases are added to every row.
#
# **Code.** Easy, 8 minutes, {points: linear_forward}.
#
# <details><summary>Hint: where to start</summary>
#
# Which operation of numpy takes (N, D) and (D, M), and gives (N, M)?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# numpy compares shapes from the right.
# What does it do with (N, M) + (M,)?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u06-linear-forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def linear_forward(x, W, b):
    """A layer of M neurons on a batch of N examples.

    Parameters
    ----------
    x : ndarray, shape (N, D)
    W : ndarray, shape (D, M)
    b : ndarray, shape (M,)

    Returns
    -------
    z : ndarray, shape (N, M)
    """
    ### BEGIN SOLUTION
    return x @ W + b
    ### END SOLUTION


# %% [markdown]
# **Check.** N, D and M are all different, so a wrong order of the product stops with an error.
#
# **Reflect** when it is right.
# Someone adds `b` as a column, of shape (M, 1).
# When does numpy not complain?
#
# <details><summary>One answer</summary>
#
# When N = M: then each row gets a bias, in place of each neuron.
# With b still 0, as before training, even the values are right.
# With one row it is worse: (1, M) + (M, 1) is stretched to (M, M).
#
# </details>

# %% nbgrader={"grade": true, "grade_id": "u06-linear-forward-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(linear_forward)
# When graded: other sizes, a batch of one, float32, read-only arrays, and that the inputs are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("linear_forward", linear_forward)
### END HIDDEN TESTS

# %% [markdown]
# The example from above, as arrays, with the `dz` that we need in 6.2.
# Compare the output with the table.

# %%
x = np.array([[1.0, 0, 2], [0, 3, 1], [2, 1, 0], [-1, 2, 1]])
W = np.array([[0.2, -0.5], [0.4, 0.1], [-0.3, 0.6]])
b = np.array([0.1, -0.2])
dz = np.array([[0.5, -1], [0, 1], [-1, 0.5], [1, 0]])
if ready(linear_forward):
    print(linear_forward(x, W, b))

# %% [markdown]
# **Play: loops against a product.**
# A matrix product hides three loops: over examples, neurons and inputs.
# Predict: how many multiplications does $xW$ need, for N = 40, D = 60, M = 20?
# Type digits alone: Python reads a comma as two numbers.
#
# Then look: how long do loops in Python take, how long does your function?
# The cell prints it.
# In the figure, both axes are logarithmic; squares on a dashed line are the loops,
# circles on a solid line your function.
# Both do the same multiplications.
# numpy does them in compiled code, several at a time, on numbers that lie side by side in memory;
# Python looks at each number on its own.
# Run it twice: times vary.

# %%
guess = None
if ask("u06-count", guess) and ready(linear_forward):
    layers.race(linear_forward, sizes=[(8, 16, 8), (16, 32, 16), (32, 64, 32), (64, 128, 64)])

# %% [markdown]
# ## 6.2 Backward, one entry first
#
# **Derive.** The part above the layer sends us `dz`, the upstream gradient:
# the slope of $L$ in each entry of $z$.
#
# $$\mathrm{d}z=\begin{pmatrix}0.5&-1\\0&1\\-1&0.5\\1&0\end{pmatrix}$$
#
# Take one weight, $W_{1,0}$: from input 1 to neuron 0.
# In each row it is multiplied by $x_{n,1}$ and acts on $z_{n,0}$.
#
# |n|$x_{n,1}$|$\mathrm{d}z_{n,0}$|product|
# |-|-|-|-|
# |0|0|0.5|0.0000|
# |1|3|0|0.0000|
# |2|1|−1|−1.0000|
# |3|2|1|?|
#
# One weight, used in four rows: a fork, and at forks gradients add.
# What is the slope of $L$ in $W_{1,0}$?

# %%
guess = None
ask("u06-entry", guess)

# %% [markdown]
# In letters:
#
# $$\frac{\partial L}{\partial W_{d,m}}=\sum_n x_{n,d}\,\mathrm{d}z_{n,m}$$
#
# One input, $x_{0,1}$, is used by both neurons: 0.5·0.4 + (−1)·0.1 = 0.1000.
#
# $$\frac{\partial L}{\partial x_{n,d}}=\sum_m \mathrm{d}z_{n,m}\,W_{d,m}$$
#
# $b_0$ is used in every row, each time with slope 1: 0.5 + 0 − 1 + 1 = 0.5000.
#
# **Shapes as a tool.** These are single entries.
# For all at once, look for a product whose shape is that of `dW`:
# the index under the sum must meet itself, and vanish.
# Shapes suggest, the entry decides:
# no shape can tell a sum from a mean, or D from M where both are 4.

# %% [markdown]
# **Code.** Medium, 18 minutes, {points: linear_backward}.
# There is no 1/N here: it belongs to the loss, and is inside `dz` already.
#
# <details><summary>Hint: where to start</summary>
#
# Write the shapes of `dz`, `x` and `W` side by side.
# For `dW`, which size must vanish, and which of the arrays have it?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# In a product the inner sizes meet.
# Which array must be transposed, so that N meets N?
# Which one for `dx`, so that M meets M?
# For `db`: which axis of `dz` has `b` not got?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u06-linear-backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def linear_backward(dz, x, W):
    """Gradients of the loss through a layer of M neurons.

    Parameters
    ----------
    dz : ndarray, shape (N, M)
        dL/dz, from the part above.
    x : ndarray, shape (N, D)
    W : ndarray, shape (D, M)

    Returns
    -------
    dx, dW, db : ndarrays, shaped like x, W and b
        For db, one row of shape (1, M) is as good.
    """
    ### BEGIN SOLUTION
    dx = dz @ W.T
    dW = x.T @ dz
    db = dz.sum(axis=0)
    return dx, dW, db
    ### END SOLUTION


# %% [markdown]
# **Check.** The upstream gradient `dz` is random, and no two sizes are equal:
# 6.3 shows why.
# Your numbers are compared with finite differences.
# From the example: `dW[1, 0]` is 1, `dx[0, 1]` is 0.1, `db[0]` is 0.5.
#
# **Reflect** when it is right.
# `db` is a sum over rows, `dx` is not.
# What about b and x makes the difference?
#
# <details><summary>One answer</summary>
#
# Every row of z uses the same b, so its effects add.
# Each row of x is used by one row of z alone.
#
# </details>

# %% nbgrader={"grade": true, "grade_id": "u06-linear-backward-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check(linear_backward)
# When graded: other sizes, a batch of one, float32, read-only arrays, and that the inputs are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("linear_backward", linear_backward)
### END HIDDEN TESTS

# %% [markdown]
# **Play: where does this one number come from?**
# Before you run it: how many entries of `x`, and how many of `dz`, does `dW[1, 0]` depend on?
# And which are they for `dW[2, 1]`?
# Change `entry` to see: (d, m), d up to 2, m up to 1.
#
# <details><summary>What the figure shows, in words</summary>
#
# Three grids; marked cells are orange, with a thick border.
# For (1, 0): column 1 of x and column 0 of dz, four entries each.
# Below, the four products and their sum, 1.
# The largest input, 3, adds nothing: its dz is 0.
# For (2, 1): column 2 of x and column 1 of dz; the sum is −1.
#
# </details>

# %%
entry = (1, 0)
if ready(linear_backward):
    layers.one_entry(linear_backward, dz, x, W, entry)

# %% [markdown] tags=["live"]
# **Play live: both readings at once.**
# Your `linear_backward` runs; the products beside it are its witness.
#
# Choose an entry of `dW` with the mouse or the arrow keys:
# its column of x is hatched one way, its column of dz the other.
# Below, the same sum read by examples:
# each is a sheet shaped like W, and all are added up.
#
# A tick box switches an example off: its dz is then 0.
# Press a number of x or dz to set it to 0, and again to bring it back.
#
# Predict, and answer in the figure:
# which example adds most to `dW[1, 0]`?

# %% tags=["live"]
from course.widgets import gradient_entry

gradient_entry(linear_backward, dz=dz, x=x, W=W)

# %% [markdown] tags=["live"]
# Try, and predict before each:
#
# 1. Switch off as few examples as possible to make `dW[1, 0]` 0.
# 2. Start again, and set the largest input, `x[1, 1]`, to 0. Which entries of `dW` change?
# 3. Choose the product "x dz": why is it refused? Go back, and make the loss a mean: where does 1/4 enter?
#
# <details><summary>What there is to see</summary>
#
# Example 3 adds most, 2; example 1 has the largest input, but its dz is 0.
#
# 1. Two: examples 2 and 3.
# 2. `dW[1, 1]` alone, from 3.5 to 0.5.
# 3. A row of x has 3 numbers, a column of dz 4. In a mean each dz is divided by 4: `dW[1, 0]` is 0.25.
#
# </details>

# %% [markdown]
# This is the stopping place.
# Save; when you come back, run all cells from the top.
#
# ## 6.3 Which test to trust
#
# **Derive.** Is a backward pass right?
# We measure.
# But that needs one number at the end, and $z$ has N·M.
# So we make a loss, with any array $r$ shaped like $z$:
#
# $$L=\sum_{n,m}r_{n,m}\,z_{n,m}.$$
#
# A nudge of one entry of $z$ moves $L$ by its $r$ times as much, so `dz` is $r$ itself.
# So random numbers take the place of the part above the layer.
#
# How large are the relative errors of a right function?
# Type the letter, such as `"a"`.
#
# - a: near 1e-1
# - b: near 1e-4
# - c: below 1e-9

# %%
guess = None
measure = ask("u06-errors", guess)
rng = np.random.default_rng(6)
x5, W5, b5, r = rng.normal(size=(5, 7)), rng.normal(size=(7, 3)), rng.normal(size=3), rng.normal(size=(5, 3))
if measure and ready(linear_forward, linear_backward):
    dx5, dW5, db5 = layers.gradients(linear_backward(r, x5, W5))  # as arrays, however you return them
    print("dx", relative_error(dx5, numerical_gradient(lambda x: np.sum(r * linear_forward(x, W5, b5)), x5)))
    print("dW", relative_error(dW5, numerical_gradient(lambda W: np.sum(r * linear_forward(x5, W, b5)), W5)))
    print("db", relative_error(db5, numerical_gradient(lambda b: np.sum(r * linear_forward(x5, W5, b)), b5)))

# %% [markdown]
# All three are tiny, near 1e-11.
#
# **Why random?** Say dz is all ones, for N = M = 2:
#
# $$\mathrm{d}z=\begin{pmatrix}1&1\\1&1\end{pmatrix}$$
#
# Adding up each column gives (2, 2), and so does adding up each row.
# A `db` that adds along the wrong axis passes.
# So does one that never looks at dz, and counts the rows.
#
# **Why unequal sizes?** Say the first M rows are taken, in place of all N.
# With 4 rows and 4 neurons these are all rows, whatever the numbers.
# With 5 rows and 3 neurons two rows are forgotten.
#
# **Why several rows?** With one row, a mean is a sum, and the first row is all there is.

# %% [markdown]
# **Play: which wrong answers pass?** Eight of them:
#
# 1. ones in place of dz;
# 2. `dx` with W, not its transpose;
# 3. `db` along the wrong axis;
# 4. `db` a mean, not a sum;
# 5. `dW` the sum of x's rows times the sum of dz's;
# 6. `dW` the sum of x's rows times the mean of dz's;
# 7. `dW` from the first row alone;
# 8. only the first M rows used.

# %% [markdown]
# With N, D, M = 5, 7, 3, but a dz of ones: how many pass?
#
# In the figure, rows are the wrong answers and columns the tests.
# An orange cell says "passes"; a white one "caught", or "stops" where numpy itself stops with an error.
#
# <details><summary>In words (open after your guess)</summary>
#
# How many pass:
# shapes alone, sizes 4: 8.
# Ones, sizes 4: 4.
# Random, sizes 4: 1.
# Random, one row: 5.
# Ones, unequal: 2.
# Random, unequal: none.
#
# </details>

# %%
guess = None
if ask("u06-pass", guess) and ready(linear_backward):
    layers.weak_tests(linear_backward)

# %% [markdown]
# **Reflect.** A test with random numbers and unequal sizes passes.
# Is the function proved right?
#
# <details><summary>One answer</summary>
#
# No: it agrees at that point.
# Something else can still fail, such as a batch of one, or inputs that are written over.
# Several draws make an accident very unlikely.
#
# </details>

# %% [markdown]
# ## 6.4 Undoing a broadcast
#
# numpy stretched `b` from (M,) to (N,M): broadcasting.
#
# **Derive.** To stretch is to copy, and a copy is a fork: each entry $c_i$ of the input gets
#
# $$\frac{\partial L}{\partial c_i}=\sum_{\text{copies of }c_i}\mathrm{d}z_{\text{copy}}.$$
#
# Say a gradient `dz` of shape (2, 3) arrives:
#
# $$\mathrm{d}z=\begin{pmatrix}1&2&3\\4&5&6\end{pmatrix}$$
#
# |the input's shape|its gradient|
# |-|-|
# |(3,)|(5, 7, 9)|
# |(2, 1)|((6), (15))|
# |()|21|
# |(1, 3)|?|
#
# numpy aligns shapes to the right; axes of size 1, and axes missing on the left, are stretched.
#
# Now take c of shape (5, 1), and dz of shape (4, 5, 3).
# How many entries of dz are added up for each entry of c?

# %%
guess = None
ask("u06-copies", guess)

# %% [markdown]
# **Code.** Harder, 22 minutes, {points: unbroadcast}.
# The result has exactly the shape that is given: (M,), (N, 1) and (1, M) are three different things,
# and () is a single number.
#
# <details><summary>Hint: where to start</summary>
#
# There are two kinds of stretched axes: those added in front, and those of size 1.
# How many were added in front, if you compare the numbers of axes?
# Which kind must still be there at the end?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Add up the axes in front first.
# Then the two shapes have equally many axes: for which of them does `shape` say 1?
# Which argument of `sum` leaves an axis of size 1 behind?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u06-unbroadcast", "locked": false, "schema_version": 3, "solution": true, "task": false}
def unbroadcast(dz, shape):
    """The gradient of an input that broadcasting has stretched.

    Parameters
    ----------
    dz : ndarray
        The gradient of the stretched array.
    shape : tuple of int
        The input's own shape; numpy can stretch it to that of dz. () is a single number.

    Returns
    -------
    ndarray of that shape
        For (), a number is as good.
    """
    ### BEGIN SOLUTION
    in_front = tuple(range(dz.ndim - len(shape)))
    dz = dz.sum(axis=in_front)
    of_size_1 = tuple(k for k, size in enumerate(shape) if size == 1)
    return dz.sum(axis=of_size_1, keepdims=True)
    ### END SOLUTION


# %% [markdown]
# **Check.** Thirteen pairs of shapes: with axes in front, with axes of size 1, with both, with neither.
# Then axes of equal size, where only the place of an axis counts.
# The missing row of the table: ((5, 7, 9)), one row of three.
#
# **Reflect** when it is right.
# Which line of `linear_backward` could you write with `unbroadcast`?
#
# <details><summary>One answer</summary>
#
# That of `db`: b is stretched from (M,) to (N, M).
#
# </details>

# %% nbgrader={"grade": true, "grade_id": "u06-unbroadcast-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check(unbroadcast)
# When graded: other sizes, axes of equal size, float32, read-only arrays, and that dz is left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("unbroadcast", unbroadcast)
### END HIDDEN TESTS

# %% [markdown]
# **Play: which entries belong together?**
# The same `dz`, four shapes.
# Predict first: for (2, 1), how many groups, and how large?
# Then change the last shape to (1, 1): what changes, and what does not?
#
# <details><summary>What the figure shows, in words</summary>
#
# Four grids of the six numbers.
# Cells with the same letter and colour are added up; above stands your result.
# (3,) and (1, 3): three groups of two, the columns.
# (2, 1): two groups of three, the rows.
# (): one group of six; (1, 1) too, and the result, 21, then stands in an array of one row and one column.
# (2,) can't be stretched: its 2 meets a 3.
#
# </details>

# %%
shapes = [(3,), (2, 1), (1, 3), ()]
if ready(unbroadcast):
    layers.stretched(unbroadcast, np.array([[1.0, 2, 3], [4, 5, 6]]), shapes)

# %% [markdown]
# ## Bug hunt: pairs of rows
#
# A layer scores how well each of N rows `q` fits each of M rows `k`:
# $s_{n,m}=\sum_d q_{n,d}k_{m,d}$, as networks that translate do with words.
# q is (N, D), k is (M, D), s is (N, M).
#
# ```python
# def scores_backward(ds, q, k):
#     dq = ds @ k
#     dk = ds @ q
#     return dq, dk
# ```
#
# Its author tried N = M = 3 and a `ds` of ones: right to the last digit.
#
# Find the bug, and name it; type the letter in quotation marks, such as `"a"`:
#
# - a: dq needs k transposed
# - b: dk needs ds transposed
# - c: dq lacks a sum over rows

# %%
guess = None
ask("u06-bug", guess)

# %% [markdown]
# <details><summary>A case that the author's test did not hold (open after your guess)</summary>
#
# N = M = D = 2:
#
# $$\mathrm{d}s=\begin{pmatrix}1&2\\3&4\end{pmatrix}\quad q=\begin{pmatrix}1&0\\2&1\end{pmatrix}$$
#
# The broken line gives $\begin{pmatrix}5&2\\11&4\end{pmatrix}$ for `dk`.
# By hand: $k_{0,0}$ is in $s_{0,0}$ with partner $q_{0,0}=1$, and in $s_{1,0}$ with partner $q_{1,0}=2$.
# So its slope is 1·1 + 3·2 = 7, not 5.
#
# </details>
#
# **Code: mend it.** Medium, 12 minutes, {points: scores_backward}.
#
# <details><summary>Hint: where to start</summary>
#
# Which shape has `dk`, and which size must vanish?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# In the slope of $k_{m,d}$, which index of ds runs, the first or the second?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u06-scores-backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def scores_backward(ds, q, k):
    """Gradients of the loss through the scores of all pairs of rows.

    Parameters
    ----------
    ds : ndarray, shape (N, M)
        dL/ds, from the part above; s[n, m] is the sum over d of q[n, d] times k[m, d].
    q : ndarray, shape (N, D)
    k : ndarray, shape (M, D)

    Returns
    -------
    dq, dk : ndarrays, shaped like q and k
    """
    ### BEGIN SOLUTION
    return ds @ k, ds.T @ q
    ### END SOLUTION


# %% [markdown]
# **Check.** Now N, M and D are different, and ds is random.
# In the case behind the fold, `dk` is ((7, 3), (10, 4)).

# %% nbgrader={"grade": true, "grade_id": "u06-scores-backward-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(scores_backward)
# When graded: other sizes, one row in q, float32, read-only arrays, and that the inputs are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("scores_backward", scores_backward)
### END HIDDEN TESTS

# %% [markdown]
# ## Recap
#
# ||formula|shape|
# |-|-|-|
# |forward|$z=xW+b$|(N,M)|
# |inputs|$\mathrm{d}x=\mathrm{d}z\,W^\top$|(N,D)|
# |weights|$\mathrm{d}W=x^\top\mathrm{d}z$|(D,M)|
# |biases|$\mathrm{d}b_m=\sum_n\mathrm{d}z_{n,m}$|(M,)|
# |stretched input|$\mathrm{d}c_i=\sum_{\text{copies}}\mathrm{d}z$|that of c|
# |test|$L=\sum r\,z$, r random; sizes unequal|number|
#
# **Next.** Unit 7: between two linear layers something must bend.
#
# **Sources.** Rumelhart, Hinton and Williams 1986, "Learning representations by back-propagating errors".
# Giles 2008, "Collected matrix derivative results for forward and reverse mode algorithmic differentiation".
# Goodfellow, Bengio and Courville 2016, "Deep Learning", section 6.5.
# Harris and others 2020, "Array programming with NumPy".
# Vaswani and others 2017, "Attention is all you need" (the bug hunt's scores).
