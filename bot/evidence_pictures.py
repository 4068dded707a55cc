"""Pictures that people send: read to the last pixel, turned upright, and saved anew with nothing but their pixels.

A photo carries where and when it was taken, by which phone, often a small copy of itself, at times a film. All of that
goes: only pixels and the colour profile are written again. Saving anew is also the proof that a picture is one.
"""

from __future__ import annotations

import struct
import threading
from io import BytesIO
from typing import Any

from PIL import Image, JpegImagePlugin

from models.errors import Invalid

MAX_PIXELS = 64_000_000
"""Phones take 12 to 50 million; a pixel takes 4 bytes of memory and a turned picture takes them twice."""
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""By the Exif standard's tag Orientation; 1 is upright."""
PREVIEW_PIXELS = 480
"""Longest side: three for each that a thumbnail has in the chat, and less than the 1024 that LINE takes."""
PREVIEW_TYPE = "image/jpeg"
_KEPT = ("icc_profile", "transparency")
_DAMAGED = (OSError, ValueError, SyntaxError, LookupError, TypeError, ArithmeticError, EOFError, struct.error)
"""What Pillow raises on bytes that are no whole picture, by its own tests and by our random ones."""
_ONE_AT_A_TIME = threading.Lock()
"""Sixteen threads with a large picture each would fill a small machine's memory."""


def clean_picture(data: bytes, kind: str) -> bytes:
    """The same picture, upright, with no more than its pixels and colour profile; of a moving one, what shows first.

    JPEG is saved with its own quantisation, so that nothing is lost that could be seen. The same bytes in, the same
    bytes out.

    Args:
        data: the file.
        kind: what its first bytes say it is: ``JPEG``, ``PNG`` or ``WEBP``.

    Raises:
        Invalid: ``evidence_picture_too_large`` (megapixels), ``evidence_damaged``.
    """
    try:
        with _ONE_AT_A_TIME, Image.open(BytesIO(data), formats=[kind]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise _too_large()
            return _saved_anew(picture, kind, data)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except _DAMAGED as error:
        raise Invalid("evidence_damaged") from error


def small_picture(data: bytes) -> bytes:
    """A small JPEG of a picture that was made fit to be kept, on white where it is transparent."""
    with _ONE_AT_A_TIME, Image.open(BytesIO(data), formats=list(_OPTIONS)) as picture:
        picture.draft("RGB", (2 * PREVIEW_PIXELS, 2 * PREVIEW_PIXELS))
        picture.thumbnail((PREVIEW_PIXELS, PREVIEW_PIXELS))
        ground = Image.new("RGB", picture.size, "white")
        solid = picture.convert("RGBA") if picture.has_transparency_data else picture.convert("RGB")
        ground.paste(solid, mask=solid if solid.mode == "RGBA" else None)
    saved = BytesIO()
    ground.save(saved, "JPEG", quality=80)
    return saved.getvalue()


def _too_large() -> Invalid:
    return Invalid("evidence_picture_too_large", megapixels=MAX_PIXELS // 1_000_000)


def _saved_anew(picture: Image.Image, kind: str, data: bytes) -> bytes:
    picture.load()
    kept = {name: picture.info[name] for name in _KEPT if picture.info.get(name) is not None}
    options = kept | _OPTIONS[kind](picture, data)
    turn = _turn_of(picture)
    upright = picture if turn is None else picture.transpose(turn)
    upright.info = {}  # some of it would be written again of itself
    saved = BytesIO()
    upright.save(saved, kind, **options)
    return saved.getvalue()


def _turn_of(picture: Image.Image) -> Image.Transpose | None:
    try:
        return _TURNS.get(picture.getexif().get(_ORIENTATION, 1))
    except _DAMAGED:  # a damaged note beside a good picture is no reason to refuse the picture
        return None


def _as_jpeg(picture: Image.Image, data: bytes) -> dict[str, Any]:
    tables = getattr(picture, "quantization", None) or {}
    if not tables or any(value > 255 for table in tables.values() for value in table):
        return {"quality": 95}
    return {"qtables": tables, "subsampling": JpegImagePlugin.get_sampling(picture)}


def _as_png(picture: Image.Image, data: bytes) -> dict[str, Any]:
    return {}


def _as_webp(picture: Image.Image, data: bytes) -> dict[str, Any]:
    return {"lossless": True} if b"VP8L" in data[:1024] else {"quality": 95}


_OPTIONS = {"JPEG": _as_jpeg, "PNG": _as_png, "WEBP": _as_webp}
