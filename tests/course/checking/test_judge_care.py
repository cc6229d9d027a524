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

ALL_CARE = ("unchanged", "one row", "float32", "views", "lists", "no warnings")


# Care


def aspect_missing(answer: Callable[..., Any], aspect: str, asked: Asked | None = None) -> str:
    """The message of an answer whose values are right and that fails one aspect of care."""
    asked = asked or asked_mse_grad((5, 3), care=(aspect,))
    verdict = asked.judge(answer)
    assert verdict.fraction == pytest.approx(0.95)
    lines = refused(verdict).splitlines()
    assert lines[0].endswith(": the values are right; one thing is left.")
    assert asked.judge(asked.right).passed
    return "\n".join(lines[1:])


def test_care_for_inputs_names_what_changed() -> None:
    def changes(y_hat, y):
        out = mse_grad(y_hat, y)
        y_hat[0] = 7
        y.resize(1, refcheck=False)
        return out

    message = aspect_missing(changes, "unchanged")
    assert message.splitlines()[0] == (
        "It changes its input y_hat and y. Work on a copy, or build a new array: the caller still needs it."
    )
    assert message.endswith("y_hat belongs to the caller.")


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

    assert "It changes its input " in aspect_missing(changes, "unchanged", asked_gd_step(care=("unchanged",)))


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

    message = aspect_missing(changes, "unchanged", asked_both_gradients(care=("unchanged",)))
    assert "It changes its input params." in message


def test_care_for_inputs_sees_a_changed_number_in_a_list() -> None:
    def changes(values):
        out = list(partial_sums(values))
        values[2] += 1
        return out

    assert "It changes its input values." in aspect_missing(
        changes, "unchanged", asked_partial_sums(care=("unchanged",))
    )


@pytest.mark.parametrize("item", [0, 1])
def test_care_for_inputs_sees_a_changed_whole_number_or_text_in_a_list(item: int) -> None:
    exercise = Exercise("first", care=("unchanged",))
    exercise.draw(lambda rng: dict(pair=[int(rng.integers(1, 5)), "left"]))

    def changes(pair):
        out = list(pair)
        pair[item] *= 2
        return out

    message = aspect_missing(changes, "unchanged", Asked(exercise, lambda pair: list(pair)))
    assert "It changes its input pair." in message


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
    message = aspect_missing(lambda y_hat, y: mse_grad(y_hat, y) * (1 if len(y) > 1 else 2), "one row")
    assert message.startswith("For a batch of one, mse_grad[")


def test_care_for_float32() -> None:
    message = aspect_missing(lambda y_hat, y: mse_grad(y_hat, y) * (1 if y.dtype == float else 1.01), "float32")
    assert message.startswith("With float32 inputs, mse_grad[")


def test_care_for_views() -> None:
    def in_place(y_hat, y):
        y_hat -= y
        return 2 * y_hat / y.size

    message = aspect_missing(in_place, "views")
    assert message.startswith(
        "With inputs that are read-only views (not contiguous in memory), it stops with ValueError"
    )


def test_care_for_lists() -> None:
    message = aspect_missing(lambda y_hat, y: 2 * (y_hat - y) / y.size, "lists", _lists_too())
    assert message.startswith("With plain lists as inputs, it stops with TypeError: unsupported operand type(s)")


def _lists_too() -> Asked:
    exercise = Exercise("mse_grad", care=("lists",))
    exercise.draw(lambda rng: dict(y_hat=rng.normal(size=3), y=rng.normal(size=3)))
    return Asked(exercise, lambda y_hat, y: mse_grad(np.asarray(y_hat), np.asarray(y)))


def test_care_that_is_not_written_is_no_stub() -> None:
    def refuses(y_hat, y):
        if len(y) == 1:
            raise NotImplementedError
        return mse_grad(y_hat, y)

    assert aspect_missing(refuses, "one row") == "For a batch of one, it stops with NotImplementedError."


def test_care_for_warnings() -> None:
    def divides(y_hat, y):
        np.ones(1) / np.zeros(1)
        return mse_grad(y_hat, y)

    message = aspect_missing(divides, "no warnings")
    assert message == "numpy warns: divide by zero encountered in divide.\nSomething is divided by zero."


def test_care_that_fails_twice_is_told_once() -> None:
    asked = asked_mse_grad((5, 3), care=ALL_CARE[:4])

    def careless(y_hat, y):
        y_hat -= y
        return 2 * y_hat / y.size

    verdict = asked.judge(careless)
    assert verdict.fraction == pytest.approx(0.90)
    assert "also fails on" not in refused(verdict)


def test_care_counts_only_where_the_core_passed() -> None:
    verdict = asked_mse_grad((5, 3), care=ALL_CARE[:3]).judge(lambda y_hat, y: 3.3 * mse_grad(y_hat, y))
    assert (verdict.fraction, verdict.diagnosis.kept) == (0.0, ())


def test_care_of_an_exercise_with_properties_looks_at_the_properties() -> None:
    exercise = Exercise("batches", form="yields", properties=("every-row-once",), care=("float32",))
    exercise.draw(lambda rng: dict(x=rng.normal(size=(6, 2)), y=rng.normal(size=6)))
    asked = Asked(exercise, lambda x, y: [(x[:3], y[:3]), (x[3:], y[3:])])
    assert asked.judge(lambda x, y: [(x[::2], y[::2]), (x[1::2], y[1::2])]).passed
    verdict = asked.judge(lambda x, y: [(x if x.dtype == float else x[1:], y)])
    assert "With float32 inputs, it hands out 5 rows; x has 6." in refused(verdict)
