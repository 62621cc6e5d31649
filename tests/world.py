"""A made-up province as data: some fifty bodies, their reports over six years in both national forms, and what is true of them.

Cells keep every 勾稽 relation within a report and from year to year, except where a slip is planted; the slips are listed
in ``SLIPS``. ``python -m tests.world FOLDER`` writes the reports and ``truth.jsonl`` (a line a report: cells and facts as printed).
Bodies, places and events are invented. The evaluation, the demonstration and the questions in tests/eval rest on this world,
so what it draws must not change: every report has dice of its own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from random import Random

from tests.generate import (
    APPLICANTS,
    BLOCKS,
    DISCLOSURE,
    RESULTS,
    GeneratedReport,
    Gold,
    Key,
    Narrative,
    headings,
    outcome_rows,
    render,
    title_lines,
)
from tests.generate import HEADINGS as _HEADINGS

YEARS = range(2019, 2025)


@dataclass(frozen=True, slots=True)
class Body:
    """``size`` is about how many requests a year it gets; ``until``: the name that it went by through that year."""

    name: str
    size: int
    zeros: str = "0"  # how it prints a zero: 0, blank or /
    style: str = "tsv"
    title: str = "plain"
    years: tuple[int, ...] = tuple(YEARS)
    former: tuple[str, int] | None = None

    def called(self, year: int) -> str:
        return self.former[0] if self.former and year <= self.former[1] else self.name


BODIES: tuple[Body, ...] = (
    Body("云岭省人民政府", 5200),
    Body("云岭省人民政府办公厅", 240, title="year_first"),
    Body("云岭省教育厅", 130),
    Body("云岭省公安厅", 170, style="pipes"),
    Body("云溪市人民政府", 1900),
    Body("云溪市人民政府办公室", 150, title="two_lines"),
    Body("云溪市教育局", 42),
    Body("云溪市公安局", 95, style="markdown"),
    Body("云溪市财政局", 18, zeros="/"),
    Body("云溪市水利局", 9, former=("云溪市水务局", 2021)),
    Body("云溪市市场监督管理局", 77),
    Body("云溪市生态环境局", 36, title="niandu_once"),
    Body("云溪市自然资源和规划局", 210),
    Body("云溪市卫生健康委员会", 25, style="pipes"),
    Body("云溪市城市管理局", 48),
    Body("云溪市人力资源和社会保障局", 30, years=(2019, 2020, 2021, 2022, 2024)),
    Body("云溪市档案馆", 2),
    Body("云溪高新技术产业开发区管理委员会", 33),
    Body("国家税务总局云溪市税务局", 12, title="year_first"),
    Body("云溪市望川区人民政府", 420),
    Body("云溪市望川区人民政府办公室", 60),
    Body("云溪市望川区教育局", 11),
    Body("云溪市望川区市场监督管理局", 29, zeros="/"),
    Body("云溪市望川区住房和城乡建设局", 88),
    Body("望川区白石街道办事处", 3),
    Body("望川区南苑街道办事处", 2, zeros="blank", style="markdown"),
    Body("望川区城关街道办事处", 5, style="markdown"),
    Body("望川区沙河街道办事处", 1, years=(2021, 2022, 2023, 2024)),
    Body("云溪市松岚县人民政府", 310),
    Body("松岚县教育局", 8, title="two_lines"),
    Body("松岚县财政局", 4),
    Body("松岚县三棵松镇人民政府", 2),
    Body("松岚县城关镇人民政府", 6, zeros="/"),
    Body("国家税务总局松岚县税务局", 3),
    Body("云溪市青禾县人民政府", 260),
    Body("青禾县教育局", 7),
    Body("青禾县水务局", 4, style="lines"),
    Body("青禾县城关镇人民政府", 2),
    Body("青禾县十八坪乡人民政府", 1, zeros="blank", style="markdown"),
    Body("碧原市人民政府", 1400),
    Body("碧原市人民政府办公室", 120),
    Body("碧原市教育局", 31),
    Body("碧原市公安局", 82),
    Body("碧原市城市管理局", 39, style="pipes"),
    Body("碧原市财政局", 14),
    Body("碧原市枫林区人民政府", 350),
    Body("碧原市枫林区教育局", 9, zeros="/"),
    Body("碧原市枫林区市场监督管理局", 22),
    Body("枫林区城关街道办事处", 4),
    Body("枫林区柳荫街道办事处", 0),
    Body("碧原经济技术开发区管理委员会", 27, years=(2020, 2021, 2022, 2023, 2024)),
)

# (body, year): what is wrong with or missing from a report on purpose.
SLIPS: dict[tuple[str, int], str] = {
    ("云溪市教育局", 2022): "text_received",  # the text states another number of requests than table 三
    ("碧原市公安局", 2023): "text_received",
    ("云溪市城市管理局", 2021): "old_form",  # a 2021 report on the form of 2019
    ("云溪市望川区教育局", 2020): "no_table_4",
    ("松岚县财政局", 2023): "no_table_2",
    ("碧原市枫林区市场监督管理局", 2024): "no_table_3",
    ("云溪市卫生健康委员会", 2023): "blank_totals",  # the column 总计 of table 三 is left blank
    ("云溪市公安局", 2022): "carry_break",  # 上年结转 is not what the year before carried out
    ("云溪市市场监督管理局", 2023): "row_sum",  # 新收 总计 is not the sum of its columns
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A number or statement of the narrative, its sentence as printed."""

    what: str
    sentence: str
    value: int | float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class WorldReport:
    body: Body
    made: GeneratedReport
    facts: tuple[Fact, ...]
    problems: tuple[str, ...]
    measures: tuple[str, ...]
    other: str
    slip: str = ""
    text: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        return f"{self.made.agency}-{self.made.year}.{'md' if self.body.style == 'markdown' else 'txt'}"

    @property
    def gold(self) -> Mapping[Key, Gold]:
        """The cells as printed, those of tables that are left out not among them."""
        return {key: gold for key, gold in self.made.gold.items() if _table(key) in self.made.tables}


