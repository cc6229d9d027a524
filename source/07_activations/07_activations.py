# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 7. Bending the line
#
# Between two layers stands a bend, the activation function.
# We write three, forwards and backwards.
#
# **You will be able to**
#
# - say why a network without bends is one linear layer;
# - pass a gradient back through ReLU, tanh and sigmoid;
# - tell a dead unit from a saturated one, and say what helps;
# - write a sigmoid that no input breaks.
#
# **You need** unit 3 (chain rule, forks) and unit 6 (a linear layer).
#
# **Time** 110 minutes; you can stop after 7.3.
#
# **Points** {points as number: total}: `relu_forward` {points as number: relu_forward}, `relu_backward` {points as number: relu_backward}, `tanh_forward` {points as number: tanh_forward}, `tanh_backward` {points as number: tanh_backward},
# `sigmoid_forward` {points as number: sigmoid_forward}, `sigmoid_backward` {points as number: sigmoid_backward}, `silu_backward` {points as number: silu_backward}.
#
# The first cell fetches what we use.
# Run it.

# %% tags=["given"] nbgrader={"grade": false, "grade_id": "u07-given", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from course import ask, check, ready
from course.draw import activations

# %% [markdown]
# |symbol|shape|what it is|
# |-|-|-|
# |$x,W,b$|as in unit 6|what goes into a layer, its weights, its bias|
# |$z$|any|what a layer hands to its bend|
# |$a$|like z|activation: what comes out|
# |$\varphi,\varphi'$|function|a bend, $a=\varphi(z)$, and its slope|
# |$L$|number|the loss|
# |`da`, `dz`|like z|gradients of $L$ in a and in z|
# |$\alpha$, `slope`|number|slope of a leak|
# |$\sigma$|function|the sigmoid|
# |$y,\eta$|numbers|truth, learning rate|
#
# Every function here works entry by entry, on arrays of any shape.
#
# **When you are stuck:**
# read the message;
# look at the shapes;
# do one entry by hand;
# open the first hint, then the second;
# read the recap of unit 6.

# %% [markdown]
# ## 7.1 Why bend
#
# **Derive.** Two layers, one number each: $h=2x+1$, then $z=-3h+4$.
#
# |x|h|z|
# |-|-|-|
# |0|1|1|
# |1.5|4|−8|
# |−1.5|−2|10|
#
# Put one into the other: $z=-6x+1$.
# Two lines make a line.
# So it is with arrays:
#
# $$(xW_1+b_1)W_2+b_2=x(W_1W_2)+(b_1W_2+b_2)$$
#
# However many linear layers: together they are one.
#
# Now bend $h$ on its way: negative numbers become 0.
# In the last row $h$ becomes 0, and $z$ becomes 4.
# The three points are on no line any more.
# This bend is the rectified linear unit:
#
# $$\mathrm{ReLU}(z)=z\ \text{where}\ z>0,\ \text{else}\ 0$$

# %% [markdown]
# **Code.** Easy, 6 minutes, {points: relu_forward}.
#
# <details><summary>Hint: where to start</summary>
#
# Each entry of a is one of two numbers.
# Which two, and which of them is the larger?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Which numpy function compares two arrays entry by entry, and keeps the larger entry?
# What is the second array here?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u07-relu-forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relu_forward(z):
    """The rectified linear unit, entry by entry.

    Parameters
    ----------
    z : ndarray, any shape
        Left as it is.

    Returns
    -------
    ndarray, shaped like z
    """
    ### BEGIN SOLUTION
    return np.maximum(z, 0.0)
    ### END SOLUTION


# %% [markdown]
# **Check.** One axis, two, three.
# An assignment into `z` would change the caller's array, and the way back still needs it.

# %% nbgrader={"grade": true, "grade_id": "u07-relu-forward-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check(relu_forward)
# When graded: other shapes, float32, read-only arrays, and that the inputs are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("relu_forward", relu_forward)
### END HIDDEN TESTS

