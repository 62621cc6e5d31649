"""The command line: thin over the same functions as the web service.

Results go to standard output, progress and complaints to standard error. Exit status: 0 all went well, 1 something was
rejected or is wrong, 2 bad usage.
"""

from __future__ import annotations

import argparse
import gc
import getpass
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from corpus.forms import applicants, metrics
from corpus.model import SCOPES, CorpusError
from corpus.textual import show_number, tidy
from index import Outdated, StoreError
from index.bundled import EncoderError
from index.embed import Encoder
from index.encoders import encoder_for
from index.store import DATABASE, Index, Progress, Store, doctor
from service import export
from service.accounts import AccountError, Accounts
from service.answer import QuestionError, answer, warm_up
from service.config import Settings, SettingsError
from service.context import Context, ContextError
from service.contract import Answer
from service.replacing import replace

if TYPE_CHECKING:  # what reading takes is imported by the commands that read, so that a server starts without
    from corpus.batch import Outcome
    from corpus.read import Override

# Whatever is made on the way lives as long as the process: the collector need not look at it after every 700 objects.
gc.set_threshold(50_000, 20, 20)


class _UsageError(Exception):
    """Bad usage; the message is one Chinese sentence."""


_PHRASES = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (.*?): expected (?:one|at least one) argument.*", r"\1 后面要有值"),
    (r"argument (.*?): invalid int value: (.*)", r"\1 应当是整数，现在是 \2"),
    (r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)", r"\1 不能是 \2，可用的有：\3"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 不能和 \2 一起用"),
    (r"ambiguous option: (.*?) could match (.*)", r"\1 不明确，可能是 \2"),
)


