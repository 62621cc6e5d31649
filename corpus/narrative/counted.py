"""What a number of the narrative counts: its subject and channel, from the words around it.

The cues are data (corpus/forms/narrative.toml). What is here decides between them: a part is no whole, an increase is no
count, an application for a licence is no request for information. Where words leave a doubt the subject is None.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from corpus.forms import Subject, channels, subjects, unit_classes
from corpus.narrative.parts import parts_on_disclosure, years_share
from corpus.textual import fold

# How far back a sentence is looked at for what it speaks of; longer ones are noise.
REACH = 300
_GAP = 8  # characters that "…" in a cue may stand for


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in a line. ``order`` is its subject's place in the list: the lower, the more telling."""

    start: int
    end: int
    id: str
    order: int


class Cues:
    """All cues of two lists, subjects and channels, looked for in one pass."""

    def __init__(self, *lists: Iterable[Subject]) -> None:
        self._by_head: dict[str, list[tuple[int, int, str, str, str]]] = {}
        for kind, items in enumerate(lists):
            for order, item in enumerate(items):
                for cue in item.cues:
                    head, _, tail = fold(cue).lower().partition("…")
                    self._by_head.setdefault(head[:2], []).append((kind, order, item.id, head, tail))
        self._lists = len(lists)

    def scan(self, line: str) -> tuple[list[Hit], ...]:
        """Every cue of a folded line, for each list by start; white space inside words is ignored."""
        text, where = _tight(line.lower())
        found: tuple[list[Hit], ...] = tuple([] for _ in range(self._lists))
        heads = self._by_head
        for at, pair in enumerate(map(add, text, text[1:])):
            if pair not in heads:
                continue
            for kind, order, name, head, tail in heads[pair]:
                if not text.startswith(head, at):
                    continue
                end = at + len(head)
                if tail:
                    further = text.find(tail, end, end + _GAP + len(tail))
                    if further < 0 or re.search(r"[,。;、]", text[end:further]):
                        continue
                    end = further + len(tail)
                found[kind].append(Hit(where[at], where[end - 1] + 1, name, order))
        return found


def _tight(line: str) -> tuple[str, range | list[int]]:
    """The line without white space, and where each of its characters stood."""
    if " " not in line:
        return line, range(len(line))
    where = [i for i, c in enumerate(line) if c != " "]
    return "".join(line[i] for i in where), where


@lru_cache(maxsize=1)
def cues() -> Cues:
    """Subjects, and channels."""
    return Cues(subjects(), channels())


@lru_cache(maxsize=1)
def _units_of() -> dict[str, tuple[str, ...]]:
    return {s.id: s.units for s in subjects()}


def comes_in(subject: str, unit: str) -> bool:
    """Whether a subject is counted in this sort of unit; a number without a unit fits any that is counted in pieces."""
    kinds = _units_of().get(subject, ())
    kind = unit_classes().get(unit)
    return not kinds or kind in kinds if kind else "request" in kinds or "info" in kinds


def within(hits: list[Hit], start: int, end: int) -> list[Hit]:
    """The hits that begin in ``start``–``end``, by bisection."""
    first = bisect_left(hits, start, key=lambda h: h.start)
    last = bisect_left(hits, end, lo=first, key=lambda h: h.start)
    return hits[first:last]


def best(hits: Iterable[Hit], unit: str) -> str | None:
    """The most telling subject among hits that is counted in ``unit``."""
    fitting = [h for h in hits if comes_in(h.id, unit)]
    return min(fitting, key=lambda h: (h.order, h.start)).id if fitting else None


def latest(hits: Iterable[Hit], unit: str) -> str | None:
    """The subject whose cue stands last; of two that end together the more telling."""
    fitting = [h for h in hits if comes_in(h.id, unit)]
    return max(fitting, key=lambda h: (h.end, -h.order)).id if fitting else None


# ---------------------------------------------------------------------------------------------------- topic

