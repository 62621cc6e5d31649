"""Bad files, and how files go bad: what tests/test_bad_input.py reads.

``BAD`` has a maker and the reason (a regular expression) for each file that must be rejected. Everything is made when it is asked for, from a
seed where chance has a part; a file of ten gigabytes is a few megabytes here, since a packed stream of zeros can be repeated as it is.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from random import Random

from lxml import etree

from tests.conftest import SEED
from tests.generate import LAYOUTS, Gold, generate, render
from tests.print_docx import package
from tests.print_files import PRINTERS, to_mht, to_zip
from tests.write_pdf import Sheet, file_of, packed, pdf

CELL = ("requests.received", "natural")
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY l0 "哈">' + "".join(f'<!ENTITY l{at + 1} "{f"&l{at};" * 10}">' for at in range(10)) + '<!ENTITY laugh "&l10;">]>'
).encode()
EXTERNAL = b'<!DOCTYPE x [<!ENTITY laugh SYSTEM "file:///etc/hostname">]>'
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


# ------------------------------------------------------------------------------------------------------------- good files


@lru_cache(maxsize=1)
def good() -> Mapping[str, bytes]:
    """Reports of different agencies, whose names come before, between and after those of the bad files."""
    agencies = ("云溪市水务局", "云溪市教育局", "松岚县税务局")
    kinds = (("0-good.html", "html", "clean"), ("m-good.docx", "docx", "word"), ("z-good.xlsx", "xlsx", "one_sheet"))
    made = {}
    for number, (agency, (name, kind, style)) in enumerate(zip(agencies, kinds, strict=True)):
        rng = Random(number)
        made[name] = PRINTERS[kind][0](generate(rng, agency=agency), rng, style)
    return made


def page() -> bytes:
    return good()["0-good.html"]


def with_cell(kind: str, printed: str) -> tuple[bytes, bytes]:
    """A report, and the same with other words in one cell."""
    made = generate(Random(5))
    changed = made.with_cell(CELL, printed, Gold("text", None))
    if kind == "txt":
        return render(made, "tsv", Random(6)).encode(), render(changed, "tsv", Random(6)).encode()
    style = {"html": "clean", "docx": "word", "xlsx": "one_sheet"}[kind]
    return PRINTERS[kind][0](made, Random(6), style), PRINTERS[kind][0](changed, Random(6), style)


# --------------------------------------------------------------------------------------------------------------- archives


def zipped(files: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def zip_of_packed(name: str, deflated: bytes, size: int, says: int | None = None) -> bytes:
    """An archive of one member that is packed already and has ``size`` bytes, whatever the headers say of it."""
    says = size if says is None else says
    extra = struct.pack("<HHQQ", 1, 16, says, len(deflated))
    sizes = (0xFFFFFFFF, 0xFFFFFFFF, len(name), len(extra))
    local = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", 45, 0, 8, 0, 0, 0, sizes[1], *sizes[1:]) + name.encode() + extra
    central = b"PK\x01\x02" + struct.pack("<HHHHHHIIIHHHHHII", 45, 45, 0, 8, 0, 0, 0, sizes[1], *sizes[1:], 0, 0, 0, 0, 0)
    central += name.encode() + extra
    return local + deflated + central + _end(1, len(central), len(local) + len(deflated))


def _end(count: int, size: int, at: int) -> bytes:
    return b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, min(count, 0xFFFF), min(count, 0xFFFF), size, at, 0)


@lru_cache(maxsize=4)
def repeated(data: bytes, times: int) -> bytes:
    """``data`` so many times over, packed: after a full flush a packed block stands for itself."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * times + packer.flush(zlib.Z_FINISH)


def zeros(megabytes: int, name: str = "zeros.txt", says: int | None = None) -> bytes:
    return zip_of_packed(name, repeated(bytes(1 << 20), megabytes), megabytes << 20, says)


def million_entries() -> bytes:
    """A directory that lists one member a million times."""
    entry = b"PK\x01\x02" + struct.pack("<HHHHHHIIIHHHHHII", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    local = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"a"
    return local + entry * 1_000_000 + _end(1_000_000, len(entry) * 1_000_000, len(local))


def overlapping() -> bytes:
    """Eight members that are one and the same packed data, of 60 MB each."""
    data = repeated(bytes(1 << 20), 60)
    names = [f"{at}.txt" for at in range(8)]
    head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, 0, len(data), 60 << 20, len(names[0]), 0)
    local = b"PK\x03\x04" + head + names[0].encode() + data
    central = b"".join(
        b"PK\x01\x02" + struct.pack("<HHHHHHIIIHHHHHII", 20, 20, 0, 8, 0, 0, 0, len(data), 60 << 20, len(n), 0, 0, 0, 0, 0, 0) + n.encode()
        for n in names
    )
    return local + central + _end(len(names), len(central), len(local))


