"""What a file of evidence is, told by its content: its name and what the sender's phone says of it prove nothing.

Six kinds are taken, each known by a few bytes or the parts of its archive, which is less than a library that knows a
thousand kinds would take to be asked. All other kinds are refused, whatever they are called.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice

from bot.evidence_pictures import clean_picture
from models.errors import Invalid

BYTES_PER_MB = 1024 * 1024
MAX_TABLE_BYTES = 2 * BYTES_PER_MB
"""A table that is larger is kept as evidence, but is not read for figures."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV = "text/csv"
TABLES = frozenset({XLSX, CSV})

_PICTURES = ((b"\xff\xd8\xff", "JPEG", "jpg"), (b"\x89PNG\r\n\x1a\n", "PNG", "png"))
_ARCHIVES = {"xl/workbook.xml": (XLSX, "xlsx"), "word/document.xml": (DOCX, "docx")}
_MAX_UNPACKED_BYTES = 200 * BYTES_PER_MB
_MAX_PARTS = 5000
_SEPARATORS = ",;\t"
_ENCODINGS = ("utf-8-sig", "cp874")  # of spreadsheets: the newer, and that of Thai Windows
_LOOKED_AT_LINES = 50
_PLAIN_CONTROLS = frozenset("\t\r\n")


@dataclass(frozen=True)
class Examined:
    """A file that is what it seems.

    Attributes:
        content_type: of the six that are taken.
        extension: of a file name, without the dot: ``jpg``, ``png``, ``webp``, ``pdf``, ``xlsx``, ``docx`` or ``csv``.
        data: what is to be kept: a picture without its metadata, every other file as it came.
    """

    content_type: str
    extension: str
    data: bytes


def examine(data: bytes, max_bytes: int) -> Examined:
    """Tell what a file is, and make a picture fit to be kept.

    Raises:
        Invalid: ``evidence_empty``, ``evidence_too_big`` (megabytes), ``evidence_kind_not_accepted``, and of pictures
            ``evidence_damaged`` and ``evidence_picture_too_large`` (megapixels).
    """
    if not data:
        raise Invalid("evidence_empty")
    if len(data) > max_bytes:
        raise too_big(max_bytes)
    examined = _picture(data) or _pdf(data) or _archive(data) or _csv(data)
    if examined is None:
        raise Invalid("evidence_kind_not_accepted")
    return examined


def too_big(max_bytes: int) -> Invalid:
    """The refusal of a file with more bytes than one may have."""
    return Invalid("evidence_too_big", megabytes=max_bytes // BYTES_PER_MB)


def _picture(data: bytes) -> Examined | None:
    for start, kind, extension in _PICTURES:
        if data.startswith(start):
            return Examined(f"image/{kind.lower()}", extension, clean_picture(data, kind))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Examined("image/webp", "webp", clean_picture(data, "WEBP"))
    return None


def _pdf(data: bytes) -> Examined | None:
    is_pdf = data[:64].lstrip(b"\xef\xbb\xbf\r\n \t").startswith(b"%PDF-") and b"%%EOF" in data
    return Examined("application/pdf", "pdf", data) if is_pdf else None


def _archive(data: bytes) -> Examined | None:
    """XLSX and DOCX, known by their main part; with macros they are programs, and refused."""
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise Invalid("evidence_damaged") from error
    names = {part.filename for part in parts}
    is_bomb = len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED_BYTES
    if is_bomb or any(name.endswith("vbaProject.bin") for name in names):
        return None
    found = next((_ARCHIVES[name] for name in _ARCHIVES if name in names), None)
    return Examined(*found, data) if found else None


def _csv(data: bytes) -> Examined | None:
    text = _decoded(data)
    return Examined(CSV, "csv", data) if text is not None and _is_table(text) else None


def _decoded(data: bytes) -> str | None:
    """Text without control characters; None for everything else."""
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if all(letter >= " " or letter in _PLAIN_CONTROLS for letter in set(text)) else None
    return None


def _is_table(text: str) -> bool:
    """Whether the first line has several cells and no line below has more; pages and programs mostly do not look so."""
    lines = [line for line in islice(StringIO(text), _LOOKED_AT_LINES) if line.strip()]
    if not lines or lines[0].lstrip()[0] in "<{[":
        return False
    separator = max(_SEPARATORS, key=lines[0].count)
    widths = _widths(lines, separator)
    return len(widths) > 0 and widths[0] > 1 and max(widths) == widths[0]


def _widths(lines: Iterable[str], separator: str) -> list[int]:
    try:
        return [len(row) for row in csv.reader(lines, delimiter=separator) if row]
    except csv.Error:
        return []
