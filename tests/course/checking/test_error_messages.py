"""The words on a call that gave no values: every sentence once and in full, from a small failure that is built by hand.

Which error is which kind, and what its frames give away, is tested in ``tests/course/answers``.
"""

from typing import Any

import numpy as np
import pytest

from course.answers.error_kinds import ERROR_KINDS, WARNING_KINDS, Fact
from course.answers.error_report import ErrorReport
from course.answers.frames import CallSite, Item
from course.answers.hints.hint import HINTS
from course.answers.key import Key
from course.answers.result import Failure, Kind
from course.checking.advice.circumstances import WARNING_ADVICE
from course.checking.advice.errors import ADVICE as SENTENCES
from course.checking.error_messages import error_advice, error_sentence, failure_sentence, place_of

ONE = Key("mse", "00_tests", ("mse",), "one", ())
SEVERAL = Key("backward", "00_tests", ("dx", "dW", "db"), "several", ())
YIELDS = Key("batches", "00_tests", ("batches",), "yields", ())

# Why a call gave no values

FAILURES: list[tuple[Key, Failure, str]] = [
    (ONE, Failure(Kind.NOT_A_FUNCTION, "text"), "is text, not a function."),
    (ONE, Failure(Kind.NEEDS_ANOTHER, names=("relu",)), "calls relu, which is not written yet."),
    (ONE, Failure(Kind.NOT_NUMBERS, "an object of type Evil"), "returns an object of type Evil."),
    (ONE, Failure(Kind.RESULTS_NOT_NUMBERS, "a function"), "has a function among its results."),
    (ONE, Failure(Kind.MISSING_RESULTS, names=("da", "db")), "needs the results da, db as well."),
    (ONE, Failure(Kind.RETURNS_NONE), "returns None. Does it end in a return statement?"),
    (
        YIELDS,
        Failure(Kind.RETURNS_NONE),
        "returns None. Each item is handed out by yield, or all of them are returned as one list.",
    ),
    (SEVERAL, Failure(Kind.NOT_A_DICT), "must return a dict with the keys dx, dW, db."),
    (SEVERAL, Failure(Kind.DICT_INCOMPLETE, names=("dx",)), "returns a dict without dW, db."),
    (
        SEVERAL,
        Failure(Kind.DICT_INCOMPLETE, names=("dx", "dw", "db", "dy")),
        "returns a dict without dW. It has dw, dy.",
    ),
    (SEVERAL, Failure(Kind.SINGLE_VALUE), "returns a single value; 3 are asked for: dx, dW, db."),
    (
        SEVERAL,
        Failure(Kind.OTHER_NUMBER_OF_VALUES, count=2),
        "returns 2 values; 3 results are asked for, with commas: dx, dW, db.",
    ),
    (
        SEVERAL,
        Failure(Kind.OTHER_NUMBER_OF_VALUES, count=1),
        "returns 1 value; 3 results are asked for, with commas: dx, dW, db.",
    ),
    (
        SEVERAL,
        Failure(Kind.OTHER_NUMBER_OF_VALUES, count=5, shape=(5, 2)),
        "returns one array of shape (5, 2); 3 results are asked for, with commas: dx, dW, db.",
    ),
    (
        SEVERAL,
        Failure(Kind.OTHER_NUMBER_OF_VALUES, count=1, shape=(1,)),
        "returns one array of shape (1,); 3 results are asked for, with commas: dx, dW, db.",
    ),
    (ONE, Failure(Kind.RAISES_ERROR, error=ErrorReport("Mute", "")), "stops with Mute."),
]


@pytest.mark.parametrize(("key", "failure", "text"), FAILURES)
def test_failure_is_told_in_one_sentence(key: Key, failure: Failure, text: str) -> None:
    assert failure_sentence(key, failure, ["y_hat", "y"]) == text


@pytest.mark.parametrize(
    ("names", "inputs", "text"),
    [
        (("a",), ("x", "y"), "takes the arguments (a); it is called with 2 of them: x, y."),
        (("a", "**d"), ("x",), "takes the arguments (a, **d); it is called with 1 of them: x."),
        ((), ("x", "y"), "takes no arguments; it is called with 2 of them: x, y."),
        (("a",), (), "takes the arguments (a); it is called with none."),
    ],
)
def test_arguments_that_do_not_fit_are_counted(names: tuple[str, ...], inputs: tuple[str, ...], text: str) -> None:
    assert failure_sentence(ONE, Failure(Kind.WRONG_ARGUMENTS, names=names), inputs) == text


