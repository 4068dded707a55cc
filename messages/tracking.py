"""Answers to "where is this letter": the card, the list, and what to say when there is nothing to show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from messages.actions import fits_postback, postback
from messages.language import Words, counted, either
from messages.lengths import clip
from messages.letters import letter_body, letter_row, letter_sentence
from messages.limits import Json
from messages.parts import button, card, line, links, row, rule, small, text
from messages.rating import QUESTION, choices
from messages.thai import decimal_text, one_line, quoted
from messages.words import EXAMPLE_NUMBER, FOLLOW, FOLLOW_LABEL, MORE_LABEL, TALK_LABEL, UNFOLLOW_LABEL
from models.documents import LetterLine, LetterView

LIST_ROWS = 10
SHOWN_QUERY = 100
CHOOSE = Words("เลือกฉบับที่ต้องการดู", "Choose the letter to see")
NONE_OF_THESE = Words("ไม่ใช่ฉบับเหล่านี้", "None of these")
RECORD_LABEL = Words("บันทึกสถานะ", "Record stage")
NOT_FOUND = Words("ไม่พบหนังสือที่ถาม", "The letter was not found.")
OUT_OF_DATE = Words(
    "สถานะล่าสุดที่บันทึกไว้ ยังไม่ได้ปรับปรุงมาหลายวันทำการ",
    "The last recorded status; it has not been updated for several working days.",
)


def answer_card(
    letter: LetterView,
    *,
    is_following: bool,
    now: datetime,
    can_update: bool,
    request: int | None = None,
    is_invited: bool = False,
) -> list[Json]:
    """Say where a letter is.

    Args:
        letter: a letter that the person may see.
        is_following: the person hears of it already; the button then ends that.
        now: decides which years are left out, nothing else.
        can_update: the person keeps the register and gets a button to record a stage.
        request: number of the request that this answers; asking for an officer then takes up the same one.
        is_invited: the person is asked, below the card, how satisfying the answer was.
    """
    others = [_talk(letter, request)]
    if can_update:
        others.insert(0, postback(RECORD_LABEL, "stages", f"{RECORD_LABEL} {letter.number}", document=letter.id))
    footer = [button(_follow(letter, is_following), is_main=not is_following), links(others)]
    if request is None or not is_invited:
        return [card(letter_sentence(letter), letter_body(letter, now), footer)]
    footer.append(small(str(QUESTION), margin="md"))
    return [card(f"{letter_sentence(letter)} {QUESTION}", letter_body(letter, now), footer, choices(request))]


def last_known(letter: LetterView, now: datetime) -> list[Json]:
    """Show what is recorded of a letter while an officer looks whether it still holds.

    Args:
        letter: a letter that the person may see.
        now: decides which years are left out, nothing else.
    """
    body = [small(str(OUT_OF_DATE), max_lines=3), *letter_body(letter, now)]
    return [card(f"{OUT_OF_DATE} {letter_sentence(letter)}", body)]


def not_in_register(query: str) -> list[Json]:
    """Say that the register tells nothing of what was asked, in the same words whatever the reason."""
    asked = quoted(clip(one_line(query), SHOWN_QUERY))
    return [text(either(f"ไม่พบหนังสือ {asked} ในทะเบียน", f"Letter {asked} was not found in the register."))]


def letter_list(
    lines: Sequence[LetterLine],
    *,
    total: int,
    offset: int,
    query_kind: str,
    now: datetime,
    query: str | None = None,
) -> list[Json]:
    """Show letters that fit a question, at most ten at a time; a tap on one shows it.

    Args:
        lines: the letters from ``offset`` on; more than ten are left to the next page.
        total: how many there are altogether.
        offset: how many came before these.
        query_kind: comes back with ``more`` as ``kind``, beside ``offset`` and ``query``.
        now: decides which years are left out.
        query: what was searched for; where it is too long for a button, there is no way on and the card says so.
    """
    shown = list(lines[:LIST_ROWS])
    if not shown:
        return letter_not_found(query)
    reached = offset + len(shown)
    has_more = reached < total
    more = _more(query_kind, reached, query) if has_more else None
    title = either(f"พบ {decimal_text(total)} ฉบับ", f"{counted(total, 'letter')} found")
    part = either("ฉบับที่", "Letters")
    span = f"{part} {offset + 1}–{reached}{either(' ', '. ')}{CHOOSE}" if total > len(shown) else str(CHOOSE)
    if has_more and more is None:
        span = either(
            f"แสดง {reached} ฉบับแรก กรุณาค้นด้วยคำที่สั้นลงเพื่อดูฉบับอื่น",
            f"The first {reached} are shown; to see others, please search with fewer words",
        )
    body = [line(title, size="lg", bold=True), small(span)]
    for letter in shown:
        body += [rule("none") if letter is not shown[0] else rule("md"), letter_row(letter, now)]
    alt_text = f"{title}{either(' ', '. ')}{span}{either(' ได้แก่ ', ': ')}" + " / ".join(
        letter_sentence(letter) for letter in shown
    )
    others = _none_of_these(query_kind, query)
    footer = [row([button(action) for action in (others, more) if action])]
    return [card(alt_text, body, footer)]


def letter_not_found(query: str | None) -> list[Json]:
    """Say that there is nothing to show, in the same words whatever the reason."""
    asked = clip(one_line(query), SHOWN_QUERY) if query else ""
    what = f"{either('ไม่พบหนังสือ', 'No letter found for')} {quoted(asked)}" if asked else str(NOT_FOUND)
    advice = either(
        "กรุณาตรวจสอบเลขที่หรือชื่อเรื่อง แล้วพิมพ์ใหม่ หรือเลือกขอคุยกับเจ้าหน้าที่",
        f"Please check the number or the title and type it again, or choose {quoted(str(TALK_LABEL))}.",
    )
    data = {"query": asked} if asked and fits_postback("talk", query=asked) else {}
    return [text(f"{what}\n{advice}", [postback(TALK_LABEL, "talk", TALK_LABEL, **data)])]


def ask_for_number() -> list[Json]:
    """Ask which letter is meant."""
    words = either(
        f"ต้องการติดตามหนังสือฉบับใด กรุณาพิมพ์\nเลขที่หนังสือ เช่น {EXAMPLE_NUMBER}\nเลขรับ เช่น เลขรับ 4521\nหรือชื่อเรื่อง",
        f"Which letter would you like to track? Please type\nits number, such as {EXAMPLE_NUMBER},\n"
        "its receive number, such as Receive number 4521,\nor words of its title.",
    )
    return [text(words, [postback(TALK_LABEL, "talk", TALK_LABEL)])]


def _follow(letter: LetterView, is_following: bool) -> Json:
    if is_following:
        return postback(UNFOLLOW_LABEL, "unfollow", f"{UNFOLLOW_LABEL} {letter.number}", document=letter.id)
    return postback(FOLLOW_LABEL, "follow", f"{FOLLOW} {letter.number}", document=letter.id)


def _talk(letter: LetterView, request: int | None) -> Json:
    return postback(TALK_LABEL, "talk", TALK_LABEL, document=letter.id, answer=request)


def _none_of_these(kind: str, query: str | None) -> Json:
    fits = query and fits_postback("talk", kind=kind, query=query)
    asked = {"kind": kind, "query": query} if fits else {}
    return postback(NONE_OF_THESE, "talk", NONE_OF_THESE, **asked)


def _more(kind: str, offset: int, query: str | None) -> Json | None:
    if not fits_postback("more", kind=kind, offset=offset, query=query):
        return None
    return postback(MORE_LABEL, "more", MORE_LABEL, kind=kind, offset=offset, query=query)
