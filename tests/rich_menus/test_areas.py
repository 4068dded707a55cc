"""What stands in the menus: every area does something for everybody who has the menu, tapped and typed."""

from __future__ import annotations

import io
from itertools import combinations

import pytest
from PIL import Image

from messages.charts import menus as drawing
from messages.charts.menus import menu_picture, menu_png
from messages.charts.picture import to_png
from messages.charts.svg import Weight, width_of
from messages.lengths import grapheme_length
from messages.limits import MAX_TEMPLATE_LABEL
from messages.rich_menus import HEIGHT, MENUS, WIDTH, bounds_of, menu_json
from models.members import Role
from models.rich_menus import KIND_OF_ROLES, MenuKind, menu_of
from simulator.rich_menus import IMAGE_LARGEST_BYTES, check_menu
from tests.indicators.definitions import DRAWN, LADDER, define
from tests.office import text_of

PERSON = "U" + "a" * 32
KIND_OF = {role: kind for roles, kind in KIND_OF_ROLES for role in sorted(roles)}
ANSWERS = {
    "ติดตามหนังสือ": "ต้องการติดตามหนังสือฉบับใด",
    "หนังสือที่ติดตาม": "ติดตามอยู่ 1 ฉบับ",
    "คำขอของฉัน": "คำขอของท่าน #1",
    "ตัวชี้วัด": "ต้องการดูตัวชี้วัดใด",
    "ขอคุยกับเจ้าหน้าที่": "เรื่องนี้ถามไว้แล้วเมื่อ 09.00 น. คำขอ #1",
    "วิธีใช้": "พิมพ์ได้ดังนี้",
    "คิวงาน": "คิวค้าง 1 คำขอ",
    "สถิติการให้บริการ": "สถิติการให้บริการ",
    "เข้าเวร": "เข้าเวรแล้ว",
    "ใครอยู่เวร": "อยู่เวร",
    "รายงานผล": "จะรายงานตัวชี้วัดใด",
    "ตัวชี้วัดของฉัน": "ตัวชี้วัดของฉัน 3 รายการ",
    "ตัวชี้วัดที่ช้ากว่าแผน": "ช้ากว่าแผน 1 รายการ",
    "รายงานที่รออนุมัติ": "ไม่มีรายงานที่รออนุมัติ",
    "ใครยังไม่รายงาน": "ต้องการดูตัวชี้วัดใด",
    "สรุปวันนี้": "สรุป",
    "สรุปเดือนนี้": "สรุป",
    "รายงานประจำเดือน": "รายงานประจำเดือน",
    "ตั้งค่าการแจ้งเตือน": "แจ้งเมื่อหนังสือที่ติดตามเปลี่ยนสถานะ",
}
"""What is in the first line of the answer, for a person who has just followed and asked about a letter."""


@pytest.fixture
def at_work(office):
    """An office with two indicators; ``join`` adds the person, who follows a letter and asks about it."""
    define(office.database, DRAWN, LADDER)

    def join(role: Role) -> None:
        unit = "สำนักพัฒนาสังคม" if role is Role.REVIEWER else "สำนักงานเขตดินแดง"
        office.add_member(PERSON, role, unit=unit)
        office.add_letter(from_unit=unit)
        office.says(PERSON, "ติดตามต่อ กท 1902/1335")
        office.says(PERSON, "ขอคุยกับเจ้าหน้าที่")
        office.says(PERSON, "ตัวชี้วัด 8308")

    office.join = join
    return office


@pytest.mark.parametrize("role", KIND_OF)
def test_what_each_area_says_is_answered(at_work, role):
    at_work.join(role)
    words = [area.text for area in MENUS[KIND_OF[role]]]

    first_lines = {one: text_of(at_work.says(PERSON, one)).split("\n")[0] for one in words}

    assert {one: said for one, said in first_lines.items() if ANSWERS[one] not in said} == {}


@pytest.mark.parametrize("kind", MenuKind)
def test_a_tap_is_answered_as_the_typed_words_are(at_work, kind):
    """One area of each menu that is a postback: what LINE shows of it in the chat is what may be typed."""
    area = next((area for area in MENUS[kind] if area.opens_keyboard), None)
    if area is None:
        assert {one.action["type"] for one in MENUS[kind]} == {"message"}
        return
    at_work.join(next(iter(next(roles for roles, named in KIND_OF_ROLES if named is kind))))
    typed = at_work.says(PERSON, area.text)
    at_work.line.user_taps(PERSON, area.action)

    assert at_work.work(PERSON) == typed
    assert area.action["displayText"] == area.text and area.action["inputOption"] == "openKeyboard"
    assert "เสนอผู้บริหารพิจารณา" in text_of(at_work.says(PERSON, "1902/1335"))


@pytest.mark.parametrize("kind", MenuKind)
class TestMenu:
    def test_line_takes_it(self, kind):
        shape = menu_json(kind, "0" * 64)
        assert check_menu(shape) == []
        assert shape["name"] == f"tidtam:{kind}:000000000000"

    def test_its_areas_fill_the_picture_and_do_not_overlap(self, kind):
        areas = [bounds_of(place) for place in range(len(MENUS[kind]))]
        assert sum(one.width * one.height for one in areas) == WIDTH * HEIGHT
        assert all(one.x + one.width <= WIDTH and one.y + one.height <= HEIGHT for one in areas)
        for one, other in combinations(areas, 2):
            beside = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert beside or one.y + one.height <= other.y or other.y + other.height <= one.y

    def test_its_picture_is_of_its_size_and_light_enough(self, kind):
        png = menu_png(kind)
        assert len(png) <= IMAGE_LARGEST_BYTES
        with Image.open(io.BytesIO(png)) as picture:
            assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))

    def test_its_words_have_room(self, kind):
        for area in MENUS[kind]:
            assert grapheme_length(area.text) <= MAX_TEMPLATE_LABEL and len(area.lines) <= 2
            for words in area.lines:
                assert width_of(words, drawing.LETTERS, Weight.SEMIBOLD) <= bounds_of(0).width - 5 * drawing.GAP

    def test_it_is_drawn_the_same_each_time(self, kind):
        assert menu_picture(kind) == menu_picture(kind)
        assert len(MENUS[kind]) == len({area.text for area in MENUS[kind]}) == 6


def test_the_same_pixels_come_out_each_time():
    svg = menu_picture(MenuKind.OFFICER)
    assert to_png(svg, 250) == to_png(svg, 250)


@pytest.mark.parametrize(
    ("roles", "kind"),
    [
        ([], MenuKind.OFFICER),
        ([Role.OFFICER], MenuKind.OFFICER),
        ([Role.OFFICER, Role.COORDINATOR], MenuKind.COORDINATOR),
        ([Role.COORDINATOR, Role.REVIEWER], MenuKind.REVIEWER),
        ([Role.REVIEWER, Role.MANAGER], MenuKind.MANAGER),
        ([Role.MANAGER, Role.SECRETARY], MenuKind.SECRETARIAT),
        ([Role.SUPERVISOR], MenuKind.SECRETARIAT),
        ([Role.ADMIN, Role.COORDINATOR], MenuKind.SECRETARIAT),
    ],
)
def test_of_several_roles_the_one_counts_whose_work_waits_most(roles, kind):
    assert menu_of(roles) is kind
