"""What a follow-up points at in the answers before: one year, one body, each of several."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.forms import metrics
from corpus.textual import stated_number
from service.accounting.base import COMPUTED, Doubt, Told
from service.case import Case
from service.directory import directory
from service.lexicon import find_terms
from service.spoken.some import ENDS_IN, KIND_TOLD, THOSE_OF_PLACE
from service.years import OWN_PARTS

# The body, or the year, that a question picks by words of its own: 被剔掉的那家, 居中那年, 夹在中间的两家.
_PICKED_BY = re.compile(
    r"(?:^|[,，。?？!！;；:：、把]|[比跟和与])(?P<mod>[\u4e00-\u9fff\d]{2,12}?)"
    r"(?:的(?:那|这)?一?(?P<n>[两三四五六七几俩])家|的?(?:那|这)一?家|的(?:那|这)一?年)(?![多里间来])"
)
# What the rules of follow-ups look for there.
_KNOWN_PICKS = re.compile(
    r"最|第[一二三四五六七八九十]|头[一名个]|垫底|末|打头|排|[前后][面头者一]|上[面述一]|刚才|刚刚|一?开[始头]|起先|原先|先前|[说问提讲查看报算][的到过]?$|它|他们|同样|同[一年]|还是|也是|[就要]是|"
    r"剩|余|另|别的|其[他它]|中间|当中|居中|两头|峰|谷|^那?[多少高低大小]$|这里|里[面头]|[各每哪]|[按照占换回]|过线|达标|空|杠|零|没有?过|超|满|不[到足满]|[省市州盟县区旗]里|[省市县区镇]$|年$|[加添补拉][了进上入]|[加添补拉算塞][进上入来去了]*$|[剔去刨排除扣拿][掉去除开]|[省市州盟县区旗](?:[局厅]|政府)|接着|接下来|更[多少高低]|[收交]了"
)


def _unknown_pick(case: Case, text: str) -> str:
    """The words by which a follow-up picks a body or a year, where no rule knows them; "" where there are none."""
    before = case.request.context
    if before is None or case.query.condition:
        return ""
    names = {*before.agencies, *before.order, *before.pool, *before.mentioned, *case.agencies}
    for m in _PICKED_BY.finditer(text):
        mod = re.sub("的$|^(?:那么?|再|又|还有?|其中|里[面头]|所以|说回|回到|换成|我[问说]的是|比|跟|和)", "", m["mod"])
        known = len(mod) < 2 or _KNOWN_PICKS.search(mod) or find_terms(mod) or any(mod[:2] in name for name in names)
        if not known:
            return m.group().strip(",，。?？、")
    return ""


_THAT_YEAR = re.compile(r"(?:那|这|同)一?年(?![来间里各后前以之的上下]|度各)|当年(?!的?新|制|新)")
_SO_MANY_YEARS = re.compile(
    "(?<![这那近前后头第])(?P<n>[二两三四五六七八])年(?:下来|里面?|间|一共|总共|合计|加起来|加总|累计|总计)|最[多少高低]的(?P<top>[二两三四五])年"
)


def had_none(case: Case, told: Told) -> Iterator[Doubt]:
    """没收过钱的那家呢: whoever had none, of whom another number is told."""
    none = re.search("没有?[收罚批发办][^,，。的]{0,4}的[那这]一?家", case.request.question)
    elsewhen = re.search(r"\d年|[去前上头]一?年", case.request.question)  # 没收过钱的那家，2021年收了多少
    if none and len(told.agencies) == 1 and not elsewhen and any(f.value for f in told.figures):
        yield Doubt("whose", none.group())


_ADDS = re.compile("一共|总共|合计|加起来|加(?:在|到)?一[起块]|加上|再加")


def repeated(case: Case, told: Told) -> Iterator[Doubt]:
    """A follow-up that adds up, names nothing of its own and gets the one figure that was told before: what it asked for was not understood."""
    before = case.request.context
    text = case.request.question.strip(" 。！!~")
    if before is None or not before.tables or told.metrics & {*COMPUTED} or len(told.figures) != 1 or told.figures[0].formula or not _ADDS.search(text):
        return
    now = {(f.agency, f.year, f.metric, f.applicant or "") for f in told.figures}
    held = directory(case.snapshot.reports)
    named = any(not h.weak and h.id != "total" for h in find_terms(text)) or re.search(r"\d|年", text) or any(held.match(text, at) for at in range(len(text)))
    if now == {(c.body, c.year, c.place, c.applicant) for c in before.tables[-1].cells} and not named and not before.tables[-1].worked:
        yield Doubt("again", text)


_LEFT_OUT = re.compile("^(?:那)?(?:如果)?(?:不算|不含|不包括|去掉|除[了去开掉]|刨[掉去开]|排除|剔除|撇开|抛开|扣掉)(?P<who>[\u4e00-\u9fff]{2,10}?)(?:以外|之外|外|后|的话)?呢?[?？]?$")
_OF_TWO = re.compile("[两二]家|[两二]个(?:局|厅|单位|部门|机关|街道|镇|乡|县|区|市)|它们?俩|[这那]俩(?!数)")


def of_whom(case: Case, told: Told) -> Iterator[Doubt]:
    """Whom a follow-up asks about: who of the bodies spoken of, or all but one of them, where the answer tells of one body's applicants or
    of all."""
    text, before = case.request.question, case.request.context
    if (out := _LEFT_OUT.match(text)) and told.many and any(out["who"] in agency for agency in told.agencies):
        yield Doubt("bodies", text.strip("?？"))  # 去掉政府办呢: it is still among them
    people = told.applicants - {"total"}
    asked_before = before is not None and before.applicants
    bodies = not case.query.applicants and not asked_before and len(told.agencies) == 1 and not re.search("提|申请|递|[收办]|类|种|人", text)
    if people and bodies and (m := re.search("谁|哪一?[家个]|[两二]家", text)):
        yield Doubt("whose", m.group())  # 第二是谁, of bodies: no kind of applicants
    if people and len(told.agencies) == 1 and (m := re.search("全[省市州县区][^,，。?？]{0,6}最[多少高低]", text)):
        yield Doubt("place", m.group())
    if not told.many and len(case.agencies) < 2 and (m := _OF_TWO.search(text)) and re.search("谁|哪", text):
        yield Doubt("bodies", m.group())
    if before is None or not told.metrics & {"difference"}:
        return
    years = {f.year for f in told.figures if f.metric in metrics()} | set(case.years)
    ranked = before.operation == "rank" and before.focus and len(before.years) > 2 and len(told.agencies) == 1
    apart = re.search("^(?:那)?(?:两[者个年])?(?:相)?差(?:了|着)?(?:多少|几)|^(?:那)?(?:[多少]了?)(?:多少|几)", text)
    if ranked and apart and len(years) > 2 and not re.search("最[多高].*最[少低]", told.text):
        yield Doubt("difference", apart.group())  # after the year that had most and the one that had least
    several = {m for m in before.metrics if m in metrics()}
    if before.operation == "sum" and len(several) > 1 and apart and len(told.metrics & several) < len(several):
        yield Doubt("sum", apart.group())  # after two rows were added up


def pointed(case: Case, told: Told) -> Iterator[Doubt]:
    """What a question points at in the answers before: one year, one body, each of several."""
    text = case.query.asked
    if unknown := _unknown_pick(case, case.query.text):
        yield Doubt("whose", unknown)
    worked_out = (
        told.incomparable
        or case.query.operation in ("rank", "sum", "share")
        or told.metrics & {"mean", "median", "times", "count", "share"}
    )
    moved = re.search("比|各|分别|和|跟|与|[差增减涨降变升跌]|合计|共|平均|从|到现在|以[来后前]", text)
    if (m := _THAT_YEAR.search(text)) and len(told.years) > 1 and not worked_out and not moved:
        yield Doubt("year", m.group())
    yield from _beside_them(case, told)
    if (
        2 < case.query.top < 20
        and re.search("(?<![进入])前[三四五六七八九十]", text)
        and case.query.top > max(len(told.bodies), len(told.years), len(told.bare))
        and f" {case.query.top} 项" not in told.text
    ):
        yield Doubt("count", f"前{case.query.top}")  # 2022年的前五呢, after two of them were spoken of
    of_several = len(told.years) > 1 or len(told.metrics & {*metrics()}) > 1
    if (
        (m := re.search("各自一共", text))
        and of_several
        and len(told.bodies) > 1
        and sum(f.metric == "sum" for f in told.figures) < len(told.bodies)
    ):
        yield Doubt("sum", m.group())
    if (m := re.search("在榜|上榜|掉出|跌出|落榜|挤出", text)) and "前" not in told.text.partition("。")[0]:
        yield Doubt("condition", m.group())  # who was among the first then and is no longer
    for m in THOSE_OF_PLACE.finditer(case.query.text):
        lying = sum(m["stem"] in agency for agency in told.agencies)
        if lying and lying != stated_number(m["n"]):
            yield Doubt("whose", m.group())  # 松岚的两个: two of those that were told lie there, not its government
    if (m := re.search("刚才[^,，。]{1,8}的[这那]一?[种项条个类](?![月年])", text)) and case.request.context is not None:
        yield Doubt("whose", m.group())  # 刚才叫你复核的这一种: by what was said, which no rule keeps
    if (m := OWN_PARTS.search(case.query.text)) and sum(f.metric in ("sum", "mean") for f in told.figures) < 2:
        yield Doubt("sum", m.group())
    added = [(f.formula or "").count("＋") + 1 for f in told.figures if f.metric in ("sum", "mean")]
    if (m := _SO_MANY_YEARS.search(case.query.text)) and added and stated_number(m["n"] or m["top"]) not in (*added, len(told.years)):
        yield Doubt("count", m.group())  # 六年下来, where three years are held
    if (m := re.search("净[增减]", text)) and told.figures and not told.metrics & {"difference", "growth"}:
        yield Doubt("difference", m.group())
    if (m := re.search("[加算][^,，。]{0,8}(?:全|都|一起|一并)算(?:上|进去|在内)", text)) and not told.metrics & {"sum", "share"}:
        yield Doubt("sum", m.group())
    for m in KIND_TOLD.finditer(case.query.text):
        if told.agencies and not any(agency.endswith(ENDS_IN[m["kind"]]) for agency in told.agencies):
            yield Doubt("whose", m.group())  # 两个街道: none of those that were told is one
    one = re.search("的(?:那|这)一?[家个][,，]?[^,，?？家]{0,14}(?:多少|几[件条个次场万])", text)
    if one and case.query.condition and "count" in told.metrics and len(told.bodies) > 1:
        yield Doubt("bodies", one.group())  # 一分钱没收的那家，2022年收了多少: of the one, not how many there are
    which = re.search("哪[几些]个?年|年份", text)
    if which and len(told.bodies) > 1 and len(told.years) > 1 and not told.metrics & {"count"} and "最" not in told.text:
        yield Doubt("year", which.group())
    each = re.search("各(?:自|家|是|有|占|收|办|报|发|罚)?(?:了|到)?(?:多少|几)", text)
    if each and len(told.bare) == 1 and not told.passages:
        yield Doubt("fewer", each.group())


def _beside_them(case: Case, told: Told) -> Iterator[Doubt]:
    """Bodies that a question sets beside those spoken of, where only one is told."""
    text, before = case.query.text, case.request.context
    one = len(told.agencies) == 1
    if any(f.metric == "sum" and len(f.operands) == 1 for f in told.figures[:1]):
        yield Doubt("sum", "合计")  # of one number
    if before is None:
        return
    further = re.search("加上?[^,，]{2,8}(?:局|镇|乡|街道|政府|委|厅)", text)
    office = re.search("(?:这|那)?[两三四][家个](?:的|政府的?)+办公[室厅]", case.query.text)
    if office and told.agencies and not any("办公" in a for a in told.agencies):
        yield Doubt("whose", office.group())  # 那两家的政府办公室: not the governments
    if further and told.agencies and told.agencies <= {*before.agencies, *before.earlier} and not case.query.mention.spans:
        yield Doubt("whose", further.group())  # 再加上县水务局: none beside those spoken of
    level = re.search("[省市州盟区县旗]里的?那[个家]", text)
    if level and len(told.agencies) > 1 and told.agencies <= {*before.agencies} and not re.search("[比跟和与占]|不[管算]|[剔去扣刨]", text):
        yield Doubt("whose", level.group())  # 县里那个四年合计: of one of the two
    end = re.match("(?:那|这)?最[多少高低]的?那?一?年(?:里|的)?[,，]", text)
    if end and case.query.operation == "rank" and told.metrics and not told.metrics & {*before.metrics}:
        yield Doubt("year", end.group())  # 最多那年里，不予公开的各几件: most of what was told, not of this
    if not one:
        return
    if m := re.search(r"(?:它|这家|那家)(?:和|跟|与)(?!去年|上年|前年|(?:20)?\d\d)[^,，]{2,8}的", text):
        yield Doubt("bodies", m.group())
    if (m := re.search("也(?:带|算|加|拉|补|捎)[上进][^,，]{0,4}[,，]?(?:一共|总共|合计|共)", text)) and len(before.agencies) > 1:
        yield Doubt("bodies", m.group())
    if (m := re.search("(?:反过来|谁|哪[家个边])[^。]{0,8}更[多少高低]", text)) and len(before.agencies) == 2 and len(told.years) == 1:
        yield Doubt("compare", m.group())
    former = re.search("前一[个家](?:单位|局|街道|镇|机关|部门)", text)
    if former and told.agencies == {*before.agencies} and before.earlier:
        yield Doubt("whose", former.group())  # 前一个单位: not the one told last
    joined = re.match(r"(?:那)?(?:再)?[跟和与](?!去年|上年|前年|(?:20)?\d\d)[^,，年]{2,8}(?:加|合)(?:起来|在?一)", text)
    if joined and not told.metrics & {"sum", "mean"} and not any("＋" in (f.formula or "") for f in told.figures):
        yield Doubt("sum", joined.group())  # 跟南苑加起来呢
    another = re.search("另(?:外)?(?:那)?一[个家](?!月|年|数|说|问)", text)
    if another and told.agencies == {*before.agencies} and len(before.agencies) == 1:
        yield Doubt("whose", another.group())  # 另一个开发区: not the one told last
    order, ranks = [a for a in before.order if a], before.ranks
    pick = re.search("(?<![最更么])(?:(?P<less>[少小低])|(?P<more>[多大高]))的(?:那一?|一)家", text)
    if pick and len(order) == len(ranks) == 2 and ranks[0] != ranks[1]:
        meant = order[0 if pick["more"] else 1]
        if told.agencies != {meant} and told.agencies <= {*order}:
            yield Doubt("whose", pick.group())
