"""Zip containers (docx, xlsx, zip archives) opened within bounds: the only place that unpacks anything."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from corpus.formats.limits import Limits
from corpus.model import UnreadableFile

_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError,
    ArithmeticError, AttributeError, IndexError, MemoryError,
)  # fmt: skip
# A part of a document with more XML than this is no report; parsed, it takes ten times as much memory.
_LARGEST_XML = 32 * 1024 * 1024
# The standard of office documents forbids it, and office programs do not open such a file either.
_DECLARES = "文件内部声明了实体，不合办公文件的规范，没有读取。"


class TooMuch(UnreadableFile):
    """Nothing more is unpacked: all that the limits allow has been."""


@dataclass(slots=True)
class Budget:
    """What may still be unpacked, of a container and all those inside it: bytes, and files."""

    bytes: int
    files: int

    @classmethod
    def of(cls, limits: Limits) -> Budget:
        return cls(limits.unpacked, limits.members)


class Package:
    """A zip file whose members together unpack to no more than the limits allow."""

    def __init__(self, data: bytes, limits: Limits, budget: Budget | None = None) -> None:
        """``budget`` is that of the archive around this one. Raises UnreadableFile when the container is damaged or holds too many files."""
        self._limits = limits
        self._budget = budget or Budget.of(limits)
        # Counted before zipfile makes an object of each: a million take it ten seconds.
        if _entries(data) > 10 * limits.members:
            raise UnreadableFile(f"压缩包里的文件太多，超过 {10 * limits.members} 个。")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            self._members = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        except _BROKEN as error:
            raise UnreadableFile("文件已经损坏或不完整，打不开。") from error

    def names(self) -> list[str]:
        return list(self._members)

    def info(self, name: str) -> zipfile.ZipInfo:
        return self._members[name]

    def read(self, name: str, most: int | None = None) -> bytes:
        """A member's bytes. What a member's header says of its size is not believed.

        Raises TooMuch when the budget is spent, UnreadableFile when the member has more than ``most`` bytes or is damaged.
        """
        left = self._budget.bytes
        allowed = left if most is None else min(left, most)
        try:
            with self._zip.open(self._members[name]) as member:
                data = member.read(allowed + 1)
        except _BROKEN as error:
            if "password" in str(error):
                raise UnreadableFile("文件加了密码，无法读取。") from error
            raise UnreadableFile("文件已经损坏或不完整，打不开。") from error
        self._budget.bytes -= len(data)
        if self._budget.bytes < 0:
            raise TooMuch(f"解压后超过 {self._limits.unpacked // 1024 // 1024} MB，不像一份年度报告。")
        if len(data) > allowed:
            raise UnreadableFile(f"文件太大，上限是 {allowed // 1024 // 1024} MB。")
        return data

    def xml(self, name: str) -> etree._Element | None:
        """A member's root element, None where there is no such member. Raises UnreadableFile. Entities are never expanded."""
        if name not in self._members:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        data = self._part(name)
        try:
            root = etree.fromstring(data, parser)
        except (etree.LxmlError, ValueError) as error:
            raise UnreadableFile("文件内部的结构已经损坏，无法读取。") from error
        if root.getroottree().docinfo.doctype:  # whatever the encoding
            raise UnreadableFile(_DECLARES)
        return root

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """(name, bytes) of every part, for libraries that open the container again without bounds of their own.

        Raises UnreadableFile when a part is too much for them.
        """
        for name in self._members:
            yield name, self._part(name)

    def _part(self, name: str) -> bytes:
        """A member that belongs to an office document. What is no XML (a picture) is only counted."""
        data = self.read(name)
        if not data.lstrip(b"\xef\xbb\xbf\xff\xfe\xfe\xff \t\r\n\0").startswith(b"<"):
            return data
        if len(data) > _LARGEST_XML or data.count(b"<") > self._limits.tags:
            raise UnreadableFile("文件内部的结构太大，不像一份年度报告。")
        if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data or "<!DOCTYPE".encode("utf-16-be") in data:
            raise UnreadableFile(_DECLARES)
        return data


def _entries(data: bytes) -> int:
    """How many files the directory at the end of a zip file can list at most."""
    end = data.rfind(b"PK\x05\x06")
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    return data.count(b"PK\x01\x02", max(0, end - size) if end >= 0 else 0)
