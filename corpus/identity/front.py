"""The front of a document: its opening lines, and what labels say there (标题：…, 发布机构：…, 发布日期：…)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from corpus.identity.dates import Day, day_in_url, days, first_day
from corpus.model import Document, Grid, Paragraph, Section
from corpus.textual import squash

TITLE, PUBLISHER, DATE, SITE = "title", "publisher", "date", "site"
_LABELS: dict[str, tuple[str, ...]] = {
    TITLE: ("信息名称", "文件名称", "公文名称", "文件标题", "信息标题", "主题名称", "标题", "题名", "中文名", "名称"),
    # In order of trust: who compiled the report, who published the page, whose site it came from.
    PUBLISHER: (
        "编制单位", "编制机关", "填报单位", "报告单位", "单位名称", "机构名称", "公开主体", "制发机关", "发文机关", "发文机构", "发布机构", "发布机关", "发布单位",
        "公开机构", "公开机关", "公开单位", "公开责任部门", "责任单位", "责任部门", "信息提供单位", "提供单位", "信息所属单位", "所属机构", "索引单位", "供稿单位", "文章来源",
        "信息来源", "来源",
    ),
    DATE: (
        "发布日期", "发布时间", "公布日期", "公布时间", "发表时间", "公开日期", "公开时间", "发文日期", "成文日期", "成文时间", "印发日期", "生成日期", "生成时间",
        "更新日期", "更新时间", "添加时间", "录入时间", "日期", "时间",
    ),
    SITE: ("网站名称", "主办单位", "网站主办", "主办"),
}  # fmt: skip
_KIND = {label: kind for kind, labels in _LABELS.items() for label in labels}
_RANK = {label: rank for labels in _LABELS.values() for rank, label in enumerate(labels)}
# Labels of publication are equally good, so that the first on the page counts.
_RANK |= dict.fromkeys(("发布日期", "发布时间", "公布日期", "公布时间", "发表时间"), 0)
_OTHER_LABELS = ("索引号", "索引", "文号", "发文字号", "主题分类", "主题词", "分类", "体裁", "有效性", "有效期", "关键词", "内容概述", "浏览次数", "浏览量", "点击", "字体", "字号",
                 "作者", "责任编辑", "编辑", "审核", "打印", "信息分类", "公开方式", "公开范围", "服务对象", "浏览", "访问量", "阅读", "语种", "载体类型", "组配分类")  # fmt: skip
_ANY = "|".join(r"\s{0,4}".join(label) for label in sorted((*_KIND, *_OTHER_LABELS), key=len, reverse=True))
_PAIR = re.compile(rf"(?:^|(?<=[\s|，,；;【\[（(]))(?P<label>{_ANY})\s{{0,4}}[:：】\]]\s{{0,4}}(?P<value>[^\n|]{{0,120}})")
_NEXT = re.compile(rf"[\s　]+(?:{_ANY})\s{{0,4}}[:：]")
_SIGNED = re.compile(r"年|20\d\d[-./]")
_NO_SIGNATURE = re.compile(r"统计|[至起止。，]|时间|日期|浏览|备案")
# 云溪市水务局：2022年… is a title.
_BODY_LIKE = ("局", "厅", "委", "委员会", "府", "室", "处", "镇", "乡", "县", "市", "区", "街道")
# Where a report begins at the latest when no heading is found, in characters.
_LONGEST_FRONT = 1500
_LINES = 24
# A line longer than this is no line of a title; where a converter put a page on one line, its pieces between spaces are tried.
LONGEST_LINE = 60


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label's value, its kind, and its trust within the kind (0 is best)."""

    kind: str
    label: str
    value: str
    rank: int


@dataclass(frozen=True, slots=True)
class Front:
    """``lines`` as printed, in order, before section 一; ``labelled`` in order of trust; ``end`` where the front ends."""

    lines: tuple[str, ...]
    labelled: tuple[Labelled, ...]
    end: int

    def values(self, kind: str) -> tuple[Labelled, ...]:
        return tuple(x for x in self.labelled if x.kind == kind)


