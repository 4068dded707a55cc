"""``tidtam duty``: the roster file as an office keeps it, and who is on it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
import xlsxwriter

from models.working_time import BANGKOK

SOMEBODY, OTHER, OFFICER = ("U" + letter * 32 for letter in "abc")
TODAY = datetime.now(UTC).astimezone(BANGKOK).date()
DAY, NEXT_DAY = TODAY + timedelta(days=1), TODAY + timedelta(days=2)


@pytest.fixture
def desk(tidtam):
    tidtam("catalog", "load")
    for line_id, name, role in (
        (SOMEBODY, "สมหญิง ตัวอย่าง", "secretary"),
        (OTHER, "สมศรี ตัวอย่าง", "supervisor"),
        (OFFICER, "สมชาย ตัวอย่าง", "officer"),
    ):
        person = ("--line-user-id", line_id, "--name", name, "--unit", "ส่วนเลขานุการ", "--role", role)
        assert tidtam("members", "add", *person).status == 0
    return tidtam


def write(tmp_path, *lines: str, name: str = "roster.csv") -> str:
    (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    return name


def hours_on(tidtam, day) -> list[tuple[str, str, str]]:
    listed = tidtam("duty", "list", "--date", day.isoformat(), "--json").json
    return [(row["line_user_id"], row["from"][11:16], row["until"][11:16]) for row in listed]


def test_a_roster_goes_in_once(desk, tmp_path):
    file = write(
        tmp_path,
        "date,from,until,line_user_id",
        f"{DAY},08:30,12:00,{SOMEBODY}",
        f"{DAY},12:00,16:30,{OTHER}",
    )
    assert desk("duty", "load", file, "--json").json == {"added": 2, "removed": 0, "unchanged": 0, "rejected": []}
    assert desk("duty", "load", file, "--json").json == {"added": 0, "removed": 0, "unchanged": 2, "rejected": []}
    assert hours_on(desk, DAY) == [(SOMEBODY, "08:30", "12:00"), (OTHER, "12:00", "16:30")]


def test_thai_headers_names_digits_and_buddhist_years_are_read(desk, tmp_path):
    thai_day = f"{DAY.day}/{DAY.month}/{DAY.year + 543}".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    file = write(tmp_path, "วันที่;ตั้งแต่;ถึง;ชื่อ", f"{thai_day};๐๘.๓๐ น.;24.00;สมหญิง  ตัวอย่าง")
    assert desk("duty", "load", file, "--json").json["added"] == 1
    assert hours_on(desk, DAY) == [(SOMEBODY, "08:30", "00:00")]


def test_a_spreadsheet_is_read_with_its_own_dates_and_hours(desk, tmp_path):
    with xlsxwriter.Workbook(tmp_path / "roster.xlsx") as book:
        sheet = book.add_worksheet()
        for column, title in enumerate(("วันที่", "เริ่ม", "สิ้นสุด", "รหัส LINE")):
            sheet.write(0, column, title)
        sheet.write_datetime(1, 0, datetime.combine(DAY, time()), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_datetime(1, 1, time(8, 30), book.add_format({"num_format": "hh:mm"}))
        sheet.write_datetime(1, 2, time(12, 0), book.add_format({"num_format": "hh:mm"}))
        sheet.write(1, 3, OTHER)
    assert desk("duty", "load", "roster.xlsx", "--json").json["added"] == 1
    assert hours_on(desk, DAY) == [(OTHER, "08:30", "12:00")]


def test_of_the_days_it_names_it_replaces_what_has_not_begun(desk, tmp_path):
    head = "date,from,until,line_user_id"
    desk("duty", "load", write(tmp_path, head, f"{DAY},08:30,12:00,{SOMEBODY}", f"{NEXT_DAY},08:30,12:00,{SOMEBODY}"))
    changed = desk("duty", "load", write(tmp_path, head, f"{DAY},09:00,12:00,{OTHER}"), "--json").json
    assert (changed["added"], changed["removed"]) == (1, 1)
    assert hours_on(desk, DAY) == [(OTHER, "09:00", "12:00")]
    assert hours_on(desk, NEXT_DAY) == [(SOMEBODY, "08:30", "12:00")]


def test_bad_rows_are_listed_and_the_good_ones_go_in(desk, tmp_path):
    file = write(
        tmp_path,
        "date,from,until,line_user_id,name",
        f"{DAY},08:30,12:00,{SOMEBODY},",
        f"tomorrow,08:30,12:00,{SOMEBODY},",
        f"{DAY},8 โมง,12:00,{SOMEBODY},",
        f"{DAY},16:30,08:30,{SOMEBODY},",
        f"{DAY},08:30,25.00,{SOMEBODY},",
        f"{DAY},08:30,12:00,{OFFICER},",
        f"{DAY},08:30,12:00,,ไม่มีคนนี้",
        f"{DAY},08:30,12:00,,",
        f"{TODAY - timedelta(days=9)},08:30,12:00,{SOMEBODY},",
    )
    told = desk("duty", "load", file, "--json").json
    assert told["added"] == 1
    assert [rejected["row"] for rejected in told["rejected"]] == list(range(3, 11))
    reasons = [rejected["reason"] for rejected in told["rejected"]]
    for reason, word in zip(
        reasons, ("วันที่", "08.30", "มาก่อน", "25.00", "บทบาท", "ไม่มีคนนี้", "ไม่มีผู้อยู่เวร", "ผ่านไปแล้ว"), strict=True
    ):
        assert word in reason


def test_two_of_one_name_need_their_line_ids(desk, tmp_path):
    person = ("--line-user-id", "U" + "d" * 32, "--name", "สมหญิง ตัวอย่าง", "--unit", "ส่วนเลขานุการ")
    desk("members", "add", *person, "--role", "secretary")
    told = desk(
        "duty", "load", write(tmp_path, "date,from,until,name", f"{DAY},08:30,12:00,สมหญิง ตัวอย่าง"), "--json"
    ).json
    assert "มากกว่าหนึ่งคน" in told["rejected"][0]["reason"]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (("date,from,until", f"{DAY},08:30,12:00"), "รหัส LINE"),
        (("date,until,name", f"{DAY},12:00,ก"), "ตั้งแต่"),
        (("date,date,from,until,name", "1"), "มากกว่าหนึ่งคอลัมน์"),
    ],
)
def test_a_file_without_its_columns_is_refused_in_one_line(desk, tmp_path, lines, says):
    outcome = desk("duty", "load", write(tmp_path, *lines))
    assert outcome.status == 1
    assert says in outcome.err and outcome.err.count("\n") == 1


def test_a_file_that_is_not_there_and_a_day_that_is_none_are_refused(desk):
    assert "absent.csv" in desk("duty", "load", "absent.csv").err
    assert "cannot read someday" in desk("duty", "list", "--date", "someday").err


def test_a_day_without_shifts_says_who_is_on_duty(desk):
    assert "every secretary is on duty" in desk("duty", "list").out
    assert desk("duty", "list", "--json").json == []
