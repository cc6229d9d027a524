# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 8. Choosing one of many
#
# A neuron with a sigmoid says yes or no.
# Which of ten digits is this?
# For that, one number for each class, and a way to compare them.
#
# **You will be able to**
#
# - turn scores into probabilities, however large the scores are;
# - measure how wrong they are, and say what guessing costs;
# - send a gradient backwards through softmax;
# - derive p − y, and use it.
#
# **You need** the chain rule (unit 3), rows as examples (unit 6), the sigmoid (units 5 and 7), and $e^x$, $\ln x$.
#
# **Time** 120 minutes; you can stop after 8.2.
# **Points** {points as number: total}.
#
# The first cell fetches what we use.
# Run it.

# %% tags=["given"] nbgrader={"grade": false, "grade_id": "u08-given", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from course import ask, check, ready
from course.draw import choices

# %% [markdown]
# |symbol|shape|what it is|
# |-|-|-|
# |$N$, $C$|numbers|examples, classes|
# |`z`|(N, C)|logits: a score for each class|
# |`y`|(N,)|the true class of each row, 0 … C−1|
# |`p`|(N, C)|probabilities; each row adds up to 1|
# |$j$, $k$|numbers|two classes; $z_j$ is the logit of class $j$ in one row|
# |$c$|number|added to every logit of a row|
# |$T$|number|temperature|
# |`dp`, `dz`|like `p`, `z`|gradient of the loss with respect to `p`, `z`|
# |$\partial p_k/\partial z_j$|number|slope of $p_k$ when $z_j$ alone moves|
#
# ln is the natural logarithm, `np.log`.
#
# **When you are stuck:**
# read the message;
# write the shapes down;
# work one entry out by hand;
# open the first hint, then the second;
# read the recap of unit 6.

# %% [markdown]
# ## 8.1 Scores become probabilities
#
# **Derive.** One example, three classes, the logits 2, 1 and 0.1.
# We want a share for each class: positive, and all shares together 1.
# The exponential is always positive, so we take it, and divide by the sum.
#
# |class|z|$e^z$|p|
# |-|-|-|-|
# |0|2|7.3891|0.6590|
# |1|1|2.7183|0.2424|
# |2|0.1|1.1052|?|
# |sum|3.1|11.2125|1|
#
# Work out the missing share to four decimals.
# Type it in place of `None`.

# %%
guess = None
ask("u08-last-row", guess)

# %% [markdown]
# In letters, for one row:
#
# $$p_j=\frac{e^{z_j}}{\sum_ke^{z_k}}$$
#
# The logits 2 and 1 differ by 1, so their shares have the ratio 7.3891/2.7183=2.7183, that is $e^1$.
# Only differences count.
# So add a number $c$ to every logit of the row:
#
# $$\frac{e^{z_j+c}}{\sum_ke^{z_k+c}}=\frac{e^c\,e^{z_j}}{e^c\sum_ke^{z_k}}=p_j$$
#
# Nothing changes, on paper.
# In the computer it matters: `np.exp(1000)` is `inf`, `np.exp(-1000)` is 0,
# and inf/inf and 0/0 are `nan` (not a number).
# You may choose $c$, for each row anew.

# %% [markdown]
# **Code.** Medium, 15 minutes, {points: softmax}.
# It must work for logits near 1000, near −1000, and with both in one row or in different rows.
#
# <details><summary>Hint: where to start</summary>
#
# Along which axis do the classes lie, and so along which do you add?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# For which $c$ is the largest exponent of the row exactly 0, so that nothing overflows and the sum is at least 1?
# The sum of each row has shape (N,).
# Which argument of `sum` and `max` makes it (N, 1), so that each row is divided by its own?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u08-softmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax(z):
    """Probabilities of the classes, row by row.

    Parameters
    ----------
    z : ndarray, shape (N, C)
        Logits, of any size. A single example is a batch of one, shape (1, C).

    Returns
    -------
    p : ndarray, shape (N, C)
        Nothing is negative, and each row adds up to 1.
    """
    ### BEGIN SOLUTION
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %% [markdown]
# **Check.** N and C are never equal, so a sum along the wrong axis can't hide.
# By hand: one row of logits 1.5 and 0 gives 0.8176 and 0.1824.
# For two classes softmax is the sigmoid of their difference.
#
# **Reflect** when it is right.
# Why one $c$ for each row, and not one for the whole array?
#
# <details><summary>One answer</summary>
#
# While all rows have logits of similar size, both work.
# A row that lies 1000 below the largest entry of the array would become all zeros, and 0/0.
#
# </details>

