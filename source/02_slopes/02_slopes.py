# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 02 Measuring a slope
#
# A gradient says how much a loss moves when one number moves a little.
# In this unit we measure it: nudge, look, divide.
# Later every gradient that you derive is compared with a measured one.
#
# **You will be able to** measure the slope of any function,
# choose the step, judge the result,
# and say why nobody trains a large network this way.
#
# **You need** unit 01 and the slope of $x^3$ and $\sin x$.
#
# **Time** 80 to 90 minutes. After 2.3 is a good place to stop (50 minutes).
# What is checked stays checked: run all cells when you come back.
#
# **Points** 14: `numerical_derivative` 3, `relative_error` 3,
# `numerical_gradient` 5, and the bug hunt's `directional_derivative` 3.

# %% [markdown]
# | symbol | meaning | shape |
# |---|---|---|
# | $f$ | the function we measure | gives one number |
# | $x$ | where we measure | a number; in 2.4 any |
# | $h$ | the step, small | a number |
# | $f'(x)$ | the exact slope at $x$ | a number |
# | $a,b$ | two gradients to compare | one shape |
# | $P$ | entries of $x$ | a number |
# | $v$ | a direction | as $x$ |
#
# **When you are stuck:**
# read the message, look at the shapes,
# do one entry by hand,
# open the first hint, then the second,
# then the recap of unit 01.

# %% tags=["given"] nbgrader={"grade": false, "grade_id": "u02-given", "locked": true, "schema_version": 3, "solution": false, "task": false}
from timeit import timeit

import numpy as np

from course import ask, check, data, written
from course.draw import slopes

# %% [markdown]
# From unit 01 we need the mean squared error and its gradient.

# %% tags=["given"] nbgrader={"grade": false, "grade_id": "u02-from-unit-01", "locked": true, "schema_version": 3, "solution": false, "task": false}
def mse(y_hat, y):
    """Mean squared error, from unit 01."""
    return np.mean((y_hat - y) ** 2)


def mse_grad(y_hat, y):
    """Its gradient with respect to y_hat, from unit 01."""
    return 2 * (y_hat - y) / y_hat.size

# %% [markdown]
# ## 2.1 A nudge to each side
#
# **Derive.** Take $f(x)=x^3$ at $x=2$, where the exact slope is $3x^2=12$.
# We measure it.
# The rise from $2$ to $2+h$, divided by $h$, is one answer.
# The rise from $2-h$ to $2$, divided by $h$, is another.
#
# | $h$ | $f(2-h)$ | $f(2)$ | $f(2+h)$ | left | right | mean |
# |---|---|---|---|---|---|---|
# | $1$ | 1 | 8 | 27 | 7 | 19 | 13 |
# | $0.1$ | 6.8590 | 8 | 9.2610 | 11.4100 | 12.6100 | 12.0100 |
# | $0.01$ | 7.880599 | 8 | 8.120601 | 11.9401 | 12.0601 | ? |
#
# Finish the last row: type the mean in place of `None`.

# %%
guess = None
ask("u02-mean", guess)

