"""Fetching politely: robots.txt first, one host not too often, every hop checked, nothing without an end.

Imported only when there is something to fetch, since httpx takes a tenth of a second.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from types import TracebackType

import httpcore
import httpx
from protego import Protego

from vedette.collect.limits import Limits, Told, Visit
from vedette.collect.network import Guard, GuardedTransport
from vedette.collect.origin import Origin, host_of, now
from vedette.collect.payload import decoded
from vedette.collect.streams import CHUNK, Joined, Readable, read_whole, too_large
from vedette.model.errors import FetchError, PolicyError

_AGENT = "vedette"  # the product token that robots.txt is asked for (RFC 9309, 2.2.1)
_ROBOTS_BYTES = 500 * 1024  # RFC 9309, 2.5: at least 500 KiB must be read.
_GONE = (404, 410)
# httpcore's own tree has no single root; OSError comes from TLS certificates and broken sockets.
_NETWORK_ERRORS = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError)


class GoneError(FetchError):
    """A page that its server says is not there; asking again is no use."""

    def __init__(self, subject: object, remedy: str, status: int) -> None:
        super().__init__(subject, remedy)
        self.status = status


@dataclass(frozen=True, slots=True)
class Page:
    """What a URL answered with; `status` 304 says that nothing changed since the visit, and has no body."""

    asked: str
    url: str
    at: datetime
    status: int
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""

    @property
    def visit(self) -> Visit:
        """What to remember of this answer."""
        return Visit(self.asked, self.etag, self.last_modified, self.at, self.status)

    def origin(self, told: Told, limits: Limits) -> Origin:
        """Where the page's items come from."""
        return Origin(
            self.url, host=host_of(self.url), declared=self.content_type, told=told, limits=limits, at=self.at
        )


