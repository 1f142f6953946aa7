from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from vedette.model.nouns import Article, Capture
from vedette.text import open_capture

DATA = Path(__file__).parents[2] / "../shared/data"
FETCHED = datetime(2024, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def capture() -> Callable[..., Capture]:
    """A capture of some bytes, fetched on a fixed day."""

    def made(body: bytes | str, media_type: str, **told: Any) -> Capture:
        told = {"source": "test", "url": "https://example.org/item", "fetched_at": FETCHED} | told
        return Capture.of(body.encode() if isinstance(body, str) else body, media_type=media_type, **told)

    return made


@pytest.fixture(scope="session")
def opened(capture: Callable[..., Capture]) -> Callable[..., Article]:
    """The one article in some bytes."""

    def made(body: bytes | str, media_type: str, **told: Any) -> Article:
        (article,) = open_capture(capture(body, media_type, **told))
        return article

    return made


@pytest.fixture(scope="session")
def data() -> Callable[[str], Path]:
    """A path among the real data, or a skip that says what is missing."""

    def found(name: str) -> Path:
        path = DATA / name
        if not path.exists():
            pytest.skip(f"real data is not here: {path}")
        return path

    return found


@pytest.fixture(scope="session")
def pdf() -> Callable[..., bytes]:
    """A PDF whose pages show the given lines, one under the other."""
    return _pdf


def _pdf(*pages: list[str], title: str = "", created: str = "D:20190102030405Z") -> bytes:
    shown = [_stream(lines) for lines in pages]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, stream in enumerate(shown):
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {5 + 2 * number} 0 R"
        objects.append(f"{page}/Resources<</Font<</F 3 0 R>>>>>>".encode())
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    objects.append(f"<</Title({title})/CreationDate({created})>>".encode())
    return _assembled(objects)


def _stream(lines: list[str]) -> bytes:
    shown = b"".join(b"(%s) Tj T*\n" % line.encode("cp1252").translate(None, b"()\\") for line in lines)
    return b"BT /F 11 Tf 14 TL 50 740 Td\n" + shown + b"ET"


def _assembled(objects: list[bytes]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, count - 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + trailer
