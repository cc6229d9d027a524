"""The base of live SVG: the same drawing as SVG with labels and as PNG, and controls placed on it."""

import io
import xml.etree.ElementTree as ElementTree

import ipywidgets
import pytest
from PIL import Image

from course.widgets.kit.shapes import Bar, Clipped, Disc, Labelled, Line, Outline, Words
from course.widgets.kit.svg import Drawing, Stage, place

SVG = "{http://www.w3.org/2000/svg}"


def drawing(text="3 < 4 & more"):
    shapes = [
        Labelled("from a to b", [Line([(10, 50), (90, 50)], width=3, arrow=True), Disc((50, 20), 10)]),
        Bar((5, 60), (40, 20), fill="#0072B2", dashes=(4, 3)),
        Words((50, 95), text, bold=True, italic=True),
    ]
    return Drawing('A "small" drawing', 100, 100, shapes)


def test_svg_is_well_formed_with_any_text():
    root = ElementTree.fromstring(drawing().svg())
    assert root.get("aria-label") == 'A "small" drawing'
    assert root.find(f"{SVG}text").text == "3 < 4 & more"


def test_labelled_shapes_are_one_picture_to_a_screen_reader():
    root = ElementTree.fromstring(drawing().svg())
    (group,) = root.findall(f"{SVG}g")
    assert root.get("role") == "group"
    assert (group.get("role"), group.get("aria-label")) == ("img", "from a to b")


def test_png_shows_the_shapes_where_the_svg_has_them():
    image = Image.open(io.BytesIO(drawing().png(scale=2))).convert("RGB")
    assert image.size == (200, 200)
    assert image.getpixel((50, 140)) == (0, 0x72, 0xB2)  # in the bar
    assert image.getpixel((80, 100)) == (0x76, 0x76, 0x76)  # on the line
    assert image.getpixel((190, 10)) == (255, 255, 255)


def test_png_of_dollar_signs_is_no_formula():
    assert drawing("$x$ and $").png() == drawing("$x$ and $").png()


def test_what_lies_outside_a_clipping_does_not_show():
    shapes = [Clipped((20, 20), (30, 30), [Outline([(0, 0), (100, 0), (100, 100), (0, 100)], fill="#0072B2")])]
    image = Image.open(io.BytesIO(Drawing("clipped", 100, 100, shapes).png(scale=1))).convert("RGB")
    assert image.getpixel((35, 35)) == (0, 0x72, 0xB2)
    assert image.getpixel((70, 70)) == (255, 255, 255)
    (inner,) = ElementTree.fromstring(Drawing("clipped", 100, 100, shapes).svg()).findall(f"{SVG}svg")
    names = ("x", "y", "width", "height", "viewBox")
    assert [inner.get(name) for name in names] == [
        "20",
        "20",
        "30",
        "30",
        "20 20 30 30",
    ]


def test_even_letters_take_the_same_room_in_every_font():
    (text,) = ElementTree.fromstring(Drawing("row", 100, 20, [Words((0, 10), " 0.25", even=True)]).svg()).iter(
        f"{SVG}text"
    )
    assert float(text.get("textLength")) == pytest.approx(5 * 0.602 * 13)


def test_stage_has_the_size_of_its_drawing_and_keeps_its_controls():
    stage, button = Stage(), ipywidgets.Button(description="press")
    place(button, (30, 40))
    stage.hold([button])
    stage.resize(100, 80)
    assert stage.children[-1] is button
    assert (stage.layout.width, stage.layout.height, stage.film.size) == ("100px", "80px", [100, 80])
    assert (button.layout.left, button.layout.top) == ("30px", "40px")