def test_every_kind_of_failure_has_its_sentence() -> None:
    verdicts = {Kind.NOT_WRITTEN, Kind.PROPERTY_BROKEN, Kind.WRONG_OUTPUTS, Kind.CARE_NOT_TAKEN}
    assert {failure.kind for _, failure, _ in FAILURES} == set(Kind) - verdicts - {Kind.WRONG_ARGUMENTS}


# Where an error was raised


def test_error_is_told_with_its_line_and_with_what_is_known_of_the_place() -> None:
    report = ErrorReport("ValueError", "no", "return x @ y", shapes=(("x", (2, 3)), ("y", (4,))))
    assert error_sentence(report).splitlines() == [
        "stops with ValueError: no, in the line",
        "    return x @ y",
        "There, x has shape (2, 3), y (4,).",
    ]


SITE = CallSite("Net.backward", None, "da = layer.backward(da)")
LAYER = Item("self.layers", 1, 2)


@pytest.mark.parametrize(
    ("facts", "lines"),
    [
        ({}, []),
        (
            {"shapes": tuple((letter, (2,)) for letter in "abcdefgh")},
            ["There, a has shape (2,), b (2,), c (2,), d (2,), e (2,), f (2,)."],
        ),
        (
            {"missing_in": LAYER, "shapes": (("x", (2,)),)},
            ["It is missing in self.layers[1] (there are 2)."],
        ),
        (
            {"calls": (SITE, CallSite("Layer.backward", LAYER, "return dz @ W.T"), CallSite("inner", None, ""))},
            [
                "The way there:",
                "    Net.backward: da = layer.backward(da)",
                "    Layer.backward of self.layers[1] (there are 2): return dz @ W.T",
                "    inner",
            ],
        ),
    ],
    ids=["nothing", "six shapes at most", "item of a list", "calls"],
)
def test_place_of_an_error_is_told(facts: dict[str, Any], lines: list[str]) -> None:
    assert place_of(ErrorReport("ValueError", "no", **facts)).splitlines() == lines


HINTS_TOLD = [
    (Fact("name-of-object", ("x", "self")), "x belongs to the object: in a method it is called self.x."),
    (
        Fact("name-of-method", ("mask", "forward", "self")),
        "mask is a name of forward, and gone when that ends. What one method leaves for another is kept in the object: "
        "self.mask = …, and asked for as self.mask.",
    ),
    (
        Fact("others-have-it", ("dW", "Layer")),
        "Others have it: is the method that keeps .dW called for each Layer before this line runs?",
    ),
    (
        Fact("other-classes-have-it", ("Layer",)),
        "Here Layer objects have it: isinstance(…, Layer) asks whether one is such an object.",
    ),
    (
        Fact("other-classes-have-it", ("Layer", "Norm")),
        "Here Layer and Norm objects have it: isinstance(…, Layer) asks whether one is such an object.",
    ),
    (Fact("nothing-kept", ("w", "Layer", "W", "b")), "Nothing was kept under .w. This Layer keeps W, b."),
    (
        Fact("same-shapes", ("da @ (1 - a ** 2)",)),
        "da @ (1 - a ** 2): the two have the same shape. Is * meant, entry by entry?",
    ),
    (Fact("product-shapes", ("x @ W", "(4, 3)", "(2, 5)")), "There, x @ W is (4, 3) @ (2, 5)."),
    (
        Fact("name-of-object", ("W", "self", "b", "c")),
        "W belongs to the object: in a method it is called self.W. Likewise, b is self.b and c is self.c.",
    ),
    (
        Fact("kept-by-method", ("dW", "backward", "Linear")),
        "backward is what keeps .dW: is it called for each Linear before this line runs?",
    ),
    (Fact("operands", ("grads", "list")), "There, grads is a list."),
    (Fact("operands", ("p", "list", "g", "dict")), "There, p is a list and g is a dict."),
    (Fact("keys-of-dict", ("cache", "x", "a1")), "cache is a dict with x, a1."),
    (Fact("keys-of-dict", ("cache",)), "cache is an empty dict."),
    (Fact("shape-of", ("x", "(7,)")), "There, x has shape (7,)."),
    (Fact("length-of", ("sizes", "list", "4")), "There, sizes is a list of 4."),
    (Fact("is-row", ("z[i]", "z", "(7, 3)")), "z[i] is a whole row there, and no number: z has shape (7, 3)."),
    (
        Fact("is-row", ("z[i]", "z", "(5, 1)", "y", "2", "5", "5")),
        "z[i] is a whole row there, and no number: z has shape (5, 1). y has 2 axes here: len(y) counts its rows, and "
        "a table of several columns has more entries.",
    ),
    (
        Fact("row-of-loop", ("e", "z - y", "(11, 4)", "y", "2", "11", "44")),
        "e is a whole row there, and no number: z - y has shape (11, 4), and a loop over it gives its rows. y has 2 "
        "axes here: len(y) counts its rows, 11, and it has 44 entries.",
    ),
    (
        Fact("array-as-index", ("np.arange(len(y)), y", "s")),
        "There, np.arange(len(y)), y picks entries of s, and goes beyond its end: do these arrays belong to the same "
        "rows, and are they of one length?",
    ),
    (
        Fact("value-called", ("e.size",)),
        "e.size is a value that the array has, and no function: write it without brackets behind it.",
    ),
    (
        Fact("item-in-round-brackets", ("x.shape", "0")),
        "x.shape is no function: an item of it is picked in square brackets, x.shape[0].",
    ),
    (
        Fact("changed-in-place", ("losses", "losses.append")),
        "losses.append changes what stands before the dot and gives back None, and losses = … makes losses that None. "
        "Write losses.append(…) in a line of its own, without losses = before it.",
    ),
    (
        Fact("other-shape", ("f", "up", "(8,)", "x", "(4, 2)")),
        "f is handed up, of shape (8,), and wants an array of the shape of x, (4, 2).",
    ),
]


