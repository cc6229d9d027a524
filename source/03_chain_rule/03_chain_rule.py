# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 3 The chain rule: credit assignment
#
# A loss is computed in many small steps.
# Which number at the start gets the credit for it, or the blame?
#
# **You will be able to**
#
# - read a graph with a value above and a gradient below each edge;
# - send a gradient backwards: multiply along a path, add across paths;
# - say what a backward pass needs stored, and why;
# - see a gradient vanish along 20 links.
#
# **You need** units 01 and 02, and the derivatives of $x^2$, $\sin x$, $e^x$, $1/x$.
#
# **Time** about 110 minutes. **Points** {points as number: total}.
#
# **A good place to stop** is the end of 3.2, after 50 minutes.

# %% [markdown]
# | symbol | is | shape |
# |---|---|---|
# | `x`, `w`, `b`, `y` | input, weight, bias, target | floats |
# | `z`, `a` | before and after the S-curve $\sigma$ (3.1) or tanh (3.4) | floats |
# | `dw` | $\partial L/\partial w$; so `dx`, `db`, `dz`, `da` | like `w` |
# | `w` in 3.4 | weights of $K$ links | `(K,)` |
# | `a` in 3.4 | values $a_0=x$ to $a_K$ | `(K+1,)` |
#
# **When you are stuck**, in this order:
# read the message;
# look at shapes;
# do one entry by hand;
# open the first hint, then the second;
# look at the recap of unit 02.
#
# The next cell loads what we use.

# %% tags=["given"] nbgrader={"grade": false, "grade_id": "u03-given", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from course import ask, check, ready
from course.draw import graphs

# %% [markdown]
# ## 3.1 A graph of small steps
#
# **Derive.** Take $L=(wx+b-y)^2$ with $w=2$, $x=3$, $b=1$, $y=4$, one operation at a time:
#
# $m=wx=6$, then $s=m+b=7$, then $e=s-y=3$, then $L=e^2=9$.
#
# In the figure an arrow is called an **edge**, a circle a **gate**.
# Ask at each edge: if this number moves a little, how much does $L$ move?
#
# - At $e$ the slope of $e^2$ is $2e$, so $\partial L/\partial e=6$.
# - $s$, $b$ and $m$ move $e$ one for one: 6 again.
# - $y$ moves $e$ the other way: −6.
# - $m=wx$: when $w$ moves by 0.01, $m$ moves by $0.01\cdot x=0.03$.
#
# Values stand above the edges, gradients below.
# Which number belongs under $w$?
# Put it in place of `None`.

# %% tags=["live"]
graphs.squared_error(x=3.0, w=2.0, b=1.0, y=4.0, hide=("x", "w"))
guess = None
ask("u03-dw", guess)

# %% [markdown]
# Each gate treats a gradient in its own way:
# addition **passes it on**;
# minus too, with the sign reversed for what is subtracted;
# multiplication multiplies it by the other factor, the **partner** (it swaps);
# a gate with one input ($e^2$, $\sigma$, sin), by its own slope.
# In 3.3 we meet one more, the copy.
#
# **Code.** Easy, 8 minutes, {points: chain_forward}. Next, a small neuron:
#
# $$z=wx+b,\qquad a=\sigma(z)=\frac{1}{1+e^{-z}},\qquad L=(a-y)^2$$
#
# Write the forward pass, and return each step: the way back needs them.
#
# <details><summary>Hint: where to start</summary>
#
# Which names stand on the left of the three equations?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# `np.exp` is the exponential. Which sign does its argument have, and which of `z` and `a` is compared with `y`?
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "u03-chain-forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def chain_forward(x, w, b, y):
    """One sigmoid neuron and its squared error.

    Parameters
    ----------
    x, w, b, y : float
        Input, weight, bias and target.

    Returns
    -------
    z, a, loss : float
        z = w x + b, a = sigmoid(z), loss = (a - y)².
    """
    ### BEGIN SOLUTION
    z = w * x + b
    a = 1 / (1 + np.exp(-z))
    loss = (a - y) ** 2
    return z, a, loss
    ### END SOLUTION


# %% [markdown]
# **Check.** For x = 2, w = 0.25, b = −1.2, y = 1 the three numbers are −0.7, 0.3318 and 0.4465.

# %% nbgrader={"grade": true, "grade_id": "u03-chain-forward-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(chain_forward)
# When graded: the same with other numbers.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("chain_forward", chain_forward)
### END HIDDEN TESTS

