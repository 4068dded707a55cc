"""Photos and files that coordinators send."""

from __future__ import annotations

from bot.understanding import Understanding
from handlers.context import Context
from handlers.report_evidence import expects_evidence, place
from handlers.report_grids import receive_grid
from handlers.smalltalk import unusable_message
from models.errors import Refused
from models.evidence import record_evidence
from models.outbox import Outgoing


def receive(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Keep what came with the message, and let it belong to a report.

    Raises:
        Refused: why it cannot be taken, as ``bot.receiving`` found.
        FileBusy: the file may be gone meanwhile; the event is tried again.
    """
    if isinstance(context.content, Refused):
        raise context.content
    if context.content is None:
        return unusable_message(context, understanding)
    if context.grid is not None and not expects_evidence(context):
        return receive_grid(context)  # a table of figures is a report, and no proof of itself
    item = record_evidence(
        context.session,
        context.content.new,
        member_id=context.member.id,
        unit_id=context.member.unit_id,
        received_at=context.asked_at,
        now=context.now,
    )
    return place(context, item.id, item.file_name)
