"""Sentences to quantities: every number that the narrative states, with what it counts.

Made once when a report is read, stored and searched as records; no number is dug out of a passage at question time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from corpus.forms import Subject, channels, subjects, unit_classes
from corpus.model import Document, Paragraph, Quantity, Section, Span
from corpus.textual import chinese_number, fold, number, sentences

_UNITS = sorted(unit_classes(), key=len, reverse=True)
_UNIT = "|".join(re.escape(u) for u in _UNITS)
_ABOUT = r"约|近|超过|超|逾|突破|将近|大约|不少于|至少"
_DIGITS = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE = r"[一二两三四五六七八九十百千〇零]+"
_QUANTITY = re.compile(
    rf"(?P<about>{_ABOUT})?\s*(?:(?<![\d.第〔\[（(/-])(?P<digits>{_DIGITS})|(?<![第之十百千万一二三四五六七八九])(?P<cn>{_CHINESE}))"
    rf"\s*(?P<more1>余|多|几|来)?\s*(?P<scale>万|亿|千万|百万|千)?\s*(?P<more2>余|多|左右|以上)?\s*(?P<unit>{_UNIT})(?P<more3>以上|左右|多|余)?"
)
# A unit character that goes on into another word is no unit: 5 人员, 3 项目, 2 次序.
_NOT_UNIT = {"人": "民大员才事类物口", "名": "称单录义", "部": "门分署委", "份": "的额", "位": "于置", "分": "别之钟为局管级类", "次": "序数要", "个": "人", "期": "间限", "日": "常", "条": "例款件", "件": "套", "处": "理罚", "本": "级", "块": "链", "元": "旦", "案": "卷例", "起": "来草诉", "户": "籍口", "天": "然", "类": "别型"}  # fmt: skip
# Chinese numerals count something only with these: 一位负责同志, 四十余条; not 一批, 一次性, 一个问题.
_CHINESE_UNITS = {
    "件",
    "位",
    "名",
    "条",
    "期",
    "场",
    "篇",
    "份",
    "起",
    "次",
    "人",
    "人次",
    "大类",
    "类",
    "场次",
    "天",
    "个工作日",
    "工作日",
}
_SINGLE_UNITS = {"件", "位", "名", "起", "期", "场"}
_CLAUSE_END = re.compile(r"[，、；：。！？]|(?<!\d),|,(?!\d)|;|:(?!\d)")
_CUMULATIVE = re.compile(r"累计|历年|以来|开通至今|建成至今|总计达到")
_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*年")
_FILLER = re.compile(
    r"^(?:截至|截止)?(?:20\d{2}\s*年度?(?:\d{1,2}\s*月)?(?:\d{1,2}\s*日)?|本年度?|全年|今年|\d{1,2}\s*月[初底中]?)|^(?:其中|共计|共|总共|合计|累计|全年|一年来|目前|分别|和|及|与|的|：|:|明确|安排|配备|确定|设立|举办|召开)+|(?:共计|共|总共|合计|累计|达到?|为|约|有|了|提高到|增加到|数量为)+$"
)


def quantities(document: Document, sections: Iterable[Section], year: int) -> tuple[Quantity, ...]:
    """The quantities in the paragraphs of the narrative sections (tables are read elsewhere)."""
    found: list[Quantity] = []
    for section in sections:
        if section.number == 0:
            continue
        for block in document.blocks:
            if isinstance(block, Paragraph) and section.start <= block.start < section.end:
                for start, end in sentences(document.text, block.start, block.end):
                    found += _in_sentence(document.text, start, end, section.number, year)
    return tuple(found)


def _in_sentence(text: str, start: int, end: int, section: int, year: int) -> Iterator[Quantity]:
    line = fold(text[start:end])
    for match in _QUANTITY.finditer(line):
        unit = match["unit"]
        if not _counts(line, match):
            continue
        value = _value(match)
        if value is None:
            continue
        begin, finish = _clause(line, match.start(), match.end())
        before = line[begin : match.start()]
        after = line[match.end() : finish]
        clause = line[begin:finish]
        lead = line[:finish]
        channel = tag(clause, channels()) or tag(line[:begin], _publishing(), last=True)
        subject = tag(clause, subjects(), unit) or tag(lead, subjects(), unit, last=True) or tag(line, subjects(), unit)
        yield Quantity(
            section=section,
            counted=_counted(before, after),
            subject=subject,
            channel=channel,
            value=value,
            unit=unit,
            printed=text[start + match.start() : start + match.end()].strip(),
            approximate=any(match[g] for g in ("about", "more1", "more2", "more3")),
            period=_period(line, begin, finish, year),
            span=Span(start + match.start(), start + match.end()),
            clause=Span(start + begin, start + finish),
            sentence=Span(start, end),
        )


@lru_cache(maxsize=1)
def _publishing() -> tuple[Subject, ...]:
    """Channels that a later clause of the sentence goes on with; how a request came in is said in its own clause."""
    return tuple(channel for channel in channels() if "info" in channel.units)


def _counts(line: str, match: re.Match[str]) -> bool:
    """Whether a match is a number of something rather than part of a word, a date or a document number."""
    unit, following = match["unit"], line[match.end() : match.end() + 1]
    if following and following in _NOT_UNIT.get(unit, ""):
        return False
    if match["cn"]:
        if unit not in (_SINGLE_UNITS if match["cn"] == "一" and not match["more1"] else _CHINESE_UNITS):
            return False
        return chinese_number(match["cn"]) is not None
    if unit == "日" or (unit == "分" and re.search(r"\d\s*[:：时点]\s*$", line[: match.start()])):
        return False
    if unit == "期" and re.search(r"第\s*$", line[: match.start()]):
        return False
    # 〔2019〕60号 has no unit of ours; 12345热线 neither. A year is one even when a unit follows by accident.
    return not (unit == "个" and re.match(r"月|年", line[match.end() :]))


def _value(match: re.Match[str]) -> int | float | None:
    if match["cn"]:
        base = chinese_number(match["cn"])
        if base is None:
            return None
        value = float(base)
    else:
        value = float(match["digits"].replace(",", "").replace("，", ""))
    scale = {"万": 1e4, "亿": 1e8, "千万": 1e7, "百万": 1e6, "千": 1e3}.get(match["scale"] or "", 1.0)
    return number(round(value * scale, 4))


def _clause(line: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a number: from the mark before it to the mark after it."""
    begin = 0
    for match in _CLAUSE_END.finditer(line, 0, start):
        begin = match.end()
    after = _CLAUSE_END.search(line, end)
    finish = after.start() if after else len(line)
    while begin < start and line[begin] == " ":
        begin += 1
    return begin, finish


