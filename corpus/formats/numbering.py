"""Automatic numbering of Word paragraphs: the 一、 and （一） that stand in no text but on every page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from corpus.textual import to_chinese

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "ideographDigital", "japaneseCounting", "japaneseDigitalTenThousand",
    "taiwaneseCounting", "taiwaneseCountingThousand", "ideographTraditional",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


class Numbering:
    """Counts the numbered paragraphs of one document as Word does."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._styled: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if numbering is not None:
            self._read_numbering(numbering)
        if styles is not None:
            for style in styles.iter(f"{W}style"):
                number = _number_of(style)
                if number:
                    self._styled[style.get(f"{W}styleId", "")] = number

    def _read_numbering(self, numbering: etree._Element) -> None:
        for abstract in numbering.iter(f"{W}abstractNum"):
            levels = {}
            for level in abstract.iter(f"{W}lvl"):
                levels[_integer(level.get(f"{W}ilvl"))] = _Level(
                    _value(level, "numFmt") or "decimal", _value(level, "lvlText") or "", _integer(_value(level, "start") or "1")
                )
            self._levels[abstract.get(f"{W}abstractNumId", "")] = levels
        for num in numbering.iter(f"{W}num"):
            self._abstract[num.get(f"{W}numId", "")] = _value(num, "abstractNumId") or ""

    def label(self, paragraph: etree._Element) -> str:
        """The number printed before a paragraph, "" where it has none. To be asked once a paragraph, in order."""
        number = _number_of(paragraph) or self._styled.get(_style_of(paragraph) or "")
        if number is None:
            return ""
        key, depth = number
        abstract = self._abstract.get(key, "")
        levels = self._levels.get(abstract, {})
        level = levels.get(depth)
        if level is None or level.format in ("none", "bullet"):
            return ""
        counts = self._counts[abstract]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        return re.sub(r"%(\d)", lambda m: _shown(levels, counts, int(m[1]) - 1), level.text)


def _shown(levels: Mapping[int, _Level], counts: Mapping[int, int], depth: int) -> str:
    level = levels.get(depth)
    value = counts.get(depth, level.start if level else 1)
    if level and level.format in _CHINESE:
        return to_chinese(value)
    if level and level.format == "decimalEnclosedCircle" and 1 <= value <= 20:
        return chr(ord("①") + value - 1)
    return str(value)


def _number_of(holder: etree._Element) -> tuple[str, int] | None:
    """(numId, level) of a paragraph or style; a numId of 0 takes numbering away."""
    properties = holder.find(f"{W}pPr/{W}numPr")
    if properties is None:
        return None
    key = _value(properties, "numId")
    return (key, _integer(_value(properties, "ilvl") or "0")) if key else None


def _style_of(paragraph: etree._Element) -> str | None:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val") if style is not None else None


def _value(parent: etree._Element, name: str) -> str | None:
    child = parent.find(f"{W}{name}")
    return child.get(f"{W}val") if child is not None else None


def _integer(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,4}", text) else 0