# %% [markdown]
# **Play: a hat.** Three bent lines, added:
#
# $$\mathrm{ReLU}(x)-2\,\mathrm{ReLU}(x-1)+\mathrm{ReLU}(x-2)$$
#
# How high is the sum at $x=5$?
# The figure appears after a guess.
#
# <details><summary>What the figure shows, in words</summary>
#
# Left, three lines with bends at 0, 1 and 2.
# Right, their sum: flat, up to 1 at $x=1$, down to 0 at $x=2$, flat again, also at 5.
# Many hats, each with its own place and height, come as near as we like to any continuous curve over an interval.
#
# </details>
#
# **Reflect.** Could linear layers draw a hat, if there were enough of them?
#
# <details><summary>One answer</summary>
#
# No: all of them together are one straight line.
#
# </details>

# %%
guess = None
if ask("u07-hat", guess) and ready(relu_forward):
    activations.hat(relu_forward)

# %% [markdown]
# ## 7.2 A switch
#
# **Derive.** Each entry of $z$ touches its own entry of $a$ and no other.
# So there is nothing to sum, and no matrix product:
#
# $$\mathrm{d}z=\mathrm{d}a\cdot\varphi'(z)\quad\text{entry by entry}$$
#
# |z|a|φ′(z)|da|dz|
# |-|-|-|-|-|
# |1.3|1.3|1|−0.5|−0.5|
# |−0.7|0|0|0.8|0|
# |0.2|0.2|1|1.2|1.2|
# |−2.1|?|?|−0.3|?|
#
# Finish the last row.
# Of $z$ and 0 the larger wins, and the winner gets the whole gradient: a switch.
#
# **Code.** Easy, 10 minutes, {points: relu_backward}.
#
# <details><summary>Hint: where to start</summary>
#
# Two arrays come in.
# Which one decides what passes, and which one passes?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# A comparison gives True or False for each entry.
# What is a number times True, and a number times False?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u07-relu-backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relu_backward(da, z):
    """Gradient of the loss through ``a = relu_forward(z)``.

    Parameters
    ----------
    da : ndarray, any shape
        dL/da, from the layer above.
    z : ndarray, shaped like da
        What went into the forward pass.

    Returns
    -------
    ndarray, shaped like z
        dL/dz. Where z is 0, the slope may be 0, 1/2 or 1.
    """
    ### BEGIN SOLUTION
    return da * (z > 0)
    ### END SOLUTION


# %% [markdown]
# **Check.** `da` has both signs, so a switch that looks at `da` can't hide.
# By hand: the last row of the table gives 0.
#
# At $z=0$ there is no slope: 0 from the left, 1 from the right.
# We take 0.
# ½ and 1 are as good: no $z$ of the check is 0.
#
# **Reflect** when it is right.
# Would $a$ do as well as $z$ here?
#
# <details><summary>One answer</summary>
#
# Yes: $a>0$ exactly where $z>0$, so a network may keep $a$ alone.
#
# </details>

# %% nbgrader={"grade": true, "grade_id": "u07-relu-backward-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(relu_backward)
# When graded: other shapes, float32, read-only arrays, and that the inputs are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("relu_backward", relu_backward)
### END HIDDEN TESTS

# %% [markdown]
# **Play: dead units.** 64 ReLU units, 500 examples.
# Each unit's $z$ follows a normal (bell) curve, of standard deviation 1, around its bias.
# A unit that is off for every example gets no gradient at all: it is dead.
# With bias −2, $z>0$ has a chance of 0.0228.
# How many of the 64 are dead?
# Type the letter in quotation marks, such as `"a"`:
#
# - a: none
# - b: about half
# - c: nearly all
#
# <details><summary>What the figure shows, in words</summary>
#
# Left: with bias 0, −1, −2 none is dead; with −3, 33 are; with −4, all 64.
# Right: with −2 even the quietest unit is on for 5 examples; with −3 the busiest is on for 2.
#
# </details>

