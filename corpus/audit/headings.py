"""Section headings and the numbering of what stands under them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.audit.material import CHINESE, Material, Prose, section_place, squashed
from corpus.model import Finding, Section, Span
from corpus.outline import TITLES
from corpus.textual import chinese_number, fold, squash

_NUMERAL = re.compile(
    r"^[#*\s?]*(?:第?(?P<cn>[一二三四五六七八九])(?=部分|\s*[、.,:]|\s|$)|(?P<ar>[1-9])(?=\s*[、.])|\((?P<br>[一二三四五六七八九])\)|(?P<circled>[㈠-㈨]))"
)
_PARTS = re.compile(r"(?<![第一二三四五六七八九十\d])(?P<n>[四五六七八4-8])个?大?部分")
# What a preface that lists the six sections calls them.
TOPICS = {
    1: r"总体情况|基本情况|概述",
    2: r"主动公开",
    3: r"收到和处理|依申请公开|申请情况",
    4: r"复议|诉讼",
    5: r"问题|改进",
    6: r"其[他它](?:需要)?报告|需要报告的|其[他它]事项",
}
# 无: a section 五 that says no more has not said what was lacking, nor what was done about it.
_SHORTEST_PROBLEMS = 10


def headings(material: Material) -> Iterator[Finding]:
    """Missing, misnumbered and empty sections, an announcement that counts them wrongly, sub-items that skip or repeat."""
    numbered = [s for s in material.sections if s.number in TOPICS]
    if material.edition != "2008" and numbered:
        yield from _missing(numbered)
        yield from _numerals(numbered, material.text)
        yield from _announced(material, numbered)
    yield from _empty(material)
    yield from _sub_items(material)


# ------------------------------------------------------------------------------------------------------ the six sections


def _missing(sections: Sequence[Section]) -> Iterator[Finding]:
    have = {s.number for s in sections}
    for number in range(1, 7):
        if number not in have:
            place = section_place(number)
            message = f"没有找到{place}“{TITLES[number]}”的标题，可能漏写或与上一部分连在一起。"
            yield Finding("sections.missing", "notice", message, (place,))


def _numerals(sections: Sequence[Section], text: str) -> Iterator[Finding]:
    """Numerals that repeat, go back or skip; none at all on some headings of many."""
    printed = [(section, _numeral(text[section.heading.start : section.heading.end])) for section in sections]
    spans = tuple(section.heading for section, _ in printed)
    places = tuple(section_place(section.number) for section, _ in printed)
    numbers = [number for _, number in printed if number]
    shown = "、".join(CHINESE[number] if number else "（无）" for _, number in printed)
    if numbers and len(numbers) < len(printed):
        yield Finding("sections.headings", "notice", f"有的部分标题没有编号，依次是：{shown}。", places, (), spans)
    elif numbers and numbers != [s.number for s in sections] and not _consecutive(printed, text):
        yield Finding("sections.headings", "notice", f"各部分标题的编号有误，依次是：{shown}。", places, (), spans)


def _consecutive(printed: Sequence[tuple[Section, int | None]], text: str) -> bool:
    """Whether numerals rise from one by one, sections of the writer's own counted where they fill a gap."""
    last, end = 0, 0
    for section, number in printed:
        between = text[end : section.heading.start]
        if number is None or number <= last or not all(_own_heading(n, between) for n in range(last + 1, number)):
            return False
        last, end = number, section.heading.end
    return True


def _own_heading(number: int, text: str) -> bool:
    """Whether a line of ``text`` is headed by a numeral, those of table 三 left out (四、结转下年度继续办理)."""
    label = r"(?!\s*(?:本年新收|上年结转|本年度办理|结转下年))"
    return bool(re.search(rf"(?m)^[#*\s]*第?{CHINESE[number]}(?:部分|\s*[、.．]){label}[^\t|\n。]{{2,40}}$", text))


def _numeral(heading: str) -> int | None:
    match = _NUMERAL.match(fold(heading).strip())
    if not match:
        return None
    if match["circled"]:
        return ord(match["circled"]) - ord("㈠") + 1
    return int(match["ar"]) if match["ar"] else CHINESE.index(match["cn"] or match["br"])


