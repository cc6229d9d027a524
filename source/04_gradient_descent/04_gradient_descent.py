# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 4. Downhill
#
# Units 1 to 3 measured slopes.
# Here the slopes move something.
#
# **You will be able to**
#
# - write one step of gradient descent, and fit a line with it;
# - say which learning rates work, and why there is a limit;
# - see why units can make a ravine, and unmake it;
# - use momentum and restarts, and say what they can't promise.
#
# **You need** units 1 to 3: `predict`, `mse`, slopes, the chain rule.
#
# **Time** 135 minutes; the end of 4.2 is a good place to stop.
# **Points** {points as number: total}.
#
# The first cell fetches what we use.
# Run it.

# %% tags=["given"] nbgrader={"grade": false, "grade_id": "u04-given", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from course import ask, check, ready
from course.data import penguins
from course.draw import landscapes

# %% [markdown]
# |symbol|shape|what it is|
# |-|-|-|
# |`x`,`y`|(N,)|inputs and truths|
# |`w`,`b`|numbers|slope and offset of the line|
# |`dw`,`db`|numbers|slopes of the loss in w and b|
# |$e$|(N,)|residual $wx+b-y$|
# |$p$|any|any parameter|
# |$\mathrm{d}p$, $g$|like p|its slope|
# |$\eta$, `lr`|number|learning rate|
# |$\lambda$|number|curvature: how fast the slope changes|
# |$z$, $\sigma$|(N,), number|standardised x; its standard deviation (in unit 3, σ was the sigmoid)|
# |$v$, $\beta$|like p, number|velocity, and how much of it stays|
#
# **When you are stuck:**
# read the message;
# write the shapes down;
# work one entry out by hand;
# open the first hint, then the second;
# read the recap of unit 1.
#
# The next cell holds `predict` and `mse` from unit 1.

# %% tags=["given"] nbgrader={"grade": false, "grade_id": "u04-from-unit-01", "locked": true, "schema_version": 3, "solution": false, "task": false}
# From unit 01.
def predict(x, w, b):
    """The line w·x + b at each x."""
    return w * x + b


def mse(y_hat, y):
    """Mean squared error, over all entries."""
    return np.mean((y_hat - y) ** 2)

# %% [markdown]
# ## 4.1 Which way, and how far
#
# **Derive.** Three points, and a line with $w=0.5$, $b=1$:
#
# |x|y|e|e²|e·x|
# |-|-|-|-|-|
# |1.2|2.0|−0.4000|0.1600|−0.4800|
# |2.5|2.9|−0.6500|0.4225|−1.6250|
# |4.1|4.6|−1.5500|2.4025|?|
#
# The loss is the mean of the e² column: 0.9950.
# A nudge of $w$ moves the prediction at $x$ by $x$ times as much.
# So one point's square changes at the rate
#
# $$\frac{\partial e_n^2}{\partial w}=2e_nx_n.$$
#
# Fill in the missing number, then work out `dw`, the slope of the whole loss.
# Type it in place of `None`.

# %%
guess = None
ask("u04-last-row", guess)

# %% [markdown]
# The same for $b$: a nudge of $b$ moves every prediction by as much, whatever $x$ is.
#
# **Code.** Easy, 12 minutes, {points: line_grad}.
# Both slopes, for any number of points.
#
# <details><summary>Hint: where to start</summary>
#
# `predict` gives N predictions.
# Which N numbers does the loss square?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# `dw` is one number, and the column e·x has N of them.
# What did you do with the column to get your answer above, and by which number did you multiply?
# What is different for `db`?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u04-line-grad", "locked": false, "schema_version": 3, "solution": true, "task": false}
def line_grad(x, y, w, b):
    """Slopes of the mean squared error of the line w·x + b.

    Parameters
    ----------
    x, y : ndarrays, shape (N,)
    w, b : float

    Returns
    -------
    dw, db : float
    """
    ### BEGIN SOLUTION
    e = predict(x, w, b) - y
    return 2 * np.mean(e * x), 2 * np.mean(e)
    ### END SOLUTION


# %% [markdown]
# **Check.** Your two numbers are compared with finite differences of the loss, as in unit 2.
# By hand: from the table above, `dw` is your number, and `db` is $-1.7333$.

# %% nbgrader={"grade": true, "grade_id": "u04-line-grad-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(line_grad)
# When graded: other sizes, a single point, float32, and that x and y are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("line_grad", line_grad)
### END HIDDEN TESTS

