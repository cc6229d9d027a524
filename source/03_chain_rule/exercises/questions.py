"""Unit 03: the self-test questions."""

from autograder.exercises import Question

QUESTIONS = [
    Question(
        "u03-dw",
        answer=18,
        why="A product swaps: the 6 that arrives at m, times the partner x = 3. Under x stands 6 · 2 = 12.",
        hints={
            12: "That is the gradient of x. A product multiplies by the other factor: which one is w's partner?",
            6: "6 is what arrives at m. It still has to pass the multiplication: w's partner is x = 3.",
            9: "The loss starts with 1, and the slope of e² is 2e = 6, not e = 3.",
            3: "3 is the local slope of m = w x. Multiply it by the 6 that arrives at m.",
            0.18: "That is the change of L for a nudge of 0.01. The gradient is the change for each unit of nudge.",
            -18: "The size is right. When w rises, m, s and e rise too, and with e = 3 so does L.",
            0.03: "That is how far m moves when w moves by 0.01. How far does it move for each unit, and how far L?",
            36: "That is 6 · 6. The 6 that arrives at m is right; the other factor at this gate is w's partner.",
        },
        otherwise="Read the list in 3.1: what arrives at m, and by how much does m move when w does? Multiply the two.",
    ),
    Question(
        "u03-fork",
        answer=-8.0632,
        why="0.8467 comes back along u and 9 · (−0.98999) = −8.9099 along v; a copy adds them.",
        hints={
            0.85: "That is the path through u alone. x acts through v as well.",
            0.8467: "That is the path through u alone. x acts through v as well.",
            -8.9099: "That is the path through v alone. x acts through u as well.",
            -7.5441: "The two paths are multiplied here. Each is a product; between the two stands a plus.",
            -4.0316: "This is the mean of the two. A copy adds what comes back.",
            9.7566: "Look at the sign of cos 3: it is −0.98999.",
            1.2701: "That is the value L. Its gradient is asked for.",
            8.0632: "The size is right. The path through v is negative, and the larger of the two.",
            -5.9399: "That is u' times v'. There are two paths: each is partner times slope, and the two are added.",
            -8.4866: "It looks as if the path through u were halved: the slope of x² is 2x = 6.",
            -3.6083: "It looks as if the path through v were halved: it is 9 · cos 3.",
            9.8344: "It looks as if the cosine were taken of 3 degrees. In radians, cos 3 = −0.98999.",
            9.3018: "It looks as if sine and cosine were taken of 3 degrees. Set the calculator to radians.",
            9.1411: "These are the numbers at u and v, added. Each path has one slope more: 2x, and cos x.",
        },
        otherwise="Finish the table in 3.3: one product for each path, then add the last column.",
        tolerance=0.0012,
    ),
    Question(
        "u03-paths",
        answer=59049,
        why="3¹⁰ = 59,049 paths and only 30 edges. One stage more: three times the paths, 3 more edges.",
        hints={
            30: "30 is the number of edges. A path chooses one of three edges at each of ten stages.",
            1000: "That is 10³. At each of ten stages there are three ways: 3 · 3 · … · 3, ten times.",
            81: "81 is for four stages. Each of the six further stages multiplies by 3.",
            270: "270 is 27 · 10. Each further stage does not add paths, it multiplies them by 3.",
            810: "810 is 81 · 10. Each further stage does not add paths, it multiplies them by 3.",
            19683: "That is 3⁹, for nine stages. One stage is still missing.",
            177147: "That is 3¹¹, for eleven stages. One stage is too many.",
            1024: "That is 2¹⁰. At each stage there are three ways, not two.",
        },
        tolerance=0,
        otherwise="Count small cases first: 3 paths with one stage, 9 with two, 81 with four. What does each stage do?",
    ),
    Question(
        "u03-vanish",
        answer="c",
        why="Nineteen links lie between: 0.394^19 is about 0.00000002, so about 50 million times smaller. "
        "The exact ratio is 72 million: the first links have a > 0.85856, so their slopes are smaller still.",
        hints={
            "a": "The factors multiply, they do not add: nineteen times a factor of 0.394.",
            "b": "20² would be two factors of 20. Here a factor of 0.394 is taken nineteen times.",
        },
        otherwise="There are three choices: a, b and c. Read 3.4, the sentence with 0.394.",
    ),
    Question(
        "u03-bug",
        answer="b",
        why="p acts on r directly and through s. The second line for dp throws the first away.",
        hints={
            "a": "A larger total makes the share smaller, so ds is negative for positive dr: the sign is right.",
            "c": "Both dp and ds contain dr. Follow the names: what does dp hold at the end?",
        },
        otherwise="There are three choices: a, b and c. Follow the names line by line: what does dp hold at the end?",
    ),
]
