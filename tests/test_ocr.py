"""Scans and images: what is printed comes back, and what is in doubt says so. The figures of many more pages: tests/bench/ocr.py."""

from __future__ import annotations

import importlib.util
import io
import shutil
import struct
import subprocess
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.formats import ocr
from corpus.formats.blocks import RawBlock, Table, Text
from corpus.formats.limits import Limits
from corpus.model import CorpusError, Grid, UnreadableFile
from corpus.read import Override, read_bytes
from tests.bench.ocr import cells_of, compare
from tests.generate import generate
from tests.print_scan import Look, Sheet, Wear, scan, sheets, to_html, to_images, to_pdf

pytestmark = pytest.mark.skipif(not ocr.available(), reason="the extra 'ocr' is not installed")
Image = pytest.importorskip("PIL.Image", reason="the extra 'ocr' is not installed")
ImageDraw = pytest.importorskip("PIL.ImageDraw", reason="the extra 'ocr' is not installed")
ImageFont = pytest.importorskip("PIL.ImageFont", reason="the extra 'ocr' is not installed")
LIMITS = Limits()
EM = 30  # 10.5 point at 200 dpi, about


def font_file() -> Path | None:
    """A Chinese typeface of the system."""
    if not shutil.which("fc-match"):
        return None
    found = subprocess.run(["fc-match", "-f", "%{file}", "Noto Sans CJK SC"], capture_output=True, text=True, check=True).stdout
    return Path(found) if "CJK" in found else None


needs_font = pytest.mark.skipif(font_file() is None, reason="no Noto CJK typeface is installed")
needs_chromium = pytest.mark.skipif(
    not (shutil.which("chromium") and importlib.util.find_spec("pypdfium2") and font_file()),
    reason="chromium, pypdfium2 or Noto CJK is missing",
)

# ------------------------------------------------------------------------------------------------------- printed and scanned

SCANNER = Wear(degrees=1.1, blur=0.8, noise=6, specks=80, quality=70, paper=228, shade=25, gaps=25)


@pytest.fixture(scope="module")
def printed() -> list[tuple[Sheet, np.ndarray]]:
    report = generate(Random(11), edition="2021", marks="blank")
    pages = sheets(report)
    return list(zip(pages, to_images(to_pdf(to_html(pages, Look("Noto Serif CJK SC", 9)))), strict=True))


@pytest.fixture(scope="module")
def worn(printed: list[tuple[Sheet, np.ndarray]]) -> list[tuple[Sheet, list[RawBlock]]]:
    """The first two pages after the scanner, read."""
    return [(sheet, ocr.page(scan(image, SCANNER, seed), LIMITS)) for seed, (sheet, image) in enumerate(printed[:2])]


@needs_chromium
@pytest.mark.parametrize("number", [0, 1])
def test_a_worn_page_gives_every_figure_or_says_that_it_is_unsure(worn: list[tuple[Sheet, list[RawBlock]]], number: int) -> None:
    sheet, blocks = worn[number]
    counts = compare(sheet, [b for b in blocks if isinstance(b, Table)])
    figures = sum(n for name, n in counts.items() if name.startswith("figure"))
    assert counts["figure wrong sure"] == counts["figure wrong unsure"] == 0
    assert counts["figure right sure"] >= 0.9 * figures
    assert counts["label wrong sure"] + counts["label wrong unsure"] <= 1


@needs_chromium
def test_text_around_a_table_keeps_its_order_and_its_paragraphs(worn: list[tuple[Sheet, list[RawBlock]]]) -> None:
    sheet, blocks = worn[0]
    texts = [block.text.replace(" ", "") for block in blocks if isinstance(block, Text)]
    assert texts == [text.replace(" ", "") for text in sheet.before]
    assert isinstance(blocks[-1], Table)


@needs_chromium
def test_a_page_on_its_side_is_turned(printed: list[tuple[Sheet, np.ndarray]]) -> None:
    sheet, image = printed[2]
    blocks = ocr.page(Image.fromarray(np.rot90(image)), LIMITS)
    counts = compare(sheet, [b for b in blocks if isinstance(b, Table)])
    assert counts["figure wrong sure"] == counts["figure wrong unsure"] == 0
    assert any("存在的主要问题" in b.text for b in blocks if isinstance(b, Text))


# ---------------------------------------------------------------------------------------------------------------- drawn cells

Draw = Callable[[Sequence[Sequence[str]]], "Image.Image"]
WIDE, HIGH, LEFT, TOP = 5 * EM, 2 * EM, 60, 60