# %% nbgrader={"grade": true, "grade_id": "u08-softmax-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(softmax)
# When graded: other sizes, a batch of one, float32, large logits, rows far apart, and that z is left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("softmax", softmax)
### END HIDDEN TESTS

# %% [markdown]
# **Play: temperature.** Divide all logits by one number $T$ before softmax.
# For $T$ below 1 their differences grow, above 1 they shrink.
# What becomes of p for logits 2, 1, 0.1 when $T$ grows without limit?
# Type the letter in quotation marks, such as `"a"`; the figure follows.
#
# - a: the largest logit gets 1
# - b: each class gets 1/3
# - c: p stays as it is
#
# <details><summary>What the figure shows, in words</summary>
#
# Bars of p for four temperatures.
# $T=0.25$: 0.9815, 0.0180, 0.0005, nearly all for class 0.
# $T=5$: 0.3996, 0.3272, 0.2733.
# $T=50$: 0.3398, 0.3331, 0.3271.
# The order never changes.
# So 0.98 is a share, not a certainty: a temperature changes it with no new knowledge.
#
# </details>

# %%
guess = None
if ask("u08-temperature", guess) and ready(softmax):
    choices.temperatures(softmax, logits=(2, 1, 0.1), temperatures=(0.25, 1, 5, 50))

# %% [markdown]
# ## 8.2 Surprise is the loss
#
# **Derive.** Now the truth is known.
# If the true class had a large p, we are hardly surprised; if it had a small one, very much.
# As a number, surprise is −ln p: 0 for $p=1$, without limit as p nears 0.
# The same logits 2, 1, 0.1:
#
# |true class|z|p|−ln p|
# |-|-|-|-|
# |0|2|0.6590|0.4170|
# |1|1|0.2424|1.4170|
# |2|0.1|0.0986|?|
#
# From the first row to the second z falls by 1, and the loss rises by exactly 1.
# From the second to the third z falls by 0.9.
# Finish the table; we come back to it below.

# %% [markdown]
# **Without p.** Why exactly 1? Put the formula of p in:
#
# $$-\ln p_y=-\ln\frac{e^{z_y}}{\sum_ke^{z_k}}=\ln\sum_ke^{z_k}-z_y$$
#
# The sum is the same for each class; only $z_y$ differs.
# The missing loss is $1.4170+0.9=2.3170$.
#
# This form is also the safe one.
# Take logits 0 and −1000, and let class 1 be true.
# Its p is 0 in the computer, and −ln 0 is `inf`.
# The loss is a plain number: $\ln(1+0)-(-1000)=1000$.
#
# Large logits still overflow inside the sum, and again you may add any $c$ to a row.
#
# The loss of N rows is the mean of their N numbers: **cross-entropy**.

# %% [markdown]
# **Code.** Medium, 18 minutes, {points: cross_entropy}.
# Two lists of indices pick one entry each time:
# `A[[0, 1, 2], [2, 0, 1]]` holds the entries (0, 2), (1, 0), (2, 1).
#
# <details><summary>Hint: where to start</summary>
#
# `y` has one class number for each row.
# How do you pick one entry from every row at once: which two lists of indices?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# `np.arange(len(y))` counts the rows.
# Shift the row as in 8.1.
# If you shift inside the sum, what must happen to $z_y$?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u08-cross-entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cross_entropy(z, y):
    """Mean cross-entropy of softmax probabilities, from logits.

    Parameters
    ----------
    z : ndarray, shape (N, C)
        Logits, of any size.
    y : ndarray of int, shape (N,)
        True class of each row, 0 <= y < C.

    Returns
    -------
    float
        −ln p of the true class, averaged over the rows.
    """
    ### BEGIN SOLUTION
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()
    ### END SOLUTION