def old_word() -> bytes:
    """The beginning of a file of Word 97, as far as that tells what it is."""
    return _OLE + "WordDocument\0".encode("utf-16-le") + bytes(1000)


def locked(data: bytes) -> bytes:
    """The archive with the mark of a password on every member."""
    out = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for match in re.finditer(re.escape(signature), data):
            out[match.start() + offset] |= 1
    return bytes(out)


def nested(depth: int) -> bytes:
    data = zipped({"report.txt": SEED.read_bytes()})
    for _ in range(depth):
        data = zipped({"inner.zip": data})
    return data


# ----------------------------------------------------------------------------------------------------------- office files


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package with one part changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({n: change(archive.read(n)) if n == name else archive.read(n) for n in archive.namelist()})


def declaring(declaration: bytes) -> Callable[[bytes], bytes]:
    """Puts a declaration before the root, and a use of its entity into the first text."""

    def change(part: bytes) -> bytes:
        start = part.index(b"?>") + 2 if part.startswith(b"<?xml") else 0
        return part[:start] + declaration + re.sub(rb"</(?:\w+:)?t>", lambda m: b"&laugh;" + m[0], part[start:], count=1)

    return change


DOCUMENT, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"


def docx() -> bytes:
    return good()["m-good.docx"]


def xlsx() -> bytes:
    return good()["z-good.xlsx"]


def office_bomb(kind: str) -> bytes:
    """A gigabyte of spaces where the document's main part should be."""
    name = {"docx": DOCUMENT, "xlsx": SHEET}[kind]
    bomb = zip_of_packed(name, repeated(b" " * (1 << 20), 1024), 1 << 30)
    if kind == "docx":
        return bomb
    # The workbook around it, its members before the bomb's own.
    with zipfile.ZipFile(io.BytesIO(xlsx())) as archive:
        members = {n: archive.read(n) for n in archive.namelist() if n != name}
    return _appended(zipped(members), bomb)


def _appended(archive: bytes, other: bytes) -> bytes:
    """The members of both archives (the other's is one) in one."""
    end, start = archive.rfind(b"PK\x05\x06"), int.from_bytes(archive[archive.rfind(b"PK\x05\x06") + 16 :][:4], "little")
    count = int.from_bytes(archive[end + 10 : end + 12], "little")
    last = other.rfind(b"PK\x01\x02")
    entry = bytearray(other[last : other.rfind(b"PK\x05\x06")])
    entry[42:46] = struct.pack("<I", start)
    central = archive[start:end] + entry
    return archive[:start] + other[:last] + central + _end(count + 1, len(central), start + last)


def many_pages(count: int) -> bytes:
    kids = " ".join(f"{at + 3} 0 R" for at in range(count))
    pages = f"<</Type/Pages/Count {count}/Kids[{kids}]>>".encode()
    return file_of([b"<</Type/Catalog/Pages 2 0 R>>", pages, *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * count])


def a_pdf() -> bytes:
    lines = SEED.read_text("utf-8").replace("\t", " ").splitlines()
    return pdf([Sheet().lines(40, 800, [line[:40] for line in lines[at : at + 35]]) for at in range(0, 105, 35)])


def cut(data: bytes, part: float) -> bytes:
    return data[: int(len(data) * part)]


def mojibake() -> bytes:
    """UTF-8 that somebody read as GBK and saved."""
    return SEED.read_text("utf-8").encode().decode("gbk", "replace").encode()