# %% [markdown]
# **Reflect.** In the graph of 3.1, $\partial L/\partial w=18$.
# For $w=2.01$ the loss is $3.03^2=9.1809$.
# For $w=3$ it is $6^2=36$.
# Which of the two does the gradient predict?
#
# <details><summary>One answer</summary>
#
# The first: it predicts $9+0.01\cdot18=9.18$.
# For a whole step of 1 it predicts 27, far from 36.
# A gradient is a rate, right for a nudge; it does not say how much of the loss belongs to $w$.
#
# </details>

# %% [markdown]
# ## 3.2 Backwards along one path
#
# **Derive.** The neuron with $x=2$, $w=0.25$, $b=-1.2$, $y=1$ gives $z=-0.7$, $a=0.3318$, $L=0.4465$.
# We start at the loss and multiply by one local slope for each step back.
# The slope of $\sigma$ needs only the value $a$:
#
# $$\frac{e^{-z}}{(1+e^{-z})^2}=\frac{1}{1+e^{-z}}\cdot\frac{e^{-z}}{1+e^{-z}}=a(1-a)$$
#
# The second factor is $1-a$: the two add up to 1.
#
# | at | arrives | local slope | leaves |
# |---|---|---|---|
# | $L\to a$ | 1 | $2(a-y)=-1.3364$ | −1.3364 |
# | $a\to z$ | −1.3364 | $a(1-a)=0.2217$ | −0.2963 |
# | $z\to b$ | −0.2963 | 1 | −0.2963 |
# | $z\to w$ | −0.2963 | ? | ? |
# | $z\to x$ | −0.2963 | ? | ? |
#
# Finish the last two rows.

# %% [markdown]
# In letters, the chain rule for one path is a product:
#
# $$\frac{\partial L}{\partial w}=\frac{\partial L}{\partial a}\cdot\frac{\partial a}{\partial z}\cdot\frac{\partial z}{\partial w}$$
#
# Each slope is taken at the value that its own step received on the way forwards.
# The first two factors are shared by `dx`, `dw` and `db`: compute them once.
#
# **Code.** Medium, 15 minutes, {points: chain_backward}. You may call `chain_forward`.
#
# <details><summary>Hint: where to start</summary>
#
# Which number do the last three rows of the table have in common? Give it a name.
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Once you have `dz`: by what does a multiplication gate multiply to reach $w$, and by what to reach $x$? And an addition gate?
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "u03-chain-backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def chain_backward(x, w, b, y):
    """Gradients of the loss of ``chain_forward``.

    Parameters
    ----------
    x, w, b, y : float
        Input, weight, bias and target.

    Returns
    -------
    dx, dw, db : float
        dL/dx, dL/dw and dL/db.
    """
    ### BEGIN SOLUTION
    z, a, loss = chain_forward(x, w, b, y)
    da = 2 * (a - y)
    dz = da * a * (1 - a)
    return dz * w, dz * x, dz
    ### END SOLUTION


# %% [markdown]
# **Check.** Your three numbers are compared with finite differences: the loss measured a little to the right and a little to the left.

# %% nbgrader={"grade": true, "grade_id": "u03-chain-backward-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(chain_backward)
# When graded: the same with other numbers.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("chain_backward", chain_backward)
### END HIDDEN TESTS

# %% [markdown]
# **Play.** The figure draws your own forward and backward pass: values above, gradients below each edge.
# Compare it with your last two rows.
# Then predict: with $x=0$, which of `dw` and `db` becomes 0, and which does not?
# Change `x=2.0` to `x=0.0` in the cell and run it again.

# %%
if ready(chain_forward, chain_backward):
    graphs.neuron(chain_forward, chain_backward, x=2.0, w=0.25, b=-1.2, y=1.0)

# %% [markdown]
# <details><summary>What the figure shows for x = 0</summary>
#
# The weight has nothing to act on: `dw` is 0, while `db` is −0.2734.
#
# </details>
#
# **Reflect.** For $w=5$, $x=2$, $b=-1.2$ and $y=0$ the neuron is nearly as wrong as it can be: $a=0.9998$.
# Still $\partial L/\partial w=0.0006$. Which factor of the product is to blame?
#
# <details><summary>One answer</summary>
#
# The slope $a(1-a)=0.00015$: the sigmoid is saturated.
# A small gradient does not mean that a weight is unimportant.
#
# </details>
#
# **A good place to stop.** Six of {points: total} are done. Next: one number acts along two paths.

# %% [markdown] tags=["live"]
# **Play live: which local slope is multiplied where?**
# The live figure steps through a graph, forwards and then backwards.
# At first it shows $(wx+b-y)^2$ with $w=1.5$, $x=2$, $b=-1$, $y=4$: all values, and an empty box where `de` belongs.
#
# Type the gradient and press Enter; when it is right, the box moves on to the next edge.
# "Step forward" shows the answer instead.
#
# With four right answers you arrive at `dw`.
# Predict it now: is it −4, −6 or −8?
#
# In the menu, "your neuron" runs your `chain_forward` and `chain_backward`.

