"""What is taken as evidence, told by its content; and pictures, of which only the picture is kept."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat, PngImagePlugin

from bot.evidence_files import BYTES_PER_MB, Examined, examine
from models.errors import Invalid
from tests.evidence.makers import CSV, DOCX, EXE, PDF, XLSX, archive, opened, photo, picture, scene

LIMIT = BYTES_PER_MB
OFFICE = "application/vnd.openxmlformats-officedocument."


def taken(data: bytes) -> Examined:
    return examine(data, LIMIT)


def refusal_of(data: bytes, limit: int = LIMIT) -> Invalid:
    with pytest.raises(Invalid) as refused:
        examine(data, limit)
    return refused.value


KINDS = {
    "JPEG": (picture("JPEG"), "image/jpeg", "jpg"),
    "PNG": (picture("PNG"), "image/png", "png"),
    "WebP": (picture("WEBP"), "image/webp", "webp"),
    "PDF": (PDF, "application/pdf", "pdf"),
    "PDF after a mark": (b"\xef\xbb\xbf" + PDF, "application/pdf", "pdf"),
    "XLSX": (XLSX, OFFICE + "spreadsheetml.sheet", "xlsx"),
    "DOCX": (DOCX, OFFICE + "wordprocessingml.document", "docx"),
    "CSV": (CSV, "text/csv", "csv"),
    "CSV with a mark": (b"\xef\xbb\xbf" + CSV, "text/csv", "csv"),
    "CSV of Thai Windows": (CSV.decode().encode("cp874"), "text/csv", "csv"),
    "CSV of Excel, Unicode": (CSV.decode().replace(",", "\t").encode("utf-16"), "text/csv", "csv"),
    "CSV with quotes": ('ชื่อ;ค่า\n"ก; ""ข""";2\nค\n'.encode(), "text/csv", "csv"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_six_kinds_are_taken_for_what_they_are(kind):
    data, content_type, extension = KINDS[kind]
    examined = taken(data)
    assert (examined.content_type, examined.extension) == (content_type, extension)
    if not content_type.startswith("image/"):
        assert examined.data == data


OTHERS = {
    "a program called report.pdf": EXE,
    "a program with a PDF behind": EXE + PDF,
    "a PDF that breaks off": PDF[:20],
    "a GIF": b"GIF89a" + b"\x00" * 40,
    "an old Excel file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512,
    "an archive": archive("notes.txt"),
    "a workbook with macros": archive("xl/workbook.xml", "xl/vbaProject.bin"),
    "a program with a workbook behind": EXE + XLSX,
    "a page": b"<!DOCTYPE html>, <script>alert(1)</script>\n",
    "a drawing that runs": b'<svg xmlns="http://www.w3.org/2000/svg" onload="a(1,2)"/>',
    "plain words": "เรียน ท่านผู้อำนวยการ\nขอส่งรายงาน".encode(),
    "words with NUL": b"a,b\n1,\x002\n",
    "rows wider than their header": b"a,b\n1,2,3\n",
    "blank lines": b"\n\n  \n",
    "a film": b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 64,
    "HEIC": b"\x00\x00\x00\x18ftypheic" + b"\x00" * 64,
}


@pytest.mark.parametrize("kind", OTHERS)
def test_all_others_are_refused(kind):
    assert refusal_of(OTHERS[kind]).reason_code == "evidence_kind_not_accepted"


def test_nothing_and_too_much_are_refused():
    assert refusal_of(b"").reason_code == "evidence_empty"
    too_big = refusal_of(PDF + b" " * LIMIT)
    assert (too_big.reason_code, too_big.facts) == ("evidence_too_big", {"megabytes": 1})
    assert examine(PDF, len(PDF)).data == PDF


def test_an_archive_that_would_fill_the_disk_is_refused():
    bomb = archive("xl/workbook.xml", *(f"xl/{n}.xml" for n in range(210)), content=b"0" * BYTES_PER_MB)
    assert len(bomb) < LIMIT
    assert refusal_of(bomb).reason_code == "evidence_kind_not_accepted"


def test_an_archive_that_breaks_off_is_damaged():
    assert refusal_of(XLSX[:-30]).reason_code == "evidence_damaged"


