"""What every handler receives: who asks, where, when, and the open transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from bot.understanding import Understanding
from models.chart_terms import ChartAsked
from models.errors import Invalid, NotAllowed, Refused
from models.evidence import NewEvidence
from models.members import Member, Role
from models.monthly_views import ReportAddress, ReportAsked
from models.outbox import CountsAs, Importance, Outgoing
from models.preference_terms import Usual
from models.report_grids import SaidGrid
from models.request_history import Deed
from models.service_terms import ServiceTerms
from models.visibility import Viewer, viewer_for
from models.working_time import BANGKOK

Messages = list[dict[str, Any]]


@dataclass(frozen=True)
class ReceivedContent:
    """A photo or file of the message, fetched, examined and put away before the transaction opened.

    Attributes:
        new: what ``models.evidence.record_evidence`` takes.
        table_bytes: the file itself, where it is a table (CSV, XLSX) of no more than two megabytes.
    """

    new: NewEvidence
    table_bytes: bytes | None = None


def no_chart(_: ChartAsked) -> str | None:
    """No chart can be shown."""
    return None


@dataclass(frozen=True)
class Context:
    """The circumstances of one event.

    Attributes:
        session: the worker's open transaction; handlers never commit.
        now: the present.
        asked_at: LINE's time of the event: when the person's clock started.
        received_at: when the webhook brought it.
        line_user_id: who it was.
        registered: the member's row, None for a stranger.
        text: what was typed; empty for a tap.
        group_id: the group it happened in; None in a chat of two.
        is_unblocked: whether a person who adds the account comes back after blocking it.
        keep_messages_days: for how many days this installation keeps texts.
        terms: what the service promises, and its calendar.
        question_at: LINE's time of the text that we asked back about, where this is the choice that answers it.
        review_news_at: the hour in Bangkok at which reviewers hear of new reports together; None: of each at once.
        content: the photo or file that came, or why it cannot be taken and nothing of it was kept; None for everything
            else, and where the sender is not one who sends evidence.
        grid: the table of figures that was pasted or sent as a file, or why its rows cannot be read; None for
            everything else.
        evidence_address: gives the address at which an item of evidence, by its id, can be looked at for an hour; for
            those who may see it. None where this installation has no such addresses.
        chart_address: gives the address at which a chart is drawn; None where LINE would not take it.
        usual: when who has chosen nothing is told without asking.

        report_address: gives where a month's report is found as a file, for a day. None where this installation has no
            such addresses.
    """

    session: Session
    now: datetime
    asked_at: datetime
    received_at: datetime
    line_user_id: str
    registered: Member | None
    terms: ServiceTerms
    text: str = ""
    group_id: str | None = None
    is_unblocked: bool = False
    keep_messages_days: int = 90
    question_at: datetime | None = None
    review_news_at: time | None = None
    content: ReceivedContent | Refused | None = None
    grid: SaidGrid | Refused | None = None
    evidence_address: Callable[[int], str] | None = None
    chart_address: Callable[[ChartAsked], str | None] = no_chart
    usual: Usual = field(default_factory=Usual)

    report_address: Callable[[ReportAsked], ReportAddress] | None = None

    @property
    def member(self) -> Member:
        """The registered person.

        Raises:
            NotAllowed: ``not_registered`` for a stranger.
        """
        if self.registered is None:
            raise NotAllowed("not_registered")
        return self.registered

    @property
    def today(self) -> date:
        """The day in Bangkok on which the person asks."""
        return self.asked_at.astimezone(BANGKOK).date()

    @cached_property
    def viewer(self) -> Viewer:
        """Which letters the person may know of."""
        return viewer_for(self.session, self.member)

    @property
    def deed(self) -> Deed:
        """What the person does now, for the history of a request."""
        return Deed(self.member.id, self.asked_at, self.received_at, self.now)

    def require_role(self, roles: frozenset[Role]) -> None:
        """Let only holders of one of the roles go on.

        Raises:
            NotAllowed: ``role_not_allowed``.
        """
        if not self.member.roles & roles:
            raise NotAllowed("role_not_allowed")


def small_talk(messages: Messages) -> list[Outgoing]:
    """An answer that is better lost than said twice."""
    return [Outgoing(tuple(messages))]


def answer(messages: Messages) -> list[Outgoing]:
    """An answer to a question: it must arrive, and its time counts."""
    return [Outgoing(tuple(messages), importance=Importance.PROMISE, answers_question=True)]


def answer_to_request(messages: Messages, request: int) -> list[Outgoing]:
    """The machine's answer to a tracking request: it must arrive, and LINE's acceptance of it stops the clock."""
    return [
        Outgoing(
            tuple(messages),
            importance=Importance.PROMISE,
            answers_question=True,
            request=request,
            counts_as=CountsAs.ANSWER,
        )
    ]


def promise(messages: Messages) -> list[Outgoing]:
    """A word the person relies on; it must arrive."""
    return [Outgoing(tuple(messages), importance=Importance.PROMISE)]


def tell(recipients: Sequence[str], messages: Messages, share_key: str, importance: Importance) -> list[Outgoing]:
    """The same messages for several people, in one multicast where their order allows."""
    return [
        Outgoing(tuple(messages), to=recipient, importance=importance, share_key=share_key) for recipient in recipients
    ]


def read_id(understanding: Understanding, name: str) -> int:
    """A whole number from a button's data.

    Raises:
        Invalid: ``postback_unreadable``.
    """
    value = str(understanding.slots.get(name, ""))
    if not (value.isascii() and value.isdecimal() and len(value) < 19):
        raise Invalid("postback_unreadable")
    return int(value)


def read_offset(understanding: Understanding) -> int:
    """How many rows a page comes after; raises as ``read_id``."""
    return read_id(understanding, "offset") if "offset" in understanding.slots else 0
