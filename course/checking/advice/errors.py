"""What to do about each kind of error that many people meet, and what its place gives away."""

PRODUCT_ADVICE = (
    "A matrix product needs shapes that fit, (N, D) @ (D, M). Write the two shapes down: are both arrays the "
    "ones that you mean, in this order?"
)
ADVICE = {
    "used-before-set": "{0} is used before this function has given it a value.",
    "none-has-attribute": (
        "Something here is None: does the function that should have given it end in a return statement? append, sort "
        "and their like change a list and give back None."
    ),
    "attribute-not-kept": (
        "Nothing was kept under self.{0} before it was asked for. A name without self. is gone when its method ends."
    ),
    "method-missing": "The class has no method {0}: is there a def {0}(self, …) in it, indented as the others are?",
    "dict-has-no-attribute": 'This is a dict: an entry is asked for in square brackets, as in ["{0}"].',
    "list-has-no-attribute": (
        "This is a list and has no .{0}. Go through its items, or make an array of it with np.array if they have "
        "one shape."
    ),
    "number-has-no-attribute": (
        "This is one number and no array, so it has no .{0}. np.shape, np.size and np.sum take numbers as well "
        "as arrays."
    ),
    "array-has-no-attribute": (
        "An array has no .{0}. Is it one of numpy's functions, as in np.{0}(x)? What other libraries have may be "
        "called otherwise here."
    ),
    "numpy-has-no-attribute": (
        "numpy has nothing that is called {0}: is it spelled another way, or does it belong to another library?"
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
    "call-arguments": ("Compare this call of {0} with its def line: which arguments does it take, and in which order?"),
    "function-not-called": "A function stands where its result is meant: call it, with brackets behind its name.",
    "no-function-called": (
        "What is called here is no function. Square brackets pick an item. In an object, self.name = … hides the "
        "method of that name."
    ),
    "tuple-used": (
        "This is a tuple, several values together: does a function return more than one result here? Each gets a "
        "name of its own, left of =."
    ),
    "arithmetic-of-many": (
        "Arithmetic does not go through a list, a tuple or a dict. Take the entries one by one: for p, g in "
        "zip(params, grads) goes through two lists together, and for name in params through the names of a dict."
    ),
    "number-called": "Is a times sign missing? Python wants 2 * (…), not 2(…).",
    "number-indexed": "This is one number and has no entries. Make an array first, then fill it.",
    "number-gone-through": (
        "This is one number, with no items to go through. Is range missing, as in for k in range(n)? Or has the "
        "array fewer axes than there are loops?"
    ),
    "index-not-whole": (
        "An index is a whole number, such as range gives. A name in quotes picks from a dict only, and a list "
        "takes one index in each pair of brackets: rows[i][j]."
    ),
    "whole-number-wanted": (
        "A whole number is wanted here. len(…) counts the items of a list or the rows of an array, and // "
        "divides without decimals."
    ),
    "shape-without-brackets": "The sizes of a new array are one argument, in brackets of their own: np.zeros((N, C)).",
    "missing-key": ("The dict has no entry of this name. Ask for one that it has, or work the value out from those."),
    "power-caret": "In Python a power is written **, not ^.",
    "whole-number-array": "A result with decimals does not fit into an array of whole numbers. Build a new array.",
    "math-of-array": "A function of the math module takes one number; numpy's takes an array.",
    "read-only": "This input may not be written to. Build a new array.",
    "no-such-axis": (
        "This axis does not exist: print the shape of the array first. An array of shape (N,) has axis 0 alone. "
        "After a sum without keepdims, the axes behind it move one place forward."
    ),
    "shape-too-short": (
        "The tuple has fewer entries than that. A shape has one for each axis: of an array of shape (N,) there "
        "is x.shape[0] alone. Where any shape is allowed, hand on x.shape as a whole."
    ),
    "too-many-indices": (
        "An array takes one index for each axis: this one has {0}, and {1} are given. Where any shape is "
        "allowed, take the axes from the array itself, as np.ndindex(x.shape) does."
    ),
    "overflow": ("A number runs away to infinity: does each step go against the slope, and is it small enough?"),
    "division-by-zero": (
        "Something is divided by zero. Which number is 0 here, and can the result be had without dividing by it?"
    ),
    "endless-recursion": (
        "A function calls itself, and nothing makes it stop. Is its name that of another function, which was meant?"
    ),
    "no-module": "The exercises need numpy alone, under the name np.",
    "list-not-filled": (
        "A list has no place to fill until something is appended. Use append, or make an array of zeros first."
    ),
    "index-too-large": (
        "The index goes beyond the end. Counting begins at 0, so that the last index is one less than the length."
    ),
    "index-beyond-axis": (
        "Index {0} is asked for, and that axis has {1} entries: counting begins at 0, so each index is less than {1}. "
        "Which array in this line is it that has {1}?"
    ),
    "unpacking": "What stands left of = must be as many names as there are results on the right.",
    "ragged-array": (
        "Arrays of unequal shapes do not fit into one array. Keep them in a list and go through it, several "
        "lists together with zip. Or are lists inside a list given where a flat one is asked for, such as [W, b, "
        "…]?"
    ),
    "array-into-entry": (
        "One place of an array has room for one number, and a whole array was put into it. Does the array that "
        "is filled need all axes, as np.zeros(x.shape) has them?"
    ),
    "matmul-shapes": PRODUCT_ADVICE,
    "dot-shapes": PRODUCT_ADVICE,
    "reshape-size": (
        "reshape adds nothing up and drops nothing: the number of entries stays. Compare the shape before it with the "
        "one that is asked for: which axes are still to be added up, and which had to stay?"
    ),
    "output-too-small": ("+= and -= can't make an array larger: which axes of what stands on the right are too many?"),
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
    "kept-by-method": "{1} is what keeps .{0}: is it called for each {2} before this line runs?",
    "same-shapes": "{0}: the two have the same shape. Is * meant, entry by entry?",
    "product-shapes": "There, {0} is {1} @ {2}.",
    "shape-of": "There, {0} has shape {1}.",
    "length-of": "There, {0} is a {1} of {2}.",
    "is-row": "{0} is a whole row there, and no number: {1} has shape {2}.",
    "row-of-loop": "{0} is a whole row there, and no number: {1} has shape {2}, and a loop over it gives its rows.",
    "array-as-index": (
        "There, {0} picks entries of {1}, and goes beyond its end: do these arrays belong to the same rows, and are "
        "they of one length?"
    ),
    "value-called": "{0} is a value that the array has, and no function: write it without brackets behind it.",
    "item-in-round-brackets": "{0} is no function: an item of it is picked in square brackets, {0}[{1}].",
    "changed-in-place": (
        "{1} changes what stands before the dot and gives back None, and {0} = … makes {0} that None. Write {1}(…) in "
        "a line of its own, without {0} = before it."
    ),
    "other-shape": "{0} is handed {1}, of shape {2}, and wants an array of the shape of {3}, {4}.",
}
"""What each kind of fact about the place of an error says; the others are written with their lists of names."""
ROWS_COUNTED = "{0} has {1} axes here: len({0}) counts its rows, {2}, and it has {3} entries."
AS_MANY_ROWS = "{0} has {1} axes here: len({0}) counts its rows, and a table of several columns has more entries."
"""What is added where the len of a table is taken; and where the table of the draw has one column."""
SIZES_OF_PRODUCT = r"matmul: .*\(size (?P<right>\d+) is different from (?P<left>\d+)\)"
IN_PLAIN_WORDS = {"matmul-shapes": (SIZES_OF_PRODUCT, r"two shapes do not fit, (…, \g<left>) @ (\g<right>, …)")}
"""What numpy says in words that nobody who learns this knows, by the kind of error: its text, and ours."""
WITHOUT_ADVICE = (
    "name-of-object",
    "name-of-method",
    "array-as-index",
    "value-called",
    "item-in-round-brackets",
    "changed-in-place",
    "other-shape",
)
"""Facts about the place that say what to do, and say it better than the kind of error."""
