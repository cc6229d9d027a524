"""The live figure of unit 09: the numbers that its texts speak of, its words, and that it goes on living."""

import base64
import re
from dataclasses import fields, replace

import numpy as np
import pytest
from support.courses import ROOT

from course.widgets.boundary.data import own_points, toy
from course.widgets.boundary.figure import GAP_SCALE, Boundary, boundary, settings
from course.widgets.boundary.networks import NAMES, OWN, Network, checked, start, trainer, unplugged
from course.widgets.boundary.training import (
    CELLS,
    COARSE,
    Trace,
    fate,
    kept,
    lines,
    maps,
    nearly_all_from,
    plane,
    train,
)
from course.widgets.boundary.words import badge, percent

WIDGETS = ROOT / "course" / "widgets"
FUNCTIONS = tuple(field.name for field in fields(Network))
TEXT = (ROOT / "source" / "09_two_layers" / "09_two_layers.py").read_text(encoding="utf-8")


def run(data="XOR", hidden=2, *, lr=1.0, seed=0, equal=False, off=(), steps=1000):
    """A training by the course's own functions, and how many points are right after each kept step."""
    points = toy(data, 0)
    trace = train(OWN, start(OWN, hidden, seed, equal), points.x, points.y, lr, steps)
    return trace, maps(OWN, trace, points.x, points.reach, off).right(points.y)


@pytest.fixture(scope="module")
def two():
    return run()


@pytest.fixture(scope="module")
def figure():
    return boundary(data="XOR")


# ---- the numbers that the unit and the figure speak of


def test_two_units_get_91_percent_of_xor(two):
    trace, right = two
    assert right[0] == 103 and right[-1] == 182
    assert trace.losses[[0, -1]] == pytest.approx([0.7010, 0.2001], abs=5e-5)
    assert lines(trace.params[-1]) == 2
    assert "Your seed 0 is one or the other; ours gets 91 %." in TEXT


@pytest.mark.parametrize("off", [(0,), (1,), (0, 1)])
def test_alone_neither_unit_is_worth_anything(off):
    trace, right = run(off=off)
    assert right[-1] == 100
    assert trace.params[-1]["b2"] @ [-1, 1] == pytest.approx(-7.15, abs=5e-3)
    assert "it falls to 50 %: the bias (−7.15 with our weights) outweighs the unit that is left" in TEXT


def test_another_seed_gets_71_percent():
    assert run(seed=2)[1][-1] == 142
    assert "With our weights seed 2 gets 71 %." in TEXT


def test_most_starts_of_two_units_end_at_91_percent_and_the_others_far_below():
    right = sorted(run(seed=seed)[1][-1] for seed in range(40))
    assert right[12:] == [182] * 28 and right[0] >= 122 and right[11] <= 142
    assert "Of 40 starts 28 end at 91 % right, with a strip between two lines, and 12 at 61 to 71 %." in TEXT


def test_four_units_get_all_of_xor_from_some_starts_and_the_best_of_ten_does():
    for first in (0, 10):
        runs = [run(hidden=4, seed=seed, steps=300) for seed in range(first, first + 10)]
        right, losses = [int(one[1][-1]) for one in runs], [one[0].losses[-1] for one in runs]
        assert right[int(np.argmin(losses))] == 200 and min(right) < 200
        assert 0.022 < min(losses) < 0.025
    assert "from the best start: a loss that ends between 0.022 and 0.025" in TEXT


def test_spiral_needs_four_units_with_seed_2_and_six_with_seed_0():
    assert [int(run("spiral", hidden, seed=2)[1][-1] == 200) for hidden in (2, 3, 4)] == [0, 0, 1]
    assert [int(run("spiral", hidden)[1][-1] == 200) for hidden in (4, 5, 6)] == [0, 0, 1]
    assert "3. With our weights four. Seed 0 needs six." in TEXT


def test_circle_with_two_units_stops_at_80_percent_and_three_get_nearly_all():
    assert run("circle")[1][-1] == 160
    assert run("circle", 3)[1][-1] >= 194
    two, three = ([run("circle", hidden, seed=seed)[1][-1] for seed in range(20)] for hidden in (2, 3))
    assert min(two) >= 158 and max(two) <= 175  # 79 to 87.5 %
    assert np.sum(np.array(three) >= 196) >= 18
    assert "79 to 88 % right, whatever the seed" in TEXT


@pytest.mark.parametrize("seed", range(20))
def test_equal_units_stay_equal(seed):
    trace, right = run(hidden=8, seed=seed, equal=True, steps=300)
    assert 100 <= right[-1] <= 146 and lines(trace.params[-1]) == 1  # 50 to 73 %
    trace, right = run(hidden=8, seed=seed, steps=300)
    assert right[-1] == 200 and lines(trace.params[-1]) == 8
    assert "one line, as if there were one unit, and 50 to 73 % right, whatever the seed" in TEXT


