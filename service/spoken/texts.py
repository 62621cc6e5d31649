"""The text spoken of: its matters, channels and sections, and words quoted from it."""

from __future__ import annotations

import re

from corpus.forms import subjects
from service.agencies import Mention
from service.context import Context
from service.directory import Directory
from service.follow import Found, asks_total, operation_again
from service.group import Group
from service.lexicon import find_terms
from service.operation import OF_TEXT
from service.query import REQUEST_CHANNELS, Query
from service.replacing import replace
from service.spoken.years import BACK


def quote_of_it(query: Query, context: Context, held: Directory) -> Found:
    """没人申请还开这么多场？原句给我瞅瞅, after a number of the text: where it stands, whatever is said before."""
    asked = re.search(r"[?？!！。,，](?:那|把)?(?:原句|原话|原文|出处)[^,，。?？]{0,8}$", query.text)
    another = query.residue or query.channels or query.subject not in (None, context.subject)
    if not asked or another or not context.subject or query.operation != "where" or query.mention.agencies or query.years:
        return None
    return replace(
        query, mention=Mention(context.agencies), years=context.years, subject=context.subject, channels=context.channels, metrics=(),
        unit=None, weak=(), residue=(), applicants=(), matter=context.matter, asked=context.matter, follows=True,
    )  # fmt: skip


def text_or_table(query: Query, context: Context, held: Directory) -> Found:
    """以表为准, 正文里写的又是几件: the same number where the report prints it a second time."""
    years = query.years or context.years
    cell = next((s.metric for s in subjects() if s.metric and s.id == context.subject), None)
    if cell and not query.has_topic and re.search(r"表[一二三四格里]?[^,，。]{0,3}(?:为准|里|上|中|的|呢)|以表|按表", query.text):
        return replace(query, metrics=(cell,), years=years, asks_number=True, operation="value", follows=True)
    stated = next((s.id for s in subjects() if s.metric and context.metrics == (s.metric,)), None)
    if OF_TEXT.search(query.text) and re.search(r"收到|收了|接到", query.text) and context.metrics and not query.has_cells:
        stated = "requests.received"
    other = query.subject is not None and not query.subject.startswith("requests.")  # 正文说主动公开了多少条: another thing
    if stated and OF_TEXT.search(query.text) and not (query.has_cells or (query.section or 1) > 1 or other):
        return replace(
            query, years=years, section=None, topic=None, subject=stated, weak=(), residue=(), unit_only=False, asks_number=True,
            operation="value"
        )  # fmt: skip
    return None


_WHAT_ABOUT = re.compile(
    r"主要(?:都)?是?(?:问|要|打听|咨询)(?:些)?(?:的)?(?:啥|什么)|(?:人|他们|大家|人家)(?:主要|一般|到底)?都?(?:想)?(?:要|问|打听|知道)(?:些|的是)?(?:啥|什么)(?:呀|啊|呢)?[?？]?$|(?:打听|询问|咨询|问|要|申请|关心|想(?:要|知道|了解)|涉及|关于)(?:的|到)?(?:是|都是|些|主要)*(?:啥|什么|哪些|哪方面|哪一?类)(?:子|样)?(?:的)?(?:事|内容|方面|东西|信息|材料|资料|问题|领域)"
)


def what_they_are_about(query: Query, context: Context, held: Directory) -> Found:
    """都是打听啥事的, after the number of requests was told: what the report says that they were about."""
    requests = any(m.startswith(("requests.", "outcome.")) for m in context.metrics) or context.subject == "requests.received"
    requests = requests or (context.operation == "find" and bool(re.search("申请[^,，]{0,8}(?:内容|方面|领域|哪些)|哪(?:些|几)?方面", context.matter)))
    if not requests or query.has_cells or query.subject or query.channels or query.applicants or not _WHAT_ABOUT.search(query.text):
        return None
    return replace(
        query, matter="申请内容主要涉及哪些方面", operation="find", asks_number=False, weak=(), residue=(), years=query.years or context.years,
        follows=True,
    )  # fmt: skip


_THE_SENTENCE = re.compile("(?:把)?[这那](?:一)?(?:句|段)(?:话)?的?(?:原文|原话|原句)?(?:给|抄|贴|念|发)|^(?:把)?(?:原文|原话|原句)(?:给|抄|贴|念|发)")