class _Parser(argparse.ArgumentParser):
    """argparse with its complaints in Chinese."""

    def error(self, message: str) -> NoReturn:
        for pattern, words in _PHRASES:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, words, message)
                break
        print(f"用法不对：{message}。用 {self.prog} --help 查看用法。", file=sys.stderr)
        raise SystemExit(2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    try:
        settings = Settings.from_environment(
            home=Path(options.home) if options.home else None, host=getattr(options, "host", None),
            port=getattr(options, "port", None), workers=getattr(options, "workers", None),
        )  # fmt: skip
        status: int = options.run(options, settings)
        return status
    except (SettingsError, _UsageError) as error:
        print(error, file=sys.stderr)
        return 2
    except (StoreError, CorpusError, EncoderError, QuestionError, ContextError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


# ---------------------------------------------------------------------------------------------------- the parser


def _parser() -> argparse.ArgumentParser:
    shared = _Parser(add_help=False)
    shared.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help="数据目录（默认 NIANBAO_HOME 或 instance/）")
    as_json = _Parser(add_help=False)
    as_json.add_argument("--json", action="store_true", help="输出 JSON")
    parser = _Parser(prog="nianbao", description="政府信息公开工作年度报告问答。", epilog="每条命令都可以加 --help 查看用法。")
    parser.add_argument("--home", metavar="DIR", default=None, help="数据目录（默认 NIANBAO_HOME 或 instance/）")
    parser.add_argument("--version", action="version", version=_version(), help="显示版本")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令", parser_class=_Parser)

    def command(
        name: str, run: Callable[[argparse.Namespace, Settings], int], words: str, json_too: bool = True
    ) -> argparse.ArgumentParser:
        parents = [shared, as_json] if json_too else [shared]
        made = commands.add_parser(name, help=words, description=words, parents=parents)
        made.set_defaults(run=run)
        return made

    add = command("add", _add, "读入文件或目录，加入语料并发布")
    add.add_argument("paths", nargs="+", metavar="PATH", help="文件或目录")
    add.add_argument("--agency", help="指定机关名称")
    add.add_argument("--year", type=int, help="指定年份")
    add.add_argument("--scope", choices=SCOPES, help="指定范围")
    add.add_argument("--source-url", help="来源网址")
    add.add_argument("--published", help="公布日期，例如 2020-01-18")
    remove = command("remove", _remove, "移除报告")
    remove.add_argument("ids", nargs="+", metavar="REPORT_ID", help="报告编号（见 nianbao list）")
    command("list", _list, "列出收录的报告")
    show = command("show", _show, "显示一份报告读出的全部内容（编号，或未加入的文件）")
    show.add_argument("target", metavar="REPORT_ID|PATH", help="报告编号或文件")
    check = command("check", _check, "核对文件中的勾稽关系；有不成立的则退出码为 1")
    check.add_argument("paths", nargs="+", metavar="PATH", help="文件或目录")
    ask = command("ask", _ask, "问一个问题")
    ask.add_argument("question", nargs="?", metavar="QUESTION", help="问题")
    ask.add_argument("--agency", help="问的是哪个机关")
    ask.add_argument("--year", type=int, help="问的是哪一年")
    ask.add_argument("--context", metavar="FILE", help="上一个回答的 context（JSON 文件）")
    ask.add_argument("--batch", metavar="FILE", help="从文件逐行读取问题（JSON 行：id, question, after?, agency?, year?）")
    command("chat", _chat, "在终端里连续提问", json_too=False)
    figures = command("figures", _figures, "并列显示多份报告的数字")
    figures.add_argument("--metric", action="append", help="指标编号，可多次给出（见 nianbao metrics）")
    figures.add_argument("--agency", help="机关（名称的一部分即可）")
    figures.add_argument("--year", type=int, help="年份")
    figures.add_argument("--applicant", choices=[a for a in applicants() if a != "legal_persons"], help="申请人")
    figures.add_argument("--format", choices=("table", "json", "csv", "xlsx"), help="输出格式（默认 table）")
    figures.add_argument("-o", "--output", metavar="FILE", help="写入文件")
    command("metrics", _metrics, "列出全部指标：编号、名称、单位、定义、版式、说法")
    serve = command("serve", _serve, "启动网页和接口服务", json_too=False)
    serve.add_argument("--host", help="监听地址（默认 127.0.0.1）")
    serve.add_argument("--port", type=int, help="监听端口（默认 8000）")
    serve.add_argument("--workers", type=int, help="工作进程数（默认 1）")
    staff = command("staff", _staff, "工作人员的账户：有了账户，网页上才有 /staff", json_too=False)
    staff.add_argument("action", choices=("add", "remove", "list"), help="add 新建或改密码，remove 删去，list 列出")
    staff.add_argument("name", nargs="?", help="用户名")
    evaluate = command("eval", _eval, "运行评测：给出的问题文件；不给文件则把收录的每个单元格都问一遍")
    evaluate.add_argument("files", nargs="*", metavar="FILE", help="问题文件（JSON 行）")
    bench = command("bench", _bench, "在几种语料规模上测量添加、提问和加载的速度")
    bench.add_argument("--sizes", default="100,1000", help="报告份数，以逗号分隔（默认 100,1000）")
    bench.add_argument("--keep", metavar="DIR", help="把测量用的数据目录留在这里；已有的接着增长")
    bench.add_argument("-o", "--output", metavar="FILE", help="把结果另存为 JSON")
    command("rebuild", _rebuild, "从数据库重新建立索引")
    command("doctor", _doctor, "核对数据目录的每个文件、数量和校验值")
    return parser


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"nianbao {version('nianbao')}"
    except PackageNotFoundError:
        return "nianbao（未安装）"


def _print_json(data: object, *, line: bool = False) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=None if line else 2), flush=True)


def _encoder(settings: Settings, *, building: bool = False) -> Encoder:
    return encoder_for(settings.model, settings.cache_folder, building=building)


