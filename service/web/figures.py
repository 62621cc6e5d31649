"""The table of figures: picked, sorted, drawn and taken away as a file; the address holds all of it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, jsonify, render_template, request

from corpus.forms import Metric, applicants, metrics
from index.store import Snapshot
from service import export
from service.evidence import full_label
from service.selection import Arguments, Selection, Table, selection_of, table
from service.web.here import state
from service.web.reports import attachment, choices

blueprint = Blueprint("figures", __name__)

_GROUPS: tuple[tuple[str, Callable[[Metric], bool]], ...] = (
    ("收到和处理申请", lambda m: m.id.startswith("requests.") or m.id in ("outcome.total", "outcome.granted", "outcome.partial")),
    ("不公开的原因和其他结果", lambda m: m.id.startswith("outcome.")),
    ("行政复议和行政诉讼", lambda m: m.id.startswith(("review", "litigation"))),
    ("比率（计算所得）", lambda m: m.kind == "rate"),
    ("主动公开", lambda _: True),
)


def metric_groups() -> list[tuple[str, list[Metric]]]:
    """Every metric once, in the groups that the picker shows."""
    rest = list(metrics().values())
    found: list[tuple[str, list[Metric]]] = []
    for name, belongs in _GROUPS:
        own = [m for m in rest if belongs(m)]
        rest = [m for m in rest if m not in own]
        found.append((name, own))
    return [found[4], *found[:4]]


def _picked(snapshot: Snapshot) -> tuple[Selection, Table]:
    args = Arguments(request.args.to_dict(flat=False))
    selection = selection_of(args, snapshot)
    return selection, table(selection, snapshot, args.ignored)


def _table() -> Table:
    with state().index().reading() as snapshot:
        return _picked(snapshot)[1]


@blueprint.get("/figures")
def page() -> Response:
    with state().index().reading() as snapshot:
        selection, picked = _picked(snapshot)
        offered = choices(snapshot)
    return Response(
        render_template(
            "figures.html", selection=selection, table=picked, offered=offered, groups=metric_groups(), label=full_label,
            columns={**applicants(), "legal_persons": "法人或其他组织合计"},
        )
    )  # fmt: skip


@blueprint.get("/figures.csv")
def as_csv() -> Response:
    return attachment(export.table_csv(_table()), "text/csv; charset=utf-8", "年报数字.csv")


@blueprint.get("/figures.xlsx")
def as_xlsx() -> Response:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return attachment(export.table_xlsx(_table(), request.host_url.rstrip("/")), kind, "年报数字.xlsx")


@blueprint.get("/figures.json")
def as_json() -> Response:
    return jsonify(export.table_data(_table()))
