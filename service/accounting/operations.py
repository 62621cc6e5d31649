"""Operations and conditions: a share, difference, sum, mean, count or rank that is asked for is given, of the whole that is meant."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from corpus.forms import concepts, metrics
from corpus.textual import stated_number
from service.accounting.base import COMPUTED, Doubt, Told, is_told
from service.evidence import full_label
from service.formula import MINUS
from service.lexicon import find_terms, mask
from service.operation import EACH_OF_THEM, MEDIAN, ends_of_two
from service.query import MOST_OF_ALL, WHOLES, Query
from service.remainder import CLOSED

_SHARE = re.compile(r"占比|比率|百分之[几多]|百分比|比例|几成|百分点|占[^,，。?？]{0,16}(?:百分|几成|比重(?!复)|个点)|占(?![用地道线])(?:了|到)?(?:总|全|合计|其中|这|那)[^,，。?？]{0,8}多少")
_DIFFERENCE = re.compile(
    r"[差多少高低][收办批罚发推]?(?:了|出|上)?(?:多少|几)(?![年])|变动了?(?:多少|几)|相差|差距|差额|净增|净减|[大小]多少|(?:[增减涨跌升降缩]|(?<![废去刨扣除])掉)[加长少了水]{0,2}(?:多少|几)[件条次人份个万元块]"
    r"|超(?:过|出)?(?:前者|后者|它|对方|另一[家个])[^,，]{0,2}(?:多少|几)"
)
_SUM = re.compile(r"[加拢](?:在|到)?一?(?:起来|起|块)|[全都]加上|相加|总和|之和|合计|合起来|累计|加总|求和|拢共")
# Over several bodies or years these ask for their sum too, unless each is asked for.
_TOTAL = re.compile(
    r"(?!一起[报看给列说查])(?:(?<!办结)(?<!结果)总[次条件人场量数计共额]|共(?![同享]|[两二三四五六七八九十\d]+个?(?:数|格|项|年))|一起|的和(?=[呢是有]|$)|汇总(?=[是有]|起来)|一并(?=[是有])|一块)"
)
_EACH = re.compile(r"各|分别|每|逐|历年|趋势|变化|走势|比|差|最|排|前[一二三四五六七八九十\d]|哪|列|超|上|下|谁|多|少(?![件条])|率|占")
_MEAN = re.compile(r"平均|人均|年均|均摊|摊匀")
_WHICH_IS_MORE = re.compile(
    r"(?:谁|哪一?[家边头方])[^,，。?？是]{0,4}更?[多少高低](?=$|[?？,，。])|比(?:它|他们|前者|那家|对方)(?:要|更|还)?[多少高低](?:些|一点)?(?:还是[多少高低]|吗|么|没有|$|[?？,，])"
)
_COUNT = re.compile(
    r"(?<![这那他它余下外])(?<!其余的)(?<!剩下的)(?<!说的)(?<!说过的)(?<!提到的)(?<!上述)(?<!上面)(?:有|共)?(?:几|多少)个?(?:家|单位|部门|机关|街道|乡镇|区县|局)(?!申请)"
)
_RANK = re.compile(r"最(?:[多少高低大小常快慢狠勤]|厉害|积极|突出)|第[一二三四五]名|垫底|倒数")


_THAN_ONE = re.compile(r"比(?:它|他们|这家|那家|前者|后者|对方)(?:还|更|要)?[多少高低大小]?(?:[收办罚]得?)?[多少高低大小](?:了|出)?(?:多少|几)|[跟和与](?:它|他们|这家|那家|前者|对方)(?:相)?差(?:了|出)?(?:多少|几)")
_AGAINST_IT = re.compile(r"(?:那|再看)?[\u4e00-\u9fff]{2,8}[比跟和与](?:它|他们|这家|那家)")
_WHO_IS_FIRST = re.compile(r"(?:哪[一个]?家|哪一?个(?:局|厅|单位|部门|机关|街道|乡|镇|县|区)(?!直))[^,，。;；?？年]{0,12}最[多少高低大小]")
_FIRST_FEW = re.compile(r"(?<![之以])前(?P<n>[两三四五六七八九十])(?:家|名(?!单)|个(?:局|厅|单位|部门|机关|街道|乡镇|镇))")
_ONE_LEFT = re.compile(r"(?:另外|剩下|余下|剩余)的?[那这]?一?[家个](?!人|[数月季])")
_YEAR_SAID = re.compile(r"\d\d年|20\d\d|[去前上]年|[上前]一年|同比")
_THREE = re.compile(r"[这那]仨(?!件|条|份)")


def _of_bodies(query: Query, told: Told) -> Iterator[Doubt]:
    """Where bodies are held against each other as many are told of as that takes: 比它多几件, 哪家最多, 前三家."""
    if told.incomparable:
        return
    if (m := _THAN_ONE.search(query.text)) and not told.metrics & {"difference", "growth", "times", "share"}:
        if not re.search("持平|相同|相差", told.text):
            yield Doubt("difference", m.group())
    elif m and (query.mention.spans or _AGAINST_IT.match(query.text)) and len(told.bodies) < 2 and not told.many and not _YEAR_SAID.search(query.text) and "growth" in told.metrics:
        yield Doubt("difference", m.group())  # 省厅比它少几件: of two bodies, and not of two years of one
    if (m := _WHO_IS_FIRST.search(query.text)) and len(told.bodies) < 2 and not told.many and query.operation != "find":
        yield Doubt("bodies", m.group())
    few = _FIRST_FEW.search(query.text)
    count = stated_number(few["n"]) if few else None
    if few and count and told.many and len(told.bodies) < count and query.top != count and "count" not in told.metrics:
        yield Doubt("count", few.group())
    apart = told.metrics & {*COMPUTED} - {"difference"} or re.search("[比跟和与差]|合计|加|一共|总共|占", query.text)
    if (m := _ONE_LEFT.search(query.text)) and len(told.bodies) > 1 and not apart:
        yield Doubt("bodies", m.group())  # 另外那家几件: of one
    either = re.search("(?:谁|哪一?[个家](?:局|厅|单位|部门|机关|街道|乡|镇|县|区)?)[^?？]*还是", query.text)
    if either and told.many and "sum" in told.metrics and not re.search("最|[多少高低]，|更|相同", told.text):
        yield Doubt("bodies", either.group())  # which of two, answered by both together
    if (m := _THREE.search(query.text)) and told.many and len(told.bodies) != 3:
        yield Doubt("bodies", m.group())
    shares = [f for f in told.figures if f.metric == "share"]
    if len(shares) == 1 and shares[0].value == 100 and len(query.singled) > 1 and {*query.singled} >= told.agencies:
        yield Doubt("share", "占比")  # all of them over all of them


_FIRST_OF_KIND = re.compile("是(?:不是)?[^,，。?？]{0,10}最[快慢多少高低][^,，。?？]{0,3}的(?:政府|局|厅|单位|部门|街道|镇|县|区|市|机关)(?=吗|么|吧|[,，?？]|$)")


def operations(query: Query, told: Told) -> Iterator[Doubt]:
    """A share, difference, sum, mean, count or rank that is asked for must be given."""
    yield from _of_bodies(query, told)
    text = query.asked
    several = len(told.bare) > 1
    joined = bool(re.search(r"和|跟|与|及|、|[两三][个样项种类者家]|俩|加", text)) and not any(
        re.search("和|与|及|、", f.label) for f in told.figures
    )
    alike = (several or joined) and not any("元" in u for u in told.units if len(told.units) > 1) and "勾稽" not in told.text
    if (m := _SHARE.search(text)) and not told.incomparable:
        parts = [f for f in told.figures if ("%" in f.unit or "％" in f.unit) and (f.metric != "growth" or not re.search("占", m.group()))]
        if not parts:
            yield Doubt("share", m.group())  # by how many percent it grew is no share
    # 合计多少件、又占总计百分之几: the number beside its share
    with_it = re.search("(?:多少|几)件?[^,，、占]{0,4}[,，、][^,，、占]{0,4}占", text)
    shares = [f for f in told.figures if "%" in f.unit and f.metric not in ("growth", "difference")]
    if with_it and shares and len(shares) == len([f for f in told.figures if f.metric not in ("growth", "difference")]):
        yield Doubt("number", with_it.group())
    # 各局的申请都下降了吗: what moved from year to year, of each of them
    moved = re.search("都[^,，。?？哪谁]{0,12}(?:下降|减少|[少降跌]|上升|增加|[多涨升])了", query.text)
    if (
        moved
        and told.many
        and (not told.metrics & {"difference", "growth"} or "count" in told.metrics)
        and not re.search("哪|谁|几", query.text)
    ):
        yield Doubt("compare", moved.group())
    place = re.search("(?:排|是|全[省市县区])第几|排老几", query.text)
    if place and not re.search("排第|并列|第 ?[一二三四五六七八九十\\d]|排名", told.text):
        yield Doubt("place", place.group())  # 在全市排第几, answered by a number alone
    yield from _wholes(text, told)
    record = re.search(r"创(?:下|了|出)?(?:[\u4e00-\u9fff]{1,5}?)?新[高低]|(?:历年|历史)[^,，。?？]{0,6}最[多少高低]", query.text)
    if record and len(told.years) < 2 and told.figures:
        yield Doubt("record", record.group())  # of one year nobody can say so
    if (m := re.search(r"(?:折|换|换算|折算|折合)(?:成|为)(?P<unit>元|万元|亿元)", text)) and m["unit"] not in told.units:
        yield Doubt("unit", m.group())
    of_handled = [f for f in told.figures if f.metric == "share" and "本年新收" in f.label.partition("占")[0] and "占应办" in f.label]
    if of_handled and not re.search("应办|要办|该办|处理|结转|总量|加", text):
        yield Doubt("base", "占")  # 占仨的几成: of what all of them have, which was not found
    over = [f for f in told.figures if f.metric == "share" and (f.value or 0) > 100]
    if over and not re.search(r"相当于|倍|与|跟|和|比|[前后]者.*[前后]者", text):
        yield Doubt("share", "占比")  # no part is larger than its whole
    if (base := re.search("占", text)) and (stated := [f.label for f in told.figures if f.metric not in ("count",) and "占" in f.label]):
        end = next((m.start() for m in re.finditer(r"[,，。;；?？]", text) if m.start() > base.end()), len(text))
        for hit in (h for h in find_terms(text[:end]) if h.start >= base.end() and h.kind in ("metric", "derived") and not h.weak):
            names = [c.label for c in concepts() if (c.kind, c.id) == (hit.kind, hit.id)]
            if any(n in s.partition("占")[0] and n not in s.partition("占")[2] for n in names for s in stated):
                yield Doubt("base", text[hit.start : hit.end])  # what stands behind 占 is the whole, not the part
    things = [h for h in find_terms(text) if h.kind in ("row", "metric", "block", "applicant") and not (h.weak or h.loose)]
    for a, b in itertools.pairwise(things):
        against = (
            re.search(r"比|多于|少于|[大小高低]于|不及|不如|超过(?!\s*[\d一二两三四五六七八九十百半])", text[a.end : b.start])
            if a.id != b.id
            else None
        )
        if against and told.many and "count" in told.metrics and not (is_told(a, told) and is_told(b, told)):
            yield Doubt("compare", against.group())  # bodies picked by one figure against another
    if (
        (m := re.search("赶[得不]?上|顶[得不]上|比[得不]上|抵[得不]上", text))
        and len(told.bare) < 2
        and not told.metrics & {"share", "times", "difference"}
    ):
        yield Doubt("compare", m.group())
    half = re.search(
        r"(?:超过?|达到?|不足|不到|占)[^,，。?？]{0,8}一半|过半|半数|[一二三四五六七八九两]成(?![立果效员本为])|[\u4e00-\u9fff]{2}率(?![先领])",
        text,
    )
    held_against = re.search("一半”?与数字[相不]符", told.text)  # whether it is so was said
    if half and not held_against and not any("%" in u for u in told.units) and not told.incomparable and half.group() not in told.words:
        yield Doubt("share", half.group())
    # 省厅公安跟省教育厅，谁多: a body that was not known beside the one that was
    start = query.mention.spans[0][0] if len(query.mention.spans) == 1 and len(told.bodies) == 1 else 0
    if other := re.search("(?P<name>[\u4e00-\u9fff]{0,4}(?:[局厅府委办镇乡]|街道)[\u4e00-\u9fff]{0,4})[跟和与同]$", query.text[:start]):
        yield Doubt("whose", other["name"])
    # 甲跟乙，谁多; 办的比它多还是少: of one number nothing is said to be more
    one = len(told.bare) == 1 and len(told.years) < 2 and not told.metrics & {*COMPUTED} and query.operation != "exists"
    if one and not told.incomparable and (m := _WHICH_IS_MORE.search(query.text)):
        yield Doubt("compare", m.group())
    if (m := MINUS.search(text)) and "sum" in told.metrics and "加" in text:
        yield Doubt("difference", m.group())  # 加上新发的减掉废止的: no plain sum
    if (m := re.search(r"勾稽|等不等于|是否相等", text)) and not re.search(r"勾稽|[＝等]|对[得不]上", told.text):
        yield Doubt("relation", m.group())
    if (m := re.search("等于[^,，。?？]{2,14}[吗么]", text)) and not re.search("对[得不]上|相等|相同|一致|相差|是的|不对", told.text):
        yield Doubt("relation", m.group())  # a sum alone says of nothing whether it is equal
    if (m := MINUS.search(text)) and told.metrics & {"growth", "difference"} and query.growth and len(told.years) > 1:
        yield Doubt("difference", m.group())  # 制发减废止: what the one has more than the other, not than the year before
    flows = [m for m in told.metrics if m.startswith(("normative.", "rules.")) and not m.endswith("in_force")]
    if (m := re.search("净[增减]", text)) and flows and told.metrics & {"growth", "difference"}:
        yield Doubt("difference", m.group())  # those issued less those repealed, and not one year's of these less another's
    # 甲比乙跟丙之和还多: one against the others, and no sum of all
    against = re.search("(?:比|超过|不如|不及|顶|抵|赶)[^,，。?？]{3,30}?(?:之和|[加合]起来|总和)|(?:之和|[加合]起来|总和)[^,，。?？]{0,12}[,，]?(?:还|都|也|有没有)*(?:不如|不及|超过|比(?!例))", text)
    if against and "sum" in told.metrics and not told.metrics & {"difference", "times", "share", "growth"} and len(told.bodies) > 2:
        yield Doubt("compare", against.group())
    if query.less and "difference" not in told.metrics:
        yield Doubt("negated", "除去的部分")  # over several years or bodies nothing is taken off
    if CLOSED.search(text) and not query.less and any(m.startswith(("review", "litigation")) for m in told.parts):
        yield Doubt("settled", "审结")  # a share of the cases that are closed, not of all
    if (m := _FIRST_OF_KIND.search(text)) and len(told.bodies) < 2 and not told.many:
        yield Doubt("rank", m.group())  # 是全省涨得最快的政府吗: nobody else was looked at
    if (m := re.search("连(?:续|着)(?:了)?几年", text)) and "连续" not in told.text:
        yield Doubt("years", m.group())
    if any(f.metric == "share" and (f.value or 0) > 100 for f in told.figures) and "各项之和" in told.text:
        yield Doubt("share", "占")  # no parts are more than their whole
    if "百分点" in text and "百分点" not in told.text and not told.incomparable and told.metrics & {"difference", "growth"}:
        yield Doubt("share", "百分点")  # how far two shares lie apart, not two counts
    if m := re.search(r"分母[^,，。]{0,4}(?:剔|去|扣|除|不算|减)", text):
        yield Doubt("base", m.group())  # no share that the service knows of
    if (m := re.search(r"折合|每[件条次][^,，]{0,4}(?:几|多少)(?:元|钱)", text)) and not told.metrics & {
        "mean",
        "times",
        "growth",
        "share",
    }:
        yield Doubt("mean", m.group())
    if (m := re.search(r"(?:(?<!好)几|多少)倍|倍数", text)) and "倍" not in told.text and not told.incomparable:
        yield Doubt("times", m.group())
    if (m := _MEAN.search(text)) and "mean" not in told.metrics and not told.incomparable:
        yield Doubt("mean", m.group())
    if (m := MEDIAN.search(text)) and "median" not in told.metrics and not told.incomparable:
        yield Doubt("median", m.group())
    if (
        (m := _DIFFERENCE.search(text))
        and not told.metrics & {"difference", "growth"}
        and not told.incomparable
        and not re.search(r"持平|两者相同|各家相同", told.text)
        and (len(told.agencies) > 1 or len(told.years) > 1 or several)
    ):
        yield Doubt("difference", m.group())
    if query.operation == "rank" and ends_of_two(text) and not told.metrics & {"difference", "times"}:
        yield Doubt("ends", text)
    of_text = not query.channels and any(m.startswith("narrative.") for m in told.metrics)
    printed = of_text and (len(told.bodies) < 2 or query.operation == "rank")  # a whole that the text states itself
    m = _SUM.search(text)
    if m and query.operation == "rank" and len(told.years) < 2 and re.match("的?(?:数|量)?最[多少高低]", text[m.end() :]):
        m = None  # 申请合计最多的是谁: the total of each
    plain: object = m and m.group() == "合计" and re.match("是?(?:几|多少)", text[m.end() :]) and not re.search("[这那]|上述|前面", text)
    plain = plain or re.fullmatch("(?:那)?加起来(?:是|有)?(?:多少|几)[件个]?[呢?？]?", text)
    if plain and len(told.bare) == 1 and (all(metric.endswith(".total") for metric in told.metrics) or query.applicants == ("total",)):
        m = None  # 直接奔法院的官司合计几件: the row of that name; 总计是多少, after one kind of applicants: the column
    if m and alike and not printed and not query.less and not _adds(told) and not told.incomparable:
        yield Doubt("sum", m.group())
    if (
        (m := _TOTAL.search(re.sub("(?:复议|诉讼|起诉)的?总计" if len(told.bodies) == 1 else "(?!)", "", text)))
        and not _EACH.search(text.replace("多少", ""))
        and (len(told.bodies) > 1 or len(told.years) > 1)
        and not _adds(told)
        and not told.incomparable
        and not told.metrics & {"count", "times"}
        and not (told.metrics & {"difference", "growth"} and re.search("总共[^,，]{0,3}[涨增升降减跌变]", text))  # 22年到24年总共涨了多少
    ):
        yield Doubt("sum", m.group())
    if (
        (m := _COUNT.search(query.text))
        and (query.group or (told.many and query.text[: m.start()][-1:] != "哪"))
        and not EACH_OF_THEM.search(query.text)
        and query.operation != "rank"
        and "count" not in told.metrics
    ):
        yield Doubt("bodies", m.group())
    if (
        not told.many
        and (m := re.search("(?:是|有|都是)?哪[几些](?:家|个(?:局|单位|部门|街道|机关))", text))
        and "count" not in told.metrics
    ):
        yield Doubt("bodies", m.group())  # of one body no others are told
    which = re.search(r"哪几家|有几家|哪些(?:家|单位|部门|机关|局|街道)", text)
    picked = "count" in told.metrics or query.operation == "rank" or re.search(r"依次|最[多少高低]", told.text)
    if which and told.many and not picked and query.mention.named:
        yield Doubt("bodies", which.group())
    if (
        (
            m := _RANK.search(
                re.sub(
                    r"最[多少高低大小]的?[这那]一?[家个年]|(?:回到|说回|再说|那个?|这个?)(?:第一名|榜首|冠军)",
                    "",
                    text,
                )
            )
        )
        and MOST_OF_ALL not in query.singled  # 占比最大的是谁: its share is told
        and not re.search(r"最|依次|并列", told.text)
        and not (
            told.metrics & {"difference", "growth"} and re.search("[比跟和与]最[多少高低]|最[多少高低]的?那?一?年[^,，]{0,3}比", query.text)
        )  # 比最多的那年低百分之几
        and not ("times" in told.metrics and text.count("最") == 2)  # 最高的一年是最低那年的几倍
        and not query.placed
        and query.operation != "find"
        and not told.incomparable
    ):
        yield Doubt("rank", m.group())


def _wholes(text: str, told: Told) -> Iterator[Doubt]:
    """What a share is of: of the body's own figure, of what several bodies have, or of the row that is named."""
    labels = [f.label for f in told.figures if f.metric == "share" or (f.unit == "%" and "占" in f.label)]  # a rate is a share by its name
    if not labels:
        return
    of_all = [label for label in labels if label.endswith(("占合计", "占各项之和"))]
    if (own := re.search("占(?:了|到)?(?:它|其|自己|本单位|本身)(?!中|他|余)", text)) and len(of_all) == len(labels):
        yield Doubt("base", own.group())  # 占它复议总数的: not of what all of them have
    named = re.search("占(?:了|到)?(?:主动公开|办理|办结|复议|诉讼|新收)[^,，。]{0,4}总[数量计条]", text)
    if named and of_all and len(of_all) == len(labels) and len(told.bodies) > 1:
        yield Doubt("base", named.group())
    of_several = r"占(?:了|到)?(?:这|那)?[两三四五六七八九十\d]+(?:[家]|[块路]的?(?:总|合|之和|加))"
    if (several := re.search(of_several, text)) and not any(re.search("合计|之和|各项", label) for label in labels):
        yield Doubt("base", several.group())
    behind = re.search("占(?:了|到|全部|所有|全年|当年|总)*(?P<whole>[^,，。;；?？]{2,12})", text)
    named_whole = {h.id for h in find_terms(behind["whole"]) if not h.weak} & {*WHOLES} if behind else set()
    told_whole = {m for m in metrics() if any(label.partition("占")[2] == full_label(m) for label in labels)}
    if behind and named_whole and told_whole and not (named_whole | {"requests.to_handle"}) & told_whole:
        yield Doubt("base", behind["whole"])  # 占全部办理结果: and not of the class that the row belongs to
    within = re.search("在(?P<whole>[^,，。在]{3,14}?)(?:里[头面]?|中|当中|之中)(?:的)?(?:占|比重|比例)", text)
    for hit in find_terms(within["whole"]) if within else ():
        names = [c.label for c in concepts() if (c.kind, c.id) == (hit.kind, hit.id)]
        if (
            hit.kind == "metric"
            and not hit.weak
            and any(n in label.partition("占")[0] and n not in label.partition("占")[2] for n in names for label in labels)
        ):
            yield Doubt("base", within["whole"] if within else "")  # the whole that is named, told as the part


