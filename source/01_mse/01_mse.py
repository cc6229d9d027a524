# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 01 How wrong is a guess?
#
# A penguin's flipper is easy to measure, its mass is not.
# We guess the mass from the flipper, and then ask how wrong we are.
#
# **You will be able to**
#
# - guess with a straight line,
# - put all errors into one number, the mean squared error,
# - say for each guess how that number moves when the guess moves: its gradient,
# - find a wrong shape before it does harm.
#
# **You need** unit 00, or derivatives and numpy shapes.
#
# **Time** about 120 minutes, with a stopping place after 1.3.
#
# **Points** {points as number: total}: `add` {points as number: add}, `predict` {points as number: predict}, `mse` {points as number: mse}, `mse_grad` {points as number: mse_grad}, `mae_grad` {points as number: mae_grad}.
#
# Shift+Enter runs a cell. Go from top to bottom.

# %% [markdown]
# **Symbols of this unit.** $N$ is the number of penguins.
#
# |symbol|in code|shape|meaning|
# |---|---|---|---|
# |$x$|`x`|(N,)|flipper length in dm|
# |$y$|`y`|(N,)|true body mass in kg|
# |$w$|`w`|one number|slope, kg per dm|
# |$b$|`b`|one number|intercept, kg|
# |$\hat y$, read "y-hat"|`y_hat`|like `y`|the guesses, kg|
# |$e = \hat y - y$|made in your function|like `y`|the errors, kg|
# |$L$|what `mse` returns|one number|the loss, kg²|
# |$\partial L/\partial\hat y$|what `mse_grad` returns|like `y`|its gradient, kg|
#
# One decimetre, 1 dm, is 10 cm.
# In dm and kg, all our lengths and masses lie between 1 and 10.
#
# The next cell loads 333 penguins, and picks three of them as `x3` and `y3`.

# %% tags=["given"] nbgrader={"grade": false, "grade_id": "u01-given", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from course import ask, check, data, ready
from course.draw import line_fit

penguins = data.penguins()
x = penguins.flipper_mm / 100  # millimetres to decimetres, shape (333,)
y = penguins.mass_g / 1000  # grams to kilograms, shape (333,)
x3, y3 = x[[0, 60, 210]], y[[0, 60, 210]]

# %% [markdown]
# ## When you are stuck
#
# 1. Read the message of the check, to its last line. It often names the mistake.
# 2. Write the shape beside every array: `np.shape(...)`.
# 3. Work out one entry by hand, with the numbers in the text.
# 4. Open the first hint, a question.
# 5. Open the second, nearly the line.
# 6. Read the recap at the end, or unit 00.
#
# A function must not change what it is given:
# write the result into a new array.
#
# `NameError: name '…' is not defined`? Run all cells from the top to here.
# If it is the letter of your guess: put it in quotation marks.
#
# Wrong answers cost nothing. Check as often as you like.

