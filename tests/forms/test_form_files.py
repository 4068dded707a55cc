"""The form as Word and as PDF: complex-script fonts, nothing that people typed breaks a file, whole files or none."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messages.files.glyphs import characters, plain_text, settable_text
from messages.files.paper import Blank, Heading, Paper, Said, Section, Table, in_thai_digits
from messages.files.result_form import compose_result_form
from messages.files.result_form_docx import result_form_docx
from messages.files.result_form_pdf import paper_data, result_form_pdf
from models.members import Role
from models.session import Database
from tests.cli import conftest as cli
from tests.conftest import NOW
from tests.forms.acting import BUDGET, text_of_docx, xml_of
from tests.indicators.acting import add_person, approve, report
from tests.indicators.definitions import DRAWN, LADDER, define

HOSTILE = (
    '#panic("ก") #read("/etc/passwd") *หนา* _เอน_ $x$ @ref <label> \\ // // ]]> </w:t><w:br/> &amp; <b>ก</b> "=1+1'
)
UNSEEN = "ก\x00ข\x07ค\x0bง\u200bจ\ufeffฉ\u202eช\ud83dซ\ue000ฌ"
OCTOBER = date(2026, 10, 1)


def make_paper(*lines: str) -> Paper:
    table = Table(("ระดับ", "เกณฑ์"), (("1", lines[0]),), (20, 80), frozenset({0}))
    section = Section("6. ผล", (Said("ตุลาคม 2569", lines), table, Heading("6.1"), Blank("ยังไม่มี")))
    return Paper(("แบบรายงาน", "ปี พ.ศ. 2570"), (Said("รหัส", ("8308",)),), (section,), "ผู้รับผิดชอบ", "8308", NOW)


def w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


# --- Word -----------------------------------------------------------------------------------------------------------


def test_word_sets_thai_in_the_named_font_at_the_same_size_and_weight():
    styles = ElementTree.fromstring(xml_of(result_form_docx(make_paper("ก"), "TH SarabunPSK"), "word/styles.xml"))
    named = {style.get(w("styleId")): style.find(w("rPr")) for style in styles.iter(w("style"))}
    for name in ("Normal", "Heading1", "Heading2", "Heading3", "Footer"):
        properties = named[name]
        fonts = properties.find(w("rFonts"))
        assert {fonts.get(w(script)) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {"TH SarabunPSK"}
        assert not [attribute for attribute in fonts.attrib if "Theme" in attribute]
        assert properties.find(w("szCs")).get(w("val")) == properties.find(w("sz")).get(w("val"))
        assert properties.find(w("lang")).get(w("bidi")) == "th-TH"
        is_bold = name.startswith("Heading")
        assert properties.find(w("bCs")).get(w("val")) == ("1" if is_bold else "0")
        order = [child.tag for child in properties]
        assert order.index(w("sz")) < order.index(w("szCs")) < order.index(w("lang"))


def test_bold_words_are_bold_in_thai_too():
    document = ElementTree.fromstring(xml_of(result_form_docx(make_paper("ก"), "Sarabun")))
    bold = [one for one in document.iter(w("rPr")) if one.find(w("b")) is not None]
    assert bold and all(one.find(w("bCs")) is not None for one in bold)


def test_word_has_real_headings_tables_and_dotted_lines():
    document = xml_of(result_form_docx(make_paper("ก"), "Sarabun"))
    for expected in ('w:val="Heading1"', 'w:val="Heading2"', 'w:val="Heading3"', "<w:tblHeader", 'w:leader="dot"'):
        assert expected in document
    numbers = xml_of(result_form_docx(in_thai_digits(make_paper("ก")), "Sarabun"))
    assert 'w:fmt="thaiNumbers"' in numbers and 'w:fmt="thaiNumbers"' not in document


@pytest.mark.parametrize("words", [HOSTILE, "ก\x07ข\x0bค\u200bง\ue000จ", "บรรทัด\r\nสอง\rสาม"])
def test_what_people_typed_stays_text_in_word(city, words):
    city.tells("PBIS-LEVEL", BUDGET, OCTOBER, step=1, note=words)
    made = result_form_docx(compose_result_form(city.form(), has_thai_digits=False), "Sarabun")
    ElementTree.fromstring(xml_of(made))
    shown = text_of_docx(made).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    for line in words.splitlines():
        assert plain_text(line).strip().replace("\n", "") in shown.replace("\n", "")


@given(st.text())
def test_any_text_can_stand_in_xml(words):
    ElementTree.fromstring(f"<a>{plain_text(words).replace('&', '').replace('<', '')}</a>")


# --- PDF ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [HOSTILE, UNSEEN, "อีโมจิ 🙂 ☑ 中文", "พ.ศ. 2564 กทม. น. " * 300])
def test_what_people_typed_stays_text_in_pdf(words):
    made = result_form_pdf(make_paper(words))
    assert made.startswith(b"%PDF-")
    assert result_form_pdf(make_paper(words)) == made


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=3))
def test_any_text_can_be_set(lines):
    assert result_form_pdf(make_paper(*lines)).startswith(b"%PDF-")


def test_the_pdf_is_made_for_archives_and_says_what_the_word_file_says(tmp_path):
    paper = make_paper("ผู้ที่มุ่งมั่น ปั้นน้ำเป็นตัว", "<b>ก</b>")
    made = result_form_pdf(paper)
    assert b"<pdfaid:part>2</pdfaid:part>" in made.replace(b"\n", b"")
    told = paper_data(paper)["sections"][0]["blocks"][0]["lines"]
    word_file = text_of_docx(result_form_docx(paper, "Sarabun")).replace("&lt;", "<").replace("&gt;", ">")
    assert all(line in word_file for line in told)
    if shutil.which("pdftotext"):
        (tmp_path / "a.pdf").write_bytes(made)
        text = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, check=True).stdout.decode()
        assert "<b>ก</b>" in text and "ปี พ.ศ. 2570" in text


def test_the_font_has_thai_and_latin_and_tells_what_it_has_not():
    known = characters()
    assert {ord(one) for one in "กฮะาำิุเโใไๆ็่้๊๋์ฯ฿๐๙AZaz09÷×–“”"} <= known
    assert not {ord(one) for one in "☑✓●🙂中\u200b"} & known
    assert settable_text("ก☑") == "ก?"


# --- the command ----------------------------------------------------------------------------------------------------

tidtam = cli.tidtam


@pytest.fixture
def bureau(tidtam, sqlite_url):
    """A district's approved figure, and one that waits."""
    assert tidtam("catalog", "load").status == 0
    database = Database(sqlite_url)
    define(database, replace(DRAWN, definition="คำนิยาม"), LADDER)
    reporter = add_person(database, "สำนักงานเขตดินแดง", Role.COORDINATOR, number=1)
    other = add_person(database, "สำนักงานเขตบางรัก", Role.COORDINATOR, number=2)
    reviewer = add_person(database, "สำนักพัฒนาสังคม", Role.REVIEWER, number=3)
    approve(database, reviewer, NOW, report(database, "8308", reporter, NOW, value=18, month=OCTOBER))
    report(database, "8308", other, NOW, value=15, month=OCTOBER)
    database.close()
    return tidtam


