"""Many files to reports, each in a process of its own time and memory: one that explodes is reported, the others go on."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import re
import resource
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from corpus.formats import Limits, expand
from corpus.model import CorpusError, Report, UnreadableFile
from corpus.read import Override, load, read_bytes

# A process reads this many files and is followed by a new one, so that nothing a library keeps adds up (a fork takes 20 ms).
_FILES_PER_PROCESS = 200
# Files that wait to be read or taken, so that the processes go on while what was read is published; and their bytes: with files of the
# largest size, some more than the processes are busy with.
_WAITING, _WAITING_BYTES = 500, 64 * 1024 * 1024
# The first in line runs by now. That it has no end this long after its time means that the processes as a whole are stuck.
_GRACE = 30
_CRASHED = "读取程序崩溃或者内存不足，没有读完。"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. ``name`` is its path, for a member of an archive ``archive.zip/member``."""

    name: str
    report: Report | None
    data: bytes
    error: str | None


def read_all(
    paths: Iterable[Path], override: Override | None = None, limits: Limits | None = None, workers: int | None = None
) -> Iterator[Outcome]:
    """The reports in files, in the order of ``paths``. Archives are opened; nothing raises but what ends the program."""
    limits = limits or Limits()
    workers = workers or os.cpu_count() or 1
    with _Line(workers, override, limits) as line:
        for name, content in _contents(paths, limits):
            line.add(name, content)
            while line.is_full():
                yield line.first()
        while line:
            yield line.first()


def read_one(path: Path, limits: Limits | None = None) -> tuple[Report, bytes]:
    """The report in one file, read as ``read_all`` does. Raises CorpusError."""
    [*outcomes] = read_all([path], limits=limits, workers=1)
    if len(outcomes) > 1:
        raise UnreadableFile(f"这是压缩包，里面有 {len(outcomes)} 个文件；请解压后指定其中一个，或用 nianbao add 添加。")
    outcome = outcomes[0]
    if outcome.report is None:
        raise CorpusError(outcome.error or "")
    return outcome.report, outcome.data


def _contents(paths: Iterable[Path], limits: Limits) -> Iterator[tuple[str, bytes | UnreadableFile]]:
    for path in paths:
        try:
            if os.path.isdir(path):  # whoever lists folders names one that cannot be listed
                raise UnreadableFile("这个文件夹没有打开（没有权限，或者是指向别处的链接），里面的文件没有读取。")
            data = load(path, limits)
        except UnreadableFile as error:
            yield str(path), error
            continue
        yield from _expanded(str(path), data, limits)


def _expanded(name: str, data: bytes, limits: Limits) -> Iterator[tuple[str, bytes | UnreadableFile]]:
    """The files in ``data``, for as long as taking them out of their archive takes no more than a file's time."""
    taken = 0.0
    contents = expand(name, data, limits)
    while True:
        begun = time.monotonic()
        item = next(contents, None)
        taken += time.monotonic() - begun
        if item is None:
            return
        yield item
        if taken > limits.seconds:
            yield name, UnreadableFile(f"解压超过 {limits.seconds} 秒，其余文件没有读取。")
            return


# ---------------------------------------------------------------------------------------------------- processes


@dataclass(slots=True)
class _Waiting:
    """A file in line. ``result`` is there from the start where nothing needs to be read."""

    name: str
    data: bytes
    reading: ProcessFuture[Report | str] | None
    result: Report | str | None = None


