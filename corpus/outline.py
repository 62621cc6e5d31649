"""Where the six sections are. Headings are matched by their words; numbering is a hint, since it is often wrong."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.model import Block, Document, Grid, Paragraph, Section, Span
from corpus.textual import fold, squash

TITLES = {
    1: "总体情况",
    2: "主动公开政府信息情况",
    3: "收到和处理政府信息公开申请情况",
    4: "政府信息公开行政复议、行政诉讼情况",
    5: "存在的主要问题及改进情况",
    6: "其他需要报告的事项",
    7: "附表",  # the table of indicators of reports before the national form
}
_WORDS: dict[int, re.Pattern[str]] = {
    1: re.compile(r"总体情况|基本情况|工作概述|^概述|^综述|^总述|主要任务落实情况|重点工作情况"),
    2: re.compile(r"主动公开(?:政府)?信息(?:的)?情况|^主动公开(?:政府信息|工作)?情况|行政机关主动公开"),
    3: re.compile(r"收到和处理|(?:收到|受理|处理)(?:和处理|及处理)?(?:的)?政府信息公开申请|依申请公开(?:政府信息)?(?:办理)?情况"),
    4: re.compile(r"行政复议.{0,4}行政诉讼|复议.{0,2}诉讼|被申请行政复议|被提起行政诉讼"),
    5: re.compile(r"存在.{0,4}问题|主要问题|问题.{0,3}改进|改进(?:情况|措施)"),
    6: re.compile(r"其[他它]需要报告|需要报告的?其[他它]|其[他它]报告的?事项|其[他它]需要(?:说明|汇报)|其[他它]事项|需要报告的?事项"),
}
_NUMBERED = re.compile(r"^[#*\s?]*(?:第?(?P<cn>[一二三四五六七八九])(?:部分)?\s*[、.．，,：:\s]|(?P<ar>[1-9])\s*[、.．]|[（(](?P<br>[一二三四五六七八九])[）)])?\s*(?P<rest>.*)$", re.S)  # fmt: skip
_INLINE = re.compile(
    r"[一二三四五六]\s*[、.．]\s*(?=总体情况|主动公开政府信息|收到和处理政府信息|政府信息公开行政复议|因政府信息公开|存在的|其[他它]需要报告|需要报告的)"
)
_LONGEST_HEADING = 45


def section_label(number: int) -> str:
    """A section as reports name it: 一、总体情况; "" for what stands before the first."""
    if not number:
        return ""
    return TITLES[number] if number == 7 else f"{'一二三四五六'[number - 1]}、{TITLES[number]}"


@dataclass(frozen=True, slots=True)
class _Candidate:
    number: int
    start: int
    end: int
    score: float
    numbered: bool = False  # and by the numeral of its section


def outline(document: Document) -> tuple[Section, ...]:
    """The sections found, in order, led by section 0 (title and preface) when something stands before the first."""
    text = document.text
    chain = _best_chain(list(_candidates(document)))
    sections = []
    last = max((block.end for block in document.blocks), default=len(text))
    first = chain[0].start if chain else len(text)
    if text[:first].strip():
        sections.append(Section(0, "标题与前言", Span(0, 0), 0, first))
    for at, candidate in enumerate(chain):
        end = chain[at + 1].start if at + 1 < len(chain) else last
        heading = Span(candidate.start, candidate.end)
        sections.append(Section(candidate.number, TITLES[candidate.number], heading, candidate.end, end))
    return tuple(sections)


def apart(document: Document) -> Document:
    """The document with headings that stand within a paragraph set apart from it, where a report is all on one line."""
    blocks: list[Block] = []
    for block in document.blocks:
        line = document.text[block.start : block.end]
        starts = [m.start() for m in _INLINE.finditer(line)]
        if isinstance(block, Grid) or len(starts) < 2:
            blocks.append(block)
            continue
        cuts = {0, len(line)}
        for begin, end in itertools.pairwise([*starts, len(line)]):
            heading = _heading(line[begin:end], begin, inline=True)
            cuts |= {begin, heading[0].end} if heading else {begin}
        for begin, end in itertools.pairwise(sorted(cuts)):
            words = line[begin:end].strip()
            if words:
                at = block.start + begin + line[begin:end].index(words[0])
                blocks.append(Paragraph(at, at + len(words), block.sure))
    return replace(document, blocks=tuple(blocks))


def with_annex(sections: tuple[Section, ...], start: int, end: int) -> tuple[Section, ...]:
    """The sections with an annex from ``start`` to ``end``: what stands there is of no other section."""
    kept = [replace(s, end=min(s.end, start)) for s in sections if s.heading.start < start]
    return (*kept, Section(7, TITLES[7], Span(start, start), start, end))


def _candidates(document: Document) -> list[_Candidate]:
    found: list[_Candidate] = []
    for block in _lines(document):
        line = document.text[block.start : block.end]
        # What stands before a heading on its own line may be marks of Markdown or lost characters.
        pieces = [0, *(m.start() for m in _INLINE.finditer(line) if line[: m.start()].strip("#*?？ ")), len(line)]
        for begin, end in itertools.pairwise(pieces):
            found += _heading(line[begin:end], block.start + begin, inline=len(pieces) > 2)
    # Where headings are numbered in order, a line without a number (改进措施) is rather a line of a section.
    if len({c.number for c in found if c.numbered}) >= 3:
        found = [c if c.numbered else replace(c, score=c.score - 0.5) for c in found]
    return found


def _lines(document: Document) -> Iterator[Paragraph]:
    """Paragraphs, and table rows of one cell: pages that lay a whole report out in one table set its headings so."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        for row in block.rows:
            filled = [cell for cell in row if cell.text]
            if len(filled) == 1 and len(row) > 0:
                yield Paragraph(filled[0].start, filled[0].end)


