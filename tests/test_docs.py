"""Documentation that is wrong fails: every setting, route, command, option, metric and check is described."""

from __future__ import annotations

import argparse
import re
from dataclasses import fields
from pathlib import Path

import pytest

from corpus.audit import RULES
from corpus.forms import metrics
from service.app import create_app
from service.cli import _parser
from service.config import Settings
from tests.conftest import ROOT, HashEncoder

DOCS = ROOT / "docs"


def text(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def test_every_setting(tmp_path: Path) -> None:
    described = text("configuration.md")
    for setting in fields(Settings):
        assert f"`NIANBAO_{setting.name.upper()}`" in described


def test_every_route(tmp_path: Path) -> None:
    described = text("api.md")
    rules = create_app(Settings(home=tmp_path), HashEncoder()).url_map.iter_rules()
    for rule in rules:
        path = re.sub("<(?:[a-z]+:)?([a-z_]+)>", r"<\1>", rule.rule)
        assert f"`{path}`" in described, path


def commands() -> dict[str, argparse.ArgumentParser]:
    (chosen,) = [a for a in _parser()._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(chosen.choices)


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_option(name: str) -> None:
    described = text("commands.md")
    assert f"`nianbao {name}" in described
    section = described.split(f"## {name}\n")[1].split("\n## ")[0]
    for action in commands()[name]._actions:
        for option in action.option_strings:
            if option.startswith("--") and option not in ("--help", "--home", "--json"):
                assert f"`{option}" in section, f"{name} {option}"


def test_every_metric() -> None:
    described = text("metrics.md")
    for metric in metrics().values():
        assert f"| `{metric.id}` | {metric.label} |" in described


def test_every_check() -> None:
    described = text("audit.md")
    for rule in RULES:
        assert f"`{rule}`" in described


def test_both_readmes_show_the_same_commands() -> None:
    blocks = [re.findall(r"```(?:sh|bash)?\n(.*?)```", (ROOT / n).read_text("utf-8"), re.S) for n in ("README.md", "README.zh-CN.md")]
    strip = [[re.sub(r"\s*#.*", "", line) for block in b for line in block.splitlines() if line.strip()] for b in blocks]
    assert strip[0] == strip[1]


def test_links_between_documents_lead_somewhere() -> None:
    for file in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", file.read_text("utf-8")):
            if not target.startswith(("http://", "https://", "mailto:")):
                assert (file.parent / target).exists(), f"{file.name}: {target}"


def test_every_dependency_has_a_reason() -> None:
    import tomllib

    described = text("decisions/dependencies.md")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for line in [*project["dependencies"], *project["optional-dependencies"]["test"]]:
        name = re.split(r"[<>=]", line)[0]
        assert f"`{name}`" in described, name
