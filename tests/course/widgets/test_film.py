"""Frames that lie ready while a slider moves: which there are, and what happens where there is none."""

import json
import time

import pytest

from course.widgets.kit import film
from course.widgets.kit.controls import rate_slider, slider, whole_slider
from course.widgets.kit.film import Film, Frame, Strips, stops_of


class Figure:
    """Two sliders, and a record of what was drawn and said."""

    def __init__(self, **options):
        self.film = Film()
        self.w, self.b = slider("w", 1.0, 0.0, 2.0, 0.1), whole_slider("b", 3, 0, 5)
        self.drawn, self.said = [], []
        self.strips = Strips(self.film, {"w": self.w, "b": self.b}, self.draw, self.said.append, **options)
        for control in (self.w, self.b):
            control.observe(lambda change: self.strips.moved(), "value")
        self.strips.show()
        self.drawn.clear()

    def draw(self, values, before):
        self.drawn.append(values)
        if values["w"] == pytest.approx(0.5):
            raise ValueError("not here")
        return Frame(f"<svg>{values['w']:g} {values['b']:g}</svg>", f"w {values['w']:g} after {before['w']:g}")


@pytest.fixture
def figure():
    return Figure()


def test_first_frame_says_where_the_sliders_stand(figure):
    assert figure.film.frame == {"at": {"w": 1.0, "b": 3.0}, "markup": "<svg>1 3</svg>", "sentence": "w 1 after 1"}
    assert figure.film.strip == {}
    assert figure.film.sliders == {"w": figure.w.model_id, "b": figure.b.model_id}


def test_moving_a_slider_draws_all_its_places(figure):
    figure.w.value = 1.1
    strip = figure.film.strip
    assert (strip["along"], strip["at"]) == ("w", {"b": 3.0})
    assert strip["stops"] == pytest.approx([k / 10 for k in range(21)])
    assert strip["frames"][20] == ("<svg>2 3</svg>", "w 2 after 1")
    assert figure.film.frame["at"]["w"] == 1.1


def test_what_lies_ready_is_not_drawn_again(figure):
    figure.w.value = 1.1
    figure.drawn.clear()
    figure.w.value = 1.4
    assert figure.drawn == []
    assert figure.said[-1] == "w 1.4 after 1"
    assert figure.strips.now["w"] == 1.4


def test_other_slider_gets_a_strip_of_its_own_and_its_own_ghost(figure):
    figure.w.value = 1.1
    figure.w.value = 1.7
    figure.b.value = 4
    assert (figure.film.strip["along"], figure.film.strip["at"]) == ("b", {"w": 1.7})
    assert figure.film.frame["sentence"] == "w 1.7 after 1.7"
    figure.w.value = 1.6
    assert figure.film.strip["along"] == "w"
    assert figure.film.strip["frames"][0] == ("<svg>0 4</svg>", "w 0 after 1.7")


def test_place_where_the_function_raises_has_no_frame_and_is_told_when_reached(figure):
    figure.w.value = 0.7
    assert figure.film.strip["frames"][5] is None
    with pytest.raises(ValueError, match="not here"):
        figure.w.value = 0.5
    figure.w.value = 0.4
    assert figure.said[-1] == "w 0.4 after 1"


def test_tiny_values_of_a_slider_are_told_apart():
    class Steps(Figure):
        def __init__(self):
            super().__init__()
            self.b = rate_slider("b", 1e-12, 1e-16, 1.0, factor=10.0)
            self.strips = Strips(self.film, {"w": self.w, "b": self.b}, self.draw, self.said.append)

    figure = Steps()
    figure.strips.show()
    figure.b.value = 1e-11
    figure.strips.moved()
    figure.b.value = 1e-15
    figure.strips.moved()
    assert figure.strips.shown == "<svg>1 1e-15</svg>"


def test_value_that_comes_back_rounded_is_no_move(figure):
    figure.strips.show("You said so. ")
    figure.w.value = 1.0000000000000004
    assert figure.drawn == [{"w": 1.0, "b": 3.0}]
    assert figure.said[-1] == "You said so. w 1 after 1"


def test_value_between_the_places_is_drawn(figure):
    figure.w.value = 1.1
    figure.w.value = 1.234
    assert figure.film.frame["markup"] == "<svg>1.234 3</svg>"


def test_anything_else_that_changes_empties_the_strip(figure):
    figure.w.value = 1.1
    figure.strips.show("Something else. ")
    assert figure.film.strip == {}
    assert figure.film.frame["sentence"] == "Something else. w 1.1 after 1.1"
    figure.strips.show(said="A question.")
    assert figure.film.frame["sentence"] == figure.said[-1] == "A question."


def test_slider_whose_frames_cost_too_much_is_drawn_place_by_place():
    figure = Figure(ahead=["w"])
    figure.b.value = 4
    assert figure.film.strip == {}
    assert len(figure.drawn) == 1


def test_slow_function_gets_the_nearest_frames_only_and_no_second_try(figure, monkeypatch):
    clock = iter(range(1000))
    monkeypatch.setattr(film, "AHEAD", 6)
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    figure.w.value = 1.1
    ready = [k for k, frame in enumerate(figure.film.strip["frames"]) if frame]
    assert ready == [9, 10, 11, 12, 13] or ready == [8, 9, 10, 11, 12, 13]
    figure.drawn.clear()
    figure.w.value = 2.0
    assert len(figure.drawn) == 1


def test_places_of_a_slider_that_steps_by_a_factor():
    rates = stops_of(rate_slider("lr", 0.1, 0.01, 1.0, factor=10.0))
    assert rates == pytest.approx([0.01, 0.1, 1.0])


def test_strip_can_be_sent_to_a_browser(figure):
    figure.w.value = 1.1
    assert json.loads(json.dumps(figure.film.strip))["frames"][0] == ["<svg>0 3</svg>", "w 0 after 1"]
