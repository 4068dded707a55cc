"""Photos and files on their way in and out: what waits for LINE or for the store, outside every transaction.

In: hold the file's row, put the bytes, and hand a frozen value to the handler, whose commit records them. Out: once
what was withdrawn is committed, claim the file, delete it, forget its row. A process killed anywhere leaves a row that
``delete_unused_files`` finds.
"""

from __future__ import annotations

import hashlib

from bot.events import Event
from bot.evidence_files import BYTES_PER_MB, MAX_TABLE_BYTES, TABLES, Examined, examine, too_big
from bot.evidence_store import StoreFailed
from bot.line import GivenUp
from bot.logs import get_logger
from bot.wiring import Services
from handlers.context import ReceivedContent
from models import evidence, inbox
from models.errors import Invalid, NotFound, Refused
from models.evidence import NewEvidence
from models.inbox import ClaimedEvent
from models.members import find_member

FETCHED_KINDS = frozenset({"image", "file"})
REFUSED_KINDS = frozenset({"video", "audio"})


def receive_content(services: Services, claimed: ClaimedEvent, event: Event) -> ReceivedContent | Refused | None:
    """Fetch, examine and put away what a message brings, or tell why not; None where it brings nothing for us.

    Raises:
        Retryable: LINE has it not ready, or does not answer; the event is tried again.
        StoreFailed: the store does not answer; likewise.
        FileBusy: the same file is being deleted just now; likewise.
        LeaseLost: another worker took the event over.
    """
    if not _is_evidence(services, event) or event.message_id is None:
        return None
    if event.kind in REFUSED_KINDS:
        return Invalid("evidence_kind_not_accepted")
    with services.database.single_statement() as connection:
        inbox.extend_lease(connection, claimed, services.clock.now())
    try:
        examined = _fetch(services, event.message_id)
    except Refused as refused:
        return refused
    return _put_away(services, event, event.message_id, examined)


def delete_unused_files(services: Services) -> int:
    """Delete the files that nothing uses any more; gives how many.

    Raises:
        StoreFailed: the store does not answer; what is left is found the next time.
    """
    with services.database.reading() as session:
        due = evidence.list_files_to_check(session, services.clock.now())
    return sum(_delete_if_unused(services, sha256) for sha256 in due)


def delete_withdrawn_files(services: Services) -> None:
    """The same, at once after somebody took a message back; where the store is away, the clock makes up for it."""
    try:
        delete_unused_files(services)
    except StoreFailed as error:
        get_logger().warning("evidence_not_deleted", error=str(error))


def _is_evidence(services: Services, event: Event) -> bool:
    if event.kind not in FETCHED_KINDS | REFUSED_KINDS or not event.is_from_line:
        return False
    if event.group_id is not None or event.user_id is None:
        return False
    with services.database.reading() as session:
        member = find_member(session, event.user_id)
        return member is not None and bool(member.roles & evidence.SENDS_EVIDENCE)


def _fetch(services: Services, message_id: str) -> Examined:
    max_bytes = services.settings.evidence_max_mb * BYTES_PER_MB
    try:
        return examine(services.line.fetch_content(message_id, max_bytes), max_bytes)
    except GivenUp as error:
        raise too_big(max_bytes) if error.reason == "content_too_big" else NotFound("evidence_gone") from error


def _put_away(services: Services, event: Event, message_id: str, examined: Examined) -> ReceivedContent:
    sha256 = hashlib.sha256(examined.data).hexdigest()
    with services.database.single_statement() as connection:
        held = evidence.hold_file(connection, sha256, services.clock.now())
    services.evidence.put(sha256, examined.data, examined.content_type)
    new = NewEvidence(held, len(examined.data), examined.content_type, event.file_name, message_id)
    is_table = examined.content_type in TABLES and len(examined.data) <= MAX_TABLE_BYTES
    return ReceivedContent(new, table_bytes=examined.data if is_table else None)


def _delete_if_unused(services: Services, sha256: str) -> bool:
    with services.database.transaction() as session:
        if not evidence.claim_unused_file(session, sha256, services.clock.now()):
            return False
    services.evidence.delete(sha256)
    with services.database.transaction() as session:
        evidence.forget_file(session, sha256)
    return True
