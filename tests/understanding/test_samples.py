"""The samples are read as well as they ever were, and there is one for everything a person may want."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.understanding import INTENTS, SLOTS, understand
from tests.understanding.score import held_out_files, read_samples, score, shipped_words, training_files

FLOORS = {
    # file: intent right, intent and every slot right
    "samples.jsonl": (0.995, 0.985),
    "officers.jsonl": (0.995, 0.99),
    "coordinators.jsonl": (0.995, 0.99),
    "voices.jsonl": (0.985, 0.975),
    "secretariat.jsonl": (0.985, 0.975),
    "figures.jsonl": (0.99, 0.98),
    "busy_month.jsonl": (0.99, 0.985),
    "every_way.jsonl": (0.985, 0.975),
    "asking.jsonl": (0.985, 0.975),
    "everyday.jsonl": (0.99, 0.985),
    "reporting.jsonl": (0.99, 0.99),
    "notifications.jsonl": (0.97, 0.97),
    "held_out.jsonl": (0.985, 0.975),
}
"""Raise them when understanding gets better; never lower them."""


@pytest.mark.parametrize("path", [*training_files(), *held_out_files()], ids=lambda path: path.name)
def test_utterances_are_understood_at_least_as_well_as_before(path):
    result = score(read_samples(path))
    intent_floor, all_right_floor = FLOORS[path.name]
    assert result.intent_accuracy >= intent_floor, result.misses
    assert result.accuracy >= all_right_floor, result.misses


def test_every_intent_has_several_samples():
    said = Counter(sample.intent for sample in read_samples())
    assert {intent for intent in INTENTS if said[intent] < 4} == set()
    assert set(said) <= set(INTENTS)


@pytest.mark.parametrize("path", [*training_files(), *held_out_files()], ids=lambda path: path.name)
def test_utterances_are_distinct_and_name_only_slots_of_their_intent(path):
    samples = read_samples(path)
    assert len({sample.text for sample in samples}) == len(samples)
    wrong = [sample.text for sample in samples if not set(sample.slots) <= set(SLOTS.get(sample.intent, ()))]
    assert wrong == []


def test_a_worse_reader_would_fall_below_the_floor():
    samples = [sample for sample in read_samples() if sample.intent == "track_document"]
    assert score([sample.__class__(sample.text, "greet", {}, None) for sample in samples]).intent_accuracy < 0.1


ASKED_OR_TOLD = [
    ("กท 5301/77 ปลัดลงนามแล้ว", "update_document"),
    ("กท 5301/77 ปลัดลงนามแล้วหรือยัง", "track_document"),
    ("กท 5301/77 ปลัดลงนามแล้วหรือคะ", "track_document"),
    ("ปลัดลงนาม กท 5301/77 แล้วหรือยัง", "track_document"),
    ("กท 5301/77 ปลัดลงนามยัง", "track_document"),
    ("กท 5301/77 ยังไม่ลงนาม", "track_document"),
    ("PBIS-LEVEL ขั้นตอนที่ 3 เสร็จแล้ว", "report_progress"),
    ("PBIS-LEVEL ขั้นตอนที่ 3 เสร็จหรือยัง", "query_indicator"),
    ("กท 5301/77 has been signed", "update_document"),
    ("has กท 5301/77 been signed", "track_document"),
]


@pytest.mark.parametrize(("text", "intent"), ASKED_OR_TOLD)
def test_asking_is_told_from_telling(text, intent):
    assert understand(text, shipped_words()).intent == intent


@pytest.mark.parametrize(
    "text", ["11/10/2564", "ราคา 1,500/2,000 บาท", "บ้านเลขที่ 14/15", "081-234-5678", "ไตรมาส 3/2568", "8308 14/15"]
)
def test_dates_money_addresses_and_fractions_are_no_document_numbers(text):
    assert "document_number" not in understand(text, shipped_words()).slots


def test_nothing_is_unknown_with_full_confidence_and_a_guess_with_less():
    assert understand("", shipped_words()).confidence == 1
    assert 0 < understand("อากาศเป็นยังไงบ้าง", shipped_words()).confidence < 1