class TestPictures:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_nothing_but_the_picture_is_kept(self, kind):
        before = picture(kind, orientation=6)
        assert b"PhoneMakerOfTests" in before
        after = taken(before).data
        assert b"PhoneMakerOfTests" not in after
        assert b"Exif" not in after
        assert dict(opened(after).getexif()) == {}
        assert set(opened(after).info) & {"exif", "xmp", "comment", "XML:com.adobe.xmp", "photoshop"} == set()

    @pytest.mark.parametrize("orientation", range(1, 9))
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_it_stands_as_it_was_shown(self, kind, orientation):
        upright = scene()
        held = {1: (), 2: (0,), 3: (3,), 4: (1,), 5: (5,), 6: (2,), 7: (6,), 8: (4,)}[orientation]
        stored = upright
        for turn in held:  # how the pixels lie in a file of this orientation
            stored = stored.transpose(Image.Transpose(turn))
        after = opened(taken(picture(kind, orientation, of=stored)).data).convert("RGB")
        assert after.size == upright.size
        assert max(ImageStat.Stat(ImageChops.difference(after, upright)).mean) < 4

    def test_no_loss_is_seen(self):
        noisy = Image.effect_mandelbrot((256, 192), (-2, -1.5, 1, 1.5), 60).convert("RGB")
        before = picture(of=noisy, quality=85)
        after = taken(before).data
        assert max(ImageStat.Stat(ImageChops.difference(opened(after), opened(before))).mean) < 1
        assert len(after) < len(before) * 1.2

    def test_the_same_bytes_give_the_same_bytes(self):
        assert taken(photo()).data == taken(photo()).data

    def test_what_hangs_behind_a_photo_goes(self):
        film = b"\x00\x00\x00\x18ftypmp42 of the moments before"
        assert film not in taken(photo() + film).data

    def test_comments_profiles_and_notes_go_and_the_colours_stay(self):
        before = picture(comment=b"home of somebody", icc_profile=b"profile of colours")
        after = opened(taken(before).data)
        assert "comment" not in after.info
        assert after.info["icc_profile"] == b"profile of colours"
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Location", "13.75,100.5")
        notes.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>13.75</x:xmpmeta>")
        assert b"13.75" not in taken(picture("PNG", pnginfo=notes)).data

    @pytest.mark.parametrize("mode", ["L", "CMYK"])
    def test_grey_and_printers_photos_are_taken(self, mode):
        assert opened(taken(picture(of=scene(mode="L").convert(mode))).data).mode == mode

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
    def test_every_kind_of_png_is_taken(self, mode):
        drawing = scene(mode="L").convert("RGBA" if mode == "P" else mode).convert(mode)
        assert opened(taken(picture("PNG", of=drawing)).data).size == drawing.size

    def test_what_is_transparent_stays_so(self):
        drawing = scene().quantize(16)
        before = picture("PNG", orientation=3, of=drawing, transparency=drawing.getpixel((47, 31)))
        assert opened(taken(before).data).convert("RGBA").getpixel((0, 0))[3] == 0

    def test_a_photo_in_several_pictures_is_its_first(self):
        saved = BytesIO()
        scene().save(saved, "MPO", save_all=True, append_images=[Image.new("RGB", (48, 32), "red")])
        examined = taken(saved.getvalue())
        assert (examined.content_type, opened(examined.data).format) == ("image/jpeg", "JPEG")

    @pytest.mark.parametrize("side", [8_200, 12_000, 60_000])
    def test_a_picture_that_would_fill_the_memory_is_refused_unread(self, side):
        refused = refusal_of(_huge_png(side))
        assert (refused.reason_code, refused.facts) == ("evidence_picture_too_large", {"megapixels": 64})

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_half_a_picture_is_damaged(self, kind):
        whole = picture(kind)
        assert refusal_of(whole[: len(whole) * 2 // 3]).reason_code == "evidence_damaged"

    @pytest.mark.filterwarnings("ignore::UserWarning")
    def test_a_damaged_note_costs_nobody_the_photo(self):
        before = photo().replace(b"MM\x00*", b"MM\xff\xff").replace(b"II*\x00", b"II\xff\xff")
        assert opened(taken(before).data).size == (48, 32)


def _huge_png(side: int) -> bytes:
    """A PNG of a few bytes that says it is ``side`` by ``side``."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")

    header = side.to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


WHOLE = [data for data, _, _ in KINDS.values()]


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow tells the log of oddities that it can live with
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damage_of_any_kind_is_refused_in_words(data):
    """Bytes changed, cut out and put in: the answer is a file or a refusal, never an error of ours."""
    damaged = bytearray(data.draw(st.sampled_from(WHOLE)))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(damaged)))
        end = at + data.draw(st.integers(0, 8))
        damaged[at:end] = data.draw(st.binary(max_size=8))
    try:
        examine(bytes(damaged), LIMIT)
    except Invalid as refused:
        assert refused.reason_code.startswith("evidence_")
