"""The sentences about a call that gave no values: what happened, where it stopped, and what to do about it.

The advice on numpy's warnings and the circumstances of a call stand here too.
"""

from collections.abc import Sequence

import numpy as np

from course.answers.error_report import ErrorReport
from course.answers.frames import CallSite, Item
from course.answers.key import Key
from course.answers.result import Failure, Kind

MAX_NAMES = 6
PRODUCT_ADVICE = (
    "A matrix product needs shapes that fit, (N, D) @ (D, M). Write the two shapes down: are both arrays the "
    "ones that you mean, in this order?"
)
ADVICE = {
    "used-before-set": "{0} is used before this function has given it a value.",
    "none-has-attribute": (
        "Something here is None: does the function that should have given it end in a return statement?"
    ),
    "attribute-not-kept": (
        "Nothing was kept under self.{0} before it was asked for. A name without self. is gone when its method ends."
    ),
    "truth-of-array": (
        "An if, a max or a min of Python's own asks one question, and here there is one for every entry. Which "
        "numpy function answers for all entries at once?"
    ),
    "method-without-self": (
        "A method is handed the object itself first, then what stands in the brackets of the call: has its def "
        "line self, and then a name for each of these?"
    ),
    "class-without-init": "The class {0} has no __init__: is that its name, two underscores on each side?",
    "method-of-class": (
        "Is it called with all that it needs, and on an object? {0}() with brackets makes one; {0} is the class."
    ),
    "function-not-called": "A function stands where its result is meant: call it, with brackets behind its name.",
    "no-function-called": (
        "What is called here is no function. Square brackets pick an item. In an object, self.name = … hides the "
        "method of that name."
    ),
    "tuple-used": (
        "This is a tuple, several values together: does a function return more than one result here? Each gets a "
        "name of its own, left of =."
    ),
    "number-called": "Is a times sign missing? Python wants 2 * (…), not 2(…).",
    "number-indexed": "This is one number and has no entries. Make an array first, then fill it.",
    "power-caret": "In Python a power is written **, not ^.",
    "whole-number-array": "A result with decimals does not fit into an array of whole numbers. Build a new array.",
    "math-of-array": "A function of the math module takes one number; numpy's takes an array.",
    "read-only": "This input may not be written to. Build a new array.",
    "no-such-axis": (
        "This axis does not exist: print the shape of the array first. An array of shape (N,) has axis 0 alone. "
        "After a sum without keepdims, the axes behind it move one place forward."
    ),
    "overflow": "A number runs away to infinity: does each step go against the slope, and is it small enough?",
    "list-not-filled": (
        "A list has no place to fill until something is appended. Use append, or make an array of zeros first."
    ),
    "index-too-large": "Does a loop run one too far, or over a size that is written in by hand?",
    "unpacking": "What stands left of = must be as many names as there are results on the right.",
    "ragged-array": (
        "A list of arrays of unequal shapes is no array. Is a flat list asked for, such as [W, b, …], and lists "
        "inside a list given, such as [[W, b], …]?"
    ),
    "array-into-entry": "One place of an array has room for one number, and a whole array was put into it.",
    "matmul-shapes": PRODUCT_ADVICE,
    "dot-shapes": PRODUCT_ADVICE,
    "reshape-size": "reshape adds nothing up and drops nothing: the number of entries stays.",
    "output-too-small": "+= and -= can't make an array larger: which axes of what stands on the right are too many?",
    "broadcast-shapes": (
        "These two shapes do not fit entry by entry. Write them down, and ask which axis is missing or too many."
    ),
}
"""What to do about each kind of error that many people meet, but for a name that is not known."""
HINTS = {
    "name-of-object": "{0} belongs to the object: in a method it is called {1}.{0}.",
    "name-of-method": (
        "{0} is a name of {1}, and gone when that ends. What one method leaves for another is kept in the object: "
        "{2}.{0} = …, and asked for as {2}.{0}."
    ),
    "others-have-it": "Others have it: is the method that keeps .{0} called for each {1} before this line runs?",
    "same-shapes": "{0}: the two have the same shape. Is * meant, entry by entry?",
}
"""What each kind of fact about the place of an error says; two more are written by :func:`_hint`."""
WARNING_ADVICE = {
    "overflow": "A number grew too large for a float (overflow): is an exponential of a large number taken?",
    "divide by zero": "Something is divided by zero.",
    "invalid value": "An operation had no defined result (such as 0/0, or the log of a negative number).",
}
"""What each kind of numpy's warnings means."""
CIRCUMSTANCES = {
    "one row": "For a batch of one,",
    "float32": "With float32 inputs,",
    "views": "With inputs that are read-only views (not contiguous in memory),",
    "lists": "With plain lists as inputs,",
    "no warnings": "For the inputs of this test,",
}
"""The circumstance of each aspect of care, as the beginning of a sentence."""