# %% [markdown]
# In letters, the curve near $x$ is
#
# $$f(x\pm h)=f(x)\pm hf'(x)+\tfrac{h^2}{2}f''(x)\pm\tfrac{h^3}{6}f'''(x)+\dots$$
#
# Subtract the line with $-$ from the line with $+$.
# Which terms cancel? What must you divide by, so that $f'(x)$ is left?
# This is the **central difference**. Which power of $h$ is its first error?
#
# **Code.** Easy, 5 minutes, 3 points. Use the `h` that arrives.
#
# <details><summary>Hint: where to start</summary>
#
# At which two places is $f$ measured, and how far apart are they?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# The mean of the left and the right slope: write it as one fraction. Does $f(x)$ stay in it?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u02-numerical-derivative", "locked": false, "schema_version": 3, "solution": true, "task": false}
def numerical_derivative(f, x, h=1e-5):
    """The slope of f at x, measured by a central difference.

    Parameters
    ----------
    f : callable
        Takes a number and returns a number.
    x : float
        Where the slope is measured.
    h : float
        The step to each side.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    return (f(x + h) - f(x - h)) / (2 * h)
    ### END SOLUTION

# %% [markdown]
# **Check.** Strongly bent functions, so that a one-sided step can't hide,
# and some calls with an `h` of their own.

# %% nbgrader={"grade": true, "grade_id": "u02-numerical-derivative-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(numerical_derivative)
# When graded: other functions, other places, and steps other than 1e-5.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("numerical_derivative", numerical_derivative)
### END HIDDEN TESTS

# %% [markdown]
# **Play.** Which straight line leans like the curve at $x=2$?
# The grey curve is $x^3$, the dashed black line is its tangent.
# The orange line with squares goes from $x$ to $x+h$,
# the blue one with circles is yours, from $x-h$ to $x+h$.
# Before you run it with $h=1$: by how much is each slope off?

# %%
if written(numerical_derivative):
    slopes.secants(lambda x: x**3, x=2.0, h=1.0, numerical_derivative=numerical_derivative, slope=12.0)

# %% [markdown]
# With $h=1$ the orange slope is 19, off by 7, and the blue one is 13, off by 1.
#
# **Reflect.** When $h$ becomes ten times smaller,
# how much smaller does the error of each become?
#
# <details><summary>One answer</summary>
#
# About ten times to one side, and a hundred times to both sides:
# the terms with $h^2f''$ cancel, so the first error left is $h^2f'''/6$ after dividing.
#
# </details>

# %% [markdown]
# ## 2.2 How small may h be?
#
# **Derive.** A float64 holds about 16 digits. With $h=10^{-12}$:
#
# - $\sin(1+h)$ is 0.8414709848084369
# - $\sin(1)$ is 0.8414709848078965
#
# The first 11 decimals are equal, so subtracting them leaves 4 good digits.
# Each value is rounded by about $10^{-16}$, and dividing by $h$ enlarges that.
# For a function of ordinary size the central error is about
#
# $$\frac{h^2}{6}+\frac{10^{-16}}{h}.$$
#
# For $h=10^{-2}$ this is $1.7\cdot10^{-5}+10^{-14}$.
# Do $10^{-5}$ and $10^{-12}$ yourself.
# Which is best: **a** $10^{-2}$, **b** $10^{-5}$, **c** $10^{-12}$? Type the letter in quotes.

# %%
guess = None
ask("u02-best-h", guess)

# %% [markdown]
# **Play.** What does the error look like for each $h$ from 1 down to $10^{-16}$?
# We measure the slope of $\sin$ at 1, once in float64 and once in float32, which holds about 7 digits.
# Both axes count powers of ten.
# Orange dashes with squares step to one side, blue circles are yours,
# and the dotted line is the rounding divided by $h$.
# Predict: where is the lowest point of each, and what happens in float32 at $h=10^{-8}$?
#
# <!-- live figure: step_size -->

# %%
if written(numerical_derivative):
    slopes.step_sizes(np.sin, x=1.0, numerical_derivative=numerical_derivative, slope=np.cos(1.0))

# %% [markdown]
# Each curve is a V. On the right the curve's bend counts, on the left the lost digits.
# In float64 one side is best near $10^{-8}$ (error $3\cdot10^{-9}$), both sides near $10^{-5}$ (error $10^{-11}$).
# In float32 the best errors are about a hundred thousand times larger or more,
# and from $10^{-8}$ on the result is 0, so the curve is flat: $1+h$ and $1-h$ are both rounded to 1.
#
# **Reflect.** Why do we measure in float64, even for a network that runs in float32?
#
# <details><summary>One answer</summary>
#
# A measured slope loses most of its digits by subtraction:
# of 16 about 11 are left, of 7 only 4 or 5.
#
# </details>

# %% [markdown]
# ## 2.3 When are two slopes the same?
#
# **Derive.** A difference of 0.001 is little beside 1000 and all beside 0.001.
# So we divide by the size of both.
# The size of an array is its length: $\lVert a\rVert$, the root of the sum of all squared entries.
#
# $$\text{relative error}=\frac{\lVert a-b\rVert}{\lVert a\rVert+\lVert b\rVert}$$
#
# | $a$ | $b$ | above | below | error |
# |---|---|---|---|---|
# | $(3,4)$ | $(3,5)$ | 1 | 5 + 5.8310 | 0.0923 |
# | $(3,4)$ | $(-3,-4)$ | 10 | 5 + 5 | 1.0000 |
# | $(3,4)$ | $(0,0)$ | ? | ? | ? |
#
# Finish the last row on paper.
# Two arrays of zeros agree: there we define the error as 0.0.

# %% [markdown]
# **Code.** Easy, 8 minutes, 3 points.
# Below $10^{-7}$ a gradient agrees with its measurement; above $10^{-2}$ it is wrong.
# In between, look closer: a kink nearby, or float32?
# (The last row above: 5, 5 + 0 and 1.0000.)
#
# <details><summary>Hint: where to start</summary>
#
# What comes first, the subtraction or the length? Is the result one number, or one for each entry?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# `np.linalg.norm` gives the length of an array of any shape.
# When is the number below the line 0, and what do you return then?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u02-relative-error", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relative_error(a, b):
    """How far two arrays are apart, compared with their sizes.

    Parameters
    ----------
    a, b : ndarrays of one shape

    Returns
    -------
    float
        Between 0 (equal) and 1 (nothing in common, or opposite); 0.0 when both are all zeros.
    """
    ### BEGIN SOLUTION
    total = np.linalg.norm(a) + np.linalg.norm(b)
    return float(np.linalg.norm(a - b) / total) if total else 0.0
    ### END SOLUTION

# %% [markdown]
# **Check.** Arrays with one, two and three axes, and arrays of zeros.

# %% nbgrader={"grade": true, "grade_id": "u02-relative-error-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(relative_error)
# When graded: other arrays, arrays of zeros, float32, views, and that the inputs are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("relative_error", relative_error)
### END HIDDEN TESTS

# %% [markdown]
# **Play.** A gradient of $P$ ones has one wrong entry: it is 2 instead of 1.
# Can one wrong entry hide among many right ones?
# Predict the relative error for $P=1$ and for $P=100$, then run the cell.

# %%
if written(relative_error):
    for P in (1, 100, 10_000, 1_000_000):
        a, b = np.ones(P), np.ones(P)
        b[0] = 2
        print(f"P = {P:9,d}   relative error {relative_error(a, b):.4f}")

# %% [markdown]
# The error falls from 0.3333 to 0.0496, 0.0050 and 0.0005.
#
# **Reflect.** What do you look at besides this one number?
#
# <details><summary>One answer</summary>
#
# The entry with the largest difference, and each parameter array alone:
# a mistake in one bias hides behind a million good weights.
#
# </details>
#
# **A place to stop.** You can measure a slope and judge it.
# What follows does it for whole arrays, and shows what it costs.

# %% [markdown]
# ## 2.4 One slope for each entry
#
# **Derive.** Take $f(x)=x_1x_2+x_3^2$ at $(2,3,1)$ and $h=0.1$.
# We nudge one entry; the others keep still.
#
# | nudged | $f$ up | $f$ down | rise/0.2 |
# |---|---|---|---|
# | $x_1$ | $2.1\cdot3+1=7.3000$ | $1.9\cdot3+1=6.7000$ | 3.0000 |
# | $x_2$ | 7.2000 | 6.8000 | 2.0000 |
# | $x_3$ | ? | ? | ? |
#
# Finish the last row.
# Someone nudges all three at once:
# $2.1\cdot3.1+1.21$ up, $1.9\cdot2.9+0.81$ down.
# Which slope comes out, and what is it the sum of?
#
# <details><summary>Answer</summary>
#
# $(7.72-6.32)/0.2=7.0000$, which is $3+2+2$:
# the shares can't be told apart any more.
#
# </details>

# %% [markdown]
# **Code.** Medium, 15 minutes, 5 points.
# `x` may have any number of axes, and the result has its shape.
# Afterwards `x` holds the numbers that it held before, to 12 digits.
#
# <details><summary>Hint: where to start</summary>
#
# Which entry is nudged in this turn, and what must all the others be?
# Try `for index in np.ndindex(2, 3): print(index)`. What does it count through?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Does `nudged = x` make a second array, or a second name? What does `x.copy()` make?
# When an entry has moved up by `h`, how far is it to the point below?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u02-numerical-gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def numerical_gradient(f, x, h=1e-5):
    """The slope of f for each entry of x, measured by central differences.

    Parameters
    ----------
    f : callable
        Takes an array shaped like x and returns a number.
    x : ndarray of float64, any shape
        Left as it was.
    h : float
        The step to each side.

    Returns
    -------
    ndarray, shaped like x
    """
    ### BEGIN SOLUTION
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        nudged = x.astype(float)  # a fresh copy: all other entries as they are
        nudged[index] = x[index] + h
        up = f(nudged)
        nudged[index] = x[index] - h
        gradient[index] = (up - f(nudged)) / (2 * h)
    return gradient
    ### END SOLUTION

# %% [markdown]
# **Check.** One, two and three axes of unequal lengths, and functions in which neighbours matter to each other:
# an entry that is not put back spoils the next slope.

# %% nbgrader={"grade": true, "grade_id": "u02-numerical-gradient-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check(numerical_gradient)
# When graded: other functions and shapes, steps other than 1e-5, and that x is as it was.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("numerical_gradient", numerical_gradient)
### END HIDDEN TESTS

# %% [markdown]
# **Play.** Your first gradient check: is `mse_grad` of unit 01 right?
# We guess 4.2 kg for each of 333 penguins and measure all 333 slopes.
# Predict the relative error of the right formula,
# of the one without the factor 2, and of the one with the wrong sign.

# %%
if written(numerical_gradient, relative_error):
    y = data.penguins().mass_g / 1000
    y_hat = np.full(y.shape, 4.2)
    measured = numerical_gradient(lambda guess: mse(guess, y), y_hat)
    derived = mse_grad(y_hat, y)
    print(f"right       {relative_error(derived, measured):.0e}")
    print(f"without 2   {relative_error(derived / 2, measured):.4f}")
    print(f"wrong sign  {relative_error(-derived, measured):.4f}")

# %% [markdown]
# The right formula agrees to about nine digits.
# Half of it gives 0.3333, the wrong sign 1.0000.
# This shows agreement at one point only.
#
# **Reflect.** What comes out if `x` is an array of integers?
#
# <details><summary>One answer</summary>
#
# Integers can't hold $2+10^{-5}$: the nudge is cut off, and every slope is 0.
#
# </details>
#
# ## 2.5 The price of measuring
#
# We run $f$ twice for each entry, $2P$ passes, and each works through $P$ numbers.
# So ten times more entries cost a hundred times more, once $P$ is large.
#
# **Play.** How long does measuring take, beside one formula for all slopes?
# For $f(x)=\sum_k\sin x_k$ it is $\cos x_k$.
# The last line goes on to a billion entries.
# Predict: minutes, days or years?

# %%
if written(numerical_gradient):
    for P in (40, 400, 4000):
        x = np.linspace(0, 1, P)
        measuring = timeit(lambda: numerical_gradient(lambda x: np.sum(np.sin(x)), x), number=1)
        formula = timeit(lambda: np.cos(x), number=100) / 100
        print(f"P = {P:4d}: {2 * P:4d} passes {measuring:.5f} s, formula {formula:.7f} s, ratio {measuring / formula:,.0f}")
    one_pass = measuring / (2 * P)
    print(f"one pass: {measuring:.3f} s / {2 * P} = {one_pass:.1e} s")
    print(f"one pass for a billion: {one_pass:.1e} s * 1e9 / {P} = {one_pass * 1e9 / P:.1f} s")
    years = 2e9 * one_pass * 1e9 / P / (365.25 * 86400)
    print(f"2e9 such passes: {years:,.0f} years for one gradient")

# %% [markdown]
# Now a machine that does $10^{12}$ operations a second.
# A network uses each parameter about twice in a pass, once to multiply and once to add.
# So one pass of one example with $P=10^9$ takes $2\cdot10^9/10^{12}=0.002$ s.
#
# Backpropagation gives all $P$ slopes with one pass forward and one backward.
# The backward one costs about two forward ones: 0.006 s in all.
# Training takes perhaps a million steps:
# 6000 s, or 100 minutes.
#
# With $2P$ passes, how many days does one gradient take?
# (A million of them would take about 127,000 years.)

# %%
guess = None
ask("u02-days", guess)

# %% [markdown]
# ## Bug hunt
#
# Move all of $x$ at once along a direction $v$: how fast does $f$ change?
# With the slopes $(3,2,2)$ of 2.4 and $v=(1,0,-1)$
# the rate is $3\cdot1+2\cdot0+2\cdot(-1)=1$.
# This **directional derivative**, $\sum_k\frac{\partial f}{\partial x_k}v_k$,
# takes two passes, however large $P$ is.
# Someone wrote:
#
# ```python
# def directional_derivative(f, x, v, h=1e-5):
#     start = x
#     x += h * v
#     return (f(x) - f(start)) / h
# ```
#
# For $f(x)=x_1^2+x_2^2$, $x=(1,2)$ and $v=(1,1)$ the answer should be $2+4=6$.
# It returns 0.0, for every $f$. Why?
#
# - **a** the step is so small that all digits are lost
# - **b** `start` and `x` are one and the same array
# - **c** $v$ must have length 1

# %%
guess = None
ask("u02-bug", guess)

# %% [markdown]
# **Mend it.** Medium, 8 minutes, 3 points.
# Leave `x` as it was.
# And measure to both sides of `x`, as in 2.1:
# move along $v$ by $h$ one way, then by $h$ the other way.
#
# <details><summary>Hint: where to start</summary>
#
# How many arrays are there after `start = x`? Which line writes into it?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# `x + h * v` makes a new array. Where is the other point, and how many steps of $h$ lie between the two?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u02-directional-derivative", "locked": false, "schema_version": 3, "solution": true, "task": false}
def directional_derivative(f, x, v, h=1e-5):
    """How fast f changes when x moves along v, measured to both sides.

    Parameters
    ----------
    f : callable
        Takes an array shaped like x and returns a number.
    x : ndarray of float64, any shape
        Left as it was.
    v : ndarray, shaped like x
        The direction; twice as long means twice the result.
    h : float
        The step.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    return (f(x + h * v) - f(x - h * v)) / (2 * h)
    ### END SOLUTION

