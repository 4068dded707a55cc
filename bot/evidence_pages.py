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
from bot.wiring import Services
from messages.evidence import LINK_NOT_FOUND, LINK_OVER, LINK_STORE_AWAY
from messages.language import Words
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
    links = services.evidence_links
    try:
        if links is None:
            raise LinkUnknown
        item = _find(services, int(links.read(token)[0] or 0))
        data = services.evidence.get(item.sha256) if item else None
    except LinkUnknown:
        return _refusal(LINK_NOT_FOUND, 404)
    except LinkOver:
        return _refusal(LINK_OVER, 410)
    except StoreFailed as error:
        get_logger().warning("evidence_not_shown", error=str(error))
        return _refusal(LINK_STORE_AWAY, 503)
    if item is None or data is None:  # taken back by its sender
        return _refusal(LINK_OVER, 410)
    if is_preview and not item.is_picture:
        return _refusal(LINK_NOT_FOUND, 404)
    get_logger().info("evidence_shown", evidence_id=item.id, is_preview=is_preview)
    return _guarded(_preview(data) if is_preview else _whole(item, data))


def _find(services: Services, evidence_id: int) -> EvidenceView | None:
    with services.database.reading() as session:
        return find_evidence(session, evidence_id)


def _whole(item: EvidenceView, data: bytes) -> Response:
    name = item.file_name or ("picture" if item.is_picture else "file")
    is_saved = not item.is_picture
    return send_file(BytesIO(data), item.content_type, as_attachment=is_saved, download_name=name, etag=False)


def _preview(data: bytes) -> Response:
    return send_file(BytesIO(small_picture(data)), PREVIEW_TYPE, etag=False)


def _refusal(words: Words, status: int) -> Response:
    """In Thai for everybody: nobody has said anything whose language could be told."""
    return _guarded(Response(f"{words.thai}\n", status, content_type="text/plain; charset=utf-8"))


def _guarded(response: Response) -> Response:
    response.headers.update(GUARDS)
    return response
