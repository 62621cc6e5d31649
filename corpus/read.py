"""The pipeline: bytes to a Report, through stages that can each be tested alone."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.audit import audit
from corpus.formats import Limits, parse
from corpus.identity import Identity, identify
from corpus.identity.lineage import lineage
from corpus.lookalikes import kind_of
from corpus.model import SCOPES, CorpusError, Document, Finding, NotAReport, Paragraph, Report, Span, UnreadableFile
from corpus.narrative import quantities
from corpus.outline import apart, outline, with_annex
from corpus.passages import annex_passages, passages
from corpus.tables import read_tables
from corpus.tables.indicators import start as annex_start


@dataclass(frozen=True, slots=True)
class Override:
    """What the user says about a file; it beats what the text says."""

    agency: str | None = None
    year: int | None = None
    scope: str | None = None
    source_url: str | None = None
    published: str | None = None


_TROUBLE = {
    errno.ENOENT: "文件不存在或已被移走", errno.EACCES: "没有读取的权限", errno.EISDIR: "这是目录", errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "链接循环",
}  # fmt: skip


def load(path: Path, limits: Limits) -> bytes:
    """A file's bytes. Raises UnreadableFile when it cannot be opened, is no plain file, or is larger than the limit."""
    try:
        # A pipe without a writer would be waited for without end.
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise UnreadableFile("这不是普通文件，没有读取。")
            data = file.read(limits.bytes + 1)
    except (OSError, ValueError) as error:
        reason = _TROUBLE.get(error.errno or 0, "无法读取") if isinstance(error, OSError) else "文件名无效"
        raise UnreadableFile(f"文件打不开：{reason}。") from error
    if len(data) > limits.bytes:
        raise UnreadableFile(f"文件太大，上限是 {limits.bytes // 1024 // 1024} MB。")
    return data


def read_file(path: Path, override: Override | None = None, limits: Limits | None = None) -> tuple[Report, bytes]:
    """The report in a file, with the bytes it was read from.

    Raises UnreadableFile or NotAReport, each with one Chinese sentence.
    """
    limits = limits or Limits()
    data = load(path, limits)
    return read_bytes(data, override, limits), data


def read_bytes(data: bytes, override: Override | None = None, limits: Limits | None = None) -> Report:
    """The report in ``data``. Raises CorpusError."""
    override = override or Override()
    if override.scope is not None and override.scope not in SCOPES:
        raise CorpusError(f"范围只能是：{'、'.join(SCOPES)}。")
    document = apart(parse(data, limits))
    sections = outline(document)
    identity = identify(document, sections)
    verdict = kind_of(document, sections, identity.title)
    if not verdict.is_report:
        raise NotAReport(verdict.reason)
    agency = override.agency or identity.agency
    year = override.year or identity.year
    if not agency:
        raise NotAReport(identity.problem or "没有找到发布机关的名称；请用 --agency 说明是哪个机关。")
    if not year:
        raise NotAReport("没有找到报告的年份；请用 --year 说明是哪一年的报告。")
    found = dict(identity.found) | {name: "由添加者指定" for name in ("agency", "year", "scope") if getattr(override, name)}
    scope = override.scope or identity.scope
    tables = read_tables(document, sections, year)
    annex = annex_start(document) if tables.quantities else None
    if annex is not None:
        sections = with_annex(sections, annex, max(block.end for block in document.blocks))
    # A number out of a line that was recognised with doubt is shown in its sentence, and never told as a figure.
    doubtful = [b for b in document.blocks if isinstance(b, Paragraph) and not b.sure]
    told = (q for q in quantities(document, sections, year) if not any(b.start <= q.span.start < b.end for b in doubtful))
    counted = (*told, *tables.quantities)
    paragraphs = tuple(Span(b.start, b.end) for b in document.blocks if isinstance(b, Paragraph))
    unread = tuple(f"第{page}页" for page in document.meta.get("unread_pages", "").split("、") if page)
    checks = audit(
        tables.edition, tables.figures, counted, sections, document.text,
        year=year, scope=scope, agency=agency, paragraphs=paragraphs, unread=unread,
    )  # fmt: skip
    return Report(
        title=" ".join(identity.title.split()) or f"{agency}{year}年政府信息公开工作年度报告",
        agency=agency,
        year=year,
        scope=scope,
        edition=tables.edition,
        found=found,
        text=document.text,
        format=document.format,
        sections=sections,
        passages=(*passages(document, sections), *annex_passages(document.text, tables.quantities)),
        figures=tables.figures,
        quantities=counted,
        checks=(*checks, *_doubts(identity, override), *_converted(document)),
        paragraphs=paragraphs,
        place=_place(identity),
        lineage=_lineage(agency, identity),
        label=identity.label,
        published=override.published or identity.published,
        source_url=override.source_url or identity.source_url,
        digest=hashlib.sha256(data).hexdigest(),
    )


def _lineage(agency: str, identity: Identity) -> str:
    """The key of the body over time, "" where its place is one of several of the same name."""
    key = lineage(agency)
    if "?" in key:
        return key.replace("?", f"（{identity.place.city}）") if identity.place.city else ""
    return key


def _doubts(identity: Identity, override: Override) -> Iterator[Finding]:
    """What is uncertain of who reports and on what year, unless whoever added the file settled it."""
    if override.agency and override.year:
        return
    for doubt in identity.doubts:
        yield Finding("identity.doubt", "notice", doubt, ("标题与前言",))


def _converted(document: Document) -> Iterator[Finding]:
    """That the text shown is not letter for letter what was printed."""
    if document.meta.get("script") == "traditional":
        yield Finding("text.script", "notice", "原文是繁体字，这里显示的文字已转换为简体，请以原文件为准。", ("整份报告",))
    if document.meta.get("recognised") == "1":
        yield Finding("text.recognised", "notice", "原文是扫描件或图片，文字由机器识别，可能有误，请以原文件为准。", ("整份报告",))


def _place(identity: Identity) -> dict[str, str]:
    place = identity.place
    named = {"province": place.province, "city": place.city, "county": place.county, "township": place.township}
    return {level: name for level, name in named.items() if name}
