"""What the tests of collecting share: small inputs on disk, and a real web server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from vedette.collect import Limits, Told, capture_inputs
from vedette.model.nouns import Capture, Issue

UNTOLD, DEFAULTS = Told(), Limits()
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Haul:
    """What came of some inputs, captures and issues apart."""

    captures: list[Capture] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    @property
    def said(self) -> str:
        return "\n".join(f"{issue.subject}: {issue.message}" for issue in self.issues)

    @property
    def only(self) -> Capture:
        assert not self.issues, self.said
        assert len(self.captures) == 1
        return self.captures[0]

    @property
    def problem(self) -> Issue:
        assert not self.captures
        assert len(self.issues) == 1, self.said
        return self.issues[0]


def _collect(*inputs: object, told: Told = UNTOLD, limits: Limits = DEFAULTS) -> Haul:
    haul = Haul()
    for found in capture_inputs([str(name) for name in inputs], told, limits):
        (haul.captures if isinstance(found, Capture) else haul.issues).append(found)
    return haul


@pytest.fixture
def collect() -> Callable[..., Haul]:
    return _collect


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    def write(name: str, body: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body if isinstance(body, bytes) else body.encode())
        return path

    return write


@pytest.fixture(scope="session")
def samples() -> Path:
    """Real files beside the repository; a test that needs them is skipped where they are not."""
    folder = Path(__file__).parents[2] / "../shared/data"
    if not folder.is_dir():
        pytest.skip("the real data folder ../shared/data is not on this machine")
    return folder


class Site:
    """A web server on 127.0.0.1 whose pages a test puts there, and which remembers what it was asked."""

    limits = Limits(allow_private=True, delay=0, timeout=2, deadline=3)

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.root = f"http://127.0.0.1:{self.server.server_port}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def url(self, path: str) -> str:
        return self.root + path

    def put(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> str:
        sent = body if isinstance(body, bytes) else body.encode()

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in {"Content-Length": str(len(sent)), **headers}.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(sent)

        return self.on(path, answer)

    def on(self, path: str, answer: Answer) -> str:
        self.answers[path] = answer
        return self.url(path)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                try:
                    site.answers.get(self.path, lambda handler: handler.send_error(404))(self)
                except OSError:
                    self.close_connection = True  # the client has hung up, as some tests want it to

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield site
    site.server.shutdown()
    site.server.server_close()
    thread.join()
