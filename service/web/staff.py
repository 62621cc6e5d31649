"""The staff area: sign in, add reports with a look at what was read, replace and remove them, see what readers say.

It answers 404 to everybody until ``nianbao staff add`` has made an account.
"""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, Response, abort, current_app, redirect, render_template, request, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.wrappers import Response as Reply

from corpus.model import SCOPES, Report
from index.store import Store
from service.accounts import secret_key
from service.state import State
from service.web.here import state

if TYPE_CHECKING:  # what reading takes is imported when a file comes in, so that a server starts without
    from corpus.batch import Outcome
    from corpus.read import Override

blueprint = Blueprint("staff", __name__, url_prefix="/staff")
_csrf = CSRFProtect()
_OPEN = ("staff.sign_in",)
_KEPT = 24 * 3600  # seconds that an upload waits to be confirmed
_MOST_FILES = 20


class _User(UserMixin):  # type: ignore[misc]
    def __init__(self, name: str) -> None:
        self.id = name


def register(app: Flask) -> None:
    """Sessions and tokens against forged requests, for the staff area alone."""
    settings = state_of(app).settings
    app.config.update(
        SECRET_KEY=secret_key(settings.home), SESSION_COOKIE_NAME="nianbao-staff", SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_PATH="/", SESSION_COOKIE_SECURE=settings.https, WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_SSL_STRICT=False,
    )  # fmt: skip
    _csrf.init_app(app)
    manager = LoginManager(app)
    manager.session_protection = "strong"
    manager.user_loader(lambda name: _User(name) if name in state_of(app).accounts.names() else None)
    app.register_blueprint(blueprint)
    app.register_error_handler(CSRFError, _stale_form)


def state_of(app: Flask) -> State:
    found = app.extensions["nianbao"]
    assert isinstance(found, State)  # noqa: S101
    return found


def _stale_form(_: CSRFError) -> Response:
    return Response(render_template("error.html", status=400, detail="页面放得太久，请回到上一页刷新后再提交。"), status=400)


@blueprint.before_request
def _guard() -> Reply | None:
    if not state().accounts.names():
        abort(404)
    if current_app.secret_key is None:  # the first account was made while this process ran
        current_app.secret_key = secret_key(state().settings.home)
        return redirect(url_for("staff.sign_in"))
    if request.method == "POST":
        request.max_content_length = _MOST_FILES * (state().settings.max_file << 20)
        request.max_form_memory_size = 4 << 20  # the parser holds a piece of a file in what it counts as memory
        _csrf.protect()
    if not current_user.is_authenticated and request.endpoint not in _OPEN:
        return redirect(url_for("staff.sign_in"))
    return None


@blueprint.after_request
def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Reply:
    if request.method == "GET":
        return Response(render_template("staff_sign_in.html", error=None))
    name, password = request.form.get("name", "").strip()[:60], request.form.get("password", "")
    verdict = state().accounts.check(name, password)
    if verdict == "ok":
        login_user(_User(name))
        return redirect(url_for("staff.home"))
    error = "失败次数太多，请一刻钟以后再试。" if verdict == "locked" else "用户名或密码不对。"
    return Response(render_template("staff_sign_in.html", error=error, name=name), status=429 if verdict == "locked" else 401)


@blueprint.post("/sign-out")
def sign_out() -> Reply:
    logout_user()
    return redirect(url_for("chat.chat"))


@blueprint.get("")
def home() -> Response:
    with state().index().reading() as snapshot:
        held = snapshot.reports
    ledger = state().ledger
    return Response(
        render_template(
            "staff.html", reports=held[:3000], found=len(held), feedback=ledger.feedback(100), unanswered=ledger.asked(unanswered=True),
            most=ledger.asked(), done=request.args.get("done", "")[:200],
        )
    )  # fmt: skip


# -------------------------------------------------------------------------------------------------------------- adding


@dataclass(frozen=True, slots=True)
class Read:
    """An uploaded file as it was read. ``token`` finds its bytes again; None where it could not be read."""

    name: str
    token: str | None
    report: Report | None
    error: str | None
    replaces: bool = False