def _counted(before: str, after: str) -> str:
    """The words that say what was counted: those before the number, else those after it."""
    words = _strip(before)
    if len(words) < 2:
        words = _strip(after)
    return words


def _strip(words: str) -> str:
    words = words.strip()
    while True:
        shorter = _FILLER.sub("", words).strip()
        if shorter == words:
            return re.sub(r"\s+", "", words)
        words = shorter


def _period(line: str, begin: int, finish: int, year: int) -> str:
    clause = line[begin:finish]
    if _CUMULATIVE.search(clause):
        return "cumulative"
    own = _YEAR.findall(clause) or _YEAR.findall(line[:begin])[-1:]
    if own and int(own[-1]) != year and not re.search(r"比|较|同比", clause):
        return str(own[-1])
    return "year"


@lru_cache(maxsize=64)
def cue_pattern(cues: tuple[str, ...]) -> re.Pattern[str]:
    """Cues as one pattern; “…” stands for up to eight characters of the same clause."""
    parts = (re.escape(cue).replace("…", "[^，。；、]{0,8}?") for cue in sorted(cues, key=len, reverse=True))
    return re.compile("|".join(parts), re.IGNORECASE)


def tag(text: str, among: tuple[Subject, ...], unit: str | None = None, *, last: bool = False) -> str | None:
    """Which of ``among`` a text speaks of: the first listed, or with ``last`` the one whose cue stands last.

    A subject that does not come in ``unit`` is passed over: 29 人 are no 条 of information.
    """
    kind = unit_classes().get(unit) if unit else None
    best: tuple[int, str] | None = None
    for item in among:
        if kind and item.units and kind not in item.units:
            continue
        hits = list(cue_pattern(item.cues).finditer(text))
        if not hits:
            continue
        if not last:
            return item.id
        if best is None or hits[-1].end() > best[0]:
            best = (hits[-1].end(), item.id)
    return best[1] if best else None