def _table(key: Key) -> int:
    return 3 if key[1] else 4 if key[0].startswith(("review.", "litigation.")) else 2


@lru_cache(maxsize=1)
def world() -> tuple[WorldReport, ...]:
    """All reports, body by body."""
    return tuple(report for body in BODIES for report in _of(body))


def _of(body: Body) -> list[WorldReport]:
    made = []
    carried = dict.fromkeys(APPLICANTS, 0)
    in_force: dict[str, int] = {}
    for year in body.years:
        rng = Random(f"{body.name} {year}")
        made.append(_report(body, year, rng, carried, in_force))
    return made


def _report(body: Body, year: int, rng: Random, carried: dict[str, int], in_force: dict[str, int]) -> WorldReport:
    slip = SLIPS.get((body.name, year), "")
    edition = "2019" if year < 2021 or slip == "old_form" else "2021"
    requests = _requests(body, edition, rng, carried)
    if slip == "carry_break":
        for metric in ("requests.carried_in", "requests.received"):
            requests[metric, "natural"] += 2 if metric.endswith("in") else -2
            requests[metric, "total"] += 2 if metric.endswith("in") else -2
    received = requests["requests.received", "total"]
    if slip == "row_sum":
        requests["requests.received", "total"] += 1
    values: dict[Key, float] = {**_disclosure(body, edition, rng, in_force), **requests, **_disputes(body, rng)}
    cells, gold = {}, {}
    for key, value in values.items():
        printed, reading = _printed(key, value, body, slip)
        cells[key], gold[key] = printed, reading
    agency = body.called(year)
    day, month = rng.randint(1, 28), rng.randint(1, 3)
    published = f"{year + 1}-{month:02}-{day:02}"
    facts = _facts(body, year, rng, received, requests, received + 3 if slip == "text_received" else received)
    problems, measures = _problems(rng)
    other = rng.choice(
        (
            "无。",
            "没有其他需要报告的事项。",
            f"本年度收取信息处理费{rng.randint(1, 9)}件，共{rng.randint(2, 90) * 10}元。",
            "本年度没有收取信息处理费。",
        )
    )
    tables = frozenset(n for n in (2, 3, 4) if slip != f"no_table_{n}")
    report = GeneratedReport(
        agency=agency, year=year, edition=edition, cells=cells, gold=gold, narrative=Narrative(received, 0, 0, 0), published=published,
        front=(*title_lines(body.title, agency, year), f"发布日期：{published}"),
        headings=headings("canonical", [names[0] for names in _HEADINGS]), tables=tables,
        prose={1: _overview(facts), 5: "存在的主要问题：" + "".join(problems) + "\n\n改进情况：" + "".join(measures), 6: other},
    )  # fmt: skip
    text = render(report, body.style, Random(f"{body.name} {year} print"))
    return WorldReport(body, report, tuple(facts), tuple(problems), tuple(measures), other, slip, text)