class _Line:
    """Files in line for the processes that read them. They come out in the order in which they were added."""

    def __init__(self, workers: int, override: Override | None, limits: Limits) -> None:
        self._workers, self._override, self._limits = workers, override, limits
        self._waiting: deque[_Waiting] = deque()
        self._bytes = 0
        self._pool = self._started()

    def __enter__(self) -> _Line:
        return self

    def __exit__(self, *_: object) -> None:
        for waiting in self._waiting:
            if waiting.reading is not None:
                waiting.reading.cancel()  # type: ignore[no-untyped-call]
        self._pool.close()  # type: ignore[no-untyped-call]
        self._pool.join()

    def __len__(self) -> int:
        return len(self._waiting)

    def is_full(self) -> bool:
        """Few files wait at a time, so that a folder of any size takes no more memory than these."""
        return len(self._waiting) > _WAITING or (len(self._waiting) > self._workers and self._bytes > _WAITING_BYTES)

    def add(self, name: str, content: bytes | UnreadableFile) -> None:
        if isinstance(content, UnreadableFile):
            self._waiting.append(_Waiting(name, b"", None, str(content)))
            return
        try:
            reading = self._scheduled(content)
        except RuntimeError:
            self._restart()
            reading = self._scheduled(content)
        self._waiting.append(_Waiting(name, content, reading))
        self._bytes += len(content)

    def first(self) -> Outcome:
        """What became of the first in line, once that is known."""
        waiting = self._waiting.popleft()
        self._bytes -= len(waiting.data)
        if waiting.reading is not None and (result := self._result(waiting.reading)) is not None:
            waiting.result = result
        elif waiting.reading is not None:
            self._restart()
            waiting.result = self._result(self._scheduled(waiting.data)) or _CRASHED
        report, error = (None, waiting.result) if isinstance(waiting.result, str) else (waiting.result, None)
        return Outcome(waiting.name, report, waiting.data, error)

    def _result(self, reading: ProcessFuture[Report | str]) -> Report | str | None:
        """None when the processes failed as a whole, and the file with them: the system ended one that was between two files."""
        try:
            return reading.result(self._limits.seconds + _GRACE)
        except FutureTimeout:
            return f"读取超过 {self._limits.seconds} 秒，没有读完。" if reading.done() else None
        except BrokenProcessPool:
            return None
        except ProcessExpired:
            return _CRASHED

    def _scheduled(self, data: bytes) -> ProcessFuture[Report | str]:
        return self._pool.schedule(_read, args=(data, self._override, self._limits), timeout=self._limits.seconds)

    def _restart(self) -> None:
        """New processes, which read what the old ones left unread."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
        self._pool = self._started()
        for waiting in self._waiting:
            reading = waiting.reading
            if reading is not None and (not reading.done() or isinstance(reading.exception(), BrokenProcessPool)):
                waiting.reading = self._scheduled(waiting.data)

    def _started(self) -> ProcessPool:
        # Forked, a process has our modules at once; where other threads run that is not safe, and it starts anew.
        alone = threading.active_count() == 1 and multiprocessing.get_start_method(allow_none=True) in (None, "fork")
        context = multiprocessing.get_context("fork" if alone else "spawn")
        return ProcessPool(max_workers=self._workers, max_tasks=_FILES_PER_PROCESS, context=context, initializer=_begin)


def _begin() -> None:
    """A process that a file brings down leaves no image of its memory on the disk; what it starts with the collector leaves alone."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _read(data: bytes, override: Override | None, limits: Limits) -> Report | str:
    """In a process of its own: the report, or what is wrong as a sentence.

    Nothing is raised: not every library's exception survives the way to another process.
    """
    try:
        with _bounded(limits.megabytes):
            return read_bytes(data, override, limits)
    except CorpusError as reason:
        return " ".join(str(reason).split())
    except MemoryError:
        return f"读取时内存超过 {limits.megabytes} MB，没有读完。"
    except RecursionError:
        return "文件的结构嵌套太深，没有读取。"
    except Exception as reason:  # a slip of ours costs this file and not the folder
        return f"读取时出错（{type(reason).__name__}），没有收录。"


@contextlib.contextmanager
def _bounded(megabytes: int) -> Iterator[None]:
    """Let this process take so much more memory than it has: beyond that an allocation fails, here and nowhere else.

    What it has already is no fault of the file: a fork begins with all that the program around it holds. Address space (which threads
    reserve generously) is only bounded as a second line, for kernels that do not count data.
    """
    held = _memory()
    before = {kind: resource.getrlimit(kind) for kind in (resource.RLIMIT_DATA, resource.RLIMIT_AS)}
    wanted = {resource.RLIMIT_DATA: held["VmData"] + megabytes, resource.RLIMIT_AS: held["VmSize"] + 2 * megabytes}
    for kind, (_, hard) in before.items():
        most = wanted[kind] << 20
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    try:
        yield
    finally:
        for kind, limit in before.items():
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, limit)


def _memory() -> dict[str, int]:
    """MB of data and of address space that this process has; 0 where the system does not say."""
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
    except OSError:
        status = ""
    found = {name: int(kilobytes) >> 10 for name, kilobytes in re.findall(r"^(VmData|VmSize):\s+(\d+)", status, re.MULTILINE)}
    return {"VmData": 0, "VmSize": 0} | found
