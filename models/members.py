"""Members: the people who use the service, their roles and their unit."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint, and_, bindparam, false, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from models.base import Base, BigId, enum_column
from models.errors import Invalid, NotFound


class Role(StrEnum):
    """What a member may do; a person may hold several."""

    OFFICER = "officer"
    SECRETARY = "secretary"
    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"
    REVIEWER = "reviewer"
    MANAGER = "manager"
    ADMIN = "admin"


SEES_EVERY_LETTER = frozenset({Role.SECRETARY, Role.SUPERVISOR, Role.MANAGER, Role.ADMIN})
KEEPS_THE_REGISTER = frozenset({Role.SECRETARY, Role.SUPERVISOR, Role.ADMIN})
"""Roles that may record where a letter is."""
ANSWERS_REQUESTS = frozenset({Role.SECRETARY, Role.SUPERVISOR, Role.ADMIN})
"""Roles that look after other people's questions; what they look up themselves is work, and no request."""
SEES_SERVICE_FIGURES = frozenset({Role.SECRETARY, Role.SUPERVISOR, Role.MANAGER, Role.ADMIN})
"""Roles that answer for the service, and see how it fares."""


class Member(Base):
    """A registered person. A stranger has no row here."""

    __tablename__ = "members"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    line_user_id: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    registered_at: Mapped[datetime]
    blocked_at: Mapped[datetime | None]
    """When the person blocked the account; nothing is sent while it is set."""
    language: Mapped[str | None] = mapped_column(String(16))
    """The language tag of the person's LINE, e.g. ``th`` or ``en-GB``; None where LINE does not tell."""
    language_learned_at: Mapped[datetime | None]
    writes_english: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the person's last words were English; only then, and where LINE is not Thai, answers are English."""
    roles_held: Mapped[list[MemberRole]] = relationship(lazy="selectin", cascade="all, delete-orphan")

    @property
    def roles(self) -> frozenset[Role]:
        """The roles the member holds now."""
        return frozenset(held.role for held in self.roles_held)

    @property
    def reads_english(self) -> bool:
        """Whether the person is answered in English: wrote it last, and has LINE in another language than Thai.

        An officer whose phone is in English and who writes Thai is answered in Thai, and so is one with LINE in Thai.
        """
        return self.writes_english and _is_foreign(self.language)

    def hear(self, language: str) -> None:
        """Note in which language the person wrote, ``th`` or ``en``; empty, as of a bare number, it changes nothing."""
        if language:
            self.writes_english = language == "en"


