"""Unit 07: the self-test questions."""

from autograder.exercises import Question

QUESTIONS = [
    Question(
        "u07-hat",
        answer=0,
        why="5 − 2·4 + 3 = 0. The three slopes 1, −2 and 1 add up to 0: from 2 on, the sum is flat.",
        hints={
            5: "That is the first of the three. At 5 all three are on.",
            -3: "That is 5 − 2·4, the first two. The third is ReLU(5 − 2).",
            16: "It looks as if the minus before the 2 were missing.",
            8: "That is the first and the third. The second is −2·ReLU(5 − 1).",
            4: "The second stands with −2, so it is taken away twice.",
            -8: "That is the second alone. Add the first and the third.",
            -10: "It looks as if x − 1 and x − 2 were left out, or one sign were wrong.",
            3: "That is the third alone. Add the first two.",
            1: "That is the height at x = 1. At 5 all three are on: work out each.",
        },
        otherwise="Work out ReLU(5), ReLU(5 − 1) and ReLU(5 − 2). Then add them with 1, −2 and 1 before them.",
    ),
    Question(
        "u07-dead",
        answer="a",
        why="A unit that is off for one example has 499 more. It is off for all with chance 0.9772⁵⁰⁰: 1 in 100,000.",
        hints={
            "b": "Off for one example is not off for all 500. The chance for all is 0.9772, multiplied 500 times.",
            "c": "Nearly all entries are off. A unit is dead only if its entries are off for all 500 examples.",
        },
        otherwise="Dead means off for every example. What is 0.9772, multiplied 500 times?",
    ),
    Question(
        "u07-start",
        answer="c",
        why="Its error is the smallest, but error times slope is the largest: 0.1219, against 0.0173 and 0.0003.",
        hints={
            "a": "Its error is the largest: 0.9997. But it is multiplied by the slope a(1 − a) = 0.0003.",
            "b": "Work out error times slope for the three: a · a(1 − a). Which is the largest?",
        },
        otherwise="Work out error times slope for the three: a · a(1 − a). Which is the largest?",
    ),
    Question(
        "u07-bug",
        answer="b",
        why="z is a factor, and it sets the gate as well. Only the first path is there; at a fork, gradients add.",
        hints={
            "a": "The gate of the forward pass is σ(z), with z: that is right. Where else does z act?",
            "c": "da stands where it must: every path starts with it. How many paths lead from z to a?",
        },
        otherwise="Draw the graph of a = z · σ(z). How many edges leave z?",
    ),
]
