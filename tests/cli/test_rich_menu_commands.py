"""``tidtam richmenu``: menus made at LINE from a shell, once."""

from __future__ import annotations

import pytest

from models.rich_menus import MenuKind
from simulator.platform import Platform
from simulator.server import serve
from tests.office import SECRET, TOKEN, line_without_pages

OFFICER, MANAGER = ("U" + letter * 32 for letter in "ab")
ALL = [kind.value for kind in MenuKind]


@pytest.fixture
def line():
    platform = Platform(SECRET, TOKEN, deliver=lambda *_: 200)
    platform.server = serve(line_without_pages(platform), platform)
    yield platform
    platform.server.stop()


@pytest.fixture
def richmenu(tidtam, line):
    """The command, with two members who are the account's friends, and the local LINE's address."""
    tidtam("catalog", "load")
    for line_id, role in ((OFFICER, "officer"), (MANAGER, "manager")):
        line.add_friend(line_id, "ผู้ทดสอบ")
        person = ("--line-user-id", line_id, "--name", "ผู้ทดสอบ", "--unit", "สำนักงานเขตดินแดง", "--role", role)
        assert tidtam("members", "add", *person).status == 0
    keys = {"LINE_CHANNEL_SECRET": SECRET, "LINE_CHANNEL_ACCESS_TOKEN": TOKEN}
    url = line.server.url
    return lambda *words: tidtam("richmenu", *words, LINE_API_URL=url, LINE_DATA_API_URL=url, **keys)


def changes(line) -> int:
    return sum(call.method != "GET" for call in line.calls)


def test_the_second_run_changes_nothing(richmenu, line):
    first = richmenu("sync", "--json").json
    assert first == {"menus": dict.fromkeys(ALL, "created"), "linked": 2, "unlinked": 0, "deleted": 0}
    assert line.rich_menus.shown_to(MANAGER).shape["name"].startswith("tidtam:manager:")
    before = changes(line)

    second = richmenu("sync", "--json").json

    assert second == {"menus": dict.fromkeys(ALL, "unchanged"), "linked": 0, "unlinked": 0, "deleted": 0}
    assert changes(line) == before


def test_a_dry_run_only_tells(richmenu, line):
    told = richmenu("sync", "--dry-run").out.splitlines()
    assert told[0].split() == ["officer", "created"]
    assert told[-1] == "menus to delete: 0; nothing was changed"
    assert changes(line) == 0


def test_what_line_refuses_is_one_line_and_the_next_run_goes_on(richmenu, line):
    line.faults.fail_next(500, endpoint="richMenu")
    refused = richmenu("sync")
    assert (refused.status, refused.err) == (1, "tidtam: LINE: answer_500; run it again, it goes on where it was\n")
    assert richmenu("sync").out.splitlines()[-1] == "linked 2, unlinked 0, menus deleted 0"


def test_the_pictures_can_be_looked_at(richmenu, tmp_path):
    shown = richmenu("show", "--out", "pictures")
    assert [path.name for path in sorted((tmp_path / "pictures").iterdir())] == sorted(f"{kind}.png" for kind in ALL)
    assert shown.out.splitlines()[0] == "pictures/officer.png"
    (tmp_path / "file").write_text("")
    assert richmenu("show", "--out", "file").err.startswith("tidtam: file: ")
