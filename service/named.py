"""Whom a bare name means in a talk: 市局, 两个县局 and 公安局 of those that were spoken of, each written out before a question is read.

A name that more than one of these could have, or that is said of all of its kind (各公安局, 另一个公安局), stays as it is: which is meant is asked
back, or is another rule's to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.textual import stated_number
from service.context import Context
from service.directory import LEVEL_OF, Directory
from service.evidence import label_of

# 市局, 县局, 省厅 by themselves: no part of a name, and none that is counted (两个市局)
_BY_LEVEL = re.compile(
    r"(?:^|(?<=[\s，。,.?？!！、:：和跟与同及比是占在那对让把被由给于顶到]))(?P<unit>[省市区县])(?P<organ>[局厅])(?![长势级面域务党办机])"
)


_WHICH_OF_TWO = re.compile("(?:那)?(?:哪一?个|谁)(?P<way>更?(?:高|低|多|少|大|小))(?:一?[些点])?(?:呢)?[?？]?")


def which_of_two_years(question: str, context: Context | None) -> str:
    """哪个高, after one body's number of one year and then of another: which year."""
    match = _WHICH_OF_TWO.fullmatch(question.strip())
    years = {*context.earlier_years, *context.years} if context is not None else set()
    one = context is not None and len(context.agencies) == 1 and not (context.earlier or context.group or context.pool[1:] or context.order)
    other = context is not None and (context.earlier_metrics or context.earlier_applicants or context.earlier_channels)
    return f"哪年{match['way']}" if match is not None and one and not other and len(years) == 2 else question


_ANOTHER_YEAR = r"(?P<year>(?:大?前|去|上)一?年|20\d\d年?)(?:度|那年|全年)?的?(?:数字?)?"
_ADDED_YEAR = re.compile(
    rf"(?:那)?(?:再)?(?:加上?|算上|连同|带上){_ANOTHER_YEAR}(?:呢|[,，]?(?:(?:一共|总共|合计|[加合]起来)?(?:是|有)?(?:多少|几)[件个条份]?)(?:呢)?|[,，]?(?:一共|总共|合计)(?:呢)?)?[?？]?"
    rf"|(?:那)?(?:和|跟|与){_ANOTHER_YEAR.replace('<year>', '<other>')}(?:[加合]起来|相加|合计|一共|总共)(?:呢|(?:是|有)?(?:多少|几)[件个条份]?(?:呢)?)?[?？]?"
)


# 把2022年的也加上，列成表; 连同2023年，把制发、废止、现行有效三项列成表
_YEAR_IN_TABLE = re.compile(
    rf"(?:那|请|好[,，])?(?:把|将)?(?:再)?(?:加上?|算上|连同|带上)?{_ANOTHER_YEAR}也?(?:都|一并|一起)?(?:加上|加进来|加进去|算上|带上|补上)?[,，]"
    r"(?:[两三四五]年|几年)?的?(?:把|将)?(?P<what>[^,，。]{0,30}?)(?:给我)?列成?(?:一?[个张])?(?:表格?|清单)(?:给我|看看|吧)?[?？。]?"
)


def another_year_added(question: str, context: Context | None) -> str:
    """再加上前年的, after one body's number of a year: of both years together; 把前年的也加上，列成表: each year's own."""
    asked = question.strip()
    in_table = _YEAR_IN_TABLE.fullmatch(asked) if re.search("把|将|加|算上|连同|带上|补", asked) else None
    match = in_table or _ADDED_YEAR.fullmatch(asked)
    if match is None or context is None or len(context.agencies) != 1 or not 0 < len(context.years) < 6 or context.group or context.order:
        return question
    year = match["year"] or match.groupdict().get("other") or ""
    told = min(context.years)
    added = str(told - 1) + "年" if re.fullmatch("[上前]一年|上年", year) else year if year.endswith("年") else f"{year}年"
    told_of = "、".join(f"{y}年" for y in context.years)
    if added[:-1] in {str(y) for y in context.years}:
        return question
    return f"{told_of}和{added}{in_table['what']}各多少，列成表" if in_table is not None else f"{told_of}和{added}一共多少"


