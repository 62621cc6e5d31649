"""What section 六 says of fees, against the tables and against what the form asks for.

Two fees are told apart. The newer form's 行政事业性收费 is an amount in table 二. The 信息处理费, charged on many or
voluminous requests, stands in no table: it is told in words only, and only requests that lapsed unpaid appear in table 三.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.audit.material import Material, Prose, quote
from corpus.audit.relations import is_number, why
from corpus.audit.wording import scope_doubt
from corpus.model import Finding
from corpus.textual import show_number

# The notice on the newer form asks reports from this year on to tell the handling fee under 六.
_SINCE = 2021
_HANDLING = re.compile(
    r"信息处理费|处理费|检索费|复制费|政府信息公开.{0,8}(?:收费|费用)|收费通知|收取.{0,12}费|收费情况|(?:未|没有|不|无)[^,。;]{0,8}收[取费]"
)
_NOTHING = re.compile(r"^[^。;]{0,24}(?:无|没有|不存在)[^。;]{0,24}[。;]?$")
_NO_CHARGE = re.compile(
    r"(?:未|没有|无|不)(?:发生|产生|收取|存在|涉及|有)*(?:任何)?的?行政事业性收费(?!项目|目录|标准|依据)|行政事业性收费(?:金额|总额)?均?为零"
)
_NO_NOTICE = re.compile(r"(?:未|没有)(?:向[^,。;]{0,8})?(?:发出|发过|下达|制发)[^,。;]{0,8}收费通知|收费通知0[件份]")


def fees(material: Material) -> Iterator[Finding]:
    for piece in material.prose:
        for match in _NO_CHARGE.finditer(piece.text):
            yield from _no_charge(piece, match, material)
        for match in _NO_NOTICE.finditer(piece.text):
            yield from _no_notice(piece, match, material)
    yield from _untold(material)


def _no_charge(piece: Prose, match: re.Match[str], material: Material) -> Iterator[Finding]:
    """没有行政事业性收费 against the amount of table 二; the older form counts items there, which is another matter."""
    figure = material.figures.get(("fees.amount", None))
    if figure is None:
        return
    start, _ = piece.sentence(match.start())
    said = quote(piece.raw[match.start() : match.end()])
    places = (f"叙述：{said}", figure.place)
    spans = (piece.span(*match.span()), *((figure.span,) if figure.span else ()))
    if not is_number(figure):
        message = f"叙述写“{said}”，表二“行政事业性收费”{why(figure)}，无法核对。"
        yield Finding("fees.table", "unknown", message, places, (0, None), spans)
    elif not figure.value:
        yield Finding("fees.table", "pass", f"叙述写“{said}”，表二“行政事业性收费”为 0，一致。", places, (0, 0), spans)
    else:
        doubt = scope_doubt(piece.text[start : match.start()], material)
        amount = f"{show_number(figure.value)} {figure.unit}"
        message = f"叙述写“{said}”，表二“行政事业性收费”为 {amount}，不一致，相差 {amount}"
        message += f"；{doubt}，无法判断。" if doubt else "。"
        yield Finding("fees.table", "unknown" if doubt else "fail", message, places, (0, figure.value), spans)


def _no_notice(piece: Prose, match: re.Match[str], material: Material) -> Iterator[Finding]:
    """No notice to pay was sent, and yet requests lapsed because it was not followed: perhaps one of the year before."""
    figure = material.figures.get(("outcome.other.unpaid", "total"))
    if figure is None or not is_number(figure) or not figure.value:
        return
    said = quote(piece.raw[match.start() : match.end()])
    spans = (piece.span(*match.span()), *((figure.span,) if figure.span else ()))
    message = f"叙述写“{said}”，表三“逾期未按收费通知要求缴纳费用”为 {show_number(figure.value)} 件；收费通知可能是上年发出的，无法判断。"
    yield Finding("fees.table", "unknown", message, (f"叙述：{said}", figure.place), (0, figure.value), spans)


def _untold(material: Material) -> Iterator[Finding]:
    """Section 六 tells other matters and not the handling fee. 无 alone tells of every matter that there is none."""
    own = [p for p in material.prose if p.section == 6]
    body = "".join(p.text for p in own)
    if material.edition != "2021" or material.year is None or material.year < _SINCE:
        return
    if not re.search(r"\w", body) or _NOTHING.match(body) or any(_HANDLING.search(p.text) for p in material.prose):
        return
    span = own[0].span(0, len(own[0].text))
    message = f"第六部分没有说明信息处理费的收取情况（{_SINCE} 年起的格式要求在这一部分说明）。"
    yield Finding("fees.untold", "notice", message, ("第六部分",), (), (span,))
