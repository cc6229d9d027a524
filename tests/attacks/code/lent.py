"""Rows 25 and 27: what the grader lends, and what the student's process says of a call."""

from attacks.attack import attack
from attacks.handed_in import ALL

NOTHING_LENT = "it lends nothing"


@attack(row=27, earns=ALL - 6, stock=NOTHING_LENT)
def is_given_by_what_is_lent(handed):
    """No answer but a call of another one, which is not written and would be lent, with other arguments."""
    handed.answer("linear_backward", "linear_backward = None")
    handed.answer(
        "layer_gradients",
        "def layer_gradients(params, x, dz):\n    _, dW, db = linear_backward(dz, x, dz)\n"
        "    return {'dW': dW, 'db': db}",
    )


@attack(row=27, earns=ALL - 6, stock=NOTHING_LENT)
def looks_for_what_is_lent_in_another_way(handed):
    """The same, by a name that is looked up in the globals of the answer."""
    handed.answer("linear_backward", "linear_backward = None")
    handed.answer(
        "layer_gradients",
        "def layer_gradients(params, x, dz):\n    for thing in list(globals().values()):\n"
        "        if callable(thing) and getattr(thing, '__name__', '') == 'linear_backward':\n"
        "            return dict(zip(('dx', 'dW', 'db'), thing(dz, x, dz)))\n    return {}",
    )


WRITES = """
def linear_backward(dz, x, W):
    dz *= 1.5
    dz /= 1.5
    dz += 1
    dz -= 1
    x += 1
    return (dz @ W.T, (x - 1).T @ dz, dz.sum(axis=0))
"""
SAYS_NOTHING = """
import sys
for module in list(sys.modules.values()):
    for name in ('is_changed', 'with_changed', '_differs', 'same', 'array_equal', 'allclose'):
        if name in vars(module):
            try: setattr(module, name, lambda answered, *more, **named: answered if len(more) == 3 else False)
            except Exception: pass
"""


@attack(row=25, earns=ALL - 0.4, stock="it does not look at inputs")
def says_that_inputs_are_unchanged(handed):
    """An answer that writes into its inputs, and tools in its process that would not see it."""
    handed.first(SAYS_NOTHING)
    handed.answer("linear_backward", WRITES)
