"""What is said about photos and files that people send as evidence, and showing those of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from messages.actions import open_page, postback
from messages.indicator_words import EVIDENCE_LABEL, WHOLE_LABEL, scope_text
from messages.language import Words, counted, either
from messages.lengths import clip
from messages.limits import Json
from messages.parts import GREEN, button, card, line, links, row, rule, small, stack, tappable, text
from messages.thai import one_line, short_moment, short_month
from messages.words import MORE_LABEL
from models.evidence import EvidenceView
from models.indicator_reports import Report
from models.indicator_views import Subject

SHOWN_NAME = 60
LIST_ROWS = 10
OPEN_LABEL = Words("เปิดดู", "Open")
LINK_NOT_FOUND = Words("ไม่พบหลักฐานตามที่อยู่นี้", "There is no evidence at this address.")
LINK_OVER = Words(
    "ที่อยู่นี้หมดอายุแล้ว หรือผู้ส่งเรียกหลักฐานคืน กรุณาเปิดจากรายงานใน LINE อีกครั้ง",
    "This address is over, or the sender took the evidence back. Please open it again from the report in LINE.",
)
LINK_STORE_AWAY = Words(
    "เปิดหลักฐานไม่ได้ชั่วคราว กรุณาลองใหม่ในอีกสักครู่", "The evidence cannot be opened now. Please try again in a moment."
)

_THUMBNAIL = "72px"
_OPEN_FOR = Words("เปิดดูได้ภายใน 1 ชั่วโมง", "can be opened within one hour")
_KINDS: Mapping[str, Words] = {
    "image": Words("รูปภาพ", "Picture"),
    "application/pdf": Words("ไฟล์ PDF", "PDF file"),
    "text/csv": Words("ตาราง CSV", "CSV table"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Words("ตาราง Excel", "Excel table"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Words("เอกสาร Word", "Word document"),
}
_FILE = Words("ไฟล์", "File")


def received(file_name: str | None) -> list[Json]:
    """Say that a file was kept; a photo has no name."""
    name = clip(one_line(file_name), SHOWN_NAME) if file_name else ""
    if not name:
        return [
            text(either("ได้รับรูปภาพแล้ว เก็บไว้เป็นหลักฐานประกอบรายงาน", "The picture was received and is kept as evidence."))
        ]
    words = either(
        f"ได้รับไฟล์แล้ว: {name}\nเก็บไว้เป็นหลักฐานประกอบรายงาน",
        f"The file was received: {name}\nIt is kept as evidence.",
    )
    return [text(words)]


def evidence_list(
    subject: Subject, report: Report, lines: Sequence[EvidenceView], addresses: Mapping[int, str], offset: int = 0
) -> list[Json]:
    """Show the evidence of a unit's report, ten at a time: kind, size, when it came, and where it can be looked at.

    Args:
        subject: of what.
        report: whose evidence it is.
        lines: all of it, in the order it was sent.
        addresses: of items, by id, for an hour; empty where this installation has none. Pictures are shown in the card
            where theirs are https, which alone LINE fetches.
        offset: how many came before.
    """
    of_what = f"{subject.definition.code} {scope_text(subject.scope)} {short_month(report.figure.month)}"
    whole = postback(WHOLE_LABEL, "indicator", WHOLE_LABEL, year=subject.year_id)
    if not lines:
        return [text(f"{EVIDENCE_LABEL} {of_what} {either('ไม่มีหลักฐาน', 'has no evidence.')}", [whole])]
    shown = list(enumerate(lines, start=1))[offset : offset + LIST_ROWS]
    head = either(f"หลักฐาน {len(lines)} รายการ", counted(len(lines), "piece") + " of evidence")
    under = " · ".join([of_what, *([str(_OPEN_FOR)] if addresses else [])])
    body = [line(head, size="lg", bold=True), small(under)]
    for number, one in shown:
        body += [rule("md"), _row(number, one, addresses.get(one.id))]
    reached = offset + len(shown)
    more = postback(MORE_LABEL, "report_evidence", MORE_LABEL, report=report.id, offset=reached)
    spoken = [f"{_name(number, one)} {_size_and_time(one)}" for number, one in shown]
    footer = [*([button(more)] if reached < len(lines) else []), links([whole])]
    return [card(" / ".join([head, under, *spoken]), body, footer)]


def _row(number: int, one: EvidenceView, address: str | None) -> Json:
    words = [line(_name(number, one), max_lines=2), small(_size_and_time(one))]
    if address is None:
        return stack(words, margin="sm")
    words.append(line(str(OPEN_LABEL), bold=True, colour=GREEN))
    told = stack(words) | {"flex": 1}
    pieces = [_thumbnail(address), told] if one.is_picture and address.startswith("https://") else [told]
    return tappable(row(pieces, spacing="md") | {"margin": "sm"}, open_page(OPEN_LABEL, address))


def _thumbnail(address: str) -> Json:
    picture = {"type": "image", "url": f"{address}/preview", "size": "full", "aspectMode": "cover"}
    return stack([picture]) | {"width": _THUMBNAIL, "flex": 0, "cornerRadius": "4px"}


def _name(number: int, one: EvidenceView) -> str:
    kind = _KINDS.get("image" if one.is_picture else one.content_type, _FILE)
    name = clip(one_line(one.file_name or ""), SHOWN_NAME)
    return f"{number}. {kind} {name}".rstrip()


def _size_and_time(one: EvidenceView) -> str:
    return f"{_size(one.size)} {short_moment(one.received_at)}"


def _size(size: int) -> str:
    return f"{max(1, round(size / 1024)):,} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"
