"""Unit 06: the self-test questions."""

from autograder.exercises import Question

questions = [
    Question(
        "u06-last-row",
        answer=1.1,
        why="0.5 + 0.2 + 0.6 − 0.2 = 1.1: the last row of x with the second column of W, and then the bias −0.2.",
        hints={
            1.3: "That is the product. The bias of this neuron, −0.2, is still missing.",
            1.5: "The bias of this neuron is negative: −0.2.",
            0.4: "That is the first neuron's z. The second uses the second column of W.",
            0.1: "Look at the sign of the first product: −1 · −0.5 = +0.5.",
            1.4: "That bias belongs to the first neuron. The second has −0.2.",
            0.5: "That is the first product alone: two more, and the bias.",
            -0.1: "Is the last product −0.6? x is 1 and the weight is 0.6.",
        },
        otherwise="The last row of x is (−1, 2, 1); the second column of W is (−0.5, 0.1, 0.6). "
        "Multiply in pairs, add up, then add −0.2.",
    ),
    Question(
        "u06-count",
        answer=48000,
        why="z has 40 · 20 = 800 entries, and each needs 60 products: N·D·M in all.",
        hints={
            800: "That is the number of entries of z. Each of them needs several products.",
            2400: "That is the number of entries of x. Each of them is used by every neuron.",
            1200: "That is the number of entries of W. Each of them is used in every row.",
            3600: "That counts the entries of x and of W. How many products go into one entry of z?",
            120: "The three sizes are multiplied, not added: how many products go into one entry of z?",
            47200: "Each entry of z needs 60 products, and 59 additions between them.",
            48800: "With the additions of the bias, perhaps. Asked for are the multiplications alone.",
            96000: "That counts additions too. Asked for are the multiplications alone.",
        },
        tolerance=0,
        otherwise="How many entries has z? How many products go into each of them?",
    ),
    Question(
        "u06-entry",
        answer=1,
        why="0 + 0 − 1 + 2 = 1. The largest input, 3, adds nothing: its dz is 0.",
        hints={
            2: "That is the last product alone. The four add up.",
            -1: "That is the sum of the first three rows. The last row adds its own product.",
            0.25: "That is the mean of the four products. They add up: a nudge of this weight moves all four rows.",
            3: "Signs: the third product is below zero.",
            6: "That is the sum of the inputs. Each is multiplied by the dz of its row first.",
            0.5: "That is the sum of dz: it belongs to the bias. Each is multiplied by the input of its row first.",
            3.5: "That is the entry beside it, for the second neuron: take dz's first column.",
        },
        otherwise="Multiply row by row: the input of the row by its dz. Then add the four products.",
    ),
    Question(
        "u06-errors",
        answer="c",
        why="Near 1e-11: central differences miss by h² at most, and then by rounding.",
        hints={
            "a": "So large an error means a mistake. In unit 2, central differences with h = 1e-5 missed by 1e-11.",
            "b": "That is one side, or float32. In unit 2, central differences with h = 1e-5 missed by 1e-11.",
        },
        otherwise="There are three choices: a, b and c. How small were they in unit 2?",
    ),
    Question(
        "u06-pass",
        answer=2,
        tolerance=0,
        why="The one that ignores dz, and the sum of x times the mean of dz. The others differ even for ones: "
        "5 rows and 3 neurons can't be confused.",
        hints={
            0: "One of the eight puts ones in the place of dz. What does a dz of ones tell about it?",
            1: "The one with ones for dz passes. Another has the mean of dz, which is 1 here: which?",
            3: "One too many: with 5 rows, a sum over 5 is told from a sum over 3, and from a mean.",
            4: "So many pass if all sizes are 4. Here they are 5, 7 and 3: a wrong axis shows in the shape.",
            5: "Too many. There are 5 rows: a sum over 5 is told from a mean, and from a single row.",
            8: "The shapes are checked too, and a sum over 5 ones is not their mean.",
        },
        otherwise="Go through the eight one by one, and put 1 for every dz. "
        "Which of them give what the right one gives?",
    ),
    Question(
        "u06-copies",
        answer=12,
        tolerance=0,
        why="c is stretched from (5, 1) to (4, 5, 3): each entry is used 4 · 3 times, and 12 gradients come back.",
        hints={
            3: "That is the axis of size 1 alone. In front a whole axis of 4 was added as well.",
            4: "That is the added axis alone. The axis of size 1 was stretched to 3 as well.",
            7: "The copies multiply: 4 times, and each of those 3 times.",
            60: "60 is the number of entries of dz. They are shared by the 5 entries of c.",
            5: "5 is the number of entries of c. How many of the 60 entries of dz belong to each?",
            15: "Compare the shapes from the right: 1 meets 3, 5 meets 5, and nothing meets 4.",
            20: "Compare the shapes from the right: 1 meets 3, 5 meets 5, and nothing meets 4.",
        },
        otherwise="Write (4, 5, 3) and below it (5, 1), aligned to the right. "
        "Which axes has c not got, or only with 1?",
    ),
    Question(
        "u06-bug",
        answer="b",
        why="Row m of k meets column m of ds. ds @ q takes row m: the same only where ds equals its transpose, "
        "as an array of ones with N = M does.",
        hints={
            "a": "ds is (N, M) and k is (M, D): the product has the shape of q, and each row of q meets each row of k.",
            "c": "A matrix product adds already: over the M rows of k for dq.",
        },
        otherwise="There are three choices: a, b and c. Try it with N = 2 and M = 3: which line stops?",
    ),
]