def wide_merge(part: bytes) -> bytes:
    return part.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "nested.zip": (lambda: nested(3), "套得太深"),
    "zeros.zip": (lambda: zeros(10_240), "文件太大|解压后超过"),
    "zeros-said-small.zip": (lambda: zeros(10_240, says=1000), "损坏|文件太大"),
    "overlapping.zip": (overlapping, "解压后超过|文件太大|损坏"),
    "million.zip": (million_entries, "文件太多"),
    "2001.zip": (lambda: zipped({f"{at}.txt": b"x" for at in range(2001)}), "文件太多"),
    "empty.zip": (lambda: _end(0, 0, 0), "压缩包是空的"),
    "locked.zip": (lambda: locked(zipped({"a.txt": SEED.read_bytes()})), "密码"),
    "bomb.docx": (lambda: office_bomb("docx"), "不像一份年度报告"),
    "bomb.xlsx": (lambda: office_bomb("xlsx"), "不像一份年度报告|损坏"),
    "deep.docx": (lambda: package("<w:sdt><w:sdtContent>" * 100_000), "损坏"),
    "tags.docx": (lambda: package("<w:p/>" * 2_000_000), "太大"),
    "laughs.docx": (lambda: with_part(docx(), DOCUMENT, declaring(LAUGHS)), "实体|损坏"),
    "external.docx": (lambda: with_part(docx(), DOCUMENT, declaring(EXTERNAL)), "实体|损坏"),
    "laughs.xlsx": (lambda: with_part(xlsx(), SHEET, declaring(LAUGHS)), "实体|损坏"),
    "external.xlsx": (lambda: with_part(xlsx(), SHEET, declaring(EXTERNAL)), "实体|损坏"),
    "entity.xlsx": (lambda: with_part(xlsx(), SHEET, declaring(b'<!DOCTYPE x [<!ENTITY laugh "7">]>')), "实体"),
    "far.xlsx": (lambda: with_part(xlsx(), SHEET, wide_merge), "工作表太大"),
    "locked.docx": (lambda: _OLE + "EncryptionInfo\0EncryptedPackage\0".encode("utf-16-le") + bytes(1000), "密码"),
    "locked.xlsx": (lambda: _OLE + "EncryptedPackage\0".encode("utf-16-le") + bytes(1000), "密码"),
    "slides.ppt": (lambda: _OLE + "PowerPoint Document\0".encode("utf-16-le") + bytes(1000), "演示文稿"),
    "locked.pdf": (lambda: pdf([Sheet().text(50, 700, "报告")], password="x"), "密码"),  # noqa: S106
    "pages.pdf": (lambda: many_pages(10_000), "10000 页"),
    "bomb.pdf": (lambda: file_of([packed(bytes(100_000_000), 2)]), "炸弹|损坏"),
    "cut.docx": (lambda: cut(docx(), 0.6), "损坏"),
    "cut.xlsx": (lambda: cut(xlsx(), 0.6), "损坏"),
    "cut.zip": (lambda: cut(zipped({"a.txt": SEED.read_bytes()}), 0.6), "损坏"),
    "cut.pdf": (lambda: cut(a_pdf(), 0.3), "损坏|没有"),
    "cut.html": (lambda: cut(page(), 0.1), "不是|没有|看来"),
    "cut.txt": (lambda: cut(SEED.read_bytes(), 0.01), "不是|没有|看来|编码"),
    "cut.mht": (lambda: to_mht(page(), "utf-8")[:200], "网页存档|看来|正文"),
    "cut.png": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff\x08\x02\0\0\0", "图片|图像"),
    "parts.mht": (lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n" + b"\n--a\nContent-Type: multipart/x; boundary=a\n" * 20_000, "网页存档"),
    "divs.html": (lambda: b"<html><body>" + b"<div>" * 2_000_000 + page(), "标记太多"),
    "long.txt": (lambda: "根据条例，".encode() * 900_000, "文字太多"),
    "nul.txt": (lambda: SEED.read_bytes().replace(b"\n", b"\0\n"), "编码"),
    "mojibake.txt": (mojibake, "编码|看来"),
    "surrogates.txt": (lambda: SEED.read_bytes().replace(b"\n", b"\xed\xa0\x80\n"), "编码"),
    "noise.bin": (lambda: Random(1).randbytes(1_000_000), "编码"),
    "empty.txt": (lambda: b"", "空的"),
}  # fmt: skip


# ------------------------------------------------------------------------------------------------------- how files go bad


def _samples(kind: str) -> Callable[[], tuple[bytes, ...]]:
    @lru_cache(maxsize=1)
    def made() -> tuple[bytes, ...]:
        rng = Random(kind)
        if kind == "txt":
            return (SEED.read_bytes(), *(render(generate(rng), layout, rng).encode() for layout in LAYOUTS))
        if kind in ("mht", "zip"):
            return (to_mht(page(), "utf-8"),) if kind == "mht" else (to_zip({"a.txt": SEED.read_bytes()}),)
        printer, styles = PRINTERS[kind]
        return tuple(printer(generate(rng), rng, style) for style in styles)

    return made


