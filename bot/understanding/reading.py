"""Reads a line once: every slot that was said, and the signs from which the intent is judged."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from bot.understanding import cues
from bot.understanding.dates import find_dates
from bot.understanding.document_numbers import (
    find_likely_document_numbers,
    find_receive_numbers,
    find_request_numbers,
    find_sure_document_numbers,
)
from bot.understanding.hours import find_until
from bot.understanding.indicators import find_measures
from bot.understanding.mentions import BLANK, Mention, blank
from bot.understanding.near_misses import MOST_CHARACTERS
from bot.understanding.normalize import POLITE, Utterance, without_politeness, without_spaces
from bot.understanding.numerals import NUMBER, read_number
from bot.understanding.outlines import outline_of
from bot.understanding.periods import find_periods
from bot.understanding.phrases import PhraseIndex
from bot.understanding.registration import find_codes
from bot.understanding.signs import OF_WHAT_IS_SAID, cues_anywhere, notice, shapes_of
from bot.understanding.stages import find_note, find_stages, last_stage
from bot.understanding.successors import find_successor
from bot.understanding.titles import find_title
from bot.understanding.tokens import Tokens, Words, function_words
from bot.understanding.types import Vocabulary

READ_CHARACTERS = 1_000
"""How much of a text is searched for slots and cues; a question is never longer. Quotes reach to its real end."""

LONGEST_HANDOVER = 300
"""In what follows nobody is looked for whom a shift goes to."""

_Reader = Callable[[str], list[Mention]]
_LATIN = re.compile("[a-z]")
_MONTH = re.compile(r"\d{4}-\d{2}")
_COMMAND_HEAD = re.compile(
    r"^(?:[\s:,.\-–]|แจ้งผล(?:ว่า)?|ตอบกลับ(?:ว่า)?|ตอบ(?:ว่า)?(?!ไม่|ผิด|มา|คน)|ว่า(?= )|ผล(?:คือ|:)"
    rf"|(?:answer|reply)\b|{BLANK})+",
    re.IGNORECASE,
)
_OF_DUTY = re.compile(r"เวร|\b(?:duty|shift)\b")
_SCORE = re.compile(
    rf"(?:ให้(?:คะแนน)?|คะแนน|ประเมิน|\brate(?: it)?|\brating|\bscore) ?(?P<score>{NUMBER})"
    rf"|(?P<before>{NUMBER}) ?(?:คะแนน|ดาว(?!น์)|\bstars?|\bpoints?|เต็ม ?5|/ ?5$)"
    rf"|ดาว(?:เต็ม)? ?(?:(?P<stars>{NUMBER}) ?ดวง|(?P<one>เดียว))|ให้ ?เต็ม ?(?P<full>5)"
)
_FIVE_WORDS = r"(?P<word>มากที่สุด|น้อยที่สุด|ปานกลาง|มาก|น้อย)"
_SAID_SO = rf"(?=(?: |{POLITE}|ละกัน|แล้วกัน|ขอบคุณ)*(?:$| |ขอบคุณ))"
_RATED = re.compile(
    r"(?:(?:ใน)?ระดับ|(?:ความ)?(?:พึง)?พอใจ(?:ของผม|ของหนู|ต่อคำตอบ|ต่อบริการ|ในคำตอบ)?"
    rf"|(?:ประเมิน|ให้)(?:คะแนน)?(?:ให้)?|เลือก) ?:? ?{_FIVE_WORDS}{_SAID_SO}"
)
_RATED_FIRST = re.compile(rf"{_FIVE_WORDS}(?=(?:{POLITE}|ละกัน|แล้วกัน)+(?: |$))")
_STARS = "⭐★🌟"
_RATED_ALOUD = re.compile(
    r"(?P<negative>ไม่(?:ค่อย)?)?(?<!ความ)(?:พึง)?พอใจ(?P<degree>มากที่สุด|มาก|ปานกลาง|น้อยที่สุด|น้อย|เลย|ที่สุด)"
)
_DEGREES = {"มากที่สุด": 5, "มาก": 4, "ปานกลาง": 3, "น้อย": 2, "น้อยที่สุด": 1, "เลย": 4, "ที่สุด": 5}
MOST_STARS = 5
_RATING_WORDS = {word: score for score, words in cues.RATINGS.items() for word in words}


@dataclass(frozen=True)
class Reading:
    """What one line held.

    Attributes:
        slots: every slot that was said, by the contract's names, for any intent to pick from.
        signs: names of the signs that ``classifier`` weighs.
        follows_up, is_bare, language, kind, guessed, unread: as in ``Understanding``.
        outline: the sentence with one sign for every slot; see ``outlines``.
    """

    slots: dict[str, Any]
    signs: frozenset[str]
    follows_up: bool = False
    is_bare: bool = False
    language: str = ""
    kind: str = ""
    guessed: tuple[str, ...] = ()
    unread: int = 0
    outline: str = ""


def read(utterance: Utterance, vocabulary: Vocabulary, today: date | None) -> Reading:
    """Read the first ``READ_CHARACTERS`` of an utterance; each piece is read as one thing only, the surest first."""
    utterance, tokens, guesses, known = _without_slips(utterance, vocabulary)
    line = utterance.text[:READ_CHARACTERS]
    mentions: list[Mention] = []
    for reader in _readers(vocabulary.phrases, today):
        found = _without_overlap(reader(line))
        mentions += found
        line = blank(line, found)
    if known is None or any(BLANK in line[each.start : each.end] for each in known):
        known = vocabulary.phrases.find(line)
    names = _names(line, known, tokens, vocabulary, {mention.kind for mention in mentions})
    mentions += names
    line = blank(line, names)
    mentions += _numbers_and_measures(line, {mention.kind for mention in mentions})
    rest = blank(utterance.text[:READ_CHARACTERS], mentions)
    stage = last_stage(find_stages(rest))
    note = find_note(rest, stage) if stage else None
    slots = _slots(mentions, utterance, rest) | _stage_and_note(stage, note, utterance)
    told = list(cues_anywhere(rest, tokens))
    cues_told = {name for name, _, _ in told} | shapes_of(rest)
    if note:  # What is said of the reason is not said of the letter.
        cues_told -= OF_WHAT_IS_SAID - shapes_of(rest[: note[0]])
    signs = frozenset(notice(slots, cues_told, utterance, rest, mentions))
    said = without_politeness(_FOLLOW_UP.sub(" ", rest))
    return Reading(
        slots,
        signs,
        guessed=tuple(sorted(_guessed(slots, [*mentions, *([stage] if stage else [])], rest, guesses))),
        unread=_unread(tokens, rest, told, vocabulary.words),
        follows_up=_FOLLOW_UP.search(rest) is not None,
        is_bare=bool(mentions) and not any(map(str.isalnum, said)),
        language=_language(rest),
        kind=_kind(utterance, signs, bool(mentions)),
        outline=outline_of(utterance.text[:READ_CHARACTERS], mentions),
    )


def _without_slips(
    utterance: Utterance, vocabulary: Vocabulary
) -> tuple[Utterance, Tokens, list[tuple[int, int]], list[Mention] | None]:
    """Return the utterance with what was misspelt as it was meant, its words, where it differs, and the names in it.

    The names are None where they are to be looked for once more.
    """
    tokens = vocabulary.words.cut(utterance.text[:READ_CHARACTERS])
    line = tokens.line[:MOST_CHARACTERS]
    names = vocabulary.phrases.find(line)
    misses = vocabulary.near_misses.find(tokens, vocabulary.words.own, [*names, *find_sure_document_numbers(line)])
    if not misses:
        return utterance, tokens, [], names if len(line) == len(tokens.line) else None
    for miss in reversed(misses):
        utterance = utterance.respelt(miss.start, miss.end, miss.spelling)
    moved, places = 0, []
    for miss in misses:
        start = miss.start + moved
        places.append((start, start + len(miss.spelling)))
        moved += len(miss.spelling) - (miss.end - miss.start)
    return utterance, vocabulary.words.cut(utterance.text[:READ_CHARACTERS]), places, None


def _guessed(slots: dict[str, Any], mentions: list[Mention], rest: str, guesses: list[tuple[int, int]]) -> set[str]:
    """Return the names of slots that were read from a place where something else was typed."""
    if not guesses:
        return set()
    kinds = {
        mention.kind
        for mention in mentions
        if any(mention.start < last and first < mention.end for first, last in guesses)
    }
    if "score" in slots and any(rest[first:last].strip(BLANK) for first, last in guesses):
        kinds.add("score")
    return {_SLOT_OF.get(kind, kind) for kind in kinds} & slots.keys()


_SLOT_OF = {"date": "document_date"}


def _unread(tokens: Tokens, rest: str, told: Sequence[tuple[str, int, int]], words: Words) -> int:
    """Return how many words say something and yet were taken for no slot, cue or known word of the office."""
    explained = bytearray(len(rest))
    for _, start, end in told:
        explained[start:end] = b"1" * (end - start)
    return sum(
        rest[token.start] != BLANK
        and not explained[token.start]
        and len(token.text) > 1
        and token.text not in words.own
        and token.text not in function_words()
        for token in tokens
    )


_FOLLOW_UP = re.compile(
    r"^\s*(?:แล้ว|ส่วน|กับ|และ)(?=.{0,80}(?:ล่ะ|ละ|หล่ะ|อ่ะ|ล่า|หละ))"
    rf"|(?:ล่ะ|หล่ะ|หละ)(?={POLITE}*[\s.?]*$)|\b(?:what|how) about\b"
)


def _language(rest: str) -> str:
    if any("ก" <= character <= "๎" for character in rest):
        return "th"
    return "en" if _LATIN.search(rest) else ""


def _kind(utterance: Utterance, signs: frozenset[str], has_slots: bool) -> str:
    text = utterance.text
    if not text.strip():
        return "empty"
    if len(text) > READ_CHARACTERS:
        return "too_long"
    if not any(map(str.isalpha, text)):
        return "no_words"
    if not _language(text):
        return "other_language"
    if "elsewhere" in signs:
        return "elsewhere"
    return "slots_alone" if has_slots else "words"


def _readers(phrases: PhraseIndex, today: date | None) -> Sequence[_Reader]:
    return (
        find_request_numbers,
        find_codes,
        find_receive_numbers,
        find_sure_document_numbers,
        partial(_title, phrases=phrases),
        partial(find_dates, today=today),
        partial(find_periods, today=today),
    )


def _title(line: str, phrases: PhraseIndex) -> list[Mention]:
    """Return the title of a letter, unless it is an indicator of which a figure is told (เรื่องกันเงิน ได้ร้อยละ 2)."""
    found = find_title(line)
    if not found or not _PLAINLY.search(line) or _OF_A_LETTER.match(line, found[0].start):
        return found
    return [] if any(each.kind == "indicator" for each in phrases.find(line[found[0].start : found[0].end])) else found


_OF_A_LETTER = re.compile("ขอ|แจ้ง|เชิญ|รายงาน|ส่ง|การขอ")


def _names(line: str, named: list[Mention], tokens: Tokens, vocabulary: Vocabulary, kinds: set[str]) -> list[Mention]:
    """Return the units, groups and indicators named, an indicator perhaps by a part of its name alone.

    A name of many words goes before a code inside of it (ศึกษาแนวทางระบบ 1555 is not 1555).
    """
    named = _without_parts(_longest_first(named), line, vocabulary)
    codes = [each for each in named if each.kind == "indicator" and line[each.start : each.end].isdigit()]
    if kinds & _OF_LETTERS or len(codes) < sum(each.kind == "indicator" for each in named):
        return named
    if not _OF_FIGURES.search(line):
        return named
    units = [each for each in named if each.kind == "unit"]
    told = vocabulary.telling_words.find(line, tokens, units, plainly=_PLAINLY.search(line) is not None)
    return _without_overlap([*told, *(each for each in named if each not in codes)]) if told else named


def _without_parts(named: list[Mention], line: str, vocabulary: Vocabulary) -> list[Mention]:
    """Return names without a unit that is only a piece of the indicator's own name (ศูนย์ กทม. 1555)."""
    told = [name for each in named if each.kind == "indicator" for name in vocabulary.indicator_names[str(each.value)]]
    return [
        each
        for each in named
        if each.kind != "unit" or not any(without_spaces(line[each.start : each.end])[0] in name for name in told)
    ]


