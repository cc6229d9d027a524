"""add: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, Numbers

add = Exercise("add")


@add.draw(times=1)
def easy_numbers(rng):
    """For the first message of the course: the difference is above zero."""
    return dict(a=round(rng.uniform(5.2, 8.9), 1), b=round(rng.uniform(2.1, 4.9), 1))


@add.draw(times=1)
def second_below_zero(rng):
    return dict(a=round(rng.uniform(2, 5), 6), b=-round(rng.uniform(6, 9), 6))


@add.draw(times=1)
def first_below_zero(rng):
    return dict(a=-round(rng.uniform(2, 5), 6), b=round(rng.uniform(6, 9), 6))


add.corners(a=Numbers(), b=Numbers())


add.wrong(
    "subtracted",
    """
    This is the difference a - b. It is the wrong answer that 1.1 asks you to type first.
    Every message reads like this: what is wrong, for which numbers, and why.
    Now go back up, write the sum instead, and run both cells again.""",
    lambda a, b: a - b,
)

add.wrong("subtracted-backwards", "This is b - a. The sum has a plus between the two.", lambda a, b: b - a)

add.wrong("multiplied", "This is the product of a and b; the sum is asked for.", lambda a, b: a * b)

add.wrong("one-ignored", "This is a alone. Does b stand in the function at all?", lambda a, b: a)

add.wrong("averaged", "This is half of the sum: the mean of a and b. The sum is asked for.", lambda a, b: (a + b) / 2)

add.wrong(
    "cut-to-integer",
    "The decimals are lost: int() cuts them off. Return the sum as it is.",
    lambda a, b: int(a + b),
)

add.wrong(
    "signs-lost",
    "The sizes are added: the minus of a number below zero is lost. -2 and 5 give 3, not 7.",
    lambda a, b: abs(a) + abs(b),
)

add.wrong(
    "sign-of-the-sum-lost",
    "The minus of the sum is lost: 2 and -5 give -3. Return the sum as it is.",
    lambda a, b: abs(a + b),
)


@add.unusual
def by_sum(a, b):
    return sum((a, b))


@add.unusual
def minus_minus(a, b):
    return np.float64(a) - -b


@add.unusual
def by_array(a, b):
    return np.array([a, b]).sum(keepdims=False)