_REST_OF_CASES = re.compile("(?:那)?(?:剩下|其余|余下|别|其他|剩余)(?:的)?(?:那?[几些]?[件个])?(?:的)?(?:结果)?(?:呢|是什么|怎么样|都是(?:啥|什么)(?:结果)?)[?？]?")
_STILL_OPEN = re.compile("(?:那)?(?:还|还有|有)?(?:没有)?(?:没|未|尚未)(?:审|判|办)?(?:完|结)的?(?:吗|么|呢|没有?|(?:有|是)?(?:多少|几)[件个起]?)?[?？]?")
_BLOCKS = (("review.", "行政复议"), ("litigation.direct.", "未经复议直接起诉"), ("litigation.after_review.", "复议后起诉"), ("litigation.", "行政诉讼"))


def rest_of_cases(question: str, context: Context | None) -> str:
    """剩下的呢, 还有没审完的吗, after results of reviews or lawsuits: of these, and of no requests."""
    asked = question.strip()
    metrics_ = context.metrics if context is not None else ()
    block = next((words for prefix, words in _BLOCKS if metrics_ and all(m.startswith(prefix) for m in metrics_)), "")
    if context is None or not block or len(context.agencies) != 1 or context.group or all(m.endswith(".total") for m in metrics_):
        return question
    if _STILL_OPEN.fullmatch(asked):
        return f"{block}尚未审结的有几件"
    left = [label for part, label in (("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果"), ("pending", "尚未审结"))
            if not any(m.endswith(f".{part}") for m in metrics_)]  # fmt: skip
    return f"{block}{'、'.join(left)}各几件" if _REST_OF_CASES.fullmatch(asked) and 0 < len(left) < 4 else question


_ALL_GIVEN = re.compile("(?:那)?(?:一共|总共|合计|加起来|合起来|总的)(?:是)?(?:给)?公开了?(?:多少|几)[件份个]?(?:呢)?[?？]?")


def given_in_all(question: str, context: Context | None) -> str:
    """一共公开了多少, after 部分公开 and 予以公开: of both together, and of no information on a site."""
    both = {"outcome.granted", "outcome.partial"}
    told = {c[2] for c in context.told} if context is not None else set()
    return "加起来多少" if told == both and _ALL_GIVEN.fullmatch(question.strip()) else question


_EITHER_YEAR = re.compile(
    r"(?:那)?(?P<one>去年|大?前年|(?:20)?\d\d年)(?P<verb>[收发办罚开搞来])?(?:的)?(?:钱|费)?得?(?:更)?(?P<way>[多少高低])?(?:一?[点些])?[,，]?还是(?P<other>去年|大?前年|(?:20)?\d\d年)(?:[收发办罚开搞来])?(?:的)?(?:钱|费)?得?(?:更)?(?P<last>[多少高低])(?:一?[点些])?(?:呢|啊)?[?？]?"
)


def either_year(question: str, context: Context | None) -> str:
    """前年收得多还是去年收得多: which of the two years has more of what was told."""
    match = _EITHER_YEAR.fullmatch(question.strip())
    if match is None or context is None or len(context.agencies) != 1 or match["way"] not in (None, match["last"]):
        return question
    return f"{match['one']}和{match['other']}哪年{match['last']}"


_THAN_THIS = re.compile(
    r"(?:那)?(?P<year>去年|大?前年|(?:20)?\d\d年)(?:是不是|是否|会不会)?(?:也)?比(?:这|它|这个|那个|上面)(?:个|年|个数|一年)?(?:更|还)?(?:要)?(?P<way>[多少高低])(?:一?[点些])?(?:吗|么|吧|不)?[?？]?"
)
_GREW_BY = re.compile(r"(?:那|也就是|所以|这么说)?(?:一共|总共)?(?P<way>增加|增长|减少|下降|多|少|涨|降|升)了?(?P<by>(?:多少|几|\d[\d,]*|[一二两三四五六七八九十百千]+).{0,8})")
_WHY_UNLIKE = re.compile("(?:那)?(?:为什么|为啥|为何|怎么|咋)(?:会|就)?(?:[这那]?[两俩]个?(?:数|地方|处)?(?:字)?)?(?:会)?(?:不一样|对不上|不一致|有出入|不同)(?:呢|啊)?[?？]?")


