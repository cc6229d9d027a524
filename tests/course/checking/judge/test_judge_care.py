"""The verdict on an answer whose values are right and that lacks care: what is seen, and what it costs."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from support.odd_notebooks.strange_objects import trapped, wrong_numbers
from support.small_exercises import (
    Asked,
    asked_both_gradients,
    asked_gd_step,
    asked_mse_grad,
    asked_partial_sums,
    asked_slope,
    gd_step,
    mse_grad,
    partial_sums,
    refused,
)

from autograder.exercises import Exercise
from course.answers.result import Kind
from course.checking.verdict import LackOfCare, Recognised

ALL_CARE = ("unchanged", "one row", "float32", "views", "lists", "no warnings")


# Care


def lack_of(aspect: str, answer: Callable[..., Any], asked: Asked | None = None) -> LackOfCare:
    """What shows that an answer whose values are right lacks one aspect of care."""
    asked = asked or asked_mse_grad((5, 3), care=(aspect,))
    verdict = asked.judge(answer)
    assert verdict.fraction == pytest.approx(0.95)
    assert verdict.right
    diagnosis = refused(verdict)
    assert diagnosis.kind is Kind.CARE_NOT_TAKEN
    assert asked.judge(asked.right).passed
    (lack,) = diagnosis.lacks
    assert lack.aspect == aspect
    return lack


def test_care_for_inputs_names_what_changed() -> None:
    def changes(y_hat, y):
        out = mse_grad(y_hat, y)
        y_hat[0] = 7
        y.resize(1, refcheck=False)
        return out

    assert lack_of("unchanged", changes).changed == ("y_hat", "y")


def test_care_for_inputs_comes_with_the_mistake_that_fails_it() -> None:
    def changes(y_hat, y):
        out = mse_grad(y_hat, y)
        y_hat[0] = 7
        return out

    verdict = asked_mse_grad(care=("unchanged",)).judge(changes)
    assert refused(verdict).recognised == Recognised("in-place", "y_hat belongs to the caller.")
    assert verdict.mistake == "in-place"


MUTATIONS: dict[str, Callable[..., Any]] = {
    "array in place": lambda params, grads, lr: params[0].fill(7),
    "array's shape": lambda params, grads, lr: setattr(params[0], "shape", (3, 7)),
    "array resized": lambda params, grads, lr: params[1].resize(2),
    "read-only undone": lambda params, grads, lr: (grads[1].setflags(write=True), grads[1].fill(0)),
    "item replaced by a number": lambda params, grads, lr: params.__setitem__(0, 7.0),
    "item replaced by an evil array": lambda params, grads, lr: params.__setitem__(0, wrong_numbers()["evil array"]),
    "item replaced by an evil object": lambda params, grads, lr: params.__setitem__(0, trapped()()),
    "item added": lambda params, grads, lr: params.append(1.0),
    "item dropped": lambda params, grads, lr: params.pop(),
    "list in itself": lambda params, grads, lr: params.__setitem__(0, params),
    "list emptied": lambda params, grads, lr: params.clear(),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_care_for_inputs_sees_every_change_of_a_list_of_arrays(name: str) -> None:
    def changes(params, grads, lr):
        out = gd_step(params, grads, lr)
        MUTATIONS[name](params, grads, lr)
        return out

    changed = lack_of("unchanged", changes, asked_gd_step(care=("unchanged",))).changed
    assert changed == ("grads" if name == "read-only undone" else "params",)


@pytest.mark.parametrize(
    "change",
    [
        lambda params: params["W"].fill(0),
        lambda params: params.pop("W"),
        lambda params: params.update(extra=1.0),
        lambda params: params.update(W=params["W"].astype(np.float32)),
    ],
    ids=["in place", "popped", "added", "another dtype"],
)
def test_care_for_inputs_sees_every_change_of_a_dict(change: Callable[[dict], Any]) -> None:
    def changes(params, x, dz):
        change(params)
        return {"dW": x.T @ dz, "db": dz.sum(axis=0)}

    assert lack_of("unchanged", changes, asked_both_gradients(care=("unchanged",))).changed == ("params",)


def test_care_for_inputs_sees_a_changed_number_in_a_list() -> None:
    def changes(values):
        out = list(partial_sums(values))
        values[2] += 1
        return out

    assert lack_of("unchanged", changes, asked_partial_sums(care=("unchanged",))).changed == ("values",)


@pytest.mark.parametrize("item", [0, 1])
def test_care_for_inputs_sees_a_changed_whole_number_or_text_in_a_list(item: int) -> None:
    exercise = Exercise("first", care=("unchanged",))
    exercise.draw(lambda rng: dict(pair=[int(rng.integers(1, 5)), "left"]))

    def changes(pair):
        out = list(pair)
        pair[item] *= 2
        return out

    assert lack_of("unchanged", changes, Asked(exercise, lambda pair: list(pair))).changed == ("pair",)


def test_care_for_inputs_allows_what_the_exercise_allows() -> None:
    exercise = Exercise("nudge", care=("unchanged",), unchanged_within=1e-12)
    exercise.draw(lambda rng: dict(x=rng.normal(size=3), values=rng.normal(size=3).tolist()))
    asked = Asked(exercise, lambda x, values: 2 * x)

    def nudges(by):
        def answer(x, values):
            out = 2 * x
            x += by
            values[0] += by
            return out

        return answer

    assert asked.judge(nudges(1e-14)).passed
    assert not asked.judge(nudges(1e-9)).passed


def test_care_for_inputs_does_not_see_one_draw_in_the_next() -> None:
    asked = asked_mse_grad()

    def changes(y_hat, y):
        out = mse_grad(y_hat, y)
        y_hat[...] = y[...] = 0
        return out

    assert asked.judge(changes).passed
    assert asked.judge(mse_grad).passed
    assert asked.key.cases[0].inputs["y"].any()


def test_care_for_a_function_among_the_inputs_keeps_the_key_whole() -> None:
    asked = asked_slope()

    def spoils(f, x):
        f.parameters.clear()
        return 1.0

    refused(asked.judge(spoils))
    assert asked.judge(asked.right).passed


def test_care_for_a_batch_of_one() -> None:
    lack = lack_of("one row", lambda y_hat, y: mse_grad(y_hat, y) * (1 if len(y) > 1 else 2))
    assert lack.case is not None
    assert len(lack.case.inputs["y"]) == 1
    assert lack.output == "mse_grad"
    assert lack.difference is not None
    assert lack.difference.kind == "value"


def test_care_for_float32() -> None:
    lack = lack_of("float32", lambda y_hat, y: mse_grad(y_hat, y) * (1 if y.dtype == float else 1.01))
    assert lack.case is not None
    assert lack.case.inputs["y"].dtype == np.float32
    assert lack.output == "mse_grad"
    assert lack.difference is not None
    assert lack.difference.kind == "value"


def test_care_for_views() -> None:
    def in_place(y_hat, y):
        y_hat -= y
        return 2 * y_hat / y.size

    lack = lack_of("views", in_place)
    assert lack.case is not None
    assert not lack.case.inputs["y"].flags.writeable
    assert raised_by(lack) == "ValueError"


def test_care_for_lists() -> None:
    lack = lack_of("lists", lambda y_hat, y: 2 * (y_hat - y) / y.size, _lists_too())
    assert lack.case is not None
    assert type(lack.case.inputs["y"]) is list
    assert raised_by(lack) == "TypeError"


def raised_by(lack: LackOfCare) -> str:
    """The type of the error that shows a lack of care."""
    assert lack.failure is not None
    assert lack.failure.error is not None
    return lack.failure.error.kind


def _lists_too() -> Asked:
    exercise = Exercise("mse_grad", care=("lists",))
    exercise.draw(lambda rng: dict(y_hat=rng.normal(size=3), y=rng.normal(size=3)))
    return Asked(exercise, lambda y_hat, y: mse_grad(np.asarray(y_hat), np.asarray(y)))


def test_care_that_is_not_written_is_no_stub() -> None:
    def refuses(y_hat, y):
        if len(y) == 1:
            raise NotImplementedError
        return mse_grad(y_hat, y)

    assert lack_of("one row", refuses).unwritten


def test_care_for_warnings() -> None:
    def divides(y_hat, y):
        np.ones(1) / np.zeros(1)
        return mse_grad(y_hat, y)

    asked = asked_mse_grad((5, 3), care=("no warnings",))
    assert lack_of("no warnings", divides, asked).warning == "divide by zero encountered in divide"
    assert [warning.kind for warning in refused(asked.judge(divides)).warnings] == ["divide by zero"]


def test_care_that_fails_twice_costs_twice() -> None:
    asked = asked_mse_grad((5, 3), care=ALL_CARE[:4])

    def careless(y_hat, y):
        y_hat -= y
        return 2 * y_hat / y.size

    verdict = asked.judge(careless)
    assert verdict.fraction == pytest.approx(0.90)
    assert [lack.aspect for lack in refused(verdict).lacks] == ["unchanged", "views"]


def test_care_counts_only_where_the_core_passed() -> None:
    verdict = asked_mse_grad((5, 3), care=ALL_CARE[:3]).judge(lambda y_hat, y: 3.3 * mse_grad(y_hat, y))
    assert (verdict.fraction, verdict.diagnosis.kept) == (0.0, ())


def test_care_of_an_exercise_with_properties_looks_at_the_properties() -> None:
    exercise = Exercise("batches", form="yields", properties=("every-row-once",), care=("float32",))
    exercise.draw(lambda rng: dict(x=rng.normal(size=(6, 2)), y=rng.normal(size=6)))
    asked = Asked(exercise, lambda x, y: [(x[:3], y[:3]), (x[3:], y[3:])])
    assert asked.judge(lambda x, y: [(x[::2], y[::2]), (x[1::2], y[1::2])]).passed
    verdict = asked.judge(lambda x, y: [(x if x.dtype == float else x[1:], y)])
    (lack,) = refused(verdict).lacks
    assert (lack.aspect, lack.missing) == ("float32", "hands out 5 rows; x has 6.")
