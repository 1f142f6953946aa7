"""Where connections may go."""

from __future__ import annotations

import ipaddress
import socket

import httpcore
import pytest

from vedette.collect import Limits
from vedette.collect.network import Guard, addresses_of, is_public
from vedette.model.errors import FetchError, PolicyError


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_addresses_of_the_open_internet_are_public(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "2001:0:5ef5:79fd:0:0:80ff:fffe",
    ],
)
def test_all_other_addresses_are_not_in_whatever_form(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "2130706433", "0x7f.0.0.1", "127.1", "017700000001", "[::1]", "[::ffff:127.0.0.1]"],
)
def test_a_private_address_is_refused_however_it_is_written(collect, host):
    issue = collect(f"http://{host}:9/a").problem
    assert issue.stage == "policy"
    assert "pass --allow-private if meant" in issue.message


def test_an_address_in_octal_parts_is_no_address(collect):
    assert "is not an address that can be fetched" in collect("http://0177.0.0.1:9/a").problem.message


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    waiting = list(answers)
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, **_: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in waiting.pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    resolving(monkeypatch, ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(PolicyError, match=r"10\.0\.0\.1"):
        addresses_of("rebind.example", 80, "http://rebind.example", allow_private=False)


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch):
    asked = resolving(monkeypatch, ["93.184.216.34", "93.184.216.35"], ["127.0.0.1"])
    tried = []

    def connect(_: object, host: str, *__: object) -> None:
        tried.append(host)
        raise httpcore.ConnectError("refused")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    guard = Guard(Limits())
    guard.begin("http://rebind.example")
    with pytest.raises(httpcore.ConnectError):
        guard.connect_tcp("rebind.example", 80)
    assert tried == ["93.184.216.34", "93.184.216.35"]
    assert asked == ["rebind.example"]


def test_a_host_that_is_not_found_is_told_of(monkeypatch):
    def getaddrinfo(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with pytest.raises(FetchError, match=r"its host nowhere\.example is not found"):
        addresses_of("nowhere.example", 80, "http://nowhere.example/a", allow_private=False)
