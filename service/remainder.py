"""What is left of a whole when parts of it are taken off: 办结的里面，不算予以公开和部分公开，剩下几件."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from corpus.forms import metrics
from service.concepts import put_aside
from service.lexicon import TermHit
from service.query import OUTCOME_CLASSES, Query
from service.replacing import replace
from service.years import TAKEN

_BEFORE = re.compile(rf"(?:{TAKEN}|[减刨抛][掉去开]|除)(?:那些|其中的?)?$")
_BEHIND = re.compile(
    r"的?(?:那?(?:一|几)?[项类种个件些])?(?:也|都|再|全|一并|统统)*(?:以外|之外|除外|不算|不要|不计|去掉|拿掉|撇开|[剔刨扣][掉去除])(?![^,，。;；?？)）])|"
    r"的?(?:那?(?:一|几)?[项类种个件些])?(?:也|都|再|全|一并|统统)*(?:剔掉|剔除|刨掉|刨去|扣掉|扣除|去掉)"
)

# Cases that are closed: all of a block but those that are open, which are counted together in no cell.
CLOSED = re.compile(r"(?<![未没尚待])(?<!没有)(?<!还没)(?:已经?)?(?:审结|结案|审完|审理完)(?!率|方式)")
_OPEN = re.compile("[未没尚待]审?[结完]|在审")

# The other outcomes, not the class of that name: 除予以公开外的其他处理结果
_OTHER_RESULTS = re.compile("其[他它余](?:各种|的)?(?:处理|办理|答复)?结果|其[他它]处理(?=的?结果|方式)")


def taken_off(hits: Sequence[TermHit], text: str) -> list[TermHit]:
    """The cells of the form that a text names to leave them out, those joined to one that it leaves out among them."""
    # 应办的申请，不算结转的: what was carried in, where the sum that it is a part of is named
    carried = any(h.id == "requests.to_handle" for h in hits)
    weak = {h for h in hits if h.weak and not (carried and h.id == "requests.carried_in")}
    named = [h for h in hits if h.kind in ("metric", "result", "row", "block") and h not in weak and not _left_of_it(h, text)]
    begin, end = put_aside(text)
    out: list[TermHit] = []
    for hit in named:
        joined = out and re.fullmatch(r"的?(?:、|和|与|及|跟|还有)", text[out[-1].end : hit.start])
        if joined or begin <= hit.start < end or _BEFORE.search(text[: hit.start]) or _BEHIND.match(text[hit.end :]):
            out.append(hit)
    return out


def _left_of_it(hit: TermHit, text: str) -> bool:
    """Whether 还剩几件 asks what is left of the whole that was named, and not what was carried into the next year."""
    return hit.id == "requests.carried_out" and bool(re.match("还?剩|其余", text[hit.start : hit.end]))


def asks_closed(text: str) -> bool:
    """Whether a text speaks of the cases that are closed, and of no others: 审结的复议有几件."""
    return bool(CLOSED.search(text)) and not _OPEN.search(text)


def closed_of(query: Query, block: str) -> Query:
    """The query for the cases of one block that are closed."""
    return replace(
        query, metrics=(f"{block}.total",), less=(f"{block}.pending",), blocks=(), results=(), operation="value", asks_number=True
    )


def is_part(part: str, whole: str) -> bool:
    """Whether one cell of the form is counted in another, and can be taken off it."""
    if whole == "outcome.total":
        return part.startswith("outcome.") and part != whole
    if whole == "requests.to_handle":
        return part.startswith(("outcome.", "requests.")) and part != whole
    if whole.endswith(".total") and part.startswith(whole.removesuffix("total")):
        return part != whole
    inside = metrics()[whole].parts if whole in metrics() else ()
    return part in inside or part.startswith(whole + ".")


def parts_of(whole: str) -> tuple[str, ...]:
    """The cells that a whole is the sum of; none where it has no such parts."""
    return OUTCOME_CLASSES if whole == "outcome.total" else metrics()[whole].parts


WAYS_TO_COURT = ("litigation.direct", "litigation.after_review")


def other_way(hits: Sequence[TermHit], text: str) -> list[TermHit]:
    """The hits with one of the two ways to court for 行政诉讼, where the question leaves out the other: 行政诉讼（不算复议后起诉）."""
    out = {h.id for h in taken_off(hits, text) if h.id in WAYS_TO_COURT}
    if len(out) != 1 or not any(h.kind == "block" and h.id == "litigation" for h in hits):
        return list(hits)
    left = next(w for w in WAYS_TO_COURT if w not in out)
    return [replace(h, id=left) if h.kind == "block" and h.id == "litigation" else h for h in hits if h.id not in out]


def remainder_in(hits: Sequence[TermHit], out: Sequence[TermHit], text: str) -> tuple[str, tuple[str, ...]] | None:
    """The whole that a question names and the parts, of those taken off, that it leaves out of it; None where it does nothing of the kind."""
    blocks = {h.id for h in hits if h.kind == "block" and not h.weak}
    if out and len(blocks) == 1 and all(h.kind == "result" for h in out):  # 复议除维持以外的结果
        block = blocks.pop()
        beside = {h.id for h in hits if h.kind == "result" and not h.weak} - {h.id for h in out} - {"total"}
        return None if beside else (f"{block}.total", tuple(dict.fromkeys(f"{block}.{h.id}" for h in out)))
    parts = tuple(dict.fromkeys(h.id for h in out if h.kind == "metric"))
    if not parts or len(parts) != len({h.id for h in out}):
        return None
    others = [m.span() for m in _OTHER_RESULTS.finditer(text)]
    named = dict.fromkeys(
        h.id
        for h in hits
        if h.kind in ("metric", "derived")
        and not h.weak
        and h not in out
        and h.id not in parts
        and not any(a <= h.start < b for a, b in others)
        and not _left_of_it(h, text)
    )
    wholes = [m for m in named if all(is_part(p, m) for p in parts)]
    if not wholes and set(parts) <= set(OUTCOME_CLASSES) and not named and re.search(r"其[他它余]|剩|余下|别的", text):
        wholes = ["outcome.total"]
    return (wholes[0], parts) if len(wholes) == 1 and set(named) <= {wholes[0]} else None


def taken_off_told(hits: Sequence[TermHit], text: str, told: Collection[str]) -> tuple[str, ...]:
    """The cells that a follow-up takes off those told last: 把没审完的刨掉; none where they are no parts of those."""
    out = taken_off(hits, text)
    parts: dict[str, None] = {}
    for hit in out:
        if hit.kind == "result":
            parts |= dict.fromkeys(f"{m.removesuffix('total')}{hit.id}" for m in told if m.endswith(".total"))
        else:
            parts[hit.id] = None
    fits = parts and all(p in metrics() and any(is_part(p, m) for m in told) for p in parts)
    return tuple(parts) if fits else ()
