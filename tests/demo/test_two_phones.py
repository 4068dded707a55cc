"""The acceptance of the duty queue: an officer asks what nobody knows, a secretary answers, the figures tell."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from bot.demo_samples import OFFICER, SECRETARY
from models.documents import BANGKOK
from tests.demo.browser import newest, open_page, phone_of, say, two_phones
from tests.demo.running import ROOT, RunningDemo

UNKNOWN = "กท 9999/1"


@pytest.fixture
def own_demo(tmp_path):
    """A demo in which nobody has asked anything yet."""
    running = RunningDemo(tmp_path)
    yield running
    running.kill()


def service_kpi(demo):
    """What the command line tells of the demo's own log."""
    command = [sys.executable, "-c", "from bot.cli import main; main()", "kpi", "service", "--json"]
    today = datetime.now(UTC).astimezone(BANGKOK).date().isoformat()  # the days before are invented
    period = ["--from", today, "--to", "2999-12-31"]
    address = f"sqlite:///{demo.folder / 'var' / 'demo' / 'demo.db'}"
    environment = {**os.environ, "DATABASE_URL": address, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        [*command, *period], cwd=demo.folder, env=environment, capture_output=True, check=True, text=True
    )
    return json.loads(told.stdout)


def test_a_question_that_only_people_can_answer(own_demo):
    with open_page(own_demo.url) as page:
        two_phones(page)
        officer, secretary = phone_of(page, 0, OFFICER, own_demo), phone_of(page, 1, SECRETARY, own_demo)

        say(officer, f"หนังสือ {UNKNOWN} ถึงไหนแล้วคะ")
        newest(officer, "คำขอ #")
        newest(secretary, UNKNOWN).get_by_role("button", name="รับทราบ", exact=True).click()
        newest(officer, "รับทราบ")
        secretary.get_by_role("button", name="แจ้งผล", exact=True).last.click()
        newest(secretary, "หรือพิมพ์ #").get_by_role("button", name="เสนอผู้บริหารพิจารณา").click()
        newest(officer, "เสนอผู้บริหารพิจารณา")
        officer.get_by_role("button", name="มากที่สุด", exact=True).click()
        newest(officer, "ขอบคุณ")

    kpi = service_kpi(own_demo)
    assert kpi["users"]["value"] == 1
    assert kpi["acknowledged_in_time"]["people_percent"] == 100
    assert kpi["acknowledged_in_time"]["by_human_percent"] == 100
    assert kpi["answered_in_time"]["people_percent"] == 100
    assert kpi["answered_in_time"]["by_human_percent"] == 100
    assert kpi["satisfied"] == kpi["satisfied"] | {"people_percent": 100, "ratings": 1}
