from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.lengths import clip, clip_units, grapheme_length, graphemes, json_bytes, u16_length

THAI = st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B) | st.sampled_from("abc 0123\n"))
WHOLE = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("กท", 2),
        ("ที่", 1),  # consonant, vowel above, tone
        ("ผู้ใหญ่บ้าน", 7),
        ("น้ำ", 1),  # sara am belongs to its consonant
        ("เกี่ยว", 4),  # a leading vowel stands for itself
        ("e\u0301", 1),
        ("\r\n", 1),
        ("ก\n\u0e34", 3),  # a mark does not join a line break
        ("😀", 1),
        ("👍🏽", 1),
        ("👨‍👩‍👧", 1),
        ("❤️", 1),
        ("🇹🇭", 1),
        ("🇹🇭🇹🇭", 2),
        ("🇹🇭🇹", 2),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 1),
        ("1️⃣", 1),
    ],
)
def test_grapheme_clusters_are_what_a_reader_counts(text, length):
    assert grapheme_length(text) == length


@pytest.mark.parametrize(("text", "units"), [("ก", 1), ("ที่", 3), ("😀", 2), ("👨‍👩‍👧", 8), ("", 0), ("\ud83d", 1)])
def test_utf16_units(text, units):
    assert u16_length(text) == units


@given(st.text())
def test_clusters_joined_are_the_text(text):
    assert "".join(graphemes(text)) == text
    assert all(graphemes(text))


@given(THAI)
def test_no_cluster_begins_with_a_thai_mark_but_after_a_break(text):
    clusters = graphemes(text)
    for before, cluster in pairwise(clusters):
        assert before == "\n" or cluster[0] not in "\u0e31\u0e33\u0e34\u0e48\u0e49\u0e4c"


@given(WHOLE, st.integers(1, 30))
def test_clipping_keeps_within_the_length_and_within_characters(text, most):
    for cut, measure in ((clip(text, most), grapheme_length), (clip_units(text, most), u16_length)):
        assert measure(cut) <= most
        if measure(text) <= most:
            assert cut == text
        else:
            assert cut.endswith("…")
            kept = cut[:-1]
            assert text.startswith(kept)
            assert kept == "" or "".join(graphemes(text)).startswith(kept)


@given(WHOLE)
def test_json_bytes_counts_what_goes_over_the_wire(text):
    assert json_bytes({"text": text}) == len(f'{{"text":{json.dumps(text, ensure_ascii=False)}}}'.encode())