# %% tags=["live"]
from course.widgets import graph_steps

graph_steps(forward=chain_forward, backward=chain_backward)

# %% [markdown] tags=["live"]
# Three tasks; predict before you press.
#
# 1. Set `x` to 0. Which of `dw` and `db` becomes 0?
# 2. Set `x` back to 2 and press "nudge w". By how much does $L$ change, and what does `dw` · 0.01 say?
# 3. One step downhill, rate 0.1: type $w-0.1\cdot$`dw` and $b-0.1\cdot$`db`. Where does $L$ land?
#
# <details><summary>What the figure shows</summary>
#
# 1. `dw` = 0, `db` = −10: the weight has nothing to act on.
# 2. $L$ falls from 4 to 3.9204, by 0.0796; `dw` · 0.01 = −0.08. The rest is curvature.
# 3. `w` = 2.3 and `b` = −0.6 give $L=0$. Half that rate gives 1; a rate above 0.2 makes $L$ grow with each step.
#
# </details>

# %% [markdown]
# ## 3.3 At a fork, add
#
# **Derive.** $L=u\cdot v$ with $u=x^2$ and $v=\sin x$. Take $x=3$: $u=9$, $v=0.14112$, $L=1.2701$.
#
# Here $x$ is copied, to `x1` for $u$ and `x2` for $v$:
# one nudge of $x$ moves both, and $L$ feels both.
#
# | path | times the partner | local slope | product |
# |---|---|---|---|
# | $L\to u\to x$ | $v=0.14112$ | $2x=6$ | 0.8467 |
# | $L\to v\to x$ | $u=9$ | ? | ? |
# | both | | | ? |
#
# Finish the table (radians; $\cos 3=-0.98999$).
# A copy **adds** what comes back.
# Which total stands under $x$, to two decimals?

# %% tags=["live"]
graphs.fork(x=3.0, hide=("x2", "x"))
guess = None
ask("u03-fork", guess)

# %% [markdown]
# In letters:
#
# $$\frac{\mathrm{d}L}{\mathrm{d}x}=\frac{\partial L}{\partial u}\frac{\mathrm{d}u}{\mathrm{d}x}+\frac{\partial L}{\partial v}\frac{\mathrm{d}v}{\mathrm{d}x}$$
#
# Along a path multiply, across paths add.
#
# **Code.** Medium, 10 minutes, {points: fork_backward}: the gradient for any $x$.
#
# <details><summary>Hint: where to start</summary>
#
# How many edges leave $x$? Can you write one gradient for each of them first?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# At the multiplication gate, does `du` receive `u` or its partner? And what is the last thing to do with two gradients that reach the same $x$?
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "u03-fork-backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fork_backward(x):
    """Gradient of L = u v with u = x² and v = sin x, both paths together.

    Parameters
    ----------
    x : float
        In radians.

    Returns
    -------
    float
        dL/dx.
    """
    ### BEGIN SOLUTION
    u, v = x**2, np.sin(x)
    du, dv = v, u
    return du * 2 * x + dv * np.cos(x)
    ### END SOLUTION


# %% [markdown]
# **Check.** At $x=3$ you know the number. The check takes others.

# %% nbgrader={"grade": true, "grade_id": "u03-fork-backward-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(fork_backward)
# When graded: the same with other numbers.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("fork_backward", fork_backward)
### END HIDDEN TESTS

# %% [markdown]
# **Play.** Adding over paths is right, but how many paths are there?
# In the figure every stage has three edges, so a path chooses among three ways at each stage.
# Four stages: 12 edges and $3^4=81$ paths.
#
# Predict: with ten stages there are 30 edges. How many paths?

# %% tags=["live"]
graphs.ladder(branches=3, stages=4)
guess = None
ask("u03-paths", guess)

# %% [markdown]
# Now we factor.
# With slopes $p_1,p_2,p_3$ in one stage and $q_1,q_2,q_3$ in the next, nine products of two,
#
# $$p_1q_1+p_1q_2+p_1q_3+p_2q_1+\dots+p_3q_3=(p_1+p_2+p_3)(q_1+q_2+q_3),$$
#
# become two sums and one product.
# Going backwards does this at every node: add what arrives, then pass on one number.
# Each edge is visited once.
#
# **Reflect.** A network has a million weights and one loss.
# Why start at the loss, and not at the weights?
#
# <details><summary>One answer</summary>
#
# A pass from one weight forwards gives the slope for that weight alone: a million passes.
# A pass from the one loss backwards meets every weight on its way.
#
# </details>