def _requests(body: Body, edition: str, rng: Random, carried: dict[str, int]) -> dict[Key, int]:
    """Table 三 of a year that begins with what the last one carried over; ``carried`` is left as the next year finds it."""
    weights = (0.82, 0.13, 0.005, 0.005, 0.02, 0.02)
    rows = outcome_rows(edition)
    likely = {"outcome.granted": 9.0, "outcome.partial": 1.5, "outcome.unavailable.not_held": 5.0, "outcome.unavailable.not_made": 1.2}
    shares = [likely.get(m, 0.35) * rng.uniform(0.5, 1.5) for m in rows]
    figures: dict[Key, int] = {}
    whole = round(body.size * rng.uniform(0.6, 1.5))
    for at, applicant in enumerate(APPLICANTS):
        received = round(whole * weights[at] * rng.uniform(0.8, 1.2)) if whole >= 20 else _few(whole, at, rng)
        pending = min(received + carried[applicant], round(received * rng.uniform(0, 0.08)))
        done = received + carried[applicant] - pending
        outcomes = dict.fromkeys(rows, 0)
        for metric in rng.choices(rows, shares, k=done):
            outcomes[metric] += 1
        column = {
            "requests.received": received, "requests.carried_in": carried[applicant], **outcomes, "outcome.total": done,
            "requests.carried_out": pending,
        }  # fmt: skip
        figures |= {(metric, applicant): value for metric, value in column.items()}
        carried[applicant] = pending
    order = dict.fromkeys(metric for metric, _ in figures)
    return figures | {(m, "total"): sum(figures[m, a] for a in APPLICANTS) for m in order}


def _few(whole: int, at: int, rng: Random) -> int:
    return sum(rng.choices(range(len(APPLICANTS)), (0.8, 0.15, 0.01, 0.01, 0.02, 0.01))[0] == at for _ in range(whole))


def _disputes(body: Body, rng: Random) -> dict[Key, int]:
    figures: dict[Key, int] = {}
    for block in BLOCKS:
        top = round(
            body.size * {"review": 0.04, "litigation.direct": 0.015, "litigation.after_review": 0.02}[block] * rng.uniform(0.3, 1.7)
        )
        values = [0] * len(RESULTS)
        for result in rng.choices(range(len(RESULTS)), (6, 1, 1.5, 1.5), k=top):
            values[result] += 1
        figures |= {(f"{block}.{name}", None): value for name, value in zip(RESULTS, values, strict=True)}
        figures[f"{block}.total", None] = sum(values)
    return figures


def _disclosure(body: Body, edition: str, rng: Random, in_force: dict[str, int]) -> dict[Key, float]:
    government = body.name.endswith("人民政府") and body.size > 200
    figures: dict[Key, float] = {}
    for _, rows, columns in DISCLOSURE[edition]:
        for row, _ in rows:
            made = rng.randint(0, 6) if row == "normative" else rng.randint(0, 2) if row == "rules" and government else 0
            for column, _ in columns:
                key: Key = (f"{row}.{column}", None)
                if row in ("rules", "normative"):
                    if column in ("newly_made", "issued", "newly_published"):
                        figures[key] = made
                    elif column == "repealed":
                        figures[key] = rng.randint(0, min(3, in_force.get(row, 0))) if row == "normative" else 0
                    elif column == "published_total":
                        in_force.setdefault(row, rng.randint(5, 60) if row == "normative" else 4 if government else 0)
                        in_force[row] += made
                        figures[key] = in_force[row]
                    else:
                        in_force.setdefault(row, rng.randint(5, 60) if row == "normative" else 0)
                        in_force[row] += made - int(figures[f"{row}.repealed", None])
                        figures[key] = in_force[row]
                elif column == "amount":
                    figures[key] = round(rng.uniform(1, 900), 2) if rng.random() < 0.6 else 0
                elif column == "items_change":
                    figures[key] = rng.choice((0, 0, 2, -1, 5))
                elif column == "items_last_year":
                    figures[key] = rng.randint(3, 90)
                elif column == "projects":
                    figures[key] = rng.randint(0, 40)
                else:
                    scale = body.size * (6 if row == "licensing" else 3 if row == "penalty" else 0.5)
                    figures[key] = round(scale * rng.uniform(0.5, 1.6)) if rng.random() < 0.8 else 0
    return figures


def _printed(key: Key, value: float, body: Body, slip: str) -> tuple[str, Gold]:
    if slip == "blank_totals" and key[1] == "total":
        return "", Gold("blank", None)
    if not value:
        if body.zeros == "blank":
            return "", Gold("blank", None)
        return ("/", Gold("na", None)) if body.zeros == "/" and key[1] != "total" else ("0", Gold("zero", 0))
    whole = int(value) if value == int(value) else value
    if key[0].endswith("items_change") and value > 0:
        return f"+{whole}", Gold("value", whole)
    return str(whole), Gold("value", whole)


