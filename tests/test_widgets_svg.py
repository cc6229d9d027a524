"""The base of live SVG: the same drawing as SVG with labels and as PNG, and controls placed on it."""

import io
import xml.etree.ElementTree as ElementTree

import ipywidgets
from PIL import Image

from course.widgets.svg import Bar, Disc, Drawing, Labelled, Line, Stage, Words, place

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


def test_stage_has_the_size_of_its_drawing_and_keeps_its_controls():
    stage, button = Stage(), ipywidgets.Button(description="press")
    place(button, (30, 40))
    stage.hold([button])
    stage.show(drawing("one"))
    assert stage.children[-1] is button
    assert (stage.layout.width, stage.layout.height) == ("100px", "100px")
    assert (button.layout.left, button.layout.top) == ("30px", "40px")
    before = stage.markup
    stage.show(drawing("two"))
    assert stage.markup != before