class Fetcher:
    """Fetches for one run; remembers robots.txt and when each host was last asked."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._guard = Guard(limits)
        self._client = httpx.Client(
            transport=GuardedTransport(self._guard),
            timeout=limits.timeout,
            headers={"User-Agent": limits.user_agent, "Accept-Encoding": "gzip", "Accept": "*/*"},
            trust_env=False,
        )
        self._rules: dict[str, Protego | str] = {}
        self._asked: dict[str, float] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(self, url: str, visit: Visit | None = None) -> Page:
        """The page at `url`, or that it is unchanged since `visit`; refusals are a `PolicyError`."""
        subject = without_login(url)
        here = _checked(url, subject)
        headers = _conditions(visit)
        self._wait(here)
        with self._answer(here, subject, headers) as response:
            page = Page(url, str(response.url), now(), response.status_code)
            if visit and headers and response.status_code == 304:
                return replace(page, etag=visit.etag, last_modified=visit.last_modified)
            _raise_for(response.status_code, subject)
            return replace(
                page,
                body=self._body(response, subject),
                content_type=response.headers.get("content-type", ""),
                etag=response.headers.get("etag", ""),
                last_modified=response.headers.get("last-modified", ""),
            )

    @contextmanager
    def _answer(
        self, url: httpx.URL, subject: str, headers: dict[str, str], *, ask_robots: bool = True
    ) -> Iterator[httpx.Response]:
        """The first answer that is no redirect, each hop checked like the first; every failure as our own error."""
        try:
            for _ in range(self.limits.max_redirects + 1):
                if ask_robots:
                    self._ask_robots(url, subject)
                self._guard.begin(subject)
                with self._client.stream("GET", url, headers=headers) as response:
                    if not response.has_redirect_location:
                        yield response
                        return
                    url = _checked(str(url.join(response.headers["location"])), subject)
        except (httpx.HTTPError, httpx.InvalidURL, *_NETWORK_ERRORS) as error:
            why = " ".join(f"{type(error).__name__} {error}".split())
            raise FetchError(subject, f"did not answer as it should ({why}): try again later") from error
        raise FetchError(subject, f"redirects more than {self.limits.max_redirects} times: look where it should lead")

    def _body(self, response: httpx.Response, subject: str) -> bytes:
        told = response.headers.get("content-length", "")
        if told.isdigit() and int(told) > self.limits.max_bytes:
            raise too_large(subject, int(told), self.limits)
        sent = read_whole(Joined(response.iter_raw(CHUNK)), self.limits, subject)
        coding = response.headers.get("content-encoding", "").strip().lower()
        return read_whole(decoded(sent, coding, self.limits, subject), self.limits, subject)

    def _ask_robots(self, url: httpx.URL, subject: str) -> None:
        site = _site(url)
        if site not in self._rules:
            try:
                self._rules[site] = self._robots(url, subject)
            except FetchError as error:  # RFC 9309, 2.3.1.4: what cannot be asked about is not fetched
                raise FetchError(f"{subject} (robots.txt)", error.remedy) from error
        rules = self._rules[site]
        if isinstance(rules, str):
            raise PolicyError(subject, rules)
        if not rules.can_fetch(str(url), _AGENT):
            raise PolicyError(
                subject, f"the robots.txt of {url.host} forbids it: ask its publisher for leave or a copy"
            )

    def _robots(self, url: httpx.URL, subject: str) -> Protego | str:
        """The site's rules, or the sentence that says why nothing of it may be fetched (RFC 9309, 2.3.1)."""
        place = url.copy_with(raw_path=b"/robots.txt", fragment=None)
        with self._answer(place, subject, {}, ask_robots=False) as response:
            status = response.status_code
            if status >= 500 or status == 429:
                return (
                    f"the robots.txt of {url.host} answers {status}, which forbids everything for now: try again later"
                )
            if status != 200:
                return Protego.parse("")
            coding = response.headers.get("content-encoding", "").strip().lower()
            sent = _first(Joined(response.iter_raw(CHUNK)), _ROBOTS_BYTES)
            text = _first(decoded(sent, coding, self.limits, subject), _ROBOTS_BYTES)
            return Protego.parse(text.decode("utf-8", "replace"))

    def _wait(self, url: httpx.URL) -> None:
        """Return when this host may be asked again: after our delay, or the longer one it asks for, within reason."""
        rules = self._rules.get(_site(url))
        asked_for = (rules.crawl_delay(_AGENT) or 0.0) if isinstance(rules, Protego) else 0.0
        delay = max(self.limits.delay, min(asked_for, self.limits.max_delay))
        last = self._asked.get(url.host)
        if last is not None:
            time.sleep(max(0.0, last + delay - time.monotonic()))
        self._asked[url.host] = time.monotonic()


def without_login(url: str) -> str:
    """The URL as it may be shown and kept: without the user name and password before its host."""
    return re.sub(r"//[^/?#]*@", "//", url, count=1)


def _checked(url: str, subject: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(subject, f"is not an address that can be fetched ({error}): look at its spelling") from error
    if parsed.scheme not in ("http", "https"):
        raise PolicyError(subject, f"leads to {parsed.scheme or 'no'}:// and only http and https are fetched")
    if not parsed.host:
        raise FetchError(subject, "names no host: look at its spelling")
    if parsed.userinfo:
        raise PolicyError(subject, "carries a user name or password: Vedette logs in nowhere, give it a public address")
    return parsed


def _conditions(visit: Visit | None) -> dict[str, str]:
    told = {"If-None-Match": visit.etag, "If-Modified-Since": visit.last_modified} if visit else {}
    return {name: value for name, value in told.items() if value and value.isascii()}


def _site(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _first(stream: Readable, size: int) -> bytes:
    data = b""
    while len(data) < size and (part := stream.read(size - len(data))):
        data += part
    return data


def _raise_for(status: int, subject: str) -> None:
    if status in (200, 203):
        return
    if status in _GONE:
        raise GoneError(subject, f"is not there (HTTP {status}): look at the address", status)
    if status in (401, 402, 403, 451):
        raise FetchError(subject, f"is not open to us (HTTP {status}): Vedette reads what is published to all")
    later = "try again later" if status == 429 or status >= 500 else "look at the address"
    raise FetchError(subject, f"answered with HTTP {status}: {later}")