# %% [markdown]
# **Check.** Every class occurs among the labels, and N differs from C.
# A single row with the logits of the table gives the table's numbers.
# Where the true class lies 1000 below the others, the loss of that row is near 1000, not `inf`.
#
# Look at the shapes before you take the mean: a column (N, 1) minus a row (N,) makes a table (N, N).
# The mean of that table is the right loss all the same, since the mean of all differences is the difference of the
# two means. But the losses of the rows stand on its diagonal alone, and it needs N times the memory.

# %% nbgrader={"grade": true, "grade_id": "u08-cross-entropy-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(cross_entropy)
# When graded: other sizes, a batch of one, float32, large logits, rows far apart, and that the inputs are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("cross_entropy", cross_entropy)
### END HIDDEN TESTS

# %% [markdown]
# **Play: what guessing costs.** A network that knows nothing yet gives every class the same logit.
# For ten digits, how large is its loss?
# Give three decimals; the figure follows, for our three classes.
#
# <details><summary>What the figure shows, in words</summary>
#
# A curve falls from above 5 near $p=0$ to 0 at $p=1$.
# On it lie our three losses: a circle 0.4170, a square 1.4170, a triangle 2.3170.
# A dashed line marks guessing among three, ln 3 = 1.0986.
# It crosses the curve at $p=1/3$.
# Two of the three dots lie above it: there the scores are worse than a guess.
#
# </details>

# %%
guess = None
if ask("u08-guess", guess) and ready(cross_entropy):
    choices.surprise(cross_entropy, logits=(2, 1, 0.1))

# %% [markdown]
# **Reflect.** A network for ten digits has not been trained yet, and its loss is 8.
# What is wrong with it?
#
# <details><summary>One answer</summary>
#
# It is sure of itself and wrong: its logits are far too large.
# Before any training the loss should be near ln 10.
# That is the first number to look at.
#
# </details>
#
# **A good place to stop.** Seven of {points: total} are done.
# Next: the way back.

# %% [markdown]
# ## 8.3 Backwards through softmax
#
# **Derive.** First for any `dp` that arrives.
# Write $S=\sum_ke^{z_k}$ and nudge $z_0$: its own $e^{z_0}$ rises, and so does $S$, the denominator of every fraction.
#
# $$\frac{\partial p_0}{\partial z_0}=\frac{e^{z_0}}{S}-\frac{e^{z_0}e^{z_0}}{S^2}=p_0(1-p_0)$$
#
# $$\frac{\partial p_1}{\partial z_0}=-\frac{e^{z_1}e^{z_0}}{S^2}=-p_1p_0$$
#
# One logit moves every p of its row.
# Our three p again, with `dp` = (0.5, −1, 2):
#
# |path|dp|slope|product|
# |-|-|-|-|
# |$p_0\to z_0$|0.5|$p_0(1-p_0)=0.2247$|0.1124|
# |$p_1\to z_0$|−1|$-p_1p_0=-0.1598$|0.1598|
# |$p_2\to z_0$|2|$-p_2p_0=-0.0650$|?|
#
# Paths add.
# Which number is $\mathrm{d}z_0$, to four decimals?

# %%
guess = None
ask("u08-one-entry", guess)

