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
            1.5: "1.5 is half of x. The 2 of x² becomes a factor, not a divisor. Read A.2 below.",
            5: "5 is 3 + 2. The 2 of x² becomes a factor. Read A.2 below.",
            12: "In 12 the factor 2 is counted twice. Read A.2 below.",
            18: "18 is 2 times x². The square becomes x when its 2 becomes a factor. Read A.2 below.",
            7: "7 is what a nudge of 1 gives: from 9 to 16. Make the nudge smaller. Read A.1 below.",
            6.1: "6.1 is what a nudge of 0.1 gives. Make the nudge smaller: which number does it come near? "
            "Read A.1 below.",
        },
        otherwise="Read A.1 and A.2 below.",
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
            16: "8 times 2: the outer slope was taken at 4. The inside, 2x - 1, is 3 here. Read A.3 below.",
            2: "2 is the slope of the inside alone. Read A.3 below.",
            3: "3 is the inside at x = 2. How fast does its square move, and how fast does it move itself? "
            "Read A.3 below.",
            24: "One factor of 2 is too many: the square brings one, the inside brings one. Read A.3 below.",
            18: "18 is 2 times the value, 9. The slope of u² is 2u, not 2u². Read A.3 below.",
            36: "36 is 4 times the value, 9. The slope of u² is 2u, not 2u². Read A.3 below.",
        },
        otherwise="Read A.3 below.",
    ),
    Question(
        "u00-axis",
        answer=3,
        why="axis=0 is the one that disappears: (4, 3) becomes (3,), one sum for each column.",
        hints={
            4: "4 rows are added up, so it is the 4 that disappears. Read B.1 below.",
            12: "That is the number of entries before the sum. Read B.1 below.",
            1: "One number is left when no axis is given. Read B.1 below.",
            2: "2 is the number of axes of x, or of columns of W. How many columns has x? Read B.1 below.",
            6: "That is the size of W. Only x is summed here. Read B.1 below.",
        },
        otherwise="Read B.1 below.",
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
            2: "2 is the number of columns of the result, or of its axes. How many rows has it? Read B.3 below.",
            3: "3 is the inner size: it disappears. Which two sizes stay? Read B.3 below.",
            4: "4 is the number of rows of the result. How many columns has it? Read B.3 below.",
            72: "72 is 12 times 6: every entry with every other. Each entry of the result is a row of x times "
            "a column of W. Read B.3 below.",
            18: "The sizes are not added: 12 + 6. Which sizes stay, and which disappear? Read B.3 below.",
        },
        otherwise="Read B.3 below.",
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
            6: "6 is w times x. How much does it change when w goes from 2 to 2.01?",
            0.03: "0.03 is the change of z. Divide it by the nudge, 0.01.",
            7.03: "7.03 is the new z. How much more is it than the old one, and for which nudge?",
            0.01: "0.01 is the nudge. Divide the change of z by it.",
            703: "703 is the new z divided by the nudge. Take the old z away first.",
        },
        tolerance=0.001,
        otherwise="Work out z for w = 2.01: change of z / nudge. Read A.4 above.",
    ),
    Question(
        "u00-broadcast",
        answer="b",
        why="From the right, 3 stands against 4, and neither is 1: numpy refuses.",
        hints={
            "a": "From the right: 3 against 3 fits, and the missing axis counts as 1.",
            "c": "From the right: 3 against 1 is stretched, 4 against 4 fits.",
        },
        otherwise="The choices are a, b and c. Read B.2 above.",
    ),
]
