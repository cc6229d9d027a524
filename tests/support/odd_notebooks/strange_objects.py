"""Objects that an answer may return by mistake or in malice: none of them is a result, and none may run its code."""

import datetime
import itertools
import types
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np


class Trap(Exception):
    """A returned object's own code ran."""


def _spring(*args: Any, **kwargs: Any) -> Any:
    raise Trap


TRAPS = (
    *("__eq__", "__ne__", "__lt__", "__repr__", "__str__", "__format__", "__len__", "__iter__", "__next__"),
    *("__getitem__", "__contains__", "__bool__", "__float__", "__int__", "__index__", "__complex__", "__neg__"),
    *("__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__truediv__", "__abs__", "__hash__"),
    *("__array__", "__array_ufunc__", "__array_function__", "__array_wrap__", "__array_finalize__", "__buffer__"),
    *("__dir__", "__reduce_ex__", "__reduce__", "__copy__", "__deepcopy__", "__sizeof__", "__instancecheck__"),
    *("items", "keys", "values", "get", "tolist", "astype", "copy", "item", "view", "ravel"),
)
TRAPPED = dict.fromkeys(TRAPS, _spring)
PROPERTIES = ("__class__", "__dict__", "__array_interface__", "__array_struct__", "shape", "dtype", "ndim", "size")


class EvilMeta(type):
    """A class of classes whose name, bases and comparisons are traps."""

    __name__ = property(_spring)  # type: ignore[assignment]
    __mro__ = property(_spring)  # type: ignore[assignment]
    __eq__ = _spring
    __hash__ = _spring  # type: ignore[assignment]
    __repr__ = _spring
    __instancecheck__ = _spring
    __subclasscheck__ = _spring
    __len__ = _spring
    __bool__ = _spring


def trapped(*bases: type) -> type:
    """A subclass in which everything that can be overridden is a trap."""
    body: dict[str, Any] = {**TRAPPED, **{name: property(_spring) for name in PROPERTIES}}
    body["__getattr__"] = body["__getattribute__"] = _spring
    if np.ndarray in bases:
        del body["__array_finalize__"]
    return types.new_class("Evil", bases, exec_body=lambda namespace: namespace.update(body))


def _nested(depth: int) -> list:
    tree: list = [1.0]
    for _ in range(depth):
        tree = [tree]
    return tree


def _inside_itself() -> list:
    loop: list = [1.0]
    loop.append(loop)
    return loop


def _crowd() -> list:
    """A small list that stands for 10³⁰ numbers."""
    tree: list = [1.0] * 1000
    for _ in range(9):
        tree = [tree] * 1000
    return tree


def _evil_array() -> np.ndarray:
    kind = type("EvilArray", (np.ndarray,), {})
    array = np.full(3, 123.0).view(kind)
    for name in (*TRAPS, "__getattribute__"):
        setattr(kind, name, _spring)
    return array


def generator() -> Any:
    yield 123.0


