"""Files as people's phones and offices make them, small."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from PIL import Image

ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F


def scene(width: int = 48, height: int = 32, mode: str = "RGB") -> Image.Image:
    """A picture whose left upper quarter is light, so that one sees which way it is turned."""
    picture = Image.linear_gradient("L").resize((width, height)).convert(mode)
    picture.paste(Image.new(mode, (width // 2, height // 2), "white"), (0, 0))
    return picture


def exif_of(orientation: int = 1) -> Image.Exif:
    """What a phone notes: which way it was held, where it was, who made it."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = orientation, "PhoneMakerOfTests"
    exif.get_ifd(GPS).update({1: "N", 2: (13.0, 45.0, 22.5), 3: "E", 4: (100.0, 30.0, 6.25)})
    return exif


def picture(kind: str = "JPEG", orientation: int = 1, *, of: Image.Image | None = None, **options: Any) -> bytes:
    """A file of ``kind`` with a place in it."""
    saved = BytesIO()
    options = {"quality": 90} | options if kind == "JPEG" else options
    (of or scene()).save(saved, kind, exif=exif_of(orientation), **options)
    return saved.getvalue()


def photo(number: int = 0) -> bytes:
    """A JPEG photo with a place in it; another number is another photo."""
    return picture(of=scene(48 + number, 32))


def opened(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data)) as image:
        image.load()
        return image


def archive(*names: str, content: bytes = b"<xml/>") -> bytes:
    saved = BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as made:
        for name in ("[Content_Types].xml", *names):
            made.writestr(name, content)
    return saved.getvalue()


PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"
XLSX = archive("xl/workbook.xml")
DOCX = archive("word/document.xml")
CSV = "หน่วยงาน,ตัวตั้ง,ตัวหาร\nเขตดินแดง,18,22\n".encode()
EXE = b"MZ\x90\x00\x03" + bytes(range(256)) * 4
