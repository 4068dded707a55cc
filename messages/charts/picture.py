"""Pixels of an SVG. The only module that knows which program draws them."""

from __future__ import annotations

from messages.charts.svg import FAMILY, as_drawn, font_files


class NotDrawn(Exception):
    """The picture could not be drawn; the message says why."""


def to_png(svg: str, width: int) -> bytes:
    """The picture as PNG, so many pixels wide, in Sarabun and in no other font whatever the machine has.

    Raises:
        NotDrawn: the drawing program is missing, or refused the picture.
    """
    try:
        # Here and not above: an office whose drawing program is broken still gets its letters answered.
        import resvg_py  # noqa: PLC0415
    except ImportError as error:
        raise NotDrawn(f"resvg-py cannot be imported: {error}") from error
    fonts = [str(path) for path in font_files()]
    try:
        drawn = resvg_py.svg_to_bytes(
            svg_string=as_drawn(svg), font_files=fonts, skip_system_fonts=True, font_family=FAMILY, width=width
        )
    except ValueError as error:
        raise NotDrawn(str(error)) from error
    return bytes(drawn)
