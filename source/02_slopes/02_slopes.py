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
# Here we measure it: nudge, look, divide.
# Later we compare every derived gradient with a measured one.
#
# **You will be able to** measure the slope of any function,
# choose the step, judge the result,
# and say why no large network is trained this way.
#
# **You need** unit 01 and the slope of $x^3$ and $\sin x$.
#
# **Time** 120 to 135 minutes. You can stop after 2.3 (75 minutes): save.
# When you come back, run all cells from the top; what you wrote is still there.
#
# **Points** {points as number: total}: `numerical_derivative` {points as number: numerical_derivative}, `relative_error` {points as number: relative_error},
# `numerical_gradient` {points as number: numerical_gradient}, `directional_derivative` {points as number: directional_derivative}.
#
# The next cell loads our tools.

# %% tags=["given"] nbgrader={"grade": false, "grade_id": "u02-given", "locked": true, "schema_version": 3, "solution": false, "task": false}
from timeit import timeit

import numpy as np

from course import ask, check, data, ready
from course.draw import slopes

# %% [markdown]
# | symbol | meaning | shape |
# |---|---|---|
# | $f$ | function we measure | one number |
# | $x$ | where we measure | number; in 2.4 any |
# | $h$ | step | number |
# | $f'$ | exact slope | number |
# | $f'',f'''$ | slope of the slope, slope of that | number |
# | $a,b$ | two gradients | one shape |
# | $P$ | entries of $x$ | number |
# | $v$ | direction | as $x$ |
#
# **When you are stuck:**
# read the message, look at the shapes,
# do one entry by hand,
# open the first hint, then the second,
# then the recap of unit 01.
#
# We need two functions of unit 01:

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
# Multiply out: $(2\pm h)^3=8\pm12h+6h^2\pm h^3$.
# Subtract the two: $24h+2h^3$.
# Divide by $2h$: $12+h^2$, the means of the table.
# For any smooth $f$ the same holds,
# with $f''$ the slope of the slope and $f'''$ the slope of that (Taylor's series):
#
# $$f(x+h)=f(x)+hf'(x)+\tfrac{h^2}{2}f''(x)+\tfrac{h^3}{6}f'''(x)+\dots$$
#
# $$f(x-h)=f(x)-hf'(x)+\tfrac{h^2}{2}f''(x)-\tfrac{h^3}{6}f'''(x)+\dots$$
#
# Subtract the second from the first.
# Which terms cancel? What must you divide by, so that $f'(x)$ is left?
# This is the **central difference**. Which power of $h$ is its first error?
#
# **Code.** Easy, 8 minutes, {points: numerical_derivative}. Use the `h` that arrives.
#
# <details><summary>Hint: where to start</summary>
#
# Which two places, and how far apart?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Write the mean of the left and the right slope as one fraction. Does $f(x)$ stay?
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
# Other points are accepted as long as they lie at equal distances to both sides,
# such as half of `h` each way.

# %% nbgrader={"grade": true, "grade_id": "u02-numerical-derivative-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(numerical_derivative)
# When graded: the same with other numbers.
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
if ready(numerical_derivative):
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
# **Derive.** A float64 is rounded to about 16 digits; written with 17, it can be told from its neighbours.
# With $h=10^{-12}$:
#
# - $\sin(1+h)$ is 0.84147098480843685
# - $\sin(1)$ is 0.84147098480789650
#
# What is left is $843685-789650=54035$ in the last places: of 17 digits 12 have cancelled, and five are left.
# Divided by $h$ that is 0.54035. The exact slope is 0.54030, so the last of the five is off.
# Each value is rounded by about $10^{-16}$, and dividing by $h$ enlarges that.
# For a function whose value and $f'''$ are about 1, the central error is about
#
# $$\frac{h^2}{6}+\frac{10^{-16}}{h}.$$
#
# For $h=10^{-2}$ this is $1.7\cdot10^{-5}+10^{-14}$.
# Do $10^{-5}$ and $10^{-12}$ yourself.
# Which is best: **a** $10^{-2}$, **b** $10^{-5}$, **c** $10^{-12}$?
# Type the letter in quotation marks, such as `"a"`.

# %%
guess = None
ask("u02-best-h", guess)

# %% [markdown]
# **Play.** What does the error look like for each $h$ from 1 down to $10^{-16}$?
# We measure the slope of $\sin$ at 1, once in float64 and once in float32, which is rounded to about 7 digits
# (and written with 9).
# Both axes count powers of ten.
# Orange dashes with squares step to one side, blue circles are yours,
# and the dotted line is the rounding divided by $h$.
# Predict: where is the lowest point of each, and what happens in float32 at $h=10^{-8}$?

