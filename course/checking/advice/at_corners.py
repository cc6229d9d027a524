"""What is said of an answer that is right in the ordinary draws and wrong at a corner, by the kind of corner."""

AT_A_CORNER = {
    "equal sizes": """It is right where the sizes differ, and wrong where they are equal. Nothing may be chosen by
    whether the shapes fit: transpose and sum what the formula says.""",
    "size one": "It is right for larger arrays, and wrong where an axis has a single entry.",
    "three axes": "It is right for one and two axes, and wrong for three. Any shape is asked for.",
    "zeros": """It is right for other numbers, and wrong where there are zeros: is something divided by a number that
    may be 0?""",
    "negative values": "It is right for other numbers, and wrong where they are negative: is a sign lost?",
    "large values": "It is right for other numbers, and wrong where they are large: is something cut off?",
    "tiny values": """It is right for other numbers, and wrong where they are tiny: is something added to them, or are
    they taken for 0?""",
    "ties": """It is right elsewhere, and wrong where a number is exactly at the border: is the comparison the one
    that is asked for, and is nothing divided by that number?""",
    "edges of parameters": "It is right for other parameters, and wrong at this edge.",
    "a class without rows": """It is right where every class has a row, and wrong where one has none. How many classes
    there are is not to be told from the labels of a batch.""",
    "functions": "It is right for other functions, and wrong for this one.",
    "writable views": """It is right for other arrays, and wrong for a view such as a transposed one. There, ravel and
    reshape make copies: what is written into a copy never reaches x.""",
    "called again": """It is right in the first calls, and wrong in a later one, with other numbers: does it keep
    what an earlier call gave, or use a name of another cell?""",
    "loops to the end": """It is right for other runs. Take every step that is asked for, and keep each number as it
    comes.""",
}
"""What is said of an answer that is right in the ordinary draws and wrong there, where no known mistake explains it."""
