"""Which of the unit's names an answer's code may look up."""

import functools

import pytest

from autograder.sandbox.confined.substitution import names_reached

WANTED = ["mse", "predict", "relu"]
CODE = {
    "none": ("def subject(x): return x.mean()", []),
    "one": ("def subject(x): return mse(x, 0)", ["mse"]),
    "by a function": ("def helper(x): return predict(x)\ndef subject(x): return helper(x)", ["predict"]),
    "in a comprehension": ("def subject(x): return [relu(v) for v in x]", ["relu"]),
    "in a lambda": ("def subject(x): return (lambda v: relu(v))(x)", ["relu"]),
    "another name for it": ("other = relu\ndef subject(x): return other(x)", []),
    "by a partial": ("import functools\nsubject = functools.partial(lambda y, x: mse(x, y), 0)", ["mse"]),
    "wrapped": ("import functools\n@functools.lru_cache\ndef subject(x): return mse(x, x)", ["mse"]),
    "a closure": (
        "def make():\n    def inner(x): return mse(x, x)\n    return lambda x: inner(x)\nsubject = make()",
        ["mse"],
    ),
    "a default": ("def subject(x, act=lambda v: relu(v)): return act(x)", ["relu"]),
    "in a list": ("steps = [lambda v: relu(v)]\ndef subject(x): return steps[0](x)", ["relu"]),
    "a class": ("class Base:\n    def f(self, x): return mse(x, x)\nclass subject(Base): pass", ["mse"]),
    "an instance": ("class A:\n    def f(self, x): return relu(x)\na = A()\ndef subject(x): return a.f(x)", ["relu"]),
    "a property": ("class subject:\n    @property\n    def f(self): return predict(1)", ["predict"]),
    "a static method": ("class subject:\n    @staticmethod\n    def f(x): return predict(x)", ["predict"]),
    "a named tuple": (
        "from typing import NamedTuple\nclass Pair(NamedTuple):\n    a: int\n    def f(self): return relu(self.a)\n"
        "pair = Pair(1)\ndef subject(x): return pair.f()",
        ["relu"],
    ),
    "a dict of its own kind": (
        "class Lazy(dict):\n    def __missing__(self, key): return relu(key)\nlazy = Lazy()\n"
        "def subject(x): return lazy[x]",
        ["relu"],
    ),
    "a number of its own kind": (
        "class Number(float):\n    def act(self): return relu(self)\none = Number(1)\ndef subject(x): return one.act()",
        ["relu"],
    ),
    "slots": (
        "class Holds:\n    __slots__ = ('f',)\nholds = Holds()\nholds.f = lambda x: relu(x)\n"
        "def subject(x): return holds.f(x)",
        ["relu"],
    ),
    "a metaclass": (
        "class Meta(type):\n    def act(cls, x): return relu(x)\nclass Plain(metaclass=Meta): pass\n"
        "def subject(x): return Plain.act(x)",
        ["relu"],
    ),
    "a default factory": (
        "import collections\nmade = collections.defaultdict(lambda: relu(1))\ndef subject(x): return made[x]",
        ["relu"],
    ),
    "a deque": (
        "import collections\nsteps = collections.deque([lambda v: relu(v)])\ndef subject(x): return steps[0](x)",
        ["relu"],
    ),
    "keys": (
        "registry = {}\ndef register(f):\n    registry[f] = 1\n    return f\n@register\ndef helper(x): return relu(x)\n"
        "def subject(x): return [f(x) for f in registry]",
        ["relu"],
    ),
    "an array of objects": (
        "import numpy as np\nsteps = np.array([lambda v: relu(v), 1], dtype=object)\n"
        "def subject(x): return steps[0](x)",
        ["relu"],
    ),
    "a map": ("values = map(lambda v: relu(v), [1])\ndef subject(x): return next(values)", ["relu"]),
    "a generator": (
        "def many():\n    while True: yield relu(1)\nvalues = many()\nnext(values)\n"
        "def subject(x): return next(values)",
        ["relu"],
    ),
    "what numpy calls": (
        "import numpy as np\nact = np.frompyfunc(lambda v: relu(v), 1, 1)\ndef subject(x): return act(x)",
        WANTED,
    ),
    "numpy": (
        "import numpy as np\nrng = np.random.default_rng(0)\ndef subject(x): return np.exp(x) + rng.normal()",
        [],
    ),
    "by a function's globals": ("def helper(): pass\ndef subject(x): return helper.__globals__['mse'](x)", WANTED),
    "by globals": ("def subject(x): return globals()['mse'](x)", WANTED),
    "by eval": ("def subject(x): return eval('relu(x)')", WANTED),
    "it itself": ("def subject(x): return subject(x - 1) if x else 0", []),
    "no Python": ("subject = max", []),
}


@pytest.mark.parametrize("kind", CODE)
def test_names_that_an_answer_may_look_up(kind):
    source, expected = CODE[kind]
    names = {"__name__": "__main__", **{name: functools.partial(max, 0) for name in WANTED}}
    exec(source, names)
    assert names_reached(names["subject"], WANTED) == expected


def test_a_thousand_things_are_not_looked_through():
    names = {"__name__": "__main__", "many": [[k] for k in range(3000)]}
    exec("def subject(x): return many[x]", names)
    assert names_reached(names["subject"], WANTED) == WANTED