_CONDITIONS = re.compile(
    r"超过|超出|多于|少于|大于|小于|高于|低于|不足(?=\d)|(?<=[^查找看搜收得用想])不到(?!位|场|东西)|至少|不少于|不超过|以上|以下|(?<!占)比(?![例如重率较一])|持平|一样多|翻(?:[番倍]|了(?!翻))|倍|平均|连续|逐年|(?<!\d)年年(?![报底末初])|每年"
)
_SAYS = re.compile(
    r"(?:讲|写|提到|说|承认|坦言|坦承|检讨|反映)(?:到|过|了|自己|自家)*(?P<what>[\u4e00-\u9fff]{4,20}?)(?:的?[、,，]|而且|并且|同时|的(?:单位|机关|部门|街道|乡镇|区|县|局|那))"
)


def conditions(query: Query, told: Told) -> Iterator[Doubt]:
    """Of bodies that were picked every condition that the question makes stands in what the answer says they were picked by."""
    if not told.many:
        return
    picks = query.group and (query.operation == "rank" or query.condition) and told.metrics & {*metrics()}
    said = _SAYS.search(query.text) if picks else None
    if said and not told.passages and not any(h.kind in ("metric", "row", "block") and not h.weak for h in find_terms(said["what"])):
        yield Doubt("condition", said["what"])  # 承认更新不及时的单位里谁收得最多: who writes so was not looked for
    if "count" not in told.metrics:
        return
    about = re.search("涉及(?P<what>[\u4e00-\u9fff]{2,10})", query.text)
    if about and about["what"][:2] not in told.text and not any(h.kind in ("metric", "row", "block") for h in find_terms(about["what"])):
        yield Doubt("condition", about.group())  # 谁家收到的申请主要涉及教师招聘: what they were about, and not how many came
    rest = re.sub(r"\s+|[（(][^()（）]*[)）]|(?:大于|超过)(?:零|0)", "", mask(query.text, query.group.spans if query.group else ()))
    for words in sorted(told.picked_by, key=len, reverse=True):
        rest = re.sub(re.escape(words) + "[件条次个人家份场万元%]{0,2}(?:及?以[上下])?", "。", rest)
    if len(told.years) > 1 and told.picked_by:
        rest = re.sub("连续|逐年|年年|每年", "", rest)
    if told.metrics & {"difference", "growth"} or re.search("比[^，。]{2,24}[多少高低]的(?:有|年度)", told.text):
        rest = re.sub("比|翻[了番倍]|[多少高低]于(?=20|上年|去年)", "", rest)
    if m := _CONDITIONS.search(rest):
        yield Doubt("condition", m.group())


def _adds(told: Told) -> bool:
    return (
        bool(told.metrics & {"sum", "mean", "median", "share"})
        or any("＋" in (f.formula or "") for f in told.figures)
        or any(metrics()[m].parts for m in told.metrics if m in metrics())
        or re.search("合计|之和", told.words) is not None
    )
