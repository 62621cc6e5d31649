"""Which cells a count in the narrative names, by the words around it.

``doubt`` says why a difference would be no contradiction; without it the words are the form's own, for the report's own
circle and year. A count of a part (a channel, some months, a change) or of something else names no cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.audit.material import Key, Material
from corpus.audit.wording import CHANNEL, OTHER_PERIOD, TOPIC, WHOLE_YEAR, Wording, scope_doubt
from corpus.forms import LEGAL_PERSONS, applicants, metrics
from corpus.model import Quantity
from corpus.narrative.parts import parts_on_disclosure

MONEY = {"元": 1.0, "万元": 1e4, "亿元": 1e8}
COUNTS = {"件", "条", "份", "封", "起", "宗", "案", "件次", "份次", "次", "项", "笔", "部"}
BLOCKS = ("review", "litigation.direct", "litigation.after_review")
_CHANGE = re.compile(r"[比较](?:上|去|20|同)|同比|环比|增[加长幅多]|减少|下降|上升|多于|少于|超过|降低|提高")
_PROPERTY = re.compile(r"属性|栏目|目录|指南|制度|许可申请|申请执行|强制执行")


@dataclass(frozen=True, slots=True)
class Claim:
    """Cells that a count names; ``label`` names them to a reader.

    others   what the writer may have meant instead; named where the count fits it
    doubt    why a difference is no contradiction, "" when it is one
    scale    what one unit of the count is in units of the cells (money)
    """

    label: str
    keys: tuple[Key, ...]
    others: tuple[tuple[str, tuple[Key, ...]], ...] = ()
    doubt: str = ""
    scale: float = 1.0


def claim(words: Wording, quantity: Quantity, material: Material) -> Claim | None:
    """The cells that a count names, None when its words name none."""
    clause = words.before + words.after
    if _CHANGE.search(clause) or _PROPERTY.search(clause):
        return None
    if quantity.unit not in MONEY:
        carried = _carried(words, material)
        if carried:
            return carried
    if quantity.period not in ("year", str(material.year)) or OTHER_PERIOD.search(WHOLE_YEAR.sub("", clause)):
        return None
    if quantity.unit in MONEY:
        return _fees(words, quantity, material)
    words = _of_absence(words, quantity)
    for named in (_outcome, _request, _dispute, _decisions):
        found = named(words, quantity, material)
        if found:
            return found
    return None


def _of_absence(words: Wording, quantity: Quantity) -> Wording:
    """未发生行政诉讼 names its own matter, whatever was spoken of before."""
    if re.search(r"[未无没不]", quantity.printed) and quantity.subject in ("review", "litigation"):
        return replace(words, topic=quantity.subject, since="")
    return words


def keys_of(metric: str, applicant: str | None = None) -> tuple[Key, ...]:
    """The cells that add up to a metric: in the total column, or in that of ``applicant``."""
    info = metrics()[metric]
    applicant = applicant or ("total" if info.by_applicant else None)
    columns: tuple[str | None, ...] = LEGAL_PERSONS if applicant == "legal_persons" else (applicant,)
    return tuple((m, a) for m in (info.parts if info.kind == "sum" else (metric,)) for a in columns)


# ------------------------------------------------------------------------------------------------------- requests


def _carried(words: Wording, material: Material) -> Claim | None:
    """上年结转 and 结转下年度, whichever year they are printed with."""
    near = words.before if re.search("结转|转结", words.before) else words.after
    if not re.search("结转|转结", near) or words.topic not in ("request", None):
        return None
    doubt = scope_doubt(words.head, material)
    if re.search(r"(?:结转|转结)(?:至|到|入|下|为)*(?:下一?|次|明|来|翌)年", near) or _names(near, material.year, 1):
        return _requests("requests.carried_out", doubt)
    if re.search(r"(?:上|去)一?年度?[^\d]{0,6}(?:结转|转结)|(?:结转|转结)自?(?:上|去)一?年|(?:结转|转结)(?:至|到)(?:本|今|当)年", near):
        return _requests("requests.carried_in", doubt)
    if _names(near, material.year, -1):
        return _requests("requests.carried_in", doubt)
    return None


def _names(near: str, year: int | None, step: int) -> bool:
    """Whether 结转 is printed with the year before the report's (2021年结转) or the one after it (结转2023年)."""
    if year is None:
        return False
    pattern = rf"(?:结转|转结)[至到入]*{year + step}年" if step > 0 else rf"{year + step}年度?[^\d]{{0,4}}(?:结转|转结)"
    return bool(re.search(pattern, near))