# %% [markdown]
# ## 3.4 A chain of any length
#
# **Derive.** $K$ links one after the other, each with a weight of its own:
#
# $$a_0=x,\qquad a_k=\tanh(w_k\,a_{k-1}),\quad k=1,\dots,K$$
#
# tanh (`np.tanh`) is an S-curve like the sigmoid, between −1 and 1: $\tanh z=2\sigma(2z)-1$.
# Its slope is $1-\tanh^2 z$; take it as given.
#
# With $x=2$ and $w=(0.5,\,0.8)$: $a_1=\tanh 1=0.7616$ and $a_2=\tanh 0.6093=0.5436$.
#
# **Code.** Easy, 10 minutes, {points: long_chain_forward}. Return all of $a_0,\dots,a_K$, that is $K+1$ numbers.
#
# <details><summary>Hint: where to start</summary>
#
# What is the first entry of the result, before any link?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Python counts `w` from 0, the formula from 1. Which entry of `w` makes `a[1]`?
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "u03-long-chain-forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def long_chain_forward(x, w):
    """A chain of K links, a_k = tanh(w_k a_{k-1}) with a_0 = x.

    Parameters
    ----------
    x : float
    w : ndarray, shape (K,)

    Returns
    -------
    a : ndarray, shape (K + 1,)
        All values, from a_0 = x to a_K.
    """
    ### BEGIN SOLUTION
    a = [x]
    for w_k in w:
        a.append(np.tanh(w_k * a[-1]))
    return np.array(a)
    ### END SOLUTION


# %% [markdown]
# **Check.** Chains of several lengths, so a fixed number of links cannot hide.

# %% nbgrader={"grade": true, "grade_id": "u03-long-chain-forward-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(long_chain_forward)
# When graded: the same with other numbers.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("long_chain_forward", long_chain_forward)
### END HIDDEN TESTS

# %% [markdown]
# **Derive, backwards.** $\mathrm{d}a_2=1$ arrives at link 2. The slope of tanh is $1-a_2^2$:
#
# $\mathrm{d}z_2=1\cdot(1-0.5436^2)=0.7045$,
# $\mathrm{d}w_2=0.7045\cdot a_1=0.5365$,
# $\mathrm{d}a_1=0.7045\cdot w_2=0.5636$.
#
# Do link 1 the same way. One link uses its output, its input and its weight: so `a` is stored.
#
# **Code.** Harder, 22 minutes, {points: long_chain_backward}.
#
# <details><summary>Hint: where to start</summary>
#
# Which link is first on the way back? What of it does the next one need?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# For the link with weight `w[k]`, is its output `a[k]` or `a[k + 1]`? Which number is left after the last turn of the loop?
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "u03-long-chain-backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def long_chain_backward(da, a, w):
    """Gradients of the loss through ``a = long_chain_forward(x, w)``.

    Parameters
    ----------
    da : float
        dL/da_K, from what follows the chain.
    a : ndarray, shape (K + 1,)
        All values of the forward pass, a_0 = x first.
    w : ndarray, shape (K,)

    Returns
    -------
    dx : float
    dw : ndarray, shape (K,)
        dL/dw_1 first.
    """
    ### BEGIN SOLUTION
    dw = np.zeros(len(w))
    for k in reversed(range(len(w))):
        dz = da * (1 - a[k + 1] ** 2)
        dw[k] = dz * a[k]
        da = dz * w[k]
    return da, dw
    ### END SOLUTION


# %% [markdown]
# **Check.** `da` is a random number, so forgetting it cannot hide.
# By hand, for the two links above, `dw` is (0.4734, 0.5365) and `dx` is 0.1183.

# %% nbgrader={"grade": true, "grade_id": "u03-long-chain-backward-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check(long_chain_backward)
# When graded: the same with other numbers.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("long_chain_backward", long_chain_backward)
### END HIDDEN TESTS

# %% [markdown]
# **Play.** Twenty links, all with $w_k=1.5$, and $x=1$.
# Soon $a_k$ settles at 0.85856, and each link multiplies the gradient by $w_k(1-a_k^2)=1.5\cdot0.2629=0.394$.
#
# Predict: how much smaller is $|\mathrm{d}w_1|$ than $|\mathrm{d}w_{20}|$?
#
# - a: about 20 times
# - b: about 400 times
# - c: more than a million times
#
# Type the letter in quotation marks, such as `"a"`.
# The figure appears with your guess.

