"""One body of tests for both stores, and what each owes beyond it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.evidence_store import DirectoryStore, S3Store, StoreFailed, open_store
from bot.settings import load_settings
from tests.evidence.s3_stand_in import StandIn

DATA = b"a picture of a bridge"
NAME = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def service():
    opened = StandIn("AKTEST", "ap-southeast-7")
    yield opened
    opened.close()


def bucket_of(service: StandIn, access_key: str = "AKTEST") -> S3Store:
    return S3Store(
        "evidence", endpoint=service.url, region="ap-southeast-7", access_key=access_key, secret_key="secret"
    )


@pytest.fixture(params=["folder", "bucket"])
def store(request, tmp_path):
    if request.param == "folder":
        return DirectoryStore(tmp_path / "evidence")
    return bucket_of(request.getfixturevalue("service"))


def test_what_was_put_is_given_back(store):
    store.put(NAME, DATA, "image/png")
    assert store.get(NAME) == DATA
    assert store.exists(NAME)


def test_what_is_not_there_is_none(store):
    assert store.get(NAME) is None
    assert not store.exists(NAME)


def test_putting_twice_does_no_harm(store):
    store.put(NAME, DATA, "image/png")
    store.put(NAME, DATA, "image/png")
    assert store.get(NAME) == DATA


def test_what_was_deleted_is_gone_and_may_be_deleted_again(store):
    store.put(NAME, DATA, "image/png")
    store.delete(NAME)
    store.delete(NAME)
    assert store.get(NAME) is None


def test_ten_megabytes_go_through(store):
    data = os.urandom(10 * 1024 * 1024)
    name = hashlib.sha256(data).hexdigest()
    store.put(name, data, "application/pdf")
    assert store.get(name) == data


def test_many_put_the_same_at_once(store):
    threads = [threading.Thread(target=store.put, args=(NAME, DATA, "image/png")) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.get(NAME) == DATA


@pytest.mark.parametrize("name", ["../../etc/passwd", "abc", "A" * 64, ""])
def test_only_a_digest_is_a_name(store, name):
    for call in (store.get, store.exists, store.delete):
        with pytest.raises(ValueError, match="SHA-256"):
            call(name)


class TestFolder:
    def test_files_lie_two_folders_deep_for_our_eyes_only(self, tmp_path):
        DirectoryStore(tmp_path).put(NAME, DATA, "image/png")
        path = tmp_path / NAME[:2] / NAME[2:4] / NAME
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert [found.name for found in path.parent.iterdir()] == [NAME]

    def test_a_folder_that_cannot_be_written_fails_as_a_store(self, tmp_path):
        (tmp_path / "evidence").write_text("a file in the way")
        with pytest.raises(StoreFailed):
            DirectoryStore(tmp_path / "evidence").put(NAME, DATA, "image/png")

    def test_what_a_killed_process_had_begun_is_never_seen_and_goes_with_the_file(self, tmp_path):
        store = DirectoryStore(tmp_path)
        part = tmp_path / NAME[:2] / NAME[2:4] / f".{NAME}.0123.part"
        part.parent.mkdir(parents=True)
        part.write_bytes(DATA[:3])
        assert store.get(NAME) is None
        store.put(NAME, DATA, "image/png")
        assert store.get(NAME) == DATA
        store.delete(NAME)
        assert list(part.parent.iterdir()) == []


class TestBucket:
    def test_the_type_is_kept_with_the_object(self, service):
        bucket_of(service).put(NAME, DATA, "image/png")
        assert service.objects == {f"/evidence/{NAME[:2]}/{NAME[2:4]}/{NAME}": (DATA, "image/png")}

    def test_one_fault_is_passed_over(self, service):
        service.fail_next(503)
        bucket_of(service).put(NAME, DATA, "image/png")
        assert bucket_of(service).get(NAME) == DATA

    @pytest.mark.parametrize("call", ["put", "get", "exists", "delete"])
    def test_a_service_that_fails_on_fails_as_a_store(self, service, call):
        service.fail_next(*[500] * 4)
        with pytest.raises(StoreFailed):
            getattr(bucket_of(service), call)(*((NAME, DATA, "image/png") if call == "put" else (NAME,)))

    def test_a_service_that_is_away_fails_as_a_store(self):
        away = S3Store("evidence", endpoint="http://127.0.0.1:9", region="", access_key="a", secret_key="b")
        with pytest.raises(StoreFailed):
            away.put(NAME, DATA, "image/png")

    @pytest.mark.parametrize("call", ["put", "get", "exists", "delete"])
    def test_a_wrong_key_fails_as_a_store(self, service, call):
        with pytest.raises(StoreFailed):
            store = bucket_of(service, access_key="AKWRONG")
            getattr(store, call)(*((NAME, DATA, "image/png") if call == "put" else (NAME,)))


BUCKET = {
    "EVIDENCE_S3_BUCKET": "evidence",
    "EVIDENCE_S3_REGION": "ap-southeast-7",
    "EVIDENCE_S3_ACCESS_KEY": "a",
    "EVIDENCE_S3_SECRET_KEY": "b",
}


def test_the_settings_choose_the_store(tmp_path):
    def opened(values):
        return open_store(load_settings(values, Path("no-such-file")))

    assert isinstance(opened({"EVIDENCE_DIR": str(tmp_path)}), DirectoryStore)
    assert isinstance(opened(BUCKET), S3Store)


def test_a_folder_loads_nothing_of_s3():
    script = "import sys, bot.evidence_store; sys.exit('obstore' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
