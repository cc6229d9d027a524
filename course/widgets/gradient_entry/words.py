"""The text of the figure: formulas with the numbers put in, the state, and the answer to a guess."""

import numpy as np

from course.widgets.gradient_entry.batch import Batch, Entry, Ledger, Term
from course.widgets.gradient_entry.products import Fit, Pair

QUESTION = "Which example adds most to dW{}?"


def short(number: float) -> str:
    """A number to three digits, with a typographic minus and no negative zero."""
    return f"{float(number) + 0.0:.3g}".replace("-", "−")


def put_in(number: float | None) -> str:
    """A number inside a formula: a negative one in brackets, "?" for one that is missing."""
    if number is None:
        return "?"
    return f"({short(number)})" if short(number).startswith("−") else short(number)


def place(entry: Entry) -> str:
    """An entry as numpy writes it: "[1, 0]"."""
    return f"[{entry[0]}, {entry[1]}]"


def multiplied(pair: Pair | Term) -> str:
    """Two numbers with a dot between them."""
    return f"{put_in(pair[0])} · {put_in(pair[1])}"


def added(numbers: list[float]) -> str:
    """Numbers added up: "0 + 0 − 1 + 2"."""
    first, *rest = numbers
    words = [f"− {short(-n)}" if short(n).startswith("−") else f"+ {short(n)}" for n in rest]
    return " ".join([short(first), *words])


def formula(ledger: Ledger, entry: Entry) -> str:
    """The entry as a sum over the examples, in products and in numbers."""
    terms = ledger.terms(entry)
    if len(terms) == 1:
        return f"{multiplied(terms[0])} = {short(ledger.total[entry])}"
    products = " + ".join(map(multiplied, terms))
    return f"{products} = {added([term.product for term in terms])} = {short(ledger.total[entry])}"


def witnessed(ledger: Ledger, entry: Entry) -> str:
    """What the backward pass gives for the entry, beside the products."""
    whose = "Your linear_backward" if ledger.yours else "The course's linear_backward"
    gives = f"{whose} gives {short(ledger.given[entry])}"
    if entry in ledger.differing:
        return f"{gives}: it differs from the products."
    elsewhere = ", ".join(f"dW{place(other)}" for other in ledger.differing)
    return f"{gives}: the same. It differs at {elsewhere}." if elsewhere else f"{gives}: the same."


def state(ledger: Ledger, entry: Entry, fit: Fit) -> str:
    """The sentence under the picture."""
    d, m = entry
    if not fit.right_one:
        return " ".join([*fit.lines(), *settings(ledger.batch)])
    parts = [
        f"dW{place(entry)}, input {d} to neuron {m}: column {d} of x times column {m} of dz, row by row, is",
        f"{formula(ledger, entry)}.",
        witnessed(ledger, entry),
        *remark(ledger, entry),
        *settings(ledger.batch),
    ]
    return " ".join(parts)


def remark(ledger: Ledger, entry: Entry) -> list[str]:
    """Said where the largest input of the column adds nothing."""
    terms = ledger.terms(entry)
    largest = int(np.argmax([abs(term.input) for term in terms]))
    if not terms[largest].input or terms[largest].dz:
        return []
    return [f"The largest input, {short(terms[largest].input)}, adds nothing: its dz is 0."]


def settings(batch: Batch) -> list[str]:
    """What is not as it was at first: examples that are off, a mean, cells set to 0."""
    said = []
    off = [str(n) for n, on in enumerate(batch.on) if not on]
    if off:
        noun, pronoun = ("Example", "its") if len(off) == 1 else ("Examples", "their")
        said.append(f"{noun} {listed(off)} {'is' if len(off) == 1 else 'are'} off: {pronoun} dz is 0.")
    if batch.mean:
        said.append(f"The loss is a mean, so each dz is divided by {batch.divisor}.")
    if batch.emptied:
        said.append(f"Set to 0: {listed([f'{name}[{n}, {k}]' for name, n, k in sorted(batch.emptied)])}.")
    return said


def listed(words: list[str]) -> str:
    """Words with commas, and "and" before the last."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def asking(ledger: Ledger, entry: Entry) -> str:
    """The sentence while the question is open."""
    terms = ledger.terms(entry)
    inputs, slopes = (listed([short(term[k]) for term in terms]) for k in (0, 1))
    return (
        f"dW{place(entry)} is column {entry[0]} of x, {inputs}, times column {entry[1]} of dz, {slopes}, "
        "row by row, added up. "
        f"{QUESTION.format(place(entry))} Answer above, or press Show me."
    )


def verdict(ledger: Ledger, entry: Entry, guess: int | None) -> str:
    """What the reader's guess was worth; empty where none was made."""
    if guess is None:
        return ""
    terms = ledger.terms(entry)
    said, most = terms[guess].product, max(term.product for term in terms)
    if said == most:
        return f"You said example {guess}: right, it adds {short(most)}. "
    best = next(n for n, term in enumerate(terms) if term.product == most)
    return (
        f"You said example {guess}: it adds {multiplied(terms[guess])} = {short(said)}. "
        f"Example {best} adds most, {multiplied(terms[best])} = {short(most)}. "
    )
