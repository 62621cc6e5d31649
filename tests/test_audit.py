"""The audit of reports: what holds is not complained of, each planted slip is found by its rule at its place.

Reports are made by tests/generate.py with known figures; sentences are put under its headings. What is expected of a
sentence was worked out by hand from the figures below and the national form.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from corpus.audit import RULES, across_years, audit
from corpus.model import Finding, Report
from corpus.read import read_bytes
from tests.generate import APPLICANTS, HEADINGS, LAYOUTS, GeneratedReport, Key, generate, headings, outcome_rows, render
from tests.test_generated import styled

seeds = st.integers(0, 2**32 - 1)
examples = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow],
)
YEAR = 2022
AGENCY = "青禾县教育局"

# Eight new requests and two carried over; seven dealt with, three carried on.
NUMBERS: dict[str, int] = {
    "requests.received": 8,
    "requests.carried_in": 2,
    "outcome.granted": 4,
    "outcome.partial": 1,
    "outcome.refused.internal": 1,
    "outcome.unavailable.not_held": 1,
    "outcome.total": 7,
    "requests.carried_out": 3,
}
DISPUTES = {
    "review.upheld": 2,
    "review.corrected": 1,
    "review.total": 3,
    "litigation.direct.upheld": 1,
    "litigation.direct.total": 1,
    "litigation.after_review.pending": 1,
    "litigation.after_review.total": 1,
}
DISCLOSURE = {
    "2021": {"normative.issued": 5, "normative.in_force": 12, "licensing.decisions": 30, "penalty.decisions": 6},
    "2019": {"normative.newly_made": 5, "licensing.decisions": 30, "penalty.decisions": 6},
}


def known(edition: str = "2021", year: int = YEAR, **numbers: int) -> GeneratedReport:
    """A report of known figures, zero where nothing is said; all requests come from natural persons."""
    made = generate(Random(11), edition=edition, year=year, agency=AGENCY)
    given_ = NUMBERS | DISPUTES | DISCLOSURE[edition] | {name.replace("__", "."): value for name, value in numbers.items()}
    for metric, applicant in made.cells:
        told = given_.get(metric, 0) if applicant in (None, "natural", "total") else 0
        made = made.with_number((metric, applicant), told)
    return replace(made, narrative=replace(made.narrative, received=given_["requests.received"]))


def empty(edition: str = "2021") -> GeneratedReport:
    return known(edition, **{name.replace(".", "__"): 0 for name in NUMBERS | DISPUTES})


def text_of(made: GeneratedReport, said: dict[int, str] | None = None, layout: str = "tsv", seed: int = 3) -> str:
    """The report as text with paragraphs put under section headings (0: before the first)."""
    text = render(made, layout, Random(seed))
    for number, paragraph in (said or {}).items():
        if number:
            heading = made.headings[number - 1] + "\n"
            text = text.replace(heading, f"{heading}\n{paragraph}\n", 1)
        else:
            text = text.replace("\n\n" + made.headings[0], f"\n\n{paragraph}\n\n{made.headings[0]}", 1)
    return text


def read(text: str) -> Report:
    return read_bytes(text.encode())


def checks(report: Report, agency: str | None = None) -> tuple[Finding, ...]:
    """The audit with all that is known of a report."""
    return audit(
        report.edition,
        report.figures,
        report.quantities,
        report.sections,
        report.text,
        year=report.year,
        scope=report.scope,
        agency=agency,
        paragraphs=report.paragraphs,
    )


def found(made: GeneratedReport, said: dict[int, str] | None = None) -> list[tuple[str, str]]:
    """Rule and status of every check that is not passed."""
    return sorted((c.rule, c.status) for c in checks(read(text_of(made, said))) if c.status != "pass")


def said_of(made: GeneratedReport, said: dict[int, str], *rules: str) -> list[Finding]:
    """The checks of some rules that the sentences add to a report."""
    own = Counter(c.message for c in checks(read(text_of(made))))
    added = []
    for check in checks(read(text_of(made, said))):
        if own[check.message]:
            own[check.message] -= 1
        elif check.rule in rules:
            added.append(check)
    return added


# ------------------------------------------------------------------------------------------------- consistent reports


@pytest.mark.parametrize("layout", LAYOUTS)
@examples
@given(seed=seeds)
def test_a_consistent_report_gives_nothing_but_passes(layout: str, seed: int) -> None:
    rng = Random(seed)
    report = read(render(styled(rng, "full"), layout, rng))
    assert [c.message for c in checks(report) if c.status != "pass"] == []


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(examples, max_examples=10)
@given(seed=seeds, marks=st.sampled_from(("na", "blank", "holes")))
def test_cells_without_a_number_are_noticed_and_fail_nothing(layout: str, seed: int, marks: str) -> None:
    rng = Random(seed)
    made = styled(rng, marks)
    given_ = checks(read(render(made, layout, rng)))
    assert not [c.message for c in given_ if c.status == "fail"]
    allowed = {"cells.blank", "cells.na", "cells.unsure", "tables.missing"}
    assert {c.rule for c in given_ if c.status == "notice"} <= allowed
    crossed = sum(gold.state == "na" for gold in made.gold.values())
    assert sum(len(c.places) for c in given_ if c.rule == "cells.na") == crossed


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_report_whose_text_and_tables_agree(edition: str) -> None:
    received = "2022年新收政府信息公开申请8件，上年结转2件，办结7件，其中予以公开4件、部分公开1件、不予公开1件、无法提供1件，结转下年度继续办理3件。"
    disputes = "因政府信息公开被申请行政复议3件，其中维持2件，纠正1件；被提起行政诉讼2件，维持1件，尚未审结1件。"
    made = known(edition)
    assert found(made, {1: received, 4: disputes}) == []
    passed = said_of(made, {1: received, 4: disputes}, "text.table")
    assert [c.values for c in passed] == [(n, n) for n in (8, 2, 7, 4, 1, 1, 1, 3, 3, 2, 1, 2, 1, 1)]


def test_every_rule_that_is_given_is_listed() -> None:
    report = read(text_of(known(), {1: "截至2021年底，主动公开条。一是意识不强，三是人手不足，关于关于公开的要求。"}))
    assert {c.rule for c in checks(report)} <= set(RULES)


def test_what_is_not_known_is_not_judged() -> None:
    text = text_of(known(), {0: "本报告统计期限自2020年1月1日起至2021年12月31日止。", 1: "截至2021年底，公开信息10条。"})
    report = read(text)
    bare = audit(report.edition, report.figures, report.quantities, report.sections, report.text)
    assert not {"text.year", "period.range", "cells.implausible"} & {c.rule for c in bare}
    assert {"text.year", "period.range"} <= {c.rule for c in checks(report)}


# --------------------------------------------------------------------------------------------------- text and table

COUNTS = {
    "新收政府信息公开申请9件。": ("fail", 9, 8),
    "全年共收到政府信息公开申请9件。": ("fail", 9, 8),
    "收到公民、法人和其他组织提出的政府信息公开申请9件。": ("fail", 9, 8),
    "全年共收到8件政府信息公开申请。": ("pass", 8, 8),
    "2022年共收到8件依申请公开请求。": ("pass", 8, 8),
    "全年共收到政府信息公开申请10件。": ("fail", 10, 8),  # as many as with those carried over, which it does not say
    "全年共收到政府信息公开申请10件，含上年结转申请。": ("pass", 10, 10),
    "收办政府信息公开申请10件。": ("pass", 10, 10),
    "受理政府信息公开申请9件。": ("unknown", 9, 8),
    "全县共收到政府信息公开申请120件。": ("unknown", 120, 8),
    "收到政府信息公开申请80余件。": ("unknown", 80, 8),
    "收到政府信息公开申请近9件。": ("unknown", 9, 8),
    "依申请公开工作。上年结转1件。": ("fail", 1, 2),
    "依申请公开工作。结转2023年继续办理2件。": ("fail", 2, 3),
    "依申请公开工作。2021年结转2件。": ("pass", 2, 2),
    "依申请公开工作。共办结8件。": ("fail", 8, 7),
    "依申请公开工作。按时办结6件。": ("unknown", 6, 7),
    "依申请公开工作。答复6件。": ("unknown", 6, 7),
    "政府信息公开申请中，予以公开5件。": ("fail", 5, 4),
    "政府信息公开申请中，同意公开5件。": ("unknown", 5, 4),
    "作出不予公开答复2件。": ("fail", 2, 1),
    "政府信息公开申请中，本机关不掌握相关政府信息1件。": ("pass", 1, 1),
    "政府信息公开申请中，其他处理1件。": ("fail", 1, 0),
    "因政府信息公开被申请行政复议134件。": ("fail", 134, 3),
    "因政府信息公开引发行政诉讼57件。": ("fail", 57, 2),
    "因政府信息公开被提起行政诉讼，其中未经复议直接起诉2件。": ("fail", 2, 1),
    "政府信息公开行政复议案件结果纠正2件。": ("fail", 2, 1),
    "政府信息公开行政诉讼原告撤诉1件。": ("unknown", 1, 0),
    "制发规范性文件6件。": ("fail", 6, 5),
    "制定规范性文件6件。": ("unknown", 6, 5),
    "作出行政处罚决定6件。": ("pass", 6, 6),
    "行政事业性收费3万元。": ("fail", 3, 0),
    "因政府信息公开被申请行政复议1次。": ("fail", 1, 3),
    "依申请公开0件。": ("unknown", 0, 8),  # asked for, or given out
    "依申请公开8件。": ("pass", 8, 8),
    "依申请公开工作。登记申请7件。": ("unknown", 7, 8),
    "本局行政复议案件26件，其中涉及政府信息公开3件。": ("pass", 3, 3),  # the twenty-six are of all matters
    "本局被申请行政复议26件，涉及政府信息公开4件。": ("fail", 4, 3),
    "全年行政复议案件立案26件，其中涉及政府信息公开4件。": ("unknown", 4, 3),  # by the body, or against it
}


def test_what_is_said_of_reviews_is_not_held_against_lawsuits() -> None:
    made = known(litigation__direct__upheld=0, litigation__direct__total=0, litigation__after_review__pending=0, litigation__after_review__total=0)  # fmt: skip
    for said in (
        "因政府信息公开被申请行政复议3件，均已审结；未发生行政诉讼。",
        "因政府信息公开被申请行政复议3件。无行政诉讼案件。",
        "因政府信息公开被申请行政复议3件；行政诉讼未发生。",
    ):
        given_ = [c for c in checks(read(text_of(made, {1: said}))) if c.rule in ("text.table", "text.zero")]
        given_ = [c for c in given_ if "行政" in c.message]
        assert [(c.status, c.values) for c in given_] == [("pass", (3, 3)), ("pass", (0, 0))], said


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("因政府信息公开工作，未发生行政诉讼。", "text.zero"),
        ("政府信息公开工作无行政诉讼案件。", "text.zero"),
        ("因政府信息公开引起的行政诉讼未发生。", "text.table"),
        ("因政府信息公开引起的行政诉讼0次。", "text.table"),
    ],
)
def test_one_contradiction_is_told_once(said: str, rule: str) -> None:
    failed = [c for c in checks(read(text_of(known(), {1: said}))) if c.status == "fail"]
    assert [(c.rule, c.values) for c in failed] == [(rule, (0, 2))]


def test_none_in_all_matters_is_none_on_disclosure_but_a_difference_stays_open() -> None:
    said = {1: "本年度行政复议和行政诉讼均为0件。"}
    assert [(c.status, c.values) for c in said_of(known(), said, "text.table")] == [("unknown", (0, 3)), ("unknown", (0, 2))]
    assert [(c.status, c.values) for c in said_of(empty(), said, "text.table")] == [("pass", (0, 0)), ("pass", (0, 0))]
    assert said_of(known(), {1: "行政处罚决定被申请行政复议0件。"}, "text.table") == []


def test_documents_that_share_a_noun() -> None:
    made = known(normative__repealed=1)
    given_ = said_of(made, {1: "制发行政规范性文件5件，废止2件，现行有效12件。"}, "text.table")
    assert [(c.status, c.values) for c in given_] == [("pass", (5, 5)), ("fail", (2, 1)), ("pass", (12, 12))]
    assert [c.values for c in said_of(made, {1: "制发行政规范性文件5件，制发公文80件，废止2件。"}, "text.table")] == [(5, 5)]


@pytest.mark.parametrize("sentence", COUNTS)
def test_a_count_is_held_against_the_cell_that_it_names(sentence: str) -> None:
    status, said, cell = COUNTS[sentence]
    given_ = said_of(known(), {1: sentence}, "text.table")
    assert [(c.status, c.values[-1]) for c in given_] == [(status, cell)]
    assert given_[0].values[0] in (said, said * 10_000)  # money is read in 元
    if status == "fail":
        assert "相差" in given_[0].message
    assert len(given_[0].places) == len(given_[0].spans)


def test_a_count_that_fits_another_row_names_it() -> None:
    [check] = said_of(known(), {1: "全年共收到政府信息公开申请10件。"}, "text.table")
    assert "等于“应办申请总量”" in check.message
    [check] = said_of(known(), {1: "受理政府信息公开申请10件。"}, "text.table")
    assert (check.status, check.values) == ("pass", (10, 10))  # 受理 may well be said of both
    assert len(check.places) == 3


@pytest.mark.parametrize(
    "sentence",
    [
        "累计收到政府信息公开申请592件。",
        "一季度收到政府信息公开申请3件。",
        "2021年收到政府信息公开申请5件，2022年收到8件。",
        "政府信息公开申请较上年增加3件。",
        "收到政府信息公开申请8件，其中网上申请5件、信函申请3件。",
        "受理信访投诉608起，办理人大建议12件、政协提案9件。",
        "编制依申请公开属性的文件57件。",
        "公开规范性文件2件，公开行政许可信息300条。",
        "办理行政许可120件。",
        "行政复议科全年审理行政复议案件300件。",
        "收到涉及拆迁的政府信息公开申请2件。",
    ],
)
def test_a_count_of_something_else_is_left_alone(sentence: str) -> None:
    assert [c for c in said_of(known(), {1: sentence}, "text.table") if c.status != "pass"] == []


def test_a_part_of_the_requests_is_no_contradiction() -> None:
    said = {1: "网络收到政府信息公开申请5件（予以公开3件、不予公开1件），信函收到3件。"}
    assert {c.status for c in said_of(known(), said, "text.table")} <= {"unknown", "pass"}


def test_the_whole_area_is_no_contradiction_only_where_another_circle_reports() -> None:
    made = known()
    report = read(text_of(made, {1: "全县共收到政府信息公开申请120件。"}))
    for scope, status in (("部门", "unknown"), ("全域汇总", "fail")):
        given_ = audit(report.edition, report.figures, report.quantities, report.sections, report.text, year=YEAR, scope=scope)
        assert [c.status for c in given_ if c.rule == "text.table" and c.values[0] == 120] == [status]


@pytest.mark.parametrize(
    ("agency", "status"),
    [(AGENCY, "unknown"), ("青禾县人民政府办公室", "fail"), ("青禾县人民政府", "unknown"), (None, "fail")],
)
def test_another_body_has_counts_of_its_own(agency: str | None, status: str) -> None:
    report = read(text_of(known(), {1: "县政府办公室收到政府信息公开申请78件。"}))
    assert [c.status for c in checks(report, agency) if c.rule == "text.table" and c.values[0] == 78] == [status]


ZERO = {
    "未收到政府信息公开申请。": 1,
    "全年未收到公民、法人和其他组织提出的公开政府信息的申请。": 1,
    "全年无依申请公开事项。": 1,
    "未接到任何形式的信息公开申请。": 1,
    "未发生因政府信息公开被申请行政复议、提起行政诉讼的情况。": 2,
    "没有发生针对本局与政府信息公开有关的行政复议和行政诉讼。": 2,
    "未发生有关政府信息公开工作的举报、投诉、行政复议或提起行政诉讼等情况。": 2,
}


@pytest.mark.parametrize("sentence", ZERO)
def test_none_is_held_against_the_cells(sentence: str) -> None:
    wrong = said_of(known(), {1: sentence}, "text.zero")
    assert [c.status for c in wrong] == ["fail"] * ZERO[sentence]
    assert all("相差" in c.message and c.values[0] == 0 and c.values[1] for c in wrong)
    assert [c.status for c in said_of(empty(), {1: sentence}, "text.zero")] == ["pass"] * ZERO[sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "通过网络未收到政府信息公开申请。",
        "除上述申请外，未收到其他政府信息公开申请。",
        "一季度未收到政府信息公开申请。",
        "2021年未收到政府信息公开申请。",
        "未收到政府信息公开申请的投诉举报。",
        "没有因政府信息公开工作不到位引发的行政复议。",
        "政府信息公开方面无行政复议纠正、行政诉讼败诉案件。",
        "未收到涉及拆迁的政府信息公开申请。",
    ],
)
def test_none_of_some_kind_is_left_alone(sentence: str) -> None:
    assert said_of(known(), {1: sentence}, "text.zero") == []


def test_none_by_legal_persons_speaks_of_their_columns_alone() -> None:
    said = {1: "未收到法人提出的政府信息公开申请。"}
    assert [c.status for c in said_of(known(), said, "text.zero")] == ["pass"]
    made = known()
    for applicant in ("company", "total"):
        made = made.with_number(("requests.received", applicant), 1 if applicant == "company" else 9)
    [check] = said_of(made, said, "text.zero")
    assert (check.status, check.values) == ("fail", (0, 1))


def test_none_beside_a_blank_cell_cannot_be_judged() -> None:
    made = empty()
    for key in [k for k in made.cells if k[0].startswith("review.")]:
        made = made.with_cell(key, "", replace(made.gold[key], state="blank", value=None))
    [check] = said_of(made, {1: "未发生因政府信息公开引起的行政复议。"}, "text.zero")
    assert check.status == "unknown"
    assert "空白" in check.message


@pytest.mark.parametrize(
    ("sentence", "carried", "status"),
    [
        ("依申请公开工作。全年收到申请8件，均已办结。", 3, "fail"),
        ("依申请公开工作。全年收到申请8件，全部按时办结。", 0, "pass"),
        ("依申请公开工作。全年收到申请8件，均已答复。", 3, "unknown"),
        ("依申请公开工作。全年收到申请8件，办结5件，全部按时办结。", 3, "unknown"),
        ("依申请公开工作。全年收到申请8件，均在法定期限内处理。", 3, None),
        ("依申请公开工作。收到申请8件，结转3件，其余均已办结。", 3, None),
        ("受理群众来信12件，均已办结。", 3, None),
    ],
)
def test_all_done_is_held_against_what_is_carried_over(sentence: str, carried: int, status: str | None) -> None:
    made = known(requests__carried_out=carried, outcome__total=10 - carried, outcome__granted=7 - carried)
    assert [c.status for c in said_of(made, {1: sentence}, "text.all")] == ([status] if status else [])


def test_all_upheld_beside_corrected_ones() -> None:
    assert [c.status for c in said_of(known(), {4: "行政复议3件，均获维持。"}, "text.all")] == ["unknown"]
    made = known(review__upheld=3, review__corrected=0)
    assert [c.status for c in said_of(made, {4: "行政复议3件，均获维持。"}, "text.all")] == ["pass"]


@settings(examples, max_examples=30)
@given(seed=seeds, slip=st.sampled_from((1, 7, 40)), which=st.sampled_from(sorted(NUMBERS | DISPUTES)))
def test_a_planted_difference_is_found_at_its_cell_and_nowhere_else(seed: int, slip: int, which: str) -> None:
    rng = Random(seed)
    made = generate(rng, agency=AGENCY)
    column = None if which in DISPUTES else "total"
    cell = made.gold[which, column].value
    assert cell is not None
    wordings = {
        "requests.received": "新收政府信息公开申请{}件。",
        "requests.carried_in": "政府信息公开申请中，上年结转{}件。",
        "outcome.granted": "政府信息公开申请中，予以公开{}件。",
        "outcome.partial": "政府信息公开申请中，部分公开{}件。",
        "outcome.refused.internal": "政府信息公开申请中，属于三类内部事务信息{}件。",
        "outcome.unavailable.not_held": "政府信息公开申请中，本机关不掌握相关政府信息{}件。",
        "outcome.total": "政府信息公开申请共办结{}件。",
        "requests.carried_out": "政府信息公开申请中，结转下年度继续办理{}件。",
        "review.upheld": "政府信息公开行政复议结果维持{}件。",
        "review.corrected": "政府信息公开行政复议结果纠正{}件。",
        "review.total": "因政府信息公开被申请行政复议{}件。",
        "litigation.direct.upheld": "政府信息公开行政诉讼未经复议直接起诉的，结果维持{}件。",
        "litigation.direct.total": "政府信息公开行政诉讼中，未经复议直接起诉{}件。",
        "litigation.after_review.pending": "政府信息公开行政诉讼复议后起诉的，尚未审结{}件。",
        "litigation.after_review.total": "政府信息公开行政诉讼中，复议后起诉{}件。",
    }
    report = read(text_of(made, {1: wordings[which].format(cell + slip)}, seed=seed))
    failed = [c for c in checks(report) if c.status != "pass"]
    place = next(f.place for f in report.figures if (f.metric, f.applicant) == (which, column))
    assert [(c.rule, c.status, c.places[1:], c.values) for c in failed] == [("text.table", "fail", (place,), (cell + slip, cell))]
    assert report.text[failed[0].spans[0].start : failed[0].spans[0].end].strip() == f"{cell + slip}件"
    assert found(made, {1: wordings[which].format(cell)}) == []


# -------------------------------------------------------------------------------------------------------- relations


@pytest.mark.parametrize("layout", ["tsv", "pipes"])
def test_a_missing_table_is_one_unknown_a_rule(layout: str) -> None:
    made = replace(known(), tables=frozenset((2, 4)))
    given_ = [c for c in checks(read(text_of(made, layout=layout))) if c.status != "pass"]
    assert sorted((c.rule, c.status) for c in given_ if c.rule != "text.table") == [
        ("outcome.sum", "unknown"),
        ("requests.balance", "unknown"),
        ("row.sum", "unknown"),
        ("tables.missing", "notice"),
    ]


@settings(examples, max_examples=10)
@given(seed=seeds)
def test_an_unsure_cell_is_never_a_contradiction(seed: int) -> None:
    rng = Random(seed)
    made = generate(rng)
    key: Key = (rng.choice(outcome_rows(made.edition)), rng.choice(APPLICANTS))
    report = read(render(made.with_number(key, (made.gold[key].value or 0) + 5), "tsv", rng))  # type: ignore[arg-type]
    figures = [replace(f, sure=False) if (f.metric, f.applicant) == key else f for f in report.figures]
    given_ = audit(report.edition, figures, report.quantities, report.sections, report.text, year=report.year)
    place = next(f.place for f in figures if (f.metric, f.applicant) == key)
    touched = [c for c in given_ if place in c.places and c.rule in ("row.sum", "outcome.sum")]
    assert [c.status for c in touched] == ["unknown", "unknown"]
    assert not [c for c in given_ if c.status == "fail"]


# ------------------------------------------------------------------------------------------------------------- cells


def test_numbers_that_are_hard_to_believe_are_quoted_with_a_caution() -> None:
    made = known().with_number(("rules.issued", None), 2)
    report = read(text_of(made))
    assert [c.rule for c in checks(report, AGENCY) if c.status != "pass"] == ["cells.implausible"]
    [caution] = [c for c in checks(report, "松岚县三棵松镇人民政府") if c.rule == "cells.implausible"]
    assert caution.values == (2,)
    assert "本年制发件数 2" in caution.message
    for maker in ("云溪市人民政府", "云溪省人民政府", "国家税务总局", None):
        assert not [c for c in checks(report, maker) if c.rule == "cells.implausible"]


def test_a_negative_count_is_doubted_and_a_negative_change_is_not() -> None:
    made = known("2019")
    made = made.with_cell(("licensing.items_change", None), "-4", replace(made.gold["licensing.items_change", None], value=-4))
    assert found(made) == []
    made = made.with_cell(("penalty.decisions", None), "-4", made.gold["licensing.items_change", None])
    assert ("cells.implausible", "notice") in found(made)


def test_pages_that_gave_no_text_are_named() -> None:
    report = read(text_of(known()))
    given_ = audit(report.edition, report.figures, report.quantities, report.sections, report.text, unread=("第3页", "第4页"))
    [unread] = [c for c in given_ if c.rule == "pages.unread"]
    assert unread.places == ("第3页", "第4页")
    assert "第3页、第4页" in unread.message


# ---------------------------------------------------------------------------------------------- sections and numbering


def numbering(section: int, paragraph: str) -> list[str]:
    return [c.message for c in said_of(known(), {section: paragraph}, "sections.numbering")]


@pytest.mark.parametrize(
    ("paragraph", "shown"),
    [
        ("1. 公开。\n\n2. 申请。\n\n4. 监督。", "1、2、4"),
        ("1、公开。\n\n2、申请。\n\n2、监督。", "1、2、2"),
        ("（1）公开。\n\n（3）监督。", "1、3"),
        ("①公开。②申请。④监督。", "1、2、4"),
        ("（一）公开。\n\n（三）监督。\n\n（四）平台。", "一、三、四"),
        ("（一）公开。\n\n（一）申请。\n\n（二）监督。", "一、一、二"),
        ("一是意识不强；三是人手不足。", "一是、三是"),
        ("不足有：一是意识不强，二是人手不足，二是经费不足。", "一是、二是、二是"),
        ("第一，意识不强。第三，人手不足。", "第一、第三"),
    ],
)
@pytest.mark.parametrize("section", [1, 5])
def test_sub_items_that_skip_or_repeat(section: int, paragraph: str, shown: str) -> None:
    messages = numbering(section, paragraph)
    assert len(messages) == 1
    assert f"第{'一二三四五'[section - 1]}部分" in messages[0]
    assert messages[0].endswith(f"：{shown}。")


@pytest.mark.parametrize(
    "paragraph",
    [
        "问题：1.意识不强；2.人手不足。措施：1.加强培训；2.配齐人员。",
        "（一）问题\n\n1.意识不强，需要持续用力解决好工作中的各种困难和矛盾。\n\n（二）措施\n\n1.加强领导，压实责任，明确分工，细化要求，逐级落实。",
        "首先意识不强，二是人手不足，三是经费不足。",
        "按照第二十条第（一）项、第（五）项要求，做到统一是原则、唯一是目标。",
        "2022年共办理3.5万件，1.2万件为线上，第二季度最多。",
        "存在问题：一是意识不强。\n\n改进措施：一是加强培训。",
    ],
)
def test_lists_that_are_in_order(paragraph: str) -> None:
    assert numbering(5, paragraph) == []


@pytest.mark.parametrize(
    ("slips", "wrong"),
    [
        ((1, 2, 3, 4, 4, 6), True),
        ((1, 2, 2, 4, 5, 6), True),
        ((1, 2, 3, 5, 6, 7), True),
        ((1, 2, 3, 4, 6, 5), True),
        ((1, 2, 3, 4, 5, 6), False),
    ],
    ids=str,
)
def test_section_numerals(slips: tuple[int, ...], wrong: bool) -> None:
    made = replace(known(), headings=headings("canonical", [names[0] for names in HEADINGS], slips))
    rules = [rule for rule, _ in found(made)]
    assert rules == (["sections.headings"] if wrong else [])


def test_a_section_of_the_writers_own_fills_the_gap() -> None:
    made = replace(known(), headings=headings("canonical", [names[0] for names in HEADINGS], (1, 2, 3, 4, 5, 7)))
    own = "栏目更新偏慢，下一步将明确责任人。\n\n六、下年工作思路\n\n继续做好公开。"
    assert "sections.headings" not in [rule for rule, _ in found(made, {5: own})]


def test_a_lost_heading_is_missed_by_name() -> None:
    text = text_of(known()).replace(known().headings[4] + "\n", "")
    [missing] = [c for c in checks(read(text)) if c.rule == "sections.missing"]
    assert missing.places == ("第五部分",)
    assert "存在的主要问题及改进情况" in missing.message


def test_the_preface_counts_the_parts() -> None:
    five = "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、存在的主要问题及改进情况、其他需要报告的事项"
    [check] = said_of(known(), {0: f"本报告由{five}等六个部分组成。"}, "sections.announced")
    assert check.values == (6, 5)
    assert "行政复议" in check.message
    six = five.replace("存在的", "政府信息公开行政复议、行政诉讼情况、存在的")
    assert said_of(known(), {0: f"本报告由{six}六部分组成。"}, "sections.announced") == []
    assert [c.values for c in said_of(known(), {0: "本报告共五个部分。"}, "sections.announced")] == [(5, 6)]


@pytest.mark.parametrize(
    ("section", "body", "rules"),
    [
        (5, "无。", ["sections.empty"]),
        (5, "问题不大。", ["sections.empty"]),
        (5, "", ["sections.empty"]),
        (6, "", ["sections.empty"]),
        (6, "无。", []),
    ],
)
def test_a_section_that_says_nothing(section: int, body: str, rules: list[str]) -> None:
    made = known()
    text = text_of(made)
    start = text.index(made.headings[section - 1]) + len(made.headings[section - 1])
    end = text.index(made.headings[section]) if section < 6 else len(text)
    report = read(f"{text[:start]}\n\n{body}\n\n{text[end:]}")
    assert [c.rule for c in checks(report) if c.status != "pass"] == rules


def test_the_fee_for_handling_requests_is_told_in_section_six() -> None:
    def six(body: str, edition: str = "2021") -> list[str]:
        made = known(edition)
        text = text_of(made)
        return [
            c.rule for c in checks(read(text[: text.index(made.headings[5])] + f"{made.headings[5]}\n\n{body}\n")) if c.status != "pass"
        ]

    assert six("全年开展培训三次，组织开放日活动一次。") == ["fees.untold"]
    assert six("全年开展培训三次，组织开放日活动一次。", "2019") == []
    for told in ("全年收取信息处理费0元。", "本年度未收取信息处理费。", "无。", "本年度没有其他需要报告的事项。"):
        assert six(told) == []


def test_fees_are_told_apart() -> None:
    made = known().with_number(("fees.amount", None), 12)
    assert [c.status for c in said_of(made, {6: "本年度没有行政事业性收费。"}, "fees.table")] == ["fail"]
    assert [c.status for c in said_of(known(), {6: "本年度没有行政事业性收费。"}, "fees.table")] == ["pass"]
    for other in ("本年度未收取信息处理费。", "收取信息处理费0元。", "没有收取任何费用。", "无。"):
        assert said_of(made, {6: other}, "fees.table") == []
    unpaid = known(outcome__other__unpaid=1, outcome__granted=3)
    assert [c.status for c in said_of(unpaid, {6: "未向申请人发出收费通知。"}, "fees.table")] == ["unknown"]


# ---------------------------------------------------------------------------------------------------- years and words


@pytest.mark.parametrize(
    ("section", "sentence", "year"),
    [
        (1, "截至2021年底，公开信息100条。", 2021),
        (1, "2021年，我局主动公开信息100条。", 2021),
        (3, "2021年度共收到申请0件，未发生投诉。", 2021),
        (4, "2023年未发生因政府信息公开引起的争议。", 2023),
        (0, "现公布青禾县教育局2021年政府信息公开工作年度报告。", 2021),
    ],
)
def test_a_leftover_of_another_year(section: int, sentence: str, year: int) -> None:
    [check] = said_of(known(), {section: sentence}, "text.year")
    assert (check.status, check.values) == ("notice", (YEAR, year))
    assert str(year) in check.message


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        (1, "2022年公开信息300条，较2021年增加20条。"),
        (1, "2021年公开信息280条，2022年公开信息300条。"),
        (1, "落实国办公开办函〔2021〕30号和《2021年政务公开工作要点》要求。"),
        (1, "及时公开2021年度决算信息。"),
        (1, "依据“十四五”规划和2035年远景目标公开重点信息。"),
        (1, "2019年5月新条例施行以来，公开更加规范。"),
        (1, "2021年机构改革后，公开职能有所调整。"),
        (1, "上年结转2021年申请2件。"),
        (5, "2023年，我局将继续做好信息公开。"),
        (1, "2023年1月公开了本报告。"),
    ],
)
def test_another_year_in_its_right(section: int, sentence: str) -> None:
    assert said_of(known(), {section: sentence}, "text.year") == []


@pytest.mark.parametrize(
    ("period", "slips"),
    [
        ("2020年1月1日起，至2021年12月31日止", ("不一致", "超过十二个月")),
        ("2021年1月1日至2021年12月31日", ("不一致",)),
        ("2021年11月1日至2022年12月31日", ("超过十二个月",)),
        ("2022年1月1日至202022年12月31日", ("年份写错",)),
        ("2022年1月1日起至12月31日止", ()),
        ("2022年10月1日至2022年12月31日", ()),
        ("202211日起至1231日止", ()),
        ("20221月1日至202212月31日", ()),
    ],
)
def test_the_period_that_the_figures_are_said_to_cover(period: str, slips: tuple[str, ...]) -> None:
    given_ = said_of(known(), {0: f"本报告所列数据的统计期限为{period}。"}, "period.range")
    assert len(given_) == bool(slips)
    assert all(slip in given_[0].message for slip in slips)


@pytest.mark.parametrize("word", ["关于关于", "围绕围绕", "公开公开政府", "政务政务公开", "2022年2022年"])
def test_a_word_given_twice(word: str) -> None:
    [check] = said_of(known(), {1: f"本机关{word}工作有序开展。"}, "text.doubled")
    assert word[: len(word) // 2] in check.message


@pytest.mark.parametrize(
    "sentence",
    [
        "青禾县人民政府政府信息公开工作有序。",
        "进一步规范规范性文件管理。",
        "逐条梳理，一条一条核对，一一反馈，层层把关，人人有责。",
        "更新政务公开公开栏，做好政务服务服务中心建设。",
        "与依申请公开申请人沟通，推进依法行政行政执法公示。",
        "编制2022年度年度报告，印发常务会议会议纪要。",
    ],
)
def test_words_that_only_look_doubled(sentence: str) -> None:
    assert said_of(known(), {1: sentence}, "text.doubled") == []


def test_a_sentence_given_twice() -> None:
    said = "本机关高度重视政府信息公开工作，切实加强组织领导和监督检查。"
    [check] = said_of(known(), {1: said, 5: f"二是{said}"}, "text.repeated")
    assert check.places == ("第一部分", "第五部分")
    assert len(check.spans) == 2
    assert said_of(known(), {1: "全部按时办结。", 5: "全部按时办结。"}, "text.repeated") == []


def test_a_body_given_twice_is_one_finding() -> None:
    lines = "".join(f"第{n}项工作由承办科室负责并按季度检查落实，年底统一通报。" for n in "一二三四五六")
    [check] = said_of(known(), {1: lines, 5: lines}, "text.repeated")
    assert "6 句" in check.message
    assert len(check.spans) == 12


@pytest.mark.parametrize(
    "left", ["主动公开条，", "详见网站（具体网址），", "公开信息XX件，", "{{ title }}", "依据国办函〔〕号文件，", "共收到某某申请，"]
)
def test_what_a_template_left(left: str) -> None:
    [check] = said_of(known(), {1: f"全年{left}工作有序开展。"}, "text.template")
    assert check.status == "notice"


@pytest.mark.parametrize("sentence", ["转发头条，编发简报12篇，办理要件、信件、案件。", "3×4米展板，联系电话12345。", "A座XI层。"])
def test_what_no_template_left(sentence: str) -> None:
    assert said_of(known(), {1: sentence}, "text.template") == []


@pytest.mark.parametrize(
    "body", ["关于", "公开公开的", "未收到政府信息公开申请，", "截至2021年底公开5件。", "一是。三是。", "主动公开条，", "公开申请办结5件、"]
)
def test_a_broken_text_gives_a_bounded_number_of_findings(body: str) -> None:
    given_ = said_of(known(), {1: body * 3000}, *RULES)
    assert len(given_) <= 4000
    assert all(len(c.message) < 400 for c in given_ if c.rule != "sections.numbering")


# ------------------------------------------------------------------------------------------------- year against year


def pair(edition: str, before: dict[str, int], after: dict[str, int]) -> list[tuple[str, str]]:
    """Rule and status of the relations between two reports that are not passed; years 2019–2020 or 2021–2022."""
    first = 2019 if edition == "2019" else 2021
    reports = [read(text_of(known(edition, first + n, **numbers))) for n, numbers in enumerate((before, after))]
    return [(c.rule, c.status) for c in across_years(*reports) if c.status != "pass"]


def test_carried_over_is_taken_up() -> None:
    taken_up = {"requests__carried_in": 3, "requests__received": 7, "normative__issued": 0}
    assert pair("2021", {}, taken_up) == []
    reports = [read(text_of(known("2021", year))) for year in (2021, 2022)]
    failed = [c for c in across_years(*reports) if c.rule == "years.carried" and c.status == "fail"]
    assert [c.values for c in failed] == [(3, 2), (3, 2)]  # natural persons and the total
    assert failed[0].places == (
        "2021年 · 表三 · 四 结转下年度继续办理 · 自然人",
        "2022年 · 表三 · 二 上年结转政府信息公开申请数量 · 自然人",
    )
    later = reports[1]
    assert [later.text[s.start : s.end] for s in failed[0].spans] == ["2"]


def test_what_is_in_force() -> None:
    base = {"requests__carried_in": 3, "requests__received": 7}
    held = {**base, "normative__issued": 4, "normative__repealed": 1, "normative__in_force": 15}
    assert pair("2021", {}, held) == []
    assert pair("2021", {}, {**held, "normative__in_force": 14}) == [("years.in_force", "fail")]


def test_items_of_the_older_form() -> None:
    base = {"requests__carried_in": 3, "requests__received": 7}
    assert pair("2019", {"licensing__items_last_year": 9}, {**base, "licensing__items_last_year": 9}) == []
    assert pair("2019", {"licensing__items_last_year": 9}, {**base, "licensing__items_last_year": 8}) == [("years.items", "fail")]
    # A change printed without a sign may be a decrease.
    unsigned = {"licensing__items_last_year": 9, "licensing__items_change": 1}
    assert pair("2019", unsigned, {**base, "licensing__items_last_year": 8}) == [("years.items", "unknown")]


def test_only_consecutive_years_of_one_agency_and_form_are_compared() -> None:
    older, later = read(text_of(known("2019", 2020))), read(text_of(known("2021", 2021)))
    assert {c.rule for c in across_years(older, later)} == {"years.carried"}
    assert across_years(later, older) == ()
    assert across_years(replace(older, agency="云溪市水务局", lineage="another"), later) == ()
    assert across_years(replace(older, scope="本级"), later) == ()
    renamed = replace(older, agency="青禾县教育和体育局", lineage="one body"), replace(later, lineage="one body")
    assert {c.rule for c in across_years(*renamed)} == {"years.carried"}
    assert across_years(replace(older, year=2018), later) == ()
