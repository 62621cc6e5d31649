"""A claim that a body is the only one, or that a year is the first or last of a body's years.

Such a claim is asked of all (哪些单位被起诉过, 历年哪年最多); what is found is then held against the body or the year that is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.forms import applicants
from corpus.identity.places import Place
from index.segment import Segmenter
from service.agencies import find_agencies
from service.context import LISTED, Context
from service.contract import Answer
from service.directory import LEVEL_OF, Directory
from service.evidence import label_of
from service.group import find_group
from service.lexicon import find_terms, mask
from service.replacing import replace
from service.years import years_in

_ENDS = re.compile(r"[,，]?(?:(?:是不是|对不对|是吧|是吗|对[吗吧]|真的)(?:这样)?|[吗么吧]|没错)*[?？。!！]*$")
_CLAIMS = re.compile(r"[吗么吧]|是不是|是否|对不对|没错|属实|没有?[?？]?$")
_ASKS = re.compile(r"哪|谁|几|多少|为什么|为啥|怎么|什么")
_ONLY = re.compile(r"(?:是不是|是否)?(?:就?只(?:有|是)|仅有|唯独|单单)")
_ALONE = re.compile(r"(?:这|那)?一[家个](?:单位|部门|局|街道)?|自己")
_WITHIN = re.compile(r"(?:各|所有)?(?P<noun>局|厅|镇|乡|区|县)(?:里面?|里头|当中|之中)[,，]?$")
_WHOLE = re.compile("全(?P<unit>[省市州盟区县旗])")
_RECORD = re.compile(
    r"(?:有没有|是不是|是否|又|再)?创(?:下|出|了)*(?:[\u4e00-\u9fff]{1,5}?)?新(?P<end>[高低])|(?:历年|历史|近年|[一-十]+年)(?:来|以来)?的?新(?P<way>[高低])"
)
_MOST = re.compile(r"最(?P<end>[多少高低])的?(?:那?一年|那年|年份|水平)?")
_OF_ALL = re.compile(r"历年|历史上?|有(?:记录|统计)以来|这些年|这几年|[近这]?[两三四五六七八]年")
_FILLING = re.compile(r"是不是|是否|就?是|来(?=$|[,，的])|以来|里头?|里面|中|当中|之中|的|到底|究竟|还|应该|都|各年|[,，\s]")
_MOST_END = {"高": "多", "低": "少"}


# 2023年呢，还是这几家吗: of whoever was picked or came first before
_STILL = re.compile(
    r"(?:还|也|仍|依旧|依然)(?:都)?(?:是|还是)(?:不是)?(?:(?P<few>(?:这|那)(?:几|[两俩二三四五六])[家个]?)|(?P<one>它|他家|(?:这|那|同)一?家))"
    r"(?:单位|机关|局|街道)?(?:都)?[\u4e00-\u9fff]{0,4}?(?:吗|么|不|吧)?[?？]?$"
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """``question`` asks of all what is claimed of ``agency`` alone, of ``year`` (None: the newest that is told) above all, or still of ``those``."""

    question: str
    agency: str = ""
    year: int | None = None
    those: tuple[str, ...] = ()

    def held(self, result: Answer, now: Sequence[str]) -> Answer | None:
        """``result``, which answers the question with the bodies ``now``, opened by whether it is as claimed; None where it does not tell."""
        told = [f for f in result.figures if f.metric != "count" and f.value is not None]
        if result.status != "answered":
            return None
        if self.those:
            return self._still(result, now)
        if self.agency:
            if len(told) == len(result.figures):
                return None
            those = {f.agency for f in told}
            so = (
                "是的，只有这一家。" if those == {self.agency} else f"不对，{'不止' if self.agency in those else '不是'}{self.agency}一家。"
            )
            return replace(result, text=so + result.text)
        year = self.year or max((f.year for f in told if f.year), default=None)
        if year not in {f.year for f in told} or len({f.year for f in told}) < 2:
            return None
        first = {f.year for f in told if f.value == told[0].value}
        return replace(result, text=f"{'是的。' if year in first else '不是。'}{result.text}")

    def _still(self, result: Answer, now: Sequence[str]) -> Answer | None:
        first = dict.fromkeys(now)
        if not first:
            return None
        same = {*first} == {*self.those}
        if not same and len(first) == len(self.those) == 1:
            return replace(result, text=f"不是，换成了{now[0]}。{result.text}")
        gone, new = [a for a in self.those if a not in first], [a for a in first if a not in self.those]
        apart = "；".join(f"{word}{'、'.join(names)}" for word, names in (("不再有", gone), ("多了", new)) if names)
        return replace(result, text=f"{'是的，没有变' if same else f'不是，{apart}'}。{result.text}")


def _around(place: Place, unit: str) -> str:
    """The name of the province, city or county that a place lies in; "" where it lies in none that is known."""
    return {"province": place.province, "city": place.city, "county": place.county}[LEVEL_OF[unit]]


def still(text: str, context: Context | None) -> Claimed | None:
    """2023年呢，还是这几家吗, after bodies were picked or ranked: the same in that year, held against those; None for any other question."""
    asked = _STILL.search(text)
    if asked is None or context is None or not context.group:
        return None
    first = context.operation == "rank" and context.top == 1 and not context.condition and bool(asked["one"])
    if not first and (not context.condition or context.operation == "rank"):
        return None  # of a ranking of several the place of each is told
    years, relative, _ = years_in(text[: asked.start()], ())
    if len(years) + bool(relative) != 1:
        return None
    if bool(asked["one"]) != (len(context.agencies) == 1) or len(context.agencies) >= LISTED:
        return None  # of a longer list not all are known any more
    return Claimed(f"{f'{years[0]}年' if years else relative}呢", those=context.agencies)


def only_one(text: str, held: Directory, segmenter: Segmenter) -> Claimed | None:
    """2021年全市只有公安局被起诉过吗: of all, who was; None for any other question."""
    only = _ONLY.search(text) if _CLAIMS.search(text) else None
    named = find_agencies(text[only.end() :], held, segmenter) if only else None
    if only is None or named is None or len(named.agencies) != 1 or len(named.spans) != 1 or named.spans[0][0] > 0:
        return None
    agency, end = named.agencies[0], only.end() + named.spans[0][1]
    if _ASKS.search(mask(text.replace("是不是", "\n" * 3), [(only.end(), end)])):
        return None
    alone = _ALONE.match(text, end)
    whole = _WHOLE.search(text[: only.start()])
    before, place = text[: only.start()], held.bodies[agency].place
    group = find_group(f"{before}，合计", held)
    noun = "单位"
    if within := _WITHIN.search(before):  # 局里面只有…: too short for a kind of bodies elsewhere
        noun, before = within["noun"], before[: within.start()]
    elif group is not None and not group.vague and group.kind not in ("any", "every"):  # 乡镇里只有…
        noun, (start, stop) = group.noun, group.span
        before = before[:start] + re.sub("^(?:里面?|里头|当中|之中|中)", "", before[stop:])
    if whole:
        around = _around(place, whole["unit"])
        before = before[: whole.start()] + around + before[whole.end() :]
    rest = _ENDS.sub("", text[alone.end() if alone else end :])
    if not find_terms(rest):
        return None
    return Claimed(f"{before}哪些{noun}{rest}", agency)


_IN_THE_WHOLE = re.compile(
    r"^(?:那么?|它|他们|我们|咱们|这家|这个数)?(?:在|放在|是|算)*全(?P<unit>[省市州盟区县旗])(?:里面?|里头|范围内?|中|各?(?:部门|单位|局|街道|乡镇)|的)*"
    r"(?:是不是|是否|算不算|是|算)?(?:收得|收到的?|申请)?(?:最(?P<end>[多少高低])的?|排?第一)(?:了)?(?:吗|么|吧|对吧)?[?？]?$"
)
_KIND_OF = {"street": "街道", "town": "乡镇", "government": "区县", "zone": "单位"}


def first_of_all(text: str, context: Context | None, held: Directory) -> str | None:
    """全县里是不是最多的, after one body's figure: the whole question, of its place among the bodies of its kind; None for any other question."""
    match = _IN_THE_WHOLE.match(text.strip())
    if match is None or context is None or len(context.agencies) != 1 or len(context.metrics) != 1 or not context.years:
        return None
    if not _CLAIMS.search(text) or context.agencies[0] not in held.bodies:
        return None
    body = held.bodies[context.agencies[0]]
    around = _around(body.place, match["unit"])
    if not around or (body.kind == "government" and body.level == LEVEL_OF[match["unit"]]):
        return None
    column = applicants().get(context.applicants[0], "") if len(context.applicants) == 1 and context.applicants != ("total",) else ""
    what = f"{context.years[-1]}年{column}{label_of(context.metrics[0])}"
    return f"{body.agency}{what}在{around}各{_KIND_OF.get(body.kind, '部门')}里是不是最{match['end'] or '多'}的"


