"""Narrative to passages: what is retrieved, shown and cited as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.model import Document, Paragraph, Passage, Quantity, Section
from corpus.textual import sentences, squash, tidy

# Long enough to hold a thought with its subject, short enough to be read at a glance and embedded whole.
_LONGEST = 220
_MEASURES = re.compile(
    r"采取措施|改进措施|改进情况|下一步|下步|今后|改进方向|整改措施|针对(?:以上|上述|存在|这些)|努力方向|改进的?主要|20\d\d年[,，]?(?:将|拟|计划)|将(?:进一步|着力|继续|重点|从)|我[们局区市县镇委办厅]将|[一首]是(?:牢固|加强|强化|进一步|切实|提高|提升|健全|完善|持续|加大|继续|深化|优化|拓宽|规范)"
)
CORRECTED = re.compile(r"更正(?:说明|为|后|如下|于)|勘误|误(?:录|写|填|报)为|(?:已|予以|现)更正")
_PROBLEMS = re.compile(
    r"存在.{0,12}(?:问题|不足|差距|困难|短板)|主要(?:问题|不足|表现)|主要表现在|问题(?:如下|有|是|主要)|(?:不够|不足|不高|欠缺|薄弱|有待|滞后)"
)


# What a sentence says that it is, before a colon: 改进：, （二）问题：, 整改情况：
_ITEM = r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．])?\s*"
_SAYS_MEASURES = re.compile(_ITEM + r"(?:改进|整改|措施|对策|打算|解决|应对|举措|办法|做法|下一?步)[\u4e00-\u9fff]{0,4}[：:]")
_SAYS_PROBLEMS = re.compile(_ITEM + r"(?:存在的?|主要)?(?:问题|不足|短板)[\u4e00-\u9fff]{0,4}[：:]")


def passages(document: Document, sections: Iterable[Section]) -> tuple[Passage, ...]:
    """Passages of every section's paragraphs, in order; table lines are left to the figures."""
    found: list[Passage] = []
    for section in sections:
        topic: str | None = None
        own = [b for b in document.blocks if isinstance(b, Paragraph) and section.start <= b.start < section.end]
        if section.number == 0:  # the title and the preface: of these a note on what was corrected since
            own = [b for b in own if CORRECTED.search(document.text[b.start : b.end])]
        turn = _turn([document.text[b.start : b.end] for b in own]) if section.number == 5 else None
        for at, block in enumerate(own):
            if section.number in (2, 3, 4) and not _is_prose(document.text[block.start : block.end]):
                continue
            for start, end in _chunks(document.text, block.start, block.end):
                text = tidy(document.text[start:end])
                if section.number == 5:
                    topic = "measures" if turn is not None and at >= turn else _topic(text, topic)
                found.append(Passage(section.number, text, start, end, topic if section.number == 5 else None))
    return tuple(found)


_FIRST = re.compile(r"\s*(?:(一是)|(第一[,，、])|([（(]一[）)])|(1[.、．])|(①)|(一、))")
_LACKS = re.compile("不|没|未|缺|少|慢|晚|难|弱|差|低|滞后|单一|欠|过时|失效")


def _turn(paragraphs: list[str]) -> int | None:
    """Which paragraph the measures begin with, where none says that it tells them: the one that counts from one again, or the second of two,
    where the first alone tells what is lacking."""
    if any(_MEASURES.search(p) or _SAYS_MEASURES.match(p) for p in paragraphs[1:]):
        return None
    counted = [(at, m.lastindex) for at, p in enumerate(paragraphs) if (m := _FIRST.match(p))]
    if len(counted) == 2 and counted[0][1] == counted[1][1]:
        return counted[1][0]
    plain = len(paragraphs) == 2 and not counted and all(len(squash(p)) > 8 for p in paragraphs)
    return 1 if plain and _LACKS.search(paragraphs[0]) and not _LACKS.search(paragraphs[1]) else None


def annex_passages(text: str, lines: Iterable[Quantity]) -> Iterator[Passage]:
    """Passages of a table of indicators: some lines each, so that what has no metric is found as it stands."""
    held: list[Quantity] = []
    for line in (*lines, None):
        if held and (line is None or line.sentence.end - held[0].sentence.start > _LONGEST or line.sentence.start < held[-1].sentence.end):
            start, end = held[0].sentence.start, held[-1].sentence.end
            yield Passage(held[0].section, tidy(text[start:end].replace("\t", " ")), start, end)
            held.clear()
        if line is not None:
            held.append(line)


def _is_prose(text: str) -> bool:
    """A sentence rather than a stray label of a table that lost its lines."""
    return len(squash(text)) >= 20 and bool(re.search(r"[。，]", text))


def _chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences put together up to the longest length."""
    begin: int | None = None
    last = start
    for first, stop in sentences(text, start, end):
        if begin is not None and (stop - begin > _LONGEST or _turns(text[first:stop])):
            yield begin, last
            begin = None
        if begin is None:
            begin = first
        last = stop
    if begin is not None:
        yield begin, last


def _turns(sentence: str) -> bool:
    """Whether a sentence turns from problems to what is done about them."""
    turned = re.match(r"\s*(?:采取措施|改进措施|下一步|下步|今后|针对(?:以上|上述|存在|这些)|20\d\d年[,，]?(?:将|拟|计划))", sentence)
    return bool(turned or _SAYS_MEASURES.match(sentence) or _SAYS_PROBLEMS.match(sentence))


def _topic(text: str, before: str | None) -> str:
    if _SAYS_PROBLEMS.match(text):
        return "problems"
    if _MEASURES.search(text) or _SAYS_MEASURES.match(text):
        return "measures"
    if before == "measures" and not re.match(r".{0,6}(?:[（(]?一[）)、]|存在)", text):
        return "measures"
    return "problems" if _PROBLEMS.search(text) else before or "problems"
