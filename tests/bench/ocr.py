"""How well scans are read: prints generated reports in several faces and sizes, scans them, and counts cells and seconds.

python -m tests.bench.ocr [reports] [first seed] [words about each wrong cell: -v]
"""

from __future__ import annotations

import re
import resource
import sys
import time
import unicodedata
from collections import Counter
from random import Random

from corpus.formats import ocr
from corpus.formats.blocks import Table, TableCell, columns
from corpus.formats.limits import Limits
from tests.generate import generate
from tests.print_scan import Look, Sheet, Wear, look, placed, scan, sheets, to_html, to_images, to_pdf, wear

_MARKS = ("full", "na", "blank", "holes")
_PIXELS = 96  # dots an inch of a screenshot


def plain(text: str) -> str:
    """What a cell says, without spaces, in half-width characters and with one kind of dash."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return re.sub("[—一–]", "-", text) if len(text) <= 2 else text


def cells_of(table: Table) -> dict[tuple[int, int], TableCell]:
    """The cells that were read, by row and grid column."""
    places = columns(table.rows, 200)
    return {(top, left): cell for top, row in enumerate(table.rows) for cell, left in zip(row, places[top], strict=True)}


def compare(sheet: Sheet, tables: list[Table], heading: str = "") -> Counter[str]:
    """Counts of figures and labels: right and sure, right and unsure, wrong and unsure, wrong and sure."""
    counts: Counter[str] = Counter()
    for at, rows in enumerate(sheet.tables):
        read = cells_of(tables[at]) if at < len(tables) else {}
        for place, cell in placed(rows).items():
            got = read.get(place)
            same = got is not None and (got.rowspan, got.colspan) == (cell.rowspan, cell.colspan)
            right = same and got is not None and plain(got.text) == plain(cell.text)
            sure = got is not None and got.sure
            kind = "figure" if cell.value else "label"
            counts[f"{kind} {'right' if right else 'wrong'} {'sure' if sure else 'unsure'}"] += 1
            if heading and not right:
                print(f"  {heading} {place} {kind}: {cell.text!r} read as {got.text if got else None!r}, {'SURE' if sure else 'unsure'}")
    return counts


def case(seed: int) -> tuple[tuple[Sheet, ...], Look, Wear]:
    rng = Random(seed)
    report = generate(rng, marks=_MARKS[seed % len(_MARKS)])
    return sheets(report), look(rng), wear(rng)


def pages(printed: tuple[Sheet, ...], style: Look, dpi: int):  # type: ignore[no-untyped-def]
    """Page images, a sheet on each. None where the type is too large for that."""
    images = to_images(to_pdf(to_html(printed, style)), dpi)
    return images if len(images) == len(printed) else None


def main(reports: int, first: int, verbose: bool) -> None:
    total: Counter[str] = Counter()
    print("seed  face   pt    page  cells  wrong  unsure  wrong and sure  s CPU  s wall")
    for seed in range(first, first + reports):
        printed, style, how = case(seed)
        while (images := pages(printed, style, 200)) is None:
            style = Look(style.font, style.points - 1, style.rule, style.padding, style.rule_colour)
        for number, (sheet, image) in enumerate(zip(printed, images, strict=True), 1):
            picture = scan(image, how, seed)
            cpu, wall = time.process_time(), time.monotonic()
            blocks = ocr.page(picture, Limits())
            cpu, wall = time.process_time() - cpu, time.monotonic() - wall
            counts = compare(sheet, [b for b in blocks if isinstance(b, Table)], f"{seed}/{number}" if verbose else "")
            total += counts
            total["pages"] += 1
            total["ms"] += round(cpu * 1000)
            cells, wrong, bad = counts.total(), _sum(counts, "wrong"), _sum(counts, "wrong sure")
            unsure = _sum(counts, "unsure")
            face = "serif" if "Serif" in style.font else "sans"
            print(
                f"{seed:4}  {face:5}  {style.points:4}  {number:4}  {cells:5}  {wrong:5}  {unsure:6}  {bad:14}  {cpu:5.1f}  {wall:6.1f}",
                flush=True,
            )
    _summary(total)


def _sum(counts: Counter[str], words: str) -> int:
    return sum(n for name, n in counts.items() if name.endswith(words) or (words in ("wrong", "unsure") and words in name.split()))


def _summary(total: Counter[str]) -> None:
    for kind in ("figure", "label"):
        names = [f"{kind} {a} {b}" for a in ("right", "wrong") for b in ("sure", "unsure")]
        cells = sum(total[name] for name in names)
        right = total[names[0]] + total[names[1]]
        rest = ", ".join(f"{name.removeprefix(kind + ' ')} {total[name]}" for name in names)
        print(f"{kind}s: {cells}, right {right / max(cells, 1):.2%} ({rest})")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{total['pages']} pages, {total['ms'] / 1000 / max(total['pages'], 1):.1f} s CPU a page, at most {memory} MB")


if __name__ == "__main__":
    arguments = [int(a) for a in sys.argv[1:] if a.isdigit()]
    main(*(arguments + [10, 0][len(arguments) :])[:2], verbose="-v" in sys.argv)
