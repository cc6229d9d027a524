"""What to do about errors that many people meet."""

import re

import numpy as np

ADVICE = (
    (r"^UnboundLocalError: .*'(\w+)'", "{0} is used before this function has given it a value."),
    (
        r"^AttributeError: 'NoneType' object",
        "Something here is None: does the function that should have given it end in a return statement?",
    ),
    (
        r"^AttributeError: '(?!Stretch)[A-Z]\w*' object has no attribute '(\w+)'",
        "Nothing was kept under self.{0} before it was asked for. A name without self. is gone when its method ends.",
    ),
    (
        r"truth value of an array",
        "An if, a max or a min of Python's own asks one question, and here there is one for every entry. "
        "Which numpy function answers for all entries at once?",
    ),
    (
        r"^TypeError: \w+(?:\.\w+)+\(\) takes \d+ positional arguments? but \d+ w",
        "A method is handed the object itself first, then what stands in the brackets of the call: has its def line "
        "self, and then a name for each of these?",
    ),
    (
        r"^TypeError: (\w+)\(\) takes no arguments",
        "The class {0} has no __init__: is that its name, two underscores on each side?",
    ),
    (
        r"^TypeError: (\w+)\.\w+\(\) missing \d+ required positional argument",
        "Is it called with all that it needs, and on an object? {0}() with brackets makes one; {0} is the class.",
    ),
    (
        r"^TypeError: .*'(?:method|function)'",
        "A function stands where its result is meant: call it, with brackets behind its name.",
    ),
    (
        r"'(?:list|tuple|dict|numpy\.ndarray)' object is not callable",
        "What is called here is no function. Square brackets pick an item. In an object, self.name = … hides the "
        "method of that name.",
    ),
    (
        r"'tuple' object has no attribute|tuple indices must be integers|for [^ ]+: '(?:tuple' and|\w+' and 'tuple')",
        "This is a tuple, several values together: does a function return more than one result here? Each gets a name "
        "of its own, left of =.",
    ),
    (
        r"'(?:int|float|numpy\.(?!ndarray)\w+)' object is not callable",
        "Is a times sign missing? Python wants 2 * (…), not 2(…).",
    ),
    (
        r"'(?:int|float|numpy\.float64)' object (?:is not subscriptable|does not support item assignment)",
        "This is one number and has no entries. Make an array first, then fill it.",
    ),
    (r"bitwise_xor|unsupported operand type\(s\) for \^", "In Python a power is written **, not ^."),
    (
        r"^(?:numpy\.)?_?UFunc\w*CastingError|Cannot cast ufunc",
        "A result with decimals does not fit into an array of whole numbers. Build a new array.",
    ),
    (
        r"only 0-dimensional arrays can be converted|only length-1 arrays",
        "A function of the math module takes one number; numpy's takes an array.",
    ),
    (r"read-only", "This input may not be written to. Build a new array."),
    (
        r"^(?:numpy\.exceptions\.)?AxisError|^IndexError: tuple index out of range",
        "This axis does not exist: print the shape of the array first. An array of shape (N,) has axis 0 alone. "
        "After a sum without keepdims, the axes behind it move one place forward.",
    ),
    (r"^OverflowError", "A number runs away to infinity: does each step go against the slope, and is it small enough?"),
    (
        r"^IndexError: list assignment index out of range",
        "A list has no place to fill until something is appended. Use append, or make an array of zeros first.",
    ),
    (
        r"^IndexError: .*out of (?:bounds|range)",
        "Does a loop run one too far, or over a size that is written in by hand?",
    ),
    (
        r"^ValueError: (?:too many|not enough) values to unpack",
        "What stands left of = must be as many names as there are results on the right.",
    ),
    (
        r"inhomogeneous shape",
        "A list of arrays of unequal shapes is no array. Is a flat list asked for, such as [W, b, …], and lists inside "
        "a list given, such as [[W, b], …]?",
    ),
    (
        r"setting an array element with a sequence",
        "One place of an array has room for one number, and a whole array was put into it.",
    ),
    (
        r"matmul: Input operand|shapes .* not aligned",
        "A matrix product needs shapes that fit, (N, D) @ (D, M). Write the two shapes down: are both arrays the ones "
        "that you mean, in this order?",
    ),
    (
        r"cannot reshape array of size",
        "reshape adds nothing up and drops nothing: the number of entries stays.",
    ),
    (
        r"non-broadcastable output operand",
        "+= and -= can't make an array larger: which axes of what stands on the right are too many?",
    ),
    (
        r"could not be broadcast together",
        "These two shapes do not fit entry by entry. Write them down, and ask which axis is missing or too many.",
    ),
)


def explained(raised: str, asked: tuple[str, ...], told: str = "") -> str:
    """One or two sentences about an error, or nothing.

    Parameters
    ----------
    raised : str
        The error's type and text.
    asked : tuple of str
        The names of the arguments of the function that stopped.
    told : str
        What was said of the place already, and is not said twice.
    """
    unknown = re.match(r"NameError: name '(\w+)'", raised)
    if unknown:
        return "" if f".{unknown[1]}." in told else _unknown_name(unknown[1], asked)
    if "It is missing in " in told:
        return ""
    for pattern, advice in ADVICE:
        found = re.search(pattern, raised)
        if found:
            return advice.format(*found.groups())
    return ""


def _unknown_name(name: str, asked: tuple[str, ...]) -> str:
    """A name that is not known: numpy's without its np, two inputs glued together, or made somewhere else."""
    for one in asked:
        if name.startswith(one) and name[len(one) :] in asked:
            return f"A product needs a star: {one} * {name[len(one) :]}."
    alike = next((one for one in asked if one.lower() == name.lower() and one != name), None)
    if alike:
        return f"Python tells {name} from {alike}: a capital letter makes another name."
    if name == "math":
        return "math is not imported here, and its functions take one number. numpy has them for arrays, under np."
    if hasattr(np, name) and name != "e":
        return f"In numpy it is called np.{name}."
    return (
        f"{name} is not known here. A name made inside another function is gone when that ends; what this function "
        f"has is what it makes itself, and {', '.join(asked) or 'its arguments'}."
    )
