"""Text → Query: what a question asks, in the corpus's own terms.

Agency, year and applicant are taken out first, so that what remains is about the matter alone; they come back as hard
filters. Nothing here looks at any figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.forms import LEGAL_PERSONS
from corpus.forms import metrics as all_metrics
from corpus.textual import stated_number
from index.segment import Segmenter
from service.agencies import Mention, field_for_organ, find_agencies, names_in, spelt_out, streets_written
from service.among import place_in_group, share_of_group
from service.concepts import claimed_unit, concepts_in, narrative_in, unit_in
from service.conditions import HAS, LEAST, Condition, condition_in, growth_bound_in, growth_in, most_of, premise_in, share_bound_in, top_of
from service.denied import without_those_denied
from service.directory import LEVEL_OF, Body, Directory
from service.group import Group, every_namesake, find_group, members, someone, whole_place
from service.leftover import attributive_of, residue_of
from service.lexicon import TermHit, find_terms, mask, verb_alone
from service.movement import FALLS, RISES
from service.normalise import Normalised, mend_label, normalise
from service.operation import MEDIAN, NUMBER, SECTIONS, THEIR_SUM, asks_share, operation_of, section_in
from service.place_words import places_in_order
from service.query import REQUEST_CHANNELS, Query
from service.remainder import asks_closed, closed_of, other_way, remainder_in, taken_off
from service.replacing import replace
from service.talk import without_talk
from service.unknown_parts import part_named, qualifier_of
from service.years import PARTS_OF_YEAR, TAKEN, carried_over, years_in

_FOLLOW = re.compile(
    r"[这那][两三几]个数|^(?:那|同口径|同样|(?:别|其他|其它|另外)的?[\u4e00-\u9fff]{2,6}呢|两者|二者|俩|改查|改看|其中|这些|这里|它|那么|还有|再|换成|改成|里面|当中|这|上面|都是|都有|是哪|谁|列成|做成|整理成|列个|列出|按年|按年度|做个表|来源|出处|原文|刚才|前面|另外|以及|呢|同样|如果是|要是|不对|不是|我问的是|我是问|和)|呢[?？]?$|(?:^|[^是])哪一?个[?？]?$|同样(?:这|那)?[两三四几]?[项个样]|[也都](?:报|查|看|说|给|列)一?下$|能查到?(?:不|吗|么)[?？]?$|又是(?:什么|啥)"
)


# 我在市政府这边写材料，请把…; 我是白石街道的居民，区政府…: where the asker sits or lives, no body that is asked about
_WHERE_I_AM = re.compile(
    r"^(?:我|俺|咱)们?(?:是?在(?P<where>[^,，。]{2,14}?)(?:这边|那边|这里|上班|工作|实习|当差|做事|写)[^,，。]{0,8}"
    r"|(?:是|住在?)(?P<home>[^,，。]{2,14}?)的?(?:居民|村民|市民|群众|商户|住户|农民|学生|家长|老百姓)?)[,，]"
    r"|^(?:家)?住在?(?P<town>[^,，。]{2,8}?)(?:的|这边|那边)?(?:居民|人)?[,，]"
)


def _without_where_i_am(text: str, mention: Mention) -> Mention:
    """The bodies named without the one that the asker says he is at, where others are named behind it."""
    match = _WHERE_I_AM.match(text)
    if match is None or len(mention.named) < 2 or not mention.spans or mention.spans[0][0] > match.end(match.lastgroup or 0):
        return mention
    named = mention.named[1:]
    return replace(mention, agencies=tuple(a for names in named for a in names), named=named if len(named) > 1 else ())


# 是哪类申请人提的: of each kind of applicant
_WHO_FILED = re.compile("(?:是|由|都是|全是)(?:哪|什么|啥)(?:一)?(?:类|种|样)?(?:的)?(?:申请)?(?:人|者|主体)(?:提|申请|递|来|交)")


_DONE_TOGETHER = re.compile(
    "(?:之间)?(?:一起|共同|联合|联手|又)?(?:建立?|签订?|合作|合建|共建|联合|对接|协作|会商|协商|沟通|合办|移交|移送|[搞弄做办](?:了个|了一|个|过))"
)


def _partner(text: str, mention: Mention) -> tuple[int, int] | None:
    """The place of a body that another one is said to have done something with: 跟市档案馆之间建了个什么机制; None where there is none."""
    if len(mention.named) != 2 or len(mention.spans) != 2:
        return None
    (_, end), (start, behind) = mention.spans
    joined = re.search("[跟和与同向]$", text[end:start])
    return (start - 1, behind) if joined and end < start and _DONE_TOGETHER.match(text[behind:]) else None


def _by_cells(query: Query) -> Query:
    """A row of the form asked for cell by cell: the columns of table two, the results of table four, the applicants of table three."""
    query = replace(query, cellwise=True)
    if query.rows or query.blocks:
        return replace(query, operation="list") if query.operation in ("value", "find", "list", "where") else query
    rows = [m for m in query.metrics if all_metrics()[m].by_applicant]
    if len(rows) != 1 or query.applicants or query.operation not in ("value", "find", "list", "share", "where"):
        return query
    own = () if rows == ["requests.received"] else ("natural", *LEGAL_PERSONS, "total")  # which a list tells by its columns anyway
    return replace(query, applicants=own, operation="list", weak=(), subject=None, joined=True)


@lru_cache(maxsize=8)  # of one question at most: its sides, its parts and its follow-up are read from the same words
def understand(question: str, held: Directory, segmenter: Segmenter) -> Query:
    """The query in ``question``, given the bodies held."""
    said = _corrected(question, held, segmenter)
    if said is not None:
        return said
    # 增加的（比2023年）有几家: what a movement is measured from, said behind it
    question = re.sub(
        r"(?P<moved>[\u4e00-\u9fff]{2})(?P<of>的?)[(（](?P<base>[比较][^()（）]{3,10})[)）]", r"\g<base>\g<moved>\g<of>", question
    )
    question = re.sub(r"(?P<way>[多少高低])过(?P<year>(?:19|20)\d\d年?|去年|上年|前年|[上前]一年)", r"比\g<year>\g<way>", question)
    # 在望川四个街道总数里占百分之几: the whole behind 占, where it is looked for
    question = re.sub(
        r"(?<=[,，])在(?P<whole>[^,，。占]{3,16}?)(?:里面|里头|当中|里|中)占(?P<ask>百分之|几成|多[少大]|多少)",
        r"占\g<whole>的\g<ask>",
        question,
    )
    question = re.sub(r"连(?P<bound>\d+[件次场条个人]?)(?:都|也)(?P<below>不到|没到|不足|没有到)", r"\g<below>\g<bound>", question)
    question = re.sub(r"(?<![养敬长古])老(?P<nth>[二三四])(?=多|比|和|跟|与|是|呢|的|[,，?？]|$)", r"第\g<nth>名", question)
    question = places_in_order(question, held, segmenter)
    question = without_those_denied(question, held)
    question = _NEITHER.sub("除去予以公开和部分公开以外其余", _LIE_IN.sub(lambda m: m.group() if find_terms(m.group()) else "", question))
    question = _MY_OWN.sub(r"\g<whom>", _HOW_DONE.sub("", question))
    normal: Normalised = normalise(question, segmenter, held.spoken)
    level_out, plain = _without_level(field_for_organ(streets_written(normal.text, held), held), held)
    normal = replace(normal, text=plain)
    aside = without_talk(normal, held, segmenter)
    normal = replace(normal, text=aside) if len(aside) >= 4 else normal
    cell_by_cell = re.search("各格|按(?:提[交出]的?)?申请人(?:的?(?:类[别型]|分类|性质))?(?:[,，]?(?:一类一类|逐类|挨个)|拆?分(?!别公开)|列|各)", normal.text)
    if cell_by_cell:
        normal = replace(normal, text=re.sub(r"各格|按(?:提[交出]的?)?申请人(?:的?(?:类[别型]|分类|性质))?", "", normal.text))
    excluded, text = _without_some(spelt_out(normal.text, held), held)
    if (of_group := share_of_group(text, held, segmenter, understand) or place_in_group(text, held, segmenter, understand)) is not None:
        return of_group
    without_year, text = _without_a_year(text)
    first_hits = find_terms(text)
    if not any(not h.weak and h.kind in ("metric", "row", "block", "derived", "rate") for h in first_hits):
        near = mend_label(text, segmenter)
        if near:
            normal = replace(normal, text=near[2], corrections=(*normal.corrections, near[:2]))
            text = normal.text
            first_hits = find_terms(text)
    # 望川区人民政府集中采购: 政府 belongs to the name.
    protected = [(h.start, h.end) for h in first_hits if not (h.loose or text[h.start - 2 : h.start + 2] == "人民政府")]
    group = find_group(text, held)
    if group and any(
        a <= group.span[0] and group.span[1] <= b and (a, b) != group.span for a, b in names_in(text, held, segmenter, protected)
    ):
        group = None  # 云溪市人民政府有哪几年: the noun belongs to a name
    mention = find_agencies(mask(text, group.spans) if group else text, held, segmenter, protected)
    if (
        (group or someone(text))
        and len(mention.agencies) == 1
        and re.search(r"[跟和与同向]$", text[: mention.spans[0][0]])
        and text[mention.spans[0][1] :]
        and not re.search(r"比|[多少高低差]", text[mention.spans[0][1] :])
    ):
        mention = Mention((), mention.spans)  # 哪几家单位跟市档案馆建的: with whom, not who
    if (partner := _partner(text, mention)) is not None:
        mention = find_agencies(mask(text, [*(group.spans if group else ()), partner]), held, segmenter, protected)
    if group and (mention.agencies or mention.unknown) and not mention.places:
        # A body is named: what it has below it is not held as such, and 哪个部门 is a word of its own report.
        group, mention = None, find_agencies(text, held, segmenter, protected)
    kinds = {held.bodies[a].kind for a in mention.agencies if a in held.bodies}
    of_kind = (
        group is not None and group.kind in ("town", "street") and kinds == {group.kind} and re.search("哪一?个(?:镇|乡|街道)", text)
    )  # 甲镇和乙镇，哪个镇
    if group and len(mention.named) > 2 and group.kind == "any" and not group.vague and group.span[0] > max(b for _, b in mention.spans):
        group = None  # 甲、乙、丙、丁，够3件的是哪些单位: of those named
    if group and len(mention.named) > 1 and (of_kind or group.kind in ("county", "city", "province", "government")):
        group = None  # 云溪、碧原两市: they are named
    if group is None and len(mention.agencies) > 1 and not mention.named and not mention.places and not mention.partial:
        group = every_namesake(text, mention.spans, held)  # 教育局系统谁的公开率最高
        mention = Mention(()) if group else mention
    if group is None and not mention.agencies and not mention.unknown and len(held.bodies) > 1:
        group = someone(text)
    if group is None and mention.place and not mention.named and len(mention.agencies) < 2 and _WHO_THERE.search(text):
        # 松岚县哪家收到的申请最多: of the bodies that lie there; the place alone stands for its government
        group, mention = someone(text), replace(mention, agencies=())
    if (
        group is None
        and not mention.agencies
        and not mention.unknown
        and (held.stems.get(text[:2]))
        and re.match(r"\d|去年|前年|今年|的|收|公开|有|[那这][边儿里]", text[2:])
    ):
        mention = Mention(held.stems[text[:2]], ((0, 2),))  # 城关2024年收了几件
    if (
        group
        and (group.kind in ("any", "government") or re.search("部门[和与跟、]政府|政府[和与跟、]部门", text))
        and _WITH_GOVERNMENTS.search(question)
    ):
        group = replace(group, kind="every")
    mention = _without_where_i_am(text, mention)
    mention, singled = _one_of_their_sum(text, mention, held, segmenter)
    mention, of_place = _of_that_place(text, mention)
    if of_place and singled:
        singled = of_place
    masked = mask(text, mention.spans)
    # （云溪那个）: all that a bracket says is which body is meant
    masked = mask(masked, [m.span() for m in re.finditer(r"\(\n+(?:的?那[个家]|的)?\)", masked)])
    if group:
        masked = mask(masked, group.spans)
    if mention.unknown:
        at = masked.find(mention.unknown)
        masked = mask(masked, [(at, at + len(mention.unknown))] if at >= 0 else [])
    carried, masked = carried_over(masked)
    hits = find_terms(masked)
    # 上一年的整改措施: the year before, where no table is spoken of.
    told = any(p.search(masked) for _, _, p in SECTIONS) and not any(h.kind in ("metric", "row") for h in hits)
    # 比上一年多了多少万: an amount alone names no table either
    cells = any(
        h.kind == "row" or (h.kind == "column" and h.id != "amount" and not _LAST_YEAR.fullmatch(masked[h.start : h.end])) for h in hits
    )
    if any(h.kind == "column" and h.id in ("issued", "repealed", "in_force") for h in hits):
        hits = [h for h in hits if h.id != "items_last_year"]  # 上一年末有效的: a year, where no table has both columns
    metric_spans = [
        (h.start, h.end)
        for h in ([] if told else hits)
        if not h.loose and not h.weak and (h.kind == "metric" or (h.kind == "column" and cells))
    ]
    years, relative, masked = years_in(masked, metric_spans)
    if re.search("哪一?年[^,，。]{0,3}[比跟和较](?:上年|去年|上一年|前一年|头一?年)", text):
        relative = None  # 哪年比上年涨得最猛: each with the one before
    matter = re.sub(r"\s+", " ", masked.replace("\n", " ")).strip(" ,，。?？!！、")
    if group and (words := _words_written(masked)):
        masked = mask(masked, [words])
    hits = [h for h in find_terms(masked) if h.id != "items_last_year" or h in hits]
    premise, premise_top = premise_in(masked)
    who = text[slice(*group.span)] if group and group.vague else ""
    # 最少的五家, 哪三家最多: the rank, or how many, stands in the words for the group
    placed = who if who.startswith("最") or (re.match("哪[二两三四五六七八九十]", who) and "最" in masked) else ""
    if group and level_out:
        whole = [b for b in held.bodies.values() if b.kind == "government"] if group.kind in ("any", "every", "government") else []
        excluded = (*excluded, *(b.agency for b in (*whole, *members(group, held, mention.place)) if _is_of_unit(b, level_out)))
    query = Query(
        text=text,
        corrections=normal.corrections,
        mention=mention,
        years=years or carried[1],
        relative=relative,
        matter=matter,
        asked=matter,
        follows=bool(_FOLLOW.search(text)),
        part_of_year=bool(PARTS_OF_YEAR.search(masked)),
        joined=bool(re.search(r"和|与|、|及|跟|(?<![参增附更添施外])加(?=[\u4e00-\u9fff])|以及|还有|分别|各|\+", masked))
        or len(normal.pieces) > 1,
        pieces=normal.pieces,
        asks_number=bool(NUMBER.search(masked)),
        unit=unit_in(masked) or (claimed_unit(masked) if premise is not None and not re.search("[几多]", masked) else None),
        premise=premise,
        premise_top=premise_top,
        group=group,
        excluded=excluded,
        without_year=without_year,
        singled=singled,
        whole=group.whole if group else whole_place(text),
        condition=condition_in(masked) or _exactly(masked, group, len(mention.named) > 1, premise, premise_top),
        top=max(top_of(masked), most_of(text), top_of(placed)),
        least=bool(LEAST.search(masked) or LEAST.search(placed)),
        mean=bool(re.search(rf"平均|人均|年均|均值|均数|{MEDIAN.pattern}", masked)),
        growth=growth_in(masked) or (growth_in(text) if group and group.vague else ""),  # 谁 is masked: 谁涨得多
    )
    all_of_them = bool(group) and _ALL_CLAIMED.search(text)
    if all_of_them and query.condition is not None and not query.condition.value:
        query = replace(query, condition=None)  # 各局都被起诉过，对吗: whether all of them were
    those = group or len(mention.named) > 1 or re.search("(?:哪几?|几|多少)家|哪[一几些]?个?年|几年", text)
    if query.condition is None and those and not all_of_them and _WHICH_OF_THEM.search(text):
        picked = re.search(r"(?<!有)(?:没有?|无)(?:收到)?过?$", masked[: min((h.start for h in hits), default=0)])
        if picked and len({(h.start, h.kind) for h in hits}) == 2 and [h.kind for h in hits] == ["applicant", "metric"]:
            query = replace(query, condition=Condition("=", 0, f"没有{masked[hits[0].start : hits[-1].end]}"))  # 没有企业申请的
        counted = {h.id for h in hits if h.kind in ("metric", "block", "row", "derived") and not h.weak and not h.loose}
        for hit in hits if len(counted) < 2 else ():  # 办了许可，但没有处罚的: each by a bound of its own
            straight = hit.id == "review" and re.match("过?(?:直接|就)", masked[hit.end :])  # 没复议直接去告: which of two ways to court
            if (
                hit.kind in ("metric", "block", "row", "derived")
                and not straight
                and re.search(
                    r"(?<!有)(?:没有?|无|未)(?:发生|产生|提起|出现|制发|制定|出台|发布|作出|做出|办理?|开展?|废止?)?过?$",
                    masked[: hit.start],
                )
            ):
                query = replace(query, condition=Condition("=", 0, f"没有{masked[hit.start : hit.end]}"))
    if (
        query.condition is None
        and (len(mention.named) > 1 or re.search("年份|哪几年|哪些年|几年有|有几年", text))
        and _has_some(masked, hits)
    ):
        query = replace(query, condition=Condition(">", 0, HAS))
    if grown := growth_bound_in(masked):
        query = replace(query, condition=grown, growth="rate" if grown.percent else "amount")
    hits = other_way(hits, masked)
    query = concepts_in(query, hits, masked, carried[0])
    if premise is not None and not hits and re.search(r"[收接]到?了?[^,，。\d]{0,6}件", masked):
        query = replace(query, weak=("requests.received",))  # 收了三百多件，没记错吧
    if not query.has_cells and re.search("各[种类项]结果", masked) and re.search("申请|办[结理]|答复", masked):
        query = replace(query, metrics=("outcome.total",))
    out = taken_off(hits, masked)
    query = narrative_in(query, mask(masked, [(h.start, h.end) for h in out]))
    if query.subject_only and verb_alone(query.metrics, masked):
        query = replace(query, metrics=())  # 建议和提案，去年办了几件: of what the clause before names
    if query.unit in ("times", "info") and verb_alone(query.metrics, masked):
        query = replace(query, metrics=())  # 办了几场宣讲会: no requests
    # 强制措施, 行政处罚: what names a cell speaks of no section.
    query = section_in(
        query, mask(masked, [(h.start, h.end) for h in hits if not h.weak and not h.loose and h.kind in ("row", "metric", "block")])
    )
    added = re.search(r"(?:合|加|放|并)(?:起来|(?:到|在)?一(?:起|块))", text)
    if query.applicants and len(query.metrics) < 2:
        added = added or re.search(rf"{THEIR_SUM}[,，里中]", text)  # 甲、乙新收合计，自然人占百分之几
    if added and asks_share(query) and (group or len(mention.named) > 1) and not singled and not re.search("各|分别|谁|哪", masked):
        query = replace(query, together=True)  # 四个区县政府合起来，自然人占多少
    of_rate = re.search(f"率[^,，。?？]{{0,8}}(?:{RISES}|提高|{FALLS})", masked)  # 谁的公开率提高最多: how a rate moved
    if query.growth and asks_share(query) and not of_rate:
        query = replace(query, growth="")  # 占比最高的是百分之几: how large a share is, not how it grew
    query = replace(query, operation="share" if query.singled else operation_of(query, masked, hits))
    if (
        query.operation in ("value", "list", "sum", "exists", "find")
        and (rest := remainder_in(hits, out, masked))
        and (len(query.metrics) < 2 or {*query.metrics} & {*rest[1]})
    ):
        query = replace(
            query,
            metrics=rest[:1],
            less=rest[1],
            rows=(),
            blocks=(),
            results=(),
            weak=(),
            subject=None,
            operation="value",
            asks_number=True,
        )
    if (settled := _settled(query, masked)) is not None:
        query = settled
    versus = re.search(r"哪[个边种类]|还是|比|[差多少高低大](?:了|出)?(?:几|多少)|差额|相差", text)
    if query.operation == "list" and len(query.blocks) == 2 and not {*query.results} - {"total"} and versus:
        query = replace(query, operation="value", results=("total",), joined=True)  # 直接起诉的多还是复议后起诉的多
    if query.operation in ("value", "exists") and not group and len(mention.named) < 2 and (bound := share_bound_in(masked)):
        part = [r for r in query.results if r != "total"]
        query = replace(query, operation="share", condition=bound, results=tuple(part) or query.results)  # 维持的是否超过总数一半
    of_whole = (
        query.operation == "share" and not group and len(mention.agencies) == 1 and re.search(r"占(?:了|到)?全([省市州盟区县旗])", text)
    )
    if of_whole and (over := held.government_above(mention.agencies[0], of_whole[1])):
        own = mention.agencies
        query = replace(query, mention=replace(mention, agencies=(*own, over), named=(own, (over,))))  # of what the whole place counts
    beside = not group and len(mention.agencies) == 1 and _AGAINST_WHOLE.search(text)
    if beside and query.has_cells and (over := held.government_above(mention.agencies[0], beside["unit"])):
        own = mention.agencies  # 纠错率比全省高吗: beside that of the whole place
        query = replace(query, mention=replace(mention, agencies=(*own, over), named=(own, (over,))), operation="list", whole="")
    items = [r for r in query.rows if f"{r}.items_change" in all_metrics()]
    compared = {"items_last_year"} if query.operation == "compare" else set()  # 跟上一年比: no column of that name
    told = set(query.columns) <= {"items_change", "projects"} | compared
    if items and told and _ITEMS_CHANGED.search(masked) and len(query.years) < 2:
        # 许可项目跟上一年比添了几项: a column of the form of 2019
        query = replace(query, columns=("items_change",), operation="value", growth="")
    elif (
        items
        and set(query.columns) <= {"projects"}
        and re.search("(?:许可|处罚|强制|收费|事项)的?项目(?:一共|总共)?有?(?:多少|几)(?!件)", masked)
    ):
        query = replace(query, columns=("items_last_year", "items_change"))  # 许可项目有多少: no decisions
    if cell_by_cell and not group:
        query = _by_cells(query)
    with_total = len(query.applicants) > 2 and "total" not in query.applicants and re.search("[、,，和及]总[计数](?=各|分别|$|[,，。?？这一])", masked)
    if with_total and not group and all(all_metrics()[m].by_applicant for m in query.metrics) and not (query.rows or query.blocks):
        query = replace(query, applicants=(*query.applicants, "total"), results=tuple(r for r in query.results if r != "total"))
    if len(query.applicants) == 2 and "total" not in query.applicants and re.search("(?:几|多少)[件份][、,，]总计(?:是|有|为)?(?:几|多少)", masked):
        query = replace(query, applicants=(*query.applicants, "total"), results=tuple(r for r in query.results if r != "total"))
    if not query.applicants and _WHO_FILED.search(masked) and not group and len(query.metrics) == 1 and all_metrics()[query.metrics[0]].by_applicant:
        query = replace(query, applicants=("natural", *LEGAL_PERSONS), operation="list", weak=(), joined=True)  # 那件是哪类人提的
    if not query.applicants and _WHOEVER.search(masked):
        query = replace(query, applicants=("total",))  # 不分什么人: of all, whoever was spoken of
    never = query.has_cells and not group and not (query.years or query.relative) and _NEVER.search(text)
    if never and query.operation in ("value", "exists"):
        query = replace(query, relative="历年", operation="compare")  # 从没败诉过: in no year
    residue = residue_of(masked, hits, segmenter)
    if query.group and residue and not (query.has_cells or query.subject or query.channels) and _only_some(query.condition):
        query = replace(query, condition=None, operation="find", applicants=())  # 哪些单位被问过校车的事: of what is written
    if query.group and residue and not query.asks_number and query.operation == "value" and verb_alone(query.metrics, masked):
        query = replace(query, condition=None, operation="find", metrics=(), weak=())  # 哪家办了政府开放日: no requests
    if query.group and residue and (re.search("[这那](?:么|样)(?:干|做|办|搞)", text) or _OWN_FAULT.search(masked)):
        query = replace(query, condition=None, operation="find", metrics=(), weak=(), subject=None)
    if _ODD_MEASURE.search(masked) and not query.group:
        query = replace(
            query, metrics=(), rows=(), columns=(), blocks=(), results=(), weak=(), subject=None
        )  # 要经过几级签字: no cell counts so
    qualifier = qualifier_of(masked, hits, [w for w in residue if len(w) > 2 or segmenter.known(w)], segmenter, query.metrics)
    if query.operation == "find" and len(query.channels) > 1 and {*query.channels} <= REQUEST_CHANNELS and "还是" in masked:
        query = replace(query, operation="list", asks_number=True)  # 申请是怎么提的，网上还是当面: how many by each
    if query.channels and {*query.channels} <= REQUEST_CHANNELS and (query.rows or query.blocks):
        if not qualifier and not query.metrics and "申请" not in masked:
            qualifier = part_named(masked)  # 网上的许可有几件: by these ways requests come, and nothing else is counted
        if qualifier:
            query = replace(query, channels=())
    attributive = None if query.group or query.mention.named else attributive_of(masked, hits)
    if (query.operation == "compare" or query.growth) and (len(query.years) > 1 or re.search(r"比|较", text)):
        # 比2023年增加, 较上年: the change between two reports is asked for, not a column of one.
        query = replace(query, columns=tuple(c for c in query.columns if c not in ("items_change", "items_last_year")))
    return replace(
        query,
        residue=residue,
        qualifier=qualifier,
        attributive=attributive,
    )


_WHO_THERE = re.compile(
    r"(?:哪(?:[一两三四五六七八九十几]?家|里)(?!企业|公司|厂|店|机构|银行)|谁(?!申请|提|递|来|告|家|是|写|负责))(?=[^?？]{0,16}(?:最[多少高低大小狠]|超过?|不到|不足|以上|以下|没[有收]|一件))"
    r"|最[多少高低大小狠]的?(?:[两三四五六七八九十]家|是(?:哪家|谁))|有(?:几|哪几|多少)家(?!企业|公司|单位提)(?=[^,，。?？]{0,12}(?:超过?|不到|不足|没|以上|以下|过))"
)

# 有几家检讨了隐私审查不严的问题: a fault that reports own up to, and no reason for refusing
_OWN_FAULT = re.compile(
    "(?:检讨|承认|坦[言承]|自认|反思|反省)(?:了|过|到|自己)*[^,，。?？]{2,20}(?:问题|不足|短板|不严|不够|不到位|不完善|不规范|不及时)"
)


_ODD_MEASURE = re.compile("(?:多少|几)[级道层台座间盏]")


def _only_some(condition: Condition | None) -> bool:
    return condition is not None and condition.sign == ">" and not condition.value


# 2023年那份咋办的，公开了几件: how it was done is what the numbers behind it tell.
_HOW_DONE = re.compile(r"(?:咋|怎么)[么]?(?:办|处理|弄)的[,，?？](?=[^,，。?？]{0,8}(?:几|多少)[件份条])")


# 我给城管局交了申请，它们有短信通知没: what the asker did is no part of the question.
_MY_OWN = re.compile(r"(?P<whom>(?:我|俺|咱)[^,，。]{0,14}?)(?:交|递|提|提交|递交)了?(?:个|份|一份|一个)?(?:信息公开)?申请(?=[,，])")

# 三棵松镇、城关镇（都在松岚）: where the bodies named lie, no body beside them.
_LIE_IN = re.compile(r"[(（](?:都|均)?(?:是?在|属于?|隶属于?|归)[^()（）]{2,8}[)）]")


# 没公开也没部分公开的: what is left of the outcomes
_NEITHER = re.compile(r"(?:既)?(?:没有?|未|不是?)(?:予以|全部|完全|给)?公开[,，、]?[也又](?:没有?|未|不是?)(?:予以)?(?:部分公开|公开(?:了)?一?部分)")


_QUOTED = re.compile(r"[“「\"](?P<words>[^”」\"]{10,80})[”」\"]")
_WRITTEN = re.compile(r"自认|承认|坦[言承]|检讨|写[了过到明道]|[提说讲]到|原话")


def _words_written(text: str) -> tuple[int, int] | None:
    """Words quoted to be looked for, which name nothing that is counted: 哪些单位承认“…”. A label of the form in quotes is none."""
    quoted = _QUOTED.search(text)
    if quoted is None or not _WRITTEN.search(text[: quoted.start()] + text[quoted.end() :]):
        return None
    start, end = quoted.span("words")
    named = sum(h.end - h.start for h in find_terms(text) if not h.weak and start <= h.start and h.end <= end)
    return (start, end) if 2 * named < end - start else None


_WITH_GOVERNMENTS = re.compile(
    r"政府(?:那?[份几]?(?:报告)?|的)?(?:也|都|一起|一并|全)(?:算|包括|计|要|在内|参加|参与|放)|(?:部门|机关)(?:和|与|跟|加|带|、)政府|政府(?:和|与|跟|加|带|、)部门|不[分管论](?:是)?政府(?:还是|或者?)(?:部门|机关)|不[分管论]级别|(?<!不)[含连](?:上|着|了)?(?:各级?|各级人民|[省市州盟县区旗]{1,4})?(?:人民)?政府"
)


_AGAINST_WHOLE = re.compile("[比跟和与]全(?P<unit>[省市州盟区县旗])(?:的|平均|水平)*(?:[^,，。?？]{0,4})(?:[高低多少]|比)")
_WHICH_OF_THEM = re.compile(
    r"哪|谁|(?:几|多少)(?:家|个(?:局|单位|部门|机关|街道|乡镇|镇|区县|县区|区|县|政府))|多少(?:单位|部门|机关|街道|局)"
)
_WHOEVER = re.compile("不[分管论](?:是)?(?:什么|啥|哪一?类|哪种)(?:样的?)?(?:人|身份|申请人)|不[分管论]身份")
_ALL_CLAIMED = re.compile(
    "(?<!是不是)(?:都|全都)(?:[^,，。?？哪谁]{0,14})(?:吗|(?<![什怎])么|吧|对[吗吧]|是吧|[,，](?:对[吗吧]|对不对|是[吗吧]|是不是|没错|属实)[吗吧]?)[?？]?$"
)
_NEVER = re.compile("从(?:来)?(?:就|都)?(?:没(?!错)|未|不曾)|历来(?:就|都)?没|一直(?:就|都)?没")
_WHO_HAS = re.compile(r"(?:是|有|共)?(?:几|哪几?|多少)[家个年]|哪[些几]|有谁|年份|名单|都有谁")


def _has_some(text: str, hits: Sequence[TermHit]) -> bool:
    """Whether bodies or years are picked that have any of a thing: 有行政诉讼的是几家, 废止过规范性文件, 有这种情况的."""
    if not _WHO_HAS.search(text) or re.search(r"最|排|各|分别|没|无(?!法)|未(?!经)|超|不[到足]", text):
        return False
    named = [h for h in hits if h.kind in ("metric", "block", "row", "derived", "result") and not h.loose]
    if any(re.search(r"有(?:过)?(?:涉及|关于)?[“「\"']?$", text[: h.start]) for h in named):
        return True
    return bool(
        re.search(
            r"(?:出|止|绝|开|收|罚|办|批|发|定|订|理|立|输|诉|告|议|公|碰|遇|摊|接)[^,，。\s]{0,3}过|有(?:过)?(?:这|那|此)(?:种|类)?情[况形]",
            text,
        )
    )


def _one_of_their_sum(text: str, mention: Mention, held: Directory, segmenter: Segmenter) -> tuple[Mention, tuple[str, ...]]:
    """甲、乙新收之和里，甲的份额: those that are added up, and the one whose share is asked for."""
    whole = re.search(
        rf"加总[,，里中]|{THEIR_SUM}[,，]|(?:之和|总和|合计|总数|总量)(?:里头?|里面|当中|中)|(?:合|加|放|算)(?:在)?一?(?:起来?|块儿?)(?:看|算|说)?[,，里中]",
        text,
    )
    if whole is None or len(mention.named) < 2 or not re.search(r"占|份额|比例|比重(?!复)|百分|几成", text[whole.end() :]):
        return mention, ()
    told = find_agencies(text[whole.end() :], held, segmenter).agencies
    before = tuple(own for own, (start, _) in zip(mention.named, mention.spans, strict=False) if start < whole.end())
    named = [a for own in before for a in own]
    halls = [a for a in named if a.endswith("厅")]
    if not told and len(halls) == 1 and "省厅" in text[whole.end() :]:
        return mention, tuple(halls)
    lying = [a for a in named if a[:2] in text[whole.end() :]]  # 新收合计，云溪的占比: a place alone
    one = [a for a in told if a in named][:1] or (lying if len(lying) == 1 else [])
    if not one or len(named) < 2:
        return mention, ()
    return replace(mention, agencies=tuple(named), named=before), tuple(one)


def _of_that_place(text: str, mention: Mention) -> tuple[Mention, tuple[str, ...]]:
    """云溪、碧原两个市公安局加在一起，碧原那家占多少: a place alone points at the body named before that lies there, and names no government."""
    for own, (start, end) in zip(mention.named, mention.spans, strict=False):
        if len(own) != 1 or not re.match("(?:那|这)(?:一)?[家个]|那边的?|那?的?(?:占比|份额|占(?!用|地)|比例|比重(?!复)|那份)", text[end:]):
            continue
        stem = text[start:end].rstrip("省市州盟县区旗")
        others = [b for b in mention.named if b != own]
        lying = [b for b in others if all(stem in a for a in b)]
        if len(others) > 1 and len(lying) == 1 and len(stem) > 1 and own[0].endswith("人民政府"):
            agencies = tuple(a for a in mention.agencies if a not in own)
            return replace(mention, agencies=agencies, named=tuple(others)), lying[0]
    return mention, ()


def _settled(query: Query, text: str) -> Query | None:
    """审结的复议有几件: all cases but those that are open; None where no number of cases is asked for so."""
    asked = query.operation in ("value", "exists", "sum") and len(query.blocks) == 1 and not {*query.results} - {"total", "pending"}
    if not asked or query.metrics or query.rows or not asks_closed(text):
        return None
    return closed_of(query, query.blocks[0])


_OTHER_YEARS = re.compile(
    rf"(?:{TAKEN}|除)(?P<year>20[12]\d)年?度?(?:那一?年)?(?:的)?(?:以外|之外|外)?[的,，]*(?:其[他它余]|剩下|余下|别的|另外)(?:的)?(?:[几各]?个?年(?:份|度)?|[两三四五六]年)"
)


def _without_a_year(text: str) -> tuple[int | None, str]:
    """The one year that all others are asked for besides, and the question without it: 除2020年外其他年份合计."""
    match = _OTHER_YEARS.search(text)
    if match is None or len(set(re.findall(r"20[12]\d", text))) != 1:
        return None, text
    return int(match["year"]), text[: match.start()] + "历年" + text[match.end() :]


_LEVEL = r"(?P<{}>[省市州盟县区旗])(?:级|直|本级)(?:的|部门|单位|机关)?"
_LEVEL_OUT = re.compile(
    rf"[(（]?(?:{TAKEN}|除)了?{_LEVEL.format('out')}(?:以外|之外|外)?[)）]?的?[,，]?|[(（,，]?{_LEVEL.format('aside')}(?:都|也)?(?:不算|除外|不要|去掉|排除)(?:在内)?[)）]?[,，]?"
)


def _is_of_unit(body: Body, unit: str) -> bool:
    """Whether a body is one of a province, a city, a county or a district: 区级 are no counties, though of the same level."""
    return body.level == LEVEL_OF[unit] and (unit not in "县区" or body.place.county.endswith(unit))


def _without_level(text: str, held: Directory) -> tuple[str, str]:
    """The unit whose bodies a question about a group leaves out, and the question without it: 不算市级的，教育局里谁最多."""
    match = _LEVEL_OUT.search(text)
    if match is None:
        return "", text
    rest = text[: match.start()] + text[match.end() :]
    return (match["out"] or match["aside"], rest) if find_group(rest, held) else ("", text)


def _without_some(text: str, held: Directory) -> tuple[tuple[str, ...], str]:
    """The bodies that a question about a group leaves out, and the question without them: 除省教育厅以外的各教育局."""
    text = _left_out_first(text, held)
    for match in re.finditer(r"(?:除了?|除[去开掉]|不算|不含|不包括|剔除|[刨扣去][掉去]|扣除)", text):
        named = held.match(text, match.end())
        out: tuple[str, ...] = named.agencies if named else ()
        while named and (joint := re.match(r"和|、|与|及|跟", text[named.end :])) and (more := held.match(text, named.end + joint.end())):
            named, out = more, (*out, *more.agencies)  # 除了甲和乙
        after = re.match(r"(?:以外|之外|外|不算)?(?:的(?=[各所其全])|[,，])?", text[named.end :]) if named else None
        last = named is not None and not text[named.end :].strip("的那家,，。?？)）")  # 各局一共多少，不算自然资源局
        aside = named is not None and text[: match.start()].endswith("(") and text[named.end :].startswith(")")  # 各教育局(不算省厅)
        if named is None or not 0 < len(named.agencies) < 4 or not after or not (after.group() or last or aside):
            continue
        before, behind = text[: match.start()], text[named.end + after.end() :]
        if aside:
            before, behind = before[:-1], behind[1:]
        others = re.sub(r"^(?:的)?(?:其[他它余]|剩下|余下|另外)的?(?=[\u4e00-\u9fff])", "各", behind)  # 其他财政局: each of the others
        for rest in dict.fromkeys((before + others, before + behind, f"{before}各{behind}")):
            group = find_group(rest, held)
            plain = rest in (before + behind, before + others)
            if group is not None and not group.vague and (plain or group.kind not in ("any", "government")):
                return out, rest
    return (), text


_SET_ASIDE = re.compile("(?:先|都|也)?(?:[刨撇抛]开|[刨扣去][掉去]|除[外开]|不算|不要|排除|剔除)[,，]")


def _left_out_first(text: str, held: Directory) -> str:
    """省教育厅刨掉，六个教育局里…: the word of leaving out before the body, as it is looked for."""
    for match in _SET_ASIDE.finditer(text):
        for at in range(max(0, match.start() - 16), match.start() - 1):
            named = held.match(text, at)
            if named and named.end == match.start() and len(named.agencies) == 1 and (not at or text[at - 1] in ",，把将"):
                return f"{text[:at].rstrip('把将')}不算{text[at : named.end]},{text[match.end() :]}"
    return text


_ITEMS_CHANGED = re.compile(r"(?:项目|事项)[\s\S]{0,10}?(?:[添增加减砍少多](?:了|出)?[多几][少]?个?项|增减)|[添砍](?:了)?几项")


_OOPS = re.compile(
    r"[…，,。.、\s]*(?:哦?不对|(?:说|打|写|记|搞|弄|看)错了|(?<![\u4e00-\u9fff])错了|(?<=[年局府办])错了|哦不是?|啊不是?|呃不|(?<=[…。.、，,])不是)[…，,。.、\s]+(?:是|我是说|应该是|我问的是)?|[啊呀哦，,。…\s]+我(?:说|问)的?(?:是)?(?=[^,，。？?]{2,8}的[。!！]?$)"
)


_ASKED_LAST = re.compile(r"(?:[增涨升上降跌减下变差多少][^,，。\d]{0,2}了?)?(?:几|多少)个?百分点$")


def _corrected(question: str, held: Directory, segmenter: Segmenter) -> Query | None:
    """A question that takes back its own beginning: 望川区公安…不对，望川区教育局; 2023年，错了，2022年."""
    match = _OOPS.search(question)
    if not match or not question[: match.start()].strip() or not question[match.end() :].strip():
        return None
    if head := _ASKED_LAST.search(question[: match.start()]):  # 降了几个百分点……不对，降幅百分之几: how it is asked is taken back
        return understand(question[: head.start()] + "，" + question[match.end() :], held, segmenter)
    last = understand(question[match.end() :], held, segmenter)
    first = understand(question[: match.start()], held, segmenter)
    if last.has_topic or last.weak:
        told = last.mention.agencies or last.mention.unknown or last.group
        return replace(last, mention=last.mention if told else first.mention, years=last.years or first.years)
    if not (first.has_topic or first.weak):
        return None
    mention = last.mention if last.mention.agencies or last.mention.unknown else first.mention
    return replace(first, mention=mention, years=last.years or first.years, relative=last.relative or first.relative)


# 上一年 is a column of table 二 only beside its rows; alone it is a year.
_LAST_YEAR = re.compile(r"上一?年")


def _exactly(text: str, group: Group | None, named: bool, premise: float | None, top: float | None) -> Condition | None:
    """The number that a question picks bodies by: 有几家单位培训办了6次."""
    if only := re.search(
        r"哪[几些]个?年(?:度|份)?.{0,16}?(?:只|仅|就|正好|刚好|恰好|恰恰)(?:[\u4e00-\u9fff]{1,3}?了?|)([一两二三四五六七八九十]|\d{1,4})(?:件|条|个|份|次|场|起|宗)",
        text,
    ):
        return Condition("=", stated_number(only[1]) or 0.0, only.group())  # 哪几年只收了一件
    picks = group is not None and re.search(r"有几[家个]|哪些|哪几|谁|多少[家个]|是哪[家个]", text + group.noun if group else text)
    exactly = named and re.search(r"(?:哪[些几]|有几)[个家].*(?:刚好|正好|恰好|恰恰)", text)
    if (
        premise is None
        or top is not None
        or not (picks or exactly or (group and not group.each))
        or re.search(r"最|排|对吗|对吧|吗[?？]?$|[两二三四五六七八九十](?:种|类)", text)
    ):
        return None
    return Condition("=", premise, f"正好{premise:g}")