def _announced(material: Material, sections: Sequence[Section]) -> Iterator[Finding]:
    """The preface says how many parts follow, and lists or has another number of them."""
    for piece in material.prose:
        if piece.section > 1:
            return
        for start, end in piece.sentences():
            sentence = piece.text[start:end]
            match = _PARTS.search(sentence)
            if not match or not re.search(r"报告|全文|年报", sentence):
                continue
            said = int(match["n"]) if match["n"].isdigit() else CHINESE.index(match["n"])
            span = piece.span(start, end)
            listed = [number for number, cue in TOPICS.items() if re.search(cue, sentence)]
            if 4 <= len(listed) < said == 6:
                lost = "、".join(TITLES[n] for n in range(1, 7) if n not in listed)
                message = f"前言说有{CHINESE[said]}个部分，只列出{CHINESE[len(listed)]}个，没有“{lost}”。"
                yield Finding("sections.announced", "notice", message, ("前言",), (said, len(listed)), (span,))
            if said != len(sections) and not (said > len(sections) and _own_heading(said, material.text)):
                message = f"前言说有{CHINESE[said]}个部分，正文找到{CHINESE[len(sections)]}个。"
                yield Finding("sections.announced", "notice", message, ("前言",), (said, len(sections)), (span,))
            return


def _empty(material: Material) -> Iterator[Finding]:
    """Narrative sections that say nothing. 无 is an answer in section 六, and none in section 五."""
    for section in material.sections:
        if section.number not in (1, 5, 6):
            continue
        own = [p for p in material.prose if p.section == section.number]
        body, shown = "".join(p.text for p in own), "".join(p.raw for p in own)
        span = (own[0].span(0, len(own[0].text)),) if own else (section.heading,)
        place = section_place(section.number)
        title = TITLES[section.number]
        if not re.search(r"\w", body):
            yield Finding("sections.empty", "notice", f"{place}“{title}”只有标题，没有内容。", (place,), (), span)
        elif section.number == 5 and len(re.sub(r"\W", "", body)) < _SHORTEST_PROBLEMS:
            message = f"{place}“{title}”只写了“{shown}”，没有说明问题和改进情况。"
            yield Finding("sections.empty", "notice", message, (place,), (), span)


# ---------------------------------------------------------------------------------------------------------- sub-items


@dataclass(frozen=True, slots=True)
class _Item:
    """A numbered item.

    span     where in the report the numeral stands
    leads    whether it stands first in its line
    parted   whether something that leads in to a list stands between it and the item before it
    """

    number: int
    span: Span
    leads: bool
    parted: bool


@dataclass(frozen=True, slots=True)
class _Style:
    """One way of numbering.

    inline    the marks after which an item also begins within a paragraph
    printed   whether it is looked for as printed: ① folds to 1
    """

    pattern: re.Pattern[str]
    show: Callable[[int], str]
    inline: str = ""
    printed: bool = False


def _chinese(number: int) -> str:
    return CHINESE[number] if number <= 10 else f"十{CHINESE[number - 10]}" if number < 20 else str(number)


_STYLES = (
    _Style(re.compile(r"(?P<n>\d{1,2})[.、](?!\d)"), str, "。;:"),
    _Style(re.compile(r"\((?P<n>\d{1,2})\)"), str, "。;:"),
    _Style(re.compile(r"(?P<n>\d{1,2})\)"), str),
    _Style(re.compile(r"(?P<n>[①-⑳])"), str, "。；：", True),
    _Style(re.compile(r"\((?P<n>[一二三四五六七八九十]{1,2})\)(?![至到、,]|项|款|条|部分)"), _chinese, "。;:"),
    _Style(re.compile(r"(?P<n>[㈠-㈩])"), _chinese),
    _Style(re.compile(r"(?P<n>[一二三四五六七八九十]{1,2})、"), _chinese),
    _Style(re.compile(r"(?P<n>[一二三四五六七八九十]{1,2})是"), lambda n: f"{_chinese(n)}是", "。;:,!?"),
    _Style(re.compile(r"第(?P<n>[一二三四五六七八九十]{1,2})[,、](?!第)"), lambda n: f"第{_chinese(n)}", "。;:"),
)
# What stands in for the first item where the others are numbered.
_FIRST_IN_WORDS = re.compile(r"首先|其一|第一|一是|一方面|一要|一为|[(]一[)]|一、|1[.、]|①|㈠")
_LEAD_IN = re.compile(r"[:,]$|问题|不足|措施|改进|下一步|情况如下")


