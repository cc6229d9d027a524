"""Right answers that are supplied while another is judged: none from which that one could be had."""

from autograder.grading import _needs


def product(x, w):
    return x * w


def loss(x, w):
    def inner():
        return product(x, w) ** 2

    return inner()


class Model:
    def loss(self, x):
        return loss(x, 2.0)


def alone(x):
    return x


RIGHT = {"product": product, "loss": loss, "Model": Model, "alone": alone}


def test_answer_needs_itself():
    assert _needs(RIGHT, "product", "product")


def test_answer_needs_what_it_calls_through_others_and_through_classes():
    assert _needs(RIGHT, "loss", "product")
    assert _needs(RIGHT, "Model", "product")


def test_answer_does_not_need_what_calls_it_or_stands_beside_it():
    assert not _needs(RIGHT, "product", "loss")
    assert not _needs(RIGHT, "alone", "product")
