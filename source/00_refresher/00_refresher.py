# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 00 Before you start
#
# This course needs two things: slopes, and the shapes of numpy arrays.
# A self-test of four questions says "go on" or "read this first".
#
# **You will be able to** say what a derivative is in numbers, use the chain rule once, and tell the shape of a result.
#
# **You need** a little Python.
#
# **Time** 8 minutes if all is known, 30 to 45 if you read everything.
#
# **Points** none. Nothing here is graded.
#
# A notebook is made of cells.
# Click on one and press Shift+Enter: it runs, and the next one is chosen.
# Start with the cell below: it loads numpy and the questions.

# %% tags=["given"] nbgrader={"grade": false, "grade_id": "u00-given", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from course import ask
from course.draw import refresher

# %% [markdown]
# ## Self-test: slopes
#
# 1. What is the slope of $x^2$ at $x = 3$?
# 2. What is the slope of $(2x - 1)^2$ at $x = 2$?
#
# Type your numbers in place of `None`, then run the cell.
# Each answer comes at once, and a wrong one says where to read.

# %%
slope_guess = None
chain_guess = None
ask("u00-slope", slope_guess)
ask("u00-chain", chain_guess)

# %% [markdown]
# ## Self-test: shapes
#
# `x` has shape (4, 3), `W` has shape (3, 2).
#
# 3. How many entries has `x.sum(axis=0)`?
# 4. How many entries has `x @ W`?

# %%
axis_guess = None
product_guess = None
ask("u00-axis", axis_guess)
ask("u00-product", product_guess)

# %% [markdown]
# ## What your answers say
#
# |first answers|what to do|
# |---|---|
# |four times Yes|go on: the recap at the end says how to open unit 01|
# |question 1 or 2 missed|read part A first|
# |question 3 or 4 missed|read part B first|
# |you don't know what was asked|read both, in order; that takes 30 minutes|
#
# **When you are stuck**: read the reply, do the calculation with the numbers in the text,
# then read the part once more.
# `NameError: name '…' is not defined`? Run all cells from the top to here.

# %% [markdown]
# ## Part A: slopes
#
# ### A.1 A slope is measured by a nudge
#
# How much does $f(x) = x^2$ move when $x$ moves a little, at $x = 1.5$? There, $f$ is 2.25.
#
# |nudge|new $x$|new $f$|change of $f$|change / nudge|
# |---|---|---|---|---|
# |1|2.5|6.25|4.00|4.00|
# |0.1|1.6|2.56|0.31|3.10|
# |0.01|1.51|2.2801|0.0301|3.01|
#
# The last column comes near 3. That is the slope, or derivative, of $x^2$ at 1.5.
#
# The figure asks: which line has this slope?
# The dotted line joins two points, a nudge of 1 apart, and has slope 4.
# The dashed line touches the curve, with slope 3.
#
# Run the cell below. Then change its `1.0` to `0.5` and run it again, then to `0.1`:
# the dotted line turns into the dashed one.

# %%
refresher.tangent(1.5, nudge=1.0)

# %% [markdown]
# ### A.2 Four rules
#
# We write $\frac{df}{dx}$ for the slope of $f$ when $x$ moves.
#
# |function|slope|in words|
# |---|---|---|
# |$5x + 2$|$5$|a straight line has one slope; a constant has none|
# |$x^2$|$2x$|at 1.5 it is 3, as measured|
# |$c \cdot f(x)$|$c \cdot \frac{df}{dx}$|a factor stays|
# |$f(x) + g(x)$|$\frac{df}{dx} + \frac{dg}{dx}$|slopes of a sum add|
#
# ### A.3 The chain rule
#
# $(3x + 1)^2$ at $x = 1$: the inside is $u = 4$.
# The square moves $2u = 8$ times as fast as $u$, and $u$ moves 3 times as fast as $x$.
# Together: $8 \cdot 3 = 24$.
# Rates along a chain multiply.

# %% [markdown]
# ### A.4 Several inputs
#
# $z = w\,x + b$ has three inputs.
# Move one and hold the others still: that slope is a partial derivative, such as $\frac{\partial z}{\partial w}$.
# All of them together are the gradient.
#
# With $w = 2$, $x = 3$ and $b = 1$ we have $z = 7$.
# What is the slope of $z$ when $w$ moves?
# Work out $z$ with $w = 2.01$ by hand: change of $z$ / nudge. Then type the slope.

# %%
guess = None
ask("u00-partial", guess)

# %% [markdown]
# ## Part B: shapes
#
# ### B.1 What a shape is
#
# A shape lists how many entries lie along each axis.
# (4, 3) is a table of 4 rows and 3 columns; (3,) is a row of three numbers; () is a single number.
# In this course rows are examples.
#
# A sum or a mean over an axis makes that axis disappear:
# `axis=0` leaves one number for each column, `axis=1` one for each row.
# Without an axis, one number is left.
#
# Say each shape before you run the next cell.

# %%
x = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0], [0.0, 1.0, 0.0]])
print("x                  ", x.shape)
print("x.sum(axis=0)      ", x.sum(axis=0).shape, x.sum(axis=0))
print("x.mean(axis=1)     ", x.mean(axis=1).shape, x.mean(axis=1).round(2))
print("x.sum()            ", x.sum().shape, x.sum())
print("x.reshape(-1, 1)   ", x.reshape(-1, 1).shape)

# %% [markdown]
# What was seen: (4, 3), then (3,) with 12, 16, 18, then (4,), then () with 46, then (12, 1).
#
# ### B.2 Entry by entry
#
# `+`, `-`, `*` and `** 2` work entry by entry.
# Where shapes differ, numpy compares them from the right.
# Equal sizes fit, a 1 is stretched, a missing axis counts as 1; anything else is refused.
# This is called broadcasting.
#
# Which of these three sums is refused? Type the letter in quotation marks, such as `"a"`.
#
# - a: shapes (4, 3) and (3,)
# - b: shapes (4, 3) and (4,)
# - c: shapes (4, 3) and (4, 1)

# %%
guess = None
ask("u00-broadcast", guess)

# %% [markdown]
# ### B.3 The matrix product
#
# `x @ W` is not the same as `x * W`.
# Each entry of the result is a row of `x` times a column of `W`, summed.
#
# A row (1, 2, 3) of `x` and a column (1, 0, 2) of `W` give $1 \cdot 1 + 2 \cdot 0 + 3 \cdot 2 = 7$.
#
# So the inner sizes must be equal, and disappear: (4, 3) @ (3, 2) has shape (4, 2).
# (3, 2) @ (4, 3) is refused, since 2 is not 4.
#
# **Now** go back to the self-test: are all four answers Yes?

# %% [markdown]
# ## Recap, and how to go on
#
# - slope: change of the result / change of the input, for a small nudge
# - slope of $u^2$ along a chain: $2u \cdot \frac{du}{dx}$
# - an axis that is summed disappears
# - broadcasting compares shapes from the right; `@` uses up the inner sizes
#
# **Open unit 01.** In the file list on the left, open the folder `01_mse`, then `01_mse.ipynb`.
# If the list shows only this unit's files, click the folder sign above it to go to the top.
# If there is no list, click the folder sign at the left edge of the window.

# %% [markdown]
# ## Sources
#
# - Goodfellow, Bengio and Courville 2016, *Deep Learning*, chapter 2, linear algebra, and section 4.3, gradients.
# - Deisenroth, Faisal and Ong 2020, *Mathematics for Machine Learning*, chapter 5, vector calculus.
# - Harris and others 2020, "Array programming with NumPy", Nature: shapes and broadcasting.