# %% [markdown]
# In letters, that entry is
#
# $$\mathrm{d}z_0=\mathrm{d}p_0\,p_0-\mathrm{d}p_0\,p_0p_0-\mathrm{d}p_1\,p_1p_0-\mathrm{d}p_2\,p_2p_0.$$
#
# Every term has the factor $p_0$.
# Write it in front.
# What stands in the brackets, and which part of it is the same for $\mathrm{d}z_1$ and $\mathrm{d}z_2$?
#
# **Code.** Medium, 18 minutes, {points: softmax_backward}.
# No loop over classes is needed, and no matrix of slopes.
#
# <details><summary>Hint: where to start</summary>
#
# The last three terms have one factor in common, and a sum over all classes besides.
# What is that sum, for one row?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# The sum is one number for each row.
# Which shape must it have, so that each row of `dp` loses its own?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u08-softmax-backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax_backward(dp, p):
    """Gradient of the loss through ``p = softmax(z)``.

    Parameters
    ----------
    dp : ndarray, shape (N, C)
        dL/dp, from what follows.
    p : ndarray, shape (N, C)
        The probabilities of the forward pass.

    Returns
    -------
    dz : ndarray, shape (N, C)
    """
    ### BEGIN SOLUTION
    return p * (dp - (dp * p).sum(axis=1, keepdims=True))
    ### END SOLUTION


# %% [markdown]
# **Check.** `dp` is random, so forgetting it can't hide, and p comes from a softmax.
# By hand: for the p and `dp` above, `dz` is (0.1422, −0.3113, 0.1691).
#
# **Reflect** when it is right.
# With `dp` = (1, 1, 1), `dz` is (0, 0, 0).
# Why must it be?
#
# <details><summary>One answer</summary>
#
# Then the loss grows with $p_0+p_1+p_2$, and that is always 1: no logit can move it.
#
# </details>

# %% nbgrader={"grade": true, "grade_id": "u08-softmax-backward-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(softmax_backward)
# When graded: other sizes, a batch of one, float32, views, and that the inputs are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("softmax_backward", softmax_backward)
### END HIDDEN TESTS

# %% [markdown]
# **Play: all slopes at once.** The figure asks your function for every slope, with `dp` = (1, 0, 0), then (0, 1, 0), (0, 0, 1).
# Predict two things before you run it.
# Which signs stand on the diagonal, and which beside it?
# What does each column add up to?
#
# <details><summary>What the figure shows, in words</summary>
#
# A table of nine numbers: 0.2247, 0.1837, 0.0889 on the diagonal, shaded orange.
# Beside it only negative ones, shaded violet: −0.1598, −0.0650, −0.0239, each twice.
# Every column adds up to 0, and so does every row.
#
# </details>

# %%
if ready(softmax, softmax_backward):
    p = softmax(np.array([[2, 1, 0.1]]))
    choices.slopes(softmax_backward, p[0])

# %% [markdown]
# ## 8.4 Both together
#
# **Derive.** One row, class 2 is true.
# The loss is $-\ln p_2$, so only $p_2$ gets a gradient: $-1/p_2=-10.1455$.
# Send it through softmax:
#
# |logit|slope of $p_2$|times −10.1455|
# |-|-|-|
# |$z_0$|$-p_2p_0=-0.064955$|0.6590|
# |$z_1$|$-p_2p_1=-0.023896$|0.2424|
# |$z_2$|$p_2(1-p_2)=0.088851$|?|
#
# The first two are $p_0$ and $p_1$ themselves.
# What stands at the true class, to four decimals?

# %%
guess = None
ask("u08-pull", guess)

# %% [markdown]
# In letters, for the true class $y$ and another class $j$:
#
# $$-\frac1{p_y}\cdot(-p_yp_j)=p_j,\qquad-\frac1{p_y}\cdot p_y(1-p_y)=p_y-1$$
#
# Write the truth as a row with 1 at the true class and 0 elsewhere, here (0, 0, 1).
# Such a row is called **one-hot**.
# With this row in the place of y, both cases are one: $\mathrm{d}z=p-y$, in our example (0.6590, 0.2424, −0.9014).
#
# The 1/p has gone, and with it every division by a tiny number.
#
# That is one row.
# The loss of N rows is their mean: what does that do to each row of `dz`?

