"""Units (หน่วยงาน): the offices that people belong to and letters come from, and how people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import ForeignKey, Select, String, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, BigId, enum_column
from models.errors import NotFound

MAX_SUGGESTIONS = 3


class UnitKind(StrEnum):
    """What sort of office a unit is."""

    DEPARTMENT = "department"  # สำนัก, or another unit of that level (a secretariat, the university)
    DISTRICT = "district"  # สำนักงานเขต
    OFFICE = "office"  # สำนักงาน or กอง below a department
    SECTION = "section"  # ส่วน, ฝ่าย, ศูนย์ or กลุ่มงาน below an office


class Unit(Base):
    """An office. ``code`` is ours and stable, ``name`` is the official full name."""

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[UnitKind] = mapped_column(enum_column(UnitKind))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    district_group: Mapped[str | None] = mapped_column(String(32))
    """Code of the district group (กลุ่มเขต) such as ``กท.กลาง``; districts only."""
    budget_division: Mapped[int | None]
    """Which of the Budget Bureau's six analysis divisions looks after the unit, 1 to 6."""


class UnitAlias(Base):
    """A short form or bare name that people type for a unit."""

    __tablename__ = "unit_aliases"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"), index=True)
    alias: Mapped[str] = mapped_column(String(200), unique=True)


_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
"""Zero-width and control characters, and halves of surrogate pairs, which no database takes."""
_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32|\u0e33([\u0e48-\u0e4b])")
_SEPARATORS = re.compile(r"""[\s._\-–—'"“”‘’(),:;/\[\]ฯ]+""")  # with the dashes and quotes people paste
_CITY = re.compile("กรุงเทพมหานคร|กรุงเทพ|กทม")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_PREFIXES = (("สนข", "สำนักงานเขต"), ("สนง", "สำนักงาน"), ("เขต", "สำนักงานเขต"))


@lru_cache(maxsize=2048)
def normalize_unit_name(text: str) -> str:
    """Give the key under which all spellings of one unit's name meet; not meant to be read by people.

    Leaves out spaces, zero-width characters, dots, dashes, quotes and ฯ; composes Unicode (NFC, ํา → ำ, เเ → แ);
    writes Thai digits as Arabic ones, Latin letters in lower case, กรุงเทพมหานคร as กทม, and the prefixes สนง., สนข.
    and เขต in full. Empty where nothing is left.

    >>> normalize_unit_name("สนข. ดินแดง") == normalize_unit_name("สํานักงานเขตดินแดง") == "สำนักงานเขตดินแดง"
    True
    """
    visible = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_THAI_DIGITS).casefold()
    key = _SEPARATORS.sub("", visible).replace("เเ", "แ")
    key = _CITY.sub("กทม", _SARA_AM.sub(r"\1\2ำ", key))
    for short, full in _PREFIXES:
        if key.startswith(short):
            return full + key.removeprefix(short)
    return key


def unit_name_keys(text: str) -> tuple[str, ...]:
    """List the keys to try for a typed name, best first; empty for a text without a letter or digit.

    After the name as typed come the same without "กรุงเทพมหานคร" at its end, and the two confusions the office's own
    papers make: สำนักงาน written for สำนัก, and สำนัก for สำนักงาน.
    """
    key = normalize_unit_name(text)
    keys = [key, key.removesuffix("กทม")]
    for candidate in tuple(keys):
        if candidate.startswith("สำนักงาน"):
            keys.append("สำนัก" + candidate.removeprefix("สำนักงาน"))
        elif candidate.startswith("สำนัก"):
            keys.append("สำนักงาน" + candidate.removeprefix("สำนัก"))
    return tuple(dict.fromkeys(filter(None, keys)))