# ------------------------------------------------------------------------------------------------------------- prose


def _facts(body: Body, year: int, rng: Random, received: int, requests: Mapping[Key, int], stated: int) -> list[Fact]:
    scale = max(1, body.size)
    website, wechat, weibo = rng.randint(40, 400) + scale * 3, rng.randint(20, 500), rng.randint(5, 300)
    total = website + wechat + rng.randint(10, 200)
    people, sessions = rng.randint(12, 260), rng.randint(1, 6)
    online = rng.randint(0, received)
    letter = rng.randint(0, received - online)
    visits = rng.randint(3, 900)
    facts = [
        Fact(
            "published",
            rng.choice(("全年主动公开政府信息{}条。", "{y}年，本机关主动公开各类政府信息{}条。")).format(total, y=year),
            total,
            "条",
        ),
        Fact("website", f"通过门户网站发布信息{website}条。", website, "条"),
        Fact("wechat", rng.choice(("政务微信公众号推送信息{}条。", "通过微信公众号发布信息{}条。")).format(wechat), wechat, "条"),
        Fact("received", f"{year}年共收到政府信息公开申请{stated}件。", stated, "件"),
    ]
    if rng.random() < 0.5:
        facts.insert(3, Fact("weibo", f"通过政务微博发布信息{weibo}条。", weibo, "条"))
    if received and rng.random() < 0.6:
        facts.append(Fact("channels", f"从申请方式看，网上提交{online}件，信函提交{letter}件，当面提交{received - online - letter}件。"))
    if rng.random() < 0.5:
        facts.append(Fact("ontime", "所有申请均在法定期限内答复，按时办结率100%。", 100, "%"))
    optional = (
        lambda: Fact("interpretation", f"发布政策解读{(n := rng.randint(2, 80))}篇。", n, "篇"),
        lambda: Fact("press", f"召开新闻发布会{(n := rng.randint(1, 24))}场。", n, "场"),
        lambda: Fact("letters", f"办理网民留言{(n := rng.randint(5, 900))}件。", n, "件"),
        lambda: Fact("motions", f"办理人大代表建议和政协提案{(n := rng.randint(2, 120))}件。", n, "件"),
        lambda: Fact("visits", f"门户网站全年访问量{visits}万人次。", visits * 10000, "人次"),
        lambda: Fact("followers", f"微信公众号关注人数{(n := rng.randint(900, 90000))}人。", n, "人"),
    )
    facts += [make() for make in optional if rng.random() < 0.45]
    facts += [
        Fact("sessions", f"举办政务公开业务培训{sessions}次。", sessions, "次"),
        Fact("people", f"参加培训{people}人。", people, "人"),
    ]
    facts += [Fact("event", line) for line in rng.sample(EVENTS, 2)]
    if received and rng.random() < 0.5:
        facts.append(Fact("about", f"申请内容主要涉及{'、'.join(rng.sample(MATTERS, 3))}等方面。"))
    return facts


def _overview(facts: list[Fact]) -> str:
    """Section 一: an opening that every report has, then the facts under the usual sub-headings."""
    groups = {
        "（一）主动公开情况。": ("published", "website", "wechat", "weibo", "interpretation", "press"),
        "（二）依申请公开情况。": ("received", "channels", "ontime", "about"),
        "（三）平台建设情况。": ("visits", "followers", "letters", "motions"),
        "（四）监督保障情况。": ("sessions", "people", "event"),
    }
    lines = ["本机关认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，稳步推进政府信息公开工作。"]
    for heading, kinds in groups.items():
        told = [f.sentence for f in facts if f.what in kinds]
        lines.append(heading + ("".join(told) if told else "各项工作按要求有序开展。"))
    return "\n\n".join(lines)


def _problems(rng: Random) -> tuple[list[str], list[str]]:
    chosen = rng.sample(TROUBLES, 2)
    return (
        [f"{'一二'[n]}是{problem}。" for n, (problem, _) in enumerate(chosen)],
        [f"{'一二'[n]}是{measure}。" for n, (_, measure) in enumerate(chosen)],
    )


