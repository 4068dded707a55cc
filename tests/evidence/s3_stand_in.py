"""A small S3 service on this machine: keeps objects, and asks of every call that it is signed."""

from __future__ import annotations

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SIGNED = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(\w+)/\d{8}/([\w-]+)/s3/aws4_request, ?SignedHeaders=\S+, ?Signature=[0-9a-f]{64}"
)
MODIFIED = "Sat, 21 Nov 2026 00:00:00 GMT"


class StandIn:
    """``objects`` by path (``/bucket/key``) as (bytes, content type); ``fail_next`` answers with a status once more."""

    def __init__(self, access_key: str, region: str) -> None:
        self.access_key, self.region = access_key, region
        self.objects: dict[str, tuple[bytes, str]] = {}
        self.calls: list[str] = []
        self.failures: list[int] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.service = self
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def fail_next(self, *statuses: int) -> None:
        self.failures += statuses

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_PUT(self):
        body = self._open()
        if body is not None:
            self.server.service.objects[self.path] = (body, self.headers["Content-Type"])
            self._say(200)

    def do_GET(self):
        if self._open() is not None:
            found = self.server.service.objects.get(self.path)
            self._say(404) if found is None else self._say(200, *found)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

    def do_DELETE(self):
        if self._open() is not None:
            self.server.service.objects.pop(self.path, None)
            self._say(204)

    def do_POST(self):
        """``POST /bucket?delete``: several keys at once, in XML."""
        body = self._open()
        if body is not None:
            keys = re.findall(r"<Key>([^<]+)</Key>", body.decode())
            for key in keys:
                self.server.service.objects.pop(f"{self.path.partition('?')[0].rstrip('/')}/{key}", None)
            done = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
            self._say(200, f"<DeleteResult>{done}</DeleteResult>".encode(), "application/xml")

    def _open(self) -> bytes | None:
        """The body of a call that is to be obeyed; else it has been answered."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.service.calls.append(f"{self.command} {self.path}")
        signed = SIGNED.fullmatch(self.headers.get("Authorization", ""))
        if signed is None or signed.groups() != (self.server.service.access_key, self.server.service.region):
            return self._say(403)
        if self.server.service.failures:
            return self._say(self.server.service.failures.pop(0))
        return body

    def _say(self, status: int, body: bytes = b"", content_type: str = "application/xml") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", content_type)
        self.send_header("ETag", '"tag"')
        self.send_header("Last-Modified", MODIFIED)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass
