"""Two sides of a comparison, each of which is a sum or a mean of its own: 两个街道比两个镇多几件, 比市直部门平均高多少, 前三年和后三年.

Each side is made a question by itself, with what only the other one says (the thing that is counted, the body, the years), and is
answered like any other. Asked only where the question taken as a whole found no answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.forms import metrics
from corpus.textual import show_number
from index.segment import Segmenter
from service import compose
from service.agencies import find_agencies
from service.conditions import Condition
from service.contract import Answer, FigureOut
from service.directory import Directory
from service.evidence import full_label, growth_of, percent_of, times_of
from service.group import find_group
from service.lexicon import find_terms
from service.query import Query
from service.replacing import replace
from service.spoken.base import COUNTS
from service.years import years_in

_MEAN = re.compile(
    r"^(?P<a>.+?)(?P<joint>比|较|高于|低于|多于|少于|超过|超出)(?P<b>[^,，。?？比]{0,18}?)的?(?P<kind>平均|均值|中位数)"
    r"(?:每年|每家|数|值|水平|线|水准|件数)?(?P<ask>[^,，。]*)$"
)
_OF_MEAN = re.compile(
    r"^(?P<a>.+?)(?P<joint>是|相当于|占)(?P<b>[^,，。?？比]{0,18}?)的?(?P<kind>平均|均值|中位数)(?:每年|每家|数|值|水平)?的?(?P<ask>(?:几|多少)倍|百分之几|几成)$"
)
_SUMS = re.compile(
    r"(?P<joint>比|[和跟与同])(?P<b>[^,，。?？]{2,24}?)(?:合计|总和|之和|总数|一共|总共|加起来)?[,，]?(?:相比|比)?[,，]?"
    r"(?P<ask>(?:要|还)?(?:多|少|高|低|相?差)[收办发开罚批]?[了出]?(?:多少|几[件条次场个]?)|(?:谁|哪[边个])[^,，]{0,3}[多少高低]|各(?:自|是|有|收|办|发|公开|罚|批)[^,，]{0,6}(?:多少|几)[件条次场个]?|"
    r"[多少高低](?:吗|么|不))[^,，。]{0,6}$"
)
_TOGETHER = r"(?:[两三四五]家|[两三四五]个?局|二者|两者)?的?(?:之和|总和|[加合]起来|加总|合计|[加合](?:在)?一(?:块|起)儿?)"
_AGAINST = r"(?:有没有|是不是|是否|都|也|还)*(?P<joint>不如|不及|赶不上|比不上|顶不上|抵不上|比|超过|超出|顶得上|抵得上|顶得过)"
# 甲局新收的申请比乙局跟丙局之和还多, 甲、乙两家合起来还不如丙一家多: one body against what others have together
_ONE_AGAINST = (
    re.compile(rf"^(?P<a>[^,，]{{4,40}}?)[,，]?{_AGAINST}(?P<b>[^,，。比]{{5,36}}?){_TOGETHER}(?P<ask>[^,，。?？]{{0,10}})(?:[,，][^多少几]{{0,12}})?$"),
    re.compile(rf"^(?P<a>[^,，]{{5,44}}?){_TOGETHER}(?P<thing>[^,，]{{0,12}}?)[,，]?{_AGAINST}(?P<b>[^,，。]{{4,24}}?)(?P<ask>一家(?:还)?[多少高低]?[^,，]{{0,6}}|[多少高低][^,，]{{0,6}}|)(?:[,，][^多少几]{{0,12}})?$"),
)
_LESS_THAN = re.compile("不如|不及|赶不上|比不上|顶不上|抵不上")
_ADDED = re.compile("合计|总和|之和|总数|一共|总共|加起来|平均")
_PART_OF_YEARS = re.compile("(?P<end>[前头后])(?P<n>[二两三四五])年")
_SO_MANY_YEARS = re.compile("[近这过]?[两三四五六七八]年")
_KIND = re.compile("(?:街道|乡镇|镇街|镇|部门|单位|机关|区县|县区)$")
_WHO_OF_MANY = re.compile("哪|谁|几[家个]|的$|名单")


@dataclass(frozen=True, slots=True)
class Sides:
    """Two questions, each for one number, and what is asked of the two (``ask``, with the word between them)."""

    first: str
    second: str
    ask: str


def two_sides(query: Query, held: Directory, segmenter: Segmenter) -> Sides | None:
    """The sides that a question sets against each other, where one of them at least is a sum or mean of several; None for any other."""
    read = _Reading(query, held, segmenter)
    text = query.text.rstrip("?？。呢呀啊")
    if (match := _MEAN.match(text) or _OF_MEAN.match(text)) and not _WHO_OF_MANY.search(match["ask"]):
        whole = match["b"]
        if whole not in ("", "它们", "他们", "大家") and not (read.group(read.every(whole)) or read.named(whole) or read.dated(whole)):
            return None
        return read.sides(match["a"], whole, match["kind"], match["joint"] + match["ask"])
    text_of_claim = re.sub("^(?:听说|据说)", "", text)
    for match in filter(None, (pattern.match(text_of_claim) for pattern in _ONE_AGAINST)):
        sizes = [read.bodies(match[side]) for side in ("a", "b")]
        if sorted(size > 1 for size in sizes) == [False, True] and all(sizes):
            less = bool(_LESS_THAN.search(match["joint"])) or re.search("[少低]", match["ask"]) is not None
            ask = "差多少" if re.search("多少|几", match["ask"]) else "少吗" if less else "多吗"
            return read.sides(match["a"] + (match.groupdict().get("thing") or ""), match["b"], "合计", ask)
    for joint in re.finditer("[比和跟与同]", text):
        match = _SUMS.match(text, joint.start())
        if match and joint.start() > 3 and read.is_pair(text[: joint.start()], match["b"]):
            return read.sides(text[: joint.start()], match["b"], "合计", match["joint"] + match["ask"])
    return None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A question, and what its stretches name."""

    query: Query
    held: Directory
    segmenter: Segmenter

    def group(self, text: str) -> bool:
        return find_group(f"{text}，合计", self.held) is not None

    def named(self, text: str) -> str:
        """The words of ``text`` that name bodies; "" where none do."""
        found = find_agencies(text, self.held, self.segmenter)
        return "".join(text[a:b] for a, b in found.spans) if found.agencies else ""

    def bodies(self, text: str) -> int:
        """How many bodies a stretch names, each by one name."""
        found = find_agencies(text, self.held, self.segmenter)
        return len(found.named) or (1 if len(found.agencies) == 1 else 0)

    def dated(self, text: str) -> bool:
        years, relative, _ = years_in(text, ())
        return bool(years or relative or _SO_MANY_YEARS.search(text))

    def is_pair(self, first: str, second: str) -> bool:
        """Whether two stretches are of one kind: groups, or a group and a body; or spans of years."""
        if _PART_OF_YEARS.search(first) or _PART_OF_YEARS.search(second):
            return bool(_PART_OF_YEARS.search(first) and _PART_OF_YEARS.search(second))
        groups = [self.group(side) for side in (first, second)]
        if any(groups):
            return all(group or self.named(side) for side, group in zip((first, second), groups, strict=True))
        return all(len(years_in(side, ())[0]) > 1 for side in (first, second)) and not self.named(second)

    def sides(self, first: str, second: str, kind: str, ask: str) -> Sides | None:
        """The two questions, each given what only the other says."""
        topic = self._topic()
        years = "、".join(f"{y}年" for y in self.query.years)
        asked = []
        for at, (side, other) in enumerate(((first, second), (second, first))):
            words: str | None = self.every(side.strip("的,， "))
            if _PART_OF_YEARS.search(side):
                words = self._years_spelt(side)
            elif not self.dated(side):
                words = f"{words}{years}"
            if words is None:
                return None
            if at and self.dated(side) and not self.group(side) and not self.named(side):
                words = self.named(other) + words
            elif self.group(side) and not self.group(other):
                words = self._where(other, side) + words
            if not any(not h.weak for h in find_terms(words)):
                words += topic
            added = "" if _ADDED.search(words) else kind if at or kind == "合计" else ""
            asked.append(f"{words}{added}{'' if added == '合计' else '是'}多少")
        return Sides(asked[0], asked[1], ask)

    def every(self, side: str) -> str:
        """A kind of bodies that is named without 各: 望川区街道, 市直部门."""
        if (kind := _KIND.search(side)) and not self.group(side) and self.group(each := f"{side[: kind.start()]}各{kind.group()}"):
            return each
        return side

    def _where(self, own: str, side: str) -> str:
        """The place that bodies of a group lie in, where only the body that is held against them says it: 市公安局比市直部门平均."""
        found = find_agencies(own, self.held, self.segmenter).agencies
        body = self.held.bodies.get(found[0]) if len(found) == 1 else None
        if body is None or find_agencies(_KIND.sub("", side), self.held, self.segmenter).place or "全" in side:
            return ""
        return body.place.city if body.level == "city" else body.place.county

    def _topic(self) -> str:
        """What is counted, in the words of the question, or else in those of the form."""
        text, kinds = self.query.text, ("metric", "row", "block", "result", "column", "applicant", "derived")
        spans = sorted({(h.start, h.end) for h in find_terms(text) if not h.weak and h.kind in kinds})
        if spans:
            return "".join(text[a:b] for n, (a, b) in enumerate(spans) if not any(c <= a and b <= d for c, d in spans[:n]))
        named = [m for m in (*self.query.metrics, *self.query.weak) if m in metrics()]
        return full_label(named[0]) if named else ""

    def _years_spelt(self, words: str) -> str | None:
        """前三年, 后三年 as the first and last years that are held of the body, or among those that the question names."""
        part, (agency, *others) = _PART_OF_YEARS.search(words), (*self.query.mention.agencies, "")[:2]
        own = self.held.bodies[agency].years if agency in self.held.bodies and not others[0] else ()
        years, count = sorted(self.query.years or own), COUNTS.get(part["n"], 0) if part else 0
        if part is None or len(years) < 2 * count:
            return None
        span = years[-count:] if part["end"] == "后" else years[:count]
        return words[: part.start()] + f"{span[0]}年到{span[-1]}年" + words[part.end() :]