# %% [markdown]
# **Derive: a rate, not a share.** At $w=0.5$, $b=1$: `dw` $=-5.64$, `db` $=-1.7333$.
# The gradient points uphill; we go the other way, every parameter at once:
#
# $$p\leftarrow p-\eta\,\mathrm{d}p$$
#
# A step changes $w$ by −η·`dw`, $b$ by −η·`db`, so the rates promise −η(`dw`²+`db`²)=−34.81·η:
#
# |η|rates promise|loss changes|
# |-|-|-|
# |0.001|−0.0348|−0.0345|
# |0.01|−0.3481|−0.3168|
# |0.1|−3.4814|−0.3452|
#
# The loss is 0.9950: it can't fall by 3.4814.
# A slope is true for a nudge, not for a leap.
#
# Backpropagation gives the direction; the step's rule (the optimiser) decides how far.
#
# **Code.** Easy, 12 minutes, {points: gd_step}.
#
# <details><summary>Hint: where to start</summary>
#
# Which gradient belongs to which parameter?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# `zip` pairs them.
# Where do you collect the new values, if `params` must stay as it is?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u04-gd-step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gd_step(params, grads, lr):
    """One step of gradient descent for every parameter.

    Parameters
    ----------
    params : list of ndarrays or floats, of any shapes
        Left as they are.
    grads : list
        The gradients, shaped like params.
    lr : float

    Returns
    -------
    list
        The new parameters, in the same order.
    """
    ### BEGIN SOLUTION
    return [p - lr * g for p, g in zip(params, grads)]
    ### END SOLUTION


# %% [markdown]
# **Check.** A matrix, a vector and a single number, in any order.
# The point we come from must still be there: on an array, `-=` writes over it.
#
# **Reflect** when it is right.
# Is the parameter with the largest slope the most important one?
#
# <details><summary>One answer</summary>
#
# No: a slope is counted per unit of its parameter.
# With metres for millimetres, $w$ is 1000 times as large and its slope 1000 times smaller,
# and the line is the same.
#
# </details>

# %% nbgrader={"grade": true, "grade_id": "u04-gd-step-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(gd_step)
# When graded: other shapes, float32, read-only arrays, and that params are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("gd_step", gd_step)
### END HIDDEN TESTS

# %% [markdown]
# ## 4.2 Many steps
#
# **Derive: one point, one gradient.** The same three points, from (0, 0), with η = 0.05:
#
# |step|w|b|dw|db|loss|
# |-|-|-|-|-|-|
# |0|0|0|−19.0067|−6.3333|11.1900|
# |1|0.9503|0.3167|−1.8379|−0.7583|0.1625|
# |2|?|?|−0.1398|−0.2046|0.0534|
#
# Finish the last row: $w$ is 1.0422, and $b$?
# Both slopes of a row are measured at that row's point; then both parameters move.
#
# **Code.** Medium, 18 minutes, {points: fit_line}.
#
# <details><summary>Hint: where to start</summary>
#
# Two steps make three rows.
# Where does the first loss come from?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Which of your two functions gives a row's slopes, and which the next row's w and b?
# What goes into their lists?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u04-fit-line", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_line(x, y, lr, steps):
    """Fit a line by gradient descent from w = 0, b = 0.

    Parameters
    ----------
    x, y : ndarrays, shape (N,)
    lr : float
    steps : int

    Returns
    -------
    w, b : float
        After the last step.
    losses : list of float, length steps + 1
        The mean squared error at the start and after each step.
    """
    ### BEGIN SOLUTION
    w, b = 0.0, 0.0
    losses = [mse(predict(x, w, b), y)]
    for _ in range(steps):
        w, b = gd_step([w, b], line_grad(x, y, w, b), lr)
        losses.append(mse(predict(x, w, b), y))
    return w, b, losses
    ### END SOLUTION


# %% [markdown]
# **Check.** Some noisy points and 6 to 12 steps, once with a rate so large that the loss grows.
# Roundings add up, so w, b and the losses may differ by 1 part in 100,000.
# With `steps = 0`, `losses` holds one number.
# The missing number of the table is 0.3546.
#
# **Derive: the limit**, when it is right.
# Take a ravine, $\frac12(x^2+20y^2)$.
# Its slope in $y$ is $20y$, so $y$ becomes $y-\eta\cdot20y=(1-20\eta)y$.
# That shrinks only if $1-20\eta$ lies between −1 and 1: $\eta<2/20$.
# Here the curvature is λ=20; in general $\eta<2/\lambda$.