class _Progress:
    """A count on standard error, for anything that takes more than a second at a terminal."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._begun = time.monotonic()
        self._shown = False

    def __call__(self, done: int, of: int) -> None:
        elapsed = time.monotonic() - self._begun
        if elapsed < 1 or not sys.stderr.isatty():
            return
        rate = max(done, 1) / elapsed
        print(f"\r{self._words} {done}/{of}，每秒 {rate:.0f}，约剩 {(of - done) / rate:.0f} 秒   ", end="", file=sys.stderr, flush=True)
        self._shown = True

    def end(self) -> None:
        if self._shown:
            print(file=sys.stderr)


_STAGES = {"embed": "编码", "index": "建立索引"}


@contextmanager
def _stages() -> Iterator[Progress]:
    """Progress of what the store does, a line a stage."""
    shown: dict[str, _Progress] = {}

    def tell(stage: str, done: int, of: int) -> None:
        if stage not in shown:
            for earlier in shown.values():
                earlier.end()
            shown[stage] = _Progress(_STAGES[stage])
        shown[stage](done, of)

    yield tell
    for line in shown.values():
        line.end()


# ---------------------------------------------------------------------------------------------------- the corpus

# Line ends, other control characters, and the marks that turn the direction of writing.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def _files(paths: Iterable[str]) -> Iterator[Path]:
    """What is named, and everything below a folder but what is hidden or litter, whether it can be read or not."""
    for name in paths:
        if os.path.isdir(name):
            yield from sorted(_below(name))
        else:
            yield Path(name)


def _below(folder: str) -> Iterator[Path]:
    """Links to folders are not followed: they may lead anywhere, back to the start too. One that leads out of the folder is told."""
    from corpus.formats.archive import is_litter

    top = os.path.realpath(folder)
    unlisted: list[str] = []
    for root, folders, names in os.walk(folder, onerror=lambda error: unlisted.append(str(error.filename))):
        folders[:] = [name for name in folders if not is_litter(name)]
        links = (os.path.join(root, name) for name in folders if os.path.islink(os.path.join(root, name)))
        yield from (Path(link) for link in links if os.path.commonpath((top, os.path.realpath(link))) != top)
        yield from (Path(root, name) for name in names if not is_litter(name))
    yield from map(Path, unlisted)


def _read_all(paths: Iterable[str], settings: Settings, override: Override | None = None) -> Iterator[Outcome]:
    """What became of every file, in order, each under a name of one line; progress on standard error."""
    from corpus.batch import read_all

    progress = _Progress("读取")
    files = list(_files(paths))
    position = {str(path): number for number, path in enumerate(files, 1)}
    done = 0
    for outcome in read_all(files, override, settings.limits, settings.read_workers or None):
        done = position.get(outcome.name, done)
        progress(done, len(files))
        yield replace(outcome, name=_on_one_line(outcome.name))
    progress.end()
    if not files:
        print("没有找到文件。", file=sys.stderr)


def _on_one_line(name: str) -> str:
    """A file's name that a terminal and a database take: GBK where its bytes are not UTF-8, escapes for what controls a line."""
    parts = (part if part.isprintable() else _decoded(part) for part in name.split("/"))
    return _CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", "/".join(parts))


def _decoded(part: str) -> str:
    try:
        part.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(part).decode("gb18030", "replace")
    return part


def _add(options: argparse.Namespace, settings: Settings) -> int:
    from corpus.read import Override

    if options.published and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", options.published):
        raise _UsageError("--published 应当写成 2020-01-18 的样子。")
    if options.year is not None and not 1990 <= options.year <= 2200:
        raise _UsageError("--year 应当是四位年份。")
    override = Override(options.agency, options.year, options.scope, options.source_url, options.published)
    encoder = _encoder(settings, building=True)
    batches = _batches(_read_all(options.paths, settings, override))
    well = [_publish(batch, settings, encoder, options.json) for batch in batches]
    return 0 if well and all(well) else 1


# Files are published in batches of this size, so that a folder of any size takes no more memory than one.
_BATCH_BYTES = 256 * 1024 * 1024
_BATCH_FILES = 1000


def _batches(outcomes: Iterable[Outcome]) -> Iterator[list[Outcome]]:
    batch: list[Outcome] = []
    held = 0
    for outcome in outcomes:
        batch.append(outcome)
        held += len(outcome.data)
        if held > _BATCH_BYTES or len(batch) >= _BATCH_FILES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _publish(batch: Sequence[Outcome], settings: Settings, encoder: Encoder, as_json: bool) -> bool:
    """Add what could be read, tell what became of each file; whether all could be."""
    good = [(o.report, o.data, Path(o.name).name) for o in batch if o.report is not None]
    # Of copies of one report in one run (a page, its PDF, a converter's text) the one that could be read best is held.
    good.sort(key=lambda item: (item[0].report_id, sum(f.sure and f.state != "missing" for f in item[0].figures)))
    statuses: dict[int, str] = {}
    if good:
        with _stages() as progress:
            added = Store(settings.home).add(good, encoder, progress)
        statuses = {id(report): item.status for (report, _, _), item in zip(good, added, strict=True)}
    for outcome in batch:
        _tell_added(outcome, statuses.get(id(outcome.report), "rejected"), as_json)
    return len(good) == len(batch)


