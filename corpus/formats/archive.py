"""Zip archives and saved web archives to the files in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser

from corpus.formats.limits import Limits
from corpus.formats.package import Budget, Package, TooMuch
from corpus.model import UnreadableFile

# Archives in archives beyond this are no way to send reports.
DEEPEST = 2
# The time that Python's parser takes for a saved page grows with the square of the parts in parts. Browsers write one, and a part an image.
_MULTIPART = re.compile(rb"multipart/", re.IGNORECASE)
_MOST_NESTED = 40
_MOST_PARTS = 4000


def members(data: bytes, limits: Limits, budget: Budget) -> Iterator[tuple[str, bytes | UnreadableFile]]:
    """(name, bytes or what is wrong with it) of each file in a zip archive, names as Chinese systems write them.

    Raises UnreadableFile when the archive itself cannot be read, or when ``budget``, which archives inside others share, is spent.
    """
    package = Package(data, limits, budget)
    names = [name for name in package.names() if not is_litter(name)]
    if len(names) > budget.files:
        raise UnreadableFile(f"压缩包里的文件太多，上限是 {limits.members} 个。")
    if not names:
        raise UnreadableFile("压缩包是空的。")
    budget.files -= len(names)
    for at, name in enumerate(names):
        shown = _name(name, package.info(name).flag_bits)
        if package.info(name).flag_bits & 1:
            yield shown, UnreadableFile("压缩包加了密码，无法读取。")
            continue
        try:
            yield shown, package.read(name, limits.bytes)
        except TooMuch as error:
            most = limits.unpacked // 1024 // 1024
            raise UnreadableFile(f"压缩包解压后超过 {most} MB，其中 {len(names) - at} 个文件没有读取；请分几个压缩包添加。") from error
        except UnreadableFile as error:
            yield shown, error


def is_litter(name: str) -> bool:
    """Files that systems and office programs leave beside others."""
    parts = name.replace("\\", "/").split("/")
    return parts[0] == "__MACOSX" or parts[-1].startswith((".", "~$")) or parts[-1] in ("Thumbs.db", "desktop.ini", "")


def _name(name: str, flags: int) -> str:
    """A member's name: UTF-8 where it says so, else the GBK that zipfile took for code page 437."""
    if flags & 0x800:
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def page_of(data: bytes) -> bytes:
    """The page in a saved web archive (.mht): its first HTML part, as UTF-8.

    Raises UnreadableFile when there is none.
    """
    if len(_MULTIPART.findall(data)) > _MOST_NESTED or data.count(b"\n--") > _MOST_PARTS:
        raise UnreadableFile("网页存档（.mht）的结构太复杂，没有读取。")
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(data)  # the newer policies take quadratic time for a long header
        for part in message.walk():
            if part.get_content_type() == "text/html":
                content = part.get_payload(decode=True)
                if isinstance(content, bytes):
                    charset = part.get_content_charset()
                    return content.decode(charset, "replace").encode() if charset and charset.lower() not in ("gb2312", "gbk") else content
    except (LookupError, ValueError, RecursionError, AttributeError, KeyError, TypeError) as error:
        raise UnreadableFile("网页存档（.mht）已经损坏，无法读取。") from error
    raise UnreadableFile("网页存档（.mht）里没有网页。")
