"""Things: every row, applicant, channel and unit that a question names is found again, and as many figures as are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.accounting.base import COMPUTED, Doubt, Told, is_told
from service.concepts import NO_MATTER_WHO, put_aside
from service.cues import channels_of, subjects_of
from service.formula import MINUS
from service.lexicon import TermHit, find_terms
from service.query import WHOLES, Query

_NARRATIVE = frozenset(
    ["handling_fee", "motions", "training", "press", "interpretation", "visits", "followers", "weight", "days", "ontime"]
)


def _told_aside(text: str, at: int) -> bool:
    """Whether a word stands in a sentence of the asker's own story, before the one that asks: 我老伴写信去要材料…。去年一共多少件."""
    ends = text.find("。", at)
    begin = text.rfind("。", 0, at) + 1
    story = text[begin:ends]
    return (
        ends >= 0
        and bool(re.search("[我俺咱]", story))
        and not re.search("多少|几|吗|谁|哪", story)
        and bool(re.search("多少|几", text[ends:]))
    )


def things(query: Query, told: Told) -> Iterator[Doubt]:
    """Everything that a question names is found again in what its answer tells."""
    text = query.asked
    hits = [h for h in find_terms(text) if not h.weak and not h.loose]
    in_text = all(f.metric.startswith("narrative.") for f in told.figures if f.metric not in COMPUTED)
    for hit in hits:
        words = text[hit.start : hit.end]
        same = [h for h in hits if (h.start, h.end) == (hit.start, hit.end)]
        if any(h.id in WHOLES or h.id in ("total", "items_change", "items_last_year") for h in same):
            continue  # where a figure belongs, or a word of comparing and adding up
        if hit.kind == "applicant" and re.search(NO_MATTER_WHO + "$", text[: hit.start]) and told.applicants == {"total"}:
            continue
        people = hit.kind == "applicant" and (in_text or not told.applicants or _COUNTED.search(text[: hit.start]))
        if people or re.search(r"多少|几", words) or (hit.kind == "column" and in_text):
            continue
        if hit.kind == "rate" and re.search("占(?:了|到)?(?:全部|所有|总)?$", text[: hit.start]):
            continue  # 占全部办结的比例: no rate of ours
        if hit.kind == "rate" and "share" in told.metrics and re.search("÷|除以", text):
            continue  # a rate by the asker's own formula
        if query.condition and not query.condition.value and hit.kind == "metric":
            continue  # 一件都没予以公开: what is denied is told as a zero
        if any(c.code == "next_report" for c in told.noted):
            continue
        if hit.id == "requests.carried_out" and re.match("剩|其余|还剩", words) and "requests.carried_out" not in query.metrics:
            continue
        turned = hit.id == "requests.carried_out" and "requests.carried_in" in told.metrics
        if turned and re.search(r"前一年|上一?年|去年|头一?年|往年|从", query.text):
            continue  # 从上一年接过来没办完的: one number, told at length
        if query.less and (hit.id in query.less or re.match("的?结果", text[hit.end :])):
            continue  # taken off what is told, or the others behind it: 除予以公开外的其他处理结果
        if _left_out(text, hit):
            taken_off = MINUS.search(text) and "difference" in told.metrics  # 行政处罚减去行政许可: told, and taken off
            if (
                not taken_off
                and hit.kind in ("applicant", "block", "row", "result")
                and query.operation != "exists"
                and not query.condition
                and (_stated(hit, told) or (hit.kind == "result" and "share" in told.metrics and words in told.labels))
            ):
                yield Doubt("negated", words)
        elif not any(is_told(h, told) for h in same):
            yield Doubt("thing", words)
    if (
        re.search("收费", text)
        and not any(m.startswith(("fees", "narrative.handling_fee")) for m in told.parts)
        and "收费" not in told.words
    ):
        yield Doubt("thing", "收费")
    why = re.search(
        "(?:说|写|讲|解释|交代)[^,，]{0,4}(?:为啥|为什么|为何)|解释(?:了|过)?[^,，]{0,4}原因|原因(?:没有|没写|写没写)|从哪些?[^,，年]{1,8}来的?[?？]?$",
        text,
    )
    if why and not any(re.search("原因|由于|因为|主要(?:是|来自)", p.text) for p in told.passages):
        yield Doubt("thing", why.group())  # why it is so, answered by how much it is
    if re.search("(?<![处刑])罚(?![款没])", text) and not any(m.startswith("penalty") for m in told.parts) and "罚" not in told.words:
        yield Doubt("thing", "罚")
    if (of := _OF_OTHER_THINGS.search(text)) and told.metrics and of.group() not in told.words:
        yield Doubt("thing", of.group())
    if "结转" in text and not _NOT_CARRIED.search(text) and told.metrics and not any("carried" in m for m in told.parts) and "结转" not in told.words:
        yield Doubt("thing", "结转")
    if told.metrics == {"count"}:
        return  # who wrote of something: its words were searched for
    for subject, cues in subjects_of(text):
        match = cues.search(text)
        if match and subject.id in _NARRATIVE and not any(f"narrative.{subject.id}" in m for m in told.metrics):
            if not any(h.start <= match.start() < h.end for h in hits) and match.group() not in told.words:
                yield Doubt("subject", match.group())
        elif match and subject.id == "letters" and match.group() not in told.words and "narrative.letters" in " ".join(told.metrics):
            yield Doubt("subject", match.group())  # 热线 is no 留言
    for channel, cues in channels_of(text):
        matches = list(cues.finditer(text))
        given = any(m.endswith(f".{channel.id}") for m in told.metrics)
        negated = bool(matches) and all(re.search(r"(?<!是)不是$|不要$|不算$", text[: m.start()]) for m in matches)
        matches = [m for m in matches if not _told_aside(text, m.start())]
        if matches and given == negated and (given or matches[0].group() not in told.words):
            yield Doubt("channel", matches[0].group())