def _heading(line: str, start: int, inline: bool) -> list[_Candidate]:
    """Readings of one line as a section heading, with a score each."""
    match = _NUMBERED.match(fold(line))
    if not match:
        return []
    rest = squash(match["rest"])
    if len(rest) > _LONGEST_HEADING and not inline:
        # A heading that the text follows on the same line, after a full stop.
        head = re.match(r"[^。]{2,24}(?=[。])", rest)
        if not head or not match["cn"]:
            return []
        rest = head.group()
    if inline:
        rest = rest[:24]
    if not rest or rest.endswith(("；", ";", "，", ",")):
        return []
    printed = match["cn"] or match["ar"] or match["br"]
    numeral = "一二三四五六七八九".find(printed) + 1 if printed and not match["ar"] else int(printed or 0)
    found = []
    for number, words in _WORDS.items():
        hit = words.search(rest)
        if not hit:
            continue
        score = 1.0 + (1.5 if match["cn"] else -0.4 if match["br"] else 0.3 if match["ar"] else 0.5)
        score += 0.7 if numeral == number else 0.0
        # 主要问题：… and 无其他需要报告的事项。 are sentences of a section, not its heading.
        score -= 1.5 if not printed and re.search(r"[。：:]", match["rest"]) else 0.0
        score += 0.6 if hit.end() - hit.start() >= len(rest) - 2 else -0.05 * max(0, len(rest) - 20)
        length = len(line) if not inline else match.start("rest") + min(len(match["rest"]), _prefix(match["rest"], hit.end()))
        if len(squash(match["rest"])) > _LONGEST_HEADING and not inline:
            length = line.index("。") + 1 if "。" in line else len(line)
        found.append(_Candidate(number, start, start + length, score, numeral == number))
    return found


def _prefix(text: str, count: int) -> int:
    """How many characters of ``text`` hold ``count`` characters other than white space."""
    for at, char in enumerate(text):
        if not char.isspace():
            count -= 1
        if count <= 0:
            return at + 1
    return len(text)


def _best_chain(candidates: list[_Candidate]) -> list[_Candidate]:
    """The chain of rising section numbers with the highest score.

    A contents page lists every heading twice; the later one wins, because a body follows it.
    """
    best: list[tuple[float, list[_Candidate]]] = []
    for at, candidate in enumerate(candidates):
        score = 0.0
        chain: list[_Candidate] = []
        for earlier in range(at):
            other = candidates[earlier]
            if other.number < candidate.number and other.end <= candidate.start and best[earlier][0] >= score:
                score, chain = best[earlier]
        best.append((score + candidate.score + at * 1e-4, [*chain, candidate]))
    return max(best, key=lambda b: b[0])[1] if best else []
