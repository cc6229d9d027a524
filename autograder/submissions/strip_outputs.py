"""Cutting outputs out of a notebook's bytes before anything parses them, so that they cost no memory."""

import re
from collections.abc import Iterator

from autograder.errors import UnreadableSubmission

MAX_TOKENS = 1_000_000
MAX_DEPTH = 64
MAX_KEPT = 4_000_000
CUT = (b'"outputs"', b'"attachments"', b'"widgets"')
"""Nothing in these is believed, and all that is large in an honest notebook is in them."""

# Possessive, so that a string of megabytes is passed over in one go; a quote alone is a string that never ends.
TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{}]', re.S)
VALUE = re.compile(rb"\s*+:\s*+([\[{])")


def strip_outputs(data: bytes, name: str) -> bytes:
    """A notebook's JSON with the outputs, attachments and widget states left empty.

    Strings and brackets are walked one by one and nothing is built from them, so the memory needed is that of
    ``data`` and of the result, which has at most ``MAX_KEPT`` bytes. What is cut is not checked further.

    Parameters
    ----------
    data : bytes
    name : str
        The file's name, for the message.

    Raises
    ------
    UnreadableSubmission
        If a bracket or a string never ends, if brackets lie too deep, if there are too many of them, or if too much
        is left.
    """
    kept: list[bytes] = []
    start = depth = size = 0
    tokens = Tokens(data, name)
    for token in tokens:
        if len(token) == 1:
            depth += 1 if token in b"[{" else -1
            _require_shallow(depth, name)
        elif token in CUT and (value := VALUE.match(data, tokens.end)):
            kept.append(data[start : value.start(1)] + (b"[]" if value[1] == b"[" else b"{}"))
            size += len(kept[-1])
            _pass_over(tokens)
            start = tokens.end
    if depth > 0:
        raise cut_off(name)
    if size + len(data) - start > MAX_KEPT:
        raise UnreadableSubmission(
            f"{name} holds more than {MAX_KEPT / 1e6:.0f} MB besides its outputs; put data into no cell, "
            "and hand it in again"
        )
    return b"".join([*kept, data[start:]])


def cut_off(name: str) -> UnreadableSubmission:
    """The reason of a file that ends too early."""
    return UnreadableSubmission(f"{name} ends in the middle, as a broken upload does; save it and hand it in again")


class Tokens(Iterator[bytes]):
    """Brackets and short strings in order; ``end`` is where the last one ends."""

    def __init__(self, data: bytes, name: str) -> None:
        self.matches, self.name, self.end, self.seen = TOKEN.finditer(data), name, 0, 0
        self.longest = max(map(len, CUT))

    def __next__(self) -> bytes:
        for match in self.matches:
            self.seen += 1
            if self.seen > MAX_TOKENS:
                raise UnreadableSubmission(
                    f"{self.name} holds too many values to be read; clear its outputs and hand it in again"
                )
            self.end = match.end()
            length = self.end - match.start()
            if length <= self.longest:
                if match[0] == b'"':
                    raise cut_off(self.name)
                return match[0]
        raise StopIteration


def _pass_over(tokens: Tokens) -> None:
    """Go on until the value that begins here has ended."""
    depth = 0
    for token in tokens:
        if len(token) == 1:
            depth += 1 if token in b"[{" else -1
            if not depth:
                return
    raise cut_off(tokens.name)


def _require_shallow(depth: int, name: str) -> None:
    if depth > MAX_DEPTH:
        raise UnreadableSubmission(
            f"{name} nests more than {MAX_DEPTH} brackets, which no notebook does; start from the released notebook"
        )