# 接待了多少人, 安全等级是几级: measured in nothing that a report counts
_OF_OTHER_THINGS = re.compile("接待(?!的?申请)|走访|(?:停车|物业|学校|医疗|景区|供[水暖热气]|补课|挂号|高速|过路|[水电气])(?:行政事业性)?收费|(?:多少|几)(?:级(?!别)|星|层|栋|辆|平方|公里|小时|分钟|岁)")
_NOT_CARRIED = re.compile("(?:[不别未没](?:算|含|计|要|看|管|包括|包含)|除[去了开外]?)[^,，。?？]{0,6}结转|结转[^,，。?？]{0,8}(?:不算|不计|不含|除外|别算|不要)")
_COUNTED = re.compile(r"[几一两三\d每某]$")  # 几个人: a unit, no applicant
NEGATION = re.compile(
    r"(?:(?<!是)不是|没走过?|没有?经过?|未经过?|没有?提过?|没去|不走|不经|不要|不含|不算|不包括|不计|除了?|除[去掉]|[去扣减刨][去掉除]|撇开|排除|剔除|而非)$"
)


def _left_out(text: str, hit: TermHit) -> bool:
    after = re.match(
        r"(?:提|申请|递)?(?:的|都)?(?:那?[一]?[项类种个家])?(?:也|都|再)?(?:剔[掉除]|以外|之外|外的|不算|不要|别[算混掺带加]|除外|不含|不计|刨[掉去]|去掉|扣掉|撇开)",
        text[hit.end :],
    )
    if after and any(h.start == hit.end + after.end() and h.kind == hit.kind for h in find_terms(text)):
        after = None  # 法人或其他组织的不算商业企业: what comes behind is left out
    start, end = put_aside(text)
    joint = re.match("的?(?:和|、|与|及|跟)", text[hit.end :])  # 个人和企业以外的
    beside = next((h for h in find_terms(text) if joint and h.start == hit.end + joint.end() and h.kind == hit.kind), None)
    if beside is not None and _left_out(text, beside):
        return True
    return bool(NEGATION.search(text[: hit.start]) or after or start <= hit.start < end)


