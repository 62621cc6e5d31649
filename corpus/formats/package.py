"""Zip containers (docx, xlsx, zip archives) opened within bounds: the only place that unpacks anything."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from lxml import etree

from corpus.formats.limits import Limits
from corpus.model import UnreadableFile

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError)


class Package:
    """A zip file whose members together unpack to no more than the limits allow."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Raises UnreadableFile when the container is damaged or would unpack to too much."""
        self._limits = limits
        self._left = limits.unpacked
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            self._members = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        except _BROKEN as error:
            raise UnreadableFile("文件已经损坏或不完整，打不开。") from error
        if len(self._members) > 10 * limits.members:
            raise UnreadableFile(f"压缩包里的文件太多（{len(self._members)} 个）。")

    def names(self) -> list[str]:
        return list(self._members)

    def info(self, name: str) -> zipfile.ZipInfo:
        return self._members[name]

    def read(self, name: str) -> bytes:
        """A member's bytes. What a member's header says of its size is not believed."""
        try:
            with self._zip.open(self._members[name]) as member:
                data = member.read(self._left + 1)
        except _BROKEN as error:
            if "password" in str(error):
                raise UnreadableFile("文件加了密码，无法读取。") from error
            raise UnreadableFile("文件已经损坏或不完整，打不开。") from error
        self._left -= len(data)
        if self._left < 0:
            raise UnreadableFile(f"解压后超过 {self._limits.unpacked // 1024 // 1024} MB，不像一份年度报告。")
        return data

    def xml(self, name: str) -> etree._Element | None:
        """A member's root element, None where there is no such member. Entities are never expanded."""
        if name not in self._members:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        try:
            return etree.fromstring(self.read(name), parser)
        except etree.LxmlError as error:
            raise UnreadableFile("文件内部的结构已经损坏，无法读取。") from error