def set_against(sides: Sides, first: Answer, second: Answer, names: tuple[str, str]) -> Answer | None:
    """Both answers, and how far the number of the first lies from that of the second; None where one of them tells no single number.

    ``names`` tell the two numbers apart where they are listed.
    """
    one, two = (_number_of(given, name) for given, name in zip((first, second), names, strict=True))
    if one is None or two is None or one.unit != two.unit or one.value is None or two.value is None:
        return None
    if one.metric != two.metric and "mean" not in (one.metric, two.metric) and not {one.metric, two.metric} <= {"sum", *metrics()}:
        return None
    figures: list[FigureOut] = []
    high, low = max(one.value, two.value), min(one.value, two.value)
    word = "多" if one.value > two.value else "少"
    if high == low:
        told = "两者相同。"
    else:
        apart = compose.difference((one, two) if one.value > two.value else (two, one), high, low)
        figures.append(apart)
        told = f"前者比后者{word} {show_number(apart.value or 0)} {one.unit}（计算所得：{apart.formula}）。"
    if "倍" in sides.ask and two.value:
        times, formula = times_of(one.value, two.value)
        figures.insert(
            0, replace(figures[0] if figures else one, metric="times", label="前者是后者的倍数", value=times, unit="倍", formula=formula)
        )
        told += f"前者是后者的 {show_number(times)} 倍（计算所得：{formula}）。"
    if re.search("百分之|[几多]少?%|几成", sides.ask) and two.value:
        asks_share = "占" in sides.ask
        percent, formula = percent_of(one.value, two.value) if asks_share else growth_of(two.value, one.value)
        name = "share" if asks_share else "growth"
        figures.insert(
            0, replace(figures[0] if figures else one, metric=name, label="前者比后者", value=percent, unit="%", formula=formula)
        )
        told += f"{'前者占后者的' if asks_share else '相差'} {show_number(abs(percent))}%（计算所得：{formula}）。"
    claimed = re.search("[多高]于|超[过出]|[多高](?=吗|么|不)", sides.ask), re.search("[少低]于|[少低](?=吗|么|不)", sides.ask)
    if any(claimed):
        bound = Condition(">" if claimed[0] else "<", two.value, "")
        told = ("是的，" if bound.holds(one.value) else "不是，") + told
    return Answer("answered", f"{first.text}{second.text}{told}", (*figures, one, two))


def _number_of(given: Answer, name: str) -> FigureOut | None:
    """The one number that an answer comes down to: a sum or mean, called by whose it is, or the only figure."""
    worked_out = [f for f in given.figures if f.metric in ("sum", "mean", "median")]
    if worked_out:
        return replace(worked_out[0], label=f"{name}{worked_out[0].label}") if len(worked_out) == 1 else None
    return given.figures[0] if len(given.figures) == 1 else None