# %% nbgrader={"grade": true, "grade_id": "u04-fit-line-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(fit_line)
# When graded: other points, no steps, read-only arrays, and that x and y are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("fit_line", fit_line)
### END HIDDEN TESTS

# %% [markdown]
# **Play: how big a step?** In that ravine a step multiplies $x$ by $1-\eta$ and $y$ by $1-20\eta$.
# From (−4,1), the loss is below 0.01 after 166 steps with η=0.02, 82 with 0.04, 41 with 0.08.
# How many with 0.098?
# The figure appears after a guess.
#
# <details><summary>What the figure shows, in words</summary>
#
# 0.02 creeps along the floor.
# 0.09 changes side at each step; it arrives after 36.
# 0.11 has the factor −1.2: $y$ grows for ever (diverges).
# At 0.1, $y$ stays ±1.
#
# </details>
#
# **Reflect.** Is a lower rate always safer?
#
# <details><summary>One answer</summary>
#
# It is slower: 333 steps at 0.01.
# And not always better: in 4.5 it stays in the nearer valley, not the deepest.
#
# </details>

# %%
guess = None
ask("u04-rate", guess)
if guess is not None and ready(gd_step):
    landscapes.ravine_paths(gd_step, rates=(0.02, 0.09, 0.098, 0.11))

# %% [markdown] tags=["live"]
# **Play live: how big a step?**
# The dashed arrow is −η·g, the next step; a star is the lowest point.
# Your own `gd_step` runs once its check has passed.
# Guess after how many steps the loss is below 0.01, then Play.
# Change the learning rate by the slider (each press is ×1.1) or type it.
#
# 1. The rate from 0.09 to half of it, 0.045: how many steps?
# 2. Which rate is the fastest?
# 3. How many presses of → from 0.09 until it diverges?
#
# <details><summary>What there is to see</summary>
#
# 1. 73 instead of 36: about twice as many.
# 2. From 0.0911 to 0.0943: 35 steps.
# 3. Two: 0.099 arrives after 171 steps; 0.1089 multiplies each step by −1.178.
#
# </details>

# %% tags=["live"]
from course.widgets import descent

descent(step=gd_step)

# %% [markdown]
# ## 4.3 Units make a ravine
#
# **Derive.** Penguin flippers are near 201 mm.
# How do the two slopes change when a parameter moves by 1?
# $w$ moves each guess by its x, $b$ moves each guess by 1, and both move the same guesses:
#
# ||`dw` changes by|`db` changes by|
# |-|-|-|
# |$w$ up by 1|2·mean(x²) = 81,167.15|2·mean(x) = 401.93|
# |$b$ up by 1|2·mean(x) = 401.93|2|
#
# The 401.93 tilts the valley: $w$ up by 1 and $b$ down by 201 leaves the guesses nearly where they were.
# So the curvatures are not 81,167 and 2, which are those along the axes.
# A ravine has two of its own, λ across it and λ along its floor. For a table like this one (it is symmetric)
# their sum is 81,167.15 + 2 = 81,169.15, the sum of its diagonal,
# and their product is 81,167.15·2 − 401.93² = 4σ² = 783.41, with the variance of x, σ² = 195.85, computed for you.
# Two numbers with this sum and this product: one is nearly the whole sum, λ = 81,169 across,
# and the other is 783.41/81,169 = 0.00965 along the floor.
# Their ratio, 8.4 million, is the condition number.
# Across, η must stay below 2/81,169; along the floor such steps are far too short.
#
# The cure: $z=(x-\bar x)/\sigma$.
# mean(z²)=1 and mean(z)=0, so the table has 2, 0 and 0, 2: both curvatures are 2.
#
# |mm|z|
# |-|-|
# |181|−1.0933|
# |186|−0.2302|
# |195|?|
#
# Mean 187.3333, σ 5.7927.
# The variance divides by N, numpy's own default.
#
# **Code.** Easy, 12 minutes, {points: standardize}.
#
# <details><summary>Hint: where to start</summary>
#
# For (N,D): which axis is the examples'?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Which argument names it?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u04-standardize", "locked": false, "schema_version": 3, "solution": true, "task": false}
def standardize(x):
    """Shift and scale to mean 0 and standard deviation 1, each column on its own.

    Parameters
    ----------
    x : ndarray, shape (N,) or (N, D)
        No column is constant.

    Returns
    -------
    ndarray, shaped like x
        The variance is biased: it divides by N.
    """
    ### BEGIN SOLUTION
    return (x - x.mean(axis=0)) / x.std(axis=0)
    ### END SOLUTION


