"""What no concept of a reading holds: words that part cells, nouns that are counted, kinds of people and parts of a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.forms import concepts, metrics
from index.segment import STOPWORDS
from service.accounting.base import Doubt, Told
from service.accounting.things import NEGATION
from service.case import Case
from service.cues import channels_of, subjects_of
from service.leftover import GENERIC
from service.lexicon import find_terms, mask
from service.query import Query
from service.years import PARTS_OF_YEAR

# What the forms part no applicant by.
_TRAITS = re.compile(
    r"(?:家长|业主|商户|职工|教师|老师|记者)们?(?:提|申请|递|要)|[十\d]岁|女(?:性|的|士|同志|申请)|男(?:性|的|士|同志|申请)|性别|老年人|年轻人|青年|妇女|残疾|农民|村民|居民|外地|外省|外籍|外国|本地人|户籍|人头|党员|少数民族|退役|军人"
)
_WHO_ASKS = re.compile(r"(?:^|[,，])\s*我们?是[^,，。]{0,12}[,，]")  # 我是…的居民，


def restrictions(query: Query, told: Told) -> Iterator[Doubt]:
    """A part of the year or a kind of people that no cell of the forms counts."""
    cells = [m for m in told.metrics if m in metrics()]
    out = re.search(r"(?:除了?|除[去开掉]|不算|不含|不包括)(?P<who>[\u4e00-\u9fff]{3,16}?)(?:以外|之外|外|[,，])", query.text)
    if out and any(agency.endswith(out["who"]) for agency in told.agencies):
        yield Doubt("negated", out.group())
    aside = re.search(r"(?:除(?!以)了?|除[去开掉])(?P<what>[^,，。]{2,24})[,，]", query.asked)
    for hit in find_terms(aside["what"]) if aside and not query.less else ():
        if hit.kind in ("metric", "row", "block") and not hit.weak and any(m == hit.id for m in told.parts):
            yield Doubt("negated", aside.group() if aside else "")
    others = re.search(r"(?:别的|其余|另外的?)[\u4e00-\u9fff]{0,4}(?:提|申请|递|要)|(?:提|申请|递)的别的", query.asked)
    if others and told.applicants & {"natural", "company"} and len(told.applicants) == 1:
        yield Doubt("people", others.group())
    taken = re.search(r"(?:去掉|扣[掉除]|减[去掉]|除去|刨[掉去])(?:这|那|它)[一两]?[条项类个种样]?", query.asked)
    if taken and len(told.bodies) < 2 and not told.metrics & {"difference", "sum"}:
        yield Doubt("negated", taken.group())
    if cells and (m := PARTS_OF_YEAR.search(query.asked)) and m.group() not in told.words:
        yield Doubt("period", m.group())
    who = re.search(r"(?<!没有)(?<!有)哪[个家些](?:法院|法官|律师|公司|企业|人(?![次数]))|(?:是|被)谁(?:提|告|判|申请|起诉)", query.asked)
    if who and cells and not told.quoted and len(told.applicants) < 2:
        yield Doubt("people", who.group())  # the forms print no names
    if (
        any(metrics()[m].by_applicant for m in told.parts if m in metrics())
        and (m := _TRAITS.search(_WHO_ASKS.sub("", query.asked)))
        and not re.search("不(?:区?分|管|论|限)|都算|有(?:没有|无)?(?:居民|村民)(?:去|来|过)", query.asked)
        and m.group() not in told.words
    ):
        # An age holds a number, which is no figure of a report.
        yield Doubt("trait", "年龄" if m.group().endswith("岁") else m.group())
    inner = re.search("里[头面边]?(?![头面边])[,，]?(?P<part>[\u4e00-\u9fff]{3,14}?)的?占(?!用|地)", query.asked)
    of_form = told.parts - {"share"} and not query.channels and not told.many
    if (
        inner
        and of_form
        and "share" in told.metrics
        and not any(not h.weak for h in find_terms(inner["part"]))
        and inner["part"] not in told.words
    ):
        yield Doubt("part", inner["part"])  # 办结的申请里，…的占: a part that no cell was found for


# How a review or a lawsuit ended, in words that no result of the form was found for.
_ENDED = re.compile(
    r"判(?!断|例|定书)|被(?!告|诉|复议|提|申|人|起|追|老|群|企|公|谁|行政|上|投)[\u4e00-\u9fff]{1,3}(?=的|几|多少|有)|(?:输|赢|败|胜)(?:了|的|诉|掉)"
)


@lru_cache(maxsize=1)
def _telling_apart() -> frozenset[str]:
    """Words that part one cell of the forms from its neighbours: 直接, 复议后, 上年, 部分."""
    words = re.compile(r"直接|复议后|未经|上年|下年|结转|不予|无法|重复|反复")
    return frozenset(w for c in concepts() for t in (c.label, *c.terms) for w in words.findall(t))


# 抓了几个贼, 有几辆车: what is done, what it is done to, and in what it is counted, where no concept is named
_COUNTS_ITSELF = re.compile(
    r"(?:(?P<verb>[\u4e00-\u9fff])[了过着]?|^)(?:好)?(?:几|多少)(?P<unit>[\u4e00-\u9fff])?(?P<noun>[\u4e00-\u9fff]{0,2}?)[呀啊呢嘛吧了的哇来着]*(?=$|[?？,，。;；])"
)
_OTHER_UNITS = frozenset("头栋辆匹棵亩张台名位口只座层间套户人斤吨桌杯瓶支根艘架幅首册")
_CASES = ("", "案", "案子", "案件", "事", "申请", "官司", "文件", "决定", "项目", "数", "数字", "百分", "月", "点", "方面", "年", "理由")
_OTHER_DEEDS = frozenset("赔抓破养盖修买卖种招建拍花借拆造救伤跑坐喝吃摔逮搬挖砍裁")
_TURNS, _REQUESTED = frozenset("次场回趟"), frozenset("收接来提办用过")
_DEEDS_OF = {"罚": ("penalty",), "批": ("licensing", "outcome", "requests")}


def _of_another_kind(rest: str, told: Told) -> Iterator[Doubt]:
    """What a question without any concept of the forms counts by words that fit no case: no number told before is meant by it."""
    for match in _COUNTS_ITSELF.finditer(rest):
        verb, unit, noun = match["verb"] or "", match["unit"] or "", match["noun"]
        own = _DEEDS_OF.get(verb)
        another = own is not None and not any(m.startswith(own) for m in told.parts)
        # 开会几次: requests are counted by no turns
        another |= unit in _TURNS and verb not in _REQUESTED and all(m.startswith("requests.") for m in told.parts)
        if another or verb in _OTHER_DEEDS or unit in _OTHER_UNITS or (unit == "个" and noun not in _CASES):
            yield Doubt("noun", match.group())


def beside(case: Case, told: Told) -> Iterator[Doubt]:
    """A word that tells cells apart, or the noun that the asking word counts, that no concept of the reading holds."""
    query, segmenter = case.query, case.snapshot.segmenter
    if told.metrics <= {"count"}:
        return
    text = query.asked
    spans = [(h.start, h.end) for h in find_terms(text)]
    for _, cues in (*channels_of(text), *subjects_of(text)):
        spans += [m.span() for m in cues.finditer(text)]
    rest = mask(text, spans)
    for word in _telling_apart():
        at = rest.find(word)
        held = told.labels if word in ("直接", "复议后", "未经") else told.words  # a sum is told by both of its halves
        idle = re.match(r"上门|到|去|来|当面|告诉|说|给|报|回|讲|写|念|答|对?比|拿", rest[at + len(word) :])
        if at >= 0 and word not in held and not idle and not NEGATION.search(rest[:at]):
            yield Doubt("apart", word)
    disputes = {m for m in told.parts if m in metrics()}
    if disputes and all(re.match("(?:review|litigation)\\..*total$", m) for m in disputes) and (m := _ENDED.search(rest)):
        yield Doubt("apart", m.group())
    if (m := re.search("(?:多少|几个?)[税罪树煤油粮菜酒鱼羊猪病房](?=$|[?？,，。呀啊呢了])", rest)) and m.group()[-1] not in told.labels:
        yield Doubt("noun", m.group())  # 一年收了多少税: no requests
    heads = "个人" in text and re.search("(?:几|多少)个人", text) and told.applicants <= {"total"}  # 抓了几个人: no kind of applicant
    over = query.operation in ("rank", "sum") and not re.search("最|排|第|谁|哪|共|总|合计|加", text)  # taken over from the question before
    of_cells = bool(told.parts) and all(m in metrics() for m in told.parts - {"sum", "difference", "count"})
    if (heads or not spans) and (query.operation == "value" or over) and of_cells:
        yield from _of_another_kind(text if heads else rest, told)
    named = any(h.kind in ("row", "metric", "block") for h in find_terms(text))
    if query.unit == "money" and query.follows and query.residue and not named and not any(w in told.words for w in query.residue):
        yield Doubt("noun", "、".join(query.residue))  # 修路花了多少钱, after fees were told
    if (m := re.search("(?:花|交|付|掏|赔)了?(?:人家|别人|他们|原告|对方)?(?:多少|几)[^,，。?？]{0,6}[费钱款]", text)) and not (
        any("元" in f.unit or f.metric.endswith(".amount") for f in told.figures)
    ):
        yield Doubt("noun", m.group())  # 请律师花了多少律师费: no lawsuits
    if m := re.search("(?:钱|款|费)[^,，。?？]{0,4}(?:(?:花|用)(?:到|在|去)?了?哪|怎么[花用]的)|(?:开支|花销|用)途", text):
        yield Doubt("noun", m.group())  # 这钱都花到哪去了: no sum
    plain_requests = told.parts and told.parts <= {"requests.received", "requests.carried_in", "requests.to_handle"}
    if plain_requests and (m := re.search("(?:什么|啥|哪[些几]|各[条种]|一条)(?:的)?(?:理由|原因|情形|由头)", text)):
        yield Doubt("reason", m.group())  # 不给看的都是什么理由，各几件: no applicants
    if (m := re.search("(?:几|多少)件(?:申请)?是?因为[^?？]{4,}的", text)) and told.metrics <= {"requests.received", "outcome.total"}:
        yield Doubt("reason", m.group())
    if (m := re.search("(?:多少|几)分(?=$|[?？,，。呀啊呢])", rest)) and "分" not in told.units:
        yield Doubt("noun", m.group())
    for match in re.finditer(r"(?:多少|几)[件个条份次场期回起宗篇笔通封名位]?", rest):
        after = re.match(r"的?([\u4e00-\u9fff]{2,6})", rest[match.end() :])
        before = re.search(r"([\u4e00-\u9fff]{2,6})$", rest[: match.start()].rstrip("是有了共为的"))
        near = [segmenter.words(after[1])[:1] if after else [], segmenter.words(before[1])[-1:] if before else []]
        for word in (w for words in near for w in words):
            plain = (
                len(word) < 2
                or word in GENERIC
                or word in STOPWORDS
                or word in told.words
                or (word == "电话" and re.search("热线|接听|来电", told.words))
                or re.search(r"[率比总和数量次人块钱件样]", word)
            )
            if not plain and segmenter.known(word) and segmenter.noun(word) and not match.group().endswith("个"):
                yield Doubt("noun", word)
