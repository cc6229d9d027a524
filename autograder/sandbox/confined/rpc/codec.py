"""Values as bytes, and back: numbers, text, containers, numeric arrays, named functions, and handles to objects.

Nothing is unpickled, so what comes from the other side can be wrong, but can't run code. Arrays keep their dtype,
shape, memory order and read-only flag, since the care that an answer takes is judged by these. In text, half of a
surrogate pair goes as a question mark: nobody beyond could write it down.
"""

import math
from collections.abc import Callable
from typing import Any

import msgpack
import numpy as np

from course.functions import FAMILIES, Named

MAX_BYTES = 32_000_000
MAX_AXES = 32
MAX_DIGITS = 5_000
MAX_ITEMS = 1_000_000
"""In all lists and dicts of a message: an empty list is one byte on the wire and 64 in memory."""
MAX_DEPTH = 60
"""Of values of our own kinds in each other: each costs the unpacker 40 KB of the stack."""
TUPLE, COMPLEX, SCALAR, ARRAY, NAMED, HANDLE, LARGE, SLICE, ELLIPSIS = range(1, 10)
KINDS = "biufc"
DTYPES = {np.dtype(code).str: np.dtype(np.dtype(code).str) for code in "?bhilqBHILQefdgFDG"}
"""The dtypes of arrays that come, by what stands for them in a message; numpy itself reads much more of a text."""
IN_ROWS, IN_COLUMNS, SPREAD = range(3)
ORDERS: Any = ("C", "F")

Refer = Callable[[Any], list[Any]]
"""What stands for an object, or for an array that both sides keep equal: a few numbers and words."""
Resolve = Callable[[list[Any]], Any]


class BadMessage(Exception):
    """What came from the other process breaks the protocol."""


class NotSent(TypeError):
    """A value that can't be sent; the message says what it is."""


def packed(value: Any, handle: Refer, share: Refer) -> bytes:
    """A value as bytes.

    Parameters
    ----------
    value : object
    handle : callable
        Called with an object that stays on this side, or that is a proxy of the other side's.
    share : callable
        Called with each numeric array, also one of a class of the student's own: the other side gets a plain one.
        Gives an empty list where its numbers are sent as they are now.

    Raises
    ------
    NotSent
        If something in it can't be sent, or it is too much.
    """

    def extended(found: Any) -> msgpack.ExtType:
        kind = type(found)
        if kind is tuple:
            return msgpack.ExtType(TUPLE, inner(list(found)))
        if kind is complex:
            return msgpack.ExtType(COMPLEX, inner([found.real, found.imag]))
        if kind is int:
            return msgpack.ExtType(LARGE, str(found).encode())
        if issubclass(kind, np.generic) and np.asarray(found).dtype.kind in KINDS:
            return msgpack.ExtType(SCALAR, inner(_from_array(np.asarray(found), [])))
        if issubclass(kind, np.ndarray) and (plain := plain_array(found)).dtype.kind in KINDS:
            return msgpack.ExtType(ARRAY, inner(_from_array(plain, share(found))))
        if kind is Named:
            return msgpack.ExtType(NAMED, inner([found.name, found.parameters]))
        if kind is slice:
            return msgpack.ExtType(SLICE, inner([found.start, found.stop, found.step]))
        if found is Ellipsis:
            return msgpack.ExtType(ELLIPSIS, inner([]))
        return msgpack.ExtType(HANDLE, inner(handle(found)))

    def inner(found: Any) -> bytes:
        return msgpack.packb(found, default=extended, strict_types=True, unicode_errors="replace")

    try:
        data = inner(value)
    except (ValueError, OverflowError, RecursionError) as error:
        raise NotSent(f"a value that can't be sent ({type(error).__name__})") from None
    if len(data) > MAX_BYTES:
        raise NotSent(f"a value of {len(data) / 1e6:.0f} MB")
    return data


def unpacked(data: bytes, handle: Resolve, share: Resolve) -> Any:
    """The value that the bytes stand for.

    Raises
    ------
    BadMessage
        If they are no such bytes.
    """
    try:
        return _Unpacker(handle, share).value(data)
    except BadMessage:
        raise
    except Exception as error:  # whatever is wrong with bytes from a process that is not trusted
        raise BadMessage(f"bytes that are no message ({type(error).__name__})") from None