_STATUS = {"added": "已添加", "unchanged": "未变", "replaced": "已替换", "rejected": "未收录"}


def _tell_added(item: Outcome, status: str, as_json: bool) -> None:
    report = item.report
    if as_json:
        data: dict[str, Any] = {"path": item.name, "status": status}
        names = ("report_id", "agency", "year", "scope", "edition")
        data |= {name: getattr(report, name) if report else None for name in names}
        counts = ("sections", "passages", "figures", "findings")
        data |= {name: len(getattr(report, name)) if report else 0 for name in counts}
        _print_json(data | {"error": item.error}, line=True)
        return
    if report is None:
        print(f"{_STATUS[status]}\t{item.name}：{item.error}", file=sys.stderr)
        return
    print(f"{_STATUS[status]}\t{report.report_id}\t{report.agency}\t{report.year}\t{report.scope}\t{item.name}")


def _remove(options: argparse.Namespace, settings: Settings) -> int:
    _require_data(settings)
    held = Store(settings.home).remove(options.ids, _encoder(settings))
    missing = [i for i in options.ids if i not in held]
    if options.json:
        _print_json({"removed": held, "missing": missing})
    else:
        for report_id in held:
            print(f"已移除\t{report_id}")
    for report_id in missing:
        print(f"没有收录编号为 {report_id} 的报告。", file=sys.stderr)
    return 1 if missing else 0


def _open(settings: Settings) -> Index:
    """The index; derived again first where a newer nianbao cuts words otherwise."""
    _require_data(settings)
    try:
        return Index(settings.home)
    except Outdated:
        print("索引是旧版建的，正在重新建立……", file=sys.stderr)
        Store(settings.home).rebuild(_encoder(settings, building=True))
        return Index(settings.home)


def _require_data(settings: Settings) -> None:
    if not (settings.home / DATABASE).exists():
        raise StoreError(f"数据目录“{settings.home}”里还没有报告；请先运行 nianbao add 添加报告。")


def _list(options: argparse.Namespace, settings: Settings) -> int:
    if not (settings.home / DATABASE).exists():
        return 0
    with _open(settings).reading() as snapshot:
        for report in snapshot.reports:
            if options.json:
                _print_json(export.listed_report(report), line=True)
            else:
                print(f"{report.report_id}\t{report.agency}\t{report.year}\t{report.scope}\t{report.edition}\t{report.title}")
    return 0


def _show(options: argparse.Namespace, settings: Settings) -> int:
    from corpus.batch import read_one

    if os.path.exists(options.target):
        report, _ = read_one(Path(options.target), settings.limits)
        data = export.parsed_report(report)
    else:
        if not (settings.home / DATABASE).exists():
            raise StoreError(f"“{options.target}”既不是文件，也不是收录的报告编号。")
        with _open(settings).reading() as snapshot:
            held = snapshot.report(options.target)
            if held is None:
                raise StoreError(f"“{options.target}”既不是文件，也不是收录的报告编号。")
            data = export.stored_report(snapshot, held)
    if options.json:
        _print_json(data)
        return 0
    print(f"{data['title']}\n机关 {data['agency']}　年份 {data['year']}　范围 {data['scope']}　版式 {data['edition']}\n")
    for section in data["sections"]:
        if section["number"]:
            print(f"[{section['number']}] {section['heading']}")
    print("\n数字：")
    for figure in data["figures"]:
        shown = (
            f"{figure['printed']} {figure['unit'] if figure['unit'] not in figure['printed'] else ''}".strip()
            if figure["value"] is not None
            else f"〔{export.STATES[figure['state']]}〕"
        )
        print(f"  {figure['place']}\t{shown}")
    print("\n叙述中的数量：")
    for quantity in data["quantities"]:
        print(f"  {quantity['counted']} {tidy(quantity['printed'])}")
    print("\n核对：")
    _tell_findings(data["checks"], data["findings"])
    return 0