# %%
guess = None
if ask("u07-dead", guess) and ready(relu_backward):
    activations.dead_units(relu_backward)

# %% [markdown]
# ## 7.3 A leak
#
# **Derive.** A dead unit's `dz` is 0 in every row, and so are its `dW` and `db`.
# No step moves its own weights: while its inputs stay as they are, it stays dead.
# One large step can push a bias that far.
#
# The remedy: let a little through, with a small slope α:
#
# $$\varphi(z)=z\ \text{where}\ z>0,\ \text{else}\ \alpha z$$
#
# With α=0.1: $z=-2.1$ gives $a=-0.21$, and $\mathrm{d}a=-0.3$ gives $\mathrm{d}z=-0.03$.
#
# **Code.** Practice, 10 minutes, no points.
#
# <details><summary>Hint: where to start</summary>
#
# Which number stood in 7.1 and 7.2 where α stands now?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# `np.where` takes a condition and two arrays.
# What is the second array now, forwards and backwards?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u07-leaky-relu", "locked": false, "schema_version": 3, "solution": true, "task": false}
def leaky_relu_forward(z, slope=0.01):
    """z where z > 0, else slope times z; any shape.

    Parameters
    ----------
    z : ndarray
    slope : float
        Also 0, or more than 1.
    """
    ### BEGIN SOLUTION
    return np.where(z > 0, z, slope * z)
    ### END SOLUTION


def leaky_relu_backward(da, z, slope=0.01):
    """Gradient dL/dz through ``a = leaky_relu_forward(z, slope)``.

    Parameters
    ----------
    da, z : ndarrays, of one shape
    slope : float
        Also 0, or more than 1.
    """
    ### BEGIN SOLUTION
    return da * np.where(z > 0, 1.0, slope)
    ### END SOLUTION


# %% [markdown]
# **Check.** Several slopes, so a fixed 0.01 can't hide.
#
# **Reflect.** Why not α=1?
#
# <details><summary>One answer</summary>
#
# Then nothing bends, and the layers are one linear layer again.
#
# </details>
#
# This is a good place to stop.

# %%
check(leaky_relu_forward)
check(leaky_relu_backward)

# %% [markdown]
# ## 7.4 Two flat ends
#
# **Derive.** tanh bends twice, towards −1 and towards 1:
#
# $$a=\tanh z=\frac{e^z-e^{-z}}{e^z+e^{-z}}$$
#
# |z|a|
# |-|-|
# |0.5|0.4621|
# |−1.2|−0.8337|
# |3|?|
#
# The last one is $(20.0855-0.0498)/(20.0855+0.0498)$.
# The largest float is near $e^{709}$, and $z$ may be 1000.
#
# **Code.** Easy, 5 minutes, {points: tanh_forward}.
#
# <details><summary>Hint: where to start</summary>
#
# What does the formula give for $z=1000$, where $e^z$ is infinite for a float?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Under which name does numpy have this very function?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u07-tanh-forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def tanh_forward(z):
    """The hyperbolic tangent, entry by entry.

    Parameters
    ----------
    z : ndarray, any shape
        Entries may be as large as 1000.

    Returns
    -------
    ndarray, shaped like z
    """
    ### BEGIN SOLUTION
    return np.tanh(z)
    ### END SOLUTION


# %% [markdown]
# **Check.** Small numbers, then some as large as 1000.
# The missing number is 0.9951.

# %% nbgrader={"grade": true, "grade_id": "u07-tanh-forward-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check(tanh_forward)
# When graded: other shapes, large inputs, float32, and that z is left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("tanh_forward", tanh_forward)
### END HIDDEN TESTS