def front_of(document: Document, sections: tuple[Section, ...]) -> Front:
    """The front of ``document``; where no section is found, its first 1500 characters."""
    end = next((s.heading.start for s in sections if s.number), _LONGEST_FRONT) or _LONGEST_FRONT
    lines: list[str] = []
    labelled: list[Labelled] = []
    for block in document.blocks:
        if block.start >= end or len(lines) >= _LINES:
            break
        if isinstance(block, Paragraph):
            for line in document.text[block.start : min(block.end, block.start + 6000)].splitlines():
                tidy = " ".join(line.split()).lstrip("#*? ").strip()
                if tidy:
                    lines.append(tidy)
        else:
            labelled += _of_grid(block)
    for line, after in zip(lines, [*lines[1:], ""], strict=False):
        labelled += _of_line(line, after)
    labelled.sort(key=lambda x: x.rank)
    return Front(tuple(lines[:_LINES]), tuple(labelled), end)


def _of_grid(grid: Grid) -> list[Labelled]:
    """Labels of a metadata table: the cell beside one is its value."""
    found: list[Labelled] = []
    for row in grid.rows[:20]:
        cells = [cell.text for cell in row[:12]]
        for cell, after in zip(cells, [*cells[1:], ""], strict=False):
            label = squash(cell).rstrip(":：").strip("【】[]")
            if label in _KIND and after.strip():
                found.append(_labelled(label, after.strip()))
            elif len(cell) < 200:
                found += _of_line(cell, "")
    return found


def _of_line(line: str, after: str) -> list[Labelled]:
    """Labels inside one line, several where a page prints its metadata side by side."""
    found: list[Labelled] = []
    at = 0
    line = line[:600]
    while match := _PAIR.search(line, at):
        value = match["value"]
        cut = _NEXT.search(" " + value)
        if cut:
            value = value[: max(0, cut.start() - 1)]
        at = max(match.start("value") + len(value), match.end("label") + 1)
        label = squash(match["label"])
        if not value.strip() and at >= len(line) and not _PAIR.match(after):
            value = after if len(after) <= 80 else ""
        if label in _KIND and value.strip():
            found.append(_labelled(label, value.strip()))
    return found


def _labelled(label: str, value: str) -> Labelled:
    return Labelled(_KIND[label], label, value[:200], _RANK[label])


def is_label(squashed: str) -> bool:
    """Whether a line without white space is one of metadata and so no part of a title."""
    match = re.match(r"^(?P<label>[\u4e00-\u9fff]{2,8}):", squashed)
    return bool(match and match["label"] not in _LABELS[TITLE] and not match["label"].endswith(_BODY_LIKE))


_CRUMBS = re.compile(r"^(?:当前位置|您?(?:现在|当前)的?(?:位置|所在)|您的位置|所在位置|首页\s*[>/»|·])|(?:[>»›/].*){2}")


def is_menu(line: str) -> bool:
    """Whether a printed line is a trail of links (首页 > 政府信息公开 > 正文)."""
    return bool(_CRUMBS.search(line[:200]))


def publication_dates(document: Document, front: Front, signed: str | None, url: str | None) -> list[Day]:
    """Dates of publication in falling order of trust: labelled, in the file's metadata, bare in the front, at the end, in the address."""
    found = [Day(day, x.label) for x in front.values(DATE) if (day := first_day(x.value))]
    if meta := first_day(document.meta.get("published", "")):
        found.append(Day(meta, "网页元数据"))
    for line in front.lines:
        if len(line) <= 80 and _SIGNED.search(line) and not re.search(r"统计|期限|[起至止]", line):
            found += [Day(day, "页首的日期") for _, day in days(line)]
    if signed:
        found.append(Day(signed, "落款"))
    if url and (day := day_in_url(url)):
        found.append(Day(day, "网址"))
    return found


def signature(document: Document) -> tuple[str, str | None]:
    """The lines at the end that sign the report: (body as printed or "", date or None)."""
    lines = unicodedata.normalize("NFKC", document.text[-600:]).splitlines()
    tail = [line for line in ("".join(x.split()) for x in lines) if line][-14:]
    for at in range(len(tail) - 1, -1, -1):
        line = tail[at].replace("(", "（").replace(")", "）")
        if len(line) > 60 or not _SIGNED.search(line) or _NO_SIGNATURE.search(line):
            continue
        day = first_day(line)
        if not day:
            continue
        match = re.match(r"^(?P<name>[\u4e00-\u9fff（）]{0,40}?)(?:20|二)", line)
        name = match["name"] if match else ""
        if not name and at and re.fullmatch(r"[\u4e00-\u9fff（）]{3,40}", tail[at - 1]):
            name = tail[at - 1]
        return name, day
    return "", None
