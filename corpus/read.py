"""The pipeline: bytes to a Report, through stages that can each be tested alone."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from corpus.audit import audit
from corpus.formats import MAX_BYTES, parse
from corpus.model import SCOPES, CorpusError, Document, NotAReport, Paragraph, Report, Section, Span, UnreadableFile
from corpus.narrative import quantities
from corpus.outline import outline
from corpus.passages import passages
from corpus.tables import TableReading, read_tables
from corpus.textual import squash
from corpus.title import identify

_TOPIC = re.compile(r"(?:政府|政务)信息公开|信息公开(?:工作)?(?:年度)?(?:报告|年报)|公开政府信息")


@dataclass(frozen=True, slots=True)
class Override:
    """What the user says about a file; it beats what the text says."""

    agency: str | None = None
    year: int | None = None
    scope: str | None = None
    source_url: str | None = None
    published: str | None = None


def read_file(path: Path, override: Override | None = None) -> tuple[Report, bytes]:
    """The report in a file, with the bytes it was read from.

    Raises UnreadableFile or NotAReport, each with one Chinese sentence.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFile(f"文件太大，上限是 {MAX_BYTES // 1024 // 1024} MB。")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"文件打不开：{error.strerror or '无法读取'}。") from error
    return read_bytes(data, override), data


def read_bytes(data: bytes, override: Override | None = None) -> Report:
    """The report in ``data``. Raises CorpusError."""
    override = override or Override()
    if override.scope is not None and override.scope not in SCOPES:
        raise CorpusError(f"范围只能是：{'、'.join(SCOPES)}。")
    document = parse(data)
    sections = outline(document)
    identity = identify(document, sections)
    agency = override.agency or identity.agency
    year = override.year or identity.year
    tables = read_tables(document, sections, year or 2021)
    _require_report(document, sections, tables, identity.title)
    if not agency:
        raise NotAReport("没有找到发布机关的名称；请用 --agency 说明是哪个机关。")
    if not year:
        raise NotAReport("没有找到报告的年份；请用 --year 说明是哪一年的报告。")
    found = dict(identity.found)
    for name in ("agency", "year", "scope"):
        if getattr(override, name):
            found[name] = "由添加者指定"
    counted = quantities(document, sections, year)
    return Report(
        title=" ".join(identity.title.split()) or f"{agency}{year}年政府信息公开工作年度报告",
        agency=agency,
        year=year,
        scope=override.scope or identity.scope,
        edition=tables.edition,
        found=found,
        text=document.text,
        format=document.format,
        sections=sections,
        passages=passages(document, sections),
        figures=tables.figures,
        quantities=counted,
        checks=audit(tables.edition, tables.figures, counted, sections, document.text),
        paragraphs=tuple(Span(b.start, b.end) for b in document.blocks if isinstance(b, Paragraph)),
        published=override.published or identity.published,
        source_url=override.source_url or identity.source_url,
        digest=hashlib.sha256(data).hexdigest(),
    )


def _require_report(document: Document, sections: tuple[Section, ...], tables: TableReading, title: str) -> None:
    """Raises NotAReport for what is readable and something else."""
    text = squash(document.text)
    if not _TOPIC.search(text):
        raise NotAReport("文中没有提到政府信息公开，看来不是政府信息公开工作年度报告。")
    if re.search(r"20[xX×]{2}年", text[:400]):
        raise NotAReport("年份写作“20xx”，这是范本而不是报告。")
    numbered = [s for s in sections if s.number]
    if not tables.tables and len(numbered) < 2:
        raise NotAReport("文中既没有报告的各个部分，也没有规定的表格，看来不是政府信息公开工作年度报告。")
    if not title and len(numbered) < 3 and not tables.tables:
        raise NotAReport("没有标题、部分和表格，无法确认这是年度报告。")