def failure_sentence(key: Key, failure: Failure, inputs: Sequence[str]) -> str:
    """What happened, as the end of a sentence that begins with the exercise's name.

    Parameters
    ----------
    key : Key
    failure : Failure
    inputs : sequence of str
        The names of the inputs of the draw.
    """
    if failure.kind is Kind.RAISES_ERROR and failure.error:
        return error_sentence(failure.error)
    if failure.kind is Kind.WRONG_ARGUMENTS:
        taken = f"the arguments ({', '.join(failure.names)})" if failure.names else "no arguments"
        given = f"{len(inputs)} of them: {', '.join(inputs)}" if inputs else "none"
        return f"takes {taken}; it is called with {given}."
    names = ", ".join(failure.names)
    return {
        Kind.NOT_A_FUNCTION: f"is {failure.found}, not a function.",
        Kind.NEEDS_ANOTHER: f"calls {names}, which is not written yet.",
        Kind.NOT_NUMBERS: f"returns {failure.found}.",
        Kind.RESULTS_NOT_NUMBERS: f"has {failure.found} among its results.",
        Kind.MISSING_RESULTS: f"needs the results {names} as well.",
    }.get(failure.kind) or _other_values(key, failure)


def _other_values(key: Key, failure: Failure) -> str:
    """What is said of a value that is not the results asked for."""
    asked = ", ".join(key.outputs)
    if failure.kind is Kind.RETURNS_NONE:
        by_yield = "Each item is handed out by yield, or all of them are returned as one list."
        return f"returns None. {by_yield if key.form == 'yields' else 'Does it end in a return statement?'}"
    if failure.kind is Kind.NOT_A_DICT:
        return f"must return a dict with the keys {asked}."
    if failure.kind is Kind.DICT_INCOMPLETE:
        missing = [name for name in key.outputs if name not in failure.names]
        others = [name for name in failure.names if name not in key.outputs]
        has = f" It has {', '.join(others)}." if others else ""
        return f"returns a dict without {', '.join(missing)}.{has}"
    if failure.kind is Kind.SINGLE_VALUE:
        return f"returns a single value; {len(key.outputs)} are asked for: {asked}."
    one = failure.count == 1
    found = f"{failure.count} {'value' if one else 'values'}"
    if failure.as_array:
        found = f"one array with {failure.count} {'entry' if one else 'entries'}"
    return f"returns {found}; {len(key.outputs)} results are asked for, with commas: {asked}."


def error_sentence(report: ErrorReport) -> str:
    """The error, the line, and what is known of the place."""
    where = f", in the line\n    {report.line}" if report.line else "."
    place = place_of(report)
    return f"stops with {report.raised}{where}{_on_a_new_line(place)}"


def _on_a_new_line(text: str) -> str:
    return f"\n{text}" if text else ""


def place_of(report: ErrorReport) -> str:
    """What is known of the place of an error, in a few lines; nothing where the line alone says it all."""
    there = ""
    if report.missing_in:
        there = f"It is missing in {_written(report.missing_in)}."
    elif report.shapes:
        first, *others = report.shapes[:MAX_NAMES]
        there = f"There, {first[0]} has shape {first[1]}{''.join(f', {name} {shape}' for name, shape in others)}."
    way = [f"    {_call(site)}" for site in report.calls]
    return "\n".join(filter(None, [there, _hint(report), *(["The way there:", *way] if way else [])]))


def _call(site: CallSite) -> str:
    where = f" of {_written(site.item)}" if site.item else ""
    return f"{site.function}{where}{f': {site.line}' if site.line else ''}"


def _written(item: Item) -> str:
    return f"{item.list_name}[{item.index}] (there are {item.length})"


def _hint(report: ErrorReport) -> str:
    if report.hint is None:
        return ""
    kind, names = report.hint.kind, report.hint.names
    if kind == "other-classes-have-it":
        return (
            f"Here {' and '.join(names)} objects have it: isinstance(…, {names[0]}) asks whether one is such an object."
        )
    if kind == "nothing-kept":
        return f"Nothing was kept under .{names[0]}. This {names[1]} keeps {', '.join(names[2:])}."
    return HINTS[kind].format(*names)


def error_advice(report: ErrorReport) -> str:
    """One or two sentences about what to do, or nothing; what is said of the place is not said twice."""
    cause, hint = report.cause, report.hint
    if cause and cause.kind == "unknown-name":
        return "" if hint else _unknown_name(cause.names[0], report.arguments)
    if cause is None or report.missing_in:
        return ""
    return ADVICE[cause.kind].format(*cause.names)


def _unknown_name(name: str, arguments: Sequence[str]) -> str:
    """A name that is not known: numpy's without its np, two inputs glued together, or made somewhere else."""
    for one in arguments:
        if name.startswith(one) and name[len(one) :] in arguments:
            return f"A product needs a star: {one} * {name[len(one) :]}."
    alike = next((one for one in arguments if one.lower() == name.lower() and one != name), None)
    if alike:
        return f"Python tells {name} from {alike}: a capital letter makes another name."
    if name == "math":
        return "math is not imported here, and its functions take one number. numpy has them for arrays, under np."
    if hasattr(np, name) and name != "e":
        return f"In numpy it is called np.{name}."
    return (
        f"{name} is not known here. A name made inside another function is gone when that ends; what this function "
        f"has is what it makes itself, and {', '.join(arguments) or 'its arguments'}."
    )
