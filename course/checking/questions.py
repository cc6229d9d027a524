"""``ask(name, guess)``: a self-test question that answers at once and costs nothing."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from course.answers.key_files import find_question

NEARLY = 0.05
"""How far a rounded guess may lie from the answer to be called close."""
ONE_NUMBER = (
    "Python reads a comma as two numbers. Type one number: leave out commas between thousands, and write decimals "
    "after a point."
)


@dataclass(frozen=True)
class Reply:
    """What is said to a guess; true where the guess could be answered, right or wrong."""

    right: bool
    text: str
    answered: bool = True

    def __bool__(self) -> bool:
        return self.answered

    def _ipython_display_(self) -> None:
        """As a cell's last line it shows nothing: its text is printed already."""


def ask(name: str, guess: Any = None) -> Reply:
    """Answer a guess at once; with no guess yet, say how to give one.

    Parameters
    ----------
    name : str
        The question.
    guess : number or str
        A number is right within the question's tolerance (1 % unless it says otherwise);
        a choice is its letter, in any case.

    Returns
    -------
    Reply
        False where there was no guess that could be answered, so that the answer stays hidden:
        ``if ask("u07-dead", guess): …``.

    Raises
    ------
    UnknownExercise
        If no unit has a question of this name.
    """
    said = reply(find_question(name), guess)
    print(said.text)
    return said


def reply(question: dict[str, Any], guess: Any) -> Reply:
    """The reply to one guess; nothing that is guessed raises an error."""
    if guess is None or guess is ...:
        return Reply(False, "Your guess first: replace None, then run this cell again.", answered=False)
    if isinstance(question["answer"], str):
        return _reply_to_choice(question, guess)
    return _reply_to_number(question, guess)


def _reply_to_choice(question: dict[str, Any], guess: Any) -> Reply:
    """A choice is a letter; what stands behind it ("c: -7", "b.") plays no part."""
    letter = re.match(r"\W*([a-z])\b", guess.lower()) if isinstance(guess, str) else None
    if letter is None:
        return Reply(False, 'Type one letter in quotation marks, such as "a".', answered=False)
    if letter[1] == question["answer"].lower():
        return Reply(True, f"Yes. {question['why']}")
    hint = next((text for wrong, text in question["hints"] if str(wrong).lower() == letter[1]), question["otherwise"])
    return Reply(False, f"Not {letter[1]}. {hint}".strip())


def _reply_to_number(question: dict[str, Any], guess: Any) -> Reply:
    if isinstance(guess, tuple | list):
        return Reply(False, ONE_NUMBER, answered=False)
    number = _as_number(guess)
    if number is None:
        quoted = ", without quotation marks" if isinstance(guess, str) else ""
        return Reply(False, f"Type a number{quoted}.", answered=False)
    answer, tolerance = question["answer"], question["tolerance"]
    if _close(number, answer, tolerance):
        return Reply(True, f"Yes. {question['why']}")
    hint = next((text for wrong, text in question["hints"] if _close(number, float(wrong), tolerance)), "")
    if not hint and _close(-number, answer, tolerance):
        hint = "The size is right, the sign is not."
    if not hint and _close(number, answer, NEARLY) and _is_rounding(number, answer):
        hint = "Close: keep more digits." if tolerance else "Close, but this one is to be exact."
    return Reply(False, f"Not {number:.12g}. {hint or question['otherwise']}".strip())


def _as_number(guess: Any) -> float | None:
    """The number that was typed; as text, "59,049", "59 049", "0,5" and a typographic minus count too."""
    if isinstance(guess, bool | np.bool_ | np.ndarray):
        return None
    if isinstance(guess, str):
        guess = guess.replace("\u2212", "-").strip()
        if not re.match(r"-?0,", guess):  # a comma behind a leading 0 stands before decimals
            guess = re.sub(r"(?<=\d)[\s,](?=\d{3}(\D|$))", "", guess)
        guess = guess.replace(",", ".")
    try:
        return float(guess)
    except (TypeError, ValueError, OverflowError):
        return None


def _close(one: float, other: float, tolerance: float) -> bool:
    return abs(one - other) <= tolerance * max(abs(other), 1e-12)


def _is_rounding(number: float, answer: float) -> bool:
    """Whether a number is the answer rounded to the digits that were typed; closing zeros of 17200 are no digits."""
    unit = Decimal(repr(number)).normalize().as_tuple().exponent
    return isinstance(unit, int) and abs(number - answer) <= 0.5 * 10.0**unit * (1 + 1e-9)
