"""The drawing kit: words are measured, cut and written as what they are."""

from __future__ import annotations

import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from messages.charts.picture import NotDrawn, to_png
from messages.charts.svg import (
    ELLIPSIS,
    Weight,
    as_drawn,
    canvas,
    circle,
    diamond,
    fit,
    font_files,
    hatch,
    line,
    polyline,
    rect,
    square,
    text,
    triangle,
    width_of,
)
from messages.lengths import graphemes

SVG = "{http://www.w3.org/2000/svg}"
THAI = st.text(st.sampled_from("กขนปฟญฐำาิีึืุู่้๊๋์เแโใไๆฯ 12.%<&\"'"), max_size=40)
ANYTHING = st.one_of(THAI, st.text(max_size=40))


def words_in(svg: str) -> list[str]:
    return [piece.text or "" for piece in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@given(
    st.one_of(THAI, st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=40)), st.integers(10, 400)
)
@settings(max_examples=40, deadline=None)
def test_words_that_were_fitted_have_room_and_are_cut_between_characters(words, room):
    fitted = fit(words, 32, room, Weight.BOLD)
    assert width_of(fitted, 32, Weight.BOLD) <= room
    if fitted not in (words, ""):
        clusters = graphemes(words)
        starts = ["".join(clusters[:kept]) for kept in range(len(clusters))]
        assert fitted in {start.rstrip().rstrip("เแโใไ").rstrip() + ELLIPSIS for start in starts}


@given(ANYTHING)
@settings(max_examples=60, deadline=None)
def test_whatever_is_written_stays_words(words):
    svg = canvas(100, 100, [text(0, 0, words, size=30)], title=words)
    (written,) = words_in(svg)
    allowed = "".join(one for one in words if re.match("[\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", one))
    assert written == allowed.replace("\r\n", "\n").replace("\r", "\n")


def test_markup_in_a_name_is_a_name():
    svg = canvas(100, 100, [text(0, 0, "<script>alert(1)</script>", size=30)], title='"><script>')
    assert "<script" not in svg
    assert words_in(svg) == ["<script>alert(1)</script>"]


@given(THAI)
@settings(max_examples=60, deadline=None)
def test_what_is_drawn_has_no_undivided_sara_am_and_reads_the_same(words):
    drawn = as_drawn(words)
    assert "\u0e33" not in drawn
    assert drawn.count("\u0e4d") == words.count("\u0e33")
    assert re.sub("\u0e4d([\u0e48-\u0e4b]?)\u0e32", "\\1\u0e33", drawn) == words


def test_words_in_a_web_page_can_be_searched_and_pixels_come_from_divided_ones():
    svg = canvas(400, 100, [text(10, 60, "น้ำท่วม", size=40)])
    assert words_in(svg) == ["น้ำท่วม"]
    assert to_png(svg, 400) == to_png(as_drawn(svg), 400)


def test_marks_are_drawn_above_and_below_within_the_height_of_a_line():
    """A tone mark over a vowel over a tall letter, and a vowel below: nothing reaches into the next line."""
    drawn = Image.open(BytesIO(to_png(canvas(300, 160, [text(20, 100, "ฟื้ ปิ้ ญู ฐู", size=50)]), 300))).convert("L")
    left, top, right, bottom = drawn.point(lambda shade: 255 * (shade < 128)).getbbox()
    assert bottom - top <= 50 * 1.6
    assert (left, right) != (0, 300)


def test_shapes_differ_and_hatches_are_not_plain():
    shapes = {mark(20, 20, 10, fill="#000000") for mark in (circle, square, triangle, diamond)}
    assert len(shapes) == 4
    fill, definition = hatch("#AE241C", "#FBE8E6")
    hatched = to_png(canvas(60, 60, [rect(0, 0, 60, 60, fill=fill)], definitions=definition), 60)
    shades = {shade for _, shade in Image.open(BytesIO(hatched)).convert("L").getcolors()}
    assert max(shades) - min(shades) > 100


def test_what_has_no_extent_is_not_drawn():
    assert rect(0, 0, 0, 10, fill="#000000") == polyline([(1, 1)], stroke="#000000") == ""
    assert "stroke-dasharray" in line((0, 0), (9, 9), stroke="#000000", dashes="4 4")


def test_the_fonts_are_those_of_the_package():
    assert [path.name for path in font_files() if path.is_file()] == [
        "Sarabun-Regular.ttf",
        "Sarabun-SemiBold.ttf",
        "Sarabun-Bold.ttf",
    ]


def test_a_broken_picture_is_refused_plainly():
    with pytest.raises(NotDrawn):
        to_png("<svg", 100)
