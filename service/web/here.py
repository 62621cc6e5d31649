"""What a request finds of the running process."""

from __future__ import annotations

from typing import cast

from flask import current_app

from service.state import State


def state() -> State:
    return cast(State, current_app.extensions["nianbao"])
