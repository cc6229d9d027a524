"""Unit 08: the self-test questions."""

from autograder.exercises import Question

questions = [
    Question(
        "u08-last-row",
        answer=0.0986,
        tolerance=0.003,
        why="1.1052/11.2125 = 0.0986. The three shares add up to 1, so 1 − 0.6590 − 0.2424 gives the same.",
        hints={
            0.1: "Close: keep four decimals.",
            0.099: "Close: keep four decimals.",
            1.1052: "That is the exponential. Divide it by the sum of the three.",
            0.1093: "It looks as if the other two exponentials alone were added: 10.1073. The sum holds all three.",
            0.0323: "That is 0.1/3.1, a share of the logits. The exponential comes first.",
            9.86: "As a share, not in percent.",
            0.9014: "That is 1 minus the share: what the other two have together.",
        },
        otherwise="Divide the last exponential, 1.1052, by the sum below the column, 11.2125.",
    ),
    Question(
        "u08-temperature",
        answer="b",
        why="Divided by a large T, all logits are near 0, and exp(0) = 1 for each: the shares are equal, 1/3.",
        hints={
            "a": "That happens for T near 0: the differences grow, and the largest logit takes all.",
            "c": "Adding a number to all logits changes nothing; dividing them by T changes their differences.",
        },
        otherwise="Divide 2, 1 and 0.1 by 1000: what is left of their differences?",
    ),
    Question(
        "u08-guess",
        answer=2.3026,
        tolerance=0.002,
        why="Ten equal logits give p = 1/10 for each class, and −ln(1/10) = ln 10 = 2.3026, whichever class is true.",
        hints={
            1: "It looks as if log10 was used: the logarithm here is the natural one.",
            3.3219: "It looks as if log2 was used: the logarithm here is the natural one.",
            0.1: "That is p of the true class. The loss is −ln of it.",
            0.9: "That is 1 − p. The loss is −ln p.",
            10: "That is the number of classes. What is p of each, and −ln of it?",
            1.0986: "That is ln 3, for three classes. How many are there now?",
            0: "A loss of 0 needs p = 1 for the true class.",
        },
        otherwise="With equal logits every class has the same p. Which? The loss is −ln of it.",
    ),
    Question(
        "u08-one-entry",
        answer=0.1422,
        tolerance=0.004,
        why="0.1124 + 0.1598 − 0.1300 = 0.1422. The paths add.",
        hints={
            0.14: "Close: keep four decimals.",
            0.1124: "That is the first path alone. A nudge of z₀ moves all three p.",
            0.2721: "Those are the first two paths. The third has dp₂ = 2 and the slope −p₂p₀.",
            -0.1299: "That is the last path alone. The three paths add.",
            0.402: "The third path must be negative: p₂ falls when z₀ rises.",
            0.4021: "The third path must be negative: p₂ falls when z₀ rises.",
            0.2072: "It looks as if the third path was counted once instead of twice: dp₂ is 2.",
        },
        otherwise="The last row: dp₂ = 2 times the slope −p₂p₀ = −0.0650. Then add the three products.",
    ),
    Question(
        "u08-pull",
        answer=-0.9014,
        tolerance=0.001,
        why="The path through p₂: −1/p₂ times p₂(1 − p₂) leaves −(1 − p₂) = p₂ − 1. The row adds up to 0.",
        hints={
            -0.9: "Close: keep four decimals.",
            0.0986: "That is p₂. For the true class the slope p₂(1 − p₂) is multiplied by −1/p₂.",
            0.9014: "The sign: a higher logit of the true class lowers the loss.",
            -10.1455: "That is dp₂ = −1/p₂. Multiply it by the slope p₂(1 − p₂).",
            0.0889: "That is the slope p₂(1 − p₂). Multiply it by dp₂ = −1/p₂.",
            -0.0986: "The slope from z₂ to its own p₂ is p₂(1 − p₂), not p₂².",
            -1: "That is −y₂ alone, or −1/p₂ times p₂. The slope has one more factor, 1 − p₂.",
        },
        otherwise="Multiply −10.1455 by p₂(1 − p₂) = 0.088851.",
    ),
    Question(
        "u08-bug",
        answer="c",
        why="With one row, the sum over all entries is the sum over the row. With two, each row takes the other's too.",
        hints={
            "a": "With a plus, one row alone would be wrong already. Add up dz for one row, then for two.",
            "b": "One row alone is right, p as it is. What does a second row change?",
        },
        otherwise="For one row the function is right. Which operation in it sees more than one row?",
    ),
]
