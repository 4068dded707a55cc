"""``GET /evidence/<token>``: a photo or file that belongs to a report, for whoever was handed its address.

Pictures are shown, everything else is saved: no file that somebody sent is ever run as a page of ours.
"""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, send_file

from bot.evidence_pictures import PREVIEW_TYPE, small_picture
from bot.evidence_store import StoreFailed
from bot.logs import get_logger
from bot.signed_links import EVIDENCE, LinkOver, LinkUnknown
from bot.signed_pages import guarded, read_address, refusal
from bot.wiring import Services
from messages.evidence import LINK_NOT_FOUND, LINK_OVER, LINK_STORE_AWAY
from models.evidence import EvidenceView, find_evidence

GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


def create_evidence_pages(services: Services) -> Blueprint:
    """The blueprint of the two addresses of an item: itself, and a small picture of it."""
    blueprint = Blueprint("evidence", __name__)

    @blueprint.get(f"{EVIDENCE.path}/<token>")
    def show(token: str) -> Response:
        return _answer(services, token, is_preview=False)

    @blueprint.get(f"{EVIDENCE.path}/<token>/preview")
    def preview(token: str) -> Response:
        return _answer(services, token, is_preview=True)

    return blueprint


def _answer(services: Services, token: str, *, is_preview: bool) -> Response:
    try:
        item = _find(services, read_address(services.evidence_links, token, _read_id))
        data = services.evidence.get(item.sha256) if item else None
    except LinkUnknown:
        return refusal(LINK_NOT_FOUND, 404, GUARDS)
    except LinkOver:
        return refusal(LINK_OVER, 410, GUARDS)
    except StoreFailed as error:
        get_logger().warning("evidence_not_shown", error=str(error))
        return refusal(LINK_STORE_AWAY, 503, GUARDS)
    if item is None or data is None:  # taken back by its sender
        return refusal(LINK_OVER, 410, GUARDS)
    if is_preview and not item.is_picture:
        return refusal(LINK_NOT_FOUND, 404, GUARDS)
    get_logger().info("evidence_shown", evidence_id=item.id, is_preview=is_preview)
    return guarded(_preview(data) if is_preview else _whole(item, data), GUARDS)


def _read_id(opens: list[str | int | None]) -> int:
    (evidence_id,) = opens
    return int(evidence_id or 0)


def _find(services: Services, evidence_id: int) -> EvidenceView | None:
    with services.database.reading() as session:
        return find_evidence(session, evidence_id)


def _whole(item: EvidenceView, data: bytes) -> Response:
    name = item.file_name or ("picture" if item.is_picture else "file")
    is_saved = not item.is_picture
    return send_file(BytesIO(data), item.content_type, as_attachment=is_saved, download_name=name, etag=False)


def _preview(data: bytes) -> Response:
    return send_file(BytesIO(small_picture(data)), PREVIEW_TYPE, etag=False)