@pytest.fixture(scope="module")
def draw() -> Draw:
    """Draws a table of equal cells; a line break in a text starts a new line."""
    file = font_file()
    if file is None:
        pytest.skip("no Noto CJK typeface is installed")
    face = ImageFont.truetype(str(file), EM)

    def drawn(rows: Sequence[Sequence[str]]) -> Image.Image:
        columns = max(len(row) for row in rows)
        image = Image.new("L", (LEFT * 2 + columns * WIDE, TOP * 2 + len(rows) * HIGH), 255)
        pen = ImageDraw.Draw(image)
        for at in range(len(rows) + 1):
            pen.line((LEFT, TOP + at * HIGH, LEFT + columns * WIDE, TOP + at * HIGH), fill=0, width=2)
        for at in range(columns + 1):
            pen.line((LEFT + at * WIDE, TOP, LEFT + at * WIDE, TOP + len(rows) * HIGH), fill=0, width=2)
        for down, row in enumerate(rows):
            for across, text in enumerate(row):
                pen.multiline_text(
                    (LEFT + (across + 0.5) * WIDE, TOP + (down + 0.45) * HIGH), text, font=face, fill=0, anchor="mm", align="center"
                )
        return image

    return drawn


def middle(row: int, column: int) -> tuple[int, int]:
    return LEFT + column * WIDE + WIDE // 2, TOP + row * HIGH + HIGH // 2


def one_table(image: Image.Image) -> Table:
    tables = [block for block in ocr.page(image, LIMITS) if isinstance(block, Table)]
    assert len(tables) == 1
    return tables[0]


ROWS = [["申请数量", "自然人", "商业企业", "总计"], ["本年新收", "0", "1", "1"], ["上年结转", "", "7", "7"], ["予以公开", "/", "—", "108"]]


def test_lone_digits_blanks_slashes_and_dashes_are_told_apart(draw: Draw) -> None:
    table = one_table(draw(ROWS))
    assert [[cell.text for cell in row] for row in table.rows] == ROWS
    blank = cells_of(table)[2, 1]
    assert blank.text == ""
    assert blank.sure


def test_dust_in_a_blank_cell_is_no_ink(draw: Draw) -> None:
    image = draw(ROWS)
    x, y = middle(2, 1)
    ImageDraw.Draw(image).rectangle((x, y, x + 1, y + 1), fill=60)
    assert cells_of(one_table(image))[2, 1].text == ""


def test_a_faint_trace_in_a_cell_is_not_called_a_sure_blank(draw: Draw) -> None:
    image = draw(ROWS)
    x, y = middle(2, 1)
    ImageDraw.Draw(image).ellipse((x - 6, y - 11, x + 6, y + 11), outline=190, width=3)  # a zero that hardly took
    cell = cells_of(one_table(image))[2, 1]
    assert not (cell.text == "" and cell.sure)


def test_a_crossed_out_figure_is_never_a_sure_figure(draw: Draw) -> None:
    image = draw(ROWS)
    x, y = middle(3, 3)
    ImageDraw.Draw(image).line((x - 34, y + 6, x + 34, y - 10), fill=0, width=3)
    cell = cells_of(one_table(image))[3, 3]
    assert not cell.sure


def test_a_missing_rule_does_not_glue_two_figures_into_a_sure_one(draw: Draw) -> None:
    image = draw([["甲", "乙", "丙"], ["12", "34", "5"], ["6", "7", "8"]])
    x = LEFT + WIDE
    pen = ImageDraw.Draw(image)
    for y in range(TOP + HIGH + 6, TOP + 2 * HIGH - 6, 12):  # half of the rule between 12 and 34 is gone
        pen.rectangle((x - 3, y, x + 3, y + 5), fill=255)
    row = one_table(image).rows[1]
    assert [cell.text for cell in row] == ["12", "34", "5"] or not any(cell.sure for cell in row[:-1])


def test_merged_cells_keep_their_spans(draw: Draw) -> None:
    image = draw([["", "", ""], ["规章", "3", "4"], ["文件", "5", "6"]])
    ImageDraw.Draw(image).rectangle((LEFT + 3, TOP + 3, LEFT + 3 * WIDE - 3, TOP + HIGH - 3), fill=255)
    table = one_table(image)
    assert [(cell.rowspan, cell.colspan) for cell in table.rows[0]] == [(1, 3)]
    assert [cell.text for cell in table.rows[2]] == ["文件", "5", "6"]


def test_a_wrapped_label_is_read_line_by_line() -> None:
    file = font_file()
    if file is None:
        pytest.skip("no Noto CJK typeface is installed")
    image = Image.new("L", (900, 520), 255)
    pen = ImageDraw.Draw(image)
    face = ImageFont.truetype(str(file), EM)
    for x in (60, 120, 400, 800):
        pen.line((x, 60, x, 460), fill=0, width=2)
    for y, start in ((60, 60), (260, 120), (460, 60)):
        pen.line((start, y, 800, y), fill=0, width=2)
    for at, char in enumerate("本年度结果"):
        pen.text((90, 130 + 44 * at), char, font=face, fill=0, anchor="mm")
    pen.multiline_text((260, 160), "要求行政机关\n确认或重新出\n具已获取信息", font=face, fill=0, anchor="mm", align="center")
    pen.text((260, 360), "重复申请", font=face, fill=0, anchor="mm")
    pen.text((600, 160), "2", font=face, fill=0, anchor="mm")
    pen.text((600, 360), "0", font=face, fill=0, anchor="mm")
    rows = one_table(image).rows
    assert [cell.text.replace("\n", "") for cell in rows[0]] == ["本年度结果", "要求行政机关确认或重新出具已获取信息", "2"]
    assert rows[0][0].rowspan == 2
    assert [cell.text for cell in rows[1]] == ["重复申请", "0"]


