"""The command line: results on standard output, complaints on standard error, exit status 0, 1 or 2, never a traceback."""

from __future__ import annotations

import io
import json
import shutil
import socket
import zipfile
from pathlib import Path

import pytest

from corpus.forms import metrics
from service import cli
from tests.conftest import AGENCY, SEED, HashEncoder


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Runs a command in a data folder of its own: (status, stdout, stderr)."""
    monkeypatch.setattr(cli, "_encoder", lambda _settings, **_: HashEncoder())
    monkeypatch.setenv("NIANBAO_HOME", str(tmp_path / "home"))

    def runner(*arguments: str) -> tuple[int, str, str]:
        try:
            status = cli.main(arguments)
        except SystemExit as stop:
            status = int(stop.code or 0)
        out = capsys.readouterr()
        assert "Traceback" not in out.err
        return status, out.out, out.err

    return runner


def test_add_list_show_ask_remove(run) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = run("add", str(SEED), "--json")
    line = json.loads(out)
    assert status == 0
    expected = {
        "status": "added",
        "agency": AGENCY,
        "year": 2019,
        "scope": "本级",
        "edition": "2019",
        "figures": 198,
        "passages": 10,
        "error": None,
    }
    assert {k: line[k] for k in expected} == expected
    assert json.loads(run("add", str(SEED), "--json")[1])["status"] == "unchanged"
    listed = json.loads(run("list", "--json")[1])
    assert listed["report_id"] == line["report_id"]
    shown = json.loads(run("show", line["report_id"], "--json")[1])
    parsed = json.loads(run("show", str(SEED), "--json")[1])
    assert [f["value"] for f in shown["figures"]] == [f["value"] for f in parsed["figures"]]
    assert shown["quantities"] == parsed["quantities"]
    answer = json.loads(run("ask", "2019年收到多少件申请", "--json")[1])
    assert answer["figures"][0]["value"] == 5
    assert "5 件" in run("ask", "2019年收到多少件申请")[1]
    assert run("remove", line["report_id"], "rnone")[0] == 1
    assert run("list")[1] == ""


def test_a_folder_with_bad_files_adds_the_good_ones(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    shutil.copy(SEED, folder / "deep" / "good.txt")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 30)
    (folder / "poem.txt").write_text("床前明月光，疑是地上霜。", "utf-8")
    (folder / ".hidden").write_text("x")
    status, out, _ = run("add", str(folder), "--json")
    lines = {Path(d["path"]).name: d for d in map(json.loads, out.splitlines())}
    assert status == 1
    assert {name: d["status"] for name, d in lines.items()} == {
        "good.txt": "added",
        "empty.txt": "rejected",
        "image.png": "rejected",
        "poem.txt": "rejected",
    }
    assert all(d["error"].endswith("。") for d in lines.values() if d["status"] == "rejected")
    assert json.loads(run("list", "--json")[1])["agency"] == AGENCY


def test_overrides_beat_the_text(run) -> None:  # type: ignore[no-untyped-def]
    out = run(
        "add",
        str(SEED),
        "--agency",
        "云溪市教育局",
        "--year",
        "2018",
        "--scope",
        "部门",
        "--published",
        "2019-01-20",
        "--source-url",
        "https://example.org/1",
        "--json",
    )[1]
    data = json.loads(out)
    assert (data["agency"], data["year"], data["scope"]) == ("云溪市教育局", 2018, "部门")
    listed = json.loads(run("list", "--json")[1])
    assert (listed["published"], listed["source_url"]) == ("2019-01-20", "https://example.org/1")


def test_check_fails_where_a_relation_does(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert run("check", str(SEED))[0] == 0
    broken = tmp_path / "broken.txt"
    broken.write_text(SEED.read_text("utf-8").replace("申请数量\t\t5\t0\t0\t0\t0\t0\t5", "申请数量\t\t5\t0\t0\t0\t0\t0\t7"), "utf-8")
    status, out, _ = run("check", str(broken), "--json")
    findings = [f for f in json.loads(out)["findings"] if f["status"] == "fail"]
    assert status == 1
    assert {f["rule"] for f in findings} == {"row.sum", "requests.balance", "text.table"}
    row = next(f for f in findings if f["rule"] == "row.sum")
    assert "相差 2" in row["message"]
    assert len(row["places"]) == 7


def test_batch_follows_conversations_and_survives_bad_lines(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("add", str(SEED))
    batch = tmp_path / "q.jsonl"
    batch.write_text(
        "\n".join(
            [
                json.dumps({"id": 1, "question": "2019年收到多少件申请"}), json.dumps({"id": "b", "question": "那企业呢", "after": 1}), "not json",
                json.dumps({"id": "c", "question": ""}), json.dumps({"id": "d", "question": "几件", "after": "zz"}), json.dumps([1]), json.dumps({"id": "y", "question": "几件申请", "year": "x"}), json.dumps({"id": "e", "question": "微信发了几条"}),
            ]
        ),
        "utf-8",
    )  # fmt: skip
    status, out, _ = run("ask", "--batch", str(batch))
    lines = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert [line["id"] for line in lines] == [1, "b", None, "c", "d", None, "y", "e"]
    assert [line["figures"][0]["value"] for line in lines if "figures" in line] == [5, 0, 152]
    assert all(line["elapsed_ms"] > 0 for line in lines if "figures" in line)
    assert all(line["error"].endswith("。") for line in lines if "error" in line)


def test_a_context_file_carries_a_conversation_over(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("add", str(SEED))
    file = tmp_path / "answer.json"
    file.write_text(run("ask", "2019年收到多少件申请", "--json")[1], "utf-8")
    assert json.loads(run("ask", "那企业呢", "--context", str(file), "--json")[1])["figures"][0]["applicant"] == "company"
    file.write_text("{}", "utf-8")
    assert run("ask", "那企业呢", "--context", str(file))[0] == 1


def test_figures_in_every_format(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("add", str(SEED))
    assert len(run("figures")[1].splitlines()) == 198
    rows = json.loads(run("figures", "--metric", "requests.received", "--applicant", "total", "--json")[1])["figures"]
    assert [(r["value"], r["place"]) for r in rows] == [(5, "表三 · 一 本年新收政府信息公开申请数量 · 总计")]
    target = tmp_path / "f.csv"
    assert run("figures", "--metric", "review.total", "--format", "csv", "-o", str(target))[0] == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "空白" in target.read_text("utf-8-sig")
    book = tmp_path / "f.xlsx"
    assert run("figures", "--format", "xlsx", "-o", str(book))[0] == 0
    assert zipfile.ZipFile(io.BytesIO(book.read_bytes())).testzip() is None
    from openpyxl import load_workbook

    sheet = load_workbook(book)["数字"]
    values = {(row[4].value, row[6].value or ""): row[7].value for row in sheet.iter_rows(min_row=2)}
    assert values["requests.received", "总计"] == 5
    assert values["review.total", ""] is None


def test_metrics_doctor_rebuild(run) -> None:  # type: ignore[no-untyped-def]
    assert {m["id"] for m in json.loads(run("metrics", "--json")[1])} == set(metrics())
    assert run("doctor")[0] == 1
    run("add", str(SEED))
    assert run("doctor")[0] == 0
    assert "10" in run("rebuild")[1]


def test_chat_reads_questions_until_told_to_stop(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    run("add", str(SEED))
    monkeypatch.setattr("sys.stdin", io.StringIO("2019年收到多少件申请\n那企业呢\n结果纠正几件\n2\n\n退出\n"))
    status, out, _ = run("chat")
    assert status == 0
    assert "5 件" in out
    assert "商业企业" in out
    assert "行政诉讼结果纠正" in out


def test_eval_asks_every_cell(run) -> None:  # type: ignore[no-untyped-def]
    run("add", str(SEED))
    status, out, _ = run("eval", "--json")
    data = json.loads(out)
    assert (status, data["types"]["all"]["asked"], data["types"]["all"]["right"], data["faults"]) == (0, 594, 594, [])


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        ((), 2, "用法不对"), (("fly",), 2, "用法不对"), (("ask",), 2, "问题"), (("add",), 2, "缺少参数"), (("ask", "几件", "--year", "x"), 2, "整数"),
        (("ask", "几件"), 1, "nianbao add"), (("add", "no/such/file.txt"), 1, "打不开"), (("show", "rnone"), 1, "既不是文件"), (("remove", "rnone"), 1, "nianbao add"),
        (("add", str(SEED), "--published", "昨天"), 2, "2020-01-18"), (("figures", "--metric", "nothing"), 1, "nianbao add"), (("eval",), 1, "nianbao add"),
        (("bench", "--sizes", "x"), 2, "整数"), (("list", "--what"), 2, "不认识"), (("serve", "--port", "99999"), 2, "65535"),
    ],
)  # fmt: skip
def test_bad_usage_and_missing_things_are_one_sentence(run, arguments: tuple[str, ...], status: int, words: str) -> None:  # type: ignore[no-untyped-def]
    got, _, err = run(*arguments)
    assert got == status
    assert words in err
    assert len(err.strip().splitlines()) == 1


def test_bad_settings_name_the_setting(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("NIANBAO_PORT", "many")
    assert "NIANBAO_PORT" in run("list")[2]
    monkeypatch.setenv("NIANBAO_PORT", "8000")
    monkeypatch.setenv("NIANBAO_COLOUR", "red")
    status, _, err = run("list")
    assert status == 2
    assert "NIANBAO_COLOUR" in err


def test_a_damaged_data_folder_is_one_sentence(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("add", str(SEED))
    for manifest in (tmp_path / "home" / "index").glob("*/manifest.json"):
        manifest.write_text("{")
    status, _, err = run("ask", "几件申请")
    assert status == 1
    assert "rebuild" in err
    assert run("serve", "--port", "0")[0] == 2
    assert run("rebuild")[0] == 0
    assert run("ask", "几件申请")[0] == 0


def test_a_port_in_use_is_one_sentence(run) -> None:  # type: ignore[no-untyped-def]
    run("add", str(SEED))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status, _, err = run("serve", "--port", str(taken.getsockname()[1]))
    assert status == 1
    assert "占用" in err