def _stated(hit: TermHit, told: Told) -> bool:
    """Whether the concept itself, not a part or whole of it, is what the answer gives."""
    if hit.kind == "applicant":
        return hit.id in told.applicants
    return any(m.startswith(hit.id + ".") for m in told.metrics)


_ASKS = re.compile(
    r"(?<![十百好成这那])(?:多少(?=[件条份次场人笔元块项宗起篇期万钱]|申请|$|[\s,，。;；、?？])|几[件条份次场人笔元块项宗起篇期](?!吧)|几[家个](?=企业|公司|人提|人申))"
)


def asked(query: Query, told: Told) -> Iterator[Doubt]:
    """As many figures as are asked for."""
    text = query.asked
    asked: dict[str, str] = {}
    for ask in _ASKS.finditer(text):
        if text[: ask.start()].endswith(("差额", "差距")):
            continue  # worked out of those that are asked for
        bare = re.search(r"(?:^|[,，。;；?？!！])[到底究竟总共一有是]*$", text[: ask.start()])
        bare = bare and re.match(r"[呢啊呀来着嘛吧的]*(?:$|[\s,，。;；?？!！])", text[ask.end() :])  # 几件是公司提的 is no repetition
        if not (bare and ask.group() in asked.values()):  # …？到底几件: the same once more
            asked[text[max(0, ask.start() - 3) : ask.end()]] = ask.group()
    if re.search(r"几[件条份次项个][\s\S]{0,3}还是[\s\S]{0,8}几", text) and len(asked) == 2:
        asked.popitem()  # 添了几项还是砍了几项: one number
    yield from _own_clause(text, told)
    total = re.search("(?:总共|一共|合计|总计)(?:有|是)?(?:几|多少)[件起宗](?=[,，;；?？])", text)
    of_courts = bool(told.metrics) and all(m.startswith(("review.", "litigation.")) and not m.endswith(".total") for m in told.metrics - {*COMPUTED})
    if total and of_courts and not told.metrics & {"litigation.total"} and re.search("多少|几|[吗么没]", text[total.end() :]):
        yield Doubt("fewer", total.group())  # 总共几件？有判纠正的没: both
    unsaid = re.search("报告没有写“([^”]+)”的数", told.text)  # said to be without a number
    without = unsaid[1].count("、") + 1 if unsaid else 0
    if len(asked) > 1 and max(told.counts(added=True, halves=False)) + without < len(asked):
        yield Doubt("fewer", "／".join(sorted(asked)))
    wanted = [a for a in _ASKS.finditer(query.text) if not re.search("[差多少高低增减涨降]出?了?$", query.text[: a.start()])]
    ahead = max((end for _, end in query.mention.spans), default=0)  # what is asked behind all of the names is asked of each
    apart = (
        len(query.mention.named) > 1
        and len({a.group() for a in wanted} & {*asked.values()})
        and len(wanted) > 1
        and ahead <= wanted[0].start()
    )
    things = {(f.metric, f.applicant, f.unit) for f in told.figures if f.metric not in COMPUTED}
    computed = told.metrics & {*COMPUTED} - {"difference", "sum"} or query.operation in ("sum", "share", "rank")
    if apart and len(things) < 2 and len(told.years) < 2 and not computed:
        yield Doubt("fewer", "／".join(sorted(asked)))  # 甲、乙制发了几件，现在管用的又有几件: one of the two
    plain = text
    for hit in find_terms(text):  # a label may hold marks of its own
        plain = plain if hit.loose else plain[: hit.start] + re.sub(r"[、/+＋,，]", "一", plain[hit.start : hit.end]) + plain[hit.end :]
    for clause in re.split(r"[,，。;；:：?？]", re.sub(r"[(（][^()（）]*[)）]", "", plain)):
        items = [i for i in re.split(r"[、/+＋]", clause) if re.search(r"[\u4e00-\u9fff]", i)]
        items = [i for i in items if find_terms(i) or len(i.strip()) < 5]  # 、 may part no things: 没办完、转到下一年
        if len(items) > 2 and max(told.counts(added=True)) < len(items):
            yield Doubt("list", clause)
    if "的主要数字" in told.text and asked and not re.search(r"概况|概览|概要|主要|要点|总结", text):
        yield Doubt("overview", text)
    which = r"哪一?年|哪个年份" if query.years else r"哪一?年|哪个年份|年份"
    if (m := re.search(which, query.text)) and len(told.years) < 2 and "年" not in query.asked.replace(m.group(), ""):
        yield Doubt("year", m.group())


