"""Questions that ask for several things at once: 收到几件，公开了几件，微信发了多少条.

Each piece is understood on its own, with agency, year and applicant of the whole; the answers are put together. Half a list would
read like a whole answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from service.case import Case
from service.cells import figures_step, prefers_narrative, wanted_metrics
from service.concepts import lists_the_rest
from service.contract import Answer, AnswerStatus
from service.directory import NOBODY
from service.lexicon import verb_alone
from service.many import many_step
from service.narrative import asks_about, narrative_numbers, search_step, sections_step, what_about
from service.query import OUTCOME_CLASSES, REQUEST_CHANNELS, Query
from service.question import understand
from service.replacing import replace

_DIVIDE = re.compile(r"[,，、;；。?？!！]+|以及|还有|和|与|及|跟")
_MOST = 8


def several_step(case: Case) -> Answer | None:
    """One answer out of several, where the whole question would lose one of the things that it names."""
    whole = case.query
    if (
        whole.operation == "list"
        and whole.blocks
        and re.search("(?:怎么|咋)判|(?:各[种类个]?|所有|全部)(?:的)?结果|结果[^,，。]{0,4}(?:列|分)", whole.text)
    ):
        return None  # 复议后起诉的八件，法院怎么判的: one thing
    if (len(whole.blocks) == 1 and whole.results) or (len(whole.rows) == 1 and whole.columns and not whole.metrics):
        return None  # one cell, told in two clauses: 法院判纠正的几件，复议后起诉的那类
    if whole.operation not in ("value", "list", "exists", "find") or len(case.reports) != 1 or whole.qualifier or whole.attributive:
        return None
    parts = _parts(case)
    if any(_asks_text(p) for p in parts):
        return _told_together(case, parts)
    if whole.operation == "find":
        return None
    if len(whole.channels) > 1 and set(whole.channels) <= REQUEST_CHANNELS:
        return None  # the ways in which requests came stand in one sentence
    if sum(p.has_cells for p in parts) == 1 and all(p.has_cells or (p.applicants and not p.channels and not p.subject) for p in parts):
        return None  # one row, and the column that it is asked of
    if len(parts) < 2 or not _loses(case, parts):
        return None
    if all(prefers_narrative(p) for p in parts) and len({(p.subject, p.channels) for p in parts}) == 1:
        return None  # 几次、多少人 of one matter stand in one sentence
    return _told_together(case, parts)


def _asks_text(part: Query) -> bool:
    """Whether a piece asks for what the report says: its problems and measures, what requests were about, what was done."""
    if part.asks_number or part.has_cells:
        return False
    done = part.operation == "find" and part.residue and re.search("什么|怎么|怎样|哪些", part.text)
    return part.section == 5 or asks_about(part.matter) or bool(done)


def _told_together(case: Case, parts: Sequence[Query]) -> Answer | None:
    answers = [
        a
        for part in parts
        # 针对答复文书格式不统一，写的措施是什么: what only says what it is about has no number that could be missing
        if (a := _one(case, part)) is not None and (a.status == "answered" or case.query.asks_number or part.has_cells or part.section)
    ]
    if len(answers) < 2:
        return None
    status: AnswerStatus = "answered" if any(a.status == "answered" for a in answers) else "not_reported"
    seen: dict[str, None] = {}
    for given in answers:
        seen.setdefault(given.text)
    passages = tuple({p.text: p for a in answers for p in a.passages}.values())
    return Answer(status, "".join(seen), tuple(f for a in answers for f in a.figures), passages)


def of_several_bodies(case: Case) -> Answer | None:
    """新收申请＋主动公开条数 of bodies named one by one: cells and numbers of the text, each told of all of them."""
    whole = case.query
    if whole.operation not in ("value", "list") or len(case.reports) < 2 or not whole.mention.named or case.among or whole.qualifier:
        return None
    parts = _parts(case)
    if len({prefers_narrative(p) for p in parts}) < 2:
        return None
    answers = [a for part in parts if (a := many_step(replace(case, query=part))) is not None]
    if len(answers) < len(parts) or any(a.status != "answered" for a in answers):
        return None
    return Answer("answered", "".join(a.text for a in answers), tuple(f for a in answers for f in a.figures))


def _parts(case: Case) -> list[Query]:
    """The pieces that name something of their own, each as a query."""
    whole = case.query
    pieces = [p for chunk in (whole.pieces if len(whole.pieces) > 1 else (whole.matter,)) for p in _DIVIDE.split(chunk)]
    found: list[Query] = []
    if len([p for p in pieces if len(p) >= 2]) < 2 or (whole.asked != whole.matter and len(whole.metrics) > 1):
        return []  # one thing is asked for: nothing is lost by taking it whole
    if lists_the_rest(whole):
        return []
    if re.search("[那这]些(?:理由|原因|情形)|等(?:理由|原因|情形)", whole.text):
        return []  # some of them are named for all: 国家秘密、内部事务那些理由，逐条
    if any(re.match("除[去掉开了]|不算|不含|去掉|扣[掉除]|剔除|刨[掉去]", p) for p in pieces):
        return []  # 不予处理的，除掉重复申请以外，其余四种: no pieces of their own
    people = whole.applicants if len(whole.applicants) == 1 else ("natural",) if set(whole.applicants) == {"total", "natural"} else ()
    counted = False  # whether the last piece found names something without asking how many
    for piece in [p for p in pieces if len(p) >= 2][: 2 * _MOST]:
        if found and re.match("像?(?:这|那|此)(?:种|类|样)", piece):
            continue  # 回人家“不掌握”，这种答复多少回: what the piece before names
        part = understand(piece, NOBODY, case.snapshot.segmenter)
        if re.fullmatch(r"(?:予以|同意)?公开(?:了|的)*(?:的?有)?(?:多少|几)?(?:件|条|份)?", piece) and any(
            not prefers_narrative(p) for p in found
        ):
            part = replace(part, metrics=("outcome.granted",), subject=None)  # in a row with other outcomes
        if re.fullmatch(r"(?:还)?结转(?:了|的)?(?:各|分别)?(?:是|有)?(?:多少|几)?(?:件|份)?", piece) and any(
            not prefers_narrative(p) for p in found
        ):
            part = replace(part, metrics=("requests.carried_out",), subject=None)  # beside what was received and done: what was left
        further = found and found[-1].subject and prefers_narrative(found[-1]) and part.unit not in (None, found[-1].unit)
        if further and not (part.has_cells or part.subject or part.channels):
            part = replace(part, subject=found[-1].subject, channels=found[-1].channels)  # 培训办了几回，多少人来听
        if counted and verb_alone(part.metrics, piece) and prefers_narrative(found[-1]):
            continue  # 建议和提案，去年办了几件: the number of what the piece before names
        parts_named = {m for p in found for m in p.metrics}
        if part.metrics and not part.asks_number and all(any(o.startswith(f"{m}.") for o in parts_named) for m in part.metrics):
            continue  # 多少件被认定成信访举报，不处理了: the class of what the piece before names
        if part.results == ("total",) and not part.has_cells and found and all(p.blocks for p in found):
            continue  # 直接告的、复议完再告的，总数各是多少: what those before are asked for
        if part.results and not part.has_cells and (blocks := tuple(dict.fromkeys(b for p in found for b in p.blocks))):
            part = replace(part, blocks=blocks, subject=None)  # 复议多少、诉讼多少，各纠正了几件
        filed = part.metrics in ((), ("requests.received",)) and not (part.rows or part.blocks)
        if (
            (part.weak or part.metrics)
            and filed
            and not part.asks_number
            and not re.search(r"[数量]$|新收", piece)
            and re.search(r"多少|几", whole.matter)
        ):
            continue  # 去递申请，平均等几天: how it came about, not what is asked
        if _asks_text(part) and (any(p.asks_number for p in found) or (not found and whole.asks_number and part.section)):
            part = replace(part, mention=whole.mention, years=whole.years, operation="find")  # 收了几件申请，存在哪些问题
            found += [part] if not any(_asks_text(p) and (p.section, p.topic) == (part.section, part.topic) for p in found) else []
            continue
        if part.mention.unknown or part.section or part.operation in ("define", "where", "coverage", "share", "find"):
            continue
        named = part.has_cells or part.channels or part.subject not in (None, "published", "requests.received")
        if not named and not (part.weak and not part.unit_only) and not (part.subject == "published" and part.unit == "info"):
            continue
        if part.subject == "published" and not part.channels and found and prefers_narrative(found[-1]):
            part = replace(part, channels=found[-1].channels)  # 抖音号有吗，发了几个: the second piece goes on with the first
        part = replace(
            part, mention=whole.mention, years=whole.years, operation="value", asks_number=True, applicants=part.applicants or people
        )
        if not any(_target(p, case) == _target(part, case) for p in found):
            found.append(part)
            counted = not re.search("多少|几", piece)
    return found[:_MOST] if any(not _asks_text(p) for p in found) else []


def _target(query: Query, case: Case) -> object:
    if prefers_narrative(query):
        return query.subject, query.channels, query.unit
    return tuple(wanted_metrics(query, case.reports[0].edition)), query.applicants


def _loses(case: Case, parts: Sequence[Query]) -> bool:
    """Whether the question taken as a whole leaves out a figure that one of its pieces names."""
    whole = case.query
    edition = case.reports[0].edition
    tables = [p for p in parts if not prefers_narrative(p)]
    wanted = {m for p in tables for m in wanted_metrics(p, edition)}
    narrative = len(tables) < len(parts)
    if narrative and tables:
        return True
    if narrative:  # several numbers of the text alone: narrative_numbers tells them where they are joined or listed
        return not (whole.joined or whole.operation == "list")
    told = set(wanted_metrics(whole, edition)) & {*OUTCOME_CLASSES}
    if len(wanted & set(OUTCOME_CLASSES)) >= 3 or (len(told) >= 3 and wanted <= {*OUTCOME_CLASSES, "outcome.total"}):
        return False  # a list of the outcomes: told whole, with its total
    return bool(wanted - set(wanted_metrics(whole, edition))) or prefers_narrative(whole)


def _one(case: Case, part: Query) -> Answer | None:
    own = replace(case, query=part)
    steps: tuple[Callable[[Case], Answer | None], ...] = (figures_step, narrative_numbers)
    if _asks_text(part):
        steps = (sections_step, what_about, search_step)
    for step in steps:
        given = step(own)
        if given is not None and given.status in ("answered", "not_reported"):
            return given
    return None
