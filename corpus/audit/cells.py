"""Remarks on single cells: not filled in, crossed out, words for numbers, and numbers that are hard to believe."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from corpus.audit.material import Material
from corpus.model import Figure, Finding
from corpus.textual import show_number

_TABLES = ("表二", "表三", "表四")
_KINDS: tuple[tuple[str, Callable[[Figure], bool], str], ...] = (
    ("cells.blank", lambda f: f.state == "blank", "{}个单元格空白（空白不等于零）：{}。"),
    ("cells.na", lambda f: f.state == "na", "{}个单元格写的是“{}”一类的记号（表示不适用，不等于零）：{}。"),
    ("cells.text", lambda f: f.state == "text", "{}个数字单元格里写的是文字：{}。"),
    ("cells.unsure", lambda f: not f.sure, "{}个单元格因表格损坏读法不确定，不作为数字引用：{}。"),
)
# 规章 are made by departments of the State Council and by governments of provinces and of cities divided into districts.
_MAKES_NO_RULES = re.compile(
    r"(?:镇|乡|街道|苏木|办事处|分局|(?:[县旗镇乡]|苏木)人民政府(?:办公室)?|管理?委员?会(?:办公室)?)$"
    r"|^(?!国家|中华|国务院|中国).+(?:[市县区旗州盟].*|[省].*)(?:局|委|厅|委员会|中心|大队|支队)(?:[（(].*[)）])?$|^国家.+[省市县区旗州盟].+局$"
)


def cells(material: Material) -> Iterator[Finding]:
    """Blank, crossed-out, worded and unsure cells, a finding a table and kind; tables and cells that could not be had."""
    for name in _TABLES:
        own = [f for f in material.figures.values() if f.place.startswith(name)]
        if own and all(f.state == "missing" and f.sure for f in own):
            if material.edition != "2008":  # the free form has no such table to be missed
                yield Finding("tables.missing", "notice", f"{name}没有取得（可能是图片或附件），其中的数字无从得知。", (name,))
            continue
        for rule, test, message in _KINDS:
            hit = [f for f in own if test(f)]
            if hit:
                words = [str(len(hit)), *([hit[0].printed] if rule == "cells.na" else []), _shown(name, hit)]
                yield _notice(rule, f"{name}有" + message.format(*words), hit)
        lost = [f for f in own if f.state == "missing" and f.sure]
        if lost:
            yield _notice("tables.missing", f"{name}有{len(lost)}个单元格没有取得：{_shown(name, lost)}。", lost)
    yield from _implausible(material)


def _notice(rule: str, message: str, figures: Sequence[Figure]) -> Finding:
    spans = tuple(f.span for f in figures if f.span)
    return Finding(rule, "notice", message, tuple(f.place for f in figures), (), spans)


def _shown(table: str, figures: Sequence[Figure]) -> str:
    places = [f.place.removeprefix(f"{table} · ") for f in figures]
    return "；".join(places[:3]) + ("等" if len(places) > 3 else "")


def _implausible(material: Material) -> Iterator[Finding]:
    numbers = [f for f in material.figures.values() if f.value and f.sure]
    for figure in numbers:
        value = figure.value or 0
        if value < 0 and not figure.metric.endswith(".items_change"):
            yield _doubted(figure, "是负数")
        elif value != int(value) and not figure.metric.endswith(".amount"):
            yield _doubted(figure, "不是整数")
    if material.agency and _MAKES_NO_RULES.search(material.agency):
        rules = [f for f in numbers if f.metric.startswith("rules.")]
        if rules:
            shown = "，".join(f"{f.place.rpartition(' · ')[2]} {show_number(f.value or 0)}" for f in rules)
            yield Finding(
                "cells.implausible",
                "notice",
                f"表二“规章”行填了{shown}；{material.agency}一般没有规章制定权，引用时请留意。",
                tuple(f.place for f in rules),
                tuple(f.value for f in rules),
                tuple(f.span for f in rules if f.span),
            )


def _doubted(figure: Figure, what: str) -> Finding:
    message = f"{figure.place}写的是“{figure.printed}”，件数{what}，引用时请留意。"
    return Finding("cells.implausible", "notice", message, (figure.place,), (figure.value,), (figure.span,) if figure.span else ())
