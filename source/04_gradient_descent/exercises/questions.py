"""Unit 04: the self-test questions."""

from autograder.exercises import Question

FASTER = "So far a larger rate was faster. But 2/20 = 0.1 is the limit: what does 1 − lr·20 do to y near it?"
NEAR = "That is near. Each step multiplies y by −0.96, so the loss in y is 10·0.96²ⁿ after n steps: when is it 0.01?"

questions = [
    Question(
        "u04-last-row",
        answer=-5.64,
        tolerance=0.002,
        why="2/3 · (−0.48 − 1.625 − 6.355) = −5.64. In the same way db = 2/3 · (−2.6) = −1.7333.",
        hints={
            -6.355: "That is the missing number. dw is a slope of the whole loss: all three rows play a part.",
            -8.46: "That is the sum of the three rows. The derivative of a mean of three squares has 2/3 before it.",
            -2.82: "The derivative of e² is 2e: the factor 2 is missing.",
            -16.92: "This is twice the sum: divide by the number of points, since the loss is a mean.",
            -11.28: "This is twice too much: is the factor 2 counted twice?",
            -4.2367: "That is the slope of the last point alone, shared by three. Add the other two rows.",
            -12.71: "That is the slope of the last point's square alone. The loss is the mean over three points.",
            -5.6: "Close: keep four decimals.",
            5.64: "The sign: each residual e = wx + b − y is negative here, so the line lies too low.",
            -1.7333: "That is db. For dw each residual is multiplied with its x.",
        },
        otherwise="Make the last e·x first: −1.55 times 4.1. Then read the formula below the table, for three points.",
    ),
    Question(
        "u04-rate",
        answer=85,
        tolerance=0.05,
        why="At 0.098 each step multiplies y by 1 − 0.098·20 = −0.96: it changes side and loses only 4 % of its size.",
        hints={
            **dict.fromkeys((10, 15, 20, 25, 28, 30, 33, 34), FASTER),
            36: "That is the count at 0.09. Compute 1 − lr·20 for 0.09 and for 0.098: how fast does each die out?",
            41: "That is the count at 0.08. Compute 1 − lr·20 for 0.08 and for 0.098: how fast does each die out?",
            **dict.fromkeys((78, 92), NEAR),
            166: "That is the count at 0.02. Compute 1 − lr·20 for 0.098: how fast does y die out?",
        },
        otherwise="0.098 is below the limit 2/20 = 0.1, so it does arrive. "
        "Compute 1 − 20·0.098: each step multiplies y by it, and the loss in y begins at 10.",
    ),
    Question(
        "u04-ravine",
        answer="c",
        why="w is at 21 and b still near 0. Along the floor, halving what is left takes 3.6 million steps.",
        hints={
            "a": "That holds for the standardised data, where w and b need the same rate.",
            "b": "The rate is below the limit 2/81,169 = 2.46e-5, so nothing grows.",
        },
        otherwise="Compare the rate with the limit across the ravine, in 4.3.",
    ),
    Question(
        "u04-momentum",
        answer="b",
        why="Until the loss stays below 0.01: 66 steps with 0, 29 with 0.5, 71 with 0.9, which rolls past and back.",
        hints={
            "a": "A heavy ball is fast, and it is also slow to stop.",
            "c": "With beta 0.5 the path needs less than half of those steps.",
        },
        otherwise="Read the table of 4.4: what does a constant slope add up to?",
    ),
    Question(
        "u04-cycle",
        answer="b",
        why="The first wide step, 0.5, jumps the hill to −1.074; the short ones settle in the deeper valley at −1.484.",
        hints={
            "a": "Work out the first step: the slope at 2.2 is 6.548, and the rate is 0.5. Where does x land?",
            "c": "A rate that stays 0.5 does that. Here two shorter steps follow each wide one.",
        },
        otherwise="Work out the first step: the slope at 2.2 is 6.548, and the rate is 0.5. Where does x land?",
    ),
    Question(
        "u04-bug",
        answer="c",
        why="From (0.5, 0.5) u and v must stay equal, and they do not: v's slope was measured after u had moved.",
        hints={
            "a": "The signs are right: u·v = 0.25 is below 1, and both grow.",
            "b": "The partner is right: u's slope has v in it, since a nudge of u moves u·v by v.",
        },
        otherwise='Work both lines out by hand from u = v = 0.5, and read 4.2, "one point, one gradient".',
    ),
]