@pytest.mark.parametrize(("hint", "text"), HINTS_TOLD)
def test_hint_of_the_place_is_told(hint: Fact, text: str) -> None:
    assert place_of(ErrorReport("E", "", hint=hint)) == text


def test_product_that_does_not_fit_is_told_without_the_words_of_numpy() -> None:
    with pytest.raises(ValueError) as caught:
        np.ones((5, 7)) @ np.ones(5)
    report = ErrorReport("ValueError", str(caught.value), cause=Fact("matmul-shapes"))
    assert error_sentence(report) == "stops with ValueError: two shapes do not fit, (…, 7) @ (5, …)."


def test_every_hint_has_its_sentence() -> None:
    assert {hint.kind for hint, _ in HINTS_TOLD} == set(HINTS)


# What to do about an error

PRODUCT = (
    "A matrix product needs shapes that fit, (N, D) @ (D, M). Write the two shapes down: are both arrays the ones that "
    "you mean, in this order?"
)
ADVICE = [
    (Fact("used-before-set", ("total",)), "total is used before this function has given it a value."),
    (
        Fact("none-has-attribute"),
        "Something here is None: does the function that should have given it end in a return statement? append, sort "
        "and their like change a list and give back None.",
    ),
    (
        Fact("attribute-not-kept", ("mask",)),
        "Nothing was kept under self.mask before it was asked for. A name without self. is gone when its method ends.",
    ),
    (
        Fact("method-missing", ("forward",)),
        "The class has no method forward: is there a def forward(self, …) in it, indented as the others are?",
    ),
    (
        Fact("truth-of-array"),
        "An if, a max or a min of Python's own asks one question, and here there is one for every entry. Which "
        "numpy function answers for all entries at once?",
    ),
    (
        Fact("method-without-self"),
        "A method is handed the object itself first, then what stands in the brackets of the call: has its def line"
        " self, and then a name for each of these?",
    ),
    (
        Fact("class-without-init", ("Linear",)),
        "The class Linear has no __init__: is that its name, two underscores on each side?",
    ),
    (
        Fact("method-of-class", ("ReLU",)),
        "Is it called with all that it needs, and on an object? ReLU() with brackets makes one; ReLU is the class.",
    ),
    (
        Fact("function-not-called"),
        "A function stands where its result is meant: call it, with brackets behind its name.",
    ),
    (
        Fact("no-function-called"),
        "What is called here is no function. Square brackets pick an item. In an object, self.name = … hides the "
        "method of that name.",
    ),
    (
        Fact("tuple-used"),
        "This is a tuple, several values together: does a function return more than one result here? Each gets a "
        "name of its own, left of =.",
    ),
    (Fact("number-called"), "Is a times sign missing? Python wants 2 * (…), not 2(…)."),
    (Fact("number-indexed"), "This is one number and has no entries. Make an array first, then fill it."),
    (Fact("power-caret"), "In Python a power is written **, not ^."),
    (
        Fact("whole-number-array"),
        "A result with decimals does not fit into an array of whole numbers. Build a new array.",
    ),
    (Fact("math-of-array"), "A function of the math module takes one number; numpy's takes an array."),
    (Fact("read-only"), "This input may not be written to. Build a new array."),
    (
        Fact("no-such-axis"),
        "This axis does not exist: print the shape of the array first. An array of shape (N,) has axis 0 alone. "
        "After a sum without keepdims, the axes behind it move one place forward.",
    ),
    (
        Fact("overflow"),
        "A number runs away to infinity: does each step go against the slope, and is it small enough?",
    ),
    (
        Fact("list-not-filled"),
        "A list has no place to fill until something is appended. Use append, or make an array of zeros first.",
    ),
    (
        Fact("index-too-large"),
        "The index goes beyond the end. Counting begins at 0, so that the last index is one less than the length.",
    ),
    (
        Fact("index-beyond-axis", ("4", "4")),
        "Index 4 is asked for, and that axis has 4 entries: counting begins at 0, so each index is less than 4. Which "
        "array in this line is it that has 4?",
    ),
    (Fact("dict-has-no-attribute", ("W1",)), 'This is a dict: an entry is asked for in square brackets, as in ["W1"].'),
    (
        Fact("list-has-no-attribute", ("shape",)),
        "This is a list and has no .shape. Go through its items, or make an array of it with np.array if they have one "
        "shape.",
    ),
    (
        Fact("number-has-no-attribute", ("size",)),
        "This is one number and no array, so it has no .size. np.shape, np.size and np.sum take numbers as well as "
        "arrays.",
    ),
    (
        Fact("array-has-no-attribute", ("exp",)),
        "An array has no .exp. Is it one of numpy's functions, as in np.exp(x)? What other libraries have may be "
        "called otherwise here.",
    ),
    (
        Fact("numpy-has-no-attribute", ("relu",)),
        "numpy has nothing that is called relu: is it spelled another way, or does it belong to another library?",
    ),
    (
        Fact("call-arguments", ("mse",)),
        "Compare this call of mse with its def line: which arguments does it take, and in which order?",
    ),
    (
        Fact("arithmetic-of-many"),
        "Arithmetic does not go through a list, a tuple or a dict. Take the entries one by one: for p, g in "
        "zip(params, grads) goes through two lists together, and for name in params through the names of a dict.",
    ),
    (
        Fact("number-gone-through"),
        "This is one number, with no items to go through. Is range missing, as in for k in range(n)? Or has the array "
        "fewer axes than there are loops?",
    ),
    (
        Fact("index-not-whole"),
        "An index is a whole number, such as range gives. A name in quotes picks from a dict only, and a list takes "
        "one index in each pair of brackets: rows[i][j].",
    ),
    (
        Fact("whole-number-wanted"),
        "A whole number is wanted here. len(…) counts the items of a list or the rows of an array, and // divides "
        "without decimals.",
    ),
    (
        Fact("shape-without-brackets"),
        "The sizes of a new array are one argument, in brackets of their own: np.zeros((N, C)).",
    ),
    (
        Fact("missing-key"),
        "The dict has no entry of this name. Ask for one that it has, or work the value out from those.",
    ),
    (
        Fact("shape-too-short"),
        "The tuple has fewer entries than that. A shape has one for each axis: of an array of shape (N,) there is "
        "x.shape[0] alone. Where any shape is allowed, hand on x.shape as a whole.",
    ),
    (
        Fact("too-many-indices", ("1", "2")),
        "An array takes one index for each axis: this one has 1, and 2 are given. Where any shape is allowed, take the "
        "axes from the array itself, as np.ndindex(x.shape) does.",
    ),
    (
        Fact("division-by-zero"),
        "Something is divided by zero. Which number is 0 here, and can the result be had without dividing by it?",
    ),
    (
        Fact("endless-recursion"),
        "A function calls itself, and nothing makes it stop. Is its name that of another function, which was meant?",
    ),
    (Fact("no-module"), "The exercises need numpy alone, under the name np."),
    (Fact("unpacking"), "What stands left of = must be as many names as there are results on the right."),
    (
        Fact("ragged-array"),
        "Arrays of unequal shapes do not fit into one array. Keep them in a list and go through it, several lists "
        "together with zip. Or are lists inside a list given where a flat one is asked for, such as [W, b, …]?",
    ),
    (
        Fact("array-into-entry"),
        "One place of an array has room for one number, and a whole array was put into it. Does the array that is "
        "filled need all axes, as np.zeros(x.shape) has them?",
    ),
    (Fact("matmul-shapes"), PRODUCT),
    (Fact("dot-shapes"), PRODUCT),
    (
        Fact("reshape-size"),
        "reshape adds nothing up and drops nothing: the number of entries stays. Compare the shape before it with the "
        "one that is asked for: which axes are still to be added up, and which had to stay?",
    ),
    (
        Fact("output-too-small"),
        "+= and -= can't make an array larger: which axes of what stands on the right are too many?",
    ),
    (
        Fact("broadcast-shapes"),
        "These two shapes do not fit entry by entry. Write them down, and ask which axis is missing or too many.",
    ),
]