def _sub_items(material: Material) -> Iterator[Finding]:
    for section in material.sections:
        own = [p for p in material.prose if p.section == section.number]
        if section.number not in (1, 5, 6) or not own:
            continue
        # Lines, not paragraphs: a converter may have left several items in one.
        lines = [_Line.of(line) for piece in own for line in _lines(piece, material.text)]
        for style in _STYLES:
            for run in _runs(list(_items(lines, style))):
                yield from _judged(run, style, section, material.text)


def _lines(piece: Prose, text: str) -> Iterator[Prose]:
    start, end = piece.at[0], piece.at[-1] + 1
    if "\n" not in text[start:end]:
        yield piece
        return
    for match in re.finditer(r"[^\n]*[^\s][^\n]*", text[start:end]):
        yield squashed(piece.section, text, start + match.start(), start + match.end())


_BULLETS = re.compile(r"[#*•·?]*")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, where it begins after its bullets, and whether, without an item of the style in hand, it stands between two lists: a title,
    a lead-in, another style's item."""

    prose: Prose
    first: int
    parts: bool

    @classmethod
    def of(cls, line: Prose) -> _Line:
        begins = _BULLETS.match(line.text)
        first = begins.end() if begins else 0
        short = len(line.text) < 30 or bool(_LEAD_IN.search(line.text))
        return cls(line, first, short or any(style.pattern.match(line.text, first) for style in _STYLES))


def _items(lines: Sequence[_Line], style: _Style) -> Iterator[_Item]:
    parted = False
    for known in lines:
        line, first = known.prose, known.first
        found = False
        text = line.raw if style.printed else line.text
        for match in style.pattern.finditer(text) if style.inline else filter(None, [style.pattern.match(text, first)]):
            if match.start() > first and text[match.start() - 1] not in style.inline:
                continue
            number = _number(match["n"])
            if number:
                # Words before it in its own line lead in to a list as well as a line of their own does.
                leads = match.start() == first
                yield _Item(number, line.span(match.start("n"), match.end("n")), leads, parted or not leads)
                parted, found = False, True
        parted = parted or (not found and known.parts)


def _number(printed: str) -> int:
    if printed.isdecimal():
        return int(printed)
    for first in "①㈠":
        if 0 <= ord(printed[0]) - ord(first) < 20 and printed[0] not in CHINESE:
            return ord(printed[0]) - ord(first) + 1
    return chinese_number(printed) or 0


def _runs(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    """Items in lists: a list ends where numbering begins anew at one."""
    run: list[_Item] = []
    for item in items:
        # 1, 1, 2 without a word between is a number given twice, and no new list.
        if item.number == 1 and run and (len(run) > 1 or item.parted or not run[-1].leads or run[0].number != 1):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _judged(run: Sequence[_Item], style: _Style, section: Section, text: str) -> Iterator[Finding]:
    numbers = [item.number for item in run]
    if len(numbers) < 2 or numbers == list(range(1, len(numbers) + 1)):
        return
    before = squash(text[section.start : run[0].span.start])
    if numbers == list(range(numbers[0], numbers[0] + len(numbers))) and (_FIRST_IN_WORDS.search(before) or numbers[0] > 9):
        return  # the first item is numbered in another way
    place = section_place(section.number)
    shown = "、".join(style.show(n) for n in numbers)
    message = f"{place}的小标题编号不连续：{shown}。"
    yield Finding("sections.numbering", "notice", message, (section.title,), (), tuple(item.span for item in run))