def never_judged() -> dict[str, Any]:
    """Objects that are no plain value, each made anew, by a telling name."""
    with np.errstate(all="ignore"):
        return {
            "NotImplemented": NotImplemented,
            "Ellipsis": ...,
            "bytes": b"123",
            "bytearray": bytearray(3),
            "memoryview": memoryview(np.zeros(3)),
            "huge whole number": 10**400,
            "object array": np.array([1.0, None], dtype=object),
            "text array": np.array(["a", "b"]),
            "bytes array": np.array([b"a"]),
            "date array": np.array(["2020-01-01"], dtype="datetime64[D]"),
            "structured array": np.zeros(3, dtype=[("x", float), ("y", int)]),
            "record array": np.rec.fromrecords([(1, 2.0)], names="x,y"),
            "matrix": np.eye(3).view(np.matrix),
            "masked array": np.ma.masked_array([1.0, 2.0], mask=[True, False]),
            "masked": np.ma.masked,
            "void scalar": np.void(b"abc"),
            "duration": np.timedelta64(3, "s"),
            "date": np.datetime64("2020-01-01"),
            "datetime": datetime.datetime(2020, 1, 1),
            "giant array": np.broadcast_to(1.0, (10**6, 10**6)),
            "giant zeros": np.broadcast_to(np.zeros(1), (10**15,)),
            "list of giants": [np.broadcast_to(1.0, 10**6)] * 10,
            "crowded list": _crowd(),
            "deep list": _nested(1000),
            "list in itself": _inside_itself(),
            "set": {1.0},
            "frozenset": frozenset([1.0]),
            "generator": generator(),
            "endless generator": (0.0 for _ in itertools.count()),
            "count": itertools.count(),
            "iterator": iter([1.0]),
            "map": map(abs, [1.0]),
            "zip": zip([1.0], [2.0], strict=True),
            "range": range(3),
            "dict keys": {"a": 1.0}.keys(),
            "dict values": {"a": 1.0}.values(),
            "dict with numbers as keys": {1: 2.0},
            "dict with evil keys": {object(): 1.0},
            "Decimal": Decimal("1.5"),
            "Fraction": Fraction(1, 2),
            "module": np,
            "class": dict,
            "type": type,
            "function": np.sum,
            "lambda": lambda: 1.0,
            "method": [].append,
            "exception": ValueError("no"),
            "code": generator.__code__,
            "sparse matrix": types.SimpleNamespace(shape=(3,), data=[1.0], toarray=_spring),
            "dtype": np.dtype(float),
            "evil object": trapped()(),
            "evil class": trapped(),
            "evil exception": trapped(Exception)(),
            "instance of an evil class of classes": EvilMeta("Evil", (), {})(),
            "evil class of classes": EvilMeta("Evil", (), {}),
            "list with an evil object": [1.0, trapped()()],
            "dict with an evil object": {"dx": trapped()()},
        }


def wrong_numbers() -> dict[str, Any]:
    """Plain values, some of them in disguise, that are no right answer of any exercise in the tests."""
    evil_str, evil_list, evil_tuple, evil_dict = trapped(str), trapped(list), trapped(tuple), trapped(dict)
    return {
        "None": None,
        "text": "123",
        "numpy text": np.str_("123"),
        "evil text": evil_str("123"),
        "empty text": "",
        "big whole number": 10**30,
        "nan": float("nan"),
        "inf": float("inf"),
        "-inf": -np.inf,
        "complex": 123 + 4j,
        "complex nan": complex(0.0, float("nan")),
        "True": True,
        "half precision": np.float16(123),
        "long double": np.longdouble("1e4000"),
        "unsigned": np.uint8(123),
        "empty list": [],
        "empty lists": [[], []],
        "empty array": np.zeros(0),
        "empty dict": {},
        "shape (0, 7)": np.zeros((0, 7)),
        "ragged list": [[1.0, 2.0], [3.0]],
        "list with text": [1.0, "b"],
        "list with None": [1.0, None],
        "mixed list": [1.0, [2.0], {"a": 3.0}, "b", None],
        "dict of lists": {"a": [1.0, {"b": "c"}]},
        "dict with numpy text as key": {np.str_("a"): 1.0},
        "dict with evil text as key": {"a": 1.0, "b": evil_str("a")},
        "many dimensions": np.full((1,) * 30, 123.0),
        "overflowing whole numbers": np.full(3, 2**62),
        "huge numbers": np.full(3, 1e308),
        "tiny numbers": np.full(3, 5e-324),
        "evil float": trapped(float)(123.0),
        "evil int": trapped(int)(123),
        "evil numpy float": trapped(np.float64)(123.0),
        "evil numpy int": trapped(np.int64)(123),
        "evil array": _evil_array(),
        "evil list": evil_list([1.0]),
        "evil tuple": evil_tuple([1.0]),
        "evil dict": evil_dict({"a": 1.0}),
    }
