"""The benchmark: reading, adding, loading and asking, at several corpus sizes.

The corpora are copies of the shipped report under made-up names and years, with text that differs a little in each, so that
every copy is embedded. Sizes and speeds are of this machine alone; docs/performance.md keeps the last table.
"""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.model import Report
from corpus.read import Override, read_bytes
from index.embed import Encoder
from index.store import Index, Store
from service.answer import answer
from service.config import Settings

_KINDS = {
    "figure": (
        "{agency}{year}年收到多少件信息公开申请？",
        "{agency}{year}年不予公开的有几件",
        "{agency}{year}年自然人占比多少",
    ),
    "narrative number": ("{agency}{year}年微信发了多少条", "{agency}{year}年培训了多少人"),
    "passage": ("{agency}{year}年是怎么加强队伍建设的", "{agency}{year}年如何拓宽热线服务"),
}
_REPEATS = 20


def _copies(count: int) -> list[tuple[Report, bytes, str]]:
    source = next(p for p in sorted(files("corpus").joinpath("reports").iterdir(), key=lambda p: p.name) if p.name.endswith(".txt"))
    text = source.read_text("utf-8")
    made = []
    for number in range(count):
        agency, year = f"测试{_letters(number // 6)}县人民政府办公室", 2019 - number % 6
        data = text.replace("在我区全面", f"在第{number}个地区全面").encode()
        made.append((read_bytes(data, Override(agency=agency, year=year)), data, f"{number}.txt"))
    return made


def _letters(number: int) -> str:
    """A made-up place name of two characters, a different one for each number below 2,500."""
    stock = "东西南北中上下前后左右高低远近大小新古长宽安宁康乐和平兴旺昌盛清明光辉春夏秋冬山水林田湖海江河云"
    return stock[number // len(stock) % len(stock)] + stock[number % len(stock)]


def run(sizes: Sequence[int], settings: Settings, encoder: Encoder, tell: Callable[[str], None]) -> list[dict[str, Any]]:
    """Measure each size in a data folder of its own; a row a size."""
    encoder.encode_queries(["预热"])
    rows = []
    for size in sizes:
        tell(f"{size} 份报告……")
        with tempfile.TemporaryDirectory() as folder:
            rows.append(_measure(size, Settings(home=Path(folder), cache=settings.cache_folder), encoder))
    return rows


def _measure(size: int, settings: Settings, encoder: Encoder) -> dict[str, Any]:
    begun = time.perf_counter()
    copies = _copies(size)
    read = time.perf_counter() - begun
    begun = time.perf_counter()
    Store(settings.home).add(copies, encoder)
    added = time.perf_counter() - begun
    begun = time.perf_counter()
    index = Index(settings.home)
    loaded = time.perf_counter() - begun
    row: dict[str, Any] = {
        "reports": size, "read_per_s": round(size / read, 1), "add_per_s": round(size / added, 1), "load_ms": round(1000 * loaded, 1),
        "disk_mb": round(sum(p.stat().st_size for p in settings.home.rglob("*") if p.is_file()) / 1e6, 2),
    }  # fmt: skip
    last = copies[-1][0]
    for kind, questions in _KINDS.items():
        spread = []
        for question in questions * _REPEATS:
            begun = time.perf_counter()
            answer(question.format(agency=last.agency, year=last.year), index, settings, encoder=encoder)
            spread.append(1000 * (time.perf_counter() - begun))
        spread.sort()
        row[kind] = {
            "median_ms": round(statistics.median(spread), 2),
            "p95_ms": round(spread[int(0.95 * len(spread))], 2),
        }
    row["peak_rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    index.close()
    return row


def table(rows: Sequence[dict[str, Any]]) -> str:
    """The rows as Markdown."""
    head = [
        "reports",
        "read/s",
        "add/s (cold)",
        "load ms",
        "disk MB",
        *(f"{k}, median (p95) ms" for k in _KINDS),
        "peak RSS MB",
    ]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for row in rows:
        kinds = [f"{row[k]['median_ms']} ({row[k]['p95_ms']})" for k in _KINDS]
        cells = [
            row["reports"],
            row["read_per_s"],
            row["add_per_s"],
            row["load_ms"],
            row["disk_mb"],
            *kinds,
            row["peak_rss_mb"],
        ]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)