# %% [markdown]
# **Check.** One column, then several with different means and spreads.
# The missing number of the table is 1.3235.
# Some data lie far from zero, such as years in seconds:
# take the mean away before you square.
#
# **Reflect** when it is right.
# Which mean and σ belong to a new penguin?
#
# <details><summary>One answer</summary>
#
# Those of the data we fitted.
#
# </details>

# %% nbgrader={"grade": true, "grade_id": "u04-standardize-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(standardize)
# When graded: also a mean far from zero, float32, read-only arrays, and that x is left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("standardize", standardize)
### END HIDDEN TESTS

# %% [markdown]
# **Play: before and after.** We fit mass to flipper length, 20 steps each:
# in millimetres with η=2e-5, then standardised with η=0.4.
# The best line in millimetres has w=50.2, b=−5872.
# Where is the first path after 20 steps?
# Type the letter in quotation marks, such as `"a"`; the figure follows.
#
# - a: at the best line
# - b: far outside, it diverges
# - c: near w=21, b=0
#
# <details><summary>What the figure shows, in words</summary>
#
# Left, the path swings across the floor of a ravine (dashed), then seems to stand;
# its first points are numbered.
# Its error (√loss) is 566 g; the best is 392 g.
# Right, the contours are circles, and the path goes straight to w=701.9, b=4207.1.
#
# </details>

# %%
guess = None
ask("u04-ravine", guess)
birds = penguins()
x, y = birds.flipper_mm, birds.mass_g
if guess is not None and ready(line_grad, gd_step, fit_line, standardize):
    runs = {"millimetres": (x, y, 2e-5), "standardised": (standardize(x), y, 0.4)}
    landscapes.line_surfaces(fit_line, runs)

# %% [markdown]
# ## 4.4 Momentum
#
# **Derive.** Along a ravine the slope keeps its sign; across it, the sign can change at each step.
# So we add up past slopes, and let old ones fade:
#
# $$v\leftarrow\beta v+g,\qquad p\leftarrow p-\eta v$$
#
# The ravine of 4.2, η = 0.05, β = 0.9, from rest:
#
# |step|g|v|p|
# |-|-|-|-|
# |1|(−4,20)|(−4,20)|(−3.8,0)|
# |2|(−3.8,0)|(−7.4,18)|(−3.43,−0.9)|
# |3|(−3.43,−18)|(−10.09,?)|(−2.9255,?)|
#
# A constant g adds up to g/(1−β): ten times g.
#
# **Code.** Medium, 15 minutes, {points: momentum_step}.
#
# <details><summary>Hint: where to start</summary>
#
# Which is renewed first, v or p?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Which function steps params, if v stands where grads stood?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u04-momentum-step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def momentum_step(params, grads, velocity, lr, beta):
    """One step of gradient descent with momentum.

    Parameters
    ----------
    params, grads, velocity : lists of ndarrays or floats
        Of the same shapes; left as they are.
    lr, beta : float

    Returns
    -------
    params, velocity : lists
        The new ones.
    """
    ### BEGIN SOLUTION
    velocity = [beta * v + g for v, g in zip(velocity, grads)]
    return gd_step(params, velocity, lr), velocity
    ### END SOLUTION


# %% [markdown]
# The missing numbers of the table are −1.8 and −0.81.
#
# **Three conventions.** Texts differ, and the same β and η then mean other steps:
#
# |name|velocity|step|
# |-|-|-|
# |here, and in PyTorch|$v\leftarrow\beta v+g$|$p\leftarrow p-\eta v$|
# |average|$v\leftarrow\beta v+(1-\beta)g$|$p\leftarrow p-\eta v$|
# |rate inside|$v\leftarrow\beta v-\eta g$|$p\leftarrow p+v$|
#
# From rest and with one η, "rate inside" walks the same path as ours; "average" takes steps 1 − β times as long.
# The check knows all three, and says which one it sees.
#
# **The limit** on η grows with momentum, to 2(1+β)/λ:
# with β=0.5 even 0.11 arrives, in 11 steps.
#
# **Check.** The velocity is random, so leaving it out can't hide.

