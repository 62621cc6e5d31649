"""Writes docs/metrics.md from the forms: ``python docs/generate.py``. A test fails when a metric is not described."""

from pathlib import Path

from corpus.forms import forms, metrics

KINDS = {"cell": "a cell of the form", "sum": "derived: the sum of its parts", "rate": "computed: parts over base"}


def main() -> None:
    lines = [
        "# Metrics",
        "",
        "Written by `python docs/generate.py` from corpus/forms. A metric exists in the editions named; asked for in another edition it is",
        "said not to be part of that form, and never answered with 0. Table 三 metrics come in seven applicant columns",
        f"({', '.join(f'`{a.id}` {a.label}' for a in forms()['2019'].applicants)}; `legal_persons` 法人或其他组织 is the sum of the five in the middle).",
        "",
        "| id | label | unit | kind | editions | by applicant | parts ÷ base |",
        "|---|---|---|---|---|---|---|",
    ]
    for m in metrics().values():
        made = " ＋ ".join(f"`{p}`" for p in m.parts) + (" ÷ " + " ＋ ".join(f"`{b}`" for b in m.base) if m.base else "")
        unit = m.unit or "as printed"
        lines.append(
            f"| `{m.id}` | {m.label} | {unit} | {KINDS[m.kind]} | {', '.join(m.editions)} | {'yes' if m.by_applicant else ''} | {made} |"
        )
    Path(__file__).with_name("metrics.md").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