@dataclass(frozen=True)
class UnitDirectory:
    """All units by every spelling, read once; for imports that resolve a unit per row.

    Attributes:
        names: official name by unit id, in the catalog's order.
        ids: unit id by ``normalize_unit_name`` of every name, code and alias.
    """

    names: Mapping[int, str]
    ids: Mapping[str, int]

    @classmethod
    def load(cls, session: Session) -> UnitDirectory:
        """Read the directory with two queries; later changes of the tables do not show in it."""
        units = session.execute(select(Unit.id, Unit.code, Unit.name).order_by(Unit.id)).all()
        aliases = session.execute(select(UnitAlias.unit_id, UnitAlias.alias).order_by(UnitAlias.id)).all()
        spellings = [(name, unit_id) for unit_id, _, name in units]
        spellings += [(code, unit_id) for unit_id, code, _ in units]
        spellings += [(alias, unit_id) for unit_id, alias in aliases]
        return cls({unit_id: name for unit_id, _, name in units}, _ids_by_key(spellings))

    def resolve(self, text: str) -> int | None:
        """Find the unit's id by full name, alias or code, however it is spaced; None where nothing fits."""
        return next((self.ids[key] for key in unit_name_keys(text) if key in self.ids), None)

    def name(self, unit_id: int) -> str:
        """Tell the official full name.

        Raises:
            NotFound: ``unit_not_found`` when no unit had this id at the time of loading.
        """
        if unit_id not in self.names:
            raise NotFound("unit_not_found", text=str(unit_id), suggestions=[])
        return self.names[unit_id]

    def suggest(self, text: str) -> list[str]:
        """List official names close to what was typed, best first; at most three, empty where nothing is near."""
        keys = get_close_matches(normalize_unit_name(text), self.ids, n=4 * MAX_SUGGESTIONS, cutoff=0.6)
        return [self.names[unit_id] for unit_id in dict.fromkeys(self.ids[key] for key in keys)][:MAX_SUGGESTIONS]


def _ids_by_key(spellings: Iterable[tuple[str, int]]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for text, unit_id in spellings:
        ids.setdefault(normalize_unit_name(text), unit_id)
    return ids


def find_unit(session: Session, text: str) -> Unit | None:
    """Find a unit by full name, alias or code, however it is spaced and abbreviated; None where nothing fits."""
    exact = session.scalar(select(Unit).where(Unit.name == _INVISIBLE.sub("", text)))
    if exact is not None:
        return exact
    unit_id = UnitDirectory.load(session).resolve(text)
    return None if unit_id is None else session.get(Unit, unit_id)


def get_unit(session: Session, text: str) -> Unit:
    """Find a unit as ``find_unit`` does.

    Raises:
        NotFound: ``unit_not_found`` with ``text`` as typed and ``suggestions``, up to three official names.
    """
    unit = find_unit(session, text)
    if unit is None:
        raise NotFound("unit_not_found", text=text, suggestions=UnitDirectory.load(session).suggest(text))
    return unit


def list_units(
    session: Session,
    *,
    kind: UnitKind | None = None,
    district_group: str | None = None,
    budget_division: int | None = None,
) -> list[Unit]:
    """List the units that fit every condition given, in the catalog's order."""
    wanted = {"kind": kind, "district_group": district_group, "budget_division": budget_division}
    query = select(Unit).filter_by(**{column: value for column, value in wanted.items() if value is not None})
    return list(session.scalars(query.order_by(Unit.id)))


def unit_and_parents(session: Session, unit_id: int) -> frozenset[int]:
    """Give the ids of the unit and of every unit above it; empty where there is no such unit."""
    return frozenset(session.connection().scalars(_UNIT_AND_PARENTS, {"start": unit_id}))


def _climb() -> Select[int]:
    climb = select(Unit.id, Unit.parent_id).where(Unit.id == bindparam("start")).cte("climb", recursive=True)
    climb = climb.union(select(Unit.id, Unit.parent_id).join(climb, Unit.id == climb.c.parent_id))
    return select(climb.c.id)


_UNIT_AND_PARENTS = _climb()
"""Built once: it is asked at every question, and building it costs more than asking."""


def unit_and_below(session: Session, unit_id: int) -> frozenset[int]:
    """Give the ids of the unit and of every unit below it; empty where there is no such unit."""
    return frozenset(session.connection().scalars(_UNIT_AND_BELOW, {"start": unit_id}))


def units_around(session: Session, unit_id: int) -> frozenset[int]:
    """A unit with those above and below it: whose matters are those of a person of the unit."""
    return unit_and_parents(session, unit_id) | unit_and_below(session, unit_id)


def _descend() -> Select[int]:
    descend = select(Unit.id).where(Unit.id == bindparam("start")).cte("descend", recursive=True)
    descend = descend.union(select(Unit.id).join(descend, Unit.parent_id == descend.c.id))
    return select(descend.c.id)


_UNIT_AND_BELOW = _descend()


def get_unit_name(session: Session, unit_id: int) -> str:
    """The official name of a unit that is known to be there."""
    return get_unit_names(session, {unit_id})[unit_id]


def get_unit_names(session: Session, unit_ids: Collection[int]) -> dict[int, str]:
    """Official names by unit id."""
    return dict(session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(unit_ids))).all())