@pytest.mark.parametrize(("cause", "text"), ADVICE, ids=[cause.kind for cause, _ in ADVICE])
def test_error_that_many_meet_comes_with_advice(cause: Fact, text: str) -> None:
    assert error_advice(ErrorReport("E", "", cause=cause)) == text


def test_every_kind_of_error_has_its_advice() -> None:
    told = {cause.kind: len(cause.names) for cause, _ in ADVICE}
    assert told == {kind: count for kind, count in ERROR_KINDS.items() if kind != "unknown-name"}
    assert set(told) == set(SENTENCES)


@pytest.mark.parametrize(
    ("name", "arguments", "text"),
    [
        ("y_haty", ("y_hat", "y"), "A product needs a star: y_hat * y."),
        ("w", ("W", "b"), "Python tells w from W: a capital letter makes another name."),
        (
            "math",
            (),
            "math is not imported here, and its functions take one number. numpy has them for arrays, under np.",
        ),
        ("mean", (), "In numpy it is called np.mean."),
        (
            "e",
            ("y_hat", "y"),
            "e is not known here. A name made inside another function is gone when that ends; what this function has "
            "is what it makes itself, and y_hat, y.",
        ),
        (
            "W",
            (),
            "W is not known here. A name made inside another function is gone when that ends; what this function has "
            "is what it makes itself, and its arguments.",
        ),
    ],
)
def test_name_that_is_not_known_comes_with_advice(name: str, arguments: tuple[str, ...], text: str) -> None:
    assert error_advice(ErrorReport("NameError", "", cause=Fact("unknown-name", (name,)), arguments=arguments)) == text


