"""Unit 10: the self-test questions."""

from autograder.exercises import Question

questions = [
    Question(
        "u10-parameters",
        answer=17226,
        tolerance=0,
        why="64·128 + 128 = 8,320, then 128·64 + 64 = 8,256, then 64·10 + 10 = 650.",
        hints={
            17024: "These are the weights. Each layer has a bias for each of its outputs too.",
            17290: "The inputs have no bias: a layer has as many biases as outputs.",
            266: "That is the sum of the sizes. Each pair of neighbouring sizes makes a matrix.",
            202: "These are the biases alone.",
            17098: "The first layer's biases are missing.",
        },
        otherwise="Three layers: for each, rows times columns, and a bias for each column. Then add.",
    ),
    Question(
        "u10-start",
        answer=2.302585,
        tolerance=0.001,
        why="Every class gets p = 1/10, and −ln(1/10) = ln 10 = 2.3026.",
        hints={
            0.1: "That is p. The loss is −ln p.",
            0.0: "A loss of 0 is a model that is sure and right.",
            1.0: "That is −log to base 10. Losses here are natural logarithms.",
            3.3219: "That is −log to base 2. Losses here are natural logarithms.",
            0.105361: "That is −ln 0.9. The right class gets p = 1/10.",
            0.693147: "That is ln 2, for two classes. Here are ten.",
        },
        otherwise="All ten logits are equal, so each class gets p = 1/10. The loss of a row is −ln p.",
    ),
    Question(
        "u10-zero",
        answer="c",
        why="All hidden units are ReLU(0) = 0, so dW of the last layer is 0; its W is 0, so nothing goes further down.",
        hints={
            "a": "Follow dW3: it is made of the hidden units, and they are all 0. When would that end?",
            "b": "Nothing overflows. Follow dW3: what are the hidden units?",
        },
        otherwise="There are three choices: a, b and c. With all parameters 0, work out the hidden units, then dW3.",
    ),
    Question(
        "u10-fit",
        answer="b",
        why="It knows the 100 by heart, and that is not all that there is to know of digits: it overfits.",
        hints={
            "a": "That would be as good as with 1,024 images, or better. Do 100 show every way of writing a 7?",
            "c": "10 % is guessing. Much of what 100 images teach holds for others too.",
        },
        otherwise="There are three choices: a, b and c. What is learned from 100 images: these images, or digits?",
    ),
    Question(
        "u10-updates",
        answer=80,
        tolerance=0,
        why="1,024 / 128 = 8 batches an epoch, each with a step of its own; ten epochs.",
        hints={
            8: "That is one epoch. Ten are trained.",
            10: "Those are the epochs. Each batch of an epoch ends in a step.",
            1280: "128 is the size of a batch, not the number of them.",
            1024: "That is the number of images. 128 of them share a step.",
            10240: "That is the number of images seen. 128 of them share a step.",
            320: "That is for B=32: four times as many steps.",
        },
        otherwise="How many batches of 128 hold 1,024 images? Times ten epochs.",
    ),
    Question(
        "u10-bug",
        answer="b",
        why="A piece's gradient is a mean over its rows. Pieces of unequal length need unequal weights.",
        hints={
            "a": "The shapes fit: (D, n) times (n, C) is the shape of W.",
            "c": "The probabilities of a row need that row only, so pieces can't disturb each other.",
        },
        otherwise="There are three choices: a, b and c. Take pieces of 3 rows and 1 row: what does each row weigh?",
    ),
]
