"""The acceptance of understanding: ten turns typed as people type, with slips, a change of mind and a follow-up."""

from __future__ import annotations

import pytest

from bot.demo_samples import SECRETARY
from tests.demo.browser import newest, open_page, phone_of, say
from tests.demo.running import RunningDemo, words_of

TURNS = (
    # typed, what the answer must hold
    ("สวสัดีคับบ", "สวัสดี"),
    ("หนังสืิอถึงใหนเเล้วคะ", "กรุณาพิมพ์"),
    ("๑๙๐๒/๑๓๓๕ ค่า", "กท 1902/1335"),
    ("เซ็นยังคะ", "กท 1902/1335"),
    ("ปลัดลงนานแล้วค่ะ", "ยืนยันการบันทึก"),
    ("ไม่ใช่ค่ะ ผิดฉบับ", "ยกเลิกแล้ว"),
    ("แล้ว กท 1902/1329 ล่ะ", "เครื่องปรับอากาศ"),
    ("ตัวชีวัด 8308 ดินเเดง ไตรมาส 3 ปี 68 ได้เท่าไหร่", "สำนักงานเขตดินแดง · ปีงบประมาณ 2568"),
    ("แล้วเขตบางรักล่ะ", "สำนักงานเขตบางรัก · ปีงบประมาณ 2568"),
    ("กท 1902/1335 ตีกลับ เอกสารแนบไม่ครบ", "เอกสารแนบไม่ครบ"),
)


@pytest.fixture
def own_demo(tmp_path):
    """A demo in which nobody has said anything yet."""
    running = RunningDemo(tmp_path)
    yield running
    running.kill()


def test_ten_turns_with_slips_a_change_of_mind_and_a_follow_up_end_right(own_demo):
    with open_page(own_demo.url) as page:
        phone = phone_of(page, 0, SECRETARY, own_demo)
        answers = phone.locator(".line.theirs")
        for typed, answered in TURNS:
            before = answers.count()
            say(phone, typed)
            answers.nth(before).wait_for()
            assert answered in answers.nth(before).inner_text(), typed
        newest(phone, TURNS[-1][1]).get_by_role("button", name="ยืนยัน", exact=True).click()
        newest(phone, "บันทึกแล้ว")

    said = own_demo.says(SECRETARY.user_id, "กท 1902/1335")
    assert "ส่งคืนแก้ไข" in words_of(said)
    said = own_demo.says(SECRETARY.user_id, "กท 1902/1329")
    assert "ส่งคืนแก้ไข" not in words_of(said)