# PDF files are damaged in tests/test_pdf.py.
SAMPLES: dict[str, Callable[[], tuple[bytes, ...]]] = {
    kind: _samples(kind) for kind in ("txt", "html", "markdown", "docx", "xlsx", "mht", "zip")
}
_PIECES = (
    b"\0", b"\xff", b"\xed\xa0\x80", "\u202e".encode(), "\u3000".encode(), b"\t", b"\n", b"|", b"<td>", b"</td>", b"<table>", b"</table>",
    b' rowspan="3"', b' colspan="2"', b"&nbsp;", b"<br>", b"&#0;", b"&#xD800;", b"<!--", b"]]>", b"9" * 25, b"e999", "万".encode(), "无".encode(),
    "²".encode(), "٣".encode(), "三、".encode(), "总计".encode(), "2020年".encode(), b"<w:tc>", b"</w:p>", b"<w:vMerge/>", b'<w:gridSpan w:val="3"/>',
)  # fmt: skip
_VALUES = ("", "0", "-1", "99999999999", "1e400", "x", "restart", "continue", "A1:B9", "nan", "一", "总计", "5\t6", "5\n6", "/", "9" * 25)


def damaged(kind: str, seed: int) -> bytes:
    """One of the samples with bytes, pieces or (in office files) elements changed, moved, doubled or lost."""
    rng = Random(f"{kind} {seed}")
    data = rng.choice(SAMPLES[kind]())
    if kind in ("docx", "xlsx") and rng.random() < 0.85:
        return _damaged_package(data, rng)
    return _damaged_bytes(data, rng)


def _damaged_bytes(data: bytes, rng: Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 2, 4, 12))):
        at = rng.randrange(len(out) + 1)
        end = at + rng.choice((1, 5, 20, 100, 1000))
        match rng.randrange(5):
            case 0:
                out[at : at + 1] = rng.randbytes(1)
            case 1:
                del out[at:end]
            case 2:
                out[at:at] = out[at:end]
            case 3:
                out[at:at] = rng.choice(_PIECES) * rng.choice((1, 3, 500))
            case _:
                moved = out[at:end]
                del out[at:end]
                to = rng.randrange(len(out) + 1)
                out[to:to] = moved
    return bytes(out)


def _damaged_package(data: bytes, rng: Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice([n for n in parts if re.search(r"(?:document|sheet\d|styles|numbering|workbook)\.xml$", n)])
    parts[name] = _damaged_bytes(parts[name], rng) if rng.random() < 0.3 else _damaged_xml(parts[name], rng)
    return zipped(parts)


def _damaged_xml(data: bytes, rng: Random) -> bytes:
    """Well-formed, and not what it was."""
    root = etree.fromstring(data)
    elements = list(root.iter(etree.Element))
    for _ in range(rng.choice((1, 3, 10))):
        element, other = rng.choice(elements), rng.choice(elements)
        match rng.randrange(4):
            case 0 if element.getparent() is not None:
                element.getparent().remove(element)
            case 1 if element not in other.iterancestors() and element is not other and element is not root:
                other.append(element)
            case 2 if element.attrib:
                element.set(rng.choice(list(element.attrib)), rng.choice(_VALUES))
            case _:
                element.text = rng.choice(_VALUES)
    return etree.tostring(root)


def rearranged(kind: str, seed: int) -> bytes:
    """A sample whose digits, cells and rows changed places or number: still text, but what it says is not what it was."""
    rng = Random(f"rearranged {kind} {seed}")
    text = rng.choice(SAMPLES[kind]()).decode("utf-8", "replace")
    cell, row = (r"\t|\|", r"\n[^\n]*\t[^\n]*") if kind == "txt" else (r"<t[dh]\b.*?</t[dh]>", r"<tr\b.*?</tr>")
    for _ in range(rng.choice((1, 2, 5))):
        pattern = rng.choice((r"\d", r"\d", cell, row))
        found = [match.span() for match in re.finditer(pattern, text, re.DOTALL if kind == "html" else 0)]
        if not found:
            continue
        (start, end), (low, high) = rng.choice(found), rng.choice(found)
        if pattern == r"\d":
            text = text[:start] + str(rng.randrange(10)) + text[end:]
        elif rng.random() < 0.4:
            text = text[:start] + text[end:]
        else:  # a copy of another in front of it
            text = text[:start] + text[low:high] + text[start:]
    return text.encode()