@blueprint.post("/preview")
def preview() -> Response:
    """What was read of the uploaded files: nothing is added yet."""
    from corpus.read import Override

    files = [f for f in request.files.getlist("file") if f.filename][:_MOST_FILES]
    if not files:
        return Response(render_template("error.html", status=422, detail="请先选择文件。"), status=422)
    with state().index().reading() as snapshot:
        held = {r.report_id for r in snapshot.reports}
    found: list[Read] = []
    for file in files:
        data = file.read()
        file.close()
        name = re.sub(r"[\x00-\x1f/\\]", "_", file.filename or "")[-120:]
        for outcome in _read(_keep(data, name), Override()):
            token = _keep(outcome.data, Path(outcome.name).name).parent.name if outcome.report else None
            found.append(Read(name, token, outcome.report, outcome.error, bool(outcome.report and outcome.report.report_id in held)))
    return Response(render_template("staff_preview.html", found=found, scopes=SCOPES), status=200 if any(r.report for r in found) else 422)


@blueprint.post("/add")
def add() -> Reply:
    """Add the confirmed files, as they were read or as they were corrected."""
    from corpus.read import Override

    ready: list[tuple[Report, bytes, str]] = []
    wrong: list[str] = []
    for token in request.form.getlist("token")[: _MOST_FILES * 50]:
        kept = _kept(token)
        if request.form.get(f"take-{token}") != "1":
            continue
        if kept is None:
            wrong.append("有的文件放得太久，已经删去，请重新上传。")
            continue
        year = request.form.get(f"year-{token}", "")
        scope = request.form.get(f"scope-{token}", "")
        said = Override(
            request.form.get(f"agency-{token}", "").strip()[:100] or None, int(year) if re.fullmatch(r"(?:19|20|21)\d\d", year) else None,
            scope if scope in SCOPES else None,
        )  # fmt: skip
        for outcome in _read(kept, said):
            if outcome.report is None:
                wrong.append(f"{kept.name}：{outcome.error}")
            else:
                ready.append((outcome.report, outcome.data, kept.name))
    if wrong and not ready:
        return Response(render_template("error.html", status=422, detail="".join(dict.fromkeys(wrong))), status=422)
    added = Store(state().settings.home).add(ready, state().encoder) if ready else []
    words = (
        f"已添加或替换 {sum(a.status != 'unchanged' for a in added)} 份，未变 {sum(a.status == 'unchanged' for a in added)} 份。"
        + "".join(wrong)
    )
    return redirect(url_for("staff.home", done=words))


@blueprint.post("/remove")
def remove() -> Reply:
    """Take one report out, after a page that asks once more."""
    report_id = request.form.get("report_id", "")
    with state().index().reading() as snapshot:
        held = snapshot.report(report_id)
    if held is None:
        return Response(render_template("error.html", status=404, detail="没有收录这份报告，可能已被替换或移除。"), status=404)
    if request.form.get("sure") != "1":
        return Response(render_template("staff_remove.html", report=held))
    Store(state().settings.home).remove([report_id], state().encoder)
    return redirect(url_for("staff.home", done=f"已移除 {held.agency} {held.year} 年度的报告。"))


def _read(path: Path, said: Override) -> list[Outcome]:
    from corpus.batch import read_all

    settings = state().settings
    return list(read_all([path], said, settings.limits, 1))


def _uploads() -> Path:
    folder = state().settings.home / "uploads"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():  # what nobody confirmed
        if time.time() - old.stat().st_mtime > _KEPT:
            for file in old.iterdir():
                file.unlink()
            old.rmdir()
    return folder


def _keep(data: bytes, name: str) -> Path:
    """The bytes of an upload as a file below a folder named by their digest."""
    folder = _uploads() / hashlib.sha256(data).hexdigest()
    folder.mkdir(exist_ok=True)
    path = folder / (name or "file")
    path.write_bytes(data)
    return path


def _kept(token: str) -> Path | None:
    if not re.fullmatch(r"[0-9a-f]{64}", token):
        return None
    folder = _uploads() / token
    return next(iter(sorted(folder.iterdir())), None) if folder.is_dir() else None
