"""Rich menus: what stands in which area of the menu of each kind of people, and what a tap on it does.

A tap says in the chat what may be typed as well, since LINE on a computer shows no menu; what needs the person's own
words opens the keyboard besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from messages.actions import postback, say
from messages.limits import Json
from models.rich_menus import MenuKind

WIDTH, HEIGHT = 2500, 1400
"""As wide as LINE takes; not as high, so that with the menu open an answer can still be read above it."""
COLUMNS, ROWS = 3, 2
BAR_WORDS = "เมนู"
OWNER = "tidtam"
"""Begins the names of our menus: those of others are left alone."""


class Icon(StrEnum):
    """What is drawn above the words of an area."""

    LETTER = "letter"
    FOLLOWED = "followed"
    REQUESTS = "requests"
    GAUGE = "gauge"
    OFFICER = "officer"
    HELP = "help"
    QUEUE = "queue"
    BEGIN = "begin"
    PEOPLE = "people"
    BARS = "bars"
    REPORT = "report"
    TARGET = "target"
    BEHIND = "behind"
    APPROVE = "approve"
    MISSING = "missing"
    DAY = "day"
    MONTH = "month"
    FILE = "file"
    BELL = "bell"


@dataclass(frozen=True)
class Area:
    """One area of a menu.

    Attributes:
        lines: its words, one or two lines.
        icon: above them.
        opens_keyboard: whether the answer to it is something to type.
        begins_anew: whether it asks which one is meant, whatever was spoken of before.
    """

    lines: tuple[str, ...]
    icon: Icon
    opens_keyboard: bool = False
    begins_anew: bool = False

    @property
    def text(self) -> str:
        """What a tap says in the chat, and what may be typed instead."""
        return "".join(self.lines)

    @property
    def action(self) -> Json:
        """What a tap does."""
        if not self.opens_keyboard:
            return say(self.text)
        return postback(self.text, "track", self.text) | {"inputOption": "openKeyboard"}


_TRACK = Area(("ติดตามหนังสือ",), Icon.LETTER, opens_keyboard=True, begins_anew=True)
_HELP = Area(("วิธีใช้",), Icon.HELP)
_OWN_INDICATORS = Area(("ตัวชี้วัดของฉัน",), Icon.TARGET)
_BEHIND = Area(("ตัวชี้วัด", "ที่ช้ากว่าแผน"), Icon.BEHIND)
_SERVICE = Area(("สถิติ", "การให้บริการ"), Icon.BARS)
_SETTINGS = Area(("ตั้งค่า", "การแจ้งเตือน"), Icon.BELL)

MENUS: Mapping[MenuKind, tuple[Area, ...]] = MappingProxyType(
    {
        MenuKind.OFFICER: (
            _TRACK,
            Area(("หนังสือที่ติดตาม",), Icon.FOLLOWED),
            Area(("คำขอของฉัน",), Icon.REQUESTS),
            Area(("ตัวชี้วัด",), Icon.GAUGE, begins_anew=True),
            Area(("ขอคุยกับ", "เจ้าหน้าที่"), Icon.OFFICER),
            _HELP,
        ),
        MenuKind.SECRETARIAT: (
            Area(("คิวงาน",), Icon.QUEUE),
            _TRACK,
            _SERVICE,
            Area(("เข้าเวร",), Icon.BEGIN),
            Area(("ใครอยู่เวร",), Icon.PEOPLE),
            _HELP,
        ),
        MenuKind.COORDINATOR: (
            Area(("รายงานผล",), Icon.REPORT),
            _OWN_INDICATORS,
            _BEHIND,
            _TRACK,
            _SETTINGS,
            _HELP,
        ),
        MenuKind.REVIEWER: (
            Area(("รายงาน", "ที่รออนุมัติ"), Icon.APPROVE),
            Area(("ใครยังไม่รายงาน",), Icon.MISSING),
            _OWN_INDICATORS,
            _BEHIND,
            _TRACK,
            _SETTINGS,
        ),
        MenuKind.MANAGER: (
            Area(("สรุปวันนี้",), Icon.DAY),
            Area(("สรุปเดือนนี้",), Icon.MONTH),
            Area(("รายงาน", "ประจำเดือน"), Icon.FILE),
            _BEHIND,
            _SERVICE,
            _SETTINGS,
        ),
    }
)
"""The areas of each menu, row by row; what is wanted most comes first."""

BEGIN_ANEW = frozenset(area.text for areas in MENUS.values() for area in areas if area.begins_anew)
"""Words of areas that do not go on with what was spoken of: a tap below the chat points at nothing within it."""


@dataclass(frozen=True)
class Bounds:
    """Where an area lies, in pixels of the picture."""

    x: int
    y: int
    width: int
    height: int


def bounds_of(place: int) -> Bounds:
    """Where the area of a place lies, counted row by row from 0; the six of them fill the picture."""
    row, column = divmod(place, COLUMNS)
    left, right = (WIDTH * edge // COLUMNS for edge in (column, column + 1))
    top, bottom = (HEIGHT * edge // ROWS for edge in (row, row + 1))
    return Bounds(left, top, right - left, bottom - top)


def menu_json(kind: MenuKind, digest: str) -> Json:
    """The menu as LINE makes it; its name tells whose it is and which state of it."""
    areas = [{"bounds": vars(bounds_of(place)), "action": area.action} for place, area in enumerate(MENUS[kind])]
    return {
        "size": {"width": WIDTH, "height": HEIGHT},
        "selected": True,
        "name": f"{OWNER}:{kind}:{digest[:12]}",
        "chatBarText": BAR_WORDS,
        "areas": areas,
    }


def is_ours(name: str) -> bool:
    """Whether a menu of this name was made by us."""
    return name.startswith(f"{OWNER}:")
