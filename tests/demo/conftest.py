"""One demo for the tests that only look at it and talk to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.demo.running import RunningDemo


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Iterator[RunningDemo]:
    running = RunningDemo(tmp_path_factory.mktemp("demo"))
    yield running
    running.kill()
