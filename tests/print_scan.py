"""Prints generated reports on paper and scans them: HTML through Chromium to PDF, to page images, to worn page images.

What a page holds is written out here (``Sheet``) and not taken from corpus/, so that the reader is judged by something
other than itself.
"""

from __future__ import annotations

import html
import io
import itertools
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from tests.generate import APPLICANTS, BLOCKS, DISCLOSURE, RESULTS, GeneratedReport, request_lines

FONTS = ("Noto Sans CJK SC", "Noto Serif CJK SC")
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell as it is printed; ``value`` tells a figure's cell from a label."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    value: bool = False
    narrow: bool = False  # a column as wide as one character


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: paragraphs, tables, paragraphs."""

    before: tuple[str, ...]
    tables: tuple[tuple[tuple[Printed, ...], ...], ...]
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """How a report is printed. ``points`` is the size of the type, ``rule`` the width of rules in points."""

    font: str = FONTS[0]
    points: float = 10.5
    rule: float = 0.5
    padding: float = 2.0
    rule_colour: str = "#000"


@dataclass(frozen=True, slots=True)
class Wear:
    """What a scanner does to a page.

    degrees   rotation
    blur      standard deviation of the blur, in pixels
    noise     standard deviation of the noise, in grey levels
    specks    dark specks on the page, of one to three pixels
    quality   of JPEG; None keeps the pixels
    paper     grey level of the paper
    shade     how many grey levels darker one edge is
    gaps      breaks in rules
    bend      perspective: how far a corner is moved, as a share of the page's width
    """

    degrees: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    specks: int = 0
    quality: int | None = None
    paper: int = 255
    shade: float = 0.0
    gaps: int = 0
    bend: float = 0.0


def wear(rng: Random) -> Wear:
    """A scanner of the usual kind."""
    return Wear(
        degrees=rng.uniform(-1.5, 1.5),
        blur=rng.uniform(0.4, 1.0),
        noise=rng.uniform(2, 8),
        specks=rng.randint(0, 150),
        quality=rng.randint(60, 85),
        paper=rng.randint(215, 250),
        shade=rng.uniform(0, 30),
        gaps=rng.randint(0, 60),
    )


def look(rng: Random) -> Look:
    return Look(
        rng.choice(FONTS),
        rng.choice((9, 10, 10.5, 12)),
        rng.choice((0.4, 0.5, 0.75, 1.0)),
        rng.uniform(1.0, 3.0),
        rng.choice(("#000", "#000", "#555")),
    )


# ------------------------------------------------------------------------------------------------------------- sheets


def sheets(report: GeneratedReport) -> tuple[Sheet, ...]:
    """The report on three pages, a table on each."""
    told = report.narrative
    first = Sheet(
        (
            *report.front,
            f"根据《中华人民共和国政府信息公开条例》的要求编写本报告。数据的统计期限自{report.year}年1月1日起，至{report.year}年12月31日止。",
            report.headings[0],
            f"全年通过门户网站发布信息{told.website}条，通过微信公众号发布信息{told.wechat}条。"
            f"{report.year}年共收到政府信息公开申请{told.received}件，均在法定期限内处理。举办一次业务培训，参加培训{told.people}人。",
            report.headings[1],
        ),
        (tuple(_disclosure(report)),),
    )
    second = Sheet((report.headings[2],), (tuple(_requests(report)),))
    third = Sheet(
        (report.headings[3],),
        (tuple(_disputes(report)),),
        (
            report.headings[4],
            "主要问题：基层人员变动较多，业务不够熟练，个别栏目更新偏慢，解读形式较为单一，与群众的期待还有距离。",
            "改进措施：建立交接清单，每季度安排一次集中学习，明确栏目责任人，增加图表解读。",
            report.headings[5],
            "本年度没有其他要说明的内容。",
        ),
    )
    return first, second, third


def _disclosure(report: GeneratedReport) -> Iterator[tuple[Printed, ...]]:
    for clause, rows, columns in DISCLOSURE[report.edition]:
        widths = {3: (1, 1, 1), 2: (1, 2), 1: (3,)}[len(columns)]
        yield (Printed(clause, colspan=4),)
        yield Printed("信息内容"), *(Printed(name, colspan=w) for (_, name), w in zip(columns, widths, strict=True))
        for row, name in rows:
            values = (report.cells[f"{row}.{column}", None] for column, _ in columns)
            yield Printed(name), *(Printed(text, colspan=w, value=True) for text, w in zip(values, widths, strict=True))


def _requests(report: GeneratedReport) -> Iterator[tuple[Printed, ...]]:
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    yield Printed(note, 3, 3), Printed("申请人情况", colspan=7)
    yield Printed("自然人", 2), Printed("法人或其他组织", colspan=5), Printed("总计", 2)
    yield tuple(Printed(name) for name in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"))
    lines = request_lines(report.edition)
    inner = sum(1 for metric, depth, *_ in lines if depth and metric)
    opened: list[Printed] = []
    for at, (metric, depth, number, label) in enumerate(lines):
        text = f"{number}{'.' if depth == 2 else ''}{label}"
        if metric is None:
            below = sum(1 for _ in itertools.takewhile(lambda line: line[1] == 2, lines[at + 1 :]))
            opened.append(Printed(text, inner if depth == 0 else below, narrow=depth == 0))
            continue
        values = (Printed(report.cells[metric, a], value=True) for a in (*APPLICANTS, "total"))
        yield *opened, Printed(text, colspan=3 - depth), *values
        opened = []


def _disputes(report: GeneratedReport) -> Iterator[tuple[Printed, ...]]:
    results = tuple(Printed(name) for name in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    upper = tuple(Printed(cell.text, 2) for cell in results)
    yield Printed("行政复议", colspan=5), Printed("行政诉讼", colspan=10)
    yield *upper, Printed("未经复议直接起诉", colspan=5), Printed("复议后起诉", colspan=5)
    yield results * 2
    yield tuple(Printed(report.cells[f"{b}.{r}", None], value=True) for b in BLOCKS for r in (*RESULTS, "total"))


def placed(rows: Sequence[Sequence[Printed]]) -> dict[tuple[int, int], Printed]:
    """The cells by the row and the grid column of their upper left corner."""
    taken: set[tuple[int, int]] = set()
    found: dict[tuple[int, int], Printed] = {}
    for top, row in enumerate(rows):
        left = 0
        for cell in row:
            while (top, left) in taken:
                left += 1
            found[top, left] = cell
            taken |= set(itertools.product(range(top, top + cell.rowspan), range(left, left + cell.colspan)))
            left += cell.colspan
    return found


# ----------------------------------------------------------------------------------------------------------- printing


def to_html(pages: Sequence[Sheet], style: Look) -> str:
    rules = (
        f"@page{{size:A4;margin:18mm 16mm}}body{{font:{style.points}pt '{style.font}';margin:0}}section{{break-after:page}}"
        f"p{{margin:.4em 0;line-height:1.6;text-indent:2em}}table{{border-collapse:collapse;width:100%;margin:.6em 0}}"
        f"td{{border:{style.rule}pt solid {style.rule_colour};padding:{style.padding}pt;text-align:center;line-height:1.25}}"
        ".narrow{width:1.1em;word-break:break-all}.value{word-break:break-word;min-width:1.5em}"
    )
    body = "".join(f"<section>{_paragraphs(s.before)}{''.join(map(_table, s.tables))}{_paragraphs(s.after)}</section>" for s in pages)
    return f"<!doctype html><meta charset=utf-8><style>{rules}</style>{body}"


def _paragraphs(texts: Sequence[str]) -> str:
    return "".join(f"<p>{html.escape(text)}</p>" for text in texts)


def _table(rows: Sequence[Sequence[Printed]]) -> str:
    return "<table>" + "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows) + "</table>"


def _cell(cell: Printed) -> str:
    kind = "narrow" if cell.narrow else "value" if cell.value else ""
    return f'<td class="{kind}" rowspan={cell.rowspan} colspan={cell.colspan}>{html.escape(cell.text)}</td>'


def to_pdf(page: str) -> bytes:
    """The HTML on paper. Needs chromium."""
    chromium = shutil.which("chromium")
    assert chromium
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, "utf-8")
        switches = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder}/profile")
        subprocess.run([chromium, *switches, f"--print-to-pdf={target}", source.as_uri()], check=True, capture_output=True, timeout=_MINUTE)
        return target.read_bytes()


def to_images(pdf: bytes, dpi: int = 200) -> list[np.ndarray]:
    """Grey page images, uint8."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [np.asarray(page.render(scale=dpi / 72).to_pil().convert("L")) for page in document]
    finally:
        document.close()