# %% [markdown]
# **Code.** Medium, 15 minutes, {points: cross_entropy_backward}.
# You may call your own `softmax`.
#
# <details><summary>Hint: where to start</summary>
#
# `y` holds class numbers, with shape (N,).
# In which entries of p does something change, one for each row?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# You picked those entries in `cross_entropy`.
# How do you take 1 away from them, in an array that is yours?
# Where does the mean over rows come in: before, after, or both?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u08-cross-entropy-backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cross_entropy_backward(z, y):
    """Gradient of ``cross_entropy(z, y)`` with respect to the logits.

    Parameters
    ----------
    z : ndarray, shape (N, C)
        Logits, of any size.
    y : ndarray of int, shape (N,)
        True class of each row, 0 <= y < C.

    Returns
    -------
    dz : ndarray, shape (N, C)
    """
    ### BEGIN SOLUTION
    dz = softmax(z)
    dz[np.arange(len(y)), y] -= 1
    return dz / len(y)
    ### END SOLUTION


# %% [markdown]
# **Check.** Your gradient is compared with finite differences of the loss.
# The 1/N stands here and nowhere else: the layers before receive it inside `dz`.
#
# **Reflect** when it is right.
# A saturated sigmoid with a squared error learns slowest where it is most wrong.
# Suppose the true class has $p=0.000001$.
# How strong is the pull on its logit here?
#
# <details><summary>One answer</summary>
#
# $p-1=-0.999999$: as strong as it can be.
# The slope of softmax is nearly 0 there, and the 1/p of the logarithm makes up for it exactly.
#
# </details>

# %% nbgrader={"grade": true, "grade_id": "u08-cross-entropy-backward-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(cross_entropy_backward)
# When graded: other sizes, a batch of one, float32, large logits, rows far apart, and that the inputs are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("cross_entropy_backward", cross_entropy_backward)
### END HIDDEN TESTS

# %% [markdown]
# **Play: the pull on each logit.** The figure shows p beside the truth,
# and your `dz` beside slopes of your loss, measured by nudges.
# Then the cell takes three steps downhill on the logits, with learning rate 1.
#
# Predict: what do the three entries of `dz` add up to?
# Does the pull on class 2 grow or shrink?
#
# <details><summary>What there is to see, in words</summary>
#
# Left, bars of p, the truth as a dashed outline.
# Right, bars 0.6590, 0.2424, −0.9014, each with a cross at its end: the slopes agree.
# The sum is 0: p and y both add up to 1.
#
# The losses are 2.3170, 1.1594, 0.5674, 0.3336.
# The pull shrinks: −0.9014, −0.6863, −0.4330, −0.2837.
#
# </details>

# %%
if ready(cross_entropy, cross_entropy_backward):
    choices.pulls(cross_entropy, cross_entropy_backward, logits=(2, 1, 0.1), true=2)
    z, y = np.array([[2, 1, 0.1]]), np.array([2])
    for step in range(4):
        dz = np.asarray(cross_entropy_backward(z, y))
        print(f"step {step}: loss {cross_entropy(z, y):.4f}, dz", *(f"{entry:.4f}" for entry in dz[0]))
        z = z - 1.0 * dz

# %% [markdown] tags=["live"]
# **Play, live.** Where does p − y come from, and what may we add?
#
# Our row from left to right: logits, their exponentials, p beside the dashed truth.
# Below the logits stand the arrows p − y;
# a cross marks the slope that a nudge of your loss finds.
# Grey is what was there before.
# The logits are raised by $c$, then divided by $T$: $s=(z+c)/T$ goes into softmax.
# At first $c=0$ and $T=1$.
#
# Predict: class 2 is true, and the loss is 2.3170.
# Where does it go when $T$ grows without limit?
# Answer in the figure, or press "Show me"; then the controls appear.

# %% tags=["live"]
from course.widgets import logits as live_logits

live_logits(softmax, cross_entropy, cross_entropy_backward, softmax_backward)

