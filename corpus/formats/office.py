"""Files of older office programs, converted by LibreOffice where it is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from corpus.formats.limits import Limits
from corpus.model import UnreadableFile

_PROGRAMS = ("soffice", "libreoffice")


def available() -> bool:
    """Whether LibreOffice is installed."""
    return _program() is not None


def _program() -> str | None:
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def converted(data: bytes, kind: str, to: str, limits: Limits) -> bytes:
    """``data`` converted to ``to`` (docx or xlsx). ``kind`` names the file's type to the user.

    Raises UnreadableFile where LibreOffice is not installed, fails, or takes too long.
    """
    program = _program()
    if program is None:
        raise UnreadableFile(f"读取{kind}文件需要 LibreOffice，本机没有安装；请安装 LibreOffice，或另存为 .{to} 后再添加。")
    with tempfile.TemporaryDirectory(prefix="nianbao-") as name:
        folder = Path(name)
        (folder / "source").write_bytes(data)
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
            "--convert-to", to, "--outdir", str(folder / "out"), str(folder / "source"),
        ]  # fmt: skip
        # A session of its own, so that the program's children end with it.
        process = subprocess.Popen(  # noqa: S603  (a fixed program, no shell)
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.wait(timeout=limits.seconds * 0.8)
        except subprocess.TimeoutExpired as error:
            raise UnreadableFile(f"{kind}文件转换超过 {limits.seconds} 秒，没有读取。") from error
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        made = next((folder / "out").glob(f"*.{to}"), None) if (folder / "out").is_dir() else None
        if made is None:
            raise UnreadableFile(f"{kind}文件不能转换，可能已经损坏或加了密码。")
        if made.stat().st_size > limits.bytes:
            raise UnreadableFile("文件转换后太大，不像一份年度报告。")
        return made.read_bytes()
