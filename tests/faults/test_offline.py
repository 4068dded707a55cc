"""The processes need nobody but their database, their queue and LINE: Thai words come with the installation."""

from __future__ import annotations

import pytest

from tests.faults.installation import FIRST_LETTER, wait_for

pytestmark = pytest.mark.faults

CLOSED_NETWORK = """
import os
import socket
import sys

HERE = ("127.0.0.1", "::1", "localhost")


def refuse(event, arguments):
    if event == "socket.connect":
        host = arguments[1][0] if isinstance(arguments[1], tuple) else HERE[0]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0] or HERE[0]
    else:
        return
    if host not in HERE:
        with open(os.environ["TRIED"], "a") as tried:
            tried.write(f"{event} {host}\\n")
        raise OSError("the network is closed")


sys.addaudithook(refuse)
try:
    socket.create_connection(("192.0.2.1", 9), 1)
except OSError:
    pass
"""


def test_a_worker_understands_with_the_network_closed_and_an_empty_home(install, tmp_path):
    office = install("sqlite", letters=1, people=1)
    home, guard, tried = tmp_path / "home", tmp_path / "guard", tmp_path / "tried"
    home.mkdir()
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(CLOSED_NETWORK, encoding="utf-8")
    office.surround(PYTHAINLP_OFFLINE="1", HOME=str(home), PYTHONPATH=str(guard), TRIED=str(tried))
    office.start("web", "worker")

    (person,) = office.people
    office.line.user_sends(person, f"สวัสดีคับ หนังสือ กท.1902/{FIRST_LETTER} ถึงใหนเเล้ว")
    wait_for("the answer", lambda: office.line.messages_to(person) and office.unfinished() == 0)

    (answer,) = office.line.messages_to(person)
    assert f"กท 1902/{FIRST_LETTER}" in answer.message["altText"]
    attempts = tried.read_text().splitlines()
    assert set(attempts) == {"socket.getaddrinfo 192.0.2.1"}, "beside the guard's own attempt at each start"
    assert list(home.iterdir()) == []
