"""``tidtam demo`` as a person starts it, tries it and ends it."""

from __future__ import annotations

import json
import signal
import socket
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from bot.demo import PoolQueue
from bot.demo_samples import OFFICER, SECRETARY, STRANGER
from tests.demo.running import STOP_SECONDS, RunningDemo, free_ports, refusal, words_of

QUESTION = "หนังสือ กท 1902/1335 ถึงไหนแล้วคะ"


def test_the_question_of_the_welcome_is_answered_with_a_free_reply(demo):
    assert QUESTION in demo.welcome

    answer = demo.says(OFFICER.user_id, QUESTION)

    assert answer["how"] == "reply"
    assert "กท 1902/1335" in words_of(answer)


def test_words_of_a_title_find_several_letters_and_a_number_those_of_two_years(demo):
    assert "พบ 3 ฉบับ" in words_of(demo.says(OFFICER.user_id, "เรื่องเครื่องปรับอากาศ ถึงไหนแล้ว"))
    assert "พบ 2 ฉบับ" in words_of(demo.says(OFFICER.user_id, "กท 1902/412"))


def test_who_follows_is_told_when_the_secretary_records_a_stage(demo):
    demo.says(OFFICER.user_id, "กท 1902/1329 ถึงไหนแล้ว")
    demo.taps(OFFICER.user_id, "ติดตามต่อ")
    before = len(demo.seen_by(OFFICER.user_id))

    demo.says(SECRETARY.user_id, "กท 1902/1329 เสนอผู้บริหารแล้ว")
    demo.taps(SECRETARY.user_id, "ยืนยัน")
    news = demo.wait_for_row(OFFICER.user_id, before)

    assert news["how"] == "push"
    assert "เสนอผู้บริหารพิจารณา" in words_of(news)


def test_both_addresses_of_the_welcome_answer(demo):
    assert f"localhost:{demo.port} " in demo.welcome.replace("\n", " ")
    with urllib.request.urlopen(f"http://127.0.0.1:{demo.port + 1}/readyz", timeout=5) as ready:
        assert ready.status == 200


def test_a_second_demo_on_the_same_data_is_refused_in_one_line(demo):
    status, said, complained = refusal(demo.folder, free_ports())

    assert (status, said) == (1, "")
    assert complained == "tidtam: another demo is running with the data in var/demo; end it first\n"


@pytest.mark.parametrize("offset", [0, 1], ids=["phone page", "service"])
def test_a_taken_port_is_refused_in_one_line_that_names_it(tmp_path, offset):
    port = free_ports()
    with closing(socket.create_server(("127.0.0.1", port + offset))):
        status, said, complained = refusal(tmp_path, port)

    assert (status, said) == (1, "")
    assert complained.startswith(f"tidtam: port {port + offset}: ")
    assert complained.count("\n") == 1


def test_data_that_cannot_be_read_is_refused_in_one_line_that_says_how_to_mend_it(tmp_path):
    (tmp_path / "var/demo").mkdir(parents=True)
    (tmp_path / "var/demo/demo.db").write_text("this is no database" * 100)

    status, said, complained = refusal(tmp_path, free_ports())

    assert (status, said) == (1, "")
    assert complained.endswith("start afresh with: tidtam demo --reset\n")
    assert complained.count("\n") == 1


def test_a_demo_ends_cleanly_goes_on_where_it_was_and_starts_afresh_when_told(tmp_path):
    first = RunningDemo(tmp_path)
    assert "ลงทะเบียน" in words_of(first.wait_for_row(STRANGER.user_id, 0))
    first.says(STRANGER.user_id, f"ลงทะเบียน {first.code}")
    assert "ลงทะเบียนแล้ว" in words_of(first.taps(STRANGER.user_id, "ยอมรับ"))
    assert first.end(signal.SIGINT) == (0, "")

    second = RunningDemo(tmp_path, port=first.port)
    assert second.code is None  # the stranger is a member now
    assert "กท 1902/1335" in words_of(second.says(STRANGER.user_id, QUESTION))
    assert second.end(signal.SIGTERM) == (0, "")

    third = RunningDemo(tmp_path, "--reset", port=first.port)
    assert third.code not in (None, first.code)
    third.do("slow", seconds=10 * STOP_SECONDS)
    third.do("user_sends", user_id=OFFICER.user_id, text=QUESTION)  # an answer is on its way to LINE when the end comes
    assert third.end(signal.SIGINT) == (0, "")
    logged = [json.loads(line) for line in (tmp_path / "var/demo/demo.log").read_text().splitlines()]
    assert [entry for entry in logged if entry["level"] == "error"] == []


def test_a_wake_up_that_fails_is_logged_and_the_next_one_runs(logged):
    answered: list[str] = []

    def answer(person_key: str) -> None:
        if person_key == "broken":
            raise RuntimeError
        answered.append(person_key)

    with ThreadPoolExecutor(1) as pool:
        queue = PoolQueue(pool)
        queue.handle_with(answer, answered.append)
        queue.wake_people(["broken", "whole"])
        queue.wake_recipients(["recipient"])

    assert answered == ["whole", "recipient"]
    assert [entry["event"] for entry in logged] == ["wake_up_failed"]
