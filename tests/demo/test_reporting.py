"""The acceptance of reporting: a coordinator reports, a reviewer of the host approves, and the figures change."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from bot.demo_samples import COORDINATOR, REVIEWER
from tests.demo.browser import newest, open_page, phone_of, say, two_phones
from tests.demo.running import RunningDemo

ASK = "8308 ดินแดง"


@pytest.fixture
def own_demo(tmp_path):
    """A demo in which Din Daeng has not reported the running month."""
    running = RunningDemo(tmp_path)
    yield running
    running.kill()


def test_a_report_travels_from_one_phone_to_the_other_and_back(own_demo):
    with open_page(own_demo.url) as page:
        two_phones(page)
        coordinator = phone_of(page, 0, COORDINATOR, own_demo)
        reviewer = phone_of(page, 1, REVIEWER, own_demo)

        say(coordinator, "รายงาน 8308 ดินแดง 999 ชุมชน")
        newest(coordinator, "มากกว่าจำนวนชุมชนทั้งหมด 22")

        say(coordinator, "รายงาน 8308 ดินแดง 18 ชุมชน")
        newest(coordinator, "18 จาก 22 = 81.82 %").get_by_role("button", name="ยืนยัน", exact=True).click()
        newest(coordinator, "บันทึกรายงานแล้ว")
        send_photo(coordinator)
        newest(coordinator, "แนบกับรายงาน")

        newest(reviewer, "18 จาก 22").get_by_role("button", name="อนุมัติ", exact=True).click()
        newest(reviewer, "แล้ว")
        newest(coordinator, "อนุมัติรายงานของท่านแล้ว")

        say(coordinator, ASK)
        card = newest(coordinator, "รายงานล่าสุด").inner_text()
        assert "81.82 %" in card
        assert "หลักฐาน 1" in card


def send_photo(phone):
    photo = io.BytesIO()
    Image.new("RGB", (320, 240), "#0a6b4a").save(photo, "JPEG")
    picture = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
    phone.locator(".file-input").set_input_files(picture)
