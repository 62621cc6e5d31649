"""Reports and figures as plain data: for JSON, CSV, XLSX and tables in a terminal."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from corpus.forms import applicants, metrics
from corpus.model import Figure, Finding, Quantity, Report, Section
from corpus.textual import tidy
from index.store import Snapshot, StoredReport
from service.evidence import full_label
from service.selection import Table

FIGURE_COLUMNS = {
    "agency": "机关", "year": "年份", "scope": "范围", "edition": "版式", "metric": "指标", "label": "名称", "applicant": "申请人", "value": "数值",
    "unit": "单位", "printed": "原文", "state": "状态", "place": "位置", "report_id": "报告编号",
}  # fmt: skip
_NOTES = (
    "每个数字都取自报告中的一个单元格；“原文”是印出来的样子，“位置”是它在报告里的位置。计算所得的数另有公式。",
    "“填 0”“空白”“不适用”“未取得”是不同的情况：空白不等于零。",
    "单元格印有单位的，单位照原文。",
)
STATES = {"value": "有数", "zero": "填 0", "blank": "空白", "na": "不适用", "text": "文字", "missing": "未取得"}


def figure_data(figure: Figure) -> dict[str, Any]:
    """A figure as plain data. One whose reading is not sure has no value: what is printed stands in ``printed``."""
    data = asdict(figure)
    span = data.pop("span")
    if not figure.sure:
        data["value"] = None
    return data | {"start": span["start"] if span else None, "end": span["end"] if span else None}


def quantity_data(quantity: Quantity, text: str) -> dict[str, Any]:
    data = asdict(quantity)
    sentence = data.pop("sentence")
    clause = data.pop("clause")
    span = data.pop("span")
    return data | {
        "start": span["start"], "end": span["end"], "clause": tidy(text[clause["start"] : clause["end"]]),
        "sentence": tidy(text[sentence["start"] : sentence["end"]]),
    }  # fmt: skip


def finding_data(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule, "status": finding.status, "message": finding.message, "places": list(finding.places),
        "values": list(finding.values), "spans": [[s.start, s.end] for s in finding.spans],
    }  # fmt: skip


def section_data(section: Section, text: str) -> dict[str, Any]:
    return {
        "number": section.number, "title": section.title, "heading": tidy(text[section.heading.start : section.heading.end]),
        "start": section.start, "end": section.end, "text": text[section.start : section.end].strip(),
    }  # fmt: skip


def checks_summary(checks: Sequence[Finding]) -> dict[str, int]:
    """How many checks passed, failed, and could not be judged."""
    return {status: sum(c.status == status for c in checks) for status in ("pass", "fail", "unknown", "notice")}


def _report(
    head: dict[str, Any], text: str, sections: Sequence[Section], figures: Sequence[Figure], quantities: Sequence[Quantity],
    passages: list[dict[str, Any]], checks: Sequence[Finding],
) -> dict[str, Any]:  # fmt: skip
    return head | {
        "sections": [section_data(s, text) for s in sections],
        "figures": [figure_data(f) for f in figures],
        "quantities": [quantity_data(q, text) for q in quantities],
        "passages": passages,
        "checks": checks_summary(checks),
        "findings": [finding_data(c) for c in checks if c.status != "pass"],
    }


def parsed_report(report: Report) -> dict[str, Any]:
    """A report that was parsed without being added."""
    head = {
        "report_id": report.report_id, "title": report.title, "agency": report.agency, "year": report.year, "scope": report.scope,
        "edition": report.edition, "published": report.published, "source_url": report.source_url, "format": report.format,
        "found": report.found, "place": dict(report.place), "label": report.label,
    }  # fmt: skip
    passages = [{"section": p.section, "topic": p.topic, "text": p.text, "start": p.start, "end": p.end} for p in report.passages]
    return _report(head, report.text, report.sections, report.figures, report.quantities, passages, report.checks)


def stored_report(snapshot: Snapshot, report: StoredReport) -> dict[str, Any]:
    """A report that is held, in the same shape."""
    text = snapshot.text(report.row)
    passages = [
        {"section": p.section, "topic": p.topic, "text": p.text, "start": p.start, "end": p.end} for p in snapshot.passages([report.row])
    ]
    return _report(
        listed_report(report) | {"found": snapshot.found(report.row)}, text, snapshot.sections(report.row),
        [f for _, f in snapshot.figures([report.row])], [q for _, q in snapshot.quantities([report.row])], passages,
        snapshot.checks(report.row),
    )  # fmt: skip


def listed_report(report: StoredReport) -> dict[str, Any]:
    return {
        "report_id": report.report_id, "agency": report.agency, "year": report.year, "scope": report.scope, "edition": report.edition,
        "title": report.title, "published": report.published, "source_url": report.source_url, "version": report.version,
        "findings": report.findings, "place": dict(report.place), "label": report.label,
    }  # fmt: skip


def metric_data() -> list[dict[str, Any]]:
    """Every metric with what it means and how it is asked for."""
    return [
        {
            "id": m.id, "label": m.label, "unit": m.unit, "definition": m.definition, "kind": m.kind, "editions": list(m.editions),
            "by_applicant": m.by_applicant, "parts": list(m.parts), "base": list(m.base), "synonyms": list(m.terms),
        }
        for m in metrics().values()
    ]  # fmt: skip


def figure_rows(
    snapshot: Snapshot, metric: Sequence[str] | None, agency: str | None, year: int | None, applicant: str | None
) -> list[dict[str, Any]]:
    """Figures of all reports that fit, a row each, in the order of FIGURE_COLUMNS."""
    fitting = [r for r in snapshot.reports if (agency is None or agency in r.agency) and (year is None or r.year == year)]
    return rows_of(snapshot, fitting, metric, [applicant] if applicant is not None else None)


def rows_of(
    snapshot: Snapshot, reports: Sequence[StoredReport], metric: Sequence[str] | None = None, wanted: Sequence[str | None] | None = None
) -> list[dict[str, Any]]:
    """Figures of some reports, a row each."""
    held = {r.row: r for r in reports}
    rows = []
    for row, figure in snapshot.figures(list(held), metric, wanted):
        report = held[row]
        rows.append(
            {
                "agency": report.agency, "year": report.year, "scope": report.scope, "edition": report.edition,
                "metric": figure.metric, "label": metrics()[figure.metric].label, "applicant": applicants().get(figure.applicant or "", ""),
                "value": figure.value if figure.sure else None, "unit": figure.unit, "printed": figure.printed, "state": figure.state,
                "place": figure.place, "report_id": report.report_id,
            }
        )  # fmt: skip
    return rows


def to_csv(rows: Sequence[dict[str, Any]]) -> bytes:
    """CSV in UTF-8 with a byte order mark, as spreadsheet programs expect it. Cells that look like formulas are quoted off."""
    return _csv(FIGURE_COLUMNS.values(), ([_shown(row, c) for c in FIGURE_COLUMNS] for row in rows))


def _csv(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(head)
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8")


_LISTED = {
    "agency": "机关", "year": "年份", "scope": "范围", "edition": "版式", "title": "标题", "published": "公布日期", "findings": "核对提示",
    "source_url": "来源网页", "report_id": "报告编号",
}  # fmt: skip


def reports_csv(reports: Sequence[StoredReport]) -> bytes:
    """The list of reports as CSV."""
    return _csv(_LISTED.values(), ([getattr(report, name) for name in _LISTED] for report in reports))


def to_xlsx(rows: Sequence[dict[str, Any]]) -> bytes:
    """An XLSX workbook: typed figures on one sheet, notes on another."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101  (a new workbook has a sheet)
    sheet.title = "数字"
    sheet.append(list(FIGURE_COLUMNS.values()))
    for row in rows:
        sheet.append([_harmless(_shown(row, c)) for c in FIGURE_COLUMNS])
    sheet.freeze_panes = "A2"
    notes = book.create_sheet("说明")
    for text in _NOTES:
        notes.append([text])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _shown(row: dict[str, Any], column: str) -> Any:
    return STATES.get(row["state"], row["state"]) if column == "state" else row[column]