# %%
guess = None
ask("u03-vanish", guess)
if guess is not None and ready(long_chain_forward, long_chain_backward):
    graphs.chain_gradients(long_chain_forward, long_chain_backward, x=1.0, weights=(1.5, 1.0), links=20)

# %% [markdown]
# <details><summary>What the figure shows</summary>
#
# For $w_k=1.5$, $|\mathrm{d}w_k|$ falls from 0.2257 at link 20 to 0.0000000031 at link 1.
# For $w_k=1$ it falls by a factor of 15 only.
# The larger weight pushes $a$ to the flat part of tanh, where the slope is 0.26.
# With $w_k=1$, $a$ shrinks slowly, from 1 to 0.26, and the slope rises to 0.93.
# With 1.5, almost nothing reaches the first link: the gradient **vanishes**.
# This is why deep networks were long hard to train; what helps comes later in the course.
#
# </details>
#
# **Reflect.** Without the stored `a`, each $a_k$ would be computed again from $x$ each time.
# How many tanh for 20 links, in place of 20?
#
# <details><summary>One answer</summary>
#
# $1+2+\dots+20=210$. Storing costs memory and saves time: that is the bargain of every backward pass.
#
# </details>

# %% [markdown]
# ## Bug hunt: a share that falls
#
# The share of $p$ in a total is $r=p/(p+q)$: 0.75 for $p=3$, $q=1$.
# More $p$ must raise it. For `dr = 1` this backward pass says `dp = -0.1875`:
#
# ```python
# def share_backward(dr, p, q):
#     s = p + q  # r = p / s
#     dp = dr / s  # numerator
#     ds = -dr * p / s**2  # denominator
#     dp = ds  # s = p + q
#     dq = ds
#     return dp, dq
# ```
#
# What is wrong? Type the letter in quotation marks, such as `"a"`.
#
# - a: the sign of `ds`
# - b: `dp` is overwritten where paths meet
# - c: `dr` is forgotten on one path

# %%
guess = None
ask("u03-bug", guess)

# %% [markdown]
# **Mend it.** Easy, 10 minutes, {points: share_backward}. Before you write: which sign must `dp` have for positive `dr`, and which sign `dq`?
#
# <details><summary>Hint: where to start</summary>
#
# Draw the graph. How many edges leave $p$, and how many leave $q$?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Two numbers come back to $p$: 0.25 and −0.1875 for the example. What does a copy do with them?
#
# </details>


# %% nbgrader={"grade": false, "grade_id": "u03-share-backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def share_backward(dr, p, q):
    """Gradients of the loss through ``r = p / (p + q)``.

    Parameters
    ----------
    dr : float
        dL/dr, from what follows.
    p, q : float
        Both positive.

    Returns
    -------
    dp, dq : float
    """
    ### BEGIN SOLUTION
    s = p + q
    ds = -dr * p / s**2
    dp = dr / s + ds
    dq = ds
    return dp, dq
    ### END SOLUTION


# %% [markdown]
# **Check.** Other numbers, and `dr` of either sign.

# %% nbgrader={"grade": true, "grade_id": "u03-share-backward-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(share_backward)
# When graded: the same with other numbers.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("share_backward", share_backward)
### END HIDDEN TESTS

# %% [markdown]
# ## Recap
#
# | | |
# |---|---|
# | neuron | $\mathrm{d}z=2(a-y)\,a(1-a)$; $\mathrm{d}w=\mathrm{d}z\,x$, $\mathrm{d}x=\mathrm{d}z\,w$, $\mathrm{d}b=\mathrm{d}z$ |
# | fork | $\mathrm{d}L/\mathrm{d}x=2x\sin x+x^2\cos x$ |
# | link | $\mathrm{d}z_k=\mathrm{d}a_k(1-a_k^2)$; $\mathrm{d}w_k=\mathrm{d}z_k\,a_{k-1}$, $\mathrm{d}a_{k-1}=\mathrm{d}z_k\,w_k$ |
# | share | $\mathrm{d}p=\mathrm{d}r\,q/(p+q)^2$, $\mathrm{d}q=-\mathrm{d}r\,p/(p+q)^2$ |
#
# Multiply along a path, add across paths, and store what each slope needs.
#
# **Next.** Gradients say which way is up; unit 04 steps downhill.
#
# **Sources**
#
# - Linnainmaa 1970, master's thesis, University of Helsinki: reverse accumulation.
# - Rumelhart, Hinton and Williams 1986, "Learning representations by back-propagating errors".
# - Olah 2015, "Calculus on Computational Graphs: Backpropagation": paths and factoring.
# - Nielsen 2015, *Neural Networks and Deep Learning*, chapter 5: vanishing gradients.