# %%
if ready(numerical_derivative):
    slopes.step_sizes(np.sin, x=1.0, numerical_derivative=numerical_derivative, slope=np.cos(1.0))

# %% [markdown]
# Each curve is a V; in float32 its left arm ends in a flat line.
# On the right the curve's bend counts, on the left the lost digits.
# In float64 one side is best near $10^{-8}$ (error $3\cdot10^{-9}$), both sides near $10^{-5}$ (error $10^{-11}$).
# In float32 the least errors are $3\cdot10^{-4}$ to one side, $10^5$ times larger,
# and $10^{-5}$ to both sides, $10^6$ times larger.
# For $h=10^{-8}$ and smaller the result is 0: $1+h$ and $1-h$ are both rounded to 1.
#
# **Reflect.** Why measure in float64, even for a network in float32?
#
# <details><summary>One answer</summary>
#
# A measured slope loses digits by subtraction.
# With the best $h$ about 11 are right in float64, and in float32 only 4 or 5.
#
# </details>

# %% [markdown] tags=["live"]
# **Play, live.** Why not make $h$ as small as possible?
#
# The error of a measured slope against $h$, the secant over the curve, and below the digits:
# what cancels in the subtraction is struck out.
#
# Predict: move the grey V to where you expect the lowest point of the error to both sides.
# Its left arm is rounding divided by $h$, its right arm rises like $h^2$.
# Then press "That is my guess", or "Show me".

# %% tags=["live"]
from course.widgets import step_size

step_size(numerical_derivative)

# %% [markdown] tags=["live"]
# 1. Begin at $h = 10^{-12}$, measured to one side. How many digits cancel? Then find the best $h$.
# 2. ReLU is $x$ where $x > 0$, else 0. Measure at 0.001 to both sides, with $h = 0.1$ and $10^{-5}$.
# 3. float32 and sin: what comes out for $h = 10^{-5}$ and $10^{-8}$, to one side?
#
# <details><summary>What there is to see</summary>
#
# 1. 12 of 17 digits cancel, and the error is 4.3e−05.
#    Best is $10^{-8}$ (error 3e−09); to both sides $10^{-5}$ (1e−11).
# 2. 0.505: the wide step reaches over the corner. With $10^{-5}$ it is 1.
# 3. The error is 4e−03 at $10^{-5}$. At $10^{-8}$ all 9 digits cancel, and the slope is 0.
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
#
# <details><summary>The last row</summary>
#
# 5, 5 + 0 and 1.0000.
#
# </details>

