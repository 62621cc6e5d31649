"""Statements of the narrative that have no number: that there was none (未收到…), and that all was done (全部办结)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.audit.claims import ANYONE, APPLICANTS, BLOCKS, keys_of
from corpus.audit.counts import total
from corpus.audit.material import Key, Material, Prose, quote
from corpus.audit.relations import is_number, why
from corpus.audit.wording import CHANNEL, OTHER_PERIOD, WHOLE_YEAR, scope_doubt, topic_of
from corpus.forms import applicants
from corpus.model import Finding
from corpus.textual import show_number

_VERBS = "收到|接到|接收|发生|产生|出现|引发|涉及|被"
_NONE = r"(?:(?:未|没有?)有?(?:{})过?|(?<![有从])无|没有|不存在)"
_NO_REQUEST = re.compile(
    _NONE.format(_VERBS)
    + r"(?P<between>[^,;:。\d]{0,40}?)(?:申请(?:件|事项|情况|公开|政府信息|信息|的|要求|请求)*|依申请公开(?:件|事项|情况|政府信息|信息|申请|内容|的|需求)*)(?=[,;:。]|$)"
)
_NO_DISPUTE = re.compile(_NONE.format(_VERBS + "|因") + r"(?P<rest>[^,;:。\d]{0,60}?(?:复议|诉讼|起诉)[^,;:。\d]{0,16})(?=[,;:。]|$)")
# Words beside 复议 and 诉讼 that leave no case out.
_ANY_DISPUTE = re.compile(
    r"因|由于?|针对|(?:我|本)(?:机关|单位|[局镇区县市委办厅旗乡])|举报|投诉|有关|有|涉及|关于|政府|政务|信息|依申请|公开|工作|答复|引起|引发|导致|产生|申请|提起|发生|而|被|行政|复议|诉讼|起诉|案件?|事项|情况|情形|现象"
    r"|的|和|及|与|或者?|以及|等|人|对|任何|相关|方面|事件|纠纷|、"
)
_OTHER_YEAR = re.compile(r"(20\d\d)年")
_ALL_DONE = re.compile(
    r"(?P<all>(?:均|全部|都|已全部|已经全部)(?:已|已经)?(?:依法|依规|按时|按期|按规定|及时|按照[^,;。]{0,10}规定|在[^,;。]{0,8}期限内)*(?:予以)?"
    r"(?P<verb>办结|办理完毕|办理完成|处理完毕|答复|回复|办复))|办结率(?:为|达|达到)?100(?:\.0+)?%"
)
_UPHELD = re.compile(r"(?:均|全部|都)(?:被|获|获得|予以|得到|判决|裁定)*维持")


def statements(material: Material) -> Iterator[Finding]:
    """None and all, where the words are certain, against the cells."""
    for piece in material.prose:
        if piece.section in (0, 5):
            continue
        for start, end in piece.sentences():
            if not _another_year(piece.text[start:end], material.year):
                yield from _none(piece, start, end, material)
                yield from _all(piece, start, end, material)


def _another_year(sentence: str, year: int | None) -> bool:
    return year is not None and any(int(y) != year for y in _OTHER_YEAR.findall(sentence))


# ----------------------------------------------------------------------------------------------------------- none


def _none(piece: Prose, start: int, end: int, material: Material) -> Iterator[Finding]:
    for match in _NO_REQUEST.finditer(piece.text, start, end):
        before = piece.text[start : match.start()]
        if re.search(r"复议|诉讼|许可", match.group()) or "公开" not in before + match.group() or _is_part(before):
            continue
        named = _nobody(match["between"])
        if named:
            label = "本年新收政府信息公开申请数量" + ("" if named == "total" else f"（{applicants()[named]}）")
            yield from _zero(piece, match, [(label, keys_of("requests.received", named))], material)
    for match in _NO_DISPUTE.finditer(piece.text, start, end):
        # 未发生因程序不当引起的行政复议, 无行政复议机关: fewer than all, or something else.
        if _ANY_DISPUTE.sub("", match["rest"]) or _is_part(piece.text[start : match.start()]):
            continue
        if piece.section == 4 or "公开" in piece.before(end):
            blocks = [(label, found) for label, cue, found in _DISPUTES if re.search(cue, match["rest"])]
            yield from _zero(piece, match, [(label, tuple((f"{b}.total", None) for b in found)) for label, found in blocks], material)


def _is_part(before: str) -> bool:
    """Whether what leads up to a statement narrows it to a channel, to some months or to a part."""
    clause = re.split(r"[,:]", WHOLE_YEAR.sub("", before))[-1]
    return bool(CHANNEL.search(clause) or OTHER_PERIOD.search(clause) or "其中" in clause)


_DISPUTES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("行政复议 总计", r"复议(?!后|直接)", BLOCKS[:1]),
    ("行政诉讼 总计", r"诉讼|起诉", BLOCKS[1:]),
)


def _nobody(between: str) -> str | None:
    """Whose requests there were none of: ``total``, one kind of applicant, or None when the words leave some out."""
    if ANYONE.sub("", re.sub(r"向|对", "", between)):
        return None
    kinds = [applicant for pattern, applicant in APPLICANTS if pattern.search(between)]
    if not kinds or "公民" in between or "群众" in between or len(kinds) > 1:
        return "total"
    return kinds[0]


def _zero(piece: Prose, match: re.Match[str], cells: list[tuple[str, tuple[Key, ...]]], material: Material) -> Iterator[Finding]:
    said = quote(piece.raw[match.start() : match.end()])
    start, _ = piece.sentence(match.start())
    doubt = scope_doubt(piece.text[start : match.start()], material)
    for label, keys in cells:
        figures = [material.figures[key] for key in keys if key in material.figures]
        if not figures:
            continue
        places = (f"叙述：{said}", *(f.place for f in figures))
        spans = (piece.span(*match.span()), *(f.span for f in figures if f.span))
        value = total(keys, material.figures)
        if value is None:
            reason = "、".join(sorted({why(f) for f in figures if not is_number(f)}))
            message = f"叙述写“{said}”，表中对应的“{label}”{reason}，无法核对。"
            yield Finding("text.zero", "unknown", message, places, (0, None), spans)
        elif value == 0:
            yield Finding("text.zero", "pass", f"叙述写“{said}”，表中“{label}”为 0 件，一致。", places, (0, 0), spans)
        else:
            message = f"叙述写“{said}”，表中“{label}”为 {show_number(value)} 件，不一致，相差 {show_number(value)}"
            message += f"；{doubt}，无法判断。" if doubt else "。"
            yield Finding("text.zero", "unknown" if doubt else "fail", message, places, (0, value), spans)


# ------------------------------------------------------------------------------------------------------------ all


def _all(piece: Prose, start: int, end: int, material: Material) -> Iterator[Finding]:
    for match in _ALL_DONE.finditer(piece.text, start, end):
        if (topic_of(piece.text[start : match.start()])[0] or topic_of(piece.before(start))[0]) == "request":
            yield from _all_done(piece, match, start, end, material)
    for match in _UPHELD.finditer(piece.text, start, end):
        topic, _ = topic_of(piece.text[start : match.start()])
        if topic == "review" and (piece.section == 4 or "公开" in piece.before(end)):
            yield from _all_upheld(piece, match, material)


def _all_done(piece: Prose, match: re.Match[str], start: int, end: int, material: Material) -> Iterator[Finding]:
    """All requests dealt with, and yet some carried over."""
    figure = material.figures.get(("requests.carried_out", "total"))
    if figure is None or figure.value is None or not figure.sure or "结转" in piece.text[start:end]:
        return
    before = piece.text[start : match.start()]
    said = quote(piece.raw[match.start() : match.end()])
    places, spans = (f"叙述：{said}", figure.place), (piece.span(*match.span()), *((figure.span,) if figure.span else ()))
    if not figure.value:
        message = f"叙述写“{said}”，表中“结转下年度继续办理”为 0 件，一致。"
        yield Finding("text.all", "pass", message, places, (0, 0), spans)
        return
    message = f"叙述写“{said}”，表中“结转下年度继续办理”为 {show_number(figure.value)} 件，不一致，相差 {show_number(figure.value)}"
    # 均已答复 may be said of those that fell due, 办结 8 件，全部按时办结 of the eight, and a part of a circle of itself.
    own = re.search(r"(?:收到|接到|新收|受理)[^;]*$", before)
    loose = (match["verb"] or "办结") in ("答复", "回复", "办复") or not own or re.search(r"办结|答复|期限", before)
    doubt = scope_doubt(before, material) or ("“全部”所指不明" if loose else "")
    message += f"；{doubt}，无法判断。" if doubt else "。"
    yield Finding("text.all", "unknown" if doubt else "fail", message, places, (0, figure.value), spans)


def _all_upheld(piece: Prose, match: re.Match[str], material: Material) -> Iterator[Finding]:
    """All reviews upheld, and yet some corrected, pending or otherwise ended."""
    keys: tuple[Key, ...] = (("review.upheld", None), ("review.total", None))
    figures = [material.figures[key] for key in keys if key in material.figures]
    if len(figures) < 2 or not all(is_number(f) for f in figures):
        return
    upheld, whole = (f.value or 0 for f in figures)
    said = quote(piece.raw[match.start() : match.end()])
    places = (f"叙述：{said}", *(f.place for f in figures))
    spans = (piece.span(*match.span()), *(f.span for f in figures if f.span))
    table = f"表中行政复议总计 {show_number(whole)} 件、结果维持 {show_number(upheld)} 件"
    if upheld == whole:
        yield Finding("text.all", "pass", f"叙述写“{said}”，{table}，一致。", places, (upheld, whole), spans)
    else:
        message = f"叙述写“{said}”，{table}，相差 {show_number(whole - upheld)}；“均”可能只指已审结的，无法判断。"
        yield Finding("text.all", "unknown", message, places, (upheld, whole), spans)