# %% [markdown]
# **Check.** Directions of any length, arrays with one and two axes.

# %% nbgrader={"grade": true, "grade_id": "u02-directional-derivative-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(directional_derivative)
# When graded: other functions and directions, steps other than 1e-5, and that x and v are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("directional_derivative", directional_derivative)
### END HIDDEN TESTS

# %% [markdown]
# ## Recap
#
# | what | formula | cost or error |
# |---|---|---|
# | one side | $\frac{f(x+h)-f(x)}{h}$ | error $\sim h$ |
# | central | $\frac{f(x+h)-f(x-h)}{2h}$ | error $\sim h^2$; best $h\approx10^{-5}$ |
# | gradient | central, one entry at a time | $2P$ passes |
# | along $v$ | $\sum_k\frac{\partial f}{\partial x_k}v_k$ | 2 passes |
# | relative error | $\frac{\lVert a-b\rVert}{\lVert a\rVert+\lVert b\rVert}$ | 0 if both zero |
#
# **Next**, unit 03: the chain rule gives all slopes in one pass back.
#
# **Sources.** Press, Teukolsky, Vetterling and Flannery 2007, *Numerical Recipes*, section 5.7.
# Goldberg 1991, *What every computer scientist should know about floating-point arithmetic*.
# Griewank and Walther 2008, *Evaluating Derivatives*.
