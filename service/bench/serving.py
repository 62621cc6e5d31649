"""The service under load: a server of its own process, asked over HTTP by many clients at once."""

from __future__ import annotations

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

_PATIENCE = 120.0


class Server:
    """A running server: how long it took to be ready, and what it holds."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, ready: float) -> None:
        self._process = process
        self.port = port
        self.ready = ready

    def resident(self) -> int:
        """MB that its processes hold together; what they share counts once."""
        return sum(_share(pid) for pid in (self._process.pid, *_children(self._process.pid))) >> 10


@contextmanager
def serving(home: Path, cache: Path, workers: int) -> Iterator[Server]:
    """A server over ``home`` on a free port, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NIANBAO_")} | {"NIANBAO_CACHE": str(cache)}
    command = [sys.executable, "-m", "service.cli", "--home", str(home), "serve", "--port", str(port), "--workers", str(workers)]
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        while not _is_ready(port):
            if process.poll() is not None or time.perf_counter() - begun > _PATIENCE:
                raise RuntimeError("the server did not get ready")
            time.sleep(0.02)
        yield Server(process, port, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _is_ready(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/healthz/ready")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(stat.parent.name))
        except OSError:
            continue  # ended meanwhile
    return found


def _share(pid: int) -> int:
    """KB of a process, its part of what it shares with others."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def load(port: int, questions: Sequence[str], clients: int, seconds: float) -> dict[str, Any]:
    """Ask ``questions`` in turn from so many clients for so long: answers a second, errors, latency."""
    spent: list[float] = []
    errors: list[str] = []
    turn = count()
    end = time.perf_counter() + seconds

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < end:
            body = json.dumps({"question": questions[next(turn) % len(questions)]}).encode()
            begun = time.perf_counter()
            try:
                connection.request("POST", "/api/ask", body, {"Content-Type": "application/json"})
                response = connection.getresponse()
                response.read()
                if response.status != 200:
                    errors.append(str(response.status))
            except (OSError, http.client.HTTPException) as error:
                errors.append(type(error).__name__)
                connection.close()
            spent.append(1000 * (time.perf_counter() - begun))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent.sort()
    return {
        "clients": clients,
        "per_s": round(len(spent) / (time.perf_counter() - begun), 1),
        "errors": len(errors),
        "median_ms": round(statistics.median(spent), 1),
        "p95_ms": round(spent[int(0.95 * len(spent))], 1),
    }
