"""Many files to reports, each in a process of its own time and memory: one that explodes is reported, the others go on."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from pathlib import Path

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from corpus.formats import Limits, expand
from corpus.model import CorpusError, Report, UnreadableFile
from corpus.read import Override, load, read_bytes


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
    pending: deque[tuple[str, bytes, ProcessFuture[Report] | str]] = deque()
    with _pool(workers, limits) as pool:
        try:
            for name, content in _contents(paths, limits):
                if isinstance(content, UnreadableFile):
                    pending.append((name, b"", str(content)))
                else:
                    pending.append((name, content, pool.schedule(_read, args=(content, override, limits), timeout=limits.seconds)))
                # Few files wait at a time, so that a folder of any size takes no more memory than these.
                while len(pending) > 3 * workers:
                    yield _outcome(*pending.popleft(), limits)
            while pending:
                yield _outcome(*pending.popleft(), limits)
        finally:
            for _, _, future in pending:
                if not isinstance(future, str):
                    future.cancel()  # type: ignore[no-untyped-call]


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
            data = load(path, limits)
        except UnreadableFile as error:
            yield str(path), error
            continue
        yield from expand(str(path), data, limits)


def _outcome(name: str, data: bytes, future: ProcessFuture[Report] | str, limits: Limits) -> Outcome:
    if isinstance(future, str):
        return Outcome(name, None, data, future)
    error: str
    try:
        return Outcome(name, future.result(), data, None)
    except CorpusError as reason:
        error = str(reason)
    except FutureTimeout:
        error = f"读取超过 {limits.seconds} 秒，没有读完。"
    except (MemoryError, ProcessExpired):
        error = f"读取时内存超过 {limits.megabytes} MB，或者读取程序崩溃，没有读完。"
    except RecursionError:
        error = "文件的结构嵌套太深，没有读取。"
    except Exception as reason:  # a slip of ours costs this file and not the folder
        error = f"读取时出错（{type(reason).__name__}），没有收录。"
    return Outcome(name, None, data, error)


def _pool(workers: int, limits: Limits) -> ProcessPool:
    # Forked, a worker has our modules at once; where other threads run that is not safe, and it starts anew.
    method = "fork" if multiprocessing.get_start_method(allow_none=True) in (None, "fork") and _alone() else "spawn"
    return ProcessPool(max_workers=workers, context=multiprocessing.get_context(method), initializer=_bounded, initargs=(limits.megabytes,))


def _alone() -> bool:
    import threading

    return threading.active_count() == 1


def _bounded(megabytes: int) -> None:
    """Bound this process's memory: beyond it an allocation fails, here and nowhere else."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def _read(data: bytes, override: Override | None, limits: Limits) -> Report:
    return read_bytes(data, override, limits)