def same_matter(query: Query, context: Context, held: Directory) -> Found:
    """2021年的报告里还提这件事吗: what was looked for, in another report; 把那句原文给我: once more."""
    written = context.operation in ("find", "exists", "where") and context.matter and not context.metrics and context.section is None
    if written and _THE_SENTENCE.search(query.text) and not (query.has_topic or query.years or query.relative or query.residue):
        return replace(query, matter=context.matter, operation="find", years=context.years, asks_number=False, subject=None, follows=True)
    again = re.search(
        r"(?:提|写|说|讲|有)(?:没提|没写|到|过|了)?(?:这|那)(?:件|个|桩|种|类|条|项)?(?:事|话|句|做法|问题|内容|情况|活动)?"
        r"|(?:年报|报告|报)(?:里|中|上)(?:面|头)?(?:有没有|有吗|写没写|提没提|有哪[几些](?:家|个?单位)|有谁)[呢啊呀]?[?？]?$"
        r"|(?:这|那)(?:么|样)(?:做|干|办|搞)|同样(?:做|干)|有(?:这|那)(?:种|个|类)做法",
        query.text,
    )
    which_year = re.search(r"哪[一几些]?个?年", query.text)
    pointed = re.search("(?:提|写|说|讲)(?:到|过|了)*[这那](?:个|件|项)", query.text) and query.subject in (None, "published")
    topic = query.has_topic and not (pointed and not query.has_cells and not query.channels)
    if not again or topic or query.applicants or not context.matter or context.metrics or context.section is not None:
        return None
    if not (query.years or query.relative or query.mention.agencies or which_year):
        return None
    back = query.relative is not None and BACK.fullmatch(query.relative) and context.years
    if back and not query.years:
        query = replace(query, years=(min(context.years) - 1,), relative=None)
    if which_year and not query.years and (not context.subject or context.operation == "find"):
        return replace(query, matter=context.matter, operation="find", residue=(), asks_number=False, follows=True)
    if context.subject and context.operation != "find":  # 写没写这一项: the number of the text
        return replace(
            query, subject=context.subject, channels=context.channels, unit=context.unit, operation="value", asks_number=True, weak=(),
            residue=(), years=query.years or context.years, matter=context.matter, follows=True,
        )  # fmt: skip
    return replace(
        query, matter=context.matter, operation="find", years=query.years or (() if query.relative else context.years), residue=(),
        asks_number=False, follows=True,
    )  # fmt: skip


_ELSEWHERE = re.compile(
    "(?:别的|其他|其它|另外的?|还有)(?:哪些|什么|有)?(?:家)?(?:单位|机关|部门|地方|人家)|还有(?:谁|哪家|哪些)|(?:别家|其他家|人家别处)(?:也|还)"
)


def elsewhere_too(query: Query, context: Context, held: Directory) -> Found:
    """还有别的单位也这么做吗，都有谁, after what one report writes: which others write so, too."""
    told = context.operation == "find" and context.matter and not context.metrics and context.section is None and not context.group
    also = re.search("也|还有|同样|一样", query.text)
    if not told or not also or not _ELSEWHERE.search(query.text) or len(context.agencies) != 1 or query.has_cells or query.asks_number:
        return None
    own = [w for w in query.residue if w not in context.matter]  # 还有哪些单位说涉及征地拆迁: another matter
    if own or query.mention.agencies or query.mention.place or re.search("多少|几|其余|余下|剩下", query.text):
        return None
    asking = re.compile("(?:什么|啥|哪些|哪个|哪)(?:样的?)?(?:人|东西|办法|措施|方式)?|怎么|如何|吗|呢|[?？]")
    matter = asking.sub("", re.sub(r"^\s*(?:年报|报告)?(?:里|中|上)(?:面|头)?(?:还|也)?(?:说|写|提)?(?:到|了)?", "", context.matter))
    return replace(
        query, group=query.group or Group("any", "单位", "", "", False, (), (0, 0), (), True), mention=Mention(()), operation="find",
        text=f"哪些单位写到{matter}", matter=matter, asked=matter, years=query.years or context.years, relative=None, residue=(),
        excluded=context.agencies, asks_number=False, follows=True,
    )  # fmt: skip