# %% nbgrader={"grade": true, "grade_id": "u04-momentum-step-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(momentum_step)
# When graded: other shapes, a step from rest, float32, read-only arrays, and inputs left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("momentum_step", momentum_step)
### END HIDDEN TESTS

# %% [markdown]
# **Play.** The ravine again, η=0.05; β=0, 0.5, 0.9.
# When is the loss below 0.01 for good?
# Type the letter in quotation marks, such as `"a"`; the figure follows.
#
# - a: larger β, fewer steps
# - b: 0.5 fastest; 0 and 0.9 alike
# - c: β=0 fastest
#
# <details><summary>What the figure shows, in words</summary>
#
# β=0 takes 66 steps, 0.5 takes 29.
# 0.9 is below at 36, rolls past, and stays from 71.
#
# </details>
#
# **Reflect.** Where does it help?
#
# <details><summary>One answer</summary>
#
# Along the floor slopes add up.
# Across, at η=0.05, β=0 lands on the floor in one step; momentum swings.
# Near the limit, β=0 swings and cancelling helps:
# at η=0.09, β=0 takes 36 steps, 0.5 takes 14.
#
# </details>

# %%
guess = None
ask("u04-momentum", guess)
if guess is not None and ready(gd_step, momentum_step):
    landscapes.momentum_paths(momentum_step, betas=(0, 0.5, 0.9), lr=0.05)

# %% [markdown] tags=["live"]
# **Play live: a step that remembers.**
# The dotted piece at the tip of the arrow is what the velocity adds, −η·β·v.
# Set the rate to 0.11: without momentum it diverges.
# Try, and predict before each:
#
# 1. Momentum 0.5 at rate 0.11: how many steps?
# 2. Rate 0.05, momentum 0.9: faster than the 66 steps without?
# 3. Surface "two valleys" (controls for the start): rate 0.1 stays on the right. Does momentum 0.9 get across?
#
# <details><summary>What there is to see</summary>
#
# 1. 11.
# 2. It is below 0.01 at 36, rolls out again, and stays from 71 on.
# 3. Yes: it rolls over the hill and ends at −1.48.
#
# </details>

# %% tags=["live"]
from course.widgets import descent

descent(step=gd_step, momentum_step=momentum_step, lr=0.05, steps=100)

# %% [markdown]
# ## 4.5 The nearer valley
#
# **Derive.** $f(x)=\frac14(x^2-2)^2+0.3x$ has two valleys.
# Its slope is $x(x^2-2)+0.3$.
# With η = 0.1, after enough steps to stand still:
#
# |start|end|f there|
# |-|-|-|
# |2.2|1.3322|0.4123|
# |0.2|1.3322|0.4123|
# |0.05|−1.4840|?|
#
# Between them lies a hilltop at 0.1517.
# Descent knows the slope where it stands, and nothing else.
# So we let several starts walk, and keep the end where f is lowest.
#
# **Code.** Medium, 15 minutes, {points: best_of_restarts}.
#
# <details><summary>Hint: where to start</summary>
#
# What must be new for each start?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Collect all ends first.
# What is compared, and what is returned?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u04-best-of-restarts", "locked": false, "schema_version": 3, "solution": true, "task": false}
def best_of_restarts(f, df, starts, lr, steps):
    """Descend from each start; the best of the ends.

    Parameters
    ----------
    f, df : functions of one float
        The height and its slope.
    starts : list of float
    lr : float
    steps : int
        Taken from each start: as many as this, standing still or not.

    Returns
    -------
    float
        The final x with the lowest f: an end, not a point on the way.
    """
    ### BEGIN SOLUTION
    ends = []
    for x in starts:
        for _ in range(steps):
            [x] = gd_step([x], [df(x)], lr)
        ends.append(x)
    return min(ends, key=f)
    ### END SOLUTION


# %% [markdown]
# **Check.** Several curves.
# A low start can lie in the shallow valley, and the best end is neither the first nor the last.
# Each descent takes exactly `steps` steps, so a rate that is too large can't keep it for ever.
# The missing height of the table is −0.4350.
#
# **Reflect** when it is right.
# Large networks meet saddles more often than poor valleys.
# A saddle is a flat point, a valley one way and a hill the other way.
# Why does descent slow down there?
#
# <details><summary>One answer</summary>
#
# The slope is near zero, so each step is short.
#
# </details>

