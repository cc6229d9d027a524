"""Unit 09: the self-test questions."""

from autograder.exercises import Question

QUESTIONS = [
    Question(
        "u09-line",
        answer=75,
        why="Three corners of four: a line can cut off one corner. XOR would need two opposite corners on each side.",
        hints={
            0.75: "That is the share. Type it as a percentage.",
            3: "Three of four corners is right. Type it as a percentage.",
            50: "That is guessing. Tilt the line so that it cuts off one corner alone.",
            100: "Then two opposite corners lie on one side, and the other two on the other. Try to draw that line.",
            25: "Let the two sides of this line change names: how many are right then?",
        },
        tolerance=0.001,
        otherwise="Draw the four corners, and a line: how many corners can it have on the right side?",
    ),
    Question(
        "u09-dz1",
        answer=-0.1199,
        why="−0.1401 · 0.8556. In the same way dW1's rows are 1 · dz1 and −1 · dz1, and db1 is dz1.",
        hints={
            -0.1401: "That is da1. It still has to pass the tanh: multiply with its slope.",
            0.8556: "That is the slope of the tanh. It multiplies what arrives, da1.",
            0.7155: "A path multiplies: da1 times the slope, not plus.",
            -0.1637: "It looks as if da1 were divided by the slope. Multiply.",
            0.0532: "It looks as if da1 were multiplied with a1. The factor is the slope of the tanh.",
            0.2396: "Both numbers stand in the second column: −0.1401, and 0.8556.",
            -0.0682: "The slope in the second column is 0.8556; 0.4869 belongs to the first.",
        },
        tolerance=0.005,
        otherwise="See the first column: 0.5603 · 0.4869 = 0.2728.",
    ),
    Question(
        "u09-twenty",
        answer="c",
        why="Eight units can learn twenty points by heart: the loss ends near 0.01.",
        hints={
            "a": "That is guessing, where it starts: ln 2. Training should do better than that.",
            "b": "Two hidden units often stop near there. Eight have room for every point.",
        },
        otherwise="Read the last lines of 9.4 before the code: what must the loss do on twenty points?",
    ),
    Question(
        "u09-units",
        answer=3,
        why="Two lines leave a strip open at both ends, or a wedge. Three make a triangle, rounded by the tanh.",
        hints={
            1: "One line cuts the plane in two. The disc needs a fence all around.",
            2: "Two lines make a strip or a wedge, and both go on without end.",
            4: "Four are enough. Do fewer do?",
            8: "Eight are enough. Do fewer do?",
        },
        tolerance=0,
        otherwise="Draw a disc, and straight lines around it. How few close the fence?",
    ),
    Question(
        "u09-symmetry",
        answer=1,
        why="Units that are equal in W1 and in W2 get equal gradients in every step. Eight of them are one unit, eight "
        "times as strong.",
        hints={
            8: "What would make them differ? Each has the same weights in W1 and in W2, so it gets the same gradients.",
            2: "What would make some of them differ from the others? Each gets the same gradients.",
            4: "What would make some of them differ from the others? Each gets the same gradients.",
            0: "There is a line: the one that all of them share.",
        },
        tolerance=0,
        otherwise="Write da1 for two units with equal rows in W2. Is there anything that tells them apart?",
    ),
    Question(
        "u09-bug",
        answer="b",
        why="The slope of z² is 2z. At z = −1 it is −2; the broken line has 2a = 2, of the wrong sign.",
        hints={
            "a": "v multiplies a, so dv has a in it: that line is right.",
            "c": "np.outer gives one row for each example and one column for each unit, as da must have.",
        },
        otherwise="The letters are a, b and c. Follow one unit with z = −1 from a back to z.",
    ),
]