class MemberRole(Base):
    """One role of one member."""

    __tablename__ = "member_roles"
    __table_args__ = (UniqueConstraint("member_id", "role"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    role: Mapped[Role] = mapped_column(enum_column(Role))


@dataclass(frozen=True)
class LINEProfile:
    """What LINE tells of a person: the name, and the language tag of the person's LINE; None where it does not."""

    name: str | None
    language: str | None


@dataclass(frozen=True)
class Registration:
    """What an accepted invitation gives: who, where, as what."""

    member_id: int
    unit_id: int
    roles: frozenset[Role]


NAMELESS = "-"
"""The name of somebody of whom LINE tells none."""
CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that cannot be mistaken for one another on paper."""
CODE_LENGTH = 8
LEARNED_FOR = timedelta(days=30)
"""How long what LINE told of a person who writes English is believed."""
WRONG_CODES_ALLOWED = 5
WRONG_CODE_WINDOW = timedelta(hours=1)
DOOR_SHUT_FOR = timedelta(hours=1)


class Invitation(Base):
    """A registration code. Only its digest is kept: whoever reads the table cannot register."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code_digest: Mapped[str] = mapped_column(String(64), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    roles: Mapped[str] = mapped_column(String(200))
    """Role values, separated by commas."""
    uses_left: Mapped[int]
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime]


class WrongCode(Base):
    """One wrong code typed by one person; the text typed is not kept."""

    __tablename__ = "wrong_codes"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    line_user_id: Mapped[str] = mapped_column(String(64), index=True)
    typed_at: Mapped[datetime]


class Consent(Base):
    """A person's word on the privacy notice: appended, never changed."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    line_user_id: Mapped[str] = mapped_column(String(64), index=True)
    notice_version: Mapped[str] = mapped_column(String(20))
    decision: Mapped[str] = mapped_column(String(20))
    """``accepted``, ``declined``, ``on_paper`` or ``withdrawn``."""
    decided_at: Mapped[datetime]


_MEMBER_WITH_ROLES = (
    select(Member).where(Member.line_user_id == bindparam("line_id")).options(joinedload(Member.roles_held))
)


def find_member(session: Session, line_user_id: str) -> Member | None:
    """The member with a LINE user id, with roles loaded; None for a stranger."""
    return session.scalars(_MEMBER_WITH_ROLES, {"line_id": line_user_id}).unique().one_or_none()


def get_member(session: Session, line_user_id: str) -> Member:
    """The member with a LINE user id.

    Raises:
        NotFound: ``member_not_found`` (line_user_id).
    """
    member = find_member(session, line_user_id)
    if member is None:
        raise NotFound("member_not_found", line_user_id=line_user_id)
    return member


def list_line_ids_with_role(session: Session, roles: Iterable[Role]) -> list[str]:
    """LINE user ids of members who hold one of the roles and have not blocked the account, in order of joining."""
    query = (
        select(Member.line_user_id)
        .join(MemberRole)
        .where(MemberRole.role.in_(list(roles)), Member.blocked_at.is_(None))
        .group_by(Member.id)
        .order_by(Member.id)
    )
    return list(session.scalars(query))


def list_readers_of_english(session: Session, line_user_ids: Collection[str]) -> frozenset[str]:
    """Those of these people who are answered in English; see ``Member.reads_english``."""
    query = select(Member.line_user_id, Member.language).where(
        Member.line_user_id.in_(line_user_ids), Member.writes_english, Member.language.is_not(None)
    )
    return frozenset(person for person, language in session.execute(query) if _is_foreign(language))


def add_member(
    session: Session, *, line_user_id: str, name: str, unit_id: int, roles: Iterable[Role], now: datetime
) -> Member:
    """Register a person, or bring a known one's name, unit and roles up to date (roles are added, none is lost).

    Raises:
        Invalid: ``line_user_id_malformed`` where the id is not of LINE's form, ``role_missing`` without a role.
    """
    if not re.fullmatch(r"U[0-9a-f]{32}", line_user_id):
        raise Invalid("line_user_id_malformed")
    wanted = frozenset(roles)
    if not wanted:
        raise Invalid("role_missing")
    member = find_member(session, line_user_id)
    if member is None:
        member = Member(line_user_id=line_user_id, name=name, unit_id=unit_id, registered_at=now, roles_held=[])
        session.add(member)
    member.unit_id = unit_id
    member.name = name or member.name
    for role in sorted(wanted - member.roles):
        member.roles_held.append(MemberRole(role=role))
    session.flush()  # callers need the member's id
    return member


def create_invitation(
    session: Session, *, unit_id: int, roles: Iterable[Role], uses: int, expires_at: datetime, now: datetime
) -> str:
    """Make a registration code such as ``K7M4-9QXR``; it is shown once and kept only as a digest.

    Raises:
        Invalid: ``role_missing``, ``uses_out_of_range`` (1 to 1,000) or ``expiry_in_the_past``.
    """
    wanted = sorted(set(roles))
    if not wanted:
        raise Invalid("role_missing")
    if not 1 <= uses <= 1000:
        raise Invalid("uses_out_of_range")
    if expires_at <= now:
        raise Invalid("expiry_in_the_past")
    letters = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    session.add(
        Invitation(
            code_digest=_digest(letters),
            unit_id=unit_id,
            roles=",".join(wanted),
            uses_left=uses,
            expires_at=expires_at,
            created_at=now,
        )
    )
    return f"{letters[:4]}-{letters[4:]}"


def door_shut_until(session: Session, line_user_id: str, now: datetime) -> datetime | None:
    """Until when a person may not try codes; None where the door is open.

    Five wrong codes within an hour shut it for an hour from the fifth; right codes do not open it meanwhile.
    """
    query = (
        select(WrongCode.typed_at)
        .where(WrongCode.line_user_id == line_user_id, WrongCode.typed_at > now - DOOR_SHUT_FOR - WRONG_CODE_WINDOW)
        .order_by(WrongCode.typed_at)
    )
    typed = list(session.scalars(query))
    for first, fifth in zip(typed, typed[WRONG_CODES_ALLOWED - 1 :], strict=False):
        if fifth - first < WRONG_CODE_WINDOW and now < fifth + DOOR_SHUT_FOR:
            return fifth + DOOR_SHUT_FOR
    return None


def record_wrong_code(session: Session, line_user_id: str, now: datetime) -> int:
    """Append a wrong try and give how many more are allowed before the door shuts."""
    session.add(WrongCode(line_user_id=line_user_id, typed_at=now))
    session.flush()  # the count below includes this one
    recent = select(func.count()).where(
        WrongCode.line_user_id == line_user_id, WrongCode.typed_at > now - WRONG_CODE_WINDOW
    )
    return max(0, WRONG_CODES_ALLOWED - (session.scalar(recent) or 0))


def find_invitation(session: Session, code: str, now: datetime) -> Invitation | None:
    """The invitation of a code as typed (any case, with or without dash), if it is good now."""
    letters = re.sub(r"[^0-9A-Z]", "", code.upper())
    invitation = session.scalar(select(Invitation).where(Invitation.code_digest == _digest(letters)))
    if invitation is None or invitation.uses_left < 1 or invitation.expires_at <= now:
        return None
    return invitation


def accept_invitation(session: Session, invitation_id: int, line_user_id: str, now: datetime) -> Registration:
    """Register a person by an invitation, taking one of its uses.

    Raises:
        NotFound: ``invitation_used_up`` where it ran out or expired since the code was typed.
    """
    taken = session.execute(
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.uses_left > 0, Invitation.expires_at > now)
        .values(uses_left=Invitation.uses_left - 1)
        .returning(Invitation.unit_id, Invitation.roles)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if taken is None:
        raise NotFound("invitation_used_up")
    roles = frozenset(Role(value) for value in taken.roles.split(","))
    member = add_member(session, line_user_id=line_user_id, name="", unit_id=taken.unit_id, roles=roles, now=now)
    return Registration(member.id, taken.unit_id, roles)


def record_consent(session: Session, line_user_id: str, decision: str, version: str, now: datetime) -> None:
    """Append a person's decision on the privacy notice."""
    session.add(Consent(line_user_id=line_user_id, notice_version=version, decision=decision, decided_at=now))


def record_blocked(session: Session, line_user_id: str, at: datetime | None) -> None:
    """Note that a person blocked the account, or came back (``at`` None)."""
    member = find_member(session, line_user_id)
    if member is not None:
        member.blocked_at = at


def list_line_ids_to_learn_of(session: Session, now: datetime, limit: int = 20) -> list[str]:
    """LINE user ids of members whose profile was never read, or long ago of one who writes English; these come first.

    Whose profile was read and who writes Thai is not asked about again: it would change nothing.
    """
    is_unread = Member.language_learned_at.is_(None)
    is_stale = and_(Member.writes_english, Member.language_learned_at < now - LEARNED_FOR)
    query = select(Member.line_user_id).where(or_(is_unread, is_stale))
    return list(session.scalars(query.order_by(Member.writes_english.desc(), Member.id).limit(limit)))


def get_member_names(session: Session, member_ids: Collection[int]) -> dict[int, str]:
    """Names by member id; empty where LINE has not told it yet, left out where the member is gone."""
    return dict(session.execute(select(Member.id, Member.name).where(Member.id.in_(member_ids))).all())


def record_profile(session: Session, line_user_id: str, profile: LINEProfile | None, now: datetime) -> None:
    """Keep what LINE told of a member; a name that is known stays.

    Args:
        session: an open transaction.
        line_user_id: whose profile it is; a person who has left meanwhile is passed over.
        profile: None where LINE gives none: the person is not asked about again, and what was known stays.
        now: when it was told.
    """
    member = find_member(session, line_user_id)
    if member is None:
        return
    member.name = member.name or ((profile.name if profile else "") or NAMELESS)[:200]
    if profile is not None:
        member.language = (profile.language or "")[:16] or None
    member.language_learned_at = now


def delete_member(session: Session, line_user_id: str) -> None:
    """Remove a person's registration with all that hangs on it; consents stay as the proof of what was agreed."""
    member = find_member(session, line_user_id)
    if member is not None:
        session.delete(member)
    for wrong in session.scalars(select(WrongCode).where(WrongCode.line_user_id == line_user_id)):
        session.delete(wrong)


def _is_foreign(language: str | None) -> bool:
    """Whether a language tag (BCP 47) is known and not Thai."""
    return language is not None and language.lower().split("-")[0] != "th"


def _digest(letters: str) -> str:
    return hashlib.sha256(f"tidtam-invitation:{letters}".encode()).hexdigest()
