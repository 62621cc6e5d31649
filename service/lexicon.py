"""Which of the forms' concepts a question names: longest terms first, each stretch of text counted once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.forms import Concept, applicants, concepts, forms
from corpus.tables import bare_label
from service.sieve import Sieve


@dataclass(frozen=True, slots=True)
class TermHit:
    """A concept named at ``text[start:end]``. ``weak`` hits count only where nothing more telling stands."""

    kind: str
    id: str
    start: int
    end: int
    weak: bool
    loose: bool = False  # found across a gap, so that other terms may stand inside it


@lru_cache(maxsize=1)
def _terms() -> tuple[tuple[str, tuple[tuple[Concept, bool], ...]], ...]:
    """(term, concepts), longest first."""
    by_term: dict[str, list[tuple[Concept, bool]]] = {}
    for concept in concepts():
        labels = {concept.label} if concept.kind not in ("applicant", "column", "result", "block") else set()
        for term in {*concept.terms, *labels}:
            by_term.setdefault(term.lower(), []).append((concept, False))
        for term in concept.bare:
            by_term.setdefault(term.lower(), []).append((concept, False))
        for term in concept.weak:
            by_term.setdefault(term.lower(), []).append((concept, True))
    by_id = {(c.kind, c.id): c for c in concepts()}
    for form in forms().values():
        for request in form.requests:
            concept = by_id["metric", request.metric]
            if len(request.label) > 2:
                for label in {request.label, bare_label(request.label)}:
                    _once(by_term.setdefault(label.lower(), []), concept)
        for clause in form.clauses:
            for row in clause.rows:
                _once(by_term.setdefault(row.label, []), by_id["row", row.id])
            for column in clause.columns:
                _once(by_term.setdefault(column.label, []), by_id["column", column.id])
    for applicant, label in applicants().items():
        if len(label) > 2:
            _once(by_term.setdefault(label, []), by_id["applicant", applicant])
    # By length, then by the term itself: what a set gave first must decide nothing.
    return tuple(sorted(((t, tuple(c)) for t, c in by_term.items()), key=lambda item: (-len(item[0]), item[0])))


def _once(found: list[tuple[Concept, bool]], concept: Concept) -> None:
    if not any(known.kind == concept.kind and known.id == concept.id for known, _ in found):
        found.append((concept, False))


@lru_cache(maxsize=1)
def _gapped() -> tuple[tuple[str, re.Pattern[str], tuple[tuple[Concept, bool], ...]], ...]:
    """(what stands before the first gap, the pattern, concepts): most are ruled out by the former alone."""
    return tuple(
        (term.partition("…")[0], re.compile(re.escape(term).replace("…", "[^，。；、？不未没部拒无]{0,8}?")), found)
        for term, found in _terms() if "…" in term
    )  # fmt: skip


@lru_cache(maxsize=1)
def _gapped_sieve() -> Sieve:
    return Sieve([pattern for _, pattern, _ in _gapped()])


@lru_cache(maxsize=1)
def _plain() -> tuple[tuple[str, tuple[tuple[Concept, bool], ...]], ...]:
    return tuple((term, found) for term, found in _terms() if "…" not in term)


@lru_cache(maxsize=1)
def bare_terms() -> frozenset[str]:
    """Verbs that name a metric only where a clause begins with them."""
    return frozenset(term for concept in concepts() for term in concept.bare)


def verb_alone(metrics: tuple[str, ...], text: str) -> bool:
    """Whether nothing but a verb (办了几件) names the total of outcomes, so that it counts whatever else is spoken of: motions, letters."""
    if metrics != ("outcome.total",) or "申请" in text:
        return False
    return all(text[h.start : h.end] in bare_terms() for h in find_terms(text) if h.id == "outcome.total")


# Before a verb of granting or handling these turn its meaning round or name something else: 不予公开, 部分公开, 其他处理.
_TURNED = re.compile(r"(?:不予?|不[会能让给肯]|已经?不|不再|未|没有?|[没不]给|拒绝|部分|无法|不同意|没能|难以|别|其[他它]|对外|主动)$")
_VERBS = (
    "给",
    "算数",
    "作数",
    "还算数",
    "还作数",
    "说它",
    "判它",
    "公开",
    "处理",
    "办",
    "答复",
    "回复",
    "同意",
    "拿到",
    "要到",
    "予以",
    "给予",
    "予公开",
    "提供",
    "批准",
    "答应",
    "成功",
    "给公开",
    "全",
)
# What a bare verb may follow: nothing, a mark, whom or what it is about; not the noun that another matter puts before it.
_OPENING = re.compile(
    r"(?:^|[\s，。；、,;:：?？!！(（“「\"]|申请[的里中]?|最[后终]|是不是|是否|都|全部|统统|全|其中|里头?|中|共|[们年都那各有被的件]|企业|实际|当年|全年|公司|个人|自然人|老?百姓|市民|群众|单位|机构|组织|机关|部门|街道|乡镇|谁|哪[家个些]|[几多]家|管委会|办公室|一年|收到|新收|给了?|得到了?|和|与|及|跟|分别|(?:多少|几)[件份条]?|[问说要看查]的是|痛痛?快快?地?|爽快地?|大大方方地?|老老实实地?|干脆|真正|顺利)$"
)


def _stands(term: str, text: str, start: int) -> bool:
    """Whether a term at ``start`` means what it says, for all that stands before it."""
    before = text[:start]
    if term.endswith("告") and text[start + len(term) : start + len(term) + 1] in ("诉", "知", "示"):
        return False  # 直接告诉我 sues nobody
    if re.match(r"(?:的)?(?:答复书|告知书|决定书|通知书|申请书|文书|案例|工作机制)", text[start + len(term) :]) and term != "申请":
        return False  # 审核不予公开的答复书: a paper, no count
    if term.startswith("收费") and re.search("停车|医疗|教育|物业|学校|水电|培训|通行|高速", before[-2:]):
        return False  # 停车收费: what requests were about
    if term.endswith("保密") and re.match("审查|制度|培训|教育|措施|协议|意识|工作", text[start + len(term) :]):
        return False  # 保密审查三级签字制度: no reason for refusing
    if term.startswith("没做好") and re.match("的?(?:地方|事|方面|工作|$)", text[start + len(term) :]):
        return False  # 有哪些没做好的地方: problems, and no reason for refusing
    if term.startswith("剩下") and re.match("[两三四五六七八几]?(?:家|个|种|项|类|局|街道)", text[start + len(term) :]):
        return False  # 剩下的四家
    if term == "没罚" and re.match("(?:了|过)?(?:几|多少)", text[start + len(term) :]):
        return False  # what was not fined is counted nowhere
    if term.endswith("第三方") and re.match(
        "(?:的|机构)?(?:评估|测评|评价|检查|监测|平台|服务|支付|公司|调查|审计|暗访)", text[start + len(term) :]
    ):
        return False  # 第三方评估得分: no third party's rights
    if term.endswith("结转") and re.match("(?:到|至|给)?(?:下|明|来|次|后)一?年", text[start + len(term) :]):
        return False  # 去年结转下年的: what was carried out, in last year's report
    if term.endswith("比例") and before.endswith("占"):
        return False  # 不予公开占办结的比例
    if term.startswith(_VERBS) and _TURNED.search(before):
        return False
    return term not in bare_terms() or bool(_OPENING.search(before))


@lru_cache(maxsize=1)
def _by_start() -> dict[str, tuple[int, ...]]:
    """Which plain terms begin with two characters (one, for a term of one), by their place in ``_plain``."""
    found: dict[str, list[int]] = {}
    for at, (term, _) in enumerate(_plain()):
        found.setdefault(term[:2], []).append(at)
    return {start: tuple(places) for start, places in found.items()}


def find_terms(text: str) -> list[TermHit]:
    """All concepts named in ``text``, in order. Overlapping plain terms: the longest wins."""
    return list(_found(text))


@lru_cache(maxsize=256)
def _found(text: str) -> tuple[TermHit, ...]:
    # A question is looked through several times on its way, whole and with names masked.
    taken = [False] * len(text)
    hits: list[TermHit] = []
    plain, by_start = _plain(), _by_start()
    standing = sorted(  # the longest first, of equally long ones the first in the text
        (-len(plain[at][0]), start, at)
        for start in range(len(text))
        for length in (1, 2)
        for at in by_start.get(text[start : start + length], ())
        if text.startswith(plain[at][0], start)
    )
    for _, start, at in standing:
        term, found = plain[at]
        end = start + len(term)
        if not any(taken[start:end]) and _stands(term, text, start):
            taken[start:end] = [True] * len(term)
            hits += [TermHit(c.kind, c.id, start, end, weak) for c, weak in found]
    people = {h.end for h in hits if h.kind == "applicant"}  # 企业申请人有多少, 其他申请人占了几件: who applied, no other count
    for number in _gapped_sieve().among(text):
        head, pattern, found = _gapped()[number]
        for match in pattern.finditer(text) if head in text else ():
            if head in ("算上", "加上", "含", "连同") and text[: match.start()].endswith("不"):
                continue  # 不算上年结转的
            if text.startswith("申请人", match.start()) and people & {match.start(), match.start() + 3}:
                continue
            hits += [TermHit(c.kind, c.id, match.start(), match.end(), weak, True) for c, weak in found]
    return tuple(sorted(hits, key=lambda h: (h.start, -h.end)))


def mask(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with stretches blanked out, offsets kept."""
    chars = list(text)
    for start, end in spans:
        chars[start:end] = ["\n"] * (end - start)
    return "".join(chars)
