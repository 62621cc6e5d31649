"""Streams of a PDF that unpack to more than a page, a font or a table of objects needs: found before PDFium unpacks them.

PDFium stops at a gigabyte, or aborts the process. Streams are found by their keyword and tried as they are, so that no false length
or name hides one. Bitmaps are left out: they are unpacked line by line, and only where a page is rendered.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib

from corpus.formats.limits import Limits
from corpus.model import UnreadableFile

# What a content stream or font may unpack to; a page of a report has 50 kB, a whole CJK font 20 MB.
STREAM_BYTES = 48 * 1024 * 1024
# A long report printed by a browser has some 2,000.
_MOST_STREAMS = 100_000
# The first byte of a zlib stream: deflate with a window of 8 to 128 kB.
_ZLIB = (b"\x78", b"\x58", b"\x48", b"\x68", b"\x38")
# A stream dictionary is looked for this far before its stream.
_DICTIONARY = 600


def refuse_bombs(data: bytes, limits: Limits) -> None:
    """Raises UnreadableFile when one stream, or all together, unpack to too much."""
    total = 0
    for at, match in enumerate(re.finditer(rb"(?<!end)stream\r?\n", data)):
        if at > _MOST_STREAMS:
            raise UnreadableFile("PDF 文件里的数据块太多，不像一份年度报告。")
        size = _size(data, match.start(), match.end())
        total += size
        if size >= STREAM_BYTES or total > limits.unpacked:
            raise UnreadableFile("PDF 文件解压后过大，可能是压缩炸弹，没有读取。")


def _size(data: bytes, start: int, begin: int) -> int:
    """What the stream whose keyword is at ``start`` and whose bytes begin at ``begin`` unpacks to."""
    entries = data[max(0, start - _DICTIONARY) : start].rsplit(b"obj", 1)[-1]
    entries = re.sub(rb"#([0-9a-fA-F]{2})", lambda m: bytes.fromhex(m[1].decode()), entries)
    if re.search(rb"/Subtype\s*/Image", entries):
        return 0
    if b"/LZW" in entries:
        end = data.find(b"endstream", begin)
        packed = _plain(data[begin : end if end >= 0 else len(data)], entries)
        return STREAM_BYTES if b"/Fl" in entries else _lzw_size(packed)
    size, inner = _unpacked(memoryview(data)[begin:])
    for _ in range(3):  # packed twice or more
        if not inner:
            break
        again, inner = _unpacked(inner)
        size = max(size, again)
    return size


def _plain(data: bytes, entries: bytes) -> bytes:
    """The bytes behind an ASCII filter, as old files have it before LZW."""
    try:
        if b"/ASCII85" in entries or b"/A85" in entries:
            return base64.a85decode(data.strip().removeprefix(b"<~").removesuffix(b"~>"))
        if b"/ASCIIHex" in entries or b"/AHx" in entries:
            return binascii.unhexlify(re.sub(rb"[^0-9A-Fa-f]", b"", data)[: len(data) // 2 * 2])
    except ValueError:
        return b""  # PDFium gives such a stream up as well
    return data


def _unpacked(packed: memoryview | bytes) -> tuple[int, bytes]:
    """How many bytes a zlib stream unpacks to (counted up to the limit), and its beginning where that is packed again."""
    if bytes(packed[:1]) not in _ZLIB:
        return 0, b""
    unpacker = zlib.decompressobj()
    size, at, kept = 0, 0, b""
    try:
        while at < len(packed) and size < STREAM_BYTES and not unpacker.eof:
            chunk: memoryview | bytes = packed[at : at + 65536]
            at += 65536
            while len(chunk) and size < STREAM_BYTES and not unpacker.eof:
                part = unpacker.decompress(chunk, 1 << 22)
                chunk = unpacker.unconsumed_tail
                kept = part if not size and part[:1] in _ZLIB else kept
                size += len(part)
    except zlib.error:
        pass  # what is unpacked up to a fault is what counts
    return size, kept


def _lzw_size(packed: bytes) -> int:
    """How many bytes an LZW stream unpacks to, counted by the lengths of its strings alone, up to the limit."""
    lengths = [1] * 258
    size = last = bits = held = 0
    width = 9
    for byte in packed:
        held, bits = (held << 8 | byte) & 0xFFFFFF, bits + 8
        if bits < width:
            continue
        bits -= width
        code = held >> bits & (1 << width) - 1
        if code == 256:
            lengths, last, width = lengths[:258], 0, 9
            continue
        if code == 257 or code > len(lengths) or size >= STREAM_BYTES:
            break
        length = lengths[code] if code < len(lengths) else last + 1
        if last and len(lengths) < 4096:
            lengths.append(last + 1)
            width = 9 + (len(lengths) >= 511) + (len(lengths) >= 1023) + (len(lengths) >= 2047)
        size += length
        last = length
    return size
