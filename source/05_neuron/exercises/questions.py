"""Unit 05: the self-test questions."""

from autograder.exercises import Question

questions = [
    Question(
        "u05-mean-loss",
        answer=0.504,
        tolerance=0.002,
        why="−ln 0.3318 = 1.1032, and (0.0955 + 0.3133 + 1.1032)/3 = 0.5040. Knowing nothing costs 0.6931.",
        hints={
            1.1032: "That is the missing number of the last row. Now the mean of the three.",
            1.512: "That is the sum of the three. The loss is their mean.",
            0.2706: "The last row has y = 1, so q is p = 0.3318, not 1 − p.",
            0.3678: "Divide the sum of all three rows by 3.",
            0.6931: "That is a neuron that says 0.5 to all. Ours gave 0.9089, 0.7311 and 0.3318 to the truth.",
            -0.504: "The logarithm of a number below 1 is negative, and the loss is minus it.",
            0.2189: "That is a logarithm to base 10. Use the natural one: np.log.",
            0.7271: "That is a logarithm to base 2. Use the natural one: np.log.",
        },
        otherwise="First −ln 0.3318 (in Python: -np.log(0.3318)), then the mean of the three numbers.",
    ),
    Question(
        "u05-wrong-and-sure",
        answer=1.998,
        tolerance=0.01,
        why="From 6.0025 to 8.0003: each further step in the wrong direction costs as much again.",
        hints={
            0.0043: "That is the growth of the squared error. The loss here is ln(1 + e^(−z)).",
            8.0003: "That is the loss at z = −8. Take away the one at z = −6.",
            6.0025: "That is the loss at z = −6. How much more is it at z = −8?",
            -1.998: "It grows: the row is malignant, and z = −8 is still more wrong than −6.",
            0.00214: "That is for a benign row, where a negative z is right. Here y = 1.",
        },
        otherwise="With y = 1 a row costs ln(1 + e^(−z)). For z = −6 that is ln(1 + 403.4), and for z = −8?",
    ),
    Question(
        "u05-still",
        answer="b",
        why="0.2840. As many rows are right, but w grows: the neuron gets surer, and the loss sees it.",
        hints={
            "a": "Accuracy sees only the side of the line. The loss sees the probability of each row.",
            "c": "Each step goes downhill on these very rows. Their loss can't rise with a rate that is small enough.",
        },
        otherwise="Read 5.2: what does the loss know of a row, beyond its side of the line?",
    ),
    Question(
        "u05-threshold",
        answer=1 / 11,
        tolerance=0.005,
        why="10p = 1 − p gives p = 1/11 = 0.0909. From there on, a call of malignant is the cheaper one.",
        hints={
            0.1: "Calling malignant costs 1 − p, not 1: 10p = 1 − p.",
            0.09: "Close: type a fraction, or four decimals.",
            0.5: "That holds if both errors cost the same: p = 1 − p.",
            0.9091: "That is for false alarms that cost 10 misses. Which error is the expensive one?",
            0.9: "Which error is the expensive one? To miss less, we say malignant at a lower p.",
            11: "You have the number of shares. The threshold is a probability: one of these shares.",
        },
        otherwise="Solve 10p = 1 − p for p.",
    ),
    Question(
        "u05-forty",
        answer="b",
        why="0.0084 on its own 40 rows, 0.1509 on the test set: it learns these, and little that holds for all.",
        hints={
            "a": "Fewer rows are easier to fit: 30 weights find a way to get 40 rows right.",
            "c": "Its own rows, yes. But what holds for 40 rows only is of no use for the next one.",
        },
        otherwise="Read 5.5: what is the test set there for?",
    ),
    Question(
        "u05-bug",
        answer="b",
        why="z = 0.1 means p = 0.525. All thresholds between 0 and 1 lie between p = 0.5 and p = 0.731.",
        hints={
            "a": "The counts at 0.5 are 40 missed and 11 false alarms, not 33 and 17. Swapping gives 17 and 33.",
            "c": "A low threshold must call more rows malignant, and it does: 36 missed after 40. It moves too little.",
        },
        otherwise="Which numbers can z be, and which numbers can a threshold be?",
    ),
]
