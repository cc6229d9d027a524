"""Unit 02: the self-test questions."""

from autograder.exercises import Question

QUESTIONS = [
    Question(
        "u02-mean",
        answer=12.0001,
        why="The two errors, +0.0601 and -0.0599, nearly cancel. What is left is 0.0001, which is h².",
        hints={
            12: "That is the exact slope. Take the mean of the two measured ones in the last row.",
            12.0601: "That is the slope to the right alone. Take the mean of both.",
            11.9401: "That is the slope to the left alone. Take the mean of both.",
            12.01: "That is the row above, for h = 0.1.",
            13: "That is the first row, for h = 1.",
            24.0002: "That is their sum. The mean is half of it.",
            12.001: "Add 11.9401 and 12.0601, then halve. How many zeros follow the point?",
            12.0061: "Add 11.9401 and 12.0601, then halve.",
        },
        tolerance=1e-7,
        otherwise="Add 11.9401 and 12.0601, then halve.",
    ),
    Question(
        "u02-best-h",
        answer="b",
        why="For b the two terms are 1.7e-11 and 1e-11, for a and c one of them is at least 1.7e-5. "
        "The two are equal where h³ is about 6e-16: near 1e-5. Below that, the lost digits win.",
        hints={
            "a": "Here the bend of the curve is the larger error: h²/6 is still about 1.7e-5.",
            "c": "Here few digits are left: 1e-16 divided by 1e-12 is 1e-4.",
        },
        otherwise="Put each h into the formula of 2.2. The choices are a, b and c.",
    ),
    Question(
        "u02-days",
        answer=46.3,
        why="2·10⁹ passes of 0.002 s are 4·10⁶ s, and a day has 86,400 s. That buys one gradient, one step; "
        "a million of them would take about 127,000 years. So measuring is for testing small networks.",
        hints={
            23.15: "There are two passes for each parameter.",
            92.6: "The factor 2 is counted once too often: 2·10⁹ passes take 0.002 s each.",
            138.9: "0.006 s is what backpropagation takes. A measured slope needs forward passes only, of 0.002 s.",
            4e6: "Those are the seconds. A day has 86,400.",
            66_667: "Those are the minutes. A day has 1440.",
            1111.1: "Those are the hours. A day has 24.",
            2e9: "Those are the passes. Each takes 0.002 s.",
            127_000: "Those are the years for a million gradients. How many days does one take?",
        },
        tolerance=0.02,
        otherwise="How many passes, how many seconds each, and how many seconds has a day? Read the lines above.",
    ),
    Question(
        "u02-bug",
        answer="b",
        why="`start = x` gives the array a second name. After `x += …` both names show the moved array.",
        hints={
            "a": "Here f is 5, and a step of 1e-5 changes it by about 6e-5: that is far from the last digit.",
            "c": "v may have any length; twice the length means twice the slope, and not 0.",
        },
        otherwise="The choices are a, b and c. How many arrays are there after `start = x`?",
    ),
]