def _longest_first(named: list[Mention]) -> list[Mention]:
    """Return names with the longer before the shorter of two indicators said in one breath (เบิกจ่ายงบ|ชุมชนเข้มแข็ง)."""
    for at in range(len(named) - 1):
        one, other = named[at : at + 2]
        if (
            one.kind == other.kind == "indicator"
            and other.start - one.end <= 1
            and one.end - one.start < other.end - other.start
        ):
            named[at : at + 2] = [other, one]
    return named


_OF_LETTERS = frozenset({"document_number", "receive_number", "title", "code"})
_PLAINLY = re.compile(r"ตัวชี้วัด|ตชว|\bkpi|\bkr\b|ร้?อย ?ละ|%|เปอร|ขั้น(?:ตอน)?(?:ที่)? ?\d|\bstep \d|percent|indicator")
_OF_FIGURES = re.compile(
    r"\d|ร้?อย ?ละ|%|เปอร|ขั้น|กี่|เท่าไ|เท่าใด|ตัวชี้วัด|ตชว|\bkpi|\bkr\b|คืบหน้า|ก้าวหน้า|ผล|ถึง[ไใ]หน|สำเร็จ|เสร็จ"
    r"|percent|\bhow|progress|\bstep|report|result|indicator|target"
)


def _numbers_and_measures(line: str, kinds: set[str]) -> list[Mention]:
    if "indicator" in kinds or ("รายงาน" in line and "document_number" not in kinds):
        return find_measures(line)
    if kinds & {"document_number", "request"}:
        return []
    numbers = _without_overlap(find_likely_document_numbers(line))
    return numbers or [each for each in find_measures(line) if each.kind in ("step", "percent")]