def test_units_that_are_equal_in_w1_alone_part():
    points, params = toy("XOR", 0), start(OWN, 8, 0)
    params["W1"] = np.tile(params["W1"][:, :1], 8)
    trace = train(OWN, params, points.x, points.y, 1.0, 1000)
    assert lines(trace.params[0]) == 1 and lines(trace.params[-1]) == 8


# ---- the computation


def test_kept_steps_are_dense_at_first_and_end_with_the_last():
    assert kept(1000)[:21] == tuple(range(21))
    assert len(kept(1000)) == 75 and {100, 200, 300, 400, 500, 1000} <= set(kept(1000))
    assert kept(45)[-2:] == (40, 45) and kept(43)[-2:] == (40, 43) and kept(1) == (0, 1)


def test_training_in_pieces_is_training(two):
    points, trace = toy("XOR", 0), two[0]
    params, losses = OWN.train_two_layer(start(OWN, 2, 0), points.x, points.y, 1.0, 1000)
    assert trace.losses == pytest.approx(losses, rel=1e-12)
    assert all(params[name] == pytest.approx(trace.params[-1][name]) for name in NAMES)


def test_same_seed_gives_the_same_bytes(figure):
    assert boundary(data="XOR").gap == figure.gap
    other = boundary(data="XOR", seed=1)
    assert other.gap != figure.gap
    other.wish = {"data": "XOR", "seed": 0}
    assert other.gap == figure.gap and other.losses == figure.losses


def test_maps_add_up_to_the_boundary(two):
    trace, points = two[0], toy("XOR", 0)
    seen = maps(OWN, trace, points.x, points.reach)
    for k in (0, 30, -1):
        v, b = trace.params[k]["W2"] @ [-1, 1], trace.params[k]["b2"] @ [-1, 1]
        blocks = seen.gap[k].reshape(COARSE, 2, COARSE, 2).mean(axis=(1, 3))
        assert seen.units[k] @ v + b == pytest.approx(blocks)
        assert seen.point_units[k] @ v + b == pytest.approx(seen.point_gap[k])


def test_plane_runs_from_below_and_from_the_left():
    places = plane(3.0).reshape(CELLS, CELLS, 2)
    assert places[0, 0] == pytest.approx([-2.95, -2.95]) and places[0, -1] == pytest.approx([2.95, -2.95])


def test_unplugged_unit_counts_nothing_and_keeps_its_map(two):
    trace, points = two[0], toy("XOR", 0)
    with_all, without = (maps(OWN, trace, points.x, points.reach, off) for off in ((), (1,)))
    assert (with_all.units == without.units).all()
    v = trace.params[-1]["W2"][1] @ [-1, 1]
    assert with_all.point_gap[-1] - v * with_all.point_units[-1][:, 1] == pytest.approx(without.point_gap[-1])
    assert trace.params[-1]["W2"][1].any() and not unplugged(trace.params[-1], (1,))["W2"][1].any()


def test_lines_of_opposite_sign_are_one():
    params = {"W1": np.array([[1.0, -1.0, 2.0], [2.0, -2.0, 0.0]]), "b1": np.array([0.5, -0.5, 0.5])}
    assert lines(params) == 2


def test_nearly_all_from_the_step_after_the_last_dip():
    trace = Trace((0, 1, 2, 5), (start(OWN, 1, 0),) * 4, np.ones(6))
    assert nearly_all_from(trace, np.array([50, 99, 98, 99]), 100) == 5
    assert nearly_all_from(trace, np.array([99, 99, 99, 100]), 100) == 0
    assert nearly_all_from(trace, np.array([99, 99, 99, 98]), 100) is None


# ---- words


def test_fate_of_a_rate_that_is_too_large_is_told_with_its_factor():
    words = fate(run("circle", 3, lr=10.0, steps=300)[0])
    assert re.match(r"It does not settle: the loss rises in \d+ of 300 steps, in the last 20 between ", words)
    assert re.search(r"each step is (as long as|[\d.]+ times) the last and changes side\.$", words)


def test_fates(two):
    trace = two[0]
    assert fate(trace) == "The loss falls at every step."
    losses = trace.losses.copy()
    losses[2] += 1
    assert (
        fate(replace(trace, losses=losses)) == "The loss rises in 1 of 1000 steps, last at step 2; after that it falls."
    )
    losses[7:] = np.inf
    assert fate(replace(trace, losses=losses)) == "It diverges: the loss is no number from step 7 on."


