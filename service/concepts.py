"""What a question is about: the cells, applicants, sections and countable things that its words name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from corpus.forms import LEGAL_PERSONS, subjects
from corpus.forms import metrics as all_metrics
from service.cues import channels_of, subjects_of
from service.lexicon import TermHit, find_terms, verb_alone
from service.query import OUTCOME_CLASSES, REQUEST_CHANNELS, Query
from service.replacing import replace

_MONEY = re.compile(
    r"多少块?钱|多少块|多少(?:信息)?(?:处理|手续)?费|[的了]钱(?=加|合|一共|总|共|$)|金额|多少元|几元|(?:几|多少)万[元块]|几块|费用|花了|花费|款额|总额|罚款(?:了)?多少(?![次件起家人])|(?:金|款)是多少"
)


# Units that no sentence or cell counts in: with them nothing fits, and nothing near is given instead.
_BODIES = re.compile(r"(?:多少|几)个?(?:部门|单位|镇|街道|乡镇|乡|村|区县|科室|处室)(?!申请)")


_PIECES = re.compile(r"(?:专栏|栏目|平台|账号|渠道).{0,4}(?:几|多少)个|(?:几|多少)个(?:专栏|栏目|平台|账号)")


_PEOPLE = re.compile(
    r"多少(?:个)?人|几(?:个)?人|人数|几名|多少名|几位|多少位|人次|多少人次|(?:几|多少)个[^,，。?？]{0,4}(?:人员|人手|同志|干部)"
)


_DAYS = re.compile(r"多少天|几天|多久(?![\u4e00-\u9fff]{1,4}一次)|多长时间|平均(?:时|用|办|答|处)|工作日|时长|多少个工作日|小时|分钟|多快|花多少时间")


_TIMES = re.compile(r"场次|几次|多少次|次数|几场|多少场|几期|多少期|几回|多少回")


_INFO = re.compile(r"多少条|几条|条数|多少篇|几篇|多少则|多少个视频|几个视频")


_REQUESTS = re.compile(r"(?:几|多少)(?:件|起|宗|份|封|笔)")


_TIMES_CLAIMED = re.compile(r"\d+[次场期回](?:吗|么|对[吗么不]|是[吧吗不])")


_COUNTED = re.compile(
    r"(?<![第\d])(?:\d+|(?:只有?|[仅就]有?|不止|超过|不到)一|(?<![一两二三四五六七八九十百千第上下每])[两二三四五六七八九十百千]+)[余多来]?(?:(?P<people>个?人(?![大民])|名|位)|(?P<times>[次场期回]))(?!性)"
)


def claimed_unit(text: str) -> str | None:
    """Whether people or events are counted by the numbers that a question itself brings; None where it counts neither, or both."""
    kinds = {m.lastgroup for m in _COUNTED.finditer(text)}
    return kinds.pop() if len(kinds) == 1 else None


def unit_in(text: str) -> str | None:
    if (_MONEY.search(text) and _REQUESTS.search(text)) or ((_TIMES.search(text) or _TIMES_CLAIMED.search(text)) and _PEOPLE.search(text)):
        return None  # 几件、几元, 是办了5次吗，多少人参加: both are asked for
    for name, pattern in (
        ("bodies", _BODIES),
        ("other", _PIECES),
        ("money", _MONEY),
        ("days", _DAYS),
        ("people", _PEOPLE),
        ("times", _TIMES),
        ("info", _INFO),
        ("request", _REQUESTS),
    ):
        if pattern.search(text):
            return name
    return None


# 人家公司的商业秘密: whose affairs a reason protects, and nobody who applied
_OWN_AFFAIRS = re.compile("的?(?:商业|经营)?(?:秘密|机密)|的?(?:个人)?隐私|的?合法权益")

# Both ways to court as one: 直接起诉和复议后起诉都算, 两种诉讼合起来.
_BOTH_WAYS = re.compile(
    r"任[一何意](?:一)?种|不[论管]哪[一]?种|(?:诉讼|起诉|的)?(?:都算|都算上|都包括|合起来|加起来|合在一起|加在一起|相加|合计|不分)|全部加总|(?:直接起诉的?)(?:再)?加上?复议后|[两俩二]种?(?:类|种)?(?:诉讼|起诉)[^,，。]{0,2}(?:合|加|一起|总)"
)


_CALLED_IN, _ADVISES = (
    re.compile("(?:(?<!申)请|聘|委托|邀)(?:了|来|过)?$"),
    re.compile("(?:来|先)?(?:把关|审查|审核|过目|顾问|坐镇|出主意)"),
)


def _beside_others(hit: TermHit, hits: Sequence[TermHit], text: str) -> bool:
    """Whether a word that alone may mean something else is one of several things asked for: 有效件数和收费额, 许可多少？收费呢."""
    if not any(h.kind in ("row", "metric", "block") and not h.weak and not h.loose and h.id != hit.id for h in hits):
        return False
    joined = re.search(r"[和跟与及、]$", text[: hit.start]) or re.match(r"[和跟与及、]", text[hit.end :])
    return bool(joined or (re.search(r"[,，。;；?？]$", text[: hit.start]) and re.match(r"呢", text[hit.end :])))


def _listed(hit: TermHit, hits: Sequence[TermHit], text: str) -> bool:
    """Whether a word that weakly names a figure is by itself one of several listed: 收到、办结、结转下年各多少."""
    before, after = re.search(r"(?:^|[\s、，,:：])$", text[: hit.start]), re.match("(?:的|数|件数)?[、，,]", text[hit.end :])
    last = re.search("[、，,]$", text[: hit.start]) and re.match("(?:的|数|件数)?(?:各|分别|都)", text[hit.end :])
    others = {h.id for h in hits if h.kind == "metric" and not h.weak and not h.loose} - {hit.id}
    return hit.kind == "metric" and len(others) > 1 and bool((before and after) or last)


def concepts_in(query: Query, hits: Sequence[TermHit], text: str, carried: str | None) -> Query:
    """Hits to metrics, rows, columns, blocks, results and applicants, the more telling ones alone."""

    def ids(kind: str, *, weak: bool = False, loose: bool | None = None) -> list[str]:
        return list(dict.fromkeys(h.id for h in hits if h.kind == kind and h.weak == weak and (loose is None or h.loose == loose)))

    # 请律师把关: who advises a body does not apply to it.
    hits = [
        h for h in hits
        if h.kind != "applicant"
        or not (_CALLED_IN.search(text[: h.start]) or _ADVISES.match(text[h.end :]) or _OWN_AFFAIRS.match(text[h.end :]))
    ]  # fmt: skip
    hits = [
        replace(h, weak=False) if h.weak and (_beside_others(h, hits, text) if h.kind == "row" else _listed(h, hits, text)) else h
        for h in hits
    ]
    # 多少件申请结转到下一年: how many of what, and no figure of its own
    hits = [
        h
        for h in hits
        if h.id != "requests.received"
        or not re.fullmatch("(?:多少|几)[件份个](?:的)?申请", text[h.start : h.end])
        or not any(o.start == h.end and o.kind == "metric" and not o.weak for o in hits)
    ]
    # 占全部办结的比例: what it is a share of is no rate
    hits = [
        replace(h, kind="metric", id=all_metrics()[h.id].parts[0])
        if h.kind == "rate" and len(all_metrics()[h.id].parts) == 1 and re.search(r"占(?:了|到)?(?:全部|所有|总)?$", text[: h.start])
        else h
        for h in hits
    ]
    # 完全公开的，不含部分公开: what is left out is not asked for.
    hits = [
        h
        for h in hits
        if h.kind not in ("metric", "derived", "row", "block")
        or not (
            re.search(r"(?:不含|不算|不包括|不包含|不要[算报说给]?|(?<!分)别[算报说给]|(?<![是不])不是)(?:那些)?$", text[: h.start])
            or re.match(r"(?:的|那些|本身|自己)*(?:不要|别|不用|不)(?:算|计|混|掺|搅|带)(?:进来|进去|在内|$|[,，。?？)）])", text[h.end :])
            or (
                re.search("除了?$", text[: h.start]) and re.match("(?:以外|之外|外)?[,，]?(?:还|另外|又)", text[h.end :])
            )  # 除了行政处罚，还办了多少许可
            or re.match(r"(?:的|那些|本身)*不要了?(?:$|[,，。?？)）])", text[h.end :])
            or (
                h.kind == "row"
                and re.search("除了?$", text[: h.start])
                and re.match("(?:以外|之外|外)", text[h.end :])
                and any(o.kind == "row" and not o.weak and o.id != h.id for o in hits)
            )  # 除许可以外的其他对外管理服务事项: no whole, of which one could be taken off
        )
    ]
    if re.search("(?<![的些了到])申请公开(?:多少|几)件", text) and "收" not in text:
        hits = [replace(h, id="requests.received") if h.id == "outcome.granted" and h.kind == "metric" else h for h in hits]
    if _BESIDES.search(text):  # 除了企业，其他的申请: the rest, not the column of that name
        hits = [h for h in hits if (h.kind, h.id) != ("applicant", "other")]
    if any(h.kind == "applicant" for h in hits) and re.search(f"{_WITHOUT}|(?<!是)不是(?:个人|自然人|企业|公司)", text):
        # 除去自然人，剩下的法人: who is left, not what is left undone
        hits = [h for h in hits if h.id != "requests.carried_out" or not re.match("还?剩|其余", text[h.start : h.end])]
    if any(h.kind == "result" and h.id == "pending" and not h.weak for h in hits):
        # 到年底没审完的还剩几件: a case that is open, no request
        hits = [h for h in hits if h.id != "requests.carried_out" or not re.match("还?剩|年[底末]", text[h.start : h.end])]
    plain = [h for h in hits if h.kind == "metric" and not h.weak and not h.loose]
    hits = [
        h
        for h in hits  # 个人申请的，予以公开几件: the number asked for is that of the metric between
        if not (h.loose and h.kind == "metric" and re.search("[,，]", text[h.start : h.end]))
        or not any(h.start < p.start and p.end < h.end and p.id != h.id for p in plain)
    ]
    metrics = ids("metric", loose=False) + ids("derived") + ids("rate")
    metrics += [m for m in ids("metric", loose=True) if m not in metrics]
    if carried and carried not in metrics:
        metrics.insert(0, carried)
    rows, blocks = _with_weak_rows(ids("row"), hits, text), ids("block")
    blocks = [b for b in blocks if not any(o != b and o.startswith(b + ".") for o in blocks)]
    if (
        {"litigation.direct", "litigation.after_review"} & set(blocks)
        and "litigation" in blocks
        and not re.search(r"和行政诉讼", text)
        and not _coordinated(hits, text)
    ):
        blocks.remove("litigation")  # 没复议直接起诉的，法院维持了几件: one block, whatever courts are called
    gapped = [h for h in hits if h.loose and h.id == "litigation.after_review"]
    if (
        "review" in blocks
        and gapped
        and all(any(g.start <= h.start and h.end <= g.end for g in gapped) for h in hits if h.kind == "block" and h.id == "review")
    ):
        blocks.remove("review")  # 复议后再告: the word for review stands in the other's own name
    if "litigation" in blocks and len(blocks) > 1:
        words = [text[h.start : h.end] for h in hits if h.kind == "block" and h.id == "litigation"]
        if all(re.search(r"[输赢]", w) for w in words):
            blocks.remove("litigation")  # 复议输过没有: the word for losing names no court of its own
    metrics, inner = _of_block(metrics, hits, text)
    if inner is not None and "litigation" in blocks:
        blocks.remove("litigation")
    if {"litigation.direct", "litigation.after_review"} & set(blocks) and not _coordinated(hits, text):
        blocks = [b for b in blocks if b.startswith("litigation.")]  # 先复议再去告 is no review
    if {"litigation.direct", "litigation.after_review"} <= set(blocks) and _BOTH_WAYS.search(text) and not re.search("各|分别", text):
        blocks = [b for b in blocks if not b.startswith("litigation.")] + ["litigation"]
    shares = _frame(metrics, hits, text)
    left = {
        h.id for h in hits
        if h.kind == "metric" and (re.search(_WITHOUT + "$", text[: h.start]) or re.match("的?(?:以外|之外|除外)", text[h.end :]))
    }  # fmt: skip
    # 结转过来的加上新收的，一共要办多少; 算上去年遗留的，全年要办几件
    rows_of = ("requests.carried_in", "requests.received")
    handled = re.search("[要应该得]办(?:理)?(?:的)?(?:多少|几)|(?:一共|总共)[要应该得]办", text)
    if "requests.received" not in metrics:
        handled = re.search("[全要应该得]办", text) and re.search("一共|总共|全年|加上|算上|连同", text)
    if "requests.carried_in" in metrics and "requests.to_handle" not in metrics and handled:
        metrics = ["requests.to_handle", *(m for m in metrics if m not in rows_of)]
    whole = next((m for m in metrics if m not in left and left and left < set(all_metrics()[m].parts) and m.startswith("outcome.")), None)
    if whole and {*metrics} <= {whole, *left}:  # 不予处理，除掉重复申请，其余四种
        metrics, shares = [m for m in all_metrics()[whole].parts if m not in left], None
    # A metric whose part is named too is only the frame: 不予公开里的国家秘密.
    metrics = [m for m in metrics if not any(o != m and o.startswith(m + ".") for o in metrics)]
    for whole in [m for m in metrics if all_metrics()[m].kind == "sum"]:
        metrics = [m for m in metrics if m not in all_metrics()[whole].parts]  # 新收加上结转 names the sum and its parts
    apart = re.search(r"(?:收|来)[^,，]{0,8}比[^,，]{2,10}[,，][^,，]{0,4}(?:办|处理|答复)[^,，]{0,4}[也又还]", text)  # 收的比…多，办结的也比…多
    joined = apart or _joined_to("requests.received", hits, text) or _joined_to("outcome.total", hits, text)
    if set(_FRAMES) <= set(metrics) and not joined:
        metrics.remove("requests.received")  # 处理了几件申请: what was handled, not what came in
    if (
        metrics == ["outcome.other"]
        and len(re.findall(r"其[他它]", text)) > 1
        and not re.search(r"其[他它](?:申请|组织|结果|处理.*其[他它]处理)", text)
    ):
        metrics = ["outcome.other.rest"]  # 其他处理里的其他: the last of its rows
    bare = re.search(r"(?:^|[,，、:：;；\s\n])(?:予以|同意)?公开的?(?:几|多少)?件?(?=[、,，和跟与加\s]|部分公开)", text)
    if bare and {"outcome.partial", "outcome.refused"} & set(metrics) and "outcome.granted" not in metrics:
        metrics.insert(0, "outcome.granted")  # 公开的、部分公开的: the bare word stands for the first of them
    if {"outcome.granted", "outcome.refused"} & set(metrics) and re.search(r"[、,，和与跟及]部分的?(?=[、,，和与跟及])", text):
        metrics.append("outcome.partial")  # 予以公开、部分、不予公开
    parents = {m.rpartition(".")[0] for m in metrics if m.count(".") > 1}
    if (
        len(parents) == 1
        and len([m for m in metrics if m.count(".") > 1]) > 1
        and re.search(r"…|\.{3}|等等|什么的|啥的|之类|[那这]些(?:理由|原因|情形)|等(?:理由|原因|情形)", text)
    ):
        metrics = list(all_metrics()[parents.pop()].parts) or metrics  # 重复的几件、信访的几件…: all of their kind
    elif len(parents) == 1 and _AND_THE_REST.search(text) and not re.search(_WITHOUT, text):
        of_kind = all_metrics()[parents.pop()].parts  # 过期没补材料的、没交钱的、剩下的，各几件
        metrics = [m for m in metrics if m not in of_kind and m != "requests.carried_out"] + list(of_kind)
    if len(set(OUTCOME_CLASSES) & set(metrics)) > 1 and _AND_SO_ON.search(text):
        metrics = [*(m for m in metrics if m not in OUTCOME_CLASSES), *OUTCOME_CLASSES]
    if len({m for m in metrics if m.startswith("outcome.") and m.count(".") == 1}) > 2 and re.search(
        r"(?:、|和|与|及|还有)其[他它](?=$|[\s,，。?？各分都])", text
    ):
        metrics.append("outcome.other")  # the last of the classes, listed by its short name
    carried_both = {"requests.carried_in", "requests.carried_out"} <= set(metrics)
    if carried_both and not _joined_to("requests.carried_out", hits, text) and not _carried_against(hits, text):
        # 前一年没办完、转到这一年的, 从2019年接过来没办完的: one number
        turned = carried == "requests.carried_in" or re.search(r"前一年|上一年|上年|去年|头一?年|往年", text)
        metrics.remove("requests.carried_out" if turned else "requests.carried_in")
    both = {"requests.carried_in", "requests.carried_out"} <= set(ids("metric", weak=True))
    if not metrics and both and re.search(r"前一年|上一年|上年|去年|头一?年|往年", text) and not re.search("加|合|总量", text):
        metrics = ["requests.carried_in"]
    elif not metrics and both and re.search(r"年底|年末|期末|底还|还剩|剩|往下|[到至入]下|下一?年|明年|次年|第二年", text):
        metrics = ["requests.carried_out"]
    if not metrics and re.search(r"(?:一件|半件|一份|一宗)(?:都|也)?没有?(?:全部?|完全)(?:给)?公开", text):
        metrics = ["outcome.granted"]
    if "outcome.refused" in metrics and re.search(r"(?:一件|半件|一份|一宗)(?:都|也)?没(?:有)?(?:予以|给|同意)?公开", text):
        metrics = ["outcome.granted" if m == "outcome.refused" else m for m in metrics]  # 一件都没公开: none was granted
    spanned = [m for m in OUTCOME_CLASSES if m in metrics]
    if spanned and re.search(r"从(?:予以)?公开到其[他它]", text):
        spanned = [OUTCOME_CLASSES[0], OUTCOME_CLASSES[-1]]
    if len(spanned) == 2 and re.search(r"从.{2,8}到.{2,8}", text):  # 从予以公开到其他处理: all of them in their order
        metrics = [*OUTCOME_CLASSES[OUTCOME_CLASSES.index(spanned[0]) : OUTCOME_CLASSES.index(spanned[1]) + 1]]
    if rows and verb_alone(tuple(metrics), text):
        metrics = []  # 对外管理服务事项办了多少件: what was done of that row
    telling = [m for m in metrics if m not in _FRAMES]
    set_against = len(metrics) == 2 and not rows and not blocks and _AS_MUCH.search(text)  # 总计超过予以公开的两倍
    if set_against:
        metrics, shares = sorted(metrics, key=lambda m: next((h.start for h in hits if h.id == m), 0)), None
    for frame in () if set_against else _FRAMES:
        if frame in metrics and (telling or rows or blocks) and not _joined_to(frame, hits, text) and not _asked_itself(frame, hits, text):
            metrics.remove(frame)  # 收到的申请里, 办理结果中: where the figure asked for belongs
    if blocks and not rows:
        # 败诉率, 复议纠错率 are rates of their own; 被驳回 of a lawsuit is no outcome of a request.
        named = [m for m in metrics if m.startswith(("litigation.", "review."))]
        metrics = [m for m in metrics if m.startswith("rate.") or m in named or _coordinated(hits, text)]
        if named:  # 行政诉讼结果维持 is a name of its own: its words are no further wish
            blocks = [b for b in blocks if not any(m.startswith(b + ".") for m in named)]
    columns = ids("column")
    rates = [m for m in metrics if m.startswith("rate.")]
    formula = list(dict.fromkeys(h.id for h in hits if h.kind in ("metric", "derived") and not h.weak and not h.loose))
    if rates and re.search("÷|除以", text) and _by_own_formula(rates[0], formula):
        metrics, rates = formula, []  # 公开率（予以公开÷办理结果总计）: by the formula that is given
        shares = _frame(metrics, hits, text)
    if rates:
        metrics, blocks = rates, []
    results = list(dict.fromkeys([*ids("result"), *(inner or ())]))
    if len(results) > 1 and _AND_SO_ON.search(text) and re.search(r"结果|分|各", text):
        results = ["upheld", "corrected", "other", "pending", "total"]
    counted = any(
        h.kind == "block"
        and re.match(r"(?:一共|总共|共)?[有了过]?(?:几|多少)[件起宗]|的?(?:案件|件数)?总(?:案?件)?[数计量]", text[h.end :])
        for h in hits
    )
    if len(blocks) == 1 and results and "total" not in results and counted:
        results = ["total", *results]  # 复议有几件，结果维持的几件
    if metrics and not blocks:
        results = []
    base = None
    rest = _rest_of_its_sisters(metrics) if _OTHER_TOO.search(text) else None
    if rest is not None:
        metrics.append(rest)
    if not rates and (summed := _summed_share(metrics, hits, text)) is not None:
        metrics, base = summed
        shares = None
    return replace(
        query,
        base=base,
        metrics=tuple(metrics),
        rows=tuple(rows),
        columns=columns_said(text, rows, columns),
        blocks=tuple(blocks),
        results=tuple(results),
        applicants=tuple(_without(hits, text) or _named_or_all(_people(ids("applicant"), text), text)),
        weak=tuple(ids("metric", weak=True) + ids("row", weak=True)),
        bare_other="outcome.other" not in metrics
        and rest is None
        and not _BESIDES.search(text)
        and bool(
            re.search(
                r"其[他它](?!(?:的)?[几两三四五六七][种类]|处理|结果|法|对外|管理|组织|需要|事|机构|申请人|信息|部门|单位|厅局|局|街道|乡镇|区县|要|情形|情况|人|机关|项|的?(?:地方|方面|年|渠道|平台))",
                text,
            )
        ),
        shares=shares,
        unit_only=not metrics
        and not rows
        and not blocks
        and not re.search(r"申请|收|报|文件|费", text)
        and all(re.search(r"几|多少", text[h.start : h.end]) for h in hits if h.weak),
    )


_AS_MUCH = re.compile(
    r"(?:超过了?|多于|高于|大于|不止|不到|不足|低于|少于|没到|是|有|达到?了?)[^,，。占?？]{2,14}?的?(?:[一两二三四五六七八九十\d.]+倍|一半)(?!多少)"
)


def _by_own_formula(rate: str, named: Sequence[str]) -> bool:
    """Whether what is named over each other is another formula than that of a rate of ours."""
    info = all_metrics()[rate]
    addends = {p for m in named for p in (all_metrics()[m].parts if all_metrics()[m].kind == "sum" else (m,))}
    return len(named) > 1 and addends != {*info.parts, *info.base}


def columns_said(text: str, rows: Sequence[str], columns: Sequence[str]) -> tuple[str, ...]:
    """The columns that a text names; 发了几件 of documents is how many were issued, whatever 发 may mean elsewhere."""
    issued = (
        {"rules", "normative"} & {*rows}
        and "issued" not in columns
        and re.search(
            r"(?<![制印罚支收退多少高])[发出]了?(?:几|多少|\d+|[一两二三四五六七八九十]+)[件个部份]|(?<![制印罚支收退多少高])(?:[发出下]|印发|下发|出台)过(?![力汗面来去]|问题|岔)",
            text,
        )
    )
    found = ["issued"] if issued else []
    if {"rules", "normative"} & {*rows}:  # 发的、废的、有效的三格
        beside = [column for column, said in _OF_DOCUMENTS.items() if column not in columns and column not in found and said.search(text)]
        found += beside if len({*columns, *found, *beside}) > 1 else []
    return tuple(c for c in _DOCUMENTS if c in (*found, *columns)) + tuple(c for c in columns if c not in _DOCUMENTS)


_DOCUMENTS = ("issued", "repealed", "in_force")
# What the columns of documents are called where one of them is named in full, or another beside it.
_OF_DOCUMENTS = {
    "issued": re.compile("(?:^|[,，、和跟\\s\\d年])(?:新)?(?:发|制)(?:的|了)(?=[、,，和跟])"),
    "repealed": re.compile("(?<![作报荒])废(?:的|了|掉的?)?(?=[、,，和跟]|几|多少|[一两三四五\\d]+[件个份])"),
    "in_force": re.compile("(?<!现行)有效(?:的|数)?(?=[、,，和跟]|[这那]?[三3][个格项]|几|多少|各|$)|(?:还|仍)?(?:管用|顶用|在用)的"),
}


def _with_weak_rows(rows: list[str], hits: Sequence[TermHit], text: str) -> list[str]:
    """采购和收费: a row that is named weakly counts beside another that it is joined to."""
    order = [h for h in hits if h.kind == "row" and not h.loose]
    if any(h.weak and h.id == "fees" for h in order) and re.search("(?:多少|几|好多)个?万", text) and "处理费" not in text:
        rows = rows if "fees" in rows else [*rows, "fees"]  # 收费收了好多万
    for one, two in itertools.pairwise(order):
        if one.weak != two.weak and re.fullmatch(
            r"(?:多少|几)?[件个项]?(?:和|与|及|跟|以及|还有|[、/／+＋,，])", text[one.end : two.start]
        ):
            weak = one.id if one.weak else two.id
            rows = rows if weak in rows else [*rows, weak]
    return rows


def _of_block(metrics: list[str], hits: Sequence[TermHit], text: str) -> tuple[list[str], tuple[str, ...] | None]:
    """复议后起诉的行政诉讼结果维持 is one cell of one block: the sum over both blocks that its words name alone is not meant.

    The metrics without that sum, and the results that it named; None for them where nothing of the kind stands in the text.
    """
    ends = {h.end for h in hits if h.kind == "block" and h.id in ("litigation.direct", "litigation.after_review")}
    inner: tuple[str, ...] | None = None
    for hit in hits:
        if hit.id.partition(".")[0] != "litigation" or hit.kind not in ("metric", "derived", "block") or hit.id.count(".") > 1:
            continue
        if hit.id in ("litigation.direct", "litigation.after_review"):
            continue
        if any(re.fullmatch(r"的|之后的|那类的?|类", text[end : hit.start]) for end in ends if end <= hit.start):
            result = hit.id.partition(".")[2]
            inner = (*(inner or ()), *((result,) if result and result != "total" else ()))
            metrics = [m for m in metrics if m != hit.id]
    return metrics, inner


# Everyday words for whoever applies. They mean natural persons, or just anybody: both figures are given.
_ANYBODY = re.compile(r"老百姓|百姓|市民|群众|居民|村民|公民|普通人")


# 不限自然人: named, and all are meant
NO_MATTER_WHO = "(?:不限|不分|不区分|不论)(?:于|是)?(?:是不是)?"


def _people(found: list[str], text: str) -> tuple[str, ...]:
    if re.search(NO_MATTER_WHO + "(?:自然人|个人|企业|公司|法人|申请人)", text):
        return ("total",)
    if len(found) > 1 and re.search(
        "各(?:是|有|占|收)?(?:多少|几)[件份个]?[,，](?:一共|总共|合计|总数|拢共)(?:是|有|收)?了?(?:多少|几)", text
    ):
        return (*found, "total")  # 个人、公司各几件，总共几件
    if re.search(r"其[他它][”」\"']?(?:这|那)?一?[列栏](?!出)", text) and "other" not in found:
        found = [*(a for a in found if a != "legal_persons"), "other"]  # the column of that name
    if found == ["legal_persons"] and re.search(r"(?:底下|里面?|中|下面|名下|项下|其中|最后).{0,6}(?<!或)(?<!者)(?<!和)其[他它]", text):
        return ("other",)  # the last of the five columns
    if len(found) > 1 and re.search(r"(?:、|和|及|与|还有)[“「]?其[他它](?!组织)", text) and "other" not in found:
        return (*found, "other")
    if len(found) > 2 and re.search(r"(?:[、,，和]|还有)(?:别的|其余的?|另外的?)(?=$|[\s,，。?？]|分|各)", text) and "other" not in found:
        return (*found, "other")  # 个人、企业、科研、公益、律所、别的
    if "natural" in found and (_BUT_NATURAL.search(text) or re.search(r"非(?:自然人|个人)", text)):
        found = [a for a in found if a != "natural"] or ["legal_persons"]
    if (
        "natural" in found
        and not re.search(r"自然人|私人|学生|百姓|市民", text)
        and re.search(r"(?:[一几每哪某两三死烦急]|多少)个人", text)
    ):
        found.remove("natural")  # 同一个人: a person, not the column of natural persons
    if found == ["natural"] and _ANYBODY.search(text) and not re.search(r"自然人|个人|私人|学生", text):
        opines = re.search("(?:意见|反映|评价|看法|诉求|抱怨|满意)", text) and not re.search("申请|件|[提递收]", text)
        return () if opines else ("total", "natural")  # 老百姓有啥意见: nobody who applied
    return tuple(found)


_OTHER_TOO = re.compile(r"[、,，和]其[他它](?=$|[\s,，。?？]|[各三]|分别|的?(?:各|分别))")


def _rest_of_its_sisters(metrics: Sequence[str]) -> str | None:
    """逾期不补正的、没交费的、其他; 予以公开、部分公开和其他: the row 其他 beside those named of one class; None for any other rows."""
    parents = {m.rpartition(".")[0] for m in metrics}
    if len(metrics) > 1 and {*metrics} <= {*OUTCOME_CLASSES} - {"outcome.other"}:
        return "outcome.other"
    rest = f"{next(iter(parents))}.rest" if len(parents) == 1 and len(metrics) > 1 else ""
    return rest if rest in all_metrics() and rest not in metrics else None


_WITHOUT = r"(?:不算|不含|不包括|不计|除了?|除[去开掉]|[去扣刨][掉去]|扣除|剔除|撇开)"


# Something is left out, so that 其他 means the rest: not 除以, 解除, 对外的.
_BESIDES = re.compile(r"(?<![解废清删免开消])除(?![以法])|不算|不含|不包括|不计|[去扣刨][掉去]|扣除|剔除|撇开|以外|之外|(?<![对境海])外的")


def put_aside(text: str) -> tuple[int, int]:
    """Where a text names several things that it leaves out together: 把自然人和商业企业都刨掉, 除开个人和企业，剩下的; an empty stretch where
    it does not."""
    match = re.search(rf"把(?P<what>[^,，。;；]{{2,24}}?)(?:都|全|统统|一并)(?:{_WITHOUT})", text) or re.search(
        rf"(?:{_WITHOUT})(?P<what>[^,，。;；]{{2,24}}?)[,，]?(?:以外|之外|外)?的?(?:剩下|其余|余下|另外|别的|其[他它]|那[两三四五六][类种项])",
        text,
    )
    return match.span("what") if match else (0, 0)


def _without(hits: Sequence[TermHit], text: str) -> list[str] | None:
    """法人或其他组织里头，不算商业企业: the columns without those that are left out; None where none is."""
    people = [h for h in hits if h.kind == "applicant" and not h.weak]
    starts = {h.start for h in people}
    out = {
        h.id for h in people
        if re.search(_WITHOUT + "$", text[: h.start])
        or ((m := re.match(rf"(?:提|申请|递)?的?(?:以外|之外|除外|外的|{_WITHOUT})", text[h.end :])) and h.end + m.end() not in starts)  # …的不算商业企业
    }  # fmt: skip
    start, end = put_aside(text)
    out |= {h.id for h in people if start <= h.start < end}
    for one, two in reversed(list(itertools.pairwise(people))):  # 个人和企业以外的申请
        if two.id in out and re.fullmatch("的?(?:和|、|与|及|跟)", text[one.end : two.start]):
            out.add(one.id)
    named = list(dict.fromkeys(h.id for h in people if h.id not in out))
    if out == {"natural"} and not named and re.search("剩|其余|余下", text) and not re.search("各|分别|五[类种列]", text):
        return ["legal_persons"]  # 把自然人提的刨掉还剩多少件
    if (
        not out
        or out & {"legal_persons", "total"}
        or ("natural" in out and not out & {*LEGAL_PERSONS} and len(set(named) & {*LEGAL_PERSONS}) < 2)
    ):
        return None
    if "natural" in out and re.search(r"[啊呀][^,，。]{1,6}[啊呀]|等|之类|那些|什么的", text):
        return ["legal_persons"]  # 自然人的刨掉，就那些公司啊协会啊律所啊: examples
    whole = list(LEGAL_PERSONS) if "legal_persons" in named else [a for a in named if a != "total"] or ["natural", *LEGAL_PERSONS]
    return [a for a in _people(whole, text) if a not in out]


# 按自然人、企业什么的分开: the named ones are examples of all.
_ALL_KINDS = re.compile(r"(?:[六七67]|各|每|所有|全部)(?:个|种|类|列|栏)(?:的)?(?:申请人|申请主体)(?![里中当内])")


_AND_SO_ON = re.compile(
    r"(?:之类|等等|等|那些|这些)的?(?:分|各|都|列|拆)|其[他它]几?(?:类别|类型|类|种)的?(?:都|也|分别)?(?:拆|分|列)|什么的|啥的|之类|等等|[那这]些[,，。?？]?$"
)


_BUT_NATURAL = re.compile(
    r"(?:不算|不含|不包括|除了?|除[去开掉]|去掉|剔除|(?<!是)不是)(?:自然人|个人)(?:以外|之外|外)?|(?:自然人|个人)的?(?:以外|之外|刨[掉去]|去掉|不算|除外|扣掉|撇开|除开)"
)


def _named_or_all(people: tuple[str, ...], text: str) -> tuple[str, ...]:
    if _BUT_NATURAL.search(text) and "natural" not in people:
        each = re.search(r"各|每|分别|[几五]类", text) and not re.search(
            r"(?:剩下|其余|余下).*占|一共|总共|合计|共[有收提]?(?:多少|几)", text
        )
        return tuple(LEGAL_PERSONS) if people == ("legal_persons",) and each else people
    if len(people) == 1 and re.search(r"按申请人(?:的)?(?:类别|类型|种类|身份|主体)?(?:来)?(?:拆|分|列)", text):
        return ("natural", *LEGAL_PERSONS)
    if len(people) > 2 and re.search(r"…|\.{3}", text):
        return ("natural", *LEGAL_PERSONS)  # 个人、企业、科研的…各多少
    if len(people) > 1 and (_AND_SO_ON.search(text) or _ALL_KINDS.search(text)):
        return ("natural", *LEGAL_PERSONS)
    if people == ("natural",) and re.search(r"五[类种个](?:法人|组织|机构|其他)", text):
        return ("natural", *LEGAL_PERSONS)
    if (
        people
        and "total" not in people
        and (inner := re.search(r"占?其中|里头|里面|当中|总(?:数|计|量)(?:和|、|与|及|跟)(?!人)", text))
        and re.search(r"总(?:数|量|共|计)|一共|合计|共[有收]?(?:多少|几)", text[: inner.end()])
        and not re.search(r"占|比例|百分|几成", text)
    ):
        return ("total", *people)  # 总数是多少，其中自然人几件
    return people


_FRAMES = ("requests.received", "outcome.total")


def _joined_to(metric: str, hits: Sequence[TermHit], text: str) -> bool:
    """Whether a metric's own words are joined to another's by 和, 、, 加 and the like."""
    conjunction = r"(?:和|与|、|及|跟|再?加上?|,|以及|还有|再?减去?)"
    starts = {h.start: h.id for h in hits if h.kind == "metric" and not h.weak and not h.loose}
    for hit in hits:
        if hit.id != metric or hit.loose or hit.weak:
            continue
        if starts.get(hit.end, metric) != metric:
            return True  # 新收办结还有结转下年: side by side
        asked = re.match(r"(?:有|了|是)?(?:多少|几)[件份条宗起]?", text[hit.end :])
        if asked and starts.get(hit.end + asked.end(), metric) != metric:
            return True  # 新收多少办结多少
        if re.match(rf"(?:的|数|量|总数|件数){{0,2}}{conjunction}", text[hit.end :]) or re.search(
            rf"{conjunction}(?:本年|当年|的)?$", text[: hit.start]
        ):
            return True
    return False


def _carried_against(hits: Sequence[TermHit], text: str) -> bool:
    """Whether what was carried out is held against what was carried in: 结转下年度比上年结转多几件."""
    ways = ("requests.carried_in", "requests.carried_out")
    own = sorted((h for h in hits if h.id in ways and not h.loose), key=lambda h: h.start)
    return any(
        a.id != b.id and a.end <= b.start and re.search("比|多于|少于|超过|是|相当于|占", text[a.end : b.start])
        for a, b in itertools.pairwise(own)
    )


def _frame(metrics: Sequence[str], hits: Sequence[TermHit], text: str) -> tuple[str, str] | None:
    """(part, whole) when a question names both: the one stands for the numerator of a share."""
    plain = [h for h in hits if h.kind in ("metric", "derived") and not h.weak and not h.loose]
    framed = next((h for h in plain if h.id in _FRAMES and re.match(r"的?(?:里面?|中|当中|之中|里头)[,，]?", text[h.end :])), None)
    base = re.search(r"占(?:了|到)?", text)
    before = [h.id for h in hits if base and h.kind in ("metric", "derived") and not h.weak and h.end <= base.start()]
    after = [h.id for h in hits if base and h.kind in ("metric", "derived") and not h.weak and h.start >= base.end()]
    if before and after and after[0] not in before:
        # 因不掌握而没法提供的，占办结总数: of the row and its class before the word the row
        return next((m for m in before if m.startswith(f"{before[-1]}.")), before[-1]), after[0]
    for whole in metrics:
        for part in metrics:
            if part.startswith(whole + "."):
                return part, framed.id if framed else whole  # 办理结果总计中，因…而无法提供的
    if len(plain) == 2 and plain[0].id != plain[1].id and re.match(r"(?:里面?|中|当中|之中|里头)", text[plain[0].end :]):
        return plain[1].id, plain[0].id  # 办理结果里部分公开的比例
    if before and after and before[-1] != after[0]:
        return before[-1], after[0]
    order = [h for h in hits if h.kind == "metric" and not h.weak and not h.loose]
    if len({h.id for h in order}) == 2:
        part, whole = order[0].id, next(h.id for h in order if h.id != order[0].id)
        # 办结结果里有百分之几是…: the frame is the whole, wherever it stands.
        return (whole, part) if part in _FRAMES and whole not in _FRAMES else (part, whole)
    return None


def _summed_share(metrics: Sequence[str], hits: Sequence[TermHit], text: str) -> tuple[list[str], str] | None:
    """(parts, whole) of a share whose part is a sum: 予以公开加部分公开占办理结果总计的多少, 答应公开（全部或部分）的占多少."""
    base = re.search(r"占(?:了|到)?|除以|÷", text)
    if base is None or re.search(r"分别|各占|各自", text):
        return None
    named = [h for h in hits if h.kind in ("metric", "derived") and not h.weak and not h.loose]
    before = list(dict.fromkeys(h.id for h in named if h.end <= base.start()))
    if len(before) > 2 and "outcome.total" in before and re.search(r"(?:(?:办理|处理|答复)结果(?:总计)?|办[结理完]的?(?:申请|件)?)(?:里|中|当中)", text[: base.start()]):
        before.remove("outcome.total")  # 办理结果里，全部公开加部分公开合起来: where they belong
    after = [h.id for h in named if h.start >= base.end()]
    summed = (m.id for m in all_metrics().values() if m.kind == "sum" and m.parts and set(m.parts) == set(after))
    if before and (over := next(summed, None)) is not None:
        return (before, over) if over not in before else None  # 占（新收＋上年结转）
    if "outcome.granted" in metrics and before == ["outcome.partial"]:
        before.insert(0, "outcome.granted")  # 公开和部分公开的合一块占: the bare word stands for the first of them
    if before == ["outcome.granted"] and re.search(r"全部(?:或者?|和|及|、|加)(?:是)?部分", text[: base.start()]):
        before.append("outcome.partial")
    elif len(before) < 2 or not re.search(r"加|合|之和|总和|一起|一共|[+＋]|[两三]项?(?:共|总)", text[: base.start()]):
        return None
    whole = after[0] if after else "outcome.total" if all(m.startswith("outcome.") for m in before) else None
    if whole in before and len([m for m in before if m.startswith(f"{whole}.")]) == len(before) - 1 > 1:
        before.remove(whole)  # 不予公开的申请中，…和…两项合占不予公开总数的
    return (before, whole) if whole and whole not in before else None


def _asked_itself(metric: str, hits: Sequence[TermHit], text: str) -> bool:
    """Whether how many of a metric there are is asked for beside another: 收到多少申请，予以公开多少."""
    own = [h for h in hits if h.id == metric]
    if any(re.search(r"(?:同时|另外|并且?|还[要有]?|顺便|以及)[\u4e00-\u9fff]{0,8}$", text[: h.start]) for h in own):
        return True  # 同时给出各年办理总计
    named = any(
        re.search("多少|几", text[h.start : h.end]) or re.match(r"的?(?:数量?)?(?:是|有|总?共|一共)?(?:多少|几[件个])", text[h.end :])
        for h in own
    )
    return named and len(re.findall(r"多少|几[件条份个]", text)) > 1


def _coordinated(hits: Sequence[TermHit], text: str) -> bool:
    """Whether two different metrics stand joined by 和, 、, 加 and the like."""
    order = sorted((h for h in hits if h.kind in ("metric", "row", "block") and not h.weak and not h.loose), key=lambda h: h.start)
    for one, two in itertools.pairwise(order):
        if one.id != two.id and re.search(
            r"^.{0,6}?(?:和|与|、|及|跟|加|,|，|;|[?？。]|还是)|^.{0,12}?[,，](?:还有|以及|另外|再就是)", text[one.end : two.start]
        ):
            return True
    return False


# The last of several parts that are listed: 重复的、信访的、剩下的各几件.
_AND_THE_REST = re.compile(r"[、,，和](?:剩下|其余|余下|别的|另外)的?(?:那些)?(?=[、,，\s。?？]|各|几|分别|是|$)")


def lists_the_rest(query: Query) -> bool:
    """Whether parts of one cell are listed with 剩下的 for those that are not named: only the others tell what that means."""
    return len({m.rpartition(".")[0] for m in query.metrics if m.count(".") > 1}) == 1 and bool(
        _AND_THE_REST.search(query.matter) or re.search("…|等等|什么的|啥的", query.matter)
    )


_BARE_COUNT = re.compile(r"(?:都|又|还|也)?[\u4e00-\u9fff]{0,3}[了过]?(?:几|多少)[条件次场篇人个份期]")


def several(query: Query) -> list[Query]:
    """The query once for each matter that it lists: 培训人数、回应次数、微信条数. One alone where it lists none."""
    if lists_the_rest(query):
        return [query]
    found: list[Query] = []
    pending: str | None = None
    keywords = len(query.pieces) > 1 and all(len(p) <= 8 and not re.search(r"[吗呢吧啊?？]|没有|几|多少", p) for p in query.pieces)
    pieces = query.pieces if keywords else (re.sub(r"^(?:请问|想问一?下?|麻烦问一?下?|问一?下)[\s,，]*", "", query.matter),)
    split = [
        p
        for whole in pieces
        for p in re.split(
            r"(?<=[几多少][条件次场篇人个份期])(?![次人])(?=[\u4e00-\u9fff]{2})|[、,，;；+]+|以及|还有|和|与|及|跟|加(?!起来|一起|一块)",
            whole,
        )
    ]
    for piece, behind in itertools.zip_longest(split, split[1:], fillvalue=""):
        if (
            not 2 <= len(piece) <= 24
            or piece.startswith("除")
            or re.fullmatch("[又还]?[多少高低差][发收]?[出了]?(?:多少|几)[件条次个篇场]?", piece)  # 信函比网上还多，多几件
            or re.fullmatch(r"(?:就|还是|也是)?(?:[这那该][家个](?:单位|局|街道)?|它们?)", piece)
        ):
            continue
        part = narrative_in(replace(query, channels=(), subject=None, unit=unit_in(piece), matter=piece), piece)
        if (
            not (part.subject or part.channels)
            and (
                not found
                or (
                    re.match("[又还再也]?[发开办搞写做推举召组]", piece)  # 开了几场新闻发布会, behind another matter
                    and narrative_in(replace(query, channels=(), subject=None), behind).subject not in (None, "published")
                )
            )
            and unit_in(piece)
            and (_BARE_COUNT.fullmatch(piece) or re.search("(?:几|多少)[次场期回篇条]$", piece))
        ):
            pending = unit_in(piece)  # 搞了几次培训: what is counted comes behind
            continue
        if pending and part.unit is None:
            part, pending = replace(part, unit=pending), None
        if not (part.subject or part.channels):
            if found and unit_in(piece) not in (None, found[-1].unit):
                found.append(replace(found[-1], unit=unit_in(piece)))  # 培训几次、多少人
                continue
            # Words that are no subject of their own may still be what one of the numbers counts: 政策法规.
            part = replace(query, channels=(), subject=query.subject or "published", qualifier=piece, matter=piece)
        if found and part.subject == "published" and not part.channels:
            part = replace(part, channels=found[-1].channels)  # 抖音号有吗，发了几个: the second goes on with the first
        if not any((p.subject, p.channels, p.unit) == (part.subject, part.channels, part.unit) for p in found):
            found.append(part)
    return found if len(found) > 1 else [query]


_NOT_ONLY = re.compile(r"不(?:光|只|仅|止|单)(?:是|看|要|算)?$")


def narrative_in(query: Query, text: str) -> Query:
    """Subject and channels, by the same cues that the reports' sentences were read with."""
    found = [
        c.id for c, cues in channels_of(text)
        if any(not _NOT_ONLY.search(text[: m.start()]) for m in cues.finditer(text))
    ]  # fmt: skip
    applying = (REQUEST_CHANNELS - {"online"}) & set(found) or re.search(r"申请|递|提交|提的", text)
    if (
        "online" not in found
        and re.search(r"(?:网上|网络|线上)的?(?!的|留言|问政|信访|咨询|投诉)", text)
        and not re.search(r"网站|公开了|发布|发了|多少条|几条", text)
    ):
        found.append("online")  # 网上 alone: how a request came in, unless publishing is spoken of
    if "website" in found and "online" in found:
        found.remove("website" if applying else "online")
    if REQUEST_CHANNELS & set(found) and applying:
        return replace(query, channels=tuple(found), subject="requests.received")
    if query.applicants:
        text = re.sub("申请(?=人)", "  ", text)  # 其他申请人的呢: who applied, whatever was counted
    best: str | None = None
    if found and re.search(r"关注(?!度)|粉丝|订阅", text):
        best = next((s.id for s in subjects() if s.id == "followers"), None)
    for subject, cues in () if best else subjects_of(text):
        if cues.search(text):
            best = subject.id
            break
    if best == "published" and not found and query.unit != "info" and not _PUBLISHES.search(re.sub("(?:政府)?信息公开|政务公开", "", text)):
        best = None  # 信息公开满意度打了多少分: the name of the work, nothing that was published
    if found and best == "documents":
        best = "published"  # 公众号发文: an account publishes, it issues no documents
    return replace(query, channels=tuple(found), subject=best)


_PUBLISHES = re.compile("公开|公布|发布|发了|发的|发过|推|挂|上传|更新|信息")


def things_in(text: str) -> Query:
    """What a stretch of a question names, by itself: metrics, rows, results, applicants, subject and channels."""
    return narrative_in(concepts_in(Query(text=text, matter=text, asked=text), find_terms(text), text, None), text)
