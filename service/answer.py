"""How an answer comes about: named steps over one case, tried in order.

safe → understand → inherit → define, coverage, out of scope → choose reports → figures → narrative numbers → passages →
check. Each step either gives the answer or passes on. The last step looks at every number in the answer's text again.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable, Set
from typing import Any

from corpus.forms import metrics
from corpus.textual import show_number
from index.embed import Encoder
from index.store import Index, Snapshot
from service import compose, safety
from service.accounting import doubts, settle
from service.across import across_step
from service.against import against_it, rest_against_first, turned_about
from service.agencies import find_agencies
from service.case import Case, Request
from service.cells import (
    ambiguous,
    annual,
    asked_for,
    by_matter,
    figures_step,
    how_handled,
    no_such_part,
    overview,
    prefers_narrative,
    wanted_metrics,
    whole_table,
)
from service.check import unsupported_numbers
from service.conditions import HAS, Condition
from service.config import Settings
from service.conjoined import judged, parts_of_claim, verdict_of, without_verdict
from service.consistency import consistency
from service.context import LISTED, Context
from service.contract import Answer, Caution, FigureOut, Understood
from service.conversation import inherit
from service.coverage import coverage
from service.dates import dates_step
from service.directory import directory
from service.disagreements import disagreements, others_like_it
from service.evidence import Desk
from service.formula import formula_step
from service.lexicon import find_terms
from service.many import many_step
from service.named import in_whole_words, named_as_before, named_by_level, named_in_that_place, which_of_two_years
from service.narrative import foreign, narrative_numbers, search_step, sections_step, verbatim, what_about
from service.normalise import MAX_QUESTION, plainly_spelt
from service.operation import both_ends
from service.own import named_for
from service.picking import picking_step
from service.query import LEAST_OF_ALL, MOST_OF_ALL, Query
from service.question import understand
from service.rates import rates_step
from service.reasons import with_reason
from service.reckoning.answer import Worked, reckoned
from service.reckoning.naming import named_outright, points_at_a_place
from service.reckoning.placed import placed
from service.reckoning.tables import WORKED
from service.reframe import also_so, put_into_whole, reframed, stands_alone
from service.relevance import beside
from service.renamed import with_years_of_renaming
from service.replacing import replace
from service.retold import claim_of_story
from service.scope import about, abuse, choose, define, of_reports, out_of_scope, thing_unsaid
from service.several import of_several_bodies, several_step
from service.sides import set_against, two_sides
from service.spoken.base import COUNTS
from service.spoken.places import names_a_place
from service.standing import placed_in_whole
from service.superlative import first_of_all, only_one, record, still
from service.told import cell_of, ledger, of_told, over_last, tables
from service.worded import in_its_words
from service.years import years_in

_log = logging.getLogger(__name__)


class QuestionError(ValueError):
    """The question cannot be taken; the message is one Chinese sentence."""


def answer(
    question: str,
    index: Index,
    settings: Settings,
    *,
    context: Context | None = None,
    agency: str | None = None,
    year: int | None = None,
    encoder: Encoder | None = None,
) -> Answer:
    """The answer to a question over what ``index`` holds.

    ``agency`` and ``year`` are what the page or caller is about: they hold where the question names none. ``encoder`` is
    asked only when no exact figure answers; without one, passages are found by words alone.

    Raises QuestionError for an empty or too long question.
    """
    question = check_question(question)
    if safety.personal_data(unicodedata.normalize("NFKC", question)):
        return Answer(
            "refused",
            "问题里像是有身份证号、手机号、银行卡号或邮箱等个人信息，本服务不处理、也不保存这样的内容。请去掉个人信息后再问。",
            understood=Understood("含有个人信息，未作处理", operation="refused"),
        )
    with index.reading() as snapshot:
        return _answer(Request(question, context, agency, year), snapshot, settings, encoder)


def warm_up(index: Index, settings: Settings) -> None:
    """Build the dictionaries that the first question would otherwise wait for; the encoder is not asked."""
    answer("收到多少件申请，张店呢", index, settings)


def check_question(question: str) -> str:
    """The question stripped. Raises QuestionError."""
    question = question.strip()
    if re.search(r"[\ud800-\udfff]", question):
        raise QuestionError("问题里有损坏的文字，请重新输入。")
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", question):
        raise QuestionError("问题里有看不见的控制字符，请重新输入。")
    if not re.search(r"\w", question):
        raise QuestionError("问题是空的，请输入要问的内容。")
    if len(question) > MAX_QUESTION:
        raise QuestionError(f"问题太长（{len(question)} 个字），请控制在 {MAX_QUESTION} 个字以内。")
    return question


def _answer(request: Request, snapshot: Snapshot, settings: Settings, encoder: Encoder | None) -> Answer:
    held = directory(snapshot.reports)
    before = request.context.of_held(held.bodies) if request.context is not None else None
    request = replace(request, agency=held.in_full(request.agency), context=before)
    if settings.agency:
        settings = replace(settings, agency=held.in_full(settings.agency))
    request = replace(request, question=plainly_spelt(request.question))
    asked = request.question if before is not None else re.sub("这[两二]年(?!的?报告)", "近两年", request.question)  # nothing was told yet
    ours = named_for(asked, request.agency or settings.agency, held)
    ours = with_years_of_renaming(which_of_two_years(ours, request.context), request.context, held, snapshot.segmenter)
    ours = in_whole_words(ours, request.context)
    ours = named_by_level(named_in_that_place(ours, request.context, held), request.context, held)
    ours = named_as_before(ours, request.context, held)
    ours = claim_of_story(ours, held, snapshot.segmenter)
    again = (
        others_like_it(ours, request.context)
        or also_so(ours, request.context, held)
        or against_it(ours, request.context, held, snapshot.segmenter)
        or rest_against_first(ours, request.context, held)
        or turned_about(ours, request.context, held)
        or first_of_all(ours, request.context, held)
        or reframed(ours, request.context, held, snapshot.segmenter)
        or placed_in_whole(ours, request.context, held, snapshot.segmenter)
    )
    if again is None:
        outright = put_into_whole(ours, request.context, held, snapshot.segmenter)
        if outright is None:
            return _with_whole(_answered(replace(request, question=ours), snapshot, settings, encoder), ours)
        question, in_full = outright
        given = _answered(replace(request, question=question, context=None if in_full else request.context), snapshot, settings, encoder)
        if given.status not in ("answered", "not_reported", "no_report"):
            return _answered(replace(request, question=ours), snapshot, settings, encoder)
        return _with_whole(given, question)
    # A question that is whole by itself takes nothing over; whom the talk is about stays.
    given = _answered(replace(request, question=again, context=None), snapshot, settings, encoder)
    given = _with_whole(given, again)
    return replace(given, context=_still_among(given.context, before)) if before is not None else given


def _with_whole(given: Answer, question: str) -> Answer:
    """The answer with the question kept in its context, where a follow-up may put another year, body or thing into it: 那2022年呢."""
    context = given.context or {}
    told = given.status in ("answered", "not_reported")
    return replace(given, context={**context, "whole": question}) if told and context and stands_alone(question) else given


def _still_among(context: dict[str, Any] | None, before: Context) -> dict[str, Any] | None:
    """The context of an answer about some of those spoken of, with all of these in their order: 剩下的谁最多, after one against the others."""
    told, pool = {*(context or {}).get("agencies", ())}, before.pool or before.order
    if context is None or not told or not told < {*pool} or not {*context.get("pool", ())} <= {*pool}:
        return context
    return {**context, "pool": list(pool), "order": list(before.order), "ranks": list(before.ranks), "wider": list(before.wider)}


def _answered(request: Request, snapshot: Snapshot, settings: Settings, encoder: Encoder | None) -> Answer:
    """The answer to a question whose names are written out: one way of reading it after another, until one answers without a doubt."""
    request = _those_at_zero(_in_that_year(request, snapshot, settings, encoder), snapshot)
    if (claimed := _asked_of_all(request, snapshot, settings, encoder)) is not None:
        return claimed
    if request.context is not None and (place := _worked_first(request, snapshot, settings, encoder)) is not None:
        return place
    parts = parts_of_claim(request.question)
    if (several := _part_by_part(parts, request, snapshot, settings, encoder)) is not None:
        return several
    case, result = _taken(request, Desk(snapshot), settings, encoder)
    if _NOT_COUNTED.search(request.question) and (named := _named_outright(case)) is not None:
        return named
    settled = settle(case, result)
    doubtful = settled is not result
    settled = with_reason(case, _of_one_part(parts, settled))
    told = settled.status in ("answered", "out_of_scope")
    if told and (worded := in_its_words(case, settled)) is not None:
        return _finish(case, worded)
    rates = bool(result.figures) and all(f.metric.startswith("rate.") for f in result.figures)  # 公开率多少，收了多少件: the rate alone
    in_turn = doubtful or _asks_more(request.question, result) or result.status == "not_reported" or rates or _WHICH_THEN.search(request.question)
    if in_turn and (parted := _clause_by_clause(case)) is not None:
        return parted
    if settled.status in ("clarify", "not_reported") and (over := over_last(case)) is not None:
        return _finish(case, over)
    if not told and (worded := in_its_words(case, settled)) is not None:
        return _finish(case, worded)
    if settled.status in ("clarify", "not_reported", "no_report") and (against := _side_against_side(case)) is not None:
        return against
    unsaid = settled.status in ("clarify", "no_report") or (settled.status == "not_reported" and not settled.figures)
    if unsaid and (worked := reckoned(case)) is not None:
        return _finish_worked(case, worked)
    if unsaid and (named := _named_outright(case)) is not None:
        return named
    if not doubtful and (both := _in_either_order(case, settled)) is not None:
        return both
    given = _finish(case, settled, result)
    if doubtful and request.context is not None:
        return replace(given, context=_undone(case, result, request.context).to_dict())
    return given


_YEAR_OF_MOST = re.compile(r"(?:那|这)?最(?P<end>[多少高低])(?:值|点)?的?那?一?年(?:里头?|的)?[,，]?(?P<rest>[^,，].+)$")
_WHOLE_YEAR_OF_MOST = re.compile(r"(?P<lead>[^,，?？]{6,}最(?P<end>[多少高低])的?)那一?年(?:里头?|的)?[,，]?(?P<rest>[^,，].{2,})$")


def _in_that_year(request: Request, snapshot: Snapshot, settings: Settings, encoder: Encoder | None) -> Request:
    """最高的那一年，予以公开的是几件: which year had most of what was told is found first, then the other figure is asked of that year."""
    if (whole := _WHOLE_YEAR_OF_MOST.match(request.question)) is not None and not re.search("哪一?年.{2,}$|[,，?？]哪", whole["rest"]):
        if re.fullmatch("是?哪一?年[?？]?", whole["rest"]):
            return replace(request, question=f"{whole['lead']}是哪年")
        return _in_year_found(request, f"{whole['lead']}是哪年", whole["rest"], snapshot, settings, encoder)
    before, match = request.context, _YEAR_OF_MOST.match(request.question)
    spoken = len({*before.years, *before.earlier_years}) if before else 0
    if match is None or before is None or spoken < 3 or not (before.metrics or before.subject) or len(before.agencies) != 1:
        return request
    return _in_year_found(request, f"最{match['end']}的是哪年", match["rest"], snapshot, settings, encoder)


def _in_year_found(request: Request, which: str, rest: str, snapshot: Snapshot, settings: Settings, encoder: Encoder | None) -> Request:
    """``rest`` asked of the year that answers ``which``; the request as it is where that is no other figure, or no one year answers."""
    own = understand(rest, directory(snapshot.reports), snapshot.segmenter)
    if own.years or own.mention.agencies or own.group or own.operation not in ("value", "list", "share", "exists"):
        return request
    if not (own.applicants or own.has_topic or own.weak):
        return request
    asked = replace(request, question=which)
    case, result = _taken(asked, Desk(snapshot), settings, encoder)
    if result.status != "answered" or case.query.operation != "rank" or settle(case, result) is not result:
        return request
    found = _context(case, result)
    same = {*own.metrics} == {*found.metrics} and not (own.rows or own.blocks or own.applicants)
    if same:
        return asked if which.endswith("的是哪年") and len(which) > len("最多的是哪年") else request
    return request if not found.focus else replace(request, question=f"{found.focus}年{rest}", context=found)


def _asked_of_all(request: Request, snapshot: Snapshot, settings: Settings, encoder: Encoder | None) -> Answer | None:
    """只有公安局被起诉过吗, 2024年是历年最多的吗: what is found of all, held against what is claimed of one; None for any other question."""
    held = directory(snapshot.reports)
    claimed = (
        still(request.question, request.context)
        or only_one(request.question, held, snapshot.segmenter)
        or record(
            request.question,
            request.context,
            held,
            snapshot.segmenter,
            ours=bool(request.agency or settings.agency) or len(held.names) == 1,
        )
    )
    if claimed is None:
        return None
    case, result = _taken(replace(request, question=claimed.question), Desk(snapshot), settings, encoder)
    verdict = claimed.held(result, _context(case, result).agencies) if settle(case, result) is result else None
    if verdict is None:
        return None
    given = _finish(case, verdict, result)
    whole = find_agencies(request.question, held, snapshot.segmenter).agencies or request.context is None
    if claimed.agency or claimed.those or not whole:
        return given
    return replace(given, context={**(given.context or {}), "frame": request.question})  # 去年呢: the claim of that year


def _of_one_part(parts: tuple[str, ...], given: Answer) -> Answer:
    """An answer that calls a claim of several parts right by fewer numbers than it has parts, without that verdict."""
    told = [f for f in given.figures if f.metric in metrics()]
    if len(parts) < 2 or len(told) >= len(parts) or verdict_of(given.text) is not True:
        return given
    return replace(given, text=without_verdict(given.text))


def _part_by_part(
    parts: tuple[str, ...], request: Request, snapshot: Snapshot, settings: Settings, encoder: Encoder | None
) -> Answer | None:
    """收了101件，其中企业提的13件，对吗: each part of a claim judged; None unless there are several and each gets a verdict without a doubt."""
    desk, context = Desk(snapshot), request.context
    told: list[tuple[Case, Answer]] = []
    for part in parts:
        case, result = _taken(replace(request, question=part, context=context), desk, settings, encoder)
        if result.status != "answered" or settle(case, result) is not result or verdict_of(result.text) is None:
            return None
        if told and not re.search(r"\d\d年|前一年|上一?年(?!度?结转)|去年|前年", part) and {*case.years} - {*told[0][0].years}:
            return None  # 上年结转 in a part of its own: no other year was meant
        told.append((case, result))
        context = _context(case, result)
    if not told:
        return None
    case = told[-1][0]
    case.noted = list(dict.fromkeys(c for own, _ in told for c in own.noted))
    case.reports = list({r.row: r for own, _ in told for r in own.reports}.values())
    joined = replace(
        told[0][1],
        text=judged([r.text for _, r in told]),
        figures=tuple(dict.fromkeys(f for _, r in told for f in r.figures)),
        passages=tuple(dict.fromkeys(p for _, r in told for p in r.passages)),
    )
    return _finish(case, joined, told[-1][1])


_AT_ZERO = re.compile(
    r"(?:那|所以)?(?:(?:填|写|报)?(?:的)?(?:是|了|成)?(?:0|零)的|一[件分个条次块]?(?:钱)?(?:都|也)?没(?:有)?[收罚办发批]?(?:过|到)?[钱]?的)"
    r"(?:那|这)(?:(?P<one>一?[家个])|(?P<n>[俩两二三四五])[家个]?)[,，]?(?P<rest>[^,，].{2,})$"
)


_NOUGHT_OF = (("[分钱块]", "fees."), ("罚", "penalty."), ("批", "licensing."))  # what the words of having none are said of


def _those_at_zero(request: Request, snapshot: Snapshot) -> Request:
    """一分没收的那家，2021年收了多少; 填0的这俩，上一年呢: whose number was nought is looked up, then the question is asked of these."""
    before, match = request.context, _AT_ZERO.match(request.question)
    if match is None or before is None or len(before.metrics) != 1 or len(before.years) != 1 or before.metrics[0] not in metrics():
        return request
    said = request.question[: match.start("rest")]
    if any(re.search(words, said) and not before.metrics[0].startswith(kind) for words, kind in _NOUGHT_OF):
        return request  # 一分没收的那家, after requests were told: by another number
    desk, applicant = Desk(snapshot), before.applicants[0] if before.applicants else None
    spoken = dict.fromkeys((*before.pool, *before.order, *before.agencies))
    own = directory(snapshot.reports).reports_of_years([a for a in spoken if a], before.years)
    nought = [r.agency for r in own if desk.value(r, before.metrics[0], applicant).value == 0]
    if len(nought) != (1 if match["one"] else COUNTS[match["n"]]):
        return request
    return replace(request, question=f"{'、'.join(nought)}{match['rest']}")


def _undone(case: Case, result: Answer, before: Context) -> Context:
    """What the next question goes on with after one that was asked back: what ``result`` was read for, asked as the one before."""
    another = case.query.group is not None and before.agencies and not before.group
    named = any(not h.weak and h.kind in ("metric", "row", "block") for h in find_terms(case.query.asked))
    ranked = case.query.operation == "rank"  # whoever came first did so by another number than was asked for
    if (another and not named) or any(d.kind == "whose" or (ranked and d.kind == "base") for d in doubts(case, result)):
        return before  # whom it was read for is itself in doubt
    read = _context(case, result)
    own = understand(case.request.question, directory(case.snapshot.reports), case.snapshot.segmenter)
    dated = own.years or own.relative or re.search("哪一?[几些]?个?年", own.text)
    return replace(
        read, operation=before.operation, growth=before.growth, base=before.base, singled=before.singled,
        years=read.years if dated else before.years,
    )  # fmt: skip


def _worked_first(request: Request, snapshot: Snapshot, settings: Settings, encoder: Encoder | None) -> Answer | None:
    """What no other step may read for something else: whose place it is, and one of several reasons or results by its place."""
    if not points_at_a_place(request.question):
        return None
    query = understand(request.question, directory(snapshot.reports), snapshot.segmenter)
    case = Case(request, query, Desk(snapshot), settings, encoder)
    worked = placed(case)
    if worked is None and request.context is not None:
        listed = any(len({c.measure for c in t.cells}) > 2 for t in request.context.tables[-3:])
        if listed and (given := reckoned(case)) is not None and given.of_measures:
            worked = given
    return _finish_worked(case, worked) if worked is not None else None


def _finish_worked(case: Case, worked: Worked) -> Answer:
    case.noted.clear()  # of what was not answered
    return replace(_finish(case, worked.answer), context=_after_reckoning(case, worked, case.request.context).to_dict())


_NOT_COUNTED = re.compile("(?:没算(?:进去|在内)?的|[去刨拿剔]掉的)[那这]?一?[家个年]")


def _named_outright(whole: Case) -> Answer | None:
    """最多那年的申请都是怎么递上来的: the question with that year named, where it is answered without a doubt."""
    question = named_outright(whole)
    if question is None:
        return None
    case, result = _taken(replace(whole.request, question=question), Desk(whole.snapshot), whole.settings, whole.encoder)
    sure = result.status == "answered" and settle(case, result) is result
    return _finish(case, result) if sure else None


def _after_reckoning(case: Case, worked: Worked, before: Context | None) -> Context:
    """What the next question goes on with after numbers that were told have been worked with: what was asked before, of whom this one told."""
    result = worked.answer
    context, told = before or Context(), tables(case, result)
    own = told[-1].cells if told else ()
    bodies, years = tuple(dict.fromkeys(c.body for c in own)), tuple(sorted({c.year for c in own}))
    first = next((f.agency for f in result.figures if f.agency in bodies), "") if result.figures[:1] and result.figures[0].metric == "share" else ""
    bodies = tuple(dict.fromkeys((first, *bodies))) if first else bodies  # 最高那家占三家合计的百分之几: 它 is that one
    counted = tuple(dict.fromkeys(c.place for c in own))
    applied = tuple(a for a in dict.fromkeys(c.applicant for c in own) if a not in ("", "total"))
    one_bodys_years = worked.pointed and {*years} < {*context.years} and bodies == context.agencies  # 最多的三年: of all of them
    # 头一个比末一个多几件: all of them stay spoken of
    set_apart = worked.pointed and len(bodies) > 1 and any(f.metric in WORKED for f in result.figures)
    return replace(
        context,
        agencies=context.agencies if set_apart and {*bodies} < {*context.agencies} else bodies or context.agencies,
        years=context.years if one_bodys_years else years or context.years,
        metrics=counted if counted and {*counted} <= {*metrics()} else context.metrics,
        earlier_years=_earlier_years(case),
        earlier_metrics=context.metrics if counted and {*counted} <= {*metrics()} and not {*counted} & {*context.metrics} else context.earlier_metrics,
        applicants=applied if own else context.applicants,
        operation=context.operation if context.operation == "sum" and any(f.metric == "sum" for f in result.figures) else "value",
        group=() if bodies else context.group,
        place=() if bodies else context.place,
        condition=(), growth="", singled=(), frame="",
        pool=context.pool if {*bodies} <= {*context.pool} else bodies if len(bodies) > 1 else (),
        order=context.order if {*bodies} <= {*context.order} else (),
        ranks=context.ranks if {*bodies} <= {*context.order} else (),
        mentioned=tuple(dict.fromkeys((*bodies, *context.mentioned)))[:12],
        told=_told(case, result),
        ledger=ledger(case, result),
        tables=told,
    )  # fmt: skip


def _taken(request: Request, desk: Desk, settings: Settings, encoder: Encoder | None) -> tuple[Case, Answer]:
    """A question understood, and what the first step that answers it says."""
    held = directory(desk.snapshot.reports)
    question = safety.without_abuse(request.question) if safety.abusive(request.question) else request.question
    query = inherit(understand(question, held, desk.snapshot.segmenter), request.context, held)
    case = Case(request, query, desk, settings, encoder)
    answers = (result for step in _STEPS if (result := step(case)) is not None)
    return case, next(answers, None) or _nothing(case)


def _side_against_side(whole: Case) -> Answer | None:
    """两个街道合计比两个镇多几件: each side asked by itself, then set against the other; None where one of them is not answered without a doubt."""
    held = directory(whole.snapshot.reports)
    sides = two_sides(understand(whole.request.question, held, whole.snapshot.segmenter), held, whole.snapshot.segmenter)
    if sides is None:
        return None
    desk, told, case = Desk(whole.snapshot), [], whole
    before = whole.request.context
    compared = before is not None and len(before.years) == 2 and before.operation not in ("sum", "list")
    dated = any(years_in(question, ())[0] or years_in(question, ())[1] or "年" in question for question in (sides.first, sides.second))
    newest = f"{max(before.years)}年" if before is not None and compared and not dated else ""  # after one body's two years: of the later
    for question in (f"{newest}{sides.first}", f"{newest}{sides.second}"):
        case, result = _taken(replace(whole.request, question=question), desk, whole.settings, whole.encoder)
        if result.status != "answered" or settle(case, result) is not result:
            return None
        told.append((case, result))
    (case, first), (other, second) = told
    joined = set_against(sides, first, second, (_whose(case), _whose(other)))
    if joined is None:
        return None
    case.noted += [c for c in other.noted if c not in case.noted]
    given = _finish(case, joined)
    whole_by_itself = whole.query.mention.agencies or whole.query.group or whole.request.context is None
    kept: dict[str, Any] = {"frame": whole.request.question if whole_by_itself else ""}
    if before is not None and {*case.agencies, *other.agencies} <= {*before.order}:
        kept |= {"order": list(before.order), "ranks": list(before.ranks)}  # 最多的那家, of all that were told before
    return replace(given, context={**(given.context or {}), **kept})


def _whose(case: Case) -> str:
    """Whose figures were added up, and of which years: 望川区的街道2024年"""
    years = case.years
    span = f"{years[0]}—{years[-1]}年" if len(years) > 1 else f"{years[0]}年" if years else ""
    return f"{case.among or '、'.join(case.agencies[:3])}{span}"


def _of_a_place(query: Query) -> bool:
    return query.placed or (names_a_place(query.text) and query.operation != "rank")


def _in_either_order(case: Case, result: Answer) -> Answer | None:
    """第二名2023年收了几件, after a ranking that told one order of the bodies and one with the governments among them: of both.

    None where the answer is not of a place in an order, or that place is the same body's in both. What is asked next of 它 is told of both
    as well.
    """
    before = case.request.context
    if before is None or len(before.wider) < 2 or result.status != "answered":
        return None
    placed, own = _of_a_place(case.query), {*case.agencies}
    beside = before.beside
    if before.operation == "rank" and own == {*before.agencies[:1]} <= {*before.order} and not before.least:
        at = before.order.index(before.agencies[0])  # 它多少件: whoever has that place in the other order
        beside = before.wider[at : at + 1]
    if not placed and not (beside and own == {*before.agencies[:1]} and not case.query.mention.spans):
        return None
    ranks = tuple(range(1, len(before.wider) + 1))
    bodies = before.wider if placed else beside
    among = replace(before, order=before.wider, ranks=ranks, agencies=bodies, pool=(), wider=(), beside=())
    other, told = _taken(replace(case.request, context=among), case.desk, case.settings, case.encoder)
    theirs = {*other.agencies}
    if told.status != "answered" or settle(other, told) is not told or theirs == own or not theirs <= {*before.wider}:
        return None
    if placed != _of_a_place(other.query):
        return None
    joined = replace(
        result,
        text=f"{result.text}连同各级政府的总报告来排，{told.text}",
        figures=tuple(dict.fromkeys((*result.figures, *told.figures))),
        passages=tuple(dict.fromkeys((*result.passages, *told.passages))),
    )
    case.noted += [c for c in other.noted if c not in case.noted]
    given = _finish(case, joined, result)
    return replace(given, context={**(given.context or {}), "beside": list(other.agencies)})


_MOST_CLAUSES = 4
# 第三名是哪家？它网站上又发了几条: what is found first is what the rest is about.
_WHICH_THEN = re.compile(
    r"(?:是谁|是?哪一?[家个年种类条项])[^,，;；?？]{0,8}[,，;；?？。]+[^,，]{0,10}?(?:(?:它|这家|那家|那年|这一?年|那一?年)(?!们)|(?:其中|里[面头边]))[^,，]{0,24}(?:多少|几|占)"
    # 两家加起来收了多少，公安厅占几成: of that sum
    r"|(?:[加合]起来|合计|一共|总共)[^,，。?？]{0,12}(?:多少|几)[^,，。?？]{0,6}[,，?？;；]+[^,，。?？]{1,14}占了?(?:几成|多少|百分之几|几分之几|多大)"
    # 哪个收得多，哪个公开率高; 最多的是谁？2024年还是它吗
    r"|(?:谁|哪一?[个家])[^,，。?？]{2,16}[多少高低大小快慢][,，;；?？]+(?:谁|哪一?[个家])[^,，。?？]{2,16}[多少高低大小快慢]"
    r"|(?:谁|哪一?[个家])[^,，。?？]{0,10}[,，;；?？]+[^,，。?？]{2,10}(?:还|也|仍)是(?:它|他|这家|那家|同一家)"
    r"|(?:哪[家个]|谁)[^,，。?？]{0,6}[,，]占[^,，]{0,12}(?:多少|几)"
    r"|最[多少高低]的?那?[家个年]是?(?:多少|几)[件个条起次]?[,，?？](?:其中|里[面头边])[^,，]{0,24}(?:多少|几|占)"
)


_ASKS_NUMBER = re.compile(r"多少|几[个件份条次家人场篇]|有没有|^[^,，]*有[^,，]{0,8}(?:没有?|吗|么)$|(?:吗|么|没有?)$")


def _asks_more(question: str, result: Answer) -> bool:
    """Whether a question has more clauses that ask than an answer has figures: 来了多少申请，里头有没有律师提的."""
    if re.search("的话|要是|如果", question):
        return False  # 一样吗，不一样的话差几件
    asks = sum(bool(_ASKS_NUMBER.search(c)) for c in re.split("[,，;；。?？!！]+|、(?=[^,，、]{2,8}(?:多少|几))", question))
    told = {(f.agency, f.year, f.metric, f.applicant) for f in result.figures}
    return result.status == "answered" and 1 < asks <= _MOST_CLAUSES and 0 < len(told) < asks


def _clause_by_clause(whole: Case) -> Answer | None:
    """收到几件申请，公司提的有几件: where the whole leaves something out, what each clause asks for, as if asked one after another.

    None unless every clause asks for a number of its own, or for which of several, and is answered without a doubt.
    """
    if re.search("(?:[加合]起来|相加|之和|总和|合计)[,，](?:还|又|要)?比", whole.request.question):
        return None  # 两家加起来，比省厅多多少: one comparison
    clauses: list[str] = []
    lead = ""
    asks = re.compile(
        "多少|几|谁|哪|[还也仍]是(?:它|他|这家|那家|同一家)"
        if _WHICH_THEN.search(whole.request.question)
        else "多少|几|有没有|(?:吗|么)$|(?:是|对)(?:吧|不[是对])$|加总$|(?:加|合)(?:在一)?起来?$|合计$|多大(?:比例|份额)|比重|^[^,，]*有[^,，]{0,8}(?:没有?|吗|么)$"
    )
    for clause in re.split(r"[,，;；。?？!！]+|、(?=[又再还并]?占|[^,，、]{2,8}各?(?:是|有|占)?(?:多少|几))|\s+(?=\S{4})", whole.request.question):
        lead += f"，{clause}" if lead else clause
        if asks.search(clause):  # 那说说行政复议，总共几件: what asks nothing belongs to what follows
            clauses.append(lead)
            lead = ""
    clauses += [lead] if lead.strip() else []
    if len(clauses) > 2 and re.fullmatch("(?:分别|各)(?:是|有)?(?:多少|几).{0,3}", clauses[-1]):
        clauses.pop()  # …，…，分别几万元: asks of each of them
    if not 1 < len(clauses) <= _MOST_CLAUSES or not all(asks.search(c) for c in clauses):
        return None
    desk, context, case = Desk(whole.snapshot), whole.request.context, whole
    told: list[Answer] = []
    years: list[int] = []
    measures: set[str | None] = set()
    for before, clause in zip(["", *clauses], clauses, strict=False):
        if clause.startswith("占") and re.search("谁|哪[家个]", before):
            clause = f"它{clause}"  # 剩得最多的是哪家，占四家合计的百分之几
        asked = replace(whole.request, question=clause, context=context)
        claimed = _asked_of_all(asked, whole.snapshot, whole.settings, whole.encoder) if context is not None else None
        if claimed is not None and claimed.figures:  # 2024年还是它吗
            told.append(claimed)
            context = Context.from_dict(claimed.context) if claimed.context else context
            continue
        case, result = _taken(asked, desk, whole.settings, whole.encoder)
        if result.status != "answered" or not result.figures or settle(case, result) is not result:
            return None
        told.append(result)
        context = _context(case, result)
        years += context.years
        measures.add(context.unit)
    if len({a.text for a in told}) < len(told) or len({frozenset(a.figures) for a in told}) < len(told):
        return None
    figures = tuple(dict.fromkeys(f for a in told for f in a.figures))
    case.query = replace(case.query, operation="list", text=whole.query.text, applicants=())
    joined = Answer("answered", "".join(a.text for a in told), figures, tuple(dict.fromkeys(p for a in told for p in a.passages)))
    people = context.applicants if context else ()  # as the last clause left them
    kept = replace(_context(case, joined), applicants=people)
    if kept.subject and len(measures) > 1:
        kept = replace(kept, unit=None, matter=whole.query.matter[:MAX_QUESTION])  # 收了几件、一共多少钱: of both
    if whole.request.context is None and any(f.metric == "share" for f in figures):
        kept = replace(kept, frame=whole.request.question[:MAX_QUESTION])  # 前年呢, after several shares: of the same ones
    if len({(f.metric, f.applicant) for a in told for f in a.figures if not f.formula}) == 1 == len({*case.agencies}):
        kept = replace(kept, years=tuple(sorted({*years})))  # 去年几件，前年几件: of both years
    return replace(_finish(case, joined), context=kept.to_dict())


def _nothing(case: Case) -> Answer:
    if not case.reports:
        return Answer("no_report", "现在还没有收录可以回答这个问题的报告。")
    report = case.reports[-1]
    if not of_reports(case):
        return Answer("out_of_scope", compose.OUT_OF_SCOPE["other"])
    return Answer(
        "not_reported",
        f"{report.agency}{report.year}年的报告里没有找到与这个问题有关的内容。没有写不等于没有，也不等于零。",
    )


def _finish(case: Case, result: Answer, read: Answer | None = None) -> Answer:
    """Citations, the understood question, context and suggestions; then the check of every number.

    ``read`` is the answer that the question was read for, where ``result`` asks back instead: the next question goes on with it.
    """
    read = read or result
    query = case.query
    corrections = query.corrections
    understood = Understood(
        text=compose.understood(query, case.agencies, case.years, result),
        agencies=case.agencies or query.mention.agencies,
        years=case.years or query.years,
        metrics=tuple(dict.fromkeys(f.metric for f in result.figures)),
        applicant=next((f.applicant for f in result.figures if f.applicant), None),
        operation=query.operation,
        corrections=corrections,
        among=len(case.reports) if len(case.reports) > 1 else None,
        condition=query.picked or (query.condition.words if query.condition else None),
    )
    if corrections:
        words = "、".join(f"“{typed}”按“{meant}”理解" for typed, meant in corrections)
        case.noted.append(Caution("corrected", f"问题中的{words}。"))
    # What was looked at for an answer that states nothing proves nothing.
    citations = tuple(case.desk.citations) if result.status == "answered" or result.figures or result.passages else ()
    if query.operation == "where" and result.status == "answered" and citations and "写在" not in result.text:
        places = "；".join(dict.fromkeys(f"{c.agency}{c.year}年报告的{c.section if '叙述' in c.place else c.place}" for c in citations[:4]))
        result = replace(result, text=f"写在{places}。{result.text}")
    result = replace(
        result,
        citations=citations,
        warnings=tuple(dict.fromkeys((*result.warnings, *_damage(case), *case.noted))),
        understood=understood,
        context=_context(case, read).to_dict(),
        suggestions=result.suggestions or compose.suggestions(case.query, case.reports, case.desk, result),
    )
    if case.settings.notice:
        result = replace(result, warnings=(*result.warnings, Caution("notice", case.settings.notice)))
    wrong = unsupported_numbers(result)
    if wrong:
        _log.error("an answer held numbers without evidence and was withheld: %d of them", len(wrong))
        return replace(
            result,
            status="not_reported",
            text="找到了可能有关的内容，但其中的数字没有通过核对，因此不作回答" + ("；请看下面的原文。" if result.passages else "。"),
            figures=(),
            chart=None,
        )
    return result


def _damage(case: Case) -> tuple[Caution, ...]:
    """Failed relations that the cited cells take part in; of several reports each is told with the report that it stands in."""
    cells = dict.fromkeys((c.report_id, c.place) for c in case.desk.citations if c.place.startswith("表"))
    cited = list(dict.fromkeys(report_id for report_id, _ in cells))
    held = {r.report_id: r for r in case.reports} if cited else {}
    reports = [held[report_id] for report_id in cited if report_id in held]
    failures = case.snapshot.failures([report.row for report in reports]) if reports else {}
    found: list[Caution] = []
    for report in reports:
        for check in failures.get(report.row, ()):
            places = (place.removeprefix(f"{report.year}年 · ") for place in check.places)
            if any((report.report_id, place) in cells for place in places):
                own = f"{report.agency}{report.year}年的报告" if len(cited) > 1 else ""
                against = f"{own}与上一年的报告" if check.rule.startswith("years.") else own or "报告自身"
                found.append(Caution(check.rule, f"{against}有一处对不上：{check.message}"))
    return tuple(dict.fromkeys(found))[:3]


def _context(case: Case, result: Answer) -> Context:
    query = case.query
    if result.status in ("refused", "out_of_scope", "clarify"):
        before = case.request.context or Context()
        if result.status in ("refused", "out_of_scope") and not before.agencies and len(query.mention.agencies) == 1:
            return replace(before, agencies=query.mention.agencies)  # 他们2024年…: whom it was asked about
        if result.status == "clarify" and case.candidates:
            return replace(_asked(case, result), agencies=(), candidates=case.candidates)
        if result.status == "clarify" and case.reports and not query.group:
            # Which body and year is meant is settled; what is asked of them is not.
            return replace(before, agencies=case.agencies[:40], years=case.years, group=(), place=())
        return before
    asked = _asked(case, result)
    if query.operation == "define" and (earlier := case.request.context) is not None and earlier.agencies:
        return replace(earlier, metrics=asked.metrics or earlier.metrics)  # what a word means changes nothing of whom it was asked about
    if query.operation == "coverage" and (earlier := case.request.context) is not None and {*asked.agencies} & {*earlier.agencies}:
        # which years are held changes nothing of what was asked before
        return replace(
            asked,
            metrics=earlier.metrics,
            applicants=earlier.applicants,
            subject=earlier.subject,
            channels=earlier.channels,
            unit=earlier.unit,
        )
    return asked


def _asked(case: Case, result: Answer) -> Context:
    """What was asked, for the next question to go on with."""
    query = case.query
    edition = case.reports[-1].edition if case.reports else "2021"
    narrative = prefers_narrative(query) or not (query.has_cells or query.weak)
    # Over many reports a list lists them, not the parts of a figure.
    single = replace(query, operation="value") if query.group or query.mention.named else query
    named = () if narrative else tuple(m for m in wanted_metrics(single, edition) if m in metrics())
    if query.operation == "define" and query.results and not query.blocks:  # 这个结果, asked next, may be of a review or a lawsuit
        blocks = ("review", "litigation.direct", "litigation.after_review")
        named = tuple(m for block in blocks for r in query.results if (m := f"{block}.{r}") in metrics())
    told = tuple(dict.fromkeys(f.metric for f in asked_for(case, result.figures) if f.metric in metrics() and f.metric not in query.less))
    if (
        result.passages
        and all(f.metric == "count" for f in result.figures)
        and result.status == "answered"
        and not query.has_cells
        and query.weak
    ):
        named, query = (), replace(query, subject=None)  # sentences were told, whatever 申请 in the question might count
    if query.operation in ("find", "exists") and result.passages and not result.figures and query.subject and beside(case):
        query = replace(query, subject=None)  # 有没有自助查阅机: no count of visits, whatever 查阅 may mean elsewhere
    if set(named) < set(told) and len(told) <= 3 and query.operation in ("value", "list", "exists"):
        named = told  # several things were asked for at once
    of_totals = query.operation == "list" and query.results == ("total",) and len(told) < len(named)
    if told and (of_totals or (set(told) < set(named) and len(case.reports) > 1)):
        named = told  # each year's total, and not the results that it divides into
    if query.operation == "rank" and len(case.reports) == 1 and told:
        named = told[:1]  # the one that came first is what 它 means next
    first = result.figures[0].applicant if result.figures else None
    ranked = query.operation == "rank" and len(case.reports) == 1 and query.top == 1 and first not in (None, "total")
    if ranked and len({f.applicant for f in result.figures if f.metric == result.figures[0].metric}) > 1:
        query = replace(query, applicants=(first,) if first else ())  # 这一类2022年几件
    if not named and not narrative and query.applicants:
        named = ("requests.received",)
    if not named and query.applicants and not query.has_topic:
        named = ("requests.received",)
    group, place, condition = query.group, query.mention.place, query.condition
    if condition is None and group and named and result.status == "answered" and any(f.metric == "count" for f in result.figures):
        condition = Condition(">", 0, HAS)  # 哪些局的复议被纠正了: a bound, though the question does not say it
    bodies = directory(case.snapshot.reports).bodies
    aside = group is not None and group.kind == "any"  # whole governments are told beside the others, and are not what 它们 means next
    told_of = (
        f.agency for f in result.figures if f.agency and not (aside and f.agency in bodies and bodies[f.agency].kind == "government")
    )
    listed = case.told_bodies or tuple(dict.fromkeys(told_of))
    counts = [f.value for f in result.figures if f.metric == "count"]
    if aside and len(counts) > 1 and not counts[0]:  # none of the others fulfils it: 它们 are the governments that were told
        of_all = (f.agency for f in result.figures if f.agency in bodies and bodies[f.agency].kind == "government")
        listed = tuple(dict.fromkeys(of_all))
    if query.operation == "coverage" and group is not None:
        listed = listed or group.names[:LISTED]  # 收录的税务局有几家: the next question may name one by its place
    if query.operation == "rank" and re.search(r"[第老][二三四五六七八九十]|亚军|季军", query.text):
        listed = listed[query.top - 1 : query.top] or listed  # 第二名: what follows is about that one
    elif query.operation == "rank" and query.top == 1 and group and result.figures:
        best = result.figures[0].value  # what follows is about the first, or those that share its place
        ends = {best, min((f.value for f in result.figures if f.value is not None), default=best)} if both_ends(query.text) else {best}
        listed = tuple(dict.fromkeys(f.agency for f in result.figures if f.agency and f.value in ends)) or listed
    operation = query.operation
    if (
        (group or len(query.mention.named) > 1)
        and operation in ("value", "list", "compare")
        and any(f.metric == "sum" for f in result.figures[:1])
    ):
        operation = "sum"  # 各街道一共几件: what comes next is added up as well
    base = query.base or (query.shares[1] if query.shares and query.operation == "share" and len(query.applicants) == 1 else None)
    of_one = len(case.reports) == 1 and [f.metric for f in result.figures[:1]] == ["share"] == [f.metric for f in result.figures if f.operands]
    if query.shares and query.operation == "share" and base is None and of_one and {*query.shares} <= {*metrics()}:
        named, base = query.shares[:1], query.shares[1]  # 2023年呢, after 无法提供里不掌握占多少: of the same whole
    told_share = bool(result.figures) and result.figures[0].metric == "share"
    if query.shares and told_share and operation in ("compare", "list", "value") and {*query.shares} <= {*metrics()}:
        named, base, operation = query.shares[:1], query.shares[1], "share"  # 予以公开除以总计，每年是百分之几: of the shares
    elif query.shared and query.base and told_share and operation in ("compare", "list", "value"):
        operation = "share"
    order, ranks = _order(case, result)
    return Context(
        agencies=listed[: 40 if case.told_bodies else LISTED]
        if group
        else (case.told_bodies[:40] if query.growth or query.picked else ())
        or _who_wrote(case, result)
        or _named_first(case, listed)
        or query.mention.agencies[:5],
        group=(group.kind, group.noun, group.level, group.whole) if group else (),
        place=(place.province, place.city, place.county, place.township) if group and place else (),
        top=query.top if group else 1,
        least=query.least,
        mean=query.mean and group is not None and not query.excluded,  # who was left out is not handed on
        earlier=_earlier(case, named, listed if group else ()),
        earlier_years=_earlier_years(case),
        earlier_metrics=_earlier_metrics(case, named),
        earlier_channels=_earlier_channels(case, named),
        earlier_applicants=_earlier_applicants(case, named),
        base=base,
        growth=query.growth,
        condition=(condition.sign, show_number(condition.value).replace(",", ""), condition.words[:60]) if condition else (),
        picked=query.picked[:120],
        pool=_pool(case),
        order=order,
        ranks=ranks,
        wider=_wider(case, result, order),
        focus=_focus(case, result),
        this_year=_of_this_year(case),
        mentioned=_mentioned(case),
        told=_told(case, result),
        ledger=ledger(case, result),
        tables=tables(case, result),
        singled=_singled(case),
        years=case.told_years or case.years or query.years,
        metrics=named,
        less=query.less,
        applicants=tuple(a for a in query.applicants if a != "total" or len(query.applicants) < 4),
        operation=operation,
        subject=query.subject if not named else None,
        channels=query.channels if not named else (),
        unit=query.unit if not named else None,
        section=query.section,
        topic=query.topic,
        matter=query.matter[:MAX_QUESTION],
        item=case.item,
        frame=case.frame or case.request.question if case.frame or _works_out(query) or (result.status == "no_report" and query.mention.unknown) else "",
    )


def _works_out(query: Query) -> bool:
    """Whether a question that is whole by itself asks for one body's place among others, or for its share of another's number."""
    of_another = query.operation == "share" and len(query.mention.named) == 2 and not query.group
    agree = re.search("勾稽|对[得不]上|平不平|矛盾|相等|一致", query.text) and not query.group
    return not query.follows and ((bool(query.ranked) and query.group is not None) or of_another or bool(agree))


def _singled(case: Case) -> tuple[str, ...]:
    """The bodies whose shares of one sum were told, those of the answers before among them."""
    before, own = case.request.context, case.query.singled
    earlier = before.singled if before is not None and own and {*own} <= {*before.pool} else ()
    return tuple(dict.fromkeys((*earlier, *own)))[-12:]


def _bodies(case: Case) -> tuple[str, ...]:
    """The bodies of the reports asked about, no more of them than a context keeps and one."""
    return case.agencies[:41]


def _who_wrote(case: Case, result: Answer) -> tuple[str, ...]:
    """Those of the bodies named one by one whose reports say what was looked for: 哪几家说自己…, 这两家; none for any other question."""
    wrote = tuple(dict.fromkeys(c.agency for c in case.desk.citations))
    which = re.search("哪[几些一]?[家个]|谁", case.query.text)
    asked = result.passages and len(case.query.mention.named) > len(wrote) > 0 and which
    if asked and not any(f.metric != "count" for f in result.figures):
        return wrote
    # 写了开新闻发布会的有哪几家: those with a number of the text, where others write none
    stated = [f for f in result.figures if f.metric.startswith("narrative.")]
    gave = tuple(dict.fromkeys(f.agency for f in stated if f.value is not None))
    whose = which and case.query.operation != "rank" and len(stated) == len(result.figures) and len(case.query.mention.named) > len(gave)
    return gave if whose else ()


def _named_first(case: Case, listed: tuple[str, ...]) -> tuple[str, ...]:
    """The bodies asked about; the one that a ranking of named ones puts first before the others."""
    every = _bodies(case)[:40]
    if {MOST_OF_ALL, LEAST_OF_ALL} & {*case.query.singled} and listed[:1] and listed[0] in every:
        return tuple(dict.fromkeys((listed[0], *every)))  # 最高那家占三家合计的百分之几: it was found to be this one, told first
    if case.query.singled and set(case.query.singled) <= set(every):
        return tuple(dict.fromkeys((*case.query.singled, *every)))  # whose share it was is what 它 means next
    if case.query.condition and len(every) > 1:
        return tuple(a for a in every if a in listed) or every  # those that were picked
    ranked = [a for a in listed if a in every] if case.query.operation == "rank" and len(every) > 1 else []
    return tuple(dict.fromkeys((*ranked, *every)))


def _pool(case: Case) -> tuple[str, ...]:
    """The bodies named one by one, now or before, while answers stay among them."""
    before = case.request.context
    own = _bodies(case)
    if case.query.group:
        return ()
    if before is not None and own and set(own) < set(before.pool):
        return before.pool
    if before is not None and len(own) == 1 and before.group:
        pair = before.order[:2] if before.operation == "rank" and before.top == 2 else before.agencies
        if len(pair) == 2 and set(own) < set(pair):
            return pair  # one of the two that a ranking or a condition told: 另外那家
    return own[:40] if len(own) > 1 else ()


def _mentioned(case: Case) -> tuple[str, ...]:
    before = case.request.context
    own = () if case.query.group else _bodies(case)
    spoken = before.mentioned if before else ()
    if {*own} == {*spoken[: len(own)]}:
        own = ()  # told again in another order, not named in it
    return tuple(dict.fromkeys((*own, *spoken)))[:12]


def _told(case: Case, result: Answer) -> tuple[tuple[str, ...], ...]:
    """The last two cells that were told, for a question about both: two of this answer, or one of it and one of the answer before."""
    figures = (f for f in asked_for(case, result.figures) if f.metric in metrics() and f.value is not None)
    own = list(dict.fromkeys(map(cell_of, figures)))
    if case.query.operation == "rank" and len(case.reports) == 1:
        own = own[:1]  # the kind of applicants that came first
    if len(own) == 1 and (before := case.request.context) is not None:
        own = [*(c for c in before.told[-1:] if c != own[0]), own[0]]
    return tuple(own) if 0 < len(own) <= 2 else ()


def _of_this_year(case: Case) -> bool:
    """Whether 今年 was spoken of, now or before the years that count from it."""
    before, relative = case.request.context, case.query.relative
    if relative in ("今年", "本年", "本年度"):
        return True
    return before is not None and before.this_year and (relative is not None or not case.query.years)


def _focus(case: Case, result: Answer) -> int | None:
    """The year that a ranking of one body's years puts first, for as long as answers stay with that body."""
    if case.focus is not None:
        return case.focus
    before = case.request.context
    if case.query.operation == "coverage" and re.search(r"最[早老先新近晚]", case.query.text) and len(case.query.mention.agencies) == 1:
        years = [r.year for r in directory(case.snapshot.reports).reports_of_kin(case.query.mention.agencies)]
        return (min if re.search(r"最[早老先]", case.query.text) else max)(years, default=None)
    if len(_bodies(case)) > 2 or case.several:
        return None
    if case.query.operation == "rank" and len(case.reports) > 1 and result.figures:
        return result.figures[0].year
    return before.focus if before is not None and set(before.agencies) == {*case.agencies} else None


