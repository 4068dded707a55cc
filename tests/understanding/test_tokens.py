"""Lines are cut into words, so that a cue inside another word is none; nothing is fetched or written for it."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import understand
from bot.understanding.normalize import normalize
from tests.understanding.score import shipped_words

ROOT = Path(__file__).resolve().parents[2]
UNDERSTANDS = """
import sys
from bot.catalog import read_catalog, shipped_catalog_paths
from bot.understanding import understand
from bot.vocabulary import vocabulary_from_catalog

def refuse(event, arguments):
    if event.startswith("socket."):
        raise OSError("the network is closed")

sys.addaudithook(refuse)
print(understand("หนงสือ กท 1902/1335 ถึงไหน", vocabulary_from_catalog(read_catalog(shipped_catalog_paths()))).intent)
"""


def test_words_need_no_network_and_leave_nothing_at_home(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHAINLP")}
    ran = subprocess.run(
        [sys.executable, "-c", UNDERSTANDS],
        cwd=ROOT,
        env={**kept, "HOME": str(tmp_path), "PYTHAINLP_READ_ONLY": "0"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.stdout.strip(), ran.returncode) == ("track_document", 0), ran.stderr
    assert list(tmp_path.iterdir()) == []


PIECES = st.sampled_from(["ติดตาม", "หนังสือ", "กขค", "สถาณะ", "1902/1335", "kpi", "ๆ", ",", "\n", " ", "ค่าตอบแทน"])


@given(st.lists(PIECES, max_size=30))
def test_each_word_stands_where_it_says_and_none_overlap(words):
    line = normalize("".join(words)).text
    tokens = shipped_words().words.cut(line)
    assert all(line[token.start : token.end] == token.text for token in tokens)
    assert all(before.end <= after.start for before, after in pairwise(tokens))
    assert {character for token in tokens for character in token.text if not character.isalpha()} <= set("ัิืี่ๆา'")


@pytest.mark.parametrize(
    ("line", "cue", "hidden"),
    [
        ("ขอเบิกค่าตอบแทน", "ตอบ", True),
        ("ใคร่ขอเรียนให้ทราบ", "ใคร", True),
        ("ทันสมัย", "มัย", True),
        ("เกี่ยวกับงบ", "กี่", True),
        ("ถึงที่ไหนแล้ว", "ไหน", False),
        ("ขอตอบ #42", "ตอบ", False),
        ("เปิดการแจ้งเตือน", "แจ้งเตือน", False),
    ],
)
def test_a_cue_inside_a_longer_word_is_hidden(line, cue, hidden):
    start = line.index(cue)
    assert shipped_words().words.cut(line).hides(start, start + len(cue)) is hidden


def test_what_no_word_explains_is_counted():
    assert understand("กท 1902/1335 ถึงไหนแล้วคะ", shipped_words()).unread == 0
    assert understand("ดาวอังคารกับจักรยานถึงไหนแล้วคะ", shipped_words()).unread >= 2