def _tell_findings(summary: dict[str, int], findings: Sequence[dict[str, Any]]) -> None:
    print(f"  成立 {summary['pass']} 项，不成立 {summary['fail']} 项，无法判断 {summary['unknown']} 项，提示 {summary['notice']} 条")
    words = {"fail": "不成立", "unknown": "无法判断", "notice": "提示"}
    for finding in findings:
        print(f"  [{words[finding['status']]}] {finding['message']}（{finding['rule']}）")


def _check(options: argparse.Namespace, settings: Settings) -> int:
    from corpus.audit import across_years

    failed = False
    outcomes = list(_read_all(options.paths, settings))
    of_year = {(r.lineage, r.scope, r.year): r for o in outcomes if (r := o.report) is not None}
    for item in outcomes:
        report = item.report
        if report is None:
            failed = True
            if options.json:
                _print_json({"path": item.name, "checks": None, "findings": [], "error": item.error}, line=True)
            else:
                print(f"{item.name}：{item.error}", file=sys.stderr)
            continue
        before = of_year.get((report.lineage, report.scope, report.year - 1))
        checks = (*report.checks, *(across_years(before, report) if before else ()))
        failed = failed or any(c.status == "fail" for c in checks)
        findings = [export.finding_data(c) for c in checks if c.status != "pass"]
        summary = export.checks_summary(checks)
        if options.json:
            _print_json({"path": item.name, "checks": summary, "findings": findings, "error": None}, line=True)
        else:
            print(f"{item.name}（{report.agency} {report.year}）")
            _tell_findings(summary, findings)
    return 1 if failed or not outcomes else 0


# ---------------------------------------------------------------------------------------------------- asking


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    if bool(options.batch) == bool(options.question):
        raise _UsageError("请给出一个问题，或者用 --batch 给出问题文件。")
    index, encoder = _open(settings), _encoder(settings)
    if options.batch:
        return _batch(Path(options.batch), index, settings, encoder)
    context = Context.from_dict(_json_file(Path(options.context))) if options.context else None
    given = answer(options.question, index, settings, context=context, agency=options.agency, year=options.year, encoder=encoder)
    if options.json:
        _print_json(given.to_dict())
    else:
        _tell_answer(given)
    return 0


def _json_file(path: Path) -> Any:
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _UsageError(f"{path} 不是可读的 JSON 文件。") from error
    return data["context"] if isinstance(data, dict) and isinstance(data.get("context"), dict) else data