def of_both_years(question: str, context: Context | None) -> str:
    """增加了90人对吗, after what the text says of one year and then of another: from the one to the other; 2023年是不是比这多, than the year told."""
    asked = question.strip()
    if context is None or len(context.agencies) != 1 or context.group or context.order:
        return question
    if (than := _THAN_THIS.fullmatch(asked)) is not None and len(context.years) == 1 and not than["year"].startswith(str(context.years[0])):
        return f"{than['year']}比{context.years[0]}年{than['way']}吗"
    years = sorted({*context.earlier_years, *context.years})
    if context.subject and len(years) == 2 and (grew := _GREW_BY.fullmatch(asked)) is not None:
        return f"{years[1]}年比{years[0]}年{grew['way']}了{grew['by']}"
    return "为什么这么多" if _WHY_UNLIKE.fullmatch(asked) and (context.metrics or context.subject) else question


_YEARS_OF_MORE = re.compile("(?:那)?(?P<which>哪[几些一]?个?年(?:份)?)(?:是)?(?P<who>[\\u4e00-\\u9fff]{2,8}?)(?:更|比较)?(?P<way>[多少高低])(?:一?[些点])?[?？]?")


def years_of_more(question: str, context: Context | None) -> str:
    """哪几年云溪多, after two bodies over several years: more than the other."""
    match = _YEARS_OF_MORE.fullmatch(question.strip())
    two = context.agencies if context is not None and len(context.agencies) == 2 and len(context.years) > 2 else ()
    own = [a for a in two if match is not None and match["who"] in a]
    if match is None or len(own) != 1:
        return question
    other = next(a for a in two if a != own[0])
    return f"{match['which']}{own[0]}比{other}{match['way']}"


_HOW_RECKONED = re.compile("(?:那|这)?(?:个|它)?(?:数|比例|率|比率)?(?:又|都)?是?(?:怎么|咋|如何)(?:计?算|得)(?:出来|来)?的?[?？]?")


def how_reckoned(question: str, context: Context | None) -> str:
    """怎么算的, after a rate: by what formula that one is reckoned."""
    rates = [m for m in context.metrics if m.startswith("rate.")] if context is not None else []
    return f"{label_of(rates[0])}是怎么算的" if len(rates) == 1 and _HOW_RECKONED.fullmatch(question.strip()) else question


_WHICH_YEAR_HAD = re.compile("(?:那)?(?P<which>哪[一几些]?年)有(?:过)?(?:的)?(?:呢)?[?？]?")


def which_year_had(question: str, context: Context | None) -> str:
    """哪年有, after one thing over several years: in which there was any, and not of which a report is held."""
    match = _WHICH_YEAR_HAD.fullmatch(question.strip())
    told = context is not None and len(context.metrics) == 1 and len({*context.years, *context.earlier_years}) > 1 and context.operation != "coverage"
    return f"{match['which']}大于0" if match is not None and told else question


def fee_not_charged(question: str, context: Context | None) -> str:
    """哪几年没收, after the fee for an answer was told: of that fee, and not of which reports are held."""
    of_fee = context is not None and context.subject == "handling_fee"
    return re.sub("(?<!收)没收(?!录|到|进|取)", "没有收取信息处理费", question) if of_fee else question


_ALL_AT_LEVEL = re.compile(r"(?P<count>[两俩三四五六])(?:个|家)?(?P<unit>[市区县])(?P<organ>局)(?![长势级面域务党办机])")


def named_by_level(question: str, context: Context | None, held: Directory) -> str:
    """``question`` with the names of the bodies spoken of in place of 市局, 县局 and 省厅, where there is one of each level among them."""
    if context is None:
        return question
    told = tuple(dict.fromkeys((*context.agencies, *context.pool)))
    before = tuple(dict.fromkeys((*context.earlier, *context.mentioned)))

    def at_level(match: re.Match[str]) -> set[str]:
        for among in (told, (*told, *before)):
            own = {a for a in among if a in held.bodies and a.endswith(match["organ"]) and held.bodies[a].level == LEVEL_OF[match["unit"]]}
            if own:
                return own
        return set()

    def all_of(match: re.Match[str]) -> str:
        for among in (told, (*told, *before), (*told, *before, *context.order)):
            own = [a for a in dict.fromkeys(among) if a in held.bodies and a.endswith("局") and held.bodies[a].level == LEVEL_OF[match["unit"]]]
            if len(own) == (2 if match["count"] == "俩" else stated_number(match["count"])):
                return "、".join(own)
        return match.group()

    if "加" in question or "和" in question or "合计" in question:  # 两个市局加起来
        question = _ALL_AT_LEVEL.sub(all_of, question)
    if any(len(at_level(match)) != 1 for match in _BY_LEVEL.finditer(question)):
        return question  # which of two is meant is another matter
    return _BY_LEVEL.sub(lambda match: at_level(match).pop(), question)