_TOPIC = re.compile(
    r"(?P<requests>依申请公开|信息公开申请|公开申请|申请公开|依申请|公开(?:政府)?信息的?申请|新收|申请办理情况)"
    r"|(?P<disputes>复议|诉讼)"
    r"|(?P<documents>公文|文件|发文)"
    r"|(?P<other>许可|建议|提案|议案|信访|投诉|举报|留言|信箱|来信|来电|12345|热线|工单|咨询|网民|政务服务|办件|审批|案件|处罚|督[查办]|诉求|网上办事)"
)


class Topics:
    """What a paragraph speaks of at each of its places: requests, disputes, documents, other, or "" (unknown)."""

    def __init__(self, line: str, heading: str, before: str = "") -> None:
        text, where = _tight(line)
        self._at: list[int] = []
        self._names: list[str] = []
        for match in _TOPIC.finditer(text):
            self._at.append(where[match.start()])
            self._names.append(match.lastgroup or "")
        above = [m.lastgroup or "" for m in _TOPIC.finditer(re.sub(r"\s+", "", heading))]
        self._before = "requests" if "requests" in above else above[-1] if above else before

    @property
    def last(self) -> str:
        """What the paragraph ends with; the next one goes on from there."""
        return self._names[-1] if self._names else self._before

    def at(self, place: int) -> str:
        found = bisect_left(self._at, place)
        return self._names[found - 1] if found else self._before


# ---------------------------------------------------------------------------------------------------- vetoes

_BOTH_KINDS = re.compile(
    r"(?:公民|自然人|个人|群众|单位)(?:[、,]|和|与|及|或者?|以及)+(?:法人|单位|企业|个人)(?:(?:[、,]|和|与|及|或者?|以及)+其[他它](?:社会)?组织)?"
)
_APPLICANT = re.compile(r"自然人|法人|企业|科研机构|公益组织|法律服务机构|律师|其[他它]组织|个人|公民|(?:单位|村民|居民)申请")
_OTHER_APPLICATION = re.compile(
    r"(?:许可|审批|执行|救助|低保|补贴|补助|贷款|资助|登记|变更|注销|退税|立案|仲裁|赔偿|专利|商标|项目|资质|职称|认定|备案|加入|入[党职]|调解|听证|减免|用地|采购|"
    r"复[核查审]|鉴定|检测|验收|办事|援助|证照?|公积金|住房|保障|就业|创业|各类|各种|服务|事项)(?:的|类)?申请(?!公开)|申请(?:强制)?执行"
)
_ABOUT_FORMS = re.compile(r"申请(?:指南|表|流程|渠道|方式|书|材料|条件|须知|目录|指引)")
_DELTA = re.compile(r"(?:增加|增长|增幅|上升|减少|下降|降低|提升|提高|净增|(?<!新)增|多|(?<!至)少|减|上涨)(?:了|约|近)*$")
_RATE = re.compile(r"(?:每(?:年|月|季度?|周|半年|日|天|期|次|个?工作日|人|户|名|场|份|件)|[日月年人]均|平均)[^,。;]{0,14}$")
_SEASON = re.compile(r"[上下]半年|[一二三四1-4]季度|(?<![\d年])\d{1,2}\s*月份?(?!\d|\s*[日底末至]|\s*\d+\s*[日号])")
_REASON = re.compile(r"国家秘密|商业秘密|个人隐私|第三方|内部事务|过程性|案卷|查询事项|三安全|法律.{0,6}禁止|国家安全")
_TRIAL = re.compile(r"(?:受理|办理|审结|审理|审查|办结)[^,。;]{0,6}(?:行政)?(?:复议|诉讼|应诉)")
_DOCUMENTS_DIVIDED = re.compile(r"公文|文件|发文|(?:制作|制发|产生|形成|生成|梳理)[^,。;]{0,8}信息")
_ATTRIBUTE = re.compile(r"主动公开|不予公开|依申请公开|属性")
# 公开预决算、政策解读、建议提案等信息 86 条: information of many kinds, whatever the kinds are.
_LISTED_INFORMATION = re.compile(r"(?:、|等)[^,。;]{0,40}信息(?:共计?|总计|合计|累计|约|达|总?数量?)*$")
_RECEPTION = re.compile(r"群众|来访|咨询|来信|来电|市民|上门|查询|申请人|当面|信访|投诉|热线")
_ASKED = re.compile(r"收到|接到|受理|(?<!依)申请")
# 答复申请, 已答复的申请: requests are spoken of, where nothing says that they are others.
_ANSWERED = re.compile(r"(?:答复|收到|接到|办理|受理|处理|办结)[^,。;#]{0,6}申请|申请[^,。;#]{0,4}答复|答复[^,。;#]{0,4}申请")
_REQUESTED = re.compile(r"(?:收到|接到|接收|受理|收办|办理|新收)[了的]?#?申请|(?:当面|信函|网上|网络|邮件|传真|现场|书面)申请")
_WITH_CARRIED = re.compile(r"[^。;]{0,4}[(,]?(?:其中)?(?:含|包括|包含|其中)[^。;)]{0,30}(?:上一?|去)年度?(?:结转|转|遗留)")
# 登记申请 13 件 says that they were entered, where no thing is named that would be registered.
_ENTERED = re.compile(r"^(?:其中|20\d\d年度?|全年|本年度?|今年|共计?|总共|我[局镇区县市委办]|本机关|本单位|,)*登记(?=申请)")
# 同意公开答复 is an outcome of requests by its very name.
_ANSWER_NAMED = re.compile(r"同意(?:部分)?公开(?:的)?答复")
# 属于已主动公开范围 5 件: what requests asked for, not what was published.
_ALREADY_PUBLIC = re.compile(r"(?:属于?|已经?)[^,。;]{0,6}主动公开[^,。;]{0,6}(?:范围|范畴)|主动公开(?:的?信息)?(?:范围|范畴)")
_BOTH_DISPUTES = re.compile(r"复议.*(?:诉讼|起诉)|(?:诉讼|起诉).*复议")
_PARTED = re.compile(r"其中|包括|包含|主要有|分别|构成|组成")
_MINE = re.compile(r"新收|主动公开|结转|遗留")