def test_sentence_is_the_alternative_text(figure):
    data, metadata = figure._repr_mimebundle_()
    assert data["text/plain"] == metadata["image/png"]["alt"] == figure.sentence
    assert figure.sentence == (
        "XOR, 2 hidden units, learning rate 1, seed 0. At the start the loss is 0.7010 and 51.5 % of 200 points are "
        "right; after step 1000, 0.2001 and 91 %. The units draw 2 different lines. The loss falls at every step."
    )
    picture = base64.b64decode(data["image/png"])
    assert picture.startswith(b"\x89PNG")
    assert base64.b64decode(figure._repr_mimebundle_()[0]["image/png"]) == picture  # built twice, the same bytes


def test_percentages_have_at_most_one_digit():
    assert [percent(share) for share in (0.8, 0.995, 1, 0)] == ["80 %", "99.5 %", "100 %", "0 %"]


# ---- whose functions run


def test_badge_says_whose_functions_run():
    waiting = "Yours take over once their checks pass."
    assert badge(dict.fromkeys(FUNCTIONS, True)) == "Your four functions are running."
    assert badge(dict.fromkeys(FUNCTIONS, False)) == f"The course's four functions are running. {waiting}"
    mine = badge({name: name == "train_two_layer" for name in FUNCTIONS})
    assert mine.startswith("Your train_two_layer is running. The course's init_two_layer, ") and mine.endswith(waiting)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_courses_own_functions_pass_the_checks(name):
    assert f"Your {name} is running." in boundary(steps=2, **{name: getattr(OWN, name)}).badge


def test_students_functions_run_and_wrong_ones_do_not():
    calls = []

    def forward(params, x):
        calls.append(len(x))
        return OWN.two_layer_forward(params, x)

    figure = boundary(two_layer_forward=forward, train_two_layer=lambda *given: given, steps=30)
    assert figure.badge.startswith("Your two_layer_forward is running. The course's init_two_layer,")
    assert calls.count(CELLS**2 + 200) == len(kept(30))  # the maps
    assert calls.count(200) > 30  # and the course's training around it


def test_functions_that_write_over_their_arguments_spoil_nothing(two):
    points = toy("XOR", 0)

    def forward(params, x):
        result = OWN.two_layer_forward({name: params[name].copy() for name in NAMES}, x.copy())
        x[:] = 0
        for name in NAMES:
            params[name][:] = 0
        return result

    seen = maps(replace(OWN, two_layer_forward=forward), two[0], points.x, points.reach)
    assert (seen.right(points.y) == two[1]).all()


def failing(at):
    """Training that raises at a larger number of hidden units."""

    def forward(params, x):
        if params["b1"].size == at and params["b2"].any():
            raise ValueError("so many are too many for me")
        return OWN.two_layer_forward(params, x)

    return replace(OWN, two_layer_forward=forward, train_two_layer=trainer(forward, OWN.two_layer_backward))


def test_exception_on_the_way_is_shown_and_the_figure_goes_on():
    figure = boundary(data="XOR", steps=30)
    figure.network = failing(at=5)
    figure.wish = {"data": "XOR", "hidden": 5, "serial": 1}
    assert figure.trouble.startswith("ValueError: so many are too many for me\nThe picture shows the last values")
    assert figure.run["steps"] == [0] and figure.run["fate"].startswith("A function raised an exception after step 0.")
    assert figure._repr_mimebundle_()[0]["image/png"]
    figure.wish = {"data": "XOR", "hidden": 4, "serial": 2}
    assert figure.trouble == "" and figure.run["steps"][-1] == 30


def test_exception_before_the_first_loss_leaves_the_last_run():
    figure = boundary(steps=5)
    figure.network = replace(OWN, init_two_layer=lambda *given: {"W1": np.zeros(3)})
    before = figure.gap
    figure.wish = {"hidden": 3, "serial": 3}
    assert figure.trouble.startswith("ValueError: The parameters should be a dict with W1, b1, W2, b2")
    assert figure.gap == before and figure.run["serial"] == 3 and figure.run["hidden"] == 2


def test_exception_at_once_gives_a_figure_with_the_courses_functions():
    def forward(params, x):
        if len(x) == 200:
            raise MemoryError("so many rows")
        return OWN.two_layer_forward(params, x)

    figure = boundary(two_layer_forward=forward, steps=5)
    assert figure.trouble.startswith("MemoryError: so many rows")
    assert figure.badge == "The course's functions are running, since one of yours raised an exception."