def _requests(metric: str, doubt: str = "", others: tuple[str, ...] = (), applicant: str = "total") -> Claim:
    label = metrics()[metric].label + ("" if applicant == "total" else f"（{applicants()[applicant]}）")
    return Claim(label, keys_of(metric, applicant), tuple((metrics()[m].label, keys_of(m, applicant)) for m in others), doubt)


_NOT_DONE = re.compile(r"(?:未|没有?|待)(?:办结|办理完毕?|答复)[^\d]*$")
_ADDED_TO = re.compile(r"\D*?(?:加上?|连同)[^,;]{0,10}(?:结转|转结)[^,;]*[,;][^,;\d]{0,8}(?:应办|共|合计|总计)")
_RECEIVED = re.compile(r"(?:收到|接到|接收)(?P<between>[^\d]*)$")
# Words between 收到 and the number that leave no request out.
ANYONE = re.compile(
    r"公民|法人|其他组织|社会公众|群众|自然人|各类|各种|有效|有关|关于|形式|提出|提交|要求|向?(?:我|本)(?:机关|单位|[局镇区县市委办厅旗乡])|政府|政务|信息"
    r"|依|申请|公开|事项|件|数量?|总数|总量|共计?|总?计|合计|为|有|达|了|的|和|及|与|或者?|以及|任何|相关|各方面|、"
)
APPLICANTS = (
    (re.compile(r"自然人"), "natural"),
    (re.compile(r"法人(?:[或和及与](?:者)?其[他它]组织)?"), "legal_persons"),
    (re.compile(r"商业企业"), "company"),
    (re.compile(r"科研机构"), "research"),
    (re.compile(r"社会公益组织"), "public_benefit"),
    (re.compile(r"法律服务机构"), "legal_service"),
)
_HANDLED = (
    (r"(?:受理|登记)[^\d]*$", "requests.received", ("requests.to_handle",), "“受理”与“新收”“应办”的口径可能不同"),
    (r"(?:按[时期]|当年|本年|及时|期限内|提前|延期|当场)[^\d]{0,4}(?:办结|答复)[^\d]*$", "outcome.total", (), "叙述可能只指其中一部分"),
    (r"(?:办结|办理完毕)(?!率)[^\d]*$", "outcome.total", (), ""),
    (r"(?:办理|处理)[^\d]*$", "outcome.total", ("requests.to_handle", "requests.received"), "“办理”的口径可能不同"),
    (r"(?:答复|回复|办复)[^\d]*$", "outcome.total", ("requests.to_handle", "requests.received"), "“答复”可能不含所有办理结果"),
)  # fmt: skip


def _request(words: Wording, quantity: Quantity, material: Material) -> Claim | None:
    """A count of requests received or dealt with."""
    before = words.before
    if words.topic != "request" and not re.search(r"公开[^,]{0,6}申请|依申请公开", words.after):
        return None
    if quantity.channel or words.part or CHANNEL.search(before + words.after) or "转办" in before:
        return None
    doubt = scope_doubt(words.head, material)
    if re.search(r"新收|新接收|新增", before):
        return _requests("requests.received", doubt)
    if "收办" in before:
        return _requests("requests.to_handle", doubt or "“收办”可能不含结转", ("requests.received",))
    match = _RECEIVED.search(before)
    if match and not re.search(r"收到并", before):
        return _received(match["between"], words, doubt)
    if re.search(r"依申请公开(?:政府)?信息$", before):
        # 依申请公开信息 5 件，其中当面申请 0 件: told by its parts to be what was asked for, and not what was given.
        certain = re.match(r",其中[^,]{0,6}申请", words.tail)
        doubt = doubt or ("" if certain else "“依申请公开信息”可能指依申请公开了的信息")
        return _requests("requests.received", doubt, ("requests.to_handle",))
    if re.search(r"依申请公开(?:总?数量?|共计?|为|:)*$", before):
        doubt = doubt or "“依申请公开”可能指依申请公开了的信息"
        return _requests("requests.received", doubt, ("requests.to_handle",))
    if _NOT_DONE.search(before):
        return _requests("requests.carried_out", doubt or "叙述说的可能不是年底时的数")
    for pattern, metric, others, reason in _HANDLED:
        if re.search(pattern, before):
            if re.search(r"办结|办理完|答复|已办", words.head[: len(words.head) - len(before)]):
                reason = reason or "叙述分几处说办结"
            return _requests(metric, doubt or reason, others)
    return None