@needs_font
def test_two_columns_are_read_one_after_the_other_and_page_numbers_are_left_out() -> None:
    left = ["本机关加强队伍建设", "明确栏目责任人员", "定期检查更新情况"]
    right = ["下一步增加图表解读", "完善交接清单制度", "组织集中学习培训"]
    image = Image.new("L", (1200, 1000), 255)
    pen = ImageDraw.Draw(image)
    face = ImageFont.truetype(str(font_file()), EM)
    for at in range(3):
        pen.text((100, 100 + 50 * at), left[at], font=face, fill=0)
        pen.text((700, 100 + 50 * at), right[at], font=face, fill=0)
    pen.text((600, 950), "— 3 —", font=face, fill=0, anchor="mm")
    text = "".join(block.text for block in ocr.page(image, LIMITS) if isinstance(block, Text))
    assert text == "".join(left + right)


def test_an_empty_page_has_no_blocks() -> None:
    assert ocr.page(Image.new("L", (1200, 1600), 240), LIMITS) == []


# ----------------------------------------------------------------------------------------------------------------- image files


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
def test_every_kind_of_image_file_becomes_a_document_with_a_grid(draw: Draw, kind: str) -> None:
    document = ocr.read(encoded(draw(ROWS), kind), LIMITS)
    assert document.format == "image"
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    assert [[cell.text for cell in row] for row in grids[0].rows] == ROWS
    assert all(document.text[c.start : c.end] == c.text for row in grids[0].rows for c in row)


def test_all_pages_of_a_tiff_are_read_in_order(draw: Draw) -> None:
    second = [["复议", "维持"], ["数量", "3"]]
    data = encoded(draw(ROWS), "TIFF", save_all=True, append_images=[draw(second)])
    grids = [block for block in ocr.read(data, LIMITS).blocks if isinstance(block, Grid)]
    assert [[cell.text for cell in row] for row in grids[1].rows] == second


def test_too_many_pages_are_refused(draw: Draw) -> None:
    blank = Image.new("L", (64, 64), 255)
    data = encoded(blank, "TIFF", save_all=True, append_images=[blank] * 3)
    with pytest.raises(UnreadableFile, match="页"):
        ocr.read(data, Limits(ocr_pages=3))


def bomb(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(60_000, 60_000), (12_000, 9_000), (2_000_000_000, 2_000_000_000)])
def test_images_that_are_too_large_are_refused_before_they_are_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(UnreadableFile, match=r"图片.*。$"):
        ocr.read(bomb(*size), LIMITS)


def test_a_page_image_that_is_too_large_is_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"像素的上限。$"):
        ocr.page(Image.new("1", (1000, 1000)), Limits(pixels=999_999))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
def test_a_truncated_image_is_refused(draw: Draw, kind: str) -> None:
    data = encoded(draw(ROWS), kind)
    with pytest.raises(UnreadableFile, match=r"。$"):
        ocr.read(data[: len(data) // 3], LIMITS)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    st.sampled_from(
        [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\x00", b"MM\x00*", b"BM", b"GIF89a", b"RIFF\x10\x00\x00\x00WEBPVP8 ", b""]
    ),
    st.binary(max_size=300),
)
def test_nonsense_ends_as_a_corpus_error(signature: bytes, rest: bytes) -> None:
    with pytest.raises(CorpusError, match=r"。$"):
        ocr.read(signature + rest, LIMITS)


# ------------------------------------------------------------------------------------------------------- the whole way


@pytest.mark.browser
@needs_chromium
def test_a_scanned_report_gives_no_figure_that_is_wrong_and_sure() -> None:
    """A report on paper, put through a scanner as one PDF of images: every sure figure is what was printed, and most are sure."""
    made = generate(Random(21), edition="2021", marks="na")
    pages = to_images(to_pdf(to_html(sheets(made), Look("Noto Serif CJK SC", 10))))
    images = [scan(page, SCANNER, seed) for seed, page in enumerate(pages)]
    file = io.BytesIO()
    images[0].save(file, "PDF", resolution=200, save_all=True, append_images=images[1:])
    report = read_bytes(file.getvalue(), Override(agency=made.agency, year=made.year))
    figures = {(f.metric, f.applicant): f for f in report.figures}
    assert report.edition == "2021"
    assert set(figures) == set(made.cells)
    sure = {key: figure for key, figure in figures.items() if figure.sure and figure.state != "missing"}
    wrong = [key for key, figure in sure.items() if (figure.state, figure.value) != (made.gold[key].state, made.gold[key].value)]
    assert not wrong
    assert len(sure) > 0.9 * len(figures)
    assert "text.recognised" in {check.rule for check in report.checks}
