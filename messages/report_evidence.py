"""Photos and files that prove a report: asking for them, and to which report they belong."""

from __future__ import annotations

from collections.abc import Sequence

from messages.actions import postback
from messages.evidence import received
from messages.indicator_words import capped_text, evidence_text, short_unit
from messages.language import Words, either
from messages.lengths import clip
from messages.limits import MAX_QUICK_REPLIES, MAX_QUICK_REPLY_LABEL, Json
from messages.parts import text
from messages.reporting import Named
from messages.thai import one_line

ATTACH = Words("แนบหลักฐาน", "Attach evidence")
PICTURES = Words("เลือกรูป", "Choose pictures")
TAKE_PICTURE = Words("ถ่ายรูป", "Take a picture")
SKIP = Words("ข้าม", "Skip")


def ask_for_evidence(draft: int, evidence_of: str, *, is_required: bool) -> list[Json]:
    """Ask for photos or files before the read-back; ``ข้าม`` is ``skip_evidence``."""
    what = either("แนบรูปหรือไฟล์หลักฐาน", "Please send pictures or files as evidence")
    of = f" ({one_line(evidence_of)})" if evidence_of else ""
    rest = either(" ส่งในแชตนี้ได้เลย หรือข้าม", " here in the chat, or skip this.")
    capped = capped_text() if is_required else ""
    return [text(f"{what}{of}{rest}{capped}", [*_pictures(), postback(SKIP, "skip_evidence", SKIP, draft=draft)])]


def how_to_attach(indicator: Named) -> list[Json]:
    """Say how evidence is added to what was reported."""
    words = either(
        f"ส่งรูปหรือไฟล์หลักฐานของ {indicator.title} ในแชตนี้ได้เลย",
        f"Send the pictures or files for {indicator.title} here in the chat.",
    )
    return [text(words, _pictures())]


def attached(indicator: Named, unit: str, count: int) -> list[Json]:
    """Say to which report what was sent belongs now, and how much evidence that has."""
    words = either(
        f"แนบกับรายงาน {indicator.title} {short_unit(unit)} แล้ว {evidence_text(count)}",
        f"Attached to {indicator.title} {short_unit(unit)}: {evidence_text(count)}",
    )
    return [text(words)]


def which_report(choices: Sequence[tuple[int, Named, str]], file_name: str | None = None) -> list[Json]:
    """Ask to which waiting report what was sent belongs, ``evidence_of`` with ``report``; without any, say what to do.

    Args:
        choices: report id, its indicator and unit, the newest first.
        file_name: of what was sent; a photo has none.
    """
    kept = received(file_name)[0]["text"]
    if not choices:
        words = either(
            "หลักฐานนี้รอไว้หนึ่งวัน กรุณารายงานผล เช่น รายงาน 8308 18 จาก 22 แล้วหลักฐานจะแนบไปด้วย",
            "It waits for a day. Please report, for example Report 8308 18 of 22, and it will go with it.",
        )
        return [text(f"{kept}\n{words}")]
    taps = []
    for report_id, indicator, unit in choices[:MAX_QUICK_REPLIES]:
        label = f"{indicator.title} {short_unit(unit)}"
        taps.append(postback(clip(label, MAX_QUICK_REPLY_LABEL), "evidence_of", label, report=report_id))
    words = either("หลักฐานนี้เป็นของรายงานใด", "Of which report is it?")
    return [text(f"{kept}\n{words}", taps)]


def nothing_to_attach() -> list[Json]:
    """What was sent was attached or taken back already, or its day is over."""
    words = either(
        "ไม่มีหลักฐานที่รอแนบแล้ว กรุณาส่งรูปหรือไฟล์ใหม่อีกครั้ง",
        "No evidence is waiting any more. Please send the picture or file again.",
    )
    return [text(words)]


def _pictures() -> list[Json]:
    return [{"type": "cameraRoll", "label": str(PICTURES)}, {"type": "camera", "label": str(TAKE_PICTURE)}]