def _received(between: str, words: Wording, doubt: str) -> Claim | None:
    """收到…: new requests, with those carried over where it says so, of one kind of applicant where it names one."""
    if ANYONE.sub("", between):
        return None  # on some matter, or by some body
    kinds = [applicant for pattern, applicant in APPLICANTS if pattern.search(between)]
    if len(kinds) == 1 and "公民" not in between:
        return _requests("requests.received", doubt or "叙述可能只指这一类申请人", (), kinds[0])
    carried = r"(?:含|包括|加上|连同)[^,;]{0,8}(?:结转|转结)"
    # Behind another number (办结 12 件（含上年结转 2 件）) the bracket is that number's.
    if _ADDED_TO.match(words.tail):
        return _requests("requests.received", doubt)  # 收到 20 件，加上结转的 3 件，应办 23 件: the sum is told behind
    if re.search(carried, words.head) or re.match(rf"\D*?{carried}", words.tail):
        return _requests("requests.to_handle", doubt)
    return _requests("requests.received", doubt, ("requests.to_handle",))


# ------------------------------------------------------------------------------------------------------- outcomes

_TAIL = re.compile(r"(?:政府信息|答复|决定|处理|情形|情况|申请|类型|事项|案件|数量?|类|的|共计?|总?计|为|有|达|了|分别|\"|”|:|的)*$")
_OUTCOMES = (
    (r"部分(?:予以)?公开|予以部分公开", "outcome.partial", ""),
    (r"不予公开", "outcome.refused", ""),
    (r"(?<!不)予以公开", "outcome.granted", ""),
    (r"不同意公开", "outcome.refused", "“不同意公开”是旧的说法"),
    (r"(?<!不)同意公开", "outcome.granted", "“同意公开”是旧的说法"),
    (r"无法提供", "outcome.unavailable", ""),
    (r"不予处理", "outcome.unprocessed", ""),
    (r"其[他它]处理", "outcome.other", ""),
    (r"国家秘密", "outcome.refused.state_secret", ""),
    (r"三安全一稳定\W?", "outcome.refused.security", ""),
    (r"第三方合法权益", "outcome.refused.third_party", ""),
    (r"三类内部事务信息", "outcome.refused.internal", ""),
    (r"四类过程性信息", "outcome.refused.process", ""),
    (r"行政执法案卷(?:信息)?", "outcome.refused.enforcement_file", ""),
    (r"行政查询事项", "outcome.refused.query", ""),
    (r"本机关不掌握(?:相关)?(?:政府信息)?", "outcome.unavailable.not_held", ""),
    (r"没有现成信息(?:需要?另行制作)?", "outcome.unavailable.not_made", ""),
    (r"补正后(?:申请内容)?仍不明确", "outcome.unavailable.unclear", ""),
    (r"信访举报投诉类?(?:申请)?", "outcome.unprocessed.petition", ""),
    (r"重复申请", "outcome.unprocessed.duplicate", ""),
    (r"要求提供公开出版物", "outcome.unprocessed.publication", ""),
    (r"无正当理由大量反复申请", "outcome.unprocessed.excessive", ""),
    (r"重新出具已获取(?:的)?信息", "outcome.unprocessed.reissue", ""),
    (r"逾期不补正", "outcome.other.uncorrected", ""),
    (r"逾期不缴费", "outcome.other.unpaid", ""),
)
_ANY_OUTCOME = re.compile("|".join(f"(?P<o{at}>{pattern})" for at, (pattern, *_) in enumerate(_OUTCOMES)))
# Outcomes told of the requests of one channel or kind of applicant.
_SOME = re.compile(rf"{CHANNEL.pattern}|自然人|个人|法人|企业|组织|机构")
_LED_OUTCOME = re.compile(rf"(?:决定|答复|结果|属于|作出|为|因|被|依法)*(?:{_ANY_OUTCOME.pattern})")


def _outcome(words: Wording, quantity: Quantity, material: Material) -> Claim | None:
    """A count beside the name of one outcome."""
    if words.topic not in ("request", None) or quantity.channel:
        return None
    named = list(_ANY_OUTCOME.finditer(words.before))
    if named and not _TAIL.match(words.before[named[-1].end() :]):
        return None
    if not named:
        match = _LED_OUTCOME.match(words.after)
        named = [match] if match else []
    if len(named) != 1 or re.search(r"其余|除", words.before):
        return None
    at = next(int(name[1:]) for name, value in named[0].groupdict().items() if value)
    _, metric, reason = _OUTCOMES[at]
    if words.topic is None and metric == "outcome.granted":
        return None  # of requests, the paragraph does not say
    lead = words.head[: len(words.head) - len(words.before)][-25:]
    if words.head.count(named[0].group()) + words.tail.count(named[0].group()) > 1 or (
        _SOME.search(lead) and re.search(r"[(:]|其中", lead)
    ):
        reason = reason or "叙述可能只指其中一部分"
    found = _requests(metric, scope_doubt(words.head, material) or reason)
    if metric == "outcome.other" and (metric, "total") not in material.figures:  # three rows in the newer form
        return Claim(found.label, tuple((m, "total") for m in metrics()[metric].parts), (), found.doubt)
    return found


