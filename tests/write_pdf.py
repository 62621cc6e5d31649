"""Small PDF files written by hand, each with one oddity that printers and converters leave in theirs.

Text is set in a font that is not embedded (STSong-Light), as old word processors do; every Chinese character is one size wide, every
ASCII character half of it. Places are in points from the lower left corner, as in PDF itself.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

A4 = (595, 842)
_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
    "/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500]"
    "/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800"
    "/Descent -200/CapHeight 700/StemV 80>>>>]>>"
)


@dataclass(slots=True)
class Sheet:
    """A page under construction. ``extra`` goes into the page's dictionary, ``forms`` are its form XObjects by name."""

    size: tuple[float, float] = A4
    extra: str = ""
    content: list[str] = field(default_factory=list)
    forms: dict[str, Sheet] = field(default_factory=dict)
    images: int = 0

    def text(self, x: float, y: float, text: str, size: float = 12, *, mode: int = 0, colour: str = "0 g", turn: str = "1 0 0 1") -> Sheet:
        self.content.append(f"q {colour} BT /F {size} Tf {mode} Tr {turn} {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET Q")
        return self

    def lines(self, x: float, y: float, texts: Iterable[str], size: float = 12, leading: float = 20) -> Sheet:
        for at, text in enumerate(texts):
            self.text(x, y - at * leading, text, size)
        return self

    def draw(self, operators: str) -> Sheet:
        self.content.append(operators)
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        return self.draw(f"0.5 w {x0} {y0} m {x1} {y1} l S")

    def image(self) -> Sheet:
        """A grey picture over the whole page."""
        self.images += 1
        return self.draw(f"q {self.size[0]} 0 0 {self.size[1]} 0 0 cm /I Do Q")

    def form(self, name: str, form: Sheet, matrix: str = "1 0 0 1 0 0") -> Sheet:
        self.forms[name] = form
        return self.draw(f"q {matrix} cm /{name} Do Q")

    def grid(self, xs: Sequence[float], ys: Sequence[float], texts: Sequence[Sequence[str]], size: float = 9) -> Sheet:
        """A ruled table, its text centred; ``ys`` from the top down."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        return self.cells(xs, ys, texts, size)

    def cells(self, xs: Sequence[float], ys: Sequence[float], texts: Sequence[Sequence[str]], size: float = 9) -> Sheet:
        for row, top, bottom in zip(texts, ys, ys[1:], strict=False):
            for cell, left, right in zip(row, xs, xs[1:], strict=False):
                if cell:
                    self.text((left + right - width(cell, size)) / 2, (top + bottom) / 2 - 0.35 * size, cell, size)
        return self


def width(text: str, size: float) -> float:
    return sum(size / 2 if char.isascii() else size for char in text)


def pdf(sheets: Sequence[Sheet], *, title: str | None = None, password: str | None = None, owner: str = "owner") -> bytes:
    """The file. ``password`` encrypts it (RC4, 40 bits) with that user password, which may be empty."""
    objects: list[bytes] = [b"", b"", _FONT.encode(), _image()]  # catalog, pages, font, image
    kids = [_add_page(objects, sheet) for sheet in sheets]
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{k} 0 R' for k in kids)}]>>".encode()
    trailer = ""
    if title is not None:
        objects.append(f"<</Title<feff{title.encode('utf-16-be').hex()}>>>".encode())
        trailer += f"/Info {len(objects)} 0 R"
    if password is not None:
        assert title is None, "strings outside of streams are not encrypted here"
        entry, key = _encryption(password, owner)
        objects = [_encrypted(body, number, key) for number, body in enumerate(objects, 1)]
        objects.append(entry)
        trailer += f"/Encrypt {len(objects)} 0 R/ID[<{_ID.hex()}><{_ID.hex()}>]"
    return file_of(objects, trailer)


def file_of(objects: Sequence[bytes], trailer: str = "", root: int = 1) -> bytes:
    """Objects numbered from one as a file with its cross-reference table."""
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(f"{p:010} 00000 n \n".encode() for p in places)
    return bytes(out) + f"trailer\n<</Size {len(objects) + 1}/Root {root} 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()


def stream(data: bytes, entries: str = "") -> bytes:
    return f"<</Length {len(data)}{entries}>>\nstream\n".encode() + data + b"\nendstream"


def packed(data: bytes, times: int = 1, entries: str = "") -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, f"/Filter[{'/FlateDecode' * times}]{entries}")


def _image() -> bytes:
    return packed(bytes([160]) * 100, entries="/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 8")


def _resources(objects: list[bytes], sheet: Sheet) -> str:
    names: Mapping[str, int] = {name: _add_form(objects, form) for name, form in sheet.forms.items()}
    used = "".join(f"/{name} {number} 0 R" for name, number in names.items()) + ("/I 4 0 R" if sheet.images else "")
    return f"/Resources<</Font<</F 3 0 R>>/XObject<<{used}>>>>"


def _add_page(objects: list[bytes], sheet: Sheet) -> int:
    resources = _resources(objects, sheet)
    objects.append(packed("\n".join(sheet.content).encode()))
    box = f"/MediaBox[0 0 {sheet.size[0]} {sheet.size[1]}]"
    objects.append(f"<</Type/Page/Parent 2 0 R{box}{resources}/Contents {len(objects)} 0 R{sheet.extra}>>".encode())
    return len(objects)


def _add_form(objects: list[bytes], sheet: Sheet) -> int:
    resources = _resources(objects, sheet)
    entries = f"/Type/XObject/Subtype/Form/BBox[0 0 {sheet.size[0]} {sheet.size[1]}]{resources}"
    objects.append(packed("\n".join(sheet.content).encode(), entries=entries))
    return len(objects)


# ---------------------------------------------------------------------------------------------------------- encryption

_ID = bytes(range(16))
_PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def _encryption(user: str, owner: str) -> tuple[bytes, bytes]:
    """The encryption dictionary of the standard handler, revision 2, and the file's key."""
    padded = (user.encode() + _PAD)[:32]
    secret = _rc4(hashlib.md5((owner.encode() + _PAD)[:32], usedforsecurity=False).digest()[:5], padded)
    key = hashlib.md5(padded + secret + b"\xfc\xff\xff\xff" + _ID, usedforsecurity=False).digest()[:5]
    entry = f"<</Filter/Standard/V 1/R 2/P -4/O<{secret.hex()}>/U<{_rc4(key, _PAD).hex()}>>>"
    return entry.encode(), key


def _encrypted(body: bytes, number: int, key: bytes) -> bytes:
    head, found, rest = body.partition(b">>\nstream\n")
    if not found:
        return body
    data = rest.removesuffix(b"\nendstream")
    own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0", usedforsecurity=False).digest()[:10]
    return head + found + _rc4(own, data) + b"\nendstream"


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
