"""Making the mutants of an answer: each has one change, and no two are the same code."""

import ast
import contextlib
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from types import CodeType

from autograder.mutants.known_right import RightText
from autograder.mutants.operators import OPERATORS
from autograder.mutants.operators.places import Place, Replacement, places_of

MAX_SHOWN = 90
"""Characters of a changed piece that a mutant's name shows."""


@dataclass(frozen=True)
class Mutant:
    """A right answer with one change.

    Attributes
    ----------
    name : str
        What an author calls it by: the answer, and what became what; the same change in two places is numbered.
    operator : str
        What kind of change it is.
    definition : str
        The text of the changed function or class.
    answer : RightText
        The right answer that it is made of.
    """

    name: str
    operator: str
    definition: str
    answer: RightText

    @cached_property
    def code(self) -> CodeType:
        """The whole text, with all that the definition needs, compiled."""
        return _code_of(self.answer.whole(self.definition))


def mutants_of(answer: RightText) -> Iterator[Mutant]:
    """Every mutant of one right answer, in an order that is always the same."""
    seen = {_essence(compile(ast.unparse(answer.definition), "<mutant>", "exec"))}
    times: Counter[str] = Counter()
    for place in places_of(answer.definition):
        for kind, operator in OPERATORS.items():
            for replacement in operator(place):
                definition = _changed(answer, place, replacement)
                code = _code_or_none(definition)
                if code is None or (essence := _essence(code)) in seen:
                    continue
                seen.add(essence)
                label = f"{answer.name}: {_change(kind, place.node, replacement)}"
                times[label] += 1
                number = f" ({times[label]})" if times[label] > 1 else ""
                yield Mutant(label + number, kind, definition, answer)


def _changed(answer: RightText, place: Place, replacement: Replacement) -> str:
    """The text of the definition with the replacement in its place, as Python writes it."""
    restore = place.put(replacement)
    try:
        # the definition itself may be what is replaced: then it hangs in a holder of its own
        changed = replacement if place.node is answer.definition else answer.definition
        assert isinstance(changed, ast.AST)
        return ast.unparse(ast.fix_missing_locations(changed))
    finally:
        restore()


def _code_or_none(text: str) -> CodeType | None:
    """The code, or None where the change makes no Python."""
    with contextlib.suppress(SyntaxError, ValueError):
        return _code_of(text)
    return None


def _code_of(text: str) -> CodeType:
    """The code; what Python warns of, such as a call of a number, is what a mutant is there for."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return compile(text, "<mutant>", "exec")


def _essence(code: CodeType) -> tuple[object, ...]:
    """What two codes have in common when they do the same, line by line, whatever their lines are."""
    constants = tuple(_essence(one) if isinstance(one, CodeType) else (type(one), repr(one)) for one in code.co_consts)
    return code.co_code, code.co_names, code.co_varnames, code.co_freevars, constants


def _change(kind: str, node: ast.AST, replacement: Replacement) -> str:
    """What became what; of a whole loop or function, where it begins and what kind of change it is."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.For | ast.While):
        return f"{kind}, {ast.unparse(node).splitlines()[0].rstrip(':')}"
    return f"{_shown(node)} → {_shown(replacement)}"


def _shown(piece: Replacement) -> str:
    """A changed piece in one line."""
    pieces = piece if isinstance(piece, list) else [piece]
    text = "; ".join(_one_line(one) for one in pieces)
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def _one_line(node: ast.AST) -> str:
    lines = ast.unparse(ast.fix_missing_locations(node)).splitlines()
    return " ".join(line.strip() for line in lines)
