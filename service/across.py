"""What the narrative of many reports says: who did something, examples of how it was done, without ten copies of one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Span
from corpus.textual import sentences, squash, tidy, without_number
from index.store import Place, StoredPassage
from service.case import Case, cut
from service.check import body_count
from service.contract import Answer, PassageOut
from service.directory import directory
from service.narrative import owned_up
from service.query import Query
from service.relevance import PLAIN, nearest_of, relevance, share_held, telling
from service.replacing import replace

_MOST_SAID = 3  # different sentences that an answer quotes
_SHARED = 0.34  # part of the telling words that a sentence must hold to be about the question


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    score: float
    where: tuple[Place, ...]


def across_step(case: Case) -> Answer | None:
    """Sentences of many reports that answer; None where one report is asked about."""
    query = case.query
    if _WHICH_YEARS.search(query.text) and (told := _years_that_say(case)) is not None:
        return told
    if (
        query.group
        and (query.group.vague or query.group.kind == "any" or query.group.noun in ("地方", "地区"))
        and case.reports
        and not query.mention.place
        and not case.request.agency
    ):
        # 谁, 机关: a government, too; what one writes is no sum over others.
        case.reports = [r for r in directory(case.snapshot.reports).reports_in(case.years) if r.agency not in query.excluded]
    if not case.several:
        return None
    if (mentioned := _who_mentions(case)) is not None:
        return mentioned
    if query.section == 5 and not _beyond_section(case):
        return _section(case)
    found = _found(case)
    if not found:
        return Answer(
            "not_reported",
            f"在收录的 {len(case.reports)} 份相关报告里没有找到写这件事的内容。没有写不等于没有。",
        )
    return _told(case, found)


_MENTIONS = re.compile(
    r"(?:提到|提及|谈到|讲到|说到|写到|出现|写有)(?:了|过)?[“「\"]?(?P<term>[\u4e00-\u9fffA-Za-z0-9]{2,12}?)[”」\"]?(?:这个?(?:词|事|问题|说法)|的?(?:有(?:哪|几|谁).*)?)?[?？]?$"
)


def _who_mentions(case: Case) -> Answer | None:
    """哪些单位提到了征地: every report that holds the very word; where no year is asked for and none of the newest does, those before them. None
    where no word is asked for so, or no report holds it."""
    query = case.query
    asked = _MENTIONS.search(re.sub(r"\s+", "", query.matter))
    if asked is None or not query.group or query.has_cells or query.section or re.search("哪|谁|几|多少", asked["term"]):
        return None
    term = asked["term"].removesuffix("的")
    typed = re.search(re.escape(term), case.request.question, re.IGNORECASE)  # PPP, as the reports print it
    term = typed.group() if typed else term
    where = tuple(case.snapshot.saying([term], case.listed.rows))
    if not where and not (query.years or query.relative):
        names = {r.agency for r in case.reports}
        kin = {r.lineage or r.agency for r in case.reports}
        every = [r for r in case.snapshot.reports if r.agency in names or (r.lineage or r.agency) in kin]
        earlier = replace(case, reports=every)
        if where := tuple(case.snapshot.saying([term], earlier.listed.rows)):
            case.reports = every
    if not where:
        return None
    first = case.snapshot.passages_by_id([where[0].passage])[0]
    return _told(case, [_Said(_plain(first.text[where[0].start : where[0].end]), 1.0, where)])


_FRAME = re.compile("问题|毛病|不足|短板|改进|措施|整改|报告|年报|事情|过|说|写|提|讲")
_WHICH_YEARS = re.compile(r"哪(?:一|几|些)?个?(?:年|年份|年度)(?!级|代)")


def _years_that_say(case: Case) -> Answer | None:
    """哪几年的年报写了…: the years of one body whose reports say it; None where figures are asked for or nobody says it."""
    query = case.query
    if (
        ((query.has_cells or query.condition) and not re.search("[“「][^”」]{6,}[”」]", query.text))
        or query.asks_number
        or query.operation not in ("find", "exists", "value", "list", "where")
    ):
        return None
    reports = directory(case.snapshot.reports).reports_of_kin(case.agencies)
    if query.years:
        reports = [r for r in reports if r.year in query.years]
    if len({r.lineage or r.agency for r in reports}) != 1 or len(reports) < 2:
        return None
    case.reports = sorted(reports, key=lambda r: r.year)
    words = [w for w in telling(case, re.sub(_WHICH_YEARS, "", query.matter)) if not _FRAME.fullmatch(w)]
    if not words:
        return None
    agency = case.reports[-1].agency
    span_words = f"收录的 {len(case.reports)} 份报告里"
    if not (found := _found(case)):
        text = f"在{agency}{span_words}没有找到写这件事的内容。没有写不等于没有。"
        return Answer("not_reported", text)
    by_row = case.listed.by_row
    quoted: dict[int, Place] = {}
    for place in found[0].where:
        quoted.setdefault(by_row[place.report].year, place)
    outs, lines = [], []
    for year, place in sorted(quoted.items()):
        passage = case.snapshot.passages_by_id([place.passage])[0]
        span = Span(passage.start + place.start, passage.start + place.end)
        outs.append(case.desk.passage_out(by_row[passage.report], span, passage.section, words, 1.0))
        lines.append(f"{year}年写道：“{cut(tidy(_plain(passage.text[place.start : place.end])), 100)}”")
    years = "、".join(f"{year}年" for year in sorted(quoted))
    case.told_years = tuple(sorted(quoted))  # what is asked next is about these
    return Answer("answered", f"{agency}{span_words}，写到这一点的是{years}。{'；'.join(lines)}。", passages=tuple(outs[:12]))


def _beyond_section(case: Case) -> bool:
    """Whether a question about problems or measures says which: 谁写了解读形式单一这个问题."""
    return bool(
        [
            w
            for w in telling(case, case.query.matter)
            if not re.search(r"[两三四五六各几]家|对照|对比|比较|问题|不足|短板|缺点|毛病|缺陷|弱项|短处|改进|措施|整改|打算|下一步|列出来?|一样|比一比", w)
        ]
    )


def _found(case: Case) -> list[_Said]:
    query, snapshot = case.query, case.snapshot
    words = telling(case, query.matter)
    found = snapshot.search(query.matter, case.listed.rows, 24, case.encoder)
    ground = snapshot.background(query.matter, case.listed.rows, case.encoder) if case.encoder is not None else None
    nearest, hits = nearest_of(found), owned_up(query, found)
    best: dict[str, float] = {}
    for rank, hit in enumerate(hits):
        for start, end in sentences(hit.passage.text):
            text = hit.passage.text[start:end]
            shared = share_held(words, text)
            near = hit.sentence == (start, end) and hit.nearness is not None
            sure = near and ground is not None and relevance(hit, words, ground, nearest) >= PLAIN
            if shared < _SHARED and not sure:
                continue
            score = shared + (0.25 if near else 0) + 0.2 / (1 + rank)
            key = _plain(text)
            best[key] = max(score, best.get(key, 0.0))
    ranked = sorted(best.items(), key=lambda item: -item[1])
    chosen: list[_Said] = []
    for key, score in ranked:
        if chosen and score < 0.75 * chosen[0].score:
            break
        if any(_alike(key, s.text) for s in chosen):
            continue
        where = _everywhere(case, key) if _wants_examples(query) else _all_who_say(case, key, words)
        if where:
            chosen.append(_Said(key, score, where))
        if len(chosen) >= (_MOST_SAID if _wants_examples(query) else 1):
            break
    return chosen


def _plain(sentence: str) -> str:
    """A sentence without what stands before it in a list, so that the same one is told once: 存在的主要问题：一是…"""
    bare = re.sub(r"^[^，。：:]{2,12}[：:](?=[一二三四五六七八九十]{1,2}是|[（(\d])", "", sentence)
    return without_number(bare).rstrip("。；;")


def _alike(one: str, two: str) -> bool:
    a, b = ({t[i : i + 2] for i in range(len(t) - 1)} for t in (one, two))
    return bool(a and b) and len(a & b) / min(len(a), len(b)) > 0.7


def _everywhere(case: Case, sentence: str) -> tuple[Place, ...]:
    """Where the reports asked about hold the sentence, one place a report."""
    return tuple(case.snapshot.saying([sentence], case.listed.rows))


def _as_asked(matter: str, word: str, sentence: str) -> str:
    """A word with what stands around it in the question, as far as the sentence has it too: 校车管理, where 校车 alone tells."""
    start = matter.find(word)
    end = start + len(word)
    if start < 0:
        return word
    while end < len(matter) and matter[start : end + 1] in sentence:
        end += 1
    return matter[start:end].strip()


def _all_who_say(case: Case, sentence: str, words: Sequence[str]) -> tuple[Place, ...]:
    """Every report that says the same in whatever sentence: all that hold the telling words which the best sentence holds."""
    held = list(dict.fromkeys(_as_asked(case.query.matter, w, sentence) for w in words if w in sentence))
    if sum(map(len, held)) < 4:
        return _everywhere(case, sentence)
    return tuple(case.snapshot.saying(held, case.listed.rows)) or _everywhere(case, sentence)


def _told(case: Case, found: Sequence[_Said]) -> Answer:
    by_row = case.listed.by_row
    outs: list[PassageOut] = []
    lines = []
    words = telling(case, case.query.matter)
    years = case.years
    examples = _wants_examples(case.query)
    for said in found:
        bodies = list(dict.fromkeys(by_row[place.report].agency for place in said.where))
        named = "、".join(bodies[:20]) + (f"等 {len(bodies)} 个" if len(bodies) > 20 else "")
        quoted = said.where[:8]
        passages = case.snapshot.passages_by_id([place.passage for place in quoted])
        own = [p.text[place.start : place.end] for place, p in zip(quoted, passages, strict=True)]
        if all(said.text in text for text in own):
            lines.append(f"{named}写道：“{cut(tidy(said.text), 160)}”")
        else:  # they say it each in words of their own: those of the first are quoted as its own
            lines.append(f"{named}。其中{by_row[quoted[0].report].agency}写道：“{cut(tidy(_plain(own[0])), 160)}”")
        for place, passage in zip(quoted, passages, strict=True):
            at = max(passage.text.find(said.text, place.start, place.end), place.start)  # behind its number in a list
            span = Span(passage.start + at, passage.start + place.end)
            outs.append(case.desk.passage_out(by_row[passage.report], span, passage.section, words, said.score))
    span_words = f"{years[0]}年" if len(years) == 1 else f"{years[0]}—{years[-1]}年"
    case.told_bodies = tuple(dict.fromkeys(by_row[place.report].agency for said in found for place in said.where))
    count = len({by_row[place.report].lineage or by_row[place.report].agency for place in found[0].where})
    lead = f"收录的{span_words}报告里，写到这一点的有 {count} 个：" if not examples else f"收录的{span_words}报告里可以参考的有："
    figures = () if examples else (body_count(count, case.reports[0], len(case.reports)),)
    return Answer("answered", lead + "；".join(lines) + "。", figures, tuple(outs))


def _wants_examples(query: Query) -> bool:
    return not re.search(r"哪些|哪几|哪家|哪个|几个|几家|多少|谁|有没有|名单|有哪", query.text)


def _each_section(case: Case, wanted: Sequence[StoredPassage]) -> Answer | None:
    """Problems or measures of bodies that are named: each one's own words."""
    by_row = case.listed.by_row
    outs = [case.desk.passage_out(by_row[p.report], Span(p.start, p.end), p.section, (), 1.0) for p in wanted[:12]]
    lines = [f"{by_row[p.report].agency}{by_row[p.report].year}年写道：“{cut(o.text, 200)}”" for p, o in zip(wanted, outs, strict=False)]
    return Answer("answered", "".join(f"{line}。" for line in lines), passages=tuple(outs)) if outs else None


