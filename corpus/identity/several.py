"""Whether one file holds more than one whole report. Certain or silent: many a report is printed twice, or lists others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.identity.titles import TitleReading, read_title
from corpus.model import Document, Grid
from corpus.textual import squash

_PARTS = tuple(
    re.compile(rf"^(?:第?[一二三四五六七八][、.]|\([一二三四五六七八]\)|[1-8][.、])?(?:{words})")
    for words in (
        "总体情况|概述|基本情况|工作概况", "主动公开(?:政府)?信息|主动公开(?:工作)?情况", "收到和处理|依申请公开", "[^。]{0,20}行政(?:复议|诉讼)",
        "(?:工作)?存在的?(?:主要)?问题|主要问题", "其他需要(?:报告|说明)",
    )
)  # fmt: skip
# Four of the six parts make a whole report; a contents page, a cited heading and a table's caption have fewer beside values or sentences.
_WHOLE = 4
_ROW = re.compile(
    r"^(?:规章|行政规范性文件|行政许可|行政处罚|行政强制|.{0,3}本年新收政府信息公开申请|.{0,3}上年结转|.{0,3}结转下年度|.{0,8}予以公开)"
)
_ROWS, _PROSE = 3, 200
# Titles beyond this many are a column's list.
_TITLES = 40
_YEAR = re.compile(r"(?:19|20)\d\d")
# Two texts of which so many sentences agree, with the same figures, are one that is printed twice with a slip in a title.
_SAME = 0.8


@dataclass(slots=True)
class _Stretch:
    """What stands between one title and the next of another year: which parts, how many rows of the form with a value, which sentences."""

    year: int
    parts: set[int] = field(default_factory=set)
    rows: int = 0
    sentences: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return len(self.parts) >= _WHOLE and (self.rows >= _ROWS or sum(map(len, self.sentences)) >= _PROSE)

    def repeats(self, other: _Stretch) -> bool:
        """Whether it is the same text, years left out."""
        shared = sum((Counter(self.sentences) & Counter(other.sentences)).values())
        longest = max(len(self.sentences), len(other.sentences), 1)
        return self.figures == other.figures and (not (self.sentences or other.sentences) or shared >= _SAME * longest)


def whole_reports(document: Document) -> tuple[int, ...]:
    """The years of the whole reports in the file, ascending, where it certainly holds several of different years; else ``()``."""
    lines = list(_lines(document))
    found = Counter(part for line, in_table in lines if not in_table for part in [_part(line)] if part is not None)
    if sum(count >= 2 for count in found.values()) < _WHOLE:
        return ()
    stretches: list[_Stretch] = []
    titles = _titles(lines)
    for at, (line, in_table) in enumerate(lines):
        if at in titles and (not stretches or stretches[-1].year != titles[at]):
            stretches.append(_Stretch(titles[at]))
        elif stretches:
            _note(stretches[-1], line, in_table)
    whole: list[_Stretch] = []
    for stretch in stretches:
        if stretch.whole and not any(stretch.repeats(other) for other in whole):
            whole.append(stretch)
    years = tuple(sorted({s.year for s in whole}))
    return years if len(years) > 1 else ()


def _lines(document: Document) -> Iterator[tuple[str, bool]]:
    """Lines without white space, each with whether it is a table's row."""
    for block in document.blocks:
        in_table = isinstance(block, Grid)
        for line in document.text[block.start : block.end].splitlines():
            if bare := squash(line):
                yield bare, in_table


def _part(line: str) -> int | None:
    if len(line) > 40 or line.endswith(("。", "；")):
        return None
    return next((at for at, pattern in enumerate(_PARTS) if pattern.match(line)), None)


def _titles(lines: Sequence[tuple[str, bool]]) -> dict[int, int]:
    """The years of full titles, of body and year, by the line on which each ends."""
    found: dict[int, int] = {}
    for at, (line, in_table) in enumerate(lines):
        if in_table or len(line) > 60 or not line.endswith(("报告", "年报", "版)", "》", "年度)", "年)")) or len(found) >= _TITLES:
            continue
        for size in range(1, min(4, at + 1) + 1):
            title = read_title([text for text, _ in lines[at + 1 - size : at + 1]])
            if title and title.agency and title.year and _reaches(title, size):
                found[at] = title.year
                break
    return found


def _reaches(title: TitleReading, size: int) -> bool:
    return title.first == 0 and title.last == size - 1


def _note(stretch: _Stretch, line: str, in_table: bool) -> None:
    part = None if in_table else _part(line)
    if part is not None:
        stretch.parts.add(part)
    elif _ROW.match(line) and re.search(r"\d$|[\u4e00-\u9fff)]\d", line):
        stretch.rows += 1
        stretch.figures.append(line)
    elif "。" in line:
        stretch.sentences.append(_YEAR.sub("年", line))