OUTCOMES = frozenset(
    f"requests.{x}"
    for x in ("granted", "partial", "refused", "unavailable", "unheld", "unprocessed", "rejected", "withdrawn", "other", "completed")
)
_GENERIC = frozenset({"published", "requests.received", "requests.handled", "documents"})
_RESULTS = (
    ("upheld", re.compile(r"维持")), ("corrected", re.compile(r"纠正")),
    ("other", re.compile(r"其[他它]结果")), ("pending", re.compile(r"未审结")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Around:
    """The words around one number, without white space.

    before, after   in its own clause
    lead            the sentence up to the clause
    follows         the sentence after the number
    topic           what the text speaks of just there
    part            whether it stands in a list of parts (其中 …) of a number before it
    channelled      whether its clause names a channel
    company         the subject of the number before it in the sentence, or ""
    sums_up         whether it is told as the sum (合计) of numbers of the sentence that count different things
    """

    before: str
    after: str
    lead: str
    follows: str
    topic: str
    part: bool
    channelled: bool
    unit: str
    company: str = ""

    sums_up: bool = False

    @property
    def words(self) -> str:
        return self.before + "#" + self.after


def settle(subject: str | None, around: Around) -> str | None:
    """The subject after everything that speaks against it; None where a doubt is left."""
    kind = unit_classes().get(around.unit)
    if subject is None or kind == "money" or _DELTA.search(around.before):
        return subject if subject == "handling_fee" else None
    if kind not in ("percent", "days") and _RATE.search(around.before):
        return None
    if _LISTED_INFORMATION.search(around.before) and not subject.startswith(("requests.", "review", "litigation")):
        subject = "published"
    if (
        subject in OUTCOMES
        or subject in ("requests.received", "requests.handled")
        or (subject == "published" and _ATTRIBUTE.search(around.before))
    ):
        documents = "属性" in around.words or (around.part and _DOCUMENTS_DIVIDED.search(around.lead) and not _ASKED.search(around.lead))
        documents = documents or (around.company in ("published", "documents") and subject in OUTCOMES and not _ASKED.search(around.lead))
        documents = documents and not (subject == "published" and "信息" in around.before)
        if documents and kind in ("request", "info") and not re.search(r"申请[^公]|收到", around.words):
            return "documents"
    if subject.startswith("requests."):
        return _request(subject, around)
    if subject.partition(".")[0] in ("review", "litigation"):
        return _dispute(subject, around)
    if subject == "published":
        return _published(around, kind)
    if subject == "letters" and "接待" in around.words and not _RECEPTION.search(around.words):
        return None
    return subject


def _request(subject: str, around: Around) -> str | None:
    words = around.words
    if subject == "requests.completed" and _NOT_DONE.search(around.before):
        subject = "requests.carried_out"
    about = around.topic == "requests" or bool(re.search(r"信息公开申请|依申请公开|公开申请|申请公开", words))
    about = (
        about
        or around.company.startswith("requests.")
        or bool(_ANSWER_NAMED.search(words))
        or (around.topic == "" and bool(_ANSWERED.search(around.lead + around.before)))
    )
    if _ABOUT_FORMS.search(words) or (around.topic == "documents" and "申请" not in words and "属性" not in words and not about):
        return None
    entered = _ENTERED.search(around.before)
    if entered:
        if not about:
            return None  # of requests, or of what the body registers
        words = words.replace("登记", "收到", 1)
    if _OTHER_APPLICATION.search(words) and not re.search(r"信息公开|依申请公开", words):
        return "other_applications"
    if _APPLICANT.search(_BOTH_KINDS.sub("", words)) or re.search(r"其[他它](?:形式|方式|渠道|途径)", words):
        return None
    if subject in OUTCOMES:
        if not about and not re.search(r"申请", words):
            return None
        if subject in ("requests.refused", "requests.unavailable", "requests.unprocessed") and _REASON.search(words):
            return None
        return None if _SEASON.search(words) else subject
    if subject in ("requests.carried_in", "requests.carried_out", "requests.carried"):
        return subject if about or around.topic in ("", "requests") or "申请" in words else None
    if _SEASON.search(words):
        return None
    if around.part and not around.channelled and not _MINE.search(words):
        return None
    if not about and not _REQUESTED.search(words):
        return None
    if subject == "requests.received" and unit_classes().get(around.unit) == "info" and around.before.endswith("依申请公开"):
        return None  # 依申请公开 2089 条: requests, or documents given out on request
    if subject == "requests.received" and "申请人" in words and not re.search(r"申请(?!人)|新收", words):
        return None  # 为申请人提供信息 48 条: who asks, and not what was asked
    if subject == "requests.received" and _takes_in_carried(around):
        return "requests.handled"
    return subject


_NOT_DONE = re.compile(r"(?:年[末底]|截[至止][^,。;]{2,12}|尚|仍)[^,。;]{0,4}(?:未|没有?)(?:办结|办完|答复)")  # 年末未办结 19 件


def _takes_in_carried(around: Around) -> bool:
    """Whether a number of requests says that those carried in from last year are among them."""
    if re.search(r"新收|结转", around.before) and not re.search(r"含[^,。;]{0,8}结转", around.before):
        return False
    if re.search(r"含[^,。;]{0,8}结转", around.words):
        return True
    return bool(_WITH_CARRIED.match(around.follows))


def _dispute(subject: str, around: Around) -> str | None:
    words = around.words
    base = "litigation" if subject.startswith("litigation") else "review"
    if _TRIAL.search(words) and not re.search(r"信息公开|申请", words + around.lead):
        return None
    if subject in ("review", "litigation") and _BOTH_DISPUTES.search(around.before) and not re.search(r"复议后|未经复议", around.before):
        return None  # 行政复议、行政诉讼共 3 件: a sum of both
    if parts_on_disclosure(re.split(r"[。;]", around.lead)[-1] + around.before, around.follows):
        return None
    for result, cue in _RESULTS:
        if cue.search(words):
            return f"{base}.{result}" if subject in ("review", "litigation") or subject.endswith("." + result) else None
    if re.search(r"驳回|撤销|违法|变更|终止|撤回|调解|胜诉|败诉|审结|办结|应诉", words):
        return None
    return None if _SEASON.search(words) or (around.part and not re.search(r"复议|诉讼|起诉", words)) else subject


def _published(around: Around, kind: str | None) -> str | None:
    words = around.words
    if _ALREADY_PUBLIC.search(around.before):
        return None
    if kind == "other":
        return "published" if re.search(r"视频|图解|作品|海报|动漫|长图|产品|H5", words) else None
    if kind == "request" and not re.search(
        r"公开(?:各类|各项|政府|政务|重点|部门)?(?:[^,。;]{0,8})(?:信息|文件|政策)|发布[^,。;]{0,10}(?:信息|文件|稿件|视频)|主动公开|信息#|公开#",
        words,
    ):
        return None
    if re.search(r"制作|产生|形成|生成|梳理|归集|报送|采集|审核|审查", around.before) and not re.search(r"公开|发布", around.before):
        return None  # made or checked is not yet published
    part = around.part and not around.channelled and not _MINE.search(words) and not years_share(around.before)
    return None if _SEASON.search(words) or part else "published"


def result_of(before: str, lead: str, unit: str) -> str | None:
    """其中维持 2 件, after a number of reviews or of lawsuits: the result as a subject of its own."""
    if unit_classes().get(unit) != "request":
        return None
    for result, cue in _RESULTS:
        if cue.search(before):
            base = re.findall(r"复议后|未经复议|复议|诉讼|起诉", lead)
            if not base or base[-1] in ("复议后", "未经复议", "起诉") or re.search(r"复议后|未经复议|直接起诉", lead):
                return None
            return ("review." if base[-1] == "复议" else "litigation.") + result
    return None


def is_part(lead: str, numbered: bool) -> bool:
    """Whether what follows ``lead`` lists parts of a number that stands before it."""
    return numbered and bool(_PARTED.search(lead))


# ---------------------------------------------------------------------------------------------------- channel

_PUBLISHING = frozenset(c.id for c in channels() if "info" in c.units)
_REQUESTING = frozenset(c.id for c in channels()) - _PUBLISHING
_MANY = re.compile(r"等(?:多[种个]|各[种类])?(?:方式|渠道|途径|形式|平台|载体|媒体|手段|新媒体|媒介)")
# In a list of parts a channel may be named by one word alone: 当面 2 件、网络 2 件.
_CHANNEL_ALONE = re.compile(
    r"(?:^|[,、:;(#\d件条]|其中|通过|以)(网络|网上|线上|在线|互联网|邮件|现场|窗口|来函)(?=(?:渠道|平台|方式|形式|途径|提交|提出|递交|的|申请){0,3}\d)"
)
_ALONE = {"邮件": "email", "现场": "in_person", "窗口": "in_person", "来函": "letter"}


def channels_alone(line: str) -> list[Hit]:
    text, where = _tight(line)
    return [Hit(where[m.start(1)], where[m.end(1) - 1] + 1, _ALONE.get(m[1], "online"), 0) for m in _CHANNEL_ALONE.finditer(text)]


# Subjects that a channel named earlier in the sentence goes on with.
_CARRIES_CHANNEL = frozenset({"published", "visits", "followers", "interpretation"})
_WHOLE = re.compile(r"总|共|全年|合计|累计")


def channel_of(subject: str | None, own: list[Hit], words: str) -> tuple[str | None, bool]:
    """(channel that the clause itself names, whether it names any). Several at once are none: the number is of all."""
    names = {h.id for h in own}
    if not names:
        return None, False
    if _MANY.search(words):
        return None, True
    if subject and subject.startswith("requests.") and subject not in ("requests.carried_in", "requests.carried_out"):
        asked = names & _REQUESTING
        if not asked and names & {"website", "wechat", "client"}:
            return "online", True
        names = asked or set()
    elif subject in _CARRIES_CHANNEL:
        names &= _PUBLISHING
    return (next(iter(names)) if len(names) == 1 else None), True


def goes_on(subject: str | None, earlier: list[Hit], words: str, numbered: bool) -> str | None:
    """The channel named before the clause that a number of publishing goes on with.

    After another number, a total (全年共 …) is no longer of that channel.
    """
    if subject not in _CARRIES_CHANNEL or (numbered and _WHOLE.search(words)):
        return None
    named = [h for h in earlier if h.id in _PUBLISHING]
    if not named:
        return None
    last = named[-1]
    # 网站、微信、微博等渠道: channels in one breath.
    near = {h.id for h in named if last.start - h.start <= 24}
    return last.id if len(near) == 1 else None