# ------------------------------------------------------------------------------------------- reviews and litigation

_RESULTS = (
    (r"尚?(?:未|没有)(?:审|办)?结|正在审理|审理中|待审", "pending", "尚未审结", ""),
    (r"维持", "upheld", "结果维持", ""),
    (r"纠正", "corrected", "结果纠正", ""),
    (r"其[他它]结果", "other", "其他结果", ""),
    (r"撤诉|撤回|终止", "other", "其他结果", "“{}”不是表中的项目"),
    (r"撤销|败诉|责令|确认违法", "corrected", "结果纠正", "“{}”不是表中的项目"),
    (r"胜诉|驳回", "upheld", "结果维持", "“{}”不是表中的项目"),
)
_TO_TOTAL = re.compile(
    r"^(?:案件?|申请|事项|答复|应诉|情况|数量|总数|数|的|被|提起|发生|收到|引发|共计?|总计|合计|计|为|有|了|达|均|各|\"|”|:|\(|\)|,)*$"
)
_BOTH = re.compile(r"复议(?:案件|申请)?(?:、|和|及|与|或|以及)+(?:被?提起)?(?:行政)?诉讼")
_DISCLOSURE_PART = re.compile(r"\d[^,。;\d]{1,3}[,(]?(?:其中)?[,:]?[^,。;()\d]{0,6}信息公开[^,。;()\d复诉]{0,10}$")
# What may stand beside a count of all disputes that a body had.
_ALL_MATTERS = re.compile(
    r"20\d\d年度?|全年|本年度?|今年|我[局镇区县市委办]|本机关|本单位|被?申请|被?提起|发生|涉及|行政|复议|诉讼|案件?|事项|情况|总?数量?|共计?|合计|总计"
    r"|没有|未|无|[均各都为是有的和与及或、,:]|以及|其中"
)
_DISPUTES = {
    "review": ("行政复议", BLOCKS[:1]),
    "litigation": ("行政诉讼", BLOCKS[1:]),
    "direct": ("未经复议直接起诉", BLOCKS[1:2]),
    "after": ("复议后起诉", BLOCKS[2:]),
}


def _dispute(words: Wording, quantity: Quantity, material: Material) -> Claim | None:
    """A count of 行政复议 or 行政诉讼, or of one of their results."""
    topic, since = words.topic, words.since
    ahead = TOPIC.match(re.sub(r"^因?政府信息公开(?:工作)?(?:引[起发]|提起)?的?", "", words.after))
    if ahead and ahead.lastgroup in _DISPUTES and (topic not in _DISPUTES or not words.own or re.search("[、,]", since)):
        topic, since = ahead.lastgroup, ""
    if topic not in _DISPUTES or quantity.unit in ("条", "项", "部") or (quantity.unit == "次" and quantity.subject is None):
        return None
    organ = None
    if quantity.subject == topic and re.search(r"\d", since) and _DISCLOSURE_PART.search(since):
        since, organ = "", re.search("立案|受理|办理|审理|审结|收到|接到|代理", words.head)  # 行政复议 12 件，其中涉及政府信息公开 3 件
    if parts_on_disclosure(words.head, words.tail):
        return None
    # What a body decides as the reviewing organ, or is sued for in other matters, stands in no table here.
    every = not quantity.value and not _ALL_MATTERS.sub("", words.head + words.after)  # none at all: none on disclosure either
    if not (quantity.section == 4 or words.disclosure or every) or re.search(r"(?<!在)审理(?!中)|(?<!未)审结|办理|代理", words.before):
        return None
    doubt = scope_doubt(words.head, material)
    if not (quantity.section == 4 or words.disclosure):
        doubt = doubt or "叙述没有说明是因政府信息公开引起的"
    if organ:
        doubt = doubt or f"“{organ.group()}”的可能是作为复议机关办理的案件"
    label, blocks = _DISPUTES[topic]
    if _BOTH.search(words.before):
        if re.search(r"共|合计|总", words.before):
            label, blocks = "行政复议与行政诉讼", BLOCKS
        elif quantity.value and not re.search(r"[均各]", words.before):
            return None
        elif (quantity.subject or "").startswith("review"):  # both are said to have this number, each in a record of its own
            label, blocks = _DISPUTES["review"]
    for pattern, result, name, reason in _RESULTS:
        hit = re.search(pattern, words.before) or re.match(rf"(?:被|均|结果|判决|裁定|决定|予以|获)*(?:{pattern})", words.after)
        if hit:
            keys = tuple((f"{block}.{result}", None) for block in blocks)
            return Claim(f"{label} {name}", keys, (), doubt or reason.format(hit.group()))
    if re.search(r"\d", since) or not _TO_TOTAL.match(since):
        return None
    return Claim(f"{label} 总计", tuple((f"{block}.total", None) for block in blocks), (), doubt)