def _without_overlap(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in mentions:
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return kept


def _slots(mentions: list[Mention], utterance: Utterance, rest: str) -> dict[str, Any]:
    slots: dict[str, Any] = {}
    for mention in sorted(mentions, key=lambda each: _is_sender(each, rest)):
        slots.setdefault(mention.kind, mention.value)
        if mention.kind == "title":
            slots["title"] = utterance.quote(mention.start, mention.end)
    if "date" in slots:
        slots["document_date"] = slots["date"]
    if _MONTH.fullmatch(str(slots.get("period", ""))):
        slots["month"] = slots["period"]
    slots |= _score(rest, utterance.original) | _duty(utterance)
    return slots | (_answer(mentions, utterance) if "request" in slots else {})


def _is_sender(mention: Mention, rest: str) -> bool:
    """Whether a unit only says who is speaking (จาก สพส. นะคะ): another named in the same line is the one meant."""
    if mention.kind != "unit":
        return False
    return bool(_SENDER.search(rest, 0, mention.start)) and bool(_SENDS.match(rest, mention.end))


_SENDER = re.compile(r"(?:จาก|อยู่|เป็น|ของ) ?$")
_SENDS = re.compile(rf" ?(?:เอง)?{POLITE}+(?= )")


def _stage_and_note(stage: Mention | None, note: tuple[int, int] | None, utterance: Utterance) -> dict[str, Any]:
    if stage is None:
        return {}
    quoted = utterance.quote(*note).strip(' ,-:()"“”') if note else ""
    return {"stage": stage.value} | ({"note": quoted} if quoted else {})


def _duty(utterance: Utterance) -> dict[str, str]:
    """Return until when a shift is to last, or to whom it goes, where duty is spoken of at all."""
    line = utterance.text[:READ_CHARACTERS]
    if not _OF_DUTY.search(line):
        return {}
    until, named = find_until(line), find_successor(line[:LONGEST_HANDOVER])
    name = utterance.quote(*named).strip() if named else ""
    return ({"until": until} if until else {}) | ({"name": name} if name else {})


def _score(rest: str, original: str) -> dict[str, int | float]:
    stars = sum(map(original.count, _STARS))
    if 1 <= stars <= MOST_STARS and not any(map(str.isalnum, without_politeness(rest))):
        return {"score": stars}
    aloud = _RATED_ALOUD.search(rest)
    if aloud:
        return {"score": _score_aloud(aloud)}
    said = without_politeness(rest)
    if said in _RATING_WORDS:
        return {"score": _RATING_WORDS[said]}
    rated = _RATED.search(rest) or _RATED_FIRST.match(said)
    if rated:
        return {"score": _DEGREES[rated["word"]]}
    match = _SCORE.search(rest)
    score = read_number(match["score"] or match["before"] or match["stars"] or match["full"] or "1") if match else 0
    if score in (1, 2, 3, 4, 5):
        return {"score": int(score)}
    return {"score_unclear": score} if match else {}


def _score_aloud(match: re.Match[str]) -> int:
    degree = _DEGREES[match["degree"]]
    if match["negative"]:
        return 1 if degree >= 4 else 2
    return degree


def _answer(mentions: list[Mention], utterance: Utterance) -> dict[str, Any]:
    """Return the words behind the request's number, else those before it, without the command's own."""
    number = next(mention for mention in mentions if mention.kind == "request")
    before = utterance.text[: number.start]
    behind = _COMMAND_HEAD.sub("", utterance.quote(number.end)).strip()
    if before.rstrip().endswith(("แจ้งผล", "ตอบ", "คำขอ")):
        behind = behind.removeprefix("ว่า").strip()
    text = behind or _COMMAND_HEAD.sub("", utterance.quote(0, number.start)).strip()
    return {"text": text} if any(map(str.isalnum, text)) else {}
