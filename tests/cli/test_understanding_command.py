"""``tidtam understand`` reads plain and labelled lines, and scores the labelled ones."""

from __future__ import annotations

import io
import json
import sys

import pytest

from tests.understanding.score import SAMPLES


@pytest.fixture
def understand(tidtam, monkeypatch):
    """Run the command over the given bytes."""

    def run(lines: bytes, *options: str):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
        return tidtam("understand", *options, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")

    return run


def labelled(text: str, intent: str, **more) -> bytes:
    return json.dumps({"text": text, "intent": intent, **more}, ensure_ascii=False).encode() + b"\n"


NUMBER = {"document_number": "กท 1902/1335"}
MIXED = (
    "ขอบคุณครับ\n".encode()
    + labelled("หนังสือ กท 1902/1335 ถึงไหนแล้วคะ", "track_document", slots=NUMBER)
    + labelled("กท 1902/1335", "track_document")
    + labelled("ขอบคุณครับ", "greet")
    + labelled("ภาพรวมเดือนที่แล้ว", "summary", slots={"period": "2025-04"}, today="2025-05-20")
)


def test_labelled_lines_are_answered_like_plain_ones_and_scored_on_standard_error(understand):
    outcome = understand(MIXED)
    answers = [json.loads(line) for line in outcome.out.splitlines()]
    assert [list(answer) for answer in answers] == [["text", "intent", "slots", "confidence"]] * 5
    assert answers[0] == answers[3]
    assert answers[4]["slots"] == {"period": "2025-04"}
    told = "4 utterances: intent 75.00 %, intent and all slots 50.00 %"
    assert outcome.err == f"{told}, writes while sure not meant 0, with a wrong slot 0\n"


def test_the_report_names_what_was_confused_and_missed(understand):
    report = understand(MIXED, "--report").err
    assert report.startswith("4 utterances: ")
    assert "greet taken for thanks: 1" in report
    assert "'กท 1902/1335': track_document {}, taken for track_document {'document_number'" in report
    assert "expected calibration error" in report


def test_a_write_that_was_not_meant_is_counted_with_its_slots(understand):
    meant = labelled("รับทราบ #42", "acknowledge_request", slots={"request": 42})
    other = labelled("รับทราบ #42", "acknowledge_request", slots={"request": 43})
    assert understand(meant).err.endswith("not meant 0, with a wrong slot 0\n")
    assert understand(meant + other + labelled("รับทราบ #42", "thanks")).err.endswith(
        "not meant 1, with a wrong slot 1\n"
    )


@pytest.mark.parametrize(
    "line",
    [
        "",
        "ขอบคุณครับ",
        '{"text": "ขอบคุณครับ"',
        '{"text": "ขอบคุณครับ"}',
        '{"text": 7, "intent": "thanks"}',
        '{"text": "x", "intent": "thanks", "slots": []}',
        '{"text": "x", "intent": "thanks", "today": "เมื่อวาน"}',
        '["text", "intent"]',
        '{"a":' * 100_000,
        '{"a":' + "9" * 5_000 + "}",
    ],
    ids=range(10),
)
def test_what_is_no_labelled_utterance_is_a_text(understand, line):
    outcome = understand(line.encode() + b"\n")
    assert outcome.err == ""
    assert json.loads(outcome.out)["text"] == line


def test_broken_bytes_and_half_characters_do_not_stop_it(understand):
    outcome = understand(
        b"\xff\xe0\xb8\n" + r'{"text": "ขอบคุณ\ud800", "intent": "thanks"}'.encode() + "\r\nขอบคุณ".encode()
    )
    texts = [json.loads(line)["text"] for line in outcome.out.splitlines()]
    assert texts == ["\ufffd\ufffd", "ขอบคุณ?", "ขอบคุณ"]
    assert outcome.err.startswith("1 utterances: intent 100.00 %")


def test_our_own_samples_are_all_labelled(understand):
    outcome = understand(SAMPLES.read_bytes())
    assert outcome.err.startswith(f"{len(outcome.out.splitlines())} utterances: intent ")
