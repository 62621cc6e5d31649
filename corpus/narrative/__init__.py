"""Sentences to quantities: every number that the narrative states, with what it counts.

Made once when a report is read, stored and searched as records; no number is dug out of a passage at question time.
Numbers come from ``corpus.narrative.numerals``, what they count from ``corpus.counted``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.forms import unit_classes
from corpus.model import Document, Paragraph, Quantity, Section, Span
from corpus.narrative import counted as counting
from corpus.narrative import parts
from corpus.narrative.absence import Absence, absences
from corpus.narrative.counted import Around, Topics
from corpus.narrative.naming import is_bare, name_of, squash_line, strip_fillers
from corpus.narrative.numerals import Numeral, numerals
from corpus.narrative.period import period_of
from corpus.textual import fold

# A paragraph without any of these states no quantity; most paragraphs are passed over so.
_MAY = re.compile(
    r"\d|[①-⑳]|分之|成以上|[一二两三四五六七八九十百千万零〇][余多来几]?\s?[余多万亿]?\s?[件位名条期场篇份起次人大类天宗封册部则幅个工小元家处]|未|无|没有|不存在|为零"
)
_ENCLOSED = re.compile(r"[①-⑳⑴-⒛²³¹⁰⁴-⁹₀-₉㉑-㊿]")
_FULL_STOP = re.compile(r"[。!?]+[”』)]*")
_SEMICOLON = re.compile(r";")
_BRACKETS = re.compile(r"\([^()]*\)")
_LONGEST_HEADING = 40


@dataclass(frozen=True, slots=True)
class _Clause:
    """Where a number's clause begins and ends in the line; ``flat`` is the line as seen from it (brackets blanked)."""

    begin: int
    end: int
    flat: str


def quantities(document: Document, sections: Iterable[Section], year: int) -> tuple[Quantity, ...]:
    """The quantities in the paragraphs of the narrative sections (tables are read elsewhere), in reading order.

    What stands before the first section (title, preface) is left out, unless the report has no sections.
    """
    known = list(sections)
    numbered = [s for s in known if s.number] or known
    paragraphs = [b for b in document.blocks if isinstance(b, Paragraph)]
    starts = [p.start for p in paragraphs]
    found: list[Quantity] = []
    for section in numbered:
        context = _Context(section.number, year, section.title)
        for paragraph in paragraphs[bisect_left(starts, section.start) : bisect_left(starts, section.end)]:
            found += _in_paragraph(document.text, paragraph, context)
            line = document.text[paragraph.start : min(paragraph.end, paragraph.start + _LONGEST_HEADING + 1)]
            if len(line) <= _LONGEST_HEADING and not re.search(r"[。\d]", line):
                context.heading, context.topic = line, ""
    return tuple(found)


@dataclass(slots=True)
class _Context:
    """What a paragraph is read in: its section, the report's year, the heading above, what the paragraph before spoke of."""

    section: int
    year: int
    heading: str
    topic: str = ""


def _in_paragraph(text: str, paragraph: Paragraph, context: _Context) -> list[Quantity]:
    raw = text[paragraph.start : paragraph.end]
    if not _MAY.search(raw):
        return []
    # ① folds to 1, and would glue to the number after it.
    line = fold(_ENCLOSED.sub("#", raw))
    numbers = numerals(line)
    if numbers and numbers[0].start == 0 and re.search(r"\d\s*$", text[max(0, paragraph.start - 8) : paragraph.start]):
        numbers = numbers[1:]  # the number may have begun in the line before
    zeros = absences(line)
    if not numbers and not zeros:
        return []
    reader = _Reader(text, line, paragraph.start, context)
    context.heading, context.topic = "", reader.topic
    found = reader.read(numbers)
    for zero in zeros:
        found.append(reader.absent(zero))
    return sorted(found, key=lambda q: (q.span.start, q.clause.start))