def _section(case: Case) -> Answer | None:
    """Problems or measures over many reports: what is said most often, each once, with who says it."""
    query = case.query
    by_row = case.listed.by_row
    passages = case.snapshot.passages(case.listed.rows, 5)
    wanted = [p for p in passages if query.topic is None or p.topic == query.topic] or passages
    if query.mention.named:
        return _each_section(case, wanted)
    said: dict[str, dict[str, tuple[StoredPassage, Span]]] = {}
    for passage in wanted:
        for start, end in sentences(passage.text):
            text = _plain(re.sub(r"^(?:存在的?(?:主要)?问题|改进(?:情况|措施))[：:]", "", passage.text[start:end]))
            if len(squash(text)) >= 8:
                at = passage.start + passage.text.find(text, start)
                said.setdefault(text, {}).setdefault(by_row[passage.report].agency, (passage, Span(at, at + len(text))))
    if not said:
        return None
    ranked = sorted(said.items(), key=lambda item: -len(item[1]))[:5]
    outs = []
    lines = []
    for text, where in ranked:
        names = list(where)
        lines.append(f"“{cut(tidy(text), 100)}”（{names[0]}{f'等 {len(names)} 个' if len(names) > 1 else ''}）")
        for passage, span in list(where.values())[:2]:
            outs.append(case.desk.passage_out(by_row[passage.report], span, passage.section, (), float(len(names))))
    title = "改进措施" if query.topic == "measures" else "存在的问题"
    who = case.among or "机关"
    return Answer("answered", f"收录的这些{who}的报告里，写得最多的{title}是：{'；'.join(lines)}。", passages=tuple(outs))
