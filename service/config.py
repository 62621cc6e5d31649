"""Settings: each from an environment variable, checked before any work starts."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from corpus.formats import Limits
from index.bundled import BUNDLED_MODEL


class SettingsError(Exception):
    """A setting holds a value that cannot be used; the message names the setting, in Chinese."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. The environment variable of each is ``NIANBAO_`` and its name in capitals."""

    home: Path = field(default=Path("instance"), metadata={"doc": "数据目录"})
    cache: Path | None = field(default=None, metadata={"doc": "编码模型等缓存的目录；默认在数据目录下的 cache"})
    model: str = field(default=BUNDLED_MODEL, metadata={"doc": "编码模型：bundled（自带）、本地目录或模型名"})
    agency: str | None = field(default=None, metadata={"doc": "站点默认的机关：问题没有说明机关时用它"})
    host: str = field(default="127.0.0.1", metadata={"doc": "监听的地址"})
    port: int = field(default=8000, metadata={"doc": "监听的端口（1–65535）"})
    workers: int = field(default=1, metadata={"doc": "工作进程数（1–64）"})
    threads: int = field(default=8, metadata={"doc": "每个工作进程的线程数（1–256）"})
    max_body: int = field(default=65536, metadata={"doc": "请求正文的字节上限（1024–16777216）"})
    read_seconds: int = field(default=120, metadata={"doc": "读取一个文件最多用几秒（1–3600）"})
    read_memory: int = field(default=3072, metadata={"doc": "读取一个文件最多用多少 MB 内存（256–65536）"})
    read_workers: int = field(default=0, metadata={"doc": "同时读取几个文件（0–64）；0 表示与处理器个数相同"})
    max_file: int = field(default=50, metadata={"doc": "一个文件的大小上限，MB（1–1024）"})
    max_pages: int = field(default=300, metadata={"doc": "一份 PDF 或图片的页数上限（1–10000）"})
    origins: str = field(default="", metadata={"doc": "允许嵌入问答框、跨站调用接口的来源，以空格分隔；默认只有本站"})
    https: bool = field(default=False, metadata={"doc": "1 表示读者经 https 访问：登录的 cookie 只走 https"})
    notice: str = field(default="", metadata={"doc": "写在每一页和每个回答上的说明，例如“演示数据，均为虚构”"})

    def __post_init__(self) -> None:
        for name, low, high in (
            ("port", 1, 65535),
            ("workers", 1, 64),
            ("threads", 1, 256),
            ("max_body", 1024, 1 << 24),
            ("read_seconds", 1, 3600),
            ("read_memory", 256, 65536),
            ("read_workers", 0, 64),
            ("max_file", 1, 1024),
            ("max_pages", 1, 10_000),
        ):
            value = getattr(self, name)
            if not low <= value <= high:
                raise SettingsError(f"NIANBAO_{name.upper()} 应当在 {low} 到 {high} 之间，现在是 {value}。")
        wrong = [o for o in self.origins.split() if not re.fullmatch(r"https?://(?:\*\.)?[A-Za-z0-9.\-]+(?::\d{1,5})?", o)]
        if wrong:
            raise SettingsError(f"NIANBAO_ORIGINS 里的“{wrong[0][:60]}”不是来源。来源形如 https://www.example.gov.cn，几个来源用空格分隔。")
        if not self.model.strip():
            raise SettingsError("NIANBAO_MODEL 不能为空。")

    @property
    def limits(self) -> Limits:
        """How much of a file is read."""
        return Limits(bytes=self.max_file << 20, pages=self.max_pages, seconds=self.read_seconds, megabytes=self.read_memory)

    @property
    def cache_folder(self) -> Path:
        return self.cache or self.home / "cache"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, **overrides: object) -> Settings:
        """Settings from ``NIANBAO_*``, with ``overrides`` (None: not given) on top. Raises SettingsError."""
        environment = os.environ if environment is None else environment
        known = {f"NIANBAO_{f.name.upper()}": f for f in fields(cls)}
        unknown = sorted(k for k in environment if k.startswith("NIANBAO_") and k not in known)
        if unknown:
            raise SettingsError(f"不认识的设置：{'、'.join(unknown)}。可用的设置见 docs/configuration.md。")
        values: dict[str, object] = {}
        for variable, setting in known.items():
            text = environment.get(variable)
            if text is None or text == "":
                continue
            if setting.name in ("home", "cache"):
                values[setting.name] = Path(text)
            elif isinstance(setting.default, bool):
                values[setting.name] = text.strip() not in ("0", "false", "no")
            elif isinstance(setting.default, int):
                try:
                    values[setting.name] = int(text)
                except ValueError:
                    raise SettingsError(f"{variable} 应当是整数，现在是“{text}”。") from None
            else:
                values[setting.name] = text
        values |= {name: value for name, value in overrides.items() if value is not None}
        return cls(**values)  # type: ignore[arg-type]
