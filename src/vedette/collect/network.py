"""Connections that go only where they may: addresses are checked after the name is resolved, then used as checked.

Imported by `fetch` alone, which is imported when there is something to fetch.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

from vedette.collect.limits import Limits
from vedette.model.errors import FetchError, PolicyError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# RFC 6052: these prefixes carry an IPv4 address in their last 32 bits.
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


def is_public(address: Address) -> bool:
    """True for a unicast address of the open internet, looking through IPv6 forms that carry an IPv4 address."""
    if isinstance(address, ipaddress.IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if carried is None and any(address in prefix for prefix in _NAT64):
            carried = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if carried is not None:
            return is_public(carried)
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def addresses_of(host: str, port: int, subject: str, *, allow_private: bool) -> list[str]:
    """The addresses of a host, every one of which may be connected to; errors name `subject`."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise FetchError(
            subject, f"its host {host} is not found ({why}): look at its spelling and the network"
        ) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        # The scope of a link-local address ("%eth0") is no part of it.
        if not allow_private and not is_public(ipaddress.ip_address(address.partition("%")[0])):
            raise PolicyError(
                subject,
                f"its host {host} is at {address}, no open address of the internet: pass --allow-private if meant",
            )
    return addresses


class Guard(httpcore.NetworkBackend):
    """Opens connections to checked addresses, and ends every read and write at one deadline for the whole item."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._backend = httpcore.SyncBackend()
        self._deadline = 0.0
        self._subject = ""

    def begin(self, subject: str) -> None:
        """Let the time of a new item begin, which errors are to name."""
        self._subject = subject
        self._deadline = time.monotonic() + self._limits.deadline

    def left(self, timeout: float | None) -> float:
        """The seconds that one step may still take; a `FetchError` where the item's time is up."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            seconds = f"{self._limits.deadline:g} s"
            raise FetchError(
                self._subject, f"was still sending after {seconds} and was cut off: look whether it ever ends"
            )
        return min(left, timeout if timeout is not None else left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A stream to the first address of the host that answers."""
        refused: Exception | None = None
        for address in addresses_of(host, port, self._subject, allow_private=self._limits.allow_private):
            try:
                stream = self._backend.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
                return _Timed(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = error
        raise httpcore.ConnectError(str(refused or "no address"))


class _Timed(httpcore.NetworkStream):
    """A stream whose steps share the guard's deadline, so that a trickle of bytes cannot go on for ever."""

    def __init__(self, stream: httpcore.NetworkStream, guard: Guard) -> None:
        self._stream = stream
        self._guard = guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            return self._stream.read(max_bytes, self._guard.left(timeout))
        except httpcore.ReadTimeout:
            self._guard.left(timeout)  # says so where it was the item's time that ran out
            raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._guard.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._guard.left(timeout)), self._guard)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class GuardedTransport(httpx.BaseTransport):
    """httpx over guarded connections; it follows no proxy and reads no environment."""

    def __init__(self, guard: Guard) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=guard, max_connections=8
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response, its body not yet read."""
        url = request.url
        response = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()