# %% [markdown]
# **Derive.** Above stands $s=e^z-e^{-z}$, below $c=e^z+e^{-z}$.
# The slope of $s$ is $c$, and that of $c$ is $s$.
# The quotient rule:
#
# $$\varphi'(z)=\frac{c\cdot c-s\cdot s}{c^2}=1-\Big(\frac sc\Big)^2$$
#
# What is $s/c$?
#
# |z|a|φ′(z)|da|dz|
# |-|-|-|-|-|
# |0.5|0.4621|0.7864|0.2|0.1573|
# |−1.2|−0.8337|0.3050|−0.5|−0.1525|
# |3|0.9951|?|1|?|
#
# **Code.** Easy, 10 minutes, {points: tanh_backward}.
#
# <details><summary>Hint: where to start</summary>
#
# The function is given `a`, not `z`.
# What does `a` hold already?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Which two factors make `dz` in the table, and how does the first come from `a`?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u07-tanh-backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def tanh_backward(da, a):
    """Gradient of the loss through ``a = tanh_forward(z)``.

    Parameters
    ----------
    da : ndarray, any shape
        dL/da, from the layer above.
    a : ndarray, shaped like da
        What came out of the forward pass.

    Returns
    -------
    ndarray, shaped like a
        dL/dz.
    """
    ### BEGIN SOLUTION
    return da * (1 - a**2)
    ### END SOLUTION


# %% [markdown]
# **Check.** The missing numbers are both 0.0099.
#
# **Reflect** when it is right.
# At $z=3$ one hundredth of the gradient comes through: the unit is saturated.
# Is it dead?
#
# <details><summary>One answer</summary>
#
# Not quite: on paper its slope is never 0, so it can come back, slowly.
# (In floats $1-a^2$ is exactly 0 from about $|z|=19$ on.)
#
# </details>

# %% nbgrader={"grade": true, "grade_id": "u07-tanh-backward-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(tanh_backward)
# When graded: other shapes, float32, read-only arrays, and that the inputs are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("tanh_backward", tanh_backward)
### END HIDDEN TESTS

