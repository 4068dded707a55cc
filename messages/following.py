"""Following a letter: hearing when it moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from messages.actions import postback, say
from messages.language import counted, either, in_thai
from messages.letters import letter_body, letter_row, letter_sentence
from messages.limits import Json
from messages.parts import card, line, links, rule, small, text
from messages.thai import decimal_text, quoted
from messages.tracking import CHOOSE, LIST_ROWS
from messages.words import EXAMPLE_NUMBER, FOLLOW, FOLLOW_LABEL, FOLLOWED_LABEL, TALK_LABEL, UNFOLLOW_LABEL
from models.documents import LetterLine, LetterView


def followed_tap() -> Json:
    """The tap that lists what the person follows."""
    return postback(FOLLOWED_LABEL, "followed", FOLLOWED_LABEL)


def following_started(number: str) -> list[Json]:
    """The person hears of this letter from now on."""
    words = either(
        f"ติดตาม {number} แล้ว เมื่อสถานะเปลี่ยน จะแจ้งให้ทราบทางนี้",
        f"You now follow {number}. You will be told here when its status changes.",
    )
    return [text(words, [followed_tap(), say(UNFOLLOW_LABEL, f"{UNFOLLOW_LABEL} {number}")])]


def following_ended(number: str) -> list[Json]:
    """The person hears no more of this letter."""
    words = either(
        f"เลิกติดตาม {number} แล้ว จะไม่แจ้งเมื่อสถานะเปลี่ยน",
        f"You no longer follow {number} and will not be told when its status changes.",
    )
    return [text(words, [say(FOLLOW_LABEL, f"{FOLLOW} {number}")])]


def not_following(number: str) -> list[Json]:
    """The person wanted to end what was not begun."""
    words = either(
        f"ท่านไม่ได้ติดตาม {number} อยู่ หากต้องการให้แจ้งเมื่อสถานะเปลี่ยน เลือกติดตามต่อ",
        f"You do not follow {number}. To be told when its status changes, choose {quoted(str(FOLLOW))}.",
    )
    return [text(words, [say(FOLLOW_LABEL, f"{FOLLOW} {number}")])]


@in_thai
def stage_changed(letter: LetterView, now: datetime) -> list[Json]:
    """Tell followers that a letter moved; the same for all of them, so that one multicast serves them."""
    talk = postback(TALK_LABEL, "talk", TALK_LABEL, document=letter.id)
    stop = postback(UNFOLLOW_LABEL, "unfollow", f"{UNFOLLOW_LABEL} {letter.number}", document=letter.id)
    alt_text = f"แจ้งความคืบหน้า {letter_sentence(letter)}"
    return [card(alt_text, letter_body(letter, now), [links([stop, talk])])]


def followed_list(lines: Sequence[LetterLine], now: datetime) -> list[Json]:
    """Show the letters the person follows, the first ten of them; a tap on one shows it."""
    if not lines:
        words = either(
            f"ยังไม่มีหนังสือที่ติดตาม ถามหาหนังสือ เช่น {EXAMPLE_NUMBER} แล้วเลือกติดตามต่อ",
            f"You follow no letters yet. Ask for one, such as {EXAMPLE_NUMBER}, and choose {quoted(str(FOLLOW))}.",
        )
        return [text(words)]
    shown = lines[:LIST_ROWS]
    title = either(f"ติดตามอยู่ {decimal_text(len(lines))} ฉบับ", f"You follow {counted(len(lines), 'letter')}")
    body = [line(title, size="lg", bold=True), small(_span(len(shown), len(lines)))]
    for letter in shown:
        body += [rule("md" if letter is shown[0] else "none"), letter_row(letter, now)]
    alt_text = f"{title}{either(' ได้แก่ ', ': ')}" + " / ".join(letter_sentence(letter) for letter in shown)
    return [card(alt_text, body)]


def _span(shown: int, total: int) -> str:
    first = either(f"แสดง {shown} ฉบับแรก", f"The first {shown} are shown.")
    return str(CHOOSE) if shown == total else f"{first} {CHOOSE}"