def share_of_channel(query: Query, context: Context, held: Directory) -> Found:
    """占多少, after a number of the text: of the number in the text."""
    received = query.metrics == ("requests.received",) and context.subject == "requests.received" and not (query.rows or query.blocks)
    if query.operation == "share" and context.channels and received and not query.applicants and re.search("^(?:那)?占", query.matter):
        # 占全年新收的百分比: the channel's number over what the same report counts in all
        return replace(query, metrics=(), weak=(), subject=context.subject, channels=context.channels, unit=None)
    placed = re.match("(?:那)?(?:(?P<first>第一|前一?|头一)|第二|后一?|最后一?)[种个类样者]的?占", query.matter)
    two = (*context.earlier_channels, *context.channels)
    if placed and query.operation == "share" and len(two) == 2:  # 第一种占新收总数的百分比, after one and the other
        own = (two[0 if placed["first"] else 1],)
        return replace(query, metrics=(), weak=(), subject=context.subject, channels=own, unit=None, years=query.years or context.years)
    if (
        query.operation == "share"
        and context.channels
        and not query.has_cells
        and not query.channels
        and query.subject in (None, context.subject)
    ):
        summed = context.operation == "sum" and len(context.channels) > 1  # 占总数多少, after 网站 and 微信 were added up
        return replace(query, subject=context.subject, channels=context.channels, unit=None, together=summed or query.together)
    return None


def channels_apart(query: Query, context: Context, held: Directory) -> Found:
    """差多少, after the numbers of two channels of one report were told at once: how far they lie apart."""
    asked = re.search("差(?:了|着|出)?(?:多少|几)|^(?:那)?[多少]出?了?(?:多少|几)条?[?？]?$|相差|差距|差额|谁[多少]|哪个[多少]", query.text)
    named = query.has_topic or query.years or query.relative or query.applicants or query.mention.agencies or query.group
    two = re.search("两[个种条](?:渠道|平台|途径|方式)", query.text)
    if two and not named and len(context.channels) == len(context.earlier_channels[-1:]) == 1:
        # 两个渠道差多少条, after one and the other
        context = replace(context, channels=(context.earlier_channels[-1], *context.channels))
    if not asked or named or len(context.channels) != 2 or len(context.agencies) != 1 or len(context.years) != 1:
        return None
    return replace(
        query, subject=context.subject, channels=context.channels, unit=context.unit, operation="list", joined=True, asks_number=True,
        years=context.years, mention=Mention(context.agencies), growth="", follows=True,
    )  # fmt: skip


_EVERY_WAY = re.compile(r"(?:[三几各]|每一?)(?:条|种|个|样)?(?:路子?|方式|渠道|途径|门路|样|种)(?:各|分别|都|[呢?？]|$)")


def every_way(query: Query, context: Context, held: Directory) -> Found:
    """前年这三条路子各是多少份, after one way in which requests came in: of all of them."""
    if not {*context.channels} & REQUEST_CHANNELS or not _EVERY_WAY.search(query.text) or query.metrics or query.channels or query.applicants:
        return None
    return replace(
        query, subject="requests.received", weak=(), residue=(), unit=None, operation="list", asks_number=True, matter="申请渠道",
        mention=query.mention if query.mention.agencies else Mention(context.agencies), years=query.years or (() if query.relative else context.years),
        qualifier=None, attributive=None, follows=True,
    )  # fmt: skip


def channels_together(query: Query, context: Context, held: Directory) -> Found:
    """一共呢: of several bodies or years the channel spoken of is added up; of one all of its channels."""
    ways = len(context.channels) > 2 and {*context.channels} <= REQUEST_CHANNELS
    if ways and not (query.has_cells or query.channels) and re.search("(?:一共|总共|全年|共)(?:收|接)(?:到)?了?(?:多少|几)", query.text):
        return replace(query, metrics=("requests.received",), weak=(), subject=None, operation="value", follows=True)  # whichever way
    if context.channels and not query.has_topic and (asks_total(query) or query.operation == "sum"):
        many = bool(query.group) or len(query.mention.named) > 1 or len(query.years) > 1 or len(context.channels) > 1  # 俩加一块
        channels = context.channels if many else query.channels
        return replace(query, subject=context.subject, channels=channels, unit=context.unit, asks_number=True, operation="sum")
    return None


