"""Unit 01: the self-test questions."""

from autograder.exercises import Question

questions = [
    Question(
        "u01-three-squares",
        answer=0.23,
        why="0.4900 + 0.1600 + 0.0400 = 0.6900, and a third of it is 0.2300 kg².",
        hints={
            0.69: "This is the sum of the three squares. Divide it by their number.",
            0.04: "This is the third square. Now the mean of all three.",
            -0.1667: "This is the mean of the errors. Square each error first.",
            0.1667: "This is the mean of the errors without its sign. Square each error first.",
            0.2033: "The third square was subtracted. (-0.20)² is 0.04: a square is never below zero.",
            0.2167: "The third square is missing: what is (-0.20)²?",
            0.325: "This is the mean of the first two squares. There are three penguins.",
            0.0278: "This is the square of the mean error. Square first, then take the mean.",
            0.4333: "This is the mean of the errors without their signs. Square each error first.",
            0.4796: "This is the root of the mean. Leave the root out.",
            0.345: "Divide by three: there are three penguins.",
            0.115: "This is half of the mean. No ½ belongs to our loss.",
        },
        tolerance=0.001,
        otherwise="Square the third error, add the three squares, divide by 3. Read the table in 1.3.",
    ),
    Question(
        "u01-valley",
        answer="c",
        why="At a flipper of about 2 dm, half a kg more for each dm makes every guess about 1 kg heavier. b must "
        "take that 1 kg away. The loss is 0.179 at (5, -6), 0.182 at (5.5, -7), and 0.874 at (5.5, -6).",
        hints={
            "a": "Then the guesses get heavier twice: through w, and through b. How long is a flipper, about?",
            "b": "Then every guess gets heavier by half a kg for each dm of flipper. How long is a flipper, about?",
        },
        otherwise="The choices are a, b and c. Read the end of 1.3.",
    ),
    Question(
        "u01-entries",
        answer=9,
        why="Row i, column j holds guess j minus mass i: every pair, 3 times 3. Nothing is refused, and nothing warns.",
        hints={
            3: "That is what equal shapes give. Here numpy stretches both: the column to the right, the row downwards.",
            6: "The shapes are not added. The column is repeated for each entry of the row.",
            1: "A difference keeps its entries. How many pairs of a column entry and a row entry are there?",
        },
        otherwise="Write the difference as a table, a row for each mass and a column for each guess. Read 1.4.",
    ),
    Question(
        "u01-third-entry",
        answer=-2 / 3 * 0.2,
        why="2 · (-0.20) / 3 = -0.1333. It is below zero: raise this guess, and the loss falls.",
        hints={
            -0.4: "This is 2e. The loss is a mean: each square counts one third.",
            -0.2: "This is the error. The slope of e² is 2e, and each square counts one third.",
            -0.0667: "This is e/3. The slope of e² is 2e.",
            0.1333: "The size is right. Is this guess too high or too low?",
            0.0133: "This is e²/3: what this penguin adds to the loss. How fast does that change?",
            0.2667: "This is the second entry.",
            -0.4667: "This is the first entry.",
        },
        tolerance=0.003,
        otherwise="The third error is -0.20. Go the same way as for the first, in 1.5.",
    ),
    Question(
        "u01-bug",
        answer="b",
        why="It returns |e| / size: what each entry adds to the loss. "
        "A slope says how fast this changes when the guess moves.",
        hints={
            "a": "Reverse every sign of its column: does it agree with the measured slopes then?",
            "c": "Multiply its column by any number: can it agree with the measured slopes?",
        },
        otherwise="The choices are a, b and c. Read the table in 1.6.",
    ),
]
