"""The words of a verdict's message: every sentence once and in full, from a small diagnosis that is built by hand.

What is found out about an answer, and so stands in the diagnosis, is tested beside the code that finds it out.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from support.small_exercises import (
    Asked,
    asked_both_gradients,
    asked_linear_backward,
    asked_loss,
    asked_mse_grad,
    asked_winner,
    linear_backward,
    loss,
    mse_grad,
)

from autograder.exercises import Exercise
from course.answers.compare import Difference
from course.answers.error_kinds import Fact, NumpyWarning
from course.answers.error_report import ErrorReport
from course.answers.key import Case, Key, Step
from course.answers.result import Failure, Kind
from course.checking.error_messages import error_advice, failure_sentence
from course.checking.messages import described_inputs, number, told_apart, with_message
from course.checking.verdict import Diagnosis, LackOfCare, Located, Recognised, Verdict
from course.functions import Named

ONE = Key("mse", "00_tests", ("mse",), "one", ())
SEVERAL = Key("backward", "00_tests", ("dx", "dW", "db"), "several", ())
TITLED = Key("deep", "00_tests", ("W", "b"), "dict", (), steps=(Step("dW", "W"), Step("db", "b")))
X = {"x": np.array([1.0, 2.5])}
CASE = Case(X, {})
MEASURED = Case(X, {}, measured={"mse": np.array(2.0)})
UNSEEN = Case({}, {})
MANY = Case({"x": np.zeros((3, 5))}, {"mse": np.array(2.0)})
GAP = Difference("value", "[1]", 1.5, 2.0)
ALONE = Difference("value", "", np.array(1.5), np.array(2.0))
KNOWN = Recognised("planted", "The loss is a mean.", whole=True)
BY_ZERO = NumpyWarning("divide by zero encountered in divide", "divide by zero")
READ_ONLY = ErrorReport("ValueError", "no", cause=Fact("read-only"))
STOPPED = Failure(Kind.RAISES_ERROR, error=ErrorReport("ValueError", "no"))
WORST = "mse[1] is 1.5000; expected 2.0000."
BY_SMALL_EXAMPLE = "Work this one entry out by hand for a small example of your own, and compare each step."
ZERO_DIVIDED = "Something is divided by zero."
COPY = (
    " (-=, += and *= do that, {0}[…] = … does, and so does a second name: e = {0} makes no copy). Work on a copy, or "
    "build a new array: the caller still needs it."
)
AFTER_IT = " Mend it first: what comes after it may be made from it."
BY_HAND = "Work this one entry out by hand with the numbers above, and compare each step."


def message(key: Key = ONE, kind: Kind | None = None, **facts: Any) -> str:
    """What the student reads of a diagnosis."""
    return with_message(Verdict(key.exercise, diagnosis=Diagnosis(key)), kind=kind, **facts).message


def wrong(key: Key = ONE, difference: Difference = GAP, **facts: Any) -> list[str]:
    """The lines on wrong outputs."""
    facts = {"failing": key.outputs[-1:], "output": key.outputs[-1], "case": CASE, **facts}
    return message(key, Kind.WRONG_OUTPUTS, difference=difference, **facts).splitlines()


def lacking(*lacks: LackOfCare, **facts: Any) -> list[str]:
    """The lines on the care that an answer lacks."""
    return message(kind=Kind.CARE_NOT_TAKEN, lacks=lacks, **facts).splitlines()


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({}, "right"),
        ({"kind": Kind.NOT_WRITTEN}, "not written yet"),
        (
            {"kind": Kind.NOT_WRITTEN, "code_below_stub": True},
            "not written yet; the line raise NotImplementedError() still stands above what you wrote",
        ),
        ({"kind": Kind.PROPERTY_BROKEN, "missing": "skips a row."}, "mse skips a row."),
        (
            {"kind": Kind.PROPERTY_BROKEN, "missing": "skips a row.", "recognised": KNOWN},
            "mse skips a row.\nThe loss is a mean.",
        ),
        ({"unknown_calls": ("relu", "loss")}, "right\nRun the cell of relu and loss first."),
        ({"wrong_calls": ("relu",)}, "right\nIt calls relu, which is not right yet: mend that first."),
        ({"unknown_calls": ("loss",), "wrong_calls": ("relu",)}, "right\nRun the cell of loss first."),
        (
            {"supplied": ("relu", "loss")},
            "right\nJudged with the course's relu, loss in place of yours, so that one mistake costs once.",
        ),
    ],
    ids=lambda value: "-".join(value) or "right" if isinstance(value, dict) else "",
)
def test_message_that_is_no_list_of_findings_is_one_sentence(facts: dict[str, Any], text: str) -> None:
    assert message(**facts) == text


def test_message_on_wrong_outputs_gives_way_to_the_function_that_is_mended_first() -> None:
    assert wrong(wrong_calls=("relu",))[2:] == ["It calls relu, which is not right yet: mend that first."]


def test_message_holds_whole_characters_alone() -> None:
    assert message(kind=Kind.PROPERTY_BROKEN, missing="skips \ud800.") == "mse skips ?."


# Wrong outputs


def test_names_of_a_scenario_are_not_told_as_if_they_were_the_students() -> None:
    scenario = replace(SEVERAL, scenario=True, outputs=("moved", "spread", "seeds", *SEVERAL.outputs))
    assert wrong(scenario, failing=("dW", "db"), recognised=KNOWN) == [
        "backward is not right yet.",
        "In the check cell, db[1] is 1.5000; expected 2.0000.",
        "The loss is a mean.",
    ]
    assert wrong(scenario)[2:] == ["This was for x = [1, 2.5].", BY_HAND]
    assert message(scenario, Kind.RAISES_ERROR, failure=STOPPED, case=CASE) == "backward stops with ValueError: no."


def test_values_in_another_order_are_told_before_any_number() -> None:
    order = Recognised("wrong-order", "These are the right values in another order.")
    assert wrong(SEVERAL, recognised=order)[1:3] == [order.message, "db[1] is 1.5000; expected 2.0000."]


def test_message_on_wrong_outputs_goes_from_the_entry_to_what_to_do() -> None:
    located = Located(("v",), ("u",), advice="v is twice u.")
    assert wrong(changed=("x",), located=located, warnings=(BY_ZERO,)) == [
        "mse is not right yet.",
        WORST,
        "This was for x = [1, 2.5].",
        f"It changes its input x{COPY.format('x')} Mend that first: it may be the reason.",
        "v is the first that is wrong: u is right.",
        "v is twice u.",
        BY_HAND,
        ZERO_DIVIDED,
    ]


@pytest.mark.parametrize(
    ("key", "failing", "text"),
    [
        (SEVERAL, ("db",), "backward: dx and dW are right, db is not."),
        (SEVERAL, ("dW", "db"), "backward: dx is right, dW and db are not."),
        (SEVERAL, ("dx", "dW", "db"), "backward: dx, dW and db are not right yet."),
        (TITLED, ("b",), "deep: dW is right, db is not."),
    ],
)
def test_headline_says_which_outputs_are_right(key: Key, failing: tuple[str, ...], text: str) -> None:
    assert wrong(key, failing=failing)[0] == text


@pytest.mark.parametrize(
    ("difference", "case", "text"),
    [
        (GAP, MEASURED, "mse[1] is 1.5000; finite differences give 2.0000."),
        (Difference("value", "", 1.00000002, 1.00000001), CASE, "mse is 1.00000002; expected 1.00000001."),
        (Difference("value", "", "up", "left"), CASE, "mse is 'up'; expected 'left'."),
        (Difference("finite", "[1]", np.nan, 2.0), CASE, "mse[1] is nan; expected 2.0000."),
        (Difference("shape", "", np.ones((5, 1)), np.ones(5)), CASE, "mse has shape (5, 1); expected (5,)."),
        (Difference("shape", "", np.array(1.0), np.ones(5)), CASE, "mse is a single number; expected shape (5,)."),
        (
            Difference("shape", "['W']", np.ones(5), np.array(1.0)),
            CASE,
            "mse['W'] has shape (5,); a single number is expected.",
        ),
        (Difference("form", "[0]", text="a dict"), CASE, "mse[0] is a dict."),
        (
            Difference("form", text="None", nothing=True),
            CASE,
            "mse is None. Does what should give it end in a return statement?",
        ),
    ],
)
def test_worst_entry_is_shown_beside_the_expected_one(difference: Difference, case: Case, text: str) -> None:
    assert wrong(difference=difference, case=case)[1] == text


def test_worst_entry_of_an_output_is_named_after_its_step() -> None:
    assert wrong(TITLED)[1] == "db[1] is 1.5000; expected 2.0000."


@pytest.mark.parametrize(
    ("difference", "case", "text"),
    [
        (ALONE, CASE, "Work this number out by hand with the numbers above, and compare each step."),
        (GAP, MANY, BY_SMALL_EXAMPLE),
        (GAP, UNSEEN, BY_SMALL_EXAMPLE),
        (
            Difference("shape", "", np.ones(4), np.ones(5)),
            CASE,
            "Write the shape beside every array in the function; the first line where it surprises you is the one.",
        ),
        (
            Difference("finite", "", np.nan, 2.0),
            CASE,
            "Print the steps in between: which one is the first that is not finite?",
        ),
    ],
)
def test_advice_goes_with_the_difference(difference: Difference, case: Case, text: str) -> None:
    assert wrong(difference=difference, case=case)[-1] == text


@pytest.mark.parametrize("difference", [Difference("value", "", "up", "left"), Difference("form", text="a dict")])
def test_advice_is_left_out_where_nothing_can_be_worked_out(difference: Difference) -> None:
    assert wrong(difference=difference)[2:] == ["This was for x = [1, 2.5]."]


def test_inputs_are_left_out_where_there_are_none() -> None:
    assert len(wrong(case=UNSEEN)) == 3


def test_stage_is_named_before_the_advice() -> None:
    assert wrong(stage_advice="Begin with dx.")[3:] == ["Begin with dx.", BY_HAND]


def test_mistake_that_was_recognised_stands_in_place_of_stage_and_advice() -> None:
    assert wrong(recognised=KNOWN, stage_advice="Begin with dx.")[3:] == ["The loss is a mean."]


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (Recognised("m", "dW is right, db is not: it is halved. Sum it."), "It is halved. Sum it."),
        (Recognised("m", "db is right."), "db is right."),
        (Recognised("m", "db is right: only dW is halved.", whole=True), "db is right: only dW is halved."),
    ],
)
def test_mistake_of_one_output_calls_no_wrong_one_right(found: Recognised, text: str) -> None:
    assert wrong(SEVERAL, failing=("dW", "db"), recognised=found)[-1] == text


@pytest.mark.parametrize(
    ("located", "lines"),
    [
        (
            Located(("dW2",)),
            [f"dW2 is the first that is wrong.{AFTER_IT}"],
        ),
        (Located(("db2",), ("dW2",)), ["db2 is the first that is wrong: dW2 is right."]),
        (
            Located(("da1", "dz1"), ("dW2", "db2"), seen="It was seen."),
            ["da1 or dz1 is the first that is wrong: dW2 and db2 are right.", "It was seen."],
        ),
    ],
)
def test_first_wrong_step_is_named_with_what_is_right_before_it(located: Located, lines: list[str]) -> None:
    assert wrong(located=located)[3:-1] == lines


def test_output_that_alone_is_wrong_is_not_called_the_first() -> None:
    located = Located(("db",), output="db", advice="db has one entry for each column.")
    assert wrong(SEVERAL, located=located)[3:] == ["db has one entry for each column.", BY_HAND]
    both = wrong(SEVERAL, located=located, failing=("dW", "db"))
    assert both[3] == f"db is the first that is wrong.{AFTER_IT}"


def test_warnings_are_explained_two_at_most() -> None:
    kinds = ("invalid value", "divide by zero", "overflow")
    told = message(warnings=tuple(NumpyWarning("", kind) for kind in kinds)).splitlines()
    assert told == [
        "right",
        "A number grew too large for a float (overflow): is an exponential of a large number taken?",
        ZERO_DIVIDED,
    ]
    assert message(warnings=(NumpyWarning("", "invalid value"), NumpyWarning("another"))).splitlines() == [
        "right",
        "An operation had no defined result (such as 0/0, or the log of a negative number).",
    ]


# Care


@pytest.mark.parametrize(
    ("lack", "text"),
    [
        (
            LackOfCare("unchanged", changed=("y_hat", "y", "y_hat")),
            f"It changes its input y_hat and y{COPY.format('y_hat')}",
        ),
        (
            LackOfCare("no warnings", warning="divide by zero encountered in divide"),
            "numpy warns: divide by zero encountered in divide.",
        ),
        (LackOfCare("no warnings", CASE, warning="overflow"), "For the inputs of this test, numpy warns: overflow."),
        (LackOfCare("one row", CASE, unwritten=True), "For a batch of one, it stops with NotImplementedError."),
        (LackOfCare("float32", CASE, missing="skips a row."), "With float32 inputs, it skips a row."),
        (
            LackOfCare("views", UNSEEN, failure=STOPPED),
            "With inputs that are read-only views (not contiguous in memory), it stops with ValueError: no.",
        ),
        (
            LackOfCare("lists", CASE, output="mse", difference=GAP),
            f"With plain lists as inputs, {WORST}",
        ),
        (LackOfCare("empty batches", CASE, missing="skips a row."), "With empty batches, it skips a row."),
    ],
    ids=lambda value: value.aspect if isinstance(value, LackOfCare) else "",
)
def test_lack_of_care_is_told_by_what_shows_it(lack: LackOfCare, text: str) -> None:
    assert lacking(lack) == ["mse: the values are right; one thing is left.", text]


def test_lack_of_care_comes_with_the_mistake_and_with_warnings() -> None:
    warned = LackOfCare("no warnings", warning=BY_ZERO.text)
    assert lacking(warned, recognised=KNOWN, warnings=(BY_ZERO,))[2:] == [
        "The loss is a mean.",
        ZERO_DIVIDED,
    ]


def test_other_lacks_of_care_are_named_after_the_first() -> None:
    first, *others = (LackOfCare(aspect, CASE, missing="skips a row.") for aspect in ("one row", "float32", "lists"))
    assert lacking(first, *others)[2:] == ["The same answer also fails on: float32, lists."]


def test_writing_into_an_input_and_into_a_view_is_told_once() -> None:
    assert len(lacking(LackOfCare("unchanged", changed=("x",)), LackOfCare("views", CASE, failure=STOPPED))) == 2


# Answers that stop


def test_message_on_an_error_shows_the_inputs_the_first_wrong_step_and_its_advice() -> None:
    located = Located(("da1",), advice="da1 has the shape of a1.")
    stopped = Failure(Kind.RAISES_ERROR, error=READ_ONLY)
    told = message(kind=Kind.RAISES_ERROR, failure=stopped, case=CASE, located=located).splitlines()
    assert told == [
        "mse stops with ValueError: no.",
        "It was called with x = [1, 2.5].",
        f"Where all sizes are equal it runs. There, da1 is the first that is wrong.{AFTER_IT}",
        error_advice(READ_ONLY),
        "da1 has the shape of a1.",
    ]


def test_mistake_that_was_recognised_stands_in_place_of_the_advice_on_an_error() -> None:
    stopped, located = Failure(Kind.RAISES_ERROR, error=READ_ONLY), Located(("da1",), advice="da1 has the shape of a1.")
    told = message(kind=Kind.RAISES_ERROR, failure=stopped, located=located, recognised=KNOWN).splitlines()
    assert told[1:] == ["The loss is a mean."]


def test_inputs_are_told_of_an_error_alone() -> None:
    failure = Failure(Kind.RETURNS_NONE)
    assert message(kind=Kind.RETURNS_NONE, failure=failure, case=CASE).splitlines() == [
        f"mse {failure_sentence(ONE, failure, ['x'])}"
    ]


def test_message_is_the_same_whatever_numpy_prints() -> None:
    def stops(scores):
        return 1 / 0

    asked = asked_winner()
    plain = asked.judge(stops).message
    with np.printoptions(precision=1, formatter={"all": lambda value: 1 / 0}):
        assert asked.judge(stops).message == plain


# Numbers and inputs


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2, "2"),
        (np.int64(7), "7"),
        (np.array(3), "3"),
        (0.25, "0.2500"),
        (-0.0, "0"),
        (123456.0, "1.235e+05"),
        (1e-5, "1e-05"),
        (np.inf, "inf"),
        ("True", "True"),
        ("left", "'left'"),
        ("x" * 100, "'" + "x" * 59),
    ],
)
def test_number_is_short(value: Any, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.5"),
        (3, "3"),
        ("left", "'left'"),
        (np.float64(1 / 3), "0.3333"),
        (np.array(2.0), "2"),
        ([1, 2], "[1, 2]"),
        ((3, 2.0), "(3, 2.0)"),
        ((np.ones(2), 1), "([1, 1], 1)"),
        (np.array([[1.0, 2.0], [3.0, 0.25]]), "[[1, 2], [3, 0.25]]"),
        (np.zeros((3, 4)), "[[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]"),
        (np.zeros((3, 5)), "an array of shape (3, 5)"),
        ([0.0] * 12, f"[{', '.join('0' * 12)}]"),
        ([0.0] * 13, "a list of 13"),
        ([np.ones((1, 2)), np.ones(1), 0.5], "[[[1, 1]], [1], 0.5]"),
        ([np.ones((3, 5)), np.ones(5), 0.5], "a list of 3 with shapes (3, 5), (5,), ()"),
        ({"W": np.ones((1, 2)), "b": 1}, "{'W': [[1, 1]], 'b': 1}"),
        ({"W": np.zeros((3, 5)), "b": 1}, "a dict with W (3, 5), b"),
    ],
    ids=str,
)
def test_few_inputs_are_shown_in_full_and_many_by_their_shape(value: Any, text: str) -> None:
    assert described_inputs({"a": value, "n": 1}) == f"a = {text}, n = 1"


def test_shapes_are_told_of_more_inputs_where_they_count() -> None:
    tall = Case({"x": np.zeros((4, 3))}, {"mse": np.zeros(4)})
    assert wrong(difference=Difference("shape", "", np.ones(3), np.ones(4)), case=tall)[2] == (
        "This was for x = an array of shape (4, 3)."
    )
    stopped = Failure(Kind.RAISES_ERROR, error=READ_ONLY)
    told = message(kind=Kind.RAISES_ERROR, failure=stopped, case=tall).splitlines()
    assert told[1] == "It was called with x = an array of shape (4, 3)."
    assert wrong(case=tall)[2].startswith("This was for x = [[0, 0, 0], ")


def test_inputs_at_the_wrong_entry_are_told_where_there_are_many() -> None:
    x = np.arange(15.0)
    told = wrong(case=Case({"x": x}, {"mse": 2 * x}), difference=Difference("value", "[7]", 1.5, 14.0))
    assert told[2:] == ["This was for x = an array of shape (15,).", "At this entry, x[7] = 7.", BY_HAND]


@pytest.mark.parametrize(
    ("function", "text"),
    [
        (Named("sin"), "sin(rate·x)"),
        (Named("polynomial", coefficients=np.ones(2)), "c₀ + c₁x + c₂x² + …, with coefficients = [1.0, 1.0]"),
        (Named("sum_of_sines", weights=np.ones((3, 5))), "Σ sin(weights·x), with weights = numbers of shape (3, 5)"),
    ],
    ids=str,
)
def test_function_among_the_inputs_is_shown_by_its_formula(function: Named, text: str) -> None:
    assert described_inputs({"f": function, "x": 0.5}) == f"f(x) = {text}, x = 0.5"


@pytest.mark.parametrize(
    ("got", "expected", "words"),
    [
        (1.44971, 1.44978, ("1.44971", "1.44978")),
        (5.182612, 5.182689, ("5.182612", "5.182689")),
        (0.897709901082, 0.897734962102, ("0.8977099", "0.897735")),
        (1.0 + 1e-13, 1.0, ("1.0000000000001", "1")),
        (1.5, 2.0, ("1.5000", "2.0000")),
        (np.inf, 2.0, ("inf", "2.0000")),
        (3, 2, ("3", "2")),
        (0.0, 0.0, ("0", "0")),
    ],
)
def test_numbers_that_nearly_agree_are_shown_with_the_digits_in_which_they_differ(got, expected, words) -> None:
    assert told_apart(got, expected) == words


# Patterns of a wrong output


def mse_grads(change: Callable[[np.ndarray], Any], shape: tuple[int, ...] = (5,)) -> tuple[Asked, Callable[..., Any]]:
    return asked_mse_grad(shape), lambda y_hat, y: change(mse_grad(y_hat, y))


def layer_grads(change: Callable[..., Any]) -> tuple[Asked, Callable[..., Any]]:
    return asked_linear_backward(), lambda dz, x, W: change(*linear_backward(dz, x, W))


def first_right(values: np.ndarray) -> np.ndarray:
    return np.concatenate([values[:1], np.full_like(values[1:], 7.0)])


def right_where_positive(y_hat, y):
    return np.where(y > 0, mse_grad(y_hat, y), 7.0)


PATTERNS: dict[str, tuple[tuple[Asked, Callable[..., Any]], str]] = {
    "factor--1": (mse_grads(lambda g: -g), "Every entry has the opposite sign."),
    "factor-2": (
        mse_grads(lambda g: 2 * g),
        "Every entry is twice the expected value: is a factor 2 counted twice, or a ½ left out?",
    ),
    "factor-1/2": (
        mse_grads(lambda g: g / 2),
        "Every entry is half of the expected value: is a factor 2 missing, or counted where there is none?",
    ),
    "factor-1/N": (
        mse_grads(lambda g: g / 5),
        "Every entry is 1/N of the expected value: it is averaged once too often. "
        "The 1/N belongs to the loss, and to nothing else.",
    ),
    "factor-M": (
        layer_grads(lambda dx, dW, db: (dx, 3 * dW, db)),
        "Every entry is M times the expected value: a sum stands where a mean over M is asked for.",
    ),
    "factor-1/M": (
        layer_grads(lambda dx, dW, db: (dx, dW / 3, db)),
        "Every entry is 1/M of the expected value: a mean over M stands where a sum is asked for.",
    ),
    "zeros-and-ones": (
        mse_grads(lambda g: g > 0),
        "Every entry is 0 or 1, as False and True are: this is what a comparison gives. A comparison takes all that "
        "stands on each side of it: does it lack brackets of its own, or is it still to be multiplied with something?",
    ),
    "some-signs": (
        mse_grads(np.abs),
        "The sizes are right. The sign is wrong where it should be negative, and right elsewhere.",
    ),
    "last-rows-left-out": (
        mse_grads(lambda g: np.where(np.arange(5)[:, None] < 3, g, 0.0), (5, 3)),
        "The first rows are right and the last ones are 0, as if never filled: as many are right as there are columns. "
        "Does a loop run over shape[1], where each turn is for a row?",
    ),
    "transposed": (
        mse_grads(np.transpose, (5, 3)),
        "This is the transpose of the right result. Write the shapes beside each array.",
    ),
    "right-where-positive": (
        (asked_mse_grad((5, 3)), right_where_positive),
        "The entries are right where y > 0 and wrong where it is not.",
    ),
    "wrong-order": (
        layer_grads(lambda dx, dW, db: (db, dW, dx)),
        "These are the right values in another order. Return dx, dW, db.",
    ),
}


@pytest.mark.parametrize("factor", [3.7, -0.25])
def test_factor_that_has_no_name_is_told_by_its_number(factor: float) -> None:
    asked, answer = mse_grads(lambda g: factor * g)
    verdict = asked.judge(answer)
    assert verdict.mistake == "factor"
    assert verdict.message.splitlines()[-1] == f"Every entry is {factor} times the expected value."


@pytest.mark.parametrize("decimals", [2, 4])
def test_rounded_result_is_told_by_its_decimals(decimals: int) -> None:
    asked, answer = mse_grads(lambda g: np.round(g, decimals))
    verdict = asked.judge(answer)
    assert verdict.mistake == "rounded"
    told = f"The result is rounded to {decimals} decimals. Return it as it is: all digits are needed."
    assert verdict.message.splitlines()[-1] == told


def test_factor_of_a_single_number_is_told_of_it() -> None:
    assert asked_loss().judge(lambda y_hat, y: -loss(y_hat, y)).message.splitlines()[-1] == "It has the opposite sign."


def test_results_under_other_names_are_told() -> None:
    verdict = asked_both_gradients().judge(lambda params, x, dz: {"db": x.T @ dz, "dW": dz.sum(axis=0)})
    assert verdict.mistake == "wrong-order"
    told = "These are the right values under other names: dW holds the right db, db holds the right dW."
    assert verdict.message.splitlines()[1] == told


@pytest.mark.parametrize("mistake", PATTERNS)
def test_pattern_of_a_wrong_output_is_told(mistake: str) -> None:
    (asked, answer), text = PATTERNS[mistake]
    verdict = asked.judge(answer)
    assert verdict.mistake == mistake
    assert verdict.message.splitlines()[1 if mistake == "wrong-order" else -1] == text


@pytest.mark.parametrize(("shape", "part"), [((5, 3), "row"), ((5,), "entry")])
def test_one_part_that_is_right_is_told(shape: tuple[int, ...], part: str) -> None:
    asked, answer = mse_grads(first_right, shape)
    told = asked.judge(answer).message.splitlines()
    assert told[-1] == f"The first {part} is right and the others are not: are all of them used?"


def test_first_entry_that_alone_is_right_is_told_otherwise_of_a_result_in_order() -> None:
    exercise = Exercise("curve", in_order=True)
    exercise.draw(lambda rng: dict(x=rng.uniform(1, 2, size=4)))
    verdict = Asked(exercise, np.cumprod).judge(lambda x: np.cumprod(x) + np.array([0.0, 0.1, 0.2, 5.0]))
    assert verdict.mistake == "first-row-only"
    told = "The first entry is right and the second is not: look at what is done between the two."
    assert verdict.message.splitlines()[-1] == told