# %% [markdown]
# ## 7.5 Certain and slow
#
# **Derive.** The sigmoid lies between 0 and 1:
#
# $$\sigma(z)=\frac1{1+e^{-z}}=\frac{e^z}{1+e^z}$$
#
# |z|$e^{-z}$|$e^z$|σ|
# |-|-|-|-|
# |2|0.1353|7.3891|0.8808|
# |−2|7.3891|0.1353|?|
# |1000|0|too large|1|
# |−1000|too large|0|0|
#
# Both forms are right, and for ±2 both are safe: no overflow, no warning.
# For 1000 only the first one is, and for −1000 only the second.
#
# **Code.** Medium, 15 minutes, {points: sigmoid_forward}.
#
# <details><summary>Hint: where to start</summary>
#
# Which form is safe for which sign of z?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# `np.where` works out both its branches, for every entry.
# $e^{-|z|}$ is at most 1: how do both forms look, written with it?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u07-sigmoid-forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid_forward(z):
    """The sigmoid, entry by entry, with no warning for any input.

    Parameters
    ----------
    z : ndarray, any shape
        Entries may be as large as 1000, of either sign.

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
# **Check.** Small numbers; then ±1000 beside each other in one array, without a warning.
# If your `sigmoid` of unit 5 takes any shape, it passes here.
# The missing number is 0.1192.

# %% nbgrader={"grade": true, "grade_id": "u07-sigmoid-forward-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(sigmoid_forward)
# When graded: other shapes, large inputs without a warning, float32, and that z is left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("sigmoid_forward", sigmoid_forward)
### END HIDDEN TESTS

# %% [markdown]
# **Derive.** With $u=1+e^{-z}$, the sigmoid is $a=1/u$, and the chain rule gives
#
# $$\sigma'(z)=\frac{e^{-z}}{u^2}=\frac1u\cdot\frac{u-1}u$$
#
# The first factor is $a$.
# And the second?
#
# |z|a|σ′(z)|da|dz|
# |-|-|-|-|-|
# |0|0.5|0.25|0.4|0.1|
# |2|0.8808|0.1050|−1.5|−0.1575|
# |5|0.9933|?|1|?|
#
# 0.25 is the most that ever comes through.
#
# **Code.** Easy, 8 minutes, {points: sigmoid_backward}.
#
# <details><summary>Hint: where to start</summary>
#
# What is $(u-1)/u$, if $1/u$ is $a$?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# `dz` is σ′ times `da`.
# σ′ is itself a product of two factors, both made from `a`.
# Which are they, in the row of z = 2 (0.1050)?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u07-sigmoid-backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid_backward(da, a):
    """Gradient of the loss through ``a = sigmoid_forward(z)``.

    Parameters
    ----------
    da : ndarray, any shape
        dL/da, from the layer above.
    a : ndarray, shaped like da
        What came out of the forward pass.

    Returns
    -------
    ndarray, shaped like a
        dL/dz.
    """
    ### BEGIN SOLUTION
    return da * a * (1 - a)
    ### END SOLUTION


# %% [markdown]
# **Check.** The missing numbers are both 0.0066.
#
# **Derive: error times slope**, when it is right.
# One neuron with input 1 should answer $y=0$.
# Its loss is $\frac12(a-y)^2$, with slope $a-y$ in $a$.
# So
#
# $$\mathrm{d}z=(a-y)\,\sigma'(z)$$
#
# A neuron that is wrong and certain has a large error and a small slope.

# %% nbgrader={"grade": true, "grade_id": "u07-sigmoid-backward-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(sigmoid_backward)
# When graded: other shapes, float32, read-only arrays, and that the inputs are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("sigmoid_backward", sigmoid_backward)
### END HIDDEN TESTS

# %% [markdown]
# **Play: who learns first?** That neuron, η=0.15, from three starts with $w$, $b$:
#
# - a: 4, 4 (output 0.9997)
# - b: 2, 2 (0.9820)
# - c: 0.6, 0.9 (0.8176)
#
# Which is the first below 0.2?
# Type the letter in quotation marks, such as `"a"`.
#
# <details><summary>What the figure shows, in words</summary>
#
# Left, outputs falling: below the line at 0.2 after 107 steps from c, 302 from b; a stands still, and needs 10,099.
# Right, the slopes of c, b and a: 0.15, 0.018, 0.00034.
#
# </details>
#
# **Reflect.** With the cross-entropy of unit 5, $\mathrm{d}z=a-y$: below 0.2 after 44 (a), 31 (b), 22 (c) steps.
# Where is the slope?
#
# <details><summary>One answer</summary>
#
# It cancels: that loss is steep where σ is flat.
#
# </details>

# %%
guess = None
if ask("u07-start", guess) and ready(sigmoid_forward, sigmoid_backward):
    activations.one_neuron(sigmoid_forward, sigmoid_backward, starts=((4, 4), (2, 2), (0.6, 0.9)))

# %% [markdown] tags=["live"]
# **Play, live.** Why is the most wrong neuron the slowest?
#
# A neuron's wage is error times slope: three bars show it for each step.
# The grey curve is the run before.
# Under "look at" there are the 64 units of 7.2 as well:
# one row a unit, one column an example, white where nothing comes through.
#
# Predict: the truth is 0.
# At which output is error times slope largest?
# Move the slider, then press "That is my guess", or "Show me".

# %% tags=["live"]
from course.widgets import saturation

saturation(
    sigmoid=(sigmoid_forward, sigmoid_backward),
    relu=(relu_forward, relu_backward),
    leaky=(leaky_relu_forward, leaky_relu_backward),
    tanh=(tanh_forward, tanh_backward),
)

# %% [markdown] tags=["live"]
# Try, and predict before each:
#
# 1. Which is the largest start that gets below 0.2 within 600 steps? Then change the loss.
# 2. 64 ReLU units: at which bias do the first die, and at which are all dead?
# 3. Bias −3: 33 are dead. How many with leaky ReLU, and how many with tanh?
#
# <details><summary>What there is to see</summary>
#
# Most is paid at output 2/3: 0.1481.
#
# 1. 2.45, after 577 steps; with the cross-entropy every start arrives, 4 after 44.
# 2. At −2.4 two are dead, at −3.8 all.
# 3. None, and none.
#    A leak lets a hundredth through.
#    With tanh half the slopes are below 0.01: saturated, not dead.
#
# </details>

# %% [markdown]
# ## Bug hunt: a gate that opens itself
#
# A bend need not rise everywhere.
# In SiLU, a sigmoid is the gate of its own input: $a=z\,\sigma(z)$.
# Some large language models use it.
#
# ```python
# def silu_backward(da, z):
#     gate = sigmoid_forward(z)
#     return da * gate
# ```
#
# With `da` = 1 it gives 0.8808 at $z=2$; right is 1.0908.
# At $z=-2$: 0.1192; right is −0.0908.
# Find the bug; type the letter in quotation marks, such as `"a"`:
#
# - a: the gate needs a, not z
# - b: z acts on two paths, one is missing
# - c: `da` is in the wrong place

# %%
guess = None
ask("u07-bug", guess)

# %% [markdown]
# **Code: mend it.** Medium, 12 minutes, {points: silu_backward}.
#
# <details><summary>Hint: where to start</summary>
#
# In a product $u\cdot v$, $u$ receives $\mathrm{d}a\cdot v$ and $v$ receives $\mathrm{d}a\cdot u$.
# Here $u$ is z and $v$ is the gate.
# What arrives at z directly, and what at the gate?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Which function of yours passes a gradient from the gate back to z?
# What is done with gradients that meet?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u07-silu-backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def silu_backward(da, z):
    """Gradient of the loss through ``a = z * sigmoid_forward(z)``.

    Parameters
    ----------
    da : ndarray, any shape
        dL/da, from the layer above.
    z : ndarray, shaped like da

    Returns
    -------
    ndarray, shaped like z
        dL/dz.
    """
    ### BEGIN SOLUTION
    s = sigmoid_forward(z)
    return da * s + sigmoid_backward(da * z, s)
    ### END SOLUTION


# %% [markdown]
# **Check.** Left of −1.28 SiLU falls: a gradient of the wrong sign can't hide there.
# At $z=6$ the broken function gives 0.9975 instead of 1.0123: where $z$ is large, it is nearly right, and a network with it still learns.

# %% nbgrader={"grade": true, "grade_id": "u07-silu-backward-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(silu_backward)
# When graded: other shapes, float32, read-only arrays, and that the inputs are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("silu_backward", silu_backward)
### END HIDDEN TESTS

# %% [markdown]
# ## Recap
#
# |bend|forward|backward|
# |-|-|-|
# |any|$a=\varphi(z)$|$\mathrm{d}z=\mathrm{d}a\cdot\varphi'(z)$, entry by entry|
# |ReLU|$\max(z,0)$|$\varphi'=1$ where $z>0$, else 0|
# |leaky|$z$, or $\alpha{z}$ where $z<0$|$\varphi'=1$, or α|
# |tanh|$(e^z-e^{-z})/(e^z+e^{-z})$|$\varphi'=1-a^2$|
# |sigmoid|$1/(1+e^{-z})$|$\varphi'=a(1-a)$|
# |SiLU|$z\,\sigma(z)$|$\varphi'=\sigma+z\,\sigma(1-\sigma)$|
#
# **Next.** Unit 8: choosing one of many.
#
# **Sources.** Curves from bends: Cybenko 1989, "Approximation by superpositions of a sigmoidal function";
# for ReLU and others Leshno, Lin, Pinkus and Schocken 1993,
# "Multilayer feedforward networks with a nonpolynomial activation function can approximate any function".
# Glorot, Bordes and Bengio 2011, "Deep sparse rectifier neural networks".
# Maas, Hannun and Ng 2013, "Rectifier nonlinearities improve neural network acoustic models".
# Nielsen 2015, "Neural networks and deep learning", chapter 3: starts b and c of 7.5.
# Elfwing, Uchibe and Doya 2018, "Sigmoid-weighted linear units for neural network function approximation in reinforcement learning".