def _order(case: Case, result: Answer) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The bodies as this ranking puts them, with the place of each (equal ones share one: 1, 2, 2, 4); those of the one before while
    answers stay among them."""
    before, query = case.request.context, case.query
    own = {*case.agencies}
    kept = (before.order, before.ranks) if before is not None else ((), ())
    if query.placed and own and own <= {*kept[0]}:
        return kept  # 头两名隔多远: the others keep their places
    together = query.operation == "sum" or (result.figures[:1] and result.figures[0].metric == "sum")
    if together and own < {*kept[0]} and not query.mention.spans and not query.group:
        return kept  # 这两家加起来呢, of those that had the second and the third place
    added = [f for f in result.figures if f.metric == "sum" and f.agency in own]
    apiece = len(added) == len(own) > 1  # of each body what its years add up to
    left = ("difference",) if apiece else ("difference", "sum")
    values = {f.agency: f.value for f in reversed(result.figures) if f.agency in own and f.metric not in left}

    def ranked(told: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[int, ...]]:
        each = [values.get(a) for a in told if a]
        return told, tuple(each.index(v) + 1 for v in each)

    if apiece and query.operation != "rank":
        return ranked(tuple(f.agency for f in sorted(added, key=lambda f: -(f.value or 0))))
    if query.operation in ("value", "list", "sum") and 1 < len(own) <= 40 and len(case.years) == 1:
        listed = _each_ones(result, own)
        apart = query.group is not None or len({f.value for f in listed}) == len(own)
        if listed and apart:  # each one's figure, also those that were added up: 最多的那家 is one of them
            return ranked(tuple(f.agency for f in sorted(listed, key=lambda f: -(f.value or 0))))
    if query.operation == "rank" and len(own) > 1:
        told = tuple(dict.fromkeys(f.agency for f in result.figures if f.agency in own and f.value is not None))
        least = query.least and not (both_ends(query.text) and len(told) == len(own))  # both: told from the most on
        if least and set(told) <= set(kept[0]):
            return kept
        if least:
            return ranked(told[::-1]) if len(told) == len(own) else ((), ())
        return ranked(told[:40] if len(told) == len(own) <= 40 else (*told[:39], ""))  # "": others come behind
    aside = len(own) == 1 and not query.group  # another body beside those that were ranked
    return kept if own and (aside or own <= set(kept[0])) else ((), ())


def _wider(case: Case, result: Answer, order: tuple[str, ...]) -> tuple[str, ...]:
    """The first bodies of a ranking with the governments among them, as many as were asked for; those of the one before while answers
    stay among its order."""
    before, query = case.request.context, case.query
    if before is not None and before.wider and order == before.order:
        return before.wider
    bodies = directory(case.snapshot.reports).bodies
    told = [f for f in result.figures if f.agency in bodies and f.value is not None and f.metric not in ("difference", "sum", "count")]
    aside = query.group is not None and query.group.kind == "any" and any(bodies[f.agency].kind == "government" for f in told)
    picked = query.condition is not None and len(told) <= 40  # whoever comes up to a bound, the governments beside them
    if not (query.operation == "rank" or picked) or not aside or len({(f.metric, f.applicant) for f in told}) != 1:
        return ()
    ranked = tuple(dict.fromkeys(f.agency for f in sorted(told, key=lambda f: f.value or 0, reverse=not query.least)))
    if query.operation != "rank":
        return ranked
    # Of the governments those ahead of the first of the others are told: so far the order is whole.
    whole = next((at for at, a in enumerate(ranked) if bodies[a].kind != "government"), 0) + 1
    return ranked[: max(query.top, whole)] if query.top > 1 or whole > 1 else ()


def _each_ones(result: Answer, own: Set[str]) -> list[FigureOut]:
    """The one figure that was told of each of the bodies; none where a body was told of twice, or not at all."""
    listed = [f for f in result.figures if f.agency in own and not f.formula]
    once = len(listed) == len(own) == len({f.agency for f in listed}) and len({(f.metric, f.applicant) for f in listed}) == 1
    return [f for f in listed if f.value is not None] if once else []


def _earlier(case: Case, named: tuple[str, ...], listed: tuple[str, ...]) -> tuple[str, ...]:
    """The bodies of the answer before, when this one told the same of another: 两家差几件 asks about both."""
    before = case.request.context
    agencies = set(listed) or {*case.agencies}
    if before is not None and (set(before.agencies), before.years, before.metrics) == (agencies, case.years, named):
        return before.earlier  # the same once more
    if before is None or not agencies or set(before.agencies) & agencies or before.metrics != named:
        return ()
    # Whoever is spoken of again is so last: 两家加起来, after 甲, 乙 and 甲 again
    own = {*before.agencies, *agencies}
    return tuple(dict.fromkeys((*(a for a in before.earlier if a not in own), *before.agencies)))[-5:]


def _earlier_metrics(case: Case, named: tuple[str, ...]) -> tuple[str, ...]:
    """The metrics of the answer before, when this one told another of the same report: 这两样加起来."""
    before = case.request.context
    same = before is not None and set(before.agencies) == {*case.agencies} and set(before.years) == {*case.years}
    if before is not None and named and set(named) < set(before.metrics):
        return tuple(m for m in before.metrics if m not in named)  # 前两个: the third stays spoken of
    if before is None or not same or not before.metrics or set(before.metrics) & set(named):
        return ()
    return tuple(m for m in dict.fromkeys((*before.earlier_metrics, *before.metrics)) if m not in named)[-5:]


def _earlier_channels(case: Case, named: tuple[str, ...]) -> tuple[str, ...]:
    """The channels of the answer before, when this one told the same of another channel of the same report: 两者相加."""
    before, query = case.request.context, case.query
    if before is None or named or not before.channels or set(before.channels) & set(query.channels) or before.subject != query.subject:
        return ()
    same = set(before.agencies) == {*case.agencies} and set(before.years) == {*case.years}
    return before.channels[:3] if same else ()


def _earlier_applicants(case: Case, named: tuple[str, ...]) -> tuple[str, ...]:
    """The applicants of the answer before, when this one told the same metric of others in the same report: 这两样加起来."""
    before, own = case.request.context, case.query.applicants
    if before is None or not own or before.metrics != named or set(before.applicants) & set(own):
        return ()
    same = set(before.agencies) == {*case.agencies} and set(before.years) == {*case.years}
    return tuple(a for a in dict.fromkeys((*before.earlier_applicants, *before.applicants)) if a not in own)[-5:] if same else ()


def _earlier_years(case: Case) -> tuple[int, ...]:
    before = case.request.context
    years = {*(case.told_years or case.years)}
    if aside := tuple(y for y in case.years if y not in years):
        return aside  # those that were not picked
    if before is None:
        return ()
    kin = case.listed.bodies
    same = any((r.lineage or r.agency) in kin for r in directory(case.snapshot.reports).reports_of(before.agencies))
    if same and years < set(before.years):
        return tuple(y for y in before.years if y not in years)  # one of those spoken of
    if not same or (set(before.years) & years and (len(before.years) != 2 or len(years) != 2)):
        return ()  # of 2022 and 2023, and then of 2023 and 2024, the first stays spoken of
    return tuple(y for y in dict.fromkeys((*before.earlier_years, *before.years)) if y not in years)[-5:]


_STEPS: tuple[Callable[[Case], Answer | None], ...] = (
    abuse, out_of_scope, define, coverage, thing_unsaid, foreign, choose, dates_step, of_told, disagreements, consistency, about, whole_table, overview, annual, by_matter, no_such_part, verbatim, of_several_bodies, picking_step, many_step, across_step, what_about, how_handled, formula_step, several_step, ambiguous, figures_step, rates_step, narrative_numbers,
    sections_step, search_step,
)  # fmt: skip