# 各教育局, 哪个公安局, 教育局系统: of all of that name
_OF_ALL = re.compile(r"(?:各|各个|哪一?个?|哪些|所有|全部|全[省市县区]的?|其[他它余]的?|别的|另外的?|[两二三四五六七八九十几\d]个?|每个?|的|那[边个家]|这[边个家]|[俩仨家个省市县区])$")
_AS_A_KIND = re.compile(r"(?:系统|口|们|[里中](?:谁|哪|最)|这?[两三四五六几]家|这[些几])")
_ONE_MORE = re.compile(r"(?:[再也都]?(?:添|加|补|算|放|摆|带|捎|拉|列)(?:上|进|入|在内))")


def _county(held: Directory, agency: str) -> tuple[str, str, str]:
    place = held.bodies[agency].place
    return place.province, place.city, place.county


_NTH = re.compile(r"(?P<n>第[二三四五六七八九])个(?=的|多少|几|20\d\d|去年|前年|呢|是(?:谁|哪)|[收罚办批])")


_OF_TWO = re.compile("(?P<which>[前后])者(?=的|那|共|一共|多少|几|20\\d\\d|去年|前年|呢|[收罚办批不予])")


# 最高的败诉几件, 垫底的还有几件没办完, after a ranking: of whoever came there
_END_OF_RANKING = re.compile(
    "(?:那)?(?:(?P<last>垫底|倒数第一|末位)|(?:排)?(?P<first>第一(?![季年次批部期轮法类项])|榜首|居首)|最(?P<way>[高多大低少小])(?!的?(?:时候|那?一?年)))的?(?:那)?[个家]?(?:的)?"
    "(?:(?=(?![是谁哪呢比跟和与同名占])[^,，谁哪最是第比]{2,10}(?:多少|几))|(?<=[个家])(?=(?:是|有)(?:0|零|\\d)))"
)


def _at_the_end(context: Context, end: re.Match[str]) -> str:
    """The body that a ranking told first or last; "" where none was told there."""
    if context.operation != "rank" or not (context.group or len(context.pool) > 1):
        return ""
    low = end["last"] is not None or end["way"] in ("低", "少", "小")
    if context.least:
        return context.agencies[0] if context.agencies and (low or end["first"]) else ""
    if not context.order or (low and not context.order[-1]):
        return ""
    return context.order[-1 if low else 0]


def nth_of_ranking(question: str, context: Context | None) -> str:
    """第三个多少件, after a ranking: the third of it; 前者, after its first two: the first of these."""
    if context is not None and (end := _END_OF_RANKING.match(question)) is not None and (name := _at_the_end(context, end)):
        question = name + question[end.end() :]
    two = context is not None and context.operation == "rank" and context.group and context.top == 2 and len(context.order) > 1
    if context is not None and two and len({*_OF_TWO.findall(question)}) == 1:
        question = _OF_TWO.sub(lambda m: context.order[0 if m["which"] == "前" else 1], question)
    return _NTH.sub(r"\g<n>名", question) if context is not None and context.operation == "rank" and context.order else question


_IN_THAT_PLACE = re.compile(r"该(?P<unit>[省市县区])的?(?=[\u4e00-\u9fff]{2,10}?(?:局|厅|委|馆|办公室|中心|街道|镇|乡))")


def named_in_that_place(question: str, context: Context | None, held: Directory) -> str:
    """该市公安局收到的主要是什么: with the name of the place in which the body spoken of lies; as it is where that names nobody held."""
    own = held.bodies.get(context.agencies[0]) if context is not None and context.agencies else None
    match = _IN_THAT_PLACE.search(question)
    if own is None or match is None:
        return question
    place = getattr(own.place, LEVEL_OF[match["unit"]])
    written = f"{question[: match.start()]}{place}{question[match.end() :]}"
    named = held.match(written, match.start()) if place else None
    return written if named is not None and named.rank < 2 and len(named.agencies) == 1 and named.end > match.start() + len(place) else question


_STEM_AGAINST_IT = re.compile(r"(?:那|再看|那么)?(?P<stem>[\u4e00-\u9fff]{2})(?:街道|镇|乡)?(?=[比跟和与](?:它|他们|这家|那家))")


