"""Writes the PDF among the sample reports, byte for byte the same each time: `python scripts/make_sample_pdf.py`."""

from __future__ import annotations

import textwrap
from pathlib import Path

OUT = Path(__file__).parents[1] / "samples" / "reports" / "amu-relief" / "2025-03-monthly.pdf"
TITLE = "Access and security in the north: March 2025"
PARAGRAPHS = (
    "Amu Relief Network, 31 March 2025",
    "In March our safety desk recorded 31 security incidents in Takhar, Kunduz, Baghlan and Balkh, nine more than in "
    "February. Between 40 and 45 people were killed in them. About a third of the incidents concerned roads that our "
    "teams use.",
    "On 23 March unknown men set fire to a clinic in Ishkamish district, Takhar province. The building and its "
    "medicines were destroyed. No one was hurt, since the clinic was closed for the holiday.",
    "Two of our six mobile teams stopped work for a week. We expect access to remain difficult in April.",
    "FICTIONAL SAMPLE, written for Vedette. Nothing in it happened.",
)


def page() -> bytes:
    """The drawing of the page: a heading, then paragraphs of 12-point lines."""
    drawn = [f"BT /F1 16 Tf 72 770 Td ({TITLE}) Tj ET"]
    height = 735
    for paragraph in PARAGRAPHS:
        for line in textwrap.wrap(paragraph, 84):
            drawn.append(f"BT /F1 11 Tf 72 {height} Td ({line}) Tj ET")
            height -= 15
        height -= 12
    return "\n".join(drawn).encode("ascii")


def document() -> bytes:
    """A PDF of one page in Helvetica, which every reader has."""
    content = page()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Title (%s) >>" % TITLE.encode("ascii"),
    ]
    out, starts = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, start=1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(out) + trailer % (len(objects) + 1, table)


if __name__ == "__main__":
    OUT.write_bytes(document())