def record(text: str, context: Context | None, held: Directory, segmenter: Segmenter, *, ours: bool = False) -> Claimed | None:
    """2024年申请量创新高了吗, 2023年是不是历年最低: which year had most, or least; None for any other question. ``ours``: whether a page's own
    body is meant where none is named."""
    most = _RECORD.search(text) or _MOST.search(text)
    if most is None or not _CLAIMS.search(text) or len(text) > 60:
        return None
    named = find_agencies(text, held, segmenter)
    spoken: Sequence[int] = sorted({*context.years, *context.earlier_years}) if context is not None else ()
    of_years = context is not None and len(context.agencies) == 1 and len(spoken) > 2 and bool(context.metrics or context.subject)
    if len(named.agencies) > 1:
        return None
    if not named.agencies and not ours and (context is None or len(context.agencies) != 1):
        return None
    rest = mask(text, [*named.spans, most.span()])
    every = _OF_ALL.search(rest)
    years, relative, rest = years_in(mask(rest, [every.span()]) if every else rest, ())
    dated = len(years) == 1 or relative in ("去年", "今年", "上年")
    record_set = most.re is _RECORD
    if (
        _ASKS.search(rest.replace("是不是", ""))
        or re.search("[比较]", rest)
        or len(years) > 1
        or not (record_set or ((every or of_years) and dated))
    ):
        return None
    topic = _FILLING.sub("", _ENDS.sub("", rest.replace("\n", "")))
    hits = [h for h in find_terms(topic) if h.kind != "applicant" or not h.weak]
    if (not hits and not (context is not None and (context.metrics or context.subject))) or (topic and not hits):
        return None
    end = most["end"] or (most["way"] if record_set else "")
    year = years[0] if years else context.focus if context is not None and not relative and not named.agencies else None
    asked = "".join(text[slice(*named.spans[0])] if named.spans else "") + topic
    span = every.group() if every else "" if of_years and not named.agencies else "历年"
    return Claimed(f"{asked}{span}哪年最{_MOST_END.get(end, end)}", year=year)
