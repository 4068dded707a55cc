"""Figures of many units from a file, as an operator imports them."""

from __future__ import annotations

import csv

import pytest
import xlsxwriter

HOST, DISTRICT, CENTRES, OFFICER = ("U" + pair * 16 for pair in ("d1", "d2", "d3", "d4"))
HEADER = "หน่วยงาน,จำนวน,เดือน\n"


@pytest.fixture
def city(tidtam):
    """The shipped catalog; coordinators of 8308's host, of a district and of the host of INFO-CENTRE; an officer."""
    tidtam("catalog", "load")
    people = {HOST: "SOCIAL-DEVELOPMENT", DISTRICT: "ดินแดง", CENTRES: "CENTRAL-ADMINISTRATION"}
    for person, unit in people.items():
        options = ("--name", "ผู้ทดสอบ", "--unit", unit, "--role", "coordinator")
        assert tidtam("members", "add", "--line-user-id", person, *options).status == 0
    tidtam("members", "add", "--line-user-id", OFFICER, "--name", "ผู้ทดสอบ", "--unit", "ดินแดง", "--role", "officer")
    return tidtam


def imports(city, path, by, *options):
    return city("indicators", "import", str(path), "--by", by, "--json", *options)


def whole(city, code, year):
    return city("indicators", "show", code, "--fiscal-year", str(year), "--json").json["reported"]


def test_good_rows_count_at_once_and_bad_ones_lie_beside_the_file_with_their_reason(city, tmp_path):
    path = tmp_path / "8308.csv"
    rows = ["ดินแดง,18,09/2568", "", "เขตดุสิต,30,09/2568", "เขตไหนก็ไม่รู้,3,09/2568", "ดินแดง,17,09/2568", "บางรัก,1,054"]
    path.write_text(HEADER + "\n".join(rows), encoding="utf-8")

    told = imports(city, path, HOST, "--indicator", "8308").json

    assert (told["recorded"], told["unchanged"]) == (2, 0)
    assert [row["row"] for row in told["rejected"]] == [5, 6, 7]
    assert told["rejected"][0]["reason"] == "ไม่พบหน่วยงาน “เขตไหนก็ไม่รู้” กรุณาแก้ชื่อแล้วส่งใหม่"
    assert whole(city, "8308", 2568)["numerator"] == 48
    with (tmp_path / "8308.rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        beside = list(csv.reader(file))
    assert [row[:3] for row in beside] == [
        ["หน่วยงาน", "จำนวน", "เดือน"],
        ["เขตไหนก็ไม่รู้", "3", "09/2568"],
        ["ดินแดง", "17", "09/2568"],
        ["บางรัก", "1", "054"],
    ]
    assert [row[3] for row in beside] == ["reason", *(row["reason"] for row in told["rejected"])]


def test_the_same_file_again_records_nothing_and_a_corrected_row_alone_counts(city, tmp_path):
    path = tmp_path / "8308.csv"
    path.write_text("unit,numerator,indicator\nดินแดง,18,8308\nดุสิต,30,8308\n", encoding="utf-8")
    assert imports(city, path, HOST).json == {"recorded": 2, "unchanged": 0, "rejected": []}
    assert imports(city, path, HOST).json == {"recorded": 0, "unchanged": 2, "rejected": []}
    path.write_text("unit,numerator,indicator\nดินแดง,19,8308\nดุสิต,30,8308\n", encoding="utf-8")
    assert imports(city, path, HOST).json["recorded"] == 1
    assert whole(city, "8308", 2568)["numerator"] == 49
    assert not (tmp_path / "8308.rejected.csv").exists()


def test_a_district_reports_its_own_row_alone(city, tmp_path):
    path = tmp_path / "8308.csv"
    path.write_text("หน่วยงาน,จำนวน\nดินแดง,18\nดุสิต,30\n", encoding="utf-8")
    told = imports(city, path, DISTRICT, "--indicator", "8308", "--month", "2025-08").json
    assert (told["recorded"], [row["row"] for row in told["rejected"]]) == (1, [3])
    assert "สำนักงานเขตดุสิต" in told["rejected"][0]["reason"]


def test_scores_of_the_centres_come_in_month_by_month_from_a_spreadsheet(city, tmp_path):
    path = tmp_path / "centres.xlsx"
    months = ("01/2563", "02/2563", "03/2563", "04/2563")
    rows = [[unit, score, month] for month in months for unit, score in (("ดินแดง", 85), ("ดุสิต", 79.5))]
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([["หน่วยงาน", "คะแนน", "เดือน"], *rows, ["ดุสิต", 90, "07/2563"]]):
            sheet.write_row(number, 0, row)

    told = imports(city, path, CENTRES, "--indicator", "INFO-CENTRE").json

    assert (told["recorded"], [row["row"] for row in told["rejected"]]) == (8, [10])
    result = whole(city, "INFO-CENTRE", 2563)
    assert (result["numerator"], result["denominator"], result["percent"]) == (1, 72, 1.39)


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("หน่วยงาน,จำนวน\nดินแดง,18\n", (), "--indicator"),
        ("หน่วยงาน,จำนวน,รหัส\nดินแดง,18,8308\n", ("--indicator", "INFO-CENTRE"), "one indicator"),
        ("หน่วยงาน,จำนวน\nดินแดง,18\n", ("--indicator", "8308", "--by", OFFICER), "role"),
        ("หน่วยงาน,จำนวน\nดินแดง,18\n", ("--indicator", "8308", "--by", "U" + "00" * 16), "members add"),
        ("หน่วยงาน,จำนวน\nดินแดง,18\n", ("--indicator", "8308", "--month", "2568"), "2568"),
        ("หน่วยงาน,จำนวน\nดินแดง,18\n", ("--indicator", "NONE"), "NONE"),
        ("หน่วยงาน,หมายเหตุ\nดินแดง,18\n", ("--indicator", "8308"), "คอลัมน์"),
        ("จำนวน,หมายเหตุ\nดินแดง,18\n", ("--indicator", "8308"), "หน่วยงาน"),
        ("", ("--indicator", "8308"), "ว่างเปล่า"),
        ("หน่วยงาน,จำนวน\n" + "ดินแดง,18\n" * 5001, ("--indicator", "8308"), "5000"),
    ],
)
def test_what_cannot_be_imported_at_all_is_refused_in_one_line_and_changes_nothing(
    city, tmp_path, text, options, words
):
    path = tmp_path / "figures.csv"
    path.write_text(text, encoding="utf-8")
    by = options if "--by" in options else ("--by", HOST, *options)
    refused = city("indicators", "import", str(path), *by)
    assert (refused.status, refused.err.count("\n")) == (1, 1)
    assert words in refused.err
    assert whole(city, "8308", 2568) is None
    assert [one.name for one in tmp_path.glob("*.rejected.csv")] == []