def same_published(query: Query, context: Context, held: Directory) -> Found:
    """省公安厅同一年发了几篇, after how many interpretations another body published: of these, and not of whatever it published."""
    again = query.subject == "published" and not (query.channels or query.has_cells) and re.search("发(?:布|表)?了?(?:多少|几)[篇场次期]", query.text)
    if not again or context.subject not in ("interpretation", "press", "training") or re.search("信息|公开|网|微|号", query.text):
        return None
    return replace(query, subject=None, unit=None), context


def own_channels(query: Query, context: Context, held: Directory) -> Found:
    if not query.channels or query.subject:
        return None
    if query.operation in ("find", "exists", "where") and sum(map(len, query.residue)) > 3 and not query.asks_number:
        return query  # 它的网站做过适老化改造没: what is written, whatever was counted before
    subject = context.subject or ("requests.received" if context.metrics else None)
    account = not {*query.channels} & REQUEST_CHANNELS
    of_cells = context.subject is None and context.metrics and not ({*context.metrics} == {"requests.received"} and "website" in query.channels)
    if account and (query.unit == "info" or of_cells):
        subject = "published"  # 微信上又推了几条; 微信呢, after 复议几件
    elif subject in ("interpretation", "training", "press", "motions") and not (context.channels or set(query.channels) & REQUEST_CHANNELS):
        subject = "published"  # 微博呢, after 发布政策解读几篇: what the account published
    elif query.unit == "people" and "人次" in query.text:
        subject = "visits"  # 网站有多少人次去看
    operation = operation_again(query, context)
    if operation == "list" and "比" in query.text and context.channels:
        query = replace(query, channels=(*context.channels, *query.channels))  # 比网站多几条: both are told
    return replace(
        query, subject=subject, unit=query.unit or (None if subject == "published" != context.subject else context.unit), operation=operation, asks_number=query.asks_number or operation != "find"
    )  # fmt: skip


_DONE_ABOUT = re.compile(
    "措施|办法|法子|对策|(?:怎么|咋|如何|怎样)(?:弄|办(?!理)|改|解决|治|整|处理|应对|补)|(?:解决|改正|改好|整改|弄好|办好)(?:了|好了)?(?:吗|么|没有?|没)"
)


def done_about_it(query: Query, context: Context, held: Directory) -> Found:
    """后来怎么弄的, 解决了吗, after the problems that a report owns up to: what it says is done about them."""
    problems = context.section == 5 and context.topic == "problems" and query.section in (None, 5)
    if not problems or query.has_cells or query.asks_number or query.mention.named or not _DONE_ABOUT.search(query.text):
        return None
    if query.topic == "problems" or any(h.kind in ("metric", "row") and not h.weak for h in find_terms(query.text)):
        return None
    return replace(query, section=5, topic="measures", subject=None, metrics=(), weak=(), operation="find", residue=(), follows=True)


def same_point(query: Query, context: Context, held: Directory) -> Found:
    """隐私那条还在不在, 24年承认的又是啥: of the section spoken of."""
    again = context.section is not None and not query.section and not query.asks_number
    if again and re.search(r"[那这][两三四几]?[条一点]|又是(?:什么|啥)", query.text):
        both = re.search(r"[那这][两三四几]条", query.text)  # problems, or what is done about them, as they are numbered
        done = re.search(
            "采取|办法|措施|对策|怎么(?:办|改|解决|治)|咋(?:办|改|解决|治)|如何", query.text
        )  # 针对搜不到东西这条，采取什么办法
        return replace(
            query, section=context.section, topic=None if both else "measures" if done else context.topic, metrics=(), weak=(), applicants=(), subject=None,
            operation="find", residue=()
        )  # fmt: skip
    return None


def another_matter(query: Query, context: Context, held: Directory) -> Found:
    """做了盲文指南的呢, after who wrote of another matter: who wrote of this one; 那份放在什么地方: of the matter spoken of."""
    narrative = context.matter and not (context.metrics or context.subject) and context.section is None
    if not narrative or not query.residue or query.asks_number or query.has_cells:
        return None
    if context.group and re.search(r"[\u4e00-\u9fff]{4}的呢[?？]*$", query.text):
        who = re.sub(r"的呢[?？]*$", "的有哪些", query.text)
        return replace(query, text=who, operation="find", years=query.years or context.years, follows=True)
    where = re.search(r"[那这][份个本]|它", query.text) and re.search(r"[放摆设贴挂存]在?(?:了)?(?:什么地方|哪)", query.text)
    return replace(query, matter=f"{context.matter} {query.matter}"[:300], operation="find") if where else None