def export(bureau, out: str, code: str = "8308", quarter: str = "1", year: str = "2570", **environ: str):
    asked = ("--fiscal-year", year, "--quarter", quarter, "--out", out)
    return bureau("export", "result-form", code, *asked, "--json", **environ)


@pytest.mark.parametrize("name", ["form.docx", "form.pdf", "FORM.PDF"])
def test_the_command_writes_what_indicators_show_gives_as_approved(bureau, tmp_path, name):
    told = export(bureau, name).json
    shown = bureau("indicators", "show", "8308", "--fiscal-year", "2570", "--json").json
    assert told["approved"] == shown["approved"]
    assert (told["approved"]["numerator"], shown["reported"]["numerator"], told["waiting"]) == (18, 33, 1)
    assert (tmp_path / name).stat().st_size > 10_000
    assert [path.name for path in tmp_path.iterdir() if "unfinished" in path.name] == []


def test_digits_and_font_are_settings(bureau, tmp_path):
    export(bureau, "thai.docx", DOCUMENT_FONT="TH SarabunPSK")
    export(bureau, "arabic.docx", DOCUMENT_DIGITS="arabic")
    thai, arabic = ((tmp_path / f"{name}.docx").read_bytes() for name in ("thai", "arabic"))
    assert "ร้อยละ ๑๑.๔๖" in text_of_docx(thai) and "ร้อยละ 11.46" in text_of_docx(arabic)
    assert "TH SarabunPSK" in xml_of(thai, "word/styles.xml")
    assert re.search(r"[๐-๙]", text_of_docx(arabic)) is None


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"code": "NO-SUCH"}, "there is no indicator NO-SUCH"),
        ({"year": "2560"}, "8308 is not defined in fiscal year 2560"),
        ({"quarter": "5"}, "5 is no quarter"),
        ({"out": "form.odt"}, "form.odt must end in .docx or .pdf"),
        ({"out": "no/form.pdf"}, "there is no folder no"),
    ],
)
def test_what_cannot_be_written_is_one_line_and_leaves_no_file(bureau, tmp_path, changed, told):
    before = set(tmp_path.iterdir())
    ended = export(bureau, **{"out": "form.pdf", **changed})
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith(f"tidtam: {told}") and ended.err.count("\n") == 1
    assert set(tmp_path.iterdir()) == before


def test_a_file_that_cannot_be_put_in_its_place_leaves_nothing_beside_it(bureau, tmp_path):
    (tmp_path / "form.pdf").mkdir()
    ended = export(bureau, "form.pdf")
    assert ended.status == 1 and "cannot be written" in ended.err
    assert [path for path in tmp_path.iterdir() if "unfinished" in path.name] == []


def test_a_file_that_was_there_stays_where_writing_is_refused(bureau, tmp_path):
    (tmp_path / "form.pdf").write_text("before")
    assert export(bureau, "form.pdf", quarter="9").status == 1
    assert (tmp_path / "form.pdf").read_text() == "before"
