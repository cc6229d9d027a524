"""``ask(name, guess)``: a self-test question that answers at once and costs nothing."""

import re
from dataclasses import dataclass
from typing import Any

from course.key import find_question


@dataclass(frozen=True)
class Reply:
    """What is said to a guess."""

    right: bool
    text: str


def ask(name: str, guess: Any = None) -> None:
    """Answer a guess at once; with no guess yet, say how to give one.

    Parameters
    ----------
    name : str
        The question.
    guess : number or str
        A number is right within the question's tolerance (1 % unless it says otherwise);
        a choice is its letter, in any case.

    Raises
    ------
    UnknownExercise
        If no unit has a question of this name.
    """
    print(reply(find_question(name), guess).text)


def reply(question: dict[str, Any], guess: Any) -> Reply:
    """The reply to one guess; nothing that is guessed raises an error."""
    if guess is None or guess is ...:
        return Reply(False, "Your guess first: replace None, then run this cell again.")
    answer = question["answer"]
    if isinstance(answer, str):
        given = str(guess).strip().lower() if isinstance(guess, str) else ""
        if _same_text(given, answer):
            return Reply(True, f"Yes. {question['why']}")
        hint = next((text for wrong, text in question["hints"] if _same_text(given, str(wrong))), "")
        return Reply(False, f"Not this one. {hint}".strip())
    number = _as_number(guess)
    if number is None:
        return Reply(False, "Type a number.")
    if _close(number, answer, question["tolerance"]):
        return Reply(True, f"Yes. {question['why']}")
    hint = next((text for wrong, text in question["hints"] if _close(number, float(wrong), question["tolerance"])), "")
    return Reply(False, f"Not {number:g}. {hint}".strip())


def _as_number(guess: Any) -> float | None:
    """The number that was typed; as text, with commas between thousands or as the decimal sign, it counts too."""
    if isinstance(guess, str):
        thousands = re.fullmatch(r"\s*-?\d{1,3}(,\d{3})+(\.\d*)?\s*", guess)
        guess = guess.replace(",", "" if thousands else ".")
    try:
        return float(guess)
    except (TypeError, ValueError, OverflowError):
        return None


def _same_text(one: str, other: str) -> bool:
    return one.strip().lower() == other.strip().lower()


def _close(one: float, other: float, tolerance: float) -> bool:
    return abs(one - other) <= tolerance * max(abs(other), 1e-12)
