"""Where the bytes of evidence lie: a folder that all machines share, or a bucket of an S3 service.

A file is named by the SHA-256 of its bytes, so the same photo sent by ten people lies there once, and putting it there
again changes nothing. Which file is still needed, the rows tell (``models.evidence``), never the store.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from bot.settings import Settings

STORE_SECONDS = 15
"""How long one try of one call to an S3 service may take; there is one more after it."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


class StoreFailed(Exception):
    """The store did not do what was asked: it is away, full, or refuses us. The same may be tried again."""


class EvidenceStore(Protocol):
    """Keeps bytes by their SHA-256, 64 lower-case hexadecimal digits. Safe to share between threads.

    Every method raises ``StoreFailed`` where the store does not answer.
    """

    def put(self, sha256: str, data: bytes, content_type: str) -> None:
        """Keep bytes; when this returns they are there whole, and before that not at all."""

    def get(self, sha256: str) -> bytes | None:
        """The bytes; None where they are not there."""

    def exists(self, sha256: str) -> bool:
        """Whether the bytes are there."""

    def delete(self, sha256: str) -> None:
        """Remove the bytes; where they are not there, nothing happens."""


def open_store(settings: Settings) -> EvidenceStore:
    """The store that the settings name; nothing is touched before it is used."""
    if not settings.evidence_s3_bucket:
        return DirectoryStore(settings.evidence_dir)
    return S3Store(
        settings.evidence_s3_bucket,
        endpoint=settings.evidence_s3_endpoint,
        region=settings.evidence_s3_region,
        access_key=settings.evidence_s3_access_key,
        secret_key=settings.evidence_s3_secret_key,
    )


def _path_of(sha256: str) -> str:
    """``ab/cd/abcd…``: no folder grows beyond what people and file systems look through with ease."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError("a file of evidence is named by its SHA-256")
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


@contextmanager
def _failing_as_store(*kinds: type[Exception]) -> Iterator[None]:
    try:
        yield
    except kinds as error:
        raise StoreFailed(type(error).__name__) from error


class DirectoryStore:
    """A folder, readable by nobody else. Content types are the rows' business here."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, sha256: str, data: bytes, content_type: str) -> None:
        """See ``EvidenceStore``: written beside its place, forced to the disk, then moved there in one step."""
        path = self._path(sha256)
        beside = path.with_name(f".{sha256}.{secrets.token_hex(8)}.part")
        with _failing_as_store(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                _write_through(beside, data)
                beside.replace(path)
            except OSError:
                beside.unlink(missing_ok=True)
                raise
            _write_folder_through(path.parent)

    def get(self, sha256: str) -> bytes | None:
        """See ``EvidenceStore``."""
        with _failing_as_store(OSError):
            try:
                return self._path(sha256).read_bytes()
            except FileNotFoundError:
                return None

    def exists(self, sha256: str) -> bool:
        """See ``EvidenceStore``."""
        with _failing_as_store(OSError):
            return self._path(sha256).is_file()

    def delete(self, sha256: str) -> None:
        """See ``EvidenceStore``; what a killed process had begun to write goes too."""
        path = self._path(sha256)
        with _failing_as_store(OSError):
            for left in (path, *path.parent.glob(f".{sha256}.*.part")):
                left.unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        return self._folder / _path_of(sha256)


class S3Store:
    """A bucket of AWS or of any service that speaks S3 (MinIO, Ceph, R2).

    Args:
        bucket: its name.
        endpoint: the service's address, http only for tests and closed networks; None for AWS.
        region: the bucket's; services other than AWS mostly do not mind.
        access_key: may read, write and delete objects in the bucket.
        secret_key: the key's secret.
    """

    def __init__(self, bucket: str, *, endpoint: str | None, region: str, access_key: str, secret_key: str) -> None:
        # Imported here: 5 MB that only installations with a bucket load.
        from obstore.exceptions import BaseError  # noqa: PLC0415
        from obstore.store import S3Store as Bucket  # noqa: PLC0415

        self._failures = (BaseError, OSError)
        self._bucket = Bucket(
            bucket,
            config={
                "region": region or "us-east-1",
                "access_key_id": access_key,
                "secret_access_key": secret_key,
                **({"endpoint": endpoint} if endpoint else {}),
            },
            client_options={
                "timeout": timedelta(seconds=STORE_SECONDS),
                "allow_http": bool(endpoint and endpoint.startswith("http://")),
            },
            retry_config={"max_retries": 1, "retry_timeout": timedelta(seconds=STORE_SECONDS)},
        )

    def put(self, sha256: str, data: bytes, content_type: str) -> None:
        """See ``EvidenceStore``; one request, so that nothing half sent is left in the bucket."""
        path = _path_of(sha256)
        with _failing_as_store(*self._failures):
            self._bucket.put(path, data, attributes={"Content-Type": content_type}, use_multipart=False)

    def get(self, sha256: str) -> bytes | None:
        """See ``EvidenceStore``."""
        path = _path_of(sha256)
        with _failing_as_store(*self._failures):
            try:
                return bytes(self._bucket.get(path).bytes())
            except FileNotFoundError:
                return None

    def exists(self, sha256: str) -> bool:
        """See ``EvidenceStore``."""
        path = _path_of(sha256)
        with _failing_as_store(*self._failures):
            try:
                self._bucket.head(path)
            except FileNotFoundError:
                return False
            return True

    def delete(self, sha256: str) -> None:
        """See ``EvidenceStore``."""
        path = _path_of(sha256)
        with _failing_as_store(*self._failures):
            self._bucket.delete(path)


def _write_through(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _write_folder_through(folder: Path) -> None:
    """A name survives a power cut only where its folder was forced to the disk too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