EVENTS = (
    "在办事大厅一楼增设自助查阅机三台，老年人可以由志愿者陪同使用。",
    "把历年规范性文件逐件核对原件，补录缺失附件并统一编号。",
    "与市档案馆建立文件移交机制，每季度移送纸质公开文件一次。",
    "邀请居民代表列席部门办公会，会后当场听取对议题的意见。",
    "组织政府开放日活动，学生和家长参观了应急指挥中心。",
    "对门户网站进行无障碍改造，新增语音朗读和大字模式。",
    "编印政府信息公开申请办理手册，明确登记、审核、答复三道环节的时限。",
    "设立政务公开专区，配备打印机和饮水设备，周末照常开放。",
    "请法律顾问逐件审核不予公开的答复书，审核意见随卷归档。",
    "把惠民补贴发放名单张贴到村民小组公示栏，并留存照片备查。",
    "开通短信提醒，申请人可以随时得知办理进度。",
    "在公交站台设置政策二维码牌，扫码即可收听政策录音。",
    "与高校新闻系合作拍摄政策解读短视频，由学生出镜讲解。",
    "开展公开栏目错敏字排查，错字当日改正并通报责任科室。",
    "将重大工程的施工进度按周公布，附现场照片。",
    "建立依申请公开转主动公开的定期评估制度，同类申请较多的信息一律上网。",
    "制作盲文版办事指南，放置在残疾人服务窗口。",
    "试行公开工作轮岗，新任人员先跟班学习一个月。",
    "组织公开答复文书评查，优秀文书汇编成册供各科室参考。",
    "在农贸市场设立流动服务点，现场解答摊主对收费政策的疑问。",
    "对已失效文件加盖电子失效标记，避免群众误用。",
    "聘请退休教师担任公开义务监督员，每月提出书面建议。",
    "建成公开数据目录系统，目录字段与省级平台保持一致。",
    "编写方言版政策广播稿，由村广播站早晚播出。",
)
MATTERS = (
    "征地拆迁", "工程招投标", "教师招聘", "养老服务", "环境影响评价", "房屋产权登记", "停车收费", "校车管理", "医疗收费", "财政补贴", "城市规划",
    "食品抽检", "河道治理", "物业监管", "宅基地审批",
)  # fmt: skip
TROUBLES = (
    ("部分栏目更新不及时，个别信息公开滞后", "建立栏目更新台账，超期未更新的由专人电话催办"),
    ("政策解读形式单一，图表和视频解读偏少", "要求解读材料与文件同步起草，每季度至少制作一个短视频"),
    ("公开工作人员多为兼职，业务不够熟练", "配齐专职人员，实行以老带新"),
    ("依申请公开答复文书格式不统一", "印发统一的答复文书模板，并组织两轮校核"),
    ("基层站所公开意识不强，报送信息迟缓", "把公开工作纳入站所年度考核，按月通报报送情况"),
    ("公众参与渠道较窄，征求意见反馈率不高", "拓宽线上征求意见渠道，意见采纳情况逐条反馈"),
    ("涉及个人隐私的信息公开前审查不够严格", "落实保密审查三级签字制度，公开前逐条脱敏"),
    ("历史文件数字化程度低，检索困难", "分批扫描历史文件，三年内建成可检索的文件库"),
    ("部门之间信息共享不畅，同一事项口径不一", "建立跨部门会商机制，对外答复前统一口径"),
    ("政务新媒体账号互动回应不及时", "实行新媒体留言值班制，工作日当天回应"),
    ("重点领域信息公开内容不够全面", "对照重点领域目录查漏补缺，逐项明确公开时限"),
    ("培训覆盖面不够，乡镇和街道人员参加较少", "采用线上直播方式扩大培训范围，课件同步共享"),
    ("网站检索功能不完善，群众查找不便", "升级站内检索，支持按文号和主题词查找"),
    ("公开目录与实际工作衔接不够紧密", "每年修订一次公开目录，新增事项及时纳入"),
)


def write(folder: Path) -> None:
    """The reports as files, and ``truth.jsonl`` beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for report in world():
        (folder / report.name).write_text(report.text, "utf-8")
        lines.append(
            json.dumps(
                {
                    "file": report.name, "agency": report.made.agency, "year": report.made.year, "edition": report.made.edition,
                    "slip": report.slip, "published": report.made.published,
                    "cells": [[m, a, g.value, g.state, report.made.cells[m, a]] for (m, a), g in report.gold.items()],
                    "facts": [[f.what, f.value, f.unit, f.sentence] for f in report.facts],
                    "problems": report.problems, "measures": report.measures, "other": report.other,
                },
                ensure_ascii=False,
            )
        )  # fmt: skip
    (folder / "truth.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
