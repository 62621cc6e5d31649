"""What the checks look at: the figures by key, and the prose of each section with its white space taken out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.model import Figure, Quantity, Section, Span
from corpus.textual import fold

Key = tuple[str, str | None]
Figures = Mapping[Key, Figure]

CHINESE = "〇一二三四五六七八九十"
# The narrative of the longest real reports is some 60,000 characters; what is beyond this is no narrative, and is not checked.
_LONGEST = 300_000
# A longer sentence is a text without marks; looked at whole for each of its numbers it would cost their square.
_REACH = 600
_SPACE = re.compile(r"\s")
_RUN = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[。；;！!？?：:]")


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of narrative without white space, as printed (``raw``) and folded; ``at[i]`` is where character i stands."""

    section: int
    raw: str
    text: str
    at: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Where ``text[start:end]`` stands in the report."""
        return Span(self.at[start], self.at[end - 1] + 1)

    def find(self, offset: int) -> int:
        """Index in ``text`` of the character at ``offset`` of the report, or of the next one that is no white space."""
        at = bisect_right(self.at, offset)
        return at - 1 if at and self.at[at - 1] == offset else at

    def sentence(self, index: int) -> tuple[int, int]:
        """Bounds of the sentence around ``index``."""
        first, last = max(0, index - _REACH), min(len(self.text), index + _REACH)
        start = max(first - 1, *(self.text.rfind(mark, first, index) for mark in "。;!?")) + 1
        ends = [at for at in (self.text.find(mark, index, last) for mark in "。;!?") if at >= 0]
        return start, min(ends, default=last)

    def before(self, index: int) -> str:
        """What leads up to ``index`` in the paragraph."""
        return self.text[max(0, index - 3 * _REACH) : index]

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Bounds of every sentence, its mark left out."""
        for match in re.finditer(rf"[^。;!?]{{1,{_REACH}}}", self.text):
            yield match.span()

    @property
    def place(self) -> str:
        return section_place(self.section)


@dataclass(frozen=True, slots=True)
class Material:
    """A report as the checks take it. What is not known of it is None or empty, and what hangs on it is not judged."""

    edition: str
    figures: Figures
    quantities: Sequence[Quantity]
    sections: Sequence[Section]
    text: str
    prose: tuple[Prose, ...]
    year: int | None = None
    scope: str | None = None
    agency: str | None = None


def section_place(number: int) -> str:
    return f"第{CHINESE[number]}部分" if 0 < number < len(CHINESE) else "前言"


def quote(text: str, longest: int = 36) -> str:
    """A piece of text for a message."""
    text = text.strip("、,:")
    return text if len(text) <= longest else text[: longest - 1] + "…"


def squashed(section: int, text: str, start: int, end: int) -> Prose:
    """``text[start:end]`` without its white space."""
    raw = text[start:end]
    if not _SPACE.search(raw):
        return Prose(section, raw, fold(raw), range(start, end))
    at: list[int] = []
    words: list[str] = []
    for match in _RUN.finditer(raw):
        words.append(match.group())
        at += range(start + match.start(), start + match.end())
    raw = "".join(words)
    return Prose(section, raw, fold(raw), at)


def prose(text: str, sections: Sequence[Section], paragraphs: Sequence[Span] | None) -> tuple[Prose, ...]:
    """Narrative paragraphs of every section in order. Table lines and the labels of tables that lost theirs are left out.

    Without ``paragraphs`` every line that has no cell marks counts as one.
    """
    spans = list(_lines(text)) if paragraphs is None else [(p.start, p.end) for p in paragraphs]
    found: list[Prose] = []
    left = _LONGEST
    at = 0
    for section in sections:
        if section.number > 6:  # an annex of figures
            continue
        while at < len(spans) and spans[at][1] <= section.start:
            at += 1
        here = at
        while here < len(spans) and spans[here][0] < section.end:
            start, end = max(spans[here][0], section.start), min(spans[here][1], section.end)
            here += 1
            if start >= end or end - start > left:
                continue
            told = section.number in (1, 5, 6)
            if not told and not _SENTENCE_END.search(text, start, end):
                continue  # the many labels and cells of a table that lost its lines
            piece = squashed(section.number, text, start, end)
            if piece.text and (told or _is_prose(piece.text)):
                found.append(piece)
                left -= end - start
    return tuple(found)


def _is_prose(piece: str) -> bool:
    """A sentence, not a stray label of a table whose lines a converter dropped, nor a title."""
    return len(piece) >= 8 and ("。" in piece or piece[-1] in ";!?:") and "勾稽关系" not in piece


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\r\n]+", text):
        line = match.group()
        if "\t" not in line and line.count("|") < 2 and line.strip():
            yield match.span()
