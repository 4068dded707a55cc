"""What a text means after what was said before it: ``แล้วเขตบางรักล่ะ``, a number that was asked for, ``เซ็นหรือยัง``.

Pure rules on the understanding of the text alone and the topic that is remembered of the person. Three ways lead on,
tried in this order; a text that is plainly about something else takes none of them.

* answered: the person was asked for a slot (``waits_for``) and says it, and nothing else;
* followed up: another letter, unit, group or period of the same question;
* completed: a question or an order that does not say of which letter or indicator.

An order is never made out of words that give none: what would change something is then offered, not done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Protocol

from bot.understanding import SLOTS
from bot.understanding.certainty import WORTH_ASKING, Certainty, certainty_of
from bot.understanding.intents import UNKNOWN
from bot.understanding.normalize import normalize, without_politeness
from bot.understanding.types import Meaning, Understanding

ASIDE = frozenset({"greet", "thanks", "help", "confirm", "decline", "cancel", "rate", "register", UNKNOWN})
"""Intents that are said in passing: they neither begin a topic nor end one."""

OF_LETTERS = frozenset({"track_document", "follow_document", "unfollow_document", "update_document"})
NAMES_A_LETTER = ("document_number", "receive_number", "title", "document_date")
"""Slots of understanding that tell which letter is meant."""
RUNNING_NUMBER = "running_number"
"""Half a document number, ``1335`` or ``ว 223``, said where one was asked for."""
WORDS = "words"
"""Free words said where a letter was asked for; they may be of its title."""
LETTER_SLOTS = ("document", *NAMES_A_LETTER, RUNNING_NUMBER, WORDS)
"""All slots that tell which letter a topic is about; ``document`` is the id of one that was found."""

MOST_WORDS = 120
"""Free words beyond this are no title that anybody types."""


class Matter(Protocol):
    """What a person speaks about, as it is remembered; see ``models.conversations.Topic``."""

    @property
    def intent(self) -> str:
        """What was wanted."""

    @property
    def slots(self) -> Mapping[str, Any]:
        """What was said of it."""

    @property
    def waits_for(self) -> str | None:
        """The slot the person was asked for."""


def leans_on_conversation(heard: Understanding) -> bool:
    """Whether what was said before may change what this text means; where not, it need not be looked up."""
    if certainty_of(heard) is not Certainty.SURE:
        return True
    if heard.intent in ASIDE:
        return False
    if heard.follows_up or heard.is_bare or "title" in heard.slots:
        return True
    if heard.intent == "who_has_not_reported" and "indicator" not in heard.slots:
        return True
    return missing_slot(heard.intent, heard.slots) is not None


def missing_slot(intent: str, slots: Mapping[str, Any]) -> str | None:
    """Return the slot without which an intent cannot be carried out; None where nothing is missing."""
    if intent in OF_LETTERS:
        return None if _names_a_letter(slots) or "request" in slots else "document_number"
    if intent in _OF_INDICATORS:
        return None if "indicator" in slots else "indicator"
    return None


def begins_topic(understanding: Understanding) -> bool:
    """Whether a text that was acted on is a matter of its own, which ends the one before it."""
    if understanding.intent == "acknowledge_request":
        return "request" in understanding.slots  # a plain รับทราบ is politeness as often as a deed
    return understanding.intent not in ASIDE


def in_conversation(heard: Understanding, topic: Matter | None, text: str) -> Understanding:
    """Return what a text means after a topic; the same value where the topic adds nothing.

    Args:
        heard: what the text means by itself.
        topic: what the person speaks about; None where nothing is remembered.
        text: as typed.
    """
    if topic is None or not leans_on_conversation(heard):
        return heard
    said = without_politeness(normalize(text).text)
    return (
        _answered(heard, topic, text, said)
        or _followed_up(heard, topic, said)
        or _completed(heard, topic, said)
        or heard
    )


# --- answered -------------------------------------------------------------------------------------------------------


def _answered(heard: Understanding, topic: Matter, text: str, said: str) -> Understanding | None:
    if topic.waits_for is None or topic.waits_for not in SLOTS.get(topic.intent, ()):
        return None
    is_sure = certainty_of(heard) is Certainty.SURE
    if is_sure and heard.intent != topic.intent and not (heard.is_bare or _only_names(heard, said)):
        return None  # another matter
    if topic.waits_for == "document_number":
        return _told_letter(heard, topic, text, said)
    return _with(topic.intent, topic.slots, heard.said) if topic.waits_for in heard.said else None


def _told_letter(heard: Understanding, topic: Matter, text: str, said: str) -> Understanding | None:
    named = _picked(heard.said, NAMES_A_LETTER) or _half_a_number(said)
    if named:
        return _with_letter(topic, named, heard.said)
    if certainty_of(heard) is Certainty.SURE:
        return None
    if _KNOWS_NOT.search(said):
        return _sure(topic.intent, topic.slots)
    return _with_letter(topic, {WORDS: text.strip()}, heard.said) if _may_be_a_title(heard, said) else None


def _with_letter(topic: Matter, named: Mapping[str, Any], said: Mapping[str, Any]) -> Understanding:
    others = {name: value for name, value in topic.slots.items() if name not in LETTER_SLOTS}
    return _sure(topic.intent, others | _picked(said, ("stage", "note"), of=topic.intent) | dict(named))


def _half_a_number(said: str) -> dict[str, str]:
    found = _HALF_A_NUMBER.fullmatch(said)
    return {RUNNING_NUMBER: f"ว {found['running']}" if found["circular"] else found["running"]} if found else {}


def _only_names(heard: Understanding, said: str) -> bool:
    """Whether a text does no more than say which letter: by half a number, or by a title with no question about it."""
    if _half_a_number(said):
        return True
    return heard.intent == "track_document" and "title" in heard.said and not _ASKS.search(said)


def _may_be_a_title(heard: Understanding, said: str) -> bool:
    if heard.kind in ("elsewhere", "too_long", "empty", "no_words") or heard.follows_up or heard.is_bare:
        return False
    return len(said) <= MOST_WORDS and sum(map(str.isalpha, said)) >= _LEAST_LETTERS and not _ASKS.search(said)


# --- followed up ----------------------------------------------------------------------------------------------------


def _followed_up(heard: Understanding, topic: Matter, said: str) -> Understanding | None:
    is_sure = certainty_of(heard) is Certainty.SURE
    if not heard.follows_up and (is_sure or not heard.is_bare):
        return None
    if topic.intent in OF_LETTERS:
        return _another_letter(heard, topic, said) if heard.follows_up else None
    intent = _asked_by_follow_up(topic.intent, heard.said)
    if is_sure and heard.intent != intent and not (topic.intent in _OF_REPORTS and _only_names_figures(heard)):
        return None
    if not _picked(heard.said, _TURNS, of=intent):
        return None
    asked = _with(intent, topic.slots, heard.said)
    if topic.intent != "report_progress" or heard.follows_up:
        return asked
    return _offered((topic.intent, _merged(topic.intent, topic.slots, heard.said)), (intent, asked.slots))


def _asked_by_follow_up(intent: str, said: Mapping[str, Any]) -> str:
    """What a follow-up asks after an intent: the same again, or the result of what that intent cannot be asked of."""
    return "query_indicator" if said.keys() & _RESULT_OF.get(intent, frozenset()) else intent


def _only_names_figures(heard: Understanding) -> bool:
    """Whether a text names an indicator and says nothing else (แล้ว 8308 ล่ะ); alone that asks for its result."""
    return heard.follows_up and heard.is_bare and heard.intent == "query_indicator"


def _another_letter(heard: Understanding, topic: Matter, said: str) -> Understanding | None:
    half = _half_a_number(_FOLLOW_UP_WORDS.sub("", said).strip())
    is_another_matter = heard.intent not in ("track_document", UNKNOWN) and certainty_of(heard) is Certainty.SURE
    named = _picked(heard.said, NAMES_A_LETTER) or half
    if not named or (is_another_matter and not half):
        return None
    if "title" in named:
        named["title"] = _FOLLOW_UP_WORDS.sub("", named["title"]).strip()
    if topic.intent in ("follow_document", "unfollow_document"):
        return _offered((topic.intent, named), ("track_document", named))
    return _sure("track_document", named)


# --- completed ------------------------------------------------------------------------------------------------------


def _completed(heard: Understanding, topic: Matter, said: str) -> Understanding | None:
    letter = _picked(topic.slots, LETTER_SLOTS)
    if _names_a_letter(letter) and not _picked(heard.said, (*NAMES_A_LETTER, *_TURNS)):
        return _about_letter(heard, letter)
    if topic.intent in _OF_INDICATORS | _OF_REPORTS and "indicator" in topic.slots:
        return _about_indicator(heard, topic, said)
    return None


def _about_letter(heard: Understanding, letter: Mapping[str, Any]) -> Understanding | None:
    if heard.intent == "track_document" and missing_slot(heard.intent, heard.slots):
        return _sure("track_document", letter)
    if heard.intent in OF_LETTERS:
        return replace(heard, slots=_filled(heard, letter), others=_others_about(heard, letter))
    if heard.intent != UNKNOWN or heard.is_bare:
        return None
    likely = [other for other in heard.others if other.confidence >= WORTH_ASKING]
    if not any(other.intent in OF_LETTERS for other in likely):
        return None
    if likely[0].intent == "track_document":
        return _sure("track_document", letter)
    return replace(heard, others=_others_about(heard, letter))


def _filled(meaning: Understanding | Meaning, letter: Mapping[str, Any]) -> Mapping[str, Any]:
    return meaning.slots if missing_slot(meaning.intent, meaning.slots) is None else {**meaning.slots, **letter}


def _others_about(heard: Understanding, letter: Mapping[str, Any]) -> tuple[Meaning, ...]:
    return tuple(
        replace(other, slots=_filled(other, letter)) if other.intent in OF_LETTERS else other for other in heard.others
    )


def _about_indicator(heard: Understanding, topic: Matter, said: str) -> Understanding | None:
    if heard.intent in _OF_INDICATORS:
        if "indicator" in heard.slots or not heard.slots:
            return None
        return replace(heard, slots=_merged(heard.intent, topic.slots, heard.said))
    if heard.intent == "who_has_not_reported":
        return None if "indicator" in heard.slots else _with(heard.intent, topic.slots, heard.said)
    likely = {other.intent for other in heard.others if other.confidence >= WORTH_ASKING}
    is_open = heard.intent == UNKNOWN and "query_indicator" in likely
    is_open = is_open or (heard.intent == "track_document" and not _SPEAKS_OF_LETTERS.search(said))
    return _with("query_indicator", topic.slots, {}) if is_open and not heard.said else None


# --- parts ----------------------------------------------------------------------------------------------------------


def _with(intent: str, slots: Mapping[str, Any], said: Mapping[str, Any]) -> Understanding:
    return _sure(intent, _merged(intent, slots, said))


def _merged(intent: str, slots: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """The old slots with what was said now; a unit takes the place of a group, and the other way round."""
    new = _picked(said, SLOTS.get(intent, ()))
    replaced = {other for name, other in _EITHER if name in new and other not in new}
    kept = {name: value for name, value in slots.items() if name in SLOTS.get(intent, ()) and name not in replaced}
    return kept | new


def _sure(intent: str, slots: Mapping[str, Any]) -> Understanding:
    return Understanding(intent, dict(slots), 1.0, said=dict(slots))


def _offered(*meanings: tuple[str, Mapping[str, Any]]) -> Understanding:
    """Nothing sure, and these to choose from."""
    others = tuple(Meaning(intent, dict(slots), 1.0 / len(meanings)) for intent, slots in meanings)
    return Understanding(UNKNOWN, {}, 0.0, others=others, kind="slots_alone")


def _picked(slots: Mapping[str, Any], names: Iterable[str], of: str | None = None) -> dict[str, Any]:
    allowed = names if of is None else [name for name in names if name in SLOTS.get(of, ())]
    return {name: slots[name] for name in allowed if name in slots}


def _names_a_letter(slots: Mapping[str, Any]) -> bool:
    """A date alone does not tell which letter is meant."""
    return any(name in slots for name in LETTER_SLOTS if name != "document_date")


_OF_INDICATORS = frozenset({"query_indicator", "report_progress"})
_TURNS = ("unit", "group", "period", "indicator")
"""What a follow-up may say anew of figures."""
_EITHER = (("unit", "group"), ("group", "unit"))
_OF_REPORTS = frozenset({"review_reports", "who_has_not_reported", "my_indicators"})
"""Intents about who reports what; they may be asked of all indicators at once, so that none is missing."""
_RESULT_OF: Mapping[str, frozenset[str]] = {
    "report_progress": frozenset(_TURNS),  # a follow-up asks; it does not report
    "review_reports": frozenset({"group"}),
    "who_has_not_reported": frozenset({"unit"}),
    "my_indicators": frozenset({"unit", "group", "indicator"}),
}
"""By intent the slots of a follow-up that ask for results: แล้วบางรักล่ะ after who has not reported."""
_LEAST_LETTERS = 4
_ASKS = re.compile(
    r"ไหน|ยัง|ไหม|มั้ย|หรือ|สถานะ|คืบหน้า|อย่างไร|เมื่อไ|อะไร|ใคร|ทำไม|เท่าไ|กี่|ไง|บ้าง|\?|\b(?:what|where|when|who|why|how|status|is|has|did)\b"
)
_SPEAKS_OF_LETTERS = re.compile(r"หนังสือ|เอกสาร|เรื่อง|แฟ้ม|เลข|\b(?:letter|document|doc|memo|file)")
_KNOWS_NOT = re.compile(
    r"ไม่(?:ทราบ|รู้|มี|แน่ใจ)(?:เลข|ว่า|$|[ ])|จำ(?:เลข)?(?:ที่)?ไม่ได้|\bdo(?: not|n't) (?:know|have|remember)"
)
_HALF_A_NUMBER = re.compile(
    r"(?:(?:หนังสือ|เลขที่|เลข|ที่|คือ|ของ|ฉบับ|number|no\.?|letter) ?)*"
    r"(?P<circular>\(?ว\)?\.? ?)?(?P<running>[0-9]{1,7})"
)
_FOLLOW_UP_WORDS = re.compile(r"^(?:แล้ว|ส่วน|กับ|และ|(?:what|how) about) ?| ?(?:ล่ะ|หล่ะ|ละ|หละ)[ ?]*$|\?$")
