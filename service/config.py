"""Settings: each from an environment variable, checked before any work starts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

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
    frame_ancestors: str = field(default="'self'", metadata={"doc": "允许嵌入本页的来源，写入 CSP 的 frame-ancestors"})

    def __post_init__(self) -> None:
        for name, low, high in (
            ("port", 1, 65535),
            ("workers", 1, 64),
            ("threads", 1, 256),
            ("max_body", 1024, 1 << 24),
        ):
            value = getattr(self, name)
            if not low <= value <= high:
                raise SettingsError(f"NIANBAO_{name.upper()} 应当在 {low} 到 {high} 之间，现在是 {value}。")
        if any(c in self.frame_ancestors for c in ";,\r\n"):
            raise SettingsError("NIANBAO_FRAME_ANCESTORS 是以空格分隔的来源，不能含有分号、逗号或换行。")
        if not self.model.strip():
            raise SettingsError("NIANBAO_MODEL 不能为空。")

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
            elif setting.name in ("port", "workers", "threads", "max_body"):
                try:
                    values[setting.name] = int(text)
                except ValueError:
                    raise SettingsError(f"{variable} 应当是整数，现在是“{text}”。") from None
            else:
                values[setting.name] = text
        values |= {name: value for name, value in overrides.items() if value is not None}
        return cls(**values)  # type: ignore[arg-type]
