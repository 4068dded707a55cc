"""The platform over HTTP: both LINE hosts on one address, the phone page, and a control API for other processes.

- ``/v2/bot/…`` what LINE answers (`simulator.messaging_api`);
- ``/`` the phone page;
- ``/simulator/state``, ``/simulator/stream``, ``/simulator/do/<verb>`` what the page and test drivers use.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from flask import Flask
from werkzeug.serving import BaseWSGIServer, ThreadedWSGIServer, WSGIRequestHandler
from werkzeug.wsgi import get_input_stream

from simulator.answers import Answer
from simulator.control import PhonePerson, control_pages
from simulator.platform import Platform

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LINE_PATHS = ("/v2/", "/bot/", "/oauth2/")


def create_app(platform: Platform, people: Sequence[PhonePerson] = ()) -> Flask:
    """The web application of a platform.

    ``people`` are those one can be on the phone page; who is not known to the platform yet becomes a friend of the bot.
    """
    app = Flask(__name__, static_url_path="/simulator/static")
    for person in people:
        if person.user_id not in platform.world.people:
            platform.add_friend(person.user_id, person.display_name)
    stopping = threading.Event()
    app.extensions["simulator_stopping"] = stopping
    app.register_blueprint(control_pages(platform, people, stopping))
    app.wsgi_app = LineHosts(app.wsgi_app, platform, stopping)  # type: ignore[method-assign]  # how Flask is wrapped
    return app


class LineHosts:
    """Hands LINE's paths to the platform before Flask sees them: a reply costs well under a millisecond that way."""

    def __init__(self, others: WSGIApplication, platform: Platform, stopping: threading.Event) -> None:
        self._others, self._platform, self._stopping = others, platform, stopping

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers a call of the Messaging API, or passes it on."""
        path = environ["PATH_INFO"]
        if not path.startswith(LINE_PATHS):
            return self._others(environ, start_response)
        body = get_input_stream(environ).read()
        query = dict(parse_qsl(environ.get("QUERY_STRING", "")))
        answer = self._platform.handle(environ["REQUEST_METHOD"], path, _headers(environ), body, query)
        if answer.delay_seconds:
            self._stopping.wait(answer.delay_seconds)
        if answer.dropped:
            _cut(environ)
        return _respond(answer, start_response)


def _headers(environ: WSGIEnvironment) -> dict[str, str]:
    headers = {name[5:].lower().replace("_", "-"): value for name, value in environ.items() if name.startswith("HTTP_")}
    headers["content-type"] = environ.get("CONTENT_TYPE", "")
    return headers


def _respond(answer: Answer, start_response: StartResponse) -> list[bytes]:
    body = answer.body
    if isinstance(body, dict):
        body = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    headers = [("Content-Type", answer.content_type), ("Content-Length", str(len(body))), *answer.headers.items()]
    start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", headers)
    return [body]


def _cut(environ: WSGIEnvironment) -> None:
    """Cuts the connection without an answer: the caller sees it dropped."""
    connection: socket.socket | None = environ.get("werkzeug.socket")
    if connection is not None:
        connection.shutdown(socket.SHUT_RDWR)
    raise ConnectionError("The connection was cut, as ordered.")


class _Handler(WSGIRequestHandler):
    """An answer in one write (headers and body in two cost 40 ms: Nagle and delayed ACK), and keep-alive for LINE."""

    protocol_version = "HTTP/1.1"
    wbufsize = 64 * 1024
    disable_nagle_algorithm = True

    def run_wsgi(self) -> None:
        """Answers LINE's paths and keeps the connection; werkzeug closes it after all others."""
        if not self.path.startswith(LINE_PATHS):
            self.close_connection = True
            super().run_wsgi()
            return
        try:
            parts = b"".join(self.server.app(self.make_environ(), self._start_line_response))
            self.end_headers()
            self.wfile.write(parts)
            self.wfile.flush()
        except ConnectionError:
            self.close_connection = True

    def _start_line_response(self, status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Any:
        code, _, phrase = status.partition(" ")
        self.send_response(int(code), phrase)
        for name, value in headers:
            self.send_header(name, value)

    def log(self, type: str, message: str, *args: object) -> None:
        """Stays silent: the page's own list tells what was called."""


class _Server(ThreadedWSGIServer):
    """A threaded server that can cut its open connections, so that it stops at once."""

    daemon_threads = True

    def __init__(self, listening: socket.socket, app: WSGIApplication) -> None:
        host, port = listening.getsockname()[:2]
        super().__init__(host, port, app, handler=_Handler, fd=listening.fileno())
        self._open: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remembers the connection while it is open."""
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forgets a connection that ends."""
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Connections that break are everyday matters here."""

    def cut_connections(self) -> None:
        """Ends what is still open."""
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class RunningServer:
    """A server in a thread of its own: ``url`` without a trailing slash, and ``stop()``."""

    def __init__(self, server: _Server, app: Flask, wake: Callable[[], object]) -> None:
        self.url = f"http://{server.host}:{server.port}"
        self._server, self._app, self._wake = server, app, wake
        self._thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="line-simulator", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends open streams and connections, and the thread; harmless when called twice."""
        self._app.extensions["simulator_stopping"].set()
        self._wake()
        BaseWSGIServer.shutdown(self._server)
        self._server.cut_connections()
        self._thread.join(5)
        self._server.server_close()


class PortTakenError(OSError):
    """Somebody else listens on the wanted port."""


def serve(app: Flask, platform: Platform, host: str = "127.0.0.1", port: int = 0) -> RunningServer:
    """Serves ``app`` from a thread; port 0 takes a free one.

    Raises:
        PortTakenError: the port is in use; its text says what to do.
    """
    listening = socket.create_server((host, port), backlog=128) if port == 0 else _listen(host, port)
    with listening:
        return RunningServer(_Server(listening, app), app, platform.world.note_change)


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=128)
    except OSError as wrong:
        words = f"The simulator cannot listen on {host}:{port}: stop what uses the port or choose another one."
        raise PortTakenError(wrong.errno, words) from wrong