_FROM = re.compile(r"[由从][^,。;、\d]{0,8}$")
_CAME_TO = re.compile(
    r"(?:逐步|大幅|进一步|已|,)*(?:压减|压缩|精简|缩减|缩短|整合|合并|下降|降低|减少|增加|增至|增长|上升|提高|提升|扩大|扩展|优化|[降减升增涨缩])了?[至到为]?(?:现在的|目前的|约|近|仅)?"
    r"|(?:清理|关停|关闭|注销|清退|撤并|归并|瘦身|规范|整治|调整|缩小|[\u4e00-\u9fff]{2}整合)+了?[至到为成](?:现在的|目前的|约|近|仅)?|(?!增)[\u4e00-\u9fff]{1,4}[至到为成](?:现在的|目前的|约|近|仅)?"
)


class _Reader:
    """Reads the numbers of one paragraph, sentence by sentence."""

    def __init__(self, text: str, line: str, offset: int, context: _Context) -> None:
        self._text, self._line, self._offset, self._section, self._year = text, line, offset, context.section, context.year
        self._subjects, channels = counting.cues().scan(line)
        told = {h.start for h in channels}
        alone = [h for h in counting.channels_alone(line) if h.start not in told]
        self._channels = sorted([*channels, *alone], key=lambda h: h.start) if alone else channels
        self._topics = Topics(line, context.heading, context.topic)
        self.topic = self._topics.last
        self._brackets = [m.span() for m in _BRACKETS.finditer(line)]
        flat = list(line)
        for start, end in self._brackets:
            flat[start:end] = "\x01" * (end - start)
        self._flat = "".join(flat)
        self._stops = [m.end() for m in _FULL_STOP.finditer(line)]
        self._semicolons = [m.end() for m in _SEMICOLON.finditer(line)]

    # ------------------------------------------------------------------ places

    def _sentence(self, at: int, *, parts: bool) -> tuple[int, int]:
        """The sentence around a place; with ``parts`` a semicolon divides it too."""
        start, end = 0, len(self._line)
        for ends in (self._stops, self._semicolons) if parts else (self._stops,):
            place = bisect_left(ends, at + 1)
            start = max(start, ends[place - 1] if place else 0)
            end = min(end, ends[place] if place < len(ends) else len(self._line))
        while start < at and self._line[start] == " ":
            start += 1
        return start, end

    def _bracket(self, at: int) -> tuple[int, int] | None:
        place = bisect_left(self._brackets, (at + 1, 0))
        if place and self._brackets[place - 1][1] > at:
            return self._brackets[place - 1]
        return None

    def _clause(self, start: int, end: int, before: int, after: int, prior: int) -> _Clause:
        """The clause of the number at ``start``–``end``.

        ``before`` and ``after`` are where its neighbours in the same bracket end and begin, ``prior`` where any number before ends.
        """
        sentence, stop = self._sentence(start, parts=False)
        bracket = self._bracket(start)
        flat = self._flat
        low, high = max(sentence, before), min(stop, after)
        if bracket:
            inner = max(bracket[0] + 1, before)
            if inner == bracket[0] + 1 and re.fullmatch(r"\s*(?:共|共计|计|合计|约)?\s*", self._line[inner:start]):
                low, high = max(sentence, min(prior, bracket[0])), bracket[1] - 1  # 复议（3件）: what it counts stands before
                flat = flat[:start] + self._line[start:high] + flat[high:]
            else:
                flat, low, high = self._line, inner, min(bracket[1] - 1, after)
        low = max(low, start - counting.REACH)
        begin = max(flat.rfind(mark, low, start) for mark in ",;:。") + 1
        begin = max(begin, low)
        while begin < start and flat[begin] in " 、)\x01和及与":
            begin += 1
        # 12 条政策、公告: the list goes on to the clause's end, unless it is one of numbers.
        close = re.search(r"[,;:。]", flat[end : min(high, end + counting.REACH)])
        if close is None and high == after:
            close = re.search(r"[、]", flat[end:high])
        return _Clause(begin, end + close.start() if close else min(high, end + counting.REACH), flat)

    # ------------------------------------------------------------------ reading

    def read(self, numbers: Sequence[Numeral]) -> list[Quantity]:
        found: list[Quantity] = []
        self._told = found
        last: Quantity | None = None
        shared = self._respectively(numbers)
        for at, numeral in enumerate(numbers):
            sentence = self._sentence(numeral.start, parts=False)
            if last is not None and last.span.start - self._offset < sentence[0] and not self._line.startswith("其中", sentence[0]):
                last = None  # 其中 goes on with the sentence before
            prior = numbers[at - 1].end if at else 0
            clause = self._clause(numeral.start, numeral.end, *self._neighbours(numbers, at), prior)
            made = list(self._made(numeral, clause, sentence[0], last, shared.get(at)))
            if last is not None and len(made) == 1 and self._moved(last, numeral):
                counted = _FROM.sub("", last.counted)
                made = [replace(made[0], counted=counted, subject=last.subject, channel=last.channel)]
                found[-1] = replace(last, counted=counted, period="before" if last.period == "year" else last.period)
            found += made
            last = made[-1] if made else last
        return found

    def _moved(self, last: Quantity, numeral: Numeral) -> bool:
        """Whether a number is what the one before it came to: 由117条降至23条. The first is no figure of the report's year then."""
        start, end = last.span.start - self._offset, last.span.end - self._offset
        return bool(_CAME_TO.fullmatch(squash_line(self._line[end : numeral.start])) and _FROM.search(squash_line(self._line[:start])))

    def _neighbours(self, numbers: Sequence[Numeral], at: int) -> tuple[int, int]:
        """End of the number before and start of the one after, those in another bracket passed over."""
        home = self._bracket(numbers[at].start)
        before, after = 0, len(self._line)
        for earlier in reversed(numbers[max(0, at - 8) : at]):
            if self._bracket(earlier.start) == home:
                before = earlier.end
                break
        for later in numbers[at + 1 : at + 9]:
            if self._bracket(later.start) == home:
                after = later.start
                break
        return before, after

    def _respectively(self, numbers: Sequence[Numeral]) -> dict[int, str]:
        """行政复议、行政诉讼分别为 3 件、2 件: which words each number belongs to ("" where they cannot be matched)."""
        given: dict[int, str] = {}
        starts = [n.start for n in numbers]
        for match in re.finditer(r"分别(?:为|是|有|达|达到|收到|公开|发布)?", self._line):
            first = bisect_left(starts, match.end())
            run = [first] if first < len(numbers) and not self._line[match.end() : numbers[first].start].strip() else []
            while (
                run
                and run[-1] + 1 < len(numbers)
                and re.fullmatch(r"\s*[、,和及]\s*", self._line[numbers[run[-1]].end : numbers[run[-1] + 1].start])
            ):
                run.append(run[-1] + 1)
            if len(run) < 2:
                continue
            low = max(0, match.start() - counting.REACH)
            words = re.split(r"[,;:。]", self._line[low : match.start()])[-1]
            items = re.split(r"、|和|及|与", re.sub(r"\s+|数量?$", "", words))
            for place, index in enumerate(run):
                given[index] = items[place] if len(items) == len(run) else ""
        return given

    def _made(self, numeral: Numeral, clause: _Clause, sentence: int, last: Quantity | None, item: str | None) -> Iterator[Quantity]:
        """The quantity of one number; several where it is said of each of several things."""
        start, end = numeral.start, numeral.end
        before = squash_line(clause.flat[clause.begin : start])
        around = self._around(clause, numeral, sentence, last)
        own = counting.within(self._channels, clause.begin, clause.end)
        own = [h for h in own if clause.flat[h.start] != "\x01"]
        if item is not None:
            yield self._quantity(numeral, clause, item or before, self._subject_in(item, around) if item else None, self._channel_in(item))
            return
        each = self._each(before, numeral, around)
        if each:
            for words, subject, channel in each:
                yield self._quantity(numeral, clause, words, subject, channel)
            return
        subject = self._subject(clause, start, end, around, last)
        channel, named = counting.channel_of(subject, own, around.words)
        if not named:
            earlier = counting.within(self._channels, max(sentence, clause.begin - counting.REACH), clause.begin)
            channel = counting.goes_on(subject, earlier, around.words, last is not None)
        yield self._quantity(numeral, clause, name_of(around, last), subject, channel)

    def _around(self, clause: _Clause, numeral: Numeral, sentence: int, last: Quantity | None) -> Around:
        start, end = numeral.start, numeral.end
        before, after = squash_line(clause.flat[clause.begin : start]), squash_line(clause.flat[end : clause.end])
        lead = squash_line(self._line[max(sentence, clause.begin - counting.REACH) : clause.begin])
        hits = counting.within(self._channels, clause.begin, clause.end)
        return Around(
            before=before,
            after=after,
            lead=lead,
            follows=squash_line(self._line[end : end + 60]),
            topic=self._topics.at(start),
            part=counting.is_part(lead + before, last is not None),
            channelled=bool(hits),
            unit=parts.unit_of(numeral.unit, before, after),
            company=(last.subject or "") if last is not None else "",
            sums_up=self._sums_up(before, sentence),
        )

    def _sums_up(self, before: str, sentence: int) -> bool:
        """Whether a number is a total (合计) after two that count different things: 结转上年 2 件，新收 13 件，合计 15 件."""
        if not re.search(r"(?:共计?|合计|总计|总共)(?:为|是|达|有)?$", before):
            return False
        near = [q for q in self._told[-2:] if q.span.start - self._offset >= sentence]
        return len(near) == 2 and near[0].subject != near[1].subject and None not in (near[0].subject, near[1].subject)

    def _subject(self, clause: _Clause, start: int, end: int, around: Around, last: Quantity | None) -> str | None:
        """The subject: named before the number, else after it, else what the sentence goes on with."""
        own = [h for h in counting.within(self._subjects, clause.begin, clause.end) if clause.flat[h.start] != "\x01"]
        unit = around.unit
        result = counting.result_of(around.before, around.lead, unit) if not re.search(r"复议|诉讼|起诉", around.before) else None
        if result:
            return result
        people = unit_classes().get(unit) == "people"  # 工作人员 29 人参加培训: what they came for stands on either side
        share = parts.disclosure_part(around.before, around.lead, around.unit)
        if share:
            return share
        chosen = counting.best((h for h in own if h.start < start or people), unit)
        chosen = chosen or counting.best((h for h in own if h.start >= end), unit)
        if chosen is None and not any(h.start < start and not h.id.startswith("published") for h in own):
            chosen = self._inherited(clause, around, last)
        return counting.settle(chosen, around)

    def _inherited(self, clause: _Clause, around: Around, last: Quantity | None) -> str | None:
        """The subject that a number without a noun of its own takes over: 网站 12 条，微信 30 条; 培训 3 次，共 120 人."""
        unit = around.unit
        kind = unit_classes().get(unit)
        earlier = counting.within(self._subjects, max(0, clause.begin - len(around.lead) - 40), clause.begin)
        earlier = [h for h in earlier if h.start >= self._sentence(clause.begin, parts=False)[0]]
        if kind == "people" and re.search(r"参训|参加|学员|人员|覆盖|^共?计?$", around.before + around.after):
            return "training" if counting.latest(earlier, unit) == "training" else None
        if last is not None and last.subject == "published" and last.period == "cumulative" and parts.years_share(around.before):
            return "published" if counting.comes_in("published", unit) else None
        if not is_bare(around.before + around.after, self._channels_words(clause)):
            return None
        if around.part and not around.channelled:
            return None
        if around.sums_up:
            summed = {q.subject or "" for q in self._told[-2:]}
            return "requests.handled" if summed == {"requests.received", "requests.carried_in"} else None
        if last is not None and (last.subject or "").startswith("requests.carried") and re.search(r"共|总|合计", around.before):
            # 加上年结转 2 件共办理 17 件: a whole that those carried over are part of.
            return "requests.handled" if re.search(r"办理|受理|处理|收办", around.before) else None
        if last is not None and last.subject and counting.comes_in(last.subject, unit):
            same = unit_classes().get(last.unit) == kind
            if same or not around.channelled:
                return last.subject
        return counting.latest(earlier, unit)

    def _channels_words(self, clause: _Clause) -> list[str]:
        return [squash_line(self._line[h.start : h.end]) for h in counting.within(self._channels, clause.begin, clause.end)]

    def _subject_in(self, words: str, around: Around) -> str | None:
        chosen = counting.best(counting.cues().scan(words)[0], around.unit)
        return counting.settle(chosen, replace(around, before=words, after="", follows="", part=False)) if chosen else None

    def _channel_in(self, words: str) -> str | None:
        names = {h.id for h in counting.cues().scan(words)[1]}
        return names.pop() if len(names) == 1 else None

    def _each(self, before: str, numeral: Numeral, around: Around) -> list[tuple[str, str | None, str | None]]:
        """(words, subject, channel) of each thing that a number is said of: 行政复议、行政诉讼均为 0 件; 当面、信函申请各 2 件."""
        shared = re.search(r"(?:均|各|都)(?:为|是|有|收到)?$", before)
        if not shared and not (numeral.value == 0 and re.search(r"复议.*诉讼", before)):
            return []
        listed = before[: shared.start()] if shared else before
        items = re.split(r"、|和|及|与|或", listed)
        whole = self._subject_in(listed, around)
        found = []
        for item in items:
            channel = self._channel_in(item)
            found.append((strip_fillers(item), self._subject_in(item, around) or (whole if channel else None), channel))
        kept = [f for f in found if f[1]]
        if len(items) < 2 or len({f[1:] for f in kept}) != len(items):
            return [(strip_fillers(before), None, None)] if shared and len(items) > 1 else []
        return kept

    def absent(self, zero: Absence) -> Quantity:
        """Zero that is said in words."""
        sentence = self._sentence(zero.printed.start, parts=False)[0]
        begin = max(self._line.rfind(mark, sentence, zero.start) for mark in ",;:。") + 1
        clause = _Clause(max(begin, sentence), zero.end, self._flat)
        numeral = Numeral(zero.printed.start, zero.printed.end, 0, zero.unit, False)
        return self._quantity(numeral, clause, zero.words, zero.subject, None)

    def _quantity(self, numeral: Numeral, clause: _Clause, words: str, subject: str | None, channel: str | None) -> Quantity:
        at = self._offset
        start, end = numeral.start, numeral.end
        sentence = self._sentence(start, parts=True)
        whole = self._sentence(start, parts=False)[0]
        begin = clause.begin if clause.begin < start else start
        while begin < start and self._line[begin] == " ":
            begin += 1
        if whole and self._line.startswith("其中", whole):  # 其中 goes on with the sentence before
            whole = self._sentence(whole - 1, parts=False)[0]
        lead = squash_line(self._line[max(whole, begin - counting.REACH) : begin])
        return Quantity(
            section=self._section,
            counted=words,
            subject=subject,
            channel=channel,
            value=numeral.value,
            unit=numeral.unit,
            printed=self._text[at + start : at + end],
            approximate=numeral.approximate,
            period=period_of(squash_line(self._line[begin:start]), lead, self._year),
            span=Span(at + start, at + end),
            clause=Span(at + begin, at + max(clause.end, end)),
            sentence=Span(at + sentence[0], at + sentence[1]),
        )


@lru_cache(maxsize=64)
def cue_pattern(cues: tuple[str, ...]) -> re.Pattern[str]:
    """Cues as one pattern; “…” stands for up to eight characters of the same clause."""
    parts = (re.escape(cue).replace("…", "[^，。；、]{0,8}?") for cue in sorted(cues, key=len, reverse=True))
    return re.compile("|".join(parts), re.IGNORECASE)