def test_name_is_not_told_from_itself() -> None:
    report = ErrorReport("NameError", "", cause=Fact("unknown-name", ("W",)), arguments=("W", "b"))
    assert not error_advice(report).startswith("Python tells")


@pytest.mark.parametrize(
    "report",
    [
        ErrorReport("NameError", "", cause=Fact("unknown-name", ("x",)), hint=Fact("name-of-object", ("x", "self"))),
        ErrorReport("TypeError", "", cause=Fact("number-called"), hint=Fact("value-called", ("e.size",))),
        ErrorReport("TypeError", "", cause=Fact("none-has-attribute"), hint=Fact("changed-in-place", ("a", "a.sort"))),
        ErrorReport(
            "ValueError", "", cause=Fact("broadcast-shapes"), hint=Fact("other-shape", ("f", "u", "", "x", ""))
        ),
        ErrorReport("IndexError", "", cause=Fact("index-too-large"), hint=Fact("array-as-index", ("y", "s"))),
        ErrorReport("AttributeError", "", cause=Fact("attribute-not-kept", ("x",)), missing_in=LAYER),
        ErrorReport("ValueError", "no"),
    ],
    ids=[
        "name that a hint tells",
        "value",
        "None",
        "shape",
        "array that a hint tells",
        "item of a list",
        "no known kind",
    ],
)
def test_advice_is_not_said_beside_what_the_place_says(report: ErrorReport) -> None:
    assert error_advice(report) == ""


def test_every_kind_of_warning_has_its_advice() -> None:
    assert set(WARNING_ADVICE) == set(WARNING_KINDS)
