"""The people who look after indicators: the reviewers and coordinators of a unit, and how to reach them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.members import Member, MemberRole, Role
from models.units import Unit


@dataclass(frozen=True)
class StaffMember:
    """Somebody who holds a role and may be told of something."""

    member_id: int
    line_user_id: str
    unit_id: int


@dataclass(frozen=True)
class Staff:
    """Everybody who holds a role, with what tells whose matters are theirs.

    Attributes:
        people: those who have not blocked the account, in order of joining.
        parents: of every unit the one above it; None at the top.
    """

    people: Sequence[StaffMember]
    parents: Mapping[int, int | None]

    @classmethod
    def load(cls, session: Session, role: Role) -> Staff:
        """Read the holders of a role and the order of units, with two queries."""
        query = (
            select(Member.id, Member.line_user_id, Member.unit_id)
            .join(MemberRole)
            .where(MemberRole.role == role, Member.blocked_at.is_(None))
            .order_by(Member.id)
        )
        parents = dict(session.execute(select(Unit.id, Unit.parent_id)).all())
        return cls([StaffMember(*row) for row in session.execute(query)], parents)

    def of(self, unit_id: int) -> list[StaffMember]:
        """Those of a unit, of one above it, or of one below it."""
        above = self._line(unit_id)
        return [one for one in self.people if one.unit_id in above or unit_id in self._line(one.unit_id)]

    def _line(self, unit_id: int | None) -> set[int]:
        line: set[int] = set()
        while unit_id is not None and unit_id not in line:
            line.add(unit_id)
            unit_id = self.parents.get(unit_id)
        return line


def get_line_ids(session: Session, member_ids: Collection[int]) -> dict[int, str]:
    """LINE user ids by member id; without those who are gone or have blocked the account."""
    query = select(Member.id, Member.line_user_id).where(Member.id.in_(member_ids), Member.blocked_at.is_(None))
    return dict(session.execute(query).all())


def get_unit_names_of(session: Session, member_ids: Collection[int]) -> dict[int, str]:
    """Official names of people's units by member id; without those who are gone."""
    query = select(Member.id, Unit.name).join(Unit, Unit.id == Member.unit_id).where(Member.id.in_(member_ids))
    return dict(session.execute(query).all())
