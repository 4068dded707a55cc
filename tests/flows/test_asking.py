"""Asking where a letter is, the whole way: webhook, worker, reply."""

from __future__ import annotations

import json
import re

import pytest

from models.documents import Secrecy, Stage
from models.members import Role
from tests.office import OTHER_DISTRICT, SECRETARIAT, labels_of, text_of

OFFICER = "U" + "a" * 32
SECRETARY = "U" + "b" * 32


def test_a_question_is_answered_with_one_free_reply(office):
    office.add_member(OFFICER)
    office.add_letter("กท 1902/1335", stage=Stage.PROPOSED)

    answer = office.says(OFFICER, "หนังสือ กท 1902/1335 ถึงไหนแล้วคะ")

    assert "กท 1902/1335" in text_of(answer)
    assert "เสนอผู้บริหารพิจารณา" in text_of(answer)
    assert {"ติดตามต่อ", "ขอคุยกับเจ้าหน้าที่"} <= set(labels_of(answer))
    assert [call.kind for call in office.calls()] == ["reply"]


@pytest.mark.parametrize("text", ["กท.๑๙๐๒/๑๓๓๕", "ที่ กท1902 / 1335 ถึงไหนแล้ว", "1902/1335 เซ็นหรือยังครับ"])
def test_a_number_is_found_in_any_spelling(office, text):
    office.add_member(OFFICER)
    office.add_letter("กท 1902/1335")

    assert "กท 1902/1335" in text_of(office.says(OFFICER, text))


def test_words_of_the_title_find_a_letter(office):
    office.add_member(OFFICER)
    office.add_letter("กท 1902/1335", subject="ขออนุมัติจัดจ้างซ่อมบำรุงลิฟต์")

    assert "กท 1902/1335" in text_of(office.says(OFFICER, "เรื่องซ่อมบำรุงลิฟต์ ถึงไหนแล้ว"))


def test_several_letters_are_listed_and_a_tap_shows_one(office):
    office.add_member(OFFICER)
    office.add_letter("กท 1902/1335", subject="จัดซื้อเครื่องพิมพ์")
    office.add_letter("กท 5301/77", subject="จัดซื้อเครื่องพิมพ์สำรอง")

    listed = office.says(OFFICER, "เรื่องจัดซื้อเครื่องพิมพ์ ถึงไหนแล้ว")

    assert "พบ 2 ฉบับ" in text_of(listed)
    assert "ติดตามต่อ" in labels_of(office.taps(OFFICER, "ดูรายละเอียด"))


def test_secret_foreign_and_absent_letters_get_the_same_answer(office, logged):
    office.add_member(OFFICER)
    office.add_letter("กท 1902/2001", secrecy=Secrecy.CONFIDENTIAL)
    office.add_letter("กท 1902/2002", from_unit=OTHER_DISTRICT)
    numbers = ("กท 1902/2001", "กท 1902/2002", "กท 1902/2003")

    answers = [office.says(OFFICER, f"หนังสือ {number} ถึงไหนแล้ว") for number in numbers]

    said = [_without_number(answer, number) for answer, number in zip(answers, numbers, strict=True)]
    assert said[0] == said[1] == said[2]
    each = len(logged) // 3
    shapes = [[(entry["event"], sorted(entry)) for entry in logged[at * each : (at + 1) * each]] for at in range(3)]
    assert shapes[0] == shapes[1] == shapes[2]
    assert not any(number.split("/")[1] in str(logged) for number in numbers)


def test_the_secretariat_sees_letters_of_every_unit_but_no_secret_one(office):
    office.add_member(SECRETARY, Role.SECRETARY, unit=SECRETARIAT)
    office.add_letter("กท 5301/77", from_unit=OTHER_DISTRICT)
    office.add_letter("กท 5301/78", from_unit=OTHER_DISTRICT, secrecy=Secrecy.SECRET)

    assert "เสนอผู้บริหารพิจารณา" in text_of(office.says(SECRETARY, "กท 5301/77"))
    assert "ไม่พบ" in text_of(office.says(SECRETARY, "กท 5301/78"))


def test_a_stranger_learns_how_to_register_and_nothing_else(office):
    office.line.add_friend(OFFICER, "คนแปลกหน้า")
    office.add_letter("กท 1902/1335")

    answer = text_of(office.says(OFFICER, "หนังสือ กท 1902/1335 ถึงไหนแล้วคะ"))

    assert "ลงทะเบียน" in answer
    assert "1335" not in answer


def _without_number(answer, number):
    text = json.dumps(answer, ensure_ascii=False).replace(number, "N")
    text = re.sub(r'"data": "action=(talk|withdraw)[^"]*"', r'"data": "\1"', text)
    return re.sub(r"#\d+", "#n", text)