def _own_clause(text: str, told: Told) -> Iterator[Doubt]:
    """What a clause of its own asks the number of where others ask too, though it may only frame them: 新收几件，公开的占办结多少."""
    clauses = [c for c in re.split(r"[,，、;；。?？]", text) if re.search("多少|几", c)]
    whole = re.search("(?:新收|收到|办结)了?(?:多少|几)[件份](?:信息)?(?:公开)?申请(?=[,，;；])", text)
    if whole and len(told.applicants) > 1 and "total" not in told.applicants:
        yield Doubt("fewer", whole.group())  # 新收几件申请，自然人、企业各几件: the first is of all
    for clause in clauses if len(clauses) > 1 else []:
        if ask := re.search("(?:新收|收到|办结)了?(?:多少|几)[件份条]$", clause):
            named = {h.id for h in find_terms(clause)}
            if len(named) == 1 and named <= {*WHOLES} and not named & (told.metrics | told.parts):
                yield Doubt("fewer", ask.group())


def units(query: Query, told: Told) -> Iterator[Doubt]:
    """What is counted in money is no number of cases, and a share no count."""
    text = query.asked
    units = "".join(told.units)
    amounts = any(m.endswith(".amount") for m in told.metrics)  # some forms print no unit
    if query.unit == "money" and "元" not in units and not amounts and (m := re.search(r"多少钱|几块|[几多少]+万?元|金额", text)):
        yield Doubt("unit", m.group())
    cases = told.units == {"件"} and not any(m.startswith("narrative.") for m in told.metrics)
    if cases and (m := re.search(r"(?:几|多少)个?亿|(?:几|多少)万元?(?![件条份个人次起宗])", text)):
        yield Doubt("unit", m.group())  # 收了多少亿的税: no requests, and no licences
    if query.unit == "people" and "人" not in units and any(re.match(r"narrative\.(?!requests)", f.metric) for f in told.figures):
        yield Doubt("unit", "人数")
    if (
        told.units == {"件"}
        and (m := re.search(r"(?:问|要|说|按|指)的?(?:是)?(?:人数|人头)", text))
        and re.search("不是|不问|不要|不看", text)
    ):
        yield Doubt("unit", m.group())  # 我问人数，不是件数
    if query.unit == "request" and told.units == {"%"} and not re.search("率|满意度", text):
        yield Doubt("unit", "件数")
    if any(m.endswith(".decisions") for m in told.metrics) and (m := re.search("(?:许可|处罚|强制)[^,，。?？]{0,8}(?:多少|几)项", text)):
        yield Doubt("unit", m.group())  # items of the form of 2019, and no decisions
    bare = re.search(r"收费", text) and not re.search(r"行政事业性|项|目|个|格|上一?年|增|减", text)
    if bare and told.metrics and all(m.startswith("fees.items") for m in told.metrics):
        yield Doubt("unit", "收费")  # the form of 2019 counts what is charged for, not what was taken
    if (
        told.metrics
        and all(m.endswith(".amount") for m in told.metrics)
        and (m := re.search(r"项目(?:数|有)?(?:一共|总共|共)?(?:有)?(?:几|多少)[个项]", text))
    ):
        yield Doubt("unit", m.group())  # how many things are charged for, not what was taken
    if m := re.search("哪一?天(?!内)|几月几[号日]|(?:什么|啥)时候(?:发|公|挂|登)", text):
        yield Doubt("unit", m.group())  # a date, and no number of anything
    if query.unit == "days" and not re.search(r"天|日", units):
        yield Doubt("unit", "天数")