def _harmless(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula is prefixed with an apostrophe."""
    return (
        "'" + value
        if (isinstance(value, str) and value[:1] in ("=", "+", "@", "\t", "\r"))
        or (isinstance(value, str) and value[:1] == "-" and len(value) > 1)
        else value
    )


# ----------------------------------------------------------------------------------------------- a table that was picked

TABLE_COLUMNS = (
    "机关",
    "年份",
    "范围",
    "版式",
    "指标",
    "名称",
    "申请人",
    "数值",
    "单位",
    "原文",
    "状态",
    "公式",
    "位置",
    "出处",
    "报告编号",
)


def table_rows(table: Table, base: str = "") -> list[tuple[Any, ...]]:
    """A row a value, in the order of TABLE_COLUMNS; ``base`` makes the sources' addresses absolute."""
    who = table.selection.applicant
    return [
        (
            line.report.agency, line.report.year, line.report.scope, line.report.edition, column.id, full_label(column.id),
            _people(who) if column.by_applicant else "", cell.value, cell.unit, cell.printed, STATES.get(cell.state, _COMPUTED.get(cell.state, cell.state)),
            cell.formula or "", "；".join(place for place, _ in cell.sources[:12]), " ".join(base + url for _, url in cell.sources[:3]), line.report.report_id,
        )
        for line in table.lines
        for column, cell in zip(table.columns, line.cells, strict=True)
    ]  # fmt: skip


_COMPUTED = {"computed": "计算所得", "absent": "该版式没有这一项", "unsure": "读法不确定", "zero_base": "分母为 0", "mixed": "单位不同"}


def _people(applicant: str) -> str:
    return {**applicants(), "legal_persons": "法人或其他组织合计"}.get(applicant, applicant)


def table_csv(table: Table) -> bytes:
    """CSV in UTF-8 with a byte order mark, a row a value."""
    return _csv(TABLE_COLUMNS, table_rows(table))


def table_xlsx(table: Table, base: str) -> bytes:
    """A workbook: the table as it is shown with typed numbers, the sources of every value, and notes."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101  (a new workbook has a sheet)
    sheet.title = "数字"
    sheet.append(["机关", "年度", *(f"{full_label(c.id)}{f'（{c.unit}）' if c.unit else ''}" for c in table.columns)])
    for line in table.lines:
        cells = [c.value if c.value is not None else _harmless(c.shown) for c in line.cells]
        sheet.append([_harmless(line.report.agency), line.report.year, *cells])
    totals = [t.value if t.value is not None else t.why_not for t in table.totals]
    sheet.append(["合计", "", *totals])
    sheet.freeze_panes = "C2"
    sources = book.create_sheet("来源")
    sources.append(list(TABLE_COLUMNS))
    for row in table_rows(table, base):
        sources.append([_harmless(value) for value in row])
    sources.freeze_panes = "A2"
    notes = book.create_sheet("说明")
    for text in (*_NOTES, *table.notes, *(f"{full_label(c.id)}：{c.definition}" for c in table.columns)):
        notes.append([_harmless(text)])
    for column, total in zip(table.columns, table.totals, strict=True):
        if total.left_out:
            notes.append([_harmless(f"{full_label(column.id)}的合计没有计入：{'、'.join(total.left_out[:200])}")])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def table_data(table: Table) -> dict[str, Any]:
    """A picked table as plain data."""
    return {
        "query": table.selection.query(),
        "notes": list(table.notes),
        "columns": [{"metric": c.id, "label": full_label(c.id), "unit": c.unit, "kind": c.kind} for c in table.columns],
        "rows": [
            {
                "report_id": line.report.report_id, "agency": line.report.agency, "year": line.report.year, "scope": line.report.scope,
                "edition": line.report.edition,
                "cells": [
                    {
                        "value": c.value, "unit": c.unit, "printed": c.printed, "state": c.state, "shown": c.shown, "formula": c.formula,
                        "sources": [{"place": place, "url": url} for place, url in c.sources],
                    }
                    for c in line.cells
                ],
            }
            for line in table.lines
        ],
        "totals": [
            {"value": t.value, "unit": t.unit, "counted": t.counted, "left_out": list(t.left_out), "why_not": t.why_not} for t in table.totals
        ],
    }  # fmt: skip
