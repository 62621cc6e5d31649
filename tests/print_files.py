"""A generated report printed into every file type. Each printer takes the report, the dice and the name of a style."""

from __future__ import annotations

import io
import zipfile
from base64 import encodebytes
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from random import Random

from tests.generate import GeneratedReport
from tests.print_content import Edit, Form, Line, Rows, Slot, as_it_is, flattened, items
from tests.print_docx import DOCX_STYLES, to_docx
from tests.print_html import HTML_STYLES, to_html
from tests.print_pdf import CHROMIUM, FLAGS
from tests.print_xlsx import XLSX_STYLES, to_xlsx

__all__ = ["MARKDOWN_STYLES", "PRINTERS", "browser_pdf", "to_docx", "to_html", "to_markdown", "to_mht", "to_xlsx", "to_zip"]

MARKDOWN_STYLES = ("bars", "pandoc", "html_tables")


def to_markdown(made: GeneratedReport, rng: Random, style: str, edit: Edit = as_it_is) -> bytes:
    """``bars`` has plain tables, ``pandoc`` escapes and aligns, ``html_tables`` keeps tables as HTML, as converters of PDF do."""
    parts = []
    for item in items(made, rng, edit):
        if isinstance(item, Form):
            parts.append(_html_table(item.rows) if style == "html_tables" else _piped(item.rows, rng, style == "pandoc"))
        elif item.role == "heading":
            parts.append(f"## {item.text}")
        else:
            parts.append(
                f"# {item.text}" if item.role == "title" and rng.random() < 0.5 else _escaped(item) if style == "pandoc" else item.text
            )
    return "\n\n".join(parts).encode() + b"\n"


def _escaped(line: Line) -> str:
    """Pandoc keeps 1. from becoming a list."""
    return line.text.replace("1. ", "1\\. ", 1) if line.text.startswith("1. ") else line.text


def _piped(rows: Rows, rng: Random, marked_up: bool) -> str:
    grid = flattened(rows)
    lines = ["| " + " | ".join(_marked_up(slot, rng) if marked_up else slot.text for slot in row) + " |" for row in grid]
    return "\n".join([lines[0], "|" + (":-------:|" if marked_up else " --- |") * len(grid[0]), *lines[1:]])


def _marked_up(slot: Slot, rng: Random) -> str:
    if not slot.text:
        return rng.choice((" ", "&nbsp;", ""))
    if slot.label and len(slot.text) > 4 and rng.random() < 0.2:
        return f"{slot.text[:3]}<br>{slot.text[3:]}"
    return f"**{slot.text}**" if slot.label and rng.random() < 0.1 else f"   {slot.text}  "


def _html_table(rows: Rows) -> str:
    def cell(slot: Slot) -> str:
        spans = (f' rowspan="{slot.down}"' if slot.down > 1 else "") + (f' colspan="{slot.across}"' if slot.across > 1 else "")
        return f"<td{spans}>{slot.text}</td>"

    return "<table>" + "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows) + "</table>"


def to_mht(page: bytes, charset: str) -> bytes:
    """The page as a browser saves it in one file."""
    head = (
        "From: <Saved by Browser>\r\nSubject: page\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----Part_0"\r\n\r\n'
        f'------Part_0\r\nContent-Type: text/html; charset="{charset}"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    )
    image = "\r\n------Part_0\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n------Part_0--\r\n"
    return head.encode() + encodebytes(page).replace(b"\n", b"\r\n") + image.encode()


def to_zip(files: Mapping[str, bytes], names: str = "utf-8") -> bytes:
    """The files in an archive, with what systems leave beside them. ``names`` gbk: as Chinese Windows writes them, without saying so."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"报告/": b"", "__MACOSX/._报告": b"\x00\x05\x16\x07", "报告/Thumbs.db": b"\xd0\xcf\x11\xe0", **files}.items():
            archive.writestr(name if names == "utf-8" else _Unmarked(name), data)
    return file.getvalue()


class _Unmarked(zipfile.ZipInfo):
    """A member whose name is GBK, where zipfile itself would write UTF-8 and say so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
        return self.filename.encode("gbk"), self.flag_bits


@contextmanager
def browser_pdf() -> Iterator[Callable[[bytes], bytes]]:
    """``to_pdf(html) -> bytes``, printed by one browser for as long as the context lasts."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()

        def to_pdf(source: bytes) -> bytes:
            page.route("**/*", lambda route: route.abort())  # a page's images and scripts are nowhere to be had
            page.set_content(source.decode("utf-8"))
            return page.pdf(format="A4", margin={"top": "15mm", "bottom": "15mm", "left": "15mm", "right": "15mm"})

        yield to_pdf
        browser.close()


PRINTERS: dict[str, tuple[Callable[..., bytes], tuple[str, ...]]] = {
    "html": (to_html, tuple(HTML_STYLES)),
    "docx": (to_docx, tuple(DOCX_STYLES)),
    "xlsx": (to_xlsx, tuple(XLSX_STYLES)),
    "markdown": (to_markdown, MARKDOWN_STYLES),
}