# -------------------------------------------------------------------------------------------------------- table 二

_OPENING = r"^(?:(?:20\d\d)?年度?|本年度?|全年|今年|一年来|我[局镇区县市委办]|本机关|共计?|作出|其中|,)*"
_FILES = r"(?:行政)?规范性文件"
_DECIDED = (
    (rf"{_FILES}制发(?:件数|数量)?(?:共|为)?$|制发{_FILES}(?:共|数量?为?)?$", ("normative.issued",), ""),
    (rf"{_FILES}废止(?:件数|数量)?(?:共|为)?$|废止{_FILES}(?:共|数量?为?)?$", ("normative.repealed",), ""),
    (rf"现行有效的?{_FILES}(?:共|数量?为?)?$|{_FILES}现行有效(?:件数)?(?:共|为)?$", ("normative.in_force",), ""),
    (
        rf"(?:制定|出台|印发|新制定)(?:了|并?印发|并?公开)*{_FILES}(?:共|数量?为?)?$",
        ("normative.issued", "normative.newly_made"),
        "“制定、印发”与表中的口径可能不同",
    ),
    (rf"{_OPENING}行政许可(?:处理)?(?:决定)?(?:数量?)?(?:共计?|为)?$", ("licensing.decisions",), ""),
    (rf"{_OPENING}行政处罚(?:处理)?(?:决定)?(?:数量?)?(?:共计?|为)?$", ("penalty.decisions",), ""),
    (rf"{_OPENING}行政强制(?:处理|措施)?(?:决定)?(?:数量?)?(?:共计?|为)?$", ("coercion.decisions",), ""),
)


def _decisions(words: Wording, quantity: Quantity, material: Material) -> Claim | None:
    """Documents and decisions, in the very words of table 二; what was published of them is another count."""
    if "公开" in words.before or quantity.unit not in ("件", "宗", "起", "部", "份") or quantity.channel:
        return None
    before = _with_noun(words)
    for pattern, named, reason in _DECIDED:
        metric = next((m for m in named if (m, None) in material.figures), None)
        if metric and re.search(pattern, before):
            return Claim(metrics()[metric].label, ((metric, None),), (), scope_doubt(words.head, material) or reason)
    return None


_STATE = r"(?:制发|现行有效|废止)(?:件数|数量)?(?:共计?|为)?"
_SAME_NOUN = re.compile(
    rf"(?:制发|现行有效的?|废止)?{_FILES}(?:制发|现行有效|废止|件数|数量|\d+件|[、,]|共|计|总数|为|其中|本年度?|全年|截至目前|目前)*$"
)


def _with_noun(words: Wording) -> str:
    """The words before a count, with the noun that it shares with the count before: 制发行政规范性文件 2 件，废止 1 件."""
    before = re.sub(r"^(?:本年度?|全年|截至目前|目前|,)+", "", words.before)
    if re.fullmatch(_STATE, before) and _SAME_NOUN.search(words.head):
        return "行政规范性文件" + before
    return words.before


def _fees(words: Wording, quantity: Quantity, material: Material) -> Claim | None:
    """行政事业性收费 in the newer form, which reports its amount; the fee for handling requests is another matter."""
    figure = material.figures.get(("fees.amount", None))
    if figure is None or not re.search(r"行政事业性收费(?:总?金额|共计?|合计|为|收入)*$", words.before):
        return None
    doubt = scope_doubt(words.head, material)
    if figure.value and not re.search(r"[元万亿]", figure.printed):
        doubt = doubt or "表中的金额没有印单位"
    cell = 1.0 if figure.unit == "元" else 1e8 if figure.unit.startswith("亿") else 1e4
    # 1.2万元 is a value of 12,000 when its scale was taken into the number.
    unit = 1.0 if quantity.unit == "元" else MONEY[quantity.unit]
    return Claim("行政事业性收费 本年收费金额", (("fees.amount", None),), (), doubt, unit / cell)
