"""Unit 00: self-test questions; nothing here has points."""

from autograder.exercises import Question

questions = [
    Question(
        "u00-slope",
        answer=6,
        why="The slope of x² is 2x, and 2 times 3 is 6.",
        hints={
            9: "9 is the value at x = 3, not the slope there. Read A.1 below.",
            2: "2 is the slope of 2x. The slope of x² depends on x. Read A.1 and A.2 below.",
            3: "3 is x itself. Read A.2 below.",
        },
    ),
    Question(
        "u00-chain",
        answer=12,
        why="The inside is 3, the slope of its square is 6, and the inside has slope 2: 6 times 2 is 12.",
        hints={
            6: "6 is the slope of the square alone. The inside, 2x - 1, moves twice as fast as x. Read A.3 below.",
            9: "9 is the value at x = 2, not the slope there. Read A.1 below.",
            4: "4 is 2x at x = 2. What is squared is not x. Read A.3 below.",
            8: "The outer slope is taken at the inside, which is 3 here. Read A.3 below.",
            2: "2 is the slope of the inside alone. Read A.3 below.",
        },
    ),
    Question(
        "u00-axis",
        answer=3,
        why="axis=0 is the one that disappears: (4, 3) becomes (3,), one sum for each column.",
        hints={
            4: "4 rows are added up, so it is the 4 that disappears. Read B.1 below.",
            12: "That is the number of entries before the sum. Read B.1 below.",
            1: "One number is left when no axis is given. Read B.1 below.",
        },
    ),
    Question(
        "u00-product",
        answer=8,
        why="(4, 3) @ (3, 2): the inner 3 disappears, and (4, 2) is left, with 8 entries.",
        hints={
            24: "The inner 3 is summed over, so it is gone from the result. Read B.3 below.",
            12: "That is the size of x. Read B.3 below.",
            6: "That is the size of W. Read B.3 below.",
            9: "The two inner sizes disappear, the outer ones stay. Read B.3 below.",
        },
    ),
    Question(
        "u00-partial",
        answer=3,
        why="z = w·x + b: when w moves by 0.01, z moves by 0.01 times x, and x is 3. "
        "The input is the slope of the weight.",
        hints={
            2: "2 is w: the slope of z when x moves. Here w moves, and x holds still.",
            7: "7 is z itself. How much does it change when w goes from 2 to 2.01?",
            1: "That is the slope of z when b moves. Here w moves.",
            5: "Two slopes are added. Only w moves; x and b hold still.",
        },
    ),
    Question(
        "u00-broadcast",
        answer="b",
        why="From the right, 3 stands against 4, and neither is 1: numpy refuses.",
        hints={
            "a": "From the right: 3 against 3 fits, and the missing axis counts as 1.",
            "c": "From the right: 3 against 1 is stretched, 4 against 4 fits.",
        },
    ),
]
