"""An indicator is found by its telling words, and by nothing that merely shares some of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.understanding import IndicatorName, Vocabulary, understand
from tests.understanding.score import shipped_words


def _indicator(text: str, words: Vocabulary | None = None) -> object:
    return understand(text, words or shipped_words()).said.get("indicator")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ศึกษาแนวทางจัดทำระบบเรื่องร้องเรียน 1555 เสร็จขั้นที่ 3 แล้วค่ะ", "STUDY-1555"),
        ("ความสำเร็จในการเพิ่มประสิทธิภาพการให้บริการของศูนย์ กทม. 1555 เป็นอย่างไร", "1555"),
        ("จ่ายเงินเจ้าหนี้ทันใน 7 วันทำการ เดือนกุมภาพันธ์ 2568 ทำได้ร้อยละ 92", "PAY-7-DAYS"),
        ("สำนักการระบายน้ำเบิกจ่ายไปเท่าไหร่แล้วภาพรวม", "DISBURSE"),
        ("ระดับความสำเร็จของระบบงบประมาณแบบมุ่งเน้นผลงานอยู่ระดับไหนแล้ว", "PBIS-LEVEL"),
        ("ขอแจ้งผลเร่งรัดติดตามให้ก่อหนี้ผูกพัน ทำขั้นตอนที่ 2 เสร็จแล้ว", "SPEND-UP-ACT"),
        ("เขตพระโขนงเบิกจ่ายงบชุมชนเข้มแข็งแล้ว 23 จาก 37 ชุมชน", "8308"),
    ],
)
def test_part_of_a_name_is_enough(text, code):
    assert _indicator(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "ขออนุมัติจัดซื้อจัดจ้างตามแนวทางกระทรวงการคลังเสร็จหรือยัง",
        "ศึกษาดูงานโครงการพัฒนาเสร็จหรือยัง",
        "หนังสือเรื่อง การศึกษาแนวทางจัดทำระบบสารสนเทศ ถึงไหนแล้ว",
        "จัดการระบบข้อมูลของหน่วยงานได้กี่คน",
        "งบประมาณแบบมุ่งเน้นผลงานร้อยละ 40",  # of two that share the name
    ],
)
def test_words_in_common_are_not(text):
    assert _indicator(text) is None


def test_what_is_called_a_unit_by_nothing_but_the_name_of_an_indicator_is_none():
    said = understand("ผลการศึกษาแนวทางจัดทำระบบสารสนเทศของศูนย์ กทม. 1555 ขณะนี้ขั้นที่ 1", shipped_words()).said
    assert said["indicator"] == "STUDY-1555"
    assert "unit" not in said


def test_two_thousand_indicators_that_share_most_of_their_words_are_told_apart():
    places = [f"{one}{other}" for one in ("บางรัก", "สายไหม", "ดุสิต", "หนองจอก") for other in range(500)]
    many = tuple(IndicatorName(f"K-{place}", (f"ร้อยละความสำเร็จของการพัฒนาระบบถนนสวยงามแห่ง{place}",)) for place in places)
    words = replace(shipped_words(), indicators=(*shipped_words().indicators, *many))
    line = "รายงานผลการพัฒนาระบบถนนสวยงาม จ่ายเงินเจ้าหนี้ทันใน 7 วันทำการ ร้อยละ 92"
    assert _indicator(line, words) == "PAY-7-DAYS"


@pytest.mark.parametrize(
    ("text", "code"), [("E-SARBAN ได้กี่ %", "E-SARABAN"), ("PBIS-LEVLE 60%", "PBIS-LEVEL"), ("disbursment?", "DISBURSE")]
)
def test_a_code_or_an_english_name_with_one_slip_is_read_and_told_to_be_guessed(text, code):
    understood = understand(text, shipped_words())
    assert (understood.said.get("indicator"), understood.guessed) == (code, ("indicator",))
