"""The production server: gunicorn with threads, configured here and nowhere else."""

from __future__ import annotations

import gc
import socket
import threading
from typing import Any

from gunicorn.app.base import BaseApplication

from service.app import create_app
from service.config import Settings


class PortInUse(Exception):
    """The address cannot be listened on; the message says so in Chinese."""


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        settings = self._settings
        options: dict[str, Any] = {
            "bind": f"{settings.host}:{settings.port}",
            "workers": settings.workers,
            "threads": settings.threads,
            "worker_class": "gthread",
            "preload_app": True,
            "timeout": 60,
            "graceful_timeout": 10,
            "keepalive": 5,
            "limit_request_line": 8190,
            "limit_request_fields": 64,
            "loglevel": "warning",
            "proc_name": "nianbao",
            "post_worker_init": _warm,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, with all that workers can share read before they are forked from here."""
        app = create_app(self._settings)
        if self._settings.workers > 1:
            app.extensions["nianbao"].share()
        gc.collect()
        gc.freeze()  # what the collector never looks at again stays one copy for all
        return app


def _warm(worker: Any) -> None:
    """Load the encoder beside the first requests; exact figures are answered meanwhile."""
    state = worker.wsgi.extensions["nianbao"]
    threading.Thread(target=state.warm_up, daemon=True, name="warm-up").start()


def check_address(host: str, port: int) -> None:
    """Raises PortInUse when nothing could listen there; gunicorn would retry and then leave a traceback."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise PortInUse(f"地址 {host}:{port} 不能使用（可能已被别的程序占用）。请换一个端口，例如 --port {port + 1}。") from error


def serve(settings: Settings) -> None:
    """Serve until stopped. Raises PortInUse."""
    check_address(settings.host, settings.port)
    _Server(settings).run()