class _Unpacker:
    """Makes values of the bytes of one message, and counts how many and how deep they are."""

    def __init__(self, handle: Resolve, share: Resolve) -> None:
        self._handle, self._share = handle, share
        self._depth = self._items = 0

    def value(self, data: bytes) -> Any:
        """The value of some bytes, whose own kinds of values hold bytes again."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise BadMessage("values nested too deep")
        found = msgpack.unpackb(
            data,
            ext_hook=self._own_kind,
            list_hook=self._count,
            object_hook=self._count,
            strict_map_key=False,
            max_array_len=MAX_ITEMS,
            max_map_len=MAX_ITEMS,
        )
        self._depth -= 1
        return found

    def _count(self, found: Any) -> Any:
        self._items += 1 + len(found)
        if self._items > MAX_ITEMS:
            raise BadMessage("too many values at once")
        return found

    def _own_kind(self, code: int, content: bytes) -> Any:
        self._count(())
        if code == LARGE:
            if len(content) > MAX_DIGITS:
                raise BadMessage("a number of too many digits")
            return int(content)
        parts = self.value(content)
        if type(parts) is not list:
            raise BadMessage("a value without its parts")
        if code == TUPLE:
            return tuple(parts)
        if code == COMPLEX and list(map(type, parts)) == [float, float]:
            return complex(*parts)
        if code == SCALAR:
            return _to_array(parts)[()]
        if code == ARRAY:
            return self._array(parts)
        if code == NAMED and list(map(type, parts)) == [str, dict] and parts[0] in FAMILIES:
            return Named(parts[0], **parts[1])
        if code == HANDLE:
            return self._handle(parts)
        if code == SLICE and len(parts) == 3:
            return slice(*parts)
        if code == ELLIPSIS and not parts:
            return Ellipsis
        raise BadMessage(f"an unknown kind of value ({code})")

    def _array(self, parts: list[Any]) -> np.ndarray:
        reference = parts[0]
        if type(reference) is not list:
            raise BadMessage("an array of another form")
        if reference and parts[1] is None:
            return self._share(reference)
        return self._share([*reference, _to_array(parts)]) if reference else _to_array(parts)


def _from_array(array: np.ndarray, reference: list[Any]) -> list[Any]:
    """Reference, dtype, shape, layout, read-only flag and numbers; no numbers where the other side has the array."""
    if reference and reference[0] == "yours":
        return [reference, None]
    layout = IN_ROWS
    if not array.flags.c_contiguous:
        layout = IN_COLUMNS if array.flags.f_contiguous else SPREAD
    return [
        reference,
        array.dtype.newbyteorder("=").str,
        list(array.shape),
        layout,
        array.flags.writeable,
        numbers_of(array),
    ]


def plain_array(array: np.ndarray) -> np.ndarray:
    """The array itself, seen as one of numpy's own class, which reads and writes as numpy does."""
    return array if type(array) is np.ndarray else np.ndarray.view(array, np.ndarray)


def numbers_of(array: np.ndarray) -> bytes:
    """The numbers of a plain array, row by row."""
    return (array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("="))).tobytes()


def _is_length(size: Any) -> bool:
    return type(size) is int and 0 <= size <= MAX_BYTES


def _to_array(parts: list[Any]) -> np.ndarray:
    _, kind, shape, layout, writeable, data = parts
    dtype = DTYPES.get(kind) if type(kind) is str else None
    if dtype is None or type(data) is not bytes:
        raise BadMessage("an array of something else than numbers")
    if type(shape) is not list or len(shape) > MAX_AXES or type(layout) is not int or type(writeable) is not bool:
        raise BadMessage("an array of another form")
    if not all(map(_is_length, shape)) or math.prod(shape) * dtype.itemsize != len(data):
        raise BadMessage("an array whose size is not that of its numbers")
    flat = np.frombuffer(data, dtype).reshape(shape)
    array = np.zeros((*shape, 2), dtype)[..., 0] if layout == SPREAD else np.empty(shape, dtype, ORDERS[layout])
    array[...] = flat
    array.flags.writeable = writeable
    return array
