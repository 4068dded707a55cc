"""Signs: what is noticed in a line, for ``intents`` to weigh: cues that were said, and what several make together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.understanding import cues, shapes
from bot.understanding.mentions import BLANK, Mention
from bot.understanding.normalize import POLITE, Utterance, without_politeness, without_spaces
from bot.understanding.phrases import CueIndex
from bot.understanding.tokens import Tokens

OF_WHAT_IS_SAID = frozenset({"denied", "hearsay", "to_come", "wished", "or"})
"""Shapes that say of something that it is not so, or only wished; they do not reach beyond it."""

LONGEST_WHOLE = 60
"""A text of more characters is never a mere yes, no or thank you."""

_MEASURES = ("step", "percent", "value", "numerator", "denominator")
_ACKNOWLEDGED = re.compile(rf"(?:รับทราบ|รับเรื่อง|ทราบ|แล้ว|เรียบร้อย|คำขอ|ขอ|acknowledged?|ack|{POLITE}|[\s.,:!{BLANK}-])++")
_ACKNOWLEDGES = re.compile(r"รับทราบ|รับเรื่อง|ทราบแล้ว|\back")
_NO_ANSWER = re.compile(rf"(?:ยัง)?ไม่ได้(?:รับ)?คำตอบ(?:เลย)?|(?:ขอ)?ถาม(?:ซ้ำ|ใหม่)|คำขอ|{POLITE}|[\s.,:!{BLANK}-]")
_WITHDRAWS = re.compile(
    r"ถอน(?:คำขอ|เรื่อง|คำถาม)|ยกเลิก(?:คำขอ|คำถาม)|ไม่ต้องตอบ|ไม่(?:ต้อง)?(?:ถาม|หา|ตาม)แล้ว"
    r"|\b(?:withdraw|cancel (?:my )?request)"
)
_COMPLAINS = re.compile(
    "ตอบไม่(?:ตรง|ครบ|ถูก)|คำตอบ(?:ไม่ตรง|ผิด)|ไม่ตรง(?:คำถาม|กับที่ถาม)|คนละเรื่องกับที่ถาม|ตอบผิด|not what i asked|wrong answer"
)
"""What is said of an answer only by who got it."""
_WITHDRAWS_ALONE = re.compile(rf"ขอถอน|ถอนเรื่อง|ถอนคำ(?:ขอ|ถาม)|^[\s{BLANK}]*ถอน|\bwithdraw")
_CUES_OF_NO_ANSWER = re.compile("|".join(map(re.escape, cues.ANYWHERE["no_answer"])))
_ENGLISH_CUE = re.compile("[a-z' ]+")
_WORDS = re.compile(r"[a-z']+")


def notice(
    slots: Mapping[str, Any], told: set[str], utterance: Utterance, rest: str, mentions: Sequence[Mention]
) -> Iterator[str]:
    """Yield every sign of a line.

    Args:
        slots: what was said, by the contract's names.
        told: names of the cues in it (``cues_anywhere``, ``shapes_of``).
        utterance: the whole of it.
        rest: the line that was read, without what the slot readers took.
        mentions: what they took.
    """
    signs = {*slots, *told, *_cues_alone(utterance.text[: len(rest)])}
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
_NOT_TOLD = _ASKING | {"track", "follow", "unfollow", "if", "when_told"}
_NOT_A_LIST = frozenset(
    {"document_number", "request", "duty", "unfollow", "withdraw", "status", "what_became", "where"}
)

_OF_A_LETTER = frozenset({"document_number", "receive_number", "title", "request"})

COMBINED: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
    # sign, the signs it needs, the signs that forbid it
    ("told", frozenset({"stage", "done"}), _ASKING | {"track", "if", "when_told"}),
    ("document_told", frozenset({"stage", "document_number"}), _NOT_TOLD),
    ("document_told", frozenset({"stage", "receive_number"}), _NOT_TOLD),
    ("document_update", frozenset({"update", "document_number"}), frozenset({"status", "asks", "where"})),
    ("document_update", frozenset({"set_status", "document_number"}), frozenset({"asks", "where", "tell_me"})),
    ("unclear_told", frozenset({"stage", "hearsay"}), frozenset()),
    ("unclear_told", frozenset({"stage", "to_come"}), frozenset()),
    ("follow_if", frozenset({"if", "tell_me"}), frozenset({"unfollow", "notify_off"})),
    ("follow_if", frozenset({"if", "notify"}), frozenset({"unfollow", "notify_off"})),
    ("follow_if", frozenset({"when_told"}), frozenset({"unfollow"})),
    ("notify_document", frozenset({"notify_off", "document_number"}), frozenset({"follow"})),
    ("notify_document", frozenset({"notify", "document_number"}), frozenset({"follow", "notify_on", "tell_me", "if"})),
    ("notify_on_document", frozenset({"notify_on", "document_number"}), frozenset({"unfollow"})),
    ("notify_on_document", frozenset({"notify", "tell_me", "document_number"}), frozenset({"unfollow", "notify_off"})),
    ("asked_became", frozenset({"asked_before", "what_became"}), frozenset({"document_number", "indicator"})),
    ("asked_became", frozenset({"asked_before", "status"}), frozenset({"document_number", "indicator"})),
    ("asked_became", frozenset({"asked_before", "where"}), frozenset({"document_number", "indicator"})),
    ("list_mine", frozenset({"asked_before", "listing"}), _NOT_A_LIST),
    ("letter_late", frozenset({"behind", "letter"}), frozenset({"indicator_word", "indicator", "unit"})),
    ("letter_late", frozenset({"slow", "letter"}), frozenset({"indicator_word", "indicator"})),
    ("slow_plan", frozenset({"slow", "indicator_word"}), frozenset({"letter", "document_number"})),
    ("slow_plan", frozenset({"slow", "which_unit"}), frozenset({"letter", "document_number"})),
    ("slow_plan", frozenset({"slow", "plan"}), frozenset({"letter", "document_number"})),
    ("slow_plan", frozenset({"slow", "unit"}), frozenset({"letter", "document_number"})),
    ("slow_plan", frozenset({"slow", "indicator"}), frozenset({"letter", "document_number"})),
    ("denied_alone", frozenset({"denied"}), frozenset({"document_number", "receive_number", "title", "request"})),
    ("duty_until", frozenset({"duty_word", "until"}), _ASKING | {"start_duty", "end_duty", "who_on_duty"}),
    ("duty_asked", frozenset({"duty_word", "asks"}), frozenset({"duty", "hand_over_duty"})),
    ("indicator_measured", frozenset({"indicator", "measure"}), frozenset()),
    ("indicator_reported", frozenset({"indicator", "report"}), frozenset()),
    ("indicator_sent", frozenset({"indicator", "sends_results"}), frozenset()),
    ("indicator_sent", frozenset({"indicator_word", "sends_results"}), frozenset({"service"})),
    ("indicator_achieved", frozenset({"indicator", "achieved"}), _ASKING | {"amount"}),
    ("reported_measure", frozenset({"report", "measure"}), frozenset({"document_number", "request"})),
    ("reported_measure", frozenset({"indicator_word", "measure"}), frozenset({"document_number", "request"})),
    ("shows_report", frozenset({"asks_for_report"}), frozenset({"measure", "sends_results"})),
    ("unit_results", frozenset({"unit", "results"}), frozenset({"sends_results"})),
    ("report_recurring", frozenset({"report", "recurring"}), frozenset({"indicator", "measure"})),
    (
        "report_recurring",
        frozenset({"report", "period"}),
        frozenset({"indicator", "measure", "indicator_word", "unit"}),
    ),
    ("who_not_reported", frozenset({"not_reported", "whose_report"}), _OF_A_LETTER | {"duty", "behind"}),
    ("indicator_not_reported", frozenset({"not_reported", "indicator", "asks"}), _OF_A_LETTER | {"unit"}),
    ("reports_to_approve", frozenset({"approval", "report"}), _OF_A_LETTER),
    ("reports_to_approve", frozenset({"approval", "indicator"}), _OF_A_LETTER),
    ("reports_to_approve", frozenset({"approval", "indicator_word"}), _OF_A_LETTER),
    ("reports_to_approve", frozenset({"approval", "listing"}), _OF_A_LETTER | {"letter"}),
    ("asks_figure", frozenset({"indicator", "amount"}), frozenset()),
    ("asks_figure", frozenset({"indicator", "asks_yet"}), frozenset()),
    ("asks_figure", frozenset({"indicator", "where"}), frozenset()),
)
"""Signs that several others make together; the rows of one name are alternatives."""

SIGNS: frozenset[str] = frozenset(
    {
        *(cues.ANYWHERE.keys() | cues.AT_START.keys() | cues.AT_END.keys() | cues.WHOLE.keys()),
        *(shapes.THAI.keys() | shapes.ENGLISH.keys()),
        *(name for name, _, _ in COMBINED),
        *(
            "document_number",
            "receive_number",
            "title",
            "date",
            "document_date",
            "no_date",
            "stage",
            "note",
            "score",
            "score_unclear",
            "code",
        ),
        *("request", "text", "request_acknowledged", "request_asked", "request_told", "asked", "until", "name"),
        *("request_withdrawn", "request_no_answer", "request_first"),
        *("indicator", "unit", "group", "period", "unclear_period", "recurring", "month", "measure", *_MEASURES),
    }
)
"""Everything that can be noticed, for the weights to be checked against."""


def _signs_of_request(signs: set[str], utterance: Utterance, rest: str, mentions: Sequence[Mention]) -> set[str]:
    number = next(mention for mention in mentions if mention.kind == "request")
    if _WITHDRAWS.search(utterance.text, 0, number.end) or _WITHDRAWS_ALONE.search(rest):
        return {"request_withdrawn"}
    if _is_reopened(signs, utterance, rest, number):
        return {"request_no_answer"}
    only_acknowledged = _ACKNOWLEDGED.fullmatch(rest) is not None and _ACKNOWLEDGES.search(rest) is not None
    if only_acknowledged or _ACKNOWLEDGES.search(utterance.text, 0, number.start):
        return {"request_acknowledged"}
    if signs & {"where", "status", "asks_yet", "what_became"} and not signs & {"answer", "if"}:
        return {"request_asked"}
    if "asked_before" in signs and signs & {"asks", "where"}:
        return {"request_asked"}
    told = {"request_told"} if "text" in signs else set()
    return told | ({"request_first"} if told and not utterance.text[: number.start].strip() else set())


def _is_reopened(signs: set[str], utterance: Utterance, rest: str, number: Mention) -> bool:
    """Whether the request is to be asked again: so it was said before its number, of คำขอ, or nothing else was said."""
    if "ask_again" in signs or _COMPLAINS.search(rest):
        return True
    before = without_spaces(rest[: number.start])[0]
    said_before = _CUES_OF_NO_ANSWER.search(before) is not None or "คำตอบ" in before
    named = not utterance.text.startswith("#", number.start)
    return "no_answer" in signs and (said_before or named or not _NO_ANSWER.sub("", rest).strip())


def cues_anywhere(rest: str, tokens: Tokens) -> Iterator[tuple[str, int, int]]:
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


def shapes_of(rest: str) -> set[str]:
    """Return the names of the shapes that a sentence has."""
    tight = without_spaces(rest)[0]
    english = " ".join(_WORDS.findall(rest))
    found = {name for name, pattern in _SHAPES if pattern.search(tight)}
    return found | {name for name, pattern in _ENGLISH_SHAPES if english and pattern.search(english)}


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


_THAI_CUES = CueIndex(
    {name: [word for word in words if not _ENGLISH_CUE.fullmatch(word)] for name, words in cues.ANYWHERE.items()}
)
_ENGLISH_CUES = CueIndex(
    {name: [f" {word} " for word in words if _ENGLISH_CUE.fullmatch(word)] for name, words in cues.ANYWHERE.items()}
)
_SHAPES = tuple((name, re.compile(pattern)) for name, pattern in shapes.THAI.items())
_ENGLISH_SHAPES = tuple((name, re.compile(pattern)) for name, pattern in shapes.ENGLISH.items())
_AT_START = tuple((name, tuple(f"{word} " for word in words)) for name, words in cues.AT_START.items())
_AT_END = tuple(cues.AT_END.items())
_WHOLE = tuple((name, frozenset(words)) for name, words in cues.WHOLE.items())