# %% nbgrader={"grade": true, "grade_id": "u04-best-of-restarts-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(best_of_restarts)
# When graded: other curves and starts, one start alone, no steps, and starts left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("best_of_restarts", best_of_restarts)
### END HIDDEN TESTS

# %% [markdown]
# **Play: rates in cycles.** Wide steps look around, short ones settle; a cyclical rate takes turns.
# From 2.2: always 0.1; always 0.5; then 0.5, 0.3, 0.1 in turn.
# The first ends at 1.3322.
# The third?
# Type the letter in quotation marks, such as `"a"`; the figure follows.
#
# - a: the same valley
# - b: the deeper valley, at rest
# - c: the deeper valley, never at rest
#
# <details><summary>What the figure shows, in words</summary>
#
# Always 0.5 jumps the hill, then jumps between −1.12 and −1.69 for ever.
# The cycle jumps and settles at −1.4840.
# From 1.8 it stays on the right: no promise.
#
# </details>

# %%
guess = None
ask("u04-cycle", guess)
runs = {"0.1": (2.2, 30 * [0.1]), "0.5": (2.2, 30 * [0.5]), "0.5, 0.3, 0.1": (2.2, 10 * [0.5, 0.3, 0.1])}
if guess is not None and ready(gd_step):
    landscapes.valleys(gd_step, runs)

# %% [markdown]
# ## Bug hunt: two factors
#
# $uv$ should reach a target; the loss is $(uv-\text{target})^2$.
#
# ```python
# def product_step(u, v, target, lr):
#     u = u - lr * 2 * (u * v - target) * v
#     v = v - lr * 2 * (u * v - target) * u
#     return u, v
# ```
#
# Target 1, η=0.15: from u=v=0.5 a right step ends at (0.6125,0.6125), this one at (0.6125,0.6275).
# It learns all the same: loss below 0.0001 after 9 steps, not 8.
# Find the bug, and name it; type the letter in quotation marks, such as `"a"`:
#
# - a: a sign
# - b: the slope of u needs u
# - c: the second line sees the moved u

# %%
guess = None
ask("u04-bug", guess)

# %% [markdown]
# **Code: mend it.** Medium, 8 minutes, {points: product_step}.
#
# <details><summary>Hint: where to start</summary>
#
# Which values may the second line see?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# What can you work out, and keep under a name of its own, before anything moves?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u04-product-step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def product_step(u, v, target, lr):
    """One step of gradient descent on (u·v − target)².

    Parameters
    ----------
    u, v, target, lr : float

    Returns
    -------
    u, v : float
        After the step.
    """
    ### BEGIN SOLUTION
    e = u * v - target
    return u - lr * 2 * e * v, v - lr * 2 * e * u
    ### END SOLUTION


# %% [markdown]
# **Check.** u and v differ, so it matters which of them moved first.

# %% nbgrader={"grade": true, "grade_id": "u04-product-step-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(product_step)
# When graded: the same with other numbers.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("product_step", product_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Recap
#
# ||formula|
# |-|-|
# |slopes|$\mathrm{d}w=\frac2N\sum_ne_nx_n$, $\mathrm{d}b=\frac2N\sum_ne_n$|
# |step|$p\leftarrow p-\eta\,\mathrm{d}p$, all from one point|
# |limit|$\eta<2/\lambda$; with momentum $\eta<2(1+\beta)/\lambda$|
# |standardised|$z=(x-\bar{x})/\sigma$, $\sigma^2=\frac1N\sum_n(x_n-\bar{x})^2$|
# |momentum|$v\leftarrow\beta{v}+g$, $p\leftarrow{p}-\eta{v}$|
# |restarts|the end with the lowest $f$|
#
# **Next.** Unit 5: one neuron decides between benign and malignant.
#
# **Sources.** Cauchy 1847, "Méthode générale pour la résolution des systèmes d'équations simultanées".
# Polyak 1964, "Some methods of speeding up the convergence of iteration methods".
# Smith 2017, "Cyclical learning rates for training neural networks".
# Dauphin and others 2014, "Identifying and attacking the saddle point problem in high-dimensional non-convex optimization".
# Goodfellow, Bengio and Courville 2016, "Deep Learning", chapter 8.
