"""Audiences: people who are told the same in a summary, because their roles and their units are alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.members import Member, MemberRole, Role
from models.units import Unit


class SummaryPart(StrEnum):
    """What a summary tells of."""

    SERVICE = "service"  # how the secretariat answered
    OVERVIEW = "overview"  # the indicators of the units below a manager, worst first
    INDICATORS = "indicators"  # the indicators that a unit hosts, for who approves
    DUE = "due"  # what a unit has to report


PARTS_OF_ROLES: Mapping[Role, frozenset[SummaryPart]] = {
    Role.SUPERVISOR: frozenset({SummaryPart.SERVICE}),
    Role.MANAGER: frozenset({SummaryPart.SERVICE, SummaryPart.OVERVIEW}),
    Role.REVIEWER: frozenset({SummaryPart.INDICATORS}),
    Role.COORDINATOR: frozenset({SummaryPart.DUE}),
}
OF_OWN_UNIT = frozenset({SummaryPart.INDICATORS, SummaryPart.DUE})
"""Parts that are of the person's unit, whatever else the person sees."""


@dataclass(frozen=True)
class Audience:
    """People who are told the same.

    Attributes:
        parts: what they are told of.
        unit_id: whose matters; None where only the service is told of, or the whole city.
        sees_city: the overview is of the whole city although ``unit_id`` names the unit of the other parts.
    """

    parts: frozenset[SummaryPart]
    unit_id: int | None
    sees_city: bool = False

    @property
    def overview_unit_id(self) -> int | None:
        """The unit whose overview it is, with those below it; None: of the whole city."""
        return None if self.sees_city else self.unit_id


@dataclass(frozen=True)
class Recipient:
    """Somebody who is told a summary."""

    member_id: int
    line_user_id: str
    reads_english: bool


def audience_of(roles: Collection[Role], unit_id: int, *, sees_city: bool) -> Audience | None:
    """The audience that a person of these roles belongs to; None where no summary is for them.

    What a manager is told of contains what a reviewer of the same unit is.

    Args:
        roles: held by the person.
        unit_id: of the person.
        sees_city: whether a manager's overview is of the whole city, see ``find_city_units``.
    """
    parts: frozenset[SummaryPart] = frozenset().union(*(PARTS_OF_ROLES.get(role, ()) for role in roles))
    if SummaryPart.OVERVIEW in parts:
        parts -= {SummaryPart.INDICATORS}
    if not parts:
        return None
    is_of_city = SummaryPart.OVERVIEW in parts and sees_city
    if parts & OF_OWN_UNIT:
        return Audience(parts, unit_id, is_of_city)
    needs_unit = SummaryPart.OVERVIEW in parts and not is_of_city
    return Audience(parts, unit_id if needs_unit else None)


def find_city_units(session: Session) -> frozenset[int]:
    """Units whose managers see the whole city: those of the secretariat, and the units above it.

    The letters that the secretariat keeps are theirs, from whichever unit they come.
    """
    secretariats = (
        select(Member.unit_id).join(MemberRole).where(MemberRole.role == Role.SECRETARY, Member.blocked_at.is_(None))
    )
    parents = dict(session.execute(select(Unit.id, Unit.parent_id)).all())
    found: set[int] = set()
    for unit_id in session.scalars(secretariats.distinct()):
        above: int | None = unit_id
        while above is not None and above not in found:
            found.add(above)
            above = parents.get(above)
    return frozenset(found)


def find_audience(session: Session, member: Member) -> Audience | None:
    """The audience of a member who asks; administrators see what a manager of the whole city does."""
    if Role.ADMIN in member.roles:
        return audience_of(member.roles | {Role.MANAGER}, member.unit_id, sees_city=True)
    sees_city = Role.MANAGER in member.roles and member.unit_id in find_city_units(session)
    return audience_of(member.roles, member.unit_id, sees_city=sees_city)


def list_audiences(session: Session) -> dict[Audience, list[Recipient]]:
    """Everybody who is told summaries, by what they are told; without those who blocked the account.

    Two people of one audience and one language can be sent the same message.
    """
    city = find_city_units(session)
    columns = (Member.id, Member.line_user_id, Member.unit_id, Member.language, Member.writes_english)
    query = (
        select(*columns, MemberRole.role)
        .join(MemberRole, MemberRole.member_id == Member.id)
        .where(MemberRole.role.in_(list(PARTS_OF_ROLES)), Member.blocked_at.is_(None))
        .order_by(Member.id)
    )
    people: dict[int, tuple[Recipient, int, set[Role]]] = {}
    for member_id, line_user_id, unit_id, language, writes_english, role in session.execute(query):
        english = Member(language=language, writes_english=writes_english).reads_english
        recipient = Recipient(member_id, line_user_id, english)
        people.setdefault(member_id, (recipient, unit_id, set()))[2].add(role)
    audiences: dict[Audience, list[Recipient]] = {}
    for recipient, unit_id, roles in people.values():
        audience = audience_of(roles, unit_id, sees_city=unit_id in city)
        if audience is not None:
            audiences.setdefault(audience, []).append(recipient)
    return audiences
