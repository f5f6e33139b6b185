"""Sample files made in the tests: hand-written PDF, Word through python-docx, zip archives."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import docx
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter

_TO_UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /X def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{mappings}
endcmap end end"""


@dataclass(frozen=True)
class PdfPage:
    """One page: lines of text from the top, drawing instructions, a picture.

    `labels` are painted numbers: left, bottom and what they say. Font F1 is 明朝, F2 ゴシック.
    `shift` breaks the map from codes to characters; with `ranged` it does so in one range over
    everything, which pdfium ignores.
    """

    lines: Sequence[str] = ()
    shift: int = 0
    ranged: bool = False
    drawing: str = ""
    picture: bool = False
    labels: Sequence[tuple[int, int, str]] = ()


def pdf(*pages: PdfPage) -> bytes:
    """A PDF whose fonts map codes to Unicode by themselves, off by `shift` on a broken page."""
    objects: list[bytes] = []

    def add(body: str | bytes) -> int:
        objects.append(body if isinstance(body, bytes) else body.encode("latin-1"))
        return len(objects)

    def stream(data: bytes, entries: str = "") -> bytes:
        return f"<<{entries}/Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"

    add("")
    add("")
    picture = add(stream(
        b"\x80", "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    ))  # fmt: skip
    numbers = []
    for page in pages:
        cmap = add(stream(_TO_UNICODE.format(mappings=_mappings(page)).encode()))
        fonts = []
        for name in ("HeiseiMin-W3", "HeiseiKakuGo-W5"):
            descendant = add(
                f"<</Type/Font/Subtype/CIDFontType0/BaseFont/{name}/DW 1000"
                "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                f"/FontDescriptor<</Type/FontDescriptor/FontName/{name}/Flags 4/ItalicAngle 0"
                "/FontBBox[0 0 1000 1000]/Ascent 880/Descent -120/CapHeight 700/StemV 80>>>>"
            )
            fonts.append(
                add(
                    f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
                    f"/DescendantFonts[{descendant} 0 R]/ToUnicode {cmap} 0 R>>"
                )
            )
        shown = "".join(
            f"BT /F1 10 Tf 1 0 0 1 60 {780 - 16 * number} Tm <{line.encode('utf-16-be').hex()}> Tj ET\n"
            for number, line in enumerate(page.lines)
        )
        if page.picture:
            shown += "q 400 0 0 600 60 100 cm /I1 Do Q\n"
        pictures = {"I1": picture}
        for left, bottom, text in page.labels:
            width, height, ink = _painted(text)
            name = f"L{len(pictures)}"
            pictures[name] = add(
                stream(
                    ink,
                    f"/Type/XObject/Subtype/Image/Width {width}/Height {height}"
                    "/ColorSpace/DeviceGray/BitsPerComponent 8",
                )
            )
            shown += f"q {9 * width / height:.1f} 0 0 9 {left} {bottom} cm /{name} Do Q\n"
        content = add(stream((page.drawing + shown).encode()))
        numbers.append(
            add(
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R"
                f"/Resources<</Font<</F1 {fonts[0]} 0 R/F2 {fonts[1]} 0 R>>/XObject<<"
                + "".join(f"/{name} {number} 0 R" for name, number in pictures.items())
                + ">>>>>>"
            )
        )
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects[1] = f"<</Type/Pages/Count {len(numbers)}/Kids[{kids}]>>".encode()
    return _assembled(objects)


def _painted(text: str) -> tuple[int, int, bytes]:
    """Width, height and grey pixels of a number in a typeface of Pillow's own."""
    font = ImageFont.load_default(size=28)
    left, top, right, bottom = map(int, font.getbbox(text))
    image = Image.new("L", (right - left, bottom - top), 255)
    ImageDraw.Draw(image).text((-left, -top), text, font=font, fill=0)
    return image.width, image.height, image.tobytes()


def _mappings(page: PdfPage) -> str:
    if page.ranged:
        last = 0xFFFF - page.shift
        return f"1 beginbfrange <0000> <{last:04X}> <{page.shift:04X}> endbfrange"
    drawn = bytes.fromhex("".join(re.findall(r"<([0-9a-f]+)> Tj", page.drawing)))
    used = sorted(set("".join(page.lines) + drawn.decode("utf-16-be")))
    blocks = [used[start : start + 100] for start in range(0, len(used), 100)]
    return "\n".join(
        f"{len(block)} beginbfchar\n"
        + "".join(f"<{ord(c):04X}> <{(ord(c) + page.shift) & 0xFFFF:04X}>\n" for c in block)
        + "endbfchar"
        for block in blocks
    )


def _assembled(objects: Sequence[bytes]) -> bytes:
    data = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\n"
    return data + trailer.encode() + f"startxref\n{len(data)}\n%%EOF\n".encode()


def grid(lefts: Sequence[int], tops: Sequence[int]) -> str:
    """Ruled lines of a table, as drawing instructions."""
    across = "".join(f"{lefts[0]} {y} m {lefts[-1]} {y} l S\n" for y in tops)
    down = "".join(f"{x} {tops[0]} m {x} {tops[-1]} l S\n" for x in lefts)
    return across + down


def placed(x: int, y: int, text: str, font: str = "F1", size: int = 10) -> str:
    """A text at a place, as drawing instructions."""
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"


def encrypted(data: bytes, user: str, owner: str) -> bytes:
    """The same PDF under AES-256."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user, owner, algorithm="AES-256")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def word(document: docx.document.Document) -> bytes:
    """The bytes of a Word document."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip archive with UTF-8 names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()
