"""Addresses of evidence: they open what they were made for, for an hour, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot.signed_links import EVIDENCE, SignedLinks, open_links
from models.evidence import EvidenceItem
from models.members import Role
from tests.conftest import NOW
from tests.evidence.makers import PDF, photo, picture, scene
from tests.support import FakeClock

PERSON = "U" + "a" * 32
PUBLIC = "https://office.example.org"
KEY = "a key for tests"


@pytest.fixture
def desk(office):
    """An installation that phones reach, and a coordinator."""
    office.services.settings = replace(office.services.settings, secret_key=KEY, public_url=PUBLIC)
    office.add_member(PERSON, Role.COORDINATOR)
    return office


def receives_picture(desk, data: bytes | None = None, kind: str = "image/jpeg") -> int:
    desk.line.user_sends_image(PERSON, data or photo(), kind)
    desk.work(PERSON)
    return newest(desk)


def receives_file(desk, name: str, data: bytes) -> int:
    desk.line.user_sends_file(PERSON, name, data)
    desk.work(PERSON)
    return newest(desk)


def newest(desk) -> int:
    with desk.database.reading() as session:
        return session.query(EvidenceItem).order_by(EvidenceItem.id.desc()).first().id


def path_to(desk, item: int) -> str:
    address = desk.services.evidence_links.address_of([item])
    assert address.startswith(f"{PUBLIC}/evidence/")
    return address.removeprefix(PUBLIC)


def test_a_photo_is_shown_and_guarded(desk):
    path = path_to(desk, receives_picture(desk))
    shown = desk.web.get(path)
    assert (shown.status_code, shown.content_type) == (200, "image/jpeg")
    with Image.open(BytesIO(shown.data)) as image:
        assert image.size == scene().size
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["Cache-Control"] == "private"
    assert "Set-Cookie" not in shown.headers


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB"), ("JPEG", "CMYK")])
def test_a_preview_is_a_small_jpeg_whatever_was_sent(desk, kind, mode):
    sent = picture(kind, of=scene(1200, 900).convert(mode))
    small = desk.web.get(path_to(desk, receives_picture(desk, sent, f"image/{kind.lower()}")) + "/preview")
    assert (small.status_code, small.content_type) == (200, "image/jpeg")
    with Image.open(BytesIO(small.data)) as image:
        assert (image.size, image.mode) == ((480, 360), "RGB")


def test_a_file_is_saved_under_its_name_and_has_no_preview(desk):
    path = path_to(desk, receives_file(desk, "ใบเสร็จ.pdf", PDF))
    saved = desk.web.get(path)
    assert (saved.status_code, saved.content_type, saved.data) == (200, "application/pdf", PDF)
    disposition = saved.headers["Content-Disposition"]
    assert disposition.startswith("attachment") and "filename*=UTF-8''" in disposition
    assert desk.web.get(f"{path}/preview").status_code == 404


def test_an_address_that_was_changed_or_made_up_opens_nothing(desk):
    path = path_to(desk, receives_picture(desk))
    head, _, token = path.rpartition("/")
    of_another_key = SignedLinks(EVIDENCE, "another key", PUBLIC, desk.clock).address_of([1]).removeprefix(PUBLIC)
    changed = "B" if token[0] != "B" else "C"
    for wrong in (f"{head}/{changed}{token[1:]}", f"{path}x", f"{head}/1", f"{head}/..", of_another_key):
        refused = desk.web.get(wrong)
        assert refused.status_code == 404, wrong
    assert "ไม่พบหลักฐาน" in desk.web.get(of_another_key).text


def test_an_address_is_over_after_an_hour(desk):
    path = path_to(desk, receives_picture(desk))
    desk.clock.advance(minutes=59)
    assert desk.web.get(path).status_code == 200
    desk.clock.advance(minutes=1)
    over = desk.web.get(path)
    assert (over.status_code, over.headers["Cache-Control"]) == (410, "private")
    assert "หมดอายุ" in over.text


def test_what_was_taken_back_or_never_was_is_gone(desk):
    path = path_to(desk, receives_picture(desk))
    desk.line.unsend(PERSON)
    desk.work(PERSON)
    assert desk.web.get(path).status_code == 410
    assert desk.web.get(f"{path}/preview").status_code == 410
    assert desk.web.get(path_to(desk, 999)).status_code == 410


def test_a_store_that_is_away_is_said_to_be(desk, monkeypatch):
    path = path_to(desk, receives_picture(desk))
    monkeypatch.setattr(desk.services.evidence, "_folder", desk.evidence_folder / "not-a-folder")
    (desk.evidence_folder / "not-a-folder").write_bytes(b"")
    assert desk.web.get(path).status_code == 503


@pytest.mark.parametrize(
    ("key", "public", "has_addresses"),
    [
        (KEY, PUBLIC, True),
        (KEY, "http://localhost:8001", True),
        (KEY, "http://127.0.0.1:8001", True),
        (KEY, "http://office.example.org", False),
        ("", PUBLIC, False),
    ],
)
def test_there_are_addresses_only_where_phones_reach_them_safely(office, key, public, has_addresses):
    settings = replace(office.services.settings, secret_key=key, public_url=public)
    assert (open_links(EVIDENCE, settings, FakeClock(NOW)) is not None) == has_addresses


def test_without_a_key_no_address_opens_anything(office):
    made_with_no_key = SignedLinks(EVIDENCE, "", PUBLIC, office.clock).address_of([1]).removeprefix(PUBLIC)
    assert office.web.get(made_with_no_key).status_code == 404