# ----------------------------------------------------------------------------------------------------------- scanning


def scan(page: np.ndarray, how: Wear, seed: int = 0):  # type: ignore[no-untyped-def]
    """The page image as a scanner gives it, a PIL image."""
    import cv2
    from PIL import Image

    rng = np.random.default_rng(seed)
    image = _broken_rules(page, how.gaps, rng)
    height, width = image.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), how.degrees, 1.0)
    image = cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    if how.bend:
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        moved = corners + rng.uniform(0, how.bend * width, (4, 2)).astype(np.float32) * np.array(
            [[1, 1], [-1, 1], [-1, -1], [1, -1]], np.float32
        )
        image = cv2.warpPerspective(image, cv2.getPerspectiveTransform(corners, moved), (width, height), borderValue=255)
    for _ in range(how.specks):
        x, y, size = int(rng.integers(width - 3)), int(rng.integers(height - 3)), int(rng.integers(1, 4))
        image[y : y + (size > 2) + 1, x : x + (size > 1) + 1] = int(rng.integers(0, 140))
    if how.blur:
        image = cv2.GaussianBlur(image, (0, 0), how.blur)
    direction = rng.uniform(0, 2 * np.pi)
    across, down = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    light = how.paper - how.shade * (across * np.cos(direction) + down * np.sin(direction)).clip(0, 1)
    grey = image.astype(np.float32) / 255 * (light - 20) + 20
    grey += rng.normal(0, how.noise, grey.shape) if how.noise else 0
    picture = Image.fromarray(grey.clip(0, 255).astype(np.uint8))
    if how.quality is None:
        return picture
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=how.quality)
    return Image.open(io.BytesIO(stream.getvalue()))


def _broken_rules(page: np.ndarray, gaps: int, rng: np.random.Generator) -> np.ndarray:
    """The page with pieces of two to eight pixels missing from its rules."""
    import cv2

    image = page.copy()
    ink = (image < 160).astype(np.uint8)
    long = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 70), np.uint8)) | cv2.morphologyEx(
        ink, cv2.MORPH_OPEN, np.ones((70, 1), np.uint8)
    )
    ys, xs = np.nonzero(long)
    if not len(ys):
        return image
    for at in rng.integers(0, len(ys), gaps):
        size = int(rng.integers(1, 5))
        y, x = int(ys[at]), int(xs[at])
        image[max(0, y - size) : y + size, max(0, x - size) : x + size] = 255
    return image
