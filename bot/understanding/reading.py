"""Reads a line once: every slot that was said, and the signs from which the intent is judged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
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
from bot.understanding.periods import find_periods
from bot.understanding.phrases import CueIndex, PhraseIndex
from bot.understanding.registration import find_codes
from bot.understanding.stages import find_note, find_stages, last_stage
from bot.understanding.successors import find_successor
from bot.understanding.titles import find_title
from bot.understanding.tokens import Tokens, Words, function_words
from bot.understanding.types import Vocabulary

READ_CHARACTERS = 1_000
"""How much of a text is searched for slots and cues; a question is never longer. Quotes reach to its real end."""

LONGEST_HANDOVER = 300
"""In what follows nobody is looked for whom a shift goes to."""

LONGEST_WHOLE = 60
"""A text of more characters is never a mere yes, no or thank you."""

_Reader = Callable[[str], list[Mention]]
_MEASURES = ("step", "percent", "value", "numerator", "denominator")
_MONTH = re.compile(r"\d{4}-\d{2}")
_COMMAND_HEAD = re.compile(
    rf"^(?:[\s:,.\-–]|แจ้งผล(?:ว่า)?|ตอบกลับ(?:ว่า)?|ตอบ(?:ว่า)?|ว่า(?= )|ผล(?:คือ|:)|(?:answer|reply)\b|{BLANK})+",
    re.IGNORECASE,
)
_ACKNOWLEDGED = re.compile(rf"(?:รับทราบ|รับเรื่อง|ทราบ|แล้ว|เรียบร้อย|คำขอ|ขอ|acknowledged?|ack|{POLITE}|[\s.,:!{BLANK}-])++")
_ACKNOWLEDGES = re.compile(r"รับทราบ|รับเรื่อง|ทราบแล้ว|\back")
_NO_ANSWER = re.compile(rf"(?:ยัง)?ไม่ได้(?:รับ)?คำตอบ(?:เลย)?|(?:ขอ)?ถาม(?:ซ้ำ|ใหม่)|คำขอ|{POLITE}|[\s.,:!{BLANK}-]")
_WITHDRAWS = re.compile(r"ถอน(?:คำขอ|เรื่อง|คำถาม)|ยกเลิกคำขอ|\bwithdraw")
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
_ENGLISH_CUE = re.compile("[a-z' ]+")


@dataclass(frozen=True)
class Reading:
    """What one line held.

    Attributes:
        slots: every slot that was said, by the contract's names, for any intent to pick from.
        signs: names of the signs that ``intents.WEIGHTS`` weighs.
        follows_up, is_bare, language, kind, guessed, unread: as in ``Understanding``.
    """

    slots: dict[str, Any]
    signs: frozenset[str]
    follows_up: bool = False
    is_bare: bool = False
    language: str = ""
    kind: str = ""
    guessed: tuple[str, ...] = ()
    unread: int = 0


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
    slots = _slots(mentions, utterance, rest)
    told = list(_cues_anywhere(rest, tokens))
    signs = frozenset(_signs(slots, {name for name, _, _ in told}, utterance, rest, mentions))
    said = without_politeness(_FOLLOW_UP.sub(" ", rest))
    return Reading(
        slots,
        signs,
        guessed=tuple(sorted(_guessed(slots, mentions, rest, guesses))),
        unread=_unread(tokens, rest, told, vocabulary.words),
        follows_up=_FOLLOW_UP.search(rest) is not None,
        is_bare=bool(mentions) and not any(map(str.isalnum, said)),
        language=_language(rest),
        kind=_kind(utterance, signs, bool(mentions)),
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
    read_from = [(mention.kind, mention.start, mention.end) for mention in mentions]
    stage = last_stage(find_stages(rest))
    if stage:
        read_from.append(("stage", stage.start, stage.end))
    kinds = {kind for kind, start, end in read_from if any(start < last and first < end for first, last in guesses)}
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
    return "en" if _WORDS.search(rest) else ""


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
    named = _longest_first(named)
    codes = [each for each in named if each.kind == "indicator" and line[each.start : each.end].isdigit()]
    if kinds & _OF_LETTERS or len(codes) < sum(each.kind == "indicator" for each in named):
        return named
    if not _OF_FIGURES.search(line):
        return named
    units = [each for each in named if each.kind == "unit"]
    told = vocabulary.telling_words.find(line, tokens, units, plainly=_PLAINLY.search(line) is not None)
    return _without_overlap([*told, *(each for each in named if each not in codes)]) if told else named


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
    slots |= _stage_and_note(rest, utterance) | _score(rest, utterance.original) | _duty(utterance)
    return slots | (_answer(mentions, utterance) if "request" in slots else {})


def _is_sender(mention: Mention, rest: str) -> bool:
    """Whether a unit only says who is speaking (จาก สพส. นะคะ): another named in the same line is the one meant."""
    if mention.kind != "unit":
        return False
    return bool(_SENDER.search(rest, 0, mention.start)) and bool(_SENDS.match(rest, mention.end))


_SENDER = re.compile(r"(?:จาก|อยู่|เป็น|ของ) ?$")
_SENDS = re.compile(rf" ?(?:เอง)?{POLITE}+(?= )")


def _stage_and_note(rest: str, utterance: Utterance) -> dict[str, Any]:
    stage = last_stage(find_stages(rest))
    if stage is None:
        return {}
    note = find_note(rest, stage)
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
    behind = _COMMAND_HEAD.sub("", utterance.quote(number.end)).strip()
    text = behind or _COMMAND_HEAD.sub("", utterance.quote(0, number.start)).strip()
    return {"text": text} if any(map(str.isalnum, text)) else {}


def _signs(
    slots: dict[str, Any], told: set[str], utterance: Utterance, rest: str, mentions: list[Mention]
) -> Iterator[str]:
    signs = {*slots, *told, *_cues_alone(utterance.text[:READ_CHARACTERS])}
    if signs & {*_MEASURES}:
        signs.add("measure")
    if "unclear_period" in signs:
        signs.add("period")
    if slots.get("period") in ("day", "week", "month", "quarter", "year"):
        signs.add("recurring")
    if "request" in slots:
        signs |= _signs_of_request(signs, utterance, rest, mentions)
    yield from signs
    yield from (name for name, needed, against in COMBINED if needed <= signs and not against & signs)
    if "stage" in signs and signs & _ASKING:
        yield "asked"


_ASKING = frozenset({"asks", "asks_yet", "where", "status"})

COMBINED: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
    # sign, the signs it needs, the signs that forbid it
    ("told", frozenset({"stage", "done"}), _ASKING | {"track"}),
    ("document_told", frozenset({"stage", "document_number"}), _ASKING | {"track", "follow", "unfollow"}),
    ("document_told", frozenset({"stage", "receive_number"}), _ASKING | {"track", "follow", "unfollow"}),
    ("document_update", frozenset({"update", "document_number"}), frozenset({"status", "asks", "where"})),
    ("document_update", frozenset({"set_status", "document_number"}), frozenset({"asks", "where"})),
    ("notify_document", frozenset({"notify", "document_number"}), frozenset({"follow", "notify_on"})),
    ("notify_on_document", frozenset({"notify_on", "document_number"}), frozenset({"unfollow"})),
    ("indicator_measured", frozenset({"indicator", "measure"}), frozenset()),
    ("indicator_reported", frozenset({"indicator", "report"}), frozenset()),
    ("unit_results", frozenset({"unit", "results"}), frozenset()),
    ("report_recurring", frozenset({"report", "recurring"}), frozenset({"indicator", "measure"})),
)
"""Signs that several others make together; the rows of one name are alternatives."""

SIGNS: frozenset[str] = frozenset(
    {
        *(cues.ANYWHERE.keys() | cues.AT_START.keys() | cues.AT_END.keys() | cues.WHOLE.keys()),
        *(name for name, _, _ in COMBINED),
        *("document_number", "receive_number", "title", "date", "stage", "note", "score", "score_unclear", "code"),
        *("request", "text", "request_acknowledged", "request_asked", "request_told", "asked", "until", "name"),
        *("request_withdrawn", "request_no_answer"),
        *("indicator", "unit", "group", "period", "unclear_period", "recurring", "month", "measure", *_MEASURES),
    }
)
"""Everything that can be noticed, for the weights to be checked against."""


def _signs_of_request(signs: set[str], utterance: Utterance, rest: str, mentions: list[Mention]) -> set[str]:
    number = next(mention for mention in mentions if mention.kind == "request")
    if _WITHDRAWS.search(utterance.text, 0, number.end) or _WITHDRAWS.fullmatch(rest.strip(f" {BLANK}")):
        return {"request_withdrawn"}
    if "no_answer" in signs and not _NO_ANSWER.sub("", rest).strip():
        return {"request_no_answer"}
    only_acknowledged = _ACKNOWLEDGED.fullmatch(rest) is not None and _ACKNOWLEDGES.search(rest) is not None
    if only_acknowledged or _ACKNOWLEDGES.search(utterance.text, 0, number.start):
        return {"request_acknowledged"}
    if signs & {"where", "status", "asks_yet"} and "answer" not in signs:
        return {"request_asked"}
    return {"request_told"} if "text" in signs else set()


def _cues_anywhere(rest: str, tokens: Tokens) -> Iterator[tuple[str, int, int]]:
    """Yield the cues that stand anywhere in what no slot took, but none that is only part of another word."""
    tight, places = without_spaces(rest)
    for name, first, last in _THAI_CUES.find(tight):
        start, end = places[first], places[last - 1] + 1
        if not tokens.hides(start, end):
            yield name, start, end
    words = [*_WORDS.finditer(rest)]
    if words:
        places = [place for word in words for place in range(word.start() - 1, word.end())]
        for name, first, last in _ENGLISH_CUES.find(" " + " ".join(word[0] for word in words) + " "):
            yield name, places[first + 1], places[last - 2] + 1


def _cues_alone(line: str) -> Iterator[str]:
    said = without_politeness(line)
    tight = without_spaces(said)[0]
    parts = [without_politeness(part) for part in said.split()] if len(said) < LONGEST_WHOLE else []
    for name, words in _WHOLE:
        if said in words or tight in words or (parts and all(part in words for part in parts)):
            yield name
    for name, beginnings in _AT_START:
        if said.startswith(beginnings):
            yield name
    for name, endings in _AT_END:
        if tight.endswith(endings):
            yield name
    if line.strip() == "?":
        yield "all_help"


_WORDS = re.compile(r"[a-z']+")
_THAI_CUES = CueIndex(
    {name: [word for word in words if not _ENGLISH_CUE.fullmatch(word)] for name, words in cues.ANYWHERE.items()}
)
_ENGLISH_CUES = CueIndex(
    {name: [f" {word} " for word in words if _ENGLISH_CUE.fullmatch(word)] for name, words in cues.ANYWHERE.items()}
)
_AT_START = tuple((name, tuple(f"{word} " for word in words)) for name, words in cues.AT_START.items())
_AT_END = tuple(cues.AT_END.items())
_WHOLE = tuple((name, frozenset(words)) for name, words in cues.WHOLE.items())
