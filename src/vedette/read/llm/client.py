"""Asking the server: bounded in time, size and tries; what goes wrong is one sentence and never holds the key.

Imported only when there is something to ask, since httpx takes a tenth of a second.
"""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Event, Lock
from typing import Self

import httpx

from vedette.model.errors import AnswerError, ServiceError
from vedette.read.llm.bill import Bill
from vedette.read.llm.completion import Completion, completion_in, message_in
from vedette.read.llm.endpoint import Endpoint
from vedette.read.llm.question import Body

TRIES = 4
FIRST_WAIT = 0.5  # seconds, doubled after each try
LONGEST_WAIT = 60.0  # a server that asks for more is not waited for
CONNECTED = 10.0  # seconds within which a server that is there has taken a connection
MOST_BYTES = 2 * 1024 * 1024  # an answer of 4,096 tokens is some 20 kB
IN_A_ROW = 3  # texts that a server fails at one after the other before it is taken to be out of order
SHOWN = 200  # characters of what the server says
_BUSY = (408, 425, 429)
_REFUSED = (400, 413, 422)
_NUMBERED = re.compile(r"\[Errno -?\d+\] ?")


class Client:
    """Asks one server from several threads; once it is out of order every further question fails at once."""

    def __init__(self, endpoint: Endpoint, bill: Bill) -> None:
        self._endpoint = endpoint
        self._bill = bill
        headers = {"Accept-Encoding": "identity"}
        if endpoint.key:
            headers["Authorization"] = f"Bearer {endpoint.key}"
        limits = httpx.Limits(max_connections=endpoint.concurrent)
        patience = httpx.Timeout(endpoint.timeout, connect=min(endpoint.timeout, CONNECTED))
        self._http = httpx.Client(headers=headers, timeout=patience, limits=limits, trust_env=False)
        self._ended = Event()
        self._why: ServiceError | None = None
        self._failed = 0
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._http.close()

    def ask(self, question: Body, subject: str) -> str:
        """What the model says; an `AnswerError` for this question alone, a `ServiceError` where all would fail."""
        try:
            completion = self._tried(question)
        except RefusedError as error:
            if question["response_format"]["type"] == "json_schema":  # it may know no schemas, and take the next one
                raise
            raise self._in_trouble(error.remedy, subject) from error
        except _TroubleError as error:
            raise self._in_trouble(error.remedy, subject) from error
        except ServiceError as error:
            raise self._end(error) from None
        with self._lock:
            self._failed = 0
        return completion.text(subject, self._endpoint.max_tokens)

    def _tried(self, question: Body) -> Completion:
        wait, trouble = FIRST_WAIT, _TroubleError("was not asked")
        for attempt in range(TRIES):
            if attempt:
                self._ended.wait(min(max(wait, trouble.wait), LONGEST_WAIT))
                wait *= 2
            if self._ended.is_set():
                raise self._why or ServiceError(self._endpoint.base_url, "is asked no more: the run ends")
            try:
                return self._once(question)
            except _TroubleError as error:
                trouble = error
            if not trouble.passing or trouble.wait > LONGEST_WAIT:
                break
        if trouble.absent:
            raise ServiceError(self._endpoint.base_url, trouble.remedy)
        raise trouble

    def _once(self, question: Body) -> Completion:
        began = time.monotonic()
        try:
            with self._http.stream("POST", self._endpoint.url, json=question) as response:
                body = self._body(response, began)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise _TroubleError(
                f"no server answers there ({_said(error)}): start it, or mend base_url", absent=True
            ) from error
        except (httpx.TimeoutException, TimeoutError) as error:
            patience = f"has not answered within {self._endpoint.timeout:g} s"
            remedy = f"{patience}: raise timeout, or lower concurrent, so that it has fewer questions at a time"
            raise _TroubleError(remedy, passing=False) from error
        except httpx.InvalidURL as error:
            raise ServiceError(self._endpoint.base_url, f"is no address ({_said(error)}): mend base_url") from error
        except httpx.HTTPError as error:
            raise _TroubleError(f"broke off ({_said(error)}): look at the server") from error
        finally:
            self._bill.asked(time.monotonic() - began)
        self._look_at(response, body)
        completion = completion_in(body)
        if completion is None:
            remedy = "answers with something that is no chat completion: look at base_url, which mostly ends with /v1"
            raise _TroubleError(remedy, passing=False)
        self._bill.took(completion.tokens)
        return completion

    def _body(self, response: httpx.Response, began: float) -> bytes:
        """The whole answer; a `TimeoutError` for one that trickles, a `_TroubleError` for one without an end."""
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > MOST_BYTES:
                raise _TroubleError(f"sends more than {MOST_BYTES // 2**20} MiB for one question", passing=False)
            if time.monotonic() - began > self._endpoint.timeout:
                raise TimeoutError
        return bytes(body)

    def _look_at(self, response: httpx.Response, body: bytes) -> None:
        """Nothing, where the server has answered the question."""
        status = response.status_code
        if status == 200:
            return
        said = self._shown(body)
        if status in _BUSY or status >= 500:
            raise _TroubleError(
                f"fails with HTTP {status}{said}: look at the server, or try later", wait=_asked_wait(response)
            )
        if status in _REFUSED:
            raise RefusedError(self._endpoint.base_url, f"refuses the question with HTTP {status}{said}")
        if status in (401, 403):
            remedy = f"does not let us in (HTTP {status}): look at key_env and at what the variable holds"
        elif status == 404:
            remedy = f"knows no model {self._endpoint.model!r}, or base_url is wrong (HTTP 404{said}): mend [llm]"
        else:
            remedy = f"answers with HTTP {status}{said}: look at base_url and at the server"
        raise ServiceError(self._endpoint.base_url, remedy)

    def _shown(self, body: bytes) -> str:
        """The message in an answer of failure, its beginning, on one line and without the key."""
        said = " ".join(message_in(body).split())
        if self._endpoint.key:
            said = said.replace(self._endpoint.key, "…")  # before it is cut, which could leave a part of it
        return f", saying {said[:SHOWN]}" if said else ""

    def _in_trouble(self, remedy: str, subject: str) -> AnswerError | ServiceError:
        """The failure of one question, or the end where several in a row have failed."""
        with self._lock:
            self._failed += 1
            failed = self._failed
        if failed < IN_A_ROW:
            return AnswerError(subject, f"the server {self._endpoint.base_url} {remedy}")
        return self._end(ServiceError(self._endpoint.base_url, remedy))

    def _end(self, error: ServiceError) -> ServiceError:
        """The first error that ended the asking."""
        with self._lock:
            self._why = self._why or error
            self._ended.set()
            return self._why


class RefusedError(AnswerError):
    """A question that the server does not take, for its form or its length."""


class _TroubleError(Exception):
    """Something that went wrong with the server and not with the question."""

    def __init__(self, remedy: str, *, passing: bool = True, absent: bool = False, wait: float = 0.0) -> None:
        super().__init__(remedy)
        self.remedy = remedy
        self.passing = passing
        self.absent = absent
        self.wait = wait


def _said(error: Exception) -> str:
    return " ".join(_NUMBERED.sub("", str(error)).split()) or type(error).__name__


def _asked_wait(response: httpx.Response) -> float:
    """The seconds that the server asks us to wait (RFC 9110, 10.2.3), 0 where it does not."""
    told = response.headers.get("retry-after", "").strip()
    if told.isascii() and told.isdigit():
        return float(told)
    try:
        at = parsedate_to_datetime(told)
    except ValueError:
        return 0.0
    return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
