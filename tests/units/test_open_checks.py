"""Checks that run a class in the open see what grading will see."""

import numpy as np
import pytest
from support.courses import ROOT

from autograder.exercises.loader import exercises_of
from autograder.judge.grade import judged
from autograder.notebook import cells_of, right_namespace
from autograder.paths import Course
from course.answers.error_kinds import Fact
from course.answers.key_files import load_key
from course.checking.judge import judge

COURSE, UNIT = Course(ROOT), "10_mlp"
HANDED = {name: e for name, e in exercises_of(UNIT, COURSE).items() if e.handed}


def opened(name, subject):
    """The verdict of the notebook's check cell on a subject."""
    (text,) = [c.text for c in cells_of(COURSE, UNIT) if f'grade("{name}"' in c.text]
    names = {**right_namespace(COURSE, UNIT), HANDED[name].subject: subject}
    exec(text[: text.index(".subject = ")].rpartition("\n")[0], names)
    (run,) = [value for key, value in names.items() if key.endswith("_run")]
    return judge(run, load_key(name))


@pytest.mark.parametrize("name", HANDED)
def test_open_check_looks_at_the_inputs_too(name):
    """What known answers come to in the open is seen in ``test_three_places``."""
    verdict = opened(name, right_namespace(COURSE, UNIT)[HANDED[name].subject])
    assert verdict.passed, verdict.message
    assert "unchanged" in verdict.diagnosis.kept


def test_exercises_whose_check_hands_over_inputs():
    assert list(HANDED) == ["Linear", "ReLU", "MLP", "train_mlp"]


def changed_by(verdict):
    """The inputs that a class wrote to, whether its values came out right or not."""
    lacks = [name for lack in verdict.diagnosis.lacks for name in lack.changed]
    return {*verdict.diagnosis.changed, *lacks}


def writes(base, method, what):
    """A right class, one of whose methods then writes into its argument."""

    def writing(self, value):
        result = np.array(getattr(base, method)(self, value))
        value *= 2
        return result

    return type(base.__name__, (base,), {method: writing, "__doc__": what})


@pytest.mark.parametrize(
    ("name", "method", "changed"),
    [
        ("Linear", "forward", "x"),
        ("Linear", "backward", "dz"),
        ("ReLU", "forward", "z"),
        ("ReLU", "backward", "da"),
        ("MLP", "backward", "dz"),
    ],
)
def test_write_into_an_input_is_seen_in_the_open(name, method, changed):
    subject = writes(right_namespace(COURSE, UNIT)[name], method, "")
    assert changed_by(opened(name, subject)) == {changed, f"{changed}2"}
    assert not judged(name, subject, UNIT, 3, COURSE).passed


def test_labels_shuffled_where_they_lie_are_seen_in_the_open():
    right = right_namespace(COURSE, UNIT)["train_mlp"]

    def train_mlp(model, x, y, *others):
        losses = right(model, x, y, *others)
        y[:] = np.roll(y, 1)
        return losses

    assert changed_by(opened("train_mlp", train_mlp)) == {"y"}


def test_seed_that_plays_no_part_is_told():
    right = right_namespace(COURSE, UNIT)["train_mlp"]
    generator = np.random.default_rng(1)

    def ignored(model, x, y, lr, epochs, batch_size, seed):
        return right(model, x, y, lr, epochs, batch_size, int(generator.integers(1000)))

    def written_in(model, x, y, lr, epochs, batch_size, seed):
        return right(model, x, y, lr, epochs, batch_size, 7)

    for answer, mistake in ((ignored, "seed-ignored"), (written_in, "seed-written-in")):
        for verdict in (opened("train_mlp", answer), judged("train_mlp", answer, UNIT, 3, COURSE)):
            assert verdict.mistake == mistake, verdict.message
            assert "order[" in verdict.message


def test_yes_and_no_are_said_in_words():
    (copies,) = [w.answer for w in HANDED["MLP"].wrongs if w.mistake == "copies"]
    message = opened("MLP", copies).message
    assert "live is False; expected True." in message
    assert "live is 0" not in message


def test_layers_of_one_shape_with_the_same_numbers_are_told_in_both_places():
    (anew,) = [w.answer for w in HANDED["MLP"].wrongs if w.mistake == "generator-made-anew"]
    for verdict in (opened("MLP", anew), judged("MLP", anew, UNIT, 3, COURSE)):
        assert verdict.mistake == "generator-made-anew"
        assert "Two layers of one shape start with the same weights" in verdict.message


def test_mask_without_self_is_not_told_of_the_arguments_of_the_run():
    class ReLU:
        def forward(self, x):
            mask = x > 0
            return np.where(mask, x, 0)

        def backward(self, dz):
            return dz * mask  # noqa: F821 - the mistake itself: self is missing

    verdict = opened("ReLU", ReLU)
    assert verdict.diagnosis.failure.error.hint == Fact("name-of-method", ("mask", "forward", "self"))


def test_layer_without_return_is_told_of_none():
    base = right_namespace(COURSE, UNIT)["Linear"]
    silent = type("Linear", (base,), {"forward": lambda self, x: setattr(self, "x", x)})
    assert "z is None. Does what should give it end in a return statement?" in opened("Linear", silent).message


def test_gradient_that_is_a_single_number_is_told_by_its_shape():
    def train_mlp(model, x, y, lr, epochs, batch_size, seed):
        model.forward(x)
        model.backward(np.float64(0.5))

    message = opened("train_mlp", train_mlp).message
    assert "backward is given shape (); it wants the gradient of the loss for each logit, shape (24, 3)" in message


@pytest.mark.parametrize("made", [lambda x, y: (x[:2], y[:2]), lambda x, y: [x[:2], x[2:]]])
def test_batches_that_are_no_pairs_are_told_of_yield(made):
    verdict = judge(lambda x, y, size, seed: made(x, y), load_key("minibatches"))
    assert verdict.mistake == "first-batch-returned"
    assert "a yield inside the loop" in verdict.message