def named_as_before(question: str, context: Context | None, held: Directory) -> str:
    """``question`` with the whole name in place of one that several bodies have, where one of these alone was spoken of: 公安局比城管局多几件.

    What is put in is what the talk is about: the bodies told last, then those before; of a body that is added to others (再添上市财政局) the
    one that lies where all of these do.
    """
    if context is None or not (context.agencies or context.pool):
        return question
    told = tuple(dict.fromkeys((*context.agencies, *context.pool)))
    before = tuple(dict.fromkeys((*told, *context.earlier, *context.mentioned, *context.order)))
    found: list[tuple[int, int, str]] = []
    if (short := _STEM_AGAINST_IT.match(question)) and (of_stem := held.stems.get(short["stem"])):
        # 南苑跟它差几件: the street of that name, of those spoken of or where these lie
        around = {_county(held, a) for a in told if a in held.bodies}
        own = [a for a in of_stem if a in before] or [a for a in of_stem if _county(held, a) in around]
        if len(own) == 1:
            found.append((short.start("stem"), short.end("stem"), own[0]))
    at = found[-1][1] if found else 0
    while at < len(question) - 1:
        match = held.match(question, at)
        if match is None:
            at += 1
            continue
        at = match.end
        several = len(match.agencies) > 1 and match.rank > 0
        if not several or _OF_ALL.search(question[: match.start]) or _AS_A_KIND.match(question[match.end :]):
            continue
        own = next((o for among in (told, before) if (o := [a for a in among if a in match.agencies])), [])
        if not own and _ONE_MORE.search(question):
            places = {_county(held, a) for a in told if a in held.bodies}
            own = [a for a in match.agencies if {_county(held, a)} == places]
        if len(own) == 1:
            found.append((match.start, match.end, own[0]))
    for start, end, name in reversed(found):
        question = question[:start] + name + question[end:]
    return question


# 同样的问题，碧原市公安局2022年; 碧原市公安局，同一个问题: the word for a question, not for what a report calls its problems
_SAME_QUESTION = "(?:同样|一样|相同|同一?个?)的?(?:问题|问法|事情?|情况)"
_AS_BEFORE = re.compile(
    rf"^(?:那么?|还是|再?问|就)?{_SAME_QUESTION}(?:[,，:：、\s]+(?:那|换成|换)?(?:我?再?[问查看]一?下?)?|(?:再?[问查看]一?下?|换成|换))(?P<rest>.{{2,}})$|"
    rf"^(?P<lead>[^,，?？存有现犯遇]{{2,20}}?)(?:[,，\s]|也?是?问?|呢[,，?？])*{_SAME_QUESTION}(?:呢|又?是多少)?[?？。]*$|"
    r"^(?:换成|改成|改查|改看)(?P<thing>[^,，?？\d去前今]{2,12}?)(?:看看|试试|吧)?[?？。]*$"  # 换成自然人的申请
)


def same_question(question: str, context: Context | None) -> str:
    """What a follow-up that asks the same question of another body or year names: 同样问题，2023年 is 2023年呢."""
    match = _AS_BEFORE.match(question.strip()) if context is not None else None
    if match is None:
        return question
    rest = (match["rest"] or match["lead"] or match["thing"]).strip()
    return rest if re.search("[呢?？吗么多几哪]", rest) else f"{rest}呢"


def total_of_columns(question: str, context: Context | None) -> str:
    """总计是多少, after kinds of applicants were told of one row: the column of that name, and not what those told come to."""
    if context is None or len(context.metrics) != 1 or not context.metrics[0].startswith(("requests.", "outcome.")) or len(context.agencies) != 1:
        return question
    of_columns = {*context.applicants} - {"total"} and len(context.years) == 1 and re.fullmatch("(?:那么?)?总计(?:是|有|为)?(?:多少|几)[件份]?[呢啊]?[?？]?", question.strip())
    return "总计一栏是多少" if of_columns else question


_IN_WHOLE_WORDS: tuple[Callable[[str, Context | None], str], ...] = (
    same_question, total_of_columns, which_year_had, another_year_added, rest_of_cases, given_in_all, either_year, of_both_years, years_of_more, how_reckoned, fee_not_charged,
    nth_of_ranking,
)  # fmt: skip


def in_whole_words(question: str, context: Context | None) -> str:
    """A follow-up that points at what was told, in words that name it: 剩下的呢, 再加上前年的, 第三个多少件."""
    for put in _IN_WHOLE_WORDS:
        question = put(question, context)
    return question