# %% [markdown]
# ## 1.1 The dry run
#
# Every exercise goes the same way: read, write, check.
# We try it once with a function that anyone can write.
#
# **Code.** Very easy, 8 minutes, {points: add}.
# This time, begin with a wrong answer, on purpose:
#
# 1. In the next cell, delete the last two lines, the comment and `raise NotImplementedError()`.
# 2. In their place write `return a - b`, four spaces from the left.
# 3. Run the cell, then run the check below it, and read the message.
#
# <details><summary>Hint: the cell stops with an IndentationError</summary>
#
# Does your line begin in the same column as the three quotation marks?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u01-add", "locked": false, "schema_version": 3, "solution": true, "task": false}
def add(a, b):
    """The sum of two numbers.

    Parameters
    ----------
    a, b : float

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    return a + b
    ### END SOLUTION


# %% [markdown]
# **Check.** With `a - b` in place, the check stops here and says three things:
# what it got and what it expected, for which numbers, and why.
#
# Read it, then go back up.
# Make the answer right, run that cell again, and this one.
# A right answer prints one short line for each thing that was looked at.
# Draws are sets of random numbers: your function is tried on each.

# %% nbgrader={"grade": true, "grade_id": "u01-add-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check(add)
# When graded: the same with other numbers.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("add", add)
### END HIDDEN TESTS

# %% [markdown]
# ## 1.2 A line that guesses
#
# **Derive.** Our first rule: 5 kg for each dm of flipper, minus 6 kg.
# So the slope is $w = 5$ and the intercept is $b = -6$.
# Finish the last row.
#
# |penguin|flipper $x$ (dm)|5·x − 6|guess $\hat y$ (kg)|true $y$ (kg)|
# |---|---|---|---|---|
# |1|1.81|9.05 − 6|3.0500|3.75|
# |2|1.95|9.75 − 6|3.7500|3.35|
# |3|2.30|…|…|5.70|
#
# In letters, for penguin $n$: $\hat y_n = w\,x_n + b$.
#
# That is one entry. `x` holds all flippers at once.
# Which expression gives all guesses at once, in the shape of `x`?
#
# <details><summary>The last row</summary>
#
# 5 · 2.30 = 11.50, and 11.50 − 6 = 5.5000 kg.
#
# </details>

# %% [markdown]
# **Code.** Easy, 8 minutes, {points: predict}.
#
# <details><summary>Hint: where to start</summary>
#
# What does numpy do with a number times an array of shape (N,)? What shape comes out?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# You have one formula for one penguin.
# What happens when you give it the whole array `x` in place of $x_n$?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u01-predict", "locked": false, "schema_version": 3, "solution": true, "task": false}
def predict(x, w, b):
    """Guess with a straight line.

    Parameters
    ----------
    x : ndarray, shape (N,)
        Flipper lengths in dm.
    w : float
        Slope in kg per dm.
    b : float
        Intercept in kg.

    Returns
    -------
    ndarray, shape (N,)
        The guesses in kg.
    """
    ### BEGIN SOLUTION
    return w * x + b
    ### END SOLUTION


# %% [markdown]
# **Check.** Other flippers, rising and falling lines, and several numbers of penguins:
# a slope and an intercept that changed places can't hide.
#
# A right answer prints some words that may be new:
#
# - a batch of one: a single penguin, in an array of shape (1,)
# - float32: numbers with fewer digits, about 7 in place of 16
# - a view: an array that shares its memory with another
# - read-only: an array that can't be written into

# %% nbgrader={"grade": true, "grade_id": "u01-predict-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(predict)
# When graded: the same with other numbers.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("predict", predict)
### END HIDDEN TESTS

# %% [markdown]
# **Play.** Does your line run through the middle of all 333 penguins?
#
# Predict: is the guess for the shortest flipper, 1.72 dm, above 3 kg? Run the cell below.
# Then write `w, b = 5.0, -5.0`, say where the line goes, and run it again.
#
# <details><summary>What to see</summary>
#
# With b = −6 the guesses run from 2.60 to 5.55 kg;
# 205 dots lie above the line, 116 below, 12 on it.
# With b = −5 each is 1 kg heavier, and 323 dots lie below.
#
# </details>
#
# **Reflect.** What would a penguin with a flipper of 0 dm weigh, by this line?
#
# <details><summary>One answer</summary>
#
# −6 kg. The line is of use only from 1.72 to 2.31 dm, where penguins are.
#
# </details>

# %%
w, b = 5.0, -6.0
if ready(predict):
    line_fit.cloud(x, y, w, b, predict)

# %% [markdown]
# ## 1.3 One number for all errors
#
# **Derive.** An error is guess minus truth, $e = \hat y - y$.
# Errors of opposite sign must not cancel, so we square each of them.
#
# |penguin|guess|true|error $e$|$e^2$|
# |---|---|---|---|---|
# |1|3.05|3.75|−0.7000|0.4900|
# |2|3.75|3.35|0.4000|0.1600|
# |3|5.50|5.70|…|…|
#
# The figure asks: what does each penguin cost?
# Its squares have the errors as sides; 0.49 and 0.16 are written in, the last is yours.
#
# The loss is the mean of the three squares.
# Type it in place of `None`, to four decimals.

# %% tags=["live"]
line_fit.squares(x3, y3, np.array([3.05, 3.75, 5.50]))
guess = None
ask("u01-three-squares", guess)

# %% [markdown]
# In letters, the mean squared error of three guesses is $L = \frac{1}{3}\left(e_1^2 + e_2^2 + e_3^2\right)$.
#
# For any shape, the mean is over all entries:
# a table of shape (4, 11) has 44, a single number has one.
#
# **Code.** Medium, 15 minutes, {points: mse}.
#
# <details><summary>Hint: where to start</summary>
#
# There are three steps: errors, squares, mean.
# Which of them keep the shape, and which one leaves a single number?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Which numpy function takes the mean?
# Over how many entries of a (4, 11) table does it run when no `axis` is given?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u01-mse", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mse(y_hat, y):
    """Mean squared error, over all entries.

    Parameters
    ----------
    y_hat : ndarray, any shape
        The guesses.
    y : ndarray, same shape
        The true values.

    Returns
    -------
    float
        In the unit of y, squared.
    """
    ### BEGIN SOLUTION
    return np.mean((y_hat - y) ** 2)
    ### END SOLUTION


# %% [markdown]
# **Check.** Three guesses, a column of shape (N, 1), a table of shape (N, M), a single number of shape ().
# A sum in place of the mean can't hide, nor a mean over one axis.

# %% nbgrader={"grade": true, "grade_id": "u01-mse-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(mse)
# When graded: the same with other numbers.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("mse", mse)
### END HIDDEN TESTS

# %% [markdown]
# **Play.** Every line is a pair $(w, b)$, and has a loss.
# Where does our line, (5, −6), lie among all lines?
#
# Predict first. We turn $w$ up from 5 to 5.5, and may then choose $b$ anew.
# Which $b$ keeps the loss about as small as it was?
#
# - a: −5
# - b: −6
# - c: −7
#
# Type the letter in quotation marks, such as `"a"`, and run the cell.
# The figure appears with your guess.

# %%
guess = None
ask("u01-valley", guess)
if guess is not None and ready(predict, mse):
    line_fit.loss_map(x, y, 5.0, -6.0, predict, mse)

# %% [markdown]
# What to see. Left: with $b = -6$, the loss against $w$ is a bowl, lowest near $w = 5.08$.
# Right: each point is a line, and curves join lines of equal loss.
# They form a narrow valley, since $w$ and $b$ can balance each other.
# The dashed line is $b = -6$, the dot our line, with loss 0.179 kg².
#
# **Reflect.** Why does a penguin with an error of 2 kg matter more than two with 1 kg each?
#
# <details><summary>One answer</summary>
#
# Its square is 4, theirs are 1 and 1: a large error costs much more.
#
# </details>
#
# **A stopping place.** Half is done. Save with Ctrl+S (Cmd+S on a Mac).
# Later, run all cells from the top to here.

# %% [markdown] tags=["live"]
# **Play, live.** What does one point cost, and where is the best line?
#
# Six points, a line, and a true square on each error;
# the bar stacks the six areas, divided by six: its height is the loss.
# The grey lines are ours with $w$ turned up and down by 0.1.
#
# Predict: at $w = -0.5$, $b = 6$, which turn lowers the loss more,
# $w$ up by 0.1 or $b$ up by 0.1?
# Answer in the figure, or press "Show me"; then the map of all lines appears.

# %% tags=["live"]
from course.widgets import line_fit as live_line_fit

live_line_fit(predict=predict, mse=mse)

# %% [markdown] tags=["live"]
# Try, and predict before each:
#
# 1. Find the best line with the two sliders. How small is its loss?
# 2. Pull point 6 down to 2.0. Where is the best line now, and what is point 6's share of the loss?
# 3. Tick "centre x". What happens to the valley?
#
# <details><summary>What there is to see</summary>
#
# $w$ up by 0.1 changes the loss by −0.74, $b$ by +0.09.
#
# 1. $w = 1.251$, $b = 1.238$, loss 0.201, at first 9.295.
# 2. $0.409\,x + 2.362$; point 6 owns 44 %.
# 3. It is 5.8 times as long as wide, then 1.7 times: $w$ and $b$ no longer balance each other.
#    The line stays; its $b$ is another number.
#
# </details>

# %% [markdown]
# ## 1.4 The trap: a column against a row
#
# **Derive.** Data often come as a column, of shape (3, 1), while the guesses have shape (3,).
# Each holds three numbers. Numpy compares shapes from the right: a 1 is stretched, a missing axis counts as 1.
#
# |array|numbers|shape|as numpy sees it|
# |---|---|---|---|
# |guesses|3.05, 3.75, 5.50|(3,)|1 row, 3 columns|
# |masses|3.75, 3.35, 5.70|(3, 1)|3 rows, 1 column|
#
# Both are stretched until they fit.
# How many entries has guesses − masses?
# Write its first row by hand, then type the number.
#
# <details><summary>The first row</summary>
#
# Each guess minus the first mass, 3.75: −0.70, 0.00, 1.75.
#
# </details>

# %%
guess = None
ask("u01-entries", guess)

# %% [markdown]
# **Play.** The same guesses and the same masses, once as a column.
# Predict: will the second loss be equal, larger, or refused?
#
# **Reflect**, after the run: what was compared with what?
#
# <details><summary>What there is to see, and one answer</summary>
#
# 0.179, then 1.1612. Nothing is refused.
# 333 times 333 pairs were compared: each guess with every penguin.
# Only the number is strange: worse than it should be.
#
# So ask before you subtract.
# Two lines at the top of `mse` turn the trap into a message; they are welcome:
#
# ```python
# if np.shape(y_hat) != np.shape(y):
#     raise ValueError(f"y_hat has shape {np.shape(y_hat)}, y has {np.shape(y)}")
# ```
#
# </details>

# %%
if ready(predict, mse):
    y_hat = np.asarray(predict(x, 5.0, -6.0))
    y_column = y.reshape(-1, 1)
    print("shapes", y_hat.shape, y.shape, " loss", np.round(mse(y_hat, y), 4))
    try:
        print("shapes", y_hat.shape, y_column.shape, " loss", np.round(mse(y_hat, y_column), 4))
    except Exception as refused:
        print("refused:", refused)

# %% [markdown]
# ## 1.5 Which way should each guess move?
#
# **Derive.** The gradient holds one slope for each guess:
# how fast the loss moves when this guess alone moves.
# Raise the first guess by 0.01 kg, from 3.05 to 3.06:
#
# |penguin|$e$ before|$e$ after|$e^2$ before|$e^2$ after|
# |---|---|---|---|---|
# |1|−0.70|−0.69|0.4900|0.4761|
# |2|0.40|0.40|0.1600|0.1600|
# |3|−0.20|−0.20|0.0400|0.0400|
#
# The mean falls from 0.2300 to 0.2254.
# It changes by −0.0046, and −0.0046 / 0.01 is about −0.46.
#
# Now exactly: the slope of $e_1^2$ is $2e_1$, and a third of it counts,
# $2 \cdot (-0.70) / 3 = -0.4667$.
# For the second guess it is 0.2667.
# What is it for the third? Type it to four decimals.

# %%
guess = None
ask("u01-third-entry", guess)

# %% [markdown]
# In letters: $e_1^2$ is the only square that contains $\hat y_1$, so for three penguins
#
# $$\frac{\partial L}{\partial \hat y_1} = \frac{2 e_1}{3}.$$
#
# $\partial L/\partial\hat y_1$, read "dee L by dee y-hat one": the slope of $L$ when $\hat y_1$ alone moves.
# That is one entry.
# Which array holds this in every place? And what takes the place of 3 for a table of shape (N, M)?
#
# **Code.** Medium, 22 minutes, {points: mse_grad}.
#
# <details><summary>Hint: where to start</summary>
#
# The result has the shape of `y_hat`.
# Which array of that shape did you make inside `mse`? (Make it again.)
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Which factor stands before every error?
# For a (4, 11) table, which of `np.size(y)` and `len(y)` counts all entries?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u01-mse-grad", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mse_grad(y_hat, y):
    """Gradient of the mean squared error with respect to the guesses.

    Parameters
    ----------
    y_hat : ndarray, any shape
        The guesses.
    y : ndarray, same shape
        The true values.

    Returns
    -------
    ndarray, shaped like y_hat
        Entry by entry, the slope of the loss when this guess alone moves.
    """
    ### BEGIN SOLUTION
    return 2 / np.size(y) * (y_hat - y)
    ### END SOLUTION


# %% [markdown]
# **Check.** Each entry is compared with a measured slope:
# every guess is moved a little up and down, as in the table above.
# The check calls such slopes finite differences; unit 02 builds them.
# The relative error is the gap between the two, divided by their size.
# Again the shapes are (3,), a column, a table, and a single number.

# %% nbgrader={"grade": true, "grade_id": "u01-mse-grad-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check(mse_grad)
# When graded: the same with other numbers.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("mse_grad", mse_grad)
### END HIDDEN TESTS

# %% [markdown]
# **Play.** A gradient makes a promise: slope times step is the change of the loss.
# We move the first guess by 0.01 kg, then by 1 kg.
# Predict: for which step is the promise kept better?
#
# **Reflect**, after the run: what kind of number is a slope?
#
# <details><summary>What there is to see, and one answer</summary>
#
# For 0.01: promised −0.0047, happened −0.0046.
# For 1: promised −0.4667, happened −0.1333.
#
# A slope is a rate, valid for a nudge and wrong for a leap:
# on the way the error changes, and the slope with it.
#
# </details>

# %%
if ready(mse, mse_grad):
    y_hat3 = np.array([3.05, 3.75, 5.50])
    slope = mse_grad(y_hat3, y3)[0]
    for step in (0.01, 1.0):
        moved = y_hat3 + np.array([step, 0.0, 0.0])
        print(f"step {step}: promised {slope * step:.4f}, happened {mse(moved, y3) - mse(y_hat3, y3):.4f}")

# %% [markdown]
# ## 1.6 Bug hunt
#
# Some prefer the mean absolute error, the mean of $|e|$: one strange penguin then costs less.
# This is meant to be its gradient, and it is broken:
#
# ```python
# def mae_grad(y_hat, y):
#     e = np.abs(y_hat - y)
#     return e / e.size
# ```
#
# |penguin|$e$|it returns|slope measured by a nudge|
# |---|---|---|---|
# |1|−0.70|0.2333|−0.3333|
# |2|0.40|0.1333|0.3333|
# |3|−0.20|0.0667|−0.3333|
#
# **Find it.** Draw $|e|$ against $e$: a V. Then compare the last two columns. **Name it:**
#
# - a: the sign is reversed
# - b: it returns the value of $|e|$ where the slope is asked for
# - c: it takes the mean over the wrong number of entries
#
# Type the letter in quotation marks, such as `"a"`.

# %%
guess = None
ask("u01-bug", guess)

# %% [markdown]
# **Mend it.** Medium, 15 minutes, {points: mae_grad}.
#
# At $e = 0$ the V has a corner and no single slope; none of the tested numbers comes near it.
#
# <details><summary>Hint: where to start</summary>
#
# How steep is the V at $e = 0.2$, and how steep at $e = 2$? And on the left side?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Which numpy function answers for every entry at once: −1 for a negative one, 1 for a positive one?
# Which factor does the mean bring?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u01-mae-grad", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mae_grad(y_hat, y):
    """Gradient of the mean absolute error with respect to the guesses.

    Parameters
    ----------
    y_hat : ndarray, any shape
        The guesses; none of them is exactly right.
    y : ndarray, same shape
        The true values.

    Returns
    -------
    ndarray, shaped like y_hat
    """
    ### BEGIN SOLUTION
    return np.sign(y_hat - y) / np.size(y)
    ### END SOLUTION


# %% [markdown]
# **Check.** The same shapes as before, and measured slopes again.

# %% nbgrader={"grade": true, "grade_id": "u01-mae-grad-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(mae_grad)
# When graded: the same with other numbers.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("mae_grad", mae_grad)
### END HIDDEN TESTS

# %% [markdown]
# ## Recap
#
# With $S$ the number of all entries:
#
# $$\hat y_n = w\,x_n + b \qquad e = \hat y - y$$
#
# $$L = \frac{1}{S}\sum e^2 \qquad \frac{\partial L}{\partial \hat y} = \frac{2}{S}\,e$$
#
# $$L_{\mathrm{abs}} = \frac{1}{S}\sum |e| \qquad \frac{\partial L_{\mathrm{abs}}}{\partial \hat y} = \frac{1}{S}\,\operatorname{sign}(e)$$
#
# - The $1/S$ lives in the loss, so it stands in the loss's gradient; do not divide again in later steps.
# - A gradient has the shape of what it belongs to.
# - A column minus a row gives every pair: look at shapes first.
#
# **What comes next.** Can we trust a gradient that we wrote?
# Unit 02 measures slopes by nudging, and learns how small a nudge may be.

# %% [markdown]
# ## Sources
#
# - Legendre 1805, *Nouvelles méthodes pour la détermination des orbites des comètes*: the method of least squares.
# - Goodfellow, Bengio and Courville 2016, *Deep Learning*, section 5.1.4: linear regression and its mean squared error.
# - Horst, Hill and Gorman 2020, *palmerpenguins*: the data set.
# - Gorman, Williams and Fraser 2014, "Ecological sexual dimorphism and environmental variability within
#   a community of Antarctic penguins (genus *Pygoscelis*)", PLoS ONE: where the measurements come from.
# - Harris and others 2020, "Array programming with NumPy", Nature: shapes and broadcasting.