def test_shapes_and_lengths_that_do_not_fit_are_told():
    with pytest.raises(ValueError, match=r"W1 should have the shape \(2, 3\); it has \(2, 2\)\."):
        checked(start(OWN, 2, 0), 3)
    short = replace(OWN, train_two_layer=lambda params, *given: (params, []))
    with pytest.raises(ValueError, match="gave 0 losses for 0 steps; there should be 1"):
        train(short, start(OWN, 2, 0), *OWN_POINTS, 1.0, 3)


OWN_POINTS = np.array([[0.0, 0.0], [1.0, 0.5]]), np.array([0, 1])


# ---- what the browser gets


def test_bytes_hold_the_maps(figure):
    k, points = len(figure.run["steps"]), toy("XOR", 0)
    gap = np.frombuffer(figure.gap, np.int16).reshape(k, CELLS, CELLS) / GAP_SCALE
    assert gap == pytest.approx(figure.maps.gap, abs=1e-3)
    units = np.frombuffer(figure.units, np.int8).reshape(k, 2, COARSE, COARSE) / 127
    assert units[:, 1] == pytest.approx(figure.maps.units[..., 1], abs=5e-3)
    assert np.frombuffer(figure.point_gap, np.float32).reshape(k, 200) == pytest.approx(figure.maps.point_gap, abs=1e-5)
    assert np.frombuffer(figure.point_units, np.int16).size == k * 200 * 2
    weights = np.frombuffer(figure.weights).reshape(k, 4 * 2 + 1)
    last = figure.trace.params[-1]
    assert weights[-1] == pytest.approx(
        [*last["W1"][0], *last["W1"][1], *last["b1"], *last["W2"] @ [-1, 1], -7.1546], 1e-5
    )
    assert (np.frombuffer(figure.losses) == figure.trace.losses).all()
    assert figure.scene["y"] == points.y.tolist() and figure.scene["menu"] == ["circle", "XOR", "moons", "spiral"]


def test_wishes_stay_within_limits():
    assert settings({}, ("circle",)) == dict(data="circle", hidden=2, lr=1.0, seed=0, equal=False, off=[])
    used = settings({"data": "sea", "hidden": 99, "lr": -2, "seed": -3, "off": [1, 40, 1]}, ("circle",))
    assert (used["data"], used["hidden"], used["lr"], used["seed"], used["off"]) == ("circle", 16, 2.0, 3, [1])


def test_pulling_a_plug_trains_nothing_anew():
    figure = boundary(steps=20)
    trace = figure.trace
    figure.wish = {**figure.run, "off": [0]}
    assert figure.trace is trace
    assert "Unplugged: unit 1; the loss is that of all units." in figure.sentence
    figure.wish = {**figure.run, "equal": True, "off": []}
    assert figure.trace is not trace and "2 hidden units, equal at the start" in figure.sentence


def test_points_of_your_own():
    figure = boundary(x=[[0, 0], [4, 0], [0, 4], [4, 4]], y=[0, 1, 1, 0], hidden=4)
    assert figure.run["data"] == "yours" and figure.scene["reach"] == pytest.approx(4.4)
    assert figure.scene["menu"][0] == "yours" and "of 4 points" in figure.sentence


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        (np.ones((4, 3)), [0, 1, 0, 1], r"2 to 400 rows of two numbers; its shape is \(4, 3\)"),
        (np.ones((4, 2)), [0, 1, 2, 1], "a 0 or a 1 for each row of x"),
        (np.full((2, 2), np.nan), [0, 1], "nan: leave those rows out"),
    ],
)
def test_points_that_do_not_fit_are_told_so(x, y, words):
    with pytest.raises(ValueError, match=words):
        own_points(x, y)


def test_unknown_data_are_told_so():
    with pytest.raises(ValueError, match="no data 'sea'; there are: circle, XOR, moons, spiral"):
        boundary(data="sea")


def test_everything_that_is_drawn_stands_in_the_package():
    scripts = [*WIDGETS.glob("boundary/*.js"), WIDGETS / "kit/playback.js", WIDGETS / "kit/exchange.js"]
    assert len(scripts) == 6
    for script in scripts:
        source = script.read_text(encoding="utf-8")
        assert source in Boundary._esm and len(source.splitlines()) <= 250
    assert Boundary._esm.count("export default") == 1 and ".course-figure.boundary " in Boundary._css


def test_browser_reads_the_scales_that_python_sends():
    assert "const SCALES = { gap: 1000, point_units: 32767 };" in Boundary._esm and GAP_SCALE == 1000
    assert f"const CELLS = {CELLS};" in Boundary._esm and f"const COARSE = {COARSE};" in Boundary._esm


def test_state_and_trouble_are_announced():
    for part in ('role: "status"', 'role: "alert"', "prefers-reduced-motion", '"aria-pressed"'):
        assert part in Boundary._esm