# %% [markdown] tags=["live"]
# The menu "what to move" has three groups.
# Predict before each:
#
# 1. What does the loss become for $T=10$, and for $T=0.1$?
# 2. Back at $T=1$: after how many steps downhill is the loss below guessing?
#    On the way, or with any slider: can the arrows add up to anything but 0?
# 3. Compute $e^s$ naively. At which $c$ does a p become `nan`? What does $c=-100$ do?
#
# <details><summary>What there is to see</summary>
#
# 1. 1.1950, on its way to ln 3. 19.0000: surer, and wrong.
# 2. Two: 1.1594, 0.5674. They can't: p and y both add up to 1.
# 3. At 87: $e^{89}$ is `inf` in float32.
#    At −100 digits are lost: 2.3264.
#    Computed safely, no $c$ changes anything.
#
# </details>

# %% [markdown]
# ## Bug hunt: right for one example
#
# Some code works with $q=\ln p$: $q_j=z_j-\ln\sum_ke^{z_k}$.
# Going back:
#
# ```python
# def log_softmax_backward(dq, p):
#     total = dq.sum()
#     return dq - p * total
# ```
#
# Adding $c$ to a row of z leaves q as it is, so each row of `dz` adds up to 0.
#
# One row, our p, `dq` = (0.5, −1, 2): `dz` = (−0.4885, −1.3636, 1.8522), sum 0.
# Finite differences agree.
#
# With a second row, the same p, `dq` = (1, 0.5, −0.5),
# the first becomes (−1.1475, −1.6061, 1.7536), sum −1.
#
# What is wrong?
# Type the letter in quotation marks, such as `"a"`:
#
# - a: the minus
# - b: p should be p(1 − p)
# - c: rows are mixed

# %%
guess = None
ask("u08-bug", guess)

# %% [markdown]
# **Code: mend it.** Easy, 10 minutes, {points: log_softmax_backward}.
#
# <details><summary>Hint: where to start</summary>
#
# Nudge $z_j$: its own $q_j$ gets the nudge, and every $q_k$ of the row falls by $p_j$ times it.
# So $z_j$ receives $\mathrm{d}q_j-p_j(\mathrm{d}q_0+\mathrm{d}q_1+\dots)$: the total is of one row.
# How many totals are needed for N rows?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# You met the same two arguments of `sum` in 8.1.
# Which shape must the totals have beside p?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u08-log-softmax-backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def log_softmax_backward(dq, p):
    """Gradient of the loss through ``q = ln softmax(z)``.

    Parameters
    ----------
    dq : ndarray, shape (N, C)
        dL/dq, from what follows.
    p : ndarray, shape (N, C)
        softmax(z), from the forward pass.

    Returns
    -------
    dz : ndarray, shape (N, C)
    """
    ### BEGIN SOLUTION
    return dq - p * dq.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %% [markdown]
# **Check.** Several rows each time: a batch of one proves little.

# %% nbgrader={"grade": true, "grade_id": "u08-log-softmax-backward-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(log_softmax_backward)
# When graded: other sizes, a batch of one, float32, and that the inputs are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("log_softmax_backward", log_softmax_backward)
### END HIDDEN TESTS

# %% [markdown]
# ## Recap
#
# For one row:
#
# ||formula|
# |-|-|
# |softmax|$p_j=e^{z_j-m}/\sum_ke^{z_k-m}$, $m=\max_kz_k$|
# |loss|$m+\ln\sum_ke^{z_k-m}-z_y$, then the mean over rows|
# |guessing|$\ln C$|
# |through softmax|$\mathrm{d}z_j=p_j\,(\mathrm{d}p_j-\sum_k\mathrm{d}p_k\,p_k)$|
# |both|$\mathrm{d}z=(p-y)/N$, with y one-hot|
# |through ln softmax|$\mathrm{d}z_j=\mathrm{d}q_j-p_j\sum_k\mathrm{d}q_k$|
#
# **Next.** Unit 9 puts two layers in front of this loss.
#
# **Sources.** Bridle 1990, "Probabilistic interpretation of feedforward classification network outputs".
# Hinton, Vinyals and Dean 2015, "Distilling the knowledge in a neural network": temperature.
# Goodfellow, Bengio and Courville 2016, "Deep Learning", sections 4.1 and 6.2.2.3.
# Blanchard, Higham and Higham 2021, "Accurately computing the log-sum-exp and softmax functions".