def _batch(path: Path, index: Index, settings: Settings, encoder: Encoder) -> int:
    """Each line of a file of questions; a line that cannot be used is answered with its error, the others go on."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _UsageError(f"{path} 打不开，或者不是 UTF-8 文字。") from error
    contexts: dict[str, Context | None] = {}
    failed = False
    warm_up(index, settings)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        data: Any = None
        begun = time.perf_counter()
        try:
            data = json.loads(line)
            if not isinstance(data, dict) or not isinstance(data.get("question"), str):
                raise _UsageError("每行应当是含有 id 和 question 的 JSON 对象。")
            if (
                not isinstance(data.get("agency"), str | None)
                or isinstance(data.get("year"), bool)
                or not isinstance(data.get("year"), int | None)
            ):
                raise _UsageError("agency 应当是文字，year 应当是整数。")
            if data.get("after") is not None and str(data["after"]) not in contexts:
                raise _UsageError(f"after 所指的 {data['after']} 不在前面。")
            context = contexts[str(data["after"])] if data.get("after") is not None else None
            given = answer(
                data["question"], index, settings, context=context, agency=data.get("agency"),
                year=data.get("year"), encoder=encoder,
            )  # fmt: skip
            elapsed = (time.perf_counter() - begun) * 1000
            contexts[str(data.get("id"))] = Context.from_dict(given.context) if given.context else None
            _print_json({"id": data.get("id"), "elapsed_ms": round(elapsed, 2)} | given.to_dict(), line=True)
        except (ValueError, RecursionError, _UsageError) as error:
            failed = True
            known = isinstance(data, dict)
            words = str(error) if not isinstance(error, (json.JSONDecodeError, RecursionError)) else "不是有效的 JSON。"
            _print_json({"id": data.get("id") if known else None, "line": number, "error": words}, line=True)
    return 1 if failed else 0


def _tell_answer(given: Answer) -> None:
    print(given.text)
    for warning in given.warnings:
        print(f"！{warning.text}")
    for passage in given.passages[:3]:
        print(f"　“{passage.text}” [{passage.citation}]")
    for citation in given.citations[:8]:
        print(
            f"[{citation.n}] {citation.agency}{citation.year}年度报告 · {citation.place}"
            + (f" · {citation.quote[:80]}" if citation.place.startswith("表") else "")
        )
    for number, choice in enumerate(given.choices, 1):
        print(f"  {number}. {choice.text}")
    if given.understood:
        print(f"（理解为：{given.understood.text}）")


def _chat(options: argparse.Namespace, settings: Settings) -> int:
    index, encoder = _open(settings), _encoder(settings)
    context: Context | None = None
    choices: tuple[str, ...] = ()
    print("输入问题；输入序号选择；输入“退出”结束。", file=sys.stderr)
    while True:
        try:
            question = input("> " if sys.stdin.isatty() else "").strip()
        except EOFError:
            return 0
        if question in ("退出", "exit", "quit"):
            return 0
        if not question:
            continue
        if question.isdigit() and 1 <= int(question) <= len(choices):
            question = choices[int(question) - 1]
        try:
            given = answer(question, index, settings, context=context, encoder=encoder)
        except QuestionError as error:
            print(error)
            continue
        _tell_answer(given)
        context = Context.from_dict(given.context) if given.context else context
        choices = tuple(c.question for c in given.choices)


# ---------------------------------------------------------------------------------------------------- figures


def _figures(options: argparse.Namespace, settings: Settings) -> int:
    _require_data(settings)
    unknown = [m for m in options.metric or () if m not in metrics()]
    if unknown:
        raise _UsageError(f"没有这样的指标：{'、'.join(unknown)}。用 nianbao metrics 查看。")
    kind = options.format or ("json" if options.json else "table")
    with _open(settings).reading() as snapshot:
        rows = export.figure_rows(snapshot, options.metric, options.agency, options.year, options.applicant)
    if kind == "xlsx" and not options.output:
        raise _UsageError("xlsx 要用 -o 写入文件。")
    if kind == "json":
        data = (json.dumps({"figures": rows}, ensure_ascii=False, indent=2) + "\n").encode()
    elif kind == "csv":
        data = export.to_csv(rows)
    elif kind == "xlsx":
        data = export.to_xlsx(rows)
    else:
        data = _table(rows).encode()
    if options.output:
        try:
            Path(options.output).write_bytes(data)
        except OSError as error:
            raise StoreError(f"写不了文件 {options.output}：{error.strerror}。") from error
        print(f"已写入 {options.output}（{len(rows)} 行）。", file=sys.stderr)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    return 0


def _table(rows: Sequence[dict[str, Any]]) -> str:
    lines = []
    for row in rows:
        shown = f"{show_number(row['value'])} {row['unit']}" if row["value"] is not None else f"〔{export.STATES[row['state']]}〕"
        lines.append(f"{row['agency']}\t{row['year']}\t{row['place']}\t{shown}")
    return "\n".join(lines) + ("\n" if lines else "")


def _metrics(options: argparse.Namespace, settings: Settings) -> int:
    data = export.metric_data()
    if options.json:
        _print_json(data)
        return 0
    for metric in data:
        print(f"{metric['id']}\t{metric['label']}\t{metric['unit']}\t{'、'.join(metric['editions'])}\t{metric['definition']}")
    return 0


# ---------------------------------------------------------------------------------------------------- running


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from service.server import PortInUse, serve

    if (settings.home / DATABASE).exists():
        _open(settings).close()  # a damaged data folder is said before anything listens
    try:
        print(f"服务地址：http://{settings.host}:{settings.port}（按 Ctrl+C 停止）", file=sys.stderr)
        serve(settings)
    except PortInUse as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _staff(options: argparse.Namespace, settings: Settings) -> int:
    """Passwords are asked for at the terminal, or read as one line where the input is none."""
    accounts = Accounts(settings.home)
    if options.action == "list":
        print("\n".join(accounts.names()) or "还没有账户。")
        return 0
    if not options.name:
        raise _UsageError("请给出用户名。")
    if options.action == "remove":
        gone = accounts.remove(options.name)
        print(f"已删去 {options.name}。" if gone else f"没有名为 {options.name} 的账户。", file=sys.stdout if gone else sys.stderr)
        return 0 if gone else 1
    password = getpass.getpass("密码：") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if sys.stdin.isatty() and getpass.getpass("再输一次：") != password:
        raise _UsageError("两次输入的密码不一样。")
    try:
        accounts.add(options.name, password)
    except AccountError as error:
        raise _UsageError(str(error)) from None
    print(f"账户 {options.name} 可以登录了：/staff")
    return 0


def _eval(options: argparse.Namespace, settings: Settings) -> int:
    from service import evaluation

    index, encoder = _open(settings), _encoder(settings)
    items: list[evaluation.Item] = []
    try:
        for name in options.files:
            items += evaluation.load(Path(name))
    except (OSError, ValueError) as error:
        raise _UsageError(f"问题文件读不了：{error}") from error
    if not options.files:
        with index.reading() as snapshot:
            items = list(evaluation.cell_questions(snapshot))
    encoder.encode_queries(["预热"])
    progress = _Progress("评测")
    results = evaluation.run(items, index, settings, encoder, lambda n: progress(n, len(items)))
    progress.end()
    wrong = [r for r in results if not r.right]
    if options.json:
        rows = {name: _tally_data(row) for name, row in evaluation.tally(results).items()}
        faults = [{"id": r.item.id, "question": r.item.question, "status": r.answer.status, "faults": list(r.faults)} for r in wrong]
        _print_json({"types": rows, "faults": faults})
    else:
        print(evaluation.table(results))
    return 1 if any(r.wrong_figure for r in results) else 0


def _tally_data(row: Any) -> dict[str, Any]:
    spread = sorted(row.milliseconds)
    return {
        "asked": row.asked, "right": row.right, "wrong_figures": row.wrong, "false_refusals": row.refused, "clarified": row.clarified,
        "cited": row.cited, "to_cite": row.to_cite, "median_ms": round(spread[len(spread) // 2], 2) if spread else None,
    }  # fmt: skip


def _bench(options: argparse.Namespace, settings: Settings) -> int:
    from service import bench

    try:
        sizes = [int(s) for s in options.sizes.split(",")]
    except ValueError:
        raise _UsageError("--sizes 应当是以逗号分隔的整数。") from None
    if not sizes or any(not 1 <= s <= 100_000 for s in sizes):
        raise _UsageError("--sizes 里的份数应当在 1 到 100000 之间。")
    keep = Path(options.keep) if options.keep else None

    def write(data: dict[str, Any]) -> None:
        if options.output:
            Path(options.output).write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")

    data = bench.run(sizes, settings, lambda words: print(words, file=sys.stderr, flush=True), keep, write)
    if options.json:
        _print_json(data)
    else:
        print(bench.table(data))
    return 0


def _rebuild(options: argparse.Namespace, settings: Settings) -> int:
    _require_data(settings)
    with _stages() as progress:
        count = Store(settings.home).rebuild(_encoder(settings, building=True), progress)
    if options.json:
        _print_json({"passages": count})
    else:
        print(f"索引已重新建立，共 {count} 段文字。")
    return 0


def _doctor(options: argparse.Namespace, settings: Settings) -> int:
    problems = doctor(settings.home)
    if options.json:
        _print_json({"home": str(settings.home), "problems": problems})
    elif problems:
        for problem in problems:
            print(problem, file=sys.stderr)
    else:
        print(f"数据目录“{settings.home}”一切正常。")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