# %% [markdown]
# **Code.** Easy, 12 minutes, {points: relative_error}.
# Two arrays of exact zeros agree: there, and only there, we define the error as 0.0.
# Tiny arrays are compared like large ones.
#
# Below $10^{-7}$ a gradient agrees with its measurement; above $10^{-2}$ it is wrong.
# In between, look closer: a corner nearby, or float32?
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
        Between 0 (equal) and 1 (opposite, or only one of them is all zeros); 0.0 when both are.
    """
    ### BEGIN SOLUTION
    total = np.linalg.norm(a) + np.linalg.norm(b)
    return float(np.linalg.norm(a - b) / total) if total else 0.0
    ### END SOLUTION

# %% [markdown]
# **Check.** Arrays with one, two and three axes, arrays of zeros, tiny arrays and nearly equal ones.
# Also float32 inputs and views, and that the inputs are left as they were.

# %% nbgrader={"grade": true, "grade_id": "u02-relative-error-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(relative_error)
# When graded: the same with other numbers.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("relative_error", relative_error)
### END HIDDEN TESTS

# %% [markdown]
# **Play.** A gradient of $P$ ones has one wrong entry: it is 2 instead of 1.
# Can one wrong entry hide among many right ones?
# Predict the relative error for $P=1$ and for $P=100$, then run the cell.

# %%
if ready(relative_error):
    for P in (1, 100, 10_000, 1_000_000):
        ones, one_wrong = np.ones(P), np.ones(P)
        one_wrong[0] = 2
        print(f"P = {P:9,d}   relative error {relative_error(ones, one_wrong):.4f}")

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
# The row of $x_3$: 7.2100, 6.8100, 2.0000.
#
# All at once: $(7.72-6.32)/0.2=7.0000$, which is $3+2+2$.
# The shares can't be told apart any more.
#
# </details>

# %% [markdown]
# **Code.** Medium, 22 minutes, {points: numerical_gradient}.
# `x` may have any number of axes, and the result has its shape.
# Afterwards `x` holds the numbers that it held before, to 12 digits.
#
# <details><summary>Hint: where to start</summary>
#
# Which entry is nudged in this turn, and what must all the others be?
# Try `for index in np.ndindex(2, 3): print(index)`. What does it count through?
# Which property of `x` holds its 2 and 3?
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
# Some calls have an `h` of their own, and one entry is 0.

# %% nbgrader={"grade": true, "grade_id": "u02-numerical-gradient-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check(numerical_gradient)
# When graded: the same with other numbers.
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
if ready(numerical_gradient, relative_error):
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
# **Reflect.** Take $f$ of 2.4 at `np.array([2, 3, 1])`, an array of integers.
# What comes out if a function nudges the entries of `x.copy()`?
#
# <details><summary>One answer</summary>
#
# Integers can't hold 2.00001 or 1.99999:
# the decimals are cut off, and you get 2 and 1.
# The rise over a whole step is divided by $2\cdot10^{-5}$,
# and "slopes" of 150,000, 100,000 and 50,000 come out, without a warning.
# Use `x.astype(float)` first.
#
# </details>

# %% [markdown]
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
if ready(numerical_gradient):
    for P in (40, 400, 4000):
        x = np.linspace(0, 1, P)
        measuring = timeit(lambda: numerical_gradient(lambda x: np.sum(np.sin(x)), x), number=1)
        formula = timeit(lambda: np.cos(x), number=100) / 100
        print(f"P = {P:4d}: {2 * P:4d} passes {measuring:.5f} s, formula {formula:.7f} s, ratio {measuring / formula:,.0f}")
    one_pass = measuring / (2 * P)
    print(f"one pass: {measuring:.3f} s / {2 * P} = {one_pass:.1e} s")
    print(f"one pass for a billion: {one_pass:.1e} s * 1e9 / {P} = {one_pass * 1e9 / P:.1f} s")
    print(f"2e9 such passes, for one gradient: {slopes.duration(2e9 * one_pass * 1e9 / P)}")

# %% [markdown]
# From line to line the time grew less than a hundred times:
# at these $P$ the fixed cost of each call still counts.
# Yet a billion entries take years.
#
# Now a machine that does $10^{12}$ operations a second.
# A network uses each parameter about twice in a pass, once to multiply and once to add.
# So one pass of one example with $P=10^9$ takes $2\cdot10^9/10^{12}=0.002$ s.
#
# Backpropagation gives all $P$ slopes with one pass forward and one backward.
# The backward one costs about two forward ones: 0.006 s in all.
# Training takes perhaps a million steps:
# 6000 s, or 100 minutes.
#
# With $2P$ passes, how many days does one gradient take? Type the number.

# %%
guess = None
ask("u02-days", guess)

# %% [markdown]
# ## Bug hunt
#
# Move all of $x$ along a direction $v$: how fast does $f$ change?
# With the slopes $(3,2,2)$ of 2.4 and $v=(1,0,-1)$
# the rate is $3\cdot1+2\cdot0+2\cdot(-1)=1$.
# This **directional derivative**, $\sum_k\frac{\partial f}{\partial x_k}v_k$,
# takes two passes. Someone wrote:
#
# ```python
# def directional_derivative(f, x, v, h=1e-5):
#     start = x
#     x += h * v
#     return (f(x) - f(start)) / h
# ```
#
# For $f(x)=x_1^2+x_2^2$, `x = np.array([1.0, 2.0])`, $v=(1,1)$ the answer is $2+4=6$.
# It returns 0.0, for every $f$ and array of floats.
# Why? Type the letter in quotation marks, such as `"a"`.
#
# - **a** the step is so small that all digits are lost
# - **b** `start` and `x` are the same array
# - **c** $v$ must have length 1

# %%
guess = None
ask("u02-bug", guess)

# %% [markdown]
# **Mend it.** Medium, 12 minutes, {points: directional_derivative}.
# Leave `x` as it was.
# And measure to both sides of `x`, as in 2.1:
# move along $v$ by $h$ one way, then by $h$ the other way.
# The way over the whole gradient is accepted, but costs $2P$ passes.
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
# **Check.** Directions of any length, arrays with one and two axes, some calls with an `h` of their own.
# `x` and `v` must be as they were.

# %% nbgrader={"grade": true, "grade_id": "u02-directional-derivative-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(directional_derivative)
# When graded: the same with other numbers.
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
